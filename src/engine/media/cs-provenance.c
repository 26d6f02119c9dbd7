/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stamped copies: chooses the writer of the format, and keeps what may not be touched as it is. */
#include "config.h"
#include "media/cs-provenance-private.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-words.h"
#include "media/cs-media-info.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define CHUNK (256 * 1024)

/* A format with a place for a stamp. */
typedef struct
{
  const char *mime_type;
  CsStampOutcome (*stamp) (CsStamp *stamp);
  char *(*read) (const CsMediaFile *file);
} Format;

static const Format formats[] = {
  { "image/png", cs_png_stamp, cs_png_read_xmp },   { "image/jpeg", cs_jpeg_stamp, cs_jpeg_read_xmp },
  { "image/webp", cs_webp_stamp, cs_webp_read_xmp }, { "video/mp4", cs_mp4_stamp, cs_mp4_read_xmp },
  { "text/html", cs_html_stamp, cs_html_read_block },
};

static gboolean
is_html (const char *head)
{
  if (g_str_has_prefix (head, "\xef\xbb\xbf"))
    head += 3;
  while (g_ascii_isspace (*head))
    head++;
  return g_ascii_strncasecmp (head, "<!doctype html", 14) == 0 || g_ascii_strncasecmp (head, "<html", 5) == 0;
}

static const Format *
find_format (const CsMediaFile *file)
{
  char head[256] = { 0 };
  gsize length = MIN (file->size, sizeof head - 1);
  const char *type;

  if (!cs_media_file_read (file, 0, head, length))
    return NULL;
  type = cs_media_type_sniff ((const guint8 *) head, length);
  if (type == NULL && is_html (head))
    type = "text/html";
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (formats[i].mime_type, type) == 0)
      return &formats[i];
  return NULL;
}

/**
 * cs_stamp_write:
 *
 * Returns: FALSE when it failed; then `failure` says why.
 */
gboolean
cs_stamp_write (CsStamp *stamp, const void *data, gsize length)
{
  const guint8 *bytes = data;

  while (length > 0)
    {
      ssize_t n = write (stamp->out, bytes, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          stamp->failure = n < 0 ? errno : EIO;
          return FALSE;
        }
      bytes += n;
      length -= n;
    }
  return TRUE;
}

/**
 * cs_stamp_copy_range:
 *
 * Copies that part of the original, in pieces. Returns: FALSE when it failed or was cancelled.
 */
gboolean
cs_stamp_copy_range (CsStamp *stamp, guint64 offset, guint64 length)
{
  g_autofree guint8 *bytes = length > 0 ? g_malloc (MIN (CHUNK, length)) : NULL;

  while (length > 0)
    {
      gsize n = MIN (CHUNK, length);

      if (g_cancellable_is_cancelled (stamp->cancellable))
        return FALSE;
      if (!cs_media_file_read (&stamp->in, offset, bytes, n))
        {
          stamp->failure = EIO;
          return FALSE;
        }
      if (!cs_stamp_write (stamp, bytes, n))
        return FALSE;
      offset += n;
      length -= n;
    }
  return TRUE;
}

static gboolean
set_io_error (const char *path, int code, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  g_propagate_error (error, cs_error_from_io (g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code),
                                                                   g_strerror (code)),
                                              name));
  return FALSE;
}

static gboolean
set_damaged (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  cs_set_error (error, CS_ERROR_DAMAGED,
                _ ("“%s” is damaged, or is no picture or video that can be used. Get the file again."), name);
  return FALSE;
}

static gboolean
open_original (const char *path, CsMediaFile *file, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (fd < 0)
    return set_io_error (path, errno, error);
  if (cs_media_file_open (file, fd))
    return TRUE;
  close (fd);
  return set_damaged (path, error);
}

/* The copy with its stamp is written, and on the disk. */
static gboolean
write_stamped (CsStamp *stamp, const Format *format, const char *from, const char *to, gboolean *untouched, GError **error)
{
  CsStampOutcome outcome;

  *untouched = FALSE;
  stamp->out = open (to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (stamp->out < 0)
    return set_io_error (to, errno, error);

  outcome = format->stamp (stamp);
  if (outcome == CS_STAMP_DONE && fsync (stamp->out) != 0)
    {
      stamp->failure = errno;
      outcome = CS_STAMP_FAILED;
    }
  if (close (stamp->out) != 0 && outcome == CS_STAMP_DONE)
    {
      stamp->failure = errno;
      outcome = CS_STAMP_FAILED;
    }
  if (outcome == CS_STAMP_DONE)
    return TRUE;

  g_unlink (to);
  *untouched = outcome == CS_STAMP_NO_PLACE;
  if (outcome == CS_STAMP_DAMAGED)
    return set_damaged (from, error);
  if (outcome == CS_STAMP_FAILED && !g_cancellable_set_error_if_cancelled (stamp->cancellable, error))
    return set_io_error (to, stamp->failure != 0 ? stamp->failure : EIO, error);
  return FALSE;
}

/**
 * cs_provenance_stamp_copy:
 * @from: the original, which is only read
 * @to: where the copy goes, another file; replaced, and gone when this fails
 * @stamped: (out) (optional): FALSE when the copy is byte for byte the original
 *
 * Errors: CS_ERROR_DAMAGED when the original breaks the rules of its format; as cs_file_copy() otherwise.
 */
gboolean
cs_provenance_stamp_copy (const char *from, const char *to, const CsProvenance *provenance, gboolean *stamped,
                          GCancellable *cancellable, GError **error)
{
  CsStamp stamp = { .out = -1, .provenance = provenance, .cancellable = cancellable };
  const Format *format;
  gboolean untouched = TRUE;
  gboolean done = FALSE;

  g_return_val_if_fail (from != NULL && to != NULL && provenance != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !open_original (from, &stamp.in, error))
    return FALSE;
  format = find_format (&stamp.in);
  if (format != NULL)
    done = write_stamped (&stamp, format, from, to, &untouched, error);
  close (stamp.in.fd);

  if (stamped != NULL)
    *stamped = done;
  return done || (untouched && cs_file_copy (from, to, TRUE, cancellable, error));
}

/**
 * cs_provenance_read_text:
 * @path: any file
 *
 * Returns: (transfer full) (nullable): the XMP packet, or of a page its block of JSON-LD; hostile. NULL without @error
 * when the file has none.
 */
char *
cs_provenance_read_text (const char *path, GError **error)
{
  CsMediaFile file;
  const Format *format;
  char *text = NULL;

  if (!open_original (path, &file, error))
    return NULL;
  format = find_format (&file);
  if (format != NULL)
    text = format->read (&file);
  close (file.fd);
  return text;
}

/**
 * cs_provenance_read_source:
 * @path: any file
 *
 * Blocking: worker threads only. Returns: (transfer full) (nullable): the IPTC term; NULL without @error when the file
 * says nothing.
 */
char *
cs_provenance_read_source (const char *path, GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  text = cs_provenance_read_text (path, error);
  return text != NULL ? cs_xmp_find_source (text) : NULL;
}
