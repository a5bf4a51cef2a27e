/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar that a chain determines: the profile's payment rule, the payments entered, the holiday lists adopted. */
#pragma once
#include "acts/kan-book.h"

G_BEGIN_DECLS

KanCalendar *kan_days_of_case (KanCase *c);
KanCalendar *kan_days_whole_of_case (KanCase *c);
gboolean     kan_days_pay_in  (KanCase *c, const char *month, char **before, char **after);
KanCalendar *kan_days_of_book (KanBook *book, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
