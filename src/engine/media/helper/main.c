/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The media helper: looks at one file that nobody trusts, in a process that has nothing to lose. It is given an open
 * file and, when a thumbnail is wanted, another one to write it to; it says what it found in one line of JSON.
 *
 *   creative-studio-media-helper INPUT_FD [THUMBNAIL_FD]
 */
#include "config.h"
#include "media/helper/helper.h"

#include <stdio.h>
#include <unistd.h>

static void
print_quoted (const char *name, const char *value)
{
  if (value != NULL)
    printf (",\"%s\":\"%s\"", name, value);
}

/* All texts are words of our own: none comes from the file. */
static void
print_header (const CsMediaHeader *header, gboolean has_thumbnail)
{
  printf ("{\"width\":%d,\"height\":%d,\"duration\":%.6f,\"frame_rate\":%.6f,\"has_sound\":%s,\"has_thumbnail\":%s",
          header->width, header->height, header->duration, header->frame_rate, header->has_sound ? "true" : "false",
          has_thumbnail ? "true" : "false");
  print_quoted ("mime_type", header->mime_type);
  print_quoted ("video_codec", header->video_codec);
  print_quoted ("audio_codec", header->audio_codec);
  printf ("}\n");
}

static int
fail (const char *code)
{
  printf ("{\"error\":\"%s\"}\n", code);
  return 1;
}

static int
look (const CsMediaFile *file, int thumbnail_fd)
{
  CsMediaHeader header;
  CsMediaVerdict verdict = cs_media_header_read (file, &header);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  HelperOutcome outcome;

  if (verdict != CS_MEDIA_OK)
    return fail (verdict == CS_MEDIA_TOO_LARGE ? "too_large" : "damaged");

  outcome = g_str_has_prefix (header.mime_type, "image/") ? helper_load_picture (file, &header, &pixbuf)
                                                          : helper_load_video (file, &header, &pixbuf);
  if (outcome == HELPER_BROKEN)
    return fail ("damaged");
  if (pixbuf != NULL && thumbnail_fd >= 0 && !helper_save (pixbuf, thumbnail_fd))
    return fail ("not_writable");
  print_header (&header, pixbuf != NULL && thumbnail_fd >= 0);
  return 0;
}

int
main (int argc, char **argv)
{
  CsMediaFile file;
  int status;

  helper_set_limits ();
  /* From here on an answer that does not come is the file's fault, and not that of the sandbox around us. */
  printf ("{\"ready\":true}\n");
  fflush (stdout);

  if (argc < 2 || !cs_media_file_open (&file, g_ascii_strtoll (argv[1], NULL, 10)))
    status = fail ("damaged");
  else
    status = look (&file, argc > 2 ? g_ascii_strtoll (argv[2], NULL, 10) : -1);
  fflush (stdout);
  return status;
}
