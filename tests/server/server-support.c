/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-support.h"

#include <string.h>

#define MAX_ANSWER (64 * 1024 * 1024)

/* Each limit that the test has set. */
static void
set_limits (CsApiLimits *limits, const CsApiLimits *wanted)
{
  guint *to = (guint *) limits;
  const guint *from = (const guint *) wanted;

  for (guint i = 0; i < sizeof *limits / sizeof (guint); i++)
    if (from[i] != 0)
      to[i] = from[i];
}

static void
start_server (ServerFixture *self, const ServerSetup *setup)
{
  CsApiOptions options = { 0 };
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;

  if (setup->options != NULL)
    options = *setup->options;
  options.port = 0;
  self->server = cs_api_server_new (self->engine, &options);
  set_limits (_cs_api_server_get_limits (self->server), &setup->limits);
  if (setup->routes != NULL)
    _cs_api_server_set_routes (self->server, setup->routes);
  cs_api_server_start (self->server, &error);
  g_assert_no_error (error);
  self->address = g_strdup (cs_api_server_get_address (self->server));
  uri = g_uri_parse (self->address, G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  self->port = g_uri_get_port (uri);
}

ServerFixture *
server_open_setup (const ServerSetup *setup)
{
  ServerFixture *self = g_new0 (ServerFixture, 1);
  g_autoptr (CsPaths) paths = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->home = cs_test_home_new ();
  paths = cs_paths_new (&error);
  g_assert_no_error (error);
  cs_engine_open_async (paths, setup->registry, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  self->engine = cs_engine_open_finish (result, &error);
  g_assert_no_error (error);
  self->session = soup_session_new_with_options ("proxy-resolver", NULL, "timeout", 60, "max-conns-per-host", 50, NULL);
  start_server (self, setup);
  return self;
}

ServerFixture *
server_open (const CsApiOptions *options)
{
  return server_open_with (options, NULL);
}

ServerFixture *
server_open_with (const CsApiOptions *options, CsProviderRegistry *registry)
{
  ServerSetup setup = { .options = options, .registry = registry };

  return server_open_setup (&setup);
}

void
server_stop (ServerFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (self->server == NULL)
    return;
  soup_session_abort (self->session);
  cs_api_server_stop_async (self->server, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  cs_api_server_stop_finish (self->server, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result); /* it holds the server */
  g_assert_finalize_object (g_steal_pointer (&self->server));
  g_clear_pointer (&self->address, g_free);
}

void
server_restart (ServerFixture *self, const CsApiOptions *options)
{
  ServerSetup setup = { .options = options };

  server_stop (self);
  start_server (self, &setup);
}

void
server_close (ServerFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  server_stop (self);
  cs_engine_close_async (self->engine, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  cs_engine_close_finish (self->engine, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result); /* it holds the engine */
  g_assert_finalize_object (self->engine);
  g_object_unref (self->session);
  cs_test_home_free (self->home);
  g_free (self);
}

/* Asking */

/** server_message: Returns: (transfer full): a request that is not sent yet. */
SoupMessage *
server_message (ServerFixture *self, const char *method, const char *path, const char *body)
{
  g_autofree char *address = g_strdup_printf ("%s%s%s", self->address, *path == '/' ? "" : CS_API_PREFIX "/", path);
  SoupMessage *message = soup_message_new (method, address);
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  g_assert_nonnull (message);
  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (body == NULL)
    return message;
  text = g_strdelimit (g_strdup (body), "'", '"');
  bytes = g_bytes_new_take (text, strlen (text));
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  return message;
}

/** server_send: Sends @message and waits for its answer. */
ServerAnswer *
server_send (ServerFixture *self, SoupMessage *message)
{
  g_autoptr (SoupMessage) owned = message;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;

  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  body = soup_session_send_and_read_finish (self->session, result, NULL);
  return server_answer_new (body != NULL ? soup_message_get_status (message) : 0, soup_message_get_response_headers (message),
                            body);
}

ServerAnswer *
server_ask (ServerFixture *self, const char *method, const char *path, const char *body, ...)
{
  SoupMessage *message = server_message (self, method, path, body);
  const char *name;
  va_list args;

  va_start (args, body);
  while ((name = va_arg (args, const char *)) != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), name, va_arg (args, const char *));
  va_end (args);
  return server_send (self, message);
}

ServerAnswer *
server_get (ServerFixture *self, const char *path)
{
  return server_ask (self, "GET", path, NULL, NULL);
}

ServerAnswer *
server_post (ServerFixture *self, const char *path, const char *body)
{
  return server_ask (self, "POST", path, body, NULL);
}

/* Answers */

/** server_answer_new: @headers: (nullable) (transfer none); @body: (nullable) (transfer none). */
ServerAnswer *
server_answer_new (guint status, SoupMessageHeaders *headers, GBytes *body)
{
  ServerAnswer *self = g_new0 (ServerAnswer, 1);

  self->status = status;
  self->headers = headers != NULL ? soup_message_headers_ref (headers) : NULL;
  self->body = body != NULL ? g_bytes_ref (body) : g_bytes_new (NULL, 0);
  self->text = g_malloc0 (g_bytes_get_size (self->body) + 1);
  if (g_bytes_get_size (self->body) > 0)
    memcpy (self->text, g_bytes_get_data (self->body, NULL), g_bytes_get_size (self->body));
  self->object = cs_json_parse_object (self->text, strlen (self->text), MAX_ANSWER, NULL);
  return self;
}

void
server_answer_free (ServerAnswer *self)
{
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_bytes_unref (self->body);
  g_free (self->text);
  g_clear_pointer (&self->object, json_object_unref);
  g_free (self);
}

const char *
server_answer_header (ServerAnswer *self, const char *name)
{
  return self->headers != NULL ? soup_message_headers_get_list (self->headers, name) : NULL;
}

const char *
server_answer_string (ServerAnswer *self, const char *name)
{
  return cs_json_get_string (self->object, name, "");
}

void
server_assert_json (ServerAnswer *self, guint status)
{
  if (self->status != status || self->object == NULL)
    g_error ("The answer was %u and not %u: %s", self->status, status, self->text);
  g_assert_cmpstr (server_answer_header (self, "Content-Type"), ==, "application/json; charset=utf-8");
  g_assert_cmpstr (server_answer_header (self, "X-Content-Type-Options"), ==, "nosniff");
  g_assert_cmpstr (server_answer_header (self, "Cache-Control"), ==, "no-store");
  g_assert_nonnull (server_answer_header (self, "Content-Language"));
  g_assert_nonnull (strstr (server_answer_header (self, "Vary"), "Accept-Language"));
}

void
server_assert_error (ServerAnswer *self, guint status, const char *code, const char *field)
{
  server_assert_json (self, status);
  server_assert_refusal (self, status, code);
  g_assert_cmpstr (cs_json_get_string (self->object, "field", NULL), ==, field);
}

void
server_assert_refusal (ServerAnswer *self, guint status, const char *code)
{
  if (self->status != status || self->object == NULL)
    g_error ("The answer was %u and not %u: %s", self->status, status, self->text);
  g_assert_cmpstr (server_answer_header (self, "Content-Type"), ==, "application/json; charset=utf-8");
  g_assert_cmpint (cs_json_get_int (self->object, "status", 0), ==, status);
  g_assert_cmpstr (server_answer_string (self, "code"), ==, code);
  g_assert_cmpstr (server_answer_string (self, "detail"), !=, "");
}
