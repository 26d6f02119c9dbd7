/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "secrets/cs-key-name.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A place for keys. Main thread; nothing blocks, and nothing prompts unless @may_prompt, but unlock. Errors: %CS_ERROR_NO_KEYRING with
 * a sentence that says whether it is locked, missing or slow, and how to go on. An absent key is NULL without an error.
 */
#define CS_TYPE_SECRET_STORE (cs_secret_store_get_type ())
G_DECLARE_INTERFACE (CsSecretStore, cs_secret_store, CS, SECRET_STORE, GObject)

struct _CsSecretStoreInterface
{
  GTypeInterface parent;

  void     (*lookup_async)  (CsSecretStore *self, CsKeyName name, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
  char    *(*lookup_finish) (CsSecretStore *self, GAsyncResult *result, GError **error);
  void     (*store_async)   (CsSecretStore *self, CsKeyName name, const char *secret, gboolean may_prompt,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*store_finish)  (CsSecretStore *self, GAsyncResult *result, GError **error);
  void     (*clear_async)   (CsSecretStore *self, CsKeyName name, gboolean may_prompt, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*clear_finish)  (CsSecretStore *self, GAsyncResult *result, GError **error);
  /* Asks the user to unlock it, where it is locked. Default: there is nothing to unlock. */
  void     (*unlock_async)  (CsSecretStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*unlock_finish) (CsSecretStore *self, GAsyncResult *result, GError **error);
};

void     cs_secret_store_lookup_async  (CsSecretStore *self, CsKeyName name, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
char    *cs_secret_store_lookup_finish (CsSecretStore *self, GAsyncResult *result, GError **error);
void     cs_secret_store_store_async   (CsSecretStore *self, CsKeyName name, const char *secret, gboolean may_prompt,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean cs_secret_store_store_finish  (CsSecretStore *self, GAsyncResult *result, GError **error);
void     cs_secret_store_clear_async   (CsSecretStore *self, CsKeyName name, gboolean may_prompt, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
gboolean cs_secret_store_clear_finish  (CsSecretStore *self, GAsyncResult *result, GError **error);
void     cs_secret_store_unlock_async  (CsSecretStore *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean cs_secret_store_unlock_finish (CsSecretStore *self, GAsyncResult *result, GError **error);

CsSecretStore *cs_keyring_new      (void); /* the secret service, or libsecret's file inside a Flatpak */
CsSecretStore *cs_memory_store_new (void); /* for tests */

G_END_DECLS
