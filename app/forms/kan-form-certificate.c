/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 記録媒体廃棄証明書: one page for the usual medium, annexes for more than four. */
#include "forms/kan-form-certificate.h"

#include "forms/kan-form-private.h"

#define TITLE "記録媒体廃棄証明書"
#define HAND    11.5     /* of two lines: office and name of somebody are long */
#define REMARKS 12.0     /* room to write them by hand */
#define FOLLOWS 60.0     /* room for an annex below another */
#define NEVER_HELD "該当なし（記録されたことがない。）"
#define EMPTY "下記の記録媒体について、本人確認情報が記録されていないことを確認した上で廃棄したことを証明します。"
#define BODY  "下記の記録媒体について、記録されていた本人確認情報を復元できない状態にした上で廃棄したことを証明します。"

static const char *const seal_titles[] = { "統括責任者", "管理責任者", "システム管理者", "立会者", "実施者" };
static const char *const media_heads[] = { "登録番号", "種類", "製造者・型式", "製造番号", "容量又は枚数" };
static const double media_shares[] = { 22, 29, 37, 22.5, 18.5 };
static const char *const batch_heads[] = { "登録番号", "記録日", "利用目的", "対象給付日", "件数", "複製の処置" };
static const double batch_shares[] = { 22, 26, 39, 26, 16, 24 };
static const char *const erasure_heads[] = { "登録番号", "日時", "場所", "方法", "ソフト名及び版" };
static const double erasure_shares[] = { 18, 34, 25, 28, 24 };

/* Which lists are too long for the page, and how their annexes are called. */
typedef struct { gboolean media, batches, erasures, digests; guint n, next; } Annexes;

static const KanFormColumns media_columns = { media_heads, media_shares, G_N_ELEMENTS (media_heads), 0x10 };
/* On the form itself what became of copies stands beneath the table, where it has room. */
static const KanFormColumns batch_columns = { batch_heads, batch_shares, G_N_ELEMENTS (batch_heads) - 1, 0x10 };
static const KanFormColumns batch_columns_with_copies = { batch_heads, batch_shares, G_N_ELEMENTS (batch_heads), 0x10 };
static const KanFormColumns erasure_columns = { erasure_heads, erasure_shares, G_N_ELEMENTS (erasure_heads), 0 };

static void
media_cells_cb (gconstpointer data, guint i, const char **texts)
{
  const KanFormMedium *medium = &((const KanFormMedium *) data)[i];

  texts[0] = medium->number;
  texts[1] = medium->kind;
  texts[2] = kan_form_or (medium->model, KAN_FORM_NONE);
  texts[3] = kan_form_or (medium->serial, KAN_FORM_NONE);
  texts[4] = kan_form_or (medium->capacity, KAN_FORM_NONE);
}

static void
batch_cells_cb (gconstpointer data, guint i, const char **texts)
{
  const KanCertificateBatch *batch = &((const KanCertificateBatch *) data)[i];

  texts[0] = batch->medium;
  texts[1] = batch->recorded;
  texts[2] = batch->purpose;
  texts[3] = batch->payment;
  texts[4] = batch->count;
}

static void
batch_cells_with_copies_cb (gconstpointer data, guint i, const char **texts)
{
  batch_cells_cb (data, i, texts);
  texts[5] = ((const KanCertificateBatch *) data)[i].copies;
}

static void
erasure_cells_cb (gconstpointer data, guint i, const char **texts)
{
  const KanCertificateErasure *erasure = &((const KanCertificateErasure *) data)[i];

  texts[0] = erasure->medium;
  texts[1] = kan_form_or (erasure->at, KAN_FORM_NONE);
  texts[2] = kan_form_or (erasure->where, KAN_FORM_NONE);
  texts[3] = kan_form_or (erasure->method, KAN_FORM_NONE);
  texts[4] = kan_form_or (erasure->tool, KAN_FORM_NONE);
}

/* "別紙１のとおり（40点）" */
static void
refer (KanPaper *paper, Annexes *annexes, guint n, const char *unit)
{
  g_autofree char *name = kan_form_annex_name (++annexes->next, annexes->n);
  g_autofree char *text = g_strdup_printf ("%sのとおり（%u%s）", name, n, unit);

  kan_form_value (paper, text);
}

static void
draw_media (KanPaper *paper, const KanCertificateForm *data, Annexes *annexes, gboolean blank)
{
  kan_paper_block_begin (paper, KAN_FORM_LABEL, "１　記録媒体");
  if (annexes->media)
    refer (paper, annexes, data->n_media, "点");
  else
    kan_form_list (paper, &media_columns, media_cells_cb, data->media, data->n_media, blank);
  kan_paper_block_end (paper);
}

/* What became of copies: once where it is the same for all, else recording by recording. */
static char *
copies_words (const KanCertificateForm *data)
{
  g_autoptr (GString) words = g_string_new (NULL);
  gboolean same = TRUE;

  for (guint i = 1; i < data->n_batches; i++)
    same = same && g_strcmp0 (data->batches[i].copies, data->batches[0].copies) == 0;
  if (same)
    return g_strdup (data->n_batches > 0 ? data->batches[0].copies : KAN_FORM_NONE);
  for (guint i = 0; i < data->n_batches; i++)
    g_string_append_printf (words, "%s%s：%s", i > 0 ? "\n" : "", kan_form_or (data->batches[i].medium, ""),
                            kan_form_or (data->batches[i].copies, KAN_FORM_NONE));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
draw_batches (KanPaper *paper, const KanCertificateForm *data, Annexes *annexes, gboolean blank)
{
  g_autofree char *copies = blank ? NULL : copies_words (data);

  kan_paper_block_begin (paper, KAN_FORM_LABEL, "２　本人確認情報");
  if (annexes->batches)
    {
      refer (paper, annexes, data->n_batches, "回の記録");
      kan_form_field (paper, "件数の合計", data->count);
    }
  else if (data->n_batches == 0 && !blank)
    {
      kan_form_value (paper, NEVER_HELD);
      kan_form_field (paper, "件数の合計", data->count);
    }
  else
    {
      kan_form_list (paper, &batch_columns, batch_cells_cb, data->batches, data->n_batches, blank);
      kan_form_fields (paper, "件数の合計", data->count, "複製の処置", copies);
    }
  kan_paper_block_end (paper);
}

static void
draw_erasure (KanPaper *paper, const KanCertificateForm *data, Annexes *annexes, gboolean blank)
{
  const KanCertificateErasure none = { 0 }, *one = data->n_erasures > 0 ? data->erasures : &none;
  const char *nothing = blank ? NULL : KAN_FORM_NONE;

  kan_paper_block_begin (paper, KAN_FORM_LABEL, "３　消去");
  if (annexes->erasures)
    refer (paper, annexes, data->n_erasures, "点");
  else if (data->n_erasures > 1)
    kan_form_list (paper, &erasure_columns, erasure_cells_cb, data->erasures, data->n_erasures, FALSE);
  else
    {
      kan_form_fields (paper, "日時", kan_form_or (one->at, nothing), "場所", kan_form_or (one->where, nothing));
      kan_form_fields (paper, "方法", kan_form_or (one->method, nothing),
                       "ソフト名及び版", kan_form_or (one->tool, nothing));
    }
  kan_form_field (paper, "確認結果", kan_form_or (data->verified, nothing));
  kan_paper_block_end (paper);
}

static void
draw_destruction (KanPaper *paper, const KanCertificateForm *data, gboolean blank)
{
  const char *nothing = blank ? NULL : KAN_FORM_NONE;

  kan_paper_block_begin (paper, KAN_FORM_LABEL, "４　廃棄");
  kan_form_fields (paper, "日時", kan_form_or (data->destroyed_at, nothing),
                   "場所", kan_form_or (data->destroyed_where, nothing));
  kan_form_fields (paper, "方法", kan_form_or (data->destruction, nothing),
                   "機器", kan_form_or (data->device, nothing));
  kan_form_field (paper, "適合基準", kan_form_or (data->standard, nothing));
  kan_paper_block_end (paper);
}

static void
draw_hands (KanPaper *paper, const KanCertificateForm *data, gboolean blank)
{
  kan_paper_need (paper, MAX (data->n_hands, 2) * HAND);
  kan_paper_block_begin (paper, KAN_FORM_LABEL, "５　実施者及び立会者");
  for (guint i = 0; i < data->n_hands; i++)
    {
      g_autofree char *who = kan_form_person (&data->hands[i].who);

      kan_form_field (paper, data->hands[i].capacity, who);
    }
  if (blank)
    {
      kan_form_field (paper, "実施者", NULL);
      kan_form_field (paper, "立会者", NULL);
    }
  kan_paper_block_end (paper);
}

static void
draw_contractor (KanPaper *paper, const KanCertificateForm *data, gboolean blank)
{
  kan_paper_block_begin (paper, KAN_FORM_LABEL, "６　委託先及び証明書");
  kan_form_fields (paper, "委託先", kan_form_or (data->contractor, blank ? NULL : "該当なし"),
                   "証明書", kan_form_or (data->contractor_certificate, blank ? NULL : "該当なし"));
  kan_paper_block_end (paper);
}

static void
draw_digests (KanPaper *paper, double x, double width, const KanCertificateForm *data)
{
  for (guint i = 0; data->digests[i] != NULL; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      const KanPaperCell cells[] = {
        { 8, number, 7.5, KAN_PAPER_RIGHT, 0 }, { width - 8, data->digests[i], 7.5, KAN_PAPER_LEFT, 0 },
      };

      kan_paper_row (paper, x, cells, G_N_ELEMENTS (cells), 4.6);
    }
}

static void
draw_attached (KanPaper *paper, const KanCertificateForm *data, Annexes *annexes, gboolean blank)
{
  double x = kan_paper_get_left (paper) + KAN_FORM_LABEL, width = kan_paper_get_width (paper) - KAN_FORM_LABEL;
  g_autofree char *name = NULL, *text = NULL;

  kan_paper_block_begin (paper, KAN_FORM_LABEL, "７　添付");
  if (annexes->digests)
    {
      name = kan_form_annex_name (++annexes->next, annexes->n);
      text = g_strdup_printf ("%s　要約値は%sのとおり", kan_form_or (data->attached, ""), name);
    }
  kan_form_value (paper, kan_form_or (text, kan_form_or (data->attached, blank ? "写真　　葉" : "なし")));
  if (data->digests != NULL && !annexes->digests)
    draw_digests (paper, x, width, data);
  kan_paper_block_end (paper);
}

static void
draw_annexes (KanPaper *paper, const KanCertificateForm *data, Annexes *annexes)
{
  double x = kan_paper_get_left (paper), width = kan_paper_get_width (paper);

  annexes->next = 0;
  if (annexes->media)
    {
      g_autofree char *name = kan_form_annex_name (++annexes->next, annexes->n);

      kan_form_annex (paper, name, "記録媒体の一覧", 0);
      kan_form_table (paper, x, width, &media_columns, media_cells_cb, data->media, data->n_media, 0);
    }
  if (annexes->batches)
    {
      g_autofree char *name = kan_form_annex_name (++annexes->next, annexes->n);

      kan_form_annex (paper, name, "記録されていた本人確認情報の一覧", FOLLOWS * (annexes->next > 1));
      kan_form_table (paper, x, width, &batch_columns_with_copies, batch_cells_with_copies_cb, data->batches,
                      data->n_batches, 0);
    }
  if (annexes->erasures)
    {
      g_autofree char *name = kan_form_annex_name (++annexes->next, annexes->n);

      kan_form_annex (paper, name, "記録媒体ごとの消去", FOLLOWS * (annexes->next > 1));
      kan_form_table (paper, x, width, &erasure_columns, erasure_cells_cb, data->erasures, data->n_erasures, 0);
    }
  if (annexes->digests)
    {
      g_autofree char *name = kan_form_annex_name (++annexes->next, annexes->n);

      kan_form_annex (paper, name, "添付資料の要約値", FOLLOWS * (annexes->next > 1));
      draw_digests (paper, x, width, data);
    }
}

static void
draw_letter (KanPaper *paper, const KanCertificateForm *data, gboolean blank)
{
  kan_form_numbers (paper, &data->head);
  kan_form_addressee (paper, kan_form_or (data->addressee, "本人確認情報管理責任者"));
  kan_form_issuer (paper, data->head.association, kan_form_or (data->issuer_role, "住基ネットシステム管理者"), &data->issuer);
  kan_form_title (paper, kan_form_or (data->head.title, TITLE), data->n_batches > 0 || blank ? BODY : EMPTY);
}

/* 確認欄, and beside or beneath it who decided in which capacity. */
static void
draw_seals (KanPaper *paper, const KanCertificateForm *data)
{
  double beside = kan_form_seals (paper, "確認欄", seal_titles, data->seals, KAN_CERTIFICATE_N_SEALS) - 2;
  double height = KAN_FORM_TITLE + KAN_FORM_SEAL + KAN_FORM_STRIP;

  if (data->capacities == NULL)
    return;
  if (kan_paper_try_fit (paper, beside, height, 8, data->capacities) >= 0.9)
    {
      kan_paper_fit (paper, kan_paper_get_left (paper), kan_paper_get_y (paper) - height, beside, height, 8,
                     KAN_PAPER_LEFT, data->capacities);
      return;
    }
  kan_form_note (paper, data->capacities);
}

/**
 * kan_form_certificate_copies:
 * @same: how many copies were on the medium itself; negative where nobody told
 * @elsewhere: (nullable): copies on other media, each with what became of it
 *
 * 複製の処置. That there were no copies is certified only where somebody said so.
 *
 * Returns: (transfer full): the words
 */
char *
kan_form_certificate_copies (gint64 same, const char *elsewhere)
{
  g_autofree char *words = same > 0 ? g_strdup_printf ("同一媒体%" G_GINT64_FORMAT "部とも", same) : NULL;

  if (same < 0)
    words = g_strdup (elsewhere != NULL ? "同一媒体は記載なし" : "記載なし");
  if (words == NULL)
    return g_strdup (elsewhere != NULL ? elsewhere : "複製なし");
  return elsewhere != NULL ? g_strconcat (words, "、", elsewhere, NULL) : g_steal_pointer (&words);
}

/**
 * kan_form_certificate_new:
 * @data: (nullable): what is certified; %NULL for an empty form
 *
 * Lays out 記録媒体廃棄証明書. More than four media, recordings or digests go on annexes.
 *
 * Returns: (transfer full): the finished paper
 */
KanPaper *
kan_form_certificate_new (const KanCertificateForm *data)
{
  const KanCertificateForm none = { 0 };
  gboolean blank = data == NULL;
  Annexes annexes = { 0 };
  KanPaper *paper;

  data = blank ? &none : data;
  annexes.media = data->n_media > KAN_FORM_INLINE_MAX;
  annexes.batches = data->n_batches > KAN_FORM_INLINE_MAX;
  annexes.erasures = data->n_erasures > KAN_FORM_INLINE_MAX;
  annexes.digests = data->digests != NULL && g_strv_length ((char **) data->digests) > KAN_FORM_INLINE_MAX;
  annexes.n = (guint) annexes.media + (guint) annexes.batches + (guint) annexes.erasures + (guint) annexes.digests;

  paper = kan_form_begin (KAN_PAPER_PORTRAIT, TITLE, &data->head);
  draw_letter (paper, data, blank);
  draw_media (paper, data, &annexes, blank);
  draw_batches (paper, data, &annexes, blank);
  draw_erasure (paper, data, &annexes, blank);
  draw_destruction (paper, data, blank);
  draw_hands (paper, data, blank);
  draw_contractor (paper, data, blank);
  draw_attached (paper, data, &annexes, blank);
  kan_paper_keep_begin (paper);       /* seals stand under something that they confirm */
  kan_paper_block_begin (paper, KAN_FORM_LABEL, "８　備考");
  kan_form_words (paper, kan_form_or (data->remarks, blank ? NULL : "なし"), blank ? REMARKS : KAN_FORM_ROW);
  kan_paper_block_end (paper);
  kan_paper_keep_begin (paper);
  kan_form_close (paper);
  draw_seals (paper, data);
  kan_paper_keep_end (paper);
  draw_annexes (paper, data, &annexes);
  return kan_paper_finish (paper);
}
