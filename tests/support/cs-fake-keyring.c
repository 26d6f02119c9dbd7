/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A secret service that behaves as real ones do at their worst. */
#include "config.h"

#include "cs-fake-keyring.h"

#define SERVICE_PATH "/org/freedesktop/secrets"
#define COLLECTION_PATH SERVICE_PATH "/collection/fake"
#define ALIAS_PATH SERVICE_PATH "/aliases/default"
#define ITEM_PATH COLLECTION_PATH "/1"
#define PROMPT_PATH SERVICE_PATH "/prompt/p1"
#define SESSION_PATH SERVICE_PATH "/session/s1"

struct _CsFakeKeyring
{
  CsFakeKeyringManner manner;
  CsFakeUser user;
  GDBusConnection *connection;
  GDBusNodeInfo *node;
  guint filter;

  gboolean is_locked;
  GVariant *attributes; /* (nullable) of the item */
  GBytes *secret;       /* (nullable) of the item */
  GVariant *wanted;     /* (nullable) arguments of the CreateItem that a prompt is about */
  gboolean is_deletion; /* what a prompt is about */

  guint n_prompts;
  int n_calls; /* atomic */
};

static const char xml[] =
  "<node>"
  "<interface name='org.freedesktop.Secret.Service'>"
  "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
  "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
  "<method name='SearchItems'><arg type='a{ss}' direction='in'/><arg type='ao' direction='out'/>"
  "<arg type='ao' direction='out'/></method>"
  "<method name='Unlock'><arg type='ao' direction='in'/><arg type='ao' direction='out'/>"
  "<arg type='o' direction='out'/></method>"
  "<method name='ReadAlias'><arg type='s' direction='in'/><arg type='o' direction='out'/></method>"
  "<method name='GetSecrets'><arg type='ao' direction='in'/><arg type='o' direction='in'/>"
  "<arg type='a{o(oayays)}' direction='out'/></method>"
  "<property name='Collections' type='ao' access='read'/>"
  "</interface>"
  "<interface name='org.freedesktop.Secret.Session'><method name='Close'/></interface>"
  "<interface name='org.freedesktop.Secret.Collection'>"
  "<method name='CreateItem'><arg type='a{sv}' direction='in'/><arg type='(oayays)' direction='in'/>"
  "<arg type='b' direction='in'/><arg type='o' direction='out'/><arg type='o' direction='out'/></method>"
  "<property name='Items' type='ao' access='read'/><property name='Label' type='s' access='read'/>"
  "<property name='Locked' type='b' access='read'/><property name='Created' type='t' access='read'/>"
  "<property name='Modified' type='t' access='read'/>"
  "</interface>"
  "<interface name='org.freedesktop.Secret.Item'>"
  "<method name='Delete'><arg type='o' direction='out'/></method>"
  "<method name='GetSecret'><arg type='o' direction='in'/><arg type='(oayays)' direction='out'/></method>"
  "<property name='Locked' type='b' access='read'/><property name='Attributes' type='a{ss}' access='read'/>"
  "<property name='Label' type='s' access='read'/><property name='Created' type='t' access='read'/>"
  "<property name='Modified' type='t' access='read'/>"
  "</interface>"
  "<interface name='org.freedesktop.Secret.Prompt'>"
  "<method name='Prompt'><arg type='s' direction='in'/></method><method name='Dismiss'/>"
  "<signal name='Completed'><arg type='b'/><arg type='v'/></signal>"
  "</interface>"
  "</node>";

static GVariant *
build_paths (const char *path)
{
  return g_variant_new_objv (&path, path != NULL ? 1 : 0);
}

static GVariant *
build_secret (CsFakeKeyring *self)
{
  static const char nothing[] = "";
  gsize length;
  const void *data = g_bytes_get_data (self->secret, &length);

  return g_variant_new ("(o@ay@ays)", SESSION_PATH, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, nothing, 0, 1),
                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, length, 1), "text/plain");
}

static gboolean
has_item (CsFakeKeyring *self, GVariant *attributes)
{
  return self->attributes != NULL && !self->is_locked && g_variant_equal (self->attributes, attributes);
}

static void
take_item (CsFakeKeyring *self, GVariant *parameters)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (parameters, 0);
  g_autoptr (GVariant) secret = g_variant_get_child_value (parameters, 1);
  g_autoptr (GVariant) value = g_variant_get_child_value (secret, 2);
  gsize length;
  const void *data = g_variant_get_fixed_array (value, &length, 1);

  g_clear_pointer (&self->attributes, g_variant_unref);
  g_clear_pointer (&self->secret, g_bytes_unref);
  self->attributes = g_variant_lookup_value (properties, "org.freedesktop.Secret.Item.Attributes", NULL);
  self->secret = g_bytes_new (data, length);
}

static void
drop_item (CsFakeKeyring *self)
{
  g_clear_pointer (&self->attributes, g_variant_unref);
  g_clear_pointer (&self->secret, g_bytes_unref);
}

static void
call_service (CsFakeKeyring *self, const char *method, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  gboolean asks = self->is_locked;

  if (g_str_equal (method, "OpenSession"))
    {
      const char *algorithm;

      g_variant_get (parameters, "(&sv)", &algorithm, NULL);
      if (g_str_equal (algorithm, "plain"))
        g_dbus_method_invocation_return_value (
            invocation, g_variant_new ("(vo)", g_variant_new_string (""), SESSION_PATH));
      else
        g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_NOT_SUPPORTED, "Only plain");
    }
  else if (g_str_equal (method, "SearchItems"))
    {
      g_autoptr (GVariant) attributes = g_variant_get_child_value (parameters, 0);

      g_dbus_method_invocation_return_value (
          invocation,
          g_variant_new ("(@ao@ao)", build_paths (has_item (self, attributes) ? ITEM_PATH : NULL), build_paths (NULL)));
    }
  else if (g_str_equal (method, "Unlock"))
    g_dbus_method_invocation_return_value (
        invocation,
        g_variant_new ("(@aoo)", build_paths (asks ? NULL : COLLECTION_PATH), asks ? PROMPT_PATH : "/"));
  else if (g_str_equal (method, "ReadAlias"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", COLLECTION_PATH));
  else
    {
      GVariantBuilder builder;

      g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{o(oayays)}"));
      if (self->secret != NULL && !self->is_locked)
        g_variant_builder_add (&builder, "{o@(oayays)}", ITEM_PATH, build_secret (self));
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(a{o(oayays)})", &builder));
    }
}

static void
create_item (CsFakeKeyring *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  if (self->is_locked)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.Secret.Error.IsLocked", "It is locked");
      return;
    }
  if (self->manner == CS_FAKE_KEYRING_ASKING)
    {
      g_clear_pointer (&self->wanted, g_variant_unref);
      self->wanted = g_variant_ref (parameters);
      self->is_deletion = FALSE;
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(oo)", "/", PROMPT_PATH));
      return;
    }
  take_item (self, parameters);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(oo)", ITEM_PATH, "/"));
}

static void
call_item (CsFakeKeyring *self, const char *method, GDBusMethodInvocation *invocation)
{
  if (g_str_equal (method, "GetSecret"))
    {
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@(oayays))", build_secret (self)));
      return;
    }
  self->is_deletion = TRUE;
  if (self->manner != CS_FAKE_KEYRING_ASKING)
    drop_item (self);
  g_dbus_method_invocation_return_value (
      invocation, g_variant_new ("(o)", self->manner == CS_FAKE_KEYRING_ASKING ? PROMPT_PATH : "/"));
}

/* What the prompt was about is done now. */
static GVariant *
agree (CsFakeKeyring *self)
{
  if (self->is_locked)
    {
      self->is_locked = FALSE;
      return build_paths (COLLECTION_PATH);
    }
  if (self->is_deletion)
    {
      drop_item (self);
      return g_variant_new_string ("");
    }
  take_item (self, self->wanted);
  return g_variant_new_object_path (ITEM_PATH);
}

static void
show_prompt (CsFakeKeyring *self)
{
  gboolean agrees = self->user == CS_FAKE_USER_AGREES;

  self->n_prompts++;
  if (self->user != CS_FAKE_USER_ABSENT)
    g_dbus_connection_emit_signal (
        self->connection, NULL, PROMPT_PATH, "org.freedesktop.Secret.Prompt", "Completed",
        g_variant_new ("(bv)", !agrees, agrees ? agree (self) : build_paths (NULL)), NULL);
}

static void
method_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *method,
           GVariant *parameters, GDBusMethodInvocation *invocation, gpointer user_data)
{
  CsFakeKeyring *self = user_data;

  if (g_str_has_suffix (interface, ".Service"))
    call_service (self, method, parameters, invocation);
  else if (g_str_has_suffix (interface, ".Collection"))
    create_item (self, parameters, invocation);
  else if (g_str_has_suffix (interface, ".Item"))
    call_item (self, method, invocation);
  else
    {
      g_dbus_method_invocation_return_value (invocation, NULL);
      if (g_str_equal (method, "Prompt"))
        show_prompt (self);
    }
}

static GVariant *
property_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *name,
             GError **error, gpointer user_data)
{
  CsFakeKeyring *self = user_data;

  if (g_str_equal (name, "Collections"))
    return build_paths (COLLECTION_PATH);
  if (g_str_equal (name, "Items"))
    return build_paths (self->attributes != NULL && !self->is_locked ? ITEM_PATH : NULL);
  if (g_str_equal (name, "Locked"))
    return g_variant_new_boolean (self->is_locked);
  if (g_str_equal (name, "Attributes"))
    return self->attributes != NULL ? g_variant_ref (self->attributes) : g_variant_new ("a{ss}", NULL);
  if (g_str_equal (name, "Label"))
    return g_variant_new_string ("Fake");
  return g_variant_new_uint64 (1);
}

static const GDBusInterfaceVTable vtable = { .method_call = method_cb, .get_property = property_cb };

/* On the connection's own thread. A silent service drops every question. */
static GDBusMessage *
filter_cb (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  CsFakeKeyring *self = user_data;

  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;
  g_atomic_int_inc (&self->n_calls);
  if (self->manner != CS_FAKE_KEYRING_SILENT)
    return message;
  g_object_unref (message);
  return NULL;
}

static void
offer (CsFakeKeyring *self, const char *path, const char *interface)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_register_object (self->connection, path, g_dbus_node_info_lookup_interface (self->node, interface),
                                     &vtable, self, NULL, &error);
  g_assert_no_error (error);
}

static void
take_name (CsFakeKeyring *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
      self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
      g_variant_new ("(su)", "org.freedesktop.secrets", 4u), G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  guint code;

  g_assert_no_error (error);
  g_variant_get (answer, "(u)", &code);
  g_assert_cmpuint (code, ==, 1);
}

/** cs_fake_keyring_new: Returns: (transfer full): the service, which has its name on the session bus already. */
CsFakeKeyring *
cs_fake_keyring_new (CsFakeKeyringManner manner)
{
  CsFakeKeyring *self = g_new0 (CsFakeKeyring, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);

  g_assert_no_error (error);
  self->manner = manner;
  self->is_locked = manner == CS_FAKE_KEYRING_LOCKED;
  self->connection = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL,
      &error);
  g_assert_no_error (error);
  self->node = g_dbus_node_info_new_for_xml (xml, &error);
  g_assert_no_error (error);
  self->filter = g_dbus_connection_add_filter (self->connection, filter_cb, self, NULL);
  offer (self, SERVICE_PATH, "org.freedesktop.Secret.Service");
  offer (self, COLLECTION_PATH, "org.freedesktop.Secret.Collection");
  offer (self, ALIAS_PATH, "org.freedesktop.Secret.Collection");
  offer (self, ITEM_PATH, "org.freedesktop.Secret.Item");
  offer (self, PROMPT_PATH, "org.freedesktop.Secret.Prompt");
  offer (self, SESSION_PATH, "org.freedesktop.Secret.Session");
  take_name (self);
  return self;
}

void
cs_fake_keyring_free (CsFakeKeyring *self)
{
  g_dbus_connection_remove_filter (self->connection, self->filter);
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_object_unref (self->connection);
  g_dbus_node_info_unref (self->node);
  drop_item (self);
  g_clear_pointer (&self->wanted, g_variant_unref);
  g_free (self);
}

void
cs_fake_keyring_set_user (CsFakeKeyring *self, CsFakeUser user)
{
  self->user = user;
}

/** cs_fake_keyring_count_prompts: Returns: how often the user was shown something. */
guint
cs_fake_keyring_count_prompts (CsFakeKeyring *self)
{
  return self->n_prompts;
}

/** cs_fake_keyring_count_calls: Returns: how many questions came, answered or not. */
guint
cs_fake_keyring_count_calls (CsFakeKeyring *self)
{
  return (guint) g_atomic_int_get (&self->n_calls);
}

/** cs_fake_keyring_get_secret: Returns: (transfer none) (nullable): what the one item holds. */
const char *
cs_fake_keyring_get_secret (CsFakeKeyring *self)
{
  static char text[64];
  gsize length;
  const void *data;

  if (self->secret == NULL)
    return NULL;
  data = g_bytes_get_data (self->secret, &length);
  g_assert_cmpuint (length, <, sizeof text);
  memcpy (text, data, length);
  text[length] = '\0';
  return text;
}
