/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cmark-gfm.h>
#include <glib.h>

G_BEGIN_DECLS

cmark_node *cs_deck_tree_parse        (const char *markdown);
char       *cs_deck_tree_get_text     (cmark_node *node);
gboolean    cs_deck_tree_has_words    (cmark_node *node);
int         cs_deck_tree_is_pictures  (cmark_node *paragraph);
gboolean    cs_deck_tree_is           (cmark_node *node, const char *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cmark_node, cmark_node_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cmark_iter, cmark_iter_free)

G_END_DECLS
