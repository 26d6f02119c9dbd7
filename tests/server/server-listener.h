/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server-support.h"

G_BEGIN_DECLS

/* Somebody who listens to the events of the server under test. What he is told piles up in his text. */
typedef struct
{
  SoupSession *session;
  SoupMessage *message;
  GInputStream *stream; /* (nullable) until the headers are here */
  GCancellable *leaving;
  GString *text;
  gboolean is_over;     /* the stream has ended */
  guint n_pending;
  char buffer[4096];
} Listener;

Listener *listener_new               (ServerFixture *fixture); /* once he stands somewhere: what happens from here on is told */
Listener *listener_new_with          (ServerFixture *fixture, const char *path, const char *name, const char *value); /* a header, or NULL */
void      listener_free              (Listener *self);         /* hangs up */
void      listener_wait_for          (Listener *self, const char *words);
void      listener_wait_count        (Listener *self, const char *words, guint n); /* that often, or more */
void      listener_wait_for_job      (Listener *self, const char *id, const char *state);
void      listener_wait_for_creation (Listener *self, const char *id);
void      listener_wait_begun        (Listener *self);
void      listener_wait_over         (Listener *self);
guint     listener_count             (Listener *self, const char *words);
char     *listener_dup_last_id       (Listener *self);         /* (transfer full) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Listener, listener_free)

G_END_DECLS
