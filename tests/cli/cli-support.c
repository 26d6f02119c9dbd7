/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-support.h"

#include "core/cs-json.h"

#include <string.h>

#define MAX_ANSWER (16 * 1024 * 1024)

/* Nobody writes on this computer. */
static void
close_ollama (CsFakeServer *server)
{
  g_autofree char *base = cs_fake_server_dup_closed_base (server, "ollama");

  g_setenv ("OLLAMA_HOST", base, TRUE);
}

void
cli_scene_set_up (CliScene *self, gconstpointer letters)
{
  static const char *const names[] = { "PIAPI_KEY", "REPLICATE_API_TOKEN", "HF_API_TOKEN", "GROQ_API_KEY" };

  self->home = cs_test_home_new ();
  self->server = cs_fake_server_new (NULL);
  cs_fake_server_set_environment (self->server);
  close_ollama (self->server);
  g_setenv ("CREATIVE_STUDIO_POLL_MS", "20", TRUE);
  g_unsetenv ("CREATIVE_STUDIO_KEY_CODE");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strchr (letters, "prhg"[i]) != NULL)
      g_setenv (names[i], CLI_CANARY, TRUE);
    else
      g_unsetenv (names[i]);
}

void
cli_scene_tear_down (CliScene *self, gconstpointer letters)
{
  g_unsetenv ("CREATIVE_STUDIO_KEY_CODE");
  cs_fake_server_free (self->server);
  cs_test_home_free (self->home);
}

/** cli_get_program: Returns: (transfer none): the program that was built. */
const char *
cli_get_program (void)
{
  const char *program = g_getenv ("CREATIVE_STUDIO_CLI");

  g_assert_nonnull (program);
  return program;
}

static GPtrArray *
collect (const char *first, va_list args)
{
  GPtrArray *argv = g_ptr_array_new ();
  const char *word;

  g_ptr_array_add (argv, (char *) first);
  while ((word = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (argv, (char *) word);
  return argv;
}

static CsTestRun *
run_all (GPtrArray *argv, const char *input)
{
  CsTestRun *run;

  g_ptr_array_add (argv, NULL);
  run = cs_test_run ((const char *const *) argv->pdata, input, CLI_LIMIT);
  g_assert_false (run->timed_out);
  if (g_test_verbose ())
    g_test_message ("%s", run->err);
  return run;
}

/** cli_run: @input: (nullable): what it reads. Returns: (transfer full): how it ended. */
CsTestRun *
cli_run (const char *input, ...)
{
  g_autoptr (GPtrArray) argv = NULL;
  va_list args;

  va_start (args, input);
  argv = collect (cli_get_program (), args);
  va_end (args);
  return run_all (argv, input);
}

/** cli_run_in_shell: Runs @script with the program as $1 and the arguments behind it. */
CsTestRun *
cli_run_in_shell (const char *script, ...)
{
  g_autoptr (GPtrArray) argv = NULL;
  va_list args;

  va_start (args, script);
  argv = collect (cli_get_program (), args);
  va_end (args);
  g_ptr_array_insert (argv, 0, (char *) "sh");
  g_ptr_array_insert (argv, 1, (char *) "-c");
  g_ptr_array_insert (argv, 2, (char *) script);
  g_ptr_array_insert (argv, 3, (char *) "sh");
  return run_all (argv, NULL);
}

/** cli_answer_new: The whole of stdout is one JSON object and nothing else. */
CliAnswer *
cli_answer_new (CsTestRun *run)
{
  CliAnswer *self = g_new0 (CliAnswer, 1);
  g_autoptr (GError) error = NULL;

  self->run = run;
  self->document = cs_json_parse_object (run->out, run->out_length, MAX_ANSWER, &error);
  if (error != NULL)
    g_error ("Not one JSON document: %s\n%s\n%s", error->message, run->out, run->err);
  return self;
}

/** cli_ask: As cli_run(), with --json. */
CliAnswer *
cli_ask (const char *input, ...)
{
  g_autoptr (GPtrArray) argv = NULL;
  va_list args;

  va_start (args, input);
  argv = collect (cli_get_program (), args);
  va_end (args);
  g_ptr_array_insert (argv, MIN (argv->len, 2), (char *) "--json");
  return cli_answer_new (run_all (argv, input));
}

void
cli_answer_free (CliAnswer *self)
{
  cs_test_run_free (self->run);
  json_object_unref (self->document);
  g_free (self);
}

/** cli_assert_code: @code: (nullable): the slug of its error; NULL: it has none. */
void
cli_assert_code (CliAnswer *self, int exit_status, const char *code)
{
  JsonObject *error = cs_json_get_object (self->document, "error");

  if (self->run->exit_status != exit_status)
    g_error ("It ended with %d and not %d: %s", self->run->exit_status, exit_status, self->run->err);
  g_assert_cmpstr (cs_json_get_string (error, "code", NULL), ==, code);
  if (code == NULL)
    return;
  /* The same sentence for people, and not two of them. */
  g_assert_cmpstr (cs_json_get_string (error, "message", ""), !=, "");
  g_assert_nonnull (strstr (self->run->err, cs_json_get_string (error, "message", "")));
}

/** cli_dup_text: Returns: (transfer full): the member, which must be a string with something in it. */
char *
cli_dup_text (CliAnswer *self, const char *name)
{
  const char *text = cs_json_get_string (self->document, name, NULL);

  if (text == NULL || *text == '\0')
    g_error ("There is no “%s” in %s", name, self->run->out);
  return g_strdup (text);
}

guint
cli_get_length (CliAnswer *self, const char *array)
{
  JsonArray *elements = cs_json_get_array (self->document, array);

  g_assert_nonnull (elements);
  return json_array_get_length (elements);
}

JsonObject *
cli_get_element (CliAnswer *self, const char *array, guint index)
{
  g_assert_cmpuint (index, <, cli_get_length (self, array));
  return json_array_get_object_element (cs_json_get_array (self->document, array), index);
}

/** cli_count_files: Returns: how many names are in @folder, hidden ones included; 0 where there is none. */
guint
cli_count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

/** cli_folder_has: Whether @text stands in any file in @folder and below. */
gboolean
cli_folder_has (const char *folder, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      gsize length;

      if (g_file_test (path, G_FILE_TEST_IS_DIR) ? cli_folder_has (path, text)
                                                 : g_file_get_contents (path, &data, &length, NULL)
                                                       && memmem (data, length, text, strlen (text)) != NULL)
        return TRUE;
    }
  return FALSE;
}

void
cli_assert_hash (const char *path, const char *sha256)
{
  g_autofree char *data = NULL;
  g_autofree char *found = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_cmpuint (length, >, 0);
  found = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, length);
  g_assert_cmpstr (found, ==, sha256);
}

/** cli_start: Starts the program and does not wait. @errors: the file that its words go to. */
GSubprocess *
cli_start (const char *errors, ...)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GPtrArray) argv = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;
  va_list args;

  va_start (args, errors);
  argv = collect (cli_get_program (), args);
  va_end (args);
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_set_stderr_file_path (launcher, errors);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  return process;
}

static gboolean
has_result_cb (gpointer user_data)
{
  GAsyncResult **slot = user_data;

  return *slot != NULL;
}

/** cli_end: @number: the signal to send; 0: none. Returns: its exit status; -1 when a signal ended it. */
int
cli_end (GSubprocess *process, int number)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (number != 0)
    g_subprocess_send_signal (process, number);
  g_subprocess_wait_async (process, NULL, cs_test_keep_result, &result);
  if (!cs_test_wait_seconds (has_result_cb, &result, CLI_LIMIT))
    g_error ("It did not end");
  g_assert_true (g_subprocess_wait_finish (process, result, NULL));
  return g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
}

typedef struct
{
  const char *path;
  const char *words;
} Search;

static gboolean
has_words_cb (gpointer user_data)
{
  Search *search = user_data;
  g_autofree char *text = NULL;

  return g_file_get_contents (search->path, &text, NULL, NULL) && strstr (text, search->words) != NULL;
}

/** cli_wait_words: Waits until the program has said @words into the file. */
void
cli_wait_words (const char *errors, const char *words)
{
  Search search = { errors, words };

  if (!cs_test_wait_seconds (has_words_cb, &search, CLI_LIMIT))
    g_error ("It never said “%s”", words);
}
