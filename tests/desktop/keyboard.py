#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A medium recorded and a request approved with the keyboard alone: nothing here presses, fills or points; the
accessibility bus only tells where the keyboard is."""
import traceback

from desktop import Desktop, Window, wait
from office import Office, Tap, words_of


class Typist:
    """GTK does not tell that the text of an entry row has the keyboard: rows are counted, all else is looked for."""

    def __init__(self, window):
        self.window, self.words = window, window.words

    def here(self):
        """What has the keyboard: the innermost that says so."""
        seen = self.window.look()
        focused = [n for n in (seen.active().descendants() if seen.active() else ())
                   if n.has(self.window.nodes.FOCUSED)]
        return focused[-1] if focused else None

    def called(self, name):
        here = self.here()
        return here is not None and any(n.is_called(name) for n in (here, *list(here.ancestors())[:3]))

    def to(self, name, key='Tab', limit=60):
        for _ in range(limit):
            if self.called(name):
                return
            self.window.keys(key)
        raise TimeoutError(f'“{name}” cannot be reached; the keyboard is at {self.here()}')

    def type(self, text, rows=1):
        """Into the entry that is so many rows further."""
        self.window.keys(*['Tab'] * rows)
        self.window.look()
        self.window.type(text)

    def choose(self, name, downs, key='Tab'):
        self.to(name, key)
        self.window.keys('space')
        wait(f'the choices of “{name}”', lambda: len(self.window.choices_of(name)) > 1)
        self.window.keys(*['Down' if downs > 0 else 'Up'] * abs(downs), 'Return')
        wait('the list to close', lambda: self.called(name))

    def press(self, name):
        self.to(name)
        self.window.keys('Return')

    def unlock(self, downs, passphrase):
        """As the one so many rows below who is chosen."""
        self.window.wait_for('button', self.words('Un_lock'))
        self.choose(self.words('_User'), downs, 'shift+Tab')
        self.type(passphrase)
        self.window.keys('Return')
        self.window.wait_for('list', self.words('Places'))


def record(tap, window, typist):
    words = window.words
    typist.unlock(3, words_of('sousa'))
    tap.check(True, 'The file is unlocked')
    window.keys('alt+3')
    window.reads('U-0000')
    typist.press(words.act('media.register'))
    window.titled(words.act('media.register'))
    typist.choose(words.ask('media.register', 'media_kind'), 1)
    typist.type('U-0001')
    typist.type('S-1', rows=3)
    typist.press(words('_Next'))
    window.reads('U-0001', 'S-1')
    typist.press(words('_Next'))
    window.reads(words('Who signs'))
    window.type(words_of('sousa'))
    window.keys('Return')
    window.alone()
    window.reads('M2', 'U-0001')
    tap.check(True, 'A medium is registered and signed')


def approve(tap, window, typist):
    words = window.words
    window.keys('ctrl+l')
    typist.unlock(-2, words_of('soumu'))
    window.keys('alt+2')
    window.reads('T1', words('Waits for You'))
    typist.press(words('Decide on %s') % 'T1')
    window.titled(words('Approvals'))
    typist.press('Consent')
    window.reads(words('Who signs'))
    window.type(words_of('soumu'))
    window.keys('Return')
    window.alone()
    tap.check(True, 'A request is consented to')


def run(tap, desktop, office):
    office.must('sousa', 'media.register', 'media_kind=usb', 'label=U-0000', 'serial=S-0')
    office.must('sousa', 'media.store', 'subject=M1', 'place=L1')
    office.must('sousa', 'outsider.register', 'name=佐世保　次郎', 'company=電算センター')
    office.must('sousa', 'takeout.request', 'kind=round_trip', 'media=M1', 'counterpart=X1', 'destination=電算センター',
                'reason=突合処理', 'since=2025-08-18', 'until=2025-08-19')
    window = Window(desktop, office.file, now='2025-08-18T10:00')
    typist = Typist(window)
    record(tap, window, typist)
    approve(tap, window, typist)
    window.close()


def main():
    tap, desktop, office = Tap(), Desktop(), Office()
    try:
        run(tap, desktop, office)
    except Exception:
        tap.check(False, 'it goes through', traceback.format_exc())
        desktop.failed('keyboard')
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
