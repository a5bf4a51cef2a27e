/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records as paper words them: dates by the era, persons with their office on the day, media, counts. Paper is Japanese
 * whatever the screen speaks. */
#include "forms/kan-forms-private.h"

#include "acts/kan-record-check.h"
#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * kan_maker_init:
 * @self: what is to be filled
 * @book: a book whose today is set
 * @subject: the record
 * @anchor: the chain's head, for the foot
 * @error: %KAN_ERROR_USAGE where there is no such record
 */
gboolean
kan_maker_init (KanMaker *self, KanBook *book, const char *subject, const char *anchor, GError **error)
{
  self->book = book;
  self->subject = subject;
  self->anchor = anchor;
  self->pool = g_ptr_array_new_with_free_func (g_free);
  self->record = kan_record_get (book, subject, error);
  if (self->record == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE,
                     _("there is no record %s: `kanribo show FILE REGISTER` lists them"), subject);
      return FALSE;
    }
  self->relied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  kan_maker_rely (self, subject);
  self->steps = kan_book_list_steps (book, subject, error);
  self->hands = self->steps != NULL ? kan_book_list_hands (book, subject, FALSE, error) : NULL;
  return self->hands != NULL;
}

/**
 * kan_maker_clear:
 * @self: a maker
 *
 * Frees what it holds.
 */
void
kan_maker_clear (KanMaker *self)
{
  g_clear_pointer (&self->record, kan_record_free);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->hands, g_ptr_array_unref);
  g_clear_pointer (&self->pool, g_ptr_array_unref);
  g_clear_pointer (&self->relied, g_hash_table_unref);
  g_clear_error (&self->failed);
}

/**
 * kan_maker_rely:
 * @self: a maker
 * @subject: a record that is read for the paper
 *
 * No paper with the anchor says what its entries do not: where the record does not hold, there will be none.
 */
void
kan_maker_rely (KanMaker *self, const char *subject)
{
  if (self->relied == NULL || self->failed != NULL || g_hash_table_contains (self->relied, subject))
    return;
  if (kan_record_holds (self->book, subject, &self->failed))
    g_hash_table_add (self->relied, g_strdup (subject));
}

static void
rely_on (KanMaker *self, const char *register_id, gint64 id)
{
  const KanRegister *reg = kan_book_find_register (self->book, register_id);
  g_autofree char *subject = g_strdup_printf ("%s%" G_GINT64_FORMAT, reg->prefix, id);

  kan_maker_rely (self, subject);
}

/**
 * kan_maker_keep:
 * @self: a maker
 * @text: (transfer full) (nullable): a text
 *
 * Returns: (transfer none) (nullable): the same, alive until the paper is laid out; %NULL where it is empty
 */
const char *
kan_maker_keep (KanMaker *self, char *text)
{
  if (text == NULL || *text == '\0')
    {
      g_free (text);
      return NULL;
    }
  g_ptr_array_add (self->pool, text);
  return text;
}

/**
 * kan_maker_value:
 * @self: a maker
 * @record: a record
 * @column: one of its fields, or a number of a series
 *
 * Returns: (transfer none) (nullable): as paper words it
 */
const char *
kan_maker_value (KanMaker *self, KanRecord *record, const char *column)
{
  return kan_record_has (record, column) ? kan_maker_keep (self, kan_record_show (record, column, TRUE)) : NULL;
}

/**
 * kan_maker_counted:
 * @self: a maker
 * @n: a number
 * @unit: what is counted, "件"
 *
 * Returns: (transfer none): "1,234件"
 */
const char *
kan_maker_counted (KanMaker *self, gint64 n, const char *unit)
{
  static const KanField field = { .id = "count", .label = L ("Count", "件数"), .type = KAN_COUNT };
  g_autofree char *stored = g_strdup_printf ("%" G_GINT64_FORMAT, n), *shown = kan_book_show (self->book, &field,
                                                                                              stored, TRUE);

  return kan_maker_keep (self, g_strconcat (shown, unit, NULL));
}

/**
 * kan_maker_day:
 * @self: a maker
 * @day: (nullable): "2026-02-13"
 *
 * Returns: (transfer none) (nullable): "令和8年2月13日"
 */
const char *
kan_maker_day (KanMaker *self, const char *day)
{
  KanDay parsed = day != NULL ? kan_day_parse (day) : KAN_DAY_NONE;

  return parsed != KAN_DAY_NONE ? kan_maker_keep (self, kan_wareki_format (parsed)) : NULL;
}

/**
 * kan_maker_day_of:
 * @self: a maker
 * @utc: a moment as stored
 *
 * Returns: (transfer none) (nullable): its day in Japan, "2026-02-13"
 */
const char *
kan_maker_day_of (KanMaker *self, const char *utc)
{
  gint64 seconds = 0;

  return utc != NULL && kan_utc_parse (utc, &seconds)
    ? kan_maker_keep (self, kan_day_format (kan_day_of_utc (seconds))) : NULL;
}

/**
 * kan_maker_moment:
 * @self: a maker
 * @utc: a moment as stored
 *
 * Returns: (transfer none) (nullable): "令和8年2月13日 10:02"
 */
const char *
kan_maker_moment (KanMaker *self, const char *utc)
{
  static const KanField field = { .id = "at", .label = L ("At", "日時"), .type = KAN_TIME };
  gint64 seconds = 0;
  g_autofree char *minute = utc != NULL && kan_utc_parse (utc, &seconds) ? kan_minute_format (seconds) : NULL;

  return minute != NULL ? kan_maker_keep (self, kan_book_show (self->book, &field, minute, TRUE)) : NULL;
}

/* What the QR code says: chain and record, to be compared by machine with what `verify --anchor` takes. */
static const char *
payload (KanMaker *self, const char *form)
{
  const char *dash = self->anchor != NULL ? strchr (self->anchor, '-') : NULL;
  GString *out = g_string_new ("KANRIBO1:");

  if (dash == NULL)
    {
      g_string_free (out, TRUE);
      return NULL;
    }
  g_string_append_len (out, self->anchor, dash - self->anchor);
  g_string_append_c (out, ':');
  for (const char *at = dash; *at != '\0'; at++)
    if (*at != '-')
      g_string_append_c (out, *at);
  g_string_append_printf (out, ":%s:%s", form, self->subject != NULL ? self->subject : "");
  return kan_maker_keep (self, g_string_free (out, FALSE));
}

/**
 * kan_maker_head:
 * @self: a maker
 * @form: the form's id
 * @number: (nullable): of our own series
 * @day: (nullable): its date
 * @head: (out): what stands in the corner and at the foot
 */
void
kan_maker_head (KanMaker *self, const char *form, const char *number, const char *day, KanFormHead *head)
{
  const KanLabel *title = kan_profile_form_title (kan_book_get_profile (self->book), form);

  memset (head, 0, sizeof *head);
  head->title = title != NULL ? title->ja : NULL;
  head->association = kan_maker_keep (self, kan_book_name_of (self->book, "F1"));
  head->number = number;
  head->document_number = self->record != NULL ? kan_maker_value (self, self->record, "document_no") : NULL;
  head->date = kan_maker_day (self, day);
  head->anchor = self->anchor;
  head->record = self->subject;
  head->code = payload (self, form);
}

/* The office that somebody holds on a day, the regular one first. */
static char *
office_on (KanMaker *self, gint64 person, const char *day)
{
  g_autoptr(KanStmt) stmt = kan_db_query (kan_book_get_db (self->book), NULL,
                                          "SELECT o.title, a.id, o.id FROM appointment a"
                                          " JOIN office o ON o.id = a.office WHERE a.person = ?1"
                                          " AND a.state IN ('in_force', 'ended') AND a.since <= ?2"
                                          " AND (a.until IS NULL OR ?2 <= a.until)"
                                          " ORDER BY a.kind <> 'regular', a.since, a.id LIMIT 1", "is", person, day);

  if (stmt == NULL || !kan_stmt_step (stmt, NULL))
    return NULL;
  rely_on (self, "appointment", kan_stmt_int (stmt, 1));
  rely_on (self, "office", kan_stmt_int (stmt, 2));
  return g_strdup (kan_stmt_text (stmt, 0));
}

/**
 * kan_maker_person:
 * @self: a maker
 * @subject: (nullable): "P2" or "X1"
 * @day: on which day: offices change
 * @person: (out): 所属・職・氏名
 */
void
kan_maker_person (KanMaker *self, const char *subject, const char *day, KanFormPerson *person)
{
  g_autoptr(KanRecord) record = subject != NULL ? kan_record_get (self->book, subject, NULL) : NULL;

  memset (person, 0, sizeof *person);
  if (record == NULL)
    return;
  kan_maker_rely (self, subject);
  person->name = kan_maker_value (self, record, "name");
  if (kan_record_has (record, "company"))
    {
      person->office = kan_maker_value (self, record, "company");
      person->post = kan_maker_value (self, record, "post");
      return;
    }
  person->post = kan_maker_keep (self, office_on (self, kan_record_get_int (record, "id"), day));
  if (person->post == NULL)
    person->post = kan_maker_value (self, record, "post");
}

/**
 * kan_maker_who:
 * @self: a maker
 * @subject: (nullable): "P2" or "X1"
 * @day: on which day
 *
 * Returns: (transfer none) (nullable): "年金課長　長崎　太郎"
 */
const char *
kan_maker_who (KanMaker *self, const char *subject, const char *day)
{
  KanFormPerson person;
  const char *parts[4] = { NULL };
  guint n = 0;

  kan_maker_person (self, subject, day, &person);
  if (person.office != NULL)
    parts[n++] = person.office;
  if (person.post != NULL)
    parts[n++] = person.post;
  if (person.name != NULL)
    parts[n++] = person.name;
  return kan_maker_keep (self, g_strjoinv ("　", (char **) parts));
}

/**
 * kan_maker_medium:
 * @self: a maker
 * @subject: "M12"
 * @counting: (nullable): SQL that counts what it holds, with the medium's number as only parameter
 * @medium: (out): as forms list it
 */
void
kan_maker_medium (KanMaker *self, const char *subject, const char *counting, KanFormMedium *medium)
{
  g_autoptr(KanRecord) record = kan_record_get (self->book, subject, NULL);
  const char *maker, *model;
  gint64 held = 0;

  memset (medium, 0, sizeof *medium);
  if (record == NULL)
    return;
  kan_maker_rely (self, subject);
  medium->number = kan_maker_value (self, record, "label");
  medium->kind = kan_maker_value (self, record, "media_kind");
  maker = kan_maker_value (self, record, "maker");
  model = kan_maker_value (self, record, "model");
  medium->model = maker != NULL && model != NULL ? kan_maker_keep (self, g_strdup_printf ("%s %s", maker, model))
                  : maker != NULL ? maker : model;
  medium->serial = kan_maker_value (self, record, "serial");
  if (kan_record_has (record, "sheets"))
    medium->sheets = kan_maker_counted (self, kan_record_get_int (record, "sheets"), "枚");
  medium->capacity = medium->sheets != NULL ? medium->sheets : kan_maker_value (self, record, "capacity");
  if (counting != NULL && kan_db_get_int (kan_book_get_db (self->book), &held, NULL, counting, "i",
                                          kan_record_get_int (record, "id")))
    medium->count = kan_maker_counted (self, held, "件");
}

/**
 * kan_maker_media:
 * @self: a maker of a record with a list of media
 * @counting: (nullable): as kan_maker_medium() takes it
 * @n: (out): how many
 *
 * Returns: (transfer full): them
 */
KanFormMedium *
kan_maker_media (KanMaker *self, const char *counting, guint *n)
{
  const char **subjects = kan_record_get_list (self->record, "media");
  guint len = subjects != NULL ? g_strv_length ((char **) subjects) : 0;
  KanFormMedium *media = g_new0 (KanFormMedium, len + 1);

  for (guint i = 0; i < len; i++)
    kan_maker_medium (self, subjects[i], counting, &media[i]);
  *n = len;
  return media;
}
