/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written for people: columns that stay in line under wide characters, days and times as they read them. */
#include "cli/kan-cli-private.h"

#include "acts/kan-timeline.h"
#include "values/kan-text.h"
#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct _KanGrid
{
  guint      n_columns;
  GPtrArray *cells;
};

/**
 * kan_cli_width:
 * @text: a text
 *
 * Returns: how many columns a terminal gives it: two for wide characters, none for variation selectors and marks
 */
guint
kan_cli_width (const char *text)
{
  guint width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static void
pad (guint n)
{
  for (; n > 0; n--)
    putchar (' ');
}

/**
 * kan_grid_new:
 * @n_columns: how many
 *
 * Returns: (transfer full): an empty table; the first row added is its heading
 */
KanGrid *
kan_grid_new (guint n_columns)
{
  KanGrid *self = g_new0 (KanGrid, 1);

  self->n_columns = n_columns;
  self->cells = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * kan_grid_free:
 * @self: (nullable): a table
 */
void
kan_grid_free (KanGrid *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/**
 * kan_grid_add_take:
 * @self: a table
 * @cell: (transfer full): the next cell, row by row; line breaks become spaces
 */
void
kan_grid_add_take (KanGrid *self, char *cell)
{
  g_ptr_array_add (self->cells, g_strdelimit (kan_text_dup_visible (cell), "\n", ' '));
  g_free (cell);
}

/**
 * kan_grid_add:
 * @self: a table
 * @cell: (nullable): the next cell, row by row
 */
void
kan_grid_add (KanGrid *self, const char *cell)
{
  kan_grid_add_take (self, g_strdup (cell != NULL ? cell : ""));
}

static void
print_row (KanGrid *self, guint row, const guint *widths, const char *indent, guint64 right)
{
  guint owed = 0;

  fputs (indent, stdout);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const char *cell = g_ptr_array_index (self->cells, row * self->n_columns + i);
      guint lacking = widths[i] - kan_cli_width (cell);
      gboolean to_right = (right >> i & 1) != 0;

      if (*cell != '\0')
        {
          pad (owed + (to_right ? lacking : 0));
          fputs (cell, stdout);
          owed = 0;
        }
      owed += *cell != '\0' ? (to_right ? 0 : lacking) + 2 : widths[i] > 0 ? widths[i] + 2 : 0;
    }
  putchar ('\n');
}

/**
 * kan_grid_print:
 * @self: a table; a column with nothing in it takes no room
 * @indent: what each line begins with
 * @right: bits of the columns that are set to the right
 */
void
kan_grid_print (KanGrid *self, const char *indent, guint64 right)
{
  g_autofree guint *widths = g_new0 (guint, self->n_columns);

  for (guint i = 0; i < self->cells->len; i++)
    {
      guint width = kan_cli_width (g_ptr_array_index (self->cells, i));

      widths[i % self->n_columns] = MAX (widths[i % self->n_columns], width);
    }
  for (guint row = 0; row < self->cells->len / self->n_columns; row++)
    print_row (self, row, widths, indent, right);
}

/**
 * kan_cli_print_field:
 * @label: what it is
 * @width: how wide the widest label is
 * @value: (nullable): its value; further lines stand beneath the first
 */
void
kan_cli_print_field (const char *label, guint width, const char *value)
{
  g_autofree char *visible = kan_text_dup_visible (value);
  g_auto(GStrv) lines = g_strsplit (visible, "\n", -1);

  fputs ("  ", stdout);
  fputs (label, stdout);
  pad (width - MIN (width, kan_cli_width (label)) + 2);
  for (char **line = lines; *line != NULL; line++)
    {
      if (line != lines)
        pad (width + 4);
      puts (*line);
    }
}

/**
 * kan_cli_show_day:
 * @day: (nullable): "2026-02-13"
 * @japanese: in which language
 *
 * Returns: (transfer full): by the era in Japanese, else as it is
 */
char *
kan_cli_show_day (const char *day, gboolean japanese)
{
  KanDay parsed = day != NULL ? kan_day_parse (day) : KAN_DAY_NONE;

  return japanese && parsed != KAN_DAY_NONE ? kan_wareki_format (parsed) : g_strdup (day != NULL ? day : "");
}

/**
 * kan_cli_show_minute:
 * @minute: "2026-02-13T17:15"
 * @japanese: in which language
 *
 * Returns: (transfer full): its day as kan_cli_show_day() has it, and its time
 */
char *
kan_cli_show_minute (const char *minute, gboolean japanese)
{
  g_autofree char *day = g_strndup (minute, strlen ("2026-02-13")), *shown = kan_cli_show_day (day, japanese);

  return g_strdup_printf ("%s %s", shown, minute + strlen ("2026-02-13T"));
}

/**
 * kan_cli_show_utc:
 * @utc: (nullable): a moment as stored
 * @japanese: in which language
 *
 * Returns: (transfer full): the day and minute in Japan
 */
char *
kan_cli_show_utc (const char *utc, gboolean japanese)
{
  gint64 seconds = 0;
  g_autofree char *minute = utc != NULL && kan_utc_parse (utc, &seconds) ? kan_minute_format (seconds) : NULL;

  return minute != NULL ? kan_cli_show_minute (minute, japanese) : g_strdup (utc != NULL ? utc : "");
}

/**
 * kan_cli_dup_key:
 * @key: a public key
 *
 * Returns: (transfer full): the last eight symbols of its fingerprint (鍵指紋下8桁), as seal boxes have them
 */
char *
kan_cli_dup_key (const guint8 *key)
{
  g_autofree char *fingerprint = kan_fingerprint (key);

  return g_strdup (fingerprint + strlen (fingerprint) - 9);
}

/**
 * kan_cli_join_capacities:
 * @book: a book
 * @kind: (nullable): the kind whose hands they are
 * @capacities: (element-type utf8): capacities
 * @japanese: in which language
 *
 * Returns: (transfer full): what people call them, in one line
 */
char *
kan_cli_join_capacities (KanBook *book, const char *kind, GPtrArray *capacities, gboolean japanese)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < capacities->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? _(", ") : "",
                            kan_capacity_label (book, kind, g_ptr_array_index (capacities, i), japanese));
  return g_string_free (out, FALSE);
}

/**
 * kan_cli_person_name:
 * @book: a book
 * @person: a person's number
 *
 * Returns: (transfer full): "P2 NAME"
 */
char *
kan_cli_person_name (KanBook *book, gint64 person)
{
  g_autofree char *subject = g_strdup_printf ("P%" G_GINT64_FORMAT, person);
  g_autofree char *name = kan_book_name_of (book, subject);

  return name != NULL ? g_strdup_printf ("%s %s", subject, name) : g_steal_pointer (&subject);
}
