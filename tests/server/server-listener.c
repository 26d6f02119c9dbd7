/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-listener.h"

#include <string.h>

static void read_more (Listener *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Listener *self = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  self->n_pending--;
  if (n > 0)
    g_string_append_len (self->text, self->buffer, n);
  self->is_over = n <= 0;
  if (!self->is_over)
    read_more (self);
}

static void
read_more (Listener *self)
{
  self->n_pending++;
  g_input_stream_read_async (self->stream, self->buffer, sizeof self->buffer, G_PRIORITY_DEFAULT, self->leaving, read_cb, self);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Listener *self = user_data;

  self->n_pending--;
  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  self->is_over = self->stream == NULL;
  if (!self->is_over)
    read_more (self);
}

Listener *
listener_new_with (ServerFixture *fixture, const char *path, const char *name, const char *value)
{
  Listener *self = g_new0 (Listener, 1);

  self->text = g_string_new (NULL);
  self->leaving = g_cancellable_new ();
  self->session = soup_session_new_with_options ("proxy-resolver", NULL, "timeout", 60, NULL);
  self->message = server_message (fixture, "GET", path, NULL);
  if (name != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (self->message), name, value);
  self->n_pending++;
  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT, self->leaving, sent_cb, self);
  return self;
}

static gboolean
is_idle_cb (gpointer user_data)
{
  return ((Listener *) user_data)->n_pending == 0;
}

void
listener_free (Listener *self)
{
  g_cancellable_cancel (self->leaving);
  cs_test_wait (is_idle_cb, self);
  if (self->stream != NULL)
    g_input_stream_close (self->stream, NULL, NULL);
  g_clear_object (&self->stream);
  g_object_unref (self->message);
  g_object_unref (self->session);
  g_object_unref (self->leaving);
  g_string_free (self->text, TRUE);
  g_free (self);
}

typedef struct
{
  Listener *listener;
  const char *words;
  guint n;
} Hope;

static gboolean
has_heard_cb (gpointer user_data)
{
  Hope *hope = user_data;

  return listener_count (hope->listener, hope->words) >= hope->n;
}

void
listener_wait_count (Listener *self, const char *words, guint n)
{
  Hope hope = { self, words, n };

  if (!cs_test_wait_seconds (has_heard_cb, &hope, CS_TEST_PATIENCE))
    g_error ("Nobody said “%s” %u times, but: %s", words, n, self->text->str);
}

void
listener_wait_for (Listener *self, const char *words)
{
  listener_wait_count (self, words, 1);
}

void
listener_wait_begun (Listener *self)
{
  listener_wait_for (self, "\nid: ");
}

Listener *
listener_new (ServerFixture *fixture)
{
  Listener *self = listener_new_with (fixture, "events", NULL, NULL);

  listener_wait_begun (self);
  return self;
}

static gboolean
is_over_cb (gpointer user_data)
{
  return ((Listener *) user_data)->is_over;
}

void
listener_wait_over (Listener *self)
{
  cs_test_wait (is_over_cb, self);
}

guint
listener_count (Listener *self, const char *words)
{
  guint n = 0;

  for (const char *at = strstr (self->text->str, words); at != NULL; at = strstr (at + 1, words))
    n++;
  return n;
}

char *
listener_dup_last_id (Listener *self)
{
  const char *last = g_strrstr (self->text->str, "\nid: ");

  g_assert_nonnull (last);
  last += strlen ("\nid: ");
  return g_strndup (last, strcspn (last, "\n"));
}

static char *
describe_job (const char *id, const char *state)
{
  return g_strdup_printf ("event: job\ndata: {\"id\":\"%s\",\"status\":\"%s\",\"state\":\"%s\"", id,
                          strcmp (state, "done") == 0 ? "succeeded" : strcmp (state, "cancelled") == 0 ? "canceled" : "processing",
                          state);
}

static char *
describe_creation (const char *id)
{
  return g_strdup_printf ("event: creation\ndata: {\"id\":\"%s\"}\n\n", id);
}

void
listener_wait_for_job (Listener *listener, const char *id, const char *state)
{
  g_autofree char *words = describe_job (id, state);

  listener_wait_for (listener, words);
}

void
listener_wait_for_creation (Listener *listener, const char *id)
{
  g_autofree char *words = describe_creation (id);

  listener_wait_for (listener, words);
}
