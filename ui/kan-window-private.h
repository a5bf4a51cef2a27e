/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's inside, shared by its files. */
#pragma once
#include "kan-lock-watch.h"
#include "kan-notifier.h"
#include "kan-sidebar.h"
#include "kan-window.h"
#include "kit/kan-register-page.h"
#include "unlock/kan-unlock-page.h"

G_BEGIN_DECLS

struct _KanWindow
{
  AdwApplicationWindow parent_instance;

  KanSession     *session;      /* owned */
  KanLockWatch   *watch;        /* owned */
  KanNotifier    *notifier;     /* owned */
  GPtrArray      *visited;      /* owned: places (char *), the present one last */
  AdwToast       *toast;        /* weak: the one that is shown */
  GtkWidget      *faults;       /* weak: the banner that tells of them */
  GListModel     *told;         /* owned: what lies over the window, toasts among them */
  gboolean        noticed;      /* what unlocking noticed has been told */

  /* template children */
  AdwToastOverlay *toasts;
  GtkStack       *stage, *pages;
  KanUnlockPage  *unlock_page;
  KanSidebar     *sidebar;
  AdwWindowTitle *side_title, *title;
  GtkLabel       *who, *verified;
  GtkWidget      *back;
  GtkBox         *banners;
};

/* kan-window.c */
GtkWidget *kan_window_get_page       (KanWindow *self, const char *place);
void       kan_window_go_back        (KanWindow *self);
GtkWidget *kan_window_add_banner     (KanWindow *self, const char *text, const char *label, const char *action);
void       kan_window_show_notice    (KanWindow *self, const char *notice);

/* kan-window-actions.c */
void       kan_window_install_actions (GtkWidgetClass *widget_class);
void       kan_window_update_actions  (KanWindow *self);

G_END_DECLS
