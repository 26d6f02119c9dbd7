/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first slide of a presentation. Main thread, but for read_thread(); the newest wish comes first, as with pictures. */
#include "config.h"
#include "ui/gallery/cs-deck-cover.h"

#include "ui/deck/cs-slide-card.h"

#include <glib/gstdio.h>

struct _CsDeckCover
{
  AdwBin parent_instance;

  /* Child */
  CsSlideCard *card;

  /* Owned */
  CsCreation *creation;      /* (nullable) */
  GCancellable *cancellable; /* (nullable) of its slide that is being read */
  guint is_drawn : 1;
};

/* A slide that is being read. */
typedef struct
{
  char *path;       /* of the Markdown */
  char *content;    /* (nullable) of the first slide */
  GPtrArray *parts; /* (nullable) the same, as it is drawn */
} Reading;

G_DEFINE_FINAL_TYPE (CsDeckCover, cs_deck_cover, ADW_TYPE_BIN)

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->path);
  g_free (reading->content);
  g_clear_pointer (&reading->parts, g_ptr_array_unref);
  g_free (reading);
}

/* Of a deck that begins with nothing, the first slide that has something. */
static char *
find_first (const char *markdown, gsize length)
{
  g_autoptr (GArray) spans = cs_deck_scan (markdown, length);

  for (guint i = 0; i < spans->len; i++)
    {
      const CsSlideSpan *span = &g_array_index (spans, CsSlideSpan, i);

      if (!span->empty)
        return g_strndup (markdown + span->first, span->notes - span->first);
    }
  return NULL;
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Reading *reading = data;
  g_autofree char *markdown = NULL;
  GStatBuf info;
  gsize length = 0;

  if (g_stat (reading->path, &info) == 0 && S_ISREG (info.st_mode) && info.st_size <= CS_DECK_MAX_MARKDOWN
      && g_file_get_contents (reading->path, &markdown, &length, NULL) && g_utf8_validate_len (markdown, length, NULL))
    reading->content = find_first (markdown, length);
  if (reading->content != NULL)
    reading->parts = cs_slide_read (reading->content);
  g_task_return_boolean (task, reading->parts != NULL);
}

static void
set_look (CsDeckCover *self)
{
  const CsCreationFacts *facts = cs_creation_get_facts (self->creation);
  CsTheme theme = CS_THEME_DARK;
  CsLanguage language = CS_LANGUAGE_EN;

  if (facts->theme != NULL)
    cs_theme_from_string (facts->theme, &theme);
  if (facts->language != NULL)
    cs_language_from_string (facts->language, &language);
  cs_slide_card_set_look (self->card, theme, language);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDeckCover) self = user_data;
  Reading *reading = g_task_get_task_data (G_TASK (result));
  g_autoptr (CsDeckSlide) slide = NULL;

  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable || !g_task_propagate_boolean (G_TASK (result), NULL))
    return;
  slide = cs_deck_slide_new ();
  cs_deck_slide_set (slide, reading->content, "", FALSE);
  cs_deck_slide_set_parts (slide, reading->parts);
  set_look (self);
  cs_slide_card_set_slide (self->card, slide);
  self->is_drawn = TRUE;
}

static void
stop (CsDeckCover *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
cs_deck_cover_dispose (GObject *object)
{
  CsDeckCover *self = CS_DECK_COVER (object);

  stop (self);
  g_clear_object (&self->creation);

  G_OBJECT_CLASS (cs_deck_cover_parent_class)->dispose (object);
}

static void
cs_deck_cover_class_init (CsDeckCoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cs_deck_cover_dispose;
}

static void
cs_deck_cover_init (CsDeckCover *self)
{
  GtkWidget *card = cs_slide_card_new ();

  self->card = CS_SLIDE_CARD (card);
  gtk_accessible_update_state (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  adw_bin_set_child (ADW_BIN (self), card);
}

GtkWidget *
cs_deck_cover_new (void)
{
  return g_object_new (CS_TYPE_DECK_COVER, NULL);
}

/** cs_deck_cover_is_for: Returns: whether @creation is a presentation whose words are known, and has no picture of its own. */
gboolean
cs_deck_cover_is_for (CsCreation *creation)
{
  const CsCreationFacts *facts = creation != NULL ? cs_creation_get_facts (creation) : NULL;

  return facts != NULL && facts->kind == CS_KIND_DECK && facts->markdown_file != NULL && facts->thumbnail == NULL;
}

/** cs_deck_cover_set_creation: Another state of the same presentation is read anew; the slide of before stays until then. */
void
cs_deck_cover_set_creation (CsDeckCover *self, CsCreation *creation, CsStudio *studio)
{
  gboolean is_other = self->creation == NULL || creation == NULL
                      || !g_str_equal (cs_creation_get_id (self->creation), cs_creation_get_id (creation));
  g_autoptr (GTask) task = NULL;
  Reading *reading;

  if (self->creation == creation)
    return;
  stop (self);
  g_set_object (&self->creation, creation);
  cs_slide_card_set_studio (self->card, studio);
  if (is_other)
    {
      cs_slide_card_set_slide (self->card, NULL);
      self->is_drawn = FALSE;
    }
  if (creation == NULL || !cs_deck_cover_is_for (creation))
    return;
  self->cancellable = g_cancellable_new ();
  task = g_task_new (NULL, self->cancellable, read_cb, g_object_ref (self));
  reading = g_new0 (Reading, 1);
  reading->path = g_build_filename (cs_paths_get_creations (cs_engine_get_paths (cs_studio_get_engine (studio))),
                                    cs_creation_get_facts (creation)->markdown_file, NULL);
  g_task_set_source_tag (task, cs_deck_cover_set_creation);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_thread);
}

/** cs_deck_cover_is_drawn: Returns: whether the slide is there. */
gboolean
cs_deck_cover_is_drawn (CsDeckCover *self)
{
  return self->is_drawn;
}
