/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a type demands of an answer, by the code a script is told: a table of bodies, whoever wrote them. */
#include "app/acts/yard.h"

#include <string.h>

/* With a cell that must be answered and may stand once. */
static const KanField row_fields[] = {
  { .id = "name", .label = L ("Name", "品名"), .type = KAN_TEXT, .flags = KAN_MUST | KAN_UNIQUE },
  { .id = "number", .label = L ("Number", "数"), .type = KAN_COUNT },
  { .id = "keeper", .label = L ("Keeper", "管理者"), .type = KAN_REF, .of = "person" },
  { 0 }
};
static const KanRegister row_register = { .id = "crate_item", .title = L ("Items", "内容品"), .fields = row_fields };

typedef struct { Yard *yard; const KanRegister *registers[32]; KanRegistry registry; } Judged;

/* The yard, its crates with rows of that kind; C1 is “Ａ-1”, C2 was voided. */
static void
set_up (Judged *self, const KanRegister *rows)
{
  guint n = 0;

  memset (self, 0, sizeof *self);
  for (; yard_registry.registers[n] != NULL; n++)
    self->registers[n] = strcmp (yard_registry.registers[n]->id, "crate_item") == 0 ? rows
                                                                                     : yard_registry.registers[n];
  self->registry = yard_registry;
  self->registry.registers = self->registers;
  self->yard = yard_new_of (&self->registry);
  yard_expect (self->yard, "done", CLERK, "crate.add", NULL, "label=Ａ-1");
  yard_expect (self->yard, "done", CLERK, "crate.add", NULL, "label=消");
  yard_exec (self->yard, "UPDATE crate SET state = 'void' WHERE id = 2");
}

/* "CODE KEY, …" in the order in which they are said. */
static char *
judge (Yard *yard, const char *kind, const char *subject, const char *body)
{
  g_autoptr(GError) error = NULL;
  const KanRegister *reg = NULL;
  const KanKind *found = kan_book_find_kind (yard->book, kind, &reg);
  g_autoptr(KanCase) c = kan_case_new (yard->book, found, reg, yard->now, NULL, CLERK);
  GString *out = g_string_new (NULL);

  c->body = kan_body_decode (body, strlen (body), &error);
  g_assert_no_error (error);
  kan_case_set_subject (c, subject);
  kan_judge_answers (c);
  g_assert_no_error (c->error);
  for (guint i = 0; i < c->refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (c->refusals, i);

      g_string_append_printf (out, "%s%s %s", i > 0 ? ", " : "", kan_refusal_id (refusal), refusal->key);
    }
  return g_string_free (out, FALSE);
}

#define NAMED(rest) "{\"label\":\"x\"," rest "}"

static const struct { const char *kind, *body, *refused; } bodies[] = {
  { "crate.add", "{\"label\":\"x\"}", "" },
  { "crate.add", "{}", "missing label" },
  { "crate.add", "{\"label\":\"\"}", "missing label" },
  { "crate.add", "{\"label\":\"　 \"}", "missing label" },
  { "crate.add", "{\"label\":3}", "unreadable label" },
  { "crate.add", NAMED ("\"weight\":0"), "" },
  { "crate.add", NAMED ("\"weight\":-1"), "out_of_range weight" },
  { "crate.add", NAMED ("\"weight\":true"), "unreadable weight" },
  { "crate.add", NAMED ("\"nothing\":1"), "not_asked nothing" },
  /* the column's name is not the key under which it is asked */
  { "crate.add", NAMED ("\"maker\":\"x\""), "not_asked maker" },
  { "crate.add", NAMED ("\"made_by\":\"x\""), "" },
  /* a question of another edition */
  { "crate.weigh", "{\"guess\":true,\"weight\":1}", "" },
  { "crate.weigh", "{\"scale\":\"S-1\",\"weight\":1}", "not_asked scale" },
  { "crate.weigh", "{}", "missing weight" },
  /* days, times and months */
  { "crate.add", "{\"bought_on\":\"2024-02-29\",\"label\":\"x\"}", "" },
  { "crate.add", "{\"bought_on\":\"2026-02-29\",\"label\":\"x\"}", "unreadable bought_on" },
  { "crate.add", "{\"bought_on\":\"2026-2-9\",\"label\":\"x\"}", "unreadable bought_on" },
  { "crate.add", "{\"bought_on\":\"\",\"label\":\"x\"}", "unreadable bought_on" },
  { "crate.add", NAMED ("\"seen_at\":\"2026-09-01T09:00\""), "" },
  { "crate.add", NAMED ("\"seen_at\":\"2026-09-01 09:00\""), "unreadable seen_at" },
  { "crate.add", NAMED ("\"seen_at\":\"2026-09-01T24:00\""), "unreadable seen_at" },
  { "crate.add", NAMED ("\"serves\":\"2026-13\""), "unreadable serves" },
  { "crate.add", NAMED ("\"serves\":\"2026-12\""), "" },
  /* choices and records */
  { "crate.add", "{\"colour\":\"red\",\"label\":\"x\"}", "" },
  { "crate.add", "{\"colour\":\"赤\",\"label\":\"x\"}", "not_a_choice colour" },
  { "crate.add", "{\"colour\":\"regular\",\"label\":\"x\"}", "not_a_choice colour" },
  { "crate.add", "{\"keeper\":\"P4\",\"label\":\"x\"}", "" },
  { "crate.add", "{\"keeper\":\"P04\",\"label\":\"x\"}", "no_such_record keeper" },
  { "crate.add", "{\"keeper\":\"P99\",\"label\":\"x\"}", "no_such_record keeper" },
  { "crate.add", "{\"keeper\":\"X1\",\"label\":\"x\"}", "wrong_record keeper" },
  { "crate.add", "{\"helpers\":[\"P4\",\"P6\"],\"label\":\"x\"}", "" },
  { "crate.add", "{\"helpers\":[],\"label\":\"x\"}", "missing helpers" },
  { "crate.add", "{\"helpers\":[\"P4\",\"P99\",\"P4\"],\"label\":\"x\"}",
    "no_such_record helpers, repeated helpers" },
  { "crate.add", "{\"helpers\":\"P4\",\"label\":\"x\"}", "unreadable helpers" },
  /* free text is signed by its digest */
  { "crate.add", NAMED ("\"note\":\"0000000000000000000000000000000000000000000000000000000000000abc\""), "" },
  { "crate.add", NAMED ("\"note\":\"0000000000000000000000000000000000000000000000000000000000000ABC\""),
    "unreadable note" },
  { "crate.add", NAMED ("\"note\":\"000000000000000000000000000000000000000000000000000000000000abc\""),
    "unreadable note" },
  /* what nobody else has, however it is written */
  { "crate.add", "{\"label\":\"Ａ-1\"}", "taken label" },
  { "crate.add", "{\"label\":\"a-1\"}", "taken label" },
  { "crate.add", "{\"label\":\"A-2\"}", "" },
  { "crate.add", "{\"label\":\"消\"}", "" },
  { "crate.amend", "{\"label\":\"A-1\"}", "" },          /* its own */
  /* rows */
  { "crate.add", "{\"contents\":[{\"name\":\"皿\",\"number\":2},{\"keeper\":\"P4\",\"name\":\"鉢\"}],\"label\":\"x\"}",
    "" },
  { "crate.add", "{\"contents\":[],\"label\":\"x\"}", "unreadable contents" },
  { "crate.add", "{\"contents\":[{\"number\":2}],\"label\":\"x\"}", "missing contents[0].name" },
  { "crate.add", "{\"contents\":[{\"name\":\"皿\"},{\"name\":\"鉢\"},{\"name\":\"皿\"},{\"name\":\"皿\"}],\"label\":\"x\"}",
    "repeated contents[2].name, repeated contents[3].name" },
  { "crate.add", "{\"contents\":[{\"name\":\"皿\",\"number\":-2}],\"label\":\"x\"}",
    "out_of_range contents[0].number" },
  { "crate.add", "{\"contents\":[{\"colour\":\"red\",\"name\":\"皿\"}],\"label\":\"x\"}",
    "not_asked contents[0].colour" },
  { "crate.add", "{\"contents\":[{\"name\":7}],\"label\":\"x\"}", "not_asked contents[0].name" },
  { "crate.add", "{\"contents\":[{\"keeper\":\"X1\",\"name\":\"皿\"}],\"label\":\"x\"}",
    "wrong_record contents[0].keeper" },
  /* what was declared to be no identity number is an answer of this act */
  { "crate.add", NAMED ("\"made_by\":\"123456789018\""), "identity_number made_by" },
  { "crate.add", "{\"declared\":[\"made_by\"],\"label\":\"x\",\"made_by\":\"123456789018\"}", "" },
  { "crate.add", "{\"declared\":\"made_by\",\"label\":\"x\",\"made_by\":\"木工所\"}", "unreadable declared" },
  { "crate.add", "{\"declared\":[\"made_by\"],\"label\":\"x\"}", "not_asked declared" },
  { "crate.add", "{\"contents\":[{\"name\":\"123456789018\"}],\"declared\":[\"contents[0].name\"],\"label\":\"x\"}",
    "" },
  { "crate.add", "{\"contents\":[{\"name\":\"123456789018\"}],\"declared\":[\"contents\"],\"label\":\"x\"}",
    "identity_number contents[0].name" },
  { "crate.add", "{\"contents\":[{\"name\":\"皿\"}],\"declared\":[\"contents[1].name\"],\"label\":\"x\"}",
    "not_asked declared" },
  { "crate.add", "{\"contents\":[{\"name\":\"皿\"}],\"declared\":[\"contents[00].name\"],\"label\":\"x\"}",
    "not_asked declared" },
  { "crate.add", "{\"contents\":[{\"name\":\"皿\"}],\"declared\":[\"contents[0].number\"],\"label\":\"x\"}",
    "not_asked declared" },
  { "crate.add", "{\"contents\":[{\"name\":\"皿\"}],\"declared\":[\"contents[0]\"],\"label\":\"x\"}",
    "not_asked declared" },
};

static void
test_bodies (void)
{
  Judged self;

  set_up (&self, &row_register);
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      gboolean adds = strcmp (bodies[i].kind, "crate.add") == 0;
      g_autofree char *refused = judge (self.yard, bodies[i].kind, adds ? "C3" : "C1", bodies[i].body);

      g_test_message ("%s %s", bodies[i].kind, bodies[i].body);
      g_assert_cmpstr (refused, ==, bodies[i].refused);
    }
  yard_free (self.yard);
}

/* "KEY: sentence" of each, in the order in which they are said. */
static char *
word_refusals (KanCase *c)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < c->refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (c->refusals, i);

      g_string_append_printf (out, "%s%s: %s", i > 0 ? ", " : "", refusal->key, refusal->wrong);
    }
  return g_string_free (out, FALSE);
}

/* What is written is asked for in one word, what is picked in another; in a line of rows as well. */
static void
test_missing (void)
{
  static const struct { const char *key; gboolean picked; } table[] = {
    { "label", FALSE }, { "colour", TRUE }, { "weight", FALSE }, { "bought_on", FALSE }, { "seen_at", FALSE },
    { "serves", FALSE }, { "telephone", FALSE }, { "fragile", TRUE }, { "keeper", TRUE }, { "owner", TRUE },
    { "helpers", TRUE }, { "note", FALSE }, { "contents", FALSE },
  };
  Judged self;

  set_up (&self, &row_register);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const KanRegister *reg = NULL;
      KanAsk asks[] = { { .key = table[i].key, .must = TRUE }, { 0 } };
      KanKind kind = *kan_book_find_kind (self.yard->book, "crate.amend", &reg);
      g_autoptr(KanCase) c = kan_case_new (self.yard->book, &kind, reg, self.yard->now, NULL, CLERK);
      g_autofree char *expected = g_strdup_printf ("%s: %s", table[i].key, table[i].picked ? "A choice is needed"
                                                                                          : "An answer is needed");
      g_autofree char *said = NULL;

      kind.asks = asks;
      c->body = kan_body_new ();
      kan_case_set_subject (c, "C1");
      kan_judge_answers (c);
      g_assert_no_error (c->error);
      said = word_refusals (c);
      g_assert_cmpstr (said, ==, expected);
    }
  yard_free (self.yard);
}

static void
test_missing_cells (void)
{
  static const KanField fields[] = {
    { .id = "keeper", .label = L ("Keeper", "管理者"), .type = KAN_REF, .of = "person", .flags = KAN_MUST },
    { .id = "name", .label = L ("Name", "品名"), .type = KAN_TEXT, .flags = KAN_MUST },
    { .id = "number", .label = L ("Number", "数"), .type = KAN_COUNT },
    { 0 }
  };
  static const KanRegister rows = { .id = "crate_item", .title = L ("Items", "内容品"), .fields = fields };
  const char *body = "{\"contents\":[{\"number\":1}],\"label\":\"x\"}";
  Judged self;
  const KanRegister *reg = NULL;
  const KanKind *kind;
  g_autoptr(GError) error = NULL;
  g_autoptr(KanCase) c = NULL;
  g_autofree char *said = NULL;

  set_up (&self, &rows);
  kind = kan_book_find_kind (self.yard->book, "crate.add", &reg);
  c = kan_case_new (self.yard->book, kind, reg, self.yard->now, NULL, CLERK);
  c->body = kan_body_decode (body, strlen (body), &error);
  g_assert_no_error (error);
  kan_case_set_subject (c, "C3");
  kan_judge_answers (c);
  said = word_refusals (c);
  g_assert_cmpstr (said, ==, "contents[0].keeper: A choice is needed, contents[0].name: An answer is needed");
  yard_free (self.yard);
}

/* Bytes as they come; how long is counted in characters. */
static void
test_texts (void)
{
  static const struct { const char *unit; guint n; gboolean lines, watched; KanRefusalCode code; } table[] = {
    { "", 1, FALSE, TRUE, KAN_MISSING }, { " ", 3, FALSE, TRUE, KAN_MISSING }, { "　", 3, TRUE, FALSE, KAN_MISSING },
    { "\n", 2, TRUE, TRUE, KAN_MISSING }, { "字", 1, FALSE, TRUE, KAN_UNMET },
    { "字", 200, FALSE, TRUE, KAN_UNMET }, { "字", 201, FALSE, TRUE, KAN_TOO_LONG },
    { "字", 4000, TRUE, TRUE, KAN_UNMET }, { "字", 4001, TRUE, TRUE, KAN_TOO_LONG },
    { "x", 201, FALSE, FALSE, KAN_TOO_LONG },
    { "一\n", 2, FALSE, TRUE, KAN_BAD_CHARACTER }, { "一\n", 2, TRUE, TRUE, KAN_UNMET },
    { "一\t", 1, TRUE, TRUE, KAN_BAD_CHARACTER }, { "\x7f", 1, TRUE, TRUE, KAN_BAD_CHARACTER },
    { "左\xe2\x80\xae", 1, TRUE, TRUE, KAN_BAD_CHARACTER }, { "\xff", 1, TRUE, TRUE, KAN_BAD_CHARACTER },
    { "渡邉\U000e0101", 1, FALSE, TRUE, KAN_UNMET },
    { "123456789018", 1, FALSE, TRUE, KAN_IDENTITY_NUMBER }, { "123456789018", 1, FALSE, FALSE, KAN_UNMET },
    { "123456789017", 1, FALSE, TRUE, KAN_UNMET },
    /* the character is said first: a number within it would be searched for in what cannot be kept */
    { "123456789018\x1b", 1, FALSE, TRUE, KAN_BAD_CHARACTER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      const char *why = NULL;

      for (guint n = 0; n < table[i].n; n++)
        g_string_append (text, table[i].unit);
      g_test_message ("row %d", (int) i);
      g_assert_cmpint (kan_text_trouble (text->str, text->len, table[i].lines, table[i].watched, &why), ==,
                       table[i].code);
      g_assert_cmpint (why != NULL, ==, table[i].code == KAN_BAD_CHARACTER);
    }
}

/* Codes that tell things apart are spelled in one way only. */
static void
test_unique_codes (void)
{
  static const struct { const char *value; const char *code; } table[] = {
    { "login9", "" }, { "Login-9_x", "" }, { "login 9", "bad_character" }, { "ｌｏｇｉｎ", "bad_character" },
    { "login\xe2\x80\x8b", "bad_character" }, { "chief", "taken" }, { "CHIEF", "taken" }, { "", "missing" },
  };
  g_autoptr(Yard) yard = yard_new_empty ();
  const KanRegister *people = kan_book_find_register (yard->book, "person");
  const KanField *login = kan_register_find_field (people, "login");

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const KanRegister *reg = NULL;
      const KanKind *kind = kan_book_find_kind (yard->book, "person.enroll", &reg);
      g_autoptr(KanCase) c = kan_case_new (yard->book, kind, reg, yard->now, NULL, CHIEF);
      const KanRefusal *first;

      kan_judge_field (c, people, login, 2, "login", table[i].value);
      g_assert_no_error (c->error);
      g_test_message ("“%s”", table[i].value);
      first = c->refusals->len > 0 ? g_ptr_array_index (c->refusals, 0) : NULL;
      g_assert_cmpstr (first != NULL ? kan_refusal_id (first) : "", ==, table[i].code);
    }
}

static void
test_declared (void)
{
  static const struct { const char *key; gboolean declared; } table[] = {
    { "made_by", TRUE }, { "contents[0].name", TRUE }, { "contents", FALSE }, { "made", FALSE }, { "", FALSE },
  };
  static const char *const declared[] = { "contents[0].name", "made_by", NULL };
  g_autoptr(KanBody) body = kan_body_new (), none = kan_body_new (), text = kan_body_new ();

  kan_body_set_list (body, KAN_KEY_DECLARED, declared);
  kan_body_set_text (text, KAN_KEY_DECLARED, "made_by");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_assert_cmpint (kan_is_declared (body, table[i].key), ==, table[i].declared);
      g_assert_false (kan_is_declared (none, table[i].key) || kan_is_declared (text, table[i].key));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge-answers/bodies", test_bodies);
  g_test_add_func ("/judge-answers/missing", test_missing);
  g_test_add_func ("/judge-answers/missing-cells", test_missing_cells);
  g_test_add_func ("/judge-answers/texts", test_texts);
  g_test_add_func ("/judge-answers/unique-codes", test_unique_codes);
  g_test_add_func ("/judge-answers/declared", test_declared);
  return g_test_run ();
}
