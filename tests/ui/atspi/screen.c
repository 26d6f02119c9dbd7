/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "screen.h"

#include <locale.h>

#define MAX_DEPTH 60
#define LOOK_EVERY 20000 /* microseconds */

/* What is looked for, and what was found. */
typedef struct
{
  AtspiRole role;
  const char *name;        /* (nullable) */
  AtspiStateType state;    /* ATSPI_STATE_INVALID: any */
  guint n;                 /* how many there were */
  AtspiAccessible *first;  /* (nullable) */
  gboolean all;            /* goes on after the first */
} Search;

/** screen_init: The first thing in main(). What libatspi warns of is not ours: it asks programs that are just starting. */
void
screen_init (int *argc, char ***argv)
{
  setlocale (LC_ALL, "");
  g_test_init (argc, argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  atspi_init ();
}

/* One thing */

/* Not what a person sees: marks that keep numbers and names in their place. */
static gboolean
is_mark (gunichar c)
{
  return (c >= 0x200e && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static char *
strip_marks (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!is_mark (g_utf8_get_char (at)))
      g_string_append_unichar (plain, g_utf8_get_char (at));
  return g_string_free (plain, FALSE);
}

char *
screen_thing_dup_name (AtspiAccessible *thing)
{
  g_autofree char *name = atspi_accessible_get_name (thing, NULL);

  return strip_marks (name != NULL ? name : "");
}

/** screen_thing_dup_text: Returns: (transfer full): what is written in it; "" where nothing can be. */
char *
screen_thing_dup_text (AtspiAccessible *thing)
{
  g_autoptr (AtspiText) text = atspi_accessible_get_text_iface (thing);
  char *words = NULL;

  if (text != NULL)
    words = atspi_text_get_text (text, 0, atspi_text_get_character_count (text, NULL), NULL);
  return words != NULL ? words : g_strdup ("");
}

gboolean
screen_thing_has_state (AtspiAccessible *thing, AtspiStateType state)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (thing);

  return states != NULL && atspi_state_set_contains (states, state);
}

/** screen_thing_is_called: Whether its name, or for a label its text, is like @name. */
gboolean
screen_thing_is_called (AtspiAccessible *thing, const char *name)
{
  g_autofree char *own = screen_thing_dup_name (thing);
  g_autofree char *text = NULL;
  g_autofree char *plain = NULL;

  if (g_pattern_match_simple (name, own))
    return TRUE;
  if (atspi_accessible_get_role (thing, NULL) != ATSPI_ROLE_LABEL)
    return FALSE;
  text = screen_thing_dup_text (thing);
  plain = strip_marks (text);
  return g_pattern_match_simple (name, plain);
}

/* Pages that were never shown have no size. */
static gboolean
is_seen (AtspiAccessible *thing)
{
  g_autoptr (AtspiComponent) component = NULL;
  g_autofree AtspiRect *rectangle = NULL;

  if (!screen_thing_has_state (thing, ATSPI_STATE_VISIBLE))
    return FALSE;
  component = atspi_accessible_get_component_iface (thing);
  rectangle = component != NULL ? atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL) : NULL;
  return rectangle == NULL || (rectangle->width != 0 && rectangle->height != 0);
}

/* Nothing in it is looked for: every look is a question to another process. */
static gboolean
is_whole (AtspiAccessible *thing)
{
  AtspiRole role = atspi_accessible_get_role (thing, NULL);

  return role == ATSPI_ROLE_LABEL || role == ATSPI_ROLE_IMAGE || role == ATSPI_ROLE_PAGE_TAB || role == ATSPI_ROLE_SCROLL_BAR
         || role == ATSPI_ROLE_SLIDER || role == ATSPI_ROLE_CHECK_BOX;
}

/* Walking */

/* Returns: (transfer full) (nullable) */
static AtspiAccessible *
find_application (ScreenProgram *self)
{
  g_autoptr (AtspiAccessible) desktop = atspi_get_desktop (0);
  int n;

  if (self->process == NULL || screen_program_has_ended (self))
    return NULL;
  atspi_accessible_clear_cache (desktop);
  n = atspi_accessible_get_child_count (desktop, NULL);
  for (int i = 0; i < n; i++)
    {
      AtspiAccessible *child = atspi_accessible_get_child_at_index (desktop, i, NULL);

      if (child != NULL && (int) atspi_accessible_get_process_id (child, NULL) == screen_program_get_pid (self))
        {
          atspi_accessible_set_cache_mask (child, ATSPI_CACHE_NONE);
          return child;
        }
      g_clear_object (&child);
    }
  return NULL;
}

typedef gboolean (*Visitor) (AtspiAccessible *thing, int depth, gpointer user_data); /* whether to go on */

/* Windows come first; what is not seen has nothing in it that is. Returns: whether to go on. */
static gboolean
walk (AtspiAccessible *parent, int depth, Visitor visitor, gpointer user_data)
{
  int n = atspi_accessible_get_child_count (parent, NULL);

  for (int i = 0; i < n && depth < MAX_DEPTH; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (parent, i, NULL);

      if (child == NULL || (depth > 0 && !is_seen (child)))
        continue;
      if (!visitor (child, depth, user_data) || (!is_whole (child) && !walk (child, depth + 1, visitor, user_data)))
        return FALSE;
    }
  return TRUE;
}

static void
look (ScreenProgram *self, Visitor visitor, gpointer user_data)
{
  g_autoptr (AtspiAccessible) application = find_application (self);

  if (application != NULL)
    walk (application, 0, visitor, user_data);
}

static gboolean
search_cb (AtspiAccessible *thing, int depth, gpointer user_data)
{
  Search *search = user_data;

  if ((search->role != SCREEN_ANY_ROLE && atspi_accessible_get_role (thing, NULL) != search->role)
      || (search->name != NULL && !screen_thing_is_called (thing, search->name))
      || (search->state != ATSPI_STATE_INVALID && !screen_thing_has_state (thing, search->state)))
    return TRUE;
  search->n++;
  if (search->first == NULL)
    search->first = g_object_ref (thing);
  return search->all;
}

static AtspiAccessible *
search (ScreenProgram *self, AtspiRole role, const char *name, AtspiStateType state)
{
  Search found = { .role = role, .name = name, .state = state };

  look (self, search_cb, &found);
  return found.first;
}

static gboolean
print_cb (AtspiAccessible *thing, int depth, gpointer user_data)
{
  g_autofree char *role = atspi_accessible_get_role_name (thing, NULL);
  g_autofree char *name = screen_thing_dup_name (thing);
  g_autofree char *text = screen_thing_dup_text (thing);

  g_string_append_printf (user_data, "%*s%s “%s”", depth * 2, "", role, name);
  if (*text != '\0' && !g_str_equal (text, name))
    g_string_append_printf (user_data, " = “%s”", text);
  if (screen_thing_has_state (thing, ATSPI_STATE_FOCUSED))
    g_string_append (user_data, " (focus)");
  if (!screen_thing_has_state (thing, ATSPI_STATE_SENSITIVE))
    g_string_append (user_data, " (off)");
  if (screen_thing_has_state (thing, ATSPI_STATE_CHECKED) || screen_thing_has_state (thing, ATSPI_STATE_PRESSED)
      || screen_thing_has_state (thing, ATSPI_STATE_SELECTED))
    g_string_append (user_data, " (chosen)");
  g_string_append_c (user_data, '\n');
  return TRUE;
}

char *
screen_print (ScreenProgram *self)
{
  GString *lines = g_string_new (NULL);

  look (self, print_cb, lines);
  return g_string_free (lines, FALSE);
}

/* Waiting */

static void
fail (ScreenProgram *self, AtspiRole role, const char *name, const char *what)
{
  g_autofree char *role_name = role != SCREEN_ANY_ROLE ? atspi_role_get_name (role) : g_strdup ("thing");
  g_autofree char *screen = screen_print (self);

  g_printerr ("%s\n", screen);
  g_error ("%s: no %s “%s” within %d s%s", what, role_name, name != NULL ? name : "*", CS_TEST_PATIENCE,
           self->process == NULL || screen_program_has_ended (self) ? "; the program has ended" : "");
}

/* One look at the screen takes longer than the pause between two. Returns: whether there is time left. */
static gboolean
pause_until (gint64 end)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_usleep (LOOK_EVERY);
  return g_get_monotonic_time () < end;
}

static gint64
get_end (void)
{
  return g_get_monotonic_time () + CS_TEST_PATIENCE * G_USEC_PER_SEC;
}

AtspiAccessible *
screen_find (ScreenProgram *self, AtspiRole role, const char *name)
{
  return search (self, role, name, ATSPI_STATE_INVALID);
}

/** screen_wait_state: Returns: (transfer full): the first that is like this, as soon as there is one. */
AtspiAccessible *
screen_wait_state (ScreenProgram *self, AtspiRole role, const char *name, AtspiStateType state)
{
  gint64 end = get_end ();
  AtspiAccessible *found;

  while ((found = search (self, role, name, state)) == NULL)
    if (!pause_until (end))
      fail (self, role, name, "Waited in vain");
  return found;
}

AtspiAccessible *
screen_wait (ScreenProgram *self, AtspiRole role, const char *name)
{
  return screen_wait_state (self, role, name, ATSPI_STATE_INVALID);
}

void
screen_wait_gone (ScreenProgram *self, AtspiRole role, const char *name)
{
  gint64 end = get_end ();

  for (;;)
    {
      g_autoptr (AtspiAccessible) found = screen_find (self, role, name);

      if (found == NULL)
        return;
      if (!pause_until (end))
        fail (self, role, name, "It is there still");
    }
}

guint
screen_count (ScreenProgram *self, AtspiRole role, const char *name)
{
  Search found = { .role = role, .name = name, .state = ATSPI_STATE_INVALID, .all = TRUE };

  look (self, search_cb, &found);
  g_clear_object (&found.first);
  return found.n;
}

void
screen_wait_count (ScreenProgram *self, AtspiRole role, const char *name, guint n)
{
  gint64 end = get_end ();

  while (screen_count (self, role, name) != n)
    if (!pause_until (end))
      fail (self, role, name, "Never so many of them as there should be");
}

AtspiAccessible *
screen_find_focus (ScreenProgram *self)
{
  return search (self, SCREEN_ANY_ROLE, NULL, ATSPI_STATE_FOCUSED);
}

/* Doing */

/** screen_click: Waits until it can be clicked. */
void
screen_click (ScreenProgram *self, AtspiRole role, const char *name)
{
  g_autoptr (AtspiAccessible) thing = screen_wait_state (self, role, name, ATSPI_STATE_SENSITIVE);
  g_autoptr (AtspiAction) action = atspi_accessible_get_action_iface (thing);
  g_autoptr (GError) error = NULL;

  if (action == NULL)
    g_error ("“%s” does nothing", name);
  atspi_action_do_action (action, 0, &error);
  g_assert_no_error (error);
}

/** screen_write: Replaces what is written in it, and waits until it is there. */
void
screen_write (ScreenProgram *self, AtspiRole role, const char *name, const char *text)
{
  g_autoptr (AtspiAccessible) thing = screen_wait_state (self, role, name, ATSPI_STATE_EDITABLE);
  g_autoptr (AtspiEditableText) editable = atspi_accessible_get_editable_text_iface (thing);
  g_autoptr (GError) error = NULL;

  if (editable == NULL)
    g_error ("Nothing can be written into “%s”", name);
  atspi_editable_text_set_text_contents (editable, text, &error);
  g_assert_no_error (error);
}
