/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the makers of forms share: one record on its way to paper, and strings that live until the paper is laid out. */
#pragma once
#include "acts/kan-timeline.h"
#include "forms/kan-form-private.h"
#include "forms/kan-forms.h"

G_BEGIN_DECLS

typedef struct
{
  KanBook    *book;
  const char *subject, *anchor;
  guint       n_used;             /* stickers of the first sheet that are no longer there */
  char      **subjects;           /* of a paper of several records: all of them; NULL: one or none */
  KanRecord  *record;
  GPtrArray  *steps, *hands;      /* KanStep, KanGivenHand */
  GPtrArray  *pool;               /* of char * */
  GHashTable *relied;             /* subjects that hold, each asked about once; NULL: nothing is proven on this paper */
  GError     *failed;             /* the first that does not */
} KanMaker;

gboolean    kan_maker_init        (KanMaker *self, KanBook *book, const char *subject, const char *anchor,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
void        kan_maker_clear       (KanMaker *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KanMaker, kan_maker_clear)

void        kan_maker_rely        (KanMaker *self, const char *subject);
const char *kan_maker_keep        (KanMaker *self, char *text);
const char *kan_maker_value       (KanMaker *self, KanRecord *record, const char *column);
const char *kan_maker_counted     (KanMaker *self, gint64 n, const char *unit);
const char *kan_maker_day         (KanMaker *self, const char *day);
const char *kan_maker_moment      (KanMaker *self, const char *utc);
const char *kan_maker_day_of      (KanMaker *self, const char *utc);
void        kan_maker_head        (KanMaker *self, const char *form, const char *number, const char *day,
                                   KanFormHead *head);
void        kan_maker_person      (KanMaker *self, const char *subject, const char *day, KanFormPerson *person);
const char *kan_maker_who         (KanMaker *self, const char *subject, const char *day);
void        kan_maker_medium      (KanMaker *self, const char *subject, const char *counting, KanFormMedium *medium);
KanFormMedium *kan_maker_media    (KanMaker *self, const char *counting, guint *n);
const KanStep *kan_maker_find_step (KanMaker *self, const char *kind);
const KanStep *kan_maker_get_step (KanMaker *self, gint64 seq);
const KanGivenHand *kan_maker_hand (KanMaker *self, gint64 act, const char *capacity);
void        kan_maker_seal        (KanMaker *self, const KanGivenHand *hand, KanFormSeal *seal);
void        kan_maker_own_seal    (KanMaker *self, const KanStep *step, KanFormSeal *seal);
const char *kan_maker_answer      (KanMaker *self, gint64 seq, const char *key);
const char *kan_maker_capacities  (KanMaker *self, gint64 act);
const char *kan_maker_deviations  (KanMaker *self);

KanPaper   *kan_maker_certificate (KanMaker *self, GError **error);
KanPaper   *kan_maker_application (KanMaker *self, GError **error);
KanPaper   *kan_maker_slip        (KanMaker *self, GError **error);
KanPaper   *kan_maker_custody     (KanMaker *self, GError **error);
KanPaper   *kan_maker_labels      (KanMaker *self, GError **error);
KanPaper   *kan_maker_blank_register (const KanRegistry *registry, const KanRegister *reg);

G_END_DECLS
