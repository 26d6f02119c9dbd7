/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-call.h"

G_BEGIN_DECLS

/* JSON that is valid and wrong: "types", "noid", "badid" and "status", in the answer or in every line of it. */
void cs_fake_spoil_json (CsFakeCall *call);

G_END_DECLS
