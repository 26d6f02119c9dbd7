/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GET pricing: what things cost now. The answer is kept as bytes for each language, and made anew when it may be another: a key
 * came or went, somebody looked for language models, or a few seconds are over. Main thread.
 */
#include "config.h"
#include "server/cs-api-pricing.h"

#include "server/cs-api-handlers.h"

#include <string.h>

#define MAX_AGE (2 * G_USEC_PER_SEC)   /* of an answer */
#define LOOK_AGE (30 * G_USEC_PER_SEC) /* after which somebody who asks makes us look for language models again */

/* What is kept with the server. */
typedef struct
{
  GBytes *answers[CS_N_LANGUAGES]; /* (nullable) */
  gint64 made_at[CS_N_LANGUAGES];  /* monotonic */
  gint64 looked_at;                /* monotonic; 0: never */
  gboolean is_looking;
} Board;

static GQuark board_quark (void);
G_DEFINE_QUARK (cs-api-pricing-board, board)

static void
forget_answers (Board *board)
{
  for (int i = 0; i < CS_N_LANGUAGES; i++)
    g_clear_pointer (&board->answers[i], g_bytes_unref);
}

static void
board_free (gpointer data)
{
  forget_answers (data);
  g_free (data);
}

static void
keys_changed_cb (CsApiServer *server)
{
  forget_answers (g_object_get_qdata (G_OBJECT (server), board_quark ()));
}

static Board *
get_board (CsApiServer *server)
{
  Board *board = g_object_get_qdata (G_OBJECT (server), board_quark ());

  if (board != NULL)
    return board;
  board = g_new0 (Board, 1);
  g_object_set_qdata_full (G_OBJECT (server), board_quark (), board, board_free);
  g_signal_connect_object (cs_engine_get_keys (cs_api_server_get_engine (server)), "changed", G_CALLBACK (keys_changed_cb), server,
                           G_CONNECT_SWAPPED);
  return board;
}

/* A server that has stopped meanwhile is not kept for this. */
static void
look_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (CsApiServer) server = g_weak_ref_get (weak);
  Board *board;

  g_weak_ref_clear (weak);
  g_free (weak);
  cs_text_look_finish (CS_PROVIDER_REGISTRY (source), result, NULL);
  if (server == NULL)
    return;
  board = get_board (server);
  board->is_looking = FALSE;
  board->looked_at = g_get_monotonic_time ();
  forget_answers (board);
}

/** cs_api_pricing_begin: Looks who of the language models is there, so that the first who asks is told. */
void
cs_api_pricing_begin (CsApiServer *server)
{
  Board *board = get_board (server);
  GWeakRef *weak;

  if (board->is_looking)
    return;
  board->is_looking = TRUE;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, server);
  cs_text_look_async (cs_engine_get_registry (cs_api_server_get_engine (server)), cs_api_server_get_stopping (server), look_cb,
                      weak);
}

static GBytes *
make_answer (CsEngine *engine)
{
  g_autoptr (JsonObject) object = cs_pricing_to_json (cs_engine_get_registry (engine), cs_engine_get_prices (engine));
  char *text = cs_json_object_to_string (object, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

void
cs_api_pricing (CsApiCall *call)
{
  CsApiServer *server = cs_api_call_get_server (call);
  CsLanguage language = cs_api_call_get_language (call);
  Board *board = get_board (server);
  gint64 now = g_get_monotonic_time ();

  if (now - board->looked_at > LOOK_AGE)
    cs_api_pricing_begin (server);
  if (now - board->made_at[language] > MAX_AGE)
    g_clear_pointer (&board->answers[language], g_bytes_unref);
  if (board->answers[language] == NULL)
    {
      board->answers[language] = make_answer (cs_api_call_get_engine (call));
      board->made_at[language] = now;
    }
  soup_message_headers_replace (cs_api_call_get_headers (call), "Content-Language", cs_language_to_string (language));
  cs_api_call_reply_bytes (call, SOUP_STATUS_OK, "application/json; charset=utf-8", board->answers[language]);
}
