/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CS_DECK_MAX_LINK 2048 /* bytes */

void     cs_deck_html_append_text (GString *html, const char *text, gssize length);
void     cs_deck_html_append_link (GString *html, const char *address);
gboolean cs_deck_html_is_link     (const char *address);

G_END_DECLS
