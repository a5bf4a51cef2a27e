/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo office of one year, built once for a program of tests and opened by whoever is to look at it. */
#pragma once
#include "desk/kan-demo.h"
#include "desk/kan-view.h"

#include <glib/gstdio.h>
#include <string.h>

#define DAY "2026-11-10T09:00"

extern char *demo_path;
extern KanDemoOffice *demo_office;
extern gint64 demo_now;

void                demo_build    (guint acts);
void                demo_remove   (void);
const KanDemoLogin *demo_login    (const char *office);      /* by its code; NULL: the first operator */
KanDesk            *demo_open     (const char *office);
KanDb              *demo_db       (KanDesk *desk);
gint64              demo_ask      (KanDesk *desk, const char *sql);
char               *demo_ask_text (KanDesk *desk, const char *sql);
