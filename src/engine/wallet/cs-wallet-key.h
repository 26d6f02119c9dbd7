/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-money.h"
#include "store/cs-database.h"

G_BEGIN_DECLS

/* Prepaid credit that an operator resells: a row of `wallet_keys`. The key itself is not in it: only what proves it. */
typedef struct
{
  gint64 id;
  char *name;       /* the key as it may be shown: "KEY-…-A1B2" with its last four characters */
  char *label;      /* what the operator calls it; "" for nothing */
  CsMoney balance;  /* what can be spent now: what is held is not in it */
  CsMoney held;
  gint64 created_at;
} CsWalletKey;

CsWalletKey *cs_wallet_key_copy (const CsWalletKey *self);
void         cs_wallet_key_free (CsWalletKey *self);

/* Any thread. */
char        *cs_wallet_key_make_code (void);             /* (transfer full): a new one, from the system's randomness */
char        *cs_wallet_key_hash      (const char *code); /* (transfer full): SHA-256 of the code as it is meant */
char        *cs_wallet_key_make_name (const char *ending); /* (transfer full) */

/* Worker thread, inside the transaction of the caller. An unknown key is %CS_ERROR_INSUFFICIENT_CREDIT: it has none. */
gint64       cs_wallet_key_insert    (CsDatabase *database, const char *code, const char *label, GError **error); /* 0: failed */
CsWalletKey *cs_wallet_key_find      (CsDatabase *database, const char *hash, GError **error);
GPtrArray   *cs_wallet_key_list      (CsDatabase *database, GError **error); /* (element-type CsWalletKey), newest first */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWalletKey, cs_wallet_key_free)

G_END_DECLS
