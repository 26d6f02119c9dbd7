/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Brings a result here. One round is one request: look what is here already, ask for the rest, take it; then the answer
 * says whether that was all, where else to ask, whether to go on, or why not. Main thread; the disk is worked in others.
 */
#include "config.h"
#include "net/cs-download-intake.h"

#include "core/cs-error.h"
#include "core/cs-task.h"
#include "core/cs-words.h"
#include "net/cs-address.h"
#include "net/cs-retry.h"

#define MAX_HOPS 5
#define MAX_PAUSE (10 * G_USEC_PER_SEC) /* who has to wait longer is told so */
#define MAX_SAME_END 3                 /* how often it is cut at the same byte until that is believed to be the end */

static const CsDownloadLimits usual_limits = {
  .answer_timeout = 60 * G_USEC_PER_SEC,
  .idle_timeout = 30 * G_USEC_PER_SEC,
  .drip_time = 60 * G_USEC_PER_SEC,
  .drip_length = 60 * 1024,
  .max_resumes = 30,
  .max_failures = 4,
};

static const CsDownloadLimits *limits = &usual_limits;

typedef struct
{
  char *address;
  gboolean allow_loopback;
  CsDownloadLimits limits;

  CsDownloadPart *part;
  CsDownloadIntake intake;
  CsHttpHooks hooks;
  char *where;      /* the address of this hop */
  int n_hops;
  int n_resumes;    /* rounds that brought something and were cut */
  int n_failures;   /* rounds in a row that brought nothing */
  goffset last_end; /* where the last round was cut */
  int n_same_end;   /* how many rounds in a row were cut there */
  goffset doubtful; /* where it ended without the server saying that this is the end; -1: nowhere */
  GSource *pause;   /* (nullable) between two rounds */
  GSource *cancel;  /* (nullable) the same time */
  GError *error;    /* (nullable) what is told once the part is gone */
} Download;

static void begin_round (GTask *task);

/** _cs_download_set_limits: @limits: (nullable): for tests. */
void
_cs_download_set_limits (const CsDownloadLimits *new_limits)
{
  limits = new_limits != NULL ? new_limits : &usual_limits;
}

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
download_free (Download *download)
{
  g_assert (download->pause == NULL && download->cancel == NULL);

  g_free (download->address);
  g_free (download->where);
  g_clear_pointer (&download->part, cs_download_part_free);
  g_clear_error (&download->intake.verdict);
  g_clear_error (&download->error);
  g_free (download);
}

/* The end */

static GError *
new_damaged (void)
{
  return g_error_new_literal (CS_ERROR, CS_ERROR_DAMAGED, _ ("The file did not arrive whole: its length is not what the server said."));
}

static void
discard_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Download *download = g_task_get_task_data (task);

  g_task_return_error (task, g_steal_pointer (&download->error));
  g_object_unref (task);
}

/* What is here is of no use. Takes over @task and @error. */
static void
fail_and_discard (GTask *task, GError *error)
{
  Download *download = g_task_get_task_data (task);

  download->error = error;
  cs_download_part_discard_async (download->part, discard_cb, task);
}

/* What is here stays, for the next time. Takes over @task and @error. */
static void
fail (GTask *task, GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
finish_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Download *download = g_task_get_task_data (task);
  GError *error = NULL;

  if (!cs_download_part_finish_finish (result, &error))
    {
      fail (task, error);
      return;
    }
  if (download->intake.progress != NULL)
    download->intake.progress (1, download->intake.progress_data);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* After the answer */

static gboolean
pause_cb (gpointer user_data)
{
  GTask *task = user_data;
  Download *download = g_task_get_task_data (task);

  clear_source (&download->pause);
  clear_source (&download->cancel);
  begin_round (task);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  Download *download = g_task_get_task_data (task);
  GError *error = NULL;

  clear_source (&download->pause);
  clear_source (&download->cancel);
  g_cancellable_set_error_if_cancelled (cancellable, &error);
  fail (task, error);
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
go_on_after (GTask *task, gint64 delay)
{
  Download *download = g_task_get_task_data (task);

  if (g_task_get_cancellable (task) != NULL)
    download->cancel
        = attach (g_cancellable_source_new (g_task_get_cancellable (task)), G_SOURCE_FUNC (cancelled_cb), task);
  download->pause = attach (g_timeout_source_new (delay / 1000), pause_cb, task);
}

/* Later is the word for what was cut too often; but not for what never was an answer. */
static GError *
soften (const CsHttpAnswer *answer, GError *error)
{
  if (answer->status != 0 && g_error_matches (error, CS_ERROR, CS_ERROR_BAD_RESPONSE))
    error->code = CS_ERROR_OFFLINE;
  return error;
}

/* Takes over @error: it can be tried again, unless that was done often enough. */
static void
try_again (GTask *task, const CsHttpAnswer *answer, GError *error)
{
  Download *download = g_task_get_task_data (task);
  gboolean got_on = answer->length > 0 && download->intake.position > download->last_end;
  gint64 delay;

  download->n_same_end = answer->status == 200 || answer->status == 206 || answer->status == 416 ? download->n_same_end + 1 : 0;
  if (download->intake.position != download->last_end)
    download->n_same_end = 0;
  download->last_end = download->intake.position;
  download->n_resumes += got_on;
  download->n_failures = got_on ? 0 : download->n_failures + 1;
  delay = cs_retry_get_delay (answer, MAX (download->n_failures, 1), g_random_int ());
  if (download->n_same_end >= MAX_SAME_END && g_error_matches (error, CS_ERROR, CS_ERROR_BAD_RESPONSE))
    {
      g_error_free (error);
      fail_and_discard (task, new_damaged ()); /* it ends there, whatever its length is said to be */
      return;
    }
  if (download->n_failures > download->limits.max_failures || download->n_resumes > download->limits.max_resumes
      || delay > MAX_PAUSE)
    {
      fail (task, soften (answer, error));
      return;
    }
  g_error_free (error);
  go_on_after (task, delay);
}

static void
take_redirect (GTask *task, const CsHttpAnswer *answer)
{
  Download *download = g_task_get_task_data (task);
  g_autofree char *to
      = answer->location != NULL ? g_uri_resolve_relative (download->where, answer->location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  GError *error = NULL;

  if (to == NULL || ++download->n_hops > MAX_HOPS)
    error = g_error_new_literal (CS_ERROR, CS_ERROR_BAD_RESPONSE, _ ("The server sends from one address to the next and gives no file."));
  else
    cs_address_check_output (to, download->allow_loopback, &error);
  if (error != NULL)
    {
      fail_and_discard (task, error);
      return;
    }
  g_free (download->where);
  download->where = g_steal_pointer (&to);
  begin_round (task);
}

/* Nothing lies behind what is here: so this is all of it, or a part of something else. */
static void
take_nothing_behind (GTask *task, const CsHttpAnswer *answer)
{
  Download *download = g_task_get_task_data (task);
  g_autofree char *host = cs_address_dup_host (download->where);

  if (download->intake.begin > 0 && download->intake.length == download->intake.begin)
    cs_download_part_finish_async (download->part, finish_cb, task);
  else if (download->intake.begin > 0)
    {
      download->intake.is_anew = TRUE;
      try_again (task, answer, _cs_http_error_cut (host));
    }
  else
    fail_and_discard (task, new_damaged ());
}

static void
take_refusal (GTask *task, const CsHttpAnswer *answer)
{
  Download *download = g_task_get_task_data (task);
  guint status = answer->status;
  g_autofree char *host = cs_address_dup_host (download->where);

  if (status == 301 || status == 302 || status == 303 || status == 307 || status == 308)
    take_redirect (task, answer);
  else if (status == 416)
    take_nothing_behind (task, answer);
  else if (status == 401 || status == 403 || status == 404 || status == 410)
    fail (task, g_error_new_literal (CS_ERROR, CS_ERROR_NOT_FOUND, _ ("The result is not at its address any more.")));
  else if (status == 429)
    /* Translators: %s is the name of a server. */
    try_again (task, answer, g_error_new (CS_ERROR, CS_ERROR_RATE_LIMITED, _ ("%s asks to wait: too many requests."), host));
  else if (cs_retry_is_worth_it (answer))
    /* Translators: %1$s is the name of a server, %2$u a number such as 503. */
    try_again (task, answer,
               g_error_new (CS_ERROR, CS_ERROR_UNAVAILABLE, _ ("%1$s has trouble of its own (%2$u). Try again later."), host, status));
  else
    /* Of a link that expired some stores say 400: whoever knows a newer link is to be asked. */
    fail_and_discard (task,
                      g_error_new (CS_ERROR, status >= 400 && status <= 499 ? CS_ERROR_NOT_FOUND : CS_ERROR_BAD_RESPONSE,
                                   /* Translators: %1$s is the name of a server, %2$u a number such as 400. */
                                   _ ("%1$s does not give the result (%2$u)."), host, status));
}

/* The body came to its end. */
static void
take_whole (GTask *task, const CsHttpAnswer *answer)
{
  Download *download = g_task_get_task_data (task);
  g_autofree char *host = cs_address_dup_host (download->where);
  CsDownloadIntake *intake = &download->intake;

  if (!cs_download_intake_look_all (intake))
    fail_and_discard (task, g_steal_pointer (&intake->verdict));
  else if (intake->position == 0 || (intake->length >= 0 && intake->position != intake->length))
    fail_and_discard (task, new_damaged ());
  else if (download->hooks.ends_in_doubt && download->doubtful != intake->position)
    {
      download->doubtful = intake->position; /* a second time at the same place it is believed */
      intake->is_anew = TRUE;
      try_again (task, answer, _cs_http_error_cut (host));
    }
  else
    cs_download_part_finish_async (download->part, finish_cb, task);
}

static void
take_failure (GTask *task, CsHttpAnswer *answer)
{
  Download *download = g_task_get_task_data (task);
  GError *error = g_steal_pointer (&answer->error);
  gboolean is_our_refusal = !answer->was_sent && g_error_matches (error, CS_ERROR, CS_ERROR_BAD_RESPONSE);

  if (download->intake.verdict != NULL || is_our_refusal || g_error_matches (error, CS_ERROR, CS_ERROR_TOO_LARGE))
    fail_and_discard (task, error);
  else if (answer->status >= 300)
    {
      g_error_free (error); /* a refusal is a refusal, whole or not */
      take_refusal (task, answer);
    }
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_OFFLINE) || g_error_matches (error, CS_ERROR, CS_ERROR_BAD_RESPONSE))
    try_again (task, answer, error);
  else
    fail (task, error);
}

static void
call_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);

  if (answer->error != NULL)
    take_failure (task, answer);
  else if (cs_http_answer_is_good (answer))
    take_whole (task, answer);
  else
    take_refusal (task, answer);
}

/* The request */

static CsHttpCall *
new_call (Download *download)
{
  CsHttpCall *call = cs_http_call_new ("GET", download->where);
  g_autofree char *range = g_strdup_printf ("bytes=%" G_GOFFSET_FORMAT "-", download->intake.begin);

  cs_http_call_add_header (call, "Accept-Encoding", "identity");
  cs_http_call_add_header (call, "Accept", "*/*");
  if (download->intake.begin > 0)
    {
      cs_http_call_add_header (call, "Range", range);
      cs_http_call_add_header (call, "If-Range", download->part->note->validator);
    }
  call->max_length = download->intake.max_length;
  call->answer_timeout = download->limits.answer_timeout;
  call->idle_timeout = download->limits.idle_timeout;
  return call;
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Download *download = g_task_get_task_data (task);
  CsDownloadIntake *intake = &download->intake;
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      fail (task, error);
      return;
    }
  intake->where = download->where;
  cs_download_intake_begin (intake);
  if (intake->begin > 0 && intake->begin == intake->length)
    {
      cs_download_part_finish_async (download->part, finish_cb, task);
      return;
    }
  download->hooks.must_be_public = !(download->allow_loopback && cs_address_is_loopback (download->where));
  download->hooks.ends_in_doubt = FALSE;
  _cs_http_call_hooked_async (g_task_get_source_object (task), new_call (download), &download->hooks,
                              g_task_get_cancellable (task), call_cb, task);
}

static void
begin_round (GTask *task)
{
  Download *download = g_task_get_task_data (task);

  cs_download_part_load_async (download->part, download->address, load_cb, task);
}

/**
 * cs_download_async:
 * @download: what to fetch, and where to; only needed until this returns
 * @progress: (nullable): is told how far it got
 */
void
cs_download_async (CsHttp *http,
                   const CsDownload *wish,
                   CsDownloadProgressFunc progress,
                   gpointer progress_data,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task;
  Download *download;
  GError *error = NULL;

  g_return_if_fail (CS_IS_HTTP (http) && wish != NULL && wish->path != NULL && wish->max_length > 0);

  task = g_task_new (http, cancellable, callback, user_data);
  download = g_new0 (Download, 1);
  g_task_set_source_tag (task, cs_download_async);
  g_task_set_task_data (task, download, (GDestroyNotify) download_free);
  g_task_set_check_cancellable (task, FALSE); /* what is finished is finished */
  download->address = g_strdup (wish->address);
  download->where = g_strdup (wish->address);
  download->allow_loopback = wish->allow_loopback;
  download->limits = *limits;
  download->doubtful = download->last_end = -1;
  download->part = cs_download_part_new (wish->path);
  download->intake = (CsDownloadIntake){ .address = download->address, .max_length = wish->max_length,
                                         .limits = &download->limits, .part = download->part, .progress = progress,
                                         .progress_data = progress_data, .told = -1 };
  download->hooks = (CsHttpHooks){ .open = cs_download_intake_open, .piece = cs_download_intake_piece,
                                   .user_data = &download->intake };
  if (cs_address_check_output (wish->address, wish->allow_loopback, &error))
    begin_round (task);
  else
    fail (task, error);
}

CS_DEFINE_FINISH_BOOLEAN (CsHttp, cs_download_async, cs_download_finish)
