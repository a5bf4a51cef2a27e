/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that may be kept and text that may not, and search keys. */
#include "values/kan-text.h"

#include <string.h>

static void
test_accepted (void)
{
  static const char *const table[] = {
    "", "山田　太郎", "葛\xf3\xa0\x84\x80城市", "辻\xf3\xa0\x84\x81村", "\xee\x80\x80外字", "ＡＢＣ 123", "ｱｲｳ", "ｶﾞ",
    "が", "か\xe3\x82\x99", "❤\xef\xb8\x8f", "𠮷野家", "é", "①", "㊞", "\xf3\xb0\x80\x80", "\xc2\xa0", "\xe3\x80\x80",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *why = "unset";

      if (!kan_text_is_clean (table[i], &why))
        g_error ("“%s” is refused: %s", table[i], why);
      g_assert_null (why);
      g_assert_true (kan_text_lines_are_clean (table[i], NULL));
    }
}

static void
test_refused (void)
{
  static const struct { const char *text, *why; } table[] = {
    { "a\xff", "is not UTF-8 text" },          { "\xc0\xaf", "is not UTF-8 text" },
    { "\xed\xa0\x80", "is not UTF-8 text" },   { "山\xe5\xb1", "is not UTF-8 text" },
    { "a\tb", "contains a control character" },   { "a\rb", "contains a control character" },
    { "a\x1b[31m", "contains a control character" }, { "a\x7f", "contains a control character" },
    { "a\xc2\x85", "contains a control character" }, { "a\xe2\x80\xa8", "contains a control character" },
    { "a\xe2\x80\xae" "b", "contains a character that changes the direction of writing" },
    { "a\xe2\x80\xaa", "contains a character that changes the direction of writing" },
    { "a\xe2\x81\xa6", "contains a character that changes the direction of writing" },
    { "a\xe2\x81\xa9", "contains a character that changes the direction of writing" },
    { "a\xe2\x80\x8e", "contains a character that changes the direction of writing" },
    { "a\xe2\x80\x8f", "contains a character that changes the direction of writing" },
    { "a\xd8\x9c", "contains a character that changes the direction of writing" },
    { "a\xe2\x80\x8b", "contains an invisible character" }, { "a\xe2\x80\x8d", "contains an invisible character" },
    { "\xef\xbb\xbf" "a", "contains an invisible character" }, { "a\xe2\x81\xa0", "contains an invisible character" },
    { "a\xc2\xad", "contains an invisible character" },     { "\xe3\x85\xa4", "contains an invisible character" },
    { "a\xf3\xa0\x81\xa1", "contains an invisible character" },
    { "a\xef\xbf\xbe", "contains a code that is no character" },
    { "a\xf4\x8f\xbf\xbf", "contains a code that is no character" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *why = NULL;

      g_assert_false (kan_text_is_clean (table[i].text, &why));
      g_assert_cmpstr (why, ==, table[i].why);
      g_assert_false (kan_text_lines_are_clean (table[i].text, NULL));
    }
}

static void
test_lines (void)
{
  const char *why = NULL;

  g_assert_true (kan_text_lines_are_clean ("一行目\n二行目\n", NULL));
  g_assert_false (kan_text_lines_are_clean ("一行目\r\n二行目", NULL));
  g_assert_false (kan_text_is_clean ("一行目\n二行目", &why));
  g_assert_cmpstr (why, ==, "line breaks are not allowed here");
}

static void
test_bytes (void)
{
  const char *why = NULL;

  g_assert_true (kan_text_bytes_are_clean ("abc\x01", 3, FALSE, NULL));
  g_assert_true (kan_text_bytes_are_clean ("", 0, FALSE, NULL));
  g_assert_false (kan_text_bytes_are_clean ("a\0b", 3, TRUE, &why));
  g_assert_cmpstr (why, ==, "contains a control character");
  g_assert_false (kan_text_bytes_are_clean ("山", 2, FALSE, NULL));
}

/* Each left text is found by the right one. */
static void
test_search_key (void)
{
  static const struct { const char *text, *same; } table[] = {
    { "葛\xf3\xa0\x84\x80城", "葛城" }, { "ヤマダ", "やまだ" },  { "ﾔﾏﾀﾞ", "やまだ" }, { "ＵＳＢ", "usb" },
    { "㈱山田", "(株)山田" },           { "１２３", "123" },      { "Straße", "STRASSE" }, { "ヴ", "ゔ" },
    { "か\xe3\x82\x99", "ガ" },         { "ヽヾ", "ゝゞ" },       { "\xef\xa8\x99", "神" },        { "スーパー", "すーぱー" },
    { "髙橋", "高橋" },                 { "𠮷﨑", "吉嵜" },       { "渡邉\U000e0101", "渡辺" }, { "斉藤", "齋藤" },
    { "永尾　翔太", "永尾翔太" },       { "USB 1", "ＵＳＢ１" },  { "usb－08", "USB−08" },    { "一\n二", "一\n 二" },
  };
  g_autofree char *broken = kan_text_search_key ("a\xff");

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *key = kan_text_search_key (table[i].text), *same = kan_text_search_key (table[i].same);

      g_assert_cmpstr (key, ==, same);
    }
  g_assert_true (g_utf8_validate (broken, -1, NULL));
}

/* Nothing that is shown of it commands, hides or turns; what is clean stays as it is. */
static void
test_visible (void)
{
  static const struct { const char *text, *shown; } table[] = {
    { NULL, "" }, { "", "" }, { "山田\n太郎", "山田\n太郎" }, { "葛\xf3\xa0\x84\x80城", "葛\xf3\xa0\x84\x80城" },
    { "a\xff\xfe", "a⟨FF⟩⟨FE⟩" }, { "\xe3\x81", "⟨E3⟩⟨81⟩" }, { "\xe3\x81g", "⟨E3⟩⟨81⟩g" },
    { "\x1b[2J", "⟨U+001B⟩[2J" },
    { "左\u202e右", "左⟨U+202E⟩右" }, { "a\u200b\x7f\tb", "a⟨U+200B⟩⟨U+007F⟩⟨U+0009⟩b" }, { "\xc0\xaf", "⟨C0⟩⟨AF⟩" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *shown = kan_text_dup_visible (table[i].text), *again = kan_text_dup_visible (shown);

      g_assert_cmpstr (shown, ==, table[i].shown);
      g_assert_cmpstr (again, ==, shown);
      g_assert_true (kan_text_lines_are_clean (shown, NULL));
    }
}

static void
test_different_keys (void)
{
  static const struct { const char *text, *other; } table[] = {
    { "山田", "山本" }, { "はし", "ばし" }, { "USB1", "USB2" }, { "ア", "ァ" }, { "渡部", "渉部" },
    { "一\n二", "一二" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *key = kan_text_search_key (table[i].text), *other = kan_text_search_key (table[i].other);

      g_assert_cmpstr (key, !=, other);
    }
}

/* Whoever types words has all of them found, in whichever order and spelling. */
static void
test_search_words (void)
{
  static const struct { const char *typed, *words; } split[] = {
    { "", "" }, { " 　\t", "" }, { "高橋", "高橋" }, { "　髙橋 ＵＳＢ\n", "高橋|usb" }, { "a\xc2\xa0" "b", "a|b" },
    { "\xef\xb8\x8f", "" },
  };
  static const struct { const char *text, *typed; gboolean found; } cases[] = {
    { "髙橋　一郎", "高橋一郎", TRUE },  { "髙橋　一郎", "高橋 一郎", TRUE }, { "髙橋　一郎", "一郎　高橋", TRUE },
    { "髙橋　一郎", "橋一", TRUE },      { "髙橋　一郎", "高橋 二郎", FALSE }, { "高橋", "", TRUE }, { "", "高", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (split); i++)
    {
      g_auto(GStrv) words = kan_text_search_words (split[i].typed);
      g_autofree char *joined = g_strjoinv ("|", words);

      g_assert_cmpstr (joined, ==, split[i].words);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(GStrv) words = kan_text_search_words (cases[i].typed);

      g_assert_cmpint (kan_text_has_words (cases[i].text, words), ==, cases[i].found);
    }
}

static void
test_blank (void)
{
  static const struct { const char *text, *stripped, *ended; } table[] = {
    { "", "", "" }, { " ", "", "" }, { "　\xc2\xa0\xe2\xa0\x80\n", "", "" }, { "　山 田 ", "山 田", "　山 田" },
    { "一\n\n　二\n", "一\n\n　二", "一\n\n　二" }, { "a", "a", "a" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *both = kan_text_strip (table[i].text, TRUE), *end = kan_text_strip (table[i].text, FALSE);

      g_assert_cmpstr (both, ==, table[i].stripped);
      g_assert_cmpstr (end, ==, table[i].ended);
      g_assert_cmpint (kan_text_is_blank (table[i].text, strlen (table[i].text)), ==, *both == '\0');
    }
  g_assert_true (kan_text_is_blank ("\xef\xb8\x8f", 3));
  g_assert_true (kan_text_is_blank (" x", 1));
}

/* What an eye cannot tell apart is the same as well, where it is an eye that tells. */
static void
test_look (void)
{
  static const struct { const char *text, *other; gboolean alike; } table[] = {
    { "l004", "1004", TRUE }, { "Ｉ００４", "1004", TRUE }, { "O12", "12", TRUE }, { "1OO4", "1004", TRUE },
    { "A-0", "a-o", TRUE },   { "1004", "1044", FALSE },     { "A1", "AA", FALSE }, { "髙 l", "髙 1", TRUE },
    { "髙1", "高1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *key = kan_text_look_key (table[i].text), *other = kan_text_look_key (table[i].other);

      g_assert_cmpint (strcmp (key, other) == 0, ==, table[i].alike);
    }
}

/* What things are told apart by is the same however it is written. */
static void
test_alike (void)
{
  static const struct { const char *text, *other; gboolean alike; } table[] = {
    { "　ＵＳＢ-02 ", "USB-02", TRUE }, { "usb－02", "USB−02", TRUE },  { "ＵＳＢー０２", "USB-02", TRUE },
    { "01007", "１００７", TRUE },      { "000", "0", TRUE },           { "USB-02", "USB-2", FALSE },
    { "USB-02", "USB 02", FALSE },      { "A1", "A10", FALSE },         { "0", "", FALSE },
    /* what is found by another form is not for that the same */
    { "髙橋文庫", "高橋文庫", FALSE },  { "第一 書庫", "第一書庫", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *key = kan_text_alike_key (table[i].text), *other = kan_text_alike_key (table[i].other);

      g_assert_cmpint (strcmp (key, other) == 0, ==, table[i].alike);
    }
}

static void
test_slips (void)
{
  static const struct { const char *typed, *meant; gboolean slip; } table[] = {
    { "titel", "title", TRUE }, { "tite", "title", TRUE }, { "tittle", "title", TRUE }, { "tible", "title", TRUE },
    { "Title", "title", TRUE }, { "TITLE", "title", TRUE }, { "titles", "title", TRUE }, { "en", "ja", FALSE },
    { "label", "level", FALSE }, { "titlexy", "title", FALSE }, { "aa", "aaaa", FALSE }, { "", "ab", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (kan_text_is_slip (table[i].typed, table[i].meant), ==, table[i].slip);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/values/text/accepted", test_accepted);
  g_test_add_func ("/values/text/refused", test_refused);
  g_test_add_func ("/values/text/lines", test_lines);
  g_test_add_func ("/values/text/bytes", test_bytes);
  g_test_add_func ("/values/text/visible", test_visible);
  g_test_add_func ("/values/text/search-key", test_search_key);
  g_test_add_func ("/values/text/different-keys", test_different_keys);
  g_test_add_func ("/values/text/search-words", test_search_words);
  g_test_add_func ("/values/text/blank", test_blank);
  g_test_add_func ("/values/text/look", test_look);
  g_test_add_func ("/values/text/alike", test_alike);
  g_test_add_func ("/values/text/slips", test_slips);
  return g_test_run ();
}
