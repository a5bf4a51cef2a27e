/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain: what an act's hash covers, what its signature binds, and what is read back. */
#include "ledger/kan-ledger.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const guint8 file_id[16] = "0123456789abcde";

typedef struct { char *path; KanDb *db; } Scratch;

static void
scratch_clear (Scratch *self)
{
  g_clear_pointer (&self->db, kan_db_free);
  g_unlink (self->path);
  g_free (self->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scratch, scratch_clear)

static void
scratch_init (Scratch *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanSecret) key = kan_secret_new_random (KAN_KEY_SIZE);
  guint8 salt[KAN_SALT_SIZE] = { 0 };

  self->path = g_strdup_printf ("%s/kanribo-ledger-%d-%08x.db", g_get_tmp_dir (), (int) getpid (), g_random_int ());
  self->db = kan_db_open (self->path, 0, key, salt, KAN_DB_CREATE | KAN_DB_SCRATCH, &error);
  g_assert_no_error (error);
  g_assert_true (kan_db_exec (self->db, kan_ledger_schema (), &error));
  g_assert_no_error (error);
}

static KanKeys *
keys_of (guint8 seed_byte)
{
  g_autoptr(KanSecret) seed = kan_secret_new (KAN_SEED_SIZE);

  memset (kan_secret_get_bytes (seed), seed_byte, KAN_SEED_SIZE);
  return kan_keys_new (seed);
}

/* Known to the last bit: what the golden vector was made from. */
static KanAct *
known_act (void)
{
  KanAct *act = kan_act_new ();

  act->seq = 7;
  act->at = g_strdup ("2026-02-13T01:02:03Z");
  act->actor = 3;
  act->session = g_strdup ("P3-5f2a81c0");
  act->kind = g_strdup ("media.record");
  act->subject = g_strdup ("B12");
  act->happened_at = g_strdup ("2026-02-13T10:00");
  act->body = g_strdup ("{\"count\":3,\"purpose\":\"年金\"}");
  act->body_size = strlen (act->body);
  memset (act->prev.bytes, 0x5a, sizeof act->prev.bytes);
  return act;
}

static KanAct *
signed_act (void)
{
  KanAct *act = known_act ();
  g_autoptr(KanKeys) keys = keys_of (1);

  kan_act_sign (act, file_id, keys);
  return act;
}

/* The format of the file for ever: another hash here is another file format. */
static void
test_golden (void)
{
  g_autoptr(KanAct) act = signed_act ();
  g_autofree char *key = kan_hex (act->key, sizeof act->key);
  g_autofree char *hash = kan_hex (act->hash.bytes, sizeof act->hash.bytes);
  g_autofree char *signature = kan_hex (act->signature, sizeof act->signature);

  g_assert_cmpstr (key, ==, "377357a9b89f47f0b55f2363b07c397604deb35c47d3274b13fd0f25c08f653d");
  g_assert_cmpstr (hash, ==, "9e09475ff7d1c683621ea7db5dea3758e9797052534ce36212d2f301238f2969");
  g_assert_cmpstr (signature, ==, "dbacdde8c345880b2d167456f793faf80e98bcd590d8ffa92dfaecbdfb64bbd3"
                                  "e091e4231e41d1f6fb39f1f33abbce8fe61b2d71fa14446728abe726b57a5801");
}

static void
set (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void change_seq (KanAct *act) { act->seq++; }
static void change_at (KanAct *act) { set (&act->at, "2026-02-13T01:02:04Z"); }
static void change_actor (KanAct *act) { act->actor = 4; }
static void change_key (KanAct *act) { act->key[31] ^= 1; }
static void change_session (KanAct *act) { set (&act->session, "P3-5f2a81c1"); }
static void change_kind (KanAct *act) { set (&act->kind, "media.recorD"); }
static void change_subject (KanAct *act) { set (&act->subject, "B1"); }
static void change_happened (KanAct *act) { set (&act->happened_at, "2026-02-13T10:01"); }
static void no_happened (KanAct *act) { set (&act->happened_at, NULL); }
static void empty_happened (KanAct *act) { set (&act->happened_at, ""); }
static void change_body (KanAct *act) { act->body[9] = '4'; }
static void shorter_body (KanAct *act) { act->body_size--; }
static void change_prev (KanAct *act) { act->prev.bytes[0] ^= 0x80; }

/* The same bytes in all, the border between two columns elsewhere. */
static void
move_border (KanAct *act)
{
  set (&act->kind, "media.recor");
  set (&act->subject, "dB12");
}

static void
test_each_column_counts (void)
{
  static void (*const changes[]) (KanAct *) = {
    change_seq, change_at, change_actor, change_key, change_session, change_kind, change_subject, change_happened,
      no_happened,
    empty_happened, change_body, shorter_body, change_prev, move_border,
  };
  KanHash seen[G_N_ELEMENTS (changes) + 1];
  g_autoptr(KanAct) original = signed_act ();

  seen[0] = original->hash;
  g_assert_true (kan_act_hash_holds (original, file_id));
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr(KanAct) act = signed_act ();

      changes[i] (act);
      g_assert_false (kan_act_hash_holds (act, file_id));
      kan_act_compute_hash (act, file_id, &seen[i + 1]);
      for (gsize j = 0; j <= i; j++)
        g_assert_cmpint (memcmp (&seen[i + 1], &seen[j], sizeof seen[j]), !=, 0);
    }
}

static void
test_another_file (void)
{
  g_autoptr(KanAct) act = signed_act ();
  guint8 other[16];

  memcpy (other, file_id, sizeof other);
  other[15] ^= 1;
  g_assert_false (kan_act_hash_holds (act, other));
  g_assert_true (kan_act_hash_holds (act, file_id));
}

/* A signature is by the key that the act names, over the hash behind its own domain string. */
static void
test_signature (void)
{
  g_autoptr(KanAct) act = signed_act (), other = known_act ();
  g_autoptr(KanKeys) keys = keys_of (1), others = keys_of (2);

  g_assert_true (kan_act_signature_holds (act));
  act->signature[0] ^= 1;
  g_assert_false (kan_act_signature_holds (act));
  kan_keys_sign (keys, KAN_SIGN_ACT, act->hash.bytes, sizeof act->hash.bytes, act->signature);
  g_assert_false (kan_act_signature_holds (act));
  kan_act_sign (other, file_id, others);
  g_assert_true (kan_act_signature_holds (other));
  memcpy (other->key, kan_keys_get_sign (keys), sizeof other->key);
  g_assert_false (kan_act_signature_holds (other));
  kan_act_compute_hash (other, file_id, &other->hash);
  g_assert_false (kan_act_signature_holds (other));
}

static void
append (KanDb *db, gint64 seq, const char *happened_at)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanAct) act = known_act ();
  g_autoptr(KanKeys) keys = keys_of (1);

  act->seq = seq;
  set (&act->happened_at, happened_at);
  kan_act_sign (act, file_id, keys);
  g_assert_true (kan_ledger_append (db, act, &error));
  g_assert_no_error (error);
}

static void
test_head_of_nothing (void)
{
  g_auto(Scratch) scratch = { 0 };
  g_autoptr(GError) error = NULL;
  KanHash zero = { 0 };
  KanHead head;

  scratch_init (&scratch);
  memset (&head, 0xff, sizeof head);
  g_assert_true (kan_ledger_get_head (scratch.db, &head, NULL));
  g_assert_cmpint (head.seq, ==, 0);
  g_assert_cmpmem (&head.hash, sizeof zero, &zero, sizeof zero);
  g_assert_cmpstr (head.at, ==, "");
  g_assert_null (kan_ledger_get (scratch.db, 1, &error));
  g_assert_no_error (error);
  g_assert_true (kan_db_exec (scratch.db, "DROP TABLE act", NULL));
  g_assert_false (kan_ledger_get_head (scratch.db, &head, NULL));
  g_assert_false (kan_ledger_get_head (scratch.db, &head, &error));
  g_assert_nonnull (error);
}

static void
test_read_back (void)
{
  g_auto(Scratch) scratch = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(KanAct) act = NULL;
  g_autoptr(GPtrArray) acts = NULL;
  KanHead head;

  scratch_init (&scratch);
  append (scratch.db, 1, NULL);
  append (scratch.db, 2, "2026-02-13T10:00");
  append (scratch.db, 4, "");
  g_assert_true (kan_ledger_get_head (scratch.db, &head, &error));
  g_assert_cmpint (head.seq, ==, 4);
  g_assert_cmpstr (head.at, ==, "2026-02-13T01:02:03Z");
  acts = kan_ledger_read (scratch.db, 1, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acts->len, ==, 3);
  for (guint i = 0; i < acts->len; i++)
    {
      g_assert_true (kan_act_hash_holds (g_ptr_array_index (acts, i), file_id));
      g_assert_true (kan_act_signature_holds (g_ptr_array_index (acts, i)));
    }
  g_assert_null (((KanAct *) g_ptr_array_index (acts, 0))->happened_at);
  g_assert_cmpstr (((KanAct *) g_ptr_array_index (acts, 2))->happened_at, ==, "");
  act = kan_ledger_get (scratch.db, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (act->body, ==, "{\"count\":3,\"purpose\":\"年金\"}");
  g_assert_cmpint (act->actor, ==, 3);
}

/* What a tool could write into the row and hide from the reader. */
static void
test_hidden_bytes (void)
{
  static const char *const edits[] = {
    "UPDATE act SET subject = subject || char(0) || 'x'", "UPDATE act SET kind = kind || char(0)",
    "UPDATE act SET session = session || char(0, 65)", "UPDATE act SET at = at || char(0)",
    "UPDATE act SET happened_at = happened_at || char(0)", "UPDATE act SET body = body || char(0)",
    "UPDATE act SET hash = CAST (hash || x'00' AS BLOB)", "UPDATE act SET prev = substr(prev, 1, 31)",
    "UPDATE act SET body = ''",
    "UPDATE act SET key = x''",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_auto(Scratch) scratch = { 0 };
      g_autoptr(GError) error = NULL;
      g_autoptr(KanAct) act = NULL;

      scratch_init (&scratch);
      append (scratch.db, 1, "2026-02-13T10:00");
      g_assert_true (kan_db_exec (scratch.db, edits[i], &error));
      g_assert_no_error (error);
      act = kan_ledger_get (scratch.db, 1, &error);
      g_assert_no_error (error);
      if (kan_act_hash_holds (act, file_id))
        g_error ("not noticed: %s", edits[i]);
    }
}

/* In a table that lets everything in: none of it is read as what was signed, and all of it is read. */
static void
test_other_kinds (void)
{
  static const char *const columns[] = { "at", "actor", "key", "session", "kind", "subject", "happened_at", "body",
                                         "prev", "hash", "signature" };
  static const char *const values[] = { "NULL", "7", "'7'", "x'37'", "char(0)", "''", "1.5", "char(0xfffe)",
                                        "CAST (x'ff' AS TEXT)", "CAST (key AS TEXT)" };

  for (gsize i = 0; i < G_N_ELEMENTS (columns) * G_N_ELEMENTS (values); i++)
    {
      const char *column = columns[i / G_N_ELEMENTS (values)], *value = values[i % G_N_ELEMENTS (values)];
      gboolean stays = strcmp (column, "happened_at") == 0 && strcmp (value, "NULL") == 0;
      g_autofree char *sql = g_strdup_printf ("ALTER TABLE act RENAME TO kept; CREATE TABLE act AS SELECT * FROM kept;"
                                              "UPDATE act SET %s = %s", column, value);
      g_auto(Scratch) scratch = { 0 };
      g_autoptr(GError) error = NULL;
      g_autoptr(KanAct) act = NULL;
      KanHead head;

      scratch_init (&scratch);
      append (scratch.db, 1, NULL);
      g_assert_true (kan_db_exec (scratch.db, sql, &error));
      g_assert_no_error (error);
      act = kan_ledger_get (scratch.db, 1, &error);
      g_assert_no_error (error);
      if (kan_act_hash_holds (act, file_id) != stays)
        g_error ("not noticed: %s", sql);
      g_assert_true (kan_ledger_get_head (scratch.db, &head, &error));
      g_assert_nonnull (act->kind);
      g_assert_nonnull (act->at);
    }
}

static void
test_hex (void)
{
  static const guint8 bytes[] = { 0x00, 0x0f, 0xa5, 0xff };
  guint8 back[sizeof bytes];
  g_autofree char *hex = kan_hex (bytes, sizeof bytes), *none = kan_hex (bytes, 0);

  g_assert_cmpstr (hex, ==, "000fa5ff");
  g_assert_true (kan_unhex (hex, back, sizeof back));
  g_assert_cmpmem (back, sizeof back, bytes, sizeof bytes);
  g_assert_false (kan_unhex ("000fa5f", back, sizeof back));
  g_assert_false (kan_unhex ("000fa5ff0", back, sizeof back));
  g_assert_false (kan_unhex ("000fA5ff", back, sizeof back));
  g_assert_false (kan_unhex ("000fa5 f", back, sizeof back));
  g_assert_cmpstr (none, ==, "");
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (kan_crypto_init (&error));
  g_test_add_func ("/ledger/golden", test_golden);
  g_test_add_func ("/ledger/each-column-counts", test_each_column_counts);
  g_test_add_func ("/ledger/another-file", test_another_file);
  g_test_add_func ("/ledger/signature", test_signature);
  g_test_add_func ("/ledger/head-of-nothing", test_head_of_nothing);
  g_test_add_func ("/ledger/read-back", test_read_back);
  g_test_add_func ("/ledger/hidden-bytes", test_hidden_bytes);
  g_test_add_func ("/ledger/other-kinds", test_other_kinds);
  g_test_add_func ("/ledger/hex", test_hex);
  return g_test_run ();
}
