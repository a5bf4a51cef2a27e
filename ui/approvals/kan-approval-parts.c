/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of the approval wizard's pages. */
#include "approvals/kan-approval-parts.h"

#include "approvals/kan-approval-draft.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-inquiry.h"
#include "kit/kan-pieces.h"
#include "kit/kan-timeline-list.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- the request ---------------------------------------------------------------------------------------------- */

/**
 * kan_approval_request_free:
 * @self: (nullable): a request
 */
void
kan_approval_request_free (KanApprovalRequest *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_ptr_array_unref (self->records);
  g_clear_pointer (&self->begun, kan_answers_free);
  g_free (self);
}

static gpointer
request_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  KanDesk *desk = kan_worker_get_desk (worker);
  const KanInquiry *asked = data;
  KanApprovalRequest *request = g_new0 (KanApprovalRequest, 1);

  request->all = kan_desk_view_pending (desk, asked->now, error);
  request->records = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_record_view_free);
  if (request->all == NULL)
    {
      kan_approval_request_free (request);
      return NULL;
    }
  request->begun = kan_approval_draft_find (desk, asked->about, NULL);
  for (guint i = 0; i < request->all->len; i++)
    if (strcmp (((KanViewPending *) g_ptr_array_index (request->all, i))->subject, asked->about) == 0)
      request->pending = g_ptr_array_index (request->all, i);
  for (guint i = 0; request->pending != NULL && i < request->pending->subjects->len; i++)
    {
      KanRecordView *view = kan_desk_view_record (desk, g_ptr_array_index (request->pending->subjects, i), asked->now,
                                                  NULL);

      if (view != NULL)
        g_ptr_array_add (request->records, view);
    }
  return request;
}

/**
 * kan_approval_ask:
 * @session: an unlocked session
 * @subject: what waits
 * @cancellable: stops it
 * @ready: called with the result
 * @user_data: for @ready
 */
void
kan_approval_ask (KanSession *session, const char *subject, GCancellable *cancellable, GAsyncReadyCallback ready,
                  gpointer user_data)
{
  kan_session_run (session, KAN_JOB_PAGE, request_job, kan_inquiry_new (session, subject),
                   (GDestroyNotify) kan_inquiry_free, (GDestroyNotify) kan_approval_request_free, cancellable, ready,
                   user_data);
}

/**
 * kan_approval_ask_finish:
 * @session: a session
 * @result: as given to the callback
 * @error: why it could not be read
 *
 * Returns: (transfer full): the request with the records it is about
 */
KanApprovalRequest *
kan_approval_ask_finish (KanSession *session, GAsyncResult *result, GError **error)
{
  return kan_session_run_finish (session, result, error);
}

/* --- its page ------------------------------------------------------------------------------------------------- */

/**
 * kan_approval_add_heading:
 * @box: a page
 * @text: a line over what follows
 * @style: how it looks
 */
void
kan_approval_add_heading (GtkBox *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);
}

/**
 * kan_approval_verb:
 * @pending: a request
 * @kind: "hand.give", "hand.refuse" or "hand.ask_back"
 *
 * Returns: (transfer none): what deciding so is called by the article of the request
 */
const char *
kan_approval_verb (const KanViewPending *pending, const char *kind)
{
  return strcmp (kind, "hand.give") == 0 ? pending->give
         : strcmp (kind, "hand.refuse") == 0 ? pending->refuse : pending->ask_back;
}

/**
 * kan_approval_add_begun:
 * @box: a page
 * @request: a request that waits
 *
 * Which decision on it was begun and kept as a draft.
 */
void
kan_approval_add_begun (GtkBox *box, const KanApprovalRequest *request)
{
  g_autofree char *words = NULL;

  if (request->begun == NULL)
    return;
  /* Translators: followed by the verb of the decision, as its button says it */
  words = g_strdup_printf (_("Your draft: %s"),
                           kan_approval_verb (request->pending, kan_answers_get_kind (request->begun)));
  kan_approval_add_heading (box, words, "heading");
}

/**
 * kan_approval_add_marks:
 * @box: a page
 * @marks: (element-type utf8): what is out of the ordinary with a request, and the reasons given
 *
 * Says it before anything else of the request.
 */
void
kan_approval_add_marks (GtkBox *box, const GPtrArray *marks)
{
  for (guint i = 0; i < marks->len; i++)
    {
      g_autofree char *seen = kan_visible_text (g_ptr_array_index (marks, i));
      GtkWidget *note = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
      GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name",
                                      "dialog-warning-symbolic", "valign", GTK_ALIGN_START, NULL);

      gtk_widget_add_css_class (note, "note");
      gtk_widget_add_css_class (note, "warning");
      gtk_box_append (GTK_BOX (note), icon);
      kan_approval_add_heading (GTK_BOX (note), seen, "mark");
      gtk_box_append (box, note);
    }
}

/**
 * kan_approval_add_hands:
 * @box: a page
 * @pending: a request: who has decided so far
 */
void
kan_approval_add_hands (GtkBox *box, const KanViewPending *pending)
{
  GtkWidget *list = NULL;
  GtkWidget *group = kan_boxed_list_new (_("Decided So Far"), &list);

  for (guint i = 0; i < pending->hands->len; i++)
    {
      const KanViewHand *hand = g_ptr_array_index (pending->hands, i);
      g_autofree char *who = g_strdup_printf ("%s　%s　%s", hand->who, hand->verdict, hand->when);

      gtk_list_box_append (GTK_LIST_BOX (list), kan_line_new (hand->capacity, who));
    }
  if (pending->hands->len == 0)
    gtk_list_box_append (GTK_LIST_BOX (list), kan_line_new (_("Nobody yet"), ""));
  gtk_box_append (box, group);
}

/**
 * kan_approval_add_record:
 * @box: a page
 * @record: a record that the request is about
 *
 * What is known of it and what has happened to it so far, folded away.
 */
void
kan_approval_add_record (GtkBox *box, const KanRecordView *record)
{
  g_autofree char *name = kan_visible_text (record->name);
  g_autofree char *title = g_strdup_printf ("%s　%s（%s）", record->subject, name, record->state_label);
  GtkWidget *expander = gtk_expander_new (title), *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = NULL;
  GtkWidget *group = kan_boxed_list_new (record->register_title, &list);

  for (guint i = 0; i < record->fields->len; i++)
    {
      const KanViewField *field = g_ptr_array_index (record->fields, i);
      g_autofree char *shown = kan_visible_text (field->shown);

      if (shown != NULL && *shown != '\0')
        gtk_list_box_append (GTK_LIST_BOX (list), kan_line_new (field->label, shown));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_margin_top (inner, 12);
  gtk_box_append (GTK_BOX (inner), group);
  gtk_box_append (GTK_BOX (inner), kan_timeline_list_new (record->steps));
  gtk_expander_set_child (GTK_EXPANDER (expander), inner);
  gtk_box_append (box, expander);
}
