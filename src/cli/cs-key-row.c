/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One key as the command line shows it, and what its sub-commands share. */
#include "config.h"
#include "cli/cs-key-row.h"

static char *
list_names (void)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < CS_N_KEYS; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", cs_key_name_to_string (i));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/** cs_key_row_find: @name: (out): the key that the only word names. What else was said is not repeated: it may be a key. */
gboolean
cs_key_row_find (CsArguments *arguments, CsKeyName *name, GError **error)
{
  g_autofree char *known = NULL;

  if (cs_arguments_get_n_words (arguments) > 1)
    {
      cs_set_error (error, CS_ERROR_USAGE,
                    _ ("A key is not taken from the command line, where others can see it: give it on the standard input."));
      return FALSE;
    }
  if (cs_key_name_from_string (cs_arguments_get_word (arguments, 0), name))
    return TRUE;
  known = list_names ();
  /* translators: a list of names */
  cs_set_error (error, CS_ERROR_USAGE, _ ("There is no key of that name. There are: %s."), known);
  return FALSE;
}

/** cs_key_row_to_json: Returns: (transfer full): the row of the contract. */
JsonObject *
cs_key_row_to_json (CsCli *cli, CsKeyName name)
{
  CsKeys *keys = cs_engine_get_keys (cs_cli_get_engine (cli));
  const GError *refusal = cs_keys_get_refusal (keys, name);
  JsonObject *row = json_object_new ();
  CsKeySource source;
  gboolean is_set = cs_keys_get (keys, name, &source) != NULL;

  cs_json_set_string (row, "name", cs_key_name_to_string (name));
  cs_json_set_string (row, "provider", cs_key_name_get_provider (name));
  json_object_set_boolean_member (row, "set", is_set);
  cs_json_set_string (row, "source", cs_key_source_to_string (source));
  if (refusal != NULL)
    cs_json_set_string (row, "trouble", refusal->message);
  return row;
}

/** cs_key_row_print: A line of the answer; on stderr why what is there is not used. */
void
cs_key_row_print (CsCli *cli, CsKeyName name)
{
  CsKeys *keys = cs_engine_get_keys (cs_cli_get_engine (cli));
  const GError *refusal = cs_keys_get_refusal (keys, name);
  CsKeySource source;

  cs_keys_get (keys, name, &source);
  cs_output_print (cs_cli_get_output (cli), "%-19s  %-11s  %s", cs_key_name_to_string (name), cs_key_name_get_provider (name),
                   cs_key_source_to_string (source));
  if (refusal != NULL)
    /* translators: 1: the name of a key, 2: a sentence */
    cs_output_say (cs_cli_get_output (cli), _ ("%1$s cannot be used: %2$s"), cs_key_name_to_string (name), refusal->message);
}

/** cs_key_row_show: The whole answer of a command about one key. */
void
cs_key_row_show (CsCli *cli, CsKeyName name)
{
  cs_output_set_document (cs_cli_get_output (cli), cs_key_row_to_json (cli, name));
  cs_key_row_print (cli, name);
}

/** cs_keys_tell_trouble: Says why the keyring was not read, where it was not; also in @document. */
void
cs_keys_tell_trouble (CsCli *cli, JsonObject *document)
{
  const GError *trouble = cs_keys_get_trouble (cs_engine_get_keys (cs_cli_get_engine (cli)));
  JsonObject *keyring;

  if (trouble == NULL)
    return;
  keyring = json_object_new ();
  cs_json_set_string (keyring, "code", cs_error_get_slug (trouble));
  cs_json_set_string (keyring, "message", trouble->message);
  json_object_set_object_member (document, "keyring", keyring);
  cs_output_say (cs_cli_get_output (cli), "%s", trouble->message);
}

/** cs_keys_store: Puts a key into the keyring, or takes it out. @secret: (nullable): NULL forgets it. Nobody is asked. */
gboolean
cs_keys_store (CsCli *cli, CsKeyName name, const char *secret, GError **error)
{
  CsKeys *keys = cs_engine_get_keys (cs_cli_get_engine (cli));
  g_autoptr (GAsyncResult) result = NULL;
  CsKeySource source;
  gboolean good;

  if (secret != NULL)
    cs_keys_set_async (keys, name, secret, FALSE, cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  else
    cs_keys_clear_async (keys, name, FALSE, cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  cs_cli_await (&result);
  good = secret != NULL ? cs_keys_set_finish (keys, result, error) : cs_keys_clear_finish (keys, result, error);
  cs_keys_get (keys, name, &source);
  if (good && source == CS_KEY_SOURCE_ENVIRONMENT)
    /* translators: the name of a key */
    cs_output_say (cs_cli_get_output (cli), _ ("%s is set in the environment too, and that one is used."),
                   cs_key_name_to_string (name));
  return good;
}
