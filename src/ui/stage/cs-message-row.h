/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What a provider is sent for a job, or will be: how much, to where, and all of it when it is opened. Never a key. */
#define CS_TYPE_MESSAGE_ROW (cs_message_row_get_type ())
G_DECLARE_FINAL_TYPE (CsMessageRow, cs_message_row, CS, MESSAGE_ROW, AdwBin)

void        cs_message_row_show     (CsMessageRow *self, CsStudio *studio, CsJob *job);
const char *cs_message_row_get_text (CsMessageRow *self); /* (nullable) the bytes, as they are */

G_END_DECLS
