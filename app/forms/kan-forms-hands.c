/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who decided, in which capacity and why: seal boxes, and the sentences beneath them (ARTICLES.md, "Capacity and
 * independence are two rules"). */
#include "forms/kan-forms-private.h"

#include "acts/kan-record-check.h"
#include "values/kan-wareki.h"

#include <string.h>

#define KEY_SYMBOLS 8

/**
 * kan_maker_find_step:
 * @self: a maker
 * @kind: a kind's id
 *
 * Returns: (transfer none) (nullable): the last act of that kind upon the record
 */
const KanStep *
kan_maker_find_step (KanMaker *self, const char *kind)
{
  for (guint i = self->steps->len; i > 0; i--)
    {
      const KanStep *step = g_ptr_array_index (self->steps, i - 1);

      if (g_strcmp0 (step->act->kind, kind) == 0)
        return step;
    }
  return NULL;
}

/**
 * kan_maker_get_step:
 * @self: a maker
 * @seq: an act upon the record
 *
 * Returns: (transfer none) (nullable): that act
 */
const KanStep *
kan_maker_get_step (KanMaker *self, gint64 seq)
{
  for (guint i = 0; i < self->steps->len; i++)
    if (((KanStep *) g_ptr_array_index (self->steps, i))->act->seq == seq)
      return g_ptr_array_index (self->steps, i);
  return NULL;
}

/**
 * kan_maker_hand:
 * @self: a maker
 * @act: the act that needed it
 * @capacity: in which capacity
 *
 * Returns: (transfer none) (nullable): the hand given or refused, the last: what happened may be confirmed after all
 */
const KanGivenHand *
kan_maker_hand (KanMaker *self, gint64 act, const char *capacity)
{
  const KanGivenHand *last = NULL;

  for (guint i = 0; i < self->hands->len; i++)
    {
      const KanGivenHand *hand = g_ptr_array_index (self->hands, i);

      if (hand->act == act && strcmp (hand->capacity, capacity) == 0 && strcmp (hand->verdict, "declared") != 0)
        last = hand;
    }
  return last;
}

/**
 * kan_maker_answer:
 * @self: a maker
 * @seq: an act upon the record
 * @key: a question of it
 *
 * Returns: (transfer none) (nullable): the free text it was answered with
 */
const char *
kan_maker_answer (KanMaker *self, gint64 seq, const char *key)
{
  const KanStep *step = kan_maker_get_step (self, seq);
  g_autoptr(KanBody) body = step != NULL ? kan_body_decode (step->act->body, step->act->body_size, NULL) : NULL;
  const char *digest = body != NULL ? kan_body_get_text (body, key) : NULL;
  char *text = digest != NULL ? kan_book_dup_text (self->book, digest, TRUE) : NULL;

  return text != NULL ? kan_maker_keep (self, text) : digest != NULL ? "（削除済）" : NULL;
}

static const char *
absence_label (KanMaker *self, const char *absence)
{
  const KanLabel *label = kan_profile_choice_label (kan_book_get_profile (self->book), "absence", absence);

  return label != NULL ? label->ja : absence;
}

/* 代決（出張）, and 要後閲 beneath it */
static const char *
deputy_mark (KanMaker *self, const KanGivenHand *hand)
{
  return kan_maker_keep (self, g_strdup_printf ("代決（%s）\n%s", absence_label (self, hand->absence),
                                                hand->inspected > 0 ? "後閲済" : hand->principal > 0 ? "要後閲" : ""));
}

static const char *
name_of (KanMaker *self, gint64 person)
{
  g_autofree char *subject = g_strdup_printf ("P%" G_GINT64_FORMAT, person);

  kan_maker_rely (self, subject);
  return kan_maker_keep (self, kan_book_name_of (self->book, subject));
}

/* The last eight symbols of a fingerprint, 鍵指紋下8桁. */
static const char *
short_key (KanMaker *self, const char *fingerprint)
{
  g_auto(GStrv) groups = g_strsplit (fingerprint != NULL ? fingerprint : "", "-", -1);
  g_autofree char *symbols = g_strjoinv (NULL, groups);
  gsize n = strlen (symbols);

  return kan_maker_keep (self, g_strdup (n > KEY_SYMBOLS ? symbols + n - KEY_SYMBOLS : symbols));
}

/* "R8.2.13 10:02": a strip is narrow. */
static const char *
short_moment (KanMaker *self, const char *utc)
{
  const char *moment = kan_maker_moment (self, utc), *day = kan_maker_day_of (self, utc);
  g_autofree char *short_day = day != NULL ? kan_wareki_format_short (kan_day_parse (day)) : NULL;

  return short_day != NULL && moment != NULL
         ? kan_maker_keep (self, g_strconcat (short_day, strchr (moment, ' '), NULL)) : moment;
}

/**
 * kan_maker_seal:
 * @self: a maker
 * @hand: (nullable): a hand given
 * @seal: (out): its box; empty where there is none
 */
void
kan_maker_seal (KanMaker *self, const KanGivenHand *hand, KanFormSeal *seal)
{
  memset (seal, 0, sizeof *seal);
  if (hand == NULL || strcmp (hand->verdict, "asked_back") == 0)
    return;
  seal->name = name_of (self, hand->person);
  seal->at = short_moment (self, hand->at);
  seal->key = short_key (self, hand->fingerprint);
  if (hand->absence == NULL)
    return;
  seal->mark = deputy_mark (self, hand);
  seal->remark = strcmp (hand->verdict, "given") == 0 ? kan_maker_answer (self, hand->seq, "remark") : NULL;
}

/**
 * kan_maker_own_seal:
 * @self: a maker
 * @step: (nullable): an act
 * @seal: (out): the box of whoever signed it
 */
void
kan_maker_own_seal (KanMaker *self, const KanStep *step, KanFormSeal *seal)
{
  g_autofree char *fingerprint = step != NULL ? kan_fingerprint (step->act->key) : NULL;

  memset (seal, 0, sizeof *seal);
  if (step == NULL)
    return;
  seal->name = name_of (self, step->act->actor);
  seal->at = short_moment (self, step->act->at);
  seal->key = short_key (self, fingerprint);
  for (guint i = 0; i < self->hands->len; i++)
    {
      const KanGivenHand *hand = g_ptr_array_index (self->hands, i);

      if (hand->seq == step->act->seq && strcmp (hand->verdict, "declared") == 0)
        seal->mark = deputy_mark (self, hand);
    }
}

/* --- in words ------------------------------------------------------------------------------------------------- */

static void
add_sentence (GString *out, char *sentence)
{
  g_string_append_printf (out, "%s※　%s", out->len > 0 ? "\n" : "", sentence);
  g_free (sentence);
}

static void
add_deputy (KanMaker *self, GString *out, const KanGivenHand *hand, const char *role)
{
  const char *day = kan_maker_day_of (self, hand->at);
  g_autofree char *deputy = g_strdup_printf ("P%" G_GINT64_FORMAT, hand->person);
  g_autofree char *principal = g_strdup_printf ("P%" G_GINT64_FORMAT, hand->principal);
  const char *absent = hand->principal > 0 ? kan_maker_who (self, principal, day) : "職";
  const KanStep *inspected = hand->inspected > 0 ? kan_maker_get_step (self, hand->inspected) : NULL;
  const char *later = inspected != NULL ? kan_maker_day (self, kan_maker_day_of (self, inspected->act->at)) : NULL;
  g_autofree char *after = later != NULL ? g_strdup_printf ("（%s後閲）",
                                                            later) : g_strdup (hand->principal > 0 ? "（後閲未了）" : "");

  add_sentence (out, g_strdup_printf ("%sの決裁は、%sの%sにより%sが代決した%s。", role, absent,
                                      absence_label (self, hand->absence), kan_maker_who (self, deputy, day), after));
}

/* Several capacities of one person, told once. */
static void
add_several (KanMaker *self, GString *out, gint64 act, guint at)
{
  const KanGivenHand *first = g_ptr_array_index (self->hands, at);
  g_autoptr(GString) roles = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < self->hands->len; i++)
    {
      const KanGivenHand *hand = g_ptr_array_index (self->hands, i);

      if (hand->act != act || hand->person != first->person || strcmp (hand->verdict, "given") != 0)
        continue;
      if (i < at)
        return;
      g_string_append_printf (roles, "%s%s", n++ > 0 ? "及び" : "", kan_capacity_label (self->book, NULL, hand->capacity,
                                                                                      TRUE));
    }
  if (n > 1)
    add_sentence (out, g_strdup_printf ("%sは、%sの資格で決裁した。", name_of (self, first->person), roles->str));
}

static void
add_hand (KanMaker *self, GString *out, const KanGivenHand *hand)
{
  const char *name = name_of (self, hand->person);

  const KanProfile *profile = kan_book_get_profile (self->book);
  gboolean chief = strcmp (hand->capacity, "chief_instead") == 0;
  g_autofree char *basis = kan_profile_cite (profile, chief ? "3-3" : "23", TRUE);

  if (chief || strcmp (hand->capacity, "named_instead") == 0)
    add_sentence (out, g_strdup_printf ("独立して決裁する者が足りないため、%s　%sが規程%sにより決定した。",
                                        chief ? "統括責任者" : "理事長が定める者", name, basis));
  else if (hand->absence != NULL)
    add_deputy (self, out, hand, kan_capacity_label (self->book, NULL, hand->capacity, TRUE));
}

/**
 * kan_maker_capacities:
 * @self: a maker
 * @act: the act that was decided on
 *
 * Returns: (transfer none) (nullable): who decided in which capacity and why, where that is not plain from the boxes
 */
const char *
kan_maker_capacities (KanMaker *self, gint64 act)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->hands->len; i++)
    {
      const KanGivenHand *hand = g_ptr_array_index (self->hands, i);

      if (hand->act != act)
        continue;
      if (strcmp (hand->verdict, "given") == 0)
        add_several (self, out, act, i);
      if (strcmp (hand->verdict, "given") == 0 || strcmp (hand->verdict, "declared") == 0)
        add_hand (self, out, hand);
    }
  return kan_maker_keep (self, g_string_free (g_steal_pointer (&out), FALSE));
}

/* When they signed who had not when it was recorded; NULL: they have not, or it was not for want of that. Paper says it
 * only where the chain does. */
static const char *
signed_on (KanMaker *self, gint64 seq, const char *rule)
{
  g_autoptr(KanStmt) stmt = kan_db_query (kan_book_get_db (self->book), NULL,
                                          "SELECT 'S' || s.id, a.kind = 'shortfall.sign', a.at FROM shortfall s"
                                          " JOIN act a ON a.seq = s.changed WHERE s.made = ? AND s.rule = ?",
                                          "is", seq, rule);
  const char *day = NULL;

  while (stmt != NULL && kan_stmt_step (stmt, NULL))
    {
      if (!kan_stmt_int (stmt, 1) || !kan_record_holds (self->book, kan_stmt_text (stmt, 0), NULL))
        return NULL;
      day = kan_maker_day_of (self, kan_stmt_text (stmt, 2));
    }
  return kan_maker_day (self, day);
}

static void
add_deviation (KanMaker *self, GString *out, const KanStep *step)
{
  g_autoptr(KanBody) body = kan_body_decode (step->act->body, step->act->body_size, NULL);
  const char **marks = body != NULL ? kan_body_get_list (body, "deviation") : NULL;
  const char *reason = marks != NULL ? kan_maker_answer (self, step->act->seq, "deviation_reason") : NULL;
  gsize n = 0;
  const KanChoice *breaches = kan_book_get_choices (self->book, "breach", &n);

  for (; marks != NULL && *marks != NULL; marks++)
    {
      const char *word = *marks, *later = signed_on (self, step->act->seq, *marks);

      for (gsize i = 0; i < n; i++)
        if (strcmp (breaches[i].id, *marks) == 0)
          word = breaches[i].label.ja;
      g_string_append_printf (out, "%s規程不適合：%s", out->len > 0 ? "　" : "", word);
      if (later != NULL)
        g_string_append_printf (out, "（%s追って署名）", later);
    }
  if (reason != NULL)
    g_string_append_printf (out, "（%s）", reason);
}

/* What was entered on a later day than it happened says so, and why. */
static void
add_late (KanMaker *self, GString *out, const KanStep *step)
{
  const char *reason = kan_maker_answer (self, step->act->seq, "late_reason");

  if (reason != NULL)
    g_string_append_printf (out, "%s後日入力：%s入力（%s）", out->len > 0 ? "　" : "",
                            kan_maker_day (self, kan_maker_day_of (self, step->act->at)), reason);
}

/**
 * kan_maker_deviations:
 * @self: a maker
 *
 * Returns: (transfer none) (nullable): what broke a rule (規程不適合) in the acts upon the record, and what was entered
 *   later (後日入力), with the reasons given
 */
const char *
kan_maker_deviations (KanMaker *self)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->steps->len; i++)
    {
      const KanStep *step = g_ptr_array_index (self->steps, i);

      /* what was asked back and recorded again is not what the paper tells */
      if (step->kind != NULL && step->kind->from == NULL && step->reg->prefix != NULL &&
          step->act->seq != kan_record_get_int (self->record, "made"))
        continue;
      add_deviation (self, out, step);
      add_late (self, out, step);
    }
  return kan_maker_keep (self, g_string_free (g_steal_pointer (&out), FALSE));
}
