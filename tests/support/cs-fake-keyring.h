/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How a keyring behaves. */
typedef enum
{
  CS_FAKE_KEYRING_SILENT,  /* takes every question and never answers */
  CS_FAKE_KEYRING_LOCKED,  /* one locked keyring that does not tell what is in it */
  CS_FAKE_KEYRING_ASKING,  /* unlocked, but asks the user before it takes or drops anything */
} CsFakeKeyringManner;

/* What the user does when asked. */
typedef enum
{
  CS_FAKE_USER_ABSENT,
  CS_FAKE_USER_DISMISSES,
  CS_FAKE_USER_AGREES,
} CsFakeUser;

/*
 * A secret service of our own on the session bus, with no keyring behind it: it holds at most one item. It lives in this
 * process, on a connection of its own. Main thread.
 */
typedef struct _CsFakeKeyring CsFakeKeyring;

CsFakeKeyring *cs_fake_keyring_new           (CsFakeKeyringManner manner);
void           cs_fake_keyring_free          (CsFakeKeyring *self);
void           cs_fake_keyring_set_user      (CsFakeKeyring *self, CsFakeUser user);
guint          cs_fake_keyring_count_prompts (CsFakeKeyring *self);
guint          cs_fake_keyring_count_calls   (CsFakeKeyring *self);
const char    *cs_fake_keyring_get_secret    (CsFakeKeyring *self); /* (nullable) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsFakeKeyring, cs_fake_keyring_free)

G_END_DECLS
