/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One question as a row of a form: whatever its type, a row reads its answer from the answers and writes it there. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

/* Where an answer lies; everything is borrowed from the form. */
typedef struct
{
  KanSession        *session;
  const KanQuestion *question;
  KanAnswers        *answers;
  const char        *rows_key;     /* a cell of this question's rows; NULL: an answer of its own */
  guint              row;
} KanQuestionSlot;

#define KAN_TYPE_QUESTION_ROW (kan_question_row_get_type ())
G_DECLARE_INTERFACE (KanQuestionRow, kan_question_row, KAN, QUESTION_ROW, GtkListBoxRow)

/* Signal "answered": somebody changed the answer. */
struct _KanQuestionRowInterface
{
  GTypeInterface parent_iface;

  void (*load)   (KanQuestionRow *self);                        /* shows the answer as it stands */
  void (*filled) (KanQuestionRow *self, const char *shown);     /* what the program will answer; NULL: nothing */
};

GtkWidget   *kan_question_row_new    (const KanQuestionSlot *slot);
void         kan_question_row_load   (KanQuestionRow *self);
void         kan_question_row_mark_taken (KanQuestionRow *self);      /* taken over from the last time, until changed */
void         kan_question_row_show_filled (KanQuestionRow *self, const char *shown);
const KanQuestionSlot *kan_question_row_get_slot (KanQuestionRow *self);
char        *kan_question_row_dup_path (KanQuestionRow *self);  /* "count", "identified[0].serial": as refusals say */
gboolean     kan_question_row_is_for (KanQuestionRow *self, const char *path);

/* For the rows themselves. */
void         kan_question_row_set_slot (KanQuestionRow *self, const KanQuestionSlot *slot);
const char  *kan_question_row_get    (KanQuestionRow *self);     /* "" where it is not answered */
void         kan_question_row_put    (KanQuestionRow *self, const char *typed);
GtkWidget   *kan_question_badge_new  (KanQuestionRow *self);     /* "needed", until it is answered */
GtkWidget   *kan_needed_badge_new    (void);
GtkWidget   *kan_question_hint_new   (void);

#define KAN_TYPE_ENTRY_ROW (kan_entry_row_get_type ())
G_DECLARE_FINAL_TYPE (KanEntryRow, kan_entry_row, KAN, ENTRY_ROW, AdwEntryRow)
#define KAN_TYPE_CHOICE_ROW (kan_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (KanChoiceRow, kan_choice_row, KAN, CHOICE_ROW, AdwComboRow)
#define KAN_TYPE_YES_ROW (kan_yes_row_get_type ())
G_DECLARE_FINAL_TYPE (KanYesRow, kan_yes_row, KAN, YES_ROW, AdwActionRow)
#define KAN_TYPE_LINES_ROW (kan_lines_row_get_type ())
G_DECLARE_FINAL_TYPE (KanLinesRow, kan_lines_row, KAN, LINES_ROW, AdwPreferencesRow)
#define KAN_TYPE_REFERENCE_ROW (kan_reference_row_get_type ())
G_DECLARE_FINAL_TYPE (KanReferenceRow, kan_reference_row, KAN, REFERENCE_ROW, AdwActionRow)
#define KAN_TYPE_REFERENCES_ROW (kan_references_row_get_type ())
G_DECLARE_FINAL_TYPE (KanReferencesRow, kan_references_row, KAN, REFERENCES_ROW, AdwExpanderRow)
#define KAN_TYPE_ROWS_ROW (kan_rows_row_get_type ())
G_DECLARE_FINAL_TYPE (KanRowsRow, kan_rows_row, KAN, ROWS_ROW, AdwExpanderRow)

G_END_DECLS
