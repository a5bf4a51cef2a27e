/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists: columns, orders as people expect them, pages of any records, search over everything, pickers. */
#include "demo-fixture.h"

static char *
order_text (KanDesk *desk, KanQuery *query)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) order = kan_desk_order (desk, query, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < order->len; i++)
    g_string_append_printf (out, "%s%u", i > 0 ? "," : "", g_array_index (order, guint32, i));
  return g_string_free (out, FALSE);
}

/* The same as what literal SQL says. */
static void
expect_order (KanDesk *desk, const char *reg, const char *sort, gboolean descending, const char *sql)
{
  g_autoptr(KanQuery) query = kan_query_new (reg);
  g_autofree char *got = NULL, *wanted = NULL, *all = g_strdup_printf ("SELECT group_concat(id) FROM (%s)", sql);

  query->sort = g_strdup (sort);
  query->descending = descending;
  got = order_text (desk, query);
  wanted = demo_ask_text (desk, all);
  g_assert_cmpstr (got, ==, wanted);
}

static void
test_sort (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);

  expect_order (desk, "batch", NULL, TRUE, "SELECT id FROM batch ORDER BY id DESC");
  expect_order (desk, "batch", "count", FALSE, "SELECT id FROM batch ORDER BY count, id");
  expect_order (desk, "batch", "closed_on", TRUE,
                "SELECT id FROM batch ORDER BY closed_on IS NULL, closed_on DESC, id");
  expect_order (desk, "batch", "medium", FALSE,
                "SELECT b.id FROM batch b JOIN medium m ON m.id = b.medium ORDER BY m.label, b.id");
  expect_order (desk, "operator", "person", FALSE,
                "SELECT o.id FROM operator o JOIN person p ON p.id = o.person ORDER BY p.name, o.id");
  expect_order (desk, "destruction", "witness", FALSE,
                "SELECT d.id FROM destruction d LEFT JOIN person p ON 'P' || p.id = d.witness"
                " LEFT JOIN outsider x ON 'X' || x.id = d.witness"
                " ORDER BY ifnull(p.name, x.name) IS NULL, ifnull(p.name, x.name), d.id");
  expect_order (desk, "medium", "state", FALSE,
                "SELECT id FROM medium ORDER BY instr('registered stored in_use checking early_asked in_transit out "
                "missing faulty erased destroyed handed_over void', state), id");
}

static void
test_narrow (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(KanQuery) query = kan_query_new ("batch"), wrong = kan_query_new ("batch");
  g_autoptr(GError) error = NULL;
  g_autofree char *got = NULL, *wanted = demo_ask_text (desk, "SELECT group_concat(id) FROM (SELECT id FROM batch WHERE"
                                                        " state = 'open' AND medium = (SELECT max(medium) FROM batch"
                                                        " WHERE state = 'open'))");

  query->list = g_strdup ("batch_open");
  query->state = g_strdup ("open");
  query->column = g_strdup ("medium");
  query->value = demo_ask_text (desk, "SELECT 'M' || max(medium) FROM batch WHERE state = 'open'");
  query->sort = g_strdup ("purge_by");
  got = order_text (desk, query);
  g_assert_cmpstr (got, ==, wanted);
  wrong->sort = g_strdup ("nonsense; DROP TABLE act");
  g_assert_null (kan_desk_order (desk, wrong, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
}

static void
test_columns (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(KanRegisterView) view = kan_desk_view_register (desk, "batch", "batch_open", &error);
  const KanViewColumn *first, *last;

  g_assert_no_error (error);
  g_assert_cmpstr (view->title, ==, "Recordings");
  first = g_ptr_array_index (view->columns, 0);
  last = g_ptr_array_index (view->columns, view->columns->len - 1);
  g_assert_cmpstr (first->id, ==, "id");
  g_assert_cmpstr (last->id, ==, "state");
  g_assert_cmpuint (view->lists->len, ==, 5);
  g_assert_cmpuint (view->states->len, ==, 7);
  g_assert_null (kan_desk_view_register (desk, "destruction_item", NULL, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
}

/* Rows in the order asked for; a record that is not there has none. */
static void
test_page (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(GError) error = NULL;
  const guint32 ids[] = { 3, 999999, 1, 2 };
  g_autoptr(GPtrArray) page = kan_desk_page (desk, "medium", NULL, ids, G_N_ELEMENTS (ids), &error);
  g_autofree char *label = demo_ask_text (desk, "SELECT label FROM medium WHERE id = 3");
  char **row;

  g_assert_no_error (error);
  g_assert_cmpuint (page->len, ==, 4);
  row = g_ptr_array_index (page, 0);
  g_assert_cmpstr (row[0], ==, "M3");
  g_assert_cmpstr (row[2], ==, label);
  g_assert_null (g_ptr_array_index (page, 1));
  g_assert_cmpstr (((char **) g_ptr_array_index (page, 2))[0], ==, "M1");
  g_assert_cmpstr (((char **) g_ptr_array_index (page, 3))[0], ==, "M2");
}

/* What is under way comes first, the newest of it at the top. */
static void
test_newest (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);

  expect_order (desk, "batch", NULL, FALSE, "SELECT id FROM batch ORDER BY state = 'open' DESC, id DESC");
  expect_order (desk, "person", NULL, FALSE, "SELECT id FROM person ORDER BY id DESC");
}

static const char *
cell_of (KanDesk *desk, const char *register_id, const char *column, GPtrArray *page)
{
  g_autoptr(KanRegisterView) view = kan_desk_view_register (desk, register_id, NULL, NULL);

  for (guint i = 0; i < view->columns->len; i++)
    if (strcmp (((KanViewColumn *) g_ptr_array_index (view->columns, i))->id, column) == 0)
      return ((char **) g_ptr_array_index (page, 0))[i];
  g_assert_not_reached ();
}

/* Whether a date is marked as late, behind the cells. */
static gboolean
is_late (KanDesk *desk, const char *register_id, const char *list, const char *column, guint32 id)
{
  g_autoptr(KanRegisterView) view = kan_desk_view_register (desk, register_id, list, NULL);
  g_autoptr(GPtrArray) page = kan_desk_page (desk, register_id, list, &id, 1, NULL);
  char **cells = g_ptr_array_index (page, 0);
  guint n = view->columns->len, at = 0;

  while (at < n && strcmp (((KanViewColumn *) g_ptr_array_index (view->columns, at))->id, column) != 0)
    at++;
  g_assert_cmpuint (at, <, n);
  g_assert_cmpuint (g_strv_length (cells), ==, n + 1);
  g_assert_cmpuint (strlen (cells[n]), ==, n);
  g_assert_true (strspn (cells[n], ".!") == n);
  return cells[n][at] == '!';
}

/* A declared deadline that has passed is late; another date of the past is not. */
static void
test_late (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  guint32 late = (guint32) demo_ask (desk, "SELECT min(id) FROM medium_overdue");
  guint32 batch = (guint32) demo_ask (desk, "SELECT min(id) FROM batch_overdue");
  guint32 held = (guint32) demo_ask (desk, "SELECT min(m.id) FROM medium_present m, today t WHERE m.purge_by >= t.day");
  guint32 empty = (guint32) demo_ask (desk, "SELECT min(id) FROM medium_present WHERE purge_by IS NULL");

  g_assert_cmpint (demo_ask (desk, "SELECT count(*) FROM medium_overdue"), ==,
                   demo_ask (desk, "SELECT count(DISTINCT medium) FROM batch_overdue"));
  g_assert_true (is_late (desk, "medium", NULL, "purge_by", late));
  g_assert_true (is_late (desk, "medium", "medium_overdue", "purge_by", late));
  g_assert_true (is_late (desk, "batch", "batch_overdue", "purge_by", batch));
  g_assert_false (is_late (desk, "batch", "batch_overdue", "recorded_on", batch));
  g_assert_false (is_late (desk, "medium", NULL, "purge_by", held));
  g_assert_false (is_late (desk, "medium", NULL, "purge_by", empty));
}

/* Deadlines and states of the day, references with their names. */
static void
test_present (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(GError) error = NULL;
  guint32 batch = (guint32) demo_ask (desk, "SELECT id FROM batch_overdue");
  guint32 medium = (guint32) demo_ask (desk, "SELECT medium FROM batch_overdue");
  guint32 over = (guint32) demo_ask (desk, "SELECT a.id FROM appointment a, today t WHERE a.state = 'in_force'"
                                     " AND a.until < t.day");
  guint32 takeout = (guint32) demo_ask (desk, "SELECT owner FROM takeout_media GROUP BY owner HAVING count(*) > 1");
  g_autoptr(GPtrArray) batches = kan_desk_page (desk, "batch", NULL, &batch, 1, &error);
  g_autoptr(GPtrArray) media = kan_desk_page (desk, "medium", NULL, &medium, 1, &error);
  g_autoptr(GPtrArray) appointments = kan_desk_page (desk, "appointment", NULL, &over, 1, &error);
  g_autoptr(GPtrArray) takeouts = kan_desk_page (desk, "takeout", NULL, &takeout, 1, &error);
  g_autofree char *purge_by = demo_ask_text (desk, "SELECT purge_by FROM batch_overdue");
  g_autofree char *sql = g_strdup_printf ("SELECT group_concat('M' || m.id || ' ' || m.label, ', ')"
                                          " FROM takeout_media t JOIN medium m ON m.id = t.value WHERE t.owner = %u",
                                          takeout);
  g_autofree char *named = demo_ask_text (desk, sql);

  g_assert_no_error (error);
  g_assert_cmpstr (cell_of (desk, "batch", "purge_by", batches), ==, purge_by);
  g_assert_cmpstr (cell_of (desk, "batch", "state", batches), ==, "Overdue");
  g_assert_cmpstr (cell_of (desk, "medium", "purge_by", media), ==, purge_by);
  g_assert_cmpstr (cell_of (desk, "appointment", "state", appointments), ==, "Term over");
  g_assert_cmpstr (cell_of (desk, "takeout", "media", takeouts), ==, named);
}

static void
test_search (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *label = demo_ask_text (desk, "SELECT label FROM medium WHERE id = 2");
  g_autoptr(GPtrArray) by_name = kan_desk_search (desk, label, 20, &error);
  g_autoptr(GPtrArray) by_number = kan_desk_search (desk, "ｍ2", 20, &error);
  g_autoptr(GPtrArray) acts = kan_desk_search (desk, "register medium", 20, &error);
  g_autoptr(GPtrArray) nothing = kan_desk_search (desk, " ", 20, &error);
  gboolean found = FALSE;

  g_assert_no_error (error);
  for (guint i = 0; i < by_name->len; i++)
    found = found || g_strcmp0 (((KanViewHit *) g_ptr_array_index (by_name, i))->subject, "M2") == 0;
  g_assert_true (found);
  g_assert_cmpstr (((KanViewHit *) g_ptr_array_index (by_number, 0))->subject, ==, "M2");
  g_assert_cmpstr (((KanViewHit *) g_ptr_array_index (by_number, 0))->name, ==, label);
  g_assert_cmpstr (((KanViewHit *) g_ptr_array_index (acts, 0))->kind, ==, "media.register");
  g_assert_null (((KanViewHit *) g_ptr_array_index (acts, 0))->subject);
  g_assert_cmpuint (nothing->len, ==, 0);
}

static void
test_candidates (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) both = kan_desk_candidates (desk, "person|outsider", NULL, 1000, &error);
  g_autoptr(GPtrArray) stored = kan_desk_candidates (desk, "medium_stored", NULL, 1000, &error);
  g_autoptr(GPtrArray) few = kan_desk_candidates (desk, "batch", NULL, 3, &error);
  g_autoptr(GPtrArray) one = kan_desk_candidates (desk, "person|outsider", "p2", 10, &error);
  g_autofree char *newest = demo_ask_text (desk, "SELECT 'B' || max(id) FROM batch WHERE state <> 'void'");

  g_assert_no_error (error);
  g_assert_cmpint (both->len, ==, demo_ask (desk, "SELECT (SELECT count(*) FROM person WHERE state <> 'void')"
                                            " + (SELECT count(*) FROM outsider WHERE state <> 'void')"));
  g_assert_cmpint (stored->len, ==, demo_ask (desk, "SELECT count(*) FROM medium WHERE state = 'stored'"));
  g_assert_cmpuint (few->len, ==, 3);
  g_assert_cmpstr (((KanViewHit *) g_ptr_array_index (few, 0))->subject, ==, newest);
  g_assert_cmpstr (((KanViewHit *) g_ptr_array_index (one, 0))->subject, ==, "P2");
  g_assert_null (kan_desk_candidates (desk, "nonsense", NULL, 3, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
}

/* What may be taken out comes first; of the rest it is said why not. */
static void
test_weigh (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) hits = kan_desk_candidates (desk, "medium", NULL, 1000, &error);
  g_autoptr(GPtrArray) other = kan_desk_candidates (desk, "person", NULL, 1000, &error);
  guint n = hits->len, fit = 0;

  g_assert_true (kan_desk_weigh (desk, hits, "takeout.request", "media", demo_now, &error));
  g_assert_true (kan_desk_weigh (desk, other, "takeout.request", "carrier", demo_now, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, n);
  while (fit < n && ((KanViewHit *) g_ptr_array_index (hits, fit))->reason == NULL)
    fit++;
  g_assert_cmpuint (fit, >, 0);
  g_assert_cmpuint (fit, <, n);
  for (guint i = 0; i < n; i++)
    {
      const KanViewHit *hit = g_ptr_array_index (hits, i);

      g_assert_cmpint (hit->reason == NULL, ==, i < fit);
      g_assert_true (i >= fit || g_str_equal (hit->state_label, "In store"));
    }
  for (guint i = 0; i < other->len; i++)
    g_assert_null (((KanViewHit *) g_ptr_array_index (other, i))->reason);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  demo_build (0);
  g_test_add_func ("/view-list/sort", test_sort);
  g_test_add_func ("/view-list/narrow", test_narrow);
  g_test_add_func ("/view-list/columns", test_columns);
  g_test_add_func ("/view-list/page", test_page);
  g_test_add_func ("/view-list/newest", test_newest);
  g_test_add_func ("/view-list/present", test_present);
  g_test_add_func ("/view-list/late", test_late);
  g_test_add_func ("/view-list/search", test_search);
  g_test_add_func ("/view-list/candidates", test_candidates);
  g_test_add_func ("/view-list/weigh", test_weigh);
  status = g_test_run ();
  demo_remove ();
  return status;
}
