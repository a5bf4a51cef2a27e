/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a record is what its own signed entries say: asked before anybody decides on it or puts it right, and before
 * a paper with the anchor shows it. What was altered only while somebody looked, verification never sees. */
#pragma once
#include "acts/kan-book.h"

G_BEGIN_DECLS

/* FALSE with KAN_ERROR_DAMAGED, in words for people, where it is not; with another error where the world failed. */
gboolean kan_record_holds (KanBook *book, const char *subject, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether whoever decides can be judged: by keys, offices, appointments, rules and profiles as signed. */
gboolean kan_judging_holds (KanBook *book, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether somebody may decide on it: all this of the record, and of those that it names: media, persons, the
 * counterpart. */
gboolean kan_record_bears  (KanBook *book, const char *subject, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether somebody may apply for what these answers say. */
gboolean kan_answers_bear  (KanBook *book, const KanBody *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* For whoever shows them: `altered` in words what does not hold; NULL: nothing. FALSE where the world failed. */
gboolean kan_record_examine (KanBook *book, const char *subject, char **altered,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same for a screen that cannot wait: of the record alone, as far as its own entries prove it. */
gboolean kan_record_glance (KanBook *book, const char *subject, char **altered,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether lists and look-ups find what the tables hold; the error as kan_record_holds(). */
gboolean kan_book_check_shown (KanBook *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Damage in words instead of an error. */
gboolean kan_take_altered   (GError **found, char **altered, GError **error);
/* Whether everything was verified through this book and nobody else wrote since. */
gboolean kan_book_get_verified (KanBook *self, gboolean *clean);
GHashTable *kan_book_list_altered (KanBook *self, GError **error);
/* Nobody but this process has written to the file, ever: nothing is asked. For files of examples. */
void     kan_book_trust   (KanBook *self);

G_END_DECLS
