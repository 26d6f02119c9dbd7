/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of a deck: asked of the resolver, looked at, embedded as data: addresses. */
#include "config.h"
#include "deck/cs-deck-picture.h"

#include "core/cs-text.h"

#include <string.h>

#define MAX_ID 64        /* characters */
#define MAX_ADDRESS 2048 /* bytes of a missing address that are worth telling */

void
cs_deck_picture_free (CsDeckPicture *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

CsDeckPictures *
cs_deck_pictures_new (CsDeckResolver resolver, gpointer resolver_data)
{
  CsDeckPictures *self = g_new0 (CsDeckPictures, 1);

  self->resolver = resolver;
  self->resolver_data = resolver_data;
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cs_deck_picture_free);
  self->missed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->missing = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
cs_deck_pictures_free (CsDeckPictures *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->seen);
  g_hash_table_unref (self->missed);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_free (self);
}

/**
 * cs_deck_picture_sniff:
 *
 * Returns: (nullable) (transfer none): the type that the first bytes show, whatever anybody says: PNG, JPEG, GIF or
 * WebP. NULL for everything else; SVG in particular can carry scripts.
 */
const char *
cs_deck_picture_sniff (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (length < 16)
    return NULL;
  if (memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "image/png";
  if (memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "image/jpeg";
  if (memcmp (data, "GIF87a", 6) == 0 || memcmp (data, "GIF89a", 6) == 0)
    return "image/gif";
  if (memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return "image/webp";
  return NULL;
}

/* `creation:` and an id; the resolver never sees anything else. */
static gboolean
is_creation (const char *address)
{
  const char *id = address + strlen ("creation:");
  gsize length;

  if (!g_str_has_prefix (address, "creation:"))
    return FALSE;
  length = strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_");
  return length > 0 && length <= MAX_ID && id[length] == '\0';
}

/* Asks the resolver once for each address. */
static CsDeckPicture *
find (CsDeckPictures *self, const char *address)
{
  g_autoptr (CsDeckPicture) picture = NULL;
  gpointer seen;

  if (self->resolver == NULL || !is_creation (address))
    return NULL;
  if (g_hash_table_lookup_extended (self->seen, address, NULL, &seen))
    return seen;

  picture = self->resolver (address, self->resolver_data);
  if (picture != NULL && picture->bytes != NULL && g_bytes_get_size (picture->bytes) <= CS_DECK_MAX_PICTURE)
    picture->mime_type = cs_deck_picture_sniff (picture->bytes);
  else
    g_clear_pointer (&picture, cs_deck_picture_free);
  if (picture != NULL && picture->mime_type == NULL)
    g_clear_pointer (&picture, cs_deck_picture_free);
  seen = picture;
  g_hash_table_insert (self->seen, g_strdup (address), g_steal_pointer (&picture));
  return seen;
}

static void
remember_missing (CsDeckPictures *self, const char *address)
{
  g_autofree char *told = strlen (address) > MAX_ADDRESS ? cs_text_ellipsize (address, 200) : g_strdup (address);

  if (g_hash_table_add (self->missed, g_strdup (told)))
    g_ptr_array_add (self->missing, g_steal_pointer (&told));
}

/**
 * cs_deck_pictures_append:
 * @address: what the Markdown says
 *
 * Appends the data: address of the picture behind @address; or remembers @address as missing and appends nothing:
 * everything that is not a `creation:ID` known to the resolver, too large, or not a picture.
 *
 * Returns: whether the picture is there.
 */
gboolean
cs_deck_pictures_append (CsDeckPictures *self, GString *html, const char *address)
{
  CsDeckPicture *picture = find (self, address);
  gsize size = picture != NULL ? g_bytes_get_size (picture->bytes) : 0;
  int state = 0, save = 0;
  gsize at;

  if (picture == NULL || self->embedded + size > CS_DECK_MAX_PICTURES)
    {
      remember_missing (self, address);
      return FALSE;
    }

  self->embedded += size;
  g_string_append_printf (html, "data:%s;base64,", picture->mime_type);
  at = html->len;
  g_string_set_size (html, at + (size / 3 + 1) * 4 + 4);
  size = g_base64_encode_step (g_bytes_get_data (picture->bytes, NULL), size, FALSE, html->str + at, &state, &save);
  size += g_base64_encode_close (FALSE, html->str + at + size, &state, &save);
  g_string_truncate (html, at + size);
  return TRUE;
}
