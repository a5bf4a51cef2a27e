#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The screen is locked in the middle of a wizard: what was typed is sealed, and goes on after unlocking."""
import os

from desktop import Window, play, wait
from wizards import Wizard
from office import Office, Tap, words_of


def lock_by_screen_saver(window):
    """As the desktop's lock screen tells it."""
    from gi.repository import Gio, GLib
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    bus.emit_signal(None, '/org/gnome/ScreenSaver', 'org.gnome.ScreenSaver', 'ActiveChanged',
                    GLib.Variant('(b)', (True,)))
    bus.flush_sync()


def go_to_sleep(window):
    """As the machine tells it; to the program of this test the system's bus is the session's."""
    from gi.repository import Gio, GLib
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    bus.emit_signal(None, '/org/freedesktop/login1', 'org.freedesktop.login1.Manager', 'PrepareForSleep',
                    GLib.Variant('(b)', (True,)))
    bus.flush_sync()


def by_itself(tap, desktop, office):
    """Idleness and suspend."""
    bus = {'DBUS_SYSTEM_BUS_ADDRESS': os.environ['DBUS_SESSION_BUS_ADDRESS']}
    window = Window(desktop, office.file, now='2025-08-18T10:00', env=bus)
    window.unlock('sousa', words_of('sousa'))
    go_to_sleep(window)
    window.wait_for('button', window.words('Un_lock'))
    tap.check(True, 'It is locked before the machine sleeps')
    window.close()
    window = Window(desktop, office.file, now='2025-08-18T10:00', env={'KAN_IDLE': '3'})
    window.wait_for('button', window.words('Un_lock'))
    window.choose(window.words('_User'), 'sousa')
    window.fill(window.words('_Passphrase'), words_of('sousa'))
    window.press(window.words('Un_lock'))
    wait('the file to be open', lambda: window.look().find('button', window.words('Un_lock'), ready=False) is None)
    window.wait_for('button', window.words('Un_lock'))
    tap.check(True, 'It is locked once nobody has touched anything for a while')
    window.close()


def run(tap, desktop, office):
    own = words_of('sousa')
    window = Window(desktop, office.file, now='2025-08-18T10:00')
    words = window.words
    window.unlock('sousa', own)
    window.go(words.register('medium'))
    window.press(words.act('media.register'))
    wizard = Wizard(window, 'media.register')
    wizard.answer_page({'media_kind': 'usb', 'label': 'U-0001', 'maker': '東芝'})
    lock_by_screen_saver(window)
    window.wait_for('button', words('Un_lock'))
    tap.check(window.front()[1] == 1, 'The lock screen locks the file, and the wizard goes with it')
    left = [text for text in window.look().words() if 'U-0001' in text]
    tap.check(not left, 'Nothing of it can be read meanwhile', left)
    window.unlock('hansou', words_of('hansou'))
    window.reads(words('What Waits for You'))
    tap.check(window.look().find('button', words('_Continue')) is None, 'Somebody else does not see the draft')
    window.switch_to('sousa', own)
    window.press(words('_Continue'))
    wizard = Wizard(window, 'media.register')
    seen = window.look()
    tap.check(words.choice('media.register', 'media_kind', 'usb') in seen.find('combo box', words.ask(
        'media.register', 'media_kind')).said(), 'The draft holds what was chosen')
    wizard.answer_page({'serial': 'S-1'})
    window.keys_until('the file to be locked', lambda: window.look().find('button', words('Un_lock')), 'ctrl+l')
    tap.check(window.front()[1] == 1, 'Ctrl+L locks it out of the wizard as well')
    window.unlock('sousa', own)
    window.press(words('_Continue'))
    wizard = Wizard(window, 'media.register')
    wizard.next()
    window.reads('U-0001', '東芝', 'S-1')
    tap.check(True, 'and what was typed')
    wizard.sign(own)
    window.alone()
    window.go(words.register('medium'))
    window.reads('U-0001')
    tap.check(True, 'It is finished and signed')
    window.go(words('Today'))
    wait('the draft to be gone', lambda: window.look().find('button', words('_Continue')) is None)
    tap.check(True, 'and the draft is gone')
    window.close()


if __name__ == '__main__':
    play('lock', Tap, Office, run, by_itself)
