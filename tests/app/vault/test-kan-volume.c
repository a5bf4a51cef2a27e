/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which file systems reach over a network. */
#include "vault/kan-volume.h"

#include <fcntl.h>
#include <unistd.h>

static void
test_kinds (void)
{
  static const char *const remote[] = { "nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "fuse.gvfsd-fuse" };
  static const char *const local[] = { "ext4", "btrfs", "xfs", "vfat", "exfat", "fuseblk", "tmpfs", "overlay" };

  for (guint i = 0; i < G_N_ELEMENTS (remote); i++)
    g_assert_true (kan_volume_kind_is_remote (remote[i]));
  for (guint i = 0; i < G_N_ELEMENTS (local); i++)
    g_assert_false (kan_volume_kind_is_remote (local[i]));
}

static void
test_find_kind (void)
{
  static const char mounts[] =
    "22 28 0:20 / /sys rw,nosuid - sysfs sysfs rw\n"
    "36 28 0:44 / /mnt/a\\040b rw shared:1 master:2 - fuse.sshfs host:/ rw,user_id=0\n"
    "37 28 8:1 / / rw - ext4 /dev/sda1 rw\n"
    "38 28 8:11 / /cut rw";
  static const struct { guint major, minor; const char *kind; } cases[] = {
    { 0, 20, "sysfs" }, { 0, 44, "fuse.sshfs" }, { 8, 1, "ext4" }, { 8, 11, NULL }, { 0, 4, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *kind = kan_volume_find_kind (mounts, cases[i].major, cases[i].minor);

      g_assert_cmpstr (kind, ==, cases[i].kind);
    }
}

static void
test_here (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp (NULL, &path, &error);

  g_assert_no_error (error);
  g_assert_false (kan_volume_is_remote (fd));
  close (fd);
  unlink (path);
  g_assert_true (kan_volume_is_remote (-1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/volume/kinds", test_kinds);
  g_test_add_func ("/volume/find-kind", test_find_kind);
  g_test_add_func ("/volume/here", test_here);
  return g_test_run ();
}
