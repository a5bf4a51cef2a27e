/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge: who, in which state, when, with which answers; gates refused, facts marked. */
#include "app/acts/yard.h"

#include <string.h>

static void
add_crates (Yard *yard)
{
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=軽い箱 | weight=5");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=重い箱 | weight=500");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=量らぬ箱");
}

static void
test_who (void)
{
  g_autoptr(Yard) yard = yard_new ();

  add_crates (yard);
  yard_expect (yard, "refused not_entitled", AUDITOR, "crate.add", NULL, "label=監");
  yard_expect (yard, "refused not_entitled", CLERK, "crate.weigh", "C1", "");
  yard_expect (yard, "refused not_entitled", GENERAL, "crate.weigh", "C1", "");
  yard_expect (yard, "done", OPERATOR, "crate.weigh", "C1", "");
  yard->keys[LEAVER] = yard_make_keys (LEAVER);
  yard_expect (yard, "refused act not_entitled", LEAVER, "crate.add", NULL, "label=知らぬ者");
}

/* A person is a key: somebody else's does not sign for them, not even the chief's. */
static void
test_whose_key (void)
{
  g_autoptr(Yard) yard = yard_new ();
  KanKeys *clerk = yard->keys[CLERK];

  yard->keys[CLERK] = yard->keys[CHIEF];
  yard_expect (yard, "refused act", CLERK, "crate.add", NULL, "label=箱");
  yard->keys[CLERK] = clerk;
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱");
}

/* Whoever left signs nothing any more, from the act that says so on. */
static void
test_leaver (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", GENERAL, "person.leave", "P6", "since=2026-09-01 | with=3");
  yard_expect (yard, "refused act not_entitled", CLERK, "crate.add", NULL, "label=箱");
  yard_expect_faults (yard, NULL, "");
}

/* By position in the chain: an appointment entered ahead begins on its day, a designation ends with the revocation. */
static void
test_authority_by_position (void)
{
  g_autoptr(Yard) yard = yard_new ();

  add_crates (yard);
  yard_expect (yard, "done", GENERAL, "operator.designate", NULL, "person=P6 | since=2026-09-03");
  yard_expect (yard, "refused not_entitled", CLERK, "crate.weigh", "C1", "");
  yard_set_time (yard, "2026-09-02T23:58");
  yard_expect (yard, "refused not_entitled", CLERK, "crate.weigh", "C1", "");
  yard_expect (yard, "done", CLERK, "crate.weigh", "C1", "");
  yard_expect (yard, "done", GENERAL, "operator.revoke", "N2", "until=2026-09-03");
  yard_expect (yard, "refused not_entitled", CLERK, "crate.weigh", "C1", "");
  yard_expect_faults (yard, NULL, "");
}

static void
test_state (void)
{
  g_autoptr(Yard) yard = yard_new ();

  add_crates (yard);
  yard_expect (yard, "refused act", CLERK, "crate.amend", "C9", "weight=1");
  yard_expect (yard, "refused act", CLERK, "crate.amend", "C01", "weight=1");
  yard_expect (yard, "refused act", CLERK, "crate.amend", "P1", "weight=1");
  yard_expect (yard, "refused act", CLERK, "act.void", "Q1", "act=1 | reason=x");
  yard_expect (yard, "done", OPERATOR, "crate.lose", "C1", "");
  yard_expect (yard, "refused wrong_state", CLERK, "crate.amend", "C1", "weight=1");
  yard_expect (yard, "refused act wrong_state", CLERK, "crate.polish", "C1", "");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.propose", NULL, "label=申請");
  yard_expect (yard, "refused overtakes", CLERK, "crate.amend", "C4", "weight=1");
}

static void
test_record_numbers (void)
{
  g_autoptr(Yard) yard = yard_new ();

  add_crates (yard);
  yard_expect (yard, "refused act", CLERK, "crate.add", "C9", "label=飛ばし番号");
  yard_expect (yard, "refused act", CLERK, "crate.add", "C2", "label=使用済み番号");
  yard_expect (yard, "done", CLERK, "crate.add", "C4", "label=次の番号");
}

/* Each row: one answer beside a label, and the key of the refusal; NULL: taken. */
static const struct { const char *answer, *refused; } answers[] = {
  { "telephone=090-1234-5678", NULL },
  { "made_by=123456789018", "made_by" },                    /* 12 digits with the check digit of a 個人番号 */
  { "made_by=１２３４-５６７８-９０１８", "made_by" },
  { "made_by=123456789017", NULL },
  { "made_by=電話 09012345678", "made_by" },                /* 11 digits: like a 住民票コード */
  { "made_by=123456789018 | declared=made_by", NULL },
  { "weight=9999999999", NULL },
  { "weight=10000000000", "weight" },
  { "made_by=木工所 | declared=note", "declared" },
  { "note=番号は123456789018です", "note" },
  { "note=個人番号 １２３４　５６７８－９０１８ を控えた。", "note" },
  { "note=1234-5678 9018", "note" },
  { "telephone=123456789018", NULL },
  { "telephone=1234-5678-9018", NULL },                     /* a parcel's number */
  { "made_by=右\xe2\x80\xae左", "made_by" },
  { "made_by=一\n二", "made_by" },
  { "note=一\n二", NULL },
  { "note=一\x1b[31m二", "note" },
  { "keeper=X1", "keeper" },
  { "keeper=P99", "keeper" },
  { "owner=X1", NULL },
  { "owner=C1", "owner" },
  { "helpers=P2,X1", "helpers" },
  { "helpers=P2,P2", "helpers" },
  { "label=軽い箱", "label" },
  { "colour=green", "colour" },
  { "serves=2026-02", NULL },
  { "serves=2026-2", NULL },
  { "serves=令和８年２月", NULL },
  { "serves=2026-13", "serves" },
  { "contents=[{\"colour\":\"red\"}]", "contents[0].colour" },
  { "contents=[{\"number\":\"3\"}]", "contents[0].number" },
  { "contents=[{\"number\":3},{\"number\":-3}]", "contents[1].number" },
  { "contents=[{\"name\":\"123456789018\"}]", "contents[0].name" },
  { "contents=[{\"name\":\"123456789018\"}] | declared=contents[0].name", NULL },
  { "late_reason=忘れた", "late_reason" },
  { "deviation_reason=急いだ", "deviation_reason" },
  { "clock=behind", "clock" },
};

static void
test_answers (void)
{
  g_autoptr(Yard) yard = yard_new ();

  add_crates (yard);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *all = g_strdup_printf ("label=新%d | %s", (int) i, answers[i].answer);
      g_autofree char *refusals = yard_judge (yard, CLERK, "crate.add", NULL, all);

      g_test_message ("%s", answers[i].answer);
      g_assert_cmpstr (refusals, ==, answers[i].refused != NULL ? answers[i].refused : "");
    }
}

/* A record of another register is told apart from one that is not there: which it is of, and which is meant. */
static void
test_other_registers (void)
{
  static const struct { const char *kind, *subject, *key, *answer, *code, *why; } table[] = {
    { "crate.amend", "P1", "weight", "1", "wrong_record",
      "P1 is a record of “People”: name one of “Crates” (C1, C2 …)" },
    { "crate.add", "P9", "label", "x", "wrong_record", "P9 is a record of “People”: name one of “Crates” (C1, C2 …)" },
    { "crate.amend", "C9", "weight", "1", "no_such_record", "There is no record C9" },
    { "crate.add", NULL, "keeper", "X1", "wrong_record",
      "X1 is a record of “Outsiders”: name one of “People” (P1, P2 …)" },
    { "crate.add", NULL, "owner", "C1", "wrong_record",
      "C1 is a record of “Crates”: name one of “People” (P1, P2 …) or “Outsiders” (X1, X2 …)" },
    { "crate.add", NULL, "keeper", "P99", "no_such_record", "There is no record P99" },
    { "crate.add", NULL, "keeper", "ZZ1", "no_such_record",
      "“ZZ1” is no record that can be answered here: name one of “People” (P1, P2 …)" },
  };
  g_autoptr(Yard) yard = yard_new ();

  add_crates (yard);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(KanDraft) draft = kan_draft_new (yard->book, table[i].kind, table[i].subject, NULL);
      g_autoptr(GPtrArray) refusals = NULL;
      const KanRefusal *first;

      kan_draft_set (draft, "label", "他の名札");
      kan_draft_set (draft, table[i].key, table[i].answer);
      refusals = kan_draft_judge (draft, CLERK, yard->now + 60, NULL);
      g_assert_cmpuint (refusals->len, ==, 1);
      first = g_ptr_array_index (refusals, 0);
      g_assert_cmpstr (kan_refusal_id (first), ==, table[i].code);
      g_assert_cmpstr (first->key, ==, table[i].subject != NULL ? NULL : table[i].key);
      g_assert_cmpstr (first->why, ==, table[i].why);
    }
}

static void
test_lengths (void)
{
  static const struct { const char *key; guint longest; } table[] = { { "made_by", 200 }, { "telephone", 200 },
                                                                      { "note", 4000 } };
  g_autoptr(Yard) yard = yard_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    for (guint over = 0; over <= 1; over++)
      {
        g_autoptr(GString) all = g_string_new ("label=箱 | ");
        g_autofree char *refusals = NULL;

        g_string_append_printf (all, "%s=", table[i].key);
        for (guint n = 0; n < table[i].longest + over; n++)
          g_string_append (all, "長");
        refusals = yard_judge (yard, CLERK, "crate.add", NULL, all->str);
        g_assert_cmpstr (refusals, ==, over > 0 ? table[i].key : "");
      }
}

/* What no form would write, signed by a tool of somebody's own: the judge refuses it all the same. */
static void
test_bodies_of_other_tools (void)
{
  static const char *const bodies[] = {
    "{\"label\":1}", "{\"label\":[\"x\"]}", "{\"label\":\"x\",\"weight\":\"5\"}", "{\"label\":\"x\",\"weight\":-5}",
    "{\"label\":\"\"}", "{\"fragile\":1,\"label\":\"x\"}", "{\"helpers\":\"P2\",\"label\":\"x\"}",
    "{\"helpers\":[],\"label\":\"x\"}",
    "{\"label\":\"x\",\"unknown\":1}", "{\"label\":\"x\",\"maker\":\"x\"}", "{\"label\":\"x\",\"note\":\"clear text\"}",
    "{\"declared\":\"123456789018\",\"label\":\"x\"}", "{\"declared\":[\"123456789018\"],\"label\":\"x\"}",
    "{\"deviation\":\"123456789018\",\"label\":\"x\"}", "{\"deviation\":[\"heavy\"],\"label\":\"x\"}", "{}",
    "{\"label\":\"x\",\"late_reason\":\"0000000000000000000000000000000000000000000000000000000000000000\"}",
  };
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(GString) expected = g_string_new (NULL);
  g_autofree char *faults = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      gint64 seq = yard_forge (yard, CLERK, yard->keys[CLERK], "crate.add", "C1", bodies[i], NULL);

      g_string_append_printf (expected, "%srule %d C1", i > 0 ? ", " : "", (int) seq);
    }
  yard_expect_faults (yard, NULL, expected->str);
  /* the same tool with a body that a form would write */
  yard_forge (yard, CLERK, yard->keys[CLERK], "crate.add", "C1", "{\"label\":\"x\"}", NULL);
  faults = yard_verify (yard, NULL);
  g_string_append (expected, ", projection");
  g_assert_true (g_str_has_prefix (faults, expected->str));
}

/* A gate is refused, a fact recorded, marked and opened as a shortfall; it takes a reason, and no mark is
 * without cause. */
static void
test_gate_or_fact (void)
{
  g_autoptr(Yard) yard = yard_new ();

  add_crates (yard);
  yard_expect (yard, "refused heavy", CLERK, "crate.seal", "C2", "");
  yard_expect (yard, "refused unweighed", CLERK, "crate.seal", "C3", "");
  yard_expect (yard, "refused deviation_reason marked:heavy", OPERATOR, "crate.lose", "C2", "");
  yard_expect (yard, "refused deviation_reason", OPERATOR, "crate.lose", "C1", "deviation_reason=急いだ");
  yard_expect (yard, "done", OPERATOR, "crate.lose", "C2", "deviation_reason=急いだ");
  yard_expect_text (yard, "lost", "SELECT state FROM crate WHERE id = 2");
  yard_expect_text (yard, "open C2 heavy", "SELECT state || ' ' || about || ' ' || rule FROM shortfall");
  yard_expect_text (yard, "[\"heavy\"]", "SELECT json_extract (body, '$.deviation') FROM act ORDER BY seq DESC"
                                         " LIMIT 1");
  yard_expect (yard, "done", OPERATOR, "crate.lose", "C1", "");
  yard_expect_text (yard, "1", "SELECT count(*) FROM shortfall");
  /* the wrong state and the wrong person are rules too: it has happened all the same */
  yard_expect (yard, "done", CLERK, "crate.lose", "C2", "deviation_reason=再度");
  yard_expect_text (yard, "[\"heavy\",\"not_entitled\",\"wrong_state\"]",
                    "SELECT json_extract (body, '$.deviation') FROM act ORDER BY seq DESC LIMIT 1");
  /* but an answer that makes no sense is refused for facts as well */
  yard_expect (yard, "refused marked:wrong_state opener", OPERATOR, "crate.open", "C3",
               "opener=P99 | opener_paper=yes | deviation_reason=x");
  yard_expect_faults (yard, NULL, "");
}

static void
test_when (void)
{
  g_autoptr(Yard) yard = yard_new ();

  add_crates (yard);
  yard_set_time (yard, "2026-09-02T10:00");
  yard_expect (yard, "refused happened_at", OPERATOR, "crate.lose", "C1", "happened=2026-09-02T10:05");
  yard_expect (yard, "refused happened_at", OPERATOR, "crate.lose", "C1", "happened=2026-02-30T10:05");
  /* by a time that nobody can read nothing else is judged: neither what is late nor what a fact breaks */
  yard_expect (yard, "refused happened_at", OPERATOR, "crate.lose", "C1", "happened=2026-02-30T10:05 | late_reason=x");
  yard_expect (yard, "refused happened_at", OPERATOR, "crate.lose", "C2", "happened=昨日 | deviation_reason=急いだ");
  yard_expect (yard, "refused happened_at", OPERATOR, "crate.lose", "C2", "happened=昨日");
  yard_expect (yard, "refused late_reason", OPERATOR, "crate.lose", "C1", "happened=2026-09-01T23:59");
  yard_expect (yard, "refused late_reason", OPERATOR, "crate.lose", "C1", "happened=2026-09-02T00:00 | late_reason=x");
  yard_expect (yard, "refused happened_at", CLERK, "crate.seal", "C1", "happened=2026-09-02T00:00");
  yard_expect (yard, "refused act happened_at", CLERK, "act.void", "C1",
               "act=1 | reason=x | happened=2026-09-02T00:00");
  yard_expect (yard, "done", OPERATOR, "crate.lose", "C1", "happened=2026-09-01T23:59 | late_reason=夜だったため");
  yard_expect_text (yard, "2026-09-01T23:59", "SELECT happened_at FROM act ORDER BY seq DESC LIMIT 1");
  yard_expect_faults (yard, NULL, "");
}

/* Behind the last entry or over 31 days ahead: asked, and the act carries it; the floor stays until two lower it. */
static void
test_clock (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_set_time (yard, "2026-08-31T12:00");
  yard_expect (yard, "refused clock", CLERK, "crate.add", NULL, "label=昨日");
  yard_expect (yard, "refused clock", CLERK, "crate.add", NULL, "label=昨日 | clock=ahead");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=昨日 | clock=behind");
  yard_expect (yard, "refused clock", CLERK, "crate.add", NULL, "label=一昨日");
  yard_set_time (yard, "2026-10-01T12:00");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=来月");
  yard_set_time (yard, "2026-11-02T12:00");
  yard_expect (yard, "refused clock", CLERK, "crate.add", NULL, "label=再来月");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=再来月 | clock=ahead");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=その後");
  yard_reopen (yard);
  yard_set_time (yard, "2026-11-01T12:00");
  yard_expect (yard, "refused clock", CLERK, "crate.add", NULL, "label=開き直し");
  yard_expect_faults (yard, NULL, "");
}

/* A flat battery's 2099 must not bind for ever; one person alone does not move the floor. */
static void
test_clock_correction (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_set_time (yard, "2099-01-01T00:00");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=電池切れ | clock=ahead");
  yard_set_time (yard, "2026-09-02T09:00");
  yard_expect (yard, "waits second", GENERAL, "clock.correct", "F1", "reason=電池を交換した");
  yard_expect (yard, "refused clock", CLERK, "crate.add", NULL, "label=まだ");
  yard_expect (yard, "refused not_entitled", GENERAL, "hand.give", "F1", "");
  yard_expect (yard, "done", CLERK, "hand.give", "F1", "");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=直った");
  yard_expect (yard, "done", CHIEF, "clock.correct", "F1", "reason=念のため | with=6");
  yard_expect_faults (yard, NULL, "");
}

/* A second person at the same terminal sees the same clock. */
static void
test_clock_of_cosigners (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_set_time (yard, "2026-09-01T08:00");
  yard_expect (yard, "done", CHIEF, "person.register", NULL, "staff_no=8 | name=新人 | with=2 | clock=behind");
  yard_set_time (yard, "2026-11-02T12:00");
  yard_expect (yard, "done", CHIEF, "person.register", NULL, "staff_no=9 | name=新人 | with=2 | clock=ahead");
  yard_expect_faults (yard, NULL, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge/who", test_who);
  g_test_add_func ("/judge/whose-key", test_whose_key);
  g_test_add_func ("/judge/leaver", test_leaver);
  g_test_add_func ("/judge/authority-by-position", test_authority_by_position);
  g_test_add_func ("/judge/state", test_state);
  g_test_add_func ("/judge/record-numbers", test_record_numbers);
  g_test_add_func ("/judge/answers", test_answers);
  g_test_add_func ("/judge/other-registers", test_other_registers);
  g_test_add_func ("/judge/lengths", test_lengths);
  g_test_add_func ("/judge/bodies-of-other-tools", test_bodies_of_other_tools);
  g_test_add_func ("/judge/gate-or-fact", test_gate_or_fact);
  g_test_add_func ("/judge/when", test_when);
  g_test_add_func ("/judge/clock", test_clock);
  g_test_add_func ("/judge/clock-correction", test_clock_correction);
  g_test_add_func ("/judge/clock-of-cosigners", test_clock_of_cosigners);
  return g_test_run ();
}
