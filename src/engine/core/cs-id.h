/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CS_ID_LENGTH 26

char    *cs_id_new      (void);
gboolean cs_id_is_valid (const char *text);
gint64   cs_id_get_time (const char *id);

G_END_DECLS
