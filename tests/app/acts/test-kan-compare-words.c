/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a database tool leaves in any table of the real registers is named by verification, in the words of the screen:
 * every table is compared, checked as chain or text, or on the list of those that nobody compares. */
#include "acts/kan-verify-private.h"

#include "app/acts/yard.h"
#include "registers/kan-registers.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

static GPtrArray *
list_tables (Yard *yard)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(KanStmt) stmt = kan_db_prepare (yard->db, "SELECT name FROM sqlite_schema WHERE type = 'table'", NULL);

  while (kan_stmt_step (stmt, NULL))
    g_ptr_array_add (tables, g_strdup (kan_stmt_text (stmt, 0)));
  return tables;
}

/* A row of nothing in particular, under a key that nothing has. */
static void
plant (Yard *yard, const char *table)
{
  g_autofree char *values = NULL, *ask = NULL, *insert = NULL;

  ask = g_strdup_printf ("SELECT group_concat (CASE type WHEN 'INTEGER' THEN '4000001' WHEN 'BLOB' THEN 'x''00'''"
                         " ELSE '''planted''' END) FROM pragma_table_info ('%s')", table);
  values = yard_text (yard, ask);
  insert = g_strdup_printf ("INSERT INTO %s VALUES (%s)", table, values);
  yard_exec (yard, insert);
}

static gboolean
is_named (const KanVerdict *verdict, const char *table)
{
  for (guint i = 0; i < verdict->faults->len; i++)
    {
      const KanFault *fault = g_ptr_array_index (verdict->faults, i);

      if (g_strcmp0 (fault->table, table) == 0 ||
          (kan_schema_is_kept (table) && fault->kind != KAN_FAULT_PROJECTION))
        return TRUE;
    }
  return FALSE;
}

/* All but what persons verified, which holds by a code of their own. */
static void
test_planted_rows (void)
{
  g_autoptr(Yard) yard = yard_new_of (kan_registers ());
  g_autoptr(GPtrArray) tables = list_tables (yard);

  g_assert_cmpuint (tables->len, >, 30);
  yard_expect_faults (yard, NULL, "");
  for (guint i = 0; i < tables->len; i++)
    {
      const char *table = g_ptr_array_index (tables, i);
      const KanVerifyOptions options = { .n_threads = 1 };
      g_autoptr(KanVerdict) verdict = NULL;

      yard_exec (yard, "SAVEPOINT s");
      plant (yard, table);
      verdict = kan_book_verify (yard->book, &options, NULL);
      g_test_message ("%s: %u", table, verdict->faults->len);
      g_assert_cmpint (is_named (verdict, table), ==, strcmp (table, "verified") != 0);
      yard_exec (yard, "ROLLBACK TO s; RELEASE s");
    }
}

/* A text beside the acts: planted, or left over by an entry that somebody took away. */
static void
test_texts_of_nobody (void)
{
  static const struct { const char *sql, *faults; } table[] = {
    { "INSERT INTO detached SELECT 'ab' || substr (digest, 3), salt, content FROM detached LIMIT 1", "text" },
    { "UPDATE act SET body = '{}' WHERE seq = 32", "hash 32 C1, rule 34 C1, rule 35 C1, rule 36 C1," },
    { "DELETE FROM act WHERE seq = 32", "gap 32," },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_new_with_history ();
      const KanVerifyOptions options = { .n_threads = 1 };
      g_autoptr(KanVerdict) verdict = NULL;
      g_autofree char *faults = NULL;
      guint n = 0;

      yard_exec (yard, table[i].sql);
      faults = yard_verify (yard, NULL);
      g_test_message ("%s", faults);
      g_assert_true (g_str_has_prefix (faults, table[i].faults));
      verdict = kan_book_verify (yard->book, &options, NULL);
      for (guint f = 0; f < verdict->faults->len; f++)
        {
          const KanFault *fault = g_ptr_array_index (verdict->faults, f);

          if (fault->kind != KAN_FAULT_TEXT)
            continue;
          n++;
          g_assert_cmpint (fault->because, ==, i == 0 ? 0 : 32);
          g_assert_cmpint (i == 0 || strstr (fault->what, "belongs to no entry") != NULL, ==, TRUE);
        }
      g_assert_cmpuint (n, ==, 1);
    }
}

/* No column is called by its name in the database. */
static void
test_every_column (void)
{
  g_autoptr(Yard) yard = yard_new_of (kan_registers ());
  g_autoptr(GPtrArray) tables = list_tables (yard);

  for (guint i = 0; i < tables->len; i++)
    {
      const char *table = g_ptr_array_index (tables, i);
      g_autoptr(KanStmt) columns = kan_db_query (yard->db, NULL, "SELECT name FROM pragma_table_info (?)", "s", table);

      while (!kan_schema_is_kept (table) && kan_stmt_step (columns, NULL))
        {
          g_autofree char *words = kan_column_words (yard->book, table, kan_stmt_text (columns, 0));

          g_test_message ("%s.%s: %s", table, kan_stmt_text (columns, 0), words);
          g_assert_cmpstr (words, !=, kan_stmt_text (columns, 0));
        }
    }
}

#define SAYS(is, must) "the table says “" is "”, the signed entries say “" must "”"

static void
test_rows_in_words (void)
{
  static const struct { const char *sql, *what; } table[] = {
    { "UPDATE crate SET state = 'sealed' WHERE id = 2", "C2 State: " SAYS ("Sealed", "Kept") },
    { "UPDATE crate SET made = 7 WHERE id = 2", "C2 Made by entry: " SAYS ("7", "33") },
    { "UPDATE crate SET maker = NULL WHERE id = 2", "C2 Maker: " SAYS ("(none)", "木工所") },
    { "UPDATE crate SET takeout_no = 9 WHERE id = 1", "C1 Seal number: " SAYS ("9", "1") },
    { "UPDATE step SET after = 'lost' WHERE seq = 33", "C2 Timeline 33 State after: " SAYS ("Lost", "Kept") },
    { "DELETE FROM step WHERE seq = 33", "C2 Timeline 33: the row is missing" },
    { "UPDATE series SET last = 5", "Numbers Take-outs 2026 Last number: " SAYS ("5", "1") },
    { "INSERT INTO crate_helpers VALUES (2, 3)", "C2 Helpers P3: a row that no signed entry made" },
    { "UPDATE search SET key = 'x' WHERE register = 'crate' AND id = 1",
      "C1 Search words: not what the signed entries add up to" },
    { "DELETE FROM search WHERE register = 'crate' AND id = 1", "C1 Search words: the row is missing" },
    { "UPDATE hand SET verdict = 'refused' WHERE seq = 35",
      "C1 Signature given 35 Decision: " SAYS ("Refused", "Given") },
    { "UPDATE step SET undo = NULL WHERE seq = 37",
      "C2 Timeline 37 Kept for voiding: " SAYS ("(none)", "State: Kept, Maker: (none)") },
    { "UPDATE step SET undo = json_object ('state', 'sealed', 'keeper', 4, 'fragile', 1, 'x', 5) WHERE seq = 40",
      "C2 Timeline 40 Kept for voiding: "
      SAYS ("State: Sealed, Keeper: P4 田中 実, Fragile: yes, x: 5", "State: Kept, Weight: 2") },
    { "UPDATE step SET undo = 'nothing' WHERE seq = 40",
      "C2 Timeline 40 Kept for voiding: " SAYS ("nothing", "State: Kept, Weight: 2") },
    { "INSERT INTO crate (id, state, made, changed) VALUES (9, 'kept', 1, 1)",
      "C9: a row that no signed entry made" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_new_with_history ();
      const KanVerifyOptions options = { .n_threads = 1 };
      g_autoptr(KanVerdict) verdict = NULL;

      yard_exec (yard, table[i].sql);
      verdict = kan_book_verify (yard->book, &options, NULL);
      g_assert_cmpuint (verdict->faults->len, ==, 1);
      g_assert_cmpstr (((KanFault *) g_ptr_array_index (verdict->faults, 0))->what, ==, table[i].what);
    }
}

static void
speak (const char *language)
{
  g_setenv ("LC_ALL", language, TRUE);
  g_assert_nonnull (setlocale (LC_ALL, ""));
}

/* On a Japanese screen nothing of it stays as it is stored. */
static void
test_undo_in_japanese (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  const KanVerifyOptions options = { .n_threads = 1 };
  g_autoptr(KanVerdict) verdict = NULL;
  const char *what;

  yard_exec (yard, "UPDATE step SET undo = json_object ('state', 'sealed', 'keeper', 4) WHERE seq = 40");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("KAN_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  speak ("ja_JP.UTF-8");
  verdict = kan_book_verify (yard->book, &options, NULL);
  speak ("C.UTF-8");
  g_assert_cmpuint (verdict->faults->len, ==, 1);
  what = ((KanFault *) g_ptr_array_index (verdict->faults, 0))->what;
  g_test_message ("%s", what);
  g_assert_nonnull (strstr (what, "「状態：封印中、管理者：P4 田中 実」"));
  g_assert_nonnull (strstr (what, "「状態：保管中、重さ：2」"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compare-words/planted-rows", test_planted_rows);
  g_test_add_func ("/compare-words/texts-of-nobody", test_texts_of_nobody);
  g_test_add_func ("/compare-words/every-column", test_every_column);
  g_test_add_func ("/compare-words/rows-in-words", test_rows_in_words);
  g_test_add_func ("/compare-words/undo-in-japanese", test_undo_in_japanese);
  return g_test_run ();
}
