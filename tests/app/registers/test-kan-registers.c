/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks every declaration: what one register says must hold together, and the whole must. */
#include "fixture.h"
#include "registers/kan-registers.h"
#include "values/kan-roles.h"

#include <string.h>

typedef void (*EachRegister) (const KanRegister *reg, gpointer data);

static void
each_register (EachRegister each, gpointer data)
{
  for (const KanRegister **reg = kan_registers ()->registers; *reg != NULL; reg++)
    each (*reg, data);
}

static gboolean
has_state (const KanRegister *reg, const char *id)
{
  for (const KanState *state = reg->states; state != NULL && state->id != NULL; state++)
    if (strcmp (state->id, id) == 0)
      return TRUE;
  return FALSE;
}

static void
assert_label (const KanLabel *label, const char *where)
{
  if (label->en == NULL || label->ja == NULL || *label->en == '\0' || *label->ja == '\0')
    g_error ("%s lacks a label in one language", where);
}

/* Ids are composed into SQL and commands. */
static gboolean
is_plain (const char *id, gboolean dotted)
{
  return strspn (id, dotted ? "abcdefghijklmnopqrstuvwxyz_." : "abcdefghijklmnopqrstuvwxyz_") == strlen (id);
}

/* --- ids --------------------------------------------------------------------------------------------------------- */

static void
take_once (GHashTable *seen, const char *what, const char *id)
{
  char *key = g_strdup_printf ("%s %s", what, id);

  if (!g_hash_table_add (seen, key))
    g_error ("declared twice: %s %s", what, id);
}

static void
check_ids (const KanRegister *reg, gpointer seen)
{
  g_assert_true (is_plain (reg->id, FALSE));
  take_once (seen, "register", reg->id);
  if (reg->prefix != NULL)
    take_once (seen, "prefix", reg->prefix);
  for (const KanKind *kind = reg->kinds; kind != NULL && kind->id != NULL; kind++)
    {
      g_assert_true (is_plain (kind->id, TRUE));
      g_assert_nonnull (strchr (kind->id, '.'));
      take_once (seen, "kind", kind->id);
      if (kind->series != NULL)
        take_once (seen, "series", kind->series);
    }
  for (const KanList *list = reg->lists; list != NULL && list->id != NULL; list++)
    take_once (seen, "register", list->id);
  for (const char **form = reg->forms; form != NULL && *form != NULL; form++)
    take_once (seen, "form", *form);
}

static void
test_ids_are_unique (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  each_register (check_ids, seen);
  g_assert_cmpuint (g_hash_table_size (seen), >, 60);
}

/* --- fields and states ------------------------------------------------------------------------------------------- */

static void
check_labels (const KanRegister *reg, gpointer data)
{
  (void) data;
  assert_label (&reg->title, reg->id);
  for (const KanField *field = reg->fields; field != NULL && field->id != NULL; field++)
    assert_label (&field->label, field->id);
  for (const KanState *state = reg->states; state != NULL && state->id != NULL; state++)
    assert_label (&state->label, state->id);
  for (const KanList *list = reg->lists; list != NULL && list->id != NULL; list++)
    {
      assert_label (&list->label, list->id);
      for (const KanField *column = list->columns; column != NULL && column->id != NULL; column++)
        assert_label (&column->label, column->id);
    }
  for (const KanKind *kind = reg->kinds; kind != NULL && kind->id != NULL; kind++)
    {
      assert_label (&kind->title, kind->id);
      for (const KanAsk *ask = kind->asks; ask != NULL && ask->key != NULL; ask++)
        if (ask->page.en != NULL || ask->page.ja != NULL)
          assert_label (&ask->page, ask->key);
      for (const KanHand *hand = kind->hands; hand != NULL && hand->as != NULL; hand++)
        if (hand->person != NULL)
          assert_label (&hand->title, hand->as);
    }
}

static void
test_labels_are_pairs (void)
{
  each_register (check_labels, NULL);
}

/* Whoever sees a text in a list finds its record by it. */
static void
check_searched (const KanRegister *reg, gpointer found)
{
  for (const KanKind *kind = reg->kinds; reg->prefix != NULL && kind != NULL && kind->id != NULL; kind++)
    for (const KanAsk *ask = kind->asks; ask != NULL && ask->key != NULL; ask++)
      {
        const KanField *field = kan_ask_find_field (reg, ask);

        if ((field->type != KAN_TEXT && field->type != KAN_CODE) || (field->flags & KAN_LISTED) == 0)
          continue;
        g_test_message ("%s %s", reg->id, field->id);
        g_assert_true ((field->flags & KAN_SEARCHED) != 0);
        *(guint *) found += 1;
      }
}

static void
test_listed_is_searched (void)
{
  guint found = 0;

  each_register (check_searched, &found);
  g_assert_cmpuint (found, >, 10);
}

/* What an act is about, it must be told; an act upon a record is about that one. */
static void
check_about (const KanRegister *reg, gpointer found)
{
  for (const KanKind *kind = reg->kinds; kind != NULL && kind->id != NULL; kind++)
    for (const KanAsk *ask = kind->asks; ask != NULL && ask->key != NULL; ask++)
      if (ask->about)
        {
          const KanField *field = kan_ask_find_field (reg, ask);

          g_test_message ("%s %s", kind->id, ask->key);
          g_assert_true (ask->must && kind->from == NULL && reg->prefix != NULL);
          g_assert_true (field->type == KAN_REF || field->type == KAN_REFS);
          *(guint *) found += 1;
        }
}

static void
test_about (void)
{
  guint found = 0;

  each_register (check_about, &found);
  g_assert_cmpuint (found, >=, 7);
}

static gboolean
knows_records (const char *of)
{
  g_auto(GStrv) names = g_strsplit (of, "|", -1);
  guint found = 0;

  for (char **name = names; *name != NULL; name++)
    for (const KanRegister **reg = kan_registers ()->registers; *reg != NULL; reg++)
      {
        found += strcmp ((*reg)->id, *name) == 0;
        for (const KanList *list = (*reg)->lists; list != NULL && list->id != NULL; list++)
          found += strcmp (list->id, *name) == 0;
      }
  return found == g_strv_length (names);
}

static void
check_fields (const KanRegister *reg, gpointer data)
{
  Office *office = data;
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint names = 0;
  gsize n = 0;

  for (const KanField *field = reg->fields; field != NULL && field->id != NULL; field++)
    {
      take_once (seen, reg->id, field->id);
      g_assert_true (is_plain (field->id, FALSE));
      names += (field->flags & KAN_NAME) != 0;
      if ((field->flags & KAN_LISTED) != 0)
        g_assert_cmpuint (field->width, >, 0);
      if ((field->flags & KAN_CORRECTABLE) != 0)
        g_assert_true (field->type != KAN_LINES && field->type != KAN_REF && field->type != KAN_REFS &&
                       field->type != KAN_ROWS);
      if (field->type == KAN_REF || field->type == KAN_REFS || field->type == KAN_ROWS)
        g_assert_true (knows_records (field->of));
      if (field->type == KAN_CHOICE)
        {
          kan_book_get_choices (office->book, field->of, &n);
          if (n == 0)
            g_error ("%s.%s chooses from nothing: %s", reg->id, field->id, field->of);
        }
    }
  g_assert_cmpuint (names, <=, 1);
}

static void
test_fields_hold_together (void)
{
  g_autoptr(Office) office = office_new_empty ("nagasaki");

  each_register (check_fields, office);
}

/* What an act draws stands in a field, and in nothing else. */
static void
check_numbers (const KanRegister *reg, gpointer data)
{
  guint *n = data, drawn = 0;

  for (const KanKind *kind = reg->kinds; kind != NULL && kind->id != NULL; kind++)
    {
      g_autofree char *column = kind->series != NULL ? g_strconcat (kind->series, "_no", NULL) : NULL;
      const KanField *field = column != NULL ? kan_register_find_field (reg, column) : NULL;

      if (column == NULL)
        continue;
      g_assert_true (field != NULL && field->type == KAN_NUMBER && (field->flags & KAN_LISTED) != 0);
      g_assert_cmpstr (field->of, ==, kind->series);
      drawn++;
    }
  for (const KanField *field = reg->fields; field != NULL && field->id != NULL; field++)
    drawn -= field->type == KAN_NUMBER;
  g_assert_cmpuint (drawn, ==, 0);
  for (const KanField *field = reg->fields; field != NULL && field->id != NULL; field++)
    *n += field->type == KAN_NUMBER;
}

static void
test_numbers_have_fields (void)
{
  guint n = 0;

  each_register (check_numbers, &n);
  g_assert_cmpuint (n, >=, 3);
}

/* --- kinds ------------------------------------------------------------------------------------------------------- */

static void
check_states_of (const KanRegister *reg, const KanKind *kind, const char *states)
{
  g_auto(GStrv) list = g_strsplit (states != NULL ? states : "", "|", -1);

  for (char **state = list; *state != NULL; state++)
    if (strcmp (*state, "*") != 0 && !has_state (reg, *state))
      g_error ("%s: no state %s", kind->id, *state);
}

static void
check_roles (const KanKind *kind, const char *roles)
{
  g_auto(GStrv) list = g_strsplit (roles != NULL ? roles : "", "|", -1);

  for (char **role = list; *role != NULL; role++)
    if (strcmp (*role, "staff") != 0 && strcmp (*role, "self") != 0 && kan_role_lookup (*role) == NULL)
      g_error ("%s: no role %s", kind->id, *role);
}

static const KanAsk *
find_ask (const KanKind *kind, const char *key)
{
  for (const KanAsk *ask = kind->asks; ask != NULL && ask->key != NULL; ask++)
    if (strcmp (ask->key, key) == 0)
      return ask;
  return NULL;
}

static void
check_hands (const KanRegister *reg, const KanKind *kind)
{
  for (const KanHand *hand = kind->hands; hand != NULL && (hand->as != NULL || hand->role != NULL); hand++)
    {
      if (hand->person == NULL && hand->role == NULL)
        g_assert_nonnull (kan_role_lookup (hand->as));
      if (hand->person != NULL)
        g_assert_nonnull (find_ask (kind, hand->person));
      if (hand->paper != NULL)
        g_assert_cmpint (kan_ask_find_field (reg, find_ask (kind, hand->paper))->type, ==, KAN_YES);
    }
  if (kind->from == NULL && reg->prefix != NULL && (kind->hands != NULL || (kind->flags & KAN_POWER) != 0))
    {
      g_assert_nonnull (kind->wait);
      g_assert_true (has_state (reg, "refused") && has_state (reg, "asked_back") && has_state (reg, "withdrawn"));
    }
}

static void
check_asks (const KanRegister *reg, const KanKind *kind)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const KanAsk *ask = kind->asks; ask != NULL && ask->key != NULL; ask++)
    {
      take_once (seen, kind->id, ask->key);
      if (kan_ask_find_field (reg, ask) == NULL)
        g_error ("%s asks %s, which is no field", kind->id, ask->key);
    }
  if (kind->asks != NULL && reg->prefix != NULL)
    g_assert_nonnull (kind->asks[0].page.en);
}

/* Of a record that is there: a column that no index is made of, and that no answer sets. */
static void
check_clears (const KanRegister *reg, const KanKind *kind)
{
  g_auto(GStrv) cleared = g_strsplit (kind->clears != NULL ? kind->clears : "", "|", -1);

  for (char **column = cleared; *column != NULL; column++)
    {
      const KanField *field = kan_register_find_field (reg, *column);

      g_test_message ("%s clears %s", kind->id, *column);
      g_assert_true (kind->from != NULL && field != NULL);
      g_assert_true (field->type != KAN_REFS && field->type != KAN_ROWS);
      g_assert_true ((field->flags & (KAN_SEARCHED | KAN_NAME | KAN_UNIQUE | KAN_COMPARED)) == 0);
      for (const KanAsk *ask = kind->asks; ask != NULL && ask->key != NULL; ask++)
        g_assert_true (kan_ask_find_field (reg, ask) != field);
    }
}

static void
check_kinds (const KanRegister *reg, gpointer data)
{
  (void) data;
  for (const KanKind *kind = reg->kinds; kind != NULL && kind->id != NULL; kind++)
    {
      if (reg->prefix != NULL)
        {
          check_states_of (reg, kind, kind->from);
          check_states_of (reg, kind, kind->wait);
          check_states_of (reg, kind, kind->to);
          g_assert_true (has_state (reg, "void"));
          g_assert_true (kind->from != NULL || kind->to != NULL);
          g_assert_nonnull (kind->article);
        }
      if ((kind->flags & (KAN_INTERNAL | KAN_CLAIMS)) == 0)
        g_assert_nonnull (kind->may);
      check_roles (kind, kind->may);
      check_asks (reg, kind);
      check_hands (reg, kind);
      check_clears (reg, kind);
    }
}

static void
test_kinds_hold_together (void)
{
  each_register (check_kinds, NULL);
}

/* --- SQL --------------------------------------------------------------------------------------------------------- */

static void
check_list (const KanRegister *reg, gpointer data)
{
  for (const KanList *list = reg->lists; list != NULL && list->id != NULL; list++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM temp.%s", list->id);
      g_autoptr(KanStmt) stmt = kan_db_prepare (((Office *) data)->db, sql, &error);
      g_autoptr(GHashTable) columns = g_hash_table_new (g_str_hash, g_str_equal);

      g_assert_no_error (error);
      g_assert_cmpstr (kan_stmt_name (stmt, 0), ==, "id");
      for (int i = 0; i < kan_stmt_n_columns (stmt); i++)
        g_hash_table_add (columns, (gpointer) kan_stmt_name (stmt, i));
      for (const KanField *column = list->columns; column != NULL && column->id != NULL; column++)
        if (!g_hash_table_contains (columns, column->id))
          g_error ("%s does not give %s", list->id, column->id);
    }
}

static void
test_lists_can_be_asked (void)
{
  g_autoptr(Office) office = office_new_empty ("nagasaki");

  g_assert_cmpuint (office_n_rows (office, "person_employed", "2026-09-01"), ==, 1);
  each_register (check_list, office);
}

/* --- rules that are not met, in words ----------------------------------------------------------------------------- */

static void
check_source (Office *office, const char *path)
{
  g_autofree char *source = NULL;
  g_autoptr(GRegex) rule = g_regex_new ("kan_(?:breach|open_shortfall) \\(c, \"([^\"]+)\"", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  gsize n = 0;
  const KanChoice *choices = kan_book_get_choices (office->book, "breach", &n);

  g_assert_true (g_file_get_contents (path, &source, NULL, NULL));
  for (g_regex_match (rule, source, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *id = g_match_info_fetch (match, 1);
      gboolean known = FALSE;

      for (gsize i = 0; i < n; i++)
        known = known || strcmp (choices[i].id, id) == 0;
      if (!known)
        g_error ("%s: the rule %s has no label among the breaches", path, id);
    }
}

static void
test_every_rule_has_a_label (void)
{
  g_autoptr(Office) office = office_new_empty ("nagasaki");
  static const char *const folders[] = { "registers", "acts" };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (g_getenv ("KAN_SRCDIR"), "app", folders[i], NULL);
      g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name;
      guint seen = 0;

      while ((name = g_dir_read_name (dir)) != NULL)
        if (g_str_has_suffix (name, ".c"))
          {
            g_autofree char *path = g_build_filename (folder, name, NULL);

            check_source (office, path);
            seen++;
          }
      g_assert_cmpuint (seen, >, 10);
    }
}

static void
test_profiles_name_what_exists (void)
{
  static const char *const profiles[] = { "nagasaki", "fukui", "blank" };
  g_autoptr(GPtrArray) acts = g_ptr_array_new ();
  g_autoptr(GPtrArray) registers = g_ptr_array_new ();
  g_autoptr(GPtrArray) forms = g_ptr_array_new ();

  for (const KanRegister **reg = kan_registers ()->registers; *reg != NULL; reg++)
    {
      g_ptr_array_add (registers, (gpointer) (*reg)->id);
      for (const KanKind *kind = (*reg)->kinds; kind != NULL && kind->id != NULL; kind++)
        g_ptr_array_add (acts, (gpointer) kind->id);
      for (const char **form = (*reg)->forms; form != NULL && *form != NULL; form++)
        g_ptr_array_add (forms, (gpointer) *form);
    }
  g_ptr_array_add (registers, NULL);
  g_ptr_array_add (acts, NULL);
  g_ptr_array_add (forms, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      g_autoptr(Office) office = office_new_empty (profiles[i]);
      g_autoptr(GPtrArray) problems = kan_profile_check_ids (kan_book_get_profile (office->book),
                                                             (const char *const *) acts->pdata,
                                                             (const char *const *) registers->pdata,
                                                             (const char *const *) forms->pdata);

      for (guint j = 0; j < problems->len; j++)
        g_test_message ("%s %s", profiles[i], (char *) g_ptr_array_index (problems, j));
      g_assert_cmpuint (problems->len, ==, 0);
    }
}

static void
test_schema_stands (void)
{
  g_autoptr(Office) office = office_new_empty ("nagasaki");
  g_autoptr(GError) error = NULL;

  g_assert_true (kan_book_check_schema (office->book, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registers/ids-are-unique", test_ids_are_unique);
  g_test_add_func ("/registers/labels-are-pairs", test_labels_are_pairs);
  g_test_add_func ("/registers/listed-is-searched", test_listed_is_searched);
  g_test_add_func ("/registers/about", test_about);
  g_test_add_func ("/registers/fields-hold-together", test_fields_hold_together);
  g_test_add_func ("/registers/numbers-have-fields", test_numbers_have_fields);
  g_test_add_func ("/registers/kinds-hold-together", test_kinds_hold_together);
  g_test_add_func ("/registers/lists-can-be-asked", test_lists_can_be_asked);
  g_test_add_func ("/registers/every-rule-has-a-label", test_every_rule_has_a_label);
  g_test_add_func ("/registers/profiles-name-what-exists", test_profiles_name_what_exists);
  g_test_add_func ("/registers/schema-stands", test_schema_stands);
  return g_test_run ();
}
