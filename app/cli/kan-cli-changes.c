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

  json_builder_set_member_name (json, "changes");
  if (changes == NULL)
    {
      json_builder_add_null_value (json);
      return;
    }
  json_builder_begin_array (json);
  for (guint i = 0; i < changes->len; i++)
    {
      const KanProfileChange *change = g_ptr_array_index (changes, i);

      json_builder_begin_object (json);
      kan_json_text (json, "path", change->path);
      kan_json_text (json, "where", change->where);
      kan_json_text (json, "before", change->before);
      kan_json_text (json, "after", change->after);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
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
