/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers: set and taken back, rows and cells, copies, and JSON there and back. */
#include "desk/kan-answers.h"

static KanAnswers *
destruction (void)
{
  KanAnswers *answers = kan_answers_new ("media.destroy", "");

  kan_answers_set (answers, "media", "M1,M2");
  kan_answers_set (answers, "place", "シュレッダー室\n\"角\"");
  kan_answers_set_cell (answers, "identified", 1, "serial", "SN-2");
  kan_answers_set_cell (answers, "identified", 0, "serial", "SN-1");
  kan_answers_set_happened (answers, "2026-10-20T10:05");
  return answers;
}

static void
expect_destruction (const KanAnswers *answers)
{
  g_assert_cmpstr (kan_answers_get_kind (answers), ==, "media.destroy");
  g_assert_null (kan_answers_get_subject (answers));
  g_assert_cmpstr (kan_answers_get (answers, "media"), ==, "M1,M2");
  g_assert_cmpstr (kan_answers_get (answers, "place"), ==, "シュレッダー室\n\"角\"");
  g_assert_cmpuint (kan_answers_n_rows (answers, "identified"), ==, 2);
  g_assert_cmpstr (kan_answers_get_cell (answers, "identified", 0, "serial"), ==, "SN-1");
  g_assert_cmpstr (kan_answers_get_cell (answers, "identified", 1, "serial"), ==, "SN-2");
  g_assert_cmpstr (kan_answers_get_happened (answers), ==, "2026-10-20T10:05");
}

static void
test_set (void)
{
  g_autoptr(KanAnswers) answers = kan_answers_new ("media.store", "M3");

  g_assert_true (kan_answers_is_empty (answers));
  kan_answers_set (answers, "place", "L1");
  g_assert_false (kan_answers_is_empty (answers));
  kan_answers_set (answers, "place", "");
  g_assert_null (kan_answers_get (answers, "place"));
  g_assert_true (kan_answers_is_empty (answers));
  kan_answers_set_happened (answers, "");
  g_assert_null (kan_answers_get_happened (answers));
  g_assert_cmpstr (kan_answers_get_subject (answers), ==, "M3");
}

static void
test_rows (void)
{
  g_autoptr(KanAnswers) answers = destruction ();

  g_assert_null (kan_answers_get_cell (answers, "identified", 2, "serial"));
  g_assert_null (kan_answers_get_cell (answers, "identified", 0, "medium"));
  kan_answers_remove_row (answers, "identified", 0);
  g_assert_cmpstr (kan_answers_get_cell (answers, "identified", 0, "serial"), ==, "SN-2");
  kan_answers_set_cell (answers, "identified", 0, "serial", NULL);
  g_assert_null (kan_answers_get_cell (answers, "identified", 0, "serial"));
  kan_answers_remove_row (answers, "identified", 0);
  kan_answers_remove_row (answers, "identified", 0);
  g_assert_cmpuint (kan_answers_n_rows (answers, "identified"), ==, 0);
}

/* One by one, and what is not declared any more leaves nothing behind. */
static void
test_declare (void)
{
  g_autoptr(KanAnswers) answers = kan_answers_new ("media.store", "M3");

  kan_answers_declare (answers, "note", TRUE);
  kan_answers_declare (answers, "identified[0].serial", TRUE);
  g_assert_true (kan_answers_declares (answers, "note"));
  g_assert_false (kan_answers_declares (answers, "identified[1].serial"));
  kan_answers_declare (answers, "note", FALSE);
  g_assert_cmpstr (kan_answers_get (answers, KAN_ANSWERS_DECLARED), ==, "identified[0].serial");
  kan_answers_declare (answers, "identified[0].serial", FALSE);
  g_assert_true (kan_answers_is_empty (answers));
}

static void
test_copy (void)
{
  g_autoptr(KanAnswers) answers = destruction (), copy = kan_answers_copy (answers);

  kan_answers_set (answers, "media", NULL);
  kan_answers_remove_row (answers, "identified", 0);
  expect_destruction (copy);
}

static void
test_json (void)
{
  g_autoptr(KanAnswers) answers = destruction (), again = NULL;
  g_autofree char *json = kan_answers_to_json (answers);
  g_autoptr(GError) error = NULL;

  again = kan_answers_from_json (json, &error);
  g_assert_no_error (error);
  expect_destruction (again);
}

static void
test_not_json (void)
{
  static const char *const wrong[] = { "", "[]", "{}", "{\"kind\":7}", "nothing", NULL };

  for (const char *const *json = wrong; *json != NULL; json++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (kan_answers_from_json (*json, &error));
      g_assert_error (error, KAN_ERROR, KAN_ERROR_INVALID);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answers/set", test_set);
  g_test_add_func ("/answers/rows", test_rows);
  g_test_add_func ("/answers/declare", test_declare);
  g_test_add_func ("/answers/copy", test_copy);
  g_test_add_func ("/answers/json", test_json);
  g_test_add_func ("/answers/not-json", test_not_json);
  return g_test_run ();
}
