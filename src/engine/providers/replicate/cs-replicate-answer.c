/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Replicate answers: predictions, files and an account, read as what a stranger wrote. Pure. */
#include "config.h"
#include "providers/replicate/cs-replicate-answer.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-text.h"
#include "core/cs-words.h"

#include <string.h>

#define SECOND (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)
#define MAX_LOG_TAIL 16384 /* bytes of a log that are looked at */

static const char *const gone_words[] = { "specified version does not exist", "invalid version or not permitted", NULL };

const CsWireVendor cs_replicate_vendor = {
  .name = "Replicate",
  .key = CS_KEY_REPLICATE,
  .credit_page = "https://replicate.com/account/billing",
  .gone_words = gone_words,
};

/** cs_replicate_get_id: Returns: (transfer none) (nullable): the id of a prediction, whether 201 or 202 brought it. */
const char *
cs_replicate_get_id (JsonObject *object, guint *status)
{
  return cs_json_get_string (object, "id", NULL);
}

/* Progress */

static const char *
skip_spaces (const char *at)
{
  while (*at == ' ' || *at == '\t')
    at++;
  return at;
}

static const char *
skip_digits (const char *at)
{
  while (g_ascii_isdigit (*at))
    at++;
  return at;
}

/* "18/40" */
static gboolean
is_count (const char *at)
{
  const char *slash = skip_digits (at);

  return slash > at && *slash == '/' && g_ascii_isdigit (slash[1]);
}

/* " 45%|####      | 18/40 [00:12<00:15]", as the meter named tqdm draws itself. The percentage, or -1. */
static double
read_meter (const char *line)
{
  const char *first = skip_spaces (line);
  const char *end = skip_digits (first);
  const char *bar;

  if (end == first || end - first > 3 || *end != '%')
    return -1;
  bar = skip_spaces (end + 1);
  if (*bar != '|' || bar[1] == '\0')
    return -1;
  for (bar = strchr (bar + 2, '|'); bar != NULL; bar = strchr (bar + 1, '|'))
    if (is_count (skip_spaces (bar + 1)))
      return MIN (g_ascii_strtoull (first, NULL, 10), 100);
  return -1;
}

/**
 * cs_replicate_read_progress:
 * @logs: (nullable): of a prediction that runs
 *
 * Returns: the share of the last meter in the last lines; -1: there is none.
 */
double
cs_replicate_read_progress (const char *logs)
{
  gsize length = logs != NULL ? strlen (logs) : 0;
  g_auto (GStrv) lines = NULL;

  if (length == 0)
    return -1;
  lines = g_strsplit_set (logs + (length > MAX_LOG_TAIL ? length - MAX_LOG_TAIL : 0), "\r\n", -1);
  for (guint i = g_strv_length (lines); i > 0; i--)
    {
      double percent = read_meter (lines[i - 1]);

      if (percent >= 0)
        return percent / 100;
    }
  return -1;
}

/* Predictions */

static CsPrediction *
read_succeeded (JsonObject *object, gboolean allow_loopback)
{
  const char *address = cs_wire_find_output (json_object_get_member (object, "output"));
  CsPrediction *prediction;
  GError *error;

  if (cs_json_get_boolean (object, "data_removed", FALSE) && address == NULL)
    {
      error = g_error_new (CS_ERROR, CS_ERROR_NOT_FOUND,
                           _ ("%s made it, but has deleted it already: results are kept for an hour there."),
                           cs_replicate_vendor.name);
      return cs_prediction_new_error (CS_PREDICTION_FAILED, CS_BILLED_YES, error);
    }
  prediction = cs_prediction_new (CS_PREDICTION_SUCCEEDED);
  prediction->billed = CS_BILLED_YES;
  prediction->progress = 1;
  prediction->output = cs_wire_take_output (address, allow_loopback);
  if (prediction->output == NULL)
    {
      prediction->status = CS_PREDICTION_FAILED;
      prediction->progress = -1;
      prediction->error = cs_wire_error_no_output (&cs_replicate_vendor);
    }
  return prediction;
}

static gboolean
has_any (const char *words, const char *const *wanted)
{
  for (guint i = 0; wanted[i] != NULL; i++)
    if (strstr (words, wanted[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* The words that a failed prediction is known to end with, and what they mean for people. */
static GError *
error_from_words (const char *words)
{
  static const char *const sensitive[] = { "E005", "flagged as sensitive", "NSFW", NULL };
  static const char *const busy[] = { "E003", NULL };
  static const char *const interrupted[] = { "code: PA", NULL };
  const char *name = cs_replicate_vendor.name;

  if (words != NULL && has_any (words, sensitive))
    return g_error_new (CS_ERROR, CS_ERROR_PROVIDER_REFUSED, _ ("%s found the prompt or the picture too sensitive: change it."),
                        name);
  if (words != NULL && has_any (words, busy))
    return g_error_new (CS_ERROR, CS_ERROR_UNAVAILABLE, _ ("%s has too much to do just now: try again later."), name);
  if (words != NULL && has_any (words, interrupted))
    return g_error_new (CS_ERROR, CS_ERROR_UNAVAILABLE, _ ("%s was interrupted: try again."), name);
  return cs_wire_error_failed (&cs_replicate_vendor, words);
}

/* All our models are billed by what they put out, and a failure puts out nothing. Replicate's pages on billing say that
 * of models billed by the second alone is a failed run paid; of ours they do not speak, so this is read off from it. */
static CsPrediction *
read_failed (JsonObject *object)
{
  g_autofree char *words = cs_wire_clean_words (cs_json_get_string (object, "error", NULL));

  if (words == NULL)
    words = cs_wire_dup_words (cs_json_get_object (object, "error"));
  return cs_prediction_new_error (CS_PREDICTION_FAILED, CS_BILLED_NO, error_from_words (words));
}

/* FALSE too where it does not say. */
static gboolean
ended_at_deadline (JsonObject *object)
{
  gint64 deadline, completed_at;

  return cs_text_parse_time (cs_json_get_string (object, "deadline", NULL), &deadline)
         && cs_text_parse_time (cs_json_get_string (object, "completed_at", NULL), &completed_at)
         && completed_at >= deadline - SECOND;
}

static CsPrediction *
prediction_too_late (CsBilled billed)
{
  GError *error = g_error_new (CS_ERROR, CS_ERROR_UNAVAILABLE, _ ("%s did not finish it in time, and gave it up."),
                               cs_replicate_vendor.name);

  return cs_prediction_new_error (CS_PREDICTION_FAILED, billed, error);
}

/* Somebody stopped it, or its deadline did. What has begun is billed. */
static CsPrediction *
read_canceled (JsonObject *object)
{
  const char *started_at = cs_json_get_string (object, "started_at", "");
  CsBilled billed = *started_at != '\0' ? CS_BILLED_YES : CS_BILLED_NO;
  CsPrediction *prediction;

  if (ended_at_deadline (object))
    return prediction_too_late (billed);
  prediction = cs_prediction_new (CS_PREDICTION_CANCELLED);
  prediction->billed = billed;
  return prediction;
}

/* It never began: a deadline's work, unless it says that there was time left. */
static CsPrediction *
read_aborted (JsonObject *object)
{
  gint64 deadline;
  gboolean has_deadline = cs_text_parse_time (cs_json_get_string (object, "deadline", NULL), &deadline);

  if (has_deadline && cs_json_get_string (object, "completed_at", NULL) != NULL && !ended_at_deadline (object))
    return cs_prediction_new (CS_PREDICTION_CANCELLED);
  return prediction_too_late (CS_BILLED_NO);
}

static CsPrediction *
read_object (JsonObject *object, gboolean allow_loopback)
{
  const char *word = cs_json_get_string (object, "status", "");
  CsPrediction *prediction;

  if (g_ascii_strcasecmp (word, "succeeded") == 0)
    return read_succeeded (object, allow_loopback);
  if (g_ascii_strcasecmp (word, "failed") == 0)
    return read_failed (object);
  if (g_ascii_strcasecmp (word, "canceled") == 0 || g_ascii_strcasecmp (word, "cancelled") == 0)
    return read_canceled (object);
  if (g_ascii_strcasecmp (word, "aborted") == 0)
    return read_aborted (object);
  prediction = cs_prediction_new (CS_PREDICTION_RUNNING);
  prediction->progress = cs_replicate_read_progress (cs_json_get_string (object, "logs", NULL));
  return prediction;
}

/** cs_replicate_read_prediction: Returns: (transfer full): what the answer to a question says of the prediction. */
CsPrediction *
cs_replicate_read_prediction (const CsHttpAnswer *answer, gboolean allow_loopback)
{
  CsPrediction *prediction = cs_wire_prediction_from_failure (&cs_replicate_vendor, answer);
  g_autoptr (JsonObject) object = NULL;

  if (prediction != NULL)
    return prediction;
  object = cs_http_answer_dup_object (answer, NULL);
  if (cs_json_get_string (object, "status", NULL) != NULL)
    return read_object (object, allow_loopback);
  return cs_prediction_new_error (CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN,
                                  cs_wire_error_unreadable (&cs_replicate_vendor));
}

/**
 * cs_replicate_read_cancel:
 *
 * Returns: (transfer full): what the answer to a cancellation means: the prediction's own word. A whole "no" says that there
 * is nothing left to cancel; what became of it is for the next question.
 */
CsPrediction *
cs_replicate_read_cancel (const CsHttpAnswer *answer, gboolean allow_loopback)
{
  gboolean is_no = answer->is_complete && answer->status >= 400 && answer->status <= 499 && answer->status != 401
                   && answer->status != 403 && answer->status != 429;
  CsPrediction *prediction;

  if (!is_no)
    return cs_replicate_read_prediction (answer, allow_loopback);
  prediction = cs_prediction_new (CS_PREDICTION_RUNNING);
  prediction->error = g_error_new (CS_ERROR, CS_ERROR_CONFLICT,
                                   _ ("%s does not stop it any more: it may be finished, and will then be billed."),
                                   cs_replicate_vendor.name);
  return prediction;
}

/* Files */

/* An upload belongs where the key went, and nowhere else. */
static gboolean
is_at_base (const char *address, const char *base)
{
  g_autoptr (GUri) uri = address != NULL ? g_uri_parse (address, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autoptr (GUri) base_uri = g_uri_parse (base, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || base_uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (base_uri) == NULL)
    return FALSE;
  return g_str_equal (g_uri_get_scheme (uri), g_uri_get_scheme (base_uri)) && g_uri_get_userinfo (uri) == NULL
         && g_ascii_strcasecmp (g_uri_get_host (uri), g_uri_get_host (base_uri)) == 0
         && g_uri_get_port (uri) == g_uri_get_port (base_uri);
}

/**
 * cs_replicate_read_upload:
 * @base: where the upload went
 *
 * Returns: (transfer full): the address that the uploaded file got. Errors: why there is none.
 */
char *
cs_replicate_read_upload (const CsHttpAnswer *answer, const char *base, GError **error)
{
  g_autoptr (JsonObject) object = cs_http_answer_is_good (answer) ? cs_http_answer_dup_object (answer, NULL) : NULL;
  const char *address = cs_json_get_string (cs_json_get_object (object, "urls"), "get", NULL);

  if (object == NULL)
    g_propagate_error (error, cs_wire_error_from_answer (&cs_replicate_vendor, answer));
  else if (!is_at_base (address, base))
    g_propagate_error (error, cs_wire_error_unreadable (&cs_replicate_vendor));
  else
    return g_strdup (address);
  return NULL;
}

/* Account */

/** cs_replicate_read_account: Returns: (transfer full): whose key it is; what credit there is, Replicate tells nobody. */
CsKeyCheck *
cs_replicate_read_account (const CsHttpAnswer *answer)
{
  CsKeyCheck *check = cs_wire_check_from_failure (&cs_replicate_vendor, answer);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;

  if (check != NULL)
    return check;
  object = cs_http_answer_dup_object (answer, NULL);
  if (object == NULL)
    {
      error = cs_wire_error_unreadable (&cs_replicate_vendor);
      return cs_wire_check_from_error (error);
    }
  check = cs_key_check_new ("ok", _ ("The key is good."));
  check->account = cs_wire_clean_words (cs_json_get_string (object, "username", cs_json_get_string (object, "name", NULL)));
  return check;
}
