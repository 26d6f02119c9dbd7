/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/cs-http-call.h"

G_BEGIN_DECLS

/* The one policy of retries; pure. A call that may not be repeated has one try. */
gboolean cs_retry_is_worth_it   (const CsHttpAnswer *answer);
gint64   cs_retry_get_delay     (const CsHttpAnswer *answer, int tries_so_far, guint32 random);
gint64   cs_retry_parse_after   (const char *header, gint64 now); /* seconds or an HTTP date; microseconds */
gint64   cs_retry_parse_duration (const char *text);              /* "2m59.56s", "7.66s", "340ms"; microseconds; -1: not one */

G_END_DECLS
