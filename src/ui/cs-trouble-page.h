/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What is seen when the studio cannot be opened: what happened, what to do, and the ways out. */
#define CS_TYPE_TROUBLE_PAGE (cs_trouble_page_get_type ())
G_DECLARE_FINAL_TYPE (CsTroublePage, cs_trouble_page, CS, TROUBLE_PAGE, AdwBin)

void cs_trouble_page_show (CsTroublePage *self, const GError *trouble);

G_END_DECLS
