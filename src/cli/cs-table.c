/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of the answer whose cells stand below each other, in whatever script they are written. Main thread. */
#include "config.h"
#include "cli/cs-table.h"

#include <string.h>

#define GAP "  "

struct _CsTable
{
  char *sides;
  GPtrArray *rows; /* (element-type GStrv), of as many cells as there are sides */
};

CsTable *
cs_table_new (const char *sides)
{
  CsTable *self = g_new0 (CsTable, 1);

  self->sides = g_strdup (sides);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  return self;
}

void
cs_table_free (CsTable *self)
{
  g_free (self->sides);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/** cs_table_add: Adds a line of as many cells as there are columns. */
void
cs_table_add (CsTable *self, const char *first, ...)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  gsize count = 0;
  va_list args;

  va_start (args, first);
  for (const char *cell = first; cell != NULL; cell = va_arg (args, const char *), count++)
    g_strv_builder_add (cells, cell);
  va_end (args);
  g_return_if_fail (count == strlen (self->sides));
  g_ptr_array_add (self->rows, g_strv_builder_end (cells));
}

/* In columns of a terminal. */
static guint
get_width (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static guint
get_column_width (CsTable *self, guint column)
{
  guint width = 0;

  for (guint i = 0; i < self->rows->len; i++)
    width = MAX (width, get_width (((GStrv) self->rows->pdata[i])[column]));
  return width;
}

static void
append_cell (GString *line, const char *cell, guint width, gboolean to_the_right)
{
  int fill = (int) (width - get_width (cell));

  if (to_the_right)
    g_string_append_printf (line, "%*s%s", fill, "", cell);
  else
    g_string_append_printf (line, "%s%*s", cell, fill, "");
}

/** cs_table_print: As lines of the answer; nothing where that is JSON. */
void
cs_table_print (CsTable *self, CsOutput *output)
{
  gsize n_columns = strlen (self->sides);
  g_autofree guint *widths = g_new (guint, n_columns);

  for (guint column = 0; column < n_columns; column++)
    widths[column] = get_column_width (self, column);
  for (guint i = 0; i < self->rows->len; i++)
    {
      GStrv cells = self->rows->pdata[i];
      g_autoptr (GString) line = g_string_new (NULL);

      for (guint column = 0; column < n_columns; column++)
        {
          if (column > 0)
            g_string_append (line, GAP);
          append_cell (line, cells[column], widths[column], self->sides[column] == 'r');
        }
      g_strchomp (line->str);
      cs_output_print (output, "%s", line->str);
    }
}
