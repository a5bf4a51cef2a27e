/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fonts cut down to what a paper shows, before they go into a file. Left to itself cairo copies all outlines of a font
 * twice, tens of megabytes of a Japanese one, and keeps parts of glyphs that nobody uses. */
#include "forms/kan-paper-private.h"

#include <cairo-ft.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb-ot.h>
#include <hb-subset.h>

typedef struct
{
  hb_subset_input_t *input;     /* which glyphs, by the whole font's numbers */
  hb_subset_plan_t  *plan;      /* and what their numbers are now */
  cairo_font_face_t *face;      /* NULL: the whole font is used */
} CutFont;

/* What a face is read from; it lives as long as cairo has use for the face. */
typedef struct { hb_blob_t *blob; FT_Library library; FT_Face face; } FaceData;

static void
face_data_free (gpointer data)
{
  FaceData *self = data;

  if (self->face != NULL)
    FT_Done_Face (self->face);
  if (self->library != NULL)
    FT_Done_FreeType (self->library);
  hb_blob_destroy (self->blob);
  g_free (self);
}

static void
cut_font_free (gpointer data)
{
  CutFont *self = data;

  g_clear_pointer (&self->face, cairo_font_face_destroy);
  hb_subset_plan_destroy (self->plan);
  hb_subset_input_destroy (self->input);
  g_free (self);
}

static hb_face_t *
face_of (const PangoGlyphItem *item)
{
  return hb_font_get_face (pango_font_get_hb_font (item->item->analysis.font));
}

/* Words from right to left, and characters that no font has, are drawn by Pango itself. */
static gboolean
is_plain (const PangoGlyphItem *item)
{
  gboolean plain = item->item->analysis.level % 2 == 0;

  for (int i = 0; i < item->glyphs->num_glyphs && plain; i++)
    plain = (item->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0;
  return plain;
}

/* --- cutting -------------------------------------------------------------------------------------------------- */

/* Shaping is done, and done from left to right. */
static hb_subset_input_t *
make_input (void)
{
  static const hb_tag_t dropped[] = {
    HB_TAG ('B', 'A', 'S', 'E'), HB_TAG ('G', 'D', 'E', 'F'), HB_TAG ('G', 'P', 'O', 'S'), HB_TAG ('G', 'S', 'U', 'B'),
    HB_TAG ('V', 'O', 'R', 'G'), HB_TAG ('k', 'e', 'r', 'n'), HB_TAG ('v', 'h', 'e', 'a'), HB_TAG ('v', 'm', 't', 'x'),
  };
  hb_subset_input_t *input = hb_subset_input_create_or_fail ();

  if (input == NULL)
    return NULL;
  hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
  for (guint i = 0; i < G_N_ELEMENTS (dropped); i++)
    hb_set_add (hb_subset_input_set (input, HB_SUBSET_SETS_DROP_TABLE_TAG), dropped[i]);
  return input;
}

/* One that stands for many weights, and one of pictures, is left whole: what is meant there, cairo knows. */
static gboolean
is_simple (hb_face_t *face)
{
  return !hb_ot_var_has_data (face) && !hb_ot_color_has_layers (face) && !hb_ot_color_has_png (face) &&
         !hb_ot_color_has_svg (face);
}

static void
add_glyphs (GHashTable *fonts, const PangoGlyphItem *item)
{
  hb_face_t *face = face_of (item);
  CutFont *font = g_hash_table_lookup (fonts, face);
  hb_set_t *glyphs;

  if (!is_plain (item))
    return;
  if (font == NULL && is_simple (face))
    {
      font = g_new0 (CutFont, 1);
      font->input = make_input ();
      g_hash_table_insert (fonts, hb_face_reference (face), font);
    }
  if (font == NULL || font->input == NULL)
    return;
  glyphs = hb_subset_input_glyph_set (font->input);
  for (int i = 0; i < item->glyphs->num_glyphs; i++)
    if (item->glyphs->glyphs[i].glyph != PANGO_GLYPH_EMPTY)
      hb_set_add (glyphs, item->glyphs->glyphs[i].glyph);
}

static cairo_font_face_t *
load_face (hb_face_t *cut)
{
  static const cairo_user_data_key_t key;
  FaceData *data = g_new0 (FaceData, 1);
  cairo_font_face_t *face;
  const char *bytes;
  guint size = 0;

  data->blob = hb_face_reference_blob (cut);
  bytes = hb_blob_get_data (data->blob, &size);
  if (FT_Init_FreeType (&data->library) != 0 ||
      FT_New_Memory_Face (data->library, (const FT_Byte *) bytes, (FT_Long) size, 0, &data->face) != 0)
    {
      face_data_free (data);
      return NULL;
    }
  face = cairo_ft_font_face_create_for_ft_face (data->face, FT_LOAD_NO_HINTING);
  if (cairo_font_face_set_user_data (face, &key, data, face_data_free) == CAIRO_STATUS_SUCCESS)
    return face;
  cairo_font_face_destroy (face);
  face_data_free (data);
  return NULL;
}

static void
cut_cb (gpointer key, gpointer value, G_GNUC_UNUSED gpointer unused)
{
  CutFont *font = value;
  hb_face_t *cut;

  font->plan = font->input != NULL ? hb_subset_plan_create_or_fail (key, font->input) : NULL;
  cut = font->plan != NULL ? hb_subset_plan_execute_or_fail (font->plan) : NULL;
  if (cut == NULL)
    return;
  font->face = load_face (cut);
  hb_face_destroy (cut);
}

/**
 * kan_paper_cut_fonts:
 *
 * The fonts of a finished paper, each cut down to the glyphs that it shows, for kan_paper_show_run(); transfer full.
 */
GHashTable *
kan_paper_cut_fonts (const KanPaper *self)
{
  GHashTable *fonts = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) hb_face_destroy, cut_font_free);

  for (guint p = 0; p < self->pages->len; p++)
    {
      const GArray *inks = ((const KanPaperPage *) g_ptr_array_index (self->pages, p))->ink;

      for (guint i = 0; i < inks->len; i++)
        {
          const KanPaperInk *ink = &g_array_index (inks, KanPaperInk, i);
          const KanPaperLine *line = &g_array_index (ink->text->lines, KanPaperLine, ink->line);

          for (guint r = line->first; r < line->first + line->n; r++)
            add_glyphs (fonts, g_array_index (ink->text->runs, KanPaperRun, r).glyphs);
        }
    }
  g_hash_table_foreach (fonts, cut_cb, NULL);
  return fonts;
}

/* --- showing -------------------------------------------------------------------------------------------------- */

/* Glyphs where Pango set them, in clusters that tell what characters they stand for: a file can be searched by them. */
static void
show (cairo_t *cr, const CutFont *font, const char *words, PangoGlyphItem *item)
{
  g_autofree cairo_glyph_t *glyphs = g_new0 (cairo_glyph_t, item->glyphs->num_glyphs + 1);
  g_autofree cairo_text_cluster_t *clusters = g_new0 (cairo_text_cluster_t, item->glyphs->num_glyphs + 1);
  PangoGlyphItemIter at;
  double x = 0, y = 0;
  int n = 0, n_clusters = 0;

  cairo_get_current_point (cr, &x, &y);
  for (gboolean more = pango_glyph_item_iter_init_start (&at, item, words); more;
       more = pango_glyph_item_iter_next_cluster (&at))
    {
      int first = n;

      for (int i = at.start_glyph; i < at.end_glyph; i++)
        {
          const PangoGlyphInfo *glyph = &item->glyphs->glyphs[i];
          guint number = hb_map_get (hb_subset_plan_old_to_new_glyph_mapping (font->plan), glyph->glyph);

          if (glyph->glyph != PANGO_GLYPH_EMPTY)
            glyphs[n++] = (cairo_glyph_t) { number, x + pango_units_to_double (glyph->geometry.x_offset),
                                            y + pango_units_to_double (glyph->geometry.y_offset) };
          x += pango_units_to_double (glyph->geometry.width);
        }
      clusters[n_clusters++] = (cairo_text_cluster_t) { at.end_index - at.start_index, n - first };
    }
  cairo_show_text_glyphs (cr, words + item->item->offset, item->item->length, glyphs, n, clusters, n_clusters, 0);
}

/**
 * kan_paper_show_run:
 *
 * Shows a run of @words at the current point; @fonts: from kan_paper_cut_fonts(); NULL: with whole fonts.
 */
void
kan_paper_show_run (cairo_t *cr, GHashTable *fonts, const char *words, PangoGlyphItem *item)
{
  const CutFont *font = fonts != NULL && is_plain (item) ? g_hash_table_lookup (fonts, face_of (item)) : NULL;
  cairo_scaled_font_t *whole;
  cairo_matrix_t matrix;

  if (font == NULL || font->face == NULL)
    {
      pango_cairo_show_glyph_item (cr, words, item);
      return;
    }
  whole = pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (item->item->analysis.font));
  cairo_scaled_font_get_font_matrix (whole, &matrix);
  cairo_set_font_face (cr, font->face);
  cairo_set_font_matrix (cr, &matrix);
  show (cr, font, words, item);
}
