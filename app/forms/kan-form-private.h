/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts that the official forms are put together from. */
#pragma once
#include "forms/kan-form.h"
#include "forms/kan-paper-kit.h"

G_BEGIN_DECLS

#define KAN_FORM_LABEL 36.0     /* width of a block's label, millimetres */
#define KAN_FORM_NAME  22.0     /* width of a field's name within a block */
#define KAN_FORM_ROW   6.3
#define KAN_FORM_TABLE 6.0     /* least height of a row of a table */
#define KAN_FORM_BY_HAND 7.3   /* the same of a form that is filled in by hand */
#define KAN_FORM_SEAL  20.0
#define KAN_FORM_STRIP 8.0
#define KAN_FORM_TITLE 6.0
#define KAN_FORM_NONE  "―"      /* where nothing is to be said: no cell is left for somebody else to fill */
#define KAN_FORM_INLINE_MAX 4   /* more media than this go on an annex */

/* The columns of a table; the texts of row `i` of its data. */
typedef struct { const char *const *heads; const double *shares; guint n, right; } KanFormColumns;
typedef void (*KanFormCellsFunc) (gconstpointer data, guint i, const char **texts);

char       *kan_form_reference  (const KanFormHead *head);
KanPaper   *kan_form_begin      (KanPaperTurn turn, const char *title, const KanFormHead *head);
void        kan_form_numbers    (KanPaper *paper, const KanFormHead *head);
void        kan_form_addressee  (KanPaper *paper, const char *who);
void        kan_form_issuer     (KanPaper *paper, const char *association, const char *role, const KanFormPerson *who);
void        kan_form_title      (KanPaper *paper, const char *title, const char *body);
void        kan_form_close      (KanPaper *paper);
void        kan_form_field      (KanPaper *paper, const char *name, const char *value);
void        kan_form_fields     (KanPaper *paper, const char *name, const char *value, const char *name2,
                                 const char *value2);
void        kan_form_value      (KanPaper *paper, const char *value);
void        kan_form_words      (KanPaper *paper, const char *value, double height);
void        kan_form_table_row  (KanPaper *paper, double x, double width, const double *shares, guint n, guint right,
                                 const char *const *texts, gboolean head);
void        kan_form_table      (KanPaper *paper, double x, double width, const KanFormColumns *columns,
                                 KanFormCellsFunc cells, gconstpointer data, guint n, guint empty);
void        kan_form_list       (KanPaper *paper, const KanFormColumns *columns, KanFormCellsFunc cells,
                                 gconstpointer data, guint n, gboolean blank);
void        kan_form_note       (KanPaper *paper, const char *text);
void        kan_form_seal       (KanPaper *paper, double x, double y, const KanFormSeal *seal);
double      kan_form_seals      (KanPaper *paper, const char *label, const char *const *titles,
                                 const KanFormSeal *seals, guint n);
const char *kan_form_or         (const char *value, const char *otherwise);
char       *kan_form_person     (const KanFormPerson *who);
char       *kan_form_annex_name (guint number, guint of);
void        kan_form_annex      (KanPaper *paper, const char *name, const char *subject, double room);

G_END_DECLS
