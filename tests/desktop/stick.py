# SPDX-License-Identifier: GPL-3.0-or-later
"""A medium in trouble, without the rights that a mount wants."""
import os
import shutil

from desktop import BUILD


class Stick:
    """A folder that behaves like a medium in trouble while it is told to, for a program that is begun with its
    environment; no rights are wanted for that."""

    def __init__(self, office, name):
        self.folder, self.state = office.path(name), office.path('state-of-' + name)
        os.mkdir(self.folder)
        self.env = {'LD_PRELOAD': os.path.join(BUILD, 'tests', 'medium.so'), 'KAN_MEDIUM': self.folder,
                    'KAN_MEDIUM_STATE': self.state, 'XDG_STATE_HOME': office.path('known-of-' + name),
                    'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0'}
        # The copy goes its own way: what is seen of it is no witness against the file that it was copied from.
        self.file = shutil.copy(office.file, self.folder)
        self.be('sound')

    def be(self, state):
        """“sound”, “full”, “pulled”, “read-only”, “still” or “tired”: the first letter counts (medium.c)."""
        with open(self.state + '.new', 'w', encoding='ascii') as file:
            file.write('' if state == 'sound' else state)
        os.replace(self.state + '.new', self.state)

    def pull(self):
        """Its files are gone from where they were, and those that are open answer nothing."""
        self.be('pulled')
        os.rename(self.folder, self.folder + '.pulled')

    def put_back(self):
        os.rename(self.folder + '.pulled', self.folder)
        self.be('sound')

    def is_waited_for(self):
        return os.path.exists(self.state + '.waiting')
