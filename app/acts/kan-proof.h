/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a book keeps from one proof to the next, and what verification found of it meanwhile. */
#pragma once
#include "acts/kan-links.h"
#include "acts/kan-retrace.h"
#include "acts/kan-verify.h"

G_BEGIN_DECLS

struct _KanProof
{
  KanRetrace *retrace;
  KanLinks   *links;
  GHashTable *keys;         /* "3 5f2a…": keys that proven entries give that person, and those being proven */
  GHashTable *altered;      /* records of which verification found something */
  gboolean    judges;       /* by what everything is judged is what its entries say */
  gboolean    verified;     /* everything was verified, and nobody else wrote since */
  gboolean    clean;        /* and nothing was found but what two persons know of */
};

gboolean kan_proof_is_asked (KanBook *book);
gboolean kan_proof_watch  (KanBook *book, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void     kan_proof_take   (KanBook *book, const KanVerdict *verdict);
/* Faults for which nobody relies on what could not be proven by itself. */
gboolean kan_fault_counts (const KanFault *fault);

G_END_DECLS
