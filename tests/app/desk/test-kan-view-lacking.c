/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an office lacks is told in the order in which it is done, by name where somebody is wanting, until it is there;
 * and only to whoever can do something about it. */
#include "desk-fixture.h"

#include "acts/kan-record-check.h"
#include "desk/kan-view-private.h"

/* "title (act or place): detail" of each, one per line; why not, where somebody else does it. */
static char *
lacking (KanDesk *desk)
{
  g_autoptr(GPtrArray) tasks = kan_view_lacking (desk, now);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < tasks->len; i++)
    {
      const KanViewTask *task = g_ptr_array_index (tasks, i);

      g_assert_true ((task->kind != NULL) + (task->place != NULL) + (task->reason != NULL) == 1);
      g_string_append_printf (out, "%s (%s): %s\n", task->title, task->kind != NULL ? task->kind
                              : task->place != NULL ? task->place : task->reason, task->detail);
    }
  return g_string_free (out, FALSE);
}

static void
expect_line (KanDesk *desk, const char *line)
{
  g_autofree char *all = lacking (desk);

  g_test_message ("%s", all);
  if (strstr (all, line) == NULL)
    g_error ("“%s” is not told", line);
}

static void
expect_none (KanDesk *desk, const char *title)
{
  g_autofree char *all = lacking (desk);

  if (strstr (all, title) != NULL)
    g_error ("“%s” is told: %s", title, all);
}

/* Whether the office with this code is told as vacant among what is due. */
static gboolean
is_due (KanDesk *desk, const char *code)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *office = kan_db_get_text (kan_book_get_db (kan_desk_get_book (desk)), NULL,
                                             "SELECT 'O' || id FROM office WHERE code = ?", "s", code);
  g_autoptr(KanTodayView) view = kan_desk_view_today (desk, now, &error);

  expect (view != NULL, error);
  for (guint i = 0; i < view->due->len; i++)
    {
      const KanViewDue *due = g_ptr_array_index (view->due, i);

      if (due->kind == KAN_DUE_VACANT && g_strcmp0 (due->subject, office) == 0)
        return TRUE;
    }
  return FALSE;
}

static KanDesk *
open_manager (Fixture *f)
{
  KanDesk *desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

  add_cosigner (desk, "sato", "sato's");
  return desk;
}

/* One founder and nobody else: everything but the founder's own office, in the order of the work. */
static void
test_new_file (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDesk) desk = NULL;
  g_autofree char *all = NULL;

  now = NOW;
  desk = try_found (f->path, "chief", NULL, &error);
  g_assert_no_error (error);
  all = lacking (desk);
  g_assert_cmpstr (all, ==,
                   "Register people (person.register): Everybody who decides or handles media, by staff number\n"
                   "Appoint to offices (appointment.make): Nobody holds today: Manager of General Affairs,"
                   " Manager of Pensions\n"
                   "Issue keys (person): On the page of the person. Cannot sign yet: Manager of General Affairs,"
                   " Manager of Pensions\n"
                   "Designate operators (Only for: Information manager): Nobody else handles identity information\n"
                   "Establish places (Only for: Information manager, System manager): Where media are kept,"
                   " with their security level\n"
                   "Enter rules (rule.enter): The procedures that the regulation asks for,"
                   " with the day of their review\n");
}

/* Each is told until it is there, and the next by what is wanting yet. */
static void
test_one_by_one (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_manager (f);

  expect_line (desk, "Register people (person.register)");    /* two are there, and two offices were never held */
  EXPECT_SIGN (desk, "done", "appointment.make", NULL,
               "person=P2 | office=general_affairs_manager | kind=regular | since=2026-09-01");
  expect_line (desk, "Appoint to offices (appointment.make): Nobody holds today: Manager of Pensions\n");
  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "person.register", NULL, "staff_no=003 | name=鈴木 次郎");
  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "appointment.make", NULL,
               "person=P3 | office=pension_manager | kind=regular | since=2026-09-01");
  expect_none (desk, "Appoint to offices");
  expect_none (desk, "Register people");
  /* in office, and no key yet: done on the page of the person, so no act to begin here */
  expect_line (desk, "Issue keys (person): On the page of the person. Cannot sign yet: Manager of Pensions\n");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  expect_line (desk, "Establish places (place.establish)");
  EXPECT_SIGN (desk, "done", "place.establish", NULL, "title=保管庫 | room=サーバ室 | level=3");
  expect_none (desk, "Establish places");
}

/* Who was designated handles identity information only with a key of their own. */
static void
test_operator (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_manager (f);

  EXPECT_SIGN (desk, "done", "person.register", NULL, "staff_no=003 | name=鈴木 次郎");
  expect_none (desk, "鈴木 次郎");
  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "appointment.make", NULL,
               "person=P2 | office=general_affairs_manager | kind=regular | since=2026-09-01");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "operator.designate", NULL, "person=P3 | since=2026-09-01");
  EXPECT_SIGN (desk, "done", "operator.designate", NULL, "person=P2 | since=2026-09-01");
  expect_line (desk, "Cannot sign yet: Manager of Pensions, 鈴木 次郎\n");
}

/* An office that the profile has and the file has not is told by name, and so is one left vacant again. */
static void
test_wanting_again (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_manager (f);

  expect_none (desk, "Establish offices");
  tamper (desk, "UPDATE office SET state = 'abolished' WHERE code IN ('audit_clerk', 'pension_head')");
  kan_book_trust (kan_desk_get_book (desk));    /* nobody altered it: they are no longer established */
  expect_line (desk, "Establish offices (office.establish): Of the profile, not established yet:"
                     " Head of the Pensions Section, Audit clerk\n");
  EXPECT_SIGN (desk, "done", "appointment.make", NULL,
               "person=P2 | office=general_affairs_manager | kind=regular | since=2026-09-01 | until=2026-09-30");
  expect_line (desk, "Nobody holds today: Manager of Pensions\n");
  now += 30 * 24 * 3600;
  {
    g_autoptr(GError) error = NULL;

    expect (kan_desk_set_now (desk, now, &error), error);
  }
  /* held before: told among what is due, and not once more here */
  expect_line (desk, "Nobody holds today: Manager of Pensions\n");
  g_assert_true (is_due (desk, "general_affairs_manager"));
  g_assert_false (is_due (desk, "pension_manager"));
  /* it wants an appointment, no key yet */
  expect_line (desk, "Cannot sign yet: Manager of Pensions\n");
}

/* Whoever can do nothing about it is told nothing: no manager, or a file that is only read. */
static void
test_whom_it_concerns (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  g_autofree char *clerk = lacking (desk), *chief = NULL, *reading = NULL;

  g_assert_cmpstr (clerk, ==, "");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_READ, "chief", "chief's");
  reading = lacking (desk);
  g_assert_cmpstr (reading, ==, "");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  chief = lacking (desk);
  g_assert_cmpstr (chief, !=, "");
}

#define ADD(path, set_up, test) g_test_add ("/view-lacking/" path, Fixture, NULL, set_up, test, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (kan_crypto_init (&error));
  kan_stretch_set_light (TRUE);
  ADD ("new-file", fixture_set_up, test_new_file);
  ADD ("one-by-one", office_set_up, test_one_by_one);
  ADD ("operator", office_set_up, test_operator);
  ADD ("wanting-again", office_set_up, test_wanting_again);
  ADD ("whom-it-concerns", office_set_up, test_whom_it_concerns);
  return g_test_run ();
}
