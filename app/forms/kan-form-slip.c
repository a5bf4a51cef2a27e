/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 搬送票 in three parts of fixed height with lines to cut along; what does not go into its field legibly, and more
 * than four media, stand on an annex to each part, since each goes its own way: only the sender's tells counts. */
#include "forms/kan-form-slip.h"

#include "forms/kan-form-private.h"

#define TITLE    "搬送票"
#define SEE      "別紙のとおり"
#define RECEIPT  "上記の記録媒体を、数量、容器及び封印に異状がないことを確認し、受領しました。"
#define FOUND    "本票を拾得された方は、下記の緊急連絡先へ御連絡ください。"
#define ROW      6.0
#define EMERGENCY 9.0
#define RETURN   8.0
#define HEAD     20.0
#define NAME     20.0
#define TO_WRITE 62.0      /* of what is left to be written by hand, with its label */
#define REST     "以下余白"
#define LEGIBLE  0.68      /* below this share of its size, a text goes on the annex */
#define N_PARTS  3
#define GAP      4.0       /* on either side of a cutting line */

static const char *const media_heads[] = { "登録番号", "種類", "製造者・型式", "製造番号又は枚数", "件数" };
static const double media_shares[] = { 25, 30, 45, 40, 25 };

static const char *const parts[] = { "①　発送者控", "②　携行票", "③　受領書" };
static const char *const annex_names[] = { "別紙（発送者控）", "別紙（携行票）", "別紙（受領書）" };

/* `here`: never sent to the annex. */
typedef struct { const char *name, *value; gboolean here; } Field;

typedef struct
{
  KanPaper          *paper;
  const KanSlipForm *data;
  guint              part;                /* from 0; what follows the first travels */
  GPtrArray         *annexes[N_PARTS];    /* names and texts too long for their fields, by turns */
} Slip;

/* Puts the text, or where it would become too small a word that sends the reader to the annex. */
static void
put_value (Slip *slip, double x, double width, double height, const Field *field)
{
  GPtrArray *annex = slip->annexes[slip->part];
  double y = kan_paper_get_y (slip->paper), room = width - 2 * KAN_PAPER_GAP;
  const char *text = field->value;

  if (!field->here && kan_paper_try_fit (slip->paper, room, height, KAN_PAPER_SMALL, text) < LEGIBLE)
    {
      guint i;

      for (i = 0; i < annex->len && !g_str_equal (g_ptr_array_index (annex, i), field->name); i += 2)
        ;
      if (i == annex->len)
        {
          g_ptr_array_add (annex, (gpointer) field->name);
          g_ptr_array_add (annex, (gpointer) field->value);
        }
      text = SEE;
    }
  kan_paper_fit (slip->paper, x + KAN_PAPER_GAP, y, room, height, KAN_PAPER_SMALL, KAN_PAPER_LEFT, text);
}

/* A row of one or two fields. */
static void
put_fields (Slip *slip, double height, const Field *fields, guint n)
{
  double x = kan_paper_get_left (slip->paper), width = kan_paper_get_width (slip->paper) / n;
  double y = kan_paper_get_y (slip->paper);

  for (guint i = 0; i < n; i++, x += width)
    {
      kan_paper_shade (slip->paper, x, y, NAME, height);
      kan_paper_frame (slip->paper, x, y, NAME, height, 0.2);
      kan_paper_frame (slip->paper, x + NAME, y, width - NAME, height, 0.2);
      kan_paper_fit (slip->paper, x + 1, y, NAME - 2, height, 8, KAN_PAPER_LEFT, fields[i].name);
      put_value (slip, x + NAME, width - NAME, height, &fields[i]);
    }
  kan_paper_skip (slip->paper, height);
}

static void
put_one (Slip *slip, double height, const char *name, const char *value)
{
  put_fields (slip, height, &(Field) { name, value, FALSE }, 1);
}

static void
put_two (Slip *slip, double height, const char *name, const char *value, const char *name2, const char *value2)
{
  const Field fields[] = { { name, value, FALSE }, { name2, value2, FALSE } };

  put_fields (slip, height, fields, G_N_ELEMENTS (fields));
}

/* A name with words, and after them something that is told or left to be written on a line. */
static void
put_with (Slip *slip, double height, const char *name, const char *words, const char *label, const char *told)
{
  double y = kan_paper_get_y (slip->paper), left = kan_paper_get_left (slip->paper) + NAME;
  double end = kan_paper_get_left (slip->paper) + kan_paper_get_width (slip->paper), x = end - TO_WRITE;
  double line = y + height - 1.8, from = x + kan_paper_measure (slip->paper, KAN_PAPER_SMALL, label) + 2;

  put_fields (slip, height, &(Field) { name, told != NULL ? words : NULL, TRUE }, 1);
  if (told != NULL)
    return;
  kan_paper_fit (slip->paper, left + KAN_PAPER_GAP, y, x - left - 4 * KAN_PAPER_GAP, height, KAN_PAPER_SMALL,
                 KAN_PAPER_LEFT, words);
  kan_paper_fit (slip->paper, x, y, from - x, height, KAN_PAPER_SMALL, KAN_PAPER_LEFT, label);
  kan_paper_line (slip->paper, from, line, end - KAN_PAPER_GAP, line, 0.2);
}

/* Whom a finder calls. */
static void
put_emergency (Slip *slip)
{
  const KanSlipForm *data = slip->data;
  g_autofree char *words = g_strdup_printf ("%s　電話　%s", kan_form_or (data->emergency, ""),
                                            kan_form_or (data->telephone, ""));

  put_with (slip, EMERGENCY, "緊急連絡先", data->telephone != NULL ? words : data->emergency, "電話", data->telephone);
}

/* Where the receipt goes. */
static void
put_return (Slip *slip)
{
  const KanSlipForm *data = slip->data;
  g_autofree char *words = g_strdup_printf ("%s　%s", kan_form_or (data->return_address, ""),
                                            kan_form_or (data->return_to, ""));

  put_with (slip, RETURN, "返送先", data->return_address != NULL ? words : data->return_to, "所在地",
            data->return_address);
}

/* Title in the middle, the part's name left, number, date and code right. */
static void
draw_part_head (Slip *slip, guint part)
{
  const KanFormHead *head = &slip->data->head;
  double left = kan_paper_get_left (slip->paper), width = kan_paper_get_width (slip->paper);
  double y = kan_paper_get_y (slip->paper), side = kan_paper_code_side (slip->paper, head->code);
  g_autofree char *reference = kan_form_reference (head);
  double third = width / 3, numbers = third - side - (side > 0 ? 4 : 0);

  slip->part = part;
  kan_paper_fit (slip->paper, left, y, third, 6, 11, KAN_PAPER_LEFT, parts[part]);
  kan_paper_fit (slip->paper, left, y + 6.2, third, 4.8, KAN_PAPER_SMALL, KAN_PAPER_LEFT, head->association);
  if (reference != NULL)
    kan_paper_fit (slip->paper, left, y + 11, 2 * third, 4, 7, KAN_PAPER_LEFT, reference);
  kan_paper_fit (slip->paper, left + third, y + 1, third, 9, KAN_PAPER_TITLE, KAN_PAPER_CENTRE,
                 kan_form_or (head->title, TITLE));
  kan_paper_fit (slip->paper, left + 2 * third, y, numbers, 6, KAN_PAPER_BODY, KAN_PAPER_RIGHT,
                 kan_form_or (head->number, "第　　　　号"));
  kan_paper_fit (slip->paper, left + 2 * third, y + 6, numbers, 5, KAN_PAPER_SMALL, KAN_PAPER_RIGHT,
                 head->document_number);
  kan_paper_fit (slip->paper, left + 2 * third, y + 11, numbers, 5, KAN_PAPER_SMALL, KAN_PAPER_RIGHT,
                 kan_form_or (head->date, "令和　　年　　月　　日"));
  kan_paper_code (slip->paper, left + width - side, y, head->code);
  kan_paper_skip (slip->paper, MAX (HEAD, side + 2));
}

static void
media_row (Slip *slip, const KanFormMedium *medium, gboolean fixed)
{
  const char *nothing = medium->kind != NULL ? KAN_FORM_NONE : NULL;
  const char *texts[] = { medium->number, medium->kind, kan_form_or (medium->model, nothing),
                          kan_form_or (medium->serial, kan_form_or (medium->sheets, nothing)), medium->count };
  double x = kan_paper_get_left (slip->paper), width = kan_paper_get_width (slip->paper);
  guint n = slip->part > 0 ? 4 : 5;
  gboolean head = medium->count == media_heads[4];

  if (!fixed)
    {
      kan_form_table_row (slip->paper, x, width, media_shares, n, 0x10, texts, FALSE);
      return;
    }
  for (guint i = 0; i < n; x += media_shares[i++])
    {
      kan_paper_frame (slip->paper, x, kan_paper_get_y (slip->paper), media_shares[i], 5, 0.2);
      kan_paper_fit (slip->paper, x + 1, kan_paper_get_y (slip->paper), media_shares[i] - 2, 5, KAN_PAPER_SMALL,
                     head ? KAN_PAPER_CENTRE : i == 4 ? KAN_PAPER_RIGHT : KAN_PAPER_LEFT, texts[i]);
    }
  kan_paper_skip (slip->paper, 5);
}

/* The sender's table of four lines; that no more follow is said where lines are left. */
static void
draw_media_table (Slip *slip)
{
  const KanFormMedium none = { 0 }, rest = { .number = REST };
  const KanFormMedium heads = { media_heads[0], media_heads[1], media_heads[2], media_heads[3], NULL, media_heads[4] };

  kan_paper_shade (slip->paper, kan_paper_get_left (slip->paper), kan_paper_get_y (slip->paper),
                   kan_paper_get_width (slip->paper), 5);
  media_row (slip, &heads, TRUE);
  for (guint i = 0; i < KAN_FORM_INLINE_MAX; i++)
    media_row (slip, i < slip->data->n_media ? &slip->data->media[i]
               : i == slip->data->n_media && i > 0 ? &rest : &none, TRUE);
}

/* "U-0012 USBメモリ、U-0013 DVD-R" */
static char *
list_media (const KanSlipForm *data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (data->n_media > KAN_FORM_INLINE_MAX)
    return g_strdup (SEE);
  for (guint i = 0; i < data->n_media; i++)
    g_string_append_printf (text, "%s%s %s", i > 0 ? "、" : "", kan_form_or (data->media[i].number, ""),
                            kan_form_or (data->media[i].kind, ""));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* By what consent it goes; what breaks a rule stands on the annex in full. */
static char *
approval_words (Slip *slip)
{
  const KanSlipForm *data = slip->data;

  if (data->remarks == NULL)
    return g_strdup (data->approval);
  g_ptr_array_add (slip->annexes[0], (gpointer) "備考");
  g_ptr_array_add (slip->annexes[0], (gpointer) data->remarks);
  return g_strdup_printf ("%s　※規程不適合（別紙）", kan_form_or (data->approval, "なし"));
}

static void
draw_kept (Slip *slip, const char *sender, const char *approval)
{
  const KanSlipForm *data = slip->data;

  draw_part_head (slip, 0);
  if (data->n_media > KAN_FORM_INLINE_MAX)
    put_one (slip, 5 * 5, "記録媒体", SEE);
  else
    draw_media_table (slip);
  put_two (slip, ROW, "数量", data->quantity, "件数の合計", data->count);
  put_two (slip, ROW, "区分", data->kind, "承諾番号", approval);
  put_two (slip, ROW, "発送者", sender, "発送日時", data->sent_at);
  put_two (slip, ROW, "相手方", data->counterpart, "持出先", data->destination);
  put_two (slip, ROW, "搬送者", data->carrier, "搬送方法", data->method);
  put_one (slip, ROW, "経路", data->route);
  put_two (slip, ROW, "容器・包装", data->container, "封印番号", data->seal);
  put_two (slip, ROW, "渡した者", data->given_by, "受けた者", data->taken_by);
}

static void
draw_carried (Slip *slip, const char *sender, const char *media)
{
  const KanSlipForm *data = slip->data;
  double left = kan_paper_get_left (slip->paper), y;

  draw_part_head (slip, 1);
  y = kan_paper_get_y (slip->paper);
  kan_paper_fit (slip->paper, left, y - 4.6, 110, 4.5, 8, KAN_PAPER_LEFT, FOUND);
  put_one (slip, 8, "記録媒体", media);
  put_two (slip, ROW, "数量", data->quantity, "発送日時", data->sent_at);
  put_two (slip, ROW, "発送者", sender, "相手方", data->counterpart);
  put_one (slip, ROW, "持出先", data->destination);
  put_two (slip, ROW, "搬送者", data->carrier, "搬送方法", data->method);
  put_one (slip, ROW, "経路", data->route);
  put_two (slip, ROW, "容器・包装", data->container, "封印番号", data->seal);
  put_emergency (slip);
}

static void
draw_receipt (Slip *slip, const char *media)
{
  const KanSlipForm *data = slip->data;
  double left = kan_paper_get_left (slip->paper), width = kan_paper_get_width (slip->paper);

  draw_part_head (slip, 2);
  put_one (slip, 8, "記録媒体", media);
  put_two (slip, ROW, "数量", data->quantity, "封印番号", data->seal);
  put_one (slip, ROW, "容器・包装", data->container);
  kan_paper_fit (slip->paper, left, kan_paper_get_y (slip->paper), width, 7, KAN_PAPER_BODY, KAN_PAPER_LEFT, RECEIPT);
  kan_paper_skip (slip->paper, 7);
  put_two (slip, 7, "受領日時", "令和　　年　　月　　日　　時　　分", "名称", NULL);
  put_two (slip, 10, "所属", NULL, "氏名", NULL);
  kan_paper_fit (slip->paper, left + width - 23, kan_paper_get_y (slip->paper) - 10, 22, 10, 7, KAN_PAPER_RIGHT,
                 "印又は自署");
  put_return (slip);
}

/* Each page of an annex says whose it is, under the same code: a list with counts is not to travel by mistake. */
static void
open_annex_cb (KanPaper *paper, gpointer data)
{
  Slip *slip = data;
  double left = kan_paper_get_left (paper), width = kan_paper_get_width (paper), y = kan_paper_get_y (paper);
  double side = kan_paper_code_side (paper, slip->data->head.code);

  kan_paper_fit (paper, left, y, width / 2, 6, KAN_PAPER_BODY, KAN_PAPER_LEFT, annex_names[slip->part]);
  kan_paper_fit (paper, left, y + 8, width, 8, 13, KAN_PAPER_CENTRE, "搬送票の別紙");
  kan_paper_code (paper, left + width - side, y, slip->data->head.code);
  kan_paper_skip (paper, MAX (side, 16) + 2);
}

/* What a part could not hold. */
static void
draw_annex (Slip *slip, guint part)
{
  GPtrArray *fields = slip->annexes[part];
  double x = kan_paper_get_left (slip->paper), width = kan_paper_get_width (slip->paper);
  gboolean list = slip->data->n_media > KAN_FORM_INLINE_MAX;

  slip->part = part;
  if (!list && fields->len == 0)
    return;
  kan_paper_set_opening (slip->paper, open_annex_cb, slip);
  kan_paper_break (slip->paper);
  for (guint i = 0; i < fields->len; i += 2)
    {
      const KanPaperCell cells[] = {
        { 25, g_ptr_array_index (fields, i), KAN_PAPER_SMALL, KAN_PAPER_LEFT, KAN_PAPER_SHADED },
        { width - 25, g_ptr_array_index (fields, i + 1), KAN_PAPER_SMALL, KAN_PAPER_LEFT, 0 },
      };

      kan_paper_row (slip->paper, x, cells, G_N_ELEMENTS (cells), KAN_FORM_ROW);
    }
  kan_paper_skip (slip->paper, fields->len > 0 ? 3 : 0);
  if (!list)
    return;
  kan_form_table_row (slip->paper, x, width, media_shares, part > 0 ? 4 : 5, 0, media_heads, TRUE);
  for (guint i = 0; i < slip->data->n_media; i++)
    media_row (slip, &slip->data->media[i], FALSE);
  kan_paper_head_end (slip->paper);
}

static void
cut (KanPaper *paper)
{
  kan_paper_skip (paper, GAP);
  kan_paper_cut_line (paper, kan_paper_get_y (paper));
  kan_paper_skip (paper, GAP);
}

/**
 * kan_form_slip_new:
 * @data: (nullable): what is sent; %NULL for an empty form
 *
 * Lays out 搬送票: sender's copy, the part that travels (without counts, with an emergency contact), and the receipt.
 *
 * Returns: (transfer full): the finished paper
 */
KanPaper *
kan_form_slip_new (const KanSlipForm *data)
{
  const KanSlipForm none = { 0 };
  g_autofree char *sender = NULL, *media = NULL, *approval = NULL;
  Slip slip = { 0 };
  KanFormHead foot;

  slip.data = data = data != NULL ? data : &none;
  foot = data->head;
  foot.code = NULL;        /* each part has its own */
  sender = kan_form_person (&data->sender);
  media = list_media (data);
  for (guint i = 0; i < N_PARTS; i++)
    slip.annexes[i] = g_ptr_array_new ();
  slip.paper = kan_form_begin (KAN_PAPER_PORTRAIT, TITLE, &foot);
  approval = approval_words (&slip);       /* an annex may refer to it to the end */
  draw_kept (&slip, sender, approval);
  cut (slip.paper);
  draw_carried (&slip, sender, media);
  cut (slip.paper);
  draw_receipt (&slip, media);
  for (guint i = 0; i < N_PARTS; i++)
    {
      draw_annex (&slip, i);
      kan_paper_set_opening (slip.paper, NULL, NULL);
      g_ptr_array_unref (slip.annexes[i]);
    }
  return kan_paper_finish (slip.paper);
}
