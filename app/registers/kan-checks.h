/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks that several registers share, and the SQL that counts what media hold. */
#pragma once
#include "acts/kan-case.h"

G_BEGIN_DECLS

/* Identity records in open batches, copies on the same medium included; more conditions may follow. */
#define KAN_SQL_OPEN_COUNT "SELECT ifnull(sum(count * (1 + ifnull(copies, 0))), 0) FROM batch WHERE state = 'open'"

/* The media answered, and a condition on them that follows: their names, NULL where there is none. */
#define KAN_SQL_MEDIA_ANSWERED "(SELECT value FROM json_each(:media))"
#define KAN_SQL_NAMES_OF_MEDIA_ANSWERED \
  "SELECT group_concat('M' || id || ' ' || ifnull(label, ''), ', ') FROM medium WHERE id IN " KAN_SQL_MEDIA_ANSWERED

const KanMediaKind *kan_find_media_kind (KanCase *c, const char *id);

void kan_check_order           (KanCase *c, const char *first, const char *last);
void kan_check_not_ahead       (KanCase *c, const char *key);
void kan_check_not_past        (KanCase *c, const char *key);
void kan_check_any             (KanCase *c, ...) G_GNUC_NULL_TERMINATED;
void kan_check_employed        (KanCase *c, const char *key, gint64 employed);
void kan_check_media_kind      (KanCase *c, const char *key, const char *media_kind, gint64 rules);
void kan_check_undamaged       (KanCase *c, const char *key);
void kan_check_handler         (KanCase *c, const char *key);
void kan_check_storage         (KanCase *c, const char *key);
void kan_check_due             (KanCase *c, const char *latest_recorded);
void kan_fill_payment_day      (KanCase *c, const char *latest_recorded);
void kan_fill_actor            (KanCase *c, const char *key);
void kan_fill_days_later       (KanCase *c, const char *key, const char *day, gint64 n);

G_END_DECLS
