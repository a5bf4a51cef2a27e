/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A register as a table, or a record with its fields, corrections, timeline and what is missing. */
#include "cli/kan-cli-private.h"

#include "acts/kan-record-check.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

typedef struct { char **where; char *as_of, *list, *search; } ShowOptions;

static void
show_options_clear (ShowOptions *self)
{
  g_strfreev (self->where);
  g_free (self->as_of);
  g_free (self->list);
  g_free (self->search);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShowOptions, show_options_clear)

/* --- a register ----------------------------------------------------------------------------------------------- */

/* `values` keeps what the filters point to. */
static GArray *
read_filters (KanBook *book, const KanRegister *reg, char **where, GPtrArray *values, GError **error)
{
  g_autoptr(GArray) filters = g_array_new (FALSE, FALSE, sizeof (KanFilter));

  for (; where != NULL && *where != NULL; where++)
    {
      char *equals = strchr (*where, '=');
      KanFilter filter = { *where, NULL };

      if (equals == NULL || equals == *where || !g_utf8_validate (*where, -1, NULL))
        {
          kan_cli_usage (error, _("“%s” is no condition: write FIELD=VALUE"), *where);
          return NULL;
        }
      *equals = '\0';
      filter.value = kan_read_filter (book, reg, filter.column, equals + 1, error);
      if (filter.value == NULL)
        return NULL;
      g_ptr_array_add (values, (char *) filter.value);
      g_array_append_val (filters, filter);
    }
  return g_steal_pointer (&filters);
}

static KanTable *
open_table (KanBook *book, const KanRegister *reg, const ShowOptions *options, GError **error)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GArray) filters = read_filters (book, reg, options->where, values, error);

  return filters != NULL
    ? kan_table_new (book, reg, options->list, (const KanFilter *) filters->data, filters->len, options->search,
                                          error) : NULL;
}

static void
print_table (KanCli *self, KanTable *table)
{
  guint n = kan_table_n_columns (table);
  g_autoptr(KanGrid) grid = kan_grid_new (n);
  guint64 right = 0;

  for (guint i = 0; i < n; i++)
    {
      const KanField *field = kan_table_get_column (table, i);

      kan_grid_add (grid, kan_label (&field->label, self->japanese));
      if (field->type == KAN_COUNT && i < 64)
        right |= G_GUINT64_CONSTANT (1) << i;
    }
  for (guint row = 0; row < kan_table_n_rows (table); row++)
    for (guint i = 0; i < n; i++)
      kan_grid_add_take (grid, kan_table_show (table, row, i, self->japanese));
  kan_grid_print (grid, "", right);
}

/* As of a record: number and fiscal year apart. */
static void
add_number_json (JsonBuilder *json, const KanField *field, const char *stored)
{
  g_autofree char *year = g_strconcat (field->of, "_fy", NULL);
  const char *dash = stored != NULL ? strchr (stored, '-') : NULL;

  if (dash == NULL)
    return;
  kan_json_int (json, field->id, g_ascii_strtoll (dash + 1, NULL, 10));
  kan_json_int (json, year, g_ascii_strtoll (stored, NULL, 10));
}

static void
add_cell_json (JsonBuilder *json, KanBook *book, KanTable *table, guint row, guint column)
{
  const KanField *field = kan_table_get_column (table, column);
  const char *stored = kan_table_get_stored (table, row, column);
  g_auto(GStrv) list = NULL;

  if (field->type == KAN_NUMBER)
    {
      add_number_json (json, field, stored);
      return;
    }
  if (field->type != KAN_REFS)
    {
      json_builder_set_member_name (json, field->id);
      kan_json_stored (json, book, field, stored);
      return;
    }
  list = g_strsplit (stored != NULL ? stored : "", ", ", -1);
  kan_json_texts (json, field->id, (const char *const *) list);
}

static void
print_table_json (KanBook *book, const KanRegister *reg, const char *list, KanTable *table)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  kan_json_text (json, "register", reg->id);
  kan_json_text (json, "list", list);
  json_builder_set_member_name (json, "records");
  json_builder_begin_array (json);
  for (guint row = 0; row < kan_table_n_rows (table); row++)
    {
      json_builder_begin_object (json);
      for (guint i = 0; i < kan_table_n_columns (table); i++)
        add_cell_json (json, book, table, row, i);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
  kan_json_print (json);
}

static int
show_register (KanCli *self, KanBook *book, const KanRegister *reg, const ShowOptions *options, GError **error)
{
  g_autoptr(KanTable) table = NULL;

  if (!kan_book_check_shown (book, error))
    return 5;
  table = open_table (book, reg, options, error);
  if (table == NULL)
    return 2;
  if (self->json)
    print_table_json (book, reg, options->list, table);
  else
    print_table (self, table);
  return 0;
}

/* --- what is shown -------------------------------------------------------------------------------------------- */

static int
show_subject (KanCli *self, KanBook *book, const char *subject, const ShowOptions *options, GError **error)
{
  if (options->where != NULL || options->list != NULL || options->search != NULL)
    return kan_cli_usage (error, _("--where, --list and --search choose records of a register, not one record"));
  return kan_cli_show_record (self, book, subject, error);
}

/* "show FILE medium", "show FILE medium M12", "show FILE M12" */
static int
show (KanCli *self, KanBook *book, const ShowOptions *options, GError **error)
{
  const KanRegister *reg = kan_cli_find_register (self->args[1]);

  if (self->n_args == 3)
    {
      if (reg == NULL)
        return kan_cli_refuse_register (self->args[1], error);
      if (kan_book_register_of (book, self->args[2]) != reg)
        return kan_cli_usage (error, _("%s is no record of “%s”: see `kanribo show FILE %s`"), self->args[2], reg->id,
                              reg->id);
      return show_subject (self, book, self->args[2], options, error);
    }
  if (reg != NULL)
    return show_register (self, book, reg, options, error);
  if (kan_book_register_of (book, self->args[1]) != NULL)
    return show_subject (self, book, self->args[1], options, error);
  return kan_cli_refuse_register (self->args[1], error);
}

/* The last word names a register, or a record by its own number or by one of a series. */
static gboolean
read_record (KanCli *self, KanBook *book, GError **error)
{
  const KanRegister *reg = kan_cli_find_register (self->args[1]);

  return (reg != NULL && self->n_args == 2) || kan_cli_read_record (book, reg, &self->args[self->n_args - 1], error);
}

/* What is here today and was not on that day. */
static gboolean
expect_there (KanCli *self, KanBook *present, KanBook *past, const char *day, GError **error)
{
  const char *subject = self->args[self->n_args - 1];
  g_autoptr(KanRecord) now = kan_record_get (present, subject, NULL);
  g_autoptr(KanRecord) then = now != NULL ? kan_record_get (past, subject, NULL) : NULL;

  if (now == NULL || then != NULL)
    return TRUE;
  kan_cli_usage (error, _("%s was not there yet on %s"), subject, day);
  return FALSE;
}

static int
show_as_of (KanCli *self, KanDesk *desk, const ShowOptions *options, GError **error)
{
  g_autofree char *day = kan_cli_read_day (options->as_of, error);
  g_autoptr(KanScratch) scratch = NULL;
  KanBook *book;

  if (day == NULL)
    return 2;
  if (kan_day_parse (day) > kan_desk_get_day (desk))
    return kan_cli_usage (error, _("%s is still to come"), day);
  scratch = kan_book_as_of (kan_desk_get_book (desk), day, error);
  if (scratch == NULL)
    return 5;
  book = kan_scratch_get_book (scratch);
  kan_book_set_calendar (book, kan_desk_get_calendar (desk));
  if (!expect_there (self, kan_desk_get_book (desk), book, day, error))
    return 2;
  return kan_book_set_today (book, kan_day_parse (day), error) ? show (self, book, options, error) : 5;
}

/**
 * kan_cli_show:
 * @self: the command line
 * @error: the world's
 *
 * `show FILE REGISTER [RECORD]`
 *
 * Returns: the exit status
 */
int
kan_cli_show (KanCli *self, GError **error)
{
  g_auto(ShowOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "where", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.where, N_("only records with this value"),
      N_("FIELD=VALUE") },
    { "as-of", 0, 0, G_OPTION_ARG_FILENAME, &options.as_of, N_("as it stood at the end of a day"), N_("DATE") },
    { "list", 0, 0, G_OPTION_ARG_FILENAME, &options.list, N_("one of the register's lists"), N_("LIST") },
    { "search", 0, 0, G_OPTION_ARG_FILENAME, &options.search, N_("only records with these words"), N_("TEXT") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(KanDesk) desk = NULL;

  if (!kan_cli_parse (self, entries, 2, 3, error))
    return 2;
  if (options.search != NULL && !g_utf8_validate (options.search, -1, NULL))
    return kan_cli_usage (error, _("--search: what is looked for is not valid UTF-8"));
  desk = kan_cli_open (self, KAN_VAULT_READ, error);
  if (desk == NULL)
    return 5;
  if (!read_record (self, kan_desk_get_book (desk), error))
    return 2;
  return options.as_of != NULL ? show_as_of (self, desk, &options, error)
         : show (self, kan_desk_get_book (desk), &options, error);
}
