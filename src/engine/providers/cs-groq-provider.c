/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groq: language models, fast, with a key. */
#include "config.h"
#include "providers/cs-groq-provider.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-words.h"
#include "providers/cs-endpoint.h"
#include "providers/chat/cs-openai-chat.h"

#define BASE "https://api.groq.com" /* it ends before /openai */
#define MAX_TOKENS_AT_ONCE 8000     /* a minute, in the plan that is free */

struct _CsGroqProvider
{
  GObject parent_instance;

  CsProviderContext *context;
  CsEndpoint *endpoint;
};

static void cs_groq_provider_iface_init (CsProviderInterface *iface);
static void cs_groq_provider_text_iface_init (CsTextProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsGroqProvider, cs_groq_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_PROVIDER, cs_groq_provider_iface_init)
                               G_IMPLEMENT_INTERFACE (CS_TYPE_TEXT_PROVIDER, cs_groq_provider_text_iface_init))

static const char *const gone_words[] = { "decommissioned", "does not exist", NULL };

static const CsWireVendor vendor = {
  .name = "Groq",
  .key = CS_KEY_GROQ,
  .credit_page = "https://console.groq.com/settings/billing",
  .gone_words = gone_words,
};

/* The two that decode along a schema; elsewhere it is a wish, and may end in an error. */
static gboolean
has_schema (const char *model)
{
  return g_str_equal (model, "openai/gpt-oss-120b") || g_str_equal (model, "openai/gpt-oss-20b");
}

static const CsOpenaiDialect dialect = {
  .vendor = &vendor,
  .tokens_member = "max_completion_tokens",
  .has_reasoning = TRUE,
  .streams_json = FALSE,
  .max_tokens_at_once = MAX_TOKENS_AT_ONCE,
  .has_schema = has_schema,
};

static void
cs_groq_provider_finalize (GObject *object)
{
  CsGroqProvider *self = CS_GROQ_PROVIDER (object);

  cs_endpoint_free (self->endpoint);
  cs_provider_context_unref (self->context);
  G_OBJECT_CLASS (cs_groq_provider_parent_class)->finalize (object);
}

static void
cs_groq_provider_class_init (CsGroqProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_groq_provider_finalize;
}

static void
cs_groq_provider_init (CsGroqProvider *self)
{
}

/** cs_groq_provider_new: Returns: (transfer full): Groq, where GROQ_BASE_URL says now. */
CsProvider *
cs_groq_provider_new (CsProviderContext *context)
{
  CsGroqProvider *self = g_object_new (CS_TYPE_GROQ_PROVIDER, NULL);

  self->context = cs_provider_context_ref (context);
  self->endpoint = cs_endpoint_new ("GROQ_BASE_URL", BASE, CS_BASE_SAFE);
  return CS_PROVIDER (self);
}

static const char *
get_id (CsProvider *provider)
{
  return CS_GROQ_PROVIDER_ID;
}

static const char *
get_name (CsProvider *provider)
{
  return vendor.name;
}

static const char *
get_key (CsGroqProvider *self, char **why_not)
{
  return cs_endpoint_get_key (self->endpoint, self->context->keys, CS_KEY_GROQ, why_not);
}

/* Why there is no key: a base address that is nonsense is no fault of the key. */
static CsError
get_why_code (CsGroqProvider *self)
{
  return cs_endpoint_get_base (self->endpoint) == NULL ? CS_ERROR_UNAVAILABLE : CS_ERROR_NO_KEY;
}

static gboolean
is_available (CsProvider *provider, const char *model, char **why_not)
{
  return get_key (CS_GROQ_PROVIDER (provider), why_not) != NULL;
}

/* Chat */

static void
chat_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, cs_openai_chat_finish (CS_HTTP (source), result), (GDestroyNotify) cs_chat_answer_free);
}

static void
chat_async (CsTextProvider *provider, CsChat *chat, CsChatFunc func, gpointer func_data, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  CsGroqProvider *self = CS_GROQ_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *why_not = NULL;
  g_autofree char *address = NULL;
  const char *key = get_key (self, &why_not);

  g_task_set_source_tag (task, chat_async);
  g_task_set_check_cancellable (task, FALSE);
  if (key == NULL)
    {
      CsChatAnswer *answer = cs_chat_answer_new ();

      answer->error = g_error_new_literal (CS_ERROR, get_why_code (self), why_not);
      g_task_return_pointer (task, answer, (GDestroyNotify) cs_chat_answer_free);
      return;
    }
  address = cs_endpoint_build (self->endpoint, "/openai/v1/chat/completions");
  cs_openai_chat_async (self->context->http, &dialect, address, key, chat, func, func_data, cancellable, chat_cb,
                        g_steal_pointer (&task));
}

static CsChatAnswer *
chat_finish (CsTextProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* Check */

static gboolean
is_listed (JsonArray *rows, const char *id)
{
  guint length = json_array_get_length (rows);

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (rows, i);

      if (JSON_NODE_HOLDS_OBJECT (node)
          && g_strcmp0 (cs_json_get_string (json_node_get_object (node), "id", NULL), id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The first model that would be used and that Groq does not list: it was switched off since this program was made. */
static const CsModel *
find_missing (CsGroqProvider *self, JsonArray *rows)
{
  for (guint i = 0; i < self->context->models->len; i++)
    {
      const CsModel *model = self->context->models->pdata[i];

      if (g_str_equal (model->provider, CS_GROQ_PROVIDER_ID) && !model->retired && !model->opt_in
          && !is_listed (rows, model->remote))
        return model;
    }
  return NULL;
}

static CsKeyCheck *
check_from_answer (CsGroqProvider *self, const CsHttpAnswer *answer)
{
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *message = NULL;
  const CsModel *missing;
  JsonArray *rows;
  CsKeyCheck *failure = cs_wire_check_from_failure (&vendor, answer);

  if (failure != NULL)
    return failure;
  object = cs_http_answer_dup_object (answer, NULL);
  rows = cs_json_get_array (object, "data");
  if (rows == NULL)
    {
      g_autoptr (GError) error = cs_wire_error_unreadable (&vendor);

      return cs_wire_check_from_error (error);
    }
  missing = find_missing (self, rows);
  if (missing != NULL)
    /* translators: 1: a provider, 2: the name of a model */
    message = g_strdup_printf (_ ("The key is good, but %1$s does not offer “%2$s” any more: choose another model."),
                               vendor.name, missing->remote);
  return cs_key_check_new ("ok", message != NULL ? message : _ ("The key is good."));
}

static void
models_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);
  CsKeyCheck *check = check_from_answer (g_task_get_source_object (task), answer);

  g_task_return_pointer (task, check, (GDestroyNotify) cs_key_check_free);
}

static void
check_async (CsProvider *provider, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CsGroqProvider *self = CS_GROQ_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *why_not = NULL;
  g_autofree char *address = NULL;
  const char *key = get_key (self, &why_not);
  CsHttpCall *call;

  g_task_set_source_tag (task, check_async);
  g_task_set_check_cancellable (task, FALSE);
  if (key == NULL)
    {
      g_task_return_pointer (task, cs_key_check_new (cs_error_code_get_slug (get_why_code (self)), why_not),
                             (GDestroyNotify) cs_key_check_free);
      return;
    }
  address = cs_endpoint_build (self->endpoint, "/openai/v1/models");
  call = cs_wire_call_new ("GET", address);
  cs_http_call_set_bearer (call, key);
  cs_http_call_async (self->context->http, call, cancellable, models_cb, g_steal_pointer (&task));
}

static CsKeyCheck *
check_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
cs_groq_provider_iface_init (CsProviderInterface *iface)
{
  iface->get_id = get_id;
  iface->get_name = get_name;
  iface->is_available = is_available;
  iface->check_async = check_async;
  iface->check_finish = check_finish;
  cs_text_provider_refuse_media (iface);
}

static void
cs_groq_provider_text_iface_init (CsTextProviderInterface *iface)
{
  iface->chat_async = chat_async;
  iface->chat_finish = chat_finish;
}
