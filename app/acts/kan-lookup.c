/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding declarations: registers, kinds, fields, choices, and what a subject such as "M12" means. */
#include "acts/kan-book-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * kan_book_find_register:
 * @self: a book
 * @id: a register's id
 *
 * Returns: (transfer none) (nullable): the register
 */
const KanRegister *
kan_book_find_register (KanBook *self, const char *id)
{
  return g_hash_table_lookup (self->registers, id);
}

/**
 * kan_book_find_kind:
 * @self: a book
 * @id: a kind's id
 * @reg: (out) (optional): the register that declares it
 *
 * Returns: (transfer none) (nullable): the kind
 */
const KanKind *
kan_book_find_kind (KanBook *self, const char *id, const KanRegister **reg)
{
  const KindEntry *entry = g_hash_table_lookup (self->kinds, id);

  if (reg != NULL)
    *reg = entry != NULL ? entry->reg : NULL;
  return entry != NULL ? entry->kind : NULL;
}

/* Digits as the program writes them: no sign, no leading zero. */
static gint64
number_after (const char *text)
{
  gsize n = strspn (text, "0123456789");

  if (n == 0 || n > 15 || text[n] != '\0' || text[0] == '0')
    return 0;
  return g_ascii_strtoll (text, NULL, 10);
}

/**
 * kan_subject_number:
 * @subject: "M12"
 * @reg: a register with a prefix
 *
 * Returns: 12, or 0 where it is no record of @reg
 */
gint64
kan_subject_number (const char *subject, const KanRegister *reg)
{
  return g_str_has_prefix (subject, reg->prefix) ? number_after (subject + strlen (reg->prefix)) : 0;
}

/**
 * kan_subject_register:
 * @book: a book
 * @subject: "M12"
 * @id: (out): 12; 0 where it is no record
 *
 * Returns: (transfer none) (nullable): the register it belongs to
 */
const KanRegister *
kan_subject_register (KanBook *book, const char *subject, gint64 *id)
{
  gsize letters = strcspn (subject, "0123456789");
  g_autofree char *prefix = g_strndup (subject, letters);
  const KanRegister *reg = g_hash_table_lookup (book->prefixes, prefix);

  *id = reg != NULL ? number_after (subject + letters) : 0;
  return *id > 0 ? reg : NULL;
}

/**
 * kan_book_register_of:
 * @self: a book
 * @subject: "M12"
 *
 * Returns: (transfer none) (nullable): the register it belongs to
 */
const KanRegister *
kan_book_register_of (KanBook *self, const char *subject)
{
  gint64 id = 0;

  return kan_subject_register (self, subject, &id);
}

/**
 * kan_book_dup_subject:
 * @self: a book
 * @typed: what somebody typed
 *
 * Returns: (transfer full) (nullable): "M12", where it is a record's number in whatever width and case, with spaces
 *   around it or none; whether there is such a record is not asked
 */
char *
kan_book_dup_subject (KanBook *self, const char *typed)
{
  g_autofree char *plain = g_utf8_normalize (typed, -1, G_NORMALIZE_NFKC);
  g_autofree char *subject = plain != NULL ? g_ascii_strup (g_strstrip (plain), -1) : NULL;

  return subject != NULL && kan_book_register_of (self, subject) != NULL ? g_steal_pointer (&subject) : NULL;
}

/**
 * kan_field_offers:
 * @book: a book
 * @field: a field that refers
 * @reg: a register
 *
 * Returns: whether records of @reg may be answered; a list offers its register's records, its rows are for the picker
 */
gboolean
kan_field_offers (KanBook *book, const KanField *field, const KanRegister *reg)
{
  g_auto(GStrv) names = g_strsplit (field->of, "|", -1);

  for (char **name = names; *name != NULL; name++)
    if (g_hash_table_lookup (book->registers, *name) == reg || g_hash_table_lookup (book->lists, *name) == reg)
      return TRUE;
  return FALSE;
}

/**
 * kan_register_find_field:
 * @self: a register
 * @id: a field's id
 *
 * Returns: (transfer none) (nullable): the field
 */
const KanField *
kan_register_find_field (const KanRegister *self, const char *id)
{
  /* verification asks for each answer of each act: a first letter that differs spares the call */
  for (const KanField *field = self->fields; field != NULL && field->id != NULL; field++)
    if (*field->id == *id && strcmp (field->id, id) == 0)
      return field;
  return NULL;
}

/**
 * kan_ask_find_field:
 * @reg: the register that declares the question's act
 * @ask: a question
 *
 * Returns: (transfer none) (nullable): the field that it answers
 */
const KanField *
kan_ask_find_field (const KanRegister *reg, const KanAsk *ask)
{
  return kan_register_find_field (reg, ask->into != NULL ? ask->into : ask->key);
}

/**
 * kan_kind_leads_from:
 * @kind: an act upon a record
 * @state: of the record
 *
 * Returns: whether the act can be done upon a record in that state
 */
gboolean
kan_kind_leads_from (const KanKind *kind, const char *state)
{
  g_auto(GStrv) from = g_strsplit (kind->from, "|", -1);

  return strcmp (kind->from, "*") == 0 || g_strv_contains ((const char *const *) from, state);
}

/**
 * kan_reserved_field:
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the field behind a member that every act may carry
 */
const KanField *
kan_reserved_field (const char *key)
{
  static const KanField fields[] = {
    { .id = KAN_KEY_DEVIATION_REASON, .label = L ("Reason for the deviation", "規程不適合の理由"), .type = KAN_LINES },
    { .id = KAN_KEY_LATE_REASON, .label = L ("Reason for the late entry", "後日入力の理由"), .type = KAN_LINES },
    { .id = KAN_KEY_CLOCK, .label = L ("Clock", "時計"), .type = KAN_CODE },
    { .id = KAN_KEY_ABSENCE, .label = L ("Absence", "不在の事由"), .type = KAN_CHOICE, .of = "absence" },
    { .id = KAN_KEY_ABSENCE_BEFORE, .label = L ("Absence of the deputies before", "先順位の代決者の不在の事由"),
      .type = KAN_CHOICE, .of = "absence" },
    { 0 }
  };

  for (const KanField *field = fields; field->id != NULL; field++)
    if (strcmp (field->id, key) == 0)
      return field;
  return NULL;
}

/**
 * kan_kind_find_field:
 * @kind: (nullable): a kind
 * @reg: (nullable): the register that declares it
 * @key: a member of such an act's answers
 *
 * Returns: (transfer none) (nullable): the field that it answers, of the kind's own questions or of those that every
 *   act may carry
 */
const KanField *
kan_kind_find_field (const KanKind *kind, const KanRegister *reg, const char *key)
{
  for (const KanAsk *ask = kind != NULL ? kind->asks : NULL; ask != NULL && ask->key != NULL; ask++)
    if (strcmp (ask->key, key) == 0)
      return kan_ask_find_field (reg, ask);
  return kan_reserved_field (key);
}

/**
 * kan_kind_may_under:
 * @profile: (nullable): a profile; %NULL: before founding
 * @kind: a kind
 *
 * Returns: (transfer full): roles with "|" between, the profile's override included; %NULL: nobody by hand
 */
char *
kan_kind_may_under (const KanProfile *profile, const KanKind *kind)
{
  const char *const *roles = profile != NULL ? kan_profile_act_may (profile, kind->id) : NULL;

  return roles != NULL ? g_strjoinv ("|", (char **) roles) : g_strdup (kind->may);
}

/**
 * kan_kind_may:
 * @self: a book
 * @kind: a kind
 *
 * Returns: (transfer full): roles with "|" between, under the profile in force today; %NULL: nobody by hand
 */
char *
kan_kind_may (KanBook *self, const KanKind *kind)
{
  return kan_kind_may_under (kan_book_get_profile (self), kind);
}

/**
 * kan_book_get_choices:
 * @self: a book
 * @vocabulary: a vocabulary of the registry's or the profile's
 * @n: (out): how many
 *
 * Returns: (transfer none) (nullable): what may be chosen under the profile in force today
 */
const KanChoice *
kan_book_get_choices (KanBook *self, const char *vocabulary, gsize *n)
{
  const GArray *fixed = g_hash_table_lookup (self->vocabularies, vocabulary);
  const KanProfile *profile;

  *n = 0;
  if (fixed != NULL)
    {
      *n = fixed->len;
      return (const KanChoice *) fixed->data;
    }
  profile = kan_book_get_profile (self);
  return profile != NULL ? kan_profile_choices (profile, vocabulary, n) : NULL;
}

/**
 * kan_speaks_japanese:
 *
 * Returns: whether sentences come in Japanese, so that labels beside them do too
 */
gboolean
kan_speaks_japanese (void)
{
  /* Translators: the code of the language you translate into, e.g. "ja" */
  return strcmp (C_("language code", "en"), "ja") == 0;
}

/**
 * kan_label:
 * @label: a pair
 * @japanese: which of the two
 *
 * Returns: (transfer none): the label
 */
const char *
kan_label (const KanLabel *label, gboolean japanese)
{
  return japanese && label->ja != NULL ? label->ja : label->en;
}
