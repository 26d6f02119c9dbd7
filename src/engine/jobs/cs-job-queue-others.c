/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Jobs that other processes leave behind while this one stays: looked for soon after somebody wrote, and once a minute, since
 * the dead write nothing. Main thread.
 */
#include "config.h"
#include "jobs/cs-job-queue-private.h"

#include "core/cs-error.h"

#define SOON 1     /* seconds */
#define SELDOM 60

static void look_in (CsJobQueue *self, guint seconds);

static void
claimed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsJobQueue *self = CS_JOB_QUEUE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = cs_job_queue_claim_finish (self, result, &error);

  if (jobs == NULL)
    g_debug ("What others leave was not looked at: %s", error->message);
  /* Of many only the first are taken at once. */
  look_in (self, jobs != NULL && jobs->len > 0 ? SOON : SELDOM);
}

static gboolean
look_cb (gpointer user_data)
{
  CsJobQueue *self = user_data;

  self->others_timer = 0;
  self->looks_soon = FALSE;
  cs_job_queue_claim_async (self, claimed_cb, NULL);
  return G_SOURCE_REMOVE;
}

/* At the latest. */
static void
look_in (CsJobQueue *self, guint seconds)
{
  if (self->is_closed || self->looks_soon)
    return;
  g_clear_handle_id (&self->others_timer, g_source_remove);
  self->others_timer = g_timeout_add_seconds (seconds, look_cb, self);
  self->looks_soon = seconds == SOON;
}

static void
changed_cb (CsJobQueue *self)
{
  look_in (self, SOON);
}

/**
 * cs_job_queue_watch_others:
 *
 * From now on goes on with jobs that other processes let go of: what a command left with its provider, what a process that
 * died was at. Once, for a process that stays.
 */
void
cs_job_queue_watch_others (CsJobQueue *self)
{
  g_signal_connect_object (self->context->store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  look_in (self, SOON);
}
