/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The take-out application: what was decided stands in its box and nowhere else, what will not come back is said, and
 * there is room for whatever is written. */
#include "app/forms/form-ink.h"
#include "app/forms/form-samples.h"

#include <locale.h>

#define AT(member) G_STRUCT_OFFSET (KanApplicationForm, member)

static KanPaper *
make (gconstpointer form)
{
  return kan_form_application_new (form);
}

static char *
words_of (const KanApplicationForm *form)
{
  g_autoptr (KanPaper) paper = kan_form_application_new (form);

  assert_clean (paper);
  return ink_of (paper);
}

/* --- decisions ------------------------------------------------------------------------------------------------ */

/* Two columns at least, three at most; each says what its own decision was, and under what condition or why not. */
static void
test_decisions (void)
{
  static const struct { guint n; KanDecision first, second; guint open, consented, refused, conditions, reasons; }
  table[] = {
    { 0, KAN_DECISION_OPEN, KAN_DECISION_OPEN, 2, 0, 0, 2, 0 },
    { 1, KAN_DECISION_CONSENTED, KAN_DECISION_OPEN, 1, 1, 0, 2, 0 },
    { 2, KAN_DECISION_CONSENTED, KAN_DECISION_CONSENTED, 0, 2, 0, 2, 0 },
    { 2, KAN_DECISION_CONSENTED, KAN_DECISION_REFUSED, 0, 1, 1, 1, 1 },
    { 3, KAN_DECISION_OPEN, KAN_DECISION_CONSENTED, 2, 1, 0, 3, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      KanApplicationForm form = sample_application;
      KanApplicationDecision decisions[] = { sample_decisions[0], sample_decisions[1], { NULL } };
      g_autofree char *words = NULL;

      decisions[0].decision = table[i].first;
      decisions[1].decision = table[i].second;
      form.decisions = decisions;
      form.n_decisions = table[i].n;
      words = words_of (&form);
      g_test_message ("row %d", (int) i);
      g_assert_cmpuint (count_in (words, "□承諾　□不承諾"), ==, table[i].open);
      g_assert_cmpuint (count_in (words, "■承諾　□不承諾"), ==, table[i].consented);
      g_assert_cmpuint (count_in (words, "□承諾　■不承諾"), ==, table[i].refused);
      g_assert_cmpuint (count_in (words, "\n条件\n"), ==, table[i].conditions);
      g_assert_cmpuint (count_in (words, "\n理由\n"), ==, table[i].reasons);
    }
}

/* A condition that cannot be read in its field stands beneath, by whom it was given; a short one only in the field. */
static void
test_condition_beneath (void)
{
  static const struct { const char *condition; guint beneath; } table[] = {
    { NULL, 0 }, { "封印すること。", 0 }, { LONG_TEXT, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      KanApplicationForm form = sample_application;
      KanApplicationDecision decisions[] = { sample_decisions[0], sample_decisions[1] };
      g_autofree char *words = NULL;

      decisions[0].condition = table[i].condition;
      decisions[0].role = "管理責任者";
      form.decisions = decisions;
      words = words_of (&form);
      g_assert_cmpuint (count_in (words, "※　条件（管理責任者）：" LONG_TEXT), ==, table[i].beneath);
      if (table[i].condition != NULL)
        g_assert_cmpuint (count_in (words, table[i].condition), ==, 1);
    }
}

/* --- what comes back ------------------------------------------------------------------------------------------ */

static void
test_return (void)
{
  static const struct { const char *returned_at; gboolean no_return, refused; const char *said, *not_said; } table[] = {
    { "令和8年1月16日 15時40分", FALSE, FALSE, "令和8年1月16日 15時40分", "返却なし" },
    { NULL, FALSE, FALSE, "返却日時", "返却なし" },
    { NULL, TRUE, FALSE, "\n返却なし\n", "搬出なし" },
    { NULL, FALSE, TRUE, "\n搬出なし（不承諾）\n", "返却なし" },
    { NULL, TRUE, TRUE, "\n搬出なし（不承諾）\n", "\n返却なし\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      KanApplicationForm form = sample_application;
      KanApplicationDecision decisions[] = { sample_decisions[0], sample_decisions[1] };
      g_autofree char *words = NULL;

      decisions[1].decision = table[i].refused ? KAN_DECISION_REFUSED : KAN_DECISION_CONSENTED;
      form.decisions = decisions;
      form.no_return = table[i].no_return;
      form.returned_at = table[i].returned_at;
      form.returned_quantity = form.returned_state = form.returned_by = form.taken_back_by = NULL;
      words = words_of (&form);
      g_test_message ("row %d", (int) i);
      g_assert_nonnull (strstr (words, table[i].said));
      g_assert_null (strstr (words, table[i].not_said));
      /* closed where nothing will come back, left to be written where something may */
      g_assert_cmpint (count_in (words, "\n―\n") >= 4, ==, i >= 2);
    }
}

/* The last day is printed only where something returns. */
static void
test_period (void)
{
  KanApplicationForm form = sample_application;
  g_autofree char *there = NULL, *gone = NULL, *blank = words_of (NULL);

  form.returned_at = NULL;
  there = words_of (&form);
  form.no_return = TRUE;
  gone = words_of (&form);
  g_assert_nonnull (strstr (there, "\n令和8年1月15日から令和8年1月16日まで\n"));
  g_assert_nonnull (strstr (gone, "\n令和8年1月15日　返却なし\n"));
  g_assert_null (strstr (gone, "令和8年1月16日まで"));
  g_assert_nonnull (strstr (blank, "まで　・　返却なし"));
}

/* --- whatever is said ----------------------------------------------------------------------------------------- */

/* However much is said before: nothing is decided or confirmed on a page that does not say what. */
static void
test_decided_below (void)
{
  KanApplicationForm form = sample_application;

  for (guint n = 1; n < 50; n++)
    {
      g_autoptr (KanPaper) paper = paper_of_lines (&form, AT (container), n, make);

      assert_together (paper, "決裁欄", "以上");
      assert_together (paper, "返却確認", "決裁欄");
    }
}

static void
test_strained (void)
{
  static const gsize fields[] = {
    AT (head.association), AT (head.number), AT (head.document_number), AT (addressees[0]), AT (addressees[1]),
    AT (applicant.name), AT (kind), AT (quantity), AT (count), AT (reason), AT (destination), AT (counterpart),
    AT (outside), AT (method), AT (route), AT (carrier), AT (container), AT (seal), AT (capacities), AT (remarks),
    AT (returned_quantity), AT (returned_state), AT (returned_by), AT (taken_back_by),
  };
  KanApplicationForm form = sample_application;

  strain (&form, fields, G_N_ELEMENTS (fields), make);
}

/* Four media stand on the form, five on an annex, each once. */
static void
test_media (void)
{
  SampleMany many;

  sample_many (&many);
  for (guint n = 0; n <= SAMPLE_MANY; n += n < 5 ? 1 : 35)
    {
      KanApplicationForm form = sample_application;
      g_autofree char *words = NULL;

      form.media = many.media;
      form.n_media = n;
      words = words_of (&form);
      g_test_message ("%u media", n);
      g_assert_cmpuint (count_in (words, "別紙のとおり"), ==, n > 4 ? 1 : 0);
      for (guint i = 0; i < SAMPLE_MANY; i++)
        g_assert_cmpuint (count_in (words, many.number[i]), ==, i < n ? 1 : 0);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-application/decisions", test_decisions);
  g_test_add_func ("/form-application/condition-beneath", test_condition_beneath);
  g_test_add_func ("/form-application/return", test_return);
  g_test_add_func ("/form-application/period", test_period);
  g_test_add_func ("/form-application/decided-below", test_decided_below);
  g_test_add_func ("/form-application/strained", test_strained);
  g_test_add_func ("/form-application/media", test_media);
  return run_sheets ();
}
