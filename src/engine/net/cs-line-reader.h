/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How the lines of a stream are meant. */
typedef enum
{
  CS_LINES_NDJSON, /* every line that is not blank is a message */
  CS_LINES_SSE,    /* the data of an event, joined, is a message; comments and other fields are passed over */
} CsLineStyle;

/* One message, NUL-terminated, valid UTF-8 (what was not is replaced). FALSE ends the reading. */
typedef gboolean (*CsLineFunc) (const char *message, gsize length, gpointer user_data);

/*
 * Takes a stream apart into messages, wherever its pieces are cut, also in the middle of a character. A message of over
 * @max_length bytes ends the reading. Any thread, one at a time.
 */
typedef struct _CsLineReader CsLineReader;

CsLineReader *cs_line_reader_new  (CsLineStyle style, gsize max_length, CsLineFunc func, gpointer user_data);
void          cs_line_reader_free (CsLineReader *self);
gboolean      cs_line_reader_feed (CsLineReader *self, const char *data, gsize length, GError **error);
gboolean      cs_line_reader_end  (CsLineReader *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLineReader, cs_line_reader_free)

G_END_DECLS
