/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks that several registers share, and the SQL that counts what media hold. */
#pragma once
#include "acts/kan-case.h"

G_BEGIN_DECLS

/* Identity records in open batches, copies on the same medium included; more conditions may follow. */
#define KAN_SQL_OPEN_COUNT "SELECT ifnull(sum(count * (1 + ifnull(copies, 0))), 0) FROM batch WHERE state = 'open'"

/* The media answered. A join, since `IN (SELECT …)` would build a table of its own each time it is asked. */
#define KAN_SQL_MEDIA_ANSWERED " FROM json_each(:media) AS chosen CROSS JOIN medium ON medium.id = chosen.value WHERE 1"
#define KAN_SQL_BATCHES_ANSWERED \
  " FROM json_each(:media) AS chosen CROSS JOIN batch ON batch.medium = chosen.value WHERE batch.state = 'open'"

/* A condition on open batches: what an approval covers that was given before it happened needs no payment to have
 * passed. */
#define KAN_SQL_AND_UNCOVERED \
  " AND NOT EXISTS (SELECT 1 FROM medium m WHERE m.id = batch.medium AND m.early_at <= :when" \
  " AND :when_day <= m.early_until)"

/* A condition on the media answered may follow: their names, NULL where there is none; what their open batches hold. */
#define KAN_SQL_NAMES_OF_MEDIA_ANSWERED \
  "SELECT group_concat('M' || medium.id || ' ' || ifnull(label, ''), ', ')" KAN_SQL_MEDIA_ANSWERED
#define KAN_SQL_COUNT_IN_MEDIA_ANSWERED \
  "SELECT ifnull(sum(batch.count * (1 + ifnull(batch.copies, 0))), 0)" KAN_SQL_BATCHES_ANSWERED

/* What a hand refuses or asks back has happened all the same. */
#define KAN_SQL_UNCONFIRMED "state IN ('witnessing', 'refused', 'asked_back')"

/* A condition on media: recorded as destroyed, and not confirmed yet. */
#define KAN_SQL_DOOMED(medium) \
  "EXISTS (SELECT 1 FROM destruction_media w JOIN destruction d ON d.id = w.owner WHERE w.value = " medium \
  " AND d." KAN_SQL_UNCONFIRMED ")"

/* Two may have one name; one may also be about to be registered twice, the name written with another form of a
 * character or another space. Told with their number and the column that tells them apart. */
#define KAN_TOLD_NAMESAKES(reg, prefix, apart, states, en, ja) \
  { .after = "name", .field = { .id = "namesakes", .label = L (en, ja), .type = KAN_TEXT }, .warns = TRUE, \
    .sql = "SELECT group_concat ('" prefix "' || p.id || ' ' || " apart ", ', ') FROM " reg " p JOIN search s" \
           " ON s.register = '" reg "' AND s.id = p.id WHERE p.id <> :subject AND state IN (" states ")" \
           " AND instr (char (10) || s.key, char (10) || :name_folded || char (10)) > 0" }

/* The names of those that are so among media; @media: a literal, SQL that selects their numbers. One medium among few
 * destructions is looked up at nearly every act: so the media are gone through, and not the destructions. */
#define KAN_SQL_DOOMED_AMONG(media) \
  "WITH asked (id) AS (" media ") SELECT group_concat('M' || medium.id || ' ' || ifnull(label, ''), ', ')" \
  " FROM asked CROSS JOIN medium ON medium.id = asked.id WHERE " KAN_SQL_DOOMED ("medium.id")

const KanMediaKind *kan_find_media_kind (KanCase *c, const char *id);

void kan_check_order           (KanCase *c, const char *first, const char *last);
void kan_check_not_ahead       (KanCase *c, const char *key);
void kan_check_not_past        (KanCase *c, const char *key);
void kan_check_any             (KanCase *c, ...) G_GNUC_NULL_TERMINATED;
void kan_check_changes         (KanCase *c, const char *same, ...) G_GNUC_NULL_TERMINATED;
void kan_check_employed        (KanCase *c, const char *key, gint64 employed);
gboolean kan_check_holds_post  (KanCase *c, gboolean auditors);
void kan_check_no_auditor      (KanCase *c);
void kan_check_media_kind      (KanCase *c, const char *key, const char *media_kind);
char *kan_last_approved_day    (KanCase *c, const char *from);
void kan_check_undamaged       (KanCase *c, const char *key);
void kan_check_handler         (KanCase *c, const char *key);
void kan_check_storage         (KanCase *c, const char *key);
void kan_check_not_doomed      (KanCase *c, const char *key, const char *doomed_among);
gboolean kan_check_is_last_hand (KanCase *c);
void kan_check_due             (KanCase *c, const char *latest_recorded);
void kan_fill_payment_day      (KanCase *c, const char *latest_recorded);
void kan_fill_actor            (KanCase *c, const char *key);

G_END_DECLS
