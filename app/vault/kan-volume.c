/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locks of network file systems cannot be relied on, so a file there is opened read-only (FILE.md, "Layout"). */
#include "vault/kan-volume.h"

#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

/* Not in linux/magic.h. */
#define CIFS_MAGIC 0xff534d42u
#define SMB2_MAGIC 0xfe534d42u
#define LUSTRE_MAGIC 0x0bd00bd0u

/**
 * kan_volume_kind_is_remote:
 * @kind: a file system's name as the kernel spells it, e.g. "fuse.sshfs"
 *
 * Returns: whether such a file system reaches over a network
 */
gboolean
kan_volume_kind_is_remote (const char *kind)
{
  static const char *const remote[] = {
    "afs", "ceph", "cifs", "coda", "davfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs",
    "fuse.ceph", "fuse.curlftpfs", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone",
    "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", NULL
  };

  return g_strv_contains (remote, kind);
}

/**
 * kan_volume_find_kind:
 * @mounts: the text of /proc/self/mountinfo
 * @major: of the device
 * @minor: of the device
 *
 * Returns: (transfer full) (nullable): the name of the file system that is mounted from that device
 */
char *
kan_volume_find_kind (const char *mounts, guint major, guint minor)
{
  g_auto (GStrv) lines = g_strsplit (mounts, "\n", -1);
  g_autofree char *device = g_strdup_printf ("%u:%u", major, minor);

  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) halves = g_strsplit (*line, " - ", 2);
      g_auto (GStrv) left = g_strsplit (halves[0] != NULL ? halves[0] : "", " ", 4);

      if (g_strv_length (halves) == 2 && g_strv_length (left) >= 3 && g_str_equal (left[2], device))
        return g_strndup (halves[1], strcspn (halves[1], " "));
    }
  return NULL;
}

static gboolean
fuse_is_remote (int fd)
{
  g_autofree char *mounts = NULL, *kind = NULL;
  struct stat info;

  if (fstat (fd, &info) != 0 || !g_file_get_contents ("/proc/self/mountinfo", &mounts, NULL, NULL))
    return TRUE;
  kind = kan_volume_find_kind (mounts, major (info.st_dev), minor (info.st_dev));
  return kind == NULL || kan_volume_kind_is_remote (kind);
}

/**
 * kan_volume_is_remote:
 * @fd: an open file
 *
 * Returns: whether it lies on a network file system, or the system does not tell
 */
gboolean
kan_volume_is_remote (int fd)
{
  struct statfs info;

  if (fstatfs (fd, &info) != 0)
    return TRUE;
  switch ((guint32) info.f_type)
    {
    case AFS_SUPER_MAGIC:
    case CEPH_SUPER_MAGIC:
    case CIFS_MAGIC:
    case CODA_SUPER_MAGIC:
    case LUSTRE_MAGIC:
    case NCP_SUPER_MAGIC:
    case NFS_SUPER_MAGIC:
    case SMB2_MAGIC:
    case SMB_SUPER_MAGIC:
      return TRUE;
    case FUSE_SUPER_MAGIC:
      return fuse_is_remote (fd);
    default:
      return FALSE;
    }
}
