/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-json.h"

G_BEGIN_DECLS

/*
 * json-glib has no decimals, so an amount is a string node that begins with a byte no UTF-8 text holds. Nothing that
 * was parsed can look like it; our writer prints what stands behind it without quotes.
 */
#define CS_JSON_MONEY_MARK "\xff$"

const char *_cs_json_get_marked_money (const char *text);

G_END_DECLS
