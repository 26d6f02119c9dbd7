/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of creations over HTTP: whole and in parts, known already, gone, and not ours to give. */
#include "config.h"

#include "server-socket.h"
#include "server-studio.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A scene: one creation with a file of 1,000 bytes, each of them another than its neighbours. */
typedef struct
{
  ServerFixture *fixture;
  GBytes *bytes;
  char *id;
  char *path; /* of the call */
  char *tag;
} Scene;

static GBytes *
make_bytes (gsize length)
{
  guint8 *data = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) (i * 7 + i / 251);
  return g_bytes_new_take (data, length);
}

static void
set_up (Scene *scene, gconstpointer data)
{
  g_autofree char *hash = NULL;

  scene->fixture = server_open (NULL);
  scene->bytes = make_bytes (1000);
  scene->id = server_add_creation (scene->fixture, scene->bytes, "title = 'Été; au bord'");
  scene->path = g_strdup_printf ("creations/%s/file", scene->id);
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, scene->bytes);
  scene->tag = g_strdup_printf ("\"%s\"", hash);
}

static void
tear_down (Scene *scene, gconstpointer data)
{
  server_close (scene->fixture);
  g_bytes_unref (scene->bytes);
  g_free (scene->id);
  g_free (scene->path);
  g_free (scene->tag);
}

static void
assert_part (Scene *scene, ServerAnswer *answer, gsize first, gsize length)
{
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (scene->bytes, first, length);
  g_autofree char *said = g_strdup_printf ("%" G_GSIZE_FORMAT, length);

  g_assert_cmpstr (server_answer_header (answer, "Content-Length"), ==, said);
  g_assert_true (g_bytes_equal (answer->body, part));
  g_assert_cmpstr (server_answer_header (answer, "ETag"), ==, scene->tag);
  g_assert_cmpstr (server_answer_header (answer, "Accept-Ranges"), ==, "bytes");
  g_assert_cmpstr (server_answer_header (answer, "Content-Type"), ==, "image/png");
  g_assert_cmpstr (server_answer_header (answer, "X-Content-Type-Options"), ==, "nosniff");
}

static void
test_whole (Scene *scene, gconstpointer data)
{
  g_autoptr (ServerAnswer) answer = server_get (scene->fixture, scene->path);
  g_autofree char *disposition = g_strdup_printf (
      "inline; filename=\"%s.png\"; filename*=UTF-8''%%C3%%89t%%C3%%A9%%3B%%20au%%20bord.png", scene->id);

  g_assert_cmpuint (answer->status, ==, 200);
  assert_part (scene, answer, 0, 1000);
  g_assert_null (server_answer_header (answer, "Content-Range"));
  g_assert_cmpstr (server_answer_header (answer, "Content-Disposition"), ==, disposition);
  g_assert_cmpstr (server_answer_header (answer, "Cache-Control"), ==, "private, no-cache");
  g_assert_null (server_answer_header (answer, "Content-Security-Policy"));
  g_assert_nonnull (server_answer_header (answer, "Last-Modified"));
}

static void
test_head (Scene *scene, gconstpointer data)
{
  g_autoptr (ServerAnswer) plain = server_ask (scene->fixture, "HEAD", scene->path, NULL, NULL);
  g_autoptr (ServerAnswer) part = server_ask (scene->fixture, "HEAD", scene->path, NULL, "Range", "bytes=0-9", NULL);
  g_autoptr (ServerAnswer) behind = server_ask (scene->fixture, "HEAD", scene->path, NULL, "Range", "bytes=5000-", NULL);
  ServerAnswer *const answers[] = { plain, part, behind }; /* parts are of GET alone */

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_assert_cmpuint (answers[i]->status, ==, 200);
      g_assert_cmpuint (g_bytes_get_size (answers[i]->body), ==, 0);
      g_assert_cmpstr (server_answer_header (answers[i], "Content-Length"), ==, "1000");
      g_assert_cmpstr (server_answer_header (answers[i], "ETag"), ==, scene->tag);
      g_assert_cmpstr (server_answer_header (answers[i], "Accept-Ranges"), ==, "bytes");
    }
}

static void
test_parts (Scene *scene, gconstpointer data)
{
  static const struct
  {
    const char *range;
    gsize first, last;
  } cases[] = {
    { "bytes=0-0", 0, 0 },
    { "bytes=0-999", 0, 999 },
    { "bytes=0-", 0, 999 },
    { "bytes=999-", 999, 999 },
    { "bytes=999-999", 999, 999 },
    { "bytes=500-1500", 500, 999 },
    { "bytes=999-99999999999999999999999", 999, 999 },
    { "bytes=-1", 999, 999 },
    { "bytes=-1000", 0, 999 },
    { "bytes=-5000", 0, 999 },
    { "bytes=-99999999999999999999999", 0, 999 },
    { "BYTES=10-19", 10, 19 },
    { "bytes= 10-19 ", 10, 19 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ServerAnswer) answer = server_ask (scene->fixture, "GET", scene->path, NULL, "Range", cases[i].range, NULL);
      g_autofree char *extent = g_strdup_printf ("bytes %d-%d/1000", (int) cases[i].first, (int) cases[i].last);

      g_test_message ("%s", cases[i].range);
      g_assert_cmpuint (answer->status, ==, 206);
      assert_part (scene, answer, cases[i].first, cases[i].last - cases[i].first + 1);
      g_assert_cmpstr (server_answer_header (answer, "Content-Range"), ==, extent);
    }
}

/* What is no range, or more than one, gets the whole. */
static void
test_passed_over (Scene *scene, gconstpointer data)
{
  static const char *const ranges[] = { "bytes=0-1,5-6", "bytes=-", "bytes=", "bytes", "bytes=5-2", "bytes=a-b", "bytes=--5",
                                        "bytes=1-2-3", "items=0-1", "bytes=0x1-5", "bytes 0-1", "0-1", "bytes=+1-2" };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autoptr (ServerAnswer) answer = server_ask (scene->fixture, "GET", scene->path, NULL, "Range", ranges[i], NULL);

      g_test_message ("%s", ranges[i]);
      g_assert_cmpuint (answer->status, ==, 200);
      assert_part (scene, answer, 0, 1000);
    }
}

static void
test_nowhere (Scene *scene, gconstpointer data)
{
  static const char *const ranges[] = { "bytes=1000-", "bytes=1000-1000", "bytes=99999999999999999999-", "bytes=-0" };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autoptr (ServerAnswer) answer = server_ask (scene->fixture, "GET", scene->path, NULL, "Range", ranges[i], NULL);

      g_test_message ("%s", ranges[i]);
      server_assert_error (answer, 416, "invalid_value", "Range");
      g_assert_cmpstr (server_answer_header (answer, "Content-Range"), ==, "bytes */1000");
    }
}

static void
test_if_range (Scene *scene, gconstpointer data)
{
  g_autofree char *weak = g_strconcat ("W/", scene->tag, NULL);
  g_autoptr (ServerAnswer) first = server_get (scene->fixture, scene->path);
  const char *date = server_answer_header (first, "Last-Modified");
  const struct
  {
    const char *condition;
    guint status;
  } cases[] = {
    { scene->tag, 206 }, { date, 206 }, { weak, 200 }, { "\"other\"", 200 }, { "Sun, 06 Nov 1994 08:49:37 GMT", 200 }, { "x", 200 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ServerAnswer) answer = server_ask (scene->fixture, "GET", scene->path, NULL, "Range", "bytes=0-9", "If-Range",
                                                    cases[i].condition, NULL);

      g_test_message ("%s", cases[i].condition);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      assert_part (scene, answer, 0, cases[i].status == 206 ? 10 : 1000);
    }
}

static void
test_known (Scene *scene, gconstpointer data)
{
  g_autofree char *weak = g_strconcat ("W/", scene->tag, NULL);
  g_autofree char *many = g_strconcat ("\"a\", ", scene->tag, ", \"b\"", NULL);
  const struct
  {
    const char *tags;
    guint status;
  } cases[] = { { scene->tag, 304 }, { weak, 304 }, { many, 304 }, { "*", 304 }, { "\"other\"", 200 }, { "x", 200 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ServerAnswer) answer
          = server_ask (scene->fixture, "GET", scene->path, NULL, "If-None-Match", cases[i].tags, "Range", "bytes=2000-", NULL);
      g_autoptr (ServerAnswer) head
          = server_ask (scene->fixture, "HEAD", scene->path, NULL, "If-None-Match", cases[i].tags, NULL);

      g_test_message ("%s", cases[i].tags);
      g_assert_cmpuint (answer->status, ==, cases[i].status == 304 ? 304 : 416);
      g_assert_cmpuint (head->status, ==, cases[i].status);
      g_assert_cmpstr (server_answer_header (head, "ETag"), ==, scene->tag);
      g_assert_cmpuint (g_bytes_get_size (head->body), ==, 0);
    }
}

static void
test_known_by_date (Scene *scene, gconstpointer data)
{
  g_autoptr (ServerAnswer) first = server_get (scene->fixture, scene->path);
  g_autoptr (ServerAnswer) same = server_ask (scene->fixture, "GET", scene->path, NULL, "If-Modified-Since",
                                              server_answer_header (first, "Last-Modified"), NULL);
  g_autoptr (ServerAnswer) older = server_ask (scene->fixture, "GET", scene->path, NULL, "If-Modified-Since",
                                               "Sun, 06 Nov 1994 08:49:37 GMT", NULL);
  g_autoptr (ServerAnswer) other = server_ask (scene->fixture, "GET", scene->path, NULL, "If-None-Match", "\"other\"",
                                               "If-Modified-Since", server_answer_header (first, "Last-Modified"), NULL);

  g_assert_cmpuint (same->status, ==, 304);
  g_assert_cmpuint (older->status, ==, 200);
  g_assert_cmpuint (other->status, ==, 200); /* the tag is the better word */
}

/* On one connection, one after the other: every answer ends where it says. */
static void
test_one_connection (Scene *scene, gconstpointer data)
{
  g_autoptr (ServerSocket) socket = server_socket_new (scene->fixture);
  static const char *const extras[] = { "", "Range: bytes=10-19\r\n", "Range: bytes=5000-\r\n", "If-None-Match: *\r\n", "" };
  static const guint statuses[] = { 200, 206, 416, 304, 200 };

  for (guint i = 0; i < G_N_ELEMENTS (extras); i++)
    {
      const char *method = i == 4 ? "HEAD" : "GET";
      g_autofree char *request = g_strdup_printf ("%s /api/studio/%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", method, scene->path,
                                                  extras[i]);
      g_autoptr (ServerAnswer) answer = NULL;

      server_socket_send (socket, request);
      answer = server_socket_read_to (socket, method);
      g_assert_cmpuint (answer->status, ==, statuses[i]);
    }
}

static void
test_download (Scene *scene, gconstpointer data)
{
  g_autofree char *path = g_strconcat (scene->path, "?download=1", NULL);
  g_autoptr (ServerAnswer) answer = server_get (scene->fixture, path);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_true (g_str_has_prefix (server_answer_header (answer, "Content-Disposition"), "attachment; "));
  assert_part (scene, answer, 0, 1000);
}

/* In the trash a file stays where it is. */
static void
test_trashed (Scene *scene, gconstpointer data)
{
  g_autoptr (ServerAnswer) answer = NULL;

  server_exec (scene->fixture, "UPDATE creations SET trashed_at = 7");
  answer = server_get (scene->fixture, scene->path);
  g_assert_cmpuint (answer->status, ==, 200);
}

static void
test_empty (Scene *scene, gconstpointer data)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autofree char *id = server_add_creation (scene->fixture, nothing, NULL);
  g_autofree char *path = g_strdup_printf ("creations/%s/file", id);
  g_autoptr (ServerAnswer) whole = server_get (scene->fixture, path);
  g_autoptr (ServerAnswer) part = server_ask (scene->fixture, "GET", path, NULL, "Range", "bytes=0-", NULL);

  g_assert_cmpuint (whole->status, ==, 200);
  g_assert_cmpstr (server_answer_header (whole, "Content-Length"), ==, "0");
  server_assert_error (part, 416, "invalid_value", "Range");
  g_assert_cmpstr (server_answer_header (part, "Content-Range"), ==, "bytes */0");
}

static void
assert_gone (Scene *scene)
{
  g_autoptr (ServerAnswer) answer = server_ask (scene->fixture, "GET", scene->path, NULL, "Accept-Language", "en", NULL);

  server_assert_error (answer, 404, "not_found", NULL);
  g_assert_cmpstr (server_answer_string (answer, "detail"), ==, "The file of this creation is gone from the disk.");
  g_assert_null (strstr (answer->text, scene->fixture->home->path));
}

static void
test_gone (Scene *scene, gconstpointer data)
{
  g_autofree char *file = server_build_path (scene->fixture, scene->id);

  g_remove (file);
  assert_gone (scene);
  g_assert_cmpint (g_mkdir (file, 0700), ==, 0);
  assert_gone (scene);
  g_rmdir (file);
  g_assert_cmpint (mkfifo (file, 0600), ==, 0); /* which nobody writes into */
  assert_gone (scene);
}

/* A row that somebody tampered with leads nowhere: neither by its name nor by a link. */
static void
test_outside (Scene *scene, gconstpointer data)
{
  static const char *const names[] = { "../studio.db", "/etc/passwd", "..", ".", "", "a/../../studio.db" };
  g_autofree char *link = server_build_path (scene->fixture, scene->id);

  g_remove (link);
  g_assert_cmpint (symlink ("../studio.db", link), ==, 0);
  assert_gone (scene);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s", names[i]);
      server_exec (scene->fixture, "UPDATE creations SET file = '%s'", names[i]);
      assert_gone (scene);
    }
}

/* Nor does it bring headers of its own. */
static void
test_bad_row (Scene *scene, gconstpointer data)
{
  g_autoptr (ServerAnswer) answer = NULL;

  server_exec (scene->fixture, "UPDATE creations SET mime_type = 'text/html' || char (13, 10) || 'X-Evil: 1', title = 'a\"' ||"
                               " char (13, 10) || 'X-Evil: 1', sha256 = 'x' || char (13, 10) || 'X-Evil: 1'");
  answer = server_get (scene->fixture, scene->path);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (server_answer_header (answer, "Content-Type"), ==, "application/octet-stream");
  g_assert_null (server_answer_header (answer, "X-Evil"));
}

static void
test_deck (Scene *scene, gconstpointer data)
{
  g_autofree char *markdown = g_strconcat ("creations/", scene->id, "/markdown", NULL);
  g_autofree char *thumbnail = g_strconcat ("creations/", scene->id, "/thumbnail", NULL);
  g_autoptr (ServerAnswer) file = NULL;
  g_autoptr (ServerAnswer) text = NULL;
  g_autoptr (ServerAnswer) none = NULL;

  server_exec (scene->fixture, "UPDATE creations SET kind = 'deck', mime_type = 'text/html', markdown_file = file");
  file = server_get (scene->fixture, scene->path);
  g_assert_cmpuint (file->status, ==, 200);
  g_assert_cmpstr (server_answer_header (file, "Content-Type"), ==, "text/html; charset=utf-8");
  g_assert_cmpstr (server_answer_header (file, "Content-Security-Policy"), ==, "sandbox allow-scripts");
  text = server_get (scene->fixture, markdown);
  g_assert_cmpuint (text->status, ==, 200);
  g_assert_cmpstr (server_answer_header (text, "Content-Type"), ==, "text/markdown; charset=utf-8");
  none = server_get (scene->fixture, thumbnail);
  server_assert_error (none, 404, "not_found", NULL);
}

static void
test_thumbnail (Scene *scene, gconstpointer data)
{
  CsPaths *paths = cs_engine_get_paths (scene->fixture->engine);
  g_autofree char *path = g_strconcat ("creations/", scene->id, "/thumbnail", NULL);
  g_autofree char *file = g_build_filename (cs_paths_get_thumbnails (paths), "t.png", NULL);
  g_autoptr (ServerAnswer) none = server_get (scene->fixture, path);
  g_autoptr (ServerAnswer) some = NULL;
  g_autoptr (ServerAnswer) known = NULL;
  g_autoptr (ServerAnswer) markdown = NULL;

  server_assert_error (none, 404, "not_found", NULL);
  g_assert_true (g_file_set_contents (file, "small", -1, NULL));
  server_exec (scene->fixture, "UPDATE creations SET thumbnail = 't.png'");
  some = server_get (scene->fixture, path);
  g_assert_cmpuint (some->status, ==, 200);
  g_assert_cmpstr (some->text, ==, "small");
  g_assert_cmpstr (server_answer_header (some, "Content-Type"), ==, "image/png");
  known = server_ask (scene->fixture, "GET", path, NULL, "If-None-Match", server_answer_header (some, "ETag"), NULL);
  g_assert_cmpuint (known->status, ==, 304);
}

#define add(name, func) g_test_add ("/server/file/" name, Scene, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("whole", test_whole);
  add ("head", test_head);
  add ("parts", test_parts);
  add ("passed-over", test_passed_over);
  add ("nowhere", test_nowhere);
  add ("if-range", test_if_range);
  add ("known", test_known);
  add ("known-by-date", test_known_by_date);
  add ("one-connection", test_one_connection);
  add ("download", test_download);
  add ("trashed", test_trashed);
  add ("empty", test_empty);
  add ("gone", test_gone);
  add ("outside", test_outside);
  add ("bad-row", test_bad_row);
  add ("deck", test_deck);
  add ("thumbnail", test_thumbnail);
  return g_test_run ();
}
