/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the wizard share: its pages and way through them, and the jobs that it gives to the database
 * thread. */
#pragma once
#include "kit/kan-review-page.h"
#include "kit/kan-sign.h"
#include "kit/kan-wizard.h"

G_BEGIN_DECLS

typedef struct
{
  char          *name, *title;
  GtkWidget     *page;           /* borrowed: as it was given */
  GtkWidget     *step;           /* borrowed: in the list of steps */
  KanWizardLeave leave;
  gpointer       user_data;
} KanWizardPage;

typedef struct
{
  /* Template children */
  AdwWindowTitle *heading;
  GtkMenuButton  *basis;
  GtkLabel       *basis_text;
  GtkBox         *steps;
  GtkRevealer    *banner;
  GtkLabel       *banner_text;
  GtkRevealer    *again;
  GtkStack       *views, *stack;
  AdwStatusPage  *stopped;
  GtkWidget      *leave, *foot, *back, *next;
  GtkSpinner     *busy;

  /* Owned */
  KanSession     *session;
  KanSheet       *sheet;
  KanAnswers     *answers;
  char           *kind, *subject;
  GPtrArray      *pages;         /* KanWizardPage */
  KanReview      *review;
  GCancellable   *life, *reviewing;
  gint64         *draft;         /* atomic rc box: its number in the file, 0: none; only jobs touch it */

  /* Borrowed */
  GtkWindow      *parent;        /* weak: what is told there outlives the wizard */
  KanReviewPage  *review_page;
  KanSign        *sign_page;
  GtkWidget      *check;         /* the page that holds the review, and what stands with it */
  KanForm        *last_form;     /* on it, of acts done in one go; NULL: none */
  GtkSwitch      *goes_on;       /* whether another one is begun afterwards; NULL: it is not asked */
  GtkWidget      *last_page;     /* of kan_wizard_finish_with() */

  guint           current;       /* page */
  guint           review_timer, draft_timer;
  guint           wrong;         /* whose passphrase failed: as kan_sign_refuse() counts */
  gboolean        is_dirty;      /* edited since it was opened */
  gboolean        is_unkept;     /* what was typed last could not be written into the draft */
  gboolean        advances;      /* the review that is under way decides whether the page may be left */
  gboolean        is_signing, is_over;
  gboolean        resumes;       /* a draft that is opened where something is missing, once the review says where */
  gboolean        repeats;       /* begun after one of the kind: what is often the same is taken over */
} KanWizardPrivate;

KanWizardPrivate *kan_wizard_get_private (KanWizard *self);
void kan_wizard_load          (KanWizard *self);      /* ends in kan_wizard_loaded() or kan_wizard_stop() */
void kan_wizard_loaded        (KanWizard *self);
void kan_wizard_stop          (KanWizard *self, const char *title, const char *description);
void kan_wizard_ask_review    (KanWizard *self);
void kan_wizard_review_failed (KanWizard *self, const GError *error);
void kan_wizard_save_draft    (KanWizard *self);
void kan_wizard_keep_draft    (KanWizard *self);      /* and closes, once it is kept */
void kan_wizard_drop_draft    (KanWizard *self);
/* In a job that signed: a draft no more, or kept as one where @outcome says no; @answers NULL: nothing was typed. */
gboolean kan_wizard_settle_draft (KanDesk *desk, gint64 *draft, const KanAnswers *answers, const KanOutcome *outcome,
                                  gint64 now);
void kan_wizard_default_sign  (KanWizard *self, KanSecret *passphrase);
GtkWidget *kan_wizard_wrap    (GtkWidget *page);
void kan_wizard_add_last_pages (KanWizard *self);
GPtrArray *kan_wizard_forms_of (KanWizard *self, guint index);
void kan_wizard_refresh_again  (KanWizard *self);
void kan_wizard_take_last      (KanWizard *self);
void kan_wizard_go_to_answer   (KanWizard *self, const char *key);
void kan_wizard_show_page     (KanWizard *self, guint index);
void kan_wizard_show_banner   (KanWizard *self, GPtrArray *refusals, gboolean all);
void kan_wizard_refresh_foot  (KanWizard *self);
void kan_wizard_next          (KanWizard *self);
void kan_wizard_back          (KanWizard *self);
void kan_wizard_try_sign      (KanWizard *self);
void kan_wizard_end           (KanWizard *self);
void kan_wizard_locking       (KanWizard *self);
void kan_wizard_locked        (KanWizard *self);
gboolean kan_wizard_close_request (KanWizard *self);

G_END_DECLS
