/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page sweep (FILE.md, "The page sweep is our own"): one bad page must not hide the others, as it does where a
   connection does the reading, and a library that cannot check must not look like a database without fault. */
#include "db/kan-sweep.h"
#include "crypto/kan-crypto.h"
#include "db/kan-io.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>

/* SQLCipher 4: 16 bytes of initialisation vector and 64 of HMAC-SHA512 end each page; the first page begins with the
   salt; the HMAC key is PBKDF2 of the key with two rounds over the salt, each byte of which is changed by 0x3a. */
enum { MAC_AT = KAN_PAGE_SIZE - KAN_HMAC_SIZE, SALT_MASK = 0x3a };

/* SQLite never uses the page in which its locks lie. */
enum { LOCK_PAGE = 0x40000000 / KAN_PAGE_SIZE + 1 };

static KanSecret *
mac_key (const KanSecret *key, const guint8 salt[16])
{
  const guint8 block[4] = { 0, 0, 0, 1 };
  guint8 first[KAN_HMAC_SIZE], second[KAN_HMAC_SIZE], masked[KAN_SALT_SIZE];
  const guint8 *bytes = kan_secret_peek_bytes (key);
  KanSecret *result = NULL;

  for (guint i = 0; i < KAN_SALT_SIZE; i++)
    masked[i] = salt[i] ^ SALT_MASK;
  kan_hmac_sha512 (bytes, KAN_KEY_SIZE, masked, sizeof masked, block, sizeof block, first);
  kan_hmac_sha512 (bytes, KAN_KEY_SIZE, first, sizeof first, NULL, 0, second);
  for (guint i = 0; i < KAN_KEY_SIZE; i++)
    first[i] ^= second[i];
  result = kan_secret_new_take (first, KAN_KEY_SIZE);
  kan_wipe (first, sizeof first);
  kan_wipe (second, sizeof second);
  return result;
}

static gboolean
page_holds (const guint8 *page, guint32 number, const KanSecret *key)
{
  const guint32 number_le = GUINT32_TO_LE (number);
  gsize skipped = number == 1 ? KAN_SALT_SIZE : 0;
  guint8 mac[KAN_HMAC_SIZE];

  kan_hmac_sha512 (kan_secret_peek_bytes (key), KAN_KEY_SIZE, page + skipped, MAC_AT - skipped,
                   &number_le, sizeof number_le, mac);
  return kan_equal (mac, page + MAC_AT, KAN_HMAC_SIZE);
}

/**
 * kan_sweep:
 * @fd: the file, not being written to
 * @path: for messages
 * @offset: bytes before the database
 * @key: the database key
 * @salt: the salt, which may differ from what the first page begins with
 * @n_pages: where to put how many pages there are
 * @bad: (element-type guint32): where to append the numbers of the pages that do not hold, from 1
 * @error: %KAN_ERROR_DAMAGED where the file does not end with a whole page, %KAN_ERROR_IO
 *
 * Returns: whether all pages could be read
 */
gboolean
kan_sweep (int fd, const char *path, gint64 offset, const KanSecret *key, const guint8 salt[16],
           guint32 *n_pages, GArray *bad, GError **error)
{
  g_autoptr (KanSecret) check_key = mac_key (key, salt);
  guint8 page[KAN_PAGE_SIZE];
  struct stat info;

  if (fstat (fd, &info) != 0)
    {
      kan_error_set_errno (error, errno, _("cannot read"), path);
      return FALSE;
    }
  if (info.st_size < offset || (info.st_size - offset) % KAN_PAGE_SIZE != 0)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED, _("%s ends in the middle"), path);
      return FALSE;
    }
  *n_pages = (guint32) ((info.st_size - offset) / KAN_PAGE_SIZE);
  for (guint32 number = 1; number <= *n_pages; number++)
    {
      if (!kan_io_read_at (fd, page, sizeof page, offset + (gint64) (number - 1) * KAN_PAGE_SIZE, path, error))
        return FALSE;
      if (number != LOCK_PAGE && !page_holds (page, number, check_key))
        g_array_append_val (bad, number);
    }
  return TRUE;
}
