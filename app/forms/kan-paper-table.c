/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ruled rows that grow with their words, break over pages and repeat their headings, and blocks with a label. */
#include "forms/kan-paper-private.h"

#define PADDING 0.5                  /* above and below the words of a cell */
#define MAY_SHRINK 0.8               /* rather than break a line, a cell takes up to this share of its size */
#define TIGHTEST 0.62                /* the same for a cell that is to keep its row low */
#define SPLIT_FROM 60.0              /* words higher than this fill the page up; any other row moves to the next */
#define LABEL_SIZE 9.5
#define CONTINUED "（続き）"

typedef struct { const KanPaperText *text; double x, width, size, narrow, padding; KanPaperAlign align; } Laid;

static double
cell_size (const KanPaperCell *cell)
{
  return cell->size > 0 ? cell->size : KAN_PAPER_BODY;
}

static double
cell_gap (const KanPaperCell *cell)
{
  return MIN (KAN_PAPER_GAP, cell->width * 0.08);
}

/* One line where that is nearly possible, else several; a tight cell stays within @height while it is legible. */
static void
lay_cell (KanPaper *self, const KanPaperCell *cell, double x, double height, Laid *laid)
{
  double room, em, width;

  laid->x = x + cell_gap (cell);
  laid->width = cell->width - 2 * cell_gap (cell);
  laid->size = cell_size (cell);
  laid->align = cell->align;
  laid->narrow = 1;
  laid->padding = PADDING;
  laid->text = NULL;
  if (cell->text == NULL || *cell->text == '\0')
    return;
  em = laid->size * KAN_PAPER_MM_PER_PT;
  room = laid->width;
  laid->text = kan_paper_shape (self, cell->text, 0);
  width = laid->text->width * em;
  if (width <= room)
    return;
  if (width * MAY_SHRINK <= room)
    laid->size *= room / width;
  else if (cell->flags & KAN_PAPER_TIGHT
           && kan_paper_try_fit (self, room, height - 0.4, laid->size, cell->text) >= TIGHTEST)
    {
      KanPaperFit fit = kan_paper_find_fit (self, room, height - 0.4, laid->size, cell->text);

      laid->text = fit.text;
      laid->size = fit.size;
      laid->narrow = fit.narrow;
      laid->padding = 0.2;
    }
  else
    laid->text = kan_paper_shape (self, cell->text, room / em);
}

static guint
n_lines (const Laid *laid)
{
  return laid->text == NULL ? 0 : laid->text->lines->len;
}

static double
words_height (const Laid *laid)
{
  return n_lines (laid) * kan_paper_line_height (laid->size);
}

static double
height_of (const Laid *laid, guint n, double height)
{
  for (guint i = 0; i < n; i++)
    height = MAX (height, words_height (&laid[i]) + 2 * laid[i].padding);
  return height;
}

static void
strike (KanPaper *self, const KanPaperText *text, guint line, const Laid *laid, double y)
{
  double width = g_array_index (text->lines, KanPaperLine, line).width * laid->size * laid->narrow
                 * KAN_PAPER_MM_PER_PT;
  double x = laid->x;

  if (laid->align == KAN_PAPER_CENTRE)
    x += (laid->width - width) / 2;
  else if (laid->align == KAN_PAPER_RIGHT)
    x += laid->width - width;
  y += kan_paper_line_height (laid->size) / 2;
  kan_paper_line (self, x, y, x + width, y, 0.3);
}

/* All of its lines, but where it joins the cell above or below. */
static void
rule_cell (KanPaper *self, const KanPaperCell *cell, double x, double height)
{
  double y = self->y, right = x + cell->width, end = y + height;

  if ((cell->flags & (KAN_PAPER_OPEN | KAN_PAPER_GOES_ON)) == 0)
    {
      kan_paper_frame (self, x, y, cell->width, height, KAN_PAPER_HAIR);
      return;
    }
  kan_paper_line (self, x, y, x, end, KAN_PAPER_HAIR);
  kan_paper_line (self, right, y, right, end, KAN_PAPER_HAIR);
  if ((cell->flags & KAN_PAPER_GOES_ON) == 0)
    kan_paper_line (self, x, y, right, y, KAN_PAPER_HAIR);
  if ((cell->flags & KAN_PAPER_OPEN) == 0)
    kan_paper_line (self, x, end, right, end, KAN_PAPER_HAIR);
}

/* Draws the lines [from, until) of a cell into a box of the given height. */
static void
draw_cell (KanPaper *self, const KanPaperCell *cell, const Laid *laid, double x, double height, guint from, guint until)
{
  double lead = kan_paper_line_height (laid->size), y;

  if (cell->flags & KAN_PAPER_SHADED)
    kan_paper_shade (self, x, self->y, cell->width, height);
  rule_cell (self, cell, x, height);
  until = MIN (until, n_lines (laid));
  if (from >= until)
    return;
  y = self->y + (height - (until - from) * lead) / 2;
  for (guint i = from; i < until; i++, y += lead)
    {
      kan_paper_put (self, laid->text, i, laid->x, y, laid->width, laid->size, laid->narrow, laid->align);
      if (cell->flags & KAN_PAPER_STRUCK)
        strike (self, laid->text, i, laid, y);
    }
}

static void
draw_row (KanPaper *self, double x, const KanPaperCell *cells, const Laid *laid, guint n, double height,
          guint from, guint until)
{
  for (guint i = 0; i < n; x += cells[i++].width)
    draw_cell (self, &cells[i], &laid[i], x, height, from, until);
  self->y += height;
}

/* A row that is too high to stay in one piece: as many lines as the page takes, then on. */
static void
split_row (KanPaper *self, double x, const KanPaperCell *cells, const Laid *laid, guint n)
{
  double lead = 0;
  guint from = 0, longest = 0;

  for (guint i = 0; i < n; i++)
    {
      longest = MAX (longest, n_lines (&laid[i]));
      lead = MAX (lead, n_lines (&laid[i]) > 0 ? kan_paper_line_height (laid[i].size) : 0);
    }
  while (from < longest)
    {
      double room = self->bottom - self->y - 2 * PADDING;
      guint fits = room > 0 ? (guint) (room / lead) : 0;
      guint take = MIN (fits, longest - from);

      if (take > 0)
        draw_row (self, x, cells, laid, n, take * lead + 2 * PADDING, from, from + take);
      from += take;
      if (from < longest)
        kan_paper_break (self);
    }
}

/**
 * kan_paper_set_least:
 * @self: a paper
 * @height: millimetres
 *
 * Makes every row at least that high: a form to be filled in by hand.
 */
void
kan_paper_set_least (KanPaper *self, double height)
{
  self->least = height;
}

/**
 * kan_paper_row_height:
 * @self: a paper
 * @cells: the cells of a row
 * @n: how many
 * @height: the least height, millimetres
 *
 * Returns: how high kan_paper_row() makes it, millimetres
 */
double
kan_paper_row_height (KanPaper *self, const KanPaperCell *cells, guint n, double height)
{
  g_autofree Laid *laid = g_new (Laid, n);

  height = MAX (height, self->least);
  for (guint i = 0; i < n; i++)
    lay_cell (self, &cells[i], 0, height, &laid[i]);
  return height_of (laid, n, height);
}

/**
 * kan_paper_row:
 * @self: a paper
 * @x: left edge of the first cell, millimetres
 * @cells: the cells from left to right
 * @n: how many
 * @height: the least height, millimetres
 *
 * Puts a ruled row below what is there already; it grows with the longest of its cells and goes on the next page
 * where it does not fit.
 */
void
kan_paper_row (KanPaper *self, double x, const KanPaperCell *cells, guint n, double height)
{
  g_autofree Laid *laid = g_new (Laid, n);
  double left = x;

  height = MAX (height, self->least);
  for (guint i = 0; i < n; left += cells[i++].width)
    lay_cell (self, &cells[i], left, height, &laid[i]);
  height = height_of (laid, n, height);
  if (self->y + height > self->bottom && height_of (laid, n, 0) > SPLIT_FROM)
    {
      split_row (self, x, cells, laid, n);
      return;
    }
  kan_paper_need (self, height);
  draw_row (self, x, cells, laid, n, height, 0, G_MAXUINT);
}

static void
cell_clear (gpointer data)
{
  KanPaperCell *cell = data;

  g_free ((char *) cell->text);
}

static void
draw_head (KanPaper *self)
{
  kan_paper_row (self, self->head.x, (KanPaperCell *) self->head.cells->data, self->head.cells->len, self->head.height);
}

/**
 * kan_paper_head_begin:
 * @self: a paper
 * @x: left edge, millimetres
 * @cells: the headings; copied, and shaded
 * @n: how many
 * @height: the least height, millimetres
 *
 * Begins a table: puts its headings here, and again at the top of each page it reaches.
 */
void
kan_paper_head_begin (KanPaper *self, double x, const KanPaperCell *cells, guint n, double height)
{
  self->head.x = x;
  self->head.height = height;
  self->head.cells = g_array_new (FALSE, FALSE, sizeof (KanPaperCell));
  g_array_set_clear_func (self->head.cells, cell_clear);
  for (guint i = 0; i < n; i++)
    {
      KanPaperCell cell = cells[i];

      cell.text = g_strdup (cell.text);
      cell.flags |= KAN_PAPER_SHADED;
      g_array_append_val (self->head.cells, cell);
    }
  if (!kan_paper_need (self, 2 * height))
    draw_head (self);
}

/**
 * kan_paper_head_end:
 * @self: a paper
 *
 * Ends a table: its headings are no longer repeated.
 */
void
kan_paper_head_end (KanPaper *self)
{
  g_clear_pointer (&self->head.cells, g_array_unref);
}

/**
 * kan_paper_block_begin:
 * @self: a paper
 * @width: of the label at the left margin, millimetres
 * @label: e.g. "１　記録媒体"
 *
 * Begins a block; the rows up to kan_paper_block_end() stand right of one label, which is repeated with （続き）
 * on each page the block reaches.
 */
void
kan_paper_block_begin (KanPaper *self, double width, const char *label)
{
  self->block.label = g_strdup (label);
  self->block.x = self->left;
  self->block.width = width;
  self->block.y = self->y;
}

static void
draw_label (KanPaper *self)
{
  double height = self->y - self->block.y;

  if (height <= 0)
    return;
  kan_paper_shade (self, self->block.x, self->block.y, self->block.width, height);
  kan_paper_frame (self, self->block.x, self->block.y, self->block.width, height, KAN_PAPER_HAIR);
  kan_paper_fit (self, self->block.x + KAN_PAPER_GAP, self->block.y, self->block.width - 2 * KAN_PAPER_GAP, height,
                 LABEL_SIZE, KAN_PAPER_LEFT, self->block.label);
}

/**
 * kan_paper_block_end:
 * @self: a paper
 *
 * Ends a block and draws its label beside the rows.
 */
void
kan_paper_block_end (KanPaper *self)
{
  draw_label (self);
  g_clear_pointer (&self->block.label, g_free);
}

/**
 * kan_paper_table_break:
 *
 * What a page break closes on the old page: the label of an open block.
 */
void
kan_paper_table_break (KanPaper *self)
{
  if (self->block.label == NULL || self->y <= self->block.y)
    return;
  draw_label (self);
  if (!g_str_has_suffix (self->block.label, CONTINUED))
    {
      g_autofree char *label = g_steal_pointer (&self->block.label);

      self->block.label = g_strconcat (label, CONTINUED, NULL);
    }
}

/**
 * kan_paper_table_resume:
 *
 * What a page break repeats on the new page: block and headings.
 */
void
kan_paper_table_resume (KanPaper *self)
{
  if (self->block.label != NULL)
    self->block.y = self->y;
  if (self->head.cells != NULL)
    draw_head (self);
}
