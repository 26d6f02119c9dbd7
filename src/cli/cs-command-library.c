/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli library: what was made. */
#include "config.h"
#include "cli/cs-command.h"

#include "cli/cs-library-edit.h"
#include "cli/cs-brief-options.h"

#define MOST_ROWS 500 /* of one page */

static const CsOption list_options[] = {
  { "kind", 0, N_ ("KIND"), N_ ("Only video, image or deck") },
  { "favourites", 0, NULL, N_ ("Only favourites") },
  { "trash", 0, NULL, N_ ("What is in the trash") },
  { "limit", 0, N_ ("NUMBER"), N_ ("How many at a time: 1 to 500 (50)") },
  { "cursor", 0, N_ ("TEXT"), N_ ("Where the page before ended") },
  { NULL },
};

static const CsOption *const list_tables[] = { list_options, NULL };

static CsLibraryPage *
list_page (CsCli *cli, const CsLibraryQuery *query, GError **error)
{
  CsLibrary *library = cs_engine_get_library (cs_cli_get_engine (cli));
  g_autoptr (GAsyncResult) result = NULL;

  cs_library_list_async (library, query, cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  return cs_library_list_finish (library, cs_cli_await (&result), error);
}

static void
print_creation (CsCli *cli, const CsCreationFacts *facts)
{
  g_autoptr (GDateTime) made = g_date_time_new_from_unix_local (facts->created_at / G_USEC_PER_SEC);
  g_autofree char *day = g_date_time_format (made, "%Y-%m-%d %H:%M");

  cs_output_print (cs_cli_get_output (cli), "%s  %-5s  %s  %s%s%s", facts->id,
                   cs_kind_to_string (facts->kind), day, facts->favourite ? "★ " : "", facts->title,
                   facts->missing ? _ (" (file missing)") : "");
}

static void
show_page (CsCli *cli, const CsLibraryPage *page)
{
  CsPaths *paths = cs_engine_get_paths (cs_cli_get_engine (cli));
  JsonObject *document = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < page->creations->len; i++)
    {
      json_array_add_object_element (
          array, cs_creation_to_json (page->creations->pdata[i], cs_creation_dup_path, paths));
      print_creation (cli, cs_creation_get_facts (page->creations->pdata[i]));
    }
  json_object_set_array_member (document, "creations", array);
  if (page->next != NULL)
    cs_json_set_string (document, "next", page->next);
  cs_output_set_document (cs_cli_get_output (cli), document);
  if (cs_output_is_json (cs_cli_get_output (cli)))
    return;
  if (page->creations->len == 0)
    cs_output_say (cs_cli_get_output (cli), _ ("Nothing found."));
  if (page->next != NULL)
    cs_output_say (cs_cli_get_output (cli), _ ("There are more: add --cursor %s"), page->next);
}

static gboolean
run_query (CsCli *cli, CsArguments *arguments, const char *text, GError **error)
{
  CsLibraryQuery query = { .text = text };
  g_autoptr (CsLibraryPage) page = NULL;
  gint64 limit = 0;

  query.favourites = cs_arguments_has (arguments, "favourites");
  query.trashed = cs_arguments_has (arguments, "trash");
  query.cursor = cs_arguments_get (arguments, "cursor");
  if (!cs_arguments_get_kind (arguments, &query.has_kind, &query.kind, error)
      || !cs_arguments_get_int (arguments, "limit", 1, MOST_ROWS, &limit, error) || !cs_cli_open (cli, error))
    return FALSE;
  query.limit = (guint) limit;
  page = list_page (cli, &query, error);
  if (page == NULL)
    return FALSE;
  show_page (cli, page);
  return TRUE;
}

static gboolean
run_list (CsCli *cli, CsArguments *arguments, GError **error)
{
  return run_query (cli, arguments, NULL, error);
}

static gboolean
run_search (CsCli *cli, CsArguments *arguments, GError **error)
{
  g_autoptr (GString) text = g_string_new (cs_arguments_get_word (arguments, 0));

  for (guint i = 1; i < cs_arguments_get_n_words (arguments); i++)
    g_string_append_printf (text, " %s", cs_arguments_get_word (arguments, i));
  return run_query (cli, arguments, text->str, error);
}

static JsonArray *
names_to_json (GPtrArray *names)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < names->len; i++)
    json_array_add_string_element (array, names->pdata[i]);
  return array;
}

static void
print_names (CsCli *cli, const char *words, GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    /* translators: 1: what is the matter with a file, 2: its name */
    cs_output_print (cs_cli_get_output (cli), _ ("%1$s: %2$s"), words, (const char *) names->pdata[i]);
}

static void
show_report (CsCli *cli, const CsLibraryReport *report)
{
  JsonObject *document = json_object_new ();

  json_object_set_int_member (document, "checked", report->checked);
  json_object_set_array_member (document, "missing", names_to_json (report->missing));
  json_object_set_array_member (document, "changed", names_to_json (report->changed));
  json_object_set_array_member (document, "orphans", names_to_json (report->orphans));
  cs_output_set_document (cs_cli_get_output (cli), document);
  print_names (cli, _ ("The file is gone"), report->missing);
  print_names (cli, _ ("The file was changed"), report->changed);
  print_names (cli, _ ("A file that nobody knows"), report->orphans);
  cs_output_print (
      cs_cli_get_output (cli),
      g_dngettext (GETTEXT_PACKAGE, "%u creation checked.", "%u creations checked.", report->checked),
      report->checked);
}

static gboolean
run_check (CsCli *cli, CsArguments *arguments, GError **error)
{
  CsLibrary *library;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsLibraryReport) report = NULL;

  if (!cs_cli_open (cli, error))
    return FALSE;
  library = cs_engine_get_library (cs_cli_get_engine (cli));
  cs_library_check_async (library, cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  report = cs_library_check_finish (library, cs_cli_await (&result), error);
  if (report == NULL)
    return FALSE;
  show_report (cli, report);
  if (report->n_missing == 0 && report->n_changed == 0)
    return TRUE;
  cs_set_error (error, CS_ERROR_DAMAGED,
                _ ("Files of the library are missing or were changed: %1$u and %2$u."), report->n_missing,
                report->n_changed);
  return FALSE;
}

static const CsCommand list = {
  .name = "list",
  .summary = N_ ("List what was made, newest first"),
  .options = list_tables,
  .run = run_list,
};

static const CsCommand search = {
  .name = "search",
  .words = N_ ("WORDS"),
  .summary = N_ ("Find creations by words of their prompts, titles and notes"),
  .options = list_tables,
  .min_words = 1,
  .max_words = CS_ANY_WORDS,
  .missing = N_ ("Say which words to look for."),
  .run = run_search,
};

static const CsCommand check = {
  .name = "check",
  .summary = N_ ("Look whether all files are there and unchanged"),
  .details = N_ ("The exit code is 1 when a file is missing or was changed."),
  .run = run_check,
};

static const CsCommand *const sub_commands[] = {
  &list,
  &search,
  &cs_command_library_show,
  &cs_command_library_export,
  &cs_command_library_favourite,
  &cs_command_library_rename,
  &cs_command_library_trash,
  &cs_command_library_restore,
  &check,
  NULL,
};

const CsCommand cs_command_library = {
  .name = "library",
  .summary = N_ ("See, find, export and tidy up what was made"),
  .commands = sub_commands,
};
