#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody with a database tool was at the file: what verify names, and what puts it right."""
import subprocess

from office import Office, Tap

REASON = 'reason=係員の端末に残っていた道具で書き換えられた'


def rows(tap, office):
    tap.expect(office.do('soumu', 'ledger.rebuild', REASON), 1, 'nothing to make anew', 'there is nothing')
    office.tamper("UPDATE person SET name = '別人' WHERE id > 3")
    tap.expect(office.as_person('chief', 'verify'), 1, 'two rows were changed', 'P4', 'P5', '別人')
    tap.expect(office.do('sousa', 'ledger.rebuild', REASON), 1, 'not by a clerk', 'Only for')
    result = office.do('soumu', 'ledger.rebuild', REASON, '--dry-run', '--json')
    tap.check(result.status == 0, 'a dry run says that it may be done', result.out, result.err)
    tap.expect(office.do('soumu', 'ledger.rebuild', REASON), 0, 'made anew', 'Z1')
    tap.expect(office.as_person('chief', 'verify'), 0, 'every row is right again', 'Nothing was altered')
    result = office.as_person('chief', 'show', 'repair', 'Z1', '--json')
    tap.check('"differences":2' in result.out.replace(' ', ''), 'how many differed is on record', result.out)


def tail(tap, office):
    tap.expect(office.do('soumu', 'ledger.reject', REASON, *office.with_person('nenkin')), 1, 'nothing to set aside',
               'there is nothing')
    office.must('sousa', 'outsider.register', 'name=林 次郎', 'company=破砕店')
    office.tamper("UPDATE act SET body = replace (body, '破砕店', '運送店') WHERE seq = (SELECT max (seq) FROM act)")
    tap.expect(office.do('sousa', 'outsider.register', 'name=森 三郎', 'company=運送店'), 4, 'nothing is chained after it',
               'ledger.reject')
    tap.expect(office.do('soumu', 'ledger.reject', REASON), 1, 'not by one alone', 'with: ')
    for second, lacking, answers in (([], {'with'}, [REASON]), ([], {'with', 'reason'}, []),
                                     (office.with_person('nenkin'), set(), [REASON])):
        judged = office.do('soumu', 'ledger.reject', *answers, *second, '--dry-run', '--json')
        tap.check({refusal['field'] for refusal in judged.json['refusals']} == lacking and
                  judged.status == (1 if lacking else 0), f'a dry run foresees {sorted(lacking)}', judged.out,
                  judged.err)
    tap.expect(office.do('soumu', 'ledger.reject', REASON, *office.with_person('nenkin')), 0, 'set aside by two', 'Z2')
    tap.expect(office.as_person('chief', 'verify'), 0, 'as if it had never been', 'Nothing was altered')
    tap.expect(office.as_person('chief', 'log'), 0, 'it stays to be read', '[set aside: not what was signed]')
    acts = office.as_person('chief', 'log', '--json').json['acts']
    tap.check([act['subject'] for act in acts if act['rejected']] == ['X1'], 'marked for programs too', acts[-1])
    office.must('sousa', 'outsider.register', 'name=森 三郎', 'company=運送店')
    office.tamper("UPDATE rejected SET body = '{}'")
    tap.expect(office.as_person('chief', 'verify'), 1, 'what was set aside is compared', 'Z2',
               'not what was signed for')


def lowered(tap, office):
    """A mark that says so makes nobody's tables those of an older program."""
    with open(office.file, 'rb') as file:
        before = file.read()
    for mark in '0', '2':
        office.tamper(f"UPDATE meta SET value = '{mark}' WHERE key = 'projection'; DROP TABLE medium")
        tap.expect(office.as_person('chief', 'show', 'person'), 4, 'a lowered mark', 'medium is missing')
        tap.expect(office.do('sousa', 'outsider.register', 'name=谷 四郎', 'company=破砕店'), 4,
                   'nor is anything made anew', 'medium is missing')
        with open(office.file, 'wb') as file:
            file.write(before)


def tables(tap, office):
    """Tables that are not the program's are named, and the chain is checked all the same."""
    with open(office.file, 'rb') as file:
        before = file.read()
    office.tamper('DROP TABLE payment')
    result = office.as_person('chief', 'verify')
    tap.expect(result, 4, 'a table that is gone is named', 'payment is missing', 'entries can be read')
    with open(office.file, 'wb') as file:
        file.write(before)
    office.tamper('CREATE VIEW spy AS SELECT 1')
    tap.expect(office.as_person('chief', 'verify'), 4, 'so is one that was planted', 'spy is not its own')
    with open(office.file, 'wb') as file:
        file.write(before)


def index(tap, office):
    """An index made of some rows only, under the words of ours: what is found by it is neither shown nor printed."""
    with open(office.file, 'rb') as file:
        before = file.read()
    office.tamper(".dbconfig defensive off",
                  "PRAGMA writable_schema = ON; CREATE TEMP TABLE kept AS SELECT sql FROM sqlite_schema"
                  " WHERE name = 'person_state'; UPDATE sqlite_schema SET sql = sql || ' WHERE id < 3'"
                  " WHERE name = 'person_state'; PRAGMA writable_schema = RESET; PRAGMA writable_schema = ON;"
                  " REINDEX person_state; UPDATE sqlite_schema SET sql = (SELECT sql FROM kept)"
                  " WHERE name = 'person_state'; PRAGMA writable_schema = RESET")
    said = 'an index of the registers is not what they hold'
    tap.expect(office.as_person('chief', 'show', 'person'), 4, 'no list is shown by a spoilt index', said)
    tap.expect(office.as_person('chief', 'show', 'P1'), 0, 'a record is, and whoever looks at it is told', said)
    tap.expect(office.as_person('chief', 'print', 'person', '-o', office.path('p.pdf')), 4, 'nor printed', said)
    with open(office.file, 'wb') as file:
        file.write(before)


def paper(tap, office):
    """A register goes on paper with what was found of it at that moment, whatever was found before."""
    with open(office.file, 'rb') as file:
        before = file.read()
    tap.expect(office.as_person('chief', 'verify'), 0, 'nothing was wrong', 'Nothing was altered')
    for name, sql, said in (('as it is', None, '全件を検査、異状なし'),
                            ('with an altered line', "UPDATE person SET name = '別人' WHERE id = 4", '全件検査で異状あり')):
        if sql:
            office.tamper(sql)
        tap.expect(office.as_person('chief', 'print', 'person', '-o', office.path('person.pdf')), 0,
                   f'a register {name} is printed')
        text = subprocess.run(('pdftotext', '-raw', office.path('person.pdf'), '-'), capture_output=True, check=True)
        words = ''.join(text.stdout.decode().split())
        tap.check(said in words and '未検査' not in words, f'its cover tells what was found just now {name}', words)
    with open(office.file, 'wb') as file:
        file.write(before)


def main():
    tap, office = Tap(), Office()
    rows(tap, office)
    tables(tap, office)
    paper(tap, office)
    index(tap, office)
    tail(tap, office)
    lowered(tap, office)
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
