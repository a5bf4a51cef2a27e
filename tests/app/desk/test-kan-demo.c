/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo office: the same for the same day, without a fault on whatever day it is founded, with all it promises. */
#include "desk/kan-demo.h"

#include <glib/gstdio.h>
#include <string.h>

#define DAY "2026-11-10T09:00"

typedef struct { char *path; KanDemoOffice *office; KanDesk *desk; gint64 now; } Demo;

static void
demo_free (Demo *self)
{
  g_clear_pointer (&self->desk, kan_desk_free);
  g_clear_pointer (&self->office, kan_demo_office_free);
  g_unlink (self->path);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Demo, demo_free)

/* Built and opened again by somebody who works there. */
static Demo *
demo_new (const char *at, guint years, guint acts)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Demo) self = g_new0 (Demo, 1);
  KanDemoOptions options = { .years = years, .acts = acts };
  const KanDemoLogin *chief;

  g_assert_true (kan_minute_parse (at, &self->now));
  options.now = self->now;
  self->path = g_strdup_printf ("%s/kanribo-test-%08x.kanribo", g_get_tmp_dir (), kan_random_below (G_MAXINT32));
  self->office = kan_demo_build (self->path, &options, &error);
  g_assert_no_error (error);
  self->desk = kan_desk_open (self->path, KAN_VAULT_WRITE, &error);
  g_assert_no_error (error);
  chief = g_ptr_array_index (self->office->logins, 0);
  g_assert_true (kan_desk_unlock (self->desk, chief->login, chief->passphrase, self->now, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&self);
}

static KanDb *
db_of (Demo *self)
{
  return kan_vault_get_db (kan_desk_get_vault (self->desk));
}

static gint64
ask (Demo *self, const char *sql)
{
  g_autoptr(GError) error = NULL;
  gint64 value = 0;

  g_assert_true (kan_db_get_int (db_of (self), &value, &error, sql, ""));
  g_assert_no_error (error);
  return value;
}

#define expect_some(self, sql) g_assert_cmpint (ask (self, "SELECT count(*) FROM " sql), >, 0)

static void
expect_clean (Demo *self)
{
  g_autoptr(GError) error = NULL;
  KanVerifyOptions options = { 0 };
  g_autoptr(KanVerdict) verdict = kan_desk_verify (self->desk, &options, &error);

  g_assert_no_error (error);
  g_assert_cmpint (verdict->n_acts, ==, self->office->n_acts);
  for (guint i = 0; i < verdict->faults->len; i++)
    g_test_message ("%s", ((KanFault *) g_ptr_array_index (verdict->faults, i))->what);
  g_assert_cmpuint (verdict->faults->len, ==, 0);
}

static guint
n_due (Demo *self, KanDueKind kind)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) due = kan_desk_list_due (self->desk, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < due->len; i++)
    n += ((KanDue *) g_ptr_array_index (due, i))->kind == kind;
  return n;
}

/* --- the same again ------------------------------------------------------------------------------------------- */

/* Keys and salted digests of free text are each file's own: 64 hexadecimal digits. */
static char *
without_hashes (const char *body)
{
  g_autoptr(GRegex) hash = g_regex_new ("\"[0-9a-f]{64}\"", 0, 0, NULL);

  return g_regex_replace_literal (hash, body, -1, 0, "\"…\"", 0, NULL);
}

static void
expect_same_act (const KanAct *a, const KanAct *b)
{
  g_autofree char *one = without_hashes (a->body), *other = without_hashes (b->body);

  g_assert_cmpint (a->seq, ==, b->seq);
  g_assert_cmpstr (a->at, ==, b->at);
  g_assert_cmpint (a->actor, ==, b->actor);
  g_assert_cmpstr (a->kind, ==, b->kind);
  g_assert_cmpstr (a->subject, ==, b->subject);
  g_assert_cmpstr (a->happened_at, ==, b->happened_at);
  g_assert_cmpstr (one, ==, other);
  if (a->seq > 1)
    g_assert_cmpstr (a->session, ==, b->session);
}

static void
test_same (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Demo) one = demo_new (DAY, 2, 0), other = demo_new ("2026-11-10T16:20", 2, 0);
  g_autoptr(GPtrArray) a = kan_ledger_read (db_of (one), 1, one->office->n_acts, &error);
  g_autoptr(GPtrArray) b = kan_ledger_read (db_of (other), 1, other->office->n_acts, &error);
  const KanDemoLogin *chief = g_ptr_array_index (one->office->logins,
                                                 0), *same = g_ptr_array_index (other->office->logins, 0);

  g_assert_no_error (error);
  g_assert_cmpuint (a->len, ==, one->office->n_acts);
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    expect_same_act (g_ptr_array_index (a, i), g_ptr_array_index (b, i));
  g_assert_cmpint (memcmp (((KanAct *) g_ptr_array_index (a, 1))->key, ((KanAct *) g_ptr_array_index (b, 1))->key,
                           KAN_KEY_SIZE),
                   !=, 0);
  g_assert_cmpstr (chief->login, ==, same->login);
  g_assert_false (kan_secret_get_size (chief->passphrase) == kan_secret_get_size (same->passphrase) &&
                  memcmp (kan_secret_peek_bytes (chief->passphrase), kan_secret_peek_bytes (same->passphrase),
                          kan_secret_get_size (chief->passphrase)) == 0);
}

/* --- what is in it -------------------------------------------------------------------------------------------- */

static void
test_people (void)
{
  g_autoptr(Demo) demo = demo_new (DAY, 2, 0);

  g_assert_cmpuint (demo->office->logins->len, ==, 12);
  g_assert_cmpint (ask (demo, "SELECT count(*) FROM key WHERE state = 'valid'"), ==, 12);
  expect_some (demo, "person WHERE instr (name, '辻' || char (0xE0100)) > 0");
  expect_some (demo, "person WHERE instr (name, '邉' || char (0xE0102)) > 0");
  expect_some (demo, "person WHERE instr (name, char (0x20BB7)) > 0");
  expect_some (demo, "appointment WHERE since LIKE '%-04-01' AND ordered_on < since");
  expect_some (demo, "appointment WHERE kind = 'acting' AND until IS NOT NULL");
  g_assert_cmpint (ask (demo, "SELECT count(*) FROM operator WHERE state = 'revoked'"), ==, 1);
  expect_some (demo, "rule WHERE allows = 'usb' AND state = 'in_force'");
  expect_some (demo, "rule WHERE decides IS NOT NULL AND state = 'in_force'");
  g_assert_cmpint (ask (demo, "SELECT count(*) FROM outsider WHERE state = 'known'"), ==, 6);
  g_assert_cmpint (ask (demo, "SELECT count(*) FROM outsider WHERE state = 'void'"), ==, 1);
  g_assert_cmpint (ask (demo, "SELECT count(*) FROM place WHERE level = 3"), ==, 2);
  g_assert_cmpint (ask (demo, "SELECT count(DISTINCT actor) FROM act"), >=, 11);
}

static void
test_media (void)
{
  g_autoptr(Demo) demo = demo_new (DAY, 2, 0);

  g_assert_cmpint (ask (demo, "SELECT count(DISTINCT media_kind) FROM medium"), ==, 6);
  g_assert_cmpint (ask (demo, "SELECT count(DISTINCT serves) FROM batch WHERE serves IS NOT NULL"), >=, 11);
  g_assert_cmpint (ask (demo, "SELECT count(DISTINCT state) FROM batch"), >=, 4);
  g_assert_cmpint (ask (demo, "SELECT count(DISTINCT kind) FROM takeout WHERE state IN ('returned', 'closed')"), ==, 3);
  expect_some (demo, "takeout WHERE state = 'refused'");
  expect_some (demo, "takeout WHERE returned_at IS NOT NULL AND arrived_at IS NOT NULL AND dispatched_at IS NOT NULL");
  expect_some (demo, "takeout WHERE carrier LIKE 'P%' AND state = 'returned'");
  expect_some (demo, "takeout WHERE erasure_proof IS NOT NULL");
  expect_some (demo, "medium WHERE state = 'erased'");
  g_assert_cmpint (ask (demo, "SELECT count(*) FROM destruction WHERE state = 'certified'"), >, 15);
  expect_some (demo, "destruction WHERE contractor_certificate IS NOT NULL");
  g_assert_cmpint (ask (demo, "SELECT count(DISTINCT certificate_fy) FROM destruction"), ==, 3);
  g_assert_cmpint (ask (demo, "SELECT count(*) FROM (SELECT max(certificate_no) - count(*) AS gap FROM destruction"
                              " GROUP BY certificate_fy) WHERE gap <> 0"), ==, 0);
  for (const char *const *kind = (const char *const[]) { "media.receive", "media.move", "media.check", "media.checkin",
                                                        "media.early",
                                                         "media.erase_failed", "media.hold", "media.delay",
                                                        "media.found", NULL };
       *kind != NULL; kind++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM act WHERE kind = '%s'", *kind);

      g_assert_cmpint (ask (demo, sql), >, 0);
    }
}

static void
test_open_matters (void)
{
  g_autoptr(Demo) demo = demo_new (DAY, 2, 0);

  expect_clean (demo);
  g_assert_cmpuint (n_due (demo, KAN_DUE_OVERDUE), ==, 2);
  g_assert_cmpuint (n_due (demo, KAN_DUE_WAITING), ==, 1);
  g_assert_cmpuint (n_due (demo, KAN_DUE_OUT), ==, 1);
  g_assert_cmpuint (n_due (demo, KAN_DUE_NOT_BACK), ==, 1);
  g_assert_cmpuint (n_due (demo, KAN_DUE_SHORTFALL), ==, 1);
  g_assert_cmpuint (n_due (demo, KAN_DUE_INSPECTION), ==, 1);
  g_assert_cmpuint (n_due (demo, KAN_DUE_REVIEW), ==, 1);
  g_assert_cmpint (ask (demo, "SELECT count(*) FROM correction WHERE new IS NOT NULL"), ==, 1);
  g_assert_cmpint (ask (demo, "SELECT count(*) FROM act WHERE kind = 'act.void'"), ==, 1);
  g_assert_cmpint (ask (demo, "SELECT count(*) FROM act WHERE happened_at IS NOT NULL"), >=, 1);
  expect_some (demo, "shortfall WHERE state = 'open' AND rule = '11-3.late_return'");
  expect_some (demo, "shortfall WHERE state = 'closed'");
  expect_some (demo, "batch WHERE state = 'open' AND delay_reason IS NOT NULL");
  expect_some (demo, "hand WHERE principal IS NOT NULL AND inspected IS NOT NULL");
}

/* Turns of the year, payment days, the days around 1 April, a Sunday; one year and three. */
static void
test_any_day (void)
{
  static const struct { const char *at; guint years; } days[] = {
    { "2026-01-01T00:00", 2 }, { "2026-03-17T23:59", 2 }, { "2026-03-29T10:00", 1 }, { "2026-04-02T08:00", 2 },
    { "2027-02-15T12:00", 1 }, { "2026-08-16T12:00", 3 }, { "2028-02-29T12:00", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr(Demo) demo = demo_new (days[i].at, days[i].years, 0);

      expect_clean (demo);
      g_assert_cmpuint (n_due (demo, KAN_DUE_OVERDUE), >=, 2);
      g_assert_cmpuint (n_due (demo, KAN_DUE_WAITING), >=, 1);
      g_assert_cmpuint (n_due (demo, KAN_DUE_INSPECTION), >=, 1);
    }
}

static void
test_growth (void)
{
  g_autoptr(Demo) demo = demo_new (DAY, 1, 5000);

  g_assert_cmpint (demo->office->n_acts, >=, 5000);
  g_assert_cmpint (ask (demo, "SELECT count(*) FROM act"), ==, demo->office->n_acts);
  g_assert_cmpuint (n_due (demo, KAN_DUE_OVERDUE), ==, 2);
  expect_clean (demo);
}

static void
test_there_already (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Demo) demo = demo_new (DAY, 1, 0);
  KanDemoOptions options = { .now = demo->now };
  g_autofree char *before = NULL, *after = NULL;
  gsize size = 0, now_size = 0;

  g_assert_true (g_file_get_contents (demo->path, &before, &size, NULL));
  g_assert_null (kan_demo_build (demo->path, &options, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_EXISTS);
  g_assert_true (g_file_get_contents (demo->path, &after, &now_size, NULL));
  g_assert_cmpmem (before, size, after, now_size);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!kan_crypto_init (NULL))
    return 1;
  kan_stretch_set_light (TRUE);
  g_test_add_func ("/demo/same", test_same);
  g_test_add_func ("/demo/people", test_people);
  g_test_add_func ("/demo/media", test_media);
  g_test_add_func ("/demo/open-matters", test_open_matters);
  g_test_add_func ("/demo/any-day", test_any_day);
  g_test_add_func ("/demo/growth", test_growth);
  g_test_add_func ("/demo/there-already", test_there_already);
  return g_test_run ();
}
