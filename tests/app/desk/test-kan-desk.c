/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk: founding, unlocking and what it tells, the birth of a key, a second person at the terminal. */
#include "desk-fixture.h"

#include "desk/kan-desk-backup.h"

#include <sys/wait.h>

/* --- founding ---------------------------------------------------------------------------------------------------- */

static void
test_found (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDesk) desk = NULL;
  g_autofree char *anchor = NULL, *again = NULL;

  now = NOW;
  desk = try_found (f->path, "chief", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kan_desk_get_person (desk), ==, 1);
  g_assert_false (kan_desk_is_provisional (desk));
  g_assert_null (kan_desk_get_notice (desk));
  anchor = kan_desk_dup_anchor (desk, &error);
  EXPECT_SIGN (desk, "done", "person.register", NULL, "staff_no=002 | name=佐藤 花子");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_assert_null (kan_desk_get_notice (desk));
  g_assert_cmpint (ask_desk (desk, "SELECT count(*) FROM person"), ==, 2);
  again = kan_desk_dup_anchor (desk, &error);
  g_assert_true (g_str_has_prefix (anchor, "1-"));
  g_assert_true (g_str_has_prefix (again, "2-"));
}

/* Nothing is left behind where founding is refused, and nothing is overwritten. */
static void
test_not_founded (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { const char *login, *profile; KanError code; } table[] = {
    { "", NULL, KAN_ERROR_INVALID }, { "chief\tx", NULL, KAN_ERROR_INVALID }, { "chief", "{}", KAN_ERROR_INVALID },
    { "chief", "no profile", KAN_ERROR_INVALID }, { "a login that is much too long for a slot", NULL, KAN_ERROR_USAGE },
  };
  const KanFounding founding = { .profile_json = "{}", .staff_no = "1", .name = "誰", .login = "chief" };
  g_autoptr(KanSecret) weak = spelled ("chief, that is me");
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(GError) error = NULL;

  now = NOW;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GError) refused = NULL;
      g_autoptr(GDir) dir = NULL;

      g_assert_null (try_found (f->path, table[i].login, table[i].profile, &refused));
      g_assert_error (refused, KAN_ERROR, (int) table[i].code);
      dir = g_dir_open (f->folder, 0, NULL);
      g_assert_null (g_dir_read_name (dir));
    }
  g_assert_null (kan_desk_found (f->path, &founding, weak, now, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  desk = try_found (f->path, "chief", NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&desk, kan_desk_free);
  g_assert_null (try_found (f->path, "other", NULL, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_EXISTS);
}

/* --- unlocking --------------------------------------------------------------------------------------------------- */

static void
test_wrong_unlock (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const char *const table[][2] = { { "chief", "sato's" }, { "chief", "" }, { "nobody", "chief's" },
                                          { "sato", "for once" } };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(KanDesk) desk = open_locked (f, KAN_VAULT_WRITE);
      g_autoptr(GError) error = NULL;

      g_assert_false (unlock (desk, table[i][0], table[i][1], &error));
      g_assert_error (error, KAN_ERROR, (g_str_equal (table[i][0], "nobody") ? KAN_ERROR_KEYLESS : KAN_ERROR_LOCKED));
      g_assert_null (kan_desk_get_book (desk));
      g_clear_error (&error);
      expect (unlock (desk, "chief", "chief's", &error), error);
    }
}

/* Who sits there leaves before somebody else is asked for a passphrase, whether that one is right or not. */
static void
test_unlock_again (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr(GError) error = NULL;

  expect (unlock (desk, "chief", "chief's", &error), error);
  g_assert_cmpint (kan_desk_get_person (desk), ==, 1);
  g_assert_false (unlock (desk, "chief", "sato's", &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_LOCKED);
  g_assert_cmpint (kan_desk_get_person (desk), ==, 0);
  g_assert_null (kan_desk_get_book (desk));
}

static void
test_busy_and_reading (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr(GError) error = NULL;

  g_assert_null (kan_desk_open (f->path, KAN_VAULT_WRITE, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_BUSY);
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_READ, "chief", "chief's");
  EXPECT_SIGN (desk, "the file is open for reading only", "person.register", NULL, "staff_no=9 | name=誰");
  g_assert_cmpint (ask_desk (desk, "SELECT count(*) FROM person"), ==, 2);
}

/* --- the birth of a key ------------------------------------------------------------------------------------------ */

/* The one-time passphrase reads, and does nothing else; after the claim it opens no more. */
static void
test_birth_of_a_key (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr(KanSecret) own = phrase ("suzuki's"), once = phrase ("for once");

  EXPECT_SIGN (desk, "waits", "person.register", NULL, "staff_no=003 | name=鈴木 一郎");
  g_clear_pointer (&desk, kan_desk_free);

  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "hand.give", "P3", "");
  g_clear_pointer (&desk, kan_desk_free);

  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  add_cosigner (desk, "sato", "sato's");
  enroll (desk, "P3", "suzuki", "for once");
  g_assert_false (kan_desk_add_cosigner (desk, "suzuki", once, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (kan_desk_claim (desk, own, now, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
  g_clear_error (&error);
  g_clear_pointer (&desk, kan_desk_free);

  desk = open_as (f, KAN_VAULT_WRITE, "suzuki", "for once");
  g_assert_true (kan_desk_is_provisional (desk));
  g_assert_cmpint (ask_desk (desk, "SELECT count(*) FROM person"), ==, 3);
  EXPECT_SIGN (desk, "a one-time passphrase is for reading only: claim your key first", "person.register", NULL,
               "staff_no=9 | name=誰");
  g_assert_false (kan_desk_change_passphrase (desk, once, own, NULL));
  g_assert_null (kan_desk_claim (desk, own, now, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
  g_clear_error (&error);
  add_cosigner (desk, "sato", "sato's");
  claim (desk, "suzuki's");
  g_assert_false (kan_desk_is_provisional (desk));
  EXPECT_SIGN (desk, "refused", "person.register", NULL, "staff_no=9 | name=誰");
  g_clear_pointer (&desk, kan_desk_free);

  desk = open_locked (f, KAN_VAULT_WRITE);
  g_assert_false (unlock (desk, "suzuki", "for once", &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_LOCKED);
  g_clear_error (&error);
  expect (unlock (desk, "suzuki", "suzuki's", &error), error);
  g_assert_null (kan_desk_get_notice (desk));
}

/* Whoever issued the key knows the one-time passphrase: their signature beside it claims nothing, and the passphrase
 * stays the one-time one. */
static void
test_claim_before_the_issuer (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr(KanSecret) own = phrase ("suzuki's");
  g_autoptr(KanOutcome) outcome = NULL;

  EXPECT_SIGN (desk, "waits", "person.register", NULL, "staff_no=003 | name=鈴木 一郎");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "hand.give", "P3", "");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  add_cosigner (desk, "sato", "sato's");
  enroll (desk, "P3", "suzuki", "for once");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "suzuki", "for once");
  add_cosigner (desk, "chief", "chief's");
  outcome = kan_desk_claim (desk, own, now + 60, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((KanRefusal *) g_ptr_array_index (outcome->refusals, 0))->rule, ==, "14-2.identified");
  g_assert_true (kan_desk_is_provisional (desk));
  g_assert_cmpint (ask_desk (desk, "SELECT count(*) FROM key WHERE person = 3"), ==, 0);
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "suzuki", "for once");
}

/* Enrolled again under another login, a person has one slot, and the first one-time passphrase opens nothing. */
static void
test_enroll_again (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "person.register", NULL, "staff_no=003 | name=鈴木 一郎");
  add_cosigner (desk, "sato", "sato's");
  enroll (desk, "P3", "susuki", "for once");
  add_cosigner (desk, "sato", "sato's");
  enroll (desk, "P3", "suzuki", "for once more");
  g_clear_pointer (&desk, kan_desk_free);

  desk = open_locked (f, KAN_VAULT_WRITE);
  g_assert_cmpuint (kan_vault_n_slots (kan_desk_get_vault (desk)), ==, 3);
  g_assert_false (unlock (desk, "susuki", "for once", &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_KEYLESS);
  g_clear_error (&error);
  expect (unlock (desk, "suzuki", "for once more", &error), error);
  g_assert_null (kan_desk_get_notice (desk));
  add_cosigner (desk, "sato", "sato's");
  claim (desk, "suzuki's");
}

static void
test_enroll_refused (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const char *const unsound[] = { "a-login-that-is-much-too-long-for-a-slot", "Ab!! x", "SATO", "-sato", "" };
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr(KanSecret) once = phrase ("for once");
  g_autoptr(GError) error = NULL;
  g_autoptr(KanOutcome) outcome = NULL;

  g_assert_null (kan_desk_enroll (desk, "P9", "who", once, now, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
  g_clear_error (&error);
  for (guint i = 0; i < G_N_ELEMENTS (unsound); i++)
    {
      g_autoptr(KanOutcome) refused = kan_desk_enroll (desk, "P2", unsound[i], once, now, &error);

      g_assert_no_error (error);
      g_assert_cmpint (refused->seq, ==, 0);
      g_assert_cmpuint (refused->refusals->len, ==, 1);
      g_assert_cmpstr (((KanRefusal *) g_ptr_array_index (refused->refusals, 0))->key, ==, "login");
    }
  outcome = kan_desk_enroll (desk, "P2", "sato", once, now + 60, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcome->refusals->len, >, 0);
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
}

static void
test_change_of_passphrase (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  g_autoptr(KanSecret) old = phrase ("sato's"), wrong = phrase ("wrong"), fresh = phrase ("sato's new one");

  g_assert_false (kan_desk_change_passphrase (desk, wrong, fresh, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_LOCKED);
  g_clear_error (&error);
  expect (kan_desk_change_passphrase (desk, old, fresh, &error), error);
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_locked (f, KAN_VAULT_WRITE);
  g_assert_false (unlock (desk, "sato", "sato's", NULL));
  expect (unlock (desk, "sato", "sato's new one", &error), error);
  EXPECT_SIGN (desk, "refused", "person.register", NULL, "staff_no=9 | name=誰");
  g_assert_null (kan_desk_get_notice (desk));
}

/* --- a second person --------------------------------------------------------------------------------------------- */

/* Their hands are given with one act, in the first person's session, and forgotten afterwards. */
static void
test_cosigners (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr(KanSecret) wrong = phrase ("wrong");
  g_autoptr(GError) error = NULL;

  g_assert_false (kan_desk_add_cosigner (desk, "sato", wrong, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (kan_desk_add_cosigner (desk, "nobody", wrong, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_KEYLESS);
  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "appointment.make", NULL,
               "person=P2 | office=general_affairs_manager | kind=regular | since=2026-09-01");
  g_assert_cmpint (ask_desk (desk, "SELECT count(*) FROM act WHERE actor = 2 AND session LIKE 'P1-%'"), ==, 1);
  EXPECT_SIGN (desk, "waits", "appointment.make", NULL, "person=P2 | office=pension_manager | kind=concurrent | "
                                                        "since=2026-09-01");
  add_cosigner (desk, "sato", "sato's");
  kan_desk_clear_cosigners (desk);
  EXPECT_SIGN (desk, "waits", "person.register", NULL, "staff_no=9 | name=誰");
}

/* --- what unlocking notices -------------------------------------------------------------------------------------- */

static void
swap_header (Fixture *f, guint8 *bytes, gboolean put)
{
  int fd = g_open (f->path, O_RDWR, 0);

  g_assert_cmpint (fd, >=, 0);
  if (put)
    g_assert_cmpint (pwrite (fd, bytes, KAN_STATUS_AT, 0), ==, KAN_STATUS_AT);
  else
    g_assert_cmpint (pread (fd, bytes, KAN_STATUS_AT, 0), ==, KAN_STATUS_AT);
  close (fd);
}

static void
test_older_header (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree guint8 *older = g_malloc (KAN_STATUS_AT);
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(KanSecret) old = phrase ("sato's"), fresh = phrase ("sato's new one");
  g_autoptr(GError) error = NULL;

  swap_header (f, older, FALSE);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  expect (kan_desk_change_passphrase (desk, old, fresh, &error), error);
  g_clear_pointer (&desk, kan_desk_free);
  swap_header (f, older, TRUE);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  g_assert_nonnull (kan_desk_get_notice (desk));
  g_assert_nonnull (strstr (kan_desk_get_notice (desk), "an old header was put back"));
  /* who put it back changes a slot: that makes it no newer */
  expect (kan_desk_change_passphrase (desk, old, fresh, &error), error);
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_assert_nonnull (kan_desk_get_notice (desk));
  g_assert_nonnull (strstr (kan_desk_get_notice (desk), "an old header was put back"));
}

static void
test_slots_and_register (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

  tamper (desk, "UPDATE person SET login = 'another' WHERE id = 2");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_assert_cmpstr (kan_desk_get_notice (desk), ==, "The key slot “sato” belongs to nobody who is enrolled: somebody "
                   "put it there. Tell the system manager, and go on in a backup in which it is not.\n"
                                                   "“another” is enrolled and has no key slot: issue the key again.");
}

/* The slot of somebody who left is not spoken of while it holds the key that was revoked then; another one is. */
static void
test_slot_of_a_leaver (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

  tamper (desk, "UPDATE person SET state = 'left', left_on = '2026-09-20' WHERE id = 2");
  tamper (desk, "UPDATE key SET state = 'revoked' WHERE person = 2");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_assert_null (kan_desk_get_notice (desk));
  tamper (desk, "UPDATE key SET box_key = 'another' WHERE person = 2");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_assert_true (g_str_has_prefix (kan_desk_get_notice (desk), "The key slot “sato” belongs to nobody"));
}

/* At unlock the slot's key must equal the chain's. */
static void
test_key_of_the_chain (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const char *const edits[] = { "UPDATE key SET sign_key = 'x' WHERE person = 2",
                                       "UPDATE key SET state = 'revoked' WHERE person = 2" };

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
      g_autoptr(KanSecret) secret = phrase ("sato's");
      g_autoptr(GError) error = NULL;

      tamper (desk, edits[i]);
      g_assert_false (kan_desk_add_cosigner (desk, "sato", secret, &error));
      g_assert_error (error, KAN_ERROR, KAN_ERROR_KEYLESS);
      g_clear_error (&error);
      g_clear_pointer (&desk, kan_desk_free);
      desk = open_locked (f, KAN_VAULT_WRITE);
      g_assert_false (unlock (desk, "sato", "sato's", &error));
      g_assert_error (error, KAN_ERROR, KAN_ERROR_KEYLESS);
    }
}

static void
test_another_chain (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const char *const edits[] = { "UPDATE act SET hash = zeroblob (32) WHERE seq = 1",
                                       "DELETE FROM act WHERE seq = 1",
                                       "CREATE VIEW planted AS SELECT 1" };

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autofree char *bytes = NULL;
      g_autoptr(KanDesk) desk = NULL;
      g_autoptr(GError) error = NULL;
      gsize size = 0;

      expect (g_file_get_contents (f->path, &bytes, &size, &error), error);
      desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
      tamper (desk, edits[i]);
      g_clear_pointer (&desk, kan_desk_free);
      desk = open_locked (f, KAN_VAULT_WRITE);
      g_assert_false (unlock (desk, "chief", "chief's", &error));
      g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
      g_clear_error (&error);
      g_clear_pointer (&desk, kan_desk_free);
      expect (g_file_set_contents (f->path, bytes, (gssize) size, &error), error);
    }
}

static void
crash (Fixture *f, const char *answers, const char *sql)
{
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    {
      KanDesk *desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
      g_autofree char *became = sign (desk, "person.register", NULL, answers);

      tamper (desk, sql);
      _exit (strcmp (became, "waits") == 0 ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  now += 60;
}

/* Left marked as in use without a journal: verified before anything is written, and blocked where it does not hold. */
static void
test_interrupted (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = NULL;

  crash (f, "staff_no=7 | name=消えぬ者", "");
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_assert_cmpstr (kan_desk_get_notice (desk), ==, "The last use was interrupted; the file was verified and holds.");
  EXPECT_SIGN (desk, "waits", "person.register", NULL, "staff_no=9 | name=誰");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_assert_null (kan_desk_get_notice (desk));
  g_clear_pointer (&desk, kan_desk_free);

  crash (f, "staff_no=8 | name=消えぬ者", "UPDATE person SET name = '別人' WHERE id = 2");
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_assert_true (g_str_has_prefix (kan_desk_get_notice (desk), "The last use was interrupted, and the file does not "
                                                               "verify"));
  EXPECT_SIGN (desk, "the file does not verify: nothing is written to it", "person.register", NULL,
               "staff_no=10 | name=誰");
  EXPECT_SIGN (desk, "done", "ledger.rebuild", NULL, "reason=中断による");
  EXPECT_SIGN (desk, "waits", "person.register", NULL, "staff_no=10 | name=誰");
}

static void
back_up (Fixture *f, const char *target, int code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_READ, "chief", "chief's");
  G_GNUC_UNUSED g_autoptr(KanBackup) backup = kan_desk_backup (desk, target, now, NULL, NULL, &error);

  if (code >= 0)
    g_assert_error (error, KAN_ERROR, code);
  else
    g_assert_no_error (error);
}

/* A file that goes further is not taken for an earlier backup, though it has the same name and key. */
static void
test_backup_onto_newer (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *other = g_strconcat (f->path, ".other", NULL), *file = NULL;

  back_up (f, other, -1);
  back_up (f, other, -1);
  file = g_steal_pointer (&f->path);
  f->path = g_strdup (other);
  {
    g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

    EXPECT_SIGN (desk, "waits", "person.register", NULL, "staff_no=9 | name=誰");
  }
  g_free (f->path);
  f->path = g_steal_pointer (&file);
  back_up (f, other, KAN_ERROR_EXISTS);
  g_unlink (other);
}

/* How many signatures were not checked again by whoever verifies now. */
static gint64
verified_before (KanDesk *desk, gboolean full)
{
  g_autoptr(GError) error = NULL;
  const KanVerifyOptions options = { .now = now, .full = full };
  g_autoptr(KanVerdict) verdict = kan_desk_verify (desk, &options, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (verdict->faults->len, ==, 0);
  g_assert_cmpint (verdict->n_acts, >=, verdict->n_verified);
  return verdict->n_verified;
}

/* Kept in the file for the next opening of the same person; a file opened for reading is gone on from, not written. */
static void
test_verified (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_READ, "chief", "chief's");
  gint64 n_acts;

  g_assert_cmpint (verified_before (desk, FALSE), ==, 0);
  g_assert_cmpint (verified_before (desk, FALSE), ==, 0);
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  n_acts = ask_desk (desk, "SELECT count(*) FROM act");
  g_assert_cmpint (verified_before (desk, FALSE), ==, 0);
  g_assert_cmpint (verified_before (desk, FALSE), ==, n_acts);
  g_assert_cmpint (verified_before (desk, TRUE), ==, 0);
  EXPECT_SIGN (desk, "waits", "person.register", NULL, "staff_no=003 | name=鈴木 一郎");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_READ, "chief", "chief's");
  g_assert_cmpint (verified_before (desk, FALSE), ==, n_acts);
  g_assert_cmpint (verified_before (desk, FALSE), ==, n_acts);
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
#define ADD(path, test, set_up) g_test_add (path, Fixture, NULL, set_up, test, fixture_tear_down)
  ADD ("/desk/found", test_found, fixture_set_up);
  ADD ("/desk/not-founded", test_not_founded, fixture_set_up);
  ADD ("/desk/wrong-unlock", test_wrong_unlock, office_set_up);
  ADD ("/desk/unlock-again", test_unlock_again, office_set_up);
  ADD ("/desk/busy-and-reading", test_busy_and_reading, office_set_up);
  ADD ("/desk/birth-of-a-key", test_birth_of_a_key, office_set_up);
  ADD ("/desk/claim-before-the-issuer", test_claim_before_the_issuer, office_set_up);
  ADD ("/desk/enroll-again", test_enroll_again, office_set_up);
  ADD ("/desk/enroll-refused", test_enroll_refused, office_set_up);
  ADD ("/desk/change-of-passphrase", test_change_of_passphrase, office_set_up);
  ADD ("/desk/cosigners", test_cosigners, office_set_up);
  ADD ("/desk/older-header", test_older_header, office_set_up);
  ADD ("/desk/slots-and-register", test_slots_and_register, office_set_up);
  ADD ("/desk/slot-of-a-leaver", test_slot_of_a_leaver, office_set_up);
  ADD ("/desk/key-of-the-chain", test_key_of_the_chain, office_set_up);
  ADD ("/desk/another-chain", test_another_chain, office_set_up);
  ADD ("/desk/interrupted", test_interrupted, office_set_up);
  ADD ("/desk/backup-onto-newer", test_backup_onto_newer, office_set_up);
  ADD ("/desk/verified", test_verified, office_set_up);
#undef ADD
  return g_test_run ();
}
