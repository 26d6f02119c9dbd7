/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looks in Replicate's list for a prediction in doubt: page after page is asked for and judged, in a thread, since a page
 * has up to a hundred predictions.
 */
#include "config.h"
#include "providers/replicate/cs-replicate-find.h"

#include "core/cs-clock.h"
#include "core/cs-task.h"
#include "providers/replicate/cs-replicate-answer.h"
#include "providers/replicate/cs-replicate-list.h"
#include "providers/replicate/cs-replicate-request.h"

/* What one look needs: owned by its task. */
typedef struct
{
  CsWireLink *link; /* the provider's, which the task holds */
  CsReplicateList *list;
} Look;

/* What the thread gets; the list belongs to the task of the look, which waits meanwhile. */
typedef struct
{
  CsReplicateList *list;
  GBytes *page;
  gint64 skew;
} Page;

static void
look_free (Look *look)
{
  cs_replicate_list_free (look->list);
  g_free (look);
}

static void
page_free (Page *page)
{
  g_bytes_unref (page->page);
  g_free (page);
}

static void ask_page (GTask *task);

static void
read_page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Look *look = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else if (cs_replicate_list_has_more (look->list))
    ask_page (g_steal_pointer (&task));
  else
    g_task_return_pointer (task, cs_replicate_list_dup_id (look->list), g_free);
}

static void
read_page (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Page *page = task_data;
  GError *error = NULL;

  if (cs_replicate_list_read (page->list, page->page, page->skew, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The thread does not hold the provider: what belongs to the main thread is not let go of in another. */
static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);
  Look *look = g_task_get_task_data (task);
  g_autoptr (GTask) reading = NULL;
  Page *page;

  if (!cs_http_answer_is_good (answer) || answer->body == NULL)
    {
      g_task_return_error (task, cs_wire_error_from_answer (&cs_replicate_vendor, answer));
      return;
    }
  page = g_new0 (Page, 1);
  page->list = look->list;
  page->page = g_bytes_ref (answer->body);
  page->skew = answer->date > 0 ? answer->date - cs_clock_now () : 0;
  reading = g_task_new (NULL, NULL, read_page_cb, g_steal_pointer (&task));
  g_task_set_source_tag (reading, page_cb);
  g_task_set_task_data (reading, page, (GDestroyNotify) page_free);
  g_task_run_in_thread (reading, read_page);
}

static void
ask_page (GTask *task)
{
  Look *look = g_task_get_task_data (task);
  GError *error = cs_wire_link_error_no_key (look->link);
  g_autofree char *path = NULL;
  g_autofree char *address = NULL;
  CsHttpCall *call;

  if (error != NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  path = cs_replicate_list_dup_path (look->list);
  address = cs_endpoint_build (look->link->endpoint, "%s", path);
  call = cs_wire_call_new ("GET", address);
  call->tries = 2;
  cs_http_call_set_bearer (call, cs_wire_link_get_key (look->link, NULL));
  cs_http_call_async (look->link->context->http, call, g_task_get_cancellable (task), page_cb, task);
}

/**
 * cs_replicate_find_async:
 * @source: the provider, who owns @link
 *
 * As cs_provider_find_async().
 */
void
cs_replicate_find_async (CsProvider *source, CsWireLink *link, CsRequest *request, gint64 sent_at, const char *const *bound,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  GError *error = cs_wire_link_find_obstacle (link, request);
  const CsModel *model = cs_wire_link_get_model (link, request);
  g_autoptr (JsonObject) input = NULL;
  Look *look;

  g_task_set_source_tag (task, cs_replicate_find_async);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  input = cs_replicate_build_input (model, request);
  look = g_new0 (Look, 1);
  look->link = link;
  look->list = cs_replicate_list_new (cs_replicate_get_model (model, request), input, sent_at, bound);
  g_task_set_task_data (task, look, (GDestroyNotify) look_free);
  ask_page (g_steal_pointer (&task));
}

/** cs_replicate_find_finish: Returns: (transfer full) (nullable): the one remote id that fits, or NULL. */
CS_DEFINE_FINISH_POINTER (char, CsProvider, cs_replicate_find_async, cs_replicate_find_finish)
