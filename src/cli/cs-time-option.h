/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-arguments.h"

G_BEGIN_DECLS

gboolean cs_arguments_get_period (CsArguments *arguments, gint64 *from, gint64 *to, GError **error);

G_END_DECLS
