/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A register on paper: cover, sheets with a numbered heading each, and the monthly confirmation. */
#include "forms/kan-form-register.h"

#include "forms/kan-form-private.h"

#define SIZE_MOST    9.0
#define SIZE_LEAST   7.0
#define SIZE_STEP    0.5
#define WIDEST       30.0     /* em: what is longer goes into several lines */
#define ENOUGH       10.5     /* em: a date with its time; below this the words become smaller first */
#define SLACK        0.15     /* em */
#define UPRIGHT      165.0    /* between the margins of an upright sheet, millimetres */
#define EM           (25.4 / 72)
#define SIZE_BENEATH 7.5
#define BETWEEN      "　　"
#define BY_HAND      7.0
#define FIELDS       5        /* of an empty form's line, side by side */
#define HEADING      7.0
#define TABLE_HEAD   7.0
#define CONFIRMATION (KAN_FORM_SEAL + KAN_FORM_STRIP)
#define MARK_LABEL   "摘要"
#define MARK_WIDTH   6
#define NUMBER_WIDTH 20.0     /* of 第n葉 */

typedef struct
{
  KanPaper              *paper;
  const KanRegisterForm *data;
  KanPaperCell          *cells;       /* of one row, with the widths worked out */
  guint                  n;           /* columns, that of the marks included */
  GPtrArray             *lines;       /* Line */
  guint                  sheet;
  double                 size;
  char                  *runner;      /* what the book is called, and of which year */
} Book;

/* A row, kept until all widths are known. */
typedef struct { char **cells, **beneath, *voided; guint marks; } Line;

static const KanRegisterForm empty_book = { .title = "管理簿" };

static const struct { KanRegisterMark mark; const char *word; } mark_words[] = {
  { KAN_MARK_LATE, "後" }, { KAN_MARK_EXCEPTION, "特例" }, { KAN_MARK_DEVIATION, "規程不適合" },
  { KAN_MARK_UNPERMITTED, "未許可" }, { KAN_MARK_ALTERED, "異状" }, { KAN_MARK_VOID, "取消" },
};

/* "後・特例", then what the cell says itself */
static char *
marked_text (guint marks, const char *text)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (mark_words); i++)
    if (marks & mark_words[i].mark)
      g_string_append_printf (words, "%s%s", words->len > 0 ? "・" : "", mark_words[i].word);
  if (text != NULL && *text != '\0')
    g_string_append_printf (words, "%s%s", words->len > 0 ? "　" : "", text);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Landscape where it is wide. */
static gboolean
is_upright (const Book *book)
{
  const KanRegisterForm *data = book->data;
  double width = data->mark_column == 0 ? MARK_WIDTH * SIZE_MOST * EM + 2 * KAN_PAPER_GAP : 0;

  for (guint i = 0; i < data->n_columns; i++)
    width += MAX (data->columns[i].width, 2) * SIZE_MOST * EM + 2 * KAN_PAPER_GAP;
  return data->portrait || (data->lines == 0 && width <= UPRIGHT);
}

static void
cover_row (KanPaper *paper, const char *label, const char *value)
{
  double width = 130, x = kan_paper_get_left (paper) + (kan_paper_get_width (paper) - width) / 2;
  const KanPaperCell cells[] = {
    { 42, label, 12, KAN_PAPER_CENTRE, KAN_PAPER_SHADED }, { width - 42, value, 12, KAN_PAPER_LEFT, 0 },
  };

  kan_paper_row (paper, x, cells, G_N_ELEMENTS (cells), 10);
}

static void
draw_cover (const Book *book)
{
  const KanRegisterForm *data = book->data;
  KanPaper *paper = book->paper;
  double width = kan_paper_get_width (paper);

  kan_paper_set_y (paper, is_upright (book) ? 75 : 40);
  kan_paper_fit (paper, kan_paper_get_left (paper), kan_paper_get_y (paper), width, 16, 28, KAN_PAPER_CENTRE,
                 data->title);
  kan_paper_skip (paper, is_upright (book) ? 40 : 25);
  cover_row (paper, "年度", data->fiscal_year);
  cover_row (paper, "分類", data->classification);
  cover_row (paper, "保存期間", data->retention);
  for (guint i = 0; i < data->n_headings; i++)
    cover_row (paper, data->headings[i].label, data->headings[i].value);
  cover_row (paper, "文書番号", data->head.document_number);
  cover_row (paper, "作成日", data->head.date);
  if (data->verified != NULL)
    cover_row (paper, "検査", data->verified);
  if (data->clock != NULL)
    cover_row (paper, "注意", data->clock);
  kan_paper_skip (paper, 8);
  kan_paper_fit (paper, kan_paper_get_left (paper), kan_paper_get_y (paper), width, 9, 14, KAN_PAPER_CENTRE,
                 data->head.association);
}

static void
draw_confirmation (const Book *book, double y)
{
  const KanRegisterConfirmation *confirmation = &book->data->confirmation;
  double x = kan_paper_get_left (book->paper), label = 8, seal = KAN_FORM_SEAL;
  double width = MIN (kan_paper_get_width (book->paper), 190), name = 24, left = x + label;
  double middle = width - label - 8 - seal, end = x + width - seal;

  kan_paper_frame (book->paper, x, y, label, CONFIRMATION, 0.2);
  kan_paper_shade (book->paper, x, y, label, CONFIRMATION);
  kan_paper_fit (book->paper, x, y, label, CONFIRMATION, KAN_PAPER_SMALL, KAN_PAPER_CENTRE, "月\n次\n確\n認");
  kan_paper_frame (book->paper, left, y, name, 8, 0.2);
  kan_paper_fit (book->paper, left + 1.5, y, name - 3, 8, KAN_PAPER_SMALL, KAN_PAPER_LEFT, "異状の有無");
  kan_paper_frame (book->paper, left + name, y, middle - name, 8, 0.2);
  kan_paper_fit (book->paper, left + name + 1.5, y, middle - name - 3, 8, KAN_PAPER_SMALL, KAN_PAPER_LEFT,
                 kan_form_or (confirmation->irregular, "無　・　有"));
  kan_paper_frame (book->paper, left, y + 8, name, CONFIRMATION - 8, 0.2);
  kan_paper_fit (book->paper, left + 1.5, y + 8, name - 3, CONFIRMATION - 8, KAN_PAPER_SMALL, KAN_PAPER_LEFT, "所見");
  kan_paper_frame (book->paper, left + name, y + 8, middle - name, CONFIRMATION - 8, 0.2);
  kan_paper_fit (book->paper, left + name + 1.5, y + 8.5, middle - name - 3, CONFIRMATION - 9, KAN_PAPER_SMALL,
                 KAN_PAPER_LEFT, confirmation->remarks);
  kan_paper_shade (book->paper, end - 8, y, 8, CONFIRMATION);
  kan_paper_frame (book->paper, end - 8, y, 8, CONFIRMATION, 0.2);
  kan_paper_fit (book->paper, end - 8, y + 1, 8, CONFIRMATION - 2, 7.5, KAN_PAPER_CENTRE, "シ\nス\nテ\nム\n管\n理\n者");
  kan_form_seal (book->paper, end, y, &confirmation->seal);
}

/* Above each table what the register is about and the sheet's number; below fixed lines the confirmation. */
static void
open_sheet_cb (KanPaper *paper, gpointer data)
{
  Book *book = data;
  g_autofree char *number = g_strdup_printf ("第%u葉", ++book->sheet);
  g_autoptr (GString) line = g_string_new (NULL);
  double y = kan_paper_get_y (paper), x = kan_paper_get_left (paper), width = kan_paper_get_width (paper);

  for (guint i = 0; i < book->data->n_headings; i++)
    g_string_append_printf (line, "%s%s：%s", i > 0 ? "　　" : "", book->data->headings[i].label,
                            kan_form_or (book->data->headings[i].value, "　　　　　　　"));
  kan_paper_fit (paper, x, y - 1, width - NUMBER_WIDTH, HEADING, KAN_PAPER_BODY, KAN_PAPER_LEFT,
                 line->len > 0 ? line->str : book->runner);
  kan_paper_fit (paper, x + width - NUMBER_WIDTH, y - 1, NUMBER_WIDTH, HEADING, KAN_PAPER_BODY, KAN_PAPER_RIGHT,
                 number);
  kan_paper_skip (paper, HEADING);
  if (book->data->lines > 0 && book->data->confirmation.wanted)
    draw_confirmation (book, kan_paper_get_bottom (paper) + 2);
}

static void
line_free (gpointer data)
{
  Line *line = data;

  g_strfreev (line->cells);
  g_strfreev (line->beneath);
  g_free (line->voided);
  g_free (line);
}

/* Where the marks stand, counted from 0. */
static guint
mark_at (const Book *book)
{
  return book->data->mark_column > 0 ? book->data->mark_column - 1 : book->n - 1;
}

static void
load_lines (Book *book)
{
  KanRegisterRow row = { 0 };

  book->lines = g_ptr_array_new_with_free_func (line_free);
  while (book->data->next != NULL && book->data->next (&row, book->data->next_data))
    {
      Line *line = g_new0 (Line, 1);

      line->cells = g_new0 (char *, book->n + 1);
      line->marks = row.marks;
      line->beneath = g_strdupv ((char **) row.beneath);
      line->voided = g_strdup (row.voided);
      row.beneath = NULL;
      row.voided = NULL;
      for (guint i = 0; i < book->n; i++)
        line->cells[i] = row.marks != 0 && i == mark_at (book)
                         ? marked_text (row.marks, i < book->data->n_columns ? row.cells[i] : NULL)
                         : g_strdup (i < book->data->n_columns && row.cells[i] != NULL ? row.cells[i] : "");
      g_ptr_array_add (book->lines, line);
    }
}

/* The ems that a column wants: declared, or where the rows decide, what its longest cell takes. */
static double
wanted_ems (const Book *book, guint column)
{
  const KanRegisterForm *data = book->data;
  const char *label = column < data->n_columns ? data->columns[column].label : MARK_LABEL;
  double ems;

  if (data->lines > 0 || book->lines->len == 0)
    return MAX (column < data->n_columns ? data->columns[column].width : MARK_WIDTH, 2);
  ems = kan_paper_measure (book->paper, 1, label) / EM;
  for (guint i = 0; i < book->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (book->lines, i);

      ems = MAX (ems, kan_paper_measure (book->paper, 1, line->cells[column]) / EM);
    }
  return CLAMP (ems + SLACK, 2, WIDEST);
}

/* The most that a column may take, so that all together take @room: the widest give way first. */
static double
share_out (const double *wanted, guint n, double room)
{
  double most = 0, left = room;
  guint open = n;

  for (gboolean changed = TRUE; changed && open > 0;)
    {
      double share = left / open;

      changed = FALSE;
      for (guint i = 0; i < n; i++)
        if (wanted[i] > most && wanted[i] <= share)
          {
            left -= wanted[i];
            open--;
            changed = TRUE;
          }
      most = share;
    }
  return open > 0 ? left / open : WIDEST;
}

/* What fits is stretched to the sheet; else the words become smaller, then long ones go into several lines. */
static void
measure_columns (Book *book)
{
  g_autofree double *wanted = g_new (double, book->n);
  double room = kan_paper_get_width (book->paper) - 2 * KAN_PAPER_GAP * book->n, whole = 0, most, stretch = 1;

  for (guint i = 0; i < book->n; i++)
    whole += wanted[i] = wanted_ems (book, i);
  book->size = SIZE_MOST;
  for (most = share_out (wanted, book->n, room / (book->size * EM));
       whole * book->size * EM > room && most < ENOUGH && book->size > SIZE_LEAST;
       most = share_out (wanted, book->n, room / (book->size * EM)))
    book->size -= SIZE_STEP;
  whole = 0;
  for (guint i = 0; i < book->n; i++)
    whole += wanted[i] = MIN (wanted[i], most);
  stretch = room / (whole * book->size * EM);
  for (guint i = 0; i < book->n; i++)
    {
      book->cells[i].width = wanted[i] * book->size * EM * stretch + 2 * KAN_PAPER_GAP;
      book->cells[i].size = book->size;
    }
}

static void
draw_heads (Book *book)
{
  for (guint i = 0; i < book->n; i++)
    {
      book->cells[i].text = i < book->data->n_columns ? book->data->columns[i].label : MARK_LABEL;
      book->cells[i].align = KAN_PAPER_CENTRE;
      book->cells[i].flags = 0;
    }
  kan_paper_head_begin (book->paper, kan_paper_get_left (book->paper), book->cells, book->n, TABLE_HEAD);
}

/* The least height of a row: of a sheet of fixed lines its share of the room. */
static double
line_height (const Book *book)
{
  if (book->data->lines == 0)
    return 0;
  return (kan_paper_get_bottom (book->paper) - 20 - HEADING - TABLE_HEAD) / book->data->lines - 0.001;
}

/* Items side by side: a line ends between two of them. */
static char *
set_out (const Book *book, const char *const *items, double width)
{
  double gap = kan_paper_measure (book->paper, SIZE_BENEATH, BETWEEN), used = 0;
  GString *out = g_string_new (NULL);

  for (; items != NULL && *items != NULL; items++)
    {
      double item = kan_paper_measure (book->paper, SIZE_BENEATH, *items);
      gboolean fits = used + gap + item <= width - 2 * KAN_PAPER_GAP;

      g_string_append_printf (out, "%s%s", used == 0 ? "" : fits ? BETWEEN : "\n", *items);
      used = item + (used > 0 && fits ? used + gap : 0);
    }
  return g_string_free (out, FALSE);
}

/* What is told beneath a row, struck as that is, and why it was voided: beside its number, which stands for all. */
static void
draw_beneath (Book *book, const Line *line, double height, guint flags)
{
  double number = book->cells[0].width, width = kan_paper_get_width (book->paper) - number;
  double left = kan_paper_get_left (book->paper);
  g_autofree char *words = line->beneath != NULL ? set_out (book, (const char *const *) line->beneath, width) : NULL;
  const char *told[] = { words, line->voided };
  double whole = kan_paper_row_height (book->paper, book->cells, book->n, height);
  KanPaperCell rows[G_N_ELEMENTS (told)][2];
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    if (told[i] != NULL)
      {
        guint open = i == 0 && line->voided != NULL ? KAN_PAPER_OPEN : 0;

        rows[n][0] = (KanPaperCell) { number, NULL, SIZE_BENEATH, KAN_PAPER_LEFT, KAN_PAPER_GOES_ON | open };
        rows[n][1] = (KanPaperCell) { width, told[i], SIZE_BENEATH, KAN_PAPER_LEFT, i == 0 ? flags : 0 };
        whole += kan_paper_row_height (book->paper, rows[n++], 2, 0);
      }
  book->cells[0].flags |= KAN_PAPER_OPEN;
  kan_paper_need (book->paper, whole);
  kan_paper_row (book->paper, left, book->cells, book->n, height);
  for (guint i = 0; i < n; i++)
    kan_paper_row (book->paper, left, rows[i], 2, 0);
}

/* In an empty form, fields to write in. */
static void
draw_fields_beneath (Book *book, double height)
{
  double number = book->cells[0].width, width = (kan_paper_get_width (book->paper) - number) / FIELDS;
  const char *const *items = book->data->beneath;
  guint n = g_strv_length ((char **) items);

  book->cells[0].flags |= KAN_PAPER_OPEN;
  kan_paper_row (book->paper, kan_paper_get_left (book->paper), book->cells, book->n, height);
  for (guint i = 0; i < n; i += FIELDS)
    {
      KanPaperCell fields[FIELDS + 1] = {
        { number, NULL, SIZE_BENEATH, KAN_PAPER_LEFT, KAN_PAPER_GOES_ON | (i + FIELDS < n ? KAN_PAPER_OPEN : 0) },
      };

      for (guint k = 0; k < FIELDS; k++)
        fields[k + 1] = (KanPaperCell) { width, i + k < n ? items[i + k] : NULL, SIZE_BENEATH, KAN_PAPER_LEFT, 0 };
      kan_paper_row (book->paper, kan_paper_get_left (book->paper), fields, FIELDS + 1, BY_HAND);
    }
}

static void
draw_row (Book *book, const Line *line, double height)
{
  const KanRegisterForm *data = book->data;
  gboolean is_void = line != NULL && (line->marks & KAN_MARK_VOID) != 0;

  for (guint i = 0; i < book->n; i++)
    {
      const KanRegisterColumn *column = i < data->n_columns ? &data->columns[i] : NULL;
      gboolean struck = is_void && i > 0 && i != mark_at (book) && !column->plain;

      book->cells[i].text = line != NULL ? line->cells[i] : NULL;
      book->cells[i].align = column != NULL && column->right ? KAN_PAPER_RIGHT : KAN_PAPER_LEFT;
      book->cells[i].flags = (struck ? KAN_PAPER_STRUCK : 0) | (data->lines > 0 ? KAN_PAPER_TIGHT : 0);
    }
  if (line != NULL && (line->beneath != NULL || line->voided != NULL))
    draw_beneath (book, line, height, is_void ? KAN_PAPER_STRUCK : 0);
  else if (line == NULL && data->beneath != NULL)
    draw_fields_beneath (book, height);
  else
    kan_paper_row (book->paper, kan_paper_get_left (book->paper), book->cells, book->n, height);
}

/* 該当なし, across the whole table. */
static void
draw_nothing (Book *book, double height)
{
  const KanPaperCell cell = { kan_paper_get_width (book->paper), "該当なし", book->size, KAN_PAPER_LEFT, 0 };

  kan_paper_row (book->paper, kan_paper_get_left (book->paper), &cell, 1, height);
}

/* The rows; a sheet of fixed lines begins anew after them, and the last is filled up. */
static void
draw_rows (Book *book)
{
  guint lines = book->data->lines, sheet = book->sheet, line = 0;
  double height = line_height (book);

  for (guint i = 0; i < book->lines->len; i++)
    {
      if (lines > 0 && line == lines)
        kan_paper_break (book->paper);
      if (i + 1 == book->lines->len)
        kan_paper_keep_begin (book->paper);
      draw_row (book, g_ptr_array_index (book->lines, i), height);
      line = book->sheet != sheet ? 1 : line + 1;
      sheet = book->sheet;
    }
  if (book->data->next != NULL && book->lines->len == 0)
    {
      draw_nothing (book, height);
      line++;
    }
  for (; line < lines && kan_paper_get_y (book->paper) + height <= kan_paper_get_bottom (book->paper); line++)
    draw_row (book, NULL, height);
}

/* An empty register of no fixed lines gets a page of empty rows. */
static void
draw_empty_rows (Book *book)
{
  guint fields = book->data->beneath != NULL ? g_strv_length ((char **) book->data->beneath) : 0;
  double height = 8 + (fields + FIELDS - 1) / FIELDS * BY_HAND;

  while (kan_paper_get_y (book->paper) + height <= kan_paper_get_bottom (book->paper)
         - (book->data->confirmation.wanted ? CONFIRMATION + 3 : 0))
    draw_row (book, NULL, 8);
}

static void
draw_sheets (Book *book)
{
  const KanRegisterForm *data = book->data;

  if (data->lines > 0 && data->confirmation.wanted)
    kan_paper_set_bottom (book->paper, kan_paper_get_bottom (book->paper) - CONFIRMATION - 2);
  kan_paper_set_opening (book->paper, open_sheet_cb, book);
  kan_paper_break (book->paper);
  measure_columns (book);
  draw_heads (book);
  draw_rows (book);
  if (data->next == NULL && data->lines == 0)
    draw_empty_rows (book);
  if (data->lines == 0 && data->confirmation.wanted)
    {
      kan_paper_skip (book->paper, 3);
      kan_paper_need (book->paper, CONFIRMATION);
      draw_confirmation (book, kan_paper_get_y (book->paper));
    }
  kan_paper_keep_end (book->paper);
  kan_paper_head_end (book->paper);
}

/* One part of the book. */
static void
draw_part (Book *book, const KanRegisterForm *data)
{
  g_autofree KanPaperCell *cells = NULL;
  g_autofree char *runner = g_strconcat (data->title, data->fiscal_year != NULL ? "　" : NULL, data->fiscal_year, NULL);

  book->data = data;
  book->n = data->n_columns + (data->mark_column == 0 ? 1 : 0);
  book->cells = cells = g_new0 (KanPaperCell, book->n);
  book->runner = runner;
  load_lines (book);
  draw_sheets (book);
  kan_paper_set_opening (book->paper, NULL, NULL);
  g_ptr_array_unref (book->lines);
}

/**
 * kan_form_register_new:
 * @data: (nullable): the register; without `next` its empty form, %NULL for one that is ruled only
 *
 * Lays out a register as 管理簿: a cover with 年度, 分類 and 保存期間, then its rows.
 *
 * Returns: (transfer full): the finished paper
 */
KanPaper *
kan_form_register_new (const KanRegisterForm *data)
{
  Book book = { .data = data != NULL ? data : &empty_book };
  g_autofree char *runner = NULL;

  data = book.data;
  runner = g_strconcat (data->title, data->fiscal_year != NULL ? "　" : NULL, data->fiscal_year, NULL);
  book.paper = kan_form_begin (is_upright (&book) ? KAN_PAPER_PORTRAIT : KAN_PAPER_LANDSCAPE, data->title, &data->head);
  kan_paper_set_runner (book.paper, data->n_headings > 0 ? runner : NULL);
  draw_cover (&book);
  for (; data != NULL; data = data->also)
    draw_part (&book, data);
  return kan_paper_finish (book.paper);
}
