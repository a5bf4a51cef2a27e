/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An index made of some rows only, under words of the schema that are ours: verification names it, nothing is judged by
 * it, and making the registers anew makes it anew. */
#include "acts/kan-indexes.h"
#include "acts/kan-record-check.h"
#include "app/acts/yard.h"

#include <string.h>

/* Made of no row, and the words put back. */
static void
poison (Yard *yard, const char *index)
{
  g_autofree char *sql = g_strdup_printf (
    "CREATE TEMP TABLE kept AS SELECT name, sql FROM sqlite_schema WHERE name = '%s';"
    "UPDATE sqlite_schema SET sql = sql || ' WHERE 0' WHERE name = '%s';", index, index);
  g_autofree char *back = g_strdup_printf (
    "PRAGMA writable_schema = ON; REINDEX %s;"
    "UPDATE sqlite_schema SET sql = (SELECT k.sql FROM kept k WHERE k.name = sqlite_schema.name) WHERE name = '%s';"
    "PRAGMA writable_schema = RESET", index, index);
  g_autofree char *all = g_strconcat (sql, "PRAGMA writable_schema = RESET;", back, NULL);

  yard_tamper (yard, all);
}

static void
test_named (void)
{
  static const struct { const char *index, *what; } table[] = {
    { "crate_state", "Crates: the index by State does not lead to the rows that the table holds" },
    { "act_subject", "Entries: the index by Record, Entry does not lead to the rows that the table holds" },
    { "hand_subject", "Signature given: the index by Record does not lead to the rows that the table holds" },
    { "crate_helpers_value", "Crates Helpers: the index by Record does not lead to the rows that the table holds" },
    { "alike_key",
      "Comparison: the index by Register, Field, Compared as does not lead to the rows that the table holds" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_new_with_history ();
      g_autoptr(KanVerdict) verdict = NULL;
      g_autoptr(GError) error = NULL;
      const KanFault *fault;

      yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=四 | weight=4 | helpers=P2,P4");
      poison (yard, table[i].index);
      g_assert_true (kan_book_check_schema (yard->book, &error));
      verdict = kan_book_verify (yard->book, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (verdict->faults->len, ==, 1);
      fault = g_ptr_array_index (verdict->faults, 0);
      g_assert_cmpstr (kan_fault_kind_id (fault->kind), ==, "index");
      g_assert_cmpstr (fault->what, ==, table[i].what);
      g_assert_cmpint (verdict->n_differing, ==, 1);
      yard_expect (yard, "done", GENERAL, "ledger.rebuild", NULL, "reason=索引");
      yard_expect_faults (yard, NULL, "");
    }
}

/* What a rule would have looked up is not there: nothing is signed by it. */
static void
test_nothing_is_judged (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  const KanSigner signer = { CLERK, yard->keys[CLERK], "P6-00000001" };
  g_autoptr(KanDraft) draft = NULL;
  g_autoptr(GError) error = NULL;
  gint64 head = yard_head (yard);

  poison (yard, "crate_state");
  draft = kan_draft_new (yard->book, "crate.amend", "C2", &error);
  kan_draft_set (draft, "weight", "6");
  g_assert_null (kan_book_admit (yard->book, draft, &signer, NULL, 0, yard->now, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
  g_assert_cmpint (yard_head (yard), ==, head);
}

/* Nor shown: a list by state, and what belongs to a record, would leave some out. Whoever looks at a record is told. */
static void
test_nothing_is_shown (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autofree char *altered = NULL, *glanced = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (kan_book_check_shown (yard->book, NULL));
  poison (yard, "crate_state");
  g_assert_false (kan_book_check_shown (yard->book, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
  g_assert_false (kan_record_holds (yard->book, "C2", NULL));
  g_assert_true (kan_record_examine (yard->book, "C2", &altered, NULL));
  g_assert_nonnull (strstr (altered, "an index"));
  g_assert_true (kan_record_glance (yard->book, "C2", &glanced, NULL));
  g_assert_cmpstr (glanced, ==, altered);
  yard_expect (yard, "done", GENERAL, "ledger.rebuild", NULL, "reason=索引");
  g_assert_true (kan_book_check_shown (yard->book, NULL));
  g_assert_true (kan_record_holds (yard->book, "C2", NULL));
}

/* Nor by registers that say what no entry can have said. */
static void
test_doubtful (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  const KanSigner signer = { CLERK, yard->keys[CLERK], "P6-00000001" };
  g_autoptr(KanDraft) draft = NULL;
  g_autoptr(GError) error = NULL;

  yard_exec (yard, "UPDATE file SET edition = 99");
  yard_reopen (yard);
  draft = kan_draft_new (yard->book, "crate.amend", "C2", &error);
  kan_draft_set (draft, "weight", "6");
  g_assert_null (kan_book_admit (yard->book, draft, &signer, NULL, 0, yard->now, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
}

/* What every column refuses can be put there all the same. */
static void
test_other_kinds (void)
{
  static const struct { const char *table, *loosened, *sql, *what; } table[] = {
    { "meta", "value TEXT NOT NULL", "UPDATE meta SET value = NULL WHERE key = 'x'",
      "Marks of the file Value: a value of a kind that never stands there" },
    { "crate", "state TEXT NOT NULL", "UPDATE crate SET state = NULL WHERE id = 1",
      "Crates State: a value of a kind that never stands there" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_new_with_history ();
      g_autoptr(KanVerdict) verdict = NULL;
      g_autofree char *sql = g_strdup_printf (
        "INSERT INTO meta VALUES ('x', 'y'); CREATE TEMP TABLE kept AS SELECT sql FROM sqlite_schema WHERE name = '%s';"
        "UPDATE sqlite_schema SET sql = replace (sql, '%s', '%.*s') WHERE name = '%s'; PRAGMA writable_schema = RESET;"
        "%s; PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = (SELECT sql FROM kept) WHERE name = '%s';",
        table[i].table, table[i].loosened, (int) (strlen (table[i].loosened) - strlen (" NOT NULL")),
        table[i].loosened, table[i].table, table[i].sql, table[i].table);
      const KanFault *fault;
      guint n = 0;

      yard_tamper (yard, sql);
      verdict = kan_book_verify (yard->book, NULL, NULL);
      for (guint j = 0; j < verdict->faults->len; j++)
        {
          fault = g_ptr_array_index (verdict->faults, j);
          g_test_message ("%s", fault->what);
          n += fault->kind == KAN_FAULT_INDEX && strcmp (fault->what, table[i].what) == 0;
        }
      g_assert_cmpuint (n, ==, 1);
    }
}

#define TEXTS "SELECT group_concat (content) FROM detached WHERE content <> '順序'"

/* Put in under words that order them the other way round, or that let anything in: made anew, they stand as they must,
 * and nothing that could have stood there is lost. */
static void
test_put_in_order (void)
{
  static const struct { const char *table, *ours, *theirs, *change, *kept; } table[] = {
    { "meta", "key TEXT PRIMARY KEY", "key TEXT PRIMARY KEY DESC", "SELECT 1", "SELECT group_concat (key) FROM meta" },
    { "detached", "digest TEXT PRIMARY KEY", "digest TEXT PRIMARY KEY DESC", "SELECT 1",
      TEXTS },
    { "detached", "content TEXT NOT NULL) STRICT,", "content TEXT)",
      "INSERT INTO detached VALUES ('00', x'00', NULL), ('01', 5, x'00')", TEXTS },
    { "draft", "saved TEXT NOT NULL", "saved TEXT", "INSERT INTO draft VALUES (7, 6, NULL, x'00')",
      "SELECT group_concat (id) FROM draft" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_new_with_history ();
      g_autoptr(KanVerdict) verdict = NULL;
      g_autofree char *before = NULL, *sql = g_strdup_printf (
        "CREATE TEMP TABLE words AS SELECT sql FROM sqlite_schema WHERE name = '%s'; CREATE TEMP TABLE kept AS"
        " SELECT * FROM %s; UPDATE sqlite_schema SET sql = replace (sql, '%s', '%s') WHERE name = '%s';"
        "PRAGMA writable_schema = RESET; DELETE FROM %s; INSERT INTO %s SELECT * FROM kept; %s;"
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = (SELECT sql FROM words) WHERE name = '%s';",
        table[i].table, table[i].table, table[i].ours, table[i].theirs, table[i].table, table[i].table, table[i].table,
        table[i].change, table[i].table);

      yard_expect (yard, "done", CLERK, "crate.amend", "C2", "note=角が欠けている");
      yard_expect (yard, "done", CLERK, "crate.amend", "C2", "note=蓋が割れている");
      yard_exec (yard, "INSERT INTO draft VALUES (3, 6, '2026-09-01T00:00:00Z', x'00')");
      before = yard_text (yard, table[i].kept);
      yard_tamper (yard, sql);
      verdict = kan_book_verify (yard->book, NULL, NULL);
      g_assert_cmpuint (verdict->faults->len, >, 0);
      yard_expect (yard, "done", GENERAL, "ledger.rebuild", NULL, "reason=順序");
      yard_expect_text (yard, before, table[i].kept);
      yard_expect_faults (yard, NULL, "");
    }
}

/* Whatever stands in a cell: readers end with an answer or an error. */
static void
read_all (Yard *yard)
{
  G_GNUC_UNUSED g_autoptr(KanBook) book = kan_book_new (yard->db, yard->book->file_id, yard->book->registry, NULL);
  G_GNUC_UNUSED g_autoptr(KanVerdict) verdict = kan_book_verify (yard->book, NULL, NULL);
  G_GNUC_UNUSED g_autoptr(GPtrArray) pending = kan_book_list_pending (yard->book, NULL, yard->now, NULL);
  G_GNUC_UNUSED g_autoptr(GPtrArray) hands = kan_book_list_hands (yard->book, NULL, FALSE, NULL);
  g_autoptr(KanRecord) record = kan_record_get (yard->book, "C1", NULL);
  G_GNUC_UNUSED g_autofree char *name = kan_book_name_of (yard->book, "C1"), *state = NULL;

  if (record != NULL)
    state = kan_record_show (record, "state", FALSE);
  if (!kan_book_reload (yard->book, NULL))
    g_test_message ("unreadable");
}

/* Somebody had NOT NULL and STRICT taken from the words of every table. A share of the columns; -m slow: all. */
static void
test_any_cell (void)
{
  static const char *const values[] = { "NULL", "x'ff5b22'", "'A' || char(0) || 'B'" };
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(KanStmt) stmt = NULL;

  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C2", "");
  yard_tamper (yard, "UPDATE sqlite_schema SET sql = replace (replace (replace (sql, ' STRICT, ', ' '), ' STRICT', ''),"
                     " ' NOT NULL', '') WHERE type = 'table'");
  stmt = kan_db_prepare (yard->db, "SELECT 'UPDATE OR IGNORE ' || t.name || ' SET ' || c.name || ' = ' FROM"
                                   " sqlite_schema t JOIN pragma_table_info (t.name) c WHERE t.type = 'table'", NULL);
  while (kan_stmt_step (stmt, NULL))
    g_ptr_array_add (columns, g_strdup (kan_stmt_text (stmt, 0)));
  g_clear_pointer (&stmt, kan_stmt_free);
  g_assert_cmpuint (columns->len, >, 100);
  for (guint i = 0; i < columns->len; i += g_test_slow () ? 1 : 8)
    {
      g_autofree char *sql = g_strconcat (g_ptr_array_index (columns, i), values[i % G_N_ELEMENTS (values)], NULL);
      g_autofree char *null = g_strconcat (g_ptr_array_index (columns, i), "NULL", NULL);
      const char *both[] = { sql, null };

      for (gsize n = 0; n < G_N_ELEMENTS (both); n++)
        {
          g_test_message ("%s", both[n]);
          yard_exec (yard, "SAVEPOINT cell");
          if (!kan_db_exec (yard->db, both[n], NULL))
            g_test_message ("refused");
          read_all (yard);
          yard_exec (yard, "ROLLBACK TO cell; RELEASE cell");
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/indexes/named", test_named);
  g_test_add_func ("/indexes/nothing-is-judged", test_nothing_is_judged);
  g_test_add_func ("/indexes/nothing-is-shown", test_nothing_is_shown);
  g_test_add_func ("/indexes/doubtful", test_doubtful);
  g_test_add_func ("/indexes/any-cell", test_any_cell);
  g_test_add_func ("/indexes/put-in-order", test_put_in_order);
  g_test_add_func ("/indexes/other-kinds", test_other_kinds);
  return g_test_run ();
}
