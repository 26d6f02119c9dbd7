/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files on their way to a caller: opened and read on threads, written on the main thread, one piece at a time. The next
 * piece is read when the one before has left, so that a slow caller costs one piece of memory, however large the file is.
 */
#include "config.h"
#include "server/cs-api-sending.h"

#include "server/cs-api-connection.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE_SIZE (64 * 1024) /* bytes */

/* Opening */

typedef struct
{
  char *folder;
  char *name;
} Place;

static void
place_free (Place *place)
{
  g_free (place->folder);
  g_free (place->name);
  g_free (place);
}

void
cs_api_file_free (CsApiFile *self)
{
  if (self->descriptor >= 0)
    close (self->descriptor);
  g_free (self);
}

static int
open_inside (const Place *place)
{
  int folder;
  int descriptor;
  int fault;

  if (*place->name == '\0' || strchr (place->name, '/') != NULL)
    {
      errno = ENOENT;
      return -1;
    }
  folder = open (place->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0)
    return -1;
  /* Neither a link that leads away, nor a pipe that would keep us waiting. */
  descriptor = openat (folder, place->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  fault = errno;
  close (folder);
  errno = fault;
  return descriptor;
}

static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (CsApiFile) file = g_new0 (CsApiFile, 1);
  struct stat facts;

  file->descriptor = open_inside (task_data);
  if (file->descriptor >= 0 && fstat (file->descriptor, &facts) == 0 && S_ISREG (facts.st_mode))
    {
      file->size = facts.st_size;
      file->modified = facts.st_mtime;
      g_task_return_pointer (task, g_steal_pointer (&file), (GDestroyNotify) cs_api_file_free);
    }
  else if (file->descriptor < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == EIO || errno == EACCES))
    g_task_return_new_error (task, CS_ERROR, CS_ERROR_FAILED, "%s", g_strerror (errno));
  else
    g_task_return_new_error (task, CS_ERROR, CS_ERROR_NOT_FOUND, "not a file");
}

void
cs_api_file_open_async (const char *folder, const char *name, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Place *place = g_new0 (Place, 1);

  place->folder = g_strdup (folder);
  place->name = g_strdup (name);
  g_task_set_source_tag (task, cs_api_file_open_async);
  g_task_set_task_data (task, place, (GDestroyNotify) place_free);
  g_task_run_in_thread (task, open_thread);
}

/** cs_api_file_open_finish: Returns: (transfer full): the file. */
CsApiFile *
cs_api_file_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Sending */

typedef struct
{
  guint n_refs;
  CsApiCall *call;
  CsApiFile *file;
  gint64 at;             /* of the file: what comes next */
  gint64 left;           /* bytes */
  gboolean is_reading;
  gboolean is_over;
} Stream;

/* What a thread reads; the stream keeps the file open until the answer is back on the main thread. */
typedef struct
{
  int descriptor;
  gint64 at;
  gsize length;
} Piece;

static void
stream_unref (Stream *stream)
{
  if (--stream->n_refs > 0)
    return;
  cs_api_call_unref (stream->call);
  cs_api_file_free (stream->file);
  g_free (stream);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stream, stream_unref)

/* The caller has it all, or has hung up. */
static void
end (Stream *stream)
{
  if (stream->is_over)
    return;
  stream->is_over = TRUE;
  g_signal_handlers_disconnect_by_data (cs_api_call_get_message (stream->call), stream);
  stream_unref (stream);
}

/* The length was announced and does not come: the caller can only see that by the end of the connection. */
static void
break_off (Stream *stream)
{
  CsApiConnection *connection = cs_api_connection_of (cs_api_call_get_message (stream->call));
  g_autoptr (GBytes) never_sent = g_bytes_new_static ("", 1);

  if (connection != NULL)
    cs_api_connection_close (connection);
  cs_api_call_write (stream->call, never_sent); /* libsoup notices when it has something to send */
}

static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Piece *piece = task_data;
  g_autofree char *data = g_malloc (piece->length);
  ssize_t n;

  do
    n = pread (piece->descriptor, data, piece->length, piece->at);
  while (n < 0 && errno == EINTR);
  if (n > 0)
    g_task_return_pointer (task, g_bytes_new_take (g_steal_pointer (&data), n), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_new_error (task, CS_ERROR, CS_ERROR_FAILED, "the file ends too early");
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Stream) stream = user_data;
  g_autoptr (GBytes) piece = g_task_propagate_pointer (G_TASK (result), NULL);

  stream->is_reading = FALSE;
  if (stream->is_over)
    return;
  if (piece == NULL)
    {
      break_off (stream);
      return;
    }
  stream->at += g_bytes_get_size (piece);
  stream->left -= g_bytes_get_size (piece);
  cs_api_call_write (stream->call, piece);
  if (stream->left == 0)
    cs_api_call_over (stream->call);
}

static void
read_more (Stream *stream)
{
  g_autoptr (GTask) task = NULL;
  Piece *piece;

  if (stream->is_reading || stream->left == 0)
    return;
  stream->is_reading = TRUE;
  stream->n_refs++;
  piece = g_new0 (Piece, 1);
  piece->descriptor = stream->file->descriptor;
  piece->at = stream->at;
  piece->length = MIN (stream->left, PIECE_SIZE);
  task = g_task_new (NULL, NULL, read_cb, stream);
  g_task_set_source_tag (task, read_more);
  g_task_set_task_data (task, piece, g_free);
  g_task_run_in_thread (task, read_thread);
}

/** cs_api_send_file: @length: bytes; 0: there is nothing to send. */
void
cs_api_send_file (CsApiCall *call, CsApiFile *file, gint64 first, gint64 length)
{
  SoupServerMessage *message = cs_api_call_get_message (call);
  SoupMessageHeaders *headers = cs_api_call_get_headers (call);
  gboolean is_head = strcmp (soup_server_message_get_method (message), "HEAD") == 0;
  Stream *stream;

  soup_message_headers_set_content_length (headers, length);
  if (length == 0 || is_head || cs_api_call_is_gone (call))
    {
      cs_api_file_free (file);
      cs_api_call_reply_none (call, soup_server_message_get_status (message));
      return;
    }
  stream = g_new0 (Stream, 1);
  stream->n_refs = 1;
  stream->call = cs_api_call_ref (call);
  stream->file = file;
  stream->at = first;
  stream->left = length;
  posix_fadvise (file->descriptor, first, length, POSIX_FADV_SEQUENTIAL);
  g_signal_connect_swapped (message, "wrote-chunk", G_CALLBACK (read_more), stream);
  g_signal_connect_swapped (message, "finished", G_CALLBACK (end), stream);
  g_signal_connect_swapped (message, "disconnected", G_CALLBACK (end), stream);
  cs_api_call_reply_stream (call);
  read_more (stream);
}
