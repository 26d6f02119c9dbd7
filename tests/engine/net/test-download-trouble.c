/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is not to be had ends in a clear word; and nothing is fetched from where nothing may be fetched. */
#include "config.h"

#include "download-support.h"

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
    { "HTTP/1.1 400 X\r\nContent-Length: 0\r\n\r\n", CS_ERROR_NOT_FOUND },
    { "HTTP/1.1 422 X\r\nContent-Length: 0\r\n\r\n", CS_ERROR_NOT_FOUND },
    { "HTTP/1.1 300 X\r\nContent-Length: 0\r\n\r\n", CS_ERROR_BAD_RESPONSE },
    { "HTTP/1.1 501 X\r\nContent-Length: 0\r\n\r\n", CS_ERROR_BAD_RESPONSE },
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  make_film ();
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
  return g_test_run ();
}
