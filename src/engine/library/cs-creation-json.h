/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-paths.h"
#include "library/cs-creation.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The files that a creation has. */
typedef enum
{
  CS_CREATION_FILE,      /* the master */
  CS_CREATION_THUMBNAIL,
  CS_CREATION_MARKDOWN,  /* of a deck */
} CsCreationPart;

/*
 * Says where a file of a creation is for whoever reads the JSON: a path of this computer, or an address. It is asked only
 * for files that there are. Returns: (transfer full) (nullable).
 */
typedef char *(*CsCreationPlace) (const CsCreationFacts *facts, CsCreationPart part, gpointer user_data);

char       *cs_creation_dup_path (const CsCreationFacts *facts, CsCreationPart part, gpointer paths); /* a CsCreationPlace */
void        cs_creation_add_part (JsonObject *object, const char *name, const CsCreationFacts *facts, CsCreationPart part,
                                  CsCreationPlace place, gpointer user_data);
JsonObject *cs_creation_to_json  (CsCreation *creation, CsCreationPlace place, gpointer user_data);

G_END_DECLS
