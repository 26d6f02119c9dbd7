/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-wire.h"

G_BEGIN_DECLS

/* Who Hugging Face is, for the words of errors; and what its page about a token says of it. Pure. */
extern const CsWireVendor cs_huggingface_vendor;

CsKeyCheck *cs_huggingface_read_account (const CsHttpAnswer *answer);

G_END_DECLS
