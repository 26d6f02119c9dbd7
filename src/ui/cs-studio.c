/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all windows and pages share. Main thread. */
#include "config.h"
#include "ui/cs-studio.h"

#include "server/cs-api-server.h"
#include "ui/cs-job-list.h"

#define SAME_PRESS G_USEC_PER_SEC /* longer than a double press, and than what a held key waits before it repeats */

struct _CsStudio
{
  GObject parent_instance;

  CsEngine *engine;
  GSettings *settings;
  CsJobList *jobs;
  CsApiServer *server;  /* (nullable) while other programs are served */
  GError *api_trouble;  /* (nullable) why they are not, though the user wants it */
  char *pressed;        /* (nullable) what was asked for last */
  gint64 pressed_at;    /* monotonic */
  guint n_pressed;      /* how many were taken whose jobs are not there yet */
};

enum
{
  SIGNAL_PRICES_CHANGED,
  SIGNAL_API_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsStudio, cs_studio, G_TYPE_OBJECT)

static void
cs_studio_finalize (GObject *object)
{
  CsStudio *self = CS_STUDIO (object);

  g_clear_object (&self->server);
  g_clear_error (&self->api_trouble);
  g_free (self->pressed);
  g_clear_object (&self->jobs);
  g_clear_object (&self->settings);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (cs_studio_parent_class)->finalize (object);
}

static void
cs_studio_class_init (CsStudioClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_studio_finalize;
  signals[SIGNAL_PRICES_CHANGED]
      = g_signal_new ("prices-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_API_CHANGED]
      = g_signal_new ("api-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_studio_init (CsStudio *self)
{
  self->settings = g_settings_new (CS_APP_ID);
}

static void
prices_changed (CsStudio *self)
{
  g_signal_emit (self, signals[SIGNAL_PRICES_CHANGED], 0);
}

/* Who writes is known from now on. */
static void
look_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsStudio) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!cs_text_look_finish (CS_PROVIDER_REGISTRY (source), result, &error))
    g_debug ("The language models were not looked for: %s", error->message);
  prices_changed (self);
}

/* Other programs */

static void
stop_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_api_server_stop_finish (CS_API_SERVER (source), result, &error))
    g_warning ("The server was not stopped: %s", error->message);
}

static void
stop_api (CsStudio *self)
{
  g_autoptr (CsApiServer) server = g_steal_pointer (&self->server);

  if (server != NULL)
    cs_api_server_stop_async (server, NULL, stop_cb, NULL);
}

static void
start_api (CsStudio *self)
{
  CsApiOptions options = { .port = 0 };
  g_autoptr (CsApiServer) server = NULL;

  g_settings_get (self->settings, "api-port", "q", &options.port);
  server = cs_api_server_new (self->engine, &options);
  if (cs_api_server_start (server, &self->api_trouble))
    self->server = g_steal_pointer (&server);
}

/* What the switch says is done, as long as it can be. */
static void
api_wish_cb (CsStudio *self)
{
  gboolean is_wanted = g_settings_get_boolean (self->settings, "serve-api");

  g_clear_error (&self->api_trouble);
  if (is_wanted && self->server == NULL)
    start_api (self);
  else if (!is_wanted)
    stop_api (self);
  g_signal_emit (self, signals[SIGNAL_API_CHANGED], 0);
}

/* Whoever is served is served there from now on. */
static void
api_port_cb (CsStudio *self)
{
  stop_api (self);
  api_wish_cb (self);
}

/** cs_studio_dup_api_state: Returns: (transfer full): for people: where other programs are served, or why they are not. */
char *
cs_studio_dup_api_state (CsStudio *self)
{
  if (self->api_trouble != NULL)
    return g_strdup (self->api_trouble->message);
  if (self->server == NULL)
    return g_strdup (_ ("Off: no other program can use the studio"));
  /* translators: an address, as http://127.0.0.1:8180 */
  return g_strdup_printf (_ ("At %s, for programs of this computer alone"), cs_api_server_get_address (self->server));
}

/** cs_studio_get_api_address: Returns: (transfer none) (nullable): as "http://127.0.0.1:8180"; NULL: nobody is served. */
const char *
cs_studio_get_api_address (CsStudio *self)
{
  return self->server != NULL ? cs_api_server_get_address (self->server) : NULL;
}

/**
 * cs_studio_get_most:
 * @price: micro-USD: what stands on the button that was pressed
 *
 * Returns: micro-USD: the most that this agrees to: the price, or what the user set for all that another provider may cost
 * by itself after a failure, if that is more.
 */
CsMoney
cs_studio_get_most (CsStudio *self, CsMoney price)
{
  return MAX (price, g_settings_get_int64 (self->settings, "fall-back-up-to"));
}

/* What a button that was pressed asks for */

typedef struct
{
  CsStudio *studio;
  GApplication *application; /* (nullable) */
  GAsyncReadyCallback callback;
  gpointer user_data;
} Press;

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Press *press = user_data;
  g_autoptr (CsStudio) self = press->studio;
  g_autoptr (GApplication) application = press->application;

  self->n_pressed--;
  if (application != NULL)
    g_application_unmark_busy (application);
  press->callback (source, result, press->user_data);
}

static Press *
press_new (CsStudio *self, GAsyncReadyCallback callback, gpointer user_data)
{
  Press *press = g_new0 (Press, 1);
  GApplication *application = g_application_get_default ();

  press->studio = g_object_ref (self);
  press->callback = callback;
  press->user_data = user_data;
  if (application != NULL && g_application_get_is_registered (application))
    {
      press->application = g_object_ref (application);
      g_application_mark_busy (application); /* the studio is not closed before the job is there */
    }
  return press;
}

static char *
dup_wish (GPtrArray *briefs)
{
  GString *wish = g_string_new (NULL);

  for (guint i = 0; i < briefs->len; i++)
    {
      g_autoptr (CsBrief) brief = cs_brief_copy (briefs->pdata[i]);
      g_autofree char *hash = NULL;

      brief->has_seed = FALSE; /* that of another one is made up with each press */
      brief->seed = 0;
      hash = cs_brief_hash (brief);
      g_string_append (wish, hash);
    }
  return g_string_free (wish, FALSE);
}

/**
 * cs_studio_make:
 * @briefs: (element-type CsBrief): agreed to, by a button or a shortcut
 * @callback: called with the queue, for cs_job_queue_add_finish()
 *
 * Queues @briefs. A button pressed twice in haste, or again because nothing seems to happen, and a shortcut held down ask for
 * the same thing again; that is paid once.
 *
 * Returns: FALSE when this is the last press still: nothing is made, and @callback is not called.
 */
gboolean
cs_studio_make (CsStudio *self, GPtrArray *briefs, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *wish = dup_wish (briefs);
  gint64 now = g_get_monotonic_time ();
  gboolean is_same = g_strcmp0 (wish, self->pressed) == 0 && (self->n_pressed > 0 || now - self->pressed_at < SAME_PRESS);

  cs_set_string (&self->pressed, wish);
  self->pressed_at = now;
  if (is_same)
    return FALSE;
  self->n_pressed++;
  cs_job_queue_add_async (cs_engine_get_queue (self->engine), briefs, NULL, made_cb,
                          press_new (self, callback, user_data));
  return TRUE;
}

/* The order in which models are tried */

/* The engine's own, then those of the user over it. */
static void
models_wish_cb (CsStudio *self)
{
  CsProviderRegistry *registry = cs_engine_get_registry (self->engine);
  g_autoptr (GVariant) wishes = g_settings_get_value (self->settings, "models");
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GVariantIter iter;
  const char *id;
  gboolean is_automatic;

  cs_provider_registry_forget_wishes (registry);
  g_variant_iter_init (&iter, wishes);
  while (g_variant_iter_next (&iter, "(&sb)", &id, &is_automatic))
    {
      g_ptr_array_add (ids, (gpointer) id);
      cs_provider_registry_set_automatic (registry, id, is_automatic);
    }
  g_ptr_array_add (ids, NULL);
  cs_provider_registry_set_order (registry, (const char *const *) ids->pdata);
  prices_changed (self);
}

/** cs_studio_new: @engine: an open engine. Returns: (transfer full): the studio over it. */
CsStudio *
cs_studio_new (CsEngine *engine)
{
  CsStudio *self = g_object_new (CS_TYPE_STUDIO, NULL);

  self->engine = g_object_ref (engine);
  self->jobs = cs_job_list_new (engine);
  g_signal_connect_object (cs_engine_get_keys (engine), "changed", G_CALLBACK (prices_changed), self, G_CONNECT_SWAPPED);
  cs_text_look_async (cs_engine_get_registry (engine), NULL, look_cb, g_object_ref (self));
  g_signal_connect_object (self->settings, "changed::serve-api", G_CALLBACK (api_wish_cb), self, G_CONNECT_SWAPPED);
  api_wish_cb (self);
  g_signal_connect_object (self->settings, "changed::api-port", G_CALLBACK (api_port_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::models", G_CALLBACK (models_wish_cb), self, G_CONNECT_SWAPPED);
  models_wish_cb (self);
  return self;
}

CsEngine *
cs_studio_get_engine (CsStudio *self)
{
  return self->engine;
}

/** cs_studio_get_settings: Returns: (transfer none): what the user set and what is remembered for him. */
GSettings *
cs_studio_get_settings (CsStudio *self)
{
  return self->settings;
}

/** cs_studio_get_jobs: Returns: (transfer none): the jobs that have not ended, oldest first. */
GListModel *
cs_studio_get_jobs (CsStudio *self)
{
  return G_LIST_MODEL (self->jobs);
}
