/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Variant forms (異体字) of the characters that names are written with. */
#pragma once
#include <glib.h>

G_BEGIN_DECLS

gunichar kan_variant_fold (gunichar c);

G_END_DECLS
