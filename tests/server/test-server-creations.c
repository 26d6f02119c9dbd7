/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library over HTTP: pages, one creation, the trash, and who sees what. */
#include "config.h"

#include "server-studio.h"

#include <string.h>

static JsonArray *
get_all (ServerAnswer *answer)
{
  server_assert_json (answer, 200);
  return json_object_get_array_member (answer->object, "creations");
}

static guint
count (ServerFixture *fixture, const char *path)
{
  g_autoptr (ServerAnswer) answer = server_get (fixture, path);

  return json_array_get_length (get_all (answer));
}

static void
test_empty (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autoptr (ServerAnswer) answer = server_get (fixture, "creations");

  g_assert_cmpuint (json_array_get_length (get_all (answer)), ==, 0);
  g_assert_false (json_object_has_member (answer->object, "next"));
}

/* All that the contract says an entry has; addresses on this server, and no path of this computer. */
static void
test_entry (void)
{
  static const char *const members[]
      = { "id", "kind", "title", "prompt", "provider", "model", "style", "aspect_ratio", "width", "height", "file", "missing",
          "thumbnail", "favourite", "trashed", "cost_usd", "created_at" };
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autofree char *id = server_add_creation (fixture, bytes, "thumbnail = id || '.png'");
  g_autoptr (ServerAnswer) answer = server_get (fixture, "creations");
  JsonObject *entry = json_array_get_object_element (get_all (answer), 0);
  g_autofree char *file = g_strdup_printf ("%s/api/studio/creations/%s/file", fixture->address, id);
  g_autofree char *thumbnail = g_strdup_printf ("%s/api/studio/creations/%s/thumbnail", fixture->address, id);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (!json_object_has_member (entry, members[i]))
      g_error ("There is no “%s”: %s", members[i], answer->text);
  g_assert_cmpstr (cs_json_get_string (entry, "id", ""), ==, id);
  g_assert_cmpstr (cs_json_get_string (entry, "file", ""), ==, file);
  g_assert_cmpstr (cs_json_get_string (entry, "thumbnail", ""), ==, thumbnail);
  g_assert_false (cs_json_get_boolean (entry, "missing", TRUE));
  g_assert_cmpint (cs_json_get_money (entry, "cost_usd", 0), ==, 3000);
  g_assert_null (strstr (answer->text, fixture->home->path));
}

static void
test_pages (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *path = g_strdup ("creations?limit=3");
  guint n_pages = 0;

  for (guint i = 0; i < 10; i++)
    g_free (server_add_creation (fixture, NULL, i % 2 == 0 ? "created_at = 5" : NULL)); /* many at once, too */
  while (path != NULL)
    {
      g_autoptr (ServerAnswer) answer = server_get (fixture, path);
      JsonArray *page = get_all (answer);

      for (guint i = 0; i < json_array_get_length (page); i++)
        g_hash_table_add (seen, g_strdup (cs_json_get_string (json_array_get_object_element (page, i), "id", "")));
      g_free (path);
      path = json_object_has_member (answer->object, "next")
                 ? g_strdup_printf ("creations?limit=3&cursor=%s", server_answer_string (answer, "next")) : NULL;
      n_pages++;
    }
  g_assert_cmpuint (n_pages, ==, 4);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 10);
}

static void
test_filters (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *boat = server_add_creation (fixture, NULL, NULL);
  g_autofree char *film = server_add_creation (fixture, NULL, "kind = 'video', title = 'Été au désert', duration = 7, cost = 9");
  g_autofree char *gone = server_add_creation (fixture, NULL, "trashed_at = 7");
  g_autofree char *liked = server_add_creation (fixture, NULL, "favourite = 1, title = 'عرض', cost = 500000");
  g_autoptr (ServerAnswer) dear = NULL;
  g_autoptr (ServerAnswer) old = NULL;

  g_assert_cmpuint (count (fixture, "creations"), ==, 3);
  g_assert_cmpuint (count (fixture, "creations?kind=video"), ==, 1);
  g_assert_cmpuint (count (fixture, "creations?kind=deck"), ==, 0);
  g_assert_cmpuint (count (fixture, "creations?q=desert"), ==, 1);
  g_assert_cmpuint (count (fixture, "creations?q=%C3%A9t%C3%A9"), ==, 1);
  g_assert_cmpuint (count (fixture, "creations?q=%D8%B9%D8%B1%D8%B6"), ==, 1);
  g_assert_cmpuint (count (fixture, "creations?q=nowhere"), ==, 0);
  g_assert_cmpuint (count (fixture, "creations?q="), ==, 3);
  g_assert_cmpuint (count (fixture, "creations?q=%22%20OR%20NEAR%28"), ==, 0);
  g_assert_cmpuint (count (fixture, "creations?favourite=1"), ==, 1);
  g_assert_cmpuint (count (fixture, "creations?favourite=false&trashed=true"), ==, 1);
  g_assert_cmpuint (count (fixture, "creations?limit=1"), ==, 1);
  g_assert_cmpuint (count (fixture, "creations?unknown=1"), ==, 3);
  dear = server_get (fixture, "creations?sort=price");
  g_assert_cmpstr (cs_json_get_string (json_array_get_object_element (get_all (dear), 0), "id", ""), ==, liked);
  old = server_get (fixture, "creations?sort=oldest");
  g_assert_cmpstr (cs_json_get_string (json_array_get_object_element (get_all (old), 0), "id", ""), ==, boat);
}

/* Whatever cannot be used is named. */
static void
test_bad_values (void)
{
  static const struct
  {
    const char *query;
    const char *field;
  } cases[] = {
    { "kind=film", "kind" },
    { "kind=", "kind" },
    { "limit=0", "limit" },
    { "limit=501", "limit" },
    { "limit=-1", "limit" },
    { "limit=ten", "limit" },
    { "limit=", "limit" },
    { "limit=5.0", "limit" },
    { "limit=99999999999999999999", "limit" },
    { "favourite=2", "favourite" },
    { "trashed=yes", "trashed" },
    { "sort=best", "sort" },
    { "q=%ff%fe", "q" },
    { "cursor=", "cursor" },
    { "cursor=x", "cursor" },
    { "cursor=%2e%2e%2f", "cursor" },
    { "cursor=AAAA", "cursor" },
    { "cursor=%ff", "cursor" },
    { "limit=0&kind=film", "kind" },
  };
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *long_words = g_strnfill (1001, 'a');
  g_autofree char *long_path = g_strconcat ("creations?q=", long_words, NULL);
  g_autoptr (ServerAnswer) answer = server_get (fixture, long_path);

  server_assert_error (answer, 422, "invalid_value", "q");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("creations?", cases[i].query, NULL);
      g_autoptr (ServerAnswer) refusal = server_get (fixture, path);

      g_test_message ("%s", path);
      server_assert_error (refusal, 422, "invalid_value", cases[i].field);
    }
}

/* A cursor belongs to its order. */
static void
test_foreign_cursor (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autoptr (ServerAnswer) page = NULL;
  g_autoptr (ServerAnswer) refusal = NULL;
  g_autoptr (ServerAnswer) french = NULL;
  g_autofree char *path = NULL;

  g_free (server_add_creation (fixture, NULL, NULL));
  g_free (server_add_creation (fixture, NULL, NULL));
  page = server_get (fixture, "creations?sort=price&limit=1");
  path = g_strconcat ("creations?limit=1&cursor=", server_answer_string (page, "next"), NULL);
  refusal = server_ask (fixture, "GET", path, NULL, "Accept-Language", "en", NULL);
  server_assert_error (refusal, 422, "invalid_value", "cursor");
  french = server_get (fixture, path);
  server_assert_error (french, 422, "invalid_value", "cursor");
}

static void
test_one (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autofree char *id = server_add_creation (fixture, bytes, "notes = 'mine', negative_prompt = 'fog', seed = 7");
  g_autofree char *path = g_strconcat ("creations/", id, NULL);
  g_autoptr (ServerAnswer) answer = NULL;
  g_autoptr (ServerAnswer) head = NULL;
  JsonArray *attempts;

  server_add_attempt (fixture, id, "r-1", "succeeded", "yes");
  answer = server_get (fixture, path);
  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "prompt"), ==, "a boat, cinematic");
  g_assert_cmpstr (server_answer_string (answer, "original_prompt"), ==, "a boat");
  g_assert_cmpstr (server_answer_string (answer, "negative_prompt"), ==, "fog");
  g_assert_cmpstr (server_answer_string (answer, "notes"), ==, "mine");
  g_assert_cmpstr (server_answer_string (answer, "mime_type"), ==, "image/png");
  g_assert_cmpint (cs_json_get_int (answer->object, "seed", 0), ==, 7);
  g_assert_cmpint (cs_json_get_int (answer->object, "size", 0), ==, 3);
  g_assert_cmpstr (server_answer_string (answer, "sha256"), ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  attempts = json_object_get_array_member (answer->object, "attempts");
  g_assert_cmpuint (json_array_get_length (attempts), ==, 1);
  g_assert_cmpstr (cs_json_get_string (json_array_get_object_element (attempts, 0), "remote_id", ""), ==, "r-1");
  head = server_ask (fixture, "HEAD", path, NULL, NULL);
  g_assert_cmpuint (head->status, ==, 200);
  g_assert_cmpuint (g_bytes_get_size (head->body), ==, 0);
}

/* Imported, or older than its job: there are no attempts to tell of. */
static void
test_without_job (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *id = server_add_creation (fixture, NULL, "job_id = NULL");
  g_autofree char *path = g_strconcat ("creations/", id, NULL);
  g_autoptr (ServerAnswer) answer = server_get (fixture, path);

  server_assert_json (answer, 200);
  g_assert_false (json_object_has_member (answer->object, "attempts"));
  g_assert_true (cs_json_get_boolean (answer->object, "missing", FALSE));
}

/* What is no id is not looked for, and what is one is not there. */
static void
test_ids (void)
{
  static const char *const ids[] = { "%2e%2e", "..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "a%2fb", "x", "%00", "01J%00",
                                     "01ARZ3NDEKTSV4RRFFQ69G5FAV", "01arz3ndektsv4rrffq69g5fav", "01ARZ3NDEKTSV4RRFFQ69G5FA%20",
                                     "%ff%fe", "..", "'%20OR%201=1--", "%F0%9F%98%80" };
  static const char *const rests[] = { "", "/file", "/thumbnail", "/markdown", "/restore" };
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *endless = g_strnfill (1000, 'A');

  for (guint i = 0; i <= G_N_ELEMENTS (ids); i++)
    for (guint j = 0; j < G_N_ELEMENTS (rests); j++)
      {
        g_autofree char *path
            = g_strdup_printf ("creations/%s%s", i < G_N_ELEMENTS (ids) ? ids[i] : endless, rests[j]);
        g_autoptr (ServerAnswer) answer
            = server_ask (fixture, strcmp (rests[j], "/restore") == 0 ? "POST" : "GET", path, NULL, NULL);

        g_test_message ("%s", path);
        server_assert_error (answer, 404, "not_found", NULL);
      }
}

static void
test_trash (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *id = server_add_creation (fixture, NULL, NULL);
  g_autofree char *path = g_strconcat ("creations/", id, NULL);
  g_autofree char *restore = g_strconcat (path, "/restore", NULL);
  g_autofree char *first = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ServerAnswer) answer = server_ask (fixture, "DELETE", path, NULL, NULL);

      server_assert_json (answer, 200);
      g_assert_cmpstr (server_answer_string (answer, "id"), ==, id);
      g_assert_true (cs_json_get_boolean (answer->object, "trashed", FALSE));
      if (first != NULL)
        g_assert_cmpstr (server_answer_string (answer, "trashed_at"), ==, first); /* the first time stays */
      g_free (first);
      first = g_strdup (server_answer_string (answer, "trashed_at"));
      g_assert_cmpuint (count (fixture, "creations"), ==, 0);
      g_assert_cmpuint (count (fixture, "creations?trashed=1"), ==, 1);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ServerAnswer) answer = server_post (fixture, restore, i == 0 ? NULL : "{}");

      server_assert_json (answer, 200);
      g_assert_false (cs_json_get_boolean (answer->object, "trashed", TRUE));
      g_assert_cmpuint (count (fixture, "creations"), ==, 1);
    }
}

/* A wallet key sees what it pays, and nothing else. */
static void
test_keys (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  gint64 key_id;
  g_autofree char *code = server_add_key (fixture, 1000000, &key_id);
  g_autofree char *other = server_add_key (fixture, 1000000, NULL);
  g_autofree char *own = server_add_creation (fixture, NULL, NULL);
  g_autofree char *foreign = server_add_creation (fixture, NULL, NULL);
  g_autofree char *imported = server_add_creation (fixture, NULL, "job_id = NULL");
  g_autofree char *own_path = g_strconcat ("creations/", own, NULL);
  g_autofree char *foreign_path = g_strconcat ("creations/", foreign, NULL);
  g_autofree char *imported_path = g_strconcat ("creations/", imported, NULL);
  const char *const hidden[] = { foreign_path, imported_path };
  g_autoptr (ServerAnswer) all = NULL;
  g_autoptr (ServerAnswer) none = NULL;
  g_autoptr (ServerAnswer) one = NULL;

  server_exec (fixture, "UPDATE jobs SET key_id = %" G_GINT64_FORMAT " WHERE id = '%s'", key_id, own);
  all = server_ask (fixture, "GET", "creations", NULL, "X-Studio-Key", code, NULL);
  g_assert_cmpuint (json_array_get_length (get_all (all)), ==, 1);
  g_assert_cmpstr (cs_json_get_string (json_array_get_object_element (get_all (all), 0), "id", ""), ==, own);
  none = server_ask (fixture, "GET", "creations", NULL, "X-Studio-Key", other, NULL);
  g_assert_cmpuint (json_array_get_length (get_all (none)), ==, 0);
  one = server_ask (fixture, "GET", own_path, NULL, "X-Studio-Key", code, NULL);
  server_assert_json (one, 200);
  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    {
      g_autofree char *restore = g_strconcat (hidden[i], "/restore", NULL);
      g_autofree char *file = g_strconcat (hidden[i], "/file", NULL);
      g_autoptr (ServerAnswer) shown = server_ask (fixture, "GET", hidden[i], NULL, "X-Studio-Key", code, NULL);
      g_autoptr (ServerAnswer) deleted = server_ask (fixture, "DELETE", hidden[i], NULL, "X-Studio-Key", code, NULL);
      g_autoptr (ServerAnswer) restored = server_ask (fixture, "POST", restore, NULL, "X-Studio-Key", code, NULL);
      g_autoptr (ServerAnswer) read = server_ask (fixture, "GET", file, NULL, "X-Studio-Key", code, NULL);

      server_assert_error (shown, 404, "not_found", NULL);
      server_assert_error (deleted, 404, "not_found", NULL);
      server_assert_error (restored, 404, "not_found", NULL);
      server_assert_error (read, 404, "not_found", NULL);
    }
  g_assert_cmpint (server_query (fixture, "SELECT count(*) FROM creations WHERE trashed_at IS NOT NULL"), ==, 0);
}

/* A key's holder is told what he paid, wherever a cost is told. */
static void
test_key_costs (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  gint64 key_id;
  g_autofree char *code = server_add_key (fixture, 1000000, &key_id);
  g_autofree char *next = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = server_add_creation (fixture, NULL, NULL);
      g_autofree char *path = g_strconcat ("creations/", id, NULL);
      g_autofree char *job_path = g_strconcat ("jobs/", id, NULL);
      g_autoptr (ServerAnswer) one = NULL;
      g_autoptr (ServerAnswer) trashed = NULL;
      g_autoptr (ServerAnswer) job = NULL;
      int debit = 9000 - 2000 * (int) i;

      server_add_attempt (fixture, id, NULL, "succeeded", "yes");
      server_exec (fixture, "UPDATE attempts SET sale = %d WHERE job_id = '%s'", debit, id);
      server_exec (fixture, "UPDATE jobs SET key_id = %" G_GINT64_FORMAT " WHERE id = '%s'", key_id, id);
      server_exec (fixture, "INSERT INTO usage_events (at, job_id, attempt, key_id, kind, provider, model, units, unit, estimated,"
                            " cost, sale) VALUES (1, '%s', 1, %" G_GINT64_FORMAT ", 'image', 'p', 'm', 1, 'image', 3000, 3000, %d)",
                   id, key_id, debit);
      one = server_ask (fixture, "GET", path, NULL, "X-Studio-Key", code, NULL);
      trashed = server_ask (fixture, "DELETE", path, NULL, "X-Studio-Key", code, NULL);
      job = server_ask (fixture, "GET", job_path, NULL, "X-Studio-Key", code, NULL);
      server_exec (fixture, "UPDATE creations SET trashed_at = NULL");
      g_assert_cmpint (cs_json_get_money (one->object, "cost_usd", 0), ==, debit);
      g_assert_cmpint (cs_json_get_money (trashed->object, "cost_usd", 0), ==, debit);
      g_assert_cmpint (cs_json_get_money (job->object, "cost_usd", 0), ==, debit);
      g_assert_cmpint (cs_json_get_money (job->object, "estimated_cost_usd", 0), ==, debit);
      g_assert_null (strstr (job->text, "0.003"));
      g_assert_null (strstr (one->text, "0.003"));
    }
  for (int debit = 9000; debit > 4000; debit -= 2000) /* page by page in the order of what was paid */
    {
      g_autofree char *path = g_strdup_printf ("creations?sort=price&limit=1%s%s", next != NULL ? "&cursor=" : "",
                                               next != NULL ? next : "");
      g_autoptr (ServerAnswer) answer = server_ask (fixture, "GET", path, NULL, "X-Studio-Key", code, NULL);

      g_assert_cmpint (cs_json_get_money (json_array_get_object_element (get_all (answer), 0), "cost_usd", 0), ==, debit);
      g_assert_true (json_object_has_member (answer->object, "next") == (debit > 5000));
      g_free (next);
      next = g_strdup (server_answer_string (answer, "next"));
    }
}

/* A key that nobody has sees nothing: also an empty one, and two at once. */
static void
test_unknown_keys (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *code = server_add_key (fixture, 1000000, NULL);
  g_autofree char *id = server_add_creation (fixture, NULL, NULL);
  g_autofree char *path = g_strconcat ("creations/", id, NULL);
  g_autofree char *two = g_strconcat (code, ", ", code, NULL);
  const char *const keys[] = { "KEY-00000-00000-00000-00000-00000", "", "x", two };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (ServerAnswer) all = server_ask (fixture, "GET", "creations", NULL, "X-Studio-Key", keys[i], NULL);
      g_autoptr (ServerAnswer) one = server_ask (fixture, "GET", path, NULL, "X-Studio-Key", keys[i], NULL);

      g_test_message ("“%s”", keys[i]);
      server_assert_error (all, 402, "insufficient_credit", NULL);
      server_assert_error (one, 402, "insufficient_credit", NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/creations/empty", test_empty);
  g_test_add_func ("/server/creations/entry", test_entry);
  g_test_add_func ("/server/creations/pages", test_pages);
  g_test_add_func ("/server/creations/filters", test_filters);
  g_test_add_func ("/server/creations/bad-values", test_bad_values);
  g_test_add_func ("/server/creations/foreign-cursor", test_foreign_cursor);
  g_test_add_func ("/server/creations/one", test_one);
  g_test_add_func ("/server/creations/without-job", test_without_job);
  g_test_add_func ("/server/creations/ids", test_ids);
  g_test_add_func ("/server/creations/trash", test_trash);
  g_test_add_func ("/server/creations/keys", test_keys);
  g_test_add_func ("/server/creations/key-costs", test_key_costs);
  g_test_add_func ("/server/creations/unknown-keys", test_unknown_keys);
  return g_test_run ();
}
