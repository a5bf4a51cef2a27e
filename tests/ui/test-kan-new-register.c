/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A register that nobody wrote a screen for: declared here, and put after those of the program (meson.build wraps
 * kan_registers). Its list, its record, its forms and its acts come from the declaration alone, up to signed
 * entries. */
#include "page-fixture.h"

#include "kit/kan-register-page.h"
#include "kit/kan-wizard.h"
#include "registers/kan-registers.h"

/* --- umbrellas, lent to whoever is caught by the rain --------------------------------------------------------- */

static const KanField fields[] = {
  { .id = "label", .label = L ("Label", "名札"), .type = KAN_TEXT,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_NAME | KAN_UNIQUE, .width = 12 },
  { .id = "ribs", .label = L ("Ribs", "骨の数"), .type = KAN_COUNT, .flags = KAN_LISTED, .width = 6 },
  { .id = "folding", .label = L ("Folding", "折りたたみ"), .type = KAN_YES },
  { .id = "borrower", .label = L ("Lent to", "貸出先"), .type = KAN_TEXT, .flags = KAN_LISTED, .width = 12 },
  { 0 }
};

static const KanState states[] = {
  { "stands", L ("In the stand", "傘立て") }, { "lent", L ("Lent", "貸出中") }, { "void", L ("Void", "取消") }, { 0 }
};

static const KanAsk asks_buy[] = {
  { .key = "label", .page = L ("Umbrella", "傘"), .must = TRUE }, { .key = "ribs", .must = TRUE },
  { .key = "folding", .page = L ("Make", "作り") }, { 0 }
};
static const KanAsk asks_lend[] = { { .key = "borrower", .page = L ("Loan", "貸出"), .must = TRUE }, { 0 } };

static const KanKind kinds[] = {
  { .id = "umbrella.buy", .title = L ("Buy an umbrella", "傘を購入する"), .may = "staff", .to = "stands",
    .asks = asks_buy },
  { .id = "umbrella.lend", .title = L ("Lend", "傘を貸す"), .may = "staff", .from = "stands", .to = "lent",
    .asks = asks_lend },
  { 0 }
};

static const KanList lists[] = {
  { .id = "umbrella_lent", .label = L ("Out in the rain", "貸出中の傘"),
    .sql = "SELECT * FROM umbrella WHERE state = 'lent'" },
  { 0 }
};

static const KanRegister umbrella_register = {
  .id = "umbrella", .prefix = "Z", .title = L ("Umbrellas", "傘"), .group = "things", .icon = "weather-showers-symbolic",
  .fields = fields, .states = states, .kinds = kinds, .lists = lists,
};

const KanRegistry *__real_kan_registers (void);
const KanRegistry *__wrap_kan_registers (void);

const KanRegistry *
__wrap_kan_registers (void)
{
  static const KanRegister *registers[64] = { NULL };
  static KanRegistry registry;
  guint n = 0;

  if (registers[0] != NULL)
    return &registry;
  registry = *__real_kan_registers ();
  for (; registry.registers[n] != NULL; n++)
    {
      g_assert_cmpuint (n, <, G_N_ELEMENTS (registers) - 2);
      registers[n] = registry.registers[n];
    }
  registers[n] = &umbrella_register;
  registry.registers = registers;
  return &registry;
}

/* --- on screen ------------------------------------------------------------------------------------------------ */

typedef PageBench Bench;

static void
set_up (Bench *b, gconstpointer unused)
{
  b->session = session_open ();
  page_bench_show (b, kan_register_page_new (b->session, "umbrella"), 1000, 800);
}

static void
assert_row (GtkWidget *wizard, const char *key, const char *name, GtkAccessibleRole role)
{
  GtkWidget *row = await_widget (wizard, is_question, key);

  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, name);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (row), role);
}

static void
type_in (GtkWidget *wizard, const char *key, const char *words)
{
  gtk_editable_set_text (GTK_EDITABLE (await_widget (wizard, is_question, key)), words);
}

/* From the page that is asked for it to the wizard: what the page asks the window for is the act and its record. */
static GtkWidget *
begin (Bench *b, const char *verb, const char *kind, const char *subject)
{
  g_autofree char *asked = g_strdup_printf ("act('%s', '%s')\n", kind, subject);
  GtkWidget *button = await_widget (b->page, is_button, verb), *wizard;

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_ROLE_BUTTON);
  g_string_truncate (b->log, 0);
  gtk_widget_activate (button);
  spin_for (300);
  g_assert_cmpstr (b->log->str, ==, asked);
  wizard = kan_wizard_new (b->session, GTK_WINDOW (b->window), kind, subject);
  gtk_window_present (GTK_WINDOW (wizard));
  return wizard;
}

static gboolean
has_no_wizard (gpointer unused)
{
  return window_of_type (KAN_TYPE_WIZARD) == NULL;
}

/* From the review on: what is signed is shown, and signed with the passphrase. */
static void
sign (GtkWidget *wizard, const char *shown)
{
  g_autofree char *right = passphrase_of (demo_login (NULL));

  await_widget (wizard, is_label, shown);
  gtk_widget_activate_action (wizard, "wizard.next", NULL);
  gtk_editable_set_text (GTK_EDITABLE (await_widget (wizard, is_passphrase, NULL)), right);
  gtk_widget_activate_action (wizard, "wizard.next", NULL);
  spin_until (has_no_wizard, NULL);
}

static void
test_list (Bench *b, gconstpointer unused)
{
  static const char *const titles[] = { "Label", "Ribs", "Lent to" };
  g_autofree char *title = NULL;
  GListModel *columns;
  GtkWidget *view;

  await_widget (b->page, says, " record");
  g_object_get (b->page, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "Umbrellas");
  g_assert_nonnull (find_widget (b->page, is_button, "Out in the rain"));
  view = await_widget (b->page, is_of_type, "GtkColumnView");
  columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (view));
  for (guint i = 0, found = 0; found < G_N_ELEMENTS (titles); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      g_assert_nonnull (column);      /* each of them, in this order */
      found += strcmp (gtk_column_view_column_get_title (column), titles[found]) == 0;
    }
}

/* Bought, then lent: each a signed entry, and the record says what they add up to. */
static void
test_acts (Bench *b, gconstpointer unused)
{
  GtkWidget *wizard = begin (b, "Buy an umbrella", "umbrella.buy", "");

  assert_row (wizard, "label", "Label", GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  assert_row (wizard, "ribs", "Ribs", GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  type_in (wizard, "label", "黒い傘");
  gtk_widget_activate_action (wizard, "wizard.next", NULL);
  await_widget (wizard, says, "needed");      /* the ribs were not told */
  type_in (wizard, "ribs", "8");
  gtk_widget_activate_action (wizard, "wizard.next", NULL);
  await_widget (wizard, is_question, "folding");
  gtk_widget_activate_action (wizard, "wizard.next", NULL);
  sign (wizard, "黒い傘");
  await_widget (b->page, is_inscription, "黒い傘");
  kan_register_page_open (KAN_REGISTER_PAGE (b->page), "Z1");
  wizard = begin (b, "Lend", "umbrella.lend", "Z1");
  assert_row (wizard, "borrower", "Lent to", GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  type_in (wizard, "borrower", "小雨 太郎");
  gtk_widget_activate_action (wizard, "wizard.next", NULL);
  sign (wizard, "小雨 太郎");
  await_widget (b->page, says, "小雨 太郎");
  await_no_widget (b->page, is_button, "Lend");      /* it is out */
  await_widget (b->page, is_label, "Timeline");
  g_assert_cmpint (session_count (b->session, "SELECT count(*) FROM act WHERE subject = 'Z1'"
                                              " AND length(signature) > 0"), ==, 2);
  g_assert_cmpint (session_count (b->session, "SELECT count(*) FROM umbrella WHERE state = 'lent' AND ribs = 8"), ==,
                   1);
}

int
main (int argc, char *argv[])
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  demo_build (0);
  g_test_add ("/new-register/acts", Bench, NULL, set_up, test_acts, page_bench_close);
  g_test_add ("/new-register/list", Bench, NULL, set_up, test_list, page_bench_close);
  status = g_test_run ();
  demo_remove ();
  return status;
}
