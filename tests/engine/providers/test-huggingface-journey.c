/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hugging Face from the first question to the file, over the server of this project, which is judged by their own client. */
#include "config.h"
#include "providers/huggingface/cs-huggingface-provider.h"

#include "core/cs-error.h"
#include "providers/cs-provider-context.h"

#include "cs-fake-server.h"
#include "cs-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define MAX_POLLS 20

typedef struct
{
  CsTestHome *home;
  CsFakeServer *server;
  CsHttp *http;
  CsKeys *keys;
  CsProvider *provider;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) models = cs_models_load (NULL);
  g_autoptr (CsProviderContext) context = NULL;

  fixture->home = cs_test_home_new ();
  fixture->server = cs_fake_server_new (NULL);
  cs_fake_server_set_environment (fixture->server);
  g_setenv ("HF_API_TOKEN", "hf_journeyJOURNEYjourney0123456789", TRUE);
  fixture->http = cs_http_new ();
  fixture->keys = cs_keys_new (NULL);
  cs_keys_read_environment (fixture->keys);
  context = cs_provider_context_new (fixture->http, fixture->keys, models);
  fixture->provider = cs_huggingface_provider_new (context);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->provider);
  g_object_unref (fixture->http);
  g_object_unref (fixture->keys);
  cs_fake_server_free (fixture->server);
  cs_test_home_free (fixture->home);
}

static CsRequest *
prepare (Fixture *fixture, CsKind kind, CsAspect aspect)
{
  g_autoptr (CsRequest) request = cs_request_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CsRequest *prepared;

  request->model = g_strdup (kind == CS_KIND_VIDEO ? "huggingface/wan-2.2" : "huggingface/flux-schnell");
  request->kind = kind;
  request->aspect = aspect;
  request->duration = 5;
  request->prompt = g_strdup ("a boat at dawn");
  request->seed = 7;
  request->work_file = cs_test_home_build (fixture->home, "01HF-1.part");
  cs_provider_prepare_async (fixture->provider, request, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  prepared = cs_provider_prepare_finish (fixture->provider, result, &error);
  g_assert_no_error (error);
  return prepared;
}

static CsSubmission *
submit (Fixture *fixture, CsRequest *request)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_submit_async (fixture->provider, request, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_submit_finish (fixture->provider, result);
}

/* Asks until there is a last word. */
static CsPrediction *
wait_for_end (Fixture *fixture, CsRequest *request, const char *remote_id)
{
  CsPrediction *prediction = NULL;

  for (int i = 0; i < MAX_POLLS && (prediction == NULL || prediction->status == CS_PREDICTION_RUNNING); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      g_clear_pointer (&prediction, cs_prediction_free);
      cs_provider_poll_async (fixture->provider, request, remote_id, NULL, NULL, NULL, cs_test_keep_result, &result);
      cs_test_wait_result (&result);
      prediction = cs_provider_poll_finish (fixture->provider, result);
    }
  return prediction;
}

static void
fetch (Fixture *fixture, CsRequest *request, const char *output)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  cs_provider_fetch_async (fixture->provider, request, output, request->work_file, NULL, NULL, NULL, cs_test_keep_result,
                           &result);
  cs_test_wait_result (&result);
  g_assert_true (cs_provider_fetch_finish (fixture->provider, result, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (request->work_file, &contents, &length, NULL));
  g_assert_cmpint (length, >, 100);
}

/* One of those behind the router makes it, and is asked once. */
static void
travel (Fixture *fixture, CsKind kind, CsAspect aspect, const char *name, guint n_accepted)
{
  g_autofree char *word = g_strconcat ("only:", name, NULL);
  g_autofree char *beginning = g_strconcat (name, " ", NULL);
  g_autoptr (CsRequest) request = NULL;
  g_autoptr (CsSubmission) submission = NULL;
  g_autoptr (CsPrediction) prediction = NULL;

  g_test_message ("%s, %s", name, cs_kind_to_string (kind));
  cs_fake_server_script (fixture->server, "hub", "mapping", word);
  request = prepare (fixture, kind, aspect);
  g_assert_true (g_str_has_prefix (request->route, beginning));
  submission = submit (fixture, request);
  g_assert_no_error (submission->error);
  if (submission->end == CS_SUBMIT_ANSWERED)
    fetch (fixture, request, submission->output);
  else
    {
      g_assert_cmpint (submission->end, ==, CS_SUBMIT_ACCEPTED);
      prediction = wait_for_end (fixture, request, submission->remote_id);
      g_assert_no_error (prediction->error);
      g_assert_cmpint (prediction->status, ==, CS_PREDICTION_SUCCEEDED);
      fetch (fixture, request, prediction->output);
    }
  g_assert_cmpint (cs_fake_server_count_accepted (fixture->server, "huggingface"), ==, n_accepted);
  g_assert_cmpint (cs_fake_server_count (fixture->server, "huggingface", "create"), ==, n_accepted);
  g_assert_cmpint (g_remove (request->work_file), ==, 0);
}

static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "hf-inference", "nscale", "together", "fal-ai", "wavespeed" };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (int aspect = 0; aspect < CS_N_ASPECTS; aspect++)
      travel (fixture, CS_KIND_IMAGE, aspect, names[i], ++n);
}

static void
test_videos (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "fal-ai", "wavespeed", "together" };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (int aspect = CS_ASPECT_16_9; aspect <= CS_ASPECT_9_16; aspect++)
      travel (fixture, CS_KIND_VIDEO, aspect, names[i], ++n);
}

/* The older form of the mapping leads to the same place. */
static void
test_object (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = NULL;

  cs_fake_server_script (fixture->server, "hub", "mapping", "object");
  request = prepare (fixture, CS_KIND_VIDEO, CS_ASPECT_16_9);
  g_assert_cmpstr (request->route, ==, "fal-ai fal-ai/wan/v2.2-5b/text-to-video");
}

/* Half a picture that says it is whole is for the probe to find; everything else is found here. */
static gboolean
is_found_later (const char *name, const char *word)
{
  return g_str_equal (name, "hf-inference") && (g_str_equal (word, "badjson") || g_str_equal (word, "truncated"));
}

/* Whatever is heard after the work was taken, it is sent once, and no end but a good one is taken for one. */
static void
test_faults (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "hf-inference", "nscale", "fal-ai" };
  static const char *const words[] = { "lost", "cut", "empty", "badjson", "nested", "html", "text", "truncated", "wronglength" };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint j = 0; j < G_N_ELEMENTS (words); j++)
      {
        g_autofree char *only = g_strconcat ("only:", names[i], NULL);
        g_autoptr (CsRequest) request = NULL;
        g_autoptr (CsSubmission) submission = NULL;

        if (is_found_later (names[i], words[j]))
          continue;
        g_test_message ("%s: %s", names[i], words[j]);
        cs_fake_server_script (fixture->server, "hub", "mapping", only);
        cs_fake_server_script (fixture->server, "huggingface", "create", words[j]);
        request = prepare (fixture, CS_KIND_IMAGE, CS_ASPECT_1_1);
        submission = submit (fixture, request);
        n++;
        g_assert_cmpint (submission->end, ==, CS_SUBMIT_UNCERTAIN);
        g_assert_error (submission->error, CS_ERROR, CS_ERROR_UNCERTAIN);
        g_assert_cmpint (cs_fake_server_count_accepted (fixture->server, "huggingface"), ==, n);
        g_assert_cmpint (cs_fake_server_count (fixture->server, "huggingface", "create"), ==, n);
        g_assert_false (g_file_test (request->work_file, G_FILE_TEST_EXISTS));
      }
}

/* A failure in the queue is told in the provider's words, and nobody says that it was not billed. */
static void
test_failed (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "fal-ai", "wavespeed", "together" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *only = g_strconcat ("only:", names[i], NULL);
      g_autoptr (CsRequest) request = NULL;
      g_autoptr (CsSubmission) submission = NULL;
      g_autoptr (CsPrediction) prediction = NULL;

      g_test_message ("%s", names[i]);
      cs_fake_server_script (fixture->server, "hub", "mapping", only);
      cs_fake_server_script (fixture->server, "huggingface", "create", "failed:yes");
      request = prepare (fixture, CS_KIND_VIDEO, CS_ASPECT_16_9);
      submission = submit (fixture, request);
      g_assert_cmpint (submission->end, ==, CS_SUBMIT_ACCEPTED);
      prediction = wait_for_end (fixture, request, submission->remote_id);
      g_assert_cmpint (prediction->status, ==, CS_PREDICTION_FAILED);
      g_assert_cmpint (prediction->billed, ==, CS_BILLED_UNKNOWN);
      g_assert_error (prediction->error, CS_ERROR, CS_ERROR_FAILED);
      g_assert_nonnull (strstr (prediction->error->message, "“")); /* its own words */
    }
}

#define ADD(name, function) g_test_add ("/huggingface-journey/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pictures", test_pictures);
  ADD ("videos", test_videos);
  ADD ("object", test_object);
  ADD ("faults", test_faults);
  ADD ("failed", test_failed);
  return g_test_run ();
}
