/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By whom it is made: every choice keeps its place, says what it costs, or why it is off and what helps. */
#include "config.h"

#include "composer-page.h"
#include "ui-stand-in.h"

#include "ui/composer/cs-provider-row.h"

#define WIDTH 1180
#define HEIGHT 734

/* The page with its choices open. */
typedef struct
{
  UiStandIn *studio;
  CsCreatePage *page;
  CsProviderRow *row;
  GtkListBox *choices;
} Scene;

static gboolean
is_open_cb (gpointer popover)
{
  return gtk_widget_get_mapped (popover);
}

static Scene *
scene_open (const char *keys, int width)
{
  Scene *self = g_new0 (Scene, 1);

  self->studio = ui_stand_in_open (keys);
  self->page = page_show (self->studio->fixture, CS_KIND_VIDEO, width, HEIGHT);
  self->row = CS_PROVIDER_ROW (page_find (self->page, CS_TYPE_PROVIDER_ROW, "provider"));
  self->choices = GTK_LIST_BOX (page_find (self->page, GTK_TYPE_LIST_BOX, "choices"));
  return self;
}

static void
open_choices (Scene *self)
{
  g_signal_emit_by_name (self->row, "activated");
  ui_wait (is_open_cb, page_find (self->page, GTK_TYPE_POPOVER, "popover"));
  ui_settle (self->studio->fixture);
}

static void
scene_close (Scene *self)
{
  gtk_popover_popdown (GTK_POPOVER (page_find (self->page, GTK_TYPE_POPOVER, "popover")));
  ui_stand_in_close (self->studio);
  g_free (self);
}

static AdwActionRow *
find_choice (Scene *self, const char *title)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->choices, i)) != NULL; i++)
    if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title))
      return ADW_ACTION_ROW (row);
  g_error ("There is no choice “%s”", title);
}

static void
check_choice (Scene *self, const char *title, const char *subtitle, const char *price)
{
  AdwActionRow *row = find_choice (self, title);

  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, subtitle);
  if (price != NULL)
    g_assert_nonnull (ui_find (GTK_WIDGET (row), GTK_TYPE_LABEL, price));
  g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)) == (price != NULL));
}

static void
test_choices (void)
{
  Scene *scene = scene_open ("p", WIDTH);
  AdwActionRow *off;

  page_wait_label (scene->page, "Generate · $0.28");
  open_choices (scene);
  ui_shoot_popover (scene->studio->fixture, page_find (scene->page, GTK_TYPE_POPOVER, "popover"), "provider-popover");
  check_choice (scene, "Automatic", "Tries the ones you have in this order, and says so", "$0.28");
  check_choice (scene, "\u2068PiAPI · Wan 2.2\u2069", "5 s · no sound", "$0.28");
  check_choice (scene, "\u2068PiAPI · Wan 2.6\u2069", "5 or 10 s · sound", "$0.40");
  check_choice (scene, "\u2068Replicate · MiniMax\u2069", "Needs a Replicate key", NULL);
  check_choice (scene, "\u2068Sketch\u2069", "Drawn on this computer, without AI", "Free");
  off = find_choice (scene, "\u2068Hugging Face · Wan 2.2 5B\u2069");
  ui_check_names (GTK_WIDGET (scene->choices));
  gtk_widget_activate (ui_find (GTK_WIDGET (off), GTK_TYPE_BUTTON, "Add Key"));
  ui_wait_asked (scene->studio->fixture, "add-key: 'HF_API_TOKEN'");
  scene_close (scene);
}

/* The keyboard begins at what is chosen; Enter picks, and closes. */
static void
test_pick (void)
{
  Scene *scene = scene_open ("p", WIDTH);
  GtkWidget *popover = page_find (scene->page, GTK_TYPE_POPOVER, "popover");

  page_wait_label (scene->page, "Generate · $0.28");
  open_choices (scene);
  g_assert_true (gtk_window_get_focus (scene->studio->fixture->window) == GTK_WIDGET (find_choice (scene, "Automatic")));
  g_signal_emit_by_name (find_choice (scene, "\u2068PiAPI · Wan 2.6\u2069"), "activate");
  page_wait_label (scene->page, "Generate · $0.40");
  page_wait_label (scene->page, "\u2068PiAPI · Wan 2.6\u2069");
  g_assert_false (gtk_widget_get_visible (popover));
  scene_close (scene);
}

/* What the chosen things ask for turns choices off, in their place. */
static void
test_reasons (void)
{
  Scene *scene = scene_open ("pr", WIDTH);

  page_wait_label (scene->page, "Generate · $0.28");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (page_find (scene->page, GTK_TYPE_TOGGLE_BUTTON, "sound")), TRUE);
  page_wait_label (scene->page, "Generate · $0.40");
  open_choices (scene);
  check_choice (scene, "\u2068PiAPI · Wan 2.2\u2069", "Makes no sound", NULL);
  check_choice (scene, "\u2068PiAPI · Wan 2.6\u2069", "5 or 10 s · sound", "$0.40");
  scene_close (scene);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/provider-row/choices", test_choices);
  g_test_add_func ("/provider-row/pick", test_pick);
  g_test_add_func ("/provider-row/reasons", test_reasons);
  return g_test_run ();
}
