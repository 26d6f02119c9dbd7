/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes in while a download runs: the right bytes, of the right file, fast enough; and what they look like. */
#include "config.h"
#include "net/cs-download-intake.h"

#include "core/cs-error.h"
#include "core/cs-words.h"
#include "net/cs-address.h"

#include <string.h>

#define PROGRESS_STEP 0.002

/** cs_download_intake_begin: Makes ready for a round: it begins behind what is good of the part. */
void
cs_download_intake_begin (CsDownloadIntake *self)
{
  self->begin = self->position = self->is_anew ? 0 : self->part->offset;
  self->length = self->begin > 0 ? self->part->note->length : -1;
}

static const char *
get_header (SoupMessage *message, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (message), name);
}

/* What the head says about the bytes that follow; FALSE when they are not those that were asked for. */
static gboolean
take_range (CsDownloadIntake *self, SoupMessage *message)
{
  goffset first;
  goffset last;
  goffset length;

  if (soup_message_get_status (message) != 206)
    {
      SoupMessageHeaders *headers = soup_message_get_response_headers (message);

      self->begin = 0;
      self->length = -1;
      if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
        self->length = soup_message_headers_get_content_length (headers);
      return TRUE;
    }
  if (!cs_download_parse_range (get_header (message, "Content-Range"), &first, &last, &length) || first != self->begin
      || (length >= 0 && last + 1 != length) || (self->length >= 0 && length >= 0 && length != self->length))
    return FALSE;
  if (length >= 0)
    self->length = length;
  return TRUE;
}

/* A part of another version would be worse than none. */
static gboolean
is_same_version (CsDownloadIntake *self, SoupMessage *message)
{
  const char *etag = get_header (message, "ETag");
  const char *validator = self->part->note->validator;

  return etag == NULL || validator == NULL || validator[0] != '"' || g_str_equal (etag, validator);
}

static char *
write_note (CsDownloadIntake *self, SoupMessage *message)
{
  g_autoptr (CsDownloadNote) note = cs_download_note_new (self->address, self->part->boot);

  note->length = self->length;
  note->validator = cs_download_dup_validator (get_header (message, "ETag"), get_header (message, "Last-Modified"),
                                               get_header (message, "Date"));
  return cs_download_note_to_text (note);
}

static gboolean
refuse (CsDownloadIntake *self, GError *verdict, GError **error)
{
  g_clear_error (&self->verdict);
  self->verdict = verdict;
  g_propagate_error (error, g_error_copy (verdict));
  return FALSE;
}

/**
 * cs_download_intake_open:
 * @intake: a #CsDownloadIntake
 *
 * Returns: (transfer full) (nullable): the part that the body belongs into. Errors: it is not what was asked for.
 */
CsBodyFile *
cs_download_intake_open (SoupMessage *message, gpointer intake, GError **error)
{
  CsDownloadIntake *self = intake;
  g_autofree char *host = cs_address_dup_host (self->where);
  g_autofree char *note = NULL;

  if (!take_range (self, message) || (self->begin > 0 && !is_same_version (self, message)))
    {
      self->is_anew = TRUE;
      g_propagate_error (error, _cs_http_error_cut (host));
      return NULL;
    }
  if (self->length > self->max_length)
    {
      refuse (self, _cs_http_error_too_large (host, self->max_length), error);
      return NULL;
    }
  self->is_anew = FALSE;
  self->position = self->begin;
  self->n_head = 0;
  if (self->begin == 0)
    note = write_note (self, message);
  self->drip_since = g_get_monotonic_time ();
  self->drip_length = 0;
  return cs_body_file_new_part (self->part->path, self->begin, self->part->note_path, note);
}

static gboolean
look (CsDownloadIntake *self, gboolean is_all, GError **error)
{
  if (cs_download_look (self->head, self->n_head, is_all) != CS_LOOK_TEXT)
    return TRUE;
  return refuse (self,
                 g_error_new_literal (CS_ERROR, CS_ERROR_BAD_RESPONSE, _ ("The server sent a text where the result should be.")),
                 error);
}

/** cs_download_intake_look_all: Returns: whether what came, which is all, may be a result; else there is a verdict. */
gboolean
cs_download_intake_look_all (CsDownloadIntake *self)
{
  g_autoptr (GError) error = NULL;

  return self->begin > 0 || look (self, TRUE, &error);
}

static gboolean
check_head (CsDownloadIntake *self, const char *data, gsize length, GError **error)
{
  gsize room = MIN (length, CS_LOOK_BYTES - self->n_head);

  if (room == 0 || self->begin > 0)
    return TRUE;
  memcpy (self->head + self->n_head, data, room);
  self->n_head += room;
  return look (self, FALSE, error);
}

/* A server that keeps us waiting with a byte now and then. */
static gboolean
check_drip (CsDownloadIntake *self, gsize length, GError **error)
{
  gint64 now = g_get_monotonic_time ();

  self->drip_length += length;
  if (now - self->drip_since < self->limits->drip_time)
    return TRUE;
  if (self->drip_length < self->limits->drip_length)
    {
      g_autofree char *host = cs_address_dup_host (self->where);

      g_propagate_error (error, _cs_http_error_timeout (host));
      return FALSE;
    }
  self->drip_since = now;
  self->drip_length = 0;
  return TRUE;
}

static void
tell (CsDownloadIntake *self)
{
  double share = self->length > 0 ? CLAMP ((double) self->position / self->length, 0, 1) : -1;

  if (self->progress == NULL || share < 0 || ABS (share - self->told) < PROGRESS_STEP)
    return;
  self->told = share;
  self->progress (share, self->progress_data);
}

/** cs_download_intake_piece: Looks at the next piece, before it goes to the disk. */
gboolean
cs_download_intake_piece (const char *data, gsize length, gpointer intake, GError **error)
{
  CsDownloadIntake *self = intake;

  if (!check_head (self, data, length, error) || !check_drip (self, length, error))
    return FALSE;
  self->position += length;
  tell (self);
  return TRUE;
}
