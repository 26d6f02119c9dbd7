/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of --help, out of the tables of commands and options. */
#include "config.h"
#include "cli/cs-help.h"

#include <string.h>

#define MAX_NAME_COLUMNS 28

/* Two columns; a name that is too long for its own gets a line to itself. */
static void
append_row (GString *text, const char *name, guint columns, const char *words)
{
  guint width = (guint) g_utf8_strlen (name, -1);

  g_string_append_printf (text, "  %s", name);
  if (width > columns)
    {
      g_string_append_c (text, '\n');
      width = 0;
      g_string_append (text, "  ");
    }
  g_string_append_printf (text, "%*s  %s\n", (int) (columns - width), "", words);
}

/**
 * cs_help_get_full_name: Returns: for example "creative-studio-cli jobs wait"; the program itself has no
 * name.
 */
char *
cs_help_get_full_name (const CsCommand *group, const CsCommand *command)
{
  GString *name = g_string_new ("creative-studio-cli");

  if (group != NULL && group->name != NULL)
    g_string_append_printf (name, " %s", group->name);
  if (command->name != NULL)
    g_string_append_printf (name, " %s", command->name);
  return g_string_free (name, FALSE);
}

/** cs_help_list_names: Returns: the names of the commands, with commas between them. */
char *
cs_help_list_names (const CsCommand *const *table)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (; *table != NULL; table++)
    g_strv_builder_add (names, (*table)->name);
  all = g_strv_builder_end (names);
  return g_strjoinv (", ", all);
}

static char *
make_option_name (const CsOption *option)
{
  GString *name = g_string_new (NULL);

  if (option->letter != 0)
    g_string_append_printf (name, "-%c, ", option->letter);
  g_string_append_printf (name, "--%s", option->name);
  if (option->value != NULL)
    g_string_append_printf (name, " %s", _ (option->value));
  return g_string_free (name, FALSE);
}

static char *
make_command_name (const CsCommand *command)
{
  if (command->words == NULL)
    return g_strdup (command->name);
  return g_strdup_printf ("%s %s", command->name, _ (command->words));
}

static void
append_options (GString *text, const CsOption *const *tables)
{
  g_string_append_printf (text, "\n%s\n", _ ("Options:"));
  for (; *tables != NULL; tables++)
    for (const CsOption *option = *tables; option->name != NULL; option++)
      {
        g_autofree char *name = make_option_name (option);

        append_row (text, name, MAX_NAME_COLUMNS, _ (option->help));
      }
}

static void
append_commands (GString *text, const CsCommand *const *table)
{
  g_string_append_printf (text, "\n%s\n", _ ("Commands:"));
  for (; *table != NULL; table++)
    {
      g_autofree char *name = make_command_name (*table);

      append_row (text, name, MAX_NAME_COLUMNS, _ ((*table)->summary));
    }
}

/**
 * cs_help_write:
 * @group: (nullable): the command that @command is a part of
 * @tables: (array zero-terminated=1): the options of @command
 *
 * Returns: (transfer full): its help, in lines.
 */
char *
cs_help_write (const CsCommand *group, const CsCommand *command, const CsOption *const *tables)
{
  g_autofree char *name = cs_help_get_full_name (group, command);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s", _ ("Usage:"), name);
  if (command->words != NULL)
    g_string_append_printf (text, " %s", _ (command->words));
  else if (command->commands != NULL)
    g_string_append_printf (text, " %s", _ ("COMMAND"));
  g_string_append_printf (text, " %s\n\n%s\n", _ ("[OPTIONS]"), _ (command->summary));
  if (command->details != NULL)
    g_string_append_printf (text, "\n%s\n", _ (command->details));
  if (command->commands != NULL)
    append_commands (text, command->commands);
  append_options (text, tables);
  return g_string_free (text, FALSE);
}
