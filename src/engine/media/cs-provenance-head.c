/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an HTML file says about itself: a block of JSON-LD for its head, with the words of schema.org and IPTC. */
#include "config.h"
#include "media/cs-provenance-head.h"

#include "core/cs-json.h"

#include <string.h>

static const char *const source_addresses[] = {
  [CS_SOURCE_TRAINED_ALGORITHMIC_MEDIA] = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
  [CS_SOURCE_COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA]
  = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
  [CS_SOURCE_DIGITAL_CREATION] = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation",
};

/* JSON inside HTML: no character may end the element or begin a comment. */
static char *
escape_for_script (const char *json)
{
  GString *text = g_string_new (NULL);

  for (const char *c = json; *c != '\0'; c++)
    if (*c == '<' || *c == '>' || *c == '&')
      g_string_append_printf (text, "\\u%04x", (guint) *c);
    else
      g_string_append_c (text, *c);
  return g_string_free (text, FALSE);
}

/**
 * cs_provenance_to_html:
 *
 * Returns: (transfer full): a script element of type application/ld+json, which no browser runs.
 */
char *
cs_provenance_to_html (const CsProvenance *provenance)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *json = NULL;
  g_autofree char *escaped = NULL;

  cs_json_set_string (object, "@context", "https://schema.org");
  cs_json_set_string (object, "@type", "PresentationDigitalDocument");
  cs_json_set_string (object, "identifier", provenance->creation_id);
  cs_json_set_string (object, "name", provenance->title);
  cs_json_set_string (object, "inLanguage", provenance->language);
  cs_json_set_string (object, "digitalSourceType", source_addresses[provenance->source]);
  cs_json_set_string (object, "creator", provenance->system);
  cs_json_set_string (object, "softwareVersion", "Creative Studio " CS_VERSION);
  if (provenance->prompt != NULL)
    cs_json_set_string (object, "abstract", provenance->prompt);
  cs_json_set_time (object, "dateCreated", provenance->created_at);
  json = cs_json_object_to_string (object, FALSE);
  escaped = escape_for_script (json);
  return g_strdup_printf ("<script type=\"application/ld+json\">%s</script>", escaped);
}
