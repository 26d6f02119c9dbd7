/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the words of a script spoil an answer. The table of words is in cs-fake-server.c. Server's thread. */
#include "config.h"
#include "cs-fake-server-private.h"

#include "cs-fake-spoil.h"

#include <string.h>

#define HUGE_PIECE (64 * 1024)
#define HUGE_PIECES (200 * 1024 * 1024 / HUGE_PIECE)
#define N_BRACKETS 200000
#define SPLIT_PIECE 3

static const char page[] = "<!DOCTYPE html>\n<html><head><title>Bad gateway</title></head>"
                           "<body><h1>Bad gateway</h1><p>The server is taking a short break.</p></body></html>\n";

static void
redirect (CsFakeCall *call, guint status, char *address)
{
  cs_fake_call_set_header (call, "Location", address);
  cs_fake_call_reply_text (call, status, "text/plain", g_strdup ("See there."));
  g_free (address);
}

static char *
build_elsewhere (CsFakeCall *call)
{
  GUri *uri = soup_server_message_get_uri (call->message);

  return g_strdup_printf ("http://localhost:%u%s", call->server->elsewhere, g_uri_get_path (uri));
}

static char *
build_itself (CsFakeCall *call)
{
  return cs_fake_server_build_address (call->server, "%s",
                                       g_uri_get_path (soup_server_message_get_uri (call->message)));
}

/* "503html:2": the number, the vendor's word, and seconds. */
static void
refuse (CsFakeCall *call)
{
  char *variant;
  guint status = (guint) g_ascii_strtoull (call->word, &variant, 10);

  if (call->argument != NULL)
    cs_fake_call_set_header (call, "Retry-After", call->argument);
  if (status < 400)
    redirect (call, status, build_elsewhere (call));
  else if (g_str_equal (variant, "html"))
    cs_fake_call_reply_text (call, status, "text/html", g_strdup (page));
  else if (g_str_equal (variant, "empty"))
    cs_fake_call_reply_text (call, status, "text/plain", g_strdup (""));
  else
    cs_fake_call_refuse (call, status, variant);
}

static void
send_nothing (CsFakeCall *call)
{
  cs_fake_raw_send (call, (CsFakeRaw){ .is_bare = TRUE, .end = CS_FAKE_END_HOLD });
}

/* Pieces as a stream has them: by lines, or cut anywhere. */
static void
append_pieces (CsFakeCall *call, SoupMessageBody *body, gsize limit)
{
  gsize length;
  const char *data = g_bytes_get_data (call->answer, &length);

  for (gsize at = 0; at < length;)
    {
      const char *end = memchr (data + at, '\n', length - at);
      gsize size = limit > 0 ? MIN (limit, length - at) : end != NULL ? (gsize) (end - data) - at + 1 : length - at;

      soup_message_body_append (body, SOUP_MEMORY_COPY, data + at, size);
      at += size;
    }
}

static void
send_well (CsFakeCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (call->message);
  SoupMessageBody *body = soup_server_message_get_response_body (call->message);

  soup_server_message_set_status (call->message, call->status, call->status == 429 ? "Too Many Requests" : NULL);
  if (call->type != NULL)
    soup_message_headers_set_content_type (headers, call->type, NULL);
  if (call->in_lines)
    {
      soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
      append_pieces (call, body, cs_fake_call_is (call, "split") ? SPLIT_PIECE : 0);
    }
  else if (g_bytes_get_size (call->answer) > 0)
    soup_message_body_append_bytes (body, call->answer);
  soup_message_body_complete (body);
}

/* The first @length bytes of the answer, as they look on the wire. */
static GBytes *
take_bytes (CsFakeCall *call, gsize length)
{
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (call->answer, 0, length);
  g_autofree char *frame = g_strdup_printf ("%" G_GSIZE_MODIFIER "x\r\n", length);
  GByteArray *framed;

  if (!call->in_lines)
    return g_steal_pointer (&part);
  framed = g_byte_array_new ();
  g_byte_array_append (framed, (const guint8 *) frame, strlen (frame));
  g_byte_array_append (framed, g_bytes_get_data (part, NULL), length);
  g_byte_array_append (framed, (const guint8 *) "\r\n", 2);
  if (length == g_bytes_get_size (call->answer))
    g_byte_array_append (framed, (const guint8 *) "0\r\n\r\n", 5);
  return g_byte_array_free_to_bytes (framed);
}

static void
send_part (CsFakeCall *call, gsize length, gsize claimed, guint pause, CsFakeEnd end)
{
  cs_fake_raw_send (
      call,
      (CsFakeRaw){ .claimed = claimed, .body = take_bytes (call, length), .repeats = 1, .pause = pause, .end = end });
}

static void
send_huge (CsFakeCall *call)
{
  char *piece = g_malloc (HUGE_PIECE);

  memset (piece, ' ', HUGE_PIECE);
  call->in_lines = FALSE;
  cs_fake_raw_send (call, (CsFakeRaw){ .claimed = (gsize) HUGE_PIECE * HUGE_PIECES,
                                       .repeats = HUGE_PIECES,
                                       .body = g_bytes_new_take (piece, HUGE_PIECE) });
}

static void
deliver (CsFakeCall *call)
{
  gsize length = call->answer != NULL ? g_bytes_get_size (call->answer) : 0;

  if (cs_fake_call_is (call, "lost") || cs_fake_call_is (call, "resetlate"))
    cs_fake_fault_reset (call);
  else if (cs_fake_call_is (call, "silent") || cs_fake_call_is (call, "mute"))
    send_nothing (call);
  else if (cs_fake_call_is (call, "cut"))
    send_part (call, length / 2, length, 0, CS_FAKE_END_CLOSE);
  else if (cs_fake_call_is (call, "stall"))
    send_part (call, length / 2, length, 0, CS_FAKE_END_HOLD);
  else if (cs_fake_call_is (call, "wronglength"))
    send_part (call, length, 2 * length + 1, 0, CS_FAKE_END_CLOSE);
  else if (cs_fake_call_is (call, "drip"))
    send_part (call, length, length, call->argument != NULL ? atoi (call->argument) : 50, CS_FAKE_END_CLOSE);
  else if (cs_fake_call_is (call, "huge"))
    send_huge (call);
  else
    send_well (call);
}

static gboolean
deliver_cb (gpointer user_data)
{
  CsFakeCall *call = g_object_get_data (user_data, "call");

  /* Whoever left while we waited has taken the socket along. */
  if (soup_server_message_get_socket (call->message) == NULL)
    call->is_over = TRUE;
  if (!call->is_over)
    deliver (call);
  if (!call->is_over)
    soup_server_message_unpause (call->message);
  return G_SOURCE_REMOVE;
}

static void
deliver_later (CsFakeCall *call)
{
  g_autoptr (GSource) source = g_timeout_source_new (call->delay);

  soup_server_message_pause (call->message);
  g_source_set_callback (source, deliver_cb, g_object_ref (call->message), g_object_unref);
  g_source_attach (source, call->server->context);
}

static void
send_now_or_later (CsFakeCall *call)
{
  if (call->delay > 0)
    deliver_later (call);
  else
    deliver (call);
}

/** cs_fake_fault_before: Returns: TRUE when the word forbids the work; it has been answered then. */
gboolean
cs_fake_fault_before (CsFakeCall *call)
{
  if (g_ascii_isdigit (call->word[0]))
    refuse (call);
  else if (!cs_fake_call_is (call, "mute") && !cs_fake_call_is (call, "resetlate"))
    return FALSE;
  send_now_or_later (call);
  return TRUE;
}

static char *
make_nested (void)
{
  char *text = g_malloc (2 * N_BRACKETS + 1);

  memset (text, '[', N_BRACKETS);
  memset (text + N_BRACKETS, ']', N_BRACKETS);
  text[2 * N_BRACKETS] = '\0';
  return text;
}

static void
keep_half (CsFakeCall *call)
{
  GBytes *half = g_bytes_new_from_bytes (call->answer, 0, g_bytes_get_size (call->answer) / 2);

  g_bytes_unref (call->answer);
  call->answer = half;
}

/* The head of a file and nothing sensible behind it. */
static void
damage (CsFakeCall *call)
{
  gsize length;
  char *data = g_bytes_unref_to_data (g_steal_pointer (&call->answer), &length);

  for (gsize i = 64; i < length; i++)
    data[i] = (char) (i * 7);
  call->answer = g_bytes_new_take (data, length);
}

/* What changes the words of an answer; what changes how it is sent is in deliver(). */
static void
spoil (CsFakeCall *call)
{
  if (cs_fake_call_is (call, "empty"))
    cs_fake_call_reply_bytes (call, call->status, "application/json", g_bytes_new_static ("", 0));
  else if (cs_fake_call_is (call, "badjson") || cs_fake_call_is (call, "truncated"))
    keep_half (call);
  else if (cs_fake_call_is (call, "damaged"))
    damage (call);
  else if (cs_fake_call_is (call, "nested"))
    cs_fake_call_reply (call, call->status, make_nested ());
  else if (cs_fake_call_is (call, "html"))
    cs_fake_call_reply_text (call, call->status, "text/html", g_strdup (page));
  else if (cs_fake_call_is (call, "text"))
    cs_fake_call_reply_text (call, call->status, "text/plain", g_strdup ("There is nothing to see here.\n"));
  else if (cs_fake_call_is (call, "loop"))
    redirect (call, 307, build_itself (call));
  else if (cs_fake_call_is (call, "elsewhere"))
    redirect (call, 307, build_elsewhere (call));
  else
    cs_fake_spoil_json (call);
}

/** cs_fake_fault_send: Only what the vendor itself found good is spoilt. */
void
cs_fake_fault_send (CsFakeCall *call)
{
  if (call->status < 300)
    spoil (call);
  if (call->status >= 400)
    cs_fake_call_set_word (call, "ok");
  send_now_or_later (call);
}
