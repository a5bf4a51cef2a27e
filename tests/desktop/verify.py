#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verification from the Ledger page: how far it is and how long it takes yet, stopped; then to its end; then over a
file in which somebody altered a row, which it names."""
import os
import subprocess

from desktop import KANRIBO, Window, play
from stick import Stick
from office import Office, Tap

NOW = '2026-11-10T09:00'
WHO = 'watanabe'


class DemoOffice(Office):
    """Two years of acts: enough for a progress."""

    def found(self, profile):
        self.now = NOW
        subprocess.run([KANRIBO, 'demo', self.file, '--light', '--at', NOW], check=True, stdout=subprocess.DEVNULL)

    def path(self, name):
        passphrase = os.path.join(self.folder, 'office.kanribo.passphrases', name)
        return passphrase if os.path.exists(passphrase) else super().path(name)

    def words_of(self, login):
        with open(self.path(login), encoding='utf-8') as file:
            return file.read().strip()


def begin(window, office):
    window.unlock(WHO, office.words_of(WHO))
    window.go(window.words('Ledger'))
    window.press(window.words('_Verify…'))


def stopped(tap, desktop, office):
    stick = Stick(office, 'machine')
    window = Window(desktop, stick.file, now=NOW, env=stick.env)
    words = window.words
    stick.be('tired')
    begin(window, office)
    window.titled(words('Verifying'))
    window.reads('per second', 'left')
    tap.check(True, 'It tells how far it is, how fast, and how long it takes yet')
    window.press(words('_Cancel'))
    window.alone()
    tap.check(True, 'It is stopped')
    stick.be('sound')
    window.press(words('_Verify…'))
    window.titled(words('Verification'))
    window.reads(words('The File Holds'))
    tap.check(True, 'The next one goes to its end')
    window.keys('Escape')
    window.alone()
    window.close()


def altered(tap, desktop, office):
    office.tamper('UPDATE batch SET count = 34 WHERE id = 1;', login=WHO)
    window = Window(desktop, office.file, now=NOW, env={'XDG_STATE_HOME': office.path('other-state')})
    window.unlock(WHO, office.words_of(WHO))
    window.reads('before you go on')
    tap.check(True, 'A file that was altered says so above Today, unasked')
    window.press(window.words('_Verify…'))
    window.titled(window.words('Verification'))
    window.reads(window.words('The File Was Altered'), 'B1', '34')
    tap.check(True, 'A row that was altered is named')
    window.keys('Escape')
    window.alone()
    window.close()


if __name__ == '__main__':
    play('verify', Tap, DemoOffice, stopped, altered)
