/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people type, as it is stored: any digits, either language, a name for a number; and what nothing could be. */
#include "app/acts/yard.h"

#include <string.h>

static void
test_counts (void)
{
  static const struct { const char *typed; gint64 count; } table[] = {
    { "0", 0 }, { "12", 12 }, { "007", 7 }, { "１２", 12 }, { "１２3", 123 }, { "٣", 3 },
    { "1,000", 1000 }, { "１，０００", 1000 }, { " 12", 12 }, { "　12", 12 }, { "999999999999999", 999999999999999 },
    { "1000000000000000", -1 }, { "", -1 }, { " ", -1 }, { ",", -1 }, { "-1", -1 }, { "+1", -1 }, { "1.5", -1 },
    { "12 ", -1 }, { "1 2", -1 }, { "0x10", -1 }, { "十二", -1 }, { "12本", -1 }, { "1e3", -1 }, { "½", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("“%s”", table[i].typed);
      g_assert_cmpint (kan_read_count (table[i].typed), ==, table[i].count);
    }
}

static void
test_yes (void)
{
  static const struct { const char *typed; int yes; } table[] = {
    { "yes", 1 }, { "true", 1 }, { "1", 1 }, { "はい", 1 }, { "有", 1 }, { "可", 1 },
    { "no", 0 }, { "false", 0 }, { "0", 0 }, { "いいえ", 0 }, { "無し", 0 }, { "否", 0 },
    { "", -1 }, { "2", -1 }, { "yes ", -1 }, { "maybe", -1 }, { "不", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("“%s”", table[i].typed);
      g_assert_cmpint (kan_read_yes (table[i].typed), ==, table[i].yes);
    }
}

static void
test_minutes (void)
{
  static const struct { const char *typed, *read; } table[] = {
    { "2026-02-13T10:05", "2026-02-13T10:05" }, { "2026-02-13 10:05", "2026-02-13T10:05" },
    { "2028-02-29 00:00", "2028-02-29T00:00" }, { "2026-02-29 00:00", NULL }, { "2026-02-13 24:00", NULL },
    { "2026-02-13 10:60", NULL }, { "2026-02-13", NULL }, { "2026-02-13  10:05", NULL }, { "2026-02-13t10:05", NULL },
    { "2026-02-13 10:05:00", NULL }, { "2026-02-13 9:05", NULL }, { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *read = kan_read_minute (table[i].typed);

      g_test_message ("“%s”", table[i].typed);
      g_assert_cmpstr (read, ==, table[i].read);
    }
}

static void
test_choices (void)
{
  static const struct { const char *typed, *read; } table[] = {
    { "red", "red" }, { "赤", "red" }, { "Red", "red" }, { "blue", "blue" }, { "青", "blue" },
    { "RED", "RED" }, { "赤 ", "赤 " }, { "beige", "beige" }, { "", "" },
    /* the label of another vocabulary's choice */
    { "本務", "本務" },
  };
  static const KanField colour = { .id = "colour", .type = KAN_CHOICE, .of = "colour" };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("“%s”", table[i].typed);
      g_assert_cmpstr (kan_read_choice (yard->book, &colour, table[i].typed), ==, table[i].read);
    }
}

/* C1 to C3; two outsiders are called alike, one name was voided. */
static Yard *
yard_with_names (void)
{
  Yard *yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=一 | weight=1 | keeper=P4");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=P4 | colour=red");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=消 | fragile=no");
  yard_expect (yard, "done", OPERATOR, "outsider.register", NULL, "name=林 次郎 | company=甲");
  yard_expect (yard, "done", OPERATOR, "outsider.register", NULL, "name=林 次郎 | company=乙");
  yard_exec (yard, "UPDATE crate SET state = 'void' WHERE id = 3");
  return yard;
}

/* By its number, or by what only one record is called. */
static void
test_references (void)
{
  static const struct { const char *of, *typed, *read; } table[] = {
    { "person", "P4", "P4" }, { "person", "login4", "P4" }, { "person", "伊藤 健", "P3" }, { "person", "伊藤", "伊藤" },
    { "person", "4", "P4" },       /* a staff number */
    { "person", "99", "99" }, { "person", "", "" },
    { "person", "林 次郎", "林 次郎" },
    { "outsider", "林 次郎", "林 次郎" },       /* two are called so */
    { "outsider", "森 太郎", "X1" },
    { "person|outsider", "森 太郎", "X1" }, { "person|outsider", "login6", "P6" },
    { "crate", "一", "C1" }, { "crate", "消", "消" },
    /* what is a number of a record means that record, whatever else is called so */
    { "crate", "P4", "P4" }, { "crate", "C77", "C77" },
    { "nonsense", "一", "一" },
  };
  g_autoptr(Yard) yard = yard_with_names ();

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const KanField field = { .id = "x", .type = KAN_REF, .of = table[i].of };
      g_autofree char *read = kan_read_ref (yard->book, &field, table[i].typed);

      g_test_message ("%s “%s”", table[i].of, table[i].typed);
      g_assert_cmpstr (read, ==, table[i].read);
    }
}

/* What a list is narrowed by: read as it is stored, or refused with what there is to choose. */
static void
test_filters (void)
{
  static const struct { const char *column, *typed, *read; } table[] = {
    { "state", "封印中", "sealed" }, { "state", "Sealed", "sealed" },
    { "state", "SEALED", "error: “SEALED” is no state of crate: choose one of waiting, kept, sealed, lost, void" },
    { "state", "", "error: “” is no state of crate: choose one of waiting, kept, sealed, lost, void" },
    { "colour", "赤", "red" }, { "colour", "red", "red" },
    { "colour", "beige", "error: “beige” is no choice of colour: choose one of red, blue" },
    { "keeper", "login4", "P4" }, { "keeper", "山本 光", "P6" },
    { "keeper", "X1", "error: “X1” is no record that keeper could name: see `kanribo show FILE person`" },
    { "owner", "X1", "X1" }, { "owner", "森 太郎", "X1" },
    { "owner", "林 次郎", "error: “林 次郎” is no record that owner could name: see `kanribo show FILE person, outsider`" },
    { "owner", "X9", "error: “X9” is no record that owner could name: see `kanribo show FILE person, outsider`" },
    { "id", "C1", "C1" }, { "id", "2", "2" }, { "id", "C3", "C3" },
    { "id", "0", "error: there is no record 0: see `kanribo show FILE crate`" },
    { "id", "-1", "error: there is no record -1: see `kanribo show FILE crate`" },
    { "id", "1x", "error: there is no record 1x: see `kanribo show FILE crate`" },
    { "id", "", "error: there is no record : see `kanribo show FILE crate`" },
    { "bought_on", "R8.2.13", "2026-02-13" },
    { "bought_on", "", "error: there is no such date as “”: write e.g. 2026-02-13" },
    { "weight", "１，０００", "1000" }, { "weight", "-1", "error: “-1” is not a count" },
    { "fragile", "無", "no" }, { "fragile", "yes", "yes" },
    { "takeout_fy", "2026", "2026" }, { "takeout_fy", "令和8年度", "2026" },
    { "takeout_fy", "spring", "error: “spring” is no fiscal year: write e.g. 2026" }, { "label_fy", "2026", "2026" },
    { "serves", "2026-00", "error: there is no such month as “2026-00”: write e.g. 2026-02" },
    { "seen_at", "2026-02-13", "error: there is no such date and time as “2026-02-13”: write e.g. 2026-02-13T09:30" },
    { "takeout_no", "12", "12" }, { "takeout_no", "0012", "12" }, { "takeout_no", "００１２", "12" },
    { "takeout_no", "2026-12", "2026-12" }, { "takeout_no", "２０２６－００１２", "2026-12" },
    { "takeout_no", "令和8年度持出第12号", "2026-12" }, { "takeout_no", "令和８年度　持出　第００１２号", "2026-12" },
    { "takeout_no", "令和元年度持出第10号", "2019-10" }, { "takeout_no", "FY2026 No. 12", "2026-12" },
    { "takeout_no", "令和8年度第12号",
      "error: “令和8年度第12号” is no number of a series: write e.g. 12 or 2026-12" },
    { "takeout_no", "-12", "error: “-12” is no number of a series: write e.g. 12 or 2026-12" },
    { "takeout_no", "", "error: “” is no number of a series: write e.g. 12 or 2026-12" },
    { "label", "何でも", "何でも" }, { "telephone", "0120", "0120" }, { "doubled", "9", "9" },
  };
  g_autoptr(Yard) yard = yard_with_names ();
  const KanRegister *crates = kan_book_find_register (yard->book, "crate");

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *read = kan_read_filter (yard->book, crates, table[i].column, table[i].typed, &error);
      g_autofree char *said = error != NULL ? g_strdup_printf ("error: %s", error->message) : g_strdup (read);

      g_test_message ("%s=%s", table[i].column, table[i].typed);
      g_assert_cmpstr (said, ==, table[i].read);
      g_assert_true (error == NULL || g_error_matches (error, KAN_ERROR, KAN_ERROR_USAGE));
    }
}

/* What is offered no more still stands in older records, and they can be found by it. */
static void
test_choice_of_older_records (void)
{
  g_autoptr(Yard) yard = yard_with_names ();
  const KanRegister *crates = kan_book_find_register (yard->book, "crate");
  g_autoptr(GError) error = NULL;
  g_autofree char *none = kan_read_filter (yard->book, crates, "colour", "green", &error), *green = NULL;

  g_assert_null (none);
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
  yard_exec (yard, "UPDATE crate SET colour = 'green' WHERE id = 3");
  green = kan_read_filter (yard->book, crates, "colour", "green", NULL);
  g_assert_cmpstr (green, ==, "green");
}

/* "C1 C3" */
static char *
numbered (Yard *yard, const char *reg, const char *typed)
{
  const KanRegister *of = reg != NULL ? kan_book_find_register (yard->book, reg) : NULL;
  g_autoptr(GPtrArray) found = kan_read_number (yard->book, of, typed);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? " " : "", (char *) g_ptr_array_index (found, i));
  return g_string_free (out, FALSE);
}

static void
test_numbers (void)
{
  static const struct { const char *reg, *typed, *found; } table[] = {
    { NULL, "令和8年度持出第12号", "C1" }, { "crate", "令和８年度　持出　第１２号", "C1" }, { NULL, "FY2026 No. 12", "C1" },
    { NULL, "fy2026no.12", "C1" }, { NULL, "2026-12", "C1" }, { NULL, "２０２６－１２", "C1" },
    { NULL, "令和元年度持出第12号", "C2" }, { NULL, "2019-12", "C2" }, { NULL, "2026-1", "C3" },
    { "person", "2026-12", "" }, { NULL, "2026-2", "" }, { NULL, "令和7年度持出第12号", "" }, { NULL, "持出第12号", "" },
    { NULL, "12", "" }, { NULL, "", "" }, { NULL, "-", "" }, { NULL, "2026-012", "C1" },
    { NULL, "令和８年度持出第００１２号", "C1" }, { NULL, "2026-0120", "" },
  };
  g_autoptr(Yard) yard = yard_with_names ();
  g_autofree char *both = NULL;

  yard_exec (yard, "UPDATE crate SET takeout_fy = 2026, takeout_no = 12 WHERE id = 1;"
                   "UPDATE crate SET takeout_fy = 2019, takeout_no = 12 WHERE id = 2;"
                   "UPDATE crate SET takeout_fy = 2026, takeout_no = 1 WHERE id = 3");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *found = numbered (yard, table[i].reg, table[i].typed);

      g_test_message ("“%s”", table[i].typed);
      g_assert_cmpstr (found, ==, table[i].found);
    }
  yard_exec (yard, "UPDATE crate SET takeout_no = 12 WHERE id = 3");
  both = numbered (yard, NULL, "2026-12");
  g_assert_cmpstr (both, ==, "C1 C3");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/read/counts", test_counts);
  g_test_add_func ("/read/yes", test_yes);
  g_test_add_func ("/read/minutes", test_minutes);
  g_test_add_func ("/read/choices", test_choices);
  g_test_add_func ("/read/references", test_references);
  g_test_add_func ("/read/filters", test_filters);
  g_test_add_func ("/read/numbers", test_numbers);
  g_test_add_func ("/read/choice-of-older-records", test_choice_of_older_records);
  return g_test_run ();
}
