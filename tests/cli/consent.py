#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is consented to is what was applied for: nobody decides on a record that was altered while its managers look."""
import os

from office import Office, Tap

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')

BAD, HONEST = '名簿屋駅前倉庫', '県央電算所計算室'
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


def added_up(tap, office):
    """What is applied for is added up from recordings: an altered one makes nobody sign what was never so."""
    office.must('sousa', 'media.register', 'media_kind=usb', 'label=U-2', 'serial=S-2')
    office.must('sousa', 'media.record', 'medium=M2', 'purpose=purpose_1', 'count=1234', 'copies=0', 'source=J-LIS')
    office.must('sousa', 'media.store', 'subject=M2', 'place=L1')
    asked = ('takeout.request', 'kind=round_trip', 'media=M2', 'counterpart=X2', f'destination={HONEST}',
             'reason=計算のため', 'since=2025-08-19', 'until=2025-08-25')
    office.tamper('UPDATE batch SET count = 1 WHERE id = 2')
    for way in ((), ('--dry-run',)):
        tap.expect(office.do('sousa', *asked, *way), 4, f'nobody applies for what was altered {way}', 'B2', 'Verify')
    office.tamper('UPDATE batch SET count = 1234 WHERE id = 2')
    tap.expect(office.do('sousa', *asked), 0, 'as it was signed, it is applied for', 'T2')


def profile(tap, office):
    """Whoever decides on a profile, and reads its record later, sees what it changes."""
    changes = [{'path': '$.numbers.purge_grace_business_days', 'before': '5', 'after': '3',
                'where': 'Periods and thresholds › Business days until data must be gone'}]
    with open(os.path.join(SOURCE, 'resources', 'profiles', 'nagasaki.json'), encoding='utf-8') as file:
        text = file.read().replace('"purge_grace_business_days": 5', '"purge_grace_business_days": 3')
    with open(office.path('other.json'), 'w', encoding='utf-8') as file:
        file.write(text)
    tap.expect(office.do('soumu', 'profile.adopt', f'json=@{office.path("other.json")}', 'in_force_from=2025-08-18'), 0,
               'a profile is put forward', 'V2')
    told = office.as_person('nenkin', 'pending', '--json').json['pending']
    tap.check([one['changes'] for one in told if one['subject'] == 'V2'] == [changes],
              'what waits says what it changes', told)
    tap.expect(office.as_person('nenkin', 'pending'), 0, 'and in words', 'V2', 'What changes', 'gone: 5 → 3')
    tap.expect(office.do('nenkin', 'hand.give', 'subject=V2'), 0, 'it is consented to', 'V2')
    shown = office.as_person('nenkin', 'show', 'V2', '--json').json
    tap.check(shown['changes'] == changes, 'its record says it ever after', shown['changes'])
    shown = office.as_person('nenkin', 'show', 'V2')
    tap.check('gone: 5 → 3' in shown.out and '"id"' not in shown.out, 'in words, not as JSON', shown.out)
    tap.check(office.as_person('nenkin', 'show', 'V1', '--json').json['changes'] is None, 'the first changed none')


def main():
    tap, office = Tap(), Office()
    applied(office)
    entry = office.as_person('soumu', 'pending', '--json').json['pending'][0]
    tap.check(entry['altered'] is None, 'an honest request', entry)
    office.tamper(SHOWN)
    words = f"entry {entry['act']}, which names T1, was altered"
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
    added_up(tap, office)
    profile(tap, office)
    tap.expect(office.as_person('chief', 'verify'), 0, 'and the file holds', 'othing was altered')
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
