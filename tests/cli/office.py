# SPDX-License-Identifier: GPL-3.0-or-later
"""A small office in a file of its own, driven through the command line, and TAP for those who test with it."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zlib

KANRIBO = os.environ['KANRIBO']
NO_DISPLAY = {name: value for name, value in os.environ.items() if name not in ('DISPLAY', 'WAYLAND_DISPLAY')}
DATABASE_AT = 65536
STAFF = (('chief', '1001', '長崎　太郎', None), ('soumu', '1002', '大村　和子', 'general_affairs_manager'),
         ('nenkin', '1003', '諫早　一郎', 'pension_manager'), ('sousa', '1004', '辻󠄀　葛󠄀彦', None),
         ('hansou', '1005', '髙﨑　次郎', None))


def words_of(login):
    """A passphrase that is strong enough and does not name whose it is."""
    return f'kudzu-{zlib.crc32(login.encode()):08x}-brasenia'


class Result:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    @property
    def json(self):
        return json.loads(self.out)


class Office:
    """Chief, both managers and two operators, a store and a rule that allows USB memories."""

    def __init__(self, profile='nagasaki'):
        self.folder = tempfile.mkdtemp()
        self.file = os.path.join(self.folder, 'office.kanribo')
        self.now = '2025-08-18T09:00'
        self.found(profile)

    def close(self):
        shutil.rmtree(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def passphrase(self, login, text=None):
        path = self.path(login)
        if text is not None:
            with open(path, 'wb') as file:
                file.write(text if isinstance(text, bytes) else text.encode())
        return path

    def run(self, *args, at=None, env=None, stdout=None):
        done = subprocess.run([KANRIBO, *args, '--at', at or self.now], stdout=stdout or subprocess.PIPE,
                              stderr=subprocess.PIPE, start_new_session=True, check=False, timeout=120,
                              env={**NO_DISPLAY, 'XDG_STATE_HOME': self.path('state'), **(env or {})})
        return Result(done.returncode, (done.stdout or b'').decode(), done.stderr.decode())

    def as_person(self, login, command, *args, file=None, **options):
        return self.run(command, file or self.file, *args, '--as', login, '--passphrase-file', self.path(login),
                        **options)

    def do(self, login, kind, *args, **options):
        return self.as_person(login, 'do', kind, *args, **options)

    def must(self, *args, **options):
        result = self.do(*args, **options)
        if result.status != 0:
            raise RuntimeError(f'{args}: {result.err}{result.out}')
        return result

    def tamper(self, *sql, login='chief'):
        """The database part under its raw key, as the stock shell opens it."""
        part, pragma = self.path('part.db'), self.as_person(login, 'raw-key').out
        with open(self.file, 'rb') as file:
            head, body = file.read(DATABASE_AT), file.read()
        with open(part, 'wb') as file:
            file.write(body)
        subprocess.run([os.environ['SQLCIPHER'], part, pragma, *sql], check=True, stdout=subprocess.PIPE, timeout=60)
        with open(part, 'rb') as file:
            body = file.read()
        with open(self.file, 'wb') as file:
            file.write(head + body)

    def with_person(self, login):
        return ['--with', f'{login}:{self.path(login)}']

    def found(self, profile):
        self.passphrase('chief', words_of('chief') + '\n')
        result = self.run('new', self.file, '--profile', profile, '--login', 'chief', '--name', STAFF[0][2],
                          '--staff-no',
                          '1001', '--passphrase-file', self.path('chief'), '--light')
        if result.status != 0:
            raise RuntimeError(result.err)
        for number, (login, staff_no, name, office) in enumerate(STAFF[1:], 2):
            self.must('chief', 'person.register', f'staff_no={staff_no}', f'name={name}')
            if office:
                self.must('chief', 'appointment.make', f'person=P{number}', f'office={office}', 'kind=regular',
                          'since=2025-04-01')
            once = self.passphrase('once', f'once {login}\n')
            enrolled = self.as_person('chief', 'person', 'enroll', f'P{number}', f'login={login}', '--one-time-file',
                                      once,
                                      '--light')
            if enrolled.status != 0:
                raise RuntimeError(enrolled.err)
        for login, _, _, _ in STAFF[1:]:
            once = self.passphrase('once', f'once {login}\n')
            own = self.passphrase(login, words_of(login) + '\n')
            claimed = self.run('key', self.file, 'claim', '--as', login, '--passphrase-file', once,
                               *self.with_person('chief' if login == 'soumu' else 'soumu'),
                               '--new-passphrase-file', own, '--light')
            if claimed.status != 0:
                raise RuntimeError(claimed.err)
        self.must('soumu', 'operator.designate', 'person=sousa', 'since=2025-08-18')
        self.must('soumu', 'operator.designate', 'person=hansou', 'since=2025-08-18')
        self.must('nenkin', 'place.establish', 'title=保管庫', 'room=電算室', 'level=3')
        self.must('nenkin', 'rule.enter', 'kind=media_kind', 'title=ＵＳＢの定め', 'allows=usb', 'in_force_from=2025-08-18')


class Tap:
    def __init__(self):
        self.n = self.failed = 0

    def check(self, holds, name, *said):
        self.n += 1
        self.failed += not holds
        print(f"{'ok' if holds else 'not ok'} {self.n} - {name}", flush=True)
        for text in said if not holds else ():
            for line in str(text).split('\n'):
                print(f'# {line}')

    def expect(self, result, status, name, *texts):
        """Exit status, and words that must stand in what was said."""
        said = result.out + result.err
        missing = [t for t in texts if t not in said]
        self.check(result.status == status and not missing, name, f'exit status {result.status}, {status} expected',
                   f'lacks {missing}', said)

    def skip(self, name, why):
        self.n += 1
        print(f'ok {self.n} - {name} # SKIP {why}', flush=True)

    def end(self):
        print(f'1..{self.n}')
        sys.exit(1 if self.failed else 0)
