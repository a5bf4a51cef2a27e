/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets of acts upon other acts: which entry of the record is put right, and which of its answers. */
#include "desk/kan-view-private.h"

#include "acts/kan-timeline.h"
#include "ledger/kan-ledger.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef gboolean (*FieldTest) (const KanField *field);

static gboolean
is_correctable (const KanField *field)
{
  return (field->flags & KAN_CORRECTABLE) != 0 && field->type != KAN_LINES && field->type != KAN_REFS &&
         field->type != KAN_ROWS;
}

static gboolean
is_text (const KanField *field)
{
  return field->type == KAN_LINES;
}

/* NULL: any entry may be meant. */
static FieldTest
test_of (const char *kind)
{
  return strcmp (kind, "act.correct") == 0 ? is_correctable : strcmp (kind, "text.redact") == 0 ? is_text : NULL;
}

static KanQuestion *
find_question (KanSheet *sheet, const char *key)
{
  for (guint i = 0; i < sheet->questions->len; i++)
    if (strcmp (((KanQuestion *) g_ptr_array_index (sheet->questions, i))->key, key) == 0)
      return g_ptr_array_index (sheet->questions, i);
  return NULL;
}

static gboolean
is_chosen (GPtrArray *choices, const char *value)
{
  for (guint i = 0; i < choices->len; i++)
    if (strcmp (((KanViewChoice *) g_ptr_array_index (choices, i))->value, value) == 0)
      return TRUE;
  return FALSE;
}

/* The answers of this entry that may be meant; whether there is one. */
static gboolean
add_answers (const KanStep *step, FieldTest test, GPtrArray *answers)
{
  g_autoptr(KanBody) body = kan_body_decode (step->act->body, step->act->body_size, NULL);
  gboolean some = FALSE;

  for (const KanAsk *ask = step->kind->asks; body != NULL && ask != NULL && ask->key != NULL; ask++)
    {
      const KanField *field = kan_ask_find_field (step->reg, ask);

      if (field == NULL || !test (field) || kan_body_get_type (body, ask->key) == KAN_BODY_NONE)
        continue;
      some = TRUE;
      if (!is_chosen (answers, ask->key))
        g_ptr_array_add (answers, kan_view_choice_new (ask->key, kan_label (&field->label, kan_speaks_japanese ())));
    }
  return some;
}

static KanViewChoice *
choose_act (KanBook *book, const KanStep *step)
{
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, step->act->seq), *when = kan_view_utc (step->act->at);
  g_autofree char *label = g_strdup_printf ("%s %s %s", seq, kan_view_act_title (book, step->act), when);

  return kan_view_choice_new (seq, label);
}

/* Newest first. */
static void
add_acts (KanBook *book, GPtrArray *steps, FieldTest test, GPtrArray *acts, GPtrArray *answers)
{
  for (guint i = steps->len; i > 0; i--)
    {
      const KanStep *step = g_ptr_array_index (steps, i - 1);

      if (step->kind == NULL || step->reg->prefix == NULL)
        continue;
      if (test == NULL || add_answers (step, test, answers))
        g_ptr_array_add (acts, choose_act (book, step));
    }
}

static void
set_choices (KanQuestion *question, GPtrArray *choices)
{
  g_clear_pointer (&question->choices, g_ptr_array_unref);
  question->choices = g_ptr_array_ref (choices);
  if (choices->len == 1)
    question->preset = g_strdup (((KanViewChoice *) g_ptr_array_index (choices, 0))->value);
}

/* Only the last entry can be taken back. */
static void
keep_newest (GPtrArray *acts)
{
  if (acts->len > 1)
    g_ptr_array_remove_range (acts, 1, acts->len - 1);
}

/**
 * kan_view_choose_acts:
 * @book: a book
 * @sheet: an act upon acts (correcting, voiding, removing text); others are left as they are
 * @error: return location
 *
 * Offers the entries of the record that may be meant, and their answers, to choose from.
 */
gboolean
kan_view_choose_acts (KanBook *book, KanSheet *sheet, GError **error)
{
  KanQuestion *act = sheet->subject != NULL && strcmp (sheet->register_id, "act_act") == 0
                     ? find_question (sheet, "act") : NULL;
  KanQuestion *question = act != NULL ? find_question (sheet, "question") : NULL;
  g_autoptr(GPtrArray) steps = act != NULL ? kan_book_list_steps (book, sheet->subject, error) : NULL;
  g_autoptr(GPtrArray) acts = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_view_choice_free);
  g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_view_choice_free);

  if (act == NULL || steps == NULL)
    return act == NULL;
  add_acts (book, steps, test_of (sheet->kind), acts, answers);
  if (strcmp (sheet->kind, "act.void") == 0)
    keep_newest (acts);
  set_choices (act, acts);
  if (question != NULL)
    set_choices (question, answers);
  return TRUE;
}

/* --- what was meant, in words ---------------------------------------------------------------------------------- */

static const KanField *
field_of (KanBook *book, const KanAct *act, const char *key)
{
  const KanRegister *reg = NULL;
  const KanKind *kind = kan_book_find_kind (book, act->kind, &reg);

  for (const KanAsk *ask = kind != NULL ? kind->asks : NULL; ask != NULL && ask->key != NULL; ask++)
    if (g_strcmp0 (ask->key, key) == 0)
      return kan_ask_find_field (reg, ask);
  return NULL;
}

static char *
word_act (KanBook *book, const KanAct *act)
{
  g_autofree char *when = kan_view_utc (act->at);

  return g_strdup_printf ("%" G_GINT64_FORMAT " %s %s", act->seq, kan_view_act_title (book, act), when);
}

/**
 * kan_view_choose_decisions:
 * @desk: an unlocked desk
 * @sheet: a later inspection (後閲); others are left as they are
 * @error: return location
 *
 * Offers the decisions that were made in the place of who unlocked, to choose from.
 */
gboolean
kan_view_choose_decisions (KanDesk *desk, KanSheet *sheet, GError **error)
{
  KanQuestion *question = strcmp (sheet->kind, "hand.inspect") == 0 ? find_question (sheet, "act") : NULL;
  g_autoptr(GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_view_choice_free);
  g_autoptr(KanStmt) stmt = NULL;

  if (question == NULL)
    return TRUE;
  stmt = kan_db_query (kan_book_get_db (desk->book), error, "SELECT seq FROM hand WHERE subject = ? AND principal = ?"
                       " AND inspected IS NULL ORDER BY seq", "si", sheet->subject, kan_desk_get_person (desk));
  while (stmt != NULL && kan_stmt_step (stmt, NULL))
    {
      g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, kan_stmt_int (stmt, 0));
      g_autoptr(KanAct) act = kan_ledger_get (kan_book_get_db (desk->book), kan_stmt_int (stmt, 0), NULL);
      g_autofree char *label = act != NULL ? word_act (desk->book, act) : g_strdup (seq);

      g_ptr_array_add (choices, kan_view_choice_new (seq, label));
    }
  question->type = KAN_CHOICE;
  set_choices (question, choices);
  return stmt != NULL;
}

/* "information_manager|system_manager", as the act decided upon has them. */
static char *
word_capacities (KanBook *book, const KanAct *act, const char *as)
{
  g_auto(GStrv) spelled = g_strsplit (as != NULL ? as : "", "|", -1);
  g_autoptr(GPtrArray) capacities = g_ptr_array_new ();

  for (char **one = spelled; *one != NULL; one++)
    g_ptr_array_add (capacities, *one);
  return kan_view_capacities (book, act->kind, capacities);
}

/**
 * kan_view_upon_act:
 * @book: a book
 * @kind: an act's kind
 * @body: what it answers
 * @key: one of its answers
 *
 * Returns: (transfer full) (nullable): for an act upon another one, which entry, which answer and which value is meant,
 *   and in which capacity it is decided upon, as people read it; %NULL for all else
 */
char *
kan_view_upon_act (KanBook *book, const KanKind *kind, const KanBody *body, const char *key)
{
  static const char *const kinds[] = { "act.correct", "act.void", "text.redact", "shortfall.sign", NULL };
  gboolean is_hand = g_str_has_prefix (kind->id, "hand.");
  g_autoptr(KanAct) act = NULL;
  const KanField *field;

  if (!(is_hand || g_strv_contains (kinds, kind->id)) || kan_body_get_type (body, "act") != KAN_BODY_INT)
    return NULL;
  act = kan_ledger_get (kan_book_get_db (book), kan_body_get_int (body, "act"), NULL);
  if (act == NULL)
    return NULL;
  if (strcmp (key, "act") == 0)
    return word_act (book, act);
  if (is_hand)
    return strcmp (key, "as") == 0 ? word_capacities (book, act, kan_body_get_text (body, "as")) : NULL;
  field = field_of (book, act, kan_body_get_text (body, "question"));
  if (field != NULL && strcmp (key, "question") == 0)
    return g_strdup (kan_label (&field->label, kan_speaks_japanese ()));
  return field != NULL && strcmp (key, "value") == 0
         ? kan_book_show (book, field, kan_body_get_text (body, "value"), kan_view_in_japanese (field)) : NULL;
}
