/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a hook asks of the file: how its parameters are bound, what no row and a failed world answer; and its two ways
 * to say no. */
#include "app/acts/yard.h"

#define HAPPENED "2026-08-31T22:15"

/* A crate's act, signed on 2 September with the clock behind: it was read on the 4th already. */
static KanCase *
new_case (Yard *yard, const char *kind)
{
  static const char *const people[] = { "P4", "P6", "ZZ1", NULL };
  const KanRegister *reg = NULL;
  const KanKind *found = kan_book_find_kind (yard->book, kind, &reg);
  KanCase *c;

  g_assert_true (kan_minute_parse ("2026-09-04T10:30", &yard->book->floor));
  yard_set_time (yard, "2026-09-02T08:59");
  c = kan_case_new (yard->book, found, reg, yard->now, HAPPENED, CLERK);
  kan_case_set_subject (c, "C7");
  c->seq = 55;
  c->body = kan_body_new ();
  kan_body_set_text (c->body, "label", "ＡＢｃ");
  kan_body_set_int (c->body, "weight", 12);
  kan_body_set_yes (c->body, "fragile", TRUE);
  kan_body_set_text (c->body, "keeper", "P3");
  kan_body_set_text (c->body, "owner", "X2");
  kan_body_set_list (c->body, "helpers", people);
  kan_body_add_row (c->body, "contents", kan_body_new ());
  return c;
}

/* --- asking --------------------------------------------------------------------------------------------------- */

static void
test_parameters (void)
{
  static const struct { const char *sql, *text; gint64 number; } table[] = {
    { "SELECT typeof(:subject) || :subject", "integer7", 0 },
    { "SELECT :record", "C7", 0 },
    { "SELECT typeof(:actor) || :actor", "integer6", 0 },
    { "SELECT :seq", "55", 55 },
    { "SELECT :at", "2026-09-04T01:30:00Z", 2026 },
    { "SELECT :day", "2026-09-04", 2026 },
    { "SELECT :when", HAPPENED, 2026 },
    { "SELECT :when_day", "2026-08-31", 2026 },
    { "SELECT typeof(:weight) || :weight", "integer12", 0 },
    { "SELECT :fragile", "1", 1 },
    { "SELECT :label", "ＡＢｃ", 0 },
    /* a person is a number; one of two registers is what it is called, for its number alone says not which */
    { "SELECT typeof(:keeper) || :keeper", "integer3", 0 },
    { "SELECT typeof(:owner) || :owner", "textX2", 0 },
    { "SELECT :helpers", "[4,6,0]", 0 },
    { "SELECT sum(value) FROM json_each(:helpers)", "10", 10 },
    { "SELECT typeof(:contents)", "null", 0 },
    { "SELECT typeof(:colour)", "null", 0 },
    { "SELECT typeof(:never_asked)", "null", 0 },
    { "SELECT typeof(:colour_alike)", "null", 0 },
    { "SELECT typeof(:weight_alike)", "null", 0 },
    { "SELECT :subject + :subject", "14", 14 },
    /* no row, and null */
    { "SELECT id FROM crate WHERE id = :subject", NULL, 0 },
    { "SELECT max(id) FROM crate", NULL, 0 },
  };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);
  g_autoptr(KanCase) c = new_case (yard, "crate.add");

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = kan_ask_text (c, table[i].sql);

      g_test_message ("%s", table[i].sql);
      g_assert_no_error (c->error);
      g_assert_cmpstr (text, ==, table[i].text);
      g_assert_cmpint (kan_ask_int (c, table[i].sql), ==, table[i].number);
    }
}

/* Names that are written otherwise meet in the table of look-alikes. */
static void
test_alike (void)
{
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);
  g_autoptr(KanCase) wide = new_case (yard, "crate.add"), narrow = new_case (yard, "crate.add");
  g_autofree char *a = NULL, *b = NULL;

  kan_body_set_text (narrow->body, "label", "abC");
  a = kan_ask_text (wide, "SELECT :label_alike");
  b = kan_ask_text (narrow, "SELECT :label_alike");
  g_assert_nonnull (a);
  g_assert_cmpstr (a, ==, b);
}

static void
collect (KanStmt *row, gpointer data)
{
  g_string_append_printf (data, "%s;", kan_stmt_text (row, 0));
}

static void
test_rows (void)
{
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);
  g_autoptr(KanCase) c = new_case (yard, "crate.add");
  g_autoptr(GString) out = g_string_new (NULL);

  kan_ask_rows (c, "SELECT value FROM json_each(:helpers) ORDER BY value DESC", collect, out);
  g_assert_cmpstr (out->str, ==, "6;4;0;");
  kan_ask_rows (c, "SELECT 1 WHERE 0", collect, out);
  g_assert_cmpstr (out->str, ==, "6;4;0;");
}

static void
test_changes (void)
{
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);
  g_autoptr(KanCase) c = new_case (yard, "crate.add");

  yard_exec (yard, "CREATE TEMP TABLE shed (a, b)");
  kan_set (c, "INSERT INTO shed VALUES (:weight, :record)");
  kan_run (c, "INSERT INTO shed VALUES (?, ?)", "is", (gint64) 5, "x");
  g_assert_no_error (c->error);
  yard_expect_text (yard, "12C7,5x", "SELECT group_concat(a || b) FROM shed");
}

/* After the first failure nothing is asked and nothing is changed, and the failure stays the first one. */
static void
test_failed_world (void)
{
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);
  g_autoptr(KanCase) c = new_case (yard, "crate.add");
  g_autoptr(GString) out = g_string_new (NULL);
  g_autofree char *first = NULL, *text = NULL;

  yard_exec (yard, "CREATE TEMP TABLE shed (a)");
  g_assert_cmpint (kan_ask_int (c, "SELECT nonsense FROM nowhere"), ==, 0);
  g_assert_nonnull (c->error);
  first = g_strdup (c->error->message);
  g_assert_cmpint (kan_ask_int (c, "SELECT 5"), ==, 0);
  text = kan_ask_text (c, "SELECT 'x'");
  g_assert_null (text);
  kan_ask_rows (c, "SELECT 1", collect, out);
  g_assert_cmpstr (out->str, ==, "");
  kan_set (c, "INSERT INTO shed VALUES (1)");
  kan_run (c, "INSERT INTO shed VALUES (?)", "i", (gint64) 2);
  g_assert_false (kan_has_key (c, CHIEF));
  yard_expect_text (yard, "0", "SELECT count(*) FROM shed");
  g_assert_cmpstr (c->error->message, ==, first);
}

static void
test_has_key (void)
{
  g_autoptr(Yard) yard = yard_new_empty ();
  g_autoptr(KanCase) c = new_case (yard, "crate.add");

  g_assert_true (kan_has_key (c, CHIEF));
  g_assert_false (kan_has_key (c, GENERAL));
  yard_exec (yard, "UPDATE key SET state = 'revoked'");
  g_assert_false (kan_has_key (c, CHIEF));
}

/* --- saying no ------------------------------------------------------------------------------------------------ */

/* An answer that makes no sense is refused whatever the act is; a rule is a gate's refusal and a fact's mark. */
static void
test_two_ways_to_say_no (void)
{
  static const struct { const char *kind; gboolean is_mark; } kinds[] = {
    { "crate.seal", FALSE }, { "crate.lose", TRUE },
  };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(KanCase) c = new_case (yard, kinds[i].kind);
      const KanRefusal *refused, *breached;

      kan_refuse (c, KAN_TAKEN, "label", "%s of %d", "C1", 3);
      kan_breach (c, "heavy", NULL, "100%% of %s", "it");
      g_assert_cmpuint (c->refusals->len, ==, 2);
      refused = g_ptr_array_index (c->refusals, 0);
      breached = g_ptr_array_index (c->refusals, 1);
      g_assert_cmpint (refused->code, ==, KAN_TAKEN);
      g_assert_cmpstr (refused->key, ==, "label");
      g_assert_cmpstr (refused->why, ==, "C1 of 3");
      g_assert_null (refused->rule);
      g_assert_false (refused->is_mark);
      g_assert_cmpint (breached->code, ==, KAN_UNMET);
      g_assert_cmpstr (breached->rule, ==, "heavy");
      g_assert_null (breached->key);
      g_assert_cmpstr (breached->why, ==, "100% of it");
      g_assert_cmpint (breached->is_mark, ==, kinds[i].is_mark);
      g_assert_cmpint (kan_case_admissible (c), ==, FALSE);
    }
}

/* Several words within one sentence stand beside each other. */
static void
test_words (void)
{
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);
  g_autoptr(KanCase) c = new_case (yard, "crate.add");
  const char *one = kan_say_count (c, 1234567), *two = kan_say_count (c, 0), *day = kan_say_day (c, "2026-02-03");

  g_assert_cmpstr (one, ==, "1,234,567");
  g_assert_cmpstr (two, ==, "0");
  g_assert_cmpstr (day, ==, "2026-02-03");
  g_assert_cmpstr (kan_say_day (c, NULL), ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ask/parameters", test_parameters);
  g_test_add_func ("/ask/alike", test_alike);
  g_test_add_func ("/ask/rows", test_rows);
  g_test_add_func ("/ask/changes", test_changes);
  g_test_add_func ("/ask/failed-world", test_failed_world);
  g_test_add_func ("/ask/has-key", test_has_key);
  g_test_add_func ("/ask/two-ways-to-say-no", test_two_ways_to_say_no);
  g_test_add_func ("/ask/words", test_words);
  return g_test_run ();
}
