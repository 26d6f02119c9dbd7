/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "provenance-support.h"
#include "test-disk.h"

#include <locale.h>

static void
assert_source (const char *path, const char *term)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *source = cs_provenance_read_source (path, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (source, ==, term);
}

static guint
count (const char *path, const char *text)
{
  g_autoptr (GBytes) bytes = test_read (path);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  const char *at = data;
  guint n = 0;

  while ((at = memmem (at, length - (at - data), text, strlen (text))) != NULL)
    {
      at++;
      n++;
    }
  return n;
}

static void
assert_untouched (Fixture *self)
{
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;

  g_assert_false (stamp (self->from, self->to, &generation));
  first = test_read (self->from);
  second = test_read (self->to);
  g_assert_true (g_bytes_equal (first, second));
}

static void
make_picture (const char *path, const char *type)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 64, 48);
  g_autoptr (GError) error = NULL;

  for (int y = 0; y < 48; y++)
    for (int x = 0; x < 64 * 4; x++)
      gdk_pixbuf_get_pixels (pixbuf)[y * gdk_pixbuf_get_rowstride (pixbuf) + x] = x * 3 + y * 5;
  gdk_pixbuf_save (pixbuf, path, type, &error, NULL);
  g_assert_no_error (error);
}

static GdkPixbuf *
load_picture (const char *path, const char *type)
{
  g_autoptr (GBytes) bytes = test_read (path);
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (type, NULL);
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_loader_write_bytes (loader, bytes, &error);
  g_assert_no_error (error);
  gdk_pixbuf_loader_close (loader, &error);
  g_assert_no_error (error);
  return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
}

static void
assert_same_pixels (const char *first_path, const char *second_path, const char *type)
{
  g_autoptr (GdkPixbuf) first = load_picture (first_path, type);
  g_autoptr (GdkPixbuf) second = load_picture (second_path, type);
  g_autoptr (GBytes) first_bytes = gdk_pixbuf_read_pixel_bytes (first);
  g_autoptr (GBytes) second_bytes = gdk_pixbuf_read_pixel_bytes (second);

  g_assert_true (g_bytes_equal (first_bytes, second_bytes));
}

/* Puts @data at @offset of @from. */
static void
insert (const char *path, gsize offset, gconstpointer data, gsize length)
{
  g_autoptr (GBytes) bytes = test_read (path);
  g_autoptr (GByteArray) changed = g_byte_array_new ();
  gsize old_length;
  const guint8 *old = g_bytes_get_data (bytes, &old_length);

  g_assert_cmpuint (offset, <=, old_length);
  g_byte_array_append (changed, old, offset);
  g_byte_array_append (changed, data, length);
  g_byte_array_append (changed, old + offset, old_length - offset);
  test_write (path, changed->data, changed->len);
}

/* --- PNG --- */

static void
test_png (Fixture *self, gconstpointer data)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autofree char *text = cs_provenance_to_parameters (&generation);

  make_picture (self->from, "png");
  assert_source (self->from, NULL);
  g_assert_true (stamp (self->from, self->to, &generation));
  assert_same_pixels (self->from, self->to, "png");
  assert_source (self->to, "trainedAlgorithmicMedia");
  pixbuf = load_picture (self->to, "png");
  g_assert_nonnull (gdk_pixbuf_get_option (pixbuf, "tEXt::creative_studio"));
  g_assert_nonnull (gdk_pixbuf_get_option (pixbuf, "tEXt::XML:com.adobe.xmp"));
  g_assert_cmpstr (gdk_pixbuf_get_option (pixbuf, "tEXt::parameters"), ==, text);
}

/* A stamp is replaced: the second copy is the first, byte for byte; with other words it has only those. */
static void
test_png_again (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;

  make_picture (self->from, "png");
  g_assert_true (stamp (self->from, self->to, &generation));
  g_assert_true (stamp (self->to, self->again, &generation));
  first = test_read (self->to);
  second = test_read (self->again);
  g_assert_true (g_bytes_equal (first, second));

  g_assert_true (stamp (self->to, self->again, &sketch));
  assert_source (self->again, "digitalCreation");
  g_assert_cmpuint (count (self->again, "flux"), ==, 0);
  g_assert_cmpuint (count (self->again, "XML:com.adobe.xmp"), ==, 1);
  g_assert_cmpuint (count (self->again, "parameters"), ==, 1);
  assert_same_pixels (self->from, self->again, "png");
}

/* Latin words are written as other programs write and read them. */
static void
test_png_latin (Fixture *self, gconstpointer data)
{
  CsProvenance provenance = sketch;

  provenance.prompt = "Été à la mer\nwith two lines";
  make_picture (self->from, "png");
  stamp (self->from, self->to, &provenance);
  g_assert_cmpuint (count (self->to, "tEXtparameters"), ==, 1);
  g_assert_cmpuint (count (self->to, "\xc9t\xe9 \xe0 la mer\nwith"), ==, 1);

  provenance.prompt = "قط";
  stamp (self->from, self->to, &provenance);
  g_assert_cmpuint (count (self->to, "iTXtparameters"), ==, 1);
}

/* The length, type and sum of a chunk with @text. The sum is not looked at by us. */
static void
insert_chunk (const char *path, const char *type, const char *text, gsize length)
{
  g_autoptr (GByteArray) chunk = g_byte_array_new ();
  guint32 size = GUINT32_TO_BE (length);
  static const guint8 sum[4] = { 0 };

  g_byte_array_append (chunk, (const guint8 *) &size, 4);
  g_byte_array_append (chunk, (const guint8 *) type, 4);
  g_byte_array_append (chunk, (const guint8 *) text, length);
  g_byte_array_append (chunk, sum, 4);
  insert (path, 33, chunk->data, chunk->len);
}

static void
test_png_foreign (Fixture *self, gconstpointer data)
{
  static const char parameters[] = "parameters\0a dog\nSteps: 20, Version: v1.9";

  make_picture (self->from, "png");
  insert_chunk (self->from, "tEXt", parameters, sizeof parameters - 1);
  g_assert_true (stamp (self->from, self->to, &generation));
  g_assert_cmpuint (count (self->to, "a dog\nSteps: 20"), ==, 1);
  g_assert_cmpuint (count (self->to, "tEXtparameters"), ==, 1);
  g_assert_cmpuint (count (self->to, "iTXtparameters"), ==, 0);
  assert_source (self->to, "trainedAlgorithmicMedia");
}

static void
test_png_credentials (Fixture *self, gconstpointer data)
{
  make_picture (self->from, "png");
  insert_chunk (self->from, "caBX", "jumbc2pa", 8);
  assert_untouched (self);
}

/* --- JPEG --- */

static void
test_jpeg (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;

  make_picture (self->from, "jpeg");
  g_assert_true (stamp (self->from, self->to, &generation));
  assert_same_pixels (self->from, self->to, "jpeg");
  assert_source (self->to, "trainedAlgorithmicMedia");

  g_assert_true (stamp (self->to, self->again, &generation));
  first = test_read (self->to);
  second = test_read (self->again);
  g_assert_true (g_bytes_equal (first, second));
  g_assert_true (stamp (self->to, self->again, &sketch));
  g_assert_cmpuint (count (self->again, "http://ns.adobe.com/xap/1.0/"), ==, 2); /* the segment, and xmlns:xmp in it */
  assert_source (self->again, "digitalCreation");
}

/* Exif stays in front, wherever the old packet was. */
static void
test_jpeg_order (Fixture *self, gconstpointer data)
{
  static const char exif[] = "\xff\xe1\x00\x10" "Exif\0\0MM\0*\0\0\0\x08";
  g_autoptr (GBytes) bytes = NULL;

  make_picture (self->from, "jpeg");
  stamp (self->from, self->to, &sketch);
  /* Behind the old packet: the JFIF segment is 18 bytes, so the packet begins at 20. */
  {
    g_autoptr (GBytes) stamped = test_read (self->to);
    const guint8 *p = g_bytes_get_data (stamped, NULL);
    gsize packet = 22 + (p[22] << 8 | p[23]);

    g_assert_cmpint (p[21], ==, 0xe1);
    insert (self->to, packet, exif, sizeof exif - 1);
  }
  g_assert_true (stamp (self->to, self->again, &generation));
  g_assert_cmpuint (count (self->again, "W5M0MpCehiHzreSzNTczkc9d"), ==, 1);
  assert_source (self->again, "trainedAlgorithmicMedia");
  bytes = test_read (self->again);
  g_assert_true (memmem (g_bytes_get_data (bytes, NULL), 60, "Exif", 4) != NULL);
  assert_same_pixels (self->from, self->again, "jpeg");
}

/* The longest prompts there are do not fit into a segment; the label does. */
static void
test_jpeg_long (Fixture *self, gconstpointer data)
{
  CsProvenance provenance = generation;
  g_autofree char *prompt = g_malloc0 (40001);

  for (int i = 0; i < 40000; i += 2)
    memcpy (prompt + i, "ق", 2);
  provenance.prompt = provenance.original_prompt = prompt;
  make_picture (self->from, "jpeg");
  g_assert_true (stamp (self->from, self->to, &provenance));
  assert_source (self->to, "trainedAlgorithmicMedia");
  assert_same_pixels (self->from, self->to, "jpeg");
}

static void
test_jpeg_credentials (Fixture *self, gconstpointer data)
{
  static const char segment[] = "\xff\xeb\x00\x16JP\0\1\0\0\0\1\0\0\0\x0cjumb\0\0\0";

  make_picture (self->from, "jpeg");
  insert (self->from, 2, segment, 24);
  assert_untouched (self);
}

/* --- WebP --- */

static void
decode_webp (const char *path, Decoded *decoded)
{
  test_decode (path, "typefind ! webpdec", decoded);
}

static void
test_webp (Fixture *self, gconstpointer lossless)
{
  g_auto (Decoded) before = { 0 };
  g_auto (Decoded) after = { 0 };
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autofree char *text = g_strdup_printf ("videotestsrc num-buffers=1 ! video/x-raw,format=%s,width=64,height=48 ! webpenc"
                                           " lossless=%s", lossless != NULL ? "RGBA" : "I420", lossless != NULL ? "true" : "false");
  const guint8 *p;

  test_make_with (self->from, text);
  g_assert_true (stamp (self->from, self->to, &generation));
  assert_source (self->to, "trainedAlgorithmicMedia");
  first = test_read (self->to);
  p = g_bytes_get_data (first, NULL);
  g_assert_cmpmem (p + 12, 4, "VP8X", 4);
  g_assert_cmpuint (p[4] | p[5] << 8 | p[6] << 16, ==, g_bytes_get_size (first) - 8);
  g_assert_cmpuint (p[20] & 0x04, ==, 0x04);
  g_assert_cmpuint (p[24], ==, 63);
  g_assert_cmpuint (p[27], ==, 47);

  g_assert_true (stamp (self->to, self->again, &generation));
  second = test_read (self->again);
  g_assert_true (g_bytes_equal (first, second));
  decode_webp (self->from, &before);
  decode_webp (self->to, &after);
  g_assert_cmpuint (before.n_buffers, ==, 1);
  g_assert_cmpstr (before.hash, ==, after.hash);
}

/* --- MP4 --- */

static void
test_mp4 (Fixture *self, gconstpointer data)
{
  g_autofree char *type = test_make_clip (self->from, 64, 64, 24, TRUE);
  g_auto (Decoded) before = { 0 };
  g_auto (Decoded) after = { 0 };
  g_autoptr (GBytes) original = test_read (self->from);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;

  g_assert_true (stamp (self->from, self->to, &generation));
  assert_source (self->to, "trainedAlgorithmicMedia");
  first = test_read (self->to);
  g_assert_cmpuint (g_bytes_get_size (first), >, g_bytes_get_size (original));
  g_assert_cmpmem (g_bytes_get_data (first, NULL), g_bytes_get_size (original), g_bytes_get_data (original, NULL),
                   g_bytes_get_size (original));
  test_decode (self->from, TEST_H264, &before);
  test_decode (self->to, TEST_H264, &after);
  g_assert_cmpstr (before.hash, ==, after.hash);

  g_assert_true (stamp (self->to, self->again, &generation));
  second = test_read (self->again);
  g_assert_true (g_bytes_equal (first, second));
}

static void
insert_uuid (const char *path, gsize offset, const char *id, const char *text)
{
  g_autoptr (GByteArray) box = g_byte_array_new ();
  guint32 size = GUINT32_TO_BE (24 + strlen (text));

  g_byte_array_append (box, (const guint8 *) &size, 4);
  g_byte_array_append (box, (const guint8 *) "uuid", 4);
  g_byte_array_append (box, (const guint8 *) id, 16);
  g_byte_array_append (box, (const guint8 *) text, strlen (text));
  insert (path, offset, box->data, box->len);
}

#define ID_XMP "\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac"
#define ID_CREDENTIALS "\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81"

/* An old packet with boxes behind it leaves a hole of its size, so that nothing moves. */
static void
test_mp4_middle (Fixture *self, gconstpointer data)
{
  g_autofree char *type = test_make_clip (self->from, 64, 64, 12, FALSE);
  gsize length = size_of (self->from);

  insert_uuid (self->from, length, ID_XMP, "old words");
  insert (self->from, size_of (self->from), "\0\0\0\x08" "skip", 8);
  g_assert_true (stamp (self->from, self->to, &generation));
  assert_source (self->to, "trainedAlgorithmicMedia");
  {
    g_autoptr (GBytes) bytes = test_read (self->to);
    const char *p = g_bytes_get_data (bytes, NULL);

    g_assert_cmpmem (p + length + 4, 4, "free", 4);
    g_assert_cmpmem (p + length + 33 + 4, 4, "skip", 4);
  }
}

/* The index of fragments says at its end how long it is: it stays last. */
static void
test_mp4_fragments (Fixture *self, gconstpointer data)
{
  g_autofree char *type = test_make_clip (self->from, 64, 64, 12, FALSE);
  static const char index[] = "\0\0\0\x18mfra\0\0\0\x10mfro\0\0\0\0\0\0\0\x18";
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  insert (self->from, size_of (self->from), index, 24);
  g_assert_true (stamp (self->from, self->to, &generation));
  bytes = test_read (self->to);
  length = g_bytes_get_size (bytes);
  g_assert_cmpmem ((const char *) g_bytes_get_data (bytes, NULL) + length - 24, 24, index, 24);
}

static void
test_mp4_untouched (Fixture *self, gconstpointer data)
{
  g_autofree char *type = test_make_clip (self->from, 64, 64, 12, FALSE);
  g_autoptr (GBytes) plain = test_read (self->from);

  insert_uuid (self->from, g_bytes_get_size (plain), ID_CREDENTIALS, "signed");
  assert_untouched (self);

  /* A box without an end. */
  test_write (self->from, g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
  insert (self->from, g_bytes_get_size (plain), "\0\0\0\0free", 8);
  assert_untouched (self);
}

/* --- HTML and the rest --- */

static void
test_html (Fixture *self, gconstpointer data)
{
  static const char page[] = "<!DOCTYPE html>\n<html lang=\"fr\"><head><title>x</title></head><body>été</body></html>\n";

  test_write (self->from, page, strlen (page));
  g_assert_true (stamp (self->from, self->to, &generation));
  assert_source (self->to, "trainedAlgorithmicMedia");
  g_assert_cmpuint (count (self->to, "<title>x</title></head><body>été</body></html>\n"), ==, 1);
  g_assert_cmpuint (count (self->to, "</rdf:RDF>"), ==, 0);

  g_assert_true (stamp (self->to, self->again, &sketch));
  assert_source (self->again, "digitalCreation");
  g_assert_cmpuint (count (self->again, "ld+json"), ==, 1);

  test_write (self->from, "<html>no head</html>", 20);
  assert_untouched (self);
}

static void
test_other (Fixture *self, gconstpointer data)
{
  test_write (self->from, "# Slides\n", 9);
  assert_untouched (self);
  test_write (self->from, "", 0);
  assert_untouched (self);
  test_make_with (self->from, "videotestsrc num-buffers=3 ! video/x-raw,width=64,height=64 ! vp8enc ! webmmux");
  assert_untouched (self);
  assert_source (self->from, NULL);
}

/* --- what goes wrong --- */

static void
test_errors (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) unwritable = NULL;
  g_autoptr (GError) cancelled = NULL;
  g_autofree char *nowhere = g_build_filename (self->folder, "missing", "x", NULL);

  g_assert_false (cs_provenance_stamp_copy (self->from, self->to, &sketch, NULL, NULL, &missing));
  g_assert_error (missing, CS_ERROR, CS_ERROR_NOT_FOUND);
  make_picture (self->from, "png");
  g_assert_false (cs_provenance_stamp_copy (self->from, nowhere, &sketch, NULL, NULL, &unwritable));
  g_assert_true (unwritable->domain == CS_ERROR);
  g_cancellable_cancel (cancellable);
  g_assert_false (cs_provenance_stamp_copy (self->from, self->to, &sketch, NULL, cancellable, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (self->to, G_FILE_TEST_EXISTS));
}

static void
test_disk_full (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *disk = g_build_filename (self->folder, "disk", NULL);
  g_autofree char *target = g_build_filename (disk, "to", NULL);

  if (!test_disk_in_subprocess ())
    return;
  g_free (test_make_clip (self->from, 320, 192, 48, TRUE));
  g_assert_no_errno (g_mkdir (disk, 0700));
  g_assert_true (test_disk_mount (disk, 16));
  g_assert_false (cs_provenance_stamp_copy (self->from, target, &sketch, NULL, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_DISK_FULL);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
  g_assert_no_errno (umount (disk));
}

#define ADD(name, function) g_test_add ("/media/provenance/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("png", test_png);
  ADD ("png-again", test_png_again);
  ADD ("png-latin", test_png_latin);
  ADD ("png-foreign", test_png_foreign);
  ADD ("png-credentials", test_png_credentials);
  ADD ("jpeg", test_jpeg);
  ADD ("jpeg-order", test_jpeg_order);
  ADD ("jpeg-long", test_jpeg_long);
  ADD ("jpeg-credentials", test_jpeg_credentials);
  ADD ("webp", test_webp);
  g_test_add ("/media/provenance/webp-lossless", Fixture, "yes", set_up, test_webp, tear_down);
  ADD ("mp4", test_mp4);
  ADD ("mp4-middle", test_mp4_middle);
  ADD ("mp4-fragments", test_mp4_fragments);
  ADD ("mp4-untouched", test_mp4_untouched);
  ADD ("html", test_html);
  ADD ("other", test_other);
  ADD ("errors", test_errors);
  ADD ("disk-full", test_disk_full);
  return g_test_run ();
}
