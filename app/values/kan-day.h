/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days, months and moments as numbers and as ISO text. Business rules see Japan's fixed UTC+9 only:
 * no locale, no tzdata. */
#pragma once
#include <glib.h>

G_BEGIN_DECLS

/* Days since 1970-01-01 in the Gregorian calendar, years 1 to 9999. */
typedef gint32 KanDay;
#define KAN_DAY_NONE G_MININT32

/* Months and their days. Weekdays count from Sunday, 0, to Saturday, 6. */
KanDay   kan_day_from_ymd  (int year, int month, int day);
gboolean kan_day_to_ymd    (KanDay day, int *year, int *month, int *day_of_month);
KanDay   kan_day_parse     (const char *text);
char    *kan_day_format    (KanDay day);
int      kan_day_weekday   (KanDay day);
KanDay   kan_day_add_months (KanDay day, int months);

/* "YYYY-MM": periods, and the months that payments serve. */
gboolean kan_month_parse   (const char *text, int *year, int *month);
char    *kan_month_format  (int year, int month);

/* Moments are seconds of UTC since 1970. "2026-02-13T01:02:03Z" is how they are stored;
 * "2026-02-13T10:02" is how people say them, always Japan's time. */
KanDay   kan_day_of_utc    (gint64 utc);
gint64   kan_day_to_utc    (KanDay day);
gboolean kan_utc_parse     (const char *text, gint64 *utc);
char    *kan_utc_format    (gint64 utc);
gboolean kan_minute_parse  (const char *text, gint64 *utc);
char    *kan_minute_format (gint64 utc);

G_END_DECLS
