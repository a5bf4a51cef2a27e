#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A deputy declares what only a role may (代決): asked for the absence, shown in the record, inspected later; and a dry
run tells exactly what would be signed."""
from office import Office, Tap

PLACE = ('title=第二保管庫', 'room=書庫', 'level=３')


def told(tap, office):
    acts = {act['id']: act for act in office.run('acts', '--json').json['acts']}
    tap.check(acts['media.hold']['deputy_asks'] == ['absence'], 'acts --json says what a deputy is asked')
    tap.check(acts['place.establish']['deputy_asks'] == ['absence', 'absence_before'],
              'and who comes later among them')
    tap.check(acts['operator.designate']['deputy_asks'] == [], 'nothing, where the profile forbids it')
    tap.check(acts['takeout.arrive']['deputy_asks'] == [], 'nor where the role has no deputies')
    reserved = {r['key']: r for r in office.run('acts', '--json').json['reserved']}
    tap.check('leave' in [c['id'] for c in reserved['absence']['choices']], 'the reasons are named')


def dry_run(tap, office):
    asked = office.do('hansou', 'place.establish', *PLACE, '--dry-run', '--json')
    tap.check(asked.status == 1 and [r['field'] for r in asked.json['refusals']] == ['absence'],
              'without the reason it is refused beside its field', asked.out)
    tap.check(asked.json['deputy'] == {'role': 'information_manager', 'principal': 'P2', 'asks': ['absence']},
              'it says in whose place', asked.out)
    fine = office.do('hansou', 'place.establish', *PLACE, 'absence=休暇', '--dry-run', '--json')
    lines = {line['key']: line for line in fine.json['review']}
    tap.check(fine.status == 0 and fine.json['signed']['level'] == 3 and lines['level']['stored'] == '3',
              'the answers stand as they would be signed', fine.out)
    tap.check(lines['absence']['shown'] == {'en': 'Leave', 'ja': '休暇'}, 'and as people read them', fine.out)
    own = office.do('soumu', 'place.establish', *PLACE, '--dry-run', '--json')
    tap.check(own.status == 0 and own.json['deputy'] is None, 'the holder is nobody\'s deputy', own.out)
    tap.expect(office.do('sousa', 'operator.designate', 'person=nenkin', 'since=2025-08-18', 'absence=leave'), 1,
               'nobody\'s deputy is refused', 'Only for')
    tap.expect(office.do('hansou', 'operator.designate', 'person=nenkin', 'since=2025-08-18', 'absence=leave'), 1,
               'and so is the deputy where the profile forbids it', 'Only for')


def declare(tap, office):
    made = office.do('hansou', 'place.establish', *PLACE, 'absence=leave', '--json')
    subject = made.json['subject']
    tap.expect(office.as_person('sousa', 'show', 'place', subject), 0, 'the record shows the deputy',
               'declared, in place of', '(Leave), not yet inspected')
    tap.expect(office.as_person('soumu', 'status'), 0, 'and it waits for inspection', subject)
    tap.expect(office.do('nenkin', 'hand.inspect', f'subject={subject}'), 1, 'nobody inspects for the principal')
    tap.expect(office.do('soumu', 'hand.inspect', f'subject={subject}'), 0, 'the principal inspects')
    tap.expect(office.as_person('sousa', 'show', 'place', subject), 0, 'which is shown', 'inspected later')
    tap.expect(office.as_person('sousa', 'log', '--subject', subject), 0, 'in the log too', 'declared, in place of')
    log = office.as_person('sousa', 'log', '--subject', subject, '--json')
    tap.check(log.json['acts'][0]['answers'].get('absence') == 'leave', 'the reason is signed', log.out)


def filled(tap, office):
    give = office.do('soumu', 'hand.give', 'subject=L1', '--dry-run', '--json')
    tap.check([r['field'] for r in give.json['refusals']] == [None], 'a hand where nothing waits has one refusal',
              give.out)
    office.must('sousa', 'outsider.register', 'name=山下　太郎', 'company=運送', 'telephone=09012345678')
    seq = office.as_person('sousa', 'log', '--subject', 'X1', '--json').json['acts'][0]['act']
    fixed = office.do('sousa', 'act.correct', 'value=０９０', 'subject=X1', f'act={seq}', 'question=telephone',
                      'reason=誤記')
    tap.expect(fixed, 0, 'a correction takes what a person types')
    unknown = office.as_person('sousa', 'show', 'place', '--where', 'colour=red')
    tap.expect(unknown, 2, 'an unknown column is told with those there are', 'colour', 'id, state, title')


def later(tap, office):
    """Who comes later among the deputies is told at once of both reasons that are asked."""
    office.must('chief', 'appointment.make', 'person=sousa', 'office=general_affairs_head', 'kind=regular',
                'since=2025-08-18', *office.with_person('soumu'))
    other = ('title=第三保管庫', *PLACE[1:])
    asked = office.do('sousa', 'place.establish', *other, '--dry-run', '--json')
    tap.check([r['field'] for r in asked.json['refusals']] == ['absence', 'absence_before'] and
              asked.json['deputy']['asks'] == ['absence', 'absence_before'], 'both reasons are asked at once',
              asked.out)
    tap.expect(office.do('sousa', 'place.establish', *other, '--dry-run'), 1, 'in words too', 'absence:',
               'absence_before:')


def main():
    tap, office = Tap(), Office()
    office.must('chief', 'appointment.make', 'person=hansou', 'office=general_affairs_assistant', 'kind=regular',
                'since=2025-08-18', *office.with_person('soumu'))
    told(tap, office)
    dry_run(tap, office)
    declare(tap, office)
    filled(tap, office)
    later(tap, office)
    tap.expect(office.as_person('chief', 'verify'), 0, 'and the file holds', 'Nothing was altered')
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
