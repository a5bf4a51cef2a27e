/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as people type it: what is refused in it, and the key under which it is searched. */
#pragma once
#include <glib.h>

G_BEGIN_DECLS

gboolean kan_text_is_clean        (const char *s, const char **why);
gboolean kan_text_lines_are_clean (const char *s, const char **why);
gboolean kan_text_bytes_are_clean (const char *s, gsize len, gboolean lines, const char **why);
gsize    kan_text_append_visible  (GString *out, const char *s, gsize len);
char    *kan_text_dup_visible     (const char *s);
gboolean kan_text_is_blank        (const char *s, gsize len);
char    *kan_text_strip           (const char *s, gboolean both);
char    *kan_text_search_key      (const char *s);
char   **kan_text_split           (const char *s);
char   **kan_text_search_words    (const char *s);
gboolean kan_text_has_words       (const char *s, char **words);
char    *kan_text_alike_key       (const char *s);
char    *kan_text_look_key        (const char *s);
gboolean kan_text_is_slip         (const char *typed, const char *meant);

G_END_DECLS
