/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void cs_deck_code_append (GString *html, const char *language, const char *code);

G_END_DECLS
