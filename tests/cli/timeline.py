#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was signed with an entry is read wherever the entry is told: reasons, capacities, and what others did to it."""
from office import Office, Tap

REQUEST = ('kind=round_trip', 'media=M1', 'counterpart=X1', 'destination=計算室', 'reason=計算のため', 'since=2025-08-19',
           'until=2025-08-25')


def prepare(office):
    office.must('sousa', 'media.register', 'media_kind=usb', 'label=U-1', 'serial=S-1')
    office.must('sousa', 'media.record', 'medium=M1', 'purpose=purpose_1', 'count=3', 'copies=0', 'source=J-LIS')
    office.must('sousa', 'media.store', 'subject=M1', 'place=L1')
    office.must('sousa', 'outsider.register', 'name=松永', 'company=県央電算センター')


def told(tap, office, subject, kind, label, text):
    """In words and for scripts, on the record and in the log."""
    shown, log = office.as_person('soumu', 'show', subject), office.as_person('soumu', 'log', '--subject', subject)
    for where, result in (('the record', shown), ('the log', log)):
        tap.expect(result, 0, f'{kind}: {where} says why', f'[{label}: {text}]')
    for where, command, steps in (('the record', ('show', subject), 'timeline'),
                                  ('the log', ('log', '--subject', subject), 'acts')):
        result = office.as_person('soumu', *command, '--json')
        step = [s for s in result.json[steps] if s['kind'] == kind][-1]
        key = next(iter(step['digests']))
        tap.check(step['answers'][key] == text and len(step['digests'][key]) == 64,
                  f'{kind}: {where} says why to scripts', step)


def reasons(tap, office):
    office.must('sousa', 'takeout.request', *REQUEST)
    told(tap, office, 'T1', 'takeout.request', 'Reason', '計算のため')
    office.must('soumu', 'hand.ask_back', 'subject=T1', 'reason=経路不明')
    told(tap, office, 'T1', 'hand.ask_back', 'Reason', '経路不明')
    office.must('sousa', 'takeout.request', *REQUEST)
    office.must('soumu', 'hand.refuse', 'subject=T2', 'reason=不要不急')
    told(tap, office, 'T2', 'hand.refuse', 'Reason', '不要不急')
    made = office.must('sousa', 'media.register', 'media_kind=hdd', 'label=H-1', 'model=TS-11O', '--json').json
    entry = f"act={made['act']}"
    office.must('sousa', 'act.correct', 'subject=M2', entry, 'question=model', 'value=TS-110', 'reason=誤記')
    told(tap, office, 'M2', 'act.correct', 'Reason', '誤記')
    made = office.must('sousa', 'media.register', 'media_kind=hdd', 'label=H-2', '--json').json
    office.must('sousa', 'act.void', 'subject=M3', f"act={made['act']}", 'reason=二重登録')
    told(tap, office, 'M3', 'act.void', 'Reason', '二重登録')


def removed(tap, office):
    seq = [s for s in office.as_person('soumu', 'log', '--subject', 'T1', '--json').json['acts']
           if s['kind'] == 'hand.ask_back'][-1]['act']
    office.must('soumu', 'text.redact', 'subject=T1', f'act={seq}', 'question=reason', 'reason=個人の氏名',
                *office.with_person('chief'))
    told(tap, office, 'T1', 'hand.ask_back', 'Reason', '(removed)')
    office.tamper("UPDATE detached SET content = content || 'い' WHERE content = '不要不急'")
    told(tap, office, 'T2', 'hand.refuse', 'Reason', '(not what was signed)')


def two_offices(tap, office):
    """Who holds both offices signs once, in both capacities."""
    office.must('chief', 'appointment.make', 'person=soumu', 'office=pension_manager', 'kind=acting',
                'since=2025-08-18', *office.with_person('nenkin'))
    request = office.must('sousa', 'takeout.request', *REQUEST, '--json').json
    office.must('soumu', 'hand.give', f"subject={request['subject']}")
    for command in (('show', request['subject']), ('log', '--subject', request['subject'])):
        tap.expect(office.as_person('sousa', *command), 0, f'{command[0]} names both capacities',
                   'Information manager: given; System manager: given')
        result = office.as_person('sousa', *command, '--json').json
        hands = result.get('timeline', result.get('acts'))[-1]['hands']
        tap.check([(h['capacity'], h['verdict'], h['of']) for h in hands] ==
                  [(role, 'given', request['act']) for role in ('information_manager', 'system_manager')],
                  'and so do scripts read it', hands)


def course(tap, office):
    """What is done with a medium stands on acts upon recordings, take-outs and destructions, and is told of it."""
    office.must('sousa', 'media.register', 'media_kind=usb', 'label=U-9', 'serial=S-9')
    office.must('sousa', 'media.record', 'medium=M4', 'purpose=purpose_1', 'count=3', 'copies=0', 'source=J-LIS')
    office.must('sousa', 'media.store', 'subject=M4', 'place=L1')
    out = office.must('sousa', 'takeout.unapproved', 'media=M1,M4', 'kind=round_trip', 'counterpart=X1',
                      'destination=計算室', 'reason=急ぎのため', 'quantity=2', 'count=6', 'container=locked_container',
                      'seal=Z-1', 'carrier=X1', 'until=2025-08-25', 'deviation_reason=緊急',
                      '--json').json['subject']
    office.must('sousa', 'takeout.return', f'subject={out}', 'returned_state=sound', 'returner=X1',
                'returner_paper=yes', 'taken_back_by=sousa', 'place=L1', 'returned_quantity=1', 'returned_count=3',
                'missing=M4', 'deviation_reason=紛失')
    for command, told in ((('show', 'M4'), 'elsewhere'), (('log', '--subject', 'M4'), 'acts')):
        tap.expect(office.as_person('sousa', *command), 0, f'{command[0]} tells what became of the medium',
                   'B2', out, '[Not returned]')
        acts = office.as_person('sousa', *command, '--json').json[told]
        kinds = [(act['kind'], act['subject'], act['named_as']) for act in acts if act['subject'] != 'M4']
        tap.check(kinds == [('media.record', 'B2', None), ('takeout.unapproved', out, None),
                            ('takeout.return', out, 'missing')], 'and tells it to scripts', kinds)
    other = office.as_person('sousa', 'show', 'M1')
    tap.check('Return' in other.out and '[Not returned]' not in other.out, 'the other one came back', other.out)
    own = {act['subject'] for act in office.as_person('sousa', 'show', 'M4', '--json').json['timeline']}
    tap.check(own == {'M4'}, 'the timeline for scripts has the acts upon the record alone', own)
    place = {act['subject'] for act in office.as_person('sousa', 'log', '--subject', 'L1', '--json').json['acts']}
    tap.check(place == {'L1'}, 'of a place only the acts upon it are told', place)


def explained(tap, office):
    """What is overdue tells why, to everybody; and what was read off a medium is told to scripts."""
    for office.now in ('2025-09-15T09:00', '2025-10-14T09:00', '2025-11-12T09:00'):
        office.must('sousa', 'outsider.register', f'name=次{office.now}', 'company=次社')
    office.must('chief', 'media.hold', 'subject=B1', 'hold_reason=evidence')
    office.must('sousa', 'media.delay', 'subject=B1', 'delay_reason=機器の故障')
    why = 'Reason for the hold: Kept as evidence, Reason for the delay: 機器の故障'
    tap.expect(office.as_person('nenkin', 'status'), 0, 'the status says why it is overdue', why)
    due = [d for d in office.as_person('nenkin', 'status', '--json').json['due'] if d['subject'] == 'B1']
    tap.check(due and due[0]['kind'] == 'overdue' and due[0]['why'] == why, 'and to scripts', due)
    office.must('sousa', 'media.register', 'media_kind=hdd', 'label=H-7', 'serial=S-7')
    office.must('sousa', 'media.destroy', 'media=M5', 'identified=[{"medium":"M5","serial":"S-7"}]',
                'method=shred_disk', 'place=書庫', 'executor=sousa', 'witness=hansou', *office.with_person('hansou'))
    fields = office.as_person('sousa', 'show', 'D1', '--json').json['fields']
    tap.check(fields['identified'] == [{'medium': 'M5', 'serial': 'S-7'}], 'rows stand among the fields', fields)
    tap.expect(office.as_person('sousa', 'show', 'destruction'), 0, 'a list names the media', 'M5 H-7')


def main():
    tap, office = Tap(), Office()
    prepare(office)
    reasons(tap, office)
    removed(tap, office)
    two_offices(tap, office)
    course(tap, office)
    explained(tap, office)
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
