/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What must never be read by anybody: every key that this process has learned, in all the shapes that a text may carry it
 * in, and whatever looks like a key or stands where keys stand. Any thread.
 */
#include "config.h"
#include "core/cs-redact.h"

#include <string.h>

#define MARK "***"

/* Anything shorter is no key of any provider; taking "a" for a secret would leave nothing of any text. */
#define MIN_SECRET 6

/* Of a longer text in base64, a key shows in three ways; below this the middle of it could be part of any text. */
#define MIN_INNER_BASE64 12

static GMutex mutex;
static GPtrArray *shapes; /* (element-type utf8) longest first; what cs_redact_text() takes out */

static const char *const patterns[][2] = {
  /* a header with its whole value, also inside JSON that is inside JSON */
  { "(?i)\\b((?:proxy-)?authorization\\\\*[\"']?\\s*[:=]\\s*\\\\*[\"']?)[^\"'\\\\\\r\\n]{3,}", "\\1" MARK },
  { "(?i)\\b((?:x-)?(?:api|access|auth|secret|goog-api|studio)[-_]?(?:key|token)\\\\*[\"']?\\s*[:=]\\s*\\\\*[\"']?)[^\\s\"'\\\\,;&}]{3,}",
    "\\1" MARK },
  { "(?i)\\b(bearer[ \\t]+)[a-z0-9._~+/=-]{6,}", "\\1" MARK },
  { "(?i)\\b(basic[ \\t]+)[a-z0-9+/]{6,}={1,2}", "\\1" MARK },
  /* the marks that providers put before their keys */
  { "(?<![A-Za-z0-9])(hf_|r8_|gsk_|sk[-_]|rk_|xai-|ghp_)[A-Za-z0-9_-]{6,}", "\\1" MARK },
  /* and our own wallet keys */
  { "(?i)(?<![a-z0-9])(key-)[0-9a-z]{5}(?:-[0-9a-z]{5}){4}(?![a-z0-9])", "\\1" MARK },
  /* addresses: who logs in, and all behind the path, where links carry their signatures */
  { "(?i)\\b([a-z][a-z0-9+.-]{1,15}://)[^/?#\\s\"'<>@]*@", "\\1" MARK "@" },
  { "(?i)\\b((?:https?|wss?)://[^\\s?#\"'<>\\\\]*)[?#][^\\s\"'<>\\\\]+", "\\1?" MARK },
};

static GRegex *regexes[G_N_ELEMENTS (patterns)];

static void
compile_patterns (void)
{
  static gsize is_done;

  if (!g_once_init_enter (&is_done))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      /* Bytes and not characters: what came from outside need not be UTF-8. */
      regexes[i] = g_regex_new (patterns[i][0], G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, NULL);
      g_assert (regexes[i] != NULL);
    }
  g_once_init_leave (&is_done, 1);
}

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  const char *const *x = a;
  const char *const *y = b;
  gsize x_length = strlen (*x);
  gsize y_length = strlen (*y);

  return (x_length < y_length) - (x_length > y_length);
}

/* Takes over @shape. */
static void
add_shape (char *shape)
{
  if (strlen (shape) < MIN_SECRET || g_ptr_array_find_with_equal_func (shapes, shape, g_str_equal, NULL))
    cs_secret_free (shape);
  else
    g_ptr_array_add (shapes, shape);
}

/* As in JSON; @slash: by writers that put a backslash before every slash. */
static char *
escape_json (const char *secret, gboolean slash)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *at = secret; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\' || (slash && *at == '/'))
        g_string_append_c (text, '\\');
      if ((guchar) *at < 0x20)
        g_string_append_printf (text, "\\u%04x", (guchar) *at);
      else
        g_string_append_c (text, *at);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Without the ends that depend on what stands before and behind: how it looks anywhere in a longer text in base64. */
static void
add_base64 (const char *secret, gsize shift)
{
  gsize length = strlen (secret);
  gsize first = shift == 0 ? 0 : shift + 1;
  gsize end = (shift + length) / 3 * 4;
  g_autofree guchar *bytes = g_malloc0 (shift + length);
  g_autofree char *text = NULL;

  if (shift > 0 && length < MIN_INNER_BASE64)
    return;
  memcpy (bytes + shift, secret, length);
  text = g_base64_encode (bytes, shift + length);
  explicit_bzero (bytes, shift + length);
  add_shape (g_strndup (text + first, end > first ? end - first : 0));
  add_shape (g_strdelimit (g_strdelimit (g_strndup (text + first, end > first ? end - first : 0), "+", '-'), "/", '_'));
  explicit_bzero (text, strlen (text));
}

static void
add_all_shapes (const char *secret)
{
  add_shape (g_strdup (secret));
  add_shape (g_uri_escape_string (secret, NULL, FALSE));
  add_shape (escape_json (secret, FALSE));
  add_shape (escape_json (secret, TRUE));
  for (gsize shift = 0; shift < 3; shift++)
    add_base64 (secret, shift);
  g_ptr_array_sort (shapes, compare_lengths);
}

/**
 * cs_redact_add_secret:
 * @secret: (nullable): a key that this process has learned
 *
 * From now on no text that goes through cs_redact_text() holds it, nor its forms in addresses, JSON and base64. Fewer
 * than 6 characters are passed over. It cannot be taken back: a key that was changed is still a key.
 */
void
cs_redact_add_secret (const char *secret)
{
  g_autofree char *clean = g_strstrip (g_strdup (secret != NULL ? secret : ""));
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  if (shapes == NULL)
    shapes = g_ptr_array_new ();
  if (strlen (clean) >= MIN_SECRET && !g_ptr_array_find_with_equal_func (shapes, clean, g_str_equal, NULL))
    add_all_shapes (clean);
  explicit_bzero (clean, strlen (clean));
}

static void
redact_known (GString *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  for (guint i = 0; shapes != NULL && i < shapes->len; i++)
    g_string_replace (text, g_ptr_array_index (shapes, i), MARK, 0);
}

/**
 * cs_redact_text:
 * @text: (nullable): what is about to be shown, stored or logged; need not be UTF-8
 *
 * Returns: (transfer full) (nullable): @text without keys: those that are known, what looks like one, what stands in the
 * place of one, and the queries of addresses.
 */
char *
cs_redact_text (const char *text)
{
  g_autoptr (GString) known = NULL;
  char *clean;

  if (text == NULL)
    return NULL;

  compile_patterns ();
  known = g_string_new (text);
  redact_known (known);
  clean = g_string_free (g_steal_pointer (&known), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autofree char *before = clean;

      clean = g_regex_replace (regexes[i], before, -1, 0, patterns[i][1], 0, NULL);
      if (clean == NULL) /* it was too much for the matcher: nothing is better than a key */
        return g_strdup (MARK);
    }
  return clean;
}

/**
 * cs_secret_free:
 * @secret: (transfer full) (nullable): a key
 *
 * Overwrites the key before its memory is given back.
 */
void
cs_secret_free (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * cs_secret_take_from_environment:
 *
 * Takes a variable out of the environment, before any thread is started. Unsetting it hides it from our children; the
 * bytes that we were started with would still be seen by `ps e`.
 *
 * Returns: (transfer full) (nullable): its value, for cs_secret_free(); NULL where it is not set.
 */
char *
cs_secret_take_from_environment (const char *variable)
{
  char *value = (char *) g_getenv (variable);
  char *copy = g_strdup (value);

  if (value == NULL)
    return NULL;
  explicit_bzero (value, strlen (value));
  g_unsetenv (variable);
  return copy;
}
