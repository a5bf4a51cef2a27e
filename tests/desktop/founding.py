#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first run, as far as an office that can work: a file founded in the window (association and profile, chief,
passphrase with its strength), unlocked, first people, offices, keys that are claimed, operators, places and rules,
until Today lacks nothing any more."""
import os
import re
import tempfile
import traceback

from desktop import Desktop, Window, wait
from office import Tap, words_of
from wizards import Wizard

PASSPHRASE = '有明海の干潟に立つ 1887 mudskippers'
STAFF = (('soumu', '1002', '大村　和子', '総務課長'), ('nenkin', '1003', '諫早　一郎', '年金課長'),
         ('sousa', '1004', '辻　葛彦', None))
ONE_TIME = re.compile('[2-9a-z]{4}(-[2-9a-z]{4}){3}')


def step(window):
    seen = window.look()
    return next((n.name for n in (seen.active() or seen.windows()[0]).descendants()
                 if n.role == 'label' and n.name[:1].isdigit() and n.name[1:2] in '/／'), None)


def forwards(window):
    before = step(window)
    window.press(window.words('_Next'))
    wait(f'the page after {before}', lambda: step(window) != before)


def found(tap, desktop, folder):
    path = os.path.join(folder, 'new.kanribo')
    window = Window(desktop, now='2025-08-18T10:00')
    words = window.words
    window.press(words('_New File…'))
    window.titled(words('New File'))
    tap.check(window.look().active().role == 'frame', 'Its window says that it is one')
    window.fill(words('Where the file is kept'), os.path.join(folder, 'nowhere', 'new.kanribo'))
    window.press(words('_Next'))
    window.reads(words('There is no such folder. Choose another one.'))
    tap.check(True, 'A folder that does not exist is refused beside the field')
    window.fill(words('Where the file is kept'), path)
    forwards(window)
    window.fill(words('Name of the association'), '長崎県市町村職員共済組合')
    forwards(window)
    for name, text in (('Staff number', '1001'), ('Name', '長崎　太郎'), ('Name in kana', 'ながさき　たろう'),
                       ('User name', 'chief')):
        window.fill(words(name), text)
    forwards(window)
    window.fill(words('New passphrase'), 'aaa')
    window.fill(words('Once more'), 'aaa')
    window.press(words('_Next'))
    wait('the weak passphrase to be refused', lambda: step(window) and step(window).startswith('4/'))
    tap.check(not os.path.exists(path), 'A weak passphrase founds nothing')
    window.fill(words('New passphrase'), PASSPHRASE)
    window.fill(words('Once more'), PASSPHRASE + 'x')
    window.press(words('_Next'))
    window.reads(words('The two are not the same.'))
    tap.check(True, 'Two that differ are refused')
    window.fill(words('Once more'), PASSPHRASE)
    forwards(window)
    window.reads(os.path.basename(path), '長崎　太郎', '長崎県市町村職員共済組合')
    tap.check(not os.path.exists(path), 'All of it is shown before anything is written')
    window.press(words('_Found the File'))
    window.reads(words('The File Is Founded'))
    tap.check(os.path.exists(path), 'The file is founded')
    window.press(words('_Done'))
    window.alone()
    window.reads('長崎県市町村職員共済組合')
    window.keys('ctrl+l')
    window.unlock('chief', PASSPHRASE)
    tap.check(True, 'The chief opens it again')
    return window


class FirstRun:
    """What the chief goes through on Today once the file is there; then the managers, with keys of their own."""

    def __init__(self, tap, window):
        self.tap, self.window, self.words = tap, window, window.words
        self.own = {'chief': PASSPHRASE}

    def lacks(self, *tasks):
        """Waits until Today says exactly so, in this order."""
        titles = [self.words(task) for task in ('Register people', 'Establish offices', 'Appoint to offices',
                                                'Issue keys', 'Designate operators', 'Establish places',
                                                'Enter rules')]
        wanted = [self.words(task) for task in tasks]
        heading = self.words('What the Office Still Lacks')

        def listed():
            said = self.window.look().said()
            return [title for title in titles if title in said] == wanted and (heading in said) == bool(wanted)
        self.window.go(self.words('Today'))
        wait(f'Today to lack {tasks}', listed)
        self.tap.check(True, f'Today lacks {len(tasks)} things')

    def begins(self, task, kind, answers, login='chief'):
        """What Today offers, to its signature."""
        self.window.go(self.words('Today'))
        self.window.press(self.words(task))
        wizard = Wizard(self.window, kind)
        wizard.fill(answers)
        wizard.sign(self.own[login])
        self.window.alone()

    def people(self):
        self.lacks('Register people', 'Appoint to offices', 'Issue keys', 'Designate operators', 'Establish places',
                   'Enter rules')
        for _, staff_no, name, _ in STAFF:
            self.begins('Register people', 'person.register', {'staff_no': staff_no, 'name': name})
        for _, _, name, office in STAFF[:2]:
            self.begins('Appoint to offices', 'appointment.make',
                        {'person': name, 'office': office, 'kind': 'regular', 'since': '2025-08-18'})
        self.lacks('Issue keys', 'Designate operators', 'Establish places', 'Enter rules')

    def keys(self):
        """Each is given a one-time passphrase, and turns it into one that nobody else knows."""
        window, words, once = self.window, self.words, {}
        for number, (login, _, _, _) in enumerate(STAFF, 2):
            window.record(f'P{number}')
            window.press(words.act('person.enroll'))
            window.titled(words('Issue a Key'))
            window.fill(words('User name'), login)
            window.fill(words('Your passphrase'), PASSPHRASE)
            window.press(words('_Issue'))
            once[login] = wait('the one-time passphrase', lambda: next(
                (text for text in window.look().said() if ONE_TIME.fullmatch(text)), None))
            window.press(words('_Done'))
            window.alone()
        self.tap.check(len(set(once.values())) == len(STAFF), 'Everybody is given another one-time passphrase')
        for (login, _, _, _), officer in zip(STAFF, ('chief', 'soumu', 'soumu')):
            window.switch_to(login, once[login])
            self.claims(login, officer)
        self.lacks_no_key()

    def claims(self, login, officer):
        window, words = self.window, self.words
        window.press(words('Set _Passphrase…'))
        window.titled(words('Passphrase of Your Own'))
        for row in ('New passphrase', 'Once more'):
            window.fill(words(row), words_of(login))
        window.choose(words('Officer who has identified you'), officer)
        window.fill(words('Passphrase of the officer'), self.own[officer])
        window.press(words('_Set'))
        window.alone()
        self.own[login] = words_of(login)
        window.switch_to(login, self.own[login])
        self.tap.check(True, f'{login} holds a key of their own')

    def lacks_no_key(self):
        self.window.switch_to('soumu', self.own['soumu'])
        self.lacks('Designate operators', 'Establish places', 'Enter rules')

    def manager(self):
        for task, kind, answers in (
                ('Designate operators', 'operator.designate', {'person': STAFF[2][2], 'since': '2025-08-18'}),
                ('Establish places', 'place.establish', {'title': '保管庫', 'room': '電算室', 'level': '3'}),
                ('Enter rules', 'rule.enter', {'kind': 'media_kind', 'title': 'ＵＳＢの定め',
                                               'in_force_from': '2025-08-18', 'allows': 'usb'})):
            self.begins(task, kind, answers, 'soumu')
        self.lacks()

    def works(self):
        """Whoever was designated can begin."""
        window = self.window
        window.switch_to('sousa', self.own['sousa'])
        window.go(self.words.register('medium'))
        window.wait_for('button', self.words.act('media.register'))
        self.tap.check(True, 'The operator can begin')
        window.close()


def main():
    tap, desktop = Tap(), Desktop()
    with tempfile.TemporaryDirectory() as folder:
        try:
            first = FirstRun(tap, found(tap, desktop, folder))
            for scene in (first.people, first.keys, first.manager, first.works):
                scene()
        except Exception:
            tap.check(False, 'it goes through', traceback.format_exc())
            desktop.failed('founding')
    tap.end()


if __name__ == '__main__':
    main()
