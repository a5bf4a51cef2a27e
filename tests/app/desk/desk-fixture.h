/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of two persons, "chief" and "sato", opened and signed in as at a terminal. */
#pragma once
#include "app/db/db-fixture.h"
#include "desk/kan-desk.h"
#include "vault/kan-vault-private.h"

#include <gio/gio.h>
#include <string.h>

#define NOW 1790000000      /* 2026-09-21 in Japan */

static gint64 now;

static inline KanSecret *
spelled (const char *text)
{
  g_autofree char *copy = g_strdup (text);

  return kan_secret_new_take ((guint8 *) copy, strlen (text));
}

/* Tests name passphrases by whose they are ("sato's"); what is typed is long enough and names nobody. */
static inline KanSecret *
phrase (const char *text)
{
  g_autofree char *typed = g_strconcat ("kudzu-brasenia-57 ", text, NULL);
  gsize size = strlen (typed);

  for (char *c = typed + size - strlen (text); *c != '\0'; c++)
    if (g_ascii_islower (*c))
      *c = 'a' + (*c - 'a' + 13) % 26;
  return kan_secret_new_take ((guint8 *) typed, size);
}

static inline void
expect (gboolean done, GError *error)
{
  g_assert_no_error (error);
  g_assert_true (done);
}

static inline KanDesk *
try_found (const char *path, const char *login, const char *profile, GError **error)
{
  g_autoptr(GBytes) nagasaki = g_resources_lookup_data ("/io/github/kanribo/Kanribo/profiles/nagasaki.json", 0, NULL);
  g_autofree char *json = g_strndup (g_bytes_get_data (nagasaki, NULL), g_bytes_get_size (nagasaki));
  g_autoptr(KanSecret) secret = phrase ("chief's");
  KanFounding founding = { .profile_json = profile != NULL ? profile : json, .staff_no = "001", .name = "長崎 太郎",
                           .kana = "ながさき たろう", .login = login };

  return kan_desk_found (path, &founding, secret, now, error);
}

static inline KanDesk *
open_locked (Fixture *f, KanVaultMode mode)
{
  g_autoptr(GError) error = NULL;
  KanDesk *desk = kan_desk_open (f->path, mode, &error);

  g_assert_no_error (error);
  return desk;
}

static inline gboolean
unlock (KanDesk *desk, const char *login, const char *text, GError **error)
{
  g_autoptr(KanSecret) secret = phrase (text);

  return kan_desk_unlock (desk, login, secret, now, error);
}

static inline KanDesk *
open_as (Fixture *f, KanVaultMode mode, const char *login, const char *text)
{
  g_autoptr(GError) error = NULL;
  KanDesk *desk = open_locked (f, mode);

  expect (unlock (desk, login, text, &error), error);
  return desk;
}

static inline void
add_cosigner (KanDesk *desk, const char *login, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanSecret) secret = phrase (text);

  expect (kan_desk_add_cosigner (desk, login, secret, &error), error);
}

/* "done", "waits", "refused", or the error's message; `answers` are "key=value | key=value". */
static inline char *
sign (KanDesk *desk, const char *kind, const char *subject, const char *answers)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDraft) draft = kan_draft_new (kan_desk_get_book (desk), kind, subject, &error);
  g_auto(GStrv) pairs = g_strsplit (answers, " | ", -1);
  g_autoptr(KanOutcome) outcome = NULL;

  g_assert_no_error (error);
  for (char **pair = pairs; *pair != NULL && **pair != '\0'; pair++)
    {
      char *equals = strchr (*pair, '=');

      *equals = '\0';
      kan_draft_set (draft, *pair, equals + 1);
    }
  now += 60;
  outcome = kan_desk_sign (desk, draft, now, &error);
  if (outcome == NULL)
    return g_strdup (error->message);
  for (guint i = 0; i < outcome->refusals->len; i++)
    g_test_message ("%s", ((KanRefusal *) g_ptr_array_index (outcome->refusals, i))->why);
  return g_strdup (outcome->refusals->len > 0 ? "refused" : outcome->waiting_for->len > 0 ? "waits" : "done");
}

#define EXPECT_SIGN(desk, verdict, kind, subject, answers) G_STMT_START { \
    g_autofree char *became_ = sign (desk, kind, subject, answers); \
    g_assert_cmpstr (became_, ==, verdict); } G_STMT_END

static inline void
enroll (KanDesk *desk, const char *person, const char *login, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanSecret) secret = phrase (text);
  g_autoptr(KanOutcome) outcome = NULL;

  now += 60;
  outcome = kan_desk_enroll (desk, person, login, secret, now, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcome->refusals->len, ==, 0);
  g_assert_cmpuint (outcome->waiting_for->len, ==, 0);
}

static inline void
claim (KanDesk *desk, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanSecret) secret = phrase (text);
  g_autoptr(KanOutcome) outcome = NULL;

  now += 60;
  outcome = kan_desk_claim (desk, secret, now, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcome->refusals->len, ==, 0);
}

static inline gint64
ask_desk (KanDesk *desk, const char *sql)
{
  g_autoptr(GError) error = NULL;
  gint64 value = 0;

  expect (kan_db_get_int (kan_vault_get_db (kan_desk_get_vault (desk)), &value, &error, sql, ""), error);
  return value;
}

static inline void
tamper (KanDesk *desk, const char *sql)
{
  g_autoptr(GError) error = NULL;

  expect (kan_db_exec (kan_vault_get_db (kan_desk_get_vault (desk)), sql, &error), error);
}

/* An index made of no row, and the words of the schema put back. */
#define SQL_SPOIL \
  "PRAGMA writable_schema = ON; CREATE TEMP TABLE kept AS SELECT name, sql FROM sqlite_schema" \
  " WHERE name = 'medium_state'; UPDATE sqlite_schema SET sql = sql || ' WHERE 0' WHERE name = 'medium_state';" \
  "PRAGMA writable_schema = RESET; PRAGMA writable_schema = ON; REINDEX medium_state; UPDATE sqlite_schema" \
  " SET sql = (SELECT k.sql FROM kept k WHERE k.name = 'medium_state') WHERE name = 'medium_state';" \
  "PRAGMA writable_schema = RESET"

/* The desk of "sato", closed; another on the same file, in which that index leads to nothing. */
static inline KanDesk *
spoil_index (Fixture *f, KanDesk *desk)
{
  g_autoptr(GError) error = NULL;
  KanVault *vault = kan_desk_get_vault (desk);
  g_autoptr(KanDb) db = kan_vault_open_db (f->path, vault->file_key, &vault->header, KAN_DB_TORN, &error);

  expect (kan_db_exec (db, SQL_SPOIL, &error), error);
  g_clear_pointer (&db, kan_db_free);
  kan_desk_free (desk);
  return open_as (f, KAN_VAULT_READ, "sato", "sato's");
}

/* Founded by "chief"; "sato" is enrolled and has claimed a key. */
static inline void
found_office (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDesk) desk = NULL;

  now = NOW;
  desk = try_found (f->path, "chief", NULL, &error);
  g_assert_no_error (error);
  EXPECT_SIGN (desk, "done", "person.register", NULL, "staff_no=002 | name=佐藤 花子");
  enroll (desk, "P2", "sato", "for once");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "for once");
  add_cosigner (desk, "chief", "chief's");
  claim (desk, "sato's");
}

static inline void
office_set_up (Fixture *f, gconstpointer unused)
{
  fixture_set_up (f, unused);
  found_office (f);
}

/* Opened by "sato", who is information manager and operator; one medium is registered, one place for media in use. */
static inline KanDesk *
set_up_media (Fixture *f)
{
  KanDesk *desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "appointment.make", NULL,
               "person=P2 | office=general_affairs_manager | kind=regular | since=2026-09-01");
  kan_desk_free (desk);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "operator.designate", NULL, "person=P2 | since=2026-09-01");
  EXPECT_SIGN (desk, "done", "rule.enter", NULL, "kind=media_kind | title=ＵＳＢ | in_force_from=2026-09-01 | allows=usb");
  EXPECT_SIGN (desk, "done", "place.establish", NULL, "title=保管庫 | room=サーバ室 | level=3");
  EXPECT_SIGN (desk, "done", "media.register", NULL, "media_kind=usb | label=ＵＳＢ１ | serial=SN-1 | model=角");
  return desk;
}
