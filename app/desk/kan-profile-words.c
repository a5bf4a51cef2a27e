/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile in short: who decides, who lets people in, when pensions are paid, and by when data must be gone. */
#include "desk/kan-profile-words.h"

#include "forms/kan-forms.h"
#include "registers/kan-registers.h"
#include "values/kan-roles.h"

#include <glib/gi18n-lib.h>

static void
line_free (KanProfileLine *self)
{
  g_free (self->label);
  g_free (self->text);
  g_free (self);
}

static void
add_line (GPtrArray *lines, const char *label, char *text)
{
  KanProfileLine *line = g_new0 (KanProfileLine, 1);

  line->label = g_strdup (label);
  line->text = text;
  g_ptr_array_add (lines, line);
}

/* "Secretary General: Chief", one office a line; those that carry no role are counted. */
static char *
word_offices (const KanProfile *profile, gboolean japanese)
{
  gsize n = 0;
  const KanOffice *offices = kan_profile_offices (profile, &n);
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    {
      if (offices[i].roles == NULL || offices[i].roles[0] == NULL)
        continue;
      g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", kan_label (&offices[i].title, japanese));
      for (gsize k = 0; offices[i].roles[k] != NULL; k++)
        {
          const KanRole *role = kan_role_lookup (offices[i].roles[k]);

          g_string_append_printf (out, "%s%s", k == 0 ? (japanese ? "：" : ": ") : _(", "),
                                  role != NULL ? kan_label (&role->label, japanese) : "");
        }
    }
  return g_string_free (out, FALSE);
}

static char *
word_levels (const KanProfile *profile, gboolean japanese)
{
  GString *out = g_string_new (NULL);

  for (gint64 no = 3; no >= 1; no--)
    {
      const KanLevel *level = kan_profile_level (profile, no);
      const KanOffice *office = level != NULL ? kan_profile_office_of_role (profile, level->permit_role) : NULL;

      if (level != NULL)
        g_string_append_printf (out, "%s%s%s%s", out->len > 0 ? "\n" : "", kan_label (&level->label, japanese),
                                japanese ? "：" : ": ", office != NULL ? kan_label (&office->title, japanese) : "");
    }
  return g_string_free (out, FALSE);
}

static char *
word_payments (const KanProfile *profile)
{
  int day = 0;
  gsize n = 0;
  const int *months = kan_profile_payment_rule (profile, &day, &n);
  g_autoptr(GString) list = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (list, "%s%d", i > 0 ? _(", ") : "", months[i]);
  /* Translators: months as numbers, and a day of the month */
  return g_strdup_printf (_("Months %s, on the %dth; on a holiday, the business day before"), list->str, day);
}

static char *
word_count (const KanProfile *profile, const char *id, const char *format)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, kan_profile_number (profile, id));
  g_auto(GStrv) parts = g_strsplit (format, "%s", 2);

  return g_strjoinv (number, parts);
}

/**
 * kan_profile_summarize:
 * @profile: a profile
 *
 * Returns: (transfer full) (element-type KanProfileLine): what it says about what matters most, in words of the screen
 */
GPtrArray *
kan_profile_summarize (const KanProfile *profile)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  gboolean japanese = kan_speaks_japanese ();

  add_line (lines, _("Regulation"), g_strdup (kan_label (kan_profile_regulation (profile), japanese)));
  add_line (lines, _("Offices that decide"), word_offices (profile, japanese));
  add_line (lines, _("Who lets people into rooms"), word_levels (profile, japanese));
  add_line (lines, _("Payment days"), word_payments (profile));
  add_line (lines, _("Erased after the payment within"),
            word_count (profile, "purge_grace_business_days", _("%s business days")));
  add_line (lines, _("Operation history kept for"), word_count (profile, "history_years", _("%s years")));
  return lines;
}

/**
 * kan_profile_dup_words:
 * @json: a profile's text
 *
 * Returns: (transfer full) (nullable): what it is called, and a line for each thing that matters most; %NULL where it
 *   cannot be read
 */
char *
kan_profile_dup_words (const char *json)
{
  g_autoptr(KanProfile) profile = kan_profile_new_from_json (json, -1, NULL);
  g_autoptr(GPtrArray) lines = profile != NULL ? kan_profile_summarize (profile) : NULL;
  GString *out;

  if (lines == NULL)
    return NULL;
  out = g_string_new (kan_label (kan_profile_title (profile), kan_speaks_japanese ()));
  for (guint i = 0; i < lines->len; i++)
    {
      const KanProfileLine *line = g_ptr_array_index (lines, i);
      g_auto(GStrv) parts = g_strsplit (line->text, "\n", -1);
      g_autofree char *text = g_strjoinv (_(", "), parts);

      g_string_append_c (out, '\n');
      g_string_append_printf (out, _("%s: %s"), line->label, text);
    }
  return g_string_free (out, FALSE);
}

/* What the program does by itself, and what makes a person's key theirs, no profile gives to somebody. */
static void
add_unknown_ids (const KanProfile *profile, GPtrArray *problems)
{
  g_autoptr(GPtrArray) acts = g_ptr_array_new (), registers = g_ptr_array_new (), found = NULL;

  for (const KanRegister **reg = kan_registers ()->registers; *reg != NULL; reg++)
    {
      g_ptr_array_add (registers, (gpointer) (*reg)->id);
      for (const KanKind *kind = (*reg)->kinds; kind != NULL && kind->id != NULL; kind++)
        if ((kind->flags & (KAN_INTERNAL | KAN_CLAIMS)) == 0)
          g_ptr_array_add (acts, (gpointer) kind->id);
    }
  g_ptr_array_add (registers, NULL);
  g_ptr_array_add (acts, NULL);
  found = kan_profile_check_ids (profile, (const char *const *) acts->pdata, (const char *const *) registers->pdata,
                                 kan_forms_list ());
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (problems, g_strdup (g_ptr_array_index (found, i)));
}

/**
 * kan_profile_problems:
 * @json: a profile's text
 * @len: its bytes, -1: up to the NUL
 *
 * Returns: (transfer full) (element-type utf8): every problem as "path: what", ids among them that this program does
 *   not know; empty where there is none
 */
GPtrArray *
kan_profile_problems (const char *json, gssize len)
{
  g_autoptr(GPtrArray) problems = kan_profile_check (json, len);
  g_autoptr(KanProfile) profile = problems->len == 0 ? kan_profile_new_from_json (json, len, NULL) : NULL;

  if (profile != NULL)
    add_unknown_ids (profile, problems);
  return g_steal_pointer (&problems);
}
