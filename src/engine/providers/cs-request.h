/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-vocabulary.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * What one attempt asks of a provider: everything is decided, nothing is optional any more. Reference counted and
 * immutable once handed to a provider; stored with the attempt, so that the same request can be recognised or sent again.
 */
typedef struct
{
  gatomicrefcount ref_count;
  char *creation_id;
  char *model;
  CsKind kind;
  char *prompt;           /* what is sent */
  char *original_prompt;  /* the user's words */
  char *negative_prompt;  /* (nullable) */
  CsStyle style;
  CsAspect aspect;
  int duration;           /* seconds; videos */
  gboolean sound;
  gint64 seed;            /* 0 .. 2^53-1, so that it survives every JSON reader */
  int num_slides;         /* decks */
  CsTheme theme;
  CsLanguage language;
  char *image;            /* (nullable) path of the reference image in the state folder */
  char *image_address;    /* (nullable) where the provider finds that image; from cs_provider_prepare_async() */
  char *route;            /* (nullable) how the provider sends it, in its own words; from cs_provider_prepare_async() */
  char *work_file;        /* where a provider that renders here writes */
} CsRequest;

CsRequest  *cs_request_new       (void);
CsRequest  *cs_request_copy      (CsRequest *self);
CsRequest  *cs_request_ref       (CsRequest *self);
void        cs_request_unref     (CsRequest *self);
char       *cs_request_to_json   (CsRequest *self);
CsRequest  *cs_request_from_json (const char *json, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsRequest, cs_request_unref)

G_END_DECLS
