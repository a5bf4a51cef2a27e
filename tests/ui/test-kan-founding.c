/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Founding through its own widgets: what is refused beside its field, back without loss, and a file at the end. */
#include "page-fixture.h"

#include "founding/kan-founding-private.h"
#include "settings/kan-passphrase.h"

#include <glib/gstdio.h>
#include <limits.h>

#define GOOD "correct horse battery staple 7"

typedef struct { KanSession *session; KanFoundingWindow *window; char *folder, *path; } Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("kanribo-founding-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "office.kanribo", NULL);
  f->session = kan_session_new ();
  f->window = KAN_FOUNDING (kan_founding_new (f->session, NULL));
  g_object_add_weak_pointer (G_OBJECT (f->window), (gpointer *) &f->window);
  gtk_window_present (GTK_WINDOW (f->window));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->window != NULL)
    gtk_window_destroy (GTK_WINDOW (f->window));
  spin_for (50);
  session_close (f->session);
  g_unlink (f->path);
  g_rmdir (f->folder);
  g_free (f->folder);
  g_free (f->path);
}

static void
type (Fixture *f, KanFoundingRow row, const char *text)
{
  gtk_editable_set_text (f->window->row[row], text);
}

static gboolean
is_idle (gpointer data)
{
  KanFoundingWindow *window = data;

  return !window->is_trying && !window->is_founding;
}

/* The page that is shown after the button was pressed. */
static KanFoundingPage
go_on (Fixture *f)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), "founding.next", NULL));
  spin_until (is_idle, f->window);
  return f->window->current;
}

static gboolean
is_any_label (GtkWidget *widget, const char *words)
{
  return GTK_IS_LABEL (widget);
}

static const char *
said_below (Fixture *f, KanFoundingRow row)
{
  GtkWidget *said = find_widget (GTK_WIDGET (f->window->note[row]), is_any_label, NULL);

  return said != NULL ? gtk_label_get_text (GTK_LABEL (said)) : "";
}

static void
fill_chief (Fixture *f)
{
  type (f, KAN_FOUNDING_STAFF_NO, "1001");
  type (f, KAN_FOUNDING_NAME, "長崎 太郎");
  type (f, KAN_FOUNDING_KANA, "ながさき たろう");
  type (f, KAN_FOUNDING_LOGIN, "nagasaki");
}

static void
test_place (Fixture *f, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (f->folder, "none", "office", NULL);
  g_autofree char *name = g_strnfill (NAME_MAX, 'n'), *too_long = g_build_filename (f->folder, name, NULL);

  spin_for (50);
  type (f, KAN_FOUNDING_PATH, "office");
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_PLACE);
  g_assert_nonnull (strstr (said_below (f, KAN_FOUNDING_PATH), "in which folder"));
  type (f, KAN_FOUNDING_PATH, nowhere);
  g_assert_cmpstr (said_below (f, KAN_FOUNDING_PATH), ==, "");
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_PLACE);
  g_assert_nonnull (strstr (said_below (f, KAN_FOUNDING_PATH), "no such folder"));
  type (f, KAN_FOUNDING_PATH, too_long);
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_PLACE);
  g_assert_nonnull (strstr (said_below (f, KAN_FOUNDING_PATH), "too long"));
  g_assert_true (g_file_set_contents (f->path, "somebody's", -1, NULL));
  type (f, KAN_FOUNDING_PATH, f->path);
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_PLACE);
  g_assert_nonnull (strstr (said_below (f, KAN_FOUNDING_PATH), "of this name already"));
  gtk_test_accessible_assert_state (f->window->row[KAN_FOUNDING_PATH], GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  g_unlink (f->path);
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_OFFICE);
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

static gboolean
is_in_sight (gpointer data)
{
  GtkWidget *widget = data, *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  double y = 0;

  return gtk_widget_get_height (widget) > 0 && gtk_widget_translate_coordinates (widget, scroller, 0, 0, NULL, &y) &&
         y >= 0 && y + gtk_widget_get_height (widget) <= gtk_widget_get_height (scroller);
}

/* The association stands below the profiles, at the edge of the page: what is wrong with it is read all the same. */
static void
test_association (Fixture *f, gconstpointer data)
{
  spin_for (50);
  type (f, KAN_FOUNDING_PATH, f->path);
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_OFFICE);
  type (f, KAN_FOUNDING_ASSOCIATION, "");
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_OFFICE);
  g_assert_cmpstr (said_below (f, KAN_FOUNDING_ASSOCIATION), !=, "");
  spin_until (is_in_sight, f->window->note[KAN_FOUNDING_ASSOCIATION]);
}

static gboolean
has_no_profile (gpointer data)
{
  return ((KanFoundingWindow *) data)->profile == NULL;
}

static void
test_own_profile (Fixture *f, gconstpointer data)
{
  g_autofree char *bad = g_build_filename (f->folder, "bad.json", NULL);

  spin_for (50);
  type (f, KAN_FOUNDING_PATH, f->path);
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_OFFICE);
  g_assert_cmpstr (kan_founding_get (f->window, KAN_FOUNDING_ASSOCIATION), ==, "長崎県市町村職員共済組合");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (f->window->choice[1]), TRUE);
  g_assert_cmpstr (kan_founding_get (f->window, KAN_FOUNDING_ASSOCIATION), ==, "福井県市町村職員共済組合");
  type (f, KAN_FOUNDING_ASSOCIATION, "別の共済組合");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (f->window->choice[0]), TRUE);
  g_assert_cmpstr (kan_founding_get (f->window, KAN_FOUNDING_ASSOCIATION), ==, "別の共済組合");
  g_assert_true (g_file_set_contents (bad, "{\"id\": \"bad\"}", -1, NULL));
  kan_founding_read_profile (f->window, bad);
  spin_until (has_no_profile, f->window);
  await_widget (GTK_WIDGET (f->window), is_label, "Line 1: Title");
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_OFFICE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (f->window->choice[0]), TRUE);
  type (f, KAN_FOUNDING_ASSOCIATION, "");
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_OFFICE);
  g_assert_cmpstr (said_below (f, KAN_FOUNDING_ASSOCIATION), !=, "");
  g_unlink (bad);
}

static void
test_chief (Fixture *f, gconstpointer data)
{
  spin_for (50);
  type (f, KAN_FOUNDING_PATH, f->path);
  go_on (f);
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_CHIEF);
  g_assert_nonnull (find_widget (GTK_WIDGET (f->window->row[KAN_FOUNDING_NAME]), is_label, "Needed"));
  g_assert_null (find_widget (GTK_WIDGET (f->window->row[KAN_FOUNDING_KANA]), is_label, "Needed"));
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_CHIEF);
  g_assert_cmpstr (said_below (f, KAN_FOUNDING_STAFF_NO), !=, "");
  g_assert_cmpstr (said_below (f, KAN_FOUNDING_NAME), !=, "");
  g_assert_cmpstr (said_below (f, KAN_FOUNDING_LOGIN), !=, "");
  g_assert_cmpstr (said_below (f, KAN_FOUNDING_KANA), ==, "");
  type (f, KAN_FOUNDING_NAME, "長崎\xe2\x80\xae 太郎");      /* turns the writing round */
  g_assert_nonnull (find_widget (GTK_WIDGET (f->window), says, "⟨U+202E⟩"));
  fill_chief (f);
  g_assert_null (find_widget (GTK_WIDGET (f->window), says, "⟨U+202E⟩"));
  g_assert_null (find_widget (GTK_WIDGET (f->window->row[KAN_FOUNDING_NAME]), is_label, "Needed"));
  type (f, KAN_FOUNDING_LOGIN, "長崎");
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_CHIEF);
  g_assert_nonnull (strstr (said_below (f, KAN_FOUNDING_LOGIN), "32"));
  type (f, KAN_FOUNDING_LOGIN, "nagasaki");
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_SECRET);
  type (f, KAN_FOUNDING_PASSPHRASE, "short");
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_SECRET);
  g_assert_cmpstr (said_below (f, KAN_FOUNDING_PASSPHRASE), !=, "");
  type (f, KAN_FOUNDING_PASSPHRASE, GOOD);
  type (f, KAN_FOUNDING_AGAIN, GOOD "x");
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_SECRET);
  g_assert_cmpstr (said_below (f, KAN_FOUNDING_AGAIN), ==, "The two are not the same.");
  gtk_widget_activate_action (GTK_WIDGET (f->window), "founding.back", NULL);
  g_assert_cmpint (f->window->current, ==, KAN_FOUNDING_CHIEF);
  g_assert_cmpstr (kan_founding_get (f->window, KAN_FOUNDING_NAME), ==, "長崎 太郎");
}

static void
found (Fixture *f)
{
  spin_for (50);
  type (f, KAN_FOUNDING_PATH, f->path);
  go_on (f);
  go_on (f);
  fill_chief (f);
  go_on (f);
  type (f, KAN_FOUNDING_PASSPHRASE, GOOD);
  type (f, KAN_FOUNDING_AGAIN, GOOD);
  g_assert_cmpint (go_on (f), ==, KAN_FOUNDING_REVIEW);
  await_widget (GTK_WIDGET (f->window), is_label, "長崎 太郎");
  go_on (f);
  g_assert_true (f->window->is_done);
}

static void
test_found (Fixture *f, gconstpointer data)
{
  found (f);
  g_assert_false (kan_session_is_telling (f->session));
  g_assert_true (kan_session_is_unlocked (f->session));
  g_assert_cmpstr (kan_session_get_login (f->session), ==, "nagasaki");
  g_assert_cmpstr (kan_founding_get (f->window, KAN_FOUNDING_PASSPHRASE), ==, "");
  g_assert_true (g_file_test (f->path, G_FILE_TEST_EXISTS));
  await_widget (GTK_WIDGET (f->window), is_label, "The File Is Founded");
  gtk_widget_activate_action (GTK_WIDGET (f->window), "founding.next", NULL);
  g_assert_null (f->window);
}

typedef struct { GPtrArray *lacking, *offices, *found; } New;

static gpointer
new_office_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  KanDesk *desk = kan_worker_get_desk (worker);
  New *office = data;
  KanTodayView *view = kan_desk_view_today (desk, g_get_real_time () / G_USEC_PER_SEC, error);

  office->lacking = g_ptr_array_ref (view->lacking);
  kan_today_view_free (view);
  office->offices = kan_desk_candidates (desk, "office", NULL, 99, error);
  office->found = kan_desk_candidates (desk, "office", "年金課長", 99, error);
  return NULL;
}

static const KanViewTask *
lacking (const New *office, guint i)
{
  return g_ptr_array_index (office->lacking, i);
}

static gpointer
sheet_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  return kan_desk_describe (kan_worker_get_desk (worker), "person.register", NULL,
                            g_get_real_time () / G_USEC_PER_SEC, error);
}

/* Where nobody else holds a key, nobody is said to sign as well. */
static void
test_no_second (Fixture *f, gconstpointer data)
{
  g_autoptr(KanSheet) sheet = NULL;
  GtkWidget *window;

  found (f);
  sheet = session_ask (f->session, sheet_job, NULL);
  g_assert_true (sheet->is_power);
  g_assert_false (sheet->wants_second);
  window = kan_passphrase_enroll_new (f->session, NULL, "P1");
  gtk_window_present (GTK_WINDOW (window));
  await_widget (window, is_row, "Your passphrase");
  spin_for (200);
  g_assert_null (find_widget (window, is_row, "Second officer"));
  g_assert_null (find_widget (window, is_row, "Passphrase of the officer"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A new office is told what it lacks, and there is somebody to appoint to something. */
static void
test_lacking (Fixture *f, gconstpointer data)
{
  New office = { 0 };

  found (f);
  session_ask (f->session, new_office_job, &office);
  g_assert_cmpuint (office.lacking->len, ==, 6);
  g_assert_cmpstr (lacking (&office, 0)->kind, ==, "person.register");
  g_assert_cmpstr (lacking (&office, 1)->kind, ==, "appointment.make");
  g_assert_nonnull (strchr (lacking (&office, 1)->detail, ','));
  g_assert_null (lacking (&office, 2)->kind);      /* the information manager designates */
  g_assert_cmpstr (lacking (&office, 5)->kind, ==, "rule.enter");
  g_assert_cmpuint (office.offices->len, ==, 9);
  g_assert_cmpuint (office.found->len, >, 0);
  g_ptr_array_unref (office.lacking);
  g_ptr_array_unref (office.offices);
  g_ptr_array_unref (office.found);
}

static void
test_stop (Fixture *f, gconstpointer data)
{
  spin_for (50);
  gtk_window_close (GTK_WINDOW (f->window));
  spin_for (50);
  g_assert_null (f->window);
}

/* Of the two answers only one stops, and Return is the other. */
static void
test_stop_begun (Fixture *f, gconstpointer data)
{
  AdwMessageDialog *message;

  spin_for (50);
  type (f, KAN_FOUNDING_NAME, "長崎　太郎");
  gtk_window_close (GTK_WINDOW (f->window));
  message = ADW_MESSAGE_DIALOG (await_window (ADW_TYPE_MESSAGE_DIALOG));
  g_assert_cmpstr (adw_message_dialog_get_default_response (message), ==, "stay");
  g_assert_cmpstr (adw_message_dialog_get_response_label (message, "stay"), ==, "_Go On");
  answer_message ("stay");
  spin_for (50);
  g_assert_nonnull (f->window);
  gtk_window_close (GTK_WINDOW (f->window));
  answer_message ("stop");
  spin_for (50);
  g_assert_null (f->window);
}

static void
test_names (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "Where the file is kept", "Name of the association", "Staff number", "Name",
                                       "Name in kana", "User name", "New passphrase", "Once more" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (f->window->row[i])), ==, names[i]);
  for (guint i = 0; i <= KAN_FOUNDING_SHIPPED; i++)
    {
      gtk_test_accessible_assert_role (f->window->choice[i], GTK_ACCESSIBLE_ROLE_CHECKBOX);
      g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (f->window->choice[i]),
                                                       GTK_ACCESSIBLE_PROPERTY_LABEL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  adw_init ();
  g_assert_true (kan_crypto_init (NULL));
  kan_stretch_set_light (TRUE);
#define ADD(name, func) g_test_add ("/founding/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("place", test_place);
  ADD ("own-profile", test_own_profile);
  ADD ("association", test_association);
  ADD ("chief", test_chief);
  ADD ("found", test_found);
  ADD ("lacking", test_lacking);
  ADD ("no-second", test_no_second);
  ADD ("stop", test_stop);
  ADD ("stop-begun", test_stop_begun);
  ADD ("names", test_names);
  return g_test_run ();
}
