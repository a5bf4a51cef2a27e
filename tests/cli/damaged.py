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


def main():
    tap, office = Tap(), Office()
    for number in range(40):
        office.must('sousa', 'outsider.register', f'name=業者{number}', 'company=運送店')
    with open(office.file, 'rb') as file:
        whole = file.read()
    pages = (len(whole) - DATABASE_AT) // PAGE
    lost = {}

    def verify(name, data, *texts, options=()):
        path = write(office.path('bad.kanribo'), data)
        result = office.as_person('chief', 'verify', *options, file=path)
        tap.check(result.status == 4 and result.err.count('\n') == 1 and not result.out
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
    verify('in full', flipped(whole, two[0]), f'damaged: {two[0]};', options=('--full',))
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
    result = office.as_person('chief', 'verify', file=office.path('bad.kanribo'), env={'LC_ALL': 'ja_JP.UTF-8'})
    tap.expect(result, 4, 'in Japanese', f'1〜{pages - 1}ページは正しく、その後のページがありません')
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
