/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/cs-redact.h"
#include "secrets/cs-secret-store.h"

#include "cs-test.h"

static char *
look_up (CsSecretStore *store, CsKeyName name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *secret;

  cs_secret_store_lookup_async (store, name, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  secret = cs_secret_store_lookup_finish (store, result, &error);
  g_assert_no_error (error);
  return secret;
}

static void
assert_kept (CsSecretStore *store, CsKeyName name, const char *expected)
{
  char *secret = look_up (store, name);

  g_assert_cmpstr (secret, ==, expected);
  cs_secret_free (secret);
}

static void
put (CsSecretStore *store, CsKeyName name, const char *secret)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (secret != NULL)
    cs_secret_store_store_async (store, name, secret, FALSE, NULL, cs_test_keep_result, &result);
  else
    cs_secret_store_clear_async (store, name, FALSE, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_true (secret != NULL ? cs_secret_store_store_finish (store, result, &error)
                                : cs_secret_store_clear_finish (store, result, &error));
  g_assert_no_error (error);
}

static void
test_round (void)
{
  g_autoptr (CsSecretStore) store = cs_memory_store_new ();

  assert_kept (store, CS_KEY_PIAPI, NULL);
  put (store, CS_KEY_PIAPI, "first");
  put (store, CS_KEY_GROQ, "other");
  assert_kept (store, CS_KEY_PIAPI, "first");
  put (store, CS_KEY_PIAPI, "second");
  assert_kept (store, CS_KEY_PIAPI, "second");
  put (store, CS_KEY_PIAPI, NULL);
  put (store, CS_KEY_PIAPI, NULL);
  assert_kept (store, CS_KEY_PIAPI, NULL);
  assert_kept (store, CS_KEY_GROQ, "other");
}

static void
test_cancelled (void)
{
  g_autoptr (CsSecretStore) store = cs_memory_store_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  cs_secret_store_store_async (store, CS_KEY_GROQ, "never", FALSE, cancellable, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_false (cs_secret_store_store_finish (store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_kept (store, CS_KEY_GROQ, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets/memory-store/round", test_round);
  g_test_add_func ("/secrets/memory-store/cancelled", test_cancelled);
  return g_test_run ();
}
