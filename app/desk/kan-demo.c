/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo office as a whole: its days, its payments, played from the founding to the last business day. */
#include "desk/kan-demo-private.h"
#include "desk/kan-desk-private.h"

#include "acts/kan-record-check.h"
#include "registers/kan-registers.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

enum { SEED = 20240401, YEARS = 2, MAX_YEARS = 20, ACTS_PER_TRANSACTION = 2000, ACTS_PER_TAPE = 1000, MAX_TAPES = 120 };

/* Until it is finished a demo is not precious: it is built without waiting for the disk. */
static const char hurried[] = "PRAGMA synchronous = OFF; PRAGMA cache_size = -131072;";
static const char careful[] = "PRAGMA synchronous = EXTRA;";

/* --- the days ------------------------------------------------------------------------------------------------- */

static KanDay
day_before (KanCalendar *calendar, KanDay day)
{
  do
    day--;
  while (!kan_calendar_is_business_day (calendar, day));
  return day;
}

static void
set_days (KanDemo *self, KanCalendar *calendar, const KanDemoOptions *options)
{
  guint years = CLAMP (options->years != 0 ? options->years : YEARS, 1, MAX_YEARS);

  self->last = day_before (calendar, kan_day_of_utc (options->now));
  self->first = day_before (calendar, kan_day_add_months (self->last, -12 * (int) years));
  kan_demo_open_day (self, self->first);
}

static void
add_cycle (KanDemo *self, const KanPayment *payment)
{
  guint index = self->cycles->len;
  KanDemoCycle cycle = { .payment = payment->day };

  g_snprintf (cycle.serves, sizeof cycle.serves, "%04d-%02d", payment->year % 10000, payment->month % 100);
  cycle.usb[0] = &self->usb[index * 2 % G_N_ELEMENTS (self->usb)];
  cycle.usb[1] = &self->usb[(index * 2 + 1) % G_N_ELEMENTS (self->usb)];
  cycle.hdd = &self->hdd[index % G_N_ELEMENTS (self->hdd)];
  cycle.tape = &self->tape[index % G_N_ELEMENTS (self->tape)];
  g_array_append_val (self->cycles, cycle);
}

/* Something was forgotten after the last payment whose grace is over. */
static void
find_cycles (KanDemo *self)
{
  KanCalendar *calendar = kan_desk_get_calendar (self->desk);
  g_autoptr(GArray) payments = kan_calendar_payments (calendar, self->first + 12, self->last + 62);
  gint64 grace = kan_profile_number (kan_book_get_profile (self->book), "purge_grace_business_days");

  self->overdue = -1;
  for (guint i = 0; i < payments->len; i++)
    {
      const KanPayment *payment = &g_array_index (payments, KanPayment, i);

      add_cycle (self, payment);
      if (kan_calendar_add_business_days (calendar, payment->day, (guint) grace) <= self->last)
        self->overdue = (int) i;
    }
}

static void
plan (KanDemo *self)
{
  find_cycles (self);
  kan_demo_plan (self, self->first, kan_demo_set_up, 0);
  kan_demo_plan (self, kan_demo_business_day (self, self->first, 1), kan_demo_buy_media, 0);
  kan_demo_plan_office (self);
  kan_demo_plan_routine (self);
  for (guint i = 0; i < self->cycles->len; i++)
    {
      if (kan_demo_business_day (self, kan_demo_cycle (self, i)->payment, -22) > self->first)
        kan_demo_plan_cycle (self, (int) i);
      kan_demo_plan_takeouts (self, (int) i);
    }
  kan_demo_plan_incidents (self);
  kan_demo_plan_last_takeouts (self);
}

/* --- playing -------------------------------------------------------------------------------------------------- */

/* Day by day the file grows towards what was asked for. */
static gint64
wanted_by_today (KanDemo *self)
{
  return self->acts_wanted * (self->today - self->first + 1) / (self->last - self->first + 1);
}

static gboolean
play_some_days (KanDb *db, gpointer data, GError **error)
{
  KanDemo *self = data;
  gint64 enough = self->n_acts + ACTS_PER_TRANSACTION;

  (void) db;
  (void) error;
  while (self->failed == NULL && self->today <= self->last && self->n_acts < enough)
    {
      kan_demo_play_day (self);
      if (self->today > self->first + 7)
        kan_demo_grow (self, wanted_by_today (self));
      kan_demo_open_day (self, kan_demo_business_day (self, self->today, 1));
    }
  return self->failed == NULL;
}

static gboolean
play (KanDemo *self, GError **error)
{
  KanDb *db = kan_book_get_db (self->book);

  if (!kan_desk_may_write (self->desk, error) || !kan_db_exec (db, hurried, error))
    return FALSE;
  while (self->today <= self->last)
    if (!kan_db_transaction (db, play_some_days, self, error))
      {
        if (self->failed != NULL)
          g_propagate_error (error, g_steal_pointer (&self->failed));
        return FALSE;
      }
  /* the last write is a careful one, and takes all before it to the disk */
  return kan_db_exec (db, careful, error) && kan_desk_keep_generation (self->desk, error);
}

/* --- founding ------------------------------------------------------------------------------------------------- */

static KanSecret *
new_passphrase (void)
{
  g_autoptr(GString) words = g_string_new (NULL);
  guint n = g_strv_length ((char **) kan_demo_words);
  KanSecret *secret;

  for (guint i = 0; i < 5; i++)
    g_string_append_printf (words, "%s-", kan_demo_words[kan_random_below (n)]);
  g_string_append_printf (words, "%02u", kan_random_below (100));
  secret = kan_secret_new (words->len);
  memcpy (kan_secret_get_bytes (secret), words->str, words->len);
  kan_wipe (words->str, words->len);
  return secret;
}

static void
demo_clear (KanDemo *self)
{
  for (guint i = 0; i < DEMO_N_STAFF; i++)
    {
      if (i != DEMO_CHIEF)
        g_clear_pointer (&self->keys[i], kan_keys_free);
      g_clear_pointer (&self->passphrases[i], kan_secret_free);
    }
  g_clear_pointer (&self->desk, kan_desk_free);
  g_hash_table_unref (self->jobs);
  g_array_unref (self->cycles);
  g_array_unref (self->pool);
  g_clear_error (&self->failed);
}

static void
demo_init (KanDemo *self, const KanDemoOptions *options)
{
  *self = (KanDemo) { .random = SEED, .cosigner = DEMO_NOBODY, .acts_wanted = options->acts, .transfer = KAN_DAY_NONE };
  self->jobs = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  self->cycles = g_array_new (FALSE, TRUE, sizeof (KanDemoCycle));
  self->pool = g_array_new (FALSE, TRUE, sizeof (KanDemoMedium));
  if (options->acts > 0)
    g_array_set_size (self->pool, CLAMP (options->acts / ACTS_PER_TAPE, 4, MAX_TAPES));
  for (guint i = 0; i < DEMO_N_STAFF; i++)
    self->passphrases[i] = new_passphrase ();
}

/* The chief's key is the one that the desk was founded with. */
static gboolean
found (KanDemo *self, const char *path, const KanDemoOptions *options, GError **error)
{
  const KanDemoStaff *chief = &kan_demo_staff[DEMO_CHIEF];
  g_autoptr(GBytes) json = g_resources_lookup_data ("/io/github/kanribo/Kanribo/profiles/nagasaki.json", 0, error);
  g_autofree char *text = json != NULL ? g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json)) : NULL;
  KanFounding founding = { text, NULL, chief->staff_no, chief->name, chief->kana, chief->login };
  g_autoptr(KanProfile) profile = text != NULL ? kan_profile_new_from_json (text, -1, error) : NULL;
  g_autoptr(KanCalendar) calendar = profile != NULL ? kan_profile_new_calendar (profile) : NULL;

  if (calendar == NULL)
    return FALSE;
  set_days (self, calendar, options);
  self->desk = kan_desk_found (path, &founding, self->passphrases[DEMO_CHIEF], self->clock, error);
  if (self->desk == NULL)
    return FALSE;
  self->book = kan_desk_get_book (self->desk);
  kan_book_trust (self->book);
  self->keys[DEMO_CHIEF] = self->desk->seat->keys;
  self->n_acts = 1;
  return TRUE;
}

/* --- who can open it ------------------------------------------------------------------------------------------ */

static void
login_free (KanDemoLogin *self)
{
  g_free (self->login);
  g_free (self->name);
  g_strfreev (self->offices);
  g_clear_pointer (&self->passphrase, kan_secret_free);
  g_free (self);
}

/**
 * kan_demo_office_free:
 * @self: (nullable): what was built; passphrases are wiped
 */
void
kan_demo_office_free (KanDemoOffice *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->logins);
  g_free (self->anchor);
  g_free (self);
}

static KanDemoLogin *
login_new (KanDemo *self, KanDemoPerson person, GError **error)
{
  static const char offices[] =
    "SELECT group_concat(o.code) FROM appointment a JOIN office o ON o.id = a.office WHERE a.person = ?1"
    " AND a.state IN ('in_force', 'ended') AND a.since <= ?2 AND (a.until IS NULL OR ?2 <= a.until)";
  static const char designated[] =
    "SELECT count(*) FROM operator WHERE person = ?1 AND state IN ('designated', 'revoked') AND since <= ?2"
    " AND (until IS NULL OR ?2 < until)";
  KanDb *db = kan_book_get_db (self->book);
  g_autofree char *day = kan_day_format (self->last), *codes = NULL;
  KanDemoLogin *login = g_new0 (KanDemoLogin, 1);
  gint64 is_operator = 0;

  codes = kan_db_get_text (db, error, offices, "is", (gint64) person + 1, day);
  login->login = g_strdup (kan_demo_staff[person].login);
  login->name = g_strdup (kan_demo_staff[person].name);
  login->offices = g_strsplit (codes != NULL ? codes : "", ",", -1);
  login->passphrase = g_steal_pointer (&self->passphrases[person]);
  if (!kan_db_get_int (db, &is_operator, error, designated, "is", (gint64) person + 1, day))
    g_clear_pointer (&login, login_free);
  else
    login->is_operator = is_operator > 0;
  return login;
}

static KanDemoOffice *
describe (KanDemo *self, GError **error)
{
  g_autoptr(KanDemoOffice) office = g_new0 (KanDemoOffice, 1);

  office->logins = g_ptr_array_new_with_free_func ((GDestroyNotify) login_free);
  office->n_acts = self->n_acts;
  for (KanDemoPerson person = DEMO_CHIEF; person < DEMO_N_STAFF; person++)
    {
      KanDemoLogin *login = NULL;

      if (kan_vault_find_slot (kan_desk_get_vault (self->desk), kan_demo_staff[person].login) == NULL)
        continue;
      login = login_new (self, person, error);
      if (login == NULL)
        return NULL;
      g_ptr_array_add (office->logins, login);
    }
  office->anchor = kan_desk_dup_anchor (self->desk, error);
  return office->anchor != NULL ? g_steal_pointer (&office) : NULL;
}

/**
 * kan_demo_build:
 * @path: where the file is to be; nothing may be there
 * @options: how long, how much, until when
 * @error: return location; what was begun is removed
 *
 * Founds an office and plays its history. The same day gives the same acts, names and numbers; keys, salts and
 * passphrases are each file's own.
 *
 * Returns: (transfer full): who can open it
 */
KanDemoOffice *
kan_demo_build (const char *path, const KanDemoOptions *options, GError **error)
{
  KanDemo demo;
  KanDemoOffice *office = NULL;
  gboolean founded;

  demo_init (&demo, options);
  founded = found (&demo, path, options, error);
  if (founded)
    {
      plan (&demo);
      office = play (&demo, error) ? describe (&demo, error) : NULL;
    }
  demo_clear (&demo);
  if (founded && office == NULL)
    g_unlink (path);
  return office;
}
