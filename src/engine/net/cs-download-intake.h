/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/cs-download-part.h"
#include "net/cs-download-private.h"
#include "net/cs-http-private.h"

G_BEGIN_DECLS

/*
 * What comes in while a download runs: which bytes they are, whether they are what was asked for, how fast they come.
 * Its two functions are the hooks of the call. Main thread.
 */
typedef struct
{
  /* what was asked */
  const char *address; /* of the result, as the provider gave it */
  const char *where;   /* of this hop */
  goffset max_length;
  const CsDownloadLimits *limits;
  CsDownloadPart *part;
  CsDownloadProgressFunc progress; /* (nullable) */
  gpointer progress_data;

  /* what came */
  gboolean is_anew; /* what is here is of another file: the next round begins at the first byte */
  goffset begin;    /* the first byte that this round brings */
  goffset position; /* bytes that are here, on the way to the disk included */
  goffset length;   /* of the whole; -1: not said */
  GError *verdict;  /* (nullable) what is wrong with it; no other round will change that */
  char head[CS_LOOK_BYTES];
  gsize n_head;
  gint64 drip_since;
  gsize drip_length;
  double told; /* the last progress that was told */
} CsDownloadIntake;

void        cs_download_intake_begin    (CsDownloadIntake *self);
CsBodyFile *cs_download_intake_open     (SoupMessage *message, gpointer intake, GError **error);
gboolean    cs_download_intake_piece    (const char *data, gsize length, gpointer intake, GError **error);
gboolean    cs_download_intake_look_all (CsDownloadIntake *self);

G_END_DECLS
