#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who signs along is judged by a dry run as by the act itself, in the same words, and by numbers that exist."""
from office import Office, Tap


def same(tap, office, name, who, act, *seconds, word=None):
    """The dry run foretells what becomes of it; the words stand on both."""
    along = [option for second in seconds for option in office.with_person(second)]
    tried = office.do(who, *act, *along, '--dry-run')
    data = office.do(who, *act, *along, '--dry-run', '--json').json
    done = office.do(who, *act, *along)
    tap.check(tried.status == done.status == (1 if word else 0), f'{name}: the dry run says so', tried.err, done.err)
    tap.check(data['admissible'] == (word is None), f'{name}: a script is told', data)
    if word is None:
        return
    tap.check(f'with: {word}' in tried.err and tried.err == done.err and 'admitted' not in tried.out,
              f'{name}: in the same words', tried.err, done.err)
    tap.check(['with'] == [refusal['field'] for refusal in data['refusals']], f'{name}: as a field', data)


def main():
    tap, office = Tap(), Office()
    same(tap, office, 'nothing to sign', 'sousa', ('outsider.register', 'name=A', 'company=Z'), 'soumu',
         word='This act wants no second signature: leave --with out')
    office.must('sousa', 'outsider.register', 'name=松永', 'company=県央電算センター')
    office.must('sousa', 'media.register', 'media_kind=usb', 'label=U-1', 'serial=S-1')
    office.must('sousa', 'media.record', 'medium=M1', 'purpose=purpose_1', 'count=3', 'copies=0', 'source=J-LIS')
    office.must('sousa', 'media.store', 'subject=M1', 'place=L1')
    ask = ('takeout.request', 'kind=round_trip', 'media=M1', 'counterpart=X1', 'destination=計算室', 'reason=計算のため',
           'since=2025-08-19', 'until=2025-08-25')
    for way in ((), ('--dry-run',)):
        tap.expect(office.do('sousa', *ask, 'count=5', *way), 1, f'an answer that the program gives itself {way}',
                   'count: The program answers this itself: 3: leave it out')
    tap.expect(office.do('sousa', *ask, 'count=3', '--dry-run'), 0, 'the very same may be typed')
    asks = office.run('acts', 'takeout.request').out
    tap.check('count=           by the program' in asks and 'valid_until=     filled if blank' in asks,
              'which those are is told', asks)
    same(tap, office, 'not theirs to sign', 'sousa', ask, 'hansou', word='None of the outstanding signatures')
    same(tap, office, 'the same person twice', 'sousa', ask, 'soumu', 'soumu',
         word='None of the outstanding signatures')
    same(tap, office, 'one too many', 'sousa', ask, 'soumu', 'nenkin', 'chief',
         word='One person too many: the others named give every signature that is due (Information manager, '
              'System manager): leave one --with out')
    same(tap, office, 'one too many where any second person will do', 'chief',
         ('person.register', 'staff_no=2001', 'name=増員'), 'soumu', 'nenkin',
         word='One person too many: the others named give every signature that is due (Second person): leave one '
              '--with out')
    same(tap, office, 'both managers', 'sousa', ask, 'soumu', 'nenkin')
    tap.check(office.as_person('chief', 'pending', '--json').json['pending'] == [], 'nothing waits for them')
    tap.expect(office.as_person('chief', 'verify'), 0, 'and the file holds', 'othing was altered')
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
