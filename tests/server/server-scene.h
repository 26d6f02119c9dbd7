/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-server.h"
#include "server-support.h"

G_BEGIN_DECLS

/* A studio that other programs call, with providers that stand in: the keys are in the environment, as are all addresses. */
typedef struct
{
  CsFakeServer *fake;
  ServerFixture *server;
} ServerScene;

/* @keys: letters of the providers that there is a key of: (p)iapi, (r)eplicate, (h)uggingface, (g)roq; "o": Ollama runs. */
ServerScene  *server_scene_open    (const char *keys);
void          server_scene_close   (ServerScene *self);
void          server_scene_reopen  (ServerScene *self); /* another engine over the same studio, as after a restart */
ServerAnswer *server_scene_make    (ServerScene *self, const char *path, const char *body); /* in English */
ServerAnswer *server_scene_read    (ServerScene *self, const char *path);                   /* in English */

/* Starts a call that is not waited for. */
GAsyncResult **server_scene_start  (ServerScene *self, const char *path, const char *body, const char *header, const char *value);
ServerAnswer  *server_scene_end    (ServerScene *self, GAsyncResult **slot);
void           server_scene_drop   (ServerScene *self, GAsyncResult **slot); /* the caller hangs up */

/* Asks until it has ended; the last answer. @route: "video-status". */
ServerAnswer *server_scene_wait    (ServerScene *self, const char *route, const char *id);
void          server_scene_wait_state (ServerScene *self, const char *id, CsJobState state);
void          server_scene_wait_asked (ServerScene *self, const char *vendor, const char *operation);
CsJob        *server_scene_get_job (ServerScene *self, const char *id);
void          server_scene_exec    (ServerScene *self, const char *sql);
gint64        server_scene_query   (ServerScene *self, const char *sql); /* one number */

/* A sentence as it is said in @language now. */
const char   *server_words         (CsLanguage language, const char *sentence) G_GNUC_FORMAT (2);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ServerScene, server_scene_close)

G_END_DECLS
