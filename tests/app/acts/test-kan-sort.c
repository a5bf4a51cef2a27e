/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By what columns are sorted: what is shown in them, what has no value last, ties by number. */
#include "app/acts/yard.h"

#include <string.h>

static char *
order_of (Yard *yard, const char *reg, const char *sort, gboolean descending)
{
  const KanTableQuery query = { .sort = sort, .descending = descending };
  g_autoptr(GError) error = NULL;
  g_autoptr(KanCalendar) calendar = kan_profile_new_calendar (kan_book_get_profile (yard->book));
  g_autoptr(KanTable) table = NULL;
  GString *out = g_string_new (NULL);

  kan_book_set_calendar (yard->book, calendar);
  g_assert_true (kan_book_set_today (yard->book, kan_day_parse ("2026-09-01"), &error));
  table = kan_table_query (yard->book, kan_book_find_register (yard->book, reg), NULL, &query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < kan_table_n_rows (table); i++)
    g_string_append_printf (out, "%s%d", i > 0 ? "," : "", (int) kan_table_get_id (table, i));
  kan_book_set_calendar (yard->book, NULL);
  return g_string_free (out, FALSE);
}

/* P2 高橋 花子 (fourth by name), P4 田中 実, P6 山本 光, X1 森 太郎: by code point 山 < 森 < 田 < 高 */
static const char *const crates[] = {
  ("label=c | weight=10 | colour=blue | keeper=P2 | owner=P4 | helpers=P6,P2 | bought_on=2026-08-01 |"
   " contents=[{\"name\":\"釘\"},{\"name\":\"板\"}] | note=い"),
  "label=a | weight=9 | colour=red | keeper=P6 | owner=X1 | bought_on=2025-12-31 | note=ろ",
  "label=b | weight=100 | colour=blue | keeper=P4 | owner=P6 | helpers=P4 | contents=[{\"name\":\"釘\"}]",
  "label=ｄ | owner=P2",
  "label=0 | weight=9 | keeper=P6 | note=あ",
};

static void
test_columns (void)
{
  static const struct { const char *sort, *up, *down; } cases[] = {
    { NULL, "1,2,3,4,5", "5,4,3,2,1" },
    { "id", "1,2,3,4,5", "5,4,3,2,1" },
    { "label", "5,2,3,1,4", "4,1,3,2,5" },
    { "weight", "2,5,1,3,4", "3,1,2,5,4" },          /* as numbers; ties by number both ways; none last both ways */
    { "colour", "2,1,3,4,5", "1,3,2,4,5" },          /* as declared, not by label or id */
    { "bought_on", "2,1,3,4,5", "1,2,3,4,5" },
    { "keeper", "2,5,3,1,4", "1,3,2,5,4" },          /* by name */
    { "owner", "3,2,1,4,5", "4,1,2,3,5" },           /* of either register by name */
    { "helpers", "1,3,2,4,5", "3,1,2,4,5" },
    { "contents", "2,4,5,3,1", "1,3,2,4,5" },        /* by how many */
    { "note", "5,1,2,3,4", "2,1,5,3,4" },            /* by the text behind the digest */
    { "takeout_no", "2,1,4,3,5", "4,1,2,3,5" },      /* by year, then as numbers */
    { "state", "2,3,4,5,1", "1,2,3,4,5" },           /* kept before sealed, as declared */
  };
  g_autoptr(Yard) yard = yard_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (crates); i++)
    yard_expect (yard, "done", CLERK, "crate.add", NULL, crates[i]);
  yard_exec (yard, "UPDATE crate SET state = 'sealed' WHERE id = 1");
  yard_exec (yard, "UPDATE crate SET takeout_fy = 2025, takeout_no = 12 WHERE id = 2");
  yard_exec (yard, "UPDATE crate SET takeout_fy = 2026, takeout_no = id * 3 - 1 WHERE id IN (1, 4)");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *up = order_of (yard, "crate", cases[i].sort, FALSE);
      g_autofree char *down = order_of (yard, "crate", cases[i].sort, TRUE);

      g_test_message ("by %s", cases[i].sort);
      g_assert_cmpstr (up, ==, cases[i].up);
      g_assert_cmpstr (down, ==, cases[i].down);
    }
}

/* A choice that the profile no longer offers stands after those that it does, before none at all. */
static void
test_unknown_values (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autofree char *order = NULL, *states = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (crates); i++)
    yard_expect (yard, "done", CLERK, "crate.add", NULL, crates[i]);
  yard_exec (yard, "UPDATE crate SET colour = 'amber' WHERE id = 1");
  yard_exec (yard, "UPDATE crate SET state = 'amber' WHERE id = 2");
  order = order_of (yard, "crate", "colour", FALSE);
  states = order_of (yard, "crate", "state", FALSE);
  g_assert_cmpstr (order, ==, "2,3,1,4,5");
  g_assert_cmpstr (states, ==, "1,3,4,5,2");
}

/* Names of names: a key is called by its person. */
static void
test_names_of_names (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autofree char *keys = order_of (yard, "key", "person", FALSE), *expected = NULL;
  g_autofree char *posts = order_of (yard, "appointment", "office", FALSE), *by_title = NULL;

  expected = yard_text (yard, "SELECT group_concat(id) FROM (SELECT k.id FROM key k JOIN person p ON p.id = k.person"
                              " ORDER BY p.name, k.id)");
  by_title = yard_text (yard, "SELECT group_concat(id) FROM (SELECT a.id FROM appointment a JOIN office o"
                              " ON o.id = a.office ORDER BY o.title, a.id)");
  g_assert_cmpstr (keys, ==, expected);
  g_assert_cmpstr (keys, !=, "1,2,3,4,5,6,7");
  g_assert_cmpstr (posts, ==, by_title);
}

static void
test_no_such_column (void)
{
  g_autoptr(Yard) yard = yard_new_empty ();
  static const char *const sorts[] = { "nonsense", "", "weight DESC", "rowid" };

  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      const KanTableQuery query = { .sort = sorts[i] };
      g_autoptr(GError) error = NULL;

      g_assert_null (kan_table_query (yard->book, kan_book_find_register (yard->book, "crate"), NULL, &query, &error));
      g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
      g_assert_nonnull (strstr (error->message, "name one of id, state, label"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sort/columns", test_columns);
  g_test_add_func ("/sort/unknown-values", test_unknown_values);
  g_test_add_func ("/sort/names-of-names", test_names_of_names);
  g_test_add_func ("/sort/no-such-column", test_no_such_column);
  return g_test_run ();
}
