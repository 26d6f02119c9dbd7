/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What becomes of the file. */
typedef enum
{
  CS_BODY_FILE_KEEP,    /* as far as it came */
  CS_BODY_FILE_SYNC,    /* all of it, on the disk */
  CS_BODY_FILE_DISCARD, /* nothing */
} CsBodyFileEnd;

/*
 * A file that grows as bytes arrive. Belongs to one thread, which never waits: the disk is touched in others, by one
 * operation at a time. Counted, so that an operation may outlive who began it.
 */
typedef struct _CsBodyFile CsBodyFile;

CsBodyFile *cs_body_file_new           (const char *path);
CsBodyFile *cs_body_file_new_part      (const char *path, goffset offset, const char *note_path, const char *note);
CsBodyFile *cs_body_file_ref           (CsBodyFile *self);
void        cs_body_file_unref         (CsBodyFile *self);
gboolean    cs_body_file_is_part       (CsBodyFile *self);

void        cs_body_file_append_async  (CsBodyFile *self, const void *data, gsize length, GAsyncReadyCallback callback,
                                        gpointer user_data); /* data stays until the callback */
gboolean    cs_body_file_append_finish (GAsyncResult *result, GError **error);
void        cs_body_file_close_async   (CsBodyFile *self, CsBodyFileEnd end, GAsyncReadyCallback callback, gpointer user_data);
gboolean    cs_body_file_close_finish  (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsBodyFile, cs_body_file_unref)

G_END_DECLS
