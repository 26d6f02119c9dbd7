/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for people about a creation. Main thread. */
#include "config.h"
#include "ui/widgets/cs-creation-words.h"


#define MINUTE (60 * G_TIME_SPAN_SECOND)
#define RECENT_HOURS 6 /* that are counted; of earlier today one says "today" */

/* First strong isolate, and the end of it. */
#define FSI "\xe2\x81\xa8"
#define PDI "\xe2\x81\xa9"

/** cs_isolate: Returns: (transfer full): @text, which keeps its own direction in a sentence of another one. */
char *
cs_isolate (const char *text)
{
  return g_strconcat (FSI, text, PDI, NULL);
}

const char *
cs_creation_get_icon (const CsCreationFacts *facts)
{
  switch (facts->kind)
    {
    case CS_KIND_VIDEO:
      return "media-playback-start-symbolic";
    case CS_KIND_DECK:
      return "x-office-presentation-symbolic";
    case CS_KIND_IMAGE:
    default:
      return "image-x-generic-symbolic";
    }
}

/** cs_creation_make_length: Returns: (transfer full): how long it is: minutes and seconds, or slides. */
char *
cs_creation_make_length (const CsCreationFacts *facts)
{
  int seconds = (int) (facts->duration + 0.5);

  if (facts->kind == CS_KIND_VIDEO && facts->duration > 0)
    return g_strdup_printf ("%d:%02d", seconds / 60, seconds % 60);
  if (facts->kind == CS_KIND_DECK && facts->num_slides > 0)
    return g_strdup_printf ("%d", facts->num_slides);
  return g_strdup ("");
}

/** cs_creation_make_description: Returns: (transfer full): what it is and what it shows. */
char *
cs_creation_make_description (const CsCreationFacts *facts)
{
  int seconds = MAX ((int) (facts->duration + 0.5), 1);

  if (facts->missing)
    /* translators: read aloud for a creation whose file is gone; its title */
    return g_strdup_printf (_ ("Missing file: %s"), facts->title);
  if (facts->kind == CS_KIND_VIDEO)
    /* translators: read aloud for a thumbnail; 1: seconds, 2: a title */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Video, %1$d second: %2$s", "Video, %1$d seconds: %2$s", seconds), seconds,
                            facts->title);
  if (facts->kind == CS_KIND_DECK)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "Presentation, %1$d slide: %2$s", "Presentation, %1$d slides: %2$s", facts->num_slides),
        facts->num_slides, facts->title);
  /* translators: read aloud for a thumbnail; a title */
  return g_strdup_printf (_ ("Picture: %s"), facts->title);
}

/* "PNG", as people call it. */
static char *
make_format (const CsCreationFacts *facts)
{
  const char *name = strrchr (facts->mime_type, '/');

  return g_ascii_strup (name != NULL ? name + 1 : facts->mime_type, -1);
}

/** cs_creation_make_size: Returns: (transfer full): pixels, format and bytes, as far as they are known. */
char *
cs_creation_make_size (const CsCreationFacts *facts)
{
  g_autofree char *format = make_format (facts);
  g_autofree char *bytes = g_format_size (facts->size);
  g_autofree char *isolated = cs_isolate (bytes);
  g_autofree char *pixels = NULL;

  if (facts->width > 0 && facts->height > 0)
    pixels = g_strdup_printf (FSI "%d × %d" PDI, facts->width, facts->height);
  return pixels != NULL ? g_strdup_printf ("%s · %s · %s", pixels, format, isolated) : g_strdup_printf ("%s · %s", format, isolated);
}

/** cs_provider_make_name: Returns: (transfer full): the name of @provider; of one that is gone, its id. */
char *
cs_provider_make_name (CsStudio *studio, const char *provider)
{
  CsProvider *found;

  if (g_strcmp0 (provider, CS_LIBRARY_IMPORT_PROVIDER) == 0)
    return g_strdup (_ ("Your own file"));
  found = cs_provider_registry_get_provider (cs_engine_get_registry (cs_studio_get_engine (studio)), provider);
  return g_strdup (found != NULL ? cs_provider_get_name (found) : provider);
}

/** cs_creation_make_maker: Returns: (transfer full): the provider and the model that made it. */
char *
cs_creation_make_maker (const CsCreationFacts *facts, CsStudio *studio)
{
  g_autofree char *provider = cs_provider_make_name (studio, facts->provider);
  const CsModel *model = cs_provider_registry_get_model (cs_engine_get_registry (cs_studio_get_engine (studio)), facts->model);
  const char *name = model != NULL ? model->short_name : facts->model;

  if (g_str_equal (facts->provider, CS_LIBRARY_IMPORT_PROVIDER) || name[0] == '\0' || g_str_equal (name, provider))
    return g_steal_pointer (&provider);
  return g_strdup_printf (FSI "%s · %s" PDI, provider, name);
}

static GDateTime *
make_local (gint64 time_us)
{
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_local (time_us / G_USEC_PER_SEC);

  return seconds != NULL ? g_steal_pointer (&seconds) : g_date_time_new_from_unix_local (0);
}

/* Whole days from the one of @then to the one of @now; below 0 in the future. */
static int
count_days (GDateTime *then, GDateTime *now)
{
  GDate a, b;

  g_date_clear (&a, 1);
  g_date_clear (&b, 1);
  g_date_set_dmy (&a, g_date_time_get_day_of_month (then), g_date_time_get_month (then), g_date_time_get_year (then));
  g_date_set_dmy (&b, g_date_time_get_day_of_month (now), g_date_time_get_month (now), g_date_time_get_year (now));
  return g_date_days_between (&a, &b);
}

static char *
format_date (GDateTime *then, GDateTime *now)
{
  if (g_date_time_get_year (then) == g_date_time_get_year (now))
    /* translators: a day of this year; see the manual of strftime */
    return g_date_time_format (then, _ ("%-e %b"));
  /* translators: a day of another year; see the manual of strftime */
  return g_date_time_format (then, _ ("%-e %b %Y"));
}

/** cs_date_make_words: @time_us: microseconds since the epoch. Returns: (transfer full): when that was, as people say it. */
char *
cs_date_make_words (gint64 time_us)
{
  gint64 ago = cs_clock_now () - time_us;
  g_autoptr (GDateTime) then = make_local (time_us);
  g_autoptr (GDateTime) now = make_local (cs_clock_now ());
  int days = count_days (then, now);
  int minutes = (int) (ago / MINUTE);

  if (ago >= 0 && ago < MINUTE)
    return g_strdup (_ ("just now"));
  if (ago >= 0 && minutes < 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d min ago", "%d min ago", minutes), minutes);
  if (ago >= 0 && days == 0 && minutes < RECENT_HOURS * 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d h ago", "%d h ago", minutes / 60), minutes / 60);
  if (days == 0)
    return g_strdup (_ ("today"));
  if (days == 1)
    return g_strdup (_ ("yesterday"));
  if (days > 1 && days < 7)
    return g_date_time_format (then, "%A");
  return format_date (then, now);
}

/** cs_date_make_moment: @time_us: microseconds since the epoch. Returns: (transfer full): the day and the time of it. */
char *
cs_date_make_moment (gint64 time_us)
{
  g_autoptr (GDateTime) then = make_local (time_us);
  g_autoptr (GDateTime) now = make_local (cs_clock_now ());
  g_autofree char *time = g_date_time_format (then, "%H:%M");
  g_autofree char *date = format_date (then, now);
  int days = count_days (then, now);

  if (days == 0)
    /* translators: a time of day */
    return g_strdup_printf (_ ("today %s"), time);
  if (days == 1)
    /* translators: a time of day */
    return g_strdup_printf (_ ("yesterday %s"), time);
  /* translators: 1: a day, 2: a time of that day */
  return g_strdup_printf (_ ("%1$s, %2$s"), date, time);
}
