/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms from records: what the registers say stands on paper, with who decided in which capacity. */
#include "app/forms/paper-tools.h"
#include "app/registers/fixture.h"

#include "acts/kan-record-check.h"
#include "forms/kan-forms.h"

#include <locale.h>
#include <string.h>

#define ANCHOR "12-0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ"
#define REQUEST "kind=round_trip | media=M1 | counterpart=X1 | destination=電算センター | reason=提出のため | " \
                "since=2026-09-01 | until=2026-09-09 | transport=own_car | carrier=P5 | container=locked_container"
#define DISPATCH "container=locked_container | seal=S-1 | carrier=X1 | taker_paper=yes"
#define DESTROY "media=M1 | identified=[{\"medium\":\"M1\",\"serial\":\"SN-USB-01\"}] | method=shred_flash | " \
                "place=第二倉庫 | executor=P4 | witness=P5 | photographs=2"

static Office *
new_office_under (const char *profile)
{
  Office *office = office_new (profile);

  office_add_medium (office, "USB-01", 1200);
  office_set_time (office, "2026-09-01T13:00");
  g_assert_true (kan_book_set_today (office->book, kan_day_from_ymd (2026, 9, 1), NULL));
  return office;
}

static Office *
new_office (void)
{
  return new_office_under ("nagasaki");
}

static char *
text_of (KanPaper *paper)
{
  char *path = write_sheet (paper, "forms"), *text = sheet_text (path);

  assert_clean (paper);
  assert_words_apart (path);
  drop_sheet (path);
  kan_paper_free (paper);
  return text;
}

static char *
print (Office *office, const char *form, const char *record)
{
  g_autoptr(GError) error = NULL;
  KanPaper *paper = kan_forms_make (office->book, form, record, ANCHOR, &error);

  g_assert_no_error (error);
  return text_of (paper);
}

static void
expect_error (Office *office, const char *form, const char *record, KanError code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (kan_forms_make (office->book, form, record, ANCHOR, &error));
  g_assert_error (error, KAN_ERROR, (int) code);
}

static void
expect_usage (Office *office, const char *form, const char *record)
{
  expect_error (office, form, record, KAN_ERROR_USAGE);
}

static void
test_certificate (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *text = NULL;

  office_set_time (office, "2026-10-20T13:00");
  office_expect (office, "done", OPERATOR, "media.erase", "M1",
                 "erasure=overwrite | erasure_tool=nwipe 0.34 | erased_count=1200 | erasure_verified=yes");
  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL, DESTROY);
  expect_error (office, "destruction_certificate", "D1", KAN_ERROR_REFUSED);
  office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", "D1", "as=witness");
  office_expect (office, "done", PENSION, "hand.give", "D1", "as=system_manager");
  text = print (office, "destruction_certificate", "D1");
  assert_says (text, "第1号");
  assert_says (text, "令和8年10月20日");
  assert_says (text, "SN-USB-01");
  assert_says (text, "1,200件");
  assert_says (text, "上書き消去");
  assert_says (text, "nwipe 0.34");
  assert_says (text, "第二倉庫");
  assert_says (text, "年金課長 伊藤 健");
  assert_says (text, "写真2葉");
  assert_says (text, ANCHOR);
  assert_says (text, "記録番号　D1");
}

/* The certificate says of the copies what was said of them; those on the medium count. */
static void
test_copies (void)
{
  static const struct { const char *copies, *words, *total; } table[] = {
    { "0", "複製の処置複製なし", "件数の合計1,300件" },
    { "2", "同一媒体2部とも", "件数の合計1,500件" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Office) office = new_office ();
      g_autofree char *batch = g_strconcat ("medium=M1 | recorded_on=2026-09-01 | purpose=purpose_2 | count=100 |"
                                            " source=J-LIS | copies=", table[i].copies, NULL);
      g_autofree char *text = NULL;

      office_expect (office, "done", OPERATOR, "media.record", NULL, batch);
      office_set_time (office, "2026-10-20T13:00");
      office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL,
                     DESTROY " | instead_of_erasing=yes");
      office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", "D1", "as=witness");
      office_expect (office, "done", PENSION, "hand.give", "D1", "as=system_manager");
      text = print (office, "destruction_certificate", "D1");
      assert_says (text, table[i].words);
      assert_says (text, table[i].total);
    }
}

/* Somebody who alters what is shown, has it printed and puts it back again has no paper with the anchor. */
static void
test_forged (void)
{
  static const char *const forgeries[] = {
    "UPDATE destruction SET witness = 'P2' WHERE id = 1", "UPDATE destruction SET certificate_no = 7 WHERE id = 1",
    "UPDATE hand SET person = 2 WHERE subject = 'D1' AND capacity = 'witness'",
    "UPDATE act SET at = replace (at, '2026-10', '2026-09') WHERE kind = 'media.destroy'",
    "UPDATE medium SET serial = 'SN-USB-99' WHERE id = 1", "UPDATE batch SET count = 1 WHERE id = 1",
    "UPDATE person SET name = '別人' WHERE id = 5", "UPDATE office SET title = '総務課長' WHERE code = 'pension_manager'",
    "UPDATE appointment SET office = 1 WHERE person = 3",
  };
  g_autoptr(Office) office = new_office ();
  g_autofree char *text = NULL;

  office_set_time (office, "2026-10-20T13:00");
  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL,
                 DESTROY " | instead_of_erasing=yes");
  office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", "D1", "as=witness");
  office_expect (office, "done", PENSION, "hand.give", "D1", "as=system_manager");
  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++)
    {
      g_autofree char *sql = g_strconcat ("SAVEPOINT s; ", forgeries[i], NULL);
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", sql);
      g_assert_true (kan_db_exec (kan_book_get_db (office->book), sql, &error));
      g_assert_cmpint (kan_db_changes (kan_book_get_db (office->book)), >, 0);
      g_assert_null (kan_forms_make (office->book, "destruction_certificate", "D1", ANCHOR, &error));
      g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
      g_assert_true (kan_db_exec (kan_book_get_db (office->book), "ROLLBACK TO s; RELEASE s", NULL));
    }
  text = print (office, "destruction_certificate", "D1");
  assert_says (text, ANCHOR);
}

/* Destroyed instead of erased: no erasure is made up; the level that the standard names is not said twice. */
static void
test_instead (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *text = NULL;

  office_set_time (office, "2026-10-20T13:00");
  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL,
                 DESTROY " | instead_of_erasing=yes | standard=ISO/IEC 21964 E-4 | level=E-4");
  office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", "D1", "as=witness");
  office_expect (office, "done", PENSION, "hand.give", "D1", "as=system_manager");
  text = print (office, "destruction_certificate", "D1");
  assert_says (text, "日時４のとおり場所４のとおり方法破壊をもって消去ソフト名及び版該当なし");
  assert_says (text, "廃棄の実施により確認");
  g_assert_null (strstr (text, "復元できないことを確認した"));
  assert_says (text, "E-4");
  g_assert_null (strstr (strstr (text, "E-4") + 3, "E-4"));
}

/* A deputy's decision stands on paper with whom it was for and why, and says whether it was inspected. */
static void
test_deputy (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *before = NULL, *after = NULL, *act = NULL;

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
  office_expect (office, "waits system_manager", DEPUTY, "hand.give", "T1",
                 "as=information_manager | absence=business_trip | remark=会議に出席中のため代決する。");
  before = print (office, "takeout_application", "T1");
  assert_says (before, "代決（出張）要後閲");
  assert_says (before, "の出張により");
  assert_says (before, "（後閲未了）");
  assert_says (before, "代決（出張）要後閲会議に出席中のため代決する。電子決裁");
  assert_says (before, "条件年月日");
  assert_says (before, "外部の範囲組合が施錠して管理する区画の外");
  office_expect (office, "done", PENSION, "hand.give", "T1", "as=system_manager");
  act = g_strdup_printf ("act=%" G_GINT64_FORMAT,
                         office_ask (office, "SELECT seq FROM hand WHERE principal IS NOT NULL"));
  office_expect (office, "done", GENERAL, "hand.inspect", "T1", act);
  after = print (office, "takeout_application", "T1");
  assert_says (after, "代決（出張）後閲済");
  assert_says (after, "令和8年9月1日後閲");
}

/* What a deputy declared stands there in words too, and takes no decision's box. */
static void
test_declared_by_deputy (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *text = NULL;

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
  /* no entry says so */
  kan_book_trust (office->book);
  g_assert_true (kan_db_exec (kan_book_get_db (office->book),
                              "INSERT INTO hand (act, seq, capacity, subject, person, verdict, absence, principal)"
                              " SELECT seq, seq, 'information_manager', subject, actor, 'declared', 'leave', 2 FROM act"
                              " WHERE kind = 'takeout.request'", NULL));
  text = print (office, "takeout_application", "T1");
  assert_says (text, "の休暇により");
  assert_says (text, "（後閲未了）");
  g_assert_null (strstr (text, "代決（"));
  g_assert_true (kan_db_exec (kan_book_get_db (office->book), "DELETE FROM hand WHERE verdict = 'declared'", NULL));
}

static void
test_refused (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *text = NULL;

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
  office_expect (office, "done", GENERAL, "hand.refuse", "T1", "reason=必要が認められない。");
  text = print (office, "takeout_application", "T1");
  assert_says (text, "□承諾　■不承諾");
  assert_says (text, "必要が認められない。");
  expect_error (office, "transport_slip", "T1", KAN_ERROR_REFUSED);
}

/* The office's own register gives 文書番号 later. */
static void
test_document_number (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *before = NULL, *after = NULL, *correct = NULL;

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
  office_expect (office, "done", GENERAL, "hand.refuse", "T1", "reason=必要が認められない。");
  before = print (office, "takeout_application", "T1");
  assert_says (before, "文書番号");
  correct = g_strdup_printf ("act=%d | question=document_no | value=総第77号 | reason=採番",
                             (int) office_ask (office, "SELECT made FROM takeout WHERE id = 1"));
  office_expect (office, "done", OPERATOR, "act.correct", "T1", correct);
  after = print (office, "takeout_application", "T1");
  assert_says (after, "総第77号");
}

/* What broke a rule on the way is told by what was printed of it afterwards, to those who stay. */
static void
test_deviation (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *before = NULL, *application = NULL, *slip = NULL;

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
  office_expect (office, "waits system_manager", GENERAL, "hand.give", "T1", "as=information_manager | remark=封印すること。");
  office_expect (office, "done", PENSION, "hand.give", "T1", "as=system_manager");
  office_expect (office, "done", OPERATOR, "takeout.dispatch", "T1", "quantity=1 | count=1200 | " DISPATCH);
  before = print (office, "takeout_application", "T1");
  assert_says (before, "条件封印すること。");
  g_assert_null (strstr (before, "規程不適合"));
  office_expect (office, "marked 11-3.seal", OPERATOR, "takeout.arrive", "T1",
                 "arrived_seal=S-2 | arrival=sound | receiver=X1 | receiver_paper=yes");
  application = print (office, "takeout_application", "T1");
  assert_says (application, "※　規程不適合：");
  assert_says (application, "封印番号の不一致（手順を誤ったため）");
  slip = print (office, "transport_slip", "T1");
  assert_says (slip, "令和8年度持出第1号　※規程不適合（別紙）");
  assert_says (slip, "別紙（発送者控）");
  assert_says (slip, "封印番号の不一致（手順を誤ったため）");
  g_assert_null (strstr (slip, "別紙（携行票）"));
}

/* What travels does not say how many are on it. */
static void
test_slip (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *text = NULL;

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
  office_expect (office, "waits system_manager", GENERAL, "hand.give", "T1", "as=information_manager");
  office_expect (office, "done", PENSION, "hand.give", "T1", "as=system_manager");
  office_expect (office, "done", OPERATOR, "takeout.dispatch", "T1", "quantity=1 | count=1200 | " DISPATCH);
  text = print (office, "transport_slip", "T1");
  assert_says (text, "搬送第1号");
  assert_says (text, "持出第1号");
  assert_says (text, "電算センター");
  g_assert_cmpuint (count_of (text, "1,200件"), ==, 2);
  g_assert_cmpuint (count_of (text, "S-1"), ==, 3);
  assert_says (text, "電話");
}

/* Whoever finds it learns the office's number, where the profile tells it. */
static void
test_slip_telephone (void)
{
  g_autofree char *json = office_profile_with ("nagasaki", "\"address\": \"\",\n  \"telephone\": \"\"",
                                               "\"address\": \"〒850-0000 長崎市桜町1番1号\", "
                                               "\"telephone\": \"095-000-0000\"");
  g_autoptr(Office) office = new_office_under (json);
  g_autofree char *text = NULL;

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
  office_expect (office, "waits system_manager", GENERAL, "hand.give", "T1", "as=information_manager");
  office_expect (office, "done", PENSION, "hand.give", "T1", "as=system_manager");
  office_expect (office, "done", OPERATOR, "takeout.dispatch", "T1", "quantity=1 | count=1200 | " DISPATCH);
  text = print (office, "transport_slip", "T1");
  g_assert_cmpuint (count_of (text, "電話　095-000-0000"), ==, 1);
  g_assert_cmpuint (count_of (text, "〒850-0000 長崎市桜町1番1号"), ==, 1);
}

static char *
print_register (Office *office, const char *id, const char *list, int fiscal_year)
{
  g_autoptr(GError) error = NULL;
  KanPaper *paper = kan_forms_make_register (office->book, kan_book_find_register (office->book, id), list, fiscal_year,
                                             ANCHOR, NULL, NULL, &error);

  g_assert_no_error (error);
  return text_of (paper);
}

static gboolean
stop_cb (G_GNUC_UNUSED gint64 done, G_GNUC_UNUSED gint64 total, G_GNUC_UNUSED gpointer data)
{
  return FALSE;
}

/* A long register can be stopped while it is laid out. */
static void
test_register_stopped (void)
{
  g_autoptr(Office) office = new_office ();
  g_autoptr(GError) error = NULL;

  g_assert_null (kan_forms_make_register (office->book, kan_book_find_register (office->book, "medium"), NULL, 0,
                                          ANCHOR, stop_cb, NULL, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_CANCELLED);
}

/* Late and irregular lines say so in words; a year shows what was made in it. */
static void
test_register (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *media = NULL, *takeouts = NULL, *empty = NULL;

  office_expect (office, "done", OPERATOR, "media.register", NULL,
                 "media_kind=hdd | label=後で | late_reason=失念していた。 | happened=2026-08-31T10:00");
  office_expect (office, "marked 11-3.unapproved", OPERATOR, "takeout.unapproved", NULL,
                 "kind=round_trip | media=M1 | counterpart=X1 | destination=電算センター | reason=急ぎ | until=2026-09-09 | "
                 "deviation_reason=緊急のため。");
  media = print_register (office, "medium", NULL, 0);
  assert_says (media, "記録媒体管理簿");
  assert_says (media, "令和8年度");
  assert_says (media, "USB-01");
  assert_says (media, "登録済後");
  takeouts = print_register (office, "takeout", NULL, 2026);
  assert_says (takeouts, "規程不適合・未許可");
  assert_says (takeouts, "USB-01");
  g_assert_cmpuint (count_of (takeouts, "M1"), ==, 0);      /* records are called by their names */
  g_assert_cmpuint (count_of (takeouts, "X1"), ==, 0);
  empty = print_register (office, "takeout", "takeout_waiting", 2025);
  assert_says (empty, "持出・搬送簿（決裁待ち）");
  assert_says (empty, "該当なし");
}

/* What Article 11-3 has recorded of a transport stands beneath its line, with who consented; numbers tell the year. */
static void
test_register_of_transports (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *text = NULL, *late = NULL, *blank = NULL;
  g_autoptr(GError) error = NULL;

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL,
                 REQUEST " | route=国道34号経由 | document_no=総第5号");
  office_expect (office, "waits system_manager", DEPUTY, "hand.give", "T1", "as=information_manager | absence=leave");
  office_expect (office, "done", PENSION, "hand.give", "T1", "as=system_manager");
  office_expect (office, "done", OPERATOR, "takeout.dispatch", "T1", "quantity=1 | count=1200 | " DISPATCH);
  office_set_time (office, "2026-09-02T10:00");
  office_expect (office, "done", OPERATOR, "takeout.arrive", "T1",
                 "arrived_seal=S-1 | arrival=sound | receiver=X1 | receiver_paper=yes | receipt=受-1");
  office_set_time (office, "2027-04-05T10:00");
  g_assert_true (kan_book_set_today (office->book, kan_day_from_ymd (2027, 4, 5), NULL));
  office_add_medium (office, "USB-02", 10);
  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL,
                 "kind=round_trip | media=M2 | counterpart=X1 | destination=電算センター | reason=再提出 | since=2027-04-06 |"
                 " until=2027-04-09");
  office_expect (office, "done", GENERAL, "hand.refuse", "T2", "as=information_manager | reason=不要");
  text = print_register (office, "takeout", NULL, 0);
  assert_says (text, "令和8年度～令和9年度");
  assert_says (text, "令和8年度持出第1号");
  assert_says (text, "令和8年度搬送第1号");
  assert_says (text, "持出しの理由：提出のため");
  assert_says (text, "搬送方法：公用車");
  assert_says (text, "搬送経路：国道34号経由");
  assert_says (text, "封印番号：S-1");
  assert_says (text, "搬出日時：令和8年9月1日 13:");
  assert_says (text, "到着日時：令和8年9月2日 10:");
  assert_says (text, "到着時の封印番号：S-1");
  assert_says (text, "受領書番号：受-1");
  assert_says (text, "（令和8年9月1日、代決）、システム管理者 伊藤 健（令和8年9月1日）");
  assert_says (text, "（令和9年4月5日、不承諾）");
  late = print_register (office, "takeout", NULL, 2027);
  g_assert_null (strstr (late, "持出第1号"));
  assert_says (late, "再提出");
  blank = text_of (kan_forms_make_blank ("takeout", &error));
  assert_says (blank, "搬送経路");
  assert_says (blank, "決裁");
}

static void
destroy_certified (Office *office, const char *record, const char *answers)
{
  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL, answers);
  office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", record, "as=witness");
  office_expect (office, "done", PENSION, "hand.give", record, "as=system_manager");
}

/* 消去・廃棄簿 tells both: what was erased, though its medium was used again since, and what was destroyed. */
static void
test_register_of_destructions (void)
{
  static const char *const erase = "erasure=overwrite | erasure_tool=nwipe 0.34 | erased_count=1200 |"
                                   " erasure_verified=yes | erasure_place=端末室";
  g_autoptr(Office) office = new_office ();
  g_autofree char *before = NULL, *text = NULL, *next = NULL, *blank = NULL;
  g_autoptr(GError) error = NULL;

  office_set_time (office, "2026-10-20T13:00");
  office_expect (office, "done", OPERATOR, "media.erase", "M1", erase);
  before = print_register (office, "destruction", NULL, 0);
  assert_says (before, "消去・廃棄簿（消去）");
  assert_says (before, "USB-01令和8年9月1日1,200上書き消去nwipe 0.34端末室");
  g_assert_null (strstr (before, "令和8年10月22日"));
  office_set_time (office, "2026-10-22T13:00");
  office_expect (office, "done", OPERATOR, "media.record", NULL,
                 "medium=M1 | purpose=purpose_2 | count=7 | copies=0 | source=J-LIS | serves=2026-12");
  office_set_time (office, "2027-04-20T13:00");
  g_assert_true (kan_book_set_today (office->book, kan_day_from_ymd (2027, 4, 20), NULL));
  destroy_certified (office, "D1", DESTROY " | instead_of_erasing=yes");
  text = print_register (office, "destruction", NULL, 0);
  assert_says (text, "令和9年度第1号令和9年4月20日USB-017");
  assert_says (text, "破壊をもって消去：有");
  assert_says (text, "決裁：システム管理者 伊藤 健（令和9年4月20日）");
  assert_says (text, "上書き消去nwipe 0.34端末室");
  assert_says (text, "令和8年10月22日令和9年度第1号");
  g_assert_null (strstr (text, "規程不適合"));
  next = print_register (office, "destruction", NULL, 2027);
  g_assert_null (strstr (next, "nwipe"));       /* erased in the year before */
  assert_says (next, "該当なし");
  blank = text_of (kan_forms_make_blank ("destruction", &error));
  assert_says (blank, "消去・廃棄簿（消去）");
  assert_says (blank, "媒体の再使用日");
}

/* An erasure that broke a rule is marked, though it took effect by another's hand only. */
static void
test_register_of_irregular_erasures (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *text = NULL;

  office_set_time (office, "2026-10-20T13:00");
  office_expect (office, "marked 11-1.count waits executor", OPERATOR, "media.erase", "M1",
                 "erasure=overwrite | erasure_tool=nwipe 0.34 | erased_count=1100 | erasure_verified=yes |"
                 " erased_by=P5");
  office_expect (office, "done", COLLEAGUE, "hand.give", "M1", "as=executor");
  text = print_register (office, "destruction", NULL, 0);
  assert_says (text, "1,200上書き消去nwipe 0.34鈴木 恵規程不適合");
}

/* Stickers: of one medium, and of all at hand, a code for each. */
static void
test_labels (void)
{
  g_autoptr(Office) office = new_office ();
  g_autoptr(GError) error = NULL;
  g_autoptr(KanPaper) all = NULL;
  g_autofree char *one = print (office, "labels", "M1"), *text = NULL;

  assert_says (one, "USB-01");
  assert_says (one, "SN-USB-01");
  assert_says (one, "取扱注意");
  assert_says (one, "M1");
  for (guint i = 2; i < 26; i++)
    {
      g_autofree char *label = g_strdup_printf ("USB-%02u", i);

      office_add_medium (office, label, 0);
    }
  all = kan_forms_make (office->book, "labels", NULL, ANCHOR, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kan_paper_n_pages (all), ==, 2);
  text = text_of (g_steal_pointer (&all));
  assert_says (text, "USB-25");
  all = kan_forms_make_labels (office->book, NULL, 23, ANCHOR, &error);      /* 1 and 24: the next sheet is full */
  g_assert_cmpuint (kan_paper_n_pages (all), ==, 2);
  g_clear_pointer (&all, kan_paper_free);
  all = kan_forms_make_labels (office->book, "M1", 23, ANCHOR, &error);
  g_assert_cmpuint (kan_paper_n_pages (all), ==, 1);
  g_clear_pointer (&all, kan_paper_free);
  all = kan_forms_make_labels (office->book, " M3, M1 ", 23, ANCHOR, &error);
  g_assert_cmpuint (kan_paper_n_pages (all), ==, 2);
  g_free (text);
  text = text_of (g_steal_pointer (&all));
  g_assert_true (strstr (text, "USB-03") != NULL && strstr (text, "USB-01") != NULL && strstr (text, "USB-02") == NULL);
  expect_usage (office, "labels", "M1,M999");
  expect_usage (office, "labels", "M1,T1");
  expect_usage (office, "labels", "M1,");
  office_add_medium (office, "USB-26", 0);
  all = kan_forms_make_labels (office->book, NULL, 22, ANCHOR, &error);
  g_assert_cmpuint (kan_paper_n_pages (all), ==, 2);
  g_clear_pointer (&all, kan_paper_free);
  all = kan_forms_make_labels (office->book, NULL, 23, ANCHOR, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kan_paper_n_pages (all), ==, 3);
  g_assert_true (kan_forms_is_of_many ("labels"));
  g_assert_false (kan_forms_is_of_many ("transport_slip"));
  g_assert_false (kan_forms_is_of_many ("poster"));
  expect_usage (office, "labels", "T1");
  g_assert_null (kan_forms_make (office->book, "transport_slip", NULL, ANCHOR, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
}

/* Every form, and every register, also prints empty. */
static void
test_blank (void)
{
  g_autoptr(GError) error = NULL;

  for (const char *const *form = kan_forms_list (); *form != NULL; form++)
    {
      g_autoptr(KanPaper) paper = kan_forms_make_blank (*form, &error);

      g_assert_no_error (error);
      g_assert_nonnull (kan_forms_get_title (*form));
      g_assert_nonnull (kan_forms_get_register (*form));
      assert_clean (paper);
    }
  g_assert_true (kan_forms_get_register ("medium") == NULL && kan_forms_get_title ("medium") != NULL);
  g_clear_pointer (&(KanPaper *) { kan_forms_make_blank ("medium", &error) }, kan_paper_free);
  g_assert_no_error (error);
  g_assert_null (kan_forms_make_blank ("poster", &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
}

static void
test_errors (void)
{
  g_autoptr(Office) office = new_office ();

  expect_usage (office, "poster", "T1");
  expect_usage (office, "transport_slip", "M1");
  expect_usage (office, "transport_slip", "T9");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/certificate", test_certificate);
  g_test_add_func ("/forms/copies", test_copies);
  g_test_add_func ("/forms/forged", test_forged);
  g_test_add_func ("/forms/document-number", test_document_number);
  g_test_add_func ("/forms/instead", test_instead);
  g_test_add_func ("/forms/deputy", test_deputy);
  g_test_add_func ("/forms/declared-by-deputy", test_declared_by_deputy);
  g_test_add_func ("/forms/refused", test_refused);
  g_test_add_func ("/forms/deviation", test_deviation);
  g_test_add_func ("/forms/slip", test_slip);
  g_test_add_func ("/forms/slip/telephone", test_slip_telephone);
  g_test_add_func ("/forms/register", test_register);
  g_test_add_func ("/forms/register/transports", test_register_of_transports);
  g_test_add_func ("/forms/register/destructions", test_register_of_destructions);
  g_test_add_func ("/forms/register/irregular-erasures", test_register_of_irregular_erasures);
  g_test_add_func ("/forms/register-stopped", test_register_stopped);
  g_test_add_func ("/forms/labels", test_labels);
  g_test_add_func ("/forms/blank", test_blank);
  g_test_add_func ("/forms/errors", test_errors);
  return run_sheets ();
}
