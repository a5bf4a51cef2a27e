/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the office has set in its file: reminders, and the profile in force and to come. */
#include "desk-fixture.h"

#include "desk/kan-view-settings.h"

static KanSettingsView *
view (KanDesk *desk)
{
  g_autoptr(GError) error = NULL;
  KanSettingsView *settings = kan_desk_view_settings (desk, &error);

  g_assert_no_error (error);
  return settings;
}

static void
test_as_founded (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr(KanSettingsView) settings = view (desk);

  g_assert_false (settings->reminds);
  g_assert_null (settings->reminds_as_of);
  g_assert_cmpuint (settings->n_reminders, ==, 0);
  g_assert_true (settings->may_write);
  g_assert_nonnull (strstr (settings->profile, "Nagasaki"));
  g_assert_cmpstr (settings->since, ==, "2026-09-21");
  g_assert_null (settings->coming);
  g_assert_cmpstr (settings->today, ==, "2026-09-21");
  g_assert_true (g_str_has_prefix (settings->profile_json, "{"));
}

static void
test_reminders (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanSettingsView) on = NULL, off = NULL;
  g_autoptr(GError) error = NULL;

  EXPECT_SIGN (desk, "done", "outsider.register", NULL, "name=森 太郎 | company=市");
  EXPECT_SIGN (desk, "done", "media.receive", NULL,
               "media_kind=hdd | label=受入 | source=市 | received_from=X1 | giver_paper=yes | arrival=sound");
  EXPECT_SIGN (desk, "done", "media.record", NULL,
               "medium=M2 | recorded_on=2026-06-20 | purpose=purpose_2 | count=1 | copies=0 | source=J-LIS");
  expect (kan_desk_set_reminders (desk, TRUE, now, &error), error);
  on = view (desk);
  g_assert_true (on->reminds);
  g_assert_cmpstr (on->reminds_as_of, ==, "2026-09-21");
  g_assert_cmpuint (on->n_reminders, >, 0);
  expect (kan_desk_set_reminders (desk, FALSE, now, &error), error);
  off = view (desk);
  g_assert_false (off->reminds);
  g_assert_null (off->reminds_as_of);
}

/* Another profile comes into force later; until then the former one counts, whoever looks. */
static void
test_profile_to_come (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(GBytes) fukui = g_resources_lookup_data ("/io/github/kanribo/Kanribo/profiles/fukui.json", 0, NULL);
  g_autofree char *json = g_strndup (g_bytes_get_data (fukui, NULL), g_bytes_get_size (fukui));
  g_autofree char *adopt = g_strdup_printf ("in_force_from=2026-10-01 | json=%s", json);
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr(KanSettingsView) before = NULL, after = NULL;

  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "profile.adopt", NULL, adopt);
  before = view (desk);
  g_assert_nonnull (strstr (before->profile, "Nagasaki"));
  g_assert_cmpstr (before->coming, ==, "Another one comes into force on 2026-10-01");
  g_clear_pointer (&desk, kan_desk_free);
  now += 20 * 86400;
  desk = open_as (f, KAN_VAULT_READ, "sato", "sato's");
  after = view (desk);
  g_assert_nonnull (strstr (after->profile, "Fukui"));
  g_assert_cmpstr (after->since, ==, "2026-10-01");
  g_assert_null (after->coming);
  g_assert_false (after->may_write);
  g_assert_cmpstr (after->today, ==, "2026-10-11");
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/view-settings/as-founded", Fixture, NULL, office_set_up, test_as_founded, fixture_tear_down);
  g_test_add ("/view-settings/reminders", Fixture, NULL, office_set_up, test_reminders, fixture_tear_down);
  g_test_add ("/view-settings/profile-to-come", Fixture, NULL, office_set_up, test_profile_to_come,
              fixture_tear_down);
  return g_test_run ();
}
