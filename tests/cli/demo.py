#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`demo` founds an office that opens with the passphrases it wrote, says who is who, and leaves nothing half done."""
import os
import re
import shutil
import stat
import subprocess
import tempfile

from office import KANRIBO, Result, Tap

NOW = ('--at', '2026-11-10T09:00')


def run(*args, japanese=False):
    env = {**os.environ, 'LC_ALL': 'ja_JP.UTF-8' if japanese else 'C.UTF-8'}
    done = subprocess.run([KANRIBO, *args, *NOW], capture_output=True, env=env, check=False, timeout=120)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def found(tap, file):
    told = run('demo', file, '--light', '--json')
    tap.expect(told, 0, 'a demo is founded')
    logins = told.json['logins']
    tap.check(len(logins) == 12 and told.json['acts'] > 900, 'twelve people, two years of work', told.out)
    tap.check(mode(file + '.passphrases') == 0o700, 'the folder of passphrases is for its owner only')
    tap.check(all(mode(login['passphrase_file']) == 0o600 for login in logins), 'so is every passphrase')
    tap.check({role for login in logins for role in login['roles']} ==
              {'chief', 'information_manager', 'system_manager', 'security_manager', 'operator', 'auditor'},
              'every role is held', logins)
    tap.check({login['login']: login['roles'] for login in logins if login['login'] in ('matsuo', 'mori')} ==
              {'matsuo': ['chief'], 'mori': ['operator']}, 'the README names a chief and an operator', logins)
    tap.expect(run('demo', file + '.ja', '--light', '--years', '1', japanese=True), 0, 'who is who, in Japanese',
               '年金課長（システム管理者、セキュリティ管理者）\n', '森　真由美    システム操作者\n')
    return logins


def use(tap, file, logins):
    refused = []
    for login in logins:
        status = run('status', file, '--as', login['login'], '--passphrase-file', login['passphrase_file'])
        if status.status != 0 or status.err:
            refused.append((login['login'], status.err))
    tap.check(not refused, 'everybody opens it with what was written, and nothing is noticed', refused)
    manager = next(login for login in logins if 'system_manager' in login['roles'])
    who = ('--as', manager['login'], '--passphrase-file', manager['passphrase_file'])
    pending = run('pending', file, '--json', *who)
    mine = [p for p in pending.json['pending'] if p['mine']]
    tap.check(len(mine) == 1, 'a request waits for the system manager', pending.out)
    tap.expect(run('do', file, 'hand.give', f"subject={mine[0]['subject']}", *who), 0, 'who consents')
    tap.expect(run('verify', file, *who), 0, 'it verifies')


def tell(tap, file, logins):
    """What is out of the ordinary is said in words, in the chain and with the record."""
    who = ('--as', logins[0]['login'], '--passphrase-file', logins[0]['passphrase_file'])
    log = run('log', file, *who)
    late = next(act for act in run('log', file, '--json', *who).json['acts'] if 'late_reason' in act['answers'])
    voided = next(act['answers']['act'] for act in run('log', file, '--kind', 'act.void', '--json', *who).json['acts'])
    line = next(line for line in log.out.split('\n') if line.split()[:1] == [str(voided)])
    tap.expect(log, 0, 'the chain tells of deviations and late entries', '[deviation: ', '[entered later: ')
    tap.check('[voided by entry ' in line, 'and of what was voided', line)
    tap.expect(run('show', file, late['subject'], *who), 0, 'a record tells why an entry was late', '[entered later: ')
    paper = file + '.pdf'
    tap.expect(run('print', file, 'destruction_certificate', 'D1', '-o', paper, *who), 0, 'a certificate', ': 1 page\n')


def follow_the_day(tap, file, logins):
    """An appointment is over after its last day, and ahead before its first, wherever its state is told."""
    who = ('--as', logins[0]['login'], '--passphrase-file', logins[0]['passphrase_file'])
    today = NOW[1][:10]

    def state_on(appointment, day):
        return 'ahead' if day < appointment['since'] else 'over' if (appointment['until'] or day) < day else 'in_force'

    told = run('show', file, 'appointment', '--json', *who).json['records']
    over = [a['id'] for a in told if a['state'] == 'over']
    wrong = [a for a in told if a['state'] in ('in_force', 'over', 'ahead') and a['state'] != state_on(a, today)]
    tap.check(over and not wrong, 'the list follows the day', told)
    record = run('show', file, over[0], '--json', *who)
    tap.check(record.json['state'] == 'over', 'so does the record', record.out)
    tap.expect(run('show', file, over[0], *who), 0, 'in words', 'Term over')
    referring = run('show', file, record.json['fields']['person'], *who)
    line = next(line for line in referring.out.split('\n') if line.split()[:1] == [over[0]])
    tap.check('Term over' in line, 'so does the page of whose it is', line)
    only = run('show', file, 'appointment', '--where', 'state=over', '--json', *who)
    tap.check([a['id'] for a in only.json['records']] == over, 'and what is asked for by state', only.out)
    since = max(a['since'] for a in told if a['state'] == 'in_force')
    before = f'{int(since[:4]) - 1}{since[4:]}'
    tap.expect(run('show', file, 'M1', '--as-of', '2020-01-01', *who), 2, 'a day before a record', 'not there yet')
    tap.expect(run('show', file, 'M1', '--as-of', '2099-01-01', *who), 2, 'a day to come', 'still to come')
    past = run('show', file, 'appointment', '--json', '--as-of', before, *who).json['records']
    by_day = [a for a in past if a['state'] in ('in_force', 'over', 'ahead')]
    tap.check(by_day and all(a['state'] == state_on(a, before) for a in by_day),
              'a day of the past has its own', past)


def remind(tap, file, logins):
    """The day by which something is to be back and the day on which it is late are told by these names, everywhere."""
    who = ('--as', logins[0]['login'], '--passphrase-file', logins[0]['passphrase_file'])
    tap.expect(run('remind', file, '--on', *who), 0, 'reminders are switched on')
    due = [d for d in run('status', file, '--json', *who).json['due'] if d['kind'] in ('out', 'late_return')]
    told = [r for r in run('remind', file, '--json').json['reminders'] if r['kind'] in ('out', 'late_return')]
    tap.check(due and all(d['late_on'] and d['day'] < d['late_on'] for d in due), 'both days in the status', due)
    tap.check({r['late_on'] for r in told} == {d['late_on'] for d in due} and all(r['day'] is None for r in told),
              'a reminder knows the one', told)
    tap.check(all(re.fullmatch(d['late_on'] + r'T\d\d:\d\d', d['late_from']) for d in due), 'and the hour', due)
    late = due[0]
    tap.expect(run('status', file, *who), 0, 'in words',
               f'{late["day"]} (late from {late["late_on"]} {late["late_from"][-5:]})')
    tap.check(f'late on {late["late_on"]}' in run('remind', file).out, 'of both')


def find_numbers(tap, file, logins):
    """A number of a series is found as the record tells it, as paper prints it, and with zeros before it."""
    who = ('--as', logins[0]['login'], '--passphrase-file', logins[0]['passphrase_file'])
    all_of_them = run('show', file, 'destruction', '--json', *who).json['records']
    erased = ('batch', '--list', 'batch_erased')
    of_erased = [b['certificate_no'] for b in run('show', file, *erased, '--json', *who).json['records']
                 if 'certificate_no' in b]
    last = [d for d in all_of_them if d.get('certificate_no') == of_erased[-1]][-1]
    year, number = last['certificate_fy'], last['certificate_no']
    same = [d['id'] for d in all_of_them if d.get('certificate_no') == number]

    def narrowed(register, *more):
        return [r['id'] for r in run('show', file, register, *more, '--json', *who).json['records']]

    for typed, expected in ((str(number), same), (f'{number:04}', same), (f'{year}-{number}', [last['id']]),
                            (f'{year}-{number:04}', [last['id']]), (f'FY{year} No. {number}', [last['id']]),
                            (f'令和{year - 2018}年度第{number}号', [last['id']]), (f'{year}-9999', [])):
        found_by_it = narrowed('destruction', '--where', f'certificate_no={typed}')
        tap.check(found_by_it == expected, f'certificate_no={typed}', found_by_it)
    plain = narrowed(*erased, '--where', f'certificate_no={year}-{number}')
    printed = narrowed(*erased, '--where', f'certificate_no=令和{year - 2018}年度第{number:04}号')
    tap.check(plain and printed == plain, 'in the columns of a list, too', plain, printed)
    tap.expect(run('show', file, f'令和{year - 2018}年度第{number:04}号', *who), 0, 'and where a record is named', last['id'])


def refuse(tap, file, folder):
    tap.expect(run('demo', file, '--light'), 2, 'a file is not overwritten', 'already')
    other = os.path.join(folder, 'other.kanribo')
    os.mkdir(other + '.passphrases')
    tap.expect(run('demo', other, '--light'), 2, 'nor are passphrases')
    tap.check(not os.path.exists(other), 'and then no file is made')
    nowhere = os.path.join(folder, 'nowhere', 'demo.kanribo')
    tap.expect(run('demo', nowhere, '--light'), 5, 'a folder that is not there')
    for wrong in (('--years', '0'), ('--years', '21'), ('--acts', '-1'), ('--acts', 'many')):
        tap.expect(run('demo', nowhere, *wrong), 2, f'wrong use: {" ".join(wrong)}')
    tap.expect(run('demo'), 2, 'no file is named')


def grow(tap, folder):
    file = os.path.join(folder, 'grown.kanribo')
    told = run('demo', file, '--light', '--years', '1', '--acts', '3000', japanese=True)
    tap.expect(told, 0, 'one year, 3,000 entries, told in Japanese', 'matsuo', '総務課長', '本人確認情報管理責任者')


def main():
    tap, folder = Tap(), tempfile.mkdtemp()
    file = os.path.join(folder, 'demo.kanribo')
    try:
        logins = found(tap, file)
        use(tap, file, logins)
        tell(tap, file, logins)
        follow_the_day(tap, file, logins)
        remind(tap, file, logins)
        find_numbers(tap, file, logins)
        refuse(tap, file, folder)
        grow(tap, folder)
    finally:
        shutil.rmtree(folder)
    tap.end()


main()
