/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

G_BEGIN_DECLS

/* An error of ours as HTTP: its status, its code and its words. NULL is the error that nobody has described. */
guint       cs_api_error_get_status (const GError *error);
const char *cs_api_error_get_code   (const GError *error);
char       *cs_api_error_describe   (const GError *error); /* in the language of the scope, by the code, with what is known */
JsonObject *cs_api_error_to_json    (guint status, const char *code, const char *detail, const char *field);

G_END_DECLS
