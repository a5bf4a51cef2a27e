/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of founding share: the way through its pages, and what stands on them. */
#pragma once
#include "founding/kan-founding.h"
#include "kit/kan-note-row.h"

G_BEGIN_DECLS

typedef enum
{
  KAN_FOUNDING_PLACE, KAN_FOUNDING_OFFICE, KAN_FOUNDING_CHIEF, KAN_FOUNDING_SECRET, KAN_FOUNDING_REVIEW,
  KAN_FOUNDING_N_PAGES
} KanFoundingPage;

typedef enum
{
  KAN_FOUNDING_PATH, KAN_FOUNDING_ASSOCIATION, KAN_FOUNDING_STAFF_NO, KAN_FOUNDING_NAME, KAN_FOUNDING_KANA,
  KAN_FOUNDING_LOGIN, KAN_FOUNDING_PASSPHRASE, KAN_FOUNDING_AGAIN, KAN_FOUNDING_N_ROWS
} KanFoundingRow;

enum { KAN_FOUNDING_SHIPPED = 3 };

struct _KanFoundingWindow
{
  AdwWindow        parent_instance;

  /* Template children */
  AdwWindowTitle  *heading;
  GtkBox          *steps;
  GtkRevealer     *banner;
  GtkLabel        *banner_text, *doing;
  GtkStack        *stack;
  GtkWidget       *cancel, *back, *next;
  GtkSpinner      *busy;

  /* Owned */
  KanSession      *session;
  GCancellable    *life;
  KanProfile      *profile;                          /* NULL: none that may be founded under was chosen */
  char            *path;                             /* as it was tried, with its ending */

  /* Borrowed */
  GtkWidget       *step[KAN_FOUNDING_N_PAGES];
  GtkEditable     *row[KAN_FOUNDING_N_ROWS];
  KanNoteRow      *note[KAN_FOUNDING_N_ROWS];
  GtkWidget       *choice[KAN_FOUNDING_SHIPPED + 1]; /* check buttons; the last one is a file of one's own */
  AdwActionRow    *own;
  KanNoteRow      *profile_note;
  GtkBox          *summary, *review;
  GtkWidget       *strength;

  KanFoundingPage  current;
  gboolean         association_typed;                /* else it follows the profile */
  gboolean         is_setting, is_trying, is_founding, is_done;
};

/* kan-founding-pages.c */
void        kan_founding_add_pages   (KanFoundingWindow *self);
void        kan_founding_enter_page  (KanFoundingWindow *self, KanFoundingPage page);
const char *kan_founding_get         (KanFoundingWindow *self, KanFoundingRow row);
void        kan_founding_say         (KanFoundingWindow *self, KanFoundingRow row, const char *words);
const char *kan_founding_page_title  (KanFoundingPage page);
KanFoundingPage kan_founding_page_of (KanFoundingRow row);

/* kan-founding-profile.c: which regulation */
GtkWidget  *kan_founding_office_page_new (KanFoundingWindow *self);
void        kan_founding_read_profile (KanFoundingWindow *self, const char *path);

/* kan-founding-end.c: the last page, what comes first */
GtkWidget  *kan_founding_end_new (void);

/* kan-founding.c */
void        kan_founding_next        (KanFoundingWindow *self);

G_END_DECLS
