/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences of the founding guide. Programs show them to people as they are. Any thread, in a words scope. */
#include "config.h"
#include "server/cs-api-words.h"

#include "server/cs-api-error.h"

#define LONG 90 /* seconds, from where on minutes are said */

/* How long it takes, from what is usual: "2-3 min", "12-18 s". */
static char *
describe_range (double seconds)
{
  double shortest = seconds * 8 / 10;
  double longest = seconds * 12 / 10;

  if (seconds < LONG)
    /* translators: from so many to so many seconds */
    return g_strdup_printf (_ ("%1$d-%2$d s"), MAX ((int) shortest, 1), (int) (longest + 0.999));
  /* translators: from so many to so many minutes */
  return g_strdup_printf (_ ("%1$d-%2$d min"), MAX ((int) (shortest / 60), 1), (int) (longest / 60 + 0.999));
}

/* Drawn by this program: a preview, and never called anything else. */
static gboolean
is_sketched (CsProviderRegistry *registry, const CsModel *model)
{
  CsProvider *provider = cs_provider_registry_get_provider (registry, model->provider);

  return provider != NULL && cs_provider_is_local (provider) && !CS_IS_TEXT_PROVIDER (provider);
}

/** cs_api_words_launched: @model: (nullable): that has taken it. Returns: (transfer full): that it is being made, and how long. */
char *
cs_api_words_launched (CsProviderRegistry *registry, const CsModel *model)
{
  g_autofree char *range = NULL;

  if (model == NULL)
    return g_strdup (cs_api_words_under_way ());
  if (is_sketched (registry, model))
    /* translators: the name of a model */
    return g_strdup_printf (_ ("%s launched! A preview without AI is being drawn on this computer..."), model->short_name);
  range = describe_range (model->typical_seconds);
  if (model->kind == CS_KIND_IMAGE)
    /* translators: 1: a model, 2: a time, as "12-18 s" */
    return g_strdup_printf (_ ("%1$s image launched! Generation under way (~%2$s)..."), model->short_name, range);
  /* translators: 1: a model, 2: a time, as "2-3 min"; in French exactly: Vidéo %1$s lancée! Génération en cours (~%2$s)... */
  return g_strdup_printf (_ ("%1$s video launched! Generation under way (~%2$s)..."), model->short_name, range);
}

char *
cs_api_words_kept (void)
{
  return g_strdup (_ ("The request is kept. No provider has taken it yet; it is sent as soon as one can be reached."));
}

const char *
cs_api_words_under_way (void)
{
  /* translators: in French exactly: Génération en cours... */
  return _ ("Generation under way...");
}

const char *
cs_api_words_in_doubt (void)
{
  return _ ("It may have been billed: nobody knows yet whether the provider took it.");
}

const char *
cs_api_words_done (CsKind kind)
{
  if (kind == CS_KIND_DECK)
    /* translators: in French exactly: Présentation générée avec succès */
    return _ ("Presentation generated successfully");
  if (kind == CS_KIND_IMAGE)
    /* translators: in French exactly: Image générée avec succès! */
    return _ ("Image generated successfully!");
  /* translators: in French exactly: Vidéo générée avec succès! */
  return _ ("Video generated successfully!");
}

/** cs_api_words_no_key: Returns: (transfer full): that there is no key @name, perhaps why, and how to set it. */
char *
cs_api_words_no_key (CsKeys *keys, CsKeyName name)
{
  const char *variable = cs_key_name_to_string (name);
  const GError *trouble = cs_keys_get_trouble (keys);
  g_autofree char *reason = trouble != NULL ? cs_api_error_describe (trouble) : NULL;
  g_autofree char *missing = NULL;
  g_autofree char *how = NULL;

  /* translators: the name of a key; in French exactly: %s non configuré */
  missing = g_strdup_printf (_ ("%s is not set"), variable);
  if (reason != NULL)
    return g_strdup_printf ("%s. %s", missing, reason);
  /* translators: the name of a key, which is also that of an environment variable */
  how = g_strdup_printf (_ ("Set it with “creative-studio-cli keys set %1$s”, or in the environment variable %1$s."), variable);
  return g_strdup_printf ("%s. %s", missing, how);
}

/** cs_api_words_bad_key: Returns: (transfer full): that the provider refused the key @name. */
char *
cs_api_words_bad_key (CsKeyName name)
{
  /* translators: the name of a key */
  return g_strdup_printf (_ ("The provider refused %1$s. Set another one with “creative-studio-cli keys set %1$s”."),
                          cs_key_name_to_string (name));
}
