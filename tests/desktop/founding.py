#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file founded in the window: association and profile, chief, passphrase with its strength; then it is open."""
import os
import tempfile
import traceback

from desktop import Desktop, Window, wait
from office import Tap

PASSPHRASE = '有明海の干潟に立つ 1887 mudskippers'


def step(window):
    seen = window.look()
    return next((n.name for n in (seen.active() or seen.windows()[0]).descendants()
                 if n.role == 'label' and n.name[:1].isdigit() and n.name[1:2] in '/／'), None)


def forwards(window):
    before = step(window)
    window.press(window.words('_Next'))
    wait(f'the page after {before}', lambda: step(window) != before)


def run(tap, desktop, folder):
    path = os.path.join(folder, 'new.kanribo')
    window = Window(desktop, now='2025-08-18T10:00')
    words = window.words
    window.press(words('_New File…'))
    window.titled(words('New File'))
    tap.check(window.look().active().role == 'frame', 'Its window says that it is one')
    window.fill(words('Where the file is kept'), os.path.join(folder, 'nowhere', 'new.kanribo'))
    window.press(words('_Next'))
    window.reads(words('There is no such folder. Choose another one.'))
    tap.check(True, 'A folder that does not exist is refused beside the field')
    window.fill(words('Where the file is kept'), path)
    forwards(window)
    window.fill(words('Name of the association'), '長崎県市町村職員共済組合')
    forwards(window)
    for name, text in (('Staff number', '1001'), ('Name', '長崎　太郎'), ('Name in kana', 'ながさき　たろう'),
                       ('User name', 'chief')):
        window.fill(words(name), text)
    forwards(window)
    window.fill(words('New passphrase'), 'aaa')
    window.fill(words('Once more'), 'aaa')
    window.press(words('_Next'))
    wait('the weak passphrase to be refused', lambda: step(window) and step(window).startswith('4/'))
    tap.check(not os.path.exists(path), 'A weak passphrase founds nothing')
    window.fill(words('New passphrase'), PASSPHRASE)
    window.fill(words('Once more'), PASSPHRASE + 'x')
    window.press(words('_Next'))
    window.reads(words('The two are not the same.'))
    tap.check(True, 'Two that differ are refused')
    window.fill(words('Once more'), PASSPHRASE)
    forwards(window)
    window.reads(os.path.basename(path), '長崎　太郎', '長崎県市町村職員共済組合')
    tap.check(not os.path.exists(path), 'All of it is shown before anything is written')
    window.press(words('_Found the File'))
    window.reads(words('The File Is Founded'))
    tap.check(os.path.exists(path), 'The file is founded')
    window.press(words('_Done'))
    window.alone()
    window.reads('長崎県市町村職員共済組合')
    window.keys('ctrl+l')
    window.unlock('chief', PASSPHRASE)
    tap.check(True, 'The chief opens it again')
    window.close()


def main():
    tap, desktop = Tap(), Desktop()
    with tempfile.TemporaryDirectory() as folder:
        try:
            run(tap, desktop, folder)
        except Exception:
            tap.check(False, 'it goes through', traceback.format_exc())
            desktop.failed('founding')
    tap.end()


if __name__ == '__main__':
    main()
