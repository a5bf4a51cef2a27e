/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the views share: words for days, persons, capacities, articles, marks, and drafts made of answers. */
#pragma once
#include "acts/kan-timeline.h"
#include "desk/kan-desk-private.h"
#include "desk/kan-view.h"

G_BEGIN_DECLS

/* kan-view-words.c: all in the language of the screen */
gboolean       kan_view_in_japanese (const KanField *field);
char          *kan_view_month      (int year, int month);
char          *kan_view_day        (const char *day);
char          *kan_view_utc        (const char *utc);
char          *kan_view_minute     (const char *minute);
char          *kan_view_offices    (KanBook *book, gint64 person, const char *day, GError **error);
char          *kan_view_person     (KanBook *book, gint64 person, const char *day, GError **error);
char          *kan_view_capacities (KanBook *book, const char *kind, GPtrArray *capacities);
char          *kan_view_name       (KanBook *book, const char *subject);
char          *kan_view_references (KanBook *book, const char **subjects);
const char    *kan_view_title      (KanBook *book, const KanKind *kind);
const char    *kan_view_act_title  (KanBook *book, const KanAct *act);
char          *kan_view_act_words  (KanBook *book, const KanAct *act);
char          *kan_view_basis      (KanBook *book, const char *article);
char          *kan_view_marks      (KanBook *book, const KanAct *act);
char          *kan_view_key        (const char *fingerprint);
char          *kan_view_today      (KanDesk *desk);
char          *kan_view_answer     (KanBook *book, const KanField *field, const KanBody *body, const char *key);
GPtrArray     *kan_view_lines      (KanBook *book, const KanRegister *reg, const KanKind *kind, const KanBody *body,
                                    gint64 seq);

KanReviewLine *kan_review_line_new (const char *key, const char *page, const char *label, char *shown, gboolean filled);
void           kan_review_line_free (KanReviewLine *self);
KanViewChoice *kan_view_choice_new (const char *value, const char *label);
void           kan_view_choice_free (KanViewChoice *self);
void           kan_view_hand_free  (KanViewHand *self);
void           kan_view_offer_free (KanViewOffer *self);
gboolean       kan_view_suggest    (KanDesk *self, const char *subject, GPtrArray *offers, gint64 now, GError **error);

/* kan-view-acts.c */
gboolean       kan_view_choose_acts (KanBook *book, KanSheet *sheet, GError **error);
gboolean       kan_view_choose_decisions (KanDesk *desk, KanSheet *sheet, GError **error);
char          *kan_view_upon_act   (KanBook *book, const KanKind *kind, const KanBody *body, const char *key);

/* kan-view-company.c: of acts done in one go */
const KanCompany *kan_view_company (KanDesk *desk, const KanKind *kind);
char          *kan_view_company_key (const KanCompany *one, const char *key);
gboolean       kan_view_joins      (KanDesk *desk, const KanAnswers *answers);
KanAnswers    *kan_view_asked      (KanDesk *desk, const KanAnswers *answers, char ***unasked, GError **error);
KanReview     *kan_view_review_joined (KanDesk *desk, const KanAnswers *answers, gint64 now, GError **error);
KanOutcome    *kan_view_sign_joined (KanDesk *desk, const KanAnswers *answers, gint64 now, GError **error);

/* kan-due.c */
char          *kan_view_about_words (KanBook *book, const char *subject);

/* kan-view-doomed.c */
char          *kan_view_waiting_destruction (KanBook *book, const char *medium);

/* kan-view-lacking.c: an appointment `a` that is over, in SQL; an office that is vacant since is told among what is
   due, and not as one that lacks its first holder */
#define KAN_WAS_HELD "a.state IN ('in_force', 'ended') AND a.until < (SELECT day FROM temp.today)"
GPtrArray     *kan_view_lacking      (KanDesk *self, gint64 now);

/* kan-view-last.c */
KanBody       *kan_view_last_body  (KanDesk *desk, const KanKind *kind);
char          *kan_view_last_answer (const KanBody *body, const KanAsk *ask, const GPtrArray *choices);

/* kan-view-offers.c */
gboolean       kan_view_only_reads (KanDesk *self);
KanViewOffer  *kan_view_offer_new  (const KanKind *kind, const KanRegister *reg, const char *title,
                                    const char *subject);
char          *kan_view_misfit     (KanDesk *self, const char *kind, const char *subject, gint64 now, gboolean *is_mark,
                                    GError **error);
GPtrArray     *kan_view_offers     (KanDesk *self, const char *subject, const char *state, gint64 now, GError **error);

/* kan-view-groups.c */
char          *kan_view_document   (const char *text);
void           kan_view_add_changes (KanBook *book, const char *key, const char *page, const char *text, gint64 seq,
                                     GPtrArray *lines);
char          *kan_view_number     (KanRecord *record);
char          *kan_view_value      (KanBook *book, KanRecord *record, const KanField *field);
KanStmt       *kan_view_ask_present (KanBook *book, const KanRegister *reg, gint64 id);
int            kan_view_find_column (KanStmt *stmt, const char *name);
GPtrArray     *kan_view_groups     (KanBook *book, const char *subject, const KanRegister *target, GError **error);

/* kan-view-record.c */
GPtrArray     *kan_view_hands      (KanBook *book, const char *subject, gint64 act, GError **error);

/* kan-view-step.c */
char          *kan_view_japan_day  (const char *utc);
const KanCorrection *kan_view_last_correction (GPtrArray *corrections, gint64 seq, const char *key);
GPtrArray     *kan_view_steps      (KanBook *book, const char *subject, const KanRegister *reg, GPtrArray *corrections,
                                    GError **error);
void           kan_view_step_free  (KanViewStep *self);

/* kan-view-sheet.c */
const KanAsk  *kan_view_about      (KanBook *book, const char *kind, const char *subject);
gboolean       kan_view_is_asked   (KanBook *book, const KanAsk *ask);
KanQuestion   *kan_view_question   (KanBook *book, const char *key, const KanField *field);

/* kan-view-sign.c */
KanDraft      *kan_view_draft      (KanDesk *desk, const KanAnswers *answers, GError **error);
KanReview     *kan_view_review_one (KanDesk *desk, const KanAnswers *answers, gint64 now, GError **error);

G_END_DECLS
