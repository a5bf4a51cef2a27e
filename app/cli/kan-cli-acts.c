/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations told to people: acts, their questions, who may, which hands. */
#include "cli/kan-cli-acts.h"

#include "registers/kan-registers.h"
#include "values/kan-roles.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

static const KanKind *
find_kind (const KanCatalogue *self, const char *id, const KanRegister **reg)
{
  for (const KanRegister **r = self->registry->registers; *r != NULL; r++)
    for (const KanKind *kind = (*r)->kinds; kind != NULL && kind->id != NULL; kind++)
      if (strcmp (kind->id, id) == 0)
        {
          *reg = *r;
          return kind;
        }
  return NULL;
}

/**
 * kan_catalogue_find_register:
 * @self: the declarations under one profile
 * @id: a register's id
 *
 * Returns: (transfer none) (nullable): the register
 */
const KanRegister *
kan_catalogue_find_register (const KanCatalogue *self, const char *id)
{
  for (const KanRegister **reg = self->registry->registers; *reg != NULL; reg++)
    if (strcmp ((*reg)->id, id) == 0)
      return *reg;
  return NULL;
}

/**
 * kan_catalogue_who_may:
 * @self: the declarations under one profile
 * @kind: a kind
 *
 * Returns: (transfer full) (nullable): roles with "|" between; %NULL: nobody by hand
 */
char *
kan_catalogue_who_may (const KanCatalogue *self, const KanKind *kind)
{
  const char *const *roles = kan_profile_act_may (self->profile, kind->id);

  return roles != NULL ? g_strjoinv ("|", (char **) roles) : g_strdup (kind->may);
}

/**
 * kan_catalogue_choices:
 * @self: the declarations under one profile
 * @vocabulary: a vocabulary
 *
 * Returns: (transfer full) (element-type KanChoice): what may be chosen
 */
GArray *
kan_catalogue_choices (const KanCatalogue *self, const char *vocabulary)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (KanChoice));
  gsize n = 0;
  const KanChoice *choices = kan_profile_choices (self->profile, vocabulary, &n);

  for (const KanFixedChoice *fixed = self->registry->choices; fixed->id != NULL; fixed++)
    if (strcmp (fixed->id, vocabulary) == 0)
      {
        KanChoice choice = { fixed->value, fixed->label };

        g_array_append_val (found, choice);
      }
  if (found->len == 0 && n > 0)
    g_array_append_vals (found, choices, (guint) n);
  return found;
}

/* --- for people ----------------------------------------------------------------------------------------------- */

static char *
role_names (const KanCatalogue *self, const char *joined)
{
  g_auto(GStrv) roles = joined != NULL ? g_strsplit (joined, "|", -1) : NULL;
  GString *out = g_string_new (NULL);

  for (char **role = roles; role != NULL && *role != NULL; role++)
    {
      const KanRole *found = kan_role_lookup (*role);

      g_string_append_printf (out, "%s%s", out->len > 0 ? _(", ") : "",
                              found != NULL ? kan_label (&found->label, self->cli->japanese)
                              : strcmp (*role, "self") == 0 ? _("the person concerned")
                              : _("any member of staff except auditors"));
    }
  return g_string_free (out, FALSE);
}

static void
print_all (const KanCatalogue *self)
{
  gboolean japanese = self->cli->japanese;

  for (const KanRegister **reg = self->registry->registers; *reg != NULL; reg++)
    {
      g_autoptr(KanGrid) grid = kan_grid_new (4);

      if ((*reg)->kinds == NULL)
        continue;
      printf ("%s  %s\n", (*reg)->id, kan_label (&(*reg)->title, japanese));
      for (const KanKind *kind = (*reg)->kinds; kind->id != NULL; kind++)
        {
          const KanLabel *title = kan_profile_act_title (self->profile, kind->id);
          g_autofree char *may = kan_catalogue_who_may (self, kind), *names = role_names (self, may);

          kan_grid_add (grid, kind->id);
          kan_grid_add (grid, kan_label (title != NULL ? title : &kind->title, japanese));
          kan_grid_add (grid, kind->article);
          kan_grid_add (grid, may != NULL ? names : _("by the program"));
        }
      kan_grid_print (grid, "  ", 0);
    }
}

/* "medium, serial": what each row says */
static char *
row_words (const KanCatalogue *self, const KanField *field)
{
  g_autoptr(GString) columns = g_string_new (NULL);

  for (const KanField *cell = kan_catalogue_find_register (self, field->of)->fields; cell->id != NULL; cell++)
    g_string_append_printf (columns, "%s%s", columns->len > 0 ? ", " : "", cell->id);
  return g_strdup_printf (_("a JSON list of objects, or @FILE in CSV under a heading: %s"), columns->str);
}

/* "usb ＵＳＢメモリ, hdd ハードディスク", or of which register, or how it is written */
static char *
answer_words (const KanCatalogue *self, const KanField *field)
{
  g_autoptr(GArray) choices = field->type == KAN_CHOICE ? kan_catalogue_choices (self, field->of) : NULL;
  g_autofree char *rows = field->type == KAN_ROWS ? row_words (self, field) : NULL;
  GString *out = g_string_new (rows);

  for (guint i = 0; choices != NULL && i < choices->len; i++)
    {
      const KanChoice *choice = &g_array_index (choices, KanChoice, i);

      g_string_append_printf (out, "%s%s %s", i > 0 ? _(", ") : "", choice->id,
                              kan_label (&choice->label, self->cli->japanese));
    }
  if (field->type == KAN_REF || field->type == KAN_REFS)
    g_string_append_printf (out, field->type == KAN_REFS ? _("%s, commas between") : "%s", field->of);
  else if (choices == NULL)
    g_string_append (out, field->type == KAN_DATE ? "2026-02-13" : field->type == KAN_TIME ? "2026-02-13T10:05"
                     : field->type == KAN_PERIOD ? "2026-02" : field->type == KAN_YES ? "yes|no" : "");
  return g_string_free (out, FALSE);
}

/* What is filled in where nothing is typed may be typed otherwise; the rest is the program's to answer. */
static const char *
name_need (const KanAsk *ask)
{
  if (ask->fill == KAN_FILL_ALWAYS)
    return _("by the program");
  return ask->fill == KAN_FILL_BLANK ? _("filled if blank") : ask->must ? _("needed") : "";
}

static void
print_asks (const KanCatalogue *self, const KanRegister *reg, const KanKind *kind)
{
  g_autoptr(KanGrid) grid = kan_grid_new (4);

  for (const KanAsk *ask = kind->asks; ask != NULL && ask->key != NULL; ask++)
    {
      const KanField *field = kan_ask_find_field (reg, ask);

      g_autofree char *key = g_strconcat (ask->key, "=", NULL);

      kan_grid_add (grid, key);
      kan_grid_add (grid, name_need (ask));
      kan_grid_add (grid, kan_label (&field->label, self->cli->japanese));
      kan_grid_add_take (grid, answer_words (self, field));
    }
  kan_grid_print (grid, "  ", 0);
}

static char *
hand_names (const KanCatalogue *self, const KanKind *kind)
{
  const char *const *instead = kan_profile_act_hands (self->profile, kind->id);
  g_autofree char *joined = instead != NULL ? g_strjoinv ("|", (char **) instead) : NULL;
  GString *out = g_string_new (NULL);

  if (joined != NULL)
    {
      g_autofree char *names = role_names (self, joined);

      g_string_append (out, names);
    }
  for (const KanHand *hand = kind->hands; hand != NULL && hand->as != NULL; hand++)
    if (hand->person != NULL || instead == NULL)
      {
        g_autofree char *role = hand->title.en == NULL ? role_names (self, hand->as) : NULL;

        g_string_append_printf (out, "%s%s", out->len > 0 ? _(", ") : "",
                                role != NULL ? role : kan_label (&hand->title, self->cli->japanese));
      }
  return g_string_free (out, FALSE);
}

static void
print_kind (const KanCatalogue *self, const KanRegister *reg, const KanKind *kind)
{
  const KanLabel *title = kan_profile_act_title (self->profile, kind->id);
  const char *article = kind->article != NULL ? kind->article : reg->article;
  const KanArticle *text = article != NULL ? kan_profile_article (self->profile, article) : NULL;
  g_autofree char *cited = article != NULL ? kan_profile_cite (self->profile, article, self->cli->japanese) : NULL;
  g_autofree char *may = kan_catalogue_who_may (self, kind), *names = role_names (self, may);
  g_autofree char *hands = hand_names (self, kind);
  g_autofree char *basis = g_strdup_printf ("%s %s", cited != NULL ? cited : "",
                                            text != NULL ? kan_label (&text->title, self->cli->japanese) : "");

  printf ("%s  %s\n", kind->id, kan_label (title != NULL ? title : &kind->title, self->cli->japanese));
  if (article != NULL)
    kan_cli_print_field (_("Basis"), 12, basis);
  kan_cli_print_field (_("Who may"), 12, may != NULL ? names : _("by the program"));
  if (kind->from != NULL)
    kan_cli_print_field ("subject=", 12, reg->prefix != NULL ? reg->id : _("any record"));
  if (*hands != '\0')
    kan_cli_print_field (_("Hands"), 12, hands);
  if ((kind->flags & KAN_FACT) != 0)
    kan_cli_print_field ("", 12, _("A fact: recorded even where it breaks a rule, with deviation_reason= and a mark"));
  print_asks (self, reg, kind);
}

/**
 * kan_cli_acts:
 * @self: the command line
 * @error: %KAN_ERROR_USAGE where there is no such act
 *
 * `acts [KIND]`
 *
 * Returns: the exit status
 */
int
kan_cli_acts (KanCli *self, GError **error)
{
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &name, N_("under which profile (nagasaki)"), N_("P") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(KanProfile) profile = NULL;
  KanCatalogue catalogue = { self, NULL, kan_registers () };
  const KanRegister *reg = NULL;
  const KanKind *kind = NULL;

  if (!kan_cli_parse (self, entries, 0, 1, error))
    return 2;
  catalogue.profile = profile = kan_cli_load_profile (name != NULL ? name : "nagasaki", error);
  if (profile == NULL)
    return 1;
  if (self->n_args == 1)
    kind = find_kind (&catalogue, self->args[0], &reg);
  if (self->n_args == 1 && kind == NULL)
    return kan_cli_usage (error, _("there is no act “%s”: see `kanribo acts`"), self->args[0]);
  if (kind == NULL && self->json)
    kan_catalogue_print_json (&catalogue);
  else if (kind == NULL)
    print_all (&catalogue);
  else if (!self->json)
    print_kind (&catalogue, reg, kind);
  else
    kan_catalogue_print_kind_json (&catalogue, reg, kind);
  return 0;
}
