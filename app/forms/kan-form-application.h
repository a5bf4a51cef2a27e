/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 記録媒体持出承諾申請書: asking two officers to consent to taking media outside (article 11, paragraph 3). */
#pragma once
#include "forms/kan-form.h"

G_BEGIN_DECLS

typedef enum { KAN_DECISION_OPEN, KAN_DECISION_CONSENTED, KAN_DECISION_REFUSED } KanDecision;

/* One column of 決裁欄. */
typedef struct
{
  const char *role;         /* NULL: the form's own for the first two */
  KanDecision decision;
  const char *condition;    /* 条件, or the reason of a refusal */
  const char *date;
  KanFormSeal seal;
} KanApplicationDecision;

typedef struct
{
  KanFormHead          head;
  const char          *addressees[2];      /* with title or name; NULL: the two offices of the regulation */
  KanFormPerson        applicant;
  const char          *basis;              /* the article, "第11条第3項"; NULL: that one */
  const char          *kind;               /* 往復, 引渡し（返却なし）, 廃棄委託 */
  const KanFormMedium *media;
  guint                n_media;
  const char          *quantity, *count;   /* "3点", "1,234件" */
  const char          *reason;
  const char          *destination, *counterpart;
  const char          *outside;            /* what counts as outside; NULL: not told */
  const char          *from, *until;       /* until is not printed where nothing returns */
  gboolean             no_return;
  const char          *method, *route, *carrier;
  const char          *container, *seal;   /* 容器・包装, 封印番号 */
  const KanApplicationDecision *decisions; /* the two managers, and the chief where he decides what is lacking */
  guint                n_decisions;
  const char          *capacities;         /* who decided in which capacity, and why; NULL: nothing to add */
  const char          *remarks;            /* 規程不適合 in what was done since; NULL: nothing */
  const char          *returned_at, *returned_quantity, *returned_state, *returned_by, *taken_back_by;
} KanApplicationForm;

KanPaper *kan_form_application_new (const KanApplicationForm *data);

G_END_DECLS
