#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fact stays whatever a hand says of it, in its place in time; what was mistyped is put right by acts of its own."""
import json
import os
import subprocess

from office import Office, Tap

DESTROY = ('media=M1', 'identified=[{"medium":"M1","serial":"S-1"}]', 'method=shred_flash', 'place=第二倉庫', 'executor=P4',
           'witness=X1', 'witness_paper=yes')
RECORD = ('media.record', 'medium=M1', 'purpose=purpose_1', 'copies=0', 'source=J-LIS')
LATE = ('late_reason=失念', 'deviation_reason=控えの誤り')


def put_right(tap, office):
    """Count and duplicate, each by two, and the refusal of act.correct says by which act."""
    office.must('sousa', 'media.register', 'media_kind=usb', 'label=U-1', 'serial=S-1')
    made = office.must('sousa', *RECORD, 'count=1000', '--json').json['act']
    office.must('sousa', *RECORD, 'count=100')
    tap.expect(office.do('sousa', 'act.correct', 'subject=B1', f'act={made}', 'question=count', 'value=100',
                         'reason=誤記'), 1, 'a count is no word', 'put it right by batch.restate')
    tap.expect(office.do('sousa', 'act.void', 'subject=B1', f'act={made}', 'reason=重複'), 1, 'nor is a recording',
               'put it right by batch.cancel')
    tap.expect(office.do('sousa', 'batch.restate', 'subject=B1', 'count=100', 'reason=誤記',
                         *office.with_person('soumu')), 0, 'it is put right by two')
    tap.expect(office.as_person('sousa', 'show', 'B1'), 0, 'and says what it said', 'Count: 1,000 → 100')
    tap.expect(office.do('sousa', 'batch.restate', 'subject=B1', 'count=100', 'reason=誤記'), 1,
               'what it says already changes nothing', 'It says that already')
    tap.expect(office.do('sousa', 'batch.restate', 'subject=B1', 'reason=誤記'), 1, 'and so does nothing at all',
               'Nothing is answered')
    tap.expect(office.do('sousa', 'media.restate', 'subject=M1', 'serial=S-1', 'reason=誤記'), 1, 'nor the same number',
               'It says that already')
    tap.expect(office.do('sousa', 'batch.cancel', 'subject=B2', 'reason=重複', *office.with_person('soumu')), 0,
               'a duplicate is cancelled by two')
    tap.expect(office.do('sousa', 'media.erase', 'subject=M1', 'erasure=overwrite', 'erased_count=100',
                         'erasure_verified=yes', 'clock=ahead', at='2025-10-20T10:00'), 0, 'and the counts add up')
    office.now = '2025-10-20T11:00'


def unconfirmed(tap, office):
    """Refused and asked back, the medium stays destroyed for whoever looks at it."""
    office.must('sousa', 'outsider.register', 'name=松永', 'company=県央電算センター')
    office.must('sousa', 'media.destroy', *DESTROY)
    for verdict in ('hand.refuse', 'hand.ask_back'):
        tap.expect(office.do('nenkin', verdict, 'subject=D1', 'reason=写真なし'), 0, verdict)
        tap.expect(office.as_person('sousa', 'show', 'M1'), 0, 'the medium is destroyed', 'Destroyed, to be confirmed')
        tap.expect(office.as_person('sousa', 'status'), 0, 'status tells', 'Not confirmed by who was to sign', 'D1')
        tap.expect(office.do('sousa', *RECORD, 'count=1'), 1, 'nothing is recorded on it', 'waits to be confirmed')


def in_time(tap, office):
    """Told as before the medium was erased, it is marked; the certificate says so, and that it was entered late."""
    tap.expect(office.do('sousa', 'media.destroy', 'subject=D1', *DESTROY, at='2025-10-21T09:00'), 1,
               'the day of the new entry is not taken for it', 'recorded before as of 2025-10-20', 'say when')
    told = office.do('sousa', 'media.destroy', 'subject=D1', *DESTROY, 'photographs=2', 'happened_at=2025-10-19T10:00',
                     *LATE)
    tap.expect(told, 0, 'it is recorded again', 'deviation: order')
    tap.expect(office.do('nenkin', 'hand.give', 'subject=D1'), 0, 'and confirmed')
    tap.check('Not confirmed' not in office.as_person('sousa', 'status').out, 'which puts it right')
    out = office.path('D1.pdf')
    office.as_person('sousa', 'print', 'destruction_certificate', 'D1', '-o', out)
    text = subprocess.run(['pdftotext', '-raw', out, '-'], capture_output=True, check=True).stdout.decode()
    text = ''.join(text.split())
    tap.check('先行する記録より前の日時' in text and '後日入力：令和7年10月20日入力（失念）' in text,
              'the certificate tells both', text)
    tap.expect(office.do('sousa', 'media.register', 'media_kind=hdd', 'label=H-1'), 0, 'another medium')
    early = office.do('sousa', 'media.store', 'subject=M2', 'place=L1', 'happened_at=2025-01-01T10:00',
                      'late_reason=失念')
    tap.expect(early, 1, 'is not stored before it was there', 'before what it builds on', 'void it and enter it')


def asked_back(tap, office):
    """What was asked back lies with whoever applied, until they apply again or withdraw it."""
    office.must('sousa', 'media.store', 'subject=M2', 'place=L1')
    request = ('takeout.request', 'kind=round_trip', 'media=M2', 'counterpart=X1', 'destination=計算室', 'reason=計算のため',
               'since=2025-10-20', 'until=2025-10-24')
    office.must('sousa', *request)
    office.must('nenkin', 'hand.ask_back', 'subject=T1', 'reason=経路を書くこと')
    tap.expect(office.as_person('nenkin', 'status'), 0, 'status tells with whom it lies', 'Asked back', 'T1', '辻󠄀')
    tap.expect(office.as_person('sousa', 'pending'), 0, 'and so does pending', 'T1, Ask to take out: asked back', '辻󠄀')
    tap.check([row['actor'] for row in office.as_person('sousa', 'pending', '--json').json['asked_back']] == ['P4'],
              'in JSON as well')
    tap.expect(office.do('hansou', 'hand.withdraw', 'subject=T1'), 1, 'nobody else withdraws it', 'Only who applied')
    office.must('sousa', request[0], 'subject=T1', *request[1:])
    tap.check('asked back' not in office.as_person('sousa', 'pending').out,
              'applied for again, it lies with them no more')
    office.must('nenkin', 'hand.ask_back', 'subject=T1', 'reason=経路を書くこと')
    tap.expect(office.do('sousa', 'hand.withdraw', 'subject=T1'), 0, 'they may withdraw it')
    tap.expect(office.as_person('sousa', 'show', 'T1'), 0, 'which is its end', 'Withdrawn')
    tap.expect(office.as_person('sousa', 'pending'), 0, 'nothing is left of it', 'Nothing waits.')


def warned(tap, office):
    """What would be overdue before it is back, and media whose kind a profile drops: said to whoever signs for it."""
    office.must('sousa', 'media.record', 'medium=M2', 'purpose=purpose_1', 'count=5', 'copies=0', 'source=J-LIS')
    told = office.do('sousa', 'takeout.request', 'kind=round_trip', 'media=M2', 'counterpart=X1', 'destination=計算室',
                     'reason=計算のため', 'since=2025-10-20', 'until=2026-03-31')
    tap.expect(told, 0, 'the applicant is warned', 'To be destroyed before it is back, by: 2025-12-22')
    tap.expect(office.do('nenkin', 'hand.give', 'subject=T2', '--dry-run'), 0, 'and whoever consents',
               'To be destroyed before it is back, by: 2025-12-22')
    folder = os.path.dirname(__file__)
    with open(os.path.join(folder, '../../resources/profiles/nagasaki.json'), encoding='utf-8') as file:
        profile = json.load(file)
    profile['media_kinds'] = [kind for kind in profile['media_kinds'] if kind['id'] != 'hdd']
    told = office.do('soumu', 'profile.adopt', 'in_force_from=2025-10-20', 'json=' + json.dumps(profile), '--dry-run')
    tap.expect(told, 0, 'a profile that drops a kind in use says so', 'kinds that it no longer has: M2 hdd')
    tap.check('What changes' in told.out and 'removed' in told.out and '"media_kinds"' not in told.out,
              'a dry run says in words what it changes', told.out)
    data = office.do('soumu', 'profile.adopt', 'in_force_from=2025-10-20', 'json=' + json.dumps(profile), '--dry-run',
                     '--json').json
    tap.check(len(data['changes']) == 1 and data['changes'][0]['path'].startswith('$.media_kinds') and
              data['changes'][0]['after'] is None, 'and a script', data['changes'])
    data = office.do('sousa', 'outsider.register', 'name=A', 'company=B', '--dry-run', '--json').json
    tap.check(data['changes'] is None, 'which is told nothing where no profile is adopted', data['changes'])


def left_behind(tap, office):
    """What lies with somebody who has left is withdrawn by whoever may apply for such a thing."""
    office.must('nenkin', 'hand.ask_back', 'subject=T2', 'reason=経路を書くこと')
    tap.expect(office.do('hansou', 'hand.withdraw', 'subject=T2'), 1, 'not while they are there', 'Only who applied')
    office.must('chief', 'person.leave', 'subject=P4', 'since=2025-10-20', *office.with_person('soumu'))
    tap.expect(office.do('nenkin', 'hand.withdraw', 'subject=T2'), 1, 'nor by who applies for nothing',
               'Only who applied')
    tap.expect(office.do('hansou', 'hand.withdraw', 'subject=T2'), 0, 'by another operator once they have left')
    tap.expect(office.as_person('hansou', 'pending'), 0, 'and nothing lies with them', 'Nothing waits.')


def lapsed(tap, office):
    """A consent past its time is nothing to dispatch by, and status says so until it is cancelled."""
    office.must('hansou', 'takeout.request', 'kind=round_trip', 'media=M2', 'counterpart=X1', 'destination=計算室',
                'reason=計算のため', 'since=2025-10-20', 'until=2025-10-24')
    for manager in ('nenkin', 'soumu'):
        office.must(manager, 'hand.give', 'subject=T3')
    tap.expect(office.as_person('hansou', 'status'), 0, 'it is to be dispatched', 'To be dispatched', '2025-10-24')
    office.now = '2025-10-25T09:00'
    told = office.as_person('hansou', 'status')
    tap.expect(told, 0, 'until the period is over', 'Consent expired', 'T3')
    tap.check('To be dispatched' not in told.out, 'then no more', told.out)
    office.must('hansou', 'takeout.cancel', 'subject=T3')
    tap.check('Consent expired' not in office.as_person('hansou', 'status').out, 'and it is cancelled')


def main():
    tap, office = Tap(), Office()
    put_right(tap, office)
    unconfirmed(tap, office)
    in_time(tap, office)
    asked_back(tap, office)
    warned(tap, office)
    left_behind(tap, office)
    lapsed(tap, office)
    tap.expect(office.as_person('chief', 'verify'), 0, 'the file holds', 'othing was altered')
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
