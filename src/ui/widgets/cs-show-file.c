/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file in its folder. Main thread. */
#include "config.h"
#include "ui/widgets/cs-show-file.h"

#include "creative-studio.h"
#include "ui/widgets/cs-say.h"

/* One showing. */
typedef struct
{
  GtkWidget *from;
  GFile *file;
} Showing;

static void
showing_free (Showing *showing)
{
  g_object_unref (showing->from);
  g_object_unref (showing->file);
  g_free (showing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Showing, showing_free)

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Showing) showing = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    cs_say (showing->from, _ ("This computer has no program that shows folders."));
}

/* Where no file manager takes the file itself, its folder is opened. */
static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Showing) showing = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GFile) folder = g_file_get_parent (showing->file);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  if (answer != NULL || uri == NULL)
    return;
  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, launched_cb, g_steal_pointer (&showing));
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Showing) showing = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);
  g_autofree char *uri = g_file_get_uri (showing->file);
  const char *uris[] = { uri, NULL };

  if (bus == NULL)
    {
      cs_say (showing->from, _ ("This computer has no program that shows folders."));
      return;
    }
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1",
                          "ShowItems", g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, shown_cb,
                          g_steal_pointer (&showing));
}

/** cs_show_file: @path: of a file; what goes wrong is said by the window that @from is in. */
void
cs_show_file (GtkWidget *from, const char *path)
{
  Showing *showing = g_new0 (Showing, 1);

  showing->from = g_object_ref (from);
  showing->file = g_file_new_for_path (path);
  g_bus_get (G_BUS_TYPE_SESSION, NULL, bus_cb, showing);
}
