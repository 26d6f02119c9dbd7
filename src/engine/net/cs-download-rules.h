/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The rules of downloads that touch neither net nor disk; any thread. */

/* What the first bytes of a result look like. */
typedef enum
{
  CS_LOOK_UNCLEAR, /* more bytes are needed */
  CS_LOOK_BINARY,
  CS_LOOK_TEXT, /* a page, JSON or words: an error that calls itself a success */
} CsLook;

#define CS_LOOK_BYTES 64 /* how many are enough */

/* What is known of a part, kept beside it so that a killed download goes on. */
typedef struct
{
  char *address_hash;
  char *validator; /* (nullable) a strong ETag or date: without one nothing can go on */
  char *boot;      /* when the computer was started: after a crash the end of the part may be missing on the disk */
  goffset length;  /* of the whole; -1: not said */
} CsDownloadNote;

gboolean        cs_download_parse_range   (const char *text, goffset *start, goffset *end, goffset *length);
char           *cs_download_dup_validator (const char *etag, const char *last_modified, const char *date);
CsLook          cs_download_look          (const char *data, gsize length, gboolean is_all);

CsDownloadNote *cs_download_note_new      (const char *address, const char *boot);
void            cs_download_note_free     (CsDownloadNote *self);
char           *cs_download_note_to_text  (const CsDownloadNote *self);
CsDownloadNote *cs_download_note_from_text (const char *text, gsize length);
goffset         cs_download_note_get_offset (const CsDownloadNote *self, const CsDownloadNote *now, goffset size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDownloadNote, cs_download_note_free)

G_END_DECLS
