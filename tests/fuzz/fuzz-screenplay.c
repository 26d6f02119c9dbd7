/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/cs-json.h"
#include "deck/cs-deck.h"
#include "screenwriter/cs-loose-json.h"
#include "screenwriter/cs-screenplay-reader.h"
#include "screenwriter/cs-slide-reader.h"
#include "screenwriter/cs-word-diff.h"

#include "cs-fuzz.h"

#define MAX_SLIDES 5

static const char *const locked[] = { "red 1967 DS", NULL };

static void
try_prompt (const char *answer)
{
  CsBrief brief = { .kind = CS_KIND_IMAGE, .prompt = (char *) "a sign “OPEN”", .negative_prompt = (char *) "rain",
                    .locked = (GStrv) locked };
  g_autoptr (CsScreenplay) screenplay = cs_screenplay_new ();
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GString) after = g_string_new (NULL);

  if (!cs_screenplay_read (screenplay, answer, &brief, "You rewrite an idea.", NULL))
    {
      cs_fuzz_expect (screenplay->prompt == NULL);
      return;
    }
  cs_fuzz_expect (g_utf8_validate (screenplay->prompt, -1, NULL));
  cs_fuzz_expect (g_utf8_strlen (screenplay->prompt, -1) <= CS_SCREENPLAY_MAX_PROMPT);
  cs_fuzz_expect (strstr (screenplay->prompt, "OPEN") != NULL);
  cs_fuzz_expect (strstr (screenplay->negative_prompt, "rain") != NULL);
  for (const char *p = screenplay->prompt; *p != '\0'; p = g_utf8_next_char (p))
    cs_fuzz_expect (!g_unichar_iscntrl (g_utf8_get_char (p)));
  runs = cs_word_diff (brief.prompt, screenplay->prompt);
  for (guint i = 0; i < runs->len; i++)
    if (((CsDiffRun *) runs->pdata[i])->op != CS_DIFF_REMOVED)
      g_string_append (after, ((CsDiffRun *) runs->pdata[i])->text);
  cs_fuzz_expect (g_str_equal (after->str, screenplay->prompt));
}

static void
try_deck (const char *answer)
{
  g_autoptr (GPtrArray) slides = cs_slide_reader_read (answer, "the sea");
  g_autoptr (GPtrArray) written = NULL;
  g_autofree char *markdown = NULL;
  guint n_slides = MIN (slides->len, MAX_SLIDES); /* none of the outline, which is slow */

  if (n_slides == 0)
    return;
  cs_slide_drafts_join (slides, n_slides);
  markdown = cs_slide_drafts_write (slides, n_slides, "the sea", CS_LANGUAGE_EN);
  cs_fuzz_expect (g_utf8_validate (markdown, -1, NULL));
  written = cs_deck_split (markdown, strlen (markdown), NULL);
  cs_fuzz_expect (written != NULL && written->len == n_slides);
}

/* What is JSON already comes out of the mending as it went in. */
static void
try_strict (const char *text)
{
  g_autoptr (JsonObject) strict = cs_json_parse_object (text, strlen (text), CS_LOOSE_JSON_MAX, NULL);
  g_autoptr (JsonObject) loose = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (strict == NULL || !json_object_has_member (strict, "prompt") || strstr (text, "</think>") != NULL
      || strstr (text, "\\u") != NULL)
    return;
  loose = cs_loose_json_find (text, "prompt");
  cs_fuzz_expect (loose != NULL);
  before = cs_json_object_to_string (strict, FALSE);
  after = cs_json_object_to_string (loose, FALSE);
  cs_fuzz_expect (g_str_equal (before, after));
}

/* Any answer of a language model is a prompt that can be sent, slides in the right number, or nothing. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *bytes = g_strndup ((const char *) data, size);
  g_autofree char *answer = g_utf8_make_valid (bytes, -1); /* as CsChatAnswer promises */

  try_prompt (answer);
  try_deck (answer);
  try_strict (answer);
  return 0;
}
