#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `meson install` leaves: the program and what a desktop wants to know of it, each where a desktop looks for it,
fitting one another, and nothing else."""
import configparser
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

BUILD = os.path.realpath(os.path.join(os.environ['G_TEST_BUILDDIR'], '..'))
APP = 'io.github.kanribo.Kanribo'
WANTED = {
    'bin/kanribo',
    f'share/applications/{APP}.desktop',
    f'share/glib-2.0/schemas/{APP}.gschema.xml',
    f'share/icons/hicolor/scalable/apps/{APP}.svg',
    'share/icons/hicolor/scalable/mimetypes/application-vnd.kanribo.svg',
    f'share/icons/hicolor/symbolic/apps/{APP}-symbolic.svg',
    'share/locale/ja/LC_MESSAGES/kanribo.mo',
    f'share/metainfo/{APP}.metainfo.xml',
    f'share/mime/packages/{APP}.xml',
}

POINTS = []


def point(name, holds, why=''):
    POINTS.append(bool(holds))
    print(f"{'ok' if POINTS[-1] else 'not ok'} {len(POINTS)} - {name}")
    for line in str(why).splitlines() if not POINTS[-1] else ():
        print(f'# {line}')


def run(*argv, **env):
    done = subprocess.run(argv, capture_output=True, text=True, env={**os.environ, **env}, check=False)
    return done.returncode, done.stdout + done.stderr


def prefix():
    with open(os.path.join(BUILD, 'meson-info', 'intro-buildoptions.json'), encoding='utf-8') as file:
        return next(option['value'] for option in json.load(file) if option['name'] == 'prefix')


def list_files(folder):
    return {os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names}


def desktop_points(root):
    entry = configparser.RawConfigParser(delimiters='=')
    entry.optionxform = str
    entry.read(os.path.join(root, f'share/applications/{APP}.desktop'), encoding='utf-8')
    desktop = dict(entry['Desktop Entry'])
    status, said = run('desktop-file-validate', os.path.join(root, f'share/applications/{APP}.desktop'))
    point('the desktop entry is valid', status == 0 and said == '', said)
    point('it starts the program and shows its icon', desktop['Exec'].split()[0] == 'kanribo' and
          desktop['Icon'] == APP, desktop)
    point('it speaks Japanese', 'Name[ja]' in desktop and 'Comment[ja]' in desktop, desktop)
    status, said = run('update-mime-database', os.path.join(root, 'share/mime'))
    with open(os.path.join(root, 'share/mime/globs2'), encoding='utf-8') as file:
        globs = file.read().split()
    mine = f"50:{desktop['MimeType'][:-1]}:*.kanribo"
    point('files of its own type are opened with it', status == 0 and mine in globs, (said, globs))
    told = xml.parse(os.path.join(root, f'share/metainfo/{APP}.metainfo.xml')).getroot()
    point('what a catalogue tells of it names that entry', told.findtext('id') == APP and
          told.findtext('launchable') == f'{APP}.desktop', xml.tostring(told, 'unicode')[:500])


def main():
    with tempfile.TemporaryDirectory() as folder:
        status, said = run('meson', 'install', '-C', BUILD, '--no-rebuild', '--quiet', '--destdir', folder)
        root = folder + prefix()
        found = list_files(folder)
        point('it installs what a desktop needs and nothing else', status == 0 and
              found == {os.path.relpath(os.path.join(root, name), folder) for name in WANTED}, (said, sorted(found)))
        if not POINTS[-1]:
            return
        status, said = run(os.path.join(root, 'bin/kanribo'), '--help', LC_ALL='ja_JP.UTF-8',
                           KAN_LOCALEDIR=os.path.join(root, 'share/locale'))
        point('the program runs, in Japanese', status == 0 and 'ファイル' in said, said)
        schemas = os.path.join(root, 'share/glib-2.0/schemas')
        status, said = run('glib-compile-schemas', '--strict', '--dry-run', schemas)
        point('its settings are read', status == 0, said)
        desktop_points(root)


if __name__ == '__main__':
    main()
    print(f'1..{len(POINTS)}')
    sys.exit(0 if POINTS and all(POINTS) else 1)
