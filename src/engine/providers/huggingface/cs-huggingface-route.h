/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-provider.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What is asked of one of the providers behind the router. */
typedef enum
{
  CS_HUGGINGFACE_TEXT_TO_IMAGE,
  CS_HUGGINGFACE_TEXT_TO_VIDEO,
  CS_HUGGINGFACE_IMAGE_TO_VIDEO,
  CS_N_HUGGINGFACE_TASKS
} CsHuggingfaceTask;

#define CS_HUGGINGFACE_ALL_ASPECTS ((1u << CS_N_ASPECTS) - 1)

/* What a queue says of a request. */
typedef struct
{
  CsPredictionStatus status; /* UNREACHABLE: the answer makes no sense */
  char *output;              /* (nullable) succeeded: the address of the result, where the answer names it; not checked */
  char *text;                /* (nullable) failed: why, cleaned */
} CsHuggingfaceWord;

/*
 * How one provider behind the router is spoken to for one task: a row of a table, pure functions alone. A route without
 * read_id() gives the result itself as its answer; the others are queues. Paths begin with a slash, and all that goes into
 * one was checked.
 */
typedef struct
{
  const char *name; /* in the mapping, and the first part of its paths */
  CsHuggingfaceTask task;
  guint aspects;    /* bit per CsAspect that it can make */
  gboolean is_called_by_model; /* by the model's name at the hub, not by the provider id of the mapping */
  const char *accept; /* (nullable) the type of the answer that it likes to be asked for */

  char       *(*make_path)        (const char *provider_id);
  JsonObject *(*make_body)        (CsRequest *request, const char *provider_id, const char *image); /* image: data URL */

  char       *(*read_id)          (JsonObject *answer, const char *provider_id); /* (nullable) NULL: there is none */
  char       *(*make_status_path) (const char *provider_id, const char *remote_id);
  void        (*read_status)      (JsonObject *answer, CsHuggingfaceWord *word);
  /* Only where the status does not name the result: where to ask for it, once it has succeeded. */
  char       *(*make_result_path) (const char *provider_id, const char *remote_id);
  char       *(*read_result)      (JsonObject *answer); /* (nullable) not checked */
} CsHuggingfaceRoute;

const CsHuggingfaceRoute *cs_huggingface_route_find     (const char *name, CsHuggingfaceTask task);
const CsHuggingfaceRoute *cs_huggingface_route_parse    (CsRequest *request, char **provider_id);
char                     *cs_huggingface_route_format   (const CsHuggingfaceRoute *self, const char *provider_id);
gboolean                  cs_huggingface_is_provider_id (const char *text);
CsHuggingfaceTask         cs_huggingface_get_task       (CsRequest *request);
const char               *cs_huggingface_task_to_string (CsHuggingfaceTask task);
void                      cs_huggingface_get_size       (CsRequest *request, int *width, int *height);
void                      cs_huggingface_add_steps      (JsonObject *body, const char *name, const char *provider_id);
void                      cs_huggingface_add_seed       (JsonObject *body, CsRequest *request);
void                      cs_huggingface_add_negative   (JsonObject *body, CsRequest *request);
void                      cs_huggingface_word_clear     (CsHuggingfaceWord *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsHuggingfaceWord, cs_huggingface_word_clear)

/* The rows. */
extern const CsHuggingfaceRoute cs_huggingface_fal_routes[];       /* (array zero-terminated=1), as all of them */
extern const CsHuggingfaceRoute cs_huggingface_picture_routes[];
extern const CsHuggingfaceRoute cs_huggingface_together_routes[];
extern const CsHuggingfaceRoute cs_huggingface_wavespeed_routes[];

G_END_DECLS
