#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody wrote into the file with a tool of their own commands no terminal, breaks no line and no JSON."""
import json
import subprocess

from office import KANRIBO, Office, Tap

NAME = "'X' || char(27) || '[2J' || char(10) || 'Nothing was altered.' || char(8238) || char(133)"


def raw(office, *args):
    """Bytes: what is printed may be no text."""
    chief = ['--as', 'chief', '--passphrase-file', office.path('chief'), '--at', office.now]
    return subprocess.run([KANRIBO, *args, *chief], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                          timeout=120).stdout


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
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
