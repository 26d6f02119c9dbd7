/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Saving by itself. One save is on its way at a time; what changes meanwhile is saved after it. What is on its way holds this
 * object, the engine and the program. Main thread; files are written on others.
 */
#include "config.h"
#include "ui/deck/cs-deck-saving.h"

#include <string.h>

#define REST_MS 1000   /* after the last change */
#define RETRY_MS 10000

struct _CsDeckSaving
{
  GObject parent_instance;

  CsDeckDocument *document;
  CsStudio *studio;      /* (nullable) */
  CsCreation *creation;  /* (nullable) */
  CsSavingState state;
  guint timer;
  guint is_dirty : 1;    /* there is something to save */
  guint is_saving : 1;
  guint has_failed : 1;  /* and that was said */
  guint generation;      /* of what the document holds: counts cs_deck_saving_begin() */
};

enum
{
  SIGNAL_STATE_CHANGED,
  SIGNAL_SAVED,
  SIGNAL_FAILED,
  SIGNAL_MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsDeckSaving, cs_deck_saving, G_TYPE_OBJECT)

static void
set_state (CsDeckSaving *self, CsSavingState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
}

static gboolean
timer_cb (gpointer user_data)
{
  CsDeckSaving *self = user_data;

  self->timer = 0;
  cs_deck_saving_flush (self);
  return G_SOURCE_REMOVE;
}

static void
save_in (CsDeckSaving *self, guint ms)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (ms, timer_cb, self);
}

static void
changed_cb (CsDeckSaving *self)
{
  self->is_dirty = TRUE;
  if (!self->is_saving)
    set_state (self, CS_SAVING_SOON);
  save_in (self, REST_MS);
}

/* One save */

/* It may outlive what the document holds now. */
typedef struct
{
  CsDeckSaving *saving;
  CsEngine *engine;
  GApplication *application; /* (nullable) held */
  guint generation;
} Save;

static Save *
save_new (CsDeckSaving *self)
{
  GApplication *application = g_application_get_default ();
  Save *save = g_new0 (Save, 1);

  save->saving = g_object_ref (self);
  save->engine = g_object_ref (cs_studio_get_engine (self->studio));
  save->generation = self->generation;
  if (application != NULL && g_application_get_is_registered (application))
    {
      save->application = g_object_ref (application);
      g_application_hold (application);
      g_application_mark_busy (application); /* the studio is not closed meanwhile */
    }
  return save;
}

static void
save_free (Save *save)
{
  if (save->application != NULL)
    {
      g_application_unmark_busy (save->application);
      g_application_release (save->application);
    }
  g_clear_object (&save->application);
  g_object_unref (save->engine);
  g_object_unref (save->saving);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static void
fail (CsDeckSaving *self, const GError *error)
{
  gboolean is_elsewhere = g_error_matches (error, CS_ERROR, CS_ERROR_CONFLICT) || g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  gboolean is_nothing = g_error_matches (error, CS_ERROR, CS_ERROR_INVALID_VALUE);

  self->is_dirty = !is_nothing;
  set_state (self, is_nothing ? CS_SAVING_NOTHING : CS_SAVING_FAILED);
  if (is_elsewhere && self->creation != NULL)
    {
      g_clear_object (&self->creation); /* nothing is lost: theirs stays, and this becomes another one */
      g_signal_emit (self, signals[SIGNAL_MOVED], 0);
      cs_deck_saving_flush (self);
      return;
    }
  if (is_nothing)
    return;
  save_in (self, RETRY_MS);
  if (!self->has_failed)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
  self->has_failed = TRUE;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Save) save = user_data;
  CsDeckSaving *self = save->saving;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_deck_saver_save_finish (result, &error);

  if (save->generation != self->generation) /* of another presentation: nothing here depends on it */
    return;
  self->is_saving = FALSE;
  if (creation == NULL)
    {
      fail (self, error);
      return;
    }
  self->has_failed = FALSE;
  g_set_object (&self->creation, creation);
  set_state (self, self->is_dirty ? CS_SAVING_SOON : CS_SAVING_DONE);
  g_signal_emit (self, signals[SIGNAL_SAVED], 0, creation);
  if (self->is_dirty && self->timer == 0)
    cs_deck_saving_flush (self);
}

/** cs_deck_saving_flush: Saves what there is to save now; without anything, does nothing. */
void
cs_deck_saving_flush (CsDeckSaving *self)
{
  const CsCreationFacts *facts = self->creation != NULL ? cs_creation_get_facts (self->creation) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  CsEngine *engine;
  CsDeckEdit edit;
  char *text;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->is_dirty || self->is_saving || self->studio == NULL)
    return;
  engine = cs_studio_get_engine (self->studio);
  text = cs_deck_document_dup_markdown (self->document);
  bytes = g_bytes_new_take (text, strlen (text));
  edit = (CsDeckEdit){ .id = facts != NULL ? facts->id : NULL, .sha256 = facts != NULL ? facts->sha256 : NULL, .markdown = bytes,
                       .theme = cs_deck_document_get_theme (self->document), .language = cs_deck_document_get_language (self->document) };
  self->is_dirty = FALSE;
  self->is_saving = TRUE;
  set_state (self, CS_SAVING_NOW);
  cs_deck_saver_save_async (cs_engine_get_library (engine), cs_engine_get_store (engine), cs_engine_get_paths (engine), &edit, NULL,
                            saved_cb, save_new (self));
}

static void
cs_deck_saving_dispose (GObject *object)
{
  CsDeckSaving *self = CS_DECK_SAVING (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->document);
  g_clear_object (&self->studio);
  g_clear_object (&self->creation);

  G_OBJECT_CLASS (cs_deck_saving_parent_class)->dispose (object);
}

static void
cs_deck_saving_class_init (CsDeckSavingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cs_deck_saving_dispose;
  signals[SIGNAL_STATE_CHANGED]
      = g_signal_new ("state-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAVED]
      = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CS_TYPE_CREATION);
  signals[SIGNAL_FAILED]
      = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_deck_saving_init (CsDeckSaving *self)
{
}

CsDeckSaving *
cs_deck_saving_new (CsDeckDocument *document)
{
  CsDeckSaving *self = g_object_new (CS_TYPE_DECK_SAVING, NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
cs_deck_saving_set_studio (CsDeckSaving *self, CsStudio *studio)
{
  g_set_object (&self->studio, studio);
}

/**
 * cs_deck_saving_begin:
 * @creation: (nullable): what the document holds from now on; NULL: something that is in no library yet
 *
 * Wait until it is settled before the document gets another text: what is not saved then is not saved any more.
 */
void
cs_deck_saving_begin (CsDeckSaving *self, CsCreation *creation)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->generation++;
  self->is_dirty = FALSE;
  self->is_saving = FALSE;
  self->has_failed = FALSE;
  g_set_object (&self->creation, creation);
  set_state (self, creation != NULL ? CS_SAVING_DONE : CS_SAVING_NOTHING);
}

CsCreation *
cs_deck_saving_get_creation (CsDeckSaving *self)
{
  return self->creation;
}

CsSavingState
cs_deck_saving_get_state (CsDeckSaving *self)
{
  return self->state;
}

void
cs_deck_saving_touch (CsDeckSaving *self)
{
  changed_cb (self);
}

gboolean
cs_deck_saving_is_settled (CsDeckSaving *self)
{
  return !self->is_dirty && !self->is_saving;
}

/** cs_deck_saving_get_words: Returns: (transfer none): the state, in the language of the user. */
const char *
cs_deck_saving_get_words (CsDeckSaving *self)
{
  switch (self->state)
    {
    case CS_SAVING_DONE:
      return _ ("Saved");
    case CS_SAVING_SOON:
    case CS_SAVING_NOW:
      return _ ("Saving…");
    case CS_SAVING_FAILED:
      return _ ("Not saved yet");
    case CS_SAVING_NOTHING:
    default:
      return _ ("Nothing to save yet");
    }
}
