/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A place for keys that is gone with the process: for tests. Main thread. */
#include "config.h"
#include "secrets/cs-secret-store.h"

#include "core/cs-redact.h"
#include "core/cs-task.h"

#define CS_TYPE_MEMORY_STORE (cs_memory_store_get_type ())
G_DECLARE_FINAL_TYPE (CsMemoryStore, cs_memory_store, CS, MEMORY_STORE, GObject)

struct _CsMemoryStore
{
  GObject parent_instance;

  char *secrets[CS_N_KEYS]; /* (nullable) each */
};

static void cs_memory_store_iface_init (CsSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsMemoryStore, cs_memory_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_SECRET_STORE, cs_memory_store_iface_init))

static void
replace (CsMemoryStore *self, CsKeyName name, const char *secret)
{
  g_clear_pointer (&self->secrets[name], cs_secret_free);
  self->secrets[name] = g_strdup (secret);
}

static void
cs_memory_store_finalize (GObject *object)
{
  for (guint i = 0; i < CS_N_KEYS; i++)
    replace (CS_MEMORY_STORE (object), i, NULL);

  G_OBJECT_CLASS (cs_memory_store_parent_class)->finalize (object);
}

static void
cs_memory_store_class_init (CsMemoryStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_memory_store_finalize;
}

static void
cs_memory_store_init (CsMemoryStore *self)
{
}

static void
lookup_async (CsSecretStore *store, CsKeyName name, GCancellable *cancellable, GAsyncReadyCallback callback,
              gpointer user_data)
{
  CsMemoryStore *self = CS_MEMORY_STORE (store);
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, lookup_async);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_strdup (self->secrets[name]), (GDestroyNotify) cs_secret_free);
}

static CS_DEFINE_FINISH_POINTER (char, CsSecretStore, lookup_async, lookup_finish)

static void
store_async (CsSecretStore *store, CsKeyName name, const char *secret, gboolean may_prompt, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, store_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  replace (CS_MEMORY_STORE (store), name, secret);
  g_task_return_boolean (task, TRUE);
}

static CS_DEFINE_FINISH_BOOLEAN (CsSecretStore, store_async, store_finish)

static void
clear_async (CsSecretStore *store, CsKeyName name, gboolean may_prompt, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, clear_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  replace (CS_MEMORY_STORE (store), name, NULL);
  g_task_return_boolean (task, TRUE);
}

static CS_DEFINE_FINISH_BOOLEAN (CsSecretStore, clear_async, clear_finish)

static void
cs_memory_store_iface_init (CsSecretStoreInterface *iface)
{
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
  iface->store_async = store_async;
  iface->store_finish = store_finish;
  iface->clear_async = clear_async;
  iface->clear_finish = clear_finish;
}

/** cs_memory_store_new: Returns: (transfer full): an empty store. */
CsSecretStore *
cs_memory_store_new (void)
{
  return CS_SECRET_STORE (g_object_new (CS_TYPE_MEMORY_STORE, NULL));
}
