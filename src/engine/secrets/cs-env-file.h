/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "secrets/cs-key-name.h"

G_BEGIN_DECLS

#define CS_ENV_FILE_MAX_LENGTH (64 * 1024) /* bytes */

/* What a .env file says about our keys. */
typedef struct
{
  char *secrets[CS_N_KEYS];      /* (nullable) each: what can be imported */
  GError *refusals[CS_N_KEYS];   /* (nullable) each: why what is there is no key */
  gboolean is_absent[CS_N_KEYS]; /* it is named, with nothing or a placeholder behind it */
  GPtrArray *ignored;            /* (element-type utf8) other names, each once, in order */
  GArray *odd_lines;             /* (element-type guint) numbers of the lines that say nothing, from 1 */
} CsEnvFile;

CsEnvFile *cs_env_file_parse       (const char *data, gsize length, GError **error);
void       cs_env_file_free        (CsEnvFile *self);
gboolean   cs_env_file_has_secrets (const CsEnvFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsEnvFile, cs_env_file_free)

G_END_DECLS
