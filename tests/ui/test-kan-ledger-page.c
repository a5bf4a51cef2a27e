/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain on screen: newest first, filters, an act opens its record; verification says what it found. */
#include "page-fixture.h"

#include "kit/kan-dialogs.h"
#include "ledger/kan-anchor-window.h"
#include "ledger/kan-chain-source.h"
#include "ledger/kan-ledger-page.h"
#include "ledger/kan-verdict-window.h"

typedef PageBench Bench;

static void
set_up (Bench *b, gconstpointer unused)
{
  b->session = session_open ();
  page_bench_show (b, kan_ledger_page_new (b->session), 1000, 500);
}

static gboolean
is_table (GtkWidget *widget, const char *unused)
{
  return GTK_IS_COLUMN_VIEW (widget);
}

static gboolean
is_search (GtkWidget *widget, const char *placeholder)
{
  g_autofree char *shown = NULL;

  if (!GTK_IS_SEARCH_ENTRY (widget))
    return FALSE;
  g_object_get (widget, "placeholder-text", &shown, NULL);
  return g_strcmp0 (shown, placeholder) == 0;
}

static KanSlots *
slots_of (Bench *b)
{
  GtkColumnView *table = GTK_COLUMN_VIEW (await_widget (b->page, is_table, NULL));

  return KAN_SLOTS (gtk_single_selection_get_model (GTK_SINGLE_SELECTION (gtk_column_view_get_model (table))));
}

static gboolean
is_filled (gpointer data)
{
  return kan_slots_get_n (data) > 0;
}

static gboolean
is_filtered (gpointer data)
{
  g_autoptr(KanListItem) item = g_list_model_get_item (data, 0);

  return item != NULL && g_str_has_prefix (kan_list_item_get_cell (item, KAN_CHAIN_SUBJECT), "M1　");
}

static void
test_filter (Bench *b, gconstpointer unused)
{
  KanSlots *slots = slots_of (b);
  guint all;

  spin_until (is_filled, slots);
  all = kan_slots_get_n (slots);
  gtk_editable_set_text (GTK_EDITABLE (await_widget (b->page, is_search, "Record, e.g. M12")), "M1");
  spin_until (is_filtered, slots);
  g_assert_cmpuint (kan_slots_get_n (slots), <, all);
}

static gboolean
is_act_window (gpointer data)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (find_widget (window, is_label, "Open the record") != NULL)
        {
          *(GtkWidget **) data = window;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_record_row (GtkWidget *widget, const char *unused)
{
  return ADW_IS_ACTION_ROW (widget) && gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget));
}

/* A row opens the act: who signed what. From there it goes on to the record. */
static void
test_act (Bench *b, gconstpointer unused)
{
  KanSlots *slots = slots_of (b);
  GtkWidget *window = NULL;

  spin_until (is_filled, slots);
  gtk_editable_set_text (GTK_EDITABLE (await_widget (b->page, is_search, "Record, e.g. M12")), "M1");
  spin_until (is_filtered, slots);
  g_signal_emit_by_name (await_widget (b->page, is_table, NULL), "activate", kan_slots_get_n (slots) - 1);
  spin_until (is_act_window, &window);
  g_assert_nonnull (find_widget (window, is_label, "Signed with the key"));
  g_assert_nonnull (find_widget (window, is_label, "What Was Signed"));
  g_signal_emit_by_name (await_widget (window, is_record_row, NULL), "activated");
  g_assert_cmpstr (b->log->str, ==, "record'M1'\n");
}

static gboolean
is_day_entry (GtkWidget *widget, const char *unused)
{
  return GTK_IS_ENTRY (widget) &&
         g_strcmp0 (gtk_entry_get_placeholder_text (GTK_ENTRY (widget)), "e.g. 2026-02-13") == 0;
}

typedef struct { KanSlots *slots; guint n; } Count;

static gboolean
is_count (gpointer data)
{
  const Count *count = data;

  return kan_slots_get_n (count->slots) == count->n;
}

/* What stands in place of the table, and says why. */
static gboolean
is_said (gpointer data)
{
  const gpointer *pair = data;
  GtkWidget *said = find_widget (pair[0], is_label, pair[1]);

  return said != NULL && gtk_widget_get_mapped (said);
}

static void
await_said (Bench *b, const char *words)
{
  gpointer pair[] = { b->page, (gpointer) words };

  spin_until (is_said, pair);
}

static gboolean
is_shown_table (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static GtkWidget *
day_entry (Bench *b, guint n)
{
  GtkWidget *since = await_widget (b->page, is_day_entry, NULL), *next = since;

  while (n > 0 && (next = gtk_widget_get_next_sibling (next)) != NULL)
    n -= is_day_entry (next, NULL);
  return next;
}

/* Half a date, or days the wrong way round, are told beside the field and show nothing; a whole one is asked for. */
static void
test_period (Bench *b, gconstpointer unused)
{
  static const struct { const char *since, *until, *said; gboolean since_wrong, until_wrong; } cases[] = {
    { "2999-", "", "There is no such date", TRUE, FALSE }, { "", "R8.2.30", "There is no such date", FALSE, TRUE },
    { "R8.2.14", "2026-02-13", "This day is before the first", FALSE, TRUE },
    { "2999-01-01", "", "Nothing Found", FALSE, FALSE },
  };
  KanSlots *slots = slots_of (b);
  GtkWidget *since = day_entry (b, 0), *until = day_entry (b, 1), *table = await_widget (b->page, is_table, NULL);
  guint all;

  spin_until (is_filled, slots);
  all = kan_slots_get_n (slots);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (since), cases[i].since);
      gtk_editable_set_text (GTK_EDITABLE (until), cases[i].until);
      await_said (b, cases[i].said);
      g_assert_false (gtk_widget_get_mapped (table));
      g_assert_cmpint (gtk_widget_has_css_class (since, "error"), ==, cases[i].since_wrong);
      g_assert_cmpint (gtk_widget_has_css_class (until, "error"), ==, cases[i].until_wrong);
    }
  g_signal_emit_by_name (await_widget (b->page, is_button, "Show _All"), "clicked");
  spin_until (is_shown_table, table);
  spin_until (is_filled, slots);
  g_assert_cmpuint (kan_slots_get_n (slots), ==, all);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (since)), ==, "");
}

/* Part of a name finds whoever signed; nobody of that name, and it is said with the way out. */
static void
test_names (Bench *b, gconstpointer unused)
{
  KanSlots *slots = slots_of (b);
  GtkWidget *actor = await_widget (b->page, is_search, "User or name");
  Count count = { slots, (guint) session_count (b->session, "SELECT count(*) FROM act JOIN person ON person.id = actor"
                                                            " WHERE login = 'takahashi'") };

  g_assert_cmpuint (count.n, >, 0);
  spin_until (is_filled, slots);
  gtk_editable_set_text (GTK_EDITABLE (actor), "高橋");
  spin_until (is_count, &count);
  gtk_editable_set_text (GTK_EDITABLE (actor), "高橋 健");
  await_said (b, "Nothing Found");
  g_signal_emit_by_name (await_widget (b->page, is_button, "Show _All"), "clicked");
  spin_until (is_filled, slots);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (actor)), ==, "");
}

/* Marks are chips of which one is chosen, and go together with the other filters. */
static void
test_marks (Bench *b, gconstpointer unused)
{
  static const struct { const char *chip, *where; } cases[] = {
    { "Deviation", "json_type (body, '$.deviation') IS NOT NULL" },
    { "Late entry", "json_type (body, '$.late_reason') IS NOT NULL" },
    { "Clock", "json_type (body, '$.clock') IS NOT NULL" },
    { "Declared number", "json_type (body, '$.declared') IS NOT NULL" },
    { "All", "1" },
  };
  KanSlots *slots = slots_of (b);
  guint marked = 0;

  spin_until (is_filled, slots);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM act WHERE %s", cases[i].where);
      Count count = { slots, (guint) session_count (b->session, sql) };
      GtkWidget *chip = await_widget (b->page, is_button, cases[i].chip);

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
      spin_until (is_count, &count);
      marked = MAX (marked, i + 1 < G_N_ELEMENTS (cases) ? count.n : 0);
    }
  g_assert_cmpuint (marked, >, 0);
}

static gboolean
is_told (gpointer data)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (find_widget (window, is_label, "The File Holds") != NULL)
        {
          *(GtkWidget **) data = window;
          return TRUE;
        }
    }
  return FALSE;
}

static void
test_verify (Bench *b, gconstpointer unused)
{
  GtkWidget *told = NULL;

  await_widget (b->page, is_table, NULL);
  kan_verdict_begin (b->session, b->page, NULL, TRUE);
  spin_until (is_told, &told);
  gtk_window_destroy (GTK_WINDOW (told));
}

static gpointer
verdict_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  KanVerifyOptions options = { .now = demo_now };

  return kan_desk_verify (kan_worker_get_desk (worker), &options, error);
}

static gboolean
is_gone (gpointer window)
{
  return *(gpointer *) window == NULL;
}

/* Also what says nothing but a result is left by the key that leaves every window. */
static void
test_escape (Bench *b, gconstpointer unused)
{
  g_autoptr(KanVerdict) verdict = session_ask (b->session, verdict_job, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  gpointer windows[] = { kan_anchor_window_new (b->session, GTK_WINDOW (b->window)),
                         kan_verdict_window_new (b->session, GTK_WINDOW (b->window), verdict) };
  KanTask *task;

  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      g_object_add_weak_pointer (windows[i], &windows[i]);
      gtk_window_present (windows[i]);
      spin_for (100);
      press_escape (windows[i]);
      spin_until (is_gone, &windows[i]);
    }
  task = kan_task_new (b->window, "Long", cancellable);
  spin_for (900);
  press_escape (window_of_type (g_type_from_name ("KanTaskWindow")));
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  kan_task_end (task);
}

/* Beside a text that is never kept here stands what removes it, and nothing to live with it. */
static void
test_remedy (Bench *b, gconstpointer unused)
{
  g_autoptr(KanVerdict) verdict = session_ask (b->session, verdict_job, NULL);
  KanFault *fault = g_new0 (KanFault, 1);
  GtkWidget *told;

  fault->kind = KAN_FAULT_TEXT_RULE;
  fault->seq = 5;
  fault->subject = g_strdup ("M1");
  fault->what = g_strdup ("its text holds a number");
  g_ptr_array_add (verdict->faults, fault);
  verdict->n_new = 1;
  told = kan_verdict_window_new (b->session, GTK_WINDOW (b->window), verdict);
  gtk_window_present (GTK_WINDOW (told));
  g_assert_null (find_widget (told, is_button, "_Note as known…"));
  g_signal_emit_by_name (await_widget (told, is_button, "_Remove the Text…"), "clicked");
  g_assert_cmpstr (b->log->str, ==, "act('text.redact', 'M1')\n");
  spin_for (50);
}

/* As it is written, and no name that only the tables have. */
static void
test_words (Bench *b, gconstpointer unused)
{
  g_autoptr(KanVerdict) verdict = session_ask (b->session, verdict_job, NULL);
  KanFault *fault = g_new0 (KanFault, 1);
  GtkWidget *told;

  fault->kind = KAN_FAULT_PROJECTION;
  fault->subject = g_strdup ("step 532");
  fault->what = g_strdup ("the table says {\"place\":1}, A & B");
  g_ptr_array_add (verdict->faults, fault);
  verdict->n_new = 1;
  told = kan_verdict_window_new (b->session, GTK_WINDOW (b->window), verdict);
  gtk_window_present (GTK_WINDOW (told));
  await_widget (told, is_label, "the table says {\"place\":1}, A & B");
  g_assert_null (find_widget (told, says, "step 532"));
  gtk_window_destroy (GTK_WINDOW (told));
}

int
main (int argc, char *argv[])
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  demo_build (0);
  g_test_add ("/ledger/filter", Bench, NULL, set_up, test_filter, page_bench_close);
  g_test_add ("/ledger/act", Bench, NULL, set_up, test_act, page_bench_close);
  g_test_add ("/ledger/period", Bench, NULL, set_up, test_period, page_bench_close);
  g_test_add ("/ledger/names", Bench, NULL, set_up, test_names, page_bench_close);
  g_test_add ("/ledger/marks", Bench, NULL, set_up, test_marks, page_bench_close);
  g_test_add ("/ledger/escape", Bench, NULL, set_up, test_escape, page_bench_close);
  g_test_add ("/ledger/remedy", Bench, NULL, set_up, test_remedy, page_bench_close);
  g_test_add ("/ledger/words", Bench, NULL, set_up, test_words, page_bench_close);
  g_test_add ("/ledger/verify", Bench, NULL, set_up, test_verify, page_bench_close);
  status = g_test_run ();
  demo_remove ();
  return status;
}
