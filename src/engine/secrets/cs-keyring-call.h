/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "secrets/cs-key-name.h"

#include <gio/gio.h>
#include <libsecret/secret.h>

G_BEGIN_DECLS

typedef enum
{
  CS_KEYRING_LOOKUP,
  CS_KEYRING_STORE,
  CS_KEYRING_CLEAR,
  CS_KEYRING_UNLOCK,
} CsKeyringVerb;

/*
 * One thing that is asked of the keyring. It is begun at home, in the thread that asked; done in the keyring's own thread,
 * because libsecret blocks now and then; and handed back. Whoever asked may have had its answer before: the patience was at
 * an end, or the thing was given up.
 */
typedef struct
{
  /* input: never changes */
  CsKeyringVerb verb;
  CsKeyName name;
  char *secret; /* (nullable) to be stored */
  gboolean may_prompt;
  gboolean is_in_file; /* it is libsecret's own file that is asked, as inside a Flatpak */
  GCancellable *cancellable; /* of our own: cancelled, in the keyring's thread, when nobody waits any more */

  /* state: of the keyring's thread */
  guint *n_calls; /* how many it has */
  SecretService *service;
  GList *items; /* (element-type SecretRetrievable) (owned) SecretItem for the service */
  SecretCollection *collection;
  gboolean was_unlocked; /* the user was asked, and did it */

  /* output */
  char *found; /* (nullable) */
  GError *error;

  /* of the thread that asked */
  GMainContext *home;
  GMainContext *away; /* the keyring's */
  GTask *task; /* (nullable) when it was answered */
  GSource *timer;
  GSource *watch;
} CsKeyringCall;

CsKeyringCall *cs_keyring_call_new          (CsKeyringVerb verb, CsKeyName name, const char *secret, gboolean may_prompt);
void           cs_keyring_call_begin        (CsKeyringCall *self, GTask *task, GMainContext *away, guint patience);
void           cs_keyring_call_be_patient   (CsKeyringCall *self);
void           cs_keyring_call_hand_back    (CsKeyringCall *self, GError *error); /* (transfer full) both */

G_END_DECLS
