/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 記録媒体廃棄証明書: the destruction certificate (article 11, paragraphs 4 and 5). */
#pragma once
#include "forms/kan-form.h"

G_BEGIN_DECLS

/* One recording of identity information that stood on the media. */
typedef struct
{
  const char *medium;      /* 登録番号 */
  const char *recorded;    /* 記録日 */
  const char *purpose;     /* 利用目的 */
  const char *payment;     /* 対象給付日 */
  const char *count;       /* 件数 */
  const char *copies;      /* 複製の処置 */
} KanCertificateBatch;

/* When, where and how one medium was erased; without `medium`, all of them. */
typedef struct { const char *medium, *at, *where, *method, *tool; } KanCertificateErasure;

typedef struct { const char *capacity; KanFormPerson who; } KanCertificateHand;   /* 実施者, 立会者 */

enum { KAN_CERTIFICATE_CHIEF, KAN_CERTIFICATE_INFORMATION_MANAGER, KAN_CERTIFICATE_SYSTEM_MANAGER,
       KAN_CERTIFICATE_WITNESS, KAN_CERTIFICATE_EXECUTOR, KAN_CERTIFICATE_N_SEALS };

typedef struct
{
  KanFormHead                head;
  const char                *addressee;        /* 本人確認情報管理責任者 */
  const char                *issuer_role;      /* 住基ネットシステム管理者 */
  KanFormPerson              issuer;
  const KanFormMedium       *media;
  guint                      n_media;
  const KanCertificateBatch *batches;
  guint                      n_batches;
  const char                *count;            /* 件数の合計 */
  const KanCertificateErasure *erasures;       /* one, or one for each medium where they differ */
  guint                      n_erasures;
  const char                *verified;         /* 確認結果 */
  const char                *destroyed_at, *destroyed_where, *destruction, *standard, *device;
  const KanCertificateHand  *hands;
  guint                      n_hands;
  const char                *contractor, *contractor_certificate;   /* NULL: 該当なし */
  const char                *attached;         /* "写真3葉" */
  const char *const         *digests;          /* 要約値 of what is attached; NULL-terminated, or NULL */
  const char                *remarks;
  const char                *capacities;       /* who decided in which capacity, and why; NULL: nothing to add */
  KanFormSeal                seals[KAN_CERTIFICATE_N_SEALS];
} KanCertificateForm;

char     *kan_form_certificate_copies (gint64 same, const char *elsewhere);
KanPaper *kan_form_certificate_new    (const KanCertificateForm *data);

G_END_DECLS
