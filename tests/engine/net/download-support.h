/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of downloads share: a film, a server that has it and may misbehave, and what is to be here in the end. */
#pragma once

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "net/cs-download-private.h"
#include "tests/support/test-disk.h"

#include "net-support.h"

#include <string.h>
#include <sys/stat.h>

#define SIZE (3 * 1024 * 1024 + 17)
#define ETAG "ETag: \"one\"\r\n"

static const CsDownloadLimits hasty = {
  .answer_timeout = 10 * G_USEC_PER_SEC,
  .idle_timeout = G_USEC_PER_SEC,
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

static inline void
make_film (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  film = g_malloc (SIZE);
  for (gsize i = 0; i < SIZE; i++)
    film[i] = g_rand_int (random);
  memcpy (film, "\x89PNG\r\n\x1a\n", 8);
}

static inline goffset
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

static inline void
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

static inline void
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

static inline void
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

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cs-download-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "01ARZ3NDEKTSV4RRFFQ69G5FAV-1.part", NULL);
  fixture->part = g_build_filename (fixture->folder, "01ARZ3NDEKTSV4RRFFQ69G5FAV-1.download", NULL);
  fixture->note = g_strconcat (fixture->part, ".json", NULL);
  fixture->http = cs_http_new ();
  _cs_download_set_limits (&hasty);
}

static inline void
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

static inline void
progress_cb (double share, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpfloat (share, >=, 0);
  g_assert_cmpfloat (share, <=, 1);
  fixture->is_backwards |= share < fixture->progress;
  fixture->progress = share;
}

static inline gboolean
fetch_at (Fixture *fixture, const char *address, gboolean allow_loopback, GCancellable *cancellable, GError **error)
{
  CsDownload download = { .address = address, .path = fixture->path, .allow_loopback = allow_loopback, .max_length = SIZE * 2 };
  g_autoptr (GAsyncResult) result = NULL;

  cs_download_async (fixture->http, &download, progress_cb, fixture, cancellable, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_download_finish (fixture->http, result, error);
}

static inline gboolean
fetch (Fixture *fixture, CsRawServer *server, GError **error)
{
  g_autofree char *address = cs_raw_server_dup_address (server, "/a.png?signature=secret");

  return fetch_at (fixture, address, TRUE, NULL, error);
}

static inline guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static inline void
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
static inline CsRawServer *
get_server (Fixture *fixture, Source *source)
{
  if (fixture->source != source)
    g_clear_pointer (&fixture->server, cs_raw_server_free);
  if (fixture->server == NULL)
    fixture->server = cs_raw_server_new (serve, source);
  fixture->source = source;
  return fixture->server;
}

static inline void
assert_fetches (Fixture *fixture, Source *source)
{
  g_autoptr (GError) error = NULL;

  fetch (fixture, get_server (fixture, source), &error);
  g_assert_no_error (error);
  assert_here (fixture, source->data, source->length);
  g_assert_cmpint (source->n_key_headers, ==, 0);
}

/* What is left: nothing, or a part for the next time. */
static inline void
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

#define add(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
