#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job with the keyboard alone: the story of story.py, told by somebody who has no pointer. Nothing here
presses, fills or points; the accessibility bus only tells where the keyboard is and what can be read."""
import re

from desktop import Window, wait
from story import tell

STOPS = 90          # as many as a long page has
STRIDE = 6


class Typist(Window):
    """GTK 4.8 does not tell that the text of an entry row has the keyboard, but its pencil goes then."""

    def focused(self, seen):
        """The innermost that says that it has the keyboard, or that looks like it."""
        nodes = list(seen.active().descendants()) if seen.active() else []
        told = [n for n in nodes if n.has(self.nodes.FOCUSED)]
        return told[-1] if told else next((n for n in nodes if self.is_written(n) and seen.shown(n)), None)

    def is_written(self, node):
        parts = [part for panel in node.children for part in panel.children]
        return node.role == 'text' and node.has(self.nodes.SENSITIVE) and any(n.name == 'AdwGizmo' for n in parts) \
            and all(n.role != 'image' for n in parts)

    @staticmethod
    def is_there(here, node):
        """What is a button within a button is one."""
        near = here is not None and node.role in ('button', 'check box') and (
            here in node.descendants() or node in list(here.ancestors())[:3])
        return here is node or near

    def see(self, finder):
        seen = self.look()
        node = finder(seen)
        return node and (seen, self.focused(seen), node)

    def between(self, seen, here, node):
        """How many places further it is, of those that may have the keyboard; less than none: back."""
        places = [n for n in seen.active().descendants() if n in (here, node) or n.has(self.nodes.FOCUSABLE)]
        return places.index(node) - places.index(here) if here else 1

    def reach(self, what, finder):
        """From stop to stop until it is there: several at once over half of what may lie between, and where it was
        passed by, or there is no way on, one by one the other way round."""
        seen, here, node = wait(what, lambda: self.see(finder))
        far, passed = self.between(seen, here, node), False
        way = 'Tab' if far > 0 else 'shift+Tab'
        for _ in range(STOPS):
            if self.is_there(here, node):
                return
            before, was = here and here.path, far
            self.keys(*[way] * (1 if passed else max(1, min(STRIDE, abs(far) // 2))))
            try:
                seen, here, node = wait('the keyboard to move', lambda: (now := self.see(finder)) and (
                    now[1] and now[1].path) != before and now, 2)
                far = self.between(seen, here, node)
                turns = not passed and (was < far or far < 0 if way == 'Tab' else far < was or far > 0)
            except TimeoutError:
                seen, here, node = wait(what, lambda: self.see(finder))
                turns = True
            if turns:
                way, passed = 'Tab' if way == 'shift+Tab' else 'shift+Tab', True
        raise TimeoutError(f'{what} cannot be reached; the keyboard is at {here}')

    # --- what people do ---------------------------------------------------------------------------------------------

    def press(self, name, role='button'):
        self.reach(f'{role} “{name}”', lambda seen: seen.find(role, name))
        self.keys('Return')

    def click(self, role, name):
        self.reach(f'{role} “{name}”', lambda seen: seen.find(role, name))
        if role == 'entry':
            return
        searches = self.look().find('entry', self.words('Search'))
        self.keys('Return' if role == 'list item' and searches else 'space')       # in a wizard Return goes on

    def click_on(self, what, finder):
        self.reach(what, finder)
        self.keys('space')

    def type(self, text):
        """What no key has by its number, as GTK takes it."""
        for run in re.findall('[ -~]+|[^ -~]+', text):
            if run.isascii():
                super().type(run)
            else:
                self.keys(*(key for sign in run for key in ('ctrl+shift+u', *f'{ord(sign):x}', 'space')))

    def fill(self, name, text):
        self.click('entry', name)
        self.keys('ctrl+a', 'BackSpace')
        self.type(text)

    def go(self, place):
        """What is gone to often has keys of its own."""
        words = self.words
        places = (words('Today'), words('Approvals'), words.register('medium'), words.register('takeout'),
                  words.register('destruction'), words('Ledger'))
        self.keys('alt+' + '123459'[places.index(place)])


if __name__ == '__main__':
    tell(Typist, 'story-keys')
