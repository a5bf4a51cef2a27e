/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing a passphrase, claiming a key and issuing one: what runs in the database thread, and the words for what
 * became of it when nobody was there to see. */
#include "settings/kan-key-order.h"

#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * kan_key_order_free:
 * @self: what was ordered
 */
void
kan_key_order_free (KanKeyOrder *self)
{
  g_free (self->person);
  g_free (self->login);
  g_free (self->officer);
  g_clear_pointer (&self->own, kan_secret_free);
  g_clear_pointer (&self->fresh, kan_secret_free);
  g_clear_pointer (&self->officer_passphrase, kan_secret_free);
  g_free (self);
}

/**
 * kan_key_ending_free:
 * @self: what became of it
 */
void
kan_key_ending_free (KanKeyEnding *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->issued, kan_one_time_free);
  g_free (self->refused);
  g_free (self);
}

/* What became of it: refusals in one text, "" where it was done; and which row they are about. */
static void
take_outcome (KanKeyEnding *self, const KanOutcome *outcome)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < outcome->refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (outcome->refusals, i);

      g_string_append_printf (out, "%s%s", i > 0 ? "\n" : "", refusal->why);
      if (g_strcmp0 (refusal->key, "login") == 0)
        self->wrong = KAN_KEY_LOGIN;
    }
  if (outcome->refusals->len == 0 && outcome->waiting_for->len > 0)
    g_string_append (out, _("It waits for a second person's signature. Issue the key again once they have signed."));
  self->refused = g_string_free (g_steal_pointer (&out), FALSE);
}

static KanOneTime *
issued_to (KanDesk *desk, const KanKeyOrder *order)
{
  g_autoptr(KanRecordView) record = kan_desk_view_record (desk, order->person, order->now, NULL);

  return kan_one_time_new (record != NULL ? record->name : order->person, order->login, order->fresh);
}

/* Each step says whose passphrase it was. */
static KanOutcome *
do_order (KanDesk *desk, const KanKeyOrder *order, KanKeyEnding *ending)
{
  KanOutcome *outcome;

  ending->wrong = KAN_KEY_OWN;
  if (order->own != NULL && !kan_desk_check_passphrase (desk, order->own, &ending->error))
    return NULL;
  ending->wrong = KAN_KEY_OFFICER_PASSPHRASE;
  if (order->officer != NULL && !kan_desk_add_cosigner (desk, order->officer, order->officer_passphrase,
                                                        &ending->error))
    return NULL;
  ending->wrong = KAN_KEY_N_ROWS;
  outcome = order->deed == KAN_KEY_CLAIM ? kan_desk_claim (desk, order->fresh, order->now, &ending->error)
            : kan_desk_enroll (desk, order->person, order->login, order->fresh, order->now, &ending->error);
  kan_desk_clear_cosigners (desk);
  return outcome;
}

/**
 * kan_key_order_job:
 * @worker: in its thread
 * @data: a #KanKeyOrder
 * @cancellable: not looked at
 * @error: not set: the ending says it
 *
 * Returns: (transfer full): a #KanKeyEnding
 */
gpointer
kan_key_order_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  KanDesk *desk = kan_worker_get_desk (worker);
  const KanKeyOrder *order = data;
  KanKeyEnding *ending = g_new0 (KanKeyEnding, 1);
  g_autoptr(KanOutcome) outcome = NULL;

  if (order->deed == KAN_KEY_CHANGE)
    {
      ending->wrong = KAN_KEY_OWN;
      if (kan_desk_change_passphrase (desk, order->own, order->fresh, &ending->error))
        ending->refused = g_strdup ("");
      return ending;
    }
  outcome = do_order (desk, order, ending);
  if (outcome == NULL)
    return ending;
  take_outcome (ending, outcome);
  if (order->deed == KAN_KEY_ENROLL && *ending->refused == '\0')
    ending->issued = issued_to (desk, order);
  return ending;
}

/**
 * kan_key_word_issued:
 * @issued: what was shown, or would have been
 *
 * Returns: (transfer full): a sentence for who comes back; they need not have read it, nor told it
 */
char *
kan_key_word_issued (const KanOneTime *issued)
{
  g_autofree char *name = kan_visible_text (issued->name);

  /* Translators: a person's name and their user name */
  return g_strdup_printf (_("A key was issued to %s (user name %s). If they were not told the one-time passphrase, "
                            "issue the key again under the same user name: a new one is drawn."),
                          name, issued->login);
}

/**
 * kan_key_tell_later:
 * @session: which was locked while it ran
 * @ending: what became of it
 * @title: of the deed
 * @done: says that it was done
 *
 * Whoever did it is told once they unlock again.
 */
void
kan_key_tell_later (KanSession *session, const KanKeyEnding *ending, const char *title, const char *done)
{
  g_autofree char *why = ending->error != NULL ? kan_dialogs_word_error (ending->error) : g_strdup (ending->refused);
  /* Translators: what was to be done, and why it was not */
  g_autofree char *not_done = g_strdup_printf (_("%s: not done. %s"), title, why);
  g_autofree char *issued = ending->issued != NULL ? kan_key_word_issued (ending->issued) : NULL;

  kan_session_tell_later (session, *why != '\0' ? not_done : issued != NULL ? issued : done);
}
