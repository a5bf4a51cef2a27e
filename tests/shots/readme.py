#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job in four pictures, of the demo office in Japanese. Usage: readme.py FOLDER"""
import json
import os
import subprocess
import sys
import tempfile

from screens import KANRIBO, NOW, Camera

COLOURS = '48'      # a window has few; a picture is read over the network


class Reporter(Camera):
    """Keeps what README.md shows, each by itself: a window without what lies behind it."""
    KEPT = {'today': '1-today', 'approval-request': '2-approval', 'destruction': '3-destruction'}

    def take(self, name):
        if name in self.KEPT:
            front = subprocess.run(['xdotool', 'getwindowfocus'], stdout=subprocess.PIPE, check=True).stdout.decode()
            self.keep(self.KEPT[name], lambda path: self.expose(path, front.strip()))

    def keep(self, name, draw):
        drawn = os.path.join(self.desktop.folder, name + '.png')
        draw(drawn)
        subprocess.run(['convert', drawn, '-dither', 'None', '-colors', COLOURS, '-strip', '-define',
                        'png:compression-level=9', 'PNG8:' + os.path.join(self.folder, name + '.png')], check=True)

    def today(self):
        self.window.reads(self.window.words('What Waits for You'))
        self.take('today')

    def doomed(self):
        wizard = self.begin('media.destroy')
        self.window.click('check box', 'M6　ＵＳＢ-06')
        self.take('destruction')
        wizard.abandon()

    def certificate(self):
        """The newest of a memory that was shredded."""
        key = '--as', 'nagao', '--passphrase-file', self.key('nagao'), '--at', NOW
        told = subprocess.run([KANRIBO, 'show', self.file, 'destruction', '--json', *key], stdout=subprocess.PIPE,
                              check=True).stdout
        newest = [r['id'] for r in json.loads(told)['records'] if r['method'] == 'shred_flash'][-1]
        paper = os.path.join(self.desktop.folder, 'certificate.pdf')
        subprocess.run([KANRIBO, 'print', self.file, 'destruction_certificate', newest, '-o', paper, *key], check=True,
                       stdout=subprocess.DEVNULL)
        self.keep('4-certificate', lambda path: subprocess.run(
            ['pdftoppm', '-png', '-r', '90', '-singlefile', paper, path.removesuffix('.png')], check=True))

    def all(self):
        self.sit_down()
        for steps in (self.today, self.doomed, self.certificate):
            self.scene(steps.__name__, steps)
        self.elsewhere(self.asked, 'watanabe', 'approval', self.approval)


def main():
    with tempfile.TemporaryDirectory() as work:
        reporter = Reporter('ja', 'light', '1280x800', sys.argv[1], work)
        reporter.all()
    for missed in reporter.missed:
        print(missed, file=sys.stderr)
    return 1 if reporter.missed else 0


if __name__ == '__main__':
    sys.exit(main())
