/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-desktop.h"
#include "ui-support.h"

struct _UiDesktop
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GDBusConnection *bus;
  GDBusNodeInfo *info;
  GMutex mutex;
  GPtrArray *lines; /* (element-type utf8), under the mutex */
  guint cookie;
};

static const char introspection[]
    = "<node>"
      "<interface name='org.gtk.Notifications'>"
      "<method name='AddNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='a{sv}' direction='in'/>"
      "</method><method name='RemoveNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/></method>"
      "</interface>"
      "<interface name='org.gnome.SessionManager'>"
      "<method name='Inhibit'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='u' direction='in'/><arg type='u' direction='out'/></method>"
      "<method name='Uninhibit'><arg type='u' direction='in'/></method>"
      "</interface>"
      "<interface name='org.freedesktop.FileManager1'>"
      "<method name='ShowItems'><arg type='as' direction='in'/><arg type='s' direction='in'/></method>"
      "</interface>"
      "</node>";

static const struct
{
  const char *name;
  const char *path;
} services[] = {
  { "org.gtk.Notifications", "/org/gtk/Notifications" },
  { "org.gnome.SessionManager", "/org/gnome/SessionManager" },
  { "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1" },
};

/* Takes @line. */
static void
note (UiDesktop *self, char *line)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->lines, line);
  g_mutex_unlock (&self->mutex);
}

static char *
dup_text (GVariant *notification, const char *key)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (notification, key, NULL);

  if (value == NULL)
    return g_strdup ("");
  return g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) ? g_variant_dup_string (value, NULL) : g_variant_print (value, FALSE);
}

static void
note_notification (UiDesktop *self, GVariant *parameters)
{
  const char *program, *id;
  g_autoptr (GVariant) all = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  g_autofree char *action = NULL;
  g_autofree char *target = NULL;
  g_autofree char *buttons = NULL;
  g_autofree char *icon = NULL;

  g_variant_get (parameters, "(&s&s@a{sv})", &program, &id, &all);
  title = dup_text (all, "title");
  body = dup_text (all, "body");
  action = dup_text (all, "default-action");
  target = dup_text (all, "default-action-target");
  buttons = dup_text (all, "buttons");
  icon = dup_text (all, "icon");
  note (self, g_strdup_printf ("notify %s: %s | %s | %s %s | %s | %s", id, title, body, action, target, buttons, icon));
}

static GVariant *
answer (UiDesktop *self, const char *method, GVariant *parameters)
{
  const char *one, *two;
  guint number;
  g_autofree const char **uris = NULL;

  if (g_str_equal (method, "AddNotification"))
    note_notification (self, parameters);
  else if (g_str_equal (method, "RemoveNotification"))
    {
      g_variant_get (parameters, "(&s&s)", &one, &two);
      note (self, g_strdup_printf ("withdraw %s", two));
    }
  else if (g_str_equal (method, "Inhibit"))
    {
      g_variant_get (parameters, "(&su&su)", &one, NULL, &two, &number);
      note (self, g_strdup_printf ("inhibit %u: %s", number, two));
      return g_variant_new ("(u)", ++self->cookie);
    }
  else if (g_str_equal (method, "Uninhibit"))
    note (self, g_strdup ("uninhibit"));
  else
    {
      g_variant_get (parameters, "(^a&s&s)", &uris, &one);
      note (self, g_strdup_printf ("show %s", uris[0]));
    }
  return NULL;
}

static void
call_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *method,
         GVariant *parameters, GDBusMethodInvocation *invocation, gpointer user_data)
{
  g_dbus_method_invocation_return_value (invocation, answer (user_data, method, parameters));
}

static void
offer (UiDesktop *self)
{
  static const GDBusInterfaceVTable vtable = { .method_call = call_cb };
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  self->bus = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, NULL);
  g_assert_nonnull (self->bus);
  self->info = g_dbus_node_info_new_for_xml (introspection, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autoptr (GVariant) reply = NULL;
      guint id = g_dbus_connection_register_object (self->bus, services[i].path,
                                                    g_dbus_node_info_lookup_interface (self->info, services[i].name), &vtable, self, NULL,
                                                    NULL);

      g_assert_cmpuint (id, !=, 0);
      reply = g_dbus_connection_call_sync (self->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                           "RequestName", g_variant_new ("(su)", services[i].name, 4), G_VARIANT_TYPE ("(u)"),
                                           G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
      g_assert_nonnull (reply);
    }
}

static gpointer
thread_func (gpointer data)
{
  UiDesktop *self = data;

  g_main_context_push_thread_default (self->context);
  offer (self);
  g_main_loop_run (self->loop);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_clear_object (&self->bus);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
is_running_cb (gpointer user_data)
{
  return g_main_loop_is_running (((UiDesktop *) user_data)->loop);
}

UiDesktop *
ui_desktop_start (void)
{
  UiDesktop *self = g_new0 (UiDesktop, 1);

  g_mutex_init (&self->mutex);
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("desktop", thread_func, self);
  ui_wait (is_running_cb, self);
  return self;
}

void
ui_desktop_stop (UiDesktop *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_dbus_node_info_unref (self->info);
  g_ptr_array_unref (self->lines);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

char *
ui_desktop_find (UiDesktop *self, const char *start)
{
  char *found = NULL;

  g_mutex_lock (&self->mutex);
  for (guint i = self->lines->len; i > 0 && found == NULL; i--)
    if (g_str_has_prefix (self->lines->pdata[i - 1], start))
      found = g_strdup (self->lines->pdata[i - 1]);
  g_mutex_unlock (&self->mutex);
  return found;
}

guint
ui_desktop_count (UiDesktop *self, const char *start)
{
  guint n = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->lines->len; i++)
    n += g_str_has_prefix (self->lines->pdata[i], start);
  g_mutex_unlock (&self->mutex);
  return n;
}

/* What is waited for. */
typedef struct
{
  UiDesktop *desktop;
  const char *start;
} Line;

static gboolean
is_there_cb (gpointer user_data)
{
  Line *line = user_data;

  return ui_desktop_count (line->desktop, line->start) > 0;
}

char *
ui_desktop_wait (UiDesktop *self, const char *start)
{
  Line line = { self, start };

  ui_wait (is_there_cb, &line);
  return ui_desktop_find (self, start);
}

void
ui_desktop_forget (UiDesktop *self)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_set_size (self->lines, 0);
  g_mutex_unlock (&self->mutex);
}
