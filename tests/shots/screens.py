#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the window over the demo office. Usage: screens.py ja|en light|dark WIDTHxHEIGHT FOLDER. A screen that
cannot be reached is told and left out; then it ends with 1."""
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'desktop'))
from desktop import KANRIBO, Desktop, Window, wait  # noqa: E402
from wizards import Wizard  # noqa: E402

NOW = '2026-11-10T09:00'


class Camera:
    def __init__(self, language, scheme, size, folder, work):
        self.folder, self.n, self.missed, self.file = folder, 0, [], os.path.join(work, '管理簿.kanribo')
        subprocess.run([KANRIBO, 'demo', self.file, '--light', '--at', NOW], check=True, stdout=subprocess.DEVNULL)
        self.desktop = Desktop(size=tuple(int(part) for part in size.split('x')))
        self.options = {'japanese': language == 'ja', 'dark': scheme == 'dark', 'now': NOW}
        self.window = None

    def passphrase(self, login):
        with open(os.path.join(self.file + '.passphrases', login), encoding='utf-8') as file:
            return file.read().strip()

    def take(self, name):
        """Once the picture stands still."""
        self.n += 1
        path = os.path.join(self.folder, f'{self.n:02}-{name}.png')
        before = b''
        for _ in range(20):
            time.sleep(0.15)
            self.desktop.picture(path)
            with open(path, 'rb') as file:
                now = file.read()
            if now == before:
                return
            before = now

    def scene(self, name, steps):
        try:
            steps()
        except Exception as wrong:
            self.missed.append(f'{name}: {wrong}')
            self.take(name + '-missed')
            self.restart()

    def restart(self):
        """After a scene that was left half way."""
        if self.window.program.poll() is None:
            self.window.program.kill()
            self.window.program.wait()
        self.sit_down()

    def sit_down(self, login='nagao'):
        self.window = Window(self.desktop, self.file, **self.options)
        self.window.unlock(login, self.passphrase(login))

    def at_the_door(self):
        self.window = Window(self.desktop, **self.options)
        words = self.window.words
        self.window.wait_for('button', words('_New File…'))
        self.take('start')
        self.window.press(words('_New File…'))
        self.window.titled(words('New File'))
        self.take('founding-1')
        self.window.fill(words('Where the file is kept'), os.path.join(self.desktop.folder, '新しい.kanribo'))
        for page, rows in ((2, {'Association': '長崎県市町村職員共済組合'}),
                           (3, {'Staff number': '1001', 'Name': '長崎　太郎', 'User name': 'chief'}),
                           (4, {'New passphrase': 'x' * 8}), (5, {})):
            if page < 5:
                self.window.press(words('_Next'))
                time.sleep(0.6)
                for row, text in rows.items():
                    self.window.fill(words(row), text)
                self.take(f'founding-{page}')
        self.window.program.kill()
        self.window.program.wait()
        self.window = Window(self.desktop, self.file, **self.options)
        self.window.wait_for('button', words('Un_lock'))
        self.take('unlock')
        self.window.fill(words('_Passphrase'), 'wrong')
        self.window.press(words('Un_lock'))
        self.window.wait_for('button', words('Un_lock'))
        self.take('unlock-wrong')

    def place(self, register):
        self.window.go(self.window.words.register(register))
        self.take(register)

    def record(self, subject):
        self.window.record(subject)
        self.take('record-' + subject)

    def wizard(self, kind, subject=None, pages=1):
        window = self.window
        if subject:
            window.record(subject)
        else:
            window.go(window.words.register(window.words.acts[kind]['register']))
        window.press(window.words.act(kind))
        wizard = Wizard(window, kind)
        for page in range(1, pages + 1):
            self.take(f'{kind}-{page}')
        window.press(window.words('_Next'))
        time.sleep(0.5)
        self.take(f'{kind}-refused')
        wizard.abandon()

    def dialog(self, name, keys):
        self.window.keys(keys)
        wait(f'the window {name}', lambda: self.window.front()[1] > 1 or name == 'menu')
        self.take(name)
        self.window.keys('Escape')
        if name != 'menu':
            self.window.alone()

    def page(self, name):
        self.window.go(self.window.words(name))
        self.take(name.lower())

    def all(self):
        self.scene('door', self.at_the_door)
        self.restart()
        self.window.reads(self.window.words('What Waits for You'))
        self.take('today')
        for name in ('Approvals', 'Ledger'):
            self.scene(name, lambda name=name: self.page(name))
        for register in ('medium', 'batch', 'takeout', 'destruction', 'place', 'person', 'office', 'appointment',
                         'operator', 'outsider', 'key', 'rule', 'payment', 'holiday', 'shortfall', 'profile'):
            if register in self.window.words.registers:
                self.scene(register, lambda register=register: self.place(register))
        for kind in ('media.register', 'media.record', 'takeout.request', 'media.destroy', 'outsider.register'):
            self.scene(kind, lambda kind=kind: self.wizard(kind))
        for subject in ('M1', 'B76', 'T26', 'D1', 'P2'):
            self.scene(subject, lambda subject=subject: self.record(subject))
        for name, keys in (('palette', 'ctrl+k'), ('settings', 'ctrl+comma'), ('shortcuts', 'F1'), ('menu', 'F10')):
            self.scene(name, lambda name=name, keys=keys: self.dialog(name, keys))
        self.scene('approval', self.approval)
        self.scene('preview', self.preview)
        self.scene('verify', self.verify)

    def approval(self):
        self.window.program.kill()
        self.window.program.wait()
        self.sit_down('watanabe')
        words = self.window.words
        self.window.go(words('Approvals'))
        self.take('approvals-mine')
        decide = self.window.words('Decide on %s') % ''
        seen = wait('a request', lambda: next((n for n in self.window.look().nodes.values()
                                              if n.role == 'button' and decide.strip() in n.name), None))
        seen.press()
        self.window.titled(words('Approvals'))
        self.take('approval-request')
        self.window.press({'ja': '承諾する', 'en': 'Consent'}[words.language])
        self.window.wait_for('entry', words('_Passphrase'))
        self.take('approval-sign')
        self.restart()

    def preview(self):
        words = self.window.words
        self.window.record('D1')
        self.window.press(words('Print a form'))
        wait('the forms', lambda: any(node.role == 'menu item' for node in self.window.look().nodes.values()))
        self.take('forms')
        item = next(node.name for node in self.window.look().nodes.values() if node.role == 'menu item')
        self.window.press_item(item, 'Tab')
        self.window.wait_for('button', words('_Save as PDF…'))
        self.take('preview')
        self.restart()

    def verify(self):
        words = self.window.words
        self.window.go(words('Ledger'))
        self.window.press(words('_Verify…'))
        self.window.titled(words('Verification'))
        self.take('verification')
        self.restart()


def main():
    language, scheme, size, folder = sys.argv[1:]
    with tempfile.TemporaryDirectory() as work:
        camera = Camera(language, scheme, size, folder, work)
        camera.all()
    for missed in camera.missed:
        print(f'{language} {scheme} {size}: {missed}', file=sys.stderr)
    print(f'{camera.n} pictures in {folder}')
    return 1 if camera.missed else 0


if __name__ == '__main__':
    sys.exit(main())
