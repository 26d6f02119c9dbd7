/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-test.h"

#include "creative-studio.h"
#include "server/cs-api-server-private.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * A whole studio in a home of its own, with the HTTP API over it on a port that was free, in this process: whoever waits for
 * an answer turns the main loop that the server runs in. Its keys and the addresses of its providers are those of the
 * environment when it is opened (see cs_fake_server_set_environment()).
 */
typedef struct
{
  CsTestHome *home;
  CsEngine *engine;
  CsApiServer *server;
  SoupSession *session;
  char *address; /* "http://127.0.0.1:PORT" */
  guint16 port;
} ServerFixture;

/* What came of one request. */
typedef struct
{
  guint status;                /* 0: no answer came */
  SoupMessageHeaders *headers; /* (nullable) */
  GBytes *body;
  char *text;                  /* the same with a NUL */
  JsonObject *object;          /* (nullable) the body, when it is a JSON object */
} ServerAnswer;

/* How to open one; all of it may be left out. */
typedef struct
{
  const CsApiOptions *options;  /* its port does not count */
  CsProviderRegistry *registry; /* other providers than those of this program */
  const CsApiRoute *routes;     /* the tests' own calls, in place of those of the contract */
  CsApiLimits limits;           /* those that are not 0, in place of the usual ones */
} ServerSetup;

ServerFixture *server_open_setup  (const ServerSetup *setup);
/* @options: (nullable); its port does not count. @registry: (nullable): other providers than those of this program. */
ServerFixture *server_open        (const CsApiOptions *options);
ServerFixture *server_open_with   (const CsApiOptions *options, CsProviderRegistry *registry);
void           server_close       (ServerFixture *self);
void           server_stop        (ServerFixture *self);                              /* the API; the engine stays */
void           server_restart     (ServerFixture *self, const CsApiOptions *options); /* the API, over the same engine */

/* @path: behind /api/studio/, or from the root when it begins with "/". @body: (nullable): JSON, with ' for ". Behind it
 * names and values of headers, then NULL. */
ServerAnswer  *server_ask         (ServerFixture *self, const char *method, const char *path, const char *body, ...)
    G_GNUC_NULL_TERMINATED;
ServerAnswer  *server_get         (ServerFixture *self, const char *path);
ServerAnswer  *server_post        (ServerFixture *self, const char *path, const char *body);
SoupMessage   *server_message     (ServerFixture *self, const char *method, const char *path, const char *body);
ServerAnswer  *server_send        (ServerFixture *self, SoupMessage *message); /* (transfer full) */

ServerAnswer  *server_answer_new    (guint status, SoupMessageHeaders *headers, GBytes *body);
void           server_answer_free   (ServerAnswer *self);
const char    *server_answer_header (ServerAnswer *self, const char *name); /* (nullable) */
const char    *server_answer_string (ServerAnswer *self, const char *name); /* of its JSON; "": there is none */

/* It has this status and this code, and is in the form of the contract. @field: (nullable): it names none. */
void           server_assert_error  (ServerAnswer *self, guint status, const char *code, const char *field);
/* The same of a request that nobody could read: it says less about itself. */
void           server_assert_refusal (ServerAnswer *self, guint status, const char *code);
/* It is the JSON of a success. */
void           server_assert_json   (ServerAnswer *self, guint status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ServerFixture, server_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ServerAnswer, server_answer_free)

G_END_DECLS
