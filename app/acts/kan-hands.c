/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hands: who must sign so that an act takes effect. Capacity (every role that the article names) and independence
 * (natural persons other than the requester) are two rules (ARTICLES.md, "Rules above all articles"). */
#include "acts/kan-book-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHIEF_INSTEAD "chief_instead"
#define NAMED_INSTEAD "named_instead"
#define SECOND "second"
#define OFFICERS "chief|information_manager|system_manager"

typedef struct { gint64 person; char capacity[32]; } Given;

/* --- who holds what ------------------------------------------------------------------------------------------- */

static KanStmt *
ask_people (KanCase *c, const char *sql, gint64 person, const char *office)
{
  g_autoptr(KanStmt) stmt = NULL;

  if (c->error != NULL || sql == NULL)
    return NULL;
  stmt = kan_db_prepare (c->book->db, sql, &c->error);
  for (int i = 1, n = stmt != NULL ? kan_stmt_n_parameters (stmt) : 0; i <= n; i++)
    {
      const char *name = kan_stmt_parameter (stmt, i);

      if (g_strcmp0 (name, "person") == 0)
        kan_stmt_set_int (stmt, i, person);
      else if (g_strcmp0 (name, "office") == 0)
        kan_stmt_set_text (stmt, i, office);
      else
        kan_stmt_set_text (stmt, i, c->day);
    }
  return g_steal_pointer (&stmt);
}

static gboolean
holds_by_designation (KanCase *c, gint64 person, const char *role)
{
  for (const KanRoleRule *rule = c->book->registry->roles; rule != NULL && rule->role != NULL; rule++)
    if (strcmp (rule->role, role) == 0)
      {
        g_autoptr(KanStmt) stmt = ask_people (c, rule->sql, person, NULL);

        if (stmt != NULL && kan_stmt_step (stmt, &c->error))
          return TRUE;
      }
  return FALSE;
}

/* The first person in the office, 0 where it is vacant. */
static gint64
principal_of (KanCase *c, const char *office)
{
  g_autoptr(KanStmt) stmt = ask_people (c, c->book->registry->holders_sql, 0, office);

  return stmt != NULL && kan_stmt_step (stmt, &c->error) ? kan_stmt_int (stmt, 0) : 0;
}

static gboolean
deputises (KanCase *c, const KanProfile *profile, const char *held, const char *role, gint64 *principal)
{
  gsize n = 0;
  const KanOffice *offices = kan_profile_offices (profile, &n);

  for (gsize i = 0; i < n; i++)
    if (kan_profile_office_carries (profile, offices[i].id, role) && offices[i].deputies != NULL &&
        g_strv_contains (offices[i].deputies, held))
      {
        *principal = principal_of (c, offices[i].id);
        return TRUE;
      }
  return FALSE;
}

/**
 * kan_capacity:
 * @c: the case; the question is for its day
 * @person: a person
 * @role: a role
 * @principal: (out) (optional): for a deputy, the person in whose place they decide; 0: the office is vacant
 *
 * Returns: whether they hold the role (by office, acting included, or by designation), or may decide as deputy (代決)
 */
KanCapacity
kan_capacity (KanCase *c, gint64 person, const char *role, gint64 *principal)
{
  const KanProfile *profile = kan_case_profile (c);
  g_autoptr(GPtrArray) held = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(KanStmt) stmt = NULL;
  gint64 of = 0;

  if (holds_by_designation (c, person, role))
    return KAN_CAPACITY_HOLDER;
  stmt = profile != NULL ? ask_people (c, c->book->registry->offices_sql, person, NULL) : NULL;
  while (stmt != NULL && kan_stmt_step (stmt, &c->error))
    g_ptr_array_add (held, g_strdup (kan_stmt_text (stmt, 0)));
  for (guint i = 0; i < held->len; i++)
    if (kan_profile_office_carries (profile, g_ptr_array_index (held, i), role))
      return KAN_CAPACITY_HOLDER;
  for (guint i = 0; i < held->len; i++)
    if (deputises (c, profile, g_ptr_array_index (held, i), role, &of))
      {
        if (principal != NULL)
          *principal = of;
        return KAN_CAPACITY_DEPUTY;
      }
  return KAN_CAPACITY_NONE;
}

/**
 * kan_holds:
 * @c: the case
 * @person: a person
 * @role: a role
 *
 * Returns: whether they hold it on the day of the act, acting officers included, deputies not
 */
gboolean
kan_holds (KanCase *c, gint64 person, const char *role)
{
  return kan_capacity (c, person, role, NULL) == KAN_CAPACITY_HOLDER;
}

/**
 * kan_may:
 * @c: the case
 * @person: a person
 * @roles: roles with "|" between; "staff": whoever holds a key and is no auditor; "self": the person the act is about
 *
 * Returns: whether one of them is theirs
 */
gboolean
kan_may (KanCase *c, gint64 person, const char *roles)
{
  g_auto(GStrv) list = g_strsplit (roles, "|", -1);

  for (char **role = list; *role != NULL; role++)
    {
      if (strcmp (*role, "staff") == 0 ? kan_has_key (c, person) && !kan_holds (c, person, "auditor")
          : strcmp (*role, "self") == 0 ? strcmp (c->reg->id, "person") == 0 && c->id == person
          : kan_holds (c, person, *role))
        return TRUE;
    }
  return FALSE;
}

static GArray *
designated_people (KanCase *c, const char *role)
{
  GArray *people = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(KanStmt) stmt = c->error == NULL
    ? kan_db_prepare (c->book->db, "SELECT person FROM key WHERE state = 'valid'", &c->error)
                            : NULL;

  while (stmt != NULL && kan_stmt_step (stmt, &c->error))
    {
      gint64 person = kan_stmt_int (stmt, 0);

      if (holds_by_designation (c, person, role))
        g_array_append_val (people, person);
    }
  return people;
}

/* Persons designated, or in an office that carries the role; deputies after them if wanted. */
static GArray *
people_of_role (KanCase *c, const char *role, gboolean deputies)
{
  GArray *people = designated_people (c, role);
  const KanProfile *profile = kan_case_profile (c);
  gsize n = 0;
  const KanOffice *offices = profile != NULL ? kan_profile_offices (profile, &n) : NULL;

  for (gsize i = 0; i < n; i++)
    {
      const char *const none[] = { NULL };
      const char *const *deputy = deputies && offices[i].deputies != NULL ? offices[i].deputies : none;

      if (!kan_profile_office_carries (profile, offices[i].id, role))
        continue;
      for (const char *office = offices[i].id; office != NULL; office = *deputy != NULL ? *deputy++ : NULL)
        {
          g_autoptr(KanStmt) stmt = ask_people (c, c->book->registry->holders_sql, 0, office);

          while (stmt != NULL && kan_stmt_step (stmt, &c->error))
            {
              gint64 person = kan_stmt_int (stmt, 0);

              g_array_append_val (people, person);
            }
        }
    }
  return people;
}

static gboolean
among (const GArray *people, gint64 person)
{
  for (guint i = 0; i < people->len; i++)
    if (g_array_index (people, gint64, i) == person)
      return TRUE;
  return FALSE;
}

static GArray *
named_people (KanCase *c)
{
  GArray *people = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(KanStmt) stmt = ask_people (c, c->book->registry->named_sql, 0, NULL);

  while (stmt != NULL && kan_stmt_step (stmt, &c->error))
    {
      gint64 person = kan_stmt_int (stmt, 0);

      g_array_append_val (people, person);
    }
  return people;
}

static gboolean
any_outside (const GArray *people, const GArray *counted, gint64 requester)
{
  for (guint i = 0; i < people->len; i++)
    {
      gint64 person = g_array_index (people, gint64, i);

      if (person != requester && !among (counted, person))
        return TRUE;
    }
  return FALSE;
}

/* --- what is needed ------------------------------------------------------------------------------------------- */

/* The roles that must decide: the profile's, else those declared. */
static GPtrArray *
role_hands (KanCase *p)
{
  GPtrArray *roles = g_ptr_array_new_with_free_func (g_free);
  const KanProfile *profile = kan_case_profile (p);
  const char *const *instead = profile != NULL ? kan_profile_act_hands (profile, p->kind->id) : NULL;

  if (instead != NULL)
    {
      for (; *instead != NULL; instead++)
        g_ptr_array_add (roles, g_strdup (*instead));
      return roles;
    }
  for (const KanHand *hand = p->kind->hands; hand != NULL && (hand->as != NULL || hand->role != NULL); hand++)
    if (hand->person == NULL)
      {
        const char *role = hand->role != NULL ? hand->role (p) : hand->as;

        if (role != NULL)
          g_ptr_array_add (roles, g_strdup (role));
      }
  return roles;
}

static gboolean
given_in (const GArray *given, const char *capacity)
{
  for (guint i = 0; i < given->len; i++)
    if (strcmp (g_array_index (given, Given, i).capacity, capacity) == 0)
      return TRUE;
  return FALSE;
}

static GArray *
load_given (KanCase *p, gint64 giver, const char *const *giving)
{
  GArray *given = g_array_new (FALSE, TRUE, sizeof (Given));
  g_autoptr(KanStmt) stmt = NULL;

  if (p->error == NULL && p->seq > 0)
    stmt = kan_db_query (p->book->db, &p->error,
                         "SELECT person, capacity FROM hand WHERE act = ? AND verdict = 'given'",
                         "i", p->seq);
  while (stmt != NULL && kan_stmt_step (stmt, &p->error))
    {
      Given one = { kan_stmt_int (stmt, 0), "" };

      g_strlcpy (one.capacity, kan_stmt_text (stmt, 1), sizeof one.capacity);
      g_array_append_val (given, one);
    }
  for (; giving != NULL && *giving != NULL; giving++)
    {
      Given one = { giver, "" };

      g_strlcpy (one.capacity, *giving, sizeof one.capacity);
      g_array_append_val (given, one);
    }
  return given;
}

/* Natural persons other than the requester who decided in one of the roles or in the chief's place. */
static GArray *
independent_people (const GArray *given, const GPtrArray *roles, gint64 requester)
{
  GArray *people = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < given->len; i++)
    {
      const Given *one = &g_array_index (given, Given, i);

      if (one->person != requester && !among (people, one->person) &&
          (strcmp (one->capacity, CHIEF_INSTEAD) == 0 || strcmp (one->capacity, NAMED_INSTEAD) == 0 ||
           g_ptr_array_find_with_equal_func ((GPtrArray *) roles, one->capacity, g_str_equal, NULL)))
        g_array_append_val (people, one->person);
    }
  return people;
}

static guint
independence_needed (const GPtrArray *roles)
{
  return roles->len >= 2 ? 2 : roles->len;
}

static void
add_role_hands (KanCase *p, const GArray *given, GPtrArray *out)
{
  g_autoptr(GPtrArray) roles = role_hands (p);
  g_autoptr(GArray) people = independent_people (given, roles, p->actor);

  for (guint i = 0; i < roles->len; i++)
    if (!given_in (given, g_ptr_array_index (roles, i)))
      g_ptr_array_add (out, g_strdup (g_ptr_array_index (roles, i)));
  if (out->len == 0 && people->len < independence_needed (roles))
    {
      g_autoptr(GArray) chiefs = people_of_role (p, "chief", FALSE);

      g_ptr_array_add (out, g_strdup (any_outside (chiefs, people, p->actor) ? CHIEF_INSTEAD : NAMED_INSTEAD));
    }
}

/* Who is named in an answer: a person with a key signs, anybody else signs on paper and the actor vouches. Which of the
 * two it is was settled when the act was signed: a key that ends meanwhile makes no signature superfluous. */
static gint64
named_signer (KanCase *p, const KanHand *hand)
{
  const char *subject = kan_answer (p, hand->person);
  gint64 id = 0;
  const KanRegister *reg = subject != NULL ? kan_subject_register (p->book, subject, &id) : NULL;

  if (reg == NULL || strcmp (reg->id, "person") != 0 || id == p->actor)
    return 0;
  return hand->paper != NULL && kan_answer_yes (p, hand->paper) ? 0 : id;
}

static void
add_person_hands (KanCase *p, const GArray *given, GPtrArray *out)
{
  for (const KanHand *hand = p->kind->hands; hand != NULL && hand->as != NULL; hand++)
    if (hand->person != NULL && named_signer (p, hand) > 0 && !given_in (given, hand->as))
      g_ptr_array_add (out, g_strdup (hand->as));
}

/* From the second holder of a key on, and for ever: whoever gets everybody else's key revoked gains nothing by it. */
static gboolean
needs_second (KanCase *p)
{
  g_autoptr(GPtrArray) roles = role_hands (p);

  if ((p->kind->flags & KAN_POWER) == 0 || roles->len > 0)
    return FALSE;
  return (p->kind->flags & KAN_CLAIMS) != 0 ||
         kan_ask_int (p,
                      "SELECT count(*) FROM (SELECT person FROM key WHERE state IN ('valid', 'superseded', 'revoked')"
                         " GROUP BY person)") >= 2;
}

/**
 * kan_hands_outstanding:
 * @pending: the act that waits, its day the day of the question
 * @giver: somebody who is about to sign; 0: nobody
 * @giving: (nullable): in which capacities
 *
 * Returns: (transfer full) (element-type utf8): capacities still outstanding, in order; empty: it takes effect
 */
GPtrArray *
kan_hands_outstanding (KanCase *pending, gint64 giver, const char *const *giving)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GArray) given = load_given (pending, giver, giving);

  add_role_hands (pending, given, out);
  add_person_hands (pending, given, out);
  if (needs_second (pending) && !given_in (given, SECOND))
    g_ptr_array_add (out, g_strdup (SECOND));
  return out;
}

/* --- whether it can ever be had ------------------------------------------------------------------------------- */

static const char *
role_label (const char *role)
{
  const KanRole *found = kan_role_lookup (role);

  return found != NULL ? kan_label (&found->label, kan_speaks_japanese ()) : role;
}

/**
 * kan_hands_somebody_named:
 * @pending: the act that waits
 * @giver: who is about to sign
 *
 * Returns: whether the president named somebody other than the requester and @giver (Article 23)
 */
gboolean
kan_hands_somebody_named (KanCase *pending, gint64 giver)
{
  g_autoptr(GArray) named = named_people (pending);
  g_autoptr(GArray) counted = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (counted, giver);
  return any_outside (named, counted, pending->actor);
}

/**
 * kan_hands_remedy:
 *
 * Returns: (transfer none): what is said where nobody independent is left
 */
const char *
kan_hands_remedy (void)
{
  return _("Nobody independent is left to decide: the president must name a person beforehand (Article 23)");
}

/* Who could stand in where too few decide: the chief, and somebody whom the president named. */
static guint
others_able (KanCase *c, const GArray *able)
{
  g_autoptr(GArray) chiefs = people_of_role (c, "chief", FALSE);
  g_autoptr(GArray) named = named_people (c);

  return any_outside (chiefs, able, c->actor) + any_outside (named, able, c->actor);
}

static void
check_roles_feasible (KanCase *c)
{
  g_autoptr(GPtrArray) roles = role_hands (c);
  g_autoptr(GArray) able = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < roles->len; i++)
    {
      const char *role = g_ptr_array_index (roles, i);
      g_autoptr(GArray) people = people_of_role (c, role, !kan_profile_not_by_deputy (kan_case_profile (c),
                                                                                      c->kind->id));

      if (people->len == 0)
        kan_breach (c, "role_vacant", NULL,
                    _("Nobody holds the role %s today, and nobody deputises: appoint somebody first"),
                    role_label (role));
      for (guint j = 0; j < people->len; j++)
        if (g_array_index (people, gint64, j) != c->actor && !among (able, g_array_index (people, gint64, j)))
          g_array_append_val (able, g_array_index (people, gint64, j));
    }
  if (able->len < independence_needed (roles) && able->len + others_able (c, able) < independence_needed (roles))
    kan_breach (c, "nobody_independent", NULL, "%s", kan_hands_remedy ());
}

static void
check_paper_hands (KanCase *c)
{
  for (const KanHand *hand = c->kind->hands; hand != NULL && (hand->as != NULL || hand->role != NULL); hand++)
    {
      const char *subject = hand->person != NULL ? kan_answer (c, hand->person) : NULL;
      gint64 id = 0;
      const KanRegister *reg = subject != NULL ? kan_subject_register (c->book, subject, &id) : NULL;
      gboolean by_key = reg != NULL && strcmp (reg->id, "person") == 0 && (id == c->actor || kan_has_key (c, id));

      if (by_key && id != c->actor && hand->paper != NULL && kan_answer_yes (c, hand->paper))
        kan_refuse (c, hand->paper, _("This person signs with a key of their own, not on paper"));
      if (reg == NULL || by_key)
        continue;
      if (hand->paper == NULL)
        kan_refuse (c, hand->person, _("Somebody without a key of their own cannot sign here"));
      else if (!kan_answer_yes (c, hand->paper))
        kan_refuse (c, hand->paper, _("This person signs on paper: confirm that the signature was given"));
    }
}

/**
 * kan_hands_check_feasible:
 * @c: an act about to be signed
 *
 * Refuses what could never take effect: a vacant role, nobody independent left, no signature on paper.
 */
void
kan_hands_check_feasible (KanCase *c)
{
  check_roles_feasible (c);
  check_paper_hands (c);
}

/* --- who may give which --------------------------------------------------------------------------------------- */

static gboolean
named_by_president (KanCase *c, gint64 person)
{
  g_autoptr(GArray) people = named_people (c);

  return among (people, person);
}

/* Who brings a key of their own was identified by an officer; other acts that make power want any second person. */
static const char *
second_roles (const KanCase *pending)
{
  return (pending->kind->flags & KAN_CLAIMS) != 0 ? OFFICERS : "staff";
}

/**
 * kan_hand_entitled:
 * @pending: the act that waits, its day the day of the question
 * @person: who would sign
 * @capacity: an outstanding one
 * @principal: (out) (optional): for a deputy, in whose place
 *
 * Returns: whether they may sign in it, and as what
 */
KanCapacity
kan_hand_entitled (KanCase *pending, gint64 person, const char *capacity, gint64 *principal)
{
  KanCapacity found;

  if (strcmp (capacity, CHIEF_INSTEAD) == 0)
    return person != pending->actor && kan_holds (pending, person, "chief") ? KAN_CAPACITY_HOLDER : KAN_CAPACITY_NONE;
  if (strcmp (capacity, NAMED_INSTEAD) == 0)
    return person != pending->actor && named_by_president (pending, person) ? KAN_CAPACITY_HOLDER : KAN_CAPACITY_NONE;
  if (strcmp (capacity, SECOND) == 0)
    return person != pending->actor && kan_may (pending, person, second_roles (pending)) ? KAN_CAPACITY_HOLDER
           : KAN_CAPACITY_NONE;
  for (const KanHand *hand = pending->kind->hands; hand != NULL && hand->as != NULL; hand++)
    if (hand->person != NULL && strcmp (hand->as, capacity) == 0)
      return named_signer (pending, hand) == person ? KAN_CAPACITY_HOLDER : KAN_CAPACITY_NONE;
  found = kan_capacity (pending, person, capacity, principal);
  if (found == KAN_CAPACITY_DEPUTY && kan_profile_not_by_deputy (kan_case_profile (pending), pending->kind->id))
    return KAN_CAPACITY_NONE;
  return found;
}
