/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-output.h"
#include "creative-studio.h"

G_BEGIN_DECLS

/* The code of the JSON error when the user interrupted. */
#define CS_CLI_INTERRUPTED "interrupted"

/* One run of the program: what a command gets handed. */
typedef struct _CsCli CsCli;

/* A piece of work that blocks, on another thread. */
typedef gpointer (*CsCliWork) (gpointer data, GCancellable *cancellable, GError **error);

int           cs_cli_main            (char **argv);
CsOutput     *cs_cli_get_output      (CsCli *self);
GCancellable *cs_cli_get_cancellable (CsCli *self);
gboolean      cs_cli_is_interrupted  (CsCli *self);
void          cs_cli_stay            (CsCli *self);
gboolean      cs_cli_open            (CsCli *self, GError **error);
CsEngine     *cs_cli_get_engine      (CsCli *self);
gpointer      cs_cli_do              (CsCli *self, CsCliWork work, gpointer data, GDestroyNotify data_free,
                                      GDestroyNotify result_free, GError **error);
gboolean      cs_cli_check_target    (CsCli *self, const char *path, gboolean replace, GError **error);

/* A command goes on in a straight line: cs_thing_async (..., cs_cli_keep_result, &result), then
 * cs_thing_finish (thing, cs_cli_await (&result), error). */
void          cs_cli_keep_result     (GObject *source, GAsyncResult *result, gpointer slot);
GAsyncResult *cs_cli_await           (GAsyncResult **slot);

G_END_DECLS
