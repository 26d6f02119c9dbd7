/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What PiAPI answers: one envelope for all, `{code, data, message}`, read as what a stranger wrote. Pure. */
#include "config.h"
#include "providers/piapi/cs-piapi-answer.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-money.h"
#include "core/cs-text.h"
#include "core/cs-words.h"

/*
 * That 10 points are a micro-dollar is read off from examples, where it fits the price lists to the cent, and written down
 * nowhere. So a figure counts only where a price can be; otherwise what was quoted stands. It can only lower what is
 * booked: nobody captures more than was held.
 */
#define POINTS_PER_MICRO_DOLLAR 10
#define MIN_COST (CS_MONEY_UNIT / 1000)
#define MAX_COST (CS_MONEY_UNIT * 100)

static const char *const credit_words[] = { "credit", "credits", "point", "points", "balance", "quota", NULL };
static const char *const gone_words[] = { "invalid task type", "invalid model", "model not supported", "model not found",
                                          NULL };

const CsWireVendor cs_piapi_vendor = {
  .name = "PiAPI",
  .key = CS_KEY_PIAPI,
  .credit_page = "https://piapi.ai/workspace",
  .credit_words = credit_words,
  .gone_words = gone_words,
};

/* The envelope's own status: 200 in all examples, 0 in the vendor's first client; left out by some. */
static guint
get_status (JsonObject *object)
{
  gint64 code = cs_json_get_int (object, "code", 200);

  if (code == 0)
    return 200;
  return code >= 100 && code <= 599 ? (guint) code : 0;
}

static gboolean
is_good (guint status)
{
  return status >= 200 && status <= 299;
}

/**
 * cs_piapi_get_id:
 * @status: (inout): becomes the envelope's
 *
 * Returns: (transfer none) (nullable): the id of the task in an envelope.
 */
const char *
cs_piapi_get_id (JsonObject *object, guint *status)
{
  const char *id = cs_json_get_string (cs_json_get_object (object, "data"), "task_id", NULL);

  *status = get_status (object);
  return id != NULL && *id != '\0' ? id : NULL;
}

/* Outputs */

static char *
take (JsonNode *node, gboolean allow_loopback)
{
  return cs_wire_take_output (cs_wire_find_output (node), allow_loopback);
}

/* Some models hand out works[0].video.resource_without_watermark. */
static JsonNode *
get_work (JsonObject *output)
{
  JsonArray *works = cs_json_get_array (output, "works");
  JsonNode *work = works != NULL && json_array_get_length (works) > 0 ? json_array_get_element (works, 0) : NULL;
  JsonObject *video;

  if (work == NULL || !JSON_NODE_HOLDS_OBJECT (work))
    return NULL;
  video = cs_json_get_object (json_node_get_object (work), "video");
  return video != NULL ? json_object_get_member (video, "resource_without_watermark") : NULL;
}

/* What it is called differs from model to model; the first that may be fetched is it. */
static char *
dup_output (JsonObject *data, gboolean allow_loopback)
{
  static const char *const names[] = { "video_url", "video", "image_url", "image_urls", "temporary_image_urls" };
  JsonObject *output = cs_json_get_object (data, "output");
  char *address = NULL;

  if (output == NULL)
    return take (json_object_get_member (data, "output"), allow_loopback);
  for (guint i = 0; i < G_N_ELEMENTS (names) && address == NULL; i++)
    address = take (json_object_get_member (output, names[i]), allow_loopback);
  if (address == NULL)
    address = take (get_work (output), allow_loopback);
  return address != NULL ? address : take (json_object_get_member (data, "output"), allow_loopback);
}

/* Money */

/* -1: not said */
static gint64
get_points (JsonObject *data)
{
  JsonObject *usage = cs_json_get_object (cs_json_get_object (data, "meta"), "usage");
  gint64 points = cs_json_get_int (usage, "consume", -1);

  return MAX (points, -1);
}

static CsBilled
get_billed (JsonObject *data)
{
  gint64 points = get_points (data);

  if (points < 0)
    return CS_BILLED_UNKNOWN;
  return points > 0 ? CS_BILLED_YES : CS_BILLED_NO;
}

/* -1: as quoted */
static CsMoney
get_cost (JsonObject *data)
{
  gint64 points = get_points (data);
  CsMoney cost = points / POINTS_PER_MICRO_DOLLAR + (points % POINTS_PER_MICRO_DOLLAR > 0);

  return cost >= MIN_COST && cost <= MAX_COST ? cost : -1;
}

/* Tasks */

static CsPrediction *
read_completed (JsonObject *data, gboolean allow_loopback)
{
  g_autofree char *output = dup_output (data, allow_loopback);
  CsPrediction *prediction;

  if (output == NULL)
    prediction = cs_prediction_new_error (CS_PREDICTION_FAILED, CS_BILLED_YES, cs_wire_error_no_output (&cs_piapi_vendor));
  else
    {
      prediction = cs_prediction_new (CS_PREDICTION_SUCCEEDED);
      prediction->output = g_steal_pointer (&output);
      prediction->billed = CS_BILLED_YES;
      prediction->progress = 1;
    }
  prediction->cost = get_cost (data);
  return prediction;
}

static CsPrediction *
read_failed (JsonObject *data)
{
  g_autofree char *words = cs_wire_dup_words (data);
  CsPrediction *prediction = cs_prediction_new_error (CS_PREDICTION_FAILED, get_billed (data),
                                                      cs_wire_error_failed (&cs_piapi_vendor, words));

  prediction->cost = get_cost (data);
  return prediction;
}

static CsPrediction *
read_cancelled (JsonObject *data)
{
  CsPrediction *prediction = cs_prediction_new (CS_PREDICTION_CANCELLED);

  prediction->billed = get_billed (data);
  prediction->cost = get_cost (data);
  return prediction;
}

/* The words are written with and without capitals; one that nobody knows means that it still runs. */
static CsPrediction *
read_data (JsonObject *data, gboolean allow_loopback)
{
  const char *word = cs_json_get_string (data, "status", "");

  if (g_ascii_strcasecmp (word, "completed") == 0)
    return read_completed (data, allow_loopback);
  if (g_ascii_strcasecmp (word, "failed") == 0)
    return read_failed (data);
  if (g_ascii_strcasecmp (word, "cancelled") == 0 || g_ascii_strcasecmp (word, "canceled") == 0)
    return read_cancelled (data);
  return cs_prediction_new (CS_PREDICTION_RUNNING);
}

static CsPrediction *
prediction_unreadable (void)
{
  return cs_prediction_new_error (CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, cs_wire_error_unreadable (&cs_piapi_vendor));
}

/** cs_piapi_read_task: Returns: (transfer full): what the answer to a question says of the task. */
CsPrediction *
cs_piapi_read_task (const CsHttpAnswer *answer, gboolean allow_loopback)
{
  CsPrediction *prediction = cs_wire_prediction_from_failure (&cs_piapi_vendor, answer);
  g_autoptr (JsonObject) object = NULL;
  JsonObject *data;

  if (prediction != NULL)
    return prediction;
  object = cs_http_answer_dup_object (answer, NULL);
  if (object == NULL)
    return prediction_unreadable ();
  if (!is_good (get_status (object)))
    {
      g_autofree char *words = cs_wire_dup_words (object);

      return cs_wire_prediction_from_status (&cs_piapi_vendor, get_status (object), words, answer->retry_after);
    }
  data = cs_json_get_object (object, "data");
  return cs_json_get_string (data, "status", NULL) != NULL ? read_data (data, allow_loopback) : prediction_unreadable ();
}

/**
 * cs_piapi_read_cancel:
 *
 * Returns: (transfer full): what the answer to a DELETE means. Only tasks that wait can be cancelled, and it is written
 * nowhere which models have it at all: every "no" means that the task goes on, and is billed when it is done. So does a
 * "yes" until the task itself says that it is cancelled.
 */
CsPrediction *
cs_piapi_read_cancel (const CsHttpAnswer *answer, gboolean allow_loopback)
{
  g_autoptr (CsPrediction) said = cs_piapi_read_task (answer, allow_loopback);
  CsPrediction *prediction;

  if (said->status != CS_PREDICTION_UNREACHABLE || !answer->is_complete)
    return g_steal_pointer (&said);
  prediction = cs_prediction_new (CS_PREDICTION_RUNNING);
  if (cs_http_answer_is_good (answer) && g_error_matches (said->error, CS_ERROR, CS_ERROR_BAD_RESPONSE))
    return prediction;
  prediction->error = g_error_new (CS_ERROR, CS_ERROR_CONFLICT,
                                   _ ("%s does not stop it any more: it may be finished, and will then be billed."),
                                   cs_piapi_vendor.name);
  return prediction;
}

/* Uploads */

/** cs_piapi_read_upload: Returns: (transfer full): the address that the uploaded picture got. Errors: why there is none. */
char *
cs_piapi_read_upload (const CsHttpAnswer *answer, gboolean allow_loopback, GError **error)
{
  g_autoptr (JsonObject) object = cs_http_answer_is_good (answer) ? cs_http_answer_dup_object (answer, NULL) : NULL;
  const char *address = cs_json_get_string (cs_json_get_object (object, "data"), "url", NULL);
  g_autofree char *words = NULL;
  char *taken;

  if (object == NULL)
    {
      g_propagate_error (error, cs_wire_error_from_answer (&cs_piapi_vendor, answer));
      return NULL;
    }
  if (!is_good (get_status (object)))
    {
      words = cs_wire_dup_words (object);
      g_propagate_error (error, cs_wire_error_new (&cs_piapi_vendor, get_status (object), words));
      return NULL;
    }
  taken = cs_wire_take_output (address, allow_loopback);
  if (taken == NULL)
    g_propagate_error (error, cs_wire_error_unreadable (&cs_piapi_vendor));
  return taken;
}

/* Account */

static CsKeyCheck *
check_new (JsonObject *account, CsMoney balance)
{
  const char *name = cs_json_get_string (account, "account_name", cs_json_get_string (account, "name", NULL));
  g_autofree char *credit = balance >= 0 ? cs_money_to_display (balance) : NULL;
  g_autofree char *message = NULL;
  CsKeyCheck *check;

  if (balance == 0)
    message = g_strdup_printf (_ ("There is no credit left there. Buy some at %s"), cs_piapi_vendor.credit_page);
  else if (credit != NULL)
    /* translators: an amount of money */
    message = g_strdup_printf (_ ("The key is good. Its credit: %s."), credit);
  else
    message = g_strdup (_ ("The key is good."));
  check = cs_key_check_new (balance == 0 ? "insufficient_credit" : "ok", message);
  check->account = cs_wire_clean_words (name);
  check->balance = balance;
  return check;
}

/* In one of two places; who owes something has no credit. -1: not said */
static CsMoney
get_balance (JsonObject *object, JsonObject *data)
{
  CsMoney balance = cs_json_get_money (data, "equivalent_in_usd", cs_json_get_money (object, "equivalent_in_usd", -1));

  return balance >= -1 ? balance : 0;
}

/** cs_piapi_read_account: Returns: (transfer full): what the account's page says of the key. */
CsKeyCheck *
cs_piapi_read_account (const CsHttpAnswer *answer)
{
  CsKeyCheck *check = cs_wire_check_from_failure (&cs_piapi_vendor, answer);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  JsonObject *data;
  guint status;

  if (check != NULL)
    {
      /* It knows plans that may not do a thing, but everybody may see an account: the key is wrong. */
      if (g_str_equal (check->code, "no_permission"))
        cs_set_string (&check->code, "unauthorized");
      return check;
    }
  object = cs_http_answer_dup_object (answer, NULL);
  status = object != NULL ? get_status (object) : 0;
  if (is_good (status))
    {
      data = cs_json_get_object (object, "data");
      return check_new (data != NULL ? data : object, get_balance (object, data));
    }
  words = cs_wire_dup_words (object);
  error = object != NULL ? cs_wire_error_new (&cs_piapi_vendor, status, words) : cs_wire_error_unreadable (&cs_piapi_vendor);
  check = cs_wire_check_from_error (error);
  if (status == 401 || status == 403)
    cs_set_string (&check->code, "unauthorized");
  return check;
}
