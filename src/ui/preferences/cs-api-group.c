/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The switch of the local API. The studio serves; here is only what the user wants of it. Main thread. */
#include "config.h"
#include "ui/preferences/cs-api-group.h"

#include "ui/widgets/cs-say.h"

#define SETTLING 600 /* milliseconds after the last digit: a server that moves with every one would serve nobody */

struct _CsApiGroup
{
  AdwPreferencesGroup parent_instance;

  /* Template widgets */
  AdwActionRow *switch_row;
  GtkWidget *copy_button;
  GtkSwitch *api_switch;
  GtkSpinButton *port;

  /* Borrowed: libadwaita 1.2 keeps the rows of a preferences window after it is closed */
  CsStudio *studio; /* (nullable) */

  guint source; /* that will take the port over; 0: none */
};

G_DEFINE_FINAL_TYPE (CsApiGroup, cs_api_group, ADW_TYPE_PREFERENCES_GROUP)

static void
show (CsApiGroup *self)
{
  g_autofree char *state = NULL;

  if (self->studio == NULL)
    return;
  state = cs_studio_dup_api_state (self->studio);
  adw_action_row_set_subtitle (self->switch_row, state);
  gtk_widget_set_visible (self->copy_button, cs_studio_get_api_address (self->studio) != NULL);
}

static void
copy_cb (CsApiGroup *self)
{
  const char *address = cs_studio_get_api_address (self->studio);

  if (address == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), address);
  cs_say (GTK_WIDGET (self), _ ("The address was copied"));
}

static gboolean
take_port_cb (gpointer user_data)
{
  CsApiGroup *self = user_data;

  self->source = 0;
  if (self->studio != NULL)
    g_settings_set (cs_studio_get_settings (self->studio), "api-port", "q", (guint16) gtk_spin_button_get_value_as_int (self->port));
  return G_SOURCE_REMOVE;
}

static void
port_cb (CsApiGroup *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (SETTLING, take_port_cb, self);
}

static void
cs_api_group_dispose (GObject *object)
{
  CsApiGroup *self = CS_API_GROUP (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_weak_pointer (&self->studio);

  G_OBJECT_CLASS (cs_api_group_parent_class)->dispose (object);
}

static void
cs_api_group_class_init (CsApiGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_api_group_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-api-group.ui");
  gtk_widget_class_bind_template_child (widget_class, CsApiGroup, switch_row);
  gtk_widget_class_bind_template_child (widget_class, CsApiGroup, copy_button);
  gtk_widget_class_bind_template_child (widget_class, CsApiGroup, api_switch);
  gtk_widget_class_bind_template_child (widget_class, CsApiGroup, port);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
cs_api_group_init (CsApiGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_api_group_set_studio: Shows what is set, and sets what is chosen. */
void
cs_api_group_set_studio (CsApiGroup *self, CsStudio *studio)
{
  GSettings *settings = cs_studio_get_settings (studio);
  guint16 port;

  g_settings_get (settings, "api-port", "q", &port);
  g_set_weak_pointer (&self->studio, studio);
  g_settings_bind (settings, "serve-api", self->api_switch, "active", G_SETTINGS_BIND_DEFAULT);
  gtk_spin_button_set_value (self->port, port);
  g_signal_connect_object (self->port, "value-changed", G_CALLBACK (port_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (studio, "api-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}
