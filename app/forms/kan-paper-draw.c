/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws finished pages on any cairo context and writes them as a PDF file. */
#include "forms/kan-paper-private.h"

#include "vault/kan-header.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define GREY 0.93
#define DARK 0.72       /* words in black stay readable on it */

/* The ink of one line, from the font's own outlines. */
static KanPaperBox
ink_box (const KanPaperInk *ink)
{
  const KanPaperLine *line = &g_array_index (ink->text->lines, KanPaperLine, ink->line);
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;
  double unit = ink->em / (PANGO_SCALE * KAN_PAPER_SHAPED_AT);

  for (guint i = line->first; i < line->first + line->n; i++)
    {
      const KanPaperRun *run = &g_array_index (ink->text->runs, KanPaperRun, i);
      PangoRectangle r;

      pango_glyph_string_extents (run->glyphs->glyphs, run->glyphs->item->analysis.font, &r, NULL);
      if (r.width == 0)
        continue;
      left = MIN (left, ink->x + (run->x * ink->em + r.x * unit) * ink->narrow);
      right = MAX (right, ink->x + (run->x * ink->em + (r.x + r.width) * unit) * ink->narrow);
      top = MIN (top, ink->y + r.y * unit);
      bottom = MAX (bottom, ink->y + (r.y + r.height) * unit);
    }
  return left > right ? (KanPaperBox) { 0 } : (KanPaperBox) { left, top, right - left, bottom - top };
}

/**
 * kan_paper_get_boxes:
 * @self: a paper
 * @page: from 0
 *
 * Returns: (transfer full) (element-type KanPaperBox): where the ink of each line of text lies, to prove that nothing
 * is overprinted or cut
 */
GArray *
kan_paper_get_boxes (const KanPaper *self, guint page)
{
  const KanPaperPage *sheet = g_ptr_array_index (self->pages, page);
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (KanPaperBox));

  for (guint i = 0; i < sheet->ink->len; i++)
    {
      KanPaperBox box = ink_box (&g_array_index (sheet->ink, KanPaperInk, i));

      if (box.width > 0)
        g_array_append_val (boxes, box);
    }
  return boxes;
}

static gboolean
is_shade (const KanPaperRule *rule)
{
  return rule->kind == KAN_RULE_SHADE || rule->kind == KAN_RULE_DARK;
}

static void
draw_rule (cairo_t *cr, const KanPaperRule *rule)
{
  const double dash[] = { 2, 1.5 };

  if (is_shade (rule))
    {
      double grey = rule->kind == KAN_RULE_DARK ? DARK : GREY;

      cairo_rectangle (cr, rule->x, rule->y, rule->width, rule->height);
      cairo_set_source_rgb (cr, grey, grey, grey);
      cairo_fill (cr);
      return;
    }
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, rule->thickness);
  cairo_set_dash (cr, dash, rule->kind == KAN_RULE_CUT ? G_N_ELEMENTS (dash) : 0, 0);
  if (rule->kind == KAN_RULE_FRAME)
    cairo_rectangle (cr, rule->x, rule->y, rule->width, rule->height);
  else
    {
      cairo_move_to (cr, rule->x, rule->y);
      cairo_line_to (cr, rule->x + rule->width, rule->y + rule->height);
    }
  cairo_stroke (cr);
}

/* Shades first, so that no frame disappears under its neighbour's heading. */
static void
draw_rules (cairo_t *cr, const GArray *rules)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < rules->len; i++)
      {
        const KanPaperRule *rule = &g_array_index (rules, KanPaperRule, i);

        if (is_shade (rule) == (pass == 0))
          draw_rule (cr, rule);
      }
}

static void
draw_ink (cairo_t *cr, const KanPaperInk *ink, GHashTable *fonts)
{
  const KanPaperLine *line = &g_array_index (ink->text->lines, KanPaperLine, ink->line);
  double scale = ink->em / KAN_PAPER_SHAPED_AT;

  cairo_save (cr);
  cairo_translate (cr, ink->x, ink->y);
  cairo_scale (cr, scale * ink->narrow, scale);
  for (guint i = line->first; i < line->first + line->n; i++)
    {
      const KanPaperRun *run = &g_array_index (ink->text->runs, KanPaperRun, i);

      cairo_move_to (cr, run->x * KAN_PAPER_SHAPED_AT, 0);
      kan_paper_show_run (cr, fonts, ink->text->words, run->glyphs);
    }
  cairo_restore (cr);
}

/* One path of bars: neighbours of a row are joined, so that no renderer leaves a gap between them. */
static void
draw_code (cairo_t *cr, const KanPaperCode *code)
{
  int width = code->code->width;

  for (int row = 0; row < width; row++)
    for (int column = 0, first; column < width; column++)
      {
        for (first = column; column < width && (code->code->data[row * width + column] & 1); column++)
          ;
        if (column > first)
          cairo_rectangle (cr, code->x + first * KAN_PAPER_MODULE, code->y + row * KAN_PAPER_MODULE,
                           (column - first) * KAN_PAPER_MODULE, KAN_PAPER_MODULE);
      }
  cairo_fill (cr);
}

static void
draw_page (const KanPaperPage *sheet, cairo_t *cr, GHashTable *fonts)
{
  cairo_save (cr);
  cairo_scale (cr, 1 / KAN_PAPER_MM_PER_PT, 1 / KAN_PAPER_MM_PER_PT);
  draw_rules (cr, sheet->rules);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < sheet->codes->len; i++)
    draw_code (cr, &g_array_index (sheet->codes, KanPaperCode, i));
  for (guint i = 0; i < sheet->ink->len; i++)
    draw_ink (cr, &g_array_index (sheet->ink, KanPaperInk, i), fonts);
  cairo_restore (cr);
}

/**
 * kan_paper_draw_page:
 * @self: a finished paper
 * @cr: where to, one unit being a point and the origin the sheet's upper left corner
 * @page: from 0
 */
void
kan_paper_draw_page (const KanPaper *self, cairo_t *cr, guint page)
{
  draw_page (g_ptr_array_index (self->pages, page), cr, NULL);
}

typedef struct { FILE *file; int errnum; gboolean stopped; } Sink;

static cairo_status_t
write_cb (gpointer data, const unsigned char *bytes, unsigned int size)
{
  Sink *sink = data;

  if (fwrite (bytes, 1, size, sink->file) == size)
    return CAIRO_STATUS_SUCCESS;
  sink->errnum = errno;
  return CAIRO_STATUS_WRITE_ERROR;
}

static cairo_status_t
draw_pdf (const KanPaper *self, Sink *sink, KanProgressFunc progress, gpointer data)
{
  g_autoptr(GHashTable) fonts = kan_paper_cut_fonts (self);
  double width, height;
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  kan_paper_get_size (self, &width, &height);
  surface = cairo_pdf_surface_create_for_stream (write_cb, sink, width, height);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Kanribo");
  if (self->author != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, self->author);
  cr = cairo_create (surface);
  for (guint i = 0; i < self->pages->len && !sink->stopped; i++)
    {
      draw_page (g_ptr_array_index (self->pages, i), cr, fonts);
      cairo_show_page (cr);
      sink->stopped = progress != NULL && !progress (i + 1, self->pages->len, data);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

static gboolean
write_to (const KanPaper *self, int fd, const char *path, KanProgressFunc progress, gpointer data, GError **error)
{
  Sink sink = { fdopen (fd, "wb"), 0, FALSE };
  cairo_status_t status;
  gboolean whole;

  if (sink.file == NULL)
    {
      kan_error_set_errno (error, errno, _("cannot write"), path);
      close (fd);
      return FALSE;
    }
  status = draw_pdf (self, &sink, progress, data);
  whole = fflush (sink.file) == 0 && fsync (fileno (sink.file)) == 0;
  if (!whole && sink.errnum == 0)
    sink.errnum = errno;
  whole = fclose (sink.file) == 0 && whole;
  if (status == CAIRO_STATUS_SUCCESS && whole && !sink.stopped)
    return TRUE;
  if (sink.stopped)
    g_set_error_literal (error, KAN_ERROR, KAN_ERROR_CANCELLED, _("it was stopped"));
  else if (sink.errnum != 0)
    kan_error_set_errno (error, sink.errnum, _("cannot write"), path);
  else
    g_set_error (error, KAN_ERROR, KAN_ERROR_IO, _("cannot draw %s: %s"), path, cairo_status_to_string (status));
  return FALSE;
}

static gsize
read_begin (const char *path, guint8 *begins, gsize size)
{
  FILE *file = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? fopen (path, "rbe") : NULL;
  gsize n = file != NULL ? fread (begins, 1, size, file) : 0;

  if (file != NULL)
    fclose (file);
  return n;
}

static gboolean
is_pdf (const char *path)
{
  guint8 begins[5];
  gsize n = read_begin (path, begins, sizeof begins);

  return n == sizeof begins && memcmp (begins, "%PDF-", n) == 0;
}

static gboolean
is_office (const char *path)
{
  guint8 begins[8];
  gsize n = read_begin (path, begins, sizeof begins);

  return n == sizeof begins && kan_header_is_ours (begins, n);
}

/**
 * kan_paper_may_write:
 * @path: where a PDF is to go
 * @error: %KAN_ERROR_EXISTS
 *
 * A paper of before may be replaced, never another file: an office's own, say.
 *
 * Returns: whether nothing is there, or a PDF
 */
gboolean
kan_paper_may_write (const char *path, GError **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS) || is_pdf (path))
    return TRUE;
  g_set_error (error, KAN_ERROR, KAN_ERROR_EXISTS, _("there is something at %s already, and it is no PDF"), path);
  return FALSE;
}

/* Beside it, and renamed. */
static gboolean
write_file (const KanPaper *self, const char *path, KanProgressFunc progress, gpointer data, GError **error)
{
  g_autofree char *beside = g_strconcat (path, ".XXXXXX", NULL);
  int fd = g_mkstemp_full (beside, O_WRONLY | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      kan_error_set_errno (error, errno, _("cannot write"), path);
      return FALSE;
    }
  if (!write_to (self, fd, path, progress, data, error))
    {
      g_unlink (beside);
      return FALSE;
    }
  if (g_rename (beside, path) == 0)
    return TRUE;
  kan_error_set_errno (error, errno, _("cannot write"), path);
  g_unlink (beside);
  return FALSE;
}

/**
 * kan_paper_write_over:
 * @self: a finished paper
 * @path: a file that somebody agreed to have replaced, whatever it is; never one of an office
 * @progress: (nullable): as kan_paper_write_pdf()
 * @data: for @progress
 * @error: as kan_paper_write_pdf(); %KAN_ERROR_EXISTS where it is an office's
 *
 * Returns: %TRUE if it was written
 */
gboolean
kan_paper_write_over (const KanPaper *self, const char *path, KanProgressFunc progress, gpointer data, GError **error)
{
  if (!is_office (path))
    return write_file (self, path, progress, data, error);
  g_set_error (error, KAN_ERROR, KAN_ERROR_EXISTS, _("%s is an office's own file, which no paper replaces"), path);
  return FALSE;
}

/**
 * kan_paper_write_pdf:
 * @self: a finished paper
 * @path: the file, replaced if there is a PDF
 * @progress: (nullable): told of pages that were drawn; where it says so, none is any more
 * @data: for @progress
 * @error: %KAN_ERROR_CANCELLED where @progress ended it, %KAN_ERROR_EXISTS where something else is there,
 *   %KAN_ERROR_FULL, %KAN_ERROR_READ_ONLY, %KAN_ERROR_MISSING, %KAN_ERROR_IO
 *
 * Writes beside @path and renames, so that @path is the old file or the whole new one, readable by its owner only.
 *
 * Returns: %TRUE if it was written
 */
gboolean
kan_paper_write_pdf (const KanPaper *self, const char *path, KanProgressFunc progress, gpointer data, GError **error)
{
  return kan_paper_may_write (path, error) && write_file (self, path, progress, data, error);
}
