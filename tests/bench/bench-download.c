/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result of 1 GiB from a server on this computer, beside curl; and how long a call takes to reach the wire. */
#include "config.h"

#include "net/cs-download.h"

#include "cs-bench.h"
#include "cs-raw-server.h"
#include "cs-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE (G_GINT64_CONSTANT (1) << 30)
#define PIECE (1 << 20)
#define RUNS 3
#define N_CALLS 50
#define IDLE_SECONDS 5
#define PATIENCE 600 /* seconds */

/* The server: a process of its own, which gives the same bytes to everybody as fast as they are taken. */

static void
serve_one (int fd, const char *piece)
{
  char request[4096];
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: %" G_GINT64_FORMAT "\r\nETag: \"1\"\r\n\r\n", SIZE);

  if (read (fd, request, sizeof request) <= 0 || write (fd, head, strlen (head)) < 0)
    return;
  for (gint64 left = SIZE; left > 0;)
    {
      ssize_t sent = write (fd, piece, MIN (left, PIECE));

      if (sent <= 0)
        return;
      left -= sent;
    }
}

static void
serve (int listener)
{
  g_autofree char *piece = g_malloc (PIECE);

  signal (SIGPIPE, SIG_IGN);
  for (int i = 0; i < PIECE; i++)
    piece[i] = i * 7 >> 3;
  for (int fd; (fd = accept (listener, NULL, NULL)) >= 0; close (fd))
    serve_one (fd, piece);
}

static pid_t
start_server (guint16 *port)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  pid_t child;

  g_assert_true (g_socket_bind (socket, any, FALSE, NULL) && g_socket_listen (socket, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      fcntl (g_socket_get_fd (socket), F_SETFL, 0); /* GLib's sockets never block by themselves */
      serve (g_socket_get_fd (socket));
      _exit (0);
    }
  return child;
}

/* Us and curl */

typedef struct
{
  CsHttp *http;
  char *address;
  char *path;
  gboolean is_synced;
  gint64 last_turn;
  gint64 longest_turn; /* microseconds */
} Bench;

static gboolean
is_there_cb (gpointer user_data)
{
  GAsyncResult **result = user_data;

  return *result != NULL;
}

static gboolean
download (gpointer user_data)
{
  Bench *bench = user_data;
  CsDownload wish = { .address = bench->address, .path = bench->path, .allow_loopback = TRUE, .max_length = SIZE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_unlink (bench->path);
  cs_download_async (bench->http, &wish, NULL, NULL, NULL, cs_test_keep_result, &result);
  if (!cs_test_wait_seconds (is_there_cb, &result, PATIENCE) || !cs_download_finish (bench->http, result, &error))
    g_error ("The download failed: %s", error != NULL ? error->message : "it took too long");
  return TRUE;
}

static gboolean
curl (gpointer user_data)
{
  Bench *bench = user_data;
  const char *const fetch[] = { "curl", "-sf", "--noproxy", "*", "-o", bench->path, bench->address, NULL };
  const char *const sync[] = { "sync", bench->path, NULL };

  g_unlink (bench->path);
  return cs_bench_run (fetch) && (!bench->is_synced || cs_bench_run (sync));
}

static void
show_speed (Bench *bench, const char *name, const char *peer)
{
  g_autofree char *found = g_find_program_in_path ("curl");
  CsBenchFigure figure = { .name = name, .unit = "MiB/s", .goal = ">= 0.9 x curl", .peer = peer };
  double ours = cs_bench_median (download, bench, RUNS);
  double theirs = found != NULL ? cs_bench_median (curl, bench, RUNS) : 0;

  figure.value = SIZE / (1024.0 * 1024.0) / ours;
  figure.peer_value = theirs > 0 ? SIZE / (1024.0 * 1024.0) / theirs : 0;
  figure.ratio = theirs > 0 ? theirs / ours : 0;
  cs_bench_show (&figure);
}

/* Memory and the main loop */

static double
read_memory (const char *name)
{
  g_autofree char *status = NULL;
  const char *at;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  at = status != NULL ? strstr (status, name) : NULL;
  return at != NULL ? strtod (at + strlen (name), NULL) / 1024 : 0;
}

static void
count_peak_from_here (void)
{
  int fd = open ("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);

  if (fd < 0 || write (fd, "5", 1) != 1)
    g_printerr ("The peak of the memory counts from the beginning.\n");
  if (fd >= 0)
    close (fd);
}

static gboolean
turn_cb (gpointer user_data)
{
  Bench *bench = user_data;
  gint64 now = g_get_monotonic_time ();

  if (bench->last_turn > 0)
    bench->longest_turn = MAX (bench->longest_turn, now - bench->last_turn - 1000);
  bench->last_turn = now;
  return G_SOURCE_CONTINUE;
}

static gboolean
never_cb (gpointer user_data)
{
  return FALSE;
}

/* The longest time in ms that the main loop was kept from turning. On a busy machine that is long for an idle one too. */
static double
measure_block (Bench *bench, CsBenchWork work)
{
  guint beat = g_timeout_add_full (G_PRIORITY_HIGH, 1, turn_cb, bench, NULL);

  bench->last_turn = bench->longest_turn = 0;
  work (bench);
  g_source_remove (beat);
  return MAX (bench->longest_turn / 1000.0, 0.01);
}

static gboolean
idle (gpointer user_data)
{
  cs_test_wait_seconds (never_cb, NULL, IDLE_SECONDS);
  return TRUE;
}

static void
show_cost (Bench *bench)
{
  CsBenchFigure memory = { .name = "download-1gib-memory", .unit = "MiB more", .goal = "<= 16 MiB" };
  CsBenchFigure block
      = { .name = "download-1gib-longest-block", .unit = "ms", .goal = "<= 16 ms", .peer = "the loop when it is idle" };
  double before;

  count_peak_from_here ();
  before = read_memory ("VmRSS:");
  block.value = measure_block (bench, download);
  memory.value = MAX (read_memory ("VmHWM:") - before, 0.01);
  block.peer_value = measure_block (bench, idle);
  block.ratio = block.peer_value / block.value;
  cs_bench_show (&memory);
  cs_bench_show (&block);
}

/* To the wire */

static void
note_first_byte (CsRawConnection *connection, gpointer user_data)
{
  gint64 *arrived = user_data;
  char byte;

  if (g_input_stream_read (g_io_stream_get_input_stream (connection->stream), &byte, 1, NULL, NULL) == 1)
    *arrived = g_get_monotonic_time ();
  cs_raw_write (connection, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}

static void
keep_answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsHttpAnswer **answer = user_data;

  *answer = cs_http_call_finish (CS_HTTP (source), result);
}

static gboolean
has_answer_cb (gpointer user_data)
{
  CsHttpAnswer **answer = user_data;

  return *answer != NULL;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const gint64 *x = a;
  const gint64 *y = b;

  return (*x > *y) - (*x < *y);
}

static void
show_first_byte (CsHttp *http)
{
  CsBenchFigure figure = { .name = "http-call-to-first-byte", .unit = "ms" };
  gint64 arrived = 0;
  gint64 times[N_CALLS];
  g_autoptr (CsRawServer) server = cs_raw_server_new (note_first_byte, &arrived);
  g_autofree char *address = cs_raw_server_dup_address (server, "/");

  for (int i = 0; i < N_CALLS; i++)
    {
      CsHttpAnswer *answer = NULL;
      CsHttpCall *call = cs_http_call_new ("POST", address);
      gint64 start = g_get_monotonic_time ();

      call->is_paid = TRUE;
      cs_http_call_async (http, call, NULL, keep_answer_cb, &answer);
      g_assert_true (cs_test_wait (has_answer_cb, &answer));
      g_assert_true (cs_http_answer_is_good (answer));
      cs_http_answer_free (answer);
      times[i] = arrived - start;
    }
  qsort (times, N_CALLS, sizeof times[0], compare);
  figure.value = times[N_CALLS / 2] / 1000.0;
  cs_bench_show (&figure);
}

int
main (int argc, char **argv)
{
  guint16 port;
  pid_t server = start_server (&port);
  Bench bench = { 0 };

  bench.http = cs_http_new ();
  show_first_byte (bench.http); /* and all that the libraries do only once is done */
  bench.address = g_strdup_printf ("http://127.0.0.1:%d/film.mp4", port);
  bench.path = cs_bench_work_dir ("film.part");
  bench.is_synced = TRUE; /* what is not on the disk does not count */
  show_cost (&bench);
  show_speed (&bench, "download-1gib", "curl, then sync");
  g_unlink (bench.path);
  if (g_access ("/dev/shm", W_OK) == 0)
    {
      /* where nothing has to be synced: what the transfer itself costs */
      g_free (bench.path);
      bench.path = g_strdup_printf ("/dev/shm/creative-studio-bench-%d.part", (int) getpid ());
      bench.is_synced = FALSE;
      show_speed (&bench, "download-1gib-without-disk", "curl");
      g_unlink (bench.path);
    }
  g_free (bench.path);
  g_free (bench.address);
  g_object_unref (bench.http);
  kill (server, SIGTERM);
  waitpid (server, NULL, 0);
  return 0;
}
