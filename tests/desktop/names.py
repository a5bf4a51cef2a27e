#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through places, a wizard and dialogs of the Japanese window: every control says what it is, in words that are
no type's name, and nothing to read is English or a raw identifier. All that is photographed in Japanese is read the
same way by `./dev shots`; here it is a share of each sort, and no pictures."""
import json
import os
import sys
import tempfile
import time
import traceback

from desktop import HERE, ROOT, Window, wait
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

    def toast(self):
        """With the button that closes it: it goes by itself, and what it is called is looked at while it is there."""
        wizard = self.begin('media.register')
        wizard.answer_page({'label': 'ＵＳＢ-10'})
        wizard.abandon()
        self.window.wait_for('button', self.window.words('Hide'), patience=5)
        self.take('toast')

    def choose_file(self, name, text):
        """By typing where it is."""
        path = os.path.join(self.desktop.folder, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        chooser = self.window.words('Profile')
        wait('the dialog for files', lambda: any(node.name == chooser for node in self.window.look().windows()))
        time.sleep(0.5)         # until its list has the keyboard
        self.window.type(path)
        self.window.keys('Return')

    def profile(self):
        """Another regulation: files that are none, what it would change, and what is signed to adopt it."""
        words = self.window.words
        with open(os.path.join(ROOT, 'resources', 'profiles', 'nagasaki.json'), encoding='utf-8') as file:
            known = json.load(file)
        super().profile()
        self.window.press(words('C_hoose…'))
        self.choose_file('1.json', '{')
        self.window.reads(words('What is wrong with it'))
        self.take('profile-broken')
        for n, name, change in ((2, 'unknown', {'不明': 1, 'offices': 3}), (3, 'other', {'not_by_deputy': []})):
            self.window.press(words('_Another One…'))
            self.choose_file(f'{n}.json', json.dumps({**known, **change}))
            self.window.reads(words('What is wrong with it') if name == 'unknown' else words('Until now:'))
            self.take('profile-' + name)
        self.window.press(words('_Have It Adopted…'))
        Wizard(self.window, 'profile.adopt').through()
        self.take('profile-review')

    def failures(self):
        """What cannot be opened, and who cannot come in."""
        words = self.window.words
        self.leave()
        for name, text in (('foreign', 'no such thing'), ('missing', None)):
            path = os.path.join(self.desktop.folder, ('別物' if text else '行方不明') + '.kanribo')
            if text is not None:
                with open(path, 'w', encoding='utf-8') as file:
                    file.write(text * 100000)
            self.window = Window(self.desktop, path, **self.options)
            self.window.wait_for('button', words('_Try Again'))
            self.take('unlock-' + name)
            self.leave()
        self.window = Window(self.desktop, self.file, **self.options)
        self.window.fill(words('_Passphrase'), 'wrong')
        self.window.press(words('Un_lock'))
        self.window.wait_for('alert', words('The passphrase is not right. Type it again.'))
        self.take('unlock-wrong')

    def walk(self):
        for steps in (self.door, self.own_passphrase, self.shortcuts, self.toast, self.request, self.places,
                      self.entry, self.profile, self.claim, self.failures):
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
