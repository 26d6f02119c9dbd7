/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-vocabulary.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A slide that a language model wrote: safe Markdown, not yet of the right number. */
typedef struct
{
  char *title; /* one line, may be empty */
  char *body;  /* blocks, may be empty */
  char *notes; /* one line, may be empty */
} CsSlideDraft;

CsSlideDraft *cs_slide_draft_new      (const char *title, const char *body, const char *notes);
void          cs_slide_draft_free     (CsSlideDraft *self);
GPtrArray    *cs_slide_drafts_new     (void);                               /* (element-type CsSlideDraft) */
void          cs_slide_drafts_join    (GPtrArray *slides, guint n_slides);
char         *cs_slide_drafts_write   (GPtrArray *slides, guint n_slides, const char *topic, CsLanguage language);
JsonArray    *cs_slide_drafts_to_json (GPtrArray *slides);

G_END_DECLS
