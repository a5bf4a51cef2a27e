/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose file it is, and what the public header says before anybody unlocks it. */
#include "desk/kan-desk-private.h"
#include "desk/kan-view.h"

#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

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

/* A day as screens write days, and the time. */
static char *
format_minute (gint64 at)
{
  g_autofree char *minute = kan_minute_format (at);
  g_autofree char *day = kan_view_by_era () ? kan_wareki_format (kan_day_of_utc (at)) : g_strndup (minute, 10);

  return g_strdup_printf ("%s %s", day, minute + 11);
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
  g_autofree char *when = NULL;

  if (!kan_vault_get_status (self->vault, &status, NULL) || status.opened == 0)
    return NULL;
  when = format_minute (status.opened);
  if (status.who[0] == '\0')
    return g_strdup_printf (_("Last opened %s"), when);
  /* Translators: a login, a day with a time */
  return g_strdup_printf (_("Last opened by %s, %s"), status.who, when);
}

/**
 * kan_desk_dup_verified:
 * @self: a desk, locked or not
 *
 * Returns: (transfer full) (nullable): when, by whom and how far the file was last verified and held (検査済): a hint of
 *   the public header, no proof; %NULL where it never was
 */
char *
kan_desk_dup_verified (KanDesk *self)
{
  KanStatus status = { 0 };
  g_autofree char *when = NULL;

  if (!kan_vault_get_status (self->vault, &status, NULL) || status.verified == 0)
    return NULL;
  when = format_minute (status.verified);
  /* Translators: a number of the ledger, a login, a day with a time */
  return g_strdup_printf (_("Verified up to no. %" PRId64 " by %s, %s"), status.verified_seq, status.verified_by, when);
}
