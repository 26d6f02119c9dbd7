/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole way by the keyboard alone. What is on the screen is only heard, never clicked. */
#include "config.h"

#include "screen-keys.h"
#include "screen.h"

#define BUTTON ATSPI_ROLE_PUSH_BUTTON
#define MAX_TABS 60

static void
see (ScreenProgram *program, AtspiRole role, const char *name)
{
  g_autoptr (AtspiAccessible) thing = screen_wait (program, role, name);

  g_test_message ("Seen: %s", name);
}

static void
wait_state (ScreenProgram *program, AtspiRole role, const char *name, AtspiStateType state)
{
  g_autoptr (AtspiAccessible) thing = screen_wait_state (program, role, name, state);

  g_test_message ("So it is: %s", name);
}

static ScreenProgram *
open_program (void)
{
  ScreenProgram *program = screen_program_new ();

  screen_program_start (program);
  see (program, ATSPI_ROLE_LABEL, "Generate · Free");
  wait_state (program, ATSPI_ROLE_FRAME, "Creative Studio", ATSPI_STATE_ACTIVE);
  return program;
}

static void
quit (ScreenProgram *program)
{
  screen_keys_press ("ctrl+q");
  screen_program_wait_end (program);
  screen_program_free (program);
}

static void
test_pages (void)
{
  static const char *const pages[] = { "Image", "Presentation", "Gallery", "Video" };
  static const char *const keys[] = { "alt+2", "alt+3", "alt+4", "alt+1" };
  ScreenProgram *program = open_program ();

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      screen_keys_press (keys[i]);
      wait_state (program, ATSPI_ROLE_PAGE_TAB, pages[i], ATSPI_STATE_SELECTED);
    }
  quit (program);
}

/* Returns: (transfer full): where the keyboard is. */
static char *
dup_focus (ScreenProgram *program)
{
  g_autoptr (AtspiAccessible) thing = screen_wait_state (program, SCREEN_ANY_ROLE, NULL, ATSPI_STATE_FOCUSED);

  return screen_thing_dup_name (thing);
}

/* Tab has moved on when something else has the focus; the same again is the end of the way. */
static char *
press_tab (ScreenProgram *program, const char *before)
{
  screen_keys_press ("Tab");
  for (int i = 0; i < 100; i++)
    {
      g_autofree char *name = dup_focus (program);

      if (!g_str_equal (name, before))
        return g_steal_pointer (&name);
    }
  return g_strdup (before);
}

/* From the prompt to the button, in the order in which one thinks. */
static void
test_order (void)
{
  static const char *const order[] = { "Your idea", "An Idea by Chance", "A lighthouse at dusk", "Photorealistic", "Wide*",
                                       "Duration*", "*Picture…", "Screenwriter*", "*Provider*", "Generate*" };
  ScreenProgram *program = open_program ();
  g_autofree char *focus = NULL;
  guint reached = 1;

  screen_keys_press ("ctrl+l");
  wait_state (program, ATSPI_ROLE_TEXT, order[0], ATSPI_STATE_FOCUSED);
  focus = g_strdup (order[0]);
  for (guint i = 0; i < MAX_TABS && reached < G_N_ELEMENTS (order); i++)
    {
      char *next = press_tab (program, focus);

      g_free (focus);
      focus = next;
      g_test_message ("Focus: %s", focus);
      if (g_pattern_match_simple (order[reached], focus))
        reached++;
      for (guint j = reached; j < G_N_ELEMENTS (order); j++)
        if (g_pattern_match_simple (order[j], focus))
          g_error ("“%s” comes before “%s”", focus, order[reached]);
    }
  if (reached < G_N_ELEMENTS (order))
    g_error ("Tab never comes to “%s”", order[reached]);
  quit (program);
}

/* An idea becomes a picture. */
static void
make_picture (ScreenProgram *program, const char *idea)
{
  screen_keys_press ("alt+2");
  wait_state (program, ATSPI_ROLE_PAGE_TAB, "Image", ATSPI_STATE_SELECTED);
  screen_keys_press ("ctrl+n");
  wait_state (program, ATSPI_ROLE_TEXT, "Your idea", ATSPI_STATE_FOCUSED);
  screen_keys_type (idea);
  screen_keys_press ("ctrl+Return");
  see (program, BUTTON, "Jobs: 1 running");
  see (program, BUTTON, "Nothing is running");
}

/* Promise 4: what the keyboard throws away comes back by the keyboard. */
static void
test_4_gallery (void)
{
  ScreenProgram *program = open_program ();

  make_picture (program, "a small boat");
  make_picture (program, "mountains");
  screen_keys_press ("alt+4");
  see (program, SCREEN_ANY_ROLE, "*small boat*");
  see (program, SCREEN_ANY_ROLE, "*mountains*");
  screen_keys_press ("ctrl+f");
  screen_keys_type ("boat");
  screen_wait_gone (program, SCREEN_ANY_ROLE, "*mountains*");
  screen_keys_press ("Down");
  wait_state (program, SCREEN_ANY_ROLE, "*small boat*", ATSPI_STATE_FOCUSED);
  screen_keys_press ("Return");
  see (program, BUTTON, "Back*");
  screen_keys_press ("Escape");
  wait_state (program, SCREEN_ANY_ROLE, "*small boat*", ATSPI_STATE_FOCUSED);
  screen_keys_press ("Delete");
  screen_wait_gone (program, ATSPI_ROLE_TABLE_CELL, "*small boat*");
  screen_keys_press ("ctrl+z");
  see (program, ATSPI_ROLE_TABLE_CELL, "*small boat*");
  quit (program);
}

static void
test_jobs (void)
{
  ScreenProgram *program = open_program ();

  screen_keys_press ("ctrl+j");
  see (program, ATSPI_ROLE_LABEL, "Jobs go on when you close the window.");
  screen_keys_press ("Escape");
  screen_wait_gone (program, ATSPI_ROLE_LABEL, "Jobs go on when you close the window.");
  quit (program);
}

static void
test_player (void)
{
  ScreenProgram *program = open_program ();
  g_autofree char *focus = NULL;

  screen_keys_press ("ctrl+l");
  wait_state (program, ATSPI_ROLE_TEXT, "Your idea", ATSPI_STATE_FOCUSED);
  screen_keys_type ("a boat");
  screen_keys_press ("ctrl+Return");
  see (program, BUTTON, "Play");
  focus = g_strdup ("Your idea");
  for (guint i = 0; i < MAX_TABS && !g_str_equal (focus, "Play"); i++)
    {
      char *next = press_tab (program, focus);

      g_free (focus);
      focus = next;
    }
  g_assert_cmpstr (focus, ==, "Play");
  screen_keys_press ("space");
  wait_state (program, BUTTON, "Pause", ATSPI_STATE_FOCUSED);
  screen_keys_press ("space");
  wait_state (program, BUTTON, "Play", ATSPI_STATE_FOCUSED);
  screen_keys_press ("Home");
  see (program, ATSPI_ROLE_LABEL, "0:00.0");
  screen_keys_press ("Right");
  see (program, ATSPI_ROLE_LABEL, "0:01.0");
  screen_keys_press ("bracketright");
  see (program, BUTTON, "Speed: 1.25×");
  screen_keys_press ("l");
  wait_state (program, BUTTON, "Loop", ATSPI_STATE_PRESSED);
  quit (program);
}

static void
test_preferences (void)
{
  ScreenProgram *program = open_program ();

  screen_keys_press ("ctrl+comma");
  wait_state (program, ATSPI_ROLE_FRAME, "Preferences", ATSPI_STATE_ACTIVE);
  screen_keys_press ("Escape");
  screen_wait_gone (program, ATSPI_ROLE_FRAME, "Preferences");
  screen_keys_press ("ctrl+question");
  see (program, ATSPI_ROLE_FRAME, "*Shortcuts*");
  screen_keys_press ("Escape");
  screen_wait_gone (program, ATSPI_ROLE_FRAME, "*Shortcuts*");
  wait_state (program, ATSPI_ROLE_FRAME, "Creative Studio", ATSPI_STATE_ACTIVE);
  screen_keys_press ("ctrl+w");
  screen_program_wait_end (program);
  screen_program_free (program);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  screen_keys_init ();
  g_test_add_func ("/keyboard/pages", test_pages);
  g_test_add_func ("/keyboard/order", test_order);
  g_test_add_func ("/keyboard/jobs", test_jobs);
  g_test_add_func ("/keyboard/4-gallery", test_4_gallery);
  g_test_add_func ("/keyboard/player", test_player);
  g_test_add_func ("/keyboard/preferences", test_preferences);
  return g_test_run ();
}
