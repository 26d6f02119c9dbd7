/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The providers' servers: one SoupServer in a thread of its own, a table a vendor, and scripts. The test talks to it
 * through the script and the log only.
 *
 * The words of a script, each as "word", "word:argument", and either with "@milliseconds" between work and answer:
 *
 * Nothing is done, nothing is taken
 *   400 .. 599     the vendor's own refusal. ":2" adds Retry-After (and retry_after where the vendor has it). Behind the
 *                  number: "400task" (invalid task type), "402credit", "503loading" (with estimated_time), "503html",
 *                  "500empty", "403plan", "410gone", "404model"
 *   301 .. 308     a redirect to the other port
 *   reset          the connection is reset before the body of the request is read
 *   resetlate      the same when the body has been read
 *   mute           never an answer
 * The work is taken
 *   ok             as it should be
 *   lost           the connection is reset instead of an answer
 *   cut            a good head and half of the body, then the connection is closed
 *   silent         never an answer
 *   empty badjson nested huge html text
 *                  no body; half of the JSON with the right length of the half; 200,000 brackets; 200 MB; a page; words
 *   types          JSON with every value of a wrong type; "types:top" with wrong types right below the top
 *   noid badid     an answer without the id, or with "../../x" instead
 *   damaged        the first 64 bytes, then others
 *   nulls          Replicate: null for times that are not there yet, which are usually left out
 *   expired        files: 410, or "expired:404"
 *   truncated      half of the body, with the right length of the half
 *   wronglength    Content-Length says more than there is
 *   drip           a byte every so often: "drip:20" milliseconds
 *   loop elsewhere a redirect to itself, or to the same path on another port
 *   split          streams: pieces of three bytes, whatever stands there
 *   midstream      streams: an error in the middle, as the vendor says it there
 *   stall          streams: silence in the middle
 * Tasks: now when said to an operation that asks for them, later when said to the one that creates them
 *   polls:N        so many times "processing" before the end; usually once
 *   status:WORD    that word as the status
 *   failed:no failed:yes aborted canceled removed
 *                  ends that way; billed or not
 *   nooutput       done, with nothing to show
 *   output:string|array|object|null|file|private|http|foreign
 *                  the output in that form, or at such an address
 * Language models
 *   nooutput       an answer without a word
 *   length         half of the answer: it was too long
 * Lists of models, and the mapping of the hub
 *   none           nothing
 *   only:NAME      only this model of Ollama, or this provider of the hub
 *   staging object the hub's mapping: nothing that is live; the other form
 *   noinference    the hub's account: a token that may not do inference
 */
#include "config.h"
#include "cs-fake-server-private.h"

#include "cs-test.h"

#include <string.h>

static const CsFakeVendor *const vendors[] = { &cs_fake_piapi, &cs_fake_replicate, &cs_fake_huggingface, &cs_fake_hub,
                                               &cs_fake_groq,  &cs_fake_ollama,    &cs_fake_files };

/* Every address on the other port is one vendor: the foreign host, which takes everything and must see no key. */
static const CsFakeVendor *
find_vendor (CsFakeServer *self, SoupServerMessage *message, const char *path, const char **rest)
{
  GInetSocketAddress *local = G_INET_SOCKET_ADDRESS (soup_server_message_get_local_address (message));

  *rest = path;
  if (g_inet_socket_address_get_port (local) == self->elsewhere)
    return &cs_fake_elsewhere;
  for (guint i = 0; i < G_N_ELEMENTS (vendors); i++)
    {
      gsize length = strlen (vendors[i]->name);

      if (path[0] == '/' && strncmp (path + 1, vendors[i]->name, length) == 0
          && (path[length + 1] == '/' || path[length + 1] == '\0'))
        {
          *rest = path + length + 1;
          return vendors[i];
        }
    }
  return NULL;
}

static void
record_call (CsFakeCall *call)
{
  SoupMessageHeadersIter iter;
  const char *name, *value;

  call->record = cs_fake_log_add (call->server->log, call->vendor != NULL ? call->vendor->name : "unknown",
                                  call->route != NULL ? call->route->operation : "unknown",
                                  soup_server_message_get_method (call->message), call->path,
                                  g_uri_get_query (soup_server_message_get_uri (call->message)));
  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (call->message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      g_autofree char *lower = g_ascii_strdown (name, -1);

      cs_fake_log_set_header (call->server->log, call->record, lower, value);
    }
}

/* Free requests are written down too, so that the journal is the whole story. */
static void
close_account (CsFakeCall *call)
{
  if (call->vendor != NULL && call->route != NULL && !call->is_accepted)
    cs_fake_log_write (call->server->log, call->vendor->name, call->route->operation,
                       call->status != 0 && call->status < 400 ? "answered" : "refused", call->remote_id, -1, NULL);
}

/* The headers are here, the body is not: the last moment for a reset before the body. */
static void
headers_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  CsFakeServer *self = user_data;
  const char *rest;
  const CsFakeVendor *vendor = find_vendor (self, message, path, &rest);
  CsFakeCall *call = cs_fake_call_new (self, message, rest);
  g_autofree char *word = NULL;

  g_object_set_data_full (G_OBJECT (message), "call", call, (GDestroyNotify) cs_fake_call_free);
  call->vendor = vendor;
  if (vendor != NULL && cs_fake_call_find_route (call))
    word = cs_fake_script_take (self->script, vendor->name, call->route->operation);
  record_call (call);
  if (word != NULL)
    cs_fake_call_set_word (call, word);
  if (cs_fake_call_is (call, "reset"))
    {
      close_account (call);
      cs_fake_fault_reset (call);
    }
}

static void
answer_call (CsFakeCall *call)
{
  if (call->vendor == NULL)
    cs_fake_call_reply_text (call, 404, "text/plain", g_strdup ("No vendor lives here."));
  else if (call->route == NULL)
    cs_fake_call_refuse (call, 404, "path");
  else if (call->vendor->admit (call))
    call->route->answer (call);
  g_assert_cmpuint (call->status, !=, 0);
}

static void
request_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  CsFakeServer *self = user_data;
  CsFakeCall *call = g_object_get_data (G_OBJECT (message), "call");

  /* A short body may have come with the headers. */
  if (cs_fake_call_is (call, "reset"))
    return;
  cs_fake_call_read_body (call);
  cs_fake_log_set_body (self->log, call->record, call->bytes);
  if (call->route == NULL || !cs_fake_fault_before (call))
    {
      answer_call (call);
      close_account (call);
      cs_fake_fault_send (call);
    }
  else
    close_account (call);
}

void
cs_fake_call_accept (CsFakeCall *call, const char *remote_id, gint64 seed, const char *prompt)
{
  call->is_accepted = TRUE;
  g_free (call->remote_id);
  call->remote_id = g_strdup (remote_id);
  cs_fake_log_write (call->server->log, call->vendor->name, call->route->operation, "accepted", remote_id, seed,
                     prompt);
}

static guint
get_port (GSocket *socket)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, &error);

  g_assert_no_error (error);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

/* Returns: the port: not @known, the one that was there before. */
static guint
listen_somewhere (CsFakeServer *self, SoupServerListenOptions options, guint known)
{
  g_autoptr (GError) error = NULL;
  GSList *listeners;
  guint port = 0;

  soup_server_listen_local (self->soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY | options, &error);
  g_assert_no_error (error);
  listeners = soup_server_get_listeners (self->soup);
  for (GSList *l = listeners; l != NULL; l = l->next)
    if (get_port (l->data) != known)
      port = get_port (l->data);
  g_slist_free (listeners);
  return port;
}

static void
load_certificate (CsFakeServer *self)
{
  g_autofree char *file = g_build_filename (self->certificate, "certificate.pem", NULL);
  g_autofree char *key = g_build_filename (self->certificate, "key.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (file, key, &error);

  g_assert_no_error (error);
  soup_server_set_tls_certificate (self->soup, certificate);
}

static void
start_soup (CsFakeServer *self)
{
  self->soup = soup_server_new ("server-header", "cs-fake", NULL);
  if (self->certificate != NULL)
    load_certificate (self);
  soup_server_add_early_handler (self->soup, NULL, headers_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, request_cb, self, NULL);
  self->port = listen_somewhere (self, self->certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0, 0);
  self->elsewhere = listen_somewhere (self, 0, self->port);
}

static gpointer
serve_thread (gpointer user_data)
{
  CsFakeServer *self = user_data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  soup_server_disconnect (self->soup);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (self->threads->pdata[i]);
  /* What was paused or is being written lets go of its message. */
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_clear_object (&self->soup);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/* A port that is taken and not listened on: whoever connects is refused, and nobody else can get it meanwhile. */
static GSocket *
bind_closed_port (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_bind (socket, address, FALSE, &error);
  g_assert_no_error (error);
  return socket;
}

static CsFakeServer *
start (const char *journal, char *certificate)
{
  CsFakeServer *self = g_new0 (CsFakeServer, 1);

  self->script = cs_fake_script_new ();
  self->log = cs_fake_log_new (journal);
  self->certificate = certificate;
  self->closed = bind_closed_port ();
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->tasks = cs_fake_tasks_new (self);
  self->pulled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  self->threads = g_ptr_array_new ();
  /* Listens before the thread runs, so that the port is known and the first request is never refused. */
  g_main_context_push_thread_default (self->context);
  start_soup (self);
  g_main_context_pop_thread_default (self->context);
  self->thread = g_thread_new ("fake-server", serve_thread, self);
  return self;
}

/** cs_fake_server_new: Returns: (transfer full): all vendors, listening. */
CsFakeServer *
cs_fake_server_new (const char *journal)
{
  return start (journal, NULL);
}

/* Nobody has signed it but itself. */
static char *
make_certificate (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("cs-fake-XXXXXX", &error);
  g_autofree char *file = g_build_filename (folder, "certificate.pem", NULL);
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  const char *argv[] = { "openssl",
                         "req",
                         "-x509",
                         "-newkey",
                         "ec",
                         "-pkeyopt",
                         "ec_paramgen_curve:prime256v1",
                         "-nodes",
                         "-days",
                         "2",
                         "-subj",
                         "/CN=localhost",
                         "-addext",
                         "subjectAltName=IP:127.0.0.1,DNS:localhost",
                         "-out",
                         file,
                         "-keyout",
                         key,
                         NULL };
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return folder;
}

/** cs_fake_server_new_tls: Returns: (transfer full): all vendors behind TLS, with a certificate that no one trusts. */
CsFakeServer *
cs_fake_server_new_tls (const char *journal)
{
  return start (journal, make_certificate ());
}

/** cs_fake_server_dup_certificate: Returns: (transfer full) (nullable): the path of the certificate, to trust it after all. */
char *
cs_fake_server_dup_certificate (CsFakeServer *self)
{
  return self->certificate != NULL ? g_build_filename (self->certificate, "certificate.pem", NULL) : NULL;
}

static gboolean
quit_cb (gpointer user_data)
{
  CsFakeServer *self = user_data;

  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

/** cs_fake_server_free: Ends all connections, also those that are kept silent. */
void
cs_fake_server_free (CsFakeServer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_main_context_invoke_full (self->context, G_PRIORITY_HIGH, quit_cb, self, NULL);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  cs_fake_tasks_free (self->tasks);
  g_hash_table_unref (self->pulled);
  cs_fake_script_free (self->script);
  cs_fake_log_free (self->log);
  g_object_unref (self->closed);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->threads);
  if (self->certificate != NULL)
    cs_test_remove_tree (self->certificate);
  g_free (self->certificate);
  g_free (self);
}

guint
cs_fake_server_get_port (CsFakeServer *self)
{
  return self->port;
}

char *
cs_fake_server_build_address (CsFakeServer *self, const char *path, ...)
{
  g_autofree char *rest = NULL;
  va_list list;

  va_start (list, path);
  rest = g_strdup_vprintf (path, list);
  va_end (list);
  return g_strdup_printf ("%s://127.0.0.1:%u%s", self->certificate != NULL ? "https" : "http", self->port, rest);
}

char *
cs_fake_server_dup_base (CsFakeServer *self, const char *vendor)
{
  return cs_fake_server_build_address (self, "/%s", vendor);
}

/** cs_fake_server_dup_closed_base: Returns: (transfer full): an address where every connection is refused. */
char *
cs_fake_server_dup_closed_base (CsFakeServer *self, const char *vendor)
{
  return g_strdup_printf ("http://127.0.0.1:%u/%s", get_port (self->closed), vendor);
}

/** cs_fake_server_set_environment: Main thread, before anything reads the environment. */
void
cs_fake_server_set_environment (CsFakeServer *self)
{
  static const char *const names[][2]
      = { { "PIAPI_BASE_URL", "piapi" }, { "REPLICATE_BASE_URL", "replicate" }, { "HF_BASE_URL", "huggingface" },
          { "HF_HUB_URL", "hub" },       { "GROQ_BASE_URL", "groq" },           { "OLLAMA_HOST", "ollama" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *base = cs_fake_server_dup_base (self, names[i][1]);

      g_setenv (names[i][0], base, TRUE);
    }
}

void
cs_fake_server_script (CsFakeServer *self, const char *vendor, const char *operation, const char *words)
{
  cs_fake_script_add (self->script, vendor, operation, words);
}

void
cs_fake_server_set_usual (CsFakeServer *self, const char *vendor, const char *operation, const char *word)
{
  cs_fake_script_set_usual (self->script, vendor, operation, word);
}

/** cs_fake_server_set_text: What the language models of @vendor say from now on, byte for byte; NULL: their own words. */
void
cs_fake_server_set_text (CsFakeServer *self, const char *vendor, const char *text)
{
  cs_fake_script_set_text (self->script, vendor, text);
}

guint
cs_fake_server_count (CsFakeServer *self, const char *vendor, const char *operation)
{
  return cs_fake_log_count (self->log, vendor, operation);
}

guint
cs_fake_server_count_accepted (CsFakeServer *self, const char *vendor)
{
  return cs_fake_log_count_accepted (self->log, vendor);
}

JsonObject *
cs_fake_server_dup_request (CsFakeServer *self, const char *vendor, const char *operation, guint n)
{
  return cs_fake_log_dup (self->log, vendor, operation, n);
}
