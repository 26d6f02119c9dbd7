/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the times of an MP4 that we muxed exact, in place: an AAC encoder starts with some samples of its own and ends
 * on a whole packet, and the muxer shows all of them. No box changes its size, so no offset moves. */
#include "config.h"
#include "media/cs-mp4-tidy.h"

#include "core/cs-error.h"
#include "core/cs-words.h"
#include "media/cs-mp4-box.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define MAX_MOOV (64 * 1024 * 1024)

typedef struct
{
  /* Input. */
  guint64 n_frames;
  guint frame_rate;
  guint sound_delay;

  /* State. */
  guint32 movie_scale;
} Tidy;

static void
put_number (const CsMp4Box *box, gsize offset, int bytes, guint64 value)
{
  guint8 *data = (guint8 *) box->data + offset;

  if (offset > box->length || box->length - offset < (gsize) bytes)
    return;
  for (int i = bytes - 1; i >= 0; i--, value >>= 8)
    data[i] = value & 0xff;
}

/* The three header boxes begin alike: version, then created and modified in 4 or 8 bytes. */
static int
clear_times (const CsMp4Box *box)
{
  int width = cs_mp4_box_get_32 (box, 0) >> 24 == 1 ? 8 : 4;

  put_number (box, 4, width, 0);
  put_number (box, 4 + width, width, 0);
  return width;
}

static guint64
movie_duration (const Tidy *self)
{
  return self->n_frames * self->movie_scale / self->frame_rate;
}

static gboolean
is_sound (const CsMp4Box *media)
{
  CsMp4Box handler;

  return cs_mp4_box_find (media, CS_MP4_TYPE ('h', 'd', 'l', 'r'), &handler)
         && cs_mp4_box_get_32 (&handler, 8) == CS_MP4_TYPE ('s', 'o', 'u', 'n');
}

/* The single edit: show the track from after the encoder's own samples, for as long as there are frames. */
static void
tidy_edit (const Tidy *self, const CsMp4Box *track, gboolean sound)
{
  CsMp4Box edits, list;
  int width;

  if (!cs_mp4_box_find (track, CS_MP4_TYPE ('e', 'd', 't', 's'), &edits)
      || !cs_mp4_box_find (&edits, CS_MP4_TYPE ('e', 'l', 's', 't'), &list) || cs_mp4_box_get_32 (&list, 4) != 1)
    return;

  width = cs_mp4_box_get_32 (&list, 0) >> 24 == 1 ? 8 : 4;
  put_number (&list, 8, width, movie_duration (self));
  if (sound)
    put_number (&list, 8 + width, width, self->sound_delay);
}

static void
tidy_track (const Tidy *self, const CsMp4Box *track)
{
  CsMp4Box header, media, media_header;
  int width;

  if (!cs_mp4_box_find (track, CS_MP4_TYPE ('t', 'k', 'h', 'd'), &header)
      || !cs_mp4_box_find (track, CS_MP4_TYPE ('m', 'd', 'i', 'a'), &media)
      || !cs_mp4_box_find (&media, CS_MP4_TYPE ('m', 'd', 'h', 'd'), &media_header))
    return;

  width = clear_times (&header);
  put_number (&header, 4 + 2 * width + 8, width, movie_duration (self));
  clear_times (&media_header);
  tidy_edit (self, track, is_sound (&media));
}

static gboolean
tidy_movie (Tidy *self, const CsMp4Box *movie)
{
  const guint8 *data = movie->data;
  gsize length = movie->length;
  CsMp4Box header, child;
  int width;

  if (!cs_mp4_box_find (movie, CS_MP4_TYPE ('m', 'v', 'h', 'd'), &header))
    return FALSE;

  width = clear_times (&header);
  self->movie_scale = cs_mp4_box_get_32 (&header, 4 + 2 * width);
  put_number (&header, 4 + 2 * width + 4, width, movie_duration (self));
  while (cs_mp4_box_next (&data, &length, &child))
    if (child.type == CS_MP4_TYPE ('t', 'r', 'a', 'k'))
      tidy_track (self, &child);
  return TRUE;
}

/* (transfer full): the content of the movie box, or NULL with errno or 0. */
static guint8 *
read_movie (int fd, off_t *offset, gsize *length)
{
  off_t end = lseek (fd, 0, SEEK_END);
  guint8 bytes[16];
  CsMp4Head head;

  for (*offset = 0; *offset < end; *offset += head.size)
    {
      ssize_t n = pread (fd, bytes, sizeof bytes, *offset);
      g_autofree guint8 *movie = NULL;

      if (n < 0 || !cs_mp4_head_parse (bytes, n, end - *offset, &head))
        return NULL;
      if (head.type != CS_MP4_TYPE ('m', 'o', 'o', 'v'))
        continue;

      *offset += head.header;
      *length = head.size - head.header;
      movie = *length <= MAX_MOOV ? g_malloc (*length + 1) : NULL;
      if (movie == NULL || pread (fd, movie, *length, *offset) != (ssize_t) *length)
        return NULL;
      return g_steal_pointer (&movie);
    }
  return NULL;
}

static gboolean
tidy_file (Tidy *self, int fd)
{
  g_autofree guint8 *data = NULL;
  CsMp4Box movie = { .type = CS_MP4_TYPE ('m', 'o', 'o', 'v'), .header = 8 };
  off_t offset;

  errno = 0;
  data = read_movie (fd, &offset, &movie.length);
  movie.data = data;
  return data != NULL && tidy_movie (self, &movie)
         && pwrite (fd, data, movie.length, offset) == (ssize_t) movie.length;
}

/**
 * cs_mp4_tidy:
 * @n_frames: frames that are in the file, @frame_rate of them a second
 * @sound_delay: samples that the sound encoder put before the first of ours
 *
 * Sets the durations of the movie and of its tracks to that of the frames, begins the sound at its first sample, and
 * clears the times of creation so that the same work gives the same file. Blocking: worker threads only.
 */
gboolean
cs_mp4_tidy (const char *path, guint64 n_frames, guint frame_rate, guint sound_delay, GError **error)
{
  Tidy self = { .n_frames = n_frames, .frame_rate = frame_rate, .sound_delay = sound_delay };
  int fd = open (path, O_RDWR | O_CLOEXEC);
  gboolean done = fd >= 0 && tidy_file (&self, fd);
  int saved = errno;

  if (fd >= 0 && close (fd) != 0 && done)
    {
      saved = errno;
      done = FALSE;
    }
  if (!done)
    cs_set_error (error, CS_ERROR_FAILED, _ ("The video could not be finished: %s."),
                  saved != 0 ? g_strerror (saved) : _ ("it has no index"));
  return done;
}
