/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define CS_WORD_DIFF_MAX 2000 /* words of each text; longer ones are one removal and one addition */

typedef enum
{
  CS_DIFF_KEPT,
  CS_DIFF_REMOVED,
  CS_DIFF_ADDED,
} CsDiffOp;

/* A stretch of text that was kept, removed or added, with the white space before its words. */
typedef struct
{
  CsDiffOp op;
  char *text;
} CsDiffRun;

GPtrArray  *cs_word_diff         (const char *before, const char *after); /* (element-type CsDiffRun) */
JsonArray  *cs_word_diff_to_json (GPtrArray *runs);
const char *cs_diff_op_to_string (CsDiffOp op);

G_END_DECLS
