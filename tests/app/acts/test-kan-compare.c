/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows beside what the acts add up to: whatever is altered, added or taken away in any projection is named. */
#include "app/acts/yard.h"

#include <string.h>

/* A history that puts at least one row into every projection. */
static Yard *
yard_with_everything (void)
{
  Yard *yard = yard_new_with_history ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL,
               "label=四 | weight=4 | helpers=P2,P4 | contents=[{\"name\":\"釘\",\"number\":3}] | owner=X1");    /* 41 */
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C4", "");               /* 42 */
  yard_expect (yard, "done", CLERK, "act.correct", "C2", "act=33 | question=weight | value=8 | reason=誤記");
  yard_expect (yard, "done", GENERAL, "rule.order", NULL,
               "title=理事長の定め | decides=P4 | in_force_from=2026-09-01 | with=3");
  yard_expect_faults (yard, NULL, "");
  return yard;
}

static GPtrArray *
list_projections (Yard *yard)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(KanStmt) stmt = kan_db_prepare (yard->db, "SELECT name FROM sqlite_schema WHERE type = 'table'"
                                                      " AND name NOT LIKE 'sqlite_%' ORDER BY name", NULL);

  while (kan_stmt_step (stmt, NULL))
    if (!kan_schema_is_kept (kan_stmt_text (stmt, 0)))
      g_ptr_array_add (tables, g_strdup (kan_stmt_text (stmt, 0)));
  return tables;
}

/* --- altering ------------------------------------------------------------------------------------------------- */

static char *
ask (Yard *yard, const char *format, const char *table)
{
  g_auto(GStrv) parts = g_strsplit (format, "%s", -1);
  g_autofree char *sql = g_strjoinv (table, parts);

  return yard_text (yard, sql);
}

/* Every cell of the first row that is no key, each to something else of its type. */
#define ALTERED \
  "SELECT group_concat(name || CASE type WHEN 'INTEGER' THEN ' = ifnull(' || name || ', 0) + 1'" \
  " ELSE ' = ifnull(' || name || ', '''') || ''x''' END, ', ') FROM pragma_table_info ('%s') WHERE pk = 0"
/* The first row once more under another key. */
#define COPIED \
  "SELECT group_concat(CASE WHEN pk <> 1 THEN name WHEN type = 'INTEGER' THEN name || ' + 1000000'" \
  " ELSE name || ' || ''x''' END, ', ') FROM (SELECT * FROM pragma_table_info ('%s') ORDER BY cid)"
#define FIRST_KEY "SELECT group_concat(name, ' || ''-'' || ') FROM pragma_table_info ('%s') WHERE pk > 0"

static char *
first_row (Yard *yard, const char *table)
{
  g_autofree char *key = ask (yard, FIRST_KEY, table);

  return g_strdup_printf ("%s = (SELECT %s FROM %s LIMIT 1)", key, key, table);
}

typedef enum { ALTER, DROP, ADD, N_WAYS } Way;

/* Does it to the first row; returns how many faults it must make. */
static guint
meddle (Yard *yard, const char *table, Way way)
{
  g_autofree char *row = first_row (yard, table), *cells = ask (yard, ALTERED, table), *sql = NULL;
  g_autofree char *copied = ask (yard, COPIED, table);
  g_autofree char *n_cells = ask (yard, "SELECT count(*) FROM pragma_table_info ('%s') WHERE pk = 0", table);

  if (way == ALTER && cells == NULL)
    return 0;
  if (way == ALTER)
    sql = g_strdup_printf ("UPDATE %s SET %s WHERE %s", table, cells, row);
  else if (way == DROP)
    sql = g_strdup_printf ("DELETE FROM %s WHERE %s", table, row);
  else
    sql = g_strdup_printf ("INSERT INTO %s SELECT %s FROM %s WHERE %s", table, copied, table, row);
  yard_exec (yard, sql);
  return way == ALTER ? (guint) g_ascii_strtoull (n_cells, NULL, 10) : 1;
}

/* Takes the faults of a table away from those found: as many as there must be, each in these words. */
static void
expect_of (GPtrArray *faults, const char *table, const char *sentence, guint n)
{
  guint found = 0;

  for (guint i = faults->len; i > 0; i--)
    {
      const KanFault *fault = g_ptr_array_index (faults, i - 1);

      if (g_strcmp0 (fault->table, table) != 0)
        continue;
      g_test_message ("%s: %s", fault->subject, fault->what);
      g_assert_cmpint (fault->kind, ==, KAN_FAULT_PROJECTION);
      g_assert_nonnull (strstr (fault->what, sentence));
      g_ptr_array_remove_index (faults, i - 1);
      found++;
    }
  g_test_message ("%s: %u of %u", table, found, n);
  g_assert_cmpuint (found, ==, n);
}

static GPtrArray *
list_filled (Yard *yard)
{
  GPtrArray *tables = list_projections (yard);

  for (guint i = tables->len; i > 0; i--)
    {
      g_autofree char *rows = ask (yard, "SELECT count(*) FROM %s", g_ptr_array_index (tables, i - 1));

      if (strcmp (rows, "0") == 0)
        g_ptr_array_remove_index (tables, i - 1);
    }
  return tables;
}

static void
test_every_projection (void)
{
  static const char *const sentences[] = { "the signed entries", "the row is missing",
                                           "a row that no signed entry made" };
  g_autoptr(Yard) yard = yard_with_everything ();
  g_autoptr(GPtrArray) tables = list_filled (yard);
  KanVerifyOptions options = { .n_threads = 1 };

  /* pending, hand, step, correction, series, search, crate with two beside it, and what the office is made of */
  g_assert_cmpuint (tables->len, >=, 17);
  for (Way way = ALTER; way < N_WAYS; way++)
    {
      g_autoptr(GArray) wanted = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr(KanVerdict) verdict = NULL;

      yard_exec (yard, "SAVEPOINT s");
      for (guint i = 0; i < tables->len; i++)
        {
          guint n = meddle (yard, g_ptr_array_index (tables, i), way);

          g_array_append_val (wanted, n);
        }
      verdict = kan_book_verify (yard->book, &options, NULL);
      g_assert_nonnull (verdict);
      for (guint i = 0; i < tables->len; i++)
        expect_of (verdict->faults, g_ptr_array_index (tables, i), sentences[way], g_array_index (wanted, guint, i));
      g_assert_cmpuint (verdict->faults->len, ==, 0);
      yard_exec (yard, "ROLLBACK TO s");
      yard_exec (yard, "RELEASE s");
    }
  yard_expect_faults (yard, NULL, "");
}

/* --- what is not the same ------------------------------------------------------------------------------------- */

/* Nothing is not the same as an empty text or nought, and a text does not end at a NUL in it. */
static void
test_cells (void)
{
  static const struct { const char *sql, *faults; } cases[] = {
    { "UPDATE crate SET maker = '' WHERE id = 1", "projection C1" },
    { "UPDATE crate SET fragile = 0 WHERE id = 1", "projection C1" },
    { "UPDATE crate SET label = label || char(0) || 'x' WHERE id = 1", "projection C1" },
    { "UPDATE crate SET label = label || ' ' WHERE id = 1", "projection C1" },
    { "UPDATE crate SET label = NULL, weight = NULL WHERE id = 1", "projection C1, projection C1" },
    { "UPDATE crate SET label = (SELECT label FROM crate WHERE id = 2) WHERE id = 1", "projection C1" },
    { "UPDATE crate SET id = 9 WHERE id = 1", "projection C1, projection C9" },
    { "UPDATE crate SET id = id + 100", "projection C1, projection C2, projection C3, projection C4, projection C101,"
                                        " projection C102, projection C103, projection C104" },
    { "UPDATE crate_contents SET n = 5", "projection crate_contents 4, projection crate_contents 4" },
    { "DELETE FROM crate_helpers WHERE value = 2", "projection crate_helpers 4" },
    { "UPDATE crate SET label = label", "" },
    { "DELETE FROM crate WHERE id = 99", "" },
  };
  g_autoptr(Yard) yard = yard_with_everything ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      yard_exec (yard, "SAVEPOINT s");
      yard_exec (yard, cases[i].sql);
      g_test_message ("%s", cases[i].sql);
      yard_expect_faults (yard, NULL, cases[i].faults);
      yard_exec (yard, "ROLLBACK TO s");
      yard_exec (yard, "RELEASE s");
    }
}

/* The latest reading of the clock lies among the hints, but decides what may be entered next. */
static void
test_clock (void)
{
  g_autoptr(Yard) yard = yard_with_everything ();
  g_autofree char *floor = yard_text (yard, "SELECT value FROM meta WHERE key = 'floor'"), *back = NULL;

  yard_exec (yard, "UPDATE meta SET value = '1' WHERE key = 'floor'");
  yard_expect_faults (yard, NULL, "projection");
  back = g_strdup_printf ("UPDATE meta SET value = '%s' WHERE key = 'floor'", floor);
  yard_exec (yard, back);
  yard_expect_faults (yard, NULL, "");
}

/* What no act fills is nobody's projection: hints may come and go. */
static void
test_kept_tables (void)
{
  g_autoptr(Yard) yard = yard_with_everything ();

  yard_exec (yard, "INSERT INTO meta (key, value) VALUES ('generation', '9')");
  yard_exec (yard, "INSERT INTO draft (person, saved, sealed) VALUES (6, '2026-09-01T00:00:00Z', x'00')");
  yard_exec (yard, "DELETE FROM verified");
  yard_expect_faults (yard, NULL, "");
}

/* Each table stands in the order of its key, by which rows are compared: sorting them would take memory that grows with
 * the chain. */
static void
test_order (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(GPtrArray) tables = list_projections (yard);

  g_assert_cmpuint (tables->len, >, 10);
  for (guint i = 0; i < tables->len; i++)
    {
      g_autofree char *keys = ask (yard, "SELECT substr ('1, 2, 3', 1, 3 * max (pk, 1) - 2) FROM"
                                         " (SELECT max(pk) AS pk FROM pragma_table_info ('%s'))",
                                   g_ptr_array_index (tables, i));
      g_autofree char *sql = g_strdup_printf ("EXPLAIN QUERY PLAN SELECT * FROM %s ORDER BY %s",
                                              (const char *) g_ptr_array_index (tables, i), keys);
      g_autoptr(GError) error = NULL;
      g_autoptr(KanStmt) plan = kan_db_prepare (yard->db, sql, &error);

      g_assert_no_error (error);
      while (kan_stmt_step (plan, &error))
        g_assert_null (strstr (kan_stmt_text (plan, 3), "TEMP B-TREE"));
      g_assert_no_error (error);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compare/every-projection", test_every_projection);
  g_test_add_func ("/compare/cells", test_cells);
  g_test_add_func ("/compare/clock", test_clock);
  g_test_add_func ("/compare/kept-tables", test_kept_tables);
  g_test_add_func ("/compare/order", test_order);
  return g_test_run ();
}
