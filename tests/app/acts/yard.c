/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The yard of yard.h: its registers, its staff, its tools. */
#include "app/acts/yard.h"

#include "registers/kan-registers.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* --- registers ------------------------------------------------------------------------------------------------ */

static const KanField item_fields[] = {
  { .id = "name", .label = L ("Name", "品名"), .type = KAN_TEXT },
  { .id = "number", .label = L ("Number", "数"), .type = KAN_COUNT },
  { 0 }
};
static const KanRegister item_register = { .id = "crate_item", .title = L ("Items", "内容品"), .fields = item_fields };

static const KanField crate_fields[] = {
  { .id = "label", .label = L ("Label", "名札"), .type = KAN_TEXT, .flags =
    KAN_LISTED | KAN_SEARCHED | KAN_UNIQUE | KAN_NAME },
  { .id = "colour", .label = L ("Colour", "色"), .type = KAN_CHOICE, .of = "colour", .flags = KAN_CORRECTABLE },
  { .id = "weight", .label = L ("Weight", "重さ"), .type = KAN_COUNT, .flags = KAN_LISTED | KAN_CORRECTABLE },
  { .id = "bought_on", .label = L ("Bought on", "購入日"), .type = KAN_DATE, .flags = KAN_CORRECTABLE },
  { .id = "seen_at", .label = L ("Seen at", "確認日時"), .type = KAN_TIME, .flags = KAN_CORRECTABLE },
  { .id = "serves", .label = L ("Serves", "対象月"), .type = KAN_PERIOD },
  { .id = "telephone", .label = L ("Telephone", "電話番号"), .type = KAN_CODE,
    .flags = KAN_CORRECTABLE | KAN_EXEMPT },
  { .id = "maker", .label = L ("Maker", "製造者"), .type = KAN_TEXT, .flags = KAN_SEARCHED | KAN_CORRECTABLE },
  { .id = "fragile", .label = L ("Fragile", "割れ物"), .type = KAN_YES, .flags = KAN_CORRECTABLE },
  { .id = "keeper", .label = L ("Keeper", "管理者"), .type = KAN_REF, .of = "person" },
  { .id = "checker", .label = L ("Checker", "確認者"), .type = KAN_REF, .of = "person", .flags = KAN_CORRECTABLE },
  { .id = "owner", .label = L ("Owner", "所有者"), .type = KAN_REF, .of = "person|outsider" },
  { .id = "helpers", .label = L ("Helpers", "補助者"), .type = KAN_REFS, .of = "person" },
  { .id = "note", .label = L ("Note", "備考"), .type = KAN_LINES },
  { .id = "contents", .label = L ("Contents", "内容"), .type = KAN_ROWS, .of = "crate_item" },
  { .id = "scale", .label = L ("Scale", "秤"), .type = KAN_CODE },
  { .id = "guess", .label = L ("Guess", "目測"), .type = KAN_YES },
  { .id = "opener", .label = L ("Opener", "開封者"), .type = KAN_REF, .of = "person|outsider" },
  { .id = "opener_paper", .label = L ("On paper", "自署"), .type = KAN_YES },
  { .id = "takeout_no", .label = L ("Seal number", "封印番号"), .type = KAN_NUMBER, .of = "takeout" },
  { 0 }
};

static const KanState crate_states[] = {
  { "waiting", L ("Waiting", "決裁待ち") }, { "kept", L ("Kept", "保管中") }, { "sealed", L ("Sealed", "封印中") },
  { "lost", L ("Lost", "亡失") }, { "void", L ("Void", "取消") }, { 0 }
};

#define ASKS_OF_A_CRATE { .key = "colour" }, { .key = "weight" }, { .key = "bought_on" }, { .key = "seen_at" }, \
  { .key = "serves" }, { .key = "telephone" }, { .key = "made_by", .into = "maker" }, { .key = "fragile" }, \
  { .key = "keeper" }, { .key = "checker" }, { .key = "owner" }, { .key = "helpers" }, { .key = "note" }, \
  { .key = "contents" }

static const KanAsk asks_add[] = { { .key = "label", .must = TRUE }, ASKS_OF_A_CRATE, { 0 } };
static const KanAsk asks_amend[] = { { .key = "label" }, ASKS_OF_A_CRATE, { 0 } };
static const KanAsk asks_weigh[] = {
  { .key = "weight", .must = TRUE, .fill = KAN_FILL_BLANK }, { .key = "scale", .must = TRUE, .since = 2 },
  { .key = "guess", .until = 1 }, { 0 }
};
static const KanAsk asks_note[] = { { .key = "note" }, { 0 } };
static const KanAsk asks_open[] = { { .key = "opener", .must = TRUE }, { .key = "opener_paper" }, { .key = "note" },
                                    { 0 } };

static const KanHand two_roles[] = { { .as = "information_manager" }, { .as = "system_manager" }, { 0 } };
static const KanHand one_role[] = { { .as = "information_manager" }, { 0 } };
static const KanHand opener_and_role[] = {
  { .as = "opener", .title = L ("Opener", "開封者"), .person = "opener", .paper = "opener_paper" },
  { .as = "information_manager" }, { 0 }
};
static const KanHand an_operator[] = { { .as = "operator" }, { 0 } };
static const KanHand the_opener[] = {
  { .as = "opener", .title = L ("Opener", "開封者"), .person = "opener", .paper = "opener_paper",
    .lacking = "opener_unsigned" }, { 0 }
};

static void
not_heavy (KanCase *c)
{
  if (kan_ask_int (c, "SELECT weight > 100 FROM crate WHERE id = :subject"))
    kan_breach (c, "heavy", NULL, "heavier than a hundred");
}

static void
weighed (KanCase *c)
{
  if (kan_ask_int (c, "SELECT weight IS NULL FROM crate WHERE id = :subject"))
    kan_breach (c, "unweighed", NULL, "nobody has weighed it");
}

static void
fill_weight (KanCase *c)
{
  kan_fill_n (c, "weight", 10);
}

static void
mark_keeper (KanCase *c)
{
  kan_set (c, "UPDATE crate SET keeper = :actor WHERE id = :subject");
}

static const KanKind crate_kinds[] = {
  { .id = "crate.add", .title = L ("Add", "登録"), .may = "staff", .to = "kept", .asks = asks_add, .strength =
    KAN_LIGHT },
  { .id = "crate.propose", .title = L ("Propose", "申請"), .may = "staff", .wait = "waiting", .to = "kept", .asks =
    asks_add,
    .hands = two_roles },
  { .id = "crate.amend", .title = L ("Amend", "変更"), .may = "staff", .from = "kept|sealed", .asks = asks_amend },
  { .id = "crate.weigh", .title = L ("Weigh", "計量"), .may = "operator", .from = "kept", .asks = asks_weigh,
    .fill = fill_weight },
  { .id = "crate.seal", .title = L ("Seal", "封印"), .article = "11-3", .may = "staff", .from = "kept",
    .wait = "waiting", .to = "sealed", .asks = asks_note, .hands = two_roles, .strength = KAN_STRICT,
    .series = "takeout", .ready = weighed, .check = not_heavy },
  { .id = "crate.bless", .title = L ("Bless", "承認"), .may = "staff", .from = "kept", .asks = asks_note, .hands =
    one_role },
  { .id = "crate.tie", .title = L ("Tie", "結束"), .may = "staff", .from = "kept", .hands = an_operator },
  { .id = "crate.open", .title = L ("Open", "開封"), .may = "operator", .from = "sealed", .to = "kept", .asks = asks_open,
    .hands = the_opener, .flags = KAN_FACT, .check = not_heavy },
  { .id = "crate.lose", .title = L ("Lose", "亡失"), .may = "operator", .from = "kept|sealed", .to = "lost", .asks =
    asks_note,
    .flags = KAN_FACT, .check = not_heavy },
  { .id = "crate.take", .title = L ("Take", "引受"), .may = "operator", .from = "kept", .effect = mark_keeper },
  { .id = "crate.bar", .title = L ("Bar", "禁止"), .may = "chief", .from = "kept", .flags = KAN_POWER, .asks =
    asks_note },
  { .id = "crate.grant", .title = L ("Grant", "許可"), .may = "information_manager", .from = "kept", .asks = asks_amend },
  { .id = "crate.drop", .title = L ("Drop", "落下"), .may = "information_manager", .from = "kept", .asks = asks_note,
    .flags = KAN_FACT },
  { .id = "crate.endorse", .title = L ("Endorse", "認定"), .may = "information_manager", .from = "kept",
    .hands = one_role },
  { .id = "crate.gauge", .title = L ("Gauge", "検量"), .may = "staff", .from = "kept", .asks = asks_weigh,
    .hands = one_role },
  { .id = "crate.look", .title = L ("Look", "内覧"), .may = "staff", .from = "kept", .asks = asks_open,
    .hands = opener_and_role },
  { .id = "crate.polish", .title = L ("Polish", "磨き"), .may = "staff", .from = "kept", .since = 2 },
  { 0 }
};

static const KanRegister crate_register = {
  .id = "crate", .prefix = "C", .title = L ("Crates", "木箱簿"), .fields = crate_fields, .states = crate_states, .kinds =
    crate_kinds,
};

static const KanFixedChoice colours[] = {
  { "colour", "red", L ("Red", "赤") }, { "colour", "blue", L ("Blue", "青") },
  { "breach", "heavy", L ("Heavy", "重量超過") }, { "appointment_kind", "regular", L ("Regular post", "本務") },
  { "appointment_kind", "acting", L ("Acting", "職務代理") }, { "rule_kind", "president_order", L ("Order", "定め") }, { 0 }
};

static const KanRoleRule designations[] = {
  { "operator", "SELECT 1 FROM operator WHERE person = :person AND state = 'designated' AND since <= :day" }, { 0 }
};

static const KanRegister *registers[] = {
  &crate_register, &item_register, &kan_person_register, &kan_office_register, &kan_appointment_register,
    &kan_operator_register,
  &kan_outsider_register, &kan_rule_register, &kan_shortfall_register, &kan_profile_register, &kan_key_register,
  &kan_file_register, &kan_repair_register, &kan_hand_register, &kan_act_register, NULL
};

#define APPOINTED "a.state IN ('in_force', 'ended') AND a.since <= :day AND (a.until IS NULL OR :day <= a.until)"

const KanRegistry yard_registry = {
  .registers = registers,
  .roles = designations,
  .choices = colours,
  .offices_sql = "SELECT o.code FROM appointment a JOIN office o ON o.id = a.office WHERE a.person = :person AND "
                 "" APPOINTED,
  .holders_sql = "SELECT a.person, a.since || printf('%08d', a.id) FROM appointment a JOIN office o ON o.id = a.office"
                 " WHERE o.code = :office AND " APPOINTED,
  .named_sql = "SELECT decides FROM rule WHERE decides IS NOT NULL AND state = 'in_force' AND in_force_from <= :day"
               " AND ifnull((SELECT max(seq) FROM hand WHERE hand.act = rule.made AND hand.verdict = 'given'),"
                       " rule.made)"
               " < :request",
  .named_key = "decides",
};

/* --- building ------------------------------------------------------------------------------------------------- */

KanKeys *
yard_make_keys (guint8 seed)
{
  g_autoptr(KanSecret) secret = kan_secret_new (KAN_SEED_SIZE);

  memset (kan_secret_get_bytes (secret), seed, KAN_SEED_SIZE);
  return kan_keys_new (secret);
}

static void
open_book (Yard *self, const KanRegistry *registry)
{
  static const guint8 file_id[16] = "a yard of crates";
  g_autoptr(GError) error = NULL;

  self->book = kan_book_new (self->db, file_id, registry, &error);
  g_assert_no_error (error);
}

static void
open_db (Yard *self, KanDbFlags flags)
{
  static const guint8 salt[KAN_SALT_SIZE];
  g_autoptr(GError) error = NULL;

  self->db = kan_db_open (self->path, 0, self->file_key, salt, flags, &error);
  g_assert_no_error (error);
  yard_exec (self, "PRAGMA synchronous = OFF");
}

Yard *
yard_new_bare (const KanRegistry *registry)
{
  g_autoptr(GError) error = NULL;
  Yard *self = g_new0 (Yard, 1);

  g_assert_true (kan_crypto_init (&error));
  self->file_key = kan_secret_new_random (KAN_KEY_SIZE);
  self->folder = g_dir_make_tmp ("kanribo-yard-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "yard.db", NULL);
  open_db (self, KAN_DB_CREATE);
  open_book (self, registry);
  g_assert_true (kan_book_create_tables (self->book, &error));
  g_assert_no_error (error);
  yard_set_time (self, "2026-09-01T09:00");
  return self;
}

void
yard_free (Yard *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->book, kan_book_free);
  g_clear_pointer (&self->db, kan_db_free);
  g_clear_pointer (&self->file_key, kan_secret_free);
  for (gsize i = 0; i < G_N_ELEMENTS (self->keys); i++)
    g_clear_pointer (&self->keys[i], kan_keys_free);
  g_unlink (self->path);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

void
yard_set_time (Yard *self, const char *minute)
{
  g_assert_true (kan_minute_parse (minute, &self->now));
}

void
yard_reopen (Yard *self)
{
  const KanRegistry *registry = kan_book_get_registry (self->book);
  guint program_edition = self->book->program_edition;

  g_clear_pointer (&self->book, kan_book_free);
  open_book (self, registry);
  self->book->program_edition = program_edition;
}

void
yard_tamper (Yard *self, const char *sql)
{
  const KanRegistry *registry = kan_book_get_registry (self->book);

  g_clear_pointer (&self->book, kan_book_free);
  g_clear_pointer (&self->db, kan_db_free);
  open_db (self, KAN_DB_TORN);
  yard_exec (self, sql);
  g_clear_pointer (&self->db, kan_db_free);
  open_db (self, 0);
  open_book (self, registry);
}

static char *
key_answers (const KanKeys *keys)
{
  g_autofree char *sign = kan_hex (kan_keys_get_sign (keys), KAN_KEY_SIZE);
  g_autofree char *statement = kan_hex (kan_keys_get_statement (keys), KAN_KEY_SIZE);
  g_autofree char *box = kan_hex (kan_keys_get_box (keys), KAN_KEY_SIZE);

  return g_strdup_printf ("sign_key=%s | statement_key=%s | box_key=%s", sign, statement, box);
}

static Yard *
found (const KanRegistry *registry)
{
  Yard *self = yard_new_bare (registry);
  g_autofree char *path = g_build_filename (g_getenv ("KAN_SRCDIR"), "resources/profiles/nagasaki.json", NULL);
  g_autofree char *json = NULL, *keys = NULL, *answers = NULL;

  g_assert_true (g_file_get_contents (path, &json, NULL, NULL));
  self->keys[CHIEF] = yard_make_keys (CHIEF);
  keys = key_answers (self->keys[CHIEF]);
  answers = g_strdup_printf ("association=試験組合 | edition=1 | staff_no=1 | name=佐藤 一郎 | login=chief |"
                             " office=secretary_general | %s | profile=%s", keys, json);
  yard_expect (self, "done", CHIEF, "file.found", NULL, answers);
  return self;
}

Yard *
yard_new_empty (void)
{
  return found (&yard_registry);
}

static void
hire (Yard *self, gint64 person, const char *name, const char *office)
{
  g_autofree char *answers = g_strdup_printf ("staff_no=%d | name=%s", (int) person, name);
  g_autofree char *login = g_strdup_printf ("login=login%d", (int) person), *subject =
    g_strdup_printf ("P%d", (int) person);

  yard_expect (self, "done", CHIEF, "person.register", NULL, answers);
  yard_expect (self, "done", CHIEF, "person.enroll", subject, login);
  if (office != NULL)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT id FROM office WHERE code = '%s'", office);
      g_autofree char *post = g_strdup_printf ("person=P%d | office=O%d | kind=regular | since=2026-09-01",
                                               (int) person,
                                               (int) yard_int (self, sql));

      yard_expect (self, "done", CHIEF, "appointment.make", NULL, post);
    }
}

static void
claim (Yard *self, gint64 person)
{
  g_autofree char *keys = NULL, *answers = NULL;

  self->keys[person] = yard_make_keys ((guint8) person);
  keys = key_answers (self->keys[person]);
  /* who issued a key identifies its holder only while nobody else holds one */
  answers = g_strdup_printf ("person=P%d | %s | with=%d", (int) person, keys, person == GENERAL ? CHIEF : GENERAL);
  yard_expect (self, "done", person, "key.claim", NULL, answers);
}

/* While the chief's is the only key the chief sets the yard up alone. */
Yard *
yard_new_of (const KanRegistry *registry)
{
  static const struct { const char *name, *office; } staff[] = {
    { NULL, NULL }, { NULL, NULL }, { "高橋 花子", "general_affairs_manager" }, { "伊藤 健", "pension_manager" },
    { "田中 実", NULL }, { "渡辺 誠", "general_affairs_assistant" }, { "山本 光", NULL }, { "中村 監", "audit_clerk" },
  };
  Yard *self = found (registry);

  for (gint64 person = GENERAL; person <= N_STAFF; person++)
    hire (self, person, staff[person].name, staff[person].office);
  for (gint64 person = GENERAL; person <= N_STAFF; person++)
    claim (self, person);
  yard_expect (self, "done", GENERAL, "operator.designate", NULL, "person=P4 | since=2026-09-01");
  yard_expect (self, "done", OPERATOR, "outsider.register", NULL, "name=森 太郎 | company=運送店");
  return self;
}

Yard *
yard_new (void)
{
  return yard_new_of (&yard_registry);
}

Yard *
yard_new_with_history (void)
{
  Yard *yard = yard_new ();

  g_assert_cmpint (yard_head (yard), ==, 31);
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=一 | weight=1 | note=角が欠けている");              /* 32 */
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=二 | weight=2");                                   /* 33 */
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");                /* 34 */
  yard_expect (yard, "waits system_manager", GENERAL, "hand.give", "C1", "");                                   /* 35 */
  yard_expect (yard, "done", PENSION, "hand.give", "C1", "");                                                   /* 36 */
  yard_expect (yard, "done", CLERK, "crate.amend", "C2", "made_by=木工所");                                      /* 37 */
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=三 | weight=300");                                 /* 38 */
  yard_expect (yard, "done", OPERATOR, "crate.lose", "C3", "deviation_reason=目を離した");                       /* 39 */
  yard_expect (yard, "done", CLERK, "crate.amend", "C2", "weight=5");                                           /* 40 */
  return yard;
}

/* --- acting --------------------------------------------------------------------------------------------------- */

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
join_words (const char *verdict, GPtrArray *words)
{
  GString *out = g_string_new (verdict);

  g_ptr_array_sort (words, compare_words);
  for (guint i = 0; i < words->len; i++)
    if (i == 0 || strcmp (g_ptr_array_index (words, i), g_ptr_array_index (words, i - 1)) != 0)
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", (char *) g_ptr_array_index (words, i));
  return g_string_free (out, FALSE);
}

static char *
name_refusals (const char *verdict, GPtrArray *refusals)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (refusals, i);

      g_test_message ("%s %s: %s", kan_refusal_id (refusal), refusal->key != NULL ? refusal->key : "-", refusal->why);
      g_assert_nonnull (kan_refusal_id (refusal));
      g_ptr_array_add (words, g_strconcat (refusal->is_mark ? "marked:" : "", refusal->rule != NULL ? refusal->rule
                                           : refusal->key != NULL ? refusal->key : "act", NULL));
    }
  return join_words (verdict, words);
}

/* Who signs too, as numbers with commas; NULL: nobody. */
static char *
set_answers (KanDraft *draft, const char *answers)
{
  g_auto(GStrv) pairs = g_strsplit (answers != NULL ? answers : "", " | ", -1);
  char *with = NULL;

  for (char **pair = pairs; *pair != NULL && **pair != '\0'; pair++)
    {
      char *equals = strchr (*pair, '=');

      g_assert_nonnull (equals);
      *equals = '\0';
      if (strcmp (*pair, "with") == 0)
        with = g_strdup (equals + 1);
      else if (strcmp (*pair, "happened") == 0)
        kan_draft_set_happened (draft, equals + 1);
      else
        kan_draft_set (draft, *pair, equals + 1);
    }
  return with;
}

static KanDraft *
make_draft (Yard *self, const char *kind, const char *subject, const char *answers, char **with)
{
  g_autoptr(GError) error = NULL;
  KanDraft *draft = kan_draft_new (self->book, kind, subject, &error);

  g_assert_no_error (error);
  *with = set_answers (draft, answers);
  return draft;
}

char *
yard_try (Yard *self, gint64 person, const char *kind, const char *subject, const char *answers)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *with = NULL;
  g_autoptr(KanDraft) draft = make_draft (self, kind, subject, answers, &with);
  g_auto(GStrv) others = g_strsplit (with != NULL ? with : "", ",", -1);
  g_autofree char *session = g_strdup_printf ("P%d-5f2a81c0", (int) person);
  KanSigner signer = { person, self->keys[person], session }, cosigners[4];
  g_autoptr(KanOutcome) outcome = NULL;
  guint n = 0;

  self->now += 60;
  for (char **other = others; *other != NULL; other++, n++)
    cosigners[n] = (KanSigner) { atoi (*other), self->keys[atoi (*other)], session };
  outcome = kan_book_admit (self->book, draft, &signer, cosigners, n, self->now, &error);
  g_assert_no_error (error);
  g_assert_cmpint (outcome->refusals->len > 0, ==, outcome->seq == 0);
  if (outcome->refusals->len > 0)
    return name_refusals ("refused", outcome->refusals);
  return outcome->waiting_for->len > 0 ? join_words ("waits", outcome->waiting_for) : g_strdup ("done");
}

char *
yard_judge (Yard *self, gint64 person, const char *kind, const char *subject, const char *answers)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *with = NULL;
  g_autoptr(KanDraft) draft = make_draft (self, kind, subject, answers, &with);
  g_autoptr(GPtrArray) refusals = kan_draft_judge (draft, person, self->now + 60, &error);

  g_assert_no_error (error);
  return name_refusals ("", refusals);
}

/* --- looking and tampering ------------------------------------------------------------------------------------ */

char *
yard_text (Yard *self, const char *sql)
{
  g_autoptr(GError) error = NULL;
  char *text = kan_db_get_text (self->db, &error, sql, "");

  g_assert_no_error (error);
  return text;
}

gint64
yard_int (Yard *self, const char *sql)
{
  g_autofree char *text = yard_text (self, sql);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

void
yard_exec (Yard *self, const char *sql)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (kan_db_exec (self->db, sql, &error));
  g_assert_no_error (error);
}

gint64
yard_head (Yard *self)
{
  return yard_int (self, "SELECT max(seq) FROM act");
}

char *
yard_anchor (Yard *self)
{
  g_autoptr(GError) error = NULL;
  KanHead head;

  g_assert_true (kan_ledger_get_head (self->db, &head, &error));
  return kan_anchor_format (head.seq, &head.hash);
}

gint64
yard_forge (Yard *self, gint64 actor, const KanKeys *keys, const char *kind, const char *subject, const char *body,
            const char *at)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanAct) act = kan_act_new ();
  KanHead head;

  g_assert_true (kan_ledger_get_head (self->db, &head, &error));
  self->now += 60;
  act->seq = head.seq + 1;
  act->at = at != NULL ? g_strdup (at) : kan_utc_format (self->now);
  act->actor = actor;
  act->session = self->session != NULL ? g_strdup (self->session) : g_strdup_printf ("P%d-0f09ed00", (int) actor);
  act->kind = g_strdup (kind);
  act->subject = g_strdup (subject);
  act->body = g_strdup (body);
  act->body_size = strlen (body);
  act->prev = head.hash;
  kan_act_sign (act, self->book->file_id, keys);
  g_assert_true (kan_ledger_append (self->db, act, &error));
  g_assert_no_error (error);
  return act->seq;
}

char *
yard_verify (Yard *self, const char *anchor)
{
  g_autoptr(GError) error = NULL;
  KanVerifyOptions options = { .anchor = anchor, .n_threads = 2 };
  g_autoptr(KanVerdict) verdict = kan_book_verify (self->book, &options, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < verdict->faults->len; i++)
    {
      const KanFault *fault = g_ptr_array_index (verdict->faults, i);
      g_autofree char *what = g_utf8_make_valid (fault->what, -1);      /* whatever stands in a spoilt cell */

      g_test_message ("%s %ld %s: %s", kan_fault_kind_id (fault->kind), (long) fault->seq, fault->subject, what);
      g_string_append_printf (out, "%s%s%s", out->len > 0 ? ", " : "", fault->known ? "known " : "",
                              kan_fault_kind_id (fault->kind));
      if (fault->seq != 0)
        g_string_append_printf (out, " %ld", (long) fault->seq);
      if (fault->subject != NULL)
        g_string_append_printf (out, " %s", fault->subject);
    }
  g_assert_cmpuint (verdict->n_known + verdict->n_new, ==, verdict->faults->len);
  return g_string_free (out, FALSE);
}
