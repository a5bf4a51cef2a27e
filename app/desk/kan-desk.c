/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The open file as a service: unlocking, what unlocking notices, signing, a second person at the same terminal. */
#include "desk/kan-desk-private.h"

#include "registers/kan-registers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * kan_seat_new:
 * @person: a person's number
 * @login: their login
 * @keys: (transfer full): their keys
 *
 * Returns: (transfer full): somebody at this terminal
 */
KanSeat *
kan_seat_new (gint64 person, const char *login, KanKeys *keys)
{
  KanSeat *self = g_new0 (KanSeat, 1);

  self->person = person;
  self->login = g_strdup (login);
  self->keys = keys;
  return self;
}

/**
 * kan_seat_free:
 * @self: (nullable): somebody at this terminal
 */
void
kan_seat_free (KanSeat *self)
{
  if (self == NULL)
    return;
  g_free (self->login);
  g_clear_pointer (&self->keys, kan_keys_free);
  g_free (self);
}

/**
 * kan_desk_new:
 * @vault: (transfer full): a file
 *
 * Returns: (transfer full): a locked desk
 */
KanDesk *
kan_desk_new (KanVault *vault)
{
  KanDesk *self = g_new0 (KanDesk, 1);

  self->vault = vault;
  self->cosigners = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_seat_free);
  self->notice = g_string_new (NULL);
  return self;
}

/* Who sits there goes, with their keys and the second persons'. */
static void
leave (KanDesk *self)
{
  kan_desk_close_book (self);
  kan_desk_clear_cosigners (self);
  g_clear_pointer (&self->seat, kan_seat_free);
  g_clear_pointer (&self->session, g_free);
}

/**
 * kan_desk_free:
 * @self: (nullable): a desk; secrets are wiped, the in-use mark is cleared
 */
void
kan_desk_free (KanDesk *self)
{
  if (self == NULL)
    return;
  leave (self);
  g_clear_pointer (&self->calendar, kan_calendar_unref);
  g_clear_pointer (&self->cosigners, g_ptr_array_unref);
  g_clear_pointer (&self->vault, kan_vault_free);
  g_string_free (self->notice, TRUE);
  g_free (self);
}

/**
 * kan_desk_tell:
 * @self: a desk
 * @notice: a sentence for whoever unlocked
 */
void
kan_desk_tell (KanDesk *self, const char *notice)
{
  g_string_append_printf (self->notice, "%s%s", self->notice->len > 0 ? "\n" : "", notice);
}

/**
 * kan_desk_open:
 * @path: a file
 * @mode: for writing, by one process at a time, or for reading
 * @error: as kan_vault_open() says
 *
 * Returns: (transfer full): the desk, locked: only the public header is known
 */
KanDesk *
kan_desk_open (const char *path, KanVaultMode mode, GError **error)
{
  KanVault *vault = kan_vault_open (path, mode, error);

  return vault != NULL ? kan_desk_new (vault) : NULL;
}

/* --- unlocking ------------------------------------------------------------------------------------------------ */

static gboolean
count_valid_keys (KanDesk *self, const KanSeat *seat, gint64 *n, GError **error)
{
  g_autofree char *hex = kan_hex (kan_keys_get_sign (seat->keys), KAN_KEY_SIZE);

  return kan_db_get_int (kan_book_get_db (self->book), n, error,
                         "SELECT count(*) FROM key WHERE person = ? AND sign_key = ? AND state = 'valid'", "is",
                         seat->person, hex);
}

/* Whose slot stays in the header when they leave opens nothing with it, claimed or not. */
static gboolean
expect_not_left (KanDesk *self, const KanSeat *seat, GError **error)
{
  gint64 left = 0;

  if (!kan_db_get_int (kan_book_get_db (self->book), &left, error,
                       "SELECT count(*) FROM person WHERE id = ? AND state = 'left'", "i", seat->person))
    return FALSE;
  if (left > 0)
    g_set_error (error, KAN_ERROR, KAN_ERROR_KEYLESS, self->provisional
                 ? _("“%s” has left: the key that was issued is not to be claimed any more")
                 : _("“%s” has left: the key is revoked"), seat->login);
  return left == 0;
}

/* The key that the chain names for this person; what a slot shows is never trusted. */
static gboolean
check_key (KanDesk *self, const KanSeat *seat, GError **error)
{
  gint64 valid = 0;

  if (!count_valid_keys (self, seat, &valid, error))
    return FALSE;
  if (valid > 0)
    return TRUE;
  if (!expect_not_left (self, seat, error))
    return FALSE;
  g_set_error (error, KAN_ERROR, KAN_ERROR_KEYLESS, _("the key of “%s” is not the one that the register of keys names"),
               seat->login);
  return FALSE;
}

/* A chain that begins otherwise than the slot's founding hash is another chain (FILE.md, "Root"). One that cannot be
 * asked lies in no table of ours: the words of the tables say which one that is. */
static gboolean
check_root (KanDesk *self, const char *login, GError **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(KanAct) first = kan_ledger_get (kan_vault_get_db (self->vault), 1, &failed);

  if (first != NULL && memcmp (&first->hash, kan_vault_get_founding (self->vault), sizeof first->hash) == 0)
    return TRUE;
  if (failed == NULL)
    g_set_error_literal (error, KAN_ERROR, KAN_ERROR_DAMAGED,
                         _("the chain does not begin with the founding that the key slots name"));
  else if (g_error_matches (failed, KAN_ERROR, KAN_ERROR_DAMAGED) || kan_desk_open_book (self, login, error))
    g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
tell_generation (KanDesk *self, GError **error)
{
  gint64 kept = 0;

  if (!kan_db_get_int (kan_vault_get_db (self->vault), &kept, error, "SELECT value FROM meta WHERE key = 'generation'",
                       ""))
    return FALSE;
  self->outdated = (guint64) kept > kan_vault_get_generation (self->vault);
  if (self->outdated)
    kan_desk_tell (self, _("The key slots are older than the file remembers: an old header was put back. "
                           "Verify, and renew the keys."));
  return TRUE;
}

/* A copy taken in the middle of a write shows uncommitted rows and passes SQLite's own checks: only replay finds it. */
static gboolean
verify_interrupted (KanDesk *self, GError **error)
{
  KanVerifyOptions options = { 0 };
  g_autoptr(KanVerdict) verdict = NULL;

  if (!kan_vault_was_interrupted (self->vault))
    return TRUE;
  verdict = kan_book_verify (self->book, &options, error);
  if (verdict == NULL)
    return FALSE;
  self->blocked = verdict->n_new > 0;
  kan_desk_tell (self,
                 self->blocked ? _("The last use was interrupted, and the file does not verify: open for reading only. "
                                         "Run verify, then mend it or restore a backup.")
                       : _("The last use was interrupted; the file was verified and holds."));
  return TRUE;
}

/**
 * kan_desk_begin:
 * @self: a desk whose vault is unlocked
 * @seat: (transfer full): who unlocked
 * @now: seconds of UTC
 * @error: return location
 */
gboolean
kan_desk_begin (KanDesk *self, KanSeat *seat, gint64 now, GError **error)
{
  self->seat = seat;
  self->session = g_strdup_printf ("P%" G_GINT64_FORMAT "-%08x", seat->person, g_random_int ());
  if ((self->book == NULL && !kan_desk_open_book (self, seat->login, error)) || !kan_desk_set_days (self, now, error))
    return FALSE;
  kan_book_recall_verified (self->book, seat->keys, seat->person);
  return TRUE;
}

/* A one-time passphrase opens for whom the chain says that a key is to be claimed: enrolled, under that login. */
static gboolean
expect_enrolled (KanDesk *self, const KanSeat *seat, GError **error)
{
  gint64 n = 0;

  if (!expect_not_left (self, seat, error) ||
      !kan_db_get_int (kan_book_get_db (self->book), &n, error,
                       "SELECT count(*) FROM person WHERE id = ? AND login = ? AND state = 'employed'", "is",
                       seat->person, seat->login))
    return FALSE;
  if (n == 0)
    g_set_error (error, KAN_ERROR, KAN_ERROR_KEYLESS, _("the key slot “%s” belongs to nobody who is enrolled"),
                 seat->login);
  return n > 0;
}

/* Somebody was interrupted between claiming their key and saying so in the slot: the chain knows. */
static gboolean
finish_claim (KanDesk *self, const KanSeat *seat, const KanSecret *passphrase, GError **error)
{
  gint64 valid = 0;

  if (!count_valid_keys (self, seat, &valid, error))
    return FALSE;
  if (valid == 0)
    return expect_enrolled (self, seat, error);
  self->provisional = FALSE;
  return kan_vault_get_mode (self->vault) == KAN_VAULT_READ ||
         (kan_vault_put_slot (self->vault, seat->login, seat->person, FALSE, passphrase, seat->keys, error) &&
          kan_desk_keep_generation (self, error));
}

static gboolean
sit_down (KanDesk *self, const char *login, const KanSecret *passphrase, gint64 now, GError **error)
{
  g_autoptr(KanKeys) keys = kan_vault_unlock (self->vault, login, passphrase, error);
  const KanSlot *slot = kan_vault_find_slot (self->vault, login);
  g_autoptr(KanSeat) seat = NULL;

  if (keys == NULL)
    return FALSE;
  seat = kan_seat_new (slot->person, login, g_steal_pointer (&keys));
  self->provisional = slot->provisional;
  if (kan_vault_get_notice (self->vault) != NULL)
    kan_desk_tell (self, kan_vault_get_notice (self->vault));
  return check_root (self, login, error) && kan_desk_open_book (self, login, error) &&
         (self->provisional ? finish_claim (self, seat, passphrase, error) : check_key (self, seat, error)) &&
         kan_desk_begin (self, g_steal_pointer (&seat), now, error);
}

/**
 * kan_desk_unlock:
 * @self: a desk; who sits there leaves
 * @login: whose slot
 * @passphrase: theirs
 * @now: seconds of UTC
 * @error: %KAN_ERROR_LOCKED for a wrong passphrase; %KAN_ERROR_KEYLESS for an unknown login or a key that is no
 *   longer valid; %KAN_ERROR_DAMAGED where the chain is another; nobody sits there then
 */
gboolean
kan_desk_unlock (KanDesk *self, const char *login, const KanSecret *passphrase, gint64 now, GError **error)
{
  leave (self);
  if (sit_down (self, login, passphrase, now, error) && tell_generation (self, error) &&
      kan_desk_tell_heads (self, error) && kan_desk_tell_slots (self, error) && verify_interrupted (self, error))
    return TRUE;
  leave (self);
  return FALSE;
}

/* --- signing -------------------------------------------------------------------------------------------------- */

/**
 * kan_desk_may_write:
 * @self: an unlocked desk
 * @error: why not
 *
 * Sets the in-use mark before a session's first write.
 */
gboolean
kan_desk_may_write (KanDesk *self, GError **error)
{
  if (kan_vault_get_mode (self->vault) == KAN_VAULT_READ)
    g_set_error_literal (error, KAN_ERROR, KAN_ERROR_READ_ONLY, _("the file is open for reading only"));
  else if (self->blocked)
    g_set_error_literal (error, KAN_ERROR, KAN_ERROR_DAMAGED, _("the file does not verify: nothing is written to it"));
  else if (self->provisional)
    g_set_error_literal (error, KAN_ERROR, KAN_ERROR_LOCKED,
                         _("a one-time passphrase is for reading only: claim your key first"));
  else if (self->marked || kan_vault_mark_in_use (self->vault, self->seat->login, error))
    {
      self->marked = TRUE;
      return TRUE;
    }
  return FALSE;
}

/**
 * kan_desk_add_cosigner:
 * @self: an unlocked desk
 * @login: a second person's
 * @passphrase: theirs
 * @error: %KAN_ERROR_LOCKED for a wrong passphrase, %KAN_ERROR_KEYLESS for an unknown login or a revoked key
 *
 * Their hands are given with the next act, in the first person's session.
 */
gboolean
kan_desk_add_cosigner (KanDesk *self, const char *login, const KanSecret *passphrase, GError **error)
{
  g_autoptr(KanKeys) keys = kan_vault_unseal (self->vault, login, passphrase, error);
  const KanSlot *slot = kan_vault_find_slot (self->vault, login);
  g_autoptr(KanSeat) seat = NULL;

  if (keys == NULL)
    return FALSE;
  if (slot->provisional)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_LOCKED, _("“%s” has not claimed a key yet and cannot sign"), login);
      return FALSE;
    }
  seat = kan_seat_new (slot->person, login, g_steal_pointer (&keys));
  if (!check_key (self, seat, error))
    return FALSE;
  g_ptr_array_add (self->cosigners, g_steal_pointer (&seat));
  return TRUE;
}

/**
 * kan_desk_clear_cosigners:
 * @self: a desk
 *
 * Forgets the second persons and wipes their keys.
 */
void
kan_desk_clear_cosigners (KanDesk *self)
{
  g_ptr_array_set_size (self->cosigners, 0);
}

/**
 * kan_desk_admit:
 * @self: an unlocked desk that may write
 * @draft: what is to be signed
 * @keys: the keys of whoever unlocked
 * @now: seconds of UTC
 * @error: return location
 *
 * Returns: (transfer full): the outcome, the cosigners' hands given in the same transaction
 */
KanOutcome *
kan_desk_admit (KanDesk *self, KanDraft *draft, const KanKeys *keys, gint64 now, GError **error)
{
  KanSigner signer = { self->seat->person, keys, self->session };
  g_autofree KanSigner *cosigners = g_new0 (KanSigner, self->cosigners->len + 1);
  KanOutcome *outcome;

  for (guint i = 0; i < self->cosigners->len; i++)
    {
      const KanSeat *seat = g_ptr_array_index (self->cosigners, i);

      cosigners[i] = (KanSigner) { seat->person, seat->keys, self->session };
    }
  outcome = kan_book_admit (self->book, draft, &signer, cosigners, self->cosigners->len, now, error);
  if (outcome != NULL && outcome->refusals->len == 0)
    kan_desk_keep_head (self);
  return outcome;
}

/**
 * kan_desk_judge:
 * @self: an unlocked desk
 * @draft: what is to be signed
 * @now: the clock as read, seconds of UTC
 * @error: the world's
 *
 * Returns: (transfer full) (element-type KanRefusal): refusals and marks, those of the second persons among them
 */
GPtrArray *
kan_desk_judge (KanDesk *self, KanDraft *draft, gint64 now, GError **error)
{
  g_autofree gint64 *others = g_new0 (gint64, self->cosigners->len + 1);

  for (guint i = 0; i < self->cosigners->len; i++)
    others[i] = ((const KanSeat *) g_ptr_array_index (self->cosigners, i))->person;
  return kan_draft_judge_with (draft, self->seat->person, others, self->cosigners->len, now, error);
}

/* Payment days follow from the profile, entered payments and adopted lists; lists look at them on the desk's day. */
static gboolean
changes_days (KanDesk *self, const KanKind *kind, gint64 now)
{
  return self->day != kan_day_of_utc (now) || (kind->flags & KAN_REBUILDS) != 0 ||
         g_str_has_prefix (kind->id, "payment.") ||
         g_str_has_prefix (kind->id, "holiday.") || g_str_has_prefix (kind->id, "profile.") ||
         g_str_has_prefix (kind->id, "hand.") || g_str_has_prefix (kind->id, "act.");
}

/**
 * kan_desk_may_sign:
 * @self: an unlocked desk
 * @kind: what is to be signed
 * @error: why not
 *
 * As kan_desk_may_write(); in a file that does not verify what mends it is possible where nothing else is.
 */
gboolean
kan_desk_may_sign (KanDesk *self, const KanKind *kind, GError **error)
{
  gboolean blocked = self->blocked, may;

  self->blocked = blocked && (kind->flags & KAN_REBUILDS) == 0;
  may = kan_desk_may_write (self, error);
  self->blocked = blocked;
  return may;
}

/* A file that was mended and verifies now is written to again. */
static void
unblock (KanDesk *self)
{
  KanVerifyOptions options = { 0 };
  g_autoptr(KanVerdict) verdict = self->blocked ? kan_book_verify (self->book, &options, NULL) : NULL;

  if (verdict != NULL)
    self->blocked = verdict->n_new > 0;
}

/**
 * kan_desk_follow:
 * @self: an unlocked desk
 * @kind: what is in the chain by now
 * @now: seconds of UTC
 *
 * What follows from an act and cannot be done now is made up for later, and never told as if nothing had been signed.
 */
void
kan_desk_follow (KanDesk *self, const KanKind *kind, gint64 now)
{
  if ((kind->flags & KAN_REBUILDS) != 0)
    unblock (self);
  if (changes_days (self, kind, now) && !kan_desk_set_days (self, now, NULL))
    self->day = KAN_DAY_NONE;
  (void) !kan_desk_refresh_reminders (self, now, NULL);
}

/**
 * kan_desk_sign:
 * @self: an unlocked desk
 * @draft: what is to be signed
 * @now: the clock as read, seconds of UTC
 * @error: the world's; a rule's no is in the outcome
 *
 * Returns: (transfer full): the outcome; cosigners are forgotten afterwards
 */
KanOutcome *
kan_desk_sign (KanDesk *self, KanDraft *draft, gint64 now, GError **error)
{
  const KanKind *kind = kan_draft_get_kind (draft);
  g_autoptr(KanOutcome) outcome = kan_desk_may_sign (self, kind, error) ? kan_desk_admit (self, draft, self->seat->keys,
                                                                                          now, error) : NULL;

  kan_desk_clear_cosigners (self);
  if (outcome != NULL && outcome->refusals->len == 0)
    kan_desk_follow (self, kind, now);
  return g_steal_pointer (&outcome);
}

/* --- what is there -------------------------------------------------------------------------------------------- */

/**
 * kan_desk_is_outdated:
 * @self: an unlocked desk
 *
 * Returns: whether the key slots are older than the file remembers: somebody put an old header back
 */
gboolean
kan_desk_is_outdated (KanDesk *self)
{
  return self->outdated;
}

/**
 * kan_desk_get_heads:
 * @self: an unlocked desk
 *
 * Returns: (transfer none) (nullable): how the file departs from what this terminal has seen of it: "shorter", "fork";
 *   %NULL where it holds all that was seen, or nothing is known
 */
const char *
kan_desk_get_heads (KanDesk *self)
{
  return kan_heads_verdict_id (self->heads);
}

/**
 * kan_desk_get_vault:
 * @self: a desk
 *
 * Returns: (transfer none): the file
 */
KanVault *
kan_desk_get_vault (KanDesk *self)
{
  return self->vault;
}

/**
 * kan_desk_get_book:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): the book; %NULL until unlocked
 */
KanBook *
kan_desk_get_book (KanDesk *self)
{
  return self->book;
}

/**
 * kan_desk_get_person:
 * @self: an unlocked desk
 *
 * Returns: who unlocked: a person's number
 */
gint64
kan_desk_get_person (KanDesk *self)
{
  return self->seat != NULL ? self->seat->person : 0;
}

/**
 * kan_desk_get_login:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): the login of who unlocked; %NULL until then
 */
const char *
kan_desk_get_login (KanDesk *self)
{
  return self->seat != NULL ? self->seat->login : NULL;
}

/**
 * kan_desk_is_provisional:
 * @self: an unlocked desk
 *
 * Returns: whether it was unlocked with a one-time passphrase: reading only, until the key is claimed
 */
gboolean
kan_desk_is_provisional (KanDesk *self)
{
  return self->provisional;
}

/**
 * kan_desk_get_notice:
 * @self: an unlocked desk
 *
 * Returns: (transfer none) (nullable): what unlocking noticed, one sentence a line
 */
const char *
kan_desk_get_notice (KanDesk *self)
{
  return self->notice->len > 0 ? self->notice->str : NULL;
}
