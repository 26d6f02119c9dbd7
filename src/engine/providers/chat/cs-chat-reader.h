/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-error.h"
#include "providers/chat/cs-chat.h"

G_BEGIN_DECLS

#define CS_CHAT_MAX_TEXT (256 * 1024) /* bytes; what an answer may have */

/*
 * What was read of a model's answer so far, whoever speaks: the text grows piece by piece, bounded, without what the
 * model thinks aloud at its beginning. Pure; one thread at a time.
 */
typedef struct _CsChatReader CsChatReader;

/* How a wire reads into it. FALSE: the answer is over, or nonsense. */
typedef gboolean (*CsChatReadFunc) (CsChatReader *reader, const char *data, gsize length);

CsChatReader *cs_chat_reader_new         (const char *name, const char *model, CsChatFunc func, gpointer func_data);
void          cs_chat_reader_free        (CsChatReader *self);
gboolean      cs_chat_reader_add         (CsChatReader *self, const char *piece);
void          cs_chat_reader_set_model   (CsChatReader *self, const char *model);
void          cs_chat_reader_set_tokens  (CsChatReader *self, gint64 input, gint64 output);
void          cs_chat_reader_set_wait    (CsChatReader *self, gint64 microseconds);
void          cs_chat_reader_set_sent    (CsChatReader *self);
void          cs_chat_reader_finish      (CsChatReader *self, gboolean is_cut);
void          cs_chat_reader_take_error  (CsChatReader *self, GError *error);
void          cs_chat_reader_set_error   (CsChatReader *self, CsError code, const char *format, ...) G_GNUC_PRINTF (3, 4);
const char   *cs_chat_reader_get_name    (CsChatReader *self);
const char   *cs_chat_reader_get_model   (CsChatReader *self);
gboolean      cs_chat_reader_has_text    (CsChatReader *self);
gboolean      cs_chat_reader_is_finished (CsChatReader *self);
gboolean      cs_chat_reader_has_error   (CsChatReader *self);
CsChatAnswer *cs_chat_reader_end         (CsChatReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsChatReader, cs_chat_reader_free)

G_END_DECLS
