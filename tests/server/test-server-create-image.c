/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture to begin from: of the library or as data, never a path or an address of the network. */
#include "config.h"

#include "server-scene.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

/* A PNG of one pixel, that a decoder takes; and one that begins alike. */
#define PIXEL "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
#define BROKEN "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
#define PLAIN "'user_prompt': 'A boat', 'user_id': 'u', 'screenwriter': false"

static char *
with_image (const char *image)
{
  return g_strdup_printf ("{" PLAIN ", 'image': '%s'}", image);
}

static char *
get_folder (ServerScene *scene)
{
  return cs_test_home_build (scene->server->home, "state/images");
}

static guint
count_files (ServerScene *scene)
{
  g_autofree char *folder = get_folder (scene);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static char *
dup_image (ServerScene *scene, ServerAnswer *answer)
{
  g_autoptr (CsJob) job = NULL;

  server_assert_json (answer, 200);
  job = server_scene_get_job (scene, server_answer_string (answer, "prediction_id"));
  return g_strdup (cs_job_get_facts (job)->brief->image);
}

/* Kept under its hash, for this user only, and sent to a provider that looks at it. */
static void
test_data (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("r");
  g_autofree char *body = with_image ("data:image/png;base64," PIXEL);
  g_autoptr (ServerAnswer) one = server_scene_make (scene, "generate-video", body);
  g_autoptr (ServerAnswer) two = server_scene_make (scene, "generate-video", body);
  g_autofree char *path = dup_image (scene, one);
  g_autofree char *same = dup_image (scene, two);
  g_autofree char *folder = get_folder (scene);
  g_autofree char *hash = NULL;
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GBytes) bytes = NULL;
  GStatBuf info;
  gsize length;
  guchar *decoded = g_base64_decode (PIXEL, &length);

  bytes = g_bytes_new_take (decoded, length);
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_assert_cmpstr (path, ==, same);
  g_assert_true (g_str_has_prefix (path, folder));
  g_assert_true (g_str_has_prefix (name, hash));
  g_assert_cmpuint (count_files (scene), ==, 1);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpuint (cs_fake_server_count (scene->fake, "replicate", "upload"), >=, 1);
  g_assert_null (strstr (one->text, folder));
}

static void
test_creation (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("");
  g_autoptr (ServerAnswer) made = server_scene_make (scene, "generate-image", "{" PLAIN "}");
  g_autoptr (ServerAnswer) done = server_scene_wait (scene, "image-status", server_answer_string (made, "prediction_id"));
  g_autofree char *body = with_image (server_answer_string (done, "prediction_id"));
  g_autoptr (ServerAnswer) answer = server_scene_make (scene, "generate-image", body);
  g_autofree char *path = dup_image (scene, answer);
  g_autofree char *folder = cs_test_home_build (scene->server->home, "creations");

  g_assert_true (g_str_has_prefix (path, folder));
  g_assert_cmpuint (count_files (scene), ==, 0);
}

static void
check (ServerScene *scene, const char *image)
{
  g_autofree char *body = with_image (image);
  g_autoptr (ServerAnswer) answer = server_scene_make (scene, "generate-video", body);

  g_test_message ("%.60s", image);
  server_assert_error (answer, 422, "invalid_value", "image");
  g_assert_null (strstr (answer->text, scene->server->home->path));
}

/* Of paths it is not even said whether there is something. */
static void
test_refused (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("");
  g_autoptr (ServerAnswer) video = server_scene_make (scene, "generate-presentation", "{'user_prompt': 'Tides', 'user_id': 'u', 'num_slides': 1}");
  g_autofree char *database = cs_test_home_build (scene->server->home, "studio.db");
  g_autofree char *address = g_strconcat ("file://", database, NULL);
  static const char *const images[] = {
    "", " ", "/etc/passwd", "picture.png", "../creations/x.png", "~/x.png",
    "http://127.0.0.1/x.png", "https://example.com/x.png", "01HZZZZZZZZZZZZZZZZZZZZZZZ",
    "data:", "data:image/png", "data:image/png;base64,", "data:image/png," PIXEL, "data:image/gif;base64," PIXEL,
    "data:image/svg+xml;base64,PHN2Zy8+", "data:text/html;base64,PGI+", "data:image/png;base64,AAAA", "data:image/png;base64,!!!!",
    "data:image/png;base64, " PIXEL, "data:image/png;base64," PIXEL "\\n", "data:image/png;base64," PIXEL "=", "data:image/png;base64," BROKEN,
    "data:image/png;base64,iVBORw0KGgo", "data:image/png;base64,iVBORw0KGgo=====", "data:image/png;charset=utf-8;base64," PIXEL,
    "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ==",
  };

  for (guint i = 0; i < G_N_ELEMENTS (images); i++)
    check (scene, images[i]);
  check (scene, database);
  check (scene, address);
  check (scene, server_answer_string (video, "creation_id")); /* is no picture */
  g_assert_cmpuint (count_files (scene), ==, 0);
  g_assert_cmpint (server_scene_query (scene, "SELECT count(*) FROM jobs WHERE kind = 'video'"), ==, 0);
}

/* Its creation is there, and its file is gone. */
static void
test_missing (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("");
  g_autoptr (ServerAnswer) made = server_scene_make (scene, "generate-image", "{" PLAIN "}");
  g_autoptr (ServerAnswer) done = server_scene_wait (scene, "image-status", server_answer_string (made, "prediction_id"));
  g_autofree char *folder = cs_test_home_build (scene->server->home, "creations");

  cs_test_remove_tree (folder);
  check (scene, server_answer_string (done, "prediction_id"));
}

static void
make_old (const char *path)
{
  struct utimbuf times = { 1000000000, 1000000000 };

  g_assert_cmpint (utime (path, &times), ==, 0);
}

/* Swept when no job needs it any more, and not before. */
static void
test_swept (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("r");
  g_autofree char *body = with_image ("data:image/png;base64," PIXEL);
  g_autoptr (ServerAnswer) answer = NULL;
  g_autoptr (ServerAnswer) done = NULL;
  g_autofree char *path = NULL;

  cs_fake_server_set_usual (scene->fake, "replicate", "create", "polls:30");
  answer = server_scene_make (scene, "generate-video", body);
  path = dup_image (scene, answer);
  make_old (path);
  g_setenv ("REPLICATE_API_TOKEN", "canary0123456789abcdef", TRUE);
  server_scene_reopen (scene);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  done = server_scene_wait (scene, "video-status", server_answer_string (answer, "prediction_id"));
  g_assert_cmpstr (server_answer_string (done, "status"), ==, "succeeded");
  server_scene_reopen (scene);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* A key that is not known: nothing is written, not even the picture. */
static void
test_unknown_key (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("");
  g_autoptr (ServerAnswer) answer = server_scene_make (scene, "generate-image", "{" PLAIN ", 'key_code': 'KEY-X', 'image': 'data:image/png;base64," PIXEL "'}");

  server_assert_error (answer, 402, "insufficient_credit", NULL);
  g_assert_cmpuint (count_files (scene), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/create-image/data", test_data);
  g_test_add_func ("/server/create-image/creation", test_creation);
  g_test_add_func ("/server/create-image/refused", test_refused);
  g_test_add_func ("/server/create-image/missing", test_missing);
  g_test_add_func ("/server/create-image/swept", test_swept);
  g_test_add_func ("/server/create-image/unknown-key", test_unknown_key);
  return g_test_run ();
}
