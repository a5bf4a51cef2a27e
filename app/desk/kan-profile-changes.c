/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What differs between two profiles: both are walked side by side, things of a list found again by what names them. */
#include "desk/kan-profile-words.h"

#include "registers/kan-registers.h"
#include "values/kan-roles.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* What members are called. */
static const struct { const char *id; KanLabel label; } members[] = {
  { "id", { "Code", "コード" } },
  { "title", { "Title", "名称" } },
  { "association", { "Association", "組合名" } },
  { "address", { "Address", "所在地" } },
  { "telephone", { "Telephone", "電話番号" } },
  { "regulation", { "Regulation", "規程の名称" } },
  { "outside", { "What counts as outside", "持出しとする範囲" } },
  { "offices", { "Offices", "職" } },
  { "roles", { "Roles", "役割" } },
  { "deputies", { "Deputies, in order", "代決者（順位順）" } },
  { "levels", { "Security levels", "セキュリティ区分" } },
  { "level", { "Level", "区分" } },
  { "label", { "Label", "表示名" } },
  { "permit_role", { "Who permits", "許可する者" } },
  { "verb", { "Verb", "用語" } },
  { "not_by_deputy", { "Not to be decided by a deputy", "代決できない事項" } },
  { "acts", { "Who may, and whose consent", "処理ごとの権限" } },
  { "may", { "Who may", "行える者" } },
  { "hands", { "Whose consent", "承諾・連署する者" } },
  { "forms", { "Titles of forms", "様式の名称" } },
  { "payment", { "Payment days", "支給日" } },
  { "day", { "Day", "日" } },
  { "months", { "Months", "月" } },
  { "month", { "Month", "月" } },
  { "move", { "On a holiday", "休日に当たるとき" } },
  { "closed_days", { "Days closed", "休業日" } },
  { "working_hours", { "Working hours", "執務時間" } },
  { "from", { "From", "開始" } },
  { "until", { "Until", "終了" } },
  { "numbers", { "Periods and thresholds", "期間・基準値" } },
  { "purge_grace_business_days", { "Business days until data must be gone", "支給日後、消去までの営業日数" } },
  { "approval_valid_days", { "Days an approval is valid", "決裁の有効日数" } },
  { "bulk_count", { "Count from which handling is bulk", "大量取扱いとする件数" } },
  { "late_return_hours", { "Hours until a return is late", "返却遅延とするまでの時間" } },
  { "media_check_days", { "Days between checks of media", "媒体点検の間隔（日）" } },
  { "stocktake_days", { "Days between stocktakes", "棚卸の間隔（日）" } },
  { "rule_review_months", { "Months between reviews of rules", "要領の見直しの間隔（月）" } },
  { "history_years", { "Years that history is kept", "操作履歴の保存年数" } },
  { "flags", { "Choices", "取扱いの選択" } },
  { "off_cycle_counts", { "Payments out of turn count", "随時支給を支給日に含める" } },
  { "early_destruction_needs_approval", { "Early destruction needs approval", "期限前の廃棄に承認を要する" } },
  { "council_in_writing", { "Council may decide in writing", "会議の書面開催を認める" } },
  { "media_kinds", { "Kinds of media", "媒体の種類" } },
  { "unit", { "Unit", "単位" } },
  { "serial", { "Has a serial number", "製造番号がある" } },
  { "needs_rule", { "Only where a rule says so", "要領に定めがあるときのみ" } },
  { "reusable", { "May be used again", "再使用できる" } },
  { "erasure", { "Methods of erasing", "消去の方法" } },
  { "destruction", { "Methods of destroying", "廃棄の方法" } },
  { "standard", { "Standard", "準拠規格" } },
  { "purposes", { "Purposes", "利用目的" } },
  { "article", { "Article", "条項" } },
  { "vocabularies", { "Choices of words", "選択肢" } },
  { "absence", { "Absence", "不在の理由" } },
  { "packing", { "Packing", "梱包" } },
  { "transport", { "Transport", "搬送方法" } },
  { "articles", { "Articles", "条文" } },
  { "no", { "No.", "番号" } },
  { "summary", { "Summary", "要旨" } },
  { "by_item", { "Counted by items", "号で数える" } },
  { "clauses", { "Clauses of contracts", "契約の記載事項" } },
  { "may_not_apply", { "May not apply", "該当しないことがある" } },
  { "series", { "Numbering", "番号の付け方" } },
  { "format", { "Format", "書式" } },
  { "certificate", { "Certificates", "廃棄証明" } },
  { "takeout", { "Take-outs", "持出" } },
  { "filing", { "Filing", "保存" } },
  { "default", { "All others", "その他すべて" } },
  { "category", { "Category", "分類" } },
  { "years", { "Years", "保存年数" } },
};

/* Values that are ids and nobody's own words. */
static const struct { const char *id; KanLabel label; } values[] = {
  { "permit", { "permits", "許可する" } },
  { "designate", { "designates", "指定する" } },
  { "previous_business_day", { "the business day before", "直前の営業日" } },
  { "piece", { "pieces", "個" } },
  { "sheet", { "sheets", "枚" } },
  { "clear", { "Clear", "消去（論理）" } },
  { "purge", { "Purge", "消去（物理・暗号）" } },
  { "destroy", { "Destroy", "破壊" } },
  { "staff", { "all staff", "職員" } },
  { "self", { "oneself", "本人" } },
};

typedef struct
{
  const KanProfile *before, *after;
  GPtrArray        *changes;
  gboolean          japanese;
} Walk;

static void
change_free (KanProfileChange *self)
{
  g_free (self->path);
  g_free (self->where);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

/* --- words ---------------------------------------------------------------------------------------------------- */

static const KanLabel *
find_kind_label (const char *id)
{
  for (const KanRegister **reg = kan_registers ()->registers; *reg != NULL; reg++)
    {
      if (strcmp ((*reg)->id, id) == 0)
        return &(*reg)->title;
      for (const KanKind *kind = (*reg)->kinds; kind != NULL && kind->id != NULL; kind++)
        if (strcmp (kind->id, id) == 0)
          return &kind->title;
    }
  return NULL;
}

/* What the profile itself calls an id. */
static const KanLabel *
find_own_label (const KanProfile *profile, const char *id)
{
  static const char *const vocabularies[] = { "office", "media_kind", "erasure", "destruction", "purpose" };
  const KanLabel *label = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (vocabularies) && label == NULL; i++)
    label = kan_profile_choice_label (profile, vocabularies[i], id);
  return label;
}

static const char *
word_id (const Walk *walk, const KanProfile *profile, const char *id)
{
  const KanRole *role = kan_role_lookup (id);
  const KanLabel *label = role != NULL ? &role->label : find_own_label (profile, id);

  for (gsize i = 0; i < G_N_ELEMENTS (values) && label == NULL; i++)
    if (strcmp (values[i].id, id) == 0)
      label = &values[i].label;
  if (label == NULL)
    label = find_kind_label (id);
  return label != NULL ? kan_label (label, walk->japanese) : id;
}

/**
 * kan_profile_word_member:
 * @name: a member of a profile, or the id of a kind or register
 *
 * Returns: (transfer none) (nullable): what it is called in words of the screen; %NULL where the program knows none
 */
const char *
kan_profile_word_member (const char *name)
{
  const KanLabel *label;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (strcmp (members[i].id, name) == 0)
      return kan_label (&members[i].label, kan_speaks_japanese ());
  label = find_kind_label (name);
  return label != NULL ? kan_label (label, kan_speaks_japanese ()) : NULL;
}

/* What the program has no word for stays as it is spelled. */
static const char *
word_member (const char *name)
{
  const char *word = kan_profile_word_member (name);

  return word != NULL ? word : name;
}

/* An object of both languages. */
static gboolean
is_label (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) && json_object_has_member (json_node_get_object (node), "ja") &&
         json_object_has_member (json_node_get_object (node), "en");
}

static char *word_value (const Walk *walk, const KanProfile *profile, JsonNode *node);

static char *
word_list (const Walk *walk, const KanProfile *profile, JsonArray *list)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      g_autofree char *one = word_value (walk, profile, json_array_get_element (list, i));

      g_string_append_printf (out, "%s%s", i > 0 ? _(", ") : "", one);
    }
  return out->len > 0 ? g_string_free (out, FALSE) : (g_string_free (out, TRUE), g_strdup (_("none")));
}

/* What a thing of a list or map calls itself; NULL: nothing. */
static const char *
own_name (const Walk *walk, JsonObject *object)
{
  static const char *const names[] = { "title", "label", "category" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (is_label (json_object_get_member (object, names[i])))
      return json_object_get_string_member (json_object_get_object_member (object, names[i]),
                                            walk->japanese ? "ja" : "en");
  return NULL;
}

static char *
word_object (const Walk *walk, JsonObject *object)
{
  const char *name = own_name (walk, object);

  return g_strdup (name != NULL ? name : _("set"));
}

static char *
word_value (const Walk *walk, const KanProfile *profile, JsonNode *node)
{
  if (is_label (node))
    return g_strdup (json_object_get_string_member (json_node_get_object (node), walk->japanese ? "ja" : "en"));
  if (JSON_NODE_HOLDS_OBJECT (node))
    return word_object (walk, json_node_get_object (node));
  if (JSON_NODE_HOLDS_ARRAY (node))
    return word_list (walk, profile, json_node_get_array (node));
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? _("yes") : _("no"));
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (word_id (walk, profile, json_node_get_string (node)));
  return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
}

/* --- walking -------------------------------------------------------------------------------------------------- */

static void
add_change (Walk *walk, const char *path, const char *where, JsonNode *before, JsonNode *after)
{
  KanProfileChange *change = g_new0 (KanProfileChange, 1);

  change->path = g_strdup (path);
  change->where = g_strdup (where);
  change->before = before != NULL ? word_value (walk, walk->before, before) : NULL;
  change->after = after != NULL ? word_value (walk, walk->after, after) : NULL;
  /* the other language alone */
  if (before != NULL && after != NULL && strcmp (change->before, change->after) == 0)
    {
      g_free (change->before);
      g_free (change->after);
      walk->japanese = !walk->japanese;
      change->before = word_value (walk, walk->before, before);
      change->after = word_value (walk, walk->after, after);
      walk->japanese = !walk->japanese;
    }
  g_ptr_array_add (walk->changes, change);
}

/* What names a thing of a list; NULL: the list is one of plain values. */
static char *
name_of (JsonNode *node)
{
  static const char *const keys[] = { "id", "no", "level" };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  for (gsize i = 0; object != NULL && i < G_N_ELEMENTS (keys); i++)
    {
      JsonNode *key = json_object_get_member (object, keys[i]);

      if (key != NULL && json_node_get_value_type (key) == G_TYPE_STRING)
        return g_strdup (json_node_get_string (key));
      if (key != NULL)
        return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (key));
    }
  if (object != NULL && json_object_has_member (object, "month") && json_object_has_member (object, "day"))
    return g_strdup_printf ("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, json_object_get_int_member (object, "month"),
                            json_object_get_int_member (object, "day"));
  return NULL;
}

static gboolean
is_list_of_things (JsonNode *node)
{
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  return list != NULL && json_array_get_length (list) > 0 &&
         JSON_NODE_HOLDS_OBJECT (json_array_get_element (list, 0));
}

/* The same list as a map, by what names its things. */
static JsonObject *
map_of (JsonNode *node)
{
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonObject *map = json_object_new ();

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *one = json_array_get_element (list, i);
      g_autofree char *name = name_of (one);

      if (name != NULL)
        json_object_set_member (map, name, json_node_copy (one));
    }
  return map;
}

static void compare_nodes (Walk *walk, const char *path, const char *where, JsonNode *before, JsonNode *after);

static void
compare_member (Walk *walk, const char *path, const char *where, const char *name, JsonObject *before,
                JsonObject *after, gboolean is_thing)
{
  JsonNode *old_one = before != NULL ? json_object_get_member (before, name) : NULL;
  JsonNode *new_one = after != NULL ? json_object_get_member (after, name) : NULL;
  g_autofree char *deeper = g_strdup_printf (is_thing ? "%s[%s]" : "%s.%s", path, name);
  g_autofree char *title = is_thing ? word_value (walk, old_one != NULL ? walk->before : walk->after,
                                                  old_one != NULL ? old_one : new_one)
                           : g_strdup (word_member (name));
  g_autofree char *place = *where != '\0' ? g_strdup_printf ("%s › %s", where, title) : g_strdup (title);

  compare_nodes (walk, deeper, place, old_one, new_one);
}

/* In the order of the first, then what only the second has. */
static void
compare_objects (Walk *walk, const char *path, const char *where, JsonObject *before, JsonObject *after,
                 gboolean are_things)
{
  g_autoptr(GList) old_names = before != NULL ? json_object_get_members (before) : NULL;
  g_autoptr(GList) new_names = after != NULL ? json_object_get_members (after) : NULL;

  for (GList *name = old_names; name != NULL; name = name->next)
    compare_member (walk, path, where, name->data, before, after, are_things);
  for (GList *name = new_names; name != NULL; name = name->next)
    if (before == NULL || !json_object_has_member (before, name->data))
      compare_member (walk, path, where, name->data, before, after, are_things);
}

/* Both are objects, or the one that is there has no name that could stand for all of it. */
static gboolean
goes_deeper (const Walk *walk, JsonNode *before, JsonNode *after)
{
  JsonNode *one = before != NULL ? before : after;

  if (!JSON_NODE_HOLDS_OBJECT (one) || is_label (one) || (after != NULL && !JSON_NODE_HOLDS_OBJECT (after)))
    return FALSE;
  return (before != NULL && after != NULL) || own_name (walk, json_node_get_object (one)) == NULL;
}

static void
compare_nodes (Walk *walk, const char *path, const char *where, JsonNode *before, JsonNode *after)
{
  /* the profile's own id says nothing that its title does not */
  if (strcmp (path, "$.id") == 0 || (before != NULL && after != NULL && json_node_equal (before, after)))
    return;
  if (is_list_of_things (before) || is_list_of_things (after))
    {
      g_autoptr(JsonObject) old_map = map_of (before), new_map = map_of (after);

      compare_objects (walk, path, where, old_map, new_map, TRUE);
    }
  else if (goes_deeper (walk, before, after))
    compare_objects (walk, path, where, before != NULL ? json_node_get_object (before) : NULL,
                     after != NULL ? json_node_get_object (after) : NULL, FALSE);
  else
    add_change (walk, path, where, before, after);
}

/**
 * kan_profile_compare:
 * @before: a profile
 * @after: another one
 *
 * Returns: (transfer full) (element-type KanProfileChange): where they differ, in words of the screen; things of a list
 *   are the same where they have the same id, so that moving one is no change
 */
GPtrArray *
kan_profile_compare (const KanProfile *before, const KanProfile *after)
{
  g_autoptr(JsonNode) old_root = json_from_string (kan_profile_json (before), NULL);
  g_autoptr(JsonNode) new_root = json_from_string (kan_profile_json (after), NULL);
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  Walk walk = { before, after, changes, kan_speaks_japanese () };

  g_return_val_if_fail (old_root != NULL && new_root != NULL, changes);
  compare_nodes (&walk, "$", "", old_root, new_root);
  return changes;
}

/**
 * kan_profile_list_changes:
 * @book: a book
 * @json: (nullable): the text of a profile that is or was to be adopted
 * @seq: the act that adopts it; 0: it is not signed yet
 *
 * Returns: (transfer full) (nullable) (element-type KanProfileChange): where it differs from the one whose place it
 *   takes; %NULL where it takes none's, or cannot be read
 */
GPtrArray *
kan_profile_list_changes (KanBook *book, const char *json, gint64 seq)
{
  const KanProfile *before = kan_book_profile_before (book, seq);
  g_autoptr(KanProfile) after = json != NULL && before != NULL ? kan_profile_new_from_json (json, -1, NULL) : NULL;

  return after != NULL ? kan_profile_compare (before, after) : NULL;
}

static char *
word_change (const KanProfileChange *change)
{
  if (change->before == NULL)
    return g_strdup_printf (_("%s: added: %s"), change->where, change->after);
  return change->after == NULL ? g_strdup_printf (_("%s: removed: %s"), change->where, change->before)
         : g_strdup_printf (_("%s: %s → %s"), change->where, change->before, change->after);
}

/**
 * kan_profile_dup_changes:
 * @book: a book
 * @json: (nullable): the text of a profile that is or was to be adopted
 * @seq: the act that adopts it; 0: it is not signed yet
 *
 * Returns: (transfer full) (nullable): the same list in words, one difference a line; says so where there is none
 */
char *
kan_profile_dup_changes (KanBook *book, const char *json, gint64 seq)
{
  g_autoptr(GPtrArray) changes = kan_profile_list_changes (book, json, seq);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  if (changes == NULL)
    return NULL;
  if (changes->len == 0)
    return g_strdup (_("It is the profile in force"));
  for (guint i = 0; i < changes->len; i++)
    g_ptr_array_add (lines, word_change (g_ptr_array_index (changes, i)));
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}
