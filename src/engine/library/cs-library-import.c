/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The user's own pictures and videos: copied into the library, looked at by the bounded helper like a
 * download, never trusted for what their names say.
 */
#include "config.h"
#include "library/cs-library.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-id.h"
#include "core/cs-task.h"
#include "core/cs-text.h"
#include "core/cs-words.h"
#include "library/cs-creation-store.h"
#include "library/cs-library-private.h"
#include "media/cs-media-info.h"
#include "media/cs-provenance.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_SIZE (G_GINT64_CONSTANT (4) << 30) /* bytes */
#define MAX_TITLE_LENGTH 80                    /* characters */
#define HEAD_LENGTH 4096                       /* bytes that tell a type */
#define ASPECT_TOLERANCE 0.03

/* One import; belongs to its task. */
typedef struct
{
  /* input */
  CsPaths *paths;
  char *source;

  /* state: files that go away again unless the import succeeds */
  char *draft;
  char *master; /* (nullable) */
  char *thumbnail;

  /* output */
  CsCreationFacts *facts; /* (nullable) when handed over */
} Import;

static void probe (GTask *task);
static void insert (GTask *task);

static Import *
import_new (CsPaths *paths, const char *source)
{
  Import *import = g_new0 (Import, 1);
  g_autofree char *draft_name = NULL;
  g_autofree char *thumbnail_name = NULL;

  import->paths = cs_paths_ref (paths);
  import->source = g_canonicalize_filename (source, NULL);
  import->facts = cs_creation_facts_new ();
  import->facts->id = cs_id_new ();
  draft_name = g_strconcat ("import-", import->facts->id, NULL);
  thumbnail_name = g_strconcat (import->facts->id, ".png", NULL);
  import->draft = g_build_filename (cs_paths_get_work (paths), draft_name, NULL);
  import->thumbnail = g_build_filename (cs_paths_get_thumbnails (paths), thumbnail_name, NULL);
  return import;
}

static void
import_free (gpointer data)
{
  Import *import = data;

  cs_paths_unref (import->paths);
  g_free (import->source);
  g_free (import->draft);
  g_free (import->master);
  g_free (import->thumbnail);
  cs_creation_facts_free (import->facts);
  g_free (import);
}

static gboolean
set_unknown (Import *import, GError **error)
{
  g_autofree char *name = g_filename_display_basename (import->source);

  cs_set_error (
      error, CS_ERROR_INVALID_VALUE,
      _ ("“%s” is not a picture or video for the library. Choose a PNG, JPEG, WebP, MP4 or WebM file."),
      name);
  return FALSE;
}

static gboolean
set_errno (Import *import, int code, GError **error)
{
  g_autofree char *name = g_filename_display_basename (import->source);

  g_propagate_error (
      error, cs_error_from_io (
                 g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code)), name));
  return FALSE;
}

/* Looks at the first bytes: is it worth copying? */
static gboolean
check_head (Import *import, GError **error)
{
  guint8 head[HEAD_LENGTH];
  GStatBuf info;
  gssize length;
  int fd = g_open (import->source, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);

  if (fd < 0)
    return set_errno (import, errno, error);
  length = fstat (fd, &info) == 0 && S_ISREG (info.st_mode) ? read (fd, head, sizeof head) : 0;
  close (fd);
  if (length <= 0 || cs_media_type_sniff (head, length) == NULL)
    return set_unknown (import, error);
  if (info.st_size <= MAX_SIZE)
    return TRUE;
  cs_set_error (error, CS_ERROR_TOO_LARGE, _ ("The file is too large for the library: at most 4 GiB."));
  return FALSE;
}

static void
copy_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Import *import = data;
  GError *error = NULL;

  if (check_head (import, &error) && cs_file_copy (import->source, import->draft, FALSE, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static const char *
find_aspect (int width, int height)
{
  static const struct
  {
    CsAspect aspect;
    double ratio;
  } aspects[] = { { CS_ASPECT_16_9, 16.0 / 9 },
                  { CS_ASPECT_9_16, 9.0 / 16 },
                  { CS_ASPECT_1_1, 1 },
                  { CS_ASPECT_4_3, 4.0 / 3 } };

  for (guint i = 0; height > 0 && i < G_N_ELEMENTS (aspects); i++)
    if (fabs ((double) width / height / aspects[i].ratio - 1) < ASPECT_TOLERANCE)
      return cs_aspect_to_string (aspects[i].aspect);
  return NULL;
}

static char *
make_title (const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  char *point = strrchr (name, '.');

  if (point != NULL && point > name)
    *point = '\0';
  return cs_text_make_title (name, MAX_TITLE_LENGTH);
}

/* A file that says itself how it was made is believed; no other is called made by a model. */
static CsDigitalSource
find_source (const char *path)
{
  g_autofree char *term = cs_provenance_read_source (path, NULL);

  if (g_strcmp0 (term, "trainedAlgorithmicMedia") == 0)
    return CS_SOURCE_TRAINED_ALGORITHMIC_MEDIA;
  if (g_strcmp0 (term, "compositeWithTrainedAlgorithmicMedia") == 0)
    return CS_SOURCE_COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA;
  return CS_SOURCE_DIGITAL_CREATION;
}

static void
set_facts (Import *import, const CsMediaInfo *info)
{
  CsCreationFacts *facts = import->facts;

  facts->kind = g_str_has_prefix (info->mime_type, "video/") ? CS_KIND_VIDEO : CS_KIND_IMAGE;
  facts->title = make_title (import->source);
  facts->prompt = g_strdup ("");
  facts->original_prompt = g_strdup ("");
  facts->notes = g_strdup ("");
  facts->provider = g_strdup (CS_LIBRARY_IMPORT_PROVIDER);
  facts->model = g_strdup ("");
  facts->aspect_ratio = g_strdup (find_aspect (info->width, info->height));
  facts->duration = info->duration;
  facts->width = info->width;
  facts->height = info->height;
  facts->has_sound = info->has_sound;
  facts->mime_type = g_strdup (info->mime_type);
  facts->file = g_strdup_printf ("%s.%s", facts->id, cs_media_type_extension (info->mime_type));
  facts->thumbnail = g_path_get_basename (import->thumbnail);
  facts->created_at = cs_clock_now ();
}

static gboolean
place (Import *import, GCancellable *cancellable, GError **error)
{
  CsCreationFacts *facts = import->facts;
  g_autofree char *master = g_build_filename (cs_paths_get_creations (import->paths), facts->file, NULL);

  facts->sha256 = cs_file_hash (import->draft, &facts->size, cancellable, error);
  if (facts->sha256 == NULL)
    return FALSE;
  facts->source = find_source (import->draft);
  if (!cs_file_move (import->draft, master, error))
    return FALSE;
  import->master = g_steal_pointer (&master);
  return TRUE;
}

static void
place_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (place (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gpointer
insert_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Import *import = data;

  if (!cs_creation_store_insert (database, import->facts, error))
    return NULL;
  return cs_creation_store_load (database, import->facts->id, error);
}

/* Takes the files of a failed import away. */
static void
clean_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Import *import = data;

  g_unlink (import->draft);
  g_unlink (import->thumbnail);
  if (import->master != NULL)
    g_unlink (import->master);
  g_task_return_boolean (task, TRUE);
}

/* A part of the import in a thread of its own; @callback gets a reference to @task. */
static void
run_in_thread (GTask *task, GTaskThreadFunc func, GCancellable *cancellable, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) part = g_task_new (NULL, cancellable, callback, g_object_ref (task));

  g_task_set_task_data (part, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (part, func);
}

/* A failed import whose files are being taken away. */
typedef struct
{
  GTask *task;
  GError *error;
} Failure;

static void
cleaned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Failure *failure = user_data;

  g_task_propagate_boolean (G_TASK (result), NULL);
  g_task_return_error (failure->task, failure->error);
  g_object_unref (failure->task);
  g_free (failure);
}

/* Takes @error. */
static void
fail (GTask *task, GError *error)
{
  Failure *failure = g_new (Failure, 1);
  g_autoptr (GTask) part = g_task_new (NULL, NULL, cleaned_cb, failure);

  failure->task = g_object_ref (task);
  failure->error = error;
  g_task_set_task_data (part, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (part, clean_thread);
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    probe (task);
  else
    fail (task, error);
}

static void
placed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    insert (task);
  else
    fail (task, error);
}

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (CsMediaInfo) info = NULL;
  GError *error = NULL;

  info = cs_media_probe_finish (result, &error);
  if (info == NULL)
    {
      fail (task, error);
      return;
    }
  set_facts (g_task_get_task_data (task), info);
  run_in_thread (task, place_thread, g_task_get_cancellable (task), placed_cb);
}

static void
probe (GTask *task)
{
  Import *import = g_task_get_task_data (task);

  cs_media_probe_async (import->draft, import->thumbnail, g_task_get_cancellable (task), probed_cb,
                        g_object_ref (task));
}

static void
inserted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  CsCreation *creation;
  GError *error = NULL;

  creation = cs_store_run_finish (CS_STORE (source), result, &error);
  if (creation == NULL)
    {
      fail (task, error);
      return;
    }
  cs_library_notify (g_task_get_source_object (task), cs_creation_get_id (creation));
  g_task_return_pointer (task, creation, g_object_unref);
}

static void
insert (GTask *task)
{
  CsStore *store = cs_library_get_store (g_task_get_source_object (task));

  cs_store_run_async (store, CS_STORE_WRITE, insert_func, g_task_get_task_data (task), NULL, g_object_unref,
                      g_task_get_cancellable (task), inserted_cb, g_object_ref (task));
}

/**
 * cs_library_import_async:
 * @path: a picture or video of the user's; it is copied, byte for byte
 *
 * Makes a creation of the provider “import”, without model, prompt and price, called after the file. Its
 * source is what the file says about itself, else CS_SOURCE_DIGITAL_CREATION. Fails with CS_ERROR_NOT_FOUND,
 * CS_ERROR_INVALID_VALUE (no type that the library has), CS_ERROR_TOO_LARGE, CS_ERROR_DAMAGED or
 * CS_ERROR_DISK_FULL, and leaves nothing then.
 */
void
cs_library_import_async (CsLibrary *self,
                         const char *path,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (path != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_library_import_async);
  g_task_set_task_data (task, import_new (cs_library_get_paths (self), path), import_free);
  g_task_set_check_cancellable (task, FALSE);
  run_in_thread (task, copy_thread, cancellable, copied_cb);
}

/**
 * cs_library_import_finish:
 *
 * Returns: (transfer full): the new creation.
 */
CS_DEFINE_FINISH_POINTER (CsCreation, CsLibrary, cs_library_import_async, cs_library_import_finish)
