/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Founding a file: a person is a key, and the first act names the chief's. */
#include "desk/kan-desk-private.h"

#include "registers/kan-registers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static KanDraft *
founding_draft (KanBook *book, const KanFounding *founding, const KanProfile *profile, const KanKeys *keys,
                GError **error)
{
  g_autoptr(KanDraft) draft = kan_draft_new (book, "file.found", NULL, error);
  g_autofree char *edition = g_strdup_printf ("%u", kan_book_get_edition (book));
  const KanOffice *office = kan_profile_office_of_role (profile, "chief");

  if (draft == NULL)
    return NULL;
  kan_draft_set (draft, "association", founding->association != NULL ? founding->association
                                       : kan_profile_association (profile)->ja);
  kan_draft_set (draft, "edition", edition);
  kan_draft_set (draft, "profile", founding->profile_json);
  kan_draft_set (draft, "staff_no", founding->staff_no);
  kan_draft_set (draft, "name", founding->name);
  kan_draft_set (draft, "kana", founding->kana);
  kan_draft_set (draft, "login", founding->login);
  kan_draft_set (draft, "office", office != NULL ? office->id : NULL);
  kan_desk_answer_keys (draft, keys);
  return g_steal_pointer (&draft);
}

/* A founding that the rules refuse is wrong use: the first sentence says what to change. */
static gboolean
took_effect (const KanOutcome *outcome, GError **error)
{
  const KanRefusal *refusal = outcome->refusals->len > 0 ? g_ptr_array_index (outcome->refusals, 0) : NULL;

  if (refusal == NULL)
    return TRUE;
  g_set_error (error, KAN_ERROR, KAN_ERROR_INVALID, "%s: %s", refusal->key != NULL ? refusal->key : "", refusal->why);
  return FALSE;
}

static KanSeat *
found_book (KanDesk *self, const KanFounding *founding, gint64 now, KanHead *head, GError **error)
{
  g_autoptr(KanProfile) profile = kan_profile_new_from_json (founding->profile_json, -1, error);
  g_autoptr(KanSecret) seed = kan_secret_new_random (KAN_SEED_SIZE);
  g_autoptr(KanSeat) seat = kan_seat_new (1, founding->login, kan_keys_new (seed));
  g_autofree char *session = g_strdup_printf ("P1-%08x", g_random_int ());
  KanSigner signer = { 1, seat->keys, session };
  g_autoptr(KanBook) book = NULL;
  g_autoptr(KanDraft) draft = NULL;
  g_autoptr(KanOutcome) outcome = NULL;

  if (profile == NULL)
    return NULL;
  book = kan_book_new (kan_vault_get_db (self->vault), kan_vault_get_file_id (self->vault), kan_registers (), error);
  if (book == NULL || !kan_book_create_tables (book, error))
    return NULL;
  draft = founding_draft (book, founding, profile, seat->keys, error);
  outcome = draft != NULL ? kan_book_admit (book, draft, &signer, NULL, 0, now, error) : NULL;
  if (outcome == NULL || !took_effect (outcome, error) || !kan_ledger_get_head (kan_vault_get_db (self->vault), head,
                                                                                error))
    return NULL;
  return g_steal_pointer (&seat);
}

/**
 * kan_desk_found:
 * @path: where the file is to be; nothing may be there
 * @founding: association, profile, chief
 * @passphrase: the chief's
 * @now: seconds of UTC
 * @error: %KAN_ERROR_INVALID where an answer cannot be taken; else the system's
 *
 * Returns: (transfer full): the desk, unlocked by the chief
 */
KanDesk *
kan_desk_found (const char *path, const KanFounding *founding, const KanSecret *passphrase, gint64 now, GError **error)
{
  KanVault *vault = kan_vault_create (path, error);
  g_autoptr(KanDesk) self = vault != NULL ? kan_desk_new (vault) : NULL;
  g_autoptr(KanSeat) seat = NULL;
  KanHead head;

  if (self == NULL)
    return NULL;
  seat = found_book (self, founding, now, &head, error);
  if (seat == NULL || !kan_vault_establish (vault, &head.hash, founding->login, 1, passphrase, seat->keys, error) ||
      !kan_desk_begin (self, g_steal_pointer (&seat), now, error) || !kan_desk_keep_generation (self, error))
    return NULL;
  return g_steal_pointer (&self);
}
