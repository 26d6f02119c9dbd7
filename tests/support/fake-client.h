/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-server.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What came of one request to the fake servers. */
typedef struct
{
  guint status;               /* 0: no headers came */
  SoupMessageHeaders *headers; /* (nullable) */
  GBytes *body;               /* what arrived, whole or not */
  char *text;                 /* the same with a NUL */
  JsonObject *object;         /* (nullable) the body, when it is a JSON object */
  GError *error;              /* (nullable) how it broke off */
} FakeAnswer;

/* The plainest of clients: blocks, follows nothing, a new connection each time. Sends
 * the key "good-key" in the vendor's own way. @json: (nullable), with single quotes. */
extern guint fake_patience; /* seconds; 20 at first */
FakeAnswer *fake_ask          (CsFakeServer *server, const char *vendor, const char *method, const char *path, const char *json);
FakeAnswer *fake_ask_with     (CsFakeServer *server, const char *vendor, const char *method, const char *path, const char *json,
                               const char *header, const char *value);
FakeAnswer *fake_fetch        (const char *address, const char *header, const char *value);
void        fake_answer_free  (FakeAnswer *self);

/* "data.output.video_url", "data.0.url"; (nullable) when it is no text. */
const char *fake_answer_get   (FakeAnswer *self, const char *path);
gint64      fake_answer_get_int (FakeAnswer *self, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeAnswer, fake_answer_free)

G_END_DECLS
