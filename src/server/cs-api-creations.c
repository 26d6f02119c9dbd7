/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library: its creations page by page, each by itself, into the trash and out of it. Main thread. */
#include "config.h"
#include "server/cs-api-handlers.h"

#include "server/cs-api-find.h"
#include "server/cs-api-json.h"
#include "server/cs-api-query.h"

#define DEFAULT_LIMIT 50
#define MAX_LIMIT 500
#define LONGEST_TEXT 1000 /* characters */
#define LONGEST_CURSOR 500

static const char *const sort_words[] = {
  [CS_SORT_NEWEST] = "newest",
  [CS_SORT_OLDEST] = "oldest",
  [CS_SORT_PRICE] = "price",
  [CS_SORT_LONGEST] = "longest",
  NULL,
};

/* One page */

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsApiCall) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLibraryPage) page = cs_library_list_finish (CS_LIBRARY (source), result, &error);
  CS_API_CALL_WORDS (call);
  JsonObject *answer;
  JsonArray *creations;

  if (page == NULL)
    {
      if (g_error_matches (error, CS_ERROR, CS_ERROR_INVALID_VALUE)) /* all else was looked at before */
        cs_api_call_fail_status (call, 422, "invalid_value",
                                 _ ("The cursor is not one of this list. Use the word “next” of the page before, as it is."),
                                 "cursor");
      else
        cs_api_call_fail (call, error);
      return;
    }
  answer = json_object_new ();
  creations = json_array_sized_new (page->creations->len);
  for (guint i = 0; i < page->creations->len; i++)
    json_array_add_object_element (creations, cs_api_creation_to_json (call, page->creations->pdata[i], NULL));
  json_object_set_array_member (answer, "creations", creations);
  if (page->next != NULL)
    cs_json_set_string (answer, "next", page->next);
  cs_api_call_reply_json (call, SOUP_STATUS_OK, answer);
}

static void
list_for_key (CsApiCall *call, const CsWalletKey *key)
{
  const char *const kinds[] = { cs_kind_to_string (CS_KIND_VIDEO), cs_kind_to_string (CS_KIND_IMAGE),
                                cs_kind_to_string (CS_KIND_DECK), NULL };
  g_auto (CsApiQuery) query = { call };
  CsLibraryQuery wanted = { .key_id = key != NULL ? key->id : 0 };
  int kind = cs_api_query_get_word (&query, "kind", kinds, -1);

  wanted.has_kind = kind >= 0;
  if (kind >= 0)
    cs_kind_from_string (kinds[kind], &wanted.kind);
  wanted.text = cs_api_query_get_text (&query, "q", LONGEST_TEXT);
  wanted.favourites = cs_api_query_get_boolean (&query, "favourite");
  wanted.trashed = cs_api_query_get_boolean (&query, "trashed");
  wanted.sort = cs_api_query_get_word (&query, "sort", sort_words, CS_SORT_NEWEST);
  wanted.limit = cs_api_query_get_int (&query, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
  wanted.cursor = cs_api_query_get_text (&query, "cursor", LONGEST_CURSOR);
  if (cs_api_query_check (&query))
    cs_library_list_async (cs_engine_get_library (cs_api_call_get_engine (call)), &wanted, NULL, list_cb, cs_api_call_ref (call));
}

/** cs_api_list_creations: GET creations: one page of the library, or of what was found in it. */
void
cs_api_list_creations (CsApiCall *call)
{
  cs_api_find_key (call, list_for_key);
}

/* One creation */

/* How it was made, where that is still known. */
static void
add_job (CsApiCall *call, JsonObject *object, CsJob *job)
{
  static const char *const names[] = { "attempts", "engine", "screenwriter", "estimated_cost_usd", "max_cost_usd" };
  g_autoptr (JsonObject) more = cs_api_job_to_json (call, job, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    json_object_set_member (object, names[i], json_object_dup_member (more, names[i]));
}

static void
show_creation (CsApiCall *call, CsCreation *creation, CsJob *job)
{
  JsonObject *answer = cs_api_creation_to_json (call, creation, job);

  if (job != NULL)
    add_job (call, answer, job);
  cs_api_call_reply_json (call, SOUP_STATUS_OK, answer);
}

/** cs_api_get_creation: GET creations/{id}: all that is known of it. */
void
cs_api_get_creation (CsApiCall *call)
{
  cs_api_find_creation (call, TRUE, show_creation);
}

typedef struct
{
  CsApiCall *call;
  CsJob *job; /* (nullable) */
} Trashing;

static void
trashing_free (Trashing *trashing)
{
  cs_api_call_unref (trashing->call);
  g_clear_object (&trashing->job);
  g_free (trashing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Trashing, trashing_free)

static void
trash_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Trashing) trashing = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_library_trash_finish (CS_LIBRARY (source), result, &error);

  if (creation == NULL)
    cs_api_call_fail (trashing->call, error);
  else
    cs_api_call_reply_json (trashing->call, SOUP_STATUS_OK, cs_api_creation_to_json (trashing->call, creation, trashing->job));
}

/* Twice is as good as once: the first time stays. */
static void
set_trashed (CsApiCall *call, CsCreation *creation, CsJob *job, gboolean trashed)
{
  CsLibrary *library = cs_engine_get_library (cs_api_call_get_engine (call));
  Trashing *trashing;

  if ((cs_creation_get_facts (creation)->trashed_at != 0) == trashed)
    {
      cs_api_call_reply_json (call, SOUP_STATUS_OK, cs_api_creation_to_json (call, creation, job));
      return;
    }
  trashing = g_new0 (Trashing, 1);
  trashing->call = cs_api_call_ref (call);
  trashing->job = job != NULL ? g_object_ref (job) : NULL;
  cs_library_trash_async (library, cs_creation_get_id (creation), trashed, NULL, trash_cb, trashing);
}

static void
trash_creation (CsApiCall *call, CsCreation *creation, CsJob *job)
{
  set_trashed (call, creation, job, TRUE);
}

static void
restore_creation (CsApiCall *call, CsCreation *creation, CsJob *job)
{
  set_trashed (call, creation, job, FALSE);
}

/** cs_api_delete_creation: DELETE creations/{id}: into the trash; its file stays. */
void
cs_api_delete_creation (CsApiCall *call)
{
  cs_api_find_creation (call, FALSE, trash_creation);
}

/** cs_api_restore_creation: POST creations/{id}/restore: out of the trash. */
void
cs_api_restore_creation (CsApiCall *call)
{
  cs_api_find_creation (call, FALSE, restore_creation);
}
