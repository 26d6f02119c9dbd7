/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small picture. Main thread; files are read and decoded by the cache, on other threads. */
#include "config.h"
#include "ui/widgets/cs-thumbnail.h"

#include "ui/widgets/cs-picture-cache.h"

struct _CsThumbnail
{
  GtkWidget parent_instance;

  /* Owned */
  char *path; /* (nullable) */
  char *alternative_text; /* (nullable) */
  GdkTexture *texture; /* (nullable) */
  GCancellable *cancellable; /* (nullable) of the picture that is on its way */
  double ratio;
  int width, height; /* device pixels that `texture`, or what is on its way, is for */
  guint is_resource : 1;
};

enum
{
  PROP_0,
  PROP_PATH,
  PROP_ALTERNATIVE_TEXT,
  PROP_RATIO,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CsThumbnail, cs_thumbnail, GTK_TYPE_WIDGET)

static void
cancel (CsThumbnail *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsThumbnail) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = cs_picture_cache_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  if (texture == NULL)
    g_debug ("A thumbnail was not read: %s", error->message);
  g_set_object (&self->texture, texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Has the picture read that fits the widget as it is now; one of another size stays until that is there. */
static void
update (CsThumbnail *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int scale = gtk_widget_get_scale_factor (widget);
  CsPictureWish wish = { self->path, self->is_resource, self->width, self->height, TRUE };
  GdkTexture *texture;

  if (self->path == NULL || !gtk_widget_get_mapped (widget) || gtk_widget_get_width (widget) == 0)
    return;
  wish.width = gtk_widget_get_width (widget) * scale;
  wish.height = gtk_widget_get_height (widget) * scale;
  if (wish.width == self->width && wish.height == self->height)
    return;
  cancel (self);
  self->width = wish.width;
  self->height = wish.height;
  texture = cs_picture_cache_peek (&wish);
  if (texture != NULL)
    {
      g_set_object (&self->texture, texture);
      gtk_widget_queue_draw (widget);
      return;
    }
  self->cancellable = g_cancellable_new ();
  cs_picture_cache_load_async (&wish, self->cancellable, load_cb, g_object_ref (self));
}

static void
cs_thumbnail_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  update (CS_THUMBNAIL (widget));
}

static void
cs_thumbnail_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cs_thumbnail_parent_class)->map (widget);
  update (CS_THUMBNAIL (widget));
}

/* What nobody sees need not be read. */
static void
cs_thumbnail_unmap (GtkWidget *widget)
{
  CsThumbnail *self = CS_THUMBNAIL (widget);

  if (self->cancellable != NULL)
    self->width = self->height = 0;
  cancel (self);
  GTK_WIDGET_CLASS (cs_thumbnail_parent_class)->unmap (widget);
}

static GtkSizeRequestMode
cs_thumbnail_get_request_mode (GtkWidget *widget)
{
  return CS_THUMBNAIL (widget)->ratio > 0 ? GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
cs_thumbnail_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  CsThumbnail *self = CS_THUMBNAIL (widget);

  *minimum = *natural = 0;
  if (self->ratio > 0 && orientation == GTK_ORIENTATION_VERTICAL && for_size > 0)
    *minimum = *natural = (int) (for_size / self->ratio + 0.5);
}

static void
cs_thumbnail_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CsThumbnail *self = CS_THUMBNAIL (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double scale, w, h;

  if (self->texture == NULL)
    return;
  w = gdk_texture_get_width (self->texture);
  h = gdk_texture_get_height (self->texture);
  scale = MAX (width / w, height / h);
  w *= scale;
  h *= scale;
  gtk_snapshot_append_texture (snapshot, self->texture, &GRAPHENE_RECT_INIT ((width - w) / 2, (height - h) / 2, w, h));
}

static void
set_picture (CsThumbnail *self, const char *path, gboolean is_resource)
{
  if (g_strcmp0 (self->path, path) == 0 && self->is_resource == is_resource)
    return;
  g_free (self->path);
  self->path = g_strdup (path);
  self->is_resource = is_resource;
  cancel (self);
  g_clear_object (&self->texture);
  self->width = self->height = 0;
  update (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATH]);
}

static void
cs_thumbnail_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CsThumbnail *self = CS_THUMBNAIL (object);

  switch (id)
    {
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_ALTERNATIVE_TEXT:
      g_value_set_string (value, self->alternative_text);
      break;
    case PROP_RATIO:
      g_value_set_double (value, self->ratio);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cs_thumbnail_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CsThumbnail *self = CS_THUMBNAIL (object);

  switch (id)
    {
    case PROP_PATH:
      cs_thumbnail_set_path (self, g_value_get_string (value));
      break;
    case PROP_ALTERNATIVE_TEXT:
      cs_thumbnail_set_alternative_text (self, g_value_get_string (value));
      break;
    case PROP_RATIO:
      self->ratio = g_value_get_double (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cs_thumbnail_dispose (GObject *object)
{
  CsThumbnail *self = CS_THUMBNAIL (object);

  cancel (self);
  g_clear_object (&self->texture);

  G_OBJECT_CLASS (cs_thumbnail_parent_class)->dispose (object);
}

static void
cs_thumbnail_finalize (GObject *object)
{
  CsThumbnail *self = CS_THUMBNAIL (object);

  g_free (self->path);
  g_free (self->alternative_text);

  G_OBJECT_CLASS (cs_thumbnail_parent_class)->finalize (object);
}

static void
cs_thumbnail_class_init (CsThumbnailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cs_thumbnail_get_property;
  object_class->set_property = cs_thumbnail_set_property;
  object_class->dispose = cs_thumbnail_dispose;
  object_class->finalize = cs_thumbnail_finalize;
  properties[PROP_PATH]
      = g_param_spec_string ("path", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ALTERNATIVE_TEXT] = g_param_spec_string ("alternative-text", NULL, NULL, NULL,
                                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_RATIO] = g_param_spec_double ("ratio", NULL, NULL, 0, 10, 0,
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  widget_class->size_allocate = cs_thumbnail_size_allocate;
  widget_class->map = cs_thumbnail_map;
  widget_class->unmap = cs_thumbnail_unmap;
  widget_class->get_request_mode = cs_thumbnail_get_request_mode;
  widget_class->measure = cs_thumbnail_measure;
  widget_class->snapshot = cs_thumbnail_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cs_thumbnail_init (CsThumbnail *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "thumb");
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (update), NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
}

/** cs_thumbnail_new: Returns: (transfer floating): a thumbnail of nothing yet. */
GtkWidget *
cs_thumbnail_new (void)
{
  return g_object_new (CS_TYPE_THUMBNAIL, NULL);
}

/** cs_thumbnail_set_path: @path: (nullable): the file to show; it may be gone. */
void
cs_thumbnail_set_path (CsThumbnail *self, const char *path)
{
  g_return_if_fail (CS_IS_THUMBNAIL (self));

  set_picture (self, path, FALSE);
}

/** cs_thumbnail_set_resource: @path: of a picture that this program carries. */
void
cs_thumbnail_set_resource (CsThumbnail *self, const char *path)
{
  g_return_if_fail (CS_IS_THUMBNAIL (self));

  set_picture (self, path, TRUE);
}

/** cs_thumbnail_set_alternative_text: @text: (nullable): what is to be read aloud; NULL: the picture only decorates. */
void
cs_thumbnail_set_alternative_text (CsThumbnail *self, const char *text)
{
  g_return_if_fail (CS_IS_THUMBNAIL (self));

  if (g_strcmp0 (self->alternative_text, text) == 0)
    return;
  g_free (self->alternative_text);
  self->alternative_text = g_strdup (text);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, text == NULL, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALTERNATIVE_TEXT]);
}

/** cs_thumbnail_is_loaded: Returns: whether the picture is there. */
gboolean
cs_thumbnail_is_loaded (CsThumbnail *self)
{
  g_return_val_if_fail (CS_IS_THUMBNAIL (self), FALSE);

  return self->texture != NULL;
}
