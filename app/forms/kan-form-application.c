/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 記録媒体持出承諾申請書, with two (or three) columns to decide in and the confirmation of the return. */
#include "forms/kan-form-application.h"

#include "forms/kan-form-private.h"

#define TITLE "記録媒体持出承諾申請書"
#define SEE   "※欄外のとおり"
#define BODY  "本人確認情報を記録した記録媒体を下記のとおり外部へ持ち出したいので、承諾くださるよう申請します。（規程%s）"
#define BASIS "第11条第3項"

static const char *const roles[] = { "本人確認情報管理責任者", "住基ネットシステム管理者", "住基ネットセキュリティ統括責任者" };
static const char *const media_heads[] = { "登録番号", "種類", "製造者・型式", "製造番号又は枚数", "件数" };
static const double media_shares[] = { 22, 29, 38, 25.6, 14.4 };

static const KanFormColumns media_columns = { media_heads, media_shares, G_N_ELEMENTS (media_heads), 0x10 };

static void
media_cells_cb (gconstpointer data, guint i, const char **texts)
{
  const KanFormMedium *medium = &((const KanFormMedium *) data)[i];

  texts[0] = medium->number;
  texts[1] = medium->kind;
  texts[2] = kan_form_or (medium->model, KAN_FORM_NONE);
  texts[3] = kan_form_or (medium->serial, kan_form_or (medium->sheets, KAN_FORM_NONE));
  texts[4] = medium->count;
}

static void
draw_letter (KanPaper *paper, const KanApplicationForm *data)
{
  g_autofree char *body = g_strdup_printf (BODY, kan_form_or (data->basis, BASIS));

  kan_form_numbers (paper, &data->head);
  for (guint i = 0; i < G_N_ELEMENTS (data->addressees); i++)
    kan_form_addressee (paper, kan_form_or (data->addressees[i], roles[i]));
  kan_form_issuer (paper, data->head.association, "申請者", &data->applicant);
  kan_form_title (paper, kan_form_or (data->head.title, TITLE), body);
}

static void
draw_media (KanPaper *paper, const KanApplicationForm *data, gboolean blank)
{
  kan_paper_block_begin (paper, KAN_FORM_LABEL, "１　媒体・数量・件数");
  if (data->n_media > KAN_FORM_INLINE_MAX)
    kan_form_value (paper, "別紙のとおり");
  else
    kan_form_list (paper, &media_columns, media_cells_cb, data->media, data->n_media, blank);
  kan_form_fields (paper, "数量", data->quantity, "件数の合計", data->count);
  kan_paper_block_end (paper);
}

static void
draw_purpose (KanPaper *paper, const KanApplicationForm *data, gboolean blank)
{
  kan_paper_block_begin (paper, KAN_FORM_LABEL, "２　持出しの理由");
  kan_form_words (paper, data->reason, blank ? 2 * KAN_FORM_BY_HAND : KAN_FORM_ROW);
  kan_paper_block_end (paper);
  kan_paper_block_begin (paper, KAN_FORM_LABEL, "３　持出先・相手方");
  kan_form_field (paper, "持出先", data->destination);
  kan_form_field (paper, "相手方", data->counterpart);
  if (data->outside != NULL)
    kan_form_field (paper, "外部の範囲", data->outside);
  kan_paper_block_end (paper);
}

static void
draw_period (KanPaper *paper, const KanApplicationForm *data, gboolean blank)
{
  g_autofree char *period = NULL;

  if (blank)
    period = g_strdup ("令和　　年　　月　　日から令和　　年　　月　　日まで　・　返却なし");
  else if (data->no_return)
    period = g_strdup_printf ("%s　返却なし", kan_form_or (data->from, ""));
  else
    period = g_strdup_printf ("%sから%sまで", kan_form_or (data->from, ""), kan_form_or (data->until, ""));
  kan_paper_block_begin (paper, KAN_FORM_LABEL, "４　期間");
  if (data->kind != NULL)
    kan_form_field (paper, "区分", data->kind);
  kan_form_field (paper, "期間", period);
  kan_paper_block_end (paper);
}

static void
draw_transport (KanPaper *paper, const KanApplicationForm *data)
{
  kan_paper_block_begin (paper, KAN_FORM_LABEL, "５　搬送");
  kan_form_fields (paper, "方法", data->method, "搬送者", data->carrier);
  kan_form_field (paper, "経路", data->route);
  kan_paper_block_end (paper);
  kan_paper_block_begin (paper, KAN_FORM_LABEL, "６　容器・包装・封印");
  kan_form_fields (paper, "容器・包装", data->container, "封印番号", data->seal);
  kan_paper_block_end (paper);
}

static const char *
decision_words (KanDecision decision)
{
  if (decision == KAN_DECISION_CONSENTED)
    return "■承諾　□不承諾";
  return decision == KAN_DECISION_REFUSED ? "□承諾　■不承諾" : "□承諾　□不承諾";
}

/* What a consent was given under, or why there was none. */
static const char *
reason_name (const KanApplicationDecision *decision)
{
  return decision->decision == KAN_DECISION_REFUSED ? "理由" : "条件";
}

/* A name beside its value in the left part of a column. */
static void
draw_cell (KanPaper *paper, double x, double y, double width, double height, const char *name, const char *value)
{
  kan_paper_frame (paper, x, y, width, height, 0.2);
  kan_paper_fit (paper, x + 1, y, 10, height, 8, KAN_PAPER_LEFT, name);
  kan_paper_fit (paper, x + 11.5, y + 0.3, width - 12.5, height - 0.6, KAN_PAPER_SMALL, KAN_PAPER_LEFT, value);
}

/* Whether the condition can be read in its field; else it stands beneath the columns. */
static gboolean
condition_fits (KanPaper *paper, double width, const KanApplicationDecision *decision)
{
  return kan_paper_try_fit (paper, width - KAN_FORM_SEAL - 12.5, 12.4, KAN_PAPER_SMALL, decision->condition) >= 0.65;
}

static void
draw_decision (KanPaper *paper, double x, double width, const char *role, const KanApplicationDecision *decision)
{
  double y = kan_paper_get_y (paper), left = width - KAN_FORM_SEAL;

  kan_paper_shade (paper, x, y, width, KAN_FORM_TITLE);
  kan_paper_frame (paper, x, y, width, KAN_FORM_TITLE, 0.2);
  kan_paper_fit (paper, x + 1, y, width - 2, KAN_FORM_TITLE, KAN_PAPER_SMALL, KAN_PAPER_CENTRE,
                 kan_form_or (decision->role, role));
  y += KAN_FORM_TITLE;
  kan_paper_frame (paper, x, y, left, 7, 0.2);
  kan_paper_fit (paper, x + 1, y, left - 2, 7, KAN_PAPER_BODY, KAN_PAPER_CENTRE, decision_words (decision->decision));
  draw_cell (paper, x, y + 7, left, 13, reason_name (decision),
             condition_fits (paper, width, decision) ? decision->condition : SEE);
  draw_cell (paper, x, y + 20, left, 8, "年月日", decision->date);
  kan_form_seal (paper, x + left, y, &decision->seal);
}

/* 決裁欄: a column for each who decides. */
static void
draw_decisions (KanPaper *paper, const KanApplicationForm *data)
{
  const KanApplicationDecision none = { 0 };
  guint n = CLAMP (data->n_decisions, 2, G_N_ELEMENTS (roles));
  double width = kan_paper_get_width (paper) / n;
  g_autofree char *remarks = data->remarks != NULL ? g_strconcat ("※　", data->remarks, NULL) : NULL;
  const char *notes[] = { data->capacities, remarks };

  kan_paper_need (paper, 5.5 + KAN_FORM_TITLE + KAN_FORM_SEAL + KAN_FORM_STRIP);
  kan_paper_paragraph (paper, KAN_PAPER_SMALL, KAN_PAPER_LEFT, "決裁欄");
  for (guint i = 0; i < n; i++)
    draw_decision (paper, kan_paper_get_left (paper) + i * width, width, roles[i],
                   i < data->n_decisions ? &data->decisions[i] : &none);
  kan_paper_skip (paper, KAN_FORM_TITLE + KAN_FORM_SEAL + KAN_FORM_STRIP);
  for (guint i = 0; i < MIN (n, data->n_decisions); i++)
    if (!condition_fits (paper, width, &data->decisions[i]))
      {
        g_autofree char *note = g_strdup_printf ("※　%s（%s）：%s", reason_name (&data->decisions[i]),
                                                 kan_form_or (data->decisions[i].role, roles[i]),
                                                 data->decisions[i].condition);

        kan_form_note (paper, note);
      }
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    if (notes[i] != NULL)
      kan_form_note (paper, notes[i]);
}

/* Why nothing will come back; NULL where something may. */
static const char *
never_returns (const KanApplicationForm *data)
{
  if (data->returned_at != NULL)
    return NULL;
  for (guint i = 0; i < data->n_decisions; i++)
    if (data->decisions[i].decision == KAN_DECISION_REFUSED)
      return "搬出なし（不承諾）";
  return data->no_return ? "返却なし" : NULL;
}

/* 返却確認, at the end. */
static void
draw_return (KanPaper *paper, const KanApplicationForm *data, gboolean blank)
{
  const char *never = never_returns (data), *nothing = never != NULL ? KAN_FORM_NONE : NULL;

  kan_paper_skip (paper, 2.5);
  kan_paper_need (paper, 3 * KAN_FORM_ROW);
  kan_paper_block_begin (paper, KAN_FORM_LABEL, "返却確認");
  kan_form_fields (paper, "返却日時", kan_form_or (data->returned_at, never),
                   "数量", kan_form_or (data->returned_quantity, nothing));
  kan_form_field (paper, "異状", blank ? "無　・　有（　　　　　　　　　　　　　　　　　）" : kan_form_or (data->returned_state, nothing));
  kan_form_fields (paper, "返却者", kan_form_or (data->returned_by, nothing),
                   "受領者", kan_form_or (data->taken_back_by, nothing));
  kan_paper_block_end (paper);
}

/**
 * kan_form_application_new:
 * @data: (nullable): what is asked; %NULL for an empty form
 *
 * Lays out 記録媒体持出承諾申請書. More than four media go on an annex.
 *
 * Returns: (transfer full): the finished paper
 */
KanPaper *
kan_form_application_new (const KanApplicationForm *data)
{
  const KanApplicationForm none = { 0 };
  gboolean blank = data == NULL;
  KanPaper *paper;

  data = blank ? &none : data;
  paper = kan_form_begin (KAN_PAPER_PORTRAIT, TITLE, &data->head);
  kan_paper_set_least (paper, blank ? KAN_FORM_BY_HAND : 0);
  draw_letter (paper, data);
  draw_media (paper, data, blank);
  draw_purpose (paper, data, blank);
  draw_period (paper, data, blank);
  kan_paper_keep_begin (paper);       /* nothing is decided on a page of its own */
  draw_transport (paper, data);
  kan_paper_keep_begin (paper);
  kan_form_close (paper);
  draw_decisions (paper, data);
  draw_return (paper, data, blank);
  kan_paper_keep_end (paper);
  if (data->n_media > KAN_FORM_INLINE_MAX)
    {
      kan_form_annex (paper, "別紙", "持ち出す記録媒体の一覧", 0);
      kan_form_table (paper, kan_paper_get_left (paper), kan_paper_get_width (paper), &media_columns, media_cells_cb,
                      data->media, data->n_media, 0);
    }
  return kan_paper_finish (paper);
}
