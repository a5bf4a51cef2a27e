/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose file it is, and what the public header says before anybody unlocks it. */
#include "desk/kan-desk-private.h"
#include "desk/kan-view.h"

#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>

/**
 * kan_desk_dup_association:
 * @self: an unlocked desk
 *
 * Returns: (transfer full): the association's name
 */
char *
kan_desk_dup_association (KanDesk *self)
{
  char *name = kan_book_name_of (self->book, "F1");

  return name != NULL ? name : g_strdup ("");
}

/**
 * kan_desk_dup_opened:
 * @self: a desk, locked or not
 *
 * Returns: (transfer full) (nullable): when and by whom the file was last opened; %NULL where it never was
 */
char *
kan_desk_dup_opened (KanDesk *self)
{
  KanStatus status = { 0 };
  g_autofree char *day = NULL, *minute = NULL;

  if (!kan_vault_get_status (self->vault, &status, NULL) || status.opened == 0)
    return NULL;
  minute = kan_minute_format (status.opened);
  day = kan_view_by_era () ? kan_wareki_format (kan_day_of_utc (status.opened)) : g_strndup (minute, 10);
  if (status.who[0] == '\0')
    return g_strdup_printf (_("Last opened %s %s"), day, minute + 11);
  /* Translators: a login, a day and a time */
  return g_strdup_printf (_("Last opened by %s, %s %s"), status.who, day, minute + 11);
}
