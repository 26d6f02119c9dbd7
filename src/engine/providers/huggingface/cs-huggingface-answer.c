/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers that are the picture itself. They lie on the disk whole before anybody looks at them, so what is found here was
 * paid for: the worst that may become of it is that it makes no sense.
 */
#include "config.h"
#include "providers/huggingface/cs-huggingface-answer.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-json.h"
#include "core/cs-words.h"
#include "providers/cs-wire.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define HEAD_LENGTH 12 /* bytes that tell a picture */

typedef struct
{
  char *path;
  char *work_file;
} Take;

static void
take_free (Take *take)
{
  g_free (take->path);
  g_free (take->work_file);
  g_free (take);
}

/** cs_huggingface_is_picture: Returns: TRUE when @data begins as a PNG, a JPEG or a WebP does. Any thread. */
gboolean
cs_huggingface_is_picture (const void *data, gsize length)
{
  const char *bytes = data;

  if (length < HEAD_LENGTH)
    return FALSE;
  return memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) == 0 || memcmp (bytes, "\xff\xd8\xff", 3) == 0
         || (memcmp (bytes, "RIFF", 4) == 0 && memcmp (bytes + 8, "WEBP", 4) == 0);
}

/* GLib's decoder passes over what does not belong there; we do not. */
static gboolean
is_base64 (const char *text, gsize length)
{
  gsize n_digits = length;

  if (length == 0 || length % 4 != 0)
    return FALSE;
  while (n_digits > length - 2 && text[n_digits - 1] == '=')
    n_digits--;
  for (gsize i = 0; i < n_digits; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '+' && text[i] != '/')
      return FALSE;
  return TRUE;
}

/**
 * cs_huggingface_decode_base64:
 * @text: base64 and nothing else; in front of it may stand what makes it a data address
 *
 * Returns: (transfer full) (nullable): the bytes; NULL when it is not base64. Any thread.
 */
guint8 *
cs_huggingface_decode_base64 (const char *text, gsize *length)
{
  static const char mark[] = ";base64,";
  const char *start = g_str_has_prefix (text, "data:") ? strstr (text, mark) : NULL;
  const char *digits = start != NULL ? start + strlen (mark) : text;

  *length = 0;
  return is_base64 (digits, strlen (digits)) ? g_base64_decode (digits, length) : NULL;
}

/* {"data": [{"b64_json": "..."}]} */
static const char *
find_base64 (JsonObject *answer)
{
  JsonArray *data = cs_json_get_array (answer, "data");
  JsonNode *first = data != NULL && json_array_get_length (data) > 0 ? json_array_get_element (data, 0) : NULL;

  if (first == NULL || !JSON_NODE_HOLDS_OBJECT (first))
    return NULL;
  return cs_json_get_string (json_node_get_object (first), "b64_json", NULL);
}

/* {"data": [{"url": "..."}]}, {"output": ["..."]} or {"output": "..."} */
static char *
find_address (JsonObject *answer)
{
  const char *address = NULL;

  if (answer != NULL)
    address = cs_wire_find_output (json_object_get_member (answer, "data"));
  if (answer != NULL && address == NULL)
    address = cs_wire_find_output (json_object_get_member (answer, "output"));
  return g_strdup (address);
}

static char *
take_base64 (const char *text, const char *work_file, GError **error)
{
  gsize length;
  g_autofree guint8 *bytes = cs_huggingface_decode_base64 (text, &length);

  if (bytes == NULL || !cs_huggingface_is_picture (bytes, length))
    {
      cs_set_error (error, CS_ERROR_BAD_RESPONSE, _ ("%s sent something that is not a picture."), "Hugging Face");
      return NULL;
    }
  return cs_file_write (work_file, bytes, length, TRUE, error) ? g_strdup (work_file) : NULL;
}

static char *
take_json (const char *path, const char *work_file, GError **error)
{
  gsize length;
  g_autofree char *text = cs_file_read (path, CS_HUGGINGFACE_MAX_ANSWER, &length, error);
  g_autoptr (JsonObject) answer = NULL;
  const char *base64;
  char *address;

  if (text == NULL)
    return NULL;
  answer = cs_json_parse_object (text, length, CS_HUGGINGFACE_MAX_ANSWER, NULL);
  base64 = find_base64 (answer);
  if (base64 != NULL)
    return take_base64 (base64, work_file, error);
  address = find_address (answer);
  if (address == NULL)
    cs_set_error (error, CS_ERROR_BAD_RESPONSE, _ ("%s sent something that is not a picture."), "Hugging Face");
  return address;
}

static gboolean
begins_as_picture (const char *path)
{
  char head[HEAD_LENGTH];
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  ssize_t got = fd >= 0 ? read (fd, head, sizeof head) : -1;

  if (fd >= 0)
    close (fd);
  return got == sizeof head && cs_huggingface_is_picture (head, sizeof head);
}

static void
take_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Take *take = task_data;
  GError *error = NULL;
  char *output = NULL;

  if (begins_as_picture (take->path))
    {
      g_unlink (take->work_file);
      if (cs_file_move (take->path, take->work_file, &error))
        output = g_strdup (take->work_file);
    }
  else
    output = take_json (take->path, take->work_file, &error);
  g_unlink (take->path);
  if (output != NULL)
    g_task_return_pointer (task, output, g_free);
  else
    g_task_return_error (task, error);
}

/** cs_huggingface_answer_take_async: @path: the answer's file, which is gone afterwards. */
void
cs_huggingface_answer_take_async (const char *path, const char *work_file, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Take *take = g_new0 (Take, 1);

  g_return_if_fail (path != NULL && work_file != NULL);

  take->path = g_strdup (path);
  take->work_file = g_strdup (work_file);
  g_task_set_source_tag (task, cs_huggingface_answer_take_async);
  g_task_set_task_data (task, take, (GDestroyNotify) take_free);
  g_task_run_in_thread (task, take_thread);
}

/**
 * cs_huggingface_answer_take_finish:
 *
 * Returns: (transfer full): @work_file, when the picture is there now, or the address where it is.
 *
 * Errors: CS_ERROR_BAD_RESPONSE neither; CS_ERROR_DISK_FULL and others of the disk.
 */
char *
cs_huggingface_answer_take_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_huggingface_answer_take_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
