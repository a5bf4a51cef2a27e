/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What registers, forms and records are called on the command line, and what is said of names that there are not. */
#include "cli/kan-cli-private.h"

#include "forms/kan-forms.h"
#include "registers/kan-registers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
add_name (GString *names, const char *name)
{
  g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
}

static char *
list_registers (void)
{
  GString *names = g_string_new (NULL);

  for (const KanRegister **reg = kan_registers ()->registers; *reg != NULL; reg++)
    if ((*reg)->prefix != NULL)
      add_name (names, (*reg)->id);
  return g_string_free (names, FALSE);
}

static char *
list_forms (void)
{
  GString *names = g_string_new (NULL);

  for (const char *const *id = kan_forms_list (); *id != NULL; id++)
    add_name (names, *id);
  return g_string_free (names, FALSE);
}

/**
 * kan_cli_find_register:
 * @typed: a register's id, or its title in either language
 *
 * Returns: (transfer none) (nullable): the register; %NULL: there is none whose records could be shown
 */
const KanRegister *
kan_cli_find_register (const char *typed)
{
  for (const KanRegister **reg = kan_registers ()->registers; *reg != NULL; reg++)
    if ((*reg)->prefix != NULL &&
        (strcmp ((*reg)->id, typed) == 0 || g_ascii_strcasecmp ((*reg)->title.en, typed) == 0 ||
         strcmp ((*reg)->title.ja, typed) == 0))
      return *reg;
  return NULL;
}

/**
 * kan_cli_refuse_register:
 * @typed: what is none
 * @error: where to put it
 *
 * Says which registers there are.
 *
 * Returns: 2
 */
int
kan_cli_refuse_register (const char *typed, GError **error)
{
  g_autofree char *names = list_registers ();

  return kan_cli_usage (error, _("there is no register “%s”: choose one of %s"), typed, names);
}

/**
 * kan_cli_refuse_form:
 * @typed: what is none
 * @error: where to put it
 *
 * Says which forms there are.
 *
 * Returns: 2
 */
int
kan_cli_refuse_form (const char *typed, GError **error)
{
  g_autofree char *forms = list_forms (), *registers = list_registers ();

  return kan_cli_usage (error, _("there is no form “%s”: choose one of %s, or a register: %s"), typed, forms,
                        registers);
}

/**
 * kan_cli_refuse_record:
 * @book: the book
 * @subject: what is none
 * @error: where to put it
 *
 * Says where records are listed.
 *
 * Returns: 2
 */
int
kan_cli_refuse_record (KanBook *book, const char *subject, GError **error)
{
  const KanRegister *reg = kan_book_register_of (book, subject);

  if (reg == NULL)
    return kan_cli_usage (error, _("there is no record “%s”: write e.g. M12"), subject);
  return kan_cli_usage (error, _("there is no record %s: see `kanribo show FILE %s`"), subject, reg->id);
}

/**
 * kan_cli_read_record:
 * @book: the book
 * @reg: (nullable): of which register; %NULL: of any
 * @typed: (inout): a record, or the number of a series that it bears: replaced by the record
 * @error: %KAN_ERROR_USAGE where several bear it
 *
 * What is neither stays as it was typed, and is refused by whoever asks for the record.
 */
gboolean
kan_cli_read_record (KanBook *book, const KanRegister *reg, char **typed, GError **error)
{
  g_autoptr(GPtrArray) found = kan_book_register_of (book, *typed) == NULL ? kan_read_number (book, reg, *typed) : NULL;
  g_autoptr(GString) names = g_string_new (NULL);

  if (found == NULL || found->len == 0)
    return TRUE;
  for (guint i = 0; i < found->len; i++)
    add_name (names, g_ptr_array_index (found, i));
  if (found->len > 1)
    {
      kan_cli_usage (error, _("%s is the number of several records: name one of %s"), *typed, names->str);
      return FALSE;
    }
  g_free (*typed);
  *typed = g_strdup (names->str);
  return TRUE;
}
