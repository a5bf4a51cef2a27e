/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stickers for media. What is read from afar is large, what is scanned is a QR code; nothing says what is recorded. */
#include "forms/kan-form-labels.h"

#include "forms/kan-form-private.h"

#define TITLE   "記録媒体ラベル"
#define WARNING "取扱注意"
#define COLUMNS 3
#define ROWS    8
G_STATIC_ASSERT (COLUMNS * ROWS == KAN_LABELS_ON_SHEET);
#define WIDTH   70.0
#define HEIGHT  37.0
#define TOP     0.5      /* 8 times 37 is a millimetre less than the sheet */
#define ASIDE   6.0      /* printers leave this much white at the sheet's edge, and peeling is never exact */
#define ABOVE   5.0
#define LARGE   22.0
#define WARN    17.0

/* Kind and serial number, one under the other; paper has a number of sheets instead. */
static void
draw_particulars (KanPaper *paper, const KanFormMedium *medium, double x, double y, double width)
{
  g_autofree char *serial = medium->serial != NULL ? g_strdup_printf ("製造番号 %s", medium->serial)
    : g_strdup (kan_form_or (medium->capacity, ""));

  kan_paper_fit (paper, x, y, width, 4.6, KAN_PAPER_SMALL, KAN_PAPER_LEFT, kan_form_or (medium->kind, ""));
  kan_paper_fit (paper, x, y + 4.8, width, 4.6, KAN_PAPER_SMALL, KAN_PAPER_LEFT, serial);
}

static void
draw_item (KanPaper *paper, const char *association, const KanLabelsItem *item, double left, double top)
{
  double x = left + ASIDE, y = top + ABOVE, width = WIDTH - 2 * ASIDE, height = HEIGHT - 2 * ABOVE;
  double side = kan_paper_code_side (paper, item->code), base = y + height;

  kan_paper_frame (paper, x - 1.5, y - 1.5, width + 3, height + 3, 0.15);
  kan_paper_fit (paper, x, y, width - WARN - 2, 5, 7.5, KAN_PAPER_LEFT, kan_form_or (association, ""));
  kan_paper_shade (paper, x + width - WARN, y, WARN, 5);
  kan_paper_frame (paper, x + width - WARN, y, WARN, 5, 0.3);
  kan_paper_fit (paper, x + width - WARN, y, WARN, 5, KAN_PAPER_SMALL, KAN_PAPER_CENTRE, WARNING);
  kan_paper_fit (paper, x, y + 6.5, width - side - 4, 10, LARGE, KAN_PAPER_LEFT, kan_form_or (item->medium.number, ""));
  draw_particulars (paper, &item->medium, x, base - 9.6, width - side - 4);
  kan_paper_code (paper, x + width - side - 0.5, base - side - 4, item->code);
  kan_paper_fit (paper, x + width - side - 3, base - 3.6, side + 5, 3.6, 7.5, KAN_PAPER_CENTRE,
                 kan_form_or (item->code, ""));
}

/**
 * kan_form_labels_new:
 * @data: (nullable): whose stickers; %NULL for a sheet to write on by hand
 *
 * Lays out stickers row by row. No foot stands on them.
 *
 * Returns: (transfer full): the finished paper
 */
KanPaper *
kan_form_labels_new (const KanLabelsForm *data)
{
  const KanLabelsItem none = { 0 };
  const KanLabelsForm blank = { 0 };
  KanPaper *paper;
  guint n, used;

  data = data != NULL ? data : &blank;
  used = data->n_used % (COLUMNS * ROWS);
  paper = kan_paper_new (KAN_PAPER_PORTRAIT, TITLE, data->association);
  n = data->n_items > 0 ? data->n_items : COLUMNS * ROWS;
  for (guint i = 0; i < n; i++)
    {
      guint place = (i + used) % (COLUMNS * ROWS);

      if (i > 0 && place == 0)
        kan_paper_break (paper);
      draw_item (paper, data->association, i < data->n_items ? &data->items[i] : &none, place % COLUMNS * WIDTH,
                 TOP + place / COLUMNS * HEIGHT);
    }
  return paper;
}
