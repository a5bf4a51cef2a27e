/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Problems of a profile for people: the line of the file and what stands there is called, instead of a path. */
#include "desk/kan-profile-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum { DEPTH_MAX = 20 };

/* A walk through the text in search of the line where something stands, or the innermost thing around it. */
typedef struct
{
  const char *at, *end, *target;
  GString    *path;
  guint       line, found, depth;
} Seeker;

static char
peek (Seeker *self)
{
  return self->at < self->end ? *self->at : '\0';
}

static void
skip_blank (Seeker *self)
{
  for (; self->at < self->end && (g_ascii_isspace (*self->at) || *self->at == ',' || *self->at == ':'); self->at++)
    self->line += *self->at == '\n';
}

/* Past the quote that ends it; what stood between. */
static char *
take_string (Seeker *self)
{
  const char *start = ++self->at;

  for (; self->at < self->end && *self->at != '"'; self->at++)
    if (*self->at == '\\' && self->at + 1 < self->end)
      self->at++;
  if (self->at == self->end)
    return g_strndup (start, (gsize) (self->at - start));
  return g_strndup (start, (gsize) (self->at++ - start));
}

static void
note_place (Seeker *self)
{
  char after = strncmp (self->target, self->path->str, self->path->len) == 0 ? self->target[self->path->len] : 'x';

  if (after == '\0' || after == '.' || after == '[')
    self->found = self->line;
}

static void seek_value (Seeker *self);

static void
seek_members (Seeker *self)
{
  gsize before = self->path->len;

  for (self->at++, skip_blank (self); peek (self) == '"'; skip_blank (self))
    {
      g_autofree char *name = take_string (self);
      gboolean plain = *name != '\0' && strspn (name, "abcdefghijklmnopqrstuvwxyz_0123456789") == strlen (name);

      g_string_append_printf (self->path, plain ? ".%s" : "[\"%s\"]", name);
      seek_value (self);
      g_string_truncate (self->path, before);
    }
  self->at += peek (self) == '}';
}

static void
seek_elements (Seeker *self)
{
  gsize before = self->path->len;
  guint n = 0;

  for (self->at++, skip_blank (self); peek (self) != ']' && peek (self) != '\0'; skip_blank (self))
    {
      const char *start = self->at;

      g_string_append_printf (self->path, "[%u]", n++);
      seek_value (self);
      g_string_truncate (self->path, before);
      if (self->at == start)
        return;
    }
  self->at += peek (self) == ']';
}

static void
seek_value (Seeker *self)
{
  note_place (self);
  skip_blank (self);
  if (self->depth == DEPTH_MAX)
    return;
  self->depth++;
  if (peek (self) == '{')
    seek_members (self);
  else if (peek (self) == '[')
    seek_elements (self);
  else if (peek (self) == '"')
    g_free (take_string (self));
  else
    while (self->at < self->end && !g_ascii_isspace (*self->at) && strchr (",:{}[]\"", *self->at) == NULL)
      self->at++;
  self->depth--;
}

static guint
find_line (const char *json, gsize len, const char *path)
{
  g_autoptr(GString) at = g_string_new ("$");
  Seeker seeker = { json, json + len, path, at, 1, 1, 0 };

  seek_value (&seeker);
  return seeker.found;
}

/* --- words ---------------------------------------------------------------------------------------------------- */

/* "[2]", ".offices" or "[\"media.record\"]", and on to the next. */
static char *
word_step (const char **path)
{
  gboolean quoted = g_str_has_prefix (*path, "[\"");
  const char *start = *path + (quoted ? 2 : 1), *end = quoted ? strstr (start, "\"]") : start + strcspn (start, ".[]");
  g_autofree char *name = g_strndup (start, end != NULL ? (gsize) (end - start) : strlen (start));
  const char *word = kan_profile_word_member (name);

  if (end == NULL)
    *path = start + strlen (start);
  else
    *path = end + (quoted ? 2 : *end == ']' ? 1 : 0);
  if (!quoted && start[-1] == '[')
    return g_strdup_printf (_("no. %u"), (guint) g_ascii_strtoull (name, NULL, 10) + 1);
  return word != NULL ? g_strdup (word) : g_strdup_printf (_("“%s”"), name);
}

/* "Offices › no. 3 › Deputies, in order" */
static char *
word_path (const char *path)
{
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);

  for (path += *path == '$'; *path == '.' || *path == '[';)
    g_ptr_array_add (steps, word_step (&path));
  g_ptr_array_add (steps, NULL);
  return g_strjoinv (" › ", (char **) steps->pdata);
}

static void
line_free (KanProfileLine *self)
{
  g_free (self->label);
  g_free (self->text);
  g_free (self);
}

static KanProfileLine *
line_new (const char *json, gsize len, const char *problem)
{
  const char *colon = strstr (problem, ": ");
  g_autofree char *path = g_strndup (problem, colon != NULL ? (gsize) (colon - problem) : 0);
  g_autofree char *words = word_path (path);
  KanProfileLine *self = g_new0 (KanProfileLine, 1);

  self->label = *words != '\0' ? g_strdup_printf (_("Line %u: %s"), find_line (json, len, path), words) : g_strdup ("");
  self->text = g_strdup (colon != NULL ? colon + 2 : problem);
  return self;
}

/**
 * kan_profile_word_problems:
 * @json: a profile's text
 * @len: its bytes, -1: up to the NUL
 *
 * Returns: (transfer full) (element-type KanProfileLine): the same as kan_profile_problems() for people: in which line
 *   of the file, what stands there, and what is wrong with it; empty where there is none
 */
GPtrArray *
kan_profile_word_problems (const char *json, gssize len)
{
  g_autoptr(GPtrArray) problems = kan_profile_problems (json, len);
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);

  for (guint i = 0; i < problems->len; i++)
    g_ptr_array_add (lines, line_new (json, len < 0 ? strlen (json) : (gsize) len, g_ptr_array_index (problems, i)));
  return lines;
}
