/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Markdown from strangers without HTML, pictures and slide separators. Pure, any thread. */
char *cs_safe_markdown_line  (const char *text, gsize max_characters);
char *cs_safe_markdown_block (const char *const *lines, gboolean is_prose);

G_END_DECLS
