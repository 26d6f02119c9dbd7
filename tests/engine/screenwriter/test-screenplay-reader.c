/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "screenwriter/cs-screenplay-reader.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "screenwriter/cs-kept-phrases.h"
#include "screenwriter/cs-loose-json.h"

#include <string.h>

#define INSTRUCTIONS "You rewrite a person's short idea into the best prompt. Say what is seen: the subject and what it does."
#define GOOD "A red boat drifts on a calm sea."

/* Many ways to say the same, and many ways to say nothing. NULL: it cannot be used. */
static const struct
{
  const char *answer;
  const char *prompt;
} answers[] = {
  /* As it should be. */
  { "{\"prompt\": \"" GOOD "\", \"negative_prompt\": \"\", \"notes\": []}", GOOD },
  { "{\"prompt\":\"" GOOD "\"}", GOOD },
  { "{\"notes\": [\"a\"], \"prompt\": \"" GOOD "\"}", GOOD },
  { "{\"prompt\": \"Un caf\\u00e9 \\ud83d\\ude00 s\\u2019ouvre.\"}", "Un café 😀 s’ouvre." },
  { "{\"prompt\": \"He says \\\"now\\\" twice.\"}", "He says \"now\" twice." },
  /* With something around it. */
  { "```json\n{\"prompt\": \"" GOOD "\"}\n```", GOOD },
  { "~~~\n{\"prompt\": \"" GOOD "\"}\n~~~", GOOD },
  { "Sure! Here is your prompt:\n\n{\"prompt\": \"" GOOD "\"}\n\nShall I change it?", GOOD },
  { "I used {braces} here. {\"prompt\": \"" GOOD "\"}", GOOD },
  { "{\"result\": {\"prompt\": \"" GOOD "\"}}", GOOD },
  { "[{\"prompt\": \"" GOOD "\"}]", GOOD },
  { "<think>A boat? {\"prompt\": \"a draft of it\"} no.</think>{\"prompt\": \"" GOOD "\"}", GOOD },
  { "A boat? {\"prompt\": \"a draft of it\"} no.</think>\n{\"prompt\": \"" GOOD "\"}", GOOD },
  { "<think>\n</think>\n\n```\n{\"prompt\": \"" GOOD "\"}", GOOD },
  { "{\"prompt\": \"The tag </think> on a wall.\", \"notes\": []}", "The tag </think> on a wall." },
  /* Cut. */
  { "{\"prompt\": \"" GOOD "\", \"negative_prompt\": \"blur", GOOD },
  { "{\"prompt\": \"" GOOD "\", \"negative_prompt\": \"blur\", \"notes\": [\"one\", \"tw", GOOD },
  { "{\"prompt\": \"" GOOD "\", \"neg", GOOD },
  { "{\"prompt\": \"" GOOD "\",", GOOD },
  { "{\"prompt\": \"" GOOD "\"", GOOD },
  { "{\"prompt\": \"" GOOD "\", \"notes\": [", GOOD },
  { "{\"prompt\": \"" GOOD "\", \"notes\": [\"a\\", GOOD },
  { "{\"prompt\": \"A red boat dri", NULL },
  { "{\"prompt\": \"A red boat drifts.\\", NULL },
  { "{\"prompt\": ", NULL },
  { "{\"prompt\"", NULL },
  { "{", NULL },
  /* Almost JSON. */
  { "{\"prompt\": \"" GOOD "\",}", GOOD },
  { "{\"prompt\": \"" GOOD "\", \"notes\": [\"a\", ], }", GOOD },
  { "{\"prompt\": \"" GOOD "\", \"notes\": [\"a\"]]", GOOD },
  { "{\"prompt\": \"A red boat\ndrifts on\ta calm sea.\"}", GOOD },
  { "{\"prompt\": \"A sign \"OPEN\" glows.\", \"notes\": []}", "A sign \"OPEN\" glows." },
  { "{\"prompt\": \"A sign \"OPEN\", red, glows.\", \"notes\": []}", "A sign \"OPEN\", red, glows." },
  { "{\"prompt\": \"The fisher\\'s boat drifts.\"}", "The fisher's boat drifts." },
  { "{\"prompt\": \"A half \\ud83d pair.\"}", "A half pair." },
  { "{\"prompt\": \"A nothing\\u0000 inside.\"}", "A nothing inside." },
  { "{'prompt': 'A red boat drifts.'}", NULL },
  { "{prompt: \"A red boat drifts.\"}", NULL },
  /* Of the wrong type. */
  { "{\"prompt\": 7}", NULL },
  { "{\"prompt\": null}", NULL },
  { "{\"prompt\": true}", NULL },
  { "{\"prompt\": [\"A red boat drifts.\"]}", NULL },
  { "{\"prompt\": {\"text\": \"A red boat drifts.\"}}", NULL },
  { "{\"prompt\": \"" GOOD "\", \"negative_prompt\": {}, \"notes\": 7}", GOOD },
  { "\"A red boat drifts.\"", NULL },
  /* Nothing in it. */
  { "", NULL },
  { "{}", NULL },
  { "null", NULL },
  { "A red boat drifts on a calm sea.", NULL },
  { "{\"prompt\": \"\"}", NULL },
  { "{\"prompt\": \" \\n\\t \"}", NULL },
  { "{\"prompt\": \"...\"}", NULL },
  { "{\"text\": \"A red boat drifts.\"}", NULL },
  { "<think>I could write {\"prompt\": \"A red boat drifts.\"} or", NULL },
  /* Not what was asked. */
  { "I'm sorry, but I can't help with that.", NULL },
  { "{\"prompt\": \"I can't help with that request.\"}", NULL },
  { "{\"prompt\": \"I’m sorry, but this is not allowed.\"}", NULL },
  { "{\"prompt\": \"Désolé, je ne peux pas.\"}", NULL },
  { "{\"prompt\": \"أعتذر، لا أستطيع ذلك.\"}", NULL },
  { "{\"prompt\": \"As an AI language model, I do not see.\"}", NULL },
  { "{\"prompt\": \"" INSTRUCTIONS "\"}", NULL },
  { "{\"prompt\": \"My rules: " INSTRUCTIONS "\"}", NULL },
  /* What cannot be seen is taken out. */
  { "{\"prompt\": \"A red\\u0007 boat\\u202e drifts\\u2066 on\\ufeff a   calm sea.\"}", GOOD },
};

static CsBrief *
make_brief (const char *prompt)
{
  CsBrief *brief = cs_brief_new (CS_KIND_IMAGE);

  brief->prompt = g_strdup (prompt);
  return brief;
}

static void
test_answers (void)
{
  g_autoptr (CsBrief) brief = make_brief ("a boat");

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (CsScreenplay) screenplay = cs_screenplay_new ();
      g_autoptr (GError) error = NULL;
      gboolean good = cs_screenplay_read (screenplay, answers[i].answer, brief, INSTRUCTIONS, &error);

      g_test_message ("%s", answers[i].answer);
      g_assert_cmpstr (screenplay->prompt, ==, answers[i].prompt);
      g_assert_true (good == (answers[i].prompt != NULL));
      g_assert_true (good == (error == NULL));
    }
}

/* Who declines is told apart from who answers nonsense, and is quoted. */
static void
test_refusal (void)
{
  g_autoptr (CsBrief) brief = make_brief ("a boat");
  g_autoptr (CsBrief) song = make_brief ("I can't stop dancing");
  g_autoptr (CsScreenplay) screenplay = cs_screenplay_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_screenplay_read (screenplay, "I'm sorry,\nI cannot.", brief, INSTRUCTIONS, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_PROVIDER_REFUSED);
  g_assert_nonnull (strstr (error->message, "I'm sorry, I cannot."));
  g_clear_error (&error);
  g_assert_false (cs_screenplay_read (screenplay, "{}", brief, INSTRUCTIONS, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
  g_clear_error (&error);
  g_assert_true (cs_screenplay_read (screenplay, "{\"prompt\": \"I can't stop dancing, sings a woman.\"}", song, INSTRUCTIONS,
                                     &error));
  g_assert_no_error (error);
}

static void
test_members (void)
{
  static const char answer[] = "{\"prompt\": \"" GOOD "\", \"negative_prompt\": [\"blur\", 7, \"text\"], \"notes\": [\"One.\","
                               " {}, \"\", null, \"Two\\u202e.\"]}";
  g_autoptr (CsBrief) brief = make_brief ("a boat");
  g_autoptr (CsScreenplay) screenplay = cs_screenplay_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_screenplay_read (screenplay, answer, brief, INSTRUCTIONS, &error));
  g_assert_cmpstr (screenplay->negative_prompt, ==, "blur, text");
  g_assert_cmpuint (g_strv_length (screenplay->notes), ==, 2);
  g_assert_cmpstr (screenplay->notes[0], ==, "One.");
  g_assert_cmpstr (screenplay->notes[1], ==, "Two.");
  g_assert_true (cs_screenplay_read (screenplay, "{\"prompt\": \"" GOOD "\", \"notes\": \"Only one.\"}", brief, INSTRUCTIONS,
                                     &error));
  g_assert_null (screenplay->negative_prompt);
  g_assert_cmpuint (g_strv_length (screenplay->notes), ==, 1);
}

/* What the user does not want to see is never lost, nor said twice. */
static void
test_negative (void)
{
  static const struct
  {
    const char *answered;
    const char *expected;
  } cases[] = {
    { "", "rain" }, { "blur", "rain, blur" }, { "rain, blur", "rain, blur" }, { "rai", "rain" }, { "-", "rain" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsBrief) brief = make_brief ("a boat");
      g_autoptr (CsScreenplay) screenplay = cs_screenplay_new ();
      g_autofree char *answer
          = g_strdup_printf ("{\"prompt\": \"" GOOD "\", \"negative_prompt\": \"%s\"}", cases[i].answered);

      brief->negative_prompt = g_strdup ("rain");
      g_assert_true (cs_screenplay_read (screenplay, answer, brief, INSTRUCTIONS, NULL));
      g_assert_cmpstr (screenplay->negative_prompt, ==, cases[i].expected);
    }
}

static void
test_long (void)
{
  g_autoptr (CsBrief) brief = make_brief ("a boat");
  g_autoptr (CsScreenplay) screenplay = cs_screenplay_new ();
  g_autoptr (GString) sentences = g_string_new (NULL);
  g_autofree char *answer = NULL;
  g_autofree char *endless = NULL;
  g_autofree char *one_word = NULL;

  while (sentences->len < 4000)
    g_string_append (sentences, "A réd boat drifts on a calm sea. ");
  answer = g_strdup_printf ("{\"prompt\": \"%s\"}", sentences->str);
  g_assert_true (cs_screenplay_read (screenplay, answer, brief, INSTRUCTIONS, NULL));
  g_assert_cmpint (g_utf8_strlen (screenplay->prompt, -1), <=, CS_SCREENPLAY_MAX_PROMPT);
  g_assert_cmpint (g_utf8_strlen (screenplay->prompt, -1), >, CS_SCREENPLAY_MAX_PROMPT - 100);
  g_assert_true (g_str_has_suffix (screenplay->prompt, "calm sea."));

  one_word = g_strnfill (CS_LOOSE_JSON_MAX * 2, 'a');
  endless = g_strdup_printf ("{\"prompt\": \"%s\"}", one_word);
  g_assert_false (cs_screenplay_read (screenplay, endless, brief, INSTRUCTIONS, NULL));
}

/* A screenplay that was refused is as it was. */
static void
test_untouched (void)
{
  g_autoptr (CsBrief) brief = make_brief ("a boat");
  g_autoptr (CsScreenplay) screenplay = cs_screenplay_new ();

  g_assert_true (cs_screenplay_read (screenplay, "{\"prompt\": \"" GOOD "\"}", brief, INSTRUCTIONS, NULL));
  g_assert_false (cs_screenplay_read (screenplay, "{\"prompt\": 7}", brief, INSTRUCTIONS, NULL));
  g_assert_cmpstr (screenplay->prompt, ==, GOOD);
}

static void
assert_kept (const char *idea, const char *locked, const char *rewrite, const char *expected)
{
  g_autoptr (CsBrief) brief = make_brief (idea);
  g_autoptr (CsScreenplay) screenplay = cs_screenplay_new ();
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  brief->locked = locked != NULL ? g_strsplit (locked, "|", -1) : NULL;
  json_object_set_string_member (object, "prompt", rewrite);
  answer = cs_json_object_to_string (object, FALSE);
  g_assert_true (cs_screenplay_read (screenplay, answer, brief, INSTRUCTIONS, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (screenplay->prompt, ==, expected);
}

/* What was said between quotation marks, and what was locked, stands in the prompt whatever the model did. */
static void
test_phrases (void)
{
  assert_kept ("a sign \"OPEN\"", NULL, "A neon sign reads \"OPEN\" at night.", "A neon sign reads \"OPEN\" at night.");
  assert_kept ("a sign « OUVERT »", NULL, "A sign says “OUVERT”.", "A sign says “OUVERT”.");
  assert_kept ("a sign \"OPEN\"", NULL, "A neon sign at night", "A neon sign at night. With exactly these words: “OPEN”.");
  assert_kept ("a sign \"OPEN\"", NULL, "A sign reads \"open\".", "A sign reads \"open\". With exactly these words: “OPEN”.");
  assert_kept ("لافتة “مفتوح” و“مغلق”", NULL, "A sign.", "A sign. With exactly these words: “مفتوح”, “مغلق”.");
  assert_kept ("l’enseigne “l’ami”", NULL, "The sign \"l'ami\" glows.", "The sign \"l'ami\" glows.");
  assert_kept ("a car", "a red 1967 DS", "A red 1967 DS drives.", "A red 1967 DS drives.");
  assert_kept ("a car", "a red 1967 DS|Rue Didouche", "A red car drives!", "A red car drives! a red 1967 DS, Rue Didouche.");
  assert_kept ("5\" of snow", NULL, "Deep snow.", "Deep snow.");
}

/* Where there is no room to put them back, the rewrite is refused. */
static void
test_phrases_without_room (void)
{
  g_autoptr (CsBrief) brief = make_brief ("a sign “OPEN”");
  g_autoptr (CsScreenplay) screenplay = cs_screenplay_new ();
  g_autofree char *words = g_strnfill (CS_SCREENPLAY_MAX_PROMPT, 'a');
  g_autofree char *answer = g_strdup_printf ("{\"prompt\": \"%s\"}", words);
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_screenplay_read (screenplay, answer, brief, INSTRUCTIONS, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
}

/* Text that is JSON already is read as it is. */
static void
test_strict (void)
{
  static const char *const texts[] = {
    "{\"slides\":[1,-2.5,true,false,null,\"a\",{\"b\":[]}],\"c\":\"x, y: {z}\"}",
    "{\"slides\":{\"a\":\"]\",\"b\":\"\\\\\"},\"d\":[\"\\\"\",\"t\",\"1\"]}",
    "{\"slides\":[\"a\",1,\"b\",null,\"c\",true,\"d\",[\"e\"],\"f\",{}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) object = cs_loose_json_find (texts[i], "slides");
      g_autofree char *written = object != NULL ? cs_json_object_to_string (object, FALSE) : NULL;

      g_assert_cmpstr (written, ==, texts[i]);
    }
}

static void
test_deep (void)
{
  g_autofree char *brackets = g_strnfill (200000, '[');
  g_autofree char *braces = g_strnfill (200000, '{');
  g_autofree char *text = g_strdup_printf ("{\"slides\": %s", brackets);

  g_assert_null (cs_loose_json_find (braces, "slides"));
  g_assert_null (cs_loose_json_find (text, "nothing"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/screenplay-reader/answers", test_answers);
  g_test_add_func ("/screenplay-reader/refusal", test_refusal);
  g_test_add_func ("/screenplay-reader/members", test_members);
  g_test_add_func ("/screenplay-reader/negative", test_negative);
  g_test_add_func ("/screenplay-reader/long", test_long);
  g_test_add_func ("/screenplay-reader/untouched", test_untouched);
  g_test_add_func ("/screenplay-reader/phrases", test_phrases);
  g_test_add_func ("/screenplay-reader/phrases-without-room", test_phrases_without_room);
  g_test_add_func ("/screenplay-reader/strict", test_strict);
  g_test_add_func ("/screenplay-reader/deep", test_deep);
  return g_test_run ();
}
