/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a page asks for something that lies beyond it: by the window's actions, so that no page includes another. */
#pragma once

#define KAN_ACTION_RECORD "win.record"     /* s: subject "M12": opens it on its register's page */
#define KAN_ACTION_ENTRY  "win.entry"      /* x: number of an entry of the chain: who signed what, in a window */
#define KAN_ACTION_PLACE  "win.place"      /* s: "today", "approvals", "ledger", "settings", or a register's id */
#define KAN_ACTION_LIST   "win.list"       /* (ss): register and list */
#define KAN_ACTION_FILTER "win.filter"     /* (ssss): register, column, value, and what that means in words */
#define KAN_ACTION_ACT    "win.act"        /* (ss): kind and subject ("" makes a record): its wizard */
#define KAN_ACTION_DRAFT  "win.draft"      /* x: goes on with a draft */
#define KAN_ACTION_PRINT  "win.print"      /* (ss): form and record: preview, printer, PDF */
#define KAN_ACTION_TOAST  "win.toast"      /* s: a sentence */
#define KAN_ACTION_DISCARDED "win.discarded"   /* s: answers as JSON, thrown away: told, with a way back */
#define KAN_ACTION_RESTORE "win.restore"   /* s: answers as JSON: kept as a draft again, which is gone on with */
