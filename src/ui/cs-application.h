/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-inhibitor.h"
#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CS_TYPE_APPLICATION (cs_application_get_type ())
G_DECLARE_FINAL_TYPE (CsApplication, cs_application, CS, APPLICATION, AdwApplication)

CsApplication *cs_application_new           (void);
CsStudio      *cs_application_get_studio    (CsApplication *self); /* (nullable) until the engine is open */
CsInhibitor   *cs_application_get_inhibitor (CsApplication *self); /* (nullable) as the studio */

G_END_DECLS
