/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After founding: where it goes on. What the office still lacks stands on Today until it is there. */
#include "founding/kan-founding-private.h"

#include <glib/gi18n.h>

/**
 * kan_founding_end_new:
 *
 * Returns: (transfer floating): the last page
 */
GtkWidget *
kan_founding_end_new (void)
{
  return g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "emblem-ok-symbolic", "title", _("The File Is Founded"),
                       "description", _("People, offices, keys, places and rules come next. Today lists in which "
                                        "order, until all of it is there."), NULL);
}
