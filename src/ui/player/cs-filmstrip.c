/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole film at a glance, with where it stands. Its pictures are made by the engine, once a video. Main thread. */
#include "config.h"
#include "ui/player/cs-filmstrip.h"

#include "ui/player/cs-player-time.h"
#include "ui/player/cs-video-paintable.h"

#include <math.h>

#define HEIGHT 40
#define PICTURE_HEIGHT (2 * HEIGHT) /* sharp on screens of twice the density */
#define N_PICTURES 12
#define CELL_WIDTH 47 /* at least */
#define RADIUS 8
#define HEAD_WIDTH 4
#define HEAD_OVER 4 /* pixels above and below the strip */
#define DIM 0.45f

struct _CsFilmstrip
{
  GtkWidget parent_instance;

  /* Owned */
  CsPlayer *player;          /* (nullable) */
  GCancellable *cancellable; /* of the pictures that are being made */
  GPtrArray *pictures;       /* (nullable) (element-type GdkTexture) */
  char *path;                /* (nullable) of the film that they are of */
  double begin;              /* of the drag, pixels */
  double shown;              /* share of the film that is drawn */
  gint64 spoken;             /* second that was last read aloud */
};

G_DEFINE_FINAL_TYPE (CsFilmstrip, cs_filmstrip, GTK_TYPE_WIDGET)

static gboolean
is_usable (CsFilmstrip *self)
{
  return self->player != NULL && cs_player_get_facts (self->player)->duration > 0;
}

/* Where the film stands, 0 to 1. */
static double
get_share (CsFilmstrip *self)
{
  const CsPlayerFacts *facts = self->player != NULL ? cs_player_get_facts (self->player) : NULL;

  return facts != NULL && facts->duration > 0 ? CLAMP (facts->position / facts->duration, 0, 1) : 0;
}

/* Drawing */

static void
cs_filmstrip_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 4 * CELL_WIDTH : HEIGHT;
}

/* Fills a cell: what is too wide or too high is cut off. */
static void
draw_picture (GtkSnapshot *snapshot, GdkTexture *picture, const graphene_rect_t *cell)
{
  double aspect = gdk_paintable_get_intrinsic_aspect_ratio (GDK_PAINTABLE (picture));
  float width = MAX (cell->size.width, (float) (cell->size.height * aspect));
  float height = (float) (width / aspect);

  gtk_snapshot_push_clip (snapshot, cell);
  gtk_snapshot_append_texture (snapshot, picture,
                               &GRAPHENE_RECT_INIT (cell->origin.x + (cell->size.width - width) / 2,
                                                    cell->origin.y + (cell->size.height - height) / 2, width, height));
  gtk_snapshot_pop (snapshot);
}

static void
draw_pictures (CsFilmstrip *self, GtkSnapshot *snapshot, int width)
{
  guint n_cells = (guint) CLAMP (width / CELL_WIDTH, 1, N_PICTURES);

  for (guint i = 0; i < n_cells; i++)
    {
      guint number = (2 * i + 1) * self->pictures->len / (2 * n_cells);
      float begin = roundf ((float) width * (float) i / (float) n_cells);
      float end = roundf ((float) width * (float) (i + 1) / (float) n_cells);

      draw_picture (snapshot, self->pictures->pdata[number], &GRAPHENE_RECT_INIT (begin, 0, end - begin, HEIGHT));
    }
}

/* What is still to come lies under a veil. */
static void
draw_veil (GtkSnapshot *snapshot, float x, int width)
{
  static const GdkRGBA veil = { 0, 0, 0, DIM };

  gtk_snapshot_append_color (snapshot, &veil, &GRAPHENE_RECT_INIT (x, 0, (float) width - x, HEIGHT));
}

static void
draw_head (GtkSnapshot *snapshot, float x)
{
  static const GdkRGBA white = { 1, 1, 1, 1 };
  static const GdkRGBA edge = { 0, 0, 0, 0.5f };
  GskRoundedRect head;

  gsk_rounded_rect_init_from_rect (&head, &GRAPHENE_RECT_INIT (x - HEAD_WIDTH / 2.0f, -HEAD_OVER, HEAD_WIDTH,
                                                               HEIGHT + 2 * HEAD_OVER), HEAD_WIDTH / 2.0f);
  gtk_snapshot_append_outset_shadow (snapshot, &head, &edge, 0, 0, 1, 1);
  gtk_snapshot_push_rounded_clip (snapshot, &head);
  gtk_snapshot_append_color (snapshot, &white, &head.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
cs_filmstrip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CsFilmstrip *self = CS_FILMSTRIP (widget);
  int width = gtk_widget_get_width (widget);
  float x = roundf ((float) (get_share (self) * width));
  GskRoundedRect strip;

  if (self->pictures != NULL)
    {
      gsk_rounded_rect_init_from_rect (&strip, &GRAPHENE_RECT_INIT (0, 0, (float) width, HEIGHT), RADIUS);
      gtk_snapshot_push_rounded_clip (snapshot, &strip);
      draw_pictures (self, snapshot, width);
      draw_veil (snapshot, x, width);
      gtk_snapshot_pop (snapshot);
    }
  if (is_usable (self))
    draw_head (snapshot, x);
}

/* The pictures */

/* A strip that is no more has cancelled it: only then may @user_data be gone. */
static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsFilmstrip *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) frames = cs_film_frames_finish (result, &error);

  /* Without them the strip stays grey, and can be dragged all the same; what is wrong with the film, the player says. */
  if (frames == NULL)
    {
      g_debug ("no film strip: %s", error->message);
      return;
    }
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  self->pictures = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < frames->len; i++)
    g_ptr_array_add (self->pictures, cs_video_paintable_make_texture (frames->pdata[i]));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
forget_pictures (CsFilmstrip *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);
}

/* Only for what can be played, and is being looked at. */
static void
update_pictures (CsFilmstrip *self)
{
  const char *path = self->player != NULL ? cs_player_get_path (self->player) : NULL;

  if (g_strcmp0 (path, self->path) != 0)
    forget_pictures (self);
  if (path == NULL || self->path != NULL || !is_usable (self) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->path = g_strdup (path);
  self->cancellable = g_cancellable_new ();
  cs_film_frames_async (path, N_PICTURES, PICTURE_HEIGHT, self->cancellable, made_cb, self);
}

/* Following the player */

/* While it plays, once a second is enough for who listens. */
static void
speak (CsFilmstrip *self)
{
  const CsPlayerFacts *facts = cs_player_get_facts (self->player);
  gint64 second = facts->state == CS_PLAYER_PLAYING ? (gint64) facts->position : -1;
  g_autofree char *words = NULL;

  if (second >= 0 && second == self->spoken)
    return;
  self->spoken = second;
  words = cs_player_time_speak (facts->position, facts->duration);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, facts->duration,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, facts->position, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words,
                                  -1);
}

static void
frame_cb (CsFilmstrip *self)
{
  double share = get_share (self);

  if (share == self->shown)
    return;
  self->shown = share;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  speak (self);
}

static void
changed_cb (CsFilmstrip *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self), is_usable (self));
  update_pictures (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  speak (self);
}

/* Dragging */

static void
drag_to (CsFilmstrip *self, double x)
{
  int width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);

  cs_player_drag (self->player, CLAMP (x / width, 0, 1) * cs_player_get_facts (self->player)->duration);
}

static void
drag_begin_cb (CsFilmstrip *self, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, is_usable (self) ? GTK_EVENT_SEQUENCE_CLAIMED : GTK_EVENT_SEQUENCE_DENIED);
  if (!is_usable (self))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->begin = x;
  drag_to (self, x);
}

static void
drag_update_cb (CsFilmstrip *self, double x, double y)
{
  if (is_usable (self))
    drag_to (self, self->begin + x);
}

static void
drop_cb (CsFilmstrip *self)
{
  if (self->player != NULL)
    cs_player_drop (self->player);
}

static gboolean
query_tooltip_cb (CsFilmstrip *self, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  int width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);
  double share = by_keyboard ? get_share (self) : (double) x / width;
  g_autofree char *time = NULL;

  if (!is_usable (self))
    return FALSE;
  time = cs_player_time_format (CLAMP (share, 0, 1) * cs_player_get_facts (self->player)->duration);
  gtk_tooltip_set_text (tooltip, time);
  return TRUE;
}

/* The widget */

static void
cs_filmstrip_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cs_filmstrip_parent_class)->map (widget);
  update_pictures (CS_FILMSTRIP (widget));
}

static void
cs_filmstrip_unmap (GtkWidget *widget)
{
  drop_cb (CS_FILMSTRIP (widget));
  GTK_WIDGET_CLASS (cs_filmstrip_parent_class)->unmap (widget);
}

static void
cs_filmstrip_dispose (GObject *object)
{
  CsFilmstrip *self = CS_FILMSTRIP (object);

  cs_filmstrip_set_player (self, NULL);
  forget_pictures (self);

  G_OBJECT_CLASS (cs_filmstrip_parent_class)->dispose (object);
}

static void
cs_filmstrip_class_init (CsFilmstripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_filmstrip_dispose;
  widget_class->measure = cs_filmstrip_measure;
  widget_class->snapshot = cs_filmstrip_snapshot;
  widget_class->map = cs_filmstrip_map;
  widget_class->unmap = cs_filmstrip_unmap;
  gtk_widget_class_set_css_name (widget_class, "filmstrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
cs_filmstrip_init (CsFilmstrip *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkWidget *widget = GTK_WIDGET (self);

  self->spoken = -1;
  gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_sensitive (widget, FALSE);
  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_widget_set_cursor_from_name (widget, "col-resize");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Position"),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0, -1);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "end", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
cs_filmstrip_new (void)
{
  return g_object_new (CS_TYPE_FILMSTRIP, NULL);
}

/** cs_filmstrip_set_player: @player: (nullable): what it follows and drags. */
void
cs_filmstrip_set_player (CsFilmstrip *self, CsPlayer *player)
{
  if (self->player == player)
    return;
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_set_object (&self->player, player);
  if (player == NULL)
    return;
  g_signal_connect_object (player, "frame", G_CALLBACK (frame_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}
