# SPDX-License-Identifier: GPL-3.0-or-later
"""The least of a window manager for a private display: the first window fills it, others stand in the middle, and the
newest has the keyboard. Says "ready" once it is there."""
import ctypes
import signal
import sys

X = ctypes.CDLL('libX11.so.6')
X.XOpenDisplay.restype = ctypes.c_void_p
X.XDefaultRootWindow.restype = ctypes.c_ulong
REDIRECT_AND_NOTIFY = 1 << 20 | 1 << 19
UNMAP, MAP, MAP_REQUEST, CONFIGURE_REQUEST = 18, 19, 20, 23


class Request(ctypes.Structure):
    """What the events that matter begin with."""
    _fields_ = [('type', ctypes.c_int), ('serial', ctypes.c_ulong), ('sent', ctypes.c_int),
                ('display', ctypes.c_void_p), ('parent', ctypes.c_ulong), ('window', ctypes.c_ulong),
                ('x', ctypes.c_int), ('y', ctypes.c_int), ('width', ctypes.c_int), ('height', ctypes.c_int),
                ('border', ctypes.c_int), ('above', ctypes.c_ulong), ('detail', ctypes.c_int),
                ('mask', ctypes.c_ulong)]


class Event(ctypes.Union):
    _fields_ = [('request', Request), ('room', ctypes.c_long * 24)]


class Keeper:
    def __init__(self):
        self.display = ctypes.c_void_p(X.XOpenDisplay(None))
        self.root = ctypes.c_ulong(X.XDefaultRootWindow(self.display))
        self.size = X.XDisplayWidth(self.display, 0), X.XDisplayHeight(self.display, 0)
        self.windows = []
        self.ignore = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 0)
        X.XSetErrorHandler(self.ignore)
        X.XSelectInput(self.display, self.root, ctypes.c_long(REDIRECT_AND_NOTIFY))
        X.XSync(self.display, 0)

    def geometry(self, window):
        root, x, y = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_int()
        width, height, border, depth = (ctypes.c_uint() for _ in range(4))
        X.XGetGeometry(self.display, ctypes.c_ulong(window), *map(ctypes.byref,
                                                                 (root, x, y, width, height, border, depth)))
        return width.value, height.value

    def owner(self, window):
        found = ctypes.c_ulong()
        return X.XGetTransientForHint(self.display, ctypes.c_ulong(window), ctypes.byref(found)) and found.value

    def place(self, window, width, height, grows=False):
        """What is too large for the screen is cut by it, as it would be there."""
        if not self.owner(window):
            width, height = max(width, self.size[0]) if grows else self.size[0], self.size[1]
        X.XMoveResizeWindow(self.display, ctypes.c_ulong(window), max(0, (self.size[0] - width) // 2),
                            max(0, (self.size[1] - height) // 2), width, height)

    def focus(self):
        if self.windows:
            X.XSetInputFocus(self.display, ctypes.c_ulong(self.windows[-1]), 2, ctypes.c_ulong(0))

    def handle(self, request):
        window = request.window
        if request.type == MAP_REQUEST:
            self.place(window, *self.geometry(window))
            self.windows = [w for w in self.windows if w != window] + [window]
            X.XMapRaised(self.display, ctypes.c_ulong(window))
        elif request.type == MAP and window in self.windows:
            self.focus()
        elif request.type == CONFIGURE_REQUEST:
            width, height = self.geometry(window)
            self.place(window, request.width if request.mask & 4 else width,
                       request.height if request.mask & 8 else height, True)
        elif request.type == UNMAP and window in self.windows:
            self.windows.remove(window)
            self.focus()

    def run(self):
        event = Event()
        print('ready', flush=True)
        while True:
            X.XNextEvent(self.display, ctypes.byref(event))
            self.handle(event.request)
            X.XFlush(self.display)


if __name__ == '__main__':
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Keeper().run()
