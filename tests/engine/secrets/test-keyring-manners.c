/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyring against services that behave as real ones do at their worst. */
#include "config.h"
#include "keyring-scene.h"

#include "cs-fake-keyring.h"

#include "secrets/cs-keys.h"

static gboolean
tick_cb (gpointer user_data)
{
  guint *ticks = user_data;

  ++*ticks;
  return G_SOURCE_CONTINUE;
}

/* Four questions to somebody who never answers cost three seconds in all, in which the loop goes on turning. */
static void
inner_silent (void)
{
  g_autoptr (CsFakeKeyring) fake = cs_fake_keyring_new (CS_FAKE_KEYRING_SILENT);
  CsSecretStore *store = cs_keyring_new ();
  GAsyncResult *results[CS_N_KEYS] = { NULL };
  gint64 start = g_get_monotonic_time ();
  guint ticks = 0;
  guint ticker = g_timeout_add (50, tick_cb, &ticks);
  gint64 took;

  for (guint i = 0; i < CS_N_KEYS; i++)
    cs_secret_store_lookup_async (store, i, NULL, cs_test_keep_result, &results[i]);
  for (guint i = 0; i < CS_N_KEYS; i++)
    {
      GError *error = NULL;

      cs_test_wait_result (&results[i]);
      g_assert_null (cs_secret_store_lookup_finish (store, results[i], &error));
      g_assert_cmpint (take_error (error, "does not answer"), ==, CS_ERROR_NO_KEYRING);
      g_object_unref (results[i]);
    }
  took = g_get_monotonic_time () - start;
  g_source_remove (ticker);
  g_assert_cmpuint (cs_fake_keyring_count_calls (fake), >, 0);
  g_assert_cmpint (took, >, 2 * G_USEC_PER_SEC);
  g_assert_cmpint (took, <, 10 * G_USEC_PER_SEC);
  g_assert_cmpuint (ticks, >=, 20);
  g_assert_finalize_object (store);
}

/* Given up while it waits: answered at once. */
static void
inner_given_up (void)
{
  g_autoptr (CsFakeKeyring) fake = cs_fake_keyring_new (CS_FAKE_KEYRING_SILENT);
  g_autoptr (CsSecretStore) store = cs_keyring_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  cs_secret_store_store_async (store, CS_KEY_GROQ, CANARY, TRUE, cancellable, cs_test_keep_result, &result);
  g_cancellable_cancel (cancellable);
  cs_test_wait_result (&result);
  g_assert_false (cs_secret_store_store_finish (store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

/* A keyring that asks for everything, as some do, is not asked where nobody sits in front of it. */
static void
inner_asking (void)
{
  g_autoptr (CsFakeKeyring) fake = cs_fake_keyring_new (CS_FAKE_KEYRING_ASKING);
  g_autoptr (CsSecretStore) store = cs_keyring_new ();

  cs_fake_keyring_set_user (fake, CS_FAKE_USER_AGREES);
  assert_kept (store, CS_KEY_GROQ, NULL);
  g_assert_cmpint (put (store, CS_KEY_GROQ, CANARY, FALSE, "locked"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 0);
  g_assert_null (cs_fake_keyring_get_secret (fake));

  g_assert_cmpint (put (store, CS_KEY_GROQ, CANARY, TRUE, NULL), ==, -1);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 1);
  g_assert_cmpstr (cs_fake_keyring_get_secret (fake), ==, CANARY);
  assert_kept (store, CS_KEY_GROQ, CANARY);

  g_assert_cmpint (put (store, CS_KEY_GROQ, NULL, FALSE, "locked"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 1);
  g_assert_cmpint (put (store, CS_KEY_GROQ, NULL, TRUE, NULL), ==, -1);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 2);
  assert_kept (store, CS_KEY_GROQ, NULL);
}

/* One that does not tell what is in it while it is locked. */
static void
inner_discreet (void)
{
  g_autoptr (CsFakeKeyring) fake = cs_fake_keyring_new (CS_FAKE_KEYRING_LOCKED);
  g_autoptr (CsSecretStore) store = cs_keyring_new ();

  cs_fake_keyring_set_user (fake, CS_FAKE_USER_DISMISSES);
  assert_unreadable (store, CS_KEY_GROQ, "locked");
  g_assert_cmpint (put (store, CS_KEY_GROQ, CANARY, FALSE, "locked"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpint (put (store, CS_KEY_GROQ, NULL, FALSE, "locked"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 0);

  g_assert_cmpint (put (store, CS_KEY_GROQ, CANARY, TRUE, "locked"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 1);
  g_assert_null (cs_fake_keyring_get_secret (fake));

  cs_fake_keyring_set_user (fake, CS_FAKE_USER_AGREES);
  g_assert_cmpint (put (store, CS_KEY_GROQ, CANARY, TRUE, NULL), ==, -1);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 2);
  assert_kept (store, CS_KEY_GROQ, CANARY);
}

static int
unlock (CsSecretStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  cs_secret_store_unlock_async (store, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_secret_store_unlock_finish (store, result, &error) ? -1 : take_error (error, "locked");
}

/* The user is asked once for each time that somebody wants it, and never when there is nothing to unlock. */
static void
inner_unlock (void)
{
  g_autoptr (CsFakeKeyring) fake = cs_fake_keyring_new (CS_FAKE_KEYRING_LOCKED);
  g_autoptr (CsSecretStore) store = cs_keyring_new ();

  cs_fake_keyring_set_user (fake, CS_FAKE_USER_DISMISSES);
  g_assert_cmpint (unlock (store), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 1);
  cs_fake_keyring_set_user (fake, CS_FAKE_USER_AGREES);
  g_assert_cmpint (unlock (store), ==, -1);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 2);
  g_assert_cmpint (unlock (store), ==, -1);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 2);
  assert_kept (store, CS_KEY_GROQ, NULL);
}

static void
load (CsKeys *keys)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_keys_load_async (keys, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_true (cs_keys_load_finish (keys, result, NULL));
}

/* Locked is told apart from not there. */
static void
inner_kinds_of_trouble (void)
{
  g_autoptr (CsSecretStore) store = cs_keyring_new ();
  g_autoptr (CsKeys) keys = cs_keys_new (store);
  CsFakeKeyring *fake;

  load (keys);
  g_assert_nonnull (cs_keys_get_trouble (keys));
  g_assert_false (cs_keys_is_locked (keys));
  fake = cs_fake_keyring_new (CS_FAKE_KEYRING_LOCKED);
  load (keys);
  g_assert_nonnull (cs_keys_get_trouble (keys));
  g_assert_true (cs_keys_is_locked (keys));
  cs_fake_keyring_free (fake);
}

static gboolean
prompts_cb (gpointer user_data)
{
  return cs_fake_keyring_count_prompts (user_data) > 0;
}

/* Somebody who is asked may take longer than a program. */
static void
inner_pondering (void)
{
  g_autoptr (CsFakeKeyring) fake = cs_fake_keyring_new (CS_FAKE_KEYRING_LOCKED);
  g_autoptr (CsSecretStore) store = cs_keyring_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_secret_store_clear_async (store, CS_KEY_GROQ, TRUE, cancellable, cs_test_keep_result, &result);
  cs_test_wait (prompts_cb, fake);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  cs_test_wait_result (&result);
  g_assert_false (cs_secret_store_clear_finish (store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The service goes away while its user thinks. */
static void
inner_vanishing (void)
{
  CsFakeKeyring *fake = cs_fake_keyring_new (CS_FAKE_KEYRING_LOCKED);
  CsSecretStore *store = cs_keyring_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  cs_secret_store_store_async (store, CS_KEY_GROQ, CANARY, TRUE, NULL, cs_test_keep_result, &result);
  cs_test_wait (prompts_cb, fake);
  cs_fake_keyring_free (fake);
  cs_test_wait_result (&result);
  g_assert_false (cs_secret_store_store_finish (store, result, &error));
  g_assert_cmpint (take_error (error, "keyring"), ==, CS_ERROR_NO_KEYRING);
  g_clear_object (&result);
  g_assert_finalize_object (store);
}

static const Scene scenes[] = {
  { "silent", inner_silent },
  { "given-up", inner_given_up },
  { "asking", inner_asking },
  { "discreet", inner_discreet },
  { "unlock", inner_unlock },
  { "trouble", inner_kinds_of_trouble },
  { "pondering", inner_pondering },
  { "vanishing", inner_vanishing },
};

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--scene"))
    return run_scene (scenes, G_N_ELEMENTS (scenes), argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/secrets/keyring-manners/silent", "silent", test_in_session);
  g_test_add_data_func ("/secrets/keyring-manners/given-up", "given-up", test_in_session);
  g_test_add_data_func ("/secrets/keyring-manners/asking", "asking", test_in_session);
  g_test_add_data_func ("/secrets/keyring-manners/discreet", "discreet", test_in_session);
  g_test_add_data_func ("/secrets/keyring-manners/unlock", "unlock", test_in_session);
  g_test_add_data_func ("/secrets/keyring-manners/trouble", "trouble", test_in_session);
  g_test_add_data_func ("/secrets/keyring-manners/pondering", "pondering", test_in_session);
  g_test_add_data_func ("/secrets/keyring-manners/vanishing", "vanishing", test_in_session);
  return g_test_run ();
}
