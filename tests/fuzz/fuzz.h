/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fuzz targets share: a fixed number of rounds from a fixed seed as a plain test, and going on from a random one
 * where KAN_FUZZ_SECONDS says for how long. */
#pragma once
#include <glib.h>

/* One round; whether what it made was accepted. */
typedef gboolean (*FuzzRound) (GRand *rand);

int fuzz_run (int argc, char **argv, const char *name, FuzzRound one_round);
