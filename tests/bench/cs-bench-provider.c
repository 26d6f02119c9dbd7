/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-bench-provider.h"

#include "core/cs-id.h"

#define STEPS 400.0 /* words on a job until it is nearly done; it is never done */

#define BENCH_TYPE_PROVIDER (bench_provider_get_type ())
G_DECLARE_FINAL_TYPE (BenchProvider, bench_provider, BENCH, PROVIDER, GObject)

struct _BenchProvider
{
  GObject parent_instance;

  GHashTable *n_polls; /* id -> how often it was asked for */
  gint64 interval;
};

static void bench_provider_iface_init (CsProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BenchProvider, bench_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_PROVIDER, bench_provider_iface_init))

static const char *
get_id (CsProvider *provider)
{
  return "sketch";
}

static const char *
get_name (CsProvider *provider)
{
  return "Bench";
}

static gboolean
is_local (CsProvider *provider)
{
  return TRUE;
}

static void
submit_async (CsProvider *provider, CsRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);
  CsSubmission *submission = cs_submission_new (CS_SUBMIT_ACCEPTED);

  submission->remote_id = cs_id_new ();
  g_task_return_pointer (task, submission, (GDestroyNotify) cs_submission_free);
}

static CsSubmission *
submit_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
poll_async (CsProvider *provider, CsRequest *request, const char *remote_id, CsProviderProgressFunc progress, gpointer progress_data,
            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  BenchProvider *self = BENCH_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);
  CsPrediction *prediction = cs_prediction_new (CS_PREDICTION_RUNNING);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_polls, remote_id)) + 1;

  g_hash_table_replace (self->n_polls, g_strdup (remote_id), GUINT_TO_POINTER (n));
  prediction->progress = MIN (n / STEPS, 0.99);
  prediction->retry_after = self->interval;
  g_task_return_pointer (task, prediction, (GDestroyNotify) cs_prediction_free);
}

static CsPrediction *
poll_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
bench_provider_iface_init (CsProviderInterface *iface)
{
  iface->get_id = get_id;
  iface->get_name = get_name;
  iface->is_local = is_local;
  iface->submit_async = submit_async;
  iface->submit_finish = submit_finish;
  iface->poll_async = poll_async;
  iface->poll_finish = poll_finish;
}

static void
bench_provider_finalize (GObject *object)
{
  g_hash_table_unref (BENCH_PROVIDER (object)->n_polls);

  G_OBJECT_CLASS (bench_provider_parent_class)->finalize (object);
}

static void
bench_provider_class_init (BenchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bench_provider_finalize;
}

static void
bench_provider_init (BenchProvider *self)
{
  self->n_polls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/** cs_bench_registry_new: Returns: (transfer full): all models, and nobody but this provider. */
CsProviderRegistry *
cs_bench_registry_new (gint64 interval)
{
  g_autoptr (GError) error = NULL;
  CsProviderRegistry *registry = cs_provider_registry_new_with_models (cs_models_load (&error));
  g_autoptr (BenchProvider) provider = g_object_new (BENCH_TYPE_PROVIDER, NULL);

  g_assert_no_error (error);
  provider->interval = interval;
  cs_provider_registry_add (registry, CS_PROVIDER (provider));
  return registry;
}
