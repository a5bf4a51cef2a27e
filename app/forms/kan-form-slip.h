/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 搬送票: what stays, what travels and what comes back signed when media go outside (article 11, paragraph 3). */
#pragma once
#include "forms/kan-form.h"

G_BEGIN_DECLS

typedef struct
{
  KanFormHead          head;
  const char          *kind;                 /* 往復, 引渡し（返却なし）, 廃棄委託 */
  const char          *approval;             /* 承諾番号 */
  const char          *remarks;              /* 規程不適合, told to the sender only; NULL: nothing */
  const KanFormMedium *media;
  guint                n_media;
  const char          *quantity, *count;     /* the count stands on the sender's part only */
  KanFormPerson        sender;
  const char          *sent_at;
  const char          *counterpart, *destination;
  const char          *carrier, *method, *route;
  const char          *container, *seal;     /* 容器・包装, 封印番号 */
  const char          *given_by, *taken_by;  /* 渡した者, 受けた者 */
  const char          *emergency;            /* whom to call on the way */
  const char          *telephone;            /* NULL: a line to write it on */
  const char          *return_to;            /* 返送先 of the receipt */
  const char          *return_address;       /* NULL: a line to write it on */
} KanSlipForm;

KanPaper *kan_form_slip_new (const KanSlipForm *data);

G_END_DECLS
