/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request to a language model, with the patience of the chat. */
#include "config.h"
#include "providers/chat/cs-chat-call.h"

#include "core/cs-words.h"

#define MAX_STREAM (32 * 1024 * 1024) /* bytes: the longest text, each of its tokens in an event of its own */
#define MAX_MESSAGE (2 * 1024 * 1024) /* bytes: the longest text in one piece, all of it escaped */

typedef struct
{
  /* input */
  const CsChatWire *wire;
  CsChatReader *reader;
  gint64 first_timeout;
  gint64 idle_timeout;
  gboolean is_streamed;

  /* state */
  GCancellable *cancellable; /* of the request: the caller's, and the clock's */
  GCancellable *outer;       /* (nullable) */
  gulong outer_id;
  CsLineReader *lines;
  GString *whole;            /* (nullable) a stream that turned out to be one JSON document */
  guint clock_id;
  gint64 last_heard;         /* monotonic: when it began, then the last message */
  gboolean has_begun;        /* a byte came */
  gboolean is_late;
} ChatCall;

static void
chat_call_free (ChatCall *self)
{
  g_clear_handle_id (&self->clock_id, g_source_remove);
  if (self->outer_id != 0)
    g_signal_handler_disconnect (self->outer, self->outer_id);
  g_clear_object (&self->outer);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->lines, cs_line_reader_free);
  if (self->whole != NULL)
    g_string_free (self->whole, TRUE);
  g_free (self);
}

static gboolean
is_over (ChatCall *self)
{
  return cs_chat_reader_is_finished (self->reader) || cs_chat_reader_has_error (self->reader);
}

static void start_clock (ChatCall *self, gint64 microseconds);

/* The limits of HTTP are about bytes; here it is words that count: a server may well send signs of life for ever. */
static gboolean
look_at_clock_cb (gpointer user_data)
{
  ChatCall *self = user_data;
  gint64 patience = cs_chat_reader_has_text (self->reader) ? self->idle_timeout : self->first_timeout;
  gint64 left = self->last_heard + patience - g_get_monotonic_time ();

  self->clock_id = 0;
  if (left > 0)
    start_clock (self, left);
  else
    {
      self->is_late = TRUE;
      g_cancellable_cancel (self->cancellable);
    }
  return G_SOURCE_REMOVE;
}

static void
start_clock (ChatCall *self, gint64 microseconds)
{
  self->clock_id = g_timeout_add (microseconds / 1000 + 1, look_at_clock_cb, self);
}

static gboolean
message_cb (const char *message, gsize length, gpointer user_data)
{
  ChatCall *self = user_data;
  gboolean had_text = cs_chat_reader_has_text (self->reader);
  gboolean goes_on = self->wire->read_message (self->reader, message, length);

  if (!cs_chat_reader_has_text (self->reader))
    return goes_on;
  self->last_heard = g_get_monotonic_time ();
  if (!had_text && goes_on)
    {
      g_clear_handle_id (&self->clock_id, g_source_remove);
      start_clock (self, self->idle_timeout);
    }
  return goes_on;
}

/* Some servers do not know how to stream, and answer with the whole document at once. */
static gboolean
is_document (ChatCall *self, const char *data, gsize length)
{
  gsize i = 0;

  if (self->wire->read_whole == NULL || self->has_begun)
    return FALSE;
  while (i < length && g_ascii_isspace (data[i]))
    i++;
  self->has_begun = i < length;
  return self->has_begun && data[i] == '{';
}

static gboolean
add_to_whole (ChatCall *self, const char *data, gsize length)
{
  if (length > CS_HTTP_MAX_ANSWER - self->whole->len)
    {
      g_autofree char *limit = g_format_size (CS_HTTP_MAX_ANSWER);

      /* translators: 1: a provider, 2: a size such as "4 MB" */
      cs_chat_reader_set_error (self->reader, CS_ERROR_TOO_LARGE, _ ("What %1$s sent is too large: at most %2$s are taken."),
                                cs_chat_reader_get_name (self->reader), limit);
      return FALSE;
    }
  g_string_append_len (self->whole, data, length);
  return TRUE;
}

static void
set_unreadable (ChatCall *self)
{
  if (!is_over (self))
    cs_chat_reader_set_error (self->reader, CS_ERROR_BAD_RESPONSE,
                              _ ("%s answered with something that cannot be read."),
                              cs_chat_reader_get_name (self->reader));
}

static gboolean
data_cb (const char *data, gsize length, gpointer user_data)
{
  GTask *task = user_data;
  ChatCall *self = g_task_get_task_data (task);

  if (g_cancellable_is_cancelled (self->cancellable))
    return FALSE;
  if (self->whole == NULL && is_document (self, data, length))
    self->whole = g_string_new (NULL);
  if (self->whole != NULL)
    return add_to_whole (self, data, length);
  if (cs_line_reader_feed (self->lines, data, length, NULL))
    return TRUE;
  set_unreadable (self);
  return FALSE;
}

/* All of a good body arrived. */
static void
read_end (ChatCall *self, const CsHttpAnswer *answer)
{
  gsize length = 0;
  const char *data = NULL;

  if (!self->is_streamed)
    {
      data = answer->body != NULL ? g_bytes_get_data (answer->body, &length) : NULL;
      self->wire->read_whole (self->reader, data != NULL ? data : "", length);
    }
  else if (self->whole != NULL)
    self->wire->read_whole (self->reader, self->whole->str, self->whole->len);
  else if (!cs_line_reader_end (self->lines, NULL))
    set_unreadable (self);
}

/* What HTTP says is good enough, but for the middle of an answer: there it is the provider that people know. */
static void
set_broken (ChatCall *self, const CsHttpAnswer *answer)
{
  const char *name = cs_chat_reader_get_name (self->reader);
  gboolean has_head = answer->status != 0;

  if (self->is_late || (has_head && g_error_matches (answer->error, CS_ERROR, CS_ERROR_OFFLINE)))
    cs_chat_reader_set_error (self->reader, CS_ERROR_UNAVAILABLE, _ ("%s did not answer in time. Try again later."),
                              name);
  else if (has_head && g_error_matches (answer->error, CS_ERROR, CS_ERROR_BAD_RESPONSE))
    cs_chat_reader_set_error (self->reader, CS_ERROR_BAD_RESPONSE, _ ("The answer of %s was cut off. Try again later."),
                              name);
  else
    cs_chat_reader_take_error (self->reader, g_error_copy (answer->error));
}

static void
http_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ChatCall *self = g_task_get_task_data (task);
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);
  gboolean is_good = answer->status >= 200 && answer->status < 300;

  g_clear_handle_id (&self->clock_id, g_source_remove);
  if (answer->was_sent)
    cs_chat_reader_set_sent (self->reader);
  if (is_over (self))
    g_task_return_pointer (task, NULL, NULL);
  else if (answer->status != 0 && !is_good)
    g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) cs_http_answer_free);
  else
    {
      if (cs_http_answer_is_good (answer))
        read_end (self, answer);
      else
        set_broken (self, answer);
      g_task_return_pointer (task, NULL, NULL);
    }
}

static void
outer_cancelled_cb (GCancellable *outer, gpointer inner)
{
  g_cancellable_cancel (inner);
}

static void
follow_cancellable (ChatCall *self, GCancellable *outer)
{
  self->cancellable = g_cancellable_new ();
  if (outer == NULL)
    return;
  self->outer = g_object_ref (outer);
  if (g_cancellable_is_cancelled (outer))
    g_cancellable_cancel (self->cancellable);
  else
    self->outer_id = g_signal_connect_object (outer, "cancelled", G_CALLBACK (outer_cancelled_cb), self->cancellable, 0);
}

/* What is told in pieces has its clock here, and an answer in one piece takes as long as it takes: of HTTP's own limits
 * only the first and the last count. */
static void
set_patience (CsHttpCall *call, const CsChat *chat, gboolean is_streamed)
{
  call->connect_timeout = chat->connect_timeout;
  call->answer_timeout = chat->total_timeout;
  call->first_timeout = chat->total_timeout;
  call->idle_timeout = chat->total_timeout;
  call->total_timeout = chat->total_timeout;
  call->max_length = is_streamed ? MAX_STREAM : CS_HTTP_MAX_ANSWER;
}

/**
 * cs_chat_call_async:
 * @call: (transfer full): the request; its limits are set here
 * @wire: constant
 * @is_streamed: the answer comes in pieces
 *
 * Sends @call once. Cancelling ends it at once; what was read until then stays in @reader.
 */
void
cs_chat_call_async (CsHttp *http, CsHttpCall *call, const CsChatWire *wire, gboolean is_streamed, const CsChat *chat,
                    CsChatReader *reader, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (http, NULL, callback, user_data);
  ChatCall *self = g_new0 (ChatCall, 1);

  g_task_set_source_tag (task, cs_chat_call_async);
  g_task_set_task_data (task, self, (GDestroyNotify) chat_call_free);
  self->wire = wire;
  self->reader = reader;
  self->is_streamed = is_streamed;
  self->first_timeout = chat->first_timeout;
  self->idle_timeout = chat->idle_timeout;
  self->lines = cs_line_reader_new (wire->style, MAX_MESSAGE, message_cb, self);
  self->last_heard = g_get_monotonic_time ();
  follow_cancellable (self, cancellable);

  set_patience (call, chat, is_streamed);
  call->is_urgent = TRUE;
  if (is_streamed)
    {
      call->on_data = data_cb;
      call->on_data_data = task;
      start_clock (self, self->first_timeout);
    }
  cs_http_call_async (http, call, self->cancellable, http_cb, task);
}

/**
 * cs_chat_call_finish:
 *
 * Returns: (transfer full) (nullable): an answer that is none of a model: its status is no 2xx, and the wire has to
 * read what it means. NULL: everything is in the reader, also what went wrong.
 */
CsHttpAnswer *
cs_chat_call_finish (CsHttp *http, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, http), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_chat_call_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
