/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was read of a model's answer so far. */
#include "config.h"
#include "providers/chat/cs-chat-reader.h"

#include "core/cs-redact.h"
#include "core/cs-text.h"
#include "core/cs-words.h"

#include <string.h>

#define THINK_BEGIN "<think>"
#define THINK_END "</think>"
#define MAX_MODEL_NAME 200 /* characters */
#define MAX_TOKENS (G_GINT64_CONSTANT (1) << 40)

/* Where in the answer the next piece belongs. */
typedef enum
{
  PLACE_HEAD,  /* nothing but white space yet, or the beginning of a mark */
  PLACE_THINK, /* the model thinks aloud */
  PLACE_TEXT,
} Place;

struct _CsChatReader
{
  /* input */
  char *name;
  CsChatFunc func;
  gpointer func_data;

  /* state */
  Place place;
  GString *pending; /* what may still turn out to be a mark */
  GString *text;
  gboolean is_finished;

  /* output */
  CsChatAnswer *answer;
};

/**
 * cs_chat_reader_new:
 * @name: the provider's name for people
 * @model: who was asked
 * @func: (nullable): called with every piece of text
 *
 * Returns: (transfer full): a reader that has read nothing.
 */
CsChatReader *
cs_chat_reader_new (const char *name, const char *model, CsChatFunc func, gpointer func_data)
{
  CsChatReader *self = g_new0 (CsChatReader, 1);

  self->name = g_strdup (name);
  self->func = func;
  self->func_data = func_data;
  self->pending = g_string_new (NULL);
  self->text = g_string_new (NULL);
  self->answer = cs_chat_answer_new ();
  self->answer->model = g_strdup (model);
  return self;
}

void
cs_chat_reader_free (CsChatReader *self)
{
  g_free (self->name);
  g_string_free (self->pending, TRUE);
  g_string_free (self->text, TRUE);
  g_clear_pointer (&self->answer, cs_chat_answer_free);
  g_free (self);
}

static void
tell (CsChatReader *self, const char *piece)
{
  g_autofree char *clean = NULL;

  if (self->func == NULL || *piece == '\0')
    return;
  clean = cs_redact_text (piece);
  self->func (clean, self->func_data);
}

/* Takes as much as there is room for, whole characters only. */
static gboolean
add_text (CsChatReader *self, const char *piece)
{
  gsize room = CS_CHAT_MAX_TEXT - self->text->len;
  gsize length = strlen (piece);
  g_autofree char *kept = NULL;

  if (length <= room)
    {
      g_string_append_len (self->text, piece, length);
      tell (self, piece);
      return TRUE;
    }
  while (room > 0 && (piece[room] & 0xc0) == 0x80)
    room--;
  kept = g_strndup (piece, room);
  g_string_append (self->text, kept);
  tell (self, kept);
  /* translators: 1: the name of a provider, 2: a number */
  cs_chat_reader_set_error (self, CS_ERROR_TOO_LARGE, _ ("%1$s writes without end: it was stopped after %2$d KB."),
                            self->name, CS_CHAT_MAX_TEXT / 1024);
  return FALSE;
}

/* Returns: TRUE when the place changed, so that what is pending has to be looked at again. */
static gboolean
leave_head (CsChatReader *self)
{
  gsize space = strspn (self->pending->str, " \t\r\n");
  gsize length;

  g_string_erase (self->pending, 0, space);
  length = MIN (self->pending->len, strlen (THINK_BEGIN));
  if (strncmp (self->pending->str, THINK_BEGIN, length) != 0)
    self->place = PLACE_TEXT;
  else if (length == strlen (THINK_BEGIN))
    {
      g_string_erase (self->pending, 0, length);
      self->place = PLACE_THINK;
    }
  return self->place != PLACE_HEAD;
}

/* As leave_head(); what the model thinks is not kept, but for what may be the beginning of the mark. */
static gboolean
leave_thoughts (CsChatReader *self)
{
  const char *end = strstr (self->pending->str, THINK_END);

  if (end == NULL)
    {
      if (self->pending->len >= strlen (THINK_END))
        g_string_erase (self->pending, 0, self->pending->len - (strlen (THINK_END) - 1));
      return FALSE;
    }
  g_string_erase (self->pending, 0, end - self->pending->str + strlen (THINK_END));
  self->place = PLACE_HEAD;
  return TRUE;
}

/**
 * cs_chat_reader_add:
 * @piece: valid UTF-8
 *
 * Returns: FALSE when there is an error from now on: the answer is too long.
 */
gboolean
cs_chat_reader_add (CsChatReader *self, const char *piece)
{
  if (self->answer->error != NULL)
    return FALSE;
  if (self->place == PLACE_TEXT)
    return add_text (self, piece);

  g_string_append (self->pending, piece);
  while (self->place != PLACE_TEXT)
    if (!(self->place == PLACE_HEAD ? leave_head (self) : leave_thoughts (self)))
      return TRUE;
  return add_text (self, self->pending->str);
}

/** cs_chat_reader_set_model: @model: (nullable): who writes, in the provider's words; NULL: it did not say. */
void
cs_chat_reader_set_model (CsChatReader *self, const char *model)
{
  if (model == NULL || *model == '\0' || g_str_equal (self->answer->model, model))
    return;
  g_free (self->answer->model);
  self->answer->model = cs_text_ellipsize (model, MAX_MODEL_NAME);
}

/** cs_chat_reader_set_tokens: What is out of all reason was not said. */
void
cs_chat_reader_set_tokens (CsChatReader *self, gint64 input, gint64 output)
{
  if (input >= 0 && input <= MAX_TOKENS)
    self->answer->input_tokens = input;
  if (output >= 0 && output <= MAX_TOKENS)
    self->answer->output_tokens = output;
}

/** cs_chat_reader_set_wait: Says when it makes sense to ask again. */
void
cs_chat_reader_set_wait (CsChatReader *self, gint64 microseconds)
{
  self->answer->retry_after = microseconds;
}

/** cs_chat_reader_set_sent: The request left, whatever became of it. */
void
cs_chat_reader_set_sent (CsChatReader *self)
{
  self->answer->was_sent = TRUE;
}

/** cs_chat_reader_finish: The provider said that the answer is over; @is_cut: because it was too long. */
void
cs_chat_reader_finish (CsChatReader *self, gboolean is_cut)
{
  self->is_finished = TRUE;
  self->answer->is_cut |= is_cut;
}

/** cs_chat_reader_take_error: @error: (transfer full): why there is no whole answer. The first one stays. */
void
cs_chat_reader_take_error (CsChatReader *self, GError *error)
{
  if (self->answer->error == NULL)
    self->answer->error = error;
  else
    g_error_free (error);
}

void
cs_chat_reader_set_error (CsChatReader *self, CsError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  cs_chat_reader_take_error (self, g_error_new_valist (CS_ERROR, code, format, args));
  va_end (args);
}

const char *
cs_chat_reader_get_name (CsChatReader *self)
{
  return self->name;
}

const char *
cs_chat_reader_get_model (CsChatReader *self)
{
  return self->answer->model;
}

gboolean
cs_chat_reader_has_text (CsChatReader *self)
{
  return self->text->len > 0;
}

gboolean
cs_chat_reader_is_finished (CsChatReader *self)
{
  return self->is_finished;
}

gboolean
cs_chat_reader_has_error (CsChatReader *self)
{
  return self->answer->error != NULL;
}

/* Some models are begun inside of their thoughts, so that only the end of them is marked. */
static char *
dup_text (CsChatReader *self)
{
  const char *end = strstr (self->text->str, THINK_END);
  const char *text = end != NULL ? end + strlen (THINK_END) : self->text->str;

  text += strspn (text, " \t\r\n");
  return *text != '\0' ? cs_redact_text (text) : NULL;
}

/**
 * cs_chat_reader_end:
 *
 * Nothing more comes. An answer that was not finished, or that has no word in it, is an error.
 *
 * Returns: (transfer full): the answer; the reader is of no further use.
 */
CsChatAnswer *
cs_chat_reader_end (CsChatReader *self)
{
  if (self->place == PLACE_HEAD)
    add_text (self, self->pending->str);
  self->answer->text = dup_text (self);
  if (!self->is_finished)
    cs_chat_reader_set_error (self, CS_ERROR_BAD_RESPONSE, _ ("The answer of %s was cut off. Try again later."),
                              self->name);
  else if (self->answer->text == NULL && self->answer->is_cut)
    cs_chat_reader_set_error (self, CS_ERROR_BAD_RESPONSE,
                              _ ("%s thought for so long that no room was left for its answer. Choose another model."),
                              self->name);
  else if (self->answer->text == NULL)
    cs_chat_reader_set_error (self, CS_ERROR_BAD_RESPONSE, _ ("%s answered without a word."), self->name);
  return g_steal_pointer (&self->answer);
}
