/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The providers and models of this studio, and the order in which they are tried: as shipped, or as the user wants it. Main thread; owned by the engine.
 * A new provider is one file and one row in cs_provider_registry_new().
 */
#include "config.h"
#include "providers/cs-provider-registry.h"

#include "core/cs-error.h"
#include "core/cs-words.h"
#include "providers/cs-groq-provider.h"
#include "providers/huggingface/cs-huggingface-provider.h"
#include "providers/ollama/cs-ollama-provider.h"
#include "providers/piapi/cs-piapi-provider.h"
#include "providers/cs-provider-context.h"
#include "providers/replicate/cs-replicate-provider.h"
#include "providers/cs-sketch-provider.h"
#include "providers/cs-text-provider.h"

#include <string.h>

struct _CsProviderRegistry
{
  GObject parent_instance;

  GPtrArray *models;    /* (element-type CsModel) in the order of the chains */
  GPtrArray *shipped;   /* (element-type CsModel) borrowed: the order in which they came */
  GHashTable *wishes;   /* model id to a gboolean: whether it is used without being named, where the user said so */
  GPtrArray *providers; /* (element-type CsProvider) */
};

G_DEFINE_FINAL_TYPE (CsProviderRegistry, cs_provider_registry, G_TYPE_OBJECT)

static CsProvider *(*const constructors[]) (CsProviderContext *context) = {
  cs_piapi_provider_new,  cs_replicate_provider_new, cs_huggingface_provider_new,
  cs_ollama_provider_new, cs_groq_provider_new,      cs_sketch_provider_new,
};

static void
cs_provider_registry_finalize (GObject *object)
{
  CsProviderRegistry *self = CS_PROVIDER_REGISTRY (object);

  g_clear_pointer (&self->wishes, g_hash_table_unref);
  g_clear_pointer (&self->shipped, g_ptr_array_unref);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_clear_pointer (&self->providers, g_ptr_array_unref);

  G_OBJECT_CLASS (cs_provider_registry_parent_class)->finalize (object);
}

static void
cs_provider_registry_class_init (CsProviderRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_provider_registry_finalize;
}

static void
cs_provider_registry_init (CsProviderRegistry *self)
{
  self->providers = g_ptr_array_new_with_free_func (g_object_unref);
  self->wishes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * cs_provider_registry_new_with_models:
 * @models: (transfer full) (element-type CsModel): the models
 *
 * Returns: (transfer full): a registry without providers.
 */
CsProviderRegistry *
cs_provider_registry_new_with_models (GPtrArray *models)
{
  CsProviderRegistry *self = g_object_new (CS_TYPE_PROVIDER_REGISTRY, NULL);

  self->models = models;
  self->shipped = g_ptr_array_copy (models, NULL, NULL);
  g_ptr_array_set_free_func (self->shipped, NULL);
  return self;
}

/**
 * cs_provider_registry_new:
 *
 * Returns: (transfer full): the providers and models that this program ships with.
 */
CsProviderRegistry *
cs_provider_registry_new (CsHttp *http, CsKeys *keys)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsProviderContext) context = NULL;
  GPtrArray *models = cs_models_load (&error);
  CsProviderRegistry *self;

  if (models == NULL) /* the file is built in: a mistake of ours, not of the world */
    g_error ("%s", error->message);
  self = cs_provider_registry_new_with_models (models);
  context = cs_provider_context_new (http, keys, models);
  for (guint i = 0; i < G_N_ELEMENTS (constructors); i++)
    {
      g_autoptr (CsProvider) provider = constructors[i](context);

      cs_provider_registry_add (self, provider);
    }
  return self;
}

void
cs_provider_registry_add (CsProviderRegistry *self, CsProvider *provider)
{
  g_return_if_fail (CS_IS_PROVIDER_REGISTRY (self));

  g_ptr_array_add (self->providers, g_object_ref (provider));
}

/** cs_provider_registry_get_provider: Returns: (transfer none) (nullable): the provider called @id. */
CsProvider *
cs_provider_registry_get_provider (CsProviderRegistry *self, const char *id)
{
  for (guint i = 0; i < self->providers->len; i++)
    if (g_strcmp0 (cs_provider_get_id (self->providers->pdata[i]), id) == 0)
      return self->providers->pdata[i];
  return NULL;
}

/** cs_provider_registry_get_model: Returns: (transfer none) (nullable): the model called @id. */
const CsModel *
cs_provider_registry_get_model (CsProviderRegistry *self, const char *id)
{
  for (guint i = 0; i < self->models->len; i++)
    {
      CsModel *model = self->models->pdata[i];

      if (g_strcmp0 (model->id, id) == 0)
        return model;
    }
  return NULL;
}

/** cs_provider_registry_get_models: Returns: (transfer none) (element-type CsModel): all models, in order. */
GPtrArray *
cs_provider_registry_get_models (CsProviderRegistry *self)
{
  return self->models;
}

/* The order */

static int
compare_places (gconstpointer a, gconstpointer b, gpointer user_data)
{
  GHashTable *places = user_data;

  return GPOINTER_TO_INT (g_hash_table_lookup (places, *(gpointer *) a))
         - GPOINTER_TO_INT (g_hash_table_lookup (places, *(gpointer *) b));
}

/**
 * cs_provider_registry_set_order:
 * @ids: (nullable) (array zero-terminated=1): models in the order in which they are to be tried; NULL: as shipped
 *
 * Models that are not in @ids stand behind those that are, as shipped; names that no model has are passed over.
 */
void
cs_provider_registry_set_order (CsProviderRegistry *self, const char *const *ids)
{
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  int place = 1;

  g_return_if_fail (CS_IS_PROVIDER_REGISTRY (self));

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      const CsModel *model = cs_provider_registry_get_model (self, ids[i]);

      if (model != NULL && !g_hash_table_contains (places, model))
        g_hash_table_insert (places, (gpointer) model, GINT_TO_POINTER (place++));
    }
  for (guint i = 0; i < self->shipped->len; i++)
    if (!g_hash_table_contains (places, self->shipped->pdata[i]))
      g_hash_table_insert (places, self->shipped->pdata[i], GINT_TO_POINTER (place++));
  g_ptr_array_sort_with_data (self->models, compare_places, places);
}

/**
 * cs_provider_registry_set_automatic:
 * @id: a model; one that there is not is passed over
 * @is_automatic: whether it is used by itself; else only where it was asked for by name
 */
void
cs_provider_registry_set_automatic (CsProviderRegistry *self, const char *id, gboolean is_automatic)
{
  g_return_if_fail (CS_IS_PROVIDER_REGISTRY (self));

  if (cs_provider_registry_get_model (self, id) != NULL)
    g_hash_table_insert (self->wishes, g_strdup (id), GINT_TO_POINTER (is_automatic));
}

/** cs_provider_registry_is_automatic: Returns: whether @model is used by itself: as the user said, else as it was shipped. */
gboolean
cs_provider_registry_is_automatic (CsProviderRegistry *self, const CsModel *model)
{
  gpointer wish;

  if (g_hash_table_lookup_extended (self->wishes, model->id, NULL, &wish))
    return GPOINTER_TO_INT (wish);
  return !model->opt_in;
}

/** cs_provider_registry_forget_wishes: All as it was shipped: the order, and who is used by himself. */
void
cs_provider_registry_forget_wishes (CsProviderRegistry *self)
{
  g_return_if_fail (CS_IS_PROVIDER_REGISTRY (self));

  g_hash_table_remove_all (self->wishes);
  cs_provider_registry_set_order (self, NULL);
}

/**
 * cs_provider_registry_is_usable:
 * @why_not: (out) (optional) (transfer full): a sentence, when FALSE is returned
 *
 * Returns: TRUE when @model can be used now.
 */
gboolean
cs_provider_registry_is_usable (CsProviderRegistry *self, const CsModel *model, char **why_not)
{
  CsProvider *provider = cs_provider_registry_get_provider (self, model->provider);

  if (model->retired || provider == NULL)
    {
      if (why_not != NULL)
        *why_not = g_strdup_printf (_ ("%s is not offered any more."), model->name);
      return FALSE;
    }
  return cs_provider_is_available (provider, model->id, why_not);
}

/* By this program itself. A language model on this computer is somebody: it is not always there, and it can fail. */
static gboolean
is_made_here (CsProviderRegistry *self, const CsModel *model)
{
  CsProvider *provider = cs_provider_registry_get_provider (self, model->provider);

  return cs_provider_is_local (provider) && !CS_IS_TEXT_PROVIDER (provider);
}

/* Whether a person may call @candidate so: its id, the part of it behind the slash, or its name at the provider. */
static gboolean
is_called (const CsModel *candidate, const char *name)
{
  const char *slash = strchr (candidate->id, '/');

  return g_str_equal (candidate->id, name) || (slash != NULL && g_str_equal (slash + 1, name))
         || g_strcmp0 (candidate->remote, name) == 0;
}

/* A model that costs somebody's small credit, or that the user switched off, is taken only by name. */
static gboolean
is_asked_for (CsProviderRegistry *self, const CsModel *candidate, const char *provider, const char *model)
{
  if (provider == NULL && model == NULL && !cs_provider_registry_is_automatic (self, candidate))
    return FALSE;
  return (provider == NULL || g_str_equal (candidate->provider, provider)) && (model == NULL || is_called (candidate, model));
}

/**
 * cs_provider_registry_find_model:
 * @provider: (nullable): only this provider
 * @model: (nullable): as in cs_provider_registry_get_chain()
 *
 * Returns: (transfer none) (nullable): the first model of @kind that is meant, whether it can be used now or not.
 */
const CsModel *
cs_provider_registry_find_model (CsProviderRegistry *self, CsKind kind, const char *provider, const char *model)
{
  for (guint i = 0; i < self->models->len; i++)
    {
      const CsModel *candidate = self->models->pdata[i];

      if (candidate->kind == kind && !candidate->retired && is_asked_for (self, candidate, provider, model))
        return candidate;
    }
  return NULL;
}

static gboolean
set_retired (CsProviderRegistry *self, const CsModel *model, GError **error)
{
  const CsModel *heir = model->replaced_by != NULL ? cs_provider_registry_get_model (self, model->replaced_by) : NULL;

  if (heir != NULL)
    /* translators: 1 and 2: models */
    cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("%1$s is not offered any more. Use %2$s."), model->name, heir->name);
  else
    cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("%s is not offered any more."), model->name);
  return FALSE;
}

/* A name that somebody still offers; what is retired is told apart from what never was. */
static gboolean
check_model (CsProviderRegistry *self, const char *name, GError **error)
{
  const CsModel *retired = NULL;

  for (guint i = 0; i < self->models->len; i++)
    {
      const CsModel *model = self->models->pdata[i];

      if (is_called (model, name) && !model->retired)
        return TRUE;
      if (is_called (model, name) && retired == NULL)
        retired = model;
    }
  if (retired != NULL)
    return set_retired (self, retired, error);
  cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("There is no model “%s”."), name);
  return FALSE;
}

/* Names that nobody has: a mistake of the user, told apart from a missing key. */
static gboolean
check_names (CsProviderRegistry *self, const char *provider, const char *model, GError **error)
{
  if (provider != NULL && cs_provider_registry_get_provider (self, provider) == NULL)
    {
      cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("There is no provider “%s”."), provider);
      return FALSE;
    }
  return model == NULL || check_model (self, model, error);
}

/* What was found for a kind. Of decks the last one is written on this computer, behind all the others; a picture or a
 * film that is drawn here never stands in for what somebody else failed to make. */
static GPtrArray *
join_chain (CsKind kind, GPtrArray *remote, GPtrArray *local)
{
  g_autoptr (GPtrArray) chain = g_ptr_array_new ();

  if (remote->len == 0 || kind != CS_KIND_DECK)
    return g_ptr_array_ref (remote->len > 0 ? remote : local);
  g_ptr_array_extend (chain, remote, NULL, NULL);
  g_ptr_array_extend (chain, local, NULL, NULL);
  return g_steal_pointer (&chain);
}

/* Nothing can be used: because of the name, or of a key? */
static void
set_no_chain (const char *provider, const char *model, gboolean is_known, const char *why_not, GError **error)
{
  if (is_known)
    cs_set_error (error, CS_ERROR_NO_KEY, "%s", why_not != NULL ? why_not : _ ("No provider can be used now. Set a key first."));
  else if (model == NULL && provider == NULL)
    cs_set_error (error, CS_ERROR_UNAVAILABLE, _ ("Nobody makes that yet."));
  else
    cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("“%s” does not make that. Choose another provider or model."),
                  model != NULL ? model : provider);
}

/**
 * cs_provider_registry_get_chain:
 * @provider: (nullable): only this provider
 * @model: (nullable): only this model: its id, the part of it behind the slash, or its name at the provider
 *
 * The models to try for @kind, in order. A provider on this computer is used only where no other can be, or when it was
 * asked for by name: never as a fallback after a failure. Decks alone end with it: an outline is better than none.
 *
 * Returns: (transfer container) (element-type CsModel): at least one model; or NULL with %CS_ERROR_INVALID_VALUE for a
 * name that does not exist, is retired or does not make @kind, %CS_ERROR_NO_KEY, with the reason, when none can be used
 * now, and %CS_ERROR_UNAVAILABLE when there is no model of @kind at all.
 */
GPtrArray *
cs_provider_registry_get_chain (CsProviderRegistry *self, CsKind kind, const char *provider, const char *model,
                                GError **error)
{
  g_autoptr (GPtrArray) remote = g_ptr_array_new ();
  g_autoptr (GPtrArray) local = g_ptr_array_new ();
  g_autofree char *why_not = NULL;
  gboolean is_known = FALSE;

  if (!check_names (self, provider, model, error))
    return NULL;

  for (guint i = 0; i < self->models->len; i++)
    {
      CsModel *candidate = self->models->pdata[i];
      g_autofree char *reason = NULL;

      if (candidate->kind != kind || candidate->retired || !is_asked_for (self, candidate, provider, model))
        continue;
      is_known = TRUE;
      if (!cs_provider_registry_is_usable (self, candidate, &reason))
        {
          if (why_not == NULL)
            why_not = g_steal_pointer (&reason);
          continue;
        }
      if (is_made_here (self, candidate))
        g_ptr_array_add (local, candidate);
      else
        g_ptr_array_add (remote, candidate);
    }
  if (remote->len + local->len > 0)
    return join_chain (kind, remote, local);
  set_no_chain (provider, model, is_known, why_not, error);
  return NULL;
}
