/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projections made anew: the same rows as before, whatever an older program or a database tool left there; in one
 * transaction, so that a failure leaves the old ones whole. */
#include "acts/kan-rebuild.h"
#include "acts/kan-record-check.h"

#include "app/acts/yard.h"

#include <string.h>

static Yard *
yard_with_history (void)
{
  Yard *yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=一 | weight=1 | helpers=P2,P3 | note=角が欠けている");
  yard_expect (yard, "done", CLERK, "crate.add", NULL,
               "label=二 | weight=2 | contents=[{\"name\":\"釘\",\"number\":3},{\"name\":\"板\"}]");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=三 | weight=300");
  yard_expect (yard, "done", OPERATOR, "crate.lose", "C3", "deviation_reason=目を離した");
  return yard;
}

/* Every row of every table, as one text. */
static char *
dump (KanDb *db)
{
  GString *out = g_string_new (NULL);
  g_autoptr(KanStmt) tables = kan_db_prepare (db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
                                              NULL);

  while (kan_stmt_step (tables, NULL))
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", kan_stmt_text (tables, 0));
      g_autoptr(KanStmt) rows = kan_db_prepare (db, sql, NULL);

      g_string_append_printf (out, "%s\n", kan_stmt_text (tables, 0));
      while (kan_stmt_step (rows, NULL))
        {
          for (int i = 0; i < kan_stmt_n_columns (rows); i++)
            {
              gsize size = 0;
              const guint8 *bytes = kan_stmt_bytes (rows, i, &size);
              g_autofree char *hex = kan_hex (bytes, size);

              g_string_append_printf (out, " %s%s", kan_stmt_is_null (rows, i) ? "-" : "", hex);
            }
          g_string_append_c (out, '\n');
        }
    }
  return g_string_free (out, FALSE);
}

static void
assert_holds (Yard *yard)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (kan_book_check_schema (yard->book, &error));
  g_assert_no_error (error);
  yard_expect_faults (yard, NULL, "");
}

static void
test_the_same_rows (void)
{
  g_autoptr(Yard) yard = yard_with_history ();
  g_autofree char *before = dump (yard->db), *after = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (kan_book_is_older (yard->book));
  g_assert_true (kan_book_rebuild (yard->book, NULL, NULL, &error));
  g_assert_no_error (error);
  after = dump (yard->db);
  g_assert_cmpstr (after, ==, before);
  assert_holds (yard);
  /* what waited waits on, and numbers go on */
  yard_expect (yard, "waits system_manager", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "done", PENSION, "hand.give", "C1", "");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=四");
  yard_expect_text (yard, "四", "SELECT label FROM crate WHERE id = 4");
  assert_holds (yard);
}

/* What an older program may have left: other columns, other indexes, tables that are no more and some not yet there. */
static const char older[] =
  "UPDATE meta SET value = '0' WHERE key = 'projection';"
  "DROP INDEX crate_state; ALTER TABLE crate DROP COLUMN maker; ALTER TABLE crate ADD COLUMN owner_name TEXT;"
  "CREATE TABLE sack (id INTEGER PRIMARY KEY, \"a \"\"quoted\"\" name\"); CREATE INDEX \"sack's\" ON sack (id);"
  "INSERT INTO sack VALUES (1, 2); DROP TABLE file; DROP TABLE rejected; DROP TABLE profile;"
  "CREATE TABLE profile (id INTEGER); UPDATE crate SET weight = 77 WHERE id = 1; DELETE FROM hand;"
  "CREATE VIEW seen AS SELECT 1; CREATE INDEX act_kind ON act (kind);"
  "CREATE TRIGGER planted AFTER INSERT ON act BEGIN DELETE FROM crate; END;";

static void
make_older (Yard *yard, const char *sql)
{
  yard_exec (yard, sql);
  kan_tables_learn (yard->db, 0);
  yard_reopen (yard);
}

static void
test_older_number (void)
{
  g_autoptr(Yard) yard = yard_with_history ();
  g_autofree char *before = dump (yard->db), *after = NULL;
  g_autoptr(GError) error = NULL;

  make_older (yard, older);
  g_assert_true (kan_book_is_older (yard->book));
  g_assert_false (kan_book_check_schema (yard->book, NULL));
  g_assert_true (kan_book_rebuild (yard->book, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (kan_book_is_older (yard->book));
  after = dump (yard->db);
  g_assert_cmpstr (after, ==, before);
  assert_holds (yard);
  yard_expect (yard, "done", CLERK, "crate.amend", "C2", "weight=5");
  yard_reopen (yard);
  assert_holds (yard);
}

static void
test_read_only (void)
{
  g_autoptr(Yard) yard = yard_with_history ();
  g_autofree char *before = NULL, *after = NULL, *note = NULL;
  g_autoptr(KanScratch) scratch = NULL;
  g_autoptr(KanRecord) record = NULL;
  g_autoptr(KanVerdict) verdict = NULL;
  g_autoptr(GPtrArray) pending = NULL;
  g_autoptr(GError) error = NULL;
  KanBook *aside;

  make_older (yard, older);
  before = dump (yard->db);
  scratch = kan_book_rebuild_aside (yard->book, NULL, NULL, &error);
  g_assert_no_error (error);
  after = dump (yard->db);
  g_assert_cmpstr (after, ==, before);
  aside = kan_scratch_get_book (scratch);
  record = kan_record_get (aside, "C1", &error);
  g_assert_no_error (error);
  g_assert_cmpint (kan_record_get_int (record, "weight"), ==, 1);
  note = kan_record_show (record, "note", TRUE);
  g_assert_cmpstr (note, ==, "角が欠けている");
  pending = kan_book_list_pending (aside, NULL, yard->now, &error);
  g_assert_cmpuint (pending->len, ==, 1);
  g_ptr_array_set_free_func (pending, (GDestroyNotify) kan_pending_free);
  verdict = kan_book_verify (aside, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (verdict->n_acts, ==, yard_head (yard));
  g_assert_cmpuint (verdict->faults->len, ==, 0);
  g_assert_true (kan_book_check_schema (aside, &error));
}

/* Rows made by a tool go, rows that it took come back; an act that fails has no effect, and its fault stays named. */
static void
test_faults_of_acts_stay (void)
{
  g_autoptr(Yard) yard = yard_with_history ();
  gint64 head = yard_head (yard);
  g_autofree char *faults = g_strdup_printf ("rule %d C4", (int) head + 1);

  yard_forge (yard, OPERATOR, yard->keys[OPERATOR], "crate.add", "C4", "{}", NULL);
  yard_exec (yard, "INSERT INTO crate (id, state, made, changed, label) VALUES (9, 'kept', 33, 33, '幽霊');"
             " DELETE FROM crate WHERE id = 1; UPDATE key SET state = 'revoked' WHERE person = 6;"
             " UPDATE meta SET value = '0' WHERE key = 'floor'");
  g_assert_true (kan_book_rebuild (yard->book, NULL, NULL, NULL));
  yard_expect_faults (yard, NULL, faults);
  yard_expect_text (yard, "3", "SELECT count(*) FROM crate");
}

static void
seal (Yard *yard, const char *label, const char *crate)
{
  g_autofree char *answers = g_strdup_printf ("label=%s | weight=1", label);

  yard_expect (yard, "done", CLERK, "crate.add", NULL, answers);
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", crate, "");
  yard_expect (yard, "waits information_manager", PENSION, "hand.give", crate, "");
  yard_expect (yard, "done", GENERAL, "hand.give", crate, "");
}

static void
rebuild (Yard *yard, gboolean by_older)
{
  g_autoptr(GError) error = NULL;

  if (by_older)
    make_older (yard, "UPDATE meta SET value = '0' WHERE key = 'projection'; DROP INDEX crate_state");
  else
    yard_reopen (yard);
  g_assert_cmpint (kan_book_is_older (yard->book), ==, by_older);
  g_assert_true (kan_book_rebuild (yard->book, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* A number stands on paper: no other record gets it, whichever entry does not hold any more and whoever made the
 * registers anew. */
static void
test_numbers_stay_drawn (void)
{
  static const struct { const char *altered, *numbers; } table[] = {
    { "C4", "1=1 5=3 6=4" },
    { "C5", "1=1 4=2 6=4" },
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_new_with_history ();
      g_autofree char *alter = g_strdup_printf ("UPDATE act SET session = 'x' WHERE subject = '%s' AND"
                                                " kind = 'crate.seal'", table[i / 2].altered);

      seal (yard, "四", "C4");
      seal (yard, "五", "C5");
      yard_exec (yard, alter);
      rebuild (yard, i % 2);
      kan_book_trust (yard->book);      /* nobody has noted yet that an entry does not hold */
      seal (yard, "六", "C6");
      for (guint again = 0; again < 2; again++)
        {
          yard_expect_text (yard, table[i / 2].numbers,
                            "SELECT group_concat (id || '=' || takeout_no, ' ') FROM crate");
          rebuild (yard, FALSE);
        }
    }
}

static gboolean
stop_at_once (gint64 done, gint64 total, gpointer data)
{
  g_assert_cmpint (done, <=, total);
  *(gboolean *) data = TRUE;
  return FALSE;
}

static void
test_stopped (void)
{
  g_autoptr(Yard) yard = yard_with_history ();
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr(GError) error = NULL;
  gboolean told = FALSE;

  make_older (yard, older);
  before = dump (yard->db);
  g_assert_false (kan_book_rebuild (yard->book, stop_at_once, &told, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_CANCELLED);
  g_assert_true (told);
  g_assert_true (kan_book_is_older (yard->book));
  after = dump (yard->db);
  g_assert_cmpstr (after, ==, before);
}

/* What no replay can fill is not touched: where it is not what the program makes, the old tables stay. */
static void
test_kept_tables_are_checked (void)
{
  g_autoptr(Yard) yard = yard_with_history ();
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr(GError) error = NULL;

  yard_exec (yard, "UPDATE meta SET value = '0' WHERE key = 'projection'; ALTER TABLE detached ADD COLUMN more TEXT");
  yard_reopen (yard);
  before = dump (yard->db);
  g_assert_false (kan_book_is_older (yard->book));
  g_assert_false (kan_book_rebuild (yard->book, NULL, NULL, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
  after = dump (yard->db);
  g_assert_cmpstr (after, ==, before);
}

/* The number is lowered together with other words: no program of that number made these. */
static void
test_lowered_mark (void)
{
  static const char *const marks[] = { "0", "1", "2", "-1" };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (marks); i++)
    {
      g_autoptr(Yard) yard = yard_with_history ();
      g_autoptr(GError) error = NULL;
      g_autofree char *sql = g_strdup_printf ("UPDATE meta SET value = '%s' WHERE key = 'projection'; %s", marks[i / 2],
                                              i % 2 == 0 ? "DROP INDEX crate_state" : "CREATE TABLE sack (id INTEGER)");

      make_older (yard, "UPDATE meta SET value = '0' WHERE key = 'projection'; DROP INDEX act_subject");
      g_assert_true (kan_book_is_older (yard->book));
      yard_exec (yard, sql);
      yard_reopen (yard);
      g_assert_false (kan_book_is_older (yard->book));
      g_assert_false (kan_book_check_schema (yard->book, &error));
      g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
      g_assert_false (kan_book_rebuild (yard->book, NULL, NULL, NULL));
    }
}

static void
test_newer_number (void)
{
  g_autoptr(Yard) yard = yard_with_history ();
  g_autoptr(GError) error = NULL;

  yard_exec (yard, "UPDATE meta SET value = '99' WHERE key = 'projection'; DROP TABLE profile");
  yard_reopen (yard);
  g_assert_false (kan_book_is_older (yard->book));
  g_assert_false (kan_book_check_schema (yard->book, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_TOO_NEW);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rebuild/the-same-rows", test_the_same_rows);
  g_test_add_func ("/rebuild/older-number", test_older_number);
  g_test_add_func ("/rebuild/read-only", test_read_only);
  g_test_add_func ("/rebuild/faults-of-acts-stay", test_faults_of_acts_stay);
  g_test_add_func ("/rebuild/numbers-stay-drawn", test_numbers_stay_drawn);
  g_test_add_func ("/rebuild/stopped", test_stopped);
  g_test_add_func ("/rebuild/kept-tables-are-checked", test_kept_tables_are_checked);
  g_test_add_func ("/rebuild/lowered-mark", test_lowered_mark);
  g_test_add_func ("/rebuild/newer-number", test_newer_number);
  return g_test_run ();
}
