/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/cs-http.h"
#include "providers/cs-provider.h"
#include "secrets/cs-key-name.h"

G_BEGIN_DECLS

/*
 * What the providers of media have in common on the wire: how a call is made, what its end means (design, section 4),
 * and what is said about it. Pure but for the two pairs of async functions. Main thread.
 */

#define CS_WIRE_MAX_PICTURE (10 * 1024 * 1024) /* bytes of a reference picture: what every provider takes */

/* Who is called, for the words of an error. Static. */
typedef struct
{
  const char *name;                /* for people: "PiAPI" */
  CsKeyName key;
  const char *credit_page;         /* where its credit is bought */
  const char *const *credit_words; /* (nullable) words by which it says, without a 402, that there is no credit */
  const char *const *gone_words;   /* (nullable) words by which it says, without a 404, that a model is gone */
} CsWireVendor;

/* Calls. A question has one try, since whoever asks will ask again; set `tries` where nobody does. */
CsHttpCall   *cs_wire_call_new           (const char *method, const char *address);
CsHttpCall   *cs_wire_call_new_paid      (const char *address, JsonObject *body);
char         *cs_wire_call_dup_message   (CsHttpCall *call, const CsRequest *request, char **host); /* for dup_message() */

/*
 * Reads the object of a complete 2xx: the id of what was taken, or NULL. An object that carries a status of its own puts
 * that into @status, and is then judged by it.
 */
typedef const char *(*CsWireIdFunc) (JsonObject *object, guint *status);

/* Ends. Those that take an answer judge it whole; an answer that is good in every way gives NULL where it says nullable. */
CsSubmission *cs_wire_submission_from_answer  (const CsWireVendor *vendor, const CsHttpAnswer *answer,
                                               CsWireIdFunc get_id);
CsSubmission *cs_wire_submission_from_failure (const CsWireVendor *vendor, const CsHttpAnswer *answer); /* (nullable) */
CsSubmission *cs_wire_submission_uncertain    (const CsWireVendor *vendor, GError *reason);
CsPrediction *cs_wire_prediction_from_failure (const CsWireVendor *vendor, const CsHttpAnswer *answer); /* (nullable) */
CsPrediction *cs_wire_prediction_from_status  (const CsWireVendor *vendor, guint status, const char *words,
                                               gint64 retry_after);
CsKeyCheck   *cs_wire_check_from_failure      (const CsWireVendor *vendor, const CsHttpAnswer *answer); /* (nullable) */
CsKeyCheck   *cs_wire_check_from_error        (const GError *error);

/* A remote id that a provider knows nothing of may be too new, or a fault that passes: not found counts only when that was
 * all that was heard for half an hour. @missing: remote id -> when it was first missed; of one provider. */
GHashTable   *cs_wire_missing_new    (void);
CsPrediction *cs_wire_missing_judge  (GHashTable *table, const char *remote_id, CsPrediction *prediction);

/* Words. */
char         *cs_wire_clean_words       (const char *text);       /* (nullable): what may be shown of a foreign text */
char         *cs_wire_dup_words         (JsonObject *object);     /* (nullable): what a foreign object complains of */
char         *cs_wire_dup_answer_words  (const CsHttpAnswer *answer); /* (nullable): the same; never out of HTML */
char         *cs_wire_dup_complaint     (const CsWireVendor *vendor, guint status, const char *words);
GError       *cs_wire_error_new         (const CsWireVendor *vendor, guint status, const char *words);
GError       *cs_wire_error_from_answer (const CsWireVendor *vendor, const CsHttpAnswer *answer);
GError       *cs_wire_error_failed      (const CsWireVendor *vendor, const char *words);
GError       *cs_wire_error_unreadable  (const CsWireVendor *vendor);
GError       *cs_wire_error_no_output   (const CsWireVendor *vendor);

/* Values. */
gboolean      cs_wire_id_is_valid (const char *id);
const char   *cs_wire_find_output (JsonNode *node); /* (nullable): the first address in a string, array or object */
char         *cs_wire_take_output (const char *address, gboolean allow_loopback); /* (nullable): what may be fetched */
gint64        cs_wire_fold_seed   (gint64 seed);

/* Brings a result here, without a key, by cs_download_async(). @source: the provider. */
void          cs_wire_fetch_async  (CsProvider *source, CsHttp *http, CsKind kind, gboolean allow_loopback, const char *output,
                                    const char *path, CsProviderProgressFunc progress, gpointer progress_data,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      cs_wire_fetch_finish (CsProvider *source, GAsyncResult *result, GError **error);

/* A reference picture as it is sent. */
typedef struct
{
  GBytes *bytes;
  char *base64;             /* without "data:" before it */
  const char *content_type; /* "image/png" or "image/jpeg" */
  const char *name;         /* "picture.png", "picture.jpg" */
} CsWirePicture;

void           cs_wire_read_picture_async  (CsProvider *source, const char *path, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
CsWirePicture *cs_wire_read_picture_finish (CsProvider *source, GAsyncResult *result, GError **error);
void           cs_wire_picture_free        (CsWirePicture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWirePicture, cs_wire_picture_free)

G_END_DECLS
