/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days, persons, capacities, articles and marks in the language of the screen. */
#include "desk/kan-marks.h"
#include "desk/kan-view-private.h"

#include "acts/kan-timeline.h"
#include "ledger/kan-ledger.h"
#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gint iso_dates;

/**
 * kan_view_set_iso_dates:
 * @iso: whether screens write ISO dates even where they speak Japanese
 */
void
kan_view_set_iso_dates (gboolean iso)
{
  g_atomic_int_set (&iso_dates, iso);
}

/**
 * kan_view_by_era:
 *
 * Returns: whether days on the screen are written by the era
 */
gboolean
kan_view_by_era (void)
{
  return kan_speaks_japanese () && !g_atomic_int_get (&iso_dates);
}

/**
 * kan_view_in_japanese:
 * @field: (nullable): what is shown
 *
 * Returns: whether its value is shown as in Japanese: days follow the preference, all else the language
 */
gboolean
kan_view_in_japanese (const KanField *field)
{
  gboolean is_day = field != NULL && (field->type == KAN_DATE || field->type == KAN_TIME || field->type == KAN_PERIOD);

  return is_day ? kan_view_by_era () : kan_speaks_japanese ();
}

/**
 * kan_view_month:
 * @year: a year
 * @month: 1 to 12
 *
 * Returns: (transfer full): the month as the screen writes it
 */
char *
kan_view_month (int year, int month)
{
  return kan_view_by_era () ? kan_wareki_format_month (year, month) : kan_month_format (year, month);
}

/**
 * kan_view_day:
 * @day: (nullable): "2026-02-13"
 *
 * Returns: (transfer full): by the era on a Japanese screen, else as it is; "" for none
 */
char *
kan_view_day (const char *day)
{
  KanDay parsed = day != NULL && kan_view_by_era () ? kan_day_parse (day) : KAN_DAY_NONE;

  return parsed != KAN_DAY_NONE ? kan_wareki_format (parsed) : g_strdup (day != NULL ? day : "");
}

/**
 * kan_view_minute:
 * @minute: (nullable): "2026-02-13T10:05", Japan
 *
 * Returns: (transfer full): day and time; "" for none
 */
char *
kan_view_minute (const char *minute)
{
  g_autofree char *day = minute != NULL && strlen (minute) >= 16 ? g_strndup (minute, 10) : NULL;
  g_autofree char *shown = kan_view_day (day);

  return day != NULL ? g_strdup_printf ("%s %.5s", shown, minute + 11) : g_strdup (minute != NULL ? minute : "");
}

/**
 * kan_view_utc:
 * @utc: (nullable): a moment as stored
 *
 * Returns: (transfer full): its day and minute in Japan; "" for none
 */
char *
kan_view_utc (const char *utc)
{
  gint64 seconds = 0;
  g_autofree char *minute = utc != NULL && kan_utc_parse (utc, &seconds) ? kan_minute_format (seconds) : NULL;

  return minute != NULL ? kan_view_minute (minute) : g_strdup (utc != NULL ? utc : "");
}

/**
 * kan_view_today:
 * @desk: an unlocked desk
 *
 * Returns: (transfer full): the desk's day, "2026-02-13"
 */
char *
kan_view_today (KanDesk *desk)
{
  return kan_day_format (desk->day);
}

/* --- persons -------------------------------------------------------------------------------------------------- */

static KanStmt *
ask_offices (KanBook *book, gint64 person, const char *day, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_prepare (kan_book_get_db (book), kan_book_get_registry (book)->offices_sql, error);

  if (stmt == NULL)
    return NULL;
  kan_stmt_bind_int (stmt, ":person", person);
  kan_stmt_bind_text (stmt, ":day", day);
  return g_steal_pointer (&stmt);
}

/**
 * kan_view_offices:
 * @book: a book
 * @person: a person's number
 * @day: on which day, "2026-02-13"
 * @error: return location
 *
 * Returns: (transfer full): the offices they held then, in one line; "" for none
 */
char *
kan_view_offices (KanBook *book, gint64 person, const char *day, GError **error)
{
  const KanProfile *profile = kan_book_get_profile (book);
  g_autoptr(KanStmt) stmt = profile != NULL ? ask_offices (book, person, day, error) : NULL;
  GString *out = g_string_new (NULL);

  while (stmt != NULL && kan_stmt_step (stmt, NULL))
    {
      const KanOffice *office = kan_profile_office (profile, kan_stmt_text (stmt, 0));

      g_string_append_printf (out, "%s%s", out->len > 0 ? _(", ") : "",
                              office != NULL ? kan_label (&office->title, kan_speaks_japanese ())
                              : kan_stmt_text (stmt, 0));
    }
  return g_string_free (out, FALSE);
}

/**
 * kan_view_person:
 * @book: a book
 * @person: a person's number
 * @day: on which day, "2026-02-13"
 * @error: return location
 *
 * Returns: (transfer full): their name, and the offices they held on that day
 */
char *
kan_view_person (KanBook *book, gint64 person, const char *day, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("P%" G_GINT64_FORMAT, person);
  g_autofree char *name = kan_book_name_of (book, subject);
  g_autofree char *offices = kan_view_offices (book, person, day, error);

  if (name == NULL)
    return g_steal_pointer (&subject);
  /* Translators: a person's name, and their offices */
  return *offices != '\0' ? g_strdup_printf (_("%s (%s)"), name, offices) : g_steal_pointer (&name);
}

/**
 * kan_desk_dup_who:
 * @self: an unlocked desk
 * @error: return location
 *
 * Returns: (transfer full): who unlocked, with the offices that they hold on the desk's day
 */
char *
kan_desk_dup_who (KanDesk *self, GError **error)
{
  g_autofree char *today = kan_view_today (self);

  return kan_view_person (self->book, kan_desk_get_person (self), today, error);
}

/**
 * kan_view_capacities:
 * @book: a book
 * @kind: (nullable): the kind whose hands they are
 * @capacities: (element-type utf8): capacities
 *
 * Returns: (transfer full): what people call them, in one line
 */
char *
kan_view_capacities (KanBook *book, const char *kind, GPtrArray *capacities)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < capacities->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? _(", ") : "",
                            kan_capacity_label (book, kind, g_ptr_array_index (capacities, i),
                                                kan_speaks_japanese ()));
  return g_string_free (out, FALSE);
}

/* --- records -------------------------------------------------------------------------------------------------- */

/* The first thing that lists tell of it in words. */
static char *
first_listed (KanRecord *record)
{
  for (const KanField *field = kan_record_get_register (record)->fields; field->id != NULL; field++)
    if ((field->flags & KAN_LISTED) != 0 && kan_record_has (record, field->id) &&
        (field->type == KAN_REF || field->type == KAN_REFS || field->type == KAN_TEXT))
      return kan_record_show (record, field->id, kan_speaks_japanese ());
  return NULL;
}

/* A profile by what it calls itself, and since when it is in force. */
static char *
profile_name (KanRecord *record)
{
  const char *json = kan_record_get_text (record, "json");
  g_autofree char *from = kan_view_day (kan_record_get_text (record, "in_force_from"));
  g_autoptr(KanProfile) profile = json != NULL ? kan_profile_new_from_json (json, -1, NULL) : NULL;

  return profile != NULL ? g_strdup_printf (_("%s, since %s"), kan_label (kan_profile_title (profile),
                                                                          kan_speaks_japanese ()), from) : NULL;
}

/**
 * kan_view_name:
 * @book: a book
 * @subject: "T3"
 *
 * Returns: (transfer full) (nullable): what the record is called; without a name of its own by the number that it drew,
 *   else by what it is about; %NULL where there is none
 */
char *
kan_view_name (KanBook *book, const char *subject)
{
  const KanRegister *reg = kan_book_register_of (book, subject);
  gboolean is_profile = reg != NULL && strcmp (reg->id, "profile") == 0;
  g_autofree char *name = is_profile ? NULL : kan_book_name_of (book, subject);
  g_autoptr(KanRecord) record = name == NULL ? kan_record_get (book, subject, NULL) : NULL;

  if (record != NULL)
    name = is_profile ? profile_name (record) : kan_view_number (record);
  if (record != NULL && name == NULL)
    name = first_listed (record);
  return g_steal_pointer (&name);
}

/**
 * kan_view_references:
 * @book: a book
 * @subjects: (array zero-terminated=1): "M12", "B3"
 *
 * Returns: (transfer full): each with what it is called, in one line
 */
char *
kan_view_references (KanBook *book, const char **subjects)
{
  GString *out = g_string_new (NULL);

  for (; *subjects != NULL; subjects++)
    {
      g_autofree char *name = kan_view_name (book, *subjects);

      g_string_append_printf (out, "%s%s%s%s", out->len > 0 ? _(", ") : "", *subjects, name != NULL ? " " : "",
                              name != NULL ? name : "");
    }
  return g_string_free (out, FALSE);
}

/* --- acts ----------------------------------------------------------------------------------------------------- */

/**
 * kan_view_title:
 * @book: a book
 * @kind: a kind
 *
 * Returns: (transfer none): what its button says, the profile's words before the declaration's
 */
const char *
kan_view_title (KanBook *book, const KanKind *kind)
{
  return kan_label (kan_kind_title (book, kind), kan_speaks_japanese ());
}

/**
 * kan_view_act_title:
 * @book: a book
 * @act: an act of the chain
 *
 * Returns: (transfer none) (nullable): what it is called, a decision by the word of its article (承諾する, 承認する …)
 */
const char *
kan_view_act_title (KanBook *book, const KanAct *act)
{
  const KanLabel *title = kan_book_act_title (book, act);

  return title != NULL ? kan_label (title, kan_speaks_japanese ()) : act->kind;
}

/**
 * kan_view_act_words:
 * @book: a book
 * @act: an act of the chain
 *
 * Returns: (transfer full): what it is called; a hand with the act that it was given for
 */
char *
kan_view_act_words (KanBook *book, const KanAct *act)
{
  const char *title = kan_view_act_title (book, act);
  g_autoptr(KanBody) body = g_str_has_prefix (act->kind, "hand.") ? kan_body_decode (act->body, act->body_size, NULL)
                                                                  : NULL;
  g_autoptr(KanAct) about = body != NULL && kan_body_get_type (body, "act") == KAN_BODY_INT
    ? kan_ledger_get (kan_book_get_db (book), kan_body_get_int (body, "act"), NULL) : NULL;

  /* Translators: what a decision is called, and the act that it is about */
  return about != NULL ? g_strdup_printf (_("%s: %s"), title, kan_view_act_title (book, about)) : g_strdup (title);
}

/**
 * kan_view_basis:
 * @book: a book
 * @article: (nullable): "11-3"
 *
 * Returns: (transfer full) (nullable): the article, its title and our summary of it
 */
char *
kan_view_basis (KanBook *book, const char *article)
{
  const KanProfile *profile = kan_book_get_profile (book);
  gboolean japanese = kan_speaks_japanese ();
  g_autofree char *number = article != NULL ? g_strndup (article, strcspn (article, "-")) : NULL;
  const KanArticle *found = article != NULL && profile != NULL ? kan_profile_article (profile, article) : NULL;
  g_autofree char *cited = NULL;

  if (article == NULL || profile == NULL)
    return NULL;
  cited = kan_profile_cite (profile, article, japanese);
  if (found == NULL)
    found = kan_profile_article (profile, number);
  if (found == NULL)
    return g_steal_pointer (&cited);
  /* Translators: an article, its title, what it says */
  return g_strdup_printf (_("%s %s: %s"), cited, kan_label (&found->title, japanese),
                          kan_label (&found->summary, japanese));
}

/**
 * kan_view_marks:
 * @book: a book
 * @act: an act of it
 *
 * Returns: (transfer full) (nullable): what is out of the ordinary with it, in words
 */
char *
kan_view_marks (KanBook *book, const KanAct *act)
{
  g_autoptr(GPtrArray) marks = kan_dup_marks (book, act, FALSE, kan_speaks_japanese ());

  if (marks->len == 0)
    return NULL;
  g_ptr_array_add (marks, NULL);
  return g_strjoinv (_("; "), (char **) marks->pdata);
}

/**
 * kan_view_key:
 * @fingerprint: a key's
 *
 * Returns: (transfer full): its last eight symbols (鍵指紋下8桁), as seal boxes have them
 */
char *
kan_view_key (const char *fingerprint)
{
  gsize length = strlen (fingerprint);

  return g_strdup (length > 9 ? fingerprint + length - 9 : fingerprint);
}

/* --- answers -------------------------------------------------------------------------------------------------- */

static char *
show_rows (KanBook *book, const KanField *field, const KanBody *body, const char *key)
{
  const KanRegister *cells = kan_book_find_register (book, field->of);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < kan_body_n_rows (body, key); i++)
    {
      const KanBody *row = kan_body_get_row (body, key, i);
      gboolean first = TRUE;

      g_string_append (out, i > 0 ? "\n" : "");
      for (const KanField *cell = cells->fields; cell->id != NULL; cell++)
        if (kan_body_get_type (row, cell->id) != KAN_BODY_NONE)
          {
            g_autofree char *shown = kan_view_answer (book, cell, row, cell->id);

            g_string_append_printf (out, "%s%s %s", first ? "" : _(", "),
                                    kan_label (&cell->label, kan_speaks_japanese ()), shown);
            first = FALSE;
          }
    }
  return g_string_free (out, FALSE);
}

/**
 * kan_view_answer:
 * @book: a book
 * @field: (nullable): what it answers; %NULL: nothing known
 * @body: signed answers
 * @key: a key among them
 *
 * Returns: (transfer full): the answer as people read it
 */
char *
kan_view_answer (KanBook *book, const KanField *field, const KanBody *body, const char *key)
{
  g_autofree char *stored = NULL;

  switch (kan_body_get_type (body, key))
    {
    case KAN_BODY_LIST:
      return kan_view_references (book, kan_body_get_list (body, key));
    case KAN_BODY_ROWS:
      return field != NULL ? show_rows (book, field, body, key) : g_strdup ("");
    case KAN_BODY_INT:
      stored = g_strdup_printf ("%" G_GINT64_FORMAT, kan_body_get_int (body, key));
      break;
    case KAN_BODY_YES:
      stored = g_strdup (kan_body_get_yes (body, key) ? "1" : "0");
      break;
    case KAN_BODY_NONE: case KAN_BODY_TEXT:
    default:
      stored = g_strdup (kan_body_get_text (body, key));
    }
  if (field != NULL && field->type == KAN_DOCUMENT)
    return kan_view_document (stored);
  if (field != NULL && field->type == KAN_REF)
    return kan_view_references (book, (const char *[]) { stored, NULL });
  return field != NULL ? kan_book_show (book, field, stored, kan_view_in_japanese (field)) : g_strdup (stored);
}

/**
 * kan_view_lines:
 * @book: a book
 * @reg: the register that declares @kind
 * @kind: a kind
 * @body: what was signed
 * @seq: by which act
 *
 * Returns: (transfer full) (element-type KanReviewLine): the answers in the order of the questions
 */
GPtrArray *
kan_view_lines (KanBook *book, const KanRegister *reg, const KanKind *kind, const KanBody *body, gint64 seq)
{
  static const struct { const char *key; KanLabel label; } more[] = {
    { "late_reason", L ("Reason for the late entry", "後日入力の理由") },
    { "absence", L ("Absence", "不在の事由") },
    { "absence_before", L ("Absence of the deputies before", "先順位の代決者の不在の事由") },
    { "deviation_reason", L ("Reason for the deviation", "規程不適合の理由") },
  };
  static const KanField lines = { .type = KAN_LINES }, absence = { .type = KAN_CHOICE, .of = "absence" };
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_review_line_free);
  gboolean japanese = kan_speaks_japanese (), asks_absence = FALSE;
  const char *page = NULL;

  for (const KanAsk *ask = kind->asks; ask != NULL && ask->key != NULL; ask++)
    {
      const KanField *field = kan_ask_find_field (reg, ask);

      if (ask->page.en != NULL)
        page = kan_label (&ask->page, japanese);
      asks_absence = asks_absence || strcmp (ask->key, "absence") == 0;
      if (field != NULL && kan_body_get_type (body, ask->key) != KAN_BODY_NONE)
        {
          char *meant = kan_view_upon_act (book, kind, body, ask->key);

          g_ptr_array_add (out, kan_review_line_new (ask->key, page, kan_label (&field->label, japanese), meant != NULL
                                                     ? meant : kan_view_answer (book, field, body, ask->key), FALSE));
          if (field->type == KAN_DOCUMENT)
            kan_view_add_changes (book, ask->key, page, kan_body_get_text (body, ask->key), seq, out);
        }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (more); i++)
    if (kan_body_get_text (body, more[i].key) != NULL && !(i == 1 && asks_absence))
      g_ptr_array_add (out, kan_review_line_new (more[i].key, NULL, kan_label (&more[i].label, japanese),
                                                 kan_view_answer (book, i == 1 || i == 2 ? &absence : &lines, body,
                                                                  more[i].key),
                                                 FALSE));
  return out;
}

/**
 * kan_review_line_new:
 * @key: a key
 * @page: (nullable): the page on which it is asked
 * @label: what it is called
 * @shown: (transfer full): the answer as people read it
 * @filled: whether the program answered it
 *
 * Returns: (transfer full): a line
 */
KanReviewLine *
kan_review_line_new (const char *key, const char *page, const char *label, char *shown, gboolean filled)
{
  KanReviewLine *self = g_new0 (KanReviewLine, 1);

  self->key = g_strdup (key);
  self->page = g_strdup (page);
  self->label = g_strdup (label);
  self->shown = shown;
  self->filled = filled;
  return self;
}

/**
 * kan_review_line_free:
 * @self: (nullable): a line
 */
void
kan_review_line_free (KanReviewLine *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->page);
  g_free (self->label);
  g_free (self->shown);
  g_free (self->struck);
  g_free (self);
}

/**
 * kan_view_choice_new:
 * @value: what is answered
 * @label: what it is called
 *
 * Returns: (transfer full): a choice
 */
KanViewChoice *
kan_view_choice_new (const char *value, const char *label)
{
  KanViewChoice *self = g_new0 (KanViewChoice, 1);

  self->value = g_strdup (value);
  self->label = g_strdup (label);
  return self;
}

/**
 * kan_view_choice_free:
 * @self: (nullable): a choice
 */
void
kan_view_choice_free (KanViewChoice *self)
{
  if (self == NULL)
    return;
  g_free (self->value);
  g_free (self->label);
  g_free (self);
}
