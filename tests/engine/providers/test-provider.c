/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests, the defaults of a provider, and Sketch as a provider. */
#include "config.h"
#include "providers/cs-sketch-provider.h"

#include "cs-test.h"

#include "core/cs-error.h"

#include <glib/gstdio.h>
#include <string.h>

static CsRequest *
make_request (CsKind kind, const char *folder)
{
  CsRequest *request = cs_request_new ();

  request->creation_id = g_strdup ("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  request->model = g_strdup ("sketch/image");
  request->kind = kind;
  request->prompt = g_strdup ("cinematic, قارب \"quoted\"\nline, high quality");
  request->original_prompt = g_strdup ("قارب \"quoted\"\nline");
  request->style = CS_STYLE_CINEMATIC;
  request->aspect = CS_ASPECT_9_16;
  request->duration = 7;
  request->sound = TRUE;
  request->seed = G_GINT64_CONSTANT (9007199254740991);
  request->num_slides = 3;
  request->theme = CS_THEME_LIGHT;
  request->language = CS_LANGUAGE_AR;
  request->work_file = g_build_filename (folder, "01ARZ3NDEKTSV4RRFFQ69G5FAV-1.part", NULL);
  return request;
}

static void
test_request_json (void)
{
  g_autoptr (CsRequest) request = make_request (CS_KIND_VIDEO, "/w");
  g_autofree char *json = cs_request_to_json (request);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRequest) back = cs_request_from_json (json, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  again = cs_request_to_json (back);
  g_assert_cmpstr (again, ==, json);
  g_assert_cmpstr (back->prompt, ==, request->prompt);
  g_assert_cmpint (back->seed, ==, request->seed);
  g_assert_cmpint (back->aspect, ==, CS_ASPECT_9_16);
  g_assert_cmpint (back->language, ==, CS_LANGUAGE_AR);
  g_assert_null (back->negative_prompt);
  g_assert_null (cs_request_from_json ("[]", &error));
  g_assert_nonnull (error);
}

static void
test_poll_interval (void)
{
  g_autoptr (CsProvider) sketch = cs_sketch_provider_new (NULL);
  gint64 usual = cs_provider_get_poll_interval (sketch);

  g_setenv ("CREATIVE_STUDIO_POLL_MS", "25", TRUE);
  g_assert_cmpint (cs_provider_get_poll_interval (sketch), ==, 25000);
  g_setenv ("CREATIVE_STUDIO_POLL_MS", "0", TRUE);
  g_assert_cmpint (cs_provider_get_poll_interval (sketch), ==, usual);
  g_setenv ("CREATIVE_STUDIO_POLL_MS", "soon", TRUE);
  g_assert_cmpint (cs_provider_get_poll_interval (sketch), ==, usual);
  g_unsetenv ("CREATIVE_STUDIO_POLL_MS");
}

static void
test_words (void)
{
  CsBilled billed;

  for (int i = CS_BILLED_NO; i <= CS_BILLED_UNKNOWN; i++)
    {
      g_assert_true (cs_billed_from_string (cs_billed_to_string (i), &billed));
      g_assert_cmpint (billed, ==, i);
    }
  g_assert_false (cs_billed_from_string ("maybe", &billed));
  g_assert_false (cs_billed_from_string (NULL, &billed));
}

/* Sketch, one call after the other */

typedef struct
{
  char *folder;
  CsProvider *sketch;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cs-test-sketch-XXXXXX", NULL);
  fixture->sketch = cs_sketch_provider_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->sketch);
  cs_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static CsPrediction *
poll (Fixture *fixture, CsRequest *request, GCancellable *cancellable)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_poll_async (fixture->sketch, request, "id", NULL, NULL, cancellable, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_poll_finish (fixture->sketch, result);
}

static gboolean
fetch (Fixture *fixture, CsRequest *request, const char *output, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_fetch_async (fixture->sketch, request, output, request->work_file, NULL, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_fetch_finish (fixture->sketch, result, error);
}

static void
test_sketch_submit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = make_request (CS_KIND_IMAGE, fixture->folder);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (CsSubmission) submission = NULL;

  g_cancellable_cancel (cancelled);
  cs_provider_submit_async (fixture->sketch, request, cancelled, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  submission = cs_provider_submit_finish (fixture->sketch, result);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_ACCEPTED);
  g_assert_nonnull (submission->remote_id);
  g_assert_cmpint (submission->cost, ==, 0);
  g_assert_true (cs_provider_is_local (fixture->sketch));
  g_assert_true (cs_provider_is_repeatable (fixture->sketch));
  g_assert_true (cs_provider_is_available (fixture->sketch, "sketch/image", NULL));
}

static void
test_sketch_image (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = make_request (CS_KIND_IMAGE, fixture->folder);
  g_autoptr (CsPrediction) prediction = poll (fixture, request, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_cmpint (prediction->status, ==, CS_PREDICTION_SUCCEEDED);
  g_assert_true (fetch (fixture, request, prediction->output, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (request->work_file, &bytes, &length, NULL));
  g_assert_cmpmem (bytes, 8, "\x89PNG\r\n\x1a\n", 8);
  g_unlink (request->work_file);
  g_assert_false (fetch (fixture, request, prediction->output, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
}

static void
test_sketch_deck (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = make_request (CS_KIND_DECK, fixture->folder);
  g_autoptr (CsPrediction) prediction = poll (fixture, request, NULL);
  g_autofree char *text = NULL;
  GStatBuf info;

  g_assert_cmpint (prediction->status, ==, CS_PREDICTION_SUCCEEDED);
  g_assert_true (g_file_get_contents (request->work_file, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\n---\n"));
  g_assert_cmpint (g_stat (request->work_file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

/* A folder that cannot be written to is a failure in words, unbilled. */
static void
test_sketch_not_writable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "nowhere", NULL);
  g_autoptr (CsRequest) request = make_request (CS_KIND_DECK, nowhere);
  g_autoptr (CsPrediction) prediction = poll (fixture, request, NULL);

  g_assert_cmpint (prediction->status, ==, CS_PREDICTION_FAILED);
  g_assert_cmpint (prediction->billed, ==, CS_BILLED_NO);
  g_assert_true (prediction->error->domain == CS_ERROR);
}

static void
test_sketch_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = make_request (CS_KIND_IMAGE, fixture->folder);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsPrediction) prediction = NULL;
  g_autoptr (CsPrediction) told = NULL;

  g_cancellable_cancel (cancelled);
  prediction = poll (fixture, request, cancelled);
  g_assert_cmpint (prediction->status, ==, CS_PREDICTION_CANCELLED);
  g_assert_cmpint (prediction->billed, ==, CS_BILLED_NO);
  cs_provider_cancel_async (fixture->sketch, request, "id", cancelled, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  told = cs_provider_cancel_finish (fixture->sketch, result);
  g_assert_cmpint (told->status, ==, CS_PREDICTION_CANCELLED);
}

/* The default: it cannot look, which is an answer and no error. */
static void
test_default_find (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = make_request (CS_KIND_IMAGE, fixture->folder);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_provider_find_async (fixture->sketch, request, 1, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_null (cs_provider_find_finish (fixture->sketch, result, &error));
  g_assert_no_error (error);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request/json", test_request_json);
  g_test_add_func ("/provider/poll-interval", test_poll_interval);
  g_test_add_func ("/provider/words", test_words);
  add ("/sketch-provider/submit", test_sketch_submit);
  add ("/promise-1/sketch-provider/image", test_sketch_image);
  add ("/promise-1/sketch-provider/deck", test_sketch_deck);
  add ("/sketch-provider/not-writable", test_sketch_not_writable);
  add ("/sketch-provider/cancel", test_sketch_cancel);
  add ("/provider/default-find", test_default_find);
  return g_test_run ();
}
