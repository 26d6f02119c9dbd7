/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli deck, and deck export */
#include "config.h"
#include "cli/cs-command.h"

#include "cli/cs-brief-options.h"
#include "cli/cs-input.h"
#include "cli/cs-make.h"
#include "cli/cs-target.h"

static const CsOption *const deck_tables[] = { cs_deck_options, cs_maker_options, NULL };

static const CsOption export_options[] = {
  { "output", 'o', N_ ("FILE.html"), N_ ("The file to write") },
  { "theme", 0, N_ ("THEME"), N_ ("dark (usual), light, solarized") },
  { "language", 0, N_ ("LANGUAGE"), N_ ("fr, ar or en; else that of the text") },
  { "title", 0, N_ ("TEXT"), N_ ("The title; else the first heading") },
  { "force", 0, NULL, N_ ("Replace the file if it is there") },
  { NULL },
};

static const CsOption *const export_tables[] = { export_options, NULL };

static gboolean
run (CsCli *cli, CsArguments *arguments, GError **error)
{
  return cs_make_from_arguments (cli, arguments, CS_KIND_DECK, error);
}

/* The file to write, and what goes into it. */
typedef struct
{
  char *path;
  gboolean replace;
  char *html;
  gsize length;
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_free (page->path);
  g_free (page->html);
  g_free (page);
}

static gpointer
write_work (gpointer data, GCancellable *cancellable, GError **error)
{
  Page *page = data;

  return cs_file_write (page->path, page->html, page->length, page->replace, error) ? page : NULL;
}

static gboolean
write_page (CsCli *cli, const char *path, gboolean replace, CsDeckExport *deck, GError **error)
{
  Page *page = g_new0 (Page, 1);

  page->path = g_strdup (path);
  page->replace = replace;
  page->html = g_steal_pointer (&deck->html);
  page->length = deck->length;
  return cs_cli_do (cli, write_work, page, page_free, NULL, error) != NULL;
}

static CsDeckExport *export(CsCli *cli, GBytes *markdown, const CsDeckOptions *options, GError **error)
{
  CsEngine *engine = cs_cli_get_engine (cli);
  g_autoptr (GAsyncResult) result = NULL;

  cs_deck_maker_export_async (cs_engine_get_store (engine), cs_engine_get_paths (engine), markdown, options,
                              cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  return cs_deck_maker_export_finish (cs_cli_await (&result), error);
}

static void
show_export (CsCli *cli, const char *path, const CsDeckOptions *options, CsDeckExport *deck)
{
  CsOutput *output = cs_cli_get_output (cli);
  g_autofree char *file = g_canonicalize_filename (path, NULL);
  JsonObject *document = json_object_new ();
  JsonArray *missing = json_array_new ();

  for (guint i = 0; i < deck->missing->len; i++)
    {
      cs_output_say (output, _ ("Picture not found: %s"), (const char *) deck->missing->pdata[i]);
      json_array_add_string_element (missing, deck->missing->pdata[i]);
    }
  cs_json_set_string (document, "file", file);
  json_object_set_int_member (document, "num_slides", deck->n_slides);
  cs_json_set_string (document, "theme", cs_theme_to_string (options->theme));
  cs_json_set_string (document, "language", cs_language_to_string (options->language));
  json_object_set_int_member (document, "size", (gint64) deck->length);
  json_object_set_array_member (document, "missing", missing);
  cs_output_set_document (output, document);
  cs_output_print (output,
                   g_dngettext (GETTEXT_PACKAGE, "Presentation, %1$d slide: %2$s",
                                "Presentation, %1$d slides: %2$s", deck->n_slides),
                   deck->n_slides, file);
}

static gboolean
get_export_options (CsArguments *arguments, CsDeckOptions *options, gboolean *has_language, GError **error)
{
  options->title = (char *) cs_arguments_get (arguments, "title");
  return cs_arguments_get_theme (arguments, &options->theme, error)
         && cs_arguments_get_language (arguments, has_language, &options->language, error);
}

static CsLanguage
guess_language (GBytes *markdown)
{
  gsize length;
  const char *text = g_bytes_get_data (markdown, &length);
  g_autofree char *beginning = g_strndup (text != NULL ? text : "", MIN (length, 64 * 1024));

  return cs_language_guess (beginning, CS_LANGUAGE_EN);
}

static gboolean
run_export (CsCli *cli, CsArguments *arguments, GError **error)
{
  const char *path = cs_arguments_get (arguments, "output");
  gboolean replace = cs_arguments_has (arguments, "force");
  g_autoptr (CsDeckExport) deck = NULL;
  g_autoptr (GBytes) markdown = NULL;
  CsDeckOptions options = { NULL };
  gboolean has_language = FALSE;

  if (path == NULL)
    {
      cs_set_error (error, CS_ERROR_USAGE, _ ("Say where the presentation goes: -o FILE.html"));
      return FALSE;
    }
  if (!get_export_options (arguments, &options, &has_language, error)
      || !cs_target_check (cli, path, CS_KIND_DECK, 1, replace, error))
    return FALSE;
  markdown = cs_input_read (cli, cs_arguments_get_word (arguments, 0), CS_DECK_MAX_MARKDOWN, error);
  if (markdown == NULL || !cs_cli_open (cli, error))
    return FALSE;
  if (!has_language)
    options.language = guess_language (markdown);
  deck = export(cli, markdown, &options, error);
  if (deck == NULL || !write_page (cli, path, replace, deck, error))
    return FALSE;
  show_export (cli, path, &options, deck);
  return TRUE;
}

static const CsCommand export_command = {
  .name = "export",
  .words = N_ ("FILE.md"),
  .summary = N_ ("Turn Markdown into one HTML file of slides"),
  .details = N_ ("A line of “---” begins the next slide. “-” reads the standard input. Pictures of the "
                 "library are written as "
                 "![words](creation:ID)."),
  .options = export_tables,
  .min_words = 1,
  .max_words = 1,
  .missing = N_ ("Say which Markdown file to export."),
  .run = run_export,
};

static const CsCommand *const sub_commands[] = { &export_command, NULL };

const CsCommand cs_command_deck = {
  .name = "deck",
  .words = N_ ("PROMPT"),
  .summary = N_ ("Make a presentation about a topic"),
  .details = N_ ("PROMPT is one argument: put it between quotes; “-” reads it from the standard input."),
  .options = deck_tables,
  .min_words = 1,
  .max_words = 1,
  .missing = N_ ("Say what the presentation is about, between quotes."),
  .run = run,
  .commands = sub_commands,
};
