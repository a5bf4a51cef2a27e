# SPDX-License-Identifier: GPL-3.0-or-later
"""A notification daemon that writes down what it is told, one line of JSON each. Says "ready" once it is there."""
import json
import sys

from gi.repository import Gio, GLib

FACE = Gio.DBusNodeInfo.new_for_xml('''<node><interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg direction="out" type="as"/></method>
  <method name="GetServerInformation"><arg direction="out" type="s"/><arg direction="out" type="s"/>
    <arg direction="out" type="s"/><arg direction="out" type="s"/></method>
  <method name="CloseNotification"><arg direction="in" type="u"/></method>
  <method name="Notify"><arg direction="in" type="s"/><arg direction="in" type="u"/><arg direction="in" type="s"/>
    <arg direction="in" type="s"/><arg direction="in" type="s"/><arg direction="in" type="as"/>
    <arg direction="in" type="a{sv}"/><arg direction="in" type="i"/><arg direction="out" type="u"/></method>
  </interface></node>''').interfaces[0]
told = 0


def answer(_bus, _sender, _path, _face, method, args, call):
    global told
    if method == 'Notify':
        told += 1
        _, _, icon, summary, body, actions, _, _ = args.unpack()
        with open(sys.argv[1], 'a', encoding='utf-8') as file:
            print(json.dumps({'summary': summary, 'body': body, 'icon': icon, 'actions': actions}), file=file)
    call.return_value({'Notify': GLib.Variant('(u)', (told,)),
                       'GetCapabilities': GLib.Variant('(as)', (['actions', 'body', 'persistence'],)),
                       'GetServerInformation': GLib.Variant('(ssss)', ('written down', 'kanribo', '1', '1.2')),
                       }.get(method))


def owned(bus, _name):
    print('ready', flush=True)


open(sys.argv[1], 'w', encoding='utf-8').close()
Gio.bus_own_name(Gio.BusType.SESSION, 'org.freedesktop.Notifications', 0,
                 lambda bus, _: bus.register_object('/org/freedesktop/Notifications', FACE, answer, None, None),
                 owned, None)
GLib.MainLoop().run()
