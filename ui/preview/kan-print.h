/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A paper to the printer. */
#pragma once
#include <gtk/gtk.h>

#include "forms/kan-paper.h"

G_BEGIN_DECLS

/* @owner keeps @paper: when it goes, nothing is drawn any more. */
GtkPrintOperation *kan_print_operation_new (KanPaper *paper, GObject *owner);

G_END_DECLS
