/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define CS_HTTP_MAX_ANSWER (4 * 1024 * 1024) /* bytes; what an answer that is read into memory may have */

/* A piece of a 2xx body as it arrives. FALSE ends the call as not complete (%CS_ERROR_BAD_RESPONSE): its reader has heard
 * enough, or nonsense, and knows which. */
typedef gboolean (*CsHttpDataFunc) (const char *data, gsize length, gpointer user_data);

/* One request; a plain value, filled by the caller and owned by the call from then on. Times are microseconds. */
typedef struct
{
  char *method;
  char *address;
  GPtrArray *headers;     /* (element-type utf8) name, value, name, value... */
  GBytes *body;           /* (nullable) */
  char *content_type;     /* (nullable) of the body */
  gboolean is_paid;       /* sent once, on a connection of its own, and never repeated below */
  gboolean is_urgent;     /* goes before what waits in the queue */
  int tries;              /* how often in all, where repeating harms nobody; 1: usual */
  gsize max_length;       /* bytes of body that are taken; more is %CS_ERROR_TOO_LARGE */
  char *path;             /* (nullable) a 2xx body goes into this new file as it arrives, and not into memory */
  CsHttpDataFunc on_data; /* (nullable) a 2xx body goes there as it arrives, and not into memory */
  gpointer on_data_data;
  gint64 connect_timeout; /* DNS, connect, TLS */
  gint64 answer_timeout;  /* from the end of the request to the headers of the answer */
  gint64 first_timeout;   /* from the headers to the first byte of the body; 0: as idle_timeout */
  gint64 idle_timeout;    /* between two pieces of the body */
  gint64 total_timeout;   /* all of it, waiting in our own queue aside; 0: none */
} CsHttpCall;

/* How a call ended; every end is a value. */
typedef struct
{
  gboolean was_sent;    /* the headers of the request left, whole: somebody may act on it */
  guint status;         /* 0: no answer came */
  gboolean is_complete; /* headers and the whole body arrived */
  GBytes *body;         /* (nullable) what was read into memory, whatever the status; may be cut, unless is_complete; of
                           anything but 2xx the first 64 KiB */
  gsize length;         /* bytes of body that arrived */
  char *content_type;   /* (nullable) without its parameters, lower case */
  char *location;       /* (nullable) */
  gint64 retry_after;   /* from Retry-After, or of a 429 from the body's `retry_after`; microseconds; 0: not said */
  char *request_id;     /* (nullable) by which the server's people find it; at most 64 characters */
  gint64 date;          /* the server's clock, microseconds since the epoch; 0: not said */
  GError *error;        /* (nullable) CS_ERROR, when not is_complete: OFFLINE, UNAVAILABLE (TLS), TOO_LARGE, BAD_RESPONSE,
                           DISK_FULL..., or G_IO_ERROR_CANCELLED. A status is no error here. */
} CsHttpAnswer;

CsHttpCall   *cs_http_call_new        (const char *method, const char *address);
void          cs_http_call_add_header (CsHttpCall *self, const char *name, const char *value);
void          cs_http_call_set_bearer (CsHttpCall *self, const char *key);
void          cs_http_call_set_json   (CsHttpCall *self, JsonObject *body);
void          cs_http_call_free       (CsHttpCall *self);

CsHttpAnswer *cs_http_answer_new      (void);
void          cs_http_answer_free     (CsHttpAnswer *self);
gboolean      cs_http_answer_is_good  (const CsHttpAnswer *self); /* complete and 2xx */
JsonObject   *cs_http_answer_dup_object (const CsHttpAnswer *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsHttpCall, cs_http_call_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsHttpAnswer, cs_http_answer_free)

G_END_DECLS
