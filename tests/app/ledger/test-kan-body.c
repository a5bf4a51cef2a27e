/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of an act: what is written is read back, and nothing but what would be written is read. */
#include "ledger/kan-body.h"

#include <string.h>

enum { ROUNDS = 20000, SEED = 20260213 };

static const char SAMPLE[] =
  "{\"a\":\"text\",\"b\":0,\"c\":-9007199254740991,\"d\":9007199254740991,\"e\":true,"
  "\"f\":false,\"g\":[],\"h\":[\"M1\",\"M2\"],"
  "\"i\":[{},{\"x\":\"y\",\"z\":3}],"
  "\"j\":\"\\\"\\\\\\n\\u0001\\u001f/\x7f\",\"k\":\"葛\xf3\xa0\x84\x80城\xee\x80\x80\",\"鍵\":\"\"}";

static KanBody *
decode (const char *json, gsize size)
{
  g_autoptr(GError) error = NULL;
  KanBody *body = kan_body_decode (json, size, &error);

  g_assert_no_error (error);
  g_assert_nonnull (body);
  return body;
}

static void
assert_same_again (const KanBody *body, const char *json, gsize size)
{
  gsize again_size = 0;
  g_autofree char *again = kan_body_encode (body, &again_size);

  g_assert_cmpmem (again, again_size, json, size);
}

static void
test_sample (void)
{
  g_autoptr(KanBody) body = decode (SAMPLE, strlen (SAMPLE));
  const char **list = kan_body_get_list (body, "h");

  g_assert_cmpuint (kan_body_n_members (body), ==, 12);
  g_assert_cmpstr (kan_body_nth_key (body, 11), ==, "鍵");
  g_assert_cmpstr (kan_body_get_text (body, "a"), ==, "text");
  g_assert_cmpint (kan_body_get_int (body, "c"), ==, -G_GINT64_CONSTANT (9007199254740991));
  g_assert_true (kan_body_get_yes (body, "e"));
  g_assert_false (kan_body_get_yes (body, "f"));
  g_assert_cmpint (kan_body_get_type (body, "f"), ==, KAN_BODY_YES);
  g_assert_cmpint (kan_body_get_type (body, "g"), ==, KAN_BODY_LIST);
  g_assert_cmpstr (list[0], ==, "M1");
  g_assert_cmpstr (list[1], ==, "M2");
  g_assert_null (list[2]);
  g_assert_cmpuint (kan_body_n_rows (body, "i"), ==, 2);
  g_assert_cmpint (kan_body_get_int (kan_body_get_row (body, "i", 1), "z"), ==, 3);
  g_assert_cmpstr (kan_body_get_text (body, "j"), ==, "\"\\\n\x01\x1f/\x7f");
  assert_same_again (body, SAMPLE, strlen (SAMPLE));
}

/* Asked for as another type, an answer is none. */
static void
test_wrong_type_is_none (void)
{
  g_autoptr(KanBody) body = decode (SAMPLE, strlen (SAMPLE));

  g_assert_null (kan_body_get_text (body, "b"));
  g_assert_null (kan_body_get_list (body, "a"));
  g_assert_null (kan_body_get_list (body, "i"));
  g_assert_cmpint (kan_body_get_int (body, "a"), ==, 0);
  g_assert_false (kan_body_get_yes (body, "d"));
  g_assert_cmpuint (kan_body_n_rows (body, "h"), ==, 0);
  g_assert_cmpint (kan_body_get_type (body, "nothing"), ==, KAN_BODY_NONE);
}

/* Whatever the order in which answers are given, taken back and given anew, they are written in byte order. */
static void
test_written_sorted (void)
{
  static const char *const list[] = { "x", "", NULL };
  g_autoptr(KanBody) body = kan_body_new (), copy = NULL;
  g_autofree char *json = NULL, *copied = NULL;
  KanBody *row = kan_body_new ();

  kan_body_set_text (row, "cell", "値");
  kan_body_set_text (body, "z", "last");
  kan_body_set_int (body, "Z", 5);
  kan_body_set_text (body, "gone", "x");
  kan_body_set_yes (body, "aa", TRUE);
  kan_body_set_text (body, "a", "first");
  kan_body_set_int (body, "a", -1);
  kan_body_add_row (body, "rows", row);
  kan_body_add_row (body, "rows", kan_body_new ());
  kan_body_set_list (body, "list", list);
  kan_body_set_text (body, "gone", NULL);
  kan_body_remove (body, "never there");
  json = kan_body_encode (body, NULL);
  g_assert_cmpstr (json, ==,
                   "{\"Z\":5,\"a\":-1,\"aa\":true,\"list\":[\"x\",\"\"],"
                             "\"rows\":[{\"cell\":\"値\"},{}],\"z\":\"last\"}");
  copy = kan_body_copy (body);
  kan_body_set_int (body, "a", 2);
  copied = kan_body_encode (copy, NULL);
  g_assert_cmpstr (copied, ==, json);
}

#define BYTES(text) text, sizeof text - 1

static const struct { const char *json; gsize size; const char *why; } refused[] = {
  { BYTES (""), "nothing" },
  { BYTES ("null"), "no object" },
  { BYTES ("[]"), "a list" },
  { BYTES ("{"), "end within the object" },
  { BYTES ("{\"a\"}"), "no value" },
  { BYTES ("{\"a\":}"), "no value" },
  { BYTES ("{\"a\":1,}"), "comma at the end" },
  { BYTES ("{,\"a\":1}"), "comma at the beginning" },
  { BYTES ("{\"a\":1}{"), "trailing bytes" },
  { BYTES ("{\"a\":1}\n"), "trailing newline" },
  { BYTES ("{\"a\":1}\0"), "trailing NUL" },
  { BYTES ("\xef\xbb\xbf{}"), "byte order mark" },
  { BYTES ("{\"a\":1,\"a\":1}"), "duplicate" },
  { BYTES ("{\"b\":1,\"a\":1}"), "unsorted" },
  { BYTES ("{\"a\":1,\"Z\":1}"), "sorted without case" },
  { BYTES ("{\"\":1}"), "empty key" },
  { BYTES (" {}"), "white space" },
  { BYTES ("{ }"), "white space" },
  { BYTES ("{\"a\": 1}"), "white space" },
  { BYTES ("{\"a\" :1}"), "white space" },
  { BYTES ("{\"a\":1, \"b\":1}"), "white space" },
  { BYTES ("{\"a\":[\"x\", \"y\"]}"), "white space" },
  { BYTES ("{\"a\":1.0}"), "no integer" },
  { BYTES ("{\"a\":1e3}"), "no integer" },
  { BYTES ("{\"a\":01}"), "leading zero" },
  { BYTES ("{\"a\":-01}"), "leading zero" },
  { BYTES ("{\"a\":00}"), "leading zero" },
  { BYTES ("{\"a\":-0}"), "minus zero" },
  { BYTES ("{\"a\":-}"), "lonely minus" },
  { BYTES ("{\"a\":+1}"), "plus" },
  { BYTES ("{\"a\":9007199254740992}"), "2^53" },
  { BYTES ("{\"a\":-9007199254740992}"), "-2^53" },
  { BYTES ("{\"a\":99999999999999999999}"), "past 64 bits" },
  { BYTES ("{\"a\":null}"), "null" },
  { BYTES ("{\"a\":True}"), "capital" },
  { BYTES ("{\"a\":truefalse}"), "two words" },
  { BYTES ("{\"a\":{\"b\":1}}"), "object outside rows" },
  { BYTES ("{\"a\":[1]}"), "number in a list" },
  { BYTES ("{\"a\":[\"x\",{}]}"), "mixed list" },
  { BYTES ("{\"a\":[{},\"x\"]}"), "mixed rows" },
  { BYTES ("{\"a\":[\"x\",]}"), "comma at the end" },
  { BYTES ("{\"a\":[[]]}"), "list in a list" },
  { BYTES ("{\"a\":[{\"b\":[{}]}]}"), "rows within a row" },
  { BYTES ("{\"a\":[{\"c\":1,\"b\":1}]}"), "unsorted row" },
  { BYTES ("{\"a\":[{\"b\":1},{\"b\":1,\"b\":1}]}"), "duplicate in a row" },
  { BYTES ("{\"a\":\"x}"), "end within a string" },
  { BYTES ("{\"a\":\"x\\"), "end within an escape" },
  { BYTES ("{\"a\":\"\\u00"), "end within an escape" },
  { BYTES ("{\"a\":\"\n\"}"), "bare newline" },
  { BYTES ("{\"a\":\"\x1f\"}"), "bare control character" },
  { BYTES ("{\"a\":\"\0\"}"), "NUL" },
  { BYTES ("{\"a\":\"\\u0000\"}"), "spelled NUL" },
  { BYTES ("{\"a\":\"\\u000a\"}"), "newline spelled otherwise" },
  { BYTES ("{\"a\":\"\\u001F\"}"), "upper-case escape" },
  { BYTES ("{\"a\":\"\\U0001\"}"), "upper-case u" },
  { BYTES ("{\"a\":\"\\u0020\"}"), "needless escape" },
  { BYTES ("{\"a\":\"\\u0041\"}"), "needless escape" },
  { BYTES ("{\"a\":\"\\u3042\"}"), "needless escape" },
  { BYTES ("{\"a\":\"\\t\"}"), "tab spelled otherwise" },
  { BYTES ("{\"a\":\"\\/\"}"), "needless escape" },
  { BYTES ("{\"a\":\"\xff\"}"), "invalid UTF-8" },
  { BYTES ("{\"a\":\"\xc0\x80\"}"), "overlong NUL" },
  { BYTES ("{\"a\":\"\xed\xa0\x80\"}"), "surrogate" },
  { BYTES ("{\"a\":\"\xf4\x90\x80\x80\"}"), "past Unicode" },
  { BYTES ("{\"a\xff\":1}"), "invalid UTF-8 in a key" },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KanBody) body = kan_body_decode (refused[i].json, refused[i].size, &error);

      if (body != NULL)
        g_error ("%s: %s is read", refused[i].why, refused[i].json);
      g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
      g_assert_null (kan_body_decode (refused[i].json, refused[i].size, NULL));
    }
}

/* The largest that is read, and one byte more. */
static void
test_size (void)
{
  g_autofree char *json = g_malloc (KAN_BODY_MAX + 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(KanBody) body = NULL;

  memset (json, 'x', KAN_BODY_MAX + 1);
  memcpy (json, "{\"a\":\"", 6);
  memcpy (json + KAN_BODY_MAX - 2, "\"}", 2);
  body = decode (json, KAN_BODY_MAX);
  assert_same_again (body, json, KAN_BODY_MAX);
  memcpy (json + KAN_BODY_MAX - 2, "x\"}", 3);
  g_assert_null (kan_body_decode (json, KAN_BODY_MAX + 1, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
}

static gsize
mutate (GRand *rand, char *json, gsize size)
{
  static const char letters[] = "{}[]\",:\\0123-tfux \n";
  gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) size);

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      json[at] = letters[g_rand_int_range (rand, 0, (gint32) sizeof letters - 1)];
      return size;
    case 1:
      memmove (json + at, json + at + 1, size - at - 1);
      return size - 1;
    case 2:
      memmove (json + at + 1, json + at, size - at);
      return size + 1;
    default:
      json[at] = (char) g_rand_int (rand);
      return size;
    }
}

/* Whatever is accepted is what would be written. */
static void
test_accepted_is_canonical (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (SEED);
  guint n_accepted = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      char json[sizeof SAMPLE + 8];
      gsize size = strlen (SAMPLE);
      g_autoptr(KanBody) body = NULL;

      memcpy (json, SAMPLE, sizeof SAMPLE);
      for (gint32 n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        size = mutate (rand, json, size);
      body = kan_body_decode (json, size, NULL);
      if (body == NULL)
        continue;
      assert_same_again (body, json, size);
      n_accepted++;
    }
  g_assert_cmpuint (n_accepted, >, ROUNDS / 50);
  g_assert_cmpuint (n_accepted, <, ROUNDS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/body/sample", test_sample);
  g_test_add_func ("/body/wrong-type-is-none", test_wrong_type_is_none);
  g_test_add_func ("/body/written-sorted", test_written_sorted);
  g_test_add_func ("/body/refused", test_refused);
  g_test_add_func ("/body/size", test_size);
  g_test_add_func ("/body/accepted-is-canonical", test_accepted_is_canonical);
  return g_test_run ();
}
