/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who is told of what goes through a stream, before the one that reads and writes it is. */
typedef struct
{
  /* What a read gave: bytes, 0 for the end, -1 with @error. Returns what the reader gets, and may set @error in place of the
   * end. Not called for a read that would wait. */
  gssize (*read) (gpointer user_data, gssize n_bytes, GError **error);
  /* What shall be written. Returns: FALSE with @error: it shall not. */
  gboolean (*write) (gpointer user_data, const char *data, gsize length, GError **error);
  /* It is closed. Returns: FALSE when the stream below shall stay open. */
  gboolean (*closed) (gpointer user_data);
} CsApiStreamWatch;

/* A connection that somebody watches. The rest goes to the stream below, untouched. Main thread. */
#define CS_TYPE_API_STREAM (cs_api_stream_get_type ())
G_DECLARE_FINAL_TYPE (CsApiStream, cs_api_stream, CS, API_STREAM, GIOStream)

GIOStream *cs_api_stream_new (GIOStream *base, const CsApiStreamWatch *watch, gpointer user_data);

G_END_DECLS
