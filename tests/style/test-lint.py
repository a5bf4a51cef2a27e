#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checks themselves: each passes on a small clean tree and fails on the same tree with one thing wrong."""
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from importlib.machinery import SourceFileLoader

HERE = os.path.dirname(os.path.realpath(__file__))
LICENCE = 'SPDX-License-Identifier: GPL-3.0-or-later'
HEADER = f'/* {LICENCE} */\n/* Purpose. */\n'
CLEAN = {
    'meson.build': f'# {LICENCE}\n',
    'app/meson.build': f"# {LICENCE}\nfiles('db/kan-db.c', 'desk/kan-desk.c')\n",
    'tests/meson.build': f"# {LICENCE}\nlist = ['db/db']\n",
    'tests/app/db/test-db.c': HEADER,
    'app/db/kan-db.h': HEADER + '#pragma once\nint kan_db_open (int n);\n',
    'app/db/kan-db.c': HEADER + '#include <sqlite3.h>\n/**\n * kan_db_open:\n */\n'
                       'int\nkan_db_open (int n)\n{\n  return sqlite3_open (n);\n}\n',
    'app/desk/kan-desk.c': HEADER + '#include "db/kan-db.h"\n/* sqlite3_open and sodium_init in words are fine */\n',
    'po/LINGUAS': '',
    'po/POTFILES': '',
    'meson_options.txt': f"# {LICENCE}\noption('tests', type: 'boolean', value: false)\n",
    'script.sh': f'#!/bin/sh\n# {LICENCE}\necho\n',
    'tests/style/waivers': '',
}
MAX = 'x' * 118
# What to add to (or, with a leading '=', put in place of) which file, and the check that must then fail.
WRONG = [
    ('app/db/kan-db.c', '#include "desk/kan-desk.h"\n', 'a layer of app/'),
    ('app/crypto/kan-hash.c', '#include "db/kan-db.h"\n', 'a layer of app/'),
    ('app/cellar/kan-wine.c', HEADER, 'a layer of app/'),
    ('app/desk/kan-desk.c', '#include <gtk/gtk.h>\n', 'app/ includes no toolkit'),
    ('app/meson.build', "gtk_dep\n", 'app/ links without'),
    ('app/desk/kan-desk.c', 'int n = sqlite3_open (0);\n', 'sqlite3_ only'),
    ('app/desk/kan-desk.c', '#include <sqlite3.h>\n', 'sqlite3_ only'),
    ('app/db/kan-db.c', 'int n = sodium_init ();\n', 'sodium_ and crypto_'),
    ('app/db/kan-db.c', 'int n = crypto_sign ();\n', 'sodium_ and crypto_'),
    ('app/db/kan-db.c', 'int n = g_warning ("");\n', 'the library neither'),
    ('script.sh', '=#!/bin/sh\necho\n', 'every source file carries'),
    ('app/db/kan-db.c', f'=/* {LICENCE} */\nint n;\n', 'every C file says'),
    ('app/db/kan-db.h', '=' + HEADER, 'headers are guarded'),
    ('app/db/kan-db.c', '\tint n;\n', 'no tabs'),
    ('app/db/kan-db.c', 'int n; \n', 'no tabs'),
    ('app/db/kan-db.c', f'/*{MAX}*/\n', 'no tabs'),
    ('app/db/kan-db.c', 'int\nf (void)\n{\n  goto out;\n}\n', 'no goto'),
    ('app/db/kan-db.c', '/* */\n' * 600, 'no file over'),
    ('app/db/kan-db.c', 'int\nf (void)\n{\n' + '  n++;\n' * 60 + '}\n', 'no function over'),
    ('app/db/kan-db.h', 'void kan_db_close (void);\n', 'every public function'),
    ('app/db/kan-db.c', 'char *s = _("sentence");\n', 'every file with sentences'),
    ('app/db/kan-db.c', 'char *s = g_dngettext (DOMAIN, "one",\n"many", n);\n', 'every file with sentences'),
    ('po/POTFILES', 'app/gone.c\n', 'every file with sentences'),
    ('app/db/kan-other.c', HEADER, 'every source and every test'),
    ('tests/app/db/test-other.c', HEADER, 'every source and every test'),
    ('app/db/kan-db.c', '/* TO' 'DO */\n', 'nothing is left'),
    ('app/db/kan-db.c', 'char *s = "/ro' 'ot/file";\n', 'no path or host'),
    ('app/db/kan-db.c', 'char *s = "http://deb.debian' '.org";\n', 'no path or host'),
    ('meson_options.txt', f"=# {LICENCE}\noption('tests', type: 'boolean', value: true)\n", 'what an office installs'),
    ('script.sh', 'if\n', 'scripts parse'),
    ('tests/style/waivers', 'no goto | app/db/kan-db.c | nothing there to waive\n', 'every waiver'),
]
TRANSLATED = {
    'po/LINGUAS': '=ja\n',
    'po/POTFILES': 'app/db/kan-db.c\n',
    'app/db/kan-db.c': 'char *s = _("sentence");\n',
    'po/ja.po': 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n',
}
WHOLE = 'msgid "sentence"\nmsgstr "文"\n'

POINTS = []


def point(name, holds):
    POINTS.append(holds)
    print(f"{'ok' if holds else 'not ok'} {len(POINTS)} - {name}")


def failing(changes):
    """The names of the checks that fail on the clean tree with these changes."""
    with tempfile.TemporaryDirectory() as tree:
        for path in sorted({**CLEAN, **changes}):
            change = changes.get(path, '')
            text = change[1:] if change.startswith('=') else CLEAN.get(path, '') + change
            os.makedirs(os.path.dirname(os.path.join(tree, path)), exist_ok=True)
            with open(os.path.join(tree, path), 'w', encoding='utf-8') as file:
                file.write(text)
        done = subprocess.run([sys.executable, os.path.join(HERE, 'lint'), tree], capture_output=True, text=True,
                              env={**os.environ, 'G_TEST_BUILDDIR': tree}, check=False)
    assert done.stderr == '', done.stderr
    return re.findall(r'^not ok \d+ - (.*)$', done.stdout, re.MULTILINE)


def lint_points():
    point('a clean tree passes', failing({}) == [])
    for path, change, name in WRONG:
        names = failing({path: change})
        line = change.strip('=\n').split('\n')[0][:40].replace('#', '')
        point(f'{name}: {path} with {line}', any(n.startswith(name) for n in names))
    waived = 'no goto | app/db/kan-db.c | there for this test alone\n'
    point('a waived finding passes',
          failing({'app/db/kan-db.c': 'int n = goto;\n', 'tests/style/waivers': waived}) == [])
    point('a waiver without reason fails', failing({'app/db/kan-db.c': 'int n = goto;\n', 'tests/style/waivers':
                                                    'no goto | app/db/kan-db.c |\n'}) != [])
    whole = {**TRANSLATED, 'po/ja.po': TRANSLATED['po/ja.po'] + WHOLE}
    point('a whole translation passes', failing(whole) == [])
    literal = TRANSLATED['po/ja.po'] + 'msgid "see `kanribo show FILE`"\nmsgstr "`kanribo show ファイル`を参照"\n'
    names = failing({**TRANSLATED, 'app/db/kan-db.c': 'char *s = _("see `kanribo show FILE`");\n', 'po/ja.po': literal})
    point('a translated command fails', names == ['a command is typed in every language as in English'])
    advice = TRANSLATED['po/ja.po'] + 'msgid "wrong\\ndo this"\nmsgstr "誤り"\n'
    names = failing({**TRANSLATED, 'app/db/kan-db.c': 'char *s = _("wrong\\ndo this");\n', 'po/ja.po': advice})
    point('advice without a line of its own fails', names == ['what can be done is told on a line of its own in every '
                                                              'language'])
    typed = TRANSLATED['po/ja.po'] + 'msgid "wrong\\nconfirm with clock=behind"\nmsgstr "誤り\\n確認してください"\n'
    names = failing({**TRANSLATED, 'app/db/kan-db.c': 'char *s = _("wrong\\nconfirm with clock=behind");\n',
                     'po/ja.po': typed})
    point('advice in words of the command line fails', names == ['what can be done is told in words that a window has '
                                                                 'a use for'])
    names = failing(TRANSLATED)
    point('a sentence without translation fails', any(n.startswith('the Japanese') for n in names))


def load_tally():
    loader = SourceFileLoader('tally', os.path.join(HERE, 'tally'))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader('tally', loader))
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    return module


def tally_points():
    tally = load_tally()
    two = 'ok 1 /a\n# not ok in a comment\nnot ok 2 /b\nok 3 /c # SKIP no device\n'
    point('tally counts points', tally.count({'stdout': two, 'result': 'FAIL', 'name': 'n'}) ==
          (1, 1, ['n: /c # SKIP no device']))
    point('tally counts a crash', tally.count({'stdout': 'ok 1 /a\n', 'result': 'ERROR'}) == (1, 1, []))
    point('tally counts silence', tally.count({'result': 'TIMEOUT'}) == (0, 1, []))
    with tempfile.NamedTemporaryFile('w', suffix='.json') as log:
        log.write(json.dumps({'name': 'a', 'stdout': two, 'result': 'FAIL', 'returncode': 1}) + '\n')
        log.flush()
        done = subprocess.run([sys.executable, os.path.join(HERE, 'tally'), log.name], capture_output=True, text=True,
                              check=False)
    point('tally names what was skipped', '\nskipped a: /c # SKIP no device\n' in done.stdout)
    point('tally ends with the sum', done.returncode == 1 and done.stdout.endswith('\n1 passed, 1 failed\n'))
    done = subprocess.run([sys.executable, os.path.join(HERE, 'tally'), os.devnull], capture_output=True, text=True,
                          check=False)
    point('no test at all is a failure', done.returncode == 1 and done.stdout.endswith('\n0 passed, 1 failed\n'))


if __name__ == '__main__':
    lint_points()
    tally_points()
    print(f'1..{len(POINTS)}')
    sys.exit(0 if all(POINTS) else 1)
