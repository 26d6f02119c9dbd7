/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PiAPI as it is understood here: tasks in one envelope, an account with points, an upload of small files. */
#include "config.h"
#include "cs-fake-server-private.h"

#include "cs-fake-field.h"
#include "cs-fake-json.h"

#include "core/cs-json.h"

#include <string.h>

#define POINTS_PER_CENT 100000
#define MAX_AREA 1048576
#define MAX_UPLOAD (10 * 1024 * 1024)

#define NEGATIVE { "negative_prompt", CS_FAKE_TEXT }
#define WANX_RATIO { "aspect_ratio", CS_FAKE_TEXT, "16:9|9:16|1:1" }

static const CsFakeField wanx_text[] = { CS_FAKE_PROMPT, NEGATIVE, WANX_RATIO, { NULL } };

static const CsFakeField wanx_image[]
    = { CS_FAKE_PROMPT, NEGATIVE, WANX_RATIO, { "image", CS_FAKE_TEXT, NULL, 0, 0, TRUE }, { NULL } };

#define WAN26 \
  CS_FAKE_PROMPT, NEGATIVE, CS_FAKE_SEED, { "duration", CS_FAKE_WHOLE, "5|10|15", 5, 15 }, \
      { "resolution", CS_FAKE_TEXT, "720P|1080P" }, { "audio", CS_FAKE_SWITCH }, { "audio_url", CS_FAKE_LINK }, \
      { "prompt_extend", CS_FAKE_SWITCH }, { "shot_type", CS_FAKE_TEXT, "single|multi" }, { "watermark", CS_FAKE_SWITCH }

static const CsFakeField wan26_text[] = { WAN26, { "aspect_ratio", CS_FAKE_TEXT, "16:9|9:16|1:1|4:3|3:4" }, { NULL } };

static const CsFakeField wan26_image[] = { WAN26, { "image", CS_FAKE_LINK, NULL, 0, 0, TRUE }, { NULL } };

#define FLUX \
  CS_FAKE_PROMPT, NEGATIVE, { "width", CS_FAKE_WHOLE, NULL, 128, 1344 }, { "height", CS_FAKE_WHOLE, NULL, 128, 1344 }, \
      { "steps", CS_FAKE_WHOLE, NULL, 1, 10 }, { "batch_size", CS_FAKE_WHOLE, NULL, 1, 4 }, \
      { "guidance_scale", CS_FAKE_NUMBER, NULL, 0, 20 }

static const CsFakeField flux_text[] = { FLUX, { NULL } };

static const CsFakeField flux_image[]
    = { FLUX, { "image", CS_FAKE_TEXT, NULL, 0, 0, TRUE }, { "denoise", CS_FAKE_NUMBER, NULL, 0, 1 }, { NULL } };

/* What can be asked for, and what it costs; Wan 2.6 by the second. */
static const struct Kind
{
  const char *model;
  const char *task_type;
  const CsFakeField *fields;
  gboolean is_video;
  double cents;
  gboolean is_per_second;
} kinds[] = {
  { "Qubico/wanx", "txt2video-1.3b", wanx_text, TRUE, 12 },
  { "Qubico/wanx", "txt2video-14b", wanx_text, TRUE, 28 },
  { "Qubico/wanx", "img2video-14b", wanx_image, TRUE, 28 },
  { "Qubico/wanx", "wan22-txt2video-14b", wanx_text, TRUE, 28 },
  { "Qubico/wanx", "wan22-img2video-14b", wanx_image, TRUE, 28 },
  { "Wan", "wan26-txt2video", wan26_text, TRUE, 8, TRUE },
  { "Wan", "wan26-img2video", wan26_image, TRUE, 8, TRUE },
  { "Qubico/flux1-schnell", "txt2img", flux_text, FALSE, 0.15 },
  { "Qubico/flux1-schnell", "img2img", flux_image, FALSE, 0.15 },
};

static gboolean
admit (CsFakeCall *call)
{
  if (cs_fake_key_is_good (cs_fake_call_get_header (call, "x-api-key")))
    return TRUE;
  cs_fake_call_refuse (call, 401, "");
  return FALSE;
}

/* What is known of its refusals is their shape; the words are examples. */
static void
refuse_with (CsFakeCall *call, guint status, const char *message)
{
  cs_fake_call_reply (
      call, status,
      cs_fake_json ("{'code':%d,'data':{'task_id':'','error':{'code':10000,'raw_message':'','message':%s,"
                    "'detail':null}},'message':%s}",
                    (int) status, message, message));
}

static void
refuse (CsFakeCall *call, guint status, const char *variant)
{
  static const struct
  {
    guint status;
    const char *variant;
    const char *message;
  } words[] = {
    { 400, "task", "invalid task type" },
    { 400, "credit", "insufficient credits, please top up your account balance" },
    { 400, "", "invalid request" },
    { 402, "", "insufficient credits, please top up your account balance" },
    { 403, "", "your plan is not allowed to use this model" },
    { 403, "plan", "your plan not allowed to upload" },
    { 404, "", "task not found" },
    { 429, "", "too many requests" },
    { 500, "", "failed to create task: upstream error" },
    { 503, "", "service temporarily unavailable" },
  };

  if (status == 401)
    {
      cs_fake_call_reply (call, 401, cs_fake_json ("{'code':401,'message':'Invalid API key','data':null}"));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].status == status && g_str_equal (words[i].variant, variant))
      {
        refuse_with (call, status, words[i].message);
        return;
      }
  refuse_with (call, status, soup_status_get_phrase (status));
}

static const char *
get_status (CsFakeTask *task)
{
  static const char *const words[] = { "pending", "processing", "completed", "failed", "cancelled", "failed" };

  return words[task->state];
}

static const struct Kind *
find_kind (const char *model, const char *task_type)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].model, model) == 0 && g_strcmp0 (kinds[i].task_type, task_type) == 0)
      return &kinds[i];
  return NULL;
}

/* In points. */
static int
get_price (CsFakeTask *task)
{
  const struct Kind *kind = find_kind (task->model, task->task_type);
  JsonObject *input = json_node_get_object (task->input);
  double cents = kind->cents;

  if (kind->is_per_second)
    cents *= cs_json_get_int (input, "duration", 5);
  if (kind->is_per_second && g_str_equal (cs_json_get_string (input, "resolution", "720P"), "1080P"))
    cents *= 1.5;
  return (int) (cents * POINTS_PER_CENT) * task->n_outputs;
}

/* Where the address of the output may be found: each of the places that clients have seen. */
static char *
format_output (CsFakeTask *task)
{
  const char *form = cs_fake_task_get_form (task, "natural");
  const char *address = cs_fake_task_get_output (task);
  const char *name = task->is_video ? "video_url" : "image_url";

  if (!cs_fake_task_has_output (task))
    return g_strdup ("null");
  if (g_str_equal (form, "null"))
    return cs_fake_json ("{%s:null}", name);
  if (g_str_equal (form, "string"))
    return cs_fake_json (task->is_video ? "{'video':%s}" : "{'image_url':%s}", address);
  if (g_str_equal (form, "object"))
    return cs_fake_json (task->is_video ? "{'video':{'url':%s}}"
                                        : "{'image_url':'','image_urls':null,'temporary_image_urls':[%s]}",
                         address);
  if (g_str_equal (form, "array"))
    return cs_fake_json (task->is_video ? "{'works':[{'video':{'resource':'','resource_without_watermark':%s}}]}"
                                        : "{'image_urls':[%s]}",
                         address);
  return cs_fake_json ("{%s:%s}", name, address);
}

static char *
format_meta (CsFakeTask *task)
{
  g_autofree char *created = cs_fake_json_time (task->created);
  g_autofree char *started = task->started != 0 ? cs_fake_json_time (task->started) : g_strdup ("");
  g_autofree char *ended = task->ended != 0 ? cs_fake_json_time (task->ended) : g_strdup ("");
  int price = get_price (task);

  return cs_fake_json (
      "{'created_at':%s,'started_at':%s,'ended_at':%s,'usage':{'type':'point','frozen':%d,'consume':%d},"
      "'is_using_private_pool':false}",
      created, started, ended, price, task->is_billed ? price : 0);
}

static void
reply_task (CsFakeCall *call, CsFakeTask *task)
{
  gboolean failed = task->state == CS_FAKE_TASK_FAILED || task->state == CS_FAKE_TASK_ABORTED;
  g_autofree char *output = format_output (task);
  g_autofree char *meta = format_meta (task);
  g_autofree char *error
      = failed ? cs_fake_json (
            "{'code':10000,'raw_message':'upstream refused the prompt','message':'task failed','detail':null}")
               : cs_fake_json ("{'code':0,'raw_message':'','message':'','detail':null}");

  g_free (call->remote_id);
  call->remote_id = g_strdup (task->id);
  cs_fake_call_reply (
      call, 200,
      cs_fake_json ("{'code':200,'data':{'task_id':%s,'model':%s,'task_type':%s,'status':%s,"
                    "'config':{'service_mode':'public','webhook_config':{'endpoint':'','secret':''}},"
                    "'input':%j,'output':%r,'meta':%r,'detail':null,'logs':%r,'error':%r},'message':'success'}",
                    task->id, task->model, task->task_type, get_status (task), task->input, output, meta,
                    failed ? "[\"upstream refused the prompt\"]" : "[]", error));
}

static gboolean
is_good_config (JsonObject *body)
{
  JsonObject *config = cs_json_get_object (body, "config");
  const char *mode = cs_json_get_string (config, "service_mode", "");

  if (json_object_has_member (body, "config") && config == NULL)
    return FALSE;
  return g_str_equal (mode, "") || g_str_equal (mode, "public") || g_str_equal (mode, "private");
}

/* Returns: (transfer full) (nullable): what is wrong with the request. */
static char *
find_fault (const struct Kind *kind, JsonObject *body)
{
  JsonObject *input = cs_json_get_object (body, "input");
  const char *name;
  char *fault;

  if (kind == NULL)
    return g_strdup ("invalid task type");
  if (input == NULL)
    return g_strdup ("input is required");
  if (!is_good_config (body))
    return g_strdup ("invalid service_mode");
  fault = cs_fake_fields_check (kind->fields, input, &name);
  if (fault == NULL && cs_json_get_int (input, "width", 1) * cs_json_get_int (input, "height", 1) > MAX_AREA)
    fault = g_strdup ("width * height must be at most 1048576");
  return fault;
}

static void
set_up (CsFakeTask *task, const struct Kind *kind, JsonObject *input)
{
  int width = cs_json_get_int (input, "width", 0), height = cs_json_get_int (input, "height", 0);
  g_autofree char *size = g_strdup_printf ("%d:%d", width, height);

  task->task_type = g_strdup (kind->task_type);
  task->is_video = kind->is_video;
  task->has_sound = kind->is_per_second && cs_json_get_boolean (input, "audio", TRUE);
  task->seed = cs_json_get_int (input, "seed", -1);
  task->n_outputs = (int) cs_json_get_int (input, "batch_size", 1);
  cs_fake_task_set_shape (task, width > 0 ? size : cs_json_get_string (input, "aspect_ratio", NULL));
}

static void
create (CsFakeCall *call)
{
  JsonObject *body = cs_fake_call_get_object (call);
  const struct Kind *kind
      = find_kind (cs_json_get_string (body, "model", NULL), cs_json_get_string (body, "task_type", NULL));
  g_autofree char *fault = body != NULL ? find_fault (kind, body) : g_strdup ("invalid request body");
  JsonObject *input = cs_json_get_object (body, "input");
  CsFakeTask *task;

  if (fault != NULL)
    {
      refuse_with (call, 400, fault);
      return;
    }
  task = cs_fake_task_new (call, g_uuid_string_random (), kind->model, json_object_get_member (body, "input"),
                           cs_json_get_string (input, "prompt", ""));
  set_up (task, kind, input);
  cs_fake_call_accept (call, task->id, task->seed, task->prompt);
  reply_task (call, task);
}

static CsFakeTask *
find_task (CsFakeCall *call)
{
  CsFakeTask *task = cs_fake_tasks_find (call->server->tasks, "piapi", cs_fake_call_get_part (call, 0));

  if (task == NULL)
    cs_fake_call_refuse (call, 404, "");
  return task;
}

static void
get (CsFakeCall *call)
{
  CsFakeTask *task = find_task (call);

  if (task == NULL)
    return;
  cs_fake_task_poll (task, call);
  reply_task (call, task);
}

/* Only what waits can be cancelled. */
static void
cancel (CsFakeCall *call)
{
  CsFakeTask *task = find_task (call);

  if (task == NULL)
    return;
  if (task->state != CS_FAKE_TASK_WAITING)
    {
      refuse_with (call, 400, "only pending tasks can be cancelled");
      return;
    }
  cs_fake_task_cancel (task);
  reply_task (call, task);
}

static void
account (CsFakeCall *call)
{
  cs_fake_call_reply (
      call, 200,
      cs_fake_json ("{'code':200,'data':{'account_id':'a-1','account_name':'ann','plan':'Creator',"
                    "'is_enable':true,'credit_pack_info':{'available_credits':12345678,'used_credits':100,"
                    "'total_credits':12345778,'frozen_credits':0,'expired_credits':0,'inactive_credits':0},"
                    "'equivalent_in_usd':1.23},'message':'success'}"));
}

static const char *
get_upload_type (const char *name)
{
  static const char *const types[][2] = { { ".jpg", "image/jpeg" }, { ".jpeg", "image/jpeg" }, { ".png", "image/png" },
                                          { ".webp", "image/webp" }, { ".mp4", "video/mp4" }, { ".wav", "audio/wav" },
                                          { ".mp3", "audio/mpeg" } };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (name, types[i][0]))
      return types[i][1];
  return NULL;
}

/* Base64 without anything around it. */
static gboolean
is_plain_base64 (const char *text)
{
  return text[0] != '\0'
         && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") == strlen (text);
}

static void
upload (CsFakeCall *call)
{
  JsonObject *body = cs_fake_call_get_object (call);
  const char *name = cs_json_get_string (body, "file_name", "");
  const char *data = cs_json_get_string (body, "file_data", "");
  const char *type = get_upload_type (name);
  CsFakeFile *file;
  guchar *bytes;
  gsize length;

  if (type == NULL || strlen (name) > 128 || !is_plain_base64 (data))
    {
      refuse_with (call, 400, "invalid file");
      return;
    }
  bytes = g_base64_decode (data, &length);
  if (length > MAX_UPLOAD)
    {
      g_free (bytes);
      refuse_with (call, 400, "file too large");
      return;
    }
  file = cs_fake_tasks_add_file (call->server->tasks, g_bytes_new_take (bytes, length), type);
  cs_fake_call_reply (call, 200, cs_fake_json ("{'code':200,'data':{'url':%s},'message':'success'}", file->address));
}

static const CsFakeRoute routes[] = {
  { "POST", "/api/v1/task", "create", create },
  { "GET", "/api/v1/task/*", "get", get },
  { "DELETE", "/api/v1/task/*", "cancel", cancel },
  { "POST", "/api/ephemeral_resource", "upload", upload },
  { "GET", "/account/info", "account", account },
  { NULL },
};

const CsFakeVendor cs_fake_piapi = { "piapi", routes, admit, refuse };
