/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profile: what differs from one association's regulation to the next, read from JSON and checked as a whole. */
#pragma once
#include "kan-types.h"
#include "values/kan-calendar.h"

G_BEGIN_DECLS

/* Everything returned belongs to the profile. Lists of ids end with NULL; other lists come with their length. */

typedef struct { const char *id; KanLabel label; } KanChoice;

typedef struct
{
  const char         *id;
  KanLabel            title;
  const char *const  *roles;
  const char *const  *deputies;      /* offices, the first to be asked first */
} KanOffice;

/* A security level of Article 13 and who lets people in. */
typedef struct
{
  gint64      level;                 /* 1 to 3 */
  KanLabel    label;
  const char *permit_role;
  const char *verb;                  /* "permit" or "designate" */
} KanLevel;

typedef struct
{
  const char         *id;
  KanLabel            label;
  const char         *unit;          /* "piece" or "sheet" */
  gboolean            serial;        /* has a number of its maker */
  gboolean            needs_rule;    /* only where a rule says so */
  gboolean            reusable;      /* may be used again once erased */
  const char *const  *erasure;       /* methods fit for it; none: erased by destruction only */
  const char *const  *destruction;
} KanMediaKind;

typedef struct
{
  const char *id;
  KanLabel    label;
  const char *level;                 /* NIST 800-88: "clear", "purge" or "destroy" */
  const char *standard;              /* "DIN 66399 P-4" and the like; NULL: none */
} KanMethod;

typedef struct { const char *id; KanLabel label; const char *article; } KanPurpose;

typedef struct
{
  const char *no;                    /* "11", or "11-3" */
  KanLabel    title;
  KanLabel    summary;
  gboolean    by_item;               /* what follows the hyphen counts items (号), not paragraphs (項) */
} KanArticle;

typedef struct { gint64 no; KanLabel title; gboolean may_not_apply; } KanClause;

typedef struct { const char *id; KanLabel title; KanLabel format; } KanSeries;

/* How a register is filed: the cover of a 管理簿. */
typedef struct { const char *id; KanLabel category; gint64 years; } KanFiling;

KanProfile         *kan_profile_new_from_json    (const char *json, gssize len, GError **error);
KanProfile         *kan_profile_ref              (KanProfile *self);
void                kan_profile_unref            (KanProfile *self);
GPtrArray          *kan_profile_check            (const char *json, gssize len);
GPtrArray          *kan_profile_check_ids        (const KanProfile *self, const char *const *acts,
                                                  const char *const *registers, const char *const *forms);
const char         *kan_profile_json             (const KanProfile *self);

const char         *kan_profile_id               (const KanProfile *self);
const KanLabel     *kan_profile_title            (const KanProfile *self);
const KanLabel     *kan_profile_association      (const KanProfile *self);
const char         *kan_profile_address          (const KanProfile *self);      /* NULL: not told */
const char         *kan_profile_telephone        (const KanProfile *self);      /* NULL: not told */
const KanLabel     *kan_profile_regulation       (const KanProfile *self);
const KanLabel     *kan_profile_outside          (const KanProfile *self);

const KanOffice    *kan_profile_offices          (const KanProfile *self, gsize *n);
const KanOffice    *kan_profile_office           (const KanProfile *self, const char *id);
gboolean            kan_profile_office_carries   (const KanProfile *self, const char *office, const char *role);
const KanOffice    *kan_profile_office_of_role   (const KanProfile *self, const char *role);
gboolean            kan_profile_not_by_deputy    (const KanProfile *self, const char *act);
const KanLevel     *kan_profile_level            (const KanProfile *self, gint64 level);

/* NULL where the profile leaves the declaration in C as it is. */
const char *const  *kan_profile_act_may          (const KanProfile *self, const char *act);
const char *const  *kan_profile_act_hands        (const KanProfile *self, const char *act);
const KanLabel     *kan_profile_act_title        (const KanProfile *self, const char *act);
const KanLabel     *kan_profile_form_title       (const KanProfile *self, const char *form);

/* Vocabularies for fields that choose: "media_kind", "erasure", "destruction", "purpose", "office", "role"
 * and those under the profile's "vocabularies": "absence", "packing", "transport", and more where a profile has them.
 * Choices that rules depend on are not the profile's: registers declare them. NULL for an unknown vocabulary. */
const KanChoice    *kan_profile_choices          (const KanProfile *self, const char *vocabulary, gsize *n);
const KanLabel     *kan_profile_choice_label     (const KanProfile *self, const char *vocabulary, const char *id);
const KanMediaKind *kan_profile_media_kind       (const KanProfile *self, const char *id);
const KanMethod    *kan_profile_erasure          (const KanProfile *self, const char *id);
const KanMethod    *kan_profile_destruction      (const KanProfile *self, const char *id);
const KanPurpose   *kan_profile_purpose          (const KanProfile *self, const char *id);
gboolean            kan_profile_erasure_fits     (const KanProfile *self, const char *media_kind, const char *method);
gboolean            kan_profile_destruction_fits (const KanProfile *self, const char *media_kind, const char *method);

const KanArticle   *kan_profile_articles         (const KanProfile *self, gsize *n);
const KanArticle   *kan_profile_article          (const KanProfile *self, const char *no);
char               *kan_profile_cite             (const KanProfile *self, const char *no, gboolean japanese);
const KanClause    *kan_profile_clauses          (const KanProfile *self, gsize *n);
const KanSeries    *kan_profile_series           (const KanProfile *self, const char *id);
char               *kan_profile_format_number    (const KanProfile *self, const char *series, int fiscal_year, gint64 n,
                                                  gboolean japanese);
const KanFiling    *kan_profile_filing           (const KanProfile *self, const char *reg);

/* "purge_grace_business_days", "approval_valid_days", "bulk_count", "late_return_hours", "media_check_days",
 * "stocktake_days", "rule_review_months", "history_years" · "off_cycle_counts",
 * "early_destruction_needs_approval", "council_in_writing". */
gint64              kan_profile_number           (const KanProfile *self, const char *id);
gboolean            kan_profile_flag             (const KanProfile *self, const char *id);
void                kan_profile_working_hours    (const KanProfile *self, int *first_minute, int *last_minute);
const int          *kan_profile_payment_rule     (const KanProfile *self, int *day, gsize *n);
KanCalendar        *kan_profile_new_calendar     (const KanProfile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanProfile, kan_profile_unref)

G_END_DECLS
