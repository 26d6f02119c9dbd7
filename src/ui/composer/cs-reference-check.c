/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures to begin from, before anybody relies on them. Main thread; files and pixels are looked at on others. */
#include "config.h"
#include "ui/composer/cs-reference-check.h"

#define MAX_SIDE 16384 /* pixels of a picture that is in no file: what the engine takes */

/* Files */

static void
probe_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GFile *file = g_task_get_source_object (task);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);
  GError *error = NULL;
  g_autoptr (CsMediaInfo) info = cs_media_probe_finish (result, &error);

  if (info == NULL)
    g_task_return_error (task, error);
  else if (info->duration > 0)
    g_task_return_new_error (task, CS_ERROR, CS_ERROR_INVALID_VALUE,
                             /* translators: the name of a file */
                             _ ("“%s” is a video. Choose a PNG or JPEG picture."), shown);
  else if (!g_str_equal (info->mime_type, "image/png") && !g_str_equal (info->mime_type, "image/jpeg"))
    g_task_return_new_error (task, CS_ERROR, CS_ERROR_INVALID_VALUE,
                             /* translators: the name of a file */
                             _ ("“%s” is no PNG or JPEG picture. Providers take only those."), shown);
  else
    g_task_return_pointer (task, g_file_get_path (file), g_free);
}

/* A folder is told apart from a damaged file; all else is the helper's to say. */
static void
info_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  g_autofree char *path = g_file_get_path (G_FILE (source));

  if (g_task_return_error_if_cancelled (task))
    return;
  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    g_task_return_new_error (task, CS_ERROR, CS_ERROR_INVALID_VALUE, _ ("This is a folder. Choose one picture in it."));
  else
    cs_media_probe_async (path, NULL, g_task_get_cancellable (task), probe_cb, g_object_ref (task));
}

/** cs_reference_check_async: @file: anything that was dropped, pasted or chosen. */
void
cs_reference_check_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (file, cancellable, callback, user_data);
  const char *path = g_file_peek_path (file);

  g_task_set_source_tag (task, cs_reference_check_async);
  if (path == NULL)
    g_task_return_new_error (task, CS_ERROR, CS_ERROR_INVALID_VALUE,
                             _ ("This file is not on this computer. Copy it here first."));
  else
    g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, cancellable, info_cb,
                             g_object_ref (task));
}

/** cs_reference_check_finish: Returns: (transfer full): the path of a picture that can be used; NULL with a sentence. */
char *
cs_reference_check_finish (GFile *file, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Pictures that are in no file */

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *path = cs_job_image_keep_finish (result, &error);

  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, error);
}

static void
encode_func (GTask *encoding, gpointer source, gpointer texture, GCancellable *cancellable)
{
  g_task_return_pointer (encoding, gdk_texture_save_to_png_bytes (texture), (GDestroyNotify) g_bytes_unref);
}

static void
encoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsEngine *engine = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), &error);

  if (bytes != NULL)
    cs_job_image_keep_async (cs_engine_get_store (engine), cs_engine_get_paths (engine), bytes, g_task_get_cancellable (task), kept_cb,
                             g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/** cs_reference_keep_async: The same picture twice is one file. */
void
cs_reference_keep_async (CsEngine *engine, GdkTexture *texture, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (engine, cancellable, callback, user_data);
  g_autoptr (GTask) encoding = NULL;

  g_task_set_source_tag (task, cs_reference_keep_async);
  if (gdk_texture_get_width (texture) > MAX_SIDE || gdk_texture_get_height (texture) > MAX_SIDE)
    {
      g_task_return_new_error (task, CS_ERROR, CS_ERROR_TOO_LARGE, _ ("This picture is too large. Make it smaller and try again."));
      return;
    }
  encoding = g_task_new (NULL, cancellable, encoded_cb, g_object_ref (task));
  g_task_set_task_data (encoding, g_object_ref (texture), g_object_unref);
  g_task_run_in_thread (encoding, encode_func);
}

/** cs_reference_keep_finish: Returns: (transfer full): the path of the file; NULL with a sentence. */
char *
cs_reference_keep_finish (CsEngine *engine, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, engine), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
