/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days on a Japanese screen: by the era or, by preference, as ISO dates; what goes on paper never changes. */
#include "demo-fixture.h"

#include "acts/kan-book.h"

#include <libintl.h>
#include <locale.h>

/* The last batch as a list shows it, one cell between bars. */
static char *
show_row (KanDesk *desk)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *number = demo_ask_text (desk, "SELECT max(id) FROM batch");
  guint32 id = (guint32) g_ascii_strtoull (number, NULL, 10);
  g_autoptr(GPtrArray) page = kan_desk_page (desk, "batch", NULL, &id, 1, &error);

  g_assert_no_error (error);
  return g_strjoinv ("|", g_ptr_array_index (page, 0));
}

static char *
show_record (KanDesk *desk)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *number = demo_ask_text (desk, "SELECT 'B' || max(id) FROM batch");
  g_autoptr(KanRecordView) view = kan_desk_view_record (desk, number, demo_now, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < view->fields->len; i++)
    g_string_append_printf (out, "%s|", ((KanViewField *) g_ptr_array_index (view->fields, i))->shown);
  for (guint i = 0; i < view->steps->len; i++)
    g_string_append_printf (out, "%s|", ((KanViewStep *) g_ptr_array_index (view->steps, i))->when);
  return g_string_free (out, FALSE);
}

static char *
show_on_paper (KanDesk *desk)
{
  const KanField day = { .id = "day", .type = KAN_DATE };

  return kan_book_show (kan_desk_get_book (desk), &day, "2026-02-13", TRUE);
}

static char *
show_review (KanDesk *desk)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanAnswers) answers = kan_answers_new ("profile.adopt", NULL);
  g_autoptr(KanReview) review = NULL;
  GString *out = g_string_new (NULL);

  kan_answers_set (answers, "in_force_from", "2026-12-01");
  review = kan_desk_review (desk, answers, demo_now, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < review->lines->len; i++)
    g_string_append_printf (out, "%s|", ((KanReviewLine *) g_ptr_array_index (review->lines, i))->shown);
  return g_string_free (out, FALSE);
}

static void
expect_days (char *(*show) (KanDesk *), gboolean by_era)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autofree char *shown = show (desk);

  g_test_message ("%s", shown);
  g_assert_cmpint (strstr (shown, "令和") != NULL, ==, by_era);
  g_assert_cmpint (strstr (shown, "2026-") != NULL, ==, !by_era);
}

static void
test_era (void)
{
  kan_view_set_iso_dates (FALSE);
  expect_days (show_row, TRUE);
  expect_days (show_record, TRUE);
  expect_days (show_review, TRUE);
  expect_days (show_on_paper, TRUE);
}

static void
test_iso (void)
{
  kan_view_set_iso_dates (TRUE);
  expect_days (show_row, FALSE);
  expect_days (show_record, FALSE);
  expect_days (show_review, FALSE);
  expect_days (show_on_paper, TRUE);
  kan_view_set_iso_dates (FALSE);
}

/* What SQLite says is said in the language of the sentence around it. */
static void
test_reason (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(GError) error = NULL, wrong = NULL;

  g_assert_false (kan_db_exec (demo_db (desk), "INSERT INTO person SELECT * FROM person", &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "既存の内容との不一致"));
  g_assert_null (strstr (error->message, "UNIQUE"));
  g_assert_false (kan_db_exec (demo_db (desk), "SELECT nothing", &wrong));
  g_assert_nonnull (strstr (wrong->message, "内部の誤り"));
}

int
main (int argc, char *argv[])
{
  int status;

  g_setenv ("LC_ALL", "ja_JP.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("KAN_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  demo_build (0);
  g_assert_true (kan_speaks_japanese ());
  g_test_add_func ("/view-words/era", test_era);
  g_test_add_func ("/view-words/iso", test_iso);
  g_test_add_func ("/view-words/reason", test_reason);
  status = g_test_run ();
  demo_remove ();
  return status;
}
