/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letterhead, numbered blocks, seal boxes and annexes, alike on every official form. */
#include "forms/kan-form-private.h"

#include <string.h>

#define ISSUER_FROM  88.0     /* left edge of the issuer, from the left margin */
#define NUMBERS_FROM 95.0
#define TO_WRITE     58.0     /* of 文書番号 with a line to write it on */
#define LEGIBLE      6.5      /* points: the least in a seal box */
#define LINE         5.6
#define NOTE_SIZE    8.0

/**
 * kan_form_or:
 *
 * @value, or what stands in an empty form
 */
const char *
kan_form_or (const char *value, const char *otherwise)
{
  return value != NULL ? value : otherwise;
}

/**
 * kan_form_reference:
 *
 * 確認符号 and 記録番号, by which the paper is found again; %NULL where there is neither.
 */
char *
kan_form_reference (const KanFormHead *head)
{
  GString *text = g_string_new (NULL);

  if (head->anchor != NULL)
    g_string_append_printf (text, "確認符号　%s", head->anchor);
  if (head->record != NULL)
    g_string_append_printf (text, "%s記録番号　%s", text->len > 0 ? "　　" : "", head->record);
  return g_string_free (text, text->len == 0);
}

/**
 * kan_form_begin:
 *
 * Begins a document: foot, and title and number small at the top of further pages.
 */
KanPaper *
kan_form_begin (KanPaperTurn turn, const char *title, const KanFormHead *head)
{
  const char *called = kan_form_or (head->title, title);
  g_autofree char *name = head->number != NULL ? g_strdup_printf ("%s　%s", called, head->number) : g_strdup (called);
  g_autofree char *reference = kan_form_reference (head);
  KanPaper *paper = kan_paper_new (turn, name, head->association);

  kan_paper_set_foot (paper, reference, head->code);
  kan_paper_set_runner (paper, name);
  return paper;
}

static void
number_line (KanPaper *paper, const char *text)
{
  double x = kan_paper_get_left (paper) + NUMBERS_FROM, width = kan_paper_get_width (paper) - NUMBERS_FROM;

  kan_paper_fit (paper, x, kan_paper_get_y (paper), width, LINE, KAN_PAPER_BODY, KAN_PAPER_RIGHT, text);
  kan_paper_skip (paper, LINE);
}

/* 文書番号 is often given later, by hand. */
static void
line_to_write_on (KanPaper *paper, const char *label)
{
  double end = kan_paper_get_left (paper) + kan_paper_get_width (paper), x = end - TO_WRITE;
  double y = kan_paper_get_y (paper), from = x + kan_paper_measure (paper, KAN_PAPER_BODY, label) + 2;

  kan_paper_fit (paper, x, y, TO_WRITE, LINE, KAN_PAPER_BODY, KAN_PAPER_LEFT, label);
  kan_paper_line (paper, from, y + LINE - 0.5, end, y + LINE - 0.5, 0.2);
  kan_paper_skip (paper, LINE);
}

/**
 * kan_form_numbers:
 *
 * Own number, 文書番号 and date, upper right.
 */
void
kan_form_numbers (KanPaper *paper, const KanFormHead *head)
{
  g_autofree char *document = g_strdup_printf ("文書番号　%s", kan_form_or (head->document_number, ""));

  number_line (paper, kan_form_or (head->number, "第　　　　号"));
  if (head->document_number != NULL)
    number_line (paper, document);
  else
    line_to_write_on (paper, "文書番号");
  number_line (paper, kan_form_or (head->date, "令和　　年　　月　　日"));
}

/* A line of the letterhead that grows where it would become too small. */
static void
letter_line (KanPaper *paper, double x, double width, const char *text)
{
  double y = kan_paper_get_y (paper);

  if (kan_paper_try_fit (paper, width, LINE, KAN_PAPER_BODY, text) < 0.7)
    {
      kan_paper_skip (paper, kan_paper_text (paper, x, y, width, KAN_PAPER_SMALL, KAN_PAPER_LEFT, text) + 0.5);
      return;
    }
  kan_paper_fit (paper, x, y, width, LINE, KAN_PAPER_BODY, KAN_PAPER_LEFT, text);
  kan_paper_skip (paper, LINE);
}

/**
 * kan_form_addressee:
 *
 * "… 様", left.
 */
void
kan_form_addressee (KanPaper *paper, const char *who)
{
  g_autofree char *line = g_strdup_printf ("%s　様", kan_form_or (who, "　　　　　　　　　　　"));

  letter_line (paper, kan_paper_get_left (paper) + 4, kan_paper_get_width (paper) - 4, line);
}

/**
 * kan_form_issuer:
 *
 * Association, capacity, post and name with 印, right.
 */
void
kan_form_issuer (KanPaper *paper, const char *association, const char *role, const KanFormPerson *who)
{
  double x = kan_paper_get_left (paper) + ISSUER_FROM, width = kan_paper_get_width (paper) - ISSUER_FROM;
  g_autofree char *all = kan_form_person (who);
  g_autofree char *name = g_strdup_printf ("%s　%s", kan_form_or (who->post, ""), kan_form_or (who->name, ""));
  gboolean empty = who->name == NULL && who->post == NULL;
  gboolean one_line = who->office == NULL || kan_paper_measure (paper, KAN_PAPER_BODY, all) <= width - 8;

  kan_paper_skip (paper, 1);
  if (association != NULL)
    letter_line (paper, x, width, association);
  letter_line (paper, x, width, role);
  if (!one_line || empty)
    letter_line (paper, x, width, kan_form_or (who->office, "所属"));
  kan_paper_fit (paper, x + width - 7, kan_paper_get_y (paper), 7, LINE, KAN_PAPER_BODY, KAN_PAPER_CENTRE, "印");
  letter_line (paper, x, width - 8, empty ? "職・氏名" : one_line && who->office != NULL ? all : name);
}

/**
 * kan_form_title:
 *
 * Title, the sentence under it, and 記.
 */
void
kan_form_title (KanPaper *paper, const char *title, const char *body)
{
  g_autofree char *indented = g_strconcat ("　", body, NULL);

  kan_paper_skip (paper, 3.5);
  kan_paper_paragraph (paper, KAN_PAPER_TITLE, KAN_PAPER_CENTRE, title);
  kan_paper_skip (paper, 2);
  kan_paper_paragraph (paper, KAN_PAPER_BODY, KAN_PAPER_LEFT, indented);
  kan_paper_skip (paper, 1);
  kan_paper_paragraph (paper, KAN_PAPER_BODY, KAN_PAPER_CENTRE, "記");
  kan_paper_skip (paper, 1);
}

/**
 * kan_form_close:
 *
 * 以上
 */
void
kan_form_close (KanPaper *paper)
{
  kan_paper_skip (paper, 0.7);
  kan_paper_paragraph (paper, KAN_PAPER_BODY, KAN_PAPER_RIGHT, "以上");
}

static double
inner_x (KanPaper *paper)
{
  return kan_paper_get_left (paper) + KAN_FORM_LABEL;
}

static double
inner_width (KanPaper *paper)
{
  return kan_paper_get_width (paper) - KAN_FORM_LABEL;
}

/**
 * kan_form_field:
 *
 * A row of a block: name and value.
 */
void
kan_form_field (KanPaper *paper, const char *name, const char *value)
{
  const KanPaperCell cells[] = {
    { KAN_FORM_NAME, name, KAN_PAPER_SMALL, KAN_PAPER_LEFT, 0 },
    { inner_width (paper) - KAN_FORM_NAME, value, 0, KAN_PAPER_LEFT, 0 },
  };

  kan_paper_row (paper, inner_x (paper), cells, G_N_ELEMENTS (cells), KAN_FORM_ROW);
}

/* Whether a value is better given the whole width than broken into lines of @room, as office and name of somebody. */
static gboolean
is_long (KanPaper *paper, const char *value, double room)
{
  double width = value != NULL ? kan_paper_measure (paper, KAN_PAPER_BODY, value) : 0;

  return width > 2 * room || (width > 1.25 * room && strstr (value, "　") != NULL)
         || (value != NULL && strchr (value, '\n') != NULL);
}

/**
 * kan_form_fields:
 *
 * A row of a block: two names with their values; two rows where a value is long.
 */
void
kan_form_fields (KanPaper *paper, const char *name, const char *value, const char *name2, const char *value2)
{
  double half = inner_width (paper) / 2 - KAN_FORM_NAME, room = half - 2 * KAN_PAPER_GAP;
  const KanPaperCell cells[] = {
    { KAN_FORM_NAME, name, KAN_PAPER_SMALL, KAN_PAPER_LEFT, 0 },  { half, value, 0, KAN_PAPER_LEFT, 0 },
    { KAN_FORM_NAME, name2, KAN_PAPER_SMALL, KAN_PAPER_LEFT, 0 }, { half, value2, 0, KAN_PAPER_LEFT, 0 },
  };

  if (is_long (paper, value, room) || is_long (paper, value2, room))
    {
      kan_form_field (paper, name, value);
      kan_form_field (paper, name2, value2);
      return;
    }
  kan_paper_row (paper, inner_x (paper), cells, G_N_ELEMENTS (cells), KAN_FORM_ROW);
}

/**
 * kan_form_words:
 *
 * A row of a block that is free words; @height is what it takes to write them by hand.
 */
void
kan_form_words (KanPaper *paper, const char *value, double height)
{
  const KanPaperCell cell = { inner_width (paper), value, 0, KAN_PAPER_LEFT, 0 };

  kan_paper_row (paper, inner_x (paper), &cell, 1, height);
}

/**
 * kan_form_value:
 *
 * A row of a block that is one value.
 */
void
kan_form_value (KanPaper *paper, const char *value)
{
  kan_form_words (paper, value, KAN_FORM_ROW);
}

/**
 * kan_form_table_row:
 *
 * A row of a table whose columns take shares of @width; bit i of @right sets column i flush right. A head is
 * repeated until kan_paper_head_end().
 */
void
kan_form_table_row (KanPaper *paper, double x, double width, const double *shares, guint n, guint right,
                    const char *const *texts, gboolean head)
{
  g_autofree KanPaperCell *cells = g_new0 (KanPaperCell, n);
  double whole = 0;

  for (guint i = 0; i < n; i++)
    whole += shares[i];
  for (guint i = 0; i < n; i++)
    {
      cells[i].width = width * shares[i] / whole;
      cells[i].text = texts[i];
      cells[i].size = head ? 8 : KAN_PAPER_SMALL;
      cells[i].align = head ? KAN_PAPER_CENTRE : right & (1u << i) ? KAN_PAPER_RIGHT : KAN_PAPER_LEFT;
    }
  if (head)
    kan_paper_head_begin (paper, x, cells, n, KAN_FORM_TABLE);
  else
    kan_paper_row (paper, x, cells, n, KAN_FORM_TABLE);
}

/**
 * kan_form_table:
 *
 * @n rows of @data under their heads, and as many @empty ones. On a further page the heads come again.
 */
void
kan_form_table (KanPaper *paper, double x, double width, const KanFormColumns *columns, KanFormCellsFunc cells,
                gconstpointer data, guint n, guint empty)
{
  g_autofree const char **texts = g_new0 (const char *, columns->n);

  kan_form_table_row (paper, x, width, columns->shares, columns->n, 0, columns->heads, TRUE);
  for (guint i = 0; i < n; i++)
    {
      cells (data, i, texts);
      kan_form_table_row (paper, x, width, columns->shares, columns->n, columns->right, texts, FALSE);
    }
  memset (texts, 0, columns->n * sizeof *texts);
  for (guint i = 0; i < empty; i++)
    kan_form_table_row (paper, x, width, columns->shares, columns->n, columns->right, texts, FALSE);
  kan_paper_head_end (paper);
}

/**
 * kan_form_list:
 *
 * kan_form_table() beside the label of the block; in a @blank form, with lines to write on.
 */
void
kan_form_list (KanPaper *paper, const KanFormColumns *columns, KanFormCellsFunc cells, gconstpointer data, guint n,
               gboolean blank)
{
  kan_form_table (paper, kan_paper_get_left (paper) + KAN_FORM_LABEL, kan_paper_get_width (paper) - KAN_FORM_LABEL,
                  columns, cells, data, n, blank ? KAN_FORM_INLINE_MAX : 0);
}

/**
 * kan_form_note:
 *
 * Small words beneath the boxes; rather a little smaller than with a few characters on a line of their own.
 */
void
kan_form_note (KanPaper *paper, const char *text)
{
  double room = kan_paper_get_width (paper), width = kan_paper_measure (paper, NOTE_SIZE, text);
  double share = width > room ? room / width : 1;

  kan_paper_skip (paper, 1);
  kan_paper_paragraph (paper, NOTE_SIZE * (share < 1 && share >= 0.88 ? share * 0.999 : 1), KAN_PAPER_LEFT, text);
}

/* The electronic approval: name, time, key. Lines stand close: the strip is low. */
static void
draw_strip (KanPaper *paper, double x, double y, const KanFormSeal *seal)
{
  double width = KAN_FORM_SEAL - 1, pitch = (KAN_FORM_STRIP - 0.4) / 3, height = 2.8;
  g_autofree char *key = g_strdup_printf ("鍵 %s", kan_form_or (seal->key, ""));
  const char *lines[] = { seal->name, seal->at, key };

  kan_paper_fit (paper, x + 0.5, y - 3.2, width, 3, LEGIBLE, KAN_PAPER_RIGHT, "電子決裁");
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    kan_paper_fit (paper, x + 0.5, y + 0.4 + i * pitch - (height - pitch) / 2, width, height, LEGIBLE, KAN_PAPER_LEFT,
                   lines[i]);
}

/* In the corner of the box, and what a deputy added beneath it; small only where it is too much. */
static void
draw_mark (KanPaper *paper, double x, double y, const KanFormSeal *seal)
{
  g_autofree char *words = g_strdup_printf ("%s%s%s", kan_form_or (seal->mark, ""),
                                            seal->mark != NULL && seal->remark != NULL ? "\n" : "",
                                            kan_form_or (seal->remark, ""));
  double width = KAN_FORM_SEAL - 1, height = KAN_FORM_SEAL - 4;

  if (kan_paper_try_wrap (paper, width, LEGIBLE, words) <= height)
    kan_paper_text (paper, x + 0.5, y + 0.3, width, LEGIBLE, KAN_PAPER_LEFT, words);
  else
    kan_paper_fit (paper, x + 0.5, y + 0.3, width, height, LEGIBLE, KAN_PAPER_LEFT, words);
}

/**
 * kan_form_seal:
 *
 * One seal box with its strip, without title.
 */
void
kan_form_seal (KanPaper *paper, double x, double y, const KanFormSeal *seal)
{
  kan_paper_frame (paper, x, y, KAN_FORM_SEAL, KAN_FORM_SEAL, 0.2);
  kan_paper_frame (paper, x, y + KAN_FORM_SEAL, KAN_FORM_SEAL, KAN_FORM_STRIP, 0.2);
  draw_mark (paper, x, y, seal);
  if (seal->name != NULL)
    draw_strip (paper, x, y + KAN_FORM_SEAL, seal);
}

/* "確認欄" downwards, one character a line */
static void
draw_upright (KanPaper *paper, double x, double y, double width, double height, const char *label)
{
  double line = 5.5, top = y + (height - g_utf8_strlen (label, -1) * line) / 2;

  kan_paper_shade (paper, x, y, width, height);
  kan_paper_frame (paper, x, y, width, height, 0.2);
  for (const char *at = label; *at != '\0'; at = g_utf8_next_char (at), top += line)
    {
      char one[7] = { 0 };

      memcpy (one, at, (gsize) (g_utf8_next_char (at) - at));
      kan_paper_fit (paper, x, top, width, line, KAN_PAPER_BODY, KAN_PAPER_CENTRE, one);
    }
}

/**
 * kan_form_seals:
 *
 * A row of seal boxes by rank, flush right, with their titles above them. Returns the width left beside them.
 */
double
kan_form_seals (KanPaper *paper, const char *label, const char *const *titles, const KanFormSeal *seals, guint n)
{
  double height = KAN_FORM_TITLE + KAN_FORM_SEAL + KAN_FORM_STRIP, y;
  double x = kan_paper_get_left (paper) + kan_paper_get_width (paper) - n * KAN_FORM_SEAL;

  kan_paper_need (paper, height);
  y = kan_paper_get_y (paper);
  draw_upright (paper, x - 8, y, 8, height, label);
  for (guint i = 0; i < n; i++, x += KAN_FORM_SEAL)
    {
      kan_paper_shade (paper, x, y, KAN_FORM_SEAL, KAN_FORM_TITLE);
      kan_paper_frame (paper, x, y, KAN_FORM_SEAL, KAN_FORM_TITLE, 0.2);
      kan_paper_fit (paper, x + 0.7, y, KAN_FORM_SEAL - 1.4, KAN_FORM_TITLE, 8, KAN_PAPER_CENTRE,
                     kan_form_or (seals[i].title, titles[i]));
      kan_form_seal (paper, x, y + KAN_FORM_TITLE, &seals[i]);
    }
  kan_paper_skip (paper, height);
  return kan_paper_get_width (paper) - n * KAN_FORM_SEAL - 8;
}

/**
 * kan_form_person:
 *
 * "年金課 主任 長崎花子"
 */
char *
kan_form_person (const KanFormPerson *who)
{
  g_autoptr (GString) text = g_string_new (who->office);
  const char *rest[] = { who->post, who->name };

  for (guint i = 0; i < G_N_ELEMENTS (rest); i++)
    if (rest[i] != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "　" : "", rest[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * kan_form_annex_name:
 *
 * "別紙", or "別紙２" where there are several
 */
char *
kan_form_annex_name (guint number, guint of)
{
  char digit[7] = { 0 };

  if (of < 2)
    return g_strdup ("別紙");
  g_unichar_to_utf8 (0xff10 + number, digit);
  return g_strconcat ("別紙", digit, NULL);
}

/**
 * kan_form_annex:
 *
 * Begins an annex: on a new page, unless it follows another that leaves @room millimetres (0: always a new page).
 */
void
kan_form_annex (KanPaper *paper, const char *name, const char *subject, double room)
{
  if (room <= 0 || kan_paper_get_y (paper) + room > kan_paper_get_bottom (paper))
    kan_paper_break (paper);
  else
    kan_paper_skip (paper, LINE);
  kan_paper_paragraph (paper, KAN_PAPER_BODY, KAN_PAPER_LEFT, name);
  kan_paper_paragraph (paper, 13, KAN_PAPER_CENTRE, subject);
  kan_paper_skip (paper, 2);
}
