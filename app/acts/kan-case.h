/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a hook may ask and say. It sees the act and the chain before it: no clock, no settings, no calendar
 * (FILE.md, "Authority is judged by chain position"). */
#pragma once
#include "acts/kan-refusal.h"
#include "acts/kan-register.h"
#include "db/kan-db.h"
#include "values/kan-profile.h"

G_BEGIN_DECLS

/* The act under judgement. Times: `at` as the clock was read (UTC), `day` its day in Japan,
   `when` when it happened (Japan, to the minute; equals `at` unless told otherwise), `when_day` its day. */
const char *kan_case_at        (const KanCase *c);
const char *kan_case_day       (const KanCase *c);
const char *kan_case_when      (const KanCase *c);
const char *kan_case_when_day  (const KanCase *c);
gint64      kan_case_actor     (const KanCase *c);
gint64      kan_case_subject   (const KanCase *c);
guint       kan_case_edition   (const KanCase *c);
const KanProfile *kan_case_profile (const KanCase *c);
KanCalendar *kan_case_calendar (const KanCase *c);      /* only in fill; NULL while judging */

/* Answers. A missing one is NULL, 0 or FALSE; refs are answered as "M12", kan_answer_ref gives 12. */
gboolean    kan_answered       (const KanCase *c, const char *key);
const char *kan_answer         (const KanCase *c, const char *key);
gint64      kan_answer_n       (const KanCase *c, const char *key);
gboolean    kan_answer_yes     (const KanCase *c, const char *key);
gint64      kan_answer_ref     (const KanCase *c, const char *key);
const char **kan_answer_list   (const KanCase *c, const char *key);   /* NULL-terminated, borrowed; NULL: none */
guint       kan_answer_rows    (const KanCase *c, const char *key);
const char *kan_answer_in_row  (const KanCase *c, const char *key, guint row, const char *field);

/* fill only: derived answers, to questions that are declared to be filled. */
void        kan_fill_text      (KanCase *c, const char *key, const char *value);
void        kan_fill_n         (KanCase *c, const char *key, gint64 value);
void        kan_fill_refs      (KanCase *c, const char *key, const char *const *subjects);

/* Read-only questions. In their SQL `:subject`, `:record`, `:actor`, `:seq`, `:at`, `:day`, `:when`, `:when_day` stand
   for the act's own (a clock that is behind counts as its latest reading), any other `:name` for the answer of that
   key: refs as integers, lists as JSON arrays of integers for json_each; `:name_alike` for a text as the table `alike`
   has it, `:name_folded` as the table `search` does. */
gint64      kan_ask_int        (KanCase *c, const char *sql);
char       *kan_ask_text       (KanCase *c, const char *sql);         /* free with g_free; NULL: no row or null */
void        kan_ask_rows       (KanCase *c, const char *sql, void (*each) (KanStmt *row, gpointer data),
                                gpointer data);
gboolean    kan_holds          (KanCase *c, gint64 person, const char *role);   /* as holder or acting, on `day` */
gboolean    kan_held           (KanCase *c, gint64 person, const char *role);   /* when it happened, as known then */
gboolean    kan_was_recorded   (KanCase *c, gint64 seq);   /* that act had been signed when this one happened */
gboolean    kan_has_key        (KanCase *c, gint64 person);

/* A no. kan_refuse: the answer makes no sense, whatever the rules say. kan_breach: a rule is not met: a gate is
   refused, a fact is marked with the rule's id. `key` NULL: the act as a whole. */
void        kan_refuse         (KanCase *c, KanRefusalCode code, const char *key, const char *why, ...)
                                G_GNUC_PRINTF (4, 5);
void        kan_breach         (KanCase *c, const char *rule, const char *key, const char *why, ...)
                                G_GNUC_PRINTF (4, 5);

/* Within its sentence, as the language writes it: 1,234; 令和8年9月1日; 令和8年9月. Borrowed from the case. */
const char *kan_say_count      (KanCase *c, gint64 count);
const char *kan_say_day        (KanCase *c, const char *day);
const char *kan_say_month      (KanCase *c, const char *month);

/* effect only: other records. */
void        kan_set            (KanCase *c, const char *sql);
void        kan_adopt_profile  (KanCase *c, const char *json, const char *in_force_from, const char *applies_from);
void        kan_index_made     (KanCase *c, const char *register_id);
void        kan_open_shortfall (KanCase *c, const char *rule, const char *key);

G_END_DECLS
