/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile is adopted by two, and each act judged by the one that is in force and applies (施行日, 適用日). */
#include "fixture.h"

#include <string.h>

#define ERASE "erasure=overwrite | erased_count=12 | erasure_verified=yes | erased_by=P4"
#define NEEDS "\"early_destruction_needs_approval\": "

/* An office with one medium, and a second profile under which early destruction needs no approval. */
static Office *
new_office (const char *days)
{
  Office *office = office_new ("nagasaki");
  g_autofree char *json = office_profile_with ("nagasaki", NEEDS "true", NEEDS "false");
  g_autofree char *answers = g_strdup_printf ("%s | json=%s | with=2", days, json);

  office_add_medium (office, "ＵＳＢ１", 12);
  office_expect (office, "done", PENSION, "profile.adopt", NULL, answers);
  return office;
}

/* An early erasure, told at @now. */
static void
erase (Office *office, const char *verdict, const char *now, const char *happened)
{
  gboolean late = strncmp (now, happened, strlen ("2026-09-09")) != 0;
  g_autofree char *answers = g_strdup_printf (ERASE " | happened=%s%s", happened, late ? " | late_reason=記入漏れ" : "");

  g_test_message ("%s of %s", now, happened);
  office_set_time (office, now);
  office_expect (office, verdict, OPERATOR, "media.erase", "M1", answers);
}

static void
test_adoption (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autofree char *json = office_profile_with ("nagasaki", NEEDS "true", NEEDS "false");
  static const struct { const char *verdict; gint64 who; const char *answers; } cases[] = {
    { "refused in_force_from json", PENSION, "" },
    { "refused json", PENSION, "in_force_from=2026-10-01 | json={}" },
    { "refused not_entitled", OPERATOR, "in_force_from=2026-10-01" },
    { "refused in_force_from", PENSION, "in_force_from=2026-08-31" },    /* founded on the day after */
    { "waits second", PENSION, "in_force_from=2026-10-01" },
    { "waits second", PENSION, "in_force_from=2026-10-01 | applies_from=2026-11-01" },
    /* what happened before is judged otherwise than it was known to be: that wants a reason */
    { "refused reason", PENSION, "in_force_from=2026-10-01 | applies_from=2026-09-30" },
    { "waits second", PENSION, "in_force_from=2026-10-01 | applies_from=2026-09-30 | reason=改正附則による" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answers = i < 2 ? g_strdup (cases[i].answers)
                                       : g_strdup_printf ("%s | json=%s", cases[i].answers, json);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      office_expect (office, cases[i].verdict, cases[i].who, "profile.adopt", NULL, answers);
    }
}

/* In force, but not yet applying: what happens until then is judged by the former, also when it is told afterwards. */
static void
test_applies_later (void)
{
  static const struct { const char *verdict, *now, *happened; } cases[] = {
    { "marked 11-1.not_due", "2026-09-09T09:00", "2026-09-09T08:00" },
    { "marked 11-1.not_due", "2026-09-12T09:00", "2026-09-12T08:00" },
    { "marked 11-1.not_due", "2026-09-21T09:00", "2026-09-19T17:00" },
    { "done", "2026-09-21T09:00", "2026-09-20T08:00" },
    { "done", "2026-09-21T09:00", "2026-09-21T08:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Office) office = new_office ("in_force_from=2026-09-10 | applies_from=2026-09-20");

      erase (office, cases[i].verdict, cases[i].now, cases[i].happened);
    }
}

/* Reaching back: what happened since its day of application is judged by it once it is in force, and not before. */
static void
test_applies_earlier (void)
{
  static const struct { const char *verdict, *now, *happened; } cases[] = {
    { "marked 11-1.not_due", "2026-09-09T09:00", "2026-09-06T10:00" },
    { "done", "2026-09-12T09:00", "2026-09-06T10:00" },
    { "done", "2026-09-12T09:00", "2026-09-05T00:00" },
    { "marked 11-1.not_due", "2026-09-12T09:00", "2026-09-04T17:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Office) office = new_office ("in_force_from=2026-09-10 | applies_from=2026-09-05 | reason=附則");

      erase (office, cases[i].verdict, cases[i].now, cases[i].happened);
    }
}

/* A gate is judged on its day alone: by a profile only from the later of both days on. */
static void
test_gate (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autofree char *json = office_profile_with ("nagasaki", "\"approval_valid_days\": 30", "\"approval_valid_days\": 3");
  g_autofree char *answers = g_strdup_printf ("in_force_from=2026-09-10 | applies_from=2026-09-20 | with=2 | json=%s",
                                              json);

  office_add_medium (office, "ＵＳＢ１", 12);
  office_expect (office, "done", PENSION, "profile.adopt", NULL, answers);
  office_set_time (office, "2026-09-19T09:00");
  office_expect (office, "waits information_manager", OPERATOR, "media.early", "M1",
                 "early_reason=誤記録 | early_until=2026-10-19");
  office_expect (office, "done", OPERATOR, "hand.withdraw", "M1", "");
  office_set_time (office, "2026-09-20T09:00");
  office_expect (office, "refused 11-1.early_until", OPERATOR, "media.early", "M1",
                 "early_reason=誤記録 | early_until=2026-09-24");
  office_expect (office, "waits information_manager", OPERATOR, "media.early", "M1",
                 "early_reason=誤記録 | early_until=2026-09-23");
}

static void
adopt (Office *office, const char *was, const char *becomes)
{
  g_autofree char *json = office_profile_with ("nagasaki", was, becomes);
  g_autofree char *answers = g_strdup_printf ("in_force_from=2026-09-01 | with=2 | json=%s", json);

  office_expect (office, "done", PENSION, "profile.adopt", NULL, answers);
}

#define REQUEST "kind=round_trip | counterpart=X1 | destination=センター | reason=処理 | since=2026-09-01 |" \
  " until=2026-09-03"

/* What waits keeps the hands that it began with; what is asked for afterwards has those of the new profile. */
static void
test_what_waits_keeps_its_hands (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_add_medium (office, "ＵＳＢ１", 12);
  office_add_medium (office, "ＵＳＢ２", 12);
  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL,
                 REQUEST " | media=M1");
  office_expect (office, "waits system_manager", GENERAL, "hand.give", "T1", "");
  adopt (office, "\"acts\": {}", "\"acts\": {\"takeout.request\": {\"hands\": [\"information_manager\"]}}");
  office_expect (office, "waits information_manager", OPERATOR, "takeout.request", NULL, REQUEST " | media=M2");
  office_expect (office, "done", PENSION, "hand.give", "T1", "");
  office_expect (office, "done", GENERAL, "hand.give", "T2", "");
}

/* What happened is judged at its last hand by what was known when it was signed. */
static void
test_what_happened_stays_judged (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_add_medium (office, "ＵＳＢ１", 12);
  office_expect (office, "marked 11-1.not_due waits system_manager", OPERATOR, "media.destroy", NULL,
                 "media=M1 | identified=[{\"medium\":\"M1\",\"serial\":\"SN-ＵＳＢ１\"}] | method=shred_flash |"
                 " place=第二倉庫 | executor=P4 | witness=X1 | witness_paper=yes | instead_of_erasing=yes");
  adopt (office, "\"destruction\": [\"shred_flash\", \"crush_flash\"]", "\"destruction\": [\"crush_flash\"]");
  office_expect (office, "done", PENSION, "hand.give", "D1", "");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM shortfall WHERE rule = '11-5.method'"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/regulation/adoption", test_adoption);
  g_test_add_func ("/regulation/applies-later", test_applies_later);
  g_test_add_func ("/regulation/applies-earlier", test_applies_earlier);
  g_test_add_func ("/regulation/gate", test_gate);
  g_test_add_func ("/regulation/what-waits-keeps-its-hands", test_what_waits_keeps_its_hands);
  g_test_add_func ("/regulation/what-happened-stays-judged", test_what_happened_stays_judged);
  return g_test_run ();
}
