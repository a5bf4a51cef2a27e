/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms: what an act is about, what is certain beforehand, and what only somebody in another's place is asked. */
#include "desk-fixture.h"

#include "desk/kan-view-private.h"

static KanSheet *
describe (KanDesk *desk, const char *kind, const char *subject)
{
  g_autoptr(GError) error = NULL;
  KanSheet *sheet = kan_desk_describe (desk, kind, subject, now, &error);

  g_assert_no_error (error);
  return sheet;
}

static const KanQuestion *
find (const KanSheet *sheet, const char *key)
{
  for (guint i = 0; i < sheet->questions->len; i++)
    if (strcmp (((KanQuestion *) g_ptr_array_index (sheet->questions, i))->key, key) == 0)
      return g_ptr_array_index (sheet->questions, i);
  return NULL;
}

static void
test_about (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { const char *kind, *subject, *key; } cases[] = {
    { "media.record", "M1", "medium" }, { "takeout.request", "M1", "media" }, { "media.destroy", "M1", "media" },
    { "appointment.make", "P2", "person" }, { "operator.designate", "P2", "person" },
    /* the act's own record; none; a record of another kind; nothing that is any */
    { "media.store", "M1", NULL }, { "media.register", "M1", NULL }, { "media.record", NULL, NULL },
    { "media.record", "P2", NULL }, { "media.record", "nonsense", NULL }, { "nonsense", "M1", NULL },
    { "hand.give", "M1", NULL }, { "act.void", "M1", NULL }, { "office.establish", "P2", NULL },
  };
  g_autoptr(KanDesk) desk = set_up_media (f);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KanAsk *ask = kan_view_about (kan_desk_get_book (desk), cases[i].kind, cases[i].subject);

      g_test_message ("%s %s", cases[i].kind, cases[i].subject);
      g_assert_cmpstr (ask != NULL ? ask->key : NULL, ==, cases[i].key);
    }
}

static void
test_editions (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { guint since, until; gboolean asked; } cases[] = {
    { 0, 0, TRUE }, { 1, 0, TRUE }, { 0, 1, TRUE }, { 1, 1, TRUE }, { 2, 0, FALSE }, { 2, 3, FALSE },
  };
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_READ, "chief", "chief's");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KanAsk ask = { .key = "x", .since = cases[i].since, .until = cases[i].until };

      g_assert_cmpint (kan_view_is_asked (kan_desk_get_book (desk), &ask), ==, cases[i].asked);
    }
}

/* An edit begins with what stands there; what happens anew begins blank, but for what nobody could answer otherwise. */
static void
test_presets (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanSheet) amend = NULL, store = NULL, two = NULL, person = NULL;

  EXPECT_SIGN (desk, "done", "outsider.register", NULL,
               "name=渡邉\U000e0101 太郎 | company=市 | telephone=095-000-0000 | pledge_on=2026-09-01");
  amend = describe (desk, "outsider.amend", "X1");
  g_assert_cmpstr (find (amend, "name")->preset, ==, "渡邉\U000e0101 太郎");
  g_assert_cmpstr (find (amend, "telephone")->preset, ==, "095-000-0000");
  g_assert_null (find (amend, "post")->preset);
  g_assert_null (find (amend, "pledge_on")->preset);
  store = describe (desk, "media.store", "M1");
  g_assert_cmpstr (find (store, "place")->preset, ==, "L1");
  EXPECT_SIGN (desk, "done", "place.establish", NULL, "title=第二 | room=室 | level=3");
  two = describe (desk, "media.store", "M1");
  g_assert_null (find (two, "place")->preset);
  person = describe (desk, "operator.designate", "P2");
  g_assert_cmpstr (find (person, "person")->preset, ==, "P2");
  g_assert_null (person->subject);
}

/* Choices stand in their order, references name where to choose from, each page opens once. */
static void
test_questions (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanSheet) request = describe (desk, "takeout.request", NULL);
  const KanQuestion *kind = find (request, "kind"), *carrier = find (request, "carrier"), *media = find (request,
                                                                                                         "media");

  g_assert_cmpuint (kind->choices->len, ==, 3);
  g_assert_cmpstr (((KanViewChoice *) g_ptr_array_index (kind->choices, 0))->value, ==, "round_trip");
  g_assert_cmpstr (((KanViewChoice *) g_ptr_array_index (kind->choices, 2))->label, ==,
                   "To be destroyed by a contractor");
  g_assert_cmpuint (carrier->of_registers->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (carrier->of_registers, 1), ==, "outsider");
  g_assert_cmpint (media->type, ==, KAN_REFS);
  g_assert_true (media->must);
  g_assert_false (carrier->must);
  g_assert_cmpstr (kind->page, ==, "Which media");
  g_assert_null (media->page);
  g_assert_cmpuint (request->hands->len, ==, 2);
  g_assert_cmpstr (((KanSheetHand *) g_ptr_array_index (request->hands, 0))->capacity, ==, "information_manager");
  g_assert_null (((KanSheetHand *) g_ptr_array_index (request->hands, 0))->person_key);
}

/* Whoever acts for somebody absent is asked why, on a page of its own; whoever acts for themselves is not. */
static void
test_absence (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr(KanSheet) holder = NULL, deputy = NULL;
  const KanQuestion *absence;

  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "appointment.make", NULL,
               "person=P2 | office=pension_assistant | kind=regular | since=2026-09-01");
  holder = describe (desk, "office.establish", NULL);
  g_assert_null (find (holder, "absence"));
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  deputy = describe (desk, "place.establish", NULL);
  absence = find (deputy, "absence");
  g_assert_cmpstr (absence->page, ==, "In somebody's place");
  g_assert_true (absence->must);
  g_assert_cmpuint (absence->choices->len, ==, 4);
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/view-sheet/about", Fixture, NULL, office_set_up, test_about, fixture_tear_down);
  g_test_add ("/view-sheet/editions", Fixture, NULL, office_set_up, test_editions, fixture_tear_down);
  g_test_add ("/view-sheet/presets", Fixture, NULL, office_set_up, test_presets, fixture_tear_down);
  g_test_add ("/view-sheet/questions", Fixture, NULL, office_set_up, test_questions, fixture_tear_down);
  g_test_add ("/view-sheet/absence", Fixture, NULL, office_set_up, test_absence, fixture_tear_down);
  return g_test_run ();
}
