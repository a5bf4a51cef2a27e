/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile, read once and never changed: what it is asked is a lookup in what was read. */
#include "values/kan-profile-private.h"

#include "values/kan-roles.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * kan_profile_find:
 * @items: structs that begin with their id
 * @size: bytes of each
 * @id: (nullable): the id
 *
 * Returns: (nullable): the struct of that id
 */
gconstpointer
kan_profile_find (const KanItems *items, gsize size, const char *id)
{
  for (gsize i = 0; i < items->n; i++)
    {
      const char *item = (const char *) items->items + i * size;

      if (g_strcmp0 (*(const char *const *) (gconstpointer) item, id) == 0)
        return item;
    }
  return NULL;
}

/* A vocabulary made of a list whose structs have an id and, @label bytes on, a label. */
static KanVocabulary
derive (KanShapeReader *reader, const char *id, gconstpointer items, gsize n, gsize size, gsize label)
{
  KanChoice *choices = kan_shape_alloc (reader, n, sizeof (KanChoice));

  for (gsize i = 0; i < n; i++)
    {
      const char *item = (const char *) items + i * size;

      choices[i].id = *(const char *const *) (gconstpointer) item;
      choices[i].label = *(const KanLabel *) (gconstpointer) (item + label);
    }
  return (KanVocabulary) { id, { choices, n } };
}

#define DERIVE(id_, list_, type_, label_) \
  derive (self->reader, id_, self->list_.items, self->list_.n, sizeof (type_), G_STRUCT_OFFSET (type_, label_))

static void
derive_vocabularies (KanProfile *self)
{
  KanVocabulary *derived = kan_shape_alloc (self->reader, 6, sizeof (KanVocabulary));
  gsize n_roles;
  const KanRole *roles = kan_roles (&n_roles);

  derived[0] = DERIVE ("office", offices, KanOffice, title);
  derived[1] = DERIVE ("media_kind", media_kinds, KanMediaKind, label);
  derived[2] = DERIVE ("erasure", erasure, KanMethod, label);
  derived[3] = DERIVE ("destruction", destruction, KanMethod, label);
  derived[4] = DERIVE ("purpose", purposes, KanPurpose, label);
  derived[5] = derive (self->reader, "role", roles, n_roles, sizeof (KanRole), G_STRUCT_OFFSET (KanRole, label));
  self->derived = (KanItems) { derived, 6 };
}

/* Reads as much as holds; what does not is among the reader's problems. */
static KanProfile *
read_profile (const char *json, gssize len)
{
  KanProfile *self = g_new0 (KanProfile, 1);
  gsize bytes = len < 0 ? strlen (json) : (gsize) len;

  g_atomic_ref_count_init (&self->refs);
  self->json = g_strndup (json, bytes);
  self->reader = kan_shape_reader_new ();
  if (kan_shape_read_text (self->reader, kan_profile_shape, json, bytes, self))
    {
      derive_vocabularies (self);
      kan_profile_cross_check (self->reader, self);
    }
  return self;
}

/* The table's row of that name: where in the struct the value lies. */
static gconstpointer
value_of (const KanProfile *self, const KanShape *shape, const char *name)
{
  for (; shape->name != NULL; shape++)
    if (strcmp (shape->name, name) == 0)
      return (const char *) self + shape->offset;
  return NULL;
}

/**
 * kan_profile_new_from_json:
 * @json: the profile's text
 * @len: its bytes, -1: up to the NUL
 * @error: return location
 *
 * Errors: %KAN_ERROR_INVALID, naming the first problem and its path, e.g. "$.offices[2].roles[0]: …".
 *
 * Returns: (transfer full) (nullable): the profile
 */
KanProfile *
kan_profile_new_from_json (const char *json, gssize len, GError **error)
{
  g_autoptr (KanProfile) self = read_profile (json, len);
  GPtrArray *problems = self->reader->problems;

  if (problems->len == 0)
    return g_steal_pointer (&self);
  if (problems->len == 1)
    g_set_error (error, KAN_ERROR, KAN_ERROR_INVALID, "%s", (const char *) problems->pdata[0]);
  else
    g_set_error (error, KAN_ERROR, KAN_ERROR_INVALID,
                 g_dngettext (GETTEXT_PACKAGE, "%s (and %u more problem)", "%s (and %u more problems)",
                              problems->len - 1),
                 (const char *) problems->pdata[0], problems->len - 1);
  return NULL;
}

/**
 * kan_profile_check:
 * @json: a profile's text
 * @len: its bytes, -1: up to the NUL
 *
 * Returns: (transfer full) (element-type utf8): every problem as "path: what", empty where it is valid
 */
GPtrArray *
kan_profile_check (const char *json, gssize len)
{
  g_autoptr (KanProfile) self = read_profile (json, len);

  return g_ptr_array_ref (self->reader->problems);
}

/**
 * kan_profile_ref:
 * @self: a profile
 *
 * Returns: (transfer full): @self
 */
KanProfile *
kan_profile_ref (KanProfile *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * kan_profile_unref:
 * @self: (transfer full): a profile
 */
void
kan_profile_unref (KanProfile *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  kan_shape_reader_free (self->reader);
  g_free (self->json);
  g_free (self);
}

/**
 * kan_profile_json:
 * @self: a profile
 *
 * Returns: the text it was read from, byte for byte: what a file keeps as its own copy
 */
const char *
kan_profile_json (const KanProfile *self)
{
  return self->json;
}

/**
 * kan_profile_id:
 * @self: a profile
 *
 * Returns: "nagasaki"
 */
const char *
kan_profile_id (const KanProfile *self)
{
  return self->id;
}

/**
 * kan_profile_title:
 * @self: a profile
 *
 * Returns: what the profile is called where one is chosen
 */
const KanLabel *
kan_profile_title (const KanProfile *self)
{
  return &self->title;
}

/**
 * kan_profile_association:
 * @self: a profile
 *
 * Returns: the association's name
 */
const KanLabel *
kan_profile_association (const KanProfile *self)
{
  return &self->association;
}

/**
 * kan_profile_address:
 * @self: a profile
 *
 * Returns: (nullable): where the association is, with its postcode, for what is sent back; %NULL: not told
 */
const char *
kan_profile_address (const KanProfile *self)
{
  return self->address;
}

/**
 * kan_profile_telephone:
 * @self: a profile
 *
 * Returns: (nullable): the office's telephone number, for whoever finds what was sent; %NULL: not told
 */
const char *
kan_profile_telephone (const KanProfile *self)
{
  return self->telephone;
}

/**
 * kan_profile_regulation:
 * @self: a profile
 *
 * Returns: what the association's regulation is called
 */
const KanLabel *
kan_profile_regulation (const KanProfile *self)
{
  return &self->regulation;
}

/**
 * kan_profile_outside:
 * @self: a profile
 *
 * Returns: what counts as outside (外部) in Article 11, paragraph 3
 */
const KanLabel *
kan_profile_outside (const KanProfile *self)
{
  return &self->outside;
}

/**
 * kan_profile_offices:
 * @self: a profile
 * @n: (out): how many
 *
 * Returns: its offices
 */
const KanOffice *
kan_profile_offices (const KanProfile *self, gsize *n)
{
  *n = self->offices.n;
  return self->offices.items;
}

/**
 * kan_profile_office:
 * @self: a profile
 * @id: (nullable): an office's id
 *
 * Returns: (nullable): the office
 */
const KanOffice *
kan_profile_office (const KanProfile *self, const char *id)
{
  return kan_profile_find (&self->offices, sizeof (KanOffice), id);
}

/**
 * kan_profile_office_carries:
 * @self: a profile
 * @office: (nullable): an office's id
 * @role: a role's id
 *
 * Returns: whether that office carries that role (Articles 3 to 6); %FALSE for an unknown office
 */
gboolean
kan_profile_office_carries (const KanProfile *self, const char *office, const char *role)
{
  const KanOffice *found = kan_profile_office (self, office);

  return found != NULL && g_strv_contains (found->roles, role);
}

/**
 * kan_profile_office_of_role:
 * @self: a profile
 * @role: a role's id
 *
 * Returns: (nullable): the office that carries it, the first of several; %NULL where none does
 */
const KanOffice *
kan_profile_office_of_role (const KanProfile *self, const char *role)
{
  for (gsize i = 0; i < self->offices.n; i++)
    if (g_strv_contains (KAN_ITEM (self->offices, KanOffice, i)->roles, role))
      return KAN_ITEM (self->offices, KanOffice, i);
  return NULL;
}

/**
 * kan_profile_not_by_deputy:
 * @self: a profile
 * @act: an act's id
 *
 * Returns: whether a deputy may not decide it (代決できない事項)
 */
gboolean
kan_profile_not_by_deputy (const KanProfile *self, const char *act)
{
  return g_strv_contains (self->not_by_deputy, act);
}

/**
 * kan_profile_level:
 * @self: a profile
 * @level: a security level of Article 13, 1 to 3
 *
 * Returns: (nullable): who lets people in and how; %NULL for no level
 */
const KanLevel *
kan_profile_level (const KanProfile *self, gint64 level)
{
  for (gsize i = 0; i < self->levels.n; i++)
    if (KAN_ITEM (self->levels, KanLevel, i)->level == level)
      return KAN_ITEM (self->levels, KanLevel, i);
  return NULL;
}

/**
 * kan_profile_act_may:
 * @self: a profile
 * @act: an act's id
 *
 * Returns: (nullable): the roles that may make it, ended by %NULL; %NULL: as declared
 */
const char *const *
kan_profile_act_may (const KanProfile *self, const char *act)
{
  const KanActRule *rule = kan_profile_find (&self->acts, sizeof (KanActRule), act);

  return rule != NULL ? rule->may : NULL;
}

/**
 * kan_profile_act_hands:
 * @self: a profile
 * @act: an act's id
 *
 * Returns: (nullable): the roles whose hands it needs, ended by %NULL, at least one; %NULL: as declared
 */
const char *const *
kan_profile_act_hands (const KanProfile *self, const char *act)
{
  const KanActRule *rule = kan_profile_find (&self->acts, sizeof (KanActRule), act);

  return rule != NULL ? rule->hands : NULL;
}

/**
 * kan_profile_act_title:
 * @self: a profile
 * @act: an act's id
 *
 * Returns: (nullable): what its button says; %NULL: as declared
 */
const KanLabel *
kan_profile_act_title (const KanProfile *self, const char *act)
{
  const KanActRule *rule = kan_profile_find (&self->acts, sizeof (KanActRule), act);

  return rule != NULL && rule->title.en != NULL ? &rule->title : NULL;
}

/**
 * kan_profile_form_title:
 * @self: a profile
 * @form: a form's id
 *
 * Returns: (nullable): its title on paper; %NULL: as declared
 */
const KanLabel *
kan_profile_form_title (const KanProfile *self, const char *form)
{
  const KanFormTitle *title = kan_profile_find (&self->forms, sizeof (KanFormTitle), form);

  return title != NULL ? &title->title : NULL;
}

/**
 * kan_profile_number:
 * @self: a profile
 * @id: one of the numbers named in kan-profile.h
 *
 * Returns: the number, in the unit its name says
 */
gint64
kan_profile_number (const KanProfile *self, const char *id)
{
  const gint64 *value = value_of (self, kan_profile_numbers_shape, id);

  g_return_val_if_fail (value != NULL, 0);
  return *value;
}

/**
 * kan_profile_flag:
 * @self: a profile
 * @id: one of the flags named in kan-profile.h
 *
 * Returns: the flag
 */
gboolean
kan_profile_flag (const KanProfile *self, const char *id)
{
  const gboolean *value = value_of (self, kan_profile_flags_shape, id);

  g_return_val_if_fail (value != NULL, FALSE);
  return *value;
}

/**
 * kan_profile_working_hours:
 * @self: a profile
 * @first_minute: (out): when work begins, in minutes of the day in Japan
 * @last_minute: (out): when it ends
 */
void
kan_profile_working_hours (const KanProfile *self, int *first_minute, int *last_minute)
{
  *first_minute = (int) self->work_from;
  *last_minute = (int) self->work_until;
}

/**
 * kan_profile_payment_rule:
 * @self: a profile
 * @day: (out): the day of the month on which pensions are paid, moved to the business day before
 * @n: (out): how many months
 *
 * Returns: the months in which they are paid, 1 to 12
 */
const int *
kan_profile_payment_rule (const KanProfile *self, int *day, gsize *n)
{
  *day = (int) self->payment_day;
  *n = self->payment_months.n;
  return self->payment_months.items;
}

/**
 * kan_profile_new_calendar:
 * @self: a profile
 *
 * Returns: (transfer full): a calendar with the profile's payment rule and closed days, to which a file adds what it
 * knows: official lists, exceptions
 */
KanCalendar *
kan_profile_new_calendar (const KanProfile *self)
{
  KanCalendar *calendar = kan_calendar_new ();

  kan_calendar_set_payment_rule (calendar, (int) self->payment_day, self->payment_months.items,
                                 self->payment_months.n);
  kan_calendar_set_off_cycle_counts (calendar, self->off_cycle_counts);
  for (gsize i = 0; i < self->closed_days.n; i++)
    {
      const KanClosedDay *closed = KAN_ITEM (self->closed_days, KanClosedDay, i);

      kan_calendar_add_closed_yearly (calendar, (int) closed->month, (int) closed->day, closed->label.ja);
    }
  return calendar;
}
