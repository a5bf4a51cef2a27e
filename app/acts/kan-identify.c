/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who identifies whoever brings a key of their own (FILE.md, "Birth of a key"). Whoever issued it knows the one-time
 * passphrase, and could claim it in a name that nobody bears: somebody else has to look the person in the face. */
#include "acts/kan-book-private.h"

#include "values/kan-roles.h"

#include <string.h>

/* The first of these that somebody is found in decides; the others do not. */
typedef enum
{
  AN_OFFICER,           /* in charge, and no part of the issue */
  A_COSIGNER,           /* in charge; signed for the issue with another */
  A_COLLEAGUE,          /* whoever else holds a key: where one alone is in charge, and issued it */
  THE_ISSUER,           /* in charge, and nobody else holds a key */
  NOBODY
} Identifier;

typedef struct { gint64 act, actor; } Issue;

/* The act that issued the key; 0 where none did. */
static Issue
issue_of (KanCase *p)
{
  Issue issue = { kan_ask_int (p, p->book->registry->issued_sql), 0 };
  g_autoptr(KanAct) act = issue.act > 0 && p->error == NULL ? kan_ledger_get (p->book->chain, issue.act, &p->error)
                          : NULL;

  issue.actor = act != NULL ? act->actor : 0;
  return issue;
}

static gboolean
signed_for (KanCase *p, gint64 act, gint64 person)
{
  gint64 n = 0;

  return p->error == NULL && kan_db_get_int (p->book->db, &n, &p->error, "SELECT count(*) FROM hand WHERE act = ?"
                                             " AND person = ? AND verdict = 'given'", "ii", act, person) && n > 0;
}

static Identifier
identifier_as (KanCase *p, const Issue *issue, gint64 person)
{
  gboolean in_charge = kan_may (p, person, KAN_MANAGERS);

  if (person == p->actor || !kan_may (p, person, "staff"))
    return NOBODY;
  if (person == issue->actor)
    return in_charge ? THE_ISSUER : NOBODY;
  if (!in_charge)
    return A_COLLEAGUE;
  return signed_for (p, issue->act, person) ? A_COSIGNER : AN_OFFICER;
}

static Identifier
first_found (KanCase *p, const Issue *issue)
{
  g_autoptr(KanStmt) stmt = p->error == NULL ? kan_db_prepare (p->book->db, "SELECT person FROM key"
                                                               " WHERE state = 'valid'", &p->error) : NULL;
  Identifier first = NOBODY;

  while (stmt != NULL && kan_stmt_step (stmt, &p->error))
    first = MIN (first, identifier_as (p, issue, kan_stmt_int (stmt, 0)));
  return first;
}

/**
 * kan_may_identify:
 * @pending: a claim that waits, its day the day of the question
 * @person: who would sign that they know the claimant
 *
 * An officer who had no part in issuing the key; where there is none, the one who signed for its issue; where one alone
 * is in charge, a colleague; and whoever issued it only while nobody else holds a key.
 *
 * Returns: whether it is theirs to do
 */
gboolean
kan_may_identify (KanCase *pending, gint64 person)
{
  Issue issue = { 0, 0 };
  Identifier as;

  if (pending->book->registry->issued_sql == NULL)
    return person != pending->actor && kan_may (pending, person, KAN_MANAGERS);
  issue = issue_of (pending);
  as = identifier_as (pending, &issue, person);
  return as != NOBODY && as == first_found (pending, &issue);
}

/**
 * kan_is_barred_from_identifying:
 * @pending: an act that waits
 * @person: who would sign
 *
 * Returns: whether they are in charge, and may not because they had a part in issuing the key
 */
gboolean
kan_is_barred_from_identifying (KanCase *pending, gint64 person)
{
  Issue issue = { 0, 0 };
  Identifier as;

  if ((pending->kind->flags & KAN_CLAIMS) == 0 || pending->book->registry->issued_sql == NULL)
    return FALSE;
  issue = issue_of (pending);
  as = identifier_as (pending, &issue, person);
  return (as == A_COSIGNER || as == THE_ISSUER) && as != first_found (pending, &issue);
}
