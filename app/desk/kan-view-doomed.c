/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Media that may be up for destruction: what is still recorded on them, until when, and by what means they can be
 * erased and destroyed (Articles 11-1, 11-4, 11-5). */
#include "desk/kan-view-private.h"

#include "registers/kan-checks.h"

#include <string.h>

#define SQL_OPEN "FROM batch b LEFT JOIN payment_day p ON p.day = (SELECT min(q.day) FROM payment_day q" \
  " WHERE q.day > b.recorded_on) WHERE b.state = 'open' AND b.medium = m.id"

/* Those due or erased, that cannot be used, or may go early; and those asked for, whose numbers are joined to it. */
#define SQL_DOOMED "SELECT * FROM (SELECT m.id AS id, m.state AS state, m.media_kind AS media_kind," \
  " m.serial IS NOT NULL AS has_serial, ifnull(m.sheets, 0) AS sheets, ifnull(m.unerasable, 0) AS unerasable," \
  " (SELECT ifnull(sum(b.count * (1 + ifnull(b.copies, 0))), 0) " SQL_OPEN ") AS held," \
  " (SELECT min(p.purge_by) " SQL_OPEN ") AS purge_by," \
  " (SELECT min(p.day) " SQL_OPEN ") <= (SELECT day FROM today) AS due," \
  " m.early_at IS NOT NULL AS early FROM medium m)" \
  " WHERE (state IN ('registered', 'stored', 'in_use', 'erased', 'faulty')" \
  " AND (due OR early OR state IN ('erased', 'faulty'))) OR id IN (SELECT value FROM json_each(?))" \
  " ORDER BY ifnull(due, 0) DESC, purge_by IS NULL, purge_by, id"

enum { ID, STATE, MEDIA_KIND, HAS_SERIAL, SHEETS, UNERASABLE, HELD, PURGE_BY, DUE };

static void
doomed_free (KanViewDoomed *self)
{
  g_free (self->subject);
  g_free (self->name);
  g_free (self->kind);
  g_free (self->state);
  g_free (self->state_label);
  g_free (self->purge_by);
  g_free (self->waits);
  g_strfreev (self->erasure);
  g_strfreev (self->destruction);
  g_free (self);
}

static char *
show_kind (KanBook *book, const char *media_kind)
{
  const KanField field = { .id = "media_kind", .type = KAN_CHOICE, .of = "media_kind" };

  return kan_book_show (book, &field, media_kind, kan_speaks_japanese ());
}

/* From which states a medium can still be erased its act declares. */
static gboolean
may_be_erased (KanBook *book, const char *state)
{
  const KanKind *kind = kan_book_find_kind (book, "media.erase", NULL);
  g_auto(GStrv) from = kind != NULL ? g_strsplit (kind->from, "|", -1) : NULL;

  return from != NULL && g_strv_contains ((const char *const *) from, state);
}

/**
 * kan_view_waiting_destruction:
 * @book: a book
 * @medium: (nullable): "M6"
 *
 * Returns: (transfer full) (nullable): the destruction of this medium that waits to be confirmed, in words; %NULL: none
 */
char *
kan_view_waiting_destruction (KanBook *book, const char *medium)
{
  g_autoptr(KanStmt) stmt = NULL;
  g_autofree char *subject = NULL;

  if (medium == NULL)
    return NULL;
  stmt = kan_db_query (kan_book_get_db (book), NULL, "SELECT d.id, d.state FROM destruction d JOIN destruction_media m"
                       " ON m.owner = d.id WHERE d." KAN_SQL_UNCONFIRMED " AND m.value = ?", "i",
                       g_ascii_strtoll (medium + 1, NULL, 10));
  if (stmt == NULL || !kan_stmt_step (stmt, NULL))
    return NULL;
  subject = g_strdup_printf ("D%" G_GINT64_FORMAT, kan_stmt_int (stmt, 0));
  return g_strdup_printf ("%s %s", subject, kan_state_label (kan_book_register_of (book, subject),
                                                             kan_stmt_text (stmt, 1), kan_speaks_japanese ()));
}

static KanViewDoomed *
doomed_new (KanBook *book, KanStmt *stmt, const char *today)
{
  KanViewDoomed *self = g_new0 (KanViewDoomed, 1);
  const KanRegister *reg = kan_book_find_register (book, "medium");
  const KanProfile *profile = kan_book_get_profile (book);
  const char *media_kind = kan_stmt_text (stmt, MEDIA_KIND), *purge_by = kan_stmt_text (stmt, PURGE_BY);
  const KanMediaKind *kind = profile != NULL && media_kind != NULL ? kan_profile_media_kind (profile, media_kind)
                                                                    : NULL;

  self->subject = g_strdup_printf ("M%" G_GINT64_FORMAT, kan_stmt_int (stmt, ID));
  self->name = kan_view_name (book, self->subject);
  self->kind = show_kind (book, media_kind);
  self->state = g_strdup (kan_stmt_text (stmt, STATE));
  self->state_label = g_strdup (kan_state_label (reg, self->state, kan_speaks_japanese ()));
  self->held = kan_stmt_int (stmt, HELD);
  self->sheets = kan_stmt_int (stmt, SHEETS);
  self->has_serial = kan_stmt_int (stmt, HAS_SERIAL) != 0;
  self->is_due = kan_stmt_int (stmt, DUE) != 0;
  self->is_overdue = purge_by != NULL && strcmp (purge_by, today) < 0;
  self->purge_by = purge_by != NULL ? kan_view_day (purge_by) : NULL;
  self->waits = kan_view_waiting_destruction (book, self->subject);
  self->erasure = g_strdupv ((char **) (kind != NULL ? kind->erasure : NULL));
  self->destruction = g_strdupv ((char **) (kind != NULL ? kind->destruction : NULL));
  self->can_be_erased = kan_stmt_int (stmt, UNERASABLE) == 0 && self->erasure != NULL && *self->erasure != NULL &&
                        may_be_erased (book, self->state);
  return self;
}

/* "M1,M12" → "[1,12]" */
static char *
numbers_of (const char *subjects)
{
  g_auto(GStrv) list = g_strsplit (subjects != NULL ? subjects : "", ",", -1);
  GString *out = g_string_new ("[");

  for (char **one = list; *one != NULL; one++)
    if (**one == 'M')
      g_string_append_printf (out, "%s%" G_GUINT64_FORMAT, out->len > 1 ? "," : "",
                              g_ascii_strtoull (*one + 1, NULL, 10));
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}

/**
 * kan_desk_list_doomed:
 * @self: an unlocked desk
 * @also: (nullable): media that are wanted whether due or not: "M1,M12"
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanViewDoomed): media that may be destroyed now, the most urgent first
 */
GPtrArray *
kan_desk_list_doomed (KanDesk *self, const char *also, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) doomed_free);
  g_autofree char *numbers = numbers_of (also), *today = kan_view_today (self);
  g_autoptr(KanStmt) stmt = kan_db_query (kan_book_get_db (self->book), error, SQL_DOOMED, "s", numbers);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return NULL;
  while (kan_stmt_step (stmt, &failed))
    g_ptr_array_add (list, doomed_new (self->book, stmt, today));
  if (failed == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}
