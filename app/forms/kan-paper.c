/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheets themselves: margins, pages, rules, QR codes, foot. */
#include "forms/kan-paper-private.h"

#define SHORT_SIDE  210.0
#define LONG_SIDE   297.0
#define LEFT        25.0     /* room for two holes */
#define MARGIN      20.0
#define FOOT_EDGE   8.0      /* the foot stands in the lower margin, this far from the sheet's edge */

static void
page_free (gpointer data)
{
  KanPaperPage *page = data;

  g_array_unref (page->ink);
  g_array_unref (page->rules);
  g_array_unref (page->codes);
  g_free (page);
}

static void
add_page (KanPaper *self)
{
  KanPaperPage *page = g_new0 (KanPaperPage, 1);

  page->ink = g_array_new (FALSE, FALSE, sizeof (KanPaperInk));
  page->rules = g_array_new (FALSE, FALSE, sizeof (KanPaperRule));
  page->codes = g_array_new (FALSE, FALSE, sizeof (KanPaperCode));
  g_ptr_array_add (self->pages, page);
  self->page = page;
  self->y = self->began = self->top;
}

static void
code_free (gpointer data)
{
  if (data != NULL)
    QRcode_free (data);
}

/**
 * kan_paper_new:
 * @turn: upright or across
 * @title: of the document, for the file's properties and the printer's queue
 * @author: (nullable): the association
 *
 * Returns: (transfer full): an empty first page; to be used from one thread at a time
 */
KanPaper *
kan_paper_new (KanPaperTurn turn, const char *title, const char *author)
{
  KanPaper *self = g_new0 (KanPaper, 1);

  self->title = g_strdup (title);
  self->author = g_strdup (author);
  self->width = turn == KAN_PAPER_PORTRAIT ? SHORT_SIDE : LONG_SIDE;
  self->height = turn == KAN_PAPER_PORTRAIT ? LONG_SIDE : SHORT_SIDE;
  self->left = LEFT;
  self->right = self->width - MARGIN;
  self->top = MARGIN;
  self->bottom = self->height - MARGIN;
  self->pages = g_ptr_array_new_with_free_func (page_free);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) kan_paper_text_free);
  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, code_free);
  self->missing = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->missing, NULL);
  kan_paper_set_up_text (self);
  add_page (self);
  return self;
}

/**
 * kan_paper_free:
 * @self: (transfer full) (nullable): a paper
 */
void
kan_paper_free (KanPaper *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->head.cells, g_array_unref);
  g_free (self->block.label);
  g_ptr_array_unref (self->pages);
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->codes);
  g_ptr_array_unref (self->missing);
  g_clear_object (&self->rare);
  g_object_unref (self->layout);
  g_object_unref (self->context);
  g_free (self->runner);
  g_free (self->foot_code);
  g_free (self->reference);
  g_free (self->author);
  g_free (self->title);
  g_free (self);
}

/**
 * kan_paper_set_foot:
 * @self: a paper with nothing on it yet
 * @reference: (nullable): by what the paper is found again, printed small at the foot of each page
 * @code: (nullable): what the QR code at the foot says
 *
 * Keeps room for the foot, which kan_paper_finish() draws.
 */
void
kan_paper_set_foot (KanPaper *self, const char *reference, const char *code)
{
  double side = kan_paper_code_side (self, code);

  self->reference = g_strdup (reference);
  self->foot_code = g_strdup (code);
  if (side > 0)
    self->bottom = MIN (self->bottom, self->height - FOOT_EDGE - side - 2);
}

/**
 * kan_paper_set_runner:
 * @self: a paper
 * @text: what stands small at the upper edge of the second and later pages, so that a loose sheet is known
 */
void
kan_paper_set_runner (KanPaper *self, const char *text)
{
  g_free (self->runner);
  self->runner = g_strdup (text);
}

/**
 * kan_paper_set_opening:
 * @self: a paper
 * @opening: (nullable): called when a further page has begun, before headings are repeated on it
 * @data: for @opening
 */
void
kan_paper_set_opening (KanPaper *self, KanPaperOpening opening, gpointer data)
{
  self->opening = opening;
  self->opening_data = data;
}

/**
 * kan_paper_get_left:
 * @self: a paper
 *
 * Returns: the left margin, millimetres
 */
double
kan_paper_get_left (const KanPaper *self)
{
  return self->left;
}

/**
 * kan_paper_get_width:
 * @self: a paper
 *
 * Returns: the width between the margins, millimetres
 */
double
kan_paper_get_width (const KanPaper *self)
{
  return self->right - self->left;
}

/**
 * kan_paper_get_bottom:
 * @self: a paper
 *
 * Returns: where the text of a page ends, above the foot, millimetres
 */
double
kan_paper_get_bottom (const KanPaper *self)
{
  return self->bottom;
}

/**
 * kan_paper_set_bottom:
 * @self: a paper
 * @y: millimetres
 *
 * Lets the text of this and further pages end at @y.
 */
void
kan_paper_set_bottom (KanPaper *self, double y)
{
  self->bottom = y;
}

/**
 * kan_paper_get_y:
 * @self: a paper
 *
 * Returns: where the next row or paragraph goes, millimetres from the upper edge
 */
double
kan_paper_get_y (const KanPaper *self)
{
  return self->y;
}

/**
 * kan_paper_set_y:
 * @self: a paper
 * @y: millimetres from the upper edge
 *
 * Lets the next row or paragraph go at @y.
 */
void
kan_paper_set_y (KanPaper *self, double y)
{
  self->y = y;
}

/**
 * kan_paper_skip:
 * @self: a paper
 * @height: millimetres
 *
 * Leaves @height empty below what is there already.
 */
void
kan_paper_skip (KanPaper *self, double height)
{
  self->y += height;
}

/**
 * kan_paper_break:
 * @self: a paper
 *
 * Goes on with a new page; an open block or table is closed here and resumed there.
 */
void
kan_paper_break (KanPaper *self)
{
  kan_paper_table_break (self);
  add_page (self);
  if (self->opening != NULL)
    self->opening (self, self->opening_data);
  kan_paper_table_resume (self);
  self->began = self->y;
}

/**
 * kan_paper_keep_begin:
 * @self: a paper
 *
 * What is drawn from here to kan_paper_keep_end() stays on one page, as far as a page holds it: where kan_paper_need()
 * takes a new one, it goes there too. Nothing new begins while something is kept on this page.
 */
void
kan_paper_keep_begin (KanPaper *self)
{
  if (self->kept.page == self->page)
    return;
  self->kept.page = self->page;
  self->kept.y = self->y;
  self->kept.ink = self->page->ink->len;
  self->kept.rules = self->page->rules->len;
  self->kept.codes = self->page->codes->len;
  self->kept.cells = self->head.cells;
}

/**
 * kan_paper_keep_end:
 * @self: a paper
 */
void
kan_paper_keep_end (KanPaper *self)
{
  self->kept.page = NULL;
}

static gboolean
may_carry (const KanPaper *self, double height)
{
  return self->kept.page == self->page
         && self->y - self->kept.y + height <= self->bottom - self->began + 0.01;
}

/* From the page that was to the one that is, @by lower. */
static void
move_kept (KanPaper *self, KanPaperPage *from, double by)
{
  for (guint i = self->kept.ink; i < from->ink->len; i++)
    {
      KanPaperInk *ink = &g_array_index (from->ink, KanPaperInk, i);

      ink->y += by;
      g_array_append_val (self->page->ink, *ink);
    }
  for (guint i = self->kept.rules; i < from->rules->len; i++)
    {
      KanPaperRule *rule = &g_array_index (from->rules, KanPaperRule, i);

      rule->y += by;
      g_array_append_val (self->page->rules, *rule);
    }
  for (guint i = self->kept.codes; i < from->codes->len; i++)
    {
      KanPaperCode *code = &g_array_index (from->codes, KanPaperCode, i);

      code->y += by;
      g_array_append_val (self->page->codes, *code);
    }
  g_array_set_size (from->ink, self->kept.ink);
  g_array_set_size (from->rules, self->kept.rules);
  g_array_set_size (from->codes, self->kept.codes);
}

/* A page break before all that is kept; a block or table begun since goes along as it stands. */
static gboolean
carry_kept (KanPaper *self)
{
  KanPaperPage *from = self->page;
  double height = self->y - self->kept.y, from_y = self->kept.y, block_y = self->block.y, by;
  gboolean block = self->block.label != NULL && block_y >= from_y, table = self->head.cells != self->kept.cells;
  GArray *cells = table ? g_steal_pointer (&self->head.cells) : NULL;

  self->y = from_y;
  kan_paper_break (self);
  by = self->y - from_y;
  move_kept (self, from, by);
  if (block)
    self->block.y = block_y + by;
  if (table)
    self->head.cells = cells;
  self->kept.page = self->page;
  self->kept.y = self->y;
  self->kept.ink = self->kept.rules = self->kept.codes = 0;
  self->y += height;
  return !table;
}

/**
 * kan_paper_need:
 * @self: a paper
 * @height: millimetres that must not be torn apart
 *
 * Returns: %TRUE if that took a new page, at the top of which the headings of an open table stand again
 */
gboolean
kan_paper_need (KanPaper *self, double height)
{
  if (self->y + height <= self->bottom + 0.01)
    return FALSE;
  if (may_carry (self, height))
    return carry_kept (self);
  kan_paper_break (self);
  return TRUE;
}

/**
 * kan_paper_add_rule:
 *
 * Adds a rule to the current page.
 */
void
kan_paper_add_rule (KanPaper *self, KanPaperRuleKind kind, double x, double y, double width, double height,
                    double thickness)
{
  KanPaperRule rule = { kind, x, y, width, height, thickness };

  g_array_append_val (self->page->rules, rule);
}

/**
 * kan_paper_line:
 * @self: a paper
 * @x1: from, millimetres
 * @y1: from, millimetres
 * @x2: to, millimetres
 * @y2: to, millimetres
 * @thickness: millimetres
 */
void
kan_paper_line (KanPaper *self, double x1, double y1, double x2, double y2, double thickness)
{
  kan_paper_add_rule (self, KAN_RULE_LINE, x1, y1, x2 - x1, y2 - y1, thickness);
}

/**
 * kan_paper_cut_line:
 * @self: a paper
 * @y: where, millimetres
 *
 * Draws a broken line across the whole sheet, to cut along.
 */
void
kan_paper_cut_line (KanPaper *self, double y)
{
  kan_paper_add_rule (self, KAN_RULE_CUT, 5, y, self->width - 10, 0, KAN_PAPER_HAIR);
}

/**
 * kan_paper_frame:
 * @self: a paper
 * @x: left, millimetres
 * @y: top, millimetres
 * @width: millimetres
 * @height: millimetres
 * @thickness: of the line, millimetres
 */
void
kan_paper_frame (KanPaper *self, double x, double y, double width, double height, double thickness)
{
  kan_paper_add_rule (self, KAN_RULE_FRAME, x, y, width, height, thickness);
}

/**
 * kan_paper_shade:
 * @self: a paper
 * @x: left, millimetres
 * @y: top, millimetres
 * @width: millimetres
 * @height: millimetres
 */
void
kan_paper_shade (KanPaper *self, double x, double y, double width, double height)
{
  kan_paper_add_rule (self, KAN_RULE_SHADE, x, y, width, height, 0);
}

/**
 * kan_paper_darken:
 * @self: a paper
 * @x: left, millimetres
 * @y: top, millimetres
 * @width: millimetres
 * @height: millimetres
 *
 * Fills a box with a grey that is told apart from that of kan_paper_shade() and lets words be read.
 */
void
kan_paper_darken (KanPaper *self, double x, double y, double width, double height)
{
  kan_paper_add_rule (self, KAN_RULE_DARK, x, y, width, height, 0);
}

/**
 * kan_paper_encode:
 *
 * The code for a payload, made once; NULL, and told, where no QR code holds so much.
 */
const QRcode *
kan_paper_encode (KanPaper *self, const char *payload)
{
  gpointer code;

  if (payload == NULL || *payload == '\0')
    return NULL;
  if (!g_hash_table_lookup_extended (self->codes, payload, NULL, &code))
    {
      code = QRcode_encodeString8bit (payload, 0, QR_ECLEVEL_M);
      if (code == NULL)
        kan_paper_tell_missing (self, "QR");
      g_hash_table_insert (self->codes, g_strdup (payload), code);
    }
  return code;
}

/**
 * kan_paper_code_side:
 * @self: a paper
 * @payload: (nullable): what the QR code says, at most about 200 bytes for a foot of usual height
 *
 * Returns: its side without the quiet zone, millimetres: half a millimetre a module, so that a 150 dpi scan reads it
 */
double
kan_paper_code_side (KanPaper *self, const char *payload)
{
  const QRcode *code = kan_paper_encode (self, payload);

  return code == NULL ? 0 : code->width * KAN_PAPER_MODULE;
}

/**
 * kan_paper_code:
 * @self: a paper
 * @x: left, millimetres
 * @y: top, millimetres
 * @payload: (nullable): what the QR code says
 *
 * Draws a QR code (ISO/IEC 18004, level M); 2 mm around it must stay white.
 */
void
kan_paper_code (KanPaper *self, double x, double y, const char *payload)
{
  KanPaperCode code = { kan_paper_encode (self, payload), x, y };

  if (code.code != NULL)
    g_array_append_val (self->page->codes, code);
}

static void
draw_foot (KanPaper *self, guint number, guint n)
{
  double width = self->right - self->left, side = kan_paper_code_side (self, self->foot_code);
  double y = self->height - FOOT_EDGE;
  g_autofree char *page = g_strdup_printf ("%u/%u頁", number, n);

  kan_paper_code (self, self->right - side, y - side, self->foot_code);
  if (self->reference != NULL)
    kan_paper_fit (self, self->left, y - 10, width - side - 5, 5, KAN_PAPER_SMALL, KAN_PAPER_LEFT, self->reference);
  kan_paper_fit (self, self->left + side, y - 5, width - 2 * side, 5, KAN_PAPER_SMALL, KAN_PAPER_CENTRE, page);
  if (number > 1 && self->runner != NULL)
    kan_paper_fit (self, self->left, self->top - 8, width, 5, KAN_PAPER_SMALL, KAN_PAPER_RIGHT, self->runner);
}

/**
 * kan_paper_finish:
 * @self: (transfer full): a paper with everything on it
 *
 * Draws the foot of each page, now that their number is known.
 *
 * Returns: (transfer full): @self
 */
KanPaper *
kan_paper_finish (KanPaper *self)
{
  for (guint i = 0; i < self->pages->len; i++)
    {
      self->page = g_ptr_array_index (self->pages, i);
      draw_foot (self, i + 1, self->pages->len);
    }
  return self;
}

/**
 * kan_paper_get_title:
 * @self: a paper
 *
 * Returns: the document's title
 */
const char *
kan_paper_get_title (const KanPaper *self)
{
  return self->title;
}

/**
 * kan_paper_get_size:
 * @self: a paper
 * @width: (out): points
 * @height: (out): points
 */
void
kan_paper_get_size (const KanPaper *self, double *width, double *height)
{
  *width = self->width / KAN_PAPER_MM_PER_PT;
  *height = self->height / KAN_PAPER_MM_PER_PT;
}

/**
 * kan_paper_n_pages:
 * @self: a paper
 *
 * Returns: how many pages it has
 */
guint
kan_paper_n_pages (const KanPaper *self)
{
  return self->pages->len;
}

/**
 * kan_paper_get_missing:
 * @self: a paper
 *
 * Returns: (transfer none) (array zero-terminated=1): the characters printed as 〓, or in another variant than the name
 * asks for, because no installed font has them, e.g. "辻󠄀 (U+8FBB U+E0100)"; the caller tells them
 */
const char *const *
kan_paper_get_missing (const KanPaper *self)
{
  return (const char *const *) self->missing->pdata;
}
