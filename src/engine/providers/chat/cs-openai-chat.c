/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One question to a server of the OpenAI kind; a second one where the first was refused for its form alone. */
#include "config.h"
#include "providers/chat/cs-openai-chat.h"

#include "core/cs-redact.h"
#include "providers/chat/cs-chat-call.h"

typedef struct
{
  /* input */
  const CsOpenaiDialect *dialect;
  char *address;
  char *key; /* (nullable) */
  CsChat *chat;
  CsChatFunc func;
  gpointer func_data;

  /* state */
  CsOpenaiFormat format;
  gboolean is_second;
  CsChatReader *reader;
} OpenaiChat;

static const CsChatWire wire = { CS_LINES_SSE, cs_openai_read_event, cs_openai_read_answer };

static void
openai_chat_free (OpenaiChat *self)
{
  g_free (self->address);
  cs_secret_free (self->key);
  cs_chat_unref (self->chat);
  g_clear_pointer (&self->reader, cs_chat_reader_free);
  g_free (self);
}

static void send_chat (GTask *task);

static void
chat_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OpenaiChat *self = g_task_get_task_data (task);
  g_autoptr (CsHttpAnswer) refusal = cs_chat_call_finish (CS_HTTP (source), result);

  if (refusal != NULL && !self->is_second && self->format != CS_OPENAI_TEXT && cs_openai_is_about_format (refusal))
    {
      self->is_second = TRUE;
      self->format++;
      send_chat (g_steal_pointer (&task));
      return;
    }
  if (refusal != NULL)
    cs_openai_read_refusal (self->reader, self->dialect, refusal);
  g_task_return_pointer (task, cs_chat_reader_end (self->reader), (GDestroyNotify) cs_chat_answer_free);
}

/* @task: (transfer full) */
static void
send_chat (GTask *task)
{
  OpenaiChat *self = g_task_get_task_data (task);
  CsHttpCall *call = cs_http_call_new ("POST", self->address);
  g_autoptr (JsonObject) body = cs_openai_build_body (self->dialect, self->chat, self->format);
  gboolean is_streamed = cs_openai_is_streamed (self->dialect, self->format);

  cs_http_call_set_json (call, body);
  if (self->key != NULL)
    cs_http_call_set_bearer (call, self->key);
  g_clear_pointer (&self->reader, cs_chat_reader_free);
  self->reader = cs_chat_reader_new (self->dialect->vendor->name, self->chat->model, self->func, self->func_data);
  cs_chat_call_async (g_task_get_source_object (task), call, &wire, is_streamed, self->chat, self->reader,
                      g_task_get_cancellable (task), chat_cb, task);
}

/**
 * cs_openai_chat_async:
 * @dialect: constant
 * @address: of .../chat/completions
 * @key: (nullable): goes there as a bearer
 * @func: (nullable): as in cs_text_provider_chat_async()
 *
 * Asks @chat. A server that has not the format which was asked for is asked once more with the next.
 */
void
cs_openai_chat_async (CsHttp *http, const CsOpenaiDialect *dialect, const char *address, const char *key, CsChat *chat,
                      CsChatFunc func, gpointer func_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (http, cancellable, callback, user_data);
  OpenaiChat *self = g_new0 (OpenaiChat, 1);

  g_task_set_source_tag (task, cs_openai_chat_async);
  g_task_set_check_cancellable (task, FALSE); /* what was written until then is in the answer */
  g_task_set_task_data (task, self, (GDestroyNotify) openai_chat_free);
  self->dialect = dialect;
  self->address = g_strdup (address);
  self->key = g_strdup (key);
  self->chat = cs_chat_ref (chat);
  self->func = func;
  self->func_data = func_data;
  self->format = cs_openai_choose_format (dialect, chat);
  send_chat (task);
}

/** cs_openai_chat_finish: Returns: (transfer full) (not nullable): the answer, or as much of it as came. */
CsChatAnswer *
cs_openai_chat_finish (CsHttp *http, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, http), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_openai_chat_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
