/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How jobs and attempts are written into rows and read from them. */
#include "config.h"
#include "jobs/cs-job-row.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-words.h"

#include <string.h>

#define MAX_CHAIN_LENGTH (64 * 1024)

static char *
chain_to_json (GStrv chain)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; chain != NULL && chain[i] != NULL; i++)
    json_array_add_string_element (array, chain[i]);
  json_node_take_array (node, array);
  return cs_json_to_string (node, FALSE);
}

static GStrv
chain_from_json (const char *json)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (JsonNode) node = cs_json_parse (json, strlen (json), MAX_CHAIN_LENGTH, NULL);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (element));
    }
  return g_strv_builder_end (builder);
}

static gboolean
set_damaged (GError **error)
{
  cs_set_error (error, CS_ERROR_CORRUPT, _ ("A job in the database cannot be read. Restore the database from its backup."));
  return FALSE;
}

/* The words that have to be known ones. */
static gboolean
read_words (CsJobFacts *facts, CsStatement *row, GError **error)
{
  if (!cs_kind_from_string (cs_statement_get_text (row, 1), &facts->kind)
      || !cs_job_state_from_string (cs_statement_get_text (row, 2), &facts->state)
      || !cs_waiting_from_string (cs_statement_get_text (row, 11), &facts->waiting))
    return set_damaged (error);
  facts->brief = cs_brief_from_json (cs_statement_get_text (row, 3), error);
  if (facts->brief == NULL)
    return FALSE;
  if (!cs_statement_is_null (row, 4))
    {
      facts->screenplay = cs_screenplay_from_json (cs_statement_get_text (row, 4), error);
      if (facts->screenplay == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * cs_job_row_read:
 * @row: a row of CS_JOB_COLUMNS
 *
 * Returns: (transfer full): the job, without its attempts.
 */
CsJobFacts *
cs_job_row_read (CsStatement *row, GError **error)
{
  g_autoptr (CsJobFacts) facts = g_new0 (CsJobFacts, 1);

  facts->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_attempt_free);
  facts->id = cs_statement_dup_text (row, 0);
  if (!read_words (facts, row, error))
    return NULL;
  facts->chain = chain_from_json (cs_statement_get_text (row, 5));
  facts->chain_position = (int) cs_statement_get_int (row, 6);
  facts->provider = cs_statement_dup_text (row, 7);
  facts->model = cs_statement_dup_text (row, 8);
  facts->owner = cs_statement_dup_text (row, 9);
  facts->not_before = cs_statement_get_int (row, 10);
  facts->cancel_requested = cs_statement_get_int (row, 12) != 0;
  facts->max_cost = cs_statement_is_null (row, 13) ? -1 : cs_statement_get_int (row, 13);
  facts->consent_at = cs_statement_get_int (row, 14);
  facts->estimated_cost = cs_statement_is_null (row, 15) ? -1 : cs_statement_get_int (row, 15);
  facts->cost = cs_statement_get_int (row, 16);
  facts->progress = cs_statement_get_double (row, 17);
  facts->uncertain_since = cs_statement_get_int (row, 18);
  facts->look_count = (int) cs_statement_get_int (row, 19);
  facts->error_code = cs_statement_dup_text (row, 20);
  facts->error_message = cs_statement_dup_text (row, 21);
  facts->request_hash = cs_statement_dup_text (row, 22);
  facts->batch = cs_statement_dup_text (row, 23);
  facts->title = cs_statement_dup_text (row, 24);
  facts->created_at = cs_statement_get_int (row, 25);
  facts->updated_at = cs_statement_get_int (row, 26);
  facts->text_starts = (int) cs_statement_get_int (row, 27);
  facts->text_cost = cs_statement_get_int (row, 28);
  facts->text_hold = cs_statement_get_int (row, 29);
  facts->text_at = cs_statement_get_int (row, 30);
  facts->key_id = cs_statement_get_int (row, 31);
  return g_steal_pointer (&facts);
}

static void
bind_time (CsStatement *statement, const char *name, gint64 time)
{
  if (time == 0)
    cs_statement_bind_null (statement, name);
  else
    cs_statement_bind_int (statement, name, time);
}

static void
bind_money (CsStatement *statement, const char *name, CsMoney money)
{
  if (money < 0)
    cs_statement_bind_null (statement, name);
  else
    cs_statement_bind_int (statement, name, money);
}

/** cs_job_row_bind: Binds everything but the owner, the cancel request and who pays, which are not the driver's to write. */
void
cs_job_row_bind (CsStatement *statement, const CsJobFacts *facts)
{
  g_autofree char *brief = cs_brief_to_json (facts->brief);
  g_autofree char *screenplay = facts->screenplay != NULL ? cs_screenplay_to_json (facts->screenplay) : NULL;
  g_autofree char *chain = chain_to_json (facts->chain);

  cs_statement_bind_text (statement, "id", facts->id);
  cs_statement_bind_text (statement, "kind", cs_kind_to_string (facts->kind));
  cs_statement_bind_text (statement, "state", cs_job_state_to_string (facts->state));
  cs_statement_bind_text (statement, "brief", brief);
  cs_statement_bind_text (statement, "screenplay", screenplay);
  cs_statement_bind_text (statement, "chain", chain);
  cs_statement_bind_int (statement, "chain_position", facts->chain_position);
  cs_statement_bind_text (statement, "provider", facts->provider);
  cs_statement_bind_text (statement, "model", facts->model);
  cs_statement_bind_int (statement, "not_before", facts->not_before);
  cs_statement_bind_text (statement, "waiting", facts->waiting == CS_WAITING_NONE ? NULL : cs_waiting_to_string (facts->waiting));
  bind_money (statement, "max_cost", facts->max_cost);
  cs_statement_bind_int (statement, "consent_at", facts->consent_at);
  bind_money (statement, "estimated_cost", facts->estimated_cost);
  cs_statement_bind_int (statement, "cost", facts->cost);
  cs_statement_bind_double (statement, "progress", facts->progress);
  cs_statement_bind_int (statement, "uncertain_since", facts->uncertain_since);
  cs_statement_bind_int (statement, "look_count", facts->look_count);
  cs_statement_bind_text (statement, "error_code", facts->error_code);
  cs_statement_bind_text (statement, "error_message", facts->error_message);
  cs_statement_bind_text (statement, "request_hash", facts->request_hash);
  cs_statement_bind_text (statement, "batch", facts->batch);
  cs_statement_bind_text (statement, "title", facts->title);
  cs_statement_bind_int (statement, "created_at", facts->created_at);
  cs_statement_bind_int (statement, "updated_at", facts->updated_at);
  cs_statement_bind_int (statement, "text_starts", facts->text_starts);
  cs_statement_bind_int (statement, "text_cost", facts->text_cost);
  cs_statement_bind_int (statement, "text_hold", facts->text_hold);
  bind_time (statement, "text_at", facts->text_at);
}

/** cs_attempt_row_read: @row: a row of CS_ATTEMPT_COLUMNS. Returns: (transfer full): the attempt. */
CsAttempt *
cs_attempt_row_read (CsStatement *row, GError **error)
{
  g_autoptr (CsAttempt) attempt = g_new0 (CsAttempt, 1);

  attempt->id = cs_statement_get_int (row, 0);
  attempt->number = (int) cs_statement_get_int (row, 1);
  attempt->provider = cs_statement_dup_text (row, 2);
  attempt->model = cs_statement_dup_text (row, 3);
  attempt->request = cs_request_from_json (cs_statement_get_text (row, 4), error);
  if (attempt->request == NULL)
    return NULL;
  if (!cs_attempt_status_from_string (cs_statement_get_text (row, 5), &attempt->status)
      || !cs_billed_from_string (cs_statement_get_text (row, 7), &attempt->billed))
    {
      set_damaged (error);
      return NULL;
    }
  attempt->remote_id = cs_statement_dup_text (row, 6);
  attempt->hold = cs_statement_get_int (row, 8);
  attempt->cost = cs_statement_get_int (row, 9);
  attempt->output = cs_statement_dup_text (row, 10);
  attempt->sha256 = cs_statement_dup_text (row, 11);
  attempt->size = cs_statement_get_int (row, 12);
  attempt->mime_type = cs_statement_dup_text (row, 13);
  attempt->error_code = cs_statement_dup_text (row, 14);
  attempt->error_message = cs_statement_dup_text (row, 15);
  attempt->created_at = cs_statement_get_int (row, 16);
  attempt->sent_at = cs_statement_get_int (row, 17);
  attempt->ended_at = cs_statement_get_int (row, 18);
  attempt->sale = cs_statement_get_int (row, 19);
  attempt->unit = cs_statement_dup_text (row, 20);
  return g_steal_pointer (&attempt);
}

/** cs_attempt_row_bind: Binds all of an attempt but its row id and its job. */
void
cs_attempt_row_bind (CsStatement *statement, const CsAttempt *attempt)
{
  g_autofree char *request = cs_request_to_json (attempt->request);

  cs_statement_bind_int (statement, "number", attempt->number);
  cs_statement_bind_text (statement, "provider", attempt->provider);
  cs_statement_bind_text (statement, "model", attempt->model);
  cs_statement_bind_int (statement, "seed", attempt->request->seed);
  cs_statement_bind_text (statement, "request", request);
  cs_statement_bind_text (statement, "work_file", attempt->request->work_file);
  cs_statement_bind_text (statement, "status", cs_attempt_status_to_string (attempt->status));
  cs_statement_bind_text (statement, "remote_id", attempt->remote_id);
  cs_statement_bind_text (statement, "billed", cs_billed_to_string (attempt->billed));
  cs_statement_bind_int (statement, "hold", attempt->hold);
  cs_statement_bind_int (statement, "cost", attempt->cost);
  cs_statement_bind_text (statement, "output", attempt->output);
  cs_statement_bind_text (statement, "sha256", attempt->sha256);
  cs_statement_bind_int (statement, "size", attempt->size);
  cs_statement_bind_text (statement, "mime_type", attempt->mime_type);
  cs_statement_bind_text (statement, "error_code", attempt->error_code);
  cs_statement_bind_text (statement, "error_message", attempt->error_message);
  cs_statement_bind_int (statement, "created_at", attempt->created_at);
  bind_time (statement, "sent_at", attempt->sent_at);
  bind_time (statement, "ended_at", attempt->ended_at);
  cs_statement_bind_int (statement, "sale", attempt->sale);
  cs_statement_bind_text (statement, "unit", attempt->unit);
}
