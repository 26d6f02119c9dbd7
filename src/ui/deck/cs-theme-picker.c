/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The swatches of the themes. Main thread. */
#include "config.h"
#include "ui/deck/cs-theme-picker.h"

struct _CsThemePicker
{
  AdwBin parent_instance;

  GtkToggleButton *swatches[CS_N_THEMES]; /* of the child */
  gboolean is_setting;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CsThemePicker, cs_theme_picker, ADW_TYPE_BIN)

static const char *const names[CS_N_THEMES] = {
  [CS_THEME_DARK] = N_ ("Dark"),
  [CS_THEME_LIGHT] = N_ ("Light"),
  [CS_THEME_SOLARIZED] = N_ ("Solarized"),
};

static void
toggled_cb (CsThemePicker *self, GtkToggleButton *swatch)
{
  if (!self->is_setting && gtk_toggle_button_get_active (swatch))
    g_signal_emit (self, changed_signal, 0);
}

/* A letter and a dot, in the colours of the theme. */
static GtkToggleButton *
make_swatch (CsThemePicker *self, CsTheme theme)
{
  GtkWidget *swatch = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (dot, "dot");
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_label_new ("A"));
  gtk_box_append (GTK_BOX (box), dot);
  gtk_button_set_child (GTK_BUTTON (swatch), box);
  gtk_widget_add_css_class (swatch, "theme-swatch");
  gtk_widget_add_css_class (swatch, cs_theme_to_string (theme));
  gtk_widget_set_tooltip_text (swatch, _ (names[theme]));
  gtk_accessible_update_property (GTK_ACCESSIBLE (swatch), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (names[theme]), -1);
  g_signal_connect_object (swatch, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  return GTK_TOGGLE_BUTTON (swatch);
}

static void
cs_theme_picker_class_init (CsThemePickerClass *klass)
{
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_theme_picker_init (CsThemePicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Theme"), -1);
  for (int i = 0; i < CS_N_THEMES; i++)
    {
      self->swatches[i] = make_swatch (self, i);
      gtk_toggle_button_set_group (self->swatches[i], i > 0 ? self->swatches[0] : NULL);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->swatches[i]));
    }
  adw_bin_set_child (ADW_BIN (self), box);
  cs_theme_picker_set_theme (self, CS_THEME_DARK);
}

CsTheme
cs_theme_picker_get_theme (CsThemePicker *self)
{
  for (int i = 0; i < CS_N_THEMES; i++)
    if (gtk_toggle_button_get_active (self->swatches[i]))
      return i;
  return CS_THEME_DARK;
}

void
cs_theme_picker_set_theme (CsThemePicker *self, CsTheme theme)
{
  self->is_setting = TRUE;
  gtk_toggle_button_set_active (self->swatches[theme], TRUE);
  self->is_setting = FALSE;
}
