/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The destruction certificate from its record: media, what stood on them, erasure, destruction, who was there. */
#include "forms/kan-forms-private.h"

#include "forms/kan-form-certificate.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define INSTEAD "破壊をもって消去"
#define AS_DESTROYED "４のとおり"

/* What was destroyed with the medium, or erased from it the last time. */
#define SQL_BATCHES \
  "SELECT b.id FROM batch b JOIN medium m ON m.id = b.medium WHERE b.medium = ?1 AND (b.destruction = ?2" \
  " OR (b.state = 'erased' AND b.closed_on = substr (m.erased_at, 1, 10)" \
  " AND NOT EXISTS (SELECT 1 FROM batch n WHERE n.medium = b.medium AND n.destruction = ?2))) ORDER BY b.id"

static const char *
payment_day (KanMaker *self, KanRecord *batch)
{
  KanDb *db = kan_book_get_db (self->book);
  g_autofree char *day = kan_db_get_text (db, NULL, "SELECT day FROM temp.payment_day WHERE serves = ?1", "s",
                                          kan_record_get_text (batch, "serves"));

  if (day == NULL)
    day = kan_db_get_text (db, NULL, "SELECT min (day) FROM temp.payment_day WHERE day > ?1", "s",
                           kan_record_get_text (batch, "recorded_on"));
  return kan_maker_day (self, day);
}

/* 複製の処置: copies on the same medium go with it; copies elsewhere are named with what became of them. */
static const char *
copies_words (KanMaker *self, KanRecord *batch)
{
  gint64 same = kan_record_has (batch, "copies") ? kan_record_get_int (batch, "copies") : -1;
  g_autofree char *elsewhere = kan_db_get_text (
    kan_book_get_db (self->book), NULL,
    "SELECT group_concat (ifnull (m.label, '') || '（' || CASE b.state WHEN 'open' THEN '保有中' WHEN 'erased' THEN '消去済'"
    " WHEN 'destroyed' THEN '廃棄済' WHEN 'returned' THEN '返還済' ELSE '滅失' END || '）', '、') FROM batch b"
    " JOIN medium m ON m.id = b.medium WHERE b.copy_of = ?1 AND b.state <> 'void'", "i", kan_record_get_int (batch,
                                                                                                             "id"));

  return kan_maker_keep (self, kan_form_certificate_copies (same, elsewhere));
}

/* What is to be told of several media in the same words. */
typedef struct { char *words; GString *media; const char *last; } Remark;

static void
remark_free (Remark *self)
{
  g_free (self->words);
  g_string_free (self->media, TRUE);
  g_free (self);
}

static void
add_remark (GPtrArray *remarks, const char *medium, char *words)
{
  Remark *told = NULL;

  for (guint i = 0; i < remarks->len && told == NULL; i++)
    if (strcmp (((Remark *) g_ptr_array_index (remarks, i))->words, words) == 0)
      told = g_ptr_array_index (remarks, i);
  if (told == NULL)
    {
      told = g_new0 (Remark, 1);
      told->words = g_strdup (words);
      told->media = g_string_new (NULL);
      g_ptr_array_add (remarks, told);
    }
  if (g_strcmp0 (told->last, medium) != 0)
    g_string_append_printf (told->media, "%s%s", told->media->len > 0 ? "、" : "", medium);
  told->last = medium;
  g_free (words);
}

/* What was gone only after its time says so, with the reason that was given. */
static void
add_overrun (KanMaker *self, KanRecord *batch, const char *medium, GPtrArray *remarks)
{
  KanDb *db = kan_book_get_db (self->book);
  g_autofree char *purge_by = kan_db_get_text (db, NULL, "SELECT purge_by FROM batch_present WHERE id = ?1"
                                               " AND days_overdue > 0", "i", kan_record_get_int (batch, "id"));
  const char *reason = kan_maker_value (self, batch, "delay_reason");
  gint64 days = 0;

  if (purge_by == NULL || !kan_db_get_int (db, &days, NULL, "SELECT days_overdue FROM batch_present WHERE id = ?1", "i",
                                           kan_record_get_int (batch, "id")))
    return;
  add_remark (remarks, medium,
              g_strdup_printf ("消去期限%sを%" G_GINT64_FORMAT "日超過（遅延理由：%s）", kan_maker_day (self, purge_by), days,
                               reason != NULL ? reason : "記録なし"));
}

/* The entry by which it was said first to be destroyed, whatever was said of its confirmation. */
static gint64
first_entry (KanMaker *self)
{
  gint64 seq = 0;

  return kan_db_get_int (kan_book_get_db (self->book), &seq, NULL, "SELECT min(seq) FROM step WHERE subject = ?", "s",
                         self->subject) ? seq : 0;
}

/* What was put right once it had been erased, or destroyed without: what was counted then, and what is told here. */
static void
add_restated (KanMaker *self, const char *subject, KanRecord *batch, const char *medium, GPtrArray *remarks)
{
  gboolean erased = kan_record_has (batch, "act");
  gint64 since = erased ? kan_record_get_int (batch, "act") : first_entry (self);
  g_autoptr(GPtrArray) corrections = kan_book_list_corrections (self->book, subject, NULL);

  for (guint i = 0; corrections != NULL && i < corrections->len; i++)
    {
      const KanCorrection *one = g_ptr_array_index (corrections, i);
      g_autofree char *before = NULL, *after = NULL;

      if (one->seq < since || one->field == NULL || one->new_value == NULL)
        continue;
      before = kan_book_show (self->book, one->field, one->old_value, TRUE);
      after = kan_book_show (self->book, one->field, one->new_value, TRUE);
      add_remark (remarks, medium, g_strdup_printf ("%s後に%sを訂正（%s→%s）", erased ? "消去" : "廃棄",
                                                    one->field->label.ja, before != NULL ? before : "", after));
    }
}

static void
add_batch (KanMaker *self, gint64 id, const char *medium, GArray *batches, GPtrArray *remarks, gint64 *total)
{
  g_autofree char *subject = g_strdup_printf ("B%" G_GINT64_FORMAT, id);
  g_autoptr(KanRecord) record = kan_record_get (self->book, subject, NULL);
  KanCertificateBatch batch = { 0 };

  if (record == NULL)
    return;
  kan_maker_rely (self, subject);
  batch.medium = medium;
  batch.recorded = kan_maker_value (self, record, "recorded_on");
  batch.purpose = kan_maker_value (self, record, "purpose");
  batch.payment = payment_day (self, record);
  batch.count = kan_maker_counted (self, kan_record_get_int (record, "count"), "件");
  batch.copies = copies_words (self, record);
  *total += kan_record_get_int (record, "count") * (1 + kan_record_get_int (record, "copies"));
  g_array_append_val (batches, batch);
  add_overrun (self, record, medium, remarks);
  add_restated (self, subject, record, medium, remarks);
}

static GArray *
load_batches (KanMaker *self, const KanFormMedium *media, GPtrArray *remarks, gint64 *total)
{
  GArray *batches = g_array_new (FALSE, TRUE, sizeof (KanCertificateBatch));
  const char **subjects = kan_record_get_list (self->record, "media");

  for (guint i = 0; subjects != NULL && subjects[i] != NULL; i++)
    {
      g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr(KanStmt) stmt = kan_db_query (kan_book_get_db (self->book), NULL, SQL_BATCHES, "ii",
                                              g_ascii_strtoll (subjects[i] + 1, NULL,
                                                               10), kan_record_get_int (self->record, "id"));

      while (stmt != NULL && kan_stmt_step (stmt, NULL))
        {
          gint64 id = kan_stmt_int (stmt, 0);

          g_array_append_val (ids, id);
        }
      for (guint k = 0; k < ids->len; k++)
        add_batch (self, g_array_index (ids, gint64, k), media[i].number, batches, remarks, total);
    }
  return batches;
}

/* How one medium was erased; "該当なし" where nothing ever was. */
static KanCertificateErasure
erasure_of (KanMaker *self, const char *subject, const char *label)
{
  g_autoptr(KanRecord) medium = kan_record_get (self->book, subject, NULL);
  KanCertificateErasure erasure = { .medium = label, .method = "該当なし" };

  if (medium == NULL || !kan_record_has (medium, "erased_at"))
    return erasure;
  erasure.at = kan_maker_value (self, medium, "erased_at");
  erasure.where = kan_maker_value (self, medium, "erasure_place");
  erasure.method = kan_maker_value (self, medium, "erasure");
  erasure.tool = kan_maker_value (self, medium, "erasure_tool");
  return erasure;
}

/* "令和8年8月18日 " of "令和8年8月18日 13:41" */
static gsize
length_of_day (const char *at)
{
  const char *clock = at != NULL ? strchr (at, ' ') : NULL;

  return clock != NULL ? (gsize) (clock + 1 - at) : 0;
}

static gboolean
erased_alike (const KanCertificateErasure *a, const KanCertificateErasure *b)
{
  gsize day = length_of_day (a->at);

  return g_strcmp0 (a->where, b->where) == 0 && g_strcmp0 (a->method, b->method) == 0
         && g_strcmp0 (a->tool, b->tool) == 0 && day == length_of_day (b->at)
         && (day == 0 || strncmp (a->at, b->at, day) == 0);
}

/* "令和8年8月18日 13:41～13:44": all of a day. */
static const char *
first_to_last (KanMaker *self, const GArray *erasures)
{
  const char *first = NULL, *last = NULL;

  for (guint i = 0; i < erasures->len; i++)
    {
      const char *at = g_array_index (erasures, KanCertificateErasure, i).at;

      first = first == NULL || g_strcmp0 (at, first) < 0 ? at : first;
      last = last == NULL || g_strcmp0 (at, last) > 0 ? at : last;
    }
  return g_strcmp0 (first, last) == 0 ? first
         : kan_maker_keep (self, g_strdup_printf ("%s～%s", first, last + length_of_day (last)));
}

/* One for all media where they were erased alike on one day, else one for each. */
static GArray *
load_erasures (KanMaker *self, const KanFormMedium *media)
{
  GArray *erasures = g_array_new (FALSE, TRUE, sizeof (KanCertificateErasure));
  const char **subjects = kan_record_get_list (self->record, "media");
  gboolean alike = TRUE;

  for (guint i = 0; subjects != NULL && subjects[i] != NULL; i++)
    {
      KanCertificateErasure erasure = erasure_of (self, subjects[i], media[i].number);

      g_array_append_val (erasures, erasure);
      alike = alike && erased_alike (&g_array_index (erasures, KanCertificateErasure, 0), &erasure);
    }
  if (alike && erasures->len > 0)
    {
      g_array_index (erasures, KanCertificateErasure, 0).at = first_to_last (self, erasures);
      g_array_set_size (erasures, 1);
    }
  return erasures;
}

/* Where nothing was erased before, erasing was destroying: the same day and place. */
static GArray *
fill_erasure (KanMaker *self, const KanFormMedium *media, KanCertificateForm *form)
{
  static const KanCertificateErasure instead = { NULL, AS_DESTROYED, AS_DESTROYED, INSTEAD, "該当なし" };
  GArray *erasures = NULL;

  if (kan_record_get_int (self->record, "instead_of_erasing") != 0)
    {
      erasures = g_array_new (FALSE, TRUE, sizeof (KanCertificateErasure));
      g_array_append_val (erasures, instead);
      form->verified = "廃棄の実施により確認";
    }
  else
    erasures = load_erasures (self, media);
  form->erasures = (const KanCertificateErasure *) erasures->data;
  form->n_erasures = erasures->len;
  for (guint i = 0; i < erasures->len && form->verified == NULL; i++)
    form->verified = form->erasures[i].at != NULL ? "復元できないことを確認した。" : NULL;
  return erasures;
}

static void
fill_destruction (KanMaker *self, KanCertificateForm *form)
{
  const char *level = kan_maker_value (self, self->record, "level");

  form->destroyed_at = kan_maker_value (self, self->record, "destroyed_at");
  form->destroyed_where = kan_maker_value (self, self->record, "place");
  form->destruction = kan_maker_value (self, self->record, "method");
  form->standard = kan_maker_value (self, self->record, "standard");
  if (level != NULL && (form->standard == NULL || strstr (form->standard, level) == NULL))
    form->standard = kan_maker_keep (self, g_strdup_printf ("%s%s%s", form->standard != NULL ? form->standard : "",
                                                            form->standard != NULL ? "　" : "", level));
  form->device = kan_maker_value (self, self->record, "machine");
}

/* One of them declared it and sealed it by that; for somebody without a key the box is left to their own signature. */
static void
fill_seal (KanMaker *self, const KanStep *act, const char *capacity, const char *paper, KanFormSeal *seal)
{
  g_autofree char *actor = g_strdup_printf ("P%" G_GINT64_FORMAT, act->act->actor);

  if (g_strcmp0 (kan_record_get_text (self->record, capacity), actor) == 0)
    kan_maker_own_seal (self, act, seal);
  else
    kan_maker_seal (self, kan_maker_hand (self, act->act->seq, capacity), seal);
  if (kan_record_get_int (self->record, paper) != 0)
    seal->mark = "自署";
}

static void
fill_people (KanMaker *self, const KanStep *act, const char *day, KanCertificateHand hands[2], KanCertificateForm *form)
{
  const char *executor = kan_record_get_text (self->record, "executor"), *witness = kan_record_get_text (self->record,
                                                                                                         "witness");

  hands[0].capacity = "実施者";
  kan_maker_person (self, executor, day, &hands[0].who);
  hands[1].capacity = "立会者";
  kan_maker_person (self, witness, day, &hands[1].who);
  form->hands = hands;
  form->n_hands = 2;
  fill_seal (self, act, "executor", "executor_paper", &form->seals[KAN_CERTIFICATE_EXECUTOR]);
  fill_seal (self, act, "witness", "witness_paper", &form->seals[KAN_CERTIFICATE_WITNESS]);
}

static void
fill_seals (KanMaker *self, gint64 act, KanCertificateForm *form)
{
  const KanGivenHand *chief = kan_maker_hand (self, act, "chief");

  if (chief == NULL)
    chief = kan_maker_hand (self, act, "chief_instead");
  kan_maker_seal (self, chief, &form->seals[KAN_CERTIFICATE_CHIEF]);
  kan_maker_seal (self, kan_maker_hand (self, act, "information_manager"),
                  &form->seals[KAN_CERTIFICATE_INFORMATION_MANAGER]);
  kan_maker_seal (self, kan_maker_hand (self, act, "system_manager"), &form->seals[KAN_CERTIFICATE_SYSTEM_MANAGER]);
}

/* (transfer none) (nullable): what was noted, what is to be told of the media, what broke a rule or came late */
static const char *
remarks_of (KanMaker *self, const GPtrArray *remarks)
{
  const char *note = kan_maker_value (self, self->record, "note"), *deviations = kan_maker_deviations (self);
  g_autoptr(GString) out = g_string_new (note);

  for (guint i = 0; i < remarks->len; i++)
    {
      const Remark *one = g_ptr_array_index (remarks, i);

      g_string_append_printf (out, "%s%s：%s", out->len > 0 ? "\n" : "", one->media->str, one->words);
    }
  if (deviations != NULL && *deviations != '\0')
    g_string_append_printf (out, "%s%s", remarks->len > 0 ? "\n" : out->len > 0 ? "　" : "", deviations);
  return out->len > 0 ? kan_maker_keep (self, g_strdup (out->str)) : NULL;
}

static void
fill_rest (KanMaker *self, const char *day, const GPtrArray *remarks, KanCertificateForm *form)
{
  gint64 photographs = kan_record_get_int (self->record, "photographs");

  form->contractor = kan_maker_who (self, kan_record_get_text (self->record, "contractor"), day);
  form->contractor_certificate = kan_maker_value (self, self->record, "contractor_certificate");
  if (photographs > 0)
    form->attached = kan_maker_keep (self, g_strdup_printf ("写真%" G_GINT64_FORMAT "葉", photographs));
  form->remarks = remarks_of (self, remarks);
}

/* The day on which the last hand made it a certificate. */
static const char *
day_of_issue (KanMaker *self, gint64 act)
{
  const char *day = NULL;

  for (guint i = 0; i < self->hands->len; i++)
    {
      const KanGivenHand *hand = g_ptr_array_index (self->hands, i);

      if (hand->act == act && strcmp (hand->verdict, "given") == 0)
        day = kan_maker_day_of (self, hand->at);
    }
  return day;
}

/**
 * kan_maker_certificate:
 * @self: a maker of a destruction
 * @error: %KAN_ERROR_REFUSED where it is not certified
 *
 * Returns: (transfer full): 記録媒体廃棄証明書
 */
KanPaper *
kan_maker_certificate (KanMaker *self, GError **error)
{
  const KanStep *act = kan_maker_find_step (self, "media.destroy");
  const KanGivenHand *issuer;
  KanCertificateForm form = { 0 };
  KanCertificateHand hands[2] = { 0 };
  g_autofree KanFormMedium *media = NULL;
  g_autoptr(GArray) batches = NULL, erasures = NULL;
  g_autoptr(GPtrArray) remarks = g_ptr_array_new_with_free_func ((GDestroyNotify) remark_free);
  g_autofree char *who = NULL;
  gint64 total = 0;
  const char *day;

  if (act == NULL || strcmp (kan_record_get_state (self->record), "certified") != 0)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_REFUSED,
                   _("%s is not certified: the witness and the system manager sign first"),
                   self->subject);
      return NULL;
    }
  day = day_of_issue (self, act->act->seq);
  issuer = kan_maker_hand (self, act->act->seq, "system_manager");
  who = issuer != NULL ? g_strdup_printf ("P%" G_GINT64_FORMAT, issuer->person) : NULL;
  kan_maker_head (self, "destruction_certificate", kan_maker_value (self, self->record, "certificate_no"), day,
                  &form.head);
  kan_maker_person (self, who, day, &form.issuer);
  form.media = media = kan_maker_media (self, NULL, &form.n_media);
  batches = load_batches (self, media, remarks, &total);
  form.batches = (const KanCertificateBatch *) batches->data;
  form.n_batches = batches->len;
  form.count = kan_maker_counted (self, total, "件");
  erasures = fill_erasure (self, media, &form);
  fill_destruction (self, &form);
  fill_people (self, act, day, hands, &form);
  fill_seals (self, act->act->seq, &form);
  fill_rest (self, day, remarks, &form);
  form.capacities = kan_maker_capacities (self, act->act->seq);
  return kan_form_certificate_new (&form);
}
