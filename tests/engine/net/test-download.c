/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 4. It never loses a result: the right bytes or a clear word, whatever the server and the net do. */
#include "config.h"
#include "core/cs-error.h"
#include "core/cs-file.h"
#include "net/cs-download-private.h"
#include "tests/support/test-disk.h"

#include "net-support.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define SIZE (3 * 1024 * 1024 + 17)
#define ETAG "ETag: \"one\"\r\n"

static const CsDownloadLimits hasty = {
  .answer_timeout = G_USEC_PER_SEC,
  .idle_timeout = G_USEC_PER_SEC / 2,
  .drip_time = G_USEC_PER_SEC / 3,
  .drip_length = 1000,
  .max_resumes = 30,
  .max_failures = 4,
};

/* What a server has, and how it behaves. Its numbers are used up by its connections. */
typedef struct
{
  const guint8 *data;
  gsize length;
  const char *headers;  /* sent with every 2xx answer */
  gboolean has_ranges;
  gboolean is_silent_about_length;
  gboolean is_chunked;
  gint n_cuts;          /* so many answers are cut in the middle of what they should bring */
  gboolean cuts_reset;
  gint64 lie;           /* added to the length that is promised */
  const char *first;    /* (nullable) the whole answer to the first request */
  gint n_firsts;        /* ... or to so many of them */
  gboolean waits;       /* after a third of what it should bring it waits for ever */
  gint drip;            /* milliseconds between two bytes; 0: no drip */
  gint n_ranges;        /* out: how many requests had a Range */
  gint n_key_headers;   /* out: how many requests had what only the provider itself may see */
} Source;

static guint8 *film;

static void
make_film (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  film = g_malloc (SIZE);
  for (gsize i = 0; i < SIZE; i++)
    film[i] = g_rand_int (random);
  memcpy (film, "\x89PNG\r\n\x1a\n", 8);
}

static goffset
get_start (Source *source, const char *request)
{
  const char *range = strstr (request, "\r\nRange: bytes=");
  const char *tag = strstr (request, "\r\nIf-Range: ");
  g_autofree char *expected = g_strdup_printf ("\r\nIf-Range: %s", source->headers + strlen ("ETag: "));

  if (strstr (request, "uthorization") != NULL || strstr (request, "pi-key") != NULL || strstr (request, "ookie:") != NULL)
    g_atomic_int_inc (&source->n_key_headers);
  if (range == NULL)
    return 0;
  g_atomic_int_inc (&source->n_ranges);
  g_assert_nonnull (tag);
  if (!source->has_ranges || !g_str_has_prefix (tag, expected))
    return 0;
  return g_ascii_strtoll (range + strlen ("\r\nRange: bytes="), NULL, 10);
}

static void
write_head (CsRawConnection *connection, Source *source, goffset start)
{
  g_autoptr (GString) head = g_string_new (start > 0 ? "HTTP/1.1 206 Partial Content\r\n" : "HTTP/1.1 200 OK\r\n");

  g_string_append (head, source->headers);
  if (source->is_chunked)
    g_string_append (head, "Transfer-Encoding: chunked\r\n");
  else if (!source->is_silent_about_length)
    g_string_append_printf (head, "Content-Length: %" G_GINT64_FORMAT "\r\n", (gint64) (source->length - start) + source->lie);
  if (start > 0)
    g_string_append_printf (head, "Content-Range: bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "\r\n",
                            (gint64) start, (gint64) source->length + source->lie - 1, (gint64) source->length + source->lie);
  g_string_append (head, "\r\n");
  cs_raw_write (connection, head->str);
}

static void
write_body (CsRawConnection *connection, Source *source, goffset start, gsize length)
{
  g_autofree char *chunk = g_strdup_printf ("%zx\r\n", length);

  if (source->is_chunked)
    cs_raw_write (connection, chunk);
  for (gsize i = 0; source->drip > 0 && i < length && cs_raw_write_data (connection, source->data + start + i, 1); i++)
    cs_raw_wait (connection, source->drip);
  if (source->drip == 0)
    cs_raw_write_data (connection, source->data + start, length);
  if (source->is_chunked)
    cs_raw_write (connection, "\r\n");
}

static void
serve (CsRawConnection *connection, gpointer user_data)
{
  Source *source = user_data;
  g_autofree char *request = cs_raw_read (connection);
  goffset start;
  gsize length;

  if (request == NULL)
    return;
  if (g_atomic_int_add (&source->n_firsts, -1) > 0)
    {
      cs_raw_write (connection, source->first);
      return;
    }
  start = get_start (source, request);
  if (start > 0 && start >= (goffset) source->length)
    {
      g_autofree char *head = g_strdup_printf (
          "HTTP/1.1 416 X\r\nContent-Range: bytes */%" G_GSIZE_FORMAT "\r\nContent-Length: 0\r\n\r\n", source->length);

      cs_raw_write (connection, head);
      return;
    }
  length = source->length - start;
  write_head (connection, source, start);
  if (g_atomic_int_add (&source->n_cuts, -1) > 0)
    {
      write_body (connection, source, start, length / 2);
      if (source->cuts_reset)
        {
          cs_raw_wait (connection, 50); /* else the reset overtakes the bytes */
          cs_raw_reset (connection);
        }
      return;
    }
  if (source->waits)
    {
      write_body (connection, source, start, length / 3);
      cs_raw_wait_for_close (connection);
      return;
    }
  write_body (connection, source, start, length);
  if (source->is_chunked)
    cs_raw_write (connection, "0\r\n\r\n");
}

/* A folder, a client, and a file that is to be. */
typedef struct
{
  char *folder;
  char *path;
  char *part;
  char *note;
  CsHttp *http;
  CsRawServer *server; /* (nullable) that of the source which was fetched from last */
  Source *source;
  double progress;
  gboolean is_backwards;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cs-download-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "01ARZ3NDEKTSV4RRFFQ69G5FAV-1.part", NULL);
  fixture->part = g_build_filename (fixture->folder, "01ARZ3NDEKTSV4RRFFQ69G5FAV-1.download", NULL);
  fixture->note = g_strconcat (fixture->part, ".json", NULL);
  fixture->http = cs_http_new ();
  _cs_download_set_limits (&hasty);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  _cs_download_set_limits (NULL);
  g_assert_cmpuint (cs_http_get_n_in_flight (fixture->http), ==, 0);
  g_clear_pointer (&fixture->server, cs_raw_server_free);
  g_object_unref (fixture->http);
  if (g_test_subprocess ())
    umount2 (fixture->folder, MNT_DETACH);
  cs_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->part);
  g_free (fixture->note);
}

static void
progress_cb (double share, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpfloat (share, >=, 0);
  g_assert_cmpfloat (share, <=, 1);
  fixture->is_backwards |= share < fixture->progress;
  fixture->progress = share;
}

static gboolean
fetch_at (Fixture *fixture, const char *address, gboolean allow_loopback, GCancellable *cancellable, GError **error)
{
  CsDownload download = { .address = address, .path = fixture->path, .allow_loopback = allow_loopback, .max_length = SIZE * 2 };
  g_autoptr (GAsyncResult) result = NULL;

  cs_download_async (fixture->http, &download, progress_cb, fixture, cancellable, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_download_finish (fixture->http, result, error);
}

static gboolean
fetch (Fixture *fixture, CsRawServer *server, GError **error)
{
  g_autofree char *address = cs_raw_server_dup_address (server, "/a.png?signature=secret");

  return fetch_at (fixture, address, TRUE, NULL, error);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
assert_here (Fixture *fixture, const guint8 *data, gsize length)
{
  g_autofree char *expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);
  g_autoptr (GError) error = NULL;
  g_autofree char *actual = NULL;
  goffset size = 0;
  struct stat info;

  actual = cs_file_hash (fixture->path, &size, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (size, ==, length);
  g_assert_cmpstr (actual, ==, expected);
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

/* The same source stays under the same address. */
static CsRawServer *
get_server (Fixture *fixture, Source *source)
{
  if (fixture->source != source)
    g_clear_pointer (&fixture->server, cs_raw_server_free);
  if (fixture->server == NULL)
    fixture->server = cs_raw_server_new (serve, source);
  fixture->source = source;
  return fixture->server;
}

static void
assert_fetches (Fixture *fixture, Source *source)
{
  g_autoptr (GError) error = NULL;

  fetch (fixture, get_server (fixture, source), &error);
  g_assert_no_error (error);
  assert_here (fixture, source->data, source->length);
  g_assert_cmpint (source->n_key_headers, ==, 0);
}

/* What is left: nothing, or a part for the next time. */
static void
assert_fails (Fixture *fixture, Source *source, int code, gboolean keeps_part)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (fetch (fixture, get_server (fixture, source), &error));
  g_assert_error (error, CS_ERROR, code);
  g_assert_null (strstr (error->message, "secret"));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_file_test (fixture->part, G_FILE_TEST_EXISTS), ==, keeps_part);
  if (!keeps_part)
    g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

static void
test_whole (Fixture *fixture, gconstpointer data)
{
  Source source = { .data = film, .length = SIZE, .headers = ETAG };
  g_autoptr (CsRawServer) server = cs_raw_server_new (serve, &source);
  g_autoptr (GError) error = NULL;
  g_autofree char *request = NULL;

  g_assert_true (fetch (fixture, server, &error));
  g_assert_no_error (error);
  assert_here (fixture, film, SIZE);
  g_assert_cmpfloat (fixture->progress, ==, 1);
  g_assert_false (fixture->is_backwards);
  request = cs_raw_server_dup_request (server, 0);
  g_assert_true (g_str_has_prefix (request, "GET /a.png?signature=secret HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request, "\r\nAccept-Encoding: identity\r\n"));
  g_assert_null (strstr (request, "\r\nRange"));

  g_assert_true (fetch (fixture, server, &error)); /* a run that was killed right then does it once more */
  assert_here (fixture, film, SIZE);
}

static void
test_small (Fixture *fixture, gconstpointer data)
{
  Source source = { .data = film, .length = 9, .headers = "" };

  assert_fetches (fixture, &source);
}

static void
test_unknown_length (Fixture *fixture, gconstpointer data)
{
  Source open_end = { .data = film, .length = SIZE, .headers = ETAG, .is_silent_about_length = TRUE };
  Source chunked = { .data = film, .length = SIZE, .headers = "Connection: close\r\n", .is_chunked = TRUE };

  assert_fetches (fixture, &open_end);
  g_assert_cmpfloat (fixture->progress, ==, 1);
  assert_fetches (fixture, &chunked);
}

/* The library takes a cut between two chunks for the end; we do not, unless it ends there twice. */
static void
test_cut_between_chunks (Fixture *fixture, gconstpointer data)
{
  Source cut = { .data = film, .length = SIZE, .headers = "", .is_chunked = TRUE, .n_cuts = 1 };
  Source impolite = { .data = film, .length = SIZE, .headers = "", .is_chunked = TRUE };
  g_autoptr (CsRawServer) server = cs_raw_server_new (serve, &cut);
  g_autoptr (GError) error = NULL;

  fetch (fixture, server, &error);
  g_assert_no_error (error);
  assert_here (fixture, film, SIZE);
  assert_fetches (fixture, &impolite);
}

static void
test_cut_and_resume (Fixture *fixture, gconstpointer data)
{
  Source ended = { .data = film, .length = SIZE, .headers = ETAG, .has_ranges = TRUE, .n_cuts = 4 };
  Source reset = { .data = film, .length = SIZE, .headers = ETAG, .has_ranges = TRUE, .n_cuts = 3, .cuts_reset = TRUE };

  assert_fetches (fixture, &ended);
  g_assert_cmpint (ended.n_ranges, ==, 4);
  g_assert_false (fixture->is_backwards);
  assert_fetches (fixture, &reset);
  g_assert_cmpint (reset.n_ranges, >=, 1);
}

/* Without ranges, and without anything that proves that it is the same file, there is only the beginning. */
static void
test_cut_and_begin_anew (Fixture *fixture, gconstpointer data)
{
  Source no_ranges = { .data = film, .length = SIZE, .headers = ETAG, .n_cuts = 2 };
  Source weak = { .data = film, .length = SIZE, .headers = "ETag: W/\"one\"\r\n", .has_ranges = TRUE, .n_cuts = 2 };
  Source no_tag = { .data = film, .length = SIZE, .headers = "", .has_ranges = TRUE, .n_cuts = 2 };

  assert_fetches (fixture, &no_ranges);
  assert_fetches (fixture, &weak);
  g_assert_cmpint (weak.n_ranges, ==, 0);
  assert_fetches (fixture, &no_tag);
  g_assert_cmpint (no_tag.n_ranges, ==, 0);
}

static gboolean
has_part_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->progress > 0.2;
}

/* Begins, and cancels when a third of it is here. */
static void
fetch_a_third (Fixture *fixture, const char *address)
{
  CsDownload download = { .address = address, .path = fixture->path, .allow_loopback = TRUE, .max_length = SIZE };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->progress = 0;
  cs_download_async (fixture->http, &download, progress_cb, fixture, cancellable, cs_test_keep_result, &result);
  g_assert_true (cs_test_wait (has_part_cb, fixture));
  g_cancellable_cancel (cancellable);
  cs_test_wait_result (&result);
  g_assert_false (cs_download_finish (fixture->http, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_test (fixture->part, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fixture->note, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (fixture->folder), ==, 2);
}

static void
test_cancel_and_resume (Fixture *fixture, gconstpointer data)
{
  Source source = { .data = film, .length = SIZE, .headers = ETAG, .has_ranges = TRUE, .waits = TRUE };
  g_autoptr (CsRawServer) server = cs_raw_server_new (serve, &source);
  g_autofree char *address = cs_raw_server_dup_address (server, "/a.png?signature=secret");
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;

  fetch_a_third (fixture, address);
  note = cs_file_read (fixture->note, 4096, NULL, NULL);
  g_assert_null (strstr (note, "secret"));
  source.waits = FALSE;
  g_assert_true (fetch (fixture, server, &error));
  g_assert_no_error (error);
  g_assert_cmpint (source.n_ranges, ==, 1);
  assert_here (fixture, film, SIZE);
}

/* Another file has appeared under that address in the meantime. */
static void
test_changed (Fixture *fixture, gconstpointer data)
{
  g_autofree guint8 *other = g_memdup2 (film, SIZE);
  Source source = { .data = film, .length = SIZE, .headers = ETAG, .has_ranges = TRUE, .waits = TRUE };
  g_autoptr (CsRawServer) server = cs_raw_server_new (serve, &source);
  g_autofree char *address = cs_raw_server_dup_address (server, "/a.png?signature=secret");
  g_autoptr (GError) error = NULL;

  for (gsize i = 8; i < SIZE; i++)
    other[i] ^= 0x55;
  fetch_a_third (fixture, address);
  source.waits = FALSE;
  source.data = other;
  source.headers = "ETag: \"two\"\r\n";
  g_assert_true (fetch (fixture, server, &error));
  g_assert_no_error (error);
  g_assert_cmpint (source.n_ranges, ==, 1);
  assert_here (fixture, other, SIZE);
}

/* A server that takes If-Range for nothing: its 206 is of another version, or of another place. */
static void
assert_restarts (Fixture *fixture, const char *first)
{
  Source source = { .data = film, .length = SIZE, .headers = ETAG, .has_ranges = TRUE, .waits = TRUE };
  g_autoptr (CsRawServer) server = cs_raw_server_new (serve, &source);
  g_autofree char *address = cs_raw_server_dup_address (server, "/a.png?signature=secret");
  g_autoptr (GError) error = NULL;

  fetch_a_third (fixture, address);
  source.waits = FALSE;
  source.first = first;
  source.n_firsts = 1;
  g_assert_true (fetch (fixture, server, &error));
  g_assert_no_error (error);
  assert_here (fixture, film, SIZE);
  g_assert_cmpuint (cs_raw_server_count_requests (server), ==, 3);
  g_unlink (fixture->path);
}

static void
test_wrong_range (Fixture *fixture, gconstpointer data)
{
  assert_restarts (fixture, "HTTP/1.1 206 X\r\nETag: \"one\"\r\nContent-Range: bytes 5-9/10\r\nContent-Length: 5\r\n\r\nabcde");
  assert_restarts (fixture, "HTTP/1.1 206 X\r\nETag: \"one\"\r\nContent-Length: 5\r\n\r\nabcde");
  assert_restarts (fixture, "HTTP/1.1 416 X\r\nContent-Range: bytes */10\r\nContent-Length: 0\r\n\r\n");
}

static void
test_other_version (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = g_strdup_printf ("HTTP/1.1 206 X\r\nETag: \"two\"\r\nContent-Range: bytes %d-%d/%d\r\nContent-Length: %d\r\n\r\n",
                                            SIZE / 3, SIZE - 1, SIZE, SIZE - SIZE / 3);

  assert_restarts (fixture, first);
}

/* All of it is here, but it was killed before the file got its name. */
static void
test_whole_part (Fixture *fixture, gconstpointer data)
{
  Source source = { .data = film, .length = SIZE, .headers = ETAG, .has_ranges = TRUE, .waits = TRUE };
  g_autoptr (CsRawServer) server = cs_raw_server_new (serve, &source);
  g_autofree char *address = cs_raw_server_dup_address (server, "/a.png?signature=secret");
  g_autoptr (GError) error = NULL;

  fetch_a_third (fixture, address);
  g_assert_true (cs_file_write (fixture->part, film, SIZE, TRUE, &error));
  g_assert_true (fetch (fixture, server, &error));
  g_assert_no_error (error);
  assert_here (fixture, film, SIZE);
  g_assert_cmpuint (cs_raw_server_count_requests (server), ==, 1);
}

/* What lies there is not a part of this file, or nobody knows what it is. */
static void
test_foreign_part (Fixture *fixture, gconstpointer data)
{
  Source source = { .data = film, .length = SIZE, .headers = ETAG, .has_ranges = TRUE };
  g_autoptr (GError) error = NULL;

  cs_file_write (fixture->part, "something else", 14, TRUE, &error);
  assert_fetches (fixture, &source);
  cs_file_write (fixture->part, "something else", 14, TRUE, &error);
  cs_file_write (fixture->note, "{\"address\": 7", 13, TRUE, &error);
  assert_fetches (fixture, &source);
  g_assert_no_error (error);
  g_assert_cmpint (source.n_ranges, ==, 0);
}

/* A kill in the middle, for real. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  Source source = { .data = film, .length = SIZE, .headers = ETAG, .has_ranges = TRUE, .waits = TRUE };
  g_autoptr (CsRawServer) server = cs_raw_server_new (serve, &source);
  g_autofree char *address = cs_raw_server_dup_address (server, "/a.png?signature=secret");
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;
  struct stat info = { 0 };
  gint64 deadline = g_get_monotonic_time () + CS_TEST_PATIENCE * G_USEC_PER_SEC;

  g_subprocess_launcher_setenv (launcher, "CS_TEST_FETCH", address, TRUE);
  g_subprocess_launcher_setenv (launcher, "CS_TEST_PATH", fixture->path, TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, "/proc/self/exe", NULL);
  g_assert_no_error (error);
  while ((stat (fixture->part, &info) != 0 || info.st_size < SIZE / 4) && g_get_monotonic_time () < deadline)
    g_usleep (1000);
  g_assert_cmpint (info.st_size, >=, SIZE / 4);
  g_subprocess_force_exit (child);
  g_assert_true (g_subprocess_wait (child, NULL, &error));

  source.waits = FALSE;
  g_assert_true (fetch (fixture, server, &error));
  g_assert_no_error (error);
  g_assert_cmpint (source.n_ranges, ==, 1);
  assert_here (fixture, film, SIZE);
}

/* The child of the test above. */
static int
fetch_until_killed (const char *address, const char *path)
{
  CsDownload download = { .address = address, .path = path, .allow_loopback = TRUE, .max_length = SIZE };
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (GAsyncResult) result = NULL;

  cs_download_async (http, &download, NULL, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_download_finish (http, result, NULL) ? 0 : 1;
}

/* More or less than was said */

static void
test_wrong_length (Fixture *fixture, gconstpointer data)
{
  Source less = { .data = film, .length = SIZE, .headers = ETAG, .lie = 100 };
  Source less_with_ranges = { .data = film, .length = SIZE, .headers = ETAG, .lie = 100, .has_ranges = TRUE };
  Source empty = { .data = film, .length = 0, .headers = ETAG };
  Source nothing = { .data = film, .length = 0, .headers = ETAG, .is_silent_about_length = TRUE };

  assert_fails (fixture, &less, CS_ERROR_DAMAGED, FALSE);
  assert_fails (fixture, &less_with_ranges, CS_ERROR_DAMAGED, FALSE);
  assert_fails (fixture, &empty, CS_ERROR_DAMAGED, FALSE);
  assert_fails (fixture, &nothing, CS_ERROR_DAMAGED, FALSE);
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  Source said = { .data = film, .length = SIZE, .headers = ETAG, .lie = SIZE * 2 };
  g_autofree guint8 *huge = g_malloc0 (SIZE * 2 + 10);
  Source unsaid = { .data = huge, .length = SIZE * 2 + 10, .headers = ETAG, .is_silent_about_length = TRUE };

  assert_fails (fixture, &said, CS_ERROR_TOO_LARGE, FALSE);
  assert_fails (fixture, &unsaid, CS_ERROR_TOO_LARGE, FALSE);
}

static void
test_no_film (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "<!DOCTYPE html><html>Error</html>", "\r\n  <svg/>", "{\"detail\": \"gone\"}", "[1]",
                                       "Sorry.", "This result has expired, and it is not coming back; please ask again later on." };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      Source source = { .data = (const guint8 *) texts[i], .length = strlen (texts[i]), .headers = "Content-Type: video/mp4\r\n" };

      assert_fails (fixture, &source, CS_ERROR_BAD_RESPONSE, FALSE);
    }
}

/* Refusals */

typedef struct
{
  const char *answer;
  int code;
} Refusal;

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { "HTTP/1.1 401 X\r\nContent-Length: 0\r\n\r\n", CS_ERROR_NOT_FOUND },
    { "HTTP/1.1 403 X\r\nContent-Length: 0\r\n\r\n", CS_ERROR_NOT_FOUND },
    { "HTTP/1.1 404 X\r\nContent-Length: 9\r\n\r\ncut", CS_ERROR_NOT_FOUND },
    { "HTTP/1.1 410 X\r\nContent-Length: 0\r\n\r\n", CS_ERROR_NOT_FOUND },
    { "HTTP/1.1 400 X\r\nContent-Length: 0\r\n\r\n", CS_ERROR_BAD_RESPONSE },
    { "HTTP/1.1 416 X\r\nContent-Length: 0\r\n\r\n", CS_ERROR_DAMAGED },
    { "HTTP/1.1 429 X\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n", CS_ERROR_RATE_LIMITED },
    { "HTTP/1.1 503 X\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n", CS_ERROR_UNAVAILABLE },
    { "HTTP/1.1 302 X\r\nContent-Length: 0\r\n\r\n", CS_ERROR_BAD_RESPONSE },
    { "HTTP/1.1 302 X\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n", CS_ERROR_BAD_RESPONSE },
    { "HTTP/1.1 302 X\r\nLocation: data:,x\r\nContent-Length: 0\r\n\r\n", CS_ERROR_BAD_RESPONSE },
    { "HTTP/1.1 307 X\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n", CS_ERROR_BAD_RESPONSE },
    { "HTTP/1.1 301 X\r\nLocation: https://169.254.169.254/\r\nContent-Length: 0\r\n\r\n", CS_ERROR_BAD_RESPONSE },
    { "HTTP/1.1 308 X\r\nLocation: http://example.com/\r\nContent-Length: 0\r\n\r\n", CS_ERROR_BAD_RESPONSE },
    { "HTTP/1.1 302 X\r\nLocation: //user:pw@127.0.0.1/\r\nContent-Length: 0\r\n\r\n", CS_ERROR_BAD_RESPONSE },
    { "HTTP/1.1 302 X\r\nLocation: /a.png\r\nContent-Length: 0\r\n\r\n", CS_ERROR_BAD_RESPONSE }, /* round and round */
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      Source source = { .first = refusals[i].answer, .n_firsts = 1000, .headers = ETAG };

      g_test_message ("%.12s", refusals[i].answer);
      assert_fails (fixture, &source, refusals[i].code, FALSE);
    }
}

static void
test_trouble_that_passes (Fixture *fixture, gconstpointer data)
{
  static const char *const troubles[] = { "HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 500 X\r\nContent-Length: 9\r\n\r\ncut",
                                          "HTTP/1.1 429 X\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n", "" };

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      Source source = { .data = film, .length = SIZE, .headers = ETAG, .first = troubles[i], .n_firsts = 1 };

      assert_fetches (fixture, &source);
    }
}

static void
test_redirect (Fixture *fixture, gconstpointer data)
{
  Source source = { .data = film, .length = SIZE, .headers = ETAG, .has_ranges = TRUE, .n_cuts = 1, .n_firsts = 5,
                    .first = "HTTP/1.1 302 X\r\nLocation: b.png?x=1\r\nContent-Length: 0\r\n\r\n" };
  g_autoptr (CsRawServer) server = cs_raw_server_new (serve, &source);
  g_autoptr (GError) error = NULL;
  g_autofree char *request = NULL;

  g_assert_true (fetch (fixture, server, &error));
  g_assert_no_error (error);
  assert_here (fixture, film, SIZE);
  request = cs_raw_server_dup_request (server, 1);
  g_assert_true (g_str_has_prefix (request, "GET /b.png?x=1 HTTP/1.1\r\n"));
}

/* Not even a connection is made to where nothing may be fetched from. */
static void
test_address (Fixture *fixture, gconstpointer data)
{
  static const char *const addresses[] = { "http://example.com/a", "file:///etc/passwd", "https://10.0.0.1/a", "nonsense",
                                           "https://me:secret@example.com/" };
  Source source = { .data = film, .length = SIZE, .headers = ETAG };
  g_autoptr (CsRawServer) server = cs_raw_server_new (serve, &source);
  g_autofree char *here = cs_raw_server_dup_address (server, "/");

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (fetch_at (fixture, addresses[i], TRUE, NULL, &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
      g_assert_null (strstr (error->message, "secret"));
    }
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (fetch_at (fixture, here, FALSE, NULL, &error));
    g_assert_error (error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
  }
  g_assert_cmpuint (cs_raw_server_count_connections (server), ==, 0);
}

/* A name of the public internet that turns out to be this computer. */
typedef GResolver TestResolver;
typedef GResolverClass TestResolverClass;
static GType test_resolver_get_type (void);
G_DEFINE_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static GList *
list_loopback (void)
{
  return g_list_append (NULL, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
}

static void
lookup_async (GResolver *resolver,
              const char *name,
              GResolverNameLookupFlags flags,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  if (flags == G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "none");
  else
    g_task_return_pointer (task, list_loopback (), NULL);
}

static GList *
lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *class)
{
  class->lookup_by_name_with_flags_async = lookup_async;
  class->lookup_by_name_with_flags_finish = lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

static void
test_rebinding (Fixture *fixture, gconstpointer data)
{
  Source source = { .data = film, .length = SIZE, .headers = ETAG };
  g_autoptr (CsRawServer) server = cs_raw_server_new (serve, &source);
  g_autofree char *here = cs_raw_server_dup_address (server, "/");
  g_autofree char *address = g_strconcat ("https://films.example.com", strrchr (here, ':'), NULL);
  g_autoptr (GResolver) usual = g_resolver_get_default ();
  g_autoptr (GResolver) resolver = g_object_new (test_resolver_get_type (), NULL);

  g_resolver_set_default (resolver);
  for (int at_home = 0; at_home < 2; at_home++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (fetch_at (fixture, address, at_home, NULL, &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
    }
  g_resolver_set_default (usual);
  g_assert_cmpuint (cs_raw_server_count_requests (server), ==, 0);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

/* Time */

static void
test_drip (Fixture *fixture, gconstpointer data)
{
  Source source = { .data = film, .length = SIZE, .headers = ETAG, .has_ranges = TRUE, .drip = 20 };
  CsDownloadLimits few = hasty;

  few.max_resumes = 2;
  _cs_download_set_limits (&few);
  assert_fails (fixture, &source, CS_ERROR_OFFLINE, TRUE);
  source.drip = 0;
  assert_fetches (fixture, &source);
  g_assert_cmpint (source.n_ranges, ==, 3);
}

static void
test_silence (Fixture *fixture, gconstpointer data)
{
  Source source = { .data = film, .length = SIZE, .headers = ETAG, .has_ranges = TRUE, .waits = TRUE };
  CsDownloadLimits few = hasty;

  few.max_resumes = 2;
  _cs_download_set_limits (&few);
  assert_fails (fixture, &source, CS_ERROR_OFFLINE, TRUE);
  g_assert_cmpint (source.n_ranges, ==, 2);
  source.waits = FALSE;
  assert_fetches (fixture, &source);
  g_assert_cmpint (source.n_ranges, ==, 3);
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRawServer) server = cs_raw_server_new (serve, NULL);
  g_autofree char *address = cs_raw_server_dup_address (server, "/");
  CsDownloadLimits few = hasty;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&server, cs_raw_server_free);
  few.max_failures = 1;
  _cs_download_set_limits (&few);
  g_assert_false (fetch_at (fixture, address, TRUE, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_OFFLINE);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_cancel_in_a_pause (Fixture *fixture, gconstpointer data)
{
  Source source = { .first = "HTTP/1.1 503 X\r\nRetry-After: 9\r\nContent-Length: 0\r\n\r\n", .n_firsts = 10, .headers = ETAG };
  g_autoptr (CsRawServer) server = cs_raw_server_new (serve, &source);
  g_autofree char *address = cs_raw_server_dup_address (server, "/");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_timeout_add (200, cancel_cb, cancellable);
  g_assert_false (fetch_at (fixture, address, TRUE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (cs_raw_server_count_requests (server), ==, 1);
}

/* The disk */

static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  Source source = { .data = film, .length = SIZE, .headers = ETAG, .has_ranges = TRUE };

  if (!test_disk_in_subprocess ())
    return;
  g_assert_true (test_disk_mount (fixture->folder, 1024));
  assert_fails (fixture, &source, CS_ERROR_DISK_FULL, TRUE);
  g_assert_cmpint (mount (NULL, fixture->folder, NULL, MS_REMOUNT, "size=8192k"), ==, 0); /* some space was made */
  assert_fetches (fixture, &source);
  g_assert_cmpint (source.n_ranges, ==, 1);
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  Source source = { .data = film, .length = SIZE, .headers = ETAG };
  g_autoptr (CsRawServer) server = cs_raw_server_new (serve, &source);
  g_autoptr (GError) error = NULL;

  g_free (fixture->path);
  fixture->path = g_build_filename (fixture->folder, "none", "a.part", NULL);
  g_assert_false (fetch (fixture, server, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (cs_raw_server_count_requests (server), ==, 1);
}

/* Many at once, all of which are cut. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  Source source = { .data = film, .length = SIZE, .headers = ETAG, .has_ranges = TRUE, .n_cuts = 30 };
  g_autoptr (CsRawServer) server = cs_raw_server_new (serve, &source);
  g_autofree char *address = cs_raw_server_dup_address (server, "/");
  g_autofree char *expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, film, SIZE);
  GAsyncResult *results[20] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.part", fixture->folder, i);
      CsDownload download = { .address = address, .path = path, .allow_loopback = TRUE, .max_length = SIZE };

      cs_download_async (fixture->http, &download, NULL, NULL, NULL, cs_test_keep_result, &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.part", fixture->folder, i);
      g_autofree char *hash = NULL;
      g_autoptr (GError) error = NULL;

      cs_test_wait_result (&results[i]);
      g_assert_true (cs_download_finish (fixture->http, results[i], &error));
      g_assert_no_error (error);
      hash = cs_file_hash (path, NULL, NULL, &error);
      g_assert_cmpstr (hash, ==, expected);
      g_object_unref (results[i]);
    }
  g_assert_cmpuint (count_files (fixture->folder), ==, G_N_ELEMENTS (results));
}

#define add(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  if (g_getenv ("CS_TEST_FETCH") != NULL)
    return fetch_until_killed (g_getenv ("CS_TEST_FETCH"), g_getenv ("CS_TEST_PATH"));
  g_test_init (&argc, &argv, NULL);
  make_film ();
  add ("/net/download/whole", test_whole);
  add ("/net/download/small", test_small);
  add ("/net/download/unknown-length", test_unknown_length);
  add ("/promise-4/download/cut-between-chunks", test_cut_between_chunks);
  add ("/promise-4/download/cut-and-resume", test_cut_and_resume);
  add ("/promise-4/download/cut-and-begin-anew", test_cut_and_begin_anew);
  add ("/promise-4/download/cancel-and-resume", test_cancel_and_resume);
  add ("/promise-4/download/changed", test_changed);
  add ("/promise-4/download/wrong-range", test_wrong_range);
  add ("/promise-4/download/other-version", test_other_version);
  add ("/promise-4/download/whole-part", test_whole_part);
  add ("/promise-4/download/foreign-part", test_foreign_part);
  add ("/promise-4/download/killed", test_killed);
  add ("/promise-4/download/wrong-length", test_wrong_length);
  add ("/net/download/too-large", test_too_large);
  add ("/net/download/no-film", test_no_film);
  add ("/net/download/refusals", test_refusals);
  add ("/promise-4/download/trouble-that-passes", test_trouble_that_passes);
  add ("/net/download/redirect", test_redirect);
  add ("/promise-5/download/address", test_address);
  add ("/promise-5/download/rebinding", test_rebinding);
  add ("/promise-4/download/drip", test_drip);
  add ("/promise-4/download/silence", test_silence);
  add ("/net/download/nobody", test_nobody);
  add ("/net/download/cancel-in-a-pause", test_cancel_in_a_pause);
  add ("/promise-4/download/disk-full", test_disk_full);
  add ("/net/download/no-folder", test_no_folder);
  add ("/net/download/many", test_many);
  return g_test_run ();
}
