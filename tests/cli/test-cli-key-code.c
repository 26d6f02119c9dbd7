/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A wallet key pays: hold and capture, once however often it is asked; without credit nothing is sent. */
#include "config.h"

#include "cli-support.h"

#include "core/cs-json.h"

#include <string.h>

/* Each over the one of its kind that this program ships with, and none of them what the provider takes. */
#define SALES                                                                                                       \
  "{\"prices\": [{\"model\": \"replicate/flux-schnell\", \"sale_usd\": \"0.05\"},"                                  \
  "{\"model\": \"piapi/wan-2.2\", \"sale_usd\": \"1\"}, {\"model\": \"replicate/minimax-video-01\", \"sale_usd\": \"2\"},"   \
  "{\"model\": \"groq/gpt-oss-120b\", \"sale_usd\": \"0.10\"}]}"

/* A new key with this much credit, which the commands that follow are paid with. */
static char *
use_key (const char *credit)
{
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "wallet", "create", "--credit", credit, NULL);
  char *key;

  cli_assert_code (answer, 0, NULL);
  key = cli_dup_text (answer, "key");
  g_setenv ("CREATIVE_STUDIO_KEY_CODE", key, TRUE);
  return key;
}

static void
set_sales (CliScene *scene)
{
  g_autofree char *path = cs_test_home_build (scene->home, "prices.json");

  g_assert_true (g_file_set_contents (path, SALES, -1, NULL));
}

/* What moved on the key behind its first credit, in this order; and what is left. */
static void
assert_moves (const char *key, const char *const *kinds, CsMoney amount, CsMoney balance, const char *creation)
{
  g_autoptr (CliAnswer) ledger = cli_ask (NULL, "wallet", "ledger", key, NULL);

  cli_assert_code (ledger, 0, NULL);
  g_assert_cmpuint (cli_get_length (ledger, "entries"), ==, 1 + g_strv_length ((GStrv) kinds));
  for (guint i = 0; kinds[i] != NULL; i++)
    {
      JsonObject *entry = cli_get_element (ledger, "entries", i + 1);

      g_assert_cmpstr (cs_json_get_string (entry, "kind", ""), ==, kinds[i]);
      g_assert_cmpint (cs_json_get_money (entry, "amount_usd", -1), ==, amount);
      g_assert_cmpstr (cs_json_get_string (entry, "creation_id", ""), ==, creation);
    }
  g_assert_cmpint (cs_json_get_money (ledger->document, "balance_usd", -1), ==, balance);
  g_assert_cmpint (cs_json_get_money (ledger->document, "held_usd", -1), ==, 0);
}

static const char *const paid[] = { "hold", "capture", NULL };
static const char *const let_go[] = { "hold", "release", NULL };
static const char *const nothing[] = { NULL };

static void
assert_one_event (const char *key, CsMoney cost, CsMoney sale)
{
  g_autoptr (CliAnswer) usage = cli_ask (NULL, "usage", NULL);
  JsonObject *event = cli_get_element (usage, "events", 0);
  const char *name = cs_json_get_string (event, "key", "");

  g_assert_cmpuint (cli_get_length (usage, "events"), ==, 1);
  g_assert_cmpint (cs_json_get_money (event, "cost_usd", -1), ==, cost);
  g_assert_cmpint (cs_json_get_money (event, "sale_usd", -1), ==, sale);
  g_assert_true (g_str_has_suffix (name, key + strlen (key) - 4));
  g_assert_null (strstr (usage->run->out, key));
}

/* Hold, capture and one event; the same request again changes nothing, and costs nothing. */
static void
test_image (CliScene *scene, gconstpointer data)
{
  g_autofree char *key = use_key ("1");
  g_autoptr (CliAnswer) made = cli_ask (NULL, "image", "A boat", "--no-screenwriter", "--request-id", "one", NULL);
  g_autoptr (CliAnswer) again = cli_ask (NULL, "image", "A boat", "--no-screenwriter", "--request-id", "one", NULL);
  g_autoptr (CliAnswer) other = cli_ask (NULL, "image", "A ship", "--no-screenwriter", "--request-id", "one", NULL);
  g_autofree char *id = cli_dup_text (made, "id");
  g_autofree char *again_id = cli_dup_text (again, "id");

  cli_assert_code (made, 0, NULL);
  cli_assert_code (again, 0, NULL);
  cli_assert_code (other, 2, "conflict");
  g_assert_cmpstr (again_id, ==, id);
  assert_moves (key, paid, 3000, 997000, id);
  assert_one_event (key, 3000, 3000);
  g_assert_cmpuint (cs_fake_server_count (scene->server, NULL, "create"), ==, 1);
}

/* The key pays the sale price and is told it; the budget of the operator pays what the provider takes. */
static void
test_sale (CliScene *scene, gconstpointer data)
{
  g_autofree char *key = NULL;
  g_autofree char *id = NULL;
  g_autoptr (CliAnswer) made = NULL;
  g_autoptr (CliAnswer) video = NULL;

  set_sales (scene);
  key = use_key ("1");
  made = cli_ask (NULL, "image", "A boat", "--no-screenwriter", NULL);
  cli_assert_code (made, 0, NULL);
  id = cli_dup_text (made, "id");
  g_assert_nonnull (strstr (made->run->err, ": $0.05, at most $0.05."));
  assert_moves (key, paid, 50000, 950000, id);
  assert_one_event (key, 3000, 50000);
  /* dearer for the key than what it has, cheaper for the operator */
  video = cli_ask (NULL, "video", "A boat", "--no-screenwriter", "--model", "minimax-video-01", NULL);
  cli_assert_code (video, 4, "insufficient_credit");
  g_assert_nonnull (strstr (video->run->err, ": $2.00, at most $2.00."));
  g_assert_cmpuint (cs_fake_server_count (scene->server, NULL, "create"), ==, 1);
}

static void
test_deck (CliScene *scene, gconstpointer data)
{
  g_autofree char *key = NULL;
  g_autofree char *id = NULL;
  g_autoptr (CliAnswer) made = NULL;

  set_sales (scene);
  key = use_key ("1");
  made = cli_ask (NULL, "deck", "The tides of the sea", "--slides", "5", NULL);
  cli_assert_code (made, 0, NULL);
  id = cli_dup_text (made, "id");
  assert_moves (key, paid, 100000, 900000, id);
  g_assert_nonnull (strstr (made->run->err, ": $0.10, at most $0.10."));
}

/* Refused and surely not billed: what was held is let go, and nothing was used. */
static void
test_refused (CliScene *scene, gconstpointer data)
{
  g_autofree char *key = use_key ("1");
  g_autoptr (CliAnswer) answer = NULL;
  g_autoptr (CliAnswer) usage = NULL;
  g_autofree char *id = NULL;

  cs_fake_server_set_usual (scene->server, "replicate", "create", "422");
  answer = cli_ask (NULL, "image", "A boat", "--no-screenwriter", NULL);
  cli_assert_code (answer, 5, "provider_refused");
  id = cli_dup_text (answer, "id");
  assert_moves (key, let_go, 3000, 1000000, id);
  usage = cli_ask (NULL, "usage", NULL);
  g_assert_cmpuint (cli_get_length (usage, "events"), ==, 0);
}

/* Too little, unknown, empty: exit 4, and no provider ever hears of it, not even for the words. */
static void
test_no_credit (CliScene *scene, gconstpointer data)
{
  static const char *const codes[] = { "", "   ", "KEY-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", "\xff\xfe" };
  g_autofree char *key = use_key ("0.002999");
  g_autoptr (CliAnswer) poor = cli_ask (NULL, "image", "A boat", NULL);
  g_autoptr (CliAnswer) jobs = NULL;

  cli_assert_code (poor, 4, "insufficient_credit");
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (CliAnswer) image = NULL;
      g_autoptr (CliAnswer) deck = NULL;
      g_autoptr (CliAnswer) drawn = NULL;

      g_setenv ("CREATIVE_STUDIO_KEY_CODE", codes[i], TRUE);
      image = cli_ask (NULL, "image", "A boat", NULL);
      deck = cli_ask (NULL, "deck", "The tides of the sea", NULL);
      drawn = cli_ask (NULL, "image", "A boat", "--provider", "sketch", NULL); /* at any price */
      cli_assert_code (image, 4, "insufficient_credit");
      cli_assert_code (deck, 4, "insufficient_credit");
      cli_assert_code (drawn, 4, "insufficient_credit");
    }
  g_assert_cmpuint (cs_fake_server_count (scene->server, "groq", "chat"), ==, 0);
  g_assert_cmpuint (cs_fake_server_count (scene->server, NULL, "create"), ==, 0);
  g_unsetenv ("CREATIVE_STUDIO_KEY_CODE");
  jobs = cli_ask (NULL, "jobs", "list", "--active", NULL);
  g_assert_cmpuint (cli_get_length (jobs, "jobs"), ==, 0);
  assert_moves (key, nothing, 0, 2999, "");
}

/* What costs nothing needs a key that is known, and no credit. */
static void
test_free (CliScene *scene, gconstpointer data)
{
  g_autofree char *key = use_key ("0");
  g_autoptr (CliAnswer) made = cli_ask (NULL, "image", "A boat", "--provider", "sketch", NULL);

  cli_assert_code (made, 0, NULL);
}

/* Four pictures on credit for three: none of them is begun. */
static void
test_batch (CliScene *scene, gconstpointer data)
{
  g_autofree char *key = use_key ("0.01");
  g_autoptr (CliAnswer) four = cli_ask (NULL, "image", "A boat", "--no-screenwriter", "--count", "4", NULL);
  g_autoptr (CliAnswer) three = NULL;
  g_autoptr (CliAnswer) balance = NULL;

  cli_assert_code (four, 4, "insufficient_credit");
  g_assert_cmpuint (cs_fake_server_count (scene->server, NULL, "create"), ==, 0);
  three = cli_ask (NULL, "image", "A boat", "--no-screenwriter", "--count", "3", NULL);
  cli_assert_code (three, 0, NULL);
  balance = cli_ask (NULL, "wallet", "balance", key, NULL);
  g_assert_cmpint (cs_json_get_money (balance->document, "balance_usd", -1), ==, 1000);
}

/* The key is nobody's but its holder's: not in words, not on the disk, and no provider hears of it. */
static void
test_canary (CliScene *scene, gconstpointer data)
{
  g_autofree char *key = use_key ("1");
  g_autoptr (CliAnswer) made = NULL;
  g_autoptr (JsonObject) request = NULL;
  g_autofree char *sent = NULL;

  g_setenv ("CREATIVE_STUDIO_DEBUG", "http,jobs,sql", TRUE);
  made = cli_ask (NULL, "image", "A boat", "--no-screenwriter", NULL);
  g_unsetenv ("CREATIVE_STUDIO_DEBUG");
  cli_assert_code (made, 0, NULL);
  g_assert_null (strstr (made->run->err, key));
  g_assert_null (strstr (made->run->out, key));
  g_assert_false (cli_folder_has (scene->home->path, key));
  request = cs_fake_server_dup_request (scene->server, "replicate", "create", 0);
  sent = cs_json_object_to_string (request, FALSE);
  g_assert_null (strstr (sent, key));
}

/* One credit left, and three who want it at once: one wins. */
static void
test_race (CliScene *scene, gconstpointer data)
{
  g_autofree char *key = use_key ("0.003");
  g_autofree char *words = cs_test_home_build (scene->home, "words");
  GSubprocess *racers[3];
  guint n_won = 0;

  for (guint i = 0; i < G_N_ELEMENTS (racers); i++)
    racers[i] = cli_start (words, "image", "A boat", "--no-screenwriter", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (racers); i++)
    {
      int code = cli_end (racers[i], 0);

      g_assert_true (code == 0 || code == 4);
      n_won += code == 0;
      g_object_unref (racers[i]);
    }
  g_assert_cmpuint (n_won, ==, 1);
  g_assert_cmpuint (cs_fake_server_count (scene->server, NULL, "create"), ==, 1);
}

#define add(path, keys, func) g_test_add (path, CliScene, keys, cli_scene_set_up, func, cli_scene_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/promise-3/key-code/image", "r", test_image);
  add ("/promise-2/key-code/sale", "pr", test_sale);
  add ("/cli/key-code/deck", "g", test_deck);
  add ("/promise-3/key-code/refused", "r", test_refused);
  add ("/promise-2/key-code/no-credit", "rg", test_no_credit);
  add ("/cli/key-code/free", "r", test_free);
  add ("/promise-2/key-code/batch", "r", test_batch);
  add ("/promise-5/key-code/canary", "r", test_canary);
  add ("/promise-3/key-code/race", "r", test_race);
  return g_test_run ();
}
