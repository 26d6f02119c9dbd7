/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queues behind Hugging Face's router: fal-ai and wavespeed. Their answers point at their own hosts. */
#include "config.h"
#include "cs-fake-server-private.h"

#include "cs-fake-huggingface.h"
#include "cs-fake-json.h"

#include <string.h>

#define FAL \
  CS_FAKE_PROMPT, CS_FAKE_SEED, { "num_inference_steps", CS_FAKE_WHOLE, NULL, 1, 50 }, \
      { "guidance_scale", CS_FAKE_NUMBER, NULL, 0, 20 }, { "negative_prompt", CS_FAKE_ANY }, \
      { "enable_safety_checker", CS_FAKE_SWITCH }

static const CsFakeField fal_image[] = { FAL,
                                         { "image_size", CS_FAKE_ANY },
                                         { "num_images", CS_FAKE_WHOLE, NULL, 1, 4 },
                                         { "output_format", CS_FAKE_TEXT, "jpeg|png" },
                                         { NULL } };

static const CsFakeField fal_video[] = { FAL, { "num_frames", CS_FAKE_WHOLE, NULL, 17, 161 },
                                         { "frames_per_second", CS_FAKE_WHOLE, NULL, 4, 60 },
                                         { "aspect_ratio", CS_FAKE_TEXT, "16:9|9:16|1:1" },
                                         { "resolution", CS_FAKE_TEXT, "580p|720p" }, { NULL } };

static const CsFakeField wavespeed_fields[] = {
  CS_FAKE_PROMPT,
  CS_FAKE_SEED,
  { "size", CS_FAKE_TEXT },
  { "negative_prompt", CS_FAKE_ANY },
  { "num_frames", CS_FAKE_WHOLE, NULL, 1, 200 },
  { "duration", CS_FAKE_WHOLE, NULL, 1, 10 },
  { "num_inference_steps", CS_FAKE_WHOLE, NULL, 1, 50 },
  { "guidance_scale", CS_FAKE_NUMBER, NULL, 0, 20 },
  { NULL },
};

/* fal-ai: a queue whose addresses are all on another host. An app is the first two parts of a model's name. */
void
cs_fake_fal_create (CsFakeCall *call)
{
  const char *id = cs_fake_call_get_part (call, 0);
  g_auto (GStrv) parts = g_strsplit (id, "/", 3);
  CsFakeTask *task;
  g_autofree char *address = NULL;

  if (g_strcmp0 (cs_fake_call_get_query (call, "_subdomain"), "queue") != 0)
    {
      cs_fake_call_refuse (call, 404, "");
      return;
    }
  task = cs_fake_huggingface_take (call, "fal-ai", id, fal_image, fal_video);
  if (task == NULL)
    return;
  address = g_strdup_printf ("https://queue.fal.run/%s/%s/requests/%s", parts[0], parts[1], task->id);
  cs_fake_call_reply (call, 200,
                      cs_fake_json ("{'status':'IN_QUEUE','request_id':%s,'response_url':'%r','status_url':'%r/status',"
                                    "'cancel_url':'%r/cancel','queue_position':0,'logs':null,'metrics':{}}",
                                    task->id, address, address, address));
}

void
cs_fake_fal_get (CsFakeCall *call)
{
  CsFakeTask *task = cs_fake_huggingface_find (call, 2);

  if (task == NULL)
    return;
  cs_fake_task_poll (task, call);
  /* What failed is completed too: the result tells. */
  cs_fake_call_reply (call, 200, cs_fake_json ("{'status':%s,'request_id':%s}",
                                               cs_fake_task_is_over (task)             ? "COMPLETED"
                                               : task->state == CS_FAKE_TASK_RUNNING ? "IN_PROGRESS"
                                                                                     : "IN_QUEUE",
                                               task->id));
}

static char *
format_fal (CsFakeTask *task)
{
  const char *form = cs_fake_task_get_form (task, "natural");
  const char *address = cs_fake_task_get_output (task);

  if (address == NULL)
    return g_strdup ("{}");
  if (g_str_equal (form, "null"))
    return cs_fake_json (task->is_video ? "{'video':null}" : "{'images':null}");
  if (g_str_equal (form, "string"))
    return cs_fake_json (task->is_video ? "{'video':%s}" : "{'images':[%s]}", address);
  if (g_str_equal (form, "array"))
    return cs_fake_json (task->is_video ? "{'videos':[{'url':%s}]}" : "{'images':[{'url':%s}]}", address);
  if (g_str_equal (form, "object"))
    return cs_fake_json (task->is_video ? "{'video':{'url':%s}}" : "{'image':{'url':%s}}", address);
  if (task->is_video)
    return cs_fake_json ("{'video':{'url':%s,'content_type':'video/mp4','file_name':'output.mp4'},'seed':%l}", address,
                         task->seed);
  return cs_fake_json (
      "{'images':[{'url':%s,'width':%d,'height':%d,'content_type':'image/png'}],'seed':%l,'prompt':%s}", address,
      task->width, task->height, task->seed, task->prompt);
}

void
cs_fake_fal_get_result (CsFakeCall *call)
{
  CsFakeTask *task = cs_fake_huggingface_find (call, 2);

  if (task == NULL)
    return;
  cs_fake_task_obey (task, call);
  if (!cs_fake_task_is_over (task))
    cs_fake_call_reply (call, 400, cs_fake_json ("{'detail':'Request is still in progress'}"));
  else if (task->state != CS_FAKE_TASK_DONE)
    cs_fake_huggingface_refuse_field (
        call, "prompt", "The content could not be processed because it was flagged by a content checker.");
  else
    cs_fake_call_reply (call, 200, format_fal (task));
}

void
cs_fake_fal_cancel (CsFakeCall *call)
{
  CsFakeTask *task = cs_fake_huggingface_find (call, 2);

  if (task == NULL)
    return;
  if (cs_fake_task_is_over (task))
    {
      cs_fake_call_reply (call, 400, cs_fake_json ("{'status':'ALREADY_COMPLETED'}"));
      return;
    }
  cs_fake_task_cancel (task);
  cs_fake_call_reply (call, 202, cs_fake_json ("{'status':'CANCELLATION_REQUESTED'}"));
}

static const char *
get_wavespeed_status (CsFakeTask *task)
{
  static const char *const words[] = { "created", "processing", "completed", "failed", "failed", "failed" };

  return words[task->state];
}

static char *
format_wavespeed (CsFakeTask *task)
{
  const char *form = cs_fake_task_get_form (task, "array");
  const char *address = cs_fake_task_get_output (task);

  if (address == NULL)
    return g_strdup ("[]");
  return cs_fake_json (g_str_equal (form, "null")     ? "null"
                       : g_str_equal (form, "string") ? "%s"
                       : g_str_equal (form, "object") ? "[{'url':%s}]"
                                                      : "[%s]",
                       address);
}

static void
reply_wavespeed (CsFakeCall *call, CsFakeTask *task)
{
  g_autofree char *outputs = format_wavespeed (task);
  g_autofree char *created = cs_fake_json_time (task->created);
  g_autofree char *address = g_strdup_printf ("https://api.wavespeed.ai/api/v3/predictions/%s/result", task->id);
  gboolean failed = task->state > CS_FAKE_TASK_DONE;

  cs_fake_call_reply (
      call, 200,
      cs_fake_json ("{'code':200,'message':'success','data':{'id':%s,'model':%s,'outputs':%r,'urls':{'get':%s},"
                    "'has_nsfw_contents':[],'status':%s,'created_at':%s,'error':%s}}",
                    task->id, task->model, outputs, address, get_wavespeed_status (task), created,
                    failed ? "the prompt was refused" : ""));
}

void
cs_fake_wavespeed_create (CsFakeCall *call)
{
  CsFakeTask *task = cs_fake_huggingface_take (call, "wavespeed", cs_fake_call_get_part (call, 0), wavespeed_fields,
                                               wavespeed_fields);

  if (task != NULL)
    reply_wavespeed (call, task);
}

void
cs_fake_wavespeed_get (CsFakeCall *call)
{
  CsFakeTask *task = cs_fake_huggingface_find (call, 0);

  if (task == NULL)
    return;
  cs_fake_task_poll (task, call);
  reply_wavespeed (call, task);
}
