/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "deck/cs-deck.h"

#include "cs-fuzz.h"

/* Elements that the text of a slide can never bring in, whatever it says. */
static const char *const foreign[] = { "<script", "<iframe", "<object", "<embed",  "<style",       "<link",
                                       "<meta",   "<base",   "<form",   "<input",  "<svg",         "<math",
                                       "href=\"javascript:", "href=\"data:", "href=\"vbscript:", "src=\"http" };

static void
check_slides (const char *html)
{
  const char *begin = strstr (html, "<div class=\"slides\">");
  const char *end = begin != NULL ? strstr (begin, "\n</div>\n</div>") : NULL;
  g_autofree char *slides = NULL;

  cs_fuzz_expect (begin != NULL);
  if (end == NULL)
    end = strstr (begin, "\n<script>");
  cs_fuzz_expect (end != NULL);
  slides = g_ascii_strdown (begin, end - begin);
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    cs_fuzz_expect (strstr (slides, foreign[i]) == NULL);
}

/* Any Markdown gives valid UTF-8 with as many slides as it was cut into, and nothing that runs or loads. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  CsDeckOptions options = { .theme = size % CS_N_THEMES, .language = size % CS_N_LANGUAGES };
  g_autoptr (CsDeckExport) made = cs_deck_export ((const char *) data, size, &options, NULL, NULL);
  g_autoptr (GPtrArray) slides = NULL;

  if (made == NULL)
    return 0;
  slides = cs_deck_split ((const char *) data, size, NULL);
  cs_fuzz_expect (slides != NULL && (int) slides->len == made->n_slides);
  cs_fuzz_expect (g_utf8_validate (made->html, made->length, NULL));
  check_slides (made->html);
  return 0;
}
