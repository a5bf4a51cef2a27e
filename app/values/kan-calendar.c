/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The office's calendar: the law's holidays, corrected by the authority's list where a file carries one, the office's
 * closed days, and the days of payment with their exceptions. */
#include "values/kan-calendar.h"
#include "values/kan-holidays.h"

#define MONTH_KEY(y, m) GINT_TO_POINTER ((y) * 12 + (m) - 1)
/* Longer than any gap between payments that a rule with one month a year and one exception can leave. */
#define SEARCH_DAYS 800

struct _KanCalendar
{
  gatomicrefcount  refs;
  GHashTable      *official_years;    /* set of years */
  GHashTable      *official_days;     /* day → name */
  GHashTable      *closed_days;       /* day → name */
  GHashTable      *closed_yearly;     /* month × 100 + day → name */
  GHashTable      *overrides;         /* month served → day */
  GArray          *off_cycle;         /* of KanPayment */
  int              payment_day;
  guint            payment_months;    /* bit m: month m */
  gboolean         off_cycle_counts;
};

static GHashTable *
new_names (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

static gboolean
is_weekend (KanDay day)
{
  return kan_day_weekday (day) == 0 || kan_day_weekday (day) == 6;
}

/* Where the rule puts the payment of a month, whatever the exceptions say. */
static KanPayment
regular_payment (KanCalendar *self, int year, int month)
{
  KanPayment payment = { kan_day_from_ymd (year, month, self->payment_day), year, month, FALSE, FALSE };
  gboolean expected;

  if (payment.day == KAN_DAY_NONE || (self->payment_months & (1u << month)) == 0)
    {
      payment.day = KAN_DAY_NONE;
      return payment;
    }
  while (kan_calendar_holiday_name (self, payment.day, &expected) != NULL || is_weekend (payment.day))
    {
      payment.expected = payment.expected || expected;
      payment.day--;
    }
  return payment;
}

static KanPayment
payment_of (KanCalendar *self, int year, int month)
{
  gpointer day;

  if (g_hash_table_lookup_extended (self->overrides, MONTH_KEY (year, month), NULL, &day))
    return (KanPayment) { GPOINTER_TO_INT (day), year, month, FALSE, FALSE };
  return regular_payment (self, year, month);
}

static int
compare_payments (gconstpointer a, gconstpointer b)
{
  const KanPayment *p = a, *q = b;

  if (p->day != q->day)
    return p->day < q->day ? -1 : 1;
  return p->year * 12 + p->month - q->year * 12 - q->month;
}

static void
append_within (GArray *payments, const KanPayment *payment, KanDay first, KanDay last)
{
  if (payment->day != KAN_DAY_NONE && payment->day >= first && payment->day <= last)
    g_array_append_val (payments, *payment);
}

/**
 * kan_calendar_new:
 *
 * Returns: (transfer full): a calendar that knows the law's holidays and pays on the 15th of even months
 */
KanCalendar *
kan_calendar_new (void)
{
  static const int even[] = { 2, 4, 6, 8, 10, 12 };
  KanCalendar *self = g_new0 (KanCalendar, 1);

  g_atomic_ref_count_init (&self->refs);
  self->official_years = g_hash_table_new (NULL, NULL);
  self->official_days = new_names ();
  self->closed_days = new_names ();
  self->closed_yearly = new_names ();
  self->overrides = g_hash_table_new (NULL, NULL);
  self->off_cycle = g_array_new (FALSE, FALSE, sizeof (KanPayment));
  kan_calendar_set_payment_rule (self, 15, even, G_N_ELEMENTS (even));
  return self;
}

/**
 * kan_calendar_ref:
 * @self: a calendar
 *
 * Returns: (transfer full): @self
 */
KanCalendar *
kan_calendar_ref (KanCalendar *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * kan_calendar_unref:
 * @self: (transfer full): a calendar
 */
void
kan_calendar_unref (KanCalendar *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->official_years);
  g_hash_table_unref (self->official_days);
  g_hash_table_unref (self->closed_days);
  g_hash_table_unref (self->closed_yearly);
  g_hash_table_unref (self->overrides);
  g_array_unref (self->off_cycle);
  g_free (self);
}

/**
 * kan_calendar_set_official:
 * @self: a calendar
 * @first_year: the first year that the list covers wholly
 * @last_year: the last such year
 * @days: the list's days, of these years; others are ignored
 * @names: the name of each
 * @n: how many
 *
 * For these years the list takes the place of the rules, and nothing in them is expected any more.
 * A later list replaces an earlier one year by year.
 */
void
kan_calendar_set_official (KanCalendar *self, int first_year, int last_year,
                           const KanDay *days, const char *const *names, gsize n)
{
  GHashTableIter iter;
  gpointer day;
  int y;

  g_hash_table_iter_init (&iter, self->official_days);
  while (g_hash_table_iter_next (&iter, &day, NULL))
    if (kan_day_to_ymd (GPOINTER_TO_INT (day), &y, NULL, NULL) && y >= first_year && y <= last_year)
      g_hash_table_iter_remove (&iter);
  for (int year = first_year; year <= last_year; year++)
    g_hash_table_add (self->official_years, GINT_TO_POINTER (year));
  for (gsize i = 0; i < n; i++)
    if (kan_day_to_ymd (days[i], &y, NULL, NULL) && y >= first_year && y <= last_year)
      g_hash_table_insert (self->official_days, GINT_TO_POINTER (days[i]), g_strdup (names[i]));
}

/**
 * kan_calendar_add_closed_day:
 * @self: a calendar
 * @day: a day on which the office is closed, though it is no holiday
 * @name: why
 */
void
kan_calendar_add_closed_day (KanCalendar *self, KanDay day, const char *name)
{
  g_hash_table_insert (self->closed_days, GINT_TO_POINTER (day), g_strdup (name));
}

/**
 * kan_calendar_add_closed_yearly:
 * @self: a calendar
 * @month: 1 to 12
 * @day: 1 to 31
 * @name: why the office is closed on that day of every year (年末年始)
 */
void
kan_calendar_add_closed_yearly (KanCalendar *self, int month, int day, const char *name)
{
  g_hash_table_insert (self->closed_yearly, GINT_TO_POINTER (month * 100 + day), g_strdup (name));
}

/**
 * kan_calendar_set_payment_rule:
 * @self: a calendar
 * @day: the day of the month on which pensions are paid, 1 to 28
 * @months: the months, 1 to 12
 * @n: how many, at least one
 *
 * A day that is a Saturday, Sunday or holiday moves to the nearest earlier one that is not.
 */
void
kan_calendar_set_payment_rule (KanCalendar *self, int day, const int *months, gsize n)
{
  self->payment_day = day;
  self->payment_months = 0;
  for (gsize i = 0; i < n; i++)
    self->payment_months |= 1u << months[i];
}

/**
 * kan_calendar_set_off_cycle_counts:
 * @self: a calendar
 * @counts: whether a payment off the cycle is a "next payment" in the sense of Article 11
 */
void
kan_calendar_set_off_cycle_counts (KanCalendar *self, gboolean counts)
{
  self->off_cycle_counts = counts;
}

/**
 * kan_calendar_add_payment:
 * @self: a calendar
 * @day: a day on which something is paid off the cycle
 * @serves: "YYYY-MM", the month it serves
 *
 * Returns: %FALSE, with nothing added, where @day or @serves is none
 */
gboolean
kan_calendar_add_payment (KanCalendar *self, KanDay day, const char *serves)
{
  KanPayment payment = { .day = day, .off_cycle = TRUE };

  if (!kan_day_to_ymd (day, NULL, NULL, NULL) || !kan_month_parse (serves, &payment.year, &payment.month))
    return FALSE;
  g_array_append_val (self->off_cycle, payment);
  return TRUE;
}

/**
 * kan_calendar_override_payment:
 * @self: a calendar
 * @serves: "YYYY-MM", the month whose regular payment is meant
 * @day: the day on which it is paid instead
 *
 * Returns: %FALSE, with nothing changed, where @day or @serves is none
 */
gboolean
kan_calendar_override_payment (KanCalendar *self, const char *serves, KanDay day)
{
  int year, month;

  if (!kan_day_to_ymd (day, NULL, NULL, NULL) || !kan_month_parse (serves, &year, &month))
    return FALSE;
  g_hash_table_insert (self->overrides, MONTH_KEY (year, month), GINT_TO_POINTER (day));
  return TRUE;
}

/**
 * kan_calendar_holiday_name:
 * @self: a calendar
 * @day: a day
 * @expected: (out) (optional): whether it rests on an equinox that the gazette does not name yet (見込み)
 *
 * Returns: (nullable): the holiday's name, %NULL where it is none
 */
const char *
kan_calendar_holiday_name (KanCalendar *self, KanDay day, gboolean *expected)
{
  gboolean by_equinox = FALSE;
  const char *name;
  int year;

  kan_day_to_ymd (day, &year, NULL, NULL);
  if (g_hash_table_contains (self->official_years, GINT_TO_POINTER (year)))
    name = g_hash_table_lookup (self->official_days, GINT_TO_POINTER (day));
  else
    name = kan_holiday_name (day, &by_equinox);
  if (expected != NULL)
    *expected = by_equinox && year > KAN_HOLIDAYS_GAZETTED;
  return name;
}

/**
 * kan_calendar_closed_name:
 * @self: a calendar
 * @day: a day
 *
 * Returns: (nullable): why the office is closed on that day by its own decision, %NULL where it is not
 */
const char *
kan_calendar_closed_name (KanCalendar *self, KanDay day)
{
  const char *name = g_hash_table_lookup (self->closed_days, GINT_TO_POINTER (day));
  int m, d;

  if (name == NULL && kan_day_to_ymd (day, NULL, &m, &d))
    name = g_hash_table_lookup (self->closed_yearly, GINT_TO_POINTER (m * 100 + d));
  return name;
}

/**
 * kan_calendar_is_business_day:
 * @self: a calendar
 * @day: a day
 *
 * Returns: whether the office works: no Saturday, Sunday, holiday or closed day
 */
gboolean
kan_calendar_is_business_day (KanCalendar *self, KanDay day)
{
  return kan_day_to_ymd (day, NULL, NULL, NULL) && !is_weekend (day)
         && kan_calendar_holiday_name (self, day, NULL) == NULL && kan_calendar_closed_name (self, day) == NULL;
}

/**
 * kan_calendar_add_business_days:
 * @self: a calendar
 * @day: a day, itself not counted
 * @n: how many business days
 *
 * Returns: the nth business day after @day, @day itself for 0, %KAN_DAY_NONE where none is found
 */
KanDay
kan_calendar_add_business_days (KanCalendar *self, KanDay day, guint n)
{
  while (n > 0 && kan_day_to_ymd (day, NULL, NULL, NULL))
    if (kan_calendar_is_business_day (self, ++day))
      n--;
  return n == 0 && kan_day_to_ymd (day, NULL, NULL, NULL) ? day : KAN_DAY_NONE;
}

/**
 * kan_calendar_payment_day:
 * @self: a calendar
 * @year: 1 to 9999
 * @month: 1 to 12
 *
 * Returns: the day of that month's regular payment, exceptions regarded; %KAN_DAY_NONE where there is none
 */
KanDay
kan_calendar_payment_day (KanCalendar *self, int year, int month)
{
  g_return_val_if_fail (month >= 1 && month <= 12, KAN_DAY_NONE);

  return payment_of (self, year, month).day;
}

/**
 * kan_calendar_payment_by_rule:
 * @self: a calendar
 * @year: 1 to 9999
 * @month: 1 to 12
 *
 * Returns: the day on which the rule pays in that month, whatever was decided otherwise since; %KAN_DAY_NONE where it
 * pays nothing
 */
KanDay
kan_calendar_payment_by_rule (KanCalendar *self, int year, int month)
{
  g_return_val_if_fail (month >= 1 && month <= 12, KAN_DAY_NONE);

  return regular_payment (self, year, month).day;
}

/**
 * kan_calendar_payments:
 * @self: a calendar
 * @first: the first day
 * @last: the last day
 *
 * Returns: (transfer full) (element-type KanPayment): the payments made from @first to @last, off-cycle ones
 * among them whether they count or not, by day
 */
GArray *
kan_calendar_payments (KanCalendar *self, KanDay first, KanDay last)
{
  GArray *payments = g_array_new (FALSE, FALSE, sizeof (KanPayment));
  GHashTableIter iter;
  gpointer key;
  int y, m, last_y, last_m;

  if (!kan_day_to_ymd (first, &y, &m, NULL) || !kan_day_to_ymd (last, &last_y, &last_m, NULL))
    return payments;
  /* A payment of the first days of a month may have moved into the month before. */
  for (int i = y * 12 + m - 1; i <= last_y * 12 + last_m; i++)
    if (!g_hash_table_contains (self->overrides, GINT_TO_POINTER (i)))
      {
        KanPayment payment = regular_payment (self, i / 12, i % 12 + 1);

        append_within (payments, &payment, first, last);
      }
  g_hash_table_iter_init (&iter, self->overrides);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      KanPayment payment = payment_of (self, GPOINTER_TO_INT (key) / 12, GPOINTER_TO_INT (key) % 12 + 1);

      append_within (payments, &payment, first, last);
    }
  for (guint i = 0; i < self->off_cycle->len; i++)
    append_within (payments, &g_array_index (self->off_cycle, KanPayment, i), first, last);
  g_array_sort (payments, compare_payments);
  return payments;
}

/**
 * kan_calendar_find_next_payment:
 * @self: a calendar
 * @after: a day
 * @payment: (out): the first payment strictly after it; off-cycle ones only where they count
 *
 * Returns: whether there is one
 */
gboolean
kan_calendar_find_next_payment (KanCalendar *self, KanDay after, KanPayment *payment)
{
  g_autoptr (GArray) payments = NULL;

  if (!kan_day_to_ymd (after, NULL, NULL, NULL))
    return FALSE;
  payments = kan_calendar_payments (self, after + 1, MIN (after + SEARCH_DAYS, kan_day_from_ymd (9999, 12, 31)));
  for (guint i = 0; i < payments->len; i++)
    if (!g_array_index (payments, KanPayment, i).off_cycle || self->off_cycle_counts)
      {
        *payment = g_array_index (payments, KanPayment, i);
        return TRUE;
      }
  return FALSE;
}

/**
 * kan_calendar_next_payment:
 * @self: a calendar
 * @after: a day
 *
 * Returns: the day of the first payment strictly after @after (Article 11, paragraph 1), %KAN_DAY_NONE for none
 */
KanDay
kan_calendar_next_payment (KanCalendar *self, KanDay after)
{
  KanPayment payment;

  return kan_calendar_find_next_payment (self, after, &payment) ? payment.day : KAN_DAY_NONE;
}

/**
 * kan_calendar_purge_by:
 * @self: a calendar
 * @recorded: the day on which identity information was recorded
 * @grace: business days after the payment that still are without delay
 *
 * Returns: the last day to erase and discard it (Article 11, paragraph 1), %KAN_DAY_NONE for none
 */
KanDay
kan_calendar_purge_by (KanCalendar *self, KanDay recorded, guint grace)
{
  return kan_calendar_add_business_days (self, kan_calendar_next_payment (self, recorded), grace);
}
