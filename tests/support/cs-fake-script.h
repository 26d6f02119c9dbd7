/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the fake servers are told to do: words in their order, and the usual word of an operation. Any thread. */
typedef struct _CsFakeScript CsFakeScript;

CsFakeScript *cs_fake_script_new       (void);
void          cs_fake_script_free      (CsFakeScript *self);
void          cs_fake_script_add       (CsFakeScript *self, const char *vendor, const char *operation, const char *words);
void          cs_fake_script_set_usual (CsFakeScript *self, const char *vendor, const char *operation, const char *word);
void          cs_fake_script_set_text  (CsFakeScript *self, const char *vendor, const char *text);
char         *cs_fake_script_dup_text  (CsFakeScript *self, const char *vendor);
char         *cs_fake_script_take      (CsFakeScript *self, const char *vendor, const char *operation);

G_END_DECLS
