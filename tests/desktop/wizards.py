# SPDX-License-Identifier: GPL-3.0-or-later
"""How somebody goes through the wizard of an act: page by page, row by row, as the declaration asks."""
from desktop import wait


class Wizard:
    """The window of an act that was begun; its title is the act's."""

    def __init__(self, window, kind):
        self.window, self.words, self.kind = window, window.words, kind
        self.act = window.words.acts[kind]
        window.titled(window.words.act(kind))
        window.wait_for('button', self.words('_Next'))

    def pages(self):
        """Keys by page, as the declaration opens them."""
        pages = []
        for ask in self.act['asks']:
            if ask.get('page') or not pages:
                pages.append([])
            pages[-1].append(ask)
        return pages

    def answer(self, ask, value):
        label, window = ask['label'][self.words.language], self.window
        if ask['type'] == 'choice':
            said = self.words.choice(self.kind, ask['key'], value)
            window.choose(label, said)
        elif ask['type'] == 'yes' and ask['must']:
            window.choose(label, self.words('Yes'))
        elif ask['type'] == 'yes':
            window.click('list item', label)
        elif ask['type'] == 'ref':
            window.click('list item', label)
            self.pick(label, value)
        elif ask['type'] == 'refs':
            window.press(self.words('Choose: %s') % label)
            self.pick(label, value, several=True)
        else:
            window.fill(label, value)

    def pick(self, title, name, several=False):
        """In the dialog that searches."""
        window = self.window
        window.titled(title)
        window.wait_for('entry', self.words('Search'))[1].set_text(name)
        if several:
            wait(f'“{name}” to be chosen', lambda: self.ticked(name)).press()
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
        """The button that takes what is ticked, as soon as that is this one."""
        row = self.found('check box', name)
        if row is not None:
            self.window.click('check box', row.name)
        try:
            return self.window.wait_for('button', self.words('_Choose (%u)') % 1, patience=5)[1]
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
        """All pages up to the one that shows what will be signed."""
        left = dict(answers)
        for page in self.pages():
            self.answer_page({ask['key']: left.pop(ask['key']) for ask in page if ask['key'] in left})
            self.next()
        if left:
            raise KeyError(f'{self.kind} does not ask for {list(left)}')

    def through(self):
        """Forwards to the page that shows what will be signed."""
        while (at := self.subtitle()) and self.words('Check') not in at:
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
