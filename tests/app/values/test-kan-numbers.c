/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter that keeps identity information out: what is caught, what is let through, and where it is found. The
 * numbers here are invented; 123456789018 and 023456789013 carry a valid check digit. */
#include "values/kan-numbers.h"

#include <string.h>

static char *
describe (const char *text)
{
  g_autoptr (GArray) hits = kan_numbers_find (text);
  GString *found = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++)
    {
      const KanNumberHit *hit = &g_array_index (hits, KanNumberHit, i);

      g_string_append_printf (found, "%s%s:%.*s", i > 0 ? "|" : "", hit->kind == KAN_NUMBER_INDIVIDUAL ? "I" : "R",
                              (int) (hit->end - hit->start), text + hit->start);
    }
  return g_string_free (found, FALSE);
}

/* Text and the numbers in it: I for 個人番号, R for 住民票コード. */
static const struct { const char *text, *found; } caught[] = {
  /* twelve digits, check digit valid */
  { "123456789018", "I:123456789018" },
  { "個人番号は023456789013です", "I:023456789013" },
  { "1234-5678-9018", "I:1234-5678-9018" },
  { "1234 5678 9018", "I:1234 5678 9018" },
  { "1234　5678　9018", "I:1234　5678　9018" },
  { "1234 - 5678 - 9018", "I:1234 - 5678 - 9018" },
  { "1234‐5678−9018", "I:1234‐5678−9018" },
  { "１２３４５６７８９０１８", "I:１２３４５６７８９０１８" },
  { "１２３４ー５６７８ー９０１８", "I:１２３４ー５６７８ー９０１８" },
  { "１２34-5６7８－9０18", "I:１２34-5６7８－9０18" },
  { "١٢٣٤٥٦٧٨٩٠١٨", "I:١٢٣٤٥٦٧٨٩٠١٨" },
  { "१२३४५६७८९०१८", "I:१२३४५६७८९०१८" },
  { "𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎𝟏𝟖", "I:𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎𝟏𝟖" },
  { "1 2 3 4 5 6 7 8 9 0 1 8", "I:1 2 3 4 5 6 7 8 9 0 1 8" },
  { "123456 789018", "I:123456 789018" },
  { "1234\xe2\x80\x8b" "56789018", "I:1234\xe2\x80\x8b" "56789018" },
  { "1\xef\xb8\x8f\xe2\x83\xa3" "23456789018", "I:1\xef\xb8\x8f\xe2\x83\xa3" "23456789018" },
  { "番号123456789018,023456789013", "I:123456789018|I:023456789013" },
  { "1234 5678 9018 0234 5678 9013", "I:1234 5678 9018|I:0234 5678 9013" },
  { "1234-5678-9018 0234-5678-9013", "I:1234-5678-9018|I:0234-5678-9013" },
  { "123456789018 023456789013", "I:123456789018|I:023456789013" },
  { "1234 5678 9018 30件", "I:1234 5678 9018" },
  { "3 1234 5678 9018", "I:1234 5678 9018" },
  { "2026-02-13 123456789018", "I:123456789018" },
  { "2026-02-13 1234-5678-9018", "I:1234-5678-9018" },
  { "A123456789018B", "I:123456789018" },
  /* eleven digits */
  { "12345678901", "R:12345678901" },
  { "住民票コード：１２３４５６７８９０１", "R:１２３４５６７８９０１" },
  { "1234-5678-901", "R:1234-5678-901" },
  { "12345 678901", "R:12345 678901" },
  { "1 2 3 4 5 6 7 8 9 0 1", "R:1 2 3 4 5 6 7 8 9 0 1" },
  { "090-1234-5678", "R:090-1234-5678" },
  { "1234-5678 901", "R:1234-5678 901" },
  { "12345678901 98765432109", "R:12345678901|R:98765432109" },
  { "1234-5678-901 9876-5432-109", "R:1234-5678-901|R:9876-5432-109" },
  { "1234 5678 901 9876 5432 109", "R:1234 5678 901|R:9876 5432 109" },
  { "2 12345678901", "R:12345678901" },
  { "2 12345-678901", "R:12345-678901" },
  { "2 12345 678901", "R:12345 678901" },
  { "12345678901 3枚", "R:12345678901" },
  { "2026-02-13 12345678901", "R:12345678901" },
  { "12345678901 2026-02-13", "R:12345678901" },
  { "20260213-001", "R:20260213-001" },      /* a date without hyphens is no date here */
  { "123456789018/12345678901", "I:123456789018|R:12345678901" },
  /* another sign between the digits */
  { "1234/5678/9018", "I:1234/5678/9018" },
  { "1234・5678・9018", "I:1234・5678・9018" },
  { "1234.5678.9018", "I:1234.5678.9018" },
  { "1234,5678,9018", "I:1234,5678,9018" },
  { "1234、5678、9018", "I:1234、5678、9018" },
  { "1234_5678_9018", "I:1234_5678_9018" },
  { "１２３４／５６７８／９０１８", "I:１２３４／５６７８／９０１８" },
  { "1234 / 5678 / 9018", "I:1234 / 5678 / 9018" },
  { "123.456.789.018", "I:123.456.789.018" },
  { "123456/789018", "I:123456/789018" },
  { "1.2.3.4.5.6.7.8.9.0.1.8", "I:1.2.3.4.5.6.7.8.9.0.1.8" },
  { "2026/11/23 1234/5678/9018", "I:1234/5678/9018" },
  { "2026/11/23 10:30 1234・5678・9018", "I:1234・5678・9018" },
  { "30件 1234_5678_9018 5件", "I:1234_5678_9018" },
  /* digits in other writing */
  { "一二三四五六七八九〇一八", "I:一二三四五六七八九〇一八" },
  { "一二三四－五六七八－九〇一八", "I:一二三四－五六七八－九〇一八" },
  { "一二三四・五六七八・九○一八", "I:一二三四・五六七八・九○一八" },
  { "1234五六七八9018", "I:1234五六七八9018" },
  { "1234一5678一9018", "I:1234一5678一9018" },
  { "①②③④⑤⑥⑦⑧⑨⓪①⑧", "I:①②③④⑤⑥⑦⑧⑨⓪①⑧" },
  { "12③④56⑦⑧90①8", "I:12③④56⑦⑧90①8" },
};

static void
test_caught (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (caught); i++)
    {
      g_autofree char *found = describe (caught[i].text);

      g_assert_cmpstr (found, ==, caught[i].found);
      g_assert_true (kan_numbers_occur_in (caught[i].text));
    }
}

static void
test_let_through (void)
{
  static const char *const table[] = {
    "", "山田太郎", "123", "1234567890", "095-827-3131", "0958273131", "件数 12,345,678,901",
    /* twelve digits without a valid check digit: a parcel */
    "123456789012", "1234-5678-9012", "1234 5678 9019", "１２３４５６７８９０１２",
    /* thirteen and more: a corporate number, a card, a barcode */
    "1234567890123", "8420001000001", "4901234567894", "12345678901890", "1234567890181234", "0123456789018",
    "1234567890180000000000000000",
    /* dates, times and the numbers beside them */
    "2026-02-13", "2026-02-13 10:30", "2026-02-13 123", "2026-02-13 1000", "2026-02-13-001", "2026-02-13 2026-04-15",
    "001-2026-02-13", "2026-02-13T10:02:03Z", "2026年2月13日 12時34分", "令和8年2月13日から令和8年4月15日まで",
    "20260213 1030", "20260213",
    /* parts of something longer */
    "12-3456-7890-1-2345-6789", "1-23-456-7890-1-2345", "12345-678901-2345",
    /* counts beside each other */
    "1 2 3 4 5 6 7 8 9 10 11 12", "12 34 56 78 90 12 34 56", "10 20 30 40 50 60 70 80 90",
    /* what is no joint between digits */
    "1234/5678/901", "1234.5678.901", "12345\n678901", "1234567番8901", "1234、5678、901", "12345    678901",
    /* dates, times, amounts, addresses and lists with other signs, each as a number's digits would be valid */
    "2026/11/23 10:30", "2026/01/23 1006", "2026/11/23/10/30", "2026.11.23 1030", "2026/11/23～2026/11/30",
    "11/23・11/24・11/25", "8.11.23 10:30", "123,456,789,018円", "合計 12,345,678 円、内訳 1,234,567 円",
    "192.168.100.100", "095-827-3131/095-827-3132", "095-827-3131、095-827-3132、0957-22-1234",
    "12/34/56/78/90/18", "12・34・56・78・90・18", "1,2,3,4,5,6,7,8,9,10,11,12", "1/234/5678/9018",
    "1234/5678/9018/0234", "1234/5678・9018", "K-2026/0001/0002", "資産番号 1234-56/7890-18", "令和八年十一月二十三日",
    "二〇二六年一一月二三日", "①1234 ②5678 ③9018", "① 123 ② 456 ③ 789", "一丁目二番三号 四階 五六七号室", "三、四、五、六",
    "USB-001 500件 USB-002 300件", "〒850-0032 長崎市興善町6番3号 095-827-3131", "第12号 第345号",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *found = describe (table[i]);

      if (*found != '\0')
        g_error ("“%s” is caught: %s", table[i], found);
    }
}

static void
test_check_digit (void)
{
  static const char *const valid[] = { "123456789018", "023456789013", "123456789000", "983205673214", "000000000000" };
  static const char *const invalid[] = {
    "123456789010", "123456789011", "123456789012", "123456789013", "123456789014", "123456789015", "123456789016",
    "123456789017", "123456789019", "213456789018", "", "12345678901", "1234567890180", "12345678901x", "１２３"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (valid); i++)
    g_assert_true (kan_number_is_individual (valid[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    g_assert_false (kan_number_is_individual (invalid[i]));
}

/* A single wrong digit never passes: the weights have no factor in common with eleven. Remainders 0 and 1 share the
 * digit 0, which is why an exchange may. */
static void
test_every_wrong_check_digit (void)
{
  for (guint i = 0; i < 10000; i++)
    {
      guint passing = 0;

      for (guint check = 0; check < 10; check++)
        {
          g_autofree char *number = g_strdup_printf ("%04u3141592%u", i, check);

          passing += kan_number_is_individual (number) ? 1 : 0;
        }
      g_assert_cmpuint (passing, ==, 1);
    }
}

static void
test_long_text (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 50000; i++)
    g_string_append (text, "1-");
  g_assert_false (kan_numbers_occur_in (text->str));
  g_string_append (text, " 番号 123456789018");
  g_assert_true (kan_numbers_occur_in (text->str));
  g_string_free (text, TRUE);
}

static void
test_kinds (void)
{
  g_assert_cmpstr (kan_number_kind_id (KAN_NUMBER_INDIVIDUAL), ==, "individual_number");
  g_assert_cmpstr (kan_number_kind_id (KAN_NUMBER_RESIDENT), ==, "resident_code");
  g_assert_cmpstr (kan_number_kind_label (KAN_NUMBER_INDIVIDUAL)->ja, ==, "個人番号");
  g_assert_cmpstr (kan_number_kind_label (KAN_NUMBER_RESIDENT)->ja, ==, "住民票コード");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/values/numbers/caught", test_caught);
  g_test_add_func ("/values/numbers/let-through", test_let_through);
  g_test_add_func ("/values/numbers/check-digit", test_check_digit);
  g_test_add_func ("/values/numbers/every-wrong-check-digit", test_every_wrong_check_digit);
  g_test_add_func ("/values/numbers/long-text", test_long_text);
  g_test_add_func ("/values/numbers/kinds", test_kinds);
  return g_test_run ();
}
