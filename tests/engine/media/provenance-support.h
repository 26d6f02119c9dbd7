/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of stamps share. */
#pragma once

#include "media-support.h"
#include "media/cs-provenance-private.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define NASTY "A cat, “chat” قط <b>&\"'</rdf:RDF> \x01 end"

G_GNUC_UNUSED static const CsProvenance generation = {
  .source = CS_SOURCE_TRAINED_ALGORITHMIC_MEDIA,
  .creation_id = "01JABCDEFGHJKMNPQRSTVWXYZ0",
  .title = "A cat",
  .prompt = NASTY,
  .original_prompt = "chat",
  .negative_prompt = "dog, blur",
  .system = "Flux Schnell (Replicate)",
  .system_version = "abc:def",
  .provider = "replicate",
  .model = "black-forest-labs/flux-schnell",
  .seed = 123,
  .has_seed = TRUE,
  .width = 64,
  .height = 48,
  .created_at = G_GINT64_CONSTANT (1760000000000000),
};

G_GNUC_UNUSED static const CsProvenance sketch = {
  .source = CS_SOURCE_DIGITAL_CREATION,
  .prompt = "la mer",
  .system = "Sketch",
  .model = "sketch",
};

typedef struct
{
  char *folder;
  char *from;
  char *to;
  char *again;
} Fixture;

static inline void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = test_folder_new ();
  self->from = g_build_filename (self->folder, "from", NULL);
  self->to = g_build_filename (self->folder, "to", NULL);
  self->again = g_build_filename (self->folder, "again", NULL);
}

static inline void
tear_down (Fixture *self, gconstpointer data)
{
  test_folder_free (self->folder);
  g_free (self->from);
  g_free (self->to);
  g_free (self->again);
}

static inline gboolean
stamp (const char *from, const char *to, const CsProvenance *provenance)
{
  g_autoptr (GError) error = NULL;
  gboolean stamped = FALSE;

  cs_provenance_stamp_copy (from, to, provenance, &stamped, NULL, &error);
  g_assert_no_error (error);
  return stamped;
}

static inline gsize
size_of (const char *path)
{
  g_autoptr (GBytes) bytes = test_read (path);

  return g_bytes_get_size (bytes);
}
