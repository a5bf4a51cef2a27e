/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts done and undone again in one transaction: nothing is signed, appended or kept. */
#include "acts/kan-suppose.h"

#include "acts/kan-draft-private.h"
#include "acts/kan-overtake.h"

typedef struct { KanBook *book; KanSupposeFunc func; gpointer data; gboolean fine; } Supposing;

/* Whatever came of it, it is rolled back. */
static gboolean
look_and_undo (KanDb *db, gpointer data, GError **error)
{
  Supposing *self = data;

  (void) db;
  self->fine = self->func (self->book, self->data, error);
  return FALSE;
}

/**
 * kan_book_suppose:
 * @self: a book
 * @func: supposes drafts with kan_draft_suppose() and looks
 * @data: for @func
 * @error: @func's own, or the database's
 *
 * Returns: %FALSE where the world failed; the file is in every case as it was
 */
gboolean
kan_book_suppose (KanBook *self, KanSupposeFunc func, gpointer data, GError **error)
{
  Supposing supposing = { self, func, data, FALSE };

  if (kan_db_transaction (self->db, look_and_undo, &supposing, error))
    return FALSE;
  return kan_book_reload (self, supposing.fine ? error : NULL) && supposing.fine;
}

/**
 * kan_draft_suppose:
 * @self: a draft that would be admitted
 * @person: who would sign
 * @at: when, seconds of UTC
 * @error: return location
 *
 * Within kan_book_suppose(): does to the registers what the act would do once all its hands are given. A draft that
 * would be refused does nothing.
 */
gboolean
kan_draft_suppose (KanDraft *self, gint64 person, gint64 at, GError **error)
{
  g_autoptr(KanCase) c = kan_draft_case (self, person, NULL, at, KAN_STAGE_SIGN, error);

  if (c == NULL || !kan_case_admissible (c))
    return c != NULL;
  kan_overtake (c);
  kan_complete (c);
  if (c->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&c->error));
  return FALSE;
}
