#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where nothing can be written, and where the disk is full: the system's failure is told in one line with exit status
5, what was there is there still, and nothing half written is left. Root, who could write anywhere, sends another."""
import hashlib
import os
import resource
import shutil
import signal
import subprocess

import office
from office import Office, Tap

NOBODY = 65534
ROOT = os.getuid() == 0
ACT = ('outsider.register', 'name=A', 'company=B')


class PlainOffice(Office):
    """Where the program is run by somebody to whom permissions apply, with room for files that grow up to a limit."""
    limit = None

    def found(self, profile):
        super().found(profile)
        self.program = self.path('kanribo')
        shutil.copy(office.KANRIBO, self.program)
        self.give_away()

    def give_away(self):
        """To whom the program is run as."""
        for folder, _, names in os.walk(self.folder) if ROOT else ():
            for path in (folder, *(os.path.join(folder, name) for name in names)):
                os.chown(path, NOBODY, NOBODY)

    def run(self, *args, at=None, env=None, stdout=None):
        if not hasattr(self, 'program'):
            return super().run(*args, at=at, env=env, stdout=stdout)
        who = {'user': NOBODY, 'group': NOBODY, 'extra_groups': []} if ROOT else {}
        done = subprocess.run([self.program, *args, '--at', at or self.now], stdout=stdout or subprocess.PIPE,
                              stderr=subprocess.PIPE, start_new_session=True, env={**office.NO_DISPLAY, **(env or {})},
                              check=False, timeout=120, restore_signals=False, preexec_fn=self.limit_files, **who)
        return office.Result(done.returncode, (done.stdout or b'').decode(), done.stderr.decode())

    def limit_files(self):
        """A file that cannot grow fails as a full disk does, half way through a write."""
        if self.limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.limit, self.limit))

    def seen(self, folder=None):
        """What lies there, what the office's file says, and whether the passphrase is as it was."""
        with open(self.file, 'rb') as file:
            data = file.read()
        return (sorted(os.listdir(folder or self.folder)), hashlib.sha256(data[65536:]).hexdigest(),
                self.as_person('sousa', 'status').status)


def refused(tap, name, result, words, before, after):
    """In one line, and nothing has changed."""
    tap.expect(result, 5, name, 'kanribo: ', *words)
    tap.check(result.err.count('\n') == 1 and result.out == '', f'{name}: one line', result.out, result.err)
    tap.check(before == after, f'{name}: nothing is lost, and nothing left over', before, after)


def writing(place, data):
    """Everything that writes: what is tried, and with which arguments of the command line."""
    return (('an act', ('do', data.file, *ACT)),
            ('a passphrase', ('passwd', data.file, '--new-passphrase-file',
                              data.passphrase('other', 'akebia-29-lespedeza\n'))),
            ('a new office', ('new', os.path.join(place, 'new.kanribo'), '--profile', 'nagasaki', '--login', 'x',
                              '--name', 'X', '--staff-no', '1', '--light')),
            ('a backup', ('backup', data.file, os.path.join(place, 'copy.kanribo'))),
            ('a paper', ('print', data.file, 'outsider', '-o', os.path.join(place, 'paper.pdf'))))


def attempt(data, args):
    who = () if args[0] == 'new' else ('--as', 'sousa')
    result = data.run(*args, *who, '--passphrase-file', data.path('sousa'))
    if args[0] == 'passwd' and result.status == 0:
        os.replace(data.path('other'), data.path('sousa'))
    return result


def reading(tap, data, name):
    """What lies where nothing can be written is read, and verified."""
    tap.expect(data.as_person('sousa', 'status'), 0, f'{name}: the status is read')
    tap.expect(data.as_person('sousa', 'show', 'place'), 0, f'{name}: a register is read', '保管庫')
    tap.expect(data.do('sousa', *ACT, '--dry-run'), 0, f'{name}: an act can be tried')
    tap.expect(data.as_person('sousa', 'verify'), 0, f'{name}: it is verified, and said that the result is not kept',
               'Nothing was altered', 'opened for reading only')


def read_only(tap, data):
    os.chmod(data.file, 0o400)
    name = 'a file that cannot be written to'
    for what, args in writing(data.folder, data)[:2]:
        before = data.seen()
        refused(tap, f'{name}: {what}', attempt(data, args), ['can be written'], before, data.seen())
    reading(tap, data, name)
    os.chmod(data.file, 0o600)

    name = 'a folder that cannot be written to'
    os.chmod(data.folder, 0o500)
    for what, args in writing(data.folder, data):
        before = data.seen()
        refused(tap, f'{name}: {what}', attempt(data, args), ['can be written'], before, data.seen())
    reading(tap, data, name)
    os.chmod(data.folder, 0o700)

    shut = data.path('shut')
    os.mkdir(shut, 0o500)
    data.give_away()
    for what, args in writing(shut, data)[2:]:
        before = data.seen(shut)
        refused(tap, f'another folder that cannot be written to: {what}', attempt(data, args), ['can be written'],
                before, data.seen(shut))
    os.chmod(data.file, 0o400)
    tap.expect(attempt(data, ('backup', data.file, data.path('copy.kanribo'))), 0,
               'what cannot be written to is still copied')
    tap.expect(data.as_person('sousa', 'verify', file=data.path('copy.kanribo')), 0, 'the copy holds')
    os.remove(data.path('copy.kanribo'))
    os.chmod(data.file, 0o600)
    os.rmdir(shut)


def growing(tap, data):
    """A new file that stops growing before it is whole."""
    for what, args in writing(data.folder, data)[2:]:
        for limit in (0, 28672, 65536, 100000):
            before = data.seen()
            data.limit = limit
            result = attempt(data, args)
            data.limit = None
            if result.status == 5:
                refused(tap, f'no file grows beyond {limit} bytes: {what}', result, [], before, data.seen())
            else:
                tap.check(result.status == 0, f'files of {limit} bytes are enough: {what}', result.err)
            for left in ('new.kanribo', 'copy.kanribo', 'paper.pdf'):
                if os.path.exists(data.path(left)):
                    os.remove(data.path(left))
    tap.expect(data.as_person('sousa', 'verify'), 0, 'after all that the file holds', 'Nothing was altered')


def mount(folder, size):
    return ROOT and subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={size}', 'tmpfs', folder], check=False,
                                   stderr=subprocess.DEVNULL).returncode == 0


def full(tap, data):
    """A small disk of its own with the office's file on it, filled but for so many bytes."""
    disk, ballast = data.path('disk'), data.path('disk/ballast')
    os.mkdir(disk)
    if not mount(disk, 12 * 1024 * 1024):
        tap.skip('a full disk', 'none can be made here')
        return
    try:
        data.file = shutil.copy(data.file, disk)
        for what, args in writing(disk, data):
            for room in (0, 8192):
                free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
                with open(ballast, 'wb') as file:
                    file.write(bytes(max(0, free - room)))
                data.give_away()
                before = data.seen(disk)
                result = attempt(data, args)
                if result.status == 5 or room == 0:
                    refused(tap, f'{room} bytes are left: {what}', result, ['make room'], before, data.seen(disk))
                else:
                    tap.check(result.status == 0, f'{room} bytes are enough: {what}', result.err)
                for left in ('ballast', 'new.kanribo', 'copy.kanribo', 'paper.pdf'):
                    if os.path.exists(os.path.join(disk, left)):
                        os.remove(os.path.join(disk, left))
        for what, args in writing(disk, data):
            result = attempt(data, args)
            tap.check(result.status == 0, f'with room again: {what}', result.err)
        tap.expect(data.as_person('sousa', 'verify'), 0, 'after all that the file holds', 'Nothing was altered')
    finally:
        data.file = data.path('office.kanribo')
        subprocess.run(['umount', disk], check=False)


def main():
    tap, data = Tap(), PlainOffice()
    for part in (read_only, growing, full):
        part(tap, data)
    data.close()
    tap.end()


if __name__ == '__main__':
    main()
