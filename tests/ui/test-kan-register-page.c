/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The generic register page over the demo office: every register opens, chips, search and headers ask for another
 * order, a row opens its record, offers begin acts, locking wipes. */
#include "page-fixture.h"

#include "kit/kan-columns.h"
#include "kit/kan-pieces.h"
#include "kit/kan-register-page.h"
#include "kit/kan-saved-filters.h"
#include "kit/kan-split.h"
#include "registers/kan-registers.h"

typedef PageBench Bench;

static void
open_page (Bench *b, const char *reg, int width)
{
  page_bench_show (b, kan_register_page_new (b->session, reg), width, 600);
}

static void
set_up (Bench *b, gconstpointer unused)
{
  b->session = session_open ();
}

static gboolean
is_count (GtkWidget *widget, const char *suffix)
{
  return GTK_IS_LABEL (widget) && g_str_has_suffix (gtk_label_get_text (GTK_LABEL (widget)), suffix);
}

static guint
count_rows (Bench *b)
{
  GtkWidget *label = await_widget (b->page, is_count, " records");

  return (guint) g_ascii_strtoull (gtk_label_get_text (GTK_LABEL (label)), NULL, 10);
}

/* Every register that the program declares is shown without code of its own. */
static void
test_every_register (Bench *b, gconstpointer unused)
{
  open_page (b, "medium", 1000);
  await_widget (b->page, is_of_type, "GtkColumnView");
  for (const KanRegister **reg = kan_registers ()->registers; *reg != NULL; reg++)
    if ((*reg)->prefix != NULL)
      {
        g_autofree char *title = NULL;

        b->page = kan_register_page_new (b->session, (*reg)->id);
        adw_window_set_content (ADW_WINDOW (b->window), b->page);
        await_widget (b->page, says, " record");
        /* alone it would offer nothing */
        g_assert_true ((find_widget (b->page, is_button, "All") != NULL) ==
                       ((*reg)->lists != NULL && (*reg)->lists->id != NULL));
        g_object_get (b->page, "title", &title, NULL);
        g_assert_cmpstr (title, ==, (*reg)->title.en);
        g_assert_cmpstr (kan_register_page_get_id (KAN_REGISTER_PAGE (b->page)), ==, (*reg)->id);
      }
}

/* One column takes the room that is left, and it is never that of the states: they are short, and keys are long. */
static void
test_room (Bench *b, gconstpointer reg)
{
  GListModel *columns;
  guint expanding = 0;

  open_page (b, reg, 1000);
  await_widget (b->page, says, " record");
  columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (await_widget (b->page, is_of_type, "GtkColumnView")));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      const char *title = gtk_column_view_column_get_title (column);

      if (!gtk_column_view_column_get_expand (column))
        continue;
      expanding++;
      g_assert_cmpstr (title, ==, strcmp (reg, "key") == 0 ? "Key for acts" : "Applies from");
    }
  g_assert_cmpuint (expanding, ==, 1);
}

/* Words of the vocabularies are longer in English: the kind of a medium is read without widening its column. */
static void
test_chosen_words (Bench *b, gconstpointer unused)
{
  g_autoptr(PangoLayout) layout = NULL;
  GListModel *columns;
  guint n_kinds = 0;
  int width;

  open_page (b, "medium", 1000);
  await_widget (b->page, is_button, "All");
  columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (await_widget (b->page, is_of_type, "GtkColumnView")));
  layout = gtk_widget_create_pango_layout (b->page, "Magneto-optical disk");
  pango_layout_get_pixel_size (layout, &width, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (strcmp (gtk_column_view_column_get_title (column), "Kind") != 0)
        continue;
      n_kinds++;
      g_assert_cmpint (gtk_column_view_column_get_fixed_width (column), >, width);
    }
  g_assert_cmpuint (n_kinds, ==, 1);
}

static gboolean
has_rows (gpointer data)
{
  return count_rows (data) > 0;
}

static void
await_rows (Bench *b)
{
  spin_until (has_rows, b);
}

static gboolean
is_on_a_line (gpointer data)
{
  GtkWidget *text = find_widget (((Bench *) data)->page, is_of_type, "GtkInscription");

  return text != NULL && gtk_widget_get_allocated_baseline (text) > 0;
}

/* Texts of a row stand on one line, whether they are cut or not. */
static void
test_one_line (Bench *b, gconstpointer unused)
{
  open_page (b, "medium", 1100);
  spin_until (is_on_a_line, b);
}

typedef struct { Bench *bench; guint n; gboolean fewer; } Wanted;

/* As many as before the filter, or fewer and not none. */
static gboolean
is_counted (gpointer data)
{
  const Wanted *wanted = data;
  guint n = count_rows (wanted->bench);

  return wanted->fewer ? n > 0 && n < wanted->n : n == wanted->n;
}

static void
test_chips (Bench *b, gconstpointer unused)
{
  Wanted wanted = { .bench = b };

  open_page (b, "medium", 1000);
  await_rows (b);
  wanted.n = count_rows (b);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (await_widget (b->page, is_button, "In store")), TRUE);
  wanted.fewer = TRUE;
  spin_until (is_counted, &wanted);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (await_widget (b->page, is_button, "All"))));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (await_widget (b->page, is_button, "All")), TRUE);
  wanted.fewer = FALSE;
  spin_until (is_counted, &wanted);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (await_widget (b->page, is_button, "In store"))));
}

static gboolean
is_late_mark (GtkWidget *widget, const char *sign)
{
  return GTK_IS_IMAGE (widget) && gtk_widget_get_mapped (widget) &&
         g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (widget)), sign) == 0;
}

static gboolean
has_no_late_mark (gpointer data)
{
  return find_widget (((Bench *) data)->page, is_late_mark, "dialog-warning-symbolic") == NULL;
}

/* Media that hold data beyond their date: a sign stands before the date, which is coloured as well; none beside media
 * that hold nothing. */
static void
test_late (Bench *b, gconstpointer unused)
{
  Wanted wanted = { .bench = b };
  GtkWidget *mark;

  open_page (b, "medium", 1600);
  await_rows (b);
  wanted.n = count_rows (b);
  wanted.fewer = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (await_widget (b->page, is_button, "Overdue for destruction")), TRUE);
  spin_until (is_counted, &wanted);
  mark = await_widget (b->page, is_late_mark, "dialog-warning-symbolic");
  g_assert_true (gtk_widget_has_css_class (gtk_widget_get_parent (mark), "error"));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (mark), ==, "overdue");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (await_widget (b->page, is_button, "Erased, reusable")), TRUE);
  spin_until (has_no_late_mark, b);
}

/* A record that was opened from elsewhere is seen in its list, however long that is. */
static void
test_scroll (Bench *b, gconstpointer unused)
{
  open_page (b, "batch", 1000);
  spin_for (400);
  g_assert_null (find_widget (b->page, is_inscription, "B1"));
  kan_register_page_open (KAN_REGISTER_PAGE (b->page), "B1");
  await_widget (b->page, is_inscription, "B1");
}

static void
test_search (Bench *b, gconstpointer unused)
{
  GtkWidget *search;

  open_page (b, "medium", 1000);
  await_rows (b);
  kan_register_page_focus_search (KAN_REGISTER_PAGE (b->page));
  search = await_widget (b->page, is_of_type, "GtkSearchEntry");
  gtk_editable_set_text (GTK_EDITABLE (search), "no such words");
  await_widget (b->page, is_label, "Nothing Found");
  gtk_widget_activate (await_widget (b->page, is_button, "Show _All"));
  await_rows (b);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
}

/* A header tells which order is wanted, without comparing a record. */
static void
test_sort (Bench *b, gconstpointer unused)
{
  GtkColumnView *table;
  GListModel *columns;
  GtkColumnViewColumn *number;
  gboolean descending;

  open_page (b, "medium", 1000);
  await_rows (b);
  table = GTK_COLUMN_VIEW (await_widget (b->page, is_of_type, "GtkColumnView"));
  g_assert_cmpint (kan_columns_get_sort (table, &descending), ==, -1);
  columns = gtk_column_view_get_columns (table);
  number = g_list_model_get_item (columns, 0);
  gtk_column_view_sort_by_column (table, number, GTK_SORT_DESCENDING);
  g_assert_cmpint (kan_columns_get_sort (table, &descending), ==, 0);
  g_assert_true (descending);
  spin_for (600);
  g_assert_null (find_widget (GTK_WIDGET (table), is_inscription, "M1"));
  gtk_column_view_sort_by_column (table, number, GTK_SORT_ASCENDING);
  g_assert_cmpint (kan_columns_get_sort (table, &descending), ==, 0);
  g_assert_false (descending);
  await_widget (GTK_WIDGET (table), is_inscription, "M1");
  g_object_unref (number);
}

/* Beside each other where there is room; else the record takes the list's place, and the window's own arrow leads
 * back. */
static void
test_record_beside (Bench *b, gconstpointer unused)
{
  open_page (b, "medium", 1100);
  await_rows (b);
  kan_register_page_open (KAN_REGISTER_PAGE (b->page), "M1");
  await_widget (b->page, is_label, "Particulars");
  g_assert_nonnull (find_widget (b->page, is_of_type, "GtkColumnView"));
  gtk_widget_activate (await_widget (b->page, is_tooltip, "Close this record"));
  spin_for (400);
  g_assert_null (kan_register_page_get_subject (KAN_REGISTER_PAGE (b->page)));
}

static void
test_record_instead (Bench *b, gconstpointer unused)
{
  open_page (b, "medium", 700);
  await_rows (b);
  kan_register_page_open (KAN_REGISTER_PAGE (b->page), "M1");
  await_widget (b->page, is_label, "Particulars");
  g_assert_null (find_widget (b->page, is_of_type, "GtkColumnView"));
  await_no_widget (b->page, is_tooltip, "Close this record");
  kan_register_page_open (KAN_REGISTER_PAGE (b->page), NULL);
  await_widget (b->page, is_of_type, "GtkColumnView");
}

static void
test_lock_wipes (Bench *b, gconstpointer unused)
{
  open_page (b, "medium", 1100);
  kan_register_page_open (KAN_REGISTER_PAGE (b->page), "M1");
  await_widget (b->page, is_label, "Particulars");
  await_widget (b->page, is_inscription, "M1");
  kan_session_lock (b->session);
  spin_for (100);
  g_assert_null (kan_register_page_get_subject (KAN_REGISTER_PAGE (b->page)));
  g_assert_null (find_widget (b->page, is_label, "Particulars"));
  g_assert_null (find_widget (b->page, is_inscription, "M1"));
}

static void
test_filter_from_elsewhere (Bench *b, gconstpointer unused)
{
  open_page (b, "batch", 1000);
  await_widget (b->page, is_of_type, "GtkColumnView");
  spin_for (300);
  kan_register_page_set_filter (KAN_REGISTER_PAGE (b->page), "medium", "M1", "On one medium");
  await_widget (b->page, is_button, "On one medium");
  spin_for (300);
  g_assert_cmpuint (count_rows (b), >, 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (await_widget (b->page, is_button, "On one medium")), FALSE);
  spin_for (300);
  g_assert_null (find_widget (b->page, is_button, "On one medium"));
}

/* Offers begin acts; those that are refused say why. */
static void
test_offers (Bench *b, gconstpointer unused)
{
  GtkWidget *button;

  open_page (b, "medium", 1000);
  button = await_widget (b->page, is_button, "Register a medium");
  g_assert_true (gtk_widget_get_sensitive (button));
  gtk_widget_activate (button);
  kan_session_changed (b->session);      /* what comes meanwhile loses no press */
  spin_for (400);
  g_assert_cmpstr (b->log->str, ==, "act('media.register', '')\n");
  if (b->window != NULL)
    gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&b->window)));
  session_close (b->session);
  b->session = session_open_as ("audit_clerk");
  open_page (b, "office", 1000);
  button = await_widget (b->page, is_button, "Establish an office");
  g_assert_false (gtk_widget_get_sensitive (button));
  g_assert_nonnull (gtk_widget_get_tooltip_text (button));
  g_assert_nonnull (find_widget (b->page, is_label, gtk_widget_get_tooltip_text (button)));
}

static void
test_digits (void)
{
  static const struct { guint n; const char *words; } cases[] = {
    { 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 100000, "100,000" }, { 1234567, "1,234,567" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = kan_group_digits (cases[i].n);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* Without a schema nothing is kept, and nothing breaks. */
static void
test_saved_filters (void)
{
  g_autoptr(KanQuery) query = kan_query_new ("medium");
  g_autoptr(GPtrArray) saved = NULL;

  query->search = g_strdup ("USB");
  kan_saved_filters_add ("mine", query);
  saved = kan_saved_filters_list ("medium");
  for (guint i = 0; i < saved->len; i++)
    g_assert_cmpstr (((KanSavedFilter *) g_ptr_array_index (saved, i))->query->search, ==, "USB");
  kan_saved_filters_drop ("medium", "mine");
  g_ptr_array_unref (g_steal_pointer (&saved));
  saved = kan_saved_filters_list ("medium");
  g_assert_cmpuint (saved->len, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct { const char *name; void (*run) (Bench *, gconstpointer); } tests[] = {
    { "/register-page/every-register", test_every_register },
    { "/register-page/one-line", test_one_line },
    { "/register-page/chips", test_chips },
    { "/register-page/late", test_late },
    { "/register-page/scroll", test_scroll },
    { "/register-page/search", test_search },
    { "/register-page/sort", test_sort },
    { "/register-page/record-beside", test_record_beside },
    { "/register-page/record-instead", test_record_instead },
    { "/register-page/lock-wipes", test_lock_wipes },
    { "/register-page/filter-from-elsewhere", test_filter_from_elsewhere },
    { "/register-page/offers", test_offers },
  };
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  demo_build (300);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Bench, NULL, set_up, tests[i].run, page_bench_close);
  g_test_add ("/register-page/room/keys", Bench, "key", set_up, test_room, page_bench_close);
  g_test_add ("/register-page/room/profiles", Bench, "profile", set_up, test_room, page_bench_close);
  g_test_add ("/register-page/chosen-words", Bench, NULL, set_up, test_chosen_words, page_bench_close);
  g_test_add_func ("/register-page/digits", test_digits);
  g_test_add_func ("/register-page/saved-filters", test_saved_filters);
  status = g_test_run ();
  demo_remove ();
  return status;
}
