/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program as somebody uses it who hears it: from the idea to the film, what goes wrong on the way, and what is kept. */
#include "config.h"

#include "screen-keyring.h"
#include "screen-keys.h"
#include "screen.h"

#define BUTTON ATSPI_ROLE_PUSH_BUTTON

/* @key: (nullable): of PiAPI */
static ScreenProgram *
open_program (const char *key)
{
  ScreenProgram *program = screen_program_new ();

  if (key != NULL)
    screen_program_set_variable (program, "PIAPI_KEY", key);
  screen_program_start (program);
  return program;
}

static void
see (ScreenProgram *program, AtspiRole role, const char *name)
{
  g_autoptr (AtspiAccessible) thing = screen_wait (program, role, name);

  g_test_message ("Seen: %s", name);
}

static guint
count_submitted (ScreenProgram *program)
{
  return cs_fake_server_count (program->server, "piapi", "create");
}

/* What PiAPI was asked so often. */
typedef struct
{
  ScreenProgram *program;
  const char *operation;
  guint n;
} Asked;

static gboolean
is_asked_cb (gpointer user_data)
{
  Asked *asked = user_data;

  return cs_fake_server_count (asked->program->server, "piapi", asked->operation) >= asked->n;
}

static void
wait_count (ScreenProgram *program, const char *operation, guint n)
{
  Asked asked = { program, operation, n };

  cs_test_wait (is_asked_cb, &asked);
}

/* @word: what the provider does when it is asked how it goes, until it is let go. */
static void
hold (ScreenProgram *program, const char *word)
{
  cs_fake_server_set_usual (program->server, "piapi", "get", word);
}

static void
ask_for (ScreenProgram *program, const char *idea)
{
  see (program, ATSPI_ROLE_LABEL, "Generate · $0.28");
  screen_write (program, ATSPI_ROLE_TEXT, "Your idea", idea);
  screen_click (program, BUTTON, "Generate for 28 cents");
}

/* Closing the window is the way out; the program has to end by itself, with nothing under way. */
static void
leave (ScreenProgram *program)
{
  screen_click (program, BUTTON, "Close");
  screen_program_wait_end (program);
  screen_program_free (program);
}

/* Promise 2: the price comes first. */
static void
test_2_make_and_play (void)
{
  ScreenProgram *program = open_program ("key-of-piapi");
  g_autoptr (AtspiAccessible) progress = NULL;

  hold (program, "status:processing");
  see (program, ATSPI_ROLE_LABEL, "Generate · $0.28");
  g_assert_cmpuint (count_submitted (program), ==, 0);
  ask_for (program, "a lighthouse at dusk");
  see (program, ATSPI_ROLE_LABEL, "Making your video");
  see (program, SCREEN_ANY_ROLE, "*Writing*");
  see (program, SCREEN_ANY_ROLE, "*Sending*");
  see (program, SCREEN_ANY_ROLE, "*Rendering*");
  see (program, SCREEN_ANY_ROLE, "*Saving*");
  see (program, BUTTON, "Jobs: 1 running");
  hold (program, "ok");
  screen_click (program, BUTTON, "Play");
  see (program, BUTTON, "Pause");
  see (program, BUTTON, "*Save…");
  see (program, BUTTON, "Nothing is running");
  g_assert_cmpuint (count_submitted (program), ==, 1);
  g_assert_cmpuint (cs_fake_server_count_accepted (program->server, "piapi"), ==, 1);
  leave (program);
}

/* Money may still be spent, so that it asks first. */
static void
test_cancel (void)
{
  ScreenProgram *program = open_program ("key-of-piapi");

  hold (program, "503");
  ask_for (program, "a robot gardener");
  see (program, BUTTON, "Jobs: 1 running");
  wait_count (program, "create", 1);
  screen_click (program, BUTTON, "*Cancel");
  see (program, ATSPI_ROLE_LABEL, "Stop waiting?");
  screen_click (program, BUTTON, "*Cancel Job");
  wait_count (program, "cancel", 1);
  hold (program, "ok");
  see (program, BUTTON, "Nothing is running");
  screen_click (program, ATSPI_ROLE_PAGE_TAB, "Gallery");
  see (program, ATSPI_ROLE_LABEL, "Nothing here yet");
  g_assert_cmpuint (count_submitted (program), ==, 1);
  leave (program);
}

/* A dearer model is offered, and never taken by itself. */
static void
test_2_refused (void)
{
  ScreenProgram *program = open_program ("key-of-piapi");

  cs_fake_server_script (program->server, "piapi", "create", "400");
  ask_for (program, "algiers at dawn");
  see (program, BUTTON, "*Retry with * · $0.40");
  g_assert_cmpuint (count_submitted (program), ==, 1);
  g_assert_cmpuint (cs_fake_server_count_accepted (program->server, NULL), ==, 0);
  screen_click (program, BUTTON, "*Retry with * · $0.40");
  see (program, BUTTON, "Play");
  g_assert_cmpuint (count_submitted (program), ==, 2);
  g_assert_cmpuint (cs_fake_server_count_accepted (program->server, NULL), ==, 1);
  leave (program);
}

/* Pictures by Sketch: no key, no network. */
static void
make_picture (ScreenProgram *program, const char *idea)
{
  screen_write (program, ATSPI_ROLE_TEXT, "Your idea", idea);
  screen_click (program, BUTTON, "Generate*");
  see (program, ATSPI_ROLE_LABEL, idea); /* above the picture */
}

/* Promises 1 and 4: it works before there is a key, and nothing that was made is lost. */
static void
test_1_4_gallery (void)
{
  ScreenProgram *program = open_program (NULL);

  see (program, ATSPI_ROLE_LABEL, "Generate · Free");
  screen_click (program, ATSPI_ROLE_PAGE_TAB, "Image");
  see (program, ATSPI_ROLE_LABEL, "Pictures"); /* the page has come: it has an idea of its own */
  make_picture (program, "a small boat on a calm sea");
  make_picture (program, "mountains behind a lake");
  screen_click (program, ATSPI_ROLE_PAGE_TAB, "Gallery");
  see (program, SCREEN_ANY_ROLE, "*small boat*");
  see (program, SCREEN_ANY_ROLE, "*mountains*");
  screen_write (program, ATSPI_ROLE_ENTRY, "Search*", "boat");
  screen_wait_gone (program, SCREEN_ANY_ROLE, "*mountains*");
  see (program, SCREEN_ANY_ROLE, "*small boat*");
  leave (program);
}

/* Promise 5: what is pasted goes to the keyring, and nowhere else in the folder. */
static void
test_5_key (void)
{
  ScreenProgram *program = screen_program_new ();

  if (!screen_keyring_open (program))
    {
      g_test_skip ("gnome-keyring-daemon is not installed");
      screen_program_free (program);
      return;
    }
  screen_program_start (program);
  see (program, ATSPI_ROLE_LABEL, "Generate · Free");
  screen_click (program, BUTTON, "Add the key for PiAPI");
  see (program, SCREEN_ANY_ROLE, "API key");
  g_object_unref (screen_wait_state (program, ATSPI_ROLE_FRAME, "Preferences", ATSPI_STATE_ACTIVE));
  screen_keys_type (" key-of-piapi ");
  screen_keys_press ("Return");
  see (program, ATSPI_ROLE_LABEL, "Works");
  screen_click (program, BUTTON, "*Check");
  see (program, ATSPI_ROLE_LABEL, "*$1.23*"); /* the credit that is left */
  g_assert_cmpuint (cs_fake_server_count (program->server, "piapi", "account"), ==, 2);
  g_assert_cmpuint (count_submitted (program), ==, 0);
  screen_keys_press ("Escape");
  screen_wait_gone (program, ATSPI_ROLE_FRAME, "Preferences");
  see (program, ATSPI_ROLE_LABEL, "Generate · $0.28");
  leave (program);
}

/* Promises 3 and 4: whatever happens here, it is paid once and kept. */
static void
test_3_4_restart (void)
{
  ScreenProgram *program = open_program ("key-of-piapi");

  hold (program, "status:processing");
  ask_for (program, "a lighthouse at dusk");
  wait_count (program, "create", 1);
  see (program, BUTTON, "Jobs: 1 running");
  screen_program_kill (program);
  screen_program_start (program);
  see (program, BUTTON, "Jobs: 1 running");
  hold (program, "ok");
  see (program, BUTTON, "Nothing is running");
  screen_click (program, ATSPI_ROLE_PAGE_TAB, "Gallery");
  see (program, SCREEN_ANY_ROLE, "*lighthouse at dusk*");
  g_assert_cmpuint (count_submitted (program), ==, 1);
  g_assert_cmpuint (cs_fake_server_count_accepted (program->server, NULL), ==, 1);
  leave (program);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  screen_keys_init ();
  g_test_add_func ("/screen/2-make-and-play", test_2_make_and_play);
  g_test_add_func ("/screen/cancel", test_cancel);
  g_test_add_func ("/screen/2-refused", test_2_refused);
  g_test_add_func ("/screen/1-4-gallery", test_1_4_gallery);
  g_test_add_func ("/screen/5-key", test_5_key);
  g_test_add_func ("/screen/3-4-restart", test_3_4_restart);
  return g_test_run ();
}
