/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order in time of what is recorded later than it happened: it builds on what has happened to the record that it is
 * upon, and to those that it is about (KanAsk, about), and did not happen before that. */
#include "acts/kan-order.h"

#include "acts/kan-timeline.h"
#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is decided is decided later than it was asked for, and nothing that happens builds on the asking. */
static gboolean
is_decision (const KanKind *kind)
{
  if ((kind->flags & KAN_FACT) != 0)
    return FALSE;
  for (const KanHand *hand = kind->hands; hand != NULL && (hand->as != NULL || hand->role != NULL); hand++)
    if (hand->person == NULL)
      return TRUE;
  return FALSE;
}

/* Of the record's own course, not an act upon its acts, nor one beside its course that leads nowhere. What is no fact
 * is entered late as anything else that was forgotten: it builds on nothing but that the record was there. */
static gboolean
is_built_on (const KanCase *c, const KanStep *step, const char *subject)
{
  if (step->kind == NULL || step->reg->prefix == NULL || step->kind->to == NULL || is_decision (step->kind))
    return FALSE;
  return (c->kind->flags & KAN_FACT) != 0 ||
         (step->kind->from == NULL && strcmp (step->act->subject, subject) == 0);
}

/**
 * kan_act_dup_when:
 * @act: an act
 *
 * Returns: (transfer full) (nullable): the minute at which it happened, in Japan, "2026-02-13T10:05"
 */
char *
kan_act_dup_when (const KanAct *act)
{
  gint64 at = 0;

  return act->happened_at != NULL ? g_strdup (act->happened_at)
         : kan_utc_parse (act->at, &at) ? kan_minute_format (at) : NULL;
}

static gboolean
still_stands (KanCase *c, const KanStep *step)
{
  gint64 id = 0, n = 0;
  const KanRegister *reg = kan_subject_register (c->book, step->act->subject, &id);
  g_autofree char *sql = NULL;

  if (reg != NULL)
    sql = g_strdup_printf ("SELECT count(*) FROM step, %s r WHERE seq = ? AND voided IS NULL AND r.id = ?"
                           " AND r.state NOT IN ('void', 'withdrawn')", reg->id);
  return sql != NULL && c->error == NULL &&
         kan_db_get_int (c->book->db, &n, &c->error, sql, "ii", step->act->seq, id) && n > 0;
}

static void
judge_after (KanCase *c, const char *subject)
{
  g_autoptr(GPtrArray) course = c->error == NULL ? kan_book_list_course (c->book, subject, &c->error) : NULL;

  for (guint i = course != NULL ? course->len : 0; i > 0; i--)
    {
      const KanStep *step = g_ptr_array_index (course, i - 1);
      g_autofree char *when = is_built_on (c, step, subject) ? kan_act_dup_when (step->act) : NULL, *day = NULL;

      if (when == NULL || strcmp (c->when, when) >= 0 || !still_stands (c, step))
        continue;
      day = g_strndup (when, strlen ("2026-02-13"));
      kan_breach (c, "order", "happened_at",
                  _("This lies before what it builds on: %s, “%s”, on %s\n"
                    "check when it happened; if that was entered late, void it and enter it as of when it happened"),
                  step->act->subject, kan_label (&step->kind->title, kan_speaks_japanese ()), kan_say_day (c, day));
      return;
    }
}

/**
 * kan_judge_order:
 * @c: an act about to be signed that tells when it happened
 *
 * Where that lies before something that it builds on, a gate is refused, and a fact marked.
 */
void
kan_judge_order (KanCase *c)
{
  guint before = c->refusals->len;

  if (!c->creating)
    judge_after (c, c->subject);
  for (const KanAsk *ask = c->kind->asks; ask != NULL && ask->key != NULL && c->refusals->len == before; ask++)
    {
      const char **list = ask->about ? kan_answer_list (c, ask->key) : NULL;

      if (ask->about && list == NULL && kan_answered (c, ask->key))
        judge_after (c, kan_answer (c, ask->key));
      for (; list != NULL && *list != NULL && c->refusals->len == before; list++)
        judge_after (c, *list);
    }
}
