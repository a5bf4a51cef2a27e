/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The roles: which there are, in what order, and which of them come with an office. */
#include "values/kan-roles.h"

static void
test_all (void)
{
  /* ids are signed and stand in profiles: none is renamed */
  static const struct { const char *id, *article; gboolean designated; } expected[] = {
    { "chief", "3", FALSE }, { "information_manager", "4", FALSE }, { "system_manager", "5", FALSE },
    { "security_manager", "6", FALSE }, { "site_manager", "7", TRUE }, { "operator", "4-3", TRUE },
    { "auditor", NULL, FALSE },
  };
  gsize n = 0;
  const KanRole *roles = kan_roles (&n);

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpstr (roles[i].id, ==, expected[i].id);
      g_assert_cmpstr (roles[i].article, ==, expected[i].article);
      g_assert_cmpint (roles[i].designated, ==, expected[i].designated);
      g_assert_nonnull (roles[i].label.en);
      g_assert_nonnull (roles[i].label.ja);
      g_assert_true (kan_role_lookup (expected[i].id) == &roles[i]);
    }
}

static void
test_none (void)
{
  static const char *const ids[] = { "", "Chief", "chief ", "chie", "chiefs", "staff", "self", "president", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_null (kan_role_lookup (ids[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roles/all", test_all);
  g_test_add_func ("/roles/none", test_none);
  return g_test_run ();
}
