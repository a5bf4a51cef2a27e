/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar that a chain determines. The desk shows it, and checks derive payment days from it again: an act is
 * judged by what acts of smaller seq state, and for years without an official list by the law's rules, which are a pure
 * function and part of the edition (values/kan-holidays.c). No clock, locale or setting comes in. A payment day around
 * the 15th of an even month never rests on an equinox, so nothing that is judged here is merely expected. */
#include "registers/kan-days.h"

#include <string.h>

#define SQL_PAYMENTS \
  "SELECT group_concat(kind || char(9) || day || char(9) || serves, char(10)) FROM" \
  " (SELECT kind, day, serves FROM payment WHERE state = 'entered' ORDER BY id)"

/* One line for the years that a list covers, then one for each of its days; a list made later comes later. */
#define SQL_LISTS(more) \
  "SELECT group_concat(line, char(10)) FROM" \
  " (SELECT h.made AS made, 0 AS n, h.first_year || char(9) || h.last_year AS line FROM holiday h" \
  " WHERE h.state = 'adopted'" \
  " UNION ALL SELECT h.made, d.n, d.day || char(9) || d.name FROM holiday h JOIN holiday_days d ON d.owner = h.id" \
  " WHERE h.state = 'adopted'" more " ORDER BY 1, 2)"

/* What is judged lies after the oldest recording that is still held; the rest of a long list is not read. */
#define SQL_LISTS_SINCE_OLDEST SQL_LISTS (" AND d.day >= (SELECT min(recorded_on) FROM batch WHERE state = 'open')")

static void
add_payments (KanCalendar *calendar, const char *payments)
{
  g_auto(GStrv) lines = g_strsplit (payments != NULL ? payments : "", "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      g_auto(GStrv) cells = g_strsplit (*line, "\t", -1);

      if (g_strv_length (cells) != 3)
        continue;
      if (strcmp (cells[0], "override") == 0)
        kan_calendar_override_payment (calendar, cells[2], kan_day_parse (cells[1]));
      else
        kan_calendar_add_payment (calendar, kan_day_parse (cells[1]), cells[2]);
    }
}

/* The years of one list, and its days up to the next one's years. */
static char **
add_list (KanCalendar *calendar, char **line)
{
  g_autoptr(GArray) days = g_array_new (FALSE, FALSE, sizeof (KanDay));
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  char *end = NULL;
  int first = (int) g_ascii_strtoll (*line, &end, 10), last = (int) g_ascii_strtoll (end, NULL, 10);

  for (line++; *line != NULL; line++)
    {
      char *tab = strchr (*line, '\t');
      KanDay day;

      if (tab == NULL || tab == *line + 4)
        break;
      *tab = '\0';
      day = kan_day_parse (*line);
      g_array_append_val (days, day);
      g_ptr_array_add (names, tab + 1);
    }
  kan_calendar_set_official (calendar, first, last, (const KanDay *) (gconstpointer) days->data,
                             (const char *const *) names->pdata, days->len);
  return line;
}

static KanCalendar *
make_calendar (const KanProfile *profile, const char *payments, const char *lists)
{
  KanCalendar *calendar = profile != NULL ? kan_profile_new_calendar (profile) : kan_calendar_new ();
  g_auto(GStrv) lines = g_strsplit (lists != NULL ? lists : "", "\n", -1);

  add_payments (calendar, payments);
  for (char **line = lines; *line != NULL;)
    line = add_list (calendar, line);
  return calendar;
}

/**
 * kan_days_of_case:
 * @c: the case
 *
 * Returns: (transfer full): the calendar by which payments after a recording that is still held are reckoned, as the
 *   chain before the act and the profile of its day determine it
 */
KanCalendar *
kan_days_of_case (KanCase *c)
{
  g_autofree char *payments = kan_ask_text (c, SQL_PAYMENTS), *lists = kan_ask_text (c, SQL_LISTS_SINCE_OLDEST);

  return make_calendar (kan_case_profile (c), payments, lists);
}

/**
 * kan_days_of_book:
 * @book: a book
 * @error: return location
 *
 * Returns: (transfer full): the office's calendar, as the chain and the profile in force determine it
 */
KanCalendar *
kan_days_of_book (KanBook *book, GError **error)
{
  g_autoptr(GError) failed = NULL;
  g_autofree char *payments = kan_db_get_text (kan_book_get_db (book), &failed, SQL_PAYMENTS, "");
  g_autofree char *lists = failed == NULL ? kan_db_get_text (kan_book_get_db (book), &failed, SQL_LISTS (""), "")
                           : NULL;

  if (failed == NULL)
    return make_calendar (kan_book_get_profile (book), payments, lists);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}
