/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server-support.h"

G_BEGIN_DECLS

/*
 * Calls that are there for tests only, behind /api/studio/:
 *   POST echo        its body
 *   POST plain       nothing; takes no body
 *   GET  items/{id}  the id, the query "q" and the base address; DELETE does the same
 *   GET  wait        answers when the test says so, or when the server stops
 *   GET  never       never answers, not even then
 *   GET  lost        its handler forgets it
 *   GET  stream      "data" at once, then what the test writes, to its end or to that of the server
 *   GET  big         SERVER_BIG bytes
 *   GET  fails/{id}  an error of the engine of this slug
 */
extern const CsApiRoute server_routes[];

#define SERVER_BIG (16 * 1024 * 1024)

/* The calls that wait or stream, oldest first: (element-type CsApiCall) */
extern GPtrArray *server_held;

void server_wait_held (guint n);  /* until so many are held */
void server_release   (void);     /* answers those that wait, and ends those that stream */
void server_forget    (void);     /* lets go of all, at the end of a test */

G_END_DECLS
