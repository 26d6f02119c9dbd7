/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-money.h"
#include "core/cs-vocabulary.h"
#include "media/cs-provenance.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define CS_TYPE_CREATION (cs_creation_get_type ())
G_DECLARE_FINAL_TYPE (CsCreation, cs_creation, CS, CREATION, GObject)

/* The facts of one finished creation. Texts are owned by the struct; `file`, `markdown_file` and `thumbnail` are names
 * inside the creations and thumbnails folders. */
typedef struct
{
  char *id;
  char *job_id;
  CsKind kind;
  char *title;
  char *prompt;           /* what was sent */
  char *original_prompt;  /* the user's words */
  char *negative_prompt;  /* (nullable) */
  char *notes;            /* the user's own notes */
  char *provider;
  char *model;
  char *style;            /* (nullable) slug */
  char *aspect_ratio;     /* (nullable) slug */
  char *theme;            /* (nullable) slug, decks */
  char *language;         /* (nullable) slug, decks */
  double duration;        /* seconds; 0: none */
  int width, height;      /* pixels; 0: none */
  gboolean has_sound;
  int num_slides;         /* 0: not a deck */
  gint64 seed;
  gboolean has_seed;
  char *file;
  char *markdown_file;    /* (nullable) decks */
  char *thumbnail;        /* (nullable) */
  char *mime_type;
  char *sha256;
  gint64 size;            /* bytes */
  char *parent_id;        /* (nullable) the creation it was made from */
  CsMoney cost;
  CsDigitalSource source;
  gboolean favourite;
  gboolean missing;       /* the file was not there when last looked for */
  gint64 trashed_at;      /* microseconds since the epoch; 0: not in the trash */
  gint64 created_at;
} CsCreationFacts;

CsCreationFacts *cs_creation_facts_new  (void);
void             cs_creation_facts_free (CsCreationFacts *facts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsCreationFacts, cs_creation_facts_free)

CsCreation            *cs_creation_new       (CsCreationFacts *facts); /* (transfer full) */
const CsCreationFacts *cs_creation_get_facts (CsCreation *self);
const char            *cs_creation_get_id    (CsCreation *self);

G_END_DECLS
