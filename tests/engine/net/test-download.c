/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 4. It never loses a result: the right bytes, whatever happens on the way. */
#include "config.h"

#include "download-support.h"

#include <glib/gstdio.h>

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
  add ("/promise-4/download/disk-full", test_disk_full);
  add ("/net/download/no-folder", test_no_folder);
  add ("/net/download/many", test_many);
  return g_test_run ();
}
