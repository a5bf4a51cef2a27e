#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody wrote into the file with a tool of their own commands no terminal, breaks no line and no JSON."""
import json
import subprocess

from office import KANRIBO, Office, Tap

NAME = "'X' || char(27) || '[2J' || char(10) || 'Nothing was altered.' || char(8238) || char(133)"
BYTES = "CAST (x'e69c80ff1be280ae0a41c285' AS TEXT)"


def raw(office, *args, errors=subprocess.STDOUT):
    """Bytes: what is printed may be no text."""
    chief = ['--as', 'chief', '--passphrase-file', office.path('chief'), '--at', office.now]
    return subprocess.run([KANRIBO, *args, *chief], stdout=subprocess.PIPE, stderr=errors, check=False,
                          timeout=120).stdout


def is_clean(said):
    """UTF-8, of which nothing commands, hides or turns."""
    try:
        text = said.decode()
    except UnicodeDecodeError:
        return False
    return not any(c in '\x7f\u0085\u202e' or (c < ' ' and c != '\n') for c in text)


def everywhere(tap, office):
    """Bytes that are no text, in an entry, a row, a detached text: no command says them, and JSON stays JSON."""
    office.tamper("UPDATE person SET name = '辻' WHERE id = 4")
    office.must('sousa', 'media.register', 'media_kind=hdd', 'label=U-1', 'serial=S1', 'happened_at=2025-08-01T09:00',
                'late_reason=記入漏れ。')
    with open(office.file, 'rb') as file:
        whole = file.read()
    commands = (('verify', '--full'), ('show', 'person'), ('show', 'person', 'P4'), ('show', 'medium', 'M1'), ('log',),
                ('log', '--subject', 'M1'), ('status',), ('pending',))
    for name, sql in (('an entry', f"UPDATE act SET body = '{{\"name\":\"' || {BYTES} || '\"}}' WHERE seq IN (2, 7)"),
                      ('its kind and record', f'UPDATE act SET kind = {BYTES}, subject = {BYTES} WHERE seq = 9'),
                      ('a row', f'UPDATE person SET name = {BYTES}; UPDATE medium SET label = {BYTES}'),
                      ('a text', f'UPDATE detached SET content = {BYTES}')):
        office.tamper(sql)
        for command, *args in commands:
            said = raw(office, command, office.file, *args)
            tap.check(is_clean(said) and said != b'', f'{name}: {command} {args} is clean text', said)
            said = raw(office, command, office.file, *args, '--json', errors=subprocess.DEVNULL)
            tap.check(is_clean(said) and (said == b'' or json.loads(said) is not None),
                      f'{name}: {command} {args} in JSON', said)
        with open(office.file, 'wb') as file:
            file.write(whole)


def main():
    tap = Tap()
    office = Office()
    office.tamper(f"UPDATE person SET name = {NAME} WHERE id = 4")
    for args in (('verify', office.file), ('show', office.file, 'person'), ('show', office.file, 'person', 'P4'),
                 ('log', office.file), ('status', office.file)):
        said = raw(office, *args)
        tap.check(not any(text.encode() in said for text in ('\x1b', '\u202e', '\u0085')),
                  f'{args[0]} says no control character', said)
    said = raw(office, 'verify', office.file).decode()
    tap.check('⟨U+001B⟩' in said and '\nNothing was altered.' not in said, 'a finding stays in its line', said)
    said = raw(office, 'show', office.file, 'person', '--json')
    tap.check('\u202e'.encode() not in said and '\u202e' in json.dumps(json.loads(said), ensure_ascii=False),
              'JSON keeps it, by number', said)
    office.tamper("UPDATE person SET name = CAST (x'ff41e3' AS TEXT) WHERE id = 4")
    for args in (('verify', office.file), ('show', office.file, 'person'), ('status', office.file)):
        said = raw(office, *args, '--json')
        tap.check(isinstance(json.loads(said.decode()), (dict, list)), f'{args[0]} --json is UTF-8 and JSON', said)
        tap.check(raw(office, *args).decode() != '', f'{args[0]} is UTF-8')
    everywhere(tap, office)
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
