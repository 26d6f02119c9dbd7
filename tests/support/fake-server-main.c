/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fake servers as a program, for tests that are no C: prints one line of JSON when they listen, ends on SIGTERM.
 * Standard input takes lines while they run:
 *   script VENDOR.OPERATION=WORDS     words for the next requests
 *   usual VENDOR.OPERATION=WORD       the word for all others
 *   text VENDOR=JSON-STRING           what the language models of a vendor say; without a string, their own words
 *   requests [VENDOR[.OPERATION]]     prints one line: {"count":N,"accepted":N,"requests":[...]}
 */
#include "config.h"
#include "cs-fake-server.h"

#include "core/cs-json.h"

#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  CsFakeServer *server;
  GMainLoop *loop;
  GDataInputStream *input;
} Program;

/* In UTF-8, whatever the locale. */
static void
print_object (JsonObject *object)
{
  g_autofree char *text = cs_json_object_to_string (object, FALSE);

  puts (text);
  fflush (stdout);
}

static void
print_bases (CsFakeServer *server)
{
  static const char *const vendors[] = { "piapi", "replicate", "huggingface", "hub", "groq", "ollama", "files" };
  g_autoptr (JsonObject) all = json_object_new ();
  JsonObject *bases = json_object_new ();
  g_autofree char *certificate = cs_fake_server_dup_certificate (server);
  g_autofree char *closed = cs_fake_server_dup_closed_base (server, "closed");

  for (guint i = 0; i < G_N_ELEMENTS (vendors); i++)
    {
      g_autofree char *base = cs_fake_server_dup_base (server, vendors[i]);

      json_object_set_string_member (bases, vendors[i], base);
    }
  json_object_set_int_member (all, "port", cs_fake_server_get_port (server));
  json_object_set_object_member (all, "bases", bases);
  json_object_set_string_member (all, "closed", closed);
  if (certificate != NULL)
    json_object_set_string_member (all, "certificate", certificate);
  print_object (all);
}

/* "VENDOR.OPERATION=WORDS" */
static gboolean
tell (CsFakeServer *server, const char *text, gboolean usual)
{
  g_auto (GStrv) sides = g_strsplit (text, "=", 2);
  g_auto (GStrv) name = g_strsplit (sides[0] != NULL ? sides[0] : "", ".", 2);

  if (g_strv_length (sides) != 2 || g_strv_length (name) != 2)
    {
      g_printerr ("“%s” is not VENDOR.OPERATION=WORDS\n", text);
      return FALSE;
    }
  if (usual)
    cs_fake_server_set_usual (server, name[0], name[1], sides[1]);
  else
    cs_fake_server_script (server, name[0], name[1], sides[1]);
  return TRUE;
}

static gboolean
tell_all (CsFakeServer *server, char **texts, gboolean usual)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    if (!tell (server, texts[i], usual))
      return FALSE;
  return TRUE;
}

static void
print_requests (CsFakeServer *server, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, ".", 2);
  const char *vendor = parts[0] != NULL && parts[0][0] != '\0' ? parts[0] : NULL;
  const char *operation = vendor != NULL ? parts[1] : NULL;
  g_autoptr (JsonObject) all = json_object_new ();
  JsonArray *requests = json_array_new ();
  JsonObject *request;

  for (guint i = 0; (request = cs_fake_server_dup_request (server, vendor, operation, i)) != NULL; i++)
    json_array_add_object_element (requests, request);
  json_object_set_int_member (all, "count", json_array_get_length (requests));
  json_object_set_int_member (all, "accepted", cs_fake_server_count_accepted (server, vendor));
  json_object_set_array_member (all, "requests", requests);
  print_object (all);
}

static void
set_text (CsFakeServer *server, const char *text)
{
  g_auto (GStrv) sides = g_strsplit (text, "=", 2);
  g_autoptr (JsonNode) node = g_strv_length (sides) == 2 ? json_from_string (sides[1], NULL) : NULL;

  if (sides[0] != NULL)
    cs_fake_server_set_text (server, sides[0], node != NULL ? json_node_get_string (node) : NULL);
}

static void
obey (CsFakeServer *server, char *line)
{
  g_strstrip (line);
  if (g_str_has_prefix (line, "script "))
    tell (server, line + strlen ("script "), FALSE);
  else if (g_str_has_prefix (line, "usual "))
    tell (server, line + strlen ("usual "), TRUE);
  else if (g_str_has_prefix (line, "text "))
    set_text (server, line + strlen ("text "));
  else if (g_str_has_prefix (line, "requests"))
    print_requests (server, g_strchug (line + strlen ("requests")));
  else if (line[0] != '\0')
    g_printerr ("“%s” is no command\n", line);
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *self = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (self->input, result, NULL, NULL);

  /* Whoever closes its end has nothing more to say; the servers go on. */
  if (line == NULL)
    return;
  obey (self->server, line);
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, NULL, line_cb, self);
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
serve (CsFakeServer *server)
{
  g_autoptr (GInputStream) in = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (in);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Program self = { server, loop, lines };

  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, line_cb, &self);
  print_bases (server);
  g_main_loop_run (loop);
}

int
main (int argc, char **argv)
{
  g_autofree char *journal = NULL;
  g_auto (GStrv) scripts = NULL;
  g_auto (GStrv) usual = NULL;
  gboolean tls = FALSE;
  const GOptionEntry entries[] = {
    { "journal", 0, 0, G_OPTION_ARG_FILENAME, &journal, "Append a line for every request", "FILE" },
    { "script", 0, 0, G_OPTION_ARG_STRING_ARRAY, &scripts, "What to do with the next requests",
      "VENDOR.OPERATION=WORDS" },
    { "usual", 0, 0, G_OPTION_ARG_STRING_ARRAY, &usual, "What to do with all others", "VENDOR.OPERATION=WORD" },
    { "tls", 0, 0, G_OPTION_ARG_NONE, &tls, "Behind TLS, with a certificate nobody trusts", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- the providers' servers, for tests");
  g_autoptr (CsFakeServer) server = NULL;
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  server = tls ? cs_fake_server_new_tls (journal) : cs_fake_server_new (journal);
  if (!tell_all (server, scripts, FALSE) || !tell_all (server, usual, TRUE))
    return 2;
  serve (server);
  return 0;
}
