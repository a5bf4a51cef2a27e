/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences of this screen: never of the file, never of its content. */
#pragma once
#include <gio/gio.h>

G_BEGIN_DECLS

#define KAN_SETTING_RECENT     "recent-files"      /* as: newest first */
#define KAN_SETTING_LOCK       "lock-minutes"      /* i: of idleness until it locks */
#define KAN_SETTING_DATES      "date-style"        /* s: "era" or "iso" */
#define KAN_SETTING_LANGUAGE   "language"          /* s: "", "ja" or "en" */
#define KAN_SETTING_FILTERS    "saved-filters"     /* a(sss): register, name, what it asks for */
#define KAN_SETTING_SIZE       "window-size"       /* (ii) */
#define KAN_SETTING_MAXIMIZED  "is-maximized"      /* b */

/* One for the whole program, borrowed; in memory only where the schema is not installed. */
GSettings *kan_settings        (void);
void       kan_settings_remember_file (const char *path);
void       kan_settings_forget_file   (const char *path);

G_END_DECLS
