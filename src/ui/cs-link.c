/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the addresses of creations, which come from anywhere: nothing in them is trusted but an id. Any thread. */
#include "config.h"
#include "ui/cs-link.h"

#include "creative-studio.h"

#include <string.h>

#define SHOWN_CHARACTERS 60 /* of what somebody else wrote */

static const char *const schemes[] = { CS_LINK_SCHEME ":", "creation:" }; /* the second is that of pictures in Markdown */

/* Returns: what comes behind the scheme, without slashes; NULL when it is another one. */
static const char *
skip_scheme (const char *uri)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (uri, schemes[i], strlen (schemes[i])) == 0)
      {
        uri += strlen (schemes[i]);
        return uri + strspn (uri, "/");
      }
  return NULL;
}

/* Ids are written in capitals; who copies one by hand may not do so. */
static char *
dup_id (const char *text, gsize length)
{
  g_autofree char *id = length == CS_ID_LENGTH ? g_ascii_strup (text, CS_ID_LENGTH) : NULL;

  return cs_id_is_valid (id) ? g_steal_pointer (&id) : NULL;
}

/** cs_link_is_ours: Returns: TRUE when @uri has the scheme of this program, whatever follows. */
gboolean
cs_link_is_ours (const char *uri)
{
  return skip_scheme (uri) != NULL;
}

static void
set_error (const char *uri, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (uri, -1);
  g_autofree char *shown = cs_text_make_title (valid, SHOWN_CHARACTERS);

  /* translators: 1: what was given, 2: as such an address begins */
  cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("“%1$s” is not the address of a creation. It should be %2$s and the 26 characters of its id."),
                shown, CS_LINK_SCHEME ":creation/");
}

/**
 * cs_link_dup_creation:
 * @uri: "creative-studio:creation/ID", with slashes in front or behind or without; or "creation:ID"
 *
 * Returns: (transfer full) (nullable): the id of the creation; NULL with CS_ERROR_INVALID_VALUE.
 */
char *
cs_link_dup_creation (const char *uri, GError **error)
{
  const char *rest = skip_scheme (uri);
  char *id;

  if (rest != NULL && g_str_has_prefix (rest, "creation/"))
    rest += strlen ("creation/");
  id = rest != NULL ? dup_id (rest, strcspn (rest, "/?#")) : NULL;
  if (id == NULL)
    set_error (uri, error);
  return id;
}

/** cs_link_dup_file_name: Returns: (transfer full) (nullable): the id that @name begins with, as those of the library's files do. */
char *
cs_link_dup_file_name (const char *name)
{
  gsize length = strcspn (name, " .-_");

  return dup_id (name, length);
}
