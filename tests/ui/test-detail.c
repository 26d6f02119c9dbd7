/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One creation: what the page says of it, what stands beside it, and what is done with it. */
#include "config.h"

#include "ui-detail.h"
#include "ui-keys.h"

#include "ui/gallery/cs-deck-cover.h"
#include "ui/gallery/cs-lineage-view.h"
#include "ui/player/cs-player-view-private.h"
#include "ui/widgets/cs-picture-view.h"
#include "ui/widgets/cs-rename-popover.h"

static gboolean
is_loaded_cb (gpointer picture)
{
  return cs_picture_view_is_loaded (picture);
}

static void
shoot (UiDetail *self, const char *name)
{
  if (g_getenv ("CS_TEST_SHOTS") == NULL)
    return;
  for (int i = 0; i < 30; i++)
    ui_settle (self->ui);
  ui_shoot (self->ui, name);
}

/* Whether some label of the page says so. */
static gboolean
says (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}

static gboolean
says_wanted_cb (gpointer user_data)
{
  UiDetail *self = user_data;

  return says (self->page, self->wanted);
}

static void
wait_words (UiDetail *self, const char *words)
{
  self->wanted = words;
  g_test_message ("waiting for: %s", words);
  ui_wait (says_wanted_cb, self);
}

/* Its mother is the fifth one, its child the seventh. */
static void
make_line (UiDetail *self)
{
  ui_library_change (self->ui,
                     "UPDATE creations SET original_prompt = 'the Casbah at golden hour';"
                     "UPDATE creations SET parent_id = (SELECT id FROM creations WHERE rowid = 5) WHERE rowid = 2;"
                     "UPDATE creations SET parent_id = (SELECT id FROM creations WHERE rowid = 2) WHERE rowid = 7");
}

static void
test_look (UiDetail *self, gconstpointer data)
{
  make_line (self);
  ui_detail_show (self, 1);
  ui_wait (is_loaded_cb, ui_detail_find (self, "picture"));
  ui_check_names (self->page);
  shoot (self, "detail");
  gtk_window_set_default_size (self->ui->window, 400, 780);
  ui_settle (self->ui);
  ui_settle (self->ui);
  g_assert_true (gtk_widget_has_css_class (self->page, "leaflet-folded"));
  ui_check_names (self->page);
  shoot (self, "detail-narrow");
}

static void
test_words (UiDetail *self, gconstpointer data)
{
  make_line (self);
  ui_detail_show (self, 1);
  ui_detail_wait_state (self, "Unchanged since it was made");
  wait_words (self, "2 of 12");
  wait_words (self, "1344 × 768");
  wait_words (self, "PNG");
  wait_words (self, "Replicate · Flux Schnell");
  wait_words (self, "Rewritten from “the Casbah at golden hour”");
  wait_words (self, "Where it comes from");
  wait_words (self, "This picture");
}

/* The one before and the one behind, by key; a film keeps the arrows for itself. */
static void
test_neighbours (UiDetail *self, gconstpointer data)
{
  ui_detail_show (self, 1);
  wait_words (self, "2 of 12");
  g_assert_true (ui_detail_press (self, GDK_KEY_Left, 0));
  wait_words (self, "1 of 12");
  g_assert_cmpint (ui_detail_facts (self)->kind, ==, CS_KIND_VIDEO);
  ui_press (self->page, GDK_KEY_Right, 0);
  ui_settle (self->ui);
  g_assert_cmpint (ui_detail_facts (self)->kind, ==, CS_KIND_VIDEO);
  g_assert_false (ui_detail_press (self, GDK_KEY_Page_Up, 0));
  g_assert_true (ui_detail_press (self, GDK_KEY_Page_Down, 0));
  wait_words (self, "2 of 12");
  /* In a window that is read from the right, the next one is at the left. */
  gtk_widget_set_direction (self->page, GTK_TEXT_DIR_RTL);
  g_assert_true (ui_detail_press (self, GDK_KEY_Left, 0));
  wait_words (self, "3 of 12");
  gtk_widget_set_direction (self->page, GTK_TEXT_DIR_LTR);
  ui_detail_show (self, 11);
  wait_words (self, "12 of 12");
  g_assert_false (ui_detail_press (self, GDK_KEY_Page_Down, 0));
  g_assert_true (ui_detail_press (self, GDK_KEY_Escape, 0));
  g_assert_true (ui_detail_press (self, GDK_KEY_Left, GDK_ALT_MASK));
  g_assert_cmpuint (self->n_closed, ==, 2);
}

static void
test_trash (UiDetail *self, gconstpointer data)
{
  g_autofree char *id = NULL;

  ui_detail_show (self, 1);
  id = g_strdup (ui_detail_facts (self)->id);
  g_assert_true (ui_detail_press (self, GDK_KEY_Delete, 0));
  ui_wait_asked (self->ui, "say: 1 creation moved to the trash | Undo");
  wait_words (self, "2 of 11");
  g_assert_cmpstr (ui_detail_facts (self)->id, !=, id);
  g_assert_true (ui_detail_press (self, GDK_KEY_z, GDK_CONTROL_MASK));
  wait_words (self, "3 of 12");
}

static gboolean
has_player_focus_cb (gpointer user_data)
{
  UiDetail *self = user_data;

  return gtk_widget_is_ancestor (gtk_window_get_focus (self->ui->window), ui_detail_find (self, "player"));
}

/* Where the keys go when the page comes: to play a film, to the next picture. */
static void
test_focus (UiDetail *self, gconstpointer data)
{
  gtk_widget_set_visible (self->page, FALSE);
  ui_detail_show (self, 1);
  gtk_widget_set_visible (self->page, TRUE);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (gtk_window_get_focus (self->ui->window))), ==, "detail.next");
  gtk_widget_set_visible (self->page, FALSE);
  ui_detail_show (self, 0);
  gtk_widget_set_visible (self->page, TRUE);
  ui_wait (has_player_focus_cb, self);
}

/* One that another process threw away stands where it stood, between its neighbours. */
static void
test_left (UiDetail *self, gconstpointer data)
{
  g_autofree char *sql = NULL;
  g_autofree char *next = ui_library_dup_id (self->ui, 2);

  ui_detail_show (self, 1);
  sql = g_strdup_printf ("UPDATE creations SET trashed_at = 1 WHERE id = '%s'", ui_detail_facts (self)->id);
  ui_library_change (self->ui, sql);
  wait_words (self, "This is in the trash.");
  self->n = 11;
  while (g_list_model_get_n_items (G_LIST_MODEL (self->model)) != 11)
    ui_settle (self->ui);
  g_assert_false (says (self->page, "2 of"));
  g_assert_true (ui_detail_press (self, GDK_KEY_Page_Down, 0));
  wait_words (self, "2 of 11");
  g_assert_cmpstr (ui_detail_facts (self)->id, ==, next);
}

static gboolean
is_favourite_cb (gpointer user_data)
{
  return ui_detail_facts (user_data)->favourite;
}

static void
test_change (UiDetail *self, gconstpointer data)
{
  ui_detail_show (self, 1);
  g_assert_false (is_favourite_cb (self));
  g_assert_true (ui_detail_press (self, GDK_KEY_s, 0));
  ui_wait (is_favourite_cb, self);
  g_assert_true (ui_detail_press (self, GDK_KEY_F2, 0));
  g_signal_emit_by_name (ui_find (self->page, CS_TYPE_RENAME_POPOVER, NULL), "renamed", "Houses by the sea");
  wait_words (self, "Houses by the sea");
  gtk_popover_popdown (GTK_POPOVER (ui_find (self->page, CS_TYPE_RENAME_POPOVER, NULL)));
  g_assert_true (ui_press (self->page, GDK_KEY_c, GDK_CONTROL_MASK));
  g_assert_cmpstr (ui_find_asked (self->ui, "say:"), ==, "say: Copied");
  gdk_clipboard_set_content (gtk_widget_get_clipboard (self->page), NULL); /* it holds the studio */
  g_assert_true (gtk_widget_activate_action (self->page, "detail.use", NULL));
  g_assert_nonnull (ui_find_asked (self->ui, "use-image: ('image'"));
}

static gboolean
is_drawn_cb (gpointer cover)
{
  return cs_deck_cover_is_drawn (cover);
}

static void
test_deck (UiDetail *self, gconstpointer data)
{
  ui_detail_show (self, 3);
  g_assert_cmpstr (ui_detail_get_place (self), ==, "cover");
  ui_wait (is_drawn_cb, ui_detail_find (self, "cover"));
  shoot (self, "detail-deck");
  ui_check_names (self->page);
  g_assert_true (gtk_widget_activate_action (self->page, "detail.open", NULL));
  g_assert_nonnull (ui_find_asked (self->ui, "show-creation:"));
  ui_detail_show (self, 1);
  g_assert_cmpstr (ui_detail_get_place (self), ==, "picture");
}

static gboolean
has_line_cb (gpointer user_data)
{
  UiDetail *self = user_data;
  GtkWidget *lineage = ui_find (self->page, CS_TYPE_LINEAGE_VIEW, NULL);

  return gtk_widget_get_visible (lineage) && ui_find (lineage, GTK_TYPE_BUTTON, NULL) != NULL;
}

static void
test_lineage (UiDetail *self, gconstpointer data)
{
  g_autofree char *mother = ui_library_dup_id (self->ui, 4);
  GtkWidget *button;

  make_line (self);
  ui_detail_show (self, 1);
  ui_wait (has_line_cb, self);
  button = ui_find (ui_find (self->page, CS_TYPE_LINEAGE_VIEW, NULL), GTK_TYPE_BUTTON, NULL);
  ui_click (button);
  g_assert_cmpstr (ui_detail_facts (self)->id, ==, mother);
  wait_words (self, "5 of 12");
}

/* From its line to one that no list has read: it has its place all the same. */
static void
test_unread (UiDetail *self, gconstpointer data)
{
  g_autoptr (CsCreation) creation = ui_library_get (self->ui, 8);
  CsLibraryQuery query = { .favourites = TRUE };
  CsLibraryQuery all = { 0 };

  cs_library_model_set_query (self->model, &query);
  while (g_list_model_get_n_items (G_LIST_MODEL (self->model)) != 3)
    ui_settle (self->ui);
  cs_library_notify (ui_get_library (self->ui), NULL); /* whatever was read is forgotten */
  cs_library_model_set_query (self->model, &all);
  while (g_list_model_get_n_items (G_LIST_MODEL (self->model)) != 12)
    ui_settle (self->ui);
  g_assert_null (cs_library_model_find_id (self->model, cs_creation_get_id (creation)));
  cs_detail_page_show (CS_DETAIL_PAGE (self->page), creation, G_LIST_MODEL (self->model));
  wait_words (self, "9 of 12");
}

/* Nothing of what was shown is kept once the page is left. */
static void
test_clear (UiDetail *self, gconstpointer data)
{
  GtkWidget *player = ui_detail_find (self, "player");

  ui_detail_show (self, 0);
  g_assert_cmpstr (ui_detail_get_place (self), ==, "video");
  cs_detail_page_clear (CS_DETAIL_PAGE (self->page));
  g_assert_cmpint (cs_player_get_facts (_cs_player_view_get_player (CS_PLAYER_VIEW (player)))->state, ==, CS_PLAYER_EMPTY);
  g_assert_null (cs_video_paintable_get_texture (_cs_player_view_get_paintable (CS_PLAYER_VIEW (player))));
  g_assert_null (ui_detail_get_shown (self));
  ui_settle (self->ui);
}

static gpointer
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (ADW_IS_MESSAGE_DIALOG (item->data))
      return item->data;
  return NULL;
}

static gboolean
has_dialog_cb (gpointer user_data)
{
  return find_dialog () != NULL;
}

static gboolean
is_dialog_gone_cb (gpointer place)
{
  return *(gpointer *) place == NULL;
}

/* Who thinks better of it: nothing is saved, and neither the question nor the page stays behind. */
static void
test_strip (UiDetail *self, gconstpointer data)
{
  gpointer dialog;

  ui_detail_show (self, 1);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->page), "detail.strip", NULL));
  ui_wait (has_dialog_cb, NULL);
  dialog = find_dialog ();
  g_object_add_weak_pointer (dialog, &dialog);
  gtk_window_close (dialog);
  ui_wait (is_dialog_gone_cb, &dialog);
  g_assert_null (ui_find_asked (self->ui, "say: Saved"));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/detail/" name, UiDetail, NULL, ui_detail_set_up, func, ui_detail_tear_down)
  ADD ("look", test_look);
  ADD ("words", test_words);
  ADD ("neighbours", test_neighbours);
  ADD ("trash", test_trash);
  ADD ("focus", test_focus);
  ADD ("left", test_left);
  ADD ("change", test_change);
  ADD ("deck", test_deck);
  ADD ("lineage", test_lineage);
  ADD ("unread", test_unread);
  ADD ("clear", test_clear);
  ADD ("strip", test_strip);
#undef ADD

  return g_test_run ();
}
