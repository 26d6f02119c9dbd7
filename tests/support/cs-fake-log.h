/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * What the fake servers were asked: whole requests in memory for the test that started them, and a journal on disk that
 * outlives everybody. Any thread.
 *
 * A line of the journal: VENDOR OPERATION WHAT REMOTE-ID SEED PROMPT, with WHAT one of "accepted" (work was taken: this
 * is paid), "answered" and "refused", PROMPT the first 16 digits of its SHA-256, and "-" for what there is not.
 */
typedef struct _CsFakeLog CsFakeLog;

CsFakeLog  *cs_fake_log_new            (const char *journal);
void        cs_fake_log_free           (CsFakeLog *self);
JsonObject *cs_fake_log_add            (CsFakeLog *self, const char *vendor, const char *operation, const char *method,
                                        const char *path, const char *query);
void        cs_fake_log_set_header     (CsFakeLog *self, JsonObject *record, const char *name, const char *value);
void        cs_fake_log_set_body       (CsFakeLog *self, JsonObject *record, GBytes *body);
void        cs_fake_log_write          (CsFakeLog *self, const char *vendor, const char *operation, const char *what,
                                        const char *remote_id, gint64 seed, const char *prompt);
guint       cs_fake_log_count          (CsFakeLog *self, const char *vendor, const char *operation);
guint       cs_fake_log_count_accepted (CsFakeLog *self, const char *vendor);
JsonObject *cs_fake_log_dup            (CsFakeLog *self, const char *vendor, const char *operation, guint n);

G_END_DECLS
