/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Replicate: predictions that are sent, asked about, and end with an address for an hour. What it has, it lists, so that a
 * submission in doubt can be looked for and adopted.
 */
#include "config.h"
#include "providers/replicate/cs-replicate-provider.h"

#include "providers/replicate/cs-replicate-answer.h"
#include "providers/replicate/cs-replicate-find.h"
#include "providers/replicate/cs-replicate-request.h"
#include "providers/cs-wire-link.h"

#define SECOND (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)
#define USUAL_BASE "https://api.replicate.com"

struct _CsReplicateProvider
{
  GObject parent_instance;

  CsWireLink *link;
};

static void cs_replicate_provider_iface_init (CsProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsReplicateProvider, cs_replicate_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_PROVIDER, cs_replicate_provider_iface_init))

static void
cs_replicate_provider_finalize (GObject *object)
{
  CsReplicateProvider *self = CS_REPLICATE_PROVIDER (object);

  g_clear_pointer (&self->link, cs_wire_link_free);

  G_OBJECT_CLASS (cs_replicate_provider_parent_class)->finalize (object);
}

static void
cs_replicate_provider_class_init (CsReplicateProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_replicate_provider_finalize;
}

static void
cs_replicate_provider_init (CsReplicateProvider *self)
{
}

/** cs_replicate_provider_new: Returns: (transfer full): Replicate, where the environment says that it is. */
CsProvider *
cs_replicate_provider_new (CsProviderContext *context)
{
  CsReplicateProvider *self;

  g_return_val_if_fail (context != NULL, NULL);

  self = g_object_new (CS_TYPE_REPLICATE_PROVIDER, NULL);
  self->link = cs_wire_link_new (&cs_replicate_vendor, context, "REPLICATE_BASE_URL", USUAL_BASE);
  return CS_PROVIDER (self);
}

static const char *
get_id (CsProvider *provider)
{
  return CS_REPLICATE_PROVIDER_ID;
}

static const char *
get_name (CsProvider *provider)
{
  return cs_replicate_vendor.name;
}

static gboolean
is_available (CsProvider *provider, const char *model, char **why_not)
{
  return cs_wire_link_get_key (CS_REPLICATE_PROVIDER (provider)->link, why_not) != NULL;
}

/* Replicate sets no limit to what runs at once. What is too much waits here, where it costs nothing and can still be
 * cancelled; ten jobs ask 240 times a minute, of 3,000 that are allowed. */
static int
get_max_running (CsProvider *provider)
{
  return 10;
}

static gint64
get_poll_interval (CsProvider *provider)
{
  return 5 * SECOND / 2;
}

/* @call: (transfer full): it leaves with the key; @task: (transfer full): for the callback */
static void
ask (CsReplicateProvider *self, CsHttpCall *call, GAsyncReadyCallback callback, GTask *task)
{
  cs_http_call_set_bearer (call, cs_wire_link_get_key (self->link, NULL));
  cs_http_call_async (self->link->context->http, call, g_task_get_cancellable (task), callback, task);
}

/* Prepare: the reference picture is uploaded to the files of the account, where the models find it */

static void
upload_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsReplicateProvider *self = g_task_get_source_object (task);
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);
  g_autoptr (CsRequest) prepared = NULL;
  GError *error = NULL;
  char *address = cs_replicate_read_upload (answer, cs_endpoint_get_base (self->link->endpoint), &error);

  if (address == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  prepared = cs_request_copy (g_task_get_task_data (task));
  g_free (prepared->image_address);
  prepared->image_address = address;
  g_task_return_pointer (task, g_steal_pointer (&prepared), (GDestroyNotify) cs_request_unref);
}

static CsHttpCall *
make_upload (CsReplicateProvider *self, const CsWirePicture *picture)
{
  g_autofree char *address = cs_endpoint_build (self->link->endpoint, "/v1/files");
  g_autoptr (CsReplicateForm) form = cs_replicate_form_new (picture);
  CsHttpCall *call = cs_wire_call_new ("POST", address);

  call->body = g_bytes_ref (form->body);
  call->content_type = g_strdup (form->content_type);
  call->tries = 2;
  call->is_urgent = TRUE;
  call->answer_timeout = 60 * SECOND;
  call->total_timeout = 600 * SECOND;
  return call;
}

static void
read_picture_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsReplicateProvider *self = CS_REPLICATE_PROVIDER (source);
  GError *error = NULL;
  g_autoptr (CsWirePicture) picture = cs_wire_read_picture_finish (CS_PROVIDER (source), result, &error);

  if (picture != NULL)
    error = cs_wire_link_error_no_key (self->link); /* it may have gone while the picture was read */
  if (error != NULL)
    g_task_return_error (task, error);
  else
    ask (self, make_upload (self, picture), upload_cb, g_steal_pointer (&task));
}

static void
prepare_async (CsProvider *provider, CsRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback,
               gpointer user_data)
{
  CsReplicateProvider *self = CS_REPLICATE_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);

  g_task_set_source_tag (task, prepare_async);
  g_task_set_task_data (task, cs_request_ref (request), (GDestroyNotify) cs_request_unref);
  if (!cs_wire_link_lacks_picture (self->link, request))
    g_task_return_pointer (task, cs_request_ref (request), (GDestroyNotify) cs_request_unref);
  else
    cs_wire_read_picture_async (provider, request->image, cancellable, read_picture_cb, g_steal_pointer (&task));
}

static CsRequest *
prepare_finish (CsProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Submit */

static void
submit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);

  g_task_return_pointer (task, cs_wire_submission_from_answer (&cs_replicate_vendor, answer, cs_replicate_get_id),
                         (GDestroyNotify) cs_submission_free);
}

/* Nobody waits for the end of it (no `Prefer: wait`): the id is what matters, and a short answer is one that arrives. An hour
 * after its creation it is given up, wherever it stands, so that a queue does not bill somebody who has left. */
static CsHttpCall *
make_submission (CsReplicateProvider *self, CsRequest *request)
{
  const CsModel *model = cs_wire_link_get_model (self->link, request);
  g_autoptr (JsonObject) body = cs_replicate_build_body (model, request);
  g_autofree char *address = cs_endpoint_build (self->link->endpoint, "/v1/models/%s/predictions",
                                                cs_replicate_get_model (model, request));
  CsHttpCall *call = cs_wire_call_new_paid (address, body);

  cs_http_call_add_header (call, "Cancel-After", "1h");
  return call;
}

static void
submit_async (CsProvider *provider, CsRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback,
              gpointer user_data)
{
  CsReplicateProvider *self = CS_REPLICATE_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);
  GError *obstacle = cs_wire_link_find_obstacle (self->link, request);

  g_task_set_source_tag (task, submit_async);
  g_task_set_check_cancellable (task, FALSE);
  if (obstacle != NULL)
    g_task_return_pointer (task, cs_submission_new_error (CS_SUBMIT_REFUSED, obstacle), (GDestroyNotify) cs_submission_free);
  else
    ask (self, make_submission (self, request), submit_cb, g_steal_pointer (&task));
}

static char *
dup_message (CsProvider *provider, CsRequest *request, char **host)
{
  CsReplicateProvider *self = CS_REPLICATE_PROVIDER (provider);

  if (cs_wire_link_get_model (self->link, request) == NULL || cs_endpoint_get_base (self->link->endpoint) == NULL)
    return NULL;
  return cs_wire_call_dup_message (make_submission (self, request), request, host);
}

static CsSubmission *
submit_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* Poll and cancel */

static void
return_prediction (GTask *task, CsPrediction *prediction)
{
  CsReplicateProvider *self = g_task_get_source_object (task);

  prediction = cs_wire_missing_judge (self->link->missing, g_task_get_task_data (task), prediction);
  g_task_return_pointer (task, prediction, (GDestroyNotify) cs_prediction_free);
}

/* @suffix: what the address of the prediction ends with */
static void
ask_about_prediction (CsReplicateProvider *self, const char *method, const char *remote_id, const char *suffix,
                      GAsyncReadyCallback callback, GTask *task)
{
  g_autofree char *address = NULL;
  GError *error = cs_wire_link_error_no_key (self->link);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_strdup (remote_id), g_free);
  if (error == NULL && !cs_wire_id_is_valid (remote_id))
    error = cs_wire_error_unreadable (&cs_replicate_vendor);
  if (error != NULL)
    {
      return_prediction (task, cs_prediction_new_error (CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, error));
      g_object_unref (task);
      return;
    }
  address = cs_endpoint_build (self->link->endpoint, "/v1/predictions/%s%s", remote_id, suffix);
  ask (self, cs_wire_call_new (method, address), callback, task);
}

static void
poll_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsReplicateProvider *self = g_task_get_source_object (task);
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);

  return_prediction (task, cs_replicate_read_prediction (answer, cs_wire_link_is_loopback (self->link)));
}

static void
poll_async (CsProvider *provider, CsRequest *request, const char *remote_id, CsProviderProgressFunc progress,
            gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);

  g_task_set_source_tag (task, poll_async);
  ask_about_prediction (CS_REPLICATE_PROVIDER (provider), "GET", remote_id, "", poll_cb, task);
}

static CsPrediction *
poll_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static char *
dup_poll_address (CsProvider *provider, const char *remote_id)
{
  CsReplicateProvider *self = CS_REPLICATE_PROVIDER (provider);

  if (!cs_wire_id_is_valid (remote_id) || cs_endpoint_get_base (self->link->endpoint) == NULL)
    return NULL;
  return cs_endpoint_build (self->link->endpoint, "/v1/predictions/%s", remote_id);
}

static void
cancel_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsReplicateProvider *self = g_task_get_source_object (task);
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);

  return_prediction (task, cs_replicate_read_cancel (answer, cs_wire_link_is_loopback (self->link)));
}

static void
cancel_async (CsProvider *provider, CsRequest *request, const char *remote_id, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);

  g_task_set_source_tag (task, cancel_async);
  ask_about_prediction (CS_REPLICATE_PROVIDER (provider), "POST", remote_id, "/cancel", cancel_cb, task);
}

static CsPrediction *
cancel_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* Find */

static gboolean
is_yes (CsProvider *provider)
{
  return TRUE;
}

static void
find_async (CsProvider *provider, CsRequest *request, gint64 sent_at, const char *const *bound, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  cs_replicate_find_async (provider, CS_REPLICATE_PROVIDER (provider)->link, request, sent_at, bound, cancellable, callback,
                           user_data);
}

/* Fetch: without the key, as everywhere. Replicate's specification would have it sent, but its links open without. */

static void
fetch_async (CsProvider *provider, CsRequest *request, const char *output, const char *path, CsProviderProgressFunc progress,
             gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CsReplicateProvider *self = CS_REPLICATE_PROVIDER (provider);

  cs_wire_fetch_async (provider, self->link->context->http, request->kind, cs_wire_link_is_loopback (self->link), output, path,
                       progress, progress_data, cancellable, callback, user_data);
}

/* Check */

static void
check_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);

  g_task_return_pointer (task, cs_replicate_read_account (answer), (GDestroyNotify) cs_key_check_free);
}

static void
check_async (CsProvider *provider, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CsReplicateProvider *self = CS_REPLICATE_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);
  g_autoptr (GError) error = cs_wire_link_error_no_key (self->link);
  g_autofree char *address = NULL;
  CsHttpCall *call;

  g_task_set_source_tag (task, check_async);
  g_task_set_check_cancellable (task, FALSE);
  if (error != NULL)
    {
      g_task_return_pointer (task, cs_wire_check_from_error (error), (GDestroyNotify) cs_key_check_free);
      return;
    }
  address = cs_endpoint_build (self->link->endpoint, "/v1/account");
  call = cs_wire_call_new ("GET", address);
  call->tries = 2;
  ask (self, call, check_cb, g_steal_pointer (&task));
}

static CsKeyCheck *
check_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
cs_replicate_provider_iface_init (CsProviderInterface *iface)
{
  iface->get_id = get_id;
  iface->get_name = get_name;
  iface->is_available = is_available;
  iface->get_max_running = get_max_running;
  iface->get_poll_interval = get_poll_interval;
  iface->prepare_async = prepare_async;
  iface->prepare_finish = prepare_finish;
  iface->submit_async = submit_async;
  iface->submit_finish = submit_finish;
  iface->dup_message = dup_message;
  iface->poll_async = poll_async;
  iface->poll_finish = poll_finish;
  iface->dup_poll_address = dup_poll_address;
  iface->cancel_async = cancel_async;
  iface->cancel_finish = cancel_finish;
  iface->can_find = is_yes;
  iface->find_async = find_async;
  iface->find_finish = cs_replicate_find_finish;
  iface->fetch_async = fetch_async;
  iface->fetch_finish = cs_wire_fetch_finish;
  iface->check_async = check_async;
  iface->check_finish = check_finish;
}
