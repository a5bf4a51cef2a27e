/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a file whose tables an older program made: for writing they are made anew in it, for reading beside it. */
#include "desk-fixture.h"

#include "acts/kan-book-private.h"

/* Columns of another name, a table that is no more, one not yet there, and the key register gone. */
static void
make_older (Fixture *f, const char *number)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autofree char *sql = g_strdup_printf ("UPDATE meta SET value = '%s' WHERE key = 'projection'; DROP TABLE key;"
                                          " DROP TABLE person; CREATE TABLE person (id INTEGER, user_name TEXT);"
                                          " DROP TABLE rejected; CREATE TABLE sack (id INTEGER)", number);

  tamper (desk, sql);
  if (strcmp (number, "0") == 0)
    kan_tables_learn (kan_vault_get_db (kan_desk_get_vault (desk)), 0);
}

static gboolean
count_cb (gint64 done, gint64 total, gpointer data)
{
  g_assert_cmpint (done, ==, total);
  ++*(guint *) data;
  return TRUE;
}

static void
test_writing (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(KanVerdict) verdict = NULL;
  guint told = 0;

  make_older (f, "0");
  desk = open_locked (f, KAN_VAULT_WRITE);
  kan_desk_set_progress (desk, count_cb, &told);
  expect (unlock (desk, "chief", "chief's", &error), error);
  g_assert_cmpuint (told, ==, 1);
  g_assert_cmpstr (kan_desk_get_notice (desk), ==,
                   "An older program made the registers of this file: they were made anew from the signed entries.");
  g_assert_cmpint (ask_desk (desk, "SELECT count(*) FROM person WHERE login = 'sato'"), ==, 1);
  EXPECT_SIGN (desk, "waits", "person.register", NULL, "staff_no=003 | name=鈴木 一郎");
  verdict = kan_desk_verify (desk, &(KanVerifyOptions) { 0 }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (verdict->faults->len, ==, 0);
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_assert_null (kan_desk_get_notice (desk));
}

/* Whoever may only read finds everything, and leaves no byte behind. */
static void
test_reading (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(KanVerdict) verdict = NULL;
  g_autoptr(GPtrArray) due = NULL;
  g_autofree char *before = NULL, *after = NULL, *anchor = NULL;
  gsize before_size = 0, after_size = 0;

  make_older (f, "0");
  g_assert_true (g_file_get_contents (f->path, &before, &before_size, NULL));
  desk = open_as (f, KAN_VAULT_READ, "sato", "sato's");
  g_assert_true (g_str_has_suffix (kan_desk_get_notice (desk), "The file itself is as it was."));
  g_assert_nonnull (kan_book_get_profile (kan_desk_get_book (desk)));
  due = kan_desk_list_due (desk, &error);
  g_assert_no_error (error);
  verdict = kan_desk_verify (desk, &(KanVerifyOptions) { 0 }, &error);
  g_assert_no_error (error);
  g_assert_cmpint (verdict->n_acts, ==, 5);
  g_assert_cmpuint (verdict->faults->len, ==, 0);
  anchor = kan_desk_dup_anchor (desk, &error);
  g_assert_true (g_str_has_prefix (anchor, "5-"));
  EXPECT_SIGN (desk, "the file is open for reading only", "person.register", NULL, "staff_no=9 | name=誰");
  g_clear_pointer (&desk, kan_desk_free);
  g_assert_true (g_file_get_contents (f->path, &after, &after_size, NULL));
  g_assert_cmpmem (after, after_size, before, before_size);
}

typedef struct { KanDesk *desk; guint n; } Meanwhile;

static gboolean
sign_cb (G_GNUC_UNUSED gint64 done, G_GNUC_UNUSED gint64 total, gpointer data)
{
  Meanwhile *meanwhile = data;

  if (meanwhile->n++ == 0)
    EXPECT_SIGN (meanwhile->desk, "done", "place.establish", NULL, "title=第三倉庫 | room=三階 | level=2");
  return TRUE;
}

/* What is signed while the file is being verified stays signed, and is verified in its turn. */
static void
test_signing_meanwhile (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  Meanwhile meanwhile = { desk, 0 };
  KanVerifyOptions options = { .now = now, .progress = sign_cb, .progress_data = &meanwhile };
  gint64 before = ask_desk (desk, "SELECT max(seq) FROM act");
  g_autoptr(GError) error = NULL;
  g_autoptr(KanVerdict) verdict = kan_desk_verify (desk, &options, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < verdict->faults->len; i++)
    g_test_message ("%s", ((KanFault *) g_ptr_array_index (verdict->faults, i))->what);
  g_assert_cmpuint (verdict->faults->len, ==, 0);
  g_assert_cmpint (verdict->n_acts, ==, before + 1);
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_READ, "sato", "sato's");
  g_assert_cmpint (ask_desk (desk, "SELECT max(seq) FROM act"), ==, before + 1);
}

/* The register of keys decides who opens, also where it was made anew. */
static void
test_who_opens (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(GError) error = NULL;

  make_older (f, "99");
  desk = open_locked (f, KAN_VAULT_WRITE);
  g_assert_false (unlock (desk, "chief", "chief's", &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_TOO_NEW);
  g_assert_null (kan_desk_get_book (desk));
}

static gboolean
stop_cb (G_GNUC_UNUSED gint64 done, G_GNUC_UNUSED gint64 total, G_GNUC_UNUSED gpointer data)
{
  return FALSE;
}

static void
test_stopped (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(GError) error = NULL;

  make_older (f, "0");
  desk = open_locked (f, KAN_VAULT_WRITE);
  kan_desk_set_progress (desk, stop_cb, NULL);
  g_assert_false (unlock (desk, "chief", "chief's", &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_CANCELLED);
  g_assert_null (kan_desk_get_book (desk));
  g_clear_error (&error);
  kan_desk_set_progress (desk, NULL, NULL);
  expect (unlock (desk, "chief", "chief's", &error), error);
  g_assert_cmpint (ask_desk (desk, "SELECT count(*) FROM person"), ==, 2);
}

/* Rows that a tool spoiled keep their holder out; an officer whom the register still knows has them made anew. */
static void
test_rebuilt_by_hand (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

  tamper (desk, "UPDATE person SET name = '別人'");
  EXPECT_SIGN (desk, "done", "ledger.rebuild", NULL, "reason=表を直接書き換えた跡があった");
  g_assert_cmpint (ask_desk (desk, "SELECT count(*) FROM person WHERE name = '別人'"), ==, 0);
  g_assert_cmpint (ask_desk (desk, "SELECT differences FROM repair"), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
#define ADD(path, test) g_test_add (path, Fixture, NULL, office_set_up, test, fixture_tear_down)
  ADD ("/desk-book/signing-meanwhile", test_signing_meanwhile);
  ADD ("/desk-book/writing", test_writing);
  ADD ("/desk-book/reading", test_reading);
  ADD ("/desk-book/who-opens", test_who_opens);
  ADD ("/desk-book/stopped", test_stopped);
  ADD ("/desk-book/rebuilt-by-hand", test_rebuilt_by_hand);
#undef ADD
  return g_test_run ();
}
