/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A film in a few pictures. They are made by the engine, once a film; nothing is kept of it when the pointer has left. Main
 * thread. */
#include "config.h"
#include "ui/gallery/cs-film-preview.h"

#include "ui/player/cs-video-paintable.h"

#define N_PICTURES 12
#define PICTURE_HEIGHT 180
#define PATIENCE_MS 250 /* a pointer that only passes by starts nothing */
#define PICTURE_MS 350

struct _CsFilmPreview
{
  GtkWidget parent_instance;

  /* Owned */
  char *path;                /* (nullable) */
  GCancellable *cancellable; /* (nullable) of the pictures that are being made */
  GPtrArray *pictures;       /* (nullable) (element-type GdkTexture) */
  guint timer;
  guint shown;               /* number of the picture */
};

G_DEFINE_FINAL_TYPE (CsFilmPreview, cs_film_preview, GTK_TYPE_WIDGET)

static gboolean
next_cb (gpointer user_data)
{
  CsFilmPreview *self = user_data;

  self->shown = (self->shown + 1) % self->pictures->len;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_CONTINUE;
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsFilmPreview) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) frames = cs_film_frames_finish (result, &error);

  if (frames == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  self->pictures = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < frames->len; i++)
    g_ptr_array_add (self->pictures, cs_video_paintable_make_texture (frames->pdata[i]));
  self->timer = g_timeout_add (PICTURE_MS, next_cb, self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
begin_cb (gpointer user_data)
{
  CsFilmPreview *self = user_data;

  self->timer = 0;
  self->cancellable = g_cancellable_new ();
  cs_film_frames_async (self->path, N_PICTURES, PICTURE_HEIGHT, self->cancellable, made_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
stop (CsFilmPreview *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);
  self->shown = 0;
}

/* Covers its place, as the thumbnail below it does. */
static void
cs_film_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CsFilmPreview *self = CS_FILM_PREVIEW (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  GdkTexture *texture = self->pictures != NULL ? self->pictures->pdata[self->shown] : NULL;
  double scale, w, h;

  if (texture == NULL)
    return;
  scale = MAX (width / gdk_texture_get_width (texture), height / gdk_texture_get_height (texture));
  w = gdk_texture_get_width (texture) * scale;
  h = gdk_texture_get_height (texture) * scale;
  gtk_snapshot_append_texture (snapshot, texture, &GRAPHENE_RECT_INIT ((width - w) / 2, (height - h) / 2, w, h));
}

static void
cs_film_preview_unmap (GtkWidget *widget)
{
  stop (CS_FILM_PREVIEW (widget));
  GTK_WIDGET_CLASS (cs_film_preview_parent_class)->unmap (widget);
}

static void
cs_film_preview_dispose (GObject *object)
{
  stop (CS_FILM_PREVIEW (object));
  G_OBJECT_CLASS (cs_film_preview_parent_class)->dispose (object);
}

static void
cs_film_preview_class_init (CsFilmPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_film_preview_dispose;
  widget_class->snapshot = cs_film_preview_snapshot;
  widget_class->unmap = cs_film_preview_unmap;
}

static void
cs_film_preview_init (CsFilmPreview *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
}

GtkWidget *
cs_film_preview_new (void)
{
  return g_object_new (CS_TYPE_FILM_PREVIEW, NULL);
}

void
cs_film_preview_play (CsFilmPreview *self, const char *path)
{
  gboolean is_wanted = FALSE;

  g_return_if_fail (CS_IS_FILM_PREVIEW (self));

  stop (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &is_wanted, NULL);
  if (path == NULL || !is_wanted)
    return;
  self->path = g_strdup (path);
  self->timer = g_timeout_add (PATIENCE_MS, begin_cb, self);
}

guint
cs_film_preview_get_number (CsFilmPreview *self)
{
  return self->pictures != NULL ? self->shown + 1 : 0;
}
