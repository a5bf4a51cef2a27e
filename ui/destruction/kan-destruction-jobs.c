/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the destruction wizard reviews and signs: the erasures, then the destruction, in one reviewed list. */
#include "destruction/kan-destruction-private.h"

#include "kit/kan-dialogs.h"
#include "kit/kan-wizard-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a job is told. */
typedef struct
{
  GPtrArray  *acts;          /* KanAnswers: erasures, the destruction last */
  GPtrArray  *names;         /* char *: of what is erased, one each */
  KanSecret  *passphrase;
  GPtrArray  *cosigners;
  KanAnswers *all;           /* what is kept as a draft where it is not signed; NULL: nothing was typed */
  gint64     *draft;         /* the wizard's */
  gint64      now;
} Errand;

/* What a signing job brings back. */
typedef struct
{
  guint          n_erased;
  KanOutcome    *outcome;
  KanRecordView *record;
  GError        *error;
  guint          which;
  gboolean       is_unkept;
} Bag;

static void
errand_free (Errand *self)
{
  g_ptr_array_unref (self->acts);
  g_ptr_array_unref (self->names);
  g_clear_pointer (&self->passphrase, kan_secret_free);
  g_clear_pointer (&self->cosigners, g_ptr_array_unref);
  g_clear_pointer (&self->all, kan_answers_free);
  g_atomic_rc_box_release (self->draft);
  g_free (self);
}

static void
bag_free (Bag *self)
{
  g_clear_pointer (&self->outcome, kan_outcome_free);
  g_clear_pointer (&self->record, kan_record_view_free);
  g_clear_error (&self->error);
  g_free (self);
}

/* --- the acts ---------------------------------------------------------------------------------------------------- */

/* What goes with every act of the list. */
static gboolean
is_shared (const char *key)
{
  static const char *const shared[] = { "deviation_reason", "late_reason", "clock", NULL };

  return g_strv_contains (shared, key);
}

/* Of the answers declared to hold no identity number, those that this act asks. */
static void
put_declared (KanAnswers *act, const char *declared, gboolean erasure)
{
  g_auto(GStrv) paths = g_strsplit (declared, ",", -1);
  g_autoptr(GString) own = g_string_new (NULL);
  gsize before = erasure ? strlen (KAN_ERASE_PREFIX) : 0;

  for (char **path = paths; *path != NULL; path++)
    if (**path != '\0' && g_str_has_prefix (*path, KAN_ERASE_PREFIX) == erasure)
      g_string_append_printf (own, "%s%s", own->len > 0 ? "," : "", *path + before);
  kan_answers_set (act, "declared", own->str);
}

static void
put_answers (KanAnswers *act, const KanAnswers *all, gboolean erasure)
{
  g_auto(GStrv) keys = kan_answers_list_keys (all);

  for (char **key = keys; *key != NULL; key++)
    {
      const char *typed = kan_answers_get (all, *key);
      gboolean prefixed = g_str_has_prefix (*key, KAN_ERASE_PREFIX);

      if (strcmp (*key, KAN_ERASE_HOW) == 0)
        continue;
      if (strcmp (*key, "declared") == 0)
        put_declared (act, typed, erasure);
      else if (prefixed && erasure)
        kan_answers_set (act, *key + strlen (KAN_ERASE_PREFIX), typed);
      else if (!prefixed && (!erasure || is_shared (*key)))
        kan_answers_set (act, *key, typed);
    }
  kan_answers_set_happened (act, kan_answers_get_happened (all));
}

static KanAnswers *
erasure_of (const KanAnswers *all, const KanViewDoomed *doomed)
{
  KanAnswers *act = kan_answers_new ("media.erase", doomed->subject);
  g_autofree char *held = g_strdup_printf ("%" G_GINT64_FORMAT, doomed->held);

  put_answers (act, all, TRUE);
  kan_answers_set (act, "erased_count", held);
  return act;
}

static KanAnswers *
destruction_of (const KanAnswers *all)
{
  KanAnswers *act = kan_answers_new (kan_answers_get_kind (all), kan_answers_get_subject (all));
  guint n = kan_answers_n_rows (all, "identified");

  put_answers (act, all, FALSE);
  for (guint i = 0; i < n; i++)
    {
      kan_answers_set_cell (act, "identified", i, "medium", kan_answers_get_cell (all, "identified", i, "medium"));
      kan_answers_set_cell (act, "identified", i, "serial", kan_answers_get_cell (all, "identified", i, "serial"));
    }
  return act;
}

static Errand *
errand_new (KanDestructionWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (KAN_WIZARD (self));
  Errand *errand = g_new0 (Errand, 1);
  g_autoptr(GPtrArray) chosen = kan_destruction_list_chosen (self);
  gboolean now = g_strcmp0 (kan_answers_get (priv->answers, KAN_ERASE_HOW), "now") == 0;

  errand->acts = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_answers_free);
  errand->names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < chosen->len && now; i++)
    {
      const KanViewDoomed *doomed = g_ptr_array_index (chosen, i);

      if (doomed->held == 0 || !doomed->can_be_erased)
        continue;
      g_ptr_array_add (errand->acts, erasure_of (priv->answers, doomed));
      g_ptr_array_add (errand->names, g_strdup_printf (_("Erasure of %s"), doomed->subject));
    }
  g_ptr_array_add (errand->acts, destruction_of (priv->answers));
  errand->now = kan_session_now (priv->session);
  errand->draft = g_atomic_rc_box_acquire (priv->draft);
  errand->all = priv->is_dirty ? kan_answers_copy (priv->answers) : NULL;
  return errand;
}

/* --- review ------------------------------------------------------------------------------------------------------ */

static void
prefix_refusals (GPtrArray *refusals)
{
  for (guint i = 0; i < refusals->len; i++)
    {
      KanRefusal *refusal = g_ptr_array_index (refusals, i);
      char *key = refusal->key != NULL && !is_shared (refusal->key) && strcmp (refusal->key, "happened_at") != 0
                  ? g_strconcat (KAN_ERASE_PREFIX, refusal->key, NULL) : g_strdup (refusal->key);

      g_free (refusal->key);
      refusal->key = key;
    }
}

/* The lines of an erasure stand under its name, before those of the destruction. */
static void
take_lines (KanReview *into, KanReview *from, const char *name, guint *at)
{
  while (from->lines->len > 0)
    {
      KanReviewLine *line = g_ptr_array_steal_index (from->lines, 0);

      g_free (line->page);
      line->page = g_strdup (name);
      g_ptr_array_insert (into->lines, (int) (*at)++, line);
    }
}

static gboolean
is_said (GPtrArray *refusals, const KanRefusal *refusal)
{
  for (guint i = 0; i < refusals->len; i++)
    {
      const KanRefusal *other = g_ptr_array_index (refusals, i);

      if (g_strcmp0 (other->key, refusal->key) == 0 && g_strcmp0 (other->why, refusal->why) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What is refused of each of several erasures alike is said once. */
static void
take_refusals (KanReview *into, KanReview *from)
{
  prefix_refusals (from->refusals);
  while (from->refusals->len > 0)
    {
      KanRefusal *refusal = g_ptr_array_index (from->refusals, 0);

      if (is_said (into->refusals, refusal))
        g_ptr_array_remove_index (from->refusals, 0);
      else
        g_ptr_array_insert (into->refusals, 0, g_ptr_array_steal_index (from->refusals, 0));
    }
}

/* All acts as one review. */
static KanReview *
merge (GPtrArray *reviews, const GPtrArray *names)
{
  KanReview *whole = g_ptr_array_steal_index (reviews, reviews->len - 1);
  guint at = 0;

  for (guint i = 0; i < reviews->len; i++)
    {
      KanReview *review = g_ptr_array_index (reviews, i);

      whole->admissible = whole->admissible && review->admissible;
      take_lines (whole, review, g_ptr_array_index ((GPtrArray *) names, i), &at);
      take_refusals (whole, review);
    }
  return whole;
}

static gpointer
review_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Errand *errand = data;
  g_autoptr(GPtrArray) reviews = kan_desk_review_together (kan_worker_get_desk (worker), errand->acts, errand->now,
                                                           error);

  return reviews != NULL ? merge (reviews, errand->names) : NULL;
}

static void
review_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanDestructionWizard) self = user_data;
  g_autoptr(GError) error = NULL;
  KanReview *review = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (g_cancellable_is_cancelled (self->life) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_pointer (&review, kan_review_free);
  else if (review == NULL)
    kan_wizard_review_failed (KAN_WIZARD (self), error);
  else
    {
      kan_wizard_set_review (KAN_WIZARD (self), review);
      kan_destruction_show_review (self);
    }
}

/**
 * kan_destruction_review:
 * @wizard: a destruction wizard
 *
 * Asks what would be signed: each erasure, and the destruction as if they had been signed.
 */
void
kan_destruction_review (KanWizard *wizard)
{
  KanDestructionWizard *self = KAN_DESTRUCTION_WIZARD (wizard);

  if (self->doomed == NULL)
    return;      /* it is asked for once the media have come */
  g_cancellable_cancel (self->reviewing);
  g_clear_object (&self->reviewing);
  self->reviewing = g_cancellable_new ();
  kan_session_run (kan_wizard_get_session (wizard), KAN_JOB_PAGE, review_job, errand_new (self),
                   (GDestroyNotify) errand_free, (GDestroyNotify) kan_review_free, self->reviewing, review_cb,
                   g_object_ref (self));
}

/* --- signing ----------------------------------------------------------------------------------------------------- */

/* A second person's passphrase that is wrong is found before anything is signed. */
static gboolean
check_cosigners (KanDesk *desk, const Errand *errand, Bag *bag)
{
  kan_desk_clear_cosigners (desk);
  for (guint i = 0; i < errand->cosigners->len; i++)
    {
      const KanCosigner *cosigner = g_ptr_array_index (errand->cosigners, i);

      bag->which = i + 1;
      if (!kan_desk_add_cosigner (desk, cosigner->login, cosigner->passphrase, &bag->error))
        break;
    }
  kan_desk_clear_cosigners (desk);
  if (bag->error == NULL)
    bag->which = 0;
  return bag->error == NULL;
}

/* Whether the next one may be signed. */
static gboolean
sign_erasure (KanDesk *desk, const Errand *errand, KanAnswers *act, Bag *bag)
{
  g_autoptr(KanOutcome) outcome = kan_desk_fit_reason (desk, act, errand->now, &bag->error)
                                  ? kan_desk_sign_answers (desk, act, errand->passphrase, errand->now, &bag->error)
                                  : NULL;

  if (outcome == NULL)
    return FALSE;
  if (outcome->seq > 0)
    {
      bag->n_erased++;
      return TRUE;
    }
  prefix_refusals (outcome->refusals);
  bag->outcome = g_steal_pointer (&outcome);
  return FALSE;
}

static void
sign_destruction (KanDesk *desk, const Errand *errand, KanAnswers *act, Bag *bag)
{
  if (!kan_desk_fit_reason (desk, act, errand->now, &bag->error))
    return;
  bag->outcome = kan_sign_in_desk (desk, act, errand->passphrase, errand->cosigners, errand->now, &bag->which,
                                   &bag->error);
  if (bag->outcome == NULL || bag->outcome->seq == 0)
    return;
  bag->record = kan_desk_view_record (desk, bag->outcome->subject, errand->now, NULL);
}

static gpointer
sign_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Errand *errand = data;
  KanDesk *desk = kan_worker_get_desk (worker);
  guint n = errand->acts->len;
  Bag *bag = g_new0 (Bag, 1);
  gboolean goes_on = check_cosigners (desk, errand, bag);

  kan_desk_begin_list (desk);
  for (guint i = 0; i + 1 < n && goes_on; i++)
    goes_on = sign_erasure (desk, errand, g_ptr_array_index (errand->acts, i), bag);
  if (goes_on)
    sign_destruction (desk, errand, g_ptr_array_index (errand->acts, n - 1), bag);
  kan_desk_end_list (desk);
  bag->is_unkept = !kan_wizard_settle_draft (desk, errand->draft, errand->all, bag->outcome, errand->now);
  return bag;
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  G_GNUC_UNUSED g_autofree char *answer = kan_dialogs_choose_finish (result);
}

/* An erasure that was signed is a fact, whatever became of the rest. */
static void
tell_erased (KanDestructionWizard *self, guint n_erased)
{
  const char *const answers[] = { "*go-on", _("_Go On"), NULL };
  g_autofree char *words = g_strdup_printf (ngettext ("%u erasure was signed and stands. The destruction was not"
                                                      " signed; go on from here.",
                                                      "%u erasures were signed and stand. The destruction was not"
                                                      " signed; go on from here.", n_erased), n_erased);

  kan_session_changed (kan_wizard_get_session (KAN_WIZARD (self)));
  kan_destruction_load (self);
  kan_dialogs_choose (GTK_WIDGET (self), _("Erased, Not Yet Destroyed"), words, answers, told_cb, NULL);
}

static void
sign_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanDestructionWizard) self = user_data;
  KanWizardPrivate *priv = kan_wizard_get_private (KAN_WIZARD (self));
  g_autoptr(GError) error = NULL;
  Bag *bag = kan_session_run_finish (KAN_SESSION (source), result, &error);
  gboolean undone = bag != NULL && (bag->outcome == NULL || bag->outcome->seq == 0);

  priv->is_unkept = bag != NULL ? bag->is_unkept : priv->is_dirty;
  if (bag == NULL)
    {
      kan_wizard_failed (KAN_WIZARD (self), g_steal_pointer (&error));
      return;
    }
  priv->wrong = bag->which;
  g_clear_pointer (&self->record, kan_record_view_free);
  self->record = g_steal_pointer (&bag->record);
  if (undone && bag->n_erased > 0 && !priv->is_over)
    tell_erased (self, bag->n_erased);
  if (bag->outcome != NULL)
    kan_wizard_done (KAN_WIZARD (self), g_steal_pointer (&bag->outcome));
  else
    kan_wizard_failed (KAN_WIZARD (self), g_steal_pointer (&bag->error));
  bag_free (bag);
}

/**
 * kan_destruction_sign:
 * @wizard: a destruction wizard
 * @passphrase: (transfer full) (nullable): theirs who unlocked
 *
 * Signs the reviewed list: the passphrase is given once, a second person signs the destruction.
 */
void
kan_destruction_sign (KanWizard *wizard, KanSecret *passphrase)
{
  KanDestructionWizard *self = KAN_DESTRUCTION_WIZARD (wizard);
  g_autoptr(GCancellable) own = g_cancellable_new ();
  Errand *errand = errand_new (self);

  errand->passphrase = passphrase;
  errand->cosigners = kan_sign_take_cosigners (kan_wizard_get_private (wizard)->sign_page);
  kan_session_run (kan_wizard_get_session (wizard), KAN_JOB_ACT, sign_job, errand, (GDestroyNotify) errand_free,
                   (GDestroyNotify) bag_free, own, sign_cb, g_object_ref (self));
}
