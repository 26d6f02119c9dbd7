/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-paths.h"
#include "library/cs-creation.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The JSON of the contract (`library list`): file and thumbnail as absolute paths. */
JsonObject *cs_creation_to_json (CsCreation *creation, CsPaths *paths);

G_END_DECLS
