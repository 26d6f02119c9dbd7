/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

G_BEGIN_DECLS

/* The language of an answer, by the header Accept-Language. */
CsLanguage cs_api_language_choose (const char *accepted);

G_END_DECLS
