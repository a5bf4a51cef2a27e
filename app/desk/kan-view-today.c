/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today (本日の業務): what is due and what this person can do about it, beside the payment days of the coming year. */
#include "desk/kan-view-private.h"

#include "acts/kan-record-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of how many it is asked who could do what: those that the page shows first. */
enum { ASKED_MAX = 40, MONTHS = 12, MONTHS_BACK = 6, WEEK = 7 };

/* What is begun about something that is due, the first that is possible; `medium`: about the batch's medium. */
typedef struct { KanDueKind due; const char *kind; gboolean medium; } Remedy;

static const Remedy remedies[] = {
  { KAN_DUE_OVERDUE, "media.erase", TRUE },
  { KAN_DUE_OVERDUE, "media.destroy", TRUE },
  { KAN_DUE_OVERDUE, "media.delay", FALSE },
  { KAN_DUE_PURGE, "media.erase", TRUE },
  { KAN_DUE_PURGE, "media.destroy", TRUE },
  { KAN_DUE_LATE_RETURN, "takeout.return", FALSE },
  { KAN_DUE_LATE_RETURN, "takeout.arrive", FALSE },
  { KAN_DUE_NOT_BACK, "media.checkin", FALSE },
  { KAN_DUE_WAITING, "hand.give", FALSE },
  { KAN_DUE_OUT, "takeout.arrive", FALSE },
  { KAN_DUE_OUT, "takeout.return", FALSE },
  { KAN_DUE_OUT, "takeout.close", FALSE },
  { KAN_DUE_MISSING, "media.found", FALSE },
  { KAN_DUE_IN_USE, "media.checkin", FALSE },
  { KAN_DUE_CHECK, "media.check", FALSE },
  { KAN_DUE_SHORTFALL, "shortfall.sign", FALSE },
  { KAN_DUE_SHORTFALL, "shortfall.close", FALSE },
  { KAN_DUE_INSPECTION, "hand.inspect", FALSE },
  { KAN_DUE_REVIEW, "rule.review", FALSE },
  { KAN_DUE_DISPATCH, "takeout.dispatch", FALSE },
  { KAN_DUE_VACANT, "appointment.make", FALSE },
  { KAN_DUE_EXPIRED, "takeout.cancel", FALSE },
};

static void
due_free (KanViewDue *self)
{
  g_free (self->kind_label);
  g_free (self->subject);
  g_free (self->name);
  g_free (self->day);
  g_free (self->detail);
  g_free (self->offer);
  g_free (self->offer_title);
  g_free (self->offer_subject);
  g_free (self);
}

static void
mark_free (KanViewMark *self)
{
  g_free (self->label);
  g_free (self);
}

/**
 * kan_today_view_free:
 * @self: (nullable): a day's page
 */
void
kan_today_view_free (KanTodayView *self)
{
  if (self == NULL)
    return;
  g_free (self->who);
  g_free (self->offices);
  g_free (self->association);
  g_free (self->notice);
  g_clear_pointer (&self->due, g_ptr_array_unref);
  g_clear_pointer (&self->marks, g_ptr_array_unref);
  g_clear_pointer (&self->lacking, g_ptr_array_unref);
  g_clear_pointer (&self->badges, g_ptr_array_unref);
  g_free (self);
}

/* --- what is due ---------------------------------------------------------------------------------------------- */

static gboolean
is_batch (KanDueKind kind)
{
  return kind == KAN_DUE_OVERDUE || kind == KAN_DUE_PURGE || kind == KAN_DUE_COMING;
}

static gboolean
may_begin (KanDesk *self, const char *kind, const char *subject, gint64 now)
{
  const KanAsk *about = kan_view_about (self->book, kind, subject);
  g_autofree char *misfit = kan_view_misfit (self, kind, subject, now, NULL, NULL);
  g_autoptr(KanDraft) draft = kan_draft_new (self->book, kind, about == NULL ? subject : NULL, NULL);
  g_autoptr(GPtrArray) refusals = draft != NULL ? kan_draft_may_begin (draft, kan_desk_get_person (self), now, NULL)
                                                : NULL;

  return misfit == NULL && refusals != NULL && refusals->len == 0;
}

static gboolean
is_inspected_by (KanDesk *self, const char *subject)
{
  gint64 mine = 0;

  return kan_db_get_int (kan_book_get_db (self->book), &mine, NULL, "SELECT count(*) FROM hand WHERE subject = ?"
                         " AND principal = ? AND inspected IS NULL", "si", subject, kan_desk_get_person (self)) &&
         mine > 0;
}

/* The first that this person could begin now about what is due; with `by_medium`, about the medium itself. */
static const Remedy *
find_remedy (KanDesk *self, KanDueKind due, const char *subject, const char *medium, gboolean by_medium, gint64 now)
{
  for (gsize i = 0; i < G_N_ELEMENTS (remedies); i++)
    {
      const char *about = remedies[i].medium ? medium : subject;

      if (remedies[i].due == due && about != NULL && (!by_medium || remedies[i].medium) &&
          (due != KAN_DUE_INSPECTION || is_inspected_by (self, about)) &&
          may_begin (self, remedies[i].kind, about, now))
        return &remedies[i];
    }
  return NULL;
}

/* What its button says: a decision by the word of the article of what waits. */
static const char *
title_of (KanDesk *self, const Remedy *remedy, const char *subject, gint64 now)
{
  g_autoptr(GPtrArray) offers = remedy->due == KAN_DUE_WAITING
    ? kan_book_list_offers (self->book, NULL, subject, kan_desk_get_person (self), now, NULL) : NULL;

  for (guint i = 0; offers != NULL && i < offers->len; i++)
    {
      const KanOffer *offer = g_ptr_array_index (offers, i);

      if (strcmp (offer->kind->id, remedy->kind) == 0)
        return kan_label (offer->title, kan_speaks_japanese ());
    }
  return kan_view_title (self->book, kan_book_find_kind (self->book, remedy->kind, NULL));
}

static void
find_offer (KanDesk *self, KanViewDue *due, const char *medium, gint64 now)
{
  const Remedy *remedy = find_remedy (self, due->kind, due->subject, medium, FALSE, now);

  due->mine = remedy != NULL;
  if (remedy == NULL || kan_view_only_reads (self))
    return;
  due->offer = g_strdup (remedy->kind);
  due->offer_title = g_strdup (title_of (self, remedy, due->subject, now));
  due->offer_subject = g_strdup (remedy->medium ? medium : due->subject);
}

/* The medium of a batch that is due, so that the medium's own page says what the batch waits for. */
static char *
medium_of (KanDesk *self, const KanDue *due)
{
  g_autoptr(KanRecord) record = is_batch (due->kind) ? kan_record_get (self->book, due->subject, NULL) : NULL;

  return record != NULL ? g_strdup (kan_record_get_text (record, "medium")) : NULL;
}

/* What is done about a batch is done to its medium: not among the batch's own acts, it is put before them. */
static void
suggest_remedy (KanDesk *self, const Remedy *remedy, const char *subject, GPtrArray *offers)
{
  const KanRegister *reg = NULL;
  const KanKind *kind = kan_book_find_kind (self->book, remedy->kind, &reg);
  KanViewOffer *offer;

  for (guint i = 0; i < offers->len; i++)
    {
      offer = g_ptr_array_index (offers, i);
      if (strcmp (offer->kind, remedy->kind) == 0 && g_strcmp0 (offer->subject, subject) == 0)
        {
          offer->suggested = TRUE;
          return;
        }
    }
  offer = kan_view_offer_new (kind, reg, kan_view_title (self->book, kind), subject);
  offer->suggested = TRUE;
  g_ptr_array_insert (offers, 0, offer);
}

/**
 * kan_view_suggest:
 * @self: an unlocked desk
 * @subject: a record
 * @offers: (element-type KanViewOffer): what can be begun about it; what Today would offer about it is marked as
 *   suggested among them, or put before them
 * @now: seconds of UTC
 * @error: return location
 *
 * Returns: whether it could be asked what is due
 */
gboolean
kan_view_suggest (KanDesk *self, const char *subject, GPtrArray *offers, gint64 now, GError **error)
{
  g_autoptr(GPtrArray) list = kan_desk_list_due (self, error);
  const KanRegister *reg = kan_book_register_of (self->book, subject);
  gboolean is_medium = reg != NULL && strcmp (reg->id, "medium") == 0;

  for (guint i = 0; list != NULL && !kan_view_only_reads (self) && i < list->len; i++)
    {
      const KanDue *due = g_ptr_array_index (list, i);
      gboolean own = strcmp (due->subject, subject) == 0;
      g_autofree char *medium = own || is_medium ? medium_of (self, due) : NULL;
      gboolean by_medium = g_strcmp0 (medium, subject) == 0;
      const Remedy *remedy = by_medium || own
                             ? find_remedy (self, due->kind, due->subject, medium, by_medium, now) : NULL;

      if (remedy == NULL)
        continue;
      suggest_remedy (self, remedy, remedy->medium ? medium : due->subject, offers);
      return TRUE;
    }
  return list != NULL;
}

/* "120, 年金給付" of a batch, and the destruction of its medium that waits for its witness; whom something waits for. */
static char *
detail_of (KanDesk *self, const KanDue *due, KanRecord *record)
{
  g_autofree char *count = NULL, *purpose = NULL, *words = NULL, *waits = NULL;

  if (due->waiting_for != NULL)
    return kan_view_capacities (self->book, due->asked, due->waiting_for);
  if (due->kind == KAN_DUE_ASKED_BACK || due->kind == KAN_DUE_VACANT)
    return g_strdup (due->detail);
  if (record == NULL || !is_batch (due->kind))
    return NULL;
  count = kan_record_show (record, "count", kan_speaks_japanese ());
  purpose = kan_record_show (record, "purpose", kan_speaks_japanese ());
  /* Translators: how many records, for which purpose */
  words = g_strdup_printf (_("%s records, %s"), count, purpose);
  waits = kan_view_waiting_destruction (self->book, kan_record_get_text (record, "medium"));
  return g_strjoin ("　", words, waits != NULL ? waits : due->why, waits != NULL ? due->why : NULL, NULL);
}

static KanViewDue *
view_due (KanDesk *self, const KanDue *due, gboolean asks, gint64 now)
{
  g_autoptr(KanRecord) record = is_batch (due->kind) ? kan_record_get (self->book, due->subject, NULL) : NULL;
  const char *medium = record != NULL ? kan_record_get_text (record, "medium") : NULL;
  KanDay day = due->day != NULL ? kan_day_parse (due->day) : KAN_DAY_NONE;
  KanViewDue *view = g_new0 (KanViewDue, 1);

  view->kind = due->kind;
  view->kind_label = g_strdup (kan_label (kan_due_kind_label (due->kind), kan_speaks_japanese ()));
  view->subject = g_strdup (due->subject);
  view->name = medium != NULL ? kan_book_name_of (self->book, medium) : kan_view_name (self->book, due->subject);
  view->day = due->day != NULL ? kan_view_day (due->day) : NULL;
  view->days_left = day != KAN_DAY_NONE ? day - self->day : G_MAXINT;
  view->detail = detail_of (self, due, record);
  if (asks)
    find_offer (self, view, medium, now);
  return view;
}

static KanViewBadge *
badge_of (GPtrArray *badges, const char *register_id)
{
  KanViewBadge *badge;

  for (guint i = 0; i < badges->len; i++)
    if (strcmp (((KanViewBadge *) g_ptr_array_index (badges, i))->register_id, register_id) == 0)
      return g_ptr_array_index (badges, i);
  badge = g_new0 (KanViewBadge, 1);
  badge->register_id = register_id;
  g_ptr_array_add (badges, badge);
  return badge;
}

/* Beside the register whose record it is. */
static void
count_due (KanDesk *self, KanTodayView *view, const KanDue *due)
{
  KanDueUrgency urgency = kan_due_urgency (due->kind);
  const KanRegister *reg = urgency != KAN_QUIET ? kan_book_register_of (self->book, due->subject) : NULL;
  KanViewBadge *badge = reg != NULL ? badge_of (view->badges, reg->id) : NULL;

  view->n_late += urgency == KAN_LATE;
  if (badge != NULL)
    *(urgency == KAN_LATE ? &badge->n_late : &badge->n_waiting) += 1;
}

static gboolean
add_due (KanDesk *self, KanTodayView *view, gint64 now, GError **error)
{
  g_autoptr(GPtrArray) due = kan_desk_list_due (self, error);

  if (due == NULL)
    return FALSE;
  for (guint i = 0, asked = 0; i < due->len; i++)
    {
      const KanDue *one = g_ptr_array_index (due, i);
      gboolean asks = one->kind == KAN_DUE_WAITING || asked < ASKED_MAX;
      KanViewDue *shown = view_due (self, one, asks, now);

      asked += one->kind != KAN_DUE_WAITING;
      view->n_mine += one->kind == KAN_DUE_WAITING && shown->mine;
      count_due (self, view, one);
      g_ptr_array_add (view->due, shown);
    }
  return TRUE;
}

/* --- the strip ------------------------------------------------------------------------------------------------ */

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const KanViewMark *x = *(const KanViewMark *const *) a, *y = *(const KanViewMark *const *) b;

  return (x->day > y->day) - (x->day < y->day);
}

static KanViewMark *
mark_on (GPtrArray *marks, KanDay day)
{
  KanViewMark *mark;

  for (guint i = 0; i < marks->len; i++)
    if (((KanViewMark *) g_ptr_array_index (marks, i))->day == day)
      return g_ptr_array_index (marks, i);
  mark = g_new0 (KanViewMark, 1);
  mark->day = day;
  g_ptr_array_add (marks, mark);
  return mark;
}

/* A month back, or so far that the payment is seen that made the oldest recording overdue. */
static KanDay
first_day (KanDesk *self)
{
  KanDay month = kan_day_add_months (self->day, -1), least = kan_day_add_months (self->day, -MONTHS_BACK);
  g_autofree char *payment = kan_db_get_text (kan_book_get_db (self->book), NULL, "SELECT min(payment) FROM batch_open"
                                              " WHERE purge_by < (SELECT day FROM temp.today)", "");
  KanDay caused = payment != NULL ? kan_day_parse (payment) : KAN_DAY_NONE;

  return caused == KAN_DAY_NONE ? month : CLAMP (caused - WEEK, least, month);
}

static void
add_payments (KanDesk *self, KanDay first, GPtrArray *marks)
{
  g_autoptr(GArray) payments = kan_calendar_payments (self->calendar, first,
                                                      kan_day_add_months (self->day, MONTHS));

  for (guint i = 0; i < payments->len; i++)
    {
      const KanPayment *payment = &g_array_index (payments, KanPayment, i);
      KanViewMark *mark = mark_on (marks, payment->day);
      g_autofree char *month = kan_view_month (payment->year, payment->month);

      mark->is_payment = TRUE;
      mark->expected = payment->expected;
      g_free (mark->label);
      mark->label = g_strdup_printf (payment->expected ? _("payment for %s (expected)") : _("payment for %s"), month);
    }
}

/* How many batches are to be gone by which day; those past it are overdue. */
static gboolean
add_deadlines (KanDesk *self, GPtrArray *marks, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_prepare (kan_book_get_db (self->book), "SELECT purge_by, count(*) FROM batch_open"
                                            " WHERE purge_by IS NOT NULL GROUP BY purge_by", error);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    {
      KanDay day = kan_day_parse (kan_stmt_text (stmt, 0));
      KanViewMark *mark = day < kan_day_add_months (self->day, MONTHS) ? mark_on (marks, day) : NULL;

      if (mark != NULL && day < self->day)
        mark->n_overdue += (guint) kan_stmt_int (stmt, 1);
      else if (mark != NULL)
        mark->n_due += (guint) kan_stmt_int (stmt, 1);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static void
label_deadlines (GPtrArray *marks)
{
  for (guint i = 0; i < marks->len; i++)
    {
      KanViewMark *mark = g_ptr_array_index (marks, i);
      g_autofree char *before = g_steal_pointer (&mark->label), *words = NULL, *stored = kan_day_format (mark->day);
      g_autofree char *day = kan_view_day (stored);
      guint n = mark->n_due + mark->n_overdue;
      g_autofree char *deadline = n == 0 ? NULL
        : g_strdup_printf (mark->n_overdue > 0 ? g_dngettext (GETTEXT_PACKAGE, "%u recording overdue",
                                                              "%u recordings overdue", n)
                           : g_dngettext (GETTEXT_PACKAGE, "%u recording to be gone", "%u recordings to be gone", n),
                           n);

      words = before == NULL ? g_steal_pointer (&deadline)
        : deadline == NULL ? g_steal_pointer (&before) : g_strdup_printf ("%s, %s", before, deadline);
      mark->label = g_strdup_printf (_("%s: %s"), day, words);
    }
}

/* --- the page ------------------------------------------------------------------------------------------------- */

static char *
association_of (KanDesk *self)
{
  const KanProfile *profile = kan_book_get_profile (self->book);
  char *named = kan_db_get_text (kan_book_get_db (self->book), NULL, "SELECT association FROM file WHERE id = 1", "");

  return named != NULL || profile == NULL ? named
         : g_strdup (kan_label (kan_profile_association (profile), kan_speaks_japanese ()));
}

static void
fill_person (KanDesk *self, KanTodayView *view)
{
  const KanLabel *clock = kan_book_get_clock_warning (self->book);
  g_autofree char *today = kan_view_today (self), *subject = g_strdup_printf ("P%" G_GINT64_FORMAT,
                                                                              kan_desk_get_person (self));

  view->who = kan_book_name_of (self->book, subject);
  view->offices = kan_view_offices (self->book, kan_desk_get_person (self), today, NULL);
  view->association = association_of (self);
  view->notice = g_strdup (kan_desk_get_notice (self));
  view->clock = clock != NULL ? kan_label (clock, kan_speaks_japanese ()) : NULL;
}

/* What is due is found through indexes: where one leads past its rows, whoever sees the day is told. */
static void
tell_indexes (KanDesk *self)
{
  g_autoptr(GError) failed = NULL;
  const char *told = kan_desk_get_notice (self);

  if (!kan_book_check_shown (self->book, &failed) && (told == NULL || strstr (told, failed->message) == NULL))
    kan_desk_tell (self, failed->message);
}

/**
 * kan_desk_view_today:
 * @self: an unlocked desk
 * @now: seconds of UTC; lists move on to it
 * @error: return location
 *
 * Returns: (transfer full): the day's page
 */
KanTodayView *
kan_desk_view_today (KanDesk *self, gint64 now, GError **error)
{
  g_autoptr(KanTodayView) view = g_new0 (KanTodayView, 1);

  if (!kan_desk_set_now (self, now, error))
    return NULL;
  view->today = self->day;
  view->due = g_ptr_array_new_with_free_func ((GDestroyNotify) due_free);
  view->badges = g_ptr_array_new_with_free_func (g_free);
  view->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) mark_free);
  tell_indexes (self);
  fill_person (self, view);
  view->lacking = kan_view_lacking (self, now);
  view->first = first_day (self);
  add_payments (self, view->first, view->marks);
  if (!add_due (self, view, now, error) || !add_deadlines (self, view->marks, error))
    return NULL;
  label_deadlines (view->marks);
  g_ptr_array_sort (view->marks, compare_marks);
  return g_steal_pointer (&view);
}
