/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations under one profile, as `acts` tells them to people and to scripts. */
#pragma once
#include "cli/kan-cli-private.h"

G_BEGIN_DECLS

typedef struct { KanCli *cli; KanProfile *profile; const KanRegistry *registry; } KanCatalogue;

/* kan-cli-acts.c */
const KanRegister *kan_catalogue_find_register (const KanCatalogue *self, const char *id);
char              *kan_catalogue_who_may       (const KanCatalogue *self, const KanKind *kind);
GArray            *kan_catalogue_choices       (const KanCatalogue *self, const char *vocabulary);

/* kan-cli-acts-json.c */
void kan_catalogue_print_json      (const KanCatalogue *self);
void kan_catalogue_print_kind_json (const KanCatalogue *self, const KanRegister *reg, const KanKind *kind);

G_END_DECLS
