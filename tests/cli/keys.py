#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys at the command line: what becomes of a one-time passphrase, who makes a slot, what is said of a leaver's; and
what is said where a second person was named too late, a record for an act that makes its own, or a name twice."""
from office import Office, Tap, words_of


def enroll(office, login, *more):
    once = office.passphrase('once', 'once for mori\n')
    return office.as_person(login, 'person', 'enroll', 'P6', 'login=mori', '--one-time-file', once, '--light', *more)


def head(office):
    return office.as_person('chief', 'log', '--json').json['acts'][-1]['act']


def slot_after_the_act(tap, office):
    office.must('chief', 'person.register', 'staff_no=1006', 'name=森　花', *office.with_person('soumu'))
    tap.expect(enroll(office, 'sousa'), 1, 'no officer, no slot')
    waits = enroll(office, 'chief')
    tap.expect(waits, 0, 'the second step is told', 'no key slot was made yet', 'hand.give subject=P6',
               f'kanribo person {office.file} enroll P6 login=mori --one-time-file F --as chief')
    office.must('nenkin', 'hand.give', 'subject=P6')
    tap.expect(enroll(office, 'sousa'), 1, 'nobody plants a slot in between')
    made = enroll(office, 'chief')
    tap.expect(made, 0, 'the slot is made', 'P6: the key slot “mori” was made')
    tap.check(not made.out.startswith('0 '), 'it is no entry', made.out)
    again = enroll(office, 'chief', '--json', *office.with_person('nenkin'))
    tap.check(again.json['act'] is None and again.json['waiting_for'] == [], 'nor in JSON', again.out)
    own = office.passphrase('mori', words_of('mori') + '\n')
    claimed = office.run('key', office.file, 'claim', '--as', 'mori', '--passphrase-file', office.path('once'),
                         *office.with_person('soumu'), '--new-passphrase-file', own, '--light')
    tap.expect(claimed, 0, 'and claimed')


def passphrase(tap, office):
    fresh = office.passphrase('fresh', words_of('fresh') + '\n')
    told = office.as_person('mori', 'passwd', '--new-passphrase-file', fresh, '--json', '--light')
    tap.check(told.status == 0 and told.json == {'login': 'mori', 'changed': True}, 'JSON says whose', told.err)
    office.passphrase('mori', words_of('fresh') + '\n')
    tap.expect(office.as_person('mori', 'passwd', '--new-passphrase-file', fresh, '--light'), 2, 'the same one is none',
               'choose another')


def second_person_too_late(tap, office):
    office.must('chief', 'person.leave', 'subject=P6', 'since=2025-08-18')
    late = office.do('chief', 'person.leave', 'subject=P6', 'since=2025-08-18', *office.with_person('soumu'))
    tap.expect(late, 1, 'what waits is signed by hand',
               f'kanribo do {office.file} hand.give subject=P6 --as soumu')
    other = office.do('chief', 'person.amend', 'subject=P6', 'post=主査', *office.with_person('soumu'))
    tap.check('--as soumu' not in other.err, 'but not in the name of another act', other.err)
    office.must('soumu', 'hand.give', 'subject=P6')


def leaver(tap, office):
    told = office.as_person('chief', 'status')
    tap.check(told.status == 0 and told.err == '', 'a leaver is not spoken of', told.err)
    for number, login in ((7, 'hara'), (8, 'kubo')):
        office.must('chief', 'person.register', f'staff_no=100{number}', f'name={login}', *office.with_person('soumu'))
        office.as_person('chief', 'person', 'enroll', f'P{number}', f'login={login}', '--one-time-file',
                         office.path('once'), '--light')
        office.must('soumu', 'hand.give', f'subject=P{number}')
    told = office.as_person('chief', 'status')
    tap.check(told.err.count('\n') == told.err.count('kanribo: ') == 2, 'who lacks a slot is, a line each', told.err)
    once = office.passphrase('once', 'once for hara\n')
    office.as_person('chief', 'person', 'enroll', 'P7', 'login=hara', '--one-time-file', once, '--light')
    opened = office.run('status', office.file, '--as', 'hara', '--passphrase-file', once)
    tap.expect(opened, 0, 'a one-time passphrase opens for reading')
    office.must('chief', 'person.leave', 'subject=P7', 'since=2025-08-18', *office.with_person('soumu'))
    closed = office.run('status', office.file, '--as', 'hara', '--passphrase-file', once)
    tap.expect(closed, 3, 'and no more for who left without claiming a key', '“hara” has left')
    claimed = office.run('key', office.file, 'claim', '--as', 'hara', '--passphrase-file', once,
                         *office.with_person('soumu'), '--new-passphrase-file', once, '--light')
    tap.expect(claimed, 3, 'nor is it claimed', '“hara” has left')
    told = office.as_person('chief', 'status')
    tap.check('hara' not in told.err, 'their slot is not spoken of either', told.err)


def own_record(tap, office):
    for subject in ('P99', 'M1', 'M6'):
        no = office.do('sousa', 'media.register', 'media_kind=usb', 'label=U-1', 'serial=S-1', f'subject={subject}',
                       '--json')
        said = [(refusal['code'], refusal['field']) for refusal in no.json['refusals']]
        tap.check(no.status == 1 and said == [('not_asked', 'subject')],
                  f'subject={subject} is not asked', no.out, no.err)
    made = office.do('sousa', 'media.register', 'media_kind=usb', 'label=U-1', 'serial=S-1')
    tap.expect(made, 0, 'it is made without')


def namesakes(tap, office):
    """Two persons may have one name: whoever registers the second one is told, and not kept from it."""
    alike = ('person.register', 'staff_no=1020', 'name=髙﨑 次郎')
    dry = office.do('chief', *alike, '--dry-run')
    tap.expect(dry, 0, 'a name that somebody has is told beforehand', 'Somebody else of this name: P5 1005',
               'It would be admitted.')
    dry = office.do('chief', *alike, '--dry-run', '--json')
    tap.check(dry.status == 0 and [(w['key'], w['stored']) for w in dry.json['warnings']] == [('namesakes', 'P5 1005')],
              'and in JSON', dry.out, dry.err)
    for name in ('高崎次郎', '髙崎　次郎', '髙﨑 次 郎'):
        tap.expect(office.do('chief', 'person.register', 'staff_no=1020', f'name={name}', '--dry-run'), 0,
                   f'in another form of a character: {name}', 'Somebody else of this name: P5 1005')
    for name in ('高崎', '次郎', '高崎次郎左'):
        dry = office.do('chief', 'person.register', 'staff_no=1020', f'name={name}', '--dry-run', '--json')
        tap.check(dry.json['warnings'] == [], f'a part is another name: {name}', dry.out)
    made = office.do('chief', *alike, *office.with_person('soumu'), '--json')
    tap.check(made.status == 0 and [w['stored'] for w in made.json['warnings']] == ['P5 1005'], 'and to who signs',
              made.out, made.err)
    made = office.do('chief', 'person.register', 'staff_no=1021', 'name=髙﨑次郎', *office.with_person('soumu'))
    tap.check(made.status == 0 and 'P5 1005, ' in made.err, 'in words', made.out, made.err)
    other = office.do('chief', 'person.register', 'staff_no=1022', 'name=髙﨑　三郎', *office.with_person('soumu'))
    tap.check(other.status == 0 and 'this name' not in other.err, 'another name is not spoken of', other.err)


def leaving(tap, office):
    """Who leaves with a key could still read copies: whoever records it is told, before and when it is signed."""
    dry = office.do('chief', 'person.leave', 'subject=P5', 'since=2025-08-18', '--dry-run', '--json')
    tap.check(dry.status == 0 and [w['key'] for w in dry.json['warnings']] == ['after_leaving'] and
              '複製' in dry.json['warnings'][0]['shown']['ja'], 'what the key still opens is told beforehand', dry.out)
    dry = office.do('chief', 'person.leave', 'subject=P5', 'since=2025-08-18', '--dry-run')
    tap.expect(dry, 0, 'in words', "Until the file's key is renewed")
    keyless = office.must('chief', 'person.register', 'staff_no=1030', 'name=島原　五郎', *office.with_person('soumu'),
                          '--json').json['subject']
    dry = office.do('chief', 'person.leave', f'subject={keyless}', 'since=2025-08-18', '--dry-run', '--json')
    tap.check(dry.status == 0 and dry.json['warnings'] == [], 'and of nobody who never had one', dry.out)


def auditor(tap, office):
    office.must('soumu', 'operator.revoke', 'subject=N2', 'until=2025-08-18')
    office.must('chief', 'appointment.make', 'person=P5', 'office=audit_clerk', 'kind=regular', 'since=2025-08-18',
                *office.with_person('soumu'))
    designated = office.do('soumu', 'operator.designate', 'person=P5', 'since=2025-08-18')
    tap.expect(designated, 1, 'an auditor is no operator', 'audits')
    tap.expect(office.as_person('hansou', 'remind', '--on'), 1, 'and makes nothing public', 'audits only reads')
    tap.expect(office.as_person('sousa', 'remind', '--on'), 1, 'nor does an operator', 'system manager')
    tap.expect(office.as_person('chief', 'remind', '--on'), 0, 'a manager does')


def main():
    tap, office = Tap(), Office()
    for part in (slot_after_the_act, passphrase, second_person_too_late, leaver, own_record, namesakes, leaving,
                 auditor):
        part(tap, office)
    office.close()
    tap.end()


main()
