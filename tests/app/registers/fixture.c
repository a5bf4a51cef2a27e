/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small office of fixture.h, made by the acts that any office is made by. */
#include "fixture.h"

#include "acts/kan-verify.h"
#include "registers/kan-registers.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const guint8 file_id[16] = "registers' tests";

static void
add_words (GString *out, GPtrArray *words)
{
  for (guint i = 0; i < words->len; i++)
    if (i == 0 || strcmp (g_ptr_array_index (words, i), g_ptr_array_index (words, i - 1)) != 0)
      g_string_append_printf (out, " %s", (char *) g_ptr_array_index (words, i));
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The rules or keys of refusals, or of marks. */
static char *
name_refusals (GPtrArray *refusals, gboolean marks)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  GString *out = g_string_new (marks ? "marked" : "refused");
  static const char act[] = "act";

  for (guint i = 0; i < refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (refusals, i);

      g_test_message ("%s %s: %s", kan_refusal_id (refusal), refusal->key != NULL ? refusal->key : "-", refusal->why);
      g_assert_nonnull (kan_refusal_id (refusal));
      if (refusal->is_mark == marks)
        g_ptr_array_add (words, refusal->rule != NULL ? refusal->rule
                                : refusal->key != NULL ? refusal->key : (char *) act);
    }
  g_ptr_array_sort (words, compare_words);
  add_words (out, words);
  if (words->len == 0)
    g_string_truncate (out, 0);
  return g_string_free (out, FALSE);
}

/* Sets what the tests write; returns who signs too, 0: nobody. */
static gint64
set_answers (KanDraft *draft, const char *answers)
{
  g_auto(GStrv) pairs = g_strsplit (answers != NULL ? answers : "", " | ", -1);
  gint64 with = 0;

  for (char **pair = pairs; *pair != NULL && **pair != '\0'; pair++)
    {
      char *equals = strchr (*pair, '=');

      g_assert_nonnull (equals);
      *equals = '\0';
      if (strcmp (*pair, "with") == 0)
        with = g_ascii_strtoll (equals + 1, NULL, 10);
      else if (strcmp (*pair, "happened") == 0)
        kan_draft_set_happened (draft, equals + 1);
      else
        kan_draft_set (draft, *pair, equals + 1);
    }
  return with;
}

static char *
describe (KanOutcome *outcome, const char *marks)
{
  GString *out = g_string_new (marks);

  if (outcome->refusals->len > 0)
    {
      g_string_free (out, TRUE);
      return name_refusals (outcome->refusals, FALSE);
    }
  if (outcome->waiting_for->len > 0)
    {
      g_string_append (out, out->len > 0 ? " waits" : "waits");
      g_ptr_array_sort (outcome->waiting_for, compare_words);
      add_words (out, outcome->waiting_for);
    }
  return out->len > 0 ? g_string_free (out, FALSE) : (g_string_free (out, TRUE), g_strdup ("done"));
}

static char *
admit (Office *self, KanDraft *draft, gint64 person, gint64 with, const char *marks)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *session = g_strdup_printf ("P%d-%08x", (int) person, 1);
  KanSigner signer = { person, self->keys[person], session }, cosigner = { with, self->keys[with], session };
  g_autoptr(KanOutcome) outcome = kan_book_admit (self->book, draft, &signer, &cosigner, with != 0, self->now, &error);

  g_assert_no_error (error);
  if (outcome->seq > 0)
    self->last = self->now;
  return describe (outcome, marks);
}

char *
office_try (Office *self, gint64 person, const char *kind, const char *subject, const char *answers)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDraft) draft = kan_draft_new (self->book, kind, subject, &error);
  g_autoptr(GPtrArray) refusals = NULL;
  g_autofree char *marks = NULL, *refused = NULL;
  gint64 with;

  g_assert_no_error (error);
  self->now += 60;
  with = set_answers (draft, answers);
  if (self->last != 0 && self->now - self->last > 31 * 86400)
    kan_draft_set (draft, "clock", "ahead");
  refusals = kan_draft_judge (draft, person, self->now, &error);
  g_assert_no_error (error);
  marks = name_refusals (refusals, TRUE);
  if (*marks != '\0')
    {
      kan_draft_set (draft, "deviation_reason", "手順を誤ったため");
      g_ptr_array_unref (refusals);
      refusals = kan_draft_judge (draft, person, self->now, &error);
      g_assert_no_error (error);
    }
  refused = name_refusals (refusals, FALSE);
  if (*refused != '\0')
    return g_steal_pointer (&refused);
  return admit (self, draft, person, with, marks);
}

void
office_run (Office *self, const OfficeCase *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_test_message ("case %u", i);
      office_expect (self, cases[i].verdict, cases[i].who, cases[i].kind, cases[i].subject, cases[i].answers);
    }
}

void
office_run_kind (Office *self, const char *kind, const char *subject, const OfficeAnswers *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_test_message ("case %u", i);
      office_expect (self, cases[i].verdict, cases[i].who, kind, subject, cases[i].answers);
    }
}

char *
office_undo (Office *self, gint64 person, const char *subject)
{
  g_autofree char *answers = g_strdup_printf ("act=%d | reason=誤記",
                                              (int) office_ask (self, "SELECT max(seq) FROM act"));

  return office_try (self, person, "act.void", subject, answers);
}

char *
office_ask_text (Office *self, const char *sql)
{
  g_autoptr(GError) error = NULL;
  char *text = kan_db_get_text (self->db, &error, sql, "");

  g_assert_no_error (error);
  return text;
}

gint64
office_ask (Office *self, const char *sql)
{
  g_autofree char *text = office_ask_text (self, sql);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

char *
office_state (Office *self, const char *subject)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanRecord) record = kan_record_get (self->book, subject, &error);

  g_assert_no_error (error);
  return g_strdup (kan_record_get_state (record));
}

guint
office_n_rows (Office *self, const char *list, const char *today)
{
  g_autofree char *day = g_strndup (today, strlen ("2026-09-01"));
  gint64 now = 0;
  g_autoptr(GError) error = NULL;
  g_autoptr(KanTable) table = NULL;
  const KanRegister *found = NULL;

  for (const KanRegister **reg = kan_book_get_registry (self->book)->registers; *reg != NULL; reg++)
    for (const KanList *l = (*reg)->lists; l != NULL && l->id != NULL; l++)
      if (strcmp (l->id, list) == 0)
        found = *reg;
  g_assert_nonnull (found);
  g_assert_true (kan_book_set_today (self->book, kan_day_parse (day), &error));
  g_assert_true (!kan_minute_parse (today, &now) || kan_book_set_now (self->book, now, &error));
  g_assert_no_error (error);
  table = kan_table_new (self->book, found, list, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  return kan_table_n_rows (table);
}

void
office_set_time (Office *self, const char *minute)
{
  g_assert_true (kan_minute_parse (minute, &self->now));
}

static KanKeys *
new_keys (gint64 person)
{
  g_autoptr(KanSecret) seed = kan_secret_new (KAN_SEED_SIZE);

  memset (kan_secret_get_bytes (seed), (int) person, KAN_SEED_SIZE);
  return kan_keys_new (seed);
}

static char *
hex (const guint8 *bytes)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < KAN_KEY_SIZE; i++)
    g_string_append_printf (out, "%02x", bytes[i]);
  return g_string_free (out, FALSE);
}

static char *
key_answers (KanKeys *keys)
{
  g_autofree char *sign = hex (kan_keys_get_sign (keys)), *statement = hex (kan_keys_get_statement (keys));
  g_autofree char *box = hex (kan_keys_get_box (keys));

  return g_strdup_printf ("sign_key=%s | statement_key=%s | box_key=%s", sign, statement, box);
}

static void
found (Office *self, const char *json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanProfile) profile = kan_profile_new_from_json (json, -1, &error);
  g_autofree char *keys = NULL, *answers = NULL;

  g_assert_no_error (error);

  self->keys[CHIEF] = new_keys (CHIEF);
  keys = key_answers (self->keys[CHIEF]);
  answers = g_strdup_printf ("association=試験組合 | edition=1 | staff_no=1001 | name=佐藤 一郎 | login=chief |"
                             " office=%s | %s | profile=%s", kan_profile_office_of_role (profile,
                                                                                         "chief")->id, keys, json);
  office_expect (self, "done", CHIEF, "file.found", NULL, answers);
}

Office *
office_new_empty (const char *profile)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Office) self = g_new0 (Office, 1);
  g_autoptr(KanSecret) key = NULL;
  guint8 salt[KAN_SALT_SIZE] = { 0 };
  g_autofree char *path = g_strdup_printf ("%s/resources/profiles/%s.json", g_getenv ("KAN_SRCDIR"), profile);
  g_autofree char *json = NULL;

  g_assert_true (kan_crypto_init (&error));
  key = kan_secret_new_random (32);
  if (*profile == '{')
    json = g_strdup (profile);
  else
    g_assert_true (g_file_get_contents (path, &json, NULL, &error));
  self->path = g_strdup_printf ("%s/kanribo-test-%d-%x.db", g_get_tmp_dir (), (int) getpid (),
                                kan_random_below (G_MAXINT32));
  self->db = kan_db_open (self->path, 0, key, salt, KAN_DB_CREATE, &error);
  g_assert_no_error (error);
  g_assert_true (kan_db_exec (self->db, "PRAGMA synchronous=OFF", &error));
  g_assert_no_error (error);
  self->book = kan_book_new (self->db, file_id, kan_registers (), &error);
  g_assert_no_error (error);
  g_assert_true (kan_book_create_tables (self->book, &error));
  g_assert_no_error (error);
  office_set_time (self, "2026-09-01T09:00");
  found (self, json);
  self->calendar = kan_profile_new_calendar (kan_book_get_profile (self->book));
  kan_book_set_calendar (self->book, self->calendar);
  return g_steal_pointer (&self);
}

char *
office_profile_with (const char *profile, const char *from, const char *to)
{
  g_autofree char *path = g_strdup_printf ("%s/resources/profiles/%s.json", g_getenv ("KAN_SRCDIR"), profile);
  g_autofree char *json = NULL;
  g_auto(GStrv) parts = NULL;

  g_assert_true (g_file_get_contents (path, &json, NULL, NULL));
  parts = g_strsplit (json, from, 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (to, parts);
}

/* What was admitted must verify: the same rules, asked again in a replay. */
static void
verify (Office *self)
{
  g_autoptr(GError) error = NULL;
  KanVerifyOptions options = { .n_threads = 1 };
  g_autoptr(KanVerdict) verdict = kan_book_verify (self->book, &options, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < verdict->faults->len; i++)
    {
      const KanFault *fault = g_ptr_array_index (verdict->faults, i);

      g_test_message ("%s %d %s: %s", kan_fault_kind_id (fault->kind), (int) fault->seq, fault->subject, fault->what);
    }
  g_assert_cmpuint (verdict->n_new, ==, 0);
  g_assert_cmpint (verdict->n_acts, >, 0);
}

void
office_free (Office *self)
{
  if (self == NULL)
    return;
  verify (self);
  g_clear_pointer (&self->book, kan_book_free);
  g_clear_pointer (&self->calendar, kan_calendar_unref);
  g_clear_pointer (&self->db, kan_db_free);
  g_unlink (self->path);
  g_free (self->path);
  for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
    g_clear_pointer (&self->keys[i], kan_keys_free);
  g_free (self);
}

void
office_appoint (Office *self, gint64 person, const char *code, const char *more)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM office WHERE code = '%s'", code);
  int id = (int) office_ask (self, sql);
  g_autofree char *answers = g_strdup_printf ("person=P%d | office=O%d | %s", (int) person, id, more);

  office_expect (self, "done", CHIEF, "appointment.make", NULL, answers);
}

void
office_register (Office *self, gint64 person, const char *name, const char *more)
{
  g_autofree char *answers = g_strdup_printf ("staff_no=%d | name=%s%s", 1000 + (int) person, name, more);
  g_autofree char *enrolment = g_strdup_printf ("login=login%d%s", (int) person, more);
  g_autofree char *subject = g_strdup_printf ("P%d", (int) person);

  office_expect (self, "done", CHIEF, "person.register", NULL, answers);
  office_expect (self, "done", CHIEF, "person.enroll", subject, enrolment);
}

void
office_claim (Office *self, gint64 person)
{
  g_autofree char *keys = NULL, *answers = NULL;

  self->keys[person] = new_keys (person);
  keys = key_answers (self->keys[person]);
  /* who issued a key identifies its holder only while nobody else holds one */
  answers = g_strdup_printf ("person=P%d | %s | with=%d", (int) person, keys, person == GENERAL ? CHIEF : GENERAL);
  office_expect (self, "done", person, "key.claim", NULL, answers);
}

/* While the chief's is the only key the chief sets the office up alone; the others claim their keys afterwards. */
static void
staff_office (Office *self)
{
  const KanProfile *profile = kan_book_get_profile (self->book);
  const KanOffice *general = kan_profile_office_of_role (profile, "information_manager");
  const KanOffice *pension = kan_profile_office_of_role (profile, "system_manager");
  static const char *names[] = { NULL, NULL, "高橋 花子", "伊藤 健", "田中 実", "鈴木 恵", "渡辺 誠", "山本 光" };

  for (gint64 person = GENERAL; person <= N_STAFF; person++)
    office_register (self, person, names[person], "");
  office_appoint (self, GENERAL, general->id, "kind=regular | since=2026-09-01");
  office_appoint (self, PENSION, pension->id, "kind=regular | since=2026-09-01");
  office_appoint (self, DEPUTY, general->deputies[0], "kind=regular | since=2026-09-01");
  for (gint64 person = GENERAL; person <= N_STAFF; person++)
    office_claim (self, person);
}

Office *
office_new (const char *profile)
{
  g_autoptr(Office) self = office_new_empty (profile);

  staff_office (self);
  office_expect (self, "done", GENERAL, "operator.designate", NULL, "person=P4 | since=2026-09-01");
  office_expect (self, "done", GENERAL, "operator.designate", NULL, "person=P5 | since=2026-09-01");
  office_expect (self, "done", GENERAL, "place.establish", NULL, "title=媒体保管庫 | room=サーバ室 | level=3");
  office_expect (self, "done", PENSION, "place.establish", NULL, "title=事務室 | room=年金課 | level=1");
  office_expect (self, "done", OPERATOR, "outsider.register", NULL, "name=森 太郎 | company=電算センター");
  office_expect (self, "done", OPERATOR, "outsider.register", NULL, "name=林 次郎 | company=破砕サービス");
  office_expect (self, "done", GENERAL, "rule.enter", NULL,
                 "kind=media_kind | title=ＵＳＢメモリの使用 | in_force_from=2026-09-01 | allows=usb");
  return g_steal_pointer (&self);
}

void
office_add_medium (Office *self, const char *label, gint64 count)
{
  gint64 next = office_ask (self, "SELECT ifnull(max(id), 0) + 1 FROM medium");
  g_autofree char *subject = g_strdup_printf ("M%d", (int) next);
  g_autofree char *medium = g_strdup_printf ("media_kind=usb | label=%s | serial=SN-%s", label, label);
  g_autofree char *day = kan_day_format (kan_day_of_utc (self->now));
  g_autofree char *batch = g_strdup_printf ("medium=%s | recorded_on=%s | purpose=purpose_2 | count=%d |"
                                            " copies=0 | source=J-LIS", subject, day, (int) count);

  office_expect (self, "done", OPERATOR, "media.register", NULL, medium);
  if (count > 0)
    office_expect (self, "done", OPERATOR, "media.record", NULL, batch);
  office_expect (self, "done", OPERATOR, "media.store", subject, "place=L1");
}
