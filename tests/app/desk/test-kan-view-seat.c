/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose file it is, and what the public header tells of its last opening and verification, locked or not. */
#include "desk-fixture.h"

#include "desk/kan-view.h"

/* 2026-02-12T23:30Z: the next morning in Japan. */
#define MORNING 1770939000

static void
set_status (KanDesk *desk, gint64 opened, const char *who, gint64 verified, gint64 seq, const char *by)
{
  g_autoptr(GError) error = NULL;
  KanStatus status = { 0 };

  expect (kan_vault_get_status (kan_desk_get_vault (desk), &status, &error), error);
  status.opened = opened;
  g_strlcpy (status.who, who, sizeof status.who);
  status.verified = verified;
  status.verified_seq = seq;
  g_strlcpy (status.verified_by, by, sizeof status.verified_by);
  expect (kan_vault_set_status (kan_desk_get_vault (desk), &status, &error), error);
}

/* In Japan's time; who it was only where that is known; nothing where it never happened. */
static void
test_header (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { gint64 opened; const char *who; gint64 verified, seq; const char *by, *told, *checked; }
  table[] = {
    { 0, "", 0, 0, "", NULL, NULL },
    { 0, "sato", 0, 12, "sato", NULL, NULL },
    { MORNING, "sato", 0, 0, "", "Last opened by sato, 2026-02-13 08:30", NULL },
    { MORNING, "", MORNING + 60, 12, "chief", "Last opened 2026-02-13 08:30",
      "Verified up to no. 12 by chief, 2026-02-13 08:31" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

      set_status (desk, table[i].opened, table[i].who, table[i].verified, table[i].seq, table[i].by);
      for (guint locked = 0; locked < 2; locked++)
        {
          g_autofree char *told = kan_desk_dup_opened (desk), *checked = kan_desk_dup_verified (desk);

          g_test_message ("row %d%s", (int) i, locked ? ", locked" : "");
          g_assert_cmpstr (told, ==, table[i].told);
          g_assert_cmpstr (checked, ==, table[i].checked);
          if (!locked)
            {
              kan_desk_free (desk);
              desk = open_locked (f, KAN_VAULT_READ);
            }
        }
    }
}

static void
test_association (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autofree char *name = kan_desk_dup_association (desk), *gone = NULL;

  g_assert_cmpstr (name, ==, "長崎県市町村職員共済組合");
  tamper (desk, "DELETE FROM file");
  gone = kan_desk_dup_association (desk);
  g_assert_cmpstr (gone, ==, "");
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/view-seat/header", Fixture, NULL, office_set_up, test_header, fixture_tear_down);
  g_test_add ("/view-seat/association", Fixture, NULL, office_set_up, test_association, fixture_tear_down);
  return g_test_run ();
}
