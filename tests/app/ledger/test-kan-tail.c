/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tail of the chain set aside: what its digest covers, that every byte is kept, and what stays in the chain. */
#include "ledger/kan-tail.h"

#include "app/db/db-fixture.h"

static const guint8 file_id[16] = "0123456789abcde";

/* Five entries, the fourth with bytes that no entry may have. */
static KanDb *
chain_of (Fixture *f)
{
  KanDb *db = fixture_open (f, 0, KAN_DB_CREATE);

  exec (db, kan_ledger_schema ());
  exec (db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) INSERT INTO act"
            " SELECT i, 'at' || i, i, zeroblob (32), 's', 'k', 'M' || i, NULL, '{}', zeroblob (32), zeroblob (32),"
            " zeroblob (64) FROM n;"
            "UPDATE act SET body = 'a' || char (0) || 'b', signature = x'', key = zeroblob (99) WHERE seq = 4");
  return db;
}

static KanTail
tail_of (KanDb *db, gint64 from_seq)
{
  g_autoptr(GError) error = NULL;
  KanTail tail;

  g_assert_true (kan_tail_read (db, file_id, from_seq, &tail, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (tail.digest), ==, 2 * KAN_HASH_SIZE);
  g_assert_cmpint (tail.from_seq, ==, from_seq);
  return tail;
}

/* Every column counts, and so does where one ends and the next begins. */
static void
test_digest (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const char *const changes[] = {
    "UPDATE act SET seq = 6 WHERE seq = 5", "UPDATE act SET at = '' WHERE seq = 4",
    "UPDATE act SET actor = 9 WHERE seq = 4", "UPDATE act SET key = zeroblob (98) WHERE seq = 4",
    "UPDATE act SET session = 'sk', kind = '' WHERE seq = 4", "UPDATE act SET subject = 'M' WHERE seq = 4",
    "UPDATE act SET happened_at = '' WHERE seq = 4", "UPDATE act SET body = 'a' || char (0) || 'c' WHERE seq = 4",
    "UPDATE act SET prev = x'' WHERE seq = 4", "UPDATE act SET hash = zeroblob (31) WHERE seq = 4",
    "UPDATE act SET signature = x'00' WHERE seq = 4", "DELETE FROM act WHERE seq = 5",
  };
  g_autoptr(KanDb) db = chain_of (f);
  KanTail whole = tail_of (db, 4), other;

  g_assert_cmpint (whole.count, ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      exec (db, "BEGIN");
      exec (db, changes[i]);
      g_test_message ("%s", changes[i]);
      other = tail_of (db, 4);
      g_assert_cmpstr (other.digest, !=, whole.digest);
      exec (db, "ROLLBACK");
    }
  exec (db, "UPDATE act SET at = 'other' WHERE seq = 3");
  other = tail_of (db, 4);
  g_assert_cmpstr (other.digest, ==, whole.digest);
  g_assert_true (kan_tail_read (db, (const guint8 *) "another file id.", 4, &other, NULL));
  g_assert_cmpstr (other.digest, !=, whole.digest);
}

static void
test_set_aside (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDb) db = chain_of (f);
  KanTail tail = tail_of (db, 4), kept;
  g_autoptr(GPtrArray) acts = NULL, one = NULL;
  g_autoptr(KanAct) last = NULL;

  g_assert_true (kan_tail_set_aside (db, &tail, NULL));
  g_assert_cmpint (ask (db, "SELECT count(*) FROM act"), ==, 3);
  g_assert_cmpint (ask (db, "SELECT length (key) FROM rejected WHERE seq = 4"), ==, 99);
  g_assert_true (kan_tail_read_rejected (db, file_id, tail.digest, &kept, NULL));
  g_assert_cmpint (kept.count, ==, 2);
  g_assert_cmpstr (kept.digest, ==, tail.digest);
  g_assert_true (kan_tail_read_rejected (db, file_id, "00", &kept, NULL));
  g_assert_cmpint (kept.count, ==, 0);
  acts = kan_tail_read_acts (db, tail.digest, 1, 10, NULL);
  g_assert_cmpuint (acts->len, ==, 2);
  g_assert_cmpint (((KanAct *) g_ptr_array_index (acts, 1))->seq, ==, 5);
  one = kan_tail_read_acts (db, tail.digest, 5, 10, NULL);
  g_assert_cmpuint (one->len, ==, 1);
  last = kan_ledger_get_upto (db, G_MAXINT64, NULL);
  g_assert_cmpint (last->seq, ==, 3);
}

/* The last entry up to a place, over gaps; what stands before the first is none. */
static void
test_get_upto (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDb) db = chain_of (f);
  g_autoptr(KanAct) four = NULL, two = NULL, none = NULL;
  g_autoptr(GError) error = NULL;

  exec (db, "UPDATE act SET seq = -3 WHERE seq = 1; DELETE FROM act WHERE seq = 3");
  four = kan_ledger_get_upto (db, 4, &error);
  two = kan_ledger_get_upto (db, 3, &error);
  none = kan_ledger_get_upto (db, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (four->seq, ==, 4);
  g_assert_cmpint (two->seq, ==, 2);
  g_assert_null (none);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/tail/digest", Fixture, NULL, fixture_set_up, test_digest, fixture_tear_down);
  g_test_add ("/tail/set-aside", Fixture, NULL, fixture_set_up, test_set_aside, fixture_tear_down);
  g_test_add ("/tail/get-upto", Fixture, NULL, fixture_set_up, test_get_upto, fixture_tear_down);
  return g_test_run ();
}
