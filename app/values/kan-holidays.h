/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Japan's holidays by the rules of the law of 1948 and its amendments, 1955 to 2099. */
#pragma once
#include "values/kan-day.h"

G_BEGIN_DECLS

/* The years whose holidays the rules of the law give. */
#define KAN_HOLIDAYS_FIRST 1955
#define KAN_HOLIDAYS_LAST  2099

/* The last year whose equinoxes stood in the official gazette when this was written. */
#define KAN_HOLIDAYS_GAZETTED 2027

const char *kan_holiday_name          (KanDay day, gboolean *by_equinox);
int         kan_holiday_march_equinox (int year);
int         kan_holiday_september_equinox (int year);

G_END_DECLS
