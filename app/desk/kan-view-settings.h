/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the office has set in its file, for the screen. */
#pragma once
#include "desk/kan-desk.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean reminds;              /* is the reminder block switched on */
  char    *reminds_as_of;        /* its day as people read it; NULL: switched off */
  guint    n_reminders;
  gboolean may_write, may_manage;
  char    *profile, *since;      /* the profile in force: its title, its day of force as people read it */
  char    *coming;               /* adopted, not yet in force: a sentence; NULL: none */
  char    *profile_json;
  char    *today;                /* "2026-02-13" */
} KanSettingsView;

KanSettingsView *kan_desk_view_settings (KanDesk *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void             kan_settings_view_free (KanSettingsView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanSettingsView, kan_settings_view_free)

G_END_DECLS
