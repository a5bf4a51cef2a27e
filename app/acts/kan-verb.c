/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What acts are called: by the profile's word, and a decision by the word of the article that it is made under
 * (ARTICLES.md, "Verbs per article"). */
#include "acts/kan-book-private.h"

#include <string.h>

/* The longest article that fits comes first; what none of them says is approved. */
static const KanVerb verbs[] = {
  { "4-3", L ("Designate", "指名する"), L ("Do not designate", "指名しない") },
  { "5-4", L ("Designate", "指名する"), L ("Do not designate", "指名しない") },
  { "6-3", L ("Receive the report", "報告を受ける"), L ("Do not receive the report", "報告を受けない") },
  { "11-3", L ("Consent", "承諾する"), L ("Do not consent", "承諾しない") },
  { "11-5", L ("Confirm", "確認する"), L ("Do not confirm", "確認しない") },
  { "11-6", L ("Confirm", "確認する"), L ("Do not confirm", "確認しない") },
  { "12", L ("Permit", "許可する"), L ("Do not permit", "許可しない") },
  { "13", L ("Permit", "許可する"), L ("Do not permit", "許可しない") },
  { "20", L ("Receive the report", "報告を受ける"), L ("Do not receive the report", "報告を受けない") },
  { NULL, L ("Approve", "承認する"), L ("Do not approve", "承認しない") },
};
static const KanVerb countersign = { NULL, L ("Countersign", "連署する"), L ("Do not countersign", "連署しない") };
static const KanVerb sign = { NULL, L ("Sign", "署名する"), L ("Do not sign", "署名しない") };

static gboolean
decides (const char *capacity)
{
  return kan_role_lookup (capacity) != NULL || g_str_has_suffix (capacity, "_instead");
}

static gboolean
is_under (const char *article, const char *of)
{
  gsize length = strlen (of);

  return strncmp (article, of, length) == 0 && (article[length] == '\0' || article[length] == '-');
}

/**
 * kan_verb_of:
 * @article: (nullable): of the act that is decided
 * @capacity: in which capacity
 *
 * Returns: (transfer none): the words for it: a role decides by its article's, a second person countersigns, a witness
 *   or receiver signs
 */
const KanVerb *
kan_verb_of (const char *article, const char *capacity)
{
  const KanVerb *verb = verbs;

  if (strcmp (capacity, "second") == 0)
    return &countersign;
  if (!decides (capacity))
    return &sign;
  while (verb->article != NULL && (article == NULL || !is_under (article, verb->article)))
    verb++;
  return verb;
}

/**
 * kan_kind_title:
 * @self: a book
 * @kind: a kind
 *
 * Returns: (transfer none): what its button says, the profile's words before the declaration's
 */
const KanLabel *
kan_kind_title (KanBook *self, const KanKind *kind)
{
  const KanProfile *profile = kan_book_get_profile (self);
  const KanLabel *own = profile != NULL ? kan_profile_act_title (profile, kind->id) : NULL;

  return own != NULL ? own : &kind->title;
}

/**
 * kan_hand_title:
 * @self: a book
 * @hand: a kind by which hands are given, refused, asked back
 * @decided: (nullable): the kind that is decided by it
 * @capacities: (nullable): in which capacities, "|" between; the first one's word is taken
 *
 * Returns: (transfer none): the word of the article (承諾する, 承認しない …); what it is called otherwise where it decides
 *   nothing
 */
const KanLabel *
kan_hand_title (KanBook *self, const KanKind *hand, const KanKind *decided, const char *capacities)
{
  g_autofree char *first = g_strndup (capacities != NULL ? capacities : "",
                                      capacities != NULL ? strcspn (capacities, "|") : 0);
  const KanRegister *reg = NULL;
  const KanVerb *verb;

  if (decided == NULL || *first == '\0')
    return kan_kind_title (self, hand);
  kan_book_find_kind (self, decided->id, &reg);
  verb = kan_verb_of (decided->article != NULL ? decided->article : reg->article, first);
  return strcmp (hand->id, "hand.give") == 0 ? &verb->give
         : strcmp (hand->id, "hand.refuse") == 0 ? &verb->refuse : kan_kind_title (self, hand);
}

/**
 * kan_book_act_title:
 * @self: a book
 * @act: an act of the chain
 *
 * Returns: (transfer none) (nullable): what it is called, a decision by the word of its article; %NULL where the
 *   program knows no such kind
 */
const KanLabel *
kan_book_act_title (KanBook *self, const KanAct *act)
{
  const KanRegister *reg = NULL;
  const KanKind *kind = act->kind != NULL ? kan_book_find_kind (self, act->kind, &reg) : NULL;
  g_autoptr(KanBody) body = reg == &kan_hand_register ? kan_body_decode (act->body, act->body_size, NULL) : NULL;
  const char *as = body != NULL ? kan_body_get_text (body, "as") : NULL;
  g_autoptr(KanAct) asked = as != NULL ? kan_ledger_get (self->chain, kan_body_get_int (body, "act"), NULL) : NULL;

  if (kind == NULL)
    return NULL;
  return asked == NULL || asked->kind == NULL ? kan_kind_title (self, kind)
         : kan_hand_title (self, kind, kan_book_find_kind (self, asked->kind, NULL), as);
}
