/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody could begin now: first what they may, then what would be marked, then what is missing for the rest. */
#include "desk-fixture.h"

#include "desk/kan-view-private.h"

/* "media.register* media.receive! …": "*" suggested, "~" marked, "!" not allowed. */
static char *
describe (GPtrArray *offers)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < offers->len; i++)
    {
      const KanViewOffer *offer = g_ptr_array_index (offers, i);

      g_test_message ("%s: %s", offer->kind, offer->reason);
      g_assert_cmpuint (strlen (offer->title), >, 0);
      g_assert_true (offer->allowed || offer->reason != NULL);
      g_assert_cmpint (offer->is_marked, ==, offer->allowed && offer->reason != NULL);
      g_string_append_printf (out, "%s%s%s", i > 0 ? " " : "", offer->kind,
                              !offer->allowed ? "!" : offer->is_marked ? "~" : offer->suggested ? "*" : "");
    }
  return g_string_free (out, FALSE);
}

static void
expect_of_register (KanDesk *desk, const char *reg, const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) offers = kan_desk_list_offers (desk, reg, now, &error);
  g_autofree char *found = NULL;

  if (expected == NULL)
    {
      g_assert_null (offers);
      g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
      return;
    }
  g_assert_no_error (error);
  found = describe (offers);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_register (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);

  expect_of_register (desk, "medium", "media.record* media.register media.receive");
  expect_of_register (desk, "office", "office.establish*");
  expect_of_register (desk, "shortfall", "");
  expect_of_register (desk, "nonsense", NULL);
  expect_of_register (desk, "", NULL);
  expect_of_register (desk, "destruction_item", NULL);
  expect_of_register (desk, "medium_stored", NULL);
  g_clear_pointer (&desk, kan_desk_free);
  /* where the usual way is closed, none is suggested in its place: what has happened is recorded with a mark */
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  expect_of_register (desk, "medium", "media.receive~ media.register!");
  expect_of_register (desk, "office", "office.establish*");
}

static gboolean
offers (KanDesk *desk, const char *subject, const char *state, const char *kind, gboolean *allowed)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = kan_view_offers (desk, subject, state, now, &error);
  gboolean found = FALSE;

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      const KanViewOffer *offer = g_ptr_array_index (list, i);

      g_assert_cmpstr (offer->subject, ==, subject);
      if (strcmp (offer->kind, kind) != 0)
        continue;
      g_assert_false (found);
      found = TRUE;
      if (allowed != NULL)
        *allowed = offer->allowed;
    }
  return found;
}

/* Its own acts, and acts that make another record about it, each once; what its state does not lead to is not told. */
static void
test_record (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  gboolean allowed = FALSE;

  g_assert_true (offers (desk, "M1", "registered", "media.store", &allowed) && allowed);
  g_assert_true (offers (desk, "M1", "registered", "media.record", &allowed) && allowed);
  g_assert_false (offers (desk, "M1", "registered", "media.checkin", NULL));
  g_assert_false (offers (desk, "M1", "registered", "media.register", NULL));
  g_assert_false (offers (desk, "M1", "registered", "operator.designate", NULL));
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_assert_true (offers (desk, "M1", "registered", "media.store", &allowed) && !allowed);
  /* acts about it that are not allowed are not told */
  g_assert_false (offers (desk, "M1", "registered", "media.record", NULL));
}

static char *
describe_record (KanDesk *desk, const char *subject, const char *state)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = kan_view_offers (desk, subject, state, now, &error);

  g_assert_no_error (error);
  return describe (list);
}

#define EXPECT_OFFERS(desk, subject, state, expected) G_STMT_START { \
    g_autofree char *offers_ = describe_record (desk, subject, state); \
    g_assert_cmpstr (offers_, ==, expected); } G_STMT_END

/* A person is appointed and designated; what a person only carries, gives or witnesses is begun elsewhere. What the
 * record's own state stands against is told with the reason. */
static void
test_about (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);

  EXPECT_OFFERS (desk, "P1", "employed",
                 "person.amend person.rename person.renumber person.leave act.correct appointment.make"
                 " operator.designate");
  EXPECT_OFFERS (desk, "P2", "employed",
                 "person.amend person.rename person.renumber person.leave appointment.make operator.designate!");
  EXPECT_OFFERS (desk, "O1", "standing", "office.abolish! appointment.make");
  EXPECT_SIGN (desk, "done", "media.record", NULL, "medium=M1 | purpose=purpose_2 | count=5 | copies=0 | source=J-LIS");
  /* nothing is held that could be released */
  EXPECT_OFFERS (desk, "B1", "open", "media.delay batch.return batch.restate batch.cancel act.correct media.hold!");
  EXPECT_OFFERS (desk, "M1", "in_use",
                 "media.store media.checkin media.erase media.erase_failed media.restate media.lost act.correct "
                 "media.found~ media.record takeout.request! takeout.unapproved media.destroy");
}

/* What can be begun although it breaks a rule says how it is recorded, not that it cannot be done. */
static void
test_marked (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = kan_view_offers (desk, "M1", "registered", now, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      const KanViewOffer *offer = g_ptr_array_index (list, i);

      if (!offer->is_marked)
        continue;
      n++;
      g_assert_true (g_str_has_prefix (offer->reason, "Recorded as a deviation: "));
      g_assert_null (strstr (offer->reason, "cannot be done now"));
    }
  g_assert_cmpuint (n, >, 0);
}

/* What nobody takes up again needs nothing about it. */
static void
test_over (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);

  EXPECT_SIGN (desk, "done", "media.lost", "M1", "note=見当たらない");
  g_assert_true (offers (desk, "M1", "missing", "media.found", NULL));
  tamper (desk, "UPDATE medium SET state = 'destroyed' WHERE id = 1");
  g_assert_false (offers (desk, "M1", "destroyed", "media.record", NULL));
  g_assert_false (offers (desk, "M1", "destroyed", "media.store", NULL));
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/view-offers/register", Fixture, NULL, office_set_up, test_register, fixture_tear_down);
  g_test_add ("/view-offers/record", Fixture, NULL, office_set_up, test_record, fixture_tear_down);
  g_test_add ("/view-offers/about", Fixture, NULL, office_set_up, test_about, fixture_tear_down);
  g_test_add ("/view-offers/marked", Fixture, NULL, office_set_up, test_marked, fixture_tear_down);
  g_test_add ("/view-offers/over", Fixture, NULL, office_set_up, test_over, fixture_tear_down);
  return g_test_run ();
}
