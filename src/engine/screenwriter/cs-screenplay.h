/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-money.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* One who was asked and did not write it. */
typedef struct
{
  char *screenwriter;     /* ollama, groq or huggingface */
  char *code;             /* slug of the error */
  char *message;
} CsScreenwriterTry;

/* The screenwriter's answer; a plain value, stored with its job. */
typedef struct
{
  char *prompt;           /* what is sent */
  char *negative_prompt;  /* (nullable) */
  GStrv notes;            /* (nullable) why, in sentences */
  char *screenwriter;     /* ollama, groq, huggingface or direct */
  char *model;            /* (nullable) */
  CsMoney cost;
  GPtrArray *tried;       /* (element-type CsScreenwriterTry) in order */
} CsScreenplay;

CsScreenplay *cs_screenplay_new       (void);
CsScreenplay *cs_screenplay_copy      (const CsScreenplay *self);
void          cs_screenplay_free      (CsScreenplay *self);
void          cs_screenplay_add_try   (CsScreenplay *self, const char *screenwriter, const GError *error);
char         *cs_screenplay_to_json   (const CsScreenplay *self);
CsScreenplay *cs_screenplay_from_json (const char *json, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsScreenplay, cs_screenplay_free)

G_END_DECLS
