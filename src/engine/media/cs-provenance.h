/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The IPTC word for how a file came to be. */
typedef enum
{
  CS_SOURCE_TRAINED_ALGORITHMIC_MEDIA,                /* made by a model */
  CS_SOURCE_COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA, /* made by a model from the user's own picture */
  CS_SOURCE_DIGITAL_CREATION,                         /* drawn by a program: Sketch */
} CsDigitalSource;

/* What a file that leaves the library says about itself; every text may be NULL. */
typedef struct
{
  CsDigitalSource source;
  const char *creation_id;
  const char *title;
  const char *prompt;          /* NULL keeps the prompt private */
  const char *original_prompt;
  const char *negative_prompt;
  const char *system;          /* "Sketch", "Flux Schnell (Replicate)" */
  const char *system_version;
  const char *provider;        /* id */
  const char *model;           /* id */
  const char *language;        /* of a deck */
  gint64 seed;
  gboolean has_seed;
  int width, height;
  gint64 created_at;           /* microseconds since the epoch, UTC */
} CsProvenance;

/* Blocking: worker threads only. Copies @from to @to with the stamp added; pixels and frames stay as they are. A file
 * with Content Credentials (C2PA), or of a type without a place for a stamp, is copied untouched and @stamped is FALSE. */
gboolean cs_provenance_stamp_copy (const char *from, const char *to, const CsProvenance *provenance, gboolean *stamped,
                                   GCancellable *cancellable, GError **error);

/* The XMP packet alone, for writers of new files. */
char    *cs_provenance_to_xmp     (const CsProvenance *provenance);

/* What a file says about itself, read back from the file: (transfer full) (nullable) the IPTC term, for example
 * "trainedAlgorithmicMedia". */
char    *cs_provenance_read_source (const char *path, GError **error);

/* The same in full; every text is NULL where the file does not say it. Hostile words, valid UTF-8, not too long. */
typedef struct
{
  char *source;      /* the IPTC term */
  char *system;      /* what made it, for example "Flux Schnell (Replicate)" */
  char *tool;        /* the program that wrote it, for example "Creative Studio 1.0" */
  gint64 created_at; /* microseconds since the epoch; 0: not said */
  gboolean has_prompt;
} CsProvenanceNote;

CsProvenanceNote *cs_provenance_read      (const char *path, GError **error);
void              cs_provenance_note_free (CsProvenanceNote *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsProvenanceNote, cs_provenance_note_free)

G_END_DECLS
