/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The step that brings the result here: fetched, looked at in the helper, counted. It outranks everything, since results
 * expire. It can be killed anywhere and begun again; and it comes to an end, however often the file is gone or damaged.
 */
#include "config.h"
#include "jobs/cs-job-runner-private.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-text.h"
#include "core/cs-words.h"
#include "deck/cs-deck.h"
#include "jobs/cs-job-files.h"

#include <glib/gstdio.h>

#define MARKDOWN_TYPE "text/markdown"

/* How often one process goes back before it gives up: for a link that expired, and for a file that is damaged. */
#define MAX_EXPIRED 5
#define MAX_DAMAGED 2

static const gint64 return_delays[] = { 0, 1, 3, 10, 30, 60 }; /* seconds */

/* What is known of a file in the work folder once it was read to its end. */
typedef struct
{
  char *path;
  gboolean is_deck;
  char *sha256;
  goffset size;
} WorkFile;

static void
work_file_free (WorkFile *file)
{
  g_free (file->path);
  g_free (file->sha256);
  g_free (file);
}

/* A deck that does not come apart into slides would never be finished. */
static gboolean
check_deck (WorkFile *file, GError **error)
{
  gsize length;
  g_autofree char *text = cs_file_read (file->path, CS_DECK_MAX_MARKDOWN, &length, error);
  g_autoptr (GPtrArray) slides = text != NULL ? cs_deck_split (text, length, error) : NULL;

  return slides != NULL;
}

static void
hash_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WorkFile *file = task_data;
  GError *error = NULL;

  if (!file->is_deck || check_deck (file, &error))
    file->sha256 = cs_file_hash (file->path, &file->size, cancellable, &error);
  if (file->sha256 == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * cs_job_step_return:
 * @to: where the job goes on: a step back from where it is
 * @error: why
 *
 * The file is not what it should be: asks or fetches again, more slowly every time, and not for ever.
 */
void
cs_job_step_return (CsJobRunner *self, CsJobState to, const GError *error)
{
  gboolean is_damaged = g_error_matches (error, CS_ERROR, CS_ERROR_DAMAGED);
  int n = self->n_returns++;

  if (self->next->state == CS_JOB_DOWNLOADING && n >= (is_damaged ? MAX_DAMAGED : MAX_EXPIRED))
    {
      cs_job_runner_fail (self, error, NULL);
      return;
    }
  cs_job_facts_set_error (self->next, error);
  if (n == 0)
    cs_job_runner_commit (self, to, NULL);
  else
    cs_job_runner_wait (self, to, CS_WAITING_NONE, return_delays[MIN (n, (int) G_N_ELEMENTS (return_delays) - 1)] * G_USEC_PER_SEC,
                        NULL);
}

/* Files to be taken away before the next try, and why. */
typedef struct
{
  GStrv paths;
  GError *error;
} Discard;

static void
discard_free (Discard *discard)
{
  g_strfreev (discard->paths);
  g_clear_error (&discard->error);
  g_free (discard);
}

static void
discard_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Discard *discard = task_data;

  for (guint i = 0; discard->paths[i] != NULL; i++)
    g_unlink (discard->paths[i]);
  g_task_return_boolean (task, TRUE);
}

static void
discard_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  Discard *discard = g_task_get_task_data (G_TASK (result));

  if (!self->is_stopped)
    cs_job_step_return (self, CS_JOB_DOWNLOADING, discard->error);
}

/**
 * cs_job_step_discard:
 * @paths: (transfer full): files that are of no use
 * @error: why
 *
 * Takes the files away and fetches anew: what is damaged must not be taken for a part of the next download.
 */
void
cs_job_step_discard (CsJobRunner *self, GStrv paths, const GError *error)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, discard_cb, g_object_ref (self));
  Discard *discard = g_new0 (Discard, 1);

  discard->paths = paths;
  discard->error = g_error_copy (error);
  g_task_set_source_tag (task, cs_job_step_discard);
  g_task_set_task_data (task, discard, (GDestroyNotify) discard_free);
  g_task_run_in_thread (task, discard_thread);
}

static const char *
get_work_path (CsJobRunner *self)
{
  return cs_job_facts_get_attempt (self->next)->request->work_file;
}

/* What no second try will change. */
static gboolean
is_final (const GError *error)
{
  return g_error_matches (error, CS_ERROR, CS_ERROR_BAD_RESPONSE) || g_error_matches (error, CS_ERROR, CS_ERROR_TOO_LARGE)
         || g_error_matches (error, CS_ERROR, CS_ERROR_MALFORMED) || g_error_matches (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
}

/* The answer to the request was the result itself: what lies here is all there is of it. */
static gboolean
is_only_copy (CsJobRunner *self)
{
  return g_strcmp0 (cs_job_facts_get_attempt (self->next)->output, get_work_path (self)) == 0;
}

/* The link expired, or the file is gone: asks again. Where the answer was the result there is nobody to ask: its link may
 * work a little later, but a file that was here does not come back. */
static void
result_is_gone (CsJobRunner *self, const GError *error)
{
  if (cs_job_facts_get_attempt (self->next)->remote_id != NULL)
    cs_job_step_return (self, CS_JOB_RENDERING, error);
  else if (!is_only_copy (self))
    cs_job_step_return (self, CS_JOB_DOWNLOADING, error);
  else
    cs_job_runner_fail (self, error, NULL);
}

static void
download_failed (CsJobRunner *self, const GError *error)
{
  if (g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND))
    result_is_gone (self, error);
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_DAMAGED) && is_only_copy (self))
    cs_job_step_return (self, CS_JOB_DOWNLOADING, error); /* looked at once more: the fault may have been ours */
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_DAMAGED))
    {
      char **paths = g_new0 (char *, 2);

      paths[0] = g_strdup (get_work_path (self));
      cs_job_step_discard (self, paths, error);
    }
  else if (is_final (error))
    cs_job_runner_fail (self, error, NULL);
  else
    cs_job_runner_wait_after (self, CS_JOB_DOWNLOADING, error, cs_job_runner_get_delay (self));
}

static void
hash_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  WorkFile *file = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  CsAttempt *attempt;

  if (self->is_stopped)
    return;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      download_failed (self, error);
      return;
    }
  attempt = cs_job_runner_dup_attempt (self);
  cs_set_string (&attempt->sha256, file->sha256);
  cs_set_string (&attempt->mime_type, self->info != NULL ? self->info->mime_type : MARKDOWN_TYPE);
  attempt->size = file->size;
  cs_job_facts_set_error (self->next, NULL);
  cs_job_runner_commit (self, CS_JOB_FINISHING, attempt);
}

static void
hash_work_file (CsJobRunner *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, hash_cb, g_object_ref (self));
  WorkFile *file = g_new0 (WorkFile, 1);

  file->path = g_strdup (get_work_path (self));
  file->is_deck = self->next->kind == CS_KIND_DECK;
  g_task_set_source_tag (task, hash_work_file);
  g_task_set_task_data (task, file, (GDestroyNotify) work_file_free);
  g_task_run_in_thread (task, hash_thread);
}

static gboolean
is_expected_type (CsKind kind, const char *mime_type)
{
  return g_str_has_prefix (mime_type, kind == CS_KIND_VIDEO ? "video/" : "image/");
}

static void
check_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMediaInfo) info = cs_media_probe_finish (result, &error);

  if (self->is_stopped)
    return;
  if (info != NULL && !is_expected_type (self->next->kind, info->mime_type))
    error = g_error_new (CS_ERROR, CS_ERROR_BAD_RESPONSE, _ ("%s sent a file of another kind (%s)."),
                         cs_job_facts_get_attempt (self->next)->provider, info->mime_type);
  if (error != NULL)
    {
      download_failed (self, error);
      return;
    }
  g_clear_pointer (&self->info, cs_media_info_free);
  self->info = g_steal_pointer (&info);
  hash_work_file (self);
}

static void
look_at_file (CsJobRunner *self)
{
  g_autofree char *thumbnail = cs_job_files_make_path (cs_job_facts_get_attempt (self->next), ".png");

  cs_media_probe_async (get_work_path (self), thumbnail, self->cancellable, check_cb, g_object_ref (self));
}

static void
fetch_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_here = cs_provider_fetch_finish (CS_PROVIDER (source), result, &error);

  if (self->is_stopped)
    return;
  cs_job_runner_inside (self);
  if (!is_here)
    download_failed (self, error);
  else if (self->next->kind == CS_KIND_DECK)
    hash_work_file (self);
  else
    look_at_file (self);
}

/** cs_job_step_download: DOWNLOADING: the bytes are brought here, looked at in the helper, and counted. */
void
cs_job_step_download (CsJobRunner *self)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  CsProvider *provider = cs_job_runner_get_provider (self);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->info, cs_media_info_free);
  if (provider == NULL || attempt->output == NULL)
    {
      error = g_error_new (CS_ERROR, CS_ERROR_BAD_RESPONSE, _ ("The provider did not say where the result is."));
      cs_job_runner_fail (self, error, NULL);
      return;
    }
  cs_provider_fetch_async (provider, attempt->request, attempt->output, attempt->request->work_file, NULL, NULL,
                           self->cancellable, fetch_cb, g_object_ref (self));
}
