/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/cs-download-rules.h"

G_BEGIN_DECLS

/*
 * The part of a file that is here already, and the note about it, both beside the file that is to be. Their names begin
 * like that file's without its ending. All disk work is done in worker threads.
 */
typedef struct
{
  char *target;
  char *path;
  char *note_path;
  char *boot;           /* (nullable) known after the first load */
  CsDownloadNote *note; /* (nullable) what was found beside the part */
  goffset offset;       /* how many bytes of the part are good */
} CsDownloadPart;

CsDownloadPart *cs_download_part_new           (const char *target);
void            cs_download_part_free          (CsDownloadPart *self);

/* Looks what is there; then note and offset are right. Cannot fail: what cannot be read is not there. */
void            cs_download_part_load_async    (CsDownloadPart *self, const char *address, GAsyncReadyCallback callback,
                                                gpointer user_data);
/* Gives the whole part its name. */
void            cs_download_part_finish_async  (CsDownloadPart *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean        cs_download_part_finish_finish (GAsyncResult *result, GError **error);
/* Takes both away. */
void            cs_download_part_discard_async (CsDownloadPart *self, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
