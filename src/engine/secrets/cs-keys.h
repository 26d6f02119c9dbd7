/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "secrets/cs-secret-store.h"

G_BEGIN_DECLS

/* Where a key comes from. */
typedef enum
{
  CS_KEY_SOURCE_NONE,
  CS_KEY_SOURCE_ENVIRONMENT,
  CS_KEY_SOURCE_KEYRING,
  CS_KEY_SOURCE_SESSION, /* of this process alone: it was typed in where there was no keyring */
} CsKeySource;

/*
 * The keys of this user: the environment first, then what was given to this process
 * alone, then the keyring. Read once when the engine opens, and again when asked;
 * from then on they are here in memory, so that asking costs nothing. Main thread; owned by the engine. Signal "changed".
 */
#define CS_TYPE_KEYS (cs_keys_get_type ())
G_DECLARE_FINAL_TYPE (CsKeys, cs_keys, CS, KEYS, GObject)

CsKeys       *cs_keys_new          (CsSecretStore *store); /* (nullable): no keyring at all */
void          cs_keys_read_environment (CsKeys *self);     /* takes the keys out of our environment */
void          cs_keys_load_async   (CsKeys *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      cs_keys_load_finish  (CsKeys *self, GAsyncResult *result, GError **error);
const char   *cs_keys_get          (CsKeys *self, CsKeyName name, CsKeySource *source); /* (nullable) (transfer none) */
const GError *cs_keys_get_trouble  (CsKeys *self); /* (nullable) why the keyring could not be read */
const GError *cs_keys_get_refusal  (CsKeys *self, CsKeyName name); /* (nullable) why what was found there is not used */
char         *cs_keys_explain_missing (CsKeys *self, CsKeyName name); /* why there is none, and what to do */
void          cs_keys_set_async    (CsKeys *self, CsKeyName name, const char *secret, gboolean may_prompt,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      cs_keys_set_finish   (CsKeys *self, GAsyncResult *result, GError **error);
void          cs_keys_clear_async  (CsKeys *self, CsKeyName name, gboolean may_prompt, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean      cs_keys_clear_finish (CsKeys *self, GAsyncResult *result, GError **error);
gboolean      cs_keys_set_for_session (CsKeys *self, CsKeyName name, const char *secret, GError **error);
gboolean      cs_keys_is_locked    (CsKeys *self); /* the keyring is there, and has to be unlocked before it can be read */
gboolean      cs_keys_has_keyring  (CsKeys *self); /* FALSE: the user wants none */
void          cs_keys_unlock_async (CsKeys *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      cs_keys_unlock_finish (CsKeys *self, GAsyncResult *result, GError **error);
const char   *cs_key_source_to_string (CsKeySource source); /* "none", "environment", "keyring", "session" */

G_END_DECLS
