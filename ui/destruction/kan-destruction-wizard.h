/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The destruction wizard (消去・廃棄): several media, serial comparison, erasing, destroying, witness, certificate. */
#pragma once
#include "kit/kan-wizard.h"

G_BEGIN_DECLS

#define KAN_TYPE_DESTRUCTION_WIZARD (kan_destruction_wizard_get_type ())
G_DECLARE_FINAL_TYPE (KanDestructionWizard, kan_destruction_wizard, KAN, DESTRUCTION_WIZARD, KanWizard)

/* @medium: "M12" to begin with; NULL: those that are due are offered. */
GtkWidget *kan_destruction_wizard_new (KanSession *session, GtkWindow *parent, const char *medium);

G_END_DECLS
