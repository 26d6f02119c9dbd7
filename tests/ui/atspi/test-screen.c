/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program as somebody uses it who hears it: from the idea to the film, what goes wrong on the way, and what is kept. */
#include "config.h"

#include "ui-keyring.h"
#include "ui-screen.h"

#define BUTTON ATSPI_ROLE_PUSH_BUTTON

static UiProgram *
open_program (const char *key, const char *key_of_another)
{
  UiProgram *program = ui_program_new ();

  if (key != NULL)
    ui_program_set_variable (program, "PIAPI_KEY", key);
  if (key_of_another != NULL)
    ui_program_set_variable (program, "REPLICATE_API_TOKEN", key_of_another);
  ui_program_start (program);
  return program;
}

static void
see (UiProgram *program, AtspiRole role, const char *name)
{
  g_autoptr (AtspiAccessible) thing = ui_screen_wait (program, role, name);

  g_test_message ("Seen: %s", name);
}

/* What was submitted, whatever came of it. */
static guint
count_submitted (UiProgram *program)
{
  return cs_fake_server_count (program->server, "piapi", "create") + cs_fake_server_count (program->server, "replicate", "create");
}

/* Hold: the provider goes on rendering until it is told otherwise. */
static void
hold (UiProgram *program, gboolean held)
{
  cs_fake_server_set_usual (program->server, "piapi", "get", held ? "status:processing" : "ok");
}

static void
ask_for (UiProgram *program, const char *idea)
{
  see (program, BUTTON, "Generate · $*");
  ui_screen_write (program, ATSPI_ROLE_TEXT, "Your idea", idea);
  ui_screen_click (program, BUTTON, "Generate · $*");
}

/* Closing the window is the way out; the program has to end by itself, with nothing under way. */
static void
leave (UiProgram *program)
{
  ui_screen_click (program, BUTTON, "Close");
  ui_program_wait_end (program);
  ui_program_free (program);
}

/* Promise 2: the price comes first. */
static void
test_2_make_and_play (void)
{
  UiProgram *program = open_program ("key-of-piapi", NULL);
  g_autoptr (AtspiAccessible) progress = NULL;

  hold (program, TRUE);
  see (program, BUTTON, "Generate · $*");
  g_assert_cmpuint (count_submitted (program), ==, 0);
  ask_for (program, "a lighthouse at dusk");
  see (program, ATSPI_ROLE_LABEL, "Making your video");
  see (program, UI_ANY_ROLE, "*Writing*");
  see (program, UI_ANY_ROLE, "*Sending*");
  see (program, UI_ANY_ROLE, "*Rendering*");
  see (program, UI_ANY_ROLE, "*Saving*");
  see (program, BUTTON, "Jobs: 1 running");
  hold (program, FALSE);
  ui_screen_click (program, BUTTON, "Play");
  see (program, BUTTON, "Pause");
  see (program, BUTTON, "*Save…");
  see (program, BUTTON, "Nothing is running");
  g_assert_cmpuint (count_submitted (program), ==, 1);
  g_assert_cmpuint (cs_fake_server_count_accepted (program->server, "piapi"), ==, 1);
  leave (program);
}

int
main (int argc, char **argv)
{
  ui_screen_init (&argc, &argv);
  g_test_add_func ("/screen/2-make-and-play", test_2_make_and_play);
  return g_test_run ();
}
