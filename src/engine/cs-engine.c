/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The studio without a face: opens the database, builds the services and owns their shutdown. The only object that a
 * front end makes. Main thread.
 */
#include "config.h"
#include "cs-engine.h"

#include "core/cs-redact.h"
#include "core/cs-task.h"
#include "net/cs-http.h"
#include "wallet/cs-wallet-key.h"

#include <gst/gst.h>
#include <libintl.h>
#include <locale.h>
#include <sys/resource.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define MAX_HEAPS 2

struct _CsEngine
{
  GObject parent_instance;

  CsPaths *paths;
  CsHttp *http;
  CsKeys *keys;
  CsStore *store;
  CsLibrary *library;
  CsProviderRegistry *registry;
  CsScreenwriter *screenwriter;
  CsPriceList *prices;
  CsWallet *wallet;
  CsJobQueue *queue;
};

/* From the first moment of the process until an engine takes them over; and from the end of that one until the next does. */
static CsKeys *early_keys;

/* The hash of the wallet key that the environment named; of the process, and never changed. */
static char *wallet_key;

G_DEFINE_FINAL_TYPE (CsEngine, cs_engine, G_TYPE_OBJECT)

static void
cs_engine_finalize (GObject *object)
{
  CsEngine *self = CS_ENGINE (object);

  g_clear_object (&self->queue);
  g_clear_object (&self->wallet);
  g_clear_object (&self->library);
  g_clear_object (&self->screenwriter);
  g_clear_object (&self->registry);
  g_clear_pointer (&self->prices, cs_price_list_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->keys);
  g_clear_object (&self->http);
  g_clear_pointer (&self->paths, cs_paths_unref);

  G_OBJECT_CLASS (cs_engine_parent_class)->finalize (object);
}

static void
cs_engine_class_init (CsEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_engine_finalize;
}

static void
cs_engine_init (CsEngine *self)
{
}

/* The locale that the user's environment names, as the C library reads it; NULL when it names none. */
static const char *
get_wanted_locale (void)
{
  static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = g_getenv (names[i]);

      if (value != NULL && *value != '\0')
        return value;
    }
  return NULL;
}

/* There is no catalogue of English, which the words are written in: without a cut, "en:fr" would be French. */
static void
cut_language_at_english (const char *language)
{
  g_auto (GStrv) wanted = g_strsplit (language, ":", -1);
  g_autoptr (GString) kept = g_string_new (NULL);

  for (guint i = 0; wanted[i] != NULL; i++)
    {
      g_string_append_printf (kept, "%s%s", i > 0 ? ":" : "", wanted[i]);
      if (g_str_has_prefix (wanted[i], "en"))
        break;
    }
  g_setenv ("LANGUAGE", kept->str, TRUE);
}

/*
 * A language is more than a locale: on a machine without fr_FR, LC_ALL=fr_FR.UTF-8 and LANGUAGE=fr still mean French
 * words. The translations look at LANGUAGE alone there, in any locale but "C".
 */
static void
set_locale (void)
{
  const char *wanted = get_wanted_locale ();
  const char *language = g_getenv ("LANGUAGE");
  gboolean has_language = language != NULL && *language != '\0';
  g_auto (GStrv) parts = NULL;

  if (has_language)
    cut_language_at_english (language);
  if (setlocale (LC_ALL, "") != NULL && (wanted != NULL || !has_language))
    return;
  setlocale (LC_ALL, "C.UTF-8");
  if (has_language || wanted == NULL)
    return;
  parts = g_strsplit_set (wanted, ".@", 2);
  g_setenv ("LANGUAGE", parts[0], TRUE);
}

static CsKeys *
make_keys (void)
{
  g_autoptr (CsSecretStore) store = g_strcmp0 (g_getenv ("CREATIVE_STUDIO_KEYRING"), "none") != 0 ? cs_keyring_new () : NULL;
  CsKeys *keys = cs_keys_new (store);

  cs_keys_read_environment (keys);
  return keys;
}

/* Nothing but its hash is kept: nobody needs more of it. */
static void
take_wallet_key (void)
{
  char *code = cs_secret_take_from_environment ("CREATIVE_STUDIO_KEY_CODE");

  if (code == NULL)
    return;
  g_strstrip (code);
  cs_redact_add_secret (code);
  wallet_key = *code != '\0' ? cs_wallet_key_hash (code) : g_strdup ("");
  cs_secret_free (code);
}

/* A key is in the memory of this process, and memory must not end up in a file. One byte says more than none: with none
 * the kernel still hands the memory to a program that collects crashes, where there is one (core(5)); no dump fits into
 * one byte, and it is the kernel's own sign for "nothing to such a program either". */
static void
keep_no_core (void)
{
  const struct rlimit one = { 1, 1 };
  const struct rlimit none = { 0, 0 };

  if (setrlimit (RLIMIT_CORE, &one) != 0) /* none is all that was left to us */
    setrlimit (RLIMIT_CORE, &none);
}

/* The allocator gives its threads up to eight heaps a core, and each keeps what its busiest moment needed: of a process that
 * stays, that is most of the memory. Our threads wait for disks and networks, and can share. */
static void
share_heaps (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, MAX_HEAPS);
#endif
}

/**
 * cs_engine_set_up_process:
 *
 * Once, first thing in main(), before any thread starts: the language of the words; the keys of the environment, those of
 * providers and that of a wallet, which are taken out of it; no core dumps; and few heaps.
 */
void
cs_engine_set_up_process (void)
{
  const char *words = g_getenv ("CREATIVE_STUDIO_LOCALEDIR");

  keep_no_core ();
  share_heaps ();
  set_locale ();
  bindtextdomain (GETTEXT_PACKAGE, words != NULL ? words : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  early_keys = make_keys ();
  take_wallet_key ();
}

/**
 * cs_engine_get_wallet_key:
 *
 * Returns: (transfer none) (nullable): what CsBrief.wallet_key is for the key of CREATIVE_STUDIO_KEY_CODE; "" when there
 * is nothing in it, which is a key without credit; NULL when it is not set.
 */
const char *
cs_engine_get_wallet_key (void)
{
  return wallet_key;
}

/** cs_engine_dup_versions: Returns: (transfer full): what the engine stands on, a line each, for a report of a fault. */
char *
cs_engine_dup_versions (void)
{
  g_autofree char *gstreamer = gst_version_string ();

  return g_strdup_printf ("GLib %u.%u.%u\n%s\nSQLite %s\n", glib_major_version, glib_minor_version, glib_micro_version, gstreamer,
                          sqlite3_libversion ());
}

/**
 * cs_engine_leave_keys:
 *
 * The next engine of this process has the keys of this one: those of the environment were taken out of it, and are nowhere
 * else. For a program that opens its studio once more.
 */
void
cs_engine_leave_keys (CsEngine *self)
{
  g_set_object (&early_keys, self->keys);
}

/* Opening: the database, the keyring and the prices are opened side by side, since none waits for another. */

typedef struct
{
  CsEngine *self;
  int n_pending;
  GError *error; /* (nullable) */
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->self);
  g_clear_error (&opening->error);
  g_free (opening);
}

static void
build_services (CsEngine *self, GError **error)
{
  self->wallet = cs_wallet_new (self->store); /* first: it proves the balances that all others rely on */
  self->library = cs_library_new (self->store, self->paths);
  self->screenwriter = cs_screenwriter_new (self->registry, self->prices);
  self->queue = cs_job_queue_new (self->store, self->paths, self->registry, self->screenwriter, self->prices, self->library,
                                  error);
  if (self->queue == NULL)
    return;
  cs_job_queue_watch_network (self->queue);
  g_signal_connect_object (self->keys, "changed", G_CALLBACK (cs_job_queue_poke), self->queue, G_CONNECT_SWAPPED);
}

static void
opening_step_over (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);

  if (--opening->n_pending > 0)
    return;
  if (opening->error == NULL)
    build_services (opening->self, &opening->error);
  if (opening->error == NULL)
    {
      g_task_return_pointer (task, g_object_ref (opening->self), g_object_unref);
      return;
    }
  cs_engine_leave_keys (opening->self); /* who tries again has them still */
  g_task_return_error (task, g_steal_pointer (&opening->error));
}

/* The first one is told. */
static void
set_opening_error (Opening *opening, GError **error)
{
  if (opening->error == NULL)
    opening->error = g_steal_pointer (error);
}

static void
open_store_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  opening->self->store = cs_store_open_finish (result, &error);
  set_opening_error (opening, &error);
  opening_step_over (task);
}

/* A keyring that cannot be read is no reason not to open: what needs a key says so when it needs it. */
static void
load_keys_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!cs_keys_load_finish (CS_KEYS (source), result, &error))
    g_debug ("The keyring was not read: %s", error->message);
  opening_step_over (task);
}

static void
load_prices_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  CsPriceList *prices = cs_price_list_new_with_own (cs_paths_get_prices (task_data), &error);

  if (prices != NULL)
    g_task_return_pointer (task, prices, (GDestroyNotify) cs_price_list_unref);
  else
    g_task_return_error (task, error);
}

static void
load_prices_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  opening->self->prices = g_task_propagate_pointer (G_TASK (result), &error);
  set_opening_error (opening, &error);
  opening_step_over (task);
}

static void
load_prices (GTask *task, CsPaths *paths)
{
  g_autoptr (GTask) loading = g_task_new (NULL, g_task_get_cancellable (task), load_prices_cb, g_object_ref (task));

  g_task_set_source_tag (loading, load_prices);
  g_task_set_task_data (loading, cs_paths_ref (paths), (GDestroyNotify) cs_paths_unref);
  g_task_run_in_thread (loading, load_prices_thread);
}

/**
 * cs_engine_open_async:
 * @registry: (nullable): the providers and models; NULL for those this program ships with
 */
void
cs_engine_open_async (CsPaths *paths, CsProviderRegistry *registry, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);
  CsEngine *self = g_object_new (CS_TYPE_ENGINE, NULL);

  g_task_set_source_tag (task, cs_engine_open_async);
  self->paths = cs_paths_ref (paths);
  self->http = cs_http_new ();
  self->keys = early_keys != NULL ? g_steal_pointer (&early_keys) : make_keys ();
  self->registry = registry != NULL ? g_object_ref (registry) : cs_provider_registry_new (self->http, self->keys);
  opening->self = self;
  opening->n_pending = 3;
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  cs_keys_load_async (self->keys, cancellable, load_keys_cb, g_object_ref (task));
  cs_store_open_async (paths, cancellable, open_store_cb, g_object_ref (task));
  load_prices (task, paths);
}

/** cs_engine_open_finish: Returns: (transfer full): the engine, or NULL with the store's errors. */
CsEngine *
cs_engine_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_engine_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
close_store_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (cs_store_close_finish (CS_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
close_queue_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsEngine *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!cs_job_queue_close_finish (CS_JOB_QUEUE (source), result, &error))
    g_debug ("The jobs were not released: %s", error->message); /* the kernel does it when we end */
  cs_store_close_async (self->store, NULL, close_store_cb, g_object_ref (task));
}

/** cs_engine_close_async: Lets go of the jobs, finishes what is queued on the database and closes it. */
void
cs_engine_close_async (CsEngine *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, cs_engine_close_async);
  cs_job_queue_close_async (self->queue, cancellable, close_queue_cb, task);
}

CS_DEFINE_FINISH_BOOLEAN (CsEngine, cs_engine_close_async, cs_engine_close_finish)

CsPaths *
cs_engine_get_paths (CsEngine *self)
{
  return self->paths;
}

/** cs_engine_get_keys: Returns: (transfer none): the keys of this user. */
CsKeys *
cs_engine_get_keys (CsEngine *self)
{
  return self->keys;
}

CsStore *
cs_engine_get_store (CsEngine *self)
{
  return self->store;
}

CsLibrary *
cs_engine_get_library (CsEngine *self)
{
  return self->library;
}

CsJobQueue *
cs_engine_get_queue (CsEngine *self)
{
  return self->queue;
}

CsProviderRegistry *
cs_engine_get_registry (CsEngine *self)
{
  return self->registry;
}

CsScreenwriter *
cs_engine_get_screenwriter (CsEngine *self)
{
  return self->screenwriter;
}

CsPriceList *
cs_engine_get_prices (CsEngine *self)
{
  return self->prices;
}

/** cs_engine_get_wallet: Returns: (transfer none): the money of this studio. */
CsWallet *
cs_engine_get_wallet (CsEngine *self)
{
  return self->wallet;
}
