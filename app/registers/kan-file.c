/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file itself: founded once by its chief, under a profile and an edition of the rules (FILE.md, "Root"). */
#include <glib/gi18n-lib.h>

#include "registers/kan-registers.h"

static const KanField fields[] = {
  { .id = "association", .label = L ("Association", "組合名"), .type = KAN_TEXT,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_NAME,
    .width = 20 },
  { .id = "edition", .label = L ("Edition of the rules", "規則の版"), .type = KAN_COUNT, .flags = KAN_LISTED, .width = 4 },
  { .id = "profile", .label = L ("Profile", "規程設定"), .type = KAN_DOCUMENT, .of = "profile_json" },
  { .id = "staff_no", .label = L ("Staff number", "職員番号"), .type = KAN_CODE, .width = 6 },
  { .id = "name", .label = L ("Name", "氏名"), .type = KAN_TEXT, .width = 10 },
  { .id = "kana", .label = L ("Name in kana", "ふりがな"), .type = KAN_TEXT, .width = 12 },
  { .id = "login", .label = L ("Login", "利用者名"), .type = KAN_CODE, .width = 8 },
  { .id = "office", .label = L ("Office", "職"), .type = KAN_CODE, .width = 12 },
  { .id = "sign_key", .label = L ("Key for acts", "署名鍵"), .type = KAN_KEY, .width = 16 },
  { .id = "statement_key", .label = L ("Key for statements", "証明鍵"), .type = KAN_KEY, .width = 16 },
  { .id = "box_key", .label = L ("Box key", "受信鍵"), .type = KAN_KEY, .width = 16 },
  { 0 }
};

static const KanState states[] = {
  { "founded", L ("In operation", "運用中") },
  { "void",    L ("Void", "取消") },
  { 0 }
};

static const KanAsk ask_found[] = {
  { .key = "association", .page = L ("Association", "組合"), .must = TRUE },
  { .key = "edition", .must = TRUE },
  { .key = "profile", .must = TRUE },
  { .key = "staff_no", .page = L ("Chief", "統括責任者"), .must = TRUE },
  { .key = "name", .must = TRUE },
  { .key = "kana" },
  { .key = "login", .must = TRUE },
  { .key = "office", .must = TRUE },
  { .key = "sign_key", .must = TRUE },
  { .key = "statement_key", .must = TRUE },
  { .key = "box_key", .must = TRUE },
  { 0 }
};

static void
found_check (KanCase *c)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanProfile) profile = NULL;
  const char *json = kan_answer (c, "profile"), *office = kan_answer (c, "office");

  if (kan_case_subject (c) != 1 || kan_case_actor (c) != 1)
    kan_refuse (c, KAN_NOTHING_TO_DO, NULL, _("A file is founded once"));
  if (kan_answer_n (c, "edition") != (gint64) kan_case_edition (c))
    kan_refuse (c, KAN_MISMATCH, "edition", _("A file is founded under the rules of the program that founds it"));
  profile = json != NULL ? kan_profile_new_from_json (json, -1, &error) : NULL;
  if (json != NULL && profile == NULL)
    kan_refuse (c, KAN_UNREADABLE, "profile", "%s", error->message);
  if (profile != NULL && office != NULL && !kan_profile_office_carries (profile, office, "chief"))
    kan_refuse (c, KAN_MISMATCH, "office", _("The founder holds the office that carries the chief's role"));
}

static void
found_effect (KanCase *c)
{
  kan_set (c, "INSERT INTO person (id, state, made, changed, staff_no, name, kana, login)"
              " VALUES (1, 'employed', :seq, :seq, :staff_no, :name, :kana, :login)");
  kan_set (c, "INSERT INTO key (id, state, made, changed, person, sign_key, statement_key, box_key)"
              " VALUES (1, 'valid', :seq, :seq, 1, :sign_key, :statement_key, :box_key)");
  kan_set (c, "INSERT INTO office (state, made, changed, code, title)"
              " SELECT 'standing', :seq, :seq, json_extract (value, '$.id'), json_extract (value, '$.title.ja')"
              " FROM json_each (:profile, '$.offices')");
  kan_index_made (c, "person");
  kan_index_made (c, "office");
  kan_set (c, "INSERT INTO appointment (state, made, changed, person, office, kind, since)"
              " SELECT 'in_force', :seq, :seq, 1, id, 'regular', :day FROM office WHERE code = :office");
  kan_set (c, "INSERT INTO profile (id, state, made, changed, json, in_force_from, applies_from)"
              " VALUES (1, 'adopted', :seq, :seq, :profile, :day, :day)");
  kan_adopt_profile (c, kan_answer (c, "profile"), kan_case_day (c), NULL);
}

static const KanKind kinds[] = {
  { .id = "file.found", .title = L ("Found the file", "管理簿を作成する"), .article = "1", .to = "founded", .asks = ask_found,
    .strength = KAN_STRICT, .flags = KAN_INTERNAL | KAN_CLAIMS, .check = found_check, .effect = found_effect },
  { 0 }
};

const KanRegister kan_file_register = {
  .id = "file", .prefix = "F", .article = "1", .title = L ("File", "管理簿ファイル"),
  .fields = fields, .states = states, .kinds = kinds, .judges = TRUE,
};
