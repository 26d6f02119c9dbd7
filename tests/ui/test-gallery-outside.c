/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other processes do to the library while the gallery, or one creation, is looked at. */
#include "config.h"

#include "ui-gallery.h"

#include "ui/gallery/cs-detail-page.h"
#include "ui/gallery/cs-selection.h"

#include <math.h>

#define PATIENCE_MS 3000 /* from the end of the other process to the picture on the screen */

/* What is waited for. */
typedef struct
{
  UiGallery *gallery;
  const char *id;
  const char *title;
  gboolean favourite;
} Wanted;

/* Runs the real command line over the same studio, to its end. */
static char *
run_cli (const char *command, const char *first, const char *second)
{
  const char *argv[] = { g_getenv ("CREATIVE_STUDIO_CLI"), "library", command, first, second, NULL };
  g_autoptr (CsTestRun) run = NULL;

  g_assert_nonnull (argv[0]);
  run = cs_test_run (argv, NULL, CS_TEST_PATIENCE);
  if (run->exit_status != 0)
    g_error ("%s: %s", command, run->err);
  return g_strdup (run->out);
}

static void
cli (const char *command, const char *first, const char *second)
{
  g_free (run_cli (command, first, second));
}

/* The creation as the list has it now; where it is is left to the list. */
static CsCreation *
find (UiGallery *gallery, const char *id)
{
  for (guint i = 0; i < ui_gallery_count (gallery); i++)
    {
      g_autoptr (CsLibraryItem) item = g_list_model_get_item (G_LIST_MODEL (gallery->list), i);
      CsCreation *creation = cs_library_item_get_creation (item);

      if (creation != NULL && g_str_equal (cs_creation_get_id (creation), id))
        return creation;
    }
  return NULL;
}

static gboolean
is_as_wanted_cb (gpointer user_data)
{
  Wanted *wanted = user_data;
  CsCreation *creation = find (wanted->gallery, wanted->id);
  const CsCreationFacts *facts = creation != NULL ? cs_creation_get_facts (creation) : NULL;

  return facts != NULL && facts->favourite == wanted->favourite && g_strcmp0 (facts->title, wanted->title) == 0;
}

static void
wait_soon (UiCondition condition, gpointer user_data)
{
  gint64 begin = g_get_monotonic_time ();

  ui_wait (condition, user_data);
  g_test_message ("seen after %d ms", (int) ((g_get_monotonic_time () - begin) / 1000));
  g_assert_cmpint ((g_get_monotonic_time () - begin) / 1000, <, PATIENCE_MS);
}

/* The place on the screen of what one looks at. */
static double
get_place (UiGallery *gallery, const char *id)
{
  GtkWidget *cell = gtk_widget_get_first_child (gallery->view);

  for (; cell != NULL; cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *tile = gtk_widget_get_first_child (cell);
      CsCreation *creation = CS_IS_CREATION_TILE (tile) ? cs_creation_tile_get_creation (CS_CREATION_TILE (tile)) : NULL;
      graphene_rect_t bounds;

      if (creation != NULL && gtk_widget_get_mapped (tile) && g_str_equal (cs_creation_get_id (creation), id)
          && gtk_widget_compute_bounds (tile, gallery->page, &bounds))
        return bounds.origin.y;
    }
  return -10000;
}

/* Somewhere in the middle, with something chosen. Returns: (transfer full): its id. */
static char *
look_at_60 (UiGallery *gallery)
{
  gtk_adjustment_set_value (ui_gallery_get_scroll (gallery), 3000);
  ui_settle (gallery->ui);
  gtk_selection_model_select_item (gallery->list, 60, FALSE);
  ui_gallery_get_tile (gallery, 60);
  for (int i = 0; i < 4; i++)
    ui_settle (gallery->ui);
  return ui_gallery_dup_id (gallery, 60);
}

static void
test_changes (void)
{
  UiGallery *gallery = ui_gallery_open (200, 0);
  g_autofree char *id = look_at_60 (gallery);
  Wanted wanted = { gallery, id, "Another name", TRUE };
  double value = gtk_adjustment_get_value (ui_gallery_get_scroll (gallery));

  cli ("favourite", id, NULL);
  cli ("rename", id, "Another name");
  wait_soon (is_as_wanted_cb, &wanted);
  cli ("favourite", id, "--off");
  wanted.favourite = FALSE;
  wait_soon (is_as_wanted_cb, &wanted);
  ui_settle (gallery->ui);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (ui_gallery_get_scroll (gallery)), value, 0.5);
  g_assert_true (gtk_selection_model_is_selected (gallery->list, 60));
  ui_gallery_close (gallery);
}

static gboolean
has_fewer_cb (gpointer user_data)
{
  return ui_gallery_count (user_data) == 199;
}

static gboolean
has_all_cb (gpointer user_data)
{
  return ui_gallery_count (user_data) == 200;
}

/* What comes and goes above what one looks at moves nothing on the screen. */
static void
test_trash (void)
{
  UiGallery *gallery = ui_gallery_open (200, 0);
  g_autofree char *id = ui_gallery_dup_id (gallery, 0);
  g_autofree char *seen = look_at_60 (gallery);
  double place = get_place (gallery, seen);

  g_assert_cmpfloat (place, >, -10000);
  cli ("trash", id, NULL);
  wait_soon (has_fewer_cb, gallery);
  ui_settle (gallery->ui);
  g_assert_true (gtk_selection_model_is_selected (gallery->list, 59));
  g_assert_cmpuint (cs_selection_get_n_selected (CS_SELECTION (gallery->list)), ==, 1);
  g_assert_cmpfloat (fabs (get_place (gallery, seen) - place), <, 300); /* at most to the end of the row above */
  cli ("restore", id, NULL);
  wait_soon (has_all_cb, gallery);
  ui_settle (gallery->ui);
  g_assert_true (gtk_selection_model_is_selected (gallery->list, 60));
  g_assert_cmpfloat_with_epsilon (get_place (gallery, seen), place, 1);
  ui_gallery_close (gallery);
}

/* Made by another process: who looks at the newest sees it come. */
static void
test_new (void)
{
  UiGallery *gallery = ui_gallery_open (100, 0);
  const char *argv[] = { g_getenv ("CREATIVE_STUDIO_CLI"), "image", "A lighthouse at dusk", "--provider", "sketch", NULL };
  g_autoptr (CsTestRun) run = NULL;
  CsCreation *creation;

  run = cs_test_run (argv, NULL, CS_TEST_PATIENCE);
  if (run->exit_status != 0)
    g_error ("%s", run->err);
  ui_gallery_wait_count (gallery, 101);
  creation = cs_creation_tile_get_creation (ui_gallery_get_tile (gallery, 0));
  g_assert_cmpstr (cs_creation_get_facts (creation)->original_prompt, ==, "A lighthouse at dusk");
  g_assert_cmpfloat (gtk_adjustment_get_value (ui_gallery_get_scroll (gallery)), ==, 0);
  ui_gallery_close (gallery);
}

/* One creation */

/* A detail page over a model of all, and what is waited for. */
typedef struct
{
  UiFixture *ui;
  GtkWidget *page;
  CsLibraryModel *model;
  char *id;
  const char *title;
  gboolean is_closed;
} Detail;

static gboolean
is_model_read_cb (gpointer user_data)
{
  Detail *self = user_data;

  return g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 12;
}

static CsCreation *
get_shown (Detail *self)
{
  CsCreation *creation = NULL;

  g_object_get (self->page, "creation", &creation, NULL);
  if (creation != NULL)
    g_object_unref (creation);
  return creation;
}

static gboolean
has_title_cb (gpointer user_data)
{
  Detail *self = user_data;

  return g_strcmp0 (cs_creation_get_facts (get_shown (self))->title, self->title) == 0;
}

static gboolean
is_trashed_cb (gpointer user_data)
{
  return cs_creation_get_facts (get_shown (user_data))->trashed_at != 0;
}

static void
closed_cb (Detail *self)
{
  self->is_closed = TRUE;
}

static gboolean
is_closed_cb (gpointer user_data)
{
  return ((Detail *) user_data)->is_closed;
}

static gboolean
is_back_cb (gpointer user_data)
{
  return !is_trashed_cb (user_data);
}

static void
test_detail (void)
{
  Detail self = { ui_open (), cs_detail_page_new (), NULL };
  CsLibraryQuery query = { 0 };
  g_autoptr (CsCreation) creation = NULL;
  g_autofree char *sql = NULL;
  GtkWidget *notice;

  ui_library_fill (self.ui, 12, 12);
  self.model = cs_library_model_new (ui_get_library (self.ui));
  cs_library_model_set_query (self.model, &query);
  cs_detail_page_set_studio (CS_DETAIL_PAGE (self.page), self.ui->studio);
  g_signal_connect_swapped (self.page, "closed", G_CALLBACK (closed_cb), &self);
  ui_show (self.ui, self.page, 1180, 780);
  ui_wait (is_model_read_cb, &self);
  creation = ui_library_get (self.ui, 1);
  self.id = g_strdup (cs_creation_get_id (creation));
  cs_detail_page_show (CS_DETAIL_PAGE (self.page), creation, G_LIST_MODEL (self.model));
  cli ("rename", self.id, "White houses");
  self.title = "White houses";
  wait_soon (has_title_cb, &self);
  cli ("trash", self.id, NULL);
  wait_soon (is_trashed_cb, &self);
  ui_settle (self.ui);
  notice = ui_find (self.page, GTK_TYPE_BOX, "trash_notice");
  g_assert_true (gtk_widget_get_mapped (notice));
  ui_shoot (self.ui, "detail-trashed");
  ui_click (ui_find (notice, GTK_TYPE_BUTTON, "_Restore"));
  wait_soon (is_back_cb, &self);
  sql = g_strdup_printf ("DELETE FROM creations WHERE id = '%s'", self.id);
  ui_library_change (self.ui, sql);
  wait_soon (is_closed_cb, &self);
  g_assert_nonnull (ui_find_asked (self.ui, "say: This creation was deleted"));
  g_clear_object (&self.model);
  g_free (self.id);
  ui_close (self.ui);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/gallery-outside/changes", test_changes);
  g_test_add_func ("/gallery-outside/trash", test_trash);
  g_test_add_func ("/gallery-outside/new", test_new);
  g_test_add_func ("/gallery-outside/detail", test_detail);
  return g_test_run ();
}
