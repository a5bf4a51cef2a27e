/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar that a chain determines. The desk shows it, and checks derive payment days from it again: an act is
 * judged by what acts of smaller seq state, and for years without an official list by the law's rules, which are a pure
 * function and part of the edition (values/kan-holidays.c). No clock, locale or setting comes in. A payment day around
 * the 15th of an even month never rests on an equinox, so nothing that is judged here is merely expected. */
#include "registers/kan-days.h"

#include <string.h>

#define SQL_PAYMENTS "SELECT kind, day, serves FROM payment WHERE state = 'entered' ORDER BY id"

/* One row for the years that a list covers, then one for each of its days; a list made later comes later. */
#define SQL_LISTS(more) \
  "SELECT h.made, -1 AS n, h.first_year, h.last_year FROM holiday h WHERE h.state = 'adopted'" \
  " UNION ALL SELECT h.made, d.n, d.day, d.name FROM holiday h JOIN holiday_days d ON d.owner = h.id" \
  " WHERE h.state = 'adopted'" more " ORDER BY 1, 2"

/* What is judged lies after the oldest recording that is still held; the rest of a long list is not read. */
#define SQL_LISTS_SINCE_OLDEST SQL_LISTS (" AND d.day >= (SELECT min(recorded_on) FROM batch WHERE state = 'open')")

/* The list that is being read, until the next one begins. */
typedef struct
{
  KanCalendar *calendar;
  int          first, last;    /* its years; 0: none was read yet */
  GArray      *days;
  GPtrArray   *names;
} Reading;

static void
add_payment (KanStmt *row, gpointer data)
{
  Reading *self = data;

  if (g_strcmp0 (kan_stmt_text (row, 0), "override") == 0)
    kan_calendar_override_payment (self->calendar, kan_stmt_text (row, 2), kan_day_parse (kan_stmt_text (row, 1)));
  else
    kan_calendar_add_payment (self->calendar, kan_day_parse (kan_stmt_text (row, 1)), kan_stmt_text (row, 2));
}

static void
close_list (Reading *self)
{
  if (self->first > 0)
    kan_calendar_set_official (self->calendar, self->first, self->last,
                               (const KanDay *) (gconstpointer) self->days->data,
                               (const char *const *) self->names->pdata, self->days->len);
  g_array_set_size (self->days, 0);
  g_ptr_array_set_size (self->names, 0);
}

static void
add_line (KanStmt *row, gpointer data)
{
  Reading *self = data;

  if (kan_stmt_int (row, 1) < 0)
    {
      close_list (self);
      self->first = (int) kan_stmt_int (row, 2);
      self->last = (int) kan_stmt_int (row, 3);
    }
  else
    {
      KanDay day = kan_day_parse (kan_stmt_text (row, 2));

      g_array_append_val (self->days, day);
      g_ptr_array_add (self->names, g_strdup (kan_stmt_text (row, 3)));
    }
}

static Reading
begin (const KanProfile *profile)
{
  return (Reading) { .calendar = profile != NULL ? kan_profile_new_calendar (profile) : kan_calendar_new (),
                     .days = g_array_new (FALSE, FALSE, sizeof (KanDay)),
                     .names = g_ptr_array_new_with_free_func (g_free) };
}

static KanCalendar *
end (Reading *self)
{
  close_list (self);
  g_array_unref (self->days);
  g_ptr_array_unref (self->names);
  return self->calendar;
}

static KanCalendar *
reckon (KanCase *c, const char *lists)
{
  Reading reading = begin (kan_case_profile (c));

  kan_ask_rows (c, SQL_PAYMENTS, add_payment, &reading);
  kan_ask_rows (c, lists, add_line, &reading);
  return end (&reading);
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
  return reckon (c, SQL_LISTS_SINCE_OLDEST);
}

/**
 * kan_days_whole_of_case:
 * @c: the case
 *
 * Returns: (transfer full): the calendar as the chain before the act determines it, for any day
 */
KanCalendar *
kan_days_whole_of_case (KanCase *c)
{
  return reckon (c, SQL_LISTS (""));
}

/* Something is paid for that month: by the rule, on whichever day, or off the cycle. */
static gboolean
pays_for (KanCalendar *calendar, const char *off_cycle, int month_key)
{
  int year = month_key / 12, month = month_key % 12 + 1;
  g_autofree char *name = kan_month_format (year, month);

  return kan_calendar_payment_by_rule (calendar, year, month) != KAN_DAY_NONE ||
         (off_cycle != NULL && strstr (off_cycle, name) != NULL);
}

static char *
nearest_month (KanCalendar *calendar, const char *off_cycle, int month_key, int step)
{
  for (int i = 1; i <= 12; i++)
    if (pays_for (calendar, off_cycle, month_key + i * step))
      return kan_month_format ((month_key + i * step) / 12, (month_key + i * step) % 12 + 1);
  return NULL;
}

/**
 * kan_days_pay_in:
 * @c: the case
 * @month: "2026-10"
 * @before: (out) (nullable) (optional): where nothing is paid, the month of the payment before
 * @after: (out) (nullable) (optional): and of the one after
 *
 * Asks for months only, which no holiday changes: by the profile's rule, and by the payments off the cycle that have
 * been entered.
 *
 * Returns: whether a pension is paid for that month, or @month is none
 */
gboolean
kan_days_pay_in (KanCase *c, const char *month, char **before, char **after)
{
  const KanProfile *profile = kan_case_profile (c);
  g_autoptr(KanCalendar) calendar = profile != NULL ? kan_profile_new_calendar (profile) : kan_calendar_new ();
  g_autofree char *off_cycle = NULL;
  int year = 0, number = 0;

  if (!kan_month_parse (month, &year, &number))
    return TRUE;
  off_cycle = kan_ask_text (c, "SELECT group_concat(serves) FROM payment WHERE state = 'entered'"
                               " AND kind <> 'override'");
  if (pays_for (calendar, off_cycle, year * 12 + number - 1))
    return TRUE;
  if (before != NULL)
    *before = nearest_month (calendar, off_cycle, year * 12 + number - 1, -1);
  if (after != NULL)
    *after = nearest_month (calendar, off_cycle, year * 12 + number - 1, 1);
  return FALSE;
}

static gboolean
step_all (KanBook *book, const char *sql, void (*each) (KanStmt *row, gpointer data), Reading *reading, GError **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(KanStmt) stmt = kan_db_query (kan_book_get_db (book), &failed, sql, "");

  while (stmt != NULL && kan_stmt_step (stmt, &failed))
    each (stmt, reading);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
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
  Reading reading = begin (kan_book_get_profile (book));
  gboolean read = step_all (book, SQL_PAYMENTS, add_payment, &reading, error) &&
                  step_all (book, SQL_LISTS (""), add_line, &reading, error);
  g_autoptr(KanCalendar) calendar = end (&reading);

  return read ? g_steal_pointer (&calendar) : NULL;
}
