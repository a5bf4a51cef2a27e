/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms as PDF: `print`. */
#include "cli/kan-cli-private.h"

#include "forms/kan-form-labels.h"
#include "forms/kan-forms.h"
#include "registers/kan-registers.h"
#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

typedef struct { char *out, *list, *year; gboolean names, blank; int first; } PrintOptions;

#define RECORDS_MAX 240      /* of one paper: ten sheets of stickers */

static void
print_options_clear (PrintOptions *self)
{
  g_free (self->out);
  g_free (self->list);
  g_free (self->year);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PrintOptions, print_options_clear)

/* --- which there are ------------------------------------------------------------------------------------------ */

static void
add_form (KanCli *self, JsonBuilder *json, KanGrid *grid, const char *id, const KanRegister *reg)
{
  const KanLabel *title = kan_forms_get_title (id);
  g_autofree char *record = reg != NULL ? g_strdup_printf ("%s1", reg->prefix) : NULL;

  json_builder_begin_object (json);
  kan_json_text (json, "id", id);
  kan_json_label (json, "title", title);
  kan_json_text (json, "register", reg != NULL ? reg->id : id);
  kan_json_yes (json, "of_record", reg != NULL);
  json_builder_end_object (json);
  kan_grid_add (grid, id);
  kan_grid_add (grid, kan_label (title, self->japanese));
  kan_grid_add (grid, record);
}

static void
list_forms (KanCli *self)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();
  g_autoptr(KanGrid) grid = kan_grid_new (3);

  json_builder_begin_object (json);
  json_builder_set_member_name (json, "forms");
  json_builder_begin_array (json);
  for (const char *const *id = kan_forms_list (); *id != NULL; id++)
    add_form (self, json, grid, *id, kan_forms_get_register (*id));
  for (const KanRegister **reg = kan_registers ()->registers; *reg != NULL; reg++)
    if ((*reg)->prefix != NULL)
      add_form (self, json, grid, (*reg)->id, NULL);
  json_builder_end_array (json);
  json_builder_end_object (json);
  if (self->json)
    kan_json_print (json);
  else
    kan_grid_print (grid, "", 0);
}

/* --- printing ------------------------------------------------------------------------------------------------- */

static int
write_paper (KanCli *self, KanPaper *paper, const char *path, GError **error)
{
  const char *const *missing = kan_paper_get_missing (paper);
  g_autoptr(JsonBuilder) json = json_builder_new ();

  if (!kan_paper_write_pdf (paper, path, NULL, NULL, error))
    return 5;
  for (guint i = 0; missing != NULL && missing[i] != NULL; i++)
    kan_cli_note (_("no font here has the character %s: fill it in by hand"), missing[i]);
  if (!self->json)
    {
      guint n = kan_paper_n_pages (paper);

      printf (g_dngettext (GETTEXT_PACKAGE, "%s: %u page\n", "%s: %u pages\n", n), path, n);
      return 0;
    }
  json_builder_begin_object (json);
  kan_json_text (json, "pdf", path);
  kan_json_text (json, "title", kan_paper_get_title (paper));
  kan_json_int (json, "pages", kan_paper_n_pages (paper));
  kan_json_texts (json, "missing", missing);
  json_builder_end_object (json);
  kan_json_print (json);
  return 0;
}

/* Records are made from the founding on and until today; a list may go by another of their days. */
static gboolean
is_lived (KanCli *self, KanBook *book, const PrintOptions *options, int year, GError **error)
{
  int last = kan_fiscal_year (kan_day_of_utc (self->now)), first = last;
  g_autoptr(KanAct) founding = options->list == NULL ? kan_ledger_get (kan_book_get_db (book), 1, NULL) : NULL;
  gint64 at = 0;

  if (founding == NULL || founding->at == NULL || !kan_utc_parse (founding->at, &at))
    return TRUE;
  first = MIN (first, kan_fiscal_year (kan_day_of_utc (at)));
  if (year >= first && year <= last)
    return TRUE;
  kan_cli_usage (error, _("this file has no fiscal year %d: choose one from %d to %d"), year, first, last);
  return FALSE;
}

static KanPaper *
make_register (KanCli *self, KanDesk *desk, const KanRegister *reg, const PrintOptions *options, const char *anchor,
               GError **error)
{
  KanBook *book = kan_desk_get_book (desk);
  int year = 0;

  if (options->year != NULL && !kan_fiscal_year_parse (options->year, &year))
    kan_cli_usage (error, _("“%s” is not a fiscal year: write e.g. 2026"), options->year);
  else if ((options->year == NULL || is_lived (self, book, options, year, error)) &&
           kan_desk_verify_once (desk, self->now, NULL, NULL, error))
    return kan_forms_make_register (book, reg, options->list, year, anchor, NULL, NULL, error);
  return NULL;
}

/* Records as numbers of the form's register, with commas between; NULL: none is named, or one cannot be told. */
static char *
read_records (KanCli *self, KanBook *book, const KanRegister *of, GError **error)
{
  g_autoptr(GString) records = g_string_new (NULL);

  for (guint i = 2; i < self->n_args; i++)
    {
      if (of != NULL && !kan_cli_read_record (book, of, &self->args[i], error))
        return NULL;
      g_string_append_printf (records, "%s%s", i > 2 ? "," : "", self->args[i]);
    }
  return self->n_args > 2 ? g_string_free (g_steal_pointer (&records), FALSE) : NULL;
}

static gboolean
check_many (KanCli *self, const PrintOptions *options, const char *form, GError **error)
{
  gboolean many = kan_forms_is_of_many (form);

  if (self->n_args > 3 && !many)
    kan_cli_usage (error, _("%s is of one record: say which"), form);
  else if (options->first > 1 && !many)
    kan_cli_usage (error, _("only stickers begin in the middle of a sheet: leave out --first"));
  else if (options->first < 1 || options->first > KAN_LABELS_ON_SHEET)
    kan_cli_usage (error, _("a sheet has %d stickers: --first names one of them"), KAN_LABELS_ON_SHEET);
  else
    return TRUE;
  return FALSE;
}

static KanPaper *
make_paper (KanCli *self, KanDesk *desk, const PrintOptions *options, GError **error)
{
  KanBook *book = kan_desk_get_book (desk);
  const char *form = self->args[1];
  const KanRegister *reg = kan_cli_find_register (form), *of = kan_forms_get_register (form);
  g_autofree char *anchor = kan_desk_dup_anchor (desk, error), *record = NULL;

  if (anchor == NULL || !check_many (self, options, form, error))
    return NULL;
  record = read_records (self, book, of, error);
  if (record == NULL && self->n_args > 2)
    return NULL;
  if (reg != NULL && record == NULL)
    return make_register (self, desk, reg, options, anchor, error);
  if (reg != NULL)
    kan_cli_usage (error, _("the register %s is printed as a whole: leave out %s"), reg->id, record);
  else if (of == NULL)
    kan_cli_refuse_form (form, error);
  else if (kan_forms_is_of_many (form))
    return kan_forms_make_labels (book, record, (guint) options->first - 1, anchor, error);
  else if (record != NULL)
    return kan_forms_make (book, form, record, anchor, error);
  else
    kan_cli_usage (error, _("%s is of one record: say which"), form);
  return NULL;
}

/* An empty form needs no file; where one is named, it is not opened. */
static int
print_blank (KanCli *self, const PrintOptions *options, GError **error)
{
  const char *form = self->n_args > 0 ? self->args[self->n_args > 1 ? 1 : 0] : NULL;
  const KanRegister *reg = form != NULL ? kan_cli_find_register (form) : NULL;
  g_autoptr(KanPaper) paper = NULL;

  if (self->n_args >= 3)
    return kan_cli_usage (error, _("an empty form is of no record: leave out %s"), self->args[2]);
  if (form == NULL)
    return kan_cli_usage (error, _("say which form: see `kanribo print --list`"));
  if (reg == NULL && kan_forms_get_title (form) == NULL)
    return kan_cli_refuse_form (form, error);
  paper = kan_forms_make_blank (reg != NULL ? reg->id : form, error);
  return paper != NULL ? write_paper (self, paper, options->out, error) : 2;
}

static int
print_filled (KanCli *self, const PrintOptions *options, GError **error)
{
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(KanPaper) paper = NULL;

  if (self->n_args < 2)
    return kan_cli_usage (error, _("something is missing: kanribo %s %s"), self->command->name,
                          self->command->synopsis);
  desk = kan_cli_open (self, KAN_VAULT_READ, error);
  if (desk != NULL)
    kan_cli_warn_of_clock (self, desk);
  paper = desk != NULL ? make_paper (self, desk, options, error) : NULL;
  return paper != NULL ? write_paper (self, paper, options->out, error) : 5;
}

/**
 * kan_cli_print:
 * @self: the command line
 * @error: the world's
 *
 * `print FILE FORM [RECORD…] -o OUT.pdf`, `print --list`, `print FORM --blank -o OUT.pdf`
 *
 * Returns: the exit status
 */
int
kan_cli_print (KanCli *self, GError **error)
{
  g_auto(PrintOptions) options = { .first = 1 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.out, N_("where to write it"), N_("OUT.pdf") },
    { "list", 0, 0, G_OPTION_ARG_NONE, &options.names, N_("name the forms"), NULL },
    { "blank", 0, 0, G_OPTION_ARG_NONE, &options.blank, N_("the empty form"), NULL },
    { "only", 0, 0, G_OPTION_ARG_FILENAME, &options.list, N_("of a register, one of its lists"), N_("LIST") },
    { "fiscal-year", 0, 0, G_OPTION_ARG_FILENAME, &options.year, N_("of a register, one fiscal year"), N_("YEAR") },
    { "first", 0, 0, G_OPTION_ARG_INT, &options.first, N_("of labels, the first sticker left on the sheet"), N_("N") },
    G_OPTION_ENTRY_NULL
  };

  if (!kan_cli_parse (self, entries, 0, 2 + RECORDS_MAX, error))
    return 2;
  if (options.names)
    {
      list_forms (self);
      return 0;
    }
  if (options.out == NULL || *options.out == '\0' || strcmp (options.out, "-") == 0)
    return kan_cli_usage (error, _("say where to write it: -o OUT.pdf"));
  if (!kan_paper_may_write (options.out, error))
    return 5;
  return options.blank ? print_blank (self, &options, error) : print_filled (self, &options, error);
}
