/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file says about itself, for people to read; the words are hostile, and are looked for, not parsed. Worker threads. */
#include "config.h"
#include "media/cs-provenance-private.h"

#include "core/cs-json.h"
#include "core/cs-text.h"

#include <string.h>

#define MAX_VALUE 4096 /* bytes of a value as it stands in the file */
#define MAX_LINE 200   /* bytes of a text that is given out */
#define BLOCK_MAX (1024 * 1024)

/* The references that XML has for characters; others stay as they are. */
static gunichar
read_reference (const char *text, gsize length)
{
  static const struct { const char *name; gunichar character; } names[]
      = { { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' }, { "apos", '\'' } };
  g_autofree char *name = g_strndup (text, length);
  gint64 number;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i].name))
      return names[i].character;
  if (name[0] != '#')
    return 0;
  number = name[1] == 'x' ? g_ascii_strtoll (name + 2, NULL, 16) : g_ascii_strtoll (name + 1, NULL, 10);
  return number > 0 && number <= 0x10ffff && g_unichar_validate (number) ? (gunichar) number : 0;
}

static char *
unescape (const char *text, gsize length)
{
  GString *plain = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      const char *end = text[i] == '&' ? memchr (text + i, ';', MIN (length - i, 10)) : NULL;
      gunichar character = end != NULL ? read_reference (text + i + 1, end - text - i - 1) : 0;

      if (character == 0)
        {
          g_string_append_c (plain, text[i]);
          continue;
        }
      g_string_append_unichar (plain, character);
      i = end - text;
    }
  return g_string_free (plain, FALSE);
}

static char *
make_line (const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  return valid != NULL && valid[0] != '\0' ? cs_text_make_line (valid, MAX_LINE) : NULL;
}

/* The value of name="value", or of <name>value</name>; NULL when there is none. */
static char *
find_value (const char *text, const char *name)
{
  const char *at = text;

  while ((at = strstr (at, name)) != NULL)
    {
      const char *value = at + strlen (name);
      char end = '<';
      const char *stop;

      at = value;
      if (value[0] == '=' && (value[1] == '"' || value[1] == '\''))
        {
          end = value[1];
          value++;
        }
      else if (value[0] != '>')
        continue;
      value++;
      stop = memchr (value, end, strnlen (value, MAX_VALUE));
      if (stop != NULL)
        return unescape (value, stop - value);
    }
  return NULL;
}

static void
read_packet (CsProvenanceNote *self, const char *text)
{
  g_autofree char *system = find_value (text, "AISystemUsed");
  g_autofree char *tool = find_value (text, "xmp:CreatorTool");
  g_autofree char *date = find_value (text, "xmp:CreateDate");

  self->system = make_line (system);
  self->tool = make_line (tool);
  if (date != NULL && !cs_text_parse_time (date, &self->created_at))
    self->created_at = 0;
  self->has_prompt = strstr (text, "AIPromptInformation") != NULL || strstr (text, "&#34;prompt&#34;:") != NULL;
}

static void
read_block (CsProvenanceNote *self, const char *text)
{
  const char *start = strchr (text, '{');
  const char *end = strrchr (text, '}');
  g_autoptr (JsonObject) object = NULL;
  const char *date;

  if (start == NULL || end < start)
    return;
  object = cs_json_parse_object (start, end - start + 1, BLOCK_MAX, NULL);
  if (object == NULL)
    return;
  self->system = make_line (cs_json_get_string (object, "creator", NULL));
  self->tool = make_line (cs_json_get_string (object, "softwareVersion", NULL));
  date = cs_json_get_string (object, "dateCreated", NULL);
  if (date != NULL && !cs_text_parse_time (date, &self->created_at))
    self->created_at = 0;
  self->has_prompt = cs_json_get_string (object, "abstract", NULL) != NULL;
}

/**
 * cs_provenance_read:
 * @path: any file
 *
 * Blocking: worker threads only. Returns: (transfer full): what it says, with nothing in it when it says nothing; NULL
 * with @error when it cannot be read.
 */
CsProvenanceNote *
cs_provenance_read (const char *path, GError **error)
{
  CsProvenanceNote *self;
  GError *local = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  text = cs_provenance_read_text (path, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  self = g_new0 (CsProvenanceNote, 1);
  if (text == NULL)
    return self;
  self->source = cs_xmp_find_source (text);
  if (strstr (text, "x:xmpmeta") != NULL || strstr (text, "rdf:RDF") != NULL)
    read_packet (self, text);
  else
    read_block (self, text);
  return self;
}

/** cs_provenance_note_free: @self: (nullable) (transfer full): what a file says. */
void
cs_provenance_note_free (CsProvenanceNote *self)
{
  if (self == NULL)
    return;
  g_free (self->source);
  g_free (self->system);
  g_free (self->tool);
  g_free (self);
}
