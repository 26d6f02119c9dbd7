/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file that grows as bytes arrive: opened with the first of them, written and synced in worker threads. A new file is
 * for this user only and replaces none; a part is opened again and cut where the next bytes belong.
 */
#include "config.h"
#include "net/cs-body-file.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-words.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define SYNC_STEP (8 * 1024 * 1024)

struct _CsBodyFile
{
  gatomicrefcount ref_count;
  char *path;
  gboolean is_part;
  goffset offset;  /* of a part: where the first bytes go; what lies behind is cut off */
  char *note_path; /* (nullable) of a part: what is written about it before its first byte */
  char *note;
  int fd; /* -1 until the first bytes come */
  gsize unsent;    /* bytes written since the disk was last asked to begin */
};

/* One thing to do in a worker thread. */
typedef struct
{
  CsBodyFile *file;
  const char *data;
  gsize length;
  CsBodyFileEnd end;
} Work;

static CsBodyFile *
new_file (const char *path)
{
  CsBodyFile *self = g_new0 (CsBodyFile, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->path = g_strdup (path);
  self->fd = -1;
  return self;
}

/** cs_body_file_new: Returns: (transfer full): a file that must not be there yet. */
CsBodyFile *
cs_body_file_new (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return new_file (path);
}

/**
 * cs_body_file_new_part:
 * @offset: how many of its bytes are good
 * @note_path: (nullable): a small file about the part
 * @note: (nullable): what it is to say; written when the part was cut, before its first new byte
 *
 * Returns: (transfer full): a file that may be there already.
 */
CsBodyFile *
cs_body_file_new_part (const char *path, goffset offset, const char *note_path, const char *note)
{
  CsBodyFile *self;

  g_return_val_if_fail (path != NULL && offset >= 0, NULL);

  self = new_file (path);
  self->is_part = TRUE;
  self->offset = offset;
  self->note_path = g_strdup (note_path);
  self->note = g_strdup (note);
  return self;
}

CsBodyFile *
cs_body_file_ref (CsBodyFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cs_body_file_unref (CsBodyFile *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self->note_path);
  g_free (self->note);
  g_free (self);
}

/** cs_body_file_is_part: Returns: whether what arrived is kept, for another try. */
gboolean
cs_body_file_is_part (CsBodyFile *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_part;
}

static void
work_free (Work *work)
{
  cs_body_file_unref (work->file);
  g_free (work);
}

static gboolean
set_error (CsBodyFile *self, int code, GError **error)
{
  g_autofree char *name = g_filename_display_basename (self->path);
  GError *cause = g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code == EDQUOT ? ENOSPC : code), g_strerror (code));

  g_propagate_error (error, cs_error_from_io (cause, name));
  return FALSE;
}

/* Nobody else writes to the part; what is behind the good bytes goes; then, and before any new byte, the note. */
static gboolean
prepare_part (CsBodyFile *self, GError **error)
{
  if (flock (self->fd, LOCK_EX | LOCK_NB) != 0)
    {
      cs_set_error (error, CS_ERROR_BUSY, _ ("This file is being downloaded already."));
      return FALSE;
    }
  if (ftruncate (self->fd, self->offset) != 0 || lseek (self->fd, self->offset, SEEK_SET) < 0)
    return set_error (self, errno, error);
  return self->note == NULL || cs_file_write (self->note_path, self->note, strlen (self->note), TRUE, error);
}

static gboolean
ensure_open (CsBodyFile *self, GError **error)
{
  int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (self->is_part ? 0 : O_EXCL);

  if (self->fd >= 0)
    return TRUE;
  self->fd = open (self->path, flags, 0600);
  if (self->fd < 0)
    return set_error (self, errno, error);
  return !self->is_part || prepare_part (self, error);
}

static gboolean
write_all (CsBodyFile *self, const char *data, gsize length, GError **error)
{
  while (length > 0)
    {
      ssize_t written = write (self->fd, data, length);

      if (written < 0 && errno != EINTR)
        return set_error (self, errno, error);
      if (written > 0)
        {
          data += written;
          length -= written;
        }
    }
  return TRUE;
}

/* Lets the disk begin with what is there, so that the wait at the end is short and the memory of the system stays free. */
static void
begin_to_sync (CsBodyFile *self, gsize length)
{
  self->unsent += length;
  if (self->unsent < SYNC_STEP)
    return;
  sync_file_range (self->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
  self->unsent = 0;
}

static void
append_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;

  if (!ensure_open (work->file, &error) || !write_all (work->file, work->data, work->length, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  begin_to_sync (work->file, work->length);
  g_task_return_boolean (task, TRUE);
}

static void
run (CsBodyFile *self, Work work, gpointer tag, GTaskThreadFunc func, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  work.file = cs_body_file_ref (self);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, g_memdup2 (&work, sizeof work), (GDestroyNotify) work_free);
  g_task_run_in_thread (task, func);
}

/**
 * cs_body_file_append_async:
 * @data: stays where it is until the callback
 *
 * Errors: CS_ERROR_DISK_FULL, CS_ERROR_NOT_WRITABLE, CS_ERROR_BUSY, CS_ERROR_FAILED (the file is there already).
 */
void
cs_body_file_append_async (CsBodyFile *self, const void *data, gsize length, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (self != NULL && data != NULL);

  run (self, (Work) { .data = data, .length = length }, cs_body_file_append_async, append_thread, callback, user_data);
}

gboolean
cs_body_file_append_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_body_file_append_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
close_file (CsBodyFile *self, CsBodyFileEnd end, GError **error)
{
  int fd;
  int code = 0;

  if (end == CS_BODY_FILE_SYNC && !ensure_open (self, error)) /* an empty body is a file too */
    return FALSE;
  fd = g_steal_fd (&self->fd);
  if (fd < 0)
    return TRUE;
  if (end == CS_BODY_FILE_DISCARD)
    g_unlink (self->path);
  if (end == CS_BODY_FILE_SYNC && fsync (fd) != 0)
    code = errno;
  if (close (fd) != 0 && code == 0 && end == CS_BODY_FILE_SYNC)
    code = errno;
  if (code != 0 && !self->is_part)
    g_unlink (self->path);
  return code == 0 || set_error (self, code, error);
}

static void
close_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;

  if (close_file (work->file, work->end, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/** cs_body_file_close_async: The last operation, whatever the others came to. Errors: as cs_body_file_append_async(). */
void
cs_body_file_close_async (CsBodyFile *self, CsBodyFileEnd end, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (self != NULL);

  run (self, (Work) { .end = end }, cs_body_file_close_async, close_thread, callback, user_data);
}

gboolean
cs_body_file_close_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_body_file_close_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
