/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this terminal has seen of a file: an older one put in its place is told, another one too, and where nothing is
 * known nothing is. */
#include "desk-fixture.h"

#include "desk/kan-heads.h"

#include <sys/stat.h>

typedef struct { char *text; gsize size; } Whole;

static Whole
whole_file (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  Whole whole = { 0 };

  expect (g_file_get_contents (f->path, &whole.text, &whole.size, &error), error);
  return whole;
}

static void
put_back (Fixture *f, Whole whole)
{
  g_autoptr(GError) error = NULL;

  expect (g_file_set_contents (f->path, whole.text, (gssize) whole.size, &error), error);
  g_free (whole.text);
}

static char *
memory_of (KanDesk *desk)
{
  g_autofree char *id = kan_hex (kan_vault_get_file_id (kan_desk_get_vault (desk)), KAN_FILE_ID_SIZE);

  return g_build_filename (g_get_user_state_dir (), "kanribo", "heads", id, NULL);
}

/* One person more: two entries. */
static void
sign_one (Fixture *f)
{
  static guint n;
  g_autofree char *answers = g_strdup_printf ("staff_no=1%03u | name=職員%u", n, n);
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

  n++;
  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "person.register", NULL, answers);
}

/* "shorter" or "fork" as opening says, and the only fault that verification finds. */
static void
expect_parted (Fixture *f, const char *heads, const char *kind, const char *told)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  const KanVerifyOptions options = { .now = now };
  g_autoptr(KanVerdict) verdict = kan_desk_verify (desk, &options, &error);
  const KanFault *fault;

  g_assert_no_error (error);
  g_assert_cmpstr (kan_desk_get_heads (desk), ==, heads);
  g_assert_nonnull (strstr (kan_desk_get_notice (desk), told));
  g_assert_cmpuint (verdict->n_new, ==, 1);
  fault = g_ptr_array_index (verdict->faults, 0);
  g_assert_cmpstr (kan_fault_kind_id (fault->kind), ==, kind);
}

static void
expect_nothing (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr(KanVerdict) verdict = kan_desk_verify (desk, NULL, &error);

  g_assert_no_error (error);
  g_assert_null (kan_desk_get_heads (desk));
  g_assert_null (kan_desk_get_notice (desk));
  g_assert_cmpuint (verdict->faults->len, ==, 0);
}

static void
test_older_file (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  Whole older = whole_file (f);

  sign_one (f);
  expect_nothing (f);
  put_back (f, older);
  expect_parted (f, "shorter", "head", "an older file was put in its place");
  /* it is told for as long as it is so, however often it was opened and whatever is signed there */
  expect_parted (f, "shorter", "head", "an older file was put in its place");
  sign_one (f);
  expect_parted (f, "fork", "anchor", "another than the one");
  sign_one (f);
  expect_parted (f, "fork", "anchor", "another than the one");
}

/* The newer one back in its place: nothing is left to tell. */
static void
test_newer_file_back (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  Whole older = whole_file (f), newer;

  sign_one (f);
  newer = whole_file (f);
  put_back (f, older);
  expect_parted (f, "shorter", "head", "an older file was put in its place");
  put_back (f, newer);
  expect_nothing (f);
}

/* Whoever wrote why a backup was put back is not told of it as new. */
static void
test_noted (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(GError) error = NULL;
  Whole older = whole_file (f);
  g_autofree char *answers = NULL;
  g_autoptr(KanVerdict) verdict = NULL, later = NULL;
  g_autoptr(KanDesk) desk = NULL;

  sign_one (f);
  sign_one (f);
  put_back (f, older);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  verdict = kan_desk_verify (desk, NULL, &error);
  g_assert_no_error (error);
  answers = g_strdup_printf ("fault=%s | reason=控えを戻した",
                             ((KanFault *) g_ptr_array_index (verdict->faults, 0))->code);
  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "ledger.note", "F1", answers);
  later = kan_desk_verify (desk, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (later->n_known, ==, 1);
  g_assert_cmpuint (later->n_new, ==, 0);
  g_assert_cmpstr (kan_desk_get_heads (desk), ==, "shorter");
}

/* A tail that was set aside was seen as well. */
static void
test_set_aside (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDesk) desk = NULL;
  g_autofree char *seen = NULL;
  KanHeadsVerdict verdict = KAN_HEADS_FORK;
  gboolean newer = FALSE;
  KanHead head;

  sign_one (f);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  seen = kan_heads_recall (kan_vault_get_file_id (kan_desk_get_vault (desk)));
  g_assert_nonnull (seen);
  tamper (desk, "INSERT INTO rejected SELECT 'tail', * FROM act ORDER BY seq DESC LIMIT 1");
  tamper (desk, "DELETE FROM act WHERE seq = (SELECT max(seq) FROM act)");
  expect (kan_ledger_get_head (kan_vault_get_db (kan_desk_get_vault (desk)), &head, &error), error);
  expect (kan_heads_compare (seen, kan_vault_get_db (kan_desk_get_vault (desk)), &head, &verdict, &newer, &error),
          error);
  g_assert_cmpint (verdict, ==, KAN_HEADS_HOLD);
  g_assert_true (newer);
  tamper (desk, "DELETE FROM rejected");
  expect (kan_heads_compare (seen, kan_vault_get_db (kan_desk_get_vault (desk)), &head, &verdict, &newer, &error),
          error);
  g_assert_cmpint (verdict, ==, KAN_HEADS_SHORTER);
  g_assert_false (newer);
}

/* A last entry that does not hold is nothing to remember: the file that it was put into is whole again some day. */
static void
test_forged_head (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  Whole whole;

  sign_one (f);
  whole = whole_file (f);
  {
    g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

    tamper (desk, "INSERT INTO act SELECT seq + 1, at, actor, key, session, kind, subject, happened_at, body, hash,"
            " randomblob(32), signature FROM act ORDER BY seq DESC LIMIT 1");
  }
  kan_desk_free (open_as (f, KAN_VAULT_WRITE, "chief", "chief's"));
  put_back (f, whole);
  expect_nothing (f);
}

/* No memory, none that can be read, none that can be written: less knowledge, and no error. */
static void
test_no_memory (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const char *const garbled[] = { "", "12", "\xff\xfe", "12-ZZZZ-",
                                         "0-0000-0000-0000-0000-0000-0000-0000-0000" };
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  struct stat info;

  path = memory_of (desk);
  g_clear_pointer (&desk, kan_desk_free);
  sign_one (f);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  for (guint i = 0; i < G_N_ELEMENTS (garbled); i++)
    {
      expect (g_file_set_contents (path, garbled[i], -1, &error), error);
      expect_nothing (f);
    }
  g_assert_cmpint (g_unlink (path), ==, 0);
  expect_nothing (f);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  expect_nothing (f);
  sign_one (f);
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

/* Each file has a memory of its own. */
static void
test_several_files (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  Fixture other;
  Whole older = whole_file (f);

  sign_one (f);
  fixture_set_up (&other, NULL);
  found_office (&other);
  sign_one (&other);
  expect_nothing (&other);
  put_back (f, older);
  expect_parted (f, "shorter", "head", "an older file was put in its place");
  fixture_tear_down (&other, NULL);
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/heads/older-file", Fixture, NULL, office_set_up, test_older_file, fixture_tear_down);
  g_test_add ("/heads/newer-file-back", Fixture, NULL, office_set_up, test_newer_file_back, fixture_tear_down);
  g_test_add ("/heads/noted", Fixture, NULL, office_set_up, test_noted, fixture_tear_down);
  g_test_add ("/heads/set-aside", Fixture, NULL, office_set_up, test_set_aside, fixture_tear_down);
  g_test_add ("/heads/forged-head", Fixture, NULL, office_set_up, test_forged_head, fixture_tear_down);
  g_test_add ("/heads/no-memory", Fixture, NULL, office_set_up, test_no_memory, fixture_tear_down);
  g_test_add ("/heads/several-files", Fixture, NULL, office_set_up, test_several_files, fixture_tear_down);
  return g_test_run ();
}
