/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who signs: the passphrase of who unlocked, and a second person's where they stand beside them. */
#include "kit/kan-sign.h"

#include "kit/kan-dialogs.h"
#include "kit/kan-note-row.h"
#include "kit/kan-pieces.h"

#include <glib/gi18n.h>
#include <string.h>

/* Somebody else whose signature the act wants. */
typedef struct
{
  const KanSheetHand *hand;      /* borrowed; NULL: the second person of an act that makes power */
  char               *title;     /* owned */
  char               *named;     /* owned: the login of whom an answer names; NULL: none */
  AdwExpanderRow     *row;       /* borrowed, as all below */
  AdwComboRow        *login;
  GtkEditable        *passphrase;
  KanNoteRow         *note;
  gboolean            on_paper;
} Other;

struct _KanSign
{
  GtkBox               parent_instance;

  /* Template children */
  AdwPreferencesGroup *group, *others;
  AdwActionRow        *who;
  AdwPasswordEntryRow *passphrase;

  KanNoteRow          *note;         /* borrowed */
  const KanSheet      *sheet;        /* borrowed; NULL: only who unlocked */
  KanSession          *session;      /* owned */
  GPtrArray           *list;         /* owned: Other */
  GtkStringList       *logins;       /* owned: those who can open the file, but for who did */
};

G_DEFINE_FINAL_TYPE (KanSign, kan_sign, GTK_TYPE_BOX)

static void
other_free (Other *self)
{
  g_free (self->title);
  g_free (self->named);
  g_free (self);
}

/**
 * kan_cosigner_free:
 * @self: (nullable): a second person; their passphrase is wiped
 */
void
kan_cosigner_free (KanCosigner *self)
{
  if (self == NULL)
    return;
  g_free (self->login);
  g_clear_pointer (&self->passphrase, kan_secret_free);
  g_free (self);
}

/* --- jobs -------------------------------------------------------------------------------------------------------- */

static gpointer
logins_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  KanVault *vault = kan_desk_get_vault (kan_worker_get_desk (worker));
  g_autoptr(GStrvBuilder) logins = g_strv_builder_new ();

  for (guint i = 0; i < kan_vault_n_slots (vault); i++)
    {
      const KanSlot *slot = kan_vault_get_slot (vault, i);

      if (!slot->provisional && g_strcmp0 (slot->login, data) != 0)
        g_strv_builder_add (logins, slot->login);
    }
  return g_strv_builder_end (logins);
}

/**
 * kan_sign_in_desk:
 * @desk: an unlocked desk, in its thread
 * @answers: what was reviewed
 * @passphrase: (nullable): theirs who unlocked
 * @cosigners: (nullable) (element-type KanCosigner): who signs along
 * @now: the clock as read, seconds of UTC
 * @which: (out): whose passphrase was wrong: 0 who unlocked, 1 the first cosigner and so on
 * @error: as kan_desk_add_cosigner() and kan_desk_sign_answers()
 *
 * Nobody stays at the terminal afterwards but who unlocked.
 *
 * Returns: (transfer full): the outcome
 */
KanOutcome *
kan_sign_in_desk (KanDesk *desk, const KanAnswers *answers, const KanSecret *passphrase, const GPtrArray *cosigners,
                  gint64 now, guint *which, GError **error)
{
  KanOutcome *outcome;

  kan_desk_clear_cosigners (desk);
  for (guint i = 0; cosigners != NULL && i < cosigners->len; i++)
    {
      const KanCosigner *cosigner = g_ptr_array_index (cosigners, i);

      *which = i + 1;
      if (!kan_desk_add_cosigner (desk, cosigner->login, cosigner->passphrase, error))
        {
          kan_desk_clear_cosigners (desk);
          return NULL;
        }
    }
  *which = 0;
  outcome = kan_desk_sign_answers (desk, answers, passphrase, now, error);
  kan_desk_clear_cosigners (desk);
  return outcome;
}

static void
logins_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GtkStringList) list = user_data;
  g_auto(GStrv) logins = kan_session_run_finish (KAN_SESSION (source), result, NULL);

  if (logins != NULL)
    gtk_string_list_splice (list, g_list_model_get_n_items (G_LIST_MODEL (list)), 0, (const char *const *) logins);
}

/**
 * kan_sign_list_logins:
 * @session: the open file
 * @list: is appended to, once they are known
 *
 * Lists who can sign at this terminal beside who unlocked: whoever holds a key of their own.
 */
void
kan_sign_list_logins (KanSession *session, GtkStringList *list)
{
  kan_session_run (session, KAN_JOB_OFFERS, logins_job, g_strdup (kan_session_get_login (session)), g_free,
                   (GDestroyNotify) g_strfreev, NULL, logins_cb, g_object_ref (list));
}

/* --- who else ---------------------------------------------------------------------------------------------------- */

static void
refresh_other (Other *other)
{
  gboolean here = adw_expander_row_get_enable_expansion (other->row);

  adw_expander_row_set_subtitle (other->row, other->on_paper ? _("Signed on paper")
                                 : here ? _("Signs here and now") : _("Signs later, in their own session"));
}

static void
enabled_cb (AdwExpanderRow *row, GParamSpec *pspec, gpointer user_data)
{
  Other *other = user_data;
  gboolean here = adw_expander_row_get_enable_expansion (row);

  if (here)
    adw_expander_row_set_expanded (row, TRUE);
  else
    gtk_editable_set_text (other->passphrase, "");
  kan_note_row_say (other->note, "", FALSE);
  refresh_other (other);
}

static void
passphrase_changed_cb (GtkEditable *editable, gpointer note)
{
  if (*gtk_editable_get_text (editable) != '\0')
    kan_note_row_say (KAN_NOTE_ROW (note), "", FALSE);
}

static GtkEditable *
new_passphrase_row (void)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Their passphrase"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  kan_name_eye (row);
  return GTK_EDITABLE (row);
}

/* Whoever is named is chosen, once it is known who has a key. */
static void
choose_named (KanSign *self, Other *other)
{
  for (guint i = 0; other->named != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->logins)); i++)
    if (strcmp (gtk_string_list_get_string (self->logins, i), other->named) == 0)
      adw_combo_row_set_selected (other->login, i);
}

static void
listed_cb (KanSign *self)
{
  for (guint i = 0; i < self->list->len; i++)
    choose_named (self, g_ptr_array_index (self->list, i));
}

static void
add_other (KanSign *self, const KanSheetHand *hand, const char *title)
{
  Other *other = g_new0 (Other, 1);

  other->hand = hand;
  other->title = g_strdup (title);
  other->row = g_object_new (ADW_TYPE_EXPANDER_ROW, "title", title, "use-markup", FALSE, "show-enable-switch", TRUE,
                             "enable-expansion", FALSE, NULL);
  other->login = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("Who"), "model", self->logins, NULL);
  other->passphrase = new_passphrase_row ();
  other->note = KAN_NOTE_ROW (kan_note_row_new (GTK_WIDGET (other->passphrase)));
  adw_expander_row_add_row (other->row, GTK_WIDGET (other->login));
  adw_expander_row_add_row (other->row, GTK_WIDGET (other->passphrase));
  adw_expander_row_add_row (other->row, GTK_WIDGET (other->note));
  g_signal_connect (other->row, "notify::enable-expansion", G_CALLBACK (enabled_cb), other);
  g_signal_connect (other->passphrase, "changed", G_CALLBACK (passphrase_changed_cb), other->note);
  adw_preferences_group_add (self->others, GTK_WIDGET (other->row));
  g_ptr_array_add (self->list, other);
  refresh_other (other);
}

static void
add_others (KanSign *self)
{
  if (self->sheet->wants_second)
    add_other (self, NULL, _("Second person (countersigns)"));
  for (guint i = 0; i < self->sheet->hands->len; i++)
    {
      const KanSheetHand *hand = g_ptr_array_index (self->sheet->hands, i);

      if (hand->person_key != NULL)
        add_other (self, hand, hand->title);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->others), self->list->len > 0);
  if (self->list->len > 0)
    kan_sign_list_logins (self->session, self->logins);
}

/* --- class ------------------------------------------------------------------------------------------------------- */

static gboolean
kan_sign_grab_focus (GtkWidget *widget)
{
  KanSign *self = KAN_SIGN (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

static void
kan_sign_dispose (GObject *object)
{
  KanSign *self = KAN_SIGN (object);

  if (self->list != NULL)
    kan_sign_wipe (self);
  g_clear_object (&self->session);
  g_clear_object (&self->logins);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_SIGN);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  G_OBJECT_CLASS (kan_sign_parent_class)->dispose (object);
}

static void
kan_sign_class_init (KanSignClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_sign_dispose;
  widget_class->grab_focus = kan_sign_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kanribo/Kanribo/ui/kit/kan-sign.ui");
  gtk_widget_class_bind_template_child (widget_class, KanSign, group);
  gtk_widget_class_bind_template_child (widget_class, KanSign, others);
  gtk_widget_class_bind_template_child (widget_class, KanSign, who);
  gtk_widget_class_bind_template_child (widget_class, KanSign, passphrase);
}

static void
kan_sign_init (KanSign *self)
{
  static const char *const first[] = { NULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  kan_name_eye (GTK_WIDGET (self->passphrase));
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) other_free);
  self->logins = gtk_string_list_new (first);
  gtk_string_list_append (self->logins, _("Not chosen"));
  self->note = KAN_NOTE_ROW (kan_note_row_new (GTK_WIDGET (self->passphrase)));
  adw_preferences_group_add (self->group, GTK_WIDGET (self->note));
  g_signal_connect (self->passphrase, "changed", G_CALLBACK (passphrase_changed_cb), self->note);
  /* after the rows, which must know of those who were listed before one of them is chosen */
  g_signal_connect_object (self->logins, "items-changed", G_CALLBACK (listed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/**
 * kan_sign_new:
 * @session: the open file
 * @sheet: (nullable): the act; must outlive the page; %NULL: only the passphrase of who unlocked
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
kan_sign_new (KanSession *session, const KanSheet *sheet)
{
  KanSign *self = g_object_new (KAN_TYPE_SIGN, NULL);
  const char *who = kan_session_get_who (session);

  self->session = g_object_ref (session);
  self->sheet = sheet;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->who), who != NULL ? who : "");
  adw_action_row_set_subtitle (self->who, kan_session_get_login (session));
  gtk_widget_set_visible (GTK_WIDGET (self->passphrase), sheet == NULL || sheet->strength != KAN_LIGHT);
  if (sheet != NULL)
    add_others (self);
  return GTK_WIDGET (self);
}

static const char *
shown_at (const KanReview *review, const char *key)
{
  for (guint i = 0; i < review->lines->len; i++)
    {
      const KanReviewLine *line = g_ptr_array_index (review->lines, i);

      if (g_strcmp0 (line->key, key) == 0)
        return line->shown;
    }
  return NULL;
}

static const KanReviewHand *
hand_of (const KanReview *review, const Other *other)
{
  for (guint i = 0; other->hand != NULL && i < review->hands->len; i++)
    {
      const KanReviewHand *hand = g_ptr_array_index (review->hands, i);

      if (strcmp (hand->person_key, other->hand->person_key) == 0)
        return hand;
    }
  return NULL;
}

/* A hand that is theirs who unlocked is given with their own signature. */
static void
take_hand (KanSign *self, Other *other, const KanReviewHand *hand)
{
  const char *login = hand != NULL && !hand->mine ? hand->login : NULL;

  gtk_widget_set_visible (GTK_WIDGET (other->row), hand == NULL || !hand->mine);
  if (hand != NULL && hand->mine)
    adw_expander_row_set_enable_expansion (other->row, FALSE);
  if (g_strcmp0 (login, other->named) == 0)
    return;
  g_free (other->named);
  other->named = g_strdup (login);
  choose_named (self, other);
}

static gboolean
has_others (KanSign *self)
{
  for (guint i = 0; i < self->list->len; i++)
    if (gtk_widget_get_visible (GTK_WIDGET (((Other *) g_ptr_array_index (self->list, i))->row)))
      return TRUE;
  return FALSE;
}

/**
 * kan_sign_set_review:
 * @self: a page
 * @review: what will be signed: whom it names
 * @answers: what was typed: who signed on paper
 */
void
kan_sign_set_review (KanSign *self, const KanReview *review, const KanAnswers *answers)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      Other *other = g_ptr_array_index (self->list, i);
      const char *name = other->hand != NULL ? shown_at (review, other->hand->person_key) : NULL;
      const char *paper = other->hand != NULL && other->hand->paper_key != NULL
                          ? kan_answers_get (answers, other->hand->paper_key) : NULL;
      g_autofree char *visible = kan_visible_text (name);
      g_autofree char *title = name != NULL ? g_strdup_printf (_("%s: %s"), other->title, visible) : NULL;

      other->on_paper = g_strcmp0 (paper, "yes") == 0;
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (other->row), title != NULL ? title : other->title);
      adw_expander_row_set_show_enable_switch (other->row, !other->on_paper);
      if (other->on_paper)
        adw_expander_row_set_enable_expansion (other->row, FALSE);
      take_hand (self, other, hand_of (review, other));
      refresh_other (other);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->others), has_others (self));
}

/**
 * kan_sign_wants_anything:
 * @self: a page
 *
 * Returns: whether there is anything to type; a light act that nobody else signs is signed by one click
 */
gboolean
kan_sign_wants_anything (KanSign *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->passphrase)) || has_others (self);
}

static gboolean
check_other (Other *other)
{
  const char *why = "";

  if (!adw_expander_row_get_enable_expansion (other->row))
    return TRUE;
  if (adw_combo_row_get_selected (other->login) == 0)
    why = _("Choose who signs here");
  else if (*gtk_editable_get_text (other->passphrase) == '\0')
    why = _("Type the passphrase");
  kan_note_row_say (other->note, why, FALSE);
  return *why == '\0';
}

/**
 * kan_sign_check:
 * @self: a page
 *
 * Returns: whether all that is wanted was typed; what is missing is said beside it
 */
gboolean
kan_sign_check (KanSign *self)
{
  gboolean fine = TRUE;

  if (gtk_widget_get_visible (GTK_WIDGET (self->passphrase))
      && *gtk_editable_get_text (GTK_EDITABLE (self->passphrase)) == '\0')
    {
      kan_sign_refuse (self, 0, _("Type the passphrase"));
      fine = FALSE;
    }
  for (guint i = 0; i < self->list->len; i++)
    fine = check_other (g_ptr_array_index (self->list, i)) && fine;
  return fine;
}

static KanSecret *
take (GtkEditable *editable)
{
  const char *typed = gtk_editable_get_text (editable);
  gsize size = strlen (typed);
  KanSecret *secret = kan_secret_new (size);

  memcpy (kan_secret_get_bytes (secret), typed, size);
  gtk_editable_set_text (editable, "");
  return secret;
}

/**
 * kan_sign_take_passphrase:
 * @self: a page
 *
 * Returns: (transfer full) (nullable): the passphrase, wiped from its entry; %NULL where none is wanted
 */
KanSecret *
kan_sign_take_passphrase (KanSign *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->passphrase)) ? take (GTK_EDITABLE (self->passphrase)) : NULL;
}

/**
 * kan_sign_take_cosigners:
 * @self: a page
 *
 * Returns: (transfer full) (element-type KanCosigner): who signs along here and now
 */
GPtrArray *
kan_sign_take_cosigners (KanSign *self)
{
  GPtrArray *cosigners = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_cosigner_free);

  for (guint i = 0; i < self->list->len; i++)
    {
      Other *other = g_ptr_array_index (self->list, i);
      KanCosigner *cosigner;

      if (!adw_expander_row_get_enable_expansion (other->row))
        continue;
      cosigner = g_new0 (KanCosigner, 1);
      cosigner->login = g_strdup (gtk_string_list_get_string (self->logins, adw_combo_row_get_selected (other->login)));
      cosigner->passphrase = take (other->passphrase);
      g_ptr_array_add (cosigners, cosigner);
    }
  return cosigners;
}

/**
 * kan_sign_refuse:
 * @self: a page
 * @which: whose passphrase: 0 who unlocked, 1 the first cosigner here and so on
 * @why: a sentence, shown beside the entry, which takes the focus
 */
void
kan_sign_refuse (KanSign *self, guint which, const char *why)
{
  guint n = 0;

  if (which == 0)
    {
      kan_note_row_say (self->note, why, FALSE);
      gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
      kan_bring_into_sight (GTK_WIDGET (self->note));
      return;
    }
  for (guint i = 0; i < self->list->len; i++)
    {
      Other *other = g_ptr_array_index (self->list, i);

      if (!adw_expander_row_get_enable_expansion (other->row) || ++n != which)
        continue;
      kan_note_row_say (other->note, why, FALSE);
      gtk_widget_grab_focus (GTK_WIDGET (other->passphrase));
      kan_bring_into_sight (GTK_WIDGET (other->note));
    }
}

/**
 * kan_sign_wipe:
 * @self: a page
 *
 * Wipes what was typed into its entries.
 */
void
kan_sign_wipe (KanSign *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase), "");
  for (guint i = 0; i < self->list->len; i++)
    gtk_editable_set_text (((Other *) g_ptr_array_index (self->list, i))->passphrase, "");
}
