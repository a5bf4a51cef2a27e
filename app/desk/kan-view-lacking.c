/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an office still lacks before it can work by its regulation: told on Today until it is there. Nothing is kept of
 * it: it follows from what is in the file and from the profile's roles. */
#include "desk/kan-view-private.h"

#include <glib/gi18n-lib.h>

/* Without whom nothing can be decided. */
static const char *const deciding[] = { "chief", "information_manager", "system_manager", "security_manager" };

/* Either how many there are, of which one is enough, or who or what is wanting by name (NULL: nobody). While `before`
 * lists something, the task is not over. */
typedef struct
{
  const char *title, *text, *kind, *place, *sql;
  char *(*list) (KanDesk *desk), *(*before) (KanDesk *desk);
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

/* Adds the offices that carry what decides, for which @sql finds nothing today. */
static void
add_deciding (KanDesk *self, const char *sql, GPtrArray *names)
{
  const KanProfile *profile = kan_book_get_profile (self->book);

  for (gsize i = 0; i < G_N_ELEMENTS (deciding); i++)
    {
      const KanOffice *office = kan_profile_office_of_role (profile, deciding[i]);
      const char *title = office != NULL ? kan_label (&office->title, kan_speaks_japanese ()) : NULL;

      if (office != NULL && !g_ptr_array_find_with_equal_func (names, title, g_str_equal, NULL) &&
          !holds (self, sql, office->id))
        g_ptr_array_add (names, (char *) title);
    }
}

static char *
list_deciding (KanDesk *self, const char *sql)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  add_deciding (self, sql, names);
  return join_names (names);
}

/* One that somebody left is told among what is due. */
static char *
list_vacant (KanDesk *self)
{
  return list_deciding (self, "SELECT count(*) FROM office o WHERE o.code = ? AND (EXISTS (SELECT 1 FROM"
                              " appointment_current c WHERE c.office = o.id) OR o.state = 'standing' AND EXISTS"
                              " (SELECT 1 FROM appointment a WHERE a.office = o.id AND " KAN_WAS_HELD "))");
}

#define HELD_ONCE "(SELECT count(*) FROM appointment a JOIN office o ON o.id = a.office WHERE o.code = ?1)"

static char *
list_never_held (KanDesk *self)
{
  return list_deciding (self, "SELECT " HELD_ONCE);
}

/* An office that was left vacant again is told as that only; operators are told by name. */
static char *
list_keyless (KanDesk *self)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autofree char *operators = kan_db_get_text (kan_book_get_db (self->book), NULL,
                                                "SELECT group_concat(name, ?) FROM person WHERE id IN"
                                                " (SELECT person FROM operator_current) AND id NOT IN"
                                                " (SELECT person FROM key WHERE state = 'valid')", "s",
                                                kan_speaks_japanese () ? "、" : ", ");

  add_deciding (self, "SELECT iif(count(*) = 0, " HELD_ONCE ", count(k.id)) FROM appointment_current c"
                      " JOIN office o ON o.id = c.office"
                      " LEFT JOIN key k ON k.person = c.person AND k.state = 'valid' WHERE o.code = ?1", names);
  if (operators != NULL)
    g_ptr_array_add (names, operators);
  return join_names (names);
}

static const Task tasks[] = {
  { N_("Register people"), N_("Everybody who decides or handles media, by staff number"), "person.register", NULL,
    "SELECT count(*) > 1 FROM person WHERE state = 'employed'", NULL, list_never_held },
  { N_("Establish offices"), N_("Of the profile, not established yet:"), "office.establish", NULL, NULL,
    list_offices, NULL },
  { N_("Appoint to offices"), N_("Nobody holds today:"), "appointment.make", NULL, NULL, list_vacant,
    NULL },
  { N_("Issue keys"), N_("On the page of the person. Cannot sign yet:"), NULL, "person", NULL, list_keyless,
    NULL },
  { N_("Designate operators"), N_("Nobody else handles identity information"), "operator.designate", NULL,
    "SELECT count(*) FROM operator_current", NULL, NULL },
  { N_("Establish places"), N_("Where media are kept, with their security level"), "place.establish", NULL,
    "SELECT count(*) FROM place WHERE state = 'standing'", NULL, NULL },
  { N_("Enter rules"), N_("The procedures that the regulation asks for, with the day of their review"), "rule.enter",
    NULL, "SELECT count(*) FROM rule WHERE state IN ('waiting', 'in_force')", NULL, NULL },
};

static void
task_free (KanViewTask *self)
{
  g_free (self->title);
  g_free (self->detail);
  g_free (self->reason);
  g_free (self);
}

/* (transfer full) (nullable): %NULL where nothing is wanting */
static char *
find_wanting (KanDesk *self, const Task *task)
{
  g_autofree char *names = task->list != NULL ? task->list (self) : NULL;
  g_autofree char *before = task->before != NULL ? task->before (self) : NULL;
  gint64 n = 0;

  if (task->list != NULL)
    return names != NULL ? g_strconcat (_(task->text), " ", names, NULL) : NULL;
  return kan_db_get_int (kan_book_get_db (self->book), &n, NULL, task->sql, "") && (n == 0 || before != NULL)
    ? g_strdup (_(task->text)) : NULL;
}

/* Returns: (transfer full) (nullable): what stands in the way of beginning; %NULL where nothing does */
static char *
find_reason (KanDesk *self, const char *kind, gint64 now)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDraft) draft = kan_draft_new (self->book, kind, NULL, &error);
  g_autoptr(GPtrArray) refusals = draft != NULL ? kan_draft_may_begin (draft, kan_desk_get_person (self), now, &error)
                                                : NULL;

  if (refusals == NULL)
    return g_strdup (error->message);
  return refusals->len > 0 ? g_strdup (((KanRefusal *) g_ptr_array_index (refusals, 0))->why) : NULL;
}

/* A step has its act, its place or a reason. */
static KanViewTask *
new_task (KanDesk *self, const Task *from, char *wanting, gint64 now)
{
  KanViewTask *task = g_new0 (KanViewTask, 1);

  task->title = g_strdup (_(from->title));
  task->detail = wanting;
  task->place = from->place;
  task->reason = from->kind != NULL ? find_reason (self, from->kind, now) : NULL;
  task->kind = task->reason == NULL ? from->kind : NULL;
  return task;
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
  g_autofree char *not_managing = kan_view_only_reads (self) ? g_strdup ("")
                                                             : find_reason (self, "person.register", now);

  for (gsize i = 0; not_managing == NULL && i < G_N_ELEMENTS (tasks); i++)
    {
      g_autofree char *wanting = find_wanting (self, &tasks[i]);

      if (wanting != NULL)
        g_ptr_array_add (lacking, new_task (self, &tasks[i], g_steal_pointer (&wanting), now));
    }
  return lacking;
}
