/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an office still lacks before it can work by its regulation: told on Today until it is there. Nothing is kept of
 * it: it follows from what is in the file and from the profile's roles. */
#include "desk/kan-view-private.h"

#include <glib/gi18n-lib.h>

/* Without whom nothing can be decided. */
static const char *const deciding[] = { "chief", "information_manager", "system_manager", "security_manager" };

/* Either how many there are, of which one is enough, or who or what is wanting by name (NULL: nobody). */
typedef struct
{
  const char *title, *text, *kind, *place, *sql;
  char *(*list) (KanDesk *desk);
} Task;

/* (transfer full) (nullable): with commas between */
static char *
join_names (GPtrArray *names)
{
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);
  return g_strjoinv (kan_speaks_japanese () ? "、" : ", ", (char **) names->pdata);
}

static gboolean
holds (KanDesk *self, const char *sql, const char *code)
{
  gint64 n = 0;

  return kan_db_get_int (kan_book_get_db (self->book), &n, NULL, sql, "s", code) && n > 0;
}

static char *
list_offices (KanDesk *self)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  gsize n = 0;
  const KanOffice *offices = kan_profile_offices (kan_book_get_profile (self->book), &n);

  for (gsize i = 0; i < n; i++)
    if (!holds (self, "SELECT count(*) FROM office WHERE code = ? AND state = 'standing'", offices[i].id))
      g_ptr_array_add (names, (char *) kan_label (&offices[i].title, kan_speaks_japanese ()));
  return join_names (names);
}

/* Offices that carry what decides, for which @sql finds nothing today. */
static char *
list_deciding (KanDesk *self, const char *sql)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  const KanProfile *profile = kan_book_get_profile (self->book);

  for (gsize i = 0; i < G_N_ELEMENTS (deciding); i++)
    {
      const KanOffice *office = kan_profile_office_of_role (profile, deciding[i]);
      const char *title = office != NULL ? kan_label (&office->title, kan_speaks_japanese ()) : NULL;

      if (office != NULL && !g_ptr_array_find_with_equal_func (names, title, g_str_equal, NULL) &&
          !holds (self, sql, office->id))
        g_ptr_array_add (names, (char *) title);
    }
  return join_names (names);
}

static char *
list_vacant (KanDesk *self)
{
  return list_deciding (self, "SELECT count(*) FROM appointment_current c JOIN office o ON o.id = c.office"
                              " WHERE o.code = ?");
}

/* Who is not there at all is told as vacant. */
static char *
list_keyless (KanDesk *self)
{
  return list_deciding (self, "SELECT count(*) = 0 OR count(k.id) > 0 FROM appointment_current c"
                              " JOIN office o ON o.id = c.office"
                              " LEFT JOIN key k ON k.person = c.person AND k.state = 'valid' WHERE o.code = ?");
}

static const Task tasks[] = {
  { N_("Register people"), N_("Everybody who decides or handles media, by staff number"), "person.register", NULL,
    "SELECT count(*) > 1 FROM person WHERE state = 'employed'", NULL },
  { N_("Establish offices"), N_("Of the profile, not established yet:"), "office.establish", NULL, NULL,
    list_offices },
  { N_("Appoint to offices"), N_("Nobody holds today:"), "appointment.make", NULL, NULL, list_vacant },
  { N_("Issue keys"), N_("On the page of the person. Nobody can sign as:"), NULL, "person", NULL, list_keyless },
  { N_("Designate operators"), N_("Nobody else handles identity information"), "operator.designate", NULL,
    "SELECT count(*) FROM operator_current", NULL },
  { N_("Establish places"), N_("Where media are kept, with their security level"), "place.establish", NULL,
    "SELECT count(*) FROM place WHERE state = 'standing'", NULL },
  { N_("Enter rules"), N_("The procedures that the regulation asks for, with the day of their review"), "rule.enter",
    NULL, "SELECT count(*) FROM rule WHERE state IN ('waiting', 'in_force')", NULL },
};

static void
task_free (KanViewTask *self)
{
  g_free (self->title);
  g_free (self->detail);
  g_free (self);
}

/* (transfer full) (nullable): %NULL where nothing is wanting */
static char *
find_wanting (KanDesk *self, const Task *task)
{
  g_autofree char *names = task->list != NULL ? task->list (self) : NULL;
  gint64 n = 0;

  if (task->list != NULL)
    return names != NULL ? g_strconcat (_(task->text), " ", names, NULL) : NULL;
  return kan_db_get_int (kan_book_get_db (self->book), &n, NULL, task->sql, "") && n == 0 ? g_strdup (_(task->text))
                                                                                         : NULL;
}

static gboolean
may_begin (KanDesk *self, const char *kind, gint64 now)
{
  g_autoptr(KanDraft) draft = kan_draft_new (self->book, kind, NULL, NULL);
  g_autoptr(GPtrArray) refusals = draft != NULL ? kan_draft_may_begin (draft, kan_desk_get_person (self), now, NULL)
                                                : NULL;

  return refusals != NULL && refusals->len == 0;
}

/**
 * kan_view_lacking:
 * @self: an unlocked desk
 * @now: seconds of UTC
 *
 * Returns: (transfer full) (element-type KanViewTask): what the office still lacks, in the order in which it is done;
 *   none for whoever can do nothing of it
 */
GPtrArray *
kan_view_lacking (KanDesk *self, gint64 now)
{
  GPtrArray *lacking = g_ptr_array_new_with_free_func ((GDestroyNotify) task_free);
  gboolean manages = !kan_view_only_reads (self) && may_begin (self, "person.register", now);

  for (gsize i = 0; manages && i < G_N_ELEMENTS (tasks); i++)
    {
      g_autofree char *wanting = find_wanting (self, &tasks[i]);
      KanViewTask *task;

      if (wanting == NULL)
        continue;
      task = g_new0 (KanViewTask, 1);
      task->title = g_strdup (_(tasks[i].title));
      task->detail = g_steal_pointer (&wanting);
      task->kind = tasks[i].kind != NULL && may_begin (self, tasks[i].kind, now) ? tasks[i].kind : NULL;
      task->place = tasks[i].place;
      g_ptr_array_add (lacking, task);
    }
  return lacking;
}
