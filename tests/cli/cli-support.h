/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-server.h"
#include "cs-test.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Seconds that one run may take; far more than it needs, for machines with much to do. */
#ifdef CS_SANITIZED
#define CLI_LIMIT 600
#else
#define CLI_LIMIT 120
#endif

/* One run of the real program with --json: its exit code and its one document. */
typedef struct
{
  CsTestRun *run;
  JsonObject *document;
} CliAnswer;

/* What every key of a provider is in a scene: it must be seen nowhere but at its own host. */
#define CLI_CANARY "canary0123456789abcdef"

/* A studio of its own, and servers that stand in for all providers, named by the environment; a fixture of GTest. */
typedef struct
{
  CsTestHome *home;
  CsFakeServer *server;
} CliScene;

void        cli_scene_set_up    (CliScene *self, gconstpointer letters); /* of the keys that are set: p, r, h, g */
void        cli_scene_tear_down (CliScene *self, gconstpointer letters);

const char *cli_get_program  (void);
CsTestRun  *cli_run          (const char *input, ...) G_GNUC_NULL_TERMINATED;
CsTestRun  *cli_run_in_shell (const char *script, ...) G_GNUC_NULL_TERMINATED;
CliAnswer  *cli_ask          (const char *input, ...) G_GNUC_NULL_TERMINATED;
CliAnswer  *cli_answer_new   (CsTestRun *run); /* (transfer full) */
void        cli_answer_free  (CliAnswer *self);
void        cli_assert_code  (CliAnswer *self, int exit_status, const char *code);
char       *cli_dup_text     (CliAnswer *self, const char *name);
JsonObject *cli_get_element  (CliAnswer *self, const char *array, guint index);
guint       cli_get_length   (CliAnswer *self, const char *array);
guint       cli_count_files  (const char *folder);
gboolean    cli_folder_has   (const char *folder, const char *text);
void        cli_assert_hash  (const char *path, const char *sha256);

GSubprocess *cli_start       (const char *errors, ...) G_GNUC_NULL_TERMINATED;
int          cli_end         (GSubprocess *process, int number);
void         cli_wait_words  (const char *errors, const char *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliAnswer, cli_answer_free)

G_END_DECLS
