/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exactly what would be signed, as it is stored and as people read it: the last page of a wizard, and of a dry run. */
#include "acts/kan-draft-private.h"

#include <string.h>

typedef struct
{
  KanDraft  *draft;
  KanCase   *c;
  GPtrArray *lines;
} Review;

/* What every act may carry, in the order of its page; what has no field of its own is labelled here. */
static const struct { const char *key; KanLabel label; } reserved[] = {
  { KAN_KEY_LATE_REASON, { NULL, NULL } },
  { KAN_KEY_ABSENCE, { NULL, NULL } },
  { KAN_KEY_ABSENCE_BEFORE, { NULL, NULL } },
  { KAN_KEY_DEVIATION, L ("Deviations", "規程不適合") },
  { KAN_KEY_DEVIATION_REASON, { NULL, NULL } },
  { KAN_KEY_DECLARED, L ("Declared to hold no identity number", "個人番号等でないと申告する項目") },
  { KAN_KEY_CLOCK, { NULL, NULL } },
};

/**
 * kan_reviewed_free:
 * @self: (nullable): a line of what would be signed
 */
void
kan_reviewed_free (KanReviewed *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->stored);
  g_free (self->shown_en);
  g_free (self->shown_ja);
  g_free (self);
}

/* --- as people read it ---------------------------------------------------------------------------------------- */

static char *
show_refs (Review *self, const char **subjects, gboolean japanese)
{
  GString *out = g_string_new (NULL);

  for (; subjects != NULL && *subjects != NULL; subjects++)
    {
      g_autofree char *name = kan_book_name_of (self->c->book, *subjects);

      g_string_append_printf (out, "%s%s%s%s", out->len > 0 ? (japanese ? "、" : ", ") : "", *subjects,
                              name != NULL ? " " : "", name != NULL ? name : "");
    }
  return g_string_free (out, FALSE);
}

/* Rules by their names in the registry, questions by their labels. */
static char *
show_words (Review *self, const char *key, const char **words, gboolean japanese)
{
  const KanField breach = { .type = KAN_CHOICE, .of = "breach" };
  GString *out = g_string_new (NULL);

  for (; words != NULL && *words != NULL; words++)
    {
      const KanAsk *ask = kan_case_find_ask (self->c, *words);
      const KanField *field = ask != NULL ? kan_ask_find_field (self->c->reg, ask) : NULL;
      g_autofree char *word = strcmp (key, KAN_KEY_DEVIATION) == 0 ? kan_book_show (self->c->book, &breach, *words,
                                                                                   japanese)
        : g_strdup (field != NULL ? kan_label (&field->label, japanese) : *words);

      g_string_append_printf (out, "%s%s", out->len > 0 ? (japanese ? "、" : ", ") : "", word);
    }
  return g_string_free (out, FALSE);
}

/* "information_manager|taker", as what is decided upon calls them. */
static char *
show_capacities (Review *self, const char *spelled, gboolean japanese)
{
  g_autoptr(KanCase) pending = kan_case_pending (self->c, self->c->subject);
  g_auto(GStrv) capacities = g_strsplit (spelled, "|", -1);
  GString *out = g_string_new (NULL);

  for (char **capacity = capacities; *capacity != NULL; capacity++)
    g_string_append_printf (out, "%s%s", out->len > 0 ? (japanese ? "、" : ", ") : "",
                            kan_capacity_label (self->c->book, pending != NULL ? pending->kind->id : NULL, *capacity,
                                                japanese));
  return g_string_free (out, FALSE);
}

static char *
stored_cell (const KanBody *body, const char *key)
{
  switch (kan_body_get_type (body, key))
    {
    case KAN_BODY_TEXT:
      return g_strdup (kan_body_get_text (body, key));
    case KAN_BODY_INT:
      return g_strdup_printf ("%" G_GINT64_FORMAT, kan_body_get_int (body, key));
    case KAN_BODY_YES:
      return g_strdup (kan_body_get_yes (body, key) ? "1" : "0");
    case KAN_BODY_LIST:
      return g_strjoinv (",", (char **) kan_body_get_list (body, key));
    case KAN_BODY_NONE: case KAN_BODY_ROWS:
    default:
      return NULL;
    }
}

/* Row by row, its cells with their labels. */
static char *
show_rows (Review *self, const KanField *field, const char *key, gboolean japanese)
{
  const KanRegister *cells = kan_book_find_register (self->c->book, field->of);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < kan_body_n_rows (self->c->body, key); i++)
    {
      const KanBody *row = kan_body_get_row (self->c->body, key, i);
      gboolean first = TRUE;

      if (i > 0)
        g_string_append_c (out, '\n');
      for (const KanField *cell = cells->fields; cell->id != NULL; cell++)
        {
          g_autofree char *stored = stored_cell (row, cell->id);
          g_autofree char *shown = kan_book_show (self->c->book, cell, stored, japanese);

          if (stored == NULL)
            continue;
          g_string_append_printf (out, "%s%s %s", first ? "" : japanese ? "、" : ", ",
                                  kan_label (&cell->label, japanese), shown);
          first = FALSE;
        }
    }
  return g_string_free (out, FALSE);
}

static char *
show_answer (Review *self, const KanField *field, const char *key, const char *stored, gboolean japanese)
{
  const KanDetached *text = g_hash_table_lookup (self->draft->texts, key);

  if (text != NULL)
    return g_strdup (text->content);
  switch (kan_body_get_type (self->c->body, key))
    {
    case KAN_BODY_LIST:
      return field != NULL ? show_refs (self, kan_answer_list (self->c, key), japanese)
             : show_words (self, key, kan_answer_list (self->c, key), japanese);
    case KAN_BODY_ROWS:
      return field != NULL ? show_rows (self, field, key, japanese) : g_strdup (stored);
    case KAN_BODY_NONE: case KAN_BODY_TEXT: case KAN_BODY_INT: case KAN_BODY_YES:
    default:
      if (field != NULL && g_strcmp0 (field->of, "capacity") == 0)
        return show_capacities (self, stored, japanese);
      return field != NULL ? kan_book_show (self->c->book, field, stored, japanese) : g_strdup (stored);
    }
}

/* --- as it is signed ------------------------------------------------------------------------------------------ */

/* The member alone, encoded: {"rows":[…]}. */
static char *
encode_rows (const KanBody *body, const char *key)
{
  g_autoptr(KanBody) alone = kan_body_new ();
  g_autofree char *text = NULL;
  gsize size = 0, before = strlen ("{\"rows\":");

  for (guint i = 0; i < kan_body_n_rows (body, key); i++)
    kan_body_add_row (alone, "rows", kan_body_copy (kan_body_get_row (body, key, i)));
  text = kan_body_encode (alone, &size);
  return g_strndup (text + before, size - before - 1);
}

static char *
stored_answer (const KanBody *body, const char *key)
{
  return kan_body_get_type (body, key) == KAN_BODY_ROWS ? encode_rows (body, key) : stored_cell (body, key);
}

static void
add_line (Review *self, const char *key, const KanLabel *page, const KanLabel *label, const KanField *field)
{
  KanReviewed *line;
  g_autofree char *own = stored_answer (self->draft->body, key);

  if (!kan_answered (self->c, key))
    return;
  line = g_new0 (KanReviewed, 1);
  line->key = g_strdup (key);
  if (page != NULL)
    line->page = *page;
  line->label = *label;
  line->stored = stored_answer (self->c->body, key);
  line->shown_en = show_answer (self, field, key, line->stored, FALSE);
  line->shown_ja = show_answer (self, field, key, line->stored, TRUE);
  line->filled = g_strcmp0 (own, line->stored) != 0;
  g_ptr_array_add (self->lines, line);
}

static void
add_field_line (Review *self, const KanField *field, const char *stored)
{
  KanReviewed *line = g_new0 (KanReviewed, 1);

  line->key = g_strdup (field->id);
  line->label = field->label;
  line->stored = g_strdup (stored);
  line->shown_en = kan_book_show (self->c->book, field, stored, FALSE);
  line->shown_ja = kan_book_show (self->c->book, field, stored, TRUE);
  g_ptr_array_add (self->lines, line);
}

/* @key NULL: what warns, after whichever answer it would be told. */
static void
add_told (Review *self, KanCase *c, const char *key, const KanLabel *page)
{
  for (const KanTold *told = c->kind->told; told != NULL && told->after != NULL; told++)
    {
      gboolean is_meant = key != NULL ? strcmp (told->after, key) == 0 : told->warns;
      g_autofree char *stored = is_meant ? kan_ask_text (c, told->sql) : NULL;
      KanReviewed *line;

      if (stored == NULL)
        continue;
      add_field_line (self, &told->field, stored);
      line = g_ptr_array_index (self->lines, self->lines->len - 1);
      line->page = page != NULL ? *page : line->page;
      line->told = TRUE;
      line->warns = told->warns;
    }
}

/* Who decides on what waits is warned as who asked for it was. */
static void
add_told_of_pending (Review *self, const KanLabel *page)
{
  g_autoptr(KanCase) pending = self->c->reg == &kan_hand_register ? kan_case_pending (self->c, self->c->subject) : NULL;

  if (pending != NULL)
    add_told (self, pending, NULL, page);
}

static void
add_answers (Review *self)
{
  const KanLabel *page = NULL;

  for (const KanAsk *ask = self->c->kind->asks; ask != NULL && ask->key != NULL; ask++)
    {
      const KanField *field = kan_in_edition (self->c->edition, ask->since, ask->until)
        ? kan_ask_find_field (self->c->reg, ask) : NULL;

      if (ask->page.en != NULL)
        page = &ask->page;
      if (field != NULL)
        add_line (self, ask->key, page, &field->label, field);
      add_told (self, self->c, ask->key, page);
    }
  add_told_of_pending (self, page);
}

static void
add_reserved (Review *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reserved); i++)
    {
      const KanField *field = kan_reserved_field (reserved[i].key);

      /* a hand asks for the absence itself */
      if (kan_case_find_ask (self->c, reserved[i].key) == NULL)
        add_line (self, reserved[i].key, NULL, field != NULL ? &field->label : &reserved[i].label, field);
    }
}

/**
 * kan_draft_review:
 * @self: a draft
 * @person: who would sign
 * @at: when, seconds of UTC
 * @body: (out) (optional) (transfer full): the answers as they would be signed
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanReviewed): the record it is about ("subject", unless it is to be made),
 *   when it happened ("happened_at", where told), the answers in the order of the questions, those that the program
 *   fills in included, then what every act may carry; %NULL where the world failed. Whether it would be admitted is
 *   kan_draft_judge()'s to say
 */
GPtrArray *
kan_draft_review (KanDraft *self, gint64 person, gint64 at, KanBody **body, GError **error)
{
  static const KanField subject = { .id = "subject", .label = L ("Record", "対象"), .type = KAN_REF };
  static const KanField happened = { .id = "happened_at", .label = L ("When it happened", "発生日時"), .type = KAN_TIME };
  g_autoptr(KanCase) c = kan_draft_case (self, person, NULL, at, KAN_STAGE_SIGN, error);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_reviewed_free);
  Review review = { self, c, lines };

  if (c == NULL)
    return NULL;
  if (self->subject != NULL)
    add_field_line (&review, &subject, c->subject);
  if (c->happened)
    add_field_line (&review, &happened, c->when);
  add_answers (&review);
  add_reserved (&review);
  if (body != NULL)
    *body = g_steal_pointer (&c->body);
  return g_steal_pointer (&lines);
}
