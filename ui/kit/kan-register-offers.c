/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be begun on a register as a whole: buttons below its list, and beside them why others are not possible. */
#include "kit/kan-register-page-private.h"

#include "kit/kan-inquiry.h"
#include "kit/kan-pieces.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gpointer
offers_job (KanWorker *worker, gpointer data, G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
  const KanInquiry *inquiry = data;

  return kan_desk_list_offers (kan_worker_get_desk (worker), inquiry->about, inquiry->now, error);
}

/* One reason for all of them stands alone; several each after what they are about. */
static char *
word_reasons (const GPtrArray *offers)
{
  GString *out = g_string_new (NULL);
  const char *only = NULL;
  gboolean several = FALSE;

  for (guint i = 0; i < offers->len; i++)
    {
      const KanViewOffer *offer = g_ptr_array_index (offers, i);

      if (offer->allowed || offer->reason == NULL)
        continue;
      several = several || (only != NULL && strcmp (only, offer->reason) != 0);
      only = offer->reason;
      g_string_append (out, out->len > 0 ? "\n" : "");
      g_string_append_printf (out, _("%s: %s"), offer->title, offer->reason);
    }
  if (!several)
    g_string_assign (out, only != NULL ? only : "");
  return g_string_free (out, FALSE);
}

static void
show_reasons (KanRegisterPage *self, const GPtrArray *offers)
{
  g_autofree char *words = word_reasons (offers);

  gtk_label_set_text (self->reasons, words);
  gtk_widget_set_visible (GTK_WIDGET (self->reasons), *words != '\0');
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "empty") == 0)
    kan_register_page_show_empty (self);
}

/* What may be begun comes first. */
static void
offers_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(KanRegisterPage) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) offers = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (offers == NULL || g_cancellable_is_cancelled (self->life) ||
      kan_wait_for_release (GTK_WIDGET (self), (void (*) (gpointer)) kan_register_page_load_offers))
    return;
  kan_register_page_clear_offers (self);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < offers->len; i++)
      {
        const KanViewOffer *offer = g_ptr_array_index (offers, i);

        self->can_begin = self->can_begin || offer->allowed;
        if (offer->allowed == (pass == 0))
          kan_wrap_append (self->offers, kan_offer_button (offer, offer->suggested));
      }
  show_reasons (self, offers);
}

/**
 * kan_register_page_load_offers:
 *
 * Asks for what may be begun.
 */
void
kan_register_page_load_offers (KanRegisterPage *self)
{
  kan_session_run (self->session, KAN_JOB_OFFERS, offers_job,
                   kan_inquiry_new (self->session, self->query->register_id), (GDestroyNotify) kan_inquiry_free,
                   (GDestroyNotify) g_ptr_array_unref, self->life, offers_ready_cb, g_object_ref (self));
}

/**
 * kan_register_page_clear_offers:
 *
 * Forgets them.
 */
void
kan_register_page_clear_offers (KanRegisterPage *self)
{
  kan_wrap_clear (self->offers);
  gtk_widget_set_visible (GTK_WIDGET (self->reasons), FALSE);
  self->can_begin = FALSE;
}
