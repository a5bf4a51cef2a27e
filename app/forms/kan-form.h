/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the official forms have in common. All strings are ready to print (wareki, "1,234件"); NULL prints empty. */
#pragma once
#include "forms/kan-paper.h"

G_BEGIN_DECLS

/* Upper right corner and foot. `code` is what the QR code says, best under 200 bytes. */
typedef struct
{
  const char *association;
  const char *number;            /* of our own series: "廃棄証明第12号" */
  const char *document_number;   /* 文書番号 of the office's register */
  const char *date;
  const char *anchor;            /* 確認符号 */
  const char *code;
  const char *title;             /* what the profile calls the form; NULL: the form's own title */
  const char *record;            /* 記録番号, "T26"; NULL: of no one record */
} KanFormHead;

typedef struct { const char *office, *post, *name; } KanFormPerson;   /* 所属・職・氏名 */

typedef struct
{
  const char *number;            /* 登録番号 */
  const char *kind, *model, *serial, *capacity;
  const char *count;             /* 件数; not printed on what travels */
  const char *sheets;            /* of paper, which has no serial number */
} KanFormMedium;

/* A seal box: room for a real seal, and the electronic approval in the strip beneath it. */
typedef struct
{
  const char *title;             /* above the box; NULL: the form's own */
  const char *name, *at, *key;   /* 氏名, 日時, 鍵指紋下8桁 */
  const char *mark;              /* 代決, 後閲, with the reason; small in the corner */
  const char *remark;            /* what a deputy added (付記), beneath it */
} KanFormSeal;

G_END_DECLS
