/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finished video, image or deck of the library: a value that never changes, so any thread may hold it. */
#include "config.h"
#include "library/cs-creation.h"

struct _CsCreation
{
  GObject parent_instance;

  CsCreationFacts *facts;
};

G_DEFINE_FINAL_TYPE (CsCreation, cs_creation, G_TYPE_OBJECT)

/**
 * cs_creation_facts_new:
 *
 * Returns: (transfer full): facts that are all zero; free with cs_creation_facts_free().
 */
CsCreationFacts *
cs_creation_facts_new (void)
{
  return g_new0 (CsCreationFacts, 1);
}

/**
 * cs_creation_facts_free:
 * @facts: (nullable) (transfer full): the facts, with all their texts
 */
void
cs_creation_facts_free (CsCreationFacts *facts)
{
  if (facts == NULL)
    return;
  g_free (facts->id);
  g_free (facts->job_id);
  g_free (facts->title);
  g_free (facts->prompt);
  g_free (facts->original_prompt);
  g_free (facts->negative_prompt);
  g_free (facts->notes);
  g_free (facts->provider);
  g_free (facts->model);
  g_free (facts->style);
  g_free (facts->aspect_ratio);
  g_free (facts->theme);
  g_free (facts->language);
  g_free (facts->file);
  g_free (facts->markdown_file);
  g_free (facts->thumbnail);
  g_free (facts->mime_type);
  g_free (facts->sha256);
  g_free (facts->parent_id);
  g_free (facts);
}

static void
cs_creation_finalize (GObject *object)
{
  CsCreation *self = CS_CREATION (object);

  cs_creation_facts_free (self->facts);
  G_OBJECT_CLASS (cs_creation_parent_class)->finalize (object);
}

static void
cs_creation_class_init (CsCreationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_creation_finalize;
}

static void
cs_creation_init (CsCreation *self)
{
}

/**
 * cs_creation_new:
 * @facts: (transfer full): what is known of it; belongs to the creation from now on
 *
 * Returns: (transfer full): the creation; from any thread.
 */
CsCreation *
cs_creation_new (CsCreationFacts *facts)
{
  CsCreation *self;

  g_return_val_if_fail (facts != NULL, NULL);

  self = g_object_new (CS_TYPE_CREATION, NULL);
  self->facts = facts;
  return self;
}

/**
 * cs_creation_get_facts:
 *
 * Returns: (transfer none): everything that is known of it, valid as long as the creation.
 */
const CsCreationFacts *
cs_creation_get_facts (CsCreation *self)
{
  g_return_val_if_fail (CS_IS_CREATION (self), NULL);

  return self->facts;
}

/**
 * cs_creation_get_id:
 *
 * Returns: (transfer none): its id, which is also that of its job.
 */
const char *
cs_creation_get_id (CsCreation *self)
{
  g_return_val_if_fail (CS_IS_CREATION (self), NULL);

  return self->facts->id;
}
