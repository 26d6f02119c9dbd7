/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-library.h"
#include "ui-watchdog.h"

#include "ui/gallery/cs-detail-page.h"
#include "ui/widgets/cs-picture-view.h"

static gboolean
is_loaded_cb (gpointer picture)
{
  return cs_picture_view_is_loaded (picture);
}

static void
test_look (void)
{
  UiFixture *f = ui_open ();
  GtkWidget *page = cs_detail_page_new ();
  g_autoptr (CsCreation) creation = NULL;
  g_autoptr (CsLibraryModel) model = NULL;
  CsLibraryQuery query = { 0 };

  ui_library_fill (f, 1284, 20);
  ui_library_change (f, "UPDATE creations SET original_prompt = 'the Casbah at golden hour'");
  ui_library_change (f, "UPDATE creations SET parent_id = (SELECT id FROM creations ORDER BY created_at DESC LIMIT 1 OFFSET 4) WHERE id = (SELECT id FROM creations ORDER BY created_at DESC LIMIT 1 OFFSET 1)");
  ui_library_change (f, "UPDATE creations SET parent_id = (SELECT id FROM creations ORDER BY created_at DESC LIMIT 1 OFFSET 1) WHERE id = (SELECT id FROM creations ORDER BY created_at DESC LIMIT 1 OFFSET 6)");
  model = cs_library_model_new (ui_get_library (f));
  cs_library_model_set_query (model, &query);
  cs_detail_page_set_studio (CS_DETAIL_PAGE (page), f->studio);
  creation = ui_library_get (f, 1);
  g_object_unref (g_list_model_get_item (G_LIST_MODEL (model), 0));
  for (int i = 0; i < 100; i++) { g_usleep (1000); while (g_main_context_iteration (NULL, FALSE)); }
  cs_detail_page_show (CS_DETAIL_PAGE (page), creation, G_LIST_MODEL (model));
  ui_show (f, page, 1180, 780);
  ui_wait (is_loaded_cb, ui_find (page, CS_TYPE_PICTURE_VIEW, NULL));
  for (int i = 0; i < 30; i++) ui_settle (f);
  ui_shoot (f, "detail");
  gtk_window_set_default_size (f->window, 400, 780);
  for (int i = 0; i < 30; i++) ui_settle (f);
  ui_shoot (f, "detail-narrow");
  g_print ("# worst %.1f\n", ui_watchdog_get_worst ());
  ui_close (f);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/detail/look", test_look);
  return g_test_run ();
}
