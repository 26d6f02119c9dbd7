/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of every cascade: the user's own words with the style's words around them. */
#include "config.h"
#include "screenwriter/cs-direct-prompt.h"

/* The words of the founding guide: "cinematic, <prompt>, high quality, detailed". */
static const char *const style_words[CS_N_STYLES] = {
  [CS_STYLE_PHOTOREALISTIC] = "photorealistic",
  [CS_STYLE_CINEMATIC] = "cinematic",
  [CS_STYLE_ANIME] = "anime",
  [CS_STYLE_3D_RENDER] = "3D render",
  [CS_STYLE_ARTISTIC] = "artistic",
};

/**
 * cs_direct_prompt_write:
 * @brief: a checked brief
 *
 * Returns: (transfer full): the screenplay; a deck's topic, and a brief without screenwriter, are kept word for word.
 */
CsScreenplay *
cs_direct_prompt_write (const CsBrief *brief)
{
  CsScreenplay *screenplay = cs_screenplay_new ();

  if (brief->kind == CS_KIND_DECK || !brief->screenwriter)
    screenplay->prompt = g_strdup (brief->prompt);
  else
    screenplay->prompt = g_strdup_printf ("%s, %s, high quality, detailed", style_words[brief->style], brief->prompt);
  screenplay->negative_prompt = g_strdup (brief->negative_prompt);
  screenplay->screenwriter = g_strdup ("direct");
  return screenplay;
}
