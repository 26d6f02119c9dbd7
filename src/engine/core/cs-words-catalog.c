/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A GNU .mo file in memory: two tables of (length, offset), sorted by the original sentence, in the byte order of the
 * machine that wrote it (gettext manual, "The Format of GNU MO Files"). Ours are part of the program, so that an answer in
 * another language than the user's needs no locale on this computer. Every number of the file is checked all the same.
 */
#include "config.h"
#include "core/cs-words-catalog.h"

#include <gio/gio.h>
#include <string.h>

#define MAGIC 0x950412deu
#define HEADER_LENGTH 28

struct _CsWordsCatalog
{
  GBytes *bytes;
  const char *data;
  gsize length;
  gboolean is_swapped; /* written by a machine of the other byte order */
  guint32 n_sentences;
  guint32 originals;   /* where the table of the original sentences begins */
  guint32 translations;
};

static guint32
read_number (CsWordsCatalog *self, gsize offset)
{
  guint32 number;

  memcpy (&number, self->data + offset, sizeof number);
  return self->is_swapped ? GUINT32_SWAP_LE_BE (number) : number;
}

/* The sentence at @row of the table at @table; NULL when it does not lie in the file with its end. */
static const char *
get_sentence (CsWordsCatalog *self, guint32 table, guint32 row)
{
  gsize place = table + (gsize) row * 8;
  gsize length = read_number (self, place);
  gsize offset = read_number (self, place + 4);

  if (offset > self->length || length >= self->length - offset || self->data[offset + length] != '\0')
    return NULL;
  return self->data + offset;
}

static gboolean
is_table (CsWordsCatalog *self, guint32 table)
{
  return table <= self->length && self->n_sentences <= (self->length - table) / 8;
}

static gboolean
read_header (CsWordsCatalog *self)
{
  guint32 magic;

  if (self->length < HEADER_LENGTH)
    return FALSE;
  memcpy (&magic, self->data, sizeof magic);
  self->is_swapped = magic != MAGIC;
  if (self->is_swapped && GUINT32_SWAP_LE_BE (magic) != MAGIC)
    return FALSE;
  self->n_sentences = read_number (self, 8);
  self->originals = read_number (self, 12);
  self->translations = read_number (self, 16);
  return is_table (self, self->originals) && is_table (self, self->translations);
}

/** cs_words_catalog_new: Returns: (transfer full) (nullable): the sentences; NULL when @bytes are no .mo file. */
CsWordsCatalog *
cs_words_catalog_new (GBytes *bytes)
{
  g_autoptr (CsWordsCatalog) self = g_new0 (CsWordsCatalog, 1);

  self->bytes = g_bytes_ref (bytes);
  self->data = g_bytes_get_data (bytes, &self->length);
  return read_header (self) ? g_steal_pointer (&self) : NULL;
}

void
cs_words_catalog_free (CsWordsCatalog *self)
{
  g_bytes_unref (self->bytes);
  g_free (self);
}

/** cs_words_catalog_lookup: Returns: (transfer none) (nullable): the translation of @sentence. */
const char *
cs_words_catalog_lookup (CsWordsCatalog *self, const char *sentence)
{
  guint32 low = 0;
  guint32 high = self->n_sentences;

  if (*sentence == '\0')
    return NULL; /* the facts of the file stand there */
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      const char *original = get_sentence (self, self->originals, middle);
      int difference = original != NULL ? strcmp (sentence, original) : 0;

      if (original == NULL)
        return NULL;
      if (difference == 0)
        return get_sentence (self, self->translations, middle);
      if (difference < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

static CsWordsCatalog *
load (CsLanguage language)
{
  g_autofree char *path
      = g_strdup_printf ("/dz/iafactory/CreativeStudio/words/%s/LC_MESSAGES/%s.mo", cs_language_to_string (language), GETTEXT_PACKAGE);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return bytes != NULL ? cs_words_catalog_new (bytes) : NULL;
}

/** cs_words_catalog_get: Returns: (transfer none) (nullable): the sentences that this program brings with it. */
CsWordsCatalog *
cs_words_catalog_get (CsLanguage language)
{
  static gsize loaded[CS_N_LANGUAGES]; /* the catalog; 1: there is none */

  g_return_val_if_fail (language < CS_N_LANGUAGES, NULL);

  if (g_once_init_enter (&loaded[language]))
    {
      CsWordsCatalog *catalog = load (language);

      g_once_init_leave (&loaded[language], catalog != NULL ? (gsize) catalog : 1);
    }
  return loaded[language] != 1 ? (CsWordsCatalog *) loaded[language] : NULL;
}
