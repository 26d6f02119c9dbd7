/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cs-fake-provider.h"

#include "cs-fake-file.h"

#include "core/cs-error.h"

#include <stdlib.h>
#include <string.h>

enum
{
  PREPARE,
  SUBMIT,
  POLL,
  CANCEL,
  FIND,
  FETCH,
  N_OPERATIONS
};

static const char *const operations[N_OPERATIONS] = { "prepare", "submit", "poll", "cancel", "find", "fetch" };
static const char *const usual[N_OPERATIONS] = { "same", "accept", "ok", "cancelled", "none", "ok" };

struct _CsFakeProvider
{
  GObject parent_instance;

  char *id;
  char *journal;
  GQueue words[N_OPERATIONS]; /* (element-type utf8) */
  gboolean is_local;
  gboolean is_repeatable;
  gboolean is_available;
  gboolean can_find;
  int polls_per_minute;
  char *bound; /* (nullable) what belonged to others at the last look, with commas */
  int max_running;
  gint64 interval;
  GPtrArray *silent; /* (element-type Call) that nobody answers */
};

static void cs_fake_provider_iface_init (CsProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsFakeProvider, cs_fake_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_PROVIDER, cs_fake_provider_iface_init))

static void
cs_fake_provider_finalize (GObject *object)
{
  CsFakeProvider *self = CS_FAKE_PROVIDER (object);

  for (int i = 0; i < N_OPERATIONS; i++)
    g_queue_clear_full (&self->words[i], g_free);
  g_ptr_array_unref (self->silent);
  g_free (self->id);
  g_free (self->journal);
  g_free (self->bound);
  G_OBJECT_CLASS (cs_fake_provider_parent_class)->finalize (object);
}

static void
cs_fake_provider_class_init (CsFakeProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_fake_provider_finalize;
}

static void
cs_fake_provider_init (CsFakeProvider *self)
{
  self->is_available = TRUE;
  self->can_find = TRUE;
  self->interval = 10 * G_TIME_SPAN_MILLISECOND;
  self->silent = g_ptr_array_new ();
}

/** cs_fake_provider_new: @journal: the file of the journal; may be shared by all providers and processes. */
CsFakeProvider *
cs_fake_provider_new (const char *id, const char *journal)
{
  CsFakeProvider *self = g_object_new (CS_TYPE_FAKE_PROVIDER, NULL);

  self->id = g_strdup (id);
  self->journal = g_strdup (journal);
  return self;
}

/** cs_fake_provider_script: @words: what @operation plays from now on, one word a call. */
void
cs_fake_provider_script (CsFakeProvider *self, const char *operation, const char *words)
{
  g_auto (GStrv) list = g_strsplit_set (words, " ,", -1);

  for (int i = 0; i < N_OPERATIONS; i++)
    if (g_str_equal (operations[i], operation))
      {
        for (guint k = 0; list[k] != NULL; k++)
          if (*list[k] != '\0')
            g_queue_push_tail (&self->words[i], g_strdup (list[k]));
        return;
      }
  g_error ("There is no operation %s", operation);
}

void
cs_fake_provider_set_home (CsFakeProvider *self, gboolean is_local, gboolean is_repeatable)
{
  self->is_local = is_local;
  self->is_repeatable = is_repeatable;
}

void
cs_fake_provider_set_can_find (CsFakeProvider *self, gboolean can_find)
{
  self->can_find = can_find;
}

/** cs_fake_provider_dup_bound: Returns: (transfer full) (nullable): with commas, what the last look had to leave alone. */
char *
cs_fake_provider_dup_bound (CsFakeProvider *self)
{
  return g_strdup (self->bound);
}

/** cs_fake_provider_set_polls_per_minute: @polls: of all jobs together; 0: as many as one likes. */
void
cs_fake_provider_set_polls_per_minute (CsFakeProvider *self, int polls)
{
  self->polls_per_minute = polls;
}

void
cs_fake_provider_set_available (CsFakeProvider *self, gboolean is_available)
{
  self->is_available = is_available;
}

void
cs_fake_provider_set_max_running (CsFakeProvider *self, int max_running)
{
  self->max_running = max_running;
}

void
cs_fake_provider_set_interval (CsFakeProvider *self, gint64 microseconds)
{
  self->interval = microseconds;
}

/* One call: its word taken apart, and its task. */
typedef struct
{
  GTask *task;
  char *word;
  char *argument;
  guint delay;
  CsRequest *request;
  char *remote_id;
  char *path;
  gint64 sent_at;
  void (*play) (CsFakeProvider *self, gpointer call);
} Call;

static void
call_free (Call *call)
{
  g_clear_object (&call->task);
  g_free (call->word);
  g_free (call->argument);
  g_free (call->remote_id);
  g_free (call->path);
  cs_request_unref (call->request);
  g_free (call);
}

static gboolean
play_cb (gpointer user_data)
{
  Call *call = user_data;

  call->play (g_task_get_source_object (call->task), call);
  return G_SOURCE_REMOVE;
}

static gboolean
is_word (const Call *call, const char *word)
{
  return g_str_equal (call->word, word);
}

static char *
get_what (CsRequest *request)
{
  g_autofree char *name = g_path_get_basename (request->work_file);

  return g_strndup (name, strcspn (name, "."));
}

static Call *
begin (CsProvider *provider, int operation, CsRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback,
       gpointer user_data)
{
  CsFakeProvider *self = CS_FAKE_PROVIDER (provider);
  g_autofree char *word = g_queue_pop_head (&self->words[operation]);
  g_auto (GStrv) delayed = g_strsplit (word != NULL ? word : usual[operation], "@", 2);
  g_auto (GStrv) parts = g_strsplit (delayed[0], ":", 2);
  Call *call = g_new0 (Call, 1);

  call->task = g_task_new (provider, cancellable, callback, user_data);
  g_task_set_check_cancellable (call->task, FALSE);
  call->word = g_strdup (parts[0]);
  call->argument = g_strdup (parts[1] != NULL ? parts[1] : "");
  call->delay = delayed[1] != NULL ? (guint) atoi (delayed[1]) : 0;
  call->request = cs_request_ref (request);
  return call;
}

/* Plays the call from the main loop; "silent" not before cs_fake_provider_speak(). */
static void
go (Call *call, void (*play) (CsFakeProvider *self, gpointer call))
{
  CsFakeProvider *self = g_task_get_source_object (call->task);

  call->play = play;
  if (is_word (call, "silent"))
    g_ptr_array_add (self->silent, call);
  else
    g_timeout_add_full (G_PRIORITY_DEFAULT, call->delay, play_cb, call, (GDestroyNotify) call_free);
}

static GError *
make_error (CsError code, const char *word)
{
  return g_error_new (CS_ERROR, code, "The fake provider plays “%s”.", word);
}

/** cs_fake_provider_speak: Answers every call that was silent so far, in the usual way. */
void
cs_fake_provider_speak (CsFakeProvider *self)
{
  g_autoptr (GPtrArray) silent = g_steal_pointer (&self->silent);

  self->silent = g_ptr_array_new ();
  for (guint i = 0; i < silent->len; i++)
    {
      Call *call = silent->pdata[i];

      call->play (self, call);
      call_free (call);
    }
}

/* Preparing */

static void
play_prepare (CsFakeProvider *self, gpointer data)
{
  Call *call = data;
  CsRequest *request;
  static const struct
  {
    const char *word;
    CsError code;
  } failures[] = {
    { "offline", CS_ERROR_OFFLINE },
    { "unavailable", CS_ERROR_UNAVAILABLE },
    { "limit", CS_ERROR_RATE_LIMITED },
    { "refuse", CS_ERROR_TOO_LARGE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (is_word (call, failures[i].word))
      {
        g_task_return_error (call->task, make_error (failures[i].code, call->word));
        return;
      }
  if (is_word (call, "stoppable"))
    {
      g_task_return_new_error (call->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped.");
      return;
    }
  request = cs_request_copy (call->request);
  if (is_word (call, "address"))
    {
      g_free (request->image_address);
      request->image_address = g_strdup_printf ("fake:%08x", g_random_int ());
    }
  g_task_return_pointer (call->task, request, (GDestroyNotify) cs_request_unref);
}

static void stopped_cb (GCancellable *cancellable, gpointer user_data);

static void
prepare_async (CsProvider *provider, CsRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback,
               gpointer user_data)
{
  CsFakeProvider *self = CS_FAKE_PROVIDER (provider);
  Call *call = begin (provider, PREPARE, request, cancellable, callback, user_data);
  g_autofree char *what = get_what (request);

  if (!is_word (call, "same"))
    cs_fake_journal_write (self->journal, self->id, "prepare", what, "-");
  if (is_word (call, "stoppable"))
    {
      call->play = play_prepare;
      g_cancellable_connect (cancellable, G_CALLBACK (stopped_cb), call, NULL);
      return;
    }
  go (call, play_prepare);
}

static CsRequest *
prepare_finish (CsProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Submitting */

static char *
take_on_server (CsFakeProvider *self, const Call *call)
{
  g_autofree char *what = get_what (call->request);
  char *remote_id = is_word (call, "twin") ? g_strdup (call->argument)
                                           : g_strdup_printf ("r%08x%08x", g_random_int (), g_random_int ());

  cs_fake_journal_write (self->journal, self->id, "submit", what, remote_id);
  return remote_id;
}

static CsSubmission *
play_taken (CsFakeProvider *self, Call *call)
{
  g_autofree char *remote_id = call->remote_id != NULL ? g_strdup (call->remote_id) : take_on_server (self, call);
  CsSubmission *submission;

  if (is_word (call, "lost"))
    return cs_submission_new_error (CS_SUBMIT_UNCERTAIN, make_error (CS_ERROR_UNCERTAIN, call->word));
  if (is_word (call, "answer"))
    {
      submission = cs_submission_new (CS_SUBMIT_ANSWERED);
      cs_fake_file_write (call->request, call->request->work_file);
      submission->output = g_strdup (call->request->work_file);
      return submission;
    }
  if (is_word (call, "link"))
    {
      submission = cs_submission_new (CS_SUBMIT_ANSWERED);
      submission->output = g_strdup_printf ("fake:%s", remote_id);
      return submission;
    }
  submission = cs_submission_new (CS_SUBMIT_ACCEPTED);
  if (!is_word (call, "empty"))
    submission->remote_id = g_steal_pointer (&remote_id);
  return submission;
}

static CsSubmission *
make_submission (CsFakeProvider *self, Call *call)
{
  CsSubmission *submission;

  if (is_word (call, "notsent"))
    return cs_submission_new_error (CS_SUBMIT_NOT_SENT, make_error (CS_ERROR_OFFLINE, call->word));
  if (is_word (call, "nokey"))
    return cs_submission_new_error (CS_SUBMIT_NOT_SENT, make_error (CS_ERROR_NO_KEY, call->word));
  if (is_word (call, "refuse"))
    return cs_submission_new_error (CS_SUBMIT_REFUSED, make_error (CS_ERROR_PROVIDER_REFUSED, call->word));
  if (is_word (call, "uncertain"))
    return cs_submission_new_error (CS_SUBMIT_UNCERTAIN, make_error (CS_ERROR_UNCERTAIN, call->word));
  if (is_word (call, "limit"))
    {
      submission = cs_submission_new_error (CS_SUBMIT_RATE_LIMITED, make_error (CS_ERROR_RATE_LIMITED, call->word));
      submission->retry_after = atoi (call->argument) * G_GINT64_CONSTANT (1000000);
      return submission;
    }
  return play_taken (self, call);
}

static void
play_submit (CsFakeProvider *self, gpointer data)
{
  Call *call = data;

  g_task_return_pointer (call->task, make_submission (self, call), (GDestroyNotify) cs_submission_free);
}

static void
submit_async (CsProvider *provider, CsRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback,
              gpointer user_data)
{
  Call *call = begin (provider, SUBMIT, request, cancellable, callback, user_data);

  if (is_word (call, "silent"))
    call->remote_id = take_on_server (CS_FAKE_PROVIDER (provider), call);
  go (call, play_submit);
}

static CsSubmission *
submit_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* Rendering */

static CsBilled
parse_billed (const char *argument)
{
  CsBilled billed = CS_BILLED_NO;

  cs_billed_from_string (argument, &billed);
  return billed;
}

static CsPrediction *
make_prediction (Call *call)
{
  CsPrediction *prediction;

  if (is_word (call, "ok") || is_word (call, "dear") || is_word (call, "silent"))
    {
      prediction = cs_prediction_new (CS_PREDICTION_SUCCEEDED);
      prediction->output = g_strdup_printf ("fake:%s", call->remote_id);
      prediction->cost = is_word (call, "dear") ? 1000 * CS_MONEY_UNIT : -1;
      return prediction;
    }
  if (is_word (call, "run"))
    {
      prediction = cs_prediction_new (CS_PREDICTION_RUNNING);
      if (*call->argument != '\0')
        prediction->progress = g_ascii_strtod (call->argument, NULL);
      return prediction;
    }
  if (is_word (call, "gone"))
    return cs_prediction_new_error (CS_PREDICTION_UNREACHABLE, CS_BILLED_NO, make_error (CS_ERROR_OFFLINE, call->word));
  if (is_word (call, "cancelled"))
    return cs_prediction_new_error (CS_PREDICTION_CANCELLED, parse_billed (call->argument), NULL);
  if (is_word (call, "mute"))
    return cs_prediction_new_error (CS_PREDICTION_FAILED, CS_BILLED_UNKNOWN, NULL);
  g_assert_true (is_word (call, "fail"));
  return cs_prediction_new_error (CS_PREDICTION_FAILED, parse_billed (call->argument), make_error (CS_ERROR_FAILED, call->word));
}

static void
play_prediction (CsFakeProvider *self, gpointer data)
{
  Call *call = data;

  g_task_return_pointer (call->task, make_prediction (call), (GDestroyNotify) cs_prediction_free);
}

static void
stopped_cb (GCancellable *cancellable, gpointer user_data)
{
  Call *call = user_data;

  g_timeout_add_full (G_PRIORITY_DEFAULT, 0, play_cb, call, (GDestroyNotify) call_free);
}

static void
ask (CsProvider *provider, int operation, CsRequest *request, const char *remote_id, GCancellable *cancellable,
     GAsyncReadyCallback callback, gpointer user_data)
{
  CsFakeProvider *self = CS_FAKE_PROVIDER (provider);
  Call *call = begin (provider, operation, request, cancellable, callback, user_data);
  g_autofree char *what = get_what (request);

  call->remote_id = g_strdup (remote_id);
  cs_fake_journal_write (self->journal, self->id, operations[operation], what, remote_id);
  if (is_word (call, "stoppable"))
    {
      g_free (call->word);
      call->word = g_strdup ("cancelled");
      call->play = play_prediction;
      g_cancellable_connect (cancellable, G_CALLBACK (stopped_cb), call, NULL);
      return;
    }
  go (call, play_prediction);
}

static void
poll_async (CsProvider *provider, CsRequest *request, const char *remote_id, CsProviderProgressFunc progress,
            gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  ask (provider, POLL, request, remote_id, cancellable, callback, user_data);
}

static CsPrediction *
poll_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
cancel_async (CsProvider *provider, CsRequest *request, const char *remote_id, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  ask (provider, CANCEL, request, remote_id, cancellable, callback, user_data);
}

/* Looking */

static void
play_find (CsFakeProvider *self, gpointer data)
{
  Call *call = data;
  g_autofree char *what = get_what (call->request);
  g_auto (GStrv) bound = g_strsplit (self->bound, ",", -1);
  g_autofree char *found = cs_fake_journal_find (self->journal, self->id, what);

  if (is_word (call, "error"))
    g_task_return_error (call->task, make_error (CS_ERROR_OFFLINE, call->word));
  else if (is_word (call, "twin"))
    g_task_return_pointer (call->task, g_strdup (call->argument), g_free);
  else if (is_word (call, "real") && found != NULL && !g_strv_contains ((const char *const *) bound, found))
    g_task_return_pointer (call->task, g_steal_pointer (&found), g_free);
  else
    g_task_return_pointer (call->task, NULL, NULL);
}

static void
find_async (CsProvider *provider, CsRequest *request, gint64 sent_at, const char *const *bound, GCancellable *cancellable, GAsyncReadyCallback callback,
            gpointer user_data)
{
  CsFakeProvider *self = CS_FAKE_PROVIDER (provider);
  Call *call = begin (provider, FIND, request, cancellable, callback, user_data);
  g_autofree char *what = get_what (request);

  g_assert_cmpint (sent_at, >, 0);
  g_assert_nonnull (bound);
  g_free (self->bound);
  self->bound = g_strjoinv (",", (GStrv) bound);
  cs_fake_journal_write (self->journal, self->id, "find", what, "-");
  go (call, play_find);
}

static char *
find_finish (CsProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Fetching */

static void
play_fetch (CsFakeProvider *self, gpointer data)
{
  Call *call = data;
  static const struct
  {
    const char *word;
    CsError code;
  } failures[] = {
    { "expired", CS_ERROR_NOT_FOUND },
    { "offline", CS_ERROR_OFFLINE },
    { "full", CS_ERROR_DISK_FULL },
    { "nonsense", CS_ERROR_BAD_RESPONSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (is_word (call, failures[i].word))
      {
        g_task_return_error (call->task, make_error (failures[i].code, call->word));
        return;
      }
  if (is_word (call, "damaged"))
    cs_fake_file_write_damaged (call->path);
  else if (is_word (call, "wrong"))
    cs_fake_file_write_picture (call->request, call->path);
  else
    cs_fake_file_write (call->request, call->path);
  g_task_return_boolean (call->task, TRUE);
}

static void
fetch_async (CsProvider *provider, CsRequest *request, const char *output, const char *path, CsProviderProgressFunc progress,
             gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CsFakeProvider *self = CS_FAKE_PROVIDER (provider);
  Call *call = begin (provider, FETCH, request, cancellable, callback, user_data);
  g_autofree char *what = get_what (request);

  call->path = g_strdup (path);
  cs_fake_journal_write (self->journal, self->id, "fetch", what, output);
  go (call, play_fetch);
}

static gboolean
fetch_finish (CsProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What it is */

static const char *
get_id (CsProvider *provider)
{
  return CS_FAKE_PROVIDER (provider)->id;
}

static gboolean
is_repeatable (CsProvider *provider)
{
  return CS_FAKE_PROVIDER (provider)->is_repeatable;
}

static gboolean
is_local (CsProvider *provider)
{
  return CS_FAKE_PROVIDER (provider)->is_local;
}

static gboolean
is_available (CsProvider *provider, const char *model, char **why_not)
{
  CsFakeProvider *self = CS_FAKE_PROVIDER (provider);

  if (!self->is_available && why_not != NULL)
    *why_not = g_strdup_printf ("%s has no key.", self->id);
  return self->is_available;
}

static gboolean
can_find (CsProvider *provider)
{
  return CS_FAKE_PROVIDER (provider)->can_find;
}

static int
get_polls_per_minute (CsProvider *provider)
{
  return CS_FAKE_PROVIDER (provider)->polls_per_minute;
}

static int
get_max_running (CsProvider *provider)
{
  return CS_FAKE_PROVIDER (provider)->max_running;
}

static gint64
get_poll_interval (CsProvider *provider)
{
  return CS_FAKE_PROVIDER (provider)->interval;
}

static void
cs_fake_provider_iface_init (CsProviderInterface *iface)
{
  iface->get_id = get_id;
  iface->get_name = get_id;
  iface->is_repeatable = is_repeatable;
  iface->is_local = is_local;
  iface->is_available = is_available;
  iface->get_max_running = get_max_running;
  iface->get_poll_interval = get_poll_interval;
  iface->get_polls_per_minute = get_polls_per_minute;
  iface->can_find = can_find;
  iface->prepare_async = prepare_async;
  iface->prepare_finish = prepare_finish;
  iface->submit_async = submit_async;
  iface->submit_finish = submit_finish;
  iface->poll_async = poll_async;
  iface->poll_finish = poll_finish;
  iface->cancel_async = cancel_async;
  iface->cancel_finish = poll_finish;
  iface->find_async = find_async;
  iface->find_finish = find_finish;
  iface->fetch_async = fetch_async;
  iface->fetch_finish = fetch_finish;
}
