/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo office of one year, built once for a program of tests and opened by whoever is to look at it. */
#pragma once
#include "desk/kan-demo.h"
#include "desk/kan-view.h"

#include <glib/gstdio.h>
#include <string.h>

#define DAY "2026-11-10T09:00"

static char *demo_path;
static KanDemoOffice *demo_office;
static gint64 demo_now;

static inline void
demo_build (guint acts)
{
  g_autoptr(GError) error = NULL;
  KanDemoOptions options = { .years = 1, .acts = acts };

  g_assert_true (kan_crypto_init (&error));
  kan_stretch_set_light (TRUE);
  g_assert_true (kan_minute_parse (DAY, &demo_now));
  options.now = demo_now;
  demo_path = g_strdup_printf ("%s/kanribo-test-%08x.kanribo", g_get_tmp_dir (), kan_random_below (G_MAXINT32));
  demo_office = kan_demo_build (demo_path, &options, &error);
  g_assert_no_error (error);
}

static inline void
demo_remove (void)
{
  g_clear_pointer (&demo_office, kan_demo_office_free);
  g_unlink (demo_path);
  g_clear_pointer (&demo_path, g_free);
}

/* By the code of an office, or the first operator. */
static inline KanDesk *
demo_open (const char *office)
{
  g_autoptr(GError) error = NULL;
  KanDesk *desk = kan_desk_open (demo_path, KAN_VAULT_WRITE, &error);
  const KanDemoLogin *found = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < demo_office->logins->len && found == NULL; i++)
    {
      const KanDemoLogin *login = g_ptr_array_index (demo_office->logins, i);

      if (office != NULL ? g_strv_contains ((const char *const *) login->offices, office) : login->is_operator)
        found = login;
    }
  g_assert_nonnull (found);
  g_assert_true (kan_desk_unlock (desk, found->login, found->passphrase, demo_now, &error));
  g_assert_no_error (error);
  return desk;
}

static inline KanDb *
demo_db (KanDesk *desk)
{
  return kan_vault_get_db (kan_desk_get_vault (desk));
}

static inline gint64
demo_ask (KanDesk *desk, const char *sql)
{
  g_autoptr(GError) error = NULL;
  gint64 value = 0;

  g_assert_true (kan_db_get_int (demo_db (desk), &value, &error, sql, ""));
  g_assert_no_error (error);
  return value;
}

static inline char *
demo_ask_text (KanDesk *desk, const char *sql)
{
  g_autoptr(GError) error = NULL;
  char *text = kan_db_get_text (demo_db (desk), &error, sql, "");

  g_assert_no_error (error);
  return text;
}
