/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hands: capacity and independence are two rules; deputies; the chief, and whom the president names, for what is
 * lacking; hands on paper; two natural persons for acts that make power. */
#include "app/acts/yard.h"

#include "acts/kan-record-check.h"

static Yard *
yard_with_crate (void)
{
  Yard *yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱 | weight=5");
  return yard;
}

/* One person in both offices from the beginning. */
static Yard *
yard_of_one_manager (void)
{
  Yard *yard = yard_new_empty ();
  static const char *const acts[][3] = {
    { "person.register", NULL, "staff_no=2 | name=兼務 花子" }, { "person.enroll", "P2", "login=login2" },
    { "appointment.make", NULL, "person=P2 | office=O3 | kind=regular | since=2026-09-01" },
    { "appointment.make", NULL, "person=P2 | office=O6 | kind=regular | since=2026-09-01" },
    { "person.register", NULL, "staff_no=3 | name=係員 太郎" }, { "person.enroll", "P3", "login=login3" },
    { "person.register", NULL, "staff_no=4 | name=係員 次郎" }, { "person.enroll", "P4", "login=login4" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    yard_expect (yard, "done", CHIEF, acts[i][0], acts[i][1], acts[i][2]);
  for (gint64 person = 2; person <= 4; person++)
    {
      g_autofree char *sign = NULL, *statement = NULL, *box = NULL, *answers = NULL;

      yard->keys[person] = yard_make_keys ((guint8) person);
      sign = kan_hex (kan_keys_get_sign (yard->keys[person]), KAN_KEY_SIZE);
      statement = kan_hex (kan_keys_get_statement (yard->keys[person]), KAN_KEY_SIZE);
      box = kan_hex (kan_keys_get_box (yard->keys[person]), KAN_KEY_SIZE);
      answers = g_strdup_printf ("person=P%d | sign_key=%s | statement_key=%s | box_key=%s | with=1", (int) person,
                                 sign, statement,
                                 box);
      yard_expect (yard, "done", person, "key.claim", NULL, answers);
    }
  yard_expect (yard, "done", 3, "crate.add", NULL, "label=箱 | weight=5");
  return yard;
}

static void
test_two_roles (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();

  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
  yard_expect_text (yard, "waiting", "SELECT state FROM crate");
  yard_expect (yard, "refused not_entitled", CLERK, "hand.give", "C1", "");
  yard_expect (yard, "refused not_entitled", CLERK, "hand.give", "C1", "as=information_manager");
  yard_expect (yard, "refused not_entitled", GENERAL, "hand.give", "C1", "as=system_manager");
  yard_expect (yard, "refused not_entitled", GENERAL, "hand.give", "C1", "as=information_manager|information_manager");
  yard_expect (yard, "refused not_entitled", GENERAL, "hand.give", "C1", "as=chief_instead");
  yard_expect (yard, "waits system_manager", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "refused not_entitled", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "done", PENSION, "hand.give", "C1", "");
  yard_expect_text (yard, "sealed 1", "SELECT state || ' ' || takeout_no FROM crate");
  yard_expect_text (yard, "0", "SELECT count(*) FROM pending");
  yard_expect (yard, "refused act", PENSION, "hand.give", "C1", "as=system_manager");
  yard_expect_faults (yard, NULL, "");
}

/* The requester may hold one of the offices, but two others decide: the chief for the one that is lacking. */
static void
test_requester_holds_an_office (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();

  yard_expect (yard, "waits information_manager system_manager", GENERAL, "crate.seal", "C1", "");
  yard_expect (yard, "waits system_manager", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "waits chief_instead", PENSION, "hand.give", "C1", "");
  yard_expect (yard, "refused not_entitled", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "refused not_entitled", CLERK, "hand.give", "C1", "");
  yard_expect (yard, "done", CHIEF, "hand.give", "C1", "");
  yard_expect_text (yard, "chief_instead", "SELECT capacity FROM hand WHERE person = 1 AND subject = 'C1'");
  yard_expect_faults (yard, NULL, "");
}

/* Where one role decides, one other person does: the requester's own hand is a capacity and no independence. */
static void
test_one_role (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();

  yard_expect (yard, "waits information_manager", CLERK, "crate.bless", "C1", "");
  yard_expect (yard, "done", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "waits information_manager", GENERAL, "crate.bless", "C1", "");
  yard_expect (yard, "waits chief_instead", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "done", CHIEF, "hand.give", "C1", "");
  yard_expect_faults (yard, NULL, "");
}

/* One person in both offices: both capacities are theirs, the second person is the chief. */
static void
test_one_manager (void)
{
  g_autoptr(Yard) yard = yard_of_one_manager ();

  yard_expect (yard, "waits information_manager system_manager", 3, "crate.seal", "C1", "");
  yard_expect (yard, "waits chief_instead", 2, "hand.give", "C1", "");
  yard_expect_text (yard, "2", "SELECT count(*) FROM hand WHERE person = 2 AND subject = 'C1'");
  yard_expect (yard, "done", CHIEF, "hand.give", "C1", "");
  yard_expect_faults (yard, NULL, "");
}

/* The chief's own matter: the president names somebody beforehand, or it is refused and says so. */
static void
test_chiefs_own_matter (void)
{
  g_autoptr(Yard) yard = yard_of_one_manager ();

  yard_expect (yard, "refused nobody_independent", CHIEF, "crate.seal", "C1", "");
  yard_expect (yard, "waits second", 2, "rule.order", NULL,
               "title=理事長の定め | decides=P4 | in_force_from=2026-09-01");
  yard_expect (yard, "refused nobody_independent", CHIEF, "crate.seal", "C1", "");
  yard_expect (yard, "done", 3, "hand.give", "R1", "");
  yard_expect (yard, "waits information_manager system_manager", CHIEF, "crate.seal", "C1", "");
  yard_expect (yard, "waits named_instead", 2, "hand.give", "C1", "");
  yard_expect (yard, "refused not_entitled", CHIEF, "hand.give", "C1", "");
  yard_expect (yard, "refused not_entitled", 3, "hand.give", "C1", "");
  yard_expect (yard, "done", 4, "hand.give", "C1", "");
  yard_expect_faults (yard, NULL, "");
}

/* Requester in both offices: two others are lacking, the chief and whom the president names. */
static void
test_manager_asks (void)
{
  g_autoptr(Yard) yard = yard_of_one_manager ();

  yard_expect (yard, "refused nobody_independent", 2, "crate.seal", "C1", "");
  yard_expect (yard, "done", 2, "rule.order", NULL, "title=理事長の定め | decides=P4 | in_force_from=2026-09-01 | with=3");
  yard_expect (yard, "waits information_manager system_manager", 2, "crate.seal", "C1", "");
  yard_expect (yard, "waits chief_instead", 2, "hand.give", "C1", "");
  yard_expect (yard, "waits named_instead", CHIEF, "hand.give", "C1", "");
  yard_expect (yard, "done", 4, "hand.give", "C1", "");
  yard_expect_faults (yard, NULL, "");
}

/* Named beforehand: who is named after the request decides nothing of it, and nobody confirms their own naming. */
static void
test_named_beforehand (void)
{
  g_autoptr(Yard) yard = yard_of_one_manager ();

  yard_expect (yard, "refused not_entitled", 2, "rule.order", NULL,
               "title=理事長の定め | decides=P4 | in_force_from=2026-09-01 | with=4");
  yard_expect (yard, "refused decides", 2, "rule.order", NULL,
               "title=理事長の定め | decides=P2 | in_force_from=2026-09-01 | with=3");
  yard_expect (yard, "done", 2, "rule.order", NULL, "title=理事長の定め | decides=P4 | in_force_from=2026-09-01 | with=3");
  yard_expect (yard, "waits information_manager system_manager", CHIEF, "crate.seal", "C1", "");
  yard_expect (yard, "waits second", 2, "rule.order", NULL,
               "title=後からの定め | decides=P3 | in_force_from=2026-09-01");
  yard_expect (yard, "waits named_instead", 2, "hand.give", "C1", "");
  yard_expect (yard, "done", 4, "hand.give", "R2", "");
  yard_expect (yard, "refused not_entitled", 3, "hand.give", "C1", "");
  yard_expect (yard, "done", 4, "hand.give", "C1", "");
  yard_expect_faults (yard, NULL, "");
}

/* What began to be named before the request and was confirmed after it came after it. */
static void
test_confirmed_afterwards (void)
{
  g_autoptr(Yard) yard = yard_of_one_manager ();

  yard_expect (yard, "done", 2, "rule.order", NULL, "title=理事長の定め | decides=P3 | in_force_from=2026-09-01 | with=4");
  yard_expect (yard, "waits second", 2, "rule.order", NULL,
               "title=次の定め | decides=P4 | in_force_from=2026-09-01");
  yard_expect (yard, "waits information_manager system_manager", CHIEF, "crate.seal", "C1", "");
  yard_expect (yard, "done", 3, "hand.give", "R2", "");
  yard_expect (yard, "waits named_instead", 2, "hand.give", "C1", "");
  yard_expect (yard, "refused not_entitled", 4, "hand.give", "C1", "");
  yard_expect (yard, "done", 3, "hand.give", "C1", "");
  yard_expect_faults (yard, NULL, "");
}

/* A deputy decides in the stead of somebody absent: not of the requester, who has just signed. It is their own matter,
 * and the chief's to decide. */
static void
test_deputy_of_the_requester (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();

  yard_expect (yard, "waits information_manager system_manager", GENERAL, "crate.seal", "C1", "");
  yard_expect (yard, "refused not_entitled", DEPUTY, "hand.give", "C1", "absence=leave");
  yard_expect (yard, "waits information_manager", PENSION, "hand.give", "C1", "");
  yard_expect (yard, "waits chief_instead", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "done", CHIEF, "hand.give", "C1", "");
  yard_expect_faults (yard, NULL, "");
}

/* In the order of the profile: who comes later says why those before are absent too. */
static void
test_later_deputy (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();
  g_autofree char *head = yard_text (yard, "SELECT 'person=P6 | kind=regular | since=2026-09-01 | with=3 | office=O'"
                                           " || id FROM office WHERE code = 'general_affairs_head'");
  g_autofree char *end = yard_text (yard, "SELECT 'A' || id FROM appointment WHERE person = 5");

  yard_expect (yard, "done", CHIEF, "appointment.make", NULL, head);
  yard_expect (yard, "waits information_manager system_manager", OPERATOR, "crate.seal", "C1", "");
  yard_expect (yard, "refused absence absence_before", CLERK, "hand.give", "C1", "");
  yard_expect (yard, "refused absence_before", CLERK, "hand.give", "C1", "absence=leave");
  yard_expect (yard, "refused absence_before", DEPUTY, "hand.give", "C1", "absence=leave | absence_before=leave");
  yard_expect (yard, "refused absence", CLERK, "hand.give", "C1", "absence=vacancy | absence_before=leave");
  yard_expect (yard, "waits system_manager", CLERK, "hand.give", "C1", "absence=leave | absence_before=business_trip");
  yard_expect (yard, "done", PENSION, "hand.give", "C1", "");
  yard_expect (yard, "done", CHIEF, "crate.add", NULL, "label=二");
  yard_expect (yard, "refused absence absence_before", CLERK, "crate.grant", "C2", "colour=red");
  yard_expect (yard, "refused absence_before", CLERK, "crate.grant", "C2", "colour=red | absence=leave");
  yard_expect (yard, "done", CHIEF, "appointment.end", end, "until=2026-09-01 | with=3");
  yard_set_time (yard, "2026-09-02T09:00");
  yard_expect (yard, "done", CLERK, "crate.grant", "C2", "colour=red | absence=leave");
  yard_expect_faults (yard, NULL, "");
}

/* What the profile asks for beside a second person comes on top of it. */
static void
test_hands_of_power_are_only_extended (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();
  g_autofree char *json = yard_text (yard, "SELECT json FROM profile WHERE id = 1");
  g_auto(GStrv) parts = g_strsplit (json, "\"acts\": {", 2);
  g_autofree char *answers = g_strdup_printf ("in_force_from=2026-09-02 | json=%s\"acts\": {\"crate.bar\": {\"hands\":"
                                              " [\"operator\"]}%s | with=3", parts[0], parts[1]);

  yard_expect (yard, "done", CHIEF, "profile.adopt", NULL, answers);
  yard_set_time (yard, "2026-09-02T09:00");
  yard_expect (yard, "waits operator second", CHIEF, "crate.bar", "C1", "");
  yard_expect (yard, "waits second", OPERATOR, "hand.give", "C1", "as=operator");
  yard_expect (yard, "done", CLERK, "hand.give", "C1", "as=second");
  yard_expect_faults (yard, NULL, "");
}

/* A deputy decides with the reason of the absence; the principal inspects later. */
static void
test_deputy (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();
  g_autoptr(GPtrArray) hands = NULL;

  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
  yard_expect (yard, "refused absence", DEPUTY, "hand.give", "C1", "");
  yard_expect (yard, "refused absence", DEPUTY, "hand.give", "C1", "absence=tired");
  yard_expect (yard, "refused absence", PENSION, "hand.give", "C1", "absence=leave");
  yard_expect (yard, "waits system_manager", DEPUTY, "hand.give", "C1", "absence=出張");
  yard_expect (yard, "done", PENSION, "hand.give", "C1", "");
  hands = kan_book_list_hands (yard->book, NULL, TRUE, NULL);
  g_assert_cmpuint (hands->len, ==, 1);
  g_assert_cmpint (((KanGivenHand *) g_ptr_array_index (hands, 0))->principal, ==, GENERAL);
  g_assert_cmpstr (((KanGivenHand *) g_ptr_array_index (hands, 0))->absence, ==, "business_trip");
  g_ptr_array_set_free_func (hands, (GDestroyNotify) kan_given_hand_free);
  {
    g_autofree char *answer = g_strdup_printf ("act=%d", (int) yard_int (yard, "SELECT seq FROM hand"
                                                                               " WHERE principal IS NOT NULL"));

    yard_expect (yard, "refused nothing_to_inspect", PENSION, "hand.inspect", "C1", answer);
    yard_expect (yard, "done", GENERAL, "hand.inspect", "C1", answer);
    yard_expect (yard, "refused nothing_to_inspect", GENERAL, "hand.inspect", "C1", answer);
  }
  yard_expect_faults (yard, NULL, "");
}

/* A role held by designation decides as one held by office does; without anybody who holds it nothing begins. */
static void
test_designated_role (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();

  yard_expect (yard, "waits operator", CLERK, "crate.tie", "C1", "");
  yard_expect (yard, "done", OPERATOR, "hand.give", "C1", "");
  yard_expect (yard, "done", GENERAL, "operator.revoke", "N1", "until=2026-09-01");
  yard_expect (yard, "refused role_vacant", CLERK, "crate.tie", "C1", "");
  yard_expect_faults (yard, NULL, "");
}

static void
test_refused_and_withdrawn (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();

  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
  yard_expect (yard, "refused not_entitled", OPERATOR, "hand.refuse", "C1", "reason=x");
  yard_expect (yard, "refused not_requester", OPERATOR, "hand.withdraw", "C1", "");
  yard_expect (yard, "refused reason", GENERAL, "hand.refuse", "C1", "");
  yard_expect (yard, "done", GENERAL, "hand.refuse", "C1", "reason=封印は不要");
  yard_expect_text (yard, "kept", "SELECT state FROM crate");
  yard_expect_text (yard, "refused", "SELECT verdict FROM hand WHERE subject = 'C1'");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
  yard_expect (yard, "waits system_manager", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "done", CLERK, "hand.withdraw", "C1", "");
  yard_expect_text (yard, "kept", "SELECT state FROM crate");
  /* a hand given to what was withdrawn is none for what is asked anew */
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
  yard_expect_faults (yard, NULL, "");
}

/* Asked back: only the requester applies again, under the same number, and nothing of the former one is left. */
static void
test_asked_back (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.propose", NULL,
               "label=申請 | weight=3 | helpers=P2,P4 | contents=[{\"name\":\"釘\"}]");
  yard_expect_text (yard, "2", "SELECT count(*) FROM crate_helpers");
  yard_expect (yard, "done", PENSION, "hand.ask_back", "C1", "reason=補助者を減らすこと");
  yard_expect_text (yard, "asked_back", "SELECT state FROM crate");
  yard_expect (yard, "refused not_requester", OPERATOR, "crate.propose", "C1", "label=横取り");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.propose", "C1", "label=再申請");
  yard_expect_text (yard, "再申請 ", "SELECT label || ' ' || ifnull(weight, '') FROM crate");
  yard_expect_text (yard, "0", "SELECT count(*) FROM crate_helpers");
  yard_expect_text (yard, "0", "SELECT count(*) FROM crate_contents");
  yard_expect (yard, "waits system_manager", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "done", PENSION, "hand.give", "C1", "");
  yard_expect_text (yard, "kept", "SELECT state FROM crate");
  yard_expect_faults (yard, NULL, "");
}

/* At the last hand the act is asked again: a gate may have closed meanwhile. */
static void
test_asked_again_at_the_last_hand (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();

  yard_expect (yard, "waits information_manager", CLERK, "crate.bless", "C1", "");
  yard_expect (yard, "refused overtakes", OPERATOR, "crate.weigh", "C1", "weight=500");
  yard_expect (yard, "done", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
  yard_expect (yard, "waits system_manager", GENERAL, "hand.give", "C1", "");
  /* nothing in this yard makes a crate heavier while it waits */
  kan_book_trust (yard->book);
  yard_exec (yard, "UPDATE crate SET weight = 500 WHERE id = 1");
  yard_expect (yard, "refused heavy", PENSION, "hand.give", "C1", "");
  yard_exec (yard, "UPDATE crate SET weight = 5 WHERE id = 1");
  yard_expect (yard, "done", PENSION, "hand.give", "C1", "");
}

/* Decisions are asked for by the act that waits: a hand for a former version is none for this one. */
static void
test_hand_names_its_act (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();
  g_autofree char *stale = NULL;

  yard_expect (yard, "waits information_manager", CLERK, "crate.bless", "C1", "");
  stale = g_strdup_printf ("{\"act\":%d,\"as\":\"information_manager\"}", (int) yard_head (yard));
  yard_expect (yard, "done", CLERK, "hand.withdraw", "C1", "");
  yard_expect (yard, "waits information_manager", CLERK, "crate.bless", "C1", "note=別の内容");
  yard_forge (yard, GENERAL, yard->keys[GENERAL], "hand.give", "C1", stale, NULL);
  yard_expect_faults (yard, NULL, "rule 36 C1");
}

/* A person with a key signs with it, somebody without signs on paper and the actor vouches. */
static void
test_paper (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();

  yard_expect (yard, "done", CLERK, "crate.seal", "C1", "with=2,3");
  yard_expect (yard, "refused opener_paper", OPERATOR, "crate.open", "C1", "opener=X1");
  yard_expect (yard, "refused opener_paper", OPERATOR, "crate.open", "C1", "opener=P6 | opener_paper=yes");
  yard_expect (yard, "waits opener", OPERATOR, "crate.open", "C1", "opener=P6");
  yard_expect (yard, "refused not_entitled", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "done", CLERK, "hand.give", "C1", "");
  yard_expect (yard, "done", CLERK, "crate.seal", "C1", "with=2,3");
  yard_expect (yard, "done", OPERATOR, "crate.open", "C1", "opener=X1 | opener_paper=yes");
  yard_expect (yard, "done", CLERK, "crate.seal", "C1", "with=2,3");
  yard_expect (yard, "done", OPERATOR, "crate.open", "C1", "opener=P4");
  yard_expect_faults (yard, NULL, "");
}

/* All or nothing: a cosigner who may not sign leaves nothing written. */
static void
test_cosigners (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();
  gint64 head = yard_head (yard);

  yard_expect (yard, "refused not_entitled", CLERK, "crate.seal", "C1", "with=2,4");
  yard_expect (yard, "refused with", CLERK, "crate.amend", "C1", "weight=7 | with=2");
  g_assert_cmpint (yard_head (yard), ==, head);
  yard_expect_text (yard, "kept 5", "SELECT state || ' ' || weight FROM crate");
  yard_expect_text (yard, "0", "SELECT count(*) FROM pending");
  yard_expect (yard, "done", CLERK, "crate.seal", "C1", "with=3,2");
  yard_expect_faults (yard, NULL, "");
}

/* Two natural persons from the second holder of a key on: the second is anybody but the requester, no auditor. */
static void
test_power (void)
{
  g_autoptr(Yard) alone = yard_new_empty (), yard = yard_with_crate ();

  yard_expect (alone, "done", CHIEF, "crate.add", NULL, "label=箱");
  yard_expect (alone, "done", CHIEF, "crate.bar", "C1", "");
  yard_expect (yard, "waits second", CHIEF, "crate.bar", "C1", "");
  yard_expect (yard, "refused not_entitled", CHIEF, "hand.give", "C1", "");
  yard_expect (yard, "refused not_entitled", CHIEF, "hand.give", "C1", "as=second");
  yard_expect (yard, "refused not_entitled", AUDITOR, "hand.give", "C1", "as=second");
  yard_expect (yard, "done", CLERK, "hand.give", "C1", "");
  yard_expect_faults (yard, NULL, "");
}

/* A key is claimed before an officer, however few there are. */
static void
test_claim_needs_an_officer (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();
  static const char keys[] =
    "sign_key=%s | statement_key=0000000000000000000000000000000000000000000000000000000000000001 |"
    " box_key=0000000000000000000000000000000000000000000000000000000000000002 | person=P8%s";
  g_autofree char *sign = NULL, *alone = NULL, *clerk = NULL, *officer = NULL;

  yard->keys[LEAVER] = yard_make_keys (LEAVER);
  sign = kan_hex (kan_keys_get_sign (yard->keys[LEAVER]), KAN_KEY_SIZE);
  alone = g_strdup_printf (keys, sign, "");
  clerk = g_strdup_printf (keys, sign, " | with=6");
  officer = g_strdup_printf (keys, sign, " | with=3");
  yard_expect (yard, "done", CHIEF, "person.register", NULL, "staff_no=8 | name=新人 | with=2");
  yard_expect (yard, "refused not_enrolled", LEAVER, "key.claim", NULL, officer);
  yard_expect (yard, "done", CHIEF, "person.enroll", "P8", "login=login8 | with=2");
  yard_expect (yard, "refused person sign_key", CLERK, "key.claim", NULL, officer);
  yard_expect (yard, "refused not_entitled", LEAVER, "key.claim", NULL, clerk);
  yard_expect (yard, "waits second", LEAVER, "key.claim", NULL, alone);
  yard_expect (yard, "refused act not_entitled", LEAVER, "crate.add", NULL, "label=まだ");
  yard_expect (yard, "done", CHIEF, "hand.give", "K8", "");
  yard_expect (yard, "done", LEAVER, "crate.add", NULL, "label=もう");
  yard_expect_faults (yard, NULL, "");
}

/* An act upon an act waits on the record without being in its way, and can be refused. */
static void
test_power_upon_a_record (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();

  yard_expect (yard, "waits second", GENERAL, "ledger.note", "C1", "fault=0000-0000-0000-0001 | reason=調査済み");
  yard_expect_text (yard, "kept", "SELECT state FROM crate");
  yard_expect (yard, "refused overtakes", PENSION, "ledger.note", "C1", "fault=0000-0000-0000-0002 | reason=二つ目");
  yard_expect (yard, "done", CLERK, "hand.refuse", "C1", "reason=調査していない");
  yard_expect_text (yard, "kept", "SELECT state FROM crate");
  yard_expect_text (yard, "0", "SELECT count(*) FROM note");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
  yard_expect (yard, "refused overtakes", GENERAL, "ledger.note", "C1", "fault=0000-0000-0000-0001 | reason=申請中");
  yard_expect_text (yard, "crate.seal", "SELECT kind FROM pending");
  yard_expect_faults (yard, NULL, "");
}

/* Whose key ends while an act waits for them does not become superfluous: who asked withdraws and names another. */
static void
test_named_signer_leaves (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();

  yard_expect (yard, "waits information_manager opener", CLERK, "crate.look", "C1", "opener=P5");
  yard_expect (yard, "done", CHIEF, "person.leave", "P5", "since=2026-09-01 | with=3");
  yard_expect (yard, "waits opener", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "refused act not_entitled", DEPUTY, "hand.give", "C1", "");
  yard_expect (yard, "refused not_entitled", OPERATOR, "hand.give", "C1", "");
  yard_expect (yard, "refused not_requester", GENERAL, "hand.withdraw", "C1", "");
  yard_expect (yard, "done", CLERK, "hand.withdraw", "C1", "");
  yard_expect_text (yard, "0", "SELECT count(*) FROM pending");
  yard_expect (yard, "refused opener_paper", CLERK, "crate.look", "C1", "opener=P5");
  yard_expect (yard, "waits information_manager opener", CLERK, "crate.look", "C1", "opener=P4");
  yard_expect (yard, "waits opener", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "done", OPERATOR, "hand.give", "C1", "");
  yard_expect_faults (yard, NULL, "");
}

/* Where nothing waits there is one thing to say, and nothing to answer. */
static void
test_nothing_waits (void)
{
  static const struct { const char *kind, *answers; } table[] = {
    { "hand.give", "" }, { "hand.give", "as=chief | absence=leave" }, { "hand.refuse", "" },
    { "hand.refuse", "reason=不要" }, { "hand.ask_back", "" }, { "hand.withdraw", "" }, { "hand.inspect", "" },
    { "hand.inspect", "act=3" },
  };
  g_autoptr(Yard) yard = yard_with_crate ();

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(KanDraft) draft = kan_draft_new (yard->book, table[i].kind, "C1", NULL);
      g_autoptr(GPtrArray) refusals = NULL;
      g_auto(GStrv) pairs = g_strsplit (table[i].answers, " | ", -1);

      for (char **pair = pairs; *pair != NULL && **pair != '\0'; pair++)
        {
          g_auto(GStrv) answer = g_strsplit (*pair, "=", 2);

          kan_draft_set (draft, answer[0], answer[1]);
        }
      refusals = kan_draft_judge (draft, GENERAL, yard->now + 60, NULL);
      g_test_message ("%s %s", table[i].kind, table[i].answers);
      g_assert_cmpuint (refusals->len, ==, 1);
      g_assert_null (((KanRefusal *) g_ptr_array_index (refusals, 0))->key);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hands/two-roles", test_two_roles);
  g_test_add_func ("/hands/requester-holds-an-office", test_requester_holds_an_office);
  g_test_add_func ("/hands/one-role", test_one_role);
  g_test_add_func ("/hands/one-manager", test_one_manager);
  g_test_add_func ("/hands/chiefs-own-matter", test_chiefs_own_matter);
  g_test_add_func ("/hands/manager-asks", test_manager_asks);
  g_test_add_func ("/hands/named-beforehand", test_named_beforehand);
  g_test_add_func ("/hands/confirmed-afterwards", test_confirmed_afterwards);
  g_test_add_func ("/hands/deputy-of-the-requester", test_deputy_of_the_requester);
  g_test_add_func ("/hands/later-deputy", test_later_deputy);
  g_test_add_func ("/hands/hands-of-power-are-only-extended", test_hands_of_power_are_only_extended);
  g_test_add_func ("/hands/deputy", test_deputy);
  g_test_add_func ("/hands/designated-role", test_designated_role);
  g_test_add_func ("/hands/refused-and-withdrawn", test_refused_and_withdrawn);
  g_test_add_func ("/hands/asked-back", test_asked_back);
  g_test_add_func ("/hands/asked-again-at-the-last-hand", test_asked_again_at_the_last_hand);
  g_test_add_func ("/hands/hand-names-its-act", test_hand_names_its_act);
  g_test_add_func ("/hands/paper", test_paper);
  g_test_add_func ("/hands/cosigners", test_cosigners);
  g_test_add_func ("/hands/power", test_power);
  g_test_add_func ("/hands/claim-needs-an-officer", test_claim_needs_an_officer);
  g_test_add_func ("/hands/power-upon-a-record", test_power_upon_a_record);
  g_test_add_func ("/hands/named-signer-leaves", test_named_signer_leaves);
  g_test_add_func ("/hands/nothing-waits", test_nothing_waits);
  return g_test_run ();
}
