/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words a profile brings: vocabularies, kinds of media and methods, articles, clauses, numbering, filing. */
#include "values/kan-profile-private.h"

#include "values/kan-wareki.h"

#include <string.h>

static const KanVocabulary *
vocabulary (const KanProfile *self, const char *id)
{
  const KanVocabulary *found = kan_profile_find (&self->derived, sizeof (KanVocabulary), id);

  return found != NULL ? found : kan_profile_find (&self->vocabularies, sizeof (KanVocabulary), id);
}

static void
replace (GString *text, const char *what, const char *with)
{
  char *at = strstr (text->str, what);
  gssize position;

  if (at == NULL)
    return;
  position = at - text->str;
  g_string_erase (text, position, (gssize) strlen (what));
  g_string_insert (text, position, with);
}

/**
 * kan_profile_choices:
 * @self: a profile
 * @vocabulary_id: a vocabulary's id
 * @n: (out): how many
 *
 * Returns: (nullable): what may be chosen; %NULL for a vocabulary that there is not
 */
const KanChoice *
kan_profile_choices (const KanProfile *self, const char *vocabulary_id, gsize *n)
{
  const KanVocabulary *found = vocabulary (self, vocabulary_id);

  *n = found != NULL ? found->choices.n : 0;
  return found != NULL ? found->choices.items : NULL;
}

/**
 * kan_profile_choice_label:
 * @self: a profile
 * @vocabulary_id: a vocabulary's id
 * @id: (nullable): a choice's id
 *
 * Returns: (nullable): what it is called; %NULL where there is no such choice
 */
const KanLabel *
kan_profile_choice_label (const KanProfile *self, const char *vocabulary_id, const char *id)
{
  const KanVocabulary *found = vocabulary (self, vocabulary_id);
  const KanChoice *choice = found != NULL ? kan_profile_find (&found->choices, sizeof (KanChoice), id) : NULL;

  return choice != NULL ? &choice->label : NULL;
}

/**
 * kan_profile_media_kind:
 * @self: a profile
 * @id: (nullable): a kind's id
 *
 * Returns: (nullable): the kind of media
 */
const KanMediaKind *
kan_profile_media_kind (const KanProfile *self, const char *id)
{
  return kan_profile_find (&self->media_kinds, sizeof (KanMediaKind), id);
}

/**
 * kan_profile_erasure:
 * @self: a profile
 * @id: (nullable): a method's id
 *
 * Returns: (nullable): the method of erasing
 */
const KanMethod *
kan_profile_erasure (const KanProfile *self, const char *id)
{
  return kan_profile_find (&self->erasure, sizeof (KanMethod), id);
}

/**
 * kan_profile_destruction:
 * @self: a profile
 * @id: (nullable): a method's id
 *
 * Returns: (nullable): the method of destroying
 */
const KanMethod *
kan_profile_destruction (const KanProfile *self, const char *id)
{
  return kan_profile_find (&self->destruction, sizeof (KanMethod), id);
}

/**
 * kan_profile_purpose:
 * @self: a profile
 * @id: (nullable): a purpose's id
 *
 * Returns: (nullable): the purpose of Article 10
 */
const KanPurpose *
kan_profile_purpose (const KanProfile *self, const char *id)
{
  return kan_profile_find (&self->purposes, sizeof (KanPurpose), id);
}

/**
 * kan_profile_erasure_fits:
 * @self: a profile
 * @media_kind: a kind of media
 * @method: a method of erasing
 *
 * Returns: whether the method is fit for that kind; %FALSE where either is unknown
 */
gboolean
kan_profile_erasure_fits (const KanProfile *self, const char *media_kind, const char *method)
{
  const KanMediaKind *kind = kan_profile_media_kind (self, media_kind);

  return kind != NULL && method != NULL && g_strv_contains (kind->erasure, method);
}

/**
 * kan_profile_destruction_fits:
 * @self: a profile
 * @media_kind: a kind of media
 * @method: a method of destroying
 *
 * Returns: whether the method is fit for that kind (Article 11, paragraph 5); %FALSE where either is unknown
 */
gboolean
kan_profile_destruction_fits (const KanProfile *self, const char *media_kind, const char *method)
{
  const KanMediaKind *kind = kan_profile_media_kind (self, media_kind);

  return kind != NULL && method != NULL && g_strv_contains (kind->destruction, method);
}

/**
 * kan_profile_articles:
 * @self: a profile
 * @n: (out): how many
 *
 * Returns: the regulation's articles, in their order
 */
const KanArticle *
kan_profile_articles (const KanProfile *self, gsize *n)
{
  *n = self->articles.n;
  return self->articles.items;
}

/**
 * kan_profile_article:
 * @self: a profile
 * @no: (nullable): "11-3", or "11"
 *
 * Returns: (nullable): what the profile says about that paragraph, else about its article; %NULL for neither
 */
const KanArticle *
kan_profile_article (const KanProfile *self, const char *no)
{
  const KanArticle *article = kan_profile_find (&self->articles, sizeof (KanArticle), no);
  g_auto (GStrv) parts = NULL;

  if (article != NULL || no == NULL || strchr (no, '-') == NULL)
    return article;
  parts = g_strsplit (no, "-", 2);
  return kan_profile_find (&self->articles, sizeof (KanArticle), parts[0]);
}

/**
 * kan_profile_cite:
 * @self: a profile
 * @no: "11-3", or "11"
 * @japanese: for paper, and for a Japanese screen
 *
 * Returns: (transfer full): "第11条第3項" or "Art. 11 (3)"; where the article has items only, "第10条第1号"
 */
char *
kan_profile_cite (const KanProfile *self, const char *no, gboolean japanese)
{
  g_auto (GStrv) parts = g_strsplit (no, "-", 2);
  const KanArticle *article = kan_profile_find (&self->articles, sizeof (KanArticle), parts[0]);
  gboolean by_item = article != NULL && article->by_item;

  if (parts[0] == NULL || parts[1] == NULL)
    return g_strdup_printf (japanese ? "第%s条" : "Art. %s", no);
  if (japanese)
    return g_strdup_printf (by_item ? "第%s条第%s号" : "第%s条第%s項", parts[0], parts[1]);
  return g_strdup_printf ("Art. %s (%s)", parts[0], parts[1]);
}

/**
 * kan_profile_clauses:
 * @self: a profile
 * @n: (out): how many
 *
 * Returns: what a contract must say (Article 22, paragraph 2), in its order
 */
const KanClause *
kan_profile_clauses (const KanProfile *self, gsize *n)
{
  *n = self->clauses.n;
  return self->clauses.items;
}

/**
 * kan_profile_series:
 * @self: a profile
 * @id: (nullable): a series' id
 *
 * Returns: (nullable): the series of numbers
 */
const KanSeries *
kan_profile_series (const KanProfile *self, const char *id)
{
  return kan_profile_find (&self->series, sizeof (KanSeries), id);
}

/**
 * kan_profile_format_number:
 * @self: a profile
 * @series: a series' id
 * @fiscal_year: the year in which its fiscal year begins
 * @n: the number in that year
 * @japanese: for paper, and for a Japanese screen
 *
 * Returns: (transfer full): "第12号", and the fiscal year where the series' format says {year}; the bare number
 * for an unknown series
 */
char *
kan_profile_format_number (const KanProfile *self, const char *series, int fiscal_year, gint64 n, gboolean japanese)
{
  const KanSeries *found = kan_profile_series (self, series);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, n);
  g_autofree char *year = japanese ? kan_fiscal_year_name (fiscal_year) : g_strdup_printf ("FY%d", fiscal_year);
  GString *text;

  if (found == NULL)
    return g_steal_pointer (&number);
  text = g_string_new (japanese ? found->format.ja : found->format.en);
  replace (text, "{n}", number);
  replace (text, "{year}", year);
  return g_string_free (text, FALSE);
}

/**
 * kan_profile_filing:
 * @self: a profile
 * @reg: a register's id
 *
 * Returns: how the register is filed; the profile's default where it says nothing of its own
 */
const KanFiling *
kan_profile_filing (const KanProfile *self, const char *reg)
{
  const KanFiling *filing = kan_profile_find (&self->filing, sizeof (KanFiling), reg);

  return filing != NULL ? filing : KAN_ITEM (self->filing, KanFiling, 0);
}
