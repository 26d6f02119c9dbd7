/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/huggingface/cs-huggingface-provider.h"
#include "providers/huggingface/cs-huggingface-route.h"
#include "providers/cs-wire-link.h"

G_BEGIN_DECLS

struct _CsHuggingfaceProvider
{
  GObject parent_instance;

  CsWireLink *router; /* where things are made */
  CsWireLink *hub;    /* where models and accounts are looked up */
};

/* The vfuncs that are long enough for a file of their own. */
void          _cs_huggingface_submit_async  (CsProvider *provider, CsRequest *request, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
CsSubmission *_cs_huggingface_submit_finish (CsProvider *provider, GAsyncResult *result);
char         *_cs_huggingface_dup_message   (CsProvider *provider, CsRequest *request, char **host);
void          _cs_huggingface_poll_async    (CsProvider *provider, CsRequest *request, const char *remote_id,
                                             CsProviderProgressFunc progress, gpointer progress_data,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CsPrediction *_cs_huggingface_poll_finish   (CsProvider *provider, GAsyncResult *result);

G_END_DECLS
