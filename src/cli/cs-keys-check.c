/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli keys check: asks the providers whether they take their keys; free of charge. */
#include "config.h"
#include "cli/cs-keys-check.h"

#include "cli/cs-key-row.h"

/* The checks of one command: all are under way at once. */
typedef struct
{
  CsProvider *provider; /* (unowned) NULL: there is none for this key */
  GAsyncResult *result; /* (nullable) until it is there */
  CsKeyCheck *check;
} Checking;

static void
checking_clear (Checking *checking)
{
  g_clear_object (&checking->result);
  g_clear_pointer (&checking->check, cs_key_check_free);
}

static void
start (CsCli *cli, CsKeyName name, Checking *checking)
{
  CsProviderRegistry *registry = cs_engine_get_registry (cs_cli_get_engine (cli));

  checking->provider = cs_provider_registry_get_provider (registry, cs_key_name_get_provider (name));
  if (checking->provider != NULL)
    cs_provider_check_async (checking->provider, cs_cli_get_cancellable (cli), cs_cli_keep_result, &checking->result);
}

static void
finish (Checking *checking)
{
  if (checking->provider != NULL)
    checking->check = cs_provider_check_finish (checking->provider, cs_cli_await (&checking->result));
  else
    {
      checking->check = g_new0 (CsKeyCheck, 1);
      checking->check->code = g_strdup (cs_error_code_get_slug (CS_ERROR_UNAVAILABLE));
      checking->check->message = g_strdup (_ ("No provider of this program takes this key."));
      checking->check->balance = -1;
    }
}

static gboolean
is_ok (const CsKeyCheck *check)
{
  return g_str_equal (check->code, "ok");
}

static JsonObject *
to_json (CsKeyName name, const CsKeyCheck *check)
{
  JsonObject *object = json_object_new ();

  cs_json_set_string (object, "name", cs_key_name_to_string (name));
  json_object_set_boolean_member (object, "ok", is_ok (check));
  cs_json_set_string (object, "code", check->code);
  cs_json_set_string (object, "message", check->message);
  if (check->balance >= 0)
    cs_json_set_money (object, "balance_usd", check->balance);
  if (check->account != NULL)
    cs_json_set_string (object, "account", check->account);
  return object;
}

/* A key that is refused, or may not do enough, has no code of its own among ours: that is a provider that says no. */
static void
set_error (CsKeyName name, const CsKeyCheck *check, GError **error)
{
  CsError code;

  if (!cs_error_code_from_slug (check->code, &code))
    code = CS_ERROR_PROVIDER_REFUSED;
  /* translators: 1: the name of a key, 2: a sentence */
  cs_set_error (error, code, _ ("%1$s: %2$s"), cs_key_name_to_string (name), check->message);
}

/* Good ones are the answer; the first one that is not is the error, and the others are told beside it. */
static void
judge (CsCli *cli, CsKeyName name, const CsKeyCheck *check, GError **error)
{
  CsOutput *output = cs_cli_get_output (cli);

  if (is_ok (check))
    /* translators: 1: the name of a key, 2: a sentence */
    cs_output_print (output, _ ("%1$s: %2$s"), cs_key_name_to_string (name), check->message);
  else if (*error != NULL)
    cs_output_say (output, _ ("%1$s: %2$s"), cs_key_name_to_string (name), check->message);
  else
    set_error (name, check, error);
}

/* All of @wanted. */
static GError *
check_all (CsCli *cli, const gboolean *wanted)
{
  Checking checkings[CS_N_KEYS] = { { NULL } };
  JsonObject *document = json_object_new ();
  JsonArray *array = json_array_new ();
  GError *error = NULL;

  for (guint i = 0; i < CS_N_KEYS; i++)
    if (wanted[i])
      start (cli, i, &checkings[i]);
  for (guint i = 0; i < CS_N_KEYS; i++)
    {
      if (!wanted[i])
        continue;
      finish (&checkings[i]);
      json_array_add_object_element (array, to_json (i, checkings[i].check));
      judge (cli, i, checkings[i].check, &error);
    }
  for (guint i = 0; i < CS_N_KEYS; i++)
    checking_clear (&checkings[i]);
  json_object_set_array_member (document, "checks", array);
  cs_output_set_document (cs_cli_get_output (cli), document);
  return error;
}

/* @name: the key that was asked for, or CS_N_KEYS. Why a keyring could not be read matters more than that it has no key. */
static void
refuse_unset (CsCli *cli, CsKeyName name, GError **error)
{
  CsKeys *keys = cs_engine_get_keys (cs_cli_get_engine (cli));
  const GError *trouble = cs_keys_get_trouble (keys);
  g_autofree char *reason = name < CS_N_KEYS ? cs_keys_explain_missing (keys, name) : NULL;

  if (reason != NULL)
    cs_set_error (error, CS_ERROR_NO_KEY, "%s", reason);
  else if (trouble != NULL)
    cs_set_error (error, CS_ERROR_NO_KEYRING, "%s", trouble->message);
  else
    cs_set_error (error, CS_ERROR_NO_KEY, _ ("No key is set. Set one with: creative-studio-cli keys set NAME"));
}

static gboolean
run (CsCli *cli, CsArguments *arguments, GError **error)
{
  gboolean has_name = cs_arguments_get_n_words (arguments) > 0;
  gboolean wanted[CS_N_KEYS] = { FALSE };
  guint n_wanted = 0;
  GError *bad = NULL;
  CsKeyName name = CS_N_KEYS;

  if ((has_name && !cs_key_row_find (arguments, &name, error)) || !cs_cli_open (cli, error))
    return FALSE;
  for (guint i = 0; i < CS_N_KEYS; i++)
    {
      wanted[i] = (!has_name || i == name) && cs_keys_get (cs_engine_get_keys (cs_cli_get_engine (cli)), i, NULL) != NULL;
      n_wanted += wanted[i];
    }
  if (n_wanted == 0)
    {
      refuse_unset (cli, name, error);
      return FALSE;
    }
  bad = check_all (cli, wanted);
  if (bad != NULL)
    g_propagate_error (error, bad);
  return bad == NULL;
}

const CsCommand cs_command_keys_check = {
  .name = "check",
  .words = N_ ("[NAME]"),
  .summary = N_ ("Ask the providers whether they take their keys, free of charge"),
  .details = N_ ("The exit code is 0 only when all that were checked are good."),
  .min_words = 0,
  .max_words = CS_ANY_WORDS,
  .run = run,
};
