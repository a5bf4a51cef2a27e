#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through the places of the Japanese window: every control says what it is, in words that are no type's name,
and nothing to read is English or a raw identifier."""
import os
import re
import subprocess
import tempfile
import traceback

from desktop import KANRIBO, Desktop, Window, wait
from office import Tap

CONTROLS = ('button', 'check box', 'combo box', 'entry', 'text', 'toggle', 'menu item', 'radio button', 'switch')
# GTK and libadwaita name parts of their own rows and buttons by their types; what holds them says what they are.
INNER = ('GtkMenuButton', 'GtkSwitch', 'GtkToggleButton', '')
# What the office itself writes with Latin letters: numbers of records and media, products, fingerprints, logins.
LATIN = re.compile(r'[A-Za-z]{3,}')
CODE = re.compile(r'^((?=.*[0-9])[A-Z0-9 ./-]+|[A-Z0-9]{4}-[A-Z0-9]{4})$')
ALLOWED = re.compile(r'^(Kanribo|kanribo|demo|USB|HDD|SSD|DVD|Ctrl|Alt|Esc|PDF|nwipe|hdparm|KANRIBO\d?)$')


def type_name(name):
    return re.match(r'^(Gtk|Adw|Kan)[A-Z]\w+$', name) is not None


def check_names(tap, window, place):
    nameless, foreign = [], []
    seen = window.look()
    frame = seen.active() or seen.windows()[0]
    for node in frame.descendants():
        inside = any(n.is_named_control() for n in list(node.ancestors())[:4]) and node.name in INNER
        if node.role in CONTROLS and (not node.name or type_name(node.name)) and not inside and seen.shown(node):
            nameless.append(f'{node} in {[n.name for n in node.ancestors() if n.name][:2]}')
        if node.role == 'label' and not type_name(node.name) and not CODE.match(node.name):
            words = [word for word in LATIN.findall(node.name)
                     if not ALLOWED.match(word) and word not in window.own_words]
            foreign += [f'“{word}” in “{node.name}”' for word in words if seen.shown(node)]
    tap.check(not nameless, f'{place}: every control has a name', *nameless)
    tap.check(not foreign, f'{place}: no English word', *sorted(set(foreign)))


def run(tap, desktop, folder):
    file = os.path.join(folder, 'demo.kanribo')
    subprocess.run([KANRIBO, 'demo', file, '--light', '--at', '2026-11-10T09:00'], check=True,
                   stdout=subprocess.DEVNULL)
    window = Window(desktop, file, japanese=True, now='2026-11-10T09:00')
    window.own_words = set(os.listdir(file + '.passphrases'))
    window.wait_for('button', window.words('Un_lock'))
    check_names(tap, window, 'unlock')
    with open(os.path.join(file + '.passphrases', 'nagao'), encoding='utf-8') as passphrase:
        window.unlock('nagao', passphrase.read().strip())
    window.reads(window.words('What Waits for You'))
    check_names(tap, window, 'today')
    for place in ('medium', 'batch', 'takeout', 'destruction', 'place', 'person', 'office', 'appointment', 'rule'):
        window.go(window.words.register(place))
        wait('its rows', lambda: len(window.look().nodes) > 300)
        check_names(tap, window, place)
    for place in ('Approvals', 'Ledger'):
        window.go(window.words(place))
        check_names(tap, window, place)
    for record in ('M1', 'O1'):
        window.record(record)
        check_names(tap, window, f'record {record}')
    window.close()


def main():
    tap, desktop = Tap(), Desktop(size=(1280, 800))
    with tempfile.TemporaryDirectory() as folder:
        try:
            run(tap, desktop, folder)
        except Exception:
            tap.check(False, 'it goes through', traceback.format_exc())
            desktop.failed('names')
    tap.end()


if __name__ == '__main__':
    main()
