/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/cs-error.h"
#include "core/cs-redact.h"
#include "core/cs-task.h"
#include "secrets/cs-keys.h"

#include "cs-test.h"

#include <string.h>

/* A store that can be made to wait, to fail, and that writes down what it was asked. */
#define TEST_TYPE_STORE (test_store_get_type ())
G_DECLARE_FINAL_TYPE (TestStore, test_store, TEST, STORE, GObject)

struct _TestStore
{
  GObject parent_instance;

  CsSecretStore *memory;
  GString *journal;
  gboolean is_held;   /* nothing ends until test_store_release() */
  gboolean is_locked; /* everything fails */
  GQueue held;        /* (element-type GTask) (owned) */
};

static void test_store_iface_init (CsSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestStore, test_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_SECRET_STORE, test_store_iface_init))

static void
test_store_finalize (GObject *object)
{
  TestStore *self = TEST_STORE (object);

  g_assert_true (g_queue_is_empty (&self->held));
  g_object_unref (self->memory);
  g_string_free (self->journal, TRUE);
  G_OBJECT_CLASS (test_store_parent_class)->finalize (object);
}

static void
test_store_class_init (TestStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_store_finalize;
}

static void
test_store_init (TestStore *self)
{
  self->memory = cs_memory_store_new ();
  self->journal = g_string_new (NULL);
  g_queue_init (&self->held);
}

/* What was asked, done by the memory behind it. */
typedef struct
{
  char what; /* 'L', 'S', 'C' or 'U' */
  CsKeyName name;
  char *secret;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->secret);
  g_free (question);
}

static void
memory_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (question->what == 'L')
    g_task_return_pointer (task, cs_secret_store_lookup_finish (CS_SECRET_STORE (source), result, &error), g_free);
  else if (question->what == 'S')
    g_task_return_boolean (task, cs_secret_store_store_finish (CS_SECRET_STORE (source), result, &error));
  else
    g_task_return_boolean (task, cs_secret_store_clear_finish (CS_SECRET_STORE (source), result, &error));
  g_assert_no_error (error);
}

/* @task: (transfer full) */
static void
answer (TestStore *self, GTask *task)
{
  Question *question = g_task_get_task_data (task);

  if (self->is_locked)
    {
      g_task_return_new_error (task, CS_ERROR, CS_ERROR_NO_KEYRING, "It is locked.");
      g_object_unref (task);
    }
  else if (question->what == 'U')
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  else if (question->what == 'L')
    cs_secret_store_lookup_async (self->memory, question->name, NULL, memory_cb, task);
  else if (question->what == 'S')
    cs_secret_store_store_async (self->memory, question->name, question->secret, FALSE, NULL, memory_cb, task);
  else
    cs_secret_store_clear_async (self->memory, question->name, FALSE, NULL, memory_cb, task);
}

static void
ask (CsSecretStore *store, gpointer tag, char what, CsKeyName name, const char *secret, GCancellable *cancellable,
     GAsyncReadyCallback callback, gpointer user_data)
{
  TestStore *self = TEST_STORE (store);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->what = what;
  question->name = name;
  question->secret = g_strdup (secret);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, question, question_free);
  g_string_append_printf (self->journal, "%c%d ", what, name);
  if (self->is_held)
    g_queue_push_tail (&self->held, task);
  else
    answer (self, task);
}

static void
lookup_async (CsSecretStore *store, CsKeyName name, GCancellable *cancellable, GAsyncReadyCallback callback,
              gpointer user_data)
{
  ask (store, lookup_async, 'L', name, NULL, cancellable, callback, user_data);
}

static CS_DEFINE_FINISH_POINTER (char, CsSecretStore, lookup_async, lookup_finish)

static void
store_async (CsSecretStore *store, CsKeyName name, const char *secret, gboolean may_prompt, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer user_data)
{
  ask (store, store_async, 'S', name, secret, cancellable, callback, user_data);
}

static CS_DEFINE_FINISH_BOOLEAN (CsSecretStore, store_async, store_finish)

static void
clear_async (CsSecretStore *store, CsKeyName name, gboolean may_prompt, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer user_data)
{
  ask (store, clear_async, 'C', name, NULL, cancellable, callback, user_data);
}

static CS_DEFINE_FINISH_BOOLEAN (CsSecretStore, clear_async, clear_finish)

static void
unlock_async (CsSecretStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  ask (store, unlock_async, 'U', 0, NULL, cancellable, callback, user_data);
}

static CS_DEFINE_FINISH_BOOLEAN (CsSecretStore, unlock_async, unlock_finish)

static void
test_store_iface_init (CsSecretStoreInterface *iface)
{
  iface->unlock_async = unlock_async;
  iface->unlock_finish = unlock_finish;
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
  iface->store_async = store_async;
  iface->store_finish = store_finish;
  iface->clear_async = clear_async;
  iface->clear_finish = clear_finish;
}

static void
release (TestStore *self)
{
  self->is_held = FALSE;
  while (!g_queue_is_empty (&self->held))
    answer (self, g_queue_pop_head (&self->held));
}

/* Keys over such a store. */
typedef struct
{
  TestStore *store;
  CsKeys *keys;
  guint n_changes;
} Fixture;

static void
changed_cb (CsKeys *keys, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_changes++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < CS_N_KEYS; i++)
    g_unsetenv (cs_key_name_to_string (i));
  fixture->store = g_object_new (TEST_TYPE_STORE, NULL);
  fixture->keys = cs_keys_new (CS_SECRET_STORE (fixture->store));
  g_signal_connect (fixture->keys, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->keys);
  g_assert_finalize_object (fixture->store);
}

static void
load (CsKeys *keys)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_keys_load_async (keys, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_true (cs_keys_load_finish (keys, result, &error));
  g_assert_no_error (error);
}

/* Returns: the code of the error; -1: it went well. */
static int
set (CsKeys *keys, CsKeyName name, const char *secret)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (secret != NULL)
    cs_keys_set_async (keys, name, secret, FALSE, NULL, cs_test_keep_result, &result);
  else
    cs_keys_clear_async (keys, name, FALSE, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  if (secret != NULL ? cs_keys_set_finish (keys, result, &error) : cs_keys_clear_finish (keys, result, &error))
    {
      g_assert_no_error (error);
      return -1;
    }
  g_assert_cmpint (error->domain, ==, CS_ERROR);
  return error->code;
}

static void
assert_key (CsKeys *keys, CsKeyName name, const char *expected, CsKeySource expected_source)
{
  CsKeySource source;

  g_assert_cmpstr (cs_keys_get (keys, name, &source), ==, expected);
  g_assert_cmpstr (cs_key_source_to_string (source), ==, cs_key_source_to_string (expected_source));
}

/* What is kept for this process alone stands before the keyring, behind the environment, and is gone when it is stored. */
static void
test_session (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (set (fixture->keys, CS_KEY_GROQ, "gsk_stored"), ==, -1);
  g_assert_false (cs_keys_set_for_session (fixture->keys, CS_KEY_GROQ, "two words", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  assert_key (fixture->keys, CS_KEY_GROQ, "gsk_stored", CS_KEY_SOURCE_KEYRING);
  fixture->n_changes = 0;
  g_assert_true (cs_keys_set_for_session (fixture->keys, CS_KEY_GROQ, " gsk_typed\n", NULL));
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  assert_key (fixture->keys, CS_KEY_GROQ, "gsk_typed", CS_KEY_SOURCE_SESSION);
  g_assert_cmpint (set (fixture->keys, CS_KEY_GROQ, "gsk_newer"), ==, -1);
  assert_key (fixture->keys, CS_KEY_GROQ, "gsk_newer", CS_KEY_SOURCE_KEYRING);
}

/* Where the keyring cannot be asked, what is kept for this process can still be forgotten. */
static void
test_session_without_store (void)
{
  g_autoptr (CsKeys) keys = cs_keys_new (NULL);

  g_assert_false (cs_keys_has_keyring (keys));
  g_assert_true (cs_keys_set_for_session (keys, CS_KEY_PIAPI, "typed", NULL));
  assert_key (keys, CS_KEY_PIAPI, "typed", CS_KEY_SOURCE_SESSION);
  g_assert_cmpint (set (keys, CS_KEY_PIAPI, NULL), ==, -1);
  assert_key (keys, CS_KEY_PIAPI, NULL, CS_KEY_SOURCE_NONE);
  g_assert_cmpint (set (keys, CS_KEY_PIAPI, NULL), ==, CS_ERROR_NO_KEYRING);
}

/* After it was unlocked it is read. */
static void
test_unlock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GAsyncResult) unlocked = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_keys_has_keyring (fixture->keys));
  g_assert_cmpint (set (fixture->keys, CS_KEY_PIAPI, "stored"), ==, -1);
  fixture->store->is_locked = TRUE;
  load (fixture->keys);
  g_assert_nonnull (cs_keys_get_trouble (fixture->keys));
  cs_keys_unlock_async (fixture->keys, NULL, cs_test_keep_result, &refused);
  cs_test_wait_result (&refused);
  g_assert_false (cs_keys_unlock_finish (fixture->keys, refused, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NO_KEYRING);
  fixture->store->is_locked = FALSE;
  cs_keys_unlock_async (fixture->keys, NULL, cs_test_keep_result, &unlocked);
  cs_test_wait_result (&unlocked);
  g_assert_true (cs_keys_unlock_finish (fixture->keys, unlocked, NULL));
  g_assert_null (cs_keys_get_trouble (fixture->keys));
  assert_key (fixture->keys, CS_KEY_PIAPI, "stored", CS_KEY_SOURCE_KEYRING);
}

static void
test_environment (Fixture *fixture, gconstpointer data)
{
  g_setenv ("PIAPI_KEY", "  from-environment\n", TRUE);
  g_setenv ("REPLICATE_API_TOKEN", "r8_YOUR_REPLICATE_TOKEN_HERE", TRUE);
  g_setenv ("GROQ_API_KEY", "", TRUE);
  cs_keys_read_environment (fixture->keys);

  assert_key (fixture->keys, CS_KEY_PIAPI, "from-environment", CS_KEY_SOURCE_ENVIRONMENT);
  assert_key (fixture->keys, CS_KEY_REPLICATE, NULL, CS_KEY_SOURCE_NONE);
  assert_key (fixture->keys, CS_KEY_HUGGINGFACE, NULL, CS_KEY_SOURCE_NONE);
  assert_key (fixture->keys, CS_KEY_GROQ, NULL, CS_KEY_SOURCE_NONE);
  for (guint i = 0; i < CS_N_KEYS; i++)
    {
      g_assert_null (g_getenv (cs_key_name_to_string (i)));
      g_assert_null (cs_keys_get_refusal (fixture->keys, i));
    }
}

/* What cannot be a key is not used, and that is said; the keyring's stands in. */
static void
test_refused_environment (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (set (fixture->keys, CS_KEY_GROQ, "from-store"), ==, -1);
  g_setenv ("GROQ_API_KEY", "two words", TRUE);
  cs_keys_read_environment (fixture->keys);
  load (fixture->keys);

  assert_key (fixture->keys, CS_KEY_GROQ, "from-store", CS_KEY_SOURCE_KEYRING);
  g_assert_error (cs_keys_get_refusal (fixture->keys, CS_KEY_GROQ), CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_assert_null (strstr (cs_keys_get_refusal (fixture->keys, CS_KEY_GROQ)->message, "two words"));
  g_assert_null (g_getenv ("GROQ_API_KEY"));
}

static void
test_environment_first (Fixture *fixture, gconstpointer data)
{
  g_setenv ("PIAPI_KEY", "from-environment", TRUE);
  cs_keys_read_environment (fixture->keys);
  g_assert_cmpint (set (fixture->keys, CS_KEY_PIAPI, "from-store"), ==, -1);
  assert_key (fixture->keys, CS_KEY_PIAPI, "from-environment", CS_KEY_SOURCE_ENVIRONMENT);
  load (fixture->keys);
  assert_key (fixture->keys, CS_KEY_PIAPI, "from-environment", CS_KEY_SOURCE_ENVIRONMENT);
  /* It was stored, and is not even asked for while the environment has one. */
  g_assert_cmpstr (fixture->store->journal->str, ==, "S0 L1 L2 L3 ");
  g_assert_cmpint (set (fixture->keys, CS_KEY_PIAPI, NULL), ==, -1);
  assert_key (fixture->keys, CS_KEY_PIAPI, "from-environment", CS_KEY_SOURCE_ENVIRONMENT);
}

static void
test_round (Fixture *fixture, gconstpointer data)
{
  CsKeys *other = cs_keys_new (CS_SECRET_STORE (fixture->store));

  g_assert_cmpint (set (fixture->keys, CS_KEY_GROQ, " gsk_first \r\n"), ==, -1);
  assert_key (fixture->keys, CS_KEY_GROQ, "gsk_first", CS_KEY_SOURCE_KEYRING);
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  g_assert_cmpint (set (fixture->keys, CS_KEY_GROQ, "gsk_first"), ==, -1);
  g_assert_cmpuint (fixture->n_changes, ==, 1);

  load (other);
  assert_key (other, CS_KEY_GROQ, "gsk_first", CS_KEY_SOURCE_KEYRING);
  g_assert_cmpint (set (other, CS_KEY_GROQ, NULL), ==, -1);
  assert_key (other, CS_KEY_GROQ, NULL, CS_KEY_SOURCE_NONE);

  /* What another did is seen when it is read again. */
  assert_key (fixture->keys, CS_KEY_GROQ, "gsk_first", CS_KEY_SOURCE_KEYRING);
  load (fixture->keys);
  assert_key (fixture->keys, CS_KEY_GROQ, NULL, CS_KEY_SOURCE_NONE);
  g_assert_cmpuint (fixture->n_changes, ==, 2);
  g_assert_finalize_object (other);
}

static void
test_bad_value (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (set (fixture->keys, CS_KEY_GROQ, "two words"), ==, CS_ERROR_INVALID_VALUE);
  g_assert_cmpint (set (fixture->keys, CS_KEY_GROQ, " \n"), ==, CS_ERROR_INVALID_VALUE);
  g_assert_cmpint (set (fixture->keys, CS_KEY_GROQ, "YOUR_GROQ_KEY_HERE"), ==, CS_ERROR_INVALID_VALUE);
  g_assert_cmpstr (fixture->store->journal->str, ==, "");
  g_assert_cmpuint (fixture->n_changes, ==, 0);
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (set (fixture->keys, CS_KEY_PIAPI, "known"), ==, -1);
  fixture->store->is_locked = TRUE;
  load (fixture->keys);
  g_assert_error (cs_keys_get_trouble (fixture->keys), CS_ERROR, CS_ERROR_NO_KEYRING);
  /* What was known is still known, and nothing that failed is pretended. */
  assert_key (fixture->keys, CS_KEY_PIAPI, "known", CS_KEY_SOURCE_KEYRING);
  g_assert_cmpint (set (fixture->keys, CS_KEY_PIAPI, "other"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpint (set (fixture->keys, CS_KEY_PIAPI, NULL), ==, CS_ERROR_NO_KEYRING);
  assert_key (fixture->keys, CS_KEY_PIAPI, "known", CS_KEY_SOURCE_KEYRING);
  g_assert_cmpuint (fixture->n_changes, ==, 2);
}

/* Once one key could be stored, the others can be read. */
static void
test_unlocked (Fixture *fixture, gconstpointer data)
{
  CsKeys *other = cs_keys_new (CS_SECRET_STORE (fixture->store));

  g_assert_cmpint (set (other, CS_KEY_REPLICATE, "waiting"), ==, -1);
  fixture->store->is_locked = TRUE;
  load (fixture->keys);
  fixture->store->is_locked = FALSE;
  g_assert_cmpint (set (fixture->keys, CS_KEY_GROQ, "new"), ==, -1);
  g_assert_null (cs_keys_get_trouble (fixture->keys));
  assert_key (fixture->keys, CS_KEY_GROQ, "new", CS_KEY_SOURCE_KEYRING);
  assert_key (fixture->keys, CS_KEY_REPLICATE, "waiting", CS_KEY_SOURCE_KEYRING);
  g_assert_finalize_object (other);
}

static void
assert_explained (CsKeys *keys, CsKeyName name, const char *beginning, const char *words)
{
  g_autofree char *text = cs_keys_explain_missing (keys, name);

  g_assert_true (g_str_has_prefix (text, beginning));
  g_assert_nonnull (strstr (text, words));
}

/* Each says what to do that helps here. */
static void
test_explained (Fixture *fixture, gconstpointer data)
{
  load (fixture->keys);
  assert_explained (fixture->keys, CS_KEY_PIAPI, "PIAPI_KEY is not set. ", "creative-studio-cli keys set PIAPI_KEY");
  g_setenv ("GROQ_API_KEY", "two words", TRUE);
  cs_keys_read_environment (fixture->keys);
  assert_explained (fixture->keys, CS_KEY_GROQ, "GROQ_API_KEY cannot be used: ", "no spaces");
  fixture->store->is_locked = TRUE;
  load (fixture->keys);
  assert_explained (fixture->keys, CS_KEY_PIAPI, "PIAPI_KEY is not set. ", "It is locked.");
}

static void
test_no_store (void)
{
  g_autoptr (CsKeys) keys = cs_keys_new (NULL);

  load (keys);
  g_assert_null (cs_keys_get_trouble (keys));
  g_assert_cmpint (set (keys, CS_KEY_PIAPI, "secret"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpint (set (keys, CS_KEY_PIAPI, NULL), ==, CS_ERROR_NO_KEYRING);
  assert_key (keys, CS_KEY_PIAPI, NULL, CS_KEY_SOURCE_NONE);
  assert_explained (keys, CS_KEY_PIAPI, "PIAPI_KEY is not set. ", "switched off");
}

/* What is asked while the store is busy is done afterwards, in order. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *results[4] = { NULL };

  fixture->store->is_held = TRUE;
  cs_keys_set_async (fixture->keys, CS_KEY_PIAPI, "one", FALSE, NULL, cs_test_keep_result, &results[0]);
  cs_keys_clear_async (fixture->keys, CS_KEY_PIAPI, FALSE, NULL, cs_test_keep_result, &results[1]);
  cs_keys_set_async (fixture->keys, CS_KEY_PIAPI, "two", FALSE, NULL, cs_test_keep_result, &results[2]);
  cs_keys_load_async (fixture->keys, NULL, cs_test_keep_result, &results[3]);
  g_assert_cmpstr (fixture->store->journal->str, ==, "S0 ");
  release (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    cs_test_wait_result (&results[i]);
  g_assert_true (cs_keys_set_finish (fixture->keys, results[0], NULL));
  g_assert_true (cs_keys_clear_finish (fixture->keys, results[1], NULL));
  g_assert_true (cs_keys_set_finish (fixture->keys, results[2], NULL));
  g_assert_true (cs_keys_load_finish (fixture->keys, results[3], NULL));
  g_assert_cmpstr (fixture->store->journal->str, ==, "S0 C0 S0 L0 L1 L2 L3 ");
  assert_key (fixture->keys, CS_KEY_PIAPI, "two", CS_KEY_SOURCE_KEYRING);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_object_unref (results[i]);
}

/* Cancelled while it waited, it is never asked of the store; cancelled after it was done, it is done. */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) late = g_cancellable_new ();
  g_autoptr (GCancellable) early = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  fixture->store->is_held = TRUE;
  cs_keys_set_async (fixture->keys, CS_KEY_PIAPI, "one", FALSE, late, cs_test_keep_result, &first);
  cs_keys_set_async (fixture->keys, CS_KEY_PIAPI, "two", FALSE, early, cs_test_keep_result, &second);
  g_cancellable_cancel (early);
  release (fixture->store);
  cs_test_wait_result (&first);
  g_cancellable_cancel (late);
  g_assert_true (cs_keys_set_finish (fixture->keys, first, NULL));
  cs_test_wait_result (&second);
  g_assert_false (cs_keys_set_finish (fixture->keys, second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (fixture->store->journal->str, ==, "S0 ");
  assert_key (fixture->keys, CS_KEY_PIAPI, "one", CS_KEY_SOURCE_KEYRING);
}

/* Whatever becomes known is never read by anybody again. */
static void
test_redacted (Fixture *fixture, gconstpointer data)
{
  static const char *const secrets[] = { "canary-environment-1", "canary-stored-22", "canary-refused-333" };
  g_autofree char *said = g_strjoin (" and ", secrets[0], secrets[1], secrets[2], NULL);
  g_autofree char *shown = NULL;

  g_setenv ("PIAPI_KEY", secrets[0], TRUE);
  cs_keys_read_environment (fixture->keys);
  g_assert_cmpint (set (fixture->keys, CS_KEY_GROQ, secrets[1]), ==, -1);
  fixture->store->is_locked = TRUE;
  g_assert_cmpint (set (fixture->keys, CS_KEY_GROQ, secrets[2]), ==, CS_ERROR_NO_KEYRING);
  shown = cs_redact_text (said);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (strstr (shown, secrets[i]));
  g_assert_nonnull (strstr (shown, " and "));
}

#define ADD(name, function) g_test_add ("/secrets/keys/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("environment", test_environment);
  ADD ("refused-environment", test_refused_environment);
  ADD ("environment-first", test_environment_first);
  ADD ("round", test_round);
  ADD ("bad-value", test_bad_value);
  ADD ("locked", test_locked);
  ADD ("unlocked", test_unlocked);
  ADD ("explained", test_explained);
  g_test_add_func ("/secrets/keys/no-store", test_no_store);
  ADD ("session", test_session);
  g_test_add_func ("/secrets/keys/session-without-store", test_session_without_store);
  ADD ("unlock", test_unlock);
  ADD ("order", test_order);
  ADD ("cancelled", test_cancelled);
  ADD ("redacted", test_redacted);
  return g_test_run ();
}
