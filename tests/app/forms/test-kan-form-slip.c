/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The transport slip: three parts of one sheet, each with what its reader may know, annexes for what has no room. */
#include "app/forms/form-ink.h"
#include "app/forms/form-samples.h"

#include <locale.h>

enum { KEPT, CARRIED, RECEIPT, N_PARTS };

static KanPaper *
make (gconstpointer form)
{
  return kan_form_slip_new (form);
}

/* Where the first page is cut, from above. */
static guint
find_cuts (const KanPaper *paper, double cuts[2])
{
  const GArray *rules = ((KanPaperPage *) g_ptr_array_index (paper->pages, 0))->rules;
  guint n = 0;

  for (guint i = 0; i < rules->len; i++)
    {
      const KanPaperRule *rule = &g_array_index (rules, KanPaperRule, i);

      if (rule->kind != KAN_RULE_CUT)
        continue;
      g_assert_cmpuint (n, <, 2);
      cuts[n++] = rule->y;
    }
  return n;
}

/* The words of each part. */
static void
read_parts (const KanSlipForm *form, char *parts[N_PARTS])
{
  g_autoptr (KanPaper) paper = kan_form_slip_new (form);
  double cuts[2] = { 0 };

  assert_clean (paper);
  g_assert_cmpuint (find_cuts (paper, cuts), ==, 2);
  g_assert_cmpfloat (cuts[0], <, cuts[1]);
  parts[KEPT] = ink_between (paper, 0, 0, cuts[0]);
  parts[CARRIED] = ink_between (paper, 0, cuts[0], cuts[1]);
  parts[RECEIPT] = ink_between (paper, 0, cuts[1], G_MAXDOUBLE);
}

/* --- who may know what ---------------------------------------------------------------------------------------- */

/* The sender keeps it all; what travels tells no counts; the receiver signs for things. K C R: on which parts. */
static void
test_who_reads_what (void)
{
  static const struct { const char *words, *parts; } table[] = {
    { "搬送第7号", "KCR" }, { SAMPLE_ANCHOR, "KCR" }, { "2点", "KCR" }, { "S-000231", "KCR" },
    { "施錠式アタッシェケース", "KCR" }, { "U-0012", "KCR" }, { "D-0031", "KCR" },
    { "2,214件", "K" }, { "1,234件", "K" }, { "980件", "K" }, { "21TSA0098812", "K" }, { "持出第7号", "K" },
    { "件数", "K" },
    { "公用車", "KC" }, { "年金課　主任　" SAMPLE_IVS, "KC" }, { "長崎県国民健康保険団体連合会", "KC" },
    { "令和8年1月15日 9時05分", "KC" }, { "（立寄りなし）", "KC" },
    { "095-000-0000", "C" }, { "緊急連絡先", "C" },
    { "受領しました", "R" }, { "〒850-0000", "R" }, { "印又は自署", "R" },
  };
  char *parts[N_PARTS];

  read_parts (&sample_slip, parts);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      char found[N_PARTS + 1] = { 0 };
      guint n = 0;

      for (guint part = 0; part < N_PARTS; part++)
        if (strstr (parts[part], table[i].words) != NULL)
          found[n++] = "KCR"[part];
      g_test_message ("%s", table[i].words);
      g_assert_cmpstr (found, ==, table[i].parts);
    }
  for (guint part = 0; part < N_PARTS; part++)
    g_free (parts[part]);
}

/* What breaks a rule is told to the sender, in full on the annex of that part, and to nobody on the way. */
static void
test_remarks (void)
{
  static const char REMARKS[] = "持出しの承諾を受けずに搬出した。";
  KanSlipForm form = sample_slip;
  g_autoptr (KanPaper) paper = NULL;
  g_autofree char *annex = NULL;
  char *parts[N_PARTS];

  form.remarks = REMARKS;
  form.approval = NULL;
  read_parts (&form, parts);
  g_assert_nonnull (strstr (parts[KEPT], "なし　※規程不適合（別紙）"));
  for (guint part = 0; part < N_PARTS; part++)
    {
      g_assert_null (strstr (parts[part], REMARKS));
      g_assert_true (part == KEPT || strstr (parts[part], "規程不適合") == NULL);
      g_free (parts[part]);
    }
  paper = kan_form_slip_new (&form);
  g_assert_cmpuint (kan_paper_n_pages (paper), ==, 2);
  annex = ink_between (paper, 1, 0, G_MAXDOUBLE);
  g_assert_nonnull (strstr (annex, "発送者控"));
  g_assert_nonnull (strstr (annex, REMARKS));
}

/* --- media ---------------------------------------------------------------------------------------------------- */

/* Lines that are left are closed; more than four stand on annexes, with counts on the sender's only. */
static void
test_media (void)
{
  SampleMany many;

  sample_many (&many);
  for (guint n = 0; n <= 6; n++)
    {
      KanSlipForm form = sample_slip;
      g_autoptr (KanPaper) paper = NULL;
      g_autofree char *all = NULL;
      char *parts[N_PARTS];

      form.media = many.media;
      form.n_media = n;
      read_parts (&form, parts);
      paper = kan_form_slip_new (&form);
      all = ink_of (paper);
      g_test_message ("%u media", n);
      if (n != 4)      /* what four are called may or may not go in */
        g_assert_cmpuint (kan_paper_n_pages (paper), ==, n > 4 ? 1 + N_PARTS : 1);
      g_assert_cmpuint (count_in (parts[KEPT], "以下余白"), ==, n > 0 && n < 4 ? 1 : 0);
      for (guint i = 0; i < n; i++)
        g_assert_cmpuint (count_in (all, many.number[i]), >=, 2);
      for (guint page = 1; n > 4 && page <= N_PARTS; page++)
        {
          g_autofree char *annex = ink_between (paper, page, 0, G_MAXDOUBLE);

          g_assert_cmpuint (count_in (annex, "U-010"), ==, n);
          g_assert_cmpint (strstr (annex, "1,234件") != NULL, ==, page == 1);
        }
      for (guint part = 0; part < N_PARTS; part++)
        g_free (parts[part]);
    }
}

/* Paper has no serial number: how many sheets stand in its place. */
static void
test_sheets (void)
{
  static const KanFormMedium media[] = { { .number = "P-0001", .kind = "帳票", .sheets = "12枚", .count = "300件" } };
  KanSlipForm form = sample_slip;
  char *parts[N_PARTS];

  form.media = media;
  form.n_media = 1;
  read_parts (&form, parts);
  g_assert_nonnull (strstr (parts[KEPT], "12枚"));
  g_assert_nonnull (strstr (parts[KEPT], "300件"));
  g_assert_null (strstr (parts[CARRIED], "300件"));
  for (guint part = 0; part < N_PARTS; part++)
    g_free (parts[part]);
}

/* --- whatever is said ----------------------------------------------------------------------------------------- */

#define AT(member) G_STRUCT_OFFSET (KanSlipForm, member)

static void
test_strained (void)
{
  static const gsize fields[] = {
    AT (head.association), AT (head.number), AT (head.document_number), AT (approval), AT (quantity), AT (count),
    AT (sender.name), AT (sent_at), AT (counterpart), AT (destination), AT (carrier), AT (method), AT (route),
    AT (container), AT (seal), AT (given_by), AT (taken_by), AT (emergency), AT (telephone), AT (return_to),
    AT (return_address), AT (remarks),
  };
  KanSlipForm form = sample_slip;

  strain (&form, fields, G_N_ELEMENTS (fields), make);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-slip/who-reads-what", test_who_reads_what);
  g_test_add_func ("/form-slip/remarks", test_remarks);
  g_test_add_func ("/form-slip/media", test_media);
  g_test_add_func ("/form-slip/sheets", test_sheets);
  g_test_add_func ("/form-slip/strained", test_strained);
  return run_sheets ();
}
