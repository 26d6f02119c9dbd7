/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences about a keyring that is locked, missing or slow. Any thread. */
#include "config.h"
#include "secrets/cs-keyring-error.h"

#include "core/cs-error.h"
#include "core/cs-redact.h"
#include "core/cs-text.h"
#include "core/cs-words.h"

#include <gio/gio.h>
#include <libsecret/secret.h>

#define MAX_REASON 200 /* characters of what others say */

static GError *
new_error (const char *sentence)
{
  return g_error_new_literal (CS_ERROR, CS_ERROR_NO_KEYRING, sentence);
}

/** cs_keyring_error_new_locked: Returns: (transfer full): it is there, and locked. */
GError *
cs_keyring_error_new_locked (void)
{
  return new_error (_ ("The keyring is locked. Unlock it by signing in or with the program for passwords and keys, or put the "
                       "key into the environment."));
}

/**
 * cs_keyring_error_is_locked:
 * @error: (nullable): why the keyring did not do what was asked
 *
 * Returns: whether it is there, and only locked: the sentence is all that tells it from the others.
 */
gboolean
cs_keyring_error_is_locked (const GError *error)
{
  g_autoptr (GError) locked = cs_keyring_error_new_locked ();

  return error != NULL && g_str_equal (error->message, locked->message);
}

/** cs_keyring_error_new_empty: Returns: (transfer full): the service is there, but has no place where keys go. */
GError *
cs_keyring_error_new_empty (void)
{
  return new_error (_ ("There is no keyring yet. Make one by signing in or with the program for passwords and keys, or put the "
                       "key into the environment."));
}

/** cs_keyring_error_new_slow: Returns: (transfer full): it was waited for long enough. */
GError *
cs_keyring_error_new_slow (void)
{
  return new_error (_ ("The keyring does not answer. Sign out and in again, or put the key into the environment."));
}

static gboolean
is_missing (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_EXEC_FAILED);
}

static gboolean
is_slow (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMED_OUT)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/* What the system or the keyring's program say: foreign words, kept short. */
static GError *
describe (GError *error)
{
  g_autofree char *safe = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *sentence = NULL;

  g_dbus_error_strip_remote_error (error);
  safe = cs_redact_text (error->message);
  reason = cs_text_ellipsize (safe, MAX_REASON);
  /* translators: what went wrong, in words of the system */
  sentence = g_strdup_printf (_ ("The keyring cannot be used: %s. Start gnome-keyring or KWallet, or put the key into the "
                                 "environment."),
                              reason);
  return new_error (sentence);
}

/**
 * cs_keyring_error_translate:
 * @error: (transfer full): an error of libsecret or of D-Bus
 *
 * Returns: (transfer full): the same in our words. Ours, and that it was cancelled, are handed through.
 */
GError *
cs_keyring_error_translate (GError *error)
{
  GError *translated;

  if (error->domain == CS_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    translated = cs_keyring_error_new_locked ();
  else if (is_missing (error))
    translated = new_error (_ ("There is no keyring here. Install and start gnome-keyring or KWallet, or put the key into the "
                               "environment."));
  else if (is_slow (error))
    translated = cs_keyring_error_new_slow ();
  else
    translated = describe (error);
  g_error_free (error);
  return translated;
}
