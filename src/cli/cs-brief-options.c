/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the options of video, image and deck to a checked brief. Main thread. */
#include "config.h"
#include "cli/cs-brief-options.h"

#include "cli/cs-input.h"

const CsOption cs_video_options[] = {
  { "duration", 0, N_ ("SECONDS"), N_ ("How long: 5 to 10 (5)") },
  { "sound", 0, NULL, N_ ("With sound") },
  { "no-sound", 0, NULL, N_ ("Without sound") },
  { "aspect-ratio", 0, N_ ("RATIO"), N_ ("Width to height: 16:9 (usual), 9:16, 1:1") },
  { NULL },
};

const CsOption cs_image_options[] = {
  { "count", 0, N_ ("NUMBER"), N_ ("How many pictures: 1 to 4 (1)") },
  { "aspect-ratio", 0, N_ ("RATIO"), N_ ("Width to height: 1:1 (usual), 16:9, 9:16, 4:3") },
  { NULL },
};

const CsOption cs_picture_options[] = {
  { "style", 0, N_ ("STYLE"), N_ ("photorealistic (usual), cinematic, anime, 3d-render, artistic") },
  { "image", 0, N_ ("FILE|ID"), N_ ("A picture to begin from: a PNG or JPEG file, or one of the library") },
  { "negative", 0, N_ ("TEXT"), N_ ("What shall not be seen") },
  { "seed", 0, N_ ("NUMBER"), N_ ("The same number and words give the same picture, where the model can") },
  { NULL },
};

const CsOption cs_deck_options[] = {
  { "slides", 0, N_ ("NUMBER"), N_ ("How many slides: 1 to 30 (5)") },
  { "theme", 0, N_ ("THEME"), N_ ("dark (usual), light, solarized") },
  { "language", 0, N_ ("LANGUAGE"), N_ ("fr, ar or en; else that of the prompt") },
  { NULL },
};

const CsOption cs_maker_options[] = {
  { "provider", 0, N_ ("PROVIDER"),
    N_ ("Only this provider, for example sketch; else the best that can be used") },
  { "model", 0, N_ ("MODEL"), N_ ("Only this model") },
  { "no-screenwriter", 0, NULL, N_ ("Send the prompt as it is") },
  { "user-id", 0, N_ ("USER"), N_ ("For whom, in the records of usage") },
  { "max-cost", 0, N_ ("USD"), N_ ("The most that it may cost, in US dollars") },
  { "over-budget", 0, NULL, N_ ("Go over the budget this once") },
  { "request-id", 0, N_ ("ID"), N_ ("The same request is made only once, however often it is sent") },
  { "patience", 0, N_ ("SECONDS"), N_ ("How long to wait for a connection (30)") },
  { "detach", 0, NULL, N_ ("Return as soon as the provider accepted it") },
  { "output", 'o', N_ ("FILE"), N_ ("Also write a copy here") },
  { "force", 0, NULL, N_ ("Replace the file if it is there") },
  { NULL },
};

gboolean
cs_arguments_get_style (CsArguments *arguments, CsStyle *style, GError **error)
{
  const char *text = cs_arguments_get (arguments, "style");

  return text == NULL || cs_style_from_string (text, style)
         || cs_arguments_refuse (arguments, "style", CS_STYLE_WORDS, error);
}

gboolean
cs_arguments_get_theme (CsArguments *arguments, CsTheme *theme, GError **error)
{
  const char *text = cs_arguments_get (arguments, "theme");

  return text == NULL || cs_theme_from_string (text, theme)
         || cs_arguments_refuse (arguments, "theme", CS_THEME_WORDS, error);
}

gboolean
cs_arguments_get_language (CsArguments *arguments,
                           gboolean *has_language,
                           CsLanguage *language,
                           GError **error)
{
  const char *text = cs_arguments_get (arguments, "language");

  if (text == NULL)
    return TRUE;
  *has_language = cs_language_from_string (text, language);
  return *has_language || cs_arguments_refuse (arguments, "language", CS_LANGUAGE_WORDS, error);
}

gboolean
cs_arguments_get_kind (CsArguments *arguments, gboolean *has_kind, CsKind *kind, GError **error)
{
  const char *text = cs_arguments_get (arguments, "kind");

  if (text == NULL)
    return TRUE;
  *has_kind = cs_kind_from_string (text, kind);
  return *has_kind || cs_arguments_refuse (arguments, "kind", CS_KIND_WORDS, error);
}

static gboolean
get_aspect (CsArguments *arguments, CsBrief *brief, GError **error)
{
  const char *text = cs_arguments_get (arguments, "aspect-ratio");
  gboolean is_video = brief->kind == CS_KIND_VIDEO;

  if (text == NULL
      || (cs_aspect_from_string (text, &brief->aspect) && !(is_video && brief->aspect == CS_ASPECT_4_3)))
    return TRUE;
  return cs_arguments_refuse (arguments, "aspect-ratio",
                              is_video ? CS_VIDEO_ASPECT_WORDS : CS_IMAGE_ASPECT_WORDS, error);
}

static gboolean
get_sound (CsArguments *arguments, CsBrief *brief, GError **error)
{
  gboolean with = cs_arguments_has (arguments, "sound");
  gboolean without = cs_arguments_has (arguments, "no-sound");

  if (with && without)
    {
      cs_set_error (error, CS_ERROR_USAGE, _ ("--sound and --no-sound exclude each other."));
      return FALSE;
    }
  brief->sound = with ? CS_WISH_YES : without ? CS_WISH_NO : CS_WISH_UNSAID;
  return TRUE;
}

static gboolean
get_numbers (CsArguments *arguments, CsBrief *brief, GError **error)
{
  gint64 duration = brief->duration;
  gint64 slides = brief->num_slides;

  brief->has_seed = cs_arguments_has (arguments, "seed");
  if (!cs_arguments_get_int (arguments, "duration", CS_DURATION_MIN, CS_DURATION_MAX, &duration, error)
      || !cs_arguments_get_int (arguments, "slides", CS_SLIDES_MIN, CS_SLIDES_MAX, &slides, error)
      || !cs_arguments_get_int (arguments, "seed", 0, CS_SEED_MAX, &brief->seed, error)
      || !cs_arguments_get_money (arguments, "max-cost", &brief->max_cost, error))
    return FALSE;
  brief->duration = (int) duration;
  brief->num_slides = (int) slides;
  return TRUE;
}

static void
get_texts (CsArguments *arguments, CsBrief *brief)
{
  brief->negative_prompt = g_strdup (cs_arguments_get (arguments, "negative"));
  brief->provider = g_strdup (cs_arguments_get (arguments, "provider"));
  brief->model = g_strdup (cs_arguments_get (arguments, "model"));
  brief->user_id = g_strdup (cs_arguments_get (arguments, "user-id"));
  brief->request_id = g_strdup (cs_arguments_get (arguments, "request-id"));
  brief->screenwriter = !cs_arguments_has (arguments, "no-screenwriter");
  brief->over_budget = cs_arguments_has (arguments, "over-budget");
}

/** cs_brief_read_prompt: @word: the prompt, or "-" for stdin. Returns: (transfer full): the prompt, checked.
 */
char *
cs_brief_read_prompt (CsCli *cli, const char *word, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  gsize length;

  if (!g_str_equal (word, "-"))
    return cs_text_check_prompt (word, -1, error);
  bytes = cs_input_read (cli, word, CS_INPUT_MAX_PROMPT, error);
  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  return cs_text_check_prompt (text, (gssize) length, error);
}

/* Whoever set a wallet key wants it to pay: one with nothing in it is no leave to spend the operator's own money. */
static gboolean
get_wallet_key (CsBrief *brief, GError **error)
{
  const char *key = cs_engine_get_wallet_key ();

  if (key == NULL || *key != '\0')
    {
      brief->wallet_key = g_strdup (key);
      return TRUE;
    }
  cs_set_error (error, CS_ERROR_INSUFFICIENT_CREDIT,
                _ ("CREATIVE_STUDIO_KEY_CODE is empty, and such a key has no credit. Put a wallet key into it, or unset it."));
  return FALSE;
}

/**
 * cs_brief_from_arguments:
 * @arguments: their first word is the prompt, or "-" for stdin
 *
 * Returns: (transfer full): the brief, checked but for its picture and the names of provider and model, which
 * need the engine; or NULL with a sentence that says what to change.
 */
CsBrief *
cs_brief_from_arguments (CsCli *cli, CsArguments *arguments, CsKind kind, GError **error)
{
  g_autoptr (CsBrief) brief = cs_brief_new (kind);

  get_texts (arguments, brief);
  if (!cs_arguments_get_style (arguments, &brief->style, error)
      || !cs_arguments_get_theme (arguments, &brief->theme, error)
      || !cs_arguments_get_language (arguments, &brief->has_language, &brief->language, error)
      || !get_aspect (arguments, brief, error) || !get_sound (arguments, brief, error)
      || !get_numbers (arguments, brief, error) || !get_wallet_key (brief, error))
    return NULL;
  brief->prompt = cs_brief_read_prompt (cli, cs_arguments_get_word (arguments, 0), error);
  if (brief->prompt == NULL || !cs_brief_check (brief, error))
    return NULL;
  return g_steal_pointer (&brief);
}

static char *
find_in_library (CsCli *cli, const char *id, GError **error)
{
  CsLibrary *library = cs_engine_get_library (cs_cli_get_engine (cli));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsCreation) creation = NULL;

  cs_library_get_async (library, id, cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  creation = cs_library_get_finish (library, cs_cli_await (&result), error);
  if (creation == NULL)
    return NULL;
  if (cs_creation_get_facts (creation)->kind != CS_KIND_IMAGE)
    {
      cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("“%s” is not a picture. Choose one that is."), id);
      return NULL;
    }
  return cs_library_dup_file_path (library, creation);
}

/**
 * cs_brief_find_image:
 * @value: a file, or the id of a picture of the library
 *
 * Puts the picture to begin from into @brief, as a whole path: the job may be resumed from another folder.
 */
gboolean
cs_brief_find_image (CsCli *cli, CsBrief *brief, const char *value, GError **error)
{
  g_autofree char *path = NULL;

  if (cs_id_is_valid (value) && !g_file_test (value, G_FILE_TEST_EXISTS))
    path = find_in_library (cli, value, error);
  else
    path = g_canonicalize_filename (value, NULL);
  if (path == NULL || !cs_input_check_picture (cli, path, error))
    return FALSE;
  return cs_set_string (&brief->image, path);
}
