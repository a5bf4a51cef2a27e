/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holding a file: one writer among processes, one descriptor within one. */
#include "app/vault/vault-fixture.h"
#include "vault/kan-hold.h"

#include <sys/wait.h>

static int
try_hold (const char *path, KanHoldMode mode)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KanHold) hold = kan_hold_open (path, mode, &error);

  g_assert_cmpint (hold == NULL, ==, error != NULL);
  return error == NULL ? -1 : error->code;
}

/* What another process is told: each mode's answer. */
static void
expect_elsewhere (const char *path, int read, int write, int alone)
{
  const int expected[] = { read, write, alone };
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    {
      for (KanHoldMode mode = KAN_HOLD_READ; mode <= KAN_HOLD_ALONE; mode++)
        if (try_hold (path, mode) != expected[mode])
          _exit (1 + (int) mode);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

static void
put (Fixture *f)
{
  g_assert_true (g_file_set_contents (f->path, "x", 1, NULL));
}

/* The list of what is held goes with fork, so one child holds the file and another one looks at it. */
static void
expect_while_held (Fixture *f, KanHoldMode mode, int reading, int writing, int alone)
{
  int ready[2], done[2], status = 0;
  char byte = 'r';
  pid_t holder = -1;

  g_assert_cmpint (pipe (ready), ==, 0);
  g_assert_cmpint (pipe (done), ==, 0);
  holder = fork ();
  if (holder == 0)
    {
      KanHold *hold = kan_hold_open (f->path, mode, NULL);
      gboolean failed = hold == NULL;

      close (done[1]);
      failed = failed || write (ready[1], &byte, 1) != 1 || read (done[0], &byte, 1) != 0;
      kan_hold_free (hold);
      _exit (failed);
    }
  close (done[0]);
  close (ready[1]);
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  expect_elsewhere (f->path, reading, writing, alone);
  close (done[1]);
  close (ready[0]);
  g_assert_cmpint (waitpid (holder, &status, 0), ==, holder);
  g_assert_cmpint (status, ==, 0);
}

static void
test_between_processes (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  put (f);
  expect_elsewhere (f->path, -1, -1, -1);
  expect_while_held (f, KAN_HOLD_READ, -1, -1, KAN_ERROR_BUSY);
  expect_while_held (f, KAN_HOLD_WRITE, -1, KAN_ERROR_BUSY, KAN_ERROR_BUSY);
  expect_while_held (f, KAN_HOLD_ALONE, KAN_ERROR_BUSY, KAN_ERROR_BUSY, KAN_ERROR_BUSY);
  expect_elsewhere (f->path, -1, -1, -1);
}

/* Under another name too: a second descriptor would drop the first one's locks. */
static void
test_within_a_process (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *link_path = g_build_filename (f->folder, "link", NULL);
  g_autoptr (KanHold) hold = NULL;

  put (f);
  g_assert_cmpint (symlink (f->path, link_path), ==, 0);
  hold = kan_hold_open (f->path, KAN_HOLD_READ, NULL);
  g_assert_nonnull (hold);
  for (KanHoldMode mode = KAN_HOLD_READ; mode <= KAN_HOLD_ALONE; mode++)
    {
      g_assert_cmpint (try_hold (f->path, mode), ==, KAN_ERROR_BUSY);
      g_assert_cmpint (try_hold (link_path, mode), ==, KAN_ERROR_BUSY);
    }
  g_clear_pointer (&hold, kan_hold_free);
  g_assert_cmpint (try_hold (link_path, KAN_HOLD_ALONE), ==, -1);
}

static void
test_is_at (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanHold) hold = NULL;

  put (f);
  hold = kan_hold_open (f->path, KAN_HOLD_READ, NULL);
  g_assert_true (kan_hold_is_at (hold, f->path));
  g_assert_cmpint (unlink (f->path), ==, 0);
  g_assert_false (kan_hold_is_at (hold, f->path));
  put (f);
  g_assert_false (kan_hold_is_at (hold, f->path));
}

static void
test_create (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  mode_t mask = umask (0);
  g_autoptr (KanHold) hold = kan_hold_create (f->path, NULL);
  g_autoptr (GError) error = NULL;
  struct stat info;

  umask (mask);
  g_assert_nonnull (hold);
  /* its owner's only, whatever the account's mask leaves to others */
  g_assert_cmpint (fstat (kan_hold_get_fd (hold), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_null (kan_hold_create (f->path, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_EXISTS);
}

static void
test_no_ordinary_file (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_assert_cmpint (try_hold (f->folder, KAN_HOLD_READ), ==, KAN_ERROR_FOREIGN);
  g_assert_cmpint (try_hold (f->folder, KAN_HOLD_WRITE), ==, KAN_ERROR_FOREIGN);
  g_assert_cmpint (try_hold ("/dev/null", KAN_HOLD_READ), ==, KAN_ERROR_FOREIGN);
  g_assert_cmpint (try_hold (f->path, KAN_HOLD_READ), ==, KAN_ERROR_MISSING);
  g_assert_cmpint (mkfifo (f->path, 0600), ==, 0);
  g_assert_cmpint (try_hold (f->path, KAN_HOLD_READ), ==, KAN_ERROR_FOREIGN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/hold/between-processes", test_between_processes);
  add_test ("/hold/within-a-process", test_within_a_process);
  add_test ("/hold/is-at", test_is_at);
  add_test ("/hold/create", test_create);
  add_test ("/hold/no-ordinary-file", test_no_ordinary_file);
  return g_test_run ();
}
