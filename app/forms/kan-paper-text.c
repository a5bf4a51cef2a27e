/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words on paper: shaped once at one size, then scaled; names with variation selectors get the glyph that was meant,
 * and what no font can show is printed as 〓 and told. */
#include "forms/kan-paper-private.h"

#include <hb.h>
#include <math.h>

#define FAMILIES    "Noto Serif CJK JP,IPAmjMincho,serif"
#define RARE_FAMILY "IPAmjMincho"
#define ONE_LINE    0.75    /* down to this share of the size, words stay in one line */
#define NARROWEST   0.6
#define GETA        "\xe3\x80\x93"   /* 〓, the printer's sign for a character not at hand */

static void
run_clear (gpointer data)
{
  KanPaperRun *run = data;

  pango_glyph_item_free (run->glyphs);
}

/**
 * kan_paper_text_free:
 *
 * Frees shaped words.
 */
void
kan_paper_text_free (KanPaperText *text)
{
  g_free (text->words);
  g_array_unref (text->runs);
  g_array_unref (text->lines);
  g_free (text);
}

/**
 * kan_paper_set_up_text:
 *
 * Sets up the one layout: no hinting, so that a line breaks at the same place on screen, in a file and on a
 * printer; fonts of its own, so that a paper may be handed from the thread that laid it out to the one that draws.
 */
void
kan_paper_set_up_text (KanPaper *self)
{
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoFontDescription *font = pango_font_description_from_string (FAMILIES);
  g_autoptr(PangoFontMap) fonts = pango_cairo_font_map_new ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_font_description_set_size (font, KAN_PAPER_SHAPED_AT * PANGO_SCALE);

  self->context = pango_font_map_create_context (fonts);
  pango_cairo_context_set_resolution (self->context, 72);
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_language (self->context, pango_language_from_string ("ja"));
  pango_context_set_base_dir (self->context, PANGO_DIRECTION_LTR);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  pango_context_set_font_description (self->context, font);

  self->layout = pango_layout_new (self->context);
  pango_layout_set_auto_dir (self->layout, FALSE);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);

  pango_font_description_free (font);
  cairo_font_options_destroy (options);
}

/**
 * kan_paper_tell_missing:
 *
 * Adds to what the caller is told could not be printed; each only once.
 */
void
kan_paper_tell_missing (KanPaper *self, const char *what)
{
  if (!g_strv_contains ((const char *const *) self->missing->pdata, what))
    g_ptr_array_insert (self->missing, (gint) self->missing->len - 1, g_strdup (what));
}

static gboolean
is_selector (gunichar c)
{
  return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
}

static PangoFont *
rare_font (KanPaper *self)
{
  g_autoptr (PangoFont) font = NULL;
  PangoFontDescription *wanted, *got;

  if (self->rare != NULL)
    return self->rare;
  wanted = pango_font_description_from_string (RARE_FAMILY);
  pango_font_description_set_size (wanted, KAN_PAPER_SHAPED_AT * PANGO_SCALE);
  font = pango_context_load_font (self->context, wanted);
  pango_font_description_free (wanted);
  if (font == NULL)
    return NULL;
  got = pango_font_describe (font);
  if (g_strcmp0 (pango_font_description_get_family (got), RARE_FAMILY) == 0)
    self->rare = g_steal_pointer (&font);
  pango_font_description_free (got);
  return self->rare;
}

static gboolean
font_has_variant (PangoFont *font, gunichar base, gunichar selector)
{
  hb_codepoint_t glyph;

  return hb_font_get_variation_glyph (pango_font_get_hb_font (font), base, selector, &glyph);
}

/* Looks at each pair of base and selector in a run; where the run's font lacks the variant, takes the rare font's. */
static void
settle_variants (KanPaper *self, const char *words, PangoGlyphItem *run, PangoAttrList *attributes)
{
  const char *end = words + run->item->offset + run->item->length;
  gunichar base = 0;

  for (const char *at = words + run->item->offset, *before = at; at < end; before = at, at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (is_selector (c) && base != 0 && !font_has_variant (run->item->analysis.font, base, c))
        {
          PangoFont *rare = rare_font (self);

          if (rare != NULL && font_has_variant (rare, base, c))
            {
              PangoFontDescription *font = pango_font_describe (rare);
              PangoAttribute *attribute = pango_attr_font_desc_new (font);

              attribute->start_index = (guint) (before - words);
              attribute->end_index = (guint) (g_utf8_next_char (at) - words);
              pango_attr_list_insert (attributes, attribute);
              pango_font_description_free (font);
            }
          else
            {
              g_autofree char *pair = g_strndup (before, (gsize) (g_utf8_next_char (at) - before));
              g_autofree char *what = g_strdup_printf ("%s (U+%04X U+%04X)", pair, base, c);

              kan_paper_tell_missing (self, what);
            }
        }
      base = c;
    }
}

static gboolean
has_selector (const char *words)
{
  for (const char *at = words; *at != '\0'; at = g_utf8_next_char (at))
    if (is_selector (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

static void
choose_variants (KanPaper *self)
{
  const char *words = pango_layout_get_text (self->layout);
  PangoAttrList *kept = pango_layout_get_attributes (self->layout);
  g_autoptr (PangoAttrList) attributes = NULL;

  if (!has_selector (words))
    return;
  attributes = kept != NULL ? pango_attr_list_copy (kept) : pango_attr_list_new ();
  for (GSList *l = pango_layout_get_lines_readonly (self->layout); l != NULL; l = l->next)
    for (GSList *r = ((PangoLayoutLine *) l->data)->runs; r != NULL; r = r->next)
      settle_variants (self, words, r->data, attributes);
  pango_layout_set_attributes (self->layout, attributes);
}

/* Marks with a 1 the first byte of each character of the run that no font has. */
static void
find_unknown (const PangoGlyphItem *run, guint8 *unknown)
{
  const PangoGlyphString *glyphs = run->glyphs;

  for (int i = 0; i < glyphs->num_glyphs; i++)
    if (glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
      unknown[run->item->offset + glyphs->log_clusters[i]] = 1;
}

/* Tells the characters that no font has and puts 〓 in their places. */
static void
replace_unknown (KanPaper *self)
{
  const char *words = pango_layout_get_text (self->layout);
  g_autofree guint8 *unknown = g_new0 (guint8, strlen (words) + 1);
  g_autoptr (GString) legible = g_string_new (NULL);

  for (GSList *l = pango_layout_get_lines_readonly (self->layout); l != NULL; l = l->next)
    for (GSList *r = ((PangoLayoutLine *) l->data)->runs; r != NULL; r = r->next)
      find_unknown (r->data, unknown);

  for (const char *at = words; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      g_autofree char *what = NULL;

      if (!unknown[at - words])
        {
          g_string_append_unichar (legible, c);
          continue;
        }
      what = g_strdup_printf ("%.*s (U+%04X)", g_unichar_isprint (c) ? (int) (g_utf8_next_char (at) - at) : 0, at, c);
      kan_paper_tell_missing (self, g_strchug (what));
      g_string_append (legible, GETA);
    }
  pango_layout_set_text (self->layout, legible->str, (int) legible->len);
}

static void
copy_line (KanPaperText *text, const PangoLayoutLine *from)
{
  KanPaperLine line = { .first = text->runs->len };

  for (GSList *r = from->runs; r != NULL; r = r->next)
    {
      KanPaperRun run = { pango_glyph_item_copy (r->data), line.width };

      line.width += pango_glyph_string_get_width (run.glyphs->glyphs) / (PANGO_SCALE * KAN_PAPER_SHAPED_AT);
      g_array_append_val (text->runs, run);
      line.n++;
    }
  text->width = MAX (text->width, line.width);
  g_array_append_val (text->lines, line);
}

static KanPaperText *
shape (KanPaper *self, const char *words, double wrap)
{
  KanPaperText *text = g_new0 (KanPaperText, 1);
  g_autofree char *valid = g_utf8_make_valid (words, -1);

  pango_layout_set_attributes (self->layout, NULL);
  pango_layout_set_width (self->layout, wrap > 0 ? (int) (wrap * KAN_PAPER_SHAPED_AT * PANGO_SCALE) : -1);
  pango_layout_set_text (self->layout, valid, -1);
  if (pango_layout_get_unknown_glyphs_count (self->layout) > 0)
    replace_unknown (self);
  if (wrap > 0)
    {
      g_autoptr (PangoAttrList) attributes = kan_paper_keep_together (pango_layout_get_text (self->layout), wrap);

      pango_layout_set_attributes (self->layout, attributes);
    }
  choose_variants (self);

  text->words = g_strdup (pango_layout_get_text (self->layout));
  text->runs = g_array_new (FALSE, FALSE, sizeof (KanPaperRun));
  text->lines = g_array_new (FALSE, FALSE, sizeof (KanPaperLine));
  g_array_set_clear_func (text->runs, run_clear);
  for (GSList *l = pango_layout_get_lines_readonly (self->layout); l != NULL; l = l->next)
    copy_line (text, l->data);
  return text;
}

/**
 * kan_paper_shape:
 *
 * Words broken into lines of at most @wrap em (0: only where they say so). The result lives as long as the
 * paper; the same words are shaped once, which is what makes a register of a thousand rows quick.
 */
const KanPaperText *
kan_paper_shape (KanPaper *self, const char *words, double wrap)
{
  g_autofree char *key = g_strdup_printf ("%.2f|%s", wrap, words);
  KanPaperText *text = g_hash_table_lookup (self->texts, key);

  if (text == NULL)
    {
      text = shape (self, words, wrap);
      g_hash_table_insert (self->texts, g_steal_pointer (&key), text);
    }
  return text;
}

/**
 * kan_paper_line_height:
 *
 * From one line to the next, millimetres.
 */
double
kan_paper_line_height (double size)
{
  return size * KAN_PAPER_LEADING * KAN_PAPER_MM_PER_PT;
}

/**
 * kan_paper_put:
 *
 * Puts one line with its upper edge at @y of the current page.
 */
void
kan_paper_put (KanPaper *self, const KanPaperText *text, guint line, double x, double y, double width, double size,
               double narrow, KanPaperAlign align)
{
  double em = size * KAN_PAPER_MM_PER_PT;
  double room = width - g_array_index (text->lines, KanPaperLine, line).width * em * narrow;
  KanPaperInk ink = { text, line, x, y + em * ((KAN_PAPER_LEADING - 1) / 2 + 0.88), em, narrow };

  if (align == KAN_PAPER_CENTRE)
    ink.x += room / 2;
  else if (align == KAN_PAPER_RIGHT)
    ink.x += room;
  g_array_append_val (self->page->ink, ink);
}

/**
 * kan_paper_measure:
 * @self: a paper
 * @size: points
 * @text: words, in one line
 *
 * Returns: their width, millimetres
 */
double
kan_paper_measure (KanPaper *self, double size, const char *text)
{
  return kan_paper_shape (self, text, 0)->width * size * KAN_PAPER_MM_PER_PT;
}

/**
 * kan_paper_try_wrap:
 * @self: a paper
 * @width: where lines are broken, millimetres
 * @size: points
 * @text: words
 *
 * Returns: the height that kan_paper_text() takes, millimetres
 */
double
kan_paper_try_wrap (KanPaper *self, double width, double size, const char *text)
{
  return kan_paper_shape (self, text, width / (size * KAN_PAPER_MM_PER_PT))->lines->len * kan_paper_line_height (size);
}

/**
 * kan_paper_text:
 * @self: a paper
 * @x: left edge, millimetres
 * @y: upper edge, millimetres
 * @width: where lines are broken, millimetres
 * @size: points
 * @align: within @width
 * @text: (nullable): words
 *
 * Puts words on the current page and lets them wrap. Does not look for the page's end.
 *
 * Returns: the height taken, millimetres
 */
double
kan_paper_text (KanPaper *self, double x, double y, double width, double size, KanPaperAlign align, const char *text)
{
  const KanPaperText *shaped;

  if (text == NULL || *text == '\0')
    return 0;
  shaped = kan_paper_shape (self, text, width / (size * KAN_PAPER_MM_PER_PT));
  for (guint i = 0; i < shaped->lines->len; i++)
    kan_paper_put (self, shaped, i, x, y + i * kan_paper_line_height (size), width, size, 1, align);
  return shaped->lines->len * kan_paper_line_height (size);
}

/**
 * kan_paper_find_fit:
 *
 * One line at three quarters of the size or more; else several lines, unless they would be smaller than one
 * narrowed.
 */
KanPaperFit
kan_paper_find_fit (KanPaper *self, double width, double height, double size, const char *words)
{
  const KanPaperText *line = kan_paper_shape (self, words, 0), *several = line;
  double em = size * KAN_PAPER_MM_PER_PT, share = height / (line->lines->len * em * 1.2);
  double across = width / (MAX (line->width, 0.01) * em);

  if (MIN (across, share) >= ONE_LINE)
    return (KanPaperFit) { line, size * MIN (MIN (across, share), 1.0), 1 };
  for (share = 1.0; share > 0.02; share *= 0.95)
    {
      several = kan_paper_shape (self, words, width / (em * share));
      if (several->lines->len * em * KAN_PAPER_LEADING * share <= height + 0.01)
        break;
    }
  if (share < ONE_LINE && line->lines->len == 1 && across >= ONE_LINE * NARROWEST && height >= ONE_LINE * em * 1.2)
    return (KanPaperFit) { line, size * ONE_LINE, across / ONE_LINE };
  return (KanPaperFit) { several, size * share, 1 };
}

/**
 * kan_paper_try_fit:
 * @self: a paper
 * @width: of the room, millimetres
 * @height: of the room, millimetres
 * @size: points wished for
 * @text: (nullable): words
 *
 * Returns: the share of @size at which kan_paper_fit() would print the words, narrowing counted; at most 1
 */
double
kan_paper_try_fit (KanPaper *self, double width, double height, double size, const char *text)
{
  KanPaperFit fit = { .size = size, .narrow = 1 };

  if (text != NULL && *text != '\0')
    fit = kan_paper_find_fit (self, width, height, size, text);
  return fit.size * fit.narrow / size;
}

/**
 * kan_paper_fit:
 * @self: a paper
 * @x: left edge of the room, millimetres
 * @y: upper edge of the room, millimetres
 * @width: of the room, millimetres
 * @height: of the room, millimetres
 * @size: points wished for
 * @align: within @width; upright always in the middle
 * @text: (nullable): words
 *
 * Puts words into a room that cannot grow: smaller, narrower or in more lines, until they go in.
 */
void
kan_paper_fit (KanPaper *self, double x, double y, double width, double height, double size, KanPaperAlign align,
               const char *text)
{
  KanPaperFit fit;
  double line;

  if (text == NULL || *text == '\0')
    return;
  fit = kan_paper_find_fit (self, width, height, size, text);
  line = kan_paper_line_height (fit.size);
  y += (height - fit.text->lines->len * line) / 2;
  for (guint i = 0; i < fit.text->lines->len; i++)
    kan_paper_put (self, fit.text, i, x, y + i * line, width, fit.size, fit.narrow, align);
}

/**
 * kan_paper_paragraph:
 * @self: a paper
 * @size: points
 * @align: within the width between the margins
 * @text: words
 *
 * Puts words below what is there already and goes on below them, on the next pages too.
 */
void
kan_paper_paragraph (KanPaper *self, double size, KanPaperAlign align, const char *text)
{
  const KanPaperText *shaped = kan_paper_shape (self, text, kan_paper_get_width (self) / (size * KAN_PAPER_MM_PER_PT));

  for (guint i = 0; i < shaped->lines->len; i++)
    {
      kan_paper_need (self, kan_paper_line_height (size));
      kan_paper_put (self, shaped, i, self->left, self->y, kan_paper_get_width (self), size, 1, align);
      self->y += kan_paper_line_height (size);
    }
}
