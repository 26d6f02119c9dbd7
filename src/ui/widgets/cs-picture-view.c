/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A large picture. Main thread; files are read and decoded by the cache, on other threads. */
#include "config.h"
#include "ui/widgets/cs-picture-view.h"

#include "creative-studio.h"
#include "ui/widgets/cs-picture-cache.h"

#define RADIUS 12
#define NATURAL_WIDTH 470
#define MIN_SIZE 120

struct _CsPictureView
{
  GtkWidget parent_instance;

  /* Owned */
  char *path;      /* (nullable) */
  char *thumbnail; /* (nullable) */
  char *alternative_text; /* (nullable) */
  GdkTexture *texture;    /* (nullable) */
  GCancellable *cancellable; /* (nullable) of both that may be on their way */
  int width, height;           /* of the picture, as far as it is known */
  int for_width, for_height;   /* device pixels that was read for */
  guint is_loaded : 1;
};

enum
{
  PROP_0,
  PROP_ALTERNATIVE_TEXT,
  N_PROPS
};

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsPictureView, cs_picture_view, GTK_TYPE_WIDGET)

static void
cancel (CsPictureView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
take_texture (CsPictureView *self, GdkTexture *texture)
{
  g_set_object (&self->texture, texture);
  if (self->width <= 0 || self->height <= 0)
    {
      self->width = gdk_texture_get_width (texture);
      self->height = gdk_texture_get_height (texture);
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
thumbnail_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsPictureView) self = user_data;
  g_autoptr (GdkTexture) texture = cs_picture_cache_load_finish (result, NULL);

  if (texture != NULL && g_task_get_cancellable (G_TASK (result)) == self->cancellable && !self->is_loaded)
    take_texture (self, texture);
}

static void
file_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsPictureView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = cs_picture_cache_load_finish (result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  if (texture == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
      return;
    }
  self->is_loaded = TRUE;
  take_texture (self, texture);
}

/* Reads what fits the widget as it is now; what was read for another size stays until then. */
static void
update (CsPictureView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int scale = gtk_widget_get_scale_factor (widget);
  CsPictureWish wish = { self->thumbnail, FALSE, gtk_widget_get_width (widget) * scale, gtk_widget_get_height (widget) * scale, FALSE };

  if (!gtk_widget_get_mapped (widget) || wish.width == 0 || wish.height == 0)
    return;
  if (wish.width == self->for_width && wish.height == self->for_height)
    return;
  cancel (self);
  self->cancellable = g_cancellable_new ();
  self->for_width = wish.width;
  self->for_height = wish.height;
  if (self->thumbnail != NULL && self->texture == NULL)
    cs_picture_cache_load_async (&wish, self->cancellable, thumbnail_cb, g_object_ref (self));
  wish.path = self->path;
  if (self->path != NULL)
    cs_picture_cache_load_async (&wish, self->cancellable, file_cb, g_object_ref (self));
}

static void
cs_picture_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  update (CS_PICTURE_VIEW (widget));
}

static void
cs_picture_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cs_picture_view_parent_class)->map (widget);
  update (CS_PICTURE_VIEW (widget));
}

static double
get_ratio (CsPictureView *self)
{
  return self->width > 0 && self->height > 0 ? (double) self->width / self->height : 16.0 / 9;
}

static GtkSizeRequestMode
cs_picture_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cs_picture_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  int width = for_size > 0 ? for_size : NATURAL_WIDTH;

  *minimum = MIN_SIZE;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = NATURAL_WIDTH;
  else
    *natural = MAX ((int) (width / get_ratio (CS_PICTURE_VIEW (widget))), MIN_SIZE);
}

/* What the picture covers of the widget. */
static graphene_rect_t
get_place (CsPictureView *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double w = MIN (width, height * get_ratio (self));
  double h = w / get_ratio (self);

  return GRAPHENE_RECT_INIT ((width - w) / 2, (height - h) / 2, w, h);
}

static void
cs_picture_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CsPictureView *self = CS_PICTURE_VIEW (widget);
  graphene_rect_t place = get_place (self);
  GskRoundedRect rounded;
  GdkRGBA grey;

  gsk_rounded_rect_init_from_rect (&rounded, &place, RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  if (self->texture != NULL)
    gtk_snapshot_append_texture (snapshot, self->texture, &place);
  else
    {
      gtk_style_context_get_color (gtk_widget_get_style_context (widget), &grey);
      grey.alpha = 0.08;
      gtk_snapshot_append_color (snapshot, &grey, &place);
    }
  gtk_snapshot_pop (snapshot);
}

static void
cs_picture_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ALTERNATIVE_TEXT)
    g_value_set_string (value, CS_PICTURE_VIEW (object)->alternative_text);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cs_picture_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CsPictureView *self = CS_PICTURE_VIEW (object);

  if (id != PROP_ALTERNATIVE_TEXT)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  g_free (self->alternative_text);
  self->alternative_text = g_value_dup_string (value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->alternative_text != NULL ? self->alternative_text : "", -1);
}

static void
cs_picture_view_dispose (GObject *object)
{
  CsPictureView *self = CS_PICTURE_VIEW (object);

  cancel (self);
  g_clear_object (&self->texture);

  G_OBJECT_CLASS (cs_picture_view_parent_class)->dispose (object);
}

static void
cs_picture_view_finalize (GObject *object)
{
  CsPictureView *self = CS_PICTURE_VIEW (object);

  g_free (self->path);
  g_free (self->thumbnail);
  g_free (self->alternative_text);

  G_OBJECT_CLASS (cs_picture_view_parent_class)->finalize (object);
}

static void
cs_picture_view_class_init (CsPictureViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cs_picture_view_get_property;
  object_class->set_property = cs_picture_view_set_property;
  object_class->dispose = cs_picture_view_dispose;
  object_class->finalize = cs_picture_view_finalize;
  properties[PROP_ALTERNATIVE_TEXT]
      = g_param_spec_string ("alternative-text", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", CS_TYPE_PICTURE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_ERROR);

  widget_class->size_allocate = cs_picture_view_size_allocate;
  widget_class->map = cs_picture_view_map;
  widget_class->get_request_mode = cs_picture_view_get_request_mode;
  widget_class->measure = cs_picture_view_measure;
  widget_class->snapshot = cs_picture_view_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cs_picture_view_init (CsPictureView *self)
{
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (update), NULL);
}

/** cs_picture_view_new: Returns: (transfer floating): a view of nothing yet. */
GtkWidget *
cs_picture_view_new (void)
{
  return g_object_new (CS_TYPE_PICTURE_VIEW, NULL);
}

/**
 * cs_picture_view_set_file:
 * @path: (nullable): the file; NULL: there is only the thumbnail
 * @thumbnail: (nullable): a small picture of it
 * @width: of the picture; 0: not known
 */
void
cs_picture_view_set_file (CsPictureView *self, const char *path, const char *thumbnail, int width, int height)
{
  g_return_if_fail (CS_IS_PICTURE_VIEW (self));

  cancel (self);
  g_clear_object (&self->texture);
  cs_set_string (&self->path, path);
  cs_set_string (&self->thumbnail, thumbnail);
  self->width = width;
  self->height = height;
  self->for_width = self->for_height = 0;
  self->is_loaded = FALSE;
  update (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/** cs_picture_view_is_loaded: Returns: whether the file itself is shown, and not its thumbnail. */
gboolean
cs_picture_view_is_loaded (CsPictureView *self)
{
  g_return_val_if_fail (CS_IS_PICTURE_VIEW (self), FALSE);

  return self->is_loaded;
}
