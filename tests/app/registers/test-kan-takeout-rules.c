/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules that are asked again: at the last consent, at the end of a take-out, of acts that another tool signed, and
 * where a leg is recorded before the one that precedes it was signed by all. */
#include "fixture.h"

#include "acts/kan-book-private.h"
#include "acts/kan-verify.h"

#include <string.h>

#define REQUEST "media=M1 | counterpart=X1 | destination=電算センター | reason=提出のため | since=2026-09-02"
#define ROUND_TRIP "kind=round_trip | " REQUEST " | until=2026-09-09"
#define HAND_OVER "kind=hand_over | " REQUEST
#define DISPOSAL "kind=disposal | " REQUEST
#define DISPATCH "quantity=1 | count=1200 | container=locked_container | seal=S-1"
#define ARRIVE "arrived_seal=S-1 | arrival=sound | receiver=X1 | receiver_paper=yes"
#define RETURN "returned_quantity=1 | returned_count=1200 | returned_state=sound | returner=X1 | returner_paper=yes" \
               " | taken_back_by=P4 | place=L1"
#define BOTH "waits information_manager system_manager"

static Office *
new_office (void)
{
  Office *office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 1200);
  office_set_time (office, "2026-09-01T13:00");
  return office;
}

/* Asked for, and consented to by one of the two. */
static Office *
new_half_consented (const char *request)
{
  Office *office = new_office ();

  office_expect (office, BOTH, OPERATOR, "takeout.request", NULL, request);
  office_expect (office, "waits system_manager", GENERAL, "hand.give", "T1", "");
  return office;
}

static Office *
new_dispatched (const char *request)
{
  Office *office = new_half_consented (request);

  office_expect (office, "done", PENSION, "hand.give", "T1", "");
  office_set_time (office, "2026-09-02T10:00");
  office_expect (office, "done", OPERATOR, "takeout.dispatch", "T1",
                 DISPATCH " | carrier=X1 | taker_paper=yes");
  return office;
}

/* --- the last consent ----------------------------------------------------------------------------------------- */

/* Who consents last consents to what is so by then. */
static void
test_asked_again_at_the_last_consent (void)
{
  static const struct { const char *request, *verdict; OfficeCase meanwhile; const char *minute; } cases[] = {
    { ROUND_TRIP, "refused 11-3.content 11-3.count",
      { "done", OPERATOR, "media.record", NULL,
        "medium=M1 | purpose=purpose_2 | count=1 | copies=0 | source=J-LIS" }, NULL },
    { HAND_OVER, "refused 11-1.hold", { "done", CHIEF, "media.hold", "B1", "hold_reason=evidence" }, NULL },
    { ROUND_TRIP, "done", { "done", CHIEF, "media.hold", "B1", "hold_reason=evidence" }, NULL },
    { ROUND_TRIP, "refused 11-3.not_stored", { "done", OPERATOR, "media.checkout", "M1", "used_for=抽出" }, NULL },
    { ROUND_TRIP " | carrier=P5", "refused 9-1.operator",
      { "done", GENERAL, "operator.revoke", "N2", "until=2026-09-01" }, NULL },
    { ROUND_TRIP " | valid_until=2026-09-03", "refused 11-3.expired",
      { "done", GENERAL, "place.establish", NULL, "title=耐火金庫 | room=電算室 | level=3" }, "2026-09-04T09:00" },
    { ROUND_TRIP, "done", { "done", GENERAL, "place.establish", NULL, "title=耐火金庫 | room=電算室 | level=3" },
      "2026-09-02T09:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Office) office = new_half_consented (cases[i].request);

      office_run (office, &cases[i].meanwhile, 1);
      if (cases[i].minute != NULL)
        office_set_time (office, cases[i].minute);
      g_test_message ("take-out %u", (guint) i);
      office_expect (office, cases[i].verdict, PENSION, "hand.give", "T1", "");
      office_expect_state (office, "T1", strcmp (cases[i].verdict, "done") == 0 ? "approved" : "requested");
    }
}

/* --- the end -------------------------------------------------------------------------------------------------- */

/* Under which rule it would be recorded as it stands, before anything is answered; NULL: none. */
static char *
reason_offered (Office *office, const char *subject, const char *kind)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) offers = kan_book_list_offers (office->book, kan_book_find_register (office->book, "takeout"),
                                                      subject, OPERATOR, office->now, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < offers->len; i++)
    {
      const KanOffer *offer = g_ptr_array_index (offers, i);

      if (strcmp (offer->kind->id, kind) != 0)
        continue;
      g_assert_true (offer->allowed);
      return offer->reasons->len > 0 ? g_strdup (g_ptr_array_index (offer->reasons, 0)) : NULL;
    }
  g_assert_not_reached ();
}

/* What is to come back ends with its return: to keep it is offered as the deviation that it is. */
static void
test_closing_offered (void)
{
  static const struct { const char *request, *reason; } cases[] = {
    { ROUND_TRIP, "These media were to come back" },
    { DISPOSAL, "No destruction is recorded of: M1" },
    { HAND_OVER " | erasure_agreed=yes", NULL },
    { HAND_OVER, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Office) office = new_dispatched (cases[i].request);
      g_autofree char *close = reason_offered (office, "T1", "takeout.close");
      g_autofree char *give_back = reason_offered (office, "T1", "takeout.return");

      g_test_message ("%s", cases[i].request);
      g_assert_cmpstr (close, ==, cases[i].reason);
      g_assert_null (give_back);
    }
}

static void
test_closing (void)
{
  static const struct { const char *request, *answers, *verdict; } cases[] = {
    { ROUND_TRIP, "receipt=R-1", "marked 11-3.not_returned" },
    { DISPOSAL, "receipt=R-1", "marked 11-5.not_destroyed" },
    { DISPOSAL " | erasure_agreed=yes", "receipt=R-1", "marked 11-3.erasure_proof 11-5.not_destroyed" },
    { HAND_OVER " | erasure_agreed=yes", "receipt=R-1 | erasure_proof=E-1", "done" },
    { HAND_OVER, "receipt=R-1", "done" },
    { HAND_OVER, "", "refused receipt" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Office) office = new_dispatched (cases[i].request);

      g_test_message ("%s, %s", cases[i].request, cases[i].answers);
      office_expect (office, cases[i].verdict, OPERATOR, "takeout.close", "T1", cases[i].answers);
    }
}

/* What comes back is taken by somebody who signs for it: paper is for those of other bodies. */
static void
test_taken_back_by_key (void)
{
  g_autoptr(Office) office = new_dispatched (ROUND_TRIP);

  office_expect (office, "done", CHIEF, "person.register", NULL, "staff_no=1008 | name=新人 一 | with=2");
  office_expect (office, "done", GENERAL, "operator.designate", NULL, "person=P8 | since=2026-09-01");
  office_expect (office, "refused taken_back_by", OPERATOR, "takeout.return", "T1",
                 "returned_quantity=1 | returned_count=1200 | returned_state=sound | returner=X1 | returner_paper=yes |"
                 " taken_back_by=P8 | place=L1");
  office_expect_state (office, "T1", "out");
}

/* --- signed by another tool ----------------------------------------------------------------------------------- */

/* What would be signed, as its author's own tool could change it before. */
typedef void (*Change) (KanBody *body);

static gint64
append (Office *office, gint64 person, KanDraft *draft, const char *subject, Change change)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanBody) body = NULL;
  g_autoptr(GPtrArray) lines = kan_draft_review (draft, person, office->now + 60, &body, &error);
  g_autoptr(KanAct) act = kan_act_new ();
  KanHead head;

  g_assert_no_error (error);
  g_assert_nonnull (lines);
  change (body);
  g_assert_true (kan_ledger_get_head (office->db, &head, &error));
  act->seq = head.seq + 1;
  act->at = kan_utc_format (office->now + 60);
  act->actor = person;
  act->session = g_strdup_printf ("P%d-0f09ed00", (int) person);
  act->kind = g_strdup (kan_draft_get_kind (draft)->id);
  act->subject = g_strdup (subject);
  act->body = kan_body_encode (body, &act->body_size);
  act->prev = head.hash;
  kan_act_sign (act, office->book->file_id, office->keys[person]);
  g_assert_true (kan_ledger_append (office->db, act, &error));
  g_assert_no_error (error);
  return act->seq;
}

static gboolean
is_named (Office *office, gint64 seq, const char *sentence)
{
  KanVerifyOptions options = { .n_threads = 1 };
  g_autoptr(GError) error = NULL;
  g_autoptr(KanVerdict) verdict = kan_book_verify (office->book, &options, &error);
  gboolean found = FALSE;

  g_assert_no_error (error);
  for (guint i = 0; i < verdict->faults->len; i++)
    {
      const KanFault *fault = g_ptr_array_index (verdict->faults, i);

      g_test_message ("%s %d: %s", kan_fault_kind_id (fault->kind), (int) fault->seq, fault->what);
      found = found || (fault->kind == KAN_FAULT_RULE && fault->seq == seq &&
                        (sentence == NULL || strstr (fault->what, sentence) != NULL));
    }
  return found;
}

/* Verification says in the rule's own words what the form would never have signed; NULL: it says nothing. */
static void
expect_named (Office *office, gint64 person, const char *kind, const char *subject, const char *answers, Change change,
              const char *sentence)
{
  g_autoptr(GError) error = NULL;
  gboolean makes = kan_book_find_kind (office->book, kind, NULL)->from == NULL;
  g_autoptr(KanDraft) draft = kan_draft_new (office->book, kind, makes ? NULL : subject, &error);
  g_auto(GStrv) pairs = g_strsplit (answers, " | ", -1);

  g_assert_no_error (error);
  for (char **pair = pairs; *pair != NULL; pair++)
    {
      g_auto(GStrv) parts = g_strsplit (*pair, "=", 2);

      kan_draft_set (draft, parts[0], parts[1]);
    }
  g_assert_true (kan_db_exec (office->db, "SAVEPOINT forged", &error));
  g_assert_cmpint (is_named (office, append (office, person, draft, subject, change), sentence), ==, sentence != NULL);
  g_assert_true (kan_db_exec (office->db, "ROLLBACK TO forged", &error));
  g_assert_true (kan_db_exec (office->db, "RELEASE forged", &error));
}

static void
more_media (KanBody *body)
{
  kan_body_set_int (body, "quantity", 5);
}

static void
fewer_records (KanBody *body)
{
  kan_body_set_int (body, "count", 3);
}

static void
for_ever (KanBody *body)
{
  kan_body_remove (body, "valid_until");
}

static void
early_for_ever (KanBody *body)
{
  kan_body_remove (body, "early_until");
}

static void
no_order (KanBody *body)
{
  kan_body_set_text (body, "kind", "procedure");
}

static void
nothing_else (KanBody *body)
{
  g_assert_cmpuint (kan_body_n_members (body), >, 0);
}

static void
test_signed_by_another_tool (void)
{
  g_autoptr(Office) office = new_office ();

  expect_named (office, OPERATOR, "takeout.request", "T1", ROUND_TRIP, more_media, "1 media are named");
  expect_named (office, OPERATOR, "takeout.request", "T1", ROUND_TRIP, fewer_records,
                "it was signed against the rules: Count: Count differs (The media hold 1,200 records)");
  expect_named (office, OPERATOR, "takeout.request", "T1", ROUND_TRIP, for_ever,
                "Until when the consent is to hold is not told");
  expect_named (office, OPERATOR, "media.early", "M1", "early_reason=不要", early_for_ever,
                "Until when the approval is to hold is not told");
  expect_named (office, GENERAL, "rule.order", "R2", "title=定め | decides=P7 | in_force_from=2026-09-01", no_order,
                "Whom the president names is an order of the president");
  /* the same unaltered breaks no rule */
  expect_named (office, OPERATOR, "media.early", "M1", "early_reason=不要", nothing_else, NULL);
}

/* --- before a signature --------------------------------------------------------------------------------------- */

static Office *
new_unsigned (const char *request)
{
  Office *office = new_half_consented (request);

  office_expect (office, "done", PENSION, "hand.give", "T1", "");
  office_set_time (office, "2026-09-02T10:00");
  office_expect (office, "waits taker", OPERATOR, "takeout.dispatch", "T1",
                 DISPATCH " | carrier=P5");
  office_set_time (office, "2026-09-02T12:00");
  return office;
}

/* It has left, at its own time, under its number and seal; that the carrier has not signed is all that is wrong. */
static void
expect_left (Office *office)
{
  g_assert_cmpint (office_ask (office, "SELECT transport_no FROM takeout WHERE dispatched_at = '2026-09-02T10:01'"
                                       " AND seal = 'S-1' AND carrier = 'P5'"), ==, 1);
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM pending"), ==, 0);
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM step WHERE after = 'out' AND before = 'approved'"), ==, 1);
  office_expect (office, "refused act", COLLEAGUE, "hand.give", "T1", "act=1 | as=taker");
  office_expect (office, "done", COLLEAGUE, "shortfall.sign", "S1", "");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM shortfall WHERE state = 'open' AND"
                                       " rule = '11-3.carrier_unsigned'"), ==, 0);
}

static void
test_facts_before_the_carrier_signs (void)
{
  static const struct { const char *verdict, *request, *kind, *answers, *state, *medium; } cases[] = {
    { "marked 11-3.carrier_unsigned", ROUND_TRIP, "takeout.arrive", ARRIVE, "arrived", "out" },
    { "marked 11-3.carrier_unsigned 11-3.seal", ROUND_TRIP, "takeout.arrive", ARRIVE " | arrived_seal=S-9", "arrived",
      "out" },
    { "marked 11-3.carrier_unsigned order", ROUND_TRIP, "takeout.arrive", ARRIVE " | happened=2026-09-02T09:59",
      "arrived", "out" },
    { "marked 11-3.carrier_unsigned", ROUND_TRIP, "takeout.return", RETURN, "returned", "stored" },
    { "marked 11-3.carrier_unsigned 11-3.count", ROUND_TRIP, "takeout.return", RETURN " | returned_count=1199",
      "returned", "stored" },
    { "marked 11-3.carrier_unsigned 11-3.missing", ROUND_TRIP, "takeout.return",
      RETURN " | missing=M1 | returned_quantity=0 | returned_count=0", "returned", "missing" },
    { "marked 11-3.carrier_unsigned", HAND_OVER, "takeout.close", "receipt=R-1", "closed", "handed_over" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Office) office = new_unsigned (cases[i].request);

      office_expect (office, cases[i].verdict, OPERATOR, cases[i].kind, "T1", cases[i].answers);
      office_expect_state (office, "T1", cases[i].state);
      office_expect_state (office, "M1", cases[i].medium);
      g_assert_cmpint (office_ask (office, "SELECT count(*) FROM shortfall WHERE rule = '11-3.carrier_unsigned'"), ==,
                       1);
      expect_left (office);
    }
}

/* Refused, the arrival leaves what it followed upon, and stays told; what follows finds the medium on its way. */
static void
test_arrival_refused_after_an_unsigned_dispatch (void)
{
  g_autoptr(Office) office = new_unsigned (ROUND_TRIP);

  office_expect (office, "marked 11-3.carrier_unsigned waits receiver", OPERATOR, "takeout.arrive", "T1",
                 ARRIVE " | receiver=P5 | receiver_paper=no");
  office_expect (office, "waits receiver", COLLEAGUE, "hand.refuse", "T1", "reason=受け取っていない");
  office_expect_state (office, "T1", "arriving");
  office_expect_state (office, "M1", "in_transit");
  office_expect (office, "marked overtakes", OPERATOR, "takeout.return", "T1", RETURN);
  office_expect_state (office, "M1", "stored");
  g_assert_cmpint (office_ask (office, "SELECT arrived_at IS NULL AND state = 'returned' FROM takeout"), ==, 1);
}

static void
test_return_before_the_receiver_signs (void)
{
  g_autoptr(Office) office = new_dispatched (ROUND_TRIP);

  office_expect (office, "waits receiver", OPERATOR, "takeout.arrive", "T1",
                 ARRIVE " | receiver=P5 | receiver_paper=no");
  office_expect (office, "marked 11-3.receiver_unsigned", OPERATOR, "takeout.return", "T1", RETURN);
  g_assert_cmpint (office_ask (office, "SELECT arrived_at IS NOT NULL AND arrived_seal = 'S-1' FROM takeout"), ==, 1);
  office_expect (office, "done", COLLEAGUE, "shortfall.sign", "S1", "");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM shortfall WHERE state = 'open'"), ==, 0);
}

/* What contradicts what waits, or says it once more, replaces it: nothing of it takes effect. */
static void
test_what_says_otherwise_replaces (void)
{
  g_autoptr(Office) office = new_dispatched (ROUND_TRIP);

  office_expect (office, "waits receiver", OPERATOR, "takeout.arrive", "T1",
                 ARRIVE " | receiver=P5 | receiver_paper=no | arrived_seal=S-1");
  office_expect (office, "marked overtakes", OPERATOR, "takeout.arrive", "T1", ARRIVE);
  office_expect_state (office, "T1", "arrived");
  office_expect (office, "marked 11-3.elsewhere 11-3.unapproved", OPERATOR, "takeout.unapproved", NULL,
                 "kind=round_trip | media=M1 | counterpart=X1 | destination=電算センター | reason=x");
}

/* The program that looks ahead leaves everything as it was. */
static void
test_looking_ahead_changes_nothing (void)
{
  g_autoptr(Office) office = new_unsigned (ROUND_TRIP);

  office_expect (office, "refused returned_state", OPERATOR, "takeout.return", "T1", RETURN " | returned_state=lost");
  office_expect_state (office, "T1", "handing");
  office_expect_state (office, "M1", "stored");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM pending"), ==, 1);
  office_expect (office, "done", COLLEAGUE, "hand.give", "T1", "as=taker");
  office_expect (office, "done", OPERATOR, "takeout.return", "T1", RETURN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/takeout-rules/facts-before-the-carrier-signs", test_facts_before_the_carrier_signs);
  g_test_add_func ("/takeout-rules/arrival-refused-after-an-unsigned-dispatch",
                   test_arrival_refused_after_an_unsigned_dispatch);
  g_test_add_func ("/takeout-rules/return-before-the-receiver-signs", test_return_before_the_receiver_signs);
  g_test_add_func ("/takeout-rules/what-says-otherwise-replaces", test_what_says_otherwise_replaces);
  g_test_add_func ("/takeout-rules/looking-ahead-changes-nothing", test_looking_ahead_changes_nothing);
  g_test_add_func ("/takeout-rules/asked-again-at-the-last-consent", test_asked_again_at_the_last_consent);
  g_test_add_func ("/takeout-rules/closing", test_closing);
  g_test_add_func ("/takeout-rules/closing-offered", test_closing_offered);
  g_test_add_func ("/takeout-rules/taken-back-by-key", test_taken_back_by_key);
  g_test_add_func ("/takeout-rules/signed-by-another-tool", test_signed_by_another_tool);
  return g_test_run ();
}
