/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record as a page: fields with what was corrected, timeline, hands, records around it, what is possible now. */
#include "desk/kan-profile-words.h"
#include "desk/kan-view-private.h"

#include "acts/kan-record-check.h"
#include "acts/kan-timeline.h"
#include "forms/kan-forms.h"
#include "ledger/kan-ledger.h"
#include "registers/kan-stays.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- freeing -------------------------------------------------------------------------------------------------- */

static void
field_free (KanViewField *self)
{
  g_free (self->id);
  g_free (self->label);
  g_free (self->shown);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_pointer (&self->struck, g_ptr_array_unref);
  g_free (self);
}

/**
 * kan_view_hand_free:
 * @self: (nullable): a hand
 */
void
kan_view_hand_free (KanViewHand *self)
{
  if (self == NULL)
    return;
  g_free (self->capacity);
  g_free (self->who);
  g_free (self->as_deputy_of);
  g_free (self->verdict);
  g_free (self->when);
  g_free (self->subject);
  g_free (self->about);
  g_free (self);
}

/**
 * kan_record_view_free:
 * @self: (nullable): a record's page
 */
void
kan_record_view_free (KanRecordView *self)
{
  if (self == NULL)
    return;
  g_free (self->subject);
  g_free (self->name);
  g_free (self->register_id);
  g_free (self->register_title);
  g_free (self->state);
  g_free (self->state_label);
  g_free (self->basis);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->hands, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->forms, g_ptr_array_unref);
  g_clear_pointer (&self->stays, g_ptr_array_unref);
  g_free (self->waiting);
  g_free (self->altered);
  g_free (self);
}

/* --- fields --------------------------------------------------------------------------------------------------- */

static KanViewField *
field_new (const char *id, const char *label, char *shown)
{
  KanViewField *self = g_new0 (KanViewField, 1);

  self->id = g_strdup (id);
  self->label = g_strdup (label);
  self->shown = shown;
  return self;
}

static GPtrArray *
links_of (KanBook *book, KanRecord *record, const KanField *field)
{
  const char **list = kan_record_get_list (record, field->id);
  const char *one = field->type == KAN_REF || field->type == KAN_CODE ? kan_record_get_text (record, field->id) : NULL;
  GPtrArray *links = g_ptr_array_new_with_free_func (g_free);

  for (; list != NULL && *list != NULL; list++)
    g_ptr_array_add (links, g_strdup (*list));
  /* of which record a shortfall is stands in a code */
  if (one != NULL && (field->type == KAN_REF || strcmp (field->id, "about") == 0) &&
      kan_book_register_of (book, one) != NULL)
    g_ptr_array_add (links, g_strdup (one));
  if (links->len == 0)
    g_clear_pointer (&links, g_ptr_array_unref);
  return links;
}

/* What once stood there, as people read it. */
static GPtrArray *
struck_of (KanBook *book, GPtrArray *corrections, const KanField *field)
{
  GPtrArray *struck = NULL;

  for (guint i = 0; i < corrections->len; i++)
    {
      const KanCorrection *correction = g_ptr_array_index (corrections, i);

      if (correction->field == NULL || strcmp (correction->field->id, field->id) != 0)
        continue;
      if (struck == NULL)
        struck = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (struck, correction->new_value == NULL || correction->old_value == NULL
                       ? g_strdup (correction->new_value == NULL ? _("(text removed)") : _("(nothing)"))
                       : kan_book_show (book, field, correction->old_value, kan_view_in_japanese (field)));
    }
  return struck;
}

/* Lines of an act's rows: they lie beside the record. */
static char *
show_rows (KanBook *book, KanRecord *record, const KanField *field)
{
  const KanField *fields = kan_book_find_register (book, field->of)->fields;
  g_autoptr(GPtrArray) rows = kan_record_list_rows (record, field);
  GString *out = g_string_new (NULL);

  for (guint row = 0; row < rows->len; row++)
    for (guint i = 0; fields[i].id != NULL; i++)
      {
        GPtrArray *cells = g_ptr_array_index (rows, row);
        const char *stored = g_ptr_array_index (cells, i);
        g_autofree char *shown = kan_book_show (book, &fields[i], stored, kan_view_in_japanese (&fields[i]));

        g_string_append (out, i > 0 ? "  " : row > 0 ? "\n" : "");
        g_string_append (out, shown);
      }
  return g_string_free (out, FALSE);
}

static const KanField *
present_columns (const KanRegister *reg)
{
  for (const KanList *list = reg->lists; list != NULL && list->id != NULL; list++)
    if (g_strcmp0 (list->id, reg->present) == 0)
      return list->columns;
  return NULL;
}

/* Deadlines come before what was written down. */
static void
add_present (KanBook *book, KanRecord *record, GPtrArray *fields)
{
  const KanRegister *reg = kan_record_get_register (record);
  g_autoptr(KanStmt) stmt = kan_view_ask_present (book, reg, kan_record_get_int (record, "id"));

  for (const KanField *field = present_columns (reg); stmt != NULL && field != NULL && field->id != NULL; field++)
    {
      int i = kan_view_find_column (stmt, field->id);

      if (i >= 0 && !kan_stmt_is_null (stmt, i))
        g_ptr_array_add (fields, field_new (field->id, kan_label (&field->label, kan_speaks_japanese ()),
                                            kan_book_show (book, field, kan_stmt_text (stmt, i),
                                                           kan_view_in_japanese (field))));
    }
}

/* A profile is read by what it changes. */
static void
add_changes (KanBook *book, KanRecord *record, const KanField *field, GPtrArray *fields)
{
  char *changes = kan_profile_dup_changes (book, kan_record_get_text (record, field->id),
                                           kan_record_get_int (record, "made"));
  KanViewField *one;

  if (changes == NULL)
    return;
  one = field_new ("changes", _("What changes"), changes);
  one->is_lines = TRUE;
  g_ptr_array_add (fields, one);
}

static GPtrArray *
list_fields (KanBook *book, KanRecord *record, GPtrArray *corrections)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) field_free);
  const KanRegister *reg = kan_record_get_register (record);

  add_present (book, record, fields);
  for (const KanField *field = reg->fields; field->id != NULL; field++)
    {
      g_autoptr(GPtrArray) struck = struck_of (book, corrections, field);
      g_autofree char *shown = field->type == KAN_ROWS ? show_rows (book, record, field)
        : kan_view_value (book, record, field);
      KanViewField *one;

      if (*shown == '\0' && struck == NULL)
        continue;
      one = field_new (field->id, kan_label (&field->label, kan_speaks_japanese ()), g_steal_pointer (&shown));
      one->is_lines = field->type == KAN_LINES || field->type == KAN_ROWS || field->type == KAN_DOCUMENT;
      one->links = links_of (book, record, field);
      one->struck = g_steal_pointer (&struck);
      g_ptr_array_add (fields, one);
      if (field->type == KAN_DOCUMENT)
        add_changes (book, record, field, fields);
    }
  return fields;
}

/* --- timeline ------------------------------------------------------------------------------------------------- */

static const char *
verdict_word (const char *verdict)
{
  return strcmp (verdict, "given") == 0 ? _("given") : strcmp (verdict, "refused") == 0 ? _("refused")
         : strcmp (verdict, "asked_back") == 0 ? _("asked back") : _("declared");
}

static char *
kind_of_act (KanBook *book, gint64 seq)
{
  return kan_db_get_text (kan_book_get_db (book), NULL, "SELECT kind FROM act WHERE seq = ?", "i", seq);
}

static KanViewHand *
view_hand (KanBook *book, const KanGivenHand *hand)
{
  g_autofree char *kind = kind_of_act (book, hand->act), *day = kan_view_japan_day (hand->at);
  g_autoptr(KanAct) about = kan_ledger_get (kan_book_get_db (book), hand->act, NULL);
  KanViewHand *self = g_new0 (KanViewHand, 1);

  self->capacity = g_strdup (kan_capacity_label (book, kind, hand->capacity, kan_speaks_japanese ()));
  self->who = kan_view_person (book, hand->person, day, NULL);
  if (hand->absence != NULL)
    self->as_deputy_of = hand->principal > 0 ? kan_view_person (book, hand->principal, day, NULL)
                         : g_strdup (_("vacant office"));
  self->verdict = g_strdup (verdict_word (hand->verdict));
  self->when = kan_view_utc (hand->at);
  self->subject = g_strdup (hand->subject);
  self->about = about != NULL ? kan_view_act_words (book, about) : NULL;
  self->act = hand->act;
  return self;
}

/**
 * kan_view_hands:
 * @book: a book
 * @subject: "T3"
 * @act: only those for this act; 0: all
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanViewHand): hands given and refused there, in order
 */
GPtrArray *
kan_view_hands (KanBook *book, const char *subject, gint64 act, GError **error)
{
  g_autoptr(GPtrArray) given = kan_book_list_hands (book, subject, FALSE, error);
  GPtrArray *hands;

  if (given == NULL)
    return NULL;
  hands = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_view_hand_free);
  for (guint i = 0; i < given->len; i++)
    {
      const KanGivenHand *hand = g_ptr_array_index (given, i);

      if (act == 0 || hand->act == act)
        g_ptr_array_add (hands, view_hand (book, hand));
    }
  return hands;
}

static GPtrArray *
list_forms (const KanRegister *reg)
{
  GPtrArray *forms = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_view_choice_free);

  for (const char **form = reg->forms; form != NULL && *form != NULL; form++)
    {
      const KanLabel *title = kan_forms_get_title (*form);

      if (title != NULL)
        g_ptr_array_add (forms, kan_view_choice_new (*form, kan_label (title, kan_speaks_japanese ())));
    }
  return forms;
}

/* --- the page ------------------------------------------------------------------------------------------------- */

static gboolean
add_waiting (KanDesk *self, KanRecordView *view, gint64 now, GError **error)
{
  g_autoptr(GPtrArray) pending = kan_book_list_pending (self->book, view->subject, now, error);

  if (pending != NULL && pending->len > 0)
    {
      const KanPending *waits = g_ptr_array_index (pending, 0);

      view->waiting = kan_view_capacities (self->book, waits->kind, waits->waiting_for);
    }
  return pending != NULL;
}

static gboolean
fill_view (KanDesk *self, KanRecordView *view, KanRecord *record, gint64 now, GError **error)
{
  const KanRegister *reg = kan_record_get_register (record);
  g_autoptr(GPtrArray) corrections = kan_book_list_corrections (self->book, view->subject, error);

  if (corrections == NULL)
    return FALSE;
  view->fields = list_fields (self->book, record, corrections);
  view->offers = kan_view_offers (self, view->subject, kan_record_get_state (record), now, error);
  if (view->offers == NULL || !kan_view_suggest (self, view->subject, view->offers, now, error))
    return FALSE;
  view->steps = kan_view_steps (self->book, view->subject, reg, corrections, error);
  view->hands = view->steps != NULL ? kan_view_hands (self->book, view->subject, 0, error) : NULL;
  view->groups = view->hands != NULL ? kan_view_groups (self->book, view->subject, reg, error) : NULL;
  view->forms = list_forms (reg);
  if (view->groups != NULL && strcmp (reg->id, "medium") == 0)
    {
      view->stays = kan_stays_list (self->book, view->subject, kan_record_get_state (record), kan_speaks_japanese (),
                                    error);
      if (view->stays == NULL)
        return FALSE;
    }
  return view->groups != NULL && add_waiting (self, view, now, error) &&
         kan_record_glance (self->book, view->subject, &view->altered, error);
}

/**
 * kan_desk_view_record:
 * @self: an unlocked desk
 * @subject: "M12"
 * @now: seconds of UTC
 * @error: %KAN_ERROR_USAGE where there is no such record
 *
 * Returns: (transfer full): everything that its page shows
 */
KanRecordView *
kan_desk_view_record (KanDesk *self, const char *subject, gint64 now, GError **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(KanRecord) record = kan_record_get (self->book, subject, &failed);
  g_autoptr(KanRecordView) view = NULL;
  const KanRegister *reg;

  if (record == NULL)
    {
      if (failed != NULL)
        g_propagate_error (error, g_steal_pointer (&failed));
      else
        g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("there is no record %s"), subject);
      return NULL;
    }
  reg = kan_record_get_register (record);
  view = g_new0 (KanRecordView, 1);
  view->subject = g_strdup (subject);
  view->name = kan_view_name (self->book, subject);
  view->register_id = g_strdup (reg->id);
  view->register_title = g_strdup (kan_label (&reg->title, kan_speaks_japanese ()));
  view->state = kan_book_present_state (self->book, reg, kan_record_get_int (record, "id"));
  view->state_label = g_strdup (kan_state_label (reg, view->state, kan_speaks_japanese ()));
  view->basis = kan_view_basis (self->book, reg->article);
  return fill_view (self, view, record, now, error) ? g_steal_pointer (&view) : NULL;
}
