/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations told to scripts, so completely that one can drive the program with nothing else. */
#include "cli/kan-cli-acts.h"

#include "values/kan-roles.h"

#include <string.h>

static const char *const type_names[] = {
  [KAN_TEXT] = "text", [KAN_CODE] = "code", [KAN_LINES] = "lines", [KAN_COUNT] = "count", [KAN_YES] = "yes",
  [KAN_DATE] = "date", [KAN_TIME] = "time", [KAN_PERIOD] = "period", [KAN_CHOICE] = "choice", [KAN_REF] = "ref",
  [KAN_REFS] = "refs", [KAN_ROWS] = "rows", [KAN_DOCUMENT] = "document", [KAN_KEY] = "key",
  [KAN_NUMBER] = "number",
};
static const char *const strength_names[] = { [KAN_NORMAL] = "normal", [KAN_LIGHT] = "light", [KAN_STRICT] = "strict" };

/* Whether an act says which record it is about: it must, it may (asked back, it is applied for again under the same
 * number), or the record is given the next number. */
static const char *const given_names[] = { "must", "may", "no" };
static const char *const fill_names[] = {
  [KAN_FILL_NEVER] = "never", [KAN_FILL_BLANK] = "blank", [KAN_FILL_ALWAYS] = "always",
};

/* How answers of each type are written; NULL: free. */
static const struct { KanType type; const char *example; } examples[] = {
  { KAN_TEXT, NULL }, { KAN_CODE, NULL }, { KAN_LINES, NULL }, { KAN_COUNT, "12" }, { KAN_YES, "yes" },
  { KAN_DATE, "2026-02-13" }, { KAN_TIME, "2026-02-13T10:05" }, { KAN_PERIOD, "2026-02" }, { KAN_CHOICE, NULL },
  { KAN_REF, "M12" }, { KAN_REFS, "M12,M13" }, { KAN_ROWS, "[{\"name\":\"A\"}]" }, { KAN_DOCUMENT, "@FILE" },
  { KAN_KEY, NULL },
};

/* Where acts upon acts find what they name, and others what nobody makes up: the command as it is typed, words in
 * capitals replaced, and where in its document. */
static const struct { const char *id, *command, *member; } sources[] = {
  { "entry", "show FILE REGISTER SUBJECT --json", "timeline[].act" },
  { "question", "show FILE REGISTER SUBJECT --json", "timeline[].answers" },
  { "answer", "acts KIND --json", "asks[].type" },
  { "fault", "verify FILE --json", "faults[].code" },
  { "capacity", "pending FILE --json", "pending[].waiting_for[]" },
  { "holiday_day", "calendar holidays YEAR --json", "holidays[]" },
  { "profile_json", "show FILE profile SUBJECT --json", "fields.json" },
};

/* What every act takes beside its own questions. */
static const struct { const char *key, *type; KanLabel label; const char *of; } reserved[] = {
  { "subject", "ref", L ("Record it is about", "対象の番号") },
  { "happened_at", "time", L ("When it happened, where not now", "発生日時（後日入力）") },
  { "late_reason", "lines", L ("Reason for the late entry", "後日入力の理由") },
  { "deviation_reason", "lines", L ("Reason for the deviation", "規程不適合の理由") },
  { "declared", "list", L ("Questions whose numbers are no identity numbers", "個人番号等でないと申告する項目") },
  { "clock", "code", L ("Clock, behind or ahead", "時計の遅れ・進み") },
  { "absence", "choice", L ("Why the principal is absent, for a deputy", "不在の事由（代決）"), "absence" },
  { "absence_before", "choice", L ("Why the deputies before are absent too", "先順位の代決者の不在の事由（代決）"), "absence" },
};

static void
add_choices (const KanCatalogue *self, JsonBuilder *json, const char *vocabulary)
{
  g_autoptr(GArray) choices = kan_catalogue_choices (self, vocabulary);

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
add_field (const KanCatalogue *self, JsonBuilder *json, const KanField *field)
{
  const KanRegister *rows = field->type == KAN_ROWS ? kan_catalogue_find_register (self, field->of) : NULL;

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
add_asks (const KanCatalogue *self, JsonBuilder *json, const KanRegister *reg, const KanKind *kind)
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
      kan_json_text (json, "fill", fill_names[ask->fill]);
      kan_json_text (json, "field", field->id);
      if (ask->page.en != NULL)
        kan_json_label (json, "page", &ask->page);
      add_field (self, json, field);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

/* The words by which it is given and refused. */
static void
add_verb (JsonBuilder *json, const KanRegister *reg, const KanKind *kind, const char *as)
{
  const KanVerb *verb = kan_verb_of (kind->article != NULL ? kind->article : reg->article, as);

  kan_json_label (json, "give", &verb->give);
  kan_json_label (json, "refuse", &verb->refuse);
}

static void
add_hands (const KanCatalogue *self, JsonBuilder *json, const KanRegister *reg, const KanKind *kind)
{
  const char *const *instead = kan_profile_act_hands (self->profile, kind->id);

  json_builder_set_member_name (json, "hands");
  json_builder_begin_array (json);
  for (; instead != NULL && *instead != NULL; instead++)
    {
      json_builder_begin_object (json);
      kan_json_text (json, "as", *instead);
      add_verb (json, reg, kind, *instead);
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
        if (hand->as != NULL)
          add_verb (json, reg, kind, hand->as);
        json_builder_end_object (json);
      }
  json_builder_end_array (json);
}

/* How many deputies the offices that carry the roles have, the most of them. */
static guint
most_deputies (const KanCatalogue *self, const char *roles)
{
  g_auto(GStrv) list = g_strsplit (roles != NULL ? roles : "", "|", -1);
  gsize n = 0;
  const KanOffice *offices = kan_profile_offices (self->profile, &n);
  guint most = 0;

  for (char **role = list; *role != NULL; role++)
    for (gsize i = 0; i < n; i++)
      if (offices[i].deputies != NULL && kan_profile_office_carries (self->profile, offices[i].id, *role))
        most = MAX (most, g_strv_length ((char **) offices[i].deputies));
  return most;
}

/* What whoever declares it as a deputy must answer besides; where deputies come first, why they are absent too. */
static void
add_deputy_asks (const KanCatalogue *self, JsonBuilder *json, const KanKind *kind, const char *may)
{
  guint n = !kan_profile_not_by_deputy (self->profile, kind->id) ? most_deputies (self, may) : 0;
  const char *const asks[] = { n > 0 ? "absence" : NULL, n > 1 ? "absence_before" : NULL, NULL };

  kan_json_texts (json, "deputy_asks", asks);
}

/**
 * kan_cli_may_ask_back:
 * @profile: the office's, or a shipped one
 * @kind: a kind that makes a record
 *
 * Returns: whether it may wait for somebody: only that can be asked back
 */
gboolean
kan_cli_may_ask_back (const KanProfile *profile, const KanKind *kind)
{
  return kind->hands != NULL || kan_profile_act_hands (profile, kind->id) != NULL || (kind->flags & KAN_POWER) != 0;
}

static void
add_subject (const KanCatalogue *self, JsonBuilder *json, const KanRegister *reg, const KanKind *kind)
{
  gboolean makes = kind->from == NULL && reg->prefix != NULL;

  json_builder_set_member_name (json, "subject");
  json_builder_begin_object (json);
  kan_json_text (json, "given", given_names[!makes ? 0 : kan_cli_may_ask_back (self->profile, kind) ? 1 : 2]);
  json_builder_set_member_name (json, "of");
  json_builder_begin_array (json);
  for (const KanRegister **of = self->registry->registers; *of != NULL; of++)
    if ((*of)->prefix != NULL && (*of == reg || reg->prefix == NULL))
      json_builder_add_string_value (json, (*of)->id);
  json_builder_end_array (json);
  json_builder_end_object (json);
}

static void
add_kind (const KanCatalogue *self, JsonBuilder *json, const KanRegister *reg, const KanKind *kind)
{
  const KanLabel *title = kan_profile_act_title (self->profile, kind->id);
  g_autofree char *may = kan_catalogue_who_may (self, kind);

  json_builder_begin_object (json);
  kan_json_text (json, "id", kind->id);
  kan_json_text (json, "register", reg->id);
  kan_json_label (json, "title", title != NULL ? title : &kind->title);
  kan_json_text (json, "article", kind->article);
  kan_json_split (json, "may", may);
  kan_json_text (json, "strength", strength_names[kind->strength]);
  kan_json_text (json, "rule", (kind->flags & KAN_FACT) != 0 ? "fact" : "gate");
  kan_json_yes (json, "power", (kind->flags & KAN_POWER) != 0);
  /* all sign in one call, each with --with: it never waits */
  kan_json_yes (json, "together", (kind->flags & KAN_REBUILDS) != 0 && kan_cli_may_ask_back (self->profile, kind));
  kan_json_yes (json, "by_program", (kind->flags & (KAN_INTERNAL | KAN_CLAIMS)) != 0);
  kan_json_yes (json, "by_deputy", !kan_profile_not_by_deputy (self->profile, kind->id));
  add_deputy_asks (self, json, kind, may);
  add_subject (self, json, reg, kind);
  kan_json_yes (json, "makes_record", kind->from == NULL);
  kan_json_split (json, "from", kind->from);
  kan_json_text (json, "wait", kind->wait);
  kan_json_text (json, "to", kind->to);
  kan_json_text (json, "series", kind->series);
  add_asks (self, json, reg, kind);
  add_hands (self, json, reg, kind);
  json_builder_end_object (json);
}

static void
add_register_fields (const KanCatalogue *self, JsonBuilder *json, const KanRegister *reg)
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
add_register (const KanCatalogue *self, JsonBuilder *json, const KanRegister *reg)
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
add_vocabularies (const KanCatalogue *self, JsonBuilder *json)
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

/* By what refusals are known: codes for answers that make no sense, ids of rules that are not met. */
static void
add_refusals (const KanCatalogue *self, JsonBuilder *json)
{
  g_autoptr(GArray) rules = kan_catalogue_choices (self, "breach");

  json_builder_set_member_name (json, "codes");
  json_builder_begin_array (json);
  for (guint code = KAN_UNMET + 1; code < KAN_N_REFUSAL_CODES; code++)
    add_labelled (json, kan_refusal_code_id (code), kan_refusal_code_label (code));
  json_builder_end_array (json);
  json_builder_set_member_name (json, "rules");
  json_builder_begin_array (json);
  for (guint i = 0; i < rules->len; i++)
    add_labelled (json, g_array_index (rules, KanChoice, i).id, &g_array_index (rules, KanChoice, i).label);
  json_builder_end_array (json);
}

static void
add_types (JsonBuilder *json)
{
  json_builder_set_member_name (json, "types");
  json_builder_begin_array (json);
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      json_builder_begin_object (json);
      kan_json_text (json, "id", type_names[examples[i].type]);
      kan_json_text (json, "example", examples[i].example);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  json_builder_set_member_name (json, "sources");
  json_builder_begin_array (json);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      json_builder_begin_object (json);
      kan_json_text (json, "id", sources[i].id);
      kan_json_text (json, "command", sources[i].command);
      kan_json_text (json, "member", sources[i].member);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

/**
 * kan_catalogue_print_kind_json:
 * @self: the declarations under one profile
 * @reg: a register
 * @kind: an act of it
 */
void
kan_catalogue_print_kind_json (const KanCatalogue *self, const KanRegister *reg, const KanKind *kind)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();

  add_kind (self, json, reg, kind);
  kan_json_print (json);
}

/**
 * kan_catalogue_print_json:
 * @self: the declarations under one profile
 *
 * All of it in one document: roles, what every act takes, codes and rules that refusals are known by, how answers of
 * each type are written, registers, acts.
 */
void
kan_catalogue_print_json (const KanCatalogue *self)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  kan_json_int (json, "edition", KAN_EDITION);
  kan_json_text (json, "profile", kan_profile_id (self->profile));
  add_vocabularies (self, json);
  add_refusals (self, json);
  add_types (json);
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
