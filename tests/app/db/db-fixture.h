/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder that goes with its test, and databases in it. */
#pragma once
#include "crypto/kan-crypto.h"
#include "db/kan-db.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

typedef struct
{
  char      *folder, *path;
  KanSecret *key;
  guint8     salt[KAN_SALT_SIZE];
} Fixture;

static inline void
fixture_set_up (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("kanribo test ％ #? XXXXXX", &error);
  g_assert_no_error (error);
  f->path = g_build_filename (f->folder, "a.db", NULL);
  f->key = kan_secret_new_random (KAN_KEY_SIZE);
  kan_random (f->salt, sizeof f->salt);
}

static inline void
fixture_tear_down (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  kan_secret_free (f->key);
  g_free (f->path);
  g_free (f->folder);
}

static inline KanDb *
fixture_open (Fixture *f, gint64 offset, KanDbFlags flags)
{
  g_autoptr (GError) error = NULL;
  KanDb *db = kan_db_open (f->path, offset, f->key, f->salt, flags, &error);

  g_assert_no_error (error);
  return db;
}

static inline void
exec (KanDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gboolean done = kan_db_exec (db, sql, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

static inline gint64
ask (KanDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;
  gboolean done = kan_db_get_int (db, &value, &error, sql, "");

  g_assert_no_error (error);
  g_assert_true (done);
  return value;
}

static inline char *
ask_text (KanDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  char *text = kan_db_get_text (db, &error, sql, "");

  g_assert_no_error (error);
  return text;
}

/* Changes one byte of a file. */
static inline void
flip (const char *path, gint64 at)
{
  int fd = open (path, O_RDWR | O_CLOEXEC);
  guint8 byte = 0;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pread (fd, &byte, 1, at), ==, 1);
  byte ^= 1;
  g_assert_cmpint (pwrite (fd, &byte, 1, at), ==, 1);
  close (fd);
}

#define add_test(path_, func_) \
  g_test_add (path_, Fixture, NULL, fixture_set_up, func_, fixture_tear_down)
