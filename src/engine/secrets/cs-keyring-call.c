/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing that is asked of the keyring, and its way to the keyring's thread and back. */
#include "config.h"
#include "secrets/cs-keyring-call.h"

#include "core/cs-redact.h"
#include "secrets/cs-keyring-error.h"

/** cs_keyring_call_new: @secret: (nullable): what to store. Returns: (transfer full): for cs_keyring_call_begin(). */
CsKeyringCall *
cs_keyring_call_new (CsKeyringVerb verb, CsKeyName name, const char *secret, gboolean may_prompt)
{
  CsKeyringCall *self = g_new0 (CsKeyringCall, 1);

  self->verb = verb;
  self->name = name;
  self->secret = g_strdup (secret);
  self->may_prompt = may_prompt;
  self->cancellable = g_cancellable_new ();
  self->home = g_main_context_ref_thread_default ();
  return self;
}

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* The one answer. @error: (transfer full) (nullable) */
static void
answer (CsKeyringCall *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  clear_source (&self->timer);
  clear_source (&self->watch);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (self->verb == CS_KEYRING_LOOKUP)
    g_task_return_pointer (task, g_steal_pointer (&self->found), (GDestroyNotify) cs_secret_free);
  else
    g_task_return_boolean (task, TRUE);
}

static void
free_call (CsKeyringCall *self)
{
  clear_source (&self->timer);
  clear_source (&self->watch);
  g_clear_object (&self->task);
  g_clear_pointer (&self->secret, cs_secret_free);
  g_clear_pointer (&self->found, cs_secret_free);
  g_clear_error (&self->error);
  g_object_unref (self->cancellable);
  g_main_context_unref (self->home);
  g_clear_pointer (&self->away, g_main_context_unref);
  g_free (self);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* libsecret goes on until it notices. It acts in whatever thread cancels, so that must be its own. */
static void
give_up (CsKeyringCall *self)
{
  g_main_context_invoke_full (self->away, G_PRIORITY_DEFAULT, cancel_cb, g_object_ref (self->cancellable), g_object_unref);
}

static gboolean
patience_ended_cb (gpointer user_data)
{
  CsKeyringCall *self = user_data;

  give_up (self);
  answer (self, cs_keyring_error_new_slow ());
  return G_SOURCE_REMOVE;
}

static gboolean
given_up_cb (GCancellable *cancellable, gpointer user_data)
{
  CsKeyringCall *self = user_data;
  GError *error = NULL;

  g_cancellable_set_error_if_cancelled (cancellable, &error);
  give_up (self);
  answer (self, error);
  return G_SOURCE_REMOVE;
}

/**
 * cs_keyring_call_begin:
 * @task: (transfer full): what is answered
 * @away: of the keyring's thread
 * @patience: seconds until it is answered with an error
 *
 * In the thread that asks, before the call goes to the keyring's.
 */
void
cs_keyring_call_begin (CsKeyringCall *self, GTask *task, GMainContext *away, guint patience)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  self->task = task;
  self->away = g_main_context_ref (away);
  g_task_set_check_cancellable (task, FALSE);
  self->timer = g_timeout_source_new_seconds (patience);
  g_source_set_callback (self->timer, patience_ended_cb, self, NULL);
  g_source_attach (self->timer, self->home);
  if (cancellable == NULL)
    return;
  self->watch = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->watch, G_SOURCE_FUNC (given_up_cb), self, NULL);
  g_source_attach (self->watch, self->home);
}

static gboolean
be_patient_cb (gpointer user_data)
{
  CsKeyringCall *self = user_data;

  clear_source (&self->timer);
  return G_SOURCE_REMOVE;
}

/** cs_keyring_call_be_patient: From the keyring's thread: now it is the user who is waited for. */
void
cs_keyring_call_be_patient (CsKeyringCall *self)
{
  g_main_context_invoke (self->home, be_patient_cb, self);
}

static gboolean
handed_back_cb (gpointer user_data)
{
  CsKeyringCall *self = user_data;

  if (self->task != NULL)
    answer (self, g_steal_pointer (&self->error));
  free_call (self);
  return G_SOURCE_REMOVE;
}

/**
 * cs_keyring_call_hand_back:
 * @error: (transfer full) (nullable): why it was not done
 *
 * The last thing that the keyring's thread does with @self.
 */
void
cs_keyring_call_hand_back (CsKeyringCall *self, GError *error)
{
  g_clear_list (&self->items, g_object_unref);
  g_clear_object (&self->collection);
  g_clear_object (&self->service);
  --*self->n_calls;
  if (error != NULL)
    self->error = cs_keyring_error_translate (error);
  g_main_context_invoke (self->home, handed_back_cb, self);
}
