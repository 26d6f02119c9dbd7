/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST generate-presentation: the caller waits until the deck is there, and nobody else waits with him. Main thread. */
#include "config.h"
#include "server/cs-api-handlers.h"

#include "server/cs-api-json.h"
#include "server/cs-api-making.h"
#include "server/cs-api-verdict.h"
#include "server/cs-api-words.h"

/* The Markdown of a deck, read and split on another thread; owned by its task. */
typedef struct
{
  char *path;
  char *text;        /* (nullable) */
  GPtrArray *slides; /* (nullable) (element-type CsSlide) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_free (reading->path);
  g_free (reading->text);
  g_clear_pointer (&reading->slides, g_ptr_array_unref);
  g_free (reading);
}

static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Reading *reading = task_data;
  GError *error = NULL;
  gsize length = 0;

  reading->text = cs_file_read (reading->path, CS_DECK_MAX_MARKDOWN, &length, &error);
  if (reading->text != NULL)
    reading->slides = cs_deck_split (reading->text, length, &error);
  if (reading->slides == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* What whoever pays is asked for: a wallet key has its own prices. */
static CsMoney
get_cost (const CsJobFacts *facts)
{
  CsMoney sum = 0;

  if (facts->brief->wallet_key == NULL)
    return facts->cost;
  for (guint i = 0; i < facts->attempts->len; i++)
    sum += cs_attempt_get_debit (facts->attempts->pdata[i]);
  return sum;
}

static JsonArray *
slides_to_json (GPtrArray *slides)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < slides->len; i++)
    {
      const CsSlide *slide = slides->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "index", i);
      cs_json_set_string (object, "content", slide->content);
      if (slide->notes != NULL)
        cs_json_set_string (object, "notes", slide->notes);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
make_answer (CsApiMaking *self, const Reading *reading)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);
  const CsModel *model = cs_provider_registry_get_model (cs_engine_get_registry (cs_api_call_get_engine (self->call)), facts->model);
  g_autofree char *address = cs_api_dup_file_url (self->call, facts->id);
  JsonObject *answer = json_object_new ();

  cs_json_set_string (answer, "status", "success");
  json_object_set_int_member (answer, "num_slides", reading->slides->len);
  cs_json_set_string (answer, "theme", cs_theme_to_string (facts->brief->theme));
  cs_json_set_string (answer, "markdown_content", reading->text);
  json_object_set_array_member (answer, "slides", slides_to_json (reading->slides));
  cs_json_set_money (answer, "cost_usd", get_cost (facts));
  cs_json_set_string (answer, "creation_id", facts->id);
  cs_json_set_string (answer, "html_url", address);
  cs_json_set_string (answer, "message", cs_api_words_done (CS_KIND_DECK));
  cs_json_set_string (answer, "provider", facts->provider);
  cs_json_set_string (answer, "engine", model != NULL ? model->name : facts->model);
  cs_api_making_add_ignored (self, answer);
  return answer;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsApiMaking *self = user_data;
  CS_API_CALL_WORDS (self->call);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      cs_api_making_fail (self, error);
      return;
    }
  cs_api_call_reply_json (self->call, SOUP_STATUS_OK, make_answer (self, g_task_get_task_data (G_TASK (result))));
  cs_api_making_free (self);
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsApiMaking *self = user_data;
  CsPaths *paths = cs_engine_get_paths (cs_api_call_get_engine (self->call));
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_library_get_finish (CS_LIBRARY (source), result, &error);
  const char *name = creation != NULL ? cs_creation_get_facts (creation)->markdown_file : NULL;
  g_autoptr (GTask) task = NULL;
  Reading *reading;

  if (name == NULL)
    {
      cs_api_making_fail (self, error);
      return;
    }
  reading = g_new0 (Reading, 1);
  reading->path = g_build_filename (cs_paths_get_creations (paths), name, NULL);
  task = g_task_new (NULL, NULL, read_cb, self);
  g_task_set_source_tag (task, read_thread);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  g_task_run_in_thread (task, read_thread);
}

/* The job goes on: whoever asks again with the same request id is answered with its end. */
static void
say_later (CsApiMaking *self)
{
  g_autofree char *words = NULL;

  /* translators: 1 and 2: an id; “jobs” is a part of an address */
  words = g_strdup_printf (_ ("The presentation is still being written. It goes on as %1$s: ask “jobs/%1$s” how it stands."),
                           cs_job_get_id (self->job));
  cs_api_call_fail_status (self->call, SOUP_STATUS_SERVICE_UNAVAILABLE, "unavailable", words, NULL);
  cs_api_making_free (self);
}

static void
made (CsApiMaking *self)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);

  if (facts->state == CS_JOB_DONE)
    cs_library_get_async (cs_engine_get_library (cs_api_call_get_engine (self->call)), facts->id, NULL, get_cb, self);
  else
    say_later (self);
}

void
cs_api_generate_presentation (CsApiCall *call)
{
  cs_api_make (call, CS_KIND_DECK, TRUE, made);
}
