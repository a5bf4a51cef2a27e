#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad luck in the middle of a signature: the file or its stick is gone, the disk is full, another window has the file,
the screen is locked, the program is ended. It is told in words, nothing typed is lost, nothing is half done."""
import os
import shutil
import subprocess

from desktop import Window, play, wait
from lock import lock_by_screen_saver
from stick import Stick
from wizards import Wizard
from office import Office, Tap, words_of

KIND = 'media.register'
PASSPHRASE = words_of('sousa')
GONE = 'The file is not there any more. Put the stick or the network folder back and try again.'
FULL = 'There is no space left on the medium. Make room and try again; what you typed is kept.'
READ_ONLY = 'The file cannot be written here. Copy it to a place where you may write.'
BUSY = 'The file is in use by somebody else. Wait until they close it, or open it for reading only.'


class Signer:
    """Sousa, with a medium's wizard at the page that takes the passphrase."""

    def __init__(self, tap, desktop, office, file=None, env=None):
        self.tap, self.office, self.file, self.env = tap, office, file or office.file, env
        self.window = Window(desktop, self.file, now='2025-08-18T10:00', env=env)
        self.words = self.window.words
        self.window.unlock('sousa', PASSPHRASE)

    def begin(self, label):
        self.window.go(self.words.register('medium'))
        self.window.press(self.words.act(KIND))
        wizard = Wizard(self.window, KIND)
        wizard.fill({'media_kind': 'usb', 'label': label, 'serial': 'S-' + label})
        self.window.press(self.words('_Next'))
        self.window.reads(self.words('Who signs'))
        return wizard

    def sign(self):
        self.window.fill(self.words('_Passphrase'), PASSPHRASE)
        self.window.press(self.words.act(KIND))

    def is_told(self, why, what):
        """Nothing was signed; what was typed stays."""
        self.sign()
        self.window.reads(self.words('Nothing was signed'), self.words(why))
        self.tap.check(True, what)
        self.window.press(self.words('_Close'))
        self.window.titled(self.words.act(KIND))

    def is_signed(self, label, what):
        """It is now."""
        self.sign()
        self.window.alone()
        self.window.go(self.words.register('medium'))
        self.window.reads(label)
        self.tap.check(True, what)

    def leaves(self, what):
        """The file is whole."""
        self.window.close()
        verified = self.office.as_person('chief', 'verify', file=self.file, env=self.env)
        self.tap.expect(verified, 0, f'{what}: the file verifies')


def vanished(tap, desktop, office):
    signer = Signer(tap, desktop, office)
    kept = office.path('kept')
    signer.begin('U-0001')
    os.link(office.file, kept)
    os.unlink(office.file)
    signer.is_told(GONE, 'The file was removed: signing says so')
    os.rename(kept, office.file)
    signer.is_signed('U-0001', 'Once it is back, what was typed is signed')
    signer.leaves('Vanished')


def pulled(tap, desktop, office):
    stick = Stick(office, 'stick')
    signer = Signer(tap, desktop, office, stick.file, stick.env)
    signer.begin('U-0002')
    stick.pull()
    signer.is_told(GONE, 'The stick was pulled: signing says so')
    stick.put_back()
    signer.is_signed('U-0002', 'Once it is back, what was typed is signed')
    stick.pull()
    signer.window.press(signer.words.act(KIND))
    signer.window.reads(signer.words(GONE))
    tap.check(True, 'The stick was pulled while nothing was typed: what is begun says so')
    stick.put_back()
    signer.window.keys('Escape')
    signer.begin('U-0003')
    signer.is_signed('U-0003', 'Once it is back, work goes on')
    signer.leaves('Pulled')


def full(tap, desktop, office):
    stick = Stick(office, 'small')
    signer = Signer(tap, desktop, office, stick.file, stick.env)
    signer.begin('U-0003')
    stick.be('full')
    signer.is_told(FULL, 'The disk is full: signing says so')
    stick.be('sound')
    signer.is_signed('U-0003', 'Once there is room, what was typed is signed')
    signer.leaves('Full')


def read_only(tap, desktop, office):
    stick = Stick(office, 'disc')
    with open(stick.file, 'rb') as file:
        before = file.read()
    stick.be('read-only')
    window = Window(desktop, stick.file, now='2025-08-18T10:00', env=stick.env)
    words = window.words
    window.reads(words(READ_ONLY))
    tap.check(True, 'A medium that can only be read: opening says so')
    window.press(words('Open for _Reading Only'))
    window.unlock('sousa', PASSPHRASE)
    window.record('M1')
    window.reads('U-0001', words('This file is open for reading only.'))
    tap.check(window.look().find('button', words.act('media.store')) is None, 'It can be read; no act is offered, and '
              'the window says why')
    window.go(words.register('medium'))
    window.reads('U-0001', words('This file is open for reading only.'))
    tap.check(window.look().find('button', words.act(KIND)) is None, 'nor can one be begun')
    window.press(words('Open for _Writing'))
    window.reads(words(READ_ONLY))
    tap.check(True, 'Wanting to write is told the same again')
    window.close()
    with open(stick.file, 'rb') as file:
        tap.check(file.read() == before, 'Nothing was written')


def second(tap, desktop, office):
    signer = Signer(tap, desktop, office)
    signer.begin('U-0004')
    other = Window(desktop, office.file, now='2025-08-18T10:00', env=desktop.another_account())
    other.reads(other.words(BUSY), 'sousa')
    tap.check(True, 'A second window is told who has the file')
    other.press(other.words('Open for _Reading Only'))
    other.reads(other.words('For reading only'))
    tap.check(True, 'and may read it')
    other.close()
    again = subprocess.run([os.environ['KANRIBO'], office.file], env=signer.window.env, check=False, timeout=60)
    wait('the wizard to have the keyboard', lambda: signer.window.front()[1] == 2 and signer.window.front()[0])
    tap.check(again.returncode == 0, 'Opened again by who has it open, it stays as it is')
    signer.is_signed('U-0004', 'What was typed meanwhile is signed')
    signer.leaves('Second window')


def registered(signer, label):
    """Whether the register has it; it has come once another row is read."""
    window = signer.window
    window.go(signer.words.register('medium'))
    window.reads('U-0004')
    return any(label in text for text in window.look().words())


def locked(tap, desktop, office):
    """While the medium stands still in the middle of writing the act."""
    stick = Stick(office, 'slow')
    signer = Signer(tap, desktop, office, stick.file, stick.env)
    window, words = signer.window, signer.words
    signer.begin('U-0005')
    stick.be('still')
    signer.sign()
    wait('it to be under way', lambda: window.look().find('button', words.act(KIND)) is None)
    wait('the medium to be waited for', stick.is_waited_for)
    lock_by_screen_saver(window)
    wait('the file to be locked', lambda: window.look().find('button', words('Un_lock'), ready=False))
    tap.check(window.front()[1] == 1, 'The screen is locked in the middle of a signature: the file is')
    stick.be('sound')
    window.unlock('sousa', PASSPHRASE)
    window.reads(words('%s (%s): signed') % (words.act(KIND), 'M3'))
    tap.check(True, 'Whoever unlocks it is told that it was signed')
    tap.check(registered(signer, 'U-0005'), 'What was typed is signed')
    window.go(words('Today'))
    window.reads(words('Nothing waits for you today.'))
    tap.check(window.look().find('button', words('_Continue')) is None, 'and no draft besides')
    signer.begin('U-0006')
    window.keys('ctrl+q')
    wait('the program to end', lambda: window.program.poll() is not None)
    tap.check(window.program.returncode == 0, 'The program is ended in the middle of a wizard', window.said())
    signer = Signer(tap, desktop, office, stick.file, stick.env)
    signer.window.press(words('_Continue'))
    Wizard(signer.window, KIND).through()
    signer.window.reads('U-0006')
    tap.check(True, 'What was typed is a draft')
    signer.window.press(words('_Next'))
    signer.window.reads(words('Who signs'))
    signer.is_signed('U-0006', 'and is signed')
    signer.leaves('Locked')


if __name__ == '__main__':
    play('trouble', Tap, Office, vanished, pulled, full, read_only, second, locked)
