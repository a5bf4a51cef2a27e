#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever is wrong with a file, a passphrase, an answer or the command itself has its own message and exit status, and
nothing is lost or half done."""
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import time

from office import KANRIBO, NO_DISPLAY, Office, Result, Tap, words_of

JAPANESE = {'LC_ALL': 'ja_JP.UTF-8', 'LANGUAGE': 'ja'}
HEADER, STATUS_AT, DATABASE_AT = 28 * 1024, 57344, 65536


def digest(path):
    """Of everything but the status block, which says who has the file open and proves nothing."""
    with open(path, 'rb') as file:
        data = file.read()
    return hashlib.sha256(data[:STATUS_AT] + data[DATABASE_AT:]).hexdigest()


def write(path, data):
    with open(path, 'wb') as file:
        file.write(data)
    return path


def flipped(data, *places):
    changed = bytearray(data)
    for place in places:
        changed[place] ^= 0xff
    return bytes(changed)


def in_japanese(tap, name, english, result):
    """The same, in as many lines of Japanese."""
    lines, n = result.err.splitlines(), english.err.count('\n')
    tap.check(result.status == english.status and len(lines) == n and
              all(re.search('[ぁ-ん]', line) and '; ' not in line for line in lines), f'{name}, in Japanese', english.err,
              result.err)


def files(tap, office):
    with open(office.file, 'rb') as file:
        whole = file.read()
    sqlite = office.path('other.db')
    with sqlite3.connect(sqlite) as database:
        database.execute('CREATE TABLE t (a)')
    database.close()
    with open(sqlite, 'rb') as file:
        foreign = file.read()
    newer = flipped(whole, 8, HEADER + 8)
    cases = [
        ('an empty file', b'', 4, 'is empty'),
        ("somebody else's SQLite file", foreign, 4, 'plain SQLite database'),
        ('a file of another kind', b'%PDF-1.7 ' + bytes(100000), 4, 'not a Kanribo file'),
        ('a file cut off in its header', whole[:1000], 4, 'cut off'),
        ('a file cut off after its header', whole[:DATABASE_AT], 4, 'database part'),
        ('a file cut off in the middle of a page', whole[:-1000], 4, 'middle of a page'),
        ('a file that lost its last pages', whole[:-8 * 4096], 4, ''),
        ('a flipped bit in both headers', flipped(whole, 5000, HEADER + 5000), 4, 'header'),
        ('a flipped bit in a page', flipped(whole, DATABASE_AT + 5 * 4096 + 100), 4, ''),
        ('a newer format', newer, 4, 'newer version'),
    ]
    for name, data, status, text in cases:
        path = write(office.path('bad.kanribo'), data)
        before = digest(path)
        result = office.as_person('chief', 'verify', file=path)
        tap.expect(result, status, name, text, 'kanribo: ')
        tap.check(result.err.count('\n') == 1 and result.err.count('backup') <= 1, f'{name}: one line', result.err)
        in_japanese(tap, name, result, office.as_person('chief', 'verify', file=path, env=JAPANESE))
        result = office.as_person('sousa', 'do', 'outsider.register', 'name=A', 'company=B', file=path)
        tap.check(result.status == status and digest(path) == before, f'{name}: nothing is written to it', result.err)
    for name, place, status in (('one flipped header', 5000, 1), ('a flipped status block', STATUS_AT + 100, 0),
                                ('the first bytes of the database', DATABASE_AT + 3, 0)):
        path = write(office.path('bad.kanribo'), flipped(whole, place))
        tap.expect(office.as_person('chief', 'verify', file=path), status, f'{name} does not lose the file',
                   'Nothing was altered')
    for page in range((len(whole) - DATABASE_AT) // 4096):
        path = write(office.path('bad.kanribo'), flipped(whole, DATABASE_AT + page * 4096 + 2000))
        result = office.as_person('chief', 'verify', '--full', file=path)
        tap.check(result.status in (1, 4) and 'Nothing was altered' not in result.out,
                  f'a flipped bit in page {page + 1} is found, and nothing called unaltered', result.out, result.err)
    result = office.as_person('chief', 'verify')
    tap.expect(result, 0, 'the pages were not looked at, and that is said', 'Nothing was altered', '--full')
    result = office.as_person('chief', 'verify', '--full')
    tap.check(result.status == 0 and 'Nothing was altered' in result.out and '--full' not in result.out,
              'they were looked at', result.out, result.err)
    tap.expect(office.as_person('chief', 'status', file=office.path('none.kanribo')), 5, 'no such file', 'none.kanribo',
               'check the path')


def founding(tap, office):
    """Everything that can be known is said at once, and nothing is made, or touched."""
    new, before = office.path('other.kanribo'), digest(office.file)
    whole = ('--profile', 'nagasaki', '--login', 'kudzu', '--name', 'X', '--staff-no', '1')
    tap.expect(office.run('new', office.file, '--profile', 'nagasaki', '--login', 'x', '--name', 'X', '--staff-no', '1',
                          '--passphrase-file', office.path('chief'), '--light'),
               2, 'founding over a file', 'another name')
    tap.check(digest(office.file) == before, 'the office lost nothing')
    result = office.run('new', new, '--login', 'x')
    tap.expect(result, 2, 'all that is missing is named', '--profile --name --staff-no')
    tap.check(result.err.count('\n') == 1, 'in one line', result.err)
    result = office.run('new', office.file, '--profile', 'osaka', '--login', 'A B', '--name', 'A\nB', '--staff-no', '',
                        '--passphrase-file', office.path('none'))
    tap.expect(result, 2, 'everything that is wrong is said at once', 'another name', '“osaka”', '--login: ',
               '--name: ', '--staff-no: ', 'passphrase file')
    tap.check(result.err.count('\n') == 6 and result.out == '', 'each in a line of its own', result.out, result.err)
    result = office.run('new', new, '--profile', 'osaka', '--name', '')
    tap.expect(result, 2, 'what is missing, and what is wrong', '--login --staff-no', '“osaka”', '--name: ')
    result = office.run('new', new, '--profile', 'nagasaki', '--login', 'A', '--name', 'X', '--staff-no', '1', '--json')
    tap.expect(result, 2, 'a bad login, for a script', '"field" : "login"')
    for name, args, status, word in (
            ('in no folder', (office.path('none/other.kanribo'), *whole), 5, 'check the path'),
            ('without the passphrase file', (new, *whole, '--passphrase-file', office.path('none')), 5,
             'passphrase file'),
            ('with an empty passphrase', (new, *whole, '--passphrase-file', '/dev/null'), 3, 'is empty'),
            ('with no terminal to ask for it', (new, *whole), 2, '--passphrase-file'),
            ('with a weak passphrase', (new, *whole, '--passphrase-file', write(office.path('weak'), b'secret\n')), 2,
             'At least 12'),
            ('with a passphrase that names its owner',
             (new, *whole, '--passphrase-file', write(office.path('names'), b'kudzu x brasenia 57\n')), 2, 'user name'),
            ('under a profile that is none', (new, '--profile', os.devnull + '.json', *whole[2:]), 5,
             'check the path')):
        result = office.run('new', *args)
        tap.expect(result, status, f'founding {name}', word)
        tap.check(result.err.count('\n') == 1, f'founding {name}: one line', result.err)
    result = office.run('new', new, *whole[:4], '--name', '長崎 123456789018', '--staff-no', '1')
    tap.expect(result, 2, 'founding by a number of a person', '--name: ', 'found the file without it')
    tap.check('declare' not in result.err, 'which cannot be declared to be something else there', result.err)
    tap.check(not os.path.exists(new), 'no file was made')


def in_use(tap, office):
    fifo = office.path('fifo')
    os.mkfifo(fifo)
    with subprocess.Popen([KANRIBO, 'do', office.file, 'outsider.register', 'name=A', 'company=B', '--as', 'sousa',
                           '--passphrase-file', fifo, '--at', office.now], stdout=subprocess.PIPE) as first:
        time.sleep(0.5)
        tap.expect(office.do('sousa', 'outsider.register', 'name=C', 'company=D'), 5, 'a file in use', 'close it there')
        tap.expect(office.as_person('sousa', 'show', 'outsider'), 0, 'a file in use can be read')
        with open(fifo, 'wb') as file:
            file.write(words_of('sousa').encode() + b'\n')
        tap.check(first.wait() == 0, 'who had it is not disturbed')


def passphrases(tap, office):
    own = words_of('sousa').encode()
    for name, text, status, word in (
            ('with a newline', own + b'\n', 0, ''), ('without', own, 0, ''),
            ('with CRLF and more lines', own + b'\r\nsecond\r\n', 0, ''),
            ('with a byte order mark', b'\xef\xbb\xbf' + own + b'\n', 0, ''),
            ('that is wrong', own + b's\n', 3, 'passphrase'), ('that is empty', b'', 3, 'is empty'),
            ('with an empty first line', b'\n' + own + b'\n', 3, 'is empty'),
            ('without end', b'x' * 5000, 3, 'longer than')):
        path = write(office.path('phrase'), text)
        args = ('status', office.file, '--as', 'sousa', '--passphrase-file', path)
        result = office.run(*args)
        tap.expect(result, status, f'a passphrase file {name}', word)
        in_japanese(tap, f'a passphrase file {name}', result, office.run(*args, env=JAPANESE))
    tap.expect(office.run('status', office.file, '--as', 'nobody', '--passphrase-file', office.path('chief')), 3,
               'an unknown login', '“nobody”', 'chief, soumu')
    tap.expect(office.do('chief', 'person.register', 'staff_no=2000', 'name=X', '--with',
                         f"nobody:{office.path('soumu')}"), 3, 'an unknown second person', '“nobody”', 'chief, soumu')
    tap.expect(office.run('status', office.file, '--passphrase-file', office.path('chief')), 2,
               'nobody said who they are',
               'chief, soumu')
    tap.expect(office.run('status', office.file, '--as', 'sousa', '--passphrase-file', office.path('none')), 5,
               'a passphrase file that is not there', 'passphrase file')
    tap.expect(office.do('chief', 'appointment.make', 'person=P4', 'office=pension_head', 'kind=regular',
                         'since=2025-08-18', '--with', f"soumu:{office.path('chief')}"),
               3, 'a second person with a wrong passphrase', 'passphrase')


def answers(tap, office):
    medium = ('media.register', 'media_kind=hdd', 'label=A-1')
    for name, who, args, texts in (
            ('an individual number in a name', 'sousa', ('outsider.register', 'name=123456789018', 'company=A'),
             ['name: ']),
            ('one in full-width digits with spaces', 'sousa', ('outsider.register', 'name=A', 'company=１２３４ ５６７８ ９０１８'),
             ['company: ']),
            ('one as the number of a person', 'chief', ('person.register', 'staff_no=123456789018', 'name=甲'),
             ['staff_no: ']),
            ('one as a count', 'sousa', ('media.record', 'count=123456789018'), ['count: ']),
            ('one in a note', 'sousa', ('takeout.request', 'reason=番号は123456789018です'), ['reason: ']),
            ('a control character', 'sousa', ('outsider.register', 'name=A\x1b[31m', 'company=A'), ['name: ']),
            ('a line break in one line', 'sousa', ('outsider.register', 'name=A\nB', 'company=A'), ['name: ']),
            ('a right-to-left override', 'sousa', ('outsider.register', 'name=A\u202eB', 'company=A'), ['name: ']),
            ('a field that is too long', 'sousa', ('outsider.register', 'name=' + '長' * 201, 'company=A'),
             ['name: More than']),
            ('a date that does not exist', 'nenkin',
             ('payment.enter', 'kind=off_cycle', 'serves=2026-02', 'day=2026-02-30'),
             ['day: ', '2026-02-30']),
            ('a month that does not exist', 'nenkin',
             ('payment.enter', 'kind=off_cycle', 'serves=2026-13', 'day=2026-02-13'),
             ['serves: ']),
            ('a record that does not exist', 'sousa', ('media.store', 'subject=M99', 'place=L1'), ['M99']),
            ('an answer that does not exist', 'sousa',
             ('media.record', 'medium=M99', 'purpose=purpose_1', 'count=1', 'copies=0', 'source=J-LIS'),
             ['medium: ', 'M99']),
            ('a choice that does not exist', 'sousa', (*medium[:1], 'media_kind=floppy', 'label=A'),
             ['media_kind: ', 'floppy', 'choose one of usb, dvd']),
            ('a word that is no record', 'sousa', ('media.store', 'subject=M1', 'place=Store1'),
             ['place: ', 'Store1', 'L1, L2', '`kanribo show FILE place`']),
            ('no count', 'sousa', (*medium, 'sheets=many'), ['sheets: ']),
            ('neither yes nor no', 'sousa', ('takeout.request', 'erasure_agreed=perhaps'), ['erasure_agreed: ']),
            ('a question that is not asked', 'sousa', (*medium, 'colour=red'), ['colour: ']),
            ('several at once', 'sousa', ('media.register', 'media_kind=floppy', 'sheets=x', 'colour=red'),
             ['media_kind: ', 'sheets: ', 'colour: ', 'label: ']),
            ('what has not happened yet', 'sousa', (*medium, 'happened_at=2025-08-19T09:00'), ['happened_at: ']),
            ('late without a reason', 'sousa', (*medium, 'happened_at=2025-08-01T09:00'), ['late_reason: ']),
            ('somebody not entitled', 'nenkin', medium, ['Only for'])):
        result = office.do(who, *args)
        tap.expect(result, 1, f'refused: {name}', *texts)
        tap.check(result.out == '', f'refused: {name}: nothing on the standard output', result.out)
    result = office.do('sousa', 'media.register', 'media_kind=floppy', 'sheets=x', '--json')
    fields = {refusal['field'] for refusal in result.json['refusals']}
    tap.check(result.status == 1 and fields == {'media_kind', 'sheets', 'label'}, 'all refusals in one document',
              result.out)
    for name, args, expected in (
            ('a record that is made is named', ('outsider.register', 'subject=X1', 'name=A\nB'),
             {'subject': 'not_asked', 'name': 'bad_character', 'company': 'missing'}),
            ('the record is not named', ('media.store', 'place=M1', 'happened_at=noon'),
             {'subject': 'missing', 'place': 'wrong_record', 'happened_at': 'unreadable', None: 'not_entitled'})):
        who = 'soumu' if None in expected else 'sousa'
        for way in ((), ('--dry-run',)):
            result = office.do(who, *args, *way, '--json')
            tap.check(result.status == 1
                      and {r['field']: r['code'] for r in result.json['refusals']} == expected,
                      f'{name}, and everything else is told with it {way}', result.out, result.err)
            tap.expect(office.do(who, *args, *way), 1, f'{name}, in words {way}',
                       *(f'{field}: ' for field in expected if field))
    tap.expect(office.do('sousa', 'outsider.register', 'name=A', 'company=123456789018', 'declared=company'), 0,
               'a number that is declared to be something else')
    tap.expect(office.do('sousa', 'outsider.register', 'name=A', 'company=A', 'contract_no=123456789018',
                         'telephone=090-1234-5678', '--dry-run'), 0, 'telephones and contracts have such numbers')
    office.now = '2025-08-18T10:00'
    office.must('sousa', 'outsider.register', 'name=B', 'company=B')
    tap.expect(office.do('sousa', 'outsider.register', 'name=C', 'company=C', at='2025-08-18T08:00'), 1,
               'a clock set back',
               'clock: ', 'behind')
    tap.expect(office.do('sousa', 'outsider.register', 'name=C', 'company=C', 'clock=behind', at='2025-08-18T09:59'), 0,
               'a clock set back, and confirmed')
    tap.expect(office.do('sousa', 'outsider.register', 'name=D', 'company=D', at='2099-01-01T00:00'), 1,
               'a clock far ahead', 'clock: ', 'ahead')


def rows(tap, office):
    """Rows are read as anybody writes JSON; a fact that breaks a rule is recorded, marked."""
    office.must('sousa', 'media.register', 'media_kind=hdd', 'label=HDD-1', 'serial=S1')
    destroy = ('media.destroy', 'media=M1', 'method=shred_disk', 'place=書庫', 'executor=sousa', 'witness=hansou',
               *office.with_person('hansou'), *office.with_person('nenkin'))
    tap.expect(office.do('sousa', *destroy, 'identified={"medium":"M1"}'), 1, 'refused: rows that are no list',
               'identified: ')
    tap.expect(office.do('sousa', *destroy, 'identified=[{"serial": "S1", "medium": "M1", "colour": 1}]'), 1,
               'refused: a cell that is not asked', 'identified[0].colour: ')
    tap.expect(office.do('sousa', *destroy, 'identified=[{"serial":"S9","medium":"M1"}]'), 1,
               'refused: another number without a reason', 'deviation_reason: ', '[deviation]')
    tap.expect(office.do('sousa', *destroy, 'identified=[ {"serial": "S9", "medium": "M1"} ]',
                         'deviation_reason=銘板の貼り間違い。'), 0, 'rows in any spelling, marked', '11-5.identity')


def japanese(tap, office):
    """Every sentence has its translation."""
    env = JAPANESE
    for name, result, word in (
            ('a refusal', office.do('nenkin', 'media.register', env=env), '記入が必要です'),
            ('an error', office.as_person('sousa', 'show', 'M99', env=env), '記録はありません'),
            ('what and what now', office.as_person('chief', 'status', file=office.path('none'), env=env), '。場所'),
            ('the status', office.as_person('chief', 'status', env=env), '不備'),
            ('an act', office.run('acts', 'takeout.dispatch', env=env), '封印番号'),
            ('a record', office.as_person('chief', 'show', 'D1', env=env), '規程不適合')):
        tap.check('; ' not in result.err, f'{name}: no English punctuation', result.err)
        words = (result.out + result.err).replace('kanribo', '').replace('--help', '')
        tap.check(word in words and 'needed' not in words and 'There is' not in words, f'{name} in Japanese', words)


def bare(*args):
    """Nothing but what is typed."""
    done = subprocess.run([KANRIBO, *args], capture_output=True, check=False, env=NO_DISPLAY)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def commands(tap, office):
    note = write(office.path('note'), b'text\x00')
    for name, args, status, text in (
            ('the window without a display', (), 5, 'display'),
            ('an unknown command', ('frobnicate',), 2, 'frobnicate'),
            ('a command of a later release', ('history', office.file), 2, 'history'),
            ('two who give one command', ('status', office.file, '--as', 'soumu'), 2, '--as is given more than once'),
            ('an option given twice, as one word', ('show', office.file, 'medium', '--list=in_store', '--list=out'), 2,
             '--list is given more than once'),
            ('a short option given twice, and its long name',
             ('print', office.file, 'labels', '-o', '-o', '--output', office.path('x.pdf')), 2,
             '--output is given more than once'),
            ('a missing file name', ('status',), 2, 'missing'), ('too many', ('status', 'a', 'b'), 2, 'too many'),
            ('an unknown option', ('status', office.file, '--colour'), 2, 'colour'),
            ('an unknown act', ('do', office.file, 'media.paint'), 2, 'media.paint'),
            ('an act about nothing', ('do', office.file, 'media.store', 'place=L1'), 1, 'subject'),
            ('an answer without a sign', ('do', office.file, 'media.register', 'label'), 2, 'label'),
            ('an answer given twice', ('do', office.file, 'media.register', 'label=a', 'label=b'), 2, 'twice'),
            ('an answer from no file', ('do', office.file, 'media.register', 'note=@nowhere'), 1,
             'note: cannot read nowhere'),
            ('an answer from no text', ('do', office.file, 'media.register', f'note=@{note}'), 1, 'note: '),
            ('an unknown register', ('show', office.file, 'paintings'), 2, 'choose one of medium, batch, takeout'),
            ('and a record', ('show', office.file, 'paintings', 'M1'), 2, 'choose one of medium, batch, takeout'),
            ('a record of another register', ('show', office.file, 'medium', 'P1'), 2, 'P1'),
            ('a record that is not there', ('show', office.file, 'M99'), 2, 'see `kanribo show FILE medium`'),
            ('an unknown list', ('show', office.file, 'medium', '--list', 'medium_red'), 2, 'medium_red'),
            ('an unknown field', ('show', office.file, 'medium', '--where', 'colour=red'), 2, 'colour'),
            ('no such state', ('show', office.file, 'medium', '--where', 'state=foo'), 2, 'stored, handing'),
            ('no such choice', ('show', office.file, 'medium', '--where', 'media_kind=floppy'), 2, 'usb'),
            ('a condition on no day', ('show', office.file, 'batch', '--where', 'recorded_on=soon'), 2,
             'no such date as “soon”'),
            ('a condition on a day there is not',
             ('show', office.file, 'rule', '--where', 'in_force_from=2026-02-30'), 2,
             '2026-02-30'),
            ('a condition on no record', ('show', office.file, 'batch', '--where', 'medium=M999'), 2,
             'see `kanribo show FILE medium`'),
            ('a condition on no number of a series',
             ('show', office.file, 'takeout', '--where', 'takeout_no=第一号'), 2, 'no number of a series'),
            ('a condition on no day of a list',
             ('show', office.file, 'batch', '--list', 'batch_open', '--where', 'purge_by=soon'), 2, 'no such date'),
            ('nothing to be looked for', ('show', office.file, 'medium', '--search', b'\xff\xfe'), 2,
             '--search: what is looked for is not valid UTF-8'),
            ('a second person with no passphrase', ('status', office.file, '--with', 'foo'), 2, '--with LOGIN:FILE'),
            ('nor a name', ('status', office.file, '--with', ':foo'), 2, '--with LOGIN:FILE'),
            ('no new passphrase', ('passwd', office.file), 2, '--new-passphrase-file'),
            ('a weak passphrase',
             ('passwd', office.file, '--new-passphrase-file', write(office.path('weak'), b'secret\n')),
             2, 'At least 12'),
            ('a key that is theirs already', ('key', office.file, 'claim'), 2, 'nothing is to be claimed'),
            ('no condition', ('show', office.file, 'medium', '--where', 'colour'), 2, 'colour'),
            ('as of no day', ('show', office.file, 'medium', '--as-of', '2025-02-30'), 2, '2025-02-30'),
            ('an unknown person', ('log', office.file, '--actor', 'x'), 2, '“x”'),
            ('the chain of no record', ('log', office.file, '--subject', 'T999'), 2, 'see `kanribo show FILE takeout`'),
            ('the chain of nothing', ('log', office.file, '--subject', 'ｘ'), 2, 'write e.g. M12'),
            ('the chain of no act', ('log', office.file, '--kind', 'media.paint'), 2, 'media.paint'),
            ('a day that does not exist', ('log', office.file, '--since', '2025-02-30'), 2, '2025-02-30'),
            ('fewer than no entries', ('log', office.file, '--last', '-3'), 2, '--last'),
            ('no number', ('log', office.file, '--last', 'x'), 2, '--last'),
            ('until a day that does not exist', ('log', office.file, '--until', '令和8年2月30日'), 2, '令和8年2月30日'),
            ('a time that ends before it begins',
             ('log', office.file, '--since', '2025-08-24', '--until', '2025-08-01'), 2, 'is before --since 2025-08-24'),
            ('a year before the founding',
             ('print', office.file, 'batch', '--fiscal-year=1999', '-o', office.path('x.pdf')), 2,
             'from 2025 to 2025'),
            ('a record on an empty form',
             ('print', office.file, 'medium', 'M1', '--blank', '-o', office.path('x.pdf')), 2, 'leave out M1'),
            ('no anchor', ('verify', office.file, '--anchor', '5-XYZ'), 2, '5-XYZ'),
            ('an unknown form', ('print', office.file, 'poster', '-o', office.path('x.pdf')), 2,
             'choose one of destruction_certificate, takeout_application, transport_slip'),
            ('reminders by somebody not entitled', ('remind', office.file, '--on'), 1, 'only the chief'),
            ('an empty form that is none', ('print', 'poster', '--blank', '-o', office.path('x.pdf')), 2,
             'choose one of'),
            ('a record printed as a register', ('print', office.file, 'medium', 'M1', '-o', office.path('x.pdf')), 2,
             'leave out M1'),
            ('a form of a record of another kind',
             ('print', office.file, 'transport_slip', 'P1', '-o', office.path('x.pdf')), 2, 'T1'),
            ('a form of no such record', ('print', office.file, 'transport_slip', 'T999', '-o', office.path('x.pdf')),
             2, 'no record T999'),
            ('a form of no record', ('print', office.file, 'transport_slip', '-o', office.path('x.pdf')), 2, 'record'),
            ('several records on a form of one', ('print', office.file, 'transport_slip', 'T1', 'T2', '-o',
                                                  office.path('x.pdf')), 2, 'one record'),
            ('a sticker that no sheet has', ('print', office.file, 'labels', '--first=25', '-o', office.path('x.pdf')),
             2, '24'),
            ('a form begun in the middle', ('print', office.file, 'medium', '--first=2', '-o', office.path('x.pdf')), 2,
             '--first'),
            ('a form to nowhere', ('print', office.file, 'medium', '-o', office.path('none/x.pdf')), 5, 'none/x.pdf'),
            ('a form with no place', ('print', office.file, 'medium'), 2, '-o'),
            ('a form to no file', ('print', office.file, 'medium', '-o', '-'), 2, '-o OUT.pdf'),
            ('a form over the office itself', ('print', office.file, 'medium', '-o', office.file), 2, 'no PDF'),
            ('a form over a folder', ('print', office.file, 'medium', '-o', office.folder), 2, 'no PDF'),
            ('a year that is none', ('calendar', 'payments', 'next'), 2, 'next'),
            ('a profile that is no JSON',
             ('profile', 'check', write(office.path('bad.json'), b'{"a": 1,\n "b" 2}')), 1,
             'bad.json: $: is not JSON: line 2, column 4'),
            ('an office under it',
             ('new', office.path('n'), '--profile', office.path('bad.json'), '--name', 'X', '--login', 'x',
              '--staff-no', '1'), 1, 'bad.json: $: is not JSON: line 2, column 4'),
            ('a profile that is not there', ('profile', 'check', office.path('p.json')), 5, 'p.json')):
        who = ('--as', 'sousa', '--passphrase-file', office.path('sousa')) if len(args) > 1 else ()
        result = office.run(*args, *who) if args else bare()
        tap.expect(result, status, f'wrong use: {name}', text)
        tap.check(result.err.count(' see ') <= 1, f'wrong use: {name}: one remedy', result.err)
        if args:
            in_japanese(tap, f'wrong use: {name}', result, office.run(*args, *who, env=JAPANESE))
    office.must('sousa', 'outsider.register', 'name=L', 'company=L')
    for name, options in (('no such entry', ('--actor', 'P2', '--last', '1')),
                          ('nothing on those days', ('--until', '2025-01-01'))):
        result = office.as_person('sousa', 'log', *options)
        tap.check(result.status == 0 and result.out == '' and 'no entry matches' in result.err, f'{name}: that is said',
                  result.out, result.err)
    tap.expect(bare('pending', '--as', 'sousa', '--passphrase-file', office.path('sousa'), '--', office.file), 0,
               'a file after the end of the options')
    no_passphrase = office.run('key', office.file, 'claim', '--as', 'sousa')
    tap.expect(no_passphrase, 2, 'a key that is theirs already, before a passphrase', 'nothing is to be claimed')
    for name, result in (('an option without its argument', bare('print', 'medium', '--blank', '-o')),
                         *((f'{option} takes none', office.as_person('sousa', *args, option))
                           for option, *args in (('--json=yes', 'status'), ('--full=3', 'verify'),
                                                 ('--on=no', 'remind'), ('--dry-run=no', 'do', 'outsider.register'),
                                                 ('--blank=', 'print', 'takeout_application'))),
                         ('a moment that is none', office.as_person('sousa', 'status', at='yesterday'))):
        tap.expect(result, 2, f'wrong use: {name}', 'kanribo: ')
        tap.check(result.err.count('\n') == 1 and result.out == '', f'wrong use: {name}: one line', result.err)
    result = office.do('sousa', 'outsider.register', b'name=\xff\xfe', 'company=A')
    tap.expect(result, 2, 'wrong use: not UTF-8', 'UTF-8')
    with open('/dev/full', 'wb') as full:
        result = office.as_person('sousa', 'log', stdout=full)
        made = office.do('sousa', 'outsider.register', 'name=控', 'company=控社', stdout=full)
    tap.expect(result, 5, 'a full disk under the output', 'make room')
    last = office.as_person('sousa', 'log', '--last', '1', '--json').json['acts'][0]
    tap.expect(made, 5, 'and under that of an act, which was made', f"entry {last['act']} was made",
               'do not make it again')
    tap.check(last['kind'] == 'outsider.register' and 'make room' not in made.err, 'so it stands', last)


def unreadable(tap, office):
    """What may not be read is no question of where one writes."""
    secret, file = write(office.path('secret'), b'x\n'), write(office.path('closed.kanribo'), b'x')
    os.chmod(secret, 0)
    os.chmod(file, 0)
    os.chmod(office.folder, 0o711)
    os.chmod(office.file, 0o644)
    program = shutil.copy(KANRIBO, office.path('program'))      # they need not reach the folder of the build
    somebody = {'user': 65534, 'group': 65534, 'extra_groups': []} if os.geteuid() == 0 else {}
    for name, args in (('a file', ('remind', file)),
                       ('a passphrase file', ('status', office.file, '--as', 'sousa', '--passphrase-file', secret))):
        done = subprocess.run([program, *args, '--at', office.now], capture_output=True, check=False, env=NO_DISPLAY,
                              start_new_session=True, **somebody)
        result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
        tap.expect(result, 5, f'{name} that may not be read', 'allow you to read it')
        tap.check('written' not in result.err, f'{name} that may not be read: no word of writing', result.err)


def names_taken(tap, office):
    """A name that is taken is a matter of what was typed, and says nothing about the terminal."""
    other = Office()
    tap.expect(office.as_person('chief', 'backup', other.file), 2, "a backup onto another office's file",
               'choose another name')
    other.close()
    text = write(office.path('letter.txt'), b'a letter\n')
    tap.expect(office.as_person('chief', 'backup', text), 2, 'onto a text', 'choose another name')
    further = office.path('further.kanribo')
    shutil.copy(office.file, further)
    result = office.as_person('sousa', 'do', 'outsider.register', 'name=X', 'company=Y', file=further,
                              env={'XDG_STATE_HOME': office.path('elsewhere')})
    tap.expect(result, 0, 'a copy that is gone on with on another terminal')
    tap.expect(office.as_person('chief', 'backup', further), 2, 'onto a file that goes further', 'another name')
    empty = write(office.path('empty'), b'')
    result = office.as_person('sousa', 'passwd', '--new-passphrase-file', empty)
    tap.expect(result, 2, 'an empty new passphrase', 'is empty')
    tap.check('nothing was opened' not in result.err, 'nothing was closed', result.err)
    result = office.run('new', '/proc/new.kanribo', '--profile', 'osaka', '--login', 'x')
    tap.check(result.status == 5 and result.err.count('\n') == 1, 'a folder in which nothing can be made: one line',
              result.status, result.err)


def main():
    tap, office = Tap(), Office()
    for part in (files, founding, names_taken, in_use, passphrases, rows, answers, japanese, commands, unreadable):
        part(tap, office)
    tap.expect(office.as_person('chief', 'verify'), 0, 'after all that the file holds', 'Nothing was altered')
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
