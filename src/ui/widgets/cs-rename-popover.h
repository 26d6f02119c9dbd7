/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks for another name. Signal "renamed" (const char *name). */
#define CS_TYPE_RENAME_POPOVER (cs_rename_popover_get_type ())
G_DECLARE_FINAL_TYPE (CsRenamePopover, cs_rename_popover, CS, RENAME_POPOVER, GtkPopover)

void cs_rename_popover_ask (CsRenamePopover *self, const char *name);

G_END_DECLS
