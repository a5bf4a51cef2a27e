/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The book of an open file: its tables, made anew where an older program made them, and whether all of it holds. */
#include "desk/kan-desk-private.h"

#include "acts/kan-rebuild.h"
#include "acts/kan-record-check.h"
#include "acts/kan-repair.h"
#include "registers/kan-registers.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* In the file itself, or beside it where it may not be written to. */
static gboolean
rebuild (KanDesk *self, const char *login, GError **error)
{
  if (kan_vault_get_mode (self->vault) == KAN_VAULT_READ)
    {
      self->aside = kan_book_rebuild_aside (self->book, self->progress, self->progress_data, error);
      if (self->aside == NULL)
        return FALSE;
      kan_book_free (self->book);
      self->book = kan_scratch_get_book (self->aside);
      kan_desk_tell (self, _("An older program made the registers of this file: they were made anew from the signed "
                             "entries for this opening. The file itself is as it was."));
      return TRUE;
    }
  if (!kan_vault_mark_in_use (self->vault, login, error))
    return FALSE;
  self->marked = TRUE;
  if (!kan_book_rebuild (self->book, self->progress, self->progress_data, error))
    return FALSE;
  kan_desk_tell (self, _("An older program made the registers of this file: they were made anew from the signed "
                         "entries."));
  return TRUE;
}

/**
 * kan_desk_open_book:
 * @self: a desk whose vault is unlocked
 * @login: who unlocked it
 * @error: %KAN_ERROR_TOO_NEW, or %KAN_ERROR_DAMAGED where the tables are not the program's own; else why tables of an
 *   older program could not be made anew, and then they stand as they were
 *
 * Nothing is asked of the registers before their tables are known to be the program's own.
 */
gboolean
kan_desk_open_book (KanDesk *self, const char *login, GError **error)
{
  self->book = kan_book_new (kan_vault_get_db (self->vault), kan_vault_get_file_id (self->vault), kan_registers (),
                             error);
  if (self->book == NULL || (kan_book_is_older (self->book) && !rebuild (self, login, error)) ||
      !kan_book_check_schema (self->book, error))
    return FALSE;
  if (kan_book_is_doubtful (self->book))
    kan_desk_tell (self, _("The registers say what no signed entry says: verify the file."));
  return TRUE;
}

/**
 * kan_desk_close_book:
 * @self: a desk
 *
 * Frees the book, and the copy that it may lie in.
 */
void
kan_desk_close_book (KanDesk *self)
{
  if (self->aside == NULL)
    g_clear_pointer (&self->book, kan_book_free);
  self->book = NULL;
  g_clear_pointer (&self->aside, kan_scratch_free);
}

/**
 * kan_desk_set_progress:
 * @self: a locked desk
 * @progress: (nullable): told how far tables of an older program are made anew; %FALSE stops, and unlocking fails
 * @data: for @progress
 */
void
kan_desk_set_progress (KanDesk *self, KanProgressFunc progress, gpointer data)
{
  self->progress = progress;
  self->progress_data = data;
}

/* --- what this terminal has seen ------------------------------------------------------------------------------- */

static char *
heads_notice (KanHeadsVerdict verdict, const char *seen, gint64 seq)
{
  if (verdict == KAN_HEADS_SHORTER)
    return g_strdup_printf (_("This file ends at entry %" PRId64 ", and this terminal has seen it up to entry %" PRId64
                              ": an older file was put in its place. Look for the newer one; where a backup was "
                              "restored on purpose, verify the file and note what was found."), seq,
                            g_ascii_strtoll (seen, NULL, 10));
  return g_strdup_printf (_("This file is another than the one this terminal has seen: they part at entry %" PRId64
                            " or before it. Look for the other one and compare both with a later paper; where a backup "
                            "was restored on purpose, verify the file and note what was found."),
                          g_ascii_strtoll (seen, NULL, 10));
}

/**
 * kan_desk_tell_heads:
 * @self: a desk that is being unlocked
 * @error: return location
 *
 * Tells where the file does not hold what this terminal has seen of it; else the terminal remembers how far it goes, as
 * far as the last entry holds.
 */
gboolean
kan_desk_tell_heads (KanDesk *self, GError **error)
{
  const guint8 *file = kan_vault_get_file_id (self->vault);
  g_autofree char *seen = kan_heads_recall (file), *notice = NULL;
  KanDb *db = kan_book_get_db (self->book);
  gboolean newer = FALSE, holds = FALSE;
  KanHead head;

  if (!kan_ledger_get_head (db, &head, error) || !kan_heads_compare (seen, db, &head, &self->heads, &newer, error) ||
      (newer && !kan_book_head_holds (self->book, &holds, error)))
    return FALSE;
  if (newer && holds)
    kan_heads_keep (file, &head);
  if (self->heads == KAN_HEADS_HOLD)
    return TRUE;
  notice = heads_notice (self->heads, seen, head.seq);
  kan_desk_tell (self, notice);
  return TRUE;
}

/**
 * kan_desk_keep_head:
 * @self: an unlocked desk that has written
 *
 * The terminal remembers how far the file goes, unless it is another than the one it has seen.
 */
void
kan_desk_keep_head (KanDesk *self)
{
  KanHead head;

  if (self->heads == KAN_HEADS_HOLD && kan_ledger_get_head (kan_vault_get_db (self->vault), &head, NULL))
    kan_heads_keep (kan_vault_get_file_id (self->vault), &head);
}

/* --- whether all of it holds ---------------------------------------------------------------------------------- */

/* What the next person is told before they unlock, and how far this one need not look again. */
static gboolean
keep_verdict (KanDesk *self, const KanVerdict *verdict, const KanVerifyOptions *options, GError **error)
{
  KanStatus status = { 0 };

  if (!kan_desk_may_write (self, error) || !kan_book_keep_verdict (self->book, verdict, options, error) ||
      !kan_vault_get_status (self->vault, &status, error))
    return FALSE;
  status.verified = options->now;
  status.verified_seq = verdict->head.seq;
  g_strlcpy (status.verified_by, self->seat->login, sizeof status.verified_by);
  return kan_vault_set_status (self->vault, &status, error);
}

/**
 * kan_desk_verify:
 * @self: an unlocked desk
 * @options: (nullable): as kan_book_verify(); with `now` it goes on from what this person verified before, and what it
 *   finds is kept for their next run where nothing is new and the file may be written to
 * @error: return location
 *
 * May take long: told and stopped by the options' progress callback.
 *
 * Returns: (transfer full): what was found
 */
KanVerdict *
kan_desk_verify (KanDesk *self, const KanVerifyOptions *options, GError **error)
{
  KanVerifyOptions own = options != NULL ? *options : (KanVerifyOptions) { 0 };
  g_autoptr(GError) not_kept = NULL;
  g_autofree char *seen = self->heads != KAN_HEADS_HOLD ? kan_heads_recall (kan_vault_get_file_id (self->vault)) : NULL;
  gboolean kept = FALSE;
  KanVerdict *verdict;

  own.seen = seen;
  if (own.now != 0 && !self->provisional)
    {
      own.keys = self->seat->keys;
      own.person = self->seat->person;
    }
  verdict = kan_book_verify (self->book, &own, error);
  if (verdict != NULL && own.keys != NULL && verdict->n_new == 0)
    kept = keep_verdict (self, verdict, &own, &not_kept);
  if (kept)
    kan_book_recall_verified (self->book, own.keys, own.person);
  /* where the result cannot be kept the next run is a longer one, and no more */
  (void) kept;
  return verdict;
}

/**
 * kan_desk_verify_once:
 * @self: an unlocked desk
 * @now: the clock as read, seconds of UTC
 * @progress: (nullable): as kan_book_verify()
 * @data: for @progress
 * @error: as kan_desk_verify()
 *
 * Verifies unless that was done and nobody else wrote to the file since: before a register goes on paper, whose lines
 * are not proven one by one. What was found is told on its cover and beside its lines.
 */
gboolean
kan_desk_verify_once (KanDesk *self, gint64 now, KanProgressFunc progress, gpointer data, GError **error)
{
  const KanVerifyOptions options = { .now = now, .progress = progress, .progress_data = data };
  g_autoptr(KanVerdict) verdict = NULL;
  gboolean clean = FALSE;

  if (!kan_book_get_verified (self->book, &clean))
    verdict = kan_desk_verify (self, &options, error);
  return verdict != NULL || kan_book_get_verified (self->book, &clean);
}

/**
 * kan_desk_dup_anchor:
 * @self: an unlocked desk
 * @error: return location
 *
 * Returns: (transfer full): the anchor (確認符号) of the head, for paper
 */
char *
kan_desk_dup_anchor (KanDesk *self, GError **error)
{
  KanHead head;

  return kan_ledger_get_head (kan_vault_get_db (self->vault), &head, error) ? kan_anchor_format (head.seq,
                                                                                                 &head.hash) : NULL;
}
