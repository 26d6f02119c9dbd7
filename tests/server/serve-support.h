/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-support.h"
#include "server-socket.h"

G_BEGIN_DECLS

/* The real program as it serves: `creative-studio-cli serve --port 0` and what the test adds to that. */
typedef struct
{
  ServerFixture fixture; /* for server_ask() and its like: only its address, its port and its session are set */
  GSubprocess *process;
  GDataInputStream *out; /* (nullable) behind the first line */
  char *errors;          /* the file that its words go to */
  char *line;            /* the first one on its standard output */
} Serve;

Serve    *serve_start     (CsTestHome *home, ...) G_GNUC_NULL_TERMINATED; /* arguments; returns once it is ready */
Serve    *serve_start_unread (CsTestHome *home);   /* nobody reads what it prints */
int       serve_end       (Serve *self, int number); /* the signal to send; 0: none. Its exit status; -1: a signal ended it */
char     *serve_read_rest (Serve *self);           /* of its standard output, after its end */
char     *serve_read_words (Serve *self);
gboolean  serve_refuses   (Serve *self);           /* no connection is taken any more, or will be in a moment */
void      serve_free      (Serve *self);           /* kills it where it still runs */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Serve, serve_free)

G_END_DECLS
