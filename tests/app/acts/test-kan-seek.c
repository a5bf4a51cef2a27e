/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for words: which records have them, in what they say and in what a list shows of them. */
#include "app/acts/yard.h"

#include <string.h>

/* The yard with crates that show all they have, and a list of them that shows what the day adds. */
typedef struct { Yard *yard; KanRegister crates; KanField fields[32]; const KanRegister *registers[32];
                 KanRegistry registry; } Shown;

#define SQL_DUE "SELECT c.id AS id, 'sealed' AS state, c.*, 6 AS asks_for, '2026-12-24' AS due_on FROM crate c" \
                " WHERE c.id < 3"

static const KanField own_columns[] = {
  { .id = "asks_for", .label = L ("Asked of", "照会先"), .type = KAN_REF, .of = "person" },
  { .id = "due_on", .label = L ("Due on", "期限"), .type = KAN_DATE }, { 0 }
};
static const KanList lists[] = {
  { .id = "crate_due", .label = L ("Due", "期限"), .columns = own_columns, .sql = SQL_DUE },
  { 0 }
};

static void
set_up (Shown *self)
{
  static const char *const added[] = {
    "label=一 | weight=10 | colour=red | keeper=P4 | helpers=P4,P6 | made_by=髙𣘺木工所 | bought_on=2026-02-13",
    "label=ｶﾞﾗｽ | weight=9 | colour=blue | keeper=P6 | owner=X1 | seen_at=2026-02-14 09:30",
    "label=渡邉\U000e0101　用 | owner=P4 | note=突合のため | serves=2026-11 | weight=1200",
    "label=C1 の控え | note=備考\nの二行目 | helpers=P6",
  };
  guint n = 0;

  memset (self, 0, sizeof *self);
  self->crates = *yard_registry.registers[0];
  self->crates.lists = lists;
  self->crates.fields = self->fields;
  for (const KanField *field = yard_registry.registers[0]->fields; field->id != NULL; field++, n++)
    {
      KanField shown = *field;

      shown.flags |= KAN_LISTED;
      memcpy (&self->fields[n], &shown, sizeof shown);
    }
  for (n = 0; yard_registry.registers[n] != NULL; n++)
    self->registers[n] = n == 0 ? &self->crates : yard_registry.registers[n];
  self->registry = yard_registry;
  self->registry.registers = self->registers;
  self->yard = yard_new_of (&self->registry);
  for (n = 0; n < G_N_ELEMENTS (added); n++)
    yard_expect (self->yard, "done", CLERK, "crate.add", NULL, added[n]);
  yard_exec (self->yard, "CREATE TEMP VIEW crate_due AS " SQL_DUE);
}

static char *
ids_in (Shown *self, const char *list, const char *words)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanTable) table = kan_table_new (self->yard->book, &self->crates, list, NULL, 0, words, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < kan_table_n_rows (table); i++)
    g_string_append_printf (out, "%s%d", i > 0 ? "," : "", (int) kan_table_get_id (table, i));
  return g_string_free (out, FALSE);
}

static void
test_shown (void)
{
  static const struct { const char *list, *words, *ids; } cases[] = {
    /* its own number, however typed, and whatever is called so */
    { NULL, "C2", "2" }, { NULL, "ｃ２", "2" }, { NULL, "　C2 ", "2" }, { NULL, "c1", "1,4" }, { NULL, "C9", "" },
    { NULL, "c", "4" },
    /* own texts in any form of a character, spaces or none */
    { NULL, "高橋", "1" }, { NULL, "渡辺用", "3" }, { NULL, "渡辺 用", "3" }, { NULL, "用　渡邊", "3" },
    /* what it refers to: by name and by number, of one register or of either of two, one or several */
    { NULL, "田中", "1,3" }, { NULL, "P4", "1,3" }, { NULL, "p6", "1,2,4" }, { NULL, "森", "2" }, { NULL, "Ｘ１", "2" },
    { NULL, "田中 森", "" }, { NULL, "田中 高橋", "1" },
    /* labels of choices and states, as the screen shows them */
    { NULL, "Red", "1" }, { NULL, "ｂｌｕｅ", "2" }, { NULL, "kept", "1,2,3,4" }, { NULL, "sealed", "" },
    { NULL, "kept blue", "2" },
    /* days as people write them */
    { NULL, "2026-02-13", "1" }, { NULL, "R8.2.13", "1" }, { NULL, "令和８年２月１４日", "2" }, { NULL, "R8.2.15", "" },
    /* months as well, of days too, and counts however they are grouped */
    { NULL, "R8.2", "1,2" }, { NULL, "2026-02", "1,2" }, { NULL, "令和8年11月", "3" }, { NULL, "2026-12", "" },
    { NULL, "１０", "1" }, { NULL, "1,200", "3" }, { NULL, "1200", "3" }, { NULL, "120", "" }, { NULL, "-9", "" },
    /* free text, and no sign with a meaning of its own */
    { NULL, "突合", "3" }, { NULL, "二行目", "4" }, { NULL, "%", "" }, { NULL, "'", "" }, { NULL, "_", "" },
    /* of a list, in its own columns too, and in the states that it tells */
    { "crate_due", "sealed", "1,2" }, { "crate_due", "P6", "1,2" }, { "crate_due", "R8.12.24", "1,2" },
    { "crate_due", "田中", "1" }, { "crate_due", "C3", "" }, { "crate_due", "kept", "" },
  };
  Shown self;

  set_up (&self);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *ids = ids_in (&self, cases[i].list, cases[i].words);

      g_test_message ("%s “%s”: %s", cases[i].list, cases[i].words, ids);
      g_assert_cmpstr (ids, ==, cases[i].ids);
    }
  yard_free (self.yard);
}

/* A number of a series as lists show it, in either language, and plain. */
static void
test_numbers (void)
{
  Shown self;
  const char *numbers[] = { "2026-1", "２０２６－１", NULL, NULL };
  const KanField *field;
  g_autofree char *japanese = NULL, *english = NULL, *none = NULL;

  set_up (&self);
  yard_expect (self.yard, "done", CLERK, "crate.seal", "C1", "with=2,3");
  field = kan_register_find_field (&self.crates, "takeout_no");
  numbers[2] = japanese = kan_book_show (self.yard->book, field, "2026-1", TRUE);
  numbers[3] = english = kan_book_show (self.yard->book, field, "2026-1", FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *ids = ids_in (&self, NULL, numbers[i]);

      g_test_message ("“%s”: %s", numbers[i], ids);
      g_assert_cmpstr (ids, ==, "1");
    }
  none = ids_in (&self, NULL, "2026-15");
  g_assert_cmpstr (none, ==, "");
  yard_free (self.yard);
}

/* A text that was removed is found no more. */
static void
test_removed (void)
{
  g_autofree char *before = NULL, *after = NULL;
  Shown self;

  set_up (&self);
  before = ids_in (&self, NULL, "突合");
  yard_exec (self.yard, "DELETE FROM detached WHERE instr (content, '突合')");
  after = ids_in (&self, NULL, "突合");
  g_assert_cmpstr (before, ==, "3");
  g_assert_cmpstr (after, ==, "");
  yard_free (self.yard);
}

/* The newest first, no more than asked for; by own texts alone where what is shown does not count. */
static void
test_seek (void)
{
  static const struct { const char *words; gboolean shown; guint n_max; const char *ids; } cases[] = {
    { "kept", TRUE, 9, "4,3,2,1" }, { "kept", TRUE, 2, "4,3" }, { "kept", FALSE, 9, "" }, { "C1", FALSE, 9, "4,1" },
    { "高橋", FALSE, 9, "1" }, { "田中", FALSE, 9, "" }, { "C1", TRUE, 0, "" },
  };
  Shown self;

  set_up (&self);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GArray) found = kan_book_seek (self.yard->book, &self.crates, cases[i].words, cases[i].shown,
                                               cases[i].n_max, &error);
      g_autoptr(GString) ids = g_string_new (NULL);

      g_assert_no_error (error);
      for (guint n = 0; n < found->len; n++)
        g_string_append_printf (ids, "%s%u", n > 0 ? "," : "", g_array_index (found, guint32, n));
      g_test_message ("“%s”: %s", cases[i].words, ids->str);
      g_assert_cmpstr (ids->str, ==, cases[i].ids);
    }
  yard_free (self.yard);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (kan_crypto_init (NULL));
  g_test_add_func ("/seek/shown", test_shown);
  g_test_add_func ("/seek/numbers", test_numbers);
  g_test_add_func ("/seek/removed", test_removed);
  g_test_add_func ("/seek/seek", test_seek);
  return g_test_run ();
}
