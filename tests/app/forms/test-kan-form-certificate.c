/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The destruction certificate: no cell left to guess at, lists on annexes, and room for whatever is said. */
#include "app/forms/form-ink.h"
#include "app/forms/form-samples.h"

#include <locale.h>

#define AT(member) G_STRUCT_OFFSET (KanCertificateForm, member)

static KanPaper *
make (gconstpointer form)
{
  return kan_form_certificate_new (form);
}

static char *
words_of (const KanCertificateForm *form)
{
  g_autoptr (KanPaper) paper = kan_form_certificate_new (form);

  assert_clean (paper);
  return ink_of (paper);
}

/* --- nothing said --------------------------------------------------------------------------------------------- */

/* Where there was nothing, that is said; an empty form leaves the same places to be written on. */
static void
test_nothing (void)
{
  static const char *const said[] = { "該当なし", "なし", "―" };
  const KanCertificateForm nothing = { .head = sample_certificate.head };
  g_autofree char *words = words_of (&nothing), *blank = words_of (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_autofree char *line = g_strdup_printf ("\n%s\n", said[i]);

      g_test_message ("%s", said[i]);
      g_assert_nonnull (strstr (words, line));
      g_assert_null (strstr (blank, line));
    }
  g_assert_cmpuint (count_in (words, "\n該当なし\n"), ==, 2);       /* 委託先, 証明書 */
  g_assert_cmpuint (count_in (blank, "令和　　年　　月　　日"), >, 0);
}

/* A medium on which nothing ever stood is certified as such, not as one from which something was removed. */
static void
test_never_held (void)
{
  KanCertificateForm form = sample_certificate;
  g_autofree char *held = words_of (&form), *never = NULL;

  form.n_batches = 0;
  form.count = "0件";
  never = words_of (&form);
  g_assert_nonnull (strstr (held, "復元できない状態にした"));
  g_assert_null (strstr (never, "復元できない状態"));
  g_assert_nonnull (strstr (never, "0件"));
  g_assert_null (strstr (never, "複製の処置"));
}

/* What became of copies: once where it is the same for all, else recording by recording. */
static void
test_copies (void)
{
  static const struct { const char *first, *second, *words; } table[] = {
    { "複製なし", "複製なし", "複製なし" },
    { "複製なし", "テープ-02（消去済）", "U-0012：複製なし\nD-0031：テープ-02（消去済）" },
    { "テープ-02（消去済）", NULL, "U-0012：テープ-02（消去済）\nD-0031：―" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      KanCertificateForm form = sample_certificate;
      KanCertificateBatch batches[] = { sample_batches[0], sample_batches[1] };
      g_autofree char *words = NULL, *line = g_strdup_printf ("\n%s\n", table[i].words);

      batches[0].copies = table[i].first;
      batches[1].copies = table[i].second;
      form.batches = batches;
      words = words_of (&form);
      g_test_message ("%s", table[i].words);
      g_assert_cmpuint (count_in (words, line), ==, 1);
    }
}

/* That there were none is certified where somebody said so, and not where nobody was asked. */
static void
test_copies_told (void)
{
  static const struct { gint64 same; const char *elsewhere, *words; } table[] = {
    { -1, NULL, "記載なし" },
    { -1, "テープ-02（消去済）", "同一媒体は記載なし、テープ-02（消去済）" },
    { 0, NULL, "複製なし" },
    { 0, "テープ-02（消去済）", "テープ-02（消去済）" },
    { 2, NULL, "同一媒体2部とも" },
    { 2, "テープ-02（消去済）", "同一媒体2部とも、テープ-02（消去済）" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *words = kan_form_certificate_copies (table[i].same, table[i].elsewhere);

      g_assert_cmpstr (words, ==, table[i].words);
    }
}

/* --- annexes -------------------------------------------------------------------------------------------------- */

/* Up to four stand on the form; each longer list has an annex of its own, numbered where there are several. */
static void
test_annexes (void)
{
  static const struct { guint media, batches, erasures, digests; const char *said[4], *not_said; } table[] = {
    { 4, 4, 4, 3, { NULL }, "別紙" },
    { 5, 4, 4, 3, { "別紙のとおり（5点）" }, "別紙１" },
    { 4, 5, 4, 3, { "別紙のとおり（5回の記録）" }, "別紙１" },
    { 4, 4, 5, 3, { "別紙のとおり（5点）" }, "別紙１" },
    { 4, 4, 4, 5, { "要約値は別紙のとおり" }, "別紙１" },
    { 5, 4, 4, 5, { "別紙１のとおり（5点）", "要約値は別紙２のとおり" }, "別紙３" },
    { 9, 8, 7, 6, { "別紙１のとおり（9点）", "別紙２のとおり（8回の記録）", "別紙３のとおり（7点）", "要約値は別紙４のとおり" },
      "別紙５" },
  };
  SampleMany many;

  sample_many (&many);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      KanCertificateForm form = sample_certificate;
      g_autofree const char **digests = g_new0 (const char *, table[i].digests + 1);
      g_autofree char *words = NULL;

      for (guint n = 0; n < table[i].digests; n++)
        digests[n] = many.digests[n];
      form.media = many.media;
      form.n_media = table[i].media;
      form.batches = many.batches;
      form.n_batches = table[i].batches;
      form.erasures = many.erasures;
      form.n_erasures = table[i].erasures;
      form.digests = digests;
      words = words_of (&form);
      g_test_message ("row %d", (int) i);
      for (guint n = 0; n < 4 && table[i].said[n] != NULL; n++)
        g_assert_cmpuint (count_in (words, table[i].said[n]), ==, 1);
      g_assert_null (strstr (words, table[i].not_said));
      for (guint n = 0; n < table[i].digests; n++)
        g_assert_nonnull (strstr (words, digests[n]));
      g_assert_nonnull (strstr (words, many.number[table[i].media - 1]));
    }
}

/* --- seals ---------------------------------------------------------------------------------------------------- */

/* On paper, for as many media: 備考 and 以上 stand with the seals, whether or not that takes a page. */
static void
test_seals_of_many (void)
{
  static const guint counts[] = { 1, 5, 12, 13, 20, 39, 40, 41, 60 };
  KanFormMedium media[60];
  KanCertificateErasure erasures[60];
  g_autofree char *remarks = lines_of (5);

  for (guint i = 0; i < G_N_ELEMENTS (media); i++)
    {
      media[i] = sample_media[i % 2];
      erasures[i] = (KanCertificateErasure) { media[i].number, "令和8年2月26日 14時30分", "電算室", "上書き", "nwipe 0.34" };
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      KanCertificateForm form = sample_certificate;
      g_autofree char *name = g_strdup_printf ("certificate-%u", counts[i]), *path = NULL;
      g_autoptr (KanPaper) paper = NULL;
      guint seals = 0;

      form.media = media;
      form.n_media = counts[i];
      form.erasures = erasures;
      form.n_erasures = counts[i];
      form.remarks = remarks;
      paper = kan_form_certificate_new (&form);
      path = write_sheet (paper, name);
      assert_clean (paper);
      for (guint page = 1; page <= kan_paper_n_pages (paper); page++)
        {
          g_autofree char *text = page_text (path, page);

          if (strstr (text, "統括責任者") == NULL)
            continue;
          seals++;
          assert_says (text, "備考");
          assert_says (text, "以上");
        }
      g_assert_cmpuint (seals, ==, 1);
      drop_sheet (g_steal_pointer (&path));
    }
}

/* However long the remarks are, and where they fill pages, 以上 at least. */
static void
test_seals_below_remarks (void)
{
  KanCertificateForm form = sample_certificate;

  for (guint n = 1; n < 70; n++)
    {
      g_autoptr (KanPaper) paper = paper_of_lines (&form, AT (remarks), n, make);

      assert_together (paper, "統括責任者", "以上");
      if (n < 10)
        assert_together (paper, "統括責任者", "備考");
    }
}

/* --- whatever is said ----------------------------------------------------------------------------------------- */

static void
test_strained (void)
{
  static const gsize fields[] = {
    AT (head.association), AT (head.document_number), AT (head.number), AT (addressee), AT (issuer_role),
    AT (issuer.name), AT (count), AT (verified), AT (destroyed_at), AT (destroyed_where), AT (destruction),
    AT (standard), AT (device), AT (contractor), AT (contractor_certificate), AT (attached), AT (remarks),
    AT (capacities), AT (seals[0].name), AT (seals[4].name), AT (seals[2].mark),
  };
  KanCertificateForm form = sample_certificate;

  strain (&form, fields, G_N_ELEMENTS (fields), make);
}

/* As many as took part, the one as long as the other; they stand together on one page. */
static void
test_many_hands (void)
{
  KanCertificateHand hands[12];
  KanCertificateForm form = sample_certificate;
  g_autofree char *words = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (hands); i++)
    hands[i] = (KanCertificateHand) { i == 0 ? "実施者" : "立会者", { LONG_COMPANY, "主任", LONG_NAME } };
  form.hands = hands;
  form.n_hands = G_N_ELEMENTS (hands);
  words = words_of (&form);
  g_assert_cmpuint (count_in (words, LONG_COMPANY "　主任　" LONG_NAME), ==, G_N_ELEMENTS (hands));
  g_assert_cmpuint (count_in (words, "\n立会者\n"), >=, G_N_ELEMENTS (hands) - 1);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-certificate/nothing", test_nothing);
  g_test_add_func ("/form-certificate/never-held", test_never_held);
  g_test_add_func ("/form-certificate/copies", test_copies);
  g_test_add_func ("/form-certificate/copies-told", test_copies_told);
  g_test_add_func ("/form-certificate/annexes", test_annexes);
  g_test_add_func ("/form-certificate/seals-of-many", test_seals_of_many);
  g_test_add_func ("/form-certificate/seals-below-remarks", test_seals_below_remarks);
  g_test_add_func ("/form-certificate/strained", test_strained);
  g_test_add_func ("/form-certificate/many-hands", test_many_hands);
  return run_sheets ();
}
