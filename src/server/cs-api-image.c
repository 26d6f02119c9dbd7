/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture to begin from: an id of the library, or a data: address. What it says is checked, never believed. Main thread. */
#include "config.h"
#include "server/cs-api-image.h"

#include "server/cs-api-find.h"

#include <string.h>


/* Owned by its task. */
typedef struct
{
  CsApiCall *call;
  CsWalletKey *key;     /* (nullable): all pictures may be named */
  CsCreation *creation; /* (nullable) until it is found */
} Search;

static void
search_free (Search *search)
{
  cs_api_call_unref (search->call);
  g_clear_pointer (&search->key, cs_wallet_key_free);
  g_clear_object (&search->creation);
  g_free (search);
}

static CsApiCall *
get_call (GTask *task)
{
  return ((Search *) g_task_get_task_data (task))->call;
}

static GError *
make_error (const char *words)
{
  return g_error_new_literal (CS_ERROR, CS_ERROR_INVALID_VALUE, _ (words));
}

/* Data */

/* Behind "data:image/png;base64,"; NULL: it is another address. */
static const char *
find_data (const char *value)
{
  static const char *const beginnings[] = { "data:image/png;base64,", "data:image/jpeg;base64,", "data:image/jpg;base64," };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_ascii_strncasecmp (value, beginnings[i], strlen (beginnings[i])) == 0)
      return value + strlen (beginnings[i]);
  return NULL;
}

/* RFC 4648, section 4: no other sign, no line end, and the padding that belongs to its length. */
static gboolean
is_base64 (const char *text)
{
  gsize length = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  gsize padding = strspn (text + length, "=");

  return text[length + padding] == '\0' && length > 0 && padding <= 2 && (length + padding) % 4 == 0;
}

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *path = cs_job_image_keep_finish (result, &error);

  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_INVALID_VALUE))
    {
      /* Whoever looked into it spoke the language of the process. */
      CS_API_CALL_WORDS (get_call (task));

      g_error_free (error);
      g_task_return_error (task, make_error (N_ ("The image is no PNG or JPEG picture that can be used. Send another one.")));
    }
  else
    g_task_return_error (task, error);
}

static void
keep_data (GTask *task, const char *data)
{
  CsEngine *engine = cs_api_call_get_engine (get_call (task));
  g_autoptr (GBytes) bytes = NULL;
  guchar *decoded;
  gsize length;

  if (!is_base64 (data))
    {
      g_task_return_error (task, make_error (N_ ("The image is not valid base64. Encode it again, without spaces or line ends.")));
      g_object_unref (task);
      return;
    }
  decoded = g_base64_decode (data, &length); /* of a body that is bounded itself */
  bytes = g_bytes_new_take (decoded, length);
  cs_job_image_keep_async (cs_engine_get_store (engine), cs_engine_get_paths (engine), bytes, NULL, keep_cb, task);
}

/* Of the library */

static void
check_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (cs_media_picture_check (task_data, &error))
    g_task_return_pointer (task, g_strdup (task_data), g_free);
  else
    g_task_return_error (task, error);
}

static void
check_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CS_API_CALL_WORDS (get_call (task));
  g_autofree char *path = g_task_propagate_pointer (G_TASK (result), NULL);

  if (path != NULL)
    g_task_return_pointer (task, g_steal_pointer (&path), g_free);
  else
    g_task_return_error (task, make_error (N_ ("The file of this creation is no PNG or JPEG picture, or is gone. Choose another one.")));
}

static void
check_file (GTask *task)
{
  const Search *search = g_task_get_task_data (task);
  CsLibrary *library = cs_engine_get_library (cs_api_call_get_engine (search->call));
  g_autoptr (GTask) checking = g_task_new (NULL, NULL, check_cb, g_object_ref (task));

  g_task_set_source_tag (checking, check_file);
  g_task_set_task_data (checking, cs_library_dup_file_path (library, search->creation), g_free);
  g_task_run_in_thread (checking, check_thread);
}

static void
return_unknown (GTask *task)
{
  CS_API_CALL_WORDS (get_call (task));

  g_task_return_error (task, make_error (N_ ("The library has no picture with this id. Choose one of the creations that is.")));
}

/* To the holder of a key there are no others than his own. */
static void
job_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Search *search = g_task_get_task_data (task);
  g_autoptr (CsJob) job = cs_job_queue_get_finish (CS_JOB_QUEUE (source), result, NULL);

  if (cs_api_key_may_see (search->key, job))
    check_file (task);
  else
    return_unknown (task);
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  CsEngine *engine = cs_api_call_get_engine (search->call);
  g_autoptr (GError) error = NULL;
  const CsCreationFacts *facts;

  search->creation = cs_library_get_finish (CS_LIBRARY (source), result, &error);
  facts = search->creation != NULL ? cs_creation_get_facts (search->creation) : NULL;
  if (facts == NULL && !g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (facts == NULL || facts->kind != CS_KIND_IMAGE || (search->key != NULL && facts->job_id == NULL))
    return_unknown (task);
  else if (search->key != NULL)
    cs_job_queue_get_async (cs_engine_get_queue (engine), facts->job_id, NULL, job_cb, g_steal_pointer (&task));
  else
    check_file (task);
}

/** cs_api_image_find_async: @value: of the field `image`. */
void
cs_api_image_find_async (CsApiCall *call, const char *value, const CsWalletKey *key, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  const char *data = find_data (value);
  Search *search = g_new0 (Search, 1);

  search->call = cs_api_call_ref (call);
  search->key = key != NULL ? cs_wallet_key_copy (key) : NULL;
  g_task_set_source_tag (task, cs_api_image_find_async);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  if (data != NULL)
    keep_data (task, data);
  else if (cs_id_is_valid (value))
    cs_library_get_async (cs_engine_get_library (cs_api_call_get_engine (call)), value, NULL, get_cb, task);
  else
    {
      g_task_return_error (task, make_error (N_ ("“image” must be the id of a picture of the library, or a data: address of a PNG or "
                                                 "JPEG picture in base64. Paths and other addresses are not taken.")));
      g_object_unref (task);
    }
}

/** cs_api_image_find_finish: Errors: %CS_ERROR_INVALID_VALUE, in the language of the call; those of the disk. */
char *
cs_api_image_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_api_image_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
