/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follows the jobs that this process drives, and asks the session not to sleep in the moments that matter. Main thread. */
#include "config.h"
#include "ui/cs-inhibitor.h"

struct _CsInhibitor
{
  GObject parent_instance;

  GtkApplication *application; /* not owned: it owns this */
  CsJobQueue *queue;
  GHashTable *ids;             /* (element-type utf8) of the jobs that are at such a moment */
  guint cookie;                /* of the session; 0: none, or there is nobody who could be asked */
  gboolean is_inhibiting;
};

enum
{
  PROP_0,
  PROP_INHIBITING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CsInhibitor, cs_inhibitor, G_TYPE_OBJECT)

static gboolean
is_paid (const CsJobFacts *facts)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);

  return facts->estimated_cost > 0 || (attempt != NULL && attempt->hold > 0);
}

/* One that waits for its turn or for the network may wait while the computer sleeps. */
static gboolean
matters (const CsJobFacts *facts)
{
  if (facts->waiting != CS_WAITING_NONE || !is_paid (facts))
    return FALSE;
  return facts->state == CS_JOB_SUBMITTING || facts->state == CS_JOB_DOWNLOADING || facts->state == CS_JOB_FINISHING;
}

static void
set_inhibiting (CsInhibitor *self, gboolean inhibiting)
{
  if (self->is_inhibiting == inhibiting)
    return;
  self->is_inhibiting = inhibiting;
  if (inhibiting)
    self->cookie = gtk_application_inhibit (self->application, gtk_application_get_active_window (self->application),
                                            GTK_APPLICATION_INHIBIT_SUSPEND, _ ("Something that is paid for is being fetched"));
  else if (self->cookie != 0)
    gtk_application_uninhibit (self->application, self->cookie);
  if (!inhibiting)
    self->cookie = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INHIBITING]);
}

static gboolean
is_gone_cb (gpointer key, gpointer value, gpointer user_data)
{
  return !cs_job_queue_is_driving (CS_INHIBITOR (user_data)->queue, key);
}

static void
job_changed_cb (CsInhibitor *self, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);

  if (matters (facts))
    g_hash_table_add (self->ids, g_strdup (facts->id));
  else
    g_hash_table_remove (self->ids, facts->id);
  g_hash_table_foreach_remove (self->ids, is_gone_cb, self); /* another process has it now, and takes care of it */
  set_inhibiting (self, g_hash_table_size (self->ids) > 0);
}

static void
cs_inhibitor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_INHIBITING)
    g_value_set_boolean (value, CS_INHIBITOR (object)->is_inhibiting);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cs_inhibitor_dispose (GObject *object)
{
  CsInhibitor *self = CS_INHIBITOR (object);

  set_inhibiting (self, FALSE);
  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (cs_inhibitor_parent_class)->dispose (object);
}

static void
cs_inhibitor_finalize (GObject *object)
{
  g_hash_table_unref (CS_INHIBITOR (object)->ids);

  G_OBJECT_CLASS (cs_inhibitor_parent_class)->finalize (object);
}

static void
cs_inhibitor_class_init (CsInhibitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cs_inhibitor_get_property;
  object_class->dispose = cs_inhibitor_dispose;
  object_class->finalize = cs_inhibitor_finalize;
  properties[PROP_INHIBITING] = g_param_spec_boolean ("inhibiting", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cs_inhibitor_init (CsInhibitor *self)
{
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/** cs_inhibitor_new: @application: outlives it. Returns: (transfer full): one that follows the jobs of @studio. */
CsInhibitor *
cs_inhibitor_new (GtkApplication *application, CsStudio *studio)
{
  CsInhibitor *self = g_object_new (CS_TYPE_INHIBITOR, NULL);

  self->application = application;
  self->queue = g_object_ref (cs_engine_get_queue (cs_studio_get_engine (studio)));
  g_signal_connect_object (self->queue, "job-changed", G_CALLBACK (job_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/** cs_inhibitor_get_inhibiting: Returns: TRUE while the session is asked not to sleep. */
gboolean
cs_inhibitor_get_inhibiting (CsInhibitor *self)
{
  return self->is_inhibiting;
}
