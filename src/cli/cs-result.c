/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of one job, for people and for programs. Main thread. */
#include "config.h"
#include "cli/cs-result.h"

void
cs_result_free (CsResult *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->job);
  g_clear_object (&self->creation);
  g_free (self->output);
  g_clear_error (&self->error);
  g_free (self);
}

/* A done job whose creation was deleted since has none. */
static gboolean
load_creation (CsResult *self, CsCli *cli, GError **error)
{
  CsLibrary *library = cs_engine_get_library (cs_cli_get_engine (cli));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) failure = NULL;

  cs_library_get_async (library, cs_job_get_id (self->job), NULL, cs_cli_keep_result, &result);
  self->creation = cs_library_get_finish (library, cs_cli_await (&result), &failure);
  if (self->creation != NULL || g_error_matches (failure, CS_ERROR, CS_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * cs_result_new:
 * @job_error: (nullable): why the job did not end well; copied
 *
 * Returns: (transfer full): the job with its creation, where it has one.
 */
CsResult *
cs_result_new (CsCli *cli, CsJob *job, const GError *job_error, GError **error)
{
  g_autoptr (CsResult) self = g_new0 (CsResult, 1);

  self->job = g_object_ref (job);
  self->error = job_error != NULL ? g_error_copy (job_error) : NULL;
  if (cs_job_get_facts (job)->state == CS_JOB_DONE && !load_creation (self, cli, error))
    return NULL;
  return g_steal_pointer (&self);
}

/** cs_result_set_error: @error: (transfer full): what went wrong after the job itself; the first one stays.
 */
void
cs_result_set_error (CsResult *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
}

/* An interrupted job is kept: it is not a cancelled one. */
static const char *
get_error_code (CsResult *self, CsCli *cli)
{
  gboolean is_kept = cs_job_get_facts (self->job)->state != CS_JOB_CANCELLED;

  if (is_kept && cs_cli_is_interrupted (cli) && g_error_matches (self->error, CS_ERROR, CS_ERROR_CANCELLED))
    return CS_CLI_INTERRUPTED;
  return cs_error_get_slug (self->error);
}

/**
 * cs_result_to_json: Returns: (transfer full): the document of `video`, `image` and `deck`, and of `jobs
 * show`.
 */
JsonObject *
cs_result_to_json (CsResult *self, CsCli *cli)
{
  CsEngine *engine = cs_cli_get_engine (cli);
  JsonObject *object = cs_job_result_to_json (
      self->job, self->creation, cs_creation_dup_path, cs_engine_get_paths (engine),
      cs_engine_get_registry (engine), cs_engine_get_prices (engine));
  JsonObject *error;

  if (self->output != NULL)
    cs_json_set_string (object, "output", self->output);
  if (self->error != NULL)
    {
      error = json_object_new ();
      cs_json_set_string (error, "code", get_error_code (self, cli));
      cs_json_set_string (error, "message", self->error->message);
      json_object_set_object_member (object, "error", error);
    }
  return object;
}

static char *
describe_creation (const CsCreationFacts *facts)
{
  if (facts->kind == CS_KIND_DECK)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "Presentation, %d slide", "Presentation, %d slides", facts->num_slides),
        facts->num_slides);
  if (facts->kind == CS_KIND_IMAGE)
    /* translators: width and height of a picture */
    return g_strdup_printf (_ ("Picture, %1$d×%2$d"), facts->width, facts->height);
  /* translators: width, height and seconds of a video */
  return g_strdup_printf (facts->has_sound ? _ ("Video, %1$d×%2$d, %3$.0f s, with sound")
                                           : _ ("Video, %1$d×%2$d, %3$.0f s"),
                          facts->width, facts->height, facts->duration);
}

/** cs_result_print_creation: @path: (nullable): where its copy is; else its place in the library is shown. */
void
cs_result_print_creation (CsCli *cli, CsCreation *creation, const char *path)
{
  CsLibrary *library = cs_engine_get_library (cs_cli_get_engine (cli));
  g_autofree char *file = path != NULL ? g_strdup (path) : cs_library_dup_file_path (library, creation);
  g_autofree char *words = describe_creation (cs_creation_get_facts (creation));

  /* translators: 1: what a file is, 2: the file */
  cs_output_print (cs_cli_get_output (cli), _ ("%1$s: %2$s"), words, file);
}

/** cs_result_print: One line: the file where there is one, else where the job stands. */
void
cs_result_print (CsResult *self, CsCli *cli)
{
  g_autofree char *words = NULL;

  if (self->creation != NULL)
    {
      cs_result_print_creation (cli, self->creation, self->output);
      return;
    }
  if (self->error != NULL)
    return;
  words = cs_job_describe (self->job, cs_engine_get_registry (cs_cli_get_engine (cli)));
  cs_output_print (cs_cli_get_output (cli), "%s  %s", cs_job_get_id (self->job), words);
}
