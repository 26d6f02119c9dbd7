/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real program over real HTTP, with keys and addresses from the environment alone. */
#include "config.h"

#include "cli-support.h"

#include "core/cs-json.h"

#include <string.h>

#define CANARY CLI_CANARY

typedef CliScene Fixture;

static guint
count_words (const char *text, const char *words)
{
  guint n = 0;

  for (const char *at = strstr (text, words); at != NULL; at = strstr (at + 1, words))
    n++;
  return n;
}

static JsonObject *
get_attempt (CliAnswer *answer, guint n)
{
  return cli_get_element (answer, "attempts", n);
}

static void
assert_attempt (CliAnswer *answer, guint n, const char *provider, const char *status, const char *billed)
{
  JsonObject *attempt = get_attempt (answer, n);

  g_assert_cmpstr (cs_json_get_string (attempt, "provider", ""), ==, provider);
  g_assert_cmpstr (cs_json_get_string (attempt, "status", ""), ==, status);
  g_assert_cmpstr (cs_json_get_string (attempt, "billed", ""), ==, billed);
}

static void
assert_made (CliAnswer *answer, const char *provider, CsMoney cost)
{
  g_autofree char *file = NULL;
  g_autofree char *sha256 = NULL;

  cli_assert_code (answer, 0, NULL);
  g_assert_cmpstr (cs_json_get_string (answer->document, "state", ""), ==, "done");
  g_assert_cmpstr (cs_json_get_string (answer->document, "provider", ""), ==, provider);
  g_assert_cmpint (cs_json_get_money (answer->document, "cost_usd", -1), ==, cost);
  file = cli_dup_text (answer, "file");
  sha256 = cli_dup_text (answer, "sha256");
  cli_assert_hash (file, sha256);
}

/* The price first, both figures, and once. */
static void
test_video (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "video", "A lighthouse in a storm", "--no-screenwriter", NULL);

  assert_made (answer, "piapi", 280000);
  assert_attempt (answer, 0, "piapi", "succeeded", "yes");
  g_assert_nonnull (strstr (answer->run->err, "Wan 2.2 14B (PiAPI): $0.28, at most $0.50."));
  g_assert_cmpuint (count_words (answer->run->err, "at most"), ==, 1);
  g_assert_cmpuint (cli_get_length (answer, "notes"), ==, 0);
  g_assert_cmpuint (cs_fake_server_count (fixture->server, "piapi", "create"), ==, 1);
}

/* Refused, and refused for lack of credit: on along the chain, within what was said. */
static void
test_image_chain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = NULL;

  cs_fake_server_set_usual (fixture->server, "replicate", "create", "402");
  cs_fake_server_set_usual (fixture->server, "huggingface", "create", "422");
  answer = cli_ask (NULL, "image", "A lighthouse in a storm", "--no-screenwriter", NULL);
  assert_made (answer, "piapi", 1500);
  assert_attempt (answer, 0, "replicate", "refused", "no");
  assert_attempt (answer, 1, "huggingface", "refused", "no");
  assert_attempt (answer, 2, "piapi", "succeeded", "yes");
  g_assert_nonnull (get_attempt (answer, 0) != NULL ? cs_json_get_object (get_attempt (answer, 0), "error") : NULL);
  g_assert_cmpuint (cs_fake_server_count_accepted (fixture->server, NULL), ==, 1);
}

/* A limit below the second model: the refusal of the first is not made good by a dearer one. */
static void
test_max_cost (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) below = cli_ask (NULL, "video", "A boat", "--no-screenwriter", "--model", "wan-2.6", "--max-cost", "0.1", NULL);
  g_autoptr (CliAnswer) between = NULL;

  cli_assert_code (below, 4, "over_max_cost");
  g_assert_cmpuint (cs_fake_server_count (fixture->server, NULL, "create"), ==, 0);
  cs_fake_server_set_usual (fixture->server, "piapi", "create", "422");
  between = cli_ask (NULL, "video", "A boat", "--no-screenwriter", "--max-cost", "0.3", NULL);
  assert_made (between, "replicate", 150000); /* not Wan 2.6 for 0.40, not MiniMax for 0.50 */
  g_assert_nonnull (strstr (between->run->err, "Wan 2.2 14B (PiAPI): $0.28, at most $0.28."));
  g_assert_cmpuint (cs_fake_server_count (fixture->server, "piapi", "create"), ==, 1);
}

static void
test_deck (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "deck", "The tides of the sea", "--slides", "4", NULL);

  cli_assert_code (answer, 0, NULL);
  g_assert_cmpstr (cs_json_get_string (answer->document, "provider", ""), ==, "groq");
  g_assert_cmpint (cs_json_get_int (answer->document, "num_slides", 0), ==, 4);
  g_assert_cmpint (cs_json_get_money (answer->document, "cost_usd", -1), >, 0);
  g_assert_cmpuint (cs_fake_server_count (fixture->server, "groq", "chat"), >=, 1);
}

/* Nobody writes: the deck of this program, and every attempt is told. */
static void
test_deck_alone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = NULL;

  cs_fake_server_set_usual (fixture->server, "groq", "chat", "401");
  answer = cli_ask (NULL, "deck", "The tides of the sea", "--slides", "3", NULL);
  cli_assert_code (answer, 0, NULL);
  g_assert_cmpstr (cs_json_get_string (answer->document, "provider", ""), ==, "sketch");
  assert_attempt (answer, 0, "groq", "refused", "no");
  assert_attempt (answer, 1, "sketch", "succeeded", "no");
}

static void
test_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "write", "A lighthouse in a storm", NULL);
  g_autoptr (CliAnswer) alone = NULL;

  cli_assert_code (answer, 0, NULL);
  g_assert_cmpstr (cs_json_get_string (answer->document, "screenwriter", ""), ==, "groq");
  cs_fake_server_set_usual (fixture->server, "groq", "chat", "500");
  alone = cli_ask (NULL, "write", "A lighthouse in a storm", NULL);
  cli_assert_code (alone, 0, NULL);
  g_assert_cmpstr (cs_json_get_string (alone->document, "screenwriter", ""), ==, "direct");
}

/* The words of a picture are rewritten, counted, and sent as they were written. */
static void
test_rewritten (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "image", "A lighthouse in a storm", NULL);
  g_autoptr (JsonObject) request = cs_fake_server_dup_request (fixture->server, "replicate", "create", 0);
  g_autofree char *sent = cs_json_object_to_string (request, FALSE);

  cli_assert_code (answer, 0, NULL);
  g_assert_cmpstr (cs_json_get_string (answer->document, "screenwriter", ""), ==, "groq");
  g_assert_cmpint (cs_json_get_money (answer->document, "cost_usd", -1), >, 3000);
  g_assert_cmpint (cs_json_get_money (answer->document, "cost_usd", -1), <=,
                   cs_json_get_money (answer->document, "max_cost_usd", -1));
  g_assert_nonnull (strstr (answer->run->err, "is for rewriting the prompt."));
  g_assert_nonnull (strstr (sent, cs_json_get_string (answer->document, "prompt", "?")));
}

/* What nobody knows: exit 7, no second request, and the user's word ends it. */
static void
test_uncertain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = NULL;
  g_autoptr (CliAnswer) given_up = NULL;
  g_autofree char *id = NULL;

  cs_fake_server_set_usual (fixture->server, "piapi", "create", "lost");
  answer = cli_ask (NULL, "video", "A boat", "--no-screenwriter", NULL);
  cli_assert_code (answer, 7, "uncertain");
  id = cli_dup_text (answer, "id");
  assert_attempt (answer, 0, "piapi", "uncertain", "unknown");
  given_up = cli_ask (NULL, "jobs", "giveup", id, NULL);
  g_assert_cmpuint (cs_fake_server_count (fixture->server, "piapi", "create"), ==, 1);
  g_assert_cmpuint (cs_fake_server_count_accepted (fixture->server, NULL), ==, 1);
}

/* Replicate is asked what it has: found, adopted, done. */
static void
test_adopted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = NULL;

  cs_fake_server_set_usual (fixture->server, "replicate", "create", "lost");
  answer = cli_ask (NULL, "image", "A boat", "--no-screenwriter", NULL);
  assert_made (answer, "replicate", 3000);
  g_assert_cmpuint (cs_fake_server_count (fixture->server, "replicate", "create"), ==, 1);
  g_assert_cmpuint (cs_fake_server_count (fixture->server, "replicate", "list"), >=, 1);
}

/* A result that the provider does not have any more is a failure, and no wrong use of the command line. */
static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = NULL;

  cs_fake_server_set_usual (fixture->server, "replicate", "create", "removed");
  answer = cli_ask (NULL, "image", "A boat", "--no-screenwriter", NULL);
  cli_assert_code (answer, 1, "failed");
  assert_attempt (answer, 0, "replicate", "failed", "yes");
}

/* What is not as it was asked is said before, and who would do it. */
static void
test_notes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "video", "A boat", "--no-screenwriter", "--duration", "10", NULL);

  cli_assert_code (answer, 0, NULL);
  g_assert_cmpuint (cli_get_length (answer, "notes"), ==, 2);
  g_assert_nonnull (strstr (answer->run->err, "Note: Wan 2.2 fast (Replicate) makes 7 s, not 10 s."));
  g_assert_nonnull (strstr (answer->run->err, "Note: Wan 2.6 (PiAPI) makes it as asked, for $0.80."));
}

static void
test_sound (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "video", "A boat", "--no-screenwriter", "--sound", NULL);

  cli_assert_code (answer, 3, "no_key");
  g_assert_nonnull (strstr (answer->run->err, "PIAPI_KEY"));
  g_assert_cmpuint (cs_fake_server_count (fixture->server, NULL, "create"), ==, 0);
}

/* No connection: exit 6 after the patience, and the job is kept. */
static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autofree char *closed = cs_fake_server_dup_closed_base (fixture->server, "replicate");
  g_autofree char *open = cs_fake_server_dup_base (fixture->server, "replicate");
  g_autoptr (CliAnswer) answer = NULL;
  g_autoptr (CliAnswer) waited = NULL;
  g_autofree char *id = NULL;

  g_setenv ("REPLICATE_BASE_URL", closed, TRUE);
  answer = cli_ask (NULL, "image", "A boat", "--no-screenwriter", "--patience", "1", NULL);
  cli_assert_code (answer, 6, "offline");
  id = cli_dup_text (answer, "id");
  g_setenv ("REPLICATE_BASE_URL", open, TRUE);
  waited = cli_ask (NULL, "jobs", "wait", id, NULL);
  assert_made (waited, "replicate", 3000);
}

/* The key goes to its own host and nowhere else: not into words, not onto the disk, not where files are. */
static void
test_canary (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) refused = NULL;
  g_autoptr (CliAnswer) made = NULL;
  g_autoptr (JsonObject) download = NULL;
  g_autofree char *sent = NULL;

  g_setenv ("CREATIVE_STUDIO_DEBUG", "http,jobs", TRUE);
  cs_fake_server_script (fixture->server, "replicate", "create", "401");
  refused = cli_ask (NULL, "image", "A boat", "--no-screenwriter", "--model", "replicate/flux-schnell", NULL);
  made = cli_ask (NULL, "image", "A boat", "--no-screenwriter", "--model", "replicate/flux-schnell", NULL);
  g_unsetenv ("CREATIVE_STUDIO_DEBUG");
  cli_assert_code (made, 0, NULL);
  g_assert_cmpint (refused->run->exit_status, !=, 0);
  g_assert_null (strstr (refused->run->err, CANARY));
  g_assert_null (strstr (refused->run->out, CANARY));
  g_assert_null (strstr (made->run->err, CANARY));
  g_assert_null (strstr (made->run->out, CANARY));
  g_assert_false (cli_folder_has (fixture->home->path, CANARY));
  download = cs_fake_server_dup_request (fixture->server, "files", "download", 0);
  sent = cs_json_object_to_string (download, FALSE);
  g_assert_null (strstr (sent, CANARY));
}

#define add(path, keys, func) g_test_add (path, Fixture, keys, cli_scene_set_up, func, cli_scene_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/promise-2/wire/video", "pr", test_video);
  add ("/cli/wire/image-chain", "prh", test_image_chain);
  add ("/promise-2/wire/max-cost", "pr", test_max_cost);
  add ("/cli/wire/deck", "g", test_deck);
  add ("/cli/wire/deck-alone", "g", test_deck_alone);
  add ("/cli/wire/write", "g", test_write);
  add ("/promise-2/wire/rewritten", "rg", test_rewritten);
  add ("/promise-3/wire/uncertain", "pr", test_uncertain);
  add ("/promise-3/wire/adopted", "rh", test_adopted);
  add ("/cli/wire/removed", "r", test_removed);
  add ("/cli/wire/notes", "r", test_notes);
  add ("/cli/wire/sound", "r", test_sound);
  add ("/promise-4/wire/offline", "r", test_offline);
  add ("/promise-5/wire/canary", "r", test_canary);
  return g_test_run ();
}
