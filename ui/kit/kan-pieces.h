/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small things that several pages show alike: badges of states, lines of a boxed list, buttons of offers. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

/* Rows of a table have no baseline. What makes fonts of two scripts differ in height lies mostly above it, in this
   part: so texts of either stand on one line. */
#define KAN_CELL_YALIGN 0.8f

GtkWidget *kan_badge_new       (const char *label, const char *id);
void       kan_badge_set       (GtkWidget *badge, const char *label, const char *id);
GtkWidget *kan_line_new        (const char *label, const char *value);
GtkWidget *kan_line_new_corrected (const char *label, const char *struck, const char *value);
void       kan_line_add        (GtkWidget *line, GtkWidget *widget);
void       kan_line_add_struck (GtkWidget *line, const char *former);
GtkWidget *kan_boxed_list_new  (const char *title, GtkWidget **list);
GtkWidget *kan_offer_button    (const KanViewOffer *offer, gboolean suggested);
void       kan_describe        (GtkWidget *widget, const char *name, const char *description);
GMenuModel *kan_pieces_print_menu (const char *register_id);
char      *kan_group_digits   (guint n);
void       kan_clear_box       (GtkBox *box);
PangoLayout *kan_small_layout  (GtkWidget *widget, const char *text);
gboolean   kan_holds_focus     (GtkWidget *widget);
void       kan_bring_into_sight (GtkWidget *widget);
gboolean   kan_wait_for_release (GtkWidget *page, void (*refill) (gpointer page));
void       kan_name_eye        (GtkWidget *widget);
void       kan_close_on_escape (GtkWidget *window);
void       kan_leave_by_tab     (GtkWidget *table);
const char *kan_register_prefix (const char *register_id);

G_END_DECLS
