/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ratios of width to height to choose from. Main thread. */
#include "config.h"
#include "ui/composer/cs-format-picker.h"

#include "ui/widgets/cs-roving.h"

#define LONG_SIDE 14 /* pixels of the drawing */

struct _CsFormatPicker
{
  AdwBin parent_instance;

  GtkBox *box;
  GtkToggleButton *buttons[CS_N_ASPECTS]; /* NULL where the kind does not have it */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CsFormatPicker, cs_format_picker, ADW_TYPE_BIN)

static const CsAspect video_aspects[] = { CS_ASPECT_16_9, CS_ASPECT_9_16, CS_ASPECT_1_1 };
static const CsAspect image_aspects[] = { CS_ASPECT_1_1, CS_ASPECT_16_9, CS_ASPECT_9_16, CS_ASPECT_4_3 };

static void
toggled_cb (CsFormatPicker *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    g_signal_emit (self, changed_signal, 0);
}

static void
measure (CsAspect aspect, int *width, int *height)
{
  static const struct { int width, height; } sides[CS_N_ASPECTS] = {
    [CS_ASPECT_16_9] = { LONG_SIDE, 8 },
    [CS_ASPECT_9_16] = { 8, LONG_SIDE },
    [CS_ASPECT_1_1] = { 11, 11 },
    [CS_ASPECT_4_3] = { LONG_SIDE, 10 },
  };

  *width = sides[aspect].width;
  *height = sides[aspect].height;
}

static GtkWidget *
make_drawing (CsAspect aspect)
{
  GtkWidget *drawing = adw_bin_new ();
  int width, height;

  measure (aspect, &width, &height);
  gtk_widget_set_size_request (drawing, width, height);
  gtk_widget_set_valign (drawing, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (drawing, "ratio");
  return drawing;
}

static const char *
get_description (CsAspect aspect)
{
  switch (aspect)
    {
    case CS_ASPECT_16_9:
      return _ ("Wide, 16 to 9");
    case CS_ASPECT_9_16:
      return _ ("Upright, 9 to 16");
    case CS_ASPECT_4_3:
      return _ ("Classic, 4 to 3");
    case CS_ASPECT_1_1:
    case CS_N_ASPECTS:
    default:
      return _ ("Square, 1 to 1");
    }
}

static GtkToggleButton *
make_button (CsFormatPicker *self, CsAspect aspect)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (cs_aspect_to_string (aspect));

  /* A ratio reads the same way in every language. */
  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  gtk_box_append (GTK_BOX (box), make_drawing (aspect));
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_tooltip_text (button, get_description (aspect));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, get_description (aspect), -1);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  return GTK_TOGGLE_BUTTON (button);
}

static void
cs_format_picker_class_init (CsFormatPickerClass *klass)
{
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_format_picker_init (CsFormatPicker *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "linked");
  gtk_widget_set_valign (GTK_WIDGET (self->box), GTK_ALIGN_CENTER);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/** cs_format_picker_set_kind: Makes the buttons; the first one is chosen. */
void
cs_format_picker_set_kind (CsFormatPicker *self, CsKind kind)
{
  const CsAspect *aspects = kind == CS_KIND_IMAGE ? image_aspects : video_aspects;
  guint n_aspects = kind == CS_KIND_IMAGE ? G_N_ELEMENTS (image_aspects) : G_N_ELEMENTS (video_aspects);

  for (guint i = 0; i < n_aspects; i++)
    {
      GtkToggleButton *button = make_button (self, aspects[i]);

      self->buttons[aspects[i]] = button;
      gtk_toggle_button_set_group (button, i > 0 ? self->buttons[aspects[0]] : NULL);
      gtk_box_append (self->box, GTK_WIDGET (button));
    }
  gtk_toggle_button_set_active (self->buttons[aspects[0]], TRUE);
  cs_roving_attach (self->box);
}

CsAspect
cs_format_picker_get_aspect (CsFormatPicker *self)
{
  for (int i = 0; i < CS_N_ASPECTS; i++)
    if (self->buttons[i] != NULL && gtk_toggle_button_get_active (self->buttons[i]))
      return i;
  return CS_ASPECT_16_9;
}

/** cs_format_picker_set_aspect: One that the kind does not have changes nothing. */
void
cs_format_picker_set_aspect (CsFormatPicker *self, CsAspect aspect)
{
  if (self->buttons[aspect] != NULL)
    gtk_toggle_button_set_active (self->buttons[aspect], TRUE);
}
