/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wallet key, the creation or the job that a call is about, as far as its caller may see it. Main thread. */
#include "config.h"
#include "server/cs-api-find.h"

#include "server/cs-api-key.h"

#include <string.h>

#define LONGEST_ID 128 /* characters */
#define ID_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"

/* A question on its way: first for the key, then for the creation, then for the job. */
typedef struct _Search Search;

struct _Search
{
  CsApiCall *call;
  void (*next) (Search *search); /* (transfer full): what comes after the key */
  CsWalletKey *key;              /* (nullable): all may be seen */
  CsCreation *creation;          /* (nullable) until it is found */
  gboolean with_job;
  CsApiKeyFunc found_key;        /* whoever asks has one of these three */
  CsApiCreationFunc found_creation;
  CsApiJobFunc found_job;
};

static Search *
search_new (CsApiCall *call, void (*next) (Search *search))
{
  Search *search = g_new0 (Search, 1);

  search->call = cs_api_call_ref (call);
  search->next = next;
  return search;
}

static void
search_free (Search *search)
{
  cs_api_call_unref (search->call);
  g_clear_pointer (&search->key, cs_wallet_key_free);
  g_clear_object (&search->creation);
  g_free (search);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

/** cs_api_key_may_see: @key: (nullable): all may be seen. @job: (nullable): nobody's, as of a file that was imported. */
gboolean
cs_api_key_may_see (const CsWalletKey *key, CsJob *job)
{
  return key == NULL || (job != NULL && cs_job_get_facts (job)->key_id == key->id);
}

static void
refuse_unknown (Search *search)
{
  CS_API_CALL_WORDS (search->call);

  cs_api_call_fail_status (search->call, SOUP_STATUS_NOT_FOUND, "not_found", _ ("There is no such thing here. Check the id."), NULL);
}

/* What could be an id: the rest is not even looked for. */
static gboolean
is_id (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= LONGEST_ID && strspn (text, ID_LETTERS) == length;
}

/* The key */

static void
search_key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Search) search = user_data;
  g_autoptr (GError) error = NULL;

  search->key = cs_wallet_find_finish (CS_WALLET (source), result, &error);
  if (search->key == NULL)
    cs_api_call_fail (search->call, error);
  else
    search->next (g_steal_pointer (&search));
}

/* An empty header is a key that nobody has, and not none. */
static void
search_key (Search *search)
{
  const char *code = cs_api_call_get_header (search->call, CS_API_KEY_HEADER);
  CsEngine *engine = cs_api_call_get_engine (search->call);

  if (code == NULL)
    search->next (search);
  else
    cs_wallet_find_async (cs_engine_get_wallet (engine), code, NULL, search_key_cb, search);
}

static void
give_key (Search *search)
{
  g_autoptr (Search) owned = search;
  CS_API_CALL_WORDS (search->call);

  search->found_key (search->call, search->key);
}

/** cs_api_find_key: Calls @found with the wallet key of the call, or without one; or answers that it is not known. */
void
cs_api_find_key (CsApiCall *call, CsApiKeyFunc found)
{
  Search *search = search_new (call, give_key);

  search->found_key = found;
  search_key (search);
}

/* A job */

static void
search_job_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Search) search = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) job = cs_job_queue_get_finish (CS_JOB_QUEUE (source), result, &error);
  gboolean is_missing = g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  CS_API_CALL_WORDS (search->call);

  if (job == NULL && !is_missing)
    cs_api_call_fail (search->call, error);
  else if (!cs_api_key_may_see (search->key, job) || (job == NULL && search->found_job != NULL))
    refuse_unknown (search);
  else if (search->found_job != NULL)
    search->found_job (search->call, job);
  else
    search->found_creation (search->call, search->creation, job);
}

static void
search_job (Search *search, const char *id)
{
  CsEngine *engine = cs_api_call_get_engine (search->call);

  cs_job_queue_get_async (cs_engine_get_queue (engine), id, NULL, search_job_cb, search);
}

static void
search_called_job (Search *search)
{
  search_job (search, cs_api_call_get_id (search->call));
}

/** cs_api_find_job: Calls @found with the job that the call names, by our id or by that of its provider. */
void
cs_api_find_job (CsApiCall *call, CsApiJobFunc found)
{
  g_autoptr (Search) search = search_new (call, search_called_job);

  search->found_job = found;
  if (is_id (cs_api_call_get_id (call)))
    search_key (g_steal_pointer (&search));
  else
    refuse_unknown (search);
}

/* A creation */

static void
give_creation (Search *search, CsJob *job)
{
  CS_API_CALL_WORDS (search->call);

  if (cs_api_key_may_see (search->key, job))
    search->found_creation (search->call, search->creation, job);
  else
    refuse_unknown (search);
}

static void
search_creation_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Search) search = user_data;
  g_autoptr (GError) error = NULL;
  const char *job_id;

  search->creation = cs_library_get_finish (CS_LIBRARY (source), result, &error);
  if (search->creation == NULL)
    {
      cs_api_call_fail (search->call, error);
      return;
    }
  job_id = cs_creation_get_facts (search->creation)->job_id;
  if (job_id != NULL && (search->with_job || search->key != NULL))
    search_job (g_steal_pointer (&search), job_id);
  else
    give_creation (search, NULL);
}

static void
search_creation (Search *search)
{
  CsEngine *engine = cs_api_call_get_engine (search->call);

  cs_library_get_async (cs_engine_get_library (engine), cs_api_call_get_id (search->call), NULL, search_creation_cb, search);
}

/**
 * cs_api_find_creation:
 * @with_job: whether its job is of interest, too
 *
 * Calls @found with the creation that the call names, in the trash or not.
 */
void
cs_api_find_creation (CsApiCall *call, gboolean with_job, CsApiCreationFunc found)
{
  g_autoptr (Search) search = search_new (call, search_creation);

  search->found_creation = found;
  search->with_job = with_job;
  if (cs_id_is_valid (cs_api_call_get_id (call)))
    search_key (g_steal_pointer (&search));
  else
    refuse_unknown (search);
}
