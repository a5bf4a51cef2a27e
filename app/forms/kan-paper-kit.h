/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a form is drawn with: text that wraps or shrinks and never is cut, ruled rows that flow over pages,
 * blocks with a label, QR codes. Lengths are millimetres, text sizes points. */
#pragma once
#include "forms/kan-paper.h"

G_BEGIN_DECLS

typedef enum { KAN_PAPER_PORTRAIT, KAN_PAPER_LANDSCAPE } KanPaperTurn;
typedef enum { KAN_PAPER_LEFT, KAN_PAPER_CENTRE, KAN_PAPER_RIGHT } KanPaperAlign;
typedef enum
{
  KAN_PAPER_SHADED = 1 << 0,   /* the grey of a heading */
  KAN_PAPER_STRUCK = 1 << 1,   /* a line through the words, which stay readable */
  KAN_PAPER_TIGHT  = 1 << 2,   /* rather shrinks a good deal than makes its row higher */
  KAN_PAPER_OPEN   = 1 << 3,   /* no line below it */
  KAN_PAPER_GOES_ON = 1 << 4   /* no line above it */
} KanPaperFlags;

#define KAN_PAPER_BODY   10.5
#define KAN_PAPER_SMALL  9.0
#define KAN_PAPER_TITLE  16.0
#define KAN_PAPER_GAP    1.5     /* between a frame and its text, left and right */

/* One cell of a row; text NULL is an empty cell. */
typedef struct
{
  double        width;
  const char   *text;
  double        size;            /* 0: KAN_PAPER_BODY */
  KanPaperAlign align;
  guint         flags;           /* KanPaperFlags */
} KanPaperCell;

typedef void (*KanPaperOpening) (KanPaper *self, gpointer data);

KanPaper *kan_paper_new        (KanPaperTurn turn, const char *title, const char *author);
void      kan_paper_set_foot   (KanPaper *self, const char *reference, const char *code);
void      kan_paper_set_runner (KanPaper *self, const char *text);
void      kan_paper_set_opening (KanPaper *self, KanPaperOpening opening, gpointer data);
KanPaper *kan_paper_finish     (KanPaper *self);

double    kan_paper_get_left   (const KanPaper *self);
double    kan_paper_get_width  (const KanPaper *self);
double    kan_paper_get_bottom (const KanPaper *self);
void      kan_paper_set_bottom (KanPaper *self, double y);
double    kan_paper_get_y      (const KanPaper *self);
void      kan_paper_set_y      (KanPaper *self, double y);
void      kan_paper_skip       (KanPaper *self, double height);
void      kan_paper_break      (KanPaper *self);
gboolean  kan_paper_need       (KanPaper *self, double height);
void      kan_paper_keep_begin (KanPaper *self);
void      kan_paper_keep_end   (KanPaper *self);

double    kan_paper_measure    (KanPaper *self, double size, const char *text);
double    kan_paper_text       (KanPaper *self, double x, double y, double width, double size, KanPaperAlign align,
                                const char *text);
void      kan_paper_fit        (KanPaper *self, double x, double y, double width, double height, double size,
                                KanPaperAlign align, const char *text);
double    kan_paper_try_wrap   (KanPaper *self, double width, double size, const char *text);
double    kan_paper_try_fit    (KanPaper *self, double width, double height, double size, const char *text);
void      kan_paper_paragraph  (KanPaper *self, double size, KanPaperAlign align, const char *text);

void      kan_paper_line       (KanPaper *self, double x1, double y1, double x2, double y2, double thickness);
void      kan_paper_cut_line   (KanPaper *self, double y);
void      kan_paper_frame      (KanPaper *self, double x, double y, double width, double height, double thickness);
void      kan_paper_shade      (KanPaper *self, double x, double y, double width, double height);
void      kan_paper_darken     (KanPaper *self, double x, double y, double width, double height);
double    kan_paper_code_side  (KanPaper *self, const char *payload);
void      kan_paper_code       (KanPaper *self, double x, double y, const char *payload);

void      kan_paper_set_least  (KanPaper *self, double height);
void      kan_paper_row        (KanPaper *self, double x, const KanPaperCell *cells, guint n, double height);
double    kan_paper_row_height (KanPaper *self, const KanPaperCell *cells, guint n, double height);
void      kan_paper_head_begin (KanPaper *self, double x, const KanPaperCell *cells, guint n, double height);
void      kan_paper_head_end   (KanPaper *self);
void      kan_paper_block_begin (KanPaper *self, double width, const char *label);
void      kan_paper_block_end  (KanPaper *self);

G_END_DECLS
