/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli keys: the keys of providers. None is ever shown. */
#include "config.h"
#include "cli/cs-command.h"

#include "cli/cs-key-row.h"
#include "cli/cs-keys-check.h"
#include "cli/cs-keys-import.h"
#include "cli/cs-secret-input.h"

static gboolean
run_list (CsCli *cli, CsArguments *arguments, GError **error)
{
  g_autoptr (JsonObject) document = json_object_new ();
  JsonArray *rows = json_array_new ();

  if (!cs_cli_open (cli, error))
    {
      json_array_unref (rows);
      return FALSE;
    }
  for (guint i = 0; i < CS_N_KEYS; i++)
    {
      json_array_add_object_element (rows, cs_key_row_to_json (cli, i));
      cs_key_row_print (cli, i);
    }
  json_object_set_array_member (document, "keys", rows);
  cs_keys_tell_trouble (cli, document);
  cs_output_set_document (cs_cli_get_output (cli), g_steal_pointer (&document));
  return TRUE;
}

static gboolean
run_set (CsCli *cli, CsArguments *arguments, GError **error)
{
  g_autofree char *question = NULL;
  CsKeyName name;
  char *secret;
  gboolean good;

  if (!cs_key_row_find (arguments, &name, error) || !cs_cli_open (cli, error))
    return FALSE;
  /* translators: the name of a key */
  question = g_strdup_printf (_ ("Paste the %s and press Enter. It is not shown."), cs_key_name_to_string (name));
  secret = cs_secret_input_read (cli, question, error);
  if (secret == NULL)
    return FALSE;
  good = cs_keys_store (cli, name, secret, error);
  cs_secret_free (secret);
  if (good)
    cs_key_row_show (cli, name);
  return good;
}

static gboolean
run_clear (CsCli *cli, CsArguments *arguments, GError **error)
{
  CsKeyName name;

  if (!cs_key_row_find (arguments, &name, error) || !cs_cli_open (cli, error) || !cs_keys_store (cli, name, NULL, error))
    return FALSE;
  cs_key_row_show (cli, name);
  return TRUE;
}

static const CsCommand list = {
  .name = "list",
  .summary = N_ ("List the keys: which are set, and where"),
  .run = run_list,
};

static const CsCommand set = {
  .name = "set",
  .words = N_ ("NAME"),
  .summary = N_ ("Put a key into the keyring"),
  .details = N_ ("The key is read from the standard input; at a terminal it is asked for and not shown."),
  .min_words = 1,
  .max_words = CS_ANY_WORDS,
  .missing = N_ ("Say which key: “keys list” shows their names."),
  .run = run_set,
};

static const CsCommand clear = {
  .name = "clear",
  .words = N_ ("NAME"),
  .summary = N_ ("Take a key out of the keyring"),
  .min_words = 1,
  .max_words = CS_ANY_WORDS,
  .missing = N_ ("Say which key: “keys list” shows their names."),
  .run = run_clear,
};

static const CsCommand *const sub_commands[] = {
  &list, &set, &cs_command_keys_check, &clear, &cs_command_keys_import, NULL,
};

const CsCommand cs_command_keys = {
  .name = "keys",
  .summary = N_ ("See, store and check the keys of providers"),
  .commands = sub_commands,
};
