/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records around a record: each column that refers to it is a group, newest first, called by what tells them apart,
 * in the state that the day makes of them. */
#include "app/registers/fixture.h"
#include "desk/kan-view-private.h"

#include <string.h>

static Office *
new_office (void)
{
  Office *office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 5);
  return office;
}

static void
set_today (Office *office, int month, int day)
{
  g_autoptr(GError) error = NULL;
  const KanDay today = kan_day_from_ymd (2026, month, day);

  g_assert_true (kan_book_set_today (office->book, today, &error));
  g_assert_no_error (error);
}

static GPtrArray *
groups_of (Office *office, const char *subject)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *groups = kan_view_groups (office->book, subject, kan_book_register_of (office->book, subject), &error);

  g_assert_no_error (error);
  return groups;
}

/* "register.column n" of each */
static char *
outline (GPtrArray *groups)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < groups->len; i++)
    {
      const KanViewGroup *group = g_ptr_array_index (groups, i);

      g_string_append_printf (out, "%s%s.%s %u", i > 0 ? ", " : "", group->register_id, group->filter, group->n);
      g_assert_cmpuint (group->subjects->len, ==, MIN (group->n, 100));
      g_assert_cmpuint (group->names->len, ==, group->subjects->len);
      g_assert_cmpuint (group->states->len, ==, group->subjects->len);
    }
  return g_string_free (out, FALSE);
}

static const KanViewGroup *
find_group (GPtrArray *groups, const char *id)
{
  for (guint i = 0; i < groups->len; i++)
    if (strcmp (((KanViewGroup *) g_ptr_array_index (groups, i))->register_id, id) == 0)
      return g_ptr_array_index (groups, i);
  g_assert_not_reached ();
}

static const char *
nth (GPtrArray *words, guint n)
{
  return g_ptr_array_index (words, n);
}

/* What refers to it, column by column in the order of the registers; nothing, no groups. */
static void
test_columns (void)
{
  static const struct { const char *subject, *groups; } table[] = {
    { "P7", "key.person 1" },
    { "P4", "operator.person 1, key.person 1" },
    { "P2", "appointment.person 1, key.person 1" },
    { "O1", "appointment.office 1" },
    { "M1", "batch.medium 1" },
    { "L1", "medium.place 2" },
    { "M2", "" },
    { "B1", "" },
    { "X1", "" },
  };
  g_autoptr(Office) office = new_office ();

  office_expect (office, "done", OPERATOR, "media.register", NULL, "media_kind=usb | label=USB-02 | serial=9");
  office_expect (office, "done", OPERATOR, "media.store", "M2", "place=L1");
  set_today (office, 9, 21);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GPtrArray) groups = groups_of (office, table[i].subject);
      g_autofree char *said = outline (groups);

      g_test_message ("%s", table[i].subject);
      g_assert_cmpstr (said, ==, table[i].groups);
    }
}

/* By its name where it has one; else by what tells of it, without the column that all of them share. */
static void
test_names (void)
{
  static const struct { const char *subject, *group, *title, *first, *name; } table[] = {
    { "L1", "medium", "Media", "M1", "USB-01" },
    { "P4", "operator", "Operators", "N1", "2026-09-01" },
    { "O1", "appointment", "Appointments", "A1", "佐藤 一郎, 2026-09-01" },
    { "P1", "appointment", "Appointments", "A1", "事務局長, 2026-09-01" },
    { "M1", "batch", "Recordings", "B1", "2026-09-01, J-LIS" },
  };
  g_autoptr(Office) office = new_office ();

  set_today (office, 9, 21);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GPtrArray) groups = groups_of (office, table[i].subject);
      const KanViewGroup *group = find_group (groups, table[i].group);

      g_test_message ("%s of %s", table[i].group, table[i].subject);
      g_assert_cmpstr (group->title, ==, table[i].title);
      g_assert_cmpstr (nth (group->subjects, 0), ==, table[i].first);
      g_assert_cmpstr (nth (group->names, 0), ==, table[i].name);
    }
}

/* A recording of September is overdue from the day on that its grace is over, without anything being stored anew. */
static void
test_state_of_the_day (void)
{
  static const struct { int month, day; const char *state, *label; } table[] = {
    { 9, 21, "open", "Held" }, { 10, 22, "open", "Held" }, { 10, 23, "overdue", "Overdue" },
  };
  g_autoptr(Office) office = new_office ();
  const KanRegister *batches = kan_book_find_register (office->book, "batch");

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GPtrArray) groups = NULL;
      g_autofree char *state = NULL, *stored = office_ask_text (office, "SELECT state FROM batch WHERE id = 1");

      set_today (office, table[i].month, table[i].day);
      groups = groups_of (office, "M1");
      state = kan_book_present_state (office->book, batches, 1);
      g_test_message ("%d/%d: %s", table[i].month, table[i].day, state);
      g_assert_cmpstr (state, ==, table[i].state);
      g_assert_cmpstr (nth (find_group (groups, "batch")->states, 0), ==, table[i].label);
      g_assert_cmpstr (stored, ==, "open");
    }
}

/* As it is stored where no day changes it; none where there is no such record. */
static void
test_present (void)
{
  g_autoptr(Office) office = new_office ();
  const KanRegister *people = kan_book_find_register (office->book, "person");
  const KanRegister *batches = kan_book_find_register (office->book, "batch");
  g_autoptr(KanStmt) person = NULL, batch = NULL;
  g_autofree char *employed = NULL, *nobody = NULL;

  set_today (office, 9, 21);
  employed = kan_book_present_state (office->book, people, 1);
  nobody = kan_book_present_state (office->book, people, 99);
  g_assert_cmpstr (employed, ==, "employed");
  g_assert_null (nobody);
  person = kan_view_ask_present (office->book, people, 1);
  batch = kan_view_ask_present (office->book, batches, 1);
  g_assert_null (person);
  g_assert_cmpint (kan_view_find_column (batch, "id"), ==, 0);
  g_assert_cmpint (kan_view_find_column (batch, "state"), >, 0);
  g_assert_cmpint (kan_view_find_column (batch, "nonsense"), ==, -1);
  g_assert_cmpint (kan_view_find_column (NULL, "state"), ==, -1);
}

/* The newest first, a hundred of them at most; how many there are is told all the same. */
static void
test_many (void)
{
  g_autoptr(Office) office = new_office ();
  g_autoptr(GPtrArray) groups = NULL;
  g_autoptr(GError) error = NULL;
  const KanViewGroup *group;

  g_assert_true (kan_db_exec (office->db, "CREATE TEMP TABLE more AS SELECT * FROM medium;"
                              " WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 103)"
                              " INSERT INTO more SELECT m.* FROM medium m JOIN n;"
                              " UPDATE more SET id = rowid, label = 'USB-' || rowid, serial = rowid;"
                              " DELETE FROM more WHERE id = 1; INSERT INTO medium SELECT * FROM more", &error));
  g_assert_no_error (error);
  set_today (office, 9, 21);
  groups = groups_of (office, "L1");
  group = find_group (groups, "medium");
  g_assert_cmpuint (group->n, ==, 103);
  g_assert_cmpuint (group->subjects->len, ==, 100);
  g_assert_cmpstr (nth (group->subjects, 0), ==, "M103");
  g_assert_cmpstr (nth (group->names, 0), ==, "USB-103");
  g_assert_cmpstr (nth (group->subjects, 99), ==, "M4");
  g_assert_true (kan_db_exec (office->db, "DELETE FROM medium WHERE id > 1", &error));
}

/* --- values --------------------------------------------------------------------------------------------------- */

/* A reference by its number and what it is called, several with commas between, a blank where nothing is said. */
static void
test_values (void)
{
  static const struct { const char *subject, *field, *shown; } table[] = {
    { "M1", "place", "L1 媒体保管庫" }, { "M1", "label", "USB-01" }, { "B1", "medium", "M1 USB-01" }, { "B1", "count", "5" },
    { "A1", "office", "O1 事務局長" }, { "A1", "until", "" },
  };
  g_autoptr(Office) office = new_office ();

  set_today (office, 9, 21);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KanRecord) record = kan_record_get (office->book, table[i].subject, &error);
      const KanField *field = kan_register_find_field (kan_record_get_register (record), table[i].field);
      g_autofree char *shown = kan_view_value (office->book, record, field);

      g_test_message ("%s %s: %s", table[i].subject, table[i].field, shown);
      g_assert_cmpstr (shown, ==, table[i].shown);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/view-groups/columns", test_columns);
  g_test_add_func ("/view-groups/names", test_names);
  g_test_add_func ("/view-groups/state-of-the-day", test_state_of_the_day);
  g_test_add_func ("/view-groups/present", test_present);
  g_test_add_func ("/view-groups/many", test_many);
  g_test_add_func ("/view-groups/values", test_values);
  return g_test_run ();
}
