/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a profile must say as a whole: ids that exist, roles that somebody carries, nothing said twice. */
#include "values/kan-profile-private.h"

#include "values/kan-roles.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PATH(name_, ...) g_autofree char *name_ = g_strdup_printf (__VA_ARGS__)

/* For which identity information may be used (Article 10). */
#define N_PURPOSES 4

/* What is not a role and may still stand in "may" (kan-register.h). */
static const char *const may_besides_roles[] = { "staff", "self", NULL };

/* The vocabularies that registers choose from. */
static const char *const needed_vocabularies[] = { "absence", "packing", "transport", NULL };

/* The id that each struct of @size bytes begins with. */
static const char *
id_of (const KanItems *items, gsize size, gsize i)
{
  return *(const char *const *) (gconstpointer) ((const char *) items->items + i * size);
}

static gboolean
holds_id (const KanItems *items, gsize size, const char *id)
{
  for (gsize i = 0; i < items->n; i++)
    if (g_strcmp0 (id_of (items, size, i), id) == 0)
      return TRUE;
  return FALSE;
}

static void
check_unique (KanShapeReader *reader, const KanItems *items, gsize size, const char *list, const char *member)
{
  for (gsize i = 0; i < items->n; i++)
    for (gsize k = 0; k < i; k++)
      if (g_strcmp0 (id_of (items, size, i), id_of (items, size, k)) == 0)
        {
          PATH (path, "$.%s[%" G_GSIZE_FORMAT "].%s", list, i, member);

          kan_shape_problem_at (reader, path, _("“%s” stands here twice"), id_of (items, size, i));
          break;
        }
}

static void
check_known (KanShapeReader *reader, const char *const *ids, const KanItems *known, gsize size, const char *where)
{
  for (gsize i = 0; ids[i] != NULL; i++)
    if (!holds_id (known, size, ids[i]))
      {
        PATH (path, "%s[%" G_GSIZE_FORMAT "]", where, i);

        kan_shape_problem_at (reader, path, _("“%s” is not defined in this profile"), ids[i]);
      }
}

/* What a finder can dial. */
static void
check_telephone (KanShapeReader *reader, const char *telephone)
{
  if (telephone != NULL && strspn (telephone, "0123456789-+() ") != strlen (telephone))
    kan_shape_problem_at (reader, "$.telephone", _("“%s” is no telephone number: digits, “-”, “+”, “(” and “)” only"),
                          telephone);
}

/* A role that an office can carry or that decides: none that comes by designation. */
static void
check_office_role (KanShapeReader *reader, const char *path, const char *id)
{
  const KanRole *role = kan_role_lookup (id);

  if (role == NULL)
    kan_shape_problem_at (reader, path, _("unknown role “%s”"), id);
  else if (role->designated)
    kan_shape_problem_at (reader, path, _("“%s” comes by designation of a person, not with an office"), id);
}

static void
check_office (KanShapeReader *reader, const KanProfile *self, gsize index)
{
  const KanOffice *office = KAN_ITEM (self->offices, KanOffice, index);
  PATH (deputies, "$.offices[%" G_GSIZE_FORMAT "].deputies", index);
  PATH (roles, "$.offices[%" G_GSIZE_FORMAT "].roles", index);

  if (g_strv_contains (office->roles, "auditor") && office->roles[1] != NULL)
    kan_shape_problem_at (reader, roles, _("an auditor only reads: the office carries no other role"));
  for (gsize i = 0; office->roles[i] != NULL; i++)
    {
      PATH (path, "$.offices[%" G_GSIZE_FORMAT "].roles[%" G_GSIZE_FORMAT "]", index, i);

      check_office_role (reader, path, office->roles[i]);
    }
  check_known (reader, office->deputies, &self->offices, sizeof (KanOffice), deputies);
  if (g_strv_contains (office->deputies, office->id))
    kan_shape_problem_at (reader, deputies, _("“%s” cannot be its own deputy"), office->id);
}

static gboolean
has_unknown_role (const KanProfile *self)
{
  for (gsize i = 0; i < self->offices.n; i++)
    for (const char *const *role = KAN_ITEM (self->offices, KanOffice, i)->roles; *role != NULL; role++)
      if (kan_role_lookup (*role) == NULL)
        return TRUE;
  return FALSE;
}

/* Every deciding role is one office's, so that it is clear to whom a paper is addressed. */
static void
check_roles_carried (KanShapeReader *reader, const KanProfile *self)
{
  gsize n;
  const KanRole *roles = kan_roles (&n);

  for (gsize i = 0; i < n; i++)
    {
      guint carriers = 0;

      for (gsize k = 0; k < self->offices.n; k++)
        if (g_strv_contains (KAN_ITEM (self->offices, KanOffice, k)->roles, roles[i].id))
          carriers++;
      if (roles[i].designated || roles[i].article == NULL)
        continue;
      /* which is told of the role that is mistyped, where one is */
      if (carriers == 0 && !has_unknown_role (self))
        kan_shape_problem_at (reader, "$.offices", _("no office carries the role “%s”"), roles[i].id);
      else if (carriers > 1)
        kan_shape_problem_at (reader, "$.offices", _("more than one office carries the role “%s”"), roles[i].id);
    }
}

static void
check_levels (KanShapeReader *reader, const KanProfile *self)
{
  guint seen[4] = { 0 };

  for (gsize i = 0; i < self->levels.n; i++)
    {
      const KanLevel *level = KAN_ITEM (self->levels, KanLevel, i);
      PATH (path, "$.levels[%" G_GSIZE_FORMAT "].permit_role", i);

      seen[level->level]++;
      check_office_role (reader, path, level->permit_role);
    }
  for (guint level = 1; level <= 3; level++)
    if (seen[level] != 1)
      kan_shape_problem_at (reader, "$.levels", _("level %u must stand here once"), level);
}

static void
check_act_role (KanShapeReader *reader, const char *path, const char *id, const char *const *besides)
{
  if (kan_role_lookup (id) == NULL && !g_strv_contains (besides, id))
    kan_shape_problem_at (reader, path, _("unknown role “%s”"), id);
  else if (strcmp (id, "auditor") == 0)
    kan_shape_problem_at (reader, path, _("an auditor only reads"));
}

static void
check_act (KanShapeReader *reader, const KanActRule *act)
{
  static const char *const none[] = { NULL };

  for (gsize i = 0; act->may != NULL && act->may[i] != NULL; i++)
    {
      PATH (path, "$.acts[\"%s\"].may[%" G_GSIZE_FORMAT "]", act->id, i);

      check_act_role (reader, path, act->may[i], may_besides_roles);
    }
  for (gsize i = 0; act->hands != NULL && act->hands[i] != NULL; i++)
    {
      PATH (path, "$.acts[\"%s\"].hands[%" G_GSIZE_FORMAT "]", act->id, i);

      check_act_role (reader, path, act->hands[i], none);
    }
}

static void
check_media_kind (KanShapeReader *reader, const KanProfile *self, gsize index)
{
  const KanMediaKind *kind = KAN_ITEM (self->media_kinds, KanMediaKind, index);
  PATH (path, "$.media_kinds[%" G_GSIZE_FORMAT "]", index);
  g_autofree char *erasure = g_strconcat (path, ".erasure", NULL);
  g_autofree char *destruction = g_strconcat (path, ".destruction", NULL);

  check_known (reader, kind->erasure, &self->erasure, sizeof (KanMethod), erasure);
  check_known (reader, kind->destruction, &self->destruction, sizeof (KanMethod), destruction);
  if (kind->reusable && kind->erasure[0] == NULL)
    kan_shape_problem_at (reader, erasure, _("what may be used again needs a method of erasing it"));
  if (kind->serial && strcmp (kind->unit, "sheet") == 0)
    kan_shape_problem_at (reader, path, _("sheets have no serial number"));
}

static void
check_destruction_levels (KanShapeReader *reader, const KanProfile *self)
{
  for (gsize i = 0; i < self->destruction.n; i++)
    if (strcmp (KAN_ITEM (self->destruction, KanMethod, i)->level, "destroy") != 0)
      {
        PATH (path, "$.destruction[%" G_GSIZE_FORMAT "].level", i);

        kan_shape_problem_at (reader, path, _("a method of destruction is of level “destroy”"));
      }
}

static void
check_purposes (KanShapeReader *reader, const KanProfile *self)
{
  if (self->purposes.n > N_PURPOSES)
    {
      PATH (path, "$.purposes[%d]", N_PURPOSES);

      kan_shape_problem_at (reader, path, _("the regulation knows %d purposes and no other (Article 10)"), N_PURPOSES);
    }
  for (gsize i = 0; i < self->purposes.n; i++)
    if (kan_profile_article (self, KAN_ITEM (self->purposes, KanPurpose, i)->article) == NULL)
      {
        PATH (path, "$.purposes[%" G_GSIZE_FORMAT "].article", i);

        kan_shape_problem_at (reader, path, _("“%s” is not defined in this profile"),
                              KAN_ITEM (self->purposes, KanPurpose, i)->article);
      }
}

static void
check_vocabularies (KanShapeReader *reader, const KanProfile *self)
{
  for (gsize i = 0; needed_vocabularies[i] != NULL; i++)
    if (!holds_id (&self->vocabularies, sizeof (KanVocabulary), needed_vocabularies[i]))
      {
        PATH (path, "$.vocabularies.%s", needed_vocabularies[i]);

        kan_shape_problem_at (reader, path, _("is missing"));
      }
  for (gsize i = 0; i < self->vocabularies.n; i++)
    {
      const KanVocabulary *vocabulary = KAN_ITEM (self->vocabularies, KanVocabulary, i);
      PATH (path, "$.vocabularies.%s", vocabulary->id);

      check_unique (reader, &vocabulary->choices, sizeof (KanChoice), path + strlen ("$."), "id");
      if (holds_id (&self->derived, sizeof (KanVocabulary), vocabulary->id))
        kan_shape_problem_at (reader, path, _("has a list of its own elsewhere in the profile"));
    }
}

static void
check_clauses (KanShapeReader *reader, const KanProfile *self)
{
  for (gsize i = 0; i < self->clauses.n; i++)
    if (KAN_ITEM (self->clauses, KanClause, i)->no != (gint64) i + 1)
      {
        PATH (path, "$.clauses[%" G_GSIZE_FORMAT "].no", i);

        kan_shape_problem_at (reader, path, _("clauses are numbered from 1 without gaps"));
      }
}

static gboolean
counts_once (const char *format)
{
  const char *first = strstr (format, "{n}");

  return first != NULL && strstr (first + 1, "{n}") == NULL;
}

static void
check_series (KanShapeReader *reader, const KanProfile *self)
{
  for (gsize i = 0; i < self->series.n; i++)
    {
      const KanSeries *series = KAN_ITEM (self->series, KanSeries, i);
      PATH (path, "$.series.%s.format", series->id);

      if (!counts_once (series->format.en) || !counts_once (series->format.ja))
        kan_shape_problem_at (reader, path, _("must hold {n} once"));
    }
}

static void
check_calendar (KanShapeReader *reader, const KanProfile *self)
{
  const int *months = self->payment_months.items;

  for (gsize i = 1; i < self->payment_months.n; i++)
    if (months[i] <= months[i - 1])
      {
        PATH (path, "$.payment.months[%" G_GSIZE_FORMAT "]", i);

        kan_shape_problem_at (reader, path, _("months stand in their order, each once"));
      }
  for (gsize i = 0; i < self->closed_days.n; i++)
    {
      const KanClosedDay *closed = KAN_ITEM (self->closed_days, KanClosedDay, i);
      PATH (path, "$.closed_days[%" G_GSIZE_FORMAT "]", i);

      /* In a leap year, so that the 29th of February may be meant. */
      if (kan_day_from_ymd (2024, (int) closed->month, (int) closed->day) == KAN_DAY_NONE)
        kan_shape_problem_at (reader, path, _("is no day of the year"));
    }
  if (self->work_until <= self->work_from)
    kan_shape_problem_at (reader, "$.working_hours.until", _("must be later than “from”"));
}

/* Whether each struct of a map begins with an id that the program knows. */
static void
check_ids_known (GPtrArray *problems, const KanItems *items, gsize size, const char *map, const char *const *known)
{
  for (gsize i = 0; known != NULL && i < items->n; i++)
    if (!g_strv_contains (known, id_of (items, size, i)))
      {
        PATH (path, "$.%s[\"%s\"]", map, id_of (items, size, i));

        g_ptr_array_add (problems, g_strdup_printf ("%s: %s", path, _("the program knows no such id")));
      }
}

/**
 * kan_profile_cross_check:
 * @reader: what has read @self; takes the problems
 * @self: a profile whose parts are of the right shape
 *
 * Tells what does not hold between the parts: ids that are nobody's, roles that no office carries, things said twice.
 */
void
kan_profile_cross_check (KanShapeReader *reader, const KanProfile *self)
{
  check_unique (reader, &self->offices, sizeof (KanOffice), "offices", "id");
  check_unique (reader, &self->media_kinds, sizeof (KanMediaKind), "media_kinds", "id");
  check_unique (reader, &self->erasure, sizeof (KanMethod), "erasure", "id");
  check_unique (reader, &self->destruction, sizeof (KanMethod), "destruction", "id");
  check_unique (reader, &self->purposes, sizeof (KanPurpose), "purposes", "id");
  check_unique (reader, &self->articles, sizeof (KanArticle), "articles", "no");
  check_telephone (reader, self->telephone);
  for (gsize i = 0; i < self->offices.n; i++)
    check_office (reader, self, i);
  check_roles_carried (reader, self);
  check_levels (reader, self);
  for (gsize i = 0; i < self->acts.n; i++)
    check_act (reader, KAN_ITEM (self->acts, KanActRule, i));
  for (gsize i = 0; i < self->media_kinds.n; i++)
    check_media_kind (reader, self, i);
  check_destruction_levels (reader, self);
  check_purposes (reader, self);
  check_vocabularies (reader, self);
  check_clauses (reader, self);
  check_series (reader, self);
  check_calendar (reader, self);
  if (self->filing.n == 0 || strcmp (KAN_ITEM (self->filing, KanFiling, 0)->id, "default") != 0)
    kan_shape_problem_at (reader, "$.filing.default", _("is missing, or not the first"));
}

/**
 * kan_profile_check_ids:
 * @self: a profile
 * @acts: (nullable): the ids of all acts; %NULL: not checked
 * @registers: (nullable): the ids of all registers
 * @forms: (nullable): the ids of all forms
 *
 * Returns: (transfer full) (element-type utf8): a problem with its path for each id that the program does not know;
 * empty where all are known
 */
GPtrArray *
kan_profile_check_ids (const KanProfile *self, const char *const *acts, const char *const *registers,
                       const char *const *forms)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func (g_free);
  const KanItems own_filing = { (KanFiling *) self->filing.items + 1, self->filing.n - 1 };

  for (gsize i = 0; acts != NULL && self->not_by_deputy[i] != NULL; i++)
    if (!g_strv_contains (acts, self->not_by_deputy[i]))
      {
        PATH (path, "$.not_by_deputy[%" G_GSIZE_FORMAT "]", i);

        g_ptr_array_add (problems, g_strdup_printf ("%s: %s", path, _("the program knows no such id")));
      }
  check_ids_known (problems, &self->acts, sizeof (KanActRule), "acts", acts);
  check_ids_known (problems, &self->forms, sizeof (KanFormTitle), "forms", forms);
  check_ids_known (problems, &own_filing, sizeof (KanFiling), "filing", registers);
  return problems;
}
