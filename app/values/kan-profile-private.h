/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profile as it is read, for the files that read, check and ask it. */
#pragma once
#include "values/kan-profile.h"
#include "values/kan-shape.h"

G_BEGIN_DECLS

/* What the profile says otherwise than the declaration in C. */
typedef struct
{
  const char         *id;
  KanLabel            title;      /* both NULL: as declared */
  const char *const  *may;
  const char *const  *hands;
} KanActRule;

typedef struct { const char *id; KanLabel title; } KanFormTitle;
typedef struct { const char *id; KanItems choices; } KanVocabulary;
typedef struct { gint64 month, day; KanLabel label; } KanClosedDay;

struct _KanProfile
{
  gatomicrefcount     refs;
  char               *json;
  KanShapeReader     *reader;            /* owns everything below */
  const char         *id;
  KanLabel            title, association, regulation, outside;
  const char         *address, *telephone;   /* NULL: not told */
  KanItems            offices;           /* KanOffice */
  KanItems            levels;            /* KanLevel */
  const char *const  *not_by_deputy;
  KanItems            acts;              /* KanActRule */
  KanItems            forms;             /* KanFormTitle */
  gint64              payment_day;
  KanItems            payment_months;    /* int */
  const char         *payment_move;
  KanItems            closed_days;       /* KanClosedDay */
  gint64              work_from, work_until;
  gint64              purge_grace_business_days, approval_valid_days, bulk_count, late_return_hours;
  gint64              media_check_days, stocktake_days, rule_review_months, history_years;
  gboolean            off_cycle_counts, early_destruction_needs_approval, council_in_writing;
  KanItems            media_kinds;       /* KanMediaKind */
  KanItems            erasure;           /* KanMethod */
  KanItems            destruction;       /* KanMethod */
  KanItems            purposes;          /* KanPurpose */
  KanItems            vocabularies;      /* KanVocabulary: the profile's own */
  KanItems            derived;           /* KanVocabulary: made from the lists above and the roles */
  KanItems            articles;          /* KanArticle */
  KanItems            clauses;           /* KanClause */
  KanItems            series;            /* KanSeries */
  KanItems            filing;            /* KanFiling */
};

/* The @i-th struct of a list. */
#define KAN_ITEM(items_, type_, i_) (&((const type_ *) (items_).items)[i_])

extern const KanShape kan_profile_shape[];
extern const KanShape kan_profile_numbers_shape[];
extern const KanShape kan_profile_flags_shape[];

gconstpointer kan_profile_find        (const KanItems *items, gsize size, const char *id);
void          kan_profile_cross_check (KanShapeReader *reader, const KanProfile *self);

G_END_DECLS
