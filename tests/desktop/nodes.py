# SPDX-License-Identifier: GPL-3.0-or-later
"""What the accessibility bus says of a program, asked for in one call, and what can be done there."""
import re

from gi.repository import Gio, GLib

SPI = 'org.a11y.atspi.'
APPLICATION = '/org/a11y/atspi/accessible/root'
ROLES = {2: 'alert', 7: 'check box', 11: 'combo box', 16: 'dialog', 17: 'panel', 23: 'frame', 26: 'icon', 27: 'image',
         29: 'label', 31: 'list', 32: 'list item', 33: 'menu', 35: 'menu item', 37: 'page tab', 39: 'panel',
         40: 'password', 42: 'progress bar', 43: 'button', 44: 'radio button', 48: 'scroll bar', 49: 'scroll pane',
         50: 'separator', 51: 'slider', 52: 'spin button', 55: 'table', 56: 'cell', 57: 'column header', 61: 'text',
         62: 'toggle', 66: 'tree table', 69: 'window', 75: 'application', 79: 'entry', 98: 'list box', 130: 'switch'}
ACTIVE, CHECKED, FOCUSABLE, FOCUSED, SELECTED, SENSITIVE = 1, 4, 11, 12, 23, 24


def plain(name):
    """Without mnemonics; GTK gives a button's words before and after taking them out."""
    name = re.sub(r'\(_?[A-Z]\)', '', name).replace('_', '')
    half = len(name) // 2
    return name[:half] if len(name) % 2 and name[half] == ' ' and name[:half] == name[half + 1:] else name


class Node:
    def __init__(self, bus, item):
        (self.name_of_bus, self.path), _, _, _, _, faces, name, role, self.description, states = item
        self.bus, self.faces = bus, faces
        self.name = plain(name)
        self.role = ROLES.get(role, str(role))
        self.states = states[0] | states[1] << 32
        self.parent, self.children = None, []

    def __repr__(self):
        return f'{self.role} “{self.name}”'

    def has(self, state):
        return bool(self.states >> state & 1)

    def call(self, face, method, signature=None, *args):
        packed = GLib.Variant(signature, args) if signature else None
        return self.bus.call_sync(self.name_of_bus, self.path, SPI + face, method, packed, None, 0, 30000,
                                  None).unpack()

    def ancestors(self):
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def descendants(self):
        for child in self.children:
            yield child
            yield from child.descendants()

    def extents(self):
        if SPI + 'Component' not in self.faces:
            return 0, 0, 0, 0
        try:
            return self.call('Component', 'GetExtents', '(u)', 1)[0]
        except GLib.Error:      # it has gone since
            return 0, 0, 0, 0

    def is_a(self, role):
        """Whatever takes text is an “entry”."""
        if role == 'button':        # what opens a menu has the button within
            return self.role == role and self.has(FOCUSABLE)
        return SPI + 'EditableText' in self.faces if role == 'entry' else self.role == role

    def is_called(self, name):
        """GTK adds a button's words to the name it was given."""
        return self.name == name or self.role == 'button' and self.name.startswith(name + ' ')

    def is_named_control(self):
        """A row or button that says itself what its parts are."""
        return self.role in ('button', 'text', 'entry', 'list item', 'combo box') and self.name != ''

    def press(self):
        """The first thing it offers to assistive technology."""
        return self.call('Action', 'DoAction', '(i)', 0)[0]

    def set_text(self, text):
        return self.call('EditableText', 'SetTextContents', '(s)', text)[0]

    def text(self):
        return self.call('Text', 'GetText', '(ii)', 0, -1)[0]

    def select(self, index):
        return self.call('Selection', 'SelectChild', '(i)', index)[0]

    def said(self):
        """All the words below it."""
        return [node.name for node in (self, *self.descendants()) if node.name]


class Snapshot:
    """A program's tree at one moment."""

    def __init__(self, bus, name):
        known = self.walk(bus, name)
        items = bus.call_sync(name, '/org/a11y/atspi/cache', SPI + 'Cache', 'GetItems', None, None, 0, 30000, None)
        self.nodes = {}
        items = items.get_child_value(0)
        for i in range(items.n_children()):
            item = items.get_child_value(i)
            if item.get_child_value(0).get_child_value(1).get_string() in known:
                node = Node(bus, item.unpack())
                self.nodes[node.path] = node
        for path, children in known.items():
            if path in self.nodes:
                self.nodes[path].children = [self.nodes[child] for child in children if child in self.nodes]
                for child in self.nodes[path].children:
                    child.parent = self.nodes[path]
        self.is_shown = {}

    @staticmethod
    def is_active(bus, name, path):
        """Of some windows GTK tells only that they are there."""
        def asked(method):
            return bus.call_sync(name, path, SPI + 'Accessible', method, None, None, 0, 30000, None).unpack()[0]
        try:
            return asked('GetState')[0] >> ACTIVE & 1 or ROLES.get(asked('GetRole')) != 'frame'
        except GLib.Error:
            return False

    @staticmethod
    def walk(bus, name):
        """Children by parent, below the window that has the keyboard. Asking is also what makes GTK tell of them; many
        questions are under way at once."""
        known, waiting = {}, [0]
        context = GLib.MainContext.default()

        def ask(path):
            known[path] = []
            waiting[0] += 1
            bus.call(name, path, SPI + 'Accessible', 'GetChildren', None, None, 0, 30000, None, told, path)

        def told(_bus, result, path):
            waiting[0] -= 1
            try:
                known[path] = [child for _, child in bus.call_finish(result).unpack()[0]]
            except GLib.Error:
                return
            windows = known[path] if path == APPLICATION else []
            active = [window for window in windows if Snapshot.is_active(bus, name, window)]
            for child in known[path]:
                if child not in known and (not active or child in active):
                    ask(child)

        ask(APPLICATION)
        while waiting[0]:
            context.iteration(True)
        for path in list(known[APPLICATION]):
            known.setdefault(path, [])
        return known

    def windows(self):
        return [node for node in self.nodes.values() if node.parent is not None and node.parent.role == 'application']

    def active(self):
        told = [node for node in self.windows() if node.has(ACTIVE) or node.role != 'frame']
        return told[-1] if told else None

    def frame_of(self, node):
        chain = [node, *node.ancestors()]
        return next((n for n in chain if n.parent is not None and n.parent.role == 'application'), None)

    def at(self, frame, x, y):
        """What lies there; None where GTK does not tell of it: a text in an entry, a knob of a switch, a picture."""
        try:
            return self.nodes.get(frame.call('Component', 'GetAccessibleAtPoint', '(iiu)', x, y, 1)[0][1])
        except GLib.Error:
            return None

    def shown(self, node):
        """GTK lists hidden pages too: what is shown lies under its own middle, or under that of what scrolls it."""
        if node.path not in self.is_shown:
            self.is_shown[node.path] = self.lies_on_top(node)
        return self.is_shown[node.path]

    def lies_on_top(self, node):
        frame, (x, y, width, height) = self.frame_of(node), node.extents()
        if frame is None or width <= 0 or height <= 0:
            return False
        x, y = x + width // 2, y + height // 2
        view = next((n for n in node.ancestors() if n.role == 'scroll pane' or n is frame), frame)
        left, top, view_width, view_height = view.extents()
        if not (left <= x < left + view_width and top <= y < top + view_height):
            return view is not frame and self.shown(view)
        # in the middle of what scrolls there may be a text, of which nothing is told: look above and below it
        places = (y, y - height // 4, y + height // 4, y - height // 8) if node.role == 'scroll pane' else (y,)
        there = next(filter(None, (self.at(frame, x, place) for place in places)), None)
        if there is None:
            return node.is_a('entry') or node.role in ('button', 'check box')
        return there is node or node in there.ancestors() or there in node.ancestors()

    def find(self, role, name, within=None, ready=True):
        """What is on screen there; None where nothing is, or it cannot be used yet."""
        frame = within or self.active()
        usable = [node for node in (frame.descendants() if frame is not None else ())
                  if node.is_a(role) and (not ready or node.has(SENSITIVE))]
        named = [node for node in usable if name is None or node.name == name] or \
            [node for node in usable if node.is_called(name)]
        return next((node for node in named if self.shown(node)), None)

    def said(self):
        """All that the window with the keyboard has in it, shown or not."""
        return self.active().said() if self.active() else []

    def words(self, within=None):
        """All that can be read there."""
        frame = within or self.active()
        return [node.name for node in frame.descendants() if node.name and node.role in ('label', 'list item', 'text')
                and self.shown(node)] if frame is not None else []


def accessibility_address():
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.freedesktop.DBus.Properties', 'Set',
                      GLib.Variant('(ssv)', ('org.a11y.Status', 'IsEnabled', GLib.Variant('b', True))), None, 0, -1,
                      None)
    return session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, 0, -1,
                             None).unpack()[0]


def connect():
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(accessibility_address(), flags, None, None)


def active_title(bus, name):
    """Of the program's window that has the keyboard; None where none has. And how many windows there are."""
    told = bus.call_sync(name, APPLICATION, SPI + 'Accessible', 'GetChildren', None, None, 0, 30000, None)
    windows = [path for _, path in told.unpack()[0]]
    active = next((path for path in windows if Snapshot.is_active(bus, name, path)), None)
    if active is None:
        return None, len(windows)
    asked = GLib.Variant('(ss)', (SPI + 'Accessible', 'Name'))
    try:
        return bus.call_sync(name, active, 'org.freedesktop.DBus.Properties', 'Get', asked, None, 0, 30000,
                             None).unpack()[0], len(windows)
    except GLib.Error:
        return None, len(windows)


def programs(bus):
    """Names on the bus of those that show something."""
    told = bus.call_sync('org.a11y.atspi.Registry', APPLICATION, SPI + 'Accessible', 'GetChildren', None, None, 0, -1,
                         None)
    return [name for name, _ in told.unpack()[0]]
