/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One slide of the document that is being edited. Main thread. */
#include "config.h"
#include "ui/deck/cs-deck-slide.h"

#define LOOK_SECONDS 30      /* that a slide is looked at, whatever is said */
#define WORDS_A_MINUTE 130
#define MAX_SPOKEN 400       /* characters */

struct _CsDeckSlide
{
  GObject parent_instance;

  char *content;
  char *notes;
  GPtrArray *parts; /* (nullable) (element-type CsSlidePart) */
  CsDeckPlace place;
  guint number;
  guint n_words;
  gboolean empty;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CsDeckSlide, cs_deck_slide, G_TYPE_OBJECT)

static void
cs_deck_slide_finalize (GObject *object)
{
  CsDeckSlide *self = CS_DECK_SLIDE (object);

  g_free (self->content);
  g_free (self->notes);
  g_clear_pointer (&self->parts, g_ptr_array_unref);

  G_OBJECT_CLASS (cs_deck_slide_parent_class)->finalize (object);
}

static void
cs_deck_slide_class_init (CsDeckSlideClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_deck_slide_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_deck_slide_init (CsDeckSlide *self)
{
  self->content = g_strdup ("");
  self->notes = g_strdup ("");
  self->empty = TRUE;
}

CsDeckSlide *
cs_deck_slide_new (void)
{
  return g_object_new (CS_TYPE_DECK_SLIDE, NULL);
}

/* A word has a letter or a digit in it: marks are none. */
static guint
count_words (const char *text)
{
  gboolean in_word = FALSE;
  guint n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_unichar_isspace (c))
        in_word = FALSE;
      else if (!in_word && g_unichar_isalnum (c))
        {
          in_word = TRUE;
          n++;
        }
    }
  return n;
}

/** cs_deck_slide_set: Returns: TRUE when it says something else now, and has to be read anew. */
gboolean
cs_deck_slide_set (CsDeckSlide *self, const char *content, const char *notes, gboolean empty)
{
  gboolean is_new = cs_set_string (&self->content, content);
  gboolean is_changed = cs_set_string (&self->notes, notes) || is_new || self->empty != empty;

  self->empty = empty;
  if (!is_changed)
    return FALSE;
  self->n_words = count_words (self->content) + count_words (self->notes);
  g_signal_emit (self, changed_signal, 0);
  return is_new;
}

void
cs_deck_slide_set_place (CsDeckSlide *self, const CsDeckPlace *place, guint number)
{
  gboolean is_changed = self->number != number;

  self->place = *place;
  self->number = number;
  if (is_changed)
    g_signal_emit (self, changed_signal, 0);
}

/** cs_deck_slide_set_parts: @parts: (element-type CsSlidePart): what it was read as. */
void
cs_deck_slide_set_parts (CsDeckSlide *self, GPtrArray *parts)
{
  g_ptr_array_ref (parts);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  self->parts = parts;
  g_signal_emit (self, changed_signal, 0);
}

const CsDeckPlace *
cs_deck_slide_get_place (CsDeckSlide *self)
{
  return &self->place;
}

guint
cs_deck_slide_get_number (CsDeckSlide *self)
{
  return self->number;
}

const char *
cs_deck_slide_get_content (CsDeckSlide *self)
{
  return self->content;
}

const char *
cs_deck_slide_get_notes (CsDeckSlide *self)
{
  return self->notes;
}

GPtrArray *
cs_deck_slide_get_parts (CsDeckSlide *self)
{
  return self->parts;
}

gboolean
cs_deck_slide_is_empty (CsDeckSlide *self)
{
  return self->empty;
}

guint
cs_deck_slide_get_words (CsDeckSlide *self)
{
  return self->n_words;
}

/** cs_deck_slide_get_seconds: Half a minute to look at it, and the time that its words take. */
guint
cs_deck_slide_get_seconds (CsDeckSlide *self)
{
  return self->empty ? 0 : LOOK_SECONDS + self->n_words * 60 / WORDS_A_MINUTE;
}

/** cs_deck_slide_dup_title: Returns: (transfer full) (nullable): its first title, else its first words; NULL: it has none. */
char *
cs_deck_slide_dup_title (CsDeckSlide *self)
{
  const char *found = NULL;

  for (guint i = 0; self->parts != NULL && i < self->parts->len; i++)
    {
      const CsSlidePart *part = self->parts->pdata[i];

      if (part->text == NULL || *part->text == '\0')
        continue;
      if (part->kind == CS_PART_TITLE)
        return g_strdup (part->text);
      if (found == NULL)
        found = part->text;
    }
  return found != NULL ? cs_text_make_line (found, 200) : NULL;
}

/** cs_deck_slide_dup_spoken: Returns: (transfer full): its words in their order, for those who do not see it. */
char *
cs_deck_slide_dup_spoken (CsDeckSlide *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (self->empty)
    return g_strdup (_ ("This slide is empty"));
  for (guint i = 0; self->parts != NULL && i < self->parts->len; i++)
    {
      const CsSlidePart *part = self->parts->pdata[i];
      g_autofree char *row = part->cells != NULL ? g_strjoinv (", ", part->cells) : NULL;

      g_string_append_printf (words, "%s%s", words->len > 0 ? ". " : "", row != NULL ? row : part->text);
    }
  return cs_text_ellipsize (words->len > 0 ? words->str : self->content, MAX_SPOKEN);
}
