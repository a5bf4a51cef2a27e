/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record's page over all that the demo holds: fields, offers, timeline, hands, groups, forms; and the chain. */
#include "demo-fixture.h"

#include "registers/kan-registers.h"

static KanRecordView *
view (KanDesk *desk, const char *subject)
{
  g_autoptr(GError) error = NULL;
  KanRecordView *record = kan_desk_view_record (desk, subject, demo_now, &error);

  g_assert_no_error (error);
  return record;
}

static const KanViewOffer *
find_offer (GPtrArray *offers, const char *kind)
{
  for (guint i = 0; i < offers->len; i++)
    if (strcmp (((KanViewOffer *) g_ptr_array_index (offers, i))->kind, kind) == 0)
      return g_ptr_array_index (offers, i);
  return NULL;
}

static const KanViewField *
find_field (KanRecordView *record, const char *id)
{
  for (guint i = 0; i < record->fields->len; i++)
    if (strcmp (((KanViewField *) g_ptr_array_index (record->fields, i))->id, id) == 0)
      return g_ptr_array_index (record->fields, i);
  return NULL;
}

static const KanViewGroup *
find_group (KanRecordView *record, const char *id)
{
  for (guint i = 0; i < record->groups->len; i++)
    if (strcmp (((KanViewGroup *) g_ptr_array_index (record->groups, i))->register_id, id) == 0)
      return g_ptr_array_index (record->groups, i);
  return NULL;
}

static void
test_medium (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autofree char *subject = demo_ask_text (desk, "SELECT 'M' || medium FROM batch JOIN medium m ON m.id = medium"
                                            " WHERE m.state = 'stored' GROUP BY medium ORDER BY count(*) DESC LIMIT 1");
  g_autofree char *count = g_strdup_printf ("SELECT count(*) FROM batch WHERE 'M' || medium = '%s'", subject);
  g_autoptr(KanRecordView) record = view (desk, subject);
  const KanViewGroup *group = find_group (record, "batch");
  const KanViewStep *first = g_ptr_array_index (record->steps, 0);

  g_assert_cmpstr (record->register_title, ==, "Media");
  g_assert_cmpstr (record->state_label, ==, "In store");
  g_assert_true (g_str_has_prefix (record->basis, "Art. 11 (2)"));
  g_assert_null (record->waiting);
  g_assert_cmpstr (find_field (record, "label")->shown, ==, record->name);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (find_field (record, "place")->links, 0), "L"));
  g_assert_cmpint (group->n, ==, demo_ask (desk, count));
  g_assert_cmpstr (group->filter, ==, "medium");
  g_assert_cmpuint (group->states->len, ==, group->subjects->len);
  g_assert_true (strstr (first->title, "medium") != NULL && first->lines->len >= 2);
  g_assert_cmpstr (first->after, ==, "Registered");
  g_assert_cmpuint (strlen (first->fingerprint), ==, 9);
}

/* What is possible comes first; what another state wants is not told; acts about it are among them. */
static void
test_offers (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL), auditor = NULL;
  g_autofree char *subject = demo_ask_text (desk, "SELECT 'M' || max(id) FROM medium WHERE state = 'stored'");
  g_autoptr(KanRecordView) record = view (desk, subject), seen = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) made = kan_desk_list_offers (desk, "medium", demo_now, &error);

  g_assert_no_error (error);
  g_assert_true (find_offer (made, "media.register")->allowed);
  g_assert_null (find_offer (made, "media.store"));
  g_assert_true (find_offer (record->offers, "media.checkout")->allowed);
  g_assert_null (find_offer (record->offers, "media.checkout")->reason);
  g_assert_false (find_offer (record->offers, "media.checkout")->is_marked);
  g_assert_null (find_offer (record->offers, "media.checkin"));
  g_assert_true (find_offer (record->offers, "media.found")->is_marked);
  g_assert_nonnull (find_offer (record->offers, "media.found")->reason);
  g_assert_cmpstr (find_offer (record->offers, "media.record")->subject, ==, subject);
  g_assert_nonnull (find_offer (record->offers, "takeout.request"));
  g_assert_false (find_offer (record->offers, "media.record")->seldom);
  g_assert_true (find_offer (record->offers, "media.move")->seldom);
  g_clear_pointer (&desk, kan_desk_free);

  auditor = demo_open ("secretary_general");
  seen = view (auditor, subject);
  g_assert_false (find_offer (seen->offers, "media.checkout")->allowed);
  g_assert_nonnull (find_offer (seen->offers, "media.checkout")->reason);
}

/* An office is called by its title, also where the rules know it by a code. */
static void
test_office (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autofree char *subject = demo_ask_text (desk, "SELECT 'O' || id FROM office WHERE code = 'secretary_general'");
  g_autoptr(KanRecordView) record = view (desk, subject);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) hits = kan_desk_search (desk, "secretary_general", 10, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (find_field (record, "code")->shown, ==, "Secretary General");
  g_assert_cmpuint (hits->len, ==, 0);
}

/* What is counted is compared with what is on record. */
static void
test_beside (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autofree char *subject = demo_ask_text (desk, "SELECT 'T' || max(id) FROM takeout WHERE quantity IS NOT NULL");
  g_autoptr(GError) error = NULL;
  g_autoptr(KanSheet) sheet = kan_desk_describe (desk, "takeout.return", subject, demo_now, &error);
  g_autofree char *sql = g_strdup_printf ("SELECT quantity FROM takeout WHERE 'T' || id = '%s'", subject);
  g_autofree char *quantity = g_strdup_printf ("%" G_GINT64_FORMAT, demo_ask (desk, sql));
  const KanQuestion *first, *last;

  g_assert_no_error (error);
  first = g_ptr_array_index (sheet->questions, 0);
  g_assert_cmpstr (first->key, ==, "returned_quantity");
  g_assert_cmpstr (first->beside, ==, quantity);
  last = g_ptr_array_index (sheet->questions, sheet->questions->len - 1);
  g_assert_null (last->beside);
}

static void
test_destruction (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autofree char *subject = demo_ask_text (desk, "SELECT 'D' || max(id) FROM destruction WHERE state = 'certified'");
  g_autoptr(KanRecordView) record = view (desk, subject);
  const KanViewHand *hand = g_ptr_array_index (record->hands, record->hands->len - 1);

  g_assert_cmpuint (record->hands->len, >=, 1);
  g_assert_cmpstr (hand->capacity, ==, "System manager");
  g_assert_cmpstr (hand->verdict, ==, "given");
  g_assert_cmpstr (((KanViewStep *) g_ptr_array_index (record->steps, record->steps->len - 1))->title, ==,
                   "Confirm: Destroy");
  g_assert_true (g_str_has_prefix (record->name, "Certificate") || strstr (record->name, "No.") != NULL);
  g_assert_nonnull (strstr (hand->who, " ("));
  g_assert_cmpuint (record->forms->len, ==, 1);
  g_assert_cmpstr (((KanViewChoice *) g_ptr_array_index (record->forms, 0))->value, ==, "destruction_certificate");
  g_assert_nonnull (find_field (record, "certificate_no"));
  g_assert_true (find_field (record, "identified")->is_lines);
}

/* Nothing of the demo is without a page, and what is corrected, late or marked says so. */
static void
test_everything (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  guint struck = 0, marked = 0, late = 0, voided = 0;
  const KanRegistry *registry = kan_registers ();

  for (const KanRegister **reg = registry->registers; *reg != NULL; reg++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT ifnull(max(id), 0) FROM %s", (*reg)->id);

      for (gint64 id = (*reg)->prefix != NULL ? demo_ask (desk, sql) : 0; id > 0; id--)
        {
          g_autofree char *subject = g_strdup_printf ("%s%" G_GINT64_FORMAT, (*reg)->prefix, id);
          g_autoptr(KanRecordView) record = view (desk, subject);

          for (guint i = 0; i < record->fields->len; i++)
            struck += ((KanViewField *) g_ptr_array_index (record->fields, i))->struck != NULL;
          for (guint i = 0; i < record->steps->len; i++)
            {
              const KanViewStep *step = g_ptr_array_index (record->steps, i);

              marked += step->marks != NULL;
              late += step->happened != NULL;
              voided += step->voided;
            }
        }
    }
  g_assert_cmpuint (struck > 0, ==, demo_ask (desk, "SELECT count(*) > 0 FROM correction"));
  g_assert_cmpuint (voided > 0, ==, demo_ask (desk, "SELECT count(*) > 0 FROM step WHERE voided IS NOT NULL"));
  g_assert_cmpuint (marked, >, 0);
  g_assert_cmpuint (late, >, 0);
}

/* A medium's page tells what take-outs, recordings and destructions did to it, each upon whose record; once each. */
static void
test_course (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autofree char *medium = demo_ask_text (desk, "SELECT 'M' || max (value) FROM takeout_media JOIN takeout"
                                                 " ON id = owner WHERE takeout_no IS NOT NULL");
  g_autoptr(KanRecordView) record = view (desk, medium);
  guint own = 0, others = 0;

  for (guint i = 0; i < record->steps->len; i++)
    {
      const KanViewStep *step = g_ptr_array_index (record->steps, i);

      g_assert_true (i == 0 || ((KanViewStep *) g_ptr_array_index (record->steps, i - 1))->seq < step->seq);
      own += step->about == NULL;
      others += step->about != NULL && g_str_has_prefix (step->about, "Take-outs T") && strstr (step->about, "No.");
      g_assert_true (step->about != NULL || step->named == NULL);
    }
  g_assert_cmpuint (own, >, 0);
  g_assert_cmpuint (others, >, 0);
}

static void
test_missing (void)
{
  static const char *const wrong[] = { "M99999", "Z1", "", "M0", NULL };
  g_autoptr(KanDesk) desk = demo_open (NULL);

  for (const char *const *subject = wrong; *subject != NULL; subject++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (kan_desk_view_record (desk, *subject, demo_now, &error));
      g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
    }
}

/* What is overdue says so, and until when it should have gone. */
static void
test_overdue (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autofree char *subject = demo_ask_text (desk, "SELECT 'B' || id FROM batch_overdue");
  g_autofree char *purge_by = demo_ask_text (desk, "SELECT purge_by FROM batch_overdue");
  g_autoptr(KanRecordView) record = view (desk, subject);

  g_assert_cmpstr (record->state, ==, "overdue");
  g_assert_cmpstr (record->state_label, ==, "Overdue");
  g_assert_cmpstr (find_field (record, "purge_by")->shown, ==, purge_by);
}

static const KanReviewLine *
find_line (KanReview *review, const char *key)
{
  for (guint i = 0; i < review->lines->len; i++)
    if (strcmp (((KanReviewLine *) g_ptr_array_index (review->lines, i))->key, key) == 0)
      return g_ptr_array_index (review->lines, i);
  return NULL;
}

/* Whoever records is told until when it may stay, and what should have gone from that medium, unless it is for a named
   payment. */
static void
test_told (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autofree char *medium = demo_ask_text (desk, "SELECT 'M' || medium FROM batch_overdue");
  g_autofree char *purge_by = demo_ask_text (desk, "SELECT min(purge_by) FROM payment_day WHERE day > '2026-11-10'");
  g_autofree char *since = demo_ask_text (desk, "SELECT purge_by FROM batch_overdue");
  g_autoptr(KanAnswers) answers = kan_answers_new ("media.record", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(KanReview) review = NULL, named = NULL;

  kan_answers_set (answers, "medium", medium);
  kan_answers_set (answers, "recorded_on", "2026-11-10");
  review = kan_desk_review (desk, answers, demo_now, &error);
  g_assert_no_error (error);
  g_assert_true (find_line (review, "purge_by")->told);
  g_assert_cmpstr (find_line (review, "purge_by")->shown, ==, purge_by);
  g_assert_cmpstr (find_line (review, "overdue_since")->shown, ==, since);
  kan_answers_set (answers, "serves", "2026-12");
  named = kan_desk_review (desk, answers, demo_now, &error);
  g_assert_no_error (error);
  g_assert_null (find_line (named, "overdue_since"));
}

/* On a person's page their appointments are told by office and days, with the state of the day. */
static void
test_appointments (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autofree char *subject = demo_ask_text (desk, "SELECT 'P' || a.person FROM appointment a, today t"
                                            " WHERE a.state = 'in_force' AND a.until < t.day");
  g_autoptr(KanRecordView) record = view (desk, subject);
  const KanViewGroup *group = find_group (record, "appointment");
  gboolean over = FALSE;

  for (guint i = 0; i < group->subjects->len; i++)
    {
      g_assert_null (strstr (g_ptr_array_index (group->names, i), record->name));
      g_assert_nonnull (strstr (g_ptr_array_index (group->names, i), "20"));
      over = over || strcmp (g_ptr_array_index (group->states, i), "Term over") == 0;
    }
  g_assert_true (over);
}

/* Whoever confirmed something is told with what it was. */
static void
test_confirmed (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autofree char *subject = demo_ask_text (desk, "SELECT h.subject FROM hand h JOIN act a ON a.seq = h.act"
                                            " WHERE a.kind = 'media.check' LIMIT 1");
  g_autoptr(KanRecordView) record = view (desk, subject);
  gboolean hand = FALSE, step = FALSE;

  for (guint i = 0; i < record->hands->len; i++)
    hand = hand || g_strcmp0 (((KanViewHand *) g_ptr_array_index (record->hands, i))->about, "Check") == 0;
  for (guint i = 0; i < record->steps->len; i++)
    step = step || g_str_has_suffix (((KanViewStep *) g_ptr_array_index (record->steps, i))->title, ": Check");
  g_assert_true (hand && step);
}

/* A profile is called by its own title, and told in words rather than as the text that was signed. */
static void
test_profile (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(KanRecordView) record = view (desk, "V1");

  g_assert_nonnull (strstr (record->name, "Nagasaki"));
  g_assert_nonnull (strstr (record->name, "since 20"));
  g_assert_nonnull (strstr (find_field (record, "json")->shown, "Payment days"));
  g_assert_null (strchr (find_field (record, "json")->shown, '{'));
  for (guint i = 0; i < record->steps->len; i++)
    {
      const KanViewStep *step = g_ptr_array_index (record->steps, i);

      for (guint k = 0; k < step->lines->len; k++)
        g_assert_null (strchr (((KanReviewLine *) g_ptr_array_index (step->lines, k))->shown, '{'));
    }
}

static void
test_chain (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) all = kan_desk_order_acts (desk, NULL, &error);
  g_autoptr(GArray) some = kan_desk_order_acts (desk, &(KanActFilter) { .subject = "M1", .kind = "media.store" },
                                                 &error);
  g_autoptr(GArray) nobody = kan_desk_order_acts (desk, &(KanActFilter) { .actor = "nobody" }, &error);
  g_autoptr(GArray) chief = kan_desk_order_acts (desk, &(KanActFilter) { .actor = "P1", .kind = "" }, &error);
  const guint32 seqs[] = { 1, 99999999 };
  g_autoptr(GPtrArray) page = kan_desk_page_acts (desk, seqs, 2, &error);
  const KanViewAct *founding;

  g_assert_no_error (error);
  g_assert_cmpint (all->len, ==, kan_desk_n_acts (desk, NULL));
  g_assert_cmpuint (g_array_index (all, guint32, all->len - 1), ==, 1);
  g_assert_cmpint (some->len, ==, demo_ask (desk, "SELECT count(*) FROM act WHERE subject = 'M1'"
                                            " AND kind = 'media.store'"));
  g_assert_cmpuint (nobody->len, ==, 0);
  g_assert_cmpint (chief->len, ==, demo_ask (desk, "SELECT count(*) FROM act WHERE actor = 1"));
  founding = g_ptr_array_index (page, 0);
  g_assert_cmpstr (founding->title, ==, "Found the file");
  g_assert_null (g_ptr_array_index (page, 1));
}

/* What its entries do not prove, the page says. */
static void
test_altered (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(KanRecordView) honest = view (desk, "T1"), altered = NULL;
  KanDb *db = kan_book_get_db (kan_desk_get_book (desk));

  g_assert_null (honest->altered);
  g_assert_true (kan_db_exec (db, "SAVEPOINT a; UPDATE takeout SET destination = 'x' WHERE id = 1", NULL));
  altered = view (desk, "T1");
  g_assert_true (g_str_has_prefix (altered->altered, "T1: what stands here"));
  g_assert_true (kan_db_exec (db, "ROLLBACK TO a; RELEASE a", NULL));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  demo_build (0);
  g_test_add_func ("/view-record/medium", test_medium);
  g_test_add_func ("/view-record/altered", test_altered);
  g_test_add_func ("/view-record/offers", test_offers);
  g_test_add_func ("/view-record/office", test_office);
  g_test_add_func ("/view-record/beside", test_beside);
  g_test_add_func ("/view-record/destruction", test_destruction);
  g_test_add_func ("/view-record/everything", test_everything);
  g_test_add_func ("/view-record/course", test_course);
  g_test_add_func ("/view-record/missing", test_missing);
  g_test_add_func ("/view-record/overdue", test_overdue);
  g_test_add_func ("/view-record/told", test_told);
  g_test_add_func ("/view-record/appointments", test_appointments);
  g_test_add_func ("/view-record/confirmed", test_confirmed);
  g_test_add_func ("/view-record/profile", test_profile);
  g_test_add_func ("/view-record/chain", test_chain);
  status = g_test_run ();
  demo_remove ();
  return status;
}
