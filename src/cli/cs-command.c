/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of commands: finds the one that a line asks for, shows its help, checks its words and runs it. */
#include "config.h"
#include "cli/cs-command.h"

#include "cli/cs-help.h"

#include <string.h>

static const CsCommand *const commands[] = {
  &cs_command_video,
  &cs_command_image,
  &cs_command_deck,
  &cs_command_write,
  &cs_command_demo,
  &cs_command_jobs,
  &cs_command_library,
  &cs_command_pricing,
  &cs_command_usage,
  &cs_command_budget,
  &cs_command_wallet,
  &cs_command_keys,
  &cs_command_serve,
  NULL,
};

/* --json is taken out of the line before anything is read: it is understood in every place. */
static const CsOption common_options[] = {
  { "json", 0, NULL, N_ ("Answer with one JSON document") },
  { "help", 'h', NULL, N_ ("Show this help") },
  { NULL },
};

static const CsOption program_options[] = {
  { "version", 0, NULL, N_ ("Show the version") },
  { NULL },
};

static const CsOption *const all_program_options[] = { program_options, common_options, NULL };

static const CsCommand program = {
  .name = NULL,
  .words = N_ ("COMMAND"),
  .summary = N_ ("One idea in; a video, a picture or a presentation out."),
  .options = all_program_options,
  .commands = commands,
};

static const CsCommand *
find_command (const CsCommand *const *table, const char *name)
{
  for (; table != NULL && *table != NULL; table++)
    if (g_strcmp0 ((*table)->name, name) == 0)
      return *table;
  return NULL;
}

/* What is no command may be a key that somebody wrote there. */
static gboolean
refuse_name (const CsCommand *group, const char *name, GError **error)
{
  g_autofree char *known = cs_help_list_names (group->commands);
  g_autofree char *word = g_strndup (name != NULL ? name : "", name != NULL ? strcspn (name, "=") : 0);
  g_autofree char *safe = cs_redact_text (word);
  g_autofree char *shown = cs_text_ellipsize (safe, 40);

  if (name == NULL && group->name == NULL)
    cs_set_error (error, CS_ERROR_USAGE, _ ("Say what to do: %s."), known);
  else if (name == NULL)
    /* translators: 1: a command, 2: a list of words of the command line */
    cs_set_error (error, CS_ERROR_USAGE, _ ("Say what “%1$s” shall do: %2$s."), group->name, known);
  else
    cs_set_error (error, CS_ERROR_USAGE, _ ("There is no command “%1$s”. There are: %2$s."), shown, known);
  return FALSE;
}

/* One prompt is one word to us; people forget the quotes. */
static gboolean
check_words (const CsCommand *command, CsArguments *arguments, GError **error)
{
  guint n_words = cs_arguments_get_n_words (arguments);

  if (n_words < command->min_words)
    {
      cs_set_error (error, CS_ERROR_USAGE, "%s", _ (command->missing));
      return FALSE;
    }
  if (n_words > command->max_words)
    {
      g_autofree char *safe = cs_redact_text (cs_arguments_get_word (arguments, command->max_words));
      g_autofree char *shown = cs_text_ellipsize (safe, 40);

      if (command->max_words == 0)
        cs_set_error (error, CS_ERROR_USAGE, _ ("“%s” is too much here."), shown);
      else
        cs_set_error (error, CS_ERROR_USAGE,
                      _ ("“%s” is too much here. Put what belongs together between quotes."), shown);
      return FALSE;
    }
  return TRUE;
}

/* The options of @command and the common ones. */
static const CsOption **
collect_options (const CsCommand *command)
{
  GPtrArray *tables = g_ptr_array_new ();

  for (const CsOption *const *table = command->options; table != NULL && *table != NULL; table++)
    g_ptr_array_add (tables, (gpointer) *table);
  if (command != &program)
    g_ptr_array_add (tables, (gpointer) common_options);
  g_ptr_array_add (tables, NULL);
  return (const CsOption **) g_ptr_array_free (tables, FALSE);
}

static void
show_help (CsCli *cli, const CsCommand *group, const CsCommand *command)
{
  g_autofree const CsOption **tables = collect_options (command);
  g_autofree char *text = cs_help_write (group, command, tables);

  cs_output_show_text (cs_cli_get_output (cli), text);
}

/* Every mistake in a line says where the right way is written. */
static gboolean
add_hint (const CsCommand *group, const CsCommand *command, GError **error)
{
  g_autofree char *name = cs_help_get_full_name (group, command);
  g_autofree char *message = NULL;

  if (error == NULL || !g_error_matches (*error, CS_ERROR, CS_ERROR_USAGE))
    return FALSE;
  /* translators: 1: a sentence, 2: a command line */
  message = g_strdup_printf (_ ("%1$s Help: %2$s --help"), (*error)->message, name);
  g_free ((*error)->message);
  (*error)->message = g_steal_pointer (&message);
  return FALSE;
}

static gboolean
run_command (
    CsCli *cli, const CsCommand *group, const CsCommand *command, const char *const *rest, GError **error)
{
  g_autofree const CsOption **tables = collect_options (command);
  g_autoptr (CsArguments) arguments = cs_arguments_parse (tables, rest, error);

  if (arguments == NULL)
    return add_hint (group, command, error);
  if (cs_arguments_has (arguments, "help"))
    {
      show_help (cli, group, command);
      return TRUE;
    }
  if (!check_words (command, arguments, error) || !command->run (cli, arguments, error))
    return add_hint (group, command, error);
  return TRUE;
}

static gboolean
is_help (const char *argument)
{
  return g_strcmp0 (argument, "--help") == 0 || g_strcmp0 (argument, "-h") == 0;
}

/* Down from the program to its command, and to that command's own. */
static gboolean
run_in_group (
    CsCli *cli, const CsCommand *parent, const CsCommand *group, const char *const *rest, GError **error)
{
  const CsCommand *command = find_command (group->commands, *rest);

  if (command != NULL && command->commands != NULL)
    return run_in_group (cli, group, command, rest + 1, error);
  if (command != NULL)
    return run_command (cli, group, command, rest + 1, error);
  if (group->run != NULL)
    return run_command (cli, parent, group, rest, error);
  if (is_help (*rest))
    {
      show_help (cli, parent, group);
      return TRUE;
    }
  refuse_name (group, *rest, error);
  return add_hint (parent, group, error);
}

static gboolean
check_text (const char *const *argv, GError **error)
{
  for (int i = 0; argv[i] != NULL; i++)
    if (!g_utf8_validate (argv[i], -1, NULL))
      {
        cs_set_error (error, CS_ERROR_MALFORMED, _ ("Argument %d is not valid UTF-8 text."), i + 1);
        return FALSE;
      }
  return TRUE;
}

/* The line without what cs_cli_main() has read already. */
static const char **
strip_json (const char *const *argv)
{
  GPtrArray *kept = g_ptr_array_new ();
  gboolean only_words = FALSE;

  for (; *argv != NULL; argv++)
    {
      only_words |= g_str_equal (*argv, "--");
      if (only_words || !g_str_equal (*argv, "--json"))
        g_ptr_array_add (kept, (char *) *argv);
    }
  g_ptr_array_add (kept, NULL);
  return (const char **) g_ptr_array_free (kept, FALSE);
}

/**
 * cs_command_run_line:
 * @argv: (array zero-terminated=1): the arguments without the program's name
 *
 * Returns: FALSE with what went wrong, in words: %CS_ERROR_USAGE, %CS_ERROR_MALFORMED or the command's own
 * errors.
 */
gboolean
cs_command_run_line (CsCli *cli, const char *const *argv, GError **error)
{
  g_autofree const char **line = strip_json (argv);

  if (!check_text (line, error))
    return FALSE;
  if (g_strcmp0 (line[0], "--version") == 0)
    {
      cs_output_show_text (cs_cli_get_output (cli), "creative-studio-cli " CS_VERSION "\n");
      return TRUE;
    }
  return run_in_group (cli, NULL, &program, line, error);
}
