/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with a player, by whatever button, menu or key. Main thread. */
#include "config.h"
#include "ui/player/cs-player-actions.h"

/* What the menu offers, and the brackets step through. */
static const double speeds[] = { 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2 };

/* A key, and what it does. */
typedef struct
{
  guint key;
  const char *action;
  const char *target; /* (nullable) as text of a GVariant */
} Key;

static const Key keys[] = {
  { GDK_KEY_space, "player.toggle", NULL },
  { GDK_KEY_comma, "player.step", "-1" },
  { GDK_KEY_period, "player.step", "1" },
  { GDK_KEY_Left, "player.skip", "-1.0" },
  { GDK_KEY_Right, "player.skip", "1.0" },
  { GDK_KEY_Home, "player.go", "0.0" },
  { GDK_KEY_End, "player.go", "1.0" },
  { GDK_KEY_l, "player.loop", NULL },
  { GDK_KEY_m, "player.mute", NULL },
  { GDK_KEY_Up, "player.louder", "0.1" },
  { GDK_KEY_Down, "player.louder", "-0.1" },
  { GDK_KEY_bracketleft, "player.faster", "-1" },
  { GDK_KEY_bracketright, "player.faster", "1" },
  { GDK_KEY_f, "player.fullscreen", NULL },
  { GDK_KEY_F11, "player.fullscreen", NULL },
};

/* Doing */

static void
toggle_cb (CsPlayer *player)
{
  if (cs_player_get_facts (player)->state == CS_PLAYER_PLAYING)
    cs_player_pause (player);
  else
    cs_player_play (player);
}

static void
step_cb (CsPlayer *player, GVariant *target)
{
  cs_player_step (player, g_variant_get_int32 (target));
}

static void
skip_cb (CsPlayer *player, GVariant *target)
{
  cs_player_seek (player, cs_player_get_facts (player)->position + g_variant_get_double (target));
}

static void
go_cb (CsPlayer *player, GVariant *target)
{
  cs_player_seek (player, cs_player_get_facts (player)->duration * g_variant_get_double (target));
}

static void
loop_cb (CsPlayer *player)
{
  cs_player_set_looping (player, !cs_player_get_facts (player)->is_looping);
}

static void
mute_cb (CsPlayer *player)
{
  cs_player_set_muted (player, !cs_player_get_facts (player)->is_muted);
}

static void
louder_cb (CsPlayer *player, GVariant *target)
{
  const CsPlayerFacts *facts = cs_player_get_facts (player);
  double volume = facts->is_muted ? 0 : facts->volume;

  cs_player_set_volume (player, volume + g_variant_get_double (target));
  cs_player_set_muted (player, FALSE);
}

static void
speed_cb (CsPlayer *player, GVariant *target)
{
  cs_player_set_speed (player, g_variant_get_double (target));
}

static void
faster_cb (CsPlayer *player, GVariant *target)
{
  double speed = cs_player_get_facts (player)->speed;
  int i = 0;

  while (i < (int) G_N_ELEMENTS (speeds) - 1 && speeds[i] < speed)
    i++;
  cs_player_set_speed (player, speeds[CLAMP (i + g_variant_get_int32 (target), 0, (int) G_N_ELEMENTS (speeds) - 1)]);
}

/* The group */

static void
set_state (GActionMap *map, const char *name, GVariant *state)
{
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (map, name)), state);
}

static void
changed_cb (GActionMap *map, CsPlayer *player)
{
  const CsPlayerFacts *facts = cs_player_get_facts (player);
  gboolean is_open = facts->state == CS_PLAYER_PAUSED || facts->state == CS_PLAYER_PLAYING;
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (map));

  for (char **name = names; *name != NULL; name++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, *name)), is_open);
  set_state (map, "loop", g_variant_new_boolean (facts->is_looping));
  set_state (map, "mute", g_variant_new_boolean (facts->is_muted));
  set_state (map, "speed", g_variant_new_double (facts->speed));
}

static void
add (GActionMap *map, CsPlayer *player, const char *name, const GVariantType *type, GVariant *state, GCallback func)
{
  g_autoptr (GSimpleAction) action = state != NULL ? g_simple_action_new_stateful (name, type, state)
                                                   : g_simple_action_new (name, type);

  g_signal_connect_object (action, "activate", func, player, G_CONNECT_SWAPPED);
  g_action_map_add_action (map, G_ACTION (action));
}

/** cs_player_actions_new: Returns: (transfer full): to be inserted as "player"; lives no longer than @player does. */
GActionGroup *
cs_player_actions_new (CsPlayer *player)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();
  GActionMap *map = G_ACTION_MAP (group);

  add (map, player, "toggle", NULL, NULL, G_CALLBACK (toggle_cb));
  add (map, player, "step", G_VARIANT_TYPE_INT32, NULL, G_CALLBACK (step_cb));
  add (map, player, "skip", G_VARIANT_TYPE_DOUBLE, NULL, G_CALLBACK (skip_cb));
  add (map, player, "go", G_VARIANT_TYPE_DOUBLE, NULL, G_CALLBACK (go_cb));
  add (map, player, "loop", NULL, g_variant_new_boolean (FALSE), G_CALLBACK (loop_cb));
  add (map, player, "mute", NULL, g_variant_new_boolean (FALSE), G_CALLBACK (mute_cb));
  add (map, player, "louder", G_VARIANT_TYPE_DOUBLE, NULL, G_CALLBACK (louder_cb));
  add (map, player, "speed", G_VARIANT_TYPE_DOUBLE, g_variant_new_double (1), G_CALLBACK (speed_cb));
  add (map, player, "faster", G_VARIANT_TYPE_INT32, NULL, G_CALLBACK (faster_cb));
  g_signal_connect_object (player, "changed", G_CALLBACK (changed_cb), group, G_CONNECT_SWAPPED);
  changed_cb (map, player);
  return G_ACTION_GROUP (group);
}

/** cs_player_keys_new: Returns: (transfer full): for a widget that has the actions. */
GtkEventController *
cs_player_keys_new (void)
{
  GtkEventController *self = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0),
                                                gtk_named_action_new (keys[i].action));
      g_autoptr (GVariant) target = keys[i].target != NULL ? g_variant_parse (NULL, keys[i].target, NULL, NULL, NULL) : NULL;

      gtk_shortcut_set_arguments (shortcut, target);
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (self), shortcut);
    }
  return self;
}
