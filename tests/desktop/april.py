#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A 1 April prepared in advance: in March one manager's end and another's beginning are recorded and countersigned.
Until that day the one decides, from then on the other."""

from desktop import Window, play
from wizards import Wizard
from office import Office, Tap, words_of

OFFICE = '総務課長'
STATES = {'ahead': 'Ahead', 'in_force': 'In force', 'ended': 'Ended'}


class MarchOffice(Office):
    def found(self, profile):
        self.now = '2026-03-24T09:00'
        super().found(profile)


class Spring:
    def __init__(self, tap, window):
        self.tap, self.window, self.words = tap, window, window.words

    def signs(self, wizard):
        """It makes power: a second person stands beside the chief."""
        wizard.sign(words_of('chief'), [(self.words('Second person (countersigns)'), 'nenkin', words_of('nenkin'))])
        self.window.alone()

    def prepared(self):
        window, words = self.window, self.words
        window.unlock('chief', words_of('chief'))
        window.go(words.register('appointment'))
        window.record('A2')
        window.press(words.act('appointment.end'))
        wizard = Wizard(window, 'appointment.end')
        wizard.fill({'until': '2026-03-31'})
        self.signs(wizard)
        window.keys('alt+Left')
        window.press(words.act('appointment.make'))
        wizard = Wizard(window, 'appointment.make')
        wizard.fill({'person': '髙﨑', 'office': OFFICE, 'kind': 'regular', 'since': '2026-04-01'})
        self.signs(wizard)
        self.tap.check(True, 'In March the change is recorded and countersigned')
        self.shown('A4', 'ahead')
        self.shown('A2', 'in_force')

    def shown(self, subject, state):
        self.window.record(subject)
        self.window.reads(OFFICE, STATES[state])
        self.tap.check(True, f'{subject} is shown as “{STATES[state]}”')

    def decides(self, login, now):
        """Who decides what only that manager may, and signs it."""
        window, words = self.window, self.words
        window.switch_to(login, words_of(login), now)
        window.go(words.register('place'))
        window.press(words.act('place.establish'))
        wizard = Wizard(window, 'place.establish')
        wizard.fill({'title': f'書庫（{login}）', 'room': '地下', 'level': '2'})
        wizard.sign(words_of(login))
        window.alone()
        window.reads(f'書庫（{login}）')
        self.tap.check(True, f'{now}: {login} decides')

    def does_not(self, login, now):
        window, words = self.window, self.words
        window.switch_to(login, words_of(login), now)
        window.go(words.register('place'))
        window.reads('保管庫', 'Only for')
        self.tap.check(window.look().find('button', words.act('place.establish')) is None,
                       f'{now}: {login} does not, and is told whose it is')

    def arrived(self):
        window = self.window
        window.switch_to('chief', words_of('chief'), '2026-04-01T11:00')
        self.shown('A4', 'in_force')
        self.shown('A2', 'ended')
        window.close()


def new_year(tap, desktop, office):
    spring = Spring(tap, Window(desktop, office.file, now='2026-03-25T09:00'))
    spring.prepared()
    spring.does_not('hansou', '2026-03-31T16:00')
    spring.decides('soumu', '2026-03-31T17:00')
    spring.does_not('soumu', '2026-04-01T09:00')
    spring.decides('hansou', '2026-04-01T10:00')
    spring.arrived()


if __name__ == '__main__':
    play('april', Tap, MarchOffice, new_year)
