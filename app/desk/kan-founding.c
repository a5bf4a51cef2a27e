/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Founding a file: a person is a key, and the first act names the chief's. */
#include "desk/kan-desk-private.h"

#include "registers/kan-registers.h"
#include "vault/kan-header.h"
#include "vault/kan-strength.h"
#include "vault/kan-volume.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* An empty office: header, tables, the founding act with its profile. */
enum { SPACE_NEEDED = 4 * 1024 * 1024 };

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

/* --- trying it out before anything is written ----------------------------------------------------------------- */

/* No name leads to it any more. */
static KanDb *
open_trial (GError **error)
{
  g_autofree char *name = g_strdup_printf ("kanribo-trial-%08x%08x", g_random_int (), g_random_int ());
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_autoptr(KanSecret) key = kan_secret_new_random (KAN_KEY_SIZE);
  guint8 salt[16];
  KanDb *db;

  kan_random (salt, sizeof salt);
  db = kan_db_open (path, 0, key, salt, KAN_DB_CREATE | KAN_DB_SCRATCH, error);
  g_unlink (path);
  return db;
}

/**
 * kan_desk_judge_login:
 * @login: as typed
 * @refusals: (element-type KanRefusal): one more where a slot cannot be named so
 */
void
kan_desk_judge_login (const char *login, GPtrArray *refusals)
{
  char *why = kan_login_is_sound (login) ? NULL
              : g_strdup_printf (_("It takes up to %d of a–z, 0–9, “.”, “-” and “_”, a letter or digit first"),
                                 KAN_LOGIN_MAX);

  if (why != NULL)
    g_ptr_array_add (refusals, kan_refusal_new (KAN_BAD_CHARACTER, "login", why));
}

/* Nothing can be declared to be something else while there is no file. */
static void
advise_founder (GPtrArray *refusals)
{
  for (guint i = 0; i < refusals->len; i++)
    {
      KanRefusal *refusal = g_ptr_array_index (refusals, i);

      if (refusal->code != KAN_IDENTITY_NUMBER)
        continue;
      g_ptr_array_index (refusals, i)
        = kan_refusal_new (KAN_IDENTITY_NUMBER, refusal->key,
                           g_strdup_printf ("%s\n%s", refusal->wrong, _("found the file without it")));
      kan_refusal_free (refusal);
    }
}

/**
 * kan_desk_try_founding:
 * @founding: association, profile, chief, as typed
 * @now: seconds of UTC
 * @error: the world's; %KAN_ERROR_INVALID where the profile cannot be read
 *
 * What kan_desk_found() would refuse, so that it is told beside each answer before anything is signed.
 *
 * Returns: (transfer full) (element-type KanRefusal): all of it; empty: it can be founded
 */
GPtrArray *
kan_desk_try_founding (const KanFounding *founding, gint64 now, GError **error)
{
  static const guint8 no_file[KAN_FILE_ID_SIZE] = { 0 };
  g_autoptr(KanProfile) profile = kan_profile_new_from_json (founding->profile_json, -1, error);
  g_autoptr(KanSecret) seed = kan_secret_new_random (KAN_SEED_SIZE);
  g_autoptr(KanKeys) keys = kan_keys_new (seed);
  g_autoptr(KanDb) db = profile != NULL ? open_trial (error) : NULL;
  g_autoptr(KanBook) book = db != NULL ? kan_book_new (db, no_file, kan_registers (), error) : NULL;
  g_autoptr(KanDraft) draft = NULL;
  GPtrArray *refusals;

  if (book == NULL || !kan_book_create_tables (book, error))
    return NULL;
  draft = founding_draft (book, founding, profile, keys, error);
  refusals = draft != NULL ? kan_draft_judge (draft, 1, now, error) : NULL;
  if (refusals != NULL)
    advise_founder (refusals);
  if (refusals != NULL && *founding->login != '\0')
    kan_desk_judge_login (founding->login, refusals);
  return refusals;
}

static void
close_folder (int fd)
{
  if (fd >= 0)
    close (fd);
}

static gboolean
expect_writable (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean remote = fd >= 0 && kan_volume_is_remote (fd);
  struct statvfs volume = { 0 };

  if (fd < 0 || fstatvfs (fd, &volume) != 0 || access (folder, W_OK) != 0)
    {
      kan_error_set_errno (error, errno, _("cannot use the folder"), folder);
      close_folder (fd);
      return FALSE;
    }
  close_folder (fd);
  if (remote)
    g_set_error (error, KAN_ERROR, KAN_ERROR_READ_ONLY, _("%s lies on the network"), folder);
  else if ((guint64) volume.f_bavail * volume.f_frsize < SPACE_NEEDED)
    g_set_error (error, KAN_ERROR, KAN_ERROR_FULL, _("no space is left in %s"), folder);
  else
    return TRUE;
  return FALSE;
}

/* The journal beside the file has the longer name. */
static gboolean
expect_short_name (const char *path, GError **error)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  GStatBuf there;

  if (g_lstat (journal, &there) == 0 || errno != ENAMETOOLONG)
    return TRUE;
  g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("the name %s is too long"), path);
  return FALSE;
}

/**
 * kan_desk_try_place:
 * @path: where a file is to be founded
 * @error: %KAN_ERROR_USAGE for a name that is too long, %KAN_ERROR_EXISTS, %KAN_ERROR_MISSING where there is no such
 *   folder, %KAN_ERROR_READ_ONLY also for a folder on the network, where files open for reading only, %KAN_ERROR_FULL,
 *   and others as the system says
 *
 * Whether a file could be founded there; nothing is written.
 */
gboolean
kan_desk_try_place (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (!expect_short_name (path, error))
    return FALSE;
  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_EXISTS, _("there is something at %s already"), path);
      return FALSE;
    }
  return expect_writable (folder, error);
}

/* --- founding -------------------------------------------------------------------------------------------------- */

/**
 * kan_desk_found:
 * @path: where the file is to be; nothing may be there
 * @founding: association, profile, chief
 * @passphrase: the chief's
 * @now: seconds of UTC
 * @error: %KAN_ERROR_USAGE where the passphrase is too weak, %KAN_ERROR_INVALID where an answer cannot be taken; else
 *   the system's
 *
 * Returns: (transfer full): the desk, unlocked by the chief
 */
KanDesk *
kan_desk_found (const char *path, const KanFounding *founding, const KanSecret *passphrase, gint64 now, GError **error)
{
  KanVault *vault = kan_strength_check (passphrase, founding->login, error) ? kan_vault_create (path, error) : NULL;
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
