/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canonical JSON: how each value is spelled, in which order, and at which byte a body is none. */
#include "ledger/kan-body.h"

#include <string.h>

/* Each control character in its one spelling; everything else as it is. */
static void
test_spelling (void)
{
  static const struct { const char *text, *json; } table[] = {
    { "", "{\"k\":\"\"}" }, { "\"\\", "{\"k\":\"\\\"\\\\\"}" }, { "\n", "{\"k\":\"\\n\"}" },
    { "\t\r\b\f", "{\"k\":\"\\u0009\\u000d\\u0008\\u000c\"}" }, { "\x01\x1f", "{\"k\":\"\\u0001\\u001f\"}" },
    { "/\x7f<>&'", "{\"k\":\"/\x7f<>&'\"}" }, { "渡邉\U000e0101", "{\"k\":\"渡邉\U000e0101\"}" },
    { "\\u0041", "{\"k\":\"\\\\u0041\"}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(KanBody) body = kan_body_new (), back = NULL;
      gsize size = 0;
      g_autofree char *json = NULL;

      kan_body_set_text (body, "k", table[i].text);
      json = kan_body_encode (body, &size);
      g_assert_cmpstr (json, ==, table[i].json);
      g_assert_cmpuint (size, ==, strlen (json));
      back = kan_body_decode (json, size, NULL);
      g_assert_nonnull (back);
      g_assert_cmpstr (kan_body_get_text (back, "k"), ==, table[i].text);
    }
}

/* What 53 bits hold, spelled without a sign that says nothing. */
static void
test_numbers (void)
{
  static const struct { const char *json; gint64 value; } table[] = {
    { "{\"k\":0}", 0 }, { "{\"k\":7}", 7 }, { "{\"k\":-7}", -7 },
    { "{\"k\":9007199254740991}", G_GINT64_CONSTANT (9007199254740991) },
    { "{\"k\":-9007199254740991}", -G_GINT64_CONSTANT (9007199254740991) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(KanBody) body = kan_body_decode (table[i].json, strlen (table[i].json), NULL), own = kan_body_new ();
      g_autofree char *json = NULL;

      g_assert_cmpint (kan_body_get_int (body, "k"), ==, table[i].value);
      kan_body_set_int (own, "k", table[i].value);
      json = kan_body_encode (own, NULL);
      g_assert_cmpstr (json, ==, table[i].json);
    }
}

/* By byte, so that every program sorts alike: not by letter, not by language, a prefix before what it begins. */
static void
test_order (void)
{
  static const char *const keys[] = { "鍵", "b", "B", "a1", "a", "_", "\U000e0101", "Z" };
  g_autoptr(KanBody) body = kan_body_new (), back = NULL;
  g_autofree char *json = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    kan_body_set_yes (body, keys[i], i % 2 == 0);
  json = kan_body_encode (body, NULL);
  g_assert_cmpstr (json, ==, "{\"B\":true,\"Z\":false,\"_\":false,\"a\":true,\"a1\":false,\"b\":false,\"鍵\":true,"
                             "\"\U000e0101\":true}");
  back = kan_body_decode (json, strlen (json), NULL);
  g_assert_nonnull (back);
}

/* Where and why, so that whoever wrote it with another tool finds it. */
static void
test_where (void)
{
  static const struct { const char *json, *at; } table[] = {
    { "", "at byte 0: object" }, { "[]", "at byte 0: object" }, { "{\"a\":1}x", "at byte 7: trailing bytes" },
    { "{\"a\":1,\"a\":2}", "at byte 11: member" }, { "{\"b\":1,\"a\":2}", "at byte 11: member" },
    { "{\"a\":01}", "at byte 7: number" }, { "{\"a\":1.5}", "at byte 6: object" },
    { "{\"a\": 1}", "at byte 5: number" },
    { "{\"a\":\"x", "at byte 7: end within a string" }, { "{\"a\":\"\t\"}", "at byte 6: control character" },
    { "{\"a\":\"\\t\"}", "at byte 7: escape" }, { "{\"a\":[\"x\",1]}", "at byte 10: string" },
    { "{\"a\":[{\"b\":[{}]}]}", "at byte 12: rows within a row" }, { "{\"a\":\"\xff\"}", "at byte 0: not UTF-8" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KanBody) body = kan_body_decode (table[i].json, strlen (table[i].json), &error);

      g_test_message ("row %d", (int) i);
      g_assert_null (body);
      g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
      if (!g_str_has_suffix (error->message, table[i].at))
        g_error ("%s: %s", table[i].json, error->message);
    }
}

/* Rows and lists, empty ones too, come back as what they were. */
static void
test_rows_and_lists (void)
{
  static const char JSON[] = "{\"l\":[\"\",\"M1\"],\"n\":[],\"r\":[{},{\"a\":1,\"b\":[\"x\"],\"c\":false}]}";
  g_autoptr(KanBody) body = kan_body_decode (JSON, strlen (JSON), NULL);
  g_autofree char *again = NULL;

  g_assert_cmpint (kan_body_get_type (body, "n"), ==, KAN_BODY_LIST);
  g_assert_null (kan_body_get_list (body, "n")[0]);
  g_assert_cmpstr (kan_body_get_list (body, "l")[0], ==, "");
  g_assert_cmpuint (kan_body_n_members (kan_body_get_row (body, "r", 0)), ==, 0);
  g_assert_cmpstr (kan_body_get_list (kan_body_get_row (body, "r", 1), "b")[0], ==, "x");
  g_assert_false (kan_body_get_yes (kan_body_get_row (body, "r", 1), "c"));
  again = kan_body_encode (body, NULL);
  g_assert_cmpstr (again, ==, JSON);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/body-json/spelling", test_spelling);
  g_test_add_func ("/body-json/numbers", test_numbers);
  g_test_add_func ("/body-json/order", test_order);
  g_test_add_func ("/body-json/where", test_where);
  g_test_add_func ("/body-json/rows-and-lists", test_rows_and_lists);
  return g_test_run ();
}
