/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The status codec: hints come back, names are cut between characters, damage reads as nothing. */
#include "vault/kan-status.h"

#include <string.h>

static void
test_round_trip (void)
{
  KanStatus status = { .in_use = TRUE, .who = "田中\U000E0100", .where = "terminal-1", .since = 1770000000,
                       .opened = 5, .verified = -6, .verified_by = "辻", .verified_seq = 1 << 20,
                       .remind_as_of = 20500, .n_reminders = 64 }, read;
  guint8 bytes[KAN_STATUS_SIZE] = { 0 }, again[KAN_STATUS_SIZE] = { 0 };

  for (guint i = 0; i < 64; i++)
    {
      status.reminders[i].day = -(gint32) i;
      status.reminders[i].what = (guint16) (i + 1);
      status.reminders[i].count = (guint16) (65535 - i);
    }
  (void) kan_status_encode (&status, bytes);
  g_assert_true (kan_status_is_ours (bytes));
  g_assert_true (kan_status_decode (&read, bytes));
  (void) kan_status_encode (&read, again);
  g_assert_cmpmem (bytes, sizeof bytes, again, sizeof again);
  g_assert_true (read.in_use);
  g_assert_cmpstr (read.who, ==, status.who);
  g_assert_cmpstr (read.where, ==, status.where);
  g_assert_cmpint (read.since, ==, status.since);
  g_assert_cmpint (read.opened, ==, 5);
  g_assert_cmpint (read.verified, ==, -6);
  g_assert_cmpstr (read.verified_by, ==, "辻");
  g_assert_cmpint (read.verified_seq, ==, 1 << 20);
  g_assert_cmpint (read.remind_as_of, ==, 20500);
  g_assert_cmpuint (read.n_reminders, ==, 64);
  g_assert_cmpint (read.reminders[63].day, ==, -63);
  g_assert_cmpuint (read.reminders[63].what, ==, 64);
  g_assert_cmpuint (read.reminders[63].count, ==, 65535 - 63);
}

/* What follows the reminders does not move with their number. */
static void
test_few_reminders (void)
{
  KanStatus status = { .n_reminders = 1, .verified_by = "辻", .verified_seq = 7 }, read;
  guint8 bytes[KAN_STATUS_SIZE] = { 0 };

  status.reminders[0].day = 3;
  (void) kan_status_encode (&status, bytes);
  g_assert_true (kan_status_decode (&read, bytes));
  g_assert_cmpint (read.reminders[0].day, ==, 3);
  g_assert_cmpstr (read.verified_by, ==, "辻");
  g_assert_cmpint (read.verified_seq, ==, 7);
}

static void
test_long_name_is_cut_between_characters (void)
{
  KanStatus status = { 0 }, read;
  guint8 bytes[KAN_STATUS_SIZE] = { 0 };

  for (guint i = 0; i < 21; i++)
    strcat (status.who, "あ");
  g_assert_cmpuint (strlen (status.who), ==, 63);
  memcpy (status.where, "x", 1);
  for (guint i = 0; i < 21; i++)
    memcpy (status.where + 1 + 3 * i, "あ", 3);
  (void) kan_status_encode (&status, bytes);
  g_assert_true (kan_status_decode (&read, bytes));
  g_assert_cmpstr (read.who, ==, status.who);
  g_assert_cmpuint (strlen (read.where), ==, 61);
  g_assert_true (g_utf8_validate (read.where, -1, NULL));
}

static void
test_damage_reads_as_nothing (void)
{
  KanStatus status = { .in_use = TRUE, .who = "x", .since = 9 }, read;
  const KanStatus nothing = { 0 };
  guint8 bytes[KAN_STATUS_SIZE] = { 0 };

  (void) kan_status_encode (&status, bytes);
  for (guint at = 0; at < KAN_STATUS_COPY_SIZE; at++)
    {
      bytes[at] ^= 4;
      g_assert_false (kan_status_decode (&read, bytes));
      g_assert_cmpmem (&read, sizeof read, &nothing, sizeof nothing);
      bytes[at] ^= 4;
    }
}

/* Each write replaces the older copy; where the newer one does not hold, the one before is read. */
static void
test_torn_write_leaves_the_one_before (void)
{
  KanStatus status = { .remind_as_of = 1 }, read;
  guint8 bytes[KAN_STATUS_SIZE] = { 0 };

  g_assert_cmpuint (kan_status_encode (&status, bytes), ==, 0);
  for (gint64 day = 2; day < 6; day++)
    {
      gsize at = 0;

      status.remind_as_of = day;
      at = kan_status_encode (&status, bytes);
      g_assert_cmpuint (at, ==, day % 2 == 0 ? KAN_STATUS_COPY_SIZE : 0);
      g_assert_true (kan_status_decode (&read, bytes));
      g_assert_cmpint (read.remind_as_of, ==, day);
      bytes[at] ^= 1;
      g_assert_true (kan_status_is_ours (bytes));
      g_assert_true (kan_status_decode (&read, bytes));
      g_assert_cmpint (read.remind_as_of, ==, day - 1);
      bytes[at] ^= 1;
    }
}

/* With a checksum that fits: a name without end, a name that is no text, too many reminders. */
static void
test_nonsense (void)
{
  static const struct { guint at, n; guint8 value; } cases[] = {
    { 24, 64, 'x' }, { 24, 1, 0xff }, { 88, 64, 'x' }, { 20, 1, 65 }, { 23, 1, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KanStatus status = { .who = "x" }, read;
      guint8 bytes[KAN_STATUS_SIZE] = { 0 };

      (void) kan_status_encode (&status, bytes);
      memset (bytes + cases[i].at, cases[i].value, cases[i].n);
      kan_hash (bytes, KAN_STATUS_COPY_SIZE - KAN_HASH_SIZE,
                (KanHash *) (bytes + KAN_STATUS_COPY_SIZE - KAN_HASH_SIZE));
      g_assert_false (kan_status_decode (&read, bytes));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/status/round-trip", test_round_trip);
  g_test_add_func ("/status/few-reminders", test_few_reminders);
  g_test_add_func ("/status/long-name-is-cut-between-characters", test_long_name_is_cut_between_characters);
  g_test_add_func ("/status/damage-reads-as-nothing", test_damage_reads_as_nothing);
  g_test_add_func ("/status/torn-write-leaves-the-one-before", test_torn_write_leaves_the_one_before);
  g_test_add_func ("/status/nonsense", test_nonsense);
  return g_test_run ();
}
