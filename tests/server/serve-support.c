/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "serve-support.h"

#include <signal.h>
#include <string.h>

#define LISTENS "listens on "

static guint n_started;

static Serve *
spawn (CsTestHome *home, GPtrArray *argv)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *name = g_strdup_printf ("words-%u", n_started++);
  g_autoptr (GError) error = NULL;
  Serve *self = g_new0 (Serve, 1);

  g_ptr_array_add (argv, NULL);
  self->errors = cs_test_home_build (home, name);
  g_subprocess_launcher_set_stderr_file_path (launcher, self->errors);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  self->fixture.session = soup_session_new_with_options ("proxy-resolver", NULL, "timeout", 60, NULL);
  return self;
}

static void
set_address (Serve *self, const char *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, &error);

  g_assert_no_error (error);
  self->fixture.address = g_strdup (address);
  self->fixture.port = (guint16) g_uri_get_port (uri);
}

static void
read_line (Serve *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonObject) document = NULL;

  self->out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_data_input_stream_read_line_async (self->out, G_PRIORITY_DEFAULT, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  self->line = g_data_input_stream_read_line_finish (self->out, result, NULL, NULL);
  if (self->line == NULL)
    {
      g_autofree char *words = serve_read_words (self);

      g_error ("It does not serve: %s", words);
    }
  document = cs_json_parse_object (self->line, strlen (self->line), 4096, NULL);
  set_address (self, cs_json_get_string (document, "listening", ""));
}

Serve *
serve_start (CsTestHome *home, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  const char *word;
  va_list args;
  Serve *self;

  g_ptr_array_add (argv, (char *) cli_get_program ());
  g_ptr_array_add (argv, (char *) "serve");
  g_ptr_array_add (argv, (char *) "--port=0");
  va_start (args, home);
  while ((word = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (argv, (char *) word);
  va_end (args);
  self = spawn (home, argv);
  read_line (self);
  return self;
}

Serve *
serve_start_unread (CsTestHome *home)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *words = NULL;
  g_autofree char *address = NULL;
  Serve *self;

  g_ptr_array_add (argv, (char *) cli_get_program ());
  g_ptr_array_add (argv, (char *) "serve");
  g_ptr_array_add (argv, (char *) "--port=0");
  self = spawn (home, argv);
  g_input_stream_close (g_subprocess_get_stdout_pipe (self->process), NULL, NULL);
  cli_wait_words (self->errors, "could not be written");
  words = serve_read_words (self);
  g_assert_nonnull (strstr (words, LISTENS));
  address = g_strdup (strstr (words, LISTENS) + strlen (LISTENS));
  *strstr (address, CS_API_PREFIX) = '\0';
  set_address (self, address);
  return self;
}

int
serve_end (Serve *self, int number)
{
  return cli_end (self->process, number);
}

char *
serve_read_rest (Serve *self)
{
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes (G_INPUT_STREAM (self->out), 1 << 16, NULL, NULL);

  g_assert_nonnull (bytes);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

char *
serve_read_words (Serve *self)
{
  char *words = NULL;

  g_assert_true (g_file_get_contents (self->errors, &words, NULL, NULL));
  return words;
}

static gboolean
is_refused_cb (gpointer user_data)
{
  Serve *self = user_data;
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", self->fixture.port);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GError) error = NULL;

  return !g_socket_connect (socket, address, NULL, &error)
         && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

gboolean
serve_refuses (Serve *self)
{
  return cs_test_wait (is_refused_cb, self);
}

void
serve_free (Serve *self)
{
  if (g_subprocess_get_identifier (self->process) != NULL)
    serve_end (self, SIGKILL);
  g_object_unref (self->process);
  g_clear_object (&self->out);
  soup_session_abort (self->fixture.session);
  g_object_unref (self->fixture.session);
  g_free (self->fixture.address);
  g_free (self->errors);
  g_free (self->line);
  g_free (self);
}
