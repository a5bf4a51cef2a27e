/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters that somebody gave a name to. What is kept are ids and words that were searched for, never a record. */
#include "kit/kan-saved-filters.h"

#include "kit/kan-settings.h"

#include <string.h>

#define TYPE "a(sss)"      /* register, name, a{ss} as text */

static void
saved_filter_free (gpointer data)
{
  KanSavedFilter *self = data;

  g_free (self->name);
  kan_query_free (self->query);
  g_free (self);
}

/* The setting where it is there and of the right type, else an empty one. */
static GVariant *
get_all (void)
{
  g_autoptr(GVariant) value = kan_settings () != NULL ? g_settings_get_value (kan_settings (), KAN_SETTING_FILTERS)
    : NULL;

  if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE (TYPE)))
    return g_steal_pointer (&value);
  return g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("(sss)"), NULL, 0));
}

static void
add_pair (GVariantBuilder *builder, const char *key, const char *value)
{
  if (value != NULL && *value != '\0')
    g_variant_builder_add (builder, "{ss}", key, value);
}

static char *
query_to_text (const KanQuery *query)
{
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autoptr(GVariant) value = NULL;

  add_pair (&builder, "list", query->list);
  add_pair (&builder, "state", query->state);
  add_pair (&builder, "search", query->search);
  value = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (value, TRUE);
}

/* NULL where the text does not say what it must. */
static KanQuery *
query_from_text (const char *register_id, const char *text)
{
  g_autoptr(GVariant) value = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), text, NULL, NULL, NULL);
  KanQuery *query;

  if (value == NULL)
    return NULL;
  query = kan_query_new (register_id);
  g_variant_lookup (value, "list", "s", &query->list);
  g_variant_lookup (value, "state", "s", &query->state);
  g_variant_lookup (value, "search", "s", &query->search);
  return query;
}

/**
 * kan_saved_filters_list:
 * @register_id: a register
 *
 * Returns: (transfer full) (element-type KanSavedFilter): its filters, in the order they were saved; what cannot be
 * read is left out
 */
GPtrArray *
kan_saved_filters_list (const char *register_id)
{
  g_autoptr(GVariant) all = get_all ();
  GPtrArray *found = g_ptr_array_new_with_free_func (saved_filter_free);
  const char *reg, *name, *text;
  GVariantIter iter;

  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &reg, &name, &text))
    {
      KanQuery *query = strcmp (reg, register_id) == 0 ? query_from_text (reg, text) : NULL;
      KanSavedFilter *saved;

      if (query == NULL)
        continue;
      saved = g_new0 (KanSavedFilter, 1);
      saved->name = g_strdup (name);
      saved->query = query;
      g_ptr_array_add (found, saved);
    }
  return found;
}

/* Everything but one, and at the end what is to be added. */
static void
rewrite (const char *register_id, const char *name, const char *text)
{
  g_autoptr(GVariant) all = get_all ();
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (TYPE));
  const char *reg, *other, *words;
  GVariantIter iter;

  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &reg, &other, &words))
    if (strcmp (reg, register_id) != 0 || strcmp (other, name) != 0)
      g_variant_builder_add (&builder, "(sss)", reg, other, words);
  if (text != NULL)
    g_variant_builder_add (&builder, "(sss)", register_id, name, text);
  if (kan_settings () != NULL)
    g_settings_set_value (kan_settings (), KAN_SETTING_FILTERS, g_variant_builder_end (&builder));
}

/**
 * kan_saved_filters_add:
 * @name: what to call it; one of the same name is replaced
 * @query: list, state and search are kept
 */
void
kan_saved_filters_add (const char *name, const KanQuery *query)
{
  g_autofree char *text = query_to_text (query);

  rewrite (query->register_id, name, text);
}

/**
 * kan_saved_filters_drop:
 * @register_id: a register
 * @name: one of its filters
 */
void
kan_saved_filters_drop (const char *register_id, const char *name)
{
  rewrite (register_id, name, NULL);
}
