/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists: which records a filter or a search leaves, and cells page by page. */
#include "app/acts/yard.h"

#include <string.h>

static const KanField own_columns[] = {
  { .id = "doubled", .label = L ("Doubled", "二倍"), .type = KAN_COUNT, .width = 5 }, { 0 }
};
static const KanList lists[] = {
  { .id = "crate_heavy", .label = L ("Heavy", "重い"), .sql = "SELECT *, weight * 2 AS doubled FROM crate"
                                                              " WHERE weight >= 10", .columns = own_columns },
  { 0 }
};

typedef struct { Yard *yard; KanRegister crates; const KanRegister *registers[32]; KanRegistry registry; } Listed;

static const KanRegister *
crates_of (Yard *yard)
{
  return kan_book_find_register (yard->book, "crate");
}

/* The yard's own registers, with a list of heavy crates and some of them. */
static void
set_up (Listed *self)
{
  static const struct { const char *answers; gint64 who; } added[] = {
    { "label=一 | weight=10 | colour=red | keeper=P4 | helpers=P4,P6 | fragile=yes | made_by=木工所", CLERK },
    { "label=ｶﾞﾗｽ | weight=9 | colour=blue | keeper=P6 | owner=X1 | fragile=no", CLERK },
    { "label=渡邉\U000e0101用 | weight=100 | owner=P4", CLERK },
    { "label=%' OR 1 -- | note=備考\nの二行目 | helpers=P6", CLERK },
  };
  guint n = 0;

  memset (self, 0, sizeof *self);
  self->crates = *yard_registry.registers[0];
  self->crates.lists = lists;
  for (; yard_registry.registers[n] != NULL; n++)
    self->registers[n] = n == 0 ? &self->crates : yard_registry.registers[n];
  self->registry = yard_registry;
  self->registry.registers = self->registers;
  self->yard = yard_new_of (&self->registry);
  for (guint i = 0; i < G_N_ELEMENTS (added); i++)
    yard_expect (self->yard, "done", added[i].who, "crate.add", NULL, added[i].answers);
  yard_exec (self->yard, "CREATE TEMP VIEW crate_heavy AS SELECT *, weight * 2 AS doubled FROM crate"
                         " WHERE weight >= 10");
}

/* The numbers with commas between; "error: …" where there is no such list or column. */
static char *
ids_of (KanTable *table, GError *error)
{
  GString *out = g_string_new (NULL);

  if (table == NULL)
    {
      g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
      g_string_append_printf (out, "error: %s", error->message);
    }
  for (guint i = 0; table != NULL && i < kan_table_n_rows (table); i++)
    g_string_append_printf (out, "%s%d", i > 0 ? "," : "", (int) kan_table_get_id (table, i));
  return g_string_free (out, FALSE);
}

/* --- which rows ----------------------------------------------------------------------------------------------- */

#define COLUMNS "label, colour, weight, bought_on, seen_at, serves, telephone, maker, fragile, keeper, checker," \
  " owner, helpers, note, scale, guess, opener, opener_paper, takeout_no, takeout_fy"

static void
test_filters (void)
{
  static const struct { const char *list, *column, *value, *ids; } cases[] = {
    { NULL, "colour", "red", "1" },
    { NULL, "weight", "9", "2" },
    { NULL, "weight", "09", "" },
    { NULL, "state", "kept", "1,2,3,4" },
    { NULL, "label", "渡邉\U000e0101用", "3" },
    { NULL, "label", "渡邉用", "" },
    { NULL, "label", "%' OR 1 --", "4" },
    { NULL, "label", "%", "" },
    { NULL, "maker", "木工所", "1" },
    { NULL, "fragile", "yes", "1" },
    { NULL, "fragile", "no", "2" },
    { NULL, "keeper", "P4", "1" },
    { NULL, "keeper", "4", "1" },
    { NULL, "keeper", "P99", "" },
    /* the number of a record of another register is nobody's here */
    { NULL, "keeper", "X4", "" },
    { NULL, "helpers", "P6", "1,4" },
    { NULL, "helpers", "C6", "" },
    { NULL, "owner", "X1", "2" },
    { NULL, "owner", "P4", "3" },
    { NULL, "owner", "4", "" },
    { NULL, "id", "C3", "3" },
    { NULL, "id", "3", "3" },
    { NULL, "id", "P3", "" },
    { "crate_heavy", "colour", "red", "1" },
    { "crate_heavy", "colour", "blue", "" },
    { "crate_heavy", "doubled", "200", "3" },
    { "crate_heavy", "nonsense", "1", "error: crate has no field “nonsense”: name one of id, state, " COLUMNS
                                      ", doubled" },
    { NULL, "doubled", "200", "error: crate has no field “doubled”: name one of id, state, " COLUMNS },
    { NULL, "weight; DROP TABLE crate", "1", "error: crate has no field “weight; DROP TABLE crate”: name one of id,"
                                             " state, " COLUMNS },
    { "crate_light", "weight", "1", "error: there is no list “crate_light”: `kanribo acts --json` names them" },
    /* a list of another register */
    { "person", "weight", "1", "error: there is no list “person”: `kanribo acts --json` names them" },
  };
  Listed self;

  set_up (&self);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KanFilter filter = { cases[i].column, cases[i].value };
      g_autoptr(GError) error = NULL;
      g_autoptr(KanTable) table = kan_table_new (self.yard->book, &self.crates, cases[i].list, &filter, 1, NULL,
                                                 &error);
      g_autofree char *ids = ids_of (table, error);

      g_test_message ("%s=%s", cases[i].column, cases[i].value);
      g_assert_cmpstr (ids, ==, cases[i].ids);
    }
  yard_free (self.yard);
}

/* By a number of a series: plain, with its fiscal year, or by that year alone. */
static void
test_series (void)
{
  static const struct { const char *column, *value; guint n; } cases[] = {
    { "takeout_no", "1", 1 }, { "takeout_no", "2026-1", 1 }, { "takeout_no", "2025-1", 0 }, { "takeout_no", "9", 0 },
    { "takeout_fy", "2026", 1 }, { "takeout_fy", "2025", 0 },
  };
  g_autoptr(Yard) yard = yard_new_with_history ();
  const KanRegister *crates = kan_book_find_register (yard->book, "crate");
  const KanFilter none = { "label_fy", "2026" };
  g_autoptr(GError) error = NULL;

  yard_expect_text (yard, "2026-1", "SELECT takeout_fy || '-' || takeout_no FROM crate WHERE takeout_no IS NOT NULL");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KanFilter filter = { cases[i].column, cases[i].value };
      g_autoptr(KanTable) table = kan_table_new (yard->book, crates, NULL, &filter, 1, NULL, &error);

      g_assert_no_error (error);
      g_test_message ("%s=%s", filter.column, filter.value);
      g_assert_cmpuint (kan_table_n_rows (table), ==, cases[i].n);
    }
  g_assert_null (kan_table_new (yard->book, crates, NULL, &none, 1, NULL, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "takeout_no, takeout_fy"));
}

/* A number by which things are told apart is found as it is compared: in any width, with zeros before it. */
static void
test_told_apart (void)
{
  static const struct { const char *typed, *ids; } cases[] = {
    { "4", "4" }, { "004", "4" }, { "４", "4" }, { "04 ", "4" }, { "40", "" }, { "", "" }, { "%", "" },
  };
  g_autoptr(Yard) yard = yard_new ();
  const KanRegister *persons = kan_book_find_register (yard->book, "person");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KanFilter filter = { "staff_no", cases[i].typed };
      g_autoptr(GError) error = NULL;
      g_autoptr(KanTable) table = kan_table_new (yard->book, persons, NULL, &filter, 1, NULL, &error);
      g_autofree char *ids = ids_of (table, error);

      g_test_message ("staff_no=%s", cases[i].typed);
      g_assert_cmpstr (ids, ==, cases[i].ids);
    }
}

/* What a person types is read as an answer is; what no record could have is refused, with what there is. */
static void
test_read_filters (void)
{
  static const struct { const char *column, *typed, *read; } cases[] = {
    { "state", "kept", "kept" }, { "state", "foo", "error: “foo” is no state" },
    { "colour", "red", "red" }, { "colour", "beige", "error: “beige” is no choice of colour: choose one of " },
    { "bought_on", "令和8年2月13日", "2026-02-13" }, { "bought_on", "2026-02-30", "error: there is no such date" },
    { "seen_at", "2026-02-13 09:30", "2026-02-13T09:30" },
    { "seen_at", "noon", "error: there is no such date and time" },
    { "serves", "2026-02", "2026-02" }, { "serves", "R8.2", "2026-02" },
    { "serves", "2026-13", "error: there is no such month" },
    { "weight", "９", "9" }, { "weight", "heavy", "error: “heavy” is not a count" },
    { "fragile", "はい", "yes" }, { "fragile", "perhaps", "error: “perhaps” is neither" },
    { "keeper", "P4", "P4" }, { "keeper", "P99", "error: “P99” is no record that keeper could name" },
    { "keeper", "C1", "error: “C1” is no record" }, { "helpers", "P6", "P6" }, { "helpers", "C6", "error: “C6” is no" },
    { "id", "C3", "C3" }, { "id", "3", "3" }, { "id", "C99", "error: there is no record C99" },
    { "id", "P3", "error: there is no record P3" }, { "label", "whatever", "whatever" }, { "nonsense", "1", "1" },
  };
  Listed self;

  set_up (&self);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *read = kan_read_filter (self.yard->book, &self.crates, cases[i].column, cases[i].typed, &error);
      g_autofree char *said = error != NULL ? g_strdup_printf ("error: %s", error->message) : g_strdup (read);

      g_test_message ("%s=%s: %s", cases[i].column, cases[i].typed, said);
      g_assert_true (error == NULL || g_error_matches (error, KAN_ERROR, KAN_ERROR_USAGE));
      g_assert_true (error != NULL ? g_str_has_prefix (said, cases[i].read) : strcmp (said, cases[i].read) == 0);
    }
  yard_free (self.yard);
}

/* All filters and all words must hold; what is stored is what a voided or corrected record says by now. */
static void
test_narrowing (void)
{
  static const struct { const char *search, *ids; } words[] = {
    { "", "1,2,3,4" }, { "　", "1,2,3,4" }, { "ガラス", "2" }, { "がらす", "2" }, { "渡邉", "3" }, { "渡邉 一", "" },
    { "一 木工", "1" }, { "%", "4" }, { "' OR", "4" }, { "備考", "4" }, { "Ｃ２", "2" },
  };
  const KanFilter both[] = { { "fragile", "yes" }, { "colour", "red" } }, neither[] = { { "fragile", "yes" },
                                                                                       { "colour", "blue" } };
  g_autoptr(KanTable) narrow = NULL, empty = NULL;
  Listed self;

  set_up (&self);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr(KanTable) table = kan_table_new (self.yard->book, &self.crates, NULL, NULL, 0, words[i].search, NULL);
      g_autofree char *ids = ids_of (table, NULL);

      g_test_message ("“%s”", words[i].search);
      g_assert_cmpstr (ids, ==, words[i].ids);
    }
  narrow = kan_table_new (self.yard->book, &self.crates, "crate_heavy", both, 2, "一", NULL);
  empty = kan_table_new (self.yard->book, &self.crates, NULL, neither, 2, NULL, NULL);
  g_assert_cmpuint (kan_table_n_rows (narrow), ==, 1);
  g_assert_cmpuint (kan_table_n_rows (empty), ==, 0);
  yard_free (self.yard);
}

/* --- cells ---------------------------------------------------------------------------------------------------- */

static void
test_columns (void)
{
  static const char *const plain[] = { "id", "label", "weight", "state", NULL };
  static const char *const heavy[] = { "id", "label", "weight", "doubled", "state", NULL };
  g_autoptr(GError) error = NULL;
  Listed self;

  set_up (&self);
  for (guint turn = 0; turn < 2; turn++)
    {
      const char *list = turn > 0 ? "crate_heavy" : NULL;
      g_autoptr(KanTable) table = kan_table_new (self.yard->book, &self.crates, list, NULL, 0, NULL, NULL);
      const char *const *expected = turn > 0 ? heavy : plain;

      g_assert_cmpuint (kan_table_n_columns (table), ==, g_strv_length ((char **) expected));
      for (guint i = 0; expected[i] != NULL; i++)
        g_assert_cmpstr (kan_table_get_column (table, i)->id, ==, expected[i]);
    }
  /* rows of an act have no table */
  g_assert_null (kan_table_new (self.yard->book, kan_book_find_register (self.yard->book, "crate_item"), NULL, NULL, 0,
                                NULL, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
  yard_free (self.yard);
}

static void
expect_cell (KanTable *table, guint row, guint column, const char *stored, const char *english, const char *japanese)
{
  g_autofree char *en = kan_table_show (table, row, column, FALSE), *ja = kan_table_show (table, row, column, TRUE);

  g_assert_cmpstr (kan_table_get_stored (table, row, column), ==, stored);
  g_assert_cmpstr (en, ==, english);
  g_assert_cmpstr (ja, ==, japanese);
}

static void
test_cells (void)
{
  static const KanField every[] = {
    { .id = "keeper", .type = KAN_REF, .of = "person", .flags = KAN_LISTED },
    { .id = "owner", .type = KAN_REF, .of = "person|outsider", .flags = KAN_LISTED },
    { .id = "helpers", .type = KAN_REFS, .of = "person", .flags = KAN_LISTED },
    { .id = "colour", .type = KAN_CHOICE, .of = "colour", .flags = KAN_LISTED },
    { .id = "takeout_no", .type = KAN_NUMBER, .of = "takeout", .flags = KAN_LISTED },
    { 0 }
  };
  KanRegister wide;
  g_autoptr(KanTable) table = NULL;
  Listed self;

  set_up (&self);
  wide = self.crates;
  wide.fields = every;
  wide.lists = NULL;
  yard_exec (self.yard, "UPDATE crate SET takeout_fy = 2026, takeout_no = 12 WHERE id = 2");
  table = kan_table_new (self.yard->book, &wide, NULL, NULL, 0, NULL, NULL);
  expect_cell (table, 0, 0, "C1", "C1", "C1");
  expect_cell (table, 0, 1, "P4", "P4 田中 実", "P4 田中 実");
  expect_cell (table, 0, 2, NULL, "", "");
  expect_cell (table, 1, 2, "X1", "X1 森 太郎", "X1 森 太郎");
  expect_cell (table, 0, 3, "P4, P6", "P4 田中 実, P6 山本 光", "P4 田中 実, P6 山本 光");
  expect_cell (table, 1, 3, "", "", "");
  expect_cell (table, 1, 4, "blue", "Blue", "青");
  expect_cell (table, 0, 5, NULL, "", "");
  expect_cell (table, 1, 5, "2026-12", "FY2026 No. 12", "令和8年度持出第12号");
  expect_cell (table, 1, 6, "kept", "Kept", "保管中");
  yard_free (self.yard);
}

/* More than a page of them, asked for from the end and back again: what is read is what is asked for. */
static void
test_pages (void)
{
  g_autoptr(Yard) yard = yard_new_empty ();
  const KanTableQuery backwards = { .descending = TRUE };
  static const guint rows[] = { 0, 255, 256, 511, 512, 599, 300, 0 };
  g_autoptr(KanTable) table = NULL;
  g_autoptr(GArray) order = NULL;

  yard_exec (yard, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)"
                   " INSERT INTO crate (id, state, made, changed, label, weight)"
                   " SELECT i, 'kept', 1, 1, 'crate ' || i, i * 3 FROM n");
  table = kan_table_query (yard->book, crates_of (yard), NULL, &backwards, NULL);
  order = kan_table_dup_order (table);
  g_assert_cmpuint (kan_table_n_rows (table), ==, 600);
  g_assert_cmpuint (order->len, ==, 600);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint id = 600 - rows[i];
      g_autofree char *subject = g_strdup_printf ("C%u", id), *label = g_strdup_printf ("crate %u", id);
      g_autofree char *weight = kan_table_show (table, rows[i], 2, FALSE), *expected = NULL;

      expected = id * 3 < 1000 ? g_strdup_printf ("%u", id * 3) : g_strdup_printf ("1,%03u", id * 3 - 1000);
      g_assert_cmpuint (g_array_index (order, guint32, rows[i]), ==, id);
      g_assert_cmpstr (kan_table_get_stored (table, rows[i], 0), ==, subject);
      g_assert_cmpstr (kan_table_get_stored (table, rows[i], 1), ==, label);
      g_assert_cmpstr (weight, ==, expected);
    }
}

/* Rows keep their places while others change the file: what is no longer there is blank. */
static void
test_gone_meanwhile (void)
{
  static const guint32 asked[] = { 4, 99, 2 };
  g_autoptr(KanTable) all = NULL, heavy = NULL, some = NULL, none = NULL;
  Listed self;

  set_up (&self);
  all = kan_table_new (self.yard->book, &self.crates, NULL, NULL, 0, NULL, NULL);
  heavy = kan_table_new (self.yard->book, &self.crates, "crate_heavy", NULL, 0, NULL, NULL);
  some = kan_table_new_for_ids (self.yard->book, &self.crates, NULL, asked, G_N_ELEMENTS (asked), NULL);
  none = kan_table_new_for_ids (self.yard->book, &self.crates, NULL, NULL, 0, NULL);
  yard_exec (self.yard, "DELETE FROM crate WHERE id = 1");
  yard_exec (self.yard, "UPDATE crate SET weight = 1 WHERE id = 3");
  g_assert_cmpuint (kan_table_n_rows (all), ==, 4);
  expect_cell (all, 0, 0, NULL, "", "");
  expect_cell (all, 1, 0, "C2", "C2", "C2");
  g_assert_cmpuint (kan_table_n_rows (heavy), ==, 2);
  expect_cell (heavy, 1, 1, NULL, "", "");
  g_assert_cmpuint (kan_table_n_rows (some), ==, 3);
  expect_cell (some, 0, 1, "%' OR 1 --", "%' OR 1 --", "%' OR 1 --");
  expect_cell (some, 1, 0, NULL, "", "");
  expect_cell (some, 1, 3, NULL, "", "");
  expect_cell (some, 2, 0, "C2", "C2", "C2");
  g_assert_cmpuint (kan_table_n_rows (none), ==, 0);
  g_assert_cmpuint (kan_table_n_columns (none), ==, 4);
  yard_free (self.yard);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/filters", test_filters);
  g_test_add_func ("/table/read-filters", test_read_filters);
  g_test_add_func ("/table/series", test_series);
  g_test_add_func ("/table/told-apart", test_told_apart);
  g_test_add_func ("/table/narrowing", test_narrowing);
  g_test_add_func ("/table/columns", test_columns);
  g_test_add_func ("/table/cells", test_cells);
  g_test_add_func ("/table/pages", test_pages);
  g_test_add_func ("/table/gone-meanwhile", test_gone_meanwhile);
  return g_test_run ();
}
