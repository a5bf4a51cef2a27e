#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every paper of the demo office as other programs read it: words apart, within the margins, numbered, fonts embedded,
the QR code read back; and a name that no font can show is told."""
import json
import os
import re
import shutil
import subprocess
import tempfile

from office import KANRIBO, Result, Tap

NOW = ('--at', '2026-11-10T09:00')
LEFT, RIGHT = 25 * 72 / 25.4, 20 * 72 / 25.4
WORD = re.compile(r'<word xMin="([^"]+)" yMin="([^"]+)" xMax="([^"]+)" yMax="([^"]+)">([^<]*)<')
LONG = '株式会社西日本情報処理総合サービスセンター長崎支店データ消去・機密文書処理事業部第二課'
RARE = '辻\U000e0100　勘解由小路\U0010fffd左衛門三郎兵衛之丞'


class Paper:
    """What poppler finds in a file."""

    def __init__(self, path):
        self.path = path
        self.pages = self.ask('pdftotext', '-bbox', path, '-').split('<page ')[1:]

    @staticmethod
    def ask(*args):
        return subprocess.run(args, capture_output=True, check=True, timeout=60).stdout.decode()

    def text(self):
        return ''.join(self.ask('pdftotext', '-raw', self.path, '-').split())

    def codes(self):
        stem = self.path + '-scan'
        subprocess.run(('pdftoppm', '-r', '150', '-gray', '-png', '-singlefile', self.path, stem), check=True)
        return self.ask('zbarimg', '--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', stem + '.png').split()

    def faults(self, margins=True):
        found = []
        for number, page in enumerate(self.pages, 1):
            width = float(re.match(r'width="([^"]+)"', page).group(1))
            boxes = []
            for found_word in WORD.findall(page):
                left, top, right, bottom = map(float, found_word[:4])
                box = (left + 0.5, top + (bottom - top) * 0.35, right - 0.5, bottom - (bottom - top) * 0.35)
                if margins and (left < LEFT - 1 or right > width - RIGHT + 1.5):
                    found.append((number, 'in the margin', found_word))
                found += [(number, 'overprinted', found_word) for other in boxes
                          if box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]]
                boxes.append(box)
        text = self.text()
        found += [('not numbered', n) for n in range(1, len(self.pages) + 1)
                  if margins and f'{n}/{len(self.pages)}頁' not in text]
        fonts = self.ask('pdffonts', self.path).split('\n')[2:]
        return found + [('not embedded', line) for line in fonts if line and not re.search(r'yes +yes +yes', line)]


class Demo:
    def __init__(self, folder):
        self.file = os.path.join(folder, 'demo.kanribo')
        self.folder = folder
        done = self.call('demo', self.file, '--light')
        if done.status != 0:
            raise RuntimeError(done.err)

    @staticmethod
    def call(*args):
        done = subprocess.run([KANRIBO, *args, *NOW], capture_output=True, env={**os.environ, 'LC_ALL': 'C.UTF-8'},
                              check=False, timeout=120)
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def run(self, command, *args):
        who = ('--as', 'nagao', '--passphrase-file', f'{self.file}.passphrases/nagao')
        return self.call(command, self.file, *args, *who)

    def print(self, *args):
        path = os.path.join(self.folder, '-'.join(args) + '.pdf')
        told = self.run('print', *args, '-o', path)
        if told.status != 0:
            raise RuntimeError(f'{args}: {told.err}')
        return Paper(path), told.err

    def one_of_each_state(self, register):
        records = json.loads(self.run('show', register, '--json').out)['records']
        return list({record['state']: record['id'] for record in records}.values())


def strain(tap, demo):
    """Names as long as they come, with a variation selector, and a character of no font."""
    told = demo.run('do', 'outsider.register', f'name={RARE}', f'company={LONG}', f'post={LONG}')
    tap.expect(told, 0, 'somebody with a rare name is registered')
    paper, notes = demo.print('outsider')
    text = paper.text()
    tap.check('U+10FFFD' in notes and '〓' in text and '辻\U000e0100' in text, 'what no font has is told', notes, text)
    tap.check(LONG in text, 'nothing of a long name is cut', text)


def registers(tap, demo):
    forms = json.loads(demo.call('print', '--list', '--json').out)['forms']
    for form in (form['id'] for form in forms if not form['of_record']):
        paper, _ = demo.print(form)
        faults, text = paper.faults(), paper.text()
        tap.check(not faults and '保存期間' in text and '第1葉' in text, f'the register {form}', *faults)
    text = Paper(os.path.join(demo.folder, 'appointment.pdf')).text()
    tap.check('満了' in text and '発令中' in text, 'an appointment is over after its last day', text)
    papers = [Paper(demo.print('takeout')[0].path), demo.print('office')[0]]
    tap.check([float(re.match(r'width="([^"]+)"', p.pages[1]).group(1)) > 600 for p in papers] == [True, False],
              'a wide register lies across, a narrow one stands upright')


def records(tap, demo):
    anchor = ''.join(demo.run('verify', '--json').json['anchor'].split('-')[1:])
    for form, register, most in (('destruction_certificate', 'destruction', 1), ('takeout_application', 'takeout', 1),
                                 ('transport_slip', 'takeout', 3), ('custody', 'medium', 1)):
        printed = 0
        for record in demo.one_of_each_state(register):
            path = os.path.join(demo.folder, f'{form}-{record}.pdf')
            if demo.run('print', form, record, '-o', path).status != 0:
                continue
            paper, printed = Paper(path), printed + 1
            faults, codes = paper.faults(), paper.codes()
            tap.check(not faults, f'{form} of {record}', *faults)
            told = [code for code in codes if anchor in code and code.endswith(f':{form}:{record}')]
            tap.check(len(codes) == len(told) == most, f'its code names record and anchor {most} times', codes)
        tap.check(printed > 0, f'{form} is of some record')


def by_number(tap, demo):
    """A record is found by what stands on its paper: its own number, and that of the series, as people read it."""
    record = 'T1'
    told = json.loads(demo.run('show', record, '--json').out)['fields']
    number = f"{told['takeout_fy']}-{told['takeout_no']}"
    text = demo.print('takeout_application', record)[0].text()
    printed = re.search('令和[0-9]+年度持出第[0-9]+号', text).group(0)
    tap.check(f'記録番号{record}' in text, 'the paper names its record', text)
    for typed in (printed, number):
        tap.check(demo.run('show', 'takeout', typed, '--json').out == demo.run('show', record, '--json').out,
                  f'a record is shown by {typed}')
        path = os.path.join(demo.folder, 'by-number.pdf')
        tap.expect(demo.run('print', 'takeout_application', typed, '-o', path), 0, f'and printed by {typed}')
        tap.check(f'記録番号{record}' in Paper(path).text(), 'it is the same')
    told = demo.run('show', printed)
    tap.expect(told, 0, 'without the register', record)
    tap.check(' \n' not in told.out, 'no line ends in a space', told.out)
    told = demo.run('show', '2025-1')
    tap.expect(told, 2, 'which several registers number alike', '2025-1 is the number of several records')
    tap.expect(demo.run('show', 'destruction', '2025-1'), 0, 'and one of them')
    tap.expect(demo.run('show', '2025-99999'), 2, 'a number of none', '2025-99999')


def main():
    tap, folder = Tap(), tempfile.mkdtemp()
    try:
        demo = Demo(folder)
        strain(tap, demo)
        registers(tap, demo)
        records(tap, demo)
        by_number(tap, demo)
        faults = demo.print('labels')[0].faults(margins=False)
        tap.check(not faults, 'labels', *faults)
    finally:
        shutil.rmtree(folder)
    tap.end()


main()
