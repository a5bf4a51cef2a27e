/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line: text, number, count; and days, times and months as people type them, with what was understood beside it. */
#include "kit/kan-dialogs.h"
#include "kit/kan-question-row.h"

#include "values/kan-wareki.h"

#include <glib/gi18n.h>
#include <string.h>

struct _KanEntryRow
{
  AdwEntryRow parent_instance;

  GtkWidget  *hint;         /* borrowed: a suffix */
  GtkWidget  *popover;      /* borrowed: with the calendar */
  GtkCalendar *calendar;    /* borrowed */
  char       *filled;       /* owned: what the program will answer */
  gboolean    is_ready, is_loading;
};

static void kan_entry_row_question_init (KanQuestionRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KanEntryRow, kan_entry_row, ADW_TYPE_ENTRY_ROW,
                               G_IMPLEMENT_INTERFACE (KAN_TYPE_QUESTION_ROW, kan_entry_row_question_init))

static KanType
type_of (KanEntryRow *self)
{
  return kan_question_row_get_slot (KAN_QUESTION_ROW (self))->question->type;
}

/* --- what people type ----------------------------------------------------------------------------------------- */

/* "10:05", "1005", "10時5分", all of them also full-width; -1: no time of day */
static int
read_clock (const char *typed)
{
  g_autofree char *plain = g_utf8_normalize (typed, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autoptr(GRegex) regex = g_regex_new ("^(\\d{1,2}):?(?:時)?(\\d{2}|\\d(?=分))?分?$", 0, 0, NULL);
  g_autoptr(GMatchInfo) found = NULL;
  g_autofree char *hour = NULL, *minute = NULL;
  int h, m;

  if (plain == NULL || !g_regex_match (regex, g_strstrip (plain), 0, &found))
    return -1;
  hour = g_match_info_fetch (found, 1);
  minute = g_match_info_fetch (found, 2);
  h = atoi (hour);
  m = minute != NULL ? atoi (minute) : 0;
  return h < 24 && m < 60 ? h * 60 + m : -1;
}

/* The day and the minutes of a moment as people type it; the day is KAN_DAY_NONE where it is none. */
static KanDay
read_moment (const char *typed, int *minutes)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  char *gap = strrchr (text, ' ');

  if (gap == NULL)
    gap = strrchr (text, 'T');
  if (gap == NULL && (gap = strstr (text, "日")) != NULL)
    {
      g_autofree char *day = g_strndup (text, (gsize) (gap - text) + strlen ("日"));

      *minutes = read_clock (gap + strlen ("日"));
      return *minutes >= 0 ? kan_wareki_parse (day) : KAN_DAY_NONE;
    }
  if (gap == NULL)
    return KAN_DAY_NONE;
  *minutes = read_clock (gap + 1);
  *gap = '\0';
  return *minutes >= 0 ? kan_wareki_parse (text) : KAN_DAY_NONE;
}

/* The answer in the spelling that the core reads; what is not understood stays as typed, and is refused there. */
static char *
spell (KanEntryRow *self, const char *typed)
{
  int minutes = 0, year = 0, month = 0;
  KanDay day;

  switch (type_of (self))
    {
    case KAN_TIME:
      day = read_moment (typed, &minutes);
      if (day != KAN_DAY_NONE)
        {
          g_autofree char *iso = kan_day_format (day);

          return g_strdup_printf ("%sT%02d:%02d", iso, minutes / 60, minutes % 60);
        }
      break;
    case KAN_PERIOD:
      if (kan_wareki_parse_month (typed, &year, &month))
        return kan_month_format (year, month);
      break;
    case KAN_TEXT: case KAN_CODE: case KAN_LINES: case KAN_COUNT: case KAN_YES: case KAN_DATE: case KAN_CHOICE:
    case KAN_REF: case KAN_REFS: case KAN_ROWS: case KAN_DOCUMENT:
    default:
      break;
    }
  return g_strdup (typed);
}

/* --- what was understood --------------------------------------------------------------------------------------- */

static char *
word_day (KanDay day)
{
  g_autofree char *wareki = kan_wareki_format (day);
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc ((gint64) day * 86400);
  g_autofree char *weekday = time != NULL ? g_date_time_format (time, "%a") : NULL;
  g_autofree char *plain = time != NULL ? g_date_time_format (time, "%-d %b %Y") : NULL;

  if (time == NULL)
    return NULL;
  return kan_speaks_japanese () ? g_strdup_printf ("%s（%s）", wareki, weekday)
         : g_strdup_printf ("%s, %s", weekday, plain);
}

static char *
word_month (int year, int month)
{
  return kan_speaks_japanese () ? kan_wareki_format_month (year, month) : kan_month_format (year, month);
}

/* What @typed was understood as, where that helps; (transfer full) (nullable). */
static char *
word_typed (KanEntryRow *self, const char *typed)
{
  int minutes = 0, year = 0, month = 0;
  KanDay day = KAN_DAY_NONE;

  switch (type_of (self))
    {
    case KAN_DATE:
      day = kan_wareki_parse (typed);
      break;
    case KAN_TIME:
      day = read_moment (typed, &minutes);
      break;
    case KAN_PERIOD:
      return kan_wareki_parse_month (typed, &year, &month) ? word_month (year, month) : NULL;
    case KAN_TEXT: case KAN_CODE:
      {
        g_autofree char *visible = kan_visible_text (typed);

        return strcmp (visible, typed) != 0 ? g_steal_pointer (&visible) : NULL;
      }
    case KAN_LINES: case KAN_COUNT: case KAN_YES: case KAN_CHOICE: case KAN_REF: case KAN_REFS: case KAN_ROWS:
    case KAN_DOCUMENT:
    default:
      break;
    }
  return day != KAN_DAY_NONE ? word_day (day) : NULL;
}

static void
refresh_hint (KanEntryRow *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self));
  const char *beside = kan_question_row_get_slot (KAN_QUESTION_ROW (self))->question->beside;
  g_autofree char *words = *typed != '\0' ? word_typed (self, typed)
                           : self->filled != NULL ? g_strdup_printf (_("Automatic: %s"), self->filled) : NULL;

  if (words == NULL && beside != NULL)
    words = g_strdup_printf (_("On record: %s"), beside);
  gtk_label_set_text (GTK_LABEL (self->hint), words != NULL ? words : "");
  gtk_widget_set_visible (self->hint, words != NULL);
}

static void
changed_cb (KanEntryRow *self)
{
  g_autofree char *answer = NULL;

  if (!self->is_ready || self->is_loading)
    return;
  answer = spell (self, gtk_editable_get_text (GTK_EDITABLE (self)));
  kan_question_row_put (KAN_QUESTION_ROW (self), answer);
  refresh_hint (self);
}

/* --- the calendar ---------------------------------------------------------------------------------------------- */

static KanDay
today (KanEntryRow *self)
{
  const KanQuestionSlot *slot = kan_question_row_get_slot (KAN_QUESTION_ROW (self));

  return kan_day_of_utc (kan_session_now (slot->session));
}

static void
popover_shown_cb (KanEntryRow *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self));
  int minutes = 0, year = 0, month = 0, of_month = 0;
  KanDay day = type_of (self) == KAN_TIME ? read_moment (typed, &minutes) : kan_wareki_parse (typed);
  g_autoptr(GDateTime) time = NULL;

  kan_day_to_ymd (day != KAN_DAY_NONE ? day : today (self), &year, &month, &of_month);
  time = g_date_time_new_utc (year, month, of_month, 0, 0, 0.0);
  gtk_calendar_select_day (self->calendar, time);
}

static void
take_day (KanEntryRow *self, KanDay day)
{
  const KanQuestionSlot *slot = kan_question_row_get_slot (KAN_QUESTION_ROW (self));
  g_autofree char *iso = kan_day_format (day), *text = NULL;
  int minutes = 0;

  if (type_of (self) == KAN_TIME)
    {
      if (read_moment (gtk_editable_get_text (GTK_EDITABLE (self)), &minutes) == KAN_DAY_NONE)
        minutes = (int) ((kan_session_now (slot->session) + 9 * 3600) % 86400 / 60);
      text = g_strdup_printf ("%s %02d:%02d", iso, minutes / 60, minutes % 60);
    }
  gtk_editable_set_text (GTK_EDITABLE (self), text != NULL ? text : iso);
  gtk_editable_set_position (GTK_EDITABLE (self), -1);
}

static void
day_selected_cb (KanEntryRow *self)
{
  g_autoptr(GDateTime) time = gtk_calendar_get_date (self->calendar);

  take_day (self, kan_day_from_ymd (g_date_time_get_year (time), g_date_time_get_month (time),
                                    g_date_time_get_day_of_month (time)));
}

static void
today_clicked_cb (KanEntryRow *self)
{
  take_day (self, today (self));
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
add_calendar (KanEntryRow *self)
{
  GtkWidget *button = gtk_menu_button_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *now = gtk_button_new_with_mnemonic (type_of (self) == KAN_TIME ? _("_Now") : _("_Today"));

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  self->popover = gtk_popover_new ();
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->calendar));
  gtk_box_append (GTK_BOX (box), now);
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), self->popover);
  gtk_widget_set_tooltip_text (button, _("Choose a day"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Choose a day"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Calendar"), -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->popover, "show", G_CALLBACK (popover_shown_cb), self);
  g_signal_connect_swapped (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self);
  g_signal_connect_swapped (now, "clicked", G_CALLBACK (today_clicked_cb), self);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), button);
}

/* --- a row ----------------------------------------------------------------------------------------------------- */

static void
make_ready (KanEntryRow *self)
{
  KanType type = type_of (self);

  self->is_ready = TRUE;
  self->hint = kan_question_hint_new ();
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), self->hint);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), kan_question_badge_new (KAN_QUESTION_ROW (self)));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (self), TRUE);
  if (type == KAN_COUNT)
    adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self), GTK_INPUT_PURPOSE_DIGITS);
  if (type == KAN_DATE || type == KAN_TIME)
    add_calendar (self);
}

static void
entry_row_load (KanQuestionRow *row)
{
  KanEntryRow *self = KAN_ENTRY_ROW (row);
  g_autofree char *text = g_strdup (kan_question_row_get (row));

  if (!self->is_ready)
    make_ready (self);
  if (type_of (self) == KAN_TIME && strlen (text) == 16 && text[10] == 'T')
    text[10] = ' ';
  self->is_loading = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self), text);
  self->is_loading = FALSE;
  refresh_hint (self);
}

static void
entry_row_filled (KanQuestionRow *row, const char *shown)
{
  KanEntryRow *self = KAN_ENTRY_ROW (row);

  if (g_strcmp0 (self->filled, shown) == 0)
    return;
  g_free (self->filled);
  self->filled = g_strdup (shown);
  refresh_hint (self);
}

static void
kan_entry_row_question_init (KanQuestionRowInterface *iface)
{
  iface->load = entry_row_load;
  iface->filled = entry_row_filled;
}

static void
kan_entry_row_finalize (GObject *object)
{
  g_free (KAN_ENTRY_ROW (object)->filled);
  G_OBJECT_CLASS (kan_entry_row_parent_class)->finalize (object);
}

static void
kan_entry_row_class_init (KanEntryRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kan_entry_row_finalize;
}

static void
kan_entry_row_init (KanEntryRow *self)
{
  g_signal_connect (self, "changed", G_CALLBACK (changed_cb), NULL);
}
