/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-money.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* The screenwriter's answer; a plain value, stored with its job. */
typedef struct
{
  char *prompt;           /* what is sent */
  char *negative_prompt;  /* (nullable) */
  GStrv notes;            /* (nullable) why, in sentences */
  char *screenwriter;     /* ollama, groq, huggingface or direct */
  char *model;            /* (nullable) */
  CsMoney cost;
} CsScreenplay;

CsScreenplay *cs_screenplay_new       (void);
void          cs_screenplay_free      (CsScreenplay *self);
char         *cs_screenplay_to_json   (const CsScreenplay *self);
CsScreenplay *cs_screenplay_from_json (const char *json, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsScreenplay, cs_screenplay_free)

G_END_DECLS
