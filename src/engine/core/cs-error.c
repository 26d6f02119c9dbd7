/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one error domain of the engine: codes are decisions, messages are sentences. */
#include "config.h"
#include "core/cs-error.h"

#include "core/cs-words.h"

#include <gio/gio.h>

G_DEFINE_QUARK (cs - error, cs_error)

static const struct
{
  const char *slug;
  int exit_code;
} codes[CS_N_ERRORS] = {
  [CS_ERROR_FAILED] = { "failed", 1 },
  [CS_ERROR_INVALID_VALUE] = { "invalid_value", 2 },
  [CS_ERROR_MISSING_FIELD] = { "missing_field", 2 },
  [CS_ERROR_USAGE] = { "usage", 2 },
  [CS_ERROR_MALFORMED] = { "malformed", 2 },
  [CS_ERROR_TOO_LARGE] = { "too_large", 2 },
  [CS_ERROR_NOT_FOUND] = { "not_found", 2 },
  [CS_ERROR_CONFLICT] = { "conflict", 2 },
  [CS_ERROR_EXISTS] = { "exists", 2 },
  [CS_ERROR_NO_KEY] = { "no_key", 3 },
  [CS_ERROR_NO_KEYRING] = { "no_keyring", 3 },
  [CS_ERROR_INSUFFICIENT_CREDIT] = { "insufficient_credit", 4 },
  [CS_ERROR_OVER_BUDGET] = { "over_budget", 4 },
  [CS_ERROR_OVER_MAX_COST] = { "over_max_cost", 4 },
  [CS_ERROR_PROVIDER_REFUSED] = { "provider_refused", 5 },
  [CS_ERROR_RATE_LIMITED] = { "rate_limited", 6 },
  [CS_ERROR_OFFLINE] = { "offline", 6 },
  [CS_ERROR_UNAVAILABLE] = { "unavailable", 1 },
  [CS_ERROR_BAD_RESPONSE] = { "bad_response", 1 },
  [CS_ERROR_UNCERTAIN] = { "uncertain", 7 },
  [CS_ERROR_CANCELLED] = { "cancelled", 8 },
  [CS_ERROR_DAMAGED] = { "damaged", 1 },
  [CS_ERROR_CORRUPT] = { "corrupt", 1 },
  [CS_ERROR_NEWER] = { "newer", 1 },
  [CS_ERROR_BUSY] = { "busy", 1 },
  [CS_ERROR_DISK_FULL] = { "disk_full", 1 },
  [CS_ERROR_NOT_WRITABLE] = { "not_writable", 2 },
};

/**
 * cs_error_code_get_slug:
 *
 * Returns: (transfer none): the stable word for @code that programs compare, for example "invalid_value".
 */
const char *
cs_error_code_get_slug (CsError code)
{
  g_return_val_if_fail ((int) code >= 0 && code < CS_N_ERRORS, "failed");

  return codes[code].slug;
}

/**
 * cs_error_code_from_slug:
 * @code: (out): the code
 *
 * Returns: FALSE when @slug is none of ours.
 */
gboolean
cs_error_code_from_slug (const char *slug, CsError *code)
{
  for (int i = 0; i < CS_N_ERRORS; i++)
    if (g_strcmp0 (codes[i].slug, slug) == 0)
      {
        *code = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * cs_error_get_slug:
 * @error: an error of any domain
 *
 * Returns: (transfer none): the slug; errors of other domains are "cancelled" or "failed".
 */
const char *
cs_error_get_slug (const GError *error)
{
  if (error->domain == CS_ERROR)
    return cs_error_code_get_slug (error->code);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return cs_error_code_get_slug (CS_ERROR_CANCELLED);
  return cs_error_code_get_slug (CS_ERROR_FAILED);
}

/**
 * cs_error_get_exit_code:
 *
 * Returns: the process exit code of the contract for @error.
 */
int
cs_error_get_exit_code (const GError *error)
{
  if (error->domain == CS_ERROR)
    return codes[error->code].exit_code;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return codes[CS_ERROR_CANCELLED].exit_code;
  return 1;
}

/* The sentence for a file error; NULL when the system's own words are the best there are. */
static char *
describe_io_error (const GError *error, const char *subject, CsError *code)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    {
      *code = CS_ERROR_DISK_FULL;
      return g_strdup_printf (_ ("The disk is full: “%s” was not written. Free some space and try again."),
                              subject);
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ACCES)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PERM)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ROFS))
    {
      *code = CS_ERROR_NOT_WRITABLE;
      return g_strdup_printf (
          _ ("“%s” cannot be used: permission denied. Choose a place that you may write to."), subject);
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      *code = CS_ERROR_NOT_FOUND;
      return g_strdup_printf (_ ("“%s” does not exist. Check the name and its folder."), subject);
    }
  return NULL;
}

/**
 * cs_error_from_io:
 * @error: (transfer full): an error of GIO or of the file utilities
 * @subject: the file as the user knows it
 *
 * Returns: (transfer full): the same failure in our domain, in a sentence that says what to do. Cancellation
 * and errors that are ours already are handed through.
 */
GError *
cs_error_from_io (GError *error, const char *subject)
{
  CsError code = CS_ERROR_FAILED;
  g_autofree char *text = NULL;

  if (error->domain == CS_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;

  text = describe_io_error (error, subject, &code);
  if (text == NULL)
    text = g_strdup_printf (_ ("“%s” cannot be used: %s."), subject, error->message);
  g_error_free (error);
  return g_error_new_literal (CS_ERROR, code, text);
}

/**
 * cs_set_error:
 *
 * Like g_set_error() in the domain CS_ERROR.
 */
void
cs_set_error (GError **error, CsError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (CS_ERROR, code, format, args);
  va_end (args);
}
