#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is consented to is what was applied for: nobody decides on a record that was altered while its managers look."""
from office import Office, Tap

BAD, HONEST = '名簿屋 駅前倉庫', '県央電算センター 計算室'
SWAP = ("UPDATE takeout SET counterpart = '{0}', destination = '{1}' WHERE id = 1;"
        " UPDATE search SET key = replace (key, '{2}', '{1}') WHERE register = 'takeout' AND id = 1;"
        " UPDATE act SET body = replace (replace (body, '{2}', '{1}'), '{3}', '{0}') WHERE kind = 'takeout.request'")
SHOWN, BACK = SWAP.format('X2', HONEST, BAD, 'X1'), SWAP.format('X1', BAD, HONEST, 'X2')


def applied(office):
    office.must('sousa', 'media.register', 'media_kind=usb', 'label=U-1', 'serial=S-1')
    office.must('sousa', 'media.record', 'medium=M1', 'purpose=purpose_1', 'count=3', 'copies=0', 'source=J-LIS')
    office.must('sousa', 'media.store', 'subject=M1', 'place=L1')
    office.must('sousa', 'outsider.register', 'name=悪井', 'company=名簿屋')
    office.must('sousa', 'outsider.register', 'name=松永', 'company=県央電算センター')
    office.must('sousa', 'takeout.request', 'kind=round_trip', 'media=M1', 'counterpart=X1', f'destination={BAD}',
                'reason=計算のため', 'since=2025-08-19', 'until=2025-08-25')
    office.must('sousa', 'outsider.register', 'name=次', 'company=次社')


def main():
    tap, office = Tap(), Office()
    applied(office)
    entry = office.as_person('soumu', 'pending', '--json').json['pending'][0]
    tap.check(entry['altered'] is None, 'an honest request', entry)
    office.tamper(SHOWN)
    words = f"T1: entry {entry['act']} was altered"
    told = office.as_person('soumu', 'pending', '--json').json['pending'][0]['altered']
    tap.check(told is not None and words in told, 'what waits says so in JSON', told)
    tap.expect(office.as_person('soumu', 'pending'), 0, 'and in words', words)
    tap.expect(office.as_person('soumu', 'show', 'takeout', 'T1'), 0, 'its record says so', words)
    for kind, *answers in (('hand.give',), ('hand.refuse', 'reason=不可'), ('hand.ask_back', 'reason=不備')):
        tap.expect(office.do('soumu', kind, 'subject=T1', *answers), 4, f'{kind} is not signed', words)
    tap.expect(office.do('soumu', 'hand.give', 'subject=T1', '--dry-run'), 4, 'nor judged', words)
    tap.expect(office.as_person('soumu', 'print', 'takeout_application', 'T1', '-o', office.path('t1.pdf')), 4,
               'nor printed', words)
    office.tamper(BACK)
    tap.expect(office.do('soumu', 'hand.give', 'subject=T1'), 0, 'as it was signed, it is decided on', 'T1')
    tap.expect(office.as_person('chief', 'verify'), 0, 'and the file holds', 'othing was altered')
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
