/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli serve: the studio for other programs, over HTTP, until a signal comes. */
#include "config.h"
#include "cli/cs-command.h"

#include "cli/cs-token-file.h"
#include "server/cs-api-gate.h"
#include "server/cs-api-server.h"

#include <errno.h>
#include <string.h>

static const CsOption options[] = {
  { "port", 0, N_ ("NUMBER"), N_ ("Where to listen (8180); 0: any port that is free") },
  { "listen", 0, N_ ("ADDRESS"), N_ ("A numeric address instead of 127.0.0.1 and ::1") },
  { "token-file", 0, N_ ("FILE"), N_ ("A file of one line that callers must know") },
  { "allow-origin", 0, N_ ("ORIGIN"), N_ ("The one web page that may call, as http://localhost:3000") },
  { NULL },
};

static const CsOption *const tables[] = { options, NULL };

/* What one run serves, and with what. */
typedef struct
{
  CsCli *cli;
  CsApiOptions options;
  char *token;         /* (nullable) for cs_secret_free() */
  CsApiServer *server; /* (nullable) until it listens */
} Serving;

static void
serving_clear (Serving *self)
{
  g_clear_object (&self->server);
  g_clear_pointer (&self->token, cs_secret_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Serving, serving_clear)

static gboolean
get_options (Serving *self, CsArguments *arguments, GError **error)
{
  const char *path = cs_arguments_get (arguments, "token-file");
  gint64 port = CS_API_PORT;

  if (!cs_arguments_get_int (arguments, "port", 0, G_MAXUINT16, &port, error))
    return FALSE;
  if (path != NULL)
    self->token = cs_token_file_read (self->cli, path, error);
  if (path != NULL && self->token == NULL)
    return FALSE;
  self->options.port = (guint16) port;
  self->options.address = cs_arguments_get (arguments, "listen");
  self->options.token = self->token;
  self->options.allow_origin = cs_arguments_get (arguments, "allow-origin");
  return cs_api_gate_check (&self->options, error);
}

/* A port that is taken is a value to be changed. */
static gboolean
start (Serving *self, GError **error)
{
  g_autoptr (CsApiServer) server = cs_api_server_new (cs_cli_get_engine (self->cli), &self->options);
  g_autoptr (GError) failure = NULL;

  if (cs_api_server_start (server, &failure))
    {
      self->server = g_steal_pointer (&server);
      return TRUE;
    }
  if (g_error_matches (failure, CS_ERROR, CS_ERROR_BUSY))
    failure->code = CS_ERROR_INVALID_VALUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* For people */

static gboolean
is_local (Serving *self)
{
  g_autoptr (GInetAddress) address
      = self->options.address != NULL ? g_inet_address_new_from_string (self->options.address) : NULL;

  return address == NULL || g_inet_address_get_is_loopback (address);
}

static void
say_who_may_call (Serving *self)
{
  CsOutput *output = cs_cli_get_output (self->cli);

  if (is_local (self))
    cs_output_say (output, _ ("Nothing but programs on this computer can reach it."));
  else
    cs_output_say (output, _ ("Other computers can reach it, in clear text: whoever reads along learns the token."));
  if (self->options.token != NULL)
    cs_output_say (output, _ ("Each call must know the token of the file."));
  if (self->options.allow_origin != NULL)
    /* translators: an address, for example http://localhost:3000 */
    cs_output_say (output, _ ("Web pages of %s may call, no others."), self->options.allow_origin);
}

static void
say_budget (Serving *self, const CsBudget *budget)
{
  g_autofree char *cap = cs_money_to_amount (budget->api_cap);
  g_autofree char *spent = cs_money_to_amount (budget->api_spent);

  cs_output_say (cs_cli_get_output (self->cli),
                 /* translators: amounts of money */
                 _ ("What is asked for over HTTP may cost %1$s a day; today it was %2$s. Another cap: budget set --api USD"),
                 cap, spent);
}

static CsBudget *
load_budget (Serving *self, GError **error)
{
  CsWallet *wallet = cs_engine_get_wallet (cs_cli_get_engine (self->cli));
  g_autoptr (GAsyncResult) result = NULL;

  cs_wallet_get_budget_async (wallet, cs_cli_get_cancellable (self->cli), cs_cli_keep_result, &result);
  return cs_wallet_get_budget_finish (wallet, cs_cli_await (&result), error);
}

/* Whoever started us waits for this line; when he does not read it, we serve all the same. */
static void
announce (Serving *self, const CsBudget *budget)
{
  CsOutput *output = cs_cli_get_output (self->cli);
  const char *address = cs_api_server_get_address (self->server);
  g_autoptr (JsonObject) document = json_object_new ();
  g_autofree char *base = g_strconcat (address, CS_API_PREFIX, NULL);
  g_autofree char *line = NULL;

  cs_json_set_string (document, "listening", address);
  line = cs_json_object_to_string (document, FALSE);
  /* translators: an address */
  cs_output_say (output, _ ("Creative Studio listens on %s."), base);
  say_who_may_call (self);
  say_budget (self, budget);
  if (!cs_output_announce (output, line))
    cs_output_say (output, _ ("creative-studio-cli: the answer could not be written: %s."), g_strerror (errno));
}

/* Jobs that were begun before go on. */

static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsOutput *output = cs_cli_get_output (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = cs_job_queue_resume_finish (CS_JOB_QUEUE (source), result, &error);

  if (jobs == NULL)
    cs_output_say (output, "creative-studio-cli: %s", error->message);
  else if (jobs->len > 0)
    cs_output_say (output, g_dngettext (GETTEXT_PACKAGE, "Going on with %u job.", "Going on with %u jobs.", jobs->len),
                   jobs->len);
}

static void
resume (Serving *self)
{
  CsJobQueue *queue = cs_engine_get_queue (cs_cli_get_engine (self->cli));

  cs_job_queue_resume_async (queue, NULL, NULL, resumed_cb, self->cli);
  cs_job_queue_watch_others (queue);
}

static void
stop (Serving *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_output_say (cs_cli_get_output (self->cli),
                 _ ("Stopping: answers that were begun are finished. The same signal again leaves at once."));
  cs_api_server_stop_async (self->server, NULL, cs_cli_keep_result, &result);
  if (!cs_api_server_stop_finish (self->server, cs_cli_await (&result), &error))
    g_debug ("The server was not stopped: %s", error->message);
}

static gboolean
serve (Serving *self, GError **error)
{
  g_autofree CsBudget *budget = NULL;

  if (!cs_cli_open (self->cli, error))
    return FALSE;
  budget = load_budget (self, error);
  if (budget == NULL || !start (self, error))
    return FALSE;
  resume (self);
  announce (self, budget);
  cs_cli_stay (self->cli);
  stop (self);
  return TRUE;
}

static gboolean
run (CsCli *cli, CsArguments *arguments, GError **error)
{
  g_auto (Serving) self = { .cli = cli };

  if (!get_options (&self, arguments, error))
    return FALSE;
  if (serve (&self, error))
    return TRUE;
  if (!cs_cli_is_interrupted (cli))
    return FALSE;
  g_clear_error (error); /* a signal is the end it is meant to have, however early */
  return TRUE;
}

const CsCommand cs_command_serve = {
  .name = "serve",
  .summary = N_ ("Serve the studio to other programs over HTTP, until Ctrl-C"),
  .details = N_ ("Prints {\"listening\":\"http://127.0.0.1:8180\"} when it is ready. Only programs on this computer can call, "
                 "without a token; any other address needs --token-file. Web pages are refused but the one of "
                 "--allow-origin. Jobs that were begun go on."),
  .options = tables,
  .run = run,
};
