/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of a file that is here already: found, kept, finished, taken away. One operation at a time. */
#include "config.h"
#include "net/cs-download-part.h"

#include "core/cs-file.h"

#include <glib/gstdio.h>
#include <string.h>

#define BOOT_FILE "/proc/sys/kernel/random/boot_id"
#define MAX_NOTE 4096

/** cs_download_part_new: @target: the file that is to be. */
CsDownloadPart *
cs_download_part_new (const char *target)
{
  CsDownloadPart *self = g_new0 (CsDownloadPart, 1);
  const char *name = strrchr (target, '/');
  const char *dot;

  name = name != NULL ? name + 1 : target;
  dot = strrchr (name, '.');
  self->target = g_strdup (target);
  self->path = g_strdup_printf ("%.*s.download", (int) (dot != NULL && dot > name ? dot - target : (int) strlen (target)), target);
  self->note_path = g_strconcat (self->path, ".json", NULL);
  return self;
}

void
cs_download_part_free (CsDownloadPart *self)
{
  if (self == NULL)
    return;
  g_free (self->target);
  g_free (self->path);
  g_free (self->note_path);
  g_free (self->boot);
  g_clear_pointer (&self->note, cs_download_note_free);
  g_free (self);
}

/* The task's data is the part; it outlives the task, since who waits for it holds it. */
static void
run (CsDownloadPart *self, gpointer tag, GTaskThreadFunc func, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, func);
}

static CsDownloadNote *
read_note (CsDownloadPart *self)
{
  gsize length;
  g_autofree char *text = cs_file_read (self->note_path, MAX_NOTE, &length, NULL);

  return text != NULL ? cs_download_note_from_text (text, length) : NULL;
}

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  CsDownloadPart *self = task_data;
  CsDownloadNote *now = self->note; /* of today, with the address; replaced by what is found */
  GStatBuf info;

  if (self->boot == NULL)
    {
      self->boot = cs_file_read (BOOT_FILE, 100, NULL, NULL);
      self->boot = self->boot != NULL ? g_strstrip (self->boot) : g_strdup ("");
    }
  g_free (now->boot);
  now->boot = g_strdup (self->boot);
  self->note = read_note (self);
  self->offset = 0;
  if (g_lstat (self->path, &info) == 0 && S_ISREG (info.st_mode))
    self->offset = cs_download_note_get_offset (self->note, now, info.st_size);
  cs_download_note_free (now);
  g_task_return_boolean (task, TRUE);
}

/**
 * cs_download_part_load_async:
 * @address: where the file comes from: a part of another one is none
 */
void
cs_download_part_load_async (CsDownloadPart *self, const char *address, GAsyncReadyCallback callback, gpointer user_data)
{
  g_clear_pointer (&self->note, cs_download_note_free);
  self->note = cs_download_note_new (address, NULL);
  run (self, cs_download_part_load_async, load_thread, callback, user_data);
}

static void
finish_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  CsDownloadPart *self = task_data;
  GError *error = NULL;

  g_unlink (self->target); /* of a run that was killed before anybody wrote down that it is there */
  if (!cs_file_move (self->path, self->target, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_unlink (self->note_path);
  g_task_return_boolean (task, TRUE);
}

/** cs_download_part_finish_async: Errors: as cs_file_move(). */
void
cs_download_part_finish_async (CsDownloadPart *self, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, cs_download_part_finish_async, finish_thread, callback, user_data);
}

gboolean
cs_download_part_finish_finish (GAsyncResult *result, GError **error)
{
  g_assert (g_async_result_is_tagged (result, cs_download_part_finish_async));

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
discard_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  CsDownloadPart *self = task_data;

  g_unlink (self->note_path); /* first: a part without a note is none */
  g_unlink (self->path);
  g_task_return_boolean (task, TRUE);
}

void
cs_download_part_discard_async (CsDownloadPart *self, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, cs_download_part_discard_async, discard_thread, callback, user_data);
}
