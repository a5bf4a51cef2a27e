# SPDX-License-Identifier: GPL-3.0-or-later
"""How somebody goes through the wizard of an act: page by page, row by row, as the declaration asks."""
from desktop import wait

JOINED = ('media.record', )      # what others are done in one go with


class Wizard:
    """The window of an act that was begun; its title is the act's."""

    def __init__(self, window, kind):
        self.window, self.words, self.kind = window, window.words, kind
        self.act = window.words.acts[kind]
        window.titled(window.words.act(kind))
        window.wait_for('button', self.words('_Next'))

    def answer(self, ask, value):
        label, window = ask['label'][self.words.language], self.window
        role, name = self.control(ask)
        if ask['type'] == 'choice':
            window.choose(label, self.words.choice(self.kind, ask['key'], value))
        elif ask['type'] == 'yes' and ask['must']:
            window.choose(label, self.words('Yes'))
        elif ask['type'] in ('ref', 'refs'):
            window.click(role, name) if role == 'list item' else window.press(name)
            self.pick(label, value, several=ask['type'] == 'refs')
        elif ask['type'] == 'yes':
            window.click(role, name)
        else:
            window.fill(name, value)

    def pick(self, title, name, several=False):
        """In the dialog that searches."""
        window = self.window
        window.titled(title)
        window.fill(self.words('Search'), name)
        if several:
            wait(f'“{name}” to be chosen', lambda: self.ticked(name))
            window.press(self.words('_Choose (%u)') % 1)
        else:
            wait(f'“{name}” to be chosen', lambda: self.picked(name))
        window.titled(self.words.act(self.kind))

    def picked(self, name):
        """A list that was searched anew meanwhile is clicked again."""
        row = self.found('list item', name)
        if row is not None:
            self.window.click('list item', row.name)
        try:
            return self.window.titled(self.words.act(self.kind), 2)
        except TimeoutError:
            return False

    def ticked(self, name):
        """Whether one is now; a list that was searched anew meanwhile is clicked again."""
        row = self.found('check box', name)
        if row is not None:
            self.window.click('check box', row.name)
        try:
            return self.window.wait_for('button', self.words('_Choose (%u)') % 1, patience=5)
        except TimeoutError:
            return False

    def found(self, role, name):
        seen = self.window.look()
        return next((n for n in (seen.active() or seen.windows()[0]).descendants()
                     if n.role == role and name in n.name and seen.shown(n)), None)

    def answer_page(self, answers):
        for key, value in answers.items():
            self.answer(next(ask for ask in self.act['asks'] if ask['key'] == key), value)

    def fill(self, answers):
        """All pages up to the one that shows what will be signed, whichever question stands on which."""
        left = dict(answers)
        while not self.checks():
            self.answer_page({key: left.pop(key) for key in self.asked_here() if key in left})
            self.next()
        if left:
            raise KeyError(f'{self.kind} does not ask for {list(left)}')

    def control(self, ask):
        """Role and name of what takes the answer."""
        label = ask['label'][self.words.language]
        if ask['type'] == 'refs':
            return 'button', self.words('Choose: %s') % label
        if ask['type'] == 'choice' or ask['type'] == 'yes' and ask['must']:
            return 'combo box', label
        return 'list item' if ask['type'] in ('yes', 'ref') else 'entry', label

    def asked_here(self):
        """Keys of what the page asks, as soon as it shows any."""
        def asked():
            seen = self.window.look()
            return [ask['key'] for ask in self.act['asks'] if seen.find(*self.control(ask))]
        return wait('the page to ask something', asked)

    def checks(self):
        """Whether this is the page that shows what will be signed."""
        return self.words('Check') in (self.subtitle() or '')

    def signs_here(self):
        """Light acts are signed where they are reviewed, and so are acts done in one go."""
        return self.act['strength'] == 'light' or self.kind in JOINED

    def through(self):
        """Forwards to the page that shows what will be signed."""
        while not self.checks():
            self.next()

    def subtitle(self):
        """Which page it is: “2/5 …”."""
        seen = self.window.look()
        return next((n.name for n in (seen.active() or seen.windows()[0]).descendants()
                     if n.role == 'label' and n.name[:1].isdigit() and n.name[1:2] in '/／'), None)

    def at(self):
        """Number of the page."""
        return int((self.subtitle() or '0')[0])

    def next(self):
        before = self.subtitle()
        self.window.press(self.words('_Next'))
        wait(f'the page after {before}', lambda: self.subtitle() != before)

    def refused(self, *texts):
        """Cannot go on, and is told why in words."""
        self.window.press(self.words('_Next'))
        self.window.reads(*texts)

    def sign(self, passphrase=None, others=()):
        """@others: (title of the hand, login, passphrase) of who signs at this terminal."""
        window = self.window
        if passphrase is not None:
            if not self.signs_here():
                self.next()
            for title, login, theirs in others:
                self.enable(title)
                window.choose(self.words('Who'), login)
                window.fill(self.words('Their passphrase'), theirs)
            window.fill(self.words('_Passphrase'), passphrase)
        window.press(self.words.act(self.kind))
        wait('the wizard to close or to ask', lambda: self.over() or window.look().find('button', self.words('_Sign')))
        if not self.over():
            window.press(self.words('_Sign'))

    def over(self):
        return self.window.front()[1] == 1

    def enable(self, title):
        """The switch of a hand's row."""
        def toggle(seen):
            rows = [n for n in seen.active().descendants() if n.role == 'check box'] if seen.active() else []
            return next((n for n in rows if any(title in a.name for a in list(n.ancestors())[:6]) and seen.shown(n)),
                        None)

        self.window.click_on(f'the switch of “{title}”', toggle)

    def abandon(self):
        self.window.press(self.words('_Cancel'))
        answer = self.words('_Discard')
        wait('the wizard to close or to ask', lambda: self.over() or self.window.look().find('button', answer))
        if not self.over():
            self.window.press(answer)
        self.window.alone()
