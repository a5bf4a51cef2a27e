/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 一時パスフレーズ通知: handed to the person and destroyed by them; it is in no register and keeps no number. */
#include "forms/kan-form-one-time.h"

#include "forms/kan-form-private.h"

#define TITLE  "一時パスフレーズ通知"
#define LABEL  45.0
#define HEIGHT 14.0

/**
 * kan_form_one_time_new:
 * @name: whose
 * @login: their user name
 * @passphrase: which opens the file for reading, until they set one of their own
 *
 * Returns: (transfer full): the finished paper
 */
KanPaper *
kan_form_one_time_new (const char *name, const char *login, const char *passphrase)
{
  KanPaper *paper = kan_paper_new (KAN_PAPER_PORTRAIT, TITLE, NULL);
  double left = kan_paper_get_left (paper), width = kan_paper_get_width (paper);
  const struct { const char *label, *value; double size; } lines[] = {
    { "氏名", name, KAN_PAPER_BODY }, { "利用者名", login, KAN_PAPER_BODY },
    { "一時パスフレーズ", passphrase, KAN_PAPER_TITLE },
  };

  kan_paper_paragraph (paper, KAN_PAPER_TITLE, KAN_PAPER_CENTRE, TITLE);
  kan_paper_skip (paper, 8);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const KanPaperCell cells[] = {
        { .width = LABEL, .text = lines[i].label, .flags = KAN_PAPER_SHADED },
        { .width = width - LABEL, .text = lines[i].value, .size = lines[i].size },
      };

      kan_paper_row (paper, left, cells, G_N_ELEMENTS (cells), HEIGHT);
    }
  kan_paper_skip (paper, 8);
  kan_paper_paragraph (paper, KAN_PAPER_BODY, KAN_PAPER_LEFT,
                       "このパスフレーズでは閲覧のみできます。本人確認をした管理者の立会いの下で、本人だけが知るパスフレーズを"
                       "設定してください。設定後、この通知は直ちに破砕してください。");
  return kan_paper_finish (paper);
}
