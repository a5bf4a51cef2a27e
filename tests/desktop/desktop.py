# SPDX-License-Identifier: GPL-3.0-or-later
"""A private display with its buses, and the program's window there, driven by a person who cannot see the screen."""
import atexit
import ctypes
import gettext
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.environ.get('KAN_SRCDIR', os.path.dirname(os.path.dirname(HERE)))
KANRIBO = os.environ.setdefault('KANRIBO', os.path.join(ROOT, 'build', 'ui', 'kanribo'))
BUILD = os.path.dirname(os.path.dirname(os.path.abspath(KANRIBO)))
PATIENCE = float(os.environ.get('KAN_PATIENCE', '60'))
PICTURES = 20
sys.path.insert(0, os.path.join(HERE, '..', 'cli'))


def follow_parent():
    """A child goes when the test goes, however that happens."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Desktop:
    """Xvfb, the least of a window manager, a session bus that brings the accessibility bus; all this process's."""

    def __init__(self, size=(1024, 600), notified=True):
        self.size, self.children, self.other_bus = size, [], None
        self.folder = tempfile.mkdtemp(prefix='kanribo-desktop-')
        self.notifications = os.path.join(self.folder, 'notifications')
        atexit.register(self.close)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        self.prepare_environment()
        out, into = os.pipe()
        self.start('Xvfb', '-displayfd', str(into), '-screen', '0', f'{size[0]}x{size[1]}x24', '-nolisten', 'tcp',
                   '-noreset', pass_fds=[into], stderr=subprocess.DEVNULL)
        os.environ['DISPLAY'] = ':' + self.told(out, into)
        keeper = self.start(sys.executable, os.path.join(HERE, 'keeper.py'), stdout=subprocess.PIPE)
        keeper.stdout.readline()
        out, into = os.pipe()
        self.start('dbus-daemon', '--session', '--nofork', f'--print-address={into}', pass_fds=[into],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.environ['DBUS_SESSION_BUS_ADDRESS'] = self.told(out, into)
        if notified:
            told = self.start(sys.executable, os.path.join(HERE, 'notified.py'), self.notifications,
                              stdout=subprocess.PIPE)
            told.stdout.readline()

    def prepare_environment(self):
        for name in ('CONFIG_HOME', 'DATA_HOME', 'CACHE_HOME', 'STATE_HOME', 'RUNTIME_DIR'):
            os.environ['XDG_' + name] = os.path.join(self.folder, name)
            os.mkdir(os.environ['XDG_' + name], mode=0o700)
        self.stand_still()
        os.environ.update(GDK_BACKEND='x11', GSK_RENDERER='cairo', GSETTINGS_BACKEND='memory', GTK_A11Y='atspi',
                          GSETTINGS_SCHEMA_DIR=os.path.join(BUILD, 'resources'), GTK_USE_PORTAL='0')
        os.environ['XDG_DATA_DIRS'] = os.pathsep.join([os.path.join(ROOT, 'resources'), os.environ.get(
            'XDG_DATA_DIRS', '/usr/local/share:/usr/share')])
        for name in ('WAYLAND_DISPLAY', 'AT_SPI_BUS_ADDRESS', 'GTK_THEME', 'GTK_MODULES', 'XDG_CURRENT_DESKTOP'):
            os.environ.pop(name, None)

    @staticmethod
    def stand_still():
        """A page that still slides in is found at two places; here each comes at once."""
        folder = os.path.join(os.environ['XDG_CONFIG_HOME'], 'gtk-4.0')
        os.mkdir(folder)
        with open(os.path.join(folder, 'settings.ini'), 'w', encoding='ascii') as file:
            file.write('[Settings]\ngtk-enable-animations=false\n')

    def start(self, *args, **options):
        child = subprocess.Popen(args, preexec_fn=follow_parent, **options)
        self.children.append(child)
        return child

    @staticmethod
    def told(out, into):
        os.close(into)
        with os.fdopen(out) as file:
            return file.readline().strip()

    def another_account(self):
        """Environment of a program that knows nothing of this session; where it shows itself is the same."""
        if not self.other_bus:
            out, into = os.pipe()
            self.start('dbus-daemon', '--session', '--nofork', f'--print-address={into}', pass_fds=[into],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.other_bus = self.told(out, into)
        from nodes import accessibility_address
        return {'DBUS_SESSION_BUS_ADDRESS': self.other_bus, 'AT_SPI_BUS_ADDRESS': accessibility_address()}

    def notified(self):
        """What the session was notified of so far: (summary, body, actions)."""
        with open(self.notifications, encoding='utf-8') as file:
            return [json.loads(line) for line in file]

    def picture(self, path, window='root'):
        """Of what has come to rest: a page that still slides in looks the same to nobody."""
        os.makedirs(os.path.dirname(path), exist_ok=True)
        last = None
        for _ in range(PICTURES):
            seen = subprocess.run(['import', '-window', window, 'png:-'], check=True, capture_output=True).stdout
            pixels = subprocess.run(['identify', '-format', '%#', 'png:-'], input=seen, check=True,
                                    capture_output=True).stdout
            if pixels == last:
                break
            last = pixels
        with open(path, 'wb') as file:
            file.write(seen)

    def failed(self, name):
        """What was on the screen then."""
        self.picture(os.path.join(BUILD, 'meson-logs', f'desktop-{name}.png'))

    def close(self):
        for child in reversed(self.children):
            if child.poll() is None:
                child.terminate()
                try:
                    child.wait(10)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
        self.children.clear()
        shutil.rmtree(self.folder, ignore_errors=True)


def play(name, make_tap, make_office, *scenes):
    """The scenes in turn, each with the tap, the desktop and the office; where one goes wrong, a picture is kept."""
    tap, desktop, office = make_tap(), Desktop(), make_office()
    for scene in scenes:
        try:
            scene(tap, desktop, office)
        except Exception:
            tap.check(False, f'{scene.__name__} goes through', traceback.format_exc())
            desktop.failed(f'{name}-{scene.__name__}')
            break
    office.close()
    tap.end()


class Words:
    """What the window calls things, in the language of the run: sentences by their msgid, the rest by declarations."""

    def __init__(self, japanese):
        self.language = 'ja' if japanese else 'en'
        self.catalogue = gettext.translation('kanribo', os.path.join(BUILD, 'po'), ['ja']) if japanese else \
            gettext.NullTranslations()
        told = json.loads(subprocess.run([KANRIBO, 'acts', '--json'], stdout=subprocess.PIPE, check=True).stdout)
        self.acts = {act['id']: act for act in told['acts']}
        self.registers = {register['id']: register for register in told['registers']}

    def __call__(self, msgid):
        from nodes import plain
        return plain(self.catalogue.gettext(msgid))

    def act(self, kind):
        return self.acts[kind]['title'][self.language]

    def register(self, name):
        return self.registers[name]['title'][self.language]

    def ask(self, kind, key):
        return next(a for a in self.acts[kind]['asks'] if a['key'] == key)['label'][self.language]

    def choice(self, kind, key, value):
        ask = next(a for a in self.acts[kind]['asks'] if a['key'] == key)
        return next(c for c in ask['choices'] if c['id'] == value)['label'][self.language]

    def hand(self, kind, key):
        """Whose hand it is that answers that question."""
        return next(h for h in self.acts[kind]['hands'] if h['person'] == key)['title'][self.language]


class Gone(Exception):
    """The program ended."""


def wait(what, condition, patience=PATIENCE):
    """The first true answer; fails with what was waited for."""
    end = time.monotonic() + patience
    pause = 0.02
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise TimeoutError(f'waited {patience:.0f} seconds for {what}')
        time.sleep(pause)
        pause = min(pause * 1.5, 0.2)


class Window:
    """The program, from its start to its end."""

    def __init__(self, desktop, *args, japanese=False, now='2025-09-10T10:00', dark=False, env=None):
        import nodes
        self.nodes, self.desktop = nodes, desktop
        self.clock = os.path.join(desktop.folder, 'now')
        self.set_clock(now)
        self.words = Words(japanese)
        self.log = open(os.path.join(desktop.folder, 'stderr'), 'w+', encoding='utf-8')
        self.env = {**os.environ, 'KAN_NOW': self.clock, 'G_DEBUG': 'fatal-warnings', 'TZ': 'Asia/Tokyo',
                    # cairo draws, and a driver for GL that is tried and unloaded again leaks
                    'LANGUAGE': '', 'GDK_DEBUG': 'gl-disable',
                    'LOCPATH': os.path.join(BUILD, 'tests', 'locale'), 'KAN_LOCALEDIR': os.path.join(BUILD, 'po'),
                    'LC_ALL': 'ja_JP.UTF-8' if japanese else 'C.UTF-8',
                    **({'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'} if dark else {}), **(env or {})}
        self.bus = nodes.connect()
        before = set(nodes.programs(self.bus))
        self.program = desktop.start(KANRIBO, *args, env=self.env, stderr=self.log)
        self.name = wait('the window', lambda: self.alive() and
                         next(iter(set(nodes.programs(self.bus)) - before), None))
        wait('the window to have the keyboard', lambda: self.look().active())

    def set_clock(self, now):
        with open(self.clock + '.new', 'w', encoding='ascii') as file:
            file.write(now + ':00+09:00')
        os.replace(self.clock + '.new', self.clock)

    def alive(self):
        if self.program.poll() is not None:
            raise Gone(self.said())
        return True

    def said(self):
        """How it ended, and what it wrote down."""
        with open(self.log.name, encoding='utf-8') as log:
            return f'the program ended with {self.program.returncode}: {log.read()}'

    def look(self):
        self.alive()
        return self.nodes.Snapshot(self.bus, self.name)

    def wait_for(self, role, name, ready=True, patience=PATIENCE):
        def found():
            seen = self.look()
            node = seen.find(role, name, ready=ready)
            return node and (seen, node)
        try:
            return wait(f'{role} “{name}”', found, patience)
        except TimeoutError as late:
            raise TimeoutError(f'{late}; there is: {self.look().words()}') from None

    def reads(self, *texts, patience=PATIENCE):
        """Waits until all of that stands in the window that has the keyboard."""
        def read():
            whole = '\n'.join(self.look().words())
            return all(text in whole for text in texts)
        try:
            return wait(f'the words {texts}', read, patience)
        except TimeoutError as late:
            raise TimeoutError(f'{late}; there is: {self.look().words()}') from None

    def use(self, role, name, deed):
        """What is found there, and done with it; a page that was put together anew in between is looked at again."""
        def used():
            node = self.wait_for(role, name)[1]
            try:
                deed(node)
            except self.nodes.GLib.Error:
                self.alive()
                return False
            return True
        wait(f'{role} “{name}” to stay', used)

    def press(self, name, role='button'):
        self.use(role, name, lambda node: node.press())

    def titled(self, title, patience=PATIENCE):
        """Waits until the window of this title has the keyboard."""
        def is_it():
            front = self.front()[0] or ''
            return front == title or front.startswith((title + ': ', title + '：'))
        return wait(f'the window “{title}”', is_it, patience)

    def alone(self):
        """Waits until no other window is open, and the one that is left takes keys."""
        def is_left():
            title, n = self.front()
            return title is not None and n == 1
        return wait('the other windows to close', is_left)

    def front(self):
        """Title of the window that has the keyboard, and the number of windows."""
        self.alive()
        return self.nodes.active_title(self.bus, self.name)

    # --- keyboard and pointer ---------------------------------------------------------------------------------------

    def keys(self, *keys):
        self.alive()
        subprocess.run(['xdotool', 'key', '--clearmodifiers', *keys], check=True)

    def keys_until(self, what, condition, *keys, patience=PATIENCE):
        """A widget that was just taken off the window keeps the keyboard until the next picture is drawn, and a key
        that comes in between is lost: it is pressed again, as anybody would."""
        def pressed():
            self.keys(*keys)
            try:
                return wait(what, condition, min(5, patience))
            except TimeoutError:
                return None
        return wait(what, pressed, patience)

    def type(self, text):
        subprocess.run(['xdotool', 'type', '--delay', '1', text], check=True)

    def origin(self):
        told = subprocess.run(['xdotool', 'getwindowfocus', 'getwindowgeometry', '--shell'], stdout=subprocess.PIPE,
                              check=True).stdout.decode()
        values = dict(line.split('=') for line in told.split())
        return int(values['X']), int(values['Y'])

    def click(self, role, name):
        """With the pointer, having scrolled there."""
        self.click_on(f'{role} “{name}”', lambda seen: seen.find(role, name))

    def moved(self, node, before):
        """A list that was filled anew meanwhile does not move; the next round looks for the row again."""
        try:
            return wait('the list to scroll', lambda: node.extents() != before, 2)
        except TimeoutError:
            return False

    def click_on(self, what, finder):
        for _ in range(40):
            seen, node = wait(what, lambda: (seen := self.look()) and (node := finder(seen)) and (seen, node))
            frame = seen.frame_of(node)
            x, y, width, height = node.extents()
            view = next((n for n in node.ancestors() if n.role == 'scroll pane'), frame).extents()
            x, y = x + width // 2, y + height // 2
            left, top = self.origin()
            if view[1] <= y < view[1] + view[3]:
                subprocess.run(['xdotool', 'mousemove', str(left + x), str(top + y), 'click', '1'], check=True)
                return
            before = node.extents()
            middle = left + view[0] + view[2] // 2, top + view[1] + view[3] // 2
            subprocess.run(['xdotool', 'mousemove', *map(str, middle), 'click', '5' if y > view[1] else '4'],
                           check=True)
            self.moved(node, before)
        raise TimeoutError(f'cannot scroll to {what}')

    def palette(self, words, name):
        """Chooses by the command palette what it finds first for these words, whose name begins so."""
        self.keys_until('the palette', lambda: self.front()[1] == 2 and self.front()[0] is not None, 'ctrl+k')
        self.fill(None, words)

        def listed():
            seen = self.look()
            return [n for n in (seen.active() or seen.windows()[0]).descendants()
                    if n.role == 'list item' and n.name.startswith(name) and n.has(self.nodes.SELECTED)]
        wait(f'the palette to offer {words}', listed)
        self.keys('Return')

    def record(self, subject):
        """Opens it by the command palette."""
        self.palette(subject, subject + '\u3000')
        self.alone()
        self.reads(subject)

    # --- what people do ---------------------------------------------------------------------------------------------

    def unlock(self, login, passphrase):
        self.wait_for('button', self.words('Un_lock'))
        self.choose(self.words('_User'), login)
        self.fill(self.words('_Passphrase'), passphrase)
        self.press(self.words('Un_lock'))
        self.wait_for('list', self.words('Places'))

    def switch_to(self, login, passphrase, now=None):
        """From wherever the main window is; the clock goes on while nobody sits there."""
        self.menu(self.words('_Switch User'))
        self.wait_for('button', self.words('Un_lock'))
        if now:
            self.set_clock(now)
        self.unlock(login, passphrase)

    def menu(self, item):
        self.keys_until(f'the menu with “{item}”',
                        lambda: any(node.name == item for node in self.look().nodes.values()), 'F10')
        self.press_item(item)

    def press_item(self, item, key='Down'):
        """A menu that is only just opening may miss a key: it is pressed until the menu is gone."""
        def chosen():
            seen = self.look()
            return any(node.name == item and node.has(self.nodes.FOCUSED) for node in seen.nodes.values())
        pressed = False
        for _ in range(30):
            if chosen():
                self.keys('Return')
                pressed = True
            elif pressed:
                return
            else:
                self.keys(key)
        raise TimeoutError(f'no menu item “{item}” takes the keyboard')

    def go(self, place):
        """Chooses a place of the sidebar."""
        def chosen():
            seen = self.look()
            sidebar = seen.find('list', self.words('Places'))
            rows = sidebar and [n for n in sidebar.children if n.role == 'list item']
            index = next((i for i, n in enumerate(rows or []) if n.name.split(',')[0].split('、')[0] == place), None)
            return index is not None and sidebar.select(index)
        wait(f'the place “{place}”', chosen)

    def fill(self, name, text):
        """Into an entry, as one types."""
        self.use('entry', name, lambda node: node.set_text(text))

    def choose(self, name, label):
        """In a combo row: opened with the keyboard, and walked through."""
        seen, row = self.wait_for('combo box', name)
        if label in row.said():
            return
        self.click('combo box', name)
        items = wait(f'the choices of “{name}”', lambda: self.choices_of(name))
        names = [' '.join(dict.fromkeys(item.said())) for item in items]
        wanted = next(i for i, n in enumerate(names) if label in n.split('\n') or label == n or label in n)
        here = next((i for i, item in enumerate(items) if item.has(self.nodes.SELECTED)), 0)
        self.keys(*(['Down'] * (wanted - here) if wanted >= here else ['Up'] * (here - wanted)), 'Return')
        wait(f'“{name}” to say “{label}”', lambda: label in self.wait_for('combo box', name)[1].said())

    def print_first(self, path):
        """The record's first form, through the preview, into a file."""
        self.press(self.words('Print a form'))
        item = wait('the forms', lambda: next((node.name for node in self.look().nodes.values()
                                               if node.role == 'menu item'), None))
        self.press_item(item, 'Tab')
        self.press(self.words('_Save as PDF…'))
        wait('the dialog for files', self.file_entry)
        self.fill(None, path)
        self.keys('Return')
        self.reads(self.words('Saved as PDF'))

    def file_entry(self):
        seen = self.look()
        active = seen.active()
        return active and active.name == self.words('Save as PDF') and seen.find('entry', None)

    def close(self):
        """It ends as it should; a sanitizer has the last word."""
        self.keys_until('the program to end', lambda: self.program.poll() is not None, 'ctrl+q')
        if self.program.returncode != 0:
            raise Gone(self.said())

    def choices_of(self, name):
        seen = self.look()
        row = seen.find('combo box', name)
        lists = [n for n in row.descendants() if n.role == 'list' and len(n.children) > 1] if row else []
        return lists and lists[0].children
