/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The approval wizard: each request in full, then consent, refusal or asking back; several in a row. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_APPROVAL_WIZARD (kan_approval_wizard_get_type ())
G_DECLARE_FINAL_TYPE (KanApprovalWizard, kan_approval_wizard, KAN, APPROVAL_WIZARD, AdwWindow)

/* @subjects: (char *) what waits for this person, in order; copied. */
GtkWidget *kan_approval_wizard_new (KanSession *session, GtkWindow *parent, GPtrArray *subjects);

G_END_DECLS
