/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is out of the ordinary with an act, in words. */
#include "desk/kan-marks.h"

#include "acts/kan-timeline.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The member of the body that carries each mark. */
static const struct { const char *name, *key; KanLabel label; } marks[KAN_N_MARKED] = {
  [KAN_MARKED_ANY] = { "any", NULL, L ("Any mark", "注記あり") },
  [KAN_MARKED_DEVIATION] = { "deviation", "deviation", L ("Deviation", "規程不適合") },
  [KAN_MARKED_LATE] = { "late", "late_reason", L ("Late entry", "後日入力") },
  [KAN_MARKED_CLOCK] = { "clock", "clock", L ("Clock", "時計") },
  [KAN_MARKED_DECLARED] = { "declared", "declared", L ("Declared number", "番号の申告") },
};

/**
 * kan_marked_name:
 * @marked: a mark
 *
 * Returns: (transfer none): what the command line calls it
 */
const char *
kan_marked_name (KanMarked marked)
{
  return marks[marked].name;
}

/**
 * kan_marked_parse:
 * @name: "any", "deviation", "late", "clock", "declared"
 * @marked: (out): the mark of that name
 *
 * Returns: whether there is one
 */
gboolean
kan_marked_parse (const char *name, KanMarked *marked)
{
  for (guint i = 0; i < KAN_N_MARKED; i++)
    if (strcmp (marks[i].name, name) == 0)
      {
        *marked = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * kan_marked_label:
 * @marked: a mark
 *
 * Returns: (transfer none): what people call it
 */
const KanLabel *
kan_marked_label (KanMarked marked)
{
  return &marks[marked].label;
}

/**
 * kan_marked_dup_keys:
 * @marked: a mark
 *
 * Returns: (transfer full): the members of a body that carry it, as a JSON list for a question in SQL
 */
char *
kan_marked_dup_keys (KanMarked marked)
{
  g_autoptr(GString) keys = g_string_new (NULL);

  for (guint i = KAN_MARKED_ANY + 1; i < KAN_N_MARKED; i++)
    if (marked == KAN_MARKED_ANY || marked == i)
      g_string_append_printf (keys, "%s\"%s\"", keys->len > 0 ? "," : "", marks[i].key);
  return g_strdup_printf ("[%s]", keys->str);
}

/**
 * kan_body_is_marked:
 * @body: an act's answers
 * @marked: a mark
 */
gboolean
kan_body_is_marked (const KanBody *body, KanMarked marked)
{
  if (marked != KAN_MARKED_ANY)
    return kan_body_get_type (body, marks[marked].key) != KAN_BODY_NONE;
  for (guint i = KAN_MARKED_ANY + 1; i < KAN_N_MARKED; i++)
    if (kan_body_get_type (body, marks[i].key) != KAN_BODY_NONE)
      return TRUE;
  return FALSE;
}

/* "WORDS", or "WORDS: REASON" where one is wanted and was given. */
static void
add_with_reason (GPtrArray *list, KanBook *book, const KanBody *body, const char *key, gboolean reasons,
                 const char *words, gboolean japanese)
{
  const char *digest = reasons ? kan_body_get_text (body, key) : NULL;
  g_autofree char *reason = digest != NULL ? kan_book_show (book, kan_reserved_field (key), digest, japanese) : NULL;

  g_ptr_array_add (list, reason != NULL ? g_strdup_printf (_("%s: %s"), words, reason) : g_strdup (words));
}

static void
add_deviation (GPtrArray *list, KanBook *book, const KanBody *body, gboolean reasons, gboolean japanese)
{
  const KanField breach = { .type = KAN_CHOICE, .of = "breach" };
  g_autoptr(GString) rules = g_string_new (NULL);
  g_autofree char *words = NULL;

  for (const char **rule = kan_body_get_list (body, "deviation"); rule != NULL && *rule != NULL; rule++)
    {
      g_autofree char *word = kan_book_show (book, &breach, *rule, japanese);

      g_string_append_printf (rules, "%s%s", rules->len > 0 ? _(", ") : "", word);
    }
  if (rules->len == 0)
    return;
  words = g_strdup_printf (_("deviation: %s"), rules->str);
  add_with_reason (list, book, body, "deviation_reason", reasons, words, japanese);
}

/* "note" or "identified[0].serial", as the form calls it. */
static const char *
label_of (const KanRegister *reg, const KanKind *kind, const char *key, gboolean japanese)
{
  g_autofree char *question = g_strndup (key, strcspn (key, "["));

  for (const KanAsk *ask = kind != NULL ? kind->asks : NULL; ask != NULL && ask->key != NULL; ask++)
    if (strcmp (ask->key, question) == 0)
      {
        const KanField *field = kan_ask_find_field (reg, ask);

        return field != NULL ? kan_label (&field->label, japanese) : key;
      }
  return key;
}

static void
add_declared (GPtrArray *list, KanBook *book, const KanAct *act, const KanBody *body, gboolean japanese)
{
  const char **keys = kan_body_get_list (body, "declared");
  const KanRegister *reg = NULL;
  const KanKind *kind = keys != NULL ? kan_book_find_kind (book, act->kind, &reg) : NULL;
  g_autoptr(GString) labels = g_string_new (NULL);

  for (; keys != NULL && *keys != NULL; keys++)
    g_string_append_printf (labels, "%s%s", labels->len > 0 ? _(", ") : "", label_of (reg, kind, *keys, japanese));
  if (labels->len > 0)
    g_ptr_array_add (list, g_strdup_printf (_("declared to be no identity number: %s"), labels->str));
}

/**
 * kan_dup_marks:
 * @book: a book
 * @act: an act of it
 * @reasons: whether the reasons that were given are told too
 * @japanese: of the labels
 *
 * Returns: (transfer full) (element-type utf8): in words, what is out of the ordinary with it: entered later (後日入力),
 *   breaking a rule (規程不適合), numbers declared to be no identity numbers (申告), a clock that was wrong (時計); empty
 *   for most
 */
GPtrArray *
kan_dup_marks (KanBook *book, const KanAct *act, gboolean reasons, gboolean japanese)
{
  g_autoptr(KanBody) body = kan_body_decode (act->body, act->body_size, NULL);
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  if (body == NULL)
    return list;
  if (kan_body_is_marked (body, KAN_MARKED_LATE))
    add_with_reason (list, book, body, "late_reason", reasons, _("entered later"), japanese);
  add_deviation (list, book, body, reasons, japanese);
  add_declared (list, book, act, body, japanese);
  if (kan_body_is_marked (body, KAN_MARKED_CLOCK))
    g_ptr_array_add (list, g_strdup (g_strcmp0 (kan_body_get_text (body, "clock"), "behind") == 0
                                     ? _("clock behind") : _("clock ahead")));
  return list;
}
