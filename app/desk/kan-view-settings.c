/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the office has set in its file: reminders that may be read without a passphrase, and the profile in force. */
#include "desk/kan-view-private.h"
#include "desk/kan-view-settings.h"

#include <glib/gi18n-lib.h>

/* In force, and applying. */
#define SQL_GOVERNS_FROM "max(in_force_from, ifnull(applies_from, in_force_from))"

/**
 * kan_settings_view_free:
 * @self: (nullable): what the office has set
 */
void
kan_settings_view_free (KanSettingsView *self)
{
  if (self == NULL)
    return;
  g_free (self->reminds_as_of);
  g_free (self->profile);
  g_free (self->since);
  g_free (self->coming);
  g_free (self->profile_json);
  g_free (self->today);
  g_free (self);
}

static void
fill_reminders (KanSettingsView *view, const KanStatus *status)
{
  g_autofree char *day = status->remind_as_of > 0 ? kan_day_format ((KanDay) status->remind_as_of) : NULL;

  view->reminds = day != NULL;
  view->reminds_as_of = day != NULL ? kan_view_day (day) : NULL;
  view->n_reminders = status->n_reminders;
}

/* Since when the one in force is, and from when the next one will be. */
static gboolean
fill_days (KanDesk *self, KanSettingsView *view, GError **error)
{
  KanDb *db = kan_book_get_db (self->book);
  g_autofree char *since = kan_db_get_text (db, error, "SELECT max(" SQL_GOVERNS_FROM ") FROM profile"
                                            " WHERE state = 'adopted' AND " SQL_GOVERNS_FROM " <= ?", "s", view->today);
  g_autofree char *next = kan_db_get_text (db, NULL, "SELECT min(" SQL_GOVERNS_FROM ") FROM profile"
                                           " WHERE state = 'adopted' AND " SQL_GOVERNS_FROM " > ?", "s", view->today);
  g_autofree char *coming = next != NULL ? kan_view_day (next) : NULL;

  view->since = kan_view_day (since);
  if (coming != NULL)
    view->coming = g_strdup_printf (_("Another one comes into force on %s"), coming);
  return since != NULL;
}

/**
 * kan_desk_view_settings:
 * @self: an unlocked desk
 * @error: return location
 *
 * Returns: (transfer full): what the office has set in its file
 */
KanSettingsView *
kan_desk_view_settings (KanDesk *self, GError **error)
{
  g_autoptr(KanSettingsView) view = g_new0 (KanSettingsView, 1);
  const KanProfile *profile = kan_book_get_profile (self->book);
  KanStatus status = { 0 };

  if (profile == NULL || !kan_vault_get_status (self->vault, &status, error))
    return NULL;
  view->today = kan_view_today (self);
  view->may_write = kan_desk_may_write (self, NULL) &&
                    kan_book_may_write (self->book, kan_desk_get_person (self), kan_day_to_utc (self->day));
  view->may_manage = view->may_write &&
                     kan_book_may_manage (self->book, kan_desk_get_person (self), kan_day_to_utc (self->day));
  view->profile = g_strdup (kan_label (kan_profile_title (profile), kan_speaks_japanese ()));
  view->profile_json = g_strdup (kan_profile_json (profile));
  fill_reminders (view, &status);
  return fill_days (self, view, error) ? g_steal_pointer (&view) : NULL;
}
