/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a deck as one HTML file that needs nothing else. Any thread. */
#include "config.h"
#include "deck/cs-deck-writer.h"

#include "deck/cs-deck-html.h"
#include "deck/cs-deck-markdown.h"
#include "deck/cs-deck-theme.h"
#include "deck/cs-slide.h"

/* One deck being written. */
typedef struct
{
  GPtrArray *slides;            /* borrowed */
  const CsDeckOptions *options; /* borrowed */
  CsDeckMarkdown markdown;
  CsDeckMarkdown notes;         /* the same without pictures */

  GString *body;                /* the slides */
  GString *scratch;             /* the inside of one slide */
  char *title;                  /* (nullable) the first heading */
} Writer;

static const CsSlide *
get_slide (Writer *self, guint i)
{
  return i < self->slides->len ? self->slides->pdata[i] : NULL;
}

static gboolean
is_below (Writer *self, guint i)
{
  const CsSlide *slide = get_slide (self, i);

  return slide != NULL && slide->below;
}

static gboolean
has_notes (Writer *self)
{
  for (guint i = 0; i < self->slides->len; i++)
    if (get_slide (self, i)->notes != NULL)
      return TRUE;
  return FALSE;
}

static void
write_notes (Writer *self, const char *notes)
{
  CsSlideShape shape;

  g_string_append_printf (self->body, "<aside class=\"notes\" aria-label=\"%s\">", self->notes.words->notes);
  cs_deck_markdown_render (&self->notes, notes, self->body, &shape, NULL);
  g_string_append (self->body, "</aside>");
}

/* The number in front keeps the labels of two slides with the same heading apart. */
static void
write_slide (Writer *self, guint i)
{
  const CsSlide *slide = get_slide (self, i);
  g_autofree char *heading = NULL;
  CsSlideShape shape;

  g_string_truncate (self->scratch, 0);
  cs_deck_markdown_render (&self->markdown, slide->content, self->scratch, &shape, &heading);

  g_string_append_printf (self->body, "<section aria-label=\"%u", i + 1);
  if (heading != NULL)
    {
      g_string_append (self->body, ". ");
      cs_deck_html_append_text (self->body, heading, -1);
    }
  g_string_append (self->body, "\"><div class=\"s");
  cs_slide_shape_append_classes (&shape, self->body, i == 0);
  g_string_append (self->body, "\">");
  g_string_append_len (self->body, self->scratch->str, self->scratch->len);
  g_string_append (self->body, "</div>");
  if (slide->notes != NULL)
    write_notes (self, slide->notes);
  g_string_append (self->body, "</section>\n");
  if (self->title == NULL)
    self->title = g_steal_pointer (&heading);
}

static gboolean
write_slides (Writer *self, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < self->slides->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!is_below (self, i) && is_below (self, i + 1))
        g_string_append (self->body, "<section>\n");
      write_slide (self, i);
      if (is_below (self, i) && !is_below (self, i + 1))
        g_string_append (self->body, "</section>\n");
    }
  return TRUE;
}

static const char *
choose_title (Writer *self)
{
  if (self->options->title != NULL && self->options->title[0] != '\0')
    return self->options->title;
  return self->title != NULL ? self->title : self->markdown.words->untitled;
}

static void
write_head (Writer *self, GString *html)
{
  const CsDeckParts *parts = cs_deck_parts_get ();
  const CsDeckOptions *options = self->options;

  g_string_append_printf (html,
                          "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                          "<meta name=\"referrer\" content=\"no-referrer\">\n"
                          "<meta name=\"generator\" content=\"Creative Studio " CS_VERSION "\">\n<title>",
                          cs_language_to_string (options->language),
                          options->language == CS_LANGUAGE_AR ? "rtl" : "ltr",
                          has_notes (self) ? parts->policy_with_notes : parts->policy);
  cs_deck_html_append_text (html, choose_title (self), -1);
  g_string_append (html, "</title>\n");
  if (options->stamp != NULL)
    g_string_append_printf (html, "%s\n", options->stamp);
  g_string_append_printf (html, "<style>%s</style>\n<style>%s\n%s</style>\n", parts->style, parts->base,
                          cs_deck_theme_get (options->theme));
  g_string_append (html, "<noscript><style>html,body,.reveal,.slides{overflow:visible!important;height:auto!important}"
                         ".reveal .slides,.reveal .slides section{position:static!important;display:block!important}"
                         ".s{height:auto;min-height:720px;margin:0 auto}</style></noscript>\n</head>\n");
}

static GString *
assemble (Writer *self)
{
  const CsDeckParts *parts = cs_deck_parts_get ();
  GString *html = g_string_sized_new (self->body->len + 256 * 1024);

  write_head (self, html);
  g_string_append (html, "<body>\n<div class=\"reveal\"><div class=\"slides\">\n");
  g_string_append_len (html, self->body->str, self->body->len);
  g_string_append_printf (html, "</div></div>\n<script>%s</script>\n", parts->core);
  if (has_notes (self))
    g_string_append_printf (html, "<script>%s</script>\n", parts->speaker);
  g_string_append_printf (html, "<script>%s</script>\n</body>\n</html>\n", parts->start);
  return html;
}

/**
 * cs_deck_writer_write:
 * @slides: (element-type CsSlide): at least one
 * @pictures: where pictures come from; gathers what is missing
 *
 * Returns: (transfer full): the HTML file; NULL with G_IO_ERROR_CANCELLED.
 */
GString *
cs_deck_writer_write (GPtrArray *slides, const CsDeckOptions *options, CsDeckPictures *pictures,
                      GCancellable *cancellable, GError **error)
{
  CsDeckGuard guard;
  const CsDeckWords *words = cs_deck_words_get (options->language);
  Writer writer = { .slides = slides, .options = options };
  GString *html = NULL;

  cs_deck_guard_init (&guard);
  writer.markdown = (CsDeckMarkdown) { .pictures = pictures, .words = words, .guard = &guard };
  writer.notes = (CsDeckMarkdown) { .pictures = NULL, .words = words, .guard = &guard };
  writer.body = g_string_sized_new (64 * 1024);
  writer.scratch = g_string_sized_new (4096);

  if (write_slides (&writer, cancellable, error))
    html = assemble (&writer);

  g_string_free (writer.body, TRUE);
  g_string_free (writer.scratch, TRUE);
  g_free (writer.title);
  return html;
}
