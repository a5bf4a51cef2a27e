/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms as a desk describes them, and their questions by key. */
#pragma once
#include "desk-fixture.h"
#include "desk/kan-view.h"

static inline KanSheet *
describe (KanDesk *desk, const char *kind, const char *subject)
{
  g_autoptr(GError) error = NULL;
  KanSheet *sheet = kan_desk_describe (desk, kind, subject, now, &error);

  g_assert_no_error (error);
  return sheet;
}

static inline KanQuestion *
find_question (const KanSheet *sheet, const char *key)
{
  for (guint i = 0; i < sheet->questions->len; i++)
    if (strcmp (((KanQuestion *) g_ptr_array_index (sheet->questions, i))->key, key) == 0)
      return g_ptr_array_index (sheet->questions, i);
  return NULL;
}
