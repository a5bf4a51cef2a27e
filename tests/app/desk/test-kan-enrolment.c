/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of persons at the desk: who may be let in, whose passphrase opens what, and what a failure leaves as it was. */
#include "desk-fixture.h"

#include "acts/kan-book-private.h"

/* "done", "waits", "refused", or the error's code. */
static char *
became (KanOutcome *outcome, GError *error)
{
  if (outcome == NULL)
    return g_strdup_printf ("error %d: %s", error->code, error->message);
  return g_strdup (outcome->refusals->len > 0 ? "refused" : outcome->waiting_for->len > 0 ? "waits" : "done");
}

static char *
try_enroll (KanDesk *desk, const char *person, const char *login, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanSecret) secret = phrase (text);
  g_autoptr(KanOutcome) outcome = NULL;

  now += 60;
  outcome = kan_desk_enroll (desk, person, login, secret, now, &error);
  return became (outcome, error);
}

static char *
try_claim (KanDesk *desk, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanSecret) secret = phrase (text);
  g_autoptr(KanOutcome) outcome = NULL;

  now += 60;
  outcome = kan_desk_claim (desk, secret, now, &error);
  return became (outcome, error);
}

#define EXPECT_BECAME(expected, call) G_STMT_START { \
    g_autofree char *became_ = call; \
    g_test_message ("%s", became_); \
    g_assert_true (g_str_has_prefix (became_, expected)); } G_STMT_END

static char *
error_code (int code)
{
  return g_strdup_printf ("error %d", code);
}

/* "chief" at the desk, "sato" beside; P3 is registered. */
static KanDesk *
set_up_newcomer (Fixture *f)
{
  KanDesk *desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "person.register", NULL, "staff_no=003 | name=渡邉\U000e0101 望");
  return desk;
}

static gboolean
opens (Fixture *f, const char *login, const char *text, gboolean *provisional)
{
  g_autoptr(KanDesk) desk = open_locked (f, KAN_VAULT_READ);
  gboolean fine = unlock (desk, login, text, NULL);

  if (provisional != NULL)
    *provisional = fine && kan_desk_is_provisional (desk);
  return fine;
}

static void
test_enroll (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *usage = error_code (KAN_ERROR_USAGE);
  g_autofree char *long_login = g_strnfill (KAN_LOGIN_MAX + 1, 'a'), *longest = g_strnfill (KAN_LOGIN_MAX, 'b');
  g_autoptr(KanDesk) desk = set_up_newcomer (f);
  gint64 head = ask_desk (desk, "SELECT max(seq) FROM act");
  gboolean provisional = FALSE;

  EXPECT_BECAME (usage, try_enroll (desk, "P99", "nozomi", "once"));
  EXPECT_BECAME (usage, try_enroll (desk, "nonsense", "nozomi", "once"));
  EXPECT_BECAME ("refused", try_enroll (desk, "O1", "nozomi", "once"));
  EXPECT_BECAME ("refused", try_enroll (desk, "P3", long_login, "once"));
  EXPECT_BECAME ("refused", try_enroll (desk, "P3", "", "once"));
  EXPECT_BECAME ("refused", try_enroll (desk, "P3", "sato", "once"));
  EXPECT_BECAME ("refused", try_enroll (desk, "P3", "no\u202ezomi", "once"));
  EXPECT_BECAME ("refused", try_enroll (desk, "P2", "sato2", "once"));
  g_assert_cmpint (ask_desk (desk, "SELECT max(seq) FROM act"), ==, head);
  add_cosigner (desk, "sato", "sato's");
  EXPECT_BECAME ("done", try_enroll (desk, "P3", longest, "once"));
  g_clear_pointer (&desk, kan_desk_free);
  g_assert_true (opens (f, longest, "once", &provisional));
  g_assert_true (provisional);
  g_assert_false (opens (f, longest, "twice", NULL));
}

/* While the act waits for the second person there is no slot; asked for again afterwards, it comes without an act, but
 * to nobody who could not have made the act. Until it is claimed, a lost one-time passphrase is replaced likewise. */
static void
test_slot_after_the_act (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_newcomer (f);
  gint64 head;

  EXPECT_BECAME ("waits", try_enroll (desk, "P3", "nozomi", "once"));
  g_clear_pointer (&desk, kan_desk_free);
  g_assert_false (opens (f, "nozomi", "once", NULL));
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "hand.give", "P3", "");
  head = ask_desk (desk, "SELECT max(seq) FROM act");
  EXPECT_BECAME ("refused", try_enroll (desk, "P3", "nozomi", "sato's own"));     /* holds no office */
  g_clear_pointer (&desk, kan_desk_free);
  g_assert_false (opens (f, "nozomi", "sato's own", NULL));
  g_assert_false (opens (f, "nozomi", "once", NULL));
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  EXPECT_BECAME ("done", try_enroll (desk, "P3", "nozomi", "once"));
  g_assert_cmpint (ask_desk (desk, "SELECT max(seq) FROM act"), ==, head);
  g_assert_cmpint (ask_desk (desk, "SELECT value FROM meta WHERE key = 'generation'"), ==,
                   kan_vault_get_generation (kan_desk_get_vault (desk)));
  g_clear_pointer (&desk, kan_desk_free);
  g_assert_true (opens (f, "nozomi", "once", NULL));
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  add_cosigner (desk, "sato", "sato's");
  EXPECT_BECAME ("done", try_enroll (desk, "P3", "nozomi", "once more"));
  g_assert_cmpint (ask_desk (desk, "SELECT max(seq) FROM act"), ==, head);
  g_clear_pointer (&desk, kan_desk_free);
  g_assert_false (opens (f, "nozomi", "once", NULL));
  g_assert_true (opens (f, "nozomi", "once more", NULL));
}

/* Who makes a slot knows what opens it: another officer issues the key anew, which two persons sign and the log
 * tells. */
static void
test_slot_by_another_officer (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_newcomer (f);

  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "appointment.make", NULL,
               "person=P2 | office=general_affairs_manager | kind=regular | since=2026-09-01");
  EXPECT_BECAME ("waits", try_enroll (desk, "P3", "nozomi", "once"));
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "hand.give", "P3", "");
  EXPECT_BECAME ("waits", try_enroll (desk, "P3", "nozomi", "sato's own"));
  g_clear_pointer (&desk, kan_desk_free);
  g_assert_false (opens (f, "nozomi", "sato's own", NULL));
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  EXPECT_BECAME ("refused", try_enroll (desk, "P3", "nozomi", "once"));     /* sato's waits */
}

/* Whoever holds a key of their own is given no one-time passphrase in its place. */
static void
test_no_slot_beside_a_key (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

  add_cosigner (desk, "sato", "sato's");
  EXPECT_BECAME ("refused", try_enroll (desk, "P2", "sato", "once"));
  EXPECT_SIGN (desk, "waits", "person.register", NULL, "staff_no=004 | name=山本 三郎");    /* sato signs along no more */
  g_clear_pointer (&desk, kan_desk_free);
  g_assert_true (opens (f, "sato", "sato's", NULL));
}

static KanDesk *
set_up_claim (Fixture *f)
{
  KanDesk *desk = set_up_newcomer (f);

  add_cosigner (desk, "sato", "sato's");
  EXPECT_BECAME ("done", try_enroll (desk, "P3", "nozomi", "once"));
  kan_desk_free (desk);
  return open_as (f, KAN_VAULT_WRITE, "nozomi", "once");
}

static void
test_claim (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *usage = error_code (KAN_ERROR_USAGE);
  g_autoptr(KanDesk) desk = set_up_claim (f);
  g_autoptr(KanSecret) weak = spelled ("nozomi and others");
  g_autoptr(GError) error = NULL;
  gboolean provisional = TRUE;

  g_assert_true (kan_desk_is_provisional (desk));
  EXPECT_BECAME (usage, try_claim (desk, "my own"));      /* nobody has looked them in the face */
  g_assert_true (kan_desk_is_provisional (desk));
  add_cosigner (desk, "sato", "sato's");
  g_assert_true (kan_desk_may_claim (desk, "nozomi", &error));
  g_assert_null (kan_desk_claim (desk, weak, now, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_true (kan_desk_is_provisional (desk));
  EXPECT_BECAME ("done", try_claim (desk, "my own"));
  g_assert_false (kan_desk_is_provisional (desk));
  g_assert_false (kan_desk_may_claim (desk, "nozomi", &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
  g_assert_cmpint (kan_desk_get_person (desk), ==, 3);
  EXPECT_BECAME (usage, try_claim (desk, "another"));
  /* from now on the key signs, and the one-time passphrase opens nothing */
  EXPECT_SIGN (desk, "refused", "place.establish", NULL, "title=保管庫 | room=室 | level=3");
  g_clear_pointer (&desk, kan_desk_free);
  g_assert_false (opens (f, "nozomi", "once", NULL));
  g_assert_true (opens (f, "nozomi", "my own", &provisional));
  g_assert_false (provisional);
}

/* Whom nobody identified but who issued the key keeps the one-time passphrase, and may try again. */
static void
test_claim_refused (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_claim (f);
  gboolean provisional = FALSE;

  add_cosigner (desk, "chief", "chief's");
  EXPECT_BECAME ("refused", try_claim (desk, "my own"));
  g_assert_true (kan_desk_is_provisional (desk));
  g_clear_pointer (&desk, kan_desk_free);
  g_assert_false (opens (f, "nozomi", "my own", NULL));
  g_assert_true (opens (f, "nozomi", "once", &provisional));
  g_assert_true (provisional);
  desk = open_as (f, KAN_VAULT_WRITE, "nozomi", "once");
  add_cosigner (desk, "sato", "sato's");
  EXPECT_BECAME ("done", try_claim (desk, "my own"));
}

static gboolean
change (KanDesk *desk, const char *old_text, const char *new_text, GError **error)
{
  g_autoptr(KanSecret) old_one = phrase (old_text), new_one = phrase (new_text);

  return kan_desk_change_passphrase (desk, old_one, new_one, error);
}

/* Only who knows the old one sets a new one, and only where the file may be written; the key stays the same. */
static void
test_passphrase (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_READ, "sato", "sato's");
  g_autoptr(KanSecret) own = phrase ("sato's"), weak = spelled ("weak");
  g_autoptr(GError) error = NULL;
  gint64 head = ask_desk (desk, "SELECT max(seq) FROM act");

  g_assert_false (change (desk, "sato's", "new", &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  g_assert_false (change (desk, "chief's", "new", &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (kan_desk_change_passphrase (desk, own, weak, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (change (desk, "sato's", "sato's", &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "until now"));
  g_clear_error (&error);
  expect (change (desk, "sato's", "新しい合言葉 ", &error), error);
  EXPECT_SIGN (desk, "refused", "place.establish", NULL, "title=保管庫 | room=室 | level=3");
  g_assert_cmpint (ask_desk (desk, "SELECT max(seq) FROM act"), ==, head);
  g_clear_pointer (&desk, kan_desk_free);
  g_assert_false (opens (f, "sato", "sato's", NULL));
  g_assert_false (opens (f, "sato", "新しい合言葉", NULL));
  g_assert_true (opens (f, "sato", "新しい合言葉 ", NULL));
  g_assert_true (opens (f, "chief", "chief's", NULL));
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/enrolment/enroll", Fixture, NULL, office_set_up, test_enroll, fixture_tear_down);
  g_test_add ("/enrolment/slot-after-the-act", Fixture, NULL, office_set_up, test_slot_after_the_act,
              fixture_tear_down);
  g_test_add ("/enrolment/slot-by-another-officer", Fixture, NULL, office_set_up, test_slot_by_another_officer,
              fixture_tear_down);
  g_test_add ("/enrolment/no-slot-beside-a-key", Fixture, NULL, office_set_up, test_no_slot_beside_a_key,
              fixture_tear_down);
  g_test_add ("/enrolment/claim", Fixture, NULL, office_set_up, test_claim, fixture_tear_down);
  g_test_add ("/enrolment/claim-refused", Fixture, NULL, office_set_up, test_claim_refused, fixture_tear_down);
  g_test_add ("/enrolment/passphrase", Fixture, NULL, office_set_up, test_passphrase, fixture_tear_down);
  return g_test_run ();
}
