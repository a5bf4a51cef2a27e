/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates by the Japanese eras, and fiscal years (April to March). */
#pragma once
#include "values/kan-day.h"

G_BEGIN_DECLS

char    *kan_wareki_format       (KanDay day);
char    *kan_wareki_format_short (KanDay day);
char    *kan_wareki_format_month (int year, int month);
KanDay   kan_wareki_parse        (const char *text);
gboolean kan_wareki_parse_month  (const char *text, int *year, int *month);

int      kan_fiscal_year         (KanDay day);
KanDay   kan_fiscal_year_first   (int fiscal_year);
KanDay   kan_fiscal_year_last    (int fiscal_year);
char    *kan_fiscal_year_name    (int fiscal_year);
gboolean kan_fiscal_year_parse   (const char *text, int *fiscal_year);

G_END_DECLS
