/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last page before an act is admitted: who signs, with what, and who else signs at this terminal. Passphrases leave
 * it as secrets and are wiped from their entries. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_SIGN (kan_sign_get_type ())
G_DECLARE_FINAL_TYPE (KanSign, kan_sign, KAN, SIGN, GtkBox)

/* A second person at this terminal. */
typedef struct { char *login; KanSecret *passphrase; } KanCosigner;

void       kan_cosigner_free         (KanCosigner *self);
void       kan_sign_list_logins      (KanSession *session, GtkStringList *list);      /* is appended to later */

/* @sheet is borrowed; NULL: only the passphrase of who unlocked, e.g. for several acts reviewed together. */
GtkWidget *kan_sign_new              (KanSession *session, const KanSheet *sheet);
void       kan_sign_set_review       (KanSign *self, const KanReview *review, const KanAnswers *answers);
gboolean   kan_sign_wants_anything   (KanSign *self);      /* FALSE: a light act that nobody else signs */
/* Says beside its entry what is missing. */
gboolean   kan_sign_check            (KanSign *self);
KanSecret *kan_sign_take_passphrase  (KanSign *self);      /* full; NULL: none is wanted */
GPtrArray *kan_sign_take_cosigners   (KanSign *self);      /* full: KanCosigner; empty: nobody else signs now */
/* @which: 0 who unlocked, 1 the first cosigner … */
void       kan_sign_refuse           (KanSign *self, guint which, const char *why);
void       kan_sign_wipe             (KanSign *self);

/* In a job: signs with cosigners. Where a passphrase was wrong, @which says whose. */
KanOutcome *kan_sign_in_desk         (KanDesk *desk, const KanAnswers *answers, const KanSecret *passphrase,
                                      const GPtrArray *cosigners, gint64 now, guint *which, GError **error);

G_END_DECLS
