/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-call.h"

G_BEGIN_DECLS

/* A file of one of our folders, open for reading; any thread, one at a time. */
typedef struct
{
  int descriptor;
  gint64 size;     /* bytes */
  gint64 modified; /* seconds since the epoch */
} CsApiFile;

/*
 * Opens the file @name that lies directly in @folder, off the main thread. Errors: CS_ERROR_NOT_FOUND: it is not there, or it
 * is no plain file, or its name leads somewhere else.
 */
void       cs_api_file_open_async  (const char *folder, const char *name, GAsyncReadyCallback callback, gpointer user_data);
CsApiFile *cs_api_file_open_finish (GAsyncResult *result, GError **error);
void       cs_api_file_free        (CsApiFile *self);

/*
 * Answers with a part of a file, piece by piece as the caller reads. The status and the headers are set; this adds the length.
 * @file: (transfer full).
 */
void       cs_api_send_file      (CsApiCall *call, CsApiFile *file, gint64 first, gint64 length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsApiFile, cs_api_file_free)

G_END_DECLS
