/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What verification found. */
#include "ledger/kan-verdict-window.h"

#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-keep.h"
#include "kit/kan-pieces.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

/* --- the result ----------------------------------------------------------------------------------------------- */

/* What each kind of fault means, for people. */
static const char *
word_fault (KanFaultKind kind)
{
  switch (kind)
    {
    case KAN_FAULT_GAP: return _("An entry of the chain is missing");
    case KAN_FAULT_CHAIN: return _("It does not follow the entry before it");
    case KAN_FAULT_HASH: return _("The entry was altered after it was signed");
    case KAN_FAULT_SIGNATURE: return _("The signature is not that of the key it names");
    case KAN_FAULT_UNREADABLE: return _("The entry cannot be read");
    case KAN_FAULT_RULE: return _("The rules do not admit the entry");
    case KAN_FAULT_PROJECTION: return _("The register says something else than the signed entries");
    case KAN_FAULT_INDEX: return _("An index leaves out rows of its register, or names others");
    case KAN_FAULT_TEXT: return _("A text is not the one that was signed");
    case KAN_FAULT_TEXT_RULE: return _("A text is none that is ever kept here");
    case KAN_FAULT_ANCHOR: return _("The chain is not the one that the paper remembers");
    case KAN_FAULT_HEAD: return _("The chain is shorter than the paper remembers");
    default: return _("Something does not hold");
    }
}

/* --- what can be done about it --------------------------------------------------------------------------------- */

/* What is begun belongs to the window below. */
static void
begin (GtkWidget *widget, const char *action, GVariant *target)
{
  g_autoptr(GVariant) sunk = g_variant_ref_sink (target);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (widget)), *parent = gtk_window_get_transient_for (window);

  if (parent != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (parent), action, sunk);
  gtk_window_destroy (window);
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GtkWidget) button = user_data;
  g_autoptr(GError) error = NULL;
  gint64 draft = kan_keep_finish (KAN_SESSION (source), result, &error);

  if (gtk_widget_get_root (button) == NULL)
    return;
  if (draft != 0)
    begin (button, KAN_ACTION_DRAFT, g_variant_new_int64 (draft));
  else
    kan_dialogs_tell_error (button, _("The note could not be begun"), error);
}

/* The note begins as a draft in which the fault is named already: nobody types its code. */
static void
note_cb (GtkWidget *button, gpointer session)
{
  g_autoptr(KanAnswers) answers = kan_answers_new ("ledger.note", "F1");

  kan_answers_set (answers, "fault", g_object_get_data (G_OBJECT (button), "kan-code"));
  kan_keep_async (session, answers, NULL, noted_cb, g_object_ref (button));
}

/* With a fault those are known that follow from it. */
static GtkWidget *
note_button (KanSession *session, const KanFault *fault)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Note as known…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Two persons sign that this fault is known, and why"));
  gtk_widget_set_sensitive (button, !kan_session_is_read_only (session));
  g_object_set_data_full (G_OBJECT (button), "kan-code", g_strdup (*fault->group != '\0' ? fault->group : fault->code),
                          g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (note_cb), session, 0);
  return button;
}

static void
redact_cb (GtkWidget *button, gpointer unused)
{
  begin (button, KAN_ACTION_ACT,
         g_variant_new ("(ss)", "text.redact", g_object_get_data (G_OBJECT (button), "kan-subject")));
}

/* Identity information typed by mistake is not noted as known: it goes. */
static GtkWidget *
redact_button (KanSession *session, const KanFault *fault)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Remove the Text…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "destructive-action");
  gtk_widget_set_tooltip_text (button, _("Two persons sign that it is removed; that there was one stays signed"));
  gtk_widget_set_sensitive (button, !kan_session_is_read_only (session));
  g_object_set_data_full (G_OBJECT (button), "kan-subject", g_strdup (fault->subject), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (redact_cb), NULL);
  return button;
}

static void
repair_cb (GtkWidget *button, gpointer kind)
{
  begin (button, KAN_ACTION_ACT, g_variant_new ("(ss)", (const char *) kind, ""));
}

static GtkWidget *
repair_row (KanSession *session, const char *title, const char *subtitle, const char *kind)
{
  GtkWidget *row = adw_action_row_new (), *button = gtk_button_new_with_mnemonic (_("_Begin…"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, !kan_session_is_read_only (session));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (repair_cb), (gpointer) kind);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static gboolean
has_bad_entry (const KanVerdict *verdict)
{
  for (guint i = 0; i < verdict->faults->len; i++)
    {
      const KanFault *fault = g_ptr_array_index (verdict->faults, i);

      if (fault->seq > 0 && !fault->known)
        return TRUE;
    }
  return FALSE;
}

static void
add_repairs (GtkWidget *box, KanSession *session, const KanVerdict *verdict)
{
  GtkWidget *group = adw_preferences_group_new ();
  gboolean bad = has_bad_entry (verdict);

  if (verdict->n_differing == 0 && !bad)
    return;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("What Can Be Done"));
  if (verdict->n_differing > 0)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               repair_row (session, _("Make the registers anew"),
                                           _("From the signed entries, which stay as they are."), "ledger.rebuild"));
  if (bad)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               repair_row (session, _("Set unsigned entries aside"),
                                           _("Entries at the end that nobody signed; two persons sign together."),
                                           "ledger.reject"));
  gtk_box_append (GTK_BOX (box), group);
}

/* --- faults ----------------------------------------------------------------------------------------------------- */

/* What lies behind the registers has a name of its own ("step 532"), which the sentence below says in words. */
static gboolean
names_record (const KanFault *fault)
{
  return fault->subject != NULL && strchr (fault->subject, ' ') == NULL;
}

static GtkWidget *
fault_row (KanSession *session, const KanFault *fault, GPtrArray *faults)
{
  g_autoptr(GString) title = g_string_new (word_fault (fault->kind));
  g_autofree char *seen = kan_visible_text (fault->what != NULL ? fault->what : "");
  g_autofree char *below = NULL;
  GtkWidget *row = adw_expander_row_new ();
  guint n_following = 0;

  if (names_record (fault))
    g_string_append_printf (title, "　%s", fault->subject);
  if (fault->seq > 0)
    g_string_append_printf (title, "　%s %" G_GINT64_FORMAT, _("No."), fault->seq);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title->str);
  below = fault->known ? g_strdup_printf (_("%s (known, noted earlier)"), seen) : g_strdup (seen);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), below);
  for (guint i = 0; i < faults->len; i++)
    {
      const KanFault *other = g_ptr_array_index (faults, i);

      if (other != fault && fault->seq > 0 && other->because == fault->seq)
        {
          GtkWidget *line = adw_action_row_new ();
          g_autofree char *words = kan_visible_text (other->what != NULL ? other->what : word_fault (other->kind));

          adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
          adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), words);
          adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
          n_following++;
        }
    }
  if (!fault->known)
    adw_expander_row_add_action (ADW_EXPANDER_ROW (row), fault->kind == KAN_FAULT_TEXT_RULE && fault->subject != NULL
                                 ? redact_button (session, fault) : note_button (session, fault));
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), n_following > 0);
  if (n_following > 0)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("%u follows", "%u follow", n_following), n_following);
      GtkWidget *label = gtk_label_new (more);

      gtk_widget_add_css_class (label, "dim-label");
      adw_expander_row_add_action (ADW_EXPANDER_ROW (row), label);
    }
  return row;
}

static char *
describe (const KanVerdict *verdict)
{
  g_autofree char *anchor = kan_anchor_format (verdict->head.seq, &verdict->head.hash);
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, _("%" PRId64 " entries were checked."), verdict->n_acts);
  if (verdict->n_verified > 0)
    g_string_append_printf (out, " %s", _("The earlier ones are bit for bit those that you verified before."));
  if (verdict->n_known > 0)
    g_string_append_c (out, ' ');
  if (verdict->n_known > 0)
    g_string_append_printf (out, ngettext ("%u fault is known.", "%u faults are known.", verdict->n_known),
                            verdict->n_known);
  g_string_append_c (out, '\n');
  g_string_append_printf (out, _("Anchor: %s"), anchor);
  return g_string_free (out, FALSE);
}

static void
add_faults (GtkWidget *box, KanSession *session, const KanVerdict *verdict)
{
  GtkWidget *group = adw_preferences_group_new ();

  for (guint i = 0; i < verdict->faults->len; i++)
    {
      const KanFault *fault = g_ptr_array_index (verdict->faults, i);

      if (fault->because == 0)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), fault_row (session, fault, verdict->faults));
    }
  gtk_box_append (GTK_BOX (box), group);
}

/**
 * kan_verdict_window_new:
 * @session: an unlocked session
 * @parent: above which window
 * @verdict: what was found; copied as it is shown
 *
 * Returns: (transfer floating): a window that tells it
 */
GtkWidget *
kan_verdict_window_new (KanSession *session, GtkWindow *parent, const KanVerdict *verdict)
{
  GtkWidget *window = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_status_page_new (), *scroller = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  g_autofree char *description = describe (verdict);
  gboolean holds = verdict->n_new == 0;

  gtk_window_set_title (GTK_WINDOW (window), _("Verification"));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  kan_close_on_escape (window);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, holds ? 440 : 560);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), holds ? "security-high-symbolic" : "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), holds ? _("The File Holds") : _("The File Was Altered"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  gtk_box_append (GTK_BOX (inner), page);
  if (verdict->faults->len > 0)
    add_faults (inner, session, verdict);
  add_repairs (inner, session, verdict);
  adw_clamp_set_child (ADW_CLAMP (clamp), inner);
  gtk_widget_set_margin_start (inner, 16);
  gtk_widget_set_margin_end (inner, 16);
  gtk_widget_set_margin_bottom (inner, 24);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  /* a status page is content with little height, and hides what it says in it */
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller))),
                                     GTK_SCROLL_NATURAL);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (window), box);
  g_signal_connect_object (session, "locked", G_CALLBACK (gtk_window_destroy), window, G_CONNECT_SWAPPED);
  return window;
}

/* --- running it ----------------------------------------------------------------------------------------------- */

typedef struct { KanSession *session; GtkWidget *widget; KanTask *task; GCancellable *cancellable; } Running;

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Running *running = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(KanVerdict) verdict = kan_session_verify_finish (KAN_SESSION (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (running->widget);
  gboolean stopped = g_cancellable_is_cancelled (running->cancellable);

  kan_task_end (running->task);
  if (verdict != NULL && GTK_IS_WINDOW (root))
    gtk_window_present (GTK_WINDOW (kan_verdict_window_new (running->session, GTK_WINDOW (root), verdict)));
  else if (verdict == NULL && !stopped && kan_session_is_unlocked (running->session))
    kan_dialogs_tell_error (running->widget, _("Verification could not be finished"), error);
  g_object_unref (running->widget);
  g_object_unref (running->session);
  g_object_unref (running->cancellable);
  g_free (running);
}

/**
 * kan_verdict_begin:
 * @session: an unlocked session
 * @widget: where it was asked for
 * @anchor: (nullable): as printed on paper
 * @full: whether to check every signature
 *
 * Verifies with progress and a stop, then shows what was found.
 */
void
kan_verdict_begin (KanSession *session, GtkWidget *widget, const char *anchor, gboolean full)
{
  Running *running = g_new0 (Running, 1);

  running->session = g_object_ref (session);
  running->widget = g_object_ref (widget);
  running->cancellable = g_cancellable_new ();
  running->task = kan_task_new (widget, _("Verifying"), running->cancellable);
  kan_session_verify_async (session, anchor, full, kan_task_progress, running->task, running->cancellable, verified_cb,
                            running);
}
