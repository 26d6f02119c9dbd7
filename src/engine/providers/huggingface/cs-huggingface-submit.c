/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The request that may cost, along the route that was chosen before. Where the answer is the picture, it goes to the disk
 * as it arrives, and is looked at there. Hugging Face keeps no list of what it was asked, so what ends in doubt stays so.
 */
#include "config.h"
#include "providers/huggingface/cs-huggingface-private.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-words.h"
#include "providers/huggingface/cs-huggingface-account.h"
#include "providers/huggingface/cs-huggingface-answer.h"

#define SECOND (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)
#define MAX_LOADING 30                /* seconds to wait for a model that is being loaded */
#define PICTURE_PATIENCE (180 * SECOND) /* an answer that is the picture comes when it is drawn */

typedef struct
{
  CsRequest *request;
  const CsHuggingfaceRoute *route;
  char *provider_id;
  char *answer_path;
} Submit;

static void
submit_free (Submit *submit)
{
  cs_request_unref (submit->request);
  g_free (submit->provider_id);
  g_free (submit->answer_path);
  g_free (submit);
}

/* @submission: (transfer full); @task: (transfer full) */
static void
end_submit (GTask *task, CsSubmission *submission)
{
  g_task_return_pointer (task, submission, (GDestroyNotify) cs_submission_free);
  g_object_unref (task);
}

static CsSubmission *
uncertain (void)
{
  return cs_wire_submission_uncertain (&cs_huggingface_vendor, cs_wire_error_unreadable (&cs_huggingface_vendor));
}

/* A model that must be loaded first says how long that takes: it is a "later", not a "no". */
static CsSubmission *
read_loading (const CsHttpAnswer *answer)
{
  g_autoptr (JsonObject) object = NULL;
  CsSubmission *submission;
  double seconds;

  if (answer->status != 503 || !answer->is_complete)
    return NULL;
  object = cs_http_answer_dup_object (answer, NULL);
  seconds = cs_json_get_double (object, "estimated_time", -1);
  if (!(seconds >= 0))
    return NULL;
  submission = cs_submission_new_error (CS_SUBMIT_RATE_LIMITED, cs_wire_error_from_answer (&cs_huggingface_vendor, answer));
  submission->retry_after = MAX ((gint64) (MIN (seconds, MAX_LOADING) * SECOND), SECOND);
  return submission;
}

static CsSubmission *
read_accepted (Submit *submit, const CsHttpAnswer *answer)
{
  g_autoptr (JsonObject) object = cs_http_answer_dup_object (answer, NULL);
  g_autofree char *id = object != NULL ? submit->route->read_id (object, submit->provider_id) : NULL;
  CsSubmission *submission;

  if (!cs_wire_id_is_valid (id))
    return uncertain ();
  submission = cs_submission_new (CS_SUBMIT_ACCEPTED);
  submission->remote_id = g_steal_pointer (&id);
  return submission;
}

static CsSubmission *
read_output (CsHuggingfaceProvider *self, Submit *submit, const char *output)
{
  gboolean is_here = g_str_equal (output, submit->request->work_file);
  g_autofree char *address = is_here ? NULL : cs_wire_take_output (output, cs_wire_link_is_loopback (self->router));
  CsSubmission *submission;

  if (!is_here && address == NULL)
    return cs_wire_submission_uncertain (&cs_huggingface_vendor, cs_wire_error_no_output (&cs_huggingface_vendor));
  submission = cs_submission_new (CS_SUBMIT_ANSWERED);
  submission->output = is_here ? g_strdup (output) : g_steal_pointer (&address);
  return submission;
}

/* Callbacks, in the order they run. */

static void send_request (GTask *task, const char *image);
static void answer_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void take_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
picture_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (CsWirePicture) picture = cs_wire_read_picture_finish (CS_PROVIDER (source), result, &error);
  g_autofree char *image = NULL;

  if (picture == NULL)
    {
      end_submit (task, cs_submission_new_error (CS_SUBMIT_REFUSED, error));
      return;
    }
  image = g_strdup_printf ("data:%s;base64,%s", picture->content_type, picture->base64);
  send_request (task, image);
}

static CsHttpCall *
make_call (CsHuggingfaceProvider *self, Submit *submit, const char *image)
{
  g_autofree char *path = submit->route->make_path (submit->provider_id);
  g_autofree char *address = cs_endpoint_build (self->router->endpoint, "%s", path);
  g_autoptr (JsonObject) body = submit->route->make_body (submit->request, submit->provider_id, image);
  CsHttpCall *call = cs_wire_call_new_paid (address, body);

  cs_http_call_set_bearer (call, cs_wire_link_get_key (self->router, NULL));
  if (submit->route->accept != NULL)
    cs_http_call_add_header (call, "Accept", submit->route->accept);
  if (submit->route->read_id != NULL)
    return call;
  submit->answer_path = g_strconcat (submit->request->work_file, ".answer", NULL);
  call->path = g_strdup (submit->answer_path);
  call->max_length = CS_HUGGINGFACE_MAX_ANSWER;
  call->answer_timeout = PICTURE_PATIENCE;
  call->total_timeout = 2 * PICTURE_PATIENCE;
  return call;
}

/* @task: (transfer full); @image: (nullable): a data address */
static void
send_request (GTask *task, const char *image)
{
  CsHuggingfaceProvider *self = g_task_get_source_object (task);
  GError *error = cs_wire_link_error_no_key (self->router);

  if (error != NULL)
    end_submit (task, cs_submission_new_error (CS_SUBMIT_REFUSED, error));
  else if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    end_submit (task, cs_submission_new_error (CS_SUBMIT_NOT_SENT, error));
  else /* no cancellable: what is on its way is never taken back by us */
    cs_http_call_async (self->router->context->http, make_call (self, g_task_get_task_data (task), image), NULL, answer_cb,
                        task);
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Submit *submit = g_task_get_task_data (task);
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);
  CsSubmission *submission = read_loading (answer);

  if (submission == NULL)
    submission = cs_wire_submission_from_failure (&cs_huggingface_vendor, answer);
  if (submission == NULL && submit->answer_path != NULL)
    {
      cs_huggingface_answer_take_async (submit->answer_path, submit->request->work_file, NULL, take_cb, task);
      return;
    }
  end_submit (task, submission != NULL ? submission : read_accepted (submit, answer));
}

static void
take_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autofree char *output = cs_huggingface_answer_take_finish (result, &error);

  if (output == NULL)
    end_submit (task, cs_wire_submission_uncertain (&cs_huggingface_vendor, error));
  else
    end_submit (task, read_output (g_task_get_source_object (task), g_task_get_task_data (task), output));
}

void
_cs_huggingface_submit_async (CsProvider *provider, CsRequest *request, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  Submit *submit = g_new0 (Submit, 1);

  g_task_set_source_tag (task, _cs_huggingface_submit_async);
  g_task_set_check_cancellable (task, FALSE); /* how it ended is told in every case */
  g_task_set_task_data (task, submit, (GDestroyNotify) submit_free);
  submit->request = cs_request_ref (request);
  submit->route = cs_huggingface_route_parse (request, &submit->provider_id);
  if (submit->route == NULL)
    end_submit (task, cs_submission_new_error (CS_SUBMIT_REFUSED,
                                               g_error_new (CS_ERROR, CS_ERROR_UNAVAILABLE,
                                                            _ ("The model of this job is not offered any more."))));
  else if (submit->route->task == CS_HUGGINGFACE_IMAGE_TO_VIDEO)
    cs_wire_read_picture_async (provider, request->image, cancellable, picture_cb, task);
  else
    send_request (task, NULL);
}

CsSubmission *
_cs_huggingface_submit_finish (CsProvider *provider, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, _cs_huggingface_submit_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* The route is looked up at the hub before anything may cost; until then only the host is known. */
char *
_cs_huggingface_dup_message (CsProvider *provider, CsRequest *request, char **host)
{
  CsHuggingfaceProvider *self = CS_HUGGINGFACE_PROVIDER (provider);
  g_autofree char *provider_id = NULL;
  const CsHuggingfaceRoute *route = cs_huggingface_route_parse (request, &provider_id);
  g_autoptr (JsonObject) body = NULL;
  const char *base = cs_endpoint_get_base (self->router->endpoint);

  if (base == NULL)
    return NULL;
  *host = cs_address_dup_host (base);
  if (route == NULL || route->task == CS_HUGGINGFACE_IMAGE_TO_VIDEO)
    return NULL;
  body = route->make_body (request, provider_id, NULL);
  return cs_json_object_to_string (body, FALSE);
}
