/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-server.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _CsFakeCall CsFakeCall;

/* One thing that a vendor's server does. In a pattern "*" is one part of the path and "**" all the rest. */
typedef struct
{
  const char *method;
  const char *pattern;
  const char *operation;
  void (*answer) (CsFakeCall *call);
} CsFakeRoute;

/* One vendor: a table of what it does, how it looks at keys, and its own way of saying no. */
typedef struct
{
  const char *name;
  const CsFakeRoute *routes;                      /* the last one has no method */
  gboolean (*admit) (CsFakeCall *call);           /* FALSE: it has answered already */
  void (*refuse) (CsFakeCall *call, guint status, const char *variant); /* "" or a vendor's word: "task", "credit" */
} CsFakeVendor;

/* One request and its answer. Belongs to the server's thread; lives as long as the message. */
struct _CsFakeCall
{
  /* What came in. */
  CsFakeServer *server;
  SoupServerMessage *message; /* borrowed */
  const CsFakeVendor *vendor;
  const CsFakeRoute *route;   /* (nullable) nobody answers this path */
  char *path;                 /* behind the vendor's prefix */
  GPtrArray *parts;           /* (element-type utf8) what stood at the stars of the pattern */
  GHashTable *query;          /* (nullable) */
  GBytes *bytes;
  JsonNode *body;             /* (nullable) the body, when it is JSON */
  JsonObject *record;          /* borrowed from the log */

  /* The script's word, as "word:argument@delay". */
  char *word;
  char *argument;             /* (nullable) */
  guint delay;                /* milliseconds between work and answer */

  /* What goes out. */
  guint status;
  char *type;
  GBytes *answer;
  gboolean in_lines;          /* sent line by line, as a stream */
  gboolean is_over;           /* nothing can be sent any more */
  gboolean is_accepted;
  char *remote_id;            /* (nullable) of the work that the answer is about */
};

CsFakeCall *cs_fake_call_new          (CsFakeServer *server, SoupServerMessage *message, const char *path);
void        cs_fake_call_free         (CsFakeCall *self);
gboolean    cs_fake_call_find_route   (CsFakeCall *self);
void        cs_fake_call_set_word     (CsFakeCall *self, const char *word);
void        cs_fake_call_read_body    (CsFakeCall *self);

gboolean    cs_fake_call_is           (CsFakeCall *self, const char *word);
const char *cs_fake_call_get_part     (CsFakeCall *self, guint n);
const char *cs_fake_call_get_query    (CsFakeCall *self, const char *name);
const char *cs_fake_call_get_header   (CsFakeCall *self, const char *name);
gboolean    cs_fake_call_has_bearer   (CsFakeCall *self);
JsonObject *cs_fake_call_get_object   (CsFakeCall *self);
gboolean    cs_fake_key_is_good       (const char *key); /* every key is, but for those with "bad-" in them */

void        cs_fake_call_set_header   (CsFakeCall *self, const char *name, const char *value);
void        cs_fake_call_reply        (CsFakeCall *self, guint status, char *json);
void        cs_fake_call_reply_bytes  (CsFakeCall *self, guint status, const char *type, GBytes *bytes);
void        cs_fake_call_reply_text   (CsFakeCall *self, guint status, const char *type, char *text);
void        cs_fake_call_refuse       (CsFakeCall *self, guint status, const char *variant);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsFakeCall, cs_fake_call_free)

G_END_DECLS
