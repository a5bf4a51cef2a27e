/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hands: who must sign so that an act takes effect. Capacity (every role that the article names) and independence
 * (natural persons other than the requester) are two rules (ARTICLES.md, "Rules above all articles"). */
#include "acts/kan-book-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHIEF_INSTEAD "chief_instead"
#define NAMED_INSTEAD "named_instead"
#define SECOND "second"

/* --- what is needed ------------------------------------------------------------------------------------------- */

/* The roles that must decide: the profile's, else those declared. */
static GPtrArray *
role_hands (KanCase *p)
{
  GPtrArray *roles = g_ptr_array_new_with_free_func (g_free);
  const KanProfile *profile = kan_case_profile_asked (p);
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
deputies_may (const KanCase *p)
{
  return !kan_profile_not_by_deputy (kan_case_profile_in_force (p), p->kind->id);
}

static gboolean
given_in (const GArray *given, const char *capacity)
{
  for (guint i = 0; i < given->len; i++)
    if (strcmp (g_array_index (given, KanGiven, i).capacity, capacity) == 0)
      return TRUE;
  return FALSE;
}

static void
add_given (GArray *given, gint64 person, const char *capacity)
{
  KanGiven one = { person, "" };

  g_strlcpy (one.capacity, capacity, sizeof one.capacity);
  g_array_append_val (given, one);
}

static GArray *
load_given (KanCase *p, gint64 giver, const char *const *giving)
{
  GArray *given = p->along != NULL ? g_array_copy (p->along) : g_array_new (FALSE, TRUE, sizeof (KanGiven));
  g_autoptr(KanStmt) stmt = NULL;

  if (p->error == NULL && p->seq > 0)
    stmt = kan_db_query (p->book->db, &p->error,
                         "SELECT person, capacity FROM hand WHERE act = ? AND verdict = 'given'",
                         "i", p->seq);
  while (stmt != NULL && kan_stmt_step (stmt, &p->error))
    add_given (given, kan_stmt_int (stmt, 0), kan_stmt_text (stmt, 1));
  for (; giving != NULL && *giving != NULL; giving++)
    add_given (given, giver, *giving);
  return given;
}

/* Natural persons other than the requester who decided in one of the roles or in the chief's place. */
static GArray *
independent_people (const GArray *given, const GPtrArray *roles, gint64 requester)
{
  GArray *people = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < given->len; i++)
    {
      const KanGiven *one = &g_array_index (given, KanGiven, i);

      if (one->person != requester && !kan_is_among (people, one->person) &&
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
      g_autoptr(GArray) chiefs = kan_people_of_role (p, "chief", FALSE);

      g_ptr_array_add (out, g_strdup (kan_any_outside (chiefs, people, p->actor) ? CHIEF_INSTEAD : NAMED_INSTEAD));
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

/* From the second holder of a key on, and for ever: whoever gets everybody else's key revoked gains nothing by it. What
 * the profile asks for comes on top, and replaces no second person. */
static gboolean
needs_second (KanCase *p)
{
  if ((p->kind->flags & KAN_POWER) == 0)
    return FALSE;
  return (p->kind->flags & KAN_CLAIMS) != 0 ||
         kan_ask_int (p,
                      "SELECT count(*) FROM (SELECT person FROM key WHERE state IN ('valid', 'superseded', 'revoked')"
                         " GROUP BY person)") >= 2;
}

/**
 * kan_book_wants_second:
 * @self: a book
 * @kind: an act
 * @reg: its register
 * @now: on which day, seconds of UTC
 *
 * Returns: whether a second person signs it, whatever else it wants
 */
gboolean
kan_book_wants_second (KanBook *self, const KanKind *kind, const KanRegister *reg, gint64 now)
{
  g_autoptr(KanCase) c = kan_case_new (self, kind, reg, now, NULL, 0);

  return needs_second (c);
}

/* Nearly every act is done when it is signed. */
static gboolean
wants_any (KanCase *p)
{
  const KanProfile *profile = kan_case_profile_asked (p);

  return p->kind->hands != NULL || (p->kind->flags & KAN_POWER) != 0 ||
         (profile != NULL && kan_profile_act_hands (profile, p->kind->id) != NULL);
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
  g_autoptr(GArray) given = NULL;

  if (!wants_any (pending))
    return out;
  given = load_given (pending, giver, giving);
  add_role_hands (pending, given, out);
  add_person_hands (pending, given, out);
  if (needs_second (pending) && !given_in (given, SECOND))
    g_ptr_array_add (out, g_strdup (SECOND));
  return out;
}

/**
 * kan_hands_give_along:
 * @pending: an act that is only judged
 * @giver: who would sign with it
 * @capacities: in which, "|" between
 *
 * From here on those hands count as given.
 */
void
kan_hands_give_along (KanCase *pending, gint64 giver, const char *capacities)
{
  g_auto(GStrv) list = g_strsplit (capacities, "|", -1);

  if (pending->along == NULL)
    pending->along = g_array_new (FALSE, TRUE, sizeof (KanGiven));
  for (char **capacity = list; *capacity != NULL; capacity++)
    add_given (pending->along, giver, *capacity);
}

/**
 * kan_hands_given_along:
 * @pending: an act that is only judged
 *
 * Returns: (transfer full) (element-type utf8): the capacities in which hands were given by kan_hands_give_along()
 */
GPtrArray *
kan_hands_given_along (const KanCase *pending)
{
  GPtrArray *given = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; pending->along != NULL && i < pending->along->len; i++)
    g_ptr_array_add (given, g_strdup (g_array_index (pending->along, KanGiven, i).capacity));
  return given;
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
  g_autoptr(GArray) named = kan_people_named (pending);
  g_autoptr(GArray) counted = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (counted, giver);
  return kan_any_outside (named, counted, pending->actor);
}

/**
 * kan_hands_remedy:
 *
 * Returns: (transfer none): what is said where nobody independent is left
 */
const char *
kan_hands_remedy (void)
{
  return _("Nobody independent is left to decide\nthe president must name a person beforehand (Article 23)");
}

/* Who could stand in where too few decide: the chief, and somebody whom the president named. */
static guint
others_able (KanCase *c, const GArray *able)
{
  g_autoptr(GArray) chiefs = kan_people_of_role (c, "chief", FALSE);
  g_autoptr(GArray) named = kan_people_named (c);

  return kan_any_outside (chiefs, able, c->actor) + kan_any_outside (named, able, c->actor);
}

static void
check_roles_feasible (KanCase *c)
{
  g_autoptr(GPtrArray) roles = role_hands (c);
  g_autoptr(GArray) able = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < roles->len; i++)
    {
      const char *role = g_ptr_array_index (roles, i);
      g_autoptr(GArray) people = kan_people_of_role (c, role, deputies_may (c));

      if (people->len == 0)
        kan_breach (c, "role_vacant", NULL,
                    _("Nobody holds the role %s on this day, and nobody deputises\nappoint somebody first"),
                    role_label (role));
      for (guint j = 0; j < people->len; j++)
        if (g_array_index (people, gint64, j) != c->actor && !kan_is_among (able, g_array_index (people, gint64, j)))
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
        kan_refuse (c, KAN_MISMATCH, hand->paper, _("This person signs with a key of their own, not on paper"));
      if (reg == NULL || by_key)
        continue;
      if (hand->paper == NULL)
        kan_refuse (c, KAN_WRONG_PERSON, hand->person, _("Somebody without a key of their own cannot sign here"));
      else if (!kan_answer_yes (c, hand->paper))
        kan_refuse (c, KAN_MISSING, hand->paper,
                    _("This person signs on paper\nconfirm that the signature was given"));
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

static gboolean
is_about_something (const KanCase *c)
{
  for (guint i = 0; i < c->refusals->len; i++)
    if (((const KanRefusal *) g_ptr_array_index (c->refusals, i))->code == KAN_NOTHING_TO_DO)
      return FALSE;
  return TRUE;
}

/**
 * kan_hands_check_whole:
 * @c: a judged act, the hands counted that are given along
 * @error: return location
 *
 * Refuses what may not wait for a hand: what is set aside or made anew in its transaction stays only by the hands of
 * all.
 *
 * Returns: %FALSE where the world failed
 */
gboolean
kan_hands_check_whole (KanCase *c, GError **error)
{
  g_autoptr(GPtrArray) lacking = NULL;

  if ((c->kind->flags & KAN_REBUILDS) == 0 || !is_about_something (c))
    return TRUE;
  lacking = kan_hands_outstanding (c, 0, NULL);
  if (lacking->len > 0)
    kan_refuse (c, KAN_MISSING, "with", _("A second person signs this at the same time\n"
                                          "sign it together with a second person\n"
                                          "name them by --with LOGIN:F"));
  if (c->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&c->error));
  return FALSE;
}

/* --- who may give which --------------------------------------------------------------------------------------- */

static gboolean
named_by_president (KanCase *c, gint64 person)
{
  g_autoptr(GArray) people = kan_people_named (c);

  return kan_is_among (people, person);
}

/* Whom the president names neither enters nor confirms their own naming. */
static gboolean
names_themselves (KanCase *pending, gint64 person)
{
  const char *key = pending->book->registry->named_key;
  const KanAsk *ask = key != NULL ? kan_case_find_ask (pending, key) : NULL;

  return ask != NULL && kan_answer_ref (pending, key) == person;
}

/* Who brings a key of their own is identified; other acts that make power want any second person. */
static gboolean
may_be_second (KanCase *pending, gint64 person)
{
  return (pending->kind->flags & KAN_CLAIMS) != 0 ? kan_may_identify (pending, person)
         : kan_may (pending, person, "staff");
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
    return person != pending->actor && !names_themselves (pending, person) &&
           may_be_second (pending, person) ? KAN_CAPACITY_HOLDER : KAN_CAPACITY_NONE;
  for (const KanHand *hand = pending->kind->hands; hand != NULL && hand->as != NULL; hand++)
    if (hand->person != NULL && strcmp (hand->as, capacity) == 0)
      return named_signer (pending, hand) == person ? KAN_CAPACITY_HOLDER : KAN_CAPACITY_NONE;
  found = kan_capacity (pending, person, capacity, principal);
  if (found == KAN_CAPACITY_DEPUTY && !deputies_may (pending))
    return KAN_CAPACITY_NONE;
  return found;
}

/**
 * kan_hands_of:
 * @pending: the act that waits, its day the day of the question
 * @person: who would sign
 *
 * Returns: (transfer full) (nullable): the outstanding capacities that they may sign in, "|" between; %NULL: none
 */
char *
kan_hands_of (KanCase *pending, gint64 person)
{
  g_autoptr(GPtrArray) outstanding = kan_hands_outstanding (pending, 0, NULL);
  GString *own = g_string_new (NULL);

  for (guint i = 0; i < outstanding->len; i++)
    if (kan_hand_entitled (pending, person, g_ptr_array_index (outstanding, i), NULL) != KAN_CAPACITY_NONE)
      g_string_append_printf (own, "%s%s", own->len > 0 ? "|" : "", (char *) g_ptr_array_index (outstanding, i));
  return g_string_free (own, own->len == 0);
}
