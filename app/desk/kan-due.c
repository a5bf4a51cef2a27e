/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is due, from the registers' own lists; and the reminder block that says so without a passphrase. */
#include "desk/kan-view-private.h"

#include "registers/kan-registers.h"
#include "values/kan-roles.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Which list of which register says that something is due, the column of its day, the one that tells more (who has it,
 * where it lies, what it is about), where it is not late on the next day, the one of the time from which it is, and
 * those of the record that say why it is not done yet, "|" between. And whether it waits for somebody or is late. */
typedef struct
{
  KanDueKind  kind;
  const char *id;
  KanLabel    label;
  KanDueUrgency urgency;
  const KanRegister *reg;
  const char *list, *day, *detail, *late, *why;
} DueSource;

#define BATCH_WHY "hold_reason|delay_reason"

static const DueSource sources[] = {
  { KAN_DUE_OVERDUE, "overdue", L ("Overdue", "期限超過"), KAN_LATE,
    &kan_batch_register, "batch_overdue", "purge_by", "purpose", NULL, BATCH_WHY },
  { KAN_DUE_PURGE, "due", L ("Due", "期限到来"), KAN_WAITS,
    &kan_batch_register, "batch_due", "purge_by", "purpose", NULL, BATCH_WHY },
  { KAN_DUE_COMING, "coming", L ("Due after the coming payment", "次回支給後に消去"), KAN_QUIET,
    &kan_batch_register, "batch_open", "payment", "purpose" },
  { KAN_DUE_LATE_RETURN, "late_return", L ("Not returned in time", "返却遅延"), KAN_LATE,
    &kan_takeout_register, "takeout_late", "until", "carrier", "late_from" },
  { KAN_DUE_NOT_BACK, "not_back", L ("Not put back in time", "庫入遅延"), KAN_LATE,
    &kan_medium_register, "medium_not_back", "back_by", "holder" },
  { KAN_DUE_WAITING, "waiting", L ("Waiting", "決裁待ち"), KAN_WAITS },
  { KAN_DUE_OUT, "out", L ("Out", "持出中"), KAN_QUIET,
    &kan_takeout_register, "takeout_out", "until", "carrier", "late_from" },
  { KAN_DUE_MISSING, "missing", L ("Missing", "所在不明"), KAN_WAITS,
    &kan_medium_register, "medium_missing", NULL, "place" },
  { KAN_DUE_IN_USE, "in_use", L ("In use", "使用中"), KAN_QUIET,
    &kan_medium_register, "medium_in_use", "back_by", "holder" },
  { KAN_DUE_CHECK, "check", L ("Not checked in time", "点検未了"), KAN_LATE,
    &kan_medium_register, "medium_to_check", "checked_on", "place" },
  { KAN_DUE_SHORTFALL, "shortfall", L ("Shortfall", "不備"), KAN_WAITS,
    &kan_shortfall_register, "shortfall_open", NULL, "about" },
  { KAN_DUE_INSPECTION, "inspection", L ("Later inspection", "後閲"), KAN_WAITS },
  { KAN_DUE_REVIEW, "review", L ("Review due", "見直し期限到来"), KAN_LATE,
    &kan_rule_register, "rule_review_due", "review_due", NULL },
  { KAN_DUE_DISPATCH, "dispatch", L ("To be dispatched", "搬出待ち"), KAN_WAITS,
    &kan_takeout_register, "takeout_approved", "leaves_by", "destination" },
  { KAN_DUE_ASKED_BACK, "asked_back", L ("Asked back, with who applied", "差戻し（申請者の手元）"), KAN_WAITS },
  { KAN_DUE_VACANT, "vacant", L ("Vacant", "欠員"), KAN_WAITS },
  { KAN_DUE_EXPIRED, "expired", L ("Consent expired", "承諾の有効期間経過"), KAN_LATE,
    &kan_takeout_register, "takeout_expired", "leaves_by", "destination" },
};

/**
 * kan_due_kind_id:
 * @kind: a kind
 *
 * Returns: (transfer none): its name, as JSON spells it
 */
const char *
kan_due_kind_id (KanDueKind kind)
{
  return sources[kind].id;
}

/**
 * kan_due_kind_label:
 * @kind: a kind
 *
 * Returns: (transfer none): what people call it
 */
const KanLabel *
kan_due_kind_label (KanDueKind kind)
{
  return &sources[kind].label;
}

/**
 * kan_due_kind_register:
 * @kind: a kind
 *
 * Returns: (transfer none) (nullable): the register whose list says so; %NULL where it is no register's
 */
const char *
kan_due_kind_register (KanDueKind kind)
{
  return sources[kind].reg != NULL ? sources[kind].reg->id : NULL;
}

/**
 * kan_due_kind_list:
 * @kind: a kind
 *
 * Returns: (transfer none) (nullable): that list
 */
const char *
kan_due_kind_list (KanDueKind kind)
{
  return sources[kind].list;
}

/**
 * kan_due_urgency:
 * @kind: a kind
 *
 * Returns: whether it waits for somebody, is late already, or neither
 */
KanDueUrgency
kan_due_urgency (KanDueKind kind)
{
  return sources[kind].urgency;
}

/**
 * kan_due_is_late_apart:
 * @kind: a kind
 *
 * Returns: whether it counts as late on another day than the one by which it was to be done
 */
gboolean
kan_due_is_late_apart (KanDueKind kind)
{
  return sources[kind].late != NULL;
}

/**
 * kan_due_late_day:
 * @self: what is due
 *
 * Returns: the last day on which it is not late yet; %KAN_DAY_NONE: it has none
 */
KanDay
kan_due_late_day (const KanDue *self)
{
  const char *day = self->late_on != NULL ? self->late_on : self->day;

  return day != NULL ? kan_day_parse (day) : KAN_DAY_NONE;
}

static void
due_free (KanDue *self)
{
  g_free (self->subject);
  g_free (self->name);
  g_free (self->detail);
  g_free (self->why);
  g_free (self->day);
  g_free (self->late_on);
  g_free (self->late_from);
  g_free (self->asked);
  g_clear_pointer (&self->waiting_for, g_ptr_array_unref);
  g_free (self);
}

/* What a record without a name of its own is known by: its parent alone; else the first reference and the first text
 * that lists tell of it. */
static gboolean
is_telling (const KanRegister *reg, const KanField *field, gboolean *refers, gboolean *says)
{
  gboolean is_ref = field->type == KAN_REF || field->type == KAN_REFS;
  gboolean *told_already = is_ref ? refers : says;

  if (reg->parent != NULL)
    return strcmp (field->id, reg->parent) == 0;
  if ((field->flags & KAN_LISTED) == 0 || !(is_ref || field->type == KAN_TEXT) || *told_already)
    return FALSE;
  *told_already = TRUE;
  return TRUE;
}

/**
 * kan_view_about_words:
 * @book: a book
 * @subject: "T27"
 *
 * Returns: (transfer full) (nullable): what it is called; a recording by its medium, a take-out by its media and their
 *   destination; %NULL where there is none
 */
char *
kan_view_about_words (KanBook *book, const char *subject)
{
  g_autoptr(KanRecord) record = kan_record_get (book, subject, NULL);
  char *name = kan_book_name_of (book, subject);
  const KanRegister *reg = record != NULL ? kan_record_get_register (record) : NULL;
  gboolean refers = FALSE, says = FALSE;
  GString *out;

  if (name != NULL || reg == NULL)
    return name;
  out = g_string_new (NULL);
  for (const KanField *field = reg->fields; field->id != NULL; field++)
    if (kan_record_has (record, field->id) && is_telling (reg, field, &refers, &says))
      {
        g_autofree char *words = kan_record_show (record, field->id, kan_speaks_japanese ());

        g_string_append_printf (out, "%s%s", out->len > 0 ? _(", ") : "", words);
      }
  return g_string_free (out, FALSE);
}

/* "Reason for the delay: …"; NULL: nothing of it was said. */
static char *
why_words (KanRecord *record, const char *columns)
{
  g_auto(GStrv) ids = g_strsplit (columns, "|", -1);
  GString *out = g_string_new (NULL);

  for (char **id = ids; *id != NULL; id++)
    {
      const KanField *field = kan_register_find_field (kan_record_get_register (record), *id);
      g_autofree char *words = kan_record_has (record, *id) ? kan_record_show (record, *id, kan_speaks_japanese ())
                                                            : NULL;

      if (words != NULL && *words != '\0')
        g_string_append_printf (out, "%s%s%s%s", out->len > 0 ? _(", ") : "",
                                kan_label (&field->label, kan_speaks_japanese ()), _(": "), words);
    }
  return g_string_free (out, out->len == 0);
}

static KanDue *
due_new (KanDesk *self, KanDueKind kind, const char *subject, const char *day)
{
  g_autoptr(KanRecord) record = kan_record_get (self->book, subject, NULL);
  const char *detail = sources[kind].detail;
  KanDue *due = g_new0 (KanDue, 1);

  due->kind = kind;
  due->subject = g_strdup (subject);
  due->name = kan_view_about_words (self->book, subject);
  if (detail != NULL && record != NULL && kan_record_has (record, detail))
    due->detail = kan_record_show (record, detail, kan_speaks_japanese ());
  if (sources[kind].why != NULL && record != NULL)
    due->why = why_words (record, sources[kind].why);
  due->day = g_strdup (day);
  return due;
}

/* The day that it was in Japan. */
static char *
day_of (const char *utc)
{
  gint64 at = 0;

  return kan_utc_parse (utc, &at) ? kan_day_format (kan_day_of_utc (at)) : NULL;
}

static int
column_of (KanTable *table, const char *id)
{
  for (guint i = 0; id != NULL && i < kan_table_n_columns (table); i++)
    if (strcmp (kan_table_get_column (table, i)->id, id) == 0)
      return (int) i;
  return -1;
}

/* What stands in a more urgent list is not told twice. */
static gboolean
told (GPtrArray *list, const char *subject)
{
  for (guint i = 0; i < list->len; i++)
    {
      const KanDue *due = g_ptr_array_index (list, i);

      if (due->kind <= KAN_DUE_NOT_BACK && strcmp (due->subject, subject) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
within_month (KanDesk *self, const char *day)
{
  g_autofree char *today = kan_db_get_text (kan_book_get_db (self->book), NULL, "SELECT day FROM temp.today", "");

  return day != NULL && today != NULL && kan_day_parse (day) <= kan_day_parse (today) + 31;
}

/* (nullable): a date or time; NULL: no such column, or nothing in it */
static const char *
stored_in (KanTable *table, guint row, const char *column)
{
  int n = column_of (table, column);

  return n >= 0 ? kan_table_get_stored (table, row, (guint) n) : NULL;
}

/* (transfer full) (nullable): its day */
static char *
day_in (KanTable *table, guint row, const char *column)
{
  const char *stored = stored_in (table, row, column);

  return stored != NULL ? g_strndup (stored, strlen ("2026-02-13")) : NULL;
}

static gboolean
add_from_list (KanDesk *self, const DueSource *source, GPtrArray *list, GError **error)
{
  g_autoptr(KanTable) table = kan_table_new (self->book, source->reg, source->list, NULL, 0, NULL, error);

  for (guint row = 0; table != NULL && row < kan_table_n_rows (table); row++)
    {
      g_autofree char *subject = g_strdup (kan_table_get_stored (table, row, 0));
      g_autofree char *day = day_in (table, row, source->day);
      KanDue *due;

      if (told (list, subject) || (source->kind == KAN_DUE_COMING && !within_month (self, day)))
        continue;
      due = due_new (self, source->kind, subject, day);
      due->late_on = day_in (table, row, source->late);
      due->late_from = g_strdup (stored_in (table, row, source->late));
      g_ptr_array_add (list, due);
    }
  return table != NULL;
}

static gboolean
add_waiting (KanDesk *self, GPtrArray *list, gint64 now, GError **error)
{
  g_autoptr(GPtrArray) pending = kan_book_list_pending (self->book, NULL, now, error);

  for (guint i = 0; pending != NULL && i < pending->len; i++)
    {
      KanPending *waits = g_ptr_array_index (pending, i);
      const KanKind *kind = kan_book_find_kind (self->book, waits->kind, NULL);
      g_autofree char *day = day_of (waits->since);
      KanDue *due = due_new (self, KAN_DUE_WAITING, waits->subject, day);

      due->detail = g_strdup (kind != NULL ? kan_view_title (self->book, kind) : waits->kind);
      due->asked = g_strdup (waits->kind);
      due->waiting_for = g_ptr_array_ref (waits->waiting_for);
      g_ptr_array_add (list, due);
    }
  return pending != NULL;
}

static gboolean
add_inspections (KanDesk *self, GPtrArray *list, GError **error)
{
  g_autoptr(GPtrArray) hands = kan_book_list_hands (self->book, NULL, TRUE, error);

  for (guint i = 0; hands != NULL && i < hands->len; i++)
    {
      const KanGivenHand *hand = g_ptr_array_index (hands, i);
      g_autofree char *day = day_of (hand->at);
      g_autofree char *principal = g_strdup_printf ("P%" G_GINT64_FORMAT, hand->principal);
      KanDue *due = due_new (self, KAN_DUE_INSPECTION, hand->subject, day);

      due->detail = kan_book_name_of (self->book, principal);
      g_ptr_array_add (list, due);
    }
  return hands != NULL;
}

static gboolean
add_asked_back (KanDesk *self, GPtrArray *list, GError **error)
{
  g_autoptr(GPtrArray) asked = kan_book_list_asked_back (self->book, error);

  for (guint i = 0; asked != NULL && i < asked->len; i++)
    {
      const KanPending *lies = g_ptr_array_index (asked, i);
      const KanKind *kind = kan_book_find_kind (self->book, lies->kind, NULL);
      g_autofree char *day = day_of (lies->since), *who = g_strdup_printf ("P%" G_GINT64_FORMAT, lies->actor);
      g_autofree char *name = kan_book_name_of (self->book, who);
      g_autofree char *title = g_strdup (kind != NULL ? kan_view_title (self->book, kind) : lies->kind);
      KanDue *due = due_new (self, KAN_DUE_ASKED_BACK, lies->subject, day);

      due->detail = g_strdup_printf (_("%s: %s"), title, name);
      g_ptr_array_add (list, due);
    }
  return asked != NULL;
}

/* Roles without which nothing can be decided. */
static const char *const deciding[] = { "chief", "information_manager", "system_manager", "security_manager" };

/* (transfer full): which of them the office carries; empty: none */
static char *
deciding_roles (const KanOffice *office)
{
  GString *names = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (deciding); i++)
    if (g_strv_contains (office->roles, deciding[i]))
      g_string_append_printf (names, "%s%s", names->len > 0 ? _(", ") : "",
                              kan_label (&kan_role_lookup (deciding[i])->label, kan_speaks_japanese ()));
  return g_string_free (names, FALSE);
}

/* Who may decide in its place, while nobody holds it: in the order in which they are asked. */
static char *
deputy_words (KanDesk *self, const KanOffice *office)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (const char *const *code = office->deputies; code != NULL && *code != NULL; code++)
    {
      g_autofree char *name = kan_db_get_text (kan_book_get_db (self->book), NULL,
                                               "SELECT group_concat(p.name, ', ') FROM appointment_current c"
                                               " JOIN office o ON o.id = c.office JOIN person p ON p.id = c.person"
                                               " WHERE o.code = ?", "s", *code);

      if (name != NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? _(", ") : "", name);
    }
  return names->len > 0 ? g_strdup_printf (_("deputises: %s"), names->str) : g_strdup (_("nobody deputises"));
}

static gboolean
add_if_vacant (KanDesk *self, const KanOffice *office, GPtrArray *list, GError **error)
{
  g_autofree char *roles = deciding_roles (office), *who = NULL;
  g_autoptr(GError) failed = NULL;
  g_autoptr(KanStmt) stmt = kan_db_query (kan_book_get_db (self->book), &failed,
                                          "SELECT 'O' || o.id, max(a.until) FROM office o"
                                          " JOIN appointment a ON a.office = o.id AND " KAN_WAS_HELD
                                          " WHERE o.code = ?"
                                          " AND o.state = 'standing' AND NOT EXISTS (SELECT 1"
                                          " FROM appointment_current c WHERE c.office = o.id) GROUP BY o.id", "s",
                                          office->id);
  KanDue *due;

  if (*roles != '\0' && stmt != NULL && kan_stmt_step (stmt, &failed))
    {
      who = deputy_words (self, office);
      due = due_new (self, KAN_DUE_VACANT, kan_stmt_text (stmt, 0), kan_stmt_text (stmt, 1));
      due->detail = g_strdup_printf (_("%s, %s"), roles, who);
      g_ptr_array_add (list, due);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* Offices that decide and somebody held before: whom a new office has yet to appoint is told by kan_view_lacking(). */
static gboolean
add_vacant (KanDesk *self, GPtrArray *list, GError **error)
{
  gsize n = 0;
  const KanOffice *offices = kan_profile_offices (kan_book_get_profile (self->book), &n);

  for (gsize i = 0; i < n; i++)
    if (!add_if_vacant (self, &offices[i], list, error))
      return FALSE;
  return TRUE;
}

static gint64
noon_today (KanDesk *self)
{
  g_autofree char *today = kan_db_get_text (kan_book_get_db (self->book), NULL, "SELECT day FROM temp.today", "");

  return kan_day_to_utc (kan_day_parse (today)) + 12 * 3600;
}

/**
 * kan_desk_list_due:
 * @self: an unlocked desk
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanDue): what needs somebody on the desk's day, most urgent first
 */
GPtrArray *
kan_desk_list_due (KanDesk *self, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) due_free);

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      gboolean fine = sources[i].kind == KAN_DUE_WAITING ? add_waiting (self, list, noon_today (self), error)
                      : sources[i].kind == KAN_DUE_INSPECTION ? add_inspections (self, list, error)
                      : sources[i].kind == KAN_DUE_ASKED_BACK ? add_asked_back (self, list, error)
                      : sources[i].kind == KAN_DUE_VACANT ? add_vacant (self, list, error)
                      : add_from_list (self, &sources[i], list, error);

      if (!fine)
        return NULL;
    }
  return g_steal_pointer (&list);
}

/* --- reminders ------------------------------------------------------------------------------------------------ */

static void
count_reminder (KanStatus *status, const KanDue *due)
{
  gint32 day = kan_due_late_day (due);

  for (guint i = 0; i < status->n_reminders; i++)
    if (status->reminders[i].what == due->kind && status->reminders[i].day == day)
      {
        status->reminders[i].count += status->reminders[i].count < G_MAXUINT16;
        return;
      }
  if (status->n_reminders == G_N_ELEMENTS (status->reminders))
    return;
  status->reminders[status->n_reminders].what = (guint16) due->kind;
  status->reminders[status->n_reminders].day = day;
  status->reminders[status->n_reminders].count = 1;
  status->n_reminders++;
}

static gboolean
write_reminders (KanDesk *self, gint64 now, GError **error)
{
  g_autoptr(GPtrArray) due = kan_desk_set_now (self, now, error) ? kan_desk_list_due (self, error) : NULL;
  KanStatus status;

  if (due == NULL || !kan_vault_get_status (self->vault, &status, error))
    return FALSE;
  status.n_reminders = 0;
  status.remind_as_of = self->day;
  for (guint i = 0; i < due->len; i++)
    count_reminder (&status, g_ptr_array_index (due, i));
  return kan_vault_set_status (self->vault, &status, error);
}

/**
 * kan_desk_set_reminders:
 * @self: an unlocked desk
 * @on: whether dates and counts may be read without a passphrase
 * @now: seconds of UTC
 * @error: %KAN_ERROR_REFUSED for whoever manages nothing
 *
 * The office decides it, by one of its managers: whoever holds the file can then see how much is due and when, and
 * nothing else.
 */
gboolean
kan_desk_set_reminders (KanDesk *self, gboolean on, gint64 now, GError **error)
{
  KanStatus status;

  if (!kan_desk_may_write (self, error))
    return FALSE;
  if (!kan_book_may_manage (self->book, self->seat->person, now))
    {
      g_set_error_literal (error, KAN_ERROR, KAN_ERROR_REFUSED,
                           _("only the chief, an information manager or a system manager switches reminders"));
      return FALSE;
    }
  if (on)
    return write_reminders (self, now, error);
  if (!kan_vault_get_status (self->vault, &status, error))
    return FALSE;
  status.n_reminders = 0;
  status.remind_as_of = 0;
  return kan_vault_set_status (self->vault, &status, error);
}

/**
 * kan_desk_refresh_reminders:
 * @self: an unlocked desk
 * @now: seconds of UTC
 * @error: return location
 *
 * Brings the reminder block up to date where the office switched it on.
 */
gboolean
kan_desk_refresh_reminders (KanDesk *self, gint64 now, GError **error)
{
  KanStatus status;

  return kan_vault_get_status (self->vault, &status, error) && (status.remind_as_of == 0 || write_reminders (self, now,
                                                                                                             error));
}
