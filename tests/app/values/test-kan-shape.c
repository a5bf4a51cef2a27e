/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader of shaped JSON by itself: each type at its limits, and texts that only look like JSON. */
#include "values/kan-shape.h"

#include <string.h>

typedef struct { const char *id; gint64 n; } Item;

typedef struct
{
  const char        *id, *line, *kind, *article;
  KanLabel           label;
  gint64             count, clock;
  gboolean           flag;
  const char *const *ids;
  const char *const *extra;
  KanItems           ints, list, map;
} Whole;

static const char *const kinds[] = { "old", "new", NULL };

static const KanShape item_shape[] = {
  { "id", KAN_SHAPE_ID, G_STRUCT_OFFSET (Item, id) },
  { "n", KAN_SHAPE_INT, G_STRUCT_OFFSET (Item, n), .min = 1, .max = 9 },
  { 0 }
};
static const KanShape entry_shape[] = {
  { "n", KAN_SHAPE_INT, G_STRUCT_OFFSET (Item, n), .min = 1, .max = 9 },
  { 0 }
};
static const KanShape whole_shape[] = {
  { "id", KAN_SHAPE_ID, G_STRUCT_OFFSET (Whole, id) },
  { "line", KAN_SHAPE_LINE, G_STRUCT_OFFSET (Whole, line), .may_lack = TRUE },
  { "kind", KAN_SHAPE_ONE_OF, G_STRUCT_OFFSET (Whole, kind), .may_lack = TRUE, .choices = kinds },
  { "article", KAN_SHAPE_ARTICLE, G_STRUCT_OFFSET (Whole, article), .may_lack = TRUE },
  { "label", KAN_SHAPE_LABEL, G_STRUCT_OFFSET (Whole, label), .may_lack = TRUE },
  { "count", KAN_SHAPE_INT, G_STRUCT_OFFSET (Whole, count), .may_lack = TRUE, .min = -3, .max = 7 },
  { "clock", KAN_SHAPE_CLOCK, G_STRUCT_OFFSET (Whole, clock), .may_lack = TRUE },
  { "flag", KAN_SHAPE_FLAG, G_STRUCT_OFFSET (Whole, flag), .may_lack = TRUE },
  { "ids", KAN_SHAPE_IDS, G_STRUCT_OFFSET (Whole, ids), .may_lack = TRUE, .min = 1 },
  { "extra", KAN_SHAPE_IDS, G_STRUCT_OFFSET (Whole, extra), .may_lack = TRUE },
  { "ints", KAN_SHAPE_INTS, G_STRUCT_OFFSET (Whole, ints), .may_lack = TRUE, .min = 1, .max = 12 },
  { "list", KAN_SHAPE_LIST, G_STRUCT_OFFSET (Whole, list), .may_lack = TRUE, .min = 1, .of = item_shape,
    .size = sizeof (Item) },
  { "map", KAN_SHAPE_MAP, G_STRUCT_OFFSET (Whole, map), .may_lack = TRUE, .of = entry_shape, .size = sizeof (Item) },
  { 0 }
};

static KanShapeReader *
read_whole (const char *json, gsize len, Whole *whole)
{
  KanShapeReader *reader = kan_shape_reader_new ();
  gboolean done;

  memset (whole, 0, sizeof *whole);
  done = kan_shape_read_text (reader, whole_shape, json, len, whole);
  for (guint i = 0; i < reader->problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (reader->problems, i));
  g_assert_cmpint (done, ==, reader->problems->len == 0);
  return reader;
}

static void
test_everything (void)
{
  static const char json[] =
    "{\"id\": \"a1.b_c\", \"line\": \"渡邉\U000e0101\", \"kind\": \"new\", \"article\": \"11-3\","
    " \"label\": {\"en\": \"E\", \"ja\": \"日\"}, \"count\": -3, \"clock\": \"23:59\", \"flag\": true,"
    " \"ids\": [\"x\", \"y\"], \"extra\": [], \"ints\": [1, 12], \"list\": [{\"id\": \"p\", \"n\": 1},"
    " {\"n\": 9, \"id\": \"q\"}], \"map\": {\"r.s\": {\"n\": 5}}}";
  Whole whole;
  g_autoptr(KanShapeReader) reader = read_whole (json, sizeof json - 1, &whole);
  const Item *list = whole.list.items, *map = whole.map.items;

  g_assert_cmpuint (reader->problems->len, ==, 0);
  g_assert_cmpstr (whole.id, ==, "a1.b_c");
  g_assert_cmpstr (whole.line, ==, "渡邉\U000e0101");
  g_assert_cmpstr (whole.label.ja, ==, "日");
  g_assert_cmpint (whole.count, ==, -3);
  g_assert_cmpint (whole.clock, ==, 23 * 60 + 59);
  g_assert_true (whole.flag);
  g_assert_cmpstr (whole.ids[1], ==, "y");
  g_assert_null (whole.ids[2]);
  g_assert_null (whole.extra[0]);
  g_assert_cmpint (((int *) whole.ints.items)[1], ==, 12);
  g_assert_cmpuint (whole.list.n, ==, 2);
  g_assert_cmpstr (list[1].id, ==, "q");
  g_assert_cmpint (list[1].n, ==, 9);
  g_assert_cmpuint (whole.map.n, ==, 1);
  g_assert_cmpstr (map[0].id, ==, "r.s");
  g_assert_cmpint (map[0].n, ==, 5);
}

/* What may lack is left as it was; several ids are an empty list only where none would do. */
static void
test_lacking (void)
{
  static const char json[] = " {\"id\": \"a\", \"line\": \"\"}\n";
  Whole whole;
  g_autoptr(KanShapeReader) reader = read_whole (json, sizeof json - 1, &whole);

  g_assert_cmpuint (reader->problems->len, ==, 0);
  g_assert_null (whole.line);
  g_assert_null (whole.kind);
  g_assert_null (whole.ids);
  g_assert_nonnull (whole.extra);
  g_assert_null (whole.extra[0]);
  g_assert_cmpuint (whole.list.n, ==, 0);
}

/* One member beside a sound id, and the one problem that it makes; NULL: none. */
static const struct { const char *member, *problem; } members[] = {
  { "\"line\": \"a\\nb\"", "$.line: line breaks are not allowed here" },
  { "\"line\": \"a\\u202eb\"", "$.line: contains a character that changes the direction of writing" },
  { "\"line\": 5", "$.line: must be a text" },
  { "\"line\": null", "$.line: must be a text" },
  { "\"kind\": \"\"", "$.kind: must not be empty" },
  { "\"kind\": \"older\"", "$.kind: “older” is none of: old, new" },
  { "\"article\": \"11\"", NULL },
  { "\"article\": \"0\"", "$.article: “0” is no article: write 11 or 11-3" },
  { "\"article\": \"11-\"", "$.article: “11-” is no article: write 11 or 11-3" },
  { "\"article\": \"11-03\"", "$.article: “11-03” is no article: write 11 or 11-3" },
  { "\"article\": \"11\\n\"", "$.article: line breaks are not allowed here" },
  { "\"count\": 7", NULL },
  { "\"count\": 8", "$.count: must lie between -3 and 7" },
  { "\"count\": -4", "$.count: must lie between -3 and 7" },
  { "\"count\": 1.0", "$.count: must be a whole number" },
  { "\"count\": \"1\"", "$.count: must be a whole number" },
  { "\"count\": true", "$.count: must be a whole number" },
  { "\"clock\": \"00:00\"", NULL },
  { "\"clock\": \"24:00\"", "$.clock: “24:00” is no time of day: write 08:30" },
  { "\"clock\": \"8:30\"", "$.clock: “8:30” is no time of day: write 08:30" },
  { "\"clock\": \"08:60\"", "$.clock: “08:60” is no time of day: write 08:30" },
  { "\"flag\": 1", "$.flag: must be true or false" },
  { "\"flag\": \"true\"", "$.flag: must be true or false" },
  { "\"ids\": []", "$.ids: must not be empty" },
  { "\"ids\": {}", "$.ids: must be a list" },
  { "\"ids\": [\"x\", \"x\"]", "$.ids[1]: “x” stands here twice" },
  { "\"ids\": [\"X\"]", "$.ids[0]: “X” is no id: lower-case letters, digits, “_” and “.” only" },
  { "\"ids\": [\"1x\"]", "$.ids[0]: “1x” is no id: lower-case letters, digits, “_” and “.” only" },
  { "\"ints\": [0]", "$.ints[0]: must lie between 1 and 12" },
  { "\"ints\": []", "$.ints: must not be empty" },
  { "\"list\": []", "$.list: must not be empty" },
  { "\"list\": [5]", "$.list[0]: must be an object" },
  { "\"list\": [{\"id\": \"p\"}]", "$.list[0].n: is missing" },
  { "\"list\": [{\"id\": \"p\", \"n\": 1}, {\"id\": \"q\", \"n\": 10}]", "$.list[1].n: must lie between 1 and 9" },
  { "\"map\": {}", NULL },
  { "\"map\": []", "$.map: must be an object" },
  { "\"map\": {\"R S\": {\"n\": 5}}",
    "$.map[\"R S\"]: “R S” is no id: lower-case letters, digits, “_” and “.” only" },
  { "\"map\": {\"r\": {\"n\": 0}}", "$.map.r.n: must lie between 1 and 9" },
  { "\"line\": \"12345678\\u0039018\"", "$.line: looks like an individual number or a resident record code" },
  { "\"label\": {\"en\": \"E\"}", "$.label.ja: is missing" },
  { "\"label\": \"E\"", "$.label: must be an object" },
  { "\"other\": 1", "$.other: is unknown here" },
  { "\"Other one\": 1", "$[\"Other one\"]: is unknown here" },
  { "\"count\": 1, \"count\": 2", "$: “count” stands twice in one object" },
};

static void
test_members (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"id\": \"a\", %s}", members[i].member);
      Whole whole;
      g_autoptr(KanShapeReader) reader = NULL;

      g_test_message ("%s", json);
      reader = read_whole (json, strlen (json), &whole);
      g_assert_cmpuint (reader->problems->len, ==, members[i].problem != NULL ? 1 : 0);
      if (members[i].problem != NULL)
        g_assert_cmpstr (g_ptr_array_index (reader->problems, 0), ==, members[i].problem);
    }
}

/* Four hundred characters, not bytes; a mebibyte; twelve levels. */
static void
test_limits (void)
{
  static const struct { guint characters, spaces, levels; const char *problem; } cases[] = {
    { 400, 0, 0, NULL },
    { 401, 0, 0, "$.line: is longer than 400 characters" },
    { 1, 1024 * 1024, 0, "$: is longer than 1048576 bytes" },
    { 1, 0, 13, "$: is nested deeper than 12 levels" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GString *json = g_string_new ("{\"id\": \"a\", \"line\": \"");
      Whole whole;
      g_autoptr(KanShapeReader) reader = NULL;

      for (guint k = 0; k < cases[i].characters; k++)
        g_string_append (json, "漢");
      g_string_append (json, "\"");
      for (guint k = 0; k < cases[i].levels; k++)
        g_string_append (json, k == 0 ? ", \"ints\": [" : "[");
      for (guint k = 0; k < cases[i].levels; k++)
        g_string_append (json, "]");
      g_string_append_printf (json, "}%*s", (int) cases[i].spaces, "");
      reader = read_whole (json->str, json->len, &whole);
      g_assert_cmpuint (reader->problems->len, ==, cases[i].problem != NULL ? 1 : 0);
      if (cases[i].problem != NULL)
        g_assert_cmpstr (g_ptr_array_index (reader->problems, 0), ==, cases[i].problem);
      g_string_free (json, TRUE);
    }
}

/* What a lenient reader would take for JSON is none. */
static void
test_no_json (void)
{
  static const char *const texts[] = {
    "", " ", "{", "{\"id\": \"a\"", "{\"id\": \"a\"} {}", "{\"id\": \"a\"}x", "{'id': 'a'}", "{id: \"a\"}",
    "/* c */ {\"id\": \"a\"}", "{\"id\": \"a\" // c\n}", "{\"id\": \"a\",}", "[]", "\"id\"", "null", "5",
    "{\"id\": \"a\\u0000\"}", "\xef\xbb\xbf{\"id\": \"a\"}", "{\"id\": \"\xff\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      Whole whole;
      g_autoptr(KanShapeReader) reader = NULL;

      g_test_message ("text %u", (guint) i);
      reader = read_whole (texts[i], strlen (texts[i]), &whole);
      g_assert_cmpuint (reader->problems->len, ==, 1);
      g_assert_true (g_str_has_prefix (g_ptr_array_index (reader->problems, 0), "$: "));
    }
}

/* Everything that is wrong is told at once, each where it stands. */
static void
test_all_at_once (void)
{
  static const char json[] = "{\"count\": 9, \"flag\": 0, \"list\": [{\"id\": \"P\", \"n\": 0}], \"other\": 1}";
  static const char *const expected[] = { "$.other:", "$.id:", "$.count:", "$.flag:", "$.list[0].id:", "$.list[0].n:" };
  Whole whole;
  g_autoptr(KanShapeReader) reader = read_whole (json, sizeof json - 1, &whole);

  g_assert_cmpuint (reader->problems->len, ==, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_true (g_str_has_prefix (g_ptr_array_index (reader->problems, i), expected[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shape/everything", test_everything);
  g_test_add_func ("/shape/lacking", test_lacking);
  g_test_add_func ("/shape/members", test_members);
  g_test_add_func ("/shape/limits", test_limits);
  g_test_add_func ("/shape/no-json", test_no_json);
  g_test_add_func ("/shape/all-at-once", test_all_at_once);
  return g_test_run ();
}
