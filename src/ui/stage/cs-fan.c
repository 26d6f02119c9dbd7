/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three pictures held like cards. They shrink with the room there is. Main thread. */
#include "config.h"
#include "ui/stage/cs-fan.h"

#include "ui/widgets/cs-thumbnail.h"

#define N_CARDS CS_FAN_CARDS
#define WIDTH 580
#define HEIGHT 220
#define CARD_WIDTH 272
#define CARD_HEIGHT 172
#define SLIDE_HEIGHT 153
#define SMALL 0.84 /* of the outer cards, to the one in the middle */
#define ANGLE 8    /* degrees */
#define SPREAD 154 /* pixels from the middle */

struct _CsFan
{
  GtkWidget parent_instance;

  GtkWidget *cards[N_CARDS]; /* left, right, middle: the last one lies on top */
  int card_height;
};

G_DEFINE_FINAL_TYPE (CsFan, cs_fan, GTK_TYPE_WIDGET)

static const CsStyle pictures[N_CARDS] = { CS_STYLE_ARTISTIC, CS_STYLE_PHOTOREALISTIC, CS_STYLE_3D_RENDER };

static void
cs_fan_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                int *natural_baseline)
{
  *minimum = 0;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static GskTransform *
place (int card, float scale, int width, int height, int card_height)
{
  static const int sides[N_CARDS] = { -1, 1, 0 };
  graphene_point_t centre = { width / 2.0f + (float) sides[card] * SPREAD * scale, height / 2.0f };
  float size = scale * (sides[card] == 0 ? 1.0f : (float) SMALL);
  GskTransform *transform = gsk_transform_translate (NULL, &centre);

  transform = gsk_transform_rotate (transform, (float) sides[card] * ANGLE);
  transform = gsk_transform_scale (transform, size, size);
  return gsk_transform_translate (transform, &GRAPHENE_POINT_INIT (-CARD_WIDTH / 2.0f, (float) -card_height / 2.0f));
}

static void
cs_fan_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CsFan *self = CS_FAN (widget);
  float scale = MIN (1.0f, MIN ((float) width / WIDTH, (float) height / HEIGHT));

  for (int i = 0; i < N_CARDS; i++)
    gtk_widget_allocate (self->cards[i], CARD_WIDTH, self->card_height, -1, place (i, scale, width, height, self->card_height));
}

static void
cs_fan_dispose (GObject *object)
{
  CsFan *self = CS_FAN (object);

  for (int i = 0; i < N_CARDS; i++)
    g_clear_pointer (&self->cards[i], gtk_widget_unparent);

  G_OBJECT_CLASS (cs_fan_parent_class)->dispose (object);
}

static void
cs_fan_class_init (CsFanClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_fan_dispose;
  widget_class->measure = cs_fan_measure;
  widget_class->size_allocate = cs_fan_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
add_card (CsFan *self, int i, GtkWidget *card)
{
  g_clear_pointer (&self->cards[i], gtk_widget_unparent);
  self->cards[i] = card;
  gtk_widget_set_can_target (card, FALSE);
  gtk_widget_add_css_class (card, "fan-card");
  gtk_widget_set_parent (card, GTK_WIDGET (self));
}

static void
cs_fan_init (CsFan *self)
{
  self->card_height = CARD_HEIGHT;
  for (int i = 0; i < N_CARDS; i++)
    add_card (self, i, cs_thumbnail_new ());
  cs_fan_set_paths (self, NULL);
}

GtkWidget *
cs_fan_new (void)
{
  return g_object_new (CS_TYPE_FAN, NULL);
}

/** cs_fan_set_paths: @paths: (nullable): of %CS_FAN_CARDS pictures; NULL: those that this program carries. */
void
cs_fan_set_paths (CsFan *self, const char *const *paths)
{
  for (int i = 0; i < N_CARDS; i++)
    {
      g_autofree char *resource = g_strdup_printf ("/dz/iafactory/CreativeStudio/styles/%s.jpg", cs_style_to_string (pictures[i]));

      if (paths != NULL)
        cs_thumbnail_set_path (CS_THUMBNAIL (self->cards[i]), paths[i]);
      else
        cs_thumbnail_set_resource (CS_THUMBNAIL (self->cards[i]), resource);
    }
}

/** cs_fan_set_slides: @cards: widgets that stand for the pictures from now on, as broad and high as slides; once. */
void
cs_fan_set_slides (CsFan *self, GtkWidget *const *cards)
{
  self->card_height = SLIDE_HEIGHT;
  for (int i = 0; i < N_CARDS; i++)
    add_card (self, i, cards[i]);
}
