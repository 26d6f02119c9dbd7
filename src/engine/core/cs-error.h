/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CsError:
 *
 * What the caller can do about a failure. Every code has a stable slug for programs (contract, "Errors") and a
 * process exit code (contract, "Exit codes"). The message of a GError in this domain is a translated sentence for
 * people that says what to do; it never holds a key, an address with a query, or a path the user did not name.
 */
typedef enum
{
  CS_ERROR_FAILED,             /* failed: something went wrong that has no better name */
  CS_ERROR_INVALID_VALUE,      /* invalid_value: change the value of one field */
  CS_ERROR_MISSING_FIELD,      /* missing_field: give the field */
  CS_ERROR_USAGE,              /* usage: the command line was wrong */
  CS_ERROR_MALFORMED,          /* malformed: not JSON, not UTF-8 */
  CS_ERROR_TOO_LARGE,          /* too_large: over a size limit */
  CS_ERROR_NOT_FOUND,          /* not_found */
  CS_ERROR_CONFLICT,           /* conflict: same request id, other body; or not possible in this state */
  CS_ERROR_EXISTS,             /* exists: would replace a file without --force */
  CS_ERROR_NO_KEY,             /* no_key: set a key */
  CS_ERROR_NO_KEYRING,         /* no_keyring: unlock or start the keyring */
  CS_ERROR_INSUFFICIENT_CREDIT,/* insufficient_credit: credit the wallet key */
  CS_ERROR_OVER_BUDGET,        /* over_budget: raise a cap */
  CS_ERROR_OVER_MAX_COST,      /* over_max_cost: raise --max-cost */
  CS_ERROR_PROVIDER_REFUSED,   /* provider_refused: change the prompt or the provider */
  CS_ERROR_RATE_LIMITED,       /* rate_limited: wait */
  CS_ERROR_OFFLINE,            /* offline: no connection */
  CS_ERROR_UNAVAILABLE,        /* unavailable: the provider or a part of this computer is not there */
  CS_ERROR_BAD_RESPONSE,       /* bad_response: the provider answered nonsense */
  CS_ERROR_UNCERTAIN,          /* uncertain: may have been billed */
  CS_ERROR_CANCELLED,          /* cancelled */
  CS_ERROR_DAMAGED,            /* damaged: a media file that cannot be decoded */
  CS_ERROR_CORRUPT,            /* corrupt: the database did not pass its check */
  CS_ERROR_NEWER,              /* newer: the database was made by a newer version */
  CS_ERROR_BUSY,               /* busy: another process holds it */
  CS_ERROR_DISK_FULL,          /* disk_full */
  CS_ERROR_NOT_WRITABLE,       /* not_writable: missing or read-only folder */
  CS_N_ERRORS
} CsError;

#define CS_ERROR (cs_error_quark ())

GQuark      cs_error_quark         (void);
const char *cs_error_code_get_slug (CsError code);
gboolean    cs_error_code_from_slug (const char *slug, CsError *code);
const char *cs_error_get_slug      (const GError *error);
int         cs_error_get_exit_code (const GError *error);
GError     *cs_error_from_io       (GError *error, const char *subject);
void        cs_set_error           (GError **error, CsError code, const char *format, ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
