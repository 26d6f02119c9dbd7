/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who makes a brief: the first that does what was asked, what the others change, and what all of that costs. */
#include "config.h"
#include "jobs/cs-job-chain.h"
#include "jobs/cs-job-estimate.h"

#include "cs-fake-provider.h"

#include "core/cs-error.h"

#include <string.h>

typedef struct
{
  CsProviderRegistry *registry;
  CsPriceList *prices;
  CsFakeProvider *piapi;
  CsFakeProvider *replicate;
  CsFakeProvider *huggingface;
  CsFakeProvider *sketch;
} Fixture;

static CsFakeProvider *
add_provider (Fixture *fixture, const char *id)
{
  CsFakeProvider *provider = cs_fake_provider_new (id, "/dev/null");

  cs_provider_registry_add (fixture->registry, CS_PROVIDER (provider));
  return provider;
}

/* The models and prices that the program ships with. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->registry = cs_provider_registry_new_with_models (cs_models_load (NULL));
  fixture->prices = cs_price_list_new (NULL);
  fixture->piapi = add_provider (fixture, "piapi");
  fixture->replicate = add_provider (fixture, "replicate");
  fixture->huggingface = add_provider (fixture, "huggingface");
  fixture->sketch = add_provider (fixture, "sketch");
  cs_fake_provider_set_home (fixture->sketch, TRUE, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->registry);
  cs_price_list_unref (fixture->prices);
  g_object_unref (fixture->piapi);
  g_object_unref (fixture->replicate);
  g_object_unref (fixture->huggingface);
  g_object_unref (fixture->sketch);
}

static CsBrief *
make_brief (CsKind kind)
{
  CsBrief *brief = cs_brief_new (kind);

  brief->prompt = g_strdup ("a boat");
  return brief;
}

static void
check_chain (Fixture *fixture, const CsBrief *brief, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) chain = cs_job_chain_new (fixture->registry, fixture->prices, brief, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < chain->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", ((CsModel *) chain->pdata[i])->id);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
check_notes (Fixture *fixture, const CsBrief *brief, const char *model, const char *expected)
{
  g_auto (GStrv) notes = cs_job_chain_list_notes (fixture->registry, fixture->prices, brief,
                                                  cs_provider_registry_get_model (fixture->registry, model));
  g_autofree char *text = g_strjoinv (" ", notes);

  g_assert_cmpstr (text, ==, expected);
}

#define VIDEO_TAIL "replicate/minimax-video-01 replicate/wan-2.2-fast huggingface/wan-2.2"

static void
test_usual (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsBrief) brief = make_brief (CS_KIND_VIDEO);

  check_chain (fixture, brief, "piapi/wan-2.2 piapi/wan-2.6 " VIDEO_TAIL);
  check_notes (fixture, brief, "piapi/wan-2.2", "");
}

/* The one that makes the length comes first; a second more or less is no reason to change the order. */
static void
test_length (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsBrief) brief = make_brief (CS_KIND_VIDEO);

  brief->duration = 6;
  check_chain (fixture, brief, "piapi/wan-2.2 piapi/wan-2.6 " VIDEO_TAIL);
  check_notes (fixture, brief, "piapi/wan-2.2",
               "Wan 2.2 14B (PiAPI) makes 5 s, not 6 s. MiniMax Video-01 (Replicate) makes it as asked, for $0.50.");
  brief->duration = 10;
  check_chain (fixture, brief, "piapi/wan-2.6 piapi/wan-2.2 " VIDEO_TAIL);
  check_notes (fixture, brief, "piapi/wan-2.6", "");
}

/* Nobody of those that can be used makes ten seconds: the nearest, and who would. */
static void
test_nearest (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsBrief) brief = make_brief (CS_KIND_VIDEO);

  cs_fake_provider_set_available (fixture->piapi, FALSE);
  brief->duration = 10;
  check_chain (fixture, brief, "replicate/wan-2.2-fast replicate/minimax-video-01 huggingface/wan-2.2");
  check_notes (fixture, brief, "replicate/wan-2.2-fast",
               "Wan 2.2 fast (Replicate) makes 7 s, not 10 s. Wan 2.6 (PiAPI) makes it as asked, for $0.80.");
}

/* Of those who make it as it was asked, one who can be used comes before the first of the list. */
static void
test_right_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsBrief) brief = make_brief (CS_KIND_VIDEO);
  CsMoney cost = 0;

  g_assert_cmpstr (cs_job_chain_find_right_one (fixture->registry, fixture->prices, brief, &cost)->id, ==, "piapi/wan-2.2");
  g_assert_cmpint (cost, ==, 280000);
  cs_fake_provider_set_available (fixture->piapi, FALSE);
  g_assert_cmpstr (cs_job_chain_find_right_one (fixture->registry, fixture->prices, brief, &cost)->id, ==, "replicate/wan-2.2-fast");
  brief->duration = 10;
  g_assert_cmpstr (cs_job_chain_find_right_one (fixture->registry, fixture->prices, brief, &cost)->id, ==, "piapi/wan-2.6");
  g_assert_cmpint (cost, ==, 800000);
  brief->duration = 9;
  g_assert_null (cs_job_chain_find_right_one (fixture->registry, fixture->prices, brief, &cost));
}

static void
test_ratio (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsBrief) brief = make_brief (CS_KIND_VIDEO);

  cs_fake_provider_set_available (fixture->piapi, FALSE);
  brief->aspect = CS_ASPECT_1_1;
  check_chain (fixture, brief, "huggingface/wan-2.2 replicate/minimax-video-01 replicate/wan-2.2-fast");
  check_notes (fixture, brief, "replicate/minimax-video-01",
               "MiniMax Video-01 (Replicate) makes 6 s, not 5 s. MiniMax Video-01 (Replicate) makes 16:9, not 1:1."
               " Wan 2.2 5B (Hugging Face) makes it as asked, for $0.15.");
}

static void
test_image (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsBrief) brief = make_brief (CS_KIND_IMAGE);

  check_chain (fixture, brief, "replicate/flux-schnell huggingface/flux-schnell piapi/flux-schnell");
  brief->image = g_strdup ("/tmp/a.png");
  check_chain (fixture, brief, "piapi/flux-schnell replicate/flux-schnell huggingface/flux-schnell");
  check_notes (fixture, brief, "replicate/flux-schnell",
               "Flux Schnell (Replicate) does not look at a picture to begin from."
               " Flux Schnell (PiAPI) makes it as asked, for $0.0015.");
}

/* Sound is not given up for anything: only who has it. */
static void
test_sound (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsBrief) brief = make_brief (CS_KIND_VIDEO);
  g_autoptr (GError) no_key = NULL;
  g_autoptr (GError) named = NULL;

  brief->sound = CS_WISH_YES;
  check_chain (fixture, brief, "piapi/wan-2.6");
  cs_fake_provider_set_available (fixture->piapi, FALSE);
  g_assert_null (cs_job_chain_new (fixture->registry, fixture->prices, brief, &no_key));
  g_assert_error (no_key, CS_ERROR, CS_ERROR_NO_KEY);
  g_assert_cmpstr (no_key->message, ==,
                   "None of the models that can be used makes sound. Wan 2.6 (PiAPI) does: piapi has no key.");
  brief->model = g_strdup ("minimax-video-01");
  g_assert_null (cs_job_chain_new (fixture->registry, fixture->prices, brief, &named));
  g_assert_error (named, CS_ERROR, CS_ERROR_INVALID_VALUE);
}

/* What is drawn here is for those who have no key, whatever else they ask for. */
static void
test_sketch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsBrief) brief = make_brief (CS_KIND_VIDEO);

  cs_fake_provider_set_available (fixture->piapi, FALSE);
  cs_fake_provider_set_available (fixture->replicate, FALSE);
  check_chain (fixture, brief, "huggingface/wan-2.2");
  cs_fake_provider_set_available (fixture->huggingface, FALSE);
  check_chain (fixture, brief, "sketch/video");
  brief->sound = CS_WISH_YES;
  check_chain (fixture, brief, "sketch/video");
}

static void
check_prices (Fixture *fixture, CsMoney max_cost, int first, CsMoney dearest)
{
  g_autoptr (CsBrief) brief = make_brief (CS_KIND_VIDEO);
  g_autoptr (GPtrArray) chain = cs_job_chain_new (fixture->registry, fixture->prices, brief, NULL);
  CsMoney cost;

  brief->max_cost = max_cost;
  g_assert_cmpint (cs_job_chain_find_first (chain, fixture->prices, brief, &cost), ==, first);
  g_assert_cmpint (cs_job_chain_get_dearest (chain, fixture->prices, brief), ==, dearest);
}

/* Wan 2.2 $0.28, Wan 2.6 5 x $0.08, MiniMax $0.50, Wan fast 5 x $0.03, Hugging Face $0.15. */
static void
test_prices (Fixture *fixture, gconstpointer data)
{
  check_prices (fixture, -1, 0, 500000);
  check_prices (fixture, 450000, 0, 400000);
  check_prices (fixture, 279999, 3, 150000);
  check_prices (fixture, 149999, -1, 0);
}

static void
test_estimate (void)
{
  const gint64 second = G_USEC_PER_SEC;

  g_assert_cmpfloat (cs_job_estimate_progress (0, 100), ==, 0);
  g_assert_cmpfloat (cs_job_estimate_progress (-5 * second, 100), ==, 0);
  g_assert_cmpfloat (cs_job_estimate_progress (50 * second, 0), ==, 0);
  g_assert_cmpfloat (cs_job_estimate_progress (50 * second, 100), ==, 0.5);
  g_assert_cmpfloat (cs_job_estimate_progress (5000 * second, 100), ==, 0.95);
  g_assert_cmpfloat (cs_job_estimate_left (50 * second, 0.5, 0), ==, 50);
  g_assert_cmpfloat (cs_job_estimate_left (10 * second, 0, 150), ==, 140);
  g_assert_cmpfloat (cs_job_estimate_left (10 * second, 0.01, 0), <, 0);
  g_assert_cmpfloat (cs_job_estimate_left (5000 * second, 0.95, 100), <, 0);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/job-chain/usual", test_usual);
  add ("/job-chain/length", test_length);
  add ("/job-chain/nearest", test_nearest);
  add ("/job-chain/right-one", test_right_one);
  add ("/job-chain/ratio", test_ratio);
  add ("/job-chain/image", test_image);
  add ("/job-chain/sound", test_sound);
  add ("/promise-1/job-chain/sketch", test_sketch);
  add ("/promise-2/job-chain/prices", test_prices);
  g_test_add_func ("/job-chain/estimate", test_estimate);
  return g_test_run ();
}
