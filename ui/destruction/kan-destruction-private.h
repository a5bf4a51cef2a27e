/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the destruction wizard share. */
#pragma once
#include "destruction/kan-destruction-wizard.h"
#include "kit/kan-note-row.h"
#include "kit/kan-note.h"

G_BEGIN_DECLS

/* What belongs to the erasures lies among the wizard's answers under their keys with this before them, so that one
   draft keeps everything. */
#define KAN_ERASE_PREFIX "erase:"
#define KAN_ERASE_HOW "erase:how"      /* "now" or "instead" */

/* A medium whose number is read off; everything is borrowed. */
typedef struct
{
  KanDestructionWizard *wizard;
  const KanViewDoomed  *doomed;
  AdwEntryRow          *entry;
  GtkWidget            *agrees;
  KanNoteRow           *note;
  gboolean              is_told;      /* that it does not agree */
} KanNumberRow;

struct _KanDestructionWizard
{
  KanWizard            parent_instance;

  /* Borrowed from the builder */
  GtkWidget           *media_page, *numbers_page, *erasure_page, *destruction_page, *add_media;
  AdwPreferencesGroup *media_group, *numbers_group, *erasure_group, *how_group;
  KanNote             *media_note, *how_note;
  GtkCheckButton      *erase_now, *instead;

  /* Owned */
  GtkBuilder          *builder;
  GPtrArray           *doomed;        /* KanViewDoomed; NULL until they have come */
  GPtrArray           *methods, *erasures;      /* KanViewChoice: all that there are, as declared */
  GPtrArray           *media_rows, *erasure_rows;   /* GtkWidget, borrowed */
  GPtrArray           *number_rows;   /* KanNumberRow */
  GCancellable        *life, *reviewing;
  KanRecordView       *record;        /* what was signed */

  /* Borrowed */
  GtkWidget           *numbers_form, *erasure_form, *destruction_form;
  KanNumberRow        *entered;       /* Enter was pressed there, and it is not compared yet; NULL: nowhere */
  guint                first_erasure; /* its first question in the sheet */
  gboolean             is_filling, has_erasure;
};

/* kan-destruction-wizard.c */
GPtrArray *kan_destruction_list_chosen (KanDestructionWizard *self);      /* KanViewDoomed, borrowed */
void       kan_destruction_load        (KanDestructionWizard *self);

/* kan-destruction-pages.c */
void       kan_destruction_fill_media  (KanDestructionWizard *self);
void       kan_destruction_fill_rest   (KanDestructionWizard *self);
void       kan_destruction_how_changed (KanDestructionWizard *self);
char      *kan_destruction_title       (const KanViewDoomed *doomed);
gboolean   kan_destruction_leave_media (KanWizard *wizard, GtkWidget *page, gpointer user_data);
gboolean   kan_destruction_leave_erasure (KanWizard *wizard, GtkWidget *page, gpointer user_data);
GtkWidget *kan_destruction_last_page   (KanDestructionWizard *self, gboolean waiting);

/* kan-destruction-numbers.c */
void       kan_destruction_clear_numbers (KanDestructionWizard *self);
void       kan_destruction_fill_numbers (KanDestructionWizard *self, GPtrArray *chosen);
void       kan_destruction_show_review (KanDestructionWizard *self);
gboolean   kan_destruction_leave_numbers (KanWizard *wizard, GtkWidget *page, gpointer user_data);
gboolean   kan_destruction_passes      (KanWizard *wizard, GtkWidget *page);

/* kan-destruction-jobs.c */
void       kan_destruction_review      (KanWizard *wizard);
void       kan_destruction_sign        (KanWizard *wizard, KanSecret *passphrase);

G_END_DECLS
