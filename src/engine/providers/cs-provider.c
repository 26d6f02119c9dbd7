/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody who makes what a request asks for: the interface, its defaults and its values. */
#include "config.h"
#include "providers/cs-provider.h"

#include "core/cs-error.h"
#include "core/cs-text.h"
#include "core/cs-words.h"

#define MAX_POLL_MS (60 * 60 * 1000)
#define MAX_POLLS_PER_MINUTE 2700 /* Replicate allows 3,000 requests, of which some are others; nobody else says */

G_DEFINE_INTERFACE (CsProvider, cs_provider, G_TYPE_OBJECT)

static gboolean
default_no (CsProvider *self)
{
  return FALSE;
}

static gboolean
default_is_available (CsProvider *self, const char *model, char **why_not)
{
  return TRUE;
}

static int
default_get_max_running (CsProvider *self)
{
  return 0;
}

static gint64
default_get_poll_interval (CsProvider *self)
{
  return 2 * G_USEC_PER_SEC;
}

static int
default_get_polls_per_minute (CsProvider *self)
{
  return cs_provider_is_local (self) ? 0 : MAX_POLLS_PER_MINUTE;
}

static void
default_prepare_async (CsProvider *self, CsRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, default_prepare_async);
  g_task_return_pointer (task, cs_request_ref (request), (GDestroyNotify) cs_request_unref);
}

static CsRequest *
default_prepare_finish (CsProvider *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
default_check_async (CsProvider *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *message = g_strdup_printf (_ ("%s needs no key."), cs_provider_get_name (self));

  g_task_set_source_tag (task, default_check_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_return_pointer (task, cs_key_check_new ("ok", message), (GDestroyNotify) cs_key_check_free);
}

static CsKeyCheck *
default_check_finish (CsProvider *self, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
default_cancel_async (CsProvider *self, CsRequest *request, const char *remote_id, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  CsPrediction *prediction = cs_prediction_new (CS_PREDICTION_RUNNING);

  g_task_set_source_tag (task, default_cancel_async);
  g_task_set_check_cancellable (task, FALSE);
  prediction->error = g_error_new (CS_ERROR, CS_ERROR_CONFLICT, _ ("%s cannot stop what it has started."),
                                   cs_provider_get_name (self));
  g_task_return_pointer (task, prediction, (GDestroyNotify) cs_prediction_free);
}

static CsPrediction *
default_cancel_finish (CsProvider *self, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
default_find_async (CsProvider *self, CsRequest *request, gint64 sent_at, const char *const *bound,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, default_find_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_return_pointer (task, NULL, NULL);
}

static char *
default_find_finish (CsProvider *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The thread knows no provider, whose last reference must not go there. */
static void
look_for_file (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_boolean (task, g_file_test (task_data, G_FILE_TEST_IS_REGULAR));
}

static void
look_for_file_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (g_task_propagate_boolean (G_TASK (result), NULL))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, CS_ERROR, CS_ERROR_NOT_FOUND, _ ("What %s made is not there any more."),
                             cs_provider_get_name (g_task_get_source_object (task)));
}

static void
default_fetch_async (CsProvider *self, CsRequest *request, const char *output, const char *path,
                     CsProviderProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask) looking = NULL;

  g_task_set_source_tag (task, default_fetch_async);
  if (g_strcmp0 (output, path) == 0)
    {
      looking = g_task_new (NULL, NULL, look_for_file_cb, g_steal_pointer (&task));
      g_task_set_source_tag (looking, look_for_file);
      g_task_set_task_data (looking, g_strdup (path), g_free);
      g_task_run_in_thread (looking, look_for_file);
    }
  else
    g_task_return_new_error (task, CS_ERROR, CS_ERROR_BAD_RESPONSE, _ ("%s did not say where the result is."),
                             cs_provider_get_name (self));
}

static gboolean
default_fetch_finish (CsProvider *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
cs_provider_default_init (CsProviderInterface *iface)
{
  iface->is_repeatable = default_no;
  iface->is_local = default_no;
  iface->is_available = default_is_available;
  iface->get_max_running = default_get_max_running;
  iface->get_poll_interval = default_get_poll_interval;
  iface->get_polls_per_minute = default_get_polls_per_minute;
  iface->can_find = default_no;
  iface->prepare_async = default_prepare_async;
  iface->prepare_finish = default_prepare_finish;
  iface->check_async = default_check_async;
  iface->check_finish = default_check_finish;
  iface->cancel_async = default_cancel_async;
  iface->cancel_finish = default_cancel_finish;
  iface->find_async = default_find_async;
  iface->find_finish = default_find_finish;
  iface->fetch_async = default_fetch_async;
  iface->fetch_finish = default_fetch_finish;
}

/** cs_provider_get_id: Returns: (transfer none): the stable word for the provider, for example "replicate". */
const char *
cs_provider_get_id (CsProvider *self)
{
  return CS_PROVIDER_GET_IFACE (self)->get_id (self);
}

/** cs_provider_get_name: Returns: (transfer none): the provider's name for people. */
const char *
cs_provider_get_name (CsProvider *self)
{
  return CS_PROVIDER_GET_IFACE (self)->get_name (self);
}

/** cs_provider_is_repeatable: Returns: TRUE when submitting the same request twice harms nobody. */
gboolean
cs_provider_is_repeatable (CsProvider *self)
{
  return CS_PROVIDER_GET_IFACE (self)->is_repeatable (self);
}

/** cs_provider_is_local: Returns: TRUE when the work is done on this computer. */
gboolean
cs_provider_is_local (CsProvider *self)
{
  return CS_PROVIDER_GET_IFACE (self)->is_local (self);
}

/**
 * cs_provider_is_available:
 * @model: a model id of this provider
 * @why_not: (out) (optional) (transfer full): a sentence, when FALSE is returned
 *
 * Returns: TRUE when a request may be submitted now.
 */
gboolean
cs_provider_is_available (CsProvider *self, const char *model, char **why_not)
{
  return CS_PROVIDER_GET_IFACE (self)->is_available (self, model, why_not);
}

/** cs_provider_get_max_running: Returns: how many jobs of all processes may be with the provider at once; 0: any. */
int
cs_provider_get_max_running (CsProvider *self)
{
  return CS_PROVIDER_GET_IFACE (self)->get_max_running (self);
}

/**
 * cs_provider_get_poll_interval:
 *
 * Returns: microseconds between two questions about one job; the environment variable CREATIVE_STUDIO_POLL_MS stands
 * above what the provider likes.
 */
gint64
cs_provider_get_poll_interval (CsProvider *self)
{
  const char *text = g_getenv ("CREATIVE_STUDIO_POLL_MS");
  gint64 milliseconds;

  if (text != NULL && cs_text_parse_int (text, 1, MAX_POLL_MS, &milliseconds))
    return milliseconds * 1000;
  return CS_PROVIDER_GET_IFACE (self)->get_poll_interval (self);
}

/** cs_provider_get_polls_per_minute: Returns: how often all jobs together may ask in a minute; 0: as often as they like. */
int
cs_provider_get_polls_per_minute (CsProvider *self)
{
  return CS_PROVIDER_GET_IFACE (self)->get_polls_per_minute (self);
}

/** cs_provider_can_find: Returns: TRUE when a submission in doubt can be looked for at the provider's. */
gboolean
cs_provider_can_find (CsProvider *self)
{
  return CS_PROVIDER_GET_IFACE (self)->can_find (self);
}

/**
 * cs_provider_prepare_async:
 *
 * Does what is free and comes before the request that may cost. May be done again after a kill.
 */
void
cs_provider_prepare_async (CsProvider *self, CsRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  CS_PROVIDER_GET_IFACE (self)->prepare_async (self, request, cancellable, callback, user_data);
}

/** cs_provider_prepare_finish: Returns: (transfer full): the request to submit. Errors: see #CsProviderInterface. */
CsRequest *
cs_provider_prepare_finish (CsProvider *self, GAsyncResult *result, GError **error)
{
  return CS_PROVIDER_GET_IFACE (self)->prepare_finish (self, result, error);
}

/**
 * cs_provider_submit_async:
 *
 * Sends @request once. Cancelling works only until the request's first byte is written.
 */
void
cs_provider_submit_async (CsProvider *self, CsRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  CS_PROVIDER_GET_IFACE (self)->submit_async (self, request, cancellable, callback, user_data);
}

/** cs_provider_submit_finish: Returns: (transfer full) (not nullable): how it ended. */
CsSubmission *
cs_provider_submit_finish (CsProvider *self, GAsyncResult *result)
{
  return CS_PROVIDER_GET_IFACE (self)->submit_finish (self, result);
}

/**
 * cs_provider_dup_message:
 * @host: (out) (nullable): where it goes; NULL: nothing leaves this computer
 *
 * Returns: (transfer full) (nullable): what cs_provider_submit_async() would send, byte for byte and without a key; NULL with
 * a host: what it is made of is not all known before cs_provider_prepare_async().
 */
char *
cs_provider_dup_message (CsProvider *self, CsRequest *request, char **host)
{
  CsProviderInterface *iface = CS_PROVIDER_GET_IFACE (self);

  *host = NULL;
  return iface->dup_message != NULL ? iface->dup_message (self, request, host) : NULL;
}

/**
 * cs_provider_poll_async:
 * @progress: (nullable) (scope notified): called while the question is open, for providers that render here
 *
 * Asks once what became of @remote_id.
 */
void
cs_provider_poll_async (CsProvider *self, CsRequest *request, const char *remote_id, CsProviderProgressFunc progress,
                        gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CS_PROVIDER_GET_IFACE (self)->poll_async (self, request, remote_id, progress, progress_data, cancellable, callback,
                                            user_data);
}

/** cs_provider_poll_finish: Returns: (transfer full) (not nullable): the provider's word. */
CsPrediction *
cs_provider_poll_finish (CsProvider *self, GAsyncResult *result)
{
  return CS_PROVIDER_GET_IFACE (self)->poll_finish (self, result);
}

/** cs_provider_dup_poll_address: Returns: (transfer full) (nullable): where others can ask about @remote_id, without a key in it. */
char *
cs_provider_dup_poll_address (CsProvider *self, const char *remote_id)
{
  CsProviderInterface *iface = CS_PROVIDER_GET_IFACE (self);

  return iface->dup_poll_address != NULL ? iface->dup_poll_address (self, remote_id) : NULL;
}

/** cs_provider_cancel_async: Asks the provider to stop @remote_id. */
void
cs_provider_cancel_async (CsProvider *self, CsRequest *request, const char *remote_id, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  CS_PROVIDER_GET_IFACE (self)->cancel_async (self, request, remote_id, cancellable, callback, user_data);
}

/** cs_provider_cancel_finish: Returns: (transfer full) (not nullable): what became of it; RUNNING: it goes on. */
CsPrediction *
cs_provider_cancel_finish (CsProvider *self, GAsyncResult *result)
{
  return CS_PROVIDER_GET_IFACE (self)->cancel_finish (self, result);
}

/**
 * cs_provider_find_async:
 * @sent_at: microseconds since the epoch
 * @bound: (array zero-terminated=1): remote ids that belong to other attempts
 *
 * Looks for what a submission that ended in doubt may have started.
 */
void
cs_provider_find_async (CsProvider *self, CsRequest *request, gint64 sent_at, const char *const *bound,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CS_PROVIDER_GET_IFACE (self)->find_async (self, request, sent_at, bound, cancellable, callback, user_data);
}

/** cs_provider_find_finish: Returns: (transfer full) (nullable): the one remote id that fits, or NULL. */
char *
cs_provider_find_finish (CsProvider *self, GAsyncResult *result, GError **error)
{
  return CS_PROVIDER_GET_IFACE (self)->find_finish (self, result, error);
}

/**
 * cs_provider_fetch_async:
 * @output: address or path that the provider named
 * @path: where the bytes go
 *
 * Brings the result here. Errors: see #CsProviderInterface.
 */
void
cs_provider_fetch_async (CsProvider *self, CsRequest *request, const char *output, const char *path,
                         CsProviderProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  CS_PROVIDER_GET_IFACE (self)->fetch_async (self, request, output, path, progress, progress_data, cancellable, callback,
                                             user_data);
}

gboolean
cs_provider_fetch_finish (CsProvider *self, GAsyncResult *result, GError **error)
{
  return CS_PROVIDER_GET_IFACE (self)->fetch_finish (self, result, error);
}

/** cs_provider_check_async: Checks the provider's key with a call that costs nothing. */
void
cs_provider_check_async (CsProvider *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CS_PROVIDER_GET_IFACE (self)->check_async (self, cancellable, callback, user_data);
}

/** cs_provider_check_finish: Returns: (transfer full) (not nullable): what was found. */
CsKeyCheck *
cs_provider_check_finish (CsProvider *self, GAsyncResult *result)
{
  return CS_PROVIDER_GET_IFACE (self)->check_finish (self, result);
}

/** cs_key_check_new: @code: "ok" or a slug. Returns: (transfer full). */
CsKeyCheck *
cs_key_check_new (const char *code, const char *message)
{
  CsKeyCheck *self = g_new0 (CsKeyCheck, 1);

  self->code = g_strdup (code);
  self->message = g_strdup (message);
  self->balance = -1;
  return self;
}

void
cs_key_check_free (CsKeyCheck *self)
{
  g_free (self->code);
  g_free (self->message);
  g_free (self->account);
  g_free (self);
}

CsSubmission *
cs_submission_new (CsSubmitEnd end)
{
  CsSubmission *self = g_new0 (CsSubmission, 1);

  self->end = end;
  self->cost = -1;
  return self;
}

/** cs_submission_new_error: @error: (transfer full): why. */
CsSubmission *
cs_submission_new_error (CsSubmitEnd end, GError *error)
{
  CsSubmission *self = cs_submission_new (end);

  self->error = error;
  return self;
}

void
cs_submission_free (CsSubmission *self)
{
  g_free (self->remote_id);
  g_free (self->output);
  g_clear_error (&self->error);
  g_free (self);
}

CsPrediction *
cs_prediction_new (CsPredictionStatus status)
{
  CsPrediction *self = g_new0 (CsPrediction, 1);

  self->status = status;
  self->progress = -1;
  self->cost = -1;
  return self;
}

/** cs_prediction_new_error: @error: (transfer full): why. */
CsPrediction *
cs_prediction_new_error (CsPredictionStatus status, CsBilled billed, GError *error)
{
  CsPrediction *self = cs_prediction_new (status);

  self->billed = billed;
  self->error = error;
  return self;
}

void
cs_prediction_free (CsPrediction *self)
{
  g_free (self->output);
  g_clear_error (&self->error);
  g_free (self);
}

static const char *const billed_words[] = { "no", "yes", "unknown" };

const char *
cs_billed_to_string (CsBilled billed)
{
  return billed_words[billed];
}

gboolean
cs_billed_from_string (const char *text, CsBilled *billed)
{
  for (guint i = 0; i < G_N_ELEMENTS (billed_words); i++)
    if (g_strcmp0 (billed_words[i], text) == 0)
      {
        *billed = i;
        return TRUE;
      }
  return FALSE;
}
