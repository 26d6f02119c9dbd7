/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rewrites a brief into the best prompt, by a cascade that ends with the user's own words and so cannot fail. Main
 * thread; owned by the engine.
 */
#include "config.h"
#include "screenwriter/cs-screenwriter.h"

#include "core/cs-error.h"
#include "core/cs-task.h"
#include "core/cs-words.h"
#include "screenwriter/cs-direct-prompt.h"
#include "screenwriter/cs-slide-writer.h"
#include "screenwriter/cs-text-cascade.h"

struct _CsScreenwriter
{
  GObject parent_instance;

  CsProviderRegistry *registry; /* (nullable) */
  CsPriceList *prices;          /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CsScreenwriter, cs_screenwriter, G_TYPE_OBJECT)

static void
cs_screenwriter_finalize (GObject *object)
{
  CsScreenwriter *self = CS_SCREENWRITER (object);

  g_clear_object (&self->registry);
  g_clear_pointer (&self->prices, cs_price_list_unref);

  G_OBJECT_CLASS (cs_screenwriter_parent_class)->finalize (object);
}

static void
cs_screenwriter_class_init (CsScreenwriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_screenwriter_finalize;
}

static void
cs_screenwriter_init (CsScreenwriter *self)
{
}

/** cs_screenwriter_new: @registry, @prices: (nullable): without them the cascade is its end alone. */
CsScreenwriter *
cs_screenwriter_new (CsProviderRegistry *registry, CsPriceList *prices)
{
  CsScreenwriter *self = g_object_new (CS_TYPE_SCREENWRITER, NULL);

  self->registry = registry != NULL ? g_object_ref (registry) : NULL;
  self->prices = prices != NULL ? cs_price_list_ref (prices) : NULL;
  return self;
}

/* A deck is written when it is made, out of its topic; and who wants no screenwriter gets none. */
static gboolean
has_cascade (CsScreenwriter *self, const CsBrief *brief)
{
  return self->registry != NULL && self->prices != NULL && brief->screenwriter && brief->kind != CS_KIND_DECK;
}

/**
 * cs_screenwriter_quote:
 * @brief: a checked brief
 *
 * Returns: micro-USD: the most that paid language models may cost for @brief; 0 where none is asked.
 */
CsMoney
cs_screenwriter_quote (CsScreenwriter *self, const CsBrief *brief)
{
  g_return_val_if_fail (CS_IS_SCREENWRITER (self) && brief != NULL, 0);

  return has_cascade (self, brief) ? cs_text_cascade_quote (self->registry, self->prices, brief) : 0;
}

/**
 * cs_screenwriter_find_writer:
 * @words: (out) (transfer full) (nullable): who is asked first, as "Ollama · qwen2.5:7b"; when FALSE is returned, why the one
 *   who would be asked first cannot be
 *
 * Returns: whether there is a language model that can rewrite a prompt now.
 */
gboolean
cs_screenwriter_find_writer (CsScreenwriter *self, char **words)
{
  g_autoptr (GPtrArray) models = self->registry != NULL ? cs_text_cascade_get_models (self->registry) : g_ptr_array_new ();
  g_autofree char *why_not = NULL;

  for (guint i = 0; i < models->len; i++)
    {
      const CsModel *model = models->pdata[i];
      CsProvider *provider = cs_provider_registry_get_provider (self->registry, model->provider);

      if (cs_provider_is_available (provider, model->id, why_not == NULL ? &why_not : NULL))
        {
          *words = g_strdup_printf ("%s · %s", cs_provider_get_name (provider),
                                    cs_text_provider_get_remote (CS_TEXT_PROVIDER (provider), model));
          return TRUE;
        }
    }
  *words = g_steal_pointer (&why_not);
  return FALSE;
}

static void
cascade_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  CsScreenplay *screenplay = cs_text_cascade_write_finish (result, &error);

  if (screenplay != NULL)
    g_task_return_pointer (task, screenplay, (GDestroyNotify) cs_screenplay_free);
  else
    g_task_return_error (task, error);
}

/**
 * cs_screenwriter_write_async:
 * @brief: a checked brief; copied
 * @model: (nullable): the model that the prompt is for; of the registry
 * @max_cost: micro-USD that paid language models may cost together; never more than %CS_TEXT_MAX_COST is spent
 * @func: (nullable) (scope notified): called with every piece that is written, also by a model whose answer turns out to
 *   be of no use
 */
void
cs_screenwriter_write_async (CsScreenwriter *self, const CsBrief *brief, const CsModel *model, CsMoney max_cost,
                             CsChatFunc func, gpointer func_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (CS_IS_SCREENWRITER (self) && brief != NULL);

  g_task_set_source_tag (task, cs_screenwriter_write_async);
  if (has_cascade (self, brief))
    cs_text_cascade_write_async (self->registry, self->prices, brief, model, max_cost, func, func_data, cancellable,
                                 cascade_cb, g_object_ref (task));
  else
    g_task_return_pointer (task, cs_direct_prompt_write (brief), (GDestroyNotify) cs_screenplay_free);
}

/** cs_screenwriter_write_finish: Returns: (transfer full): the screenplay; NULL only when cancelled. */
CS_DEFINE_FINISH_POINTER (CsScreenplay, CsScreenwriter, cs_screenwriter_write_async, cs_screenwriter_write_finish)

static void
deck_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, cs_slide_writer_write_finish (result), (GDestroyNotify) cs_submission_free);
}

/**
 * cs_screenwriter_write_deck_async:
 * @provider: who writes; @request->model is one of its models
 * @max_cost: micro-USD that its calls may cost together; never more than %CS_TEXT_MAX_COST is spent
 * @progress: (nullable) (scope notified): the share of the slides that are there
 */
void
cs_screenwriter_write_deck_async (CsScreenwriter *self, CsTextProvider *provider, CsRequest *request, CsMoney max_cost,
                                  CsProviderProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const CsModel *model = NULL;

  g_return_if_fail (CS_IS_SCREENWRITER (self) && CS_IS_TEXT_PROVIDER (provider) && request != NULL);

  g_task_set_source_tag (task, cs_screenwriter_write_deck_async);
  g_task_set_check_cancellable (task, FALSE);
  if (self->registry != NULL && self->prices != NULL)
    model = cs_provider_registry_get_model (self->registry, request->model);
  if (model == NULL)
    g_task_return_pointer (task,
                           cs_submission_new_error (CS_SUBMIT_NOT_SENT,
                                                    g_error_new (CS_ERROR, CS_ERROR_UNAVAILABLE, _ ("There is no model “%s”."),
                                                                 request->model)),
                           (GDestroyNotify) cs_submission_free);
  else
    cs_slide_writer_write_async (provider, request, model, self->prices, MIN (max_cost, CS_TEXT_MAX_COST), progress,
                                 progress_data, cancellable, deck_cb, g_object_ref (task));
}

/**
 * cs_screenwriter_write_deck_finish:
 *
 * Returns: (transfer full) (not nullable): ANSWERED with the file and what it cost, NOT_SENT, or REFUSED with the reason:
 * another model may write it then.
 */
CsSubmission *
cs_screenwriter_write_deck_finish (CsScreenwriter *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_screenwriter_write_deck_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
