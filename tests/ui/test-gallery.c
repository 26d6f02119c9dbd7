/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gallery: what it shows, and what it finds. */
#include "config.h"

#include "ui-gallery.h"
#include "ui-keys.h"

#include "ui/gallery/cs-deck-cover.h"
#include "ui/widgets/cs-thumbnail.h"

static gboolean
is_loaded_cb (gpointer page)
{
  GtkWidget *card = ui_find (page, CS_TYPE_CREATION_CARD, NULL);
  GtkWidget *thumbnail = card != NULL ? ui_find (card, CS_TYPE_THUMBNAIL, NULL) : NULL;

  return thumbnail != NULL && cs_thumbnail_is_loaded (CS_THUMBNAIL (thumbnail));
}

static void
shoot (UiGallery *gallery, const char *name)
{
  if (g_getenv ("CS_TEST_SHOTS") == NULL)
    return;
  for (int i = 0; i < 30; i++)
    ui_settle (gallery->ui);
  ui_shoot (gallery->ui, name);
}

static void
select_item (UiGallery *gallery, guint position)
{
  g_assert_true (gtk_widget_activate_action (gallery->view, "list.select-item", "(ubb)", position, TRUE, FALSE));
}

static void
test_look (void)
{
  UiGallery *gallery = ui_gallery_open (1284, 0);

  ui_wait (is_loaded_cb, gallery->page);
  g_assert_cmpstr (ui_gallery_get_state (gallery), ==, "grid");
  ui_check_names (gallery->page);
  shoot (gallery, "gallery");
  gtk_widget_activate_action (gallery->page, "gallery.select", NULL);
  select_item (gallery, 0);
  select_item (gallery, 1);
  select_item (gallery, 7);
  ui_settle (gallery->ui);
  ui_check_names (gallery->page);
  shoot (gallery, "gallery-selection");
  ui_gallery_resize (gallery, 400, 780);
  ui_check_names (gallery->page);
  shoot (gallery, "gallery-narrow-selection");
  gtk_widget_activate_action (gallery->page, "gallery.select", NULL);
  shoot (gallery, "gallery-narrow");
  ui_gallery_close (gallery);
}

static void
test_empty (void)
{
  UiGallery *gallery = ui_gallery_open (0, 0);
  GtkWidget *button;

  g_assert_cmpstr (ui_gallery_get_state (gallery), ==, "empty");
  button = ui_find (gallery->page, GTK_TYPE_BUTTON, "Make a _Video");
  g_assert_true (gtk_widget_get_mapped (button));
  ui_click (button);
  g_assert_cmpstr (ui_find_asked (gallery->ui, "page:"), ==, "page: 'video'");
  g_assert_false (gtk_widget_is_sensitive (ui_gallery_get (gallery, "select_button")));
  shoot (gallery, "gallery-empty");
  ui_library_fill (gallery->ui, 3, 0);
  ui_gallery_wait_count (gallery, 3);
  g_assert_cmpstr (ui_gallery_get_state (gallery), ==, "grid");
  ui_gallery_close (gallery);
}

static char *
dup_placeholder (UiGallery *gallery)
{
  char *words = NULL;

  g_object_get (ui_gallery_get (gallery, "search"), "placeholder-text", &words, NULL);
  return words;
}

static void
test_search (void)
{
  UiGallery *gallery = ui_gallery_open (48, 0);
  g_autofree char *words = dup_placeholder (gallery);

  g_assert_cmpstr (words, ==, "Search 48 creations");
  ui_gallery_search (gallery, "lighth");
  ui_gallery_wait_count (gallery, 6);
  ui_gallery_search (gallery, "lighthouse number16");
  ui_gallery_wait_count (gallery, 1);
  ui_gallery_search (gallery, "zeppelin <b>");
  ui_gallery_wait_count (gallery, 0);
  g_assert_cmpstr (ui_gallery_get_state (gallery), ==, "no-match");
  g_assert_nonnull (strstr (adw_status_page_get_title (ADW_STATUS_PAGE (ui_gallery_get (gallery, "no_match"))), "“zeppelin &lt;b&gt;”"));
  shoot (gallery, "gallery-no-match");
  ui_click (ui_find (gallery->page, GTK_TYPE_BUTTON, "_Clear Filters"));
  ui_gallery_wait_count (gallery, 48);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (ui_gallery_get (gallery, "search"))), ==, "");
  /* From the search into what it found. */
  cs_gallery_page_search (CS_GALLERY_PAGE (gallery->page));
  ui_gallery_search (gallery, "casbah");
  ui_gallery_wait_count (gallery, 6);
  g_signal_emit_by_name (ui_gallery_get (gallery, "search"), "stop-search");
  ui_gallery_wait_count (gallery, 48);
  ui_gallery_close (gallery);
}

/* Kinds, favourites, provider, style, time; and all of them together. */
static void
test_filters (void)
{
  UiGallery *gallery = ui_gallery_open (60, 0);

  ui_gallery_filter (gallery, "filter.kind", "video");
  ui_gallery_wait_count (gallery, 30);
  ui_gallery_filter (gallery, "filter.kind", "deck");
  ui_gallery_wait_count (gallery, 10);
  ui_gallery_filter (gallery, "filter.kind", "");
  ui_gallery_filter (gallery, "filter.favourites", NULL);
  ui_gallery_wait_count (gallery, 15);
  ui_gallery_filter (gallery, "filter.provider", "piapi");
  ui_gallery_wait_count (gallery, 10);
  ui_gallery_filter (gallery, "filter.style", "anime");
  ui_gallery_wait_count (gallery, 2);
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (ui_gallery_get (gallery, "provider_chip"))), ==, "PiAPI");
  g_assert_true (gtk_widget_has_css_class (ui_gallery_get (gallery, "style_chip"), "set"));
  g_assert_true (ui_gallery_press (gallery, GDK_KEY_Escape, 0));
  ui_gallery_wait_count (gallery, 60);
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (ui_gallery_get (gallery, "provider_chip"))), ==, "Any provider");
  ui_library_change (gallery->ui, "UPDATE creations SET created_at = created_at - 20 * 86400000000 WHERE provider = 'sketch'");
  ui_gallery_filter (gallery, "filter.time", "month");
  ui_gallery_wait_count (gallery, 60);
  ui_gallery_filter (gallery, "filter.time", "week");
  ui_gallery_wait_count (gallery, 50);
  ui_gallery_close (gallery);
}

/* What is waited for: which one is the first. */
typedef struct
{
  UiGallery *gallery;
  const char *title;
} First;

static gboolean
is_first_cb (gpointer user_data)
{
  First *first = user_data;
  g_autoptr (CsLibraryItem) item = g_list_model_get_item (G_LIST_MODEL (first->gallery->list), 0);
  CsCreation *creation = cs_library_item_get_creation (item);

  return creation != NULL && g_str_equal (cs_creation_get_facts (creation)->title, first->title);
}

/* It is seen at the top, wherever one was before. */
static void
assert_first (UiGallery *gallery, const char *sort, const char *title)
{
  First first = { gallery, title };

  ui_gallery_filter (gallery, "filter.sort", sort);
  ui_wait (is_first_cb, &first);
  ui_settle (gallery->ui);
  g_assert_cmpfloat (gtk_adjustment_get_value (ui_gallery_get_scroll (gallery)), ==, 0);
  g_assert_nonnull (ui_gallery_get_tile (gallery, 0));
  gtk_adjustment_set_value (ui_gallery_get_scroll (gallery), 400);
  ui_settle (gallery->ui);
}

static void
test_sort (void)
{
  UiGallery *gallery = ui_gallery_open (24, 0);

  ui_library_change (gallery->ui, "UPDATE creations SET cost = 900000, title = 'dear' WHERE rowid = 3;"
                                  "UPDATE creations SET duration = 60, title = 'long' WHERE rowid = 8;"
                                  "UPDATE creations SET title = 'old' WHERE rowid = 24;"
                                  "UPDATE creations SET title = 'new' WHERE rowid = 1");
  assert_first (gallery, "oldest", "old");
  assert_first (gallery, "price", "dear");
  assert_first (gallery, "longest", "long");
  assert_first (gallery, "newest", "new");
  ui_gallery_close (gallery);
}

static gboolean
is_drawn_cb (gpointer page)
{
  GtkWidget *cover = ui_find (page, CS_TYPE_DECK_COVER, NULL);

  return cover != NULL && gtk_widget_get_mapped (cover) && cs_deck_cover_is_drawn (CS_DECK_COVER (cover));
}

/* A presentation shows its first slide; a card that showed one shows no slide over the next picture. */
static void
test_deck (void)
{
  UiGallery *gallery = ui_gallery_open (12, 0);
  GtkWidget *cover;

  ui_wait (is_drawn_cb, gallery->page);
  cover = ui_find (gallery->page, CS_TYPE_DECK_COVER, NULL);
  ui_gallery_filter (gallery, "filter.kind", "image");
  ui_gallery_wait_count (gallery, 4);
  cover = ui_find (gallery->page, CS_TYPE_DECK_COVER, NULL);
  g_assert_true (cover == NULL || !gtk_widget_get_mapped (cover));
  ui_gallery_close (gallery);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/gallery/look", test_look);
  g_test_add_func ("/gallery/empty", test_empty);
  g_test_add_func ("/gallery/search", test_search);
  g_test_add_func ("/gallery/filters", test_filters);
  g_test_add_func ("/gallery/sort", test_sort);
  g_test_add_func ("/gallery/deck", test_deck);
  return g_test_run ();
}
