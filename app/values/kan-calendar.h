/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The office's calendar: holidays, business days and the days on which pensions are paid. */
#pragma once
#include "kan-types.h"
#include "values/kan-day.h"

G_BEGIN_DECLS

/* One payment: the day it is paid, and the month it serves. */
typedef struct
{
  KanDay   day;
  int      year, month;
  gboolean off_cycle;
  gboolean expected;      /* moved off a holiday whose date is not yet in the gazette */
} KanPayment;

KanCalendar *kan_calendar_new               (void);
KanCalendar *kan_calendar_ref               (KanCalendar *self);
void         kan_calendar_unref             (KanCalendar *self);

/* What the file knows better than the rules. */
void         kan_calendar_set_official      (KanCalendar *self, int first_year, int last_year,
                                             const KanDay *days, const char *const *names, gsize n);
void         kan_calendar_add_closed_day    (KanCalendar *self, KanDay day, const char *name);
void         kan_calendar_add_closed_yearly (KanCalendar *self, int month, int day, const char *name);
void         kan_calendar_set_payment_rule  (KanCalendar *self, int day, const int *months, gsize n);
void         kan_calendar_set_off_cycle_counts (KanCalendar *self, gboolean counts);
gboolean     kan_calendar_add_payment       (KanCalendar *self, KanDay day, const char *serves);
gboolean     kan_calendar_override_payment  (KanCalendar *self, const char *serves, KanDay day);

const char  *kan_calendar_holiday_name      (KanCalendar *self, KanDay day, gboolean *expected);
const char  *kan_calendar_closed_name       (KanCalendar *self, KanDay day);
gboolean     kan_calendar_is_business_day   (KanCalendar *self, KanDay day);
KanDay       kan_calendar_add_business_days (KanCalendar *self, KanDay day, guint n);

KanDay       kan_calendar_payment_day       (KanCalendar *self, int year, int month);
KanDay       kan_calendar_payment_by_rule   (KanCalendar *self, int year, int month);
KanDay       kan_calendar_next_payment      (KanCalendar *self, KanDay after);
gboolean     kan_calendar_find_next_payment (KanCalendar *self, KanDay after, KanPayment *payment);
GArray      *kan_calendar_payments          (KanCalendar *self, KanDay first, KanDay last);
KanDay       kan_calendar_purge_by          (KanCalendar *self, KanDay recorded, guint grace);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanCalendar, kan_calendar_unref)

G_END_DECLS
