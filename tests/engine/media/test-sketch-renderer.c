/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "media-support.h"
#include "media/cs-media-info.h"
#include "media/cs-provenance.h"
#include "media/cs-sketch-renderer.h"

#include <locale.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

/* One render, as its caller sees it. */
typedef struct
{
  GAsyncResult *result;
  GCancellable *cancellable;
  double last;
  double cancel_at; /* 0 never */
  guint n_told;
  gint64 first_told; /* monotonic */
  gint64 last_told;
} Watch;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = test_folder_new ();
  self->path = g_build_filename (self->folder, "work.part", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_folder_free (self->folder);
  g_free (self->path);
}

static CsSketchOrder *
make_order (const char *path, CsKind kind, CsAspect aspect)
{
  CsSketchOrder *order = g_new0 (CsSketchOrder, 1);

  order->kind = kind;
  order->prompt = g_strdup ("A quiet sea at sunset, “très calme” & <wide>");
  order->aspect = aspect;
  order->style = CS_STYLE_CINEMATIC;
  order->duration = 1;
  order->sound = TRUE;
  order->seed = 7;
  order->path = g_strdup (path);
  return order;
}

static void
progress_cb (double share, gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_null (watch->result);
  g_assert_cmpfloat (share, >, watch->last);
  g_assert_cmpfloat (share, <=, 1);
  if (watch->n_told++ == 0)
    watch->first_told = g_get_monotonic_time ();
  watch->last_told = g_get_monotonic_time ();
  watch->last = share;
  if (watch->cancel_at > 0 && share > watch->cancel_at)
    g_cancellable_cancel (watch->cancellable);
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;

  watch->result = g_object_ref (result);
}

static void
watch_start (Watch *watch, CsSketchOrder *order)
{
  cs_sketch_render_async (order, progress_cb, watch, watch->cancellable, rendered_cb, watch);
}

static CsSketchResult *
watch_finish (Watch *watch, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  while (watch->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  result = g_steal_pointer (&watch->result);
  return cs_sketch_render_finish (result, error);
}

static CsSketchResult *
render (CsSketchOrder *order)
{
  Watch watch = { 0 };
  g_autoptr (GError) error = NULL;
  CsSketchResult *result;

  watch_start (&watch, order);
  result = watch_finish (&watch, &error);
  g_assert_no_error (error);
  g_assert_nonnull (result);
  g_assert_cmpfloat (watch.last, ==, 1);
  return result;
}

static void
assert_files (Fixture *self, guint n)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint found = 0;

  while (g_dir_read_name (dir) != NULL)
    found++;
  g_assert_cmpuint (found, ==, n);
}

static void
test_video (Fixture *self, gconstpointer data)
{
  g_autoptr (CsSketchResult) result = render (make_order (self->path, CS_KIND_VIDEO, CS_ASPECT_16_9));
  g_autofree char *source = cs_provenance_read_source (self->path, NULL);
  g_autoptr (GBytes) bytes = test_read (self->path);
  g_auto (Decoded) frames = { 0 };
  g_auto (Decoded) sound = { 0 };

  g_assert_cmpint (result->width, ==, 1280);
  g_assert_cmpint (result->height, ==, 720);
  g_assert_cmpfloat (result->duration, ==, 1);
  g_assert_true (result->has_sound);
  g_assert_cmpstr (result->mime_type, ==, "video/mp4");
  g_assert_null (result->note);
  assert_files (self, 1);

  test_decode (self->path, TEST_H264, &frames);
  g_assert_cmpuint (frames.n_buffers, ==, 24);
  test_decode (self->path, TEST_AAC, &sound);
  g_assert_cmpfloat (sound.loudest, >, 0.05);
  g_assert_cmpstr (source, ==, "digitalCreation");
  g_assert_nonnull (memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "\251cmt", 4));
}

static void
test_video_without_sound (Fixture *self, gconstpointer data)
{
  CsSketchOrder *order = make_order (self->path, CS_KIND_VIDEO, CS_ASPECT_9_16);
  g_autoptr (CsSketchResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;

  order->sound = FALSE;
  result = render (order);
  g_assert_cmpint (result->width, ==, 720);
  g_assert_cmpint (result->height, ==, 1280);
  g_assert_false (result->has_sound);
  bytes = test_read (self->path);
  g_assert_null (memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "soun", 4));
}

/* The same order gives the same file. */
static void
test_same_video (Fixture *self, gconstpointer data)
{
  g_autofree char *other = g_build_filename (self->folder, "other.part", NULL);
  g_autoptr (CsSketchResult) first = render (make_order (self->path, CS_KIND_VIDEO, CS_ASPECT_1_1));
  g_autoptr (CsSketchResult) second = render (make_order (other, CS_KIND_VIDEO, CS_ASPECT_1_1));
  g_autoptr (GBytes) first_bytes = test_read (self->path);
  g_autoptr (GBytes) second_bytes = test_read (other);

  g_assert_cmpint (first->width, ==, 1024);
  g_assert_true (g_bytes_equal (first_bytes, second_bytes));
}

/* The square one is made in test_same_picture(). */
static void
test_picture (Fixture *self, gconstpointer data)
{
  static const struct
  {
    CsAspect aspect;
    int width, height;
  } sizes[] = { { CS_ASPECT_16_9, 1344, 768 }, { CS_ASPECT_9_16, 768, 1344 }, { CS_ASPECT_4_3, 1152, 864 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (CsSketchResult) result = render (make_order (self->path, CS_KIND_IMAGE, sizes[i].aspect));
      g_autofree char *source = cs_provenance_read_source (self->path, NULL);

      g_assert_cmpint (result->width, ==, sizes[i].width);
      g_assert_cmpint (result->height, ==, sizes[i].height);
      g_assert_cmpstr (result->mime_type, ==, "image/png");
      g_assert_cmpfloat (result->duration, ==, 0);
      g_assert_false (result->has_sound);
      g_assert_cmpstr (source, ==, "digitalCreation");
      assert_files (self, 1);
    }
}

/* Two equal orders at once: what was ordered second begins when the first is done, and they give the same bytes. */
static void
test_same_picture (Fixture *self, gconstpointer data)
{
  g_autofree char *other = g_build_filename (self->folder, "other.part", NULL);
  CsSketchOrder *changed = make_order (other, CS_KIND_IMAGE, CS_ASPECT_1_1);
  Watch first = { 0 };
  Watch second = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CsSketchResult) first_result = NULL;
  g_autoptr (CsSketchResult) second_result = NULL;
  g_autoptr (CsSketchResult) third_result = NULL;
  g_autoptr (GBytes) first_bytes = NULL;
  g_autoptr (GBytes) second_bytes = NULL;
  g_autoptr (GBytes) third_bytes = NULL;

  watch_start (&first, make_order (self->path, CS_KIND_IMAGE, CS_ASPECT_1_1));
  watch_start (&second, make_order (other, CS_KIND_IMAGE, CS_ASPECT_1_1));
  first_result = watch_finish (&first, &error);
  g_assert_no_error (error);
  second_result = watch_finish (&second, &error);
  g_assert_no_error (error);
  g_assert_cmpint (second.first_told, >=, first.last_told);
  g_assert_cmpint (first_result->width, ==, 1024);
  g_assert_cmpint (first_result->height, ==, 1024);

  first_bytes = test_read (self->path);
  second_bytes = test_read (other);
  g_assert_true (g_bytes_equal (first_bytes, second_bytes));
  changed->seed++;
  third_result = render (changed);
  third_bytes = test_read (other);
  g_assert_false (g_bytes_equal (first_bytes, third_bytes));
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Watch watch = { .cancellable = cancellable, .cancel_at = 0.09 };
  CsSketchOrder *order = make_order (self->path, CS_KIND_VIDEO, CS_ASPECT_16_9);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsSketchResult) result = NULL;

  order->duration = 10;
  watch_start (&watch, order);
  result = watch_finish (&watch, &error);
  g_assert_null (result);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (watch.last, <, 0.9);
  assert_files (self, 0);
}

static void
assert_fails (CsSketchOrder *order, CsError code)
{
  Watch watch = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CsSketchResult) result = NULL;

  watch_start (&watch, order);
  result = watch_finish (&watch, &error);
  g_assert_null (result);
  g_assert_error (error, CS_ERROR, (int) code);
}

static void
test_bad_orders (Fixture *self, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (self->folder, "missing", "x", NULL);
  CsSketchOrder *longest = make_order (self->path, CS_KIND_VIDEO, CS_ASPECT_16_9);

  longest->duration = 3600;
  assert_fails (longest, CS_ERROR_INVALID_VALUE);
  assert_fails (make_order (self->path, CS_KIND_VIDEO, CS_ASPECT_4_3), CS_ERROR_INVALID_VALUE);
  assert_fails (make_order (self->path, CS_KIND_DECK, CS_ASPECT_16_9), CS_ERROR_INVALID_VALUE);
  assert_fails (make_order (nowhere, CS_KIND_VIDEO, CS_ASPECT_16_9), CS_ERROR_NOT_WRITABLE);
  assert_fails (make_order (nowhere, CS_KIND_IMAGE, CS_ASPECT_16_9), CS_ERROR_NOT_WRITABLE);
  assert_files (self, 0);
}

#define ADD(name, function) g_test_add ("/media/sketch-renderer/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("video", test_video);
  ADD ("video-without-sound", test_video_without_sound);
  ADD ("same-video", test_same_video);
  ADD ("picture", test_picture);
  ADD ("same-picture", test_same_picture);
  ADD ("cancelled", test_cancelled);
  ADD ("bad-orders", test_bad_orders);
  return g_test_run ();
}
