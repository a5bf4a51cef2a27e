/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two files of the register page share: its struct, and the questions that chips and saved filters word. */
#pragma once
#include "kit/kan-record-page.h"
#include "kit/kan-register-page.h"
#include "kit/kan-slots.h"
#include "kit/kan-split.h"
#include "kit/kan-wrap.h"

G_BEGIN_DECLS

struct _KanRegisterPage
{
  AdwBin              parent_instance;

  /* Owned */
  KanSession         *session;
  GCancellable       *life;         /* cancelled when the page goes */
  KanRegisterView    *view;         /* NULL until it has come */
  KanSlots           *slots;
  KanQuery           *query;        /* what the page shows, or has asked for */
  char               *filter_words; /* what query->column and value mean, for people */

  /* Template children */
  KanSplit           *split;
  KanRecordPage      *record;
  GtkSearchEntry     *search;
  GtkMenuButton      *saved;
  GtkPopover         *saved_popover;
  GtkListBox         *saved_list;
  GtkWidget          *no_saved;
  GtkEntry           *saved_name;
  GtkMenuButton      *print;
  GtkWidget          *states_toggle;
  KanWrap            *chips, *state_chips, *offers;
  GtkWidget          *trouble;
  GtkLabel           *trouble_label;
  GtkStack           *stack;
  GtkSpinner         *spinner;
  GtkColumnView      *table;
  AdwStatusPage      *empty;
  GtkWidget          *show_all;
  GtkLabel           *count, *reasons;

  GtkWidget          *all_chip, *filter_chip;    /* of the chips; NULL until the declaration has come */
  GtkSingleSelection *selection;    /* owned by the table */
  gboolean            settling;     /* chips or selection are being set, not chosen */
  guint               scrolling;    /* idle source: to the selected row */
  gboolean            can_begin;    /* at least one of the offers is possible */
  gboolean            stale;        /* something changed while the page was not shown */
};

void kan_register_page_ask          (KanRegisterPage *self);
void kan_register_page_load_view    (KanRegisterPage *self);
void kan_register_page_show_chips   (KanRegisterPage *self);
void kan_register_page_choose       (KanRegisterPage *self, const char *list, const char *state, const char *search);
void kan_register_page_clear_filter (KanRegisterPage *self);
gboolean kan_register_page_is_filtered (KanRegisterPage *self);
void kan_register_page_show_count   (KanRegisterPage *self);
void kan_register_page_show_empty   (KanRegisterPage *self);
void kan_register_page_load_offers  (KanRegisterPage *self);
void kan_register_page_clear_offers (KanRegisterPage *self);
void kan_register_page_list_saved   (KanRegisterPage *self);
void kan_register_page_saved_activated_cb (KanRegisterPage *self, GtkListBoxRow *row);
void kan_register_page_save_filter_cb (KanRegisterPage *self);

G_END_DECLS
