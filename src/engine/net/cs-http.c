/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All HTTP of the engine: one session, and above it a queue, since a session with thousands of requests in it only gets
 * slower. Hosts take turns, so that one of them that is slow does not stand in the way of the others; urgent calls go
 * first. Here is also where a call is repeated. Main thread.
 */
#include "config.h"
#include "net/cs-http-private.h"

#include "core/cs-error.h"
#include "net/cs-address.h"
#include "net/cs-retry.h"

#define MAX_PER_HOST 100
#define IDLE_SECONDS 60
#define MAX_INNER_DELAY (10 * G_USEC_PER_SEC) /* who has to wait longer is told so, and waits elsewhere */

/* One server and who waits for it. */
typedef struct
{
  char *name;
  guint n_in_flight;
  GQueue urgent; /* (element-type GTask) */
  GQueue usual;
} Host;

struct _CsHttp
{
  GObject parent_instance;

  SoupSession *session;
  GPtrArray *hosts; /* (element-type Host) whose turn is next stands first */
  guint n_in_flight;
  guint n_calls; /* all that ever were, to number the lines of the log */
  gboolean is_logged;
};

/* A call from its beginning to its end; the data of its task. */
typedef struct
{
  CsHttpCall *call;
  CsHttpHooks *hooks; /* (nullable) */
  Host *host;               /* (nullable) where it waits or is in flight */
  GList *link;              /* (nullable) its place in the queue */
  GSource *cancel_source;   /* (nullable) while it waits */
  GSource *delay_source;    /* (nullable) while it waits to be repeated */
  guint number;
  int n_tries;
  gint64 started; /* monotonic: this try */
  gint64 spent;   /* microseconds, in all tries and the pauses between them */
} Pending;

G_DEFINE_FINAL_TYPE (CsHttp, cs_http, G_TYPE_OBJECT)

static void enqueue (CsHttp *self, GTask *task);
static void pump (CsHttp *self);

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
pending_free (Pending *pending)
{
  g_assert (pending->cancel_source == NULL && pending->delay_source == NULL && pending->link == NULL);

  cs_http_call_free (pending->call);
  g_free (pending);
}

static void
host_free (Host *host)
{
  g_assert (host->n_in_flight == 0 && g_queue_is_empty (&host->urgent) && g_queue_is_empty (&host->usual));

  g_free (host->name);
  g_free (host);
}

static void
cs_http_finalize (GObject *object)
{
  CsHttp *self = CS_HTTP (object);

  g_assert (self->n_in_flight == 0); /* every call holds us */
  g_ptr_array_unref (self->hosts);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  G_OBJECT_CLASS (cs_http_parent_class)->finalize (object);
}

static void
cs_http_class_init (CsHttpClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_http_finalize;
}

/* No cookies, nobody who asks for passwords, nothing that unpacks: a small answer stays a small answer. */
static SoupSession *
new_session (void)
{
  SoupSession *session = soup_session_new_with_options ("max-conns", CS_HTTP_MAX_IN_FLIGHT, "max-conns-per-host", MAX_PER_HOST,
                                                        "idle-timeout", IDLE_SECONDS, "timeout", 0, "user-agent",
                                                        "CreativeStudio/" CS_VERSION, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  return session;
}

static void
cs_http_init (CsHttp *self)
{
  self->session = new_session ();
  self->hosts = g_ptr_array_new_with_free_func ((GDestroyNotify) host_free);
  self->is_logged = _cs_http_log_is_on ();
}

/** cs_http_new: Returns: (transfer full): a session of its own; one is enough for a process. */
CsHttp *
cs_http_new (void)
{
  return g_object_new (CS_TYPE_HTTP, NULL);
}

SoupSession *
_cs_http_get_session (CsHttp *self)
{
  return self->session;
}

/** cs_http_get_n_in_flight: Returns: how many requests are with the session, at most %CS_HTTP_MAX_IN_FLIGHT. */
guint
cs_http_get_n_in_flight (CsHttp *self)
{
  g_return_val_if_fail (CS_IS_HTTP (self), 0);

  return self->n_in_flight;
}

static char *
name_host (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *name = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return g_strdup ("?");
  name = g_strdup_printf ("%s://%s:%d", g_uri_get_scheme (uri), g_uri_get_host (uri), g_uri_get_port (uri));
  return g_ascii_strdown (name, -1);
}

static Host *
ensure_host (CsHttp *self, const char *address)
{
  g_autofree char *name = name_host (address);
  Host *host;

  for (guint i = 0; i < self->hosts->len; i++)
    {
      host = g_ptr_array_index (self->hosts, i);
      if (g_str_equal (host->name, name))
        return host;
    }
  host = g_new0 (Host, 1);
  host->name = g_steal_pointer (&name);
  g_queue_init (&host->urgent);
  g_queue_init (&host->usual);
  g_ptr_array_add (self->hosts, host);
  return host;
}

static void
forget_host_if_idle (CsHttp *self, Host *host)
{
  if (host->n_in_flight == 0 && g_queue_is_empty (&host->urgent) && g_queue_is_empty (&host->usual))
    g_ptr_array_remove (self->hosts, host);
}

/* The end of a call. Takes over @task and @answer. */
static void
finish (GTask *task, CsHttpAnswer *answer)
{
  CsHttp *self = g_task_get_source_object (task);
  Pending *pending = g_task_get_task_data (task);

  clear_source (&pending->cancel_source);
  clear_source (&pending->delay_source);
  if (self->is_logged)
    _cs_http_log (pending->number, pending->call, answer, pending->spent);
  g_task_return_pointer (task, answer, (GDestroyNotify) cs_http_answer_free);
  g_object_unref (task);
}

static void
leave_queue (CsHttp *self, Pending *pending)
{
  GQueue *queue = pending->call->is_urgent ? &pending->host->urgent : &pending->host->usual;

  clear_source (&pending->cancel_source);
  g_queue_delete_link (queue, g_steal_pointer (&pending->link));
}

/* Cancelled before it was sent, or before it was sent again. */
static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  CsHttp *self = g_task_get_source_object (task);
  Pending *pending = g_task_get_task_data (task);
  CsHttpAnswer *answer = cs_http_answer_new ();

  g_cancellable_set_error_if_cancelled (cancellable, &answer->error);
  if (pending->link != NULL)
    {
      leave_queue (self, pending);
      forget_host_if_idle (self, g_steal_pointer (&pending->host));
    }
  finish (task, answer);
  return G_SOURCE_REMOVE;
}

static GSource *
attach (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  g_source_set_callback (source, callback, user_data, NULL);
  g_source_attach (source, context);
  return source;
}

static void
watch_cancel (GTask *task)
{
  Pending *pending = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (cancellable != NULL && pending->cancel_source == NULL)
    pending->cancel_source = attach (g_cancellable_source_new (cancellable), G_SOURCE_FUNC (cancelled_cb), task);
}

static gboolean
again_cb (gpointer user_data)
{
  GTask *task = user_data;
  CsHttp *self = g_task_get_source_object (task);
  Pending *pending = g_task_get_task_data (task);

  clear_source (&pending->delay_source);
  enqueue (self, task);
  pump (self);
  return G_SOURCE_REMOVE;
}

/* How long to wait before the next try; below 0: there is none. */
static gint64
get_delay (GTask *task, const CsHttpAnswer *answer)
{
  Pending *pending = g_task_get_task_data (task);
  const CsHttpCall *call = pending->call;
  gint64 delay;

  if (call->is_paid || pending->n_tries >= call->tries || !cs_retry_is_worth_it (answer))
    return -1;
  if (call->on_data != NULL && answer->status >= 200 && answer->status < 300) /* its beginning was handed out */
    return -1;
  delay = cs_retry_get_delay (answer, pending->n_tries, g_random_int ());
  if (delay > MAX_INNER_DELAY || (call->total_timeout > 0 && pending->spent + delay >= call->total_timeout))
    return -1;
  return delay;
}

static void
exchange_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  CsHttp *self = CS_HTTP (source);
  Pending *pending = g_task_get_task_data (task);
  g_autoptr (CsHttpAnswer) answer = _cs_http_exchange_finish (self, result);
  Host *host = g_steal_pointer (&pending->host);
  gint64 delay;

  self->n_in_flight--;
  host->n_in_flight--;
  pending->spent += g_get_monotonic_time () - pending->started;
  delay = get_delay (task, answer);
  if (delay < 0)
    finish (task, g_steal_pointer (&answer));
  else
    {
      pending->spent += delay;
      pending->delay_source = attach (g_timeout_source_new (delay / 1000), again_cb, task);
      watch_cancel (task);
    }
  forget_host_if_idle (self, host);
  pump (self);
}

static void
start (CsHttp *self, GTask *task)
{
  Pending *pending = g_task_get_task_data (task);
  gint64 left = pending->call->total_timeout > 0 ? pending->call->total_timeout - pending->spent : 0;

  leave_queue (self, pending);
  self->n_in_flight++;
  pending->host->n_in_flight++;
  pending->n_tries++;
  pending->started = g_get_monotonic_time ();
  if (self->is_logged)
    _cs_http_log (pending->number, pending->call, NULL, 0);
  _cs_http_exchange_async (self, pending->call, pending->hooks, left, g_task_get_cancellable (task), exchange_cb, task);
}

static GTask *
next_of (Host *host, gboolean is_urgent)
{
  if (host->n_in_flight >= MAX_PER_HOST)
    return NULL;
  return g_queue_peek_head (is_urgent ? &host->urgent : &host->usual);
}

/* (nullable): the call whose turn it is; its host goes to the end of the row. */
static GTask *
next (CsHttp *self, gboolean is_urgent)
{
  for (guint i = 0; i < self->hosts->len; i++)
    {
      GTask *task = next_of (g_ptr_array_index (self->hosts, i), is_urgent);

      if (task != NULL)
        {
          Host *host = g_ptr_array_steal_index (self->hosts, i);

          g_ptr_array_add (self->hosts, host);
          return task;
        }
    }
  return NULL;
}

static void
pump (CsHttp *self)
{
  while (self->n_in_flight < CS_HTTP_MAX_IN_FLIGHT)
    {
      GTask *task = next (self, TRUE);

      if (task == NULL)
        task = next (self, FALSE);
      if (task == NULL)
        return;
      start (self, task);
    }
}

static void
enqueue (CsHttp *self, GTask *task)
{
  Pending *pending = g_task_get_task_data (task);
  GQueue *queue;

  pending->host = ensure_host (self, pending->call->address);
  queue = pending->call->is_urgent ? &pending->host->urgent : &pending->host->usual;
  g_queue_push_tail (queue, task);
  pending->link = queue->tail;
  watch_cancel (task);
}

void
_cs_http_call_hooked_async (CsHttp *self,
                            CsHttpCall *call,
                            CsHttpHooks *hooks,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Pending *pending = g_new0 (Pending, 1);

  g_task_set_source_tag (task, cs_http_call_async);
  g_task_set_check_cancellable (task, FALSE); /* how it ended is told in every case */
  pending->call = call;
  pending->hooks = hooks;
  pending->number = ++self->n_calls;
  g_task_set_task_data (task, pending, (GDestroyNotify) pending_free);
  enqueue (self, task);
  pump (self);
}

/**
 * cs_http_call_async:
 * @call: (transfer full): the request
 *
 * Waits its turn, sends it, and sends it again where it may and where that may help. Cancelling while it waits means
 * that it is not sent.
 */
void
cs_http_call_async (CsHttp *self, CsHttpCall *call, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (CS_IS_HTTP (self) && call != NULL);

  _cs_http_call_hooked_async (self, call, NULL, cancellable, callback, user_data);
}

/** cs_http_call_finish: Returns: (transfer full): how it ended, never NULL. */
CsHttpAnswer *
cs_http_call_finish (CsHttp *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), cs_http_answer_new ());
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_http_call_async), cs_http_answer_new ());

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
