/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The slides in what a language model answered. JSON with a list of lines for each slide is asked for: small models write
 * it more surely than Markdown inside of JSON, and the number of slides is plain in it. Whatever else they call their
 * members, and plain Markdown with separators, is read too. All of it becomes safe Markdown here.
 */
#include "config.h"
#include "screenwriter/cs-slide-reader.h"

#include "core/cs-json.h"
#include "core/cs-text.h"
#include "deck/cs-deck.h"
#include "screenwriter/cs-loose-json.h"
#include "screenwriter/cs-safe-markdown.h"

#include <string.h>

#define MAX_TITLE 120  /* characters */
#define MAX_NOTES 1500 /* characters */
#define MAX_LINES 60

static const char *const title_names[] = { "title", "heading", "name", NULL };
static const char *const body_names[] = { "lines", "bullets", "points", "content", "body", "markdown", "text", NULL };
static const char *const notes_names[] = { "notes", "note", "speaker_notes", "speakerNotes", NULL };

static void
add_node (GStrvBuilder *builder, JsonNode *node)
{
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    g_strv_builder_add (builder, json_node_get_string (node));
}

/* The strings of the first of @names that there is: of a list, or one. */
static GStrv
read_lines (JsonObject *object, const char *const *names)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (; *names != NULL; names++)
    {
      JsonArray *array = cs_json_get_array (object, *names);

      if (!json_object_has_member (object, *names))
        continue;
      if (array == NULL)
        add_node (builder, json_object_get_member (object, *names));
      for (guint i = 0; array != NULL && i < MIN (json_array_get_length (array), MAX_LINES); i++)
        add_node (builder, json_array_get_element (array, i));
      break;
    }
  return g_strv_builder_end (builder);
}

static char *
read_line (JsonObject *object, const char *const *names, gsize max_characters)
{
  g_auto (GStrv) lines = read_lines (object, names);
  g_autofree char *joined = g_strjoinv (" ", lines);

  return cs_safe_markdown_line (joined, max_characters);
}

/* One line of a slide is a sentence; several are points. The title slide has no points. */
static char *
write_body (GStrv lines, gboolean is_first)
{
  guint n_lines = g_strv_length (lines);
  gboolean is_single = n_lines == 0 || (n_lines == 1 && strchr (lines[0], '\n') == NULL);

  return cs_safe_markdown_block ((const char *const *) lines, is_first || is_single);
}

/* Nothing in it: no slide. */
static void
add_slide (GPtrArray *slides, const char *title, const char *body, const char *notes)
{
  if (*title != '\0' || *body != '\0')
    g_ptr_array_add (slides, cs_slide_draft_new (title, body, notes));
}

static void
read_object (GPtrArray *slides, JsonObject *object)
{
  g_auto (GStrv) lines = read_lines (object, body_names);
  g_autofree char *title = read_line (object, title_names, MAX_TITLE);
  g_autofree char *body = write_body (lines, slides->len == 0);
  g_autofree char *notes = read_line (object, notes_names, MAX_NOTES);

  add_slide (slides, title, body, notes);
}

static void
read_json (GPtrArray *slides, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array) && slides->len < CS_SLIDE_READER_MAX; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        read_object (slides, json_node_get_object (node));
    }
}

/* The heading that a slide begins with, which is taken out of its lines. */
static char *
take_heading (GStrv lines)
{
  char **line = lines;
  char *heading;

  while (*line != NULL && *g_strstrip (*line) == '\0')
    line++;
  if (*line == NULL || **line != '#')
    return g_strdup ("");
  heading = g_steal_pointer (line);
  *line = g_strdup ("");
  return heading;
}

static void
read_slide (GPtrArray *slides, const CsSlide *slide)
{
  g_auto (GStrv) lines = g_strsplit (slide->content, "\n", MAX_LINES);
  g_autofree char *heading = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  g_autofree char *notes = cs_safe_markdown_line (slide->notes != NULL ? slide->notes : "", MAX_NOTES);

  heading = take_heading (lines);
  title = cs_safe_markdown_line (heading, MAX_TITLE);
  body = cs_safe_markdown_block ((const char *const *) lines, TRUE);
  add_slide (slides, title, body, notes);
}

/* The text inside of one fence around it all. */
static char *
strip_fence (const char *text)
{
  const char *line = strchr (text, '\n');
  char *inside;

  if (!g_str_has_prefix (text, "```") || line == NULL)
    return g_strdup (text);
  inside = g_strchomp (g_strdup (line + 1));
  if (g_str_has_suffix (inside, "```"))
    inside[strlen (inside) - strlen ("```")] = '\0';
  return inside;
}

/* Markdown: only with separators or a heading, so that an excuse does not become a slide. */
static void
read_markdown (GPtrArray *slides, const char *answer)
{
  g_autofree char *part = g_strndup (answer, CS_LOOSE_JSON_MAX);
  g_autofree char *valid = g_utf8_make_valid (part, -1);
  g_autofree char *text = strip_fence (g_strstrip (valid));
  g_autoptr (GPtrArray) parts = NULL;

  if (strchr (text, '#') == NULL)
    return;
  parts = cs_deck_split (text, strlen (text), NULL);
  if (parts == NULL || (parts->len < 2 && *text != '#'))
    return;
  for (guint i = 0; i < parts->len && slides->len < CS_SLIDE_READER_MAX; i++)
    read_slide (slides, parts->pdata[i]);
}

/* A deck begins with its title, whatever became of it. */
static void
ensure_title (GPtrArray *slides, JsonObject *object, const char *topic)
{
  CsSlideDraft *first = slides->len > 0 ? slides->pdata[0] : NULL;
  g_autofree char *title = NULL;
  g_autofree char *fallback = NULL;

  if (first == NULL || *first->title != '\0')
    return;
  title = object != NULL ? read_line (object, title_names, MAX_TITLE) : g_strdup ("");
  fallback = cs_text_make_title (topic, MAX_TITLE);
  g_free (first->title);
  first->title = *title != '\0' ? g_steal_pointer (&title) : cs_safe_markdown_line (fallback, MAX_TITLE);
}

/**
 * cs_slide_reader_read:
 * @answer: what a language model wrote, valid UTF-8
 * @topic: the title, when it gave none
 *
 * Returns: (transfer full) (element-type CsSlideDraft): the slides, maybe none.
 */
GPtrArray *
cs_slide_reader_read (const char *answer, const char *topic)
{
  GPtrArray *slides = cs_slide_drafts_new ();
  g_autoptr (JsonObject) object = NULL;

  g_return_val_if_fail (answer != NULL && topic != NULL, slides);

  object = cs_loose_json_find (answer, "slides");
  if (cs_json_get_array (object, "slides") != NULL)
    read_json (slides, cs_json_get_array (object, "slides"));
  else
    read_markdown (slides, cs_loose_json_skip_thoughts (answer));
  ensure_title (slides, object, topic);
  return slides;
}

/**
 * cs_slide_reader_count:
 * @part: an answer that is still being written
 * @at: (inout): how far it was looked at, so that no byte is looked at twice; 0 at first
 *
 * Returns: how many slides became whole behind @at.
 */
guint
cs_slide_reader_count (const char *part, gsize *at)
{
  static const char mark[] = "\"notes\"";
  const char *found = part + *at;
  guint count = 0;

  while ((found = strstr (found, mark)) != NULL)
    {
      found += strlen (mark);
      *at = found - part;
      count++;
    }
  *at += MAX (strlen (part + *at), strlen (mark)) - strlen (mark); /* it may be cut at the end */
  return count;
}
