/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of persons: each claims their own, before an officer, once. */
#include "fixture.h"

#include "acts/kan-book-private.h"

#include <string.h>

enum { NEWCOMER = 8, STRANGER = 9 };

static KanKeys *
make_keys (guint8 seed)
{
  g_autoptr(KanSecret) secret = kan_secret_new (KAN_SEED_SIZE);

  memset (kan_secret_get_bytes (secret), seed, KAN_SEED_SIZE);
  return kan_keys_new (secret);
}

/* An office with one who was enrolled and one who was not; both have keys in hand. */
static Office *
new_office (void)
{
  Office *office = office_new ("nagasaki");

  office_expect (office, "done", CHIEF, "person.register", NULL, "staff_no=1008 | name=渡邉\U000e0101 望 | with=2");
  office_expect (office, "done", CHIEF, "person.register", NULL, "staff_no=1009 | name=佐々木 友 | with=2");
  office_expect (office, "done", CHIEF, "person.enroll", "P8", "login=nozomi | with=2");
  office->keys[NEWCOMER] = make_keys (NEWCOMER);
  office->keys[STRANGER] = make_keys (STRANGER);
  return office;
}

/* What a claim answers, with one of the three replaced; NULL: none. */
static char *
claim_of (Office *office, gint64 who, const char *key, const char *value)
{
  const guint8 *keys[] = { kan_keys_get_sign (office->keys[who]), kan_keys_get_statement (office->keys[who]),
                           kan_keys_get_box (office->keys[who]) };
  static const char *const names[] = { "sign_key", "statement_key", "box_key" };
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "person=P%d", (int) who);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *hex = kan_hex (keys[i], KAN_KEY_SIZE);
      gboolean other = g_strcmp0 (key, names[i]) == 0;

      g_string_append_printf (out, " | %s=%s", names[i], other ? value : hex);
    }
  return g_string_free (out, FALSE);
}

#define A_KEY "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static void
test_what_is_a_key (void)
{
  static const struct { const char *key, *value, *verdict; } cases[] = {
    { "statement_key", "", "refused statement_key" },
    { "statement_key", "key", "refused statement_key" },
    { "box_key", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeef", "refused box_key" },
    { "box_key", A_KEY "0", "refused box_key" },
    { "box_key", "00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff", "refused box_key" },
    { "box_key", "0x112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", "refused box_key" },
    { "statement_key", A_KEY, "waits second" },
  };
  g_autoptr(Office) office = new_office ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answers = claim_of (office, NEWCOMER, cases[i].key, cases[i].value);

      g_test_message ("%s=%s", cases[i].key, cases[i].value);
      office_expect (office, cases[i].verdict, NEWCOMER, "key.claim", NULL, answers);
    }
}

/* Each their own, if they were enrolled and hold none yet; nobody's key twice. */
static void
test_who (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *newcomer = claim_of (office, NEWCOMER, NULL, NULL);
  g_autofree char *stranger = claim_of (office, STRANGER, NULL, NULL);
  g_autofree char *clerk = claim_of (office, CLERK, NULL, NULL);
  g_autofree char *box = kan_hex (kan_keys_get_box (office->keys[CLERK]), KAN_KEY_SIZE);
  g_autofree char *anothers_box = claim_of (office, NEWCOMER, "box_key", box);
  g_autofree char *for_another = g_strconcat (newcomer, " | person=P9", NULL);

  office_expect (office, "refused not_enrolled", STRANGER, "key.claim", NULL, stranger);
  office_expect (office, "refused box_key has_key sign_key statement_key", CLERK, "key.claim", NULL, clerk);
  office_expect (office, "refused person", NEWCOMER, "key.claim", NULL, for_another);
  office_expect (office, "refused box_key", NEWCOMER, "key.claim", NULL, anothers_box);
  office_expect (office, "waits second", NEWCOMER, "key.claim", NULL, newcomer);
  office_expect_state (office, "K8", "claiming");
  g_assert_cmpuint (office_n_rows (office, "key_valid", "2026-09-02"), ==, 7);
}

/* The officer who has looked the person in the face: nobody else, not the person, and not whoever issued the key or
   signed for its issue. */
static void
test_before_an_officer (void)
{
  static const OfficeCase cases[] = {
    { "refused not_entitled", CLERK, "hand.give", "K8", "as=second" },
    { "refused not_entitled", OPERATOR, "hand.give", "K8", "as=second" },
    { "refused not_entitled", DEPUTY, "hand.give", "K8", "as=second" },
    { "refused 14-2.identified", CHIEF, "hand.give", "K8", "as=second" },
    { "refused 14-2.identified", GENERAL, "hand.give", "K8", "as=second" },
    { "done", PENSION, "hand.give", "K8", "as=second" },
    { "refused not_entitled", NEWCOMER, "media.register", NULL, "media_kind=usb | label=Ｕ１ | serial=1" },
  };
  g_autoptr(Office) office = new_office ();
  g_autofree char *claim = claim_of (office, NEWCOMER, NULL, NULL);

  office_expect (office, "waits second", NEWCOMER, "key.claim", NULL, claim);
  office_run_table (office, cases);
  office_expect_state (office, "K8", "valid");
  g_assert_cmpuint (office_n_rows (office, "key_valid", "2026-09-02"), ==, 8);
  office_expect (office, "refused box_key has_key sign_key statement_key", NEWCOMER, "key.claim", NULL, claim);
}

/* Refused, the person may claim again, even with the same key. */
static void
test_refused (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *claim = claim_of (office, NEWCOMER, NULL, NULL);

  office_expect (office, "waits second", NEWCOMER, "key.claim", NULL, claim);
  office_expect (office, "done", PENSION, "hand.refuse", "K8", "reason=本人ではない");
  office_expect_state (office, "K8", "refused");
  office_expect (office, "waits second", NEWCOMER, "key.claim", NULL, claim);
  office_expect (office, "done", PENSION, "hand.give", "K9", "as=second");
  office_expect_state (office, "K9", "valid");
}

/* Somebody registered and enrolled by the chief, who claims and is not identified yet. */
static void
let_claim (Office *office, gint64 person, const char *with)
{
  g_autofree char *name = g_strdup_printf ("職員%d", (int) person), *claim = NULL;

  office_register (office, person, name, with);
  office->keys[person] = make_keys ((guint8) person);
  claim = claim_of (office, person, NULL, NULL);
  office_expect (office, "waits second", person, "key.claim", NULL, claim);
}

/* Where few hold keys somebody can identify all the same; whoever issued the key while nobody else holds one. */
static void
test_few (void)
{
  static const OfficeCase colleague[] = {
    { "refused 14-2.identified", CHIEF, "hand.give", "K3", "as=second" },
    { "done", 2, "hand.give", "K3", "as=second" },
  };
  static const OfficeCase cosigner[] = {
    { "refused 14-2.identified", CHIEF, "hand.give", "K4", "as=second" },
    { "refused not_entitled", 3, "hand.give", "K4", "as=second" },
    { "done", 2, "hand.give", "K4", "as=second" },
  };
  g_autoptr(Office) office = office_new_empty ("nagasaki");

  let_claim (office, 2, "");
  office_expect (office, "done", CHIEF, "hand.give", "K2", "as=second");
  let_claim (office, 3, " | with=2");
  office_run_table (office, colleague);
  office_appoint (office, 2, "general_affairs_manager", "kind=regular | since=2026-09-01 | with=3");
  let_claim (office, 4, " | with=2");
  office_run_table (office, cosigner);
}

/* Who issued a key alone, when theirs was the only one, does not identify its holder once somebody else could. */
static void
test_issued_alone (void)
{
  g_autoptr(Office) office = office_new_empty ("nagasaki");

  office_register (office, 2, "大村 和子", "");
  let_claim (office, 3, "");
  office_expect (office, "done", CHIEF, "hand.give", "K2", "as=second");
  office->keys[2] = make_keys (2);
  {
    g_autofree char *claim = claim_of (office, 2, NULL, NULL);

    office_expect (office, "waits second", 2, "key.claim", NULL, claim);
  }
  office_expect (office, "refused 14-2.identified", CHIEF, "hand.give", "K3", "as=second");
  office_expect (office, "done", 3, "hand.give", "K3", "as=second");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key/what-is-a-key", test_what_is_a_key);
  g_test_add_func ("/key/who", test_who);
  g_test_add_func ("/key/before-an-officer", test_before_an_officer);
  g_test_add_func ("/key/refused", test_refused);
  g_test_add_func ("/key/few", test_few);
  g_test_add_func ("/key/issued-alone", test_issued_alone);
  return g_test_run ();
}
