/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As what somebody declares an act: in a role of theirs, or as the deputy of somebody absent, with a reason (代決), whom
 * it is then shown to (後閲). Which acts no deputy may declare is the profile's word. */
#include "acts/kan-draft-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define VACANCY "vacancy"    /* of the profile's reasons for absence the one that is no person's */

/**
 * kan_role_names:
 * @roles: roles with "|" between, "staff" and "self" among them
 *
 * Returns: (transfer full): what people call them
 */
char *
kan_role_names (const char *roles)
{
  g_auto(GStrv) list = g_strsplit (roles, "|", -1);
  GString *out = g_string_new (NULL);

  for (char **role = list; *role != NULL; role++)
    {
      const KanRole *found = kan_role_lookup (*role);

      if (out->len > 0)
        g_string_append (out, _(", "));
      g_string_append (out, found != NULL ? kan_label (&found->label, kan_speaks_japanese ())
                            : strcmp (*role, "self") == 0 ? _("the person concerned")
                            : _("any member of staff except auditors"));
    }
  return g_string_free (out, FALSE);
}

/**
 * kan_declares_as:
 * @c: the case; the question is for its day, and the answer is kept in it
 * @of: whose roles count: @c itself, or the entry that it puts right
 *
 * Returns: whether the actor holds one of the roles that may, or is the deputy of somebody who does and may decide in
 *   their place
 */
KanCapacity
kan_declares_as (KanCase *c, KanCase *of)
{
  g_autofree char *roles = kan_case_may (of);
  g_auto(GStrv) list = roles != NULL ? g_strsplit (roles, "|", -1) : NULL;

  c->declares = KAN_CAPACITY_NONE;
  if (roles == NULL)
    return c->declares;
  if (kan_may (c, c->actor, roles))
    return c->declares = KAN_CAPACITY_HOLDER;
  for (char **role = list; *role != NULL; role++)
    {
      const KanRole *known = kan_role_lookup (*role);
      gint64 principal = 0;

      if (known == NULL || kan_capacity (c, c->actor, *role, &principal) != KAN_CAPACITY_DEPUTY ||
          kan_profile_not_by_deputy (kan_case_profile_in_force (c), of->kind->id))
        continue;
      c->deputises = known->id;
      c->principal = principal;
      return c->declares = KAN_CAPACITY_DEPUTY;
    }
  return c->declares;
}

static char *
absence_names (KanCase *c)
{
  gsize n = 0;
  const KanChoice *choices = kan_profile_choices (kan_case_profile_in_force (c), "absence", &n);
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? _(", ") : "",
                            kan_label (&choices[i].label, kan_speaks_japanese ()));
  return g_string_free (out, FALSE);
}

/**
 * kan_stand_in:
 * @stead: in whose stead they decide so far
 * @c: the case; the question is for its day
 * @person: a deputy
 * @role: one more role that they decide in
 * @principal: in whose place; 0: the office is vacant
 */
void
kan_stand_in (KanStead *stead, KanCase *c, gint64 person, const char *role, gint64 principal)
{
  stead->deputy = TRUE;
  stead->held = stead->held || principal > 0;
  stead->before += kan_deputies_before (c, person, role);
}

/* Who comes later decides only where those before are absent too; a vacancy is one where nobody holds the office. */
static void
judge_order (KanCase *c, const KanStead *stead)
{
  gboolean told = kan_answered (c, KAN_KEY_ABSENCE_BEFORE);
  g_autofree char *names = NULL;

  if (stead->held && g_strcmp0 (kan_answer (c, KAN_KEY_ABSENCE), VACANCY) == 0)
    kan_refuse (c, KAN_MISMATCH, KAN_KEY_ABSENCE, _("Somebody holds this office\nsay why they are absent"));
  if (told == (stead->before > 0))
    return;
  names = absence_names (c);
  if (told)
    kan_refuse (c, KAN_NOT_ASKED, KAN_KEY_ABSENCE_BEFORE, _("No other deputy comes first here"));
  else
    kan_refuse (c, KAN_MISSING, KAN_KEY_ABSENCE_BEFORE,
                _("Another deputy comes first\nsay why they are absent too (%s)"), names);
}

static void
judge_principal (KanCase *c, const KanStead *stead)
{
  g_autofree char *names = stead->deputy ? absence_names (c) : NULL;

  if (stead->deputy == kan_answered (c, KAN_KEY_ABSENCE))
    return;
  if (!stead->deputy)
    kan_refuse (c, KAN_NOT_ASKED, KAN_KEY_ABSENCE, _("Nobody is deputised for here"));
  else if ((c->kind->flags & KAN_FACT) != 0)
    kan_breach (c, "not_entitled", NULL,
                _("Only for those in charge, or for their deputy who says why they are absent\n"
                  "a deputy chooses why\n"
                  "a deputy adds absence= (%s)"), names);
  else
    kan_refuse (c, KAN_MISSING, KAN_KEY_ABSENCE, _("This decides for somebody absent and does not say why they are\n"
                                                   "say why they are (%s)"), names);
}

/**
 * kan_judge_absence:
 * @c: the case
 * @stead: in whose stead it is decided
 *
 * A deputy says why the principal is absent, and the deputies who come before, and nobody else does. A fact is recorded
 * by anybody: who does not say so is no deputy there, and it is marked.
 */
void
kan_judge_absence (KanCase *c, const KanStead *stead)
{
  const KanStead none = { 0 };
  gboolean as_deputy = kan_answered (c, KAN_KEY_ABSENCE) || (c->kind->flags & KAN_FACT) == 0;

  judge_principal (c, stead);
  judge_order (c, as_deputy ? stead : &none);
}

static gboolean
is_not_entitled (const KanCase *c)
{
  for (guint i = 0; i < c->refusals->len; i++)
    if (g_strcmp0 (((KanRefusal *) g_ptr_array_index (c->refusals, i))->rule, "not_entitled") == 0)
      return TRUE;
  return FALSE;
}

/**
 * kan_judge_declarer:
 * @c: a case about to be signed, its role judged
 *
 * The reason for deciding in somebody's place; hands have theirs judged with the capacities that they are given in.
 */
void
kan_judge_declarer (KanCase *c)
{
  /* somebody who is not entitled is no deputy either: that is said already */
  gboolean no_deputy = c->declares == KAN_CAPACITY_NONE && (c->kind->flags & KAN_FACT) == 0 && is_not_entitled (c);
  KanStead stead = { 0 };

  if (c->reg == &kan_hand_register || no_deputy)
    return;
  if (c->declares == KAN_CAPACITY_DEPUTY)
    kan_stand_in (&stead, c, c->actor, c->deputises, c->principal);
  kan_judge_absence (c, &stead);
}

/**
 * kan_put_declarer:
 * @c: an admitted act, in its effect
 *
 * Keeps that a deputy declared it, for the principal to inspect.
 */
void
kan_put_declarer (KanCase *c)
{
  if (c->reg != &kan_hand_register && c->declares == KAN_CAPACITY_DEPUTY && kan_answered (c, KAN_KEY_ABSENCE))
    kan_run (c, "INSERT INTO hand (act, seq, capacity, subject, person, verdict, absence, principal)"
             " VALUES (?, ?, ?, ?, ?, 'declared', ?, nullif(?, 0))", "iissisi", c->seq, c->seq, c->deputises,
             c->subject, c->actor, kan_answer (c, KAN_KEY_ABSENCE), c->principal);
}

static void
depute (KanDeputed *self, KanCase *c, gint64 person, const char *role, gint64 principal)
{
  if (self->role == NULL)
    {
      self->role = role;
      self->principal = principal;
    }
  self->before += kan_deputies_before (c, person, role);
}

/* A hand is a deputy's where one of the capacities that it would be given in is. */
static void
depute_hand (KanDeputed *self, KanCase *c)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, c->subject);
  const char *as = kan_answer (c, "as");
  g_auto(GStrv) capacities = g_strsplit (as != NULL ? as : "", "|", -1);
  gint64 principal = 0;

  for (char **capacity = capacities; pending != NULL && *capacity != NULL; capacity++)
    if (kan_hand_entitled (pending, c->actor, *capacity, &principal) == KAN_CAPACITY_DEPUTY)
      depute (self, pending, c->actor, kan_role_lookup (*capacity)->id, principal);
}

/**
 * kan_draft_deputises:
 * @self: a draft
 * @person: who would sign
 * @at: when, seconds of UTC
 * @deputed: (out): as whose deputy; all blank where they would sign as nobody's
 * @error: return location
 *
 * Returns: whether they would sign as a deputy (代決), and so must answer absence=; %FALSE too where the world failed
 */
gboolean
kan_draft_deputises (KanDraft *self, gint64 person, gint64 at, KanDeputed *deputed, GError **error)
{
  g_autoptr(KanCase) c = kan_draft_case (self, person, NULL, at, KAN_STAGE_SIGN, error);

  *deputed = (KanDeputed) { 0 };
  if (c == NULL)
    return FALSE;
  if (c->reg == &kan_hand_register)
    depute_hand (deputed, c);
  else if (c->declares == KAN_CAPACITY_DEPUTY)
    depute (deputed, c, c->actor, c->deputises, c->principal);
  return deputed->role != NULL;
}
