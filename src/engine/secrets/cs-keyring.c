/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keyring of the desktop, through libsecret: the secret service, or a file of libsecret's own inside a Flatpak. All of
 * libsecret runs in a thread of ours with a main context of its own, since it derives keys and talks to portals while its
 * caller waits. Main thread; the thread ends with the last reference.
 */
#include "config.h"
#include "secrets/cs-secret-store.h"

#include "core/cs-task.h"
#include "secrets/cs-keyring-steps.h"

#define READ_PATIENCE 3   /* seconds: nobody waits longer for a program to start */
#define WRITE_PATIENCE 15 /* seconds, not counting those in which the user is asked */

#define CS_TYPE_KEYRING (cs_keyring_get_type ())
G_DECLARE_FINAL_TYPE (CsKeyring, cs_keyring, CS, KEYRING, GObject)

/* The thread that libsecret runs in. It ends when it is dismissed and no call is left. */
typedef struct
{
  GMainContext *context;

  /* of the thread itself */
  guint n_calls;
  gboolean is_dismissed;
} Thread;

struct _CsKeyring
{
  GObject parent_instance;

  gboolean is_in_file;
  Thread *thread; /* (nullable) it begins with the first call, and frees itself */
};

static void cs_keyring_iface_init (CsSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsKeyring, cs_keyring, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_SECRET_STORE, cs_keyring_iface_init))

static gboolean
dismiss_cb (gpointer user_data)
{
  Thread *thread = user_data;

  thread->is_dismissed = TRUE;
  return G_SOURCE_REMOVE;
}

/* The thread is not waited for: it may wait for somebody who never answers. */
static void
cs_keyring_finalize (GObject *object)
{
  CsKeyring *self = CS_KEYRING (object);

  if (self->thread != NULL)
    {
      g_autoptr (GMainContext) context = g_main_context_ref (self->thread->context);

      g_main_context_invoke (context, dismiss_cb, self->thread);
    }

  G_OBJECT_CLASS (cs_keyring_parent_class)->finalize (object);
}

static void
cs_keyring_class_init (CsKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_keyring_finalize;
}

/* As libsecret decides: it does not tell, and what it gives to those who ask is one reference short (0.20). */
static gboolean
is_in_file (void)
{
  const char *backend = g_getenv ("SECRET_BACKEND");
  gboolean is_named = backend != NULL && *backend != '\0' && !g_str_equal (backend, "service");

  return is_named || g_getenv ("SNAP_NAME") != NULL || g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

static void
cs_keyring_init (CsKeyring *self)
{
  self->is_in_file = is_in_file ();
}

static gpointer
run_thread (gpointer data)
{
  Thread *thread = data;

  g_main_context_push_thread_default (thread->context);
  while (!thread->is_dismissed || thread->n_calls > 0)
    g_main_context_iteration (thread->context, TRUE);
  g_main_context_pop_thread_default (thread->context);
  g_main_context_unref (thread->context);
  g_free (thread);
  return NULL;
}

static Thread *
ensure_thread (CsKeyring *self)
{
  if (self->thread == NULL)
    {
      self->thread = g_new0 (Thread, 1);
      self->thread->context = g_main_context_new ();
      g_thread_unref (g_thread_new ("keyring", run_thread, self->thread));
    }
  return self->thread;
}

static gboolean
do_cb (gpointer user_data)
{
  CsKeyringCall *call = user_data;

  ++*call->n_calls;
  cs_keyring_do (call);
  return G_SOURCE_REMOVE;
}

static void
ask (CsSecretStore *store, gpointer tag, CsKeyringCall *call, guint patience, GCancellable *cancellable,
     GAsyncReadyCallback callback, gpointer user_data)
{
  Thread *thread = ensure_thread (CS_KEYRING (store));
  GTask *task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  call->is_in_file = CS_KEYRING (store)->is_in_file;
  call->n_calls = &thread->n_calls;
  cs_keyring_call_begin (call, task, thread->context, patience);
  g_main_context_invoke (thread->context, do_cb, call);
}

static void
lookup_async (CsSecretStore *store, CsKeyName name, GCancellable *cancellable, GAsyncReadyCallback callback,
              gpointer user_data)
{
  ask (store, lookup_async, cs_keyring_call_new (CS_KEYRING_LOOKUP, name, NULL, FALSE), READ_PATIENCE, cancellable, callback,
       user_data);
}

static CS_DEFINE_FINISH_POINTER (char, CsSecretStore, lookup_async, lookup_finish)

static void
store_async (CsSecretStore *store, CsKeyName name, const char *secret, gboolean may_prompt, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer user_data)
{
  ask (store, store_async, cs_keyring_call_new (CS_KEYRING_STORE, name, secret, may_prompt), WRITE_PATIENCE, cancellable,
       callback, user_data);
}

static CS_DEFINE_FINISH_BOOLEAN (CsSecretStore, store_async, store_finish)

static void
clear_async (CsSecretStore *store, CsKeyName name, gboolean may_prompt, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer user_data)
{
  ask (store, clear_async, cs_keyring_call_new (CS_KEYRING_CLEAR, name, NULL, may_prompt), WRITE_PATIENCE, cancellable,
       callback, user_data);
}

static CS_DEFINE_FINISH_BOOLEAN (CsSecretStore, clear_async, clear_finish)

/* The name of a key is of no matter here: one is searched for all the same, since that shows which locks there are. */
static void
unlock_async (CsSecretStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  ask (store, unlock_async, cs_keyring_call_new (CS_KEYRING_UNLOCK, CS_KEY_PIAPI, NULL, TRUE), WRITE_PATIENCE, cancellable,
       callback, user_data);
}

static CS_DEFINE_FINISH_BOOLEAN (CsSecretStore, unlock_async, unlock_finish)

static void
cs_keyring_iface_init (CsSecretStoreInterface *iface)
{
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
  iface->store_async = store_async;
  iface->store_finish = store_finish;
  iface->clear_async = clear_async;
  iface->clear_finish = clear_finish;
  iface->unlock_async = unlock_async;
  iface->unlock_finish = unlock_finish;
}

/** cs_keyring_new: Returns: (transfer full): the keyring; nothing is asked of it before somebody asks. */
CsSecretStore *
cs_keyring_new (void)
{
  return CS_SECRET_STORE (g_object_new (CS_TYPE_KEYRING, NULL));
}
