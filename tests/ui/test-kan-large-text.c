/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text of twice the usual size and high contrast, on the smallest screen: nothing that is needed is cut, and what is
 * drawn can be told apart. */
#include "page-fixture.h"

#include "approvals/kan-approval-wizard.h"
#include "kit/kan-pieces.h"
#include "today/kan-strip.h"
#include "today/kan-today-page.h"
#include "unlock/kan-unlock-page.h"

#include <math.h>

enum { WIDTH = 1024, HEIGHT = 600, USUAL = 96 * 1024 };

typedef struct { KanSession *session; GtkWidget *window; GString *log; } Bench;

static void
set_text_size (int factor)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", factor * USUAL, NULL);
}

static void
set_up (Bench *b, gconstpointer office)
{
  b->log = g_string_new (NULL);
  b->session = session_open_as (office);
  set_text_size (2);
}

static void
tear_down (Bench *b, gconstpointer unused)
{
  set_text_size (1);
  gtk_window_destroy (GTK_WINDOW (b->window));
  session_close (b->session);
  g_string_free (b->log, TRUE);
}

/* Words that end in “…” because there is no room, and what sticks out at a side where nothing scrolls. */
static void
expect_whole (GtkWidget *widget, GtkWidget *root)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    {
      g_test_message ("%s", gtk_label_get_text (GTK_LABEL (widget)));
      g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))));
    }
  if (GTK_IS_LABEL (widget) || GTK_IS_BUTTON (widget))
    {
      g_assert_true (gtk_widget_compute_bounds (widget, root, &bounds));
      g_assert_cmpfloat (bounds.origin.x, >=, 0);
      g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (root) + 1);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    expect_whole (child, root);
}

static void
expect_fits (GtkWidget *window)
{
  int least = 0;

  spin_for (300);
  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, WIDTH);
  gtk_widget_measure (window, GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, HEIGHT);
  expect_whole (window, window);
}

static void
test_unlock (Bench *b, gconstpointer unused)
{
  GtkWidget *page = g_object_new (KAN_TYPE_UNLOCK_PAGE, NULL);

  kan_unlock_page_set_session (KAN_UNLOCK_PAGE (page), b->session);
  b->window = window_with (page, WIDTH, HEIGHT, b->log);
  expect_fits (b->window);
  kan_unlock_page_open (KAN_UNLOCK_PAGE (page), demo_path, FALSE);
  await_widget (page, is_passphrase, NULL);
  expect_fits (b->window);
}

static gboolean
is_strip (GtkWidget *widget, const char *unused)
{
  return KAN_IS_STRIP (widget);
}

/* The picture grows with the text in it. */
static void
test_today (Bench *b, gconstpointer unused)
{
  int large = 0, usual = 0;
  GtkWidget *strip;

  b->window = window_with (kan_today_page_new (b->session), WIDTH - 240, HEIGHT, b->log);
  await_widget (b->window, is_label, "What Waits for You");
  expect_fits (b->window);
  strip = find_widget (b->window, is_strip, NULL);
  gtk_widget_measure (strip, GTK_ORIENTATION_VERTICAL, -1, &large, NULL, NULL, NULL);
  set_text_size (1);
  gtk_widget_measure (strip, GTK_ORIENTATION_VERTICAL, -1, &usual, NULL, NULL, NULL);
  g_assert_cmpint (large, ==, 2 * usual);
}

static gpointer
waiting_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  return demo_ask_text (kan_worker_get_desk (worker), "SELECT subject FROM pending LIMIT 1");
}

static void
test_approval (Bench *b, gconstpointer unused)
{
  g_autofree char *subject = session_ask (b->session, waiting_job, NULL);
  g_autoptr(GPtrArray) subjects = g_ptr_array_new ();

  g_ptr_array_add (subjects, subject);
  b->window = kan_approval_wizard_new (b->session, NULL, subjects);
  gtk_window_present (GTK_WINDOW (b->window));
  await_widget (b->window, is_label, "Decided So Far");
  expect_fits (b->window);
  gtk_widget_activate (await_widget (b->window, is_button, "Consent"));
  await_widget (b->window, is_passphrase, NULL);
  expect_fits (b->window);
}

/* --- high contrast ---------------------------------------------------------------------------------------------- */

static double
linear (double part)
{
  return part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

static double
light_of (const GdkRGBA *colour)
{
  return 0.2126 * linear (colour->red) + 0.7152 * linear (colour->green) + 0.0722 * linear (colour->blue);
}

/* As WCAG 2 measures it. */
static double
contrast (GtkWidget *widget, const char *ink, const char *paper)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA one, two;
  double a, b;

  g_assert_true (gtk_style_context_lookup_color (style, ink, &one));
  g_assert_true (gtk_style_context_lookup_color (style, paper, &two));
  a = light_of (&one);
  b = light_of (&two);
  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

/* What the strip is drawn with, without regard to hue; what is overdue says so in words besides. */
static void
test_contrast (Bench *b, gconstpointer unused)
{
  static const char *const pairs[][2] = {
    { "accent_color", "card_bg_color" }, { "error_color", "card_bg_color" }, { "error_fg_color", "error_bg_color" },
    { "warning_fg_color", "warning_bg_color" }, { "card_fg_color", "card_bg_color" },
  };
  GtkWidget *strip;

  set_text_size (1);
  g_assert_true (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()));
  b->window = window_with (kan_today_page_new (b->session), WIDTH, HEIGHT, b->log);
  strip = await_widget (b->window, is_strip, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_test_message ("%s on %s", pairs[i][0], pairs[i][1]);
      g_assert_cmpfloat (contrast (strip, pairs[i][0], pairs[i][1]), >=, 4.5);
    }
  expect_fits (b->window);
}

/* Whom something waits for. */
static char *
system_manager (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);

  return g_strdup (kan_profile_office_of_role (kan_book_get_profile (kan_desk_get_book (desk)),
                                               "system_manager")->id);
}

/* Words within a picture are smaller than those beside it, and grow as they do. */
static void
test_pictures (Bench *b, gconstpointer unused)
{
  GtkWidget *label = gtk_label_new ("令和8年11月");
  g_autoptr(PangoLayout) small = NULL;
  int beside = 0, within = 0;

  b->window = window_with (label, WIDTH, HEIGHT, b->log);
  spin_for (50);
  small = kan_small_layout (label, "令和8年11月");
  pango_layout_get_pixel_size (gtk_label_get_layout (GTK_LABEL (label)), &beside, NULL);
  pango_layout_get_pixel_size (small, &within, NULL);
  g_assert_cmpint (within, <, beside * 9 / 10);
  g_assert_cmpint (within, >, beside * 8 / 10);
}

int
main (int argc, char *argv[])
{
  g_autofree char *manager = NULL;
  int status;

  g_setenv ("ADW_DEBUG_HIGH_CONTRAST", "1", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  demo_build (0);
  manager = system_manager ();
#define ADD(name, office, func) g_test_add ("/large-text/" name, Bench, office, set_up, func, tear_down)
  ADD ("unlock", NULL, test_unlock);
  ADD ("today", NULL, test_today);
  ADD ("approval", manager, test_approval);
  ADD ("contrast", NULL, test_contrast);
  ADD ("pictures", NULL, test_pictures);
#undef ADD
  status = g_test_run ();
  demo_remove ();
  return status;
}
