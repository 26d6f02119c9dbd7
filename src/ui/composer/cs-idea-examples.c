/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ideas to begin with. The first three of each kind stand below the prompt; all of them are in the dice. */
#include "config.h"
#include "ui/composer/cs-idea-examples.h"

static const CsIdea videos[] = {
  { N_ ("A lighthouse at dusk"), N_ ("A lighthouse at dusk, waves breaking on the rocks, the camera slowly circles") },
  { N_ ("A robot gardener"), N_ ("A small robot waters a plant, morning light through a window, the camera moves closer") },
  { N_ ("Algiers at dawn"), N_ ("The white houses of Algiers at dawn seen from the sea, the camera glides along the bay") },
  { N_ ("A drone over a lake"), N_ ("A drone flight over a mountain lake at sunrise") },
  { N_ ("A chase in Tokyo"), N_ ("A car chase through the streets of Tokyo at night") },
  { N_ ("A dragon in a storm"), N_ ("A majestic dragon flying through a stormy sky with lightning") },
  { N_ ("A face"), N_ ("Close-up of a human face whose feelings change") },
  { N_ ("A sunset"), N_ ("A sunset over the ocean with gentle waves") },
  { N_ ("An astronaut cat"), N_ ("An astronaut cat floating in space") },
};

static const CsIdea images[] = {
  { N_ ("A Japanese garden"), N_ ("A Japanese garden with cherry trees in blossom and a temple") },
  { N_ ("A luxury watch"), N_ ("A luxury watch on a black background, dramatic light") },
  { N_ ("A digital brain"), N_ ("Artificial intelligence shown as a digital brain") },
  { N_ ("Flying towers"), N_ ("A futuristic landscape with flying skyscrapers") },
  { N_ ("A painted portrait"), N_ ("Portrait of a woman, painted with thick swirling strokes") },
  { N_ ("Dunes"), N_ ("A caravan crosses great dunes in the last light") },
};

static const CsIdea decks[] = {
  { N_ ("AI in education"), N_ ("Artificial intelligence in education") },
  { N_ ("Solar energy"), N_ ("Solar energy in the Sahara, for a town council") },
  { N_ ("A bakery opens"), N_ ("Opening a neighbourhood bakery: a plan for the bank") },
};

/** cs_idea_list: @n_ideas: (out). Returns: (transfer none): the ideas of @kind. */
const CsIdea *
cs_idea_list (CsKind kind, guint *n_ideas)
{
  *n_ideas = kind == CS_KIND_VIDEO ? G_N_ELEMENTS (videos) : kind == CS_KIND_IMAGE ? G_N_ELEMENTS (images) : G_N_ELEMENTS (decks);
  return kind == CS_KIND_VIDEO ? videos : kind == CS_KIND_IMAGE ? images : decks;
}

/** cs_idea_choose: @other_than: (nullable): what stands there now. Returns: (transfer none): an idea, translated. */
const char *
cs_idea_choose (CsKind kind, const char *other_than)
{
  guint n_ideas;
  const CsIdea *ideas = cs_idea_list (kind, &n_ideas);
  guint first = (guint) g_random_int_range (0, (gint32) n_ideas);
  const char *idea = _ (ideas[first].prompt);

  if (g_strcmp0 (idea, other_than) == 0)
    idea = _ (ideas[(first + 1) % n_ideas].prompt);
  return idea;
}
