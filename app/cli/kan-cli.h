/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line (DESIGN.md, "Command line"): a contract that tests and other people's scripts rely on. */
#pragma once
#include "kan-types.h"

G_BEGIN_DECLS

gboolean kan_cli_wants_window (int argc, char **argv);
int      kan_cli_main         (int argc, char **argv);

G_END_DECLS
