/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the providers of media have in common on the wire: calls, and what the end of one means. */
#include "config.h"
#include "providers/cs-wire.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-words.h"
#include "net/cs-address.h"

#include <string.h>

#define SECOND (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)
#define KEY_DELAY (60 * SECOND)             /* before asking again with a key that was refused */
#define MISSING_PATIENCE (30 * 60 * SECOND) /* for how long "not found" may be a fault that passes */
#define MISSING_QUESTIONS 10                /* and how often it must have been the answer: clocks jump, computers sleep */
#define MISSING_DELAY (15 * SECOND)
#define MAX_OUTPUT_DEPTH 6
#define MAX_OUTPUT_ELEMENTS 64 /* of each array that is looked through */

/* Calls */

/**
 * cs_wire_call_new:
 *
 * Returns: (transfer full): a question that costs nothing, with a provider's patience but without its key.
 */
CsHttpCall *
cs_wire_call_new (const char *method, const char *address)
{
  CsHttpCall *call = cs_http_call_new (method, address);

  call->tries = 1;
  call->max_length = CS_HTTP_MAX_ANSWER;
  call->connect_timeout = 15 * SECOND;
  call->answer_timeout = 30 * SECOND;
  call->idle_timeout = 30 * SECOND;
  call->total_timeout = 120 * SECOND;
  return call;
}

/**
 * cs_wire_call_new_paid:
 * @body: what is sent as JSON
 *
 * Returns: (transfer full): the POST that may cost: it leaves before the questions that wait, and at most once.
 */
CsHttpCall *
cs_wire_call_new_paid (const char *address, JsonObject *body)
{
  CsHttpCall *call = cs_wire_call_new ("POST", address);

  cs_http_call_set_json (call, body);
  call->is_paid = TRUE;
  call->is_urgent = TRUE;
  call->answer_timeout = 60 * SECOND;
  call->total_timeout = 180 * SECOND;
  return call;
}

/**
 * cs_wire_call_dup_message:
 * @call: (transfer full): the POST that may cost
 * @host: (out): where it goes
 *
 * Returns: (transfer full) (nullable): its body; NULL while a picture that belongs into it is not with the provider.
 */
char *
cs_wire_call_dup_message (CsHttpCall *call, const CsRequest *request, char **host)
{
  g_autoptr (CsHttpCall) owned = call;
  gsize length;
  const char *data = g_bytes_get_data (call->body, &length);

  *host = cs_address_dup_host (call->address);
  if (request->image != NULL && request->image_address == NULL)
    return NULL;
  return g_strndup (data, length);
}

/* The end of a submission */

/*
 * The table of the design: what a whole answer that is no success means. What is not here may have been taken: 408, 425 and
 * 499 speak of a request that somebody stopped waiting for, and a 5xx may come from a gateway before a provider that works.
 */
static CsSubmitEnd
end_from_status (guint status, gint64 retry_after)
{
  if (status == 429)
    return CS_SUBMIT_RATE_LIMITED;
  if (status == 408 || status == 425 || status == 499)
    return CS_SUBMIT_UNCERTAIN;
  if (status >= 400 && status <= 499)
    return CS_SUBMIT_REFUSED;
  return status == 503 && retry_after > 0 ? CS_SUBMIT_REFUSED : CS_SUBMIT_UNCERTAIN;
}

/**
 * cs_wire_submission_uncertain:
 * @reason: (transfer full): what happened
 *
 * Returns: (transfer full): it may have been taken. What happened is told; to try again, nobody is told here.
 */
CsSubmission *
cs_wire_submission_uncertain (const CsWireVendor *vendor, GError *reason)
{
  g_autoptr (GError) own_reason = reason;
  GError *error;

  /* translators: 1: a provider, 2: a sentence that says what happened */
  error = g_error_new (CS_ERROR, CS_ERROR_UNCERTAIN, _ ("%1$s may be making it, and may bill it. %2$s"), vendor->name,
                       own_reason->message);
  return cs_submission_new_error (CS_SUBMIT_UNCERTAIN, error);
}

static CsSubmission *
submission_unreadable (const CsWireVendor *vendor)
{
  return cs_wire_submission_uncertain (vendor, cs_wire_error_unreadable (vendor));
}

static CsSubmission *
submission_cut (const CsWireVendor *vendor)
{
  return cs_wire_submission_uncertain (vendor, g_error_new (CS_ERROR, CS_ERROR_OFFLINE,
                                                            _ ("The connection to %s broke before its answer was whole."),
                                                            vendor->name));
}

/* @words: (nullable): what the whole answer complains of */
static CsSubmission *
submission_from_status (const CsWireVendor *vendor, guint status, gint64 retry_after, const char *words)
{
  CsSubmitEnd end = end_from_status (status, retry_after);
  g_autofree char *complaint = NULL;
  CsSubmission *submission;

  if (end == CS_SUBMIT_UNCERTAIN)
    {
      complaint = cs_wire_dup_complaint (vendor, status, words);
      return cs_wire_submission_uncertain (vendor, g_error_new_literal (CS_ERROR, CS_ERROR_UNAVAILABLE, complaint));
    }
  submission = cs_submission_new_error (end, cs_wire_error_new (vendor, status, words));
  submission->retry_after = retry_after;
  return submission;
}

/**
 * cs_wire_submission_from_failure:
 * @answer: the end of a POST that may cost
 *
 * Returns: (transfer full) (nullable): what it means; NULL for a whole 2xx, whose body has the word.
 */
CsSubmission *
cs_wire_submission_from_failure (const CsWireVendor *vendor, const CsHttpAnswer *answer)
{
  g_autofree char *words = NULL;

  if (cs_http_answer_is_good (answer))
    return NULL;
  if (!answer->was_sent && answer->status == 0)
    return cs_submission_new_error (CS_SUBMIT_NOT_SENT, cs_wire_error_from_answer (vendor, answer));
  if (!answer->is_complete)
    return submission_cut (vendor);
  words = cs_wire_dup_answer_words (answer);
  return submission_from_status (vendor, answer->status, answer->retry_after, words);
}

/**
 * cs_wire_submission_from_answer:
 * @answer: the end of a POST that may cost
 * @get_id: finds the id in a 2xx
 *
 * Returns: (transfer full): what it means. Accepted is only what has an id that an address can be built from.
 */
CsSubmission *
cs_wire_submission_from_answer (const CsWireVendor *vendor, const CsHttpAnswer *answer, CsWireIdFunc get_id)
{
  CsSubmission *submission = cs_wire_submission_from_failure (vendor, answer);
  guint status = answer->status;
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *words = NULL;
  const char *id;

  if (submission != NULL)
    return submission;
  object = cs_http_answer_dup_object (answer, NULL);
  if (object == NULL)
    return submission_unreadable (vendor);
  id = get_id (object, &status);
  if (status >= 200 && status <= 299)
    {
      if (!cs_wire_id_is_valid (id))
        return submission_unreadable (vendor);
      submission = cs_submission_new (CS_SUBMIT_ACCEPTED);
      submission->remote_id = g_strdup (id);
      return submission;
    }
  if (cs_wire_id_is_valid (id)) /* it says no, and yet there is something */
    return submission_unreadable (vendor);
  words = cs_wire_dup_words (object);
  return submission_from_status (vendor, status, answer->retry_after, words);
}

/* The answer to a question */

/**
 * cs_wire_prediction_from_status:
 * @status: what a question was answered with, whole, but for 2xx
 * @words: (nullable): what it says
 * @retry_after: microseconds; 0: not said
 *
 * Returns: (transfer full): no word this time. Nothing that happens to a question ends what is paid for: also a key that is
 * refused may be set again. That it is not known is for cs_wire_missing_judge() to weigh.
 */
CsPrediction *
cs_wire_prediction_from_status (const CsWireVendor *vendor, guint status, const char *words, gint64 retry_after)
{
  CsPrediction *prediction = cs_prediction_new (CS_PREDICTION_UNREACHABLE);

  prediction->billed = CS_BILLED_UNKNOWN;
  prediction->retry_after = retry_after;
  if (status == 401 || status == 403)
    {
      prediction->error = cs_wire_error_new (vendor, 401, words);
      prediction->retry_after = MAX (retry_after, KEY_DELAY);
    }
  else if (status == 400 || status == 404 || status == 410 || status == 422)
    {
      prediction->error = g_error_new (CS_ERROR, CS_ERROR_NOT_FOUND,
                                       _ ("%s does not know what it had accepted. It may have been billed."), vendor->name);
      prediction->retry_after = MAX (retry_after, MISSING_DELAY);
    }
  else
    prediction->error = cs_wire_error_new (vendor, status, words);
  return prediction;
}

/**
 * cs_wire_prediction_from_failure:
 *
 * Returns: (transfer full) (nullable): as cs_wire_prediction_from_status(), for every end of a question; NULL for a whole
 * 2xx.
 */
CsPrediction *
cs_wire_prediction_from_failure (const CsWireVendor *vendor, const CsHttpAnswer *answer)
{
  CsPrediction *prediction;
  g_autofree char *words = NULL;

  if (cs_http_answer_is_good (answer))
    return NULL;
  if (answer->is_complete && answer->status >= 400)
    {
      words = cs_wire_dup_answer_words (answer);
      return cs_wire_prediction_from_status (vendor, answer->status, words, answer->retry_after);
    }
  prediction = cs_prediction_new_error (CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN,
                                        cs_wire_error_from_answer (vendor, answer));
  prediction->retry_after = answer->retry_after;
  return prediction;
}

/* What is not known to its provider. */
typedef struct
{
  gint64 since;
  int n_questions;
} Missing;

/** cs_wire_missing_new: Returns: (transfer full): an empty table for cs_wire_missing_judge(). */
GHashTable *
cs_wire_missing_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static Missing *
ensure_missing (GHashTable *table, const char *remote_id)
{
  Missing *missing = g_hash_table_lookup (table, remote_id);

  if (missing == NULL)
    {
      missing = g_new0 (Missing, 1);
      missing->since = cs_clock_now ();
      g_hash_table_insert (table, g_strdup (remote_id), missing);
    }
  return missing;
}

/**
 * cs_wire_missing_judge:
 * @table: from cs_wire_missing_new()
 * @prediction: (transfer full): what was heard of @remote_id now
 *
 * Returns: (transfer full): @prediction, but failed, and billed by who knows, when "not found" was the answer for too long
 * and often enough.
 */
CsPrediction *
cs_wire_missing_judge (GHashTable *table, const char *remote_id, CsPrediction *prediction)
{
  Missing *missing;

  if (prediction->status != CS_PREDICTION_UNREACHABLE)
    g_hash_table_remove (table, remote_id);
  if (prediction->status != CS_PREDICTION_UNREACHABLE || !g_error_matches (prediction->error, CS_ERROR, CS_ERROR_NOT_FOUND))
    return prediction;
  missing = ensure_missing (table, remote_id);
  if (++missing->n_questions < MISSING_QUESTIONS || cs_clock_now () - missing->since <= MISSING_PATIENCE)
    return prediction;
  prediction->status = CS_PREDICTION_FAILED;
  g_hash_table_remove (table, remote_id);
  return prediction;
}

/* The answer to the question about a key */

/** cs_wire_check_from_error: Returns: (transfer full): the check whose code is the slug of @error. */
CsKeyCheck *
cs_wire_check_from_error (const GError *error)
{
  return cs_key_check_new (cs_error_get_slug (error), error->message);
}

/** cs_wire_check_from_failure: Returns: (transfer full) (nullable): what is wrong; NULL for a whole 2xx. */
CsKeyCheck *
cs_wire_check_from_failure (const CsWireVendor *vendor, const CsHttpAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  const char *code;

  if (cs_http_answer_is_good (answer))
    return NULL;
  error = cs_wire_error_from_answer (vendor, answer);
  code = cs_error_get_slug (error);
  if (answer->is_complete && answer->status == 401)
    code = "unauthorized";
  else if (answer->is_complete && answer->status == 402)
    code = "insufficient_credit";
  else if (answer->is_complete && answer->status == 403)
    code = "no_permission";
  return cs_key_check_new (code, error->message);
}

/* Values */

/** cs_wire_id_is_valid: @id: (nullable). Returns: TRUE for 1 to 128 of `A-Za-z0-9_-`, which an address holds unescaped. */
gboolean
cs_wire_id_is_valid (const char *id)
{
  gsize length = id != NULL ? strspn (id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") : 0;

  return length >= 1 && length <= 128 && id[length] == '\0';
}

static const char *
find_output (JsonNode *node, int depth)
{
  static const char *const names[] = { "url",    "uri",    "href",  "video_url", "image_url", "video",
                                       "videos", "images", "image", "output",    "outputs",   "file" };
  const char *found = NULL;

  if (node == NULL || depth > MAX_OUTPUT_DEPTH)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint length = MIN (json_array_get_length (array), MAX_OUTPUT_ELEMENTS);

      for (guint i = 0; i < length && found == NULL; i++)
        found = find_output (json_array_get_element (array, i), depth + 1);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    for (guint i = 0; i < G_N_ELEMENTS (names) && found == NULL; i++)
      found = find_output (json_object_get_member (json_node_get_object (node), names[i]), depth + 1);
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    found = json_node_get_string (node);
  return found != NULL && *found != '\0' ? found : NULL;
}

/**
 * cs_wire_find_output:
 * @node: (nullable): what a provider calls its output
 *
 * Returns: (transfer none) (nullable): the first text where an address is expected. Nothing has been checked about it.
 */
const char *
cs_wire_find_output (JsonNode *node)
{
  return find_output (node, 0);
}

/** cs_wire_take_output: @address: (nullable). Returns: (transfer full) (nullable): a copy, when it may be fetched. */
char *
cs_wire_take_output (const char *address, gboolean allow_loopback)
{
  if (address == NULL || !cs_address_check_output (address, allow_loopback, NULL))
    return NULL;
  return g_strdup (address);
}

/** cs_wire_fold_seed: Returns: @seed within the 31 bits that the models take; the same one for the same seed. */
gint64
cs_wire_fold_seed (gint64 seed)
{
  return seed & G_MAXINT32;
}
