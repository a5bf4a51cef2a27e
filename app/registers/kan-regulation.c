/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profiles that a file was run under, each with its day of force and the day from which it applies: acts are judged
 * by it from the later of the two on, and facts told late by the one that applied when they happened. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "registers/kan-registers.h"
#include "values/kan-roles.h"

static const KanField fields[] = {
  { .id = "in_force_from", .label = L ("In force from", "施行日"), .type = KAN_DATE, .flags = KAN_LISTED | KAN_NAME,
    .width = 8 },
  { .id = "applies_from", .label = L ("Applies from", "適用日"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 8 },
  { .id = "json", .label = L ("Profile", "規程設定"), .type = KAN_DOCUMENT, .of = "profile_json" },
  { .id = "reason", .label = L ("Reason", "理由"), .type = KAN_LINES, .width = 20 },
  { 0 }
};

static const KanState states[] = {
  { "waiting",    L ("Waiting", "決裁待ち") },
  { "adopted",    L ("Adopted", "決裁済") },
  { "refused",    L ("Refused", "却下") },
  { "asked_back", L ("Asked back", "差戻し") },
  { "withdrawn",  L ("Withdrawn", "取下げ") },
  { "void",       L ("Void", "取消") },
  { 0 }
};

static const KanAsk ask_adopt[] = {
  { .key = "json", .page = L ("Profile", "規程設定"), .must = TRUE },
  { .key = "in_force_from", .must = TRUE },
  { .key = "applies_from" },
  { .key = "reason" },
  { 0 }
};

/* What happened before it was in force is judged by it where it says so: that wants a reason. */
static void
check_retroactive (KanCase *c)
{
  const char *from = kan_answer (c, "in_force_from"), *applies = kan_answer (c, "applies_from");

  if (from != NULL && applies != NULL && strcmp (applies, from) < 0 && !kan_answered (c, "reason"))
    kan_refuse (c, KAN_MISSING, "reason", _("It applies to what happened before it comes into force\n"
                                            "say why"));
}

/* Before the file was founded nothing was judged by any profile. */
static void
check_founded (KanCase *c)
{
  g_autofree char *founded = kan_ask_text (c, "SELECT in_force_from FROM profile WHERE id = 1"
                                              " AND :in_force_from < in_force_from");

  if (founded != NULL)
    kan_refuse (c, KAN_WRONG_DAY, "in_force_from", _("This file was founded on %s, and no profile is in force before"),
                kan_say_day (c, founded));
}

static void
adopt_check (KanCase *c)
{
  g_autoptr(GError) error = NULL;
  const char *json = kan_answer (c, "json");
  g_autoptr(KanProfile) profile = json != NULL ? kan_profile_new_from_json (json, -1, &error) : NULL;

  if (json != NULL && profile == NULL)
    kan_refuse (c, KAN_UNREADABLE, "json", "%s", error->message);
  check_founded (c);
  check_retroactive (c);
}

static void
adopt_effect (KanCase *c)
{
  kan_adopt_profile (c, kan_answer (c, "json"), kan_answer (c, "in_force_from"), kan_answer (c, "applies_from"));
}

/* What is in use and has no kind any more can neither be erased nor destroyed as the rules ask. */
static const KanTold adopt_told[] = {
  { "json", { .id = "kinds_dropped", .label = L ("Media in use of kinds that it no longer has", "新しい設定にない種類の使用中の記録媒体"),
              .type = KAN_TEXT },
    "SELECT group_concat('M' || id || ' ' || media_kind, ', ') FROM medium WHERE json_valid(:json)"
    " AND state NOT IN ('destroyed', 'handed_over', 'void', 'refused', 'withdrawn') AND media_kind NOT IN"
    " (SELECT json_extract(value, '$.id')"
    " FROM json_each(iif(json_valid(:json), :json, '{}'), '$.media_kinds'))", TRUE },
  { 0 }
};

static const KanKind kinds[] = {
  { .id = "profile.adopt", .title = L ("Adopt a profile", "規程設定を変更する"), .article = "23",
    .may = KAN_MANAGERS, .wait = "waiting", .to = "adopted", .asks = ask_adopt, .told = adopt_told,
    .strength = KAN_STRICT, .flags = KAN_POWER, .check = adopt_check, .effect = adopt_effect },
  { 0 }
};

const KanRegister kan_profile_register = {
  .id = "profile", .prefix = "V", .article = "23", .title = L ("Profile", "規程設定"),
  .group = "oversight", .icon = "document-properties-symbolic", .judges = TRUE,
  .fields = fields, .states = states, .kinds = kinds,
};
