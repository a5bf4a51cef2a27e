/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may stand in a profile, member by member. */
#include "values/kan-profile-private.h"

#define AT(type_, member_) G_STRUCT_OFFSET (type_, member_)
#define IN_PROFILE(member_) G_STRUCT_OFFSET (KanProfile, member_)

static const char *const verbs[] = { "permit", "designate", NULL };
static const char *const moves[] = { "previous_business_day", NULL };
static const char *const units[] = { "piece", "sheet", NULL };
static const char *const sanitization[] = { "clear", "purge", "destroy", NULL };

static const KanShape office[] = {
  { "id", KAN_SHAPE_ID, AT (KanOffice, id) },
  { "title", KAN_SHAPE_LABEL, AT (KanOffice, title) },
  { "roles", KAN_SHAPE_IDS, AT (KanOffice, roles) },
  { "deputies", KAN_SHAPE_IDS, AT (KanOffice, deputies), .may_lack = TRUE },
  { 0 }
};

static const KanShape level[] = {
  { "level", KAN_SHAPE_INT, AT (KanLevel, level), .min = 1, .max = 3 },
  { "label", KAN_SHAPE_LABEL, AT (KanLevel, label) },
  { "permit_role", KAN_SHAPE_ID, AT (KanLevel, permit_role) },
  { "verb", KAN_SHAPE_ONE_OF, AT (KanLevel, verb), .choices = verbs },
  { 0 }
};

static const KanShape act[] = {
  { "title", KAN_SHAPE_LABEL, AT (KanActRule, title), .may_lack = TRUE },
  { "may", KAN_SHAPE_IDS, AT (KanActRule, may), .may_lack = TRUE, .min = 1 },
  { "hands", KAN_SHAPE_IDS, AT (KanActRule, hands), .may_lack = TRUE, .min = 1 },
  { 0 }
};

static const KanShape form[] = {
  { "title", KAN_SHAPE_LABEL, AT (KanFormTitle, title) },
  { 0 }
};

static const KanShape payment[] = {
  { "day", KAN_SHAPE_INT, IN_PROFILE (payment_day), .min = 1, .max = 28 },
  { "months", KAN_SHAPE_INTS, IN_PROFILE (payment_months), .min = 1, .max = 12 },
  { "move", KAN_SHAPE_ONE_OF, IN_PROFILE (payment_move), .choices = moves },
  { 0 }
};

static const KanShape closed_day[] = {
  { "month", KAN_SHAPE_INT, AT (KanClosedDay, month), .min = 1, .max = 12 },
  { "day", KAN_SHAPE_INT, AT (KanClosedDay, day), .min = 1, .max = 31 },
  { "label", KAN_SHAPE_LABEL, AT (KanClosedDay, label) },
  { 0 }
};

static const KanShape working_hours[] = {
  { "from", KAN_SHAPE_CLOCK, IN_PROFILE (work_from) },
  { "until", KAN_SHAPE_CLOCK, IN_PROFILE (work_until) },
  { 0 }
};

static const KanShape media_kind[] = {
  { "id", KAN_SHAPE_ID, AT (KanMediaKind, id) },
  { "label", KAN_SHAPE_LABEL, AT (KanMediaKind, label) },
  { "unit", KAN_SHAPE_ONE_OF, AT (KanMediaKind, unit), .choices = units },
  { "serial", KAN_SHAPE_FLAG, AT (KanMediaKind, serial) },
  { "needs_rule", KAN_SHAPE_FLAG, AT (KanMediaKind, needs_rule) },
  { "reusable", KAN_SHAPE_FLAG, AT (KanMediaKind, reusable) },
  { "erasure", KAN_SHAPE_IDS, AT (KanMediaKind, erasure) },
  { "destruction", KAN_SHAPE_IDS, AT (KanMediaKind, destruction), .min = 1 },
  { 0 }
};

static const KanShape method[] = {
  { "id", KAN_SHAPE_ID, AT (KanMethod, id) },
  { "label", KAN_SHAPE_LABEL, AT (KanMethod, label) },
  { "level", KAN_SHAPE_ONE_OF, AT (KanMethod, level), .choices = sanitization },
  { "standard", KAN_SHAPE_LINE, AT (KanMethod, standard), .may_lack = TRUE },
  { 0 }
};

static const KanShape purpose[] = {
  { "id", KAN_SHAPE_ID, AT (KanPurpose, id) },
  { "label", KAN_SHAPE_LABEL, AT (KanPurpose, label) },
  { "article", KAN_SHAPE_ARTICLE, AT (KanPurpose, article) },
  { 0 }
};

static const KanShape choice[] = {
  { "id", KAN_SHAPE_ID, AT (KanChoice, id) },
  { "label", KAN_SHAPE_LABEL, AT (KanChoice, label) },
  { 0 }
};

static const KanShape vocabulary[] = {
  { "", KAN_SHAPE_LIST, AT (KanVocabulary, choices), .min = 1, .of = choice, .size = sizeof (KanChoice) },
  { 0 }
};

static const KanShape article[] = {
  { "no", KAN_SHAPE_ARTICLE, AT (KanArticle, no) },
  { "title", KAN_SHAPE_LABEL, AT (KanArticle, title) },
  { "summary", KAN_SHAPE_LABEL, AT (KanArticle, summary) },
  { "by_item", KAN_SHAPE_FLAG, AT (KanArticle, by_item), .may_lack = TRUE },
  { 0 }
};

static const KanShape clause[] = {
  { "no", KAN_SHAPE_INT, AT (KanClause, no), .min = 1, .max = 99 },
  { "title", KAN_SHAPE_LABEL, AT (KanClause, title) },
  { "may_not_apply", KAN_SHAPE_FLAG, AT (KanClause, may_not_apply), .may_lack = TRUE },
  { 0 }
};

static const KanShape series[] = {
  { "title", KAN_SHAPE_LABEL, AT (KanSeries, title) },
  { "format", KAN_SHAPE_LABEL, AT (KanSeries, format) },
  { 0 }
};

static const KanShape filing[] = {
  { "category", KAN_SHAPE_LABEL, AT (KanFiling, category) },
  { "years", KAN_SHAPE_INT, AT (KanFiling, years), .min = 1, .max = 100 },
  { 0 }
};

const KanShape kan_profile_numbers_shape[] = {
  { "purge_grace_business_days", KAN_SHAPE_INT, IN_PROFILE (purge_grace_business_days), .min = 0, .max = 30 },
  { "approval_valid_days", KAN_SHAPE_INT, IN_PROFILE (approval_valid_days), .min = 1, .max = 366 },
  { "bulk_count", KAN_SHAPE_INT, IN_PROFILE (bulk_count), .min = 1, .max = 10000000 },
  { "late_return_hours", KAN_SHAPE_INT, IN_PROFILE (late_return_hours), .min = 0, .max = 720 },
  { "media_check_days", KAN_SHAPE_INT, IN_PROFILE (media_check_days), .min = 1, .max = 366 },
  { "stocktake_days", KAN_SHAPE_INT, IN_PROFILE (stocktake_days), .min = 1, .max = 366 },
  { "rule_review_months", KAN_SHAPE_INT, IN_PROFILE (rule_review_months), .min = 1, .max = 120 },
  { "history_years", KAN_SHAPE_INT, IN_PROFILE (history_years), .min = 7, .max = 100 },
  { 0 }
};

const KanShape kan_profile_flags_shape[] = {
  { "off_cycle_counts", KAN_SHAPE_FLAG, IN_PROFILE (off_cycle_counts) },
  { "early_destruction_needs_approval", KAN_SHAPE_FLAG, IN_PROFILE (early_destruction_needs_approval) },
  { "council_in_writing", KAN_SHAPE_FLAG, IN_PROFILE (council_in_writing) },
  { 0 }
};

const KanShape kan_profile_shape[] = {
  { "id", KAN_SHAPE_ID, IN_PROFILE (id) },
  { "title", KAN_SHAPE_LABEL, IN_PROFILE (title) },
  { "association", KAN_SHAPE_LABEL, IN_PROFILE (association) },
  { "address", KAN_SHAPE_LINE, IN_PROFILE (address), .may_lack = TRUE },
  { "telephone", KAN_SHAPE_LINE, IN_PROFILE (telephone), .may_lack = TRUE },
  { "regulation", KAN_SHAPE_LABEL, IN_PROFILE (regulation) },
  { "outside", KAN_SHAPE_LABEL, IN_PROFILE (outside) },
  { "offices", KAN_SHAPE_LIST, IN_PROFILE (offices), .min = 1, .of = office, .size = sizeof (KanOffice) },
  { "levels", KAN_SHAPE_LIST, IN_PROFILE (levels), .min = 1, .of = level, .size = sizeof (KanLevel) },
  { "not_by_deputy", KAN_SHAPE_IDS, IN_PROFILE (not_by_deputy), .may_lack = TRUE },
  { "acts", KAN_SHAPE_MAP, IN_PROFILE (acts), .may_lack = TRUE, .of = act, .size = sizeof (KanActRule) },
  { "forms", KAN_SHAPE_MAP, IN_PROFILE (forms), .may_lack = TRUE, .of = form, .size = sizeof (KanFormTitle) },
  { "payment", KAN_SHAPE_OBJECT, 0, .of = payment },
  { "closed_days", KAN_SHAPE_LIST, IN_PROFILE (closed_days), .may_lack = TRUE,
    .of = closed_day, .size = sizeof (KanClosedDay) },
  { "working_hours", KAN_SHAPE_OBJECT, 0, .of = working_hours },
  { "numbers", KAN_SHAPE_OBJECT, 0, .of = kan_profile_numbers_shape },
  { "flags", KAN_SHAPE_OBJECT, 0, .of = kan_profile_flags_shape },
  { "media_kinds", KAN_SHAPE_LIST, IN_PROFILE (media_kinds), .min = 1,
    .of = media_kind, .size = sizeof (KanMediaKind) },
  { "erasure", KAN_SHAPE_LIST, IN_PROFILE (erasure), .min = 1, .of = method, .size = sizeof (KanMethod) },
  { "destruction", KAN_SHAPE_LIST, IN_PROFILE (destruction), .min = 1, .of = method, .size = sizeof (KanMethod) },
  { "purposes", KAN_SHAPE_LIST, IN_PROFILE (purposes), .min = 1, .of = purpose, .size = sizeof (KanPurpose) },
  { "vocabularies", KAN_SHAPE_MAP, IN_PROFILE (vocabularies), .of = vocabulary, .size = sizeof (KanVocabulary) },
  { "articles", KAN_SHAPE_LIST, IN_PROFILE (articles), .min = 1, .of = article, .size = sizeof (KanArticle) },
  { "clauses", KAN_SHAPE_LIST, IN_PROFILE (clauses), .min = 1, .of = clause, .size = sizeof (KanClause) },
  { "series", KAN_SHAPE_MAP, IN_PROFILE (series), .of = series, .size = sizeof (KanSeries) },
  { "filing", KAN_SHAPE_MAP, IN_PROFILE (filing), .of = filing, .size = sizeof (KanFiling) },
  { 0 }
};
