/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a provider gets of the house when it is made. */
#include "config.h"
#include "providers/cs-provider-context.h"

/**
 * cs_provider_context_new:
 * @models: (element-type CsModel): all models, kept
 *
 * Returns: (transfer full): a context for all providers of one engine.
 */
CsProviderContext *
cs_provider_context_new (CsHttp *http, CsKeys *keys, GPtrArray *models)
{
  CsProviderContext *self = g_rc_box_new0 (CsProviderContext);

  self->http = g_object_ref (http);
  self->keys = g_object_ref (keys);
  self->models = g_ptr_array_ref (models);
  return self;
}

CsProviderContext *
cs_provider_context_ref (CsProviderContext *self)
{
  return g_rc_box_acquire (self);
}

static void
cs_provider_context_clear (CsProviderContext *self)
{
  g_object_unref (self->http);
  g_object_unref (self->keys);
  g_ptr_array_unref (self->models);
}

void
cs_provider_context_unref (CsProviderContext *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) cs_provider_context_clear);
}

/** cs_provider_context_get_model: Returns: (transfer none) (nullable): the model called @id. */
const CsModel *
cs_provider_context_get_model (CsProviderContext *self, const char *id)
{
  for (guint i = 0; i < self->models->len; i++)
    {
      const CsModel *model = self->models->pdata[i];

      if (g_strcmp0 (model->id, id) == 0)
        return model;
    }
  return NULL;
}
