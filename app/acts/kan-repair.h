/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Putting a file right that was tampered with: rows made anew, a tail that nobody signed set aside; and whether what
 * was set aside still stands as it was signed for. */
#pragma once
#include "acts/kan-book-private.h"
#include "acts/kan-verify.h"

G_BEGIN_DECLS

extern const KanRegister kan_repair_register;

/* What is wrong with what act `seq` set aside, or with rows that no act set aside (0): `found` the same in every
 * language, `what` (transfer full) in words. */
typedef void (*KanRepairFunc) (gint64 seq, const char *subject, const char *found, char *what, gpointer data);

gboolean kan_book_head_holds (KanBook *self, gboolean *holds, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* kan-rebuild.c: within a transaction of the caller's */
gboolean kan_book_remake     (KanBook *self, KanScratch *scratch, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* While such an act is admitted, in its transaction. */
gboolean kan_repair_prepare  (KanBook *self, const KanKind *kind, KanFinding *finding,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* While verifying: before the act is replayed, and after the last. */
gboolean kan_repair_examine  (KanBook *replayed, const KanAct *act, KanRepairFunc tell, gpointer data,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_repair_compare  (KanBook *replayed, KanRepairFunc tell, gpointer data,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
