/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/cs-provenance-private.h"

#include "cs-fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

static const struct
{
  const char *mime_type;
  CsStampOutcome (*stamp) (CsStamp *stamp);
  char *(*read_xmp) (const CsMediaFile *file);
} formats[] = {
  { "image/png", cs_png_stamp, cs_png_read_xmp },
  { "image/jpeg", cs_jpeg_stamp, cs_jpeg_read_xmp },
  { "image/webp", cs_webp_stamp, cs_webp_read_xmp },
  { "video/mp4", cs_mp4_stamp, cs_mp4_read_xmp },
};

/* What is stamped is still the same picture or film, and says what it is. */
static void
try_stamp (const CsMediaFile *in, const CsMediaHeader *before, guint format)
{
  CsProvenance provenance = { .source = CS_SOURCE_DIGITAL_CREATION, .prompt = "a <lighthouse> & more", .system = "Sketch" };
  CsStamp stamp = { .in = *in, .out = memfd_create ("out", MFD_CLOEXEC), .provenance = &provenance };

  if (formats[format].stamp (&stamp) == CS_STAMP_DONE)
    {
      CsMediaFile out;
      CsMediaHeader after = { 0 };
      g_autofree char *xmp = NULL;
      g_autofree char *source = NULL;

      cs_fuzz_expect (cs_media_file_open (&out, stamp.out));
      cs_fuzz_expect (cs_media_header_read (&out, &after) == CS_MEDIA_OK);
      cs_fuzz_expect (after.mime_type == before->mime_type && after.width == before->width
                      && after.height == before->height);
      xmp = formats[format].read_xmp (&out);
      cs_fuzz_expect (xmp != NULL);
      source = cs_xmp_find_source (xmp);
      cs_fuzz_expect (g_strcmp0 (source, "digitalCreation") == 0);
    }
  close (stamp.out);
}

/* Headers of any bytes are read within the file, and agree with what the stamp leaves behind. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  int fd = memfd_create ("in", MFD_CLOEXEC);
  CsMediaFile file;
  CsMediaHeader header = { 0 };

  if (write (fd, data, size) == (ssize_t) size && cs_media_file_open (&file, fd)
      && cs_media_header_read (&file, &header) == CS_MEDIA_OK)
    for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
      if (g_strcmp0 (header.mime_type, formats[i].mime_type) == 0)
        try_stamp (&file, &header, i);
  close (fd);
  return 0;
}
