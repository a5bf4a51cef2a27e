/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the form share. */
#pragma once
#include "kit/kan-form.h"
#include "kit/kan-note-row.h"
#include "kit/kan-question-row.h"

G_BEGIN_DECLS

/* A row and the note below it. */
typedef struct
{
  KanForm        *form;         /* borrowed */
  KanQuestionRow *row;          /* borrowed */
  KanNoteRow     *note;         /* borrowed */
  GtkWidget      *told;         /* borrowed: what follows from the answer */
  char           *number_in;    /* owned: the answer with a number that might be a person's; NULL: none */
  char           *marks;        /* owned: which rules it breaks, as told; NULL: none */
  gboolean        is_needless;  /* by the last review */
  gboolean        is_touched;
  gboolean        is_held;      /* the page was not left for its marks */
} KanFormEntry;

struct _KanForm
{
  GtkBox         parent_instance;

  /* Template children */
  AdwPreferencesGroup *group, *late;
  AdwExpanderRow *late_row;

  /* Borrowed */
  KanAnswers    *answers;

  /* Owned */
  KanSession    *session;
  GPtrArray     *entries;       /* KanFormEntry */
  GPtrArray     *refusals;      /* of the last review */
  gboolean       is_loading;
};

guint kan_form_show_one    (KanForm *self, KanFormEntry *entry, gboolean only_touched);
void  kan_form_declared_cb (KanNoteRow *note, gboolean declared, gpointer user_data);

G_END_DECLS
