/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last steps of a job: bring the result here and trust it only after it was looked at; then put file, thumbnail and
 * row in their places. Both can be killed anywhere and begun again.
 */
#include "config.h"
#include "jobs/cs-job-runner-private.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-text.h"
#include "jobs/cs-deck-maker.h"
#include "media/cs-media-info.h"
#include "media/cs-provenance-head.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define RETRY_DELAY (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)
#define MARKDOWN_TYPE "text/markdown"

/* DOWNLOADING */

/* What is known of a file in the work folder once it was read to its end. */
typedef struct
{
  char *path;
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

static void
hash_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WorkFile *file = task_data;
  GError *error = NULL;

  file->sha256 = cs_file_hash (file->path, &file->size, cancellable, &error);
  if (file->sha256 == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static const char *
get_work_path (CsJobRunner *self)
{
  return cs_job_facts_get_attempt (self->next)->request->work_file;
}

/* "…/ID-1.part" with another ending, for what is made beside the file. */
static char *
make_work_path (CsJobRunner *self, const char *ending)
{
  const char *path = get_work_path (self);

  return g_strdup_printf ("%.*s%s", (int) (strlen (path) - strlen (".part")), path, ending);
}

static void
download_failed (CsJobRunner *self, const GError *error)
{
  if (self->is_stopped)
    return;
  if (g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND))
    cs_job_runner_commit (self, CS_JOB_RENDERING, NULL); /* the link expired, or the file is gone: ask again */
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_DAMAGED) || g_error_matches (error, CS_ERROR, CS_ERROR_BAD_RESPONSE)
           || g_error_matches (error, CS_ERROR, CS_ERROR_TOO_LARGE))
    cs_job_runner_fail (self, error, NULL);
  else
    {
      cs_job_facts_set_error (self->next, error);
      cs_job_runner_wait (self, CS_JOB_DOWNLOADING,
                          g_error_matches (error, CS_ERROR, CS_ERROR_DISK_FULL) ? CS_WAITING_DISK_FULL : CS_WAITING_OFFLINE,
                          RETRY_DELAY, NULL);
    }
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
  attempt = cs_attempt_copy (cs_job_facts_get_attempt (self->next));
  cs_set_string (&attempt->sha256, file->sha256);
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
fetch_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autofree char *thumbnail = NULL;
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
    {
      thumbnail = make_work_path (self, ".png");
      cs_media_probe_async (get_work_path (self), thumbnail, self->cancellable, check_cb, g_object_ref (self));
    }
}

/** cs_job_step_download: DOWNLOADING: the bytes are brought here, looked at in the helper, and counted. */
void
cs_job_step_download (CsJobRunner *self)
{
  CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  CsProvider *provider = cs_job_runner_get_provider (self);
  g_autoptr (GError) error = NULL;

  if (provider == NULL || attempt->output == NULL)
    {
      error = g_error_new (CS_ERROR, CS_ERROR_BAD_RESPONSE, _ ("The provider did not say where the result is."));
      cs_job_runner_fail (self, error, NULL);
      return;
    }
  if (cs_provider_is_local (provider) && !g_file_test (attempt->output, G_FILE_TEST_EXISTS))
    {
      cs_job_runner_commit (self, CS_JOB_RENDERING, NULL); /* drawn here, and gone: draw it again */
      return;
    }
  cs_provider_fetch_async (provider, attempt->request, attempt->output, attempt->request->work_file, NULL, NULL,
                           self->cancellable, fetch_cb, g_object_ref (self));
}

/* FINISHING */

/* What the moving thread needs and finds; its names are decided by the job alone, so that a second run does the same. */
typedef struct
{
  char *work_path;
  char *work_thumbnail;
  char *file_path;
  char *thumbnail_path;
  char *markdown_path;  /* (nullable) decks: where the source goes */
  GBytes *html;         /* (nullable) decks: what the file is */
  char *sha256;         /* expected of the work file */
  goffset size;
  gboolean has_thumbnail;
} Move;

static void
move_free (Move *move)
{
  g_free (move->work_path);
  g_free (move->work_thumbnail);
  g_free (move->file_path);
  g_free (move->thumbnail_path);
  g_free (move->markdown_path);
  g_clear_pointer (&move->html, g_bytes_unref);
  g_free (move->sha256);
  g_free (move);
}

/* Moves @from to @to; already there from an earlier run is as good. */
static gboolean
move_or_find (const char *from, const char *to, GError **error)
{
  if (g_file_test (from, G_FILE_TEST_EXISTS))
    return cs_file_move (from, to, error);
  if (g_file_test (to, G_FILE_TEST_EXISTS))
    return TRUE;
  cs_set_error (error, CS_ERROR_NOT_FOUND, _ ("The downloaded file is gone."));
  return FALSE;
}

static gboolean
move_deck (Move *move, GError **error)
{
  gsize length;
  const char *html = g_bytes_get_data (move->html, &length);

  return cs_file_write (move->file_path, html, length, TRUE, error)
         && move_or_find (move->work_path, move->markdown_path, error);
}

static gboolean
move_media (Move *move, GError **error)
{
  g_autofree char *hash = NULL;

  if (!move_or_find (move->work_path, move->file_path, error))
    return FALSE;
  hash = cs_file_hash (move->file_path, &move->size, NULL, error);
  if (hash == NULL)
    return FALSE;
  if (!g_str_equal (hash, move->sha256))
    {
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
  move->has_thumbnail = move_or_find (move->work_thumbnail, move->thumbnail_path, NULL);
  if (move->html != NULL)
    {
      g_free (move->sha256);
      move->sha256 = cs_file_hash (move->file_path, &move->size, NULL, &error);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
finish_failed (CsJobRunner *self, const GError *error)
{
  if (self->is_stopped)
    return;
  g_clear_pointer (&self->creation, cs_creation_facts_free);
  if (g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND) || g_error_matches (error, CS_ERROR, CS_ERROR_DAMAGED))
    {
      cs_job_runner_commit (self, CS_JOB_DOWNLOADING, NULL);
      return;
    }
  cs_job_facts_set_error (self->next, error);
  cs_job_runner_wait (self, CS_JOB_FINISHING,
                      g_error_matches (error, CS_ERROR, CS_ERROR_DISK_FULL) ? CS_WAITING_DISK_FULL : CS_WAITING_OFFLINE,
                      RETRY_DELAY, NULL);
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
move_into_place (CsJobRunner *self, GBytes *html)
{
  CsPaths *paths = self->context->paths;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, move_cb, g_object_ref (self));
  Move *move = g_new0 (Move, 1);

  move->work_path = g_strdup (get_work_path (self));
  move->work_thumbnail = make_work_path (self, ".png");
  move->file_path = g_build_filename (cs_paths_get_creations (paths), self->creation->file, NULL);
  move->thumbnail_path = g_build_filename (cs_paths_get_thumbnails (paths), self->creation->thumbnail, NULL);
  if (self->creation->markdown_file != NULL)
    move->markdown_path = g_build_filename (cs_paths_get_creations (paths), self->creation->markdown_file, NULL);
  move->html = html;
  move->sha256 = g_strdup (cs_job_facts_get_attempt (self->next)->sha256);
  g_task_set_source_tag (task, move_into_place);
  g_task_set_task_data (task, move, (GDestroyNotify) move_free);
  g_task_run_in_thread (task, move_thread);
}

static char *
make_library_name (CsJobRunner *self, const char *extension)
{
  g_autofree char *title = cs_text_make_title (self->next->brief->prompt, 48);
  g_autofree char *name = g_strdup_printf ("%s %s", self->next->id, title);

  return cs_text_make_file_name (name, extension);
}

static CsDigitalSource
get_source (CsJobRunner *self)
{
  CsProvider *provider = cs_job_runner_get_provider (self);

  if (provider != NULL && cs_provider_is_local (provider))
    return CS_SOURCE_DIGITAL_CREATION;
  return self->next->brief->image != NULL ? CS_SOURCE_COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA
                                          : CS_SOURCE_TRAINED_ALGORITHMIC_MEDIA;
}

/* What is known without looking at the file. */
static CsCreationFacts *
describe_creation (CsJobRunner *self, const char *mime_type)
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
  facts->file = make_library_name (self, job->kind == CS_KIND_DECK ? "html" : cs_media_type_extension (mime_type));
  facts->thumbnail = g_strdup_printf ("%s.png", job->id);
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

static void
place_media (CsJobRunner *self)
{
  g_autoptr (CsMediaInfo) info = g_steal_pointer (&self->info);

  g_clear_pointer (&self->creation, cs_creation_facts_free);
  self->creation = describe_creation (self, info->mime_type);
  describe_media (self->creation, cs_job_facts_get_attempt (self->next)->request, info);
  move_into_place (self, NULL);
}

static void
probe_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  CsMediaInfo *info = cs_media_probe_finish (result, &error);

  g_clear_pointer (&self->info, cs_media_info_free);
  self->info = info;
  if (self->is_stopped)
    return;
  if (info == NULL)
    finish_failed (self, error);
  else
    place_media (self);
}

/* The file of an earlier run that was killed between moving and writing the row, or NULL. */
static char *
find_moved_file (CsJobRunner *self)
{
  static const char *const types[] = { "video/mp4", "video/webm", "image/png", "image/jpeg", "image/webp" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *name = make_library_name (self, cs_media_type_extension (types[i]));
      g_autofree char *path = g_build_filename (cs_paths_get_creations (self->context->paths), name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static void
finish_media (CsJobRunner *self)
{
  g_autofree char *thumbnail = make_work_path (self, ".png");
  g_autofree char *moved = NULL;
  const char *path = get_work_path (self);

  if (self->info != NULL)
    {
      place_media (self);
      return;
    }
  if (!g_file_test (path, G_FILE_TEST_EXISTS) && (moved = find_moved_file (self)) != NULL)
    path = moved;
  cs_media_probe_async (path, thumbnail, self->cancellable, probe_cb, g_object_ref (self));
}

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
  self->creation = describe_creation (self, "text/html");
  self->creation->theme = g_strdup (cs_theme_to_string (request->theme));
  self->creation->language = g_strdup (cs_language_to_string (request->language));
  self->creation->num_slides = deck->n_slides;
  self->creation->markdown_file = make_library_name (self, "md");
  move_into_place (self, g_bytes_new (deck->html, deck->length));
}

static void
export_deck (CsJobRunner *self, const char *markdown, gsize length)
{
  const CsRequest *request = cs_job_facts_get_attempt (self->next)->request;
  g_autoptr (GBytes) bytes = g_bytes_new (markdown, length);
  CsProvenance provenance = {
    .source = get_source (self), .creation_id = self->next->id, .title = self->next->title,
    .prompt = request->prompt, .original_prompt = request->original_prompt,
    .system = cs_provider_get_name (cs_job_runner_get_provider (self)), .provider = self->next->provider,
    .model = self->next->model, .language = cs_language_to_string (request->language),
    .created_at = self->next->created_at,
  };
  g_autofree char *stamp = cs_provenance_to_html (&provenance);
  CsDeckOptions options = { .title = self->next->title, .theme = request->theme, .language = request->language, .stamp = stamp };

  cs_deck_maker_export_async (self->context->store, self->context->paths, bytes, &options, self->cancellable, deck_cb,
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
  gsize length;

  if (self->is_stopped)
    return;
  if (bytes == NULL)
    {
      finish_failed (self, error);
      return;
    }
  export_deck (self, g_bytes_get_data (bytes, &length), g_bytes_get_size (bytes));
}

static void
finish_deck (CsJobRunner *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, read_cb, g_object_ref (self));
  g_autofree char *name = make_library_name (self, "md");
  char **paths = g_new0 (char *, 3);

  paths[0] = g_strdup (get_work_path (self));
  paths[1] = g_build_filename (cs_paths_get_creations (self->context->paths), name, NULL);
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
