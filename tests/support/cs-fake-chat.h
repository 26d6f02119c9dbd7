/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-call.h"

G_BEGIN_DECLS

/*
 * What a fake language model says: the words that a test gave it (see cs_fake_server_set_text()), else JSON by the schema
 * that was sent, else a screenwriter's JSON, else a sentence. Always with letters of several bytes in it.
 */
char   *cs_fake_chat_compose     (CsFakeCall *call, JsonObject *schema, gboolean as_json);
char   *cs_fake_chat_get_user    (JsonObject *body);
/* Pieces as models give them: a word or two each. */
GStrv   cs_fake_chat_split       (const char *text);

/* The chat that all copied from OpenAI: plain and as server-sent events. */
void    cs_fake_chat_answer      (CsFakeCall *call);
void    cs_fake_chat_list_models (CsFakeCall *call);

G_END_DECLS
