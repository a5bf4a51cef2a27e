/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The official forms: usual, strained and empty; read back by pdftotext, pdffonts and zbarimg. */
#include "app/forms/form-samples.h"
#include "app/forms/paper-tools.h"

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
  g_assert_nonnull (lines[2]);
  for (guint i = 2; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_assert_true (g_regex_match_simple ("\\byes +yes +yes +\\d+ +\\d+$", lines[i], 0, 0));
  drop_sheet (path);
  kan_paper_free (paper);
  return text;
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
    "以上", "確認欄", "統括責任者", "電子決裁：大村　和子", "41D07E55", "代決（出張）", "後閲", "総務課長の出張により",
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
  text = check (kan_form_certificate_new (&form), "certificate-strained", 7);
  assert_says (text, "別紙１のとおり（40点）");
  assert_says (text, "別紙２のとおり（40回の記録）");
  assert_says (text, "要約値は別紙３のとおり");
  assert_says (text, "記録媒体廃棄証明書　廃棄証明第12号");
  assert_says (text, "7/7頁");
  for (guint i = 0; i < SAMPLE_MANY; i++)
    g_assert_cmpuint (count_of (text, many.number[i]), ==, 2);
  g_assert_cmpuint (count_of (text, sample_digests[1]), ==, 13);
  g_assert_cmpuint (count_of (text, "製造番号"), ==, 2);      /* heading repeated on the second page of the annex */
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
  assert_says (text, "別紙のとおり");
  assert_says (text, "令和8年1月15日　返却なし");
  assert_says (text, "■不承諾");
  assert_says (text, "※　条件（住基ネットセキュリティ統括責任者）：年金受給権者現況確認のため");
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

/* What travels tells no counts, on its annex either. */
static void
test_slip_strained (void)
{
  SampleMany many;
  KanSlipForm form;
  g_autofree char *text = NULL, *carried = NULL;

  sample_many (&many);
  form = sample_strained_slip (&many);
  text = check (kan_form_slip_new (&form), "slip-strained", 5);
  g_assert_cmpuint (count_of (text, "別紙（発送者控）"), ==, 1);
  assert_says (text, LONG_TEXT);
  assert_says (text, "090-0000-0000");
  for (guint i = 0; i < SAMPLE_MANY; i++)
    g_assert_cmpuint (count_of (text, many.number[i]), ==, 2);
  carried = g_strdup (strstr (text, "別紙（携行票及び受領書）"));
  g_assert_nonnull (carried);
  assert_says (carried, LONG_TEXT);
  g_assert_cmpuint (count_of (carried, "090-0000-0000"), ==, 0);      /* whom to call stands on the slip itself */
  g_assert_cmpuint (count_of (text, "1,234件"), ==, SAMPLE_MANY / 2);
  g_assert_cmpuint (count_of (carried, "1,234件"), ==, 0);
  g_assert_cmpuint (count_of (carried, "980件"), ==, 0);
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
  text = check (kan_form_register_new (&form), "visits-strained", 9);
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
  text = check (paper, "visits-portrait", 2);
  g_assert_cmpuint (count_of (text, "異状の有無"), ==, 0);
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
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/certificate", test_certificate);
  g_test_add_func ("/forms/certificate/strained", test_certificate_strained);
  g_test_add_func ("/forms/certificate/limit", test_certificate_limit);
  g_test_add_func ("/forms/application", test_application);
  g_test_add_func ("/forms/application/strained", test_application_strained);
  g_test_add_func ("/forms/slip", test_slip);
  g_test_add_func ("/forms/slip/strained", test_slip_strained);
  g_test_add_func ("/forms/register", test_register);
  g_test_add_func ("/forms/register/strained", test_register_strained);
  g_test_add_func ("/forms/register/portrait", test_register_portrait);
  g_test_add_func ("/forms/register/nothing", test_register_nothing);
  g_test_add_func ("/forms/blank", test_blank);
  g_test_add_func ("/forms/code", test_code);
  status = g_test_run ();
  drop_folder ();
  return status;
}
