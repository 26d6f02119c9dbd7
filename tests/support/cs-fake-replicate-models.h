/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-field.h"

G_BEGIN_DECLS

/* A model that the fake Replicate runs. */
typedef struct
{
  const char *name;      /* "owner/name" */
  const CsFakeField *fields;
  gboolean is_video;
  gboolean is_array;     /* its output is a list of addresses */
  gboolean has_progress; /* its log has lines with percents */
} CsFakeModel;

/* (nullable) */
const CsFakeModel *cs_fake_model_find           (const char *name);
const CsFakeModel *cs_fake_model_find_version   (const char *version);
char              *cs_fake_model_dup_version    (const CsFakeModel *self); /* 64 digits */
char              *cs_fake_model_format         (const CsFakeModel *self); /* as GET /models/OWNER/NAME */

G_END_DECLS
