/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-vocabulary.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* What a model does with sound. */
typedef enum
{
  CS_SOUND_NEVER,
  CS_SOUND_CHOICE,
  CS_SOUND_ALWAYS,
} CsModelSound;

/* One engine of a provider with its limits: a row of resources/models.json. Immutable, owned by the registry. */
typedef struct
{
  char *id;              /* "sketch/video": provider/name */
  char *provider;        /* provider id */
  char *name;            /* for people: "Wan 2.2 14B (PiAPI)" */
  char *short_name;      /* for people who know by whom it is: "Wan 2.2"; its name, unless it has a shorter one */
  char *remote;          /* (nullable) its name at the provider: "minimax/video-01" */
  char *image_remote;    /* (nullable) the name to use with a reference image, when it is another one */
  char *task;            /* (nullable) PiAPI's task_type */
  char *image_task;      /* (nullable) task_type with a reference image */
  char *quality_words;   /* (nullable) words that this model likes in its prompt */
  char *replaced_by;     /* (nullable) model id; for a retired one */
  CsKind kind;
  guint aspects;         /* bit per CsAspect; 0: not applicable */
  int min_duration;      /* seconds; 0: not applicable */
  int max_duration;
  guint32 durations;     /* bit n: n seconds; 0: every length from min_duration to max_duration */
  CsModelSound sound;
  gboolean takes_image;
  gboolean takes_negative_prompt;
  gboolean takes_seed;
  double typical_seconds; /* how long one creation takes, from published figures or measured here */
  gboolean retired;
  gboolean opt_in;       /* used only where it was asked for by name */
} CsModel;

GPtrArray *cs_models_parse        (const char *json, gsize length, GError **error); /* (element-type CsModel) */
GPtrArray *cs_models_load         (GError **error);
void       cs_model_free          (CsModel *self);
gboolean   cs_model_has_aspect    (const CsModel *self, CsAspect aspect);
CsAspect   cs_model_nearest_aspect (const CsModel *self, CsAspect wanted);
int        cs_model_nearest_duration (const CsModel *self, int wanted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsModel, cs_model_free)

G_END_DECLS
