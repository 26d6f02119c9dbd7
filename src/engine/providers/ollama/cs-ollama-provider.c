/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ollama: language models on this computer, or on one nearby, without a key and free of charge. It is not local in the
 * sense of Sketch: it may be missing, so it takes its turn in the chain. What is installed is looked up and remembered
 * for a while.
 */
#include "config.h"
#include "providers/ollama/cs-ollama-provider-private.h"

#include "core/cs-error.h"
#include "core/cs-words.h"
#include "net/cs-address.h"
#include "providers/chat/cs-chat-call.h"
#include "providers/ollama/cs-ollama-host.h"
#include "providers/ollama/cs-ollama-models.h"
#include "providers/ollama/cs-ollama-wire.h"

/* Who is there answers at once, and who is not there must not hold up the others. */
#define LOOK_CONNECT_TIMEOUT (2 * G_USEC_PER_SEC)
#define LOOK_TOTAL_TIMEOUT (5 * G_USEC_PER_SEC)
#define GOOD_FOR (60 * G_USEC_PER_SEC)   /* how long what was found holds */
#define BAD_FOR (10 * G_USEC_PER_SEC)    /* shorter: whoever reads that it is missing goes and starts it */
#define USUAL_MODEL "qwen2.5:7b"

struct _CsOllamaProvider
{
  GObject parent_instance;

  CsProviderContext *context;
  char *base;         /* (nullable) NULL: see trouble */
  char *trouble;      /* (nullable) why there is no base */

  /* what was found */
  gint64 known_until; /* monotonic; 0: nothing was found yet */
  char *why_not;      /* (nullable) why it cannot be used */
  GPtrArray *models;  /* (element-type CsOllamaModel) */
  const char *best;   /* (nullable) of models: the best Qwen */
};

static void cs_ollama_provider_iface_init (CsProviderInterface *iface);
static void cs_ollama_provider_text_iface_init (CsTextProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsOllamaProvider, cs_ollama_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_PROVIDER, cs_ollama_provider_iface_init)
                               G_IMPLEMENT_INTERFACE (CS_TYPE_TEXT_PROVIDER, cs_ollama_provider_text_iface_init))

static void
cs_ollama_provider_finalize (GObject *object)
{
  CsOllamaProvider *self = CS_OLLAMA_PROVIDER (object);

  g_free (self->base);
  g_free (self->trouble);
  g_free (self->why_not);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  cs_provider_context_unref (self->context);
  G_OBJECT_CLASS (cs_ollama_provider_parent_class)->finalize (object);
}

static void
cs_ollama_provider_class_init (CsOllamaProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_ollama_provider_finalize;
}

static void
cs_ollama_provider_init (CsOllamaProvider *self)
{
}

/** cs_ollama_provider_new: Returns: (transfer full): Ollama, where OLLAMA_HOST says now. */
CsProvider *
cs_ollama_provider_new (CsProviderContext *context)
{
  CsOllamaProvider *self = g_object_new (CS_TYPE_OLLAMA_PROVIDER, NULL);
  g_autoptr (GError) error = NULL;

  self->context = cs_provider_context_ref (context);
  self->base = cs_ollama_host_to_base (g_getenv (CS_OLLAMA_HOST_VARIABLE), &error);
  if (self->base == NULL)
    /* translators: 1: the name of an environment variable, 2: a sentence */
    self->trouble = g_strdup_printf (_ ("%1$s cannot be used: %2$s"), CS_OLLAMA_HOST_VARIABLE, error->message);
  return CS_PROVIDER (self);
}

/** cs_ollama_provider_get_base: Returns: (transfer none) (nullable): where it is. */
const char *
cs_ollama_provider_get_base (CsOllamaProvider *self)
{
  return self->base;
}

/** cs_ollama_provider_is_unencrypted: Returns: TRUE when others on the network can read what is asked; to be shown. */
gboolean
cs_ollama_provider_is_unencrypted (CsOllamaProvider *self)
{
  return self->base != NULL && g_str_has_prefix (self->base, "http:") && !cs_address_is_loopback (self->base);
}

CsHttp *
_cs_ollama_provider_get_http (CsOllamaProvider *self)
{
  return self->context->http;
}

/**
 * _cs_ollama_provider_new_call:
 * @body: (nullable): what is sent as JSON
 *
 * Returns: (transfer full): a call. Errors: %CS_ERROR_UNAVAILABLE: OLLAMA_HOST is nonsense.
 */
CsHttpCall *
_cs_ollama_provider_new_call (CsOllamaProvider *self, const char *method, const char *path, JsonObject *body,
                              GError **error)
{
  g_autofree char *address = NULL;
  CsHttpCall *call;

  if (self->base == NULL)
    {
      cs_set_error (error, CS_ERROR_UNAVAILABLE, "%s", self->trouble);
      return NULL;
    }
  address = cs_address_join (self->base, path);
  call = cs_http_call_new (method, address);
  if (body != NULL)
    cs_http_call_set_json (call, body);
  return call;
}

/* What was found */

static const char *
get_usual_model (CsOllamaProvider *self)
{
  for (guint i = 0; i < self->context->models->len; i++)
    {
      const CsModel *model = self->context->models->pdata[i];

      if (g_str_equal (model->provider, CS_OLLAMA_PROVIDER_ID) && !model->retired && model->remote != NULL)
        return model->remote;
    }
  return USUAL_MODEL;
}

static gboolean
is_known (CsOllamaProvider *self)
{
  return self->known_until != 0 && g_get_monotonic_time () < self->known_until;
}

/** _cs_ollama_provider_forget: What is installed changed, or may have. */
void
_cs_ollama_provider_forget (CsOllamaProvider *self)
{
  self->known_until = 0;
}

/* @why_not: (transfer full) (nullable), @models: (transfer full) (nullable) */
static void
remember (CsOllamaProvider *self, char *why_not, GPtrArray *models)
{
  g_free (self->why_not);
  self->why_not = why_not;
  g_clear_pointer (&self->models, g_ptr_array_unref);
  self->models = models;
  self->best = models != NULL ? cs_ollama_models_choose (models) : NULL;
  self->known_until = g_get_monotonic_time () + (why_not == NULL ? GOOD_FOR : BAD_FOR);
}

static char *
explain_absence (CsOllamaProvider *self)
{
  g_autofree char *host = NULL;

  if (cs_address_is_loopback (self->base))
    return g_strdup (_ ("Ollama is not running on this computer. Start it, or install it from ollama.com."));
  host = cs_address_dup_host (self->base);
  /* translators: the name of a computer */
  return g_strdup_printf (_ ("Ollama does not answer on “%s”. Start it there, or correct OLLAMA_HOST."), host);
}

/* Nobody there is one thing, somebody who is slow another, and a complaint a third. NULL: all is well. */
GError *
_cs_ollama_provider_judge (CsOllamaProvider *self, const char *model, const CsHttpAnswer *answer)
{
  if (cs_http_answer_is_good (answer))
    return NULL;
  if (answer->status != 0)
    return cs_ollama_error_from_refusal (model, answer);
  if (answer->was_sent || !g_error_matches (answer->error, CS_ERROR, CS_ERROR_OFFLINE))
    return g_error_copy (answer->error);
  remember (self, explain_absence (self), NULL);
  return g_error_new_literal (CS_ERROR, CS_ERROR_UNAVAILABLE, self->why_not);
}

static void
remember_models (CsOllamaProvider *self, const CsHttpAnswer *answer)
{
  gsize length = 0;
  const char *data = answer->body != NULL ? g_bytes_get_data (answer->body, &length) : NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *models = cs_ollama_models_parse (data != NULL ? data : "", length, &error);
  char *why_not = NULL;

  if (models == NULL)
    why_not = g_strdup (error->message);
  else if (cs_ollama_models_choose (models) == NULL && !cs_ollama_models_has (models, get_usual_model (self)))
    /* translators: the name of a model, part of a command line */
    why_not = g_strdup_printf (_ ("No Qwen model is installed in Ollama. Install one with: ollama pull %s"),
                               get_usual_model (self));
  remember (self, why_not, models);
}

static void
tags_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsOllamaProvider *self = g_task_get_source_object (task);
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);
  g_autoptr (GError) error = _cs_ollama_provider_judge (self, get_usual_model (self), answer);

  if (error == NULL)
    remember_models (self, answer);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  else
    remember (self, g_strdup (error->message), NULL);
  g_task_return_boolean (task, TRUE);
}

static void
look_async (CsTextProvider *provider, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CsOllamaProvider *self = CS_OLLAMA_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  CsHttpCall *call;

  g_task_set_source_tag (task, look_async);
  if (is_known (self) || self->base == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  call = _cs_ollama_provider_new_call (self, "GET", "/api/tags", NULL, NULL);
  call->is_urgent = TRUE;
  call->connect_timeout = LOOK_CONNECT_TIMEOUT;
  call->total_timeout = LOOK_TOTAL_TIMEOUT;
  cs_http_call_async (self->context->http, call, cancellable, tags_cb, g_steal_pointer (&task));
}

static gboolean
look_finish (CsTextProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static const char *
get_remote (CsTextProvider *provider, const CsModel *model)
{
  CsOllamaProvider *self = CS_OLLAMA_PROVIDER (provider);

  if (self->best == NULL || cs_ollama_models_has (self->models, model->remote))
    return model->remote;
  return self->best;
}

/* As a provider */

static const char *
get_id (CsProvider *provider)
{
  return CS_OLLAMA_PROVIDER_ID;
}

static const char *
get_name (CsProvider *provider)
{
  return "Ollama";
}

static gboolean
is_repeatable (CsProvider *provider)
{
  return TRUE;
}

/* What was found long ago counts for nothing: whoever asks then will look again. */
static gboolean
is_available (CsProvider *provider, const char *model, char **why_not)
{
  CsOllamaProvider *self = CS_OLLAMA_PROVIDER (provider);
  const char *reason = self->trouble;

  if (reason == NULL && is_known (self))
    reason = self->why_not;
  if (reason != NULL && why_not != NULL)
    *why_not = g_strdup (reason);
  return reason == NULL;
}

static CsKeyCheck *
check_from_memory (CsOllamaProvider *self)
{
  const char *best = cs_ollama_models_has (self->models, get_usual_model (self)) ? get_usual_model (self) : self->best;
  g_autofree char *message = NULL;

  if (cs_ollama_provider_is_unencrypted (self))
    /* translators: the name of a model */
    message = g_strdup_printf (_ ("Ollama runs and has %s. It is reached without encryption."), best);
  else
    /* translators: the name of a model */
    message = g_strdup_printf (_ ("Ollama runs and has %s."), best);
  return cs_key_check_new ("ok", message);
}

static void
look_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsOllamaProvider *self = CS_OLLAMA_PROVIDER (source);
  g_autoptr (GError) error = NULL;
  CsKeyCheck *check;

  if (!look_finish (CS_TEXT_PROVIDER (self), result, &error))
    check = cs_key_check_new (cs_error_get_slug (error), error->message);
  else if (self->trouble != NULL || self->why_not != NULL)
    check = cs_key_check_new (cs_error_code_get_slug (CS_ERROR_UNAVAILABLE),
                              self->trouble != NULL ? self->trouble : self->why_not);
  else
    check = check_from_memory (self);
  g_task_return_pointer (task, check, (GDestroyNotify) cs_key_check_free);
}

static void
check_async (CsProvider *provider, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CsOllamaProvider *self = CS_OLLAMA_PROVIDER (provider);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, check_async);
  g_task_set_check_cancellable (task, FALSE);
  _cs_ollama_provider_forget (self);
  look_async (CS_TEXT_PROVIDER (self), cancellable, look_cb, task);
}

static CsKeyCheck *
check_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* Chat */

static const CsChatWire wire = { CS_LINES_NDJSON, cs_ollama_read_line, NULL };

/* Takes what is left to say: nobody there, or a refusal; what a 404 is about is not installed any more. */
static CsChatAnswer *
end_chat (CsOllamaProvider *self, CsChatReader *reader, const CsHttpAnswer *refusal)
{
  CsChatAnswer *answer;

  if (refusal != NULL)
    {
      cs_ollama_read_refusal (reader, refusal);
      if (refusal->status == 404)
        _cs_ollama_provider_forget (self);
    }
  answer = cs_chat_reader_end (reader);
  if (!answer->was_sent && g_error_matches (answer->error, CS_ERROR, CS_ERROR_OFFLINE))
    {
      remember (self, explain_absence (self), NULL);
      g_clear_error (&answer->error);
      answer->error = g_error_new_literal (CS_ERROR, CS_ERROR_UNAVAILABLE, self->why_not);
    }
  return answer;
}

static void
chat_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsOllamaProvider *self = g_task_get_source_object (task);
  g_autoptr (CsHttpAnswer) refusal = cs_chat_call_finish (CS_HTTP (source), result);

  g_task_return_pointer (task, end_chat (self, g_task_get_task_data (task), refusal),
                         (GDestroyNotify) cs_chat_answer_free);
}

static void
chat_async (CsTextProvider *provider, CsChat *chat, CsChatFunc func, gpointer func_data, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  CsOllamaProvider *self = CS_OLLAMA_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JsonObject) body = cs_ollama_build_chat (chat);
  CsChatReader *reader = cs_chat_reader_new ("Ollama", chat->model, func, func_data);
  g_autoptr (GError) error = NULL;
  CsHttpCall *call = _cs_ollama_provider_new_call (self, "POST", "/api/chat", body, &error);

  g_task_set_source_tag (task, chat_async);
  g_task_set_check_cancellable (task, FALSE); /* what was written until then is in the answer */
  g_task_set_task_data (task, reader, (GDestroyNotify) cs_chat_reader_free);
  if (call == NULL)
    {
      cs_chat_reader_take_error (reader, g_steal_pointer (&error));
      g_task_return_pointer (task, cs_chat_reader_end (reader), (GDestroyNotify) cs_chat_answer_free);
      return;
    }
  cs_chat_call_async (self->context->http, call, &wire, TRUE, chat, reader, cancellable, chat_cb,
                      g_steal_pointer (&task));
}

static CsChatAnswer *
chat_finish (CsTextProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
cs_ollama_provider_iface_init (CsProviderInterface *iface)
{
  iface->get_id = get_id;
  iface->get_name = get_name;
  iface->is_repeatable = is_repeatable;
  iface->is_available = is_available;
  iface->check_async = check_async;
  iface->check_finish = check_finish;
  cs_text_provider_refuse_media (iface);
}

static void
cs_ollama_provider_text_iface_init (CsTextProviderInterface *iface)
{
  iface->look_async = look_async;
  iface->look_finish = look_finish;
  iface->get_remote = get_remote;
  iface->chat_async = chat_async;
  iface->chat_finish = chat_finish;
}
