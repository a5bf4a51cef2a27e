/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any register as the 管理簿 the regulation names: a cover, then a table whose irregular lines say so in words. */
#pragma once
#include "forms/kan-form.h"

G_BEGIN_DECLS

/* Its width in full-width characters: of an empty form, and of one with fixed lines; else what stands in it decides.
 * `plain`: not struck through in a voided line. */
typedef struct { const char *label; guint width; gboolean right, plain; } KanRegisterColumn;

typedef enum
{
  KAN_MARK_LATE        = 1 << 0,   /* 後: entered afterwards */
  KAN_MARK_EXCEPTION   = 1 << 1,   /* 特例 */
  KAN_MARK_DEVIATION   = 1 << 2,   /* 規程不適合 */
  KAN_MARK_UNPERMITTED = 1 << 3,   /* 未許可 */
  KAN_MARK_ALTERED     = 1 << 5,   /* 異状: its entries are not what was signed */
  KAN_MARK_VOID        = 1 << 4    /* 取消: the words are struck through, the number stays */
} KanRegisterMark;

/* As many cells as there are columns, what is told beneath them (NULL-terminated, each in one line where it can be;
 * NULL: nothing), and beneath these why it was voided (NULL: nothing); only looked at during the call. */
typedef struct { const char *const *cells, *const *beneath; const char *voided; guint marks; } KanRegisterRow;

/* Gives the next row in @row, or returns FALSE after the last. */
typedef gboolean (*KanRegisterNext) (KanRegisterRow *row, gpointer data);

typedef struct { const char *label, *value; } KanRegisterHeading;

typedef struct
{
  gboolean    wanted;              /* 月次確認 is printed at all */
  const char *irregular;           /* 異状の有無 */
  const char *remarks;             /* 所見 */
  KanFormSeal seal;                /* システム管理者 */
} KanRegisterConfirmation;

typedef struct _KanRegisterForm KanRegisterForm;

struct _KanRegisterForm
{
  KanFormHead               head;             /* the date is when it was printed */
  const char               *title;            /* 帳簿名 */
  const char               *verified;         /* 検査: when the whole file was, and what was found */
  const char               *clock;            /* what is to be said of the terminal's clock */
  const char               *fiscal_year;      /* "令和7年度" */
  const char               *classification;   /* 分類 */
  const char               *retention;        /* 保存期間 */
  const KanRegisterHeading *headings;         /* 場所, セキュリティ区分, 年月 …: on the cover and above each table */
  guint                     n_headings;
  gboolean                  portrait;         /* upright; a narrow one without fixed lines is by itself */
  const KanRegisterColumn  *columns;
  guint                     n_columns;
  guint                     mark_column;      /* which column, from 1, the marks stand in; 0: one of their own */
  guint                     lines;            /* of a sheet, e.g. 20, filled up with empty ones; 0: as many as fit */
  KanRegisterConfirmation   confirmation;     /* on each sheet where `lines` is set, else after the last row */
  KanRegisterNext           next;
  gpointer                  next_data;
  const char *const        *beneath;          /* what is to be told beneath each line of an empty form; NULL: nothing */
  const KanRegisterForm    *also;             /* the book's other part, on sheets of its own: title, columns and rows */
};

KanPaper *kan_form_register_new (const KanRegisterForm *data);

G_END_DECLS
