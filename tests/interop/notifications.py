#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stock notification daemon takes what is overdue, and its action opens the place."""
import os
import subprocess
import sys
import tempfile
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'desktop'))

from desktop import KANRIBO, Desktop, Window, wait
from office import Tap

LOGIN = 'nagao'


def chosen_place(window):
    """What is selected beside the page."""
    places = window.look().find('list', window.words('Places'))
    rows = places.children if places is not None else []
    return next((row.name.split(',')[0] for row in rows if row.has(window.nodes.SELECTED)), None)


def dunst(*args):
    """Its own tool; nothing where it is not there yet."""
    return subprocess.run(['dunstctl', *args], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          check=False).stdout.decode().strip()


def run(tap, desktop, folder):
    file = os.path.join(folder, 'demo.kanribo')
    subprocess.run([KANRIBO, 'demo', file, '--light', '--at', '2026-11-10T09:00'], check=True,
                   stdout=subprocess.DEVNULL)
    wait('the bus to start dunst', lambda: dunst('count', 'displayed') == '0')
    window = Window(desktop, file, now='2027-03-10T09:00')
    with open(os.path.join(file + '.passphrases', LOGIN), encoding='utf-8') as passphrase:
        window.unlock(LOGIN, passphrase.read().strip())

    wait('dunst to be told', lambda: dunst('count', 'displayed') not in ('', '0'))
    wait('the page of the day to be chosen', lambda: chosen_place(window) == window.words('Today'))
    dunst('action', '0')
    wanted = [window.words.register(name) for name in ('batch', 'takeout')]
    wait(f'one of {wanted}', lambda: chosen_place(window) in wanted)
    tap.check(True, 'The action of what a stock notification daemon shows opens the place')
    dunst('close-all')
    wait('what is overdue to have been shown', lambda: 'Overdue' in dunst('history'))
    tap.check(True, 'and it shows what is overdue')
    window.close()


def main():
    tap, desktop = Tap(), Desktop(notified=False)
    with tempfile.TemporaryDirectory() as folder:
        try:
            run(tap, desktop, folder)
        except Exception:
            tap.check(False, 'it goes through', traceback.format_exc())
            desktop.failed('notifications')
    tap.end()


if __name__ == '__main__':
    main()
