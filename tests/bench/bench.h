/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benches share: the clock, medians, and demo files that are built once into the build folder and reused. */
#pragma once
#include "desk/kan-desk.h"

#include <gio/gio.h>
#include <stdio.h>

#define BENCH_AT "2026-11-10T09:00"
#define BENCH_LOGIN "mori"

typedef struct { double ms[512]; guint n; } BenchTimes;

double     bench_now            (void);                    /* milliseconds */
void       bench_add            (BenchTimes *times, double since);
double     bench_median         (const BenchTimes *times);
gint64     bench_at             (void);                    /* seconds of UTC */
const char *bench_program       (void);
char      *bench_file           (guint acts, gboolean light);
char      *bench_copy           (const char *file);
char      *bench_passphrase_file (const char *file, const char *login);
KanSecret *bench_passphrase     (const char *file, const char *login);
KanDesk   *bench_open           (const char *file, KanVaultMode mode, const char *login);
void       bench_start          (int argc, char **argv);
