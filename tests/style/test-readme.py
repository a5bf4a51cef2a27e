#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The register that the README gives as an example is one: it compiles, and would not with a slip in it."""
import os
import re
import shlex
import subprocess

ROOT = os.environ.get('KAN_SRCDIR') or os.path.join(os.path.dirname(os.path.realpath(__file__)), '..', '..')
INCLUDES = '#include "registers/kan-registers.h"\n'
LIBRARIES = ('gio-2.0', 'json-glib-1.0')


def compiles(text):
    flags = shlex.split(subprocess.run(('pkg-config', '--cflags', *LIBRARIES), capture_output=True, text=True,
                                       check=True).stdout)
    done = subprocess.run((*shlex.split(os.environ.get('CC', 'cc')), '-std=gnu11', '-Wall', '-Wextra', '-Werror',
                           '-Wno-missing-field-initializers', '-fsyntax-only', '-x', 'c', f'-I{ROOT}/app', *flags, '-'),
                          input=INCLUDES + text, capture_output=True, text=True)
    return done.returncode == 0, done.stderr


def main():
    with open(os.path.join(ROOT, 'README.md'), encoding='utf-8') as file:
        examples = re.findall(r'^```c\n(.*?)^```$', file.read(), re.M | re.S)
    checks = [(len(examples) == 1, 'the README has one example', str(len(examples)))]
    for example in examples:
        holds, why = compiles(example)
        checks.append((holds, 'it compiles', why))
        slip = example.replace('.kinds = kinds', '.kind = kinds')
        checks.append((slip != example and not compiles(slip)[0], 'with a slip it does not', ''))
    for n, (holds, name, why) in enumerate(checks, 1):
        print(f'{"ok" if holds else "not ok"} {n} - {name}')
        if not holds:
            print('\n'.join('# ' + line for line in why.splitlines()))
    print(f'1..{len(checks)}')


if __name__ == '__main__':
    main()
