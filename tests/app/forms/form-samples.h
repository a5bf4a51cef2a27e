/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lifelike data for the forms: a usual case, one that strains every field, and rows of a visitors' register. */
#pragma once
#include "forms/kan-form-application.h"
#include "forms/kan-form-certificate.h"
#include "forms/kan-form-register.h"
#include "forms/kan-form-slip.h"

#define SAMPLE_CODE   "KANRIBO1:4821:7Q2M9XK4T1VB8ZC3R6NDP0WHJ5SGYEFA:11-00012"
#define SAMPLE_ANCHOR "4821-7Q2M-9XK4-T1VB-8ZC3-R6ND-P0WH-J5SG-YEFA"
#define SAMPLE_IVS    "辻\U000E0100　葛\U000E0100彦"
#define LONG_NAME     "勘解由小路　左衛門三郎兵衛之丞徳右衛門"
#define LONG_COMPANY  "株式会社西日本情報処理総合サービスセンター長崎支店データ消去・機密文書処理事業部第二課"
#define LONG_TEXT     "年金受給権者現況確認のため、電算処理を委託している計算センターにおいて突合処理を行う必要があり、" \
                      "回線を用いた授受が認められていないことから、暗号化を施した記録媒体により本人確認情報を搬送するもの。" \
                      "処理の終了後は速やかに返却を受け、課内において件数を確認の上、所定の保管場所に収納する。"

#define SAMPLE_HEAD(number_) { "長崎県市町村職員共済組合", number_, "長市共年第345号", "令和8年2月27日", SAMPLE_ANCHOR, SAMPLE_CODE, \
                               NULL, "T1234" }

static const KanFormMedium sample_media[] = {
  { "U-0012", "USBメモリ", "東芝 TransMemory U365", "21TSA0098812", "32GB", "1,234件" },
  { "D-0031", "DVD-R", "太陽誘電 DR-47WWY", NULL, "1枚", "980件", "1枚" },
};
static const KanCertificateBatch sample_batches[] = {
  { "U-0012", "令和7年9月24日", "現況確認（第10条第4号）", "令和7年10月15日", "1,234件", "複製なし" },
  { "D-0031", "令和7年9月25日", "請求の審査（第10条第2号）", "令和7年10月15日", "980件", "複製なし" },
};
static const KanCertificateErasure sample_erasures[] = {
  { NULL, "令和8年2月26日 14時30分", "電算室", "全領域上書き（NIST 800-88 Clear）", "nwipe 0.34" },
};
static const KanCertificateHand sample_hands[] = {
  { "実施者", { "年金課", "主任", SAMPLE_IVS } },
  { "立会者", { "総務課", "係長", "髙﨑　花子" } },
};
static const char *const sample_digests[] = {
  "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
  "fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13", NULL,
};
static const KanCertificateForm sample_certificate = {
  .head = SAMPLE_HEAD ("廃棄証明第12号"),
  .issuer = { NULL, "年金課長", "長崎　太郎" },
  .media = sample_media, .n_media = 2, .batches = sample_batches, .n_batches = 2, .count = "2,214件",
  .erasures = sample_erasures, .n_erasures = 1,
  .verified = "全領域を読み出し、上書きされていることを確認した。",
  .destroyed_at = "令和8年2月26日 15時10分", .destroyed_where = "書庫", .destruction = "破砕（シュレッダー）",
  .standard = "DIN 66399 E-4・O-4", .device = "メディアシュレッダー MSD-F31",
  .hands = sample_hands, .n_hands = 2, .attached = "写真3葉", .digests = sample_digests,
  .seals = {
    { NULL, "諫早　一郎", "R8.2.27 9:12", "9F3A12BC", "後閲" },
    { NULL, "大村　和子", "R8.2.27 9:05", "41D07E55", "代決（出張）" },
    { NULL, "長崎　太郎", "R8.2.26 16:40", "77AA0C19", NULL },
    { NULL, "髙﨑　花子", "R8.2.26 15:20", "B0E2F6D4", NULL },
    { NULL, SAMPLE_IVS, "R8.2.26 15:15", "5C8811EE", NULL },
  },
  .capacities = "※　本人確認情報管理責任者の決裁は、総務課長の出張により総務課長補佐 大村和子が代決した（職務代理順位第1位）。",
};

static const KanApplicationDecision sample_decisions[] = {
  { NULL, KAN_DECISION_CONSENTED, "封印番号を搬出の際に記録すること。", "令和8年1月14日",
    { NULL, "大村　和子", "R8.1.14 10:21", "41D07E55", "代決（出張）" } },
  { NULL, KAN_DECISION_CONSENTED, NULL, "令和8年1月14日", { NULL, "長崎　太郎", "R8.1.14 11:02", "77AA0C19", NULL } },
  { NULL, KAN_DECISION_REFUSED, LONG_TEXT, "令和8年1月15日", { NULL, LONG_NAME, "R8.1.15 8:45", "9F3A12BC", NULL } },
};
static const KanApplicationForm sample_application = {
  .head = SAMPLE_HEAD ("持出第7号"),
  .applicant = { "年金課", "主任", SAMPLE_IVS }, .kind = "往復",
  .media = sample_media, .n_media = 2, .quantity = "2点", .count = "2,214件",
  .reason = "年金受給権者現況確認に係る突合処理を計算センターで行うため。",
  .destination = "長崎県国民健康保険団体連合会 電算センター", .counterpart = "システム課　佐世保　次郎",
  .outside = "組合が施錠して管理する区画の外",
  .from = "令和8年1月15日", .until = "令和8年1月16日",
  .method = "公用車", .route = "組合事務所→国道34号→電算センター（立寄りなし）", .carrier = "年金課　主任　" SAMPLE_IVS,
  .container = "施錠式アタッシェケース（静電気防止袋、緩衝材）", .seal = "S-000231",
  .decisions = sample_decisions, .n_decisions = 2,
  .returned_at = "令和8年1月16日 15時40分", .returned_quantity = "2点", .returned_state = "異状なし",
  .returned_by = SAMPLE_IVS, .taken_back_by = "髙﨑　花子",
};

static const KanSlipForm sample_slip = {
  .head = SAMPLE_HEAD ("搬送第7号"), .kind = "往復", .approval = "持出第7号",
  .media = sample_media, .n_media = 2, .quantity = "2点", .count = "2,214件",
  .sender = { "年金課", "主任", SAMPLE_IVS }, .sent_at = "令和8年1月15日 9時05分",
  .counterpart = "長崎県国民健康保険団体連合会", .destination = "電算センター",
  .carrier = "年金課　主任　" SAMPLE_IVS, .method = "公用車",
  .route = "組合事務所→国道34号→電算センター（立寄りなし）",
  .container = "施錠式アタッシェケース", .seal = "S-000231", .given_by = "髙﨑　花子", .taken_by = SAMPLE_IVS,
  .emergency = "長崎県市町村職員共済組合 年金課", .telephone = "095-000-0000（夜間・休日 090-0000-0000）",
  .return_to = "長崎県市町村職員共済組合 年金課", .return_address = "〒850-0000 長崎市○○町1番1号",
};

static const KanRegisterColumn sample_columns[] = {
  { "番号", 4, TRUE }, { "月日", 5, FALSE }, { "入室", 4, FALSE }, { "退室", 4, FALSE }, { "氏名", 8, FALSE },
  { "所属・会社名", 9, FALSE }, { "区分", 4, FALSE }, { "目的", 9, FALSE }, { "許可番号", 6, FALSE }, { "名札", 3, FALSE },
  { "同行者", 7, FALSE }, { "搬入・搬出物品", 7, FALSE }, { "備考", 8, FALSE },
};
static const KanRegisterHeading sample_headings[] = {
  { "場所", "電算室（記録媒体保管庫）" }, { "セキュリティ区分", "レベル3" }, { "年月", "令和8年2月" },
};

/* Which row comes next, of how many; the strings of the last one. */
typedef struct { guint at, n; gboolean strained; char number[16], day[32]; const char *cells[13]; } SampleRows;

static gboolean
sample_row (KanRegisterRow *row, gpointer data)
{
  static const char *const names[] = { "長崎　太郎", "髙﨑　花子", SAMPLE_IVS, "大村　和子", LONG_NAME };
  SampleRows *rows = data;
  guint i = rows->at++;
  gboolean vendor = i % 7 == 3;

  if (i >= rows->n)
    return FALSE;
  g_snprintf (rows->number, sizeof rows->number, "%u", i + 1);
  g_snprintf (rows->day, sizeof rows->day, "%u月%u日", i / 28 % 12 + 1, i % 28 + 1);
  rows->cells[0] = rows->number;
  rows->cells[1] = rows->day;
  rows->cells[2] = "9:05";
  rows->cells[3] = i % 11 == 5 ? NULL : "9:40";
  rows->cells[4] = names[i % (rows->strained ? 5 : 4)];
  rows->cells[5] = vendor ? (rows->strained ? LONG_COMPANY : "長崎システム㈱") : "年金課";
  rows->cells[6] = vendor ? "業者" : "職員";
  rows->cells[7] = vendor ? "機器の保守" : "記録媒体の庫出";
  rows->cells[8] = "許可第3号";
  rows->cells[9] = vendor ? "5" : NULL;
  rows->cells[10] = vendor ? "髙﨑　花子" : NULL;
  rows->cells[11] = vendor ? "工具箱" : NULL;
  rows->cells[12] = i % 9 == 4 ? "紙の管理簿から転記" : NULL;
  row->cells = rows->cells;
  row->marks = (i % 9 == 4 ? KAN_MARK_LATE : 0) | (i % 13 == 6 ? KAN_MARK_EXCEPTION : 0)
               | (i % 17 == 8 ? KAN_MARK_VOID : 0) | (i % 19 == 9 ? KAN_MARK_UNPERMITTED | KAN_MARK_DEVIATION : 0);
  return TRUE;
}

static inline KanRegisterForm
sample_register (SampleRows *rows, guint lines)
{
  return (KanRegisterForm) {
    .head = SAMPLE_HEAD ("入退室第2号"), .title = "入退室管理簿", .fiscal_year = "令和7年度", .classification = "住基ネット管理",
    .retention = "7年", .headings = sample_headings, .n_headings = 3, .columns = sample_columns, .n_columns = 13,
    .mark_column = 13, .lines = lines,
    .confirmation = { TRUE, "無", "退室時刻の記録漏れ1件は本人に確認し、後日入力した。",
                      { NULL, "長崎　太郎", "令和8年3月2日 9:00", "77AA0C19", NULL } },
    .next = rows != NULL ? sample_row : NULL, .next_data = rows,
  };
}

enum { SAMPLE_MANY = 40 };

/* Forty media, forty recordings, forty photographs. */
typedef struct
{
  char number[SAMPLE_MANY][16];
  KanFormMedium media[SAMPLE_MANY];
  KanCertificateBatch batches[SAMPLE_MANY];
  KanCertificateErasure erasures[SAMPLE_MANY];
  const char *digests[SAMPLE_MANY + 1];
} SampleMany;

static inline void
sample_many (SampleMany *many)
{
  for (guint i = 0; i < SAMPLE_MANY; i++)
    {
      g_snprintf (many->number[i], sizeof many->number[i], "U-%04u", i + 101);
      many->media[i] = sample_media[i % 2];
      many->media[i].number = many->number[i];
      many->batches[i] = sample_batches[i % 2];
      many->batches[i].medium = many->number[i];
      many->erasures[i] = sample_erasures[0];
      many->erasures[i].medium = many->number[i];
      many->digests[i] = sample_digests[i % 3];
    }
  many->digests[SAMPLE_MANY] = NULL;
  many->media[3].model = LONG_COMPANY;
  many->batches[5].purpose = LONG_TEXT;
  many->erasures[7].where = LONG_COMPANY;
}

static inline KanCertificateForm
sample_strained_certificate (const SampleMany *many)
{
  static const KanCertificateHand hands[] = {
    { "実施者", { LONG_COMPANY, "主任", LONG_NAME } }, { "立会者", { "総務課", "係長", "髙﨑　花子" } },
    { "立会者", { LONG_COMPANY, NULL, LONG_NAME } },
  };
  KanCertificateForm form = sample_certificate;

  form.head.association = LONG_COMPANY;
  form.head.document_number = LONG_NAME LONG_NAME;
  form.issuer.name = LONG_NAME;
  form.media = many->media;
  form.n_media = SAMPLE_MANY;
  form.batches = many->batches;
  form.n_batches = SAMPLE_MANY;
  form.digests = many->digests;
  form.hands = hands;
  form.n_hands = G_N_ELEMENTS (hands);
  form.erasures = many->erasures;
  form.n_erasures = SAMPLE_MANY;
  form.destruction = LONG_TEXT;
  form.contractor = LONG_COMPANY;
  form.contractor_certificate = "消去証明書 第A-20260226-001号（令和8年2月26日付け）";
  form.attached = "写真40葉";
  form.remarks = LONG_TEXT LONG_TEXT LONG_TEXT LONG_TEXT LONG_TEXT;
  form.capacities = LONG_TEXT LONG_TEXT;
  form.seals[2].name = LONG_NAME;
  form.seals[2].mark = "代決（事故・欠員により職務代理者が決裁）";
  return form;
}

static inline KanApplicationForm
sample_strained_application (const SampleMany *many)
{
  KanApplicationForm form = sample_application;

  form.media = many->media;
  form.n_media = SAMPLE_MANY;
  form.applicant = (KanFormPerson) { LONG_COMPANY, "主任", LONG_NAME };
  form.addressees[0] = LONG_COMPANY LONG_NAME;
  form.reason = LONG_TEXT;
  form.counterpart = LONG_COMPANY;
  form.carrier = LONG_COMPANY LONG_NAME;
  form.route = LONG_TEXT;
  form.n_decisions = 3;
  return form;
}

static inline KanSlipForm
sample_strained_slip (const SampleMany *many)
{
  KanSlipForm form = sample_slip;

  form.media = many->media;
  form.n_media = SAMPLE_MANY;
  form.sender.name = LONG_NAME;
  form.counterpart = LONG_COMPANY;
  form.carrier = LONG_COMPANY LONG_NAME;
  form.route = LONG_TEXT;
  form.emergency = LONG_COMPANY;
  return form;
}
