/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks who of all language models is there, all of them at once: a chain is decided among those who are. */
#include "config.h"
#include "providers/cs-text-look.h"

#include "core/cs-task.h"
#include "providers/cs-text-provider.h"

static void
look_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  guint *n_left = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* That somebody is not there, or that nobody waits any more, is for is_usable() or for the task to say. */
  cs_text_provider_look_finish (CS_TEXT_PROVIDER (source), result, &error);
  if (--*n_left == 0)
    g_task_return_boolean (task, TRUE);
}

/* Everybody who has a model of decks: that is where language models are. */
static GPtrArray *
list_providers (CsProviderRegistry *registry)
{
  GPtrArray *models = cs_provider_registry_get_models (registry);
  GPtrArray *providers = g_ptr_array_new ();

  for (guint i = 0; i < models->len; i++)
    {
      CsProvider *provider = cs_provider_registry_get_provider (registry, ((CsModel *) models->pdata[i])->provider);

      if (provider != NULL && CS_IS_TEXT_PROVIDER (provider) && !g_ptr_array_find (providers, provider, NULL))
        g_ptr_array_add (providers, provider);
    }
  return providers;
}

/** cs_text_look_async: Asks every text provider to look, at the same time. */
void
cs_text_look_async (CsProviderRegistry *registry, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (registry, cancellable, callback, user_data);
  g_autoptr (GPtrArray) providers = list_providers (registry);
  guint *n_left = g_new0 (guint, 1);

  *n_left = providers->len;
  g_task_set_source_tag (task, cs_text_look_async);
  g_task_set_task_data (task, n_left, g_free);
  if (providers->len == 0)
    g_task_return_boolean (task, TRUE);
  for (guint i = 0; i < providers->len; i++)
    cs_text_provider_look_async (providers->pdata[i], cancellable, look_cb, g_object_ref (task));
}

/** cs_text_look_finish: Returns: TRUE; FALSE only when cancelled. */
CS_DEFINE_FINISH_BOOLEAN (CsProviderRegistry, cs_text_look_async, cs_text_look_finish)
