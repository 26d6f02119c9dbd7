/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loads the parts of a deck out of the program once and hashes its scripts. Any thread; what it loads stays. */
#include "config.h"
#include "deck/cs-deck-theme.h"

#include <gio/gio.h>

#define PREFIX "/dz/iafactory/CreativeStudio/deck/"

/**
 * cs_deck_dup_resource:
 * @name: a file of resources/deck
 *
 * Returns: (transfer full): its text. That it is there is settled when the program is built.
 */
char *
cs_deck_dup_resource (const char *name)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (bytes != NULL);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The word by which a Content-Security-Policy knows @script. */
static char *
hash_script (const char *script)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *base64 = NULL;

  g_checksum_update (checksum, (const guchar *) script, -1);
  g_checksum_get_digest (checksum, digest, &length);
  base64 = g_base64_encode (digest, length);
  return g_strconcat ("'sha256-", base64, "'", NULL);
}

static char *
make_policy (const char *core, const char *start, const char *speaker)
{
  return g_strdup_printf ("default-src 'none'; script-src %s %s%s%s; style-src 'unsafe-inline'; img-src data:; "
                          "base-uri 'none'; form-action 'none'",
                          core, start, speaker[0] != '\0' ? " " : "", speaker);
}

static gpointer
load_parts_once (gpointer data)
{
  CsDeckParts *parts = g_new0 (CsDeckParts, 1);
  g_autofree char *reveal = cs_deck_dup_resource ("reveal.js");
  g_autofree char *core = NULL, *start = NULL, *speaker = NULL;

  parts->core = g_strconcat (CS_DECK_EARLY_SCRIPT, reveal, NULL);
  parts->style = cs_deck_dup_resource ("reveal.css");
  parts->base = cs_deck_dup_resource ("base.css");
  parts->start = cs_deck_dup_resource ("deck.js");
  parts->speaker = cs_deck_dup_resource ("speaker.js");
  core = hash_script (parts->core);
  start = hash_script (parts->start);
  speaker = hash_script (parts->speaker);
  parts->policy = make_policy (core, start, "");
  parts->policy_with_notes = make_policy (core, start, speaker);
  return parts;
}

static gpointer
load_themes_once (gpointer data)
{
  char **themes = g_new0 (char *, CS_N_THEMES);

  for (int i = 0; i < CS_N_THEMES; i++)
    {
      g_autofree char *name = g_strconcat (cs_theme_to_string (i), ".css", NULL);

      themes[i] = cs_deck_dup_resource (name);
    }
  return themes;
}

/**
 * cs_deck_parts_get:
 *
 * Returns: (transfer none): the parts of every deck.
 */
const CsDeckParts *
cs_deck_parts_get (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, load_parts_once, NULL);
}

/**
 * cs_deck_theme_get:
 *
 * Returns: (transfer none): the style sheet with the colours of @theme.
 */
const char *
cs_deck_theme_get (CsTheme theme)
{
  static GOnce once = G_ONCE_INIT;
  char **themes = g_once (&once, load_themes_once, NULL);

  g_return_val_if_fail ((guint) theme < CS_N_THEMES, themes[CS_THEME_DARK]);

  return themes[theme];
}
