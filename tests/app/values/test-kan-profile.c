/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Profiles: those shipped, fixtures that do not hold, and single faults in one that does. */
#include "values/kan-profile.h"
#include "values/kan-roles.h"

#include <string.h>

static char *
read_fixture (const char *name, gsize *len)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "app", "values", "profiles", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, len, &error);
  g_assert_no_error (error);
  return text;
}

static KanProfile *
load_fixture (const char *name)
{
  gsize len;
  g_autofree char *text = read_fixture (name, &len);
  g_autoptr (GError) error = NULL;
  KanProfile *profile = kan_profile_new_from_json (text, (gssize) len, &error);

  g_assert_no_error (error);
  return profile;
}

static KanProfile *
load_shipped (const char *id)
{
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("KAN_SRCDIR"), "resources", "profiles", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  KanProfile *profile;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  profile = kan_profile_new_from_json (text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kan_profile_id (profile), ==, id);
  g_assert_cmpstr (kan_profile_json (profile), ==, text);
  return profile;
}

static void
assert_label (const KanLabel *label, const char *en, const char *ja)
{
  g_assert_nonnull (label);
  g_assert_cmpstr (label->en, ==, en);
  g_assert_cmpstr (label->ja, ==, ja);
}

static void
assert_ids (const char *const *ids, const char *joined)
{
  g_autofree char *all = ids != NULL ? g_strjoinv (" ", (char **) ids) : NULL;

  g_assert_cmpstr (all, ==, joined);
}

static void
test_valid (void)
{
  g_autoptr (KanProfile) p = load_fixture ("valid.json");
  gsize n;

  assert_label (kan_profile_title (p), "Minimal", "最小");
  assert_label (kan_profile_association (p), "Association", "組合");
  assert_label (kan_profile_regulation (p), "Regulation", "規程");
  assert_label (kan_profile_outside (p), "Elsewhere", "よそ");
  g_assert_cmpstr (kan_profile_offices (p, &n)[2].id, ==, "second");
  g_assert_cmpuint (n, ==, 3);
  assert_ids (kan_profile_office (p, "head")->deputies, "second");
  assert_ids (kan_profile_office (p, "first")->deputies, "");
  g_assert_null (kan_profile_office (p, "nobody"));
  g_assert_null (kan_profile_office (p, NULL));
  g_assert_true (kan_profile_office_carries (p, "second", "security_manager"));
  g_assert_false (kan_profile_office_carries (p, "second", "chief"));
  g_assert_false (kan_profile_office_carries (p, NULL, "chief"));
  g_assert_cmpstr (kan_profile_office_of_role (p, "system_manager")->id, ==, "second");
  g_assert_null (kan_profile_office_of_role (p, "auditor"));
  g_assert_true (kan_profile_not_by_deputy (p, "operator.designate"));
  g_assert_false (kan_profile_not_by_deputy (p, "takeout.request"));
  g_assert_cmpstr (kan_profile_level (p, 2)->verb, ==, "designate");
  g_assert_null (kan_profile_level (p, 4));
}

static void
test_acts (void)
{
  g_autoptr (KanProfile) p = load_fixture ("valid.json");

  assert_ids (kan_profile_act_may (p, "takeout.request"), "operator staff");
  assert_ids (kan_profile_act_hands (p, "takeout.request"), "information_manager system_manager");
  g_assert_null (kan_profile_act_title (p, "takeout.request"));
  g_assert_null (kan_profile_act_may (p, "media.check"));
  g_assert_null (kan_profile_act_hands (p, "media.check"));
  assert_label (kan_profile_act_title (p, "media.check"), "Look over", "点検する");
  g_assert_null (kan_profile_act_may (p, "media.erase"));
  g_assert_null (kan_profile_act_title (p, "media.erase"));
  assert_label (kan_profile_form_title (p, "certificate"), "Certificate", "証明書");
  g_assert_null (kan_profile_form_title (p, "slip"));
}

static void
test_vocabularies (void)
{
  g_autoptr (KanProfile) p = load_fixture ("valid.json");
  gsize n;

  g_assert_cmpstr (kan_profile_choices (p, "media_kind", &n)[1].id, ==, "paper");
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (kan_profile_choices (p, "office", &n)[0].label.ja, ==, "長");
  g_assert_cmpstr (kan_profile_choices (p, "role", &n)[0].id, ==, "chief");
  g_assert_cmpuint (n, ==, 7);
  g_assert_null (kan_profile_choices (p, "weather", &n));
  g_assert_cmpuint (n, ==, 0);
  assert_label (kan_profile_choice_label (p, "absence", "leave"), "Leave", "休暇");
  assert_label (kan_profile_choice_label (p, "destruction", "burn"), "Burn", "焼却");
  assert_label (kan_profile_choice_label (p, "erasure", "overwrite"), "Overwrite", "上書き");
  assert_label (kan_profile_choice_label (p, "purpose", "purpose_1"), "Purpose", "目的");
  g_assert_null (kan_profile_choice_label (p, "absence", "strike"));
  g_assert_null (kan_profile_choice_label (p, "weather", "rain"));
}

static void
test_media (void)
{
  g_autoptr (KanProfile) p = load_fixture ("valid.json");

  g_assert_true (kan_profile_media_kind (p, "usb")->needs_rule);
  g_assert_cmpstr (kan_profile_media_kind (p, "paper")->unit, ==, "sheet");
  g_assert_null (kan_profile_media_kind (p, "stone"));
  g_assert_cmpstr (kan_profile_erasure (p, "overwrite")->standard, ==, "S 1");
  g_assert_null (kan_profile_destruction (p, "burn")->standard);
  g_assert_cmpstr (kan_profile_purpose (p, "purpose_1")->article, ==, "10-1");
  g_assert_true (kan_profile_erasure_fits (p, "usb", "overwrite"));
  g_assert_false (kan_profile_erasure_fits (p, "paper", "overwrite"));
  g_assert_false (kan_profile_erasure_fits (p, "usb", NULL));
  g_assert_false (kan_profile_erasure_fits (p, "stone", "overwrite"));
  g_assert_true (kan_profile_destruction_fits (p, "paper", "burn"));
  g_assert_false (kan_profile_destruction_fits (p, "usb", "burn"));
}

static void
test_articles (void)
{
  static const struct { const char *no, *ja, *en; } table[] = {
    { "11-3", "第11条第3項", "Art. 11 (3)" }, { "11", "第11条", "Art. 11" }, { "10-1", "第10条第1号", "Art. 10 (1)" },
    { "23", "第23条", "Art. 23" },
  };
  g_autoptr (KanProfile) p = load_fixture ("valid.json");
  gsize n;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *ja = kan_profile_cite (p, table[i].no, TRUE), *en = kan_profile_cite (p, table[i].no, FALSE);

      g_assert_cmpstr (ja, ==, table[i].ja);
      g_assert_cmpstr (en, ==, table[i].en);
    }
  g_assert_cmpstr (kan_profile_article (p, "11-3")->title.ja, ==, "持出");
  g_assert_cmpstr (kan_profile_article (p, "11-1")->title.ja, ==, "媒体");
  g_assert_null (kan_profile_article (p, "12-1"));
  g_assert_null (kan_profile_article (p, NULL));
  g_assert_cmpstr (kan_profile_articles (p, &n)[2].no, ==, "11-3");
  g_assert_cmpuint (n, ==, 3);
  g_assert_true (kan_profile_clauses (p, &n)[1].may_not_apply);
  g_assert_cmpuint (n, ==, 2);
}

static void
test_numbers (void)
{
  g_autoptr (KanProfile) p = load_fixture ("valid.json");
  g_autofree char *plain = kan_profile_format_number (p, "certificate", 2026, 12, TRUE);
  g_autofree char *yearly = kan_profile_format_number (p, "takeout", 2026, 3, TRUE);
  g_autofree char *english = kan_profile_format_number (p, "takeout", 2026, 3, FALSE);
  g_autofree char *unknown = kan_profile_format_number (p, "letters", 2026, 3, TRUE);
  int from, until;

  g_assert_cmpstr (plain, ==, "第12号");
  g_assert_cmpstr (yearly, ==, "令和8年度持出第3号");
  g_assert_cmpstr (english, ==, "FY2026/3");
  g_assert_cmpstr (unknown, ==, "3");
  g_assert_cmpint (kan_profile_filing (p, "rule")->years, ==, 30);
  g_assert_cmpint (kan_profile_filing (p, "medium")->years, ==, 5);
  g_assert_cmpint (kan_profile_number (p, "purge_grace_business_days"), ==, 5);
  g_assert_cmpint (kan_profile_number (p, "history_years"), ==, 7);
  g_assert_cmpint (kan_profile_number (p, "bulk_count"), ==, 500);
  g_assert_false (kan_profile_flag (p, "off_cycle_counts"));
  g_assert_true (kan_profile_flag (p, "early_destruction_needs_approval"));
  g_assert_cmpstr (kan_profile_address (p), ==, "〒000-0000 組合町1番1号");
  g_assert_cmpstr (kan_profile_telephone (p), ==, "095-000-0000");
  kan_profile_working_hours (p, &from, &until);
  g_assert_cmpint (from, ==, 510);
  g_assert_cmpint (until, ==, 1035);
}

/* A member that stands there to be filled in says nothing. */
static void
test_untold (void)
{
  static const char *const ids[] = { "nagasaki", "fukui", "blank" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/resources/profiles/%s.json", g_getenv ("KAN_SRCDIR"), ids[i]);
      g_autofree char *json = NULL;
      g_autoptr (KanProfile) p = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_get_contents (path, &json, NULL, &error));
      g_assert_nonnull (strstr (json, "\"address\": \"\""));
      p = kan_profile_new_from_json (json, -1, &error);
      g_assert_no_error (error);
      g_assert_null (kan_profile_address (p));
      g_assert_null (kan_profile_telephone (p));
    }
}

static void
test_calendar (void)
{
  g_autoptr (KanProfile) p = load_fixture ("valid.json");
  g_autoptr (KanCalendar) calendar = kan_profile_new_calendar (p);

  g_assert_cmpint (kan_calendar_payment_day (calendar, 2026, 2), ==, kan_day_parse ("2026-02-13"));
  g_assert_cmpstr (kan_calendar_closed_name (calendar, kan_day_parse ("2026-12-29")), ==, "年末年始");
  g_assert_true (kan_calendar_is_business_day (calendar, kan_day_parse ("2026-12-30")));
}

/* Fixtures that are no profile: how many problems, and the first of them. */
static void
test_invalid_fixtures (void)
{
  static const struct { const char *name; guint problems; const char *first; } table[] = {
    { "invalid-comment.json", 1, "$: is not JSON" },
    { "invalid-deep.json", 1, "$: is nested deeper than 12 levels" },
    { "invalid-deep-in-comment.json", 1, "$: is not JSON" },
    { "invalid-empty.json", 1, "$: is empty" },
    { "invalid-list.json", 1, "$: must be an object" },
    { "invalid-not-utf8.json", 1, "$: is not UTF-8 text" },
    { "invalid-several.json", 8, "$.id: “Minimal!” is no id" },
    { "invalid-truncated.json", 1, "$: is not JSON: line " },
    { "invalid-twice.json", 1, "$: “id” stands twice in one object" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gsize len;
      g_autofree char *text = read_fixture (table[i].name, &len);
      g_autoptr (GPtrArray) problems = kan_profile_check (text, (gssize) len);
      g_autoptr (GError) error = NULL;

      g_assert_null (kan_profile_new_from_json (text, (gssize) len, &error));
      g_assert_error (error, KAN_ERROR, KAN_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (error->message, table[i].first));
      g_assert_cmpuint (problems->len, ==, table[i].problems);
      g_assert_true (g_str_has_prefix (problems->pdata[0], table[i].first));
      g_assert_cmpint (strstr (error->message, "more problem") != NULL, ==, table[i].problems > 1);
    }
}

/* One piece of the valid profile replaced by another, and the one problem that makes. */
#define PURPOSE(id) \
  "{\"id\": \"purpose_" id "\", \"label\": {\"en\": \"One more\", \"ja\": \"別の目的\"}, \"article\": \"10-1\"}, "

static const struct { const char *old, *new, *problem; } faults[] = {
  { "\"id\": \"minimal\",", "", "$.id: is missing" },
  { "\"id\": \"minimal\"", "\"id\": 5", "$.id: must be a text" },
  { "\"id\": \"minimal\"", "\"id\": null", "$.id: must be a text" },
  { "\"id\": \"minimal\"", "\"id\": \"\"", "$.id: must not be empty" },
  { "\"ja\": \"最小\"", "\"ja\": \"最\\u0000小\"", "$: is not JSON" },
  { "\"ja\": \"最小\"", "\"ja\": \"最\\t小\"", "$.title.ja: contains a control character" },
  { ", \"ja\": \"最小\"", "", "$.title.ja: is missing" },
  { "\"ja\": \"最小\"", "\"ja\": \"最小\", \"fr\": \"x\"", "$.title.fr: is unknown here" },
  { "\"095-000-0000\"", "\"内線 12\"",
    "$.telephone: “内線 12” is no telephone number: digits, “-”, “+”, “(” and “)” only" },
  { "\"095-000-0000\"", "95", "$.telephone: must be a text" },
  { "組合町1番1号", "組合町\\t1番1号", "$.address: contains a control character" },
  { "\"roles\": [\"chief\"]", "\"roles\": [\"boss\"]", "$.offices[0].roles[0]: unknown role “boss”" },
  { "\"roles\": [\"chief\"]", "\"roles\": []", "$.offices: no office carries the role “chief”" },
  { "\"roles\": [\"chief\"]", "\"roles\": \"chief\"", "$.offices[0].roles: must be a list" },
  { "\"roles\": [\"chief\"]", "\"roles\": [\"chief\", \"chief\"]", "$.offices[0].roles[1]: “chief” stands here twice" },
  { "\"roles\": [\"chief\"]", "\"roles\": [\"chief\", \"operator\"]",
    "$.offices[0].roles[1]: “operator” comes by designation of a person, not with an office" },
  { "\"roles\": [\"information_manager\"]", "\"roles\": [\"information_manager\", \"chief\"]",
    "$.offices: more than one office carries the role “chief”" },
  { "\"deputies\": [\"second\"]", "\"deputies\": [\"third\"]",
    "$.offices[0].deputies[0]: “third” is not defined in this profile" },
  { "\"deputies\": [\"second\"]", "\"deputies\": [\"head\"]",
    "$.offices[0].deputies: “head” cannot be its own deputy" },
  { "{\"id\": \"first\"", "{\"id\": \"head\"", "$.offices[1].id: “head” stands here twice" },
  { "{\"level\": 3,", "{\"level\": 4,", "$.levels[0].level: must lie between 1 and 3" },
  { "\"permit_role\": \"chief\"", "\"permit_role\": \"site_manager\"",
    "$.levels[0].permit_role: “site_manager” comes by designation of a person, not with an office" },
  { "\"verb\": \"designate\"", "\"verb\": \"allow\"", "$.levels[1].verb: “allow” is none of: permit, designate" },
  { "[\"operator\", \"staff\"]", "[\"operator\", \"everybody\"]",
    "$.acts[\"takeout.request\"].may[1]: unknown role “everybody”" },
  { "[\"operator\", \"staff\"]", "[\"operator\", \"auditor\"]",
    "$.acts[\"takeout.request\"].may[1]: an auditor only reads" },
  { "[\"information_manager\", \"system_manager\"]}", "[\"auditor\"]}",
    "$.acts[\"takeout.request\"].hands[0]: an auditor only reads" },
  { "[\"operator\", \"staff\"]", "[]", "$.acts[\"takeout.request\"].may: must not be empty" },
  { "[\"information_manager\", \"system_manager\"]}", "[]}", "$.acts[\"takeout.request\"].hands: must not be empty" },
  { "[\"information_manager\", \"system_manager\"]}", "[\"staff\"]}",
    "$.acts[\"takeout.request\"].hands[0]: unknown role “staff”" },
  { "\"media.check\"", "\"Media check\"",
    "$.acts[\"Media check\"]: “Media check” is no id: lower-case letters, digits, “_” and “.” only" },
  { "\"day\": 15", "\"day\": 15.5", "$.payment.day: must be a whole number" },
  { "\"day\": 15", "\"day\": 29", "$.payment.day: must lie between 1 and 28" },
  { "[2, 4, 6, 8, 10, 12]", "[]", "$.payment.months: must not be empty" },
  { "[2, 4, 6, 8, 10, 12]", "[2, 4, 13]", "$.payment.months[2]: must lie between 1 and 12" },
  { "[2, 4, 6, 8, 10, 12]", "[2, 4, 4]", "$.payment.months[2]: months stand in their order, each once" },
  { "previous_business_day", "next_business_day",
    "$.payment.move: “next_business_day” is none of: previous_business_day" },
  { "\"month\": 12, \"day\": 29", "\"month\": 11, \"day\": 31", "$.closed_days[0]: is no day of the year" },
  { "\"17:15\"", "\"08:30\"", "$.working_hours.until: must be later than “from”" },
  { "\"17:15\"", "\"24:00\"", "$.working_hours.until: “24:00” is no time of day: write 08:30" },
  { "\"history_years\": 7", "\"history_years\": 6", "$.numbers.history_years: must lie between 7 and 100" },
  { ", \"history_years\": 7", "", "$.numbers.history_years: is missing" },
  { "\"off_cycle_counts\": false", "\"off_cycle_counts\": 0", "$.flags.off_cycle_counts: must be true or false" },
  { "\"erasure\": [\"overwrite\"]", "\"erasure\": [\"melt\"]",
    "$.media_kinds[0].erasure[0]: “melt” is not defined in this profile" },
  { "\"erasure\": [\"overwrite\"]", "\"erasure\": []",
    "$.media_kinds[0].erasure: what may be used again needs a method of erasing it" },
  { "\"destruction\": [\"shred\"]", "\"destruction\": []", "$.media_kinds[0].destruction: must not be empty" },
  { "\"destruction\": [\"shred\"]", "\"destruction\": [\"overwrite\"]",
    "$.media_kinds[0].destruction[0]: “overwrite” is not defined in this profile" },
  { "\"unit\": \"piece\"", "\"unit\": \"sheet\"", "$.media_kinds[0]: sheets have no serial number" },
  { "\"level\": \"destroy\", \"standard\"", "\"level\": \"purge\", \"standard\"",
    "$.destruction[0].level: a method of destruction is of level “destroy”" },
  { "\"purposes\": [", "\"purposes\": [" PURPOSE ("a") PURPOSE ("b") PURPOSE ("c") PURPOSE ("d"),
    "$.purposes[4]: the regulation knows 4 purposes and no other (Article 10)" },
  { "\"article\": \"10-1\"", "\"article\": \"99\"", "$.purposes[0].article: “99” is not defined in this profile" },
  { "\"article\": \"10-1\"", "\"article\": \"10-1-1\"",
    "$.purposes[0].article: “10-1-1” is no article: write 11 or 11-3" },
  { "\"absence\": [{\"id\": \"leave\", \"label\": {\"en\": \"Leave\", \"ja\": \"休暇\"}}],", "",
    "$.vocabularies.absence: is missing" },
  { "\"absence\": [", "\"absence\": [{\"id\": \"leave\", \"label\": {\"en\": \"L\", \"ja\": \"休\"}}, ",
    "$.vocabularies.absence[1].id: “leave” stands here twice" },
  { "\"vocabularies\": {",
    "\"vocabularies\": {\"office\": [{\"id\": \"x\", \"label\": {\"en\": \"X\", \"ja\": \"X\"}}],",
    "$.vocabularies.office: has a list of its own elsewhere in the profile" },
  { "{\"no\": \"11-3\"", "{\"no\": \"11\"", "$.articles[2].no: “11” stands here twice" },
  { "{\"no\": 2,", "{\"no\": 3,", "$.clauses[1].no: clauses are numbered from 1 without gaps" },
  { "\"第{n}号\"", "\"第号\"", "$.series.certificate.format: must hold {n} once" },
  { "\"No. {n}\"", "\"{n}-{n}\"", "$.series.certificate.format: must hold {n} once" },
  { "\"default\": {\"category\"", "\"other\": {\"category\"", "$.filing.default: is missing, or not the first" },
  { "\"years\": 30}\n  }\n}", "\"years\": 30}\n  }\n} {}", "$: is not JSON" },
};

/* What is mistyped is one problem, not one of what is there and another of what is not. */
static void
test_mistyped (void)
{
  static const struct { const char *old, *new, *problem; } slips[] = {
    { "\"telephone\":", "\"telefone\":", "$.telefone: is unknown here" },
    { "\"association\":", "\"asociation\":", "$.asociation: is unknown here: “association” is meant, and missing" },
    { "\"history_years\":", "\"history_year\":",
      "$.numbers.history_year: is unknown here: “history_years” is meant, and missing" },
    { "\"roles\": [\"chief\"]", "\"roles\": [\"cheif\"]", "$.offices[0].roles[0]: unknown role “cheif”" },
  };
  g_autofree char *valid = read_fixture ("valid.json", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (slips); i++)
    {
      char *at = strstr (valid, slips[i].old);
      g_autofree char *broken = NULL;
      g_autoptr (GPtrArray) problems = NULL;

      g_assert_nonnull (at);
      broken = g_strdup_printf ("%.*s%s%s", (int) (at - valid), valid, slips[i].new, at + strlen (slips[i].old));
      problems = kan_profile_check (broken, -1);
      g_assert_cmpuint (problems->len, ==, 1);
      g_assert_cmpstr (problems->pdata[0], ==, slips[i].problem);
    }
}

static void
test_single_faults (void)
{
  g_autofree char *valid = read_fixture ("valid.json", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      char *at = strstr (valid, faults[i].old);
      g_autofree char *broken = NULL;
      g_autoptr (GPtrArray) problems = NULL;

      g_assert_nonnull (at);
      broken = g_strdup_printf ("%.*s%s%s", (int) (at - valid), valid, faults[i].new, at + strlen (faults[i].old));
      problems = kan_profile_check (broken, -1);
      g_assert_cmpuint (problems->len, >, 0);
      g_assert_cmpstr (problems->pdata[0], ==, faults[i].problem);
    }
}

static void
test_ids (void)
{
  static const char *const acts[] = { "takeout.request", "media.check", "operator.designate", NULL };
  static const char *const registers[] = { "rule", "medium", NULL };
  static const char *const forms[] = { "certificate", NULL }, *const nothing[] = { NULL };
  static const char *const wanted[] = {
    "$.not_by_deputy[0]: the program knows no such id", "$.acts[\"takeout.request\"]: the program knows no such id",
    "$.acts[\"media.check\"]: the program knows no such id", "$.forms[\"certificate\"]: the program knows no such id",
    "$.filing[\"rule\"]: the program knows no such id"
  };
  g_autoptr (KanProfile) p = load_fixture ("valid.json");
  g_autoptr (GPtrArray) known = kan_profile_check_ids (p, acts, registers, forms);
  g_autoptr (GPtrArray) unknown = kan_profile_check_ids (p, nothing, nothing, nothing);
  g_autoptr (GPtrArray) unchecked = kan_profile_check_ids (p, NULL, NULL, NULL);

  g_assert_cmpuint (known->len, ==, 0);
  g_assert_cmpuint (unchecked->len, ==, 0);
  g_assert_cmpuint (unknown->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < unknown->len; i++)
    g_assert_cmpstr (unknown->pdata[i], ==, wanted[i]);
}

/* Any prefix of a profile is refused and read without harm. */
static void
test_prefixes (void)
{
  g_autofree char *valid = read_fixture ("valid.json", NULL);
  gsize whole = strlen (valid) - strlen ("\n");

  for (gsize len = 0; len < whole; len += 7)
    {
      g_autoptr (GPtrArray) problems = kan_profile_check (valid, (gssize) len);

      g_assert_cmpuint (problems->len, >, 0);
    }
}

static void
test_nagasaki (void)
{
  g_autoptr (KanProfile) p = load_shipped ("nagasaki");
  gsize n;

  g_assert_cmpstr (kan_profile_office_of_role (p, "chief")->title.ja, ==, "事務局長");
  g_assert_cmpstr (kan_profile_office_of_role (p, "information_manager")->title.ja, ==, "総務課長");
  g_assert_cmpstr (kan_profile_office_of_role (p, "system_manager")->title.ja, ==, "年金課長");
  g_assert_cmpstr (kan_profile_office_of_role (p, "security_manager")->title.ja, ==, "年金課長");
  g_assert_cmpstr (kan_profile_level (p, 3)->permit_role, ==, "chief");
  g_assert_cmpstr (kan_profile_level (p, 2)->permit_role, ==, "information_manager");
  g_assert_cmpstr (kan_profile_level (p, 2)->verb, ==, "designate");
  g_assert_cmpstr (kan_profile_level (p, 1)->permit_role, ==, "system_manager");
  g_assert_true (kan_profile_media_kind (p, "usb")->needs_rule);
  g_assert_true (kan_profile_media_kind (p, "dvd")->needs_rule);
  g_assert_false (kan_profile_media_kind (p, "paper")->needs_rule);
  kan_profile_choices (p, "purpose", &n);
  g_assert_cmpuint (n, ==, 4);
  for (gsize i = 0; i < 13; i++)
    g_assert_cmpint (kan_profile_clauses (p, &n)[i].may_not_apply, ==, i == 12);
  g_assert_cmpuint (n, ==, 13);
  g_assert_cmpint (kan_profile_number (p, "purge_grace_business_days"), ==, 5);
  g_assert_nonnull (kan_profile_series (p, "certificate"));
}

static void
test_fukui (void)
{
  g_autoptr (KanProfile) p = load_shipped ("fukui");

  g_assert_cmpstr (kan_profile_level (p, 3)->permit_role, ==, "system_manager");
  g_assert_cmpstr (kan_profile_level (p, 3)->verb, ==, "permit");
}

static void
test_blank (void)
{
  g_autoptr (KanProfile) p = load_shipped ("blank");

  g_assert_cmpstr (kan_profile_office_of_role (p, "chief")->id, ==, "office_a");
}

static void
test_refs (void)
{
  KanProfile *p = load_fixture ("valid.json");
  KanProfile *again = kan_profile_ref (p);

  kan_profile_unref (p);
  g_assert_cmpstr (kan_profile_id (again), ==, "minimal");
  kan_profile_unref (again);
}

static void
test_roles (void)
{
  gsize n;
  const KanRole *roles = kan_roles (&n);

  g_assert_cmpuint (n, ==, 7);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_true (kan_role_lookup (roles[i].id) == &roles[i]);
      g_assert_nonnull (roles[i].label.en);
      g_assert_nonnull (roles[i].label.ja);
    }
  g_assert_null (kan_role_lookup ("president"));
  g_assert_null (kan_role_lookup (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/values/profile/valid", test_valid);
  g_test_add_func ("/values/profile/acts", test_acts);
  g_test_add_func ("/values/profile/vocabularies", test_vocabularies);
  g_test_add_func ("/values/profile/media", test_media);
  g_test_add_func ("/values/profile/articles", test_articles);
  g_test_add_func ("/values/profile/numbers", test_numbers);
  g_test_add_func ("/values/profile/untold", test_untold);
  g_test_add_func ("/values/profile/calendar", test_calendar);
  g_test_add_func ("/values/profile/invalid-fixtures", test_invalid_fixtures);
  g_test_add_func ("/values/profile/single-faults", test_single_faults);
  g_test_add_func ("/values/profile/mistyped", test_mistyped);
  g_test_add_func ("/values/profile/ids", test_ids);
  g_test_add_func ("/values/profile/prefixes", test_prefixes);
  g_test_add_func ("/values/profile/nagasaki", test_nagasaki);
  g_test_add_func ("/values/profile/fukui", test_fukui);
  g_test_add_func ("/values/profile/blank", test_blank);
  g_test_add_func ("/values/profile/refs", test_refs);
  g_test_add_func ("/values/profile/roles", test_roles);
  return g_test_run ();
}
