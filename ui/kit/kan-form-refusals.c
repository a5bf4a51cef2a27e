/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the way of an answer, told below its row; and the declaration that a number in it is nobody's. */
#include "kit/kan-form-private.h"

#include "kit/kan-pieces.h"
#include "values/kan-numbers.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- numbers that might be a person's -------------------------------------------------------------------------- */

/* The answer that a refusal names: "note", or "identified[0].serial"; (nullable). */
static const char *
answer_at (KanForm *self, const char *path)
{
  const char *bracket = strchr (path, '['), *dot = bracket != NULL ? strchr (bracket, '.') : NULL;
  g_autofree char *key = NULL;

  if (dot == NULL)
    return kan_answers_get (self->answers, path);
  key = g_strndup (path, (gsize) (bracket - path));
  return kan_answers_get_cell (self->answers, key, (guint) g_ascii_strtoull (bracket + 1, NULL, 10), dot + 1);
}

static gboolean
holds_number (KanForm *self, const char *path)
{
  const char *text = answer_at (self, path);

  return text != NULL && kan_numbers_occur_in (text);
}

/**
 * kan_form_declared_cb:
 * @note: below a row
 * @declared: whether its number was declared to be nobody's
 * @user_data: the row, a #KanFormEntry
 */
void
kan_form_declared_cb (KanNoteRow *note, gboolean declared, gpointer user_data)
{
  KanFormEntry *entry = user_data;

  if (entry->number_in == NULL)
    return;
  kan_answers_declare (entry->form->answers, entry->number_in, declared);
  g_signal_emit_by_name (entry->form, "edited", KAN_ANSWERS_DECLARED);
}

/* --- refusals --------------------------------------------------------------------------------------------------- */

static const char *
word (KanForm *self, const KanRefusal *refusal)
{
  if (refusal->rule == NULL && !refusal->is_mark && holds_number (self, refusal->key)
      && !kan_answers_declares (self->answers, refusal->key))
    return _("This looks like an individual number or a resident record code."
             " Identity information is never kept here.");
  return refusal->why;
}

static void
append_words (GString *words, const KanRefusal *refusal, const char *said)
{
  const char *bracket = strchr (refusal->key, '[');

  g_string_append (words, words->len > 0 ? "\n" : "");
  if (bracket != NULL)
    g_string_append_printf (words, _("Line %u: %s"), (guint) g_ascii_strtoull (bracket + 1, NULL, 10) + 1, said);
  else
    g_string_append (words, said);
}

/* All that is said of one row; (transfer full). */
static char *
gather (KanForm *self, KanFormEntry *entry, guint *n_refused, gboolean *is_mark)
{
  GString *words = g_string_new (NULL);

  *n_refused = 0;
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < self->refusals->len; i++)
      {
        const KanRefusal *refusal = g_ptr_array_index (self->refusals, i);

        if (refusal->is_mark != (pass == 1) || !kan_question_row_is_for (entry->row, refusal->key))
          continue;
        if (!refusal->is_mark)
          ++*n_refused;
        if (!refusal->is_mark && refusal->rule == NULL && holds_number (self, refusal->key))
          {
            g_free (entry->number_in);
            entry->number_in = g_strdup (refusal->key);
          }
        append_words (words, refusal, word (self, refusal));
      }
  *is_mark = *n_refused == 0;
  return g_string_free (words, FALSE);
}

/* A mark that held the page back says how to go on. */
static void
say (KanFormEntry *entry, const char *words, gboolean is_mark)
{
  const char *marks = is_mark && *words != '\0' ? words : NULL;
  g_autofree char *more = NULL;

  if (g_strcmp0 (marks, entry->marks) != 0)
    {
      g_free (entry->marks);
      entry->marks = g_strdup (marks);
      entry->is_held = FALSE;
    }
  if (entry->is_held)
    more = g_strdup_printf ("%s\n%s", words, _("Change it, or press Next again to record it as it is, with a reason."));
  kan_note_row_say (entry->note, entry->is_held ? more : words, is_mark);
}

/**
 * kan_form_show_one:
 * @self: a form whose refusals have come
 * @entry: one of its rows
 * @only_touched: whether it is kept back where nobody has tried to answer yet
 *
 * Returns: how many refusals it shows below the row, marks not counted
 */
guint
kan_form_show_one (KanForm *self, KanFormEntry *entry, gboolean only_touched)
{
  guint n_refused = 0;
  gboolean is_mark = FALSE, late;
  g_autofree char *words = gather (self, entry, &n_refused, &is_mark);

  /* while somebody types it is too early to say that it is wrong */
  late = !only_touched || (entry->is_touched && !kan_holds_focus (GTK_WIDGET (entry->row)))
         || kan_note_row_is_refusal (entry->note) || entry->is_held;
  if (entry->number_in != NULL && !holds_number (self, entry->number_in))
    {
      kan_answers_declare (self->answers, entry->number_in, FALSE);
      g_clear_pointer (&entry->number_in, g_free);
    }
  say (entry, late ? words : "", is_mark);
  kan_note_row_offer (entry->note, late && entry->number_in != NULL,
                      entry->number_in != NULL && kan_answers_declares (self->answers, entry->number_in));
  return late ? n_refused : 0;
}
