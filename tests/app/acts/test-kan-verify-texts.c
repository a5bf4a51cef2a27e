/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody signs with a tool of their own, and a key that is theirs, is looked at all the same: free text that the
 * program would have refused is named, wherever it lies, until two persons remove it. */
#include "app/acts/yard.h"
#include "acts/kan-record-check.h"
#include "values/kan-text.h"

#include <string.h>

#define NUMBER "123456789018"

/* A text beside the chain, as the writer puts it there; its digest, to be signed. */
static char *
put_text (Yard *yard, const char *text, gsize size)
{
  static const guint8 salt[32] = { 1 };
  g_autofree char *hex = kan_hex ((const guint8 *) text, size), *sql = NULL, *digest = NULL;
  g_autofree char *salt_hex = kan_hex (salt, sizeof salt);
  KanHasher hasher;
  KanHash hash;

  kan_hasher_init (&hasher, NULL);
  kan_hasher_update (&hasher, salt, sizeof salt);
  kan_hasher_update (&hasher, text, size);
  kan_hasher_finish (&hasher, &hash);
  digest = kan_hex (hash.bytes, sizeof hash.bytes);
  sql = g_strdup_printf ("INSERT OR IGNORE INTO detached VALUES ('%s', x'%s', CAST (x'%s' AS TEXT))", digest, salt_hex,
                         hex);
  yard_exec (yard, sql);
  return g_steal_pointer (&digest);
}

/* An act with that note, signed by who may; `declared`: the answers that it declares, as JSON. */
static void
forge_note (Yard *yard, const char *text, gsize size, const char *declared)
{
  g_autofree char *digest = put_text (yard, text, size), *body = NULL;

  body = g_strdup_printf ("{%s%s%s\"note\":\"%s\"}", declared != NULL ? "\"declared\":" : "",
                          declared != NULL ? declared : "", declared != NULL ? "," : "", digest);
  yard_forge (yard, CLERK, yard->keys[CLERK], "crate.amend", "C2", body, NULL);
}

static char *
repeat (const char *character, guint n)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (out, character);
  return g_string_free (out, FALSE);
}

/* The register's row is not made by that tool: what differs in it is told besides. */
static char *
faults_of_act (Yard *yard, gint64 seq)
{
  const KanVerifyOptions options = { .n_threads = 1 };
  g_autoptr(KanVerdict) verdict = kan_book_verify (yard->book, &options, NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < verdict->faults->len; i++)
    {
      const KanFault *fault = g_ptr_array_index (verdict->faults, i);

      g_assert_true (kan_text_lines_are_clean (fault->what, NULL));      /* whatever was found */
      g_test_message ("%s %d: %s", kan_fault_kind_id (fault->kind), (int) fault->seq, fault->what);
      if (fault->kind == KAN_FAULT_PROJECTION)
        continue;
      g_string_append_printf (out, "%s%s: %s", out->len > 0 ? "; " : "", kan_fault_kind_id (fault->kind), fault->what);
      g_assert_cmpint (fault->seq, ==, seq);
    }
  return g_string_free (out, FALSE);
}

static void
expect_note (const char *text, gsize size, const char *declared, const char *expected)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autofree char *found = NULL;

  forge_note (yard, text, size, declared);
  found = faults_of_act (yard, 41);
  g_assert_cmpstr (found, ==, expected);
}

#define IN_NOTE "text_rule: its text “Note” "
#define REMEDY "; two persons remove it"
#define CHARACTER(why) IN_NOTE "holds a character that cannot be kept: " why REMEDY
#define LIKE_A_NUMBER IN_NOTE "holds what looks like an individual number or a resident record code" REMEDY

static void
test_notes (void)
{
  static const struct { const char *text, *declared, *expected; } table[] = {
    { "角が欠けている\n二行目", NULL, "" },
    { "番号は" NUMBER "です", NULL, LIKE_A_NUMBER },
    { "１２３４ ５６７８ ９０１８", NULL, LIKE_A_NUMBER },
    { "コード 1234-5678-901", NULL, LIKE_A_NUMBER },
    { "番号は" NUMBER "です", "[\"note\"]", "" },
    { "会議は2026-02-13から2026-04-15、内線1234", NULL, "" },
    { "a\tb", NULL, CHARACTER ("contains a control character") },
    { "\x1b[31m", "[\"note\"]", CHARACTER ("contains a control character") },
    { "A\u202eB", NULL, CHARACTER ("contains a character that changes the direction of writing") },
    { "A\u200bB", NULL, CHARACTER ("contains an invisible character") },
    { "\xff\xfe", NULL, CHARACTER ("is not UTF-8 text") },
    { "", NULL, IN_NOTE "is empty" REMEDY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    expect_note (table[i].text, strlen (table[i].text), table[i].declared, table[i].expected);
  expect_note ("A\0" NUMBER, 2 + strlen (NUMBER), NULL, CHARACTER ("contains a control character"));
}

static void
test_length (void)
{
  g_autofree char *longest = repeat ("長", 4000), *longer = repeat ("長", 4001);

  expect_note (longest, strlen (longest), NULL, "");
  expect_note (longer, strlen (longer), NULL, IN_NOTE "is longer than a text may be" REMEDY);
}

/* Why a fact broke a rule, and why an entry is late, are texts as well. */
static void
test_reasons (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autofree char *digest = put_text (yard, NUMBER, strlen (NUMBER)), *body = NULL, *found = NULL;

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=四 | weight=400");
  body = g_strdup_printf ("{\"deviation\":[\"heavy\"],\"deviation_reason\":\"%s\"}", digest);
  yard_forge (yard, OPERATOR, yard->keys[OPERATOR], "crate.lose", "C4", body, NULL);
  found = faults_of_act (yard, 42);
  g_assert_cmpstr (found, ==, "text_rule: its text “Reason for the deviation” holds what looks like an individual"
                   " number or a resident record code" REMEDY);
}

/* Another entry's declaration says nothing of this one's text, nor does an answer of another type that spells its
   digest. */
static void
test_declared_elsewhere (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autofree char *digest = put_text (yard, NUMBER, strlen (NUMBER)), *body = NULL, *found = NULL;

  body = g_strdup_printf ("{\"declared\":[\"made_by\"],\"made_by\":\"%s\"}", digest);
  yard_forge (yard, CLERK, yard->keys[CLERK], "crate.amend", "C2", body, NULL);
  forge_note (yard, NUMBER, strlen (NUMBER), "[\"weight\"]");
  forge_note (yard, NUMBER, strlen (NUMBER), NULL);
  found = yard_verify (yard, NULL);
  g_assert_true (g_str_has_prefix (found, "rule 42 C2, text_rule 43 C2, projection"));
}

/* What stands in the body itself is judged again: no text, and nothing that hides in a declaration. */
static void
test_bodies (void)
{
  static const char *const bodies[] = {
    "{\"made_by\":\"" NUMBER "\"}", "{\"made_by\":\"A\u202eB\"}", "{\"made_by\":\"A\\u0007\"}",
    "{\"contents\":[{\"name\":\"" NUMBER "\"}]}", "{\"telephone\":\"A\u202eB\"}",
    "{\"declared\":[\"made_by[" NUMBER "\"],\"made_by\":\"A\"}",
    "{\"contents\":[{\"name\":\"A\"}],\"declared\":[\"contents[0].name " NUMBER "\"]}",
    "{\"contents\":[{\"name\":\"A\"}],\"declared\":[\"contents[1].name\"]}",
    "{\"contents\":[{\"name\":\"A\"}],\"declared\":[\"contents[00].name\"]}",
  };
  g_autoptr(Yard) yard = yard_new_with_history ();
  GString *expected = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      gint64 seq = yard_forge (yard, CLERK, yard->keys[CLERK], "crate.amend", "C2", bodies[i], NULL);

      g_string_append_printf (expected, "%srule %d C2", i > 0 ? ", " : "", (int) seq);
    }
  yard_expect_faults (yard, NULL, expected->str);
  g_string_free (expected, TRUE);
  yard_expect (yard, "done", CLERK, "crate.amend", "C2",
               "contents=[{\"name\":\"" NUMBER "\"}] | declared=contents[0].name");
}

/* Two persons remove it, and nothing is left to be named: the entry held all the time. */
static void
test_removed (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autofree char *found = NULL;

  forge_note (yard, NUMBER, strlen (NUMBER), NULL);
  kan_book_trust (yard->book);      /* entry 41 is as an older program would have signed it */
  yard_exec (yard, "INSERT INTO step (seq, subject, before, after) VALUES (41, 'C2', 'kept', 'kept')");
  yard_expect (yard, "done", GENERAL, "text.redact", "C2", "act=41 | question=note | reason=誤記 | with=6");
  found = faults_of_act (yard, 0);
  g_assert_cmpstr (found, ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verify-texts/notes", test_notes);
  g_test_add_func ("/verify-texts/length", test_length);
  g_test_add_func ("/verify-texts/reasons", test_reasons);
  g_test_add_func ("/verify-texts/declared-elsewhere", test_declared_elsewhere);
  g_test_add_func ("/verify-texts/bodies", test_bodies);
  g_test_add_func ("/verify-texts/removed", test_removed);
  return g_test_run ();
}
