/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-error.h"
#include "providers/cs-text-provider.h"

G_BEGIN_DECLS

/*
 * A provider of language models that plays what it is told, in order, and keeps what it was asked. Available, unless told
 * otherwise. When it has nothing to say any more, its answer is empty.
 */
#define CS_TYPE_FAKE_WRITER (cs_fake_writer_get_type ())
G_DECLARE_FINAL_TYPE (CsFakeWriter, cs_fake_writer, CS, FAKE_WRITER, GObject)

CsFakeWriter *cs_fake_writer_new           (const char *id);
void          cs_fake_writer_say           (CsFakeWriter *self, const char *text, gint64 input_tokens, gint64 output_tokens);
void          cs_fake_writer_say_cut       (CsFakeWriter *self, const char *text);
void          cs_fake_writer_fail          (CsFakeWriter *self, CsError code, gboolean was_sent);
void          cs_fake_writer_be_silent     (CsFakeWriter *self); /* until it is cancelled */
void          cs_fake_writer_set_available (CsFakeWriter *self, gboolean is_available);
void          cs_fake_writer_set_found     (CsFakeWriter *self); /* available only once it was looked for */
guint         cs_fake_writer_get_n_looks   (CsFakeWriter *self);
guint         cs_fake_writer_get_n_chats   (CsFakeWriter *self);
CsChat       *cs_fake_writer_get_chat      (CsFakeWriter *self, guint index); /* (transfer none) */

G_END_DECLS
