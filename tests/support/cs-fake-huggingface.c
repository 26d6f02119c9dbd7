/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hugging Face's router, and behind it those who serve: each with its own way of asking and answering. */
#include "config.h"
#include "cs-fake-server-private.h"

#include "cs-fake-chat.h"
#include "cs-fake-hub.h"
#include "cs-fake-huggingface.h"
#include "cs-fake-json.h"

#include "core/cs-json.h"

#include <string.h>

static gboolean
admit (CsFakeCall *call)
{
  if (cs_fake_call_has_bearer (call))
    return TRUE;
  cs_fake_call_refuse (call, 401, "");
  return FALSE;
}

static void
refuse (CsFakeCall *call, guint status, const char *variant)
{
  static const struct
  {
    guint status;
    const char *text;
  } words[] = {
    { 400, "Model not supported by provider hf-inference" },
    { 401, "Invalid username or password." },
    { 402, "You have depleted your monthly included credits. Purchase pre-paid credits to continue using Inference "
           "Providers. "
           "Alternatively, subscribe to PRO to get 20x more included usage/credits." },
    { 403, "This authentication method does not have sufficient permissions to call Inference Providers on behalf of "
           "user ann" },
    { 404, "Not Found" },
    { 410, "The requested model is deprecated and no longer supported by provider hf-inference." },
    { 429, "Too many requests" },
  };

  cs_fake_call_set_header (call, "x-request-id", "Root=1-6921");
  if (g_str_equal (variant, "loading"))
    {
      cs_fake_call_reply (call, status,
                          cs_fake_json ("{'error':'Model is currently loading','estimated_time':%g}", 1.0));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].status == status)
      {
        cs_fake_call_reply (call, status, cs_fake_json ("{'error':%s}", words[i].text));
        return;
      }
  cs_fake_call_reply (call, status, cs_fake_json ("{'error':{'message':%s}}", soup_status_get_phrase (status)));
}

static void
refuse_model (CsFakeCall *call, const char *provider)
{
  g_autofree char *text = g_strconcat ("Model not supported by provider ", provider, NULL);

  cs_fake_call_reply (call, 400, cs_fake_json ("{'error':%s}", text));
}

void
cs_fake_huggingface_refuse_field (CsFakeCall *call, const char *name, const char *fault)
{
  cs_fake_call_reply (call, 422,
                      cs_fake_json ("{'detail':[{'loc':['body',%s],'msg':%s,'type':'value_error'}]}", name, fault));
}

/* What the fields of all of them are; each provider needs its own of them, and takes no others. */
static const CsFakeField inference_fields[] = {
  CS_FAKE_SEED,
  { "width", CS_FAKE_WHOLE, NULL, 64, 2048 },
  { "height", CS_FAKE_WHOLE, NULL, 64, 2048 },
  { "num_inference_steps", CS_FAKE_WHOLE, NULL, 1, 100 },
  { "guidance_scale", CS_FAKE_NUMBER, NULL, 0, 50 },
  { "negative_prompt", CS_FAKE_TEXT },
  { "scheduler", CS_FAKE_TEXT },
  { NULL },
};

#define OPENAI \
  CS_FAKE_PROMPT, CS_FAKE_SEED, { "model", CS_FAKE_TEXT, NULL, 0, 0, TRUE }, \
      { "width", CS_FAKE_WHOLE, NULL, 64, 2048 }, { "height", CS_FAKE_WHOLE, NULL, 64, 2048 }, { "n", CS_FAKE_WHOLE, NULL, 1, 4 }, \
      { "negative_prompt", CS_FAKE_ANY }, { "steps", CS_FAKE_WHOLE, NULL, 1, 100 }, \
      { "guidance_scale", CS_FAKE_NUMBER, NULL, 0, 20 }

static const CsFakeField together_image[] = { OPENAI, { "response_format", CS_FAKE_TEXT, "base64|url" }, { NULL } };

static const CsFakeField together_video[]
    = { OPENAI, { "seconds", CS_FAKE_TEXT }, { "fps", CS_FAKE_WHOLE, NULL, 1, 60 }, { NULL } };

static const CsFakeField nscale_image[]
    = { OPENAI, { "response_format", CS_FAKE_TEXT, "b64_json|url" }, { "size", CS_FAKE_TEXT },
        { "num_inference_steps", CS_FAKE_WHOLE, NULL, 1, 100 }, { NULL } };

/** cs_fake_huggingface_take: Looks at the body and takes the work. Returns: (nullable): NULL when it was refused. */
CsFakeTask *
cs_fake_huggingface_take (
    CsFakeCall *call, const char *provider, const char *provider_id, const CsFakeField *image, const CsFakeField *video)
{
  const CsFakeMapping *mapping = cs_fake_hub_find (provider, provider_id);
  JsonObject *body = cs_fake_call_get_object (call);
  const CsFakeField *fields = mapping != NULL && mapping->is_video ? video : image;
  const char *name = "body";
  g_autofree char *fault = NULL;
  CsFakeTask *task;

  if (mapping == NULL || fields == NULL)
    {
      refuse_model (call, provider);
      return NULL;
    }
  fault = body != NULL ? cs_fake_fields_check (fields, body, &name) : g_strdup ("must be JSON");
  if (fault != NULL)
    {
      cs_fake_huggingface_refuse_field (call, name, fault);
      return NULL;
    }
  task = cs_fake_task_new (call, cs_fake_id_new (24), provider_id, call->body, cs_json_get_string (body, "prompt", ""));
  task->is_video = mapping->is_video;
  task->seed = cs_json_get_int (body, "seed", -1);
  cs_fake_task_set_shape (task, cs_json_get_string (body, "aspect_ratio", NULL));
  cs_fake_call_accept (call, task->id, task->seed, task->prompt);
  return task;
}

/** cs_fake_huggingface_find: Returns: (nullable): the task whose id stands at the star number @part; else it was refused. */
CsFakeTask *
cs_fake_huggingface_find (CsFakeCall *call, guint part)
{
  CsFakeTask *task = cs_fake_tasks_find (call->server->tasks, "huggingface", cs_fake_call_get_part (call, part));

  if (task == NULL)
    cs_fake_call_refuse (call, 404, "");
  else
    {
      g_free (call->remote_id);
      call->remote_id = g_strdup (task->id);
    }
  return task;
}

static CsFakeFile *
get_file (CsFakeCall *call, CsFakeTask *task)
{
  const char *address = cs_fake_task_get_output (task);

  return address != NULL ? cs_fake_tasks_find_file (call->server->tasks, strrchr (address, '/') + 1) : NULL;
}

static char *
encode_file (CsFakeFile *file)
{
  gsize length;
  const guchar *data = g_bytes_get_data (file->bytes, &length);

  return g_base64_encode (data, length);
}

/* A picture that is the answer itself, in the form of those who copied OpenAI's; or an address, when the script says so. */
static void
reply_data (CsFakeCall *call, CsFakeTask *task)
{
  const char *form = cs_fake_task_get_form (task, "natural");
  CsFakeFile *file = get_file (call, task);
  g_autofree char *base64 = file != NULL ? encode_file (file) : NULL;

  if (task->state != CS_FAKE_TASK_DONE)
    cs_fake_call_reply (
        call, 422, cs_fake_json ("{'error':{'message':'The prompt was refused.','type':'invalid_request_error'}}"));
  else if (!cs_fake_task_has_output (task) || g_str_equal (form, "null"))
    cs_fake_call_reply (call, 200, cs_fake_json ("{'id':%s,'object':'list','data':[]}", task->id));
  else if (g_str_equal (form, "array"))
    cs_fake_call_reply (call, 200, cs_fake_json ("{'output':[%s]}", cs_fake_task_get_output (task)));
  else if (g_str_equal (form, "string") || base64 == NULL)
    cs_fake_call_reply (call, 200, cs_fake_json ("{'id':%s,'object':'list','data':[{'index':0,'url':%s}]}", task->id,
                                                 cs_fake_task_get_output (task)));
  else
    cs_fake_call_reply (
        call, 200, cs_fake_json ("{'id':%s,'object':'list','data':[{'index':0,'b64_json':%s}]}", task->id, base64));
}

/* hf-inference: {"inputs", "parameters"}, and the bytes of a picture. */
static JsonObject *
read_inputs (CsFakeCall *call)
{
  JsonObject *body = cs_fake_call_get_object (call);
  JsonObject *parameters = cs_json_get_object (body, "parameters");
  const char *name = "inputs";
  g_autofree char *fault = NULL;

  if (cs_json_get_string (body, "inputs", "")[0] == '\0')
    fault = g_strdup ("field required");
  else if (parameters != NULL)
    fault = cs_fake_fields_check (inference_fields, parameters, &name);
  if (fault == NULL)
    return body;
  cs_fake_huggingface_refuse_field (call, name, fault);
  return NULL;
}

static void
create_inference (CsFakeCall *call)
{
  const CsFakeMapping *mapping = cs_fake_hub_find ("hf-inference", cs_fake_call_get_part (call, 0));
  JsonObject *body = mapping != NULL ? read_inputs (call) : NULL;
  CsFakeTask *task;
  CsFakeFile *file;

  if (mapping == NULL)
    refuse_model (call, "hf-inference");
  if (body == NULL)
    return;
  task = cs_fake_task_new (call, cs_fake_id_new (24), mapping->model, call->body,
                           cs_json_get_string (body, "inputs", ""));
  task->seed = cs_json_get_int (cs_json_get_object (body, "parameters"), "seed", -1);
  task->picture_type = "image/jpeg"; /* whatever was accepted */
  cs_fake_call_accept (call, task->id, task->seed, task->prompt);
  cs_fake_task_finish (task, call->server);
  file = get_file (call, task);
  if (task->fate == NULL && file != NULL)
    cs_fake_call_reply_bytes (call, 200, file->type, g_bytes_ref (file->bytes));
  else
    reply_data (call, task);
}

static const char *
get_model (CsFakeCall *call)
{
  return cs_json_get_string (cs_fake_call_get_object (call), "model", "");
}

static void
create_together_image (CsFakeCall *call)
{
  CsFakeTask *task = cs_fake_huggingface_take (call, "together", get_model (call), together_image, NULL);

  if (task == NULL)
    return;
  cs_fake_task_finish (task, call->server);
  reply_data (call, task);
}

static void
create_nscale_image (CsFakeCall *call)
{
  CsFakeTask *task = cs_fake_huggingface_take (call, "nscale", get_model (call), nscale_image, NULL);

  if (task == NULL)
    return;
  cs_fake_task_finish (task, call->server);
  reply_data (call, task);
}

static void
reply_together (CsFakeCall *call, CsFakeTask *task)
{
  static const char *const words[] = { "queued", "in_progress", "completed", "failed", "cancelled", "failed" };
  const char *address = cs_fake_task_get_output (task);
  g_autofree char *outputs = address != NULL && !g_str_equal (cs_fake_task_get_form (task, ""), "null")
                                 ? cs_fake_json ("{'cost':0.1,'video_url':%s}", address)
                                 : g_strdup ("null");
  g_autofree char *error = task->state > CS_FAKE_TASK_DONE
                               ? cs_fake_json ("{'code':'failed','message':'the prompt was refused'}")
                               : g_strdup ("null");

  cs_fake_call_reply (call, 200,
                      cs_fake_json ("{'id':%s,'object':'video','model':%s,'status':%s,'outputs':%r,'error':%r}",
                                    task->id, task->model, words[task->state], outputs, error));
}

static void
create_together_video (CsFakeCall *call)
{
  CsFakeTask *task = cs_fake_huggingface_take (call, "together", get_model (call), NULL, together_video);

  if (task != NULL)
    reply_together (call, task);
}

static void
get_together_video (CsFakeCall *call)
{
  CsFakeTask *task = cs_fake_huggingface_find (call, 0);

  if (task == NULL)
    return;
  cs_fake_task_poll (task, call);
  reply_together (call, task);
}

static const CsFakeRoute routes[] = {
  { "POST", "/hf-inference/models/**", "create", create_inference },
  { "POST", "/fal-ai/**", "create", cs_fake_fal_create },
  { "GET", "/fal-ai/*/*/requests/*/status", "get", cs_fake_fal_get },
  { "GET", "/fal-ai/*/*/requests/*", "result", cs_fake_fal_get_result },
  { "PUT", "/fal-ai/*/*/requests/*/cancel", "cancel", cs_fake_fal_cancel },
  { "POST", "/wavespeed/api/v3/**", "create", cs_fake_wavespeed_create },
  { "GET", "/wavespeed/api/v3/predictions/*/result", "get", cs_fake_wavespeed_get },
  { "POST", "/together/v1/images/generations", "create", create_together_image },
  { "POST", "/together/v2/videos", "create", create_together_video },
  { "GET", "/together/v2/videos/*", "get", get_together_video },
  { "POST", "/nscale/v1/images/generations", "create", create_nscale_image },
  { "POST", "/v1/chat/completions", "chat", cs_fake_chat_answer },
  { "GET", "/v1/models", "models", cs_fake_chat_list_models },
  { NULL },
};

const CsFakeVendor cs_fake_huggingface = { "huggingface", routes, admit, refuse };
