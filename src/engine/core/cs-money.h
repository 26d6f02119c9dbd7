/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An amount in micro US dollars. Never through a double. */
typedef gint64 CsMoney;

#define CS_MONEY_UNIT G_GINT64_CONSTANT (1000000)

char    *cs_money_to_decimal (CsMoney money);
char    *cs_money_to_display (CsMoney money);
char    *cs_money_to_amount  (CsMoney money);
gboolean cs_money_parse      (const char *text, CsMoney *money, GError **error);

G_END_DECLS
