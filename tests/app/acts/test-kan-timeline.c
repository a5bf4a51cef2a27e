/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened to a record: acts in order with the states around them, corrections, and who refers to it. */
#include "app/registers/fixture.h"
#include "acts/kan-timeline.h"

#include <string.h>

static Office *
new_office (void)
{
  Office *office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 1200);
  return office;
}

static const KanStep *
nth (GPtrArray *steps, guint n)
{
  g_assert_cmpuint (steps->len, >, n);
  return g_ptr_array_index (steps, n);
}

static void
test_steps (void)
{
  g_autoptr(Office) office = new_office ();
  g_autoptr(GPtrArray) steps = NULL, none = NULL;

  office_expect (office, "waits system_manager", OPERATOR, "media.check", "M1",
                 "checked_on=2026-09-01 | condition=sound");
  office_expect (office, "done", PENSION, "hand.give", "M1", "as=system_manager");
  steps = kan_book_list_steps (office->book, "M1", NULL);
  g_assert_cmpuint (steps->len, >=, 4);
  g_assert_null (nth (steps, 0)->before);
  g_assert_cmpstr (nth (steps, 0)->act->kind, ==, "media.register");
  g_assert_cmpstr (nth (steps, 0)->kind->id, ==, "media.register");
  g_assert_cmpstr (nth (steps, steps->len - 2)->before, ==, "stored");
  g_assert_cmpstr (nth (steps, steps->len - 2)->after, ==, "checking");
  g_assert_cmpstr (nth (steps, steps->len - 1)->act->kind, ==, "hand.give");
  g_assert_cmpstr (nth (steps, steps->len - 1)->after, ==, "stored");
  for (guint i = 1; i < steps->len; i++)
    g_assert_cmpint (nth (steps, i - 1)->act->seq, <, nth (steps, i)->act->seq);
  none = kan_book_list_steps (office->book, "M99", NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_corrections (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *answers = NULL;
  g_autoptr(GPtrArray) corrections = NULL;
  const KanCorrection *correction;
  gint64 made;

  office_expect (office, "done", OPERATOR, "media.register", NULL, "media_kind=hdd | label=HDD-01 | model=TS-11O");
  made = office_ask (office, "SELECT made FROM medium WHERE id = 2");
  answers = g_strdup_printf ("act=%" G_GINT64_FORMAT " | question=model | value=TS-110 | reason=誤記", made);
  office_expect (office, "done", OPERATOR, "act.correct", "M2", answers);
  corrections = kan_book_list_corrections (office->book, "M2", NULL);
  g_assert_cmpuint (corrections->len, ==, 1);
  correction = g_ptr_array_index (corrections, 0);
  g_assert_cmpint (correction->act, ==, made);
  g_assert_cmpstr (correction->key, ==, "model");
  g_assert_cmpstr (correction->old_value, ==, "TS-11O");
  g_assert_cmpstr (correction->new_value, ==, "TS-110");
  g_assert_cmpstr (correction->field->id, ==, "model");
}

static gboolean
has (GPtrArray *subjects, const char *subject)
{
  return g_ptr_array_find_with_equal_func (subjects, subject, g_str_equal, NULL);
}

/* One reference, several, and to either of two registers. */
static void
test_referring (void)
{
  g_autoptr(Office) office = new_office ();
  g_autoptr(GPtrArray) medium = NULL, outsider = NULL, person = NULL, nothing = NULL;

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL,
                 "kind=round_trip | media=M1 | counterpart=X1 | destination=電算センター | reason=提出のため | "
                 "since=2026-09-02 | until=2026-09-09");
  medium = kan_book_list_referring (office->book, "M1", NULL);
  g_assert_true (has (medium, "B1") && has (medium, "T1"));
  g_assert_cmpuint (medium->len, ==, 2);
  outsider = kan_book_list_referring (office->book, "X1", NULL);
  g_assert_true (has (outsider, "T1"));
  person = kan_book_list_referring (office->book, "P2", NULL);
  g_assert_true (has (person, "A2") && !has (person, "T1"));
  nothing = kan_book_list_referring (office->book, "M99", NULL);
  g_assert_cmpuint (nothing->len, ==, 0);
}

/* What others' acts did to it stands between its own, where the reference declares it; a place is named by too many. */
static void
test_course (void)
{
  g_autoptr(Office) office = new_office ();
  g_autoptr(GPtrArray) course = NULL, medium = NULL, place = NULL, outsider = NULL, person = NULL;
  g_autoptr(GString) subjects = g_string_new (NULL);

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL,
                 "kind=round_trip | media=M1 | counterpart=X1 | destination=電算センター | reason=提出のため | "
                 "since=2026-09-02 | until=2026-09-09");
  course = kan_book_list_course (office->book, "M1", NULL);
  for (guint i = 0; i < course->len; i++)
    {
      g_string_append_printf (subjects, " %s", nth (course, i)->act->subject);
      g_assert_null (kan_book_named_as (office->book, nth (course, i)->act, "M1"));
    }
  g_assert_cmpstr (subjects->str, ==, " M1 B1 M1 T1");
  g_assert_cmpstr (nth (course, 1)->after, ==, "open");
  medium = kan_book_list_told (office->book, "M1", NULL);
  g_assert_true (medium->len == 2 && has (medium, "B1") && has (medium, "T1"));
  place = kan_book_list_told (office->book, "L1", NULL);
  outsider = kan_book_list_told (office->book, "X1", NULL);
  g_assert_cmpuint (place->len + outsider->len, ==, 0);
  person = kan_book_list_told (office->book, "P2", NULL);
  g_assert_true (has (person, "A2") && !has (person, "L1"));
}

static void
test_text (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *digest = NULL, *text = NULL, *altered = NULL, *none = NULL;

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL,
                 "kind=round_trip | media=M1 | counterpart=X1 | destination=電算センター | reason=提出のため | "
                 "since=2026-09-02 | until=2026-09-09");
  digest = office_ask_text (office, "SELECT reason FROM takeout");
  text = kan_book_dup_text (office->book, digest, FALSE);
  g_assert_cmpstr (text, ==, "提出のため");
  g_assert_true (kan_db_exec (office->db, "UPDATE detached SET salt = CAST (salt || CAST (substr (content, 1, 3) AS"
                                          " BLOB) AS BLOB), content = substr (content, 4)", NULL));
  altered = kan_book_dup_text (office->book, digest, FALSE);
  g_assert_true (kan_db_exec (office->db, "UPDATE detached SET content = CAST (substr (salt, 33) AS TEXT) || content,"
                                          " salt = substr (salt, 1, 32)", NULL));
  g_assert_cmpstr (altered, ==, "(not what was signed)");
  none = kan_book_dup_text (office->book, "00", FALSE);
  g_assert_null (none);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/steps", test_steps);
  g_test_add_func ("/timeline/corrections", test_corrections);
  g_test_add_func ("/timeline/referring", test_referring);
  g_test_add_func ("/timeline/course", test_course);
  g_test_add_func ("/timeline/text", test_text);
  return g_test_run ();
}
