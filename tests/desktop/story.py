#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job through the real window: a medium from its recording to its certificate, and who alters a row later.
As a test it speaks TAP, and looks at what it leaves; `story.py --demo` does it in a Japanese window and leaves file,
certificate and pictures in build/demo."""
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

from desktop import BUILD, Desktop, Window, wait
from wizards import Wizard
from office import Office, Tap, words_of

DEMO = '--demo' in sys.argv
REQUEST = {'kind': 'round_trip', 'media': 'U-0012', 'counterpart': '佐世保', 'destination': '電算センター',
           'reason': '年金受給権者の現況確認に係る突合処理を行うため', 'transport': 'own_car', 'route': '国道34号（立寄りなし）',
           'carrier': '髙﨑', 'container': 'locked_container'}


VERBS = {'consent': {'en': 'Consent', 'ja': '承諾する'}, 'confirm': {'en': 'Confirm', 'ja': '確認する'}}
OVERDUE = {'en': 'Overdue', 'ja': '期限超過'}


class StoryOffice(Office):
    """With a witness, a counterpart, eleven certificates of the year, and a day on which one person holds two posts."""

    def found(self, profile):
        super().found(profile)
        before = self.with_person('nenkin')
        self.now = '2025-08-19T09:00'
        self.must('chief', 'person.register', 'staff_no=1006', 'name=島原　花子', *before)
        self.must('chief', 'appointment.make', 'person=P6', 'office=general_affairs_head', 'kind=regular',
                  'since=2025-08-19', *before)
        once = self.passphrase('once', 'once tachiai\n')
        self.passphrase('tachiai', words_of('tachiai') + '\n')
        for args in (('person', self.file, 'enroll', 'P6', 'login=tachiai', '--one-time-file', once, '--light', '--as',
                      'chief', '--passphrase-file', self.path('chief'), *before),
                     ('key', self.file, 'claim', '--as', 'tachiai', '--passphrase-file', once,
                      *self.with_person('soumu'), '--new-passphrase-file', self.path('tachiai'), '--light')):
            result = self.run(*args)
            if result.status != 0:
                raise RuntimeError(result.err)
        self.must('chief', 'appointment.make', 'person=P2', 'office=pension_manager', 'kind=acting', 'since=2025-10-16',
                  'until=2025-10-16', *before)
        self.must('sousa', 'outsider.register', 'name=佐世保　次郎', 'company=電算センター', 'post=システム課',
                  'telephone=095-000-0000')
        self.now = '2025-08-25T10:00'
        for n in range(1, 12):
            self.must('sousa', 'media.register', 'media_kind=hdd', f'label=HDD-旧{n:02}', 'maker=WD', 'model=WD10',
                      f'serial=WX-{n:02}', 'capacity=1TB')
            self.must('sousa', 'media.destroy', f'media=M{n}', f'identified=[{{"medium":"M{n}","serial":"WX-{n:02}"}}]',
                      'method=shred_disk', 'place=書庫', 'machine=MSD-F31', 'executor=sousa', 'witness=X1',
                      'witness_paper=yes', 'photographs=1', *before)

    def alter(self, altered, sql):
        """What a holder of the file key could do with a database tool."""
        pragma = self.as_person('sousa', 'raw-key').out.strip()
        with open(self.file, 'rb') as file:
            head, rest = file.read(65536), file.read()
        part = self.path('part.db')
        with open(part, 'wb') as file:
            file.write(rest)
        subprocess.run([os.environ['SQLCIPHER'], part, pragma, sql], check=True, stdout=subprocess.DEVNULL)
        with open(part, 'rb') as file, open(altered, 'wb') as out:
            out.write(head + file.read())


class Story:
    """Whatever the window is driven with; @folder: where file, certificate and pictures are left, if anywhere."""

    def __init__(self, desktop, office, tap, driver, folder):
        self.desktop, self.office, self.tap, self.driver, self.folder = desktop, office, tap, driver, folder
        self.window = driver(desktop, office.file, japanese=DEMO, now='2025-09-20T10:00')
        self.words = self.window.words
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
            os.makedirs(self.pictures())

    def passphrase(self, login):
        with open(self.office.path(login), encoding='utf-8') as file:
            return file.read().strip()

    def told(self, what):
        self.tap.check(True, what)

    def pictures(self):
        return os.path.join(self.folder, 'pictures')

    def picture(self, name):
        if self.folder:
            self.desktop.picture(os.path.join(self.pictures(), name + '.png'))

    def sits_down(self, login, now):
        self.window.switch_to(login, self.passphrase(login), now)

    def begin(self, kind, subject=None):
        """From its register's page, or from a record's."""
        if subject:
            self.window.record(subject)
        else:
            self.window.go(self.words.register(self.words.acts[kind]['register']))
        self.window.press(self.words.act(kind))
        return Wizard(self.window, kind)

    def signs(self, wizard, login, others=()):
        wizard.sign(self.passphrase(login), [(title, other, self.passphrase(other)) for title, other in others])
        self.window.alone()

    # --- the story --------------------------------------------------------------------------------------------------

    def recording(self):
        self.window.unlock('sousa', self.passphrase('sousa'))
        wizard = self.begin('media.register')
        wizard.fill({'media_kind': 'usb', 'label': 'U-0012', 'maker': '東芝', 'model': 'TransMemory U365',
                     'serial': '21TSA0098812', 'capacity': '32GB'})
        self.signs(wizard, 'sousa')
        self.told('A USB memory is registered')
        wizard = self.begin('media.record', 'M12')
        wizard.answer_page({'purpose': 'purpose_4', 'serves': '2025-10', 'count': '1234', 'source': '123456789018',
                            'copies': '0'})
        wizard.refused(self.words('This looks like an individual number or a resident record code. '
                                  'Identity information is never kept here.'))
        self.told('An individual number is refused beside its field')
        wizard.answer_page({'source': '住基ネット端末'})
        wizard.through()
        self.signs(wizard, 'sousa')
        self.told('Identity information is recorded for the October payment')
        wizard = self.begin('media.store', 'M12')
        wizard.fill({'place': '保管庫'})
        wizard.sign()
        self.window.alone()
        self.told('It is put into its place')

    def request(self, since, until):
        wizard = self.begin('takeout.request')
        wizard.fill({**REQUEST, 'since': since, 'until': until})
        self.signs(wizard, 'sousa')

    def decide(self, login, subject, verb):
        """The approval wizard: three clicks and a passphrase."""
        self.window.go(self.words('Approvals'))
        self.window.press(self.words('Decide on %s') % subject)
        self.window.titled(self.words('Approvals'))
        if subject == 'T2':
            self.window.wait_for('button', VERBS[verb][self.words.language])
            self.picture('2-approval')
        self.window.press(VERBS[verb][self.words.language])
        self.window.wait_for('entry', self.words('_Passphrase'))
        self.window.fill(self.words('_Passphrase'), self.passphrase(login))
        self.window.press(VERBS[verb][self.words.language])
        self.window.alone()

    def cannot(self, subject, kind):
        """A record that does not offer an act says why."""
        self.window.record(subject)
        self.window.reads(self.words('Not Possible Now'))
        seen = self.window.look()
        self.tap.check(seen.find('button', self.words.act(kind)) is None, f'{kind} is not offered for {subject}')

    def consent(self):
        self.sits_down('sousa', '2025-10-16T09:00')
        self.window.reads('B1', 'U-0012')
        self.told('The payment day has passed: it is due today')
        self.request('2025-10-16', '2025-10-17')
        self.window.go(self.words('Approvals'))
        self.window.reads('T1', self.words('Waits for Others'))
        decide = self.words('Decide on %s') % 'T1'
        self.tap.check(self.window.look().find('button', decide) is None, 'Who asked cannot consent')
        self.sits_down('soumu', '2025-10-16T10:00')
        self.decide('soumu', 'T1', 'consent')
        self.window.go(self.words('Approvals'))
        self.window.reads('T1', self.words('Waits for Others'))
        self.told('One person in both capacities is not enough: the chief is awaited')
        self.sits_down('sousa', '2025-10-16T11:00')
        self.cannot('T1', 'takeout.dispatch')
        wizard = self.begin('hand.withdraw', 'T1')
        wizard.through()
        self.signs(wizard, 'sousa')
        self.told('The operator withdraws')
        self.sits_down('sousa', '2025-10-17T09:00')
        self.request('2025-10-20', '2025-10-21')
        for login, at in (('soumu', '10:00'), ('nenkin', '11:00')):
            self.sits_down(login, f'2025-10-17T{at}')
            self.decide(login, 'T2', 'consent')
            self.told(f'{login} consents')

    def transport(self):
        self.sits_down('sousa', '2025-10-20T09:00')
        wizard = self.begin('takeout.dispatch', 'T2')
        wizard.answer_page({'quantity': '1', 'count': '1233'})
        wizard.refused('1,234')
        self.told('Another count than was consented to does not leave')
        wizard.answer_page({'count': '1234'})
        wizard.next()
        wizard.answer_page({'container': 'locked_container', 'seal': 'S-000231'})
        wizard.next()
        wizard.answer_page({'carrier': '髙﨑'})
        wizard.next()
        self.signs(wizard, 'sousa', [(self.words.hand('takeout.dispatch', 'carrier'), 'hansou')])
        self.told('It is dispatched, sealed, from hand to hand')
        self.sits_down('hansou', '2025-10-20T10:10')
        wizard = self.begin('takeout.arrive', 'T2')
        wizard.fill({'arrived_seal': 'S-000231', 'arrival': 'sound', 'receiver': '佐世保', 'receiver_paper': 'yes',
                     'receipt': 'R-7'})
        self.signs(wizard, 'hansou')
        self.told('It arrives as it left')
        self.sits_down('sousa', '2025-10-21T15:00')
        wizard = self.begin('takeout.return', 'T2')
        wizard.fill({'returned_quantity': '1', 'returned_count': '1234', 'returned_state': 'sound', 'returner': '髙﨑',
                     'taken_back_by': '辻', 'place': '保管庫'})
        self.signs(wizard, 'sousa', [(self.words.hand('takeout.return', 'returner'), 'hansou')])
        self.told('It returns, counted')

    def overdue(self):
        self.sits_down('sousa', '2025-10-23T09:00')
        kind = OVERDUE[self.words.language]
        self.window.reads('U-0012', kind)
        wait('the desktop to be told', lambda: any(kind in told['summary'] for told in self.desktop.notified()))
        self.told('The grace has passed: Today says so, and the desktop is told')
        self.picture('1-today')
        self.status()

    def status(self):
        """What the command line says of it, while the window has the file open."""
        result = self.office.as_person('sousa', 'status', at='2025-10-23T09:00', env=self.window.env)
        self.tap.expect(result, 0, 'The command line says so too', OVERDUE[self.words.language], 'M12 U-0012')
        if DEMO:
            lines = ['', '$ kanribo status office.kanribo --as sousa', *result.out.splitlines(), '']
            print(*(f'  {line}'.rstrip() for line in lines), sep='\n', flush=True)

    def destruction(self):
        self.sits_down('sousa', '2025-10-24T13:30')
        wizard = self.begin('media.erase', 'M12')
        wizard.fill({'erasure': 'overwrite', 'erasure_tool': 'nwipe 0.34', 'erased_count': '1234',
                     'erasure_verified': 'yes', 'erasure_place': '電算室'})
        self.signs(wizard, 'sousa')
        self.told('The batch is erased')
        wizard = self.begin('media.destroy', 'M12')
        wizard.next()
        number = 'M12　U-0012　' + self.words("maker's number")
        self.window.fill(number, '21TSA0098813')
        self.window.click('entry', number)
        self.window.keys('Return')
        self.window.reads(self.words('“%s” is not what the register says of %s') % ('21TSA0098813', 'M12'))
        self.told('Another number than the register has is told at once')
        self.window.fill(number, '21TSA0098812')
        wizard.answer_page({'photographs': '3'})
        wizard.next()
        wizard.next()
        wizard.answer_page({'method': 'shred_flash', 'place': '書庫', 'machine': 'MSD-F31', 'executor': '辻',
                            'witness': '島原'})
        wizard.next()
        self.picture('3-destruction')
        wizard.sign(self.passphrase('sousa'), [(self.words.hand('media.destroy', 'witness'), 'tachiai',
                                                self.passphrase('tachiai'))])
        self.window.press(self.words('_Close'))
        self.window.alone()
        self.told('The medium is shredded before a witness who signs')
        self.sits_down('nenkin', '2025-10-24T16:40')
        self.decide('nenkin', 'D12', 'confirm')
        self.told('The system manager confirms')

    def certificate(self):
        """In a program of its own: the toolkit's dialog for files loses names of what it listed, and whatever else was
        lost has been told when the one before ended."""
        path = os.path.join(self.office.folder, 'certificate.pdf')
        self.window.close()
        self.window = self.driver(self.desktop, self.office.file, japanese=DEMO, now='2025-10-24T16:50',
                                  env={'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'})
        self.window.unlock('nenkin', self.passphrase('nenkin'))
        self.window.record('D12')
        self.window.print_first(path)
        self.picture('4-certificate')
        self.certifies(path, 'The certificate, saved as PDF, says all')

    def certifies(self, path, what):
        text = subprocess.run(['pdftotext', path, '-'], stdout=subprocess.PIPE, check=True).stdout.decode()
        text = ''.join(text.split())
        missing = [t for t in ('第12号', '記録媒体廃棄証明書', '21TSA0098812', '1,234件', '島原', '諫早') if t not in text]
        self.tap.check(not missing, what, missing, text)

    def alteration(self):
        self.window.close()      # from the preview, which is still open
        altered = os.path.join(self.office.folder, 'altered.kanribo')
        self.office.alter(altered, 'UPDATE batch SET count = 34 WHERE id = 1;')
        self.window = self.driver(self.desktop, altered, japanese=DEMO, now='2026-04-24T09:00')
        self.window.unlock('chief', self.passphrase('chief'))
        self.window.go(self.words('Ledger'))
        self.window.press(self.words('_Verify…'))
        self.window.titled(self.words('Verification'))
        self.window.reads(self.words('The File Was Altered'), 'B1', '34', '1,234')
        self.picture('5-altered')
        self.told('Half a year later somebody alters a row: verification names it')

    def leave(self):
        """All that somebody may want to look at afterwards; returns what to say of it."""
        for name in ('office.kanribo', 'altered.kanribo', 'certificate.pdf'):
            if os.path.exists(self.office.path(name)):
                shutil.copy(self.office.path(name), self.folder)
        return (f'The file:        {self.folder}/office.kanribo (passphrase of sousa: “{words_of("sousa")}”)\n'
                f'The certificate: {self.folder}/certificate.pdf\nPictures:        {self.pictures()}')

    def left(self):
        """What is left is there, can be read, and is where it is said to be."""
        said = self.leave()
        file, certificate = (os.path.join(self.folder, name) for name in ('office.kanribo', 'certificate.pdf'))
        self.tap.expect(self.office.as_person('sousa', 'show', 'D12', file=file), 0, 'The file is left, and opens')
        self.certifies(certificate, 'The certificate is left')
        pictures = sorted(os.listdir(self.pictures()))
        sizes = {subprocess.run(['identify', '-format', '%wx%h', os.path.join(self.pictures(), name)], check=True,
                                stdout=subprocess.PIPE).stdout for name in pictures}
        self.tap.check([name[0] for name in pictures] == list('12345') and sizes == {b'1024x600'},
                       'Pictures of the main screens are left', pictures, sizes)
        self.tap.check(all(place in said for place in (file, certificate, self.pictures(), words_of('sousa'))),
                       'It says where', said)


def tell(driver, name, folder=None):
    """From its beginning to its end; @folder: where to leave what came of it."""
    tap = Tap()
    desktop = Desktop()
    office = StoryOffice()
    story = Story(desktop, office, tap, driver, folder)
    for scene in (story.recording, story.consent, story.transport, story.overdue, story.destruction, story.certificate,
                  story.alteration, *([story.left] if folder and not DEMO else [])):
        try:
            scene()
        except Exception as wrong:
            desktop.failed(name)
            tap.check(False, scene.__name__, traceback.format_exc(), wrong)
            break
    if DEMO:
        print('', story.leave(), sep='\n')
    office.close()
    tap.end()


if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as own:
        tell(Window, 'story', os.path.join(BUILD if DEMO else own, 'demo'))
