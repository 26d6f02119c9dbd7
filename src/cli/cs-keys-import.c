/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli keys import: the keys of a .env file, into the keyring. */
#include "config.h"
#include "cli/cs-keys-import.h"

#include "cli/cs-input.h"
#include "cli/cs-key-row.h"

#include <string.h>

/* What the file holds is wiped here: its keys are in @file now, or nowhere. */
static CsEnvFile *
read_file (CsCli *cli, const char *name, GError **error)
{
  GBytes *bytes = cs_input_read (cli, name, CS_ENV_FILE_MAX_LENGTH, error);
  CsEnvFile *file;
  gsize length;
  char *text;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_unref_to_data (bytes, &length);
  file = cs_env_file_parse (text, length, error);
  explicit_bzero (text, length);
  g_free (text);
  return file;
}

static void
tell_ignored (CsCli *cli, const CsEnvFile *file, JsonObject *document)
{
  JsonArray *names = json_array_new ();

  for (guint i = 0; i < file->ignored->len; i++)
    {
      json_array_add_string_element (names, file->ignored->pdata[i]);
      /* translators: a name of a .env file */
      cs_output_say (cs_cli_get_output (cli), _ ("%s is not imported: it is none of our keys."),
                     (const char *) file->ignored->pdata[i]);
    }
  json_object_set_array_member (document, "ignored", names);
  for (guint i = 0; i < file->odd_lines->len; i++)
    cs_output_say (cs_cli_get_output (cli), _ ("Line %u is left out: it does not say NAME=VALUE."),
                   g_array_index (file->odd_lines, guint, i));
}

static void
tell_absent (CsCli *cli, const CsEnvFile *file, JsonObject *document)
{
  JsonArray *names = json_array_new ();

  for (guint i = 0; i < CS_N_KEYS; i++)
    {
      if (!file->is_absent[i])
        continue;
      json_array_add_string_element (names, cs_key_name_to_string (i));
      /* translators: the name of a key */
      cs_output_say (cs_cli_get_output (cli), _ ("%s is not imported: it was not filled in."), cs_key_name_to_string (i));
    }
  json_object_set_array_member (document, "absent", names);
}

/* As far as it goes: what is stored is told, also where the next one fails. */
static gboolean
store_all (CsCli *cli, const CsEnvFile *file, JsonArray *imported, GError **error)
{
  for (guint i = 0; i < CS_N_KEYS; i++)
    {
      if (file->secrets[i] == NULL)
        continue;
      if (!cs_keys_store (cli, i, file->secrets[i], error))
        return FALSE;
      json_array_add_object_element (imported, cs_key_row_to_json (cli, i));
      cs_key_row_print (cli, i);
    }
  return TRUE;
}

static gboolean
check_refusals (const CsEnvFile *file, GError **error)
{
  for (guint i = 0; i < CS_N_KEYS; i++)
    if (file->refusals[i] != NULL)
      {
        cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("%1$s cannot be used: %2$s"), cs_key_name_to_string (i),
                      file->refusals[i]->message);
        return FALSE;
      }
  return TRUE;
}

static gboolean
run (CsCli *cli, CsArguments *arguments, GError **error)
{
  JsonObject *document;
  JsonArray *imported;
  g_autoptr (CsEnvFile) file = NULL;

  if (!cs_cli_open (cli, error))
    return FALSE;
  file = read_file (cli, cs_arguments_get_word (arguments, 0), error);
  if (file == NULL)
    return FALSE;
  document = json_object_new ();
  imported = json_array_new ();
  json_object_set_array_member (document, "keys", imported);
  cs_output_set_document (cs_cli_get_output (cli), document);
  tell_ignored (cli, file, document);
  tell_absent (cli, file, document);
  if (!store_all (cli, file, imported, error) || !check_refusals (file, error))
    return FALSE;
  if (cs_env_file_has_secrets (file))
    return TRUE;
  cs_set_error (error, CS_ERROR_NO_KEY, _ ("There is no key to import in this file."));
  return FALSE;
}

const CsCommand cs_command_keys_import = {
  .name = "import",
  .words = N_ ("FILE.env"),
  .summary = N_ ("Put the keys of a .env file into the keyring"),
  .details = N_ ("“-” reads the standard input. Other names, base addresses and placeholders are not imported."),
  .min_words = 1,
  .max_words = 1,
  .missing = N_ ("Say which .env file to import."),
  .run = run,
};
