/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who made the program and on what it stands, with what a report of a fault needs. Main thread. */
#include "config.h"
#include "ui/cs-about.h"

#include "creative-studio.h"

#include <adwaita.h>

#define DEBUG_INFO_FILE "creative-studio-debug-info.txt"

static const char *const developers[] = { "IAFactory", NULL };

/* What runs under it. */

/* (transfer full): the name of a type without its prefix, as "Wayland" and "Cairo". */
static char *
dup_short_name (gpointer object, const char *before, const char *after)
{
  g_autofree char *name = g_strdup (object != NULL ? G_OBJECT_TYPE_NAME (object) : "");
  const char *start = g_str_has_prefix (name, before) ? name + strlen (before) : name;

  return g_str_has_suffix (start, after) ? g_strndup (start, strlen (start) - strlen (after)) : g_strdup (start);
}

static void
add_fact (GString *text, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (text, "%s: %s\n", name, value);
}

static void
add_system (GString *text, GtkWindow *parent)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  g_autofree char *display = dup_short_name (gdk_display_get_default (), "Gdk", "Display");
  g_autofree char *renderer = dup_short_name (gtk_native_get_renderer (GTK_NATIVE (parent)), "Gsk", "Renderer");
  g_autofree char *languages = g_strjoinv (", ", (char **) g_get_language_names ());

  add_fact (text, "System", system);
  add_fact (text, "Desktop", g_getenv ("XDG_CURRENT_DESKTOP"));
  add_fact (text, "Display", display);
  add_fact (text, "Renderer", renderer);
  add_fact (text, "Languages", languages);
  add_fact (text, "Flatpak", g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? "yes" : "no");
}

/**
 * cs_about_dup_debug_info:
 * @parent: a window that is shown
 *
 * Returns: (transfer full): versions and system for a report of a fault; no key, name, folder or word of the user.
 */
char *
cs_about_dup_debug_info (GtkWindow *parent)
{
  GString *text = g_string_new (NULL);
  g_autofree char *engine = cs_engine_dup_versions ();

  g_string_append_printf (text, "Creative Studio %s\n", CS_VERSION);
  g_string_append_printf (text, "GTK %u.%u.%u\n", gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version ());
  g_string_append_printf (text, "libadwaita %u.%u.%u\n", adw_get_major_version (), adw_get_minor_version (),
                          adw_get_micro_version ());
  g_string_append (text, engine);
  g_string_append_c (text, '\n');
  add_system (text, parent);
  return g_string_free (text, FALSE);
}

/* The window */

/* What others made, and is part of the files that leave the studio. */
static void
add_legal_sections (AdwAboutWindow *about)
{
  adw_about_window_add_legal_section (about, _ ("Reveal.js, in every presentation"),
                                      "© 2011–2026 Hakim El Hattab", GTK_LICENSE_MIT_X11, NULL);
  /* translators: what stands in About of the pictures that Sketch draws */
  adw_about_window_add_legal_section (about, _ ("What you make"), NULL, GTK_LICENSE_CUSTOM,
                                      _ ("What Sketch draws on this computer is yours. "
                                         "What a provider makes is under the terms of that provider."));
}

/** cs_about_show: @parent: (nullable): over which it is shown. */
void
cs_about_show (GtkWindow *parent)
{
  GtkWidget *about = adw_about_window_new ();
  g_autofree char *debug_info = parent != NULL ? cs_about_dup_debug_info (parent) : NULL;

  g_object_set (about,
                "transient-for", parent,
                "application-name", _ ("Creative Studio"),
                "application-icon", CS_APP_ID,
                "version", CS_VERSION,
                "developer-name", "IAFactory",
                "developers", developers,
                "comments", _ ("One idea becomes a video, a picture or a presentation."),
                "copyright", "© 2026 IAFactory",
                "license-type", GTK_LICENSE_GPL_3_0,
                "website", CS_WEBSITE,
                /* translators: your own name, for the list of those who made it */
                "translator-credits", _ ("translator-credits"),
                "debug-info", debug_info != NULL ? debug_info : "",
                "debug-info-filename", DEBUG_INFO_FILE,
                NULL);
  add_legal_sections (ADW_ABOUT_WINDOW (about));
  gtk_window_present (GTK_WINDOW (about));
}
