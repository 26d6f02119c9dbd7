/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The JSON object in what a language model wrote. Small models put prose and fences around it, forget to escape what
 * stands in a string, end a list with a comma, or stop in the middle. All that is mended here, on the way to the strict
 * parser: text that is JSON already goes through unchanged. Pure, any thread.
 */
#include "config.h"
#include "screenwriter/cs-loose-json.h"

#include "core/cs-json.h"

#include <string.h>

#define MAX_CANDIDATES 32
#define THOUGHTS_BEGIN "<think>"
#define THOUGHTS_END "</think>"

/* The brackets that are open at one place, and how much was written until there. */
typedef struct
{
  gsize length;
  guint depth;
  char open[CS_JSON_MAX_DEPTH];
} Place;

/* A walk over one object. */
typedef struct
{
  const char *at;
  const char *end;
  GString *out;
  Place here;
  Place safe;          /* where the text may be cut: behind a whole value */
  gboolean has_comma;  /* a comma was read that is written only before a next value */
  gboolean is_behind_colon;
} Mender;

/**
 * cs_loose_json_skip_thoughts:
 *
 * Returns: (transfer none): @text behind what a thinking model said to itself; its end when it never came to an answer.
 */
const char *
cs_loose_json_skip_thoughts (const char *text)
{
  const char *answer = text;
  const char *end;

  g_return_val_if_fail (text != NULL, NULL);

  /* Some servers swallow the opening mark. A mark inside of the answer has no object behind it. */
  for (const char *at = text; (end = strstr (at, THOUGHTS_END)) != NULL; at = end + strlen (THOUGHTS_END))
    if (strchr (end, '{') != NULL)
      answer = end + strlen (THOUGHTS_END);
  while (g_ascii_isspace (*answer))
    answer++;
  if (!g_str_has_prefix (answer, THOUGHTS_BEGIN))
    return answer;
  end = strstr (answer, THOUGHTS_END);
  return end != NULL ? end + strlen (THOUGHTS_END) : answer + strlen (answer);
}

static char
get_bracket (const Mender *self)
{
  return self->here.depth > 0 ? self->here.open[self->here.depth - 1] : '\0';
}

static void
mark_safe (Mender *self)
{
  self->safe = self->here;
  self->safe.length = self->out->len;
}

static void
write_comma (Mender *self)
{
  if (self->has_comma)
    g_string_append_c (self->out, ',');
  self->has_comma = FALSE;
}

static char
peek (const Mender *self, const char **at)
{
  while (*at < self->end && g_ascii_isspace (**at))
    (*at)++;
  return *at < self->end ? **at : '\0';
}

/*
 * Whether the quotation mark at @quote ends its string. One that the model forgot to escape is followed by more words;
 * in JSON that is as it should be, never.
 */
static gboolean
is_end_of_string (const Mender *self, const char *quote)
{
  const char *at = quote + 1;
  char next = peek (self, &at);

  if (next != ',')
    return next == '\0' || next == ':' || next == '}' || next == ']';
  at++;
  next = peek (self, &at);
  if (next == '\0' || next == '"' || next == '}' || next == ']')
    return TRUE;
  return get_bracket (self) == '[' && strchr ("{[-0123456789tfn", next) != NULL;
}

/* The number behind \u; -1 when it is none. */
static int
read_unicode (const Mender *self, const char *at)
{
  int number = 0;

  if (self->end - at < 6 || at[0] != '\\' || at[1] != 'u')
    return -1;
  for (int i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return -1;
      number = number * 16 + g_ascii_xdigit_value (at[i]);
    }
  return number;
}

/* What stands behind a backslash: kept when it is an escape of JSON, else without its backslash. */
static void
mend_escape (Mender *self)
{
  int number = read_unicode (self, self->at);
  int second = number >= 0xd800 && number < 0xdc00 ? read_unicode (self, self->at + 6) : -1;
  gsize length = 2;

  if (number > 0 && (number < 0xd800 || number > 0xdfff))
    length = 6;
  else if (second >= 0xdc00 && second <= 0xdfff)
    length = 12;
  else if (number >= 0) /* half a pair, or the end of strings: nothing that a text can hold */
    {
      self->at += 6;
      return;
    }
  else if (self->at + 1 >= self->end || strchr ("\"\\/bfnrt", self->at[1]) == NULL)
    {
      self->at++;
      return;
    }
  g_string_append_len (self->out, self->at, length);
  self->at += length;
}

/* Reads a string from its opening quotation mark on; FALSE when it was cut. */
static gboolean
mend_string (Mender *self)
{
  g_string_append_c (self->out, '"');
  self->at++;
  while (self->at < self->end)
    {
      char c = *self->at;

      if (c == '"' && is_end_of_string (self, self->at))
        {
          g_string_append_c (self->out, '"');
          self->at++;
          return TRUE;
        }
      if (c == '\\')
        {
          mend_escape (self);
          continue;
        }
      if (c == '"')
        g_string_append (self->out, "\\\"");
      else if (c == '\n')
        g_string_append (self->out, "\\n");
      else if (c == '\t')
        g_string_append (self->out, "\\t");
      else if ((guchar) c >= 0x20)
        g_string_append_c (self->out, c);
      self->at++;
    }
  return FALSE;
}

static gboolean
open_bracket (Mender *self, char bracket)
{
  if (self->here.depth == CS_JSON_MAX_DEPTH)
    return FALSE;
  write_comma (self);
  self->here.open[self->here.depth++] = bracket;
  self->is_behind_colon = FALSE;
  g_string_append_c (self->out, bracket);
  return TRUE;
}

static gboolean
close_bracket (Mender *self, char bracket)
{
  if (get_bracket (self) != (bracket == '}' ? '{' : '['))
    return FALSE;
  self->has_comma = FALSE;
  self->is_behind_colon = FALSE;
  self->here.depth--;
  g_string_append_c (self->out, bracket);
  mark_safe (self);
  return TRUE;
}

static gboolean
mend_value (Mender *self)
{
  gboolean is_value = self->is_behind_colon || get_bracket (self) == '[';

  write_comma (self);
  if (*self->at != '"')
    {
      g_string_append_c (self->out, *self->at++);
      return TRUE;
    }
  if (!mend_string (self))
    return FALSE;
  if (is_value)
    mark_safe (self);
  return TRUE;
}

/* One step; FALSE where it cannot go on. */
static gboolean
mend_step (Mender *self)
{
  char c = *self->at;

  switch (c)
    {
    case '{':
    case '[':
      self->at++;
      return open_bracket (self, c);
    case '}':
    case ']':
      self->at++;
      return close_bracket (self, c);
    case ',':
      if (!self->has_comma)
        mark_safe (self);
      self->has_comma = TRUE;
      self->is_behind_colon = FALSE;
      self->at++;
      return TRUE;
    case ':':
      self->is_behind_colon = TRUE;
      G_GNUC_FALLTHROUGH;
    case ' ':
    case '\n':
    case '\r':
    case '\t':
      g_string_append_c (self->out, c);
      self->at++;
      return TRUE;
    default:
      return mend_value (self);
    }
}

/* The object that begins at @text, whole: what was cut off is left out and its brackets are closed. */
static JsonObject *
mend_object (const char *text, const char *end)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Mender mender = { .at = text, .end = end, .out = out };

  while (mender.at < end && mend_step (&mender) && mender.here.depth > 0)
    ;
  if (mender.safe.length == 0)
    return NULL;
  g_string_truncate (out, mender.safe.length);
  for (guint i = mender.safe.depth; i > 0; i--)
    g_string_append_c (out, mender.safe.open[i - 1] == '{' ? '}' : ']');
  return cs_json_parse_object (out->str, out->len, CS_LOOSE_JSON_MAX * 2, NULL);
}

/**
 * cs_loose_json_find:
 * @text: the answer of a language model, valid UTF-8
 * @member: what the object must have
 *
 * Returns: (transfer full) (nullable): the first object in @text that has @member.
 */
JsonObject *
cs_loose_json_find (const char *text, const char *member)
{
  const char *answer;
  const char *end;
  const char *at;

  g_return_val_if_fail (text != NULL && member != NULL, NULL);

  answer = cs_loose_json_skip_thoughts (text);
  end = answer + strnlen (answer, CS_LOOSE_JSON_MAX);
  at = memchr (answer, '{', end - answer);
  for (int i = 0; i < MAX_CANDIDATES && at != NULL; i++)
    {
      g_autoptr (JsonObject) object = mend_object (at, end);

      if (object != NULL && json_object_has_member (object, member))
        return g_steal_pointer (&object);
      at++;
      at = memchr (at, '{', end - at);
    }
  return NULL;
}
