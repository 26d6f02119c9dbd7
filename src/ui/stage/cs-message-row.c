/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a provider is sent for a job. It is the engine that builds it, as it builds what it sends. Main thread. */
#include "config.h"
#include "ui/stage/cs-message-row.h"

#include "ui/widgets/cs-creation-words.h"
#include "ui/widgets/cs-say.h"

#include <string.h>

#define MAX_MESSAGE (1024 * 1024)

struct _CsMessageRow
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwExpanderRow *row;
  GtkWidget *copy_button;
  GtkLabel *text;

  /* Owned */
  char *message; /* (nullable) */
  char *shown;   /* (nullable) of which job, and how far it was */
};

G_DEFINE_FINAL_TYPE (CsMessageRow, cs_message_row, ADW_TYPE_BIN)

static void
copy_cb (CsMessageRow *self)
{
  if (self->message == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->message);
  cs_say (GTK_WIDGET (self), _ ("Copied"));
}

static void
cs_message_row_finalize (GObject *object)
{
  CsMessageRow *self = CS_MESSAGE_ROW (object);

  g_free (self->message);
  g_free (self->shown);

  G_OBJECT_CLASS (cs_message_row_parent_class)->finalize (object);
}

static void
cs_message_row_class_init (CsMessageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cs_message_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-message-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CsMessageRow, row);
  gtk_widget_class_bind_template_child (widget_class, CsMessageRow, copy_button);
  gtk_widget_class_bind_template_child (widget_class, CsMessageRow, text);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
cs_message_row_init (CsMessageRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* With its lines, to be read; (transfer full). */
static char *
make_readable (const char *message)
{
  g_autoptr (JsonObject) object = cs_json_parse_object (message, strlen (message), MAX_MESSAGE, NULL);

  return object != NULL ? cs_json_object_to_string (object, TRUE) : g_strdup (message);
}

static void
show_subtitle (CsMessageRow *self, const CsJobFacts *facts, const char *host)
{
  int length = self->message != NULL ? (int) strlen (self->message) : 0;
  g_autofree char *isolated = cs_isolate (host);
  g_autofree char *words = NULL;

  if (self->message != NULL)
    words = g_strdup_printf (
        /* translators: 1: a number of bytes, 2: the name of a host */
        g_dngettext (GETTEXT_PACKAGE, "%1$d byte to %2$s. Your key is not part of it.", "%1$d bytes to %2$s. Your key is not part of it.",
                     length),
        length, isolated);
  else if (facts->brief->image != NULL)
    /* translators: the name of a host */
    words = g_strdup_printf (_ ("These words and your picture, to %s. Your key is not part of it."), isolated);
  else
    /* translators: the name of a host */
    words = g_strdup_printf (_ ("These words, to %s. Your key is not part of it."), isolated);
  adw_expander_row_set_subtitle (self->row, words);
}

/* Announced is not sent: what could not leave waits to be sent again, or goes to somebody else. */
static gboolean
is_sent (const CsJobFacts *facts)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);

  return attempt != NULL && attempt->sent_at > 0 && !cs_job_state_is_unsent (facts->state);
}

/* The same message is not built once more for each percent of progress. */
static gboolean
is_news (CsMessageRow *self, const CsJobFacts *facts)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);
  g_autofree char *now = g_strdup_printf ("%s %s %d %d", facts->id, facts->model, is_sent (facts),
                                          attempt != NULL ? attempt->number : 0);

  return cs_set_string (&self->shown, now);
}

/** cs_message_row_show: @job: the row is seen once it is known who makes it, and when that is not this computer. */
void
cs_message_row_show (CsMessageRow *self, CsStudio *studio, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  g_autofree char *host = NULL;
  g_autofree char *readable = NULL;

  if (!is_news (self, facts))
    return;
  g_free (self->message);
  self->message = cs_job_queue_dup_message (cs_engine_get_queue (cs_studio_get_engine (studio)), job, &host);
  gtk_widget_set_visible (GTK_WIDGET (self), host != NULL);
  if (host == NULL)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row),
                                 is_sent (facts) ? _ ("What was sent") : _ ("What will be sent"));
  show_subtitle (self, facts, host);
  readable = make_readable (self->message != NULL ? self->message : facts->screenplay->prompt);
  gtk_label_set_text (self->text, readable);
  gtk_widget_set_visible (self->copy_button, self->message != NULL);
}

const char *
cs_message_row_get_text (CsMessageRow *self)
{
  return self->message;
}
