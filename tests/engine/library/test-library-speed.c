/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "fixture.h"
#include "library/cs-library-query.h"

static double
seconds (gint64 from)
{
  return (g_get_monotonic_time () - from) / 1000.0;
}
static gpointer
order_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 t = g_get_monotonic_time ();
  g_autoptr(GArray) a = cs_library_query_order (data, database, NULL, error);
  g_print ("# order inner %.2f ms rows %u\n", seconds(t), a->len);
  t = g_get_monotonic_time ();
  g_autoptr(GArray) b = cs_library_query_filter (data, a, database, NULL, error);
  g_print ("# filter inner %.2f ms rows %u\n", seconds(t), b->len);
  return NULL;
}
static void time_query (Fixture *f, const char *name, CsLibraryQuery q)
{
  for (int i = 0; i < 3; i++) {
  gint64 t = g_get_monotonic_time ();
  g_autoptr(CsLibraryPage) p = list (f, &q, NULL);
  g_print ("# %s: page %.2f ms n %u\n", name, seconds (t), p->creations->len);
  }
  run_store (f->store, CS_STORE_READ, order_func, &q);
}

static void
test_speed (Fixture *f, gconstpointer data)
{
  gint64 t = g_get_monotonic_time ();
  add_many (f, 100000);
  g_print ("# insert %.0f ms\n", seconds (t));
  time_query (f, "all", (CsLibraryQuery) { 0 });
  time_query (f, "kind", (CsLibraryQuery) { .has_kind = TRUE, .kind=CS_KIND_DECK });
  time_query (f, "price", (CsLibraryQuery) { .sort=CS_SORT_PRICE });
  time_query (f, "oldest", (CsLibraryQuery) { .sort=CS_SORT_OLDEST });
  time_query (f, "sunset", (CsLibraryQuery) { .text="sunset" });
  time_query (f, "s", (CsLibraryQuery) { .text="s" });
  time_query (f, "su", (CsLibraryQuery) { .text="su" });
  time_query (f, "sunset cine", (CsLibraryQuery) { .text="sunset cine" });
  time_query (f, "sunset price", (CsLibraryQuery) { .text="sunset", .sort=CS_SORT_PRICE });
  time_query (f, "sunset kind", (CsLibraryQuery) { .text="sunset", .has_kind=TRUE,.kind=1 });
  time_query (f, "none", (CsLibraryQuery) { .text="xylophone" });
  time_query (f, "rare", (CsLibraryQuery) { .text="abc1" });
  time_query (f, "ar", (CsLibraryQuery) { .text="غروب" });
  time_query (f, "fav", (CsLibraryQuery) { .favourites=TRUE });
  time_query (f, "trash", (CsLibraryQuery) { .trashed=TRUE });
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/library/speed", Fixture, NULL, fixture_set_up, test_speed, fixture_tear_down);
  return g_test_run ();
}
