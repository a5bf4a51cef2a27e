/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command palette. Places are known here; acts, records and entries are asked of the database thread. */
#include "palette/kan-palette.h"

#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"
#include "registers/kan-registers.h"
#include "values/kan-text.h"

#include <glib/gi18n.h>

enum { HITS_MAX = 40, ACTS_MAX = 8 };

struct _KanPalette
{
  AdwWindow     parent_instance;

  KanSession   *session;        /* owned */
  GCancellable *asking;         /* owned */
  GMenuModel   *commands;       /* owned: of the window; NULL: none */

  /* template children */
  GtkSearchEntry *entry;
  GtkListBox   *list;
  GtkStack     *stack;
};

G_DEFINE_FINAL_TYPE (KanPalette, kan_palette, ADW_TYPE_WINDOW)

/* What the file has: records and acts to begin, then entries. */
typedef struct { GPtrArray *hits, *acts; } Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->hits, g_ptr_array_unref);
  g_clear_pointer (&found->acts, g_ptr_array_unref);
  g_free (found);
}

/* --- rows ----------------------------------------------------------------------------------------------------- */

/* What a row does: an action of the window and its target (NULL: it wants none). */
typedef struct { const char *action; GVariant *target; } Deed;

static void
deed_free (Deed *self)
{
  g_clear_pointer (&self->target, g_variant_unref);
  g_free (self);
}

static void
add_row (KanPalette *self, const char *icon, const char *title, const char *hint, const char *action, GVariant *target)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *image = gtk_image_new_from_icon_name (icon), *below = gtk_label_new (hint);
  g_autofree char *seen = kan_visible_text (title), *name = NULL;
  GtkWidget *label = gtk_label_new (seen);
  Deed *deed = g_new0 (Deed, 1);

  deed->action = action;
  deed->target = target != NULL ? g_variant_ref_sink (target) : NULL;
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (below, "dim-label");
  gtk_widget_add_css_class (below, "caption");
  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), below);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  name = g_strdup_printf ("%s, %s", seen, hint != NULL ? hint : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "kan-deed", deed, (GDestroyNotify) deed_free);
  gtk_list_box_append (self->list, row);
}

static gboolean
fits (const char *title, const char *words)
{
  g_auto(GStrv) wanted = kan_text_search_words (words);

  return kan_text_has_words (title, wanted);
}

static void
add_places (KanPalette *self, const char *words)
{
  static const struct { const char *place, *title, *icon; } fixed[] = {
    { "today", N_("Today"), "user-home-symbolic" },
    { "approvals", N_("Approvals"), "object-select-symbolic" },
    { "ledger", N_("Ledger"), "security-high-symbolic" },
  };
  gboolean japanese = kan_speaks_japanese ();

  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    if (fits (_(fixed[i].title), words))
      add_row (self, fixed[i].icon, _(fixed[i].title), _("Place"), KAN_ACTION_PLACE,
               g_variant_new_string (fixed[i].place));
  for (const KanRegister **reg = kan_registers ()->registers; *reg != NULL; reg++)
    if ((*reg)->group != NULL && fits (kan_label (&(*reg)->title, japanese), words))
      add_row (self, (*reg)->icon, kan_label (&(*reg)->title, japanese), _("Place"), KAN_ACTION_PLACE,
               g_variant_new_string ((*reg)->id));
}

/* As it is called where nothing is underlined: "_Back Up…", "控えを取る(_B)…". */
static char *
plain_title (const char *label)
{
  g_autoptr(GRegex) mnemonic = g_regex_new ("\\(_.\\)|_|…$", 0, 0, NULL);

  return g_regex_replace_literal (mnemonic, label, -1, 0, "", 0, NULL);
}

static void
add_commands (KanPalette *self, const char *words)
{
  for (int i = 0; self->commands != NULL && i < g_menu_model_get_n_items (self->commands); i++)
    {
      g_autofree char *label = NULL, *action = NULL, *title = NULL;

      g_menu_model_get_item_attribute (self->commands, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
      g_menu_model_get_item_attribute (self->commands, i, G_MENU_ATTRIBUTE_ACTION, "s", &action);
      title = plain_title (label);
      if (fits (title, words))
        add_row (self, "system-run-symbolic", title, _("Command"), g_intern_string (action), NULL);
    }
}

static void
add_hit (KanPalette *self, const KanViewHit *hit)
{
  g_autofree char *title = NULL;

  if (hit->kind != NULL)
    {
      add_row (self, "list-add-symbolic", hit->name, hit->register_title, KAN_ACTION_ACT,
               g_variant_new ("(ss)", hit->kind, hit->subject != NULL ? hit->subject : ""));
      return;
    }
  title = g_strdup_printf ("%s　%s", hit->subject, hit->name != NULL ? hit->name : "");
  add_row (self, "text-x-generic-symbolic", title, hit->register_title, KAN_ACTION_RECORD,
           g_variant_new_string (hit->subject));
}

/* "260　庫出　M37　USB-07" */
static void
add_entry (KanPalette *self, const KanViewAct *act)
{
  g_autofree char *title = g_strdup_printf ("%" G_GINT64_FORMAT "　%s　%s　%s", act->seq, act->title, act->subject,
                                            act->name != NULL ? act->name : "");
  g_autofree char *hint = g_strdup_printf ("%s　%s", act->when, act->who);

  add_row (self, "security-high-symbolic", title, hint, KAN_ACTION_ENTRY, g_variant_new_int64 (act->seq));
}

static void
clear_rows (KanPalette *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
}

/* What could not be searched is not what there is not. */
static void
add_trouble (KanPalette *self, const GError *error)
{
  g_autofree char *words = kan_dialogs_word_error (error);
  GtkWidget *row = gtk_list_box_row_new (), *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_list_box_append (self->list, row);
}

/* @found NULL: the file could not be searched, for @error. */
static void
show_rows (KanPalette *self, const Found *found, const GError *error)
{
  GtkListBoxRow *first;

  clear_rows (self);
  add_places (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  add_commands (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  for (guint i = 0; found != NULL && i < found->hits->len; i++)
    add_hit (self, g_ptr_array_index (found->hits, i));
  for (guint i = 0; found != NULL && i < found->acts->len; i++)
    if (g_ptr_array_index (found->acts, i) != NULL)
      add_entry (self, g_ptr_array_index (found->acts, i));
  if (found == NULL)
    add_trouble (self, error);
  first = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_list_box_select_row (self->list, first);
  gtk_stack_set_visible_child_name (self->stack, first != NULL ? "list" : "none");
}

/* --- asking --------------------------------------------------------------------------------------------------- */

static gpointer
search_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  KanDesk *desk = kan_worker_get_desk (worker);
  Found *found = g_new0 (Found, 1);

  found->hits = kan_desk_search (desk, data, HITS_MAX, error);
  if (found->hits != NULL)
    found->acts = kan_desk_search_acts (desk, data, ACTS_MAX, error);
  if (found->acts != NULL)
    return found;
  found_free (found);
  return NULL;
}

static void
search_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanPalette) self = user_data;
  g_autoptr(GError) error = NULL;
  Found *found = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (self->session != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_rows (self, found, error);
  g_clear_pointer (&found, found_free);
}

static void
ask (KanPalette *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  kan_session_run (self->session, KAN_JOB_PAGE, search_job,
                   g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))), g_free,
                   found_free, self->asking, search_cb, g_object_ref (self));
}

/* The palette is gone before what it was asked for appears. */
static void
do_row (KanPalette *self, GtkListBoxRow *row)
{
  const Deed *deed = row != NULL ? g_object_get_data (G_OBJECT (row), "kan-deed") : NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autoptr(GVariant) target = deed != NULL && deed->target != NULL ? g_variant_ref (deed->target) : NULL;
  const char *action = deed != NULL ? deed->action : NULL;

  if (action == NULL || parent == NULL)
    return;
  g_object_ref (parent);
  gtk_window_close (GTK_WINDOW (self));
  gtk_widget_activate_action_variant (GTK_WIDGET (parent), action, target);
  g_object_unref (parent);
}

static void
activate_cb (KanPalette *self)
{
  do_row (self, gtk_list_box_get_selected_row (self->list));
}

static void
move (KanPalette *self, int by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + by : 0;
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (self->list, index);

  if (next == NULL)
    return;
  gtk_list_box_select_row (self->list, next);
  gtk_widget_grab_focus (GTK_WIDGET (next));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, KanPalette *self)
{
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_Up)
    {
      move (self, keyval == GDK_KEY_Down ? 1 : -1);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
kan_palette_dispose (GObject *object)
{
  KanPalette *self = KAN_PALETTE (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->commands);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_PALETTE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kan_palette_parent_class)->dispose (object);
}

static void
kan_palette_class_init (KanPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_palette_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kanribo/Kanribo/ui/palette/kan-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, KanPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, KanPalette, list);
  gtk_widget_class_bind_template_child (widget_class, KanPalette, stack);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kan_palette_init (KanPalette *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (do_row), self);
}

/**
 * kan_palette_new:
 * @session: an unlocked session
 * @parent: the window whose actions it takes
 * @commands: (nullable): which of these are found by name
 *
 * Returns: (transfer floating): the palette, to be presented
 */
GtkWidget *
kan_palette_new (KanSession *session, GtkWindow *parent, GMenuModel *commands)
{
  KanPalette *self = g_object_new (KAN_TYPE_PALETTE, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  self->commands = commands != NULL ? g_object_ref (commands) : NULL;
  g_signal_connect_swapped (session, "locked", G_CALLBACK (gtk_window_destroy), self);
  ask (self);
  return GTK_WIDGET (self);
}
