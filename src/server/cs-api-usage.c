/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was used, as JSON or as a table for a spreadsheet. Main thread. */
#include "config.h"
#include "server/cs-api-handlers.h"

#include "server/cs-api-key.h"
#include "server/cs-api-query.h"

#include <string.h>

#define LONGEST_USER 128 /* characters */
#define TABLE_TYPE "text/csv"

static const char *const formats[] = { "json", "csv", NULL };

/* A table when that is what is asked for: by its name, or as the only thing that is accepted. */
static gboolean
wants_table (CsApiQuery *query)
{
  const char *accepted = cs_api_call_get_header (query->call, "Accept");
  gboolean is_accepted = accepted != NULL && g_ascii_strncasecmp (accepted, TABLE_TYPE, strlen (TABLE_TYPE)) == 0;

  return cs_api_query_get_word (query, "format", formats, is_accepted ? 1 : 0) == 1;
}

/* One question, and what was found. */
typedef struct
{
  CsApiCall *call;
  gboolean as_table;
  CsUsage *usage; /* (nullable) until it is found */
} Asking;

static void
asking_free (Asking *asking)
{
  cs_api_call_unref (asking->call);
  g_clear_pointer (&asking->usage, cs_usage_free);
  g_free (asking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

/* There may be a hundred thousand events: nobody else waits for them to be written. */
static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Asking *asking = task_data;
  g_autoptr (JsonObject) object = asking->as_table ? NULL : cs_usage_to_json (asking->usage);
  char *text = object != NULL ? cs_json_object_to_string (object, FALSE) : cs_usage_to_csv (asking->usage);

  g_task_return_pointer (task, g_bytes_new_take (text, strlen (text)), (GDestroyNotify) g_bytes_unref);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asking) asking = user_data;
  CsApiCall *call = asking->call;
  g_autoptr (GBytes) text = g_task_propagate_pointer (G_TASK (result), NULL);

  if (!asking->as_table)
    {
      cs_api_call_reply_json_text (call, SOUP_STATUS_OK, text);
      return;
    }
  soup_message_headers_replace (cs_api_call_get_headers (call), "Content-Disposition", "attachment; filename=\"usage.csv\"");
  cs_api_call_reply_bytes (call, SOUP_STATUS_OK, TABLE_TYPE "; charset=utf-8", text);
}

static void
usage_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asking) asking = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  asking->usage = cs_wallet_usage_finish (CS_WALLET (source), result, &error);
  if (asking->usage == NULL)
    {
      cs_api_call_fail (asking->call, error);
      return;
    }
  task = g_task_new (NULL, NULL, written_cb, asking);
  g_task_set_source_tag (task, usage_cb);
  g_task_set_task_data (task, g_steal_pointer (&asking), NULL); /* freed where it was made, by whoever answers */
  g_task_run_in_thread (task, write_thread);
}

/** cs_api_usage: GET usage: to the holder of a wallet key only what that key pays, at its own prices. */
void
cs_api_usage (CsApiCall *call)
{
  g_auto (CsApiQuery) query = { call };
  CsUsageQuery wanted = { .key_code = cs_api_call_get_header (call, CS_API_KEY_HEADER) };
  gboolean as_table = wants_table (&query);
  Asking *asking;

  wanted.user_id = cs_api_query_get_text (&query, "user_id", LONGEST_USER);
  wanted.from = cs_api_query_get_time (&query, "from", FALSE);
  wanted.to = cs_api_query_get_time (&query, "to", TRUE);
  if (!cs_api_query_check (&query))
    return;
  asking = g_new0 (Asking, 1);
  asking->call = cs_api_call_ref (call);
  asking->as_table = as_table;
  cs_wallet_usage_async (cs_engine_get_wallet (cs_api_call_get_engine (call)), &wanted, NULL, usage_cb, asking);
}
