/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replay: acts judged and applied again, into a scratch book under a throwaway key. */
#include "acts/kan-replay.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define CHUNK 256

struct _KanScratch
{
  char      *path;
  KanSecret *key;
  KanDb     *db;
  KanBook   *book;
};

/* A name that nobody foresees, in a folder where everybody may write: nothing is there yet, and no link is followed. */
static gboolean
make_file (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd >= 0)
    return close (fd) == 0;
  kan_error_set_errno (error, errno, _("cannot create"), path);
  return FALSE;
}

/* A temporary encrypted file that no name leads to; nothing is in it yet. */
static KanScratch *
open_scratch (GError **error)
{
  g_autoptr(KanScratch) self = g_new0 (KanScratch, 1);
  guint8 salt[KAN_SALT_SIZE], random[16];
  g_autofree char *hex = NULL, *name = NULL, *path = NULL;

  kan_random (salt, sizeof salt);
  kan_random (random, sizeof random);
  hex = kan_hex (random, sizeof random);
  name = g_strconcat ("kanribo-", hex, NULL);
  path = g_build_filename (g_get_tmp_dir (), name, NULL);
  if (!make_file (path, error))
    return NULL;
  self->path = g_steal_pointer (&path);
  self->key = kan_secret_new_random (KAN_KEY_SIZE);
  self->db = kan_db_open (self->path, 0, self->key, salt, KAN_DB_SCRATCH, error);
  if (self->db == NULL)
    return NULL;
  /* from now on no name leads to it, and it goes when the process does */
  g_unlink (self->path);
  return g_steal_pointer (&self);
}

static gboolean
open_book (KanScratch *self, KanBook *like, GError **error)
{
  self->book = kan_book_new (self->db, like->file_id, like->registry, error);
  if (self->book == NULL)
    return FALSE;
  self->book->program_edition = like->program_edition;
  return TRUE;
}

static void
replay_from (KanScratch *self, KanBook *like)
{
  self->book->chain = like->db;
  self->book->replaying = TRUE;
}

/**
 * kan_scratch_new:
 * @like: the book whose chain will be replayed; must outlive the scratch book
 * @error: return location
 *
 * Returns: (transfer full): an empty book in a temporary encrypted file that no name leads to
 */
KanScratch *
kan_scratch_new (KanBook *like, GError **error)
{
  g_autoptr(KanScratch) self = open_scratch (error);

  if (self == NULL)
    return NULL;
  if (!open_book (self, like, error) || !kan_book_create_tables (self->book, error))
    return NULL;
  replay_from (self, like);
  return g_steal_pointer (&self);
}

/* Tables alone: what is looked up among a few rows needs no index. */
static char *
compose_tables (const KanRegistry *registry)
{
  g_autofree char *all = kan_schema_compose (registry);
  g_auto(GStrv) parts = g_strsplit (all, ";", -1);
  GString *sql = g_string_new ("PRAGMA journal_mode = MEMORY; BEGIN;");

  for (char **part = parts; *part != NULL; part++)
    if (g_str_has_prefix (*part, "CREATE TABLE "))
      g_string_append_printf (sql, "%s;", *part);
  g_string_append (sql, "COMMIT; BEGIN");
  return g_string_free (sql, FALSE);
}

/**
 * kan_scratch_new_few:
 * @like: the book of whose chain a few entries will be replayed; must outlive the scratch book
 * @error: return location
 *
 * Returns: (transfer full): an empty book for a few rows of the projections: in a transaction that is never ended, so
 *   that no row is enciphered and written; what is done within another (kan_db_transaction()) can be undone
 */
KanScratch *
kan_scratch_new_few (KanBook *like, GError **error)
{
  g_autoptr(KanScratch) self = open_scratch (error);
  g_autofree char *tables = compose_tables (like->registry);

  if (self == NULL || !open_book (self, like, error) || !kan_db_exec (self->db, tables, error))
    return NULL;
  replay_from (self, like);
  return g_steal_pointer (&self);
}


/**
 * kan_scratch_new_copy:
 * @like: a book
 * @error: return location
 *
 * Returns: (transfer full): a book over a copy of the whole database, in a temporary encrypted file that no name leads
 *   to: a chain of its own, free text included
 */
KanScratch *
kan_scratch_new_copy (KanBook *like, GError **error)
{
  g_autoptr(KanScratch) self = open_scratch (error);

  if (self == NULL || !kan_db_copy_into (like->db, self->db, error))
    return NULL;
  return open_book (self, like, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * kan_book_get_copy:
 * @self: a book over a file that cannot be written
 * @error: return location
 *
 * Returns: (transfer none): a copy of its database, made anew where others wrote to the file since; what is done there
 *   within a transaction can be undone
 */
KanDb *
kan_book_get_copy (KanBook *self, GError **error)
{
  gint64 version = 0;

  if (!kan_db_get_int (self->db, &version, error, "PRAGMA data_version", ""))
    return NULL;
  if (self->copy != NULL && self->copied == version)
    return self->copy->db;
  g_clear_pointer (&self->copy, kan_scratch_free);
  self->copy = open_scratch (error);
  self->copied = version;
  if (self->copy != NULL && kan_db_copy_into (self->db, self->copy->db, error) &&
      kan_db_exec (self->copy->db, "PRAGMA journal_mode = MEMORY", error))
    return self->copy->db;
  g_clear_pointer (&self->copy, kan_scratch_free);
  return NULL;
}

/**
 * kan_scratch_free:
 * @self: (nullable): a scratch book; its file goes with it
 */
void
kan_scratch_free (KanScratch *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->book, kan_book_free);
  g_clear_pointer (&self->db, kan_db_free);
  g_clear_pointer (&self->key, kan_secret_free);
  if (self->path != NULL)
    g_unlink (self->path);
  g_free (self->path);
  g_free (self);
}

/**
 * kan_scratch_get_book:
 * @self: a scratch book
 *
 * Returns: (transfer none): the book
 */
KanBook *
kan_scratch_get_book (KanScratch *self)
{
  return self->book;
}

/* --- what was wrong with an entry ------------------------------------------------------------------------------ */

/* What the form calls the answer beside which a refusal stands, "identified[0].serial" the question's; NULL: the act as
 * a whole, or no question of it. */
static const char *
answer_words (const KanCase *c, const KanRefusal *refusal)
{
  g_autofree char *key = refusal->key != NULL ? g_strndup (refusal->key, strcspn (refusal->key, "[")) : NULL;
  const KanAsk *ask = key != NULL ? kan_case_find_ask (c, key) : NULL;
  const KanField *field = ask != NULL ? kan_ask_find_field (c->reg, ask)
                          : key != NULL ? kan_reserved_field (key) : NULL;

  return field != NULL ? kan_label (&field->label, kan_speaks_japanese ()) : NULL;
}

/* What its rule or code calls what is wrong; NULL: nothing. */
static const char *
fault_words (KanBook *book, const KanRefusal *refusal)
{
  gsize n = 0;
  const KanChoice *rules = refusal->rule != NULL ? kan_book_get_choices (book, "breach", &n) : NULL;

  if (refusal->rule == NULL)
    return kan_label (kan_refusal_code_label (refusal->code), kan_speaks_japanese ());
  for (gsize i = 0; i < n; i++)
    if (strcmp (rules[i].id, refusal->rule) == 0)
      return kan_label (&rules[i].label, kan_speaks_japanese ());
  return NULL;
}

/* "Serial number: Another record has it already (“A1” is taken by M3)" */
static void
add_refusal (GString *out, const KanCase *c, const KanRefusal *refusal)
{
  const char *answer = answer_words (c, refusal), *fault = fault_words (c->book, refusal);
  g_autofree char *words = fault == NULL || strcmp (fault, refusal->wrong) == 0 ? g_strdup (refusal->wrong)
                           : g_strdup_printf (_("%s (%s)"), fault, refusal->wrong);
  g_autofree char *whole = answer != NULL ? g_strdup_printf (_("%s: %s"), answer, words) : g_steal_pointer (&words);

  g_string_append_printf (out, "%s%s", out->len > 0 ? _("; ") : "", whole);
}

/* Never what its signer could have done instead: it is signed. */
static char *
say_refusals (const KanCase *c)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < c->refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (c->refusals, i);

      if (!refusal->is_mark)
        add_refusal (out, c, refusal);
    }
  return g_strdup_printf (_("it was signed against the rules: %s"), out->str);
}

/* --- acts in order --------------------------------------------------------------------------------------------- */

/**
 * kan_replay_act:
 * @book: a scratch book
 * @act: the next act
 * @readable: (out) (optional): whether kind, time and body can be read
 * @why: (out): why it has no effect; %NULL: it has
 * @error: return location
 *
 * Returns: %FALSE only where the world failed
 */
gboolean
kan_replay_act (KanBook *book, const KanAct *act, gboolean *readable, char **why, GError **error)
{
  g_autoptr(GError) unreadable = NULL;
  g_autoptr(KanCase) c = kan_case_new_for_act (book, act, &unreadable);

  *why = NULL;
  if (readable != NULL)
    *readable = c != NULL;
  if (c == NULL)
    {
      *why = g_strdup_printf (_("it cannot be read: %s"), unreadable->message);
      kan_book_lose (book, 1);
      return TRUE;
    }
  /* a file is founded under the edition it names; those after are adopted one by one */
  if (act->seq == 1 && kan_answered (c, "edition"))
    book->edition = (guint) CLAMP (kan_answer_n (c, "edition"), 1, (gint64) book->program_edition);
  if (kan_judge (c, KAN_STAGE_SIGN))
    {
      if (!kan_case_admissible (c))
        {
          *why = say_refusals (c);
          kan_case_lose (c);
        }
      else if (kan_apply (c))
        return TRUE;
    }
  if (c->error == NULL)
    return TRUE;
  /* what its effect would do contradicts the tables: the act is at fault, not the world */
  if (g_error_matches (c->error, KAN_ERROR, KAN_ERROR_INVALID))
    {
      *why = g_strdup (c->error->message);
      kan_case_lose (c);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&c->error));
  return FALSE;
}

typedef struct { KanBook *from, *into; gint64 next, last; } AsOf;

/* The entries up to the last that was made by the end of the day. What somebody signed while the clock was behind says
 * nothing of those before it, unless it is the head: nothing else tells how far the file goes. */
static gboolean
find_last (KanBook *self, const char *day, gint64 *last, GError **error)
{
  g_autofree char *at = kan_utc_format (kan_day_to_utc (kan_day_parse (day) + 1) - 1);

  return kan_db_get_int (self->db, last, error,
                         "SELECT ifnull(max(seq), 0) FROM act WHERE at <= ? AND (seq = (SELECT max(seq) FROM act)"
                         " OR NOT json_valid (body) OR body ->> '$." KAN_KEY_CLOCK "' IS NOT 'behind')", "s", at);
}

static gboolean
replay_chunk (AsOf *self, GError **error)
{
  guint n = (guint) MIN (CHUNK, self->last - self->next + 1);
  g_autoptr(GPtrArray) acts = kan_ledger_read (self->from->db, self->next, self->next + n - 1, error);

  for (guint i = 0; acts != NULL && i < acts->len; i++)
    {
      g_autofree char *why = NULL;

      if (!kan_replay_act (self->into, g_ptr_array_index (acts, i), NULL, &why, error))
        return FALSE;
    }
  self->next += n;
  return acts != NULL;
}

static gboolean
replay_to_last (KanDb *scratch, gpointer data, GError **error)
{
  AsOf *self = data;
  gboolean fine = TRUE;

  (void) scratch;
  while (fine && self->next <= self->last)
    fine = replay_chunk (self, error);
  return fine;
}

/**
 * kan_book_as_of:
 * @self: a book
 * @day: "YYYY-MM-DD"
 * @error: return location
 *
 * Returns: (transfer full): the registers as they stood at the end of that day in Japan
 */
KanScratch *
kan_book_as_of (KanBook *self, const char *day, GError **error)
{
  g_autoptr(KanScratch) scratch = kan_scratch_new (self, error);
  AsOf as_of = { self, scratch != NULL ? scratch->book : NULL, 1, 0 };

  if (scratch == NULL || !find_last (self, day, &as_of.last, error) ||
      !kan_db_transaction (scratch->db, replay_to_last, &as_of, error))
    return NULL;
  return g_steal_pointer (&scratch);
}
