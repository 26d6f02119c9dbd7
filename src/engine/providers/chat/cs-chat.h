/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What is asked of a language model: one system text, one user text. Reference counted, immutable once sent. Times are
 * microseconds. */
typedef struct
{
  gatomicrefcount ref_count;
  char *model;             /* the provider's own name of it: CsModel.remote */
  char *system;
  char *user;
  JsonObject *schema;      /* (nullable) JSON schema of the answer; used where the model has it, else "JSON" is asked for */
  char *schema_name;       /* (nullable) */
  int max_tokens;          /* of the answer, hidden reasoning aside */
  double temperature;
  gint64 connect_timeout;
  gint64 first_timeout;    /* until the first piece of text */
  gint64 idle_timeout;
  gint64 total_timeout;
} CsChat;

/* How it ended; always a value. */
typedef struct
{
  char *text;              /* (nullable) all of the answer that came; valid UTF-8, redacted of nothing but our keys */
  char *model;             /* (nullable) who wrote it, in the provider's words */
  gboolean is_cut;         /* it ends because it was too long */
  gboolean was_sent;
  gint64 input_tokens;     /* as the provider counts; -1: not said */
  gint64 output_tokens;
  gint64 retry_after;      /* rate limited: microseconds to wait; 0: not said */
  GError *error;           /* (nullable) CS_ERROR, when there is no whole answer: OFFLINE, NO_KEY, PROVIDER_REFUSED,
                              RATE_LIMITED, UNAVAILABLE, BAD_RESPONSE, TOO_LARGE, or G_IO_ERROR_CANCELLED */
} CsChatAnswer;

/* Every new piece of the answer as it is written. Main thread. */
typedef void (*CsChatFunc) (const char *piece, gpointer user_data);

CsChat       *cs_chat_new         (void);
CsChat       *cs_chat_ref         (CsChat *self);
void          cs_chat_unref       (CsChat *self);
CsChatAnswer *cs_chat_answer_new  (void);
void          cs_chat_answer_free (CsChatAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsChat, cs_chat_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsChatAnswer, cs_chat_answer_free)

G_END_DECLS
