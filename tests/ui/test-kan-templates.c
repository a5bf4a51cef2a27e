/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every layout that is in the resources loads: each template by an object of its class, each plain one by a builder.
 * The style sheet colours states that are declared, and the pressing ones among them. */
#include "kan-session.h"

#include "kit/kan-note.h"
#include "registers/kan-registers.h"

#include <adwaita.h>

static const char root[] = "/io/github/kanribo/Kanribo/ui/";

#define TYPES(X) \
  X (kan_approval_wizard) X (kan_approvals_page) X (kan_form) X (kan_founding) X (kan_ledger_page) X (kan_lines_row) \
  X (kan_note_row) X (kan_palette) X (kan_picker) X (kan_preview) X (kan_profile_window) X (kan_record_page) \
  X (kan_register_page) X (kan_review_page) X (kan_settings_window) X (kan_sign) X (kan_task_window) \
  X (kan_today_page) X (kan_unlock_page) X (kan_window) X (kan_wizard)

#define DECLARE(name) GType name##_get_type (void);
#define NAME(name) { #name, name##_get_type },

TYPES (DECLARE)

/* Several are known to their own file only. */
static const struct { const char *name; GType (*get_type) (void); } types[] = { TYPES (NAME) };

/* "…/kit/kan-task.ui" is kan_task's or kan_task_window's; plain ones are nobody's. */
static GType
find_type (const char *path)
{
  g_autofree char *stem = g_path_get_basename (path);

  *strrchr (stem, '.') = '\0';
  g_strdelimit (stem, "-", '_');
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].name, stem) ||
        (g_str_has_prefix (types[i].name, stem) && g_str_equal (types[i].name + strlen (stem), "_window")))
      return types[i].get_type ();
  return G_TYPE_INVALID;
}

static gboolean
is_template (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);
  return g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), "<template ") != NULL;
}

static void
destroy (GObject *object)
{
  if (GTK_IS_WINDOW (object))
    gtk_window_destroy (GTK_WINDOW (object));
  g_object_unref (object);
}

/* A child that is bound and not there, a property or a handler that does not exist: each is a warning, and fatal. */
static void
load_template (const char *path)
{
  GType type = find_type (path);
  g_autoptr(KanSession) session = kan_session_new ();
  g_autoptr(GTypeClass) held = NULL;

  if (type == G_TYPE_INVALID)
    g_error ("%s: whose is it?", path);
  held = g_type_class_ref (type);
  if (g_object_class_find_property (G_OBJECT_CLASS (held), "session") != NULL)
    destroy (g_object_ref_sink (g_object_new (type, "session", session, NULL)));
  else
    destroy (g_object_ref_sink (g_object_new (type, NULL)));
}

/* Whoever builds it registers what is ours in it before. */
static void
load_plain (const char *path)
{
  g_autoptr(GtkBuilder) builder = gtk_builder_new ();
  g_autoptr(GError) error = NULL;

  g_type_ensure (KAN_TYPE_NOTE);
  gtk_builder_add_from_resource (builder, path, &error);
  g_assert_no_error (error);
}

/* Each in a process of its own: what another layout registers would hide a type that this one forgets. */
static void
test_layout (gconstpointer path)
{
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
    }
  else if (is_template (path))
    load_template (path);
  else
    load_plain (path);
}

static void
add_layouts (const char *folder, guint *n)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) children = g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);
  for (guint i = 0; children[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (folder, children[i], NULL);
      g_autofree char *test = g_strconcat ("/templates/", path + strlen (root), NULL);

      if (g_str_has_suffix (path, "/"))
        add_layouts (path, n);
      if (!g_str_has_suffix (path, ".ui"))
        continue;
      g_test_add_data_func_full (test, g_steal_pointer (&path), test_layout, g_free);
      ++*n;
    }
}

/* --- a broken one --------------------------------------------------------------------------------------------- */

typedef GtkBox Broken;
typedef GtkBoxClass BrokenClass;

GType broken_get_type (void);

G_DEFINE_TYPE (Broken, broken, GTK_TYPE_BOX)

static void
broken_class_init (BrokenClass *class)
{
  static const char layout[] = "<interface><template class='Broken' parent='GtkBox'><child><object class='Nowhere'/>"
                               "</child></template></interface>";
  g_autoptr(GBytes) bytes = g_bytes_new_static (layout, strlen (layout));

  gtk_widget_class_set_template (GTK_WIDGET_CLASS (class), bytes);
}

static void
broken_init (Broken *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Without this, nothing says that the rest could fail. */
static void
test_broken (void)
{
  if (g_test_subprocess ())
    destroy (g_object_ref_sink (g_object_new (broken_get_type (), NULL)));
  else
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_failed ();
      g_test_trap_assert_stderr ("*Nowhere*");
    }
}

/* --- the style sheet ------------------------------------------------------------------------------------------ */

static gboolean
is_state (const char *id)
{
  const KanRegistry *registry = kan_registers ();

  for (guint i = 0; registry->registers[i] != NULL; i++)
    for (const KanState *state = registry->registers[i]->states; state != NULL && state->id != NULL; state++)
      if (g_str_equal (state->id, id))
        return TRUE;
  return FALSE;
}

static void
test_badges (void)
{
  static const char *const pressing[] = { "overdue", "missing", "lost", "waiting", "arrived", "requested" };
  g_autoptr(GBytes) bytes = g_resources_lookup_data ("/io/github/kanribo/Kanribo/ui/style.css",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *sheet = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr(GRegex) badge = g_regex_new ("\\.badge\\.([a-z_]+)", 0, 0, NULL);
  g_autoptr(GHashTable) coloured = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  for (g_regex_match (badge, sheet, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      char *id = g_match_info_fetch (match, 1);

      g_assert_true (is_state (id));
      g_hash_table_add (coloured, id);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pressing); i++)
    g_assert_true (g_hash_table_contains (coloured, pressing[i]));
}

int
main (int argc, char *argv[])
{
  guint n = 0;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  add_layouts (root, &n);
  g_assert_cmpuint (n, >, 0);
  g_test_add_func ("/templates/broken", test_broken);
  g_test_add_func ("/style/badges", test_badges);
  return g_test_run ();
}
