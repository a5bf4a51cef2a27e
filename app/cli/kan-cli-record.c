/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record: fields, state, what was corrected, what waits, what is missing, and its timeline. */
#include "cli/kan-cli-private.h"

#include "acts/kan-record-check.h"
#include "acts/kan-timeline.h"
#include "desk/kan-profile-words.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Everything that is told of a record. */
typedef struct
{
  KanCli    *cli;
  KanBook   *book;
  const char *subject;
  const KanRegister *reg;
  KanRecord *record;
  GPtrArray *steps, *corrections, *pending, *referring;
  char      *altered;
} Sheet;

static void
sheet_clear (Sheet *self)
{
  g_clear_pointer (&self->record, kan_record_free);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->corrections, g_ptr_array_unref);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_pointer (&self->referring, g_ptr_array_unref);
  g_clear_pointer (&self->altered, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sheet, sheet_clear)

static gboolean
load (Sheet *self, GError **error)
{
  self->record = kan_record_get (self->book, self->subject, error);
  if (self->record == NULL)
    {
      if (error != NULL && *error == NULL)
        kan_cli_refuse_record (self->book, self->subject, error);
      return FALSE;
    }
  self->reg = kan_record_get_register (self->record);
  self->steps = kan_book_list_course (self->book, self->subject, error);
  self->corrections = self->steps != NULL ? kan_book_list_corrections (self->book, self->subject, error) : NULL;
  self->pending = self->corrections != NULL ? kan_book_list_pending (self->book, self->subject, self->cli->now, error)
    : NULL;
  self->referring = self->pending != NULL ? kan_book_list_referring (self->book, self->subject, error) : NULL;
  return self->referring != NULL && kan_record_examine (self->book, self->subject, &self->altered, error);
}

/* This record as the day makes it: its deadline, and whether it is overrun. */
static KanTable *
open_present (const Sheet *self)
{
  const KanFilter filter = { "id", self->subject };

  return kan_table_new (self->book, self->reg, NULL, &filter, 1, NULL, NULL);
}

/* A column that is nowhere written down. */
static gboolean
is_of_the_day (const Sheet *self, const KanField *field)
{
  return strcmp (field->id, "id") != 0 && strcmp (field->id, "state") != 0
         && kan_register_find_field (self->reg, field->id) == NULL;
}

/* --- for people ----------------------------------------------------------------------------------------------- */

static void
print_present (const Sheet *self, guint width)
{
  g_autoptr(KanTable) table = open_present (self);

  for (guint i = 0; table != NULL && kan_table_n_rows (table) == 1 && i < kan_table_n_columns (table); i++)
    {
      const KanField *field = kan_table_get_column (table, i);
      g_autofree char *value = is_of_the_day (self, field) ? kan_table_show (table, 0, i, self->cli->japanese) : NULL;

      if (value != NULL && *value != '\0')
        kan_cli_print_field (kan_label (&field->label, self->cli->japanese), width, value);
    }
}

/* A profile by what it says about what matters most. */
static char *
show_field (const Sheet *self, const KanField *field)
{
  char *words = field->type == KAN_DOCUMENT ? kan_profile_dup_words (kan_record_get_text (self->record, field->id))
                                            : NULL;

  return words != NULL ? words : kan_record_show (self->record, field->id, self->cli->japanese);
}

static void
print_fields (const Sheet *self)
{
  gboolean japanese = self->cli->japanese;
  guint width = kan_cli_width (_("State"));
  g_autofree char *state = kan_record_show (self->record, "state", japanese);
  g_autofree char *name = kan_book_name_of (self->book, self->subject);

  for (const KanField *field = self->reg->fields; field->id != NULL; field++)
    if (kan_record_has (self->record, field->id))
      width = MAX (width, kan_cli_width (kan_label (&field->label, japanese)));
  printf ("%s  %s%s%s\n", self->subject, kan_label (&self->reg->title, japanese), name != NULL ? "  " : "",
          name != NULL ? name : "");
  kan_cli_print_field (_("State"), width, state);
  print_present (self, width);
  for (const KanField *field = self->reg->fields; field->id != NULL; field++)
    {
      g_autofree char *value = kan_record_has (self->record, field->id) ? show_field (self, field) : NULL;

      if (value != NULL && *value != '\0')
        kan_cli_print_field (kan_label (&field->label, japanese), width, value);
      if (field->type == KAN_DOCUMENT)
        kan_cli_print_changes (self->book, self->record, width);
    }
}

static char *
show_corrected (const Sheet *self, const KanCorrection *correction, const char *value)
{
  if (value == NULL)
    return g_strdup (_("(nothing)"));
  return correction->field != NULL && correction->field->type != KAN_LINES
         ? kan_book_show (self->book, correction->field, value, self->cli->japanese) : g_strdup (value);
}

static void
print_corrections (const Sheet *self)
{
  if (self->corrections->len > 0)
    puts (_("Corrections"));
  for (guint i = 0; i < self->corrections->len; i++)
    {
      const KanCorrection *correction = g_ptr_array_index (self->corrections, i);
      const char *label = correction->field != NULL ? kan_label (&correction->field->label, self->cli->japanese)
        : correction->key;
      g_autofree char *was = show_corrected (self, correction, correction->old_value);
      g_autofree char *is = show_corrected (self, correction, correction->new_value);

      if (correction->new_value == NULL)
        printf (_("  entry %" PRId64 ", %s: text removed by %" PRId64 "\n"), correction->act, label, correction->seq);
      else
        printf (_("  entry %" PRId64 ", %s: %s → %s (%" PRId64 ")\n"), correction->act, label, was, is,
                correction->seq);
    }
}

static void
print_pending (const Sheet *self)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      const KanPending *waits = g_ptr_array_index (self->pending, i);
      g_autofree char *names = kan_cli_join_capacities (self->book, waits->kind, waits->waiting_for,
                                                        self->cli->japanese);

      printf (_("Waits for: %s\n"), names);
    }
}

/* An act upon the record itself, and none of another that is told here. */
static gboolean
is_own (const Sheet *self, const KanStep *step)
{
  return strcmp (step->act->subject, self->subject) == 0;
}

static void
print_timeline (const Sheet *self)
{
  g_autoptr(KanGrid) grid = kan_grid_new (7);

  puts (_("Timeline"));
  for (guint i = 0; i < self->steps->len; i++)
    {
      const KanStep *step = g_ptr_array_index (self->steps, i);
      const KanLabel *title = kan_book_act_title (self->book, step->act);

      kan_grid_add_take (grid, g_strdup_printf ("%" G_GINT64_FORMAT, step->act->seq));
      kan_grid_add_take (grid, kan_cli_show_utc (step->act->at, self->cli->japanese));
      kan_grid_add (grid, title != NULL ? kan_label (title, self->cli->japanese) : step->act->kind);
      kan_grid_add (grid, is_own (self, step) ? "" : step->act->subject);
      kan_grid_add_take (grid, kan_cli_person_name (self->book, step->act->actor));
      kan_grid_add_take (grid, kan_cli_dup_key (step->act->key));
      kan_grid_add_take (grid, kan_cli_entry_words (self->cli, self->book, step->act,
                                                     self->subject));
    }
  kan_grid_print (grid, "  ", 0x1);
}

static void
print_referring (const Sheet *self)
{
  g_autoptr(KanGrid) grid = kan_grid_new (3);

  if (self->referring->len > 0)
    puts (_("Records that refer to it"));
  for (guint i = 0; i < self->referring->len; i++)
    {
      const char *subject = g_ptr_array_index (self->referring, i);
      g_autoptr(KanRecord) record = kan_record_get (self->book, subject, NULL);

      kan_grid_add (grid, subject);
      kan_grid_add (grid, record != NULL ? kan_label (&kan_record_get_register (record)->title, self->cli->japanese)
                    : NULL);
      kan_grid_add_take (grid, record != NULL ? kan_record_show (record, "state", self->cli->japanese) : g_strdup (""));
    }
  kan_grid_print (grid, "  ", 0);
}

/* Shortfalls (不備) that acts upon this record left. */
static KanTable *
open_shortfalls (const Sheet *self)
{
  const KanFilter filter = { "about", self->subject };

  return kan_table_new (self->book, kan_book_find_register (self->book, "shortfall"), NULL, &filter, 1, NULL, NULL);
}

static void
print_shortfalls (const Sheet *self)
{
  g_autoptr(KanTable) table = open_shortfalls (self);
  g_autoptr(KanGrid) grid = NULL;
  guint n = table != NULL ? kan_table_n_columns (table) : 0;

  if (n == 0 || kan_table_n_rows (table) == 0)
    return;
  grid = kan_grid_new (n);
  puts (_("Shortfalls"));
  for (guint row = 0; row < kan_table_n_rows (table); row++)
    for (guint i = 0; i < n; i++)
      kan_grid_add_take (grid, kan_table_show (table, row, i, self->cli->japanese));
  kan_grid_print (grid, "  ", 0);
}

/* --- for scripts ---------------------------------------------------------------------------------------------- */

/* A number of a series, and its fiscal year. */
static void
add_number_json (const Sheet *self, JsonBuilder *json, const KanField *field)
{
  g_autofree char *year = g_strconcat (field->of, "_fy", NULL);

  if (!kan_record_has (self->record, field->id))
    return;
  kan_json_int (json, field->id, kan_record_get_int (self->record, field->id));
  kan_json_int (json, year, kan_record_get_int (self->record, year));
}

static void
add_present_json (const Sheet *self, JsonBuilder *json)
{
  g_autoptr(KanTable) table = open_present (self);

  for (guint i = 0; table != NULL && kan_table_n_rows (table) == 1 && i < kan_table_n_columns (table); i++)
    {
      const KanField *field = kan_table_get_column (table, i);

      if (!is_of_the_day (self, field))
        continue;
      json_builder_set_member_name (json, field->id);
      kan_json_stored (json, self->book, field, kan_table_get_stored (table, 0, i));
    }
}

/* One object for each line, its cells as a record's fields. */
static void
add_rows_json (const Sheet *self, JsonBuilder *json, const KanField *field)
{
  const KanField *cells = kan_book_find_register (self->book, field->of)->fields;
  g_autoptr(GPtrArray) rows = kan_record_list_rows (self->record, field);

  json_builder_set_member_name (json, field->id);
  json_builder_begin_array (json);
  for (guint row = 0; row < rows->len; row++)
    {
      GPtrArray *line = g_ptr_array_index (rows, row);

      json_builder_begin_object (json);
      for (guint i = 0; cells[i].id != NULL; i++)
        {
          json_builder_set_member_name (json, cells[i].id);
          kan_json_stored (json, self->book, &cells[i], g_ptr_array_index (line, i));
        }
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_fields_json (const Sheet *self, JsonBuilder *json)
{
  json_builder_set_member_name (json, "fields");
  json_builder_begin_object (json);
  for (const KanField *field = self->reg->fields; field->id != NULL; field++)
    {
      if (field->type == KAN_NUMBER)
        {
          add_number_json (self, json, field);
          continue;
        }
      if (field->type == KAN_ROWS)
        {
          add_rows_json (self, json, field);
          continue;
        }
      if (kan_record_get_list (self->record, field->id) != NULL)
        {
          kan_json_texts (json, field->id, (const char *const *) kan_record_get_list (self->record, field->id));
          continue;
        }
      json_builder_set_member_name (json, field->id);
      kan_json_stored (json, self->book, field, kan_record_get_text (self->record, field->id));
    }
  add_present_json (self, json);
  json_builder_end_object (json);
}

static void
add_step_json (const Sheet *self, JsonBuilder *json, const KanStep *step)
{
  json_builder_begin_object (json);
  kan_cli_entry_json (json, self->book, step->act, self->subject);
  kan_json_text (json, "before", step->before);
  kan_json_text (json, "after", step->after);
  json_builder_end_object (json);
}

/* Acts upon the record, or those upon others that are told here. */
static void
add_steps_json (const Sheet *self, JsonBuilder *json, const char *name, gboolean own)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
  for (guint i = 0; i < self->steps->len; i++)
    if (is_own (self, g_ptr_array_index (self->steps, i)) == own)
      add_step_json (self, json, g_ptr_array_index (self->steps, i));
  json_builder_end_array (json);
}

static void
fill_correction_cb (JsonBuilder *json, gconstpointer item, G_GNUC_UNUSED gpointer data)
{
  const KanCorrection *correction = item;

  kan_json_int (json, "act", correction->seq);
  kan_json_int (json, "of", correction->act);
  kan_json_text (json, "field", correction->key);
  kan_json_text (json, "old", correction->old_value);
  kan_json_text (json, "new", correction->new_value);
}

static void
add_shortfalls_json (const Sheet *self, JsonBuilder *json)
{
  g_autoptr(KanTable) table = open_shortfalls (self);

  json_builder_set_member_name (json, "shortfalls");
  json_builder_begin_array (json);
  for (guint row = 0; table != NULL && row < kan_table_n_rows (table); row++)
    {
      json_builder_begin_object (json);
      for (guint i = 0; i < kan_table_n_columns (table); i++)
        kan_json_text (json, kan_table_get_column (table, i)->id, kan_table_get_stored (table, row, i));
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
print_json (const Sheet *self)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();
  const KanPending *waits = self->pending->len > 0 ? g_ptr_array_index (self->pending, 0) : NULL;
  g_autofree char *state = kan_book_present_state (self->book, self->reg, kan_record_get_int (self->record, "id"));

  json_builder_begin_object (json);
  kan_json_text (json, "id", self->subject);
  kan_json_text (json, "register", self->reg->id);
  kan_json_text (json, "state", state);
  kan_json_text (json, "altered", self->altered);
  add_fields_json (self, json);
  kan_cli_json_changes (json, self->book, self->record);
  kan_json_array (json, "waiting_for", waits != NULL ? waits->waiting_for : NULL);
  kan_json_objects (json, "corrections", self->corrections, fill_correction_cb, NULL);
  add_steps_json (self, json, "timeline", TRUE);
  add_steps_json (self, json, "elsewhere", FALSE);
  kan_json_array (json, "referring", self->referring);
  add_shortfalls_json (self, json);
  json_builder_end_object (json);
  kan_json_print (json);
}

/**
 * kan_cli_json_altered:
 * @json: a builder within an object about a record
 * @book: the book
 * @subject: that record
 *
 * Adds "altered": in words, what of it is not what was signed; null: nothing.
 */
void
kan_cli_json_altered (JsonBuilder *json, KanBook *book, const char *subject)
{
  g_autoptr(GError) failed = NULL;
  g_autofree char *altered = NULL;

  kan_json_text (json, "altered", kan_record_examine (book, subject, &altered, &failed) ? altered : failed->message);
}

/**
 * kan_cli_print_altered:
 * @book: the book
 * @pending: (element-type KanPending): what waits
 *
 * A line for each whose record is not what was signed.
 */
void
kan_cli_print_altered (KanBook *book, const GPtrArray *pending)
{
  for (guint i = 0; i < pending->len; i++)
    {
      const KanPending *waits = g_ptr_array_index (pending, i);
      g_autoptr(GError) failed = NULL;
      g_autofree char *altered = NULL;

      if (!kan_record_examine (book, waits->subject, &altered, &failed) || altered != NULL)
        printf ("! %s: %s\n", waits->subject, altered != NULL ? altered : failed->message);
    }
}

/**
 * kan_cli_show_record:
 * @self: the command line
 * @book: the book
 * @subject: "M12"
 * @error: %KAN_ERROR_USAGE where there is no such record
 *
 * Prints everything that is known of a record.
 *
 * Returns: the exit status
 */
int
kan_cli_show_record (KanCli *self, KanBook *book, const char *subject, GError **error)
{
  g_auto(Sheet) sheet = { .cli = self, .book = book, .subject = subject };

  if (!load (&sheet, error))
    return 2;
  if (self->json)
    {
      print_json (&sheet);
      return 0;
    }
  if (sheet.altered != NULL)
    printf ("! %s\n", sheet.altered);
  print_fields (&sheet);
  print_pending (&sheet);
  print_shortfalls (&sheet);
  print_corrections (&sheet);
  print_timeline (&sheet);
  print_referring (&sheet);
  return 0;
}
