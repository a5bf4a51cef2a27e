/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The official list of holidays (祝日一覧) as the office adopted it: for the years it covers it goes before what the
 * rules of the law give, and a later list before an earlier one (FILE.md, "Authority is judged by chain position"). */
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "registers/kan-registers.h"
#include "values/kan-holidays.h"

/* The law of 1948 began with nine, and no year has had fewer since: a year with less was cut off. */
#define LEAST_PER_YEAR 9

static const KanField day_fields[] = {
  { .id = "day", .label = L ("Day", "月日"), .type = KAN_DATE, .flags = KAN_MUST, .width = 10 },
  { .id = "name", .label = L ("Name", "名称"), .type = KAN_TEXT, .flags = KAN_MUST, .width = 14 },
  { 0 }
};

const KanRegister kan_holiday_day_register = {
  .id = "holiday_day", .title = L ("Holidays", "国民の祝日・休日"), .fields = day_fields,
};

static const KanField fields[] = {
  { .id = "source", .label = L ("Source", "出典"), .type = KAN_TEXT,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_NAME | KAN_CORRECTABLE, .width = 20 },
  { .id = "first_year", .label = L ("First year", "対象年（始）"), .type = KAN_COUNT, .flags = KAN_LISTED, .width = 6 },
  { .id = "last_year", .label = L ("Last year", "対象年（終）"), .type = KAN_COUNT, .flags = KAN_LISTED, .width = 6 },
  { .id = "days", .label = L ("Holidays", "国民の祝日・休日"), .type = KAN_ROWS, .of = "holiday_day", .width = 20 },
  { .id = "note", .label = L ("Remarks", "備考"), .type = KAN_LINES },
  { 0 }
};

static const KanState states[] = {
  { "waiting",    L ("Waiting", "決裁待ち") },
  { "adopted",    L ("Adopted", "採用済") },
  { "refused",    L ("Refused", "却下") },
  { "asked_back", L ("Asked back", "差戻し") },
  { "withdrawn",  L ("Withdrawn", "取下げ") },
  { "void",       L ("Void", "取消") },
  { 0 }
};

static const KanAsk ask_adopt[] = {
  { .key = "source", .page = L ("Official list", "祝日一覧"), .must = TRUE },
  { .key = "days", .must = TRUE },
  { .key = "first_year", .must = TRUE, .fill = KAN_FILL_BLANK },
  { .key = "last_year", .must = TRUE, .fill = KAN_FILL_BLANK },
  { .key = "note" },
  { 0 }
};

static int
year_of (KanDay day)
{
  int year = 0;

  return kan_day_to_ymd (day, &year, NULL, NULL) ? year : 0;
}

static KanDay
nth_day (KanCase *c, guint row)
{
  const char *day = kan_answer_in_row (c, "days", row, "day");

  return day != NULL ? kan_day_parse (day) : KAN_DAY_NONE;
}

/* The years of its first and last day, where the list does not say which it covers. */
static void
adopt_fill (KanCase *c)
{
  guint n = kan_answer_rows (c, "days");

  if (n == 0)
    return;
  kan_fill_n (c, "first_year", year_of (nth_day (c, 0)));
  kan_fill_n (c, "last_year", year_of (nth_day (c, n - 1)));
}

static gboolean
check_years (KanCase *c)
{
  gint64 first = kan_answer_n (c, "first_year"), last = kan_answer_n (c, "last_year");
  gboolean fine = first >= KAN_HOLIDAYS_FIRST && first <= KAN_HOLIDAYS_LAST;

  if (!fine)
    kan_refuse (c, KAN_OUT_OF_RANGE, "first_year", _("A year from %d to %d"), KAN_HOLIDAYS_FIRST, KAN_HOLIDAYS_LAST);
  if (last >= first && last <= KAN_HOLIDAYS_LAST)
    return fine;
  kan_refuse (c, KAN_OUT_OF_RANGE, "last_year", _("Not before the first year, and not after %d"), KAN_HOLIDAYS_LAST);
  return FALSE;
}

/* Each in its years and after the one before it, so that none stands there twice. */
static void
check_days (KanCase *c)
{
  gint64 first = kan_answer_n (c, "first_year"), last = kan_answer_n (c, "last_year");
  KanDay before = KAN_DAY_NONE;

  for (guint i = 0; i < kan_answer_rows (c, "days"); i++)
    {
      g_autofree char *at_day = g_strdup_printf ("days[%u].day", i);
      KanDay day = nth_day (c, i);

      if (day == KAN_DAY_NONE)
        kan_refuse (c, KAN_UNREADABLE, at_day, _("There is no such date"));
      else if (year_of (day) < first || year_of (day) > last)
        kan_refuse (c, KAN_WRONG_DAY, at_day, _("Lies outside the years that the list covers"));
      else if (before != KAN_DAY_NONE && day <= before)
        kan_refuse (c, KAN_WRONG_DAY, at_day, _("Does not come after the day before it in the list"));
      before = day;
    }
}

/* A year that is covered is covered wholly: what the list does not name is no holiday any more. The first is told. */
static void
check_whole (KanCase *c)
{
  gint64 first = kan_answer_n (c, "first_year"), last = kan_answer_n (c, "last_year");
  guint n[KAN_HOLIDAYS_LAST - KAN_HOLIDAYS_FIRST + 1] = { 0 };

  for (guint i = 0; i < kan_answer_rows (c, "days"); i++)
    {
      int year = year_of (nth_day (c, i));

      if (year >= first && year <= last)
        n[year - KAN_HOLIDAYS_FIRST]++;
    }
  for (gint64 year = first; year <= last; year++)
    if (n[year - KAN_HOLIDAYS_FIRST] < LEAST_PER_YEAR)
      {
        kan_refuse (c, KAN_MISMATCH, "days", _("%" PRId64 " has fewer than %d holidays: the list is not whole"), year,
                    LEAST_PER_YEAR);
        return;
      }
}

static void
adopt_check (KanCase *c)
{
  if (kan_answer_rows (c, "days") == 0 || !check_years (c))
    return;
  check_days (c);
  check_whole (c);
}

static const KanKind kinds[] = {
  { .id = "holiday.adopt", .title = L ("Adopt the official list", "祝日一覧を採用する"), .article = "11-1",
    .may = "chief|system_manager", .wait = "waiting", .to = "adopted", .asks = ask_adopt, .strength = KAN_STRICT,
    .flags = KAN_POWER, .fill = adopt_fill, .check = adopt_check },
  { 0 }
};

static const KanList lists[] = {
  { .id = "holiday_adopted", .label = L ("Adopted", "採用済"), .sql = "SELECT * FROM holiday WHERE state = 'adopted'" },
  { 0 }
};

const KanRegister kan_holiday_register = {
  .id = "holiday", .prefix = "H", .article = "11-1", .title = L ("Official holidays", "祝日一覧"),
  .group = "oversight", .icon = "emoji-flags-symbolic",
  .fields = fields, .states = states, .kinds = kinds, .lists = lists,
};
