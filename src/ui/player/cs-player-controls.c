/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Film strip and buttons under a video, which show what the player is doing. Main thread. */
#include "config.h"
#include "ui/player/cs-player-controls.h"

#include "ui/player/cs-filmstrip.h"
#include "ui/player/cs-player-time.h"

struct _CsPlayerControls
{
  AdwBin parent_instance;

  /* Template widgets */
  CsFilmstrip *strip;
  GtkWidget *transport;
  GtkButton *play_button;
  GtkLabel *position_label;
  GtkLabel *duration_label;
  GtkMenuButton *speed_button;
  GtkLabel *speed_label;
  GtkStack *sounds;
  GtkScaleButton *volume_button;
  GtkWidget *silent_button;

  /* Owned */
  CsPlayer *player;    /* (nullable) */
  gboolean is_showing; /* what is set now is not the user's word */
};

G_DEFINE_FINAL_TYPE (CsPlayerControls, cs_player_controls, ADW_TYPE_BIN)

/* An icon alone says nothing to who cannot see it. */
static void
set_words (GtkWidget *button, const char *words)
{
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static void
show_time (CsPlayerControls *self)
{
  const CsPlayerFacts *facts = cs_player_get_facts (self->player);
  g_autofree char *position = cs_player_time_format (facts->position);
  g_autofree char *duration = cs_player_time_format (facts->duration);
  g_autofree char *rest = g_strdup_printf ("/\u2004%s", duration);

  set_text (self->position_label, position);
  set_text (self->duration_label, rest);
}

static void
show_play (CsPlayerControls *self, const CsPlayerFacts *facts)
{
  gboolean is_playing = facts->state == CS_PLAYER_PLAYING;

  gtk_button_set_icon_name (self->play_button, is_playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  set_words (GTK_WIDGET (self->play_button), is_playing ? _ ("Pause") : _ ("Play"));
}

static void
show_speed (CsPlayerControls *self, const CsPlayerFacts *facts)
{
  /* translators: how fast a video plays: 1× is as it was made. The marks keep the sign behind the number. */
  g_autofree char *text = g_strdup_printf (_ ("\u200e%g×\u200e"), facts->speed);
  /* translators: how fast a video plays, for example 0.5× */
  g_autofree char *words = g_strdup_printf (_ ("Speed: %s"), text);

  gtk_label_set_text (self->speed_label, text);
  set_words (GTK_WIDGET (self->speed_button), words);
}

static char *
describe_silence (const CsPlayerFacts *facts)
{
  if (facts->sound == CS_PLAYER_SOUND_OFF)
    return g_strdup (_ ("The sound of this computer does not work"));
  if (facts->sound == CS_PLAYER_SOUND_UNKNOWN)
    /* translators: a kind of sound, and a package of the system */
    return g_strdup_printf (_ ("This computer cannot play the sound, which is %1$s. Install %2$s to hear it."), facts->codec,
                            facts->package);
  return g_strdup (_ ("This video has no sound"));
}

static void
show_sound (CsPlayerControls *self, const CsPlayerFacts *facts)
{
  g_autofree char *silence = describe_silence (facts);

  gtk_stack_set_visible_child_name (self->sounds, facts->sound == CS_PLAYER_HEARD ? "volume" : "silent");
  set_words (self->silent_button, silence);
  self->is_showing = TRUE;
  gtk_scale_button_set_value (self->volume_button, facts->is_muted ? 0 : facts->volume);
  self->is_showing = FALSE;
}

static void
changed_cb (CsPlayerControls *self)
{
  const CsPlayerFacts *facts = cs_player_get_facts (self->player);

  show_play (self, facts);
  show_speed (self, facts);
  show_sound (self, facts);
  show_time (self);
}

static void
volume_cb (CsPlayerControls *self, double volume)
{
  if (self->is_showing || self->player == NULL)
    return;
  cs_player_set_volume (self->player, volume);
  cs_player_set_muted (self->player, FALSE);
}

/* The key is not a click: it does not wait until a button has been seen going down. */
static void
add_space (CsPlayerControls *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                                                          gtk_named_action_new ("player.toggle")));
  gtk_widget_add_controller (GTK_WIDGET (self->play_button), keys);
}

static gboolean
cs_player_controls_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CS_PLAYER_CONTROLS (widget)->play_button));
}

static void
cs_player_controls_dispose (GObject *object)
{
  CsPlayerControls *self = CS_PLAYER_CONTROLS (object);

  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->player);

  G_OBJECT_CLASS (cs_player_controls_parent_class)->dispose (object);
}

static void
cs_player_controls_class_init (CsPlayerControlsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_FILMSTRIP);
  G_OBJECT_CLASS (klass)->dispose = cs_player_controls_dispose;
  widget_class->grab_focus = cs_player_controls_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-player-controls.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPlayerControls, strip);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerControls, transport);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerControls, play_button);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerControls, position_label);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerControls, duration_label);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerControls, speed_button);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerControls, speed_label);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerControls, sounds);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerControls, volume_button);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerControls, silent_button);
  gtk_widget_class_bind_template_callback (widget_class, volume_cb);
}

/* Time runs from left to right in every language, and so do the buttons that move along it. */
static void
set_directions (CsPlayerControls *self)
{
  gtk_widget_set_direction (self->transport, GTK_TEXT_DIR_LTR);
  for (GtkWidget *child = gtk_widget_get_first_child (self->transport); child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_direction (child, GTK_TEXT_DIR_LTR);
}

static void
cs_player_controls_init (CsPlayerControls *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_directions (self);
  add_space (self);
}

GtkWidget *
cs_player_controls_new (void)
{
  return g_object_new (CS_TYPE_PLAYER_CONTROLS, NULL);
}

/** cs_player_controls_set_player: Once. */
void
cs_player_controls_set_player (CsPlayerControls *self, CsPlayer *player)
{
  g_return_if_fail (self->player == NULL);

  self->player = g_object_ref (player);
  cs_filmstrip_set_player (self->strip, player);
  g_signal_connect_object (player, "frame", G_CALLBACK (show_time), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

/** cs_player_controls_is_in_use: Returns: whether one of its menus is open, so that it must not go away. */
gboolean
cs_player_controls_is_in_use (CsPlayerControls *self)
{
  GtkPopover *speeds = gtk_menu_button_get_popover (self->speed_button);

  return (speeds != NULL && gtk_widget_get_mapped (GTK_WIDGET (speeds)))
         || gtk_widget_get_mapped (gtk_scale_button_get_popup (self->volume_button));
}
