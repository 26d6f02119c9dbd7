/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An error of ours as HTTP: its status, its code, and a sentence in the language that was asked for. Any thread. */
#include "config.h"
#include "server/cs-api-error.h"

#include <string.h>

/* What a caller can change is 4xx; 5xx is only what lies with this computer or with a provider. @words: said when the
 * engine's own are in another language, or of this computer. */
static const struct
{
  guint status;
  const char *words;
} faults[CS_N_ERRORS] = {
  [CS_ERROR_FAILED] = { 500, N_ ("Something went wrong in the studio. Try again.") },
  [CS_ERROR_INVALID_VALUE] = { 422, N_ ("A value is not one that can be used. Change it and send it again.") },
  [CS_ERROR_MISSING_FIELD] = { 422, N_ ("A field that is needed is missing. Add it and send it again.") },
  [CS_ERROR_USAGE] = { 422, N_ ("A value is not one that can be used. Change it and send it again.") },
  [CS_ERROR_MALFORMED] = { 400, N_ ("The request cannot be read. Send one JSON object as UTF-8 text.") },
  [CS_ERROR_TOO_LARGE] = { 413, N_ ("That is too large. Send less.") },
  [CS_ERROR_NOT_FOUND] = { 404, N_ ("There is no such thing here. Check the id.") },
  [CS_ERROR_CONFLICT] = { 409, N_ ("That is not possible in the state that it is in now.") },
  [CS_ERROR_EXISTS] = { 409, N_ ("There is one already.") },
  [CS_ERROR_NO_KEY] = { 503, N_ ("No key is set for what was asked. Set one in the preferences, or with “keys set”.") },
  [CS_ERROR_NO_KEYRING] = { 503, N_ ("The keyring is locked or missing. Unlock it, or set the key in the environment.") },
  [CS_ERROR_INSUFFICIENT_CREDIT] = { 402, N_ ("Insufficient balance: your key has no credit left") },
  [CS_ERROR_OVER_BUDGET] = { 503, N_ ("This is over the budget. Raise a cap, or wait for the next day or month.") },
  [CS_ERROR_OVER_MAX_COST] = { 422, N_ ("This costs more than the most that you agreed to. Raise “max_cost_usd”.") },
  [CS_ERROR_PROVIDER_REFUSED] = { 502, N_ ("The provider refused. Change the prompt, or take another provider.") },
  [CS_ERROR_RATE_LIMITED] = { 429, N_ ("That was too much at once. Wait a moment and try again.") },
  [CS_ERROR_OFFLINE] = { 503, N_ ("There is no connection. Check the network and try again.") },
  [CS_ERROR_UNAVAILABLE] = { 503, N_ ("What is needed for this is not available now. Try again later.") },
  [CS_ERROR_BAD_RESPONSE] = { 502, N_ ("The provider gave an answer that cannot be read. Try again later.") },
  [CS_ERROR_UNCERTAIN] = { 500, N_ ("It is not known whether this was made and billed. Look at its job.") },
  [CS_ERROR_CANCELLED] = { 409, N_ ("This was cancelled.") },
  [CS_ERROR_DAMAGED] = { 500, N_ ("The file is damaged.") },
  [CS_ERROR_CORRUPT] = { 500, N_ ("The studio's database is damaged. Look at the computer that it runs on.") },
  [CS_ERROR_NEWER] = { 500, N_ ("The studio's database was made by a newer version. Update the program.") },
  [CS_ERROR_BUSY] = { 503, N_ ("The studio is busy with something else. Try again in a moment.") },
  [CS_ERROR_DISK_FULL] = { 500, N_ ("The disk is full on the computer that the studio runs on. Free some space.") },
  [CS_ERROR_NOT_WRITABLE] = { 500, N_ ("The studio cannot write on its computer. Look at its permissions.") },
};

static CsError
get_kind (const GError *error)
{
  CsError kind = CS_ERROR_FAILED;

  if (error != NULL)
    cs_error_code_from_slug (cs_error_get_slug (error), &kind);
  return kind;
}

/** cs_api_error_get_status: @error: (nullable): of any domain. Returns: its HTTP status. */
guint
cs_api_error_get_status (const GError *error)
{
  return faults[get_kind (error)].status;
}

/** cs_api_error_get_code: @error: (nullable). Returns: (transfer none): the slug that programs compare. */
const char *
cs_api_error_get_code (const GError *error)
{
  CsError kind = get_kind (error);

  /* There is no command line here that could have been used wrongly. */
  return cs_error_code_get_slug (kind == CS_ERROR_USAGE ? CS_ERROR_INVALID_VALUE : kind);
}

/* Whether the engine's sentence is for others than who sits at this computer: none that may hold a path, or the words of
 * the system. */
static gboolean
is_for_all (CsError kind)
{
  return faults[kind].status != 500;
}

/* Without white space around it, which in French belongs to the quotation marks. */
static char *
dup_trimmed (const char *from, const char *to)
{
  while (from < to && g_unichar_isspace (g_utf8_get_char (from)))
    from = g_utf8_next_char (from);
  while (to > from && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (to))))
    to = g_utf8_prev_char (to);
  return g_strndup (from, to - from);
}

/* What stands in the first quotation marks of an error of a provider: its own words, in whatever language it has. Returns:
 * (transfer full) (nullable). */
static char *
dup_quoted (const char *message)
{
  static const char *const marks[][2] = { { "“", "”" }, { "«", "»" } };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *from = strstr (message, marks[i][0]);
      const char *to = from != NULL ? strstr (from, marks[i][1]) : NULL;

      if (to != NULL)
        return dup_trimmed (from + strlen (marks[i][0]), to);
    }
  return NULL;
}

/**
 * cs_api_error_describe:
 * @error: (nullable): of the engine, in the language of the process
 *
 * Returns: (transfer full): what to say about it in the language of the scope: its own sentence where that is in this
 * language, else one by its code, with the provider's own words where it has some.
 */
char *
cs_api_error_describe (const GError *error)
{
  CsError kind = get_kind (error);
  CsLanguage language = cs_words_get_user_language ();
  g_autofree char *quoted = NULL;

  cs_words_get_scope (&language);
  if (error == NULL || kind == CS_ERROR_INSUFFICIENT_CREDIT || !is_for_all (kind) || error->domain != CS_ERROR)
    return g_strdup (_ (faults[kind].words));
  if (language == cs_words_get_user_language ())
    return g_strdup (error->message);
  quoted = kind == CS_ERROR_PROVIDER_REFUSED ? dup_quoted (error->message) : NULL;
  if (quoted != NULL)
    return g_strdup_printf ("%s (%s)", _ (faults[kind].words), quoted);
  return g_strdup (_ (faults[kind].words));
}

/**
 * cs_api_error_to_json:
 * @field: (nullable): of the body or the query
 *
 * Returns: (transfer full): the body of every answer that is no success.
 */
JsonObject *
cs_api_error_to_json (guint status, const char *code, const char *detail, const char *field)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "status", status);
  cs_json_set_string (object, "detail", detail);
  cs_json_set_string (object, "code", code);
  if (field != NULL)
    cs_json_set_string (object, "field", field);
  return object;
}
