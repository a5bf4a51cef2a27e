/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person is handed who is let in: 一時パスフレーズ通知. */
#pragma once
#include "forms/kan-paper.h"

G_BEGIN_DECLS

KanPaper *kan_form_one_time_new (const char *name, const char *login, const char *passphrase);

G_END_DECLS
