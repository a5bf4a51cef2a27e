/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a profile says, in words of the screen: in short, and what differs between two. */
#pragma once
#include "acts/kan-book.h"
#include "values/kan-profile.h"

G_BEGIN_DECLS

typedef struct { char *label, *text; } KanProfileLine;

/* Where two profiles differ. `before` or `after` NULL: it is not there. */
typedef struct { char *path, *where, *before, *after; } KanProfileChange;

/* Every problem as "path: what"; empty where it says what it must, and knows no id that the program does not. */
GPtrArray *kan_profile_problems  (const char *json, gssize len);
GPtrArray *kan_profile_word_problems (const char *json, gssize len);                     /* KanProfileLine */
const char *kan_profile_word_member (const char *name);
GPtrArray *kan_profile_summarize (const KanProfile *profile);                            /* KanProfileLine */
char      *kan_profile_dup_words (const char *json);
GPtrArray *kan_profile_compare   (const KanProfile *before, const KanProfile *after);    /* KanProfileChange */
GPtrArray *kan_profile_list_changes (KanBook *book, const char *json, gint64 seq);       /* KanProfileChange */
char      *kan_profile_dup_changes  (KanBook *book, const char *json, gint64 seq);

G_END_DECLS
