/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

G_BEGIN_DECLS

/* Ideas to begin with, in the language of the user; out of the founding guide, and more of their kind. */
typedef struct
{
  const char *name;   /* N_() a few words, on a chip; NULL ends a list */
  const char *prompt; /* N_() the whole idea */
} CsIdea;

const CsIdea *cs_idea_list       (CsKind kind, guint *n_ideas);
const char   *cs_idea_choose     (CsKind kind, const char *other_than); /* (transfer none): by chance */

G_END_DECLS
