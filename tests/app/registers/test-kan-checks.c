/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks that several registers share, one by one: days, persons, places, media kinds, deadlines. */
#include "fixture.h"

#include "acts/kan-book-private.h"
#include "registers/kan-checks.h"

#include <string.h>

/* An act upon the stored M1 that is entered on 1 October 2026 and happened on 10 September. */
#define NOW "2026-10-01T10:00"
#define HAPPENED "2026-09-10T09:30"

static Office *
new_office (void)
{
  Office *office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 5);
  office_expect (office, "done", GENERAL, "place.establish", NULL, "title=廃止 | room=地下 | level=3");
  office_expect (office, "done", GENERAL, "place.close", "L3", "");
  office_set_time (office, NOW);
  return office;
}

static KanCase *
new_case (Office *office, const char *kind, const char *happened, const char *answers)
{
  g_auto(GStrv) pairs = g_strsplit (answers, " | ", -1);
  const KanRegister *reg = NULL;
  const KanKind *found = kan_book_find_kind (office->book, kind, &reg);
  KanCase *c = kan_case_new (office->book, found, reg, office->now, happened, OPERATOR);

  c->body = kan_body_new ();
  for (char **pair = pairs; *pair != NULL && **pair != '\0'; pair++)
    {
      g_auto(GStrv) parts = g_strsplit (*pair, "=", 2);

      kan_body_set_text (c->body, parts[0], parts[1]);
    }
  kan_case_set_subject (c, "M1");
  return c;
}

/* "", or the first refusal as "KEY: sentence", before it the rule where it is one. */
static char *
first_refusal (KanCase *c)
{
  const KanRefusal *refusal = c->refusals->len > 0 ? g_ptr_array_index (c->refusals, 0) : NULL;

  g_assert_no_error (c->error);
  g_assert_cmpuint (c->refusals->len, <=, 1);
  if (refusal == NULL)
    return g_strdup ("");
  return g_strdup_printf ("%s%s%s", refusal->rule != NULL ? refusal->rule : "", refusal->rule != NULL ? " " : "",
                          refusal->key != NULL ? refusal->key : "act");
}

typedef void (*Check) (KanCase *c);
typedef struct { const char *answers, *refused; } CheckCase;

static void
run_checks (Office *office, Check check, const char *kind, const char *happened, const CheckCase *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr(KanCase) c = new_case (office, kind, happened, cases[i].answers);
      g_autofree char *refused = NULL;

      check (c);
      refused = first_refusal (c);
      g_test_message ("%s: %s", cases[i].answers, refused);
      g_assert_cmpstr (refused, ==, cases[i].refused);
    }
}

/* --- days ----------------------------------------------------------------------------------------------------- */

static void
order (KanCase *c)
{
  kan_check_order (c, "first", "last");
}

static void
not_ahead (KanCase *c)
{
  kan_check_not_ahead (c, "day");
}

static void
not_past (KanCase *c)
{
  kan_check_not_past (c, "day");
}

static void
test_days (void)
{
  static const CheckCase orders[] = {
    { "", "" }, { "first=2026-09-02", "" }, { "last=2026-09-01", "" }, { "first=2026-09-02 | last=2026-09-02", "" },
    { "first=2026-09-02 | last=2026-09-03", "" }, { "first=2026-09-02 | last=2026-09-01", "last" },
    { "first=2026-10-01 | last=2026-09-30", "last" },
  };
  /* by the day on which it happened, not by the day of the entry */
  static const CheckCase ahead[] = {
    { "", "" }, { "day=2026-09-09", "" }, { "day=2026-09-10", "" }, { "day=2026-09-11", "day" },
    { "day=2026-10-01", "day" },
  };
  static const CheckCase past[] = {
    { "", "" }, { "day=2026-09-09", "day" }, { "day=2026-09-10", "" }, { "day=2027-01-01", "" },
  };
  static const CheckCase past_today[] = { { "day=2026-09-30", "day" }, { "day=2026-10-01", "" } };
  g_autoptr(Office) office = new_office ();

  run_checks (office, order, "media.store", HAPPENED, orders, G_N_ELEMENTS (orders));
  run_checks (office, not_ahead, "media.store", HAPPENED, ahead, G_N_ELEMENTS (ahead));
  run_checks (office, not_past, "media.store", HAPPENED, past, G_N_ELEMENTS (past));
  run_checks (office, not_past, "media.store", NULL, past_today, G_N_ELEMENTS (past_today));
}

/* --- persons and places --------------------------------------------------------------------------------------- */

static void
any (KanCase *c)
{
  kan_check_any (c, "name", "room", NULL);
}

static void
employed (KanCase *c)
{
  kan_check_employed (c, "person", kan_answer_ref (c, "person") == CLERK);
}

static void
handler (KanCase *c)
{
  kan_check_handler (c, "holder");
}

static void
storage (KanCase *c)
{
  kan_check_storage (c, "place");
}

static void
undamaged (KanCase *c)
{
  kan_check_undamaged (c, "arrival");
}

static void
test_answers (void)
{
  static const CheckCase anys[] = {
    { "", "act" }, { "other=1", "act" }, { "name=一", "" }, { "room=一", "" }, { "name=一 | room=二", "" },
  };
  static const CheckCase persons[] = { { "", "" }, { "person=P7", "" }, { "person=P6", "person" } };
  /* whoever is of another body is looked after by an operator, and none of the staff but operators handles media */
  static const CheckCase handlers[] = {
    { "", "" }, { "holder=P4", "" }, { "holder=P5", "" }, { "holder=X1", "" }, { "holder=P7", "9-1.operator holder" },
    { "holder=P1", "9-1.operator holder" }, { "holder=P99", "9-1.operator holder" },
  };
  /* of level 3, and in use */
  static const CheckCase places[] = {
    { "", "" }, { "place=L1", "" }, { "place=L2", "11-2.place place" }, { "place=L3", "11-2.place place" },
    { "place=L9", "11-2.place place" },
  };
  static const CheckCase arrivals[] = { { "", "" }, { "arrival=sound", "" }, { "arrival=damaged",
                                                                              "11-3.damage arrival" } };
  g_autoptr(Office) office = new_office ();

  run_checks (office, any, "place.amend", NULL, anys, G_N_ELEMENTS (anys));
  run_checks (office, employed, "appointment.make", NULL, persons, G_N_ELEMENTS (persons));
  run_checks (office, handler, "media.checkout", NULL, handlers, G_N_ELEMENTS (handlers));
  run_checks (office, storage, "media.store", NULL, places, G_N_ELEMENTS (places));
  run_checks (office, undamaged, "media.receive", NULL, arrivals, G_N_ELEMENTS (arrivals));
}

/* --- media kinds ---------------------------------------------------------------------------------------------- */

static void
media_kind (KanCase *c)
{
  kan_check_media_kind (c, "media_kind", kan_answer (c, "media_kind"));
}

/* Sticks and discs want a rule of the day on which it happened; the rest the regulation itself allows; what the profile
 * does not know is not judged. */
static void
test_media_kinds (void)
{
  static const CheckCase september[] = {
    { "", "" }, { "media_kind=usb", "" }, { "media_kind=dvd", "2.media_kind media_kind" }, { "media_kind=hdd", "" },
    { "media_kind=paper", "" }, { "media_kind=clay", "" },
  };
  static const CheckCase august[] = { { "media_kind=usb", "2.media_kind media_kind" }, { "media_kind=hdd", "" } };
  g_autoptr(Office) office = new_office ();

  run_checks (office, media_kind, "media.register", HAPPENED, september, G_N_ELEMENTS (september));
  run_checks (office, media_kind, "media.register", "2026-08-31T10:00", august, G_N_ELEMENTS (august));
}

/* --- deadlines ------------------------------------------------------------------------------------------------ */

static void
due (KanCase *c)
{
  kan_check_due (c, kan_answer (c, "recorded"));
}

/* The next payment after the recording is on 15 October; what is answered must be that day, and it must have come. */
static void
test_due (void)
{
  static const CheckCase early[] = {
    { "", "" },
    { "payment_day=2026-10-15", "payment_day" },
    { "recorded=2026-08-20 | payment_day=2026-10-15", "11-1.not_due payment_day" },
    { "recorded=2026-06-20 | payment_day=2026-08-14", "" },
  };
  static const CheckCase wrong[] = { { "recorded=2026-06-20 | payment_day=2026-08-17", "payment_day" },
                                     { "recorded=2026-06-20", "payment_day" } };
  g_autoptr(Office) office = new_office ();

  run_checks (office, due, "media.erase", NULL, early, G_N_ELEMENTS (early));
  run_checks (office, due, "media.erase", NULL, wrong, G_N_ELEMENTS (wrong));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks/days", test_days);
  g_test_add_func ("/checks/answers", test_answers);
  g_test_add_func ("/checks/media-kinds", test_media_kinds);
  g_test_add_func ("/checks/due", test_due);
  return g_test_run ();
}
