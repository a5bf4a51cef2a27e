/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window over 100,000 acts and a list of 100,000 rows: what unlocking shows after Argon2id, the longest silence of
 * the main loop, and what opening a long list costs beside the same view over 300 rows that GTK keeps itself. */
#include "bench/bench.h"
#include "kan-session.h"
#include "kit/kan-slots.h"
#include "today/kan-today-page.h"

#include <adwaita.h>

enum { ACTS = 100000, FEW = 300, COLUMNS = 8, RUNS = 7 };

static const BenchAim today_aim = { "unlocked to Today shown, beside Argon2id", "ms", 200, FALSE };
static const BenchAim open_aim = { "opening 100,000 rows, of 300 that GTK keeps", "times", 1.3, FALSE };
static const BenchAim silence_aims[] = {
  { "longest silence at a sort", "ms", 50, FALSE },
  { "longest silence at a filter", "ms", 50, FALSE },
  { "longest silence at a jump", "ms", 50, FALSE },
};

typedef struct { gboolean done; double longest; } Loop;

/* One turn after the other; the longest of them is how long the window stood still. */
static void
turn_until_done (Loop *loop)
{
  double give_up = bench_now () + 60000;

  while (!loop->done && bench_now () < give_up)
    {
      double since = bench_now (), took;

      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (200);
      took = bench_now () - since;
      loop->longest = MAX (loop->longest, took);
    }
  g_assert_true (loop->done);
}

static void
done_cb (Loop *loop)
{
  loop->done = TRUE;
}

/* --- unlocking --------------------------------------------------------------------------------------------------- */

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GError) error = NULL;

  kan_door_free (kan_session_open_finish (KAN_SESSION (source), result, &error));
  g_assert_no_error (error);
  done_cb (data);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GError) error = NULL;

  kan_session_unlock_finish (KAN_SESSION (source), result, &error);
  g_assert_no_error (error);
  done_cb (data);
}

static void
open_file (KanSession *session, const char *file)
{
  Loop loop = { 0 };

  kan_session_lock (session);
  kan_session_open_async (session, file, FALSE, opened_cb, &loop);
  turn_until_done (&loop);
}

/* From the passphrase to a page of the day that says what waits. The key slot is a light one: Argon2id is left out. */
static double
show_today (KanSession *session, const char *file, GtkWindow *window, double *longest)
{
  double since = bench_now ();
  Loop unlocking = { 0 }, showing = { 0 };
  GtkWidget *page;

  kan_session_unlock_async (session, BENCH_LOGIN, bench_passphrase (file, BENCH_LOGIN), unlocked_cb, &unlocking);
  turn_until_done (&unlocking);
  page = kan_today_page_new (session);
  g_signal_connect_swapped (page, "counted", G_CALLBACK (done_cb), &showing);
  adw_window_set_content (ADW_WINDOW (window), page);
  turn_until_done (&showing);
  *longest = MAX (unlocking.longest, showing.longest);
  return bench_now () - since;
}

/* --- a long list ------------------------------------------------------------------------------------------------- */

typedef struct { guint n; gboolean descending; } Question;

static GArray *
long_order (KanDesk *desk, gpointer source, GError **error)
{
  const Question *question = source;
  GArray *order = g_array_sized_new (FALSE, FALSE, sizeof (guint32), question->n);

  for (guint i = 0; i < question->n; i++)
    {
      guint32 id = question->descending ? question->n - i : i + 1;

      g_array_append_val (order, id);
    }
  return order;
}

static GPtrArray *
long_page (KanDesk *desk, gpointer source, const guint32 *ids, guint n, GError **error)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  for (guint i = 0; i < n; i++)
    {
      char **cells = g_new0 (char *, COLUMNS + 1);

      for (guint c = 0; c < COLUMNS; c++)
        cells[c] = g_strdup_printf ("%u-%u", ids[i], c);
      g_ptr_array_add (rows, cells);
    }
  return rows;
}

static gpointer
copy_question (gpointer source)
{
  return g_memdup2 (source, sizeof (Question));
}

static const KanSlotsHow long_list = { long_order, long_page, copy_question, g_free };

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_inscription_new (NULL));
}

static void
cell_cb (GObject *slot, GParamSpec *pspec, GtkInscription *cell)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (cell), "column"));

  gtk_inscription_set_text (cell, KAN_IS_LIST_ITEM (slot) ? kan_list_item_get_cell (KAN_LIST_ITEM (slot), column)
                            : gtk_string_object_get_string (GTK_STRING_OBJECT (slot)));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  GObject *slot = gtk_list_item_get_item (item);

  g_object_set_data (G_OBJECT (cell), "column", column);
  if (KAN_IS_LIST_ITEM (slot))
    g_signal_connect_object (slot, "notify::cells", G_CALLBACK (cell_cb), cell, 0);
  cell_cb (slot, NULL, GTK_INSCRIPTION (cell));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), gtk_list_item_get_child (item));
}

static GtkWidget *
new_table (GListModel *model)
{
  GtkWidget *table = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (model))));
  GtkWidget *scroller = gtk_scrolled_window_new ();

  for (guint c = 0; c < COLUMNS; c++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      GtkColumnViewColumn *column;

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (c));
      g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
      column = gtk_column_view_column_new ("column", factory);
      gtk_column_view_column_set_fixed_width (column, 110);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (table), column);
      g_object_unref (column);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), table);
  return scroller;
}

/* Until two frames were painted. */
static void
painted_cb (GdkFrameClock *clock, Loop *loop)
{
  loop->done = TRUE;
}

static double
paint (GtkWindow *window, double since, double *longest)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  Loop loop = { 0 };
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &loop);

  for (guint i = 0; i < 2; i++)
    {
      loop.done = FALSE;
      gtk_widget_queue_draw (GTK_WIDGET (window));
      turn_until_done (&loop);
    }
  g_signal_handler_disconnect (clock, id);
  if (longest != NULL)
    *longest = MAX (*longest, loop.longest);
  return bench_now () - since;
}

/* What stood there before is not part of what opening costs. */
static void
clear (GtkWindow *window)
{
  adw_window_set_content (ADW_WINDOW (window), NULL);
  paint (window, 0, NULL);
}

static double
open_few (GtkWindow *window)
{
  g_autoptr(GListStore) store = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  double since;

  clear (window);
  since = bench_now ();

  for (guint i = 0; i < FEW; i++)
    {
      g_autoptr(GtkStringObject) row = gtk_string_object_new ("of three hundred");

      g_list_store_append (store, row);
    }
  adw_window_set_content (ADW_WINDOW (window), new_table (G_LIST_MODEL (store)));
  return paint (window, since, NULL);
}

static void
ask (KanSlots *slots, guint n, gboolean descending, double *longest)
{
  Question *question = g_new (Question, 1);
  Loop loop = { 0 };
  gulong id = g_signal_connect_swapped (slots, "loaded", G_CALLBACK (done_cb), &loop);

  question->n = n;
  question->descending = descending;
  kan_slots_ask (slots, question);
  turn_until_done (&loop);
  g_signal_handler_disconnect (slots, id);
  *longest = MAX (*longest, loop.longest);
}

static double
open_many (KanSession *session, GtkWindow *window, BenchSample *silences)
{
  g_autoptr(KanSlots) slots = kan_slots_new (session, &long_list);
  double since, took, ignored = 0, longest[G_N_ELEMENTS (silence_aims)] = { 0 };
  GtkWidget *scroller;

  clear (window);
  since = bench_now ();
  ask (slots, ACTS, FALSE, &ignored);
  scroller = new_table (G_LIST_MODEL (slots));
  adw_window_set_content (ADW_WINDOW (window), scroller);
  took = paint (window, since, NULL);
  ask (slots, ACTS, TRUE, &longest[0]);             /* sorted */
  paint (window, since, &longest[0]);
  ask (slots, ACTS / 2, FALSE, &longest[1]);        /* filtered */
  paint (window, since, &longest[1]);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), 500000);
  paint (window, since, &longest[2]);               /* jumped */
  for (guint i = 0; i < G_N_ELEMENTS (silence_aims); i++)
    bench_add (&silences[i], longest[i]);
  return took;
}

int
main (int argc, char **argv)
{
  BenchSample today = { 0 }, still = { 0 }, few = { 0 }, many = { 0 }, ratios = { 0 };
  BenchSample silences[G_N_ELEMENTS (silence_aims)] = { 0 };
  g_autofree char *file = NULL;
  g_autoptr(KanSession) session = NULL;
  GtkWindow *window;

  bench_start (argc, argv);
  adw_init ();
  file = bench_file (ACTS, TRUE);
  window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_default_size (window, 1000, 600);
  gtk_window_present (window);
  session = kan_session_new ();
  for (guint i = 0; i < RUNS; i++)
    {
      double longest = 0;

      open_file (session, file);
      bench_add (&today, show_today (session, file, window, &longest));
      bench_add (&still, longest);
    }
  for (guint i = 0; i < RUNS; i++)
    {
      bench_add (&few, open_few (window));
      bench_add (&many, open_many (session, window, silences));
      bench_add (&ratios, many.value[i] / few.value[i]);
    }
  bench_tell ("longest silence until Today is shown", &still, "ms");
  bench_judge (&today_aim, &today);
  bench_tell ("opening 300 rows of GTK's", &few, "ms");
  bench_tell ("opening the long list", &many, "ms");
  bench_judge (&open_aim, &ratios);
  for (guint i = 0; i < G_N_ELEMENTS (silence_aims); i++)
    bench_judge (&silence_aims[i], &silences[i]);
  gtk_window_destroy (window);
  return bench_end ();
}
