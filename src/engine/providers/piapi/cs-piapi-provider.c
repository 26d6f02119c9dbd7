/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PiAPI: tasks that are sent, asked about, and end with an address. It tells nobody which tasks it has, so a submission in
 * doubt cannot be looked for. No webhook is asked for: a desktop has no public address.
 */
#include "config.h"
#include "providers/piapi/cs-piapi-provider.h"

#include "providers/piapi/cs-piapi-answer.h"
#include "providers/piapi/cs-piapi-request.h"
#include "providers/cs-wire-link.h"

#include <string.h>

#define SECOND (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)
#define USUAL_BASE "https://api.piapi.ai"
#define USUAL_UPLOAD_BASE "https://upload.theapi.app" /* PiAPI's own second host */

struct _CsPiapiProvider
{
  GObject parent_instance;

  CsWireLink *link;
};

static void cs_piapi_provider_iface_init (CsProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsPiapiProvider, cs_piapi_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_PROVIDER, cs_piapi_provider_iface_init))

static void
cs_piapi_provider_finalize (GObject *object)
{
  CsPiapiProvider *self = CS_PIAPI_PROVIDER (object);

  g_clear_pointer (&self->link, cs_wire_link_free);

  G_OBJECT_CLASS (cs_piapi_provider_parent_class)->finalize (object);
}

static void
cs_piapi_provider_class_init (CsPiapiProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_piapi_provider_finalize;
}

static void
cs_piapi_provider_init (CsPiapiProvider *self)
{
}

/** cs_piapi_provider_new: Returns: (transfer full): PiAPI, where the environment says that it is. */
CsProvider *
cs_piapi_provider_new (CsProviderContext *context)
{
  CsPiapiProvider *self;

  g_return_val_if_fail (context != NULL, NULL);

  self = g_object_new (CS_TYPE_PIAPI_PROVIDER, NULL);
  self->link = cs_wire_link_new (&cs_piapi_vendor, context, "PIAPI_BASE_URL", USUAL_BASE);
  return CS_PROVIDER (self);
}

static const char *
get_id (CsProvider *provider)
{
  return CS_PIAPI_PROVIDER_ID;
}

static const char *
get_name (CsProvider *provider)
{
  return cs_piapi_vendor.name;
}

static gboolean
is_available (CsProvider *provider, const char *model, char **why_not)
{
  return cs_wire_link_get_key (CS_PIAPI_PROVIDER (provider)->link, why_not) != NULL;
}

/* How many jobs an account may have at once is written nowhere. With a few at most, what is too much waits here, where it
 * costs nothing and can still be cancelled. */
static int
get_max_running (CsProvider *provider)
{
  return 3;
}

static gint64
get_poll_interval (CsProvider *provider)
{
  return 4 * SECOND;
}

/* @call: (transfer full): it leaves with the key; @task: (transfer full): for the callback */
static void
ask (CsPiapiProvider *self, CsHttpCall *call, GAsyncReadyCallback callback, GTask *task)
{
  cs_http_call_add_header (call, "x-api-key", cs_wire_link_get_key (self->link, NULL));
  cs_http_call_async (self->link->context->http, call, g_task_get_cancellable (task), callback, task);
}

/* Prepare: the reference picture is uploaded, to a place that forgets it after a day */

static void
upload_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsPiapiProvider *self = g_task_get_source_object (task);
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);
  g_autoptr (CsRequest) prepared = NULL;
  GError *error = NULL;
  char *address = cs_piapi_read_upload (answer, cs_wire_link_is_loopback (self->link), &error);

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

/* Written by hand: base64 needs no escaping, and a JSON writer would take its time with ten megabytes of it. */
static GBytes *
build_upload (const CsWirePicture *picture)
{
  char *body = g_strconcat ("{\"file_name\":\"", picture->name, "\",\"file_data\":\"", picture->base64, "\"}", NULL);

  return g_bytes_new_take (body, strlen (body));
}

static CsHttpCall *
make_upload (CsPiapiProvider *self, const CsWirePicture *picture)
{
  CsEndpoint *endpoint = self->link->endpoint;
  const char *base = cs_endpoint_is_usual (endpoint) ? USUAL_UPLOAD_BASE : cs_endpoint_get_base (endpoint);
  g_autofree char *address = g_strconcat (base, "/api/ephemeral_resource", NULL);
  CsHttpCall *call = cs_wire_call_new ("POST", address);

  call->body = build_upload (picture);
  call->content_type = g_strdup ("application/json");
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
  CsPiapiProvider *self = CS_PIAPI_PROVIDER (source);
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
  CsPiapiProvider *self = CS_PIAPI_PROVIDER (provider);
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

  g_task_return_pointer (task, cs_wire_submission_from_answer (&cs_piapi_vendor, answer, cs_piapi_get_id),
                         (GDestroyNotify) cs_submission_free);
}

static CsHttpCall *
make_submission (CsPiapiProvider *self, CsRequest *request)
{
  g_autoptr (JsonObject) body = cs_piapi_build_task (cs_wire_link_get_model (self->link, request), request);
  g_autofree char *address = cs_endpoint_build (self->link->endpoint, "/api/v1/task");

  return cs_wire_call_new_paid (address, body);
}

static void
submit_async (CsProvider *provider, CsRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback,
              gpointer user_data)
{
  CsPiapiProvider *self = CS_PIAPI_PROVIDER (provider);
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
  CsPiapiProvider *self = CS_PIAPI_PROVIDER (provider);

  if (cs_wire_link_get_model (self->link, request) == NULL || cs_endpoint_get_base (self->link->endpoint) == NULL)
    return NULL;
  return cs_wire_call_dup_message (make_submission (self, request), request, host);
}

static CsSubmission *
submit_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* Poll and cancel: GET and DELETE of the same address */

static void
return_prediction (GTask *task, CsPrediction *prediction)
{
  CsPiapiProvider *self = g_task_get_source_object (task);

  prediction = cs_wire_missing_judge (self->link->missing, g_task_get_task_data (task), prediction);
  g_task_return_pointer (task, prediction, (GDestroyNotify) cs_prediction_free);
}

static void
ask_about_task (CsPiapiProvider *self, const char *method, const char *remote_id, GAsyncReadyCallback callback, GTask *task)
{
  g_autofree char *address = NULL;
  GError *error = cs_wire_link_error_no_key (self->link);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_strdup (remote_id), g_free);
  if (error == NULL && !cs_wire_id_is_valid (remote_id))
    error = cs_wire_error_unreadable (&cs_piapi_vendor);
  if (error != NULL)
    {
      return_prediction (task, cs_prediction_new_error (CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, error));
      g_object_unref (task);
      return;
    }
  address = cs_endpoint_build (self->link->endpoint, "/api/v1/task/%s", remote_id);
  ask (self, cs_wire_call_new (method, address), callback, task);
}

static void
poll_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsPiapiProvider *self = g_task_get_source_object (task);
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);

  return_prediction (task, cs_piapi_read_task (answer, cs_wire_link_is_loopback (self->link)));
}

static void
poll_async (CsProvider *provider, CsRequest *request, const char *remote_id, CsProviderProgressFunc progress,
            gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);

  g_task_set_source_tag (task, poll_async);
  ask_about_task (CS_PIAPI_PROVIDER (provider), "GET", remote_id, poll_cb, task);
}

static CsPrediction *
poll_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
cancel_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsPiapiProvider *self = g_task_get_source_object (task);
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);

  return_prediction (task, cs_piapi_read_cancel (answer, cs_wire_link_is_loopback (self->link)));
}

static void
cancel_async (CsProvider *provider, CsRequest *request, const char *remote_id, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);

  g_task_set_source_tag (task, cancel_async);
  ask_about_task (CS_PIAPI_PROVIDER (provider), "DELETE", remote_id, cancel_cb, task);
}

static CsPrediction *
cancel_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* Fetch */

static void
fetch_async (CsProvider *provider, CsRequest *request, const char *output, const char *path, CsProviderProgressFunc progress,
             gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CsPiapiProvider *self = CS_PIAPI_PROVIDER (provider);

  cs_wire_fetch_async (provider, self->link->context->http, request->kind, cs_wire_link_is_loopback (self->link), output, path,
                       progress, progress_data, cancellable, callback, user_data);
}

/* Check */

static void
check_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);

  g_task_return_pointer (task, cs_piapi_read_account (answer), (GDestroyNotify) cs_key_check_free);
}

static void
check_async (CsProvider *provider, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CsPiapiProvider *self = CS_PIAPI_PROVIDER (provider);
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
  address = cs_endpoint_build (self->link->endpoint, "/account/info"); /* not under /api/v1 */
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
cs_piapi_provider_iface_init (CsProviderInterface *iface)
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
  iface->cancel_async = cancel_async;
  iface->cancel_finish = cancel_finish;
  iface->fetch_async = fetch_async;
  iface->fetch_finish = cs_wire_fetch_finish;
  iface->check_async = check_async;
  iface->check_finish = check_finish;
}
