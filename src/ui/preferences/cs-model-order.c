/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order in which models are tried, as the user wants it. Main thread. */
#include "config.h"
#include "ui/preferences/cs-model-order.h"

#define SETTING "models"

static CsProviderRegistry *
get_registry (CsStudio *studio)
{
  return cs_engine_get_registry (cs_studio_get_engine (studio));
}

/* All of them, as they stand now. */
static GPtrArray *
list_models (CsStudio *studio)
{
  GPtrArray *models = cs_provider_registry_get_models (get_registry (studio));
  GPtrArray *list = g_ptr_array_sized_new (models->len);

  g_ptr_array_extend (list, models, NULL, NULL);
  return list;
}

static void
add_model (GVariantBuilder *builder, CsStudio *studio, const CsModel *model, const char *changed, gboolean is_automatic)
{
  gboolean is_on = cs_provider_registry_is_automatic (get_registry (studio), model);

  g_variant_builder_add (builder, "(sb)", model->id, g_strcmp0 (model->id, changed) == 0 ? is_automatic : is_on);
}

/* @changed: (nullable): the model that @is_automatic is about. */
static void
save (CsStudio *studio, GPtrArray *models, const char *changed, gboolean is_automatic)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sb)"));
  for (guint i = 0; i < models->len; i++)
    add_model (&builder, studio, models->pdata[i], changed, is_automatic);
  g_settings_set_value (cs_studio_get_settings (studio), SETTING, g_variant_builder_end (&builder));
}

/** cs_model_order_move: Puts the model @id right before the model @other, or behind it. */
void
cs_model_order_move (CsStudio *studio, const char *id, const char *other, gboolean behind)
{
  g_autoptr (GPtrArray) models = list_models (studio);
  gpointer model = (gpointer) cs_provider_registry_get_model (get_registry (studio), id);
  gpointer place = (gpointer) cs_provider_registry_get_model (get_registry (studio), other);
  guint n;

  if (model == NULL || place == NULL || model == place)
    return;
  g_ptr_array_remove (models, model);
  if (!g_ptr_array_find (models, place, &n))
    return;
  g_ptr_array_insert (models, (int) n + (behind ? 1 : 0), model);
  save (studio, models, NULL, FALSE);
}

/** cs_model_order_set_automatic: Whether the model @id is used by itself, or only where it is asked for by name. */
void
cs_model_order_set_automatic (CsStudio *studio, const char *id, gboolean is_automatic)
{
  g_autoptr (GPtrArray) models = list_models (studio);

  save (studio, models, id, is_automatic);
}

/** cs_model_order_is_own: Returns: whether the user changed anything. */
gboolean
cs_model_order_is_own (CsStudio *studio)
{
  g_autoptr (GVariant) value = g_settings_get_user_value (cs_studio_get_settings (studio), SETTING);

  return value != NULL && g_variant_n_children (value) > 0;
}

/** cs_model_order_reset: As it was shipped. */
void
cs_model_order_reset (CsStudio *studio)
{
  g_settings_reset (cs_studio_get_settings (studio), SETTING);
}
