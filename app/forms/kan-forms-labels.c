/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stickers from the records: of one medium, of several, or of all that are in store. */
#include "forms/kan-forms-private.h"

#include "forms/kan-form-labels.h"

#include <glib/gi18n-lib.h>

static void
add_item (KanMaker *self, const char *subject, GArray *items)
{
  KanLabelsItem item = { .code = subject };

  kan_maker_medium (self, subject, NULL, &item.medium);
  g_array_append_val (items, item);
}

/* Media at hand: a sticker is put on when something is registered, or renewed on what is there. */
static gboolean
add_stored (KanMaker *self, GArray *items, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_query (kan_book_get_db (self->book), error,
                                          "SELECT 'M' || id FROM medium WHERE state IN ('registered', 'stored',"
                                          " 'in_use', 'erased', 'faulty') ORDER BY id", "");
  g_autoptr(GPtrArray) subjects = g_ptr_array_new ();
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    g_ptr_array_add (subjects, (gpointer) kan_maker_keep (self, g_strdup (kan_stmt_text (stmt, 0))));
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  for (guint i = 0; i < subjects->len; i++)
    add_item (self, g_ptr_array_index (subjects, i), items);
  return TRUE;
}

/**
 * kan_maker_labels:
 * @self: a maker of a medium, or of no record for all that are at hand
 * @error: %KAN_ERROR_USAGE where no medium is at hand
 *
 * Returns: (transfer full): stickers
 */
KanPaper *
kan_maker_labels (KanMaker *self, GError **error)
{
  g_autoptr(GArray) items = g_array_new (FALSE, FALSE, sizeof (KanLabelsItem));
  KanLabelsForm form = { 0 };

  for (char **subject = self->subjects; subject != NULL && *subject != NULL; subject++)
    add_item (self, *subject, items);
  if (self->record != NULL && self->subjects == NULL)
    add_item (self, self->subject, items);
  else if (self->record == NULL && !add_stored (self, items, error))
    return NULL;
  if (items->len == 0)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("no medium is at hand: register one first"));
      return NULL;
    }
  form.association = kan_maker_keep (self, kan_book_name_of (self->book, "F1"));
  form.items = (const KanLabelsItem *) items->data;
  form.n_items = items->len;
  form.n_used = self->n_used;
  return kan_form_labels_new (&form);
}
