/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/stage/cs-fan.h"

G_BEGIN_DECLS

void cs_deck_sample_show (CsFan *fan);

G_END_DECLS
