/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The office of the demo: founding, keys, appointments, rules and places, and how offices change hands. */
#include "desk/kan-demo-private.h"
#include "desk/kan-desk-private.h"

#include "registers/kan-registers.h"

#define SINCE "since"

/* --- who decides ---------------------------------------------------------------------------------------------- */

static gboolean
is_transferred (KanDemo *self)
{
  return self->transfer != KAN_DAY_NONE && self->transfer <= self->today;
}

/**
 * kan_demo_information_manager:
 * @self: the demo
 *
 * Returns: who holds that role today
 */
KanDemoPerson
kan_demo_information_manager (KanDemo *self)
{
  return is_transferred (self) ? DEMO_GENERAL_ASSISTANT : DEMO_GENERAL;
}

/**
 * kan_demo_deputy:
 * @self: the demo
 *
 * Returns: who deputises for the information manager today
 */
KanDemoPerson
kan_demo_deputy (KanDemo *self)
{
  return is_transferred (self) ? DEMO_GENERAL_HEAD : DEMO_GENERAL_ASSISTANT;
}

/**
 * kan_demo_system_manager:
 * @self: the demo
 *
 * Returns: who holds that role today, the acting officer in the pension manager's absence
 */
KanDemoPerson
kan_demo_system_manager (KanDemo *self)
{
  return self->acting_since <= self->today && self->today <= self->acting_until ? DEMO_PENSION_ASSISTANT : DEMO_PENSION;
}

/**
 * kan_demo_operator:
 * @self: the demo
 *
 * Returns: somebody who is a designated operator today
 */
KanDemoPerson
kan_demo_operator (KanDemo *self)
{
  static const KanDemoPerson operators[] = { DEMO_CLERK_A, DEMO_CLERK_B, DEMO_CLERK_A, DEMO_PENSION_HEAD,
                                            DEMO_CLERK_C };

  return operators[kan_demo_chance (self, is_transferred (self) ? 4 : 5)];
}

/* --- staff ---------------------------------------------------------------------------------------------------- */

static void
register_person (KanDemo *self, KanDemoPerson person, KanDemoPerson by)
{
  const KanDemoStaff *staff = &kan_demo_staff[person];

  kan_demo_act (self, by, "person.register", NULL, "staff_no", staff->staff_no, "name", staff->name, "kana",
                staff->kana, "post", staff->post, NULL);
}

static void
amend_post (KanDemo *self, KanDemoPerson person, const char *post)
{
  kan_demo_act (self, DEMO_CHIEF, "person.amend", kan_demo_person (person), "post", post, NULL);
}

static void
enroll (KanDemo *self, KanDemoPerson person, KanDemoPerson by)
{
  kan_demo_act (self, by, "person.enroll", kan_demo_person (person), "login", kan_demo_staff[person].login, NULL);
}

/* Before the chief, until somebody holds a key who had no part in issuing the others. */
static KanDemoPerson
identifier (KanDemo *self)
{
  return self->keys[DEMO_PENSION] != NULL ? DEMO_PENSION : DEMO_CHIEF;
}

/* The key is claimed before an officer, then it gets its slot in the header. */
static void
claim (KanDemo *self, KanDemoPerson person)
{
  g_autoptr(KanSecret) seed = kan_secret_new_random (KAN_SEED_SIZE);
  KanKeys *keys = kan_keys_new (seed);
  g_autofree char *sign = kan_hex (kan_keys_get_sign (keys), KAN_KEY_SIZE);
  g_autofree char *statement = kan_hex (kan_keys_get_statement (keys), KAN_KEY_SIZE);
  g_autofree char *box = kan_hex (kan_keys_get_box (keys), KAN_KEY_SIZE);

  self->cosigner = identifier (self);
  self->keys[person] = keys;
  kan_demo_act (self, person, "key.claim", NULL, "person", kan_demo_person (person), "sign_key", sign, "statement_key",
                statement, "box_key", box, NULL);
  if (self->failed != NULL ||
      !kan_vault_put_slot (kan_desk_get_vault (self->desk), kan_demo_staff[person].login, person + 1, FALSE,
                           self->passphrases[person], keys, &self->failed))
    return;
  if (!kan_desk_keep_generation (self->desk, &self->failed))
    return;
}

static void
appoint (KanDemo *self, KanDemoPerson by, KanDemoPerson person, const char *office, const char *kind, KanDay since,
         KanDay until, const char *document_no)
{
  g_autofree char *first = kan_day_format (since), *last = until != KAN_DAY_NONE ? kan_day_format (until) : NULL;
  g_autofree char *ordered = kan_day_format (self->today);

  kan_demo_act (self, by, "appointment.make", NULL, "person", kan_demo_person (person), "office", office, "kind", kind,
                SINCE, first, "until", last, "ordered_on", ordered, "document_no", document_no, NULL);
}

/* The chief and the first manager set up the others together. */
static void
staff_office (KanDemo *self)
{
  amend_post (self, DEMO_CHIEF, kan_demo_staff[DEMO_CHIEF].post);
  for (KanDemoPerson person = DEMO_VICE; person < DEMO_N_STAFF; person++)
    register_person (self, person, DEMO_CHIEF);
  for (KanDemoPerson person = DEMO_VICE; person < DEMO_N_STAFF; person++)
    if (kan_demo_staff[person].office != NULL)
      appoint (self, DEMO_CHIEF, person, kan_demo_staff[person].office, "regular", self->today, KAN_DAY_NONE, "総人-31");
  enroll (self, DEMO_GENERAL, DEMO_CHIEF);
  claim (self, DEMO_GENERAL);
  for (KanDemoPerson person = DEMO_VICE; person < DEMO_N_STAFF; person++)
    if (person != DEMO_GENERAL)
      {
        self->cosigner = DEMO_CHIEF;
        enroll (self, person, DEMO_GENERAL);
        claim (self, person);
      }
}

/* --- operators, rules, places --------------------------------------------------------------------------------- */

static void
designate_operators (KanDemo *self)
{
  g_autofree char *day = kan_day_format (self->today);

  for (KanDemoPerson person = DEMO_VICE; person < DEMO_N_STAFF; person++)
    if (kan_demo_staff[person].is_operator)
      kan_demo_act (self, DEMO_GENERAL, "operator.designate", NULL, "person", kan_demo_person (person), SINCE, day,
                    "document_no", "総-指1", NULL);
}

static void
enter_rules (KanDemo *self)
{
  g_autofree char *day = kan_day_format (self->today), *due = kan_day_format (kan_day_add_months (self->today, 12));
  g_autofree char *announced = kan_day_format (self->today - 14);

  for (const KanDemoRule *rule = kan_demo_rules; rule->kind != NULL; rule++)
    kan_demo_act (self, DEMO_CHIEF, "rule.enter", NULL, "kind", rule->kind, "title", rule->title, "version",
                  rule->version, "document_no", rule->document_no, "announced_on", announced, "in_force_from", day,
                  "review_due", due, "allows", rule->allows, "text", rule->text, NULL);
  self->cosigner = DEMO_CHIEF;
  kan_demo_act (self, DEMO_GENERAL, "rule.order", NULL, "title", "統括責任者に代わって決定する者の指名", "decides",
                kan_demo_person (DEMO_VICE), "document_no", "理-3", "in_force_from", day, "text",
                "統括責任者が自ら関わる事項は、事務局次長が決定する。", NULL);
}

static void
establish_places (KanDemo *self)
{
  for (guint i = 0; i < DEMO_N_PLACES; i++)
    kan_demo_act (self, DEMO_GENERAL, "place.establish", NULL, "title", kan_demo_rooms[i].title, "room",
                  kan_demo_rooms[i].room, "level", kan_demo_rooms[i].level, "keeper",
                  kan_demo_person (DEMO_PENSION_HEAD), NULL);
}

static void
register_outsider (KanDemo *self, KanDemoOutsider outsider)
{
  const KanDemoStranger *stranger = &kan_demo_outsiders[outsider];
  g_autofree char *day = kan_day_format (self->today);

  kan_demo_act (self, DEMO_CLERK_A, "outsider.register", NULL, "name", stranger->name, "company", stranger->company,
                "post", stranger->post, "telephone", stranger->telephone, "pledge_on", stranger->contract_no != NULL
                ? day : NULL, "contract_no", stranger->contract_no, NULL);
}

/* The courier was entered twice: the second entry is voided. */
static void
register_outsiders (KanDemo *self)
{
  g_autofree char *seq = NULL;

  for (KanDemoOutsider outsider = DEMO_LASA; outsider < DEMO_N_OUTSIDERS; outsider++)
    register_outsider (self, outsider);
  register_outsider (self, DEMO_COURIER);
  seq = g_strdup_printf ("%" G_GINT64_FORMAT, self->seq);
  kan_demo_act (self, DEMO_CLERK_A, "act.void", self->subject, "act", seq, "reason", "登録済みの者を重ねて登録したため", NULL);
}

/**
 * kan_demo_set_up:
 * @self: a demo whose file was just founded
 * @what: nothing
 *
 * The first day: staff and their keys, operators, rules, places, outsiders.
 */
void
kan_demo_set_up (KanDemo *self, gint64 what)
{
  (void) what;
  staff_office (self);
  designate_operators (self);
  enter_rules (self);
  establish_places (self);
  register_outsiders (self);
}

/* --- changes -------------------------------------------------------------------------------------------------- */

static void
end_office (KanDemo *self, KanDemoPerson person, const char *last)
{
  static const char sql[] = "SELECT id FROM appointment WHERE person = ? AND state = 'in_force' AND kind = 'regular'";
  g_autofree char *subject = g_strdup_printf ("A%" G_GINT64_FORMAT, kan_demo_ask (self, sql, kan_demo_person (person)));

  self->cosigner = DEMO_VICE;
  kan_demo_act (self, DEMO_CHIEF, "appointment.end", subject, "until", last, "document_no", "総人-8", NULL);
}

static void
move_to (KanDemo *self, KanDemoPerson person, const char *office)
{
  self->cosigner = DEMO_VICE;
  appoint (self, DEMO_CHIEF, person, office, "regular", self->transfer, KAN_DAY_NONE, "総人-8");
}

/* Ordered in March, in force on 1 April: everybody in general affairs moves up by one. */
static void
order_transfer (KanDemo *self, gint64 what)
{
  g_autofree char *last = kan_day_format (self->transfer - 1);

  (void) what;
  end_office (self, DEMO_VICE, last);
  end_office (self, DEMO_GENERAL, last);
  end_office (self, DEMO_GENERAL_ASSISTANT, last);
  end_office (self, DEMO_GENERAL_HEAD, last);
  move_to (self, DEMO_GENERAL, "deputy_secretary_general");
  move_to (self, DEMO_GENERAL_ASSISTANT, "general_affairs_manager");
  move_to (self, DEMO_GENERAL_HEAD, "general_affairs_assistant");
  move_to (self, DEMO_CLERK_C, "general_affairs_head");
}

/* The day itself: the vice chief is employed on after retiring, a clerk who left the section is operator no more. */
static void
begin_transfer (KanDemo *self, gint64 what)
{
  static const char sql[] = "SELECT id FROM operator WHERE person = ? AND state = 'designated'";
  g_autofree char *today = kan_day_format (self->today), *subject = NULL, *rule = NULL;

  (void) what;
  subject = g_strdup_printf ("N%" G_GINT64_FORMAT, kan_demo_ask (self, sql, kan_demo_person (DEMO_CLERK_C)));
  kan_demo_act (self, DEMO_GENERAL_ASSISTANT, "operator.revoke", subject, "until", today, "reason",
                "総務課への異動のため", NULL);
  amend_post (self, DEMO_VICE, "総務課　再任用職員");
  amend_post (self, DEMO_GENERAL, kan_demo_staff[DEMO_VICE].post);
  amend_post (self, DEMO_GENERAL_ASSISTANT, kan_demo_staff[DEMO_GENERAL].post);
  amend_post (self, DEMO_GENERAL_HEAD, kan_demo_staff[DEMO_GENERAL_ASSISTANT].post);
  amend_post (self, DEMO_CLERK_C, kan_demo_staff[DEMO_GENERAL_HEAD].post);
  rule = g_strdup_printf ("R%" G_GINT64_FORMAT,
                          kan_demo_ask (self, "SELECT id FROM rule WHERE decides = ? AND state = 'in_force'", "P2"));
  kan_demo_act (self, DEMO_CHIEF, "rule.supersede", rule, "ended_on", today, "document_no", "理-1", NULL);
  self->cosigner = DEMO_CHIEF;
  kan_demo_act (self, DEMO_GENERAL_ASSISTANT, "rule.order", NULL, "title", "統括責任者に代わって決定する者の指名", "decides",
                kan_demo_person (DEMO_GENERAL), "document_no", "理-1", "in_force_from", today, NULL);
}

static void
order_acting (KanDemo *self, gint64 what)
{
  (void) what;
  self->cosigner = kan_demo_information_manager (self);
  appoint (self, DEMO_CHIEF, DEMO_PENSION_ASSISTANT, "pension_manager", "acting", self->acting_since,
           self->acting_until, "総人-19");
}

static void
review_rules (KanDemo *self, gint64 what)
{
  g_autofree char *today = kan_day_format (self->today), *due = kan_day_format (kan_day_add_months (self->today, 12));

  (void) what;
  for (guint i = 0; kan_demo_rules[i].kind != NULL; i++)
    {
      g_autofree char *rule = g_strdup_printf ("R%u", i + 1);

      if (kan_demo_rules[i].reviewed)
        kan_demo_act (self, DEMO_CHIEF, "rule.review", rule, "reviewed_on", today, "review_due", due, NULL);
    }
}

/* The last 1 April that was ordered before the end and after the office had found its feet. */
static KanDay
find_transfer (KanDemo *self)
{
  int year;

  kan_day_to_ymd (self->last + 14, &year, NULL, NULL);
  for (;; year--)
    {
      KanDay april = kan_day_from_ymd (year, 4, 1);

      if (april - 14 <= self->last)
        return april - 21 > self->first ? april : KAN_DAY_NONE;
    }
}

/**
 * kan_demo_plan_office:
 * @self: a demo whose days are known
 *
 * Plans who comes, goes and acts when, and the yearly review of rules.
 */
void
kan_demo_plan_office (KanDemo *self)
{
  self->transfer = find_transfer (self);
  if (self->transfer != KAN_DAY_NONE)
    {
      kan_demo_plan (self, self->transfer - 14, order_transfer, 0);
      kan_demo_plan (self, self->transfer, begin_transfer, 0);
    }
  self->acting_since = self->last - 150;
  self->acting_until = self->last - 130;
  kan_demo_plan (self, self->acting_since - 5, order_acting, 0);
  for (KanDay day = kan_day_add_months (self->first, 12) - 10; day <= self->last; day = kan_day_add_months (day, 12))
    kan_demo_plan (self, day, review_rules, 0);
}
