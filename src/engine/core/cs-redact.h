/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What must never be read by anybody: keys. Whoever learns a key tells it here once; every text that leaves the engine's
 * wires (logs, errors, what a provider said) goes through cs_redact_text(). Any thread.
 */
void  cs_redact_add_secret (const char *secret);
char *cs_redact_text       (const char *text);
void  cs_secret_free       (char *secret);
char *cs_secret_take_from_environment (const char *variable);

G_END_DECLS
