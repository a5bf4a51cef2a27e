/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a medium was when, from its record and those that moved it. */
#include "forms/kan-forms-private.h"

#include "forms/kan-form-custody.h"
#include "registers/kan-stays.h"

static const char *
moment_of (KanMaker *self, gint64 utc)
{
  g_autofree char *stored = kan_utc_format (utc);

  return kan_maker_moment (self, stored);
}

/* What is no longer here ended when it began, and is told no end. */
static void
fill_row (KanMaker *self, guint i, const KanStay *stay, gint64 now, KanCustodyRow *row)
{
  gboolean left = stay->until == stay->since;

  kan_maker_rely (self, stay->subject);
  row->number = kan_maker_keep (self, g_strdup_printf ("%u", i + 1));
  row->state = stay->label;
  row->since = moment_of (self, stay->since);
  row->until = left ? NULL : stay->until == 0 ? "現在" : moment_of (self, stay->until);
  row->days = left ? NULL : kan_maker_counted (self, kan_stay_days (stay, now), "日");
  row->record = kan_maker_keep (self, g_strdup (stay->subject));
}

/**
 * kan_maker_custody:
 * @self: a maker of a medium
 * @error: the world's
 *
 * Returns: (transfer full): where it was when
 */
KanPaper *
kan_maker_custody (KanMaker *self, GError **error)
{
  g_autofree char *today = kan_db_get_text (kan_book_get_db (self->book), error, "SELECT day FROM temp.today", "");
  g_autoptr(GPtrArray) stays = today != NULL ? kan_stays_list (self->book, self->subject,
                                                               kan_record_get_state (self->record), TRUE, error) : NULL;
  g_autofree KanCustodyRow *rows = NULL;
  KanCustodyForm form = { .stays = stays };

  if (stays == NULL)
    return NULL;
  kan_maker_medium (self, self->subject, NULL, &form.medium);
  kan_maker_head (self, "custody", form.medium.number, today, &form.head);
  form.state = kan_state_label (kan_record_get_register (self->record), kan_record_get_state (self->record), TRUE);
  form.now = kan_day_to_utc (kan_day_parse (today));
  form.rows = rows = g_new0 (KanCustodyRow, stays->len + 1);
  for (guint i = 0; i < stays->len; i++)
    fill_row (self, i, g_ptr_array_index (stays, i), form.now, &rows[i]);
  return kan_form_custody_new (&form);
}
