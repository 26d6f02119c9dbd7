/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-json.h"
#include "provenance-support.h"

#include <locale.h>

static void
assert_well_formed (const char *xml)
{
  static const GMarkupParser parser = { 0 };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_utf8_validate (xml, -1, NULL));
  g_markup_parse_context_parse (context, xml, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
}

static void
test_xmp (void)
{
  g_autofree char *xmp = cs_provenance_to_xmp (&generation);
  g_autofree char *same = cs_provenance_to_xmp (&generation);
  g_autofree char *term = cs_xmp_find_source (xmp);

  assert_well_formed (xmp);
  g_assert_cmpstr (xmp, ==, same);
  g_assert_cmpstr (term, ==, "trainedAlgorithmicMedia");
  g_assert_nonnull (strstr (xmp, "Iptc4xmpExt:AISystemUsed=\"Flux Schnell (Replicate)\""));
  g_assert_nonnull (strstr (xmp, "AIPromptInformation=\"A cat, “chat” قط &#60;b&#62;&#38;"));
  g_assert_nonnull (strstr (xmp, "Negative prompt: dog, blur"));
  g_assert_nonnull (strstr (xmp, "xmp:CreateDate=\"2025-10-09T"));
  g_assert_null (strchr (xmp, '\x01'));
}

/* Sketch is a drawing program, and nothing in its stamp says otherwise. */
static void
test_xmp_sketch (void)
{
  g_autofree char *xmp = cs_provenance_to_xmp (&sketch);
  g_autofree char *term = cs_xmp_find_source (xmp);

  assert_well_formed (xmp);
  g_assert_cmpstr (term, ==, "digitalCreation");
  g_assert_null (strstr (xmp, "AISystem"));
  g_assert_null (strstr (xmp, "AIPrompt"));
  g_assert_null (strstr (xmp, "CreateDate"));
  g_assert_nonnull (strstr (xmp, "(Sketch)"));
}

static void
test_xmp_private (void)
{
  CsProvenance provenance = generation;
  g_autofree char *xmp = NULL;

  provenance.prompt = provenance.original_prompt = provenance.negative_prompt = provenance.title = NULL;
  xmp = cs_provenance_to_xmp (&provenance);
  assert_well_formed (xmp);
  g_assert_null (strstr (xmp, "A cat"));
  g_assert_null (strstr (xmp, "chat"));
  g_assert_null (strstr (xmp, "dog"));
  g_assert_nonnull (strstr (xmp, "trainedAlgorithmicMedia"));
}

#define FOREIGN_START "<?xpacket begin=\"\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">" \
                      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" "
#define FOREIGN_END "/></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>"

/* What others said stays; what we said is replaced; nothing is said twice. */
static void
test_xmp_merge (void)
{
  const char *plain = FOREIGN_START "xmlns:p=\"http://ns.adobe.com/photoshop/1.0/\" p:Credit=\"Somebody\"" FOREIGN_END;
  const char *labelled = FOREIGN_START "xmlns:i=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\" i:DigitalSourceType="
                         "\"http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits\"" FOREIGN_END;
  g_autofree char *first = cs_xmp_merge (plain, &generation, CS_XMP_MAX);
  g_autofree char *second = cs_xmp_merge (first, &generation, CS_XMP_MAX);
  g_autofree char *own = cs_provenance_to_xmp (&sketch);
  g_autofree char *third = cs_xmp_merge (own, &generation, CS_XMP_MAX);
  g_autofree char *expected = cs_provenance_to_xmp (&generation);
  g_autofree char *kept = cs_xmp_merge (labelled, &generation, CS_XMP_MAX);
  g_autofree char *kept_term = cs_xmp_find_source (kept);
  g_autofree char *junk = cs_xmp_merge ("<x:xmpmeta", &generation, CS_XMP_MAX);

  assert_well_formed (first);
  g_assert_nonnull (strstr (first, "Somebody"));
  g_assert_nonnull (strstr (first, "trainedAlgorithmicMedia"));
  g_assert_null (strstr (first, "CreatorTool"));
  g_assert_cmpstr (second, ==, first);
  g_assert_cmpstr (third, ==, expected);
  assert_well_formed (kept);
  g_assert_cmpstr (kept_term, ==, "humanEdits");
  g_assert_null (strstr (kept, "trainedAlgorithmicMedia"));
  g_assert_nonnull (strstr (kept, "cs:record"));
  g_assert_cmpstr (junk, ==, expected);
}

static void
test_parameters (void)
{
  g_autofree char *text = cs_provenance_to_parameters (&generation);
  g_autofree char *none = NULL;
  CsProvenance private = generation;

  g_assert_cmpstr (text, ==,
                   NASTY "\nNegative prompt: dog, blur\n"
                         "Seed: 123, Size: 64x48, Model: black-forest-labs/flux-schnell, Model version: \"abc:def\", "
                         "Provider: replicate, Version: Creative Studio " CS_VERSION);
  g_assert_true (cs_provenance_owns_parameters (text));
  g_assert_false (cs_provenance_owns_parameters ("cat\nSteps: 4, Version: v1.9"));
  g_assert_false (cs_provenance_owns_parameters ("Version: Creative Studio 1\nSteps: 4"));
  private.prompt = NULL;
  none = cs_provenance_to_parameters (&private);
  g_assert_null (none);
}

static void
test_json (void)
{
  g_autofree char *text = cs_provenance_to_json (&generation);
  g_autoptr (JsonObject) object = cs_json_parse_object (text, strlen (text), 65536, NULL);

  g_assert_nonnull (object);
  g_assert_cmpint (cs_json_get_int (object, "v", 0), ==, 1);
  g_assert_cmpstr (cs_json_get_string (object, "job", NULL), ==, generation.creation_id);
  g_assert_cmpstr (cs_json_get_string (object, "prompt", NULL), ==, NASTY);
  g_assert_cmpstr (cs_json_get_string (object, "prompt_original", NULL), ==, "chat");
  g_assert_cmpint (cs_json_get_int (object, "seed", 0), ==, 123);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/media/provenance/xmp", test_xmp);
  g_test_add_func ("/media/provenance/xmp-sketch", test_xmp_sketch);
  g_test_add_func ("/media/provenance/xmp-private", test_xmp_private);
  g_test_add_func ("/media/provenance/xmp-merge", test_xmp_merge);
  g_test_add_func ("/media/provenance/parameters", test_parameters);
  g_test_add_func ("/media/provenance/json", test_json);
  return g_test_run ();
}
