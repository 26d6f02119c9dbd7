/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The studio of the program: opened once for all windows; closed when the last window is gone and nothing is under way that
 * goes on by itself, or when somebody quits. Whoever comes back meanwhile gets it once more. Main thread.
 */
#include "config.h"
#include "ui/cs-application-private.h"

#include "ui/cs-job-list.h"

#define SLOW_MS 1500 /* from then on it is said that opening takes a while */

static GList *
get_windows (CsApplication *self)
{
  return gtk_application_get_windows (GTK_APPLICATION (self));
}

static CsJobList *
get_jobs (CsApplication *self)
{
  return CS_JOB_LIST (cs_studio_get_jobs (self->studio));
}

/* Closing */

static void
forget_studio (CsApplication *self)
{
  g_clear_object (&self->notifier);
  g_clear_object (&self->inhibitor);
  g_clear_object (&self->studio);
}

/* Without a window and without anybody who holds it, the program ends by itself. Somebody may be back. */
static void
end (CsApplication *self)
{
  if (get_windows (self) != NULL)
    _cs_application_open_studio (self);
}

static void
close_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!cs_engine_close_finish (CS_ENGINE (source), result, &error))
    g_warning ("The studio was not closed: %s", error->message);
  cs_engine_leave_keys (CS_ENGINE (source));
  forget_studio (self);
  self->is_closing = self->is_quitting = FALSE;
  end (self);
  g_application_release (G_APPLICATION (self)); /* held since it was opened */
}

/* What was sent and has no answer yet is waited for: nobody is told that he has paid for nothing. */
static void
close_studio (CsApplication *self)
{
  guint n_going = cs_job_list_count_going (get_jobs (self));

  if (n_going > 0)
    cs_notifier_say_kept (self->notifier, n_going);
  self->is_closing = TRUE;
  cs_engine_close_async (cs_studio_get_engine (self->studio), NULL, close_cb, g_object_ref (self));
}

/* Jobs go on when the windows are closed; when the last one has ended, so does the program. */
static gboolean
is_over (CsApplication *self)
{
  if (self->studio == NULL || self->is_closing || get_windows (self) != NULL)
    return FALSE;
  return self->is_quitting || (cs_job_list_is_loaded (get_jobs (self)) && cs_job_list_count_going (get_jobs (self)) == 0);
}

static gboolean
look_cb (gpointer user_data)
{
  CsApplication *self = user_data;

  self->look = 0;
  if (!is_over (self))
    return G_SOURCE_REMOVE;
  cs_notifier_flush (self->notifier);
  if (!cs_notifier_is_busy (self->notifier) && !g_application_get_is_busy (G_APPLICATION (self))) /* somebody still saves */
    close_studio (self);
  return G_SOURCE_REMOVE;
}

/** _cs_application_look_soon: When whatever goes on now is over, looks whether the program is. */
void
_cs_application_look_soon (CsApplication *self)
{
  if (self->look == 0 && self->studio != NULL && get_windows (self) == NULL)
    self->look = g_idle_add (look_cb, self);
}

/** _cs_application_quit: The windows go at once; what is under way is kept. */
void
_cs_application_quit (CsApplication *self)
{
  self->is_quitting = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  while (get_windows (self) != NULL)
    {
      GtkWindow *window = get_windows (self)->data;

      if (CS_IS_WINDOW (window))
        cs_window_save_state (CS_WINDOW (window));
      gtk_window_destroy (window);
    }
  _cs_application_look_soon (self);
}

/* Opening */

static void
tell_windows (CsApplication *self)
{
  for (GList *item = get_windows (self); item != NULL; item = item->next)
    if (CS_IS_WINDOW (item->data))
      {
        cs_window_set_slow (item->data, FALSE);
        cs_window_set_studio (item->data, self->studio, self->trouble);
      }
}

/* The first window shows what was under way when the last one was closed. */
static void
recall_jobs (CsApplication *self)
{
  GList *windows = get_windows (self);

  if (self->studio != NULL && windows != NULL && windows->next == NULL && CS_IS_WINDOW (windows->data))
    cs_window_recall_jobs (windows->data);
}

static void
use_engine (CsApplication *self, CsEngine *engine)
{
  GApplication *application = G_APPLICATION (self);

  self->studio = cs_studio_new (engine);
  self->notifier = cs_notifier_new (GTK_APPLICATION (self), self->studio);
  self->inhibitor = cs_inhibitor_new (GTK_APPLICATION (self), self->studio);
  g_signal_connect_object (cs_engine_get_queue (engine), "job-changed", G_CALLBACK (_cs_application_look_soon), application,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_jobs (self), "loaded", G_CALLBACK (_cs_application_look_soon), application, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notifier, "settled", G_CALLBACK (_cs_application_look_soon), application, G_CONNECT_SWAPPED);
}

static void
set_opening (CsApplication *self, gboolean opening)
{
  GAction *retry = g_action_map_lookup_action (G_ACTION_MAP (self), "retry");

  self->is_opening = opening;
  g_simple_action_set_enabled (G_SIMPLE_ACTION (retry), !opening);
}

static void
opened (CsApplication *self)
{
  set_opening (self, FALSE);
  g_clear_handle_id (&self->slow, g_source_remove);
  g_clear_object (&self->cancellable);
  if (g_error_matches (self->trouble, G_IO_ERROR, G_IO_ERROR_CANCELLED)) /* somebody quit; perhaps he is back */
    end (self);
  tell_windows (self);
  recall_jobs (self);
  if (self->studio != NULL)
    _cs_application_grant (self);
  _cs_application_look_soon (self);
  if (self->studio == NULL)
    g_application_release (G_APPLICATION (self)); /* held while it was being opened */
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsApplication) self = user_data;
  g_autoptr (CsEngine) engine = cs_engine_open_finish (result, &self->trouble);

  if (engine != NULL)
    use_engine (self, engine);
  opened (self);
}

static void
paths_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsApplication) self = user_data;
  g_autoptr (CsPaths) paths = g_task_propagate_pointer (G_TASK (result), &self->trouble);

  if (paths != NULL)
    cs_engine_open_async (paths, NULL, self->cancellable, open_cb, g_object_ref (self));
  else
    opened (self);
}

/* Folders are made, perhaps on a disk that is far away. */
static void
paths_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  CsPaths *paths = cs_paths_new (&error);

  if (paths != NULL)
    g_task_return_pointer (task, paths, (GDestroyNotify) cs_paths_unref);
  else
    g_task_return_error (task, error);
}

static gboolean
slow_cb (gpointer user_data)
{
  CsApplication *self = user_data;

  self->slow = 0;
  for (GList *item = get_windows (self); item != NULL; item = item->next)
    if (CS_IS_WINDOW (item->data))
      cs_window_set_slow (item->data, TRUE);
  return G_SOURCE_REMOVE;
}

/** _cs_application_open_studio: Opens the engine; where that failed before, tries again. */
void
_cs_application_open_studio (CsApplication *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->studio != NULL || self->is_opening)
    return;
  g_clear_error (&self->trouble);
  set_opening (self, TRUE);
  self->cancellable = g_cancellable_new ();
  self->slow = g_timeout_add (SLOW_MS, slow_cb, self);
  g_application_hold (G_APPLICATION (self));
  task = g_task_new (NULL, self->cancellable, paths_cb, g_object_ref (self));
  g_task_set_source_tag (task, _cs_application_open_studio);
  g_task_run_in_thread (task, paths_thread);
}

/** _cs_application_add_window: Returns: (transfer none): a new window, which is shown. */
CsWindow *
_cs_application_add_window (CsApplication *self)
{
  CsWindow *window = cs_window_new (self);

  if (!self->is_closing)
    self->is_quitting = FALSE; /* who comes back has changed his mind */
  cs_window_set_studio (window, self->is_closing ? NULL : self->studio, self->trouble);
  if (!self->is_closing)
    recall_jobs (self);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static CsWindow *
find_window (CsApplication *self)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (CS_IS_WINDOW (active))
    return CS_WINDOW (active);
  for (GList *item = get_windows (self); item != NULL; item = item->next) /* the newest is the first */
    if (CS_IS_WINDOW (item->data))
      return item->data;
  return NULL;
}

CsWindow *
_cs_application_take_window (CsApplication *self)
{
  CsWindow *window = find_window (self);

  _cs_application_open_studio (self);
  if (window == NULL)
    return _cs_application_add_window (self);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}
