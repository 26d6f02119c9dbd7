/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "player-support.h"

#include <glib/gstdio.h>
#include <gst/base/gstbasesink.h>
#include <string.h>

/* Hides every decoder of a kind, or shows them again. */
static void
set_decoders (const char *kind, gboolean is_there)
{
  static GHashTable *ranks;
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple (kind);
  GList *all = gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DECODER, GST_RANK_NONE);

  if (ranks == NULL)
    ranks = g_hash_table_new (NULL, NULL);
  for (GList *l = all; l != NULL; l = l->next)
    {
      if (!gst_element_factory_can_sink_any_caps (l->data, caps))
        continue;
      if (!is_there)
        g_hash_table_insert (ranks, l->data, GUINT_TO_POINTER (gst_plugin_feature_get_rank (l->data)));
      gst_plugin_feature_set_rank (l->data, is_there ? GPOINTER_TO_UINT (g_hash_table_lookup (ranks, l->data)) : GST_RANK_NONE);
    }
  gst_plugin_feature_list_free (all);
}

/* Loudspeakers that are there, and break as soon as they are used. */
typedef GstBaseSink BrokenSound;
typedef GstBaseSinkClass BrokenSoundClass;

GType broken_sound_get_type (void);

G_DEFINE_TYPE (BrokenSound, broken_sound, GST_TYPE_BASE_SINK)

static GstFlowReturn
broken_sound_render (GstBaseSink *sink, GstBuffer *buffer)
{
  GST_ELEMENT_ERROR (sink, RESOURCE, WRITE, ("No sound"), ("No sound"));
  return GST_FLOW_ERROR;
}

static void
broken_sound_class_init (BrokenSoundClass *klass)
{
  static GstStaticPadTemplate pad = GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS,
                                                             GST_STATIC_CAPS ("audio/x-raw"));

  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (klass), &pad);
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass), "Broken", "Sink/Audio", "Breaks", "Nobody");
  klass->render = broken_sound_render;
}

static void
broken_sound_init (BrokenSound *self)
{
}

/* The film goes on, from where it was, and says why it is silent. */
static void
test_broken_sound (Fixture *self, gconstpointer data)
{
  g_autofree char *film = cs_test_film_new (self->home->path, "sound.mp4", 48, TRUE);
  GstElementFactory *factory;

  g_assert_true (gst_element_register (NULL, "brokensound", GST_RANK_PRIMARY + 200, broken_sound_get_type ()));
  factory = gst_element_factory_find ("brokensound");
  cs_player_open (self->player, film);
  wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpint (facts (self)->sound, ==, CS_PLAYER_HEARD);
  cs_player_seek (self->player, 20.5 * FRAME);
  wait_number (self, 20);
  cs_player_play (self->player);
  wait_range (self, 30, 47);
  g_assert_cmpint (facts (self)->sound, ==, CS_PLAYER_SOUND_OFF);
  g_assert_cmpuint (self->n_back, ==, 0);
  wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpint (read_number (self->player), ==, 47);
  gst_plugin_feature_set_rank (GST_PLUGIN_FEATURE (factory), GST_RANK_NONE);
  gst_object_unref (factory);
}

static void
test_unknown_sound (Fixture *self, gconstpointer data)
{
  g_autofree char *film = cs_test_film_new (self->home->path, "sound.mp4", 48, TRUE);

  set_decoders ("audio/mpeg", FALSE);
  cs_player_open (self->player, film);
  wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpint (facts (self)->sound, ==, CS_PLAYER_SOUND_UNKNOWN);
  g_assert_nonnull (strstr (facts (self)->codec, "AAC"));
  g_assert_cmpstr (facts (self)->package, ==, "gstreamer1.0-libav");
  cs_player_play (self->player);
  wait_range (self, 10, 47);
  set_decoders ("audio/mpeg", TRUE);
}

static void
test_troubles (Fixture *self, gconstpointer data)
{
  g_autofree char *gone = g_build_filename (self->home->path, "gone.mp4", NULL);
  g_autofree char *below = g_build_filename (self->film, "film.mp4", NULL);
  g_autofree char *text = g_build_filename (self->home->path, "text.mp4", NULL);
  g_autofree char *list = g_build_filename (self->home->path, "list.mp4", NULL);
  g_autofree char *empty = g_build_filename (self->home->path, "empty.mp4", NULL);
  g_autofree char *pipe = g_build_filename (self->home->path, "pipe.mp4", NULL);

  g_assert_true (g_file_set_contents (text, "No film at all.", -1, NULL));
  g_assert_true (g_file_set_contents (list, "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfilm.mp4\n", -1, NULL));
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  expect_trouble (self, gone, CS_PLAYER_GONE);
  expect_trouble (self, below, CS_PLAYER_GONE);
  expect_trouble (self, text, CS_PLAYER_DAMAGED);
  expect_trouble (self, list, CS_PLAYER_DAMAGED);
  expect_trouble (self, empty, CS_PLAYER_DAMAGED);
  expect_trouble (self, pipe, CS_PLAYER_DAMAGED);
  expect_trouble (self, self->home->path, CS_PLAYER_DAMAGED);
  open_film (self);
}

static gboolean
has_stopped (gpointer user_data)
{
  Fixture *self = user_data;

  return facts (self)->state == CS_PLAYER_PAUSED || facts (self)->state == CS_PLAYER_FAILED;
}

/* Zeros from @share of the pictures on. */
static char *
write_with_hole (Fixture *self, const char *name, const char *content, gsize length, double share)
{
  char *path = g_build_filename (self->home->path, name, NULL);
  g_autofree char *copy = g_memdup2 (content, length);
  const char *pictures = memmem (content, length, "mdat", 4);
  gsize begin;

  g_assert_nonnull (pictures);
  begin = (gsize) (pictures + 4 - content);
  begin += (gsize) ((double) (length - begin) * share);
  memset (copy + begin, 0, length - begin);
  g_assert_true (g_file_set_contents (path, copy, (gssize) length, NULL));
  return path;
}

/* What can be shown of a film is shown; whatever comes then is not a crash, and not for ever. */
static void
test_hole (Fixture *self, gconstpointer data)
{
  g_autofree char *content = NULL;
  g_autofree char *empty = NULL;
  g_autofree char *half = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (self->film, &content, &length, NULL));
  empty = write_with_hole (self, "empty.mp4", content, length, 0);
  half = write_with_hole (self, "half.mp4", content, length, 0.5);
  expect_trouble (self, empty, CS_PLAYER_DAMAGED);
  cs_player_open (self->player, half);
  wait_state (self, CS_PLAYER_PAUSED);
  wait_number (self, 0);
  cs_player_play (self->player);
  cs_test_wait (has_stopped, self);
}

/* A cut one, and noise. */
static void
test_damaged (Fixture *self, gconstpointer data)
{
  g_autofree char *data_of_film = NULL;
  g_autofree char *half = g_build_filename (self->home->path, "half.mp4", NULL);
  g_autofree char *noise = g_build_filename (self->home->path, "noise.mp4", NULL);
  gsize length;

  g_assert_true (g_file_get_contents (self->film, &data_of_film, &length, NULL));
  g_assert_true (g_file_set_contents (half, data_of_film, 300, NULL));
  for (gsize i = 64; i < length; i++)
    data_of_film[i] = (char) g_test_rand_int ();
  g_assert_true (g_file_set_contents (noise, data_of_film, (gssize) length, NULL));
  expect_trouble (self, half, CS_PLAYER_DAMAGED);
  expect_trouble (self, noise, CS_PLAYER_DAMAGED);
}

static void
test_no_codec (Fixture *self, gconstpointer data)
{
  g_autofree char *film = cs_test_film_new (self->home->path, "sound.mp4", 24, TRUE);

  set_decoders ("video/x-h264", FALSE);
  expect_trouble (self, self->film, CS_PLAYER_NO_CODEC);
  g_assert_cmpstr (facts (self)->codec, ==, "H.264");
  g_assert_cmpstr (facts (self)->package, ==, "gstreamer1.0-libav");
  expect_trouble (self, film, CS_PLAYER_NO_CODEC);
  g_assert_cmpstr (facts (self)->codec, ==, "H.264");
  set_decoders ("video/x-h264", TRUE);
  open_film (self);
}

int
main (int argc, char **argv)
{
  player_test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/player-troubles/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("broken-sound", test_broken_sound);
  ADD ("unknown-sound", test_unknown_sound);
  ADD ("no-codec", test_no_codec);
  ADD ("files", test_troubles);
  ADD ("damaged", test_damaged);
  ADD ("hole", test_hole);
#undef ADD

  return g_test_run ();
}
