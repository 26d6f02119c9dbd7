/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hugging Face: many providers behind one router and one token. The router does not choose between them, we do: the hub
 * says who serves a model now, and the first whose wire we know is asked (cs-huggingface-route.h). It also has language
 * models, behind the chat that OpenAI began; there the router chooses.
 */
#include "config.h"
#include "providers/huggingface/cs-huggingface-private.h"

#include "core/cs-error.h"
#include "core/cs-task.h"
#include "core/cs-words.h"
#include "providers/huggingface/cs-huggingface-account.h"
#include "providers/huggingface/cs-huggingface-mapping.h"
#include "providers/chat/cs-openai-chat.h"
#include "providers/cs-text-provider.h"

#define USUAL_ROUTER "https://router.huggingface.co"
#define USUAL_HUB "https://huggingface.co"
#define QUESTION_TRIES 3 /* for what is free and asked once */

static const CsOpenaiDialect dialect = {
  .vendor = &cs_huggingface_vendor,
  .tokens_member = "max_tokens",
  .streams_json = TRUE,
};

static CsProviderInterface *usual; /* the interface's own ways, where there is nothing to add */

static void cs_huggingface_provider_iface_init (CsProviderInterface *iface);
static void cs_huggingface_provider_text_iface_init (CsTextProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsHuggingfaceProvider, cs_huggingface_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_PROVIDER, cs_huggingface_provider_iface_init)
                               G_IMPLEMENT_INTERFACE (CS_TYPE_TEXT_PROVIDER, cs_huggingface_provider_text_iface_init))

static void
cs_huggingface_provider_finalize (GObject *object)
{
  CsHuggingfaceProvider *self = CS_HUGGINGFACE_PROVIDER (object);

  g_clear_pointer (&self->router, cs_wire_link_free);
  g_clear_pointer (&self->hub, cs_wire_link_free);

  G_OBJECT_CLASS (cs_huggingface_provider_parent_class)->finalize (object);
}

static void
cs_huggingface_provider_class_init (CsHuggingfaceProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_huggingface_provider_finalize;
}

static void
cs_huggingface_provider_init (CsHuggingfaceProvider *self)
{
}

/** cs_huggingface_provider_new: Returns: (transfer full): Hugging Face, at the addresses that the environment names now. */
CsProvider *
cs_huggingface_provider_new (CsProviderContext *context)
{
  CsHuggingfaceProvider *self;

  g_return_val_if_fail (context != NULL, NULL);

  self = g_object_new (CS_TYPE_HUGGINGFACE_PROVIDER, NULL);
  self->router = cs_wire_link_new (&cs_huggingface_vendor, context, "HF_BASE_URL", USUAL_ROUTER);
  self->hub = cs_wire_link_new (&cs_huggingface_vendor, context, "HF_HUB_URL", USUAL_HUB);
  return CS_PROVIDER (self);
}

static const char *
get_id (CsProvider *provider)
{
  return CS_HUGGINGFACE_PROVIDER_ID;
}

static const char *
get_name (CsProvider *provider)
{
  return cs_huggingface_vendor.name;
}

static gboolean
is_available (CsProvider *provider, const char *model, char **why_not)
{
  return cs_wire_link_get_key (CS_HUGGINGFACE_PROVIDER (provider)->router, why_not) != NULL;
}

/* Before the request that may cost: who serves the model? */

static const char *
get_hub_name (const CsModel *model, CsHuggingfaceTask task)
{
  if (task == CS_HUGGINGFACE_IMAGE_TO_VIDEO && model->image_remote != NULL)
    return model->image_remote;
  return model->remote;
}

static void
mapping_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsRequest *request = g_task_get_task_data (task);
  CsHuggingfaceProvider *self = g_task_get_source_object (task);
  const CsModel *model = cs_wire_link_get_model (self->hub, request);
  const char *name = get_hub_name (model, cs_huggingface_get_task (request));
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);
  g_autoptr (JsonObject) object = cs_http_answer_is_good (answer) ? cs_http_answer_dup_object (answer, NULL) : NULL;
  g_autofree char *route = NULL;
  CsRequest *prepared;

  if (object == NULL)
    {
      g_task_return_error (task, cs_wire_error_from_answer (&cs_huggingface_vendor, answer));
      return;
    }
  route = cs_huggingface_mapping_pick (object, name, cs_huggingface_get_task (request), request->aspect);
  if (route == NULL)
    {
      g_task_return_new_error (task, CS_ERROR, CS_ERROR_PROVIDER_REFUSED,
                               /* translators: the name of a model */
                               _ ("No provider of Hugging Face serves %s now: choose another model."), name);
      return;
    }
  prepared = cs_request_copy (request);
  g_free (prepared->route);
  prepared->route = g_steal_pointer (&route);
  g_task_return_pointer (task, prepared, (GDestroyNotify) cs_request_unref);
}

/* A question to the hub. Everybody may ask who serves a model; with the key, the answer is in the order of its user. */
static CsHttpCall *
make_question (CsHuggingfaceProvider *self, const char *path)
{
  g_autofree char *address = cs_endpoint_build (self->hub->endpoint, "%s", path);
  CsHttpCall *call = cs_wire_call_new ("GET", address);

  call->tries = QUESTION_TRIES;
  cs_http_call_set_bearer (call, cs_wire_link_get_key (self->hub, NULL));
  return call;
}

static void
prepare_async (CsProvider *provider, CsRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback,
               gpointer user_data)
{
  CsHuggingfaceProvider *self = CS_HUGGINGFACE_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);
  const CsModel *model = cs_wire_link_get_model (self->hub, request);
  const char *name = model != NULL ? get_hub_name (model, cs_huggingface_get_task (request)) : NULL;
  g_autofree char *path = NULL;

  g_task_set_source_tag (task, prepare_async);
  g_task_set_task_data (task, cs_request_ref (request), (GDestroyNotify) cs_request_unref);
  if (cs_endpoint_get_base (self->hub->endpoint) == NULL)
    g_task_return_new_error (task, CS_ERROR, CS_ERROR_UNAVAILABLE, "%s", cs_endpoint_get_trouble (self->hub->endpoint));
  else if (request->kind == CS_KIND_DECK || !cs_huggingface_is_provider_id (name))
    g_task_return_new_error (task, CS_ERROR, CS_ERROR_UNAVAILABLE, _ ("The model of this job is not offered any more."));
  else
    {
      path = cs_huggingface_mapping_make_path (name);
      cs_http_call_async (self->hub->context->http, make_question (self, path), cancellable, mapping_cb,
                          g_steal_pointer (&task));
    }
}

static CS_DEFINE_FINISH_POINTER (CsRequest, CsProvider, prepare_async, prepare_finish)

/* The result: a file that is here, or an address */

static void
fetch_async (CsProvider *provider, CsRequest *request, const char *output, const char *path, CsProviderProgressFunc progress,
             gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CsHuggingfaceProvider *self = CS_HUGGINGFACE_PROVIDER (provider);

  if (g_strcmp0 (output, path) == 0)
    usual->fetch_async (provider, request, output, path, progress, progress_data, cancellable, callback, user_data);
  else
    cs_wire_fetch_async (provider, self->router->context->http, request->kind, cs_wire_link_is_loopback (self->router),
                         output, path, progress, progress_data, cancellable, callback, user_data);
}

static gboolean
fetch_finish (CsProvider *provider, GAsyncResult *result, GError **error)
{
  if (g_async_result_is_tagged (result, cs_wire_fetch_async))
    return cs_wire_fetch_finish (provider, result, error);
  return usual->fetch_finish (provider, result, error);
}

/* The key */

static void
account_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);

  g_task_return_pointer (task, cs_huggingface_read_account (answer), (GDestroyNotify) cs_key_check_free);
}

static void
check_async (CsProvider *provider, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CsHuggingfaceProvider *self = CS_HUGGINGFACE_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);
  g_autoptr (GError) error = cs_wire_link_error_no_key (self->hub);

  g_task_set_source_tag (task, check_async);
  g_task_set_check_cancellable (task, FALSE);
  if (error != NULL)
    g_task_return_pointer (task, cs_wire_check_from_error (error), (GDestroyNotify) cs_key_check_free);
  else
    cs_http_call_async (self->hub->context->http, make_question (self, "/api/whoami-v2"), cancellable, account_cb,
                        g_steal_pointer (&task));
}

static CsKeyCheck *
check_finish (CsProvider *provider, GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, check_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
cs_huggingface_provider_iface_init (CsProviderInterface *iface)
{
  usual = g_type_default_interface_peek (CS_TYPE_PROVIDER);

  iface->get_id = get_id;
  iface->get_name = get_name;
  iface->is_available = is_available;
  iface->prepare_async = prepare_async;
  iface->prepare_finish = prepare_finish;
  iface->submit_async = _cs_huggingface_submit_async;
  iface->submit_finish = _cs_huggingface_submit_finish;
  iface->dup_message = _cs_huggingface_dup_message;
  iface->poll_async = _cs_huggingface_poll_async;
  iface->poll_finish = _cs_huggingface_poll_finish;
  iface->fetch_async = fetch_async;
  iface->fetch_finish = fetch_finish;
  iface->check_async = check_async;
  iface->check_finish = check_finish;
}

/* Language models */

static void
chat_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, cs_openai_chat_finish (CS_HTTP (source), result), (GDestroyNotify) cs_chat_answer_free);
}

static void
chat_async (CsTextProvider *provider, CsChat *chat, CsChatFunc func, gpointer func_data, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  CsHuggingfaceProvider *self = CS_HUGGINGFACE_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);
  GError *error = cs_wire_link_error_no_key (self->router);
  g_autofree char *address = NULL;
  CsChatAnswer *answer;

  g_task_set_source_tag (task, chat_async);
  g_task_set_check_cancellable (task, FALSE);
  if (error != NULL)
    {
      answer = cs_chat_answer_new ();
      answer->error = error;
      g_task_return_pointer (task, answer, (GDestroyNotify) cs_chat_answer_free);
      return;
    }
  address = cs_endpoint_build (self->router->endpoint, "/v1/chat/completions");
  cs_openai_chat_async (self->router->context->http, &dialect, address, cs_wire_link_get_key (self->router, NULL), chat,
                        func, func_data, cancellable, chat_cb, g_steal_pointer (&task));
}

static CsChatAnswer *
chat_finish (CsTextProvider *provider, GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, chat_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
cs_huggingface_provider_text_iface_init (CsTextProviderInterface *iface)
{
  iface->chat_async = chat_async;
  iface->chat_finish = chat_finish;
}
