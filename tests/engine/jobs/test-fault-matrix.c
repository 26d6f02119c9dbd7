/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every provider x every fault, over real HTTP, with the engine as the program has it: what becomes of the job, and that
 * nothing is sent, taken or paid twice. One table; "make" below is how a row is driven.
 */
#include "config.h"
#include "cs-engine.h"

#include "cs-fake-server.h"
#include "cs-test.h"

#include "core/cs-clock.h"

#include <string.h>

#define HURRY 40    /* a minute of patience is a second and a half */
#define LIMIT 60    /* seconds; whatever takes longer hangs */

/* How a job ends that met a fault. */
typedef enum
{
  END_DONE,      /* by the one who was asked, as if nothing had been */
  END_WAITED,    /* the same, but it had to wait for it */
  END_FALLBACK,  /* by the next model of the chain */
  END_FAILED,    /* with words, without a result */
  END_UNCERTAIN, /* may have been taken */
  END_LOST,      /* none of these: no row may expect it */
} End;

static const char *const end_words[] = { "done", "wait", "fallback", "failed", "uncertain", "lost" };

/* Who is asked, who stands behind him, and what is sent. */
typedef struct
{
  const char *vendor;  /* of the servers */
  const char *keys;    /* which are set: letters p, r, h, g */
  CsKind kind;
  const char *provider; /* who is asked first */
} Line;

enum
{
  PIAPI,
  REPLICATE,
  HUGGINGFACE,
  GROQ,
  OLLAMA,
  N_LINES
};

static const Line lines[N_LINES] = {
  [PIAPI] = { "piapi", "pr", CS_KIND_VIDEO, "piapi" },
  [REPLICATE] = { "replicate", "rp", CS_KIND_IMAGE, "replicate" },
  [HUGGINGFACE] = { "huggingface", "hp", CS_KIND_IMAGE, "huggingface" },
  [GROQ] = { "groq", "g", CS_KIND_DECK, "groq" },
  [OLLAMA] = { "ollama", "", CS_KIND_DECK, "ollama" },
};

/* A fault of one operation, and what becomes of the job with each provider: a letter a line, in their order: d(one),
 * w(aited), f(allback), x (failed), u(ncertain), - (does not apply). A word with "!" stands for all requests. */
typedef struct
{
  const char *operation; /* create, get, download */
  const char *word;
  const char *ends;
} Fault;

static const Fault faults[] = {
  /* Nobody there, and nobody to trust */
  { "closed", "", "fffff" },
  { "tls", "", "fffff" },
  /* The request */
  { "create", "reset!", "uuuff" },
  { "create", "resetlate!", "uuuff" },
  { "create", "mute!", "uuuff" },
  { "create", "400!", "fffff" },
  { "create", "401!", "fffff" },
  { "create", "402!", "fffff" },
  { "create", "403!", "fffff" },
  { "create", "404!", "fffff" },
  { "create", "409!", "fffff" },
  { "create", "410!", "fffff" },
  { "create", "422!", "fffff" },
  { "create", "429", "wwwww" },
  { "create", "429:2", "wwwww" },
  { "create", "408!", "uuuff" },
  { "create", "425!", "uuuff" },
  { "create", "499!", "uuuff" },
  { "create", "500!", "uuuff" },
  { "create", "502!", "uuuff" },
  { "create", "503html!", "uuuff" },
  { "create", "503:2!", "fffff" },
  { "create", "500empty!", "uuuff" },
  { "create", "301!", "uuuff" },
  { "create", "307!", "uuuff" },
  /* Taken, and the answer is of no use. Replicate is asked what it has, and the one that is ours is adopted. */
  { "create", "lost!", "uduff" },
  { "create", "cut!", "uduff" },
  { "create", "silent!", "uduff" },
  { "create", "empty!", "uduff" },
  { "create", "badjson!", "uduff" },
  { "create", "nested!", "uduff" },
  { "create", "huge!", "uduff" },
  { "create", "html!", "uduff" },
  { "create", "text!", "uduff" },
  { "create", "types!", "uduff" },
  { "create", "noid!", "ud---" },
  { "create", "badid!", "ud---" },
  { "create", "damaged!", "--u--" },
  /* Asking what became of it. A question that met a connection which was closed is simply put again. */
  { "get", "reset", "dd---" },
  { "get", "resetlate", "dd---" },
  { "get", "mute", "ww---" },
  { "get", "429:2", "ww---" },
  { "get", "500", "ww---" },
  { "get", "502", "ww---" },
  { "get", "503html", "ww---" },
  { "get", "401", "ww---" },
  { "get", "403", "ww---" },
  { "get", "404", "ww---" },
  { "get", "cut", "ww---" },
  { "get", "empty", "ww---" },
  { "get", "badjson", "ww---" },
  { "get", "nested", "ww---" },
  { "get", "huge", "ww---" },
  { "get", "html", "ww---" },
  { "get", "types", "ww---" },
  { "get", "302", "ww---" },
  { "get", "status:napping", "dd---" },
  { "create", "failed:no!", "ff---" },
  { "create", "failed:yes!", "xf---" },
  { "create", "nooutput!", "xx---" },
  { "create", "output:string!", "dd---" },
  { "create", "output:array!", "dd---" },
  { "create", "output:object!", "dd---" },
  { "create", "output:null!", "xx---" },
  { "create", "output:file!", "xx---" },
  { "create", "output:private!", "xx---" },
  { "create", "output:http!", "xx---" },
  /* Bringing it here: tried again, and gone on with, below the job. The foreign host has pictures alone. */
  { "download", "reset", "dd---" },
  { "download", "resetlate", "dd---" },
  { "download", "mute", "dd---" },
  { "download", "500", "dd---" },
  { "download", "503html", "dd---" },
  { "download", "429:1", "dd---" },
  { "download", "cut", "dd---" },
  { "download", "wronglength", "dd---" },
  { "download", "truncated", "ww---" },
  { "download", "damaged", "ww---" },
  { "download", "expired", "dd---" },
  { "download", "expired:404", "dd---" },
  { "download", "html!", "xx---" },
  { "download", "text!", "xx---" },
  { "download", "expired!", "xx---" },
  { "download", "damaged!", "xx---" },
  { "download", "loop!", "xx---" },
  { "download", "elsewhere", "xd---" },
  { "download", "drip:1", "-d---" }, /* a byte a millisecond: once is enough */
};

/* The studio of one row */

typedef struct
{
  const Line *line;
  const Fault *fault;
  CsFakeServer *server;
  CsFakeServer *tls;   /* (nullable) */
  char *folder;
  CsEngine *engine;
  CsJob *job;
  gboolean has_waited;
} Row;

/* What the vendor calls the paid request. */
static const char *
get_operation (const Row *row)
{
  if (row->line->kind == CS_KIND_DECK && g_str_equal (row->fault->operation, "create"))
    return "chat";
  return row->fault->operation;
}

static void
set_fault (Row *row)
{
  const char *vendor = g_str_equal (row->fault->operation, "download") ? "files" : row->line->vendor;
  g_autofree char *word = g_strdup (row->fault->word);
  gsize length = strlen (word);

  if (length > 0 && word[length - 1] == '!')
    {
      word[length - 1] = '\0';
      cs_fake_server_set_usual (row->server, vendor, get_operation (row), word);
    }
  else if (length > 0)
    cs_fake_server_script (row->server, vendor, get_operation (row), word);
}

static void
set_base (const Line *line, const char *base)
{
  static const char *const names[N_LINES]
      = { "PIAPI_BASE_URL", "REPLICATE_BASE_URL", "HF_BASE_URL", "GROQ_BASE_URL", "OLLAMA_HOST" };

  g_setenv (names[line - lines], base, TRUE);
  if (line == &lines[HUGGINGFACE])
    g_setenv ("HF_HUB_URL", base, TRUE);
}

static void
set_key (const Line *line, char letter, const char *name)
{
  if (strchr (line->keys, letter) != NULL)
    g_setenv (name, "canary-key-0123456789", TRUE);
  else
    g_unsetenv (name);
}

static void
set_environment (Row *row)
{
  g_autofree char *base = NULL;

  cs_fake_server_set_environment (row->server);
  if (row->line != &lines[OLLAMA])
    {
      base = cs_fake_server_dup_closed_base (row->server, "ollama"); /* nobody at home rewrites prompts here */
      g_setenv ("OLLAMA_HOST", base, TRUE);
      g_clear_pointer (&base, g_free);
    }
  set_key (row->line, 'p', "PIAPI_KEY");
  set_key (row->line, 'r', "REPLICATE_API_TOKEN");
  set_key (row->line, 'h', "HF_API_TOKEN");
  set_key (row->line, 'g', "GROQ_API_KEY");
  if (g_str_equal (row->fault->operation, "closed"))
    base = cs_fake_server_dup_closed_base (row->server, row->line->vendor);
  if (g_str_equal (row->fault->operation, "tls"))
    {
      row->tls = cs_fake_server_new_tls (NULL);
      base = cs_fake_server_dup_base (row->tls, row->line->vendor);
    }
  if (base != NULL)
    set_base (row->line, base);
}

static void
open_engine (Row *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsPaths) paths = cs_paths_new_for_home (row->folder, &error);

  g_assert_no_error (error);
  cs_engine_open_async (paths, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  row->engine = cs_engine_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
close_engine (Row *row)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_engine_close_async (row->engine, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  cs_engine_close_finish (row->engine, result, &error);
  g_assert_no_error (error);
  g_clear_object (&row->engine);
}

static void
changed_cb (CsJob *job, gpointer user_data)
{
  Row *row = user_data;
  CsWaiting waiting = cs_job_get_facts (job)->waiting;

  row->has_waited |= waiting == CS_WAITING_OFFLINE || waiting == CS_WAITING_RATE_LIMITED || waiting == CS_WAITING_NO_KEY
                     || (cs_job_get_facts (job)->state == CS_JOB_DOWNLOADING && cs_job_get_facts (job)->error_code != NULL
                         && !g_str_equal (cs_job_get_facts (job)->error_code, "not_found"));
}

static void
add_job (Row *row)
{
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CsBrief *brief = cs_brief_new (row->line->kind);

  brief->prompt = g_strdup ("A lighthouse in a storm");
  brief->num_slides = 3;
  brief->screenwriter = FALSE;
  g_assert_true (cs_brief_check (brief, &error));
  g_ptr_array_add (briefs, brief);
  cs_job_queue_add_async (cs_engine_get_queue (row->engine), briefs, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  jobs = cs_job_queue_add_finish (cs_engine_get_queue (row->engine), result, &error);
  g_assert_no_error (error);
  row->job = g_object_ref (jobs->pdata[0]);
  g_signal_connect (row->job, "changed", G_CALLBACK (changed_cb), row);
}

/* Time does not pass by itself here: what sleeps is woken. What is in doubt has been looked for, and stays so. */
static gboolean
is_over_cb (gpointer user_data)
{
  Row *row = user_data;
  const CsJobFacts *facts = cs_job_get_facts (row->job);
  gint64 left = facts->not_before - cs_clock_now ();

  if (cs_job_state_is_final (facts->state))
    return TRUE;
  if (facts->state == CS_JOB_UNCERTAIN && facts->look_count > 0)
    return TRUE;
  if (facts->state == CS_JOB_QUOTED && facts->waiting != CS_WAITING_OFFLINE && facts->waiting != CS_WAITING_NONE)
    return TRUE; /* for a person */
  if (facts->state != CS_JOB_UNCERTAIN && left > G_USEC_PER_SEC / 4)
    {
      cs_clock_turn (left);
      cs_job_queue_wake (cs_engine_get_queue (row->engine));
    }
  return FALSE;
}

static End
judge (Row *row)
{
  const CsJobFacts *facts = cs_job_get_facts (row->job);
  const CsAttempt *first = facts->attempts->len > 0 ? facts->attempts->pdata[0] : NULL;

  if (facts->state == CS_JOB_UNCERTAIN)
    return END_UNCERTAIN;
  if (facts->state == CS_JOB_FAILED)
    return facts->error_message != NULL ? END_FAILED : END_LOST;
  if (facts->state != CS_JOB_DONE)
    return END_LOST;
  if (g_strcmp0 (facts->provider, row->line->provider) != 0)
    return first == NULL || first->billed == CS_BILLED_NO || row->line->kind == CS_KIND_DECK ? END_FALLBACK : END_LOST;
  return row->has_waited ? END_WAITED : END_DONE;
}

/* Nothing was taken twice, whatever happened: by nobody, and not by two of them. */
static void
check_money (Row *row)
{
  const CsJobFacts *facts = cs_job_get_facts (row->job);
  guint n_taken = cs_fake_server_count_accepted (row->server, NULL);

  if (row->line->kind == CS_KIND_DECK)
    return;
  if (n_taken > (facts->attempts->len > 1 && facts->state == CS_JOB_DONE
                 && ((CsAttempt *) facts->attempts->pdata[0])->status == CS_ATTEMPT_FAILED ? facts->attempts->len : 1))
    g_error ("Taken %u times", n_taken);
}

static void
row_begin (Row *row)
{
  g_autoptr (GError) error = NULL;

  row->folder = g_dir_make_tmp ("cs-test-faults-XXXXXX", &error);
  g_assert_no_error (error);
  row->server = cs_fake_server_new (NULL);
  set_environment (row);
  set_fault (row);
  open_engine (row);
  add_job (row);
}

static void
row_end (Row *row)
{
  g_signal_handlers_disconnect_by_data (row->job, row);
  g_clear_object (&row->job);
  close_engine (row);
  cs_fake_server_free (row->server);
  g_clear_pointer (&row->tls, cs_fake_server_free);
  cs_test_remove_tree (row->folder);
  g_free (row->folder);
}

static End
make (const Line *line, const Fault *fault)
{
  Row row = { .line = line, .fault = fault };
  End end = END_LOST;
  gint64 start = g_get_monotonic_time ();

  row_begin (&row);
  if (cs_test_wait_seconds (is_over_cb, &row, LIMIT))
    end = judge (&row);
  if (g_test_verbose () || end == END_LOST)
    g_test_message ("%s %s %s: %.1f s, %s %s: %s", line->vendor, fault->operation, fault->word,
                    (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC,
                    cs_job_state_to_string (cs_job_get_facts (row.job)->state), cs_job_get_facts (row.job)->model,
                    cs_job_get_facts (row.job)->error_message);
  check_money (&row);
  row_end (&row);
  return end;
}

static gboolean
get_expected (const Fault *fault, guint line, End *end)
{
  static const char letters[] = "dwfxu";
  const char *letter = strchr (letters, fault->ends[line]);

  if (letter == NULL)
    return FALSE;
  *end = (End) (letter - letters);
  return TRUE;
}

/* One provider, all faults. */
static void
test_line (gconstpointer data)
{
  guint line = GPOINTER_TO_UINT (data);
  const char *only = g_getenv ("CS_TEST_FAULT");
  guint counts[G_N_ELEMENTS (end_words)] = { 0 };
  g_autoptr (GString) wrong = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      End expected, end;

      if (!get_expected (&faults[i], line, &expected) || (only != NULL && strcmp (only, faults[i].word) != 0))
        continue;
      end = make (&lines[line], &faults[i]);
      counts[end]++;
      if (end != expected)
        g_string_append_printf (wrong, "\n  %s %s: %s, not %s", faults[i].operation, faults[i].word, end_words[end],
                                end_words[expected]);
    }
  g_test_message ("%s: %u done, %u waited, %u fell back, %u failed, %u uncertain", lines[line].vendor, counts[END_DONE],
                  counts[END_WAITED], counts[END_FALLBACK], counts[END_FAILED], counts[END_UNCERTAIN]);
  if (wrong->len > 0)
    g_error ("%s:%s", lines[line].vendor, wrong->str);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("CREATIVE_STUDIO_POLL_MS", "20", TRUE);
  cs_http_set_hurry (HURRY);
  for (guint i = 0; i < N_LINES; i++)
    {
      g_autofree char *path = g_strconcat ("/promise-3/faults/", lines[i].vendor, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_line);
    }
  return g_test_run ();
}
