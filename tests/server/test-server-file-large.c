/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large files over HTTP, in little memory: whole, in parts, and for readers who stop reading or hang up. */
#include "config.h"

#include "server-socket.h"
#include "server-studio.h"

#include <fcntl.h>
#include <unistd.h>

#define LARGE (G_GINT64_CONSTANT (300) * 1024 * 1024)
#define ROOM (24 * 1024 * 1024) /* bytes that this process may grow by while it serves a large file */

typedef struct
{
  ServerFixture *fixture;
  char *id;
  char *path; /* of the call */
} Scene;

static void
set_up (Scene *scene, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("", 0);

  scene->fixture = server_open (NULL);
  scene->id = server_add_creation (scene->fixture, bytes, NULL);
  scene->path = g_strdup_printf ("creations/%s/file", scene->id);
}

static void
tear_down (Scene *scene, gconstpointer data)
{
  server_close (scene->fixture);
  g_free (scene->id);
  g_free (scene->path);
}

static void
make_large (Scene *scene)
{
  g_autofree char *file = server_build_path (scene->fixture, scene->id);
  int descriptor = open (file, O_WRONLY);

  g_assert_cmpint (ftruncate (descriptor, LARGE), ==, 0);
  g_assert_cmpint (pwrite (descriptor, "end", 3, LARGE - 3), ==, 3);
  close (descriptor);
}

static GInputStream *
begin (Scene *scene)
{
  SoupSession *session = scene->fixture->session;
  g_autoptr (SoupMessage) message = server_message (scene->fixture, "GET", scene->path, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GInputStream *stream;

  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  stream = soup_session_send_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  return stream;
}

static gssize
read_some (GInputStream *stream, char *buffer, gsize size)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_input_stream_read_async (stream, buffer, size, G_PRIORITY_DEFAULT, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return g_input_stream_read_finish (stream, result, NULL);
}

static void
test_large (Scene *scene, gconstpointer data)
{
  g_autofree char *buffer = g_malloc (1024 * 1024);
  g_autoptr (GInputStream) stream = NULL;
  gint64 total = 0;
  gsize before = server_get_memory ();
  gsize most = before;
  char last = 0;
  gssize n;

  make_large (scene);
  stream = begin (scene);
  while ((n = read_some (stream, buffer, 1024 * 1024)) > 0)
    {
      total += n;
      most = MAX (most, server_get_memory ());
      last = buffer[n - 1];
    }
  g_assert_cmpint (total, ==, LARGE);
  g_assert_cmpint (last, ==, 'd');
  g_assert_cmpint (most - before, <, ROOM);
}

static void
test_large_tail (Scene *scene, gconstpointer data)
{
  g_autoptr (ServerAnswer) answer = NULL;

  make_large (scene);
  answer = server_ask (scene->fixture, "GET", scene->path, NULL, "Range", "bytes=-3", NULL);
  g_assert_cmpuint (answer->status, ==, 206);
  g_assert_cmpstr (answer->text, ==, "end");
  g_assert_cmpstr (server_answer_header (answer, "Content-Range"), ==, "bytes 314572797-314572799/314572800");
}

/* Whether this process still has the file open. */
static gboolean
is_let_go_cb (gpointer user_data)
{
  const char *file = user_data;
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);

      if (g_strcmp0 (target, file) == 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_held_cb (gpointer user_data)
{
  return !is_let_go_cb (user_data);
}

/* Many who ask and do not read cost a piece each, others are served meanwhile, and when they hang up nothing is left. */
static void
test_no_reader (Scene *scene, gconstpointer data)
{
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func ((GDestroyNotify) server_socket_free);
  g_autofree char *request = g_strdup_printf ("GET /api/studio/%s HTTP/1.1\r\nHost: localhost\r\n\r\n", scene->path);
  g_autofree char *file = server_build_path (scene->fixture, scene->id);
  gsize before = server_get_memory ();

  make_large (scene);
  for (guint i = 0; i < 20; i++)
    {
      g_ptr_array_add (sockets, server_socket_new (scene->fixture));
      server_socket_send (sockets->pdata[i], request);
    }
  cs_test_wait (is_held_cb, file);
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (ServerAnswer) answer = server_get (scene->fixture, "health");

      server_assert_json (answer, 200);
    }
  g_assert_cmpint (server_get_memory () - before, <, ROOM);
  g_assert_false (is_let_go_cb (file));
  g_ptr_array_set_size (sockets, 0);
  cs_test_wait (is_let_go_cb, file);
}

/* In the middle of it. */
static void
test_hang_up (Scene *scene, gconstpointer data)
{
  g_autofree char *buffer = g_malloc (4096);
  g_autofree char *file = server_build_path (scene->fixture, scene->id);

  make_large (scene);
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (GInputStream) stream = begin (scene);

      g_assert_cmpint (read_some (stream, buffer, 4096), >, 0);
      soup_session_abort (scene->fixture->session);
    }
  cs_test_wait (is_let_go_cb, file);
}

/* What was announced does not come: the connection says so, since nothing else can. */
static void
test_cut (Scene *scene, gconstpointer data)
{
  g_autofree char *buffer = g_malloc (1024 * 1024);
  g_autofree char *file = server_build_path (scene->fixture, scene->id);
  g_autoptr (GInputStream) stream = NULL;
  gint64 total = 0;
  gssize n;

  make_large (scene);
  stream = begin (scene);
  g_assert_cmpint (truncate (file, 100), ==, 0);
  while ((n = read_some (stream, buffer, 1024 * 1024)) > 0)
    total += n;
  g_assert_cmpint (total, <, LARGE);
  g_object_unref (g_steal_pointer (&stream));
  cs_test_wait (is_let_go_cb, file);
}

#define add(name, func) g_test_add ("/server/file/" name, Scene, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("large", test_large);
  add ("large-tail", test_large_tail);
  add ("no-reader", test_no_reader);
  add ("hang-up", test_hang_up);
  add ("cut", test_cut);
  return g_test_run ();
}
