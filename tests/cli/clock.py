#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A clock that was set back hides nothing that is due; one file that cannot be read hides no other's; days, anchors and
persons are spelled alike everywhere; and every command's help tells what it takes."""
import shutil
import subprocess

from office import KANRIBO, NO_DISPLAY, Office, Tap

JAPANESE = {'LC_ALL': 'ja_JP.UTF-8', 'LANGUAGE': 'ja'}
BEHIND = {'en': 'The clock of this terminal is behind', 'ja': 'この端末の時計がファイルの最終記録より前です'}
WRITING = str.maketrans('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-',
                        '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ－')


def record(office):
    """A batch of August, to be gone after the October payment."""
    office.must('sousa', 'media.register', 'media_kind=usb', 'label=U-1', 'serial=S-1')
    office.must('sousa', 'media.record', 'medium=M1', 'purpose=purpose_1', 'count=3', 'copies=0', 'source=J-LIS')
    office.must('sousa', 'media.store', 'subject=M1', 'place=L1')


def overdue(result):
    return [due['subject'] for due in result.json['due'] if due['kind'] == 'overdue']


def set_back(tap, office):
    tap.expect(office.as_person('chief', 'remind', '--on'), 0, 'reminders are on')
    office.must('sousa', 'outsider.register', 'name=A', 'company=A', 'clock=ahead', at='2025-12-01T09:00')
    told = office.as_person('sousa', 'status', '--json', at='2025-09-01T09:00')
    tap.check(overdue(told) == ['B1'] and told.json['as_of'] == '2025-12-01' and told.json['clock'] == 'behind',
              'a clock set back hides nothing', told.out)
    right = office.as_person('sousa', 'status', '--json', at='2025-12-02T09:00')
    tap.check(overdue(right) == ['B1'] and right.json['as_of'] == '2025-12-02' and right.json['clock'] is None,
              'one that is right is not spoken of', right.out)
    tap.expect(office.as_person('sousa', 'status', at='2025-09-01T09:00'), 0, 'it is told', BEHIND['en'], '2025-12-01')
    tap.expect(office.as_person('sousa', 'status', at='2025-09-01T09:00', env=JAPANESE), 0, 'in Japanese', BEHIND['ja'],
               '令和7年12月1日')
    out = office.path('register.pdf')
    tap.expect(office.as_person('sousa', 'print', 'medium', '-o', out, at='2025-09-01T09:00'), 0, 'printing tells it',
               BEHIND['en'])
    paper = subprocess.run(['pdftotext', '-layout', out, '-'], capture_output=True, check=True).stdout.decode()
    tap.check(BEHIND['ja'] in paper.replace('\n', '') and '令和7年12月1日' in paper, 'and so does the paper', paper[:800])
    tap.expect(office.run('remind', office.file, at='2025-09-01T09:00'), 1, 'the reminder tells it', '2025-12-01')


def several(tap, office):
    good, bad = office.path('good.kanribo'), office.path('bad.kanribo')
    shutil.copy(office.file, good)
    with open(bad, 'wb') as file:
        file.write(b'%PDF-1.7' + bytes(100000))
    told = office.run('remind', bad, good, office.path('none'), office.file, '--json', at='2025-12-01T09:00')
    tap.expect(told, 5, 'the worst of several files', 'bad.kanribo', 'none')
    tap.check(told.err.count('\n') == 2, 'one line for each that cannot be read', told.err)
    tap.check({line['file'] for line in told.json['reminders']} == {good, office.file} and
              [line['file'] for line in told.json['unread']] == [bad, office.path('none')], 'the others are told',
              told.out)
    tap.expect(office.run('remind', bad, good, at='2025-12-01T09:00'), 4, 'for people too', 'good.kanribo')


def alike(tap, office):
    office.must('soumu', 'person.register', 'staff_no=3000', 'name=誰か')
    log = office.as_person('sousa', 'log', '--json').json['acts']
    tap.check(all(act['actor'][0] == 'P' for act in log), 'who acted, as every record is named', log[0])
    shown = office.as_person('sousa', 'show', 'medium', 'M1', '--json').json
    tap.check({step['actor'] for step in shown['timeline']} == {'P4'}, 'on the record too', shown)
    pending = office.as_person('sousa', 'pending', '--json').json['pending']
    tap.check([waits['actor'] for waits in pending] == ['P2'], 'and where it waits', pending)
    since = [act['act'] for act in office.as_person('sousa', 'log', '--json', '--since', '令和7年12月1日').json['acts']]
    tap.check(since == [act['act'] for act in log if act['at'] >= '2025-11-30T15'] and since, 'days by the era', since)
    tap.expect(office.as_person('sousa', 'show', 'medium', '--as-of', 'R7.8.18'), 0, 'as of a day by the era', 'U-1')
    tap.expect(office.as_person('sousa', 'show', 'rule', '--where', 'in_force_from=令和7年8月18日'), 0, 'and a condition',
               'ＵＳＢの定め')
    tap.expect(office.run('calendar', 'payments', '令和8年'), 0, 'and a year', '2026-02-13')
    anchor = office.as_person('sousa', 'verify', '--json').json['anchor']
    seq, symbols = anchor.split('-', 1)
    for name, spell in (('in full width', lambda symbols: f'{seq}-{symbols}'.translate(WRITING)),
                        ('as its QR code', lambda symbols: f"KANRIBO1:{seq}:{symbols.replace('-', '')}:medium:")):
        tap.expect(office.as_person('sousa', 'verify', '--anchor', spell(symbols)), 0, f'an anchor {name}',
                   'Nothing was altered')
        tap.expect(office.as_person('sousa', 'verify', '--anchor', spell('0000' + symbols[4:])), 1,
                   f'another one {name}', 'anchor')


def helped(tap):
    for name, usage, takes, leaves in (
            ('do', 'FILE KIND [FIELD=VALUE]...', ('--as', '--with', '--dry-run'), ()),
            ('status', 'FILE', ('--as', '--passphrase-file', '--json'), ('--with',)),
            ('calendar', 'payments|holidays YEAR', ('--profile',), ('--as', '--with', '--passphrase-file')),
            ('acts', '[KIND]', ('--profile',), ('--as', '--with', '--passphrase-file'))):
        done = subprocess.run([KANRIBO, name, '--help'], capture_output=True, check=False, env=NO_DISPLAY)
        said = done.stdout.decode()
        tap.check(f'kanribo {name} [OPTION…] {usage}\n' in said, f'{name}: the usage is whole', said)
        tap.check(all(option in said for option in takes) and not any(option in said for option in leaves),
                  f'{name}: its options and no others', said)
        tap.check(len(said.split('\n\n')[1].strip()) > 10, f'{name}: what it does', said)
    for kind, rests in (('media.erase', True), ('hand.give', False)):
        said = subprocess.run([KANRIBO, 'acts', kind], capture_output=True, check=False, env=NO_DISPLAY).stdout.decode()
        tap.check(('Basis' in said) == rests, f'{kind}: an article only where there is one', said)


def main():
    tap, office = Tap(), Office()
    record(office)
    set_back(tap, office)
    several(tap, office)
    office.now = '2025-12-02T09:00'
    alike(tap, office)
    helped(tap)
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
