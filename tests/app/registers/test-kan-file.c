/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Founding: by whom, under which rules and profile, and once. */
#include "fixture.h"

#include "registers/kan-registers.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A file with tables and nobody in it. */
typedef struct { char *path; KanDb *db; KanBook *book; } Bare;

static void
bare_clear (Bare *self)
{
  g_clear_pointer (&self->book, kan_book_free);
  g_clear_pointer (&self->db, kan_db_free);
  g_unlink (self->path);
  g_clear_pointer (&self->path, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bare, bare_clear)

static void
bare_init (Bare *self)
{
  static const guint8 file_id[16] = "nobody's as yet";
  g_autoptr(GError) error = NULL;
  g_autoptr(KanSecret) key = NULL;
  guint8 salt[KAN_SALT_SIZE] = { 0 };

  g_assert_true (kan_crypto_init (&error));
  key = kan_secret_new_random (32);
  self->path = g_strdup_printf ("%s/kanribo-test-%d-file.db", g_get_tmp_dir (), (int) getpid ());
  self->db = kan_db_open (self->path, 0, key, salt, KAN_DB_CREATE, &error);
  g_assert_no_error (error);
  self->book = kan_book_new (self->db, file_id, kan_registers (), &error);
  g_assert_no_error (error);
  g_assert_true (kan_book_create_tables (self->book, &error));
}

static char *
profile_json (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("KAN_SRCDIR"), "resources/profiles/nagasaki.json", NULL);
  char *json = NULL;

  g_assert_true (g_file_get_contents (path, &json, NULL, NULL));
  return json;
}

#define A_KEY "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/* The keys that are refused, in order; "" where it would be founded. One answer is put in place of the usual one. */
static char *
judge (Bare *self, gint64 person, const char *key, const char *value)
{
  static const struct { const char *key, *value; } usual[] = {
    { "association", "試験組合" }, { "edition", "1" }, { "staff_no", "1001" }, { "name", "佐藤 一郎" },
    { "login", "chief" }, { "office", "secretary_general" }, { "sign_key", A_KEY }, { "statement_key", A_KEY },
    { "box_key", A_KEY },
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDraft) draft = kan_draft_new (self->book, "file.found", NULL, &error);
  g_autoptr(GPtrArray) refusals = NULL;
  g_autofree char *json = profile_json ();
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  kan_draft_set (draft, "profile", json);
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    kan_draft_set (draft, usual[i].key, usual[i].value);
  if (key != NULL)
    kan_draft_set (draft, key, value);
  refusals = kan_draft_judge (draft, person, 1790000000, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (refusals, i);

      g_test_message ("%s: %s", refusal->key, refusal->why);
      if (strstr (out->str, refusal->key != NULL ? refusal->key : "act") == NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", refusal->key != NULL ? refusal->key : "act");
    }
  return g_string_free (out, FALSE);
}

static void
test_founding (void)
{
  static const struct { gint64 person; const char *key, *value, *refused; } cases[] = {
    { CHIEF, NULL, NULL, "" },
    { CHIEF, "kana", "さとう いちろう", "" },
    { CHIEF, "name", "渡邉\U000e0101 一郎", "" },
    { 2, NULL, NULL, "act" },
    { CHIEF, "association", "", "association" },
    { CHIEF, "association", "試験\u202e組合", "association" },
    { CHIEF, "edition", "", "edition" },
    { CHIEF, "edition", "0", "edition" },
    { CHIEF, "edition", "2", "edition" },
    { CHIEF, "staff_no", "", "staff_no" },
    { CHIEF, "login", "", "login" },
    { CHIEF, "office", "", "office" },
    { CHIEF, "office", "general_affairs_manager", "office" },
    { CHIEF, "office", "nonsense", "office" },
    { CHIEF, "profile", "", "profile" },
    { CHIEF, "profile", "{}", "profile" },
    { CHIEF, "profile", "{\"id\": ", "profile" },
    { CHIEF, "sign_key", "", "sign_key" },
    { CHIEF, "box_key", "", "box_key" },
  };
  g_auto(Bare) bare = { 0 };

  bare_init (&bare);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *refused = judge (&bare, cases[i].person, cases[i].key, cases[i].value);

      g_test_message ("%s=%s", cases[i].key, cases[i].value);
      g_assert_cmpstr (refused, ==, cases[i].refused);
    }
}

/* The chief is the first person, with a key, an appointment and all offices of the profile; and nobody founds again. */
static void
test_founded (void)
{
  static const struct { const char *sql, *expected; } rows[] = {
    { "SELECT staff_no || ' ' || name || ' ' || login || ' ' || state FROM person", "1001 佐藤 一郎 chief employed" },
    { "SELECT person || ' ' || state FROM key", "1 valid" },
    { "SELECT group_concat(code) FROM office WHERE state = 'standing' AND id IN (1, 3)",
      "secretary_general,general_affairs_manager" },
    { "SELECT person || ' O' || office || ' ' || kind || ' ' || since || ' ' || state FROM appointment",
      "1 O1 regular 2026-09-01 in_force" },
    { "SELECT in_force_from || ' ' || applies_from || ' ' || state FROM profile", "2026-09-01 2026-09-01 adopted" },
    { "SELECT association || ' ' || edition || ' ' || state FROM file", "試験組合 1 founded" },
  };
  g_autoptr(Office) office = office_new_empty ("nagasaki");
  g_autofree char *json = profile_json ();
  g_autofree char *again = g_strdup_printf ("association=もう一つ | edition=1 | staff_no=1002 | name=佐藤 一郎 |"
                                            " login=other | office=secretary_general | sign_key=" A_KEY
                                            " | statement_key=" A_KEY " | box_key=" A_KEY " | profile=%s", json);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *found = office_ask_text (office, rows[i].sql);

      g_assert_cmpstr (found, ==, rows[i].expected);
    }
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM office"), ==, 9);
  {
    g_autofree char *became = office_try (office, CHIEF, "file.found", NULL, again);

    g_assert_true (g_str_has_prefix (became, "refused act"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file/founding", test_founding);
  g_test_add_func ("/file/founded", test_founded);
  return g_test_run ();
}
