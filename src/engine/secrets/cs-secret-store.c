/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interface of a place for keys. */
#include "config.h"
#include "secrets/cs-secret-store.h"

#include "core/cs-task.h"

G_DEFINE_INTERFACE (CsSecretStore, cs_secret_store, G_TYPE_OBJECT)

static void
unlock_nothing_async (CsSecretStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, unlock_nothing_async);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

static CS_DEFINE_FINISH_BOOLEAN (CsSecretStore, unlock_nothing_async, unlock_nothing_finish)

static void
cs_secret_store_default_init (CsSecretStoreInterface *iface)
{
  iface->unlock_async = unlock_nothing_async;
  iface->unlock_finish = unlock_nothing_finish;
}

/** cs_secret_store_lookup_async: Looks for the key @name, without ever asking the user anything. */
void
cs_secret_store_lookup_async (CsSecretStore *self, CsKeyName name, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (CS_IS_SECRET_STORE (self));
  g_return_if_fail ((guint) name < CS_N_KEYS);

  CS_SECRET_STORE_GET_IFACE (self)->lookup_async (self, name, cancellable, callback, user_data);
}

/**
 * cs_secret_store_lookup_finish:
 *
 * Returns: (transfer full) (nullable): the key, for cs_secret_free(); NULL without an error when there is none.
 */
char *
cs_secret_store_lookup_finish (CsSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (CS_IS_SECRET_STORE (self), NULL);

  return CS_SECRET_STORE_GET_IFACE (self)->lookup_finish (self, result, error);
}

/**
 * cs_secret_store_store_async:
 * @secret: the key; it takes the place of the one before
 * @may_prompt: whether the user may be asked to unlock the place; that takes as long as the user takes
 */
void
cs_secret_store_store_async (CsSecretStore *self, CsKeyName name, const char *secret, gboolean may_prompt,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (CS_IS_SECRET_STORE (self));
  g_return_if_fail ((guint) name < CS_N_KEYS);
  g_return_if_fail (secret != NULL);

  CS_SECRET_STORE_GET_IFACE (self)->store_async (self, name, secret, may_prompt, cancellable, callback, user_data);
}

gboolean
cs_secret_store_store_finish (CsSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (CS_IS_SECRET_STORE (self), FALSE);

  return CS_SECRET_STORE_GET_IFACE (self)->store_finish (self, result, error);
}

/** cs_secret_store_clear_async: Forgets the key @name; well done when there was none. */
void
cs_secret_store_clear_async (CsSecretStore *self, CsKeyName name, gboolean may_prompt, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (CS_IS_SECRET_STORE (self));
  g_return_if_fail ((guint) name < CS_N_KEYS);

  CS_SECRET_STORE_GET_IFACE (self)->clear_async (self, name, may_prompt, cancellable, callback, user_data);
}

gboolean
cs_secret_store_clear_finish (CsSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (CS_IS_SECRET_STORE (self), FALSE);

  return CS_SECRET_STORE_GET_IFACE (self)->clear_finish (self, result, error);
}

/** cs_secret_store_unlock_async: Asks the user to unlock it, where that is needed; that takes as long as the user takes. */
void
cs_secret_store_unlock_async (CsSecretStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (CS_IS_SECRET_STORE (self));

  CS_SECRET_STORE_GET_IFACE (self)->unlock_async (self, cancellable, callback, user_data);
}

/** cs_secret_store_unlock_finish: Returns: whether it can be read now. */
gboolean
cs_secret_store_unlock_finish (CsSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (CS_IS_SECRET_STORE (self), FALSE);

  return CS_SECRET_STORE_GET_IFACE (self)->unlock_finish (self, result, error);
}
