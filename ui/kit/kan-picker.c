/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dialog that searches what a question may be answered with. Typing searches, arrows move, Enter picks; where an act
 * makes such a record, it can be made from here. */
#include "kit/kan-picker.h"

#include "kit/kan-dialogs.h"
#include "kit/kan-wizard.h"

#include <glib/gi18n.h>
#include <string.h>

#define MOST_SHOWN 60
#define MOST_WEIGHED 240     /* what is said against them is asked for so many, before they are cut down */

struct _KanPicker
{
  AdwWindow       parent_instance;

  /* Template children */
  AdwWindowTitle *heading;
  GtkWidget      *stop;
  GtkWidget      *choose;
  GtkSearchEntry *search;
  GtkStack       *stack;
  GtkListBox     *list;
  GtkBox         *foot;

  /* Owned */
  KanSession     *session;           /* NULL: choices */
  char           *of;
  char           *kind, *key;        /* of what question of which act it is the answer; NULL: not weighed */
  GPtrArray      *choices;           /* KanViewChoice, copies */
  GHashTable     *picked;            /* subject → name */
  GCancellable   *asking;
  gboolean        several;
};

enum { PICKED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KanPicker, kan_picker, ADW_TYPE_WINDOW)

/* --- asking ---------------------------------------------------------------------------------------------------- */

typedef struct { char *of, *words, *kind, *key; GPtrArray *registers; gint64 now; } Question;

static void
question_free (Question *self)
{
  g_free (self->of);
  g_free (self->words);
  g_free (self->kind);
  g_free (self->key);
  g_clear_pointer (&self->registers, g_ptr_array_unref);
  g_free (self);
}

static gpointer
candidates_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;
  KanDesk *desk = kan_worker_get_desk (worker);
  g_autoptr(GPtrArray) hits = kan_desk_candidates (desk, question->of, question->words,
                                                   question->kind != NULL ? MOST_WEIGHED : MOST_SHOWN + 1, error);

  if (hits == NULL || (question->kind != NULL && !kan_desk_weigh (desk, hits, question->kind, question->key,
                                                                  question->now, error)))
    return NULL;
  return g_steal_pointer (&hits);
}

/* What can be made from here: KanViewOffer of all registers that may be answered with. */
static gpointer
makers_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;
  GPtrArray *all = NULL;

  for (guint i = 0; i < question->registers->len; i++)
    {
      GPtrArray *offers = kan_desk_list_offers (kan_worker_get_desk (worker),
                                                g_ptr_array_index (question->registers, i), question->now, NULL);

      if (offers != NULL && all != NULL)
        g_ptr_array_extend_and_steal (all, offers);
      else if (offers != NULL)
        all = offers;
    }
  return all != NULL ? all : g_ptr_array_new ();
}

/* --- picking --------------------------------------------------------------------------------------------------- */

static void
finish (KanPicker *self)
{
  g_autoptr(GStrvBuilder) values = g_strv_builder_new (), names = g_strv_builder_new ();
  g_autoptr(GList) keys = g_list_sort (g_hash_table_get_keys (self->picked), (GCompareFunc) strcmp);
  g_auto(GStrv) value = NULL, name = NULL;

  for (GList *at = keys; at != NULL; at = at->next)
    {
      g_strv_builder_add (values, at->data);
      g_strv_builder_add (names, g_hash_table_lookup (self->picked, at->data));
    }
  value = g_strv_builder_end (values);
  name = g_strv_builder_end (names);
  g_signal_emit (self, signals[PICKED], 0, value, name);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
pick (KanPicker *self, const char *value, const char *name)
{
  if (!self->several)
    g_hash_table_remove_all (self->picked);
  g_hash_table_insert (self->picked, g_strdup (value), g_strdup (name));
  if (!self->several)
    finish (self);
}

static void
choose_cb (KanPicker *self)
{
  finish (self);
}

static void
refresh_choose (KanPicker *self)
{
  g_autofree char *label = g_strdup_printf (_("_Choose (%u)"), g_hash_table_size (self->picked));

  gtk_button_set_label (GTK_BUTTON (self->choose), label);
  gtk_widget_set_sensitive (self->choose, g_hash_table_size (self->picked) > 0);
}

static void
check_toggled_cb (GtkCheckButton *check, gpointer user_data)
{
  KanPicker *self = KAN_PICKER (user_data);
  const char *value = g_object_get_data (G_OBJECT (check), "kan-value");

  if (gtk_check_button_get_active (check))
    g_hash_table_insert (self->picked, g_strdup (value),
                         g_strdup (g_object_get_data (G_OBJECT (check), "kan-name")));
  else
    g_hash_table_remove (self->picked, value);
  refresh_choose (self);
}

static void
row_activated_cb (KanPicker *self, GtkListBoxRow *row)
{
  const char *value = g_object_get_data (G_OBJECT (row), "kan-value");

  if (value != NULL && !self->several)
    pick (self, value, g_object_get_data (G_OBJECT (row), "kan-name"));
}

static void
search_activate_cb (KanPicker *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (first != NULL && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "list") == 0)
    gtk_widget_activate (GTK_WIDGET (first));
}

static gboolean
search_key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
               gpointer user_data)
{
  KanPicker *self = KAN_PICKER (user_data);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (keyval != GDK_KEY_Down || first == NULL)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

/* --- what was found -------------------------------------------------------------------------------------------- */

static void
clear_list (KanPicker *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
remember (GtkWidget *widget, const char *value, const char *name)
{
  g_object_set_data_full (G_OBJECT (widget), "kan-value", g_strdup (value), g_free);
  g_object_set_data_full (G_OBJECT (widget), "kan-name", g_strdup (name), g_free);
}

static void
add_row (KanPicker *self, const char *value, const char *name, const char *detail)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *visible = kan_visible_text (name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), visible);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail != NULL ? detail : "");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  remember (row, value, name);
  if (self->several)
    {
      GtkWidget *check = gtk_check_button_new ();

      remember (check, value, name);
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_hash_table_contains (self->picked, value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, visible, -1);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      g_signal_connect (check, "toggled", G_CALLBACK (check_toggled_cb), self);
    }
  gtk_list_box_append (self->list, row);
}

static void
add_note_row (KanPicker *self, const char *words)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (row, "dim-label");
  gtk_list_box_append (self->list, row);
}

static void
candidates_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) hits = kan_session_run_finish (KAN_SESSION (source), result, &error);
  g_autoptr(KanPicker) self = KAN_PICKER (user_data);

  if (self->picked == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, KAN_ERROR, KAN_ERROR_CANCELLED))
    return;
  clear_list (self);
  for (guint i = 0; hits != NULL && i < MIN (hits->len, MOST_SHOWN); i++)
    {
      const KanViewHit *hit = g_ptr_array_index (hits, i);
      g_autofree char *detail = g_strdup_printf ("%s · %s%s%s%s%s", hit->subject,
                                                 hit->register_title != NULL ? hit->register_title : "",
                                                 hit->state_label != NULL ? " · " : "",
                                                 hit->state_label != NULL ? hit->state_label : "",
                                                 hit->reason != NULL ? "\n" : "",
                                                 hit->reason != NULL ? hit->reason : "");

      add_row (self, hit->subject, hit->name != NULL ? hit->name : hit->subject, detail);
    }
  if (hits != NULL && hits->len > MOST_SHOWN)
    add_note_row (self, _("There are more: search for a name"));
  if (hits == NULL)
    {
      g_autofree char *words = kan_dialogs_word_error (error);

      add_note_row (self, words);
    }
  gtk_stack_set_visible_child_name (self->stack, hits == NULL || hits->len > 0 ? "list" : "none");
}

static void
search_choices (KanPicker *self, const char *words)
{
  g_autofree char *key = g_utf8_casefold (words, -1);
  gboolean found = FALSE;

  clear_list (self);
  for (guint i = 0; i < self->choices->len; i++)
    {
      const KanViewChoice *choice = g_ptr_array_index (self->choices, i);
      g_autofree char *label = g_utf8_casefold (choice->label, -1);

      if (*key != '\0' && strstr (label, key) == NULL)
        continue;
      add_row (self, choice->value, choice->label, NULL);
      found = TRUE;
    }
  gtk_stack_set_visible_child_name (self->stack, found ? "list" : "none");
}

static void
search_cb (KanPicker *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));
  Question *question;

  if (self->choices != NULL)
    {
      search_choices (self, words);
      return;
    }
  g_cancellable_cancel (self->asking);
  g_set_object (&self->asking, NULL);
  self->asking = g_cancellable_new ();
  question = g_new0 (Question, 1);
  question->of = g_strdup (self->of);
  question->words = *words != '\0' ? g_strdup (words) : NULL;
  question->kind = g_strdup (self->kind);
  question->key = g_strdup (self->key);
  question->now = kan_session_now (self->session);
  kan_session_run (self->session, KAN_JOB_PAGE, candidates_job, question, (GDestroyNotify) question_free,
                   (GDestroyNotify) g_ptr_array_unref, self->asking, candidates_cb, g_object_ref (self));
}

/* --- making a new one ------------------------------------------------------------------------------------------ */

static void
made_cb (KanPicker *self, const char *subject, gboolean waiting)
{
  if (subject != NULL && !waiting)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->search), subject);
      search_cb (self);
    }
}

static void
make_clicked_cb (GtkButton *button, gpointer user_data)
{
  KanPicker *self = KAN_PICKER (user_data);
  GtkWidget *wizard = kan_wizard_new (self->session, GTK_WINDOW (self),
                                      g_object_get_data (G_OBJECT (button), "kan-value"), NULL);

  g_signal_connect_object (wizard, "signed", G_CALLBACK (made_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (wizard));
}

static void
makers_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanPicker) self = KAN_PICKER (user_data);
  g_autoptr(GPtrArray) offers = kan_session_run_finish (KAN_SESSION (source), result, NULL);
  guint n = 0;

  for (guint i = 0; self->picked != NULL && offers != NULL && i < offers->len && n < 2; i++)
    {
      const KanViewOffer *offer = g_ptr_array_index (offers, i);
      GtkWidget *button;

      if (!offer->allowed)
        continue;
      button = gtk_button_new_with_label (offer->title);
      g_object_set_data_full (G_OBJECT (button), "kan-value", g_strdup (offer->kind), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (make_clicked_cb), self);
      gtk_box_append (self->foot, button);
      n++;
    }
  if (n > 0)
    gtk_widget_set_visible (GTK_WIDGET (self->foot), TRUE);
}

static void
ask_makers (KanPicker *self, const GPtrArray *registers)
{
  Question *question = g_new0 (Question, 1);

  question->registers = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < registers->len; i++)
    g_ptr_array_add (question->registers, g_strdup (g_ptr_array_index (registers, i)));
  question->now = kan_session_now (self->session);
  kan_session_run (self->session, KAN_JOB_OFFERS, makers_job, question, (GDestroyNotify) question_free,
                   (GDestroyNotify) g_ptr_array_unref, NULL, makers_cb, g_object_ref (self));
}

/* --- class ----------------------------------------------------------------------------------------------------- */

static void
kan_picker_dispose (GObject *object)
{
  KanPicker *self = KAN_PICKER (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->session);
  g_clear_pointer (&self->of, g_free);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->picked, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_PICKER);
  G_OBJECT_CLASS (kan_picker_parent_class)->dispose (object);
}

static void
kan_picker_class_init (KanPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_picker_dispose;
  signals[PICKED] = g_signal_new ("picked", KAN_TYPE_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_STRV, G_TYPE_STRV);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kanribo/Kanribo/ui/kit/kan-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, KanPicker, heading);
  gtk_widget_class_bind_template_child (widget_class, KanPicker, stop);
  gtk_widget_class_bind_template_child (widget_class, KanPicker, choose);
  gtk_widget_class_bind_template_child (widget_class, KanPicker, search);
  gtk_widget_class_bind_template_child (widget_class, KanPicker, stack);
  gtk_widget_class_bind_template_child (widget_class, KanPicker, list);
  gtk_widget_class_bind_template_child (widget_class, KanPicker, foot);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

/* Not the button that stops: typing searches, and Enter picks what was found. */
static void
mapped_cb (KanPicker *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
kan_picker_init (KanPicker *self)
{
  GtkEventController *keys;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->picked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_after (self, "map", G_CALLBACK (mapped_cb), NULL);
}

static KanPicker *
new_picker (GtkWidget *parent, const char *title)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  KanPicker *self = g_object_new (KAN_TYPE_PICKER, "title", title,
                                  "transient-for", GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);

  adw_window_title_set_title (self->heading, title);
  return self;
}

/**
 * kan_picker_new:
 * @session: the open file
 * @parent: in whose window
 * @title: the question
 * @of: what records, as a question says
 * @of_registers: (nullable) (element-type utf8): registers whose records may be made from here
 * @several: whether several may be picked
 *
 * Returns: (transfer none): the dialog; it is presented by the caller
 */
GtkWidget *
kan_picker_new (KanSession *session, GtkWidget *parent, const char *title, const char *of,
                const GPtrArray *of_registers, gboolean several)
{
  KanPicker *self = new_picker (parent, title);

  self->session = g_object_ref (session);
  self->of = g_strdup (of);
  self->several = several;
  gtk_widget_set_visible (self->choose, several);
  search_cb (self);
  if (of_registers != NULL && of_registers->len > 0)
    ask_makers (self, of_registers);
  return GTK_WIDGET (self);
}

static void
choice_free (KanViewChoice *self)
{
  g_free (self->value);
  g_free (self->label);
  g_free (self);
}

/**
 * kan_picker_new_for_choices:
 * @parent: in whose window
 * @title: the question
 * @choices: (element-type KanViewChoice): what may be answered
 *
 * Returns: (transfer none): the dialog; it is presented by the caller
 */
GtkWidget *
kan_picker_new_for_choices (GtkWidget *parent, const char *title, const GPtrArray *choices)
{
  KanPicker *self = new_picker (parent, title);

  self->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) choice_free);
  for (guint i = 0; i < choices->len; i++)
    {
      const KanViewChoice *choice = g_ptr_array_index (choices, i);
      KanViewChoice *copy = g_new0 (KanViewChoice, 1);

      copy->value = g_strdup (choice->value);
      copy->label = g_strdup (choice->label);
      g_ptr_array_add (self->choices, copy);
    }
  gtk_widget_set_visible (self->choose, FALSE);
  search_cb (self);
  return GTK_WIDGET (self);
}

/**
 * kan_picker_set_picked:
 * @self: a dialog that picks several
 * @subjects: with commas between
 */
void
kan_picker_set_picked (KanPicker *self, const char *subjects)
{
  g_auto(GStrv) each = g_strsplit (subjects, ",", -1);

  for (char **subject = each; *subject != NULL; subject++)
    if (**subject != '\0')
      g_hash_table_insert (self->picked, g_strdup (*subject), g_strdup (*subject));
  refresh_choose (self);
}

/**
 * kan_picker_set_for:
 * @self: a dialog for records
 * @kind: which act asks
 * @key: which of its questions
 *
 * Records that fit come first, and of the others it is said why not.
 */
void
kan_picker_set_for (KanPicker *self, const char *kind, const char *key)
{
  g_free (self->kind);
  g_free (self->key);
  self->kind = g_strdup (kind);
  self->key = g_strdup (key);
  search_cb (self);
}
