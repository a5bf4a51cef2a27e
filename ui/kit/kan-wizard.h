/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one wizard: pages of a form, a page that shows exactly what will be signed, and the signature (UX.md). Special
 * wizards give it other pages and what to do at the end. */
#pragma once
#include <adwaita.h>

#include "kit/kan-form.h"

G_BEGIN_DECLS

#define KAN_TYPE_WIZARD (kan_wizard_get_type ())
G_DECLARE_DERIVABLE_TYPE (KanWizard, kan_wizard, KAN, WIZARD, AdwWindow)

/* Called when a page is about to be left forwards; FALSE keeps it (it has said why). */
typedef gboolean (*KanWizardLeave) (KanWizard *self, GtkWidget *page, gpointer user_data);

struct _KanWizardClass
{
  AdwWindowClass parent_class;
  /* The default makes pages from the sheet, asks kan_desk_review() and signs with kan_desk_sign_answers(). The pages
     for review and signature come behind those that `made` appends. */
  void (*made)   (KanWizard *self);                       /* the sheet has come: append pages */
  void (*review) (KanWizard *self);                       /* fill the review page; calls kan_wizard_set_review() */
  /* The review of what a page says has come: may it be left forwards? FALSE keeps it (it has said why). NULL: yes. */
  gboolean (*passes) (KanWizard *self, GtkWidget *page);
  /* ends in kan_wizard_done() or kan_wizard_failed() */
  void (*sign)   (KanWizard *self, KanSecret *passphrase /* full, nullable */);
};

/* Properties, for construction of subclasses: "session", "kind", "subject" (nullable), "draft" (0: none).
 * The wizard of any kind, from its declaration. Shown by the window's action "win.act". */
GtkWidget  *kan_wizard_new           (KanSession *session, GtkWindow *parent, const char *kind, const char *subject);
GtkWidget  *kan_wizard_new_again     (KanSession *session, GtkWindow *parent, const char *kind);
GtkWidget  *kan_wizard_new_for_draft (KanSession *session, GtkWindow *parent, gint64 draft);
/* Signal "signed" (subject, waiting): an act was admitted. Closing asks and keeps a draft. */

/* For special wizards. */
KanSession *kan_wizard_get_session   (KanWizard *self);
KanSheet   *kan_wizard_get_sheet     (KanWizard *self);
KanAnswers *kan_wizard_get_answers   (KanWizard *self);
/* The forms that a page is or holds are checked by the review when it is left, after @leave. What holds forms of its
   own calls kan_wizard_edited() after their "edited". */
void        kan_wizard_add_page      (KanWizard *self, const char *name, const char *title, GtkWidget *page,
                                      KanWizardLeave leave, gpointer user_data);
void        kan_wizard_add_form_pages (KanWizard *self);
void        kan_wizard_edited        (KanWizard *self);      /* answers changed: review again, keep the draft */
void        kan_wizard_go_to         (KanWizard *self, const char *name);     /* "review" and "sign" are the last two */
const KanReview *kan_wizard_get_review (KanWizard *self);    /* NULL until the first has come */
void        kan_wizard_set_review    (KanWizard *self, KanReview *review /* full */);
void        kan_wizard_done          (KanWizard *self, KanOutcome *outcome /* full */);
void        kan_wizard_failed        (KanWizard *self, GError *error /* full */);
void        kan_wizard_finish_with   (KanWizard *self, GtkWidget *page);      /* a last page, e.g. "print it now" */

G_END_DECLS
