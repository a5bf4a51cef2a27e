#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is recorded before the carrier, or who erased, has signed finds the media where they are, and papers say it."""
import subprocess

from office import Office, Tap

DISPATCH = ('quantity=1', 'count=3', 'container=locked_container', 'seal=S-1', 'carrier=P5')
ARRIVE = ('arrived_seal=S-1', 'arrival=sound', 'receiver=X1', 'receiver_paper=yes')
RETURN = ('returned_quantity=1', 'returned_count=3', 'returned_state=sound', 'returner=X1', 'returner_paper=yes',
          'taken_back_by=P4', 'place=L1')
REASON = 'deviation_reason=搬送者が署名しないまま戻らないため'


def dispatched(office):
    office.must('sousa', 'media.register', 'media_kind=usb', 'label=U-1', 'serial=S-1')
    office.must('sousa', 'media.record', 'medium=M1', 'purpose=purpose_1', 'count=3', 'copies=0', 'source=J-LIS')
    office.must('sousa', 'media.store', 'subject=M1', 'place=L1')
    office.must('sousa', 'outsider.register', 'name=松永', 'company=県央電算センター')
    office.must('sousa', 'takeout.request', 'kind=round_trip', 'media=M1', 'counterpart=X1', 'destination=計算室',
                'reason=計算のため', 'since=2025-08-18', 'until=2025-08-25')
    office.must('soumu', 'hand.give', 'subject=T1')
    office.must('nenkin', 'hand.give', 'subject=T1')
    return office.do('sousa', 'takeout.dispatch', 'subject=T1', *DISPATCH)


def printed(office, form, record):
    out = office.path(f'{record}.pdf')
    office.as_person('sousa', 'print', form, record, '-o', out)
    text = subprocess.run(['pdftotext', '-raw', out, '-'], capture_output=True, check=True).stdout.decode()
    return ''.join(text.split())


def destroyed(tap, office):
    """The erasure took place, and its executor has not signed: the certificate tells both."""
    office.must('sousa', 'media.erase', 'subject=M1', 'erasure=overwrite', 'erased_count=3', 'erasure_verified=yes',
                'erased_by=P5', REASON)
    told = office.do('sousa', 'media.destroy', 'media=M1', 'identified=[{"medium":"M1","serial":"S-1"}]',
                     'method=shred_flash', 'place=第二倉庫', 'executor=P4', 'witness=X1', 'witness_paper=yes', REASON)
    tap.expect(told, 0, 'a destruction is recorded before who erased has signed')
    tap.expect(office.do('nenkin', 'hand.give', 'subject=D1'), 0, 'and confirmed')
    text = printed(office, 'destruction_certificate', 'D1')
    tap.check('消去実施者の署名なし' in text and '追って署名' not in text and '上書き' in text,
              'its certificate says how it was erased', text)
    signed_afterwards(tap, office)
    text = printed(office, 'destruction_certificate', 'D1')
    tap.check('消去実施者の署名なし（令和7年8月18日追って署名）' in text, 'and says so', text)


def wanted(office):
    """Of whom a signature is wanted, and where."""
    rows = office.as_person('hansou', 'show', 'shortfall', '--where', 'state=open', '--json').json['records']
    return {row['id']: row['signer'] for row in rows if row['signer']}


def signed_afterwards(tap, office):
    """Whose signature was not had gives it when they come back, the carrier and who erased alike."""
    open_ones = wanted(office)
    tap.check(len(open_ones) == 2 and set(open_ones.values()) == {'P5'}, 'the carrier and the executor are wanted',
              open_ones)
    for subject in open_ones:
        tap.expect(office.do('sousa', 'shortfall.sign', f'subject={subject}'), 1, 'by themselves',
                   'Only whose signature')
        tap.expect(office.do('hansou', 'shortfall.sign', f'subject={subject}'), 0, 'they sign afterwards', subject)
    tap.check(not wanted(office), 'nothing is wanted of them any more', wanted(office))


def main():
    tap, office = Tap(), Office()
    tap.expect(dispatched(office), 0, 'a dispatch waits for its carrier', 'Carrier')
    said = office.as_person('sousa', 'status').out
    tap.check('Carrier' in said and 'taker' not in said, 'and status calls them so', said)
    tap.expect(office.do('sousa', 'takeout.arrive', 'subject=T1', *ARRIVE, '--dry-run'), 1, 'what comes next says so',
               'T1 is not signed yet by: Carrier')
    for kind, answers, marks in (('arrive', ARRIVE, set()), ('return', RETURN, set()),
                                 ('arrive', ('arrived_seal=S-9', *ARRIVE[1:]), {'11-3.seal'})):
        judged = office.do('sousa', f'takeout.{kind}', 'subject=T1', *answers, REASON, '--dry-run', '--json')
        tap.check(judged.status == 0 and {r['rule'] for r in judged.json['refusals']} ==
                  {'11-3.carrier_unsigned', *marks}, f'{kind} is judged by what left: {sorted(marks)}', judged.out,
                  judged.err)
    tap.expect(office.as_person('sousa', 'show', 'medium', 'M1'), 0, 'and changes nothing yet', 'In store')
    tap.expect(office.do('sousa', 'takeout.arrive', 'subject=T1', *ARRIVE, REASON), 0, 'the arrival is recorded')
    tap.expect(office.as_person('sousa', 'show', 'medium', 'M1'), 0, 'the medium is out', 'Out')
    tap.check(office.do('sousa', 'media.checkout', 'subject=M1', 'used_for=x', '--dry-run').status != 0,
              'and nobody takes it from the store')
    shown = office.as_person('sousa', 'show', 'takeout', 'T1')
    tap.expect(shown, 0, 'the take-out knows what left, and when', 'S-1', '2025-08-18')
    tap.check(office.as_person('sousa', 'pending', '--json').json['pending'] == [], 'nothing waits')
    tap.expect(office.do('sousa', 'takeout.return', 'subject=T1', *RETURN), 0, 'what came back is what was to')
    tap.expect(office.as_person('sousa', 'show', 'medium', 'M1'), 0, 'and is in store', 'In store')
    slip = printed(office, 'transport_slip', 'T1')
    tap.check('搬送第1号' in slip and slip.count('S-1') >= 3 and '署名のない搬送者の記載' in slip,
              'the slip has number, seal and mark', slip)
    destroyed(tap, office)
    tap.expect(office.as_person('chief', 'verify'), 0, 'the file holds', 'othing was altered')
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
