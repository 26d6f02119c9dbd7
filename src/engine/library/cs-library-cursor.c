/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cursors of library pages: opaque outside, checked when they come back; pure. */
#include "config.h"
#include "library/cs-library-cursor.h"

#include "core/cs-error.h"
#include "core/cs-text.h"
#include "core/cs-words.h"

#include <math.h>
#include <string.h>

#define MAX_LENGTH 160 /* bytes; ours are under 150 */
#define VERSION "1"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static const char *const sort_words[] = {
  [CS_SORT_NEWEST] = "newest",
  [CS_SORT_OLDEST] = "oldest",
  [CS_SORT_PRICE] = "price",
  [CS_SORT_LONGEST] = "longest",
};

/* base64url without padding (RFC 4648, section 5) */
static char *
encode (const char *text)
{
  char *encoded = g_base64_encode ((const guchar *) text, strlen (text));

  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  encoded[strcspn (encoded, "=")] = '\0';
  return encoded;
}

/* NULL when @text was not made by encode(). */
static char *
decode (const char *text)
{
  gsize length = strnlen (text, MAX_LENGTH + 1);
  g_autoptr (GString) standard = NULL;
  g_autofree guchar *bytes = NULL;
  gsize n_bytes;

  if (length == 0 || length > MAX_LENGTH || length % 4 == 1 || strspn (text, alphabet) != length)
    return NULL;

  standard = g_string_new (text);
  while (standard->len % 4 != 0)
    g_string_append_c (standard, '=');
  g_strdelimit (standard->str, "-", '+');
  g_strdelimit (standard->str, "_", '/');
  bytes = g_base64_decode (standard->str, &n_bytes);
  if (memchr (bytes, '\0', n_bytes) != NULL)
    return NULL;
  return g_strndup ((const char *) bytes, n_bytes);
}

static gboolean
parse_id (const char *text, char id[CS_LIBRARY_CURSOR_ID_MAX + 1])
{
  return strspn (text, alphabet) == strlen (text) && *text != '\0'
         && g_strlcpy (id, text, CS_LIBRARY_CURSOR_ID_MAX + 1) <= CS_LIBRARY_CURSOR_ID_MAX;
}

static gboolean
parse_seconds (const char *text, double *seconds)
{
  char *end;

  *seconds = g_ascii_strtod (text, &end);
  return *text != '\0' && *end == '\0' && isfinite (*seconds);
}

/**
 * cs_library_cursor_to_string:
 *
 * Returns: (transfer full): the cursor as a word that is safe in an address.
 */
char *
cs_library_cursor_to_string (const CsLibraryCursor *self)
{
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *value = NULL;
  g_autofree char *text = NULL;

  if (self->sort == CS_SORT_LONGEST)
    value = g_strdup (g_ascii_dtostr (seconds, sizeof seconds, self->seconds));
  else
    value = g_strdup_printf ("%" G_GINT64_FORMAT, self->number);
  text = g_strdup_printf ("%s %s %s %s", VERSION, sort_words[self->sort], value, self->id);
  return encode (text);
}

static gboolean
parse_parts (CsLibraryCursor *self, char **parts, CsLibrarySort sort)
{
  if (g_strv_length (parts) != 4 || strcmp (parts[0], VERSION) != 0
      || strcmp (parts[1], sort_words[sort]) != 0)
    return FALSE;
  if (sort == CS_SORT_LONGEST && !parse_seconds (parts[2], &self->seconds))
    return FALSE;
  if (sort != CS_SORT_LONGEST && !cs_text_parse_int (parts[2], G_MININT64, G_MAXINT64, &self->number))
    return FALSE;
  return parse_id (parts[3], self->id);
}

/**
 * cs_library_cursor_parse:
 * @self: (out caller-allocates): the place
 * @text: what came from outside
 * @sort: the order of the list that it must belong to
 *
 * Returns: FALSE with CS_ERROR_INVALID_VALUE when @text is not a cursor of such a list.
 */
gboolean
cs_library_cursor_parse (CsLibraryCursor *self, const char *text, CsLibrarySort sort, GError **error)
{
  g_autofree char *decoded = decode (text);
  g_auto (GStrv) parts = NULL;

  *self = (CsLibraryCursor){ .sort = sort };
  if (decoded != NULL)
    parts = g_strsplit (decoded, " ", 5);
  if (parts != NULL && parse_parts (self, parts, sort))
    return TRUE;

  cs_set_error (error, CS_ERROR_INVALID_VALUE,
                _ ("The cursor is not one of this list. Use the word “next” of the page before, as it is."));
  return FALSE;
}
