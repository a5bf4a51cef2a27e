# SPDX-License-Identifier: GPL-3.0-or-later
"""The official list of holidays, from the Cabinet Office's CSV into a file, and what follows from it."""
import os

from office import Office, Tap

HEADING = '国民の祝日・休日月日,国民の祝日・休日名称'
DAYS = ('2025/1/1,元日', '2025/1/13,成人の日', '2025/2/11,建国記念の日', '2025/2/23,天皇誕生日', '2025/2/24,休日',
        '2025/3/20,春分の日', '2025/4/29,昭和の日', '2025/5/3,憲法記念日', '2025/5/4,みどりの日', '2025/5/5,こどもの日',
        '2025/5/6,休日', '2025/7/21,海の日', '2025/8/11,山の日', '2025/9/15,敬老の日', '2025/9/23,秋分の日',
        '2025/10/13,スポーツの日', '2025/11/3,文化の日', '2025/11/23,勤労感謝の日', '2025/11/24,休日')
SOURCE = 'source=内閣府「国民の祝日」について'
DEADLINE = '2025-10-22'     # five business days after the payment of October


def table(office, name, lines, encoding='cp932', end='\r\n'):
    path = office.path(name)
    with open(path, 'wb') as file:
        file.write((end.join((HEADING, *lines)) + end).encode(encoding))
    return f'days=@{path}'


def refused(tap, office):
    """Two persons, and a list that is whole."""
    whole = table(office, 'whole.csv', DAYS)
    tap.expect(office.do('nenkin', 'holiday.adopt', SOURCE, table(office, 'cut.csv', DAYS[:8])), 1, 'cut off',
               'days: ', '2025', 'not whole')
    tap.expect(office.do('nenkin', 'holiday.adopt', SOURCE, table(office, 'twice.csv', (DAYS[0], *DAYS))), 1, 'twice',
               'days[1].day: ')
    tap.expect(office.do('nenkin', 'holiday.adopt', SOURCE, table(office, 'none.csv', ('2025/2/30,なし', *DAYS))), 1,
               'a day that is none', 'days[0].day: ', '2025/2/30')
    tap.expect(office.do('sousa', 'holiday.adopt', SOURCE, whole), 1, 'by a clerk', 'Only for')
    tap.expect(office.do('nenkin', 'holiday.adopt', SOURCE, f"days=@{office.path('none')}"), 1, 'no such file', 'none')
    result = office.do('nenkin', 'holiday.adopt', SOURCE, whole, '--dry-run', '--json')
    days = result.json['answers']['days']
    tap.check(result.status == 0 and len(days) == 19 and days[0] == {'day': '2025-01-01', 'name': '元日'},
              'read from the table', result.out)
    tap.expect(office.do('nenkin', 'holiday.adopt', SOURCE, whole), 0, 'by one alone', 'waits for')
    tap.expect(office.do('nenkin', 'hand.withdraw', 'subject=H1'), 0, 'withdrawn')


def due(office):
    return office.as_person('sousa', 'show', 'batch', '--list', 'batch_open', '--json').out


def told_with_the_batch(tap, office):
    """Until when it may stay, beside what was recorded: among all, of one, in words and for scripts; and when late."""
    def records(*args, **how):
        return office.as_person('sousa', 'show', *args, '--json', **how).json
    tap.check([r['purge_by'] for r in records('batch')['records']] == [DEADLINE], 'the deadline among all')
    tap.check(records('B1')['fields']['purge_by'] == DEADLINE, 'of one')
    told = office.as_person('sousa', 'show', 'B1').out
    tap.check('To be destroyed by' in told and DEADLINE in told and 'Days overdue' not in told, 'in words', told)
    late = records('B1', at='2025-10-24T10:00')
    tap.check((late['state'], late['fields']['days_overdue']) == ('overdue', 2), 'and by how many days late',
              late)


def adopted(tap, office):
    """The payment of October moves off a holiday that the list alone knows; a later list takes it back."""
    office.must('sousa', 'media.register', 'media_kind=usb', 'label=USB-1', 'serial=S1')
    record = ('media.record', 'medium=M1', 'recorded_on=2025-08-18', 'purpose=purpose_2', 'count=3', 'copies=0',
              'source=J-LIS')
    tap.expect(office.do('sousa', *record, '--dry-run'), 0, 'the deadline before', f'To be destroyed by: {DEADLINE}')
    tap.expect(office.do('sousa', *record), 0, 'and after it is recorded', f'To be destroyed by: {DEADLINE}')
    told_with_the_batch(tap, office)
    tap.check('2025-10-15' in due(office), 'by the law', due(office))
    moved = table(office, 'moved.csv', (*DAYS[:16], '2025/10/15,"即位の日"', *DAYS[16:]), 'utf-8-sig', '\n')
    tap.expect(office.do('nenkin', 'holiday.adopt', SOURCE, moved, *office.with_person('soumu')), 0, 'adopted', 'H2')
    tap.expect(office.as_person('sousa', 'show', 'H2', '--json'), 0, 'its years', '"first_year" : 2025',
               '"last_year" : 2025')
    tap.check('2025-10-14' in due(office), 'by the list', due(office))
    erase = ('media.erase', 'subject=M1', 'erasure=overwrite', 'erased_count=3', 'erasure_verified=yes', '--dry-run')
    tap.expect(office.do('sousa', *erase, 'clock=ahead', at='2025-10-13T10:00'), 1, 'not yet due', 'has not come')
    tap.expect(office.do('sousa', *erase, 'clock=ahead', at='2025-10-14T10:00'), 0, 'due',
               'would be admitted')
    plain = table(office, 'plain.csv', DAYS)
    tap.expect(office.do('nenkin', 'holiday.adopt', SOURCE, plain, *office.with_person('soumu')), 0, 'adopted again')
    tap.check('2025-10-15' in due(office), 'by the later list', due(office))


def official(tap, office):
    """The list as it is published, where it is at hand."""
    shared = os.environ.get('KAN_SHARED') or os.path.join(os.environ.get('KAN_SRCDIR', '.'), '..', 'shared')
    path = os.path.join(shared, 'data', 'syukujitsu.csv')
    if not os.path.exists(path):
        tap.check(True, 'the official list # SKIP it is not at hand')
        return
    tap.expect(office.do('nenkin', 'holiday.adopt', SOURCE, f'days=@{path}', *office.with_person('soumu')), 0,
               'the official list')
    tap.check('2025-10-15' in due(office), 'the same payment', due(office))


def main():
    tap, office = Tap(), Office()
    for part in (refused, adopted, official):
        part(tap, office)
    tap.expect(office.as_person('chief', 'verify'), 0, 'verified', 'Nothing was altered')
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
