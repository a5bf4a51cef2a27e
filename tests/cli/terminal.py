#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked for at a terminal: passphrases without echo, and what founding was not given. Nothing that is secret is
taken from an argument or the environment."""
import os
import pty
import select
import time

from office import KANRIBO, Office, Tap, words_of


class Terminal:
    """A command with a terminal of its own, typed into when it asks."""

    def __init__(self, *args):
        self.seen = ''
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execv(KANRIBO, [KANRIBO, *args])

    def read(self, until=None):
        end = time.monotonic() + 20
        while time.monotonic() < end and not (until and until in self.seen):
            if not select.select([self.fd], [], [], 0.2)[0]:
                continue
            try:
                data = os.read(self.fd, 4096)
            except OSError:
                break
            if not data:
                break
            self.seen += data.decode(errors='replace')

    def answer(self, prompt, text):
        self.read(prompt)
        time.sleep(0.1)
        os.write(self.fd, text.encode())
        return self

    def end(self):
        self.read()
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.fd)
        return status


def main():
    try:
        for end in pty.openpty():
            os.close(end)
    except OSError as error:
        print(f'1..0 # SKIP {error}')
        return
    tap, office = Tap(), Office()
    at = ('--at', office.now)
    terminal = Terminal('status', office.file, '--as', 'sousa', *at).answer('Passphrase of sousa: ',
                                                                            words_of('sousa') + '\n')
    status = terminal.end()
    tap.check(status == 0 and words_of('sousa') not in terminal.seen, 'a passphrase is asked for and not echoed',
              status, terminal.seen)
    terminal = Terminal('status', office.file, '--as', 'sousa', *at).answer('Passphrase of sousa: ', 'wrong\n')
    tap.check(terminal.end() == 3, 'a wrong one is told', terminal.seen)
    terminal = Terminal('status', office.file, '--as', 'sousa', *at).answer('Passphrase of sousa: ', 'sou\x03')
    tap.check(terminal.end() == 3 and 'no passphrase was given' in terminal.seen, 'Ctrl+C gives up', terminal.seen)
    terminal = Terminal('passwd', office.file, '--as', 'hansou', *at, '--light')
    terminal.answer('Passphrase of hansou: ', words_of('hansou') + '\n')
    terminal.answer('New passphrase: ', 'akebia-28-lespedeza\n').answer('Once more: ', 'akebia-29-lespedeza\n')
    tap.check(terminal.end() == 2 and 'differ' in terminal.seen, 'two that differ change nothing', terminal.seen)
    terminal = Terminal('passwd', office.file, '--as', 'hansou', *at, '--light')
    terminal.answer('Passphrase of hansou: ', words_of('hansou') + '\n')
    terminal.answer('New passphrase: ', 'akebia-28-lespedeza\n').answer('Once more: ', 'akebia-28-lespedeza\n')
    tap.check(terminal.end() == 0, 'a passphrase is changed', terminal.seen)
    office.passphrase('hansou', 'akebia-28-lespedeza')
    tap.expect(office.as_person('hansou', 'status'), 0, 'and opens the file')
    office.passphrase('hansou', words_of('hansou'))
    tap.expect(office.as_person('hansou', 'status'), 3, 'which the old one does no more')
    founded = office.path('second.kanribo')
    terminal = Terminal('new', founded, '--light', *at)
    for prompt, text in (('Profile (nagasaki, fukui, blank, or a .json file): ', 'blank'), ('Login: ', 'chief'),
                         ('Name: ', '長崎　太郎'), ('Staff number: ', '1'),
                         ('New passphrase: ', 'zelkova-91-kerria'), ('Once more: ', 'zelkova-91-kerria')):
        terminal.answer(prompt, f'{text}\n')
    tap.check(terminal.end() == 0 and os.path.exists(founded), 'founding asks for what it was not given', terminal.seen)
    result = office.run('status', office.file, '--as', 'sousa', env={'KANRIBO_PASSPHRASE': words_of('sousa')})
    tap.expect(result, 3, 'without terminal and file there is no passphrase', '--passphrase-file')
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
