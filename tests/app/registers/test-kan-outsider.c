/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons of other bodies: what is written of them, and what a number may be mistaken for. */
#include "fixture.h"

#include <string.h>

static void
test_register (void)
{
  static const OfficeCase cases[] = {
    { "refused company name", OPERATOR, "outsider.register", NULL, "" },
    { "refused company", OPERATOR, "outsider.register", NULL, "name=岡 三郎" },
    { "refused company name", OPERATOR, "outsider.register", NULL, "name=　  | company= " },
    { "refused company name", OPERATOR, "outsider.register", NULL, "name=\u2800 | company=\u3000\ufe00" },
    { "refused company", OPERATOR, "outsider.register", NULL, "name=岡 三郎 | company=123456789018" },
    { "refused company", OPERATOR, "outsider.register", NULL, "name=岡 三郎 | company=12345678901" },
    { "refused name", OPERATOR, "outsider.register", NULL, "name=岡\u2066三郎 | company=運送" },
    { "refused pledge_on", OPERATOR, "outsider.register", NULL, "name=岡 三郎 | company=運送 | pledge_on=2026-02-29" },
    { "refused not_entitled", CHIEF, "outsider.register", NULL, "name=岡 三郎 | company=運送" },
    { "refused not_entitled", CLERK, "outsider.register", NULL, "name=岡 三郎 | company=運送" },
    /* a telephone and a contract are numbers and no identity */
    { "done", OPERATOR, "outsider.register", NULL,
      "name=岡\U000e0100 三郎 | company=運送 | telephone=123456789018 | contract_no=12345678901 | pledge_on=令和8年8月1日" },
    { "done", PENSION, "outsider.register", NULL, "name=岡\U000e0100 三郎 | company=運送" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autofree char *row = NULL;

  office_run_table (office, cases);
  row = office_ask_text (office, "SELECT name || telephone || pledge_on FROM outsider WHERE id = 3");
  g_assert_cmpstr (row, ==, "岡\U000e0100 三郎1234567890182026-08-01");
  g_assert_cmpuint (office_n_rows (office, "outsider_known", "2026-09-01"), ==, 4);
}

static void
test_amend_and_close (void)
{
  static const OfficeCase cases[] = {
    { "refused act", OPERATOR, "outsider.amend", "X1", "" },
    { "refused not_entitled", CLERK, "outsider.amend", "X1", "company=別会社" },
    { "done", GENERAL, "outsider.amend", "X1", "company=別会社" },
    { "done", OPERATOR, "outsider.amend", "X1", "contract_no=2026-14" },
    { "refused not_entitled", CLERK, "outsider.close", "X1", "" },
    { "done", OPERATOR, "outsider.close", "X1", "" },
    { "refused wrong_state", OPERATOR, "outsider.amend", "X1", "company=もう一つ" },
    { "refused wrong_state", OPERATOR, "outsider.close", "X1", "" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autofree char *row = NULL;

  office_run_table (office, cases);
  row = office_ask_text (office, "SELECT name || ' ' || company || ' ' || contract_no FROM outsider WHERE id = 1");
  g_assert_cmpstr (row, ==, "森 太郎 別会社 2026-14");
  g_assert_cmpuint (office_n_rows (office, "outsider_known", "2026-09-01"), ==, 1);
}

static char *
namesakes_of (Office *office, const char *kind, const char *subject, const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDraft) draft = kan_draft_new (office->book, kind, subject, &error);
  g_autoptr(GPtrArray) lines = NULL;

  kan_draft_set (draft, "name", name);
  lines = kan_draft_review (draft, OPERATOR, office->now, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < lines->len; i++)
    {
      const KanReviewed *line = g_ptr_array_index (lines, i);

      if (line->told && line->warns && strcmp (line->key, "namesakes") == 0)
        return g_strdup (line->stored);
    }
  return g_strdup ("");
}

/* Who is known already under this name, however it is written, is told with the company; nobody is refused for it. */
static void
test_namesakes (void)
{
  static const struct { const char *kind, *subject, *name, *told; } cases[] = {
    { "outsider.register", NULL, "森 太郎", "X1 電算センター" },
    { "outsider.register", NULL, "森　太郎", "X1 電算センター" },
    { "outsider.register", NULL, "髙﨑 次郎", "X3 運送, X4 警備" },
    { "outsider.register", NULL, "高崎次郎", "X3 運送, X4 警備" },
    { "outsider.register", NULL, "高崎", "" },
    { "outsider.register", NULL, "林 次郎", "" },       /* no longer known */
    { "outsider.amend", "X1", "森太郎", "" },           /* itself */
    { "outsider.amend", "X1", "髙﨑 次郎", "X3 運送, X4 警備" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  office_expect (office, "done", OPERATOR, "outsider.register", NULL, "name=髙﨑 次郎 | company=運送");
  office_expect (office, "done", OPERATOR, "outsider.register", NULL, "name=高崎　次郎 | company=警備");
  office_expect (office, "done", OPERATOR, "outsider.close", "X2", "");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *told = namesakes_of (office, cases[i].kind, cases[i].subject, cases[i].name);

      g_test_message ("%s %s", cases[i].kind, cases[i].name);
      g_assert_cmpstr (told, ==, cases[i].told);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outsider/register", test_register);
  g_test_add_func ("/outsider/amend-and-close", test_amend_and_close);
  g_test_add_func ("/outsider/namesakes", test_namesakes);
  return g_test_run ();
}
