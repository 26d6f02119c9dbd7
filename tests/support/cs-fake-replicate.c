/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replicate as its OpenAPI file describes it: predictions, their list, files and the account. */
#include "config.h"
#include "cs-fake-server-private.h"

#include "cs-fake-json.h"
#include "cs-fake-replicate-models.h"

#include "core/cs-json.h"

#include <string.h>

#define PAGE 100
#define ID_LENGTH 26
#define MIN_DEADLINE 5 /* seconds */
#define MAX_FILE (100 * 1024 * 1024)

static gboolean
admit (CsFakeCall *call)
{
  if (cs_fake_call_has_bearer (call))
    return TRUE;
  cs_fake_call_refuse (call, 401, "");
  return FALSE;
}

static void
reply_problem (CsFakeCall *call, guint status, char *json)
{
  cs_fake_call_reply_text (call, status, "application/problem+json", json);
}

static void
refuse_with (CsFakeCall *call, guint status, const char *title, const char *detail)
{
  if (call->argument != NULL && g_ascii_isdigit (call->argument[0]) && status == 429)
    reply_problem (call, status,
                   cs_fake_json ("{'title':%s,'detail':%s,'status':%d,'retry_after':%d}", title, detail, (int) status,
                                 atoi (call->argument)));
  else
    reply_problem (call, status, cs_fake_json ("{'title':%s,'detail':%s,'status':%d}", title, detail, (int) status));
}

static void
refuse (CsFakeCall *call, guint status, const char *variant)
{
  static const struct
  {
    guint status;
    const char *title;
    const char *detail;
  } words[] = {
    { 400, "Bad request", "The request could not be understood." },
    { 401, "Unauthenticated", "You did not pass a valid authentication token" },
    { 402, "Insufficient credit",
      "You have insufficient credit to run this model. Go to your billing page to buy credit, then "
      "wait a few minutes before you try again." },
    { 403, "Forbidden", "You do not have permission to perform this action." },
    { 404, "Not Found", "The requested resource could not be found." },
    { 413, "Content Too Large", "Files must be less than 100MB in size" },
    { 422, "Invalid version or not permitted",
      "The specified version does not exist (or perhaps you don't have permission to "
      "use it?)" },
    { 429, "Too Many Requests",
      "Request was throttled. Your rate limit for creating predictions is reduced to 6 requests per "
      "minute with a burst of 1 requests until you add a payment method. Your rate limit resets in ~5s." },
    { 500, "Internal server error", "Something went wrong." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].status == status)
      {
        refuse_with (call, status, words[i].title, words[i].detail);
        return;
      }
  refuse_with (call, status, soup_status_get_phrase (status), soup_status_get_phrase (status));
}

static void
refuse_field (CsFakeCall *call, const char *field, const char *fault)
{
  g_autofree char *detail = g_strdup_printf ("- %s: %s\n", field, fault);

  reply_problem (call, 422,
                 cs_fake_json ("{'title':'Input validation failed','detail':%s,'status':422,"
                               "'invalid_fields':[{'type':'invalid','field':%s,'description':%s}]}",
                               detail, field, fault));
}

static const char *
get_status (CsFakeTask *task)
{
  static const char *const words[] = { "starting", "processing", "succeeded", "failed", "canceled", "aborted" };

  return words[task->state];
}

static char *
format_output (CsFakeTask *task)
{
  gboolean is_array = cs_fake_model_find (task->model)->is_array;
  const char *form = cs_fake_task_get_form (task, is_array ? "array" : "string");
  g_autoptr (GString) list = g_string_new (NULL);

  if (!cs_fake_task_has_output (task) || g_str_equal (form, "null"))
    return g_strdup ("null");
  if (g_str_equal (form, "string"))
    return cs_fake_json ("%s", cs_fake_task_get_output (task));
  if (g_str_equal (form, "object"))
    return cs_fake_json ("{'url':%s}", cs_fake_task_get_output (task));
  for (guint i = 0; i < task->outputs->len; i++)
    {
      g_autofree char *one = cs_fake_json ("%s", task->outputs->pdata[i]);

      g_string_append_printf (list, "%s%s", i > 0 ? "," : "", one);
    }
  return cs_fake_json ("[%r]", list->str);
}

/* The bar that Python's tqdm draws. */
static const char *
get_logs (CsFakeTask *task)
{
  if (!cs_fake_model_find (task->model)->has_progress || task->state == CS_FAKE_TASK_WAITING
      || cs_fake_task_has_fate (task, "removed"))
    return "";
  if (task->state == CS_FAKE_TASK_DONE)
    return "Using seed: 7\n  0%|          | 0/40 [00:00<?, ?it/s]\n 45%|████▌     | 18/40 [00:12<00:15,  1.47it/s]\n"
           "100%|██████████| 40/40 [00:27<00:00,  1.47it/s]\n";
  return "Using seed: 7\n  0%|          | 0/40 [00:00<?, ?it/s]\n 45%|████▌     | 18/40 [00:12<00:15,  1.47it/s]\n";
}

static void
append_time (GString *out, CsFakeCall *call, const char *name, gint64 at)
{
  g_autofree char *time = at != 0 ? cs_fake_json_time (at) : NULL;
  g_autofree char *member = cs_fake_json (",%s:%s", name, time);

  /* The file says that they are left out; there are bodies around that have null. */
  if (at != 0 || cs_fake_call_is (call, "nulls"))
    g_string_append (out, member);
}

static char *
format_urls (CsFakeCall *call, CsFakeTask *task)
{
  g_autofree char *get = cs_fake_server_build_address (call->server, "/replicate/v1/predictions/%s", task->id);
  g_autofree char *cancel = g_strconcat (get, "/cancel", NULL);
  g_autofree char *web = g_strconcat ("https://replicate.com/p/", task->id, NULL);
  g_autofree char *stream = g_strconcat ("https://stream.replicate.com/v1/files/", task->id, NULL);

  return cs_fake_json ("{'get':%s,'cancel':%s,'web':%s,'stream':%s}", get, cancel, web, stream);
}

static char *
format_prediction (CsFakeCall *call, CsFakeTask *task)
{
  gboolean removed = task->state == CS_FAKE_TASK_DONE && cs_fake_task_has_fate (task, "removed");
  gboolean failed = task->state == CS_FAKE_TASK_FAILED;
  double seconds = task->is_billed ? MAX (0.001, (task->ended - task->started) / (double) G_USEC_PER_SEC) : 0;
  g_autofree char *input = removed ? g_strdup ("{}") : cs_fake_json ("%j", task->input);
  g_autofree char *output = format_output (task);
  g_autofree char *created = cs_fake_json_time (task->created);
  g_autofree char *urls = format_urls (call, task);
  g_autofree char *metrics = cs_fake_task_is_over (task)
                                 ? cs_fake_json ("{'predict_time':%g,'total_time':%g}", seconds, seconds + 0.5)
                                 : g_strdup ("{}");
  g_autoptr (GString) times = g_string_new (NULL);

  append_time (times, call, "started_at", task->started);
  append_time (times, call, "completed_at", task->ended);
  append_time (times, call, "deadline", task->deadline);
  return cs_fake_json ("{'id':%s,'model':%s,'version':%s,'input':%r,'output':%r,'logs':%s,'error':%s,'status':%s,"
                       "'created_at':%s%r,'data_removed':%b,'source':'api','metrics':%r,'urls':%r}",
                       task->id, task->model, task->task_type, input, output, get_logs (task),
                       failed ? "Prediction interrupted; please retry (code: PA)" : NULL, get_status (task), created,
                       times->str, removed, metrics, urls);
}

static void
reply_prediction (CsFakeCall *call, CsFakeTask *task, guint status)
{
  g_free (call->remote_id);
  call->remote_id = g_strdup (task->id);
  cs_fake_call_reply (call, status, format_prediction (call, task));
}

/* "1h30m45s", "90"; 0 when it is nothing of the kind. Seconds. */
static gint64
parse_span (const char *text)
{
  const char *units = "hms";
  gint64 seconds = 0;
  char *end = (char *) text;

  while (g_ascii_isdigit (*end))
    {
      gint64 number = (gint64) g_ascii_strtoull (end, &end, 10);
      const char *unit = *end != '\0' ? strchr (units, *end) : NULL;

      if (*end == '\0' && units[0] == 'h')
        return number;
      if (unit == NULL)
        return 0;
      seconds += number * (*unit == 'h' ? 3600 : *unit == 'm' ? 60 : 1);
      units = unit + 1;
      end++;
    }
  return *end == '\0' ? seconds : 0;
}

/* @span: (out): seconds; 0 without the header. */
static gboolean
read_deadline (CsFakeCall *call, gint64 *span)
{
  const char *value = cs_fake_call_get_header (call, "Cancel-After");

  *span = value != NULL ? parse_span (value) : 0;
  if (value == NULL || *span >= MIN_DEADLINE)
    return TRUE;
  refuse_with (call, 400, "Bad request", "Invalid Cancel-After header");
  return FALSE;
}

static gboolean
read_prefer (CsFakeCall *call, gboolean *wait)
{
  const char *value = cs_fake_call_get_header (call, "Prefer");

  *wait = value != NULL;
  if (value == NULL || g_regex_match_simple ("^wait(=([1-9]|[1-5][0-9]|60))?$", value, 0, 0))
    return TRUE;
  refuse_with (call, 400, "Bad request", "Invalid Prefer header");
  return FALSE;
}

/* The fields beside "input" that a body may have. */
static gboolean
check_body (CsFakeCall *call, JsonObject *body, gboolean by_version)
{
  static const CsFakeField plain[] = { { "input", CS_FAKE_ANY, NULL, 0, 0, TRUE },
                                       { "webhook", CS_FAKE_LINK },
                                       { "webhook_events_filter", CS_FAKE_ANY },
                                       { "stream", CS_FAKE_SWITCH },
                                       { NULL } };
  static const CsFakeField versioned[] = { { "input", CS_FAKE_ANY, NULL, 0, 0, TRUE },    { "webhook", CS_FAKE_LINK },
                                           { "webhook_events_filter", CS_FAKE_ANY },      { "stream", CS_FAKE_SWITCH },
                                           { "version", CS_FAKE_TEXT, NULL, 0, 0, TRUE }, { NULL } };
  const char *name = "body";
  g_autofree char *fault = body != NULL ? cs_fake_fields_check (by_version ? versioned : plain, body, &name)
                                        : g_strdup ("must be a JSON object");

  if (fault == NULL && cs_json_get_object (body, "input") == NULL)
    fault = g_strdup ("Invalid type. Expected: object");
  if (fault != NULL)
    refuse_field (call, name, fault);
  return fault == NULL;
}

static gboolean
check_input (CsFakeCall *call, const CsFakeModel *model, JsonObject *input)
{
  const char *name;
  g_autofree char *fault = cs_fake_fields_check (model->fields, input, &name);

  if (fault != NULL)
    refuse_field (call, "input", fault);
  return fault == NULL;
}

static CsFakeTask *
start_task (CsFakeCall *call, const CsFakeModel *model, JsonNode *node)
{
  JsonObject *input = json_node_get_object (node);
  CsFakeTask *task = cs_fake_task_new (call, cs_fake_id_new (ID_LENGTH), model->name, node,
                                       cs_json_get_string (input, "prompt", ""));

  task->is_video = model->is_video;
  task->seed = cs_json_get_int (input, "seed", -1);
  task->n_outputs = (int) cs_json_get_int (input, "num_outputs", 1);
  if (g_str_equal (cs_json_get_string (input, "output_format", ""), "jpg"))
    task->picture_type = "image/jpeg";
  cs_fake_task_set_shape (task, cs_json_get_string (input, "aspect_ratio", model->is_video ? "16:9" : "1:1"));
  return task;
}

/* Whoever waits gets a picture at once; a video takes longer than anybody waits. */
static void
create_prediction (CsFakeCall *call, const CsFakeModel *model, char *version)
{
  JsonObject *body = cs_fake_call_get_object (call);
  gboolean wait;
  gint64 span;
  CsFakeTask *task;

  if (!check_input (call, model, cs_json_get_object (body, "input")) || !read_prefer (call, &wait)
      || !read_deadline (call, &span))
    {
      g_free (version);
      return;
    }
  task = start_task (call, model, json_object_get_member (body, "input"));
  task->task_type = version;
  task->deadline = span > 0 ? task->created + span * G_USEC_PER_SEC : 0;
  cs_fake_call_accept (call, task->id, task->seed, task->prompt);
  if (wait && !model->is_video && !cs_fake_call_is (call, "polls") && !cs_fake_call_is (call, "status"))
    cs_fake_task_finish (task, call->server);
  reply_prediction (call, task, wait && !cs_fake_task_is_over (task) ? 202 : 201);
}

static void
create (CsFakeCall *call)
{
  g_autofree char *name = g_strconcat (cs_fake_call_get_part (call, 0), "/", cs_fake_call_get_part (call, 1), NULL);
  const CsFakeModel *model = cs_fake_model_find (name);

  if (model == NULL)
    cs_fake_call_refuse (call, 404, "");
  else if (check_body (call, cs_fake_call_get_object (call), FALSE))
    create_prediction (call, model, g_strdup ("hidden"));
}

static void
create_version (CsFakeCall *call)
{
  JsonObject *body = cs_fake_call_get_object (call);
  const CsFakeModel *model;

  if (!check_body (call, body, TRUE))
    return;
  model = cs_fake_model_find_version (cs_json_get_string (body, "version", ""));
  if (model == NULL)
    cs_fake_call_refuse (call, 422, "");
  else
    create_prediction (call, model, cs_fake_model_dup_version (model));
}

static CsFakeTask *
find_task (CsFakeCall *call)
{
  CsFakeTask *task = cs_fake_tasks_find (call->server->tasks, "replicate", cs_fake_call_get_part (call, 0));

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
  reply_prediction (call, task, 200);
}

static void
cancel (CsFakeCall *call)
{
  CsFakeTask *task = find_task (call);

  if (task == NULL)
    return;
  cs_fake_task_cancel (task);
  reply_prediction (call, task, 200);
}

/* Times as they were printed: to the millisecond, so that their texts compare as they do. */
static gboolean
is_listed (CsFakeCall *call, CsFakeTask *task)
{
  const char *after = cs_fake_call_get_query (call, "created_after");
  const char *before = cs_fake_call_get_query (call, "created_before");
  g_autoptr (GDateTime) first = after != NULL ? g_date_time_new_from_iso8601 (after, NULL) : NULL;
  g_autoptr (GDateTime) last = before != NULL ? g_date_time_new_from_iso8601 (before, NULL) : NULL;

  return g_str_equal (task->vendor, "replicate")
         && (first == NULL
             || task->created >= g_date_time_to_unix (first) * G_USEC_PER_SEC + g_date_time_get_microsecond (first))
         && (last == NULL
             || task->created < g_date_time_to_unix (last) * G_USEC_PER_SEC + g_date_time_get_microsecond (last));
}

/* The newest first; the cursor says how many came before. */
static void
list (CsFakeCall *call)
{
  GPtrArray *all = cs_fake_tasks_get_all (call->server->tasks);
  const char *cursor = cs_fake_call_get_query (call, "cursor");
  guint skip = cursor != NULL ? (guint) g_ascii_strtoull (cursor, NULL, 10) : 0, n = 0;
  g_autoptr (GString) results = g_string_new (NULL);
  g_autofree char *next = NULL;

  for (guint i = all->len; i-- > 0;)
    {
      g_autofree char *one = NULL;

      if (!is_listed (call, all->pdata[i]) || n++ < skip)
        continue;
      if (n > skip + PAGE)
        {
          next = cs_fake_server_build_address (call->server, "/replicate/v1/predictions?cursor=%u", skip + PAGE);
          break;
        }
      one = format_prediction (call, all->pdata[i]);
      g_string_append_printf (results, "%s%s", results->len > 0 ? "," : "", one);
    }
  cs_fake_call_reply (call, 200, cs_fake_json ("{'next':%s,'previous':null,'results':[%r]}", next, results->str));
}

static void
account (CsFakeCall *call)
{
  cs_fake_call_reply (
      call, 200,
      cs_fake_json ("{'type':'user','username':'ann','name':'Ann','github_url':'https://github.com/ann',"
                    "'avatar_url':'https://github.com/ann.png'}"));
}

static void
get_model (CsFakeCall *call)
{
  g_autofree char *name = g_strconcat (cs_fake_call_get_part (call, 0), "/", cs_fake_call_get_part (call, 1), NULL);
  const CsFakeModel *model = cs_fake_model_find (name);

  if (model == NULL)
    cs_fake_call_refuse (call, 404, "");
  else
    cs_fake_call_reply (call, 200, cs_fake_model_format (model));
}

static const CsFakeRoute routes[] = {
  { "POST", "/v1/models/*/*/predictions", "create", create },
  { "POST", "/v1/predictions", "create", create_version },
  { "GET", "/v1/predictions", "list", list },
  { "GET", "/v1/predictions/*", "get", get },
  { "POST", "/v1/predictions/*/cancel", "cancel", cancel },
  { "GET", "/v1/models/*/*", "model", get_model },
  { "GET", "/v1/account", "account", account },
  { "POST", "/v1/files", "upload", cs_fake_replicate_upload },
  { "GET", "/v1/files/*", "file", cs_fake_replicate_get_file },
  { "DELETE", "/v1/files/*", "delete", cs_fake_replicate_delete_file },
  { NULL },
};

const CsFakeVendor cs_fake_replicate = { "replicate", routes, admit, refuse };
