#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ./dev does the second time: it installs nothing, fetches nothing, configures nothing and builds nothing. Its own
verbs are asked, in this build directory, with what would change anything replaced by what tells of it."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.realpath(os.environ.get('KAN_SRCDIR') or os.path.join(os.path.dirname(__file__), '..', '..'))
BUILD = os.path.realpath(os.path.join(os.environ.get('G_TEST_BUILDDIR') or os.path.join(ROOT, 'build', 'tests'), '..'))
NINJA = "ninja: Entering directory `build'"
# After ./dev has defined its functions. A display that nobody opens: the window is not what is asked about.
TOLD = '''
source ./dev help > /dev/null
as_root () { :; }
apt-get () { :; }
meson () { :; }
ninja () { command ninja -n "$@"; }
open_demo () { :; }
export DISPLAY=:none
'''

POINTS = []


def point(name, holds, why='', skip=''):
    POINTS.append(holds or skip != '')
    print(f"{'ok' if POINTS[-1] else 'not ok'} {len(POINTS)} - {name}{skip and ' # SKIP ' + skip}")
    for line in why.splitlines() if not POINTS[-1] else ():
        print(f'# {line}')


def dev(verb, build, before=''):
    """What ./dev says before ninja begins, and what ninja then says."""
    with tempfile.TemporaryDirectory() as tree:
        for name in ('dev', 'subprojects', 'tests'):
            os.symlink(os.path.join(ROOT, name), os.path.join(tree, name))
        os.symlink(build, os.path.join(tree, 'build'))
        done = subprocess.run(('bash', '-c', f'{TOLD}{before}\nverb_{verb}\n'), cwd=tree, capture_output=True,
                              text=True, env={**os.environ, 'LC_ALL': 'C.UTF-8'}, check=False)
    said = (done.stdout + done.stderr).splitlines()
    begun = said.index(NINJA) if NINJA in said else len(said)
    return said[:begun], [line for line in said[begun:] if line != NINJA]


def not_built():
    """Why this build directory proves nothing: part of it was never built, or somebody went on writing."""
    with open(os.path.join(BUILD, 'meson-info', 'intro-targets.json'), encoding='utf-8') as file:
        programs = [name for target in json.load(file) if target['build_by_default'] and target['type'] == 'executable'
                    for name in target['filename']]
    missing = [name for name in programs if not os.path.exists(name)]
    if missing:
        return f'{os.path.basename(missing[0])} was not built here'
    built = os.stat(os.path.join(BUILD, '.ninja_log')).st_mtime_ns
    for folder, dirs, names in os.walk(ROOT):
        dirs[:] = [d for d in dirs if d not in ('.git', '__pycache__')
                   and not os.path.isdir(os.path.join(folder, d, 'meson-private'))]
        for name in names:
            if os.stat(os.path.join(folder, name), follow_symlinks=False).st_mtime_ns > built:
                return f'{name} was changed since'
    return ''


def second_time():
    for verb in ('build', 'run'):
        first, then = dev(verb, BUILD)
        point(f'./dev {verb} installs, fetches and configures nothing the second time', first == [] and then != [],
              '\n'.join(first))
        idle = then == ['ninja: no work to do.']
        point(f'./dev {verb} builds nothing the second time', idle, '\n'.join(then[:20]), '' if idle else not_built())


def first_time():
    """That it would be told of."""
    with tempfile.TemporaryDirectory() as build:
        first, _ = dev('build', build)
        point('a build directory that is not there is configured', 'Configuring build' in first, str(first))
        first, _ = dev('build', build, 'is_installed () { [ "$1" != meson ]; }')
        point('a package that is missing is installed', 'Installing: meson' in first, str(first))
        first, _ = dev('build', build, 'pkg-config () { false; }\nis_tarball () { false; }')
        point('sources that are not there are fetched', any(line.startswith('Fetching') for line in first), str(first))
        with open(os.path.join(build, 'build.ninja'), 'w', encoding='utf-8') as file:
            file.write('rule make\n  command = true\nbuild all: make\nbuild meson-test-prereq: phony all\n')
        first, then = dev('build', build)
        point('what is not built is built', first == [] and '[1/1] true' in then, str((first, then)))


if __name__ == '__main__':
    if shutil.which('dpkg-query') is None:
        print('1..0 # SKIP this is no Debian')
        sys.exit(0)
    second_time()
    first_time()
    print(f'1..{len(POINTS)}')
    sys.exit(0 if all(POINTS) else 1)
