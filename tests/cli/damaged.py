#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file whose header and key slots are whole and whose database is not: verify says which pages, and which entries."""
import json

from office import Office, Tap

DATABASE_AT, PAGE = 65536, 4096


def write(path, data):
    with open(path, 'wb') as file:
        file.write(data)
    return path


def flipped(whole, *pages):
    changed = bytearray(whole)
    for page in pages:
        changed[DATABASE_AT + (page - 1) * PAGE + PAGE // 2] ^= 1
    return bytes(changed)


def mended(tap, office, whole):
    """A header copy that is damaged is put right, and whoever verifies is told; a scratched one that stays, too."""
    scratched = bytearray(whole)
    scratched[100] ^= 1
    path = write(office.path('scratched.kanribo'), bytes(scratched))
    told = office.as_person('chief', 'verify', '--json', file=path)
    tap.check(told.status == 1 and told.json['header_copies'] == 'damaged' and told.json['header_mended']
              and not told.json['faults'], 'a damaged copy of the header, in JSON', told.status, told.out)
    told = office.as_person('chief', 'verify', '--json', file=path)
    tap.check(told.status == 0 and told.json['header_copies'] is None and not told.json['header_mended'],
              'which has been put right', told.status, told.out)
    write(path, bytes(scratched))
    tap.expect(office.as_person('chief', 'verify', file=path), 1, 'and in words', 'was damaged. It was written anew')
    write(path, whole[:28672] + bytes(scratched[:28672]) + whole[57344:])
    tap.expect(office.as_person('chief', 'verify', file=path, env={'LC_ALL': 'ja_JP.UTF-8'}), 1, 'the other copy',
               '壊れていたため、もう一方から書き直しました')
    other, again = office.path('other.kanribo'), office.path('again')
    write(other, whole)
    write(again, b'another passphrase of nine words, long enough for anybody')
    office.as_person('sousa', 'passwd', '--new-passphrase-file', again, file=other)
    with open(other, 'rb') as file:
        newer = file.read()
    write(path, whole[:28672] + newer[28672:])
    tap.expect(office.as_person('chief', 'verify', file=path), 1, 'copies that differ', 'header differed')
    tap.expect(office.as_person('chief', 'verify', file=path), 0, 'are equal then')


def without_tables(tap, office):
    """A table that somebody took away is named, whichever it is, by every command; nothing is asked of the medium."""
    with open(office.file, 'rb') as file:
        whole = file.read()
    for table in ('act', 'step', 'meta'):
        office.tamper(f'DROP TABLE {table}')
        for command in ('verify', 'status', 'log'):
            tap.expect(office.as_person('chief', command), 4, f'{command} without the table {table}',
                       f'{table} is missing')
        write(office.file, whole)
    office.tamper('ALTER TABLE act RENAME COLUMN kind TO sort')
    tap.expect(office.as_person('chief', 'verify'), 4, 'with another column in it', 'act is not its own')
    write(office.file, whole)


def spoilt_index(tap, office):
    """Where an index leads past its rows nothing is told by it, by whichever command."""
    with open(office.file, 'rb') as file:
        whole = file.read()
    named = "name = 'outsider_state'"
    office.tamper('.dbconfig defensive off', 'PRAGMA writable_schema = ON',
                  f'CREATE TEMP TABLE kept AS SELECT name, sql FROM sqlite_schema WHERE {named}',
                  f"UPDATE sqlite_schema SET sql = sql || ' WHERE 0' WHERE {named}",
                  'PRAGMA writable_schema = RESET', 'PRAGMA writable_schema = ON', 'REINDEX outsider_state',
                  f'UPDATE sqlite_schema SET sql = (SELECT sql FROM kept) WHERE {named}',
                  'PRAGMA writable_schema = RESET')
    for command in (('status',), ('show', 'outsider'), ('log', '--subject', 'X1')):
        tap.expect(office.as_person('chief', command[0], *command[1:]), 4, f'{" ".join(command)} by a spoilt index',
                   'an index of the registers is not what they hold')
    tap.expect(office.as_person('chief', 'show', 'X1'), 0, 'a record says so', 'an index of the registers')
    tap.expect(office.as_person('chief', 'log', '--last', '1'), 0, 'the chain is read without any', 'Register')
    write(office.file, whole)
    tap.expect(office.as_person('chief', 'status'), 0, 'and all is told of the file as it was', 'Nothing is due')


def anchors(tap, office):
    """Paper that is of this chain is said to be; in words and in JSON, as is paper that is not."""
    anchor = office.as_person('chief', 'verify', '--json').json['anchor']
    seq = anchor.split('-')[0]
    office.must('sousa', 'outsider.register', 'name=業者', 'company=運送店')
    tap.expect(office.as_person('chief', 'verify', '--anchor', anchor), 0, 'an anchor that holds',
               f"The paper's anchor is entry {seq} of this chain.")
    told = office.as_person('chief', 'verify', '--json', '--anchor', anchor)
    tap.check(told.status == 0 and told.json['anchor_holds'] is True, 'and in JSON', told.out)
    wrong = anchor[:-1] + ('0' if anchor[-1] != '0' else '1')
    told = office.as_person('chief', 'verify', '--json', '--anchor', wrong)
    tap.check(told.status == 1 and told.json['anchor_holds'] is False, 'one of another chain', told.out)
    told = office.as_person('chief', 'verify', '--json')
    tap.check(told.status == 0 and 'anchor_holds' not in told.json, 'none, and none is told of', told.out)


def main():
    tap, office = Tap(), Office()
    for number in range(40):
        office.must('sousa', 'outsider.register', f'name=業者{number}', 'company=運送店')
    without_tables(tap, office)
    spoilt_index(tap, office)
    anchors(tap, office)
    acts = office.as_person('chief', 'verify', '--json').json['acts']
    with open(office.file, 'rb') as file:
        whole = file.read()
    pages = (len(whole) - DATABASE_AT) // PAGE
    lost = {}
    mended(tap, office, whole)

    def verify(name, data, *texts, options=()):
        path = write(office.path('bad.kanribo'), data)
        result = office.as_person('chief', 'verify', *options, file=path)
        tap.check(result.status == 4 and result.err.count('\n') == 1 and result.out.count('\n') == 1
                  and 'entries can be read: hashes, signatures and order were checked' in result.out
                  and all(text in result.err for text in texts), name, result.status, result.out, result.err)
        return result.err

    verify('the first page', flipped(whole, 1), f'of {pages} pages these are damaged: 1;', 'no entry can be read',
           'go back to a backup')
    for page in range(2, pages + 1, 3):
        path = write(office.path('bad.kanribo'), flipped(whole, page))
        result = office.as_person('chief', 'verify', '--full', file=path)
        lost[page] = result.err
        if result.status == 1:
            tap.check(f'page {page} of the database is damaged' in result.out, f'page {page}, which no entry needs',
                      result.out, result.err)
        else:
            tap.check(result.status == 4 and f'these are damaged: {page};' in result.err, f'page {page}', result.err)
    entries = [page for page in lost if 'these entries cannot be read: ' in lost[page]]
    tap.check(len(entries) > 1, 'some pages hold entries', lost)
    tap.check(any(' to ' in lost[page] for page in entries), 'and which they hold is said', lost)
    tap.check(any('every entry can be read' in lost[page] for page in lost), 'others hold none', lost)
    two = (entries[len(entries) // 2], entries[-1])
    verify('two pages', flipped(whole, *two), f'damaged: {two[0]}, {two[1]};', 'these entries cannot be read: ')
    verify('the last page missing', whole[:-PAGE], f'pages 1 to {pages - 1} hold, what comes after them is missing')
    verify('half of the pages missing', whole[:DATABASE_AT + pages // 2 * PAGE], f'pages 1 to {pages // 2} hold')
    verify('all but the first page missing', whole[:DATABASE_AT + PAGE], 'pages 1 to 1 hold', 'no entry can be read')
    def document(name, data, pages, *kinds):
        result = office.as_person('chief', 'verify', '--json', '--full', file=write(office.path('bad.kanribo'), data))
        told = result.json
        gone = sum(reach['last'] - reach['first'] + 1 for reach in told['lost_entries'])
        tap.check(result.status == 4 and told['bad_pages'] == pages and told['acts'] + gone == acts
                  and tuple(fault['kind'] for fault in told['faults']) == kinds and told['damage'] in result.err, name,
                  result.status, acts, result.out, result.err)

    document('one document for programs', flipped(whole, entries[1]), [entries[1]])
    verify('in full', flipped(whole, two[0]), f'damaged: {two[0]};', options=('--full',))
    office.must('sousa', 'outsider.register', 'name=業者40', 'company=運送店')
    with open(office.file, 'rb') as file:
        newer = file.read()
    write(office.file, whole)
    result = office.as_person('chief', 'verify')
    tap.expect(result, 1, 'an older file put back whole', 'this terminal has seen it up to entry', 'ledger.note',
               'entries that this terminal has seen are gone', '0 known, 1 new')
    result = office.as_person('chief', 'verify', '--json')
    tap.check(result.status == 1 and result.json['terminal'] == 'shorter'
              and [fault['kind'] for fault in result.json['faults']] == ['head'], 'and in JSON', result.out)
    result = office.as_person('chief', 'status', '--json')
    tap.check(result.status == 0 and result.json['terminal'] == 'shorter' and 'an older file' in result.err,
              'status says so', result.out, result.err)
    result = office.as_person('chief', 'verify', env={'XDG_STATE_HOME': office.path('elsewhere')})
    tap.expect(result, 0, 'a terminal that has never seen it cannot tell', 'Nothing was altered')
    write(office.file, newer)
    result = office.as_person('chief', 'verify', '--json')
    tap.check(result.status == 0 and result.json['terminal'] is None, 'the newer one in its place again', result.out)
    again = office.path('again')
    write(again, b'another passphrase of nine words, long enough for anybody')
    with open(office.file, 'rb') as file:
        header = file.read(DATABASE_AT)
    result = office.as_person('sousa', 'passwd', '--new-passphrase-file', again)
    tap.expect(result, 0, 'key slots change')
    with open(office.file, 'r+b') as file:
        file.write(header)
    result = office.as_person('chief', 'verify')
    tap.expect(result, 1, 'an old header put back, with nothing else altered', 'Nothing was altered', 'an old header')
    result = office.as_person('chief', 'verify', '--json')
    tap.check(result.status == 1 and json.loads(result.out)['old_header'], 'and in JSON', result.out)
    result = office.as_person('chief', 'show', 'outsider', file=write(office.path('bad.kanribo'), whole[:-PAGE]))
    tap.expect(result, 4, 'whichever command met it', f'pages 1 to {pages - 1} hold')
    bad = write(office.path('bad.kanribo'), flipped(whole, entries[0]))
    result = office.as_person('chief', 'backup', office.path('copy.kanribo'), file=bad)
    tap.check(result.status == 4 and f'these are damaged: {entries[0]};' in result.err
              and 'SQL logic' not in result.err, 'a backup, too', result.err)
    bad = write(office.path('bad.kanribo'), whole[:-PAGE])
    result = office.as_person('chief', 'verify', file=office.path('bad.kanribo'), env={'LC_ALL': 'ja_JP.UTF-8'})
    tap.expect(result, 4, 'in Japanese', f'1〜{pages - 1}ページは正しく、その後のページがありません')
    office.tamper("UPDATE act SET body = '{}' WHERE seq = 3; DELETE FROM act WHERE seq = 5")
    with open(office.file, 'rb') as file:
        forged = file.read()
    acts = office.as_person('chief', 'log', '--json').json['acts'][-1]['act'] - 1
    document('what can be read of a torn file is checked', flipped(forged, two[0]), [two[0]], 'hash', 'gap')
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
