#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through places, a wizard and dialogs of the Japanese window: every control says what it is, in words that are
no type's name, and nothing to read is English or a raw identifier. All that is photographed in Japanese is read the
same way by `./dev shots`; here it is a share of each sort, and no pictures."""
import os
import sys
import tempfile
import time
import traceback

from desktop import HERE, Window
from office import Tap
from reading import read
from wizards import Wizard

sys.path.insert(0, os.path.join(HERE, '..', 'shots'))
from screens import REQUEST, Camera  # noqa: E402


class Reader(Camera):
    """Goes where the pictures are taken, and reads instead."""

    def __init__(self, tap, folder):
        super().__init__('ja', 'light', '1280x800', folder, folder)
        self.tap = tap

    def take(self, name):
        if name in self.UNREAD:
            return
        for _ in range(20):         # what is filled in a moment later is given that moment
            unnamed, foreign = read(self.window, self.logins)
            if not unnamed and not foreign:
                break
            time.sleep(0.2)
        self.tap.check(not unnamed, f'{name}: every control has a name', *unnamed)
        self.tap.check(not foreign, f'{name}: no English word', *foreign)

    def door(self):
        self.window = Window(self.desktop, self.file, **self.options)
        self.window.wait_for('button', self.window.words('Un_lock'))
        self.take('unlock')
        self.window.unlock('nagao', self.passphrase('nagao'))
        self.window.reads(self.window.words('What Waits for You'))
        self.take('today')

    def places(self):
        self.page('Approvals')
        self.record('M1')
        self.window.go(self.window.words.register('takeout'))
        self.window.reads('T27')
        self.take('takeout')

    def begin(self, kind, subject=None):
        """By the palette: what lies below a wizard is told of with it each time, and a list is much to tell of."""
        title = self.window.words.act(kind)
        self.window.palette(title, title)
        return Wizard(self.window, kind)

    def shortcuts(self):
        self.dialog('shortcuts', 'F1')

    def request(self):
        self.job('takeout.request', None, REQUEST)

    def walk(self):
        for steps in (self.door, self.own_passphrase, self.shortcuts, self.request, self.places, self.entry,
                      self.claim):
            self.scene(steps.__name__, steps)
        self.leave()
        self.tap.check(not self.missed, 'every page and dialog is reached', *self.missed)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        try:
            Reader(tap, folder).walk()
        except Exception:
            tap.check(False, 'it goes through', traceback.format_exc())
    tap.end()


if __name__ == '__main__':
    main()
