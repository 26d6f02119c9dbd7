/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the answer of a language model to the words of a screenplay, or to a reason why it cannot be used. Pure. */
#include "config.h"
#include "screenwriter/cs-screenplay-reader.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-text.h"
#include "core/cs-words.h"
#include "screenwriter/cs-kept-phrases.h"
#include "screenwriter/cs-loose-json.h"

#include <string.h>

#define MAX_NEGATIVE 500   /* characters */
#define MAX_NOTES 8
#define MAX_NOTE 300       /* characters */
#define MIN_LETTERS 3
#define PARROT_LENGTH 60   /* bytes of our own words in a row that nobody writes by chance */
#define SHOWN_REFUSAL 120  /* characters */

/* How models decline, folded as cs_text_fold() does. No prompt begins like that. */
static const char *const refusals[] = {
  "i can't ", "i cannot ", "i can not ", "i'm sorry", "i am sorry", "sorry, ", "i'm unable", "i am unable", "i'm not able",
  "i am not able", "i won't ", "i will not ", "as an ai", "as a language model", "my apologies", "i apologize",
  "unfortunately, i ", "je ne peux pas", "je suis desole", "desole", "je regrette", "je m'excuse", "en tant qu'ia",
  "en tant que modele", "لا استطيع", "لا يمكنني", "عذرا", "اعتذر", "اسف", "انا اسف",
};

/* One line of clean text, at most @max_characters: cut behind a sentence, else between words. */
static char *
clean (const char *text, gsize max_characters)
{
  char *line = cs_text_make_line (text, max_characters * 8);
  char *end;
  char *cut = NULL;

  g_strstrip (line);
  if ((gsize) g_utf8_strlen (line, -1) <= max_characters)
    return line;
  end = g_utf8_offset_to_pointer (line, max_characters);
  *end = '\0';
  for (const char *stop = ".!?;"; *stop != '\0'; stop++)
    {
      char *found = strrchr (line, *stop);

      if (found != NULL && found + 1 < end && found[1] == ' ')
        cut = MAX (cut, found + 1);
    }
  if (cut == NULL || cut < line + (end - line) / 2)
    cut = strrchr (line, ' ');
  if (cut != NULL)
    *cut = '\0';
  return line;
}

static gboolean
begins_with_refusal (const char *text)
{
  g_autofree char *start = g_strndup (text, 256);
  g_autofree char *folded = cs_text_fold (start);

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_str_has_prefix (folded, refusals[i]))
      return TRUE;
  return FALSE;
}

/* An idea may begin like a refusal; its rewrite too, then. */
static gboolean
is_refusal (const char *text, const CsBrief *brief)
{
  return begins_with_refusal (text) && !begins_with_refusal (brief->prompt);
}

static gboolean
has_letters (const char *text)
{
  int letters = 0;

  for (const char *p = text; *p != '\0' && letters < MIN_LETTERS; p = g_utf8_next_char (p))
    letters += g_unichar_isalnum (g_utf8_get_char (p)) || g_unichar_type (g_utf8_get_char (p)) == G_UNICODE_OTHER_SYMBOL;
  return letters >= MIN_LETTERS;
}

/* Whether @prompt repeats what we told the model instead of writing. What the user wrote is no parroting. */
static gboolean
is_parrot (const char *prompt, const char *instructions, const CsBrief *brief)
{
  g_autofree char *told = cs_text_make_line (instructions, strlen (instructions));
  g_autofree char *idea = cs_text_make_line (brief->prompt, strlen (brief->prompt));
  gsize length = strlen (prompt);

  if (strstr (told, prompt) != NULL && strstr (idea, prompt) == NULL)
    return TRUE;
  for (gsize at = 0; at + PARROT_LENGTH <= length; at += PARROT_LENGTH / 2)
    {
      g_autofree char *part = g_strndup (prompt + at, PARROT_LENGTH);

      if (strstr (told, part) != NULL && strstr (idea, part) == NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
fail_declined (const char *words, GError **error)
{
  g_autofree char *line = cs_text_make_line (words, SHOWN_REFUSAL * 8);
  g_autofree char *shown = cs_text_ellipsize (line, SHOWN_REFUSAL);

  cs_set_error (error, CS_ERROR_PROVIDER_REFUSED, _ ("It declined to write this: “%s”."), shown);
  return FALSE;
}

static gboolean
fail_unusable (GError **error)
{
  cs_set_error (error, CS_ERROR_BAD_RESPONSE, _ ("Its answer holds no text that can be used."));
  return FALSE;
}

static gboolean
check_prompt (const char *prompt, const CsBrief *brief, const char *instructions, GError **error)
{
  if (is_refusal (prompt, brief))
    return fail_declined (prompt, error);
  if (!has_letters (prompt) || is_parrot (prompt, instructions, brief))
    return fail_unusable (error);
  return TRUE;
}

/* The strings of a member that should be a list, and often is one string. */
static GStrv
read_strings (JsonObject *object, const char *name, guint most, gsize max_characters)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = cs_json_get_array (object, name);
  const char *single = cs_json_get_string (object, name, NULL);
  guint length = array != NULL ? json_array_get_length (array) : single != NULL ? 1 : 0;
  guint count = 0;

  for (guint i = 0; i < length && count < most; i++)
    {
      JsonNode *node = array != NULL ? json_array_get_element (array, i) : NULL;
      gboolean is_text = node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
      const char *text = array == NULL ? single : is_text ? json_node_get_string (node) : "";
      g_autofree char *line = clean (text, max_characters);

      if (*line == '\0')
        continue;
      g_strv_builder_add (builder, line);
      count++;
    }
  return g_strv_builder_end (builder);
}

/* What the user wants to avoid comes first and is never lost. */
static char *
join_negative (JsonObject *object, const CsBrief *brief)
{
  g_auto (GStrv) words = read_strings (object, "negative_prompt", MAX_NOTES, MAX_NEGATIVE);
  g_autofree char *joined = g_strjoinv (", ", words);
  g_autofree char *own = clean (joined, MAX_NEGATIVE);

  if (brief->negative_prompt == NULL)
    return *own != '\0' && has_letters (own) && !begins_with_refusal (own) ? g_steal_pointer (&own) : NULL;
  if (!has_letters (own) || strstr (own, brief->negative_prompt) != NULL || strstr (brief->negative_prompt, own) != NULL)
    return g_strdup (strstr (own, brief->negative_prompt) != NULL ? own : brief->negative_prompt);
  return g_strdup_printf ("%s, %s", brief->negative_prompt, own);
}

/**
 * cs_screenplay_read:
 * @self: gets prompt, negative prompt and notes; untouched when FALSE is returned
 * @answer: what the language model wrote: JSON, with whatever it put around it
 * @instructions: what it was told
 *
 * Returns: FALSE with %CS_ERROR_BAD_RESPONSE (nothing that can be used) or %CS_ERROR_PROVIDER_REFUSED (it declined).
 */
gboolean
cs_screenplay_read (CsScreenplay *self, const char *answer, const CsBrief *brief, const char *instructions, GError **error)
{
  g_autoptr (GPtrArray) phrases = cs_kept_phrases_find (brief);
  g_autoptr (JsonObject) object = cs_loose_json_find (answer, "prompt");
  g_autofree char *prompt = NULL;

  if (object == NULL)
    {
      const char *words = cs_loose_json_skip_thoughts (answer);

      return is_refusal (words, brief) ? fail_declined (words, error) : fail_unusable (error);
    }
  prompt = clean (cs_json_get_string (object, "prompt", ""), CS_SCREENPLAY_MAX_PROMPT);
  if (!check_prompt (prompt, brief, instructions, error))
    return FALSE;
  if (!cs_kept_phrases_restore (phrases, &prompt, CS_SCREENPLAY_MAX_PROMPT))
    return fail_unusable (error);

  g_free (self->prompt);
  self->prompt = g_steal_pointer (&prompt);
  g_free (self->negative_prompt);
  self->negative_prompt = join_negative (object, brief);
  g_strfreev (self->notes);
  self->notes = read_strings (object, "notes", MAX_NOTES, MAX_NOTE);
  return TRUE;
}
