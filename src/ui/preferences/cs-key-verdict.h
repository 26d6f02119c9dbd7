/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

G_BEGIN_DECLS

/* What the last check found of a key, in the words of this window. */
typedef enum
{
  CS_KEY_UNCHECKED,  /* nobody asked, or nobody answered */
  CS_KEY_WORKS,
  CS_KEY_NO_CREDIT,  /* it works, and there is no money behind it */
  CS_KEY_REFUSED,
} CsKeyState;

/* One check of one key, remembered as long as the program runs; a plain value. */
typedef struct
{
  CsKeyState state;
  char *title;    /* a sentence */
  char *subtitle; /* markup */
  gint64 at;      /* microseconds since the epoch */
} CsKeyVerdict;

CsKeyVerdict       *cs_key_verdict_new    (const CsKeyCheck *check, CsKeyName key);
void                cs_key_verdict_free   (CsKeyVerdict *self);
void                cs_key_verdict_keep   (CsKeys *keys, CsKeyName key, CsKeyVerdict *verdict); /* verdict: (nullable) (transfer full) */
const CsKeyVerdict *cs_key_verdict_recall (CsKeys *keys, CsKeyName key);                        /* (nullable) */

/* Where keys are had. */
const char *cs_key_page_get_name    (CsKeyName key); /* of the provider */
const char *cs_key_page_get_address (CsKeyName key); /* as people read it */
const char *cs_key_page_get_uri     (CsKeyName key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsKeyVerdict, cs_key_verdict_free)

G_END_DECLS
