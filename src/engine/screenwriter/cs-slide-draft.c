/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slides that a language model wrote, brought to the number that was asked for and written as one deck. Pure. */
#include "config.h"
#include "screenwriter/cs-slide-draft.h"

#include "deck/cs-deck.h"

#include <string.h>

#define MAX_JOINED_LINES 8 /* of a slide that holds two whole ones */
#define SEPARATOR "\n\n---\n\n"

CsSlideDraft *
cs_slide_draft_new (const char *title, const char *body, const char *notes)
{
  CsSlideDraft *self = g_new0 (CsSlideDraft, 1);

  self->title = g_strdup (title);
  self->body = g_strdup (body);
  self->notes = g_strdup (notes);
  return self;
}

void
cs_slide_draft_free (CsSlideDraft *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->body);
  g_free (self->notes);
  g_free (self);
}

GPtrArray *
cs_slide_drafts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cs_slide_draft_free);
}

static guint
count_lines (const char *text)
{
  guint lines = *text != '\0';

  for (; *text != '\0'; text++)
    lines += *text == '\n';
  return lines;
}

static void
append_to (char **where, const char *separator, const char *text)
{
  char *joined;

  if (*text == '\0')
    return;
  joined = **where != '\0' ? g_strconcat (*where, separator, text, NULL) : g_strdup (text);
  g_free (*where);
  *where = joined;
}

/* Both whole where there is room, else the second as one point. */
static void
join_slide (CsSlideDraft *into, const CsSlideDraft *slide, gboolean is_whole)
{
  if (is_whole)
    {
      g_autofree char *heading = *slide->title != '\0' ? g_strconcat ("### ", slide->title, NULL) : g_strdup ("");

      append_to (&into->body, "\n\n", heading);
      append_to (&into->body, "\n\n", slide->body);
    }
  else
    {
      g_autofree char *point = g_strconcat ("- ", slide->title, NULL);

      append_to (&into->body, strstr (into->body, "\n- ") != NULL || g_str_has_prefix (into->body, "- ") ? "\n" : "\n\n",
                 *slide->title != '\0' ? point : "");
    }
  append_to (&into->notes, " ", slide->notes);
}

/**
 * cs_slide_drafts_join:
 * @slides: (element-type CsSlideDraft)
 * @n_slides: at least 1
 *
 * Where there are more than @n_slides, the last ones become one slide.
 */
void
cs_slide_drafts_join (GPtrArray *slides, guint n_slides)
{
  CsSlideDraft *last;
  guint lines;
  gboolean is_whole;

  g_return_if_fail (n_slides > 0);

  if (slides->len <= n_slides)
    return;
  last = slides->pdata[n_slides - 1];
  lines = count_lines (last->body) + count_lines (((CsSlideDraft *) slides->pdata[n_slides])->body);
  is_whole = slides->len == n_slides + 1 && lines <= MAX_JOINED_LINES;
  for (guint i = n_slides; i < slides->len; i++)
    join_slide (last, slides->pdata[i], is_whole);
  g_ptr_array_set_size (slides, (int) n_slides);
}

static void
append_draft (GString *out, const CsSlideDraft *slide)
{
  gboolean is_first = out->len == 0;

  if (!is_first)
    g_string_append (out, SEPARATOR);
  if (*slide->title != '\0')
    g_string_append_printf (out, "%s %s", is_first ? "#" : "##", slide->title);
  if (*slide->body != '\0')
    g_string_append_printf (out, "%s%s", *slide->title != '\0' ? "\n\n" : "", slide->body);
  if (*slide->notes != '\0')
    g_string_append_printf (out, "\n\nNote: %s", slide->notes);
}

/* What is missing comes from the built-in outline: all its slides but the title. */
static void
append_outline (GString *out, guint n_missing, const char *topic, CsLanguage language)
{
  g_autofree char *outline = cs_deck_outline (topic, (int) n_missing + 1, language);
  const char *slides = strstr (outline, SEPARATOR);

  if (slides != NULL)
    g_string_append (out, slides);
  while (out->len > 0 && g_ascii_isspace (out->str[out->len - 1]))
    g_string_truncate (out, out->len - 1);
}

/**
 * cs_slide_drafts_write:
 * @slides: (element-type CsSlideDraft): at least one, at most @n_slides
 *
 * Returns: (transfer full): Markdown with exactly @n_slides slides; those that are missing come from the outline.
 */
char *
cs_slide_drafts_write (GPtrArray *slides, guint n_slides, const char *topic, CsLanguage language)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (slides->len > 0 && slides->len <= n_slides, NULL);

  for (guint i = 0; i < slides->len; i++)
    append_draft (out, slides->pdata[i]);
  if (slides->len < n_slides)
    append_outline (out, n_slides - slides->len, topic, language);
  g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

/** cs_slide_drafts_to_json: Returns: (transfer full): the slides as a language model reads them. */
JsonArray *
cs_slide_drafts_to_json (GPtrArray *slides)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < slides->len; i++)
    {
      const CsSlideDraft *slide = slides->pdata[i];
      JsonObject *object = json_object_new ();
      JsonArray *lines = json_array_new ();
      g_auto (GStrv) parts = g_strsplit (slide->body, "\n", -1);

      for (guint j = 0; parts[j] != NULL; j++)
        if (*parts[j] != '\0')
          json_array_add_string_element (lines, parts[j]);
      json_object_set_string_member (object, "title", slide->title);
      json_object_set_array_member (object, "lines", lines);
      json_object_set_string_member (object, "notes", slide->notes);
      json_array_add_object_element (array, object);
    }
  return array;
}
