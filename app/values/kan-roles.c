/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The roles of the regulation, and the auditor who only reads. */
#include "values/kan-roles.h"

static const KanRole roles[] = {
  { "chief",               { "Chief",               "統括責任者" },             "3",   FALSE },
  { "information_manager", { "Information manager", "本人確認情報管理責任者" }, "4",   FALSE },
  { "system_manager",      { "System manager",      "システム管理者" },         "5",   FALSE },
  { "security_manager",    { "Security manager",    "セキュリティ管理者" },     "6",   FALSE },
  { "site_manager",        { "Site manager",        "拠点管理者" },             "7",   TRUE },
  { "operator",            { "Operator",            "システム操作者" },         "4-3", TRUE },
  { "auditor",             { "Auditor",             "監査担当（閲覧のみ）" },   NULL,  FALSE },
};

/**
 * kan_roles:
 * @n: (out): how many
 *
 * Returns: all roles, the highest first
 */
const KanRole *
kan_roles (gsize *n)
{
  *n = G_N_ELEMENTS (roles);
  return roles;
}

/**
 * kan_role_lookup:
 * @id: (nullable): a role's id
 *
 * Returns: (nullable): the role, %NULL where there is none of that id
 */
const KanRole *
kan_role_lookup (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (roles[i].id, id) == 0)
      return &roles[i];
  return NULL;
}
