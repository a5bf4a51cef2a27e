/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The official forms: usual, strained and empty; read back by pdftotext, pdffonts and zbarimg. */
#include "app/forms/form-samples.h"
#include "app/forms/paper-tools.h"
#include "forms/kan-paper-private.h"

#include <locale.h>

/* Finishes a paper: clean, written, fonts embedded; its text. */
static char *
check (KanPaper *paper, const char *name, guint n_pages)
{
  char *path = write_sheet (paper, name);
  g_autofree char *fonts = run ("pdffonts", path, NULL);
  char *text = sheet_text (path);
  g_auto (GStrv) lines = g_strsplit (fonts, "\n", -1);

  g_assert_cmpuint (kan_paper_n_pages (paper), ==, n_pages);
  assert_clean (paper);
  assert_words_apart (path);
  g_assert_nonnull (lines[2]);
  for (guint i = 2; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_assert_true (g_regex_match_simple ("\\byes +yes +yes +\\d+ +\\d+$", lines[i], 0, 0));
  drop_sheet (path);
  kan_paper_free (paper);
  return text;
}

/* Lines to write on. */
static guint
n_lines_of (const KanPaper *paper)
{
  const KanPaperPage *page = g_ptr_array_index (paper->pages, 0);
  guint n = 0;

  for (guint i = 0; i < page->rules->len; i++)
    n += g_array_index (page->rules, KanPaperRule, i).kind == KAN_RULE_LINE;
  return n;
}

/* The smallest words of a paper, points. */
static double
least_size (const KanPaper *paper)
{
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < paper->pages->len; i++)
    {
      const KanPaperPage *page = g_ptr_array_index (paper->pages, i);

      for (guint k = 0; k < page->ink->len; k++)
        least = MIN (least, g_array_index (page->ink, KanPaperInk, k).em * 72 / 25.4);
    }
  return least;
}

/* Nobody needs a glass for a form with usual names, least of all for who approved it. */
static void
test_legible (void)
{
  g_autoptr (KanPaper) certificate = kan_form_certificate_new (&sample_certificate);
  g_autoptr (KanPaper) application = kan_form_application_new (&sample_application);
  g_autoptr (KanPaper) slip = kan_form_slip_new (&sample_slip);

  g_assert_cmpfloat (least_size (certificate), >=, 6.49);
  g_assert_cmpfloat (least_size (application), >=, 6.49);
  g_assert_cmpfloat (least_size (slip), >=, 6.49);
}

/* What a deputy added stands in the box with the mark. */
static void
test_deputy_seal (void)
{
  KanApplicationForm form = sample_application;
  KanApplicationDecision decisions[2] = { sample_decisions[0], sample_decisions[1] };
  g_autofree char *text = NULL;

  decisions[0].condition = NULL;
  decisions[0].seal.remark = "会議に出席中のため代決する。";
  form.decisions = decisions;
  form.n_decisions = 2;
  text = check (kan_form_application_new (&form), "deputy", 1);
  assert_says (text, "代決（出張）会議に出席中のため代決する。電子決裁大村　和子");
}

/* Whoever was there stands together on one page, wherever the page ends. */
static void
test_hands_together (void)
{
  KanCertificateForm form = sample_certificate;
  g_autoptr (GString) result = g_string_new ("確認した。");

  for (guint lines = 0; lines < 24; lines++)
    {
      g_autofree char *text = NULL;
      KanPaper *paper;

      form.verified = result->str;
      paper = kan_form_certificate_new (&form);
      text = check (paper, "together", kan_paper_n_pages (paper));
      g_assert_cmpuint (count_of (text, "５　実施者及び立会者（続き）"), ==, 0);
      g_string_append (result, "\n確認した。");
    }
}

/* Media that never held anything: no empty table, and nothing is certified of what was not there. */
static void
test_certificate_never_held (void)
{
  KanCertificateForm form = sample_certificate;
  g_autofree char *text = NULL;

  form.n_batches = form.n_erasures = 0;
  form.count = "0件";
  form.verified = NULL;
  text = check (kan_form_certificate_new (&form), "never-held", 1);
  assert_says (text, "本人確認情報が記録されていないことを確認した上で廃棄したことを証明します。");
  assert_says (text, "該当なし（記録されたことがない。）件数の合計0件");
  g_assert_null (strstr (text, "対象給付日"));
  g_assert_null (strstr (text, "復元できない"));
}

static void
test_certificate (void)
{
  g_autofree char *text = check (kan_form_certificate_new (&sample_certificate), "certificate", 1);
  const char *const words[] = {
    "記録媒体廃棄証明書", "廃棄証明第12号", "長市共年第345号", "令和8年2月27日", "本人確認情報管理責任者　様", "住基ネットシステム管理者",
    "下記の記録媒体について、記録されていた本人確認情報を復元できない状態にした上で廃棄したことを証明します。", "U-0012", "21TSA0098812",
    "32GB", "令和7年9月24日", "令和7年10月15日", "2,214件", "令和8年2月26日 14時30分", "nwipe 0.34", "DIN 66399",
    ("年金課　主任　" SAMPLE_IVS), "該当なし", "写真3葉", "fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13",
    "以上", "確認欄", "統括責任者", "電子決裁大村　和子R8.2.27 9:05", "41D07E55", "代決（出張）", "後閲", "総務課長の出張により",
    SAMPLE_ANCHOR, "1/1頁",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    assert_says (text, words[i]);
}

static void
test_certificate_strained (void)
{
  SampleMany many;
  KanCertificateForm form;
  g_autofree char *text = NULL;

  sample_many (&many);
  form = sample_strained_certificate (&many);
  text = check (kan_form_certificate_new (&form), "certificate-strained", 8);
  assert_says (text, "別紙１のとおり（40点）");
  assert_says (text, "別紙２のとおり（40回の記録）");
  assert_says (text, "別紙３のとおり（40点）");
  assert_says (text, "要約値は別紙４のとおり");
  assert_says (text, "記録媒体廃棄証明書　廃棄証明第12号");
  assert_says (text, "8/8頁");
  for (guint i = 0; i < SAMPLE_MANY; i++)
    g_assert_cmpuint (count_of (text, many.number[i]), ==, 3);
  g_assert_cmpuint (count_of (text, sample_digests[1]), ==, 13);
  g_assert_cmpuint (count_of (text, "製造番号"), ==, 2);      /* heading repeated on the second page of the annex */
}

/* Media erased at different times each have their line; no cell of a certificate is left empty. */
static void
test_certificate_erasures (void)
{
  static const KanCertificateErasure erasures[] = {
    { "U-0012", "令和8年2月26日 14時30分", "電算室", "全領域上書き", "nwipe 0.34" },
    { "D-0031", NULL, NULL, "該当なし", NULL },
  };
  KanCertificateForm form = sample_certificate;
  KanCertificateBatch batches[G_N_ELEMENTS (sample_batches)];
  g_autofree char *text = NULL;

  memcpy (batches, sample_batches, sizeof batches);
  batches[1].copies = "テープ-02（消去済）";
  form.batches = batches;
  form.erasures = erasures;
  form.n_erasures = G_N_ELEMENTS (erasures);
  form.digests = NULL;
  form.device = NULL;
  text = check (kan_form_certificate_new (&form), "certificate-erasures", 1);
  assert_says (text, "U-0012令和8年2月26日 14時30分電算室全領域上書きnwipe 0.34");
  assert_says (text, "D-0031――該当なし―");
  assert_says (text, "U-0012：複製なし");
  assert_says (text, "D-0031：テープ-02（消去済）");
  assert_says (text, "機器―");
  assert_says (text, "太陽誘電 DR-47WWY―1枚");
}

/* A line for 文書番号 where the office has not given one. */
static void
test_document_number (void)
{
  KanCertificateForm form = sample_certificate;
  g_autoptr (KanPaper) with = kan_form_certificate_new (&form), without = NULL;

  form.head.document_number = NULL;
  without = kan_form_certificate_new (&form);
  g_assert_cmpuint (n_lines_of (with), ==, 0);
  g_assert_cmpuint (n_lines_of (without), ==, 1);
}

/* A profile may call a form otherwise. */
static void
test_title (void)
{
  KanCertificateForm form = sample_certificate;
  g_autofree char *text = NULL;

  form.head.title = "媒体廃棄証明";
  text = check (kan_form_certificate_new (&form), "title", 1);
  assert_says (text, "媒体廃棄証明下記の記録媒体");
  g_assert_cmpuint (count_of (text, "記録媒体廃棄証明書"), ==, 0);
}

/* Four media still stand on the form, five on an annex. */
static void
test_certificate_limit (void)
{
  SampleMany many;
  KanCertificateForm form = sample_certificate;

  sample_many (&many);
  many.media[3].model = "太陽誘電 DR-47WWY";
  form.media = many.media;
  form.digests = NULL;
  for (form.n_media = 4; form.n_media <= 5; form.n_media++)
    {
      g_autofree char *text = check (kan_form_certificate_new (&form), "certificate-limit", form.n_media - 3);

      g_assert_cmpuint (count_of (text, "別紙のとおり（5点）"), ==, form.n_media - 4);
      assert_says (text, many.number[form.n_media - 1]);
    }
}

static void
test_application (void)
{
  g_autofree char *text = check (kan_form_application_new (&sample_application), "application", 1);
  const char *const words[] = {
    "記録媒体持出承諾申請書", "持出第7号", "申請者", ("年金課　主任　" SAMPLE_IVS),
    "本人確認情報を記録した記録媒体を下記のとおり外部へ持ち出したいので、承諾くださるよう申請します。（規程第11条第3項）",
    "1,234件", "佐世保　次郎", "令和8年1月15日から令和8年1月16日まで", "S-000231", "■承諾", "□不承諾",
    "封印番号を搬出の際に記録すること。", "返却確認", "異状なし",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    assert_says (text, words[i]);
}

/* A third column for the chief, a condition too long for its field, and no return. */
static void
test_application_strained (void)
{
  SampleMany many;
  KanApplicationForm form;
  g_autofree char *text = NULL;

  sample_many (&many);
  form = sample_strained_application (&many);
  form.no_return = TRUE;
  form.returned_at = NULL;
  text = check (kan_form_application_new (&form), "application-strained", 4);
  assert_says (text, "搬出なし（不承諾）");
  assert_says (text, "別紙のとおり");
  assert_says (text, "令和8年1月15日　返却なし");
  assert_says (text, "■不承諾");
  assert_says (text, "※　理由（住基ネットセキュリティ統括責任者）：年金受給権者現況確認のため");
  assert_says (text, many.number[SAMPLE_MANY - 1]);
}

static void
test_slip (void)
{
  g_autofree char *text = check (kan_form_slip_new (&sample_slip), "slip", 1);

  g_assert_cmpuint (count_of (text, "搬送第7号"), ==, 3);
  g_assert_cmpuint (count_of (text, "2,214件"), ==, 1);
  g_assert_cmpuint (count_of (text, "1,234件"), ==, 1);
  assert_says (text, "①　発送者控");
  assert_says (text, "②　携行票");
  assert_says (text, "③　受領書");
  assert_says (text, "095-000-0000");
  assert_says (text, "上記の記録媒体を、数量、容器及び封印に異状がないことを確認し、受領しました。");
  assert_says (text, "印又は自署");
}

/* What the office told of itself is printed; else there is a line to write it on beside its label. */
static void
test_slip_by_hand (void)
{
  KanSlipForm form = sample_slip;
  KanPaper *told = kan_form_slip_new (&form), *untold;
  g_autoptr (KanPaper) empty = NULL;
  g_autofree char *text = NULL, *first = NULL;

  g_assert_cmpuint (n_lines_of (told), ==, 0);
  first = check (told, "slip-told", 1);
  assert_says (first, "電話　095-000-0000");
  assert_says (first, "返送先〒850-0000 長崎市○○町1番1号　長崎県市町村職員共済組合 年金課");
  form.telephone = form.return_address = NULL;
  untold = kan_form_slip_new (&form);
  g_assert_cmpuint (n_lines_of (untold), ==, 2);
  text = check (untold, "slip-untold", 1);
  assert_says (text, "緊急連絡先長崎県市町村職員共済組合 年金課電話");
  assert_says (text, "返送先長崎県市町村職員共済組合 年金課所在地");
  empty = kan_form_slip_new (NULL);
  g_assert_cmpuint (n_lines_of (empty), ==, 2);
}

/* Lines that stay empty are closed. */
static void
test_slip_rest (void)
{
  KanSlipForm form = sample_slip;
  SampleMany many;

  sample_many (&many);
  many.media[3].model = NULL;
  form.media = many.media;
  for (form.n_media = 0; form.n_media <= 4; form.n_media++)
    {
      g_autofree char *text = check (kan_form_slip_new (&form), "slip-rest", 1);

      g_assert_cmpuint (count_of (text, "以下余白"), ==, form.n_media > 0 && form.n_media < 4);
    }
}

/* What travels tells no counts, on its annex either. */
static void
test_slip_strained (void)
{
  SampleMany many;
  KanSlipForm form;
  g_autofree char *text = NULL, *carried = NULL;

  sample_many (&many);
  form = sample_strained_slip (&many);
  text = check (kan_form_slip_new (&form), "slip-strained", 7);
  g_assert_cmpuint (count_of (text, "別紙（発送者控）搬送票の別紙"), ==, 2);      /* on each of its pages */
  assert_says (text, LONG_TEXT);
  assert_says (text, "090-0000-0000");
  for (guint i = 0; i < SAMPLE_MANY; i++)
    g_assert_cmpuint (count_of (text, many.number[i]), ==, 3);
  g_assert_cmpuint (count_of (text, "別紙（受領書）搬送票の別紙"), ==, 2);
  carried = g_strdup (strstr (text, "別紙（携行票）"));
  g_assert_nonnull (carried);
  assert_says (carried, LONG_TEXT);
  g_assert_cmpuint (count_of (carried, "090-0000-0000"), ==, 0);      /* whom to call stands on the slip itself */
  g_assert_cmpuint (count_of (text, "1,234件"), ==, SAMPLE_MANY / 2);
  g_assert_cmpuint (count_of (carried, "1,234件"), ==, 0);
  g_assert_cmpuint (count_of (carried, "980件"), ==, 0);
}

/* The same code stands on every page of each part's annex. */
static void
test_slip_annex_code (void)
{
  SampleMany many;
  KanSlipForm form;
  g_autoptr (KanPaper) paper = NULL;
  guint n = 0;

  sample_many (&many);
  form = sample_strained_slip (&many);
  paper = kan_form_slip_new (&form);
  for (guint i = 0; i < paper->pages->len; i++)
    n += ((const KanPaperPage *) g_ptr_array_index (paper->pages, i))->codes->len;
  g_assert_cmpuint (n, ==, 3 + 6);
}

static void
test_register (void)
{
  SampleRows rows = { .n = 50 };
  KanRegisterForm form = sample_register (&rows, 20);
  g_autofree char *text = check (kan_form_register_new (&form), "visits", 4);

  assert_says (text, "令和7年度");
  assert_says (text, "住基ネット管理");
  assert_says (text, "保存期間7年");
  assert_says (text, "場所：電算室（記録媒体保管庫）　　セキュリティ区分：レベル3　　年月：令和8年2月");
  assert_says (text, "第3葉");
  assert_says (text, "後　紙の管理簿から転記");
  assert_says (text, "特例");
  assert_says (text, "規程不適合・未許可");
  assert_says (text, "取消");
  g_assert_cmpuint (count_of (text, "異状の有無"), ==, 3);
  g_assert_cmpuint (count_of (text, "番号月日入室退室氏名"), ==, 3);
}

static void
test_register_strained (void)
{
  SampleRows rows = { .n = 120, .strained = TRUE };
  KanRegisterForm form = sample_register (&rows, 0);
  g_autofree char *text = NULL;

  form.mark_column = 0;
  text = check (kan_form_register_new (&form), "visits-strained", 7);
  assert_says (text, "摘要");
  g_assert_cmpuint (count_of (text, "異状の有無"), ==, 1);
  assert_says (text, "120" "5月8日");
}

static void
test_register_portrait (void)
{
  SampleRows rows = { .n = 30 };
  KanRegisterForm form = sample_register (&rows, 0);
  double width, height;
  KanPaper *paper;
  g_autofree char *text = NULL;

  form.portrait = TRUE;
  form.confirmation.wanted = FALSE;
  paper = kan_form_register_new (&form);
  kan_paper_get_size (paper, &width, &height);
  g_assert_cmpfloat (width, <, height);
  text = check (paper, "visits-portrait", 3);
  g_assert_cmpuint (count_of (text, "異状の有無"), ==, 0);
}

/* Long words give way, dates and names stay in one line; a narrow register is upright, and its state not struck. */
static gboolean
next_narrow (KanRegisterRow *row, gpointer data)
{
  static const char *const cells[] = { "T12", "令和8年10月19日 14:34", LONG_TEXT, "取消" };
  guint *left = data;

  row->cells = cells;
  row->marks = KAN_MARK_VOID;
  return (*left)-- > 0;
}

static void
test_register_widths (void)
{
  static const KanRegisterColumn columns[] = {
    { "番号", 4, FALSE, FALSE }, { "日時", 6, FALSE, FALSE }, { "所見", 8, FALSE, FALSE }, { "状態", 4, FALSE, TRUE },
  };
  guint left = 3;
  KanRegisterForm form = { .title = "試験簿", .columns = columns, .n_columns = 4, .next = next_narrow,
                           .next_data = &left };
  KanPaper *paper = kan_form_register_new (&form);
  const KanPaperPage *page = g_ptr_array_index (paper->pages, 1);
  g_autofree char *path = write_sheet (paper, "narrow"), *text = run ("pdftotext", "-raw", path, "-", NULL);
  g_autofree char *words = NULL;
  guint struck = 0, lines = 0;

  g_assert_cmpfloat (paper->width, <, paper->height);
  g_assert_nonnull (strstr (text, "令和8年10月19日 14:34"));
  for (guint i = 0; i < page->rules->len; i++)
    struck += g_array_index (page->rules, KanPaperRule, i).kind == KAN_RULE_LINE;
  for (guint i = 0; i < page->ink->len; i++)
    lines += strstr (g_array_index (page->ink, KanPaperInk, i).text->words, LONG_TEXT) != NULL;
  g_assert_cmpuint (lines, >, 3 * 2);
  g_assert_cmpuint (struck, ==, lines + 3);      /* the long words and the dates, not the states */
  drop_sheet (g_steal_pointer (&path));
  words = check (paper, "narrow", 2);
  g_assert_cmpuint (count_of (words, "取消取消"), ==, 3);
}

static void
test_register_nothing (void)
{
  SampleRows rows = { .n = 0 };
  KanRegisterForm form = sample_register (&rows, 0);
  g_autofree char *text = check (kan_form_register_new (&form), "visits-nothing", 2);

  assert_says (text, "該当なし");
}

static void
test_blank (void)
{
  KanRegisterForm visits = sample_register (NULL, 20), register_ = sample_register (NULL, 0);
  g_autofree char *certificate = check (kan_form_certificate_new (NULL), "blank-certificate", 1);
  g_autofree char *application = check (kan_form_application_new (NULL), "blank-application", 1);
  g_autofree char *slip = check (kan_form_slip_new (NULL), "blank-slip", 1);
  g_autofree char *sheet = check (kan_form_register_new (&visits), "blank-visits", 2);
  g_autofree char *book = check (kan_form_register_new (&register_), "blank-register", 2);
  g_autofree char *bare = check (kan_form_register_new (NULL), "blank-bare", 2);

  assert_says (certificate, "令和年月日");
  assert_says (certificate, "確認欄");
  assert_says (application, "□承諾□不承諾");
  assert_says (application, "無・有（）");
  assert_says (slip, "緊急連絡先");
  assert_says (sheet, "番号月日入室退室氏名");
  assert_says (book, "番号月日入室退室氏名");
  assert_says (bare, "管理簿");
}

/* A scanner's eye: the QR code of each form from 150 dots an inch. */
static void
assert_code (KanPaper *paper, const char *name, guint n)
{
  char *path = write_sheet (paper, name);
  g_autofree char *stem = g_strconcat (path, "-scan", NULL), *picture = g_strconcat (stem, ".png", NULL);
  g_autofree char *read = NULL;

  g_free (run ("pdftoppm", "-r", "150", "-gray", "-png", "-singlefile", path, stem, NULL));
  read = run ("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture, NULL);
  g_assert_cmpuint (count_of (read, SAMPLE_CODE), ==, n);
  g_unlink (picture);
  drop_sheet (path);
  kan_paper_free (paper);
}

static void
test_code (void)
{
  SampleRows rows = { .n = 3 };
  KanRegisterForm form = sample_register (&rows, 0);

  assert_code (kan_form_certificate_new (&sample_certificate), "code-certificate", 1);
  assert_code (kan_form_application_new (&sample_application), "code-application", 1);
  assert_code (kan_form_slip_new (&sample_slip), "code-slip", 3);
  assert_code (kan_form_register_new (&form), "code-register", 1);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/certificate", test_certificate);
  g_test_add_func ("/forms/certificate/strained", test_certificate_strained);
  g_test_add_func ("/forms/certificate/never-held", test_certificate_never_held);
  g_test_add_func ("/forms/certificate/hands-together", test_hands_together);
  g_test_add_func ("/forms/slip/annex-code", test_slip_annex_code);
  g_test_add_func ("/forms/legible", test_legible);
  g_test_add_func ("/forms/deputy", test_deputy_seal);
  g_test_add_func ("/forms/certificate/limit", test_certificate_limit);
  g_test_add_func ("/forms/certificate/erasures", test_certificate_erasures);
  g_test_add_func ("/forms/document-number", test_document_number);
  g_test_add_func ("/forms/title", test_title);
  g_test_add_func ("/forms/application", test_application);
  g_test_add_func ("/forms/application/strained", test_application_strained);
  g_test_add_func ("/forms/slip", test_slip);
  g_test_add_func ("/forms/slip/by-hand", test_slip_by_hand);
  g_test_add_func ("/forms/slip/rest", test_slip_rest);
  g_test_add_func ("/forms/slip/strained", test_slip_strained);
  g_test_add_func ("/forms/register", test_register);
  g_test_add_func ("/forms/register/strained", test_register_strained);
  g_test_add_func ("/forms/register/portrait", test_register_portrait);
  g_test_add_func ("/forms/register/nothing", test_register_nothing);
  g_test_add_func ("/forms/register/widths", test_register_widths);
  g_test_add_func ("/forms/blank", test_blank);
  g_test_add_func ("/forms/code", test_code);
  return run_sheets ();
}
