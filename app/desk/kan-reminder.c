/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is due, as notifications: dates and counts, never a name or a number. */
#include "desk/kan-reminder.h"

#include <glib/gi18n-lib.h>

/* Within how many days what is coming is told. */
enum { COMING_DAYS = 7 };

static const struct { KanDueKind kind; const char *place; gboolean urgent; } told[] = {
  { KAN_DUE_OVERDUE, "batch", TRUE },
  { KAN_DUE_PURGE, "batch", FALSE },
  { KAN_DUE_COMING, "batch", FALSE },
  { KAN_DUE_LATE_RETURN, "takeout", TRUE },
  { KAN_DUE_NOT_BACK, "medium", TRUE },
  { KAN_DUE_WAITING, "approvals", FALSE },
  { KAN_DUE_REVIEW, "rule", FALSE },
};

/* The block was written on another day: what has passed since then is told as of today. */
static KanDueKind
kind_today (KanDueKind kind, KanDay day, KanDay today)
{
  if (day == KAN_DAY_NONE)
    return kind;
  if (kind == KAN_DUE_PURGE && day < today)
    return KAN_DUE_OVERDUE;
  if (kind == KAN_DUE_COMING && day <= today)
    return KAN_DUE_PURGE;
  if (kind == KAN_DUE_IN_USE && day < today)
    return KAN_DUE_NOT_BACK;
  return kind == KAN_DUE_OUT && day < today ? KAN_DUE_LATE_RETURN : kind;
}

/* `by_day`: those of another day are counted apart. */
static void
add_count (GArray *counts, KanDueKind kind, KanDay day, guint count, gboolean by_day)
{
  KanReminderCount fresh = { kind, day, count };

  for (guint i = 0; i < counts->len; i++)
    {
      KanReminderCount *known = &g_array_index (counts, KanReminderCount, i);

      if (known->kind != kind || (by_day && known->day != day))
        continue;
      known->count += count;
      if (day != KAN_DAY_NONE && (known->day == KAN_DAY_NONE || day < known->day))
        known->day = day;
      return;
    }
  g_array_append_val (counts, fresh);
}

/**
 * kan_reminders_of_due:
 * @due: (element-type KanDue): what needs somebody
 * @today: the day
 *
 * Returns: (transfer full) (element-type KanReminderCount): how much of each kind and day
 */
GArray *
kan_reminders_of_due (GPtrArray *due, KanDay today)
{
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (KanReminderCount));

  for (guint i = 0; i < due->len; i++)
    {
      const KanDue *one = g_ptr_array_index (due, i);
      KanDay day = kan_due_late_day (one);

      add_count (counts, kind_today (one->kind, day, today), day, 1, TRUE);
    }
  return counts;
}

/**
 * kan_reminders_of_status:
 * @status: a file's status, with its reminder block
 * @today: the day
 *
 * Returns: (transfer full) (element-type KanReminderCount): how much of each kind and day, as of @today
 */
GArray *
kan_reminders_of_status (const KanStatus *status, KanDay today)
{
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (KanReminderCount));

  for (guint i = 0; status->remind_as_of != 0 && i < MIN (status->n_reminders, G_N_ELEMENTS (status->reminders)); i++)
    if (status->reminders[i].what <= KAN_DUE_REVIEW)
      add_count (counts, kind_today (status->reminders[i].what, status->reminders[i].day, today),
                 status->reminders[i].day, status->reminders[i].count, TRUE);
  return counts;
}

static char *
word_body (const KanReminderCount *count, KanDay today)
{
  gint32 days = count->day != KAN_DAY_NONE ? count->day - today : 0;

  if (count->day == KAN_DAY_NONE)
    return g_strdup_printf (ngettext ("%u item", "%u items", count->count), count->count);
  if (days < 0)
    return g_strdup_printf (ngettext ("%u item, the oldest %d days overdue", "%u items, the oldest %d days overdue",
                                      count->count), count->count, -days);
  if (days == 0)
    return g_strdup_printf (ngettext ("%u item, until today", "%u items, the first until today", count->count),
                            count->count);
  return g_strdup_printf (ngettext ("%u item, in %d days", "%u items, the first in %d days", count->count),
                          count->count, days);
}

/**
 * kan_reminders_tell:
 * @file: the file's path
 * @counts: (element-type KanReminderCount): how much of each kind
 * @today: the day
 * @chosen: (nullable): called with a place when an action is chosen
 * @data: for @chosen
 * @error: the first failure; the rest is tried all the same
 *
 * Shows a notification for each kind that was not told today.
 *
 * Returns: how many are shown now
 */
guint
kan_reminders_tell (const char *file, GArray *counts, KanDay today, KanNotifyFunc chosen, gpointer data,
                    GError **error)
{
  g_autoptr(GArray) kinds = g_array_new (FALSE, FALSE, sizeof (KanReminderCount));
  guint n = 0;

  for (guint i = 0; i < counts->len; i++)
    {
      const KanReminderCount *count = &g_array_index (counts, KanReminderCount, i);

      add_count (kinds, count->kind, count->day, count->count, FALSE);
    }
  for (guint i = 0; i < kinds->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (told); j++)
      {
        const KanReminderCount *count = &g_array_index (kinds, KanReminderCount, i);
        g_autofree char *body = NULL;
        KanNotice notice;

        if (told[j].kind != count->kind ||
            (count->kind == KAN_DUE_COMING && (count->day == KAN_DAY_NONE || count->day > today + COMING_DAYS)))
          continue;
        body = word_body (count, today);
        notice = (KanNotice) { .what = kan_due_kind_id (count->kind), .body = body, .place = told[j].place,
                               .summary = kan_label (kan_due_kind_label (count->kind), kan_speaks_japanese ()),
                               .urgent = told[j].urgent };
        n += kan_notify_show (file, &notice, today, chosen, data, error != NULL && *error == NULL ? error : NULL);
      }
  return n;
}
