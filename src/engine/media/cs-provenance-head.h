/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/cs-provenance.h"

G_BEGIN_DECLS

/* What an HTML file says about itself, ready for its head. */
char *cs_provenance_to_html (const CsProvenance *provenance);

G_END_DECLS
