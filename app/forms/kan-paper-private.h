/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages behind KanPaper: words already shaped, rules and codes, shared by the files of the kit. */
#pragma once
#include "forms/kan-paper-kit.h"

#include <pango/pangocairo.h>
#include <qrencode.h>

G_BEGIN_DECLS

#define KAN_PAPER_MM_PER_PT (25.4 / 72.0)
#define KAN_PAPER_SHAPED_AT 10.0     /* points: everything is shaped at one size and scaled when drawn */
#define KAN_PAPER_LEADING   1.45     /* from line to line, em */
#define KAN_PAPER_HAIR      0.2
#define KAN_PAPER_MODULE    0.5      /* side of a QR module: 3 dots at 150 dpi */

/* A stretch of glyphs from one font; x from the start of the line, em. */
typedef struct { PangoGlyphItem *glyphs; double x; } KanPaperRun;
typedef struct { guint first, n; double width; } KanPaperLine;

/* Words shaped and broken into lines; immutable, shared between the places that print them. */
typedef struct
{
  char   *words;
  GArray *runs;      /* KanPaperRun */
  GArray *lines;     /* KanPaperLine */
  double  width;     /* of the longest line, em */
} KanPaperText;

/* How words go into a room that cannot grow: narrowed (長体) to this share of their width. */
typedef struct { const KanPaperText *text; double size, narrow; } KanPaperFit;

/* A line put on a page: left end, baseline, size of an em. */
typedef struct { const KanPaperText *text; guint line; double x, y, em, narrow; } KanPaperInk;
typedef struct { const QRcode *code; double x, y; } KanPaperCode;
typedef enum { KAN_RULE_SHADE, KAN_RULE_DARK, KAN_RULE_FRAME, KAN_RULE_LINE, KAN_RULE_CUT } KanPaperRuleKind;
typedef struct { KanPaperRuleKind kind; double x, y, width, height, thickness; } KanPaperRule;

typedef struct { GArray *ink, *rules, *codes; } KanPaperPage;

struct _KanPaper
{
  char         *title, *author, *reference, *foot_code, *runner;
  double        width, height, left, right, top, bottom, y, least;
  double        began;            /* where the text of the current page begins, below what stands above it */
  GPtrArray    *pages;            /* KanPaperPage, owned */
  KanPaperPage *page;             /* the one being laid out */
  PangoContext *context;
  PangoLayout  *layout;           /* the only one: shapes everything */
  PangoFont    *rare;             /* IPAmj Mincho where it is installed */
  GHashTable   *texts;            /* wrap width and words → KanPaperText, owned */
  GHashTable   *codes;            /* payload → QRcode, owned; NULL where it does not fit */
  GPtrArray    *missing;          /* NULL-terminated */
  KanPaperOpening opening;        /* draws what stands above the text of each further page */
  gpointer      opening_data;
  struct { double x; GArray *cells; double height; } head;            /* repeated after a break; cells own their text */
  struct { char *label; double x, width, y; } block;
  struct { KanPaperPage *page; double y; guint ink, rules, codes; GArray *cells; } kept;  /* page NULL: nothing is */
};

const KanPaperText *kan_paper_shape       (KanPaper *self, const char *words, double wrap);
PangoAttrList      *kan_paper_keep_together (const char *words, double wrap);
void                kan_paper_text_free   (KanPaperText *text);
void                kan_paper_set_up_text (KanPaper *self);
/* Elements: the fonts of what stands on the pages, each without all else (kan-paper-fonts.c). */
GHashTable         *kan_paper_cut_fonts   (const KanPaper *self);
void                kan_paper_show_run    (cairo_t *cr, GHashTable *fonts, const char *words, PangoGlyphItem *item);
void                kan_paper_tell_missing (KanPaper *self, const char *what);
void                kan_paper_put         (KanPaper *self, const KanPaperText *text, guint line, double x, double y,
                                           double width, double size, double narrow, KanPaperAlign align);
KanPaperFit         kan_paper_find_fit    (KanPaper *self, double width, double height, double size, const char *words);
double              kan_paper_line_height (double size);
void                kan_paper_add_rule    (KanPaper *self, KanPaperRuleKind kind, double x, double y, double width,
                                           double height, double thickness);
const QRcode       *kan_paper_encode      (KanPaper *self, const char *payload);
void                kan_paper_table_break (KanPaper *self);
void                kan_paper_table_resume (KanPaper *self);

G_END_DECLS
