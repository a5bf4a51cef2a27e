/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The power goes, and with it what was not synced: after every single write, sync and change of a name while an office
   is founded, an act signed, a person enrolled, a passphrase changed, a backup made and reminders switched on. What is
   left opens with the old state or the new one, holds, and goes on; what was told as done is there. A few of the ways
   to lose something are tried each time; with KAN_FUZZ_SECONDS all of them, and for so long others at random. */
#include "app/desk/desk-fixture.h"
#include "fault/power.h"
#include "vault/kan-backup-set.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

enum { OLD = 1, NEW = 2, LOOKS = 5, SEEDS = 2 };

typedef struct
{
  const char *name;
  void      (*prepare) (Fixture *f);
  void      (*act) (Fixture *f);             /* calls power_told() once success was told */
  int       (*look) (Fixture *f);            /* OLD or NEW; anything else fails by itself */
} Story;

/* One way in which the power goes. */
typedef struct { guint n; PowerLoss loss; guint32 seed; } Cut;

static char where[160];

static void
say_where (G_GNUC_UNUSED int number)
{
  fputs (where, stderr);
}

/* --- what people do ----------------------------------------------------------------------------------------------- */

/* A file that was left in the middle of a write is verified; nobody lost a slot, and nothing fails. */
static KanDesk *
look_into (Fixture *f, const char *login, const char *text)
{
  g_autoptr (GError) error = NULL;
  KanDesk *desk = open_as (f, KAN_VAULT_WRITE, login, text);
  KanVerifyOptions options = { .n_threads = 1 };
  g_autoptr (KanVerdict) verdict = kan_desk_verify (desk, &options, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (verdict->faults->len, ==, 0);
  return desk;
}

static gboolean
opens (Fixture *f, const char *login, const char *text)
{
  g_autoptr (KanDesk) desk = open_locked (f, KAN_VAULT_WRITE);
  g_autoptr (GError) error = NULL;
  gboolean opened = unlock (desk, login, text, &error);

  g_assert_true (opened || g_error_matches (error, KAN_ERROR, KAN_ERROR_LOCKED) ||
                 g_error_matches (error, KAN_ERROR, KAN_ERROR_KEYLESS));
  return opened;
}

static void
expect_work_goes_on (KanDesk *desk)
{
  gint64 n = ask_desk (desk, "SELECT max(seq) FROM act");

  EXPECT_SIGN (desk, "waits", "person.register", NULL, "staff_no=009 | name=後藤 次郎");
  g_assert_cmpint (ask_desk (desk, "SELECT max(seq) FROM act"), ==, n + 1);
}

static void
prepare_nothing (G_GNUC_UNUSED Fixture *f)
{
  now = NOW;
}

static void
found_told (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (KanDesk) desk = try_found (f->path, "chief", NULL, &error);

  g_assert_no_error (error);
  power_told ();
}

/* Whole under its own name; else founding works again, or says that all but the name is there. */
static int
look_founded (Fixture *f)
{
  g_autofree char *new_path = g_strconcat (f->path, ".new", NULL);
  gboolean named = g_file_test (f->path, G_FILE_TEST_EXISTS);
  g_autoptr (GError) error = NULL;
  g_autoptr (KanDesk) desk = named ? NULL : try_found (f->path, "chief", NULL, &error);

  if (error != NULL)
    {
      g_assert_error (error, KAN_ERROR, KAN_ERROR_EXISTS);
      g_assert_cmpint (g_rename (new_path, f->path), ==, 0);
    }
  g_clear_pointer (&desk, kan_desk_free);
  desk = look_into (f, "chief", "chief's");
  EXPECT_SIGN (desk, "done", "person.register", NULL, "staff_no=002 | name=佐藤 花子");
  g_assert_false (g_file_test (new_path, G_FILE_TEST_EXISTS));
  return named ? NEW : OLD;
}

static void
sign_told (Fixture *f)
{
  g_autoptr (KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

  EXPECT_SIGN (desk, "waits", "person.register", NULL, "staff_no=003 | name=鈴木 一郎");
  power_told ();
}

static int
look_signed (Fixture *f)
{
  g_autoptr (KanDesk) desk = NULL;
  int state = OLD;

  g_assert_true (opens (f, "sato", "sato's"));
  desk = look_into (f, "chief", "chief's");
  if (ask_desk (desk, "SELECT count(*) FROM person WHERE staff_no = '003'") == 1)
    state = NEW;
  expect_work_goes_on (desk);
  return state;
}

/* The person is there and awaits a slot. */
static void
prepare_enrolling (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KanDesk) desk = NULL;

  now = NOW;
  desk = try_found (f->path, "chief", NULL, &error);
  g_assert_no_error (error);
  EXPECT_SIGN (desk, "done", "person.register", NULL, "staff_no=002 | name=佐藤 花子");
}

static void
enroll_told (Fixture *f)
{
  g_autoptr (KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

  enroll (desk, "P2", "sato", "for once");
  power_told ();
}

static int
look_enrolled (Fixture *f)
{
  gboolean enrolled = opens (f, "sato", "for once");
  g_autoptr (KanDesk) desk = look_into (f, "chief", "chief's");

  if (!enrolled)
    enroll (desk, "P2", "sato", "for once");
  g_clear_pointer (&desk, kan_desk_free);
  desk = look_into (f, "sato", "for once");
  g_assert_true (kan_desk_is_provisional (desk));
  return enrolled ? NEW : OLD;
}

static void
prepare_claiming (Fixture *f)
{
  g_autoptr (KanDesk) desk = NULL;

  prepare_enrolling (f);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  enroll (desk, "P2", "sato", "for once");
}

static void
claim_told (Fixture *f)
{
  g_autoptr (KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "sato", "for once");

  add_cosigner (desk, "chief", "chief's");
  claim (desk, "sato's");
  power_told ();
}

/* Old: still the one-time passphrase. In between the new one opens, provisionally; either way it can be claimed. */
static int
look_claimed (Fixture *f)
{
  gboolean slot = opens (f, "sato", "sato's"), claimed;
  g_autoptr (KanDesk) desk = look_into (f, "sato", slot ? "sato's" : "for once");

  claimed = !kan_desk_is_provisional (desk);
  g_assert_true (slot || !claimed);
  if (!claimed)
    {
      add_cosigner (desk, "chief", "chief's");
      claim (desk, "sato's");
    }
  g_clear_pointer (&desk, kan_desk_free);
  desk = look_into (f, "sato", "sato's");
  g_assert_false (kan_desk_is_provisional (desk));
  return claimed ? NEW : OLD;
}

static void
change_passphrase_told (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr (KanSecret) old_one = phrase ("chief's"), new_one = phrase ("new");

  expect (kan_desk_change_passphrase (desk, old_one, new_one, &error), error);
  power_told ();
}

static int
look_passphrase (Fixture *f)
{
  gboolean changed = opens (f, "chief", "new");
  g_autoptr (KanDesk) desk = NULL;

  g_assert_cmpint (opens (f, "chief", "chief's"), ==, !changed);
  g_assert_true (opens (f, "sato", "sato's"));
  desk = look_into (f, "chief", changed ? "new" : "chief's");
  expect_work_goes_on (desk);
  return changed ? NEW : OLD;
}

/* --- a folder of backups ------------------------------------------------------------------------------------------ */

/* Of these the two middle ones of September and August are to go once the new one is there. */
static const char *const older[] = {
  "2026-09-20-1800", "2026-09-19-1800", "2026-09-18-1800", "2026-09-17-1800", "2026-09-16-1800", "2026-09-15-1800",
  "2026-09-14-1800", "2026-08-31-1800", "2026-08-30-1800",
};
static const guint going[] = { 6, 8 };

static char *
backup_path (Fixture *f, const char *stamp)
{
  return g_strdup_printf ("%s/office-%s.kanribo", f->folder, stamp);
}

static void
prepare_backups (Fixture *f)
{
  g_autofree char *contents = NULL;
  gsize size = 0;

  g_free (f->path);
  f->path = g_build_filename (f->folder, "office.kanribo", NULL);
  found_office (f);
  g_assert_true (g_file_get_contents (f->path, &contents, &size, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (older); i++)
    {
      g_autofree char *path = backup_path (f, older[i]);

      g_assert_true (g_file_set_contents (path, contents, (gssize) size, NULL));
    }
}

static void
back_up_told (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autofree char *path = kan_vault_backup_into (kan_desk_get_vault (desk), f->folder, NOW, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (path);
  power_told ();
}

static gboolean
is_going (guint index)
{
  for (guint i = 0; i < G_N_ELEMENTS (going); i++)
    if (going[i] == index)
      return TRUE;
  return FALSE;
}

static void
look_into_copy (Fixture *f, const char *path)
{
  Fixture copy = *f;
  g_autoptr (KanDesk) desk = NULL;

  copy.path = (char *) path;
  desk = look_into (&copy, "chief", "chief's");
  g_assert_cmpint (ask_desk (desk, "SELECT count(*) FROM person"), ==, 2);
}

/* Nothing goes before the new one is there for good. */
static int
look_backups (Fixture *f)
{
  g_autofree char *made = NULL, *minute = kan_minute_format (NOW);
  g_autofree char *stamp = g_strdup_printf ("%.10s-%.2s%.2s", minute, minute + 11, minute + 14);
  g_autofree char *path = backup_path (f, stamp);
  gboolean there = g_file_test (path, G_FILE_TEST_EXISTS);
  g_autoptr (GError) error = NULL;
  g_autoptr (KanDesk) desk = NULL;

  if (there)
    look_into_copy (f, path);
  for (guint i = 0; i < G_N_ELEMENTS (older); i++)
    {
      g_autofree char *old_path = backup_path (f, older[i]);

      g_assert_true (g_file_test (old_path, G_FILE_TEST_EXISTS) || (there && is_going (i)));
    }
  desk = look_into (f, "chief", "chief's");
  made = kan_vault_backup_into (kan_desk_get_vault (desk), f->folder, NOW, NULL, &error);
  g_assert_no_error (error);
  look_into_copy (f, made);
  return there ? NEW : OLD;
}

/* --- reminders ---------------------------------------------------------------------------------------------------- */

static void
remind_told (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

  expect (kan_desk_set_reminders (desk, TRUE, now, &error), error);
  power_told ();
}

static int
look_reminders (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KanDesk) desk = look_into (f, "chief", "chief's");
  KanStatus status = { 0 };

  expect (kan_vault_get_status (kan_desk_get_vault (desk), &status, &error), error);
  expect_work_goes_on (desk);
  return status.remind_as_of != 0 ? NEW : OLD;
}

/* --- the power goes again while the first loss is being undone ---------------------------------------------------- */

static void
prepare_interrupted (Fixture *f)
{
  g_autoptr (Power) power = NULL;
  g_autofree char *journal = g_strconcat (f->path, "-journal", NULL);

  found_office (f);
  power_watch (f->folder);
  sign_told (f);
  power = power_take ();
  power_put (power, power_last_write_before_told (power), POWER_KEEPS_ALL, 0);
  g_assert_true (g_file_test (journal, G_FILE_TEST_EXISTS));
}

static void
undo (Fixture *f)
{
  g_autoptr (KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

  g_assert_nonnull (desk);
}

/* --- every cut ---------------------------------------------------------------------------------------------------- */

static const Story stories[] = {
  { "founding", prepare_nothing, found_told, look_founded },
  { "act", found_office, sign_told, look_signed },
  { "enrolment", prepare_enrolling, enroll_told, look_enrolled },
  { "claim", prepare_claiming, claim_told, look_claimed },
  { "passphrase", found_office, change_passphrase_told, look_passphrase },
  { "backup", prepare_backups, back_up_told, look_backups },
  { "reminders", found_office, remind_told, look_reminders },
  { "undoing", prepare_interrupted, undo, look_signed },
};

/* Seconds; 0: a few looks will do. */
static gint64
long_time (void)
{
  const char *text = g_getenv ("KAN_FUZZ_SECONDS");

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static gboolean
is_first (GHashTable *seen, const Power *power, const Cut *cut)
{
  KanHash hash = power_hash (power, cut->n, cut->loss, cut->seed);

  /* before and after telling, the same remains mean different things */
  hash.bytes[0] = (guint8) ((hash.bytes[0] & 0xfe) | (power_was_told (power, cut->n) ? 1 : 0));
  return g_hash_table_add (seen, g_bytes_new (hash.bytes, sizeof hash.bytes));
}

/* Of many a few, most of them near the end, where something is to be lost; the last one always. */
static guint
pick (guint i, guint n_looks, guint n_cuts)
{
  return n_looks == n_cuts ? i : n_cuts - 1 - (guint) ((guint64) (n_cuts - 1) * i * i / (n_looks * n_looks));
}

/* All that leave something of their own; of losses at random a few. */
static GArray *
list_cuts (const Power *power)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref,
                                                       NULL);
  GArray *cuts = g_array_new (FALSE, FALSE, sizeof (Cut));

  for (guint n = 0; n <= power_n_events (power); n++)
    for (PowerLoss loss = POWER_KEEPS_ALL; loss <= POWER_LOSES_AT_RANDOM; loss++)
      for (guint i = 0; i < (loss < POWER_LOSES_AT_RANDOM ? 1 : SEEDS); i++)
        {
          Cut cut = { n, loss, n * SEEDS + i };

          if (is_first (seen, power, &cut))
            g_array_append_val (cuts, cut);
        }
  return cuts;
}

static int
look_after (const Story *story, Fixture *f, const Power *power, const Cut *cut)
{
  int state = OLD;

  g_snprintf (where, sizeof where, "%s: after %u of %u, %s, seed %u\n", story->name, cut->n, power_n_events (power),
              power_loss_id (cut->loss), cut->seed);
  power_put (power, cut->n, cut->loss, cut->seed);
  state = story->look (f);
  g_assert_true (state == NEW || !power_was_told (power, cut->n));
  return state;
}

static guint
look_at_random (const Story *story, Fixture *f, const Power *power, gint64 begun)
{
  gint64 until = g_get_monotonic_time () + long_time () * G_USEC_PER_SEC;
  guint n = 0;

  for (; g_get_monotonic_time () < until; n++)
    {
      Cut cut = { (guint) g_random_int_range (0, (gint32) power_n_events (power) + 1), POWER_LOSES_AT_RANDOM,
                  g_random_int () };

      now = begun;
      (void) look_after (story, f, power, &cut);
    }
  return n;
}

static void
test_story (Fixture *f, gconstpointer data)
{
  const Story *story = data;
  g_autoptr (Power) power = NULL;
  g_autoptr (GArray) cuts = NULL;
  guint n_seen[3] = { 0 }, n_looks = 0;
  gint64 begun;

  story->prepare (f);
  begun = now + 3600;
  power_watch (f->folder);
  story->act (f);
  power = power_take ();
  power_expect (power);
  cuts = list_cuts (power);
  n_looks = long_time () > 0 ? cuts->len : MIN (cuts->len, LOOKS);
  for (guint i = 0; i < n_looks; i++)
    {
      now = begun;
      n_seen[look_after (story, f, power, &g_array_index (cuts, Cut, pick (i, n_looks, cuts->len)))]++;
    }
  g_test_message ("%s: %u events, %u of %u remains looked at: %u times the old state, %u times the new one",
                  story->name, power_n_events (power), n_looks, cuts->len, n_seen[OLD], n_seen[NEW]);
  g_assert_cmpuint (n_seen[OLD] + n_seen[NEW], ==, n_looks);
  if (long_time () > 0)
    g_test_message ("%s: %u more at random", story->name, look_at_random (story, f, power, begun));
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  kan_stretch_set_light (TRUE);
  fixture_set_up (f, unused);
}

int
main (int argc, char **argv)
{
  /* what is left is looked at in no order of time: this terminal remembers nothing of what it has seen */
  g_setenv ("XDG_STATE_HOME", "/dev/null", TRUE);
  g_test_init (&argc, &argv, NULL);
  (void) signal (SIGABRT, say_where);
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    {
      g_autofree char *name = g_strconcat ("/power/", stories[i].name, NULL);

      g_test_add (name, Fixture, &stories[i], set_up, test_story, fixture_tear_down);
    }
  return g_test_run ();
}
