/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profiles that a file was run under, each with its day of force and the day from which it applies. */
#include <glib/gi18n-lib.h>

#include "registers/kan-registers.h"
#include "values/kan-roles.h"

static const KanField fields[] = {
  { .id = "in_force_from", .label = L ("In force from", "施行日"), .type = KAN_DATE, .flags = KAN_LISTED | KAN_NAME,
    .width = 8 },
  { .id = "applies_from", .label = L ("Applies from", "適用日"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 8 },
  { .id = "json", .label = L ("Profile", "規程設定"), .type = KAN_DOCUMENT },
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

static void
adopt_check (KanCase *c)
{
  g_autoptr(GError) error = NULL;
  const char *json = kan_answer (c, "json");
  g_autoptr(KanProfile) profile = json != NULL ? kan_profile_new_from_json (json, -1, &error) : NULL;

  if (json != NULL && profile == NULL)
    kan_refuse (c, KAN_UNREADABLE, "json", "%s", error->message);
}

static void
adopt_effect (KanCase *c)
{
  kan_adopt_profile (c, kan_answer (c, "json"), kan_answer (c, "in_force_from"));
}

static const KanKind kinds[] = {
  { .id = "profile.adopt", .title = L ("Adopt a profile", "規程設定を変更する"), .article = "23",
    .may = KAN_MANAGERS, .wait = "waiting", .to = "adopted", .asks = ask_adopt,
    .strength = KAN_STRICT, .flags = KAN_POWER, .check = adopt_check, .effect = adopt_effect },
  { 0 }
};

const KanRegister kan_profile_register = {
  .id = "profile", .prefix = "V", .article = "23", .title = L ("Profile", "規程設定"),
  .group = "oversight", .icon = "document-properties-symbolic",
  .fields = fields, .states = states, .kinds = kinds,
};
