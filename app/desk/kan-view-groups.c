/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a record is on the day that is looked at, and the records around it. */
#include "desk/kan-profile-words.h"
#include "desk/kan-view-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum { GROUP_MAX = 100, TOLD_MAX = 3 };

static void
group_free (KanViewGroup *self)
{
  g_free (self->register_id);
  g_free (self->title);
  g_free (self->filter);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->states, g_ptr_array_unref);
  g_free (self);
}

/**
 * kan_view_document:
 * @text: (nullable): a whole text that was signed word for word
 *
 * Returns: (transfer full): a profile by what it says about what matters most; "" for none
 */
char *
kan_view_document (const char *text)
{
  char *words = text != NULL ? kan_profile_dup_words (text) : NULL;

  return words != NULL ? words : g_strdup (text != NULL ? text : "");
}

/**
 * kan_view_add_changes:
 * @book: a book
 * @key: what a whole text answers
 * @page: (nullable): the page on which it is asked
 * @text: that text
 * @seq: the act that signed it; 0: none yet
 * @lines: (element-type KanReviewLine): takes a line more
 *
 * After a profile, where it differs from the one whose place it takes.
 */
void
kan_view_add_changes (KanBook *book, const char *key, const char *page, const char *text, gint64 seq, GPtrArray *lines)
{
  char *changes = kan_profile_dup_changes (book, text, seq);
  KanReviewLine *line;

  if (changes == NULL)
    return;
  line = kan_review_line_new (key, page, _("What changes"), changes, FALSE);
  line->told = TRUE;
  g_ptr_array_add (lines, line);
}

/**
 * kan_view_value:
 * @book: a book
 * @record: a record
 * @field: of its register, one with a column or a list
 *
 * Returns: (transfer full): what it says there; a reference by its number and what it is called
 */
char *
kan_view_value (KanBook *book, KanRecord *record, const KanField *field)
{
  const char **list = kan_record_get_list (record, field->id);
  const char *one = field->type == KAN_REF ? kan_record_get_text (record, field->id) : NULL;

  if (list != NULL)
    return kan_view_references (book, list);
  if (one != NULL)
    return kan_view_references (book, (const char *[]) { one, NULL });
  if (field->type == KAN_DOCUMENT)
    return kan_view_document (kan_record_get_text (record, field->id));
  return kan_record_show (record, field->id, kan_view_in_japanese (field));
}

/**
 * kan_view_number:
 * @record: a record
 *
 * Returns: (transfer full) (nullable): the number of a series that it drew, as people read it; %NULL: none so far
 */
char *
kan_view_number (KanRecord *record)
{
  for (const KanField *field = kan_record_get_register (record)->fields; field->id != NULL; field++)
    if (field->type == KAN_NUMBER && kan_record_has (record, field->id))
      return kan_record_show (record, field->id, kan_speaks_japanese ());
  return NULL;
}

/**
 * kan_view_ask_present:
 * @book: a book whose today is set
 * @reg: a register
 * @id: a record's number
 *
 * Returns: (transfer full) (nullable): its row as the day makes it; %NULL where it stands as it is stored
 */
KanStmt *
kan_view_ask_present (KanBook *book, const KanRegister *reg, gint64 id)
{
  g_autofree char *sql = reg->present != NULL ? g_strdup_printf ("SELECT * FROM %s WHERE id = ?", reg->present) : NULL;
  g_autoptr(KanStmt) stmt = sql != NULL ? kan_db_query (kan_book_get_db (book), NULL, sql, "i", id) : NULL;

  return stmt != NULL && kan_stmt_step (stmt, NULL) ? g_steal_pointer (&stmt) : NULL;
}

/**
 * kan_view_find_column:
 * @stmt: (nullable): a row
 * @name: a column's
 *
 * Returns: the first column of that name; -1: none
 */
int
kan_view_find_column (KanStmt *stmt, const char *name)
{
  for (int i = 0; stmt != NULL && i < kan_stmt_n_columns (stmt); i++)
    if (strcmp (kan_stmt_name (stmt, i), name) == 0)
      return i;
  return -1;
}

static KanViewGroup *
group_new (const KanRegister *reg, const char *filter)
{
  KanViewGroup *self = g_new0 (KanViewGroup, 1);

  self->register_id = g_strdup (reg->id);
  self->title = g_strdup (kan_label (&reg->title, kan_speaks_japanese ()));
  self->filter = g_strdup (filter);
  self->subjects = g_ptr_array_new_with_free_func (g_free);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->states = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* What has no name of its own by what lists tell of it, save what all of the group have in common. */
static char *
name_in_group (KanBook *book, const char *subject, const char *column)
{
  g_autofree char *own = kan_book_name_of (book, subject);
  g_autoptr(KanRecord) record = own == NULL ? kan_record_get (book, subject, NULL) : NULL;
  GString *name;
  guint n = 0;

  if (record == NULL)
    return g_steal_pointer (&own);
  name = g_string_new (NULL);
  for (const KanField *field = kan_record_get_register (record)->fields; field->id != NULL && n < TOLD_MAX; field++)
    {
      gboolean tells = (field->flags & KAN_LISTED) != 0 && kan_record_has (record, field->id) &&
                       (field->type == KAN_REF || field->type == KAN_TEXT || field->type == KAN_DATE);
      const char *one = field->type == KAN_REF ? kan_record_get_text (record, field->id) : NULL;
      g_autofree char *called = tells && one != NULL ? kan_view_name (book, one) : NULL;
      g_autofree char *shown = tells && called == NULL ? kan_view_value (book, record, field) : NULL;

      if (tells && strcmp (field->id, column) != 0)
        g_string_append_printf (name, "%s%s", n++ > 0 ? _(", ") : "", called != NULL ? called : shown);
    }
  return g_string_free (name, FALSE);
}

static char *
number_or_name (KanBook *book, const KanRegister *reg, const char *subject, const char *column)
{
  for (const KanKind *kind = reg->kinds; kind != NULL && kind->id != NULL; kind++)
    if (kind->series != NULL)
      return kan_view_name (book, subject);
  return name_in_group (book, subject, column);
}

static void
add_to_group (KanBook *book, KanViewGroup *group, const KanRegister *reg, gint64 id)
{
  g_autofree char *state = kan_book_present_state (book, reg, id);
  g_autofree char *subject = g_strdup_printf ("%s%" G_GINT64_FORMAT, reg->prefix, id);
  char *name = number_or_name (book, reg, subject, group->filter);

  g_ptr_array_add (group->subjects, g_steal_pointer (&subject));
  g_ptr_array_add (group->names, name != NULL ? name : g_strdup (""));
  g_ptr_array_add (group->states, g_strdup (state != NULL ? kan_state_label (reg, state, kan_speaks_japanese ()) : ""));
}

/* Newest first. A record with several columns that refer to it stands under each. */
static gboolean
add_group (KanBook *book, const KanRegister *reg, const char *column, const char *value, GPtrArray *groups,
           GError **error)
{
  const KanFilter filter = { column, value };
  const KanTableQuery query = { .filters = &filter, .n_filters = 1, .descending = TRUE };
  g_autoptr(KanTable) table = kan_table_query (book, reg, NULL, &query, error);
  KanViewGroup *group;

  if (table == NULL)
    return FALSE;
  if (kan_table_n_rows (table) == 0)
    return TRUE;
  group = group_new (reg, column);
  group->n = kan_table_n_rows (table);
  for (guint i = 0; i < MIN (group->n, GROUP_MAX); i++)
    add_to_group (book, group, reg, kan_table_get_id (table, i));
  g_ptr_array_add (groups, group);
  return TRUE;
}

static gboolean
refers_to (KanBook *book, const KanField *field, const KanRegister *target)
{
  g_auto(GStrv) names = field->type == KAN_REF || field->type == KAN_REFS ? g_strsplit (field->of, "|", -1) : NULL;

  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      if (kan_book_find_register (book, *name) == target)
        return TRUE;
      for (const KanList *list = target->lists; list != NULL && list->id != NULL; list++)
        if (strcmp (list->id, *name) == 0)
          return TRUE;
    }
  return FALSE;
}

/**
 * kan_view_groups:
 * @book: a book
 * @subject: a record
 * @target: its register
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanViewGroup): the records that lie below it or refer to it
 */
GPtrArray *
kan_view_groups (KanBook *book, const char *subject, const KanRegister *target, GError **error)
{
  g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);

  for (const KanRegister **reg = kan_book_get_registry (book)->registers; *reg != NULL; reg++)
    for (const KanField *field = (*reg)->prefix != NULL ? (*reg)->fields : NULL; field != NULL && field->id != NULL;
         field++)
      if ((refers_to (book, field, target) || (field->type == KAN_CODE && strcmp (field->id, "about") == 0)) &&
          !add_group (book, *reg, field->id, subject, groups, error))
        return NULL;
  return g_steal_pointer (&groups);
}
