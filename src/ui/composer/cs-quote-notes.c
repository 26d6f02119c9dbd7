/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What will not be as it was asked, and who would make it so. Pure but for the engine's lists. Main thread. */
#include "config.h"
#include "ui/composer/cs-quote-notes.h"

static char *
make_duration_note (const CsModel *model, const CsBrief *brief)
{
  int seconds = cs_model_nearest_duration (model, brief->duration);

  if (brief->kind != CS_KIND_VIDEO || seconds == brief->duration)
    return NULL;
  /* translators: 1: a model, 2: seconds */
  return g_strdup_printf (_ ("%1$s makes %2$d s."), model->short_name, seconds);
}

static char *
make_format_note (const CsModel *model, const CsBrief *brief)
{
  CsAspect aspect = cs_model_nearest_aspect (model, brief->aspect);

  if (aspect == brief->aspect)
    return NULL;
  /* translators: 1: a model, 2: a ratio of width to height, 16:9 */
  return g_strdup_printf (_ ("%1$s makes %2$s."), model->short_name, cs_aspect_to_string (aspect));
}

/** cs_quote_make_note: Returns: (transfer full) (nullable): a sentence; NULL: it is made as it was asked. */
char *
cs_quote_make_note (const CsQuote *self, const CsBrief *brief, CsNote note)
{
  const CsModel *model = self->model;

  if (model == NULL || brief->kind == CS_KIND_DECK)
    return NULL;
  switch (note)
    {
    case CS_NOTE_FORMAT:
      return make_format_note (model, brief);
    case CS_NOTE_DURATION:
      return make_duration_note (model, brief);
    case CS_NOTE_SOUND:
      return brief->kind == CS_KIND_VIDEO && brief->sound == CS_WISH_NO && model->sound == CS_SOUND_ALWAYS
                 /* translators: a model */
                 ? g_strdup_printf (_ ("%s always makes sound."), model->short_name)
                 : NULL;
    case CS_NOTE_IMAGE:
      return brief->image != NULL && !model->takes_image
                 /* translators: a model */
                 ? g_strdup_printf (_ ("%s takes no reference image: it is not sent."), model->short_name)
                 : NULL;
    case CS_N_NOTES:
    default:
      return NULL;
    }
}

/** cs_quote_find_cure: Returns: (transfer none) (nullable): the model that makes @brief in every way as it was asked. */
const CsModel *
cs_quote_find_cure (const CsQuote *self, CsStudio *studio, const CsBrief *brief)
{
  CsEngine *engine = cs_studio_get_engine (studio);
  CsMoney cost;
  const CsModel *cure = cs_job_chain_find_right_one (cs_engine_get_registry (engine), cs_engine_get_prices (engine), brief, &cost);

  return cure != self->model ? cure : NULL;
}

static char *
make_switch (const CsBrief *brief, const CsModel *cure, CsNote note, const char *price)
{
  if (note == CS_NOTE_DURATION)
    /* translators: a link; 1: seconds, 2: a model, 3: an amount of money */
    return g_strdup_printf (_ ("%1$d s with %2$s costs %3$s"), brief->duration, cure->short_name, price);
  if (note == CS_NOTE_FORMAT)
    /* translators: a link; 1: a ratio of width to height, 2: a model, 3: an amount of money */
    return g_strdup_printf (_ ("%1$s with %2$s costs %3$s"), cs_aspect_to_string (brief->aspect), cure->short_name, price);
  /* translators: a link; 1: a model, 2: an amount of money */
  return g_strdup_printf (_ ("%1$s does it for %2$s"), cure->short_name, price);
}

/** cs_quote_make_cure: Returns: (transfer full): what the link to @cure says: what it would make, and for how much. */
char *
cs_quote_make_cure (const CsQuote *self, CsStudio *studio, const CsBrief *brief, const CsModel *cure, CsNote note)
{
  CsEngine *engine = cs_studio_get_engine (studio);
  CsProviderRegistry *registry = cs_engine_get_registry (engine);
  g_autofree char *price = NULL;
  g_autofree char *words = NULL;
  CsMoney cost = 0;

  cs_job_chain_quote_payer (cs_engine_get_prices (engine), cure, brief, &cost);
  price = cs_money_to_display (cost + self->words);
  words = make_switch (brief, cure, note, price);
  if (cs_provider_registry_is_usable (registry, cure, NULL))
    return g_steal_pointer (&words);
  /* translators: a link; 1: as "10 s with Wan 2.6 costs $0.80", 2: a provider */
  return g_strdup_printf (_ ("%1$s, with a %2$s key"), words,
                          cs_provider_get_name (cs_provider_registry_get_provider (registry, cure->provider)));
}
