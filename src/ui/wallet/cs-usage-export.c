/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Usage into a file: read by the store’s thread, made into text by another, written by the system. Main thread. */
#include "config.h"
#include "ui/wallet/cs-usage-export.h"

#include <string.h>

/* One export; belongs to its task. */
typedef struct
{
  GFile *file;
  CsUsage *usage; /* (nullable) until it was read */
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_object_unref (export->file);
  g_clear_pointer (&export->usage, cs_usage_free);
  g_free (export);
}

static void
replace_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
text_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Export *export = task_data;
  g_autofree char *name = g_file_get_basename (export->file);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonNode) node = NULL;
  char *text;

  if (g_str_has_suffix (name, ".json"))
    {
      object = cs_usage_to_json (export->usage);
      node = json_node_init_object (json_node_alloc (), object);
      text = json_to_string (node, TRUE);
    }
  else
    text = cs_usage_to_csv (export->usage);
  g_task_return_pointer (task, g_bytes_new_take (text, strlen (text)), (GDestroyNotify) g_bytes_unref);
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  g_file_replace_contents_bytes_async (export->file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, g_task_get_cancellable (task),
                                       replace_cb, g_object_ref (task));
}

static void
usage_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  g_autoptr (GTask) making = NULL;
  GError *error = NULL;

  export->usage = cs_wallet_usage_finish (CS_WALLET (source), result, &error);
  if (export->usage == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  making = g_task_new (NULL, NULL, text_cb, g_object_ref (task));
  g_task_set_task_data (making, export, NULL);
  g_task_run_in_thread (making, text_thread);
}

/** cs_usage_export_async: Takes the place of what is in @file. */
void
cs_usage_export_async (CsStudio *studio, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Export *export = g_new0 (Export, 1);
  const CsUsageQuery query = { NULL };

  export->file = g_object_ref (file);
  g_task_set_source_tag (task, cs_usage_export_async);
  g_task_set_task_data (task, export, export_free);
  cs_wallet_usage_async (cs_engine_get_wallet (cs_studio_get_engine (studio)), &query, cancellable, usage_cb, g_object_ref (task));
}

gboolean
cs_usage_export_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_usage_export_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
