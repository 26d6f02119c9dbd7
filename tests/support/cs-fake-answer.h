/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/cs-http-call.h"

G_BEGIN_DECLS

/* Answers without a wire, for the readers that judge them. */
CsHttpAnswer *cs_fake_answer_new     (guint status, const char *body);
CsHttpAnswer *cs_fake_answer_new_cut (guint status, const char *body, gboolean was_sent);
char         *cs_fake_brackets_new   (guint n);

G_END_DECLS
