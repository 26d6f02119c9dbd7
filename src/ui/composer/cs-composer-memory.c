/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was chosen last time, in the settings of the user: who can write those can write anything, so that only what the
 * composer itself could have chosen is believed. Main thread. */
#include "config.h"
#include "ui/composer/cs-composer-memory.h"

#define KEY "composers"
#define MAX_COUNT 4 /* pictures */

/* Of @from only what may be remembered. */
static CsBrief *
keep (const CsBrief *from)
{
  CsBrief *to = cs_brief_new (from->kind);

  to->style = from->style;
  to->aspect = from->aspect;
  to->duration = CLAMP (from->duration, CS_DURATION_MIN, CS_DURATION_MAX);
  to->sound = from->sound;
  to->screenwriter = from->screenwriter;
  to->model = g_strdup (from->model);
  to->variation = CLAMP (from->variation, 0, MAX_COUNT);
  return to;
}

/** cs_composer_memory_load: Returns: (transfer full) (nullable): what was chosen for @kind; NULL: nothing, or nonsense. */
CsBrief *
cs_composer_memory_load (CsStudio *studio, CsKind kind)
{
  g_autoptr (GVariant) all = g_settings_get_value (cs_studio_get_settings (studio), KEY);
  g_autoptr (CsBrief) stored = NULL;
  g_autoptr (GError) error = NULL;
  const char *json;
  CsBrief *brief;

  if (!g_variant_lookup (all, cs_kind_to_string (kind), "&s", &json))
    return NULL;
  stored = cs_brief_from_json (json, &error);
  if (stored == NULL || stored->kind != kind)
    {
      g_debug ("What was chosen last time cannot be used: %s", error != NULL ? error->message : "it is of another kind");
      return NULL;
    }
  brief = keep (stored);
  if (brief->model != NULL
      && cs_provider_registry_find_model (cs_engine_get_registry (cs_studio_get_engine (studio)), kind, NULL, brief->model) == NULL)
    g_clear_pointer (&brief->model, g_free);
  return brief;
}

/** cs_composer_memory_save: Nothing is written when nothing is another. */
void
cs_composer_memory_save (CsStudio *studio, const CsBrief *brief)
{
  GSettings *settings = cs_studio_get_settings (studio);
  g_autoptr (GVariant) all = g_settings_get_value (settings, KEY);
  g_autoptr (CsBrief) kept = keep (brief);
  g_autofree char *json = cs_brief_to_json (kept);
  const char *kind = cs_kind_to_string (brief->kind);
  const char *before = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *name, *value;

  if (g_variant_lookup (all, kind, "&s", &before) && g_str_equal (before, json))
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    if (!g_str_equal (name, kind))
      g_variant_builder_add (&builder, "{ss}", name, value);
  g_variant_builder_add (&builder, "{ss}", kind, json);
  g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
}
