/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Told what a read gave (bytes, 0 for the end, -1 with @error), before the reader is; returns what the reader gets, and may
 * set @error in place of the end. Not called for a read that would wait. */
typedef gssize (*CsApiStreamRead) (gpointer user_data, gssize n_bytes, GError **error);
typedef void (*CsApiStreamClosed) (gpointer user_data);

/* A connection whose reads and whose end somebody watches. The rest goes to the stream below, untouched. Main thread. */
#define CS_TYPE_API_STREAM (cs_api_stream_get_type ())
G_DECLARE_FINAL_TYPE (CsApiStream, cs_api_stream, CS, API_STREAM, GIOStream)

GIOStream *cs_api_stream_new (GIOStream *base, CsApiStreamRead read, CsApiStreamClosed closed, gpointer user_data);

G_END_DECLS
