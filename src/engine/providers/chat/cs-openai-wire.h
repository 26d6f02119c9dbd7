/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/cs-http-call.h"
#include "providers/chat/cs-chat-reader.h"
#include "providers/cs-wire.h"

G_BEGIN_DECLS

/*
 * The chat that OpenAI began and that Groq, Hugging Face and many local servers speak: what is written and read,
 * without any network. Pure.
 */

/* How an answer is kept to JSON. Whoever refuses one is asked with the next. */
typedef enum
{
  CS_OPENAI_SCHEMA, /* the schema itself, held to while decoding */
  CS_OPENAI_OBJECT, /* any JSON object; the words of the prompt say which */
  CS_OPENAI_TEXT,   /* not at all */
} CsOpenaiFormat;

/* In what a server differs from the others; constant. */
typedef struct
{
  const CsWireVendor *vendor;
  const char *tokens_member;  /* "max_completion_tokens" or the older "max_tokens" */
  gboolean has_reasoning;     /* takes reasoning_effort and include_reasoning as Groq does */
  gboolean streams_json;      /* streams an answer that is kept to JSON too */
  int max_tokens_at_once;     /* prompt and answer together, in the smallest plan; 0: not known */
  gboolean (*has_schema) (const char *model); /* (nullable) none has it */
} CsOpenaiDialect;

CsOpenaiFormat cs_openai_choose_format   (const CsOpenaiDialect *dialect, const CsChat *chat);
gboolean       cs_openai_is_streamed     (const CsOpenaiDialect *dialect, CsOpenaiFormat format);
JsonObject    *cs_openai_build_body      (const CsOpenaiDialect *dialect, const CsChat *chat, CsOpenaiFormat format);
gboolean       cs_openai_read_event      (CsChatReader *reader, const char *data, gsize length);
gboolean       cs_openai_read_answer     (CsChatReader *reader, const char *data, gsize length);
gboolean       cs_openai_is_about_format (const CsHttpAnswer *refusal);
void           cs_openai_read_refusal    (CsChatReader *reader, const CsOpenaiDialect *dialect, const CsHttpAnswer *refusal);

G_END_DECLS
