/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/cs-media-header.h"
#include "media/cs-provenance.h"

G_BEGIN_DECLS

#define CS_XMP_MAX (4 * 1024 * 1024)

/* One stamped copy that is being written. Belongs to cs_provenance_stamp_copy(), on its worker thread. */
typedef struct
{
  CsMediaFile in;
  int out;
  const CsProvenance *provenance;
  GCancellable *cancellable;
  int failure; /* errno of a write; 0 */
} CsStamp;

/* What became of it. A writer decides for NO_PLACE or DAMAGED before it writes its first byte. */
typedef enum
{
  CS_STAMP_DONE,
  CS_STAMP_NO_PLACE, /* carries Content Credentials, or cannot carry a stamp: to be copied as it is */
  CS_STAMP_DAMAGED,
  CS_STAMP_FAILED,   /* cancelled, or `failure` */
} CsStampOutcome;

gboolean       cs_stamp_copy_range (CsStamp *stamp, guint64 offset, guint64 length);
gboolean       cs_stamp_write      (CsStamp *stamp, const void *data, gsize length);

CsStampOutcome cs_png_stamp        (CsStamp *stamp);
CsStampOutcome cs_jpeg_stamp       (CsStamp *stamp);
CsStampOutcome cs_webp_stamp       (CsStamp *stamp);
CsStampOutcome cs_mp4_stamp        (CsStamp *stamp);
CsStampOutcome cs_html_stamp       (CsStamp *stamp);

/* (transfer full) (nullable): the XMP packet of a file, or for HTML its block of JSON-LD. */
char          *cs_png_read_xmp     (const CsMediaFile *file);
char          *cs_jpeg_read_xmp    (const CsMediaFile *file);
char          *cs_webp_read_xmp    (const CsMediaFile *file);
char          *cs_mp4_read_xmp     (const CsMediaFile *file);
char          *cs_html_read_block  (const CsMediaFile *file);

char          *cs_provenance_read_text     (const char *path, GError **error);
char          *cs_provenance_to_json       (const CsProvenance *provenance);
char          *cs_provenance_to_parameters (const CsProvenance *provenance);
gboolean       cs_provenance_owns_parameters (const char *text);
char          *cs_xmp_merge                (const char *old, const CsProvenance *provenance, gsize max_length);
char          *cs_xmp_find_source          (const char *text);

G_END_DECLS
