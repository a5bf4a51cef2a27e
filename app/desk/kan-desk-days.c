/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The day on which lists are seen, and the calendar of payment days and holidays behind them. */
#include "desk/kan-desk-private.h"

#include "registers/kan-days.h"

/**
 * kan_desk_set_days:
 * @self: an unlocked desk
 * @now: seconds of UTC
 * @error: return location
 *
 * Makes the calendar of the profile and the chain, and what lists join for the day of @now, or of the latest entry
 * where the clock is behind it.
 */
gboolean
kan_desk_set_days (KanDesk *self, gint64 now, GError **error)
{
  KanCalendar *calendar = kan_days_of_book (self->book, error);

  if (calendar == NULL)
    return FALSE;
  now = kan_book_take_clock (self->book, now);
  self->day = kan_day_of_utc (now);
  g_clear_pointer (&self->calendar, kan_calendar_unref);
  self->calendar = calendar;
  kan_book_set_calendar (self->book, self->calendar);
  return kan_book_set_today (self->book, self->day, error) && kan_book_set_now (self->book, now, error);
}

/**
 * kan_desk_set_now:
 * @self: an unlocked desk
 * @now: seconds of UTC
 * @error: return location
 *
 * Lists move on to this minute, and where the day has turned to the new day.
 */
gboolean
kan_desk_set_now (KanDesk *self, gint64 now, GError **error)
{
  gint64 later = kan_book_take_clock (self->book, now);

  return self->day != kan_day_of_utc (later) ? kan_desk_set_days (self, now, error)
         : kan_book_set_now (self->book, later, error);
}

/**
 * kan_desk_get_day:
 * @self: an unlocked desk
 *
 * Returns: the day on which lists are seen
 */
KanDay
kan_desk_get_day (KanDesk *self)
{
  return self->day;
}

/**
 * kan_desk_get_calendar:
 * @self: an unlocked desk
 *
 * Returns: (transfer none): the calendar of the profile and the file
 */
KanCalendar *
kan_desk_get_calendar (KanDesk *self)
{
  return self->calendar;
}
