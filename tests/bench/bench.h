/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benches share: the clock, aims and what was measured against them, and demo files that are built once into
 * the build folder and reused. */
#pragma once
#include "desk/kan-desk.h"

#include <gio/gio.h>
#include <stdio.h>

#define BENCH_AT "2026-11-10T09:00"
#define BENCH_LOGIN "mori"

/* What one figure has to be, as the issues ask: at most so much, or at least. */
typedef struct { const char *name, *unit; double aim; gboolean at_least; } BenchAim;
/* One figure, measured again and again. */
typedef struct { double value[512]; guint n; } BenchSample;

double     bench_now            (void);                    /* milliseconds */
void       bench_add            (BenchSample *sample, double value);
void       bench_add_since      (BenchSample *sample, double since);
double     bench_median         (const BenchSample *sample);
void       bench_tell           (const char *name, const BenchSample *sample, const char *unit);
gboolean   bench_keeps          (const BenchAim *aim, const BenchSample *sample);
void       bench_judge          (const BenchAim *aim, const BenchSample *sample);
int        bench_end            (void);
gint64     bench_at             (void);                    /* seconds of UTC */
const char *bench_program       (void);
char      *bench_file           (guint acts, gboolean light);
char      *bench_copy           (const char *file);
char      *bench_passphrase_file (const char *file, const char *login);
KanSecret *bench_passphrase     (const char *file, const char *login);
KanDesk   *bench_open           (const char *file, KanVaultMode mode, const char *login);
void       bench_start          (int argc, char **argv);
