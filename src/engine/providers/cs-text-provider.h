/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/chat/cs-chat.h"
#include "providers/cs-model.h"
#include "providers/cs-provider.h"

G_BEGIN_DECLS

/*
 * A provider that has language models: Ollama, Groq, Hugging Face. The same object is its CsProvider. Main thread;
 * nothing blocks. Text is written again when in doubt, so there is no uncertain end here.
 */
#define CS_TYPE_TEXT_PROVIDER (cs_text_provider_get_type ())
G_DECLARE_INTERFACE (CsTextProvider, cs_text_provider, CS, TEXT_PROVIDER, GObject)

struct _CsTextProviderInterface
{
  GTypeInterface parent;

  /* Looks who is there, as far as that is free and quick: Ollama, and its best model. Afterwards
   * cs_provider_is_available() knows. Default: nothing to look for. Never fails. */
  void          (*look_async)  (CsTextProvider *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
  gboolean      (*look_finish) (CsTextProvider *self, GAsyncResult *result, GError **error);
  /* The name of @model as it is asked for now: @model->remote, or the best one that is installed. (transfer none) */
  const char   *(*get_remote)  (CsTextProvider *self, const CsModel *model);
  void          (*chat_async)  (CsTextProvider *self, CsChat *chat, CsChatFunc func, gpointer func_data,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  CsChatAnswer *(*chat_finish) (CsTextProvider *self, GAsyncResult *result);
};

void          cs_text_provider_look_async  (CsTextProvider *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                            gpointer user_data);
gboolean      cs_text_provider_look_finish (CsTextProvider *self, GAsyncResult *result, GError **error);
const char   *cs_text_provider_get_remote  (CsTextProvider *self, const CsModel *model);
void          cs_text_provider_chat_async  (CsTextProvider *self, CsChat *chat, CsChatFunc func, gpointer func_data,
                                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CsChatAnswer *cs_text_provider_chat_finish (CsTextProvider *self, GAsyncResult *result);

/* For those who write and do nothing else: fills in the verbs of media, which refuse. */
void          cs_text_provider_refuse_media (CsProviderInterface *iface);

G_END_DECLS
