/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of library that are about one creation: show, export, favourite, rename, trash, restore. */
#include "config.h"
#include "cli/cs-library-edit.h"

#include "cli/cs-result.h"
#include "cli/cs-target.h"

static const CsOption export_options[] = {
  { "output", 'o', N_ ("FILE"), N_ ("The file to write") },
  { "force", 0, NULL, N_ ("Replace the file if it is there") },
  { "no-prompt", 0, NULL, N_ ("Keep the prompt out of the file; its label stays") },
  { NULL },
};

static const CsOption favourite_options[] = {
  { "off", 0, NULL, N_ ("It is no favourite any more") },
  { NULL },
};

static const CsOption rename_options[] = {
  { "notes", 0, N_ ("TEXT"), N_ ("Your own notes on it, which the search finds too") },
  { NULL },
};

static const CsOption *const export_tables[] = { export_options, NULL };
static const CsOption *const favourite_tables[] = { favourite_options, NULL };
static const CsOption *const rename_tables[] = { rename_options, NULL };

/* The library of the engine, which is opened; NULL with an error. */
static CsLibrary *
open_library (CsCli *cli, GError **error)
{
  return cs_cli_open (cli, error) ? cs_engine_get_library (cs_cli_get_engine (cli)) : NULL;
}

static CsCreation *
get_creation (CsCli *cli, const char *id, GError **error)
{
  CsLibrary *library = open_library (cli, error);
  g_autoptr (GAsyncResult) result = NULL;

  if (library == NULL)
    return NULL;
  cs_library_get_async (library, id, cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  return cs_library_get_finish (library, cs_cli_await (&result), error);
}

/* @creation: (transfer full) (nullable): after the change; NULL when there is an error already */
static gboolean
show_creation (CsCli *cli, CsCreation *creation, const char *output)
{
  g_autoptr (CsCreation) owned = creation;
  JsonObject *document;

  if (creation == NULL)
    return FALSE;
  document = cs_creation_to_json (creation, cs_creation_dup_path,
                                  cs_engine_get_paths (cs_cli_get_engine (cli)));
  if (output != NULL)
    cs_json_set_string (document, "output", output);
  cs_output_set_document (cs_cli_get_output (cli), document);
  cs_result_print_creation (cli, creation, output);
  return TRUE;
}

static void
print_fact (CsCli *cli, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    /* translators: 1: for example "Prompt", 2: its value */
    cs_output_print (cs_cli_get_output (cli), _ ("%1$s: %2$s"), name, value);
}

static gboolean
run_show (CsCli *cli, CsArguments *arguments, GError **error)
{
  CsCreation *creation = get_creation (cli, cs_arguments_get_word (arguments, 0), error);
  const CsCreationFacts *facts;
  g_autofree char *cost = NULL;

  if (creation == NULL)
    return FALSE;
  facts = cs_creation_get_facts (creation);
  cost = cs_money_to_display (facts->cost);
  print_fact (cli, _ ("Title"), facts->title);
  print_fact (cli, _ ("Prompt"), facts->original_prompt);
  print_fact (cli, _ ("Sent as"), facts->prompt);
  print_fact (cli, _ ("Model"), facts->model);
  print_fact (cli, _ ("Cost"), cost);
  print_fact (cli, _ ("Notes"), facts->notes);
  return show_creation (cli, creation, NULL);
}

static gboolean
run_export (CsCli *cli, CsArguments *arguments, GError **error)
{
  const char *path = cs_arguments_get (arguments, "output");
  gboolean force = cs_arguments_has (arguments, "force");
  CsExportMode mode = cs_arguments_has (arguments, "no-prompt") ? CS_EXPORT_LABEL_ONLY : CS_EXPORT_STAMPED;
  g_autoptr (CsCreation) creation = NULL;
  g_autofree char *whole = NULL;
  const CsCreationFacts *facts;

  if (path == NULL)
    {
      cs_set_error (error, CS_ERROR_USAGE, _ ("Say where the copy goes: -o FILE"));
      return FALSE;
    }
  creation = get_creation (cli, cs_arguments_get_word (arguments, 0), error);
  if (creation == NULL)
    return FALSE;
  facts = cs_creation_get_facts (creation);
  if (!cs_target_check (cli, path, facts->kind, 1, force, error)
      || !cs_target_write (cli, facts->id, path, force, mode, error))
    return FALSE;
  cs_target_warn (cli, facts, path);
  whole = g_canonicalize_filename (path, NULL);
  return show_creation (cli, g_steal_pointer (&creation), whole);
}

static gboolean
run_favourite (CsCli *cli, CsArguments *arguments, GError **error)
{
  CsLibrary *library = open_library (cli, error);
  g_autoptr (GAsyncResult) result = NULL;

  if (library == NULL)
    return FALSE;
  cs_library_favourite_async (library, cs_arguments_get_word (arguments, 0),
                              !cs_arguments_has (arguments, "off"), NULL, cs_cli_keep_result, &result);
  return show_creation (cli, cs_library_favourite_finish (library, cs_cli_await (&result), error), NULL);
}

static gboolean
run_rename (CsCli *cli, CsArguments *arguments, GError **error)
{
  g_autoptr (CsCreation) creation = get_creation (cli, cs_arguments_get_word (arguments, 0), error);
  const char *notes = cs_arguments_get (arguments, "notes");
  CsLibrary *library;
  g_autoptr (GAsyncResult) result = NULL;

  if (creation == NULL)
    return FALSE;
  library = cs_engine_get_library (cs_cli_get_engine (cli));
  if (notes == NULL)
    notes = cs_creation_get_facts (creation)->notes;
  cs_library_rename_async (library, cs_creation_get_id (creation), cs_arguments_get_word (arguments, 1),
                           notes, NULL, cs_cli_keep_result, &result);
  return show_creation (cli, cs_library_rename_finish (library, cs_cli_await (&result), error), NULL);
}

static gboolean
set_trashed (CsCli *cli, CsArguments *arguments, gboolean trashed, GError **error)
{
  CsLibrary *library = open_library (cli, error);
  g_autoptr (GAsyncResult) result = NULL;

  if (library == NULL)
    return FALSE;
  cs_library_trash_async (library, cs_arguments_get_word (arguments, 0), trashed, NULL, cs_cli_keep_result,
                          &result);
  return show_creation (cli, cs_library_trash_finish (library, cs_cli_await (&result), error), NULL);
}

static gboolean
run_trash (CsCli *cli, CsArguments *arguments, GError **error)
{
  return set_trashed (cli, arguments, TRUE, error);
}

static gboolean
run_restore (CsCli *cli, CsArguments *arguments, GError **error)
{
  return set_trashed (cli, arguments, FALSE, error);
}

#define MISSING_ID N_ ("Say which creation: “library list” shows their ids.")

const CsCommand cs_command_library_show = {
  .name = "show",
  .words = N_ ("ID"),
  .summary = N_ ("Show all that is known of a creation"),
  .min_words = 1,
  .max_words = 1,
  .missing = MISSING_ID,
  .run = run_show,
};

const CsCommand cs_command_library_export = {
  .name = "export",
  .words = N_ ("ID"),
  .summary = N_ ("Write a copy that says who made it, with what and from which prompt"),
  .options = export_tables,
  .min_words = 1,
  .max_words = 1,
  .missing = MISSING_ID,
  .run = run_export,
};

const CsCommand cs_command_library_favourite = {
  .name = "favourite",
  .words = N_ ("ID"),
  .summary = N_ ("Make it a favourite"),
  .options = favourite_tables,
  .min_words = 1,
  .max_words = 1,
  .missing = MISSING_ID,
  .run = run_favourite,
};

const CsCommand cs_command_library_rename = {
  .name = "rename",
  .words = N_ ("ID TITLE"),
  .summary = N_ ("Give it another title"),
  .options = rename_tables,
  .min_words = 2,
  .max_words = 2,
  .missing = N_ ("Say which creation, and its new title between quotes."),
  .run = run_rename,
};

const CsCommand cs_command_library_trash = {
  .name = "trash",
  .words = N_ ("ID"),
  .summary = N_ ("Put it into the trash; restore takes it out again"),
  .min_words = 1,
  .max_words = 1,
  .missing = MISSING_ID,
  .run = run_trash,
};

const CsCommand cs_command_library_restore = {
  .name = "restore",
  .words = N_ ("ID"),
  .summary = N_ ("Take it out of the trash"),
  .min_words = 1,
  .max_words = 1,
  .missing = MISSING_ID,
  .run = run_restore,
};
