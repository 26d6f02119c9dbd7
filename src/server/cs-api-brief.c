/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the body of a call to a checked brief: the fields of the contract, each told by its name when it is wrong. Main thread. */
#include "config.h"
#include "server/cs-api-brief.h"

#include "server/cs-api-body.h"
#include "server/cs-api-key.h"

#define REQUEST_FIELD "request_id"
#define REQUEST_HEADER "Idempotency-Key"
#define MAX_IGNORED 32 /* names that are said */

/* What is wrong with a text is wrong with its field. @error: (transfer full) */
static void
blame (CsApiBody *body, const char *name, GError *error)
{
  error->code = CS_ERROR_INVALID_VALUE;
  cs_api_body_set_error (body, name, error);
}

static char *
check_line (CsApiBody *body, const char *name, const char *value, gsize max_characters)
{
  GError *error = NULL;
  char *clean = cs_text_check_line (name, value, max_characters, &error);

  if (clean == NULL)
    blame (body, name, error);
  return clean;
}

static void
read_line (CsApiBody *body, const char *name, char **where)
{
  const char *value = cs_api_body_get_string (body, name, NULL);

  if (value != NULL)
    *where = check_line (body, name, value, CS_NAME_MAX_CHARACTERS);
}

static void
read_prompt (CsApiBody *body, CsBrief *brief)
{
  const char *value = cs_api_body_need_string (body, "user_prompt");
  GError *error = NULL;

  if (!cs_api_body_is_good (body))
    return;
  brief->prompt = cs_text_check_prompt (value, -1, &error);
  if (brief->prompt == NULL)
    blame (body, "user_prompt", error);
}

static void
read_user (CsApiBody *body, CsBrief *brief)
{
  const char *value = cs_api_body_need_string (body, "user_id");

  if (cs_api_body_is_good (body))
    brief->user_id = check_line (body, "user_id", value, CS_NAME_MAX_CHARACTERS);
}

/* Nothing to avoid is not a mistake: programs send the field empty. */
static void
read_negative_prompt (CsApiBody *body, CsBrief *brief)
{
  const char *value = cs_api_body_get_string (body, "negative_prompt", NULL);

  if (value != NULL && *value != '\0')
    brief->negative_prompt = check_line (body, "negative_prompt", value, CS_NEGATIVE_PROMPT_MAX_CHARACTERS);
}

/* Words of a closed set; @words: all of them, for people. */
static void
complain (CsApiBody *body, const char *name, const char *words)
{
  /* translators: 1: the name of a field, 2: a list of words */
  blame (body, name, g_error_new (CS_ERROR, CS_ERROR_INVALID_VALUE, _ ("“%1$s” must be one of: %2$s."), name, words));
}

static void
read_style (CsApiBody *body, CsBrief *brief)
{
  const char *value = cs_api_body_get_string (body, "style", NULL);

  if (value != NULL && !cs_style_from_string (value, &brief->style))
    complain (body, "style", "photorealistic, cinematic, anime, 3d-render, 3d, artistic");
}

static void
read_aspect (CsApiBody *body, CsBrief *brief)
{
  const char *value = cs_api_body_get_string (body, "aspect_ratio", NULL);
  gboolean is_video = brief->kind == CS_KIND_VIDEO;

  if (value != NULL && (!cs_aspect_from_string (value, &brief->aspect) || (is_video && brief->aspect == CS_ASPECT_4_3)))
    complain (body, "aspect_ratio", is_video ? "16:9, 9:16, 1:1" : "1:1, 16:9, 9:16, 4:3");
}

static void
read_seed (CsApiBody *body, CsBrief *brief)
{
  brief->seed = cs_api_body_get_int (body, "seed", 0, CS_SEED_MAX, -1);
  brief->has_seed = brief->seed >= 0;
  brief->seed = MAX (brief->seed, 0);
}

/* Asked of pictures too, which have none. */
static void
read_sound (CsApiBody *body, CsBrief *brief)
{
  gboolean with = cs_api_body_get_boolean (body, "sound", FALSE);
  gboolean without = !cs_api_body_get_boolean (body, "sound", TRUE);

  if (brief->kind == CS_KIND_VIDEO)
    brief->sound = with ? CS_WISH_YES : without ? CS_WISH_NO : CS_WISH_UNSAID;
}

static void
read_picture (CsApiMaking *self, CsApiBody *body)
{
  CsBrief *brief = self->brief;
  const char *image = cs_api_body_get_string (body, "image", NULL);

  read_style (body, brief);
  read_aspect (body, brief);
  read_negative_prompt (body, brief);
  read_seed (body, brief);
  read_sound (body, brief);
  brief->screenwriter = cs_api_body_get_boolean (body, "screenwriter", TRUE);
  if (brief->kind == CS_KIND_VIDEO)
    brief->duration = (int) cs_api_body_get_int (body, "duration", CS_DURATION_MIN, CS_DURATION_MAX, brief->duration);
  self->image = g_strdup (image);
}

static void
read_deck (CsApiBody *body, CsBrief *brief)
{
  const char *theme = cs_api_body_get_string (body, "theme", NULL);
  const char *language = cs_api_body_get_string (body, "language", NULL);

  brief->num_slides = (int) cs_api_body_get_int (body, "num_slides", CS_SLIDES_MIN, CS_SLIDES_MAX, brief->num_slides);
  if (theme != NULL && !cs_theme_from_string (theme, &brief->theme))
    complain (body, "theme", "dark, light, solarized");
  if (language == NULL)
    return;
  brief->has_language = cs_language_from_string (language, &brief->language);
  if (!brief->has_language)
    complain (body, "language", "fr, ar, en");
}

static void
read_request_id (CsApiMaking *self, CsApiBody *body)
{
  const char *in_header = cs_api_call_get_header (self->call, REQUEST_HEADER);
  g_autofree char *header_id = in_header != NULL ? check_line (body, REQUEST_HEADER, in_header, CS_NAME_MAX_CHARACTERS) : NULL;
  char **where = &self->brief->request_id;

  read_line (body, REQUEST_FIELD, where);
  if (header_id == NULL)
    return;
  if (*where != NULL && !g_str_equal (*where, header_id))
    blame (body, REQUEST_FIELD,
           g_error_new (CS_ERROR, CS_ERROR_INVALID_VALUE, _ ("“%1$s” and the header “%2$s” are not the same. Send one of them."),
                        REQUEST_FIELD, REQUEST_HEADER));
  cs_set_string (where, header_id);
}

static void
read_payer (CsApiMaking *self, CsApiBody *body)
{
  const char *in_body = cs_api_body_get_string (body, CS_API_KEY_FIELD, NULL);
  const char *code = NULL;
  GError *error = NULL;

  if (!cs_api_key_join (self->call, in_body, &code, &error))
    blame (body, CS_API_KEY_FIELD, error);
  self->key_code = g_strdup (code);
  if (code != NULL)
    self->brief->wallet_key = cs_wallet_key_hash (code);
}

/* Said, and no more of them than anybody reads. */
static GStrv
list_ignored (CsApiBody *body)
{
  GStrv names = cs_api_body_list_unknown (body);
  guint n = names != NULL ? g_strv_length (names) : 0;

  for (guint i = MAX_IGNORED; i < n; i++)
    g_clear_pointer (&names[i], g_free);
  return names;
}

static void
read_all (CsApiMaking *self, CsApiBody *body)
{
  CsBrief *brief = self->brief;

  read_prompt (body, brief);
  read_user (body, brief);
  if (brief->kind == CS_KIND_DECK)
    read_deck (body, brief);
  else
    read_picture (self, body);
  read_line (body, "provider", &brief->provider);
  read_line (body, "model", &brief->model);
  brief->max_cost = cs_api_body_get_money (body, "max_cost_usd", -1);
  read_request_id (self, body);
  read_payer (self, body);
  self->ignored = list_ignored (body);
}

gboolean
cs_api_brief_read (CsApiMaking *self, CsKind kind)
{
  g_auto (CsApiBody) body = CS_API_BODY_INIT (cs_api_call_get_body (self->call));
  g_autoptr (GError) error = NULL;

  self->brief = cs_brief_new (kind);
  self->brief->from_api = TRUE;
  read_all (self, &body);
  cs_api_call_set_body (self->call, NULL); /* whoever waits for a provider holds no more than his brief meanwhile */
  if (!cs_api_body_is_good (&body))
    cs_api_call_refuse_field (self->call, body.error, body.field);
  else if (!cs_brief_check (self->brief, &error))
    cs_api_call_refuse (self->call, error);
  else
    return TRUE;
  return FALSE;
}
