/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a profile changes, told with its record and with what waits: whoever decides on it or reads it later sees it. */
#include "cli/kan-cli-private.h"

#include "desk/kan-profile-words.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

/* The whole text that a record holds; NULL: it holds none. */
static const char *
document_of (KanRecord *record)
{
  for (const KanField *field = kan_record_get_register (record)->fields; field->id != NULL; field++)
    if (field->type == KAN_DOCUMENT)
      return kan_record_get_text (record, field->id);
  return NULL;
}

/* The whole text that a draft answers; NULL: none. */
static const char *
document_typed (KanBook *book, KanDraft *draft)
{
  const KanRegister *reg = NULL;
  const KanKind *kind = kan_book_find_kind (book, kan_draft_get_kind (draft)->id, &reg);

  for (const KanAsk *ask = kind->asks; ask != NULL && ask->key != NULL; ask++)
    {
      const KanField *field = kan_ask_find_field (reg, ask);

      if (field != NULL && field->type == KAN_DOCUMENT)
        return kan_body_get_text (kan_draft_get_body (draft), ask->key);
    }
  return NULL;
}

/**
 * kan_cli_print_changes:
 * @book: the book
 * @record: a record of it
 * @width: how wide the widest label is
 *
 * One difference a line; nothing where it is no profile that takes another's place.
 */
void
kan_cli_print_changes (KanBook *book, KanRecord *record, guint width)
{
  g_autofree char *words = kan_profile_dup_changes (book, document_of (record), kan_record_get_int (record, "made"));

  if (words != NULL)
    kan_cli_print_field (_("What changes"), width, words);
}

/**
 * kan_cli_print_draft_changes:
 * @book: the book
 * @draft: what would be signed
 *
 * What a profile says about what matters most, and one difference a line to the one whose place it would take; nothing
 * where none is adopted.
 */
void
kan_cli_print_draft_changes (KanBook *book, KanDraft *draft)
{
  const char *text = document_typed (book, draft);
  g_autofree char *words = text != NULL ? kan_profile_dup_words (text) : NULL;
  g_autofree char *changes = kan_profile_dup_changes (book, text, 0);
  guint width = MAX (kan_cli_width (_("Profile")), kan_cli_width (_("What changes")));

  if (words != NULL)
    kan_cli_print_field (_("Profile"), width, words);
  if (changes != NULL)
    kan_cli_print_field (_("What changes"), width, changes);
}

static void
fill_change_cb (JsonBuilder *json, gconstpointer item, G_GNUC_UNUSED gpointer data)
{
  const KanProfileChange *change = item;

  kan_json_text (json, "path", change->path);
  kan_json_text (json, "where", change->where);
  kan_json_text (json, "before", change->before);
  kan_json_text (json, "after", change->after);
}

static void
add_changes (JsonBuilder *json, GPtrArray *changes)
{
  if (changes != NULL)
    kan_json_objects (json, "changes", changes, fill_change_cb, NULL);
  else
    kan_json_text (json, "changes", NULL);
}

/**
 * kan_cli_json_changes:
 * @json: a builder within an object about a record
 * @book: the book
 * @record: (nullable): that record
 *
 * Adds "changes": a list of differences, "before" or "after" null where it is not there; null: it changes no profile.
 */
void
kan_cli_json_changes (JsonBuilder *json, KanBook *book, KanRecord *record)
{
  g_autoptr(GPtrArray) changes = record != NULL
    ? kan_profile_list_changes (book, document_of (record), kan_record_get_int (record, "made")) : NULL;

  add_changes (json, changes);
}

/**
 * kan_cli_json_draft_changes:
 * @json: a builder within an object about an act that would be signed
 * @book: the book
 * @draft: that act
 *
 * As kan_cli_json_changes().
 */
void
kan_cli_json_draft_changes (JsonBuilder *json, KanBook *book, KanDraft *draft)
{
  g_autoptr(GPtrArray) changes = kan_profile_list_changes (book, document_typed (book, draft), 0);

  add_changes (json, changes);
}

/**
 * kan_cli_print_pending_changes:
 * @book: the book
 * @pending: (element-type KanPending): what waits
 *
 * Beneath the list, what each profile that waits would change.
 */
void
kan_cli_print_pending_changes (KanBook *book, const GPtrArray *pending)
{
  for (guint i = 0; i < pending->len; i++)
    {
      const KanPending *waits = g_ptr_array_index (pending, i);
      g_autoptr(KanRecord) record = kan_record_get (book, waits->subject, NULL);

      if (record == NULL || document_of (record) == NULL)
        continue;
      puts (waits->subject);
      kan_cli_print_changes (book, record, kan_cli_width (_("What changes")));
    }
}
