/* SPDX-License-Identifier: GPL-3.0-or-later */
/* XMP packets: what we say of a file, beside what others have said of it before. Text in, text out. */
#include "config.h"
#include "media/cs-provenance-private.h"

#include "core/cs-text.h"

#include <string.h>

#define TERMS "http://cv.iptc.org/newscodes/digitalsourcetype/"

/* Our description begins like this and holds no other, so that it can be found and taken out again. */
#define OWN_START "<rdf:Description rdf:about=\"\" xmlns:cs=\"urn:dz.iafactory.CreativeStudio:provenance/\""
#define DESCRIPTION_END "</rdf:Description>"
#define PACKET_START \
  "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" \
  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\" x:xmptk=\"Creative Studio " CS_VERSION "\">\n" \
  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
#define RDF_END "</rdf:RDF>"
#define PACKET_END "\n" RDF_END "\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"

static const char *const terms[] = {
  [CS_SOURCE_TRAINED_ALGORITHMIC_MEDIA] = "trainedAlgorithmicMedia",
  [CS_SOURCE_COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA] = "compositeWithTrainedAlgorithmicMedia",
  [CS_SOURCE_DIGITAL_CREATION] = "digitalCreation",
};

/* How much of what we know is said; less when there is little room. */
typedef enum
{
  SAY_ALL,
  SAY_NO_RECORD,
  SAY_LABEL_ONLY,
} Amount;

/* The characters that XML cannot hold at all are left out; those that it reads as its own are escaped. */
static char *
escape (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_new (NULL);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar u = g_utf8_get_char (c);

      if (u == '\n' || u == '\t' || u == '&' || u == '<' || u == '>' || u == '"' || u == '\'')
        g_string_append_printf (clean, "&#%d;", (int) u);
      else if (u >= 0x20 && u != 0x7f && (u < 0x80 || u > 0x9f) && u != 0xfffe && u != 0xffff)
        g_string_append_unichar (clean, u);
    }
  return g_string_free (clean, FALSE);
}

static void
add (GString *text, const char *name, const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL || value[0] == '\0')
    return;
  escaped = escape (value);
  g_string_append_printf (text, "\n %s=\"%s\"", name, escaped);
}

/* IPTC 2025.1: the system and the prompt of what a model made. Sketch is no such system. */
static void
add_system (GString *text, const CsProvenance *provenance, Amount amount)
{
  g_autofree char *prompt = NULL;

  if (provenance->source == CS_SOURCE_DIGITAL_CREATION)
    return;
  add (text, "Iptc4xmpExt:AISystemUsed", provenance->system);
  add (text, "Iptc4xmpExt:AISystemVersionUsed", provenance->system_version);
  if (provenance->prompt == NULL || amount == SAY_LABEL_ONLY)
    return;
  if (provenance->negative_prompt != NULL && provenance->negative_prompt[0] != '\0')
    prompt = g_strdup_printf ("%s\nNegative prompt: %s", provenance->prompt, provenance->negative_prompt);
  add (text, "Iptc4xmpExt:AIPromptInformation", prompt != NULL ? prompt : provenance->prompt);
}

/* What a packet says once for the whole file; another program's packet says it already. */
static void
add_general (GString *text, const CsProvenance *provenance)
{
  g_autofree char *tool = NULL;
  g_autofree char *date = provenance->created_at != 0 ? cs_text_format_time (provenance->created_at) : NULL;

  tool = provenance->source == CS_SOURCE_DIGITAL_CREATION && provenance->system != NULL
           ? g_strdup_printf ("Creative Studio %s (%s)", CS_VERSION, provenance->system)
           : g_strdup_printf ("Creative Studio %s", CS_VERSION);
  g_string_append (text, "\n xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                         "\n xmlns:dc=\"http://purl.org/dc/elements/1.1/\"");
  add (text, "xmp:CreatorTool", tool);
  add (text, "xmp:CreateDate", date);
}

static void
add_title (GString *text, const CsProvenance *provenance)
{
  g_autofree char *title = NULL;

  if (provenance->title == NULL || provenance->title[0] == '\0')
    return;
  title = escape (provenance->title);
  g_string_append_printf (text, "\n <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n",
                          title);
}

/* @old: (nullable): the packet it will stand in. A property that stands there must not be said twice. */
static char *
describe (const CsProvenance *provenance, const char *old, Amount amount)
{
  GString *text = g_string_new (OWN_START);
  g_autofree char *record = NULL;
  g_autofree char *source = g_strconcat (TERMS, terms[provenance->source], NULL);

  if (old == NULL)
    add_general (text, provenance);
  if (old == NULL || strstr (old, "DigitalSourceType") == NULL)
    {
      g_string_append (text, "\n xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\"");
      add (text, "Iptc4xmpExt:DigitalSourceType", source);
      if (old == NULL || strstr (old, "AISystem") == NULL)
        add_system (text, provenance, amount);
    }
  if (amount == SAY_ALL)
    {
      record = cs_provenance_to_json (provenance);
      add (text, "cs:record", record);
    }
  g_string_append_c (text, '>');
  if (old == NULL && amount != SAY_LABEL_ONLY)
    add_title (text, provenance);
  g_string_append (text, DESCRIPTION_END);
  return g_string_free (text, FALSE);
}

/* (transfer full) (nullable): @old without what we once added; NULL when nothing of others is left, or it is no XMP. */
static char *
get_foreign (const char *old)
{
  GString *text;
  const char *own, *end;

  if (old == NULL || !g_utf8_validate (old, -1, NULL) || strstr (old, RDF_END) == NULL)
    return NULL;

  text = g_string_new (old);
  while ((own = strstr (text->str, OWN_START)) != NULL && (end = strstr (own, DESCRIPTION_END)) != NULL)
    g_string_erase (text, own - text->str, end + strlen (DESCRIPTION_END) - own);
  if (strstr (text->str, "<rdf:Description") == NULL)
    {
      g_string_free (text, TRUE);
      return NULL;
    }
  return g_string_free (text, FALSE);
}

static char *
make_packet (const CsProvenance *provenance, const char *foreign, Amount amount)
{
  g_autofree char *description = describe (provenance, foreign, amount);
  const char *end;

  if (foreign == NULL)
    return g_strconcat (PACKET_START, description, PACKET_END, NULL);
  end = g_strrstr (foreign, RDF_END);
  return g_strdup_printf ("%.*s%s%s", (int) (end - foreign), foreign, description, end);
}

/**
 * cs_xmp_merge:
 * @old: (nullable): the packet that the file has
 * @max_length: room for the packet, at least some kilobytes
 *
 * Returns: (transfer full): the packet that says ours beside what others said; what we said before is replaced. When
 * it does not fit, prompts are left out, and then what others said.
 */
char *
cs_xmp_merge (const char *old, const CsProvenance *provenance, gsize max_length)
{
  g_autofree char *foreign = get_foreign (old);
  char *packet = NULL;

  for (Amount amount = SAY_ALL; amount <= SAY_LABEL_ONLY; amount++)
    {
      g_free (packet);
      packet = make_packet (provenance, foreign, amount);
      if (strlen (packet) <= max_length)
        return packet;
    }
  g_free (packet);
  return make_packet (provenance, NULL, SAY_LABEL_ONLY);
}

/**
 * cs_provenance_to_xmp:
 *
 * Returns: (transfer full): a whole XMP packet, the same for the same @provenance.
 */
char *
cs_provenance_to_xmp (const CsProvenance *provenance)
{
  g_return_val_if_fail (provenance != NULL, NULL);

  return make_packet (provenance, NULL, SAY_ALL);
}

/**
 * cs_xmp_find_source:
 * @text: an XMP packet or a block of JSON-LD; hostile
 *
 * Returns: (transfer full) (nullable): the IPTC term of its digital source type.
 */
char *
cs_xmp_find_source (const char *text)
{
  const char *name = text;

  while ((name = strcasestr (name, "digitalSourceType")) != NULL)
    {
      const char *term = g_strstr_len (name, 200, TERMS);
      gsize length;

      name += strlen ("digitalSourceType");
      if (term == NULL)
        continue;
      term += strlen (TERMS);
      length = strspn (term, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
      if (length > 0 && length <= 64)
        return g_strndup (term, length);
    }
  return NULL;
}
