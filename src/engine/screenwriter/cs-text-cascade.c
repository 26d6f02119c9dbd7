/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One language model after another, until one has written the prompt. Why each of the others did not is written down
 * with the screenplay. It cannot fail: the user's own words stand at its end. Main thread.
 */
#include "config.h"
#include "screenwriter/cs-text-cascade.h"

#include "core/cs-error.h"
#include "core/cs-text.h"
#include "core/cs-words.h"
#include "screenwriter/cs-direct-prompt.h"
#include "screenwriter/cs-prompts.h"
#include "screenwriter/cs-screenplay-reader.h"
#include "screenwriter/cs-screenwriter.h"
#include "screenwriter/cs-text-price.h"

#define MAX_MODEL_NAME 100 /* characters */

/* One run of the cascade: owned by its task. */
typedef struct
{
  /* Input */
  CsProviderRegistry *registry; /* owns the models */
  CsPriceList *prices;
  CsBrief *brief;
  const CsModel *target;        /* (nullable) */
  CsMoney max_cost;
  CsChatFunc func;
  gpointer func_data;

  /* In progress */
  GPtrArray *models;            /* (element-type CsModel) */
  guint position;
  guint n_paid;
  CsChat *chat;                 /* (nullable) what is asked of the model at @position */

  /* Output */
  CsScreenplay *screenplay;
} Cascade;

static void ask_next_model (GTask *task);

static void
cascade_free (Cascade *self)
{
  g_object_unref (self->registry);
  cs_price_list_unref (self->prices);
  cs_brief_free (self->brief);
  g_ptr_array_unref (self->models);
  g_clear_pointer (&self->chat, cs_chat_unref);
  g_clear_pointer (&self->screenplay, cs_screenplay_free);
  g_free (self);
}

static CsProvider *
get_provider (CsProviderRegistry *registry, const CsModel *model)
{
  return cs_provider_registry_get_provider (registry, model->provider);
}

/**
 * cs_text_cascade_get_models:
 *
 * Returns: (transfer container) (element-type CsModel): the language models in the order in which they are asked: those
 * that write decks, but for retired ones and those that are used only by name.
 */
GPtrArray *
cs_text_cascade_get_models (CsProviderRegistry *registry)
{
  GPtrArray *all = cs_provider_registry_get_models (registry);
  GPtrArray *models = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      CsModel *model = all->pdata[i];

      if (model->kind == CS_KIND_DECK && !model->retired && cs_provider_registry_is_automatic (registry, model)
          && CS_IS_TEXT_PROVIDER (get_provider (registry, model)))
        g_ptr_array_add (models, model);
    }
  return models;
}

/* The dearest of what the models that can be asked may cost for @order, as many as may be asked. */
static CsMoney
quote_order (CsProviderRegistry *registry, CsPriceList *prices, const CsChat *order)
{
  g_autoptr (GPtrArray) models = cs_text_cascade_get_models (registry);
  CsMoney total = 0;
  guint n_paid = 0;

  for (guint i = 0; i < models->len && n_paid < CS_TEXT_MAX_CALLS; i++)
    {
      const CsModel *model = models->pdata[i];
      CsMoney most;

      if (!cs_text_price_most (prices, model, order, &most) || most == 0
          || !cs_provider_is_available (get_provider (registry, model), model->id, NULL))
        continue;
      total += most;
      n_paid++;
    }
  return MIN (total, CS_TEXT_MAX_COST);
}

/**
 * cs_text_cascade_quote:
 *
 * Returns: micro-USD: the most that the text of @brief may cost, whichever model it is for; 0 where no paid language
 * model can be asked.
 */
CsMoney
cs_text_cascade_quote (CsProviderRegistry *registry, CsPriceList *prices, const CsBrief *brief)
{
  GPtrArray *targets = cs_provider_registry_get_models (registry);
  g_autoptr (CsChat) general = cs_prompts_new_rewrite (brief, NULL);
  CsMoney most = quote_order (registry, prices, general);

  for (guint i = 0; i < targets->len && most > 0; i++)
    {
      const CsModel *target = targets->pdata[i];
      g_autoptr (CsChat) order = NULL;

      if (target->kind != brief->kind)
        continue;
      order = cs_prompts_new_rewrite (brief, target);
      most = MAX (most, quote_order (registry, prices, order));
    }
  return most;
}

/* Whether @model may be asked: it is there, and what it may cost was agreed to. */
static gboolean
check_model (Cascade *self, const CsModel *model, GError **error)
{
  g_autofree char *why_not = NULL;
  CsMoney left = self->max_cost - self->screenplay->cost;
  gboolean has_price;
  CsMoney most = 0;

  has_price = cs_text_price_most (self->prices, model, self->chat, &most);
  if (!cs_provider_is_available (get_provider (self->registry, model), model->id, &why_not))
    cs_set_error (error, most > 0 ? CS_ERROR_NO_KEY : CS_ERROR_UNAVAILABLE, "%s",
                  why_not != NULL ? why_not : _ ("No provider can be used now. Set a key first."));
  else if (!has_price)
    cs_set_error (error, CS_ERROR_UNAVAILABLE, _ ("No price is known for what was asked, so nothing was sent."));
  else if (most > left)
    cs_text_price_set_over (error, model, most, left);
  else if (most > 0 && self->n_paid >= CS_TEXT_MAX_CALLS)
    cs_set_error (error, CS_ERROR_OVER_MAX_COST, _ ("No other paid model is asked for this job: the limit is reached."));
  else
    {
      self->n_paid += most > 0;
      return TRUE;
    }
  return FALSE;
}

static const CsModel *
get_model (Cascade *self)
{
  return self->models->pdata[self->position];
}

/* It did not write it: why, and on to the next. */
static void
give_up_model (GTask *task, const GError *error)
{
  Cascade *self = g_task_get_task_data (task);

  cs_screenplay_add_try (self->screenplay, get_model (self)->provider, error);
  self->position++;
  ask_next_model (task);
}

/* The name is the provider's word: one line of a bearable length. */
static void
set_writer (Cascade *self, const CsChatAnswer *answer)
{
  const char *name = answer->model != NULL && *answer->model != '\0' ? answer->model : self->chat->model;
  g_autofree char *line = cs_text_make_line (name, MAX_MODEL_NAME * 8);
  g_autofree char *shown = cs_text_ellipsize (line, MAX_MODEL_NAME);

  cs_set_string (&self->screenplay->screenwriter, get_model (self)->provider);
  cs_set_string (&self->screenplay->model, shown);
}

static void
return_screenplay (GTask *task)
{
  Cascade *self = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&self->screenplay), (GDestroyNotify) cs_screenplay_free);
}

static void
chat_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Cascade *self = g_task_get_task_data (task);
  g_autoptr (CsChatAnswer) answer = cs_text_provider_chat_finish (CS_TEXT_PROVIDER (source), result);
  g_autoptr (GError) error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  self->screenplay->cost += cs_text_price_answer (self->prices, get_model (self), self->chat, answer);
  if (answer->error != NULL)
    give_up_model (task, answer->error);
  else if (!cs_screenplay_read (self->screenplay, answer->text != NULL ? answer->text : "", self->brief,
                                self->chat->system, &error))
    give_up_model (task, error);
  else
    {
      set_writer (self, answer);
      return_screenplay (task);
    }
}

static void
look_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Cascade *self = g_task_get_task_data (task);
  CsTextProvider *provider = CS_TEXT_PROVIDER (source);
  const CsModel *model = get_model (self);
  g_autoptr (GError) error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  g_clear_pointer (&self->chat, cs_chat_unref);
  self->chat = cs_prompts_new_rewrite (self->brief, self->target);
  self->chat->model = g_strdup (cs_text_provider_get_remote (provider, model));
  if (!cs_text_provider_look_finish (provider, result, &error) || !check_model (self, model, &error))
    {
      give_up_model (task, error);
      return;
    }
  cs_text_provider_chat_async (provider, self->chat, self->func, self->func_data, g_task_get_cancellable (task), chat_cb,
                               g_object_ref (task));
}

static void
end_directly (GTask *task)
{
  Cascade *self = g_task_get_task_data (task);
  g_autoptr (CsScreenplay) direct = cs_direct_prompt_write (self->brief);

  g_ptr_array_unref (direct->tried);
  direct->tried = g_ptr_array_ref (self->screenplay->tried);
  direct->cost = self->screenplay->cost;
  cs_screenplay_free (self->screenplay);
  self->screenplay = g_steal_pointer (&direct);
  return_screenplay (task);
}

static void
ask_next_model (GTask *task)
{
  Cascade *self = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->position == self->models->len)
    end_directly (task);
  else
    cs_text_provider_look_async (CS_TEXT_PROVIDER (get_provider (self->registry, get_model (self))),
                                 g_task_get_cancellable (task), look_cb, g_object_ref (task));
}

/**
 * cs_text_cascade_write_async:
 * @brief: a checked brief of a video or an image; copied
 * @target: (nullable): the model that the prompt is for; of @registry
 * @max_cost: micro-USD that all calls together may cost
 * @func: (nullable) (scope notified): called with every piece that is written, also by a model whose answer turns out to
 *   be of no use
 */
void
cs_text_cascade_write_async (CsProviderRegistry *registry, CsPriceList *prices, const CsBrief *brief, const CsModel *target,
                             CsMoney max_cost, CsChatFunc func, gpointer func_data, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Cascade *self = g_new0 (Cascade, 1);

  g_task_set_source_tag (task, cs_text_cascade_write_async);
  self->registry = g_object_ref (registry);
  self->prices = cs_price_list_ref (prices);
  self->brief = cs_brief_copy (brief);
  self->target = target;
  self->max_cost = CLAMP (max_cost, 0, CS_TEXT_MAX_COST);
  self->func = func;
  self->func_data = func_data;
  self->models = cs_text_cascade_get_models (registry);
  self->screenplay = cs_screenplay_new ();
  g_task_set_task_data (task, self, (GDestroyNotify) cascade_free);
  ask_next_model (task);
}

/** cs_text_cascade_write_finish: Returns: (transfer full): the screenplay; NULL only when cancelled. */
CsScreenplay *
cs_text_cascade_write_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_text_cascade_write_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
