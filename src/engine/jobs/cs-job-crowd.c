/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many jobs are with each provider, so that all of them together do not ask it too often. */
#include "config.h"
#include "jobs/cs-job-crowd.h"

#include "jobs/cs-job-store.h"

#define FRESH_FOR (2 * G_USEC_PER_SEC)

/* What is known of one provider. */
typedef struct
{
  guint count;
  gint64 read_at; /* monotonic; 0: never */
  gboolean is_reading;
} Crowd;

struct _CsJobCrowd
{
  CsStore *store;
  GHashTable *crowds; /* provider id -> Crowd */
};

CsJobCrowd *
cs_job_crowd_new (CsStore *store)
{
  CsJobCrowd *self = g_rc_box_new0 (CsJobCrowd);

  self->store = g_object_ref (store);
  self->crowds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

static void
clear (CsJobCrowd *self)
{
  g_object_unref (self->store);
  g_hash_table_unref (self->crowds);
}

void
cs_job_crowd_unref (CsJobCrowd *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) clear);
}

/* One reading under way. */
typedef struct
{
  CsJobCrowd *self;
  char *provider;
} Reading;

static gpointer
count_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  int count = cs_job_store_count_rendering (database, data, error);

  return count >= 0 ? g_memdup2 (&count, sizeof count) : NULL;
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  Crowd *crowd = g_hash_table_lookup (reading->self->crowds, reading->provider);
  g_autoptr (GError) error = NULL;
  g_autofree int *count = cs_store_run_finish (CS_STORE (source), result, &error);

  crowd->is_reading = FALSE;
  crowd->read_at = g_get_monotonic_time ();
  if (count != NULL)
    crowd->count = (guint) *count;
  else /* what was known before will do until the next time */
    g_debug ("The jobs of %s were not counted: %s", reading->provider, error->message);
  cs_job_crowd_unref (reading->self);
  g_free (reading->provider);
  g_free (reading);
}

static void
read_anew (CsJobCrowd *self, Crowd *crowd, const char *provider)
{
  Reading *reading = g_new0 (Reading, 1);

  crowd->is_reading = TRUE;
  reading->self = g_rc_box_acquire (self);
  reading->provider = g_strdup (provider);
  cs_store_run_async (self->store, CS_STORE_READ, count_func, g_strdup (provider), g_free, g_free, NULL, count_cb, reading);
}

/** cs_job_crowd_count: Returns: how many jobs were with @provider a moment ago; 0 until that was read for the first time. */
guint
cs_job_crowd_count (CsJobCrowd *self, const char *provider)
{
  Crowd *crowd = g_hash_table_lookup (self->crowds, provider);

  if (crowd == NULL)
    {
      crowd = g_new0 (Crowd, 1);
      g_hash_table_insert (self->crowds, g_strdup (provider), crowd);
    }
  if (!crowd->is_reading && (crowd->read_at == 0 || g_get_monotonic_time () - crowd->read_at > FRESH_FOR))
    read_anew (self, crowd, provider);
  return crowd->count;
}
