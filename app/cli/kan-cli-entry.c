/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One entry of the chain, as the log tells it and the timeline of a record does: signatures, marks, and what was
 * written with it, which lies apart and only its digest is signed. */
#include "cli/kan-cli-private.h"
#include "desk/kan-marks.h"

#include "acts/kan-timeline.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* --- for people ----------------------------------------------------------------------------------------------- */

static const char *
verdict_word (const char *verdict)
{
  return strcmp (verdict, "given") == 0 ? _("given") : strcmp (verdict, "refused") == 0 ? _("refused")
    : strcmp (verdict, "declared") == 0 ? _("declared") : _("asked back");
}

static const char *
absence_word (KanCli *self, KanBook *book, const char *absence)
{
  gsize n = 0;
  const KanChoice *absences = kan_book_get_choices (book, "absence", &n);

  for (gsize i = 0; i < n; i++)
    if (strcmp (absences[i].id, absence) == 0)
      return kan_label (&absences[i].label, self->japanese);
  return absence;
}

/* "Information manager: given, in place of P2 NAME (trip), inspected later" */
static void
add_hand (KanCli *self, KanBook *book, const char *kind, const KanGivenHand *hand, GString *out)
{
  g_autofree char *principal = NULL;

  g_string_append (out, kan_capacity_label (book, kind, hand->capacity, self->japanese));
  g_string_append_printf (out, _(": %s"), verdict_word (hand->verdict));
  if (hand->absence == NULL)
    return;
  principal = hand->principal > 0 ? kan_cli_person_name (book, hand->principal) : g_strdup (_("vacant"));
  g_string_append_printf (out, _(", in place of %s (%s)"), principal, absence_word (self, book, hand->absence));
  g_string_append (out, hand->inspected > 0 ? _(", inspected later") : hand->principal > 0
                   ? _(", not yet inspected") : "");
}

static char *
hand_words (KanCli *self, KanBook *book, const KanAct *act)
{
  g_autoptr(GPtrArray) hands = kan_book_list_hands_by (book, act, NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; hands != NULL && i < hands->len; i++)
    {
      const KanGivenHand *hand = g_ptr_array_index (hands, i);
      g_autofree char *kind = kan_db_get_text (kan_book_get_db (book), NULL, "SELECT kind FROM act WHERE seq = ?", "i",
                                               hand->act);

      g_string_append (out, i > 0 ? _("; ") : "");
      add_hand (self, book, kind, hand, out);
    }
  return g_string_free (out, FALSE);
}

static void
add_mark (GString *out, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_mark (GString *out, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append (out, out->len > 0 ? " [" : "[");
  g_string_append_vprintf (out, format, args);
  g_string_append_c (out, ']');
  va_end (args);
}

/* What was written, in the order of the questions; the reasons of marks stand with these. */
static void
add_texts (KanCli *self, KanBook *book, const KanAct *act, GString *out)
{
  g_autoptr(KanBody) body = kan_body_decode (act->body, act->body_size, NULL);
  const KanRegister *reg = NULL;
  const KanKind *kind = act->kind != NULL ? kan_book_find_kind (book, act->kind, &reg) : NULL;

  for (const KanAsk *ask = kind != NULL ? kind->asks : NULL; body != NULL && ask != NULL && ask->key != NULL; ask++)
    {
      const KanField *field = kan_ask_find_field (reg, ask);
      const char *digest = field != NULL && field->type == KAN_LINES ? kan_body_get_text (body, ask->key) : NULL;
      g_autofree char *text = digest != NULL ? kan_book_show (book, field, digest, self->japanese) : NULL;

      if (text != NULL)
        add_mark (out, _("%s: %s"), kan_label (&field->label, self->japanese), text);
    }
}

static char *
mark_words (KanCli *self, KanBook *book, const KanAct *act, const char *subject)
{
  const KanField *named = subject != NULL ? kan_book_named_as (book, act, subject) : NULL;
  g_autoptr(GPtrArray) marks = kan_dup_marks (book, act, TRUE, self->japanese);
  g_autofree char *day = act->happened_at != NULL ? g_strndup (act->happened_at, 10) : NULL;
  GString *out = g_string_new (NULL);
  gint64 voided = 0;

  if (named != NULL)
    add_mark (out, "%s", kan_label (&named->label, self->japanese));
  add_texts (self, book, act, out);
  if (day != NULL)
    {
      g_autofree char *shown = kan_cli_show_day (day, self->japanese);

      add_mark (out, _("happened %s %s"), shown, act->happened_at + 11);
    }
  for (guint i = 0; i < marks->len; i++)
    add_mark (out, "%s", (const char *) g_ptr_array_index (marks, i));
  if (kan_db_get_int (kan_book_get_db (book), &voided, NULL,
                      "SELECT voided FROM step WHERE seq = ?1 AND voided IS NOT NULL", "i", act->seq) && voided > 0)
    add_mark (out, _("voided by entry %" PRId64), voided);
  return g_string_free (out, FALSE);
}

/**
 * kan_cli_entry_words:
 * @self: the command line
 * @book: a book
 * @act: an act of its chain
 * @subject: (nullable): of which record it is told
 *
 * Returns: (transfer full): in which capacities it signed and in whose place, and in brackets what became of @subject
 *   by it, what was written with it, when it happened, where that is not when it was entered, what is out of the
 *   ordinary with it and why, and whether it was voided since (取消); "" for most
 */
char *
kan_cli_entry_words (KanCli *self, KanBook *book, const KanAct *act, const char *subject)
{
  g_autofree char *hands = hand_words (self, book, act), *marks = mark_words (self, book, act, subject);

  return g_strdup_printf ("%s%s%s", hands, *hands != '\0' && *marks != '\0' ? " " : "", marks);
}

/* --- for scripts ---------------------------------------------------------------------------------------------- */

/* What a member answers with free text; NULL: it is signed itself. */
static const KanField *
text_field (KanBook *book, const KanAct *act, const char *key)
{
  const KanRegister *reg = NULL;
  const KanKind *kind = act->kind != NULL ? kan_book_find_kind (book, act->kind, &reg) : NULL;
  const KanField *field = kan_kind_find_field (kind, reg, key);

  return field != NULL && field->type == KAN_LINES ? field : NULL;
}

static void
add_answers (JsonBuilder *json, KanBook *book, const KanAct *act, const KanBody *body)
{
  json_builder_set_member_name (json, "answers");
  json_builder_begin_object (json);
  for (guint i = 0; i < kan_body_n_members (body); i++)
    {
      const char *key = kan_body_nth_key (body, i);
      const KanField *field = text_field (book, act, key);

      if (field == NULL)
        {
          kan_json_member (json, body, key);
          continue;
        }
      json_builder_set_member_name (json, key);
      kan_json_stored (json, book, field, kan_body_get_text (body, key));
    }
  json_builder_end_object (json);
}

/* What is signed of the texts among the answers. */
static void
add_digests (JsonBuilder *json, KanBook *book, const KanAct *act, const KanBody *body)
{
  json_builder_set_member_name (json, "digests");
  json_builder_begin_object (json);
  for (guint i = 0; i < kan_body_n_members (body); i++)
    if (text_field (book, act, kan_body_nth_key (body, i)) != NULL)
      kan_json_member (json, body, kan_body_nth_key (body, i));
  json_builder_end_object (json);
}

static void
add_hands (JsonBuilder *json, KanBook *book, const KanAct *act)
{
  g_autoptr(GPtrArray) hands = kan_book_list_hands_by (book, act, NULL);

  json_builder_set_member_name (json, "hands");
  json_builder_begin_array (json);
  for (guint i = 0; hands != NULL && i < hands->len; i++)
    {
      const KanGivenHand *hand = g_ptr_array_index (hands, i);

      json_builder_begin_object (json);
      kan_json_int (json, "of", hand->act);
      kan_json_text (json, "capacity", hand->capacity);
      kan_json_text (json, "verdict", hand->verdict);
      kan_json_text (json, "absence", hand->absence);
      kan_json_person (json, "principal", hand->principal);
      kan_json_int (json, "inspected", hand->inspected);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

/**
 * kan_cli_entry_json:
 * @json: a builder within an object
 * @book: a book
 * @act: an act of its chain
 * @subject: (nullable): of which record it is told
 *
 * Adds who signed what, when, with which key and in which capacities. Free text is itself among the answers, and what
 * is signed of it stands in "digests"; where the act is upon another record than @subject, "named_as" says which of its
 * fields tells what became of @subject.
 */
void
kan_cli_entry_json (JsonBuilder *json, KanBook *book, const KanAct *act, const char *subject)
{
  const KanField *named = subject != NULL ? kan_book_named_as (book, act, subject) : NULL;
  g_autoptr(KanBody) body = kan_body_decode (act->body, act->body_size, NULL);
  g_autofree char *fingerprint = kan_fingerprint (act->key);

  kan_json_int (json, "act", act->seq);
  kan_json_text (json, "at", act->at);
  kan_json_text (json, "happened_at", act->happened_at);
  kan_json_text (json, "kind", act->kind);
  kan_json_text (json, "subject", act->subject);
  kan_json_text (json, "named_as", named != NULL ? named->id : NULL);
  kan_json_person (json, "actor", act->actor);
  kan_json_text (json, "fingerprint", fingerprint);
  if (body != NULL)
    {
      add_answers (json, book, act, body);
      add_digests (json, book, act, body);
    }
  else
    kan_json_body (json, "answers", NULL);
  add_hands (json, book, act);
}
