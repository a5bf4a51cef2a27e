# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in the Japanese window, read aloud: every control says what it is, in words that are no type's name, and
nothing to read is English or a raw identifier."""
import re

CONTROLS = ('button', 'check box', 'combo box', 'entry', 'text', 'toggle', 'menu item', 'radio button', 'switch')
# GTK and libadwaita name parts of their own rows and buttons by their types; what holds them says what they are.
INNER = ('GtkMenuButton', 'GtkSwitch', 'GtkToggleButton', '')
# What the office itself writes with Latin letters: numbers of records and media, products, fingerprints, logins.
LATIN = re.compile(r'[A-Za-z]{3,}')
CODE = re.compile(r'^((?=.*[0-9])[A-Z0-9 ./-]+|[A-Z0-9]{4}-[A-Z0-9]{4})$')
ANCHOR = re.compile(r'\b[0-9]+(-[A-Z0-9]{4}){8}\b')
KEY = re.compile(r'^(Alt|Ctrl|Shift|F[0-9]+|Page(_| )?(Up|Down))$')
ALLOWED = re.compile(r'^(Kanribo|kanribo|demo|USB|HDD|SSD|DVD|Ctrl|Alt|Esc|PDF|nwipe|hdparm|KANRIBO\d?|Enter'
                     r'|TransMemory|MSD|TSA|DIN|ISO|IEC)$')


def type_name(name):
    return re.match(r'^(Gtk|Adw|Kan)[A-Z]\w+$', name) is not None


def nameless(seen, node):
    if node.role not in CONTROLS or node.name and not type_name(node.name):
        return False
    inside = node.name in INNER and any(n.is_named_control() for n in list(node.ancestors())[:4])
    return not inside and seen.shown(node)


def foreign_words(seen, node, logins):
    if node.role != 'label' or type_name(node.name) or CODE.match(node.name) or KEY.match(node.name):
        return []
    words = [word for word in LATIN.findall(ANCHOR.sub('', node.name))
             if not ALLOWED.match(word) and word not in logins]
    return [f'“{word}” in “{node.name}”' for word in words if seen.shown(node)]


def read(window, logins):
    """Controls without a name, and words that are no Japanese, of the window that has the keyboard."""
    unnamed, foreign = [], set()
    seen = window.look()
    frame = seen.active() or seen.windows()[0]
    for node in frame.descendants():
        if nameless(seen, node):
            unnamed.append(f'{node} in {[n.name for n in node.ancestors() if n.name][:2]}')
        foreign.update(foreign_words(seen, node, logins))
    return unnamed, sorted(foreign)
