/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls that a wallet key pays: without credit nothing is sent, with credit it is held and captured, and repeats cost nothing. */
#include "config.h"

#include "server-scene.h"

#include <string.h>

#define PLAIN "'user_prompt': 'A boat', 'user_id': 'customer123', 'screenwriter': false"

/* Returns: (transfer full): a new key with so much credit. */
static char *
make_key (ServerScene *scene, CsMoney credit)
{
  CsWallet *wallet = cs_engine_get_wallet (scene->server->engine);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsWalletKey) key = NULL;
  char *code = NULL;

  cs_wallet_create_async (wallet, "test", credit, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  key = cs_wallet_create_finish (wallet, result, &code, &error);
  g_assert_no_error (error);
  return code;
}

static void
assert_money (ServerScene *scene, const char *code, CsMoney balance, CsMoney held)
{
  CsWallet *wallet = cs_engine_get_wallet (scene->server->engine);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsWalletKey) key = NULL;

  cs_wallet_find_async (wallet, code, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  key = cs_wallet_find_finish (wallet, result, NULL);
  g_assert_nonnull (key);
  g_assert_cmpint (key->balance, ==, balance);
  g_assert_cmpint (key->held, ==, held);
}

static gint64
count_moves (ServerScene *scene, const char *kind)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM ledger WHERE kind = '%s'", kind);

  return server_scene_query (scene, sql);
}

static char *
with_key (const char *code)
{
  return g_strdup_printf ("{" PLAIN ", 'key_code': '%s'}", code);
}

static void
assert_insufficient (ServerScene *scene, ServerAnswer *answer)
{
  server_assert_error (answer, 402, "insufficient_credit", NULL);
  g_assert_cmpint (server_scene_query (scene, "SELECT count(*) FROM jobs"), ==, 0);
  g_assert_cmpuint (cs_fake_server_count (scene->fake, NULL, "create"), ==, 0);
  g_assert_cmpuint (cs_fake_server_count (scene->fake, NULL, "chat"), ==, 0);
}

/* The guide's own answer; unknown, empty or without credit is the same. */
static void
test_no_credit (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("prg");
  g_autofree char *empty_key = make_key (scene, 0);
  g_autofree char *small_key = make_key (scene, 1499); /* the cheapest picture is 1,500 */
  const char *const codes[] = { "KEY-ABC-123-XYZ", "optional_wallet_key", "", " ", empty_key, small_key };
  static const char *const paths[] = { "generate-video", "generate-image", "generate-presentation" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (paths); j++)
      {
        g_autofree char *body = with_key (codes[i]);
        g_autoptr (ServerAnswer) answer = NULL;

        if (codes[i] == small_key && j == 2)
          continue;
        answer = server_post (scene->server, paths[j], body);
        assert_insufficient (scene, answer);
        g_assert_cmpstr (server_answer_string (answer, "detail"), ==, "Solde insuffisant: Votre clé n'a plus de crédit");
        g_assert_true (g_str_has_prefix (answer->text, "{\"status\":402,\"detail\":"));
      }
}

/* Also where it would cost nothing: what is drawn on this computer. */
static void
test_unknown_and_free (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("");
  g_autoptr (ServerAnswer) unknown = server_scene_make (scene, "generate-image", "{" PLAIN ", 'key_code': 'KEY-NOBODY'}");
  g_autoptr (ServerAnswer) in_header = server_ask (scene->server, "POST", "generate-image", "{" PLAIN "}", "X-Studio-Key", "KEY-NOBODY", NULL);
  g_autofree char *key = make_key (scene, 0);
  g_autofree char *body = with_key (key);
  g_autoptr (ServerAnswer) known = NULL;

  assert_insufficient (scene, unknown);
  server_assert_error (in_header, 402, "insufficient_credit", NULL);
  known = server_scene_make (scene, "generate-image", body);
  server_assert_json (known, 200);
  g_assert_cmpint (cs_json_get_money (known->object, "estimated_cost", -1), ==, 0);
}

static void
test_credit (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autofree char *key = make_key (scene, 1000000);
  g_autofree char *body = g_strdup_printf ("{" PLAIN ", 'key_code': '%s', 'request_id': 'r'}", key);
  g_autoptr (ServerAnswer) answer = NULL;
  g_autoptr (ServerAnswer) done = NULL;
  g_autoptr (ServerAnswer) again = NULL;

  cs_fake_server_set_usual (scene->fake, "piapi", "create", "polls:3");
  answer = server_scene_make (scene, "generate-video", body);
  server_assert_json (answer, 200);
  g_assert_cmpint (cs_json_get_money (answer->object, "estimated_cost", -1), ==, 280000);
  done = server_scene_wait (scene, "video-status", server_answer_string (answer, "prediction_id"));
  g_assert_cmpstr (server_answer_string (done, "status"), ==, "succeeded");
  assert_money (scene, key, 720000, 0);
  again = server_scene_make (scene, "generate-video", body);
  g_assert_cmpstr (again->text, ==, answer->text);
  assert_money (scene, key, 720000, 0);
  g_assert_cmpint (count_moves (scene, "hold"), ==, 1);
  g_assert_cmpint (count_moves (scene, "capture"), ==, 1);
  g_assert_cmpint (count_moves (scene, "release"), ==, 0);
  g_assert_cmpint (server_scene_query (scene, "SELECT count(*) FROM usage_events WHERE user_id = 'customer123'"), ==, 1);
}

/* Refused by everybody: the credit is there again. */
static void
test_release (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("r");
  g_autofree char *key = make_key (scene, 1000000);
  g_autofree char *body = with_key (key);
  g_autoptr (ServerAnswer) answer = NULL;

  cs_fake_server_set_usual (scene->fake, "replicate", "create", "422");
  answer = server_scene_make (scene, "generate-image", body);
  server_assert_error (answer, 502, "provider_refused", NULL);
  assert_money (scene, key, 1000000, 0);
}

/* The last credit, ten times at once: exactly one wins. */
static void
test_last_credit (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autofree char *key = make_key (scene, 280000);
  g_autofree char *body = g_strdup_printf ("{" PLAIN ", 'model': 'wan-2.2', 'key_code': '%s'}", key);
  GAsyncResult **calls[10];
  guint n_won = 0;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    calls[i] = server_scene_start (scene, "generate-video", body, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (ServerAnswer) answer = server_scene_end (scene, calls[i]);

      n_won += answer->status == 200;
      if (answer->status != 200)
        server_assert_error (answer, 402, "insufficient_credit", NULL);
    }
  g_assert_cmpuint (n_won, ==, 1);
  g_assert_cmpuint (cs_fake_server_count (scene->fake, "piapi", "create"), ==, 1);
}

/* A deck costs its holder what he was debited. */
static void
test_deck (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("g");
  g_autofree char *key = make_key (scene, 100000);
  g_autofree char *body = g_strdup_printf ("{'user_prompt': 'Tides', 'user_id': 'u', 'num_slides': 3, 'key_code': '%s'}", key);
  g_autoptr (ServerAnswer) answer = server_scene_make (scene, "generate-presentation", body);
  CsMoney cost;

  server_assert_json (answer, 200);
  cost = cs_json_get_money (answer->object, "cost_usd", -1);
  g_assert_cmpint (cost, >, 0);
  assert_money (scene, key, 100000 - cost, 0);
}

/* A key's holder finds his own, and nothing else; without a key all of it is seen. */
static void
test_status (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("");
  g_autofree char *mine = make_key (scene, 0);
  g_autofree char *other = make_key (scene, 0);
  g_autofree char *body = with_key (mine);
  g_autoptr (ServerAnswer) made = server_scene_make (scene, "generate-image", body);
  g_autoptr (ServerAnswer) plain = server_scene_make (scene, "generate-image", "{" PLAIN "}");
  g_autofree char *path = g_strdup_printf ("image-status/%s", server_answer_string (made, "prediction_id"));
  g_autofree char *plain_path = g_strdup_printf ("image-status/%s", server_answer_string (plain, "prediction_id"));
  g_autoptr (ServerAnswer) open = server_get (scene->server, path);
  g_autoptr (ServerAnswer) own = server_ask (scene->server, "GET", path, NULL, "X-Studio-Key", mine, NULL);
  g_autoptr (ServerAnswer) foreign = server_ask (scene->server, "GET", path, NULL, "X-Studio-Key", other, NULL);
  g_autoptr (ServerAnswer) empty = server_ask (scene->server, "GET", path, NULL, "X-Studio-Key", "", NULL);
  g_autoptr (ServerAnswer) nobodys = server_ask (scene->server, "GET", plain_path, NULL, "X-Studio-Key", mine, NULL);

  server_assert_json (open, 200);
  server_assert_json (own, 200);
  server_assert_error (foreign, 404, "not_found", NULL);
  server_assert_error (empty, 402, "insufficient_credit", NULL);
  server_assert_error (nobodys, 404, "not_found", NULL);
}

/* A picture of somebody else is none to begin from. */
static void
test_image (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("");
  g_autofree char *mine = make_key (scene, 0);
  g_autofree char *other = make_key (scene, 0);
  g_autofree char *body = with_key (mine);
  g_autoptr (ServerAnswer) made = server_scene_make (scene, "generate-image", body);
  const char *id = server_answer_string (made, "prediction_id");
  g_autoptr (ServerAnswer) done = server_scene_wait (scene, "image-status", id);
  g_autofree char *own_body = g_strdup_printf ("{" PLAIN ", 'key_code': '%s', 'image': '%s'}", mine, id);
  g_autofree char *other_body = g_strdup_printf ("{" PLAIN ", 'key_code': '%s', 'image': '%s'}", other, id);
  g_autofree char *open_body = g_strdup_printf ("{" PLAIN ", 'image': '%s'}", id);
  g_autoptr (ServerAnswer) own = server_scene_make (scene, "generate-image", own_body);
  g_autoptr (ServerAnswer) foreign = server_scene_make (scene, "generate-image", other_body);
  g_autoptr (ServerAnswer) open = server_scene_make (scene, "generate-image", open_body);

  g_assert_cmpstr (server_answer_string (done, "status"), ==, "succeeded");
  server_assert_json (own, 200);
  server_assert_error (foreign, 422, "invalid_value", "image");
  server_assert_json (open, 200);
}

/* The key itself is nowhere: not in what is said, and not on the disk. */
static void
test_quiet (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("");
  g_autofree char *key = make_key (scene, 0);
  g_autofree char *body = with_key (key);
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM jobs WHERE instr (brief, '%s') > 0", key);
  g_autoptr (ServerAnswer) answer = server_scene_make (scene, "generate-image", body);
  g_autoptr (ServerAnswer) status = server_scene_wait (scene, "image-status", server_answer_string (answer, "prediction_id"));

  g_assert_null (strstr (answer->text, key));
  g_assert_null (strstr (status->text, key));
  g_assert_cmpint (server_scene_query (scene, sql), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/promise-2/server/wallet/no-credit", test_no_credit);
  g_test_add_func ("/server/wallet/unknown-and-free", test_unknown_and_free);
  g_test_add_func ("/promise-3/server/wallet/credit", test_credit);
  g_test_add_func ("/promise-3/server/wallet/release", test_release);
  g_test_add_func ("/promise-3/server/wallet/last-credit", test_last_credit);
  g_test_add_func ("/server/wallet/deck", test_deck);
  g_test_add_func ("/server/wallet/status", test_status);
  g_test_add_func ("/server/wallet/image", test_image);
  g_test_add_func ("/promise-5/server/wallet/quiet", test_quiet);
  return g_test_run ();
}
