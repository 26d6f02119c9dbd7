/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cs-fake-writer.h"

#include <string.h>

#define PIECE 7 /* bytes, or a character more */

/* What it does when it is asked. */
typedef struct
{
  gboolean is_silent;
  CsChatAnswer *answer;
} Line;

struct _CsFakeWriter
{
  GObject parent_instance;

  char *id;
  gboolean is_available;
  gboolean is_found_by_looking;
  GQueue *script; /* (element-type Line) */
  GPtrArray *chats;
  guint n_looks;
};

/* One chat that is open. */
typedef struct
{
  CsChatFunc func;
  gpointer func_data;
  CsChatAnswer *answer;
} Open;

static void provider_iface_init (CsProviderInterface *iface);
static void text_provider_iface_init (CsTextProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsFakeWriter, cs_fake_writer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_PROVIDER, provider_iface_init)
                               G_IMPLEMENT_INTERFACE (CS_TYPE_TEXT_PROVIDER, text_provider_iface_init))

static void
line_free (gpointer data)
{
  Line *line = data;

  g_clear_pointer (&line->answer, cs_chat_answer_free);
  g_free (line);
}

static void
open_free (gpointer data)
{
  Open *open = data;

  g_clear_pointer (&open->answer, cs_chat_answer_free);
  g_free (open);
}

static void
cs_fake_writer_finalize (GObject *object)
{
  CsFakeWriter *self = CS_FAKE_WRITER (object);

  g_free (self->id);
  g_queue_free_full (self->script, line_free);
  g_ptr_array_unref (self->chats);

  G_OBJECT_CLASS (cs_fake_writer_parent_class)->finalize (object);
}

static void
cs_fake_writer_class_init (CsFakeWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_fake_writer_finalize;
}

static void
cs_fake_writer_init (CsFakeWriter *self)
{
  self->is_available = TRUE;
  self->script = g_queue_new ();
  self->chats = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_chat_unref);
}

CsFakeWriter *
cs_fake_writer_new (const char *id)
{
  CsFakeWriter *self = g_object_new (CS_TYPE_FAKE_WRITER, NULL);

  self->id = g_strdup (id);
  return self;
}

static CsChatAnswer *
add_line (CsFakeWriter *self, gboolean is_silent)
{
  Line *line = g_new0 (Line, 1);

  line->is_silent = is_silent;
  line->answer = cs_chat_answer_new ();
  g_queue_push_tail (self->script, line);
  return line->answer;
}

/** cs_fake_writer_say: @input_tokens, @output_tokens: as it counts; -1: it does not say. */
void
cs_fake_writer_say (CsFakeWriter *self, const char *text, gint64 input_tokens, gint64 output_tokens)
{
  CsChatAnswer *answer = add_line (self, FALSE);

  answer->text = g_strdup (text);
  answer->model = g_strdup_printf ("%s-said", self->id);
  answer->was_sent = TRUE;
  answer->input_tokens = input_tokens;
  answer->output_tokens = output_tokens;
}

void
cs_fake_writer_say_cut (CsFakeWriter *self, const char *text)
{
  CsChatAnswer *answer = add_line (self, FALSE);

  answer->text = g_strdup (text);
  answer->is_cut = TRUE;
  answer->was_sent = TRUE;
}

void
cs_fake_writer_fail (CsFakeWriter *self, CsError code, gboolean was_sent)
{
  CsChatAnswer *answer = add_line (self, FALSE);

  answer->was_sent = was_sent;
  answer->error = g_error_new (CS_ERROR, code, "%s says %s.", self->id, cs_error_code_get_slug (code));
}

void
cs_fake_writer_be_silent (CsFakeWriter *self)
{
  CsChatAnswer *answer = add_line (self, TRUE);

  answer->was_sent = TRUE;
  answer->error = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
}

void
cs_fake_writer_set_available (CsFakeWriter *self, gboolean is_available)
{
  self->is_available = is_available;
}

void
cs_fake_writer_set_found (CsFakeWriter *self)
{
  self->is_available = FALSE;
  self->is_found_by_looking = TRUE;
}

guint
cs_fake_writer_get_n_looks (CsFakeWriter *self)
{
  return self->n_looks;
}

guint
cs_fake_writer_get_n_chats (CsFakeWriter *self)
{
  return self->chats->len;
}

CsChat *
cs_fake_writer_get_chat (CsFakeWriter *self, guint index)
{
  g_assert_cmpuint (index, <, self->chats->len);
  return self->chats->pdata[index];
}

/* As a CsProvider */

static const char *
get_id (CsProvider *provider)
{
  return CS_FAKE_WRITER (provider)->id;
}

static gboolean
is_available (CsProvider *provider, const char *model, char **why_not)
{
  CsFakeWriter *self = CS_FAKE_WRITER (provider);

  if (!self->is_available && why_not != NULL)
    *why_not = g_strdup_printf ("%s is not there.", self->id);
  return self->is_available;
}

static void
provider_iface_init (CsProviderInterface *iface)
{
  iface->get_id = get_id;
  iface->get_name = get_id;
  iface->is_available = is_available;
}

/* As a CsTextProvider */

static void
look_async (CsTextProvider *provider, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CsFakeWriter *self = CS_FAKE_WRITER (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  self->n_looks++;
  self->is_available |= self->is_found_by_looking;
  g_task_return_boolean (task, TRUE);
}

static gboolean
look_finish (CsTextProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
stream (const char *text, const Open *open)
{
  while (open->func != NULL && *text != '\0')
    {
      gsize length = MIN (strlen (text), PIECE);
      g_autofree char *piece = NULL;

      while ((text[length] & 0xc0) == 0x80)
        length++;
      piece = g_strndup (text, length);
      open->func (piece, open->func_data);
      text += length;
    }
}

static gboolean
answer_cb (gpointer user_data)
{
  GTask *task = user_data;
  Open *open = g_task_get_task_data (task);

  if (g_task_get_cancellable (task) != NULL)
    g_signal_handlers_disconnect_by_data (g_task_get_cancellable (task), task);
  if (open->answer->text != NULL)
    stream (open->answer->text, open);
  g_task_return_pointer (task, g_steal_pointer (&open->answer), (GDestroyNotify) cs_chat_answer_free);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, answer_cb, g_object_ref (user_data), g_object_unref);
}

static void
forget_cb (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

static void
chat_async (CsTextProvider *provider, CsChat *chat, CsChatFunc func, gpointer func_data, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  CsFakeWriter *self = CS_FAKE_WRITER (provider);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Open *open = g_new0 (Open, 1);
  Line *line;

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, open, open_free);
  g_ptr_array_add (self->chats, cs_chat_ref (chat));
  if (g_queue_is_empty (self->script))
    cs_fake_writer_say (self, "", 0, 0);
  line = g_queue_pop_head (self->script);
  open->func = func;
  open->func_data = func_data;
  open->answer = g_steal_pointer (&line->answer);
  if (line->is_silent)
    g_signal_connect_data (cancellable, "cancelled", G_CALLBACK (cancelled_cb), task, forget_cb, 0);
  else
    g_idle_add_full (G_PRIORITY_DEFAULT, answer_cb, task, g_object_unref);
  line_free (line);
}

static CsChatAnswer *
chat_finish (CsTextProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
text_provider_iface_init (CsTextProviderInterface *iface)
{
  iface->look_async = look_async;
  iface->look_finish = look_finish;
  iface->chat_async = chat_async;
  iface->chat_finish = chat_finish;
}
