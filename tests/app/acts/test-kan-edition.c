/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editions of the rules: a newer program adopts its own before its first act, old acts keep the rules they were signed
 * under, and the committed chain of each edition of the real registers keeps its verdicts for ever. */
#include "app/acts/yard.h"

#include "acts/kan-replay.h"
#include "registers/kan-registers.h"

#include <string.h>

static Yard *
yard_with_crate (void)
{
  Yard *yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱");
  return yard;
}

static void
test_old_acts_still_verify (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();
  gint64 head;

  yard_expect (yard, "refused scale", OPERATOR, "crate.weigh", "C1", "scale=台秤");
  yard_expect (yard, "refused act", CLERK, "crate.polish", "C1", "");
  yard_expect (yard, "done", OPERATOR, "crate.weigh", "C1", "guess=yes");
  head = yard_head (yard);
  yard->book->program_edition = 2;
  yard_expect_faults (yard, NULL, "");
  g_assert_cmpuint (kan_book_get_edition (yard->book), ==, 1);
  yard_expect (yard, "refused guess scale", OPERATOR, "crate.weigh", "C1", "guess=yes");
  g_assert_cmpint (yard_head (yard), ==, head);
  g_assert_cmpuint (kan_book_get_edition (yard->book), ==, 1);
  yard_expect (yard, "done", CLERK, "crate.polish", "C1", "");
  g_assert_cmpint (yard_head (yard), ==, head + 2);
  yard_expect_text (yard, "edition.adopt F1 {\"edition\":2}", "SELECT kind || ' ' || subject || ' ' || body FROM act"
                    " ORDER BY seq DESC LIMIT 1 OFFSET 1");
  yard_expect (yard, "done", OPERATOR, "crate.weigh", "C1", "scale=台秤");
  g_assert_cmpint (yard_head (yard), ==, head + 3);
  yard_reopen (yard);
  g_assert_cmpuint (kan_book_get_edition (yard->book), ==, 2);
  yard_expect_faults (yard, NULL, "");
}

/* What an answer of an older edition says may still be corrected, as long as its question is asked. */
static void
test_older_program (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();
  g_autoptr(GError) error = NULL;

  yard->book->program_edition = 2;
  yard_expect (yard, "done", CLERK, "crate.polish", "C1", "");
  yard->book->program_edition = 1;
  g_assert_false (kan_book_check_schema (yard->book, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_TOO_NEW);
}

/* Editions follow one another, and none is adopted that the program does not know. */
static void
test_adopted_by_hand (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();

  yard->book->program_edition = 2;
  yard_forge (yard, CLERK, yard->keys[CLERK], "edition.adopt", "F1", "{\"edition\":1}", NULL);
  yard_forge (yard, CLERK, yard->keys[CLERK], "edition.adopt", "F1", "{\"edition\":3}", NULL);
  yard_expect_faults (yard, NULL, "rule 33 F1, rule 34 F1");
  yard_forge (yard, CLERK, yard->keys[CLERK], "edition.adopt", "F1", "{\"edition\":2}", NULL);
  yard_forge (yard, CLERK, yard->keys[CLERK], "edition.adopt", "F1", "{\"edition\":3}", NULL);
  yard_forge (yard, OPERATOR, yard->keys[OPERATOR], "crate.weigh", "C1", "{\"weight\":1}", NULL);
  yard_expect_faults (yard, NULL, "rule 33 F1, rule 34 F1, rule 36 F1, rule 37 C1, projection F1, projection step 35");
}

/* The first act of a newer program may be said to be late, and may be the claim of a key. */
static void
test_first_act (void)
{
  g_autoptr(Yard) yard = yard_with_crate (), claiming = yard_new ();
  g_autofree char *key = NULL, *claim = NULL;

  yard->book->program_edition = 2;
  yard_set_time (yard, "2026-12-01T09:00");
  yard_expect (yard, "refused clock", CLERK, "crate.polish", "C1", "");
  yard_expect (yard, "done", CLERK, "crate.polish", "C1", "clock=ahead");
  yard_expect_faults (yard, NULL, "");

  claiming->keys[LEAVER] = yard_make_keys (LEAVER);
  key = kan_hex (kan_keys_get_sign (claiming->keys[LEAVER]), KAN_KEY_SIZE);
  claim = g_strdup_printf ("person=P8 | sign_key=%s | statement_key=%s | box_key=%s | with=1", key, key, key);
  yard_expect (claiming, "done", CHIEF, "person.register", NULL, "staff_no=8 | name=新人 | with=2");
  yard_expect (claiming, "done", CHIEF, "person.enroll", "P8", "login=login8 | with=2");
  claiming->book->program_edition = 2;
  yard_expect (claiming, "done", LEAVER, "key.claim", NULL, claim);
  g_assert_cmpuint (kan_book_get_edition (claiming->book), ==, 2);
  yard_expect_faults (claiming, NULL, "");
}

/* Asked under the old rules, decided under the new ones. */
static void
test_pending_over_the_change (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();

  yard_expect (yard, "waits information_manager", CLERK, "crate.bless", "C1", "note=旧");
  yard->book->program_edition = 2;
  yard_expect (yard, "done", GENERAL, "hand.give", "C1", "");
  g_assert_cmpuint (kan_book_get_edition (yard->book), ==, 2);
  yard_expect_faults (yard, NULL, "");
}

/* What was answered to a question that went away meanwhile was signed, and stands. */
static void
test_question_went_away (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();

  yard_expect (yard, "waits information_manager", CLERK, "crate.gauge", "C1", "weight=7 | guess=yes");
  yard->book->program_edition = 2;
  yard_expect (yard, "done", GENERAL, "hand.give", "C1", "");
  g_assert_cmpuint (kan_book_get_edition (yard->book), ==, 2);
  yard_expect_text (yard, "7 1", "SELECT weight || ' ' || guess FROM crate WHERE id = 1");
  yard_expect (yard, "refused guess scale", CLERK, "crate.gauge", "C1", "weight=8 | guess=yes");
  yard_expect (yard, "waits information_manager", CLERK, "crate.gauge", "C1", "weight=8 | scale=台秤");
  yard_reopen (yard);
  yard_expect (yard, "done", GENERAL, "hand.give", "C1", "");
  yard_expect_text (yard, "8 台秤", "SELECT weight || ' ' || scale FROM crate WHERE id = 1");
  yard_expect_faults (yard, NULL, "");
}

/* --- the golden chain ------------------------------------------------------------------------------------------ */

static char *
golden_path (void)
{
  return g_build_filename (g_getenv ("KAN_SRCDIR"), "tests/app/acts/golden/edition-1.jsonl", NULL);
}

static void
set_hex (KanBody *line, const char *key, const guint8 *bytes, gsize size)
{
  g_autofree char *hex = kan_hex (bytes, size);

  kan_body_set_text (line, key, hex);
}

static KanBody *
line_of_act (const KanAct *act)
{
  KanBody *line = kan_body_new ();
  g_autofree char *body = g_strndup (act->body, act->body_size);

  kan_body_set_int (line, "seq", act->seq);
  kan_body_set_text (line, "at", act->at);
  kan_body_set_int (line, "actor", act->actor);
  set_hex (line, "key", act->key, sizeof act->key);
  kan_body_set_text (line, "session", act->session);
  kan_body_set_text (line, "kind", act->kind);
  kan_body_set_text (line, "subject", act->subject);
  kan_body_set_text (line, "happened_at", act->happened_at);
  kan_body_set_text (line, "body", body);
  set_hex (line, "prev", act->prev.bytes, sizeof act->prev.bytes);
  set_hex (line, "hash", act->hash.bytes, sizeof act->hash.bytes);
  set_hex (line, "signature", act->signature, sizeof act->signature);
  return line;
}

static void
get_hex (const KanBody *line, const char *key, guint8 *bytes, gsize size)
{
  const char *hex = kan_body_get_text (line, key);

  g_assert_true (kan_unhex (hex, bytes, size));
}

static KanAct *
act_of_line (const KanBody *line)
{
  KanAct *act = kan_act_new ();

  act->seq = kan_body_get_int (line, "seq");
  act->at = g_strdup (kan_body_get_text (line, "at"));
  act->actor = kan_body_get_int (line, "actor");
  get_hex (line, "key", act->key, sizeof act->key);
  act->session = g_strdup (kan_body_get_text (line, "session"));
  act->kind = g_strdup (kan_body_get_text (line, "kind"));
  act->subject = g_strdup (kan_body_get_text (line, "subject"));
  act->happened_at = g_strdup (kan_body_get_text (line, "happened_at"));
  act->body = g_strdup (kan_body_get_text (line, "body"));
  act->body_size = strlen (act->body);
  get_hex (line, "prev", act->prev.bytes, sizeof act->prev.bytes);
  get_hex (line, "hash", act->hash.bytes, sizeof act->hash.bytes);
  get_hex (line, "signature", act->signature, sizeof act->signature);
  return act;
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "admitted", or "refused" and the rules and answers that stand against it: never the sentences. */
static char *
judge_again (KanBook *book, const KanAct *act)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanCase) c = kan_case_new_for_act (book, act, &error);
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  GString *verdict = g_string_new ("refused");

  g_assert_no_error (error);
  if (act->seq == 1)
    book->edition = 1;
  g_assert_true (kan_judge (c, KAN_STAGE_SIGN));
  for (guint i = 0; i < c->refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (c->refusals, i);

      if (!refusal->is_mark)
        g_ptr_array_add (words, refusal->rule != NULL ? refusal->rule : refusal->key != NULL ? refusal->key
                         : (char *) "act");
    }
  if (words->len == 0)
    {
      g_assert_true (kan_apply (c));
      g_assert_no_error (c->error);
      g_string_assign (verdict, "admitted");
    }
  g_ptr_array_sort (words, compare_words);
  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (verdict, " %s", (char *) g_ptr_array_index (words, i));
  return g_string_free (verdict, FALSE);
}

static void
test_golden (void)
{
  g_autofree char *path = golden_path (), *text = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(Yard) yard = yard_new_bare (kan_registers ());
  g_autoptr(KanScratch) scratch = kan_scratch_new (yard->book, &error);
  guint n_admitted = 0, n_refused = 0;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (char **at = lines; *at != NULL; at++)
    {
      g_autoptr(KanBody) line = kan_body_decode (*at, strlen (*at), &error);
      g_autoptr(KanAct) act = NULL;
      g_autofree char *verdict = NULL;

      g_assert_no_error (error);
      act = act_of_line (line);
      g_assert_true (kan_act_hash_holds (act, yard->book->file_id));
      g_assert_true (kan_act_signature_holds (act));
      g_assert_true (kan_ledger_append (yard->db, act, &error));
      g_assert_no_error (error);
      verdict = judge_again (kan_scratch_get_book (scratch), act);
      g_test_message ("%d %s %s", (int) act->seq, act->kind, act->subject);
      g_assert_cmpstr (verdict, ==, kan_body_get_text (line, "verdict"));
      n_admitted += g_str_equal (verdict, "admitted");
      n_refused += !g_str_equal (verdict, "admitted");
    }
  g_assert_cmpuint (n_admitted, >, 40);
  g_assert_cmpuint (n_refused, >, 8);
}

/* --- making it --------------------------------------------------------------------------------------------------- */

/* One act of the story; `subject` NULL: it makes a record; `day`: the clock is set before it. */
typedef struct { const char *day; gint64 person; const char *kind, *subject, *answers; } Told;

#define RECORD_OF(medium) \
  "medium=" medium " | purpose=purpose_2 | count=120 | copies=0 | source=J-LIS | recorded_on=2026-09-01"
#define REQUEST "kind=round_trip | media=M1 | counterpart=X1 | destination=電算センター | reason=提出のため |" \
                " since=2026-09-02 | until=2026-09-09"

#define DAY(day, name) "{\"day\":\"2026-" day "\",\"name\":\"" name "\"}"
/* An official list that knows a holiday more than the law: October's payment moves to the 14th. */
#define OFFICIAL \
  "source=内閣府「国民の祝日」について | days=[" DAY ("01-01", "元日") "," DAY ("01-12", "成人の日") "," \
  DAY ("02-11", "建国記念の日") "," DAY ("02-23", "天皇誕生日") "," DAY ("03-20", "春分の日") "," \
  DAY ("04-29", "昭和の日") "," DAY ("05-03", "憲法記念日") "," DAY ("05-04", "みどりの日") "," \
  DAY ("05-05", "こどもの日") "," DAY ("10-15", "即位の日") "]"

/* Half a year of a small office. */
static const Told story[] = {
  { NULL, GENERAL, "operator.designate", NULL, "person=P6 | since=2026-09-01 | document_no=総務第12号" },
  { NULL, GENERAL, "place.establish", NULL, "title=媒体保管庫 | room=サーバ室 | level=3" },
  { NULL, DEPUTY, "place.establish", NULL, "title=副保管庫 | room=書庫 | level=3 | absence=leave" },
  { NULL, GENERAL, "hand.inspect", "L2", "" },
  { NULL, GENERAL, "rule.enter", NULL, "kind=media_kind | title=ＵＳＢメモリの使用 | in_force_from=2026-09-01 | allows=usb" },
  { NULL, OPERATOR, "media.register", NULL, "media_kind=usb | label=ＵＳＢ１ | serial=SN-1" },
  { NULL, OPERATOR, "media.record", NULL, RECORD_OF ("M1") " | note=月次の抽出" },
  { NULL, OPERATOR, "media.store", "M1", "place=L1" },
  { NULL, OPERATOR, "media.register", NULL, "media_kind=usb | label=ＵＳＢ２ | serial=SN-2" },
  { NULL, OPERATOR, "media.record", NULL, RECORD_OF ("M2") },
  { NULL, OPERATOR, "media.store", "M2", "place=L1" },
  { NULL, OPERATOR, "outsider.amend", "X1", "telephone=09012345678" },
  { NULL, OPERATOR, "takeout.request", NULL, REQUEST },
  { NULL, GENERAL, "hand.ask_back", "T1", "reason=日程を見直すこと" },
  { NULL, OPERATOR, "takeout.request", "T1", REQUEST },
  { NULL, DEPUTY, "hand.give", "T1", "absence=business_trip" },
  { NULL, PENSION, "hand.give", "T1", "" },
  { "2026-09-02T10:00", OPERATOR, "takeout.dispatch", "T1", "quantity=1 | count=120 | container=locked_container | "
                                                            "seal=S-1 | carrier=X1 | taker_paper=yes" },
  { NULL, OPERATOR, "takeout.arrive", "T1", "arrived_seal=S-9 | arrival=sound | receiver=X1 | receiver_paper=yes |"
    " deviation_reason=封印番号の控え違い" },
  { "2026-09-08T15:00", OPERATOR, "takeout.return", "T1", "returned_quantity=1 | returned_count=120 | "
                                                          "returned_state=sound |"
    " returner=X1 | returner_paper=yes | taken_back_by=P4 | place=L1" },
  { NULL, OPERATOR, "media.checkout", "M2", "used_for=purpose_2" },
  { NULL, OPERATOR, "media.checkin", "M2", "place=L1" },
  { NULL, GENERAL, "person.register", NULL, "staff_no=21 | name=新人 さくら | with=6" },
  { NULL, CHIEF, "rule.order", NULL, "title=理事長の定め | decides=P5 | in_force_from=2026-09-01 | with=3" },
  { "2026-09-07T09:00", OPERATOR, "media.check", "M2", "checked_on=2026-09-07 | condition=sound | clock=behind | "
                                                    "late_reason=入力漏れ" },
  { NULL, PENSION, "hand.give", "M2", "clock=behind" },
  { NULL, PENSION, "holiday.adopt", NULL, OFFICIAL " | with=2 | clock=behind" },
  { "2026-10-20T13:00", OPERATOR, "media.erase", "M1", "erasure=overwrite | erased_count=120 | erasure_verified=yes | "
                                                       "clock=ahead" },
  { NULL, OPERATOR, "media.destroy", NULL, "media=M2 | identified=[{\"medium\":\"M2\",\"serial\":\"SN-2\"}] | "
                                           "method=shred_flash |"
    " instead_of_erasing=yes | place=倉庫 | witness=P6 | happened=2026-10-19T10:00 | late_reason=入力漏れ" },
  { NULL, CLERK, "hand.give", "D1", "" },
  { NULL, PENSION, "hand.give", "D1", "" },
  { NULL, OPERATOR, "media.lost", "M1", "note=棚卸で見当たらない | incident_no=2026-1" },
  { NULL, GENERAL, "shortfall.close", "S1", "measure=控えの様式を改めた" },
  { NULL, GENERAL, "person.leave", "P6", "since=2026-10-20 | with=3" },
};

static gint64
seq_of (Yard *yard, const char *kind, const char *subject)
{
  g_autofree char *sql = g_strdup_printf ("SELECT max(seq) FROM act WHERE kind = '%s' AND subject = '%s'", kind,
                                          subject);

  return yard_int (yard, sql);
}

static void
act_upon (Yard *yard, gint64 person, const char *kind, const char *subject, gint64 seq, const char *more)
{
  g_autofree char *answers = g_strdup_printf ("act=%d | %s", (int) seq, more);

  yard_expect (yard, "done", person, kind, subject, answers);
}

/* What nobody may make, chained and signed by a tool that knows no rule. */
static void
forge_some (Yard *yard)
{
  static const struct { gint64 actor, key_of; const char *kind, *subject, *body; } forged[] = {
    { CLERK, CLERK, "outsider.register", "X2", "{\"company\":\"某社\",\"name\":\"退職後\"}" },
    { CHIEF, OPERATOR, "media.register", "M3", "{\"label\":\"偽\",\"media_kind\":\"usb\",\"serial\":\"SN-3\"}" },
    { OPERATOR, OPERATOR, "media.register", "M9", "{\"label\":\"飛\",\"media_kind\":\"usb\",\"serial\":\"SN-3\"}" },
    { OPERATOR, OPERATOR, "operator.designate", "N3", "{\"person\":\"P3\",\"since\":\"2026-10-20\"}" },
    { DEPUTY, DEPUTY, "place.close", "L2", "{}" },
    { OPERATOR, OPERATOR, "takeout.dispatch", "T1", "{}" },
    { OPERATOR, OPERATOR, "person.register", "P9", "{\"name\":\"幽霊\",\"staff_no\":\"99\"}" },
    { GENERAL, GENERAL, "edition.adopt", "F1", "{\"edition\":1}" },
    { GENERAL, GENERAL, "media.check", "M1", "{\"unknown\":true}" },
    { OPERATOR, OPERATOR, "media.erase", "M1", "{\"erased_count\":0,\"erasure\":\"overwrite\","
      "\"erasure_verified\":true,\"payment_day\":\"2026-10-14\"}" },
    { PENSION, PENSION, "holiday.adopt", "H2", "{\"days\":[{\"day\":\"2026-01-01\",\"name\":\"元日\"}],"
      "\"first_year\":2026,\"last_year\":2026,\"source\":\"抜粋\"}" },
    { CHIEF, CHIEF, "file.found", "F2", "{}" },
    { GENERAL, GENERAL, "hand.give", "T1", "{\"act\":1,\"as\":\"information_manager\"}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forged); i++)
    yard_forge (yard, forged[i].actor, yard->keys[forged[i].key_of], forged[i].kind, forged[i].subject,
                forged[i].body, NULL);
}

static void
live (Yard *yard)
{
  for (gsize i = 0; i < G_N_ELEMENTS (story); i++)
    {
      g_autofree char *became = NULL;

      if (story[i].day != NULL)
        yard_set_time (yard, story[i].day);
      became = yard_try (yard, story[i].person, story[i].kind, story[i].subject, story[i].answers);
      g_print ("%s: %s\n", story[i].kind, became);
    }
  act_upon (yard, OPERATOR, "act.correct", "X1", seq_of (yard, "outsider.amend", "X1"),
            "question=telephone | value=09087654321 | reason=番号の誤記");
  act_upon (yard, GENERAL, "text.redact", "B1", seq_of (yard, "media.record", "B1"),
            "question=note | reason=本人確認情報の誤記 | with=3");
  yard_expect (yard, "done", OPERATOR, "outsider.register", NULL, "name=林 次郎 | company=破砕店");
  act_upon (yard, OPERATOR, "act.void", "X2", seq_of (yard, "outsider.register", "X2"), "reason=二重登録");
  yard_expect (yard, "done", GENERAL, "ledger.note", "F1", "fault=7K2M-9Q4T-X0AB-3C5D | reason=調査済み | with=3");
  yard_expect (yard, "done", GENERAL, "clock.correct", "F1", "reason=電池の交換 | with=3");
  forge_some (yard);
}

/* `test-acts-kan-edition FILE` writes the chain anew, while no file of this edition is in use yet. */
static void
write_golden (const char *path)
{
  g_autoptr(Yard) yard = yard_new_of (kan_registers ());
  g_autoptr(KanCalendar) calendar = kan_profile_new_calendar (kan_book_get_profile (yard->book));
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GPtrArray) acts = NULL;
  g_autoptr(KanScratch) scratch = NULL;

  kan_book_set_calendar (yard->book, calendar);
  live (yard);
  acts = kan_ledger_read (yard->db, 1, G_MAXINT64, NULL);
  scratch = kan_scratch_new (yard->book, NULL);
  for (guint i = 0; i < acts->len; i++)
    {
      const KanAct *act = g_ptr_array_index (acts, i);
      g_autoptr(KanBody) line = line_of_act (act);
      g_autofree char *verdict = judge_again (kan_scratch_get_book (scratch), act), *json = NULL;

      kan_body_set_text (line, "verdict", verdict);
      json = kan_body_encode (line, NULL);
      g_string_append_printf (out, "%s\n", json);
    }
  g_assert_true (g_file_set_contents (path, out->str, (gssize) out->len, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (argc == 2)
    {
      write_golden (argv[1]);
      return 0;
    }
  g_test_add_func ("/edition/old-acts-still-verify", test_old_acts_still_verify);
  g_test_add_func ("/edition/older-program", test_older_program);
  g_test_add_func ("/edition/adopted-by-hand", test_adopted_by_hand);
  g_test_add_func ("/edition/first-act", test_first_act);
  g_test_add_func ("/edition/pending-over-the-change", test_pending_over_the_change);
  g_test_add_func ("/edition/question-went-away", test_question_went_away);
  g_test_add_func ("/edition/golden", test_golden);
  return g_test_run ();
}
