/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes decks for the checks in a browser: Markdown on stdin, HTML on stdout. With --outline TOPIC the built-in
 * outline is the Markdown. --each: several texts on stdin and the inside of their slides on stdout, each followed by a
 * NUL. --picture ID=FILE answers `creation:ID`. --repeat N exports N times and says how long the
 * fastest took on stderr, in microseconds.
 */
#include "config.h"
#include "deck/cs-deck.h"

#include <stdio.h>
#include <string.h>

static char *theme_name = NULL;
static char *language_name = NULL;
static char *title = NULL;
static char *stamp = NULL;
static char *topic = NULL;
static char **pictures = NULL;
static int n_slides = 5;
static int repeat = 1;
static gboolean print_markdown = FALSE;
static gboolean each = FALSE;

static const GOptionEntry entries[] = {
  { "theme", 0, 0, G_OPTION_ARG_STRING, &theme_name, "dark, light or solarized", "THEME" },
  { "language", 0, 0, G_OPTION_ARG_STRING, &language_name, "fr, ar or en", "LANGUAGE" },
  { "title", 0, 0, G_OPTION_ARG_FILENAME, &title, "Title of the deck", "TITLE" },
  { "stamp", 0, 0, G_OPTION_ARG_FILENAME, &stamp, "Block for the head", "HTML" },
  { "outline", 0, 0, G_OPTION_ARG_FILENAME, &topic, "Write the outline about TOPIC", "TOPIC" },
  { "slides", 0, 0, G_OPTION_ARG_INT, &n_slides, "Slides of the outline", "N" },
  { "markdown", 0, 0, G_OPTION_ARG_NONE, &print_markdown, "Print the Markdown of the outline", NULL },
  { "picture", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &pictures, "A picture of the library", "ID=FILE" },
  { "repeat", 0, 0, G_OPTION_ARG_INT, &repeat, "Export N times", "N" },
  { "each", 0, 0, G_OPTION_ARG_NONE, &each, "Many texts, only the slides", NULL },
  { NULL }
};

static CsDeckPicture *
resolve (const char *address, gpointer user_data)
{
  const char *id = address + strlen ("creation:");

  for (char **at = pictures; at != NULL && *at != NULL; at++)
    {
      gsize length = strcspn (*at, "=");
      g_autofree char *data = NULL;
      gsize size;

      if (strlen (id) != length || strncmp (*at, id, length) != 0
          || !g_file_get_contents (*at + length + 1, &data, &size, NULL))
        continue;
      CsDeckPicture *picture = g_new0 (CsDeckPicture, 1);

      picture->bytes = g_bytes_new_take (g_steal_pointer (&data), size);
      return picture;
    }
  return NULL;
}

static GByteArray *
read_all (FILE *file)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 buffer[65536];
  gsize got;

  while ((got = fread (buffer, 1, sizeof buffer, file)) > 0)
    g_byte_array_append (bytes, buffer, got);
  return bytes;
}

static int
export_deck (const char *markdown, gsize length, const CsDeckOptions *options)
{
  g_autoptr (CsDeckExport) deck = NULL;
  g_autoptr (GError) error = NULL;
  gint64 fastest = G_MAXINT64;

  for (int i = 0; i < repeat; i++)
    {
      gint64 start = g_get_monotonic_time ();

      g_clear_pointer (&deck, cs_deck_export_free);
      deck = cs_deck_export (markdown, length, options, NULL, &error);
      if (deck == NULL)
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      fastest = MIN (fastest, g_get_monotonic_time () - start);
    }
  if (repeat > 1)
    g_printerr ("%" G_GINT64_FORMAT "\n", fastest);
  for (guint i = 0; i < deck->missing->len; i++)
    g_printerr ("missing: %s\n", (const char *) deck->missing->pdata[i]);
  return fwrite (deck->html, 1, deck->length, stdout) == deck->length ? 0 : 1;
}

/* The slides of each of the texts in @texts, which are separated by NULs. */
static int
export_each (GByteArray *texts, const CsDeckOptions *options)
{
  const char *end = (const char *) texts->data + texts->len;
  const char *next;

  for (const char *at = (const char *) texts->data; at < end; at = next + 1)
    {
      g_autoptr (CsDeckExport) deck = NULL;

      next = memchr (at, '\0', end - at);
      next = next != NULL ? next : end;
      deck = cs_deck_export (at, next - at, options, NULL, NULL);
      if (deck != NULL)
        {
          const char *slides = strstr (deck->html, "<div class=\"slides\">");

          fwrite (slides, 1, strstr (slides, "\n<script>") - slides, stdout);
        }
      fputc ('\0', stdout);
    }
  return 0;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) markdown = NULL;
  CsDeckOptions options = { .title = NULL, .theme = CS_THEME_DARK, .language = CS_LANGUAGE_EN, .resolver = resolve };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)
      || (theme_name != NULL && !cs_theme_from_string (theme_name, &options.theme))
      || (language_name != NULL && !cs_language_from_string (language_name, &options.language)))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "No such theme or language.");
      return 2;
    }
  options.title = title;
  options.stamp = stamp;
  if (topic != NULL)
    {
      char *text = cs_deck_outline (topic, n_slides, options.language);

      markdown = g_byte_array_new_take ((guint8 *) text, strlen (text));
    }
  else
    {
      markdown = read_all (stdin);
    }
  if (print_markdown)
    return fwrite (markdown->data, 1, markdown->len, stdout) == markdown->len ? 0 : 1;
  if (each)
    return export_each (markdown, &options);
  return export_deck ((const char *) markdown->data, markdown->len, &options);
}
