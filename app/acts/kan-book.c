/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One book: a database, the registers it was told of, the profiles and the edition in force. */
#include "acts/kan-book-private.h"
#include "acts/kan-verify.h"
#include "ledger/kan-ledger-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

static void
profile_entry_free (KanProfileEntry *entry)
{
  g_free (entry->from);
  g_free (entry->applies);
  g_clear_pointer (&entry->profile, kan_profile_unref);
  g_free (entry);
}

static void
index_register (KanBook *self, const KanRegister *reg)
{
  g_hash_table_insert (self->registers, (gpointer) reg->id, (gpointer) reg);
  if (reg->prefix != NULL)
    g_hash_table_insert (self->prefixes, (gpointer) reg->prefix, (gpointer) reg);
  for (const KanList *list = reg->lists; list != NULL && list->id != NULL; list++)
    g_hash_table_insert (self->lists, (gpointer) list->id, (gpointer) reg);
  for (const KanKind *kind = reg->kinds; kind != NULL && kind->id != NULL; kind++)
    {
      KindEntry *entry = g_new (KindEntry, 1);

      entry->kind = kind;
      entry->reg = reg;
      g_hash_table_insert (self->kinds, (gpointer) kind->id, entry);
    }
}

static void
index_choices (KanBook *self)
{
  for (const KanFixedChoice *fixed = self->registry->choices; fixed != NULL && fixed->id != NULL; fixed++)
    {
      GArray *choices = g_hash_table_lookup (self->vocabularies, fixed->id);
      KanChoice choice = { fixed->value, fixed->label };

      if (choices == NULL)
        {
          choices = g_array_new (FALSE, FALSE, sizeof (KanChoice));
          g_hash_table_insert (self->vocabularies, (gpointer) fixed->id, choices);
        }
      g_array_append_val (choices, choice);
    }
}

/**
 * kan_book_new:
 * @db: (transfer none): an unlocked database; must outlive the book
 * @file_id: the file's 16-byte id
 * @registry: the registers; static
 * @error: return location
 *
 * Returns: (transfer full): a book; what the chain has decided so far is read where there are tables already, unless
 *   they are an older program's (kan_book_is_older()) or a newer one's (kan_book_check_schema())
 */
KanBook *
kan_book_new (KanDb *db, const guint8 *file_id, const KanRegistry *registry, GError **error)
{
  g_autoptr(KanBook) self = g_new0 (KanBook, 1);

  self->db = self->chain = db;
  memcpy (self->file_id, file_id, sizeof self->file_id);
  self->registry = registry;
  self->program_edition = self->edition = KAN_EDITION;
  self->kinds = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->registers = g_hash_table_new (g_str_hash, g_str_equal);
  self->prefixes = g_hash_table_new (g_str_hash, g_str_equal);
  self->lists = g_hash_table_new (g_str_hash, g_str_equal);
  self->vocabularies = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  self->profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) profile_entry_free);
  for (const KanRegister **reg = registry->registers; *reg != NULL; reg++)
    index_register (self, *reg);
  index_choices (self);
  /* what tables of another program say cannot be asked in this one's words */
  if (!kan_tables_examine (self, error) || (self->tables == KAN_TABLES_OURS && !kan_book_reload (self, error)))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * kan_book_free:
 * @self: (nullable): a book
 */
void
kan_book_free (KanBook *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->proof, kan_proof_free);
  g_clear_pointer (&self->copy, kan_scratch_free);
  g_hash_table_unref (self->kinds);
  g_hash_table_unref (self->registers);
  g_hash_table_unref (self->prefixes);
  g_hash_table_unref (self->lists);
  g_hash_table_unref (self->vocabularies);
  g_ptr_array_unref (self->profiles);
  g_clear_pointer (&self->spent, g_hash_table_unref);
  g_free (self);
}

static gboolean
create_tables (KanDb *db, gpointer data, GError **error)
{
  KanBook *self = data;
  g_autofree char *tables = kan_schema_compose (self->registry);

  return kan_db_exec (db, kan_ledger_schema (), error) && kan_db_exec (db, kan_schema_kept (), error) &&
         kan_db_exec (db, tables, error) &&
         kan_db_run (db, error, "INSERT INTO meta (key, value) VALUES ('projection', ?), ('floor', '0'), ('sure', '0')",
                     "i", (gint64) KAN_PROJECTION);
}

/**
 * kan_book_create_tables:
 * @self: a book over an empty database
 * @error: return location
 *
 * All in one transaction: a hundred of them, each secured, are seconds of waiting on a disk that turns.
 */
gboolean
kan_book_create_tables (KanBook *self, GError **error)
{
  return kan_db_transaction (self->db, create_tables, self, error);
}

/* Which rules the signed entries follow: the founding names an edition, and each adoption the next one. */
static gboolean
edition_of_chain (KanBook *self, guint *edition, GError **error)
{
  g_autoptr(GPtrArray) acts = kan_ledger_collect (
    kan_db_prepare (self->db, "SELECT " KAN_ACT_COLUMNS " FROM act WHERE seq = 1 OR kind = 'edition.adopt'"
                              " ORDER BY seq", error), error);

  *edition = KAN_EDITION;
  for (guint i = 0; acts != NULL && i < acts->len; i++)
    {
      const KanAct *act = g_ptr_array_index (acts, i);
      g_autoptr(KanBody) body = kan_body_decode (act->body, act->body_size, NULL);
      gint64 named = body != NULL ? kan_body_get_int (body, "edition") : 0;

      if (named > 0 && named < G_MAXINT && kan_act_hash_holds (act, self->file_id) && kan_act_signature_holds (act))
        *edition = MAX (*edition, (guint) named);
    }
  return acts != NULL;
}

/* A row that says more than this program knows is asked of the entries themselves. */
static gboolean
read_edition (KanBook *self, GError **error)
{
  gint64 edition = 0;

  if (!kan_db_get_int (self->db, &edition, error, "SELECT edition FROM file WHERE id = 1", ""))
    return FALSE;
  self->edition = edition > 0 && edition <= self->program_edition ? (guint) edition : KAN_EDITION;
  if (edition <= self->program_edition)
    return TRUE;
  if (!edition_of_chain (self, &self->edition, error))
    return FALSE;
  self->is_doubtful = self->is_doubtful || self->edition != edition;
  return TRUE;
}

/* In the order in which they took effect: some waited longer for their last hand than others. */
static gboolean
read_profiles (KanBook *self, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_prepare (self->db,
    "SELECT made, in_force_from, ifnull(applies_from, in_force_from), json,"
    " ifnull((SELECT max(seq) FROM hand WHERE act = made AND verdict = 'given'), made) AS since FROM profile"
    " WHERE state = 'adopted' ORDER BY since", error);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    {
      const char *from = kan_stmt_text (stmt, 1), *json = kan_stmt_text (stmt, 3);
      KanProfile *profile = from != NULL && json != NULL ? kan_profile_new_from_json (json, -1, NULL) : NULL;

      if (profile != NULL)
        kan_book_add_profile (self, kan_stmt_int (stmt, 0), kan_stmt_int (stmt, 4), from, kan_stmt_text (stmt, 2),
                              profile);
      else
        self->is_doubtful = TRUE;
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* A row that no entry can have made is passed over: verification and rebuilding need nothing but the chain. */
static gboolean
read_decided (KanBook *self, GError **error)
{
  self->is_doubtful = FALSE;
  return read_edition (self, error) && read_profiles (self, error) &&
         kan_db_get_int (self->db, &self->floor, error, "SELECT value FROM meta WHERE key = 'floor'", "") &&
         kan_db_get_int (self->db, &self->sure, error, "SELECT value FROM meta WHERE key = 'sure'", "");
}

/**
 * kan_book_is_doubtful:
 * @self: a book
 *
 * Returns: whether its registers say of profile or rules what no entry can have made of them: nothing is signed until
 *   they are made anew
 */
gboolean
kan_book_is_doubtful (KanBook *self)
{
  return self->is_doubtful;
}

/**
 * kan_book_reload:
 * @self: a book
 * @error: return location
 *
 * Reads again what the chain has decided (profiles, edition, clock), after opening and after a rollback. Where that
 * cannot be read, what was known stays, and is read before the next act is admitted.
 */
gboolean
kan_book_reload (KanBook *self, GError **error)
{
  GPtrArray *known = self->profiles;

  self->profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) profile_entry_free);
  self->is_stale = !read_decided (self, error);
  if (self->is_stale)
    {
      g_ptr_array_unref (self->profiles);
      self->profiles = known;
      return FALSE;
    }
  g_ptr_array_unref (known);
  return TRUE;
}

/**
 * kan_book_save_floor:
 * @self: a book
 * @error: return location
 *
 * Keeps the latest clock reading for the next opening.
 */
gboolean
kan_book_save_floor (KanBook *self, GError **error)
{
  return kan_db_run (self->db, error, "UPDATE meta SET value = iif (key = 'floor', ?, ?)"
                                      " WHERE key IN ('floor', 'sure')", "ii", self->floor, self->sure);
}

/**
 * kan_book_take_clock:
 * @self: a book
 * @now: seconds of UTC, as this terminal's clock reads
 *
 * Where the clock is behind the latest entry, what became due until that entry stays due: a clock that was set back
 * hides nothing.
 *
 * Returns: the later of the two
 */
gint64
kan_book_take_clock (KanBook *self, gint64 now)
{
  self->clock_behind = now < self->floor;
  return MAX (now, self->floor);
}

/**
 * kan_book_get_clock_warning:
 * @self: a book
 *
 * Returns: (transfer none) (nullable): what is to be said of the clock that kan_book_take_clock() was told; %NULL:
 *   nothing
 */
const KanLabel *
kan_book_get_clock_warning (KanBook *self)
{
  static const KanLabel warning = L ("The clock of this terminal is behind the latest entry of the file",
                                     "この端末の時計がファイルの最終記録より前です");

  return self->clock_behind ? &warning : NULL;
}

/**
 * kan_book_add_profile:
 * @self: a book
 * @seq: the act that adopted it
 * @since: the act with which it took effect: its last hand, or itself
 * @from: its day of force (施行日)
 * @applies: what happens from that day on is judged by it (適用日)
 * @profile: (transfer full): the profile
 */
void
kan_book_add_profile (KanBook *self, gint64 seq, gint64 since, const char *from, const char *applies,
                      KanProfile *profile)
{
  KanProfileEntry *entry = g_new0 (KanProfileEntry, 1);

  entry->seq = seq;
  entry->since = since;
  entry->from = g_strdup (from);
  entry->applies = g_strdup (applies);
  entry->profile = profile;
  g_ptr_array_add (self->profiles, entry);
}

/**
 * kan_book_profile_for:
 * @self: a book
 * @day: on which it is judged, "YYYY-MM-DD"
 * @happened: the day of what is judged
 * @before: an act: what took effect later is passed over; 0: all of them
 *
 * Returns: (transfer none) (nullable): the profile adopted last of those in force on @day that apply to what happened
 *   on @happened; the founding one before that
 */
const KanProfile *
kan_book_profile_for (KanBook *self, const char *day, const char *happened, gint64 before)
{
  for (guint i = self->profiles->len; i > 0; i--)
    {
      const KanProfileEntry *entry = g_ptr_array_index (self->profiles, i - 1);

      if (strcmp (entry->from, day) <= 0 && strcmp (entry->applies, happened) <= 0 &&
          (before == 0 || entry->since < before))
        return entry->profile;
    }
  return self->profiles->len > 0 ? ((KanProfileEntry *) g_ptr_array_index (self->profiles, 0))->profile : NULL;
}

/**
 * kan_book_get_db:
 * @self: a book
 *
 * Returns: (transfer none): its database
 */
KanDb *
kan_book_get_db (KanBook *self)
{
  return self->db;
}

/**
 * kan_book_get_registry:
 * @self: a book
 *
 * Returns: (transfer none): the registers it was told of
 */
const KanRegistry *
kan_book_get_registry (KanBook *self)
{
  return self->registry;
}

/**
 * kan_book_get_profile:
 * @self: a book
 *
 * Returns: (transfer none) (nullable): the profile in force today (kan_book_set_today(), else the day of the latest
 *   entry); %NULL before founding
 */
const KanProfile *
kan_book_get_profile (KanBook *self)
{
  g_autofree char *latest = *self->today == '\0' ? kan_day_format (kan_day_of_utc (self->floor)) : NULL;
  const char *day = latest != NULL ? latest : self->today;

  return kan_book_profile_for (self, day, day, 0);
}

/**
 * kan_book_profile_before:
 * @self: a book
 * @seq: the act that adopts a profile
 *
 * Returns: (transfer none) (nullable): the profile whose place it takes: of one that took effect, what would have been
 *   in force on its day of force without it; else the one in force today; %NULL for the founding one
 */
const KanProfile *
kan_book_profile_before (KanBook *self, gint64 seq)
{
  const KanProfileEntry *own = NULL;
  guint n = 0;

  for (; n < self->profiles->len; n++)
    {
      own = g_ptr_array_index (self->profiles, n);
      if (own->seq == seq)
        break;
    }
  if (n == self->profiles->len)
    return kan_book_get_profile (self);
  for (guint i = n; i > 0; i--)
    {
      const KanProfileEntry *entry = g_ptr_array_index (self->profiles, i - 1);

      if (strcmp (entry->from, own->from) <= 0 && strcmp (entry->applies, own->from) <= 0)
        return entry->profile;
    }
  return n > 0 ? ((KanProfileEntry *) g_ptr_array_index (self->profiles, 0))->profile : NULL;
}

/**
 * kan_book_get_edition:
 * @self: a book
 *
 * Returns: the edition of the rules in force
 */
guint
kan_book_get_edition (KanBook *self)
{
  return self->edition;
}

/**
 * kan_book_set_calendar:
 * @self: a book
 * @calendar: (transfer none) (nullable): what fill and lists know of days; must outlive the book
 */
void
kan_book_set_calendar (KanBook *self, KanCalendar *calendar)
{
  self->calendar = calendar;
}

/* Only payments that count towards a deadline: whether those out of cycle do is the word of the profile in force. */
static char *
list_payment_days (KanBook *self)
{
  const KanProfile *profile = kan_book_get_profile (self);
  gboolean off_cycle_counts = profile != NULL && kan_profile_flag (profile, "off_cycle_counts");
  guint grace = profile != NULL ? (guint) kan_profile_number (profile, "purge_grace_business_days") : 0;
  g_autoptr(GArray) payments = kan_calendar_payments (self->calendar, kan_day_from_ymd (1990, 1, 1),
                                                      kan_day_from_ymd (2061, 1, 1));
  GString *json = g_string_new ("[");

  for (guint i = 0; i < payments->len; i++)
    {
      const KanPayment *payment = &g_array_index (payments, KanPayment, i);
      g_autofree char *paid = kan_day_format (payment->day);
      g_autofree char *serves = kan_month_format (payment->year, payment->month);
      g_autofree char *by = kan_day_format (kan_calendar_add_business_days (self->calendar, payment->day, grace));

      if (!payment->off_cycle || off_cycle_counts)
        g_string_append_printf (json, "%s[\"%s\",\"%s\",\"%s\",%d]", json->len > 1 ? "," : "", paid, serves, by,
                                payment->off_cycle);
    }
  return g_string_free (g_string_append_c (json, ']'), FALSE);
}

/* The day, to its last minute, and what the profile in force says of times and intervals. */
static gboolean
fill_today (KanBook *self, const char *day, GError **error)
{
  const KanProfile *profile = kan_book_get_profile (self);
  g_autofree char *end = g_strconcat (day, "T23:59", NULL), *closes = NULL;
  int opening, closing;

  if (!kan_db_run (self->db, error, "DELETE FROM temp.today", "") ||
      !kan_db_run (self->db, error, "INSERT INTO temp.today (day, at) VALUES (?, ?)", "ss", day, end))
    return FALSE;
  if (profile == NULL)
    return TRUE;
  kan_profile_working_hours (profile, &opening, &closing);
  closes = g_strdup_printf ("%02d:%02d", closing / 60, closing % 60);
  return kan_db_run (self->db, error, "UPDATE temp.today SET closes = ?, late_hours = ?, check_days = ?", "sii", closes,
                     kan_profile_number (profile, "late_return_hours"),
                     kan_profile_number (profile, "media_check_days"));
}

/* One statement for all of them: four hundred would cost more than everything else at unlocking. */
static gboolean
fill_days (KanBook *self, KanDay today, GError **error)
{
  g_autofree char *day = kan_day_format (today), *json = list_payment_days (self);

  return fill_today (self, day, error) &&
         kan_db_run (self->db, error, "DELETE FROM temp.payment_day", "") &&
         kan_db_run (self->db, error, "INSERT OR IGNORE INTO temp.payment_day (day, serves, purge_by, off_cycle)"
                                      " SELECT json_extract (value, '$[0]'), json_extract (value, '$[1]'),"
                                      " json_extract (value, '$[2]'), json_extract (value, '$[3]')"
                                      " FROM json_each (?)", "s", json);
}

/**
 * kan_book_set_today:
 * @self: a book with a calendar
 * @today: the day that lists are to be seen on
 * @error: return location
 *
 * Makes the list views and fills the temporary tables they join: `today` and `payment_day`. Deadlines are neither
 * stored in projections nor judged (DESIGN.md). Lists show the day as it ends, until kan_book_set_now().
 */
gboolean
kan_book_set_today (KanBook *self, KanDay today, GError **error)
{
  g_autofree char *lists = kan_schema_compose_lists (self->registry), *day = kan_day_format (today);

  g_strlcpy (self->today, day, sizeof self->today);
  return kan_db_exec (self->db, lists, error) && fill_days (self, today, error);
}

/**
 * kan_book_set_now:
 * @self: a book whose day was set
 * @now: a time of that day, seconds of UTC
 * @error: return location
 *
 * What is late by the hour (closing time, late return) is seen as of that minute.
 */
gboolean
kan_book_set_now (KanBook *self, gint64 now, GError **error)
{
  g_autofree char *minute = kan_minute_format (now);

  return kan_db_run (self->db, error, "UPDATE temp.today SET at = ?", "s", minute);
}
