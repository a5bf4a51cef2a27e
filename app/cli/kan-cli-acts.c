/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations told: acts, their questions, who may, which hands. With --json so completely that a script can drive
 * the program with nothing else. */
#include "cli/kan-cli-private.h"

#include "registers/kan-registers.h"
#include "values/kan-roles.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

static const char *const type_names[] = {
  [KAN_TEXT] = "text", [KAN_CODE] = "code", [KAN_LINES] = "lines", [KAN_COUNT] = "count", [KAN_YES] = "yes",
  [KAN_DATE] = "date", [KAN_TIME] = "time", [KAN_PERIOD] = "period", [KAN_CHOICE] = "choice", [KAN_REF] = "ref",
  [KAN_REFS] = "refs", [KAN_ROWS] = "rows", [KAN_DOCUMENT] = "document",
};
static const char *const strength_names[] = { [KAN_NORMAL] = "normal", [KAN_LIGHT] = "light", [KAN_STRICT] = "strict" };

/* What every act takes beside its own questions. */
static const struct { const char *key, *type; KanLabel label; const char *of; } reserved[] = {
  { "subject", "ref", L ("Record it is about", "対象の番号") },
  { "happened_at", "time", L ("When it happened, where not now", "発生日時（後日入力）") },
  { "late_reason", "lines", L ("Reason for the late entry", "後日入力の理由") },
  { "deviation_reason", "lines", L ("Reason for the deviation", "規程不適合の理由") },
  { "declared", "list", L ("Questions whose numbers are no identity numbers", "個人番号等でないと申告する項目") },
  { "clock", "code", L ("Clock, behind or ahead", "時計の遅れ・進み") },
  { "absence", "choice", L ("Why the principal is absent, for a deputy", "不在の事由（代決）"), "absence" },
};

/* The declarations under one profile. */
typedef struct { KanCli *cli; KanProfile *profile; const KanRegistry *registry; } Catalogue;

static const KanKind *
find_kind (const Catalogue *self, const char *id, const KanRegister **reg)
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

static const KanRegister *
find_register (const Catalogue *self, const char *id)
{
  for (const KanRegister **reg = self->registry->registers; *reg != NULL; reg++)
    if (strcmp ((*reg)->id, id) == 0)
      return *reg;
  return NULL;
}

static char *
who_may (const Catalogue *self, const KanKind *kind)
{
  const char *const *roles = kan_profile_act_may (self->profile, kind->id);

  return roles != NULL ? g_strjoinv ("|", (char **) roles) : g_strdup (kind->may);
}

static GArray *
choices_of (const Catalogue *self, const char *vocabulary)
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

/* --- JSON ----------------------------------------------------------------------------------------------------- */

static void
add_choices (const Catalogue *self, JsonBuilder *json, const char *vocabulary)
{
  g_autoptr(GArray) choices = choices_of (self, vocabulary);

  json_builder_set_member_name (json, "choices");
  json_builder_begin_array (json);
  for (guint i = 0; i < choices->len; i++)
    {
      const KanChoice *choice = &g_array_index (choices, KanChoice, i);

      json_builder_begin_object (json);
      kan_json_text (json, "id", choice->id);
      kan_json_label (json, "label", &choice->label);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

/* Members of a field, within an object that is open. */
static void
add_field (const Catalogue *self, JsonBuilder *json, const KanField *field)
{
  const KanRegister *rows = field->type == KAN_ROWS ? find_register (self, field->of) : NULL;

  kan_json_label (json, "label", &field->label);
  kan_json_text (json, "type", type_names[field->type]);
  if (field->type == KAN_REF || field->type == KAN_REFS)
    kan_json_split (json, "of", field->of);
  else if (field->of != NULL)
    kan_json_text (json, "of", field->of);
  if (field->type == KAN_CHOICE)
    add_choices (self, json, field->of);
  if (rows == NULL)
    return;
  json_builder_set_member_name (json, "rows");
  json_builder_begin_array (json);
  for (const KanField *cell = rows->fields; cell->id != NULL; cell++)
    {
      json_builder_begin_object (json);
      kan_json_text (json, "key", cell->id);
      add_field (self, json, cell);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_asks (const Catalogue *self, JsonBuilder *json, const KanRegister *reg, const KanKind *kind)
{
  json_builder_set_member_name (json, "asks");
  json_builder_begin_array (json);
  for (const KanAsk *ask = kind->asks; ask != NULL && ask->key != NULL; ask++)
    {
      const KanField *field = kan_ask_find_field (reg, ask);

      if (ask->until != 0 && ask->until < KAN_EDITION)
        continue;
      json_builder_begin_object (json);
      kan_json_text (json, "key", ask->key);
      kan_json_yes (json, "must", ask->must);
      if (ask->page.en != NULL)
        kan_json_label (json, "page", &ask->page);
      add_field (self, json, field);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_hands (const Catalogue *self, JsonBuilder *json, const KanKind *kind)
{
  const char *const *instead = kan_profile_act_hands (self->profile, kind->id);

  json_builder_set_member_name (json, "hands");
  json_builder_begin_array (json);
  for (; instead != NULL && *instead != NULL; instead++)
    {
      json_builder_begin_object (json);
      kan_json_text (json, "as", *instead);
      json_builder_end_object (json);
    }
  for (const KanHand *hand = kind->hands; hand != NULL && (hand->as != NULL || hand->role != NULL); hand++)
    if (hand->person != NULL || kan_profile_act_hands (self->profile, kind->id) == NULL)
      {
        json_builder_begin_object (json);
        kan_json_text (json, "as", hand->as);
        if (hand->title.en != NULL)
          kan_json_label (json, "title", &hand->title);
        kan_json_text (json, "person", hand->person);
        kan_json_text (json, "paper", hand->paper);
        json_builder_end_object (json);
      }
  json_builder_end_array (json);
}

/* Whether an office that carries one of the roles has deputies. */
static gboolean
has_deputies (const Catalogue *self, const char *roles)
{
  g_auto(GStrv) list = g_strsplit (roles != NULL ? roles : "", "|", -1);
  gsize n = 0;
  const KanOffice *offices = kan_profile_offices (self->profile, &n);

  for (char **role = list; *role != NULL; role++)
    for (gsize i = 0; i < n; i++)
      if (offices[i].deputies != NULL && offices[i].deputies[0] != NULL &&
          kan_profile_office_carries (self->profile, offices[i].id, *role))
        return TRUE;
  return FALSE;
}

/* What whoever declares it as a deputy must answer besides. */
static void
add_deputy_asks (const Catalogue *self, JsonBuilder *json, const KanKind *kind, const char *may)
{
  const char *const absence[] = { "absence", NULL }, *const none[] = { NULL };

  kan_json_texts (json, "deputy_asks", !kan_profile_not_by_deputy (self->profile, kind->id) && has_deputies (self, may)
                  ? absence : none);
}

static void
add_kind (const Catalogue *self, JsonBuilder *json, const KanRegister *reg, const KanKind *kind)
{
  const KanLabel *title = kan_profile_act_title (self->profile, kind->id);
  g_autofree char *may = who_may (self, kind);

  json_builder_begin_object (json);
  kan_json_text (json, "id", kind->id);
  kan_json_text (json, "register", reg->id);
  kan_json_label (json, "title", title != NULL ? title : &kind->title);
  kan_json_text (json, "article", kind->article);
  kan_json_split (json, "may", may);
  kan_json_text (json, "strength", strength_names[kind->strength]);
  kan_json_text (json, "rule", (kind->flags & KAN_FACT) != 0 ? "fact" : "gate");
  kan_json_yes (json, "power", (kind->flags & KAN_POWER) != 0);
  kan_json_yes (json, "by_program", (kind->flags & (KAN_INTERNAL | KAN_CLAIMS)) != 0);
  kan_json_yes (json, "by_deputy", !kan_profile_not_by_deputy (self->profile, kind->id));
  add_deputy_asks (self, json, kind, may);
  kan_json_yes (json, "makes_record", kind->from == NULL);
  kan_json_split (json, "from", kind->from);
  kan_json_text (json, "wait", kind->wait);
  kan_json_text (json, "to", kind->to);
  kan_json_text (json, "series", kind->series);
  add_asks (self, json, reg, kind);
  add_hands (self, json, kind);
  json_builder_end_object (json);
}

static void
add_register_fields (const Catalogue *self, JsonBuilder *json, const KanRegister *reg)
{
  json_builder_set_member_name (json, "fields");
  json_builder_begin_array (json);
  for (const KanField *field = reg->fields; field != NULL && field->id != NULL; field++)
    {
      json_builder_begin_object (json);
      kan_json_text (json, "id", field->id);
      add_field (self, json, field);
      kan_json_yes (json, "listed", (field->flags & KAN_LISTED) != 0);
      kan_json_yes (json, "searched", (field->flags & KAN_SEARCHED) != 0);
      kan_json_yes (json, "unique", (field->flags & KAN_UNIQUE) != 0);
      kan_json_yes (json, "name", (field->flags & KAN_NAME) != 0);
      kan_json_yes (json, "correctable", (field->flags & KAN_CORRECTABLE) != 0);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_labelled (JsonBuilder *json, const char *id, const KanLabel *label)
{
  json_builder_begin_object (json);
  kan_json_text (json, "id", id);
  kan_json_label (json, "label", label);
  json_builder_end_object (json);
}

static void
add_register (const Catalogue *self, JsonBuilder *json, const KanRegister *reg)
{
  json_builder_begin_object (json);
  kan_json_text (json, "id", reg->id);
  kan_json_text (json, "prefix", reg->prefix);
  kan_json_text (json, "parent", reg->parent);
  kan_json_text (json, "article", reg->article);
  kan_json_label (json, "title", &reg->title);
  add_register_fields (self, json, reg);
  json_builder_set_member_name (json, "states");
  json_builder_begin_array (json);
  for (const KanState *state = reg->states; state != NULL && state->id != NULL; state++)
    add_labelled (json, state->id, &state->label);
  json_builder_end_array (json);
  json_builder_set_member_name (json, "lists");
  json_builder_begin_array (json);
  for (const KanList *list = reg->lists; list != NULL && list->id != NULL; list++)
    add_labelled (json, list->id, &list->label);
  json_builder_end_array (json);
  kan_json_texts (json, "forms", reg->forms);
  json_builder_end_object (json);
}

static void
add_vocabularies (const Catalogue *self, JsonBuilder *json)
{
  gsize n = 0;
  const KanRole *roles = kan_roles (&n);

  json_builder_set_member_name (json, "roles");
  json_builder_begin_array (json);
  for (gsize i = 0; i < n; i++)
    add_labelled (json, roles[i].id, &roles[i].label);
  json_builder_end_array (json);
  json_builder_set_member_name (json, "reserved");
  json_builder_begin_array (json);
  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    {
      json_builder_begin_object (json);
      kan_json_text (json, "key", reserved[i].key);
      kan_json_text (json, "type", reserved[i].type);
      kan_json_label (json, "label", &reserved[i].label);
      if (reserved[i].of != NULL)
        add_choices (self, json, reserved[i].of);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
print_all_json (const Catalogue *self)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  kan_json_int (json, "edition", KAN_EDITION);
  kan_json_text (json, "profile", kan_profile_id (self->profile));
  add_vocabularies (self, json);
  json_builder_set_member_name (json, "registers");
  json_builder_begin_array (json);
  for (const KanRegister **reg = self->registry->registers; *reg != NULL; reg++)
    add_register (self, json, *reg);
  json_builder_end_array (json);
  json_builder_set_member_name (json, "acts");
  json_builder_begin_array (json);
  for (const KanRegister **reg = self->registry->registers; *reg != NULL; reg++)
    for (const KanKind *kind = (*reg)->kinds; kind != NULL && kind->id != NULL; kind++)
      add_kind (self, json, *reg, kind);
  json_builder_end_array (json);
  json_builder_end_object (json);
  kan_json_print (json);
}

/* --- for people ----------------------------------------------------------------------------------------------- */

static char *
role_names (const Catalogue *self, const char *joined)
{
  g_auto(GStrv) roles = joined != NULL ? g_strsplit (joined, "|", -1) : NULL;
  GString *out = g_string_new (NULL);

  for (char **role = roles; role != NULL && *role != NULL; role++)
    {
      const KanRole *found = kan_role_lookup (*role);

      g_string_append_printf (out, "%s%s", out->len > 0 ? _(", ") : "",
                              found != NULL ? kan_label (&found->label, self->cli->japanese)
                              : strcmp (*role, "self") == 0 ? _("the person concerned") : _("any member of staff"));
    }
  return g_string_free (out, FALSE);
}

static void
print_all (const Catalogue *self)
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
          g_autofree char *may = who_may (self, kind), *names = role_names (self, may);

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
row_words (const Catalogue *self, const KanField *field)
{
  g_autoptr(GString) columns = g_string_new (NULL);

  for (const KanField *cell = find_register (self, field->of)->fields; cell->id != NULL; cell++)
    g_string_append_printf (columns, "%s%s", columns->len > 0 ? ", " : "", cell->id);
  return g_strdup_printf (_("a JSON list of objects, or @FILE in CSV under a heading: %s"), columns->str);
}

/* "usb ＵＳＢメモリ, hdd ハードディスク", or of which register, or how it is written */
static char *
answer_words (const Catalogue *self, const KanField *field)
{
  g_autoptr(GArray) choices = field->type == KAN_CHOICE ? choices_of (self, field->of) : NULL;
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

static void
print_asks (const Catalogue *self, const KanRegister *reg, const KanKind *kind)
{
  g_autoptr(KanGrid) grid = kan_grid_new (4);

  for (const KanAsk *ask = kind->asks; ask != NULL && ask->key != NULL; ask++)
    {
      const KanField *field = kan_ask_find_field (reg, ask);

      g_autofree char *key = g_strconcat (ask->key, "=", NULL);

      kan_grid_add (grid, key);
      kan_grid_add (grid, ask->must ? _("needed") : "");
      kan_grid_add (grid, kan_label (&field->label, self->cli->japanese));
      kan_grid_add_take (grid, answer_words (self, field));
    }
  kan_grid_print (grid, "  ", 0);
}

static char *
hand_names (const Catalogue *self, const KanKind *kind)
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
print_kind (const Catalogue *self, const KanRegister *reg, const KanKind *kind)
{
  const KanLabel *title = kan_profile_act_title (self->profile, kind->id);
  const char *article = kind->article != NULL ? kind->article : reg->article;
  const KanArticle *text = article != NULL ? kan_profile_article (self->profile, article) : NULL;
  g_autofree char *cited = article != NULL ? kan_profile_cite (self->profile, article, self->cli->japanese) : NULL;
  g_autofree char *may = who_may (self, kind), *names = role_names (self, may), *hands = hand_names (self, kind);
  g_autofree char *basis = g_strdup_printf ("%s %s", cited != NULL ? cited : "",
                                            text != NULL ? kan_label (&text->title, self->cli->japanese) : "");

  printf ("%s  %s\n", kind->id, kan_label (title != NULL ? title : &kind->title, self->cli->japanese));
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
  g_autoptr(JsonBuilder) json = json_builder_new ();
  Catalogue catalogue = { self, NULL, kan_registers () };
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
    print_all_json (&catalogue);
  else if (kind == NULL)
    print_all (&catalogue);
  else if (!self->json)
    print_kind (&catalogue, reg, kind);
  else
    {
      add_kind (&catalogue, json, reg, kind);
      kan_json_print (json);
    }
  return 0;
}
