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
ALLOWED = re.compile(r'^(Kanribo|kanribo|demo|USB|HDD|SSD|DVD|json|Ctrl|Alt|Esc|PDF|nwipe|hdparm|KANRIBO\d?|Enter'
                     r'|TransMemory|MSD|TSA|DIN|ISO|IEC)$')


def type_name(name):
    return re.match(r'^(Gtk|Adw|Kan)[A-Z]\w+$', name) is not None


def nameless(seen, node):
    if node.role == 'label':        # one that says nothing has its type for a name
        return type_name(node.name) and seen.shown(node)
    if node.role not in CONTROLS or node.name and not type_name(node.name):
        return False
    inside = node.name in INNER and any(n.is_named_control() for n in list(node.ancestors())[:4])
    return not inside and seen.shown(node)


def texts(node):
    """What a label says, and what assistive technology and tooltips say of anything."""
    name = node.name if node.role in ('label', 'alert') and not type_name(node.name) else ''
    return [text for text in (name, node.description) if text and not CODE.match(text) and not KEY.match(text)]


def foreign_words(seen, node, logins):
    found = [(word, text) for text in texts(node) for word in LATIN.findall(ANCHOR.sub('', text))
             if not ALLOWED.match(word) and word not in logins]
    return [f'“{word}” in “{text}”' for word, text in found if seen.shown(node)]


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
