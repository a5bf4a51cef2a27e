/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making an act: `do`, also as a dry run. */
#include "cli/kan-cli-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* --- what was typed ------------------------------------------------------------------------------------------- */

/* "field=value"; "field=@FILE" takes what the file says, "field=@@…" begins with the sign itself. Where the file does
 * not read, why stands instead of the value. */
typedef struct { char *key, *value, *unread; } Answer;

static void
answer_free (Answer *self)
{
  g_free (self->key);
  g_free (self->value);
  g_free (self->unread);
  g_free (self);
}

/* The line's end of a file is the editor's, not the author's. */
static char *
load_value (const char *path, GError **error)
{
  gsize size = 0;
  char *text = kan_cli_load_file (path, &size, error);

  if (text == NULL)
    return NULL;
  if (size >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0)
    memmove (text, text + 3, size - 2);
  return g_strchomp (text);
}

static Answer *
read_answer (const char *typed, GError **error)
{
  const char *equals = strchr (typed, '=');
  g_autoptr(GError) unread = NULL;
  Answer *answer;

  if (equals == NULL || equals == typed)
    {
      kan_cli_usage (error, _("“%s” is no answer: write FIELD=VALUE"), typed);
      return NULL;
    }
  answer = g_new0 (Answer, 1);
  answer->key = g_strndup (typed, (gsize) (equals - typed));
  if (equals[1] == '@' && equals[2] != '@')
    answer->value = load_value (equals + 2, &unread);
  else
    answer->value = g_strdup (equals + (equals[1] == '@' ? 2 : 1));
  answer->unread = unread != NULL ? g_strdup (unread->message) : NULL;
  return answer;
}

static GPtrArray *
read_answers (char **typed, GError **error)
{
  g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);

  for (; *typed != NULL; typed++)
    {
      Answer *answer = read_answer (*typed, error);

      if (answer == NULL)
        return NULL;
      for (guint i = 0; i < answers->len; i++)
        if (strcmp (((Answer *) g_ptr_array_index (answers, i))->key, answer->key) == 0)
          {
            kan_cli_usage (error, _("“%s” is answered twice"), answer->key);
            answer_free (answer);
            return NULL;
          }
      g_ptr_array_add (answers, answer);
    }
  return g_steal_pointer (&answers);
}

static const char *
find_answer (GPtrArray *answers, const char *key)
{
  for (guint i = 0; i < answers->len; i++)
    {
      const Answer *answer = g_ptr_array_index (answers, i);

      if (strcmp (answer->key, key) == 0)
        return answer->value;
    }
  return NULL;
}

/* The register of the rows that a question asks for; NULL: it asks for none. */
static const KanRegister *
rows_asked (KanBook *book, const char *kind, const char *key)
{
  const KanRegister *reg = NULL;
  const KanKind *found = kan_book_find_kind (book, kind, &reg);

  for (const KanAsk *ask = found != NULL ? found->asks : NULL; ask != NULL && ask->key != NULL; ask++)
    if (strcmp (ask->key, key) == 0 && kan_ask_find_field (reg, ask)->type == KAN_ROWS)
      return kan_book_find_register (book, kan_ask_find_field (reg, ask)->of);
  return NULL;
}

static void
set_answer (KanBook *book, KanDraft *draft, const char *kind, const Answer *answer)
{
  const KanRegister *asked = rows_asked (book, kind, answer->key);
  g_autofree char *rows = asked != NULL && answer->value != NULL ? kan_cli_spell_rows (asked, answer->value) : NULL;

  if (answer->value == NULL)
    return;
  if (strcmp (answer->key, "happened_at") == 0)
    kan_draft_set_happened (draft, answer->value);
  else if (strcmp (answer->key, "subject") != 0)
    kan_draft_set (draft, answer->key, rows != NULL ? rows : answer->value);
}

/* An act that makes a record draws its number; one that waits for hands may be asked back, and is then applied for
 * again under the same. */
static gboolean
makes_its_own (KanBook *book, const char *kind, GPtrArray *answers)
{
  const KanRegister *reg = NULL;
  const KanKind *found = kan_book_find_kind (book, kind, &reg);
  const char *subject = find_answer (answers, "subject");

  return found != NULL && subject != NULL && *subject != '\0' && found->from == NULL && reg->prefix != NULL &&
         !kan_cli_may_ask_back (kan_book_get_profile (book), found);
}

static KanDraft *
make_draft (KanBook *book, const char *kind, GPtrArray *answers, GError **error)
{
  const char *subject = find_answer (answers, "subject");
  gboolean none = subject == NULL || *subject == '\0' || makes_its_own (book, kind, answers);
  g_autoptr(KanDraft) draft = kan_draft_new (book, kind, none ? NULL : subject, error);

  for (guint i = 0; draft != NULL && i < answers->len; i++)
    set_answer (book, draft, kind, g_ptr_array_index (answers, i));
  return g_steal_pointer (&draft);
}

/* Whether all that was typed would be signed. */
static gboolean
are_usable (KanBook *book, const char *kind, GPtrArray *answers, const GPtrArray *replaced)
{
  if (makes_its_own (book, kind, answers) || replaced->len > 0)
    return FALSE;
  for (guint i = 0; i < answers->len; i++)
    if (((Answer *) g_ptr_array_index (answers, i))->unread != NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_programs_own (const KanKind *kind, const char *key)
{
  for (const KanAsk *ask = kind->asks; ask != NULL && ask->key != NULL; ask++)
    if (ask->fill == KAN_FILL_ALWAYS && strcmp (ask->key, key) == 0)
      return TRUE;
  return FALSE;
}

/* What the program would sign in the place of what was typed; NULL: that itself. */
static KanRefusal *
refuse_replaced (GPtrArray *lines, const char *key)
{
  const KanReviewed *found = NULL;

  for (guint i = 0; i < lines->len; i++)
    if (strcmp (((KanReviewed *) g_ptr_array_index (lines, i))->key, key) == 0)
      found = g_ptr_array_index (lines, i);
  if (found != NULL && !found->filled)
    return NULL;
  return kan_refusal_new (KAN_MISMATCH, key,
                          found != NULL ? g_strdup_printf (_("The program answers this itself: %s\nleave it out"),
                                                           found->stored)
                          : g_strdup (_("The program answers this itself\nleave it out")));
}

/* Answers that would be replaced without a word: KanRefusal; NULL: the world failed. */
static GPtrArray *
list_replaced (KanCli *self, KanDesk *desk, KanDraft *draft, GPtrArray *answers, GError **error)
{
  g_autoptr(GPtrArray) refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_refusal_free);
  g_autoptr(GPtrArray) lines = NULL;

  for (guint i = 0; i < answers->len; i++)
    {
      const char *key = ((Answer *) g_ptr_array_index (answers, i))->key;
      KanRefusal *refusal;

      if (!is_programs_own (kan_draft_get_kind (draft), key) ||
          kan_body_get_type (kan_draft_get_body (draft), key) == KAN_BODY_NONE)
        continue;
      if (lines == NULL)
        lines = kan_draft_review (draft, kan_desk_get_person (desk), self->now, NULL, error);
      if (lines == NULL)
        return NULL;
      refusal = refuse_replaced (lines, key);
      if (refusal != NULL)
        g_ptr_array_add (refusals, refusal);
    }
  return g_steal_pointer (&refusals);
}

/* What the rules say, and instead of that which answers could not be read, or be taken at all. */
static GPtrArray *
judge (KanCli *self, KanDesk *desk, KanDraft *draft, GPtrArray *answers, GError **error)
{
  g_autoptr(GPtrArray) replaced = list_replaced (self, desk, draft, answers, error);
  GPtrArray *refusals = replaced != NULL ? kan_desk_judge (desk, draft, self->now, error) : NULL;

  if (refusals != NULL)
    g_ptr_array_extend_and_steal (refusals, g_steal_pointer (&replaced));
  if (refusals != NULL && makes_its_own (kan_desk_get_book (desk), self->args[1], answers))
    g_ptr_array_insert (refusals, 0, kan_refusal_new (KAN_NOT_ASKED, "subject",
                                                      g_strdup (_("This act makes its own record\n"
                                                                  "leave the subject out"))));
  for (guint i = 0; refusals != NULL && i < answers->len; i++)
    {
      const Answer *answer = g_ptr_array_index (answers, i);

      for (guint k = refusals->len; answer->unread != NULL && k > 0; k--)
        if (g_strcmp0 (((KanRefusal *) g_ptr_array_index (refusals, k - 1))->key, answer->key) == 0)
          g_ptr_array_remove_index (refusals, k - 1);
      if (answer->unread != NULL)
        g_ptr_array_add (refusals, kan_refusal_new (KAN_UNREADABLE, answer->key, g_strdup (answer->unread)));
    }
  return refusals;
}

/* --- what became of it ---------------------------------------------------------------------------------------- */

static gboolean
is_refused (GPtrArray *refusals)
{
  for (guint i = 0; i < refusals->len; i++)
    if (!((KanRefusal *) g_ptr_array_index (refusals, i))->is_mark)
      return TRUE;
  return FALSE;
}

/**
 * kan_cli_print_refusals:
 * @self: the command line
 * @refusals: (element-type KanRefusal): refusals and marks
 *
 * One line each on the standard error, with its field; with --json a document on the standard output.
 */
void
kan_cli_print_refusals (KanCli *self, GPtrArray *refusals)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();

  if (self->json)
    {
      json_builder_begin_object (json);
      kan_json_refusals (json, refusals);
      json_builder_end_object (json);
      kan_json_print (json);
      return;
    }
  for (guint i = 0; i < refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (refusals, i);

      kan_cli_note ("%s%s%s%s", refusal->key != NULL ? refusal->key : "", refusal->key != NULL ? ": " : "",
                    refusal->is_mark ? _("[deviation] ") : "", refusal->typed);
    }
}

/* The rules that a recorded fact breaks; free with g_strfreev(). */
static char **
marks_of (KanBook *book, gint64 seq)
{
  g_autoptr(KanAct) act = seq > 0 ? kan_ledger_get (kan_book_get_db (book), seq, NULL) : NULL;
  g_autoptr(KanBody) body = act != NULL ? kan_body_decode (act->body, act->body_size, NULL) : NULL;

  return body != NULL ? g_strdupv ((char **) kan_body_get_list (body, "deviation")) : NULL;
}

/* --- what follows from the answers ----------------------------------------------------------------------------- */

/* It stands in the way of nothing. Nothing is asked where nothing could be told. */
static GPtrArray *
load_told (KanCli *self, KanDesk *desk, KanDraft *draft, GError **error)
{
  GPtrArray *lines = kan_draft_get_kind (draft)->told == NULL
    ? g_ptr_array_new () : kan_draft_review (draft, kan_desk_get_person (desk), self->now, NULL, error);

  for (guint i = lines != NULL ? lines->len : 0; i > 0; i--)
    if (!((KanReviewed *) g_ptr_array_index (lines, i - 1))->told)
      g_ptr_array_remove_index (lines, i - 1);
  return lines;
}

/* What may be a mistake goes where errors go. */
static void
print_told (KanCli *self, GPtrArray *told, gboolean warns)
{
  for (guint i = 0; i < told->len; i++)
    {
      const KanReviewed *line = g_ptr_array_index (told, i);
      const char *label = kan_label (&line->label, self->japanese);
      const char *shown = self->japanese ? line->shown_ja : line->shown_en;

      if (line->warns != warns)
        continue;
      if (warns)
        kan_cli_note (_("%s: %s"), label, shown);
      else
        printf (_("  %s: %s\n"), label, shown);
    }
}

static void
add_told_json (JsonBuilder *json, const char *member, GPtrArray *told, gboolean warns)
{
  json_builder_set_member_name (json, member);
  json_builder_begin_array (json);
  for (guint i = 0; i < told->len; i++)
    {
      const KanReviewed *line = g_ptr_array_index (told, i);
      const KanLabel shown = { line->shown_en, line->shown_ja };

      if (line->warns != warns)
        continue;
      json_builder_begin_object (json);
      kan_json_text (json, "key", line->key);
      kan_json_label (json, "label", &line->label);
      kan_json_text (json, "stored", line->stored);
      kan_json_label (json, "shown", &shown);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
print_outcome_json (const char *kind, const KanOutcome *outcome, char **marks, GPtrArray *told)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  json_builder_set_member_name (json, "act");
  if (outcome->seq > 0)
    json_builder_add_int_value (json, outcome->seq);
  else
    json_builder_add_null_value (json);
  kan_json_text (json, "kind", kind);
  kan_json_text (json, "subject", outcome->subject);
  kan_json_array (json, "waiting_for", outcome->waiting_for);
  kan_json_texts (json, "deviation", (const char *const *) marks);
  if (told != NULL)
    {
      add_told_json (json, "told", told, FALSE);
      add_told_json (json, "warnings", told, TRUE);
    }
  json_builder_end_object (json);
  kan_json_print (json);
}

/* A decision by the word of its article, as the timeline has it. */
static void
print_made (KanCli *self, KanBook *book, const KanOutcome *outcome)
{
  g_autoptr(KanAct) act = kan_ledger_get (kan_book_get_db (book), outcome->seq, NULL);
  const KanLabel *title = act != NULL ? kan_book_act_title (book, act) : NULL;

  printf ("%" G_GINT64_FORMAT " %s %s\n", outcome->seq, outcome->subject,
          title != NULL ? kan_label (title, self->japanese) : "");
}

/**
 * kan_cli_print_outcome:
 * @self: the command line
 * @book: the book
 * @kind: what was signed
 * @outcome: what became of it
 * @told: (nullable) (element-type KanReviewed): what follows from the answers, and may be a mistake in them
 *
 * Prints the act's number and subject and whom it waits for, or the refusals.
 *
 * Returns: the exit status
 */
int
kan_cli_print_outcome (KanCli *self, KanBook *book, const char *kind, KanOutcome *outcome, GPtrArray *told)
{
  g_auto(GStrv) marks = marks_of (book, outcome->seq);

  if (outcome->refusals->len > 0)
    {
      kan_cli_print_refusals (self, outcome->refusals);
      return 1;
    }
  self->made = outcome->seq;
  if (self->json)
    {
      print_outcome_json (kind, outcome, marks, told);
      return 0;
    }
  print_made (self, book, outcome);
  if (outcome->waiting_for->len > 0)
    {
      g_autofree char *names = kan_cli_join_capacities (book, kind, outcome->waiting_for, self->japanese);

      printf (_("  waits for: %s\n"), names);
    }
  for (char **mark = marks; mark != NULL && *mark != NULL; mark++)
    printf (_("  deviation: %s\n"), *mark);
  if (told != NULL)
    {
      print_told (self, told, FALSE);
      print_told (self, told, TRUE);
    }
  return 0;
}

/* Who was named to sign along, after the fact, what waits already: they give their hand to it. */
static void
name_remedy (KanCli *self, KanDesk *desk, const char *kind, const char *subject)
{
  KanBook *book = kan_desk_get_book (desk);
  g_autoptr(GPtrArray) pending = subject != NULL ? kan_book_list_pending (book, subject, self->now, NULL) : NULL;
  const KanPending *waits = pending != NULL && pending->len > 0 ? g_ptr_array_index (pending, 0) : NULL;

  if (waits == NULL || strcmp (waits->kind, kind) != 0)
    return;
  for (char **with = self->with; with != NULL && *with != NULL; with++)
    {
      g_autofree char *login = g_strndup (*with, strcspn (*with, ":"));
      const KanSlot *slot = kan_vault_find_slot (kan_desk_get_vault (desk), login);

      if (slot != NULL && kan_pending_may_sign (book, waits, slot->person, self->now))
        kan_cli_note (_("what waits is the same, and %s can sign it: kanribo do %s hand.give subject=%s --as %s"),
                      login, self->args[0], subject, login);
    }
}

/* As whose deputy it would be signed, and what is asked for it besides; null: as nobody's. */
static gboolean
add_deputy_json (KanCli *self, KanDesk *desk, JsonBuilder *json, KanDraft *draft, GError **error)
{
  KanDeputed deputed;
  g_autoptr(GError) failed = NULL;
  gboolean deputy = kan_draft_deputises (draft, kan_desk_get_person (desk), self->now, &deputed, &failed);
  const char *const asks[] = { "absence", deputed.before > 0 ? "absence_before" : NULL, NULL };

  json_builder_set_member_name (json, "deputy");
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (!deputy)
    {
      json_builder_add_null_value (json);
      return TRUE;
    }
  json_builder_begin_object (json);
  kan_json_text (json, "role", deputed.role);
  kan_json_person (json, "principal", deputed.principal);
  kan_json_texts (json, "asks", asks);
  json_builder_end_object (json);
  return TRUE;
}

static void
fill_reviewed_cb (JsonBuilder *json, gconstpointer item, G_GNUC_UNUSED gpointer data)
{
  const KanReviewed *line = item;
  const KanLabel shown = { line->shown_en, line->shown_ja };

  kan_json_text (json, "key", line->key);
  if (line->page.en != NULL)
    kan_json_label (json, "page", &line->page);
  kan_json_label (json, "label", &line->label);
  kan_json_text (json, "stored", line->stored);
  kan_json_label (json, "shown", &shown);
  kan_json_yes (json, "filled", line->filled);
}

/* The answers as typed, and all of them as they would be signed. */
static int
print_dry_run_json (KanCli *self, KanDesk *desk, KanDraft *draft, GPtrArray *refusals, GPtrArray *told,
                    GError **error)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();
  g_autoptr(KanBody) body = NULL;
  g_autoptr(GPtrArray) lines = kan_draft_review (draft, kan_desk_get_person (desk), self->now, &body, error);

  if (lines == NULL)
    return 5;
  json_builder_begin_object (json);
  kan_json_text (json, "kind", kan_draft_get_kind (draft)->id);
  kan_json_text (json, "subject", kan_draft_get_subject (draft));
  kan_json_yes (json, "admissible", !is_refused (refusals));
  kan_json_body (json, "answers", kan_draft_get_body (draft));
  kan_json_body (json, "signed", body);
  kan_json_objects (json, "review", lines, fill_reviewed_cb, NULL);
  kan_cli_json_draft_changes (json, kan_desk_get_book (desk), draft);
  add_told_json (json, "warnings", told, TRUE);
  if (!add_deputy_json (self, desk, json, draft, error))
    return 5;
  kan_json_refusals (json, refusals);
  json_builder_end_object (json);
  kan_json_print (json);
  return is_refused (refusals) ? 1 : 0;
}

static int
print_dry_run (KanCli *self, KanDesk *desk, KanDraft *draft, GPtrArray *answers, GError **error)
{
  g_autoptr(GPtrArray) refusals = judge (self, desk, draft, answers, error);
  g_autoptr(GPtrArray) told = refusals != NULL ? load_told (self, desk, draft, error) : NULL;
  gboolean refused;

  if (told == NULL)
    return 5;
  if (self->json)
    return print_dry_run_json (self, desk, draft, refusals, told, error);
  refused = is_refused (refusals);
  kan_cli_print_refusals (self, refusals);
  print_told (self, told, TRUE);
  if (refused)
    return 1;
  puts (_("It would be admitted."));
  kan_cli_print_draft_changes (kan_desk_get_book (desk), draft);
  print_told (self, told, FALSE);
  return 0;
}

static int
refuse_unread (KanCli *self, KanDesk *desk, KanDraft *draft, GPtrArray *answers, GError **error)
{
  g_autoptr(GPtrArray) refusals = judge (self, desk, draft, answers, error);

  if (refusals == NULL)
    return 5;
  kan_cli_print_refusals (self, refusals);
  return 1;
}

/**
 * kan_cli_do:
 * @self: the command line
 * @error: the world's
 *
 * `do FILE KIND [FIELD=VALUE]...`
 *
 * Returns: the exit status
 */
int
kan_cli_do (KanCli *self, GError **error)
{
  gboolean dry_run = FALSE;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_("say what stands in the way, and write nothing"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GPtrArray) answers = NULL;
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(KanDraft) draft = NULL;
  g_autoptr(GPtrArray) replaced = NULL;
  g_autoptr(GPtrArray) told = NULL;
  g_autoptr(KanOutcome) outcome = NULL;
  int refused;

  if (!kan_cli_parse (self, entries, 2, G_MAXUINT, error))
    return 2;
  answers = read_answers (self->args + 2, error);
  desk = answers != NULL ? kan_cli_open (self, dry_run ? KAN_VAULT_READ : KAN_VAULT_WRITE, error) : NULL;
  draft = desk != NULL ? make_draft (kan_desk_get_book (desk), self->args[1], answers, error) : NULL;
  if (draft == NULL)
    return 2;
  if (dry_run)
    return print_dry_run (self, desk, draft, answers, error);
  if ((kan_draft_get_kind (draft)->flags & (KAN_INTERNAL | KAN_CLAIMS)) != 0)
    return kan_cli_usage (error, _("%s is made by the program itself: `new` and `key`"), self->args[1]);
  replaced = list_replaced (self, desk, draft, answers, error);
  if (replaced == NULL)
    return 5;
  if (!are_usable (kan_desk_get_book (desk), self->args[1], answers, replaced))
    return refuse_unread (self, desk, draft, answers, error);
  told = load_told (self, desk, draft, error);
  outcome = told != NULL ? kan_desk_sign (desk, draft, self->now, error) : NULL;
  if (outcome == NULL)
    return 5;
  refused = kan_cli_print_outcome (self, kan_desk_get_book (desk), self->args[1], outcome, told);
  if (refused > 0)
    name_remedy (self, desk, self->args[1], kan_draft_get_subject (draft));
  return refused;
}
