/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A provider that has language models: the interface and its defaults. */
#include "config.h"
#include "providers/cs-text-provider.h"

#include "core/cs-error.h"
#include "core/cs-words.h"

G_DEFINE_INTERFACE (CsTextProvider, cs_text_provider, CS_TYPE_PROVIDER)

static void
default_look_async (CsTextProvider *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, default_look_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_return_boolean (task, TRUE);
}

static gboolean
default_look_finish (CsTextProvider *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static const char *
default_get_remote (CsTextProvider *self, const CsModel *model)
{
  return model->remote;
}

static void
cs_text_provider_default_init (CsTextProviderInterface *iface)
{
  iface->look_async = default_look_async;
  iface->look_finish = default_look_finish;
  iface->get_remote = default_get_remote;
}

/**
 * cs_text_provider_look_async:
 *
 * Looks who is there, as far as that is free and quick; afterwards cs_provider_is_available() knows. What was found is
 * remembered for a while, so that asking again costs nothing.
 */
void
cs_text_provider_look_async (CsTextProvider *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  CS_TEXT_PROVIDER_GET_IFACE (self)->look_async (self, cancellable, callback, user_data);
}

/**
 * cs_text_provider_look_finish:
 *
 * Returns: TRUE; that nobody is there is no error. Errors: G_IO_ERROR_CANCELLED.
 */
gboolean
cs_text_provider_look_finish (CsTextProvider *self, GAsyncResult *result, GError **error)
{
  return CS_TEXT_PROVIDER_GET_IFACE (self)->look_finish (self, result, error);
}

/** cs_text_provider_get_remote: Returns: (transfer none): what to put into CsChat.model for @model now. */
const char *
cs_text_provider_get_remote (CsTextProvider *self, const CsModel *model)
{
  return CS_TEXT_PROVIDER_GET_IFACE (self)->get_remote (self, model);
}

/**
 * cs_text_provider_chat_async:
 * @func: (nullable) (scope notified): called on the main thread with every piece of the answer that is to be shown, in
 *   order and never after the end; where the provider does not stream, once with all of it
 * @cancellable: (nullable): ends the call at once
 *
 * Asks once. The pieces are for show, as they come; what counts is the text of the answer, which may lack something of
 * them at its beginning: what a model thought aloud without saying so.
 */
void
cs_text_provider_chat_async (CsTextProvider *self, CsChat *chat, CsChatFunc func, gpointer func_data,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (chat->model != NULL && chat->user != NULL);

  CS_TEXT_PROVIDER_GET_IFACE (self)->chat_async (self, chat, func, func_data, cancellable, callback, user_data);
}

/** cs_text_provider_chat_finish: Returns: (transfer full) (not nullable): the answer, or as much of it as came. */
CsChatAnswer *
cs_text_provider_chat_finish (CsTextProvider *self, GAsyncResult *result)
{
  return CS_TEXT_PROVIDER_GET_IFACE (self)->chat_finish (self, result);
}

/* Media */

static GError *
refusal_new (CsProvider *self)
{
  return g_error_new (CS_ERROR, CS_ERROR_PROVIDER_REFUSED,
                      _ ("“%s” does not make that. Choose another provider or model."), cs_provider_get_name (self));
}

static void
refuse_submit_async (CsProvider *self, CsRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, refuse_submit_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_return_pointer (task, cs_submission_new_error (CS_SUBMIT_REFUSED, refusal_new (self)),
                         (GDestroyNotify) cs_submission_free);
}

static CsSubmission *
refuse_submit_finish (CsProvider *self, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
refuse_poll_async (CsProvider *self, CsRequest *request, const char *remote_id, CsProviderProgressFunc progress,
                   gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, refuse_poll_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_return_pointer (task, cs_prediction_new_error (CS_PREDICTION_FAILED, CS_BILLED_NO, refusal_new (self)),
                         (GDestroyNotify) cs_prediction_free);
}

static CsPrediction *
refuse_poll_finish (CsProvider *self, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/**
 * cs_text_provider_refuse_media:
 *
 * Fills in the verbs that make files. A deck is written by the screenwriter, through the chat; whoever still submits
 * something is refused, which costs nothing and lets the next model of the chain try.
 */
void
cs_text_provider_refuse_media (CsProviderInterface *iface)
{
  iface->submit_async = refuse_submit_async;
  iface->submit_finish = refuse_submit_finish;
  iface->poll_async = refuse_poll_async;
  iface->poll_finish = refuse_poll_finish;
}
