/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who holds which role on a day: by office, as acting officer, by designation; and who deputises for whom (代決). */
#include "acts/kan-book-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define AUDITOR "auditor"

static KanStmt *
ask_people (KanCase *c, const char *sql, const char *day, gint64 person, const char *office)
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
      else if (g_strcmp0 (name, "request") == 0)
        kan_stmt_set_int (stmt, i, c->seq > 0 ? c->seq : G_MAXINT64);
      else
        kan_stmt_set_text (stmt, i, day);
    }
  return g_steal_pointer (&stmt);
}

/* The act that designated them, 0 where none did. */
static gint64
designated_by (KanCase *c, gint64 person, const char *role, const char *day)
{
  for (const KanRoleRule *rule = c->book->registry->roles; rule != NULL && rule->role != NULL; rule++)
    if (strcmp (rule->role, role) == 0)
      {
        g_autoptr(KanStmt) stmt = ask_people (c, rule->sql, day, person, NULL);

        if (stmt != NULL && kan_stmt_step (stmt, &c->error))
          return kan_stmt_int (stmt, 0);
      }
  return 0;
}

static gboolean
holds_by_designation (KanCase *c, gint64 person, const char *role)
{
  return designated_by (c, person, role, c->day) > 0;
}

/* Codes of their offices on that day. */
static GPtrArray *
offices_of (KanCase *c, gint64 person, const char *day)
{
  GPtrArray *offices = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(KanStmt) stmt = ask_people (c, c->book->registry->offices_sql, day, person, NULL);

  while (stmt != NULL && kan_stmt_step (stmt, &c->error))
    g_ptr_array_add (offices, g_strdup (kan_stmt_text (stmt, 0)));
  return offices;
}

static gboolean
carried_by (const KanProfile *profile, const GPtrArray *offices, const char *role)
{
  for (guint i = 0; profile != NULL && i < offices->len; i++)
    if (kan_profile_office_carries (profile, g_ptr_array_index (offices, i), role))
      return TRUE;
  return FALSE;
}

/* Whoever audits on that day reads only, whatever else they were made. */
static gboolean
audits (KanCase *c, gint64 person, const char *day)
{
  g_autoptr(GPtrArray) offices = offices_of (c, person, day);

  return carried_by (kan_case_profile_in_force (c), offices, AUDITOR);
}

/* The first person in the office, 0 where it is vacant. They are few and asked for often: in SQL each asking would
 * sort anew. */
static gint64
principal_of (KanCase *c, const char *office)
{
  g_autoptr(KanStmt) stmt = ask_people (c, c->book->registry->holders_sql, c->day, 0, office);
  g_autofree char *rank = NULL;
  gint64 first = 0;

  while (stmt != NULL && kan_stmt_step (stmt, &c->error))
    if (rank == NULL || g_strcmp0 (kan_stmt_text (stmt, 1), rank) < 0)
      {
        first = kan_stmt_int (stmt, 0);
        g_free (rank);
        rank = g_strdup (kan_stmt_text (stmt, 1));
      }
  return first;
}

static gboolean
in_office (KanCase *c, const char *office, gint64 person)
{
  g_autoptr(KanStmt) stmt = ask_people (c, c->book->registry->holders_sql, c->day, 0, office);

  while (stmt != NULL && kan_stmt_step (stmt, &c->error))
    if (kan_stmt_int (stmt, 0) == person)
      return TRUE;
  return FALSE;
}

/* A deputy decides in the stead of somebody absent. Whoever applied is not: what is theirs to decide they decide
 * themselves, and where that is not independent the chief does. */
static gboolean
deputises (KanCase *c, const KanProfile *profile, gint64 person, const char *held, const char *role, gint64 *principal)
{
  gsize n = 0;
  const KanOffice *offices = kan_profile_offices (profile, &n);

  for (gsize i = 0; i < n; i++)
    if (kan_profile_office_carries (profile, offices[i].id, role) && offices[i].deputies != NULL &&
        g_strv_contains (offices[i].deputies, held) &&
        (c->actor == person || !in_office (c, offices[i].id, c->actor)))
      {
        *principal = principal_of (c, offices[i].id);
        return TRUE;
      }
  return FALSE;
}

/* How many deputies of that office come before them, in the order of the profile, and are in office today. */
static guint
count_before (KanCase *c, const KanOffice *office, gint64 person)
{
  guint before = 0;

  for (const char *const *deputy = office->deputies; deputy != NULL && *deputy != NULL; deputy++)
    {
      if (in_office (c, *deputy, person))
        return before;
      before += principal_of (c, *deputy) > 0;
    }
  return 0;
}

/**
 * kan_deputies_before:
 * @c: the case; the question is for its day
 * @person: a deputy
 * @role: in which role
 *
 * Returns: how many deputies come before them and would have to be absent as well
 */
guint
kan_deputies_before (KanCase *c, gint64 person, const char *role)
{
  const KanProfile *profile = kan_case_profile_in_force (c);
  gsize n = 0;
  const KanOffice *offices = profile != NULL ? kan_profile_offices (profile, &n) : NULL;

  for (gsize i = 0; i < n; i++)
    if (kan_profile_office_carries (profile, offices[i].id, role))
      return count_before (c, &offices[i], person);
  return 0;
}

/* By office, acting included, or by designation; an auditor holds no other. */
static gboolean
holds_with (KanCase *c, const GPtrArray *offices, gint64 person, const char *role)
{
  const KanProfile *profile = kan_case_profile_in_force (c);

  if (strcmp (role, AUDITOR) != 0 && carried_by (profile, offices, AUDITOR))
    return FALSE;
  return carried_by (profile, offices, role) || holds_by_designation (c, person, role);
}

/**
 * kan_capacity:
 * @c: the case; the question is for its day
 * @person: a person
 * @role: a role
 * @principal: (out) (optional): for a deputy, the person in whose place they decide; 0: the office is vacant
 *
 * Returns: whether they hold the role (by office, acting included, or by designation), or may decide as deputy (代決);
 *   an auditor holds no other
 */
KanCapacity
kan_capacity (KanCase *c, gint64 person, const char *role, gint64 *principal)
{
  const KanProfile *profile = kan_case_profile_in_force (c);
  g_autoptr(GPtrArray) held = offices_of (c, person, c->day);
  gint64 of = 0;

  if (holds_with (c, held, person, role))
    return KAN_CAPACITY_HOLDER;
  if (carried_by (profile, held, AUDITOR))
    return KAN_CAPACITY_NONE;
  for (guint i = 0; profile != NULL && i < held->len; i++)
    if (deputises (c, profile, person, g_ptr_array_index (held, i), role, &of))
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
  g_autoptr(GPtrArray) offices = offices_of (c, person, c->day);

  return holds_with (c, offices, person, role);
}

/**
 * kan_was_recorded:
 * @c: the case
 * @seq: an act of the chain before it
 *
 * What is told late is judged by what was known on the day on which it happened: what was signed after the event never
 * covers it.
 *
 * Returns: whether that act had been signed when this one happened
 */
gboolean
kan_was_recorded (KanCase *c, gint64 seq)
{
  gint64 at = 0, when = 0;
  g_autoptr(KanAct) act = NULL;

  if (!c->happened || c->error != NULL)
    return c->error == NULL;
  act = kan_ledger_get (c->book->chain, seq, &c->error);
  return act != NULL && kan_utc_parse (act->at, &at) && kan_minute_parse (c->when, &when) && at < when + 60;
}

/**
 * kan_held:
 * @c: the case
 * @person: a person
 * @role: a role that is designated
 *
 * Returns: whether they held it when the act happened
 */
gboolean
kan_held (KanCase *c, gint64 person, const char *role)
{
  gint64 made = c->happened ? designated_by (c, person, role, c->when_day) : 0;

  return c->happened ? made > 0 && kan_was_recorded (c, made) && !audits (c, person, c->when_day)
         : kan_holds (c, person, role);
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
  g_autoptr(GPtrArray) offices = offices_of (c, person, c->day);

  for (char **role = list; *role != NULL; role++)
    {
      if (strcmp (*role, "staff") == 0 ? kan_has_key (c, person) && !holds_with (c, offices, person, AUDITOR)
          : strcmp (*role, "self") == 0 ? strcmp (c->reg->id, "person") == 0 && c->id == person
          : holds_with (c, offices, person, *role))
        return TRUE;
    }
  return FALSE;
}

/**
 * kan_book_may_write:
 * @self: a book
 * @person: a person
 * @now: on which day, seconds of UTC
 *
 * Returns: whether they are of the staff who write at all: they hold a key, and are no auditor
 */
gboolean
kan_book_may_write (KanBook *self, gint64 person, gint64 now)
{
  g_autoptr(KanCase) c = kan_case_new (self, kan_hand_register.kinds, &kan_hand_register, now, NULL, person);

  return kan_may (c, person, "staff") && c->error == NULL;
}

/**
 * kan_book_may_manage:
 * @self: a book
 * @person: a person
 * @now: on which day, seconds of UTC
 *
 * Returns: whether they decide for the office what is no act: they hold a key and one of the offices that manage
 */
gboolean
kan_book_may_manage (KanBook *self, gint64 person, gint64 now)
{
  g_autoptr(KanCase) c = kan_case_new (self, kan_hand_register.kinds, &kan_hand_register, now, NULL, person);

  return kan_may (c, person, KAN_MANAGERS) && c->error == NULL;
}

/**
 * kan_refuse_reader:
 * @c: the case of somebody who is not of the staff who write
 *
 * Says so: whoever audits is told that, and anybody else what they lack.
 */
void
kan_refuse_reader (KanCase *c)
{
  if (kan_holds (c, c->actor, AUDITOR))
    kan_breach (c, "not_entitled", NULL, _("Whoever audits only reads\nanybody else of the staff may do this"));
  else
    kan_breach (c, "not_entitled", NULL, _("Only for staff who hold a key of their own"));
}

/**
 * kan_book_refuse_reader:
 * @self: a book
 * @person: a person
 * @now: on which day, seconds of UTC
 *
 * Returns: (transfer full) (nullable): why they write nothing; %NULL: they may (kan_book_may_write())
 */
KanRefusal *
kan_book_refuse_reader (KanBook *self, gint64 person, gint64 now)
{
  g_autoptr(KanCase) c = kan_case_new (self, kan_hand_register.kinds, &kan_hand_register, now, NULL, person);

  if (kan_may (c, person, "staff"))
    return NULL;
  kan_refuse_reader (c);
  return kan_refusal_copy (g_ptr_array_index (c->refusals, 0));
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

static void
leave_out_auditors (KanCase *c, GArray *people)
{
  for (guint i = people->len; i > 0; i--)
    if (audits (c, g_array_index (people, gint64, i - 1), c->day))
      g_array_remove_index (people, i - 1);
}

/**
 * kan_people_of_role:
 * @c: the case; the question is for its day
 * @role: a role
 * @deputies: whether deputies are among them
 *
 * Returns: (transfer full) (element-type gint64): persons designated, or in an office that carries the role; deputies
 *   after them
 */
GArray *
kan_people_of_role (KanCase *c, const char *role, gboolean deputies)
{
  GArray *people = designated_people (c, role);
  const KanProfile *profile = kan_case_profile_in_force (c);
  gsize n = 0;
  const KanOffice *offices = profile != NULL ? kan_profile_offices (profile, &n) : NULL;

  for (gsize i = 0; i < n; i++)
    {
      const char *const none[] = { NULL };
      const char *const *deputy = deputies && offices[i].deputies != NULL ? offices[i].deputies : none;

      if (!kan_profile_office_carries (profile, offices[i].id, role))
        continue;
      if (in_office (c, offices[i].id, c->actor))
        deputy = none;
      for (const char *office = offices[i].id; office != NULL; office = *deputy != NULL ? *deputy++ : NULL)
        {
          g_autoptr(KanStmt) stmt = ask_people (c, c->book->registry->holders_sql, c->day, 0, office);

          while (stmt != NULL && kan_stmt_step (stmt, &c->error))
            {
              gint64 person = kan_stmt_int (stmt, 0);

              g_array_append_val (people, person);
            }
        }
    }
  if (strcmp (role, AUDITOR) != 0)
    leave_out_auditors (c, people);
  return people;
}

/**
 * kan_is_among:
 * @people: (element-type gint64): persons
 * @person: a person
 */
gboolean
kan_is_among (const GArray *people, gint64 person)
{
  for (guint i = 0; i < people->len; i++)
    if (g_array_index (people, gint64, i) == person)
      return TRUE;
  return FALSE;
}

/**
 * kan_people_named:
 * @c: the case; the question is for its day
 *
 * Returns: (transfer full) (element-type gint64): whom the president named to decide in the chief's place (Article 23)
 */
GArray *
kan_people_named (KanCase *c)
{
  GArray *people = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(KanStmt) stmt = ask_people (c, c->book->registry->named_sql, c->day, 0, NULL);

  while (stmt != NULL && kan_stmt_step (stmt, &c->error))
    {
      gint64 person = kan_stmt_int (stmt, 0);

      g_array_append_val (people, person);
    }
  return people;
}

/**
 * kan_any_outside:
 * @people: (element-type gint64): persons
 * @counted: (element-type gint64): those who decide already
 * @requester: who asked
 *
 * Returns: whether somebody else is among @people
 */
gboolean
kan_any_outside (const GArray *people, const GArray *counted, gint64 requester)
{
  for (guint i = 0; i < people->len; i++)
    {
      gint64 person = g_array_index (people, gint64, i);

      if (person != requester && !kan_is_among (counted, person))
        return TRUE;
    }
  return FALSE;
}
