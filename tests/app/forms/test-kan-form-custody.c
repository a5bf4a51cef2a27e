/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a medium was when, on paper: the picture shows what its rows say, however many there are. */
#include "app/forms/form-ink.h"

#include "forms/kan-form-custody.h"
#include "registers/kan-stays.h"

#include <locale.h>

#define DAY   86400
#define BEGAN 1767225600      /* 2026-01-01 */
#define MOST  400

#define AT(member) G_STRUCT_OFFSET (KanCustodyForm, member)

static const char *const states[][2] = {
  { "registered", "登録済" }, { "in_use", "使用中" }, { "stored", "保管中" }, { "in_transit", "搬送中" },
  { "out", "持出中" }, { "missing", "所在不明" }, { "erased", "消去済（再使用可）" },
};

/* A medium that was in a state after the other, @days each; the last lasts on. */
static GPtrArray *
make_stays (guint n, guint days)
{
  GPtrArray *stays = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      const char *const *state = states[i % G_N_ELEMENTS (states)];
      KanStay *stay = g_new0 (KanStay, 1);
      gint64 since = BEGAN + (gint64) i * days * DAY;

      *stay = (KanStay) { since, i + 1 < n ? since + (gint64) days * DAY : 0, (char *) state[0], (char *) state[1],
                          (char *) "M1" };
      g_ptr_array_add (stays, stay);
    }
  return stays;
}

static KanCustodyForm
form_of (GPtrArray *stays, guint days)
{
  static KanCustodyRow rows[MOST];
  static char numbers[MOST][8];

  g_assert_cmpuint (stays->len, <=, MOST);
  for (guint i = 0; i < stays->len; i++)
    {
      g_snprintf (numbers[i], sizeof numbers[i], "%u", i + 1);
      rows[i] = (KanCustodyRow) { numbers[i], ((KanStay *) g_ptr_array_index (stays, i))->label,
                                  "令和8年12月31日 10時25分", "令和9年12月31日 16時40分", "1,234日", "T1234" };
    }
  return (KanCustodyForm) { .head = SAMPLE_HEAD ("U-0012"), .medium = sample_media[0], .state = "保管中",
                            .stays = stays, .now = BEGAN + (gint64) stays->len * days * DAY, .rows = rows };
}

static guint
count_rules (const KanPaper *paper, KanPaperRuleKind kind, double height)
{
  const GArray *rules = ((KanPaperPage *) g_ptr_array_index (paper->pages, 0))->rules;
  guint n = 0;

  for (guint i = 0; i < rules->len; i++)
    {
      const KanPaperRule *rule = &g_array_index (rules, KanPaperRule, i);

      n += rule->kind == kind && rule->height == height;
    }
  return n;
}

/* Each state has its bar with its name in it; what was out of the office's hands is dark; months stand beneath. */
static void
test_picture (void)
{
  g_autoptr(GPtrArray) stays = make_stays (6, 30);
  KanCustodyForm form = form_of (stays, 30);
  g_autoptr(KanPaper) paper = kan_form_custody_new (&form);
  g_autofree char *words = ink_of (paper);

  assert_clean (paper);
  g_assert_cmpuint (kan_paper_n_pages (paper), ==, 1);
  g_assert_cmpuint (count_rules (paper, KAN_RULE_FRAME, 11), ==, 6);
  g_assert_cmpuint (count_rules (paper, KAN_RULE_DARK, 11), ==, 3);
  g_assert_cmpuint (count_rules (paper, KAN_RULE_SHADE, 11), ==, 2);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *bar = g_strdup_printf ("\n%u　%s\n", i + 1, states[i][1]);

      g_assert_cmpuint (count_in (words, bar), ==, 1);
    }
  g_assert_nonnull (strstr (words, "\n令和8年2月\n"));
  g_assert_nonnull (strstr (words, "令和8年2月27日現在\n"));
  g_assert_nonnull (strstr (words, "記録媒体所在推移表"));
}

/* However many: the picture stays on the first page, and the table tells each of them on as many as it takes. */
static void
test_many (void)
{
  static const guint counts[] = { 2, 15, 25, 26, 27, 28, 29, 30, 31, 32, 60, MOST };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr(GPtrArray) stays = make_stays (counts[i], 1);
      KanCustodyForm form = form_of (stays, 1);
      g_autoptr(KanPaper) paper = kan_form_custody_new (&form);
      g_autofree char *words = ink_of (paper);

      g_test_message ("%u stays", counts[i]);
      assert_clean (paper);
      g_assert_cmpuint (count_in (words, "\nT1234\n"), ==, counts[i]);
      g_assert_cmpuint (count_in (words, "\n番号\n"), ==, kan_paper_n_pages (paper));
    }
}

/* One day alone, and a medium that is no longer there: nothing is drawn beyond the sheet's width. */
static void
test_ends (void)
{
  g_autoptr(GPtrArray) stays = make_stays (1, 1), gone = make_stays (7, 50);
  KanStay *last = g_ptr_array_index (gone, 6);
  KanCustodyForm form = form_of (stays, 0);
  g_autoptr(KanPaper) paper = kan_form_custody_new (&form), left = NULL;
  g_autofree char *words = ink_of (paper);

  assert_clean (paper);
  g_assert_nonnull (strstr (words, "\n令和8年1月\n"));
  last->until = last->since;
  form = form_of (gone, 50);
  left = kan_form_custody_new (&form);
  assert_clean (left);
  g_assert_cmpuint (count_rules (left, KAN_RULE_FRAME, 11), ==, 7);
  for (guint i = 0; i < 7; i++)
    {
      const GArray *rules = ((KanPaperPage *) g_ptr_array_index (left->pages, 0))->rules;

      for (guint k = 0; k < rules->len; k++)
        g_assert_cmpfloat (g_array_index (rules, KanPaperRule, k).x + g_array_index (rules, KanPaperRule, k).width,
                           <=, 190.01);
    }
}

/* Nothing was recorded: it says so. Empty, it has lines to write on and no picture. */
static void
test_none (void)
{
  g_autoptr(GPtrArray) stays = make_stays (0, 1);
  KanCustodyForm form = form_of (stays, 1);
  g_autoptr(KanPaper) paper = kan_form_custody_new (&form), blank = kan_form_custody_new (NULL);
  g_autofree char *words = ink_of (paper), *empty = ink_of (blank);

  assert_clean (paper);
  assert_clean (blank);
  g_assert_nonnull (strstr (words, "所在の記録はない。"));
  g_assert_null (strstr (words, "帯の数字"));
  g_assert_null (strstr (empty, "所在の記録はない。"));
  g_assert_null (strstr (empty, "帯の数字"));
  g_assert_cmpuint (kan_paper_n_pages (blank), ==, 1);
}

static KanPaper *
make (gconstpointer form)
{
  return kan_form_custody_new (form);
}

static void
test_strained (void)
{
  static const gsize fields[] = {
    AT (head.association), AT (medium.number), AT (medium.kind), AT (medium.model),
    AT (medium.serial), AT (medium.capacity), AT (state),
  };
  g_autoptr(GPtrArray) stays = make_stays (9, 20);
  KanCustodyForm form = form_of (stays, 20);

  strain (&form, fields, G_N_ELEMENTS (fields), make);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-custody/picture", test_picture);
  g_test_add_func ("/form-custody/many", test_many);
  g_test_add_func ("/form-custody/ends", test_ends);
  g_test_add_func ("/form-custody/none", test_none);
  g_test_add_func ("/form-custody/strained", test_strained);
  return run_sheets ();
}
