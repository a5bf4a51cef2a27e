/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts a record's page is put together from; each borrows what it shows. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

GtkWidget *kan_record_altered (const KanRecordView *view);      /* these five: NULL where there is nothing to show */
GtkWidget *kan_record_waiting (const KanRecordView *view);
GtkWidget *kan_record_offers  (const KanRecordView *view);
GtkWidget *kan_record_hands   (const GPtrArray *hands);
GtkWidget *kan_record_fields  (const KanRecordView *view);
GtkWidget *kan_record_group   (const KanRecordView *view, const KanViewGroup *group);
GMenuModel *kan_record_forms  (const KanRecordView *view);

G_END_DECLS
