/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes, syncs and renames: whole or refused, and the faults that other tests rely on. */
#include "app/db/db-fixture.h"
#include "db/kan-io.h"

#include <string.h>

static void
put (Fixture *f, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (f->path, text, -1, &error));
}

static void
expect (const char *path, const char *text)
{
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, text);
}

static void
test_read_write (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  char bytes[3] = "";
  int fd = -1;

  put (f, "abcdef");
  fd = open (f->path, O_RDWR | O_CLOEXEC);
  g_assert_true (kan_io_write_at (fd, "XY", 2, 2, f->path, &error));
  g_assert_true (kan_io_sync (fd, f->path, &error));
  g_assert_true (kan_io_read_at (fd, bytes, 2, 3, f->path, &error));
  g_assert_cmpstr (bytes, ==, "Ye");
  g_assert_no_error (error);
  g_assert_false (kan_io_read_at (fd, bytes, 2, 5, f->path, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
  close (fd);
  expect (f->path, "abXYef");
}

static void
test_rename (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *other = g_build_filename (f->folder, "b", NULL);
  g_autoptr (GError) error = NULL;

  put (f, "1");
  g_assert_true (kan_io_rename_new (f->path, other, &error));
  put (f, "2");
  g_assert_false (kan_io_rename_new (f->path, other, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_EXISTS);
  expect (other, "1");
  g_clear_error (&error);
  g_assert_true (kan_io_replace (f->path, other, &error));
  expect (other, "2");
  g_assert_true (kan_io_unlink (f->path, &error));
  g_assert_true (kan_io_sync_folder (other, &error));
  g_assert_no_error (error);
}

static void
test_full_device (void)
{
  g_autoptr (GError) error = NULL;
  int fd = open ("/dev/full", O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_false (kan_io_write_at (fd, "x", 1, 0, "/dev/full", &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_FULL);
  close (fd);
}

static int
code_of_write (int fd)
{
  g_autoptr (GError) error = NULL;

  return kan_io_write_at (fd, "x", 1, 0, "x", &error) ? -1 : error->code;
}

static void
test_faults (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  int fd = -1;

  put (f, "abc");
  fd = open (f->path, O_RDWR | O_CLOEXEC);
  kan_io_fail_at (2, KAN_IO_BROKEN_ONCE);
  g_assert_cmpint (code_of_write (fd), ==, -1);
  g_assert_cmpint (code_of_write (fd), ==, KAN_ERROR_IO);
  g_assert_cmpint (code_of_write (fd), ==, -1);
  g_assert_cmpuint (kan_io_n_steps (), ==, 3);
  kan_io_fail_at (1, KAN_IO_DISK_FULL);
  g_assert_true (kan_io_sync (fd, f->path, NULL));
  g_assert_cmpint (code_of_write (fd), ==, KAN_ERROR_FULL);
  g_assert_cmpint (code_of_write (fd), ==, KAN_ERROR_FULL);
  kan_io_fail_at (1, KAN_IO_BROKEN);
  g_assert_false (kan_io_sync (fd, f->path, NULL));
  g_assert_false (kan_io_unlink (f->path, NULL));
  kan_io_fail_at (1, KAN_IO_SOUND);
  g_assert_cmpint (code_of_write (fd), ==, -1);
  close (fd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/io/read-write", test_read_write);
  add_test ("/io/rename", test_rename);
  g_test_add_func ("/io/full-device", test_full_device);
  add_test ("/io/faults", test_faults);
  return g_test_run ();
}
