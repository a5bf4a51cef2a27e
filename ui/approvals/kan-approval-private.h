/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The approval wizard's own: its state, and the ways between its pages. */
#pragma once
#include "approvals/kan-approval-parts.h"
#include "approvals/kan-approval-wizard.h"
#include "kit/kan-form.h"
#include "kit/kan-sign.h"

G_BEGIN_DECLS

struct _KanApprovalWizard
{
  AdwWindow     parent_instance;

  KanSession   *session;        /* owned */
  GCancellable *life;           /* owned */
  GPtrArray    *subjects;       /* owned: (char *) */
  guint         at, n_shown, n_signed;
  KanApprovalRequest *request;        /* owned: the one shown; NULL: none yet */
  KanSheet     *sheet;          /* owned: of the decision */
  KanAnswers   *answers;        /* owned: of the decision */
  KanAnswers   *begun;          /* owned: what was kept of it as a draft; NULL: nothing */
  KanForm      *form;           /* borrowed widget */
  KanSign      *sign;           /* borrowed widget */
  GtkBox       *trouble;        /* borrowed widget: what no field shows */
  GPtrArray    *refusals;       /* owned: KanRefusal as shown; NULL: none */
  gboolean      is_dirty;       /* something was typed that is neither signed nor kept */
  GPtrArray    *decisions;      /* owned: KanApprovalDecision, where several requests wait for one passphrase */
  gpointer      changing;       /* borrowed: which of them is decided anew; NULL: none */
  gboolean      is_told;        /* what became of them is shown */

  /* template children */
  AdwWindowTitle *title;
  GtkStack     *stack;
  GtkScrolledWindow *request_scroller;
  GtkBox       *request_box, *decide_box;
  GtkLabel     *basis_label;
  GtkWidget    *basis_button, *back_button, *skip_button, *give_button, *refuse_button, *ask_back_button, *sign_button;
  GtkWidget    *request_foot;     /* unseen until there is a request to decide on */
  GtkWidget    *finish_button, *batch_button;
  GtkBox       *batch_box, *batch_sign_box;
  GtkSpinner   *spinner, *batch_spinner;
};

/* kan-approval-wizard.c */
void     kan_approval_let_go   (KanApprovalWizard *self);
void     kan_approval_hold     (KanApprovalWizard *self, gboolean held);     /* what is shown is passing */
gboolean kan_approval_is_batch (KanApprovalWizard *self);
gboolean kan_approval_is_busy  (KanApprovalWizard *self);
void     kan_approval_show_request (KanApprovalWizard *self);
void     kan_approval_next     (KanApprovalWizard *self);
void     kan_approval_take     (KanApprovalWizard *self, gpointer decision);    /* (transfer full) */

/* kan-approval-close.c */
void     kan_approval_put_off  (KanApprovalWizard *self);
void     kan_approval_locking  (KanApprovalWizard *self);
gboolean kan_approval_asks_to_stay (KanApprovalWizard *self);

/* kan-approval-decide.c */
void     kan_approval_decide   (KanApprovalWizard *self, const char *kind);
void     kan_approval_sign     (KanApprovalWizard *self);

G_END_DECLS
