/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a medium was when: its states one after the other, and as bars on an axis of time. */
#pragma once
#include "acts/kan-book.h"
#include "values/kan-day.h"

G_BEGIN_DECLS

/* One state, seconds of UTC; `until` 0: it still is; as `since`: it has left. `subject`: the record whose act brought
   it there. */
typedef struct { gint64 since, until; char *state, *label, *subject; } KanStay;

/* An axis and what stands on it, in the units of its width. */
typedef struct { gint64 from, to, now; double width; } KanStayAxis;
typedef struct { guint stay; double start, end; } KanStayBar;
typedef struct { KanDay day; double x; } KanStayMonth;

GPtrArray     *kan_stays_list       (KanBook *book, const char *subject, const char *state, gboolean japanese,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
const KanStay *kan_stays_find       (const GPtrArray *stays, gint64 at);
guint          kan_stay_days        (const KanStay *self, gint64 now);

KanStayAxis    kan_stays_axis       (const GPtrArray *stays, gint64 now, double width);
double         kan_stay_axis_place  (const KanStayAxis *self, gint64 at);
GArray        *kan_stays_bars       (const GPtrArray *stays, const KanStayAxis *axis, double least);
GArray        *kan_stay_axis_months (const KanStayAxis *self, double room);

G_END_DECLS
