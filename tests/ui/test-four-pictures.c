/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures that were made together: side by side, one of them not made, some of them chosen. */
#include "config.h"

#include "ui-scene.h"

#include "ui/stage/cs-done-view.h"
#include "ui/stage/cs-picture-set.h"

#define PRICE 3000 /* of one, micro-USD */

static const char *const replicate[] = { "REPLICATE_API_TOKEN", NULL };

static CsPictureSet *
find_set (UiScene *scene)
{
  return CS_PICTURE_SET (ui_find (GTK_WIDGET (scene->page), CS_TYPE_PICTURE_SET, NULL));
}

static GtkWidget *
find_done (UiScene *scene)
{
  return ui_find (GTK_WIDGET (scene->page), CS_TYPE_DONE_VIEW, NULL);
}

static gboolean
is_enabled (UiScene *scene, const char *words)
{
  return gtk_widget_is_sensitive (ui_scene_find_button (scene, words));
}

/* The rows that the stage is wide enough for. */
static void
open_four (UiScene **scene, const char *script)
{
  *scene = ui_scene_open (CS_KIND_IMAGE, replicate);
  if (script != NULL)
    cs_fake_server_script ((*scene)->server, "replicate", "create", script);
  ui_scene_make (*scene, CS_KIND_IMAGE, "white houses above the sea", PRICE, 4);
  ui_scene_wait_page (*scene, "done");
}

static void
test_four (void)
{
  UiScene *scene;

  open_four (&scene, NULL);
  ui_scene_wait_words (scene, "4 pictures in");
  ui_scene_wait_words (scene, "Picture 1 · ");
  g_assert_cmpuint (ui_count (GTK_WIDGET (find_set (scene)), GTK_TYPE_FLOW_BOX_CHILD), ==, 4);
  ui_check_names (GTK_WIDGET (scene->page));
  ui_settle (scene->fixture);
  ui_shoot (scene->fixture, "pictures-four");
  cs_picture_set_choose (find_set (scene), 2);
  ui_scene_wait_words (scene, "Picture 3 · ");
  g_assert_cmpuint (cs_fake_server_count_accepted (scene->server, "replicate"), ==, 4);
  ui_scene_close (scene);
}

static GtkFlowBoxChild *
get_cell (UiScene *scene, int place)
{
  GtkWidget *box = ui_find (GTK_WIDGET (find_set (scene)), GTK_TYPE_FLOW_BOX, NULL);

  return gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (box), place);
}

/* Several: what is for one is off, the rest is for all of them. */
static void
test_several (void)
{
  UiScene *scene;
  GtkFlowBoxChild *cell;

  open_four (&scene, NULL);
  cell = get_cell (scene, 1);
  gtk_flow_box_select_child (GTK_FLOW_BOX (gtk_widget_get_parent (GTK_WIDGET (cell))), cell);
  ui_scene_wait_words (scene, "2 pictures selected · ");
  g_assert_true (is_enabled (scene, "Save…"));
  g_assert_false (is_enabled (scene, "Use as Reference"));
  g_assert_true (gtk_widget_activate_action (find_done (scene), "done.trash", NULL));
  ui_wait_asked (scene->fixture, "say: 2 creations moved to the trash");
  g_assert_cmpuint (ui_count (GTK_WIDGET (find_set (scene)), GTK_TYPE_FLOW_BOX_CHILD), ==, 2);
  ui_scene_close (scene);
}

/* Of one that was not made, the reason stands in its place; it can be chosen, and nothing can be done with it. */
static void
test_one_failed (void)
{
  UiScene *scene;

  open_four (&scene, "ok 422 ok ok");
  ui_scene_wait_words (scene, "3 pictures in");
  ui_scene_wait_words (scene, "Replicate says:");
  g_assert_cmpuint (ui_count (GTK_WIDGET (find_set (scene)), GTK_TYPE_FLOW_BOX_CHILD), ==, 4);
  ui_check_names (GTK_WIDGET (scene->page));
  ui_settle (scene->fixture);
  ui_shoot (scene->fixture, "pictures-one-failed");
  for (int i = 0; i < 4; i++)
    if (gtk_widget_has_css_class (GTK_WIDGET (get_cell (scene, i)), "failed-cell"))
      cs_picture_set_choose (find_set (scene), (guint) i);
  ui_scene_wait_words (scene, "This picture was not made");
  g_assert_false (is_enabled (scene, "Save…"));
  g_assert_false (is_enabled (scene, "Animate"));
  ui_scene_close (scene);
}

/* Enter opens it in the gallery; the picture is begun from on the page of videos. */
static void
test_go_on (void)
{
  UiScene *scene;

  open_four (&scene, NULL);
  g_signal_emit_by_name (get_cell (scene, 0), "activate");
  ui_wait_asked (scene->fixture, "show-creation: ");
  g_assert_true (gtk_widget_activate_action (find_done (scene), "done.use", NULL));
  ui_wait_asked (scene->fixture, "use-image: ('image', ");
  ui_scene_click (scene, "Animate · ");
  ui_wait_asked (scene->fixture, "use-image: ('video', ");
  ui_scene_close (scene);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/four-pictures/four", test_four);
  g_test_add_func ("/four-pictures/several", test_several);
  g_test_add_func ("/four-pictures/one-failed", test_one_failed);
  g_test_add_func ("/four-pictures/go-on", test_go_on);
  return g_test_run ();
}
