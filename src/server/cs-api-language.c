/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of our languages a caller wants most. Any thread. */
#include "config.h"
#include "server/cs-api-language.h"

#include <string.h>

#define DEFAULT_LANGUAGE CS_LANGUAGE_FR
#define FULL_WEIGHT 1000
#define MAX_LENGTH 1000 /* of the header; no caller speaks so many languages */

/* A weight in thousandths: "0.85" is 850. What is no weight counts as none given. */
static int
read_weight (const char *text)
{
  int weight = 0;
  int unit = FULL_WEIGHT;

  if (*text != '0' && *text != '1')
    return FULL_WEIGHT;
  weight = (*text - '0') * FULL_WEIGHT;
  if (text[1] == '.')
    for (const char *digit = text + 2; g_ascii_isdigit (*digit) && unit > 1; digit++)
      weight += (*digit - '0') * (unit /= 10);
  return MIN (weight, FULL_WEIGHT);
}

/* Behind the language, up to the comma: " ;q=0.8". */
static int
find_weight (const char *at, const char *end)
{
  for (; at < end; at++)
    if (*at == ';')
      {
        do
          at++;
        while (at < end && (*at == ' ' || *at == '\t'));
        if (end - at > 2 && (at[0] == 'q' || at[0] == 'Q') && at[1] == '=')
          return read_weight (at + 2);
      }
  return FULL_WEIGHT;
}

/* One element, as "fr-CH;q=0.9". */
static void
weigh (const char *at, const char *end, int *weights, int *others)
{
  gsize length;
  int weight;

  while (at < end && (*at == ' ' || *at == '\t'))
    at++;
  length = strcspn (at, "-;, \t");
  weight = find_weight (at + length, end);
  if (length == 1 && *at == '*')
    *others = weight;
  for (int i = 0; length == 2 && i < CS_N_LANGUAGES; i++)
    if (g_ascii_strncasecmp (at, cs_language_to_string (i), 2) == 0)
      weights[i] = MAX (weights[i], weight);
}

/* "*" stands for every language that is not named. */
static CsLanguage
choose_other (const int *weights, CsLanguage best)
{
  static const CsLanguage order[] = { DEFAULT_LANGUAGE, CS_LANGUAGE_EN, CS_LANGUAGE_AR };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (weights[order[i]] < 0)
      return order[i];
  return best;
}

/**
 * cs_api_language_choose:
 * @accepted: (nullable): the header Accept-Language
 *
 * Returns: ours that has the greatest weight, of equals the one named first; French when none is asked for, or none of ours.
 */
CsLanguage
cs_api_language_choose (const char *accepted)
{
  int weights[CS_N_LANGUAGES] = { -1, -1, -1 };
  int others = -1;
  int best_weight = 0;
  CsLanguage best = DEFAULT_LANGUAGE;

  G_STATIC_ASSERT (CS_N_LANGUAGES == 3);
  if (accepted == NULL || strlen (accepted) > MAX_LENGTH)
    return DEFAULT_LANGUAGE;
  for (const char *at = accepted; *at != '\0';)
    {
      const char *end = at + strcspn (at, ",");
      int before[CS_N_LANGUAGES];

      memcpy (before, weights, sizeof before);
      weigh (at, end, weights, &others);
      for (int i = 0; i < CS_N_LANGUAGES; i++)
        if (weights[i] > before[i] && weights[i] > best_weight)
          {
            best_weight = weights[i];
            best = i;
          }
      at = *end == ',' ? end + 1 : end;
    }
  return others > best_weight ? choose_other (weights, best) : best;
}
