/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of persons: enrolling, claiming one's own, changing the passphrase (FILE.md, "Birth of a key"). */
#include "desk/kan-desk-private.h"

#include "vault/kan-strength.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * kan_desk_answer_keys:
 * @draft: a founding or a claim
 * @keys: the person's own
 *
 * Answers with the public keys that the act brings.
 */
void
kan_desk_answer_keys (KanDraft *draft, const KanKeys *keys)
{
  g_autofree char *sign = kan_hex (kan_keys_get_sign (keys), KAN_KEY_SIZE);
  g_autofree char *statement = kan_hex (kan_keys_get_statement (keys), KAN_KEY_SIZE);
  g_autofree char *box = kan_hex (kan_keys_get_box (keys), KAN_KEY_SIZE);

  kan_draft_set (draft, "sign_key", sign);
  kan_draft_set (draft, "statement_key", statement);
  kan_draft_set (draft, "box_key", box);
}

/**
 * kan_desk_keep_generation:
 * @self: an unlocked desk
 * @error: return location
 *
 * The database remembers the newest generation of key slots: an older header put back is told. Slots changed upon such
 * a header make it no newer: what is remembered stays ahead of it, so that everybody is told from then on.
 */
gboolean
kan_desk_keep_generation (KanDesk *self, GError **error)
{
  return kan_db_run (kan_vault_get_db (self->vault), error,
                     "INSERT INTO meta (key, value) VALUES ('generation', ?1) ON CONFLICT (key) DO UPDATE"
                     " SET value = iif (?2, 1 + max (?1, CAST (value AS INTEGER)), ?1)", "ii",
                     (gint64) kan_vault_get_generation (self->vault), (gint64) self->outdated);
}

static gboolean
put_provisional_slot (KanDesk *self, gint64 person, const char *login, const KanSecret *one_time, GError **error)
{
  g_autoptr(KanSecret) seed = kan_secret_new_random (KAN_SEED_SIZE);
  g_autoptr(KanKeys) keys = kan_keys_new (seed);

  return kan_vault_put_slot (self->vault, login, person, TRUE, one_time, keys,
                             error) && kan_desk_keep_generation (self, error);
}

/* Whoever makes the slot knows its passphrase, so it must be who issued the key: anybody else issues it anew. */
static gboolean
has_issued (KanDesk *self, KanRecord *record, const char *login)
{
  gint64 issued = kan_record_get_int (record, "issued");
  g_autoptr(KanAct) act = issued > 0 && g_strcmp0 (kan_record_get_text (record, "login"), login) == 0
    ? kan_ledger_get (kan_book_get_db (self->book), issued, NULL) : NULL;

  return act != NULL && act->actor == self->seat->person;
}

/* The issue is in force, and its slot is not there or was never claimed: it is made without a second act of the same,
 * under the same rules. */
static KanOutcome *
judge_slot (KanDesk *self, KanDraft *draft, gint64 now, GError **error)
{
  g_autoptr(GPtrArray) refusals = kan_desk_may_write (self, error)
    ? kan_draft_judge (draft, self->seat->person, now, error) : NULL;
  KanOutcome *outcome;

  kan_desk_clear_cosigners (self);
  if (refusals == NULL)
    return NULL;
  outcome = g_new0 (KanOutcome, 1);
  outcome->subject = g_strdup (kan_draft_get_subject (draft));
  outcome->refusals = g_steal_pointer (&refusals);
  outcome->waiting_for = g_ptr_array_new ();
  return outcome;
}

/* An act whose slot could not be made would stand there for ever: that is refused first. %NULL: it can be made. */
static KanOutcome *
refuse_login (const char *person, const char *login)
{
  g_autoptr(GPtrArray) refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_refusal_free);
  KanOutcome *outcome;

  kan_desk_judge_login (login, refusals);
  if (refusals->len == 0)
    return NULL;
  outcome = g_new0 (KanOutcome, 1);
  outcome->subject = g_strdup (person);
  outcome->refusals = g_steal_pointer (&refusals);
  outcome->waiting_for = g_ptr_array_new ();
  return outcome;
}

/**
 * kan_desk_enroll:
 * @self: an unlocked desk
 * @person: "P2"
 * @login: their login
 * @one_time: a passphrase they are told; it opens for reading only, until they claim a key of their own
 * @now: seconds of UTC
 * @error: return location
 *
 * The act first, then the slot: where the act waits for a second person, call again once it has taken effect. Then
 * nothing is signed anew: who issued the key makes the slot, also in place of one that was not claimed.
 *
 * Returns: (transfer full): what became of the act, its number 0 where it was in force already; no refusal and nobody
 *   awaited: the slot is there
 */
KanOutcome *
kan_desk_enroll (KanDesk *self, const char *person, const char *login, const KanSecret *one_time, gint64 now,
                 GError **error)
{
  g_autoptr(KanRecord) record = kan_record_get (self->book, person, error);
  g_autoptr(KanDraft) draft = NULL;
  g_autoptr(KanOutcome) outcome = NULL;

  if (record == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE,
                     _("there is no person %s: `kanribo show FILE person` lists them"), person);
      return NULL;
    }
  outcome = refuse_login (person, login);
  if (outcome != NULL)
    return g_steal_pointer (&outcome);
  draft = kan_draft_new (self->book, "person.enroll", person, error);
  if (draft == NULL)
    return NULL;
  kan_draft_set (draft, "login", login);
  outcome = has_issued (self, record, login) ? judge_slot (self, draft, now, error)
            : kan_desk_sign (self, draft, now, error);
  if (outcome == NULL)
    return NULL;
  if (outcome->refusals->len == 0 && outcome->waiting_for->len == 0 &&
      !put_provisional_slot (self, kan_record_get_int (record, "id"), login, one_time, error))
    return NULL;
  return g_steal_pointer (&outcome);
}

static gboolean
put_claimed_slot (KanDesk *self, const char *login, gboolean provisional, const KanSecret *passphrase,
                  const KanKeys *keys, GError **error)
{
  return kan_vault_put_slot (self->vault, login, self->seat->person, provisional, passphrase, keys, error) &&
         kan_desk_keep_generation (self, error);
}

static void
refuse_claim (const char *login, GError **error)
{
  g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("nothing is to be claimed: “%s” holds a key of their own already;"
                                                    " another passphrase is set with `kanribo passwd`"), login);
}

/**
 * kan_desk_may_claim:
 * @self: a desk, locked or not
 * @login: of somebody who is enrolled
 * @error: %KAN_ERROR_USAGE: they hold a key of their own
 *
 * What the public header says, before a passphrase is asked for.
 *
 * Returns: whether a key is to be claimed
 */
gboolean
kan_desk_may_claim (KanDesk *self, const char *login, GError **error)
{
  const KanSlot *slot = kan_vault_find_slot (self->vault, login);

  if (slot != NULL && slot->provisional)
    return TRUE;
  refuse_claim (login, error);
  return FALSE;
}

/**
 * kan_desk_claim:
 * @self: a desk unlocked with a one-time passphrase, the identifying officer among the cosigners
 * @passphrase: the person's own from now on
 * @now: seconds of UTC
 * @error: %KAN_ERROR_USAGE where nothing is to be claimed, nobody identified the person, or the passphrase is too weak
 *
 * Draws the seed that nobody else ever knows, seals it under the passphrase, and signs key.claim with it. The slot goes
 * first, still provisional: interrupted before the act, the new passphrase opens for reading and claims again;
 * interrupted after it, unlocking finishes. Refused, the one-time passphrase is put back.
 *
 * Returns: (transfer full): what became of the act
 */
KanOutcome *
kan_desk_claim (KanDesk *self, const KanSecret *passphrase, gint64 now, GError **error)
{
  g_autoptr(KanSecret) seed = kan_secret_new_random (KAN_SEED_SIZE);
  g_autoptr(KanKeys) keys = kan_keys_new (seed);
  g_autofree char *person = g_strdup_printf ("P%" G_GINT64_FORMAT, self->seat->person);
  g_autofree char *login = g_strdup (self->seat->login);
  g_autoptr(KanDraft) draft = kan_draft_new (self->book, "key.claim", NULL, error);
  g_autoptr(GBytes) former = kan_vault_dup_slot (self->vault, login);
  g_autoptr(KanOutcome) outcome = NULL;

  if (draft == NULL)
    return NULL;
  if (!self->provisional)
    {
      refuse_claim (login, error);
      return NULL;
    }
  if (self->cosigners->len == 0)
    {
      g_set_error_literal (error, KAN_ERROR, KAN_ERROR_USAGE,
                           _("an officer who has identified the person signs with them: --with LOGIN:FILE"));
      return NULL;
    }
  if (!kan_strength_check (passphrase, login, error))
    return NULL;
  self->provisional = FALSE;
  kan_draft_set (draft, "person", person);
  kan_desk_answer_keys (draft, keys);
  if (kan_desk_may_write (self, error) && put_claimed_slot (self, login, TRUE, passphrase, keys, error))
    outcome = kan_desk_admit (self, draft, keys, now, error);
  kan_desk_clear_cosigners (self);
  self->provisional = outcome == NULL || outcome->refusals->len > 0;
  if (outcome != NULL && self->provisional &&
      (!kan_vault_put_back_slot (self->vault, former, error) || !kan_desk_keep_generation (self, error)))
    return NULL;
  if (self->provisional)
    return g_steal_pointer (&outcome);
  if (!put_claimed_slot (self, login, FALSE, passphrase, keys, error))
    return NULL;
  kan_seat_free (self->seat);
  self->seat = kan_seat_new (kan_vault_find_slot (self->vault, login)->person, login, g_steal_pointer (&keys));
  return g_steal_pointer (&outcome);
}

static gboolean
differs (const KanSecret *old_one, const KanSecret *new_one, GError **error)
{
  gsize size = kan_secret_get_size (old_one);

  if (size != kan_secret_get_size (new_one) ||
      !kan_equal (kan_secret_peek_bytes (old_one), kan_secret_peek_bytes (new_one), size))
    return TRUE;
  g_set_error_literal (error, KAN_ERROR, KAN_ERROR_USAGE,
                       _("the new passphrase is the one until now: choose another"));
  return FALSE;
}

/**
 * kan_desk_change_passphrase:
 * @self: an unlocked desk
 * @old_one: the passphrase until now
 * @new_one: the passphrase from now on
 * @error: %KAN_ERROR_LOCKED where @old_one is wrong, %KAN_ERROR_USAGE where @new_one is the same or too weak
 *
 * The key stays: a passphrase that somebody else learned needs a new key, not this. Where the disk is too full to keep
 * it, the passphrase stays as it was.
 */
gboolean
kan_desk_change_passphrase (KanDesk *self, const KanSecret *old_one, const KanSecret *new_one, GError **error)
{
  g_autoptr(KanKeys) keys = kan_vault_unseal (self->vault, self->seat->login, old_one, error);
  g_autoptr(GBytes) former = kan_vault_dup_slot (self->vault, self->seat->login);

  if (keys == NULL || !kan_desk_may_write (self, error) || !differs (old_one, new_one, error) ||
      !kan_strength_check (new_one, self->seat->login, error) ||
      !kan_vault_put_slot (self->vault, self->seat->login, self->seat->person, FALSE, new_one, keys, error))
    return FALSE;
  if (kan_desk_keep_generation (self, error))
    return TRUE;
  if (!kan_vault_put_back_slot (self->vault, former, NULL))
    g_prefix_error (error, "%s", _("the new passphrase is in force, but the file has not noted it: "));
  return FALSE;
}

/* --- slots and the register of persons ------------------------------------------------------------------------- */

/* Employed under that login, or left with the very key that was revoked then, or before any was claimed: that slot
 * opens nothing any more. */
static gboolean
is_somebodys (KanDesk *self, const KanSlot *slot, gboolean *is, GError **error)
{
  g_autofree char *box_key = kan_hex (slot->box_key, sizeof slot->box_key);
  gint64 n = 0;

  if (!kan_db_get_int (kan_book_get_db (self->book), &n, error,
                       "SELECT count(*) FROM person WHERE id = ?1 AND login = ?2 AND (state = 'employed'"
                       " OR (state = 'left' AND (EXISTS (SELECT 1 FROM key WHERE person = ?1 AND box_key = ?3"
                       " AND key.state = 'revoked') OR (?4 AND NOT EXISTS (SELECT 1 FROM key WHERE person = ?1)))))",
                       "issi", slot->person, slot->login, box_key, (gint64) slot->provisional))
    return FALSE;
  *is = n > 0;
  return TRUE;
}

static gboolean
tell_slots (KanDesk *self, GError **error)
{
  for (guint i = 0; i < kan_vault_n_slots (self->vault); i++)
    {
      const KanSlot *slot = kan_vault_get_slot (self->vault, i);
      g_autofree char *notice = NULL;
      gboolean known = FALSE;

      if (!is_somebodys (self, slot, &known, error))
        return FALSE;
      if (known)
        continue;
      notice = g_strdup_printf (_("The key slot “%s” belongs to nobody who is enrolled: somebody put it there. Tell "
                                  "the system manager, and go on in a backup in which it is not."), slot->login);
      kan_desk_tell (self, notice);
    }
  return TRUE;
}

static gboolean
tell_enrolled_without_slot (KanDesk *self, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_prepare (kan_book_get_db (self->book), "SELECT id, login FROM person"
                                            " WHERE state = 'employed' AND login IS NOT NULL ORDER BY id", error);
  g_autoptr(GError) failed = NULL;

  while (stmt != NULL && kan_stmt_step (stmt, &failed))
    {
      const KanSlot *slot = kan_vault_find_slot (self->vault, kan_stmt_text (stmt, 1));
      g_autofree char *notice = g_strdup_printf (_("“%s” is enrolled and has no key slot: issue the key again."),
                                                 kan_stmt_text (stmt, 1));

      if (slot == NULL || slot->person != kan_stmt_int (stmt, 0))
        kan_desk_tell (self, notice);
    }
  if (failed == NULL)
    return stmt != NULL;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * kan_desk_tell_slots:
 * @self: a desk whose registers are read
 * @error: return location
 *
 * Tells of slots without enrolment, and of the reverse (FILE.md, "Enrolling and revoking").
 */
gboolean
kan_desk_tell_slots (KanDesk *self, GError **error)
{
  return tell_slots (self, error) && tell_enrolled_without_slot (self, error);
}
