/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables and indexes as they are composed from declarations: types are held to, references are found by an index. */
#include "app/acts/yard.h"

#include <string.h>

/* "name TYPE, …" in the order of the table. */
static void
expect_columns (Yard *yard, const char *table, const char *expected)
{
  g_autofree char *sql = g_strdup_printf ("SELECT group_concat(name || ' ' || type, ', ') FROM (SELECT * FROM"
                                          " pragma_table_info ('%s') ORDER BY cid)", table);

  yard_expect_text (yard, expected, sql);
}

static void
test_columns (void)
{
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);

  expect_columns (yard, "crate", "id INTEGER, state TEXT, made INTEGER, changed INTEGER, label TEXT, colour TEXT,"
                  " weight INTEGER, bought_on TEXT, seen_at TEXT, serves TEXT, telephone TEXT, maker TEXT,"
                  " fragile INTEGER, keeper INTEGER, checker INTEGER, owner TEXT, note TEXT, scale TEXT,"
                  " guess INTEGER, opener TEXT, opener_paper INTEGER, takeout_fy INTEGER, takeout_no INTEGER");
  expect_columns (yard, "crate_helpers", "owner INTEGER, value INTEGER");
  expect_columns (yard, "crate_contents", "owner INTEGER, n INTEGER, name TEXT, number INTEGER");
  /* rows of an act have no table of their own, nor have acts upon any record but the hands that are kept */
  expect_columns (yard, "crate_item", NULL);
  expect_columns (yard, "act_register", NULL);
}

/* Every table holds its types, and refuses what is none. */
static void
test_strict (void)
{
  static const char *const wrong[] = {
    "INSERT INTO crate (id, state, made, changed, weight) VALUES (1, 'kept', 1, 1, 'heavy')",
    "INSERT INTO crate (id, state, made, changed, keeper) VALUES (1, 'kept', 1, 1, 'P4')",
    "INSERT INTO crate (id, made, changed) VALUES (1, 1, 1)",
    "INSERT INTO crate (id, state, changed) VALUES (1, 'kept', 1)",
    "INSERT INTO crate_helpers (owner, value) VALUES (1, 2), (1, 2)",
    "INSERT INTO crate_contents (owner, n, name) VALUES (1, 0, '釘'), (1, 0, '板')",
    "INSERT INTO series (id, fy, last) VALUES ('takeout', 2026, 1), ('takeout', 2026, 2)",
    "INSERT INTO pending (subject, act, kind, actor, edition) VALUES ('C1', 1, 'k', 1, 1), ('C1', 2, 'k', 1, 1)",
    "INSERT INTO hand (act, seq, capacity, subject, person, verdict) VALUES (1, 2, 'operator', 'C1', 'P4', 'given')",
  };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);

  yard_expect_text (yard, "0", "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                               " AND NOT strict AND name <> 'sqlite_schema'");
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", wrong[i]);
      g_assert_false (kan_db_exec (yard->db, wrong[i], &error));
      g_assert_nonnull (error);
    }
}

/* What is asked for by value has an index that the database uses. */
static void
test_indexes (void)
{
  static const struct { const char *sql, *index; } cases[] = {
    { "SELECT 1 FROM crate WHERE state = 'kept'", "crate_state" },
    { "SELECT 1 FROM crate WHERE label = 'a'", "crate_label" },
    { "SELECT 1 FROM crate WHERE keeper = 4", "crate_keeper" },
    { "SELECT 1 FROM crate WHERE owner = 'X1'", "crate_owner" },
    { "SELECT 1 FROM crate_helpers WHERE value = 4", "crate_helpers_value" },
    { "SELECT 1 FROM appointment WHERE person = 4", "appointment_person" },
    { "SELECT 1 FROM hand WHERE subject = 'C1'", "hand_subject" },
    { "SELECT 1 FROM step WHERE subject = 'C1' ORDER BY seq", "step_subject" },
    { "SELECT 1 FROM correction WHERE subject = 'C1'", "correction_subject" },
  };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", cases[i].sql, NULL), *index = NULL;
      g_autoptr(KanStmt) stmt = kan_db_prepare (yard->db, sql, NULL);

      g_assert_true (kan_stmt_step (stmt, NULL));
      g_test_message ("%s: %s", cases[i].sql, kan_stmt_text (stmt, 3));
      index = g_strconcat ("INDEX ", cases[i].index, NULL);
      g_assert_nonnull (strstr (kan_stmt_text (stmt, 3), index));
    }
  yard_expect_text (yard, "0", "SELECT count(*) FROM sqlite_schema WHERE name IN ('crate_weight', 'crate_note',"
                               " 'crate_helpers', 'crate_contents') AND type = 'index'");
}

/* Every table is either kept, or what a replay fills: none is both or neither. */
static void
test_kept_or_filled (void)
{
  static const char *const kept[] = { "act", "rejected", "meta", "detached", "draft", "verified" };
  static const char *const filled[] = { "pending", "hand", "step", "correction", "series", "note", "search", "crate",
                                        "crate_helpers", "person", "key", "nonsense", "", "ac", "actor", "met" };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);
  g_autofree char *composed = kan_schema_compose (&yard_registry);
  g_autoptr(KanStmt) stmt = kan_db_prepare (yard->db, "SELECT name FROM sqlite_schema WHERE type = 'table'", NULL);
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    g_assert_true (kan_schema_is_kept (kept[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (filled); i++)
    g_assert_false (kan_schema_is_kept (filled[i]));
  for (; kan_stmt_step (stmt, NULL); n++)
    {
      g_autofree char *opens = g_strdup_printf ("CREATE TABLE %s (", kan_stmt_text (stmt, 0));

      g_assert_cmpint (kan_schema_is_kept (kan_stmt_text (stmt, 0)), !=, strstr (composed, opens) != NULL);
    }
  g_assert_cmpuint (n, >, G_N_ELEMENTS (kept) + 10);
}

static void
test_fields (void)
{
  static const struct { KanType type; const char *of, *column; } cases[] = {
    { KAN_TEXT, NULL, "TEXT" }, { KAN_CODE, NULL, "TEXT" }, { KAN_LINES, NULL, "TEXT" }, { KAN_COUNT, NULL, "INTEGER" },
    { KAN_YES, NULL, "INTEGER" }, { KAN_DATE, NULL, "TEXT" }, { KAN_TIME, NULL, "TEXT" }, { KAN_PERIOD, NULL, "TEXT" },
    { KAN_CHOICE, "colour", "TEXT" }, { KAN_REF, "person", "INTEGER" }, { KAN_REF, "person|outsider", "TEXT" },
    { KAN_DOCUMENT, NULL, "TEXT" }, { KAN_REFS, "person", NULL }, { KAN_ROWS, "crate_item", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KanField field = { .id = "x", .type = cases[i].type, .of = cases[i].of };

      g_assert_cmpint (kan_field_has_column (&field), ==, cases[i].column != NULL);
      if (cases[i].column != NULL)
        g_assert_cmpstr (kan_field_column (&field), ==, cases[i].column);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/columns", test_columns);
  g_test_add_func ("/schema/strict", test_strict);
  g_test_add_func ("/schema/indexes", test_indexes);
  g_test_add_func ("/schema/kept-or-filled", test_kept_or_filled);
  g_test_add_func ("/schema/fields", test_fields);
  return g_test_run ();
}
