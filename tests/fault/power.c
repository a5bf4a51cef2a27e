/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recording at the boundary to the system, where no layer can be forgotten: the functions below take the place of the C
   library's in the whole program, SQLite included. */
#define _GNU_SOURCE
#include "fault/power-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>

static GMutex mutex;
static Power *watched;

static void
event_clear (PowerEvent *event)
{
  g_free (event->name);
  g_free (event->other);
  g_clear_pointer (&event->bytes, g_bytes_unref);
}

static void
add_object (Power *self, const struct stat *info, GByteArray *bytes)
{
  g_autofree gint64 *key = g_new (gint64, 1);

  *key = (gint64) info->st_ino;
  g_ptr_array_add (self->begin, bytes);
  g_hash_table_replace (self->by_ino, g_steal_pointer (&key), GUINT_TO_POINTER (self->begin->len));
}

/* 0: none of ours. */
static guint
object_of (int fd, struct stat *info)
{
  gint64 ino = 0;

  if (watched == NULL || fstat (fd, info) != 0 || info->st_dev != watched->dev)
    return 0;
  ino = (gint64) info->st_ino;
  return GPOINTER_TO_UINT (g_hash_table_lookup (watched->by_ino, &ino));
}

static PowerEvent *
add_event (PowerKind kind, guint object)
{
  PowerEvent event = { .kind = kind, .object = object - 1, .secured_by = G_MAXUINT };

  g_array_append_val (watched->events, event);
  return &g_array_index (watched->events, PowerEvent, watched->events->len - 1);
}

/* The name within the folder; NULL: it lies elsewhere. */
static char *
name_in_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat info;

  return stat (folder, &info) == 0 && info.st_dev == watched->dev && info.st_ino == watched->ino
         ? g_path_get_basename (path) : NULL;
}

static void
note_open (int fd, const char *path, gboolean is_new, gboolean emptied)
{
  g_autofree char *name = is_new ? name_in_folder (path) : NULL;
  struct stat info;
  guint object = 0;

  if (name != NULL && fstat (fd, &info) == 0)
    {
      add_object (watched, &info, g_byte_array_new ());
      g_hash_table_replace (watched->now, g_strdup (name), GUINT_TO_POINTER (watched->begin->len));
      add_event (POWER_MADE, watched->begin->len)->name = g_steal_pointer (&name);
    }
  object = emptied ? object_of (fd, &info) : 0;
  if (object > 0)
    (void) add_event (POWER_CUT, object);
}

static void
note_write (int fd, gconstpointer bytes, gssize size, gint64 at)
{
  struct stat info;
  guint object = 0;

  g_mutex_lock (&mutex);
  object = size > 0 ? object_of (fd, &info) : 0;
  if (object > 0)
    {
      PowerEvent *event = add_event (POWER_WRITTEN, object);

      event->at = at;
      event->bytes = g_bytes_new (bytes, (gsize) size);
    }
  g_mutex_unlock (&mutex);
}

static void
note_cut (int fd, gint64 size)
{
  struct stat info;
  guint object = 0;

  g_mutex_lock (&mutex);
  object = object_of (fd, &info);
  if (object > 0)
    add_event (POWER_CUT, object)->at = size;
  g_mutex_unlock (&mutex);
}

static void
note_sync (int fd)
{
  struct stat info;
  guint object = 0;

  g_mutex_lock (&mutex);
  object = object_of (fd, &info);
  if (object > 0)
    (void) add_event (POWER_SECURED, object);
  else if (watched != NULL && info.st_dev == watched->dev && info.st_ino == watched->ino)
    (void) add_event (POWER_FOLDER_SECURED, 1);
  g_mutex_unlock (&mutex);
}

static void
note_rename (const char *from, const char *to, gboolean stays)
{
  g_autofree char *name = NULL, *other = NULL;
  guint object = 0;

  g_mutex_lock (&mutex);
  name = watched != NULL ? name_in_folder (from) : NULL;
  other = name != NULL ? name_in_folder (to) : NULL;
  object = other != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (watched->now, name)) : 0;
  if (object > 0)
    {
      PowerEvent *event = add_event (stays ? POWER_MADE : POWER_RENAMED, object);

      g_hash_table_replace (watched->now, g_strdup (other), GUINT_TO_POINTER (object));
      if (!stays)
        g_hash_table_remove (watched->now, name);
      event->name = stays ? g_strdup (other) : g_steal_pointer (&name);
      event->other = g_steal_pointer (&other);
    }
  g_mutex_unlock (&mutex);
}

static void
note_unlink (const char *path)
{
  g_autofree char *name = NULL;
  guint object = 0;

  g_mutex_lock (&mutex);
  name = watched != NULL ? name_in_folder (path) : NULL;
  object = name != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (watched->now, name)) : 0;
  if (object > 0)
    {
      g_hash_table_remove (watched->now, name);
      add_event (POWER_REMOVED, object)->name = g_steal_pointer (&name);
    }
  g_mutex_unlock (&mutex);
}

/* --- in place of the C library's ---------------------------------------------------------------------------------- */

#define IN_PLACE_OF(name_) __asm__ (name_)

int     power_open        (const char *path, int flags, ...) IN_PLACE_OF ("open");
int     power_open64      (const char *path, int flags, ...) IN_PLACE_OF ("open64");
ssize_t power_pwrite      (int fd, const void *bytes, size_t size, gint64 at) IN_PLACE_OF ("pwrite");
ssize_t power_pwrite64    (int fd, const void *bytes, size_t size, gint64 at) IN_PLACE_OF ("pwrite64");
ssize_t power_write       (int fd, const void *bytes, size_t size) IN_PLACE_OF ("write");
int     power_ftruncate   (int fd, gint64 size) IN_PLACE_OF ("ftruncate");
int     power_ftruncate64 (int fd, gint64 size) IN_PLACE_OF ("ftruncate64");
int     power_fsync       (int fd) IN_PLACE_OF ("fsync");
int     power_fdatasync   (int fd) IN_PLACE_OF ("fdatasync");
int     power_rename      (const char *from, const char *to) IN_PLACE_OF ("rename");
int     power_renameat2   (int a, const char *from, int b, const char *to, unsigned flags) IN_PLACE_OF ("renameat2");
int     power_link        (const char *from, const char *to) IN_PLACE_OF ("link");
int     power_unlink      (const char *path) IN_PLACE_OF ("unlink");

static int
open_noting (const char *path, int flags, mode_t mode)
{
  gboolean is_new = watched != NULL && (flags & O_CREAT) != 0 && access (path, F_OK) != 0;
  int fd = (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode), errnum = errno;

  g_mutex_lock (&mutex);
  if (fd >= 0 && watched != NULL)
    note_open (fd, path, is_new, !is_new && (flags & O_TRUNC) != 0);
  g_mutex_unlock (&mutex);
  errno = errnum;
  return fd;
}

static mode_t
mode_of (int flags, va_list arguments)
{
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg (arguments, mode_t) : 0;
}

int
power_open (const char *path, int flags, ...)
{
  va_list arguments;
  mode_t mode = 0;

  va_start (arguments, flags);
  mode = mode_of (flags, arguments);
  va_end (arguments);
  return open_noting (path, flags, mode);
}

int
power_open64 (const char *path, int flags, ...)
{
  va_list arguments;
  mode_t mode = 0;

  va_start (arguments, flags);
  mode = mode_of (flags, arguments);
  va_end (arguments);
  return open_noting (path, flags, mode);
}

ssize_t
power_pwrite (int fd, const void *bytes, size_t size, gint64 at)
{
  ssize_t n = syscall (SYS_pwrite64, fd, bytes, size, at);

  note_write (fd, bytes, n, at);
  return n;
}

ssize_t
power_pwrite64 (int fd, const void *bytes, size_t size, gint64 at)
{
  return power_pwrite (fd, bytes, size, at);
}

ssize_t
power_write (int fd, const void *bytes, size_t size)
{
  ssize_t n = syscall (SYS_write, fd, bytes, size);

  if (watched != NULL && n > 0)
    note_write (fd, bytes, n, lseek (fd, 0, SEEK_CUR) - n);
  return n;
}

int
power_ftruncate (int fd, gint64 size)
{
  int rc = (int) syscall (SYS_ftruncate, fd, size);

  if (rc == 0)
    note_cut (fd, size);
  return rc;
}

int
power_ftruncate64 (int fd, gint64 size)
{
  return power_ftruncate (fd, size);
}

/* While the test's own clock runs nothing need reach the disk: the model decides what did. */
int
power_fsync (int fd)
{
  if (watched == NULL)
    return 0;
  note_sync (fd);
  return 0;
}

int
power_fdatasync (int fd)
{
  return power_fsync (fd);
}

int
power_renameat2 (int a, const char *from, int b, const char *to, unsigned flags)
{
  int rc = (int) syscall (SYS_renameat2, a, from, b, to, flags);

  if (rc == 0)
    note_rename (from, to, FALSE);
  return rc;
}

int
power_rename (const char *from, const char *to)
{
  return power_renameat2 (AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
power_link (const char *from, const char *to)
{
  int rc = (int) syscall (SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);

  if (rc == 0)
    note_rename (from, to, TRUE);
  return rc;
}

int
power_unlink (const char *path)
{
  int rc = (int) syscall (SYS_unlinkat, AT_FDCWD, path, 0);

  if (rc == 0)
    note_unlink (path);
  return rc;
}

/* --- recording ---------------------------------------------------------------------------------------------------- */

static void
load (Power *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL), *contents = NULL;
  GByteArray *bytes = g_byte_array_new ();
  struct stat info;
  gsize size = 0;

  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_byte_array_append (bytes, (const guint8 *) contents, (guint) size);
  add_object (self, &info, bytes);
  g_hash_table_replace (self->names, g_strdup (name), GUINT_TO_POINTER (self->begin->len));
  g_hash_table_replace (self->now, g_strdup (name), GUINT_TO_POINTER (self->begin->len));
}

/**
 * power_watch:
 * @folder: an existing folder without folders in it
 *
 * Begins to record what is written, secured, made, renamed and removed there.
 */
void
power_watch (const char *folder)
{
  Power *self = g_new0 (Power, 1);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  struct stat info;

  g_assert_cmpint (stat (folder, &info), ==, 0);
  self->folder = g_strdup (folder);
  self->dev = info.st_dev;
  self->ino = info.st_ino;
  self->begin = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->now = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_ino = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->events = g_array_new (FALSE, FALSE, sizeof (PowerEvent));
  g_array_set_clear_func (self->events, (GDestroyNotify) event_clear);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    load (self, name);
  watched = self;
}

/**
 * power_told:
 *
 * Notes that success was told: whatever was done before must survive any power failure from now on.
 */
void
power_told (void)
{
  (void) add_event (POWER_WAS_TOLD, 1);
}

static gboolean
is_secured_by (const PowerEvent *event, const PowerEvent *sync)
{
  gboolean of_name = event->kind == POWER_MADE || event->kind == POWER_RENAMED || event->kind == POWER_REMOVED;

  if (event->secured_by != G_MAXUINT)
    return FALSE;
  return of_name ? sync->kind == POWER_FOLDER_SECURED : sync->kind == POWER_SECURED && event->object == sync->object;
}

/**
 * power_take:
 *
 * Ends what power_watch() began.
 *
 * Returns: (transfer full): what was recorded
 */
Power *
power_take (void)
{
  Power *self = g_steal_pointer (&watched);

  for (guint i = 0; i < self->events->len; i++)
    for (guint j = 0; j < i; j++)
      {
        PowerEvent *event = &g_array_index (self->events, PowerEvent, j);

        if (is_secured_by (event, &g_array_index (self->events, PowerEvent, i)))
          event->secured_by = i;
      }
  return self;
}

/**
 * power_free:
 * @self: (nullable): a record
 */
void
power_free (Power *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->events);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->now);
  g_hash_table_unref (self->by_ino);
  g_ptr_array_unref (self->begin);
  g_free (self->folder);
  g_free (self);
}

/**
 * power_n_events:
 * @self: a record
 *
 * Returns: how many events there were; the power can go after 0 of them, or after all
 */
guint
power_n_events (const Power *self)
{
  return self->events->len;
}

/**
 * power_was_told:
 * @self: a record
 * @n: events before the power goes
 *
 * Returns: whether success was told by then
 */
gboolean
power_was_told (const Power *self, guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_array_index (self->events, PowerEvent, i).kind == POWER_WAS_TOLD)
      return TRUE;
  return FALSE;
}

/**
 * power_last_write_before_told:
 * @self: a record
 *
 * Returns: the number of events up to and with the last write, before success was told, to a file that was there before
 */
guint
power_last_write_before_told (const Power *self)
{
  guint last = 0;

  for (guint i = 0; i < self->events->len; i++)
    {
      const PowerEvent *event = &g_array_index (self->events, PowerEvent, i);

      if (event->kind == POWER_WAS_TOLD)
        break;
      if (event->kind == POWER_WRITTEN && event->object < g_hash_table_size (self->names))
        last = i + 1;
    }
  return last;
}
