/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of the styles, with pictures that Sketch drew. Main thread. */
#include "config.h"
#include "ui/composer/cs-style-picker.h"

#include "ui/widgets/cs-roving.h"
#include "ui/widgets/cs-thumbnail.h"

#define PICTURE_HEIGHT 54
#define CARD_WIDTH 68 /* at least: where there is less, the cards go sideways */

struct _CsStylePicker
{
  AdwBin parent_instance;

  GtkToggleButton *cards[CS_N_STYLES]; /* of the child */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CsStylePicker, cs_style_picker, ADW_TYPE_BIN)

static const char *const names[CS_N_STYLES] = {
  [CS_STYLE_PHOTOREALISTIC] = N_ ("Photorealistic"),
  [CS_STYLE_CINEMATIC] = N_ ("Cinematic"),
  [CS_STYLE_ANIME] = N_ ("Anime"),
  [CS_STYLE_3D_RENDER] = N_ ("3D Render"),
  [CS_STYLE_ARTISTIC] = N_ ("Artistic"),
};

/** cs_style_get_name: Returns: (transfer none): its name in the language of the user. */
const char *
cs_style_get_name (CsStyle style)
{
  return _ (names[style]);
}

/* The same, as short as a card is narrow: a word of its own for translators. */
static const char *
get_card_name (CsStyle style)
{
  switch (style)
    {
    case CS_STYLE_PHOTOREALISTIC:
      /* translators: below a picture of 68 pixels; about 14 narrow letters */
      return g_dpgettext2 (GETTEXT_PACKAGE, "style card", "Photorealistic");
    case CS_STYLE_CINEMATIC:
      /* translators: below a picture of 68 pixels; about 14 narrow letters */
      return g_dpgettext2 (GETTEXT_PACKAGE, "style card", "Cinematic");
    case CS_STYLE_ANIME:
      /* translators: below a picture of 68 pixels; about 14 narrow letters */
      return g_dpgettext2 (GETTEXT_PACKAGE, "style card", "Anime");
    case CS_STYLE_3D_RENDER:
      /* translators: below a picture of 68 pixels; about 14 narrow letters */
      return g_dpgettext2 (GETTEXT_PACKAGE, "style card", "3D Render");
    case CS_STYLE_ARTISTIC:
    case CS_N_STYLES:
    default:
      /* translators: below a picture of 68 pixels; about 14 narrow letters */
      return g_dpgettext2 (GETTEXT_PACKAGE, "style card", "Artistic");
    }
}

static void
toggled_cb (CsStylePicker *self, GtkToggleButton *card)
{
  if (gtk_toggle_button_get_active (card))
    g_signal_emit (self, changed_signal, 0);
}

static GtkWidget *
make_picture (CsStyle style)
{
  g_autofree char *path = g_strdup_printf ("/dz/iafactory/CreativeStudio/styles/%s.jpg", cs_style_to_string (style));
  GtkWidget *picture = cs_thumbnail_new ();

  cs_thumbnail_set_resource (CS_THUMBNAIL (picture), path);
  gtk_widget_set_size_request (picture, -1, PICTURE_HEIGHT);
  return picture;
}

static GtkToggleButton *
make_card (CsStylePicker *self, CsStyle style)
{
  GtkWidget *card = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (get_card_name (style));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "style-name");
  gtk_widget_set_size_request (card, CARD_WIDTH, -1);
  gtk_box_append (GTK_BOX (box), make_picture (style));
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (card), box);
  gtk_widget_add_css_class (card, "style-card");
  gtk_widget_set_tooltip_text (card, cs_style_get_name (style));
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, cs_style_get_name (style), -1);
  g_signal_connect_object (card, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  return GTK_TOGGLE_BUTTON (card);
}

static void
cs_style_picker_class_init (CsStylePickerClass *klass)
{
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_style_picker_init (CsStylePicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "style-cards");
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (int i = 0; i < CS_N_STYLES; i++)
    {
      self->cards[i] = make_card (self, i);
      gtk_toggle_button_set_group (self->cards[i], i > 0 ? self->cards[0] : NULL);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->cards[i]));
    }
  gtk_toggle_button_set_active (self->cards[0], TRUE);
  cs_roving_attach (GTK_BOX (box));
  adw_bin_set_child (ADW_BIN (self), scroller);
}

CsStyle
cs_style_picker_get_style (CsStylePicker *self)
{
  for (int i = 0; i < CS_N_STYLES; i++)
    if (gtk_toggle_button_get_active (self->cards[i]))
      return i;
  return CS_STYLE_PHOTOREALISTIC;
}

void
cs_style_picker_set_style (CsStylePicker *self, CsStyle style)
{
  gtk_toggle_button_set_active (self->cards[style], TRUE);
}
