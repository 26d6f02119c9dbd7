/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times of a film, to be read and to be read aloud. */
#include "config.h"
#include "ui/player/cs-player-time.h"

#include "creative-studio.h"

#include <math.h>

static gint64
to_tenths (double seconds)
{
  return (gint64) floor (MAX (seconds, 0) * 10 + 0.5);
}

/** cs_player_time_format: Returns: (transfer full): minutes, seconds and tenths; hours where there are some. */
char *
cs_player_time_format (double seconds)
{
  gint64 tenths = to_tenths (seconds);
  int hours = (int) (tenths / 36000), minutes = (int) (tenths / 600 % 60), rest = (int) (tenths % 600);

  if (hours > 0)
    return g_strdup_printf ("%d:%02d:%02d.%d", hours, minutes, rest / 10, rest % 10);
  return g_strdup_printf ("%d:%02d.%d", minutes, rest / 10, rest % 10);
}

/** cs_player_time_speak: Returns: (transfer full): for a screen reader. */
char *
cs_player_time_speak (double position, double duration)
{
  g_autofree char *from = g_strdup_printf ("%g", (double) to_tenths (position) / 10);
  g_autofree char *to = g_strdup_printf ("%g", (double) to_tenths (duration) / 10);

  /* translators: read aloud: where a video stands and how long it is, for example 2.1 of 5 seconds */
  return g_strdup_printf (_ ("%1$s of %2$s seconds"), from, to);
}
