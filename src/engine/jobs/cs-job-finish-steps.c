/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last step of a job: file, thumbnail and row find their places. Names are decided by the job alone, so that a second
 * run does the same as one that was killed.
 */
#include "config.h"
#include "jobs/cs-job-runner-private.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-text.h"
#include "core/cs-words.h"
#include "jobs/cs-deck-maker.h"
#include "jobs/cs-job-files.h"
#include "media/cs-provenance-head.h"

#include <glib/gstdio.h>

#define DECK_TYPE "text/html"
#define DECK_EXTENSION "html"
#define MARKDOWN_EXTENSION "md"

/* What the moving thread needs and finds. */
typedef struct
{
  char *work_path;
  char *work_thumbnail;
  char *work_html;      /* where a deck is written first */
  char *file_path;
  char *thumbnail_path;
  char *markdown_path;  /* (nullable) decks: where the source goes */
  GBytes *html;         /* (nullable) decks: what the file is */
  char *sha256;         /* expected of the work file; of the deck, once it is written */
  goffset size;
  gboolean is_known;    /* this process has read the file to its end a moment ago */
  gboolean has_thumbnail;
} Move;

static void
move_free (Move *move)
{
  g_free (move->work_path);
  g_free (move->work_thumbnail);
  g_free (move->work_html);
  g_free (move->file_path);
  g_free (move->thumbnail_path);
  g_free (move->markdown_path);
  g_clear_pointer (&move->html, g_bytes_unref);
  g_free (move->sha256);
  g_free (move);
}

static char *
make_library_name (CsJobRunner *self, const char *extension)
{
  return cs_job_files_make_name (self->next->id, self->next->brief->prompt, extension);
}

static char *
make_creation_path (CsJobRunner *self, const char *name)
{
  return g_build_filename (cs_paths_get_creations (self->context->paths), name, NULL);
}

static char *
make_media_path (CsJobRunner *self)
{
  const char *type = cs_job_facts_get_attempt (self->next)->mime_type;
  g_autofree char *name = make_library_name (self, cs_media_type_extension (type));

  return make_creation_path (self, name);
}

/* Written in the work folder first: whatever a power cut leaves there is known by its name and swept. */
static gboolean
move_deck (Move *move, GError **error)
{
  gsize length;
  const char *html = g_bytes_get_data (move->html, &length);
  GError *failure = NULL;

  if (!g_file_set_contents_full (move->work_html, html, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &failure))
    {
      g_autofree char *name = g_path_get_basename (move->file_path);

      g_propagate_error (error, cs_error_from_io (failure, name));
      return FALSE;
    }
  if (!cs_job_files_place (move->work_html, move->file_path, error)
      || !cs_job_files_place (move->work_path, move->markdown_path, error))
    return FALSE;
  g_free (move->sha256);
  move->sha256 = cs_file_hash (move->file_path, &move->size, NULL, error);
  return move->sha256 != NULL;
}

/* A file that this process did not read itself must be the one that was downloaded. */
static gboolean
move_media (Move *move, GError **error)
{
  g_autofree char *hash = NULL;

  if (!cs_job_files_place (move->work_path, move->file_path, error))
    return FALSE;
  if (move->is_known)
    return TRUE;
  hash = cs_file_hash (move->file_path, &move->size, NULL, error);
  if (hash == NULL)
    return FALSE;
  if (!g_str_equal (hash, move->sha256))
    {
      g_unlink (move->file_path);
      cs_set_error (error, CS_ERROR_NOT_FOUND, _ ("The downloaded file was changed on the disk."));
      return FALSE;
    }
  return TRUE;
}

static void
move_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Move *move = task_data;
  GError *error = NULL;

  if (!(move->html != NULL ? move_deck (move, &error) : move_media (move, &error)))
    {
      g_task_return_error (task, error);
      return;
    }
  move->has_thumbnail = cs_job_files_place (move->work_thumbnail, move->thumbnail_path, NULL);
  g_task_return_boolean (task, TRUE);
}

/* Neither here nor there is a file of any use: away with it, and fetched anew. */
static void
discard_media (CsJobRunner *self, const GError *error)
{
  char **paths = g_new0 (char *, 3);

  paths[0] = g_strdup (cs_job_facts_get_attempt (self->next)->request->work_file);
  paths[1] = make_media_path (self);
  cs_job_step_discard (self, paths, error);
}

/* A file that the helper calls damaged now, and what was written down when it was good. */
typedef struct
{
  char **paths; /* the first that is there is it */
  char *sha256;
  GError *error;
} Doubt;

static void
doubt_free (Doubt *doubt)
{
  g_strfreev (doubt->paths);
  g_free (doubt->sha256);
  g_error_free (doubt->error);
  g_free (doubt);
}

static void
compare_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Doubt *doubt = task_data;
  g_autofree char *hash = NULL;
  goffset size;

  for (guint i = 0; hash == NULL && doubt->paths[i] != NULL; i++)
    hash = cs_file_hash (doubt->paths[i], &size, cancellable, NULL);
  g_task_return_boolean (task, g_strcmp0 (hash, doubt->sha256) == 0);
}

static void
compare_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  Doubt *doubt = g_task_get_task_data (G_TASK (result));

  if (self->is_stopped)
    return;
  if (g_task_propagate_boolean (G_TASK (result), NULL))
    cs_job_runner_wait_after (self, CS_JOB_FINISHING, doubt->error, cs_job_runner_get_delay (self));
  else
    discard_media (self, doubt->error);
}

/* The file was good when it came. If it still is, to the byte, then it is the helper that fails (too little time, too
 * little memory): the file is paid for, may be nowhere else any more, and stays. */
static void
doubt_media (CsJobRunner *self, const GError *error)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, compare_cb, g_object_ref (self));
  Doubt *doubt = g_new0 (Doubt, 1);

  doubt->paths = g_new0 (char *, 3);
  doubt->paths[0] = g_strdup (cs_job_facts_get_attempt (self->next)->request->work_file);
  doubt->paths[1] = make_media_path (self);
  doubt->sha256 = g_strdup (cs_job_facts_get_attempt (self->next)->sha256);
  doubt->error = g_error_copy (error);
  g_task_set_source_tag (task, doubt_media);
  g_task_set_task_data (task, doubt, (GDestroyNotify) doubt_free);
  g_task_run_in_thread (task, compare_thread);
}

static void
finish_failed (CsJobRunner *self, const GError *error)
{
  g_clear_pointer (&self->creation, cs_creation_facts_free);
  if (g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND))
    cs_job_step_return (self, CS_JOB_DOWNLOADING, error);
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_DAMAGED) && self->next->kind != CS_KIND_DECK)
    doubt_media (self, error);
  else
    cs_job_runner_wait_after (self, CS_JOB_FINISHING, error, cs_job_runner_get_delay (self));
}

static void
move_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  Move *move = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (self->is_stopped)
    return;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      finish_failed (self, error);
      return;
    }
  cs_job_runner_inside (self);
  cs_set_string (&self->creation->sha256, move->sha256);
  self->creation->size = move->size;
  if (!move->has_thumbnail)
    g_clear_pointer (&self->creation->thumbnail, g_free);
  cs_job_facts_set_error (self->next, NULL);
  self->next->progress = 1;
  cs_job_runner_commit (self, CS_JOB_DONE, NULL);
}

/* Takes @html (nullable, transfer full): the deck. */
static void
move_into_place (CsJobRunner *self, GBytes *html, gboolean is_known)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, move_cb, g_object_ref (self));
  Move *move = g_new0 (Move, 1);

  move->work_path = g_strdup (attempt->request->work_file);
  move->work_thumbnail = cs_job_files_make_path (attempt, ".png");
  move->work_html = cs_job_files_make_path (attempt, "." DECK_EXTENSION);
  move->file_path = make_creation_path (self, self->creation->file);
  move->thumbnail_path = g_build_filename (cs_paths_get_thumbnails (self->context->paths), self->creation->thumbnail, NULL);
  if (self->creation->markdown_file != NULL)
    move->markdown_path = make_creation_path (self, self->creation->markdown_file);
  move->html = html;
  move->sha256 = g_strdup (attempt->sha256);
  move->size = attempt->size;
  move->is_known = is_known;
  g_task_set_source_tag (task, move_into_place);
  g_task_set_task_data (task, move, (GDestroyNotify) move_free);
  g_task_run_in_thread (task, move_thread);
}

static CsDigitalSource
get_source (CsJobRunner *self)
{
  CsProvider *provider = cs_job_runner_get_provider (self);

  if (provider != NULL && cs_provider_is_local (provider) && !CS_IS_TEXT_PROVIDER (provider))
    return CS_SOURCE_DIGITAL_CREATION;
  return self->next->brief->image != NULL ? CS_SOURCE_COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA
                                          : CS_SOURCE_TRAINED_ALGORITHMIC_MEDIA;
}

/* What is known without looking at the file. */
static CsCreationFacts *
describe_creation (CsJobRunner *self, const char *mime_type, const char *extension)
{
  const CsJobFacts *job = self->next;
  const CsAttempt *attempt = cs_job_facts_get_attempt (job);
  CsCreationFacts *facts = cs_creation_facts_new ();

  facts->id = g_strdup (job->id);
  facts->job_id = g_strdup (job->id);
  facts->kind = job->kind;
  facts->title = g_strdup (job->title);
  facts->prompt = g_strdup (attempt->request->prompt);
  facts->original_prompt = g_strdup (job->brief->prompt);
  facts->negative_prompt = g_strdup (attempt->request->negative_prompt);
  facts->notes = g_strdup ("");
  facts->provider = g_strdup (attempt->provider);
  facts->model = g_strdup (attempt->model);
  facts->file = make_library_name (self, extension);
  facts->thumbnail = cs_job_files_make_name (job->id, NULL, "png");
  facts->mime_type = g_strdup (mime_type);
  facts->cost = job->cost;
  facts->source = get_source (self);
  facts->created_at = job->created_at;
  return facts;
}

static void
describe_media (CsCreationFacts *facts, const CsRequest *request, const CsMediaInfo *info)
{
  facts->style = g_strdup (cs_style_to_string (request->style));
  facts->aspect_ratio = g_strdup (cs_aspect_to_string (request->aspect));
  facts->seed = request->seed;
  facts->has_seed = TRUE;
  facts->width = info->width;
  facts->height = info->height;
  facts->duration = info->duration;
  facts->has_sound = info->has_sound;
}

/* Media */

static void
place_media (CsJobRunner *self, gboolean is_known)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  g_autoptr (CsMediaInfo) info = g_steal_pointer (&self->info);

  g_clear_pointer (&self->creation, cs_creation_facts_free);
  self->creation = describe_creation (self, attempt->mime_type, cs_media_type_extension (attempt->mime_type));
  describe_media (self->creation, attempt->request, info);
  move_into_place (self, NULL, is_known);
}

static void
probe_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMediaInfo) info = cs_media_probe_finish (result, &error);

  if (self->is_stopped)
    return;
  if (info == NULL)
    {
      finish_failed (self, error);
      return;
    }
  self->info = g_steal_pointer (&info);
  place_media (self, FALSE);
}

/* In the second place it is when an earlier run was killed between the move and the row. */
static void
find_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const char *const *paths = task_data;

  for (guint i = 0; paths[i] != NULL; i++)
    if (g_file_test (paths[i], G_FILE_TEST_IS_REGULAR))
      {
        g_task_return_pointer (task, g_strdup (paths[i]), g_free);
        return;
      }
  g_task_return_new_error (task, CS_ERROR, CS_ERROR_NOT_FOUND, _ ("The downloaded file is gone."));
}

static void
find_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *thumbnail = NULL;

  if (self->is_stopped)
    return;
  if (path == NULL)
    {
      finish_failed (self, error);
      return;
    }
  thumbnail = cs_job_files_make_path (cs_job_facts_get_attempt (self->next), ".png");
  cs_media_probe_async (path, thumbnail, self->cancellable, probe_cb, g_object_ref (self));
}

static void
finish_media (CsJobRunner *self)
{
  g_autoptr (GTask) task = NULL;
  char **paths;

  if (self->info != NULL)
    {
      place_media (self, TRUE);
      return;
    }
  task = g_task_new (NULL, self->cancellable, find_cb, g_object_ref (self));
  paths = g_new0 (char *, 3);
  paths[0] = g_strdup (cs_job_facts_get_attempt (self->next)->request->work_file);
  paths[1] = make_media_path (self);
  g_task_set_source_tag (task, finish_media);
  g_task_set_task_data (task, paths, (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (task, find_thread);
}

/* Decks */

static void
deck_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDeckExport) deck = cs_deck_maker_export_finish (result, &error);
  const CsRequest *request;

  if (self->is_stopped)
    return;
  if (deck == NULL)
    {
      finish_failed (self, error);
      return;
    }
  request = cs_job_facts_get_attempt (self->next)->request;
  g_clear_pointer (&self->creation, cs_creation_facts_free);
  self->creation = describe_creation (self, DECK_TYPE, DECK_EXTENSION);
  self->creation->theme = g_strdup (cs_theme_to_string (request->theme));
  self->creation->language = g_strdup (cs_language_to_string (request->language));
  self->creation->num_slides = deck->n_slides;
  self->creation->markdown_file = make_library_name (self, MARKDOWN_EXTENSION);
  move_into_place (self, g_bytes_new (deck->html, deck->length), FALSE);
}

static void
export_deck (CsJobRunner *self, GBytes *markdown)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  const CsRequest *request = attempt->request;
  CsProvider *provider = cs_job_runner_get_provider (self);
  CsProvenance provenance = {
    .source = get_source (self), .creation_id = self->next->id, .title = self->next->title,
    .prompt = request->prompt, .original_prompt = request->original_prompt,
    .system = provider != NULL ? cs_provider_get_name (provider) : attempt->provider, .provider = attempt->provider,
    .model = attempt->model, .language = cs_language_to_string (request->language),
    .created_at = self->next->created_at,
  };
  g_autofree char *stamp = cs_provenance_to_html (&provenance);
  CsDeckOptions options = { .title = self->next->title, .theme = request->theme, .language = request->language, .stamp = stamp };

  cs_deck_maker_export_async (self->context->store, self->context->paths, markdown, &options, self->cancellable, deck_cb,
                              g_object_ref (self));
}

static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const char *const *paths = task_data;
  GError *error = NULL;
  gsize length;
  char *text = NULL;

  /* The second place is where an earlier run has put it. */
  for (guint i = 0; text == NULL && paths[i] != NULL; i++)
    {
      g_clear_error (&error);
      text = cs_file_read (paths[i], CS_DECK_MAX_MARKDOWN, &length, &error);
    }
  if (text == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_bytes_new_take (text, length), (GDestroyNotify) g_bytes_unref);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->is_stopped)
    return;
  if (bytes == NULL)
    {
      finish_failed (self, error);
      return;
    }
  export_deck (self, bytes);
}

static void
finish_deck (CsJobRunner *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, read_cb, g_object_ref (self));
  g_autofree char *name = make_library_name (self, MARKDOWN_EXTENSION);
  char **paths = g_new0 (char *, 3);

  paths[0] = g_strdup (cs_job_facts_get_attempt (self->next)->request->work_file);
  paths[1] = make_creation_path (self, name);
  g_task_set_source_tag (task, finish_deck);
  g_task_set_task_data (task, paths, (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (task, read_thread);
}

/** cs_job_step_finish: FINISHING: file, thumbnail and row find their places; then the job is done. */
void
cs_job_step_finish (CsJobRunner *self)
{
  cs_job_runner_inside (self);
  if (self->next->kind == CS_KIND_DECK)
    finish_deck (self);
  else
    finish_media (self);
}
