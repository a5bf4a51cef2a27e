/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a medium was when. The bar is told apart in grey and by numbers, which are those of the table below it: an
 * office's printer has no colours. */
#include "forms/kan-form-custody.h"

#include "forms/kan-form-private.h"
#include "registers/kan-stays.h"
#include "values/kan-wareki.h"

#include <string.h>

#define TITLE       "記録媒体所在推移表"
#define NOTE        "※　帯の数字は、下の表の番号である。濃い網掛けは、搬送中、持出中又は所在不明の期間を示す。" \
                    "短い期間は、直前の期間に含めて示す。"
#define NOTHING     "所在の記録はない。"
#define BAR         11.0
#define LEAST       1.0         /* a bar narrower than this is not seen, millimetres */
#define LEGIBLE     0.75        /* words go into a bar at this share of their size, or only its number does */
#define TICK        1.5
#define MONTH       4.0
#define MONTH_SIZE  8.0
#define MONTH_ROOM  24.0        /* for the name of a month, millimetres */
#define BY_HAND     24          /* lines of an empty form */

static const char *const table_heads[] = { "番号", "状態", "から", "まで", "日数", "記録番号" };
static const double table_shares[] = { 6, 20, 21, 21, 8, 9 };
static const KanFormColumns table_columns = { table_heads, table_shares, G_N_ELEMENTS (table_heads), 1 | 1 << 4 };

/* --- the picture ---------------------------------------------------------------------------------------------- */

typedef enum { WHITE, LIGHT, DARK } Tone;

/* Out of the office's hands it is dark; being worked with it is white. */
static Tone
tone_of (const char *state)
{
  static const char *const away[] = { "in_transit", "out", "missing", NULL };

  return g_strv_contains (away, state) ? DARK : strcmp (state, "in_use") == 0 ? WHITE : LIGHT;
}

/* On one line. */
static gboolean
has_room (KanPaper *paper, double width, const char *words)
{
  return kan_paper_measure (paper, KAN_PAPER_SMALL, words) * LEGIBLE <= width;
}

/* The number of its row and what it is called, as far as there is room. */
static void
draw_words (KanPaper *paper, const KanStay *stay, guint number, double x, double y, double width)
{
  g_autofree char *alone = g_strdup_printf ("%u", number), *both = g_strdup_printf ("%u　%s", number, stay->label);
  const char *words = has_room (paper, width, both) ? both : alone;

  if (has_room (paper, width, words))
    kan_paper_fit (paper, x, y, width, BAR, KAN_PAPER_SMALL, KAN_PAPER_CENTRE, words);
}

static void
draw_bar (KanPaper *paper, const KanCustodyForm *data, const KanStayBar *bar)
{
  const KanStay *stay = g_ptr_array_index (data->stays, bar->stay);
  double y = kan_paper_get_y (paper), width = MAX (bar->end - bar->start, LEAST);
  double x = kan_paper_get_left (paper) + MIN (bar->start, kan_paper_get_width (paper) - width);
  Tone tone = tone_of (stay->state);

  if (tone == LIGHT)
    kan_paper_shade (paper, x, y, width, BAR);
  else if (tone == DARK)
    kan_paper_darken (paper, x, y, width, BAR);
  kan_paper_frame (paper, x, y, width, BAR, 0.2);
  draw_words (paper, stay, bar->stay + 1, x + 0.4, y, width - 0.8);
}

static void
draw_months (KanPaper *paper, const KanStayAxis *axis)
{
  g_autoptr(GArray) months = kan_stay_axis_months (axis, MONTH_ROOM);
  double y = kan_paper_get_y (paper), left = kan_paper_get_left (paper);

  for (guint i = 0; i < months->len; i++)
    {
      const KanStayMonth *month = &g_array_index (months, KanStayMonth, i);
      int year, in_year, day;
      g_autofree char *name = NULL;

      kan_day_to_ymd (month->day, &year, &in_year, &day);
      name = kan_wareki_format_month (year, in_year);
      kan_paper_line (paper, left + month->x, y, left + month->x, y + TICK, 0.2);
      if (month->x + kan_paper_measure (paper, MONTH_SIZE, name) <= axis->width)
        kan_paper_text (paper, left + month->x, y + TICK, MONTH_ROOM, MONTH_SIZE, KAN_PAPER_LEFT, name);
    }
}

static void
draw_picture (KanPaper *paper, const KanCustodyForm *data)
{
  KanStayAxis axis = kan_stays_axis (data->stays, data->now, kan_paper_get_width (paper));
  g_autoptr(GArray) bars = kan_stays_bars (data->stays, &axis, LEAST);

  kan_paper_skip (paper, 4);
  for (guint i = 0; i < bars->len; i++)
    draw_bar (paper, data, &g_array_index (bars, KanStayBar, i));
  kan_paper_skip (paper, BAR);
  draw_months (paper, &axis);
  kan_paper_skip (paper, TICK + MONTH + 1);
  kan_form_note (paper, NOTE);
}

/* --- in words ------------------------------------------------------------------------------------------------- */

static void
draw_medium (KanPaper *paper, const KanCustodyForm *data, gboolean blank)
{
  const KanFormMedium *medium = &data->medium;
  const char *nothing = blank ? NULL : KAN_FORM_NONE;

  kan_paper_block_begin (paper, KAN_FORM_LABEL, "記録媒体");
  kan_form_fields (paper, "登録番号", medium->number, "種類", medium->kind);
  kan_form_fields (paper, "製造者型式", kan_form_or (medium->model, nothing),
                   "製造番号", kan_form_or (medium->serial, nothing));
  kan_form_fields (paper, "容量・枚数", kan_form_or (medium->capacity, nothing), "現在の状態", data->state);
  kan_paper_block_end (paper);
}

static void
row_cells_cb (gconstpointer data, guint i, const char **texts)
{
  const KanCustodyRow *row = &((const KanCustodyRow *) data)[i];

  texts[0] = row->number;
  texts[1] = row->state;
  texts[2] = row->since;
  texts[3] = kan_form_or (row->until, KAN_FORM_NONE);
  texts[4] = kan_form_or (row->days, KAN_FORM_NONE);
  texts[5] = row->record;
}

/**
 * kan_form_custody_new:
 * @data: (nullable): where it was; %NULL for an empty form
 *
 * Lays out 記録媒体所在推移表: the medium, the picture, and the table behind it, which goes on over as many pages as it
 * takes.
 *
 * Returns: (transfer full): the finished paper
 */
KanPaper *
kan_form_custody_new (const KanCustodyForm *data)
{
  const KanCustodyForm none = { 0 };
  gboolean blank = data == NULL;
  guint n = blank || data->stays == NULL ? 0 : data->stays->len;
  g_autofree char *day = NULL;
  KanPaper *paper;

  data = blank ? &none : data;
  paper = kan_form_begin (KAN_PAPER_PORTRAIT, TITLE, &data->head);
  kan_paper_set_least (paper, blank ? KAN_FORM_BY_HAND : 0);
  day = g_strconcat (kan_form_or (data->head.date, "令和　　年　　月　　日"), "現在", NULL);
  kan_paper_paragraph (paper, KAN_PAPER_BODY, KAN_PAPER_RIGHT, day);
  kan_paper_paragraph (paper, KAN_PAPER_BODY, KAN_PAPER_RIGHT, kan_form_or (data->head.association, ""));
  kan_paper_skip (paper, 3.5);
  kan_paper_paragraph (paper, KAN_PAPER_TITLE, KAN_PAPER_CENTRE, kan_form_or (data->head.title, TITLE));
  kan_paper_skip (paper, 3);
  draw_medium (paper, data, blank);
  if (n > 0)
    draw_picture (paper, data);
  else if (!blank)
    kan_form_note (paper, NOTHING);
  kan_paper_skip (paper, 3);
  kan_form_table (paper, kan_paper_get_left (paper), kan_paper_get_width (paper), &table_columns, row_cells_cb,
                  data->rows, n, blank ? BY_HAND : 0);
  return kan_paper_finish (paper);
}
