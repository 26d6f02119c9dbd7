/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of a language model, and how that ended. */
#include "config.h"
#include "providers/chat/cs-chat.h"

/* The patience of one prompt (design, section 6); a deck gets more. */
#define CONNECT_TIMEOUT (2 * G_USEC_PER_SEC)
#define FIRST_TIMEOUT (60 * G_USEC_PER_SEC)
#define IDLE_TIMEOUT (15 * G_USEC_PER_SEC)
#define TOTAL_TIMEOUT (90 * G_USEC_PER_SEC)

#define MAX_TOKENS 2048
#define TEMPERATURE 0.4

/** cs_chat_new: Returns: (transfer full): a chat with the usual patience and without any words, to be filled in. */
CsChat *
cs_chat_new (void)
{
  CsChat *self = g_new0 (CsChat, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->max_tokens = MAX_TOKENS;
  self->temperature = TEMPERATURE;
  self->connect_timeout = CONNECT_TIMEOUT;
  self->first_timeout = FIRST_TIMEOUT;
  self->idle_timeout = IDLE_TIMEOUT;
  self->total_timeout = TOTAL_TIMEOUT;
  return self;
}

CsChat *
cs_chat_ref (CsChat *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cs_chat_unref (CsChat *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->model);
  g_free (self->system);
  g_free (self->user);
  g_free (self->schema_name);
  g_clear_pointer (&self->schema, json_object_unref);
  g_free (self);
}

/** cs_chat_answer_new: Returns: (transfer full): an answer that says nothing yet. */
CsChatAnswer *
cs_chat_answer_new (void)
{
  CsChatAnswer *self = g_new0 (CsChatAnswer, 1);

  self->input_tokens = -1;
  self->output_tokens = -1;
  return self;
}

void
cs_chat_answer_free (CsChatAnswer *self)
{
  g_free (self->text);
  g_free (self->model);
  g_clear_error (&self->error);
  g_free (self);
}
