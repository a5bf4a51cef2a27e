/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An unlocked session over the demo office, a window to put pages into, and how a test finds what is in a window. */
#pragma once
#include "app/desk/demo-fixture.h"
#include "kan-session.h"

#include <adwaita.h>

/* --- waiting ---------------------------------------------------------------------------------------------------- */

typedef gboolean (*Reached) (gpointer data);

void spin_until (Reached reached, gpointer data);      /* fails where it does not come */
void spin_for   (guint milliseconds);

/* --- the session ------------------------------------------------------------------------------------------------ */

/* By the code of an office; NULL: the first operator. */
KanSession *session_open_as   (const char *office);
KanSession *session_open      (void);
void        session_unlock    (KanSession *session, const KanDemoLogin *login);      /* one that was locked */
void        session_close     (KanSession *session);      /* nobody holds on to it: the file can be opened again */
char       *passphrase_of     (const KanDemoLogin *login);      /* as it is typed */
/* Runs in the database thread, and waits for what it returns. */
gpointer    session_ask       (KanSession *session, KanJobFunc job, gpointer data);
gint64      session_count     (KanSession *session, const char *sql);
guint       session_n_drafts  (KanSession *session, gint64 *newest);      /* (out) (optional): its number */

/* --- windows ---------------------------------------------------------------------------------------------------- */

GtkWidget *window_with        (GtkWidget *page, int width, int height, GString *log);      /* what is asked of it */
/* What the tests of one page begin and end with. */
typedef struct { KanSession *session; GtkWidget *page, *window; GString *log; } PageBench;
void       page_bench_show    (PageBench *self, GtkWidget *page, int width, int height);      /* of its session */
void       page_bench_close   (PageBench *self, gconstpointer unused);
GtkWidget *window_of_type     (GType type);      /* the newest; NULL: there is none */
GtkWidget *await_window       (GType type);
void       present_and_watch  (GtkWidget *window, GtkWidget **slot);      /* the slot is NULL once it is gone */
void       await_closed       (GtkWidget **slot);
gboolean   press_key          (GtkWidget *window, guint keyval, GdkModifierType modifiers);
void       press_escape       (GtkWidget *window);      /* as the key does; nothing where it is not bound */
GPtrArray *assert_tab_goes_round (GtkWidget *window);      /* and back; every stop, GtkWidget */
void       answer_message     (const char *response);      /* the one that is open, as a click does */
guint      count_windows      (void);

/* --- what is in them -------------------------------------------------------------------------------------------- */

typedef gboolean (*Matching) (GtkWidget *widget, const char *words);

/* The first that is on screen, in the order of the tree; NULL: there is none. */
GtkWidget *find_widget        (GtkWidget *root, Matching matching, const char *words);
GtkWidget *await_widget       (GtkWidget *root, Matching matching, const char *words);
void       await_no_widget    (GtkWidget *root, Matching matching, const char *words);

gboolean   is_button          (GtkWidget *widget, const char *words);
gboolean   is_label           (GtkWidget *widget, const char *words);
gboolean   is_note            (GtkWidget *widget, const char *words);      /* a label with an icon before it */
gboolean   says               (GtkWidget *widget, const char *words);      /* a label, among other words */
gboolean   is_row             (GtkWidget *widget, const char *words);
gboolean   is_tooltip         (GtkWidget *widget, const char *words);
gboolean   is_inscription     (GtkWidget *widget, const char *words);
gboolean   is_passphrase      (GtkWidget *widget, const char *unused);
gboolean   is_question        (GtkWidget *widget, const char *key);
gboolean   is_of_type         (GtkWidget *widget, const char *type);
