#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the window over the demo office. Usage: screens.py ja|en light|dark WIDTHxHEIGHT FOLDER. A screen that
cannot be reached is told and left out, and so is what a Japanese screen says in English or not at all; then it ends
with 1."""
import os
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'desktop'))
from desktop import KANRIBO, Desktop, Window, wait  # noqa: E402
from reading import read  # noqa: E402
from wizards import Wizard  # noqa: E402

NOW = '2026-11-10T09:00'
# Whose desk each job belongs to, what it is begun from, and what is answered.
REQUEST = {'kind': 'round_trip', 'media': 'ＵＳＢ-06', 'counterpart': '大塚', 'destination': '全国共済年金連合会',
           'reason': '年金受給権者の現況確認に係る突合処理を行うため', 'since': '2026-11-10', 'until': '2026-11-12',
           'transport': 'own_car', 'route': '国道34号（立寄りなし）', 'carrier': '森', 'container': 'locked_container'}
DISPATCH = {'quantity': '1', 'count': '75', 'container': 'locked_container', 'seal': 'S-000310', 'carrier': '森'}
JOBS = {
    'nagao': (
        ('media.register', None, {'media_kind': 'usb', 'label': 'ＵＳＢ-10', 'maker': '東芝', 'model': 'TransMemory U365',
                                  'serial': '21TSA0098812', 'capacity': '32GB'}),
        ('media.record', 'M39', {'recorded_on': '2026-11-10', 'purpose': 'purpose_2', 'count': '120',
                                 'source': '住基ネット端末', 'copies': '0'}),
        ('takeout.request', None, REQUEST),
        ('media.checkin', 'M47', {}),
        ('takeout.dispatch', 'T27', DISPATCH),
        ('takeout.return', 'T26', {'returned_quantity': '1', 'returned_count': '137', 'returned_state': 'sound',
                                   'returner': '森', 'taken_back_by': '永尾', 'place': '媒体保管庫'}),
        ('outsider.register', None, {'name': '諫早　三郎', 'company': '県央電算センター', 'post': '運用課'}),
    ),
    'watanabe': (
        ('appointment.make', None, {'person': '一ノ瀬', 'office': '年金係長', 'kind': 'concurrent',
                                    'since': '2026-12-01'}),
        ('rule.enter', None, {'kind': 'media_kind', 'title': 'ＳＳＤの使用に関する定め', 'in_force_from': '2026-12-01',
                              'allows': 'ssd'}),
    ),
}


class Camera:
    UNREAD = ('backup', )       # the toolkit's own dialog for files

    def __init__(self, language, scheme, size, folder, work):
        self.folder, self.n, self.missed, self.file = folder, 0, [], os.path.join(work, '管理簿.kanribo')
        subprocess.run([KANRIBO, 'demo', self.file, '--light', '--at', NOW], check=True, stdout=subprocess.DEVNULL)
        self.prepare(work)
        self.logins = {*os.listdir(self.file + '.passphrases'), 'isahaya'}
        self.desktop = Desktop(size=tuple(int(part) for part in size.split('x')))
        self.desktop.start('xcompmgr', stderr=subprocess.DEVNULL)       # else what a menu leaves free is black
        self.options = {'japanese': language == 'ja', 'dark': scheme == 'dark', 'now': NOW}
        self.window = None

    def passphrase(self, login):
        with open(self.key(login), encoding='utf-8') as file:
            return file.read().strip()

    def prepare(self, work):
        """A take-out that is asked for, consented to and on its way, each in a file of its own, and people who have a
        one-time passphrase or none."""
        self.asked, self.moving = (os.path.join(work, name + '.kanribo') for name in ('申請中', '搬送中'))
        self.once = os.path.join(work, 'once')
        with open(self.once, 'w', encoding='utf-8') as file:
            file.write('once isahaya\n')
        second = ('--with', 'yoshida:' + self.key('yoshida'))
        self.run('matsuo', 'do', 'person.register', 'staff_no=1098', 'name=平戸　次郎', *second)
        self.run('matsuo', 'do', 'person.register', 'staff_no=1099', 'name=諫早　花子', *second)
        enroll = 'person', 'enroll', 'P14', 'login=isahaya', '--one-time-file', self.once, '--light'
        self.run('matsuo', *enroll)
        self.run('yoshida', 'do', 'hand.give', 'subject=P14')
        self.run('matsuo', *enroll)
        self.copy(self.asked)
        self.run('watanabe', 'do', 'hand.give', 'subject=T27')
        self.copy(self.moving)
        asked, self.file = self.file, self.moving
        self.run('nagao', 'do', 'takeout.dispatch', 'subject=T27', 'carrier=P9',
                 *(f'{key}={value}' for key, value in DISPATCH.items() if key != 'carrier'),
                 '--with', 'mori:' + self.key('mori'))
        self.file = asked

    def copy(self, file):
        shutil.copy(self.file, file)
        shutil.copytree(self.file + '.passphrases', file + '.passphrases')

    def key(self, login):
        return os.path.join(self.file + '.passphrases', login)

    def run(self, login, command, *args):
        """By the command line, before anything is looked at."""
        done = subprocess.run([KANRIBO, command, self.file, *args, '--as', login, '--passphrase-file', self.key(login),
                               '--at', NOW], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            raise RuntimeError(f'{login}: {args}: {done.stdout.decode()}')

    def take(self, name):
        """Once the picture stands still; what a Japanese one says is read."""
        self.photograph(name)
        if self.options['japanese'] and name not in self.UNREAD and not name.endswith('-missed'):
            unnamed, foreign = read(self.window, self.logins)
            self.missed += [f'{name}: no name: {what}' for what in unnamed]
            self.missed += [f'{name}: no Japanese: {what}' for what in foreign]

    def photograph(self, name):
        self.n += 1
        self.expose(os.path.join(self.folder, f'{self.n:02}-{name}.png'))

    def expose(self, path, window='root'):
        before = b''
        for _ in range(20):
            time.sleep(0.15)
            self.desktop.picture(path, window)
            with open(path, 'rb') as file:
                now = file.read()
            if now == before:
                return
            before = now

    def scene(self, name, steps):
        try:
            steps()
        except Exception as wrong:
            self.missed.append(f'{name}: {wrong}')
            self.take(name + '-missed')
            self.restart()

    def restart(self):
        """After a scene that was left half way."""
        self.leave()
        self.sit_down()

    def leave(self):
        if self.window.program.poll() is None:
            self.window.program.kill()
            self.window.program.wait()

    def sit_down(self, login='nagao'):
        self.window = Window(self.desktop, self.file, **self.options)
        self.window.unlock(login, self.passphrase(login))
        hide = self.window.look().find('button', self.window.words('Hide'))
        if hide is not None:        # that the program was ended without a word
            hide.press()

    def at_the_door(self):
        self.window = Window(self.desktop, **self.options)
        words = self.window.words
        self.window.wait_for('button', words('_New File…'))
        self.take('start')
        self.window.press(words('_New File…'))
        self.window.titled(words('New File'))
        self.take('founding-1')
        self.window.fill(words('Where the file is kept'), os.path.join(self.desktop.folder, '新しい.kanribo'))
        for page, rows in ((2, {'Name of the association': '長崎県市町村職員共済組合'}),
                           (3, {'Staff number': '1001', 'Name': '長崎　太郎', 'User name': 'chief'}),
                           (4, {'New passphrase': 'x' * 8}), (5, {})):
            if page < 5:
                self.window.press(words('_Next'))
                time.sleep(0.6)
                for row, text in rows.items():
                    self.window.fill(words(row), text)
                self.take(f'founding-{page}')
        self.leave()
        self.window = Window(self.desktop, self.file, **self.options)
        self.window.wait_for('button', words('Un_lock'))
        self.take('unlock')
        self.window.fill(words('_Passphrase'), 'wrong')
        self.window.press(words('Un_lock'))
        self.window.wait_for('button', words('Un_lock'))
        self.take('unlock-wrong')

    def go(self, place):
        """There, once the heading says so. A key is a sign of life: while only pictures are taken the screen locks."""
        self.window.keys('Shift_L')
        self.window.go(place)
        wait(f'the heading “{place}”', lambda: any(
            node.role == 'label' and node.name == place and all(above.role != 'list' for above in node.ancestors())
            for node in self.window.look().nodes.values()))

    def place(self, register):
        self.go(self.window.words.register(register))
        self.take(register)

    def record(self, subject):
        self.window.record(subject)
        self.take('record-' + subject)

    def begin(self, kind, subject=None):
        window = self.window
        if subject:
            window.record(subject)
            self.press_beside(window.words.act(kind))
        else:
            window.go(window.words.register(window.words.acts[kind]['register']))
            window.press(window.words.act(kind))
        return Wizard(window, kind)

    def press_beside(self, name):
        """The record's own button: a wide window has the list before it, whose button may be called the same."""
        def last():
            seen = self.window.look()
            return ([node for node in seen.active().descendants()
                     if node.is_a('button') and node.is_called(name) and seen.shown(node)] or [None])[-1]
        wait(f'the button “{name}”', last).press()

    def job(self, kind, subject, answers):
        """Every page of a wizard: refused while empty, answered, checked, before the signature."""
        wizard = self.begin(kind, subject)
        self.take(f'{kind}-empty')
        self.window.press(self.window.words('_Next'))
        time.sleep(0.5)
        self.take(f'{kind}-refused')
        while not wizard.checks():
            wizard.answer_page({key: answers[key] for key in wizard.asked_here() if key in answers})
            self.take(f'{kind}-{wizard.at()}')
            wizard.next()
        self.take(f'{kind}-check')
        if not wizard.signs_here():
            wizard.next()
            self.take(f'{kind}-sign')
        wizard.abandon()

    def jobs(self):
        """Each by whom it belongs to."""
        for login, jobs in JOBS.items():
            self.leave()
            self.sit_down(login)
            for kind, subject, answers in jobs:
                self.scene(kind, lambda kind=kind, subject=subject, answers=answers: self.job(kind, subject, answers))
        self.restart()

    def destruction(self):
        """Its pages are its own: what is due, numbers, erasure, method, signatures."""
        window, words = self.window, self.window.words
        wizard = self.begin('media.destroy')
        self.take('media.destroy-1')
        window.press(words('_Next'))
        time.sleep(0.5)
        self.take('media.destroy-1-refused')
        window.click('check box', 'M6　ＵＳＢ-06')
        for page in (2, 3, 4):
            wizard.next()
            self.take(f'media.destroy-{page}')
            window.press(words('_Next'))
            time.sleep(0.5)
            self.take(f'media.destroy-{page}-refused')
            if page == 2:
                number = 'M6　ＵＳＢ-06　' + words("maker's number")
                window.fill(number, 'TK71885-006')
            elif page == 3:
                window.click('list item', words('Destruction stands for erasure'))
        window.click('combo box', words.ask('media.destroy', 'method'))
        self.take('media.destroy-method')
        window.keys('Escape')
        wizard.answer_page({'method': 'shred_flash', 'place': '書庫', 'machine': 'MSD-F31', 'executor': '永尾',
                            'witness': '森', 'photographs': '3'})
        wizard.next()
        self.take('media.destroy-check')
        wizard.next()
        self.take('media.destroy-sign')
        wizard.abandon()

    def miscounted(self):
        """What breaks a rule is told before its page is left, and can be recorded with a reason."""
        wizard = self.begin('takeout.return', 'T26')
        wizard.answer_page({'returned_quantity': '1', 'returned_count': '135', 'returned_state': 'sound'})
        wizard.refused(self.window.words('Change it, or press Next again to record it as it is, with a reason.'))
        self.take('takeout.return-mark')
        wizard.abandon()

    def correction(self):
        """From a destruction's page: which entry, which answer, what it should be."""
        window, words = self.window, self.window.words
        wizard = self.begin('act.correct', 'D24')
        self.take('act.correct-1')
        wizard.next()
        window.press(words('_Next'))
        time.sleep(0.5)
        self.take('act.correct-2-refused')
        window.click('list item', words.ask('media.destroy', 'machine'))
        self.take('act.correct-2')
        wizard.abandon()

    def recording(self):
        """A new medium, its recording and its place in one go: much of it as the last time."""
        window, words = self.window, self.window.words
        wizard = self.begin('media.record')
        self.take('recording-empty')
        window.press(words('_Next'))
        time.sleep(0.5)
        self.take('recording-refused')
        window.press(words('_As Last Time'))
        window.reads(words('As Last Time'))
        self.take('recording-1')
        window.fill(words.ask('media.register', 'label'), 'ＵＳＢ-10')
        window.fill(words.ask('media.register', 'serial'), '21TSA0098812')
        wizard.next()
        wizard.answer_page({'count': '120', 'copies': '0'})
        self.take('recording-2')
        wizard.next()
        self.take('recording-3')
        window.press(words.act('media.record'))
        window.reads(words('Type the passphrase'))
        self.take('recording-3-refused')
        wizard.abandon()

    def labels(self):
        """Of several media, on one sheet."""
        window, words = self.window, self.window.words
        window.record('M1')
        window.press(words('Print a form'))
        wait('the forms', lambda: any(node.role == 'menu item' for node in window.look().nodes.values()))
        window.press_item(next(node.name for node in window.look().nodes.values() if node.role == 'menu item'), 'Tab')
        window.press(words('_Media…'))
        for label in ('ＵＳＢ-03', 'ＵＳＢ-04'):
            window.click('check box', label)
        self.take('labels-choose')
        window.press(words('_Choose (%u)') % 3)
        window.reads({'ja': '3 点', 'en': '3 media'}[words.language])
        self.take('labels')
        self.restart()

    def refused_to_close(self):
        """What was typed is asked for."""
        window, words = self.window, self.window.words
        wizard = self.begin('media.register')
        wizard.answer_page({'label': 'ＵＳＢ-10'})
        window.press(words('_Cancel'))
        window.wait_for('button', words('_Discard'))
        self.take('keep-draft')
        window.press(words('_Discard'))
        window.alone()

    def countersign(self):
        """Two hands at one terminal, a passphrase that is wrong, and the last question before the signature."""
        window, words = self.window, self.window.words
        wizard = self.begin('takeout.dispatch', 'T27')
        wizard.fill(DISPATCH)
        wizard.next()
        wizard.enable(words.hand('takeout.dispatch', 'carrier'))
        self.take('countersign')
        window.choose(words('Who'), 'mori')
        window.fill(words('Their passphrase'), 'wrong')
        window.fill(words('_Passphrase'), self.passphrase('nagao'))
        window.press(words.act('takeout.dispatch'))
        window.wait_for('button', words('_Sign'))
        self.take('confirm')
        window.press(words('_Sign'))
        window.titled(words.act('takeout.dispatch'))
        time.sleep(1)
        self.take('countersign-wrong')
        wizard.abandon()

    def picker(self):
        window, words = self.window, self.window.words
        self.begin('takeout.request')
        window.press(words('Choose: %s') % words.ask('takeout.request', 'media'))
        window.wait_for('entry', words('Search'))
        wait('the media', lambda: any(n.role == 'check box' for n in window.look().nodes.values()))
        self.take('picker')
        window.press(words('_Cancel'))
        window.titled(words.act('takeout.request'))
        window.press(words('_Basis'))
        self.take('basis')
        self.restart()

    def entry(self):
        """An act's own page, and the anchor."""
        window, words = self.window, self.window.words
        window.go(words('Ledger'))
        window.click('label', words.act('takeout.arrive'))
        window.keys('Return')
        window.reads(words('What Was Signed'))
        self.take('entry')
        window.keys('Escape')
        window.alone()
        window.press(words('_Anchor…'))
        window.titled(words('Anchor'))
        self.take('anchor')
        window.keys('Escape')
        window.alone()

    def own_passphrase(self):
        window = self.window
        window.menu(window.words('Change _Passphrase…'))
        wait('its window', lambda: window.front()[1] > 1)
        self.take('passphrase-change')
        window.keys('Escape')
        window.alone()

    def enrolment(self):
        """A key for somebody who has none."""
        self.leave()
        self.sit_down('matsuo')
        self.window.record('P13')
        self.window.press(self.window.words.act('person.enroll'))
        wait('its window', lambda: self.window.front()[1] > 1)
        self.take('person.enroll')

    def claim(self):
        """One's own passphrase in place of the one that was handed over."""
        self.leave()
        self.window = Window(self.desktop, self.file, **self.options)
        with open(self.once, encoding='utf-8') as file:
            self.window.unlock('isahaya', file.read().strip())
        self.take('claim-banner')
        self.window.press(self.window.words('Set _Passphrase…'))
        wait('its window', lambda: self.window.front()[1] > 1)
        self.take('claim')

    def menus(self):
        window, words = self.window, self.window.words
        for name, item in (('about', '_About Kanribo'), ('backup', '_Back Up…')):
            window.menu(words(item))
            wait(name, lambda: window.front()[1] > 1)
            self.take(name)
            window.keys('Escape')
            window.alone()
        window.menu(words('_Switch User'))
        window.wait_for('button', words('Un_lock'))
        self.take('switch-user')
        self.restart()

    def profile(self):
        """What another regulation would change."""
        words = self.window.words
        self.leave()
        self.sit_down('watanabe')
        self.window.keys('ctrl+comma')
        self.window.press(words('_Change…'))
        wait('its window', lambda: words('Profile') in (self.window.front()[0] or '') or self.window.front()[1] > 2)
        self.take('profile-import')

    def elsewhere(self, file, login, name, steps):
        """Over another course of the same office, where this terminal has seen nothing of it yet."""
        usual, self.file = self.file, file
        folder = os.path.join(self.desktop.folder, 'elsewhere-' + name)
        self.options['env'] = {'XDG_STATE_HOME': folder, 'XDG_DATA_HOME': folder}
        self.leave()
        self.sit_down(login)
        self.scene(name, steps)
        self.file = usual
        del self.options['env']
        self.restart()

    def arrival(self):
        self.job('takeout.arrive', 'T27', {'arrived_seal': 'S-000310', 'arrival': 'sound', 'receiver': '久保',
                                           'receiver_paper': 'yes', 'receipt': 'R-7'})

    def dialog(self, name, keys):
        self.window.keys(keys)
        wait(f'the window {name}', lambda: self.window.front()[1] > 1 or name == 'menu')
        self.take(name)
        self.window.keys('Escape')
        if name != 'menu':
            self.window.alone()

    def page(self, name):
        self.go(self.window.words(name))
        self.take(name.lower())

    def all(self):
        self.scene('door', self.at_the_door)
        self.restart()
        self.window.reads(self.window.words('What Waits for You'))
        self.take('today')
        for name in ('Approvals', 'Ledger'):
            self.scene(name, lambda name=name: self.page(name))
        for register in ('medium', 'batch', 'takeout', 'destruction', 'place', 'person', 'office', 'appointment',
                         'operator', 'outsider', 'key', 'rule', 'payment', 'holiday', 'shortfall', 'profile'):
            if register in self.window.words.registers:
                self.scene(register, lambda register=register: self.place(register))
        for subject in ('M1', 'B76', 'T26', 'D1', 'P2', 'V1'):
            self.scene(subject, lambda subject=subject: self.record(subject))
        self.restart()
        for steps in (self.destruction, self.recording, self.labels, self.refused_to_close, self.picker,
                      self.miscounted, self.correction, self.countersign, self.entry, self.menus):
            self.scene(steps.__name__, steps)
        self.jobs()
        self.elsewhere(self.moving, 'nagao', 'arrival', self.arrival)
        for name, keys in (('palette', 'ctrl+k'), ('settings', 'ctrl+comma'), ('shortcuts', 'F1'), ('menu', 'F10')):
            self.scene(name, lambda name=name, keys=keys: self.dialog(name, keys))
        self.elsewhere(self.asked, 'watanabe', 'approval', self.approval)
        for steps in (self.preview, self.verify, self.own_passphrase, self.profile, self.enrolment, self.claim):
            self.scene(steps.__name__, steps)

    def approval(self):
        """A take-out among what waits, whichever comes first."""
        words = self.window.words
        self.window.go(words('Approvals'))
        self.window.reads('T27')
        self.take('approvals-mine')
        wait('the take-out', lambda: next((n for n in self.window.look().nodes.values()
                                           if n.role == 'button' and 'T27' in n.name), None)).press()
        self.window.wait_for('button', words('_Later'))
        self.take('approval-request')
        self.window.press({'ja': '承諾する', 'en': 'Consent'}[words.language])
        self.window.wait_for('entry', words('_Passphrase'))
        self.take('approval-sign')

    def preview(self):
        words = self.window.words
        self.window.record('D1')
        self.window.press(words('Print a form'))
        wait('the forms', lambda: any(node.role == 'menu item' for node in self.window.look().nodes.values()))
        self.take('forms')
        item = next(node.name for node in self.window.look().nodes.values() if node.role == 'menu item')
        self.window.press_item(item, 'Tab')
        self.window.wait_for('button', words('_Save as PDF…'))
        self.take('preview')
        self.restart()

    def verify(self):
        words = self.window.words
        self.window.go(words('Ledger'))
        self.window.press(words('_Verify…'))
        self.window.titled(words('Verification'))
        self.take('verification')
        self.restart()


def main():
    language, scheme, size, folder = sys.argv[1:]
    with tempfile.TemporaryDirectory() as work:
        camera = Camera(language, scheme, size, folder, work)
        camera.all()
    for missed in camera.missed:
        print(f'{language} {scheme} {size}: {missed}', file=sys.stderr)
    print(f'{camera.n} pictures in {folder}')
    return 1 if camera.missed else 0


if __name__ == '__main__':
    sys.exit(main())
