/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The steps of a call to the keyring: open, search, look at the locks, and then the thing itself. libsecret's lookup would
 * unlock, and its "nothing" may mean "locked"; so it is searched without unlocking, and the locks are looked at.
 *
 * Inside a Flatpak libsecret keeps a file of its own, which has no locks: there its plain calls are used. Even those
 * search instead of looking up.
 */
#include "config.h"
#include "secrets/cs-keyring-steps.h"

#include "core/cs-words.h"
#include "secrets/cs-keyring-error.h"
#include "secrets/cs-keyring-service.h"

/* Other programs see these names: secret-tool lookup service piapi account PIAPI_KEY */
static const SecretSchema schema = {
  .name = "dz.iafactory.CreativeStudio.Credential",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = {
    { "service", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

static void search (CsKeyringCall *call);
static void finish_clear (CsKeyringCall *call);

static gboolean
is_no_such_object (const GError *error)
{
  return g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD);
}

static GHashTable *
build_attributes (CsKeyringCall *call)
{
  return secret_attributes_build (&schema, "service", cs_key_name_get_provider (call->name), "account",
                                  cs_key_name_to_string (call->name), NULL);
}

static char *
build_label (CsKeyringCall *call)
{
  /* translators: the name of a key; seen in the program for passwords and keys */
  return g_strdup_printf (_ ("Creative Studio: %s"), cs_key_name_to_string (call->name));
}

static void
take_value (CsKeyringCall *call, SecretValue *value)
{
  if (value == NULL)
    return;
  call->found = g_strdup (secret_value_get_text (value));
  secret_value_unref (value);
}

static void
item_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsKeyringCall *call = user_data;
  SecretItem *item = SECRET_ITEM (source);
  GError *error = NULL;

  if (secret_item_load_secret_finish (item, result, &error))
    take_value (call, secret_item_get_secret (item));
  cs_keyring_call_hand_back (call, error);
}

/* The one that was changed last: another program may have copied one into another keyring. */
static SecretItem *
find_newest (CsKeyringCall *call)
{
  SecretItem *newest = NULL;

  for (GList *link = call->items; link != NULL; link = link->next)
    if (!secret_item_get_locked (link->data)
        && (newest == NULL || secret_item_get_modified (link->data) > secret_item_get_modified (newest)))
      newest = link->data;
  return newest;
}

static gboolean
has_locked_items (CsKeyringCall *call)
{
  for (GList *link = call->items; link != NULL; link = link->next)
    if (secret_item_get_locked (link->data))
      return TRUE;
  return FALSE;
}

static gboolean
is_collection_locked (CsKeyringCall *call)
{
  return call->collection != NULL && secret_collection_get_locked (call->collection);
}

/* Not every keyring tells what is in it while it is locked. */
static void
finish_lookup (CsKeyringCall *call)
{
  SecretItem *item = find_newest (call);

  if (item != NULL)
    secret_item_load_secret (item, call->cancellable, item_loaded_cb, call);
  else if (has_locked_items (call) || is_collection_locked (call))
    cs_keyring_call_hand_back (call, cs_keyring_error_new_locked ());
  else
    cs_keyring_call_hand_back (call, NULL);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  secret_service_store_finish (SECRET_SERVICE (source), result, &error);
  cs_keyring_call_hand_back (user_data, error);
}

static void
finish_store (CsKeyringCall *call)
{
  g_autoptr (GHashTable) attributes = build_attributes (call);
  g_autofree char *label = build_label (call);
  SecretValue *value = secret_value_new (call->secret, -1, "text/plain");

  secret_service_store (call->service, &schema, attributes, SECRET_COLLECTION_DEFAULT, label, value, call->cancellable,
                        stored_cb, call);
  secret_value_unref (value);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  if (secret_item_delete_finish (SECRET_ITEM (source), result, &error) || is_no_such_object (error))
    {
      g_clear_error (&error);
      finish_clear (user_data);
    }
  else
    cs_keyring_call_hand_back (user_data, error);
}

/* One after the other: libsecret's own call for all of them does not end well when one is refused. */
static void
finish_clear (CsKeyringCall *call)
{
  g_autoptr (SecretItem) item = NULL;

  if (call->items == NULL)
    {
      cs_keyring_call_hand_back (call, NULL);
      return;
    }
  item = call->items->data;
  call->items = g_list_delete_link (call->items, call->items);
  secret_item_delete (item, call->cancellable, deleted_cb, call);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsKeyringCall *call = user_data;
  GError *error = NULL;
  int n_unlocked = secret_service_unlock_finish (SECRET_SERVICE (source), result, NULL, &error);

  if (error == NULL && n_unlocked <= 0)
    error = cs_keyring_error_new_locked ();
  if (error != NULL)
    {
      cs_keyring_call_hand_back (call, error);
      return;
    }
  call->was_unlocked = TRUE;
  search (call);
}

/* Once: what is locked after that stays so. */
static void
unlock (CsKeyringCall *call)
{
  g_autoptr (GList) locked = NULL;

  if (!call->may_prompt || call->was_unlocked)
    {
      cs_keyring_call_hand_back (call, cs_keyring_error_new_locked ());
      return;
    }
  if (is_collection_locked (call))
    locked = g_list_prepend (locked, call->collection);
  if (call->verb == CS_KEYRING_CLEAR || call->verb == CS_KEYRING_UNLOCK)
    for (GList *link = call->items; link != NULL; link = link->next)
      if (secret_item_get_locked (link->data))
        locked = g_list_prepend (locked, link->data);
  secret_service_unlock (call->service, locked, call->cancellable, unlocked_cb, call);
}

/* Everything is known now. */
static void
decide (CsKeyringCall *call)
{
  if (call->verb == CS_KEYRING_LOOKUP)
    finish_lookup (call);
  else if (call->verb == CS_KEYRING_UNLOCK && (is_collection_locked (call) || has_locked_items (call)))
    unlock (call);
  else if (call->verb == CS_KEYRING_UNLOCK)
    cs_keyring_call_hand_back (call, NULL);
  else if (call->verb == CS_KEYRING_STORE && call->collection == NULL && !call->may_prompt)
    cs_keyring_call_hand_back (call, cs_keyring_error_new_empty ());
  else if (call->verb == CS_KEYRING_STORE && is_collection_locked (call))
    unlock (call);
  else if (call->verb == CS_KEYRING_STORE)
    finish_store (call);
  else if (has_locked_items (call) || (call->items == NULL && is_collection_locked (call)))
    unlock (call);
  else
    finish_clear (call);
}

static void
collection_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsKeyringCall *call = user_data;
  GError *error = NULL;

  g_clear_object (&call->collection);
  /* It may not have been made yet; some services name one that is not there. */
  call->collection = secret_collection_for_alias_finish (result, &error);
  if (error != NULL && !is_no_such_object (error))
    {
      cs_keyring_call_hand_back (call, error);
      return;
    }
  g_clear_error (&error);
  decide (call);
}

static void
items_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsKeyringCall *call = user_data;
  GError *error = NULL;

  g_clear_list (&call->items, g_object_unref);
  call->items = secret_service_search_finish (SECRET_SERVICE (source), result, &error);
  if (error != NULL)
    cs_keyring_call_hand_back (call, error);
  else
    secret_collection_for_alias (call->service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, call->cancellable,
                                 collection_cb, call);
}

static void
search (CsKeyringCall *call)
{
  g_autoptr (GHashTable) attributes = build_attributes (call);

  secret_service_search (call->service, &schema, attributes, SECRET_SEARCH_ALL, call->cancellable, items_cb, call);
}

static void
service_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsKeyringCall *call = user_data;
  GError *error = NULL;

  call->service = cs_keyring_service_open_finish (call, result, &error);
  if (call->service != NULL)
    search (call);
  else
    cs_keyring_call_hand_back (call, error);
}

static void
file_secret_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsKeyringCall *call = user_data;
  GError *error = NULL;

  take_value (call, secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error));
  cs_keyring_call_hand_back (call, error);
}

static void
file_items_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsKeyringCall *call = user_data;
  GError *error = NULL;

  call->items = secret_password_search_finish (result, &error);
  if (call->items == NULL)
    cs_keyring_call_hand_back (call, error);
  else
    secret_retrievable_retrieve_secret (call->items->data, call->cancellable, file_secret_cb, call);
}

static void
file_store_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  secret_password_store_finish (result, &error);
  cs_keyring_call_hand_back (user_data, error);
}

static void
file_clear_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  cs_keyring_call_hand_back (user_data, error);
}

static void
do_in_file (CsKeyringCall *call)
{
  g_autoptr (GHashTable) attributes = build_attributes (call);
  g_autofree char *label = build_label (call);

  if (call->verb == CS_KEYRING_LOOKUP)
    secret_password_searchv (&schema, attributes, SECRET_SEARCH_NONE, call->cancellable, file_items_cb, call);
  else if (call->verb == CS_KEYRING_STORE)
    secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, call->secret, call->cancellable,
                            file_store_cb, call);
  else if (call->verb == CS_KEYRING_UNLOCK) /* a file has no locks */
    cs_keyring_call_hand_back (call, NULL);
  else
    secret_password_clearv (&schema, attributes, call->cancellable, file_clear_cb, call);
}

/** cs_keyring_do: @call: (transfer full): handed back when it is done, or not. */
void
cs_keyring_do (CsKeyringCall *call)
{
  if (call->is_in_file)
    do_in_file (call);
  else
    cs_keyring_service_open_async (call, service_cb, call);
}
