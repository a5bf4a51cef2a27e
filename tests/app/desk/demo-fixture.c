/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo office of one year, built once for a program of tests. */
#include "app/desk/demo-fixture.h"

char *demo_path;
KanDemoOffice *demo_office;
gint64 demo_now;

/**
 * demo_build:
 * @acts: at least so many acts; 0: as many as the year brings
 */
void
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

/**
 * demo_remove:
 *
 * Removes the file that demo_build() made.
 */
void
demo_remove (void)
{
  g_clear_pointer (&demo_office, kan_demo_office_free);
  g_unlink (demo_path);
  g_clear_pointer (&demo_path, g_free);
}

/**
 * demo_login:
 * @office: (nullable): the code of an office; %NULL: the first operator
 *
 * Returns: (transfer none): who holds it
 */
const KanDemoLogin *
demo_login (const char *office)
{
  for (guint i = 0; i < demo_office->logins->len; i++)
    {
      const KanDemoLogin *login = g_ptr_array_index (demo_office->logins, i);

      if (office != NULL ? g_strv_contains ((const char *const *) login->offices, office) : login->is_operator)
        return login;
    }
  g_assert_not_reached ();
}

/**
 * demo_open:
 * @office: (nullable): as demo_login()
 *
 * Returns: (transfer full): the file, unlocked by them
 */
KanDesk *
demo_open (const char *office)
{
  g_autoptr(GError) error = NULL;
  KanDesk *desk = kan_desk_open (demo_path, KAN_VAULT_WRITE, &error);
  const KanDemoLogin *login = demo_login (office);

  g_assert_no_error (error);
  g_assert_true (kan_desk_unlock (desk, login->login, login->passphrase, demo_now, &error));
  g_assert_no_error (error);
  return desk;
}

/**
 * demo_db:
 * @desk: an unlocked desk
 *
 * Returns: (transfer none): its database
 */
KanDb *
demo_db (KanDesk *desk)
{
  return kan_vault_get_db (kan_desk_get_vault (desk));
}

/**
 * demo_ask:
 * @desk: an unlocked desk
 * @sql: a question with one number for an answer
 *
 * Returns: that number
 */
gint64
demo_ask (KanDesk *desk, const char *sql)
{
  g_autoptr(GError) error = NULL;
  gint64 value = 0;

  g_assert_true (kan_db_get_int (demo_db (desk), &value, &error, sql, ""));
  g_assert_no_error (error);
  return value;
}

/**
 * demo_ask_text:
 * @desk: an unlocked desk
 * @sql: a question with one text for an answer
 *
 * Returns: (transfer full): that text
 */
char *
demo_ask_text (KanDesk *desk, const char *sql)
{
  g_autoptr(GError) error = NULL;
  char *text = kan_db_get_text (demo_db (desk), &error, sql, "");

  g_assert_no_error (error);
  return text;
}
