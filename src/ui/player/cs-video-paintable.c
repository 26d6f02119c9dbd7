/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The newest frame as something that GTK draws, without a copy of it. Main thread. */
#include "config.h"
#include "ui/player/cs-video-paintable.h"

#include <math.h>

/* Before anything is known: most videos have this shape, so that the page does not jump. */
#define ASPECT (16.0 / 9.0)

/* The size of a window that is being made larger is not worth a frame of its own. */
#define REST_MS 150

struct _CsVideoPaintable
{
  GObject parent_instance;

  /* Owned */
  CsPlayer *player;
  CsPlayerFrame *shown; /* (nullable) of the texture */
  GdkTexture *texture;  /* (nullable) */
  GdkTexture *poster;   /* (nullable) */
  guint resting;        /* timeout */
  double aspect;        /* that was last told */
  double width, height; /* as it was last drawn */
  int scale;
  gboolean is_told;     /* the player was told a size */
};

enum
{
  PROP_0,
  PROP_SCALE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void cs_video_paintable_iface_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsVideoPaintable, cs_video_paintable, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, cs_video_paintable_iface_init))

/* Being drawn */

static gboolean
rested_cb (gpointer user_data)
{
  CsVideoPaintable *self = user_data;

  self->resting = 0;
  cs_video_paintable_claim (self);
  return G_SOURCE_REMOVE;
}

/* The first size is told at once, so that the first frame has it. */
static void
resized (CsVideoPaintable *self)
{
  g_clear_handle_id (&self->resting, g_source_remove);
  if (self->is_told)
    self->resting = g_timeout_add (REST_MS, rested_cb, self);
  else
    cs_video_paintable_claim (self);
}

static void
cs_video_paintable_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  CsVideoPaintable *self = CS_VIDEO_PAINTABLE (paintable);
  GdkTexture *texture = cs_video_paintable_get_texture (self);

  if (width != self->width || height != self->height)
    {
      self->width = width;
      self->height = height;
      resized (self);
    }
  if (texture != NULL)
    gdk_paintable_snapshot (GDK_PAINTABLE (texture), snapshot, width, height);
}

static double
cs_video_paintable_get_aspect (GdkPaintable *paintable)
{
  return CS_VIDEO_PAINTABLE (paintable)->aspect;
}

static GdkPaintable *
cs_video_paintable_get_current_image (GdkPaintable *paintable)
{
  GdkTexture *texture = cs_video_paintable_get_texture (CS_VIDEO_PAINTABLE (paintable));

  return texture != NULL ? g_object_ref (GDK_PAINTABLE (texture)) : gdk_paintable_new_empty (0, 0);
}

static void
cs_video_paintable_iface_init (GdkPaintableInterface *iface)
{
  iface->snapshot = cs_video_paintable_snapshot;
  iface->get_current_image = cs_video_paintable_get_current_image;
  iface->get_intrinsic_aspect_ratio = cs_video_paintable_get_aspect;
}

/* Following the player */

static double
read_aspect (CsVideoPaintable *self)
{
  const CsPlayerFacts *facts = cs_player_get_facts (self->player);

  if (facts->width > 0 && facts->height > 0)
    return (double) facts->width / facts->height;
  return self->poster != NULL ? gdk_paintable_get_intrinsic_aspect_ratio (GDK_PAINTABLE (self->poster)) : self->aspect;
}

/* Frames have the size at which they are shown: the shape is that of the film, or it would never come to rest. */
static void
update (CsVideoPaintable *self)
{
  double aspect = read_aspect (self);

  if (aspect != self->aspect)
    {
      self->aspect = aspect;
      gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
    }
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
}

static void
frame_cb (CsVideoPaintable *self)
{
  CsPlayerFrame *frame = cs_player_get_frame (self->player);

  if (frame == self->shown)
    return;
  g_clear_object (&self->texture);
  g_clear_pointer (&self->shown, cs_player_frame_unref);
  if (frame != NULL)
    {
      self->shown = cs_player_frame_ref (frame);
      self->texture = cs_video_paintable_make_texture (frame);
    }
  update (self);
}

static void
changed_cb (CsVideoPaintable *self)
{
  frame_cb (self);
  if (read_aspect (self) != self->aspect)
    update (self);
}

static void
cs_video_paintable_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CsVideoPaintable *self = CS_VIDEO_PAINTABLE (object);

  g_assert (id == PROP_SCALE);
  self->scale = g_value_get_int (value);
  resized (self);
}

static void
cs_video_paintable_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_assert (id == PROP_SCALE);
  g_value_set_int (value, CS_VIDEO_PAINTABLE (object)->scale);
}

static void
cs_video_paintable_dispose (GObject *object)
{
  CsVideoPaintable *self = CS_VIDEO_PAINTABLE (object);

  g_clear_handle_id (&self->resting, g_source_remove);
  g_clear_object (&self->texture);
  g_clear_object (&self->poster);
  g_clear_object (&self->player);
  g_clear_pointer (&self->shown, cs_player_frame_unref);

  G_OBJECT_CLASS (cs_video_paintable_parent_class)->dispose (object);
}

static void
cs_video_paintable_class_init (CsVideoPaintableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cs_video_paintable_dispose;
  object_class->set_property = cs_video_paintable_set_property;
  object_class->get_property = cs_video_paintable_get_property;
  properties[PROP_SCALE] = g_param_spec_int ("scale", NULL, NULL, 1, 16, 1, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cs_video_paintable_init (CsVideoPaintable *self)
{
  self->aspect = ASPECT;
  self->scale = 1;
}

/** cs_video_paintable_new: Returns: (transfer full): what @player shows. */
CsVideoPaintable *
cs_video_paintable_new (CsPlayer *player)
{
  CsVideoPaintable *self = g_object_new (CS_TYPE_VIDEO_PAINTABLE, NULL);

  self->player = g_object_ref (player);
  g_signal_connect_object (player, "frame", G_CALLBACK (frame_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
  return self;
}

/** cs_video_paintable_claim: Frames come in the size of this one, where one player is shown in two places. */
void
cs_video_paintable_claim (CsVideoPaintable *self)
{
  if (self->width < 1 || self->height < 1)
    return;
  self->is_told = TRUE;
  cs_player_set_room (self->player, (int) ceil (self->width * self->scale), (int) ceil (self->height * self->scale));
}

/** cs_video_paintable_make_texture: Returns: (transfer full): @frame, whose memory it shares. */
GdkTexture *
cs_video_paintable_make_texture (CsPlayerFrame *frame)
{
  /* All pixels are opaque: called premultiplied, they need no conversion. */
  return gdk_memory_texture_new (frame->width, frame->height, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, frame->pixels, frame->stride);
}

void
cs_video_paintable_set_poster (CsVideoPaintable *self, GdkTexture *poster)
{
  if (g_set_object (&self->poster, poster))
    update (self);
}

/** cs_video_paintable_get_texture: Returns: (transfer none) (nullable): what is shown now. */
GdkTexture *
cs_video_paintable_get_texture (CsVideoPaintable *self)
{
  return self->texture != NULL ? self->texture : self->poster;
}
